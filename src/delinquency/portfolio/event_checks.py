"""What makes tables of decisions, spans and contract rates part of a book.

The one idea: what each kind of decision may say is a small table of its own - a waiver names a component, a
closure nothing - and the rows of a table are held against it in whole columns.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.event_rows import ALL, Decision
from delinquency.events.suspensions import FINEST_SHARE
from delinquency.portfolio.overlaps import overlapping
from delinquency.portfolio.problems import (
    RowProblem,
    before_origination,
    code_problems,
    day_problems,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    reversal_problems,
    tied_rows,
)
from delinquency.portfolio.span_checks import empty_span_problems, span_day_problems
from delinquency.rates import RATE_SCALE

if TYPE_CHECKING:
    from delinquency.portfolio.checks import BookColumns
    from delinquency.portfolio.columns import ContractRateColumns, DecisionColumns, SpanColumns

__all__ = [
    "SPAN_KINDS",
    "contract_rate_problems",
    "decision_problems",
    "falling_rows",
    "span_problems",
]

Array = npt.NDArray[Any]

SPAN_KINDS = 3
_WAIVED = 0
_PER_YEAR = np.array([1, 12, 365], dtype=np.int64)
_HIGHEST = 4 * RATE_SCALE


def decision_problems(
    book: BookColumns, table: DecisionColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``decisions`` break; the table may be absent."""
    if table is None:
        return
    days = table.value_date
    require_array("decisions.value_date", days, np.int32)
    rows = len(days)
    require_offsets("decisions", table.offsets, rows, size)
    yield from day_problems("decisions.value_date", days)
    require_array("decisions.kind", table.kind, np.int8, rows)
    yield from code_problems("decisions.kind", table.kind, len(Decision), rows)
    yield from code_problems("decisions.component", table.component, 4, rows, least=ALL)
    yield from _decided(table, rows)
    yield from order_problems("decisions.value_date", table.offsets, days)
    yield from _order_of_a_day(table)
    yield from before_origination(book.originated_on, "decisions.value_date", table.offsets, days)
    yield from recorded_problems("decisions", table.recorded_on, rows)
    yield from reversal_problems(
        "decisions", "decision", days, table.recorded_on, table.reversed_on
    )


def _or_all(column: Array | None, rows: int, kind: Any) -> Array:
    return np.full(rows, ALL, dtype=kind) if column is None else column


def _decided(table: DecisionColumns, rows: int) -> Iterator[RowProblem]:
    """What each kind of decision says of a component and an amount."""
    kind = table.kind
    part = _or_all(table.component, rows, np.int8)
    amount = _or_all(table.amount, rows, np.int64)
    require_array("decisions.amount", amount, np.int64, rows)
    names_part = (kind == Decision.WAIVER) | ((kind == Decision.WRITE_OFF) & (amount != ALL))
    takes_part = (kind == Decision.WAIVER) | (kind == Decision.WRITE_OFF)
    column = "decisions.component"
    expected = "a component for a waiver, and beside the amount of a write-off"
    missing = np.flatnonzero(names_part & (part == ALL))
    yield from problem_in(column, missing, "missing_component", expected, "none")
    spare = np.flatnonzero(~takes_part & (part != ALL))
    expected = "no component for a closure or an acceleration"
    yield from problem_in(column, spare, "unexpected_component", expected, "one")
    column = "decisions.amount"
    closed = np.flatnonzero((kind == Decision.CLOSURE) & (amount != ALL))
    yield from problem_in(column, closed, "unexpected_amount", "no amount for a closure", "one")
    small = np.flatnonzero(takes_part & (amount != ALL) & (amount < 1))
    yield from problem_in(
        column, small, "amount_not_positive", "1 minor units or more, or -1 for all", "less"
    )
    small = np.flatnonzero((kind == Decision.ACCELERATION) & (amount < ALL))
    yield from problem_in(
        column, small, "negative_amount", "0 minor units or more, or -1 where unknown", "less"
    )
    large = np.flatnonzero(amount > MAX_MINOR)
    expected = f"at most {MAX_MINOR} minor units"
    yield from problem_in(column, large, "amount_too_large", expected, "more")


def _order_of_a_day(table: DecisionColumns) -> Iterator[RowProblem]:
    """Decisions of one day stand in the order in which they take effect."""
    tied = tied_rows(table.offsets, table.value_date)
    yield from problem_in(
        "decisions.kind",
        falling_rows(tied, table.kind, table.component, table.amount),
        "unsorted",
        "decisions of one day in order of kind, component and amount",
        "another order",
    )


def falling_rows(tied: Array, *columns: Array | None) -> Array:
    """Of rows of one day, those that come before the row above them in the order of the columns."""
    falls = np.zeros(len(tied), dtype=np.bool_)
    level = np.ones(len(tied), dtype=np.bool_)
    for values in columns:
        if values is not None:
            falls |= level & (values[tied] < values[tied - 1])
            level &= values[tied] == values[tied - 1]
    return tied[falls]


def span_problems(book: BookColumns, table: SpanColumns | None, size: int) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``spans`` break; the table may be absent."""
    if table is None:
        return
    require_array("spans.start", table.start, np.int32)
    rows = len(table.start)
    require_offsets("spans", table.offsets, rows, size)
    require_array("spans.end", table.end, np.int32, rows)
    yield from span_day_problems("spans", table.start, table.end)
    require_array("spans.kind", table.kind, np.int8, rows)
    yield from code_problems("spans.kind", table.kind, SPAN_KINDS, rows)
    yield from empty_span_problems("spans", table.start, table.end)
    yield from _shares(table, rows)
    yield from order_problems("spans.start", table.offsets, table.start)
    yield from before_origination(book.originated_on, "spans.start", table.offsets, table.start)
    yield from problem_in(
        "spans.start",
        overlapping(table.offsets, table.kind, table.start, table.end),
        "overlapping_spans",
        "a start on or after the end of the one before",
        "an earlier one",
        hint="Spans of one kind may touch, not overlap.",
    )
    yield from recorded_problems("spans", table.recorded_on, rows)


def _shares(table: SpanColumns, rows: int) -> Iterator[RowProblem]:
    ones = np.ones(rows, dtype=np.int32)
    part = ones if table.share_numerator is None else table.share_numerator
    whole = ones if table.share_denominator is None else table.share_denominator
    require_array("spans.share_numerator", part, np.int32, rows)
    require_array("spans.share_denominator", whole, np.int32, rows)
    column = "spans.share_numerator"
    wrong = (part < 1) | (part > whole) | (whole > FINEST_SHARE)
    expected = f"a share of more than 0 and at most 1, in parts of at most {FINEST_SHARE:,}"
    yield from problem_in(column, np.flatnonzero(wrong), "bad_share", expected, "another")
    other = np.flatnonzero((table.kind != _WAIVED) & (part != whole) & ~wrong)
    expected = "a share of 1 for what waives no penalty"
    yield from problem_in(column, other, "unexpected_share", expected, "another")


def contract_rate_problems(table: ContractRateColumns | None, size: int) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``contract_rates`` break; the table may be absent."""
    if table is None:
        return
    column = "contract_rates.effective_on"
    require_array(column, table.effective_on, np.int32)
    rows = len(table.effective_on)
    require_offsets("contract_rates", table.offsets, rows, size)
    yield from day_problems(column, table.effective_on)
    yield from order_problems(column, table.offsets, table.effective_on)
    twice = tied_rows(table.offsets, table.effective_on)
    yield from problem_in(column, twice, "duplicate_rate", "one rate from each day", "two")
    require_array("contract_rates.rate", table.rate, np.int64, rows)
    yield from code_problems("contract_rates.period", table.period, len(_PER_YEAR), rows)
    periods = np.zeros(rows, dtype=np.int8) if table.period is None else table.period
    known = np.clip(periods, 0, len(_PER_YEAR) - 1)
    high = np.abs(np.clip(table.rate, -2 * _HIGHEST, 2 * _HIGHEST)) * _PER_YEAR[known] > _HIGHEST
    yield from problem_in(
        "contract_rates.rate",
        np.flatnonzero(high),
        "rate_too_large",
        "at most 400 % a year, where a month counts twelve times and a day 365 times",
        "more",
    )
