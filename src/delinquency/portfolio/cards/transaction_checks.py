"""Rows of transactions that no card can have.

The one idea: a plan, a promotion and a reference each belong to some kinds of transaction and to no other;
a column says so for all rows at once.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.errors import PortfolioError
from delinquency.portfolio.account_sums import account_of_rows, account_sums, sum_problems
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    code_problems,
    day_problems,
    fact_id_problems,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    reversal_problems,
)

if TYPE_CHECKING:
    from delinquency.portfolio.cards.book import CardBook
    from delinquency.portfolio.cards.columns import TransactionColumns

__all__ = ["transaction_problems"]

Array = npt.NDArray[Any]

_PURCHASE, _CASH, _PLAN, _FEE, _REFUND = range(5)
_MOST_YEARLY: Final = 4 * 10**8


def transaction_problems(book: CardBook, size: int) -> Iterator[RowProblem]:
    """Every rule that transactions of a book break, with all the rows that break it."""
    table = book.transactions
    require_array("transactions.posted_on", table.posted_on, np.int32)
    rows = len(table.posted_on)
    require_offsets("transactions", table.offsets, rows, size)
    require_array("transactions.kind", table.kind, np.int8, rows)
    yield from day_problems("transactions.posted_on", table.posted_on)
    yield from code_problems("transactions.kind", table.kind, 5, rows)
    yield from amount_problems("transactions.amount", table.amount, rows, least=1)
    yield from order_problems("transactions.posted_on", table.offsets, table.posted_on)
    yield from before_origination(
        book.originated_on, "transactions.posted_on", table.offsets, table.posted_on
    )
    yield from recorded_problems("transactions", table.recorded_on, rows)
    yield from reversal_problems(
        "transactions", "transaction", table.posted_on, table.recorded_on, table.reversed_on
    )
    if table.transaction_id is not None:
        column, days = "transactions.transaction_id", table.posted_on
        yield from fact_id_problems(column, table.transaction_id, table.offsets, days)
    yield from sum_problems("transactions", account_sums(table.offsets, table.amount))
    yield from _references(table, rows)
    yield from _plans(table, rows)
    yield from _promotions(table, rows)


def _references(table: TransactionColumns, rows: int) -> Iterator[RowProblem]:
    if table.refers_to is None:
        return
    column = "transactions.refers_to"
    require_array(column, table.refers_to, np.int32, rows)
    given = np.flatnonzero(table.refers_to != -1)
    kind, refers = table.kind[given], table.refers_to[given]
    account = account_of_rows(table.offsets, given)
    other = table.offsets[account] + refers
    outside = (refers < 0) | (other >= table.offsets[account + 1])
    yield from problem_in(
        column,
        given[outside],
        "unknown_transaction",
        "the number of a transaction of the card, from 0, or -1",
        "another",
    )
    if outside.any():
        return
    of = table.kind[other]
    may_be = (of == _PURCHASE) | (of == _CASH) | ((of == _FEE) & (kind == _REFUND))
    may_be &= (kind == _REFUND) | (kind == _PLAN)
    yield from problem_in(
        column,
        given[~may_be],
        "wrong_reference",
        "a refund of a purchase, cash or a fee, or a plan of a purchase or cash",
        "another reference",
    )
    early = table.posted_on[other] > table.posted_on[given]
    expected = "a transaction posted on that day or before"
    yield from problem_in(column, given[early], "later_transaction", expected, "a later one")
    more = (kind == _PLAN) & (table.amount[given] > table.amount[other])
    yield from problem_in(
        "transactions.amount",
        given[more],
        "plan_too_large",
        "a plan of no more than the transaction it turns into parts",
        "more",
    )


def _together(column: str, needed: object, given: object) -> None:
    if given is not None and needed is None:
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_type",
            expected=f"{column} where another column of its kind is given",
            found="none",
        )


def _plans(table: TransactionColumns, rows: int) -> Iterator[RowProblem]:
    column = "transactions.plan_instalments"
    is_plan = table.kind == _PLAN
    count = table.plan_instalments
    for more in (table.plan_cost, table.plan_cost_is_fee, table.plan_residue_is_first):
        _together(column, count, more)
    if count is None:
        wrong = np.flatnonzero(is_plan)
        yield from problem_in(column, wrong, "plan_without_terms", "the column", "none")
        return
    require_array(column, count, np.int32, rows)
    wrong = np.flatnonzero(is_plan != (count >= 1))
    expected = "1 or more for a plan, 0 for another transaction"
    yield from problem_in(column, wrong, "plan_without_terms", expected, "another number")
    if table.plan_cost is not None:
        yield from amount_problems("transactions.plan_cost", table.plan_cost, rows, least=0)
        yield from _only(is_plan, "transactions.plan_cost", table.plan_cost != 0)
    for name in ("plan_cost_is_fee", "plan_residue_is_first"):
        flags = getattr(table, name)
        if flags is not None:
            require_array(f"transactions.{name}", flags, np.bool_, rows)
            yield from _only(is_plan, f"transactions.{name}", flags)


def _only(may_have: Array, column: str, has: Array) -> Iterator[RowProblem]:
    rows = np.flatnonzero(has & ~may_have)
    expected = "none of a transaction of this kind"
    yield from problem_in(column, rows, "unexpected_value", expected, "one")


def _promotions(table: TransactionColumns, rows: int) -> Iterator[RowProblem]:
    until, rate, names = table.promotion_until, table.promotion_rate, table.promotion_id
    column = "transactions.promotion_until"
    for more in (rate, names, table.promotion_rate_is_daily):
        _together(column, until, more)
    if until is None:
        return
    require_array(column, until, np.int32, rows)
    _together("transactions.promotion_rate", rate, until)
    _together("transactions.promotion_id", names, until)
    assert rate is not None and names is not None  # noqa: S101, PT018 - said by the two lines before
    require_array("transactions.promotion_rate", rate, np.int64, rows)
    require_texts("transactions.promotion_id", names, rows)
    yield from day_problems(column, until, none=NONE_DAY)
    has = until != NONE_DAY
    yield from _only(table.kind <= _CASH, column, has)
    early = np.flatnonzero(until <= table.posted_on)
    yield from problem_in(column, early, "empty_promotion", "a day after posted_on", "another")
    yield from _only(has, "transactions.promotion_rate", rate != -1)
    wrong = np.flatnonzero(has != (np.diff(names.offsets) > 0))
    expected = "an id for each promotion, and for no other transaction"
    yield from problem_in("transactions.promotion_id", wrong, "empty_id", expected, "another")
    yield from _promotion_rates(table, rate, rows)


def _promotion_rates(table: TransactionColumns, rate: Array, rows: int) -> Iterator[RowProblem]:
    is_daily = table.promotion_rate_is_daily
    yearly = rate
    if is_daily is not None:
        require_array("transactions.promotion_rate_is_daily", is_daily, np.bool_, rows)
        yield from _only(rate >= 0, "transactions.promotion_rate_is_daily", is_daily)
        yearly = np.where(is_daily, np.minimum(rate, _MOST_YEARLY) * 365, rate)
    wrong = np.flatnonzero((rate < -1) | (yearly > _MOST_YEARLY))
    expected = "a rate from 0 to 400 % a year, or -1 for deferred interest"
    yield from problem_in(
        "transactions.promotion_rate", wrong, "rate_out_of_range", expected, "another"
    )
