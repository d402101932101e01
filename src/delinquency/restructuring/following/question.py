"""What was asked of a plan that is followed.

The one idea: an answer that keeps its question can be asked again, and written down with what it rests on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.restructuring.answer import Restructured

__all__ = ["FollowedQuestion"]


@attrs.frozen(slots=True, eq=False)
class FollowedQuestion:
    """A plan, what was paid since, and the day and the policy by which it was followed.

    Attributes
    ----------
    done : Restructured
    payments : tuple of Payment
        Those made from the day of the plan on.
    as_of : date
    policy : Policy or PolicyTimeline
    known_on : date or None
    """

    done: Restructured
    payments: tuple[Payment, ...]
    as_of: date
    policy: Policy | PolicyTimeline
    known_on: date | None
