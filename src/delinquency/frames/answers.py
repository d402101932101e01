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
    answer: PortfolioAssessment,
    backend: str = "pandas",
    *,
    amounts: AmountsOut = "decimal",
    with_exposure: bool = False,
) -> Any:
    """One row an account: what a policy says of every account of a book.

    Frames of several dates, policies or books can be put one below the other: each row says its own.

    ===================  ========  =============================================================
    column               type      what
    ===================  ========  =============================================================
    ``account_id``       text
    ``as_of``            date      the day at whose close was counted
    ``policy``           text      name and version, such as ``cn-loan@2023-07-01``
    ``currency``         text      the code
    ``days_past_due``    int32     [days]
    ``delinquent_days``  int32     [days] after suspension and grace
    ``arrears``          amount    due and unpaid
    ``oldest_due_date``  date      of the oldest late debt; empty where nothing is late
    ``bucket``           text      the code
    ``exposure``         amount    open principal and what else is due; only ``with_exposure``
    ===================  ========  =============================================================

    Parameters
    ----------
    answer : PortfolioAssessment
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].
    with_exposure : bool, default False
        Whether to add the exposure, which needs the ledger of every account.

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
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> policy = dq.rulebook.load("founding-report")
    >>> answer = dq.portfolio.assess(book, as_of=date(2025, 3, 3), policy=policy)
    >>> frame = assessment_to_frame(answer, "pyarrow", with_exposure=True)
    >>> [str(frame[name][0]) for name in ("as_of", "policy", "arrears", "exposure")]
    ['2025-03-03', 'founding-report', '100.00', '100.00']
    """
    pa = arrow()
    book, size = answer.book, len(answer)
    as_of = pa.scalar(answer.as_of, type=pa.date32())
    columns = {
        "account_id": texts_out(book.account_id),
        "as_of": pa.repeat(as_of, size),
        "policy": _versions(answer),
        "currency": _same(book.currency.code, size),
        "days_past_due": answer.days_past_due,
        "delinquent_days": answer.delinquent_days,
        "arrears": amounts_out(answer.arrears, book.currency, amounts),
        "oldest_due_date": days_out(answer.oldest_due_date, NONE_DAY),
        "bucket": answer.bucket_codes().tolist(),
    }
    if with_exposure:
        columns["exposure"] = amounts_out(answer.exposure(), book.currency, amounts)
    return to_frame(columns, backend)


def _same(text: str, size: int) -> Any:
    pa = arrow()
    return pa.repeat(pa.scalar(text, type=pa.string()), size)


def _versions(answer: PortfolioAssessment) -> Any:
    """The version of the policy that each account falls under."""
    pa = arrow()
    if answer.version is None:
        return _same(answer.policies[0].version, len(answer))
    versions = pa.array([policy.version for policy in answer.policies], type=pa.string())
    return versions.take(pa.array(answer.version))


def instalment_ages_to_frame(
    answer: PortfolioInstalmentAges, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a late debt, in order of account and age: an instalment, or what stands beside the schedule.

    ===================  ========  =============================================================
    column               type      what
    ===================  ========  =============================================================
    ``account_id``       text
    ``instalment_no``    int32     from 1; empty where the debt is none
    ``charge_id``        text      as a ledger names the debt; empty for an instalment
    ``due_date``         date
    ``open_amount``      amount    unpaid of it
    ``days_past_due``    int32     [days]
    ``delinquent_days``  int32     [days] after suspension and grace
    ``bucket``           text      the code
    ===================  ========  =============================================================

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
    columns = {
        "account_id": texts_out(book.account_id).take(pa.array(accounts)),
        "instalment_no": pa.array(answer.instalment_no, mask=answer.instalment_no == 0),
        "charge_id": pa.array(answer.charge_ids(), type=pa.large_string()),
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
    """One row an account: what is to be paid next.

    ==============  ========  ===========================================
    column          type      what
    ==============  ========  ===========================================
    ``account_id``  text
    ``due_date``    date      empty where nothing is open
    ``amount``      amount    nought where nothing is open
    ==============  ========  ===========================================

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

    ===================  ========  ===========================================
    column               type      what
    ===================  ========  ===========================================
    ``account_id``       text
    ``as_of``            date      the day at whose close was counted
    ``days_past_due``    int32     [days]
    ``delinquent_days``  int32     [days] after suspension and grace
    ``arrears``          amount    due and unpaid
    ``bucket``           text      the code
    ===================  ========  ===========================================

    Parameters as for :func:`instalment_ages_to_frame`.
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
    """One row a bucket.

    ==================  ========  ===========================================
    column              type      what
    ==================  ========  ===========================================
    ``bucket``          text      the code
    ``accounts``        int64
    ``share``           float64   of the accounts of the book, from 0 to 1
    ``arrears``         decimal   [currency units]
    ``exposure``        decimal   [currency units]
    ``exposure_share``  float64   of the exposure of the book, from 0 to 1
    ==================  ========  ===========================================
    """
    rows = table.rows
    columns = {
        "bucket": [row.bucket.code for row in rows],
        "accounts": [row.accounts for row in rows],
        "share": [row.share for row in rows],
        "arrears": [row.arrears for row in rows],
        "exposure": [row.exposure for row in rows],
        "exposure_share": [row.exposure_share for row in rows],
    }
    return to_frame(columns, backend)


def ageing_history_to_frame(table: AgeingHistory, backend: str = "pandas") -> Any:
    """One row a date and bucket.

    ============  ========  ===========================================
    column        type      what
    ============  ========  ===========================================
    ``as_of``     date
    ``bucket``    text      the code
    ``accounts``  int64
    ``share``     float64   of the accounts of the date, from 0 to 1
    ``arrears``   decimal   [currency units]
    ============  ========  ===========================================
    """
    cells = [(close, position) for close in range(len(table)) for position in range(table.width)]
    columns = {
        "as_of": [table.dates[close] for close, _ in cells],
        "bucket": [table.buckets[position].code for _, position in cells],
        "accounts": [int(table.accounts[cell]) for cell in cells],
        "share": [float(table.shares[cell]) for cell in cells],
        "arrears": [table.arrears[close][position] for close, position in cells],
    }
    return to_frame(columns, backend)
