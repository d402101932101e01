"""A plan with what was stated about it, and the figures that tests ask of both.

The one idea: every figure of a test is read here, from the plan as it was put to the account or from a fact,
and is ``None`` where it is not known.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.calendar import Day, day_number, to_date
from delinquency.civil_days import add_months_day, whole_months_between
from delinquency.restructuring.draft import INTEREST, PRINCIPAL, MoveKind
from delinquency.restructuring.measures import InterestPause, RateReduction
from delinquency.restructuring.review.facts import DifficultyGround, PlanFacts
from delinquency.restructuring.review.worth import PlanWorth, worth_of
from delinquency.restructuring.rhythm import rhythm_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from delinquency.account import Account
    from delinquency.restructuring.answer import Restructured

__all__ = ["PlanCase", "months_needed", "term_in_months"]


@attrs.frozen(slots=True, eq=False)
class PlanCase:
    """What a review is made of.

    Attributes
    ----------
    done : Restructured
    facts : PlanFacts
    """

    done: Restructured
    facts: PlanFacts

    @property
    def day(self) -> Day:
        """That of the plan."""
        return self.done.draft_before.day

    @cached_property
    def first_maturity(self) -> Day:
        """The last due date of the schedule as it was agreed first."""
        account = self.done.before
        rows = [row.due_date for row in account.schedule if row.in_force_from is None]
        return day_number(max(rows), where="plan", field="due_date") if rows else self.maturity

    @cached_property
    def maturity(self) -> Day:
        """The last due date before the plan."""
        return max(_dues_in_force(self.done.before, self.day), default=self.day)

    @cached_property
    def new_maturity(self) -> Day:
        """The last due date after the plan; as before where nothing falls due any more."""
        return max(_dues_in_force(self.done.after, self.day), default=self.maturity)

    @property
    def is_extended(self) -> bool:
        """Whether the last due date is later than before."""
        return self.new_maturity > self.maturity

    @property
    def is_put_off(self) -> bool:
        """Whether a due date to come is later than before."""
        before, after = self.done.draft_before.dues, self.done.draft_after.dues
        if not before:
            return True
        return any(new > old for old, new in zip(before, after, strict=False))

    @property
    def bears_interest(self) -> bool:
        """Whether anything was to be paid for the time to come, or has been earned."""
        draft = self.done.draft_before
        return draft.unearned > 0 or draft.earned > 0

    @property
    def interest_to_come(self) -> bool:
        """Whether the old schedule asks for interest that is not earned yet."""
        return self.done.draft_before.unearned > 0

    @property
    def is_settled_later(self) -> bool:
        """Whether payments of a settlement come later than what they are for was due.

        By some day they are less than what was due by then, where all that was given up is taken off what was
        due first. A charge that is not due yet counts at no day.
        """
        before, after = self.done.draft_before, self.done.draft_after
        rows = self.done.rows_before
        due = [(before.day, sum(sum(debt.open) for debt in before.past) + before.unposted)]
        due.append((rows[0].due_day if rows else before.day, before.earned))
        due += [(row.due_day, row.principal + row.fees) for row in rows]
        given_up = self.moved_in_all(MoveKind.WAIVED, MoveKind.FORGIVEN)
        return any(
            sum(sum(parts) for on, parts in after.settling if on <= day)
            < sum(amount for on, amount in due if on <= day) - given_up
            for day, _ in due
        )

    @property
    def waits_without_interest(self) -> bool:
        """Whether principal of a settlement is paid after its day, and would have borne interest."""
        settling = self.done.draft_after.settling
        return self.interest_to_come and any(
            on > self.day and parts[PRINCIPAL] for on, parts in settling
        )

    @property
    def days_past_due(self) -> int:
        """Of the oldest row that is open, at the close of the day before the plan [days]."""
        dues = self.past_dues
        return self.day - 1 - dues[0] if dues else 0

    @cached_property
    def past_dues(self) -> tuple[Day, ...]:
        """Due dates of the schedule of which anything is past due, in order."""
        past = self.done.draft_before.past
        return tuple(sorted({debt.due_day for debt in past if debt.is_row and any(debt.open)}))

    @property
    def is_overdue(self) -> bool:
        """Whether principal or interest is past due."""
        draft = self.done.draft_before
        return bool(draft.past_due(PRINCIPAL) or draft.past_due(INTEREST))

    def moved(self, place: int, kind: MoveKind) -> dict[int, int]:
        """What a measure moved or took in one way, by component [minor units]."""
        found: dict[int, int] = {}
        for move in self.done.draft_after.moved:
            if move.measure == place and move.kind is kind:
                found[move.column] = found.get(move.column, 0) + move.amount
        return found

    def moved_in_all(self, *kinds: MoveKind) -> int:
        """What all measures moved or took in some ways [minor units]."""
        return sum(move.amount for move in self.done.draft_after.moved if move.kind in kinds)

    @property
    def grounds(self) -> tuple[DifficultyGround, ...]:
        """Those that were stated, and that principal or interest is overdue where it is."""
        stated = self.facts.grounds or ()
        if self.is_overdue and DifficultyGround.OVERDUE not in stated:
            return (DifficultyGround.OVERDUE, *stated)
        return stated

    @property
    def paying_dues(self) -> tuple[Day, ...]:
        """Due dates of the plan on which principal is asked for."""
        draft = self.done.draft_after
        return tuple(due for due in draft.dues if due not in draft.rests)

    @property
    def unpaid_interest_dues(self) -> int:
        """On how many due dates interest accrues that is not asked for."""
        if not self.bears_interest:
            return 0
        kept = (DeferredInterest.ACCRUED, DeferredInterest.CAPITALISED)
        return sum(kind in kept for kind in self.done.draft_after.rests.values())

    @property
    def temporary_until(self) -> Day | None:
        """The end of the measures that end before the plan does; ``None`` where there is none."""
        return max(self._temporary_ends(), default=None)

    def _temporary_ends(self) -> Iterator[Day]:
        yield from self.done.draft_after.rests
        for measure in self.done.plan.measures:
            end = (
                measure.end
                if isinstance(measure, InterestPause)
                else measure.until
                if isinstance(measure, RateReduction)
                else None
            )
            if end is not None:
                yield day_number(end, where="plan", field="end")

    @cached_property
    def worth(self) -> PlanWorth | None:
        """Both sides at the original effective rate; ``None`` where no rate is known."""
        return worth_of(self.done, self.facts)


def _dues_in_force(account: Account, day: Day) -> list[Day]:
    return [
        row.due_day
        for row in account.obligations
        if row.instalment_no and row.from_day <= day < row.until_day and any(row[5:9])
    ]


def months_needed(start: Day, end: Day) -> int:
    """The fewest months after ``start`` that reach ``end`` [months].

    Examples
    --------
    >>> from datetime import date
    >>> days = [(each - date(1970, 1, 1)).days for each in (date(2025, 1, 15), date(2025, 3, 15))]
    >>> months_needed(*days), months_needed(days[0], days[1] + 1), months_needed(days[0], days[0])
    (2, 3, 0)
    """
    whole = whole_months_between(start, end)
    return whole + (add_months_day(start, whole) < end)


def term_in_months(dues: Sequence[Day], day: Day) -> int:
    """How long instalments last from the day of a plan on [months].

    The first period may be a short one, and counts as a whole one; what is later than that is counted from
    the day of the plan on in the rhythm of the first two due dates.

    Parameters
    ----------
    dues : sequence of int
        In order, at least one.
    day : int

    Examples
    --------
    Sixty months, the first instalment 24 days or 40 days after the plan:

    >>> from datetime import date
    >>> start = (date(2025, 3, 1) - date(1970, 1, 1)).days
    >>> for first in (start + 24, start + 40):
    ...     print(term_in_months([add_months_day(first, month) for month in range(60)], start))
    60
    60
    """
    if len(dues) < 2:
        return months_needed(day, dues[-1])
    rhythm = rhythm_of(dues[:2], "plan")
    steps = 1
    while rhythm.after(dues[0], -steps - 1) >= day:
        steps += 1
    start = rhythm.after(dues[0], -steps)
    if rhythm.months:
        count = (_month_number(dues[-1]) - _month_number(start)) // rhythm.months
        if rhythm.after(start, count) == dues[-1]:
            return count * rhythm.months
    return months_needed(start, dues[-1])


def _month_number(day: Day) -> int:
    on = to_date(day)
    return on.year * 12 + on.month
