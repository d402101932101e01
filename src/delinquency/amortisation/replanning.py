"""Rows that follow a change of the balance within a term.

The one idea: a period may have more than one balance. Each stretch of it bears interest on its own, the
sum is rounded once, and what was taken of it before the due date is taken off; after the period in which
the balance changed, rows follow each other as they do from the beginning.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from delinquency.amortisation.accruing import Accruals
from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.factors import Factors, factors_of, segments_of
from delinquency.amortisation.level_payments import round_payment, solve_payment, weights_of
from delinquency.amortisation.prepayment import PrepaymentEffect
from delinquency.amortisation.rate_changes import RateChangeEffect
from delinquency.amortisation.row import Row
from delinquency.amortisation.rows import planned_payments
from delinquency.amounts import from_minor
from delinquency.calendar import Day
from delinquency.errors import InvalidValueError
from delinquency.rounding import divide

if TYPE_CHECKING:
    from delinquency.amortisation.table import AmortisationTable

__all__ = ["Plan"]


class Plan:
    """The rows of a loan as they stand, and how the next ones follow.

    Attributes
    ----------
    rows : list of Row
        One a period of interest, as far as the loan runs now.
    extra : list of int
        Interest that falls due with a row besides that of its period [minor units].
    """

    def __init__(self, table: AmortisationTable) -> None:
        self.terms = table.terms
        self.accruals = Accruals(table)
        self.elapsed = self.accruals.elapsed
        self.rows = self.accruals.rows
        self.extra = [
            row.interest + row.capitalised - own
            for row, own in zip(self.rows, self.accruals.own, strict=True)
        ]
        self.stretches = self.accruals.stretches
        self.taken: dict[int, int] = {}
        self.extra_taken = 0
        self.held: list[tuple[Day, int]] = []
        self.credits: dict[int, int] = {}
        self.amounts = self._amounts()
        self.changes = self._changes()

    def _amounts(self) -> list[int]:
        """The payment of each row of an annuity; of other methods the principal of each."""
        if self.terms.method is not AmortisationMethod.ANNUITY or self.terms.carries_fractions:
            return [row.principal for row in self.rows]
        return planned_payments(self.terms)

    def _changes(self) -> dict[int, int]:
        """The periods in which the payment is solved anew, each with the rate then."""
        solves = (
            self.terms.method is AmortisationMethod.ANNUITY
            and self.terms.rate_change_effect is RateChangeEffect.NEW_PAYMENT
            and self.terms.level_payment.amount is None
        )
        segments = segments_of(self.terms, self.elapsed.engine_bounds)[1:] if solves else []
        return {segment.first: segment.scaled for segment in segments}

    # What the current period bears.

    def balance(self, place: int) -> int:
        """The balance of a period, after what was prepaid in it."""
        return self.rows[place].opening if place < len(self.rows) else 0

    def interest_to(self, place: int, day: Day) -> int:
        """Interest of a period up to a day, rounded, less what was taken of it."""
        borne = self.accruals.exact(place, day)
        return self._rounded(borne) - self.taken.get(place, 0)

    def _period_interest(self, place: int, opening: int) -> int:
        if place in self.stretches:
            return self._rounded(self.accruals.exact(place, None)) - self.taken.get(place, 0)
        return self._rounded(opening * self.elapsed.whole(place))

    def dues(self, due_days: list[Day], as_of: Day) -> list[tuple[Day, int]]:
        """What fell due with instalments by a day [minor units]."""
        rows = zip(due_days, self.instalments(), strict=False)
        return [(day, row.principal + row.interest + row.fees) for day, row in rows if day <= as_of]

    def put_off(self, place: int) -> int:
        """Interest of earlier days that falls due with the instalments from a period on."""
        return sum(self.extra[place:])

    def take_put_off(self, place: int) -> int:
        """The same, paid at once."""
        taken = self.put_off(place)
        self.extra[place:] = [0] * (len(self.extra) - place)
        self.extra_taken += taken
        return taken

    def reduce(self, place: int, day: Day, principal: int, interest: int) -> None:
        """From a day on the balance is lower; ``interest`` of the period is paid with it."""
        opening = self.rows[place].opening
        self.accruals.reduce(place, day, opening, opening - principal)
        self.taken[place] = self.taken.get(place, 0) + interest
        self.rows[place] = self.rows[place]._replace(opening=opening - principal)

    def instalments(self) -> list[Row]:
        """One row a period of the schedule, as far as the loan runs now."""
        if not self.elapsed.is_one:
            return self.rows
        ends = self.elapsed.schedule_bounds[1:]
        openings = [self._open_on(end - 1) for end in ends]
        last = self.rows[0]._replace(opening=openings[-1])
        quiet = [
            row._replace(opening=balance, closing=balance)
            for row, balance in zip(self.accruals.period_rows, openings[:-1], strict=False)
        ]
        while quiet and not quiet[-1].opening and not last.principal + last.interest:
            last = quiet.pop()
        return [*quiet, last]

    def _open_on(self, day: Day) -> int:
        """The principal of a bullet that is open at the close of a day."""
        held = [(since, balance) for since, balance in self.stretches.get(0, ()) if since <= day]
        return held[-1][1] if held else self.terms.principal_minor

    # The rows from there on.

    def follow(self, place: int, day: Day, principal: int, effect: PrepaymentEffect) -> None:
        """Make the rows from ``place`` on, after ``principal`` was repaid early on ``day``."""
        opening = self.rows[place].opening
        scaled = self.elapsed.rate_on(day)
        if effect is PrepaymentEffect.LOWER_PAYMENT and opening:
            self.credits[place] = 0
            self._lower(place, opening, scaled)
        elif effect is PrepaymentEffect.NEXT_INSTALMENTS:
            self.credits[place] = self.credits.get(place, 0) + principal
        count = len(self.rows)
        shortens = effect is PrepaymentEffect.SHORTER_TERM
        if shortens and any(change > place for change in self.changes):
            # How many rows are left is told by what is known that day, not by later changes.
            count, shortens = place + len(self._rows(place, opening, scaled)), False
        self.amounts = self.amounts[:count]
        self.rows[place:] = self._rows(place, opening, None, count=count, shortens=shortens)

    def _rows(
        self,
        place: int,
        balance: int,
        scaled: int | None,
        *,
        count: int | None = None,
        shortens: bool = True,
    ) -> list[Row]:
        """Rows until the balance is repaid; at one rate only where ``scaled`` is given."""
        count = len(self.rows) if count is None else count
        constant = None if scaled is None else self.at_rate(scaled)
        credit = self.credits.get(place, 0)
        rows: list[Row] = []
        for at in range(place, count):
            if constant is None or at in self.stretches:
                interest = self._period_interest(at, balance)
            else:
                interest = divide(
                    balance * constant.numerators[at], constant.denominator, self.terms.rounding
                )
            if scaled is None and at > place and at in self.changes and balance:
                self._solve(at, balance, self.changes[at], count)
            self.credits[at] = credit
            planned = self._principal(at, balance, interest)
            ends = shortens and balance - planned <= self.terms.balloon_minor
            is_last = at == count - 1 or (ends and at >= self.terms.quiet_instalments)
            principal = balance if is_last else planned
            reduction = 0 if is_last else min(credit, max(principal, 0))
            principal -= reduction
            credit -= reduction
            due, capitalised = interest + self.extra[at], 0
            if principal < 0 < interest:
                due, capitalised, principal = self._capitalise(at, interest)
            closing = balance - principal + capitalised
            rows.append(Row(balance, principal, due, 0, capitalised, closing))
            balance = closing
            if not balance and not any(self.extra[at + 1 : count]):
                break
        return rows

    def _principal(self, place: int, balance: int, interest: int) -> int:
        above = balance - self.terms.balloon_minor
        if place < self.terms.quiet_instalments or above <= 0:
            return 0
        if self.terms.method is AmortisationMethod.ANNUITY:
            return min(self.amounts[place] - interest, above)
        return min(self.amounts[place], above)

    def _capitalise(self, place: int, interest: int) -> tuple[int, int, int]:
        payment = self.amounts[place]
        if not self.terms.may_capitalise:
            raise InvalidValueError.at(
                f"prepay, instalment {place + 1}",
                expected="a payment of at least the interest, "
                f"{from_minor(interest, self.terms.currency)}",
                found=str(from_minor(payment, self.terms.currency)),
                hint="may_capitalise=True lets the rest become principal.",
            )
        return payment + self.extra[place], interest - payment, 0

    # Payments that are solved anew.

    def _lower(self, place: int, balance: int, scaled: int) -> None:
        match self.terms.method:
            case AmortisationMethod.ANNUITY:
                self._solve(place, balance, scaled, len(self.rows))
            case AmortisationMethod.EQUAL_PRINCIPAL:
                self._spread(place, balance)
            case _:
                self.amounts[place:] = [0] * (len(self.rows) - place - 1) + [balance]

    def _spread(self, place: int, balance: int) -> None:
        first = max(place, self.terms.quiet_instalments)
        self.amounts[first:] = self.equal_principals(balance, len(self.rows) - first)

    def _solve(self, place: int, balance: int, scaled: int, count: int) -> None:
        """The payment from ``place``, or the end of a moratorium, to the last row."""
        first = max(place, self.terms.quiet_instalments)
        own = self.elapsed.whole(first)
        if first in self.stretches:
            borne = self.accruals.exact(first, None) - self.taken.get(first, 0)
            own = borne / balance
        self.amounts[first:count] = self.level_payments(
            balance, scaled, first=first, count=count, own=own
        )

    def equal_principals(self, balance: int, count: int) -> list[int]:
        """The principal of each of so many rows, the balloon left out."""
        spread = max(balance - self.terms.balloon_minor, 0)
        return [divide(spread, count, self.terms.rounding)] * count

    def level_payments(
        self, balance: int, scaled: int, *, first: int, count: int, own: Fraction
    ) -> list[int]:
        """The payments of the rows ``[first, count)`` that leave the balloon, at one rate.

        ``own`` is what the first of them bears of one of balance. Where the payment is solved with periods
        of another basis, the first is as much longer or shorter as it is by interest.
        """
        terms = self.terms
        factors = self.at_rate(scaled)
        if terms.level_payment.basis is not None:
            whole = self.elapsed.whole(first)
            own = Fraction(factors.numerators[first], factors.denominator) * (
                own / whole if whole else 1
            )
        numerators = [numerator * own.denominator for numerator in factors.numerators]
        numerators[first] = own.numerator * factors.denominator
        factors = Factors(numerators, factors.denominator * own.denominator)
        few = Factors(factors.numerators[first:count], factors.denominator)
        weights = weights_of(terms, first)
        few_weights = None if weights is None else weights[: count - first]
        left = min(terms.balloon_minor, balance)
        exact = Fraction(*solve_payment(balance, left, few, few_weights))
        if few_weights is None and terms.level_payment.is_rounded:
            return [round_payment(terms, exact.numerator, exact.denominator)] * (count - first)
        payments: list[int] = []
        for number in range(count - first):
            share = exact if few_weights is None else exact * few_weights[number]
            if terms.level_payment.is_rounded:
                payments.append(round_payment(terms, share.numerator, share.denominator))
            else:
                before = self._rounded(share * number)
                payments.append(self._rounded(share * (number + 1)) - before)
        return payments

    def at_rate(self, scaled: int) -> Factors:
        """The periods with which a payment is solved, at one rate."""
        known = self.terms.solved_at(scaled)
        bounds = known.accrual_days() if known.needs_days else ()
        return factors_of(known, bounds, self.terms.level_payment.basis)

    def _rounded(self, amount: Fraction) -> int:
        return divide(amount.numerator, amount.denominator, self.terms.rounding)
