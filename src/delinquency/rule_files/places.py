"""Where in a file an error is: the file, the line, and the keys from the top down.

The one idea: somebody who mends a file looks for a line, and somebody who reads about it for a key; each
error names both. Lines are looked up when an error is told, so that a good file pays nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import attrs

from delinquency.rule_files.line_numbers import Path, line_numbers

__all__ = ["Source"]

_NUMBERED: Final = re.compile(r"(.+) ([1-9][0-9]*)")


@attrs.frozen(slots=True)
class Source:
    """A text that is being read, under the name that its errors tell.

    Parameters
    ----------
    name : str
        Of the file.
    text : str
        Valid TOML.
    """

    name: str
    text: str

    def told(self, path: Path, words: str) -> str:
        """A place as an error tells it: the file, the line where there is one, the words.

        Examples
        --------
        >>> source = Source("house.toml", "id = 'house'")
        >>> source.told(("id",), "id"), source.told((), "")
        ('house.toml, line 1, id', 'house.toml')
        """
        line = self._line_of(path)
        at_line = "" if line is None else f"line {line}"
        return ", ".join(filter(None, (self.name, at_line, words)))

    def has_told(self, where: str) -> bool:
        """Whether a place is one in this file already."""
        return where == self.name or where.startswith(f"{self.name}, ")

    def within(self, path: Path, words: Iterable[str]) -> Path:
        r"""The deepest key below ``path`` that the words of a place name one after another.

        Words that are no keys are passed over: ``"penalty terms, rate"`` names ``rate``.

        Examples
        --------
        >>> source = Source("house.toml", "[[version]]\neffective_from = 2024-01-01")
        >>> source.within((), ["policy 'house'", "version 1", "effective_from"])
        ('version', 0, 'effective_from')
        """
        for word in words:
            numbered = _NUMBERED.fullmatch(word)
            keys: list[Path] = [(word,)]
            if numbered is not None:
                keys.append((numbered[1], int(numbered[2]) - 1))
            path = next(((*path, *key) for key in keys if (*path, *key) in self._lines), path)
        return path

    def line_below(self, path: Path, key: str) -> int | None:
        r"""The line of a key of some table within a table; ``None`` where none has it.

        Examples
        --------
        >>> source = Source("house.toml", "[[version]]\ntitle = 'house'")
        >>> source.line_below((), "title"), source.line_below((), "id")
        (2, None)
        """
        depth = len(path)
        return next(
            (
                line
                for place, line in self._lines.items()
                if place[:depth] == path and len(place) > depth + 1 and place[-1] == key
            ),
            None,
        )

    def _line_of(self, path: Path) -> int | None:
        """The line of a key, or of the nearest table around it that is written."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines[path] if path else None

    @cached_property
    def _lines(self) -> Mapping[Path, int]:
        return line_numbers(self.text)
