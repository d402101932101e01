"""Which signals of early warning are up, put to polars in the best form found.

One column for each observation and period, so that every step is one pass over columns without gaps
between them. Truths of three values are those of polars: null is unknown, ``&`` and ``|`` know it. Means and
growth are compared by whole-number products, as they must be for the answers to be the same.
"""

from __future__ import annotations

import os
from fractions import Fraction
from functools import reduce
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np
import polars as pl

from delinquency.early_warning import (
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningRules,
)
from delinquency.early_warning.conditions import unit_of
from delinquency.portfolio import ObservationPanel

__all__ = ["collect", "load", "query"]

NOBODY_KNOWS = pl.lit(None, dtype=pl.Boolean)
Both = tuple[Any, int]


def load(panel: ObservationPanel) -> pl.LazyFrame:
    """A column for each observation and period, null where nobody knows."""
    columns = {}
    for name, numbers in panel.numbers.items():
        unknown = np.iinfo(numbers.dtype).min
        for place, row in enumerate(numbers):
            column = pl.Series(row)
            columns[f"{name} {place}"] = column.set(column == unknown, None)
    return pl.DataFrame(columns).lazy()


def collect(frame: pl.LazyFrame, asked: list[pl.Expr]) -> pl.DataFrame:
    return (
        frame.select(asked).with_columns(score=pl.sum_horizontal(pl.col("^points .*$"))).collect()
    )


def query(panel: ObservationPanel, rules: WarningRules) -> list[pl.Expr]:
    """For each rule whether its signal is up at the end, and whether it is known if its condition holds."""
    asked: list[pl.Expr] = []
    for dated in rules.rules:
        rule = dated.rule
        truths = [_truth(rule.when, place, panel) for place in range(len(panel.dates))]
        known = [each for each in truths if each is not None]
        last = NOBODY_KNOWS if truths[-1] is None else truths[-1]
        up = pl.coalesce(*reversed(known), pl.lit(value=False))
        asked += [
            up.alias(f"up {rule.rule_id}"),
            last.is_not_null().alias(f"known {rule.rule_id}"),
            pl.when(up)
            .then(rule.points)
            .otherwise(0)
            .cast(pl.Int64)
            .alias(f"points {rule.rule_id}"),
        ]
    return asked


def _truth(condition: Any, place: int, panel: ObservationPanel) -> Any:
    """Whether a condition holds at a period; ``None`` where the history is too short to know."""
    match condition:
        case Compared():
            return _compared(condition, place, panel)
        case ForPeriods(part, window):
            wanted = window
        case InPeriods(part, wanted, window):
            pass
    places = range(place + 1 - window, place + 1)
    truths = [None if at < 0 else _truth(part, at, panel) for at in places]
    there = [each for each in truths if each is not None]
    if not there:
        return None
    if wanted == window:
        all_hold = reduce(lambda left, right: left & right, there)
        return all_hold if len(there) == window else all_hold & NOBODY_KNOWS
    held = pl.sum_horizontal([each.cast(pl.UInt8) for each in there])
    gaps = pl.sum_horizontal([each.is_null().cast(pl.UInt8) for each in there])
    could = held + gaps + (window - len(there)) >= wanted
    return pl.when(held >= wanted).then(statement=True).when(~could).then(statement=False)


def _compared(condition: Compared, place: int, panel: ObservationPanel) -> Any:
    left = _read(condition.observed, place)
    right: Any = (1, 1)
    limit = Fraction(condition.value)
    if condition.of is None:
        limit *= unit_of(condition.observed, panel.terms).scale(panel.currency)
        if condition.observed.how is How.GROWTH:
            limit /= 10**6
    else:
        right = _read(condition.of, place)
    if left is None or right is None:
        return None
    (above, below), (over, under) = left, right
    if isinstance(below, int) and isinstance(over, int) and limit.denominator == 1 and below == 1:
        return _holds(condition.operator, above, limit.numerator)
    times, by = limit.denominator * under, limit.numerator
    factor = below if isinstance(below, int) else below.cast(pl.Int64)
    other = over if isinstance(over, int) else over.cast(pl.Int64)
    found = _holds(condition.operator, above.cast(pl.Int64) * times, other * by * factor)
    if isinstance(below, int):
        return found
    return pl.when(below > 0).then(found)


def _holds(operator: Operator, left: Any, right: Any) -> Any:
    match operator:
        case Operator.OVER:
            return left > right
        case Operator.AT_LEAST:
            return left >= right
        case Operator.UNDER:
            return left < right
        case Operator.AT_MOST:
            return left <= right
        case Operator.EQUAL:
            return left == right


def _read(reading: Reading, place: int) -> tuple[Any, Any] | None:
    """What a reading gives, over what it is a part of; ``None`` where the history is too short."""
    first = place + 1 - reading.periods
    if first < 0:
        return None
    window = [pl.col(f"{reading.observation} {at}") for at in range(first, place + 1)]
    total = reduce(lambda left, right: left + right, window)
    change = pl.when(_all_known(window)).then(window[-1] - window[0])
    parts: dict[How, tuple[Any, Any]] = {
        How.LATEST: (window[-1], 1),
        How.TOTAL: (total, 1),
        How.MEAN: (total, reading.window),
        How.CHANGE: (change, 1),
        How.GROWTH: (change, window[0]),
        How.HIGHEST: (pl.when(_all_known(window)).then(pl.max_horizontal(window)), 1),
        How.LOWEST: (pl.when(_all_known(window)).then(pl.min_horizontal(window)), 1),
    }
    return parts[reading.how]


def _all_known(window: list[pl.Expr]) -> pl.Expr:
    return reduce(lambda left, right: left & right, [each.is_not_null() for each in window])
