"""The single values of a document: dates, exact numbers, choices, and what they are read from.

The one idea: what JSON would change in silence is refused - a float for money, a number for a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast

from delinquency.decimals import exact_decimal, parse_decimal
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = [
    "HERE",
    "decimal_text",
    "read_choice",
    "read_date",
    "read_decimal",
    "read_exactly",
    "read_object",
    "word_of",
    "words_of",
]

T = TypeVar("T")

HERE = ""
"""The place of an error before the path to it is known."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def decimal_text(value: Decimal | int) -> str:
    """The text of an exact number, all digits written out."""
    return f"{Decimal(value):f}"


def read_date(value: object, _: Any = None) -> date:
    """The date of a text, or the date itself.

    Raises
    ------
    InvalidTypeError
        Anything else; a ``datetime``.
    InvalidValueError
        Another notation; no date of the calendar.
    """
    if type(value) is date:
        return value
    if not isinstance(value, str):
        raise InvalidTypeError.at(HERE, expected="a date as text, YYYY-MM-DD", found=value)
    try:
        if _ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidValueError.at(
        HERE, expected="a date of the calendar as YYYY-MM-DD", found=repr(value)
    )


def read_decimal(value: object, _: Any = None) -> Decimal:
    """The exact number of a text, or the ``Decimal`` itself.

    Raises
    ------
    InvalidTypeError
        A number of JSON; anything else.
    InvalidValueError
        Another notation than plain decimals; not finite.
    """
    if isinstance(value, Decimal):
        return exact_decimal(value, where=HERE, field="number", hint="")
    if isinstance(value, str):
        return parse_decimal(value, where=HERE, field="number")
    raise InvalidTypeError.at(
        HERE,
        expected="an exact number as text",
        found=value,
        hint='Write "12.34": most programs read a JSON number as a float.',
    )


def word_of(choice: Enum) -> str:
    """The word of a choice: its value, or its name where the value is a number."""
    return choice.value if isinstance(choice.value, str) else choice.name.lower()


def words_of(kind: type[Enum]) -> dict[str, Enum]:
    """The choices of a kind by their words."""
    return {word_of(member): member for member in kind}


def read_choice(value: object, kind: type[Enum]) -> Enum:
    """The choice of a word.

    Raises
    ------
    InvalidValueError
        No word of the kind.
    """
    words = words_of(kind)
    if not isinstance(value, str) or value not in words:
        raise InvalidValueError.at(HERE, expected=f"one of {', '.join(words)}", found=repr(value))
    return words[value]


def read_exactly(expected: str) -> Callable[[object, type[T]], T]:
    """A reader of values of one type, which converts nothing: ``expected`` is what an error says."""

    def read(value: object, kind: type[T]) -> T:
        if type(value) is kind:
            return value
        raise InvalidTypeError.at(HERE, expected=expected, found=value)

    return read


def read_object(value: object) -> Mapping[str, object]:
    """The object, whatever is in it.

    Raises
    ------
    InvalidTypeError
        Anything else.
    """
    if not isinstance(value, Mapping):
        raise InvalidTypeError.at(HERE, expected="an object", found=value)
    return cast("Mapping[str, object]", value)
