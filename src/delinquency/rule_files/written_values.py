"""Values as a file writes them: what they are called, and how the one that was meant is written.

The one idea: who writes a file sees quotes, dates and brackets, and no types of Python.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

__all__ = ["hint_for", "is_of", "kind_of", "meant_by", "shown", "table_hint", "written_for"]

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
    {
        "amount",
        "closing_tolerance",
        "first",
        "from_amount",
        "least_payment",
        "maximum",
        "minimum",
        "most",
        "repeated",
        "tolerance",
    }
)
"""The keys whose text is an amount of money."""


_OTHER_WORDS: Final[Mapping[str, str]] = {
    "from": "leaving",
    "leave": "leaving",
    "state": "to",
    "condition": "when",
    "conditions": "when",
    "if": "when",
    "source": "cites",
    "sources": "cites",
    "citations": "cites",
}
"""Keys that somebody may write for another one, where the table has that other one."""


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
    if isinstance(value, str):
        return _hint_for_text(value, kind, key)
    if isinstance(value, datetime) and kind is date:
        return "Leave out the time of day."
    if isinstance(value, int | float) and not isinstance(value, bool):
        if key in AMOUNTS:
            return 'Amounts stand in quotes: "10.00".'
        return "Write it in quotes." if kind is str else ""
    return ""


def _hint_for_text(text: str, kind: type[object], key: str) -> str:
    if kind is date:
        return "Write dates without quotes."
    if kind in (int, bool):
        return f"Write {'whole numbers' if kind is int else 'true and false'} without quotes."
    return f'Write a list, in brackets: {key} = ["{text}"].' if kind is list else ""


def is_of(value: object, kind: type[object]) -> bool:
    """Whether a value is of a type; a flag is no number, and a time of day no date."""
    if isinstance(value, bool) and kind is not bool:
        return False
    return isinstance(value, kind) and not isinstance(value, datetime)


def meant_by(key: str, known: Collection[str]) -> str:
    """The key that somebody means by another word for it, or by one that is nearly it; nothing if none.

    Examples
    --------
    >>> meant_by("from", ["to", "when", "leaving"]), meant_by("labl", ["label"]), meant_by("x", ["label"])
    ('leaving', 'label', '')
    """
    other = _OTHER_WORDS.get(key, "")
    if other in known:
        return other
    return next(iter(get_close_matches(key, known, n=1)), "")


def written_for(key: str, written: Collection[str]) -> str:
    """Which of the keys that are written stands for one that is missing; nothing if none.

    Examples
    --------
    >>> written_for("leaving", {"from"}), written_for("state", {"states"}), written_for("to", {"when"})
    ('from', 'states', '')
    """
    others = [word for word in sorted(written) if _OTHER_WORDS.get(word) == key]
    return next(iter((*get_close_matches(key, written, n=1), *others)), "")


def table_hint(found: object, path: Sequence[str | int]) -> str:
    """How the header of a table, or of a list of tables, is written; nothing where no header is meant.

    Examples
    --------
    >>> table_hint({}, ("version", 0, "status")), table_hint([], ("version", 0, "counting"))
    ('Write [[version.status]], in double brackets.', 'Write [version.counting], in single brackets.')
    """
    header = ".".join(part for part in path if isinstance(part, str))
    if isinstance(found, dict):
        return f"Write [[{header}]], in double brackets."
    if isinstance(found, list):
        return f"Write [{header}], in single brackets."
    if isinstance(found, str) and path and path[-1] != header:
        return f'Write a table, in curly braces: {{ code = "{found}" }}.'
    return ""
