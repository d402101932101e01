"""The observations that rules may read, by name: unit, meaning and source of each.

The one idea: an observation is a term with one meaning and one unit, whoever computes it. A file of rules may
declare further ones of its own; what no term says cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from delinquency.choices import checked_member
from delinquency.early_warning.catalogue_rows import CATALOGUE_ROWS
from delinquency.early_warning.texts import check_texts
from delinquency.early_warning.units import Unit
from delinquency.errors import InvalidValueError
from delinquency.identifiers import check_id
from delinquency.sequences import checked_tuple

__all__ = ["CATALOGUE", "ObservationTerm", "with_own_terms"]


@attrs.frozen(slots=True)
class ObservationTerm:
    """What an observation says of one account at the end of one period.

    Parameters
    ----------
    name : str
        Small letters, digits and underscores, a letter first.
    unit : Unit
    meaning, meaning_zh : str, optional
        One line for readers.
    source : str, optional
        Where it comes from: the account, its statements, or outside.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A name of other characters, or a word of conditions, such as ``mean``.
    """

    name: str
    unit: Unit
    meaning: str = ""
    meaning_zh: str = ""
    source: str = ""

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="observation, name")
        where = f"observation {self.name!r}"
        checked_member(self.unit, Unit, f"{where}, unit")
        check_texts(self, ("meaning", "meaning_zh", "source"), where)
        if _PLAIN.fullmatch(self.name) is None or self.name in _WORDS_OF_CONDITIONS:
            raise InvalidValueError.at(
                "observation, name",
                expected="small letters, digits and underscores, a letter first, and no word of conditions",
                found=repr(self.name),
            )


_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]*")

_WORDS_OF_CONDITIONS: Final = frozenset(
    (
        *("not", "and", "or", "of", "over", "for", "in"),
        *("latest", "highest", "lowest", "total", "mean", "change", "growth", "rises", "falls"),
    )
)
"""What a condition says beside the names of observations."""

CATALOGUE: Final[Mapping[str, ObservationTerm]] = MappingProxyType(
    {row[0]: ObservationTerm(*row) for row in CATALOGUE_ROWS}
)
"""The observations that the library knows, by name."""


def with_own_terms(
    own_terms: Iterable[ObservationTerm], where: str
) -> Mapping[str, ObservationTerm]:
    """The catalogue, and observations beside it, by name.

    Raises
    ------
    InvalidTypeError
        No terms.
    InvalidValueError
        A name of the catalogue, or one that was declared before, in another unit.
    """
    found = dict(CATALOGUE)
    for term in checked_tuple(own_terms, ObservationTerm, f"{where}, own_terms"):
        known = found.setdefault(term.name, term)
        if known.unit is not term.unit:
            raise InvalidValueError.at(
                f"{where}, observation {term.name!r}",
                expected=f"the unit {known.unit.value}, as everywhere",
                found=term.unit.value,
                hint="Give what is something else another name.",
            )
    return MappingProxyType(found)
