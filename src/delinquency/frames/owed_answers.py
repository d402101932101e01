"""Out of what a book owes: data frames.

The one idea: one row an account, which says its day and the version of its policy, so that frames of several
days can be put one below the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.breakdown import PortfolioBreakdown
    from delinquency.portfolio.waiver_effect import WaiverEffect

__all__ = ["breakdown_to_frame", "waiver_effect_to_frame"]


def breakdown_to_frame(
    answer: PortfolioBreakdown, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account: what every account of a book owes.

    =====================  ========  =========================================================
    column                 type      what
    =====================  ========  =========================================================
    ``account_id``         text
    ``as_of``              date      the day at whose close was counted
    ``policy``             text      name and version, such as ``cn-loan@2023-07-01``
    ``currency``           text      the code
    ``payoff``             amount    what settles the account
    ``arrears``            amount    what is past due
    ``past_due_…``         amount    four columns: ``principal``, ``interest``, ``fees``, ``penalty``
    ``due_…``              amount    the same four of what is due on the day
    ``not_due_…``          amount    the same four of what falls due later
    ``accrued_interest``   amount    earned in the running period and not settled
    ``unearned_interest``  amount    paid in advance and not earned yet
    ``prepaid_fees``       amount    of rows to come, paid in advance
    ``charged_ahead``      amount    of charges that fall due later
    ``unposted_penalty``   amount    accrued, and no debt of the ledger yet
    ``unallocated``        amount    money that settled nothing yet
    ``written_off``        amount    and not recovered
    ``off_balance``        amount    interest and penalty shown off balance
    ``is_off_balance``     bool
    =====================  ========  =========================================================

    Parameters
    ----------
    answer : PortfolioBreakdown
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
    book, told = answer.book, dict(answer.columns())
    del told["account_id"]
    flags = told.pop("is_off_balance")
    columns = {
        **_heads(answer),
        **{name: amounts_out(column, book.currency, amounts) for name, column in told.items()},
        "is_off_balance": flags,
    }
    return to_frame(columns, backend)


def waiver_effect_to_frame(
    effect: WaiverEffect, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account: what it owes before and after waivers, and what they took.

    =================  ========  =============================================================
    column             type      what
    =================  ========  =============================================================
    ``account_id``     text
    ``as_of``          date      the day at whose close was counted
    ``policy``         text      name and version, such as ``cn-loan@2023-07-01``
    ``currency``       text      the code
    ``before_…``       amount    four columns: ``principal``, ``interest``, ``fees``, ``penalty``
    ``after_…``        amount    the same four with the waivers
    ``waived_…``       amount    the same four of what the waivers took
    ``payoff_before``  amount    what settles the account
    ``payoff_after``   amount    the same with the waivers
    ``relief``         amount    by how much that is less
    =================  ========  =============================================================

    Parameters and errors as for :func:`breakdown_to_frame`.
    """
    book, told = effect.before.book, dict(effect.columns())
    del told["account_id"]
    columns = {
        **_heads(effect.before),
        **{name: amounts_out(column, book.currency, amounts) for name, column in told.items()},
    }
    return to_frame(columns, backend)


def _heads(answer: PortfolioBreakdown) -> dict[str, Any]:
    """Which account, which day, which version and which currency."""
    pa = arrow()
    size = len(answer)
    versions = pa.array([policy.version for policy in answer.policies], type=pa.string())
    policies = pa.repeat(versions[0], size)
    if answer.version is not None:
        policies = versions.take(pa.array(answer.version))
    return {
        "account_id": texts_out(answer.book.account_id),
        "as_of": pa.repeat(pa.scalar(answer.as_of, type=pa.date32()), size),
        "policy": policies,
        "currency": pa.repeat(pa.scalar(answer.book.currency.code, type=pa.string()), size),
    }
