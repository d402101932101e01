"""Rules with one figure moved by a step: a table of cases must notice each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import attrs

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningCondition,
    unit_of,
)
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.units import SHARE_SCALE, Unit
from delinquency.errors import DelinquencyError

__all__ = ["moved"]

_OTHER = {
    Operator.OVER: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.OVER,
    Operator.UNDER: Operator.AT_MOST,
    Operator.AT_MOST: Operator.UNDER,
}


def moved(
    rule: WarningRule, terms: Mapping[str, ObservationTerm]
) -> Iterator[tuple[str, WarningRule]]:
    """Every rule that differs in one figure that it states by one step, and what was moved."""
    for field in ("when", "clears"):
        condition = getattr(rule, field)
        for other in () if condition is None else _conditions(condition, terms):
            yield f"{field}: {other}", attrs.evolve(rule, **{field: other})
    defaults = {"confirm_after": 1, "clear_after": 1, "cool_down": 0}
    for field, default in defaults.items():
        kept = getattr(rule, field)
        for other in () if kept == default else (kept - 1, kept + 1):
            yield f"{field} {other}", attrs.evolve(rule, **{field: other})


def _conditions(
    condition: WarningCondition, terms: Mapping[str, ObservationTerm]
) -> Iterator[WarningCondition]:
    match condition:
        case Compared():
            yield from _compared(condition, terms)
        case InPeriods():
            yield from _stepped(condition, "count", "window")
            for inner in _conditions(condition.condition, terms):
                yield attrs.evolve(condition, condition=inner)
        case ForPeriods():
            yield from _stepped(condition, "window")
            for inner in _conditions(condition.condition, terms):
                yield attrs.evolve(condition, condition=inner)
        case AllOf() | AnyOf() | AtLeastOf():
            yield (AnyOf if isinstance(condition, AllOf) else AllOf)(condition.conditions)
            for place, each in enumerate(condition.conditions):
                for inner in _conditions(each, terms):
                    kept = condition.conditions
                    yield attrs.evolve(
                        condition, conditions=(*kept[:place], inner, *kept[place + 1 :])
                    )


def _compared(
    condition: Compared, terms: Mapping[str, ObservationTerm]
) -> Iterator[WarningCondition]:
    unit = unit_of(condition.observed, terms)
    if unit is Unit.FLAG:
        yield attrs.evolve(condition, value=1 - condition.value)
        return
    yield attrs.evolve(condition, operator=_OTHER[condition.operator])
    step = Decimal(1)
    if condition.of is not None:
        step = Decimal(1).scaleb(int(condition.value.as_tuple().exponent))
    elif unit is Unit.SHARE:
        step = Decimal(1) / SHARE_SCALE
    elif unit is Unit.AMOUNT:
        step = Decimal("0.01")
    for moved_by in (-step, step):
        yield attrs.evolve(condition, value=condition.value + moved_by)
    for field in ("observed", "of"):
        reading = getattr(condition, field)
        if reading is not None and reading.how is not How.LATEST:
            for other in _stepped(reading, "window"):
                yield attrs.evolve(condition, **{field: other})


def _stepped(record: Reading | InPeriods | ForPeriods, *fields: str) -> Iterator[object]:
    for field in fields:
        for step in (-1, 1):
            try:
                yield attrs.evolve(record, **{field: getattr(record, field) + step})
            except DelinquencyError:
                continue
