"""Whether a comparison says something: what its reading is, and what it is beside.

The one idea: a rule that could never hold, or that compares days with money, is a slip of the pen, and is
refused wherever it was written - in a file or in a program.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.conditions import (
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningCondition,
    unit_of,
)
from delinquency.early_warning.units import Unit
from delinquency.errors import PolicyError

__all__ = ["check_compared", "check_condition", "check_known"]

_OF_FLAGS: Final = (How.LATEST, How.TOTAL)


def check_condition(
    condition: WarningCondition, terms: Mapping[str, ObservationTerm], where: str
) -> None:
    """Refuse a condition with a comparison that says nothing.

    Raises
    ------
    PolicyError
        As :func:`check_compared`.
    """
    match condition:
        case Compared():
            check_compared(condition, terms, where)
        case InPeriods() | ForPeriods():
            check_condition(condition.condition, terms, where)
        case _:
            for each in condition.conditions:
                check_condition(each, terms, where)


def check_known(name: str, terms: Mapping[str, ObservationTerm], where: str) -> None:
    """Refuse an observation that nobody declared; the nearest one is suggested.

    Raises
    ------
    PolicyError
        No such observation.
    """
    if name in terms:
        return
    near = get_close_matches(name, terms, n=1)
    raise PolicyError.at(
        where,
        expected="an observation",
        found=repr(name),
        hint=f"Did you mean {near[0]!r}?"
        if near
        else f"Declare it: [observation.{name}] in a file, own_terms=[ObservationTerm({name!r}, unit)] "
        "in a program.",
    )


def check_compared(condition: Compared, terms: Mapping[str, ObservationTerm], where: str) -> None:
    """Refuse a comparison that says nothing.

    Raises
    ------
    PolicyError
        An observation that nobody declared; readings of different units beside one another; a flag that is
        compared otherwise than with yes or no; a part of a day; a row longer than its window.
    """
    for reading in filter(None, (condition.observed, condition.of)):
        check_known(reading.observation, terms, where)
        _check_reading(reading, terms, where)
    if condition.of is not None:
        _check_beside(condition.observed, condition.of, terms, where)
        return
    _check_value(condition, terms, where)


def _check_reading(reading: Reading, terms: Mapping[str, ObservationTerm], where: str) -> None:
    if terms[reading.observation].unit is Unit.FLAG and reading.how not in _OF_FLAGS:
        raise PolicyError.at(
            where,
            expected=f"the flag {reading.observation} alone, or its total over some periods",
            found=repr(str(reading)),
            hint=f"How often it was set: 'total {reading.observation} over 6 >= 2'.",
        )


def _check_beside(
    reading: Reading, other: Reading, terms: Mapping[str, ObservationTerm], where: str
) -> None:
    unit, beside = unit_of(reading, terms), unit_of(other, terms)
    if beside is not unit or unit is Unit.FLAG:
        expected = f"a reading in {unit.value} beside {reading}"
        if unit is Unit.FLAG:
            expected = f"yes or no of the flag {reading}"
        raise PolicyError.at(where, expected=expected, found=f"{other}, in {beside.value}")


def _check_value(condition: Compared, terms: Mapping[str, ObservationTerm], where: str) -> None:
    reading, value = condition.observed, condition.value
    unit = unit_of(reading, terms)
    if unit is Unit.FLAG:
        if condition.operator is not Operator.EQUAL or value not in (0, 1):
            raise PolicyError.at(
                where,
                expected=f"a flag alone, such as '{reading}' or 'not {reading}'",
                found=repr(str(condition)),
            )
        return
    if unit.is_whole and reading.how is not How.MEAN and value != int(value):
        raise PolicyError.at(where, expected=f"a whole number of {unit.value}", found=f"{value:f}")
    if reading.how in (How.RISES, How.FALLS) and not 0 <= value <= reading.window:
        raise PolicyError.at(
            where,
            expected=f"from 0 to {reading.window}: {reading} is never more",
            found=f"{value:f}",
        )
