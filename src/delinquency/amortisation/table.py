"""The table of a loan: every period with its dates, what falls due, and the balance.

The one idea: a table is rows of whole numbers; dates, amounts and instalments are made of them when
somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, overload

import attrs

from delinquency.amortisation.lender_flows import day_of_loan, lender_flows
from delinquency.amortisation.new_term import with_new_term
from delinquency.amortisation.row import Row, owed_instalment
from delinquency.amortisation.rows import rows_of
from delinquency.amortisation.shown import ShownTable, cells_of, heads_of
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError
from delinquency.schedule import Schedule

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.returns import CashFlow

__all__ = ["AmortisationRow", "AmortisationTable", "amortisation_table", "repayment_schedule"]

_FIELDS = (
    "number",
    "due_date",
    "payment",
    "principal",
    "interest",
    "fees",
    "capitalised",
    "closing_balance",
)


@attrs.frozen(slots=True, kw_only=True)
class AmortisationRow:
    """One instalment, ``[period_start, period_end)``, and the balance before and after it.

    Attributes
    ----------
    number : int
        From 1; 0 for interest of days before the first period that falls due by itself.
    due_date, nominal_due_date : date
        The due date, and what it was before a calendar moved it.
    opening_balance, principal, interest, fees, capitalised, closing_balance : Decimal [currency units]
        The closing balance is the opening one less principal plus interest that was capitalised; where
        an annuity carries fractions, it is that within a minor unit.
    """

    number: int
    due_date: date
    nominal_due_date: date
    opening_balance: Decimal
    principal: Decimal
    interest: Decimal
    fees: Decimal
    capitalised: Decimal
    closing_balance: Decimal

    @property
    def payment(self) -> Decimal:
        """What falls due in all [currency units]."""
        return exact_sum((self.principal, self.interest, self.fees))


def _kept(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows)


@attrs.frozen(slots=True, repr=False)
class AmortisationTable(ShownTable):
    """What follows from terms, period by period.

    Attributes
    ----------
    terms : RepaymentTerms
        Those that the rows follow from; where a change of rate leaves the payment as it is, with that
        payment and the count of instalments that it takes.
    rows : tuple of tuple
        The rows in minor units, in the order of :class:`~delinquency.amortisation.row.Row`.
    """

    terms: RepaymentTerms
    rows: tuple[Row, ...] = attrs.field(converter=_kept)

    @property
    def minor_rows(self) -> tuple[Row, ...]:
        """The rows in minor units, their fields named."""
        return tuple(map(Row._make, self.rows))

    @property
    def schedule(self) -> Schedule:
        """What falls due, as the schedule of an account.

        Interest below 0 is no debt: it makes the principal of its row fall due by so much less.

        Raises
        ------
        InvalidValueError
            A row in which the lender owes the debtor: interest below 0, and less principal than that.
        """
        currency = self.terms.currency
        rows = [
            owed_instalment(
                due,
                (row[1], row[2], row[3]),
                currency,
                where=f"repayment schedule, instalment {number}",
            )
            for (number, due, _), row in zip(self.numbered_dates(), self.rows, strict=True)
        ]
        return Schedule(currency, rows)

    @property
    def _first_number(self) -> int:
        """0 where interest of days before the first period falls due by itself."""
        return 0 if len(self.rows) > self.terms.instalment_count else 1

    def _dates(self) -> list[tuple[date, date]]:
        """The due date and the nominal one of each row."""
        dates = self.terms.period_dates()
        pairs = list(zip(dates.due_dates, dates.nominal[1:], strict=True))
        if len(self.rows) > len(pairs):
            pairs.insert(0, (dates.adjusted[0], dates.nominal[0]))
        return pairs

    def numbered_dates(self) -> list[tuple[int, date, date]]:
        """Number, due date and nominal due date of each row, without its amounts."""
        return [
            (number, due, nominal)
            for number, (due, nominal) in enumerate(self._dates(), start=self._first_number)
        ]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[AmortisationRow]:
        currency = self.terms.currency
        for (number, due, nominal), row in zip(self.numbered_dates(), self.rows, strict=True):
            amounts = [from_minor(amount, currency) for amount in row]
            yield AmortisationRow(
                number=number,
                due_date=due,
                nominal_due_date=nominal,
                opening_balance=amounts[0],
                principal=amounts[1],
                interest=amounts[2],
                fees=amounts[3],
                capitalised=amounts[4],
                closing_balance=amounts[5],
            )

    @overload
    def __getitem__(self, place: int) -> AmortisationRow: ...

    @overload
    def __getitem__(self, place: slice) -> list[AmortisationRow]: ...

    def __getitem__(self, place: int | slice) -> AmortisationRow | list[AmortisationRow]:
        return list(self)[place]

    @property
    def total_interest(self) -> Decimal:
        """All interest that falls due or becomes principal [currency units]."""
        return from_minor(sum(row[2] + row[4] for row in self.rows), self.terms.currency)

    @property
    def total_payment(self) -> Decimal:
        """All that falls due [currency units]."""
        total = sum(row[1] + row[2] + row[3] for row in self.rows)
        return from_minor(total, self.terms.currency)

    def cash_flows(self, *, upfront_fees: Decimal | int = Decimal(0)) -> tuple[CashFlow, ...]:
        """The flows as the lender sees them, for ``delinquency.returns.xirr``.

        The principal is paid out on the day of the loan, or one period before the first due date;
        instalments are received on their due dates.

        Parameters
        ----------
        upfront_fees : Decimal or int, default 0
            What the lender keeps back on that day (一次性手续费) [currency units].

        Examples
        --------
        >>> from delinquency import AmortisationMethod, Currency, Rate, returns
        >>> table = amortisation_table(RepaymentTerms(currency=Currency.of("CNY"), principal=12000,
        ...     annual_rate=Rate.per_year("0.12"), first_due_date=date(2025, 1, 31),
        ...     instalment_count=12, method=AmortisationMethod.ANNUITY))
        >>> returns.xirr(table.cash_flows()), returns.xirr(table.cash_flows(upfront_fees=120))
        (Decimal('0.1273830826'), Decimal('0.1490173227'))
        """
        received = ((row.due_date, row.payment) for row in self)
        return lender_flows(day_of_loan(self.terms), self.terms.principal, received, upfront_fees)

    def _currency(self) -> Currency:
        return self.terms.currency

    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        rows = list(self)
        fields = instalment_fields(rows)
        return [heads_of(fields, lang), *(cells_of(row, fields) for row in rows)]

    def __repr__(self) -> str:
        terms = self.terms
        return (
            f"AmortisationTable({len(self)} instalments of {terms.principal} {terms.currency.code}, "
            f"{terms.method.name}, {terms.annual_rate})"
        )


def instalment_fields(rows: Iterable[AmortisationRow]) -> list[str]:
    """The columns of instalments; interest that became principal has one where there is any."""
    capitalises = any(row.capitalised for row in rows)
    return [field for field in _FIELDS if capitalises or field != "capitalised"]


def amortisation_table(terms: RepaymentTerms) -> AmortisationTable:
    """The table that follows from the terms, row by row, with the balance.

    Interest of a period is the balance times its factor, rounded once by ``terms.rounding``; the level
    payment is solved exactly and rounded once; the last row repays what is still open. A row never
    repays more than is open: where rounding up repays a loan early, the rows that remain are of 0.
    Where a change of rate leaves the payment of an annuity as it is, instalments are added or left out:
    the last is the first that repays everything and is no more than the payment, but for what roundings
    leave; where the payment was agreed, no more than the last was to be.

    Parameters
    ----------
    terms : RepaymentTerms

    Raises
    ------
    InvalidTypeError
        Not terms.
    InvalidValueError
        A payment below the interest, unless the terms let it become principal; amounts of all
        instalments beyond 10**15 minor units; a basis that does not suit the frequency.

    Examples
    --------
    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> print(amortisation_table(RepaymentTerms(currency=Currency.of("CNY"),
    ...     principal=Decimal("1000.00"), annual_rate=Rate.per_year("0.07"),
    ...     first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)))
    no.    due date  payment  principal  interest  fees  balance
      1  2025-01-31   337.23     331.40      5.83  0.00   668.60
      2  2025-02-28   337.23     333.33      3.90  0.00   335.27
      3  2025-03-31   337.23     335.27      1.96  0.00     0.00
    """
    if not isinstance(terms, RepaymentTerms):
        raise _wrong_terms("amortisation_table", terms)
    terms = with_new_term(terms)
    return AmortisationTable(terms, rows_of(terms))


def repayment_schedule(terms: RepaymentTerms) -> Schedule:
    """The schedule that follows from the terms: what falls due, for an account.

    The rows of :func:`amortisation_table`, of which parameters, rules and errors are.

    Examples
    --------
    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> [str(row.principal) for row in repayment_schedule(RepaymentTerms(
    ...     currency=Currency.of("CNY"), principal=Decimal("100.00"), annual_rate=Rate.per_year(0),
    ...     first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.EQUAL_PRINCIPAL))]
    ['33.33', '33.33', '33.34']
    """
    if not isinstance(terms, RepaymentTerms):
        raise _wrong_terms("repayment_schedule", terms)
    return amortisation_table(terms).schedule


def _wrong_terms(where: str, found: object) -> InvalidTypeError:
    return InvalidTypeError.at(
        where,
        expected="RepaymentTerms",
        found=found,
        hint="irregular_table(terms) makes the table of IrregularTerms, whose dates are given.",
    )
