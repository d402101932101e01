"""Out of an answer on the debtors of a book: a data frame.

The one idea: one row a debtor; a machine of the policy has its columns, named after it.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.calendar import NONE_DAY
from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, days_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.obligor_answer import PortfolioObligors

__all__ = ["obligors_to_frame"]


def obligors_to_frame(
    answer: PortfolioObligors, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a debtor, in order of id: what a policy says of every debtor of a book.

    =====================  ========  ===========================================================
    column                 type      what
    =====================  ========  ===========================================================
    ``obligor_id``         text
    ``as_of``              date      the day at whose close was counted
    ``policy``             text      name and version; several with ``"; "`` between
    ``currency``           text      the code
    ``accounts``           int64     how many
    ``days_past_due``      int32     [days] of the account that is the most
    ``oldest_account``     text      that account
    ``bucket``             text      the code of the worst bucket
    ``worst_account``      text      the account in it
    ``arrears``            amount    of all accounts
    ``exposure``           amount    of all accounts
    ``is_cleared``         boolean   whether no account has arrears
    ``state <machine>``    text      the code, for each machine; empty where none was judged
    ``since <machine>``    date      the first day of the state
    ``account <machine>``  text      the account that gives it; empty where the debtor is judged
    =====================  ========  ===========================================================

    Parameters
    ----------
    answer : PortfolioObligors
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
    >>> schedule = dq.Schedule(dq.Currency.of("INR"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", obligor_id="D-1", originated_on=date(2024, 12, 31),
    ...     schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> policy = dq.rulebook.load("in-sma")
    >>> answer = dq.portfolio.assess_obligors(book, as_of=date(2025, 3, 3), policy=policy)
    >>> frame = obligors_to_frame(answer, "pyarrow")
    >>> [str(frame[name][0]) for name in ("worst_account", "state asset class", "since asset class")]
    ['A-1', 'SMA-1', '2025-03-02']
    """
    pa = arrow()
    book, size = answer.book, len(answer)
    ids = texts_out(book.account_id)
    versions = "; ".join(policy.version for policy in answer.policies)
    columns = {
        "obligor_id": texts_out(answer.obligor_id),
        "as_of": pa.repeat(pa.scalar(answer.as_of, type=pa.date32()), size),
        "policy": pa.repeat(pa.scalar(versions), size),
        "currency": pa.repeat(pa.scalar(book.currency.code), size),
        "accounts": answer.accounts,
        "days_past_due": answer.days_past_due,
        "oldest_account": ids.take(pa.array(answer.oldest_row)),
        "bucket": answer.bucket_codes().tolist(),
        "worst_account": ids.take(pa.array(answer.worst_row)),
        "arrears": amounts_out(answer.arrears, book.currency, amounts),
        "exposure": amounts_out(answer.exposure, book.currency, amounts),
        "is_cleared": answer.is_cleared,
    }
    for told in answer.states:
        codes = [code or None for code in told.codes().tolist()]
        rows = pa.array(told.account_row, mask=told.account_row < 0)
        columns[f"state {told.machine}"] = pa.array(codes, pa.string())
        columns[f"since {told.machine}"] = days_out(told.since, NONE_DAY)
        columns[f"account {told.machine}"] = ids.take(rows)
    return to_frame(columns, backend)
