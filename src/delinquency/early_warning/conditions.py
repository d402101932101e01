"""What a rule of early warning asks: readings of observations compared, and how many of them hold.

The one idea: a condition is a small value that can be compared, shown and read aloud, never code. It holds,
or it does not, or nobody knows, because an observation that it needs is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

import attrs

from delinquency.choices import checked_member
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.units import Unit, plain_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.sequences import checked_tuple
from delinquency.status.conditions import Operator
from delinquency.whole_numbers import check_int

__all__ = [
    "CONDITIONS",
    "DEEPEST",
    "LONGEST_WINDOW",
    "AllOf",
    "AnyOf",
    "AtLeastOf",
    "Compared",
    "ForPeriods",
    "How",
    "InPeriods",
    "Operator",
    "Reading",
    "WarningCondition",
    "comparisons_of",
    "readings_of",
    "unit_of",
]

LONGEST_WINDOW: Final = 120
"""The most periods that a rule may look back."""

DEEPEST: Final = 8
"""The most conditions that may stand within one another."""

_MOST_OVER_PERIODS: Final = 2


def _check_between(value: int, where: str, most: int) -> None:
    check_int(value, where)
    if not 1 <= value <= most:
        raise InvalidValueError.at(where, expected=f"from 1 to {most}", found=str(value))


class How(Enum):
    """What a reading makes of an observation over a window of periods, the last one included.

    Where one of the periods is unknown, or the history is shorter than the window, so is the reading.
    """

    LATEST = "latest"
    HIGHEST = "highest"
    LOWEST = "lowest"
    TOTAL = "total"
    MEAN = "mean"
    CHANGE = "change"
    """Now, less that many periods before."""
    GROWTH = "growth"
    """The change, of what it was before; unknown where that was 0 or less."""
    RISES = "rises"
    """How many times in a row it rose up to now, at most the window."""
    FALLS = "falls"
    """How many times in a row it fell up to now, at most the window."""

    @property
    def looks_back(self) -> int:
        """How many periods before the window it needs: of a change the one it is counted from."""
        return 1 if self in (How.CHANGE, How.GROWTH, How.RISES, How.FALLS) else 0


@attrs.frozen(slots=True)
class Reading:
    """An observation, as it is now or over some periods.

    Parameters
    ----------
    observation : str
    how : How
    window : int
        Periods, the last one included; of a change, of rises and of falls how many before it.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A window of no period or of more than 120; the latest over more than one.

    Examples
    --------
    >>> print(Reading("utilisation"), "|", Reading("utilisation", How.MEAN, 3))
    utilisation | mean utilisation over 3
    """

    observation: str
    how: How = How.LATEST
    window: int = 1

    def __attrs_post_init__(self) -> None:
        check_id(self.observation, where="reading, observation")
        where = f"reading of {self.observation!r}"
        checked_member(self.how, How, f"{where}, how")
        _check_between(self.window, f"{where}, window", LONGEST_WINDOW)
        if self.how is How.LATEST and self.window != 1:
            raise InvalidValueError.at(
                f"{where}, window", expected="1 period of the latest", found=str(self.window)
            )

    @property
    def periods(self) -> int:
        """How many periods of history it needs."""
        return self.window + self.how.looks_back

    def __str__(self) -> str:
        if self.how is How.LATEST:
            return self.observation
        return f"{self.how.value} {self.observation} over {self.window}"


@attrs.frozen(slots=True)
class Compared:
    """A reading beside a number, or beside a multiple of another reading.

    Parameters
    ----------
    observed : Reading
    operator : Operator
    value : Decimal
        Days, months, times, points; currency units; a share of 1. Where it is beside another reading, the
        multiple of it.
    of : Reading, optional
        The other reading, in the same unit.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``float``.
    InvalidValueError
        Not a finite number, or one of more than 40 digits on either side of the point.

    Examples
    --------
    >>> print(Compared(Reading("utilisation"), Operator.AT_LEAST, Decimal("0.8")))
    utilisation >= 0.8
    """

    observed: Reading
    operator: Operator
    value: Decimal
    of: Reading | None = None

    def __attrs_post_init__(self) -> None:
        for field, reading in (("observed", self.observed), ("of", self.of)):
            if not isinstance(reading, Reading) and not (field == "of" and reading is None):
                raise InvalidTypeError.at(
                    f"comparison, {field}", expected="a Reading", found=reading
                )
        checked_member(self.operator, Operator, "comparison, operator")
        number = plain_number(self.value, where="comparison", field="value")
        object.__setattr__(self, "value", number)

    def __str__(self) -> str:
        text = f"{self.observed} {self.operator.value} {self.value:f}"
        return text if self.of is None else f"{text} of {self.of}"


def _conditions(items: Iterable[WarningCondition]) -> tuple[WarningCondition, ...]:
    found = checked_tuple(items, CONDITIONS, "condition")
    if not found:
        raise InvalidValueError.at("condition", expected="at least one condition", found="none")
    return found


@attrs.frozen(slots=True)
class AllOf:
    """Every one of some conditions holds; not if one does not, and nobody knows if nobody knows of one."""

    conditions: tuple[WarningCondition, ...] = attrs.field(converter=_conditions)

    def __attrs_post_init__(self) -> None:
        _check_depth(self)

    def __str__(self) -> str:
        return f"all of ({'; '.join(map(str, self.conditions))})"


@attrs.frozen(slots=True)
class AnyOf:
    """At least one of some conditions holds."""

    conditions: tuple[WarningCondition, ...] = attrs.field(converter=_conditions)

    def __attrs_post_init__(self) -> None:
        _check_depth(self)

    def __str__(self) -> str:
        return f"any of ({'; '.join(map(str, self.conditions))})"


@attrs.frozen(slots=True)
class AtLeastOf:
    """At least so many of some conditions hold.

    Raises
    ------
    InvalidValueError
        Fewer than one, or more than there are.
    """

    count: int
    conditions: tuple[WarningCondition, ...] = attrs.field(converter=_conditions)

    def __attrs_post_init__(self) -> None:
        _check_between(self.count, "at least, count", len(self.conditions))
        _check_depth(self)

    def __str__(self) -> str:
        return f"at least {self.count} of ({'; '.join(map(str, self.conditions))})"


@attrs.frozen(slots=True)
class InPeriods:
    """A condition held at the ends of at least so many of the last periods.

    Parameters
    ----------
    condition : condition
    count : int
    window : int
        Periods, the last one included.
    """

    condition: WarningCondition
    count: int
    window: int

    def __attrs_post_init__(self) -> None:
        _check_condition(self.condition)
        _check_between(self.window, "in periods, window", LONGEST_WINDOW)
        _check_between(self.count, "in periods, count", self.window)
        _check_depth(self)

    def __str__(self) -> str:
        return f"{self.condition} in {self.count} of {self.window} periods"


@attrs.frozen(slots=True)
class ForPeriods:
    """A condition held at the end of each of the last so many periods."""

    condition: WarningCondition
    window: int

    def __attrs_post_init__(self) -> None:
        _check_condition(self.condition)
        _check_between(self.window, "for periods, window", LONGEST_WINDOW)
        _check_depth(self)

    def __str__(self) -> str:
        return f"{self.condition} for {self.window} periods"


WarningCondition: TypeAlias = "Compared | AllOf | AnyOf | AtLeastOf | InPeriods | ForPeriods"

CONDITIONS: Final = (Compared, AllOf, AnyOf, AtLeastOf, InPeriods, ForPeriods)


def _check_condition(condition: object) -> None:
    if not isinstance(condition, CONDITIONS):
        raise InvalidTypeError.at("condition", expected="a condition", found=condition)


def _check_depth(condition: WarningCondition) -> None:
    """Refuse what nobody can read aloud, and what would be counted over periods of periods of periods."""
    levels, over_periods = _levels(condition)
    if levels > DEEPEST:
        raise InvalidValueError.at(
            "condition",
            expected=f"at most {DEEPEST} conditions within one another",
            found=str(levels),
        )
    if over_periods > _MOST_OVER_PERIODS:
        raise InvalidValueError.at(
            "condition",
            expected="periods within periods at most once, as in 'a for 3 periods in 2 of 12 periods'",
            found=f"{over_periods} within one another",
        )


def _levels(condition: WarningCondition) -> tuple[int, int]:
    """How many conditions stand within one another, and how many of them count periods."""
    match condition:
        case Compared():
            return 1, 0
        case InPeriods() | ForPeriods():
            levels, over_periods = _levels(condition.condition)
            return levels + 1, over_periods + 1
        case AllOf() | AnyOf() | AtLeastOf():
            found = [_levels(each) for each in condition.conditions]
            return max(levels for levels, _ in found) + 1, max(over for _, over in found)


def comparisons_of(condition: WarningCondition) -> Iterator[Compared]:
    """Every comparison that a condition is made of, in order."""
    match condition:
        case Compared():
            yield condition
        case InPeriods() | ForPeriods():
            yield from comparisons_of(condition.condition)
        case AllOf() | AnyOf() | AtLeastOf():
            yield from (found for each in condition.conditions for found in comparisons_of(each))


def readings_of(condition: WarningCondition) -> Iterator[Reading]:
    """Every reading that a condition makes, in order."""
    for each in comparisons_of(condition):
        yield from (each.observed,) if each.of is None else (each.observed, each.of)


def unit_of(reading: Reading, terms: Mapping[str, ObservationTerm]) -> Unit:
    """The unit of a reading: growth is a share; how often something rose, or a flag was set, is a count.

    Examples
    --------
    >>> from delinquency.early_warning.catalogue import CATALOGUE
    >>> unit_of(Reading("arrears", How.GROWTH, 3), CATALOGUE)
    <Unit.SHARE: 'share'>
    >>> unit_of(Reading("unemployed", How.TOTAL, 3), CATALOGUE)
    <Unit.TIMES: 'times'>
    """
    if reading.how is How.GROWTH:
        return Unit.SHARE
    if reading.how in (How.RISES, How.FALLS):
        return Unit.TIMES
    unit = terms[reading.observation].unit
    return Unit.TIMES if unit is Unit.FLAG and reading.how is How.TOTAL else unit
