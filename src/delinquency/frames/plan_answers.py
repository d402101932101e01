"""Out of plans of a book: data frames of its accounts, of its buckets, and of what falls due.

The one idea: what a plan did is told of accounts that have one; of an account without a plan such a cell is
empty, and never 0.
"""

# Arrow says little about its own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.plan_rows import decimals_out, repeated
from delinquency.frames.writing import AmountsOut, amounts_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.portfolio.plans.answer import PortfolioRestructuring
    from delinquency.portfolio.plans.comparison import PlanComparison

__all__ = ["due_months_to_frame", "plan_comparison_to_frame", "restructuring_to_frame"]

_OF_ALL = ("account_id", "plan", "is_put", "is_refused")


def restructuring_to_frame(
    answer: PortfolioRestructuring, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account: what plans do to the accounts of a book.

    The cells from ``debt_before_…`` on are empty of an account that has no plan.

    ========================  =======  =================================================================
    column                    type     what
    ========================  =======  =================================================================
    ``account_id``            text
    ``as_of``                 date
    ``currency``              text     the code
    ``plan``                  integer  the place of its plan from 0, -1 for none
    ``is_put``                bool     whether it has the plan
    ``is_refused``            bool     whether it cannot have it
    ``reason``                text     why it cannot; empty where it can, or was given none
    ``days_past_due_before``  int32    [days] at the close of ``as_of`` without the plan
    ``bucket_before``         text     the code, so too
    ``arrears_before``        amount   due and unpaid, so too
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
    has, before = pa.array(answer.is_put), answer.assess_before()
    reasons: list[str | None] = [None] * size
    for refusal in answer.refusals:
        reasons[refusal.row] = refusal.reason

    def of_a_plan(name: str, column: Any) -> Any:
        is_share = name == "diminished_share"
        told = pa.array(column) if is_share else amounts_out(column, book.currency, amounts)
        return pa.compute.if_else(has, told, None)

    columns = {
        "account_id": texts_out(book.account_id),
        "as_of": repeated(answer.as_of, size),
        "currency": repeated(book.currency.code, size),
        "plan": pa.array(answer.chosen),
        "is_put": has,
        "is_refused": pa.array(answer.is_refused),
        "reason": pa.array(reasons, type=pa.string()),
        "days_past_due_before": pa.array(before.days_past_due),
        "bucket_before": pa.array(before.bucket_codes().tolist(), type=pa.string()),
        "arrears_before": amounts_out(before.arrears, book.currency, amounts),
        **{
            name: of_a_plan(name, column)
            for name, column in answer.columns().items()
            if name not in _OF_ALL
        },
    }
    return to_frame(columns, backend)


def plan_comparison_to_frame(
    answer: PlanComparison, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a bucket: how many accounts are in it and what is past due, before plans and after them.

    ===================  ========  =============================================
    column               type      what
    ===================  ========  =============================================
    ``as_of``            date      the day at whose close was counted
    ``currency``         text      the code
    ``bucket``           text      the code
    ``accounts_before``  int64
    ``accounts_after``   int64
    ``arrears_before``   amount
    ``arrears_after``    amount
    ===================  ========  =============================================

    Parameters
    ----------
    answer : PlanComparison
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidTypeError
        No answer of :func:`~delinquency.portfolio.plans.comparison.compare_plans`.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.
    """
    pa, rows = arrow(), _compared(answer).buckets
    currency = answer.after.currency
    columns = {
        "as_of": repeated(answer.done.as_of, len(rows)),
        "currency": repeated(currency.code, len(rows)),
        "bucket": pa.array([row.bucket.code for row in rows], type=pa.string()),
        "accounts_before": pa.array([row.accounts_before for row in rows], type=pa.int64()),
        "accounts_after": pa.array([row.accounts_after for row in rows], type=pa.int64()),
        "arrears_before": decimals_out([row.arrears_before for row in rows], currency, amounts),
        "arrears_after": decimals_out([row.arrears_after for row in rows], currency, amounts),
    }
    return to_frame(columns, backend)


def due_months_to_frame(
    answer: PlanComparison, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a month from that of the plans on: what falls due in it, of all accounts.

    ============  ========  ==========================
    column        type      what
    ============  ========  ==========================
    ``month``     date      its first day
    ``currency``  text      the code
    ``before``    amount    without the plans
    ``after``     amount    with them
    ============  ========  ==========================

    Parameters and errors as for :func:`plan_comparison_to_frame`.
    """
    pa, rows = arrow(), _compared(answer).due_months
    currency = answer.after.currency
    columns = {
        "month": pa.array([row.month for row in rows], type=pa.date32()),
        "currency": repeated(currency.code, len(rows)),
        "before": decimals_out([row.before for row in rows], currency, amounts),
        "after": decimals_out([row.after for row in rows], currency, amounts),
    }
    return to_frame(columns, backend)


def _compared(answer: PlanComparison) -> PlanComparison:
    from delinquency.portfolio.plans.comparison import PlanComparison

    given: object = answer
    if not isinstance(given, PlanComparison):
        raise InvalidTypeError.at(
            "frames, comparison", expected="the answer of compare_plans", found=given
        )
    return answer
