"""The sweep behind a recalculation: days, dues and money in order of time.

The one idea: a row is open until it is closed, by its due date or by money that came before. What is borne
until then is its interest; what is borne after is the interest of the next.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.recalculation_rules import Surplus
from delinquency.amortisation.replanning import Plan
from delinquency.amortisation.swept_rows import Swept, SweptRow
from delinquency.calendar import Day
from delinquency.rounding import divide

if TYPE_CHECKING:
    from delinquency.amortisation.table import AmortisationTable

__all__ = ["sweep_payments"]


def sweep_payments(
    table: AmortisationTable,
    money: dict[Day, int],
    as_of: Day,
    *,
    surplus: Surplus,
    bears_interest: bool,
    principal_first: bool,
    keeps_past: bool,
    rounds_stretches: bool,
    pauses: list[tuple[Day, Day]],
) -> Swept:
    """What stands at the close of ``as_of``."""
    frozen: dict[int, int] = {}
    cuts = sorted({*money, as_of}) if keeps_past else [as_of]
    interests = [row[2] for row in table.rows]
    sweep: _Sweep | None = None
    plan = Plan(table)
    for cut in cuts:
        known = {} if sweep is None else sweep.solved
        sweep = _Sweep(plan, as_of=cut, surplus=surplus, pauses=pauses)
        sweep.bears_interest = bears_interest
        sweep.principal_first = principal_first
        sweep.rounds_stretches = rounds_stretches
        if keeps_past:
            days = sweep.due_days
            frozen |= {
                place: interest
                for place, interest in enumerate(interests)
                if days[place] < cut and place not in frozen
            }
        sweep.frozen = frozen
        sweep.solved = known
        stops = cut if cut < cuts[-1] else None
        sweep.run({day: amount for day, amount in money.items() if day <= cut}, stops)
        interests = [row.interest for row in sweep.rows]
    assert sweep is not None  # noqa: S101 -- there is always the cut of as_of
    return Swept(
        sweep.rows[: sweep.count], sweep.balance_at_cut, sweep.accrued_at_cut, sweep.credit
    )


class _Sweep:
    """The moving parts of one sweep."""

    bears_interest: bool
    principal_first: bool
    rounds_stretches: bool
    frozen: dict[int, int]

    def __init__(
        self,
        plan: Plan,
        *,
        as_of: Day,
        surplus: Surplus,
        pauses: list[tuple[Day, Day]],
    ) -> None:
        self.plan = plan
        self.terms, self.elapsed, self.amounts = plan.terms, plan.elapsed, list(plan.amounts)
        self.is_lowered = False
        self.solved: dict[tuple[int, int, int, int, Fraction], list[int]] = {}
        self.as_of, self.surplus, self.pauses = as_of, surplus, pauses
        self.due_days = self.elapsed.bounds[1:]
        self.rows = [SweptRow(day) for day in self.due_days]
        self.count = len(self.rows)
        self.balance = self.planned = self.terms.principal_minor
        self.balance_at_cut = self.balance
        self.accrued_at_cut = 0
        self.current = 0
        self.borne = Fraction(0)
        self.stretch = Fraction(0)
        self.stretch_base = 0
        self.credit = 0
        self.reduction = 0

    def run(self, money: dict[Day, int], stops: Day | None = None) -> None:
        """Go through the days, to the end of the loan or to one at which nothing more is asked."""
        edges = {self.elapsed.bounds[0], *self.due_days, *money, self.as_of}
        edges.update(day for pause in self.pauses for day in pause)
        days = sorted(day for day in edges if day >= self.elapsed.bounds[0])
        for place, (day, later) in enumerate(pairwise([*days, days[-1]])):
            if place:
                self._fall_due(day)
                if self.credit and day <= self.as_of:
                    self.credit = self._settle_late(day, self.credit)
            if money.get(day):
                self._receive(day, money[day])
            if day == self.as_of:
                self.balance_at_cut = self.balance
                self.accrued_at_cut = self._accrued()
                self.balance -= sum(row.open_principal for row in self._late())
            if day == stops:
                return
            self._bear(day, later)

    def _late(self) -> list[SweptRow]:
        return [row for row in self.rows[: self.current] if row.paid_day is None]

    def _bear(self, day: Day, later: Day) -> None:
        place = self.elapsed.place(day)
        if not 0 <= place < len(self.rows):
            return
        base = self.balance
        if self.bears_interest and day < self.as_of:
            base += sum(row.open_interest for row in self._late())
        if any(start <= day < end for start, end in self.pauses):
            base = 0
        if base != self.stretch_base:
            self._end_stretch()
            self.stretch_base = base
        part = self.elapsed.to_day(place, later) - self.elapsed.to_day(place, day)
        self.stretch += base * part

    def _end_stretch(self) -> None:
        """Add the days at one balance to what the row bears, rounded by themselves if that is the rule."""
        self.borne += self._rounded(self.stretch) if self.rounds_stretches else self.stretch
        self.stretch = Fraction(0)

    def _rounded(self, amount: Fraction) -> int:
        return divide(amount.numerator, amount.denominator, self.terms.rounding)

    # Rows that close.

    def _fall_due(self, day: Day) -> None:
        if self.current >= self.count or self.due_days[self.current] != day:
            return
        row = self.rows[self.current]
        self._close(self._interest())
        if day > self.as_of:
            self.balance -= row.open_principal
        elif not row.open_principal and not row.open_interest:
            row.paid_day = day

    def _interest(self) -> int:
        """The interest of the current row so far."""
        if self.current in self.frozen:
            return self.frozen[self.current]
        if self.rounds_stretches:
            return self._rounded(self.borne) + self._rounded(self.stretch)
        return self._rounded(self.borne + self.stretch)

    def _accrued(self) -> int:
        if self.current >= self.count:
            return 0
        return self._interest() - self.rows[self.current].paid_interest

    def _principal(self, interest: int) -> int:
        """The principal of the current row, if it closed with so much interest."""
        place = self.current
        if place == self.count - 1:
            return self.planned
        if place < self.terms.quiet_instalments:
            return 0
        amount = self.amounts[place]
        if self.terms.method is AmortisationMethod.ANNUITY:
            amount = max(0, amount - interest)
        ends = self.planned - amount <= self.terms.balloon_minor
        if ends and self.surplus is Surplus.SHORTER_TERM:
            return self.planned
        amount = min(amount, max(self.planned - self.terms.balloon_minor, 0))
        return amount - min(self.reduction, amount)

    def _close(self, interest: int) -> None:
        row = self.rows[self.current]
        principal = self._principal(interest)
        principal = max(principal, row.paid_principal)
        if self.reduction and self.current < self.count - 1:
            whole = self.amounts[self.current]
            if self.terms.method is AmortisationMethod.ANNUITY:
                whole = max(0, whole - interest)
            self.reduction -= min(self.reduction, whole)
        row.interest, row.principal = interest, principal
        self.planned -= principal
        self.current += 1
        self.borne = self.stretch = Fraction(0)
        if not self.planned and self.surplus is not Surplus.IN_ADVANCE:
            self.count = min(self.count, self.current)
        elif self.is_lowered and self.current in self.plan.changes and self.current < self.count:
            place = self.current
            self._solve(place, self.plan.changes[place], self.elapsed.whole(place))

    # Money.

    def _receive(self, day: Day, amount: int) -> None:
        left = self._settle_late(day, amount)
        if self.surplus is Surplus.IN_ADVANCE:
            while left and self.current < self.count and self.balance:
                before = self.current, left
                left = self._pay_in_advance(day, left)
                if (self.current, left) == before:
                    break
            if left and self.current < self.count and left >= self.balance + self._accrued() > 0:
                left = self._settle(day, left)
        else:
            starts = self.elapsed.bounds[self.current] if self.current < self.count else day
            if left and self.current < self.count and starts < day:
                left = self._pay_in_advance(day, left)
            if self.current < self.count and left >= self.balance + self._accrued() > 0:
                left = self._settle(day, left)
            elif left and self.balance:
                left = self._repay_early(day, left)
        self.credit += left

    def _settle_late(self, day: Day, left: int) -> int:
        for row in self._late():
            for is_principal in (self.principal_first, not self.principal_first):
                owed = row.open_principal if is_principal else row.open_interest
                part = min(owed, left)
                left -= part
                self._book(row, part, is_principal=is_principal)
            if not row.open_principal and not row.open_interest:
                row.paid_day = day
        return left

    def _book(self, row: SweptRow, part: int, *, is_principal: bool) -> None:
        if is_principal:
            row.paid_principal += part
            self.balance -= part
        else:
            row.paid_interest += part

    def _pay_in_advance(self, day: Day, left: int) -> int:
        """Pay the row that is open now, and close it if that pays all of it."""
        row = self.rows[self.current]
        interest = self._interest()
        owed_interest = interest - row.paid_interest
        owed_principal = max(0, self._principal(interest) - row.paid_principal)
        has_begun = self.elapsed.bounds[self.current] < day
        if left >= owed_interest + owed_principal and (has_begun or owed_interest + owed_principal):
            self._book(row, owed_interest, is_principal=False)
            self._book(row, owed_principal, is_principal=True)
            self._close(interest)
            row.paid_day = day
            return left - owed_interest - owed_principal
        for is_principal in (self.principal_first, not self.principal_first):
            part = min(owed_principal if is_principal else owed_interest, left)
            left -= part
            self._book(row, part, is_principal=is_principal)
        return left

    def _repay_early(self, day: Day, left: int) -> int:
        """Repay principal at once, in the row that closed last."""
        principal = min(left, self.balance, self.planned)
        row = self.rows[self.current - 1]
        row.principal += principal
        row.paid_principal += principal
        self.balance -= principal
        self.planned -= principal
        if self.surplus is Surplus.NEXT_INSTALMENTS:
            self.reduction += principal
        elif self.surplus is Surplus.LOWER_PAYMENT and self.planned:
            self._lower(day)
        elif self.surplus is Surplus.SHORTER_TERM and self.planned:
            self._shorten(day)
        if not self.planned:
            # Interest borne since the row that closed last falls due with the next.
            self.count = self.current + bool(self._accrued())
        return left - principal

    def _settle(self, day: Day, left: int) -> int:
        """Pay all that is open, with interest borne since the row that closed last."""
        row, interest, balance = self.rows[self.current], self._interest(), self.balance
        owed = interest - row.paid_interest
        self._book(row, owed, is_principal=False)
        self._book(row, balance, is_principal=True)
        row.interest, row.principal = interest, row.paid_principal
        row.paid_day = day
        self.planned -= row.principal
        self.current += 1
        self.count = self.current
        self.borne = self.stretch = Fraction(0)
        return left - owed - balance

    def _lower(self, day: Day) -> None:
        """The amounts of the rows to come, solved for what is planned now and at the rate of the day."""
        place = self.current
        first = max(place, self.terms.quiet_instalments)
        if self.terms.method is AmortisationMethod.EQUAL_PRINCIPAL:
            self.amounts[first:] = self.plan.equal_principals(self.planned, self.count - first)
        elif self.terms.method is AmortisationMethod.ANNUITY:
            own = self._current_factor(day) if first == place else self.elapsed.whole(first)
            self._solve(first, self.elapsed.rate_on(day), own)
            self.is_lowered = True

    def _shorten(self, day: Day) -> None:
        """Where rates are to change, how many rows are left is told by what is known on the day."""
        if all(change <= self.current for change in self.plan.changes):
            return
        numerators, denominator = self.plan.at_rate(self.elapsed.rate_on(day))
        balance, place = self.planned, self.current
        factor = self._current_factor(day)
        while place < self.count - 1:
            quiet = place < self.terms.quiet_instalments
            principal = 0 if quiet else self.amounts[place] - self._rounded(balance * factor)
            if balance - principal <= self.terms.balloon_minor:
                break
            balance, place = balance - principal, place + 1
            factor = Fraction(numerators[place], denominator)
        self.count, self.is_lowered = place + 1, True

    def _current_factor(self, day: Day) -> Fraction:
        """What the row that is open bears of one of what is planned, from a day on with what it bore."""
        # Days of a row that was closed before its due date count in this one.
        within = self.elapsed.place(day)
        rest = sum(map(self.elapsed.whole, range(within, self.current + 1)), Fraction(0))
        rest -= self.elapsed.to_day(within, day)
        return (self.borne + self.stretch) / self.planned + rest

    def _solve(self, first: int, scaled: int, own: Fraction) -> None:
        asked = (self.planned, scaled, first, self.count, own)
        if asked not in self.solved:
            self.solved[asked] = self.plan.level_payments(
                self.planned, scaled, first=first, count=self.count, own=own
            )
        self.amounts[first:] = self.solved[asked]
