"""The rows of a schedule, one period after the other, in whole minor units.

The one idea: a row is what a period bears and what its method makes fall due; the last row repays what
is still open, whatever the roundings before it left, so that the principal is repaid to the last minor
unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, cast

from delinquency.amortisation.conventions import (
    AmortisationMethod,
    ByDays,
    FirstPeriod,
    Residue,
)
from delinquency.amortisation.factors import Factors, days_factor, factors_of, segments_of
from delinquency.amortisation.level_payments import round_payment, solve_payment, weights_of
from delinquency.amortisation.principal_rows import (
    bullet_rows,
    equal_principal_rows,
    flat_rows,
    interest_only_rows,
)
from delinquency.amortisation.rate_changes import RateChangeEffect
from delinquency.amortisation.row import Deferred, Row
from delinquency.amounts import MAX_MINOR, from_minor, to_minor
from delinquency.calendar import Day, day_number
from delinquency.errors import InvalidValueError
from delinquency.rates import RATE_SCALE
from delinquency.rounding import RoundingMode, dividing

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["rows_of"]


def rows_of(terms: RepaymentTerms) -> list[Row]:
    """The rows of the schedule that follows from the terms.

    Raises
    ------
    InvalidValueError
        A payment below the interest where ``may_capitalise`` is ``False``; an amount over the bound; a
        basis that does not suit the frequency.
    """
    bounds = terms.accrual_days() if terms.needs_days else ()
    factors = factors_of(terms, bounds)
    build = _Rows(terms, factors, bounds)
    rows = build.run(None)
    if terms.residue is not Residue.LAST and terms.method is AmortisationMethod.ANNUITY:
        rows = build.settle_residue(rows)
    return build.with_broken_interest(rows)


class _Rows:
    """The moving parts of one schedule."""

    def __init__(self, terms: RepaymentTerms, factors: Factors, bounds: Sequence[Day]) -> None:
        self.terms = terms
        self.factors = factors
        self.bounds = bounds
        self.count = terms.instalment_count
        self.quiet = terms.quiet_instalments
        self.round: Callable[[int, int], int] = dividing(terms.rounding)

    def run(self, payment: int | Fraction | None, first_extra: int = 0) -> list[Row]:
        """The rows; with ``payment`` in place of the one that is solved."""
        match self.terms.method:
            case AmortisationMethod.ANNUITY:
                if self.terms.carries_fractions:
                    return self._carried(payment)
                return self._annuity(payment, first_extra)
            case AmortisationMethod.EQUAL_PRINCIPAL:
                return equal_principal_rows(self.terms, self.factors)
            case AmortisationMethod.INTEREST_ONLY:
                return interest_only_rows(self.terms, self.factors)
            case AmortisationMethod.BULLET:
                return bullet_rows(self.terms, self.factors)
            case AmortisationMethod.FLAT:
                return flat_rows(self.terms, self.factors)

    # Level payments.

    def _solved(self, first: int, balance: int, rate: int | None) -> int | Fraction:
        """The payment from period ``first`` on, at the rate known then."""
        terms = self.terms
        level = terms.level_payment
        if level.amount is not None:
            return to_minor(level.amount, terms.currency, where="level payment", field="amount")
        factors = self.factors
        if rate is not None or level.basis is not None or terms.first_period in _APART:
            factors = self._solving_factors(first, rate)
        few = Factors(factors.numerators[first:], factors.denominator)
        exact = solve_payment(balance, terms.balloon_minor, few, weights_of(terms, first))
        return round_payment(terms, *exact) if level.is_rounded else Fraction(*exact)

    def _solving_factors(self, first: int, rate: int | None) -> Factors:
        """At a change within a period, that period as it is, and the new rate after it."""
        terms = self.terms
        basis = terms.level_payment.basis
        known = terms.solved_at(terms.annual_rate.scaled if rate is None else rate)
        bounds = known.accrual_days() if known.needs_days else ()
        later = factors_of(known, bounds, basis)
        if rate is None or basis is not None:
            return later
        numerators = [numerator * self.factors.denominator for numerator in later.numerators]
        numerators[first] = self.factors.numerators[first] * later.denominator
        return Factors(numerators, later.denominator * self.factors.denominator)

    def _payments(self, payment: int | Fraction) -> list[int]:
        """The payment of every instalment; an unrounded one by its cumulated amount."""
        terms = self.terms
        if isinstance(payment, Fraction):
            due = [
                self.round(payment.numerator * number, payment.denominator)
                for number in range(self.count + 1)
            ]
            return [due[number + 1] - due[number] for number in range(self.count)]
        payments = [payment] * self.count
        weights = weights_of(terms, 0)
        if weights is not None:
            payments = [
                round_payment(terms, payment * weight.numerator, weight.denominator)
                for weight in weights
            ]
        for step in terms.level_payment.steps:
            if step.amount is not None:
                amount = to_minor(step.amount, terms.currency, where="payment step", field="amount")
                start = step.from_instalment - 1
                payments[start:] = [amount] * (self.count - start)
        return payments

    def _annuity(self, payment: int | Fraction | None, first_extra: int) -> list[Row]:
        terms = self.terms
        is_plain = (
            terms.moratorium is None
            and not terms.rate_changes
            and not terms.level_payment.steps
            and terms.annual_rate.scaled >= 0
            and self.factors.is_constant
        )
        if is_plain and not first_extra:
            solved = self._solved(0, terms.principal_minor, None) if payment is None else payment
            if isinstance(solved, int):
                return self._plain(solved)
        return self._stepped(payment, first_extra)

    def _stepped(self, payment: int | Fraction | None, first_extra: int) -> list[Row]:
        terms, count = self.terms, self.count
        numerators, denominator = self.factors
        balance = terms.principal_minor
        segments = segments_of(terms, self.bounds)
        payments = [0] * count
        keeps_payment = terms.rate_change_effect is RateChangeEffect.NEW_TERM
        changes = {} if keeps_payment else {part.first: part.scaled for part in segments[1:]}
        deferred = Deferred(terms)
        rounded = self.round
        rows: list[Row] = []
        known = segments[0].scaled if len(segments) > 1 else None
        for place in range(count):
            interest = rounded(balance * numerators[place], denominator)
            if place == self.quiet or (place in changes and place > self.quiet):
                rate = changes.get(place, known) if place else known
                is_last = place >= segments[-1].first
                solved = payment if payment is not None and is_last else None
                if solved is None:
                    solved = self._solved(place, balance, rate)
                payments = self._payments(solved)
                payments[self.quiet] += first_extra
            known = changes.get(place, known)
            due, capitalised = (
                deferred.take(place, interest) if deferred.is_there else (interest, 0)
            )
            principal = 0 if place < self.quiet else payments[place] - interest
            if place == count - 1 or principal > balance:
                principal = balance
            elif principal < 0 and interest > 0:
                due, capitalised = self._capitalise(place, payments[place], interest)
                principal = 0
            closing = balance - principal + capitalised
            rows.append(Row(balance, principal, due, 0, capitalised, closing))
            balance = closing
        return rows

    def _plain(self, payment: int) -> list[Row]:
        """One payment at one rate, nothing deferred: the same rows by a loop with less to ask."""
        numerators, denominator = self.factors
        # In lowest terms most products are short numbers, which are multiplied and divided faster.
        divisor = gcd(numerators[0], denominator)
        numerator, denominator = numerators[0] // divisor, denominator // divisor
        balance = self.terms.principal_minor
        rounded = self.round
        rows: list[tuple[int, ...]] = []
        append = rows.append
        halves = 2 * denominator if self.terms.rounding is RoundingMode.HALF_UP else 0
        for _ in range(self.count - 1):
            if halves:
                interest = (2 * balance * numerator + denominator) // halves
            else:
                interest = rounded(balance * numerator, denominator)
            principal = payment - interest
            if principal < 0 or principal > balance:
                return self._stepped(payment, 0)
            closing = balance - principal
            append((balance, principal, interest, 0, 0, closing))
            balance = closing
        append((balance, balance, rounded(balance * numerator, denominator), 0, 0, 0))
        return cast("list[Row]", rows)

    def _capitalise(self, place: int, payment: int, interest: int) -> tuple[int, int]:
        if not self.terms.may_capitalise:
            currency = self.terms.currency
            raise InvalidValueError.at(
                f"repayment terms, instalment {place + 1}",
                expected=f"a payment of at least the interest, {from_minor(interest, currency)}",
                found=str(from_minor(payment, currency)),
                hint="may_capitalise=True lets the rest become principal.",
            )
        return payment, interest - payment

    def settle_residue(self, rows: list[Row]) -> list[Row]:
        """The rows once more, with the residue of the last moved as the terms say."""
        level = self.terms.level_payment
        if not level.is_rounded or level.amount is not None or level.steps or self.count == 1:
            return rows
        payment = rows[-2][1] + rows[-2][2]
        last = rows[-1][1] + rows[-1][2] - self.terms.balloon_minor
        rest = last - payment
        if self.terms.residue is Residue.SMOOTHED:
            start = max(self.quiet, segments_of(self.terms, self.bounds)[-1].first)
            moved = payment + round_payment(self.terms, rest, self.count - start)
            again = self.run(moved)
            new = again[-1][1] + again[-1][2] - self.terms.balloon_minor - moved
            return again if abs(new) < abs(rest) else rows
        growth = Fraction(1)
        for numerator in self.factors.numerators[self.quiet + 1 :]:
            growth *= 1 + Fraction(numerator, self.factors.denominator)
        discounted = Fraction(rest) / growth
        return self.run(None, self.round(discounted.numerator, discounted.denominator))

    def _carried(self, payment: int | Fraction | None) -> list[Row]:
        """The balance carried exactly: interest and balances are rounded where they are shown.

        The last row repays what the principals before it left, so that they add up.
        """
        terms = self.terms
        numerators, denominator = self.factors
        solved = self._solved(0, terms.principal_minor, None) if payment is None else payment
        payments = self._payments(solved)
        exact = Fraction(terms.principal_minor)
        left = opening = terms.principal_minor
        rows: list[Row] = []
        for place in range(self.count):
            borne = exact * Fraction(numerators[place], denominator)
            exact += borne - (solved if isinstance(solved, Fraction) else payments[place])
            interest = self.round(borne.numerator, borne.denominator)
            principal = min(payments[place] - interest, left)
            closing = self.round(exact.numerator, exact.denominator)
            if place == self.count - 1 or closing <= 0 or principal == left:
                principal, closing, exact = left, 0, Fraction(0)
            left -= principal
            rows.append(Row(opening, principal, interest, 0, 0, closing))
            opening = closing
        return rows

    # Days before the first regular period.

    def with_broken_interest(self, rows: list[Row]) -> list[Row]:
        """The rows with the interest of the days before the first period, where there are any."""
        terms = self.terms
        rule = terms.first_period
        if rule not in _APART or not isinstance(terms.interest_basis, ByDays):
            return _checked(rows)
        start = day_number(terms.disbursed_on, where="terms", field="disbursed_on")  # type: ignore[arg-type]
        if start >= self.bounds[0]:
            return _checked(rows)
        numerator, denominator = days_factor(
            terms, start, self.bounds[0], terms.interest_basis.day_count
        )
        scaled = terms.annual_rate.scaled
        broken = self.round(terms.principal_minor * scaled * numerator, RATE_SCALE * denominator)
        if rule is FirstPeriod.OWN_INSTALMENT:
            first = Row(terms.principal_minor, 0, broken, 0, 0, terms.principal_minor)
            return _checked([first, *rows])
        shares = [broken] + [0] * (len(rows) - 1)
        if rule is FirstPeriod.SPREAD:
            each = self.round(broken, len(rows))
            shares = [each] * (len(rows) - 1)
            shares.append(broken - sum(shares))
        return _checked(
            [
                Row(row[0], row[1], row[2] + share, row[3], row[4], row[5])
                for row, share in zip(rows, shares, strict=True)
            ]
        )


_APART = (FirstPeriod.ADDED, FirstPeriod.SPREAD, FirstPeriod.OWN_INSTALMENT)
"""Rules under which the level payment is that of a regular first period."""


def _checked(rows: list[Row]) -> list[Row]:
    total = sum([row[1] + row[2] + row[3] for row in rows])
    if total > MAX_MINOR:
        raise InvalidValueError.at(
            "repayment schedule",
            expected=f"amounts that sum to at most {MAX_MINOR} minor units",
            found=str(total),
        )
    return rows
