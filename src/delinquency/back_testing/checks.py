"""Scores and outcomes at the door of a figure: one of each for every account, and nothing hidden.

The one idea: a figure says something of accounts whose score and outcome are both known. What is no number,
what a mask hides, and what nobody can lay beside an account is refused, and never counted as good or bad.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["checked_flags", "checked_rows", "checked_scores", "column_of"]


def column_of(values: object, where: str, expected: str) -> npt.NDArray[Any]:
    """A column as an array: of anything that has an order of its own, and of which nothing is masked.

    Raises
    ------
    InvalidTypeError
        A text, a set, a mapping, a masked array, or lists of other lengths within one another.
    """
    has_no_order = isinstance(values, str | bytes | bytearray | AbstractSet | Mapping)
    if has_no_order or not isinstance(values, Iterable):
        raise InvalidTypeError.at(where, expected=expected, found=values)
    if np.ma.isMaskedArray(values):
        hint = "Nobody knows what is behind a mask: leave these accounts out, on both sides."
        raise InvalidTypeError.at(where, expected=expected, found="a masked array", hint=hint)
    try:
        return np.asarray(values if hasattr(values, "__array__") else list(values))
    except ValueError:
        raise InvalidTypeError.at(where, expected=expected, found=values) from None


def checked_flags(values: object, where: str) -> npt.NDArray[np.bool_]:
    """Whether each account went bad: flags, or whole numbers that are 0 or 1.

    Raises
    ------
    InvalidTypeError
        Anything else.

    Examples
    --------
    >>> checked_flags([1, 0], "example").tolist()
    [True, False]
    """
    expected = "True or False, 1 or 0, for each account"
    flags = column_of(values, where, expected)
    if flags.dtype.kind not in "biu" or not np.isin(flags, (0, 1)).all():
        raise InvalidTypeError.at(where, expected=expected, found=values)
    return flags.astype(np.bool_)


def checked_scores(values: object, where: str) -> npt.NDArray[Any]:
    """A score of each account: numbers that are finite.

    Raises
    ------
    InvalidTypeError
        No numbers; not one for each account.
    InvalidValueError
        A number that is not finite.

    Examples
    --------
    >>> checked_scores([3, -1], "example").tolist()
    [3, -1]
    """
    expected = "a number for each account"
    scores = column_of(values, where, expected)
    if scores.ndim != 1 or (scores.size and scores.dtype.kind not in "biuf"):
        raise InvalidTypeError.at(where, expected=expected, found=values)
    if scores.dtype.kind == "f" and not np.isfinite(scores).all():
        row = int(np.flatnonzero(~np.isfinite(scores))[0])
        raise InvalidValueError.at(
            f"{where}, row {row}", expected="a finite number", found=str(scores[row])
        )
    return scores.astype(np.int64) if scores.dtype.kind == "b" else scores


def checked_rows(
    scores: object, is_bad: Any, where: str
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """:func:`checked_scores` and :func:`checked_flags` of the same accounts.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As these; other numbers of accounts.
    """
    numbers = checked_scores(scores, f"{where}, scores")
    flags = checked_flags(is_bad, f"{where}, is_bad") if np.size(is_bad) else np.zeros(0, np.bool_)
    if flags.shape != numbers.shape:
        raise InvalidValueError.at(
            f"{where}, is_bad",
            expected=f"one for each of {len(numbers):,} accounts",
            found=f"{flags.shape}" if flags.ndim != 1 else f"{len(flags):,}",
        )
    return numbers, flags
