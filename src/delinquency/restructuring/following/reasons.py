"""The reasons of a plan that is followed: its rows, promises and first breach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain_policy
from delinquency.decimals import exact_sum
from delinquency.explanation import Explanation
from delinquency.restructuring.following.rows import RowState

if TYPE_CHECKING:
    from delinquency.restructuring.following.compliance import Breach, PlanCompliance
    from delinquency.restructuring.following.promises import FollowedPromise
    from delinquency.restructuring.following.rows import FollowedRow

__all__ = ["explain_breach", "explain_compliance"]


def explain_compliance(told: PlanCompliance) -> Explanation:
    """The tree of reasons of a plan that is followed."""
    code = told.currency.code
    return Explanation(
        "followed_plan",
        told.state.value,
        {
            "account_id": told.account.account_id,
            "effective_on": told.done.plan.effective_on,
            "as_of": told.as_of,
            "known_on": told.known_on,
            "shortfall": told.shortfall,
            "currency": code,
        },
        (),
        (
            *(explain_breach(each, code) for each in (told.breach,) if each is not None),
            *_paid_to_left(told),
            *_completed(told),
            *(_row(row, code) for row in told.rows if _is_told(row, told)),
            *_to_come(told),
            *_left(told),
            *(_promise(each, code) for each in told.promises),
            *_tolerance(told),
            explain_policy(told.policy),
        ),
    )


def explain_breach(breach: Breach, code: str) -> Explanation:
    """What was broken first, when, and by how much."""
    figures: dict[str, object] = {"shortfall": breach.shortfall, "currency": code}
    if breach.row is not None:
        figures |= {"number": breach.row.number, "due_date": breach.row.due_date}
        return Explanation("followed_breach_of_row", breach.on, figures)
    if breach.promise is not None:
        figures |= {
            "promised_on": breach.promise.promise.promised_on,
            "due_date": breach.promise.promise.due_on,
        }
    return Explanation("followed_breach_of_promise", breach.on, figures)


def _paid_to_left(told: PlanCompliance) -> Iterator[Explanation]:
    """That money went elsewhere than to the rows, so that what was asked was paid and a row is short."""
    if told.paid_to_left.total:
        yield Explanation(
            "followed_paid_to_left", told.paid_to_left.total, {"currency": told.currency.code}
        )


def _completed(told: PlanCompliance) -> Iterator[Explanation]:
    if told.completed_on is not None:
        yield Explanation("followed_completed", told.completed_on)


def _is_told(row: FollowedRow, told: PlanCompliance) -> bool:
    return row.due_date <= told.as_of or row.state is not RowState.PENDING


def _row(row: FollowedRow, code: str) -> Explanation:
    figures: dict[str, object] = {
        "number": row.number,
        "due_date": row.due_date,
        "settled_on": row.settled_on,
        "days_late": row.days_late,
        "broken_on": row.broken_on,
        "shortfall": row.shortfall,
        "currency": code,
    }
    if row.state is RowState.BROKEN and row.settled_on is None:
        return Explanation("followed_row_open", row.asked.total, figures)
    return Explanation(f"followed_row_{row.state.value}", row.asked.total, figures)


def _to_come(told: PlanCompliance) -> Iterator[Explanation]:
    """Rows whose due date has not come, and that were not paid in advance."""
    ahead = [row for row in told.rows if not _is_told(row, told)]
    if ahead:
        figures = {
            "next_due_on": ahead[0].due_date,
            "next_amount": ahead[0].open.total,
            "currency": told.currency.code,
        }
        yield Explanation("followed_to_come", len(ahead), figures)


def _left(told: PlanCompliance) -> Iterator[Explanation]:
    if told.left_past_due.total:
        yield Explanation(
            "followed_left", told.left_past_due.total, {"currency": told.currency.code}
        )


def _promise(each: FollowedPromise, code: str) -> Explanation:
    return Explanation(
        f"followed_promise_{each.state.value}",
        exact_sum((each.received, each.shortfall)),
        {
            "promised_on": each.promise.promised_on,
            "due_date": each.promise.due_on,
            "received": each.received,
            "shortfall": each.shortfall,
            "kept_on": each.kept_on,
            "currency": code,
        },
    )


def _tolerance(told: PlanCompliance) -> Iterator[Explanation]:
    days, amount = told.tolerated
    if days or amount:
        figures = {
            "tolerance": from_minor(amount, told.currency),
            "currency": told.currency.code,
        }
        yield Explanation("followed_tolerance", days, figures)
