"""What is wrong in a document, told by its path: ``$.payments[2].amount``."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

import attrs

from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError

if TYPE_CHECKING:
    from cattrs.errors import BaseValidationError

__all__ = ["error_of"]

_SHOWN = 5


def error_of(error: BaseValidationError) -> DelinquencyError:
    """The first mistake as an error of the library; its hint names the places of the others."""
    found = list(_mistakes(error, "$"))
    first, others = found[0], [mistake.where for mistake in found[1:]]
    if not others:
        return first
    more = f", and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return first.hinting(f"Also wrong: {', '.join(others[:_SHOWN])}{more}.")


def _mistakes(error: BaseException, path: str) -> Iterator[DelinquencyError]:
    from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

    if isinstance(error, BaseValidationError):
        for below in error.exceptions:
            yield from _mistakes(below, _place(below, path))
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            yield _unknown_key(key, error.cl, path)
    elif isinstance(error, KeyError):
        yield InvalidValueError.at(path, expected="this key to be there", found="none")
    elif isinstance(error, DelinquencyError):
        yield error.within(path)
    elif isinstance(error, RecursionError):
        raise error
    else:
        yield InvalidTypeError.at(path, expected="a value of the documented form", found=error)


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
    known = [field.name for field in attrs.fields(kind) if field.init]
    near = get_close_matches(key, known, n=1)
    return InvalidValueError.at(
        path,
        expected=f"only the keys {', '.join(known)}",
        found=repr(key),
        hint=f"Did you mean {near[0]!r}?" if near else "",
    )
