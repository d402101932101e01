"""Out of penalty interest of a book: a data frame.

The one idea: one row an account, which says its day and the version of its policy, so that frames of several
days can be put one below the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.penalty_interest import PortfolioPenaltyInterest

__all__ = ["penalty_interest_to_frame"]


def penalty_interest_to_frame(
    answer: PortfolioPenaltyInterest,
    backend: str = "pandas",
    *,
    amounts: AmountsOut = "decimal",
) -> Any:
    """One row an account: what a delay cost every account of a book.

    ==============  ========  ================================================================
    column          type      what
    ==============  ========  ================================================================
    ``account_id``  text
    ``as_of``       date      the day up to which it accrued, excluded
    ``policy``      text      name and version, such as ``cn-loan@2023-07-01``
    ``currency``    text      the code
    ``accrued``     amount    of both kinds, rounded and capped, without what was waived
    ``penalty``     amount    of it, on bases of penalty
    ``compound``    amount    of it, on unpaid interest
    ``waived``      amount    what waivers took
    ``capped``      amount    what caps took off
    ``posted``      amount    what became a debt
    ==============  ========  ================================================================

    Parameters
    ----------
    answer : PortfolioPenaltyInterest
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.
    """
    pa = arrow()
    book, size = answer.book, len(answer)
    versions = pa.array([policy.version for policy in answer.policies], type=pa.string())
    policies = pa.repeat(versions[0], size)
    if answer.version is not None:
        policies = versions.take(pa.array(answer.version))
    columns = {
        "account_id": texts_out(book.account_id),
        "as_of": pa.repeat(pa.scalar(answer.as_of, type=pa.date32()), size),
        "policy": policies,
        "currency": pa.repeat(pa.scalar(book.currency.code, type=pa.string()), size),
    }
    for name in ("accrued", "penalty", "compound", "waived", "capped", "posted"):
        columns[name] = amounts_out(getattr(answer, name), book.currency, amounts)
    return to_frame(columns, backend)
