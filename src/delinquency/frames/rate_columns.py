"""Columns of rates as whole numbers of 1e-8 a period, exactly.

The one idea: a book has few different rates, so each is parsed once, in plain decimal notation, however many
rows bear it. A whole number does not say whether it is per cent, and is refused.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.decimals import parse_decimal, whole_after_shift
from delinquency.errors import DelinquencyError
from delinquency.frames.amount_columns import Units
from delinquency.frames.arrow import arrow, is_text, texts
from delinquency.frames.findings import Place
from delinquency.frames.sources import SourceColumn
from delinquency.rates import RATE_SCALE

__all__ = ["RATE_DECIMALS", "read_rates"]

Scaled = npt.NDArray[np.int64]

RATE_DECIMALS = 8
_MOST = 1_000 * RATE_SCALE
"""Far above any rate that a book accepts, and far below what 64 bits hold."""
_NOTATION = "a fraction of one with at most eight decimals, such as 0.0435 for 4.35 %"
_SAY_FLOATS = 'Cast to a decimal at the source, or pass floats="exact".'


def read_rates(column: SourceColumn, place: Place, units: Units) -> Scaled:
    """Rates [1e-8 per period]; cells that are none are told, and 0."""
    cells, index = _distinct(column, place, units)
    scaled = [_scaled(cell, units) for cell in cells]
    missing = np.array([cell is None for cell in cells], dtype=np.bool_)
    wrong = np.array([one is None for one in scaled], dtype=np.bool_) & ~missing
    place.rows(missing[index], "missing", "a rate")
    place.rows(wrong[index], "not_a_rate", _NOTATION)
    numbers = np.array([0 if one is None else one for one in scaled], dtype=np.int64)
    rates: Scaled = numbers[index] if len(numbers) else np.zeros(0, dtype=np.int64)
    return rates


def _distinct(
    column: SourceColumn, place: Place, units: Units
) -> tuple[list[Any], npt.NDArray[np.int64]]:
    """The different cells, ``None`` among them, and for each row which of them it holds."""
    content = column.content
    if isinstance(content, list):
        return [*content, None], np.arange(len(content))
    pa = arrow()
    kind = content.type
    if is_text(kind):
        chunks = [texts(chunk) for chunk in content.chunks]
        content = pa.chunked_array(chunks, type=pa.large_string())
    elif pa.types.is_floating(kind) and units.floats == "refuse":
        place.refuse("decimals or text", f"floats ({kind})", _SAY_FLOATS)
    elif not (pa.types.is_decimal(kind) or pa.types.is_float64(kind) or pa.types.is_null(kind)):
        place.refuse("decimals or text", column.kind, "A rate is a fraction of one.")
    values = content.to_pylist()
    order = {cell: number for number, cell in enumerate(dict.fromkeys([*values, None]))}
    return list(order), np.array([order[cell] for cell in values], dtype=np.int64)


def _scaled(cell: Any, units: Units) -> int | None:
    number: Decimal | None = None
    if isinstance(cell, Decimal):
        number = cell if cell.is_finite() else None
    elif isinstance(cell, float) and units.floats == "exact":
        number = _parsed(repr(cell))
    elif isinstance(cell, str):
        number = _parsed(cell)
    if number is None:
        return None
    if number.copy_abs() > _MOST // RATE_SCALE:
        return _MOST if number > 0 else -_MOST
    return whole_after_shift(number, RATE_DECIMALS)


def _parsed(text: str) -> Decimal | None:
    try:
        return parse_decimal(text, where="", field="")
    except DelinquencyError:
        return None
