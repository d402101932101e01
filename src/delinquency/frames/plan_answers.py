"""Out of plans of a book: data frames, one row an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.plans.answer import PortfolioRestructuring

__all__ = ["restructuring_to_frame"]

_PLAIN = ("plan", "is_put", "is_refused", "diminished_share")


def restructuring_to_frame(
    answer: PortfolioRestructuring, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account: what plans do to the accounts of a book.

    ========================  =======  =================================================================
    column                    type     what
    ========================  =======  =================================================================
    ``account_id``            text
    ``as_of``                 date
    ``currency``              text     the code
    ``plan``                  integer  the place of its plan from 0, -1 for none
    ``is_put``                bool     whether it has the plan
    ``is_refused``            bool     whether it cannot have it
    ``debt_before_…``         amount   four columns: ``principal``, ``interest``, ``fees``, ``penalty``
    ``debt_after_…``          amount   the same four
    ``capitalised_…``         amount   the same four, as of all that follow
    ``spread_…``              amount
    ``waived_…``              amount
    ``forgiven_…``            amount
    ``settled_…``             amount
    ``arrears_after_…``       amount
    ``deferred``              amount
    ``next_payment_change``   amount
    ``total_cost_change``     amount
    ``present_value_loss``    amount
    ``diminished_share``      integer  the loss as a share of the value before, in parts of 10**9
    ========================  =======  =================================================================

    Parameters
    ----------
    answer : PortfolioRestructuring
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidTypeError
        No answer of plans.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.
    """
    from delinquency.portfolio.plans.answer import PortfolioRestructuring

    if not isinstance(answer, PortfolioRestructuring):
        raise InvalidTypeError.at(
            "frames, answer", expected="the answer of portfolio.restructure", found=answer
        )
    pa = arrow()
    size, book = len(answer), answer.before
    told = dict(answer.columns())
    del told["account_id"]
    columns = {
        "account_id": texts_out(book.account_id),
        "as_of": pa.repeat(pa.scalar(answer.as_of, type=pa.date32()), size),
        "currency": pa.repeat(pa.scalar(book.currency.code, type=pa.string()), size),
        **{
            name: pa.array(column)
            if name in _PLAIN
            else amounts_out(column, book.currency, amounts)
            for name, column in told.items()
        },
    }
    return to_frame(columns, backend)
