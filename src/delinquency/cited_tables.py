"""Small tables of legal figures: read from TOML files, each row with its source and how far it was checked.

A figure of a law that stands in code cannot be checked by a lawyer and is not dated. The one idea: such
figures are data files beside the rule that reads them; a reader takes keys out one by one and refuses
what is left over, so that a slip of the pen is never a silent default; and a row that nobody compared
with its text warns whenever it is used.
"""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import attrs

from delinquency.amounts import parse_amount
from delinquency.call_sites import callers_level
from delinquency.citation import Citation, Verification
from delinquency.currency import Currency
from delinquency.errors import (
    DelinquencyError,
    DelinquencyWarning,
    InvalidTypeError,
    InvalidValueError,
    PolicyError,
)
from delinquency.text_encoding import decode_utf8

__all__ = [
    "CitedFolder",
    "Fields",
    "UnverifiedTableWarning",
    "check_verified",
    "read_fields",
    "warn_if_unverified",
]

T = TypeVar("T")

_KINDS: Final[Mapping[type, str]] = {
    str: "a text in quotes",
    int: "a whole number",
    date: "a date such as 2024-01-31, without quotes",
    list: "a list",
    dict: "a table",
}


class UnverifiedTableWarning(DelinquencyWarning):
    """A row of a table is used whose figures nobody has compared with the official text."""


def warn_if_unverified(verification: Verification | None, what: str) -> None:
    """Warn, at the caller's line, of a row that is used and was never verified."""
    if verification is Verification.UNVERIFIED:
        warnings.warn(
            f"{what} was never compared with the official text; check it before you rely on it",
            UnverifiedTableWarning,
            stacklevel=callers_level(),
        )


def check_verified(
    verification: Verification | None, citations: tuple[Citation, ...], where: str
) -> None:
    """Refuse a row that says it was compared, but not with what.

    Raises
    ------
    InvalidTypeError
        Not a ``Verification`` or ``None``.
    PolicyError
        Compared, without a citation.
    """
    if verification is not None and not isinstance(verification, Verification):
        raise InvalidTypeError.at(
            f"{where}, verification", expected="a Verification or None", found=verification
        )
    if verification not in (None, Verification.UNVERIFIED) and not citations:
        raise PolicyError.at(
            f"{where}, verification",
            expected="a citation of what was compared",
            found=f"{verification.value!r} without one",
            hint="Cite the text, or leave verification out: figures of one's own need none.",
        )


@attrs.frozen(slots=True)
class CitedFolder:
    """The data files of a package: by name where they are packaged, by path where they are one's own.

    Attributes
    ----------
    package, folder : str
    noun : str
        What a file is, for the message: ``"fee table"``.
    """

    package: str
    folder: str
    noun: str

    def names(self) -> tuple[str, ...]:
        """The packaged files, in order of name."""
        entries = resources.files(self.package).joinpath(self.folder).iterdir()
        found = (entry.name for entry in entries if entry.name.endswith(".toml"))
        return tuple(sorted(name.removesuffix(".toml") for name in found))

    def open(self, name: str | Path) -> Fields:
        """The file of a name, or of a path: a ``Path``, or a text that ends in ``.toml``.

        Raises
        ------
        InvalidTypeError
            Neither a text nor a path.
        PolicyError
            No such file, not UTF-8, not TOML.
        """
        if isinstance(name, Path) or (isinstance(name, str) and name.endswith(".toml")):
            return read_fields(_text_at(Path(name)), source=str(name))
        if not isinstance(name, str):
            raise InvalidTypeError.at(self.noun, expected="a name or a path", found=name)
        names = self.names()
        if name not in names:
            near = get_close_matches(name, names, n=1)
            raise PolicyError.at(
                self.noun,
                expected=f"one of {', '.join(names)}, or a path ending in .toml",
                found=repr(name),
                hint=f"Did you mean {near[0]!r}?" if near else "",
            )
        file = resources.files(self.package).joinpath(self.folder, f"{name}.toml")
        return read_fields(file.read_text(encoding="utf-8"), source=f"{name}.toml")


def _text_at(path: Path) -> str:
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise PolicyError.at(
            str(path), expected="a file that can be read", found=f"{said}"
        ) from None
    return decode_utf8(content, where=str(path), kind=PolicyError)


def read_fields(text: str, *, source: str) -> Fields:
    """The top table of a TOML text that is named ``source`` in messages.

    Raises
    ------
    PolicyError
        Not TOML.
    """
    try:
        return Fields(tomllib.loads(text), source)
    except RecursionError:
        found = "tables or lists nested without end"
    except ValueError as error:
        found = str(error)
    raise PolicyError.at(source, expected="valid TOML", found=found)


class Fields:
    """A table being read, at a named place of a file: what nobody takes is refused at the end."""

    __slots__ = ("_content", "_read", "where")

    def __init__(self, content: object, where: str) -> None:
        self.where = where
        if not isinstance(content, dict):
            raise PolicyError.at(where, expected="a table", found=content)
        self._content = cast("dict[str, Any]", content)
        self._read: list[str] = []

    def take(self, key: str, kind: type[T]) -> T:
        """The value of a key.

        Raises
        ------
        PolicyError
            Missing, or of another type; a flag is no number, and a time of day no date.
        """
        if not self.has(key):
            raise PolicyError.at(self.where, expected=f"the key {key!r}", found="none")
        value = self._content[key]
        if isinstance(value, kind) and not isinstance(value, bool | datetime):
            return value
        raise PolicyError.at(f"{self.where}, {key}", expected=_KINDS[kind], found=value)

    def optional(self, key: str, kind: type[T], default: T | None = None) -> T | None:
        """The value of a key, or ``default`` where it is absent."""
        return self.take(key, kind) if self.has(key) else default

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as read."""
        self._read.append(key)
        return key in self._content

    def amount(self, key: str, currency: Currency) -> Decimal:
        """An amount in quotes, exact to the minor unit.

        Raises
        ------
        PolicyError
            A number without quotes, another notation, finer than the minor unit.
        """
        text = self.take(key, str)
        try:
            return parse_amount(text, currency, where=self.where, field=key)
        except InvalidValueError as error:
            raise self.told(error) from None

    def verification(self, default: Verification | None = None) -> Verification | None:
        """How far the figures were checked, or ``default`` where nothing is said.

        Raises
        ------
        PolicyError
            Another word.
        """
        if not self.has("verification"):
            return default
        text = self.take("verification", str)
        values = [member.value for member in Verification]
        if text not in values:
            raise PolicyError.at(
                f"{self.where}, verification",
                expected=f"one of {', '.join(values)}",
                found=repr(text),
            )
        return Verification(text)

    def tables(self, key: str) -> list[Fields]:
        """A list of tables, each with its number from 1."""
        rows = cast("list[object]", self.take(key, list))
        return [Fields(row, f"{self.where}, {key} {n}") for n, row in enumerate(rows, start=1)]

    def citations(self) -> dict[str, Citation]:
        """The sources of the file by their key: ``[citation.key]``."""
        named = cast("dict[str, object]", self.optional("citation", dict, {}))
        return {
            name: _citation(Fields(content, f"{self.where}, citation.{name}"))
            for name, content in named.items()
        }

    def cited(self, known: Mapping[str, Citation]) -> tuple[Citation, ...]:
        """The sources that ``cites`` names.

        Raises
        ------
        PolicyError
            A key that the file has no citation for.
        """
        keys = cast("list[object]", self.optional("cites", list, []))
        for key in keys:
            if not isinstance(key, str) or key not in known:
                raise PolicyError.at(
                    f"{self.where}, cites",
                    expected=f"one of {', '.join(known)}" if known else "none",
                    found=repr(key),
                )
        return tuple(known[str(key)] for key in keys)

    def told(self, error: DelinquencyError) -> PolicyError:
        """The error of a record that was made of this table, told as the file's."""
        where = (
            error.where if error.where.startswith(self.where) else f"{self.where}, {error.where}"
        )
        return PolicyError.at(where, expected=error.expected, found=error.found, hint=error.hint)

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


def _citation(fields: Fields) -> Citation:
    texts = {
        key: fields.optional(key, str, "") or ""
        for key in ("instrument", "provision", "address", "title_zh")
    }
    published_on = fields.optional("published_on", date)
    fields.close()
    try:
        return Citation(
            texts["instrument"],
            texts["provision"],
            address=texts["address"],
            title_zh=texts["title_zh"],
            published_on=published_on,
        )
    except DelinquencyError as error:
        raise fields.told(error) from None
