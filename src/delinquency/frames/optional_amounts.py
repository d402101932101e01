"""Amounts that may be left out: an empty cell says all, or nothing known.

The one idea: the cells that are there are read as any amounts are, as a part of their table that keeps its
row numbers; the others hold what an empty cell stands for.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.frames.amount_columns import Units, read_amounts
from delinquency.frames.arrow import arrow
from delinquency.frames.findings import Place
from delinquency.frames.sources import SourceColumn, SourceTable

__all__ = ["read_optional_amounts"]


def read_optional_amounts(
    column: SourceColumn, place: Place, units: Units, *, least: int, empty: int
) -> tuple[npt.NDArray[np.int64], int]:
    """Minor units, ``empty`` in rows without an amount, and how often the cells were copied."""
    missing = _missing(column)
    filled = np.flatnonzero(~missing)
    source, taken = place.source, column.take(filled)
    if missing.any() and units.amounts == "minor":
        taken = _whole_again(taken)
    part = SourceTable(source.table, len(filled), {place.name: taken}, source.numbered(filled))
    found = Place(place.findings, part, place.name)
    values, copies = read_amounts(part.columns[place.name], found, units, least=least)
    amounts = np.full(source.rows, empty, dtype=np.int64)
    amounts[filled] = values
    return amounts, copies


def _whole_again(column: SourceColumn) -> SourceColumn:
    """The column with whole numbers where pandas made floats of them for want of an empty one.

    Every minor unit up to the bound of an amount is a float of 64 bits.
    """
    content, pa = column.content, arrow()
    if isinstance(content, list) or not pa.types.is_float64(content.type):
        return column
    numbers = content.to_numpy()
    whole = np.clip(numbers, -2 * MAX_MINOR, 2 * MAX_MINOR).astype(np.int64)
    if not (np.rint(numbers) == numbers).all():
        return column
    return SourceColumn(pa.chunked_array([pa.array(whole)]), column.kind, column.copies + 1)


def _missing(column: SourceColumn) -> npt.NDArray[np.bool_]:
    content = column.content
    if isinstance(content, list):
        return np.array([cell is None for cell in content], dtype=np.bool_)
    flags: npt.NDArray[np.bool_] = content.is_null().to_numpy().astype(np.bool_)
    return flags
