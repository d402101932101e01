"""What rows of an earlier plan carry beside what their own period and the balance ask for.

The one idea: parts that were spread, and interest that was earned before the earlier plan, are owed already
and bear nothing; what else a row asks for is of the balance. Only the answer of the earlier plan knows which
is which, because a row of a schedule does not say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring.answer import Restructured
from delinquency.restructuring.draft import INTEREST, PRINCIPAL, RateSpan
from delinquency.restructuring.new_rows import spread_parts
from delinquency.restructuring.term_measures import ReAgeing, ReAgeInterest

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.restructuring.answer import EarlierAnswer

__all__ = ["Carried", "carried_from", "check_previous", "first_day_of", "spans_from"]

_WHERE = "restructuring plan, previous"


class Carried(NamedTuple):
    """What a row carries [minor units]."""

    principal: int
    interest: int


def carried_from(previous: EarlierAnswer, day: Day) -> Mapping[Day, Carried]:
    """What the rows that an earlier answer left carry, that fall due on a day or later, by due date."""
    if not isinstance(previous, Restructured):
        return {due: part for due, part in previous.carried.items() if due >= day}
    draft = previous.draft_after
    paying = draft.paying
    if not paying or draft.settling:
        return {}
    parts = [spread_parts(draft, column, len(paying)) for column in (PRINCIPAL, INTEREST)]
    found = {
        due: Carried(*amounts)
        for due, *amounts in zip(paying, *parts, strict=True)
        if due >= day and any(amounts)
    }
    first = paying[0]
    if draft.is_replanned and draft.earned and first >= day:
        before = found.get(first, Carried(0, 0))
        found[first] = Carried(before.principal, before.interest + draft.earned)
    return found


def spans_from(previous: EarlierAnswer, day: Day) -> list[RateSpan]:
    """The rates of an earlier plan that still hold on a day or later; a plan that was ended has none."""
    if isinstance(previous, Restructured):
        return [span for span in previous.draft_after.rate_spans if span.end > day]
    return [] if previous.done.previous is None else spans_from(previous.done.previous, day)


def first_day_of(previous: EarlierAnswer) -> Day | None:
    """The day from which rows tell the rhythm of due dates; ``None`` where all that are in force do."""
    return previous.draft_after.day if isinstance(previous, Restructured) else None


def check_previous(account: Account, previous: object, day: Day) -> EarlierAnswer:
    """The earlier plan of an account, or its end, if another plan can follow it on a day.

    Raises
    ------
    InvalidTypeError
        No answer of a plan, and none of its end.
    InvalidValueError
        The answer of another account, or not the last one of this; on or after the day; a settlement, or
        interest that was agreed in equal parts; a holiday of it that is not over.
    """
    from delinquency.restructuring.following.reinstated import Reinstated

    if isinstance(previous, Reinstated):
        _check_left(account, previous.account, "account")
        _check_before(day_number(previous.on, where=_WHERE, field="on"), day)
        return previous
    if not isinstance(previous, Restructured):
        raise InvalidTypeError.at(
            _WHERE,
            expected="the answer of restructure for the earlier plan, or of reinstate",
            found=previous,
            hint="Of a record that was stored: record.recompute().",
        )
    _check_left(account, previous.after, "after")
    draft = previous.draft_after
    _check_before(draft.day, day)
    agreed = any(
        isinstance(measure, ReAgeing) and measure.interest is ReAgeInterest.ALL_IN_EQUAL_PARTS
        for measure in previous.plan.measures
    )
    if draft.settling or agreed:
        raise InvalidValueError.at(
            _WHERE,
            expected="rows whose interest is earned day by day",
            found="a settlement" if draft.settling else "interest that was agreed in equal parts",
            hint="Once the plan is broken, reinstate ends it: give its answer as `previous`.",
        )
    waits = _until(previous)
    if waits is not None and waits >= day:
        raise InvalidValueError.at(
            _WHERE,
            expected=f"a day after {to_date(waits)}, when its holiday is over and paid for",
            found=str(to_date(day)),
            hint="Put all measures into one plan, from the day of the earlier one.",
        )
    return previous


def _check_left(account: Account, left: Account, field: str) -> None:
    """Refuse an account that is not the one which an answer left."""
    if left.account_id != account.account_id:
        raise InvalidValueError.at(
            _WHERE,
            expected=f"a plan of account {account.account_id!r}",
            found=repr(left.account_id),
        )
    if left.schedule != account.schedule:
        raise InvalidValueError.at(
            _WHERE,
            expected="the schedule that it left",
            found="another one",
            hint=f"The account is `previous.{field}` with what was paid since; after reinstate, "
            "`previous` is the answer of reinstate.",
        )


def _check_before(begun: Day, day: Day) -> None:
    if begun >= day:
        raise InvalidValueError.at(
            _WHERE,
            expected=f"a plan of before {to_date(day)}",
            found=str(to_date(begun)),
            hint=f"Another plan may follow from the next day on: effective_on from {to_date(begun + 1)}.",
        )


def _until(previous: Restructured) -> Day | None:
    """The first payment after the last due date of a holiday, or of payments that may not cover interest.

    Money in advance waits for one too.
    """
    draft = previous.draft_after
    waiting = {*draft.rests, *(() if draft.short is None else draft.reduced)}
    last = max(waiting, default=None)
    if last is None and draft.earned >= 0:
        return None
    rest = draft.day if last is None else last
    return next((due for due in draft.paying if due > rest), rest)
