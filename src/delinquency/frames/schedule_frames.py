"""Out of the schedules of many loans: data frames.

The one idea: one row an instalment, which says the loan it is of - by its row, and by its id where the
terms have ids - so that frames can be joined, filtered and read again as the instalments of a book.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, days_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.columns import InstalmentColumns
    from delinquency.portfolio.loan_tables import PortfolioAmortisation, PortfolioSchedules
    from delinquency.portfolio.term_columns import TermColumns

__all__ = ["amortisation_to_frame", "schedules_to_frame"]


def schedules_to_frame(
    answer: PortfolioSchedules, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an instalment, in order of loan and due date: what falls due.

    ==================  ========  =============================================================
    column              type      what
    ==================  ========  =============================================================
    ``account_id``      text      only where the terms have ids
    ``row``             int64     the place of the loan, from 0
    ``instalment_no``   int32     from 1
    ``due_date``        date
    ``principal``       amount
    ``interest``        amount
    ``fees``            amount
    ``payment``         amount    the three together
    ==================  ========  =============================================================

    Parameters
    ----------
    answer : PortfolioSchedules
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> import delinquency as dq
    >>> terms = dq.RepaymentTerms(currency=dq.Currency.of("CNY"), principal=100,
    ...     annual_rate=dq.Rate.per_year("0.06"), first_due_date=date(2025, 1, 31),
    ...     instalment_count=3, method=dq.AmortisationMethod.EQUAL_PRINCIPAL)
    >>> loans = dq.portfolio.TermColumns.from_terms([terms], account_id=["A-1"])
    >>> frame = schedules_to_frame(dq.portfolio.repayment_schedules(loans), "pyarrow")
    >>> [str(cell) for cell in frame.to_pylist()[2].values()]
    ['A-1', '0', '3', '2025-03-31', '33.34', '0.17', '0.00', '33.51']
    """
    return to_frame(_instalments(answer.terms, answer, amounts), backend)


def amortisation_to_frame(
    answer: PortfolioAmortisation, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an instalment, in order of loan and due date: what falls due, and the balance after it.

    The columns of :func:`schedules_to_frame`, and ``closing_balance``, what is open of the principal
    after the instalment [amount].

    Parameters and errors as for :func:`schedules_to_frame`.
    """
    columns = _instalments(answer.terms, answer.instalments, amounts)
    currency = answer.terms.currency
    columns["closing_balance"] = amounts_out(answer.closing_balance, currency, amounts)
    return to_frame(columns, backend)


def _instalments(
    terms: TermColumns, table: InstalmentColumns, amounts: AmountsOut
) -> dict[str, Any]:
    pa = arrow()
    counts, starts = np.diff(table.offsets), table.offsets[:-1]
    loans = np.repeat(np.arange(len(terms)), counts)
    numbers = np.arange(len(loans)) - np.repeat(starts, counts) + 1
    columns: dict[str, Any] = {}
    if terms.account_id is not None:
        columns["account_id"] = texts_out(terms.account_id).take(pa.array(loans))
    columns["row"] = loans
    columns["instalment_no"] = numbers.astype(np.int32)
    columns["due_date"] = days_out(table.due_date, None)
    parts = {name: getattr(table, name) for name in ("principal", "interest", "fees")}
    parts["payment"] = table.principal + table.interest + table.fees
    for name, minor in parts.items():
        columns[name] = amounts_out(minor, terms.currency, amounts)
    return columns
