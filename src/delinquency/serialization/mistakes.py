"""What is wrong in a document, told by its path: ``$.payments[2].amount``."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

import attrs

from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.serialization.sums import SUMS

if TYPE_CHECKING:
    from cattrs.errors import BaseValidationError

__all__ = ["error_of"]

_SHOWN = 5


def error_of(error: BaseValidationError) -> DelinquencyError:
    """The first mistake as an error of the library; its hint names the places of the others."""
    (_, first), *others = _mistakes(error, "$")
    if not others:
        return first
    more = f", and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    places = ", ".join(place for place, _ in others[:_SHOWN])
    return first.hinting(f"Also wrong: {places}{more}.")


def _mistakes(error: BaseException, path: str) -> Iterator[tuple[str, DelinquencyError]]:
    """Each mistake with its place; that of an unknown key is the key, told by the object it is in."""
    from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

    if isinstance(error, BaseValidationError):
        for below in error.exceptions:
            yield from _mistakes(below, _place(below, path))
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            yield f"{path}.{key} (unknown key)", _unknown_key(key, error.cl, path)
    elif isinstance(error, KeyError):
        missing = InvalidValueError.at(path, expected="this key to be there", found="none")
        yield path, missing
    elif isinstance(error, DelinquencyError):
        told = error.within(path)
        yield told.where, told
    elif isinstance(error, RecursionError):
        raise error
    else:
        wrong = InvalidTypeError.at(path, expected="a value of the documented form", found=error)
        yield path, wrong


def _place(error: BaseException, path: str) -> str:
    """The path of an attribute or of an item of a list, as the notes of the error say."""
    from cattrs.errors import AttributeValidationNote, IterableValidationNote

    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f"{path}.{note.name}"
        if isinstance(note, IterableValidationNote):
            return f"{path}[{note.index}]"
    return path


def _unknown_key(key: str, kind: type, path: str) -> InvalidValueError:
    known = [field.name for field in attrs.fields(kind) if field.init] + [*SUMS.get(kind, ())]
    near = get_close_matches(key, known, n=1)
    return InvalidValueError.at(
        path,
        expected=f"only the keys {', '.join(known)}",
        found=repr(key),
        hint=f"Did you mean {near[0]!r}?" if near else "",
    )
