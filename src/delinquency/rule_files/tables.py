"""Reading a table of a file: every key known, every value of its type, every place named.

The one idea: a reader takes keys out one by one; what is left over at the end is an error, so a slip of
the pen can never be a silent default.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar, cast

from delinquency.decimals import parse_decimal
from delinquency.errors import DelinquencyError, InvalidValueError, PolicyError
from delinquency.rule_files.line_numbers import Path
from delinquency.rule_files.places import Source
from delinquency.rule_files.written_values import (
    hint_for,
    is_of,
    kind_of,
    meant_by,
    shown,
    table_hint,
    written_for,
)

__all__ = ["Table"]

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_MISSING: Any = object()


class Table:
    """A table being read, at a named place of a file."""

    def __init__(self, content: object, source: Source, path: Path = (), words: str = "") -> None:
        self._source, self._path, self._words = source, path, words
        if not isinstance(content, dict):
            raise PolicyError.at(
                self.where,
                expected="a table",
                found=shown(content),
                hint=table_hint(content, path),
            )
        self._content = cast("dict[str, Any]", content)
        self._read: list[str] = []

    @property
    def where(self) -> str:
        """The place of the table: file, line and keys."""
        return self._source.told(self._path, self._words)

    def at(self, key: str, number: int | None = None) -> str:
        """The place of a key of the table, or of an entry of its list, from 1."""
        if number is None:
            return self._source.told((*self._path, key), self._within(key))
        return self._source.told((*self._path, key, number - 1), self._within(f"{key} {number}"))

    def _within(self, *words: str) -> str:
        return ", ".join(filter(None, (self._words, *words)))

    def _inner(self, content: object, keys: Path, words: str) -> Table:
        return Table(content, self._source, (*self._path, *keys), self._within(words))

    def take(
        self, key: str, kind: type[T], default: T = _MISSING, *, words: Sequence[str] = ()
    ) -> T:
        """The value of a key; ``words`` are told where one of them is missing.

        Raises
        ------
        PolicyError
            Missing without a default, or of another type.
        """
        self._read.append(key)
        if key not in self._content:
            if default is _MISSING:
                near = written_for(key, set(self._content).difference(self._read))
                raise PolicyError.at(
                    self.where,
                    expected=f"the key {key!r}{', one of ' if words else ''}{', '.join(words)}",
                    found="none",
                    hint=f"Is {near!r} meant? Write {key!r}." if near else self._strayed(key),
                )
            return default
        value = self._content[key]
        if is_of(value, kind):
            return cast("T", value)
        raise PolicyError.at(
            self.at(key),
            expected=kind_of(kind),
            found=shown(value),
            hint=hint_for(value, kind, key),
        )

    def _strayed(self, key: str) -> str:
        """Where a key that is missing stands in a table within, under whose header it came; or nothing."""
        line = self._source.line_below(self._path, key)
        if line is None:
            return ""
        return (
            f"The one on line {line} belongs to the table above it: write it before the headers of "
            "tables within."
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
                self.at(key),
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
        return kind(self.take_word(key, _words_of(kind)))

    def take_optional_enum(self, key: str, kind: type[E]) -> E | None:
        """A named choice by its value, or ``None`` where the key is absent."""
        self._read.append(key)
        return self.take_enum(key, kind) if key in self._content else None

    def choice(self, key: str, text: object, kind: type[E], *, number: int | None = None) -> E:
        """One of the values of ``kind``; of a list, the entry of that number, from 1.

        Raises
        ------
        PolicyError
            Another word; the nearest one is suggested.
        """
        return kind(self.known_word(key, text, _words_of(kind), number=number))

    def take_word(self, key: str, words: tuple[str, ...]) -> str:
        """One of several words.

        Raises
        ------
        PolicyError
            Another word; the nearest one is suggested.
        """
        return self.known_word(key, self.take(key, str, words=words), words)

    def known_word(
        self, key: str, text: object, words: tuple[str, ...], *, number: int | None = None
    ) -> str:
        """A text that is one of several words, as :meth:`take_word`."""
        if isinstance(text, str) and text in words:
            return text
        near = get_close_matches(str(text), words, n=1)
        raise PolicyError.at(
            self.at(key, number),
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
                self.at(key),
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
            raise PolicyError.at(self.at(key), expected="texts", found=item)
        return item

    def take_table(self, key: str) -> Table:
        """A table within; an absent one is empty."""
        self._read.append(key)
        return self._inner(self._content.get(key, {}), (key,), key)

    def take_tables(self, key: str, *, called_by: str = "") -> list[Table]:
        """A list of tables within, each with its number, and with the text that its key ``called_by`` says.

        Raises
        ------
        PolicyError
            Missing, or one table where a list of them stands.
        """
        found = self._content.get(key)
        if isinstance(found, dict):
            raise PolicyError.at(
                self.at(key),
                expected="a list of tables",
                found="a table",
                hint=table_hint(cast("object", found), (*self._path, key)),
            )
        items = self.take_list(key)
        return [
            self._inner(item, (key, n), f"{key} {n + 1}{_called(item, called_by)}")
            for n, item in enumerate(items)
        ]

    def take_optional_tables(self, key: str) -> list[Table]:
        """A list of tables within, each with its number; none where the key is absent."""
        return self.take_tables(key) if self.has(key) else []

    def named_tables(self, key: str) -> Mapping[str, Table]:
        """Tables by name."""
        content: dict[str, object] = self.take(key, dict, {})
        return {
            name: self._inner(item, (key, name), f"{key}.{name}") for name, item in content.items()
        }

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as read."""
        self._read.append(key)
        return key in self._content

    @contextmanager
    def telling(
        self, of: str = "", renamed: Mapping[str, str] = MappingProxyType({})
    ) -> Generator[None, None, None]:
        """Errors of values made of this table are told as errors of the file, with their place.

        Parameters
        ----------
        of : str, optional
            What the value calls itself; the place of the table says it already.
        renamed : mapping of str to str, optional
            What fields of the value are called in the file.

        Raises
        ------
        PolicyError
            What the value refused; an error that has a place in the file already keeps it.
        """
        try:
            yield
        except DelinquencyError as error:
            if self._source.has_told(error.where):
                raise
            place = error.where.removeprefix(of).removeprefix(", ")
            words = list(_renamed(filter(None, place.split(", ")), renamed))
            key = error.expected.partition(" ")[0]
            path = self._source.within(self._path, [*words, renamed.get(key, key)])
            raise PolicyError.at(
                self._source.told(path, self._within(*words)),
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
                near = meant_by(key, self._read)
                raise PolicyError.at(
                    self._source.told((*self._path, key), self._words),
                    expected=f"only the keys {', '.join(sorted(set(self._read)))}",
                    found=repr(key),
                    hint=f"Did you mean {near!r}?" if near else "",
                )


def _called(item: object, key: str) -> str:
    """What an entry of a list calls itself, behind its number; nothing where it does not say."""
    name = cast("dict[str, object]", item).get(key) if isinstance(item, dict) else None
    return f" {name!r}" if isinstance(name, str) and name else ""


def _renamed(words: Iterable[str], renamed: Mapping[str, str]) -> Iterator[str]:
    """Fields as the file calls them; a number behind them stays."""
    for word in words:
        name, space, number = word.partition(" ")
        yield f"{renamed.get(name, name)}{space}{number}"


def _words_of(kind: type[Enum]) -> tuple[str, ...]:
    return tuple(str(member.value) for member in kind)
