"""The opposite of a condition, which holds exactly where it does not; where nobody knows, nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import attrs

from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    InPeriods,
    Operator,
    WarningCondition,
)

__all__ = ["opposite"]

_OPPOSITES: Final = {
    Operator.OVER: Operator.AT_MOST,
    Operator.AT_LEAST: Operator.UNDER,
    Operator.UNDER: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.OVER,
}


def opposite(condition: WarningCondition, *, of_flag: bool = False) -> WarningCondition:
    """The condition that holds where ``condition`` does not.

    Where nobody knows whether one of them holds, nobody knows of the other.

    Parameters
    ----------
    condition : condition
    of_flag : bool
        Whether comparisons by ``=`` are of flags, yes or no; else one of ``=`` becomes less or more.

    Examples
    --------
    >>> from delinquency.early_warning.conditions import Reading
    >>> late = Compared(Reading("months_late"), Operator.AT_LEAST, Decimal(2))
    >>> print(opposite(late))
    months_late < 2
    >>> print(opposite(InPeriods(late, 2, 6)))
    months_late < 2 in 5 of 6 periods
    """
    match condition:
        case Compared():
            return _compared(condition, of_flag=of_flag)
        case InPeriods() | ForPeriods():
            inner = opposite(condition.condition, of_flag=of_flag)
            count = condition.count if isinstance(condition, InPeriods) else condition.window
            left = condition.window - count + 1
            if left == condition.window:
                return ForPeriods(inner, left)
            return InPeriods(inner, left, condition.window)
        case AllOf() | AnyOf() | AtLeastOf():
            parts = [opposite(each, of_flag=of_flag) for each in condition.conditions]
            return _counted(condition, parts)


def _compared(condition: Compared, *, of_flag: bool) -> WarningCondition:
    if condition.operator is not Operator.EQUAL:
        return attrs.evolve(condition, operator=_OPPOSITES[condition.operator])
    if of_flag:
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
