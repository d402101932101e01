"""Small tables of legal figures: read from TOML files, each row with its source and how far it was checked.

A figure of a law that stands in code cannot be checked by a lawyer and is not dated. The one idea: such
figures are data files beside the rule that reads them, each row with its source; and a row that nobody
compared with its text warns whenever it is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import parse_amount
from delinquency.call_sites import callers_level
from delinquency.citation import Citation, Verification
from delinquency.errors import InvalidTypeError, PolicyError, UnverifiedTableWarning
from delinquency.rule_files.toml_text import read_table
from delinquency.text_encoding import decode_utf8

if TYPE_CHECKING:
    from decimal import Decimal

    from delinquency.currency import Currency
    from delinquency.rule_files.tables import Table

__all__ = [
    "CitedFolder",
    "UnverifiedTableWarning",
    "check_verified",
    "citations_of",
    "cited",
    "read_past_description",
    "take_money",
    "verification_of",
    "warn_if_unverified",
]


_FILE = "a file of rules"


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

    def open(self, name: str | Path) -> Table:
        """The top table of the file of a name, or of a path: a ``Path``, or a text that ends in ``.toml``.

        Raises
        ------
        InvalidTypeError
            Neither a text nor a path.
        PolicyError
            No such file, not UTF-8, not TOML.
        """
        if isinstance(name, Path) or (isinstance(name, str) and name.endswith(".toml")):
            return read_table(_text_at(Path(name)), source=str(name), noun=_FILE)
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
        return read_table(file.read_text(encoding="utf-8"), source=f"{name}.toml", noun=_FILE)


def _text_at(path: Path) -> str:
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise PolicyError.at(
            str(path), expected="a file that can be read", found=f"{said}"
        ) from None
    return decode_utf8(content, where=str(path), kind=PolicyError)


def read_past_description(table: Table) -> None:
    """Read what a file says for people alone: titles, notes, the day on which it was checked."""
    for key in ("title", "title_zh", "jurisdiction", "notes"):
        table.take(key, str, "")
    table.take_date("verified_on")


def take_money(table: Table, key: str, currency: Currency) -> Decimal:
    """An amount in quotes, exact to the minor unit.

    Raises
    ------
    PolicyError
        A number without quotes, another notation, finer than the minor unit.
    """
    with table.telling():
        return parse_amount(table.take(key, str), currency, where=key, field=key)


def verification_of(table: Table, default: Verification | None = None) -> Verification | None:
    """How far the figures were checked, or ``default`` where nothing is said.

    Raises
    ------
    PolicyError
        Another word.
    """
    return table.take_enum("verification", Verification) if table.has("verification") else default


def citations_of(table: Table) -> dict[str, Citation]:
    """The sources of a file by their key: ``[citation.key]``.

    Raises
    ------
    PolicyError
        An unknown key; no instrument.
    """
    return {key: _citation(each) for key, each in table.named_tables("citation").items()}


def _citation(table: Table) -> Citation:
    with table.telling(of="citation"):
        citation = Citation(
            table.take("instrument", str),
            table.take("provision", str, ""),
            address=table.take("address", str, ""),
            published_on=table.take_date("published_on"),
            title_zh=table.take("title_zh", str, ""),
        )
    table.close()
    return citation


def cited(table: Table, known: Mapping[str, Citation], key: str = "cites") -> tuple[Citation, ...]:
    """The sources that a key of a table names, ``cites`` unless told.

    Raises
    ------
    PolicyError
        A name that the file has no source of; the nearest is suggested.
    """
    names = table.take_texts(key, ())
    return tuple(known[table.known_word(key, name, tuple(known))] for name in names)
