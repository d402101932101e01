"""The rows of a schedule, one period after the other, in whole minor units.

The one idea: a row is what a period bears and what its method makes fall due; the last row repays what
is still open, whatever the roundings before it left, so that the principal is repaid to the last minor
unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from math import gcd
from typing import TYPE_CHECKING, cast

from delinquency.amortisation.broken_interest import with_broken_interest
from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.factors import (
    Factors,
    checked_factors,
    factors_of,
    rates_by_period,
    segments_of,
)
from delinquency.amortisation.level_payments import (
    round_payment,
    solve_payment,
    stepped_payments,
    weights_of,
)
from delinquency.amortisation.principal_rows import (
    bullet_rows,
    equal_principal_rows,
    flat_rows,
    interest_only_rows,
)
from delinquency.amortisation.rate_changes import RateChangeEffect
from delinquency.amortisation.residue import settled_rows
from delinquency.amortisation.row import Deferred, Row
from delinquency.amounts import MAX_MINOR, from_minor, to_minor
from delinquency.calendar import Day
from delinquency.errors import InvalidValueError
from delinquency.rounding import RoundingMode, dividing

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["RowBuilder", "level_rows", "planned_payments", "rows_of"]


def rows_of(terms: RepaymentTerms) -> list[Row]:
    """The rows of the schedule that follows from the terms.

    Raises
    ------
    InvalidValueError
        A payment below the interest where ``may_capitalise`` is ``False``; an amount over the bound; a
        basis that does not suit the frequency; a rate of -100 % or less for a period.
    """
    build = RowBuilder(terms)
    return _checked(with_broken_interest(terms, build.bounds, settled_rows(build)))


def planned_payments(terms: RepaymentTerms) -> list[int]:
    """What each instalment of an annuity was to pay, whatever is open then; 0 in a moratorium."""
    build = RowBuilder(terms)
    settled_rows(build)
    return [0] * build.quiet + [int(payment) for payment in build.planned[build.quiet :]]


def level_rows(terms: RepaymentTerms) -> tuple[int, list[Row]]:
    """The level payment as it is at first, rounded, and the rows with the residue in the last.

    Interest of days before the first period is in no row.
    """
    build = RowBuilder(terms)
    rows = build.run(None)
    assert isinstance(build.payment, int)  # noqa: S101 -- there is one in every annuity
    return build.payment, [Row._make(row) for row in rows]


class RowBuilder:
    """The moving parts of one schedule.

    Attributes
    ----------
    payment : int, Fraction or None
        The level payment that was solved first, or agreed [minor units].
    planned : list of int or Fraction
        What each instalment was to pay, whatever is open then [minor units].
    """

    def __init__(self, terms: RepaymentTerms) -> None:
        self.terms = terms
        self.payment: int | Fraction | None = None
        self.planned: list[int | Fraction] = []
        self.bounds: Sequence[Day] = terms.accrual_days() if terms.needs_days else ()
        self.factors = checked_factors(terms, self.bounds)
        self.count = terms.instalment_count
        self.quiet = terms.quiet_instalments
        self.may_capitalise = terms.may_capitalise
        self.round: Callable[[int, int], int] = dividing(terms.rounding)

    def run(self, payment: int | Fraction | None, first_extra: int = 0) -> list[Row]:
        """The rows; with ``payment`` in place of the one that is solved."""
        match self.terms.method:
            case AmortisationMethod.ANNUITY:
                if self.terms.carries_fractions:
                    return self._carried(payment, first_extra)
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

    def _solved(self, first: int, balance: int | Fraction, rate: int | None) -> int | Fraction:
        """The payment from period ``first`` on, at the rate known then."""
        payment = self._solve(first, balance, rate)
        if self.payment is None:
            self.payment = payment
        return payment

    def _solve(self, first: int, balance: int | Fraction, rate: int | None) -> int | Fraction:
        terms = self.terms
        level = terms.level_payment
        if level.amount is not None:
            return to_minor(level.amount, terms.currency, where="level payment", field="amount")
        factors = self.factors
        if rate is not None or level.basis is not None or terms.first_period.is_apart:
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
        if rate is None or basis is not None or self._is_regular_at_one_rate(first):
            return later
        numerators = [numerator * self.factors.denominator for numerator in later.numerators]
        numerators[first] = self.factors.numerators[first] * later.denominator
        return Factors(numerators, later.denominator * self.factors.denominator)

    def _is_regular_at_one_rate(self, first: int) -> bool:
        """Whether a payment is solved as with a regular first period, and nothing changes within it."""
        if first or not self.terms.first_period.is_apart:
            return False
        return len(rates_by_period(self.terms, self.bounds)[0]) == 1

    def _payments(self, payment: int | Fraction) -> list[int]:
        """The payment of every instalment; an unrounded one by its cumulated amount."""
        exact = stepped_payments(self.terms, payment)
        if not isinstance(payment, Fraction):
            return cast("list[int]", exact)
        sums = accumulate(exact, initial=Fraction(0))
        due = [self.round(total.numerator, total.denominator) for total in sums]
        return [after - before for before, after in pairwise(due)]

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

    def _solvings(
        self, payment: int | Fraction | None
    ) -> dict[int, tuple[int | None, int | Fraction | None]]:
        """The periods from which on a payment is solved, each with the rate known then.

        Beside the rate stands ``payment`` where it takes the place of the one that would be solved: from
        the last rate on. The rate is ``None`` where it never changes.
        """
        first, *later = segments_of(self.terms, self.bounds)
        last = later[-1].first if later else first.first
        known = {self.quiet: first.scaled if later else None}
        if self.terms.rate_change_effect is RateChangeEffect.NEW_PAYMENT:
            known.update((max(part.first, self.quiet), part.scaled) for part in later)
        return {place: (rate, payment if place >= last else None) for place, rate in known.items()}

    def _stepped(self, payment: int | Fraction | None, first_extra: int) -> list[Row]:
        terms, count = self.terms, self.count
        numerators, denominator = self.factors
        balance, balloon = terms.principal_minor, terms.balloon_minor
        payments = [0] * count
        solvings = self._solvings(payment)
        self.planned = [0] * count
        deferred = Deferred(terms)
        rounded = self.round
        rows: list[Row] = []
        for place in range(count):
            interest = rounded(balance * numerators[place], denominator)
            if place in solvings:
                rate, agreed = solvings[place]
                solved = self._solved(place, balance, rate) if agreed is None else agreed
                payments = self._payments(solved)
                payments[self.quiet] += first_extra
                self.planned[place:] = payments[place:]
            due, capitalised = (
                deferred.take(place, interest) if deferred.is_there else (interest, 0)
            )
            principal = 0 if place < self.quiet else payments[place] - interest
            if place == count - 1:
                principal = balance
            elif principal > balance - balloon:
                principal = max(balance - balloon, 0)
            elif principal < 0 and interest > 0:
                due, capitalised = self._capitalise(place, payments[place], interest, due)
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
        most_left = self.terms.balloon_minor
        self.planned = [payment] * self.count
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
            closing = balance - principal
            if principal < 0 or closing < most_left:
                return self._stepped(payment, 0)
            append((balance, principal, interest, 0, 0, closing))
            balance = closing
        append((balance, balance, rounded(balance * numerator, denominator), 0, 0, 0))
        return cast("list[Row]", rows)

    def _capitalise(self, place: int, payment: int, interest: int, due: int) -> tuple[int, int]:
        if not self.may_capitalise:
            currency = self.terms.currency
            raise InvalidValueError.at(
                f"repayment terms, instalment {place + 1}",
                expected=f"a payment of at least the interest, {from_minor(interest, currency)}",
                found=str(from_minor(payment, currency)),
                hint="may_capitalise=True lets the rest become principal.",
            )
        return payment + due - interest, interest - payment

    def _carried(self, payment: int | Fraction | None, first_extra: int) -> list[Row]:
        """The balance carried exactly: interest and balances are rounded where they are shown.

        A payment of whole minor units repays what the interest shown leaves of it; of one that is not
        rounded the principal is rounded as well, and so is what it lacks of the interest: an amount of its
        own, which is shown as no more than the interest in any mode. The last row repays what those before
        it left, so that principals add up.
        """
        terms, count = self.terms, self.count
        numerators, denominator = self.factors
        solvings = self._solvings(payment)
        deferred = Deferred(terms)
        exact: Fraction = Fraction(terms.principal_minor)
        left = opening = terms.principal_minor
        exact_payments: list[int | Fraction] = []
        self.planned = [0] * count
        rows: list[Row] = []
        for place in range(count):
            borne = exact * Fraction(numerators[place], denominator)
            interest = self.round(borne.numerator, borne.denominator)
            if place in solvings:
                rate, agreed = solvings[place]
                solved = self._solved(place, exact, rate) if agreed is None else agreed
                exact_payments = stepped_payments(self.terms, solved)
                exact_payments[self.quiet] += first_extra
                self.planned[place:] = exact_payments[place:]
            due, capitalised = deferred.take(place, interest)
            is_short = False
            if place < self.quiet:
                # The exact interest is paid, waits or is waived, however it is shown.
                principal, repaid = 0, -borne if capitalised else Fraction(0)
            else:
                paid = exact_payments[place]
                repaid = paid - borne
                is_short = isinstance(paid, Fraction) and repaid < 0 < borne
                if is_short:
                    principal = -self.round(-repaid.numerator, repaid.denominator)
                elif isinstance(paid, Fraction):
                    principal = self.round(repaid.numerator, repaid.denominator)
                else:
                    principal = paid - interest
            exact -= repaid
            closing = self.round(exact.numerator, exact.denominator)
            if principal < 0 < interest and place < count - 1:
                due, capitalised = self._capitalise(place, interest + principal, interest, due)
                principal = 0
            left += capitalised
            balloon = terms.balloon_minor
            spare = left - balloon
            is_repaid = principal >= spare or (exact <= balloon if balloon else closing <= 0)
            if place == count - 1:
                principal, closing, exact = left, 0, Fraction(0)
            elif is_repaid and not is_short:
                principal, closing = spare, balloon
                exact = Fraction(closing)
            left -= principal
            rows.append(Row(opening, principal, due, 0, capitalised, closing))
            opening = closing
        return rows


def _checked(rows: list[Row]) -> list[Row]:
    total = sum([row[1] + row[2] + row[3] for row in rows])
    if total > MAX_MINOR:
        raise InvalidValueError.at(
            "repayment schedule",
            expected=f"amounts that sum to at most {MAX_MINOR} minor units",
            found=total,
        )
    return rows
