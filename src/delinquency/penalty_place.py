"""Where penalty interest stands in the order of payment.

The one idea: the place decides days past due. Who always pays in full, ten days late, is 0 days past due with
penalty outside, and 29 with it charged before each payment; so the place has no default.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["PenaltyPlace"]


class PenaltyPlace(Enum):
    """Where penalty interest stands in the order of payment.

    ``OUTSIDE``: it accrues beside the ledger: money never reaches it, nor do waivers of amounts, write-offs
    and closures; a :class:`~delinquency.PenaltyWaiver` does, since it decides what accrues. ``POSTED``: it is
    a debt of its own, due on the day on which it is posted. ``ON_DEMAND``: what has accrued up to a day
    stands with its instalment, as if posted that day, before the money of the day.
    """

    OUTSIDE = "outside"
    POSTED = "posted"
    ON_DEMAND = "on_demand"
