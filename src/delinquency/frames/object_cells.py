"""Cells that are Python objects: a column of Arrow where they are of one type, else a list.

Arrow takes the type of a column from what it meets first and bends the other cells to it: an instant
among dates loses its time of day, a whole number among decimals becomes currency units. The one idea:
Arrow is asked only where there is nothing to bend; cells of several types stay what they are, and are
judged one by one.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any

import numpy as np

from delinquency.frames.arrow import arrow

__all__ = ["cells_or_column", "shown"]

_NEVER_MISSING = frozenset({str, int, bool, date, NoneType})
_EXACT = _NEVER_MISSING | {float, Decimal, datetime}
_NUMBERS = (np.integer, np.floating, np.bool_)


def cells_or_column(cells: Iterable[Any]) -> Any:
    """An Arrow array of cells of one type, or a list in which what is missing is ``None``."""
    kept = list(cells)
    kinds = set(map(type, kept))
    if not kinds <= _NEVER_MISSING:
        kept = [None if _is_missing(cell) else cell for cell in kept]
        kinds = set(map(type, kept))
    if not _is_of_one_type(kept, kinds - {NoneType}):
        return kept
    pa = arrow()
    try:
        column = pa.array(kept, from_pandas=True)
        return _with_a_decimal(column) if Decimal in kinds else column
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        return kept


def _with_a_decimal(column: Any) -> Any:
    """Decimals of Python that happen to be whole, kept apart from a typed column of whole decimals.

    Who writes ``Decimal("250")`` means currency units; who sums whole numbers in a database gets
    decimals without decimals, and they may be minor units.
    """
    kind = column.type
    if kind.scale > 0:
        return column
    return column.cast(arrow().decimal256(kind.precision - kind.scale + 1, 1))


def shown(cell: Any) -> str | None:
    """A cell as a text that can be written: of half a surrogate pair, its number."""
    return None if cell is None else str(cell).encode("utf-8", "backslashreplace").decode()


def _is_of_one_type(cells: list[Any], kinds: set[type]) -> bool:
    if len(kinds) > 1:
        return False
    if datetime in kinds:
        # Arrow would take an instant with a time zone for one without.
        return len({cell.tzinfo is None for cell in cells if cell is not None}) == 1
    return all(kind in _EXACT or issubclass(kind, _NUMBERS) for kind in kinds)


def _is_missing(cell: Any) -> bool:
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"}:
        return True
    if isinstance(cell, np.datetime64):
        return bool(np.isnat(cell))
    # NaN is the value that is not equal to itself; that of a decimal is told as no amount.
    return isinstance(cell, (float, np.floating)) and bool(cell != cell)  # noqa: PLR0124
