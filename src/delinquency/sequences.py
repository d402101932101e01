"""Sequences of facts at the door of a record: any iterable in, a checked tuple kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from delinquency.errors import InvalidTypeError

__all__ = ["checked_tuple"]

T = TypeVar("T")


def checked_tuple(
    items: Iterable[T], kind: type[T] | tuple[type[T], ...], noun: str, *, hint: str = ""
) -> tuple[T, ...]:
    """Keep an iterable of ``kind``, or of several kinds, as a tuple, and refuse anything else.

    Raises
    ------
    InvalidTypeError
        Not an iterable, a ``str``, or an item of another type, named by its number from 1.

    Examples
    --------
    >>> checked_tuple([1, 2], int, "number")
    (1, 2)
    >>> checked_tuple(1, int, "number")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: number: expected an iterable of int, found 1. Hint: One alone is \
given in a list too: [...].
    """
    kinds = kind if isinstance(kind, tuple) else (kind,)
    names = " or ".join(each.__name__ for each in kinds)
    if isinstance(items, str) or not isinstance(items, Iterable):
        alone = "One alone is given in a list too: [...]." if isinstance(items, kind) else ""
        raise InvalidTypeError.at(noun, expected=f"an iterable of {names}", found=items, hint=alone)
    kept = tuple(items)
    for number, item in enumerate(kept, start=1):
        if not isinstance(item, kind):
            raise InvalidTypeError.at(
                f"{noun} {number}", expected=f"an instance of {names}", found=item, hint=hint
            )
    return kept
