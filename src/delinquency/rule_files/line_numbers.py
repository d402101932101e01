"""On which line of a TOML text each key stands.

The parser of Python gives values without their lines, and no light library keeps them. The one idea: a
text that the parser has accepted needs no second parser. Its keys, its brackets and the ends of its texts
are enough to walk through it and to note the line of each key and of each entry of a list.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from typing import Final

__all__ = ["Path", "line_numbers"]

Path = tuple[str | int, ...]
"""Keys from the top of a file down; the place in a list is a number, from 0."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_WORD: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_DOT: Final = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS: Final = re.compile(r"[ \t]*=[ \t]*")
_VALUE: Final = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'"
    r"|[^\[\]{},#\r\n]+"
)


def line_numbers(text: str) -> dict[Path, int]:
    r"""The line of each key and of each entry of a list, from 1.

    A table that is written out has the line of its header, one that only other keys imply the line where
    it is first named.

    Parameters
    ----------
    text : str
        TOML that :func:`tomllib.loads` accepts; of another text nothing is promised.

    Examples
    --------
    >>> lines = line_numbers("id = 'house'\n[[version]]\ncounting.grace_days = 3")
    >>> for path, line in lines.items():
    ...     print(line, *path)
    1 id
    2 version
    2 version 0
    3 version 0 counting
    3 version 0 counting grace_days
    >>> line_numbers("")
    {}
    """
    return _Walk(text).lines


class _Walk:
    """The way through a text, and the lines noted on it."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._place = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._counts: dict[Path, int] = {}
        self._walk()

    def _walk(self) -> None:
        table: Path = ()
        while self._next():
            line = self._line()
            if self._passes("[["):
                table = self._list_entry(self._key(), line)
                self._passes("]]")
            elif self._passes("["):
                table = self._within_lists(self._key(), line)
                self.lines[table] = line
                self._passes("]")
            else:
                self._pair(table)

    def _list_entry(self, key: list[str], line: int) -> Path:
        entries = (*self._within_lists(key[:-1], line), key[-1])
        number = self._counts.get(entries, 0)
        self._counts[entries] = number + 1
        self.lines.setdefault(entries, line)
        self.lines[*entries, number] = line
        return (*entries, number)

    def _within_lists(self, key: list[str], line: int) -> Path:
        """The path of a header: a list of tables that it names stands for its last entry."""
        path: Path = ()
        for word in key:
            path = (*path, word)
            self.lines.setdefault(path, line)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        line, path = self._line(), table
        for word in self._key():
            path = (*path, word)
            self.lines.setdefault(path, line)
        self._take(_EQUALS)
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._passes("["):
            number = 0
            while not self._ends_with("]"):
                self.lines[*path, number] = self._line()
                self._value((*path, number))
                number += 1
        elif self._passes("{"):
            while not self._ends_with("}"):
                self._pair(path)
        else:
            self._take(_VALUE)

    def _key(self) -> list[str]:
        self._take(_BLANK)
        words = [self._word()]
        while _DOT.match(self._text, self._place):
            self._take(_DOT)
            words.append(self._word())
        self._take(_BLANK)
        return words

    def _word(self) -> str:
        word = self._take(_WORD)
        return next(iter(tomllib.loads(f"{word} = 0"))) if word[0] in "\"'" else word

    def _next(self) -> str:
        """The character at which something begins; nothing at the end."""
        self._take(_BLANK)
        return self._text[self._place : self._place + 1]

    def _ends_with(self, bracket: str) -> bool:
        self._next()
        self._passes(",")
        self._next()
        return self._passes(bracket)

    def _passes(self, mark: str) -> bool:
        is_there = self._text.startswith(mark, self._place)
        self._place += len(mark) * is_there
        return is_there

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._place)
        if found is None:
            raise AssertionError(self._text[self._place :])
        self._place = found.end()
        return found[0]

    def _line(self) -> int:
        return bisect_left(self._ends, self._place) + 1
