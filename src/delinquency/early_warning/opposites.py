"""The opposite of a condition, which holds exactly where it does not; where nobody knows, nobody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

import attrs

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    InPeriods,
    Operator,
    WarningCondition,
    unit_of,
)
from delinquency.early_warning.units import Unit

__all__ = ["opposite"]

_OPPOSITES: Final = {
    Operator.OVER: Operator.AT_MOST,
    Operator.AT_LEAST: Operator.UNDER,
    Operator.UNDER: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.OVER,
}


def opposite(condition: WarningCondition, terms: Mapping[str, ObservationTerm]) -> WarningCondition:
    """The condition that holds where ``condition`` does not.

    Where nobody knows whether one of them holds, nobody knows of the other. Of a flag that is set it is that
    it is not; of what is equal to a number that it is less or more.

    Parameters
    ----------
    condition : condition
    terms : mapping of str to ObservationTerm
        By name, what it reads.

    Examples
    --------
    >>> from delinquency.early_warning.catalogue import CATALOGUE
    >>> from delinquency.early_warning.conditions import Reading
    >>> late = Compared(Reading("months_late"), Operator.AT_LEAST, Decimal(2))
    >>> print(opposite(late, CATALOGUE))
    months_late < 2
    >>> print(opposite(InPeriods(late, 2, 6), CATALOGUE))
    months_late < 2 in 5 of 6 periods
    >>> print(opposite(Compared(Reading("unemployed"), Operator.EQUAL, Decimal(1)), CATALOGUE))
    unemployed = 0
    """
    match condition:
        case Compared():
            return _compared(condition, terms)
        case InPeriods() | ForPeriods():
            inner = opposite(condition.condition, terms)
            count = condition.count if isinstance(condition, InPeriods) else condition.window
            left = condition.window - count + 1
            if left == condition.window:
                return ForPeriods(inner, left)
            return InPeriods(inner, left, condition.window)
        case AllOf() | AnyOf() | AtLeastOf():
            parts = [opposite(each, terms) for each in condition.conditions]
            return _counted(condition, parts)


def _compared(condition: Compared, terms: Mapping[str, ObservationTerm]) -> WarningCondition:
    if condition.operator is not Operator.EQUAL:
        return attrs.evolve(condition, operator=_OPPOSITES[condition.operator])
    if unit_of(condition.observed, terms) is Unit.FLAG:
        return attrs.evolve(condition, value=Decimal(1) - condition.value)
    sides = (Operator.UNDER, Operator.OVER)
    return AnyOf([attrs.evolve(condition, operator=side) for side in sides])


def _counted(
    condition: AllOf | AnyOf | AtLeastOf, parts: Sequence[WarningCondition]
) -> WarningCondition:
    match condition:
        case AllOf():
            return AnyOf(parts)
        case AnyOf():
            return AllOf(parts)
        case AtLeastOf():
            return AtLeastOf(len(parts) - condition.count + 1, parts)
