"""Schedules of many loans as answers: tables with balances, or what falls due alone.

The one idea: an answer keeps the terms that it follows from. So any loan comes out of it as the record
that the verb for one loan gives, the whole as a frame, and its loans with their rates.
"""

from __future__ import annotations

from typing import Any, Literal

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amortisation import AmortisationTable
from delinquency.amortisation.row import Row
from delinquency.portfolio.columns import InstalmentColumns, Minor
from delinquency.portfolio.conversion import instalment_records
from delinquency.portfolio.effective_rates import EffectiveRates, effective_rates
from delinquency.portfolio.loan_flows import loan_flows
from delinquency.portfolio.problems import require_row
from delinquency.portfolio.read_only import restore, state_of
from delinquency.portfolio.term_columns import TermColumns
from delinquency.schedule import Schedule

__all__ = ["PortfolioAmortisation", "PortfolioSchedules"]


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class PortfolioSchedules(InstalmentColumns):
    """What falls due of many loans: the instalments of a book, and the terms they follow from.

    Attributes
    ----------
    terms : TermColumns
    offsets : int64 array
        The instalments of loan ``i`` stand at ``[offsets[i], offsets[i + 1])``.
    due_date : int32 array [day number]
    principal, interest, fees : int64 array [minor units]
    """

    terms: TermColumns

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.terms)

    def __repr__(self) -> str:
        return _shown(self, self.terms, self)

    def schedule(self, row: int) -> Schedule:
        """The schedule of one loan, equal to that of ``repayment_schedule(terms)``.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        return _schedule(self.terms, self, row)

    def effective_rates(
        self, *, on_error: Literal["raise", "quarantine"] = "raise"
    ) -> EffectiveRates:
        """The effective annual rate of each loan, as :meth:`PortfolioAmortisation.effective_rates`."""
        return effective_rates(*loan_flows(self.terms, self), on_error=on_error)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an instalment, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.schedule_frames.schedules_to_frame`.

        Raises
        ------
        InvalidValueError
            Another backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.schedules_to_frame(self, backend)


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class PortfolioAmortisation:
    """What follows from the terms of many loans, period by period.

    Attributes
    ----------
    terms : TermColumns
    instalments : InstalmentColumns
        What falls due, the rows of loan ``i`` at ``[offsets[i], offsets[i + 1])``.
    closing_balance : int64 array [minor units]
        What is open of the principal after each row.
    level_payment : int64 array [minor units]
        Of annuities, one row a loan; 0 under other methods.
    solved_exactly : int64 array
        The rows of the loans whose payment no bound proved and which were solved in whole numbers.
    """

    terms: TermColumns
    instalments: InstalmentColumns
    closing_balance: Minor
    level_payment: Minor
    solved_exactly: npt.NDArray[np.int64]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.terms)

    def __repr__(self) -> str:
        return _shown(self, self.terms, self.instalments)

    def table(self, row: int) -> AmortisationTable:
        """The table of one loan, equal to ``amortisation_table(terms)``.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        _require_loan(self.terms, row)
        return AmortisationTable(self.terms.terms(row), self._rows(int(row)))

    def schedule(self, row: int) -> Schedule:
        """The schedule of one loan, equal to that of ``repayment_schedule(terms)``.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        return _schedule(self.terms, self.instalments, row)

    def effective_rates(
        self, *, on_error: Literal["raise", "quarantine"] = "raise"
    ) -> EffectiveRates:
        """The effective annual rate of each loan, Act/365 Fixed; of one loan, see ``xirr``.

        The principal is paid out on the day of the loan, ``terms.disbursed_on``, or, where none is
        given, one period before the first due date; instalments come in whole on their due dates.

        Parameters
        ----------
        on_error : {"raise", "quarantine"}
            What becomes of loans that have no rate or several, as in
            :func:`~delinquency.portfolio.effective_rates.effective_rates`; its rows are the loans.

        Raises
        ------
        PortfolioError
            Loans without exactly one rate, where they are not set aside.
        InvalidValueError
            Another word for ``on_error``.

        Examples
        --------
        >>> from delinquency.currency import Currency
        >>> from delinquency.portfolio.schedules import amortisation_tables
        >>> year = TermColumns(currency=Currency.of("CNY"), principal=np.array([12_000_00]),
        ...     annual_rate=np.array([6_000_000]), first_due_date=np.array([20_119], np.int32),
        ...     instalment_count=np.array([12], np.int32), method=np.array([0], np.int8))
        >>> round(float(amortisation_tables(year).effective_rates().rates[0]), 6)
        0.061939
        """
        return effective_rates(*loan_flows(self.terms, self.instalments), on_error=on_error)

    def _rows(self, row: int) -> list[Row]:
        """The rows of one loan, interest below 0 apart from the principal that it lowers."""
        due = self.instalments
        span = slice(int(due.offsets[row]), int(due.offsets[row + 1]))
        closing = self.closing_balance[span]
        opening = np.concatenate([self.terms.principal[row : row + 1], closing[:-1]])
        principal = opening - closing
        interest = due.interest[span] + (due.principal[span] - principal)
        columns = (opening, principal, interest, due.fees[span], np.zeros_like(closing), closing)
        return [Row(*each) for each in zip(*(column.tolist() for column in columns), strict=True)]

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an instalment, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.schedule_frames.amortisation_to_frame`.

        Raises
        ------
        InvalidValueError
            Another backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.amortisation_to_frame(self, backend)


def _require_loan(terms: TermColumns, row: int) -> None:
    require_row(row, len(terms), where="schedules", of=f"the schedules of {len(terms)} loans")


def _schedule(terms: TermColumns, table: InstalmentColumns, row: int) -> Schedule:
    _require_loan(terms, row)
    return Schedule(terms.currency, instalment_records(table, int(row), terms.currency))


def _shown(answer: object, terms: TermColumns, instalments: InstalmentColumns) -> str:
    return (
        f"{type(answer).__name__}({len(terms):,} loans, {len(instalments.due_date):,} instalments, "
        f"{terms.currency.code})"
    )
