"""Columns out of facts, and facts out of columns: the small steps between records and a book.

The one idea: a column that says nothing is not there. Days without a date are 2**31 - 1, and a column of
nothing but such days is ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.portfolio.text_column import TextColumn

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = [
    "codes_of",
    "date_at",
    "day_or",
    "int32_of",
    "int64_of",
    "money_at",
    "offsets_of",
    "optional",
    "rows_of",
    "texts_of",
]


def int32_of(values: Iterable[int]) -> npt.NDArray[np.int32]:
    """Whole numbers as int32."""
    return np.fromiter(values, dtype=np.int32)


def int64_of(values: Iterable[int]) -> npt.NDArray[np.int64]:
    """Whole numbers as int64."""
    return np.fromiter(values, dtype=np.int64)


def codes_of(values: Iterable[int]) -> npt.NDArray[np.int8] | None:
    """Positions as int8; ``None`` where all are 0."""
    codes = np.fromiter(values, dtype=np.int8)
    return codes if codes.any() else None


def texts_of(texts: list[str]) -> TextColumn | None:
    """Texts packed; ``None`` where all are empty."""
    return TextColumn.of(texts) if any(texts) else None


def offsets_of(counts: Iterable[int]) -> npt.NDArray[np.int64]:
    """Offsets from the number of rows of each account."""
    running = np.cumsum(int64_of(counts), dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), running])


def optional(values: Iterable[int], none: int = NONE_DAY) -> npt.NDArray[np.int32] | None:
    """Days, or other small numbers, as int32; ``None`` where all are ``none``."""
    column = int32_of(values)
    return column if (column != none).any() else None


def day_or(value: date | None, none: int = NONE_DAY) -> int:
    """The day number of a date, or ``none``."""
    return none if value is None else day_number(value, where="fact", field="date")


def date_at(column: npt.NDArray[np.int32] | None, index: int, none: int = NONE_DAY) -> date | None:
    """The date in a row; ``None`` where the column is not there or the row says ``none``."""
    if column is None or column[index] == none:
        return None
    return to_date(int(column[index]))


def money_at(column: npt.NDArray[np.int64], index: int, currency: Currency) -> Decimal:
    """The amount in a row [currency units]."""
    return from_minor(int(column[index]), currency)


def rows_of(offsets: npt.NDArray[np.int64], row: int) -> range:
    """The rows of a ragged table that belong to an account."""
    return range(int(offsets[row]), int(offsets[row + 1]))
