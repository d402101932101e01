"""Columns of dates as day numbers.

The one idea: a date is a day, never an instant. What Arrow stores as days is taken as it is; an instant
is accepted only where it says no more than a day, at midnight and without a time zone.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import EPOCH_ORDINAL, FIRST_DAY, LAST_DAY, to_date
from delinquency.frames.arrow import arrow, is_text, texts
from delinquency.frames.findings import Place
from delinquency.frames.sources import SourceColumn

__all__ = ["read_days"]

Days = npt.NDArray[np.int32]
Wide = npt.NDArray[np.int64]
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TICKS = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_DAY_HINT = "A date is a day, not an instant: choose the time zone and cast to a date yourself."
_DAYS_AND_FINER = ("D", "h", "m", *_TICKS)
_NO_DATE = np.int64(2**40)
"""Stands for a cell that is no date, until it has been told."""


def read_days(column: SourceColumn, place: Place, *, empty: int | None) -> tuple[Days, int]:
    """Day numbers, and how often the cells were copied.

    Parameters
    ----------
    column : SourceColumn
        ``date32``, ``date64``, a timestamp at midnight without a zone (pandas has no type for
        dates), text as ``2025-01-31``, or ``datetime.date`` objects.
    place : Place
        Where bad cells are said.
    empty : int or None
        What an empty cell stands for; ``None`` where it is a bad one.
    """
    pa = arrow()
    content = column.content
    if isinstance(content, list):
        return _finished(*_from_objects(content, place), place, empty), column.copies + 1
    kind = content.type
    if pa.types.is_date32(kind):
        is_plain = content.num_chunks == 1 and not content.null_count
        days, missing = _numbers(content, pa.int32())
        if not is_plain:
            return _finished(days, missing, place, empty), column.copies + 1
        _range_check(days, missing, place)
        return days, column.copies
    if pa.types.is_null(kind):
        none = np.zeros(len(content), dtype=np.int64), np.ones(len(content), dtype=np.bool_)
        return _finished(*none, place, empty), column.copies + 1
    if pa.types.is_date64(kind):
        found = _from_ticks(content, _TICKS["ms"], place)
    elif pa.types.is_timestamp(kind):
        if kind.tz is not None:
            place.refuse("dates", f"instants with the time zone {kind.tz}", _DAY_HINT)
        found = _from_ticks(content, _TICKS[kind.unit], place)
    elif is_text(kind):
        found = _from_texts(content, place)
    else:
        place.refuse(
            "dates, midnight timestamps, or text as 2025-01-31", column.kind, "Cast it to a date."
        )
    return _finished(*found, place, empty), column.copies + 1


def _numbers(content: Any, kind: Any) -> tuple[Any, npt.NDArray[np.bool_] | None]:
    """The cells as whole numbers, and which are missing (``None``: none is)."""
    chunk = content.chunk(0) if content.num_chunks == 1 else content.combine_chunks()
    pa = arrow()
    if isinstance(chunk, pa.ChunkedArray):
        chunk = pa.concat_arrays(chunk.chunks) if chunk.num_chunks else pa.array([], content.type)
    missing = None
    if chunk.null_count:
        missing = chunk.is_null().to_numpy(zero_copy_only=False)
    numbers = chunk.view(kind)
    if missing is not None:
        numbers = numbers.fill_null(0)
    return numbers.to_numpy(zero_copy_only=True), missing


def _from_ticks(content: Any, ticks: int, place: Place) -> tuple[Wide, Any]:
    numbers, missing = _numbers(content, arrow().int64())
    days, rest = np.divmod(numbers, ticks)
    _say_instants(rest != 0, place)
    return days, missing


def _from_texts(content: Any, place: Place) -> tuple[Wide, Any]:
    """Each text is parsed once, however many rows hold it."""
    pa = arrow()
    chunks = [texts(chunk) for chunk in content.chunks]
    column = pa.chunked_array(chunks, type=pa.large_string()).combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], pa.string())
    encoded = column.dictionary_encode()
    days = np.array([_parsed(text) for text in encoded.dictionary.to_pylist()], dtype=np.int64)
    missing = encoded.indices.is_null().to_numpy(zero_copy_only=False)
    indices = encoded.indices.fill_null(0).to_numpy()
    taken = days[indices] if len(days) else np.zeros(len(indices), dtype=np.int64)
    _say_unparsed((taken == _NO_DATE) & ~missing, place)
    return taken, missing


def _from_objects(cells: list[Any], place: Place) -> tuple[Wide, Any]:
    missing = np.array([cell is None for cell in cells], dtype=np.bool_)
    days = np.array([0 if cell is None else _of_object(cell) for cell in cells], dtype=np.int64)
    instants = [isinstance(cell, datetime) or _is_of_numpy(cell) for cell in cells]
    wrong = days == _NO_DATE
    _say_instants(wrong & np.array(instants, dtype=np.bool_), place)
    _say_unparsed(wrong, place)
    return days, missing


def _of_object(cell: Any) -> int:
    if _is_of_numpy(cell):
        day = cell.astype("datetime64[D]")
        return int(day.astype(np.int64)) if day == cell else int(_NO_DATE)
    if isinstance(cell, datetime):
        is_day = cell.tzinfo is None and cell == datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
        return cell.toordinal() - EPOCH_ORDINAL if is_day else int(_NO_DATE)
    if isinstance(cell, date):
        return cell.toordinal() - EPOCH_ORDINAL
    return _parsed(cell) if isinstance(cell, str) else int(_NO_DATE)


def _is_of_numpy(cell: Any) -> bool:
    """Whether a cell is a day or an instant of numpy, rather than one of its months or years."""
    return isinstance(cell, np.datetime64) and np.datetime_data(cell.dtype)[0] in _DAYS_AND_FINER


def _parsed(text: str) -> int:
    if _ISO.fullmatch(text) is None:
        return int(_NO_DATE)
    try:
        return date.fromisoformat(text).toordinal() - EPOCH_ORDINAL
    except ValueError:
        return int(_NO_DATE)


def _say_instants(wrong: npt.NDArray[np.bool_], place: Place) -> None:
    place.rows(wrong, "time_of_day", "a date, or midnight without a time zone", _DAY_HINT)


def _say_unparsed(wrong: npt.NDArray[np.bool_], place: Place) -> None:
    place.rows(wrong, "not_a_date", "a date such as 2025-01-31", "Parse other notations yourself.")


def _finished(
    days: Any, missing: npt.NDArray[np.bool_] | None, place: Place, empty: int | None
) -> Days:
    """Day numbers in range, with what is empty or bad replaced."""
    if missing is not None and empty is None:
        place.rows(missing, "missing", "a date", "")
    wrong = _range_check(days, missing, place)
    if missing is None and wrong is None:
        plain: Days = days.astype(np.int32, copy=False)
        return plain
    kept: Any = np.where(wrong, 0, days) if wrong is not None else days.copy()
    if missing is not None:
        kept[missing] = 0 if empty is None else empty
    replaced: Days = kept.astype(np.int32)
    return replaced


def _range_check(days: Any, missing: Any, place: Place) -> npt.NDArray[np.bool_] | None:
    if not len(days) or (int(days.min()) >= FIRST_DAY and int(days.max()) <= LAST_DAY):
        return None
    wrong: npt.NDArray[np.bool_] = (days < FIRST_DAY) | (days > LAST_DAY)
    told = wrong & (days != _NO_DATE)
    if missing is not None:
        told &= ~missing
    place.rows(
        told,
        "date_out_of_range",
        f"a date from {to_date(FIRST_DAY)} to {to_date(LAST_DAY)}",
        'Leave the cell empty where it means "no such date".',
    )
    return wrong
