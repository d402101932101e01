"""What each measure does to a draft.

The one idea: one function for each measure, in the words of the measure; each moves amounts in the draft and
writes down what it moved, or refuses with the reason.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.amortisation import InterestPause
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.component import Component
from delinquency.errors import InvalidValueError
from delinquency.rates import Rate
from delinquency.restructuring.draft import (
    FEES,
    INTEREST,
    PENALTY,
    PRINCIPAL,
    Draft,
    Moved,
    MoveKind,
    RateSpan,
)
from delinquency.restructuring.measures import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    Measure,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    TermExtension,
)
from delinquency.restructuring.rhythm import Rhythm, rhythm_of
from delinquency.rounding import RoundingMode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from delinquency.calendar import Day
    from delinquency.currency import Currency

__all__ = ["Applying"]

COLUMNS = {
    Component.PRINCIPAL: PRINCIPAL,
    Component.INTEREST: INTEREST,
    Component.FEES: FEES,
    Component.PENALTY: PENALTY,
}
NO_INTEREST = Rate.per_year(0)


class Applying:
    """A draft, and what the measures ask of the account beside it.

    Parameters
    ----------
    draft : Draft
    currency : Currency
    all_dues : sequence of int
        Every due date of the schedule in force, from which its rhythm is read.
    rate : Rate or None
        Of the contract, on the day of the plan.
    """

    __slots__ = ("_all_dues", "_currency", "_number", "_rate", "draft")

    def __init__(
        self, draft: Draft, currency: Currency, all_dues: Sequence[Day], rate: Rate | None
    ) -> None:
        self.draft = draft
        self._currency = currency
        self._all_dues = all_dues
        self._rate = rate
        self._number = 0

    def apply(self, measures: Sequence[Measure]) -> None:
        """Put measures to the draft in their order.

        Raises
        ------
        InvalidValueError
            A measure that the account as it is by then cannot have.
        """
        for self._number, measure in enumerate(measures):
            self._one(measure)
        draft = self.draft
        if not draft.dues and (draft.principal or any(draft.spread)):
            self._need_dues()

    def _one(self, measure: Measure) -> None:
        steps: dict[type, Callable[..., None]] = {
            ArrearsSpread: self._spread_all,
            ArrearsWaiver: self._waive,
            Capitalisation: self._capitalise,
            DueDateChange: self._move_dues,
            Forgiveness: self._forgive,
            InterestPause: self._pause,
            PaymentHoliday: self._rest,
            PrincipalDeferral: self._defer,
            RateReduction: self._reduce_rate,
            ReAgeing: self._re_age,
            TermExtension: self._extend,
        }
        steps[type(measure)](measure)

    # What every measure needs.

    def _where(self, measure: Measure) -> str:
        return f"restructuring plan, measure {self._number + 1}, {type(measure).__name__}"

    def _told(
        self, kind: MoveKind, column: int, amount: int, *, on_completion: bool = False
    ) -> None:
        if amount:
            self.draft.moved.append(Moved(self._number, kind, column, amount, on_completion))

    def _part(self, measure: ArrearsWaiver | Forgiveness | PrincipalDeferral, whole: int) -> int:
        """The amount of a measure, or its share of what there is, rounded down [minor units]."""
        if measure.share is not None:
            return measure.share.of(max(0, whole), RoundingMode.DOWN)
        amount = Decimal(0) if measure.amount is None else measure.amount
        part = to_minor(amount, self._currency, where=self._where(measure))
        if part > whole:
            raise InvalidValueError.at(
                f"{self._where(measure)}, amount",
                expected=f"at most what there is, {from_minor(max(0, whole), self._currency)}",
                found=str(amount),
            )
        return part

    def _multiple(self, multiple: Decimal | int | None) -> int:
        if multiple is None:
            return 1
        return to_minor(multiple, self._currency, where="restructuring plan, multiple")

    def _need_dues(self) -> list[Day]:
        dues = self.draft.dues
        if not dues:
            raise InvalidValueError.at(
                f"restructuring plan, measure {self._number + 1}",
                expected="instalments still to come",
                found="none on or after the day of the plan",
                hint="The schedule is over: ReAgeing gives it new instalments.",
            )
        return dues

    def _rhythm(self, measure: Measure) -> Rhythm:
        return rhythm_of(self._all_dues, self._where(measure))

    def _replan(self) -> None:
        self.draft.is_replanned = True

    # Amounts.

    def _capitalise(self, measure: Capitalisation) -> None:
        draft = self.draft
        for component in measure.components:
            column = COLUMNS[component]
            amount = draft.take_past_due(column, draft.past_due(column))
            if column == INTEREST:
                amount += draft.earned
                draft.earned = 0
            if column == PENALTY:
                amount += draft.unposted
                draft.unposted = 0
            draft.principal += amount
            self._told(MoveKind.CAPITALISED, column, amount)
        self._replan()

    def _spread_all(self, measure: ArrearsSpread) -> None:
        self._need_dues()
        self.draft.multiple = self._multiple(measure.multiple)
        for component in measure.components:
            self._spread(COLUMNS[component])

    def _spread(self, column: int) -> None:
        draft = self.draft
        amount = draft.take_past_due(column, draft.past_due(column))
        draft.spread[column] += amount
        self._told(MoveKind.SPREAD, column, amount)

    def _re_age(self, measure: ReAgeing) -> None:
        draft, where = self.draft, self._where(measure)
        first = day_number(measure.first_due_on, where=where, field="first_due_on")
        self._check_first(first, where)
        for column in range(4):
            if column != PRINCIPAL:
                self._spread(column)
        late = draft.take_past_due(PRINCIPAL, draft.past_due(PRINCIPAL))
        draft.principal += late
        self._told(MoveKind.SPREAD, PRINCIPAL, late)
        for _, amount in draft.fees:
            draft.spread[FEES] += amount
        draft.fees = []
        draft.multiple = self._multiple(measure.multiple)
        if measure.interest is not ReAgeInterest.AS_AGREED:
            draft.is_flat = True
            if measure.interest is ReAgeInterest.ALL_IN_EQUAL_PARTS:
                draft.agreed = draft.unearned
            draft.spread[INTEREST] += draft.earned + draft.agreed
            draft.earned = 0
        rhythm = Rhythm(first, measure.frequency.months, measure.frequency.days)
        draft.dues = [rhythm.after(first, number) for number in range(measure.instalments)]
        draft.rests = {}
        self._replan()

    def _waive(self, measure: ArrearsWaiver) -> None:
        draft = self.draft
        for component in measure.components:
            column = COLUMNS[component]
            accrued = draft.unposted if column == PENALTY else 0
            amount = self._part(measure, draft.past_due(column) + accrued)
            from_accrued = min(amount, accrued)
            draft.unposted -= from_accrued
            draft.take_past_due(column, amount - from_accrued)
            self._told(MoveKind.WAIVED, column, amount)

    def _forgive(self, measure: Forgiveness) -> None:
        draft, column = self.draft, COLUMNS[measure.component]
        whole = draft.owed()[column] - draft.spread[column] - draft.beside[column]
        amount = self._part(measure, whole)
        left = amount - draft.take_past_due(column, amount)
        if left:
            if column == PRINCIPAL:
                draft.principal -= left
            else:
                draft.earned -= left
            self._replan()
        self._told(MoveKind.FORGIVEN, column, amount, on_completion=measure.on_completion)

    def _defer(self, measure: PrincipalDeferral) -> None:
        self._need_dues()
        self.draft.balloon = self._part(measure, self.draft.principal)
        self._told(MoveKind.DEFERRED, PRINCIPAL, self.draft.balloon)
        self._replan()

    # Dates.

    def _check_first(self, first: Day, where: str) -> None:
        if first < self.draft.day:
            raise InvalidValueError.at(
                f"{where}, first_due_on",
                expected=f"a day on or after that of the plan, {to_date(self.draft.day)}",
                found=str(to_date(first)),
            )

    def _extend(self, measure: TermExtension | PaymentHoliday) -> None:
        dues = self._need_dues()
        rhythm, last = self._rhythm(measure), dues[-1]
        dues += [rhythm.after(last, number) for number in range(1, measure.instalments + 1)]
        self._replan()

    def _dues_from(self, measure: PaymentHoliday | DueDateChange) -> list[Day]:
        """The due dates to come from the one on that a measure names."""
        dues = self._need_dues()
        if measure.from_due_on is None:
            return list(dues)
        where = self._where(measure)
        first = day_number(measure.from_due_on, where=where, field="from_due_on")
        found = [due for due in dues if due >= first]
        if not found:
            raise InvalidValueError.at(
                f"{where}, from_due_on",
                expected=f"at most the last due date, {to_date(dues[-1])}",
                found=str(measure.from_due_on),
            )
        return found

    def _rest(self, measure: PaymentHoliday) -> None:
        dues = self._dues_from(measure)
        most = len(dues) - (0 if measure.lengthens else 1)
        if measure.instalments > most:
            raise InvalidValueError.at(
                f"{self._where(measure)}, instalments",
                expected=f"at most {most} of the {len(dues)} due dates to come",
                found=str(measure.instalments),
                hint=""
                if measure.lengthens
                else "With lengthens=True as many instalments are added at the end.",
            )
        for due in dues[: measure.instalments]:
            self.draft.rests[due] = measure.interest
        if measure.lengthens:
            self._extend(measure)
        self._replan()

    def _move_dues(self, measure: DueDateChange) -> None:
        draft, where = self.draft, self._where(measure)
        dues = self._dues_from(measure)
        first = day_number(measure.first_due_on, where=where, field="first_due_on")
        self._check_first(first, where)
        before = draft.dues[: len(draft.dues) - len(dues)]
        if before and first <= before[-1]:
            raise InvalidValueError.at(
                f"{where}, first_due_on",
                expected=f"after the due date before it, {to_date(before[-1])}",
                found=str(measure.first_due_on),
            )
        moved = [first]
        if len(dues) > 1:
            rhythm = self._rhythm(measure).from_anchor(first)
            moved = [rhythm.after(first, number) for number in range(len(dues))]
        names = {**dict(zip(before, before, strict=True)), **dict(zip(dues, moved, strict=True))}
        draft.rests = {names[due]: kind for due, kind in draft.rests.items()}
        draft.fees = [(names[due], amount) for due, amount in draft.fees]
        draft.dues = [*before, *moved]
        self._replan()

    # Interest.

    def _reduce_rate(self, measure: RateReduction) -> None:
        draft, where = self.draft, self._where(measure)
        if self._rate is None:
            raise no_rate(where)
        if measure.annual_rate.scaled >= self._rate.scaled:
            raise InvalidValueError.at(
                f"{where}, annual_rate",
                expected=f"less than the rate of the contract, {self._rate.as_percent()}",
                found=measure.annual_rate.as_percent(),
            )
        end = NONE_DAY
        if measure.until is not None:
            end = day_number(measure.until, where=where, field="until")
        self._add_span(draft.day, end, measure.annual_rate, where)

    def _pause(self, measure: InterestPause) -> None:
        where = self._where(measure)
        start = day_number(measure.start, where=where, field="start")
        end = day_number(measure.end, where=where, field="end")
        if start < self.draft.day:
            raise InvalidValueError.at(
                f"{where}, start",
                expected=f"a day on or after that of the plan, {to_date(self.draft.day)}",
                found=str(measure.start),
                hint="Interest that was earned before is forgiven: write a Forgiveness.",
            )
        self._add_span(start, end, NO_INTEREST, where)

    def _add_span(self, start: Day, end: Day, rate: Rate, where: str) -> None:
        dues = self._need_dues()
        if start >= dues[-1] or end <= start:
            raise InvalidValueError.at(
                where,
                expected=f"days from the plan on and before the last due date, {to_date(dues[-1])}",
                found=f"from {to_date(start)}",
            )
        self.draft.rate_spans.append(RateSpan(start, end, rate))
        self._replan()


def no_rate(where: str) -> InvalidValueError:
    """The refusal of what needs the rate of a contract that does not say it."""
    return InvalidValueError.at(
        where,
        expected="an account that says the rate of its contract",
        found="none in force on the day of the plan",
        hint="Give the account contract_rates: [DatedRate(date, Rate.per_year(...))].",
    )
