"""Which loop says what penalty interest which account of a book bore.

The one idea: three routes, of which each account takes the quickest that is right for it. One rate for all
time, where the terms and the account have no more to say; lines, where money fills debts in order; and the
verb of one account for everything else. A loop that meets what it cannot say hands the account on.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.account import Product
from delinquency.calendar import NONE_DAY
from delinquency.errors import DelinquencyError
from delinquency.penalty import ContractMultiple, PenaltyTerms
from delinquency.portfolio.arrays import as_lists
from delinquency.portfolio.book import PRODUCTS, Portfolio
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LINES,
    BY_LOOP,
    BY_ONE_RATE,
    MAKING,
    ON_DEMAND,
    OpenBalances,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
    PenaltyScratch,
    RateArrays,
    SpanArrays,
)
from delinquency.portfolio.penalty_numbers import PERIODS, every_factor
from delinquency.portfolio.read_only import read_only
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS
from delinquency.rates import Rate

__all__ = [
    "empty_balances",
    "empty_penalty",
    "making_routes",
    "penalty_arrays",
    "routes",
    "run_penalty",
]

Codes = npt.NDArray[np.int8]
Kernel = Callable[..., None]

_MISUSE: Final = 1


_NO_DAYS, _NO_AMOUNTS, _NO_CODES = (
    read_only(np.empty(0, dtype=each)) for each in (np.int32, np.int64, np.int8)
)


def penalty_arrays(book: Portfolio) -> PenaltyArrays:
    """The columns of a book for the loops; nothing is copied."""
    inst, pay = book.instalments, book.payments
    return PenaltyArrays(
        originated=book.originated_on,
        inst_offsets=inst.offsets,
        due=inst.due_date,
        principal=inst.principal,
        interest=inst.interest,
        fees=inst.fees,
        pay_offsets=pay.offsets,
        value_day=pay.value_date,
        amount=pay.amount,
        recorded=_or(pay.recorded_on, _NO_DAYS),
        reversed_day=_or(pay.reversed_on, _NO_DAYS),
        spans=_span_arrays(book),
        rates=_rate_arrays(book),
    )


def _span_arrays(book: Portfolio) -> SpanArrays:
    spans = book.spans
    if spans is None:
        return SpanArrays(_NO_AMOUNTS, _NO_CODES, *(_NO_DAYS,) * 5)
    return SpanArrays(
        spans.offsets,
        spans.kind,
        spans.start,
        spans.end,
        _or(spans.share_numerator, _NO_DAYS),
        _or(spans.share_denominator, _NO_DAYS),
        _or(spans.recorded_on, _NO_DAYS),
    )


def _rate_arrays(book: Portfolio) -> RateArrays:
    rates = book.contract_rates
    if rates is None:
        return RateArrays(_NO_AMOUNTS, _NO_DAYS, _NO_AMOUNTS, _NO_CODES)
    return RateArrays(rates.offsets, rates.effective_on, rates.rate, _or(rates.period, _NO_CODES))


def _or(column: Any, empty: Any) -> Any:
    return empty if column is None else column


def empty_penalty(size: int) -> PenaltyOutputs:
    """Columns for the answer, one row an account."""
    return PenaltyOutputs(*(np.empty(size, dtype=np.int64) for _ in PenaltyOutputs._fields))


def empty_balances(size: int) -> OpenBalances:
    """Columns for what is open; none are filled where ``size`` is 0."""
    return OpenBalances(*(np.empty(size, dtype=np.int64) for _ in OpenBalances._fields))


def routes(book: Portfolio, terms: PenaltyTerms, rule: PenaltyNumbers, *, by_ledger: bool) -> Codes:
    """The route of every account under terms that the loops know; ``by_ledger`` on demand for all."""
    route = np.full(len(book), ON_DEMAND if by_ledger else BY_LINES, dtype=np.int8)
    if rule.one.denominator and rule.known == NONE_DAY and not by_ledger:
        route[~_has_spans(book)] = BY_ONE_RATE
    route[_beside_loans(book) | _without_rates(book, terms, rule)] = BY_LOOP
    return route


def making_routes(book: Portfolio, terms: PenaltyTerms | None, rule: PenaltyNumbers) -> Codes:
    """The route of every account whose ledger charges what the loop knows; no terms accrue nothing."""
    route = np.full(len(book), MAKING, dtype=np.int8)
    route[_beside_loans(book)] = BY_LOOP
    if terms is not None:
        route[_without_rates(book, terms, rule)] = BY_LOOP
    return route


def _beside_loans(book: Portfolio) -> npt.NDArray[np.bool_]:
    """Accounts with more than the schedule of a loan and its payments."""
    flags = book.needs_ledger.copy()
    if book.product is not None:
        flags |= book.product == PRODUCTS.index(Product.CARD)
    return flags


def _without_rates(
    book: Portfolio, terms: PenaltyTerms, rule: PenaltyNumbers
) -> npt.NDArray[np.bool_]:
    """Accounts of which the loops do not know every rate."""
    flags = np.zeros(len(book), dtype=np.bool_)
    if isinstance(terms.rate, ContractMultiple):
        flags |= ~_has_contract_rates(book, terms)
    if not rule.rates.misuse_denominator:
        flags |= _misuses(book)
    return flags


def _has_spans(book: Portfolio) -> npt.NDArray[np.bool_]:
    if book.spans is None:
        return np.zeros(len(book), dtype=np.bool_)
    return np.diff(book.spans.offsets) > 0


def _misuses(book: Portfolio) -> npt.NDArray[np.bool_]:
    if book.spans is None:
        return np.zeros(len(book), dtype=np.bool_)
    return _any_of(book.spans.kind == _MISUSE, book.spans.offsets)


def _any_of(flags: npt.NDArray[np.bool_], offsets: Any) -> npt.NDArray[np.bool_]:
    """The accounts of which a row is marked."""
    running = np.concatenate([[0], np.cumsum(flags)])
    marked: npt.NDArray[np.bool_] = np.diff(running[offsets]) > 0
    return marked


def _has_contract_rates(book: Portfolio, terms: PenaltyTerms) -> npt.NDArray[np.bool_]:
    """Accounts with contract rates of which every multiple is a rate."""
    rates = book.contract_rates
    if rates is None:
        return np.zeros(len(book), dtype=np.bool_)
    periods = np.zeros(len(rates.rate), np.int64) if rates.period is None else rates.period
    keys = rates.rate * len(PERIODS) + periods
    known, places = np.unique(keys, return_inverse=True)
    refused = [not _has_multiples(int(key), terms) for key in known.tolist()]
    is_refused = np.array(refused, dtype=np.bool_)[places]
    has_rates: npt.NDArray[np.bool_] = np.diff(rates.offsets) > 0
    return has_rates & ~_any_of(is_refused, rates.offsets)


def _has_multiples(key: int, terms: PenaltyTerms) -> bool:
    scaled, period = divmod(key, len(PERIODS))
    if scaled < 0:
        return False
    rate = Rate(scaled, PERIODS[period])
    try:
        for factor in every_factor(terms):
            rate.times(factor)
    except DelinquencyError:
        return False
    return True


def run_penalty(
    book: Portfolio,
    rule: PenaltyNumbers,
    route: Codes,
    out: PenaltyOutputs,
    balances: OpenBalances,
    *,
    engine: Engine,
    workers: int,
) -> None:
    """Answer the accounts that loops may answer; those that are left are on the last route."""
    for code in (BY_ONE_RATE, BY_LINES, ON_DEMAND):
        if (route == code).any():
            if is_interpreted(engine):
                _run_uncompiled(_kernel(code), book, rule, route, out, balances, code)
            else:
                _run(_kernel(code), book, rule, route, out, balances, workers)


def _kernel(code: int) -> Kernel:
    """The loop of a route, loaded when a book first needs it."""
    if code == BY_ONE_RATE:
        from delinquency.portfolio.kernels.penalty_one_rate import penalty_by_one_rate

        return penalty_by_one_rate
    if code == BY_LINES:
        from delinquency.portfolio.kernels.penalty_by_lines import penalty_by_lines

        return penalty_by_lines
    from delinquency.portfolio.kernels.penalty_on_demand import penalty_on_demand

    return penalty_on_demand


def _run(
    kernel: Kernel,
    book: Portfolio,
    rule: PenaltyNumbers,
    route: Codes,
    out: PenaltyOutputs,
    balances: OpenBalances,
    workers: int,
) -> None:
    arrays, sizes = penalty_arrays(book), _scratch_sizes(book, rule)

    def work(first: int, last: int) -> None:
        kernel(arrays, rule, route, _scratch(*sizes), out, balances, first, last)

    in_blocks(work, len(book), workers)


def _run_uncompiled(
    kernel: Kernel,
    book: Portfolio,
    rule: PenaltyNumbers,
    route: Codes,
    out: PenaltyOutputs,
    balances: OpenBalances,
    code: int,
) -> None:
    """The same loop on lists, which are quicker than columns where nothing is compiled."""
    from delinquency.portfolio.kernels.compiler import uncompiled

    rows = np.flatnonzero(route == code)
    for first in range(0, len(rows), ACCOUNTS_AS_LISTS):
        chosen = rows[first : first + ACCOUNTS_AS_LISTS]
        part = book.take(chosen)
        told, taken = empty_penalty(len(part)), route[chosen]
        told_balances = empty_balances(len(part) if len(balances.principal) else 0)
        scratch = as_lists(_scratch(*_scratch_sizes(part, rule)))
        arrays = as_lists(penalty_arrays(part))
        uncompiled(kernel)(
            arrays, as_lists(rule), taken, scratch, told, told_balances, 0, len(part)
        )
        route[chosen] = taken
        for whole, few in zip((*out, *balances), (*told, *told_balances), strict=True):
            if len(few):
                whole[chosen] = few


def _scratch_sizes(book: Portfolio, rule: PenaltyNumbers) -> tuple[int, int, int]:
    """The most steps, and lines of both kinds, that a debt may have; the most debts of an account."""
    most = [_most(table) for table in (book.payments, book.spans, book.contract_rates)]
    steps = most[0] + 2
    tables = len(rule.rates.table_day) + len(rule.rates.factor_day)
    return steps, 2 * (steps + 2 * most[1] + most[2] + tables + 2), _most(book.instalments)


def _most(table: Any) -> int:
    return 0 if table is None else int(np.diff(table.offsets).max(initial=0))


def _scratch(steps: int, lines: int, debts: int) -> PenaltyScratch:
    from delinquency.portfolio.kernels.penalty_lines import FIGURES, SIZE_OF_LINE, SIZE_OF_STEP
    from delinquency.portfolio.kernels.penalty_of_debts import SIZE_OF_DEBT

    sizes = (steps * SIZE_OF_STEP, lines * SIZE_OF_LINE, FIGURES, debts * SIZE_OF_DEBT)
    return PenaltyScratch(*(np.zeros(size, dtype=np.int64) for size in sizes))
