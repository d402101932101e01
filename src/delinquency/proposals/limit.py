"""What a plan is held against, by name.

The one idea: an answer names its limits without the loops that find them, so that a reader loads no book.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["Limit"]


class Limit(Enum):
    """What a plan is held against.

    ``AFFORDABILITY``: every payment, a balloon aside, is at most what the debtor can pay on its due date.
    ``LAST_DUE_ON``, ``MOST_INSTALMENTS``, ``MOST_LOSS``: those of the lender. ``ARREARS``: nothing stays past
    due. ``RULES``: the rules of law that were given forbid it.
    """

    AFFORDABILITY = "affordability"
    LAST_DUE_ON = "last_due_on"
    MOST_INSTALMENTS = "most_instalments"
    MOST_LOSS = "most_loss"
    ARREARS = "arrears"
    RULES = "rules"
