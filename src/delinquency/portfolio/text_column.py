"""Many short texts as two arrays: UTF-8 bytes and offsets, the Arrow layout.

The one idea: ids of a book are never Python objects until somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.sequences import checked_tuple

__all__ = ["TextColumn"]


@attrs.frozen(slots=True, eq=False)
class TextColumn:
    """Texts as ``data[offsets[i]:offsets[i + 1]]`` in UTF-8.

    Attributes
    ----------
    offsets : int64 array, one longer than the column
    data : uint8 array

    Examples
    --------
    >>> column = TextColumn.of(["A-1", "客户"])
    >>> column[1], len(column)
    ('客户', 2)
    """

    offsets: npt.NDArray[np.int64]
    data: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextColumn:
        """Pack texts.

        Raises
        ------
        InvalidTypeError
            Not texts.
        """
        parts = [text.encode() for text in checked_tuple(texts, str, "text")]
        offsets = np.zeros(len(parts) + 1, dtype=np.int64)
        np.cumsum([len(part) for part in parts], out=offsets[1:])
        data = np.frombuffer(b"".join(parts), dtype=np.uint8)
        offsets.flags.writeable = False
        return cls(offsets, data)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> str:
        if not 0 <= row < len(self):
            raise IndexError(row)
        return self.data[self.offsets[row] : self.offsets[row + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        content = self.data.tobytes()
        bounds: list[int] = self.offsets.tolist()
        for start, end in pairwise(bounds):
            yield content[start:end].decode()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TextColumn):
            return NotImplemented
        return bool(
            len(self) == len(other)
            and np.array_equal(np.diff(self.offsets), np.diff(other.offsets))
            and np.array_equal(self._used(), other._used())
        )

    __hash__ = None  # type: ignore[assignment]

    def _used(self) -> npt.NDArray[np.uint8]:
        return self.data[self.offsets[0] : self.offsets[-1]]

    def take(self, rows: npt.NDArray[np.int64]) -> TextColumn:
        """The texts of the given rows, in their order."""
        return TextColumn.of(self[int(row)] for row in rows)

    def row_of(self, text: object) -> int:
        """The first row of a text; -1 if it is not here, and of what is no text."""
        if not isinstance(text, str):
            return -1
        return next((row for row, known in enumerate(self) if known == text), -1)

    def rows_of(self, texts: Iterable[str]) -> npt.NDArray[np.int64]:
        """The row of each text, where each is here once at most; -1 of one that is not.

        Examples
        --------
        >>> TextColumn.of(["A-1", "A-2"]).rows_of(["A-2", "B-1"]).tolist()
        [1, -1]
        """
        if isinstance(texts, TextColumn) and texts == self:
            return np.arange(len(self), dtype=np.int64)
        place = {text: row for row, text in enumerate(self)}
        return np.array([place.get(text, -1) for text in texts], dtype=np.int64)

    def to_numpy(self) -> npt.NDArray[Any]:
        """A fixed-width unicode array, for display and joins."""
        return np.array(list(self), dtype=np.str_)
