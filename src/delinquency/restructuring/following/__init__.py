"""What becomes of a plan once it is agreed.

The one idea: a plan is followed by replaying the account after it with what was paid since.
"""

from delinquency.restructuring.following.clocks import PlanClocks, plan_clocks
from delinquency.restructuring.following.compliance import Breach, PlanCompliance, PlanState
from delinquency.restructuring.following.promises import (
    FollowedPromise,
    PromiseState,
    PromiseToPay,
)
from delinquency.restructuring.following.question import FollowedQuestion
from delinquency.restructuring.following.re_defaults import ReDefault, re_default
from delinquency.restructuring.following.regimes import CountsAround, DaysOn, counts_around
from delinquency.restructuring.following.reinstated import Reinstated
from delinquency.restructuring.following.reinstating import reinstate
from delinquency.restructuring.following.rows import FollowedRow, RowState
from delinquency.restructuring.following.verb import follow_plan

__all__ = [
    "Breach",
    "CountsAround",
    "DaysOn",
    "FollowedPromise",
    "FollowedQuestion",
    "FollowedRow",
    "PlanClocks",
    "PlanCompliance",
    "PlanState",
    "PromiseState",
    "PromiseToPay",
    "ReDefault",
    "Reinstated",
    "RowState",
    "counts_around",
    "follow_plan",
    "plan_clocks",
    "re_default",
    "reinstate",
]
