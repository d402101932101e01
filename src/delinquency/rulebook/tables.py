"""Reading a table of a file: every key known, every value of its type, every place named.

The one idea: a reader takes keys out one by one; what is left over at the end is an error, so a slip of
the pen can never be a silent default.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final, TypeVar, cast

from delinquency.decimals import parse_decimal
from delinquency.errors import DelinquencyError, InvalidValueError, PolicyError

__all__ = ["Table"]

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_MISSING: Any = object()

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


class Table:
    """A table being read, at a named place of a file."""

    def __init__(self, content: object, where: str) -> None:
        self.where = where
        if not isinstance(content, dict):
            raise PolicyError.at(where, expected="a table", found=content)
        self._content = cast("dict[str, Any]", content)
        self._read: list[str] = []

    def take(self, key: str, kind: type[T], default: T = _MISSING) -> T:
        """The value of a key.

        Raises
        ------
        PolicyError
            Missing without a default, or of another type.
        """
        self._read.append(key)
        if key not in self._content:
            if default is _MISSING:
                near = get_close_matches(key, set(self._content).difference(self._read), n=1)
                raise PolicyError.at(
                    self.where,
                    expected=f"the key {key!r}",
                    found="none",
                    hint=f"Is {near[0]!r} meant?" if near else "",
                )
            return default
        value = self._content[key]
        if _is_of(value, kind):
            return cast("T", value)
        raise PolicyError.at(
            f"{self.where}, {key}",
            expected=_KINDS.get(kind, "another value"),
            found=_shown(value),
            hint=_hint(value, kind, key),
        )

    def take_name(self, key: str) -> str:
        """A text that says something, without spaces around it.

        Raises
        ------
        PolicyError
            An empty text, or spaces around it.
        """
        text = self.take(key, str)
        if not text or text != text.strip():
            raise PolicyError.at(
                f"{self.where}, {key}",
                expected="a name without spaces around it",
                found=repr(text) if text else "an empty text",
            )
        return text

    def take_date(self, key: str) -> date | None:
        """A date, or ``None`` where the key is absent."""
        self._read.append(key)
        return self.take(key, date) if key in self._content else None

    def take_enum(self, key: str, kind: type[E], default: E = _MISSING) -> E:
        """A named choice by its value."""
        self._read.append(key)
        if key not in self._content and default is not _MISSING:
            return default
        return self.choice(key, self.take(key, str), kind)

    def take_optional_enum(self, key: str, kind: type[E]) -> E | None:
        """A named choice by its value, or ``None`` where the key is absent."""
        self._read.append(key)
        return self.take_enum(key, kind) if key in self._content else None

    def choice(self, key: str, text: object, kind: type[E]) -> E:
        """One of the values of ``kind``.

        Raises
        ------
        PolicyError
            Another word; the nearest one is suggested.
        """
        return kind(self.known_word(key, text, tuple(str(member.value) for member in kind)))

    def take_word(self, key: str, words: tuple[str, ...]) -> str:
        """One of several words.

        Raises
        ------
        PolicyError
            Another word; the nearest one is suggested.
        """
        return self.known_word(key, self.take(key, str), words)

    def known_word(self, key: str, text: object, words: tuple[str, ...]) -> str:
        """A text that is one of several words, as :meth:`take_word`."""
        if isinstance(text, str) and text in words:
            return text
        near = get_close_matches(str(text), words, n=1)
        raise PolicyError.at(
            f"{self.where}, {key}",
            expected=f"one of {', '.join(words) or 'none'}",
            found=repr(text),
            hint=f"Did you mean {near[0]!r}?" if near else "",
        )

    def take_amount(self, key: str) -> Decimal:
        """An amount of money, written as a text; 0 where the key is absent.

        Raises
        ------
        PolicyError
            Not in plain decimal notation.
        """
        return self._amount(key, self.take(key, str, "0"))

    def take_required_amount(self, key: str) -> Decimal:
        """An amount of money, written as a text.

        Raises
        ------
        PolicyError
            Missing, or not in plain decimal notation.
        """
        return self._amount(key, self.take(key, str))

    def _amount(self, key: str, text: str) -> Decimal:
        try:
            return parse_decimal(text, where="", field=key)
        except InvalidValueError as error:
            raise PolicyError.at(
                f"{self.where}, {key}",
                expected="an amount in quotes, in plain decimal notation",
                found=error.found,
                hint=error.hint,
            ) from None

    def take_list(self, key: str) -> list[object]:
        """A list of anything."""
        return cast("list[object]", self.take(key, list))

    def take_texts(self, key: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        """A list of texts."""
        if key not in self._content and default is not _MISSING:
            self._read.append(key)
            return default
        return tuple(self._text(key, item) for item in self.take_list(key))

    def _text(self, key: str, item: object) -> str:
        if not isinstance(item, str):
            raise PolicyError.at(f"{self.where}, {key}", expected="texts", found=item)
        return item

    def take_table(self, key: str) -> Table:
        """A table within; an absent one is empty."""
        self._read.append(key)
        return Table(self._content.get(key, {}), f"{self.where}, {key}")

    def take_tables(self, key: str) -> list[Table]:
        """A list of tables within, each with its number."""
        items = self.take_list(key)
        return [Table(item, f"{self.where}, {key} {n}") for n, item in enumerate(items, start=1)]

    def take_optional_tables(self, key: str) -> list[Table]:
        """A list of tables within, each with its number; none where the key is absent."""
        return self.take_tables(key) if self.has(key) else []

    def named_tables(self, key: str) -> Mapping[str, Table]:
        """Tables by name."""
        content: dict[str, object] = self.take(key, dict, {})
        return {name: Table(item, f"{self.where}, {key}.{name}") for name, item in content.items()}

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as read."""
        self._read.append(key)
        return key in self._content

    @contextmanager
    def telling(self) -> Generator[None, None, None]:
        """Errors of values made of this table are told as errors of the file, with their place.

        Raises
        ------
        PolicyError
            What the value refused; an error that has a place in the table already keeps it.
        """
        try:
            yield
        except DelinquencyError as error:
            if error.where.startswith(self.where):
                raise
            raise PolicyError.at(
                f"{self.where}, {error.where}",
                expected=error.expected,
                found=error.found,
                hint=error.hint,
            ) from None

    def close(self) -> None:
        """Refuse every key that nobody took.

        Raises
        ------
        PolicyError
            A key that is not known; the nearest known one is suggested.
        """
        for key in self._content:
            if key not in self._read:
                near = get_close_matches(key, self._read, n=1)
                raise PolicyError.at(
                    self.where,
                    expected=f"only the keys {', '.join(sorted(set(self._read)))}",
                    found=repr(key),
                    hint=f"Did you mean {near[0]!r}?" if near else "",
                )


def _shown(value: object) -> str:
    """A value as a file writes it, with the name of what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    kind = next((name for known, name in _NAMES.items() if isinstance(value, known)), "")
    return f"{kind} {value}".strip()


def _hint(value: object, kind: type[object], key: str) -> str:
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


def _is_of(value: object, kind: type[object]) -> bool:
    """Whether a value is of a type; a flag is no number, and a time of day no date."""
    if isinstance(value, bool) and kind is not bool:
        return False
    return isinstance(value, kind) and not isinstance(value, datetime)
