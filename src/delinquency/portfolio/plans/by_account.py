"""What the verb of one account tells of a plan, as figures of a row of columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.errors import DelinquencyError, PolicyError
from delinquency.portfolio.kernels.plan_layout import NOT_POSSIBLE, TOLD, PlanAnswers
from delinquency.restructuring import Restructured, RestructuringPlan, restructure
from delinquency.restructuring.draft import MoveKind
from delinquency.restructuring.present_value import SHARE_PARTS, part_given_up
from delinquency.rounding import div_half_up

if TYPE_CHECKING:
    from delinquency.policy import Policy
    from delinquency.portfolio.book import Portfolio

__all__ = ["put_by_account", "put_figures"]


def put_figures(out: PlanAnswers, row: int, done: Restructured) -> None:
    """The figures of one answer in the place of a row."""
    before, after = done.draft_before, done.draft_after
    out.owed[row] = (*before.owed(), *after.owed())
    out.moved[row] = [after.took(kind, column) for kind in MoveKind for column in range(4)]
    out.arrears_after[row] = [after.past_due(column) for column in range(4)]
    sides = done.rows_before, done.rows_after
    faces = (
        sum(sum(debt.open) for debt in draft.past) + sum(draft.beside) + draft.unposted
        for draft in (before, after)
    )
    out.asked[row] = (
        *(rows[0].total if rows else 0 for rows in sides),
        *(sum(planned.total for planned in rows) for rows in sides),
        *faces,
    )
    loss = done.value_before - done.value_after
    out.loss[row] = div_half_up(loss.numerator, loss.denominator)
    share = part_given_up(done.value_before, done.value_after)
    out.diminished[row] = share.numerator * (SHARE_PARTS // share.denominator)
    out.state[row] = TOLD


def put_by_account(
    book: Portfolio,
    row: int,
    plan: RestructuringPlan,
    out: PlanAnswers,
    *,
    as_of: date,
    policy: Policy,
    known_on: date | None,
    may_refuse: bool,
) -> DelinquencyError | None:
    """Answer one account by its own verb; where it refuses, ``NOT_POSSIBLE`` and the error.

    There is none where the account has its plan.

    Raises
    ------
    DelinquencyError
        What the verb refuses, unless accounts may be refused; what is wrong with a policy, always.
    """
    try:
        done = restructure(book.account(row), plan, as_of=as_of, policy=policy, known_on=known_on)
    except PolicyError:
        raise
    except DelinquencyError as error:
        if not may_refuse:
            raise
        out.state[row] = NOT_POSSIBLE
        # Anew: what was raised keeps the frames, and so the account, alive.
        return error.within("")
    put_figures(out, row, done)
    return None
