"""Columns of texts, of members of enumerations, of flags, and of small whole numbers.

The one idea: a text is looked at once, however many rows hold it, and never becomes a Python object for
every row.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import re
from enum import Enum
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.frames.arrow import arrow, is_text, texts
from delinquency.frames.findings import Place
from delinquency.frames.object_cells import shown
from delinquency.frames.sources import SourceColumn
from delinquency.frames.table_columns import Column
from delinquency.portfolio.text_column import TextColumn

__all__ = ["read_flags", "read_members", "read_numbers", "read_texts", "text_column", "text_copies"]

Codes = npt.NDArray[np.int8]
MOST = 2**31 - 2
_UNKNOWN = -2
_DIGITS = re.compile("[0-9]{1,10}")


def read_texts(column: SourceColumn, place: Place, *, may_be_empty: bool) -> Any:
    """One Arrow array of large strings without nulls; an empty cell becomes an empty text."""
    pa = arrow()
    content = column.content
    if isinstance(content, list):
        content = _from_objects(content, place)
    if pa.types.is_null(content.type):
        content = content.cast(pa.large_string())
    if not is_text(content.type) and not pa.types.is_integer(content.type):
        place.refuse("text, or whole numbers", column.kind)
    chunks = [texts(chunk) for chunk in content.chunks]
    array = chunks[0] if len(chunks) == 1 else _joined(chunks)
    if array.null_count:
        if not may_be_empty:
            place.rows(_flags(array.is_null()), "missing", "a text")
        array = array.fill_null("")
    return array


def _joined(chunks: list[Any]) -> Any:
    pa = arrow()
    return pa.concat_arrays(chunks) if chunks else pa.array([], type=pa.large_string())


def _flags(column: Any) -> npt.NDArray[np.bool_]:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _from_objects(cells: list[Any], place: Place) -> Any:
    """Texts and whole numbers among objects of mixed types."""
    pa = arrow()
    written = [None if cell is None else _text_of(cell) for cell in cells]
    wrong = [
        text == "" and not (isinstance(cell, str) and len(cell) == 0)
        for text, cell in zip(written, cells, strict=True)
    ]
    place.rows(np.array(wrong, dtype=np.bool_), "not_a_text", "a text, or a whole number")
    return pa.chunked_array([pa.array(written, type=pa.large_string())])


def _text_of(cell: Any) -> str:
    """A text that UTF-8 can write; an empty one for what is none."""
    value = cell.value if isinstance(cell, Enum) else cell
    if isinstance(value, bool) or not isinstance(value, (str, int, np.integer)):
        return ""
    text = str(value)
    return text if shown(text) == text else ""


def text_column(array: Any) -> TextColumn:
    """An Arrow array of large strings as a column of a book, over the same memory."""
    if not len(array):
        return TextColumn.of(())
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    content = np.frombuffer(data, dtype=np.uint8) if data is not None else np.empty(0, np.uint8)
    return TextColumn(bounds, content)


def text_copies(column: SourceColumn, array: Any) -> int:
    """How often the texts were copied to become this array."""
    content = column.content
    if isinstance(content, list) or content.num_chunks != 1 or not len(content):
        return column.copies + 1
    before, after = content.chunk(0).buffers()[-1], array.buffers()[-1]
    same = before is not None and after is not None and before.address == after.address
    return column.copies + (0 if same else 1)


def read_members(column: SourceColumn, place: Place, known: Column) -> Codes:
    """The code of the member that each text names; an empty cell may stand for a code of its own."""
    may_be_empty = known.empty is not None
    members = {**known.members, "": known.empty} if may_be_empty else known.members
    encoded = read_texts(column, place, may_be_empty=may_be_empty).dictionary_encode()
    # What is missing has been told, and what is told once is not told again.
    codes = np.array(
        [members.get(text, _UNKNOWN) for text in encoded.dictionary.to_pylist()], dtype=np.int8
    )
    indices = encoded.indices.to_numpy()
    taken: Codes = codes[indices] if len(codes) else np.zeros(len(indices), dtype=np.int8)
    wrong = taken == _UNKNOWN
    if wrong.any():
        names = " or ".join(repr(name) for name in known.members)
        place.rows(wrong, "unknown_member", names)
        taken[wrong] = next(iter(members.values()))
    return taken


def read_flags(column: SourceColumn, place: Place, known: Column) -> Codes:
    """1 where a cell is true, 0 where it is false; text of a file says which."""
    pa = arrow()
    content = column.content
    if isinstance(content, list):
        content = [str(cell) if isinstance(cell, bool | np.bool_) else cell for cell in content]
    elif pa.types.is_boolean(content.type):
        content = content.cast(pa.large_string())
    return read_members(attrs.evolve(column, content=content), place, known)


def read_numbers(column: SourceColumn, place: Place, known: Column) -> npt.NDArray[np.int32]:
    """Whole numbers, or what an empty cell stands for; text of a file is digits.

    Floats are accepted where pandas made them of integers.
    """
    pa = arrow()
    content = column.content
    if isinstance(content, list):
        numbers, missing = _numbers_of_objects(content)
    else:
        kind = content.type
        if pa.types.is_null(kind):
            missing = np.ones(len(content), dtype=np.bool_)
            numbers = np.zeros(len(content), dtype=np.int64)
        elif is_text(kind):
            numbers, missing = _numbers_of_texts(read_texts(column, place, may_be_empty=True))
        elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
            missing = np.asarray(content.is_null().to_numpy(), dtype=np.bool_)
            numbers = content.fill_null(pa.scalar(0).cast(kind)).to_numpy()
            if pa.types.is_floating(kind):
                missing |= np.isnan(numbers)
                numbers = np.where(missing, 0, numbers)
        else:
            place.refuse("whole numbers, or text of digits", column.kind)
    small = numbers < known.least
    wrong = ~missing & (small | (numbers > MOST) | (numbers != np.rint(numbers)))
    expected = f"a whole number, from {known.least}"
    if known.empty is None:
        place.rows(missing, "missing", expected)
        place.rows(wrong, known.wrong_number, expected)
    else:
        place.rows(wrong, known.wrong_number, f"{expected}, or empty")
    empty = known.least if known.empty is None else known.empty
    told: npt.NDArray[np.int32] = np.where(wrong | missing, empty, numbers).astype(np.int32)
    return told


def _numbers_of_texts(array: Any) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Whole numbers in a column of texts, each looked at once; an empty text is missing."""
    encoded = array.dictionary_encode()
    different = encoded.dictionary.to_pylist()
    if not different:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    indices = encoded.indices.to_numpy()
    numbers = np.array([_whole(text) for text in different], dtype=np.int64)
    missing = np.array([text == "" for text in different], dtype=np.bool_)
    return numbers[indices], missing[indices]


def _whole(text: str) -> int:
    """The number that a text of digits stands for; -1, which no number may be, for any other."""
    return int(text) if _DIGITS.fullmatch(text) else -1


def _numbers_of_objects(cells: list[Any]) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Whole numbers, and texts of digits, among objects of mixed types; -1 for any other."""
    missing = np.array(
        [cell is None or (isinstance(cell, str) and not cell) for cell in cells], dtype=np.bool_
    )
    whole = (int, float, np.integer, np.floating)
    numbers = [
        float(min(cell, 2 * MOST))
        if isinstance(cell, whole) and not isinstance(cell, bool)
        else float(_whole(cell) if isinstance(cell, str) else -1)
        for cell in cells
    ]
    return np.array(numbers, dtype=np.float64), missing
