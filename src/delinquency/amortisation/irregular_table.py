"""The table of an irregular plan: every given date with what falls due.

The one idea: the rows are exact fractions; a schedule of whole minor units is made of them where the terms
have a currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amortisation.irregular_balance import IrregularTableRow, followed_rows
from delinquency.amortisation.irregular_terms import IrregularTerms
from delinquency.amortisation.lender_flows import lender_flows
from delinquency.amortisation.row import owed_instalment
from delinquency.amortisation.shown import ShownTable, heads_of
from delinquency.amounts import MAX_MINOR, from_minor
from delinquency.currency import Currency
from delinquency.decimals import shifted
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import RoundingMode, divide
from delinquency.schedule import Instalment, Schedule

if TYPE_CHECKING:
    from delinquency.returns import CashFlow

__all__ = ["IrregularTable", "irregular_table"]

_NONE: Final = Fraction(0)
_SHOWN_DECIMALS: Final = 6
_SELDOM: Final = ("capitalised", "accrued")
_FIELDS: Final = (
    "number",
    "due_date",
    "payment",
    "principal",
    "interest",
    *_SELDOM,
    "closing_balance",
)


@attrs.frozen(slots=True)
class IrregularTable(ShownTable):
    """What follows from irregular terms, row by row.

    Attributes
    ----------
    terms : IrregularTerms
    rows : tuple of IrregularTableRow
    """

    terms: IrregularTerms
    rows: tuple[IrregularTableRow, ...]

    @property
    def schedule(self) -> Schedule:
        """What falls due, as the schedule of an account.

        Rows on which nothing can fall due - a draw-down, a row that only defers interest - are left out.
        Interest below 0 makes the principal of its row fall due by so much less.

        Raises
        ------
        InvalidValueError
            Terms without a currency; no row on which anything falls due; a balance that no row repays; a row
            in which the lender owes the debtor.
        """
        currency = self._needed_currency("schedule")
        left = self.rows[-1].closing_balance
        if left:
            raise InvalidValueError.at(
                "irregular table, schedule",
                expected="rows that repay the whole balance",
                found=f"{_shown(left, currency.minor_unit)} open after the last",
                hint="IrregularRow(date, WholeBalance()) as the last row repays it.",
            )
        return Schedule(currency, list(self._instalments(currency)))

    def _instalments(self, currency: Currency) -> Iterator[Instalment]:
        for given, row in zip(self.terms.rows, self.rows, strict=True):
            if given.deferred is not None and row.principal <= 0:
                continue
            amounts = _minor(max(row.principal, _NONE), currency), _minor(row.interest, currency), 0
            where = f"irregular table, schedule, row {row.number}"
            yield owed_instalment(row.due_date, amounts, currency, where=where)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[IrregularTableRow]:
        return iter(self.rows)

    def __getitem__(self, place: int) -> IrregularTableRow:
        return self.rows[place]

    def cash_flows(self, *, upfront_fees: Decimal | int = Decimal(0)) -> tuple[CashFlow, ...]:
        """The flows as the lender sees them, for ``delinquency.returns.xirr``.

        The balance of the first day is paid out on it, draw-downs on their dates; what falls due is
        received.

        Parameters
        ----------
        upfront_fees : Decimal or int, default 0
            What the lender keeps back on the first day (一次性手续费) [currency units].

        Raises
        ------
        InvalidValueError
            Terms without a currency, whose amounts may be finer than a decimal tells.
        """
        currency = self._needed_currency("cash_flows")
        received = ((row.due_date, _decimal(row.payment, currency)) for row in self.rows)
        principal = _decimal(self.terms.exact(self.terms.principal), currency)
        return lender_flows(self.terms.disbursed_on, principal, received, upfront_fees)

    @property
    def total_interest(self) -> Fraction:
        """All interest that falls due or becomes principal [currency units]."""
        return sum((row.interest + row.capitalised for row in self.rows), _NONE)

    def _needed_currency(self, asked: str) -> Currency:
        if self.terms.currency is None:
            raise InvalidValueError.at(
                f"irregular table, {asked}", expected="terms with a currency", found="none"
            )
        return self.terms.currency

    def _currency(self) -> Currency | None:
        return self.terms.currency

    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        """Amounts are exact; where no currency says how they are rounded, six decimals are shown."""
        currency = self.terms.currency
        decimals = _SHOWN_DECIMALS if currency is None else currency.minor_unit
        fields = [
            field
            for field in _FIELDS
            if field not in _SELDOM or any(getattr(row, field) for row in self.rows)
        ]
        return [
            heads_of(fields, lang),
            *(
                tuple(
                    f"{_shown(value, decimals):,}" if isinstance(value, Fraction) else str(value)
                    for value in (getattr(row, field) for field in fields)
                )
                for row in self.rows
            ),
        ]


def irregular_table(terms: IrregularTerms) -> IrregularTable:
    """The table that follows from irregular terms.

    Interest and payments are found as :class:`~delinquency.amortisation.irregular_terms.IrregularTerms`
    says. A row never repays more than is open: after a plan is repaid early, its rows are of 0. What is
    open after the last row is its closing balance. A ``WholeBalance`` makes it 0, and so does a
    ``SolvedPayment`` in the last row, where amounts are rounded to a currency and the payment is solved to
    leave nothing.

    Parameters
    ----------
    terms : IrregularTerms

    Raises
    ------
    InvalidTypeError
        Not terms.
    InvalidValueError
        A payment below the interest, unless the terms let it become principal; no payment that leaves
        the balloon; with a currency, amounts that sum to more than 10**15 minor units.

    Examples
    --------
    A loan drawn in two parts, its interest capitalised until it is repaid in two level payments:

    >>> from datetime import date
    >>> from delinquency.amortisation.conventions import DeferredInterest
    >>> from delinquency.amortisation.irregular_rows import (
    ...     GivenPrincipal, IrregularRow, SolvedPayment, WholeBalance)
    >>> from delinquency.daycount import DayCount
    >>> from delinquency.rates import Rate
    >>> table = irregular_table(IrregularTerms(principal=600, annual_rate=Rate.per_year("0.10"),
    ...     disbursed_on=date(2025, 1, 1), day_count=DayCount.THIRTY_E_360,
    ...     currency=Currency.of("EUR"), rows=[
    ...         IrregularRow(date(2025, 3, 1), GivenPrincipal(-400), DeferredInterest.ACCRUED),
    ...         IrregularRow(date(2025, 7, 1), None, DeferredInterest.CAPITALISED),
    ...         IrregularRow(date(2025, 9, 15), SolvedPayment()),
    ...         IrregularRow(date(2026, 1, 1), WholeBalance())]))
    >>> for row in table:
    ...     print(row.due_date, *(f"{float(amount):.2f}" for amount in (
    ...         row.principal, row.interest, row.capitalised, row.accrued, row.closing_balance)))
    2025-03-01 -400.00 0.00 0.00 10.00 1000.00
    2025-07-01 0.00 0.00 43.33 0.00 1043.33
    2025-09-15 518.66 21.45 0.00 0.00 524.67
    2026-01-01 524.67 15.45 0.00 0.00 0.00
    """
    if not isinstance(terms, IrregularTerms):
        raise InvalidTypeError.at("irregular_table", expected="IrregularTerms", found=terms)
    rows = followed_rows(terms)
    if terms.currency is not None:
        total = sum(abs(row.principal) + abs(row.interest) for row in rows)
        if total * 10**terms.currency.minor_unit > MAX_MINOR:
            raise InvalidValueError.at(
                "irregular table",
                expected=f"amounts that sum to at most {MAX_MINOR} minor units",
                found=str(total),
            )
    return IrregularTable(terms, rows)


def _minor(amount: Fraction, currency: Currency) -> int:
    return int(amount * 10**currency.minor_unit)


def _decimal(amount: Fraction, currency: Currency) -> Decimal:
    return from_minor(_minor(amount, currency), currency)


def _shown(amount: Fraction, decimals: int) -> Decimal:
    minor = divide(amount.numerator * 10**decimals, amount.denominator, RoundingMode.HALF_UP)
    return shifted(minor, decimals)
