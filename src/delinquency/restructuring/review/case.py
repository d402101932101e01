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
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.due_rhythms import told_rhythm
from delinquency.restructuring.agreed_card import AgreedCard
from delinquency.restructuring.draft import INTEREST, PRINCIPAL, Draft, MoveKind
from delinquency.restructuring.measures import InterestPause, RateReduction
from delinquency.restructuring.review.facts import DifficultyGround, PlanFacts
from delinquency.restructuring.review.subject import PlanSubject, Reviewed, subject_of
from delinquency.restructuring.review.worth import PlanWorth, worth_of
from delinquency.restructuring.rhythm import rhythm_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from delinquency.account import Account

__all__ = ["PlanCase", "months_needed", "past_dues_of", "term_in_months"]


@attrs.frozen(slots=True, eq=False)
class PlanCase:
    """What a review is made of.

    Attributes
    ----------
    done : Restructured, Consolidated or AgreedCard
    facts : PlanFacts
    """

    done: Reviewed
    facts: PlanFacts

    @cached_property
    def subject(self) -> PlanSubject:
        """What was before and is after, in one form."""
        return subject_of(self.done)

    @property
    def day(self) -> Day:
        """That of the plan."""
        return self.done.draft_before.day

    @cached_property
    def first_maturity(self) -> Day:
        """The last due date of the schedule as it was agreed first."""
        rows = [
            row.due_date
            for account in self.subject.accounts
            for row in account.schedule
            if row.in_force_from is None
        ]
        return day_number(max(rows), where="plan", field="due_date") if rows else self.maturity

    @cached_property
    def maturity(self) -> Day:
        """The last due date before the plan."""
        dues = (_dues_in_force(account, self.day) for account in self.subject.accounts)
        return max((due for each in dues for due in each), default=self.day)

    @cached_property
    def new_maturity(self) -> Day:
        """The last due date after the plan; as before where nothing falls due any more."""
        return max(_dues_in_force(self.subject.after, self.day), default=self.maturity)

    @property
    def is_extended(self) -> bool:
        """Whether the last due date is later than before; a card had none."""
        return bool(self.subject.accounts) and self.new_maturity > self.maturity

    @property
    def is_prolonged(self) -> bool:
        """Whether a contract that goes on has a later last due date (展期); a new contract is none."""
        return self.is_extended and not self.subject.new_contract

    @property
    def is_put_off(self) -> bool:
        """Whether a due date to come is later than before; of new debt, whether principal falls due later."""
        if self.subject.new_contract:
            due = [(self.day, self.done.draft_before.past_due(PRINCIPAL))]
            due += [(row.due_day, row.principal) for row in self.done.rows_before]
            asked = [(row.due_day, row.principal) for row in self.done.rows_after]
            return _is_behind(asked, due, self.done.draft_after.took(MoveKind.FORGIVEN, PRINCIPAL))
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
        return _is_behind([(on, sum(parts)) for on, parts in after.settling], due, given_up)

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
        if self.subject.days_past_due is not None:
            return self.subject.days_past_due
        dues = self.past_dues
        return self.day - 1 - dues[0] if dues else 0

    @cached_property
    def past_dues(self) -> tuple[Day, ...]:
        """Due dates of the schedule of which anything is past due, in order."""
        return past_dues_of(self.done.draft_before)

    @property
    def is_overdue(self) -> bool:
        """Whether principal or interest is past due; of a card, whether a minimum is."""
        if self.subject.days_past_due is not None:
            return self.subject.days_past_due > 0
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
    def is_late(self) -> bool:
        """Whether a due date has passed on which anything is open."""
        return bool(self.past_dues) or self.days_past_due > 0

    @property
    def is_willing(self) -> bool | None:
        """Whether the debtor is willing to pay, as stated, or as an agreement on a card has it."""
        return self._stated_or_agreed(self.facts.is_willing)

    @property
    def is_beyond_capacity(self) -> bool | None:
        """Whether the debt is beyond what can be paid, as stated, or as an agreement on a card has it."""
        return self._stated_or_agreed(self.facts.is_beyond_capacity)

    def _stated_or_agreed(self, fact: bool | None) -> bool | None:
        """A fact; where nobody stated it, that of an agreement, which there is not without it."""
        return True if fact is None and isinstance(self.done, AgreedCard) else fact

    @property
    def is_rate_cut(self) -> bool:
        """Whether a new contract bears less on its day than the old ones did."""
        subject = self.subject
        if subject.agreed_rates is None:
            return False
        return _scaled_on(subject.agreed_rates, self.day) < _scaled_on(subject.rates, self.day)

    @property
    def agreed_rate(self) -> int:
        """What a new contract bears on its day [1e-8 a year]."""
        return _scaled_on(self.subject.agreed_rates or (), self.day)

    @property
    def grounds(self) -> tuple[DifficultyGround, ...]:
        """Those that were stated, and that principal or interest is overdue where it is."""
        stated = self.facts.grounds or ()
        if self.is_overdue and DifficultyGround.OVERDUE not in stated:
            return (DifficultyGround.OVERDUE, *stated)
        return stated

    @property
    def arrears_dues(self) -> tuple[Day, ...]:
        """Due dates on which arrears are made up: the first, where they are spread over some alone."""
        return self.paying_dues[: self.done.draft_after.spread_over]

    @property
    def paying_dues(self) -> tuple[Day, ...]:
        """Due dates of the plan on which a whole instalment is asked for."""
        return tuple(self.done.draft_after.paying)

    @property
    def unpaid_interest_dues(self) -> int:
        """On how many due dates interest accrues that is not asked for."""
        if not self.bears_interest:
            return 0
        kept = (DeferredInterest.ACCRUED, DeferredInterest.CAPITALISED)
        draft = self.done.draft_after
        reduced = len(draft.reduced) if draft.short in kept else 0
        return reduced + sum(kind in kept for kind in draft.rests.values())

    @property
    def temporary_until(self) -> Day | None:
        """The end of the measures that end before the plan does; ``None`` where there is none."""
        return max(self._temporary_ends(), default=None)

    def _temporary_ends(self) -> Iterator[Day]:
        yield from self.done.draft_after.rests
        yield from self.done.draft_after.reduced
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
        return worth_of(self.done, self.subject, self.facts)


def _dues_in_force(account: Account, day: Day) -> list[Day]:
    return [
        row.due_day
        for row in account.obligations
        if row.instalment_no and row.from_day <= day < row.until_day and any(row[5:9])
    ]


def _is_behind(
    asked: Sequence[tuple[Day, int]], due: Sequence[tuple[Day, int]], given_up: int
) -> bool:
    """Whether by some day less is asked for than was due by then, what was given up taken off first."""
    return any(
        sum(amount for on, amount in asked if on <= day)
        < sum(amount for on, amount in due if on <= day) - given_up
        for day, _ in due
    )


def past_dues_of(draft: Draft) -> tuple[Day, ...]:
    """Due dates of a schedule of which anything is past due, in order."""
    return tuple(sorted({debt.due_day for debt in draft.past if debt.is_row and any(debt.open)}))


def _scaled_on(rates: Sequence[DatedRate], day: Day) -> int:
    """A rate on a day, 0 where there is none [1e-8 a year]."""
    rate = rate_on(rates, day)
    return 0 if rate is None else rate.scaled


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
    the day of the plan on in the rhythm of the due dates, and by months where they have none.

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
    if not any(told_rhythm(dues, len(dues))[1:]):
        return months_needed(day, dues[-1])
    rhythm = rhythm_of(dues, "plan")
    steps = 1
    while rhythm.after(dues[0], -steps - 1) >= day:
        steps += 1
    start = rhythm.after(dues[0], -steps)
    if rhythm.months:
        last = rhythm.after(dues[-1], 0)
        count = (_month_number(last) - _month_number(start)) // rhythm.months
        if abs(dues[-1] - last) < 4 and rhythm.after(start, count) == last:
            return count * rhythm.months
    return months_needed(start, dues[-1])


def _month_number(day: Day) -> int:
    on = to_date(day)
    return on.year * 12 + on.month
