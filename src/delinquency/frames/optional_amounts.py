"""Amounts that may be left out: an empty cell says all, or nothing known.

The one idea: the cells that are there are read as any amounts are, as a part of their table that keeps its
row numbers; the others hold what an empty cell stands for.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import numpy as np
import numpy.typing as npt

from delinquency.frames.amount_columns import Units, read_amounts
from delinquency.frames.findings import Place
from delinquency.frames.sources import SourceColumn, SourceTable

__all__ = ["read_optional_amounts"]


def read_optional_amounts(
    column: SourceColumn, place: Place, units: Units, *, least: int, empty: int
) -> tuple[npt.NDArray[np.int64], int]:
    """Minor units, ``empty`` in rows without an amount, and how often the cells were copied."""
    filled = np.flatnonzero(~_missing(column))
    source = place.source
    part = SourceTable(
        source.table, len(filled), {place.name: column.take(filled)}, source.numbered(filled)
    )
    found = Place(place.findings, part, place.name)
    values, copies = read_amounts(part.columns[place.name], found, units, least=least)
    amounts = np.full(source.rows, empty, dtype=np.int64)
    amounts[filled] = values
    return amounts, copies


def _missing(column: SourceColumn) -> npt.NDArray[np.bool_]:
    content = column.content
    if isinstance(content, list):
        return np.array([cell is None for cell in content], dtype=np.bool_)
    flags: npt.NDArray[np.bool_] = content.is_null().to_numpy().astype(np.bool_)
    return flags
