"""Names of conventions, read at the edge.

The one idea: a name is compared without what carries no meaning - capitals, spaces, points, dashes,
brackets, the slash, *Actual* written out - and a name of several meanings is either decided in its
definition, in writing, or refused with the candidates.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from delinquency.daycount.convention import DayCount
from delinquency.daycount.definition import definition_of
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["AMBIGUOUS", "day_count_named"]

AMBIGUOUS: Final = MappingProxyType(
    {
        "Act/365 ISDA": "FpML 2 called Act/Act ISDA so; elsewhere it is Act/365F",
        "German": "It is said of 30E/360 and of 30E/360 ISDA",
        "French": "It is said of Act/360 and of Act/Act AFB",
        "Bond": "It is said of 30/360 (bond basis) and of Act/Act ICMA",
        "A010": "It is Act/Act AFB with a year back from 28 February being 29 February, which is not here",
        "360": "It says how long a year is and not how days are counted: Act/360, 30/360 or 30E/360",
        "365": "It says how long a year is and not how days are counted: Act/365F, NL/365 or 30/365",
        "30/360 German": "It is said of 30E/360 and of 30E/360 ISDA",
    }
)
"""Names that are refused, and why."""

_MEANINGLESS: Final = re.compile(r"[^0-9a-z+一-鿿]")


def _plain(name: str) -> str:
    return _MEANINGLESS.sub("", name.casefold().replace("actual", "act"))


@cache
def _by_plain_name() -> dict[str, DayCount]:
    return {
        _plain(name): day_count
        for day_count in DayCount
        for name in (day_count.value, day_count.label, *definition_of(day_count).aliases)
    }


@cache
def _refused() -> dict[str, str]:
    return {_plain(name): why for name, why in AMBIGUOUS.items()}


def day_count_named(name: Any) -> DayCount:
    """The convention of a name; see :meth:`~delinquency.daycount.convention.DayCount.of`."""
    if not isinstance(name, str):
        raise InvalidTypeError.at(
            "day count", expected="a name as text", found=name, hint='"Act/360", or "30E/360".'
        )
    plain = _plain(name)
    found = _by_plain_name().get(plain)
    if found is not None:
        return found
    why = _refused().get(plain)
    labels = ", ".join(day_count.label for day_count in DayCount)
    raise InvalidValueError.at(
        "day count",
        expected="the name of one convention",
        found=repr(name),
        hint=f"{why}: write the one that is meant." if why else f"Known are {labels}.",
    )
