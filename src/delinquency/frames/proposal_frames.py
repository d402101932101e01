"""Out of proposals: data frames, of one account a row a proposal, of a book a row an account.

The one idea: a plan is named by its measures, as a document calls them; what it comes to stands beside it.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.plan_rows import decimals_out, repeated
from delinquency.frames.writing import AmountsOut, amounts_out, texts_out, to_frame
from delinquency.proposals import PortfolioProposals, Proposals
from delinquency.restructuring.measures import NAMES
from delinquency.restructuring.present_value import SHARE_PARTS

if TYPE_CHECKING:
    from delinquency.restructuring import RestructuringPlan

__all__ = ["account_proposals_to_frame", "proposals_to_frame"]


def account_proposals_to_frame(
    answer: Proposals, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a proposal for one account, ranked; no row where none fits.

    ======================  ========  ==========================================================
    column                  type      what
    ======================  ========  ==========================================================
    ``account_id``          text
    ``as_of``               date      the day of the search
    ``policy``              text      name and version, such as ``cn-loan@2023-07-01``
    ``currency``            text      the code
    ``proposal_no``         int64     the rank, from 1
    ``measures``            text      the names of the measures, with ``"; "`` between
    ``greatest_payment``    amount    a balloon aside
    ``payment_relief``      amount    by how much that is less than without the plan
    ``least_room``          amount    the least by which a payment is below what can be paid
    ``payments``            int64     how many
    ``paid_in_all``         amount    what is paid in all
    ``total_cost_change``   amount    that, less what would be paid without the plan
    ``balloon``             amount    principal that waits for the last due date
    ``last_due_on``         date
    ``present_value_loss``  amount
    ``diminished_share``    int64     the loss as a share of the value before, in parts of 10**9
    ======================  ========  ==========================================================

    Parameters
    ----------
    answer : Proposals
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidTypeError
        No answer of :func:`~delinquency.proposals.verb.propose_plans`.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> import delinquency as dq
    >>> from delinquency.proposals import Affordability, LenderOffer, propose_plans
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> found = propose_plans(account, as_of=date(2025, 3, 1), affordability=Affordability.of(130),
    ...     policy=dq.rulebook.load("founding-report"), offer=LenderOffer(term_extensions=range(1, 7)))
    >>> for row in account_proposals_to_frame(found, "pyarrow").to_pylist()[:2]:
    ...     print(row["proposal_no"], row["measures"], row["greatest_payment"], row["last_due_on"])
    1 arrears_spread; term_extension 50.00 2025-10-15
    2 arrears_spread; term_extension 57.16 2025-09-15
    """
    if not isinstance(answer, Proposals):
        raise InvalidTypeError.at(
            "frames, proposals",
            expected="Proposals",
            found=answer,
            hint="Those of a book are written by proposals_to_frame.",
        )
    pa = arrow()
    plans, currency = answer.plans, answer.account.currency
    size = len(plans)

    def amount(name: str) -> Any:
        return decimals_out([getattr(plan, name) for plan in plans], currency, amounts)

    shares = [plan.diminished_share for plan in plans]
    columns = {
        "account_id": repeated(answer.account.account_id, size),
        "as_of": repeated(answer.as_of, size),
        "policy": repeated(answer.policy.version, size),
        "currency": repeated(currency.code, size),
        "proposal_no": pa.array([plan.number for plan in plans], type=pa.int64()),
        "measures": pa.array([_measures(plan.plan) for plan in plans], type=pa.string()),
        "greatest_payment": amount("greatest_payment"),
        "payment_relief": amount("payment_relief"),
        "least_room": amount("least_room"),
        "payments": pa.array([plan.payments for plan in plans], type=pa.int64()),
        "paid_in_all": amount("paid_in_all"),
        "total_cost_change": amount("total_cost_change"),
        "balloon": amount("balloon"),
        "last_due_on": pa.array([plan.last_due_on for plan in plans], type=pa.date32()),
        "present_value_loss": amount("present_value_loss"),
        "diminished_share": pa.array(
            [share.numerator * (SHARE_PARTS // share.denominator) for share in shares],
            type=pa.int64(),
        ),
    }
    return to_frame(columns, backend)


def proposals_to_frame(
    answer: PortfolioProposals, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row an account of a book: its best plan, and empty cells where none fits or nobody asked.

    ======================  ========  ==========================================================
    column                  type      what
    ======================  ========  ==========================================================
    ``account_id``          text
    ``as_of``               date      the day of the search
    ``currency``            text      the code
    ``plan``                int64     the place of its plan in ``answer.plans``, -1 for none
    ``measures``            text      the names of the measures, with ``"; "`` between
    ``fitting``             int64     how many plans keep to every limit
    ``is_refused``          bool      whether it can have no plan
    ``greatest_payment``    amount    a balloon aside
    ``payments``            int64     how many
    ``balloon``             amount    principal that waits for the last due date
    ``last_due_on``         date
    ``present_value_loss``  amount
    ``diminished_share``    int64     the loss as a share of the value before, in parts of 10**9
    ======================  ========  ==========================================================

    Parameters and errors as for :func:`account_proposals_to_frame`, of an answer of
    :func:`~delinquency.proposals.of_books.propose_for_book`.
    """
    if not isinstance(answer, PortfolioProposals):
        raise InvalidTypeError.at(
            "frames, proposals",
            expected="PortfolioProposals",
            found=answer,
            hint="Those of one account are written by account_proposals_to_frame.",
        )
    pa = arrow()
    book, size = answer.book, len(answer)
    has = pa.array(answer.chosen >= 0)
    names = pa.array([_measures(plan) for plan in answer.plans], type=pa.string())

    def where_fits(column: Any) -> Any:
        return pa.compute.if_else(has, column, None)

    def amount(name: str) -> Any:
        return where_fits(amounts_out(getattr(answer, name), book.currency, amounts))

    columns = {
        "account_id": texts_out(book.account_id),
        "as_of": repeated(answer.as_of, size),
        "currency": repeated(book.currency.code, size),
        "plan": pa.array(answer.chosen),
        "measures": names.take(pa.array(answer.chosen, mask=answer.chosen < 0)),
        "fitting": pa.array(answer.fitting),
        "is_refused": pa.array(answer.is_refused),
        "greatest_payment": amount("greatest_payment"),
        "payments": where_fits(pa.array(answer.payments)),
        "balloon": amount("balloon"),
        "last_due_on": where_fits(pa.array(answer.last_due_on).view(pa.date32())),
        "present_value_loss": amount("present_value_loss"),
        "diminished_share": where_fits(pa.array(answer.diminished_share)),
    }
    return to_frame(columns, backend)


def _measures(plan: RestructuringPlan) -> str:
    return "; ".join(NAMES[type(measure)] for measure in plan.measures)
