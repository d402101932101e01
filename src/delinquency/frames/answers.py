"""Out of an answer for a book: data frames.

The one idea: one row for each thing that was asked about; the account's id stands first, amounts are
exact decimals or, where the caller asks for them, minor units.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.calendar import NONE_DAY, day_number
from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, days_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.ageing import AgeingHistory, AgeingTable
    from delinquency.portfolio.assessment import PortfolioAssessment
    from delinquency.portfolio.history import PortfolioHistory
    from delinquency.portfolio.instalment_ages import PortfolioInstalmentAges
    from delinquency.portfolio.next_payment import PortfolioNextPayment

__all__ = [
    "ageing_history_to_frame",
    "ageing_to_frame",
    "assessment_to_frame",
    "history_to_frame",
    "instalment_ages_to_frame",
    "next_payment_to_frame",
]


def assessment_to_frame(
    answer: PortfolioAssessment, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account: what a policy says of every account of a book.

    Parameters
    ----------
    answer : PortfolioAssessment
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Examples
    --------
    >>> from datetime import date
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> policy = dq.rulebook.load("founding-report")
    >>> answer = dq.portfolio.assess(book, as_of=date(2025, 3, 3), policy=policy)
    >>> assessment_to_frame(answer, "pyarrow")["arrears"].to_pylist()
    [Decimal('100.00')]
    """
    book = answer.book
    columns = {
        "account_id": texts_out(book.account_id),
        "days_past_due": answer.days_past_due,
        "delinquent_days": answer.delinquent_days,
        "arrears": amounts_out(answer.arrears, book.currency, amounts),
        "oldest_due_date": days_out(answer.oldest_due_date, NONE_DAY),
        "bucket": answer.bucket_codes().tolist(),
    }
    return to_frame(columns, backend)


def instalment_ages_to_frame(
    answer: PortfolioInstalmentAges, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a late debt, in order of account and age: an instalment, or a charge.

    Parameters
    ----------
    answer : PortfolioInstalmentAges
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].
    """
    pa = arrow()
    book, accounts = answer.book, answer.account_rows()
    charge_ids = pa.nulls(len(answer), type=pa.large_string())
    if book.charges is not None:
        rows = book.charges.offsets[accounts] + answer.charge_no - 1
        charge_ids = texts_out(book.charges.charge_id).take(
            pa.array(rows, mask=answer.charge_no == 0)
        )
    columns = {
        "account_id": texts_out(book.account_id).take(pa.array(accounts)),
        "instalment_no": pa.array(answer.instalment_no, mask=answer.instalment_no == 0),
        "charge_id": charge_ids,
        "due_date": days_out(answer.due_date, None),
        "open_amount": amounts_out(answer.open_amount, book.currency, amounts),
        "days_past_due": answer.days_past_due,
        "delinquent_days": answer.delinquent_days,
        "bucket": pa.array(answer.bucket_codes(), type=pa.string()),
    }
    return to_frame(columns, backend)


def next_payment_to_frame(
    answer: PortfolioNextPayment, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account: the next due date, empty where nothing is open, and the amount.

    Parameters as for :func:`instalment_ages_to_frame`.
    """
    columns = {
        "account_id": texts_out(answer.book.account_id),
        "due_date": days_out(answer.due_date, NONE_DAY),
        "amount": amounts_out(answer.amount, answer.book.currency, amounts),
    }
    return to_frame(columns, backend)


def history_to_frame(
    answer: PortfolioHistory, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account and date, the dates of an account together.

    Parameters as for :func:`assessment_to_frame`.
    """
    pa = arrow()
    size, closes = len(answer.book), len(answer)
    days = np.array(
        [day_number(day, where="history", field="dates") for day in answer.dates], dtype=np.int32
    )
    accounts = pa.array(np.repeat(np.arange(size), closes))
    codes = answer.bucket_codes()
    columns = {
        "account_id": texts_out(answer.book.account_id).take(accounts),
        "as_of": days_out(np.tile(days, size), None),
        "days_past_due": answer.days_past_due.reshape(-1),
        "delinquent_days": answer.delinquent_days.reshape(-1),
        "arrears": amounts_out(answer.arrears.reshape(-1), answer.book.currency, amounts),
        "bucket": codes.reshape(-1).tolist(),
    }
    return to_frame(columns, backend)


def ageing_to_frame(table: AgeingTable, backend: str = "pandas") -> Any:
    """One row a bucket: accounts, their share, arrears and exposure [currency units]."""
    rows = table.rows
    columns = {
        "bucket": [row.bucket.code for row in rows],
        "accounts": [row.accounts for row in rows],
        "share": [row.share for row in rows],
        "arrears": [row.arrears for row in rows],
        "exposure": [row.exposure for row in rows],
    }
    return to_frame(columns, backend)


def ageing_history_to_frame(table: AgeingHistory, backend: str = "pandas") -> Any:
    """One row a date and bucket: accounts, their share and arrears [currency units]."""
    cells = [(close, position) for close in range(len(table)) for position in range(table.width)]
    columns = {
        "as_of": [table.dates[close] for close, _ in cells],
        "bucket": [table.buckets[position].code for _, position in cells],
        "accounts": [int(table.accounts[cell]) for cell in cells],
        "share": [float(table.shares[cell]) for cell in cells],
        "arrears": [table.arrears[close][position] for close, position in cells],
    }
    return to_frame(columns, backend)
