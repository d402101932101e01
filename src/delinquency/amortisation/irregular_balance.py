"""A balance followed over given dates, in fractions, from row to row.

The one idea: what is owed is a linear function of a payment that is not known yet, so two runs, with a
payment of 0 and of 1, tell the payment that leaves what is to be left - whatever stands between the rows
that pay it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

import attrs

from delinquency.amortisation.conventions import DeferredInterest
from delinquency.amortisation.exact_numbers import exact_rate
from delinquency.amortisation.irregular_rows import (
    GivenPayment,
    GivenPrincipal,
    IrregularRow,
    SolvedPayment,
    WholeBalance,
)
from delinquency.amortisation.irregular_terms import IrregularTerms
from delinquency.calendar import Day, to_date
from delinquency.daycount import CouponPeriod, year_fraction
from delinquency.errors import InvalidValueError
from delinquency.rounding import divide

__all__ = ["IrregularTableRow", "followed_rows"]

_NONE: Final = Fraction(0)


@attrs.frozen(slots=True, kw_only=True)
class IrregularTableRow:
    """One date, and the balance before and after it.

    Attributes
    ----------
    number : int
        From 1.
    due_date : date
    opening_balance, closing_balance : Fraction [currency units]
        The closing balance is the opening one less principal plus interest that was capitalised.
    principal : Fraction [currency units]
        What is repaid; below 0, what is drawn.
    interest : Fraction [currency units]
        What falls due of interest.
    capitalised : Fraction [currency units]
        Interest that became principal.
    accrued : Fraction [currency units]
        Interest borne and neither due nor principal, after the row.
    waived : Fraction [currency units]
        Interest that is given up.
    """

    number: int
    due_date: date
    opening_balance: Fraction
    principal: Fraction
    interest: Fraction
    capitalised: Fraction
    accrued: Fraction
    closing_balance: Fraction
    waived: Fraction = _NONE

    @property
    def payment(self) -> Fraction:
        """What falls due in all; below 0, what is paid out [currency units]."""
        return self.principal + self.interest


def followed_rows(terms: IrregularTerms) -> tuple[IrregularTableRow, ...]:
    """The rows that follow from the terms.

    Raises
    ------
    InvalidValueError
        A payment below the interest, unless the terms let it become principal; no payment that leaves the
        balloon.
    """
    return tuple(_Balance(terms).rows())


class _State(NamedTuple):
    """Balance and accrued interest at the start of a day."""

    since: Day
    balance: Fraction
    accrued: Fraction


class _Moved(NamedTuple):
    """What a row moves."""

    principal: Fraction
    interest: Fraction
    capitalised: Fraction
    accrued: Fraction
    waived: Fraction = _NONE


class _Balance:
    """A balance on its way through the rows."""

    def __init__(self, terms: IrregularTerms) -> None:
        self.terms = terms
        self.first_rate = exact_rate(terms.annual_rate, where="annual_rate")
        self.changes = [
            (
                terms.day_of(change.effective_on, "effective_on"),
                exact_rate(change.annual_rate, where="annual_rate"),
            )
            for change in terms.rate_changes
        ]
        solves_all = not terms.balloon and not terms.solved_over
        # The rest that rounding leaves of a loan solved to nothing is in its last payment.
        self.settles_at = len(terms.rows) - 1 if terms.currency and solves_all else -1
        self.ends = CouponPeriod(maturity_date=terms.rows[-1].accrual_date, calendar=terms.calendar)

    def rows(self) -> Iterator[IrregularTableRow]:
        terms = self.terms
        state = _State(
            terms.day_of(terms.disbursed_on, "disbursed_on"),
            terms.exact(terms.principal),
            terms.exact(terms.accrued_interest),
        )
        payment, solved_with = _NONE, -1
        for place, row in enumerate(terms.rows):
            known = sum(day < row.accrual_day for day, _ in self.changes)
            if isinstance(row.repays, SolvedPayment) and known != solved_with:
                payment, solved_with = self._rounded(self._solved(place, state, known)), known
            accrued = state.accrued + state.balance * self._factor(
                state.since, row.accrual_day, known
            )
            moved = self._moved(place, state, accrued, payment)
            closing = state.balance - moved.principal + moved.capitalised
            yield IrregularTableRow(
                number=place + 1,
                due_date=row.due_date,
                opening_balance=state.balance,
                principal=moved.principal,
                interest=moved.interest,
                capitalised=moved.capitalised,
                accrued=moved.accrued,
                closing_balance=closing,
                waived=moved.waived,
            )
            state = _State(row.accrual_day, closing, moved.accrued)

    def _moved(self, place: int, state: _State, accrued: Fraction, payment: Fraction) -> _Moved:
        row = self.terms.rows[place]
        match row.repays:
            case WholeBalance():
                return _Moved(state.balance, self._rounded(accrued), _NONE, _NONE)
            case GivenPayment(amount):
                return self._paid(place, state, accrued, self.terms.exact(amount))
            case SolvedPayment():
                if place == self.settles_at and payment >= self._rounded(accrued):
                    return _Moved(state.balance, self._rounded(accrued), _NONE, _NONE)
                return self._paid(place, state, accrued, payment)
            case GivenPrincipal(amount):
                principal = min(self.terms.exact(amount), max(state.balance, _NONE))
            case _:
                principal = _NONE
        return self._deferred(row, principal, state, accrued)

    def _deferred(
        self, row: IrregularRow, principal: Fraction, state: _State, accrued: Fraction
    ) -> _Moved:
        match row.deferred:
            case DeferredInterest.ACCRUED:
                return _Moved(principal, _NONE, _NONE, accrued)
            case DeferredInterest.WAIVED:
                waived = self._rounded(accrued - state.accrued)
                return _Moved(principal, _NONE, _NONE, state.accrued, waived)
            case DeferredInterest.CAPITALISED:
                return _Moved(principal, _NONE, self._rounded(accrued), _NONE)
            case _:
                return _Moved(principal, self._rounded(accrued), _NONE, _NONE)

    def _paid(self, place: int, state: _State, accrued: Fraction, payment: Fraction) -> _Moved:
        interest = self._rounded(accrued)
        principal = min(payment - interest, state.balance)
        if principal >= 0 or interest <= 0:
            return _Moved(principal, interest, _NONE, _NONE)
        if not self.terms.may_capitalise:
            raise InvalidValueError.at(
                f"irregular terms, row {place + 1}",
                expected=f"a payment of at least the interest, {_shown(interest)}",
                found=_shown(payment),
                hint="may_capitalise=True lets the rest become principal.",
            )
        return _Moved(_NONE, payment, interest - payment, _NONE)

    def _solved(self, place: int, state: _State, known: int) -> Fraction:
        """The payment from row ``place`` on that leaves the balloon, at the rates known there."""
        plan = self._rows_to_solve(place, state)
        without = self._left(plan, state, known, _NONE)
        relief = without - self._left(plan, state, known, Fraction(1))
        if relief <= 0:
            raise InvalidValueError.at(
                f"irregular terms, row {place + 1}",
                expected="a payment that makes the balance fall",
                found="none at these rates",
            )
        payment = (without - self.terms.exact(self.terms.balloon)) / relief
        if payment < 0:
            raise InvalidValueError.at(
                f"irregular terms, row {place + 1}",
                expected=f"a payment that leaves the balloon, {_shown(self.terms.exact(self.terms.balloon))}",
                found="less than that open without any",
            )
        return payment

    def _rows_to_solve(self, place: int, state: _State) -> Sequence[IrregularRow]:
        solved = SolvedPayment()
        if self.terms.solved_over:
            dated = [IrregularRow(day, solved) for day in self.terms.solved_over]
            # A payment on the day of the loan itself is one of those that repay it.
            return [row for row in dated if row.due_day > state.since - (place == 0)]
        *rows, last = self.terms.rows[place:]
        if isinstance(last.repays, WholeBalance):
            last = attrs.evolve(last, repays=solved)
        return [*rows, last]

    def _left(
        self, plan: Sequence[IrregularRow], state: _State, known: int, payment: Fraction
    ) -> Fraction:
        """The balance after a plan, nothing capped or rounded: a linear function of the payment."""
        since, balance, accrued = state
        for row in plan:
            before = accrued
            accrued += balance * self._factor(since, row.accrual_day, known)
            since = row.accrual_day
            match row.repays:
                case SolvedPayment():
                    balance += accrued - payment
                case GivenPayment(amount):
                    balance += accrued - self.terms.exact(amount)
                case GivenPrincipal(amount):
                    balance -= self.terms.exact(amount)
                case _:
                    pass
            if row.deferred is DeferredInterest.CAPITALISED:
                balance += accrued
            if row.deferred is DeferredInterest.WAIVED:
                accrued = before
            elif row.deferred is not DeferredInterest.ACCRUED:
                accrued = _NONE
        return balance

    def _factor(self, start: Day, end: Day, known: int) -> Fraction:
        """What one of balance bears on ``[start, end)``, each stretch of one rate by itself."""
        total, rate = _NONE, self.first_rate
        for day, changed in self.changes[:known]:
            if day > start and day < end:
                total += rate * self._years(start, day)
                start = day
            if day < end:
                rate = changed
        return total + rate * self._years(start, end)

    def _years(self, start: Day, end: Day) -> Fraction:
        return year_fraction(
            to_date(start), to_date(end), day_count=self.terms.day_count, coupon_period=self.ends
        )

    def _rounded(self, amount: Fraction) -> Fraction:
        currency = self.terms.currency
        if currency is None:
            return amount
        scale = 10**currency.minor_unit
        minor = divide(amount.numerator * scale, amount.denominator, self.terms.rounding)
        return Fraction(minor, scale)


def _shown(amount: Fraction) -> str:
    return f"{float(amount):.6f}".rstrip("0").rstrip(".")
