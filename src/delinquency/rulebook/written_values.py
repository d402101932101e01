"""Values as a file writes them: what they are called, and how the one that was meant is written.

The one idea: who writes a file sees quotes, dates and brackets, and no types of Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

__all__ = ["hint_for", "is_of", "kind_of", "shown"]

_KINDS: Final[Mapping[type, str]] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2024-01-31",
    list: "a list",
    dict: "a table",
}
"""What a value of a type is called by somebody who writes a file."""

_NAMES: Final[Mapping[type, str]] = {
    int: "the number",
    float: "the number",
    datetime: "the date and time",
    date: "the date",
}
"""As which a value is shown; a date and time is a date too, so it stands first."""

AMOUNTS: Final = frozenset(
    {"amount", "closing_tolerance", "least_payment", "maximum", "minimum", "tolerance"}
)
"""The keys whose text is an amount of money."""


def kind_of(kind: type[object]) -> str:
    """What a value of a type is called."""
    return _KINDS.get(kind, "another value")


def shown(value: object) -> str:
    """A value as a file writes it, with the name of what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    kind = next((name for known, name in _NAMES.items() if isinstance(value, known)), "")
    return f"{kind} {value}".strip()


def hint_for(value: object, kind: type[object], key: str) -> str:
    """How the value is written that was meant."""
    if isinstance(value, str) and kind is date:
        return "Write dates without quotes."
    if isinstance(value, str) and kind in (int, bool):
        return f"Write {'whole numbers' if kind is int else 'true and false'} without quotes."
    if isinstance(value, datetime) and kind is date:
        return "Leave out the time of day."
    if key in AMOUNTS and isinstance(value, int | float) and not isinstance(value, bool):
        return 'Amounts stand in quotes: "10.00".'
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        return "Write it in quotes."
    return ""


def is_of(value: object, kind: type[object]) -> bool:
    """Whether a value is of a type; a flag is no number, and a time of day no date."""
    if isinstance(value, bool) and kind is not bool:
        return False
    return isinstance(value, kind) and not isinstance(value, datetime)
