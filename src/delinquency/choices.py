"""Choices that are written as members of an enumeration.

The one idea: who writes a text instead is told the members, in the form in which they are written.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeVar

from delinquency.errors import InvalidTypeError

__all__ = ["checked_member", "is_among", "members_of"]

Member = TypeVar("Member", bound=Enum)

_MOST_SHOWN: Final = 10


def checked_member(value: object, kind: type[Member], where: str) -> Member:
    """A member of an enumeration, or a refusal that lists them.

    Raises
    ------
    InvalidTypeError
        No member of it.

    Examples
    --------
    >>> from delinquency.weekdays import Weekday
    >>> checked_member("monday", Weekday, "loan, weekday")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: loan, weekday: expected a Weekday, found 'monday'. Hint: Write \
Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY, Weekday.SATURDAY or \
Weekday.SUNDAY.
    """
    if isinstance(value, kind):
        return value
    article = "an" if kind.__name__[0] in "AEIO" else "a"
    raise InvalidTypeError.at(
        where, expected=f"{article} {kind.__name__}", found=value, hint=members_of(kind)
    )


def members_of(kind: type[Enum]) -> str:
    """What to write: the members, or the first of many."""
    *first, last = (f"{kind.__name__}.{member.name}" for member in kind)
    if len(first) >= _MOST_SHOWN:
        return f"Write {first[0]}, or another member of {kind.__name__}."
    return f"Write {', '.join(first)} or {last}." if first else f"Write {last}."


def is_among(value: object, members: tuple[Enum, ...]) -> bool:
    """Whether a value is one of these members itself; asked by identity, so of an array too.

    Examples
    --------
    >>> from delinquency.weekdays import Weekday
    >>> is_among(Weekday.MONDAY, (Weekday.MONDAY, Weekday.FRIDAY)), is_among("monday", (Weekday.MONDAY,))
    (True, False)
    """
    return any(value is member for member in members)
