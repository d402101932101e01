"""Effective annual rates of many loans at once, from ragged columns of dates and amounts.

One loan at a time, a rate takes some microseconds of a compiled solver and more to hand the dates over.
The one idea: loans whose flows change sign once, nearly all of them, have one rate each and are solved
together, a pass over whole columns at a time, with a proven bound of the error; the others are isolated
one by one, by the same code as a single loan.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.portfolio.columns import Days, Minor, Offsets
from delinquency.portfolio.problems import (
    day_problems,
    order_problems,
    problem_in,
    require_array,
    require_offsets,
)
from delinquency.portfolio.single_turns import Floats, SingleTurns
from delinquency.returns.cash_flows import DAYS_PER_YEAR
from delinquency.returns.discounting import discounted_sum
from delinquency.returns.solving import every_rate

__all__ = ["EffectiveRates", "effective_rates"]

Rows = npt.NDArray[np.int64]

_NO_RATE: Final = -1.0
_TABLE: Final = "flows"
_UNIT: Final = 2.0**-53
_BLOCK: Final = 65_536


@attrs.frozen(slots=True, kw_only=True, eq=False)
class EffectiveRates:
    """The effective annual rate of each row, and which rows have none.

    Attributes
    ----------
    rates : float64 array
        [share per year], -1.0, which is no rate, in the rows that have none or several.
    error_bounds : float64 array
        How far each rate may be from the true one at most [share per year]: proven, not estimated;
        0.0 in the rows without a rate.
    without_rate : int64 array
        The rows whose present value is zero at no rate.
    several_rates : int64 array
        The rows whose present value is zero at more than one rate.
    unresolved : int64 array
        The rows whose present value touches zero, or whose rate is beyond 10**15 or nearer to -100 %
        than 10**-15.
    """

    rates: Floats
    error_bounds: Floats
    without_rate: Rows
    several_rates: Rows
    unresolved: Rows

    def __len__(self) -> int:
        return len(self.rates)


def effective_rates(
    offsets: Offsets,
    flow_day: Days | None = None,
    amount_minor: Minor | None = None,
    *,
    on_error: Literal["raise", "quarantine"] = "raise",
) -> EffectiveRates:
    """The effective annual rate of every row of flows, Act/365 Fixed; of one row, see ``xirr``.

    The flows ``offsets[i]`` to ``offsets[i + 1]`` belong to row ``i``. Each rate is a float, with a
    proven bound of its error; to the decimal, ask :func:`~delinquency.returns.rates_of_return.xirr`. The
    rates of loans follow from their terms by :meth:`PortfolioAmortisation.effective_rates
    <delinquency.portfolio.loan_tables.PortfolioAmortisation.effective_rates>`.

    Parameters
    ----------
    offsets : int64 array
        From 0 to the number of flows, one more than there are rows.
    flow_day : int32 array
        [days since 1970-01-01], in order within each row.
    amount_minor : int64 array
        [minor units], positive when received, negative when paid.
    on_error : {"raise", "quarantine"}
        What becomes of rows that have no rate or several: an error that names them, or a place in the
        answer beside the rates of the others.

    Returns
    -------
    EffectiveRates

    Raises
    ------
    InvalidTypeError
        Anything but the three arrays, such as an answer.
    PortfolioError
        An array of another type or length, days out of order or out of range, an amount beyond 10**15
        minor units; with ``on_error="raise"``, rows without exactly one rate.

    Examples
    --------
    >>> answer = effective_rates(np.array([0, 2, 4]), np.array([0, 365, 0, 730], np.int32),
    ...     np.array([-100_00, 108_00, -100_00, 121_00]))
    >>> [round(float(rate), 12) for rate in answer.rates]
    [0.08, 0.1]
    """
    if on_error not in ("raise", "quarantine"):
        raise InvalidValueError.at(
            "effective_rates, on_error", expected="'raise' or 'quarantine'", found=repr(on_error)
        )
    if flow_day is None or amount_minor is None:
        raise InvalidTypeError.at(
            "effective_rates",
            expected="three arrays: offsets, flow_day, amount_minor",
            found=offsets,
            hint="amortisation_tables(terms).effective_rates() gives the rates of loans from their terms.",
        )
    _check(offsets, flow_day, amount_minor)
    size = len(offsets) - 1
    rates, bounds = np.full(size, _NO_RATE), np.zeros(size)
    left: list[int] = []
    for first, last in _blocks(offsets):
        left += _solve_block(offsets, flow_day, amount_minor, first, last, rates, bounds)
    none, several, unresolved = _solve_one_by_one(
        left, offsets, flow_day, amount_minor, rates, bounds
    )
    if on_error == "raise" and (none or several or unresolved):
        raise _refusal(none, several, unresolved)
    return EffectiveRates(
        rates=_read_only(rates),
        error_bounds=_read_only(bounds),
        without_rate=_read_only(np.array(none, dtype=np.int64)),
        several_rates=_read_only(np.array(several, dtype=np.int64)),
        unresolved=_read_only(np.array(unresolved, dtype=np.int64)),
    )


def _check(offsets: Offsets, days: Days, amounts: Minor) -> None:
    require_array(f"{_TABLE}.amount_minor", amounts, np.int64)
    require_array(f"{_TABLE}.flow_day", days, np.int32, len(amounts))
    require_array(f"{_TABLE}.offsets", offsets, np.int64)
    require_offsets(_TABLE, offsets, len(amounts), len(offsets) - 1)
    for problem in day_problems(f"{_TABLE}.flow_day", days):
        raise problem.error()
    if amounts.max(initial=0) > MAX_MINOR or amounts.min(initial=0) < -MAX_MINOR:
        wrong = np.flatnonzero((amounts > MAX_MINOR) | (amounts < -MAX_MINOR))
        expected = f"at most {MAX_MINOR} minor units, either sign"
        column = f"{_TABLE}.amount_minor"
        raise next(problem_in(column, wrong, "amount_too_large", expected, "more")).error()
    for problem in order_problems(f"{_TABLE}.flow_day", offsets, days):
        raise problem.error()
    longest = int(np.diff(offsets).max(initial=0))
    largest = max(int(amounts.max(initial=0)), -int(amounts.min(initial=0)))
    if longest * largest >= 2**63:
        raise PortfolioError.in_rows(
            f"{_TABLE}.offsets",
            np.flatnonzero(np.diff(offsets) == longest),
            reason="row_too_long",
            expected=f"rows of fewer than {2**63 // largest:,} flows of such amounts",
            found=f"{longest:,}",
        )


def _blocks(offsets: Offsets) -> list[tuple[int, int]]:
    """Rows in runs of so many flows as a cache holds."""
    size, blocks, first = len(offsets) - 1, [], 0
    while first < size:
        last = int(np.searchsorted(offsets, offsets[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), size)
        blocks.append((first, last))
        first = last
    return blocks


def _solve_block(
    offsets: Offsets,
    days: Days,
    amounts: Minor,
    first: int,
    last: int,
    rates: Floats,
    bounds: Floats,
) -> list[int]:
    """Fill in the rows that change sign once; the numbers of the others."""
    begin, end = int(offsets[first]), int(offsets[last])
    starts, when, signed = _netted(
        offsets[first : last + 1] - begin, days[begin:end], amounts[begin:end]
    )
    counts = np.diff(starts)
    turns = np.flatnonzero((signed[1:] > 0) != (signed[:-1] > 0)) + 1
    row_of_turn = np.searchsorted(starts, turns, side="right") - 1
    within = turns != starts[row_of_turn]
    turns, row_of_turn = turns[within], row_of_turn[within]
    turn_counts = np.bincount(row_of_turn, minlength=last - first)
    once = turn_counts == 1
    if once.any():
        chosen = np.flatnonzero(once)
        if not once.all():
            keep = np.repeat(once, counts)
            turns = (np.cumsum(keep) - 1)[turns[once[row_of_turn]]]
            when, signed, counts = when[keep], signed[keep], counts[chosen]
        group = SingleTurns(when, signed, counts, turns)
        solved, rate, bound = group.solve()
        rates[first + chosen[solved]] = rate[solved]
        bounds[first + chosen[solved]] = bound[solved]
        once[chosen[~solved]] = False
    return (first + np.flatnonzero(~once)).tolist()


def _netted(starts: Rows, days: Days, amounts: Minor) -> tuple[Rows, Days, Minor]:
    """Flows of one date added up, and those that come to 0 left out."""
    new = np.ones(len(days), dtype=np.bool_)
    new[1:] = days[1:] != days[:-1]
    new[starts[:-1][np.diff(starts) > 0]] = True
    if not new.all():
        firsts = np.flatnonzero(new)
        amounts = np.add.reduceat(amounts, firsts)
        days = days[firsts]
        starts = np.searchsorted(firsts, starts)
    if not amounts.all():
        kept = np.flatnonzero(amounts)
        amounts, days = amounts[kept], days[kept]
        starts = np.searchsorted(kept, starts)
    return starts, days, amounts


def _solve_one_by_one(
    rows: list[int],
    offsets: Offsets,
    days: Days,
    amounts: Minor,
    rates: Floats,
    bounds: Floats,
) -> tuple[list[int], list[int], list[int]]:
    """Fill in the rows that have one rate all the same; those that have none, several, or no telling."""
    none: list[int] = []
    several: list[int] = []
    unresolved: list[int] = []
    for row in rows:
        begin, end = int(offsets[row]), int(offsets[row + 1])
        found = _rates_of_row(days[begin:end].tolist(), amounts[begin:end].tolist(), row)
        if found is None:
            unresolved.append(row)
        elif len(found) > 1:
            several.append(row)
        elif not found:
            none.append(row)
        else:
            rates[row] = float(found[0])
            bounds[row] = 2 * _UNIT * (1 + abs(rates[row])) + 0.5e-20
    return none, several, unresolved


def _rates_of_row(days: list[int], amounts: list[int], row: int) -> tuple[Decimal, ...] | None:
    """Every rate of a row to 20 decimals; None where that cannot be told."""
    if not any(amounts):
        return ()
    total = discounted_sum(
        [Fraction(amount) for amount in amounts], [Fraction(day, DAYS_PER_YEAR) for day in days]
    )
    if not total.amounts:
        return ()
    try:
        return every_rate(total, where=f"row {row}", decimals=20)
    except InvalidValueError:
        return None


def _refusal(none: list[int], several: list[int], unresolved: list[int]) -> PortfolioError:
    rows = np.array(sorted([*none, *several, *unresolved]), dtype=np.int64)
    return PortfolioError.in_rows(
        _TABLE,
        rows,
        reason="no_single_rate",
        expected="exactly one rate at which the present value is zero",
        found=f"none in {len(none):,} rows, several in {len(several):,}, and no telling in "
        f"{len(unresolved):,}",
        hint='on_error="quarantine" gives the rates of the others and these rows by number.',
    )


def _read_only(array: Any) -> Any:
    array.flags.writeable = False
    return array
