"""What rows of an earlier plan carry beside what their own period and the balance ask for.

The one idea: parts that were spread, and interest that was earned before the earlier plan, are owed already
and bear nothing; what else a row asks for is of the balance. Only the answer of the earlier plan knows which
is which, because a row of a schedule does not say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from delinquency.calendar import Day, day_number, to_date
from delinquency.due_rhythms import told_rhythm
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring.answer import Restructured
from delinquency.restructuring.draft import INTEREST, PRINCIPAL, RateSpan
from delinquency.restructuring.new_rows import spread_parts
from delinquency.restructuring.term_measures import ReAgeing, ReAgeInterest

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.restructuring.answer import EarlierAnswer

__all__ = ["Carried", "carried_from", "check_previous", "dues_of_terms", "spans_from"]

_WHERE = "restructuring plan, previous"


class Carried(NamedTuple):
    """What a row carries [minor units]."""

    principal: int
    """A part of what was spread."""
    interest: int
    """A part of what was spread."""
    earned: int = 0
    """Interest that was earned before the row began, and falls due with it."""

    @property
    def all_interest(self) -> int:
        """What of the interest of the row is owed already."""
        return self.interest + self.earned


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
        due: Carried(*amounts) for due, *amounts in zip(paying, *parts, strict=True) if any(amounts)
    }
    for due, earned in _earned_before(previous, found):
        before = found.get(due, Carried(0, 0))
        found[due] = before._replace(earned=earned)
    return {due: part for due, part in found.items() if due >= day}


def _earned_before(
    previous: Restructured, spread: Mapping[Day, Carried]
) -> Iterator[tuple[Day, int]]:
    """Interest that was earned before a plan, by the due date of the row of it that asks for it."""
    draft, rows = previous.draft_after, previous.rows_after
    if draft.is_replanned:
        if draft.earned:
            yield draft.paying[0], draft.earned
        return
    if draft.spread == previous.draft_before.spread:
        return
    left = draft.earned
    for row in rows:
        own = row.interest - spread.get(row.due_day, Carried(0, 0)).interest
        part = min(left, own)
        if part > 0:
            yield row.due_day, part
            left -= part


def spans_from(previous: EarlierAnswer, day: Day) -> list[RateSpan]:
    """The rates of an earlier plan that still hold on a day or later; a plan that was ended has none."""
    if isinstance(previous, Restructured):
        return [span for span in previous.draft_after.rate_spans if span.end > day]
    return [] if previous.done.previous is None else spans_from(previous.done.previous, day)


def dues_of_terms(previous: EarlierAnswer, dues: Sequence[Day]) -> list[Day]:
    """The due dates from which the rhythm of an account that had a plan is told.

    Those of the plan where they tell one; without the payments of a settlement that ended.
    """
    if isinstance(previous, Restructured):
        own = [due for due in dues if due >= previous.draft_after.day]
        return own if any(told_rhythm(own, len(own))[1:]) else list(dues)
    done = previous.done
    agreed = {day for day, _ in done.draft_after.settling} - {
        row.due_day for row in done.rows_before
    }
    return [due for due in dues if due not in agreed]


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
