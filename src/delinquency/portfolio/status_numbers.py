"""The status machines of a version in whole numbers: what the loops of status are given.

The one idea: what a figure is compared with becomes the least and the greatest whole number for which the
condition holds, so that no loop multiplies an amount by anything.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np

from delinquency.account import Segment
from delinquency.currency import Currency
from delinquency.policy import Policy
from delinquency.portfolio.kernels.status_layout import (
    ELAPSED,
    FIGURE,
    FOUND,
    FOUND_FROM,
    MONTHS,
    PERIODS,
    REPORTED,
    RESTRUCTURED,
    SEGMENT,
    STATE,
    MachineNumbers,
    StatusRun,
)
from delinquency.portfolio.whole_bounds import whole_bounds
from delinquency.status.conditions import (
    Anchor,
    Condition,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    Operator,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
    TimeUnit,
)
from delinquency.status.facts import FINDINGS, OF_SECURITY, REPORTED_FIGURES
from delinquency.status.machine import StatusExit, StatusMachine, StatusTrigger

__all__ = ["fits_the_loop", "machine_numbers", "reads_security", "status_run"]

_MOST_STATES: Final = 62
"""States that are told by the bits of a number."""

_MOST: Final = 2**31
"""A product of two numbers below it is below 2**62."""

_ANCHORS = tuple(Anchor)
_FIGURES = tuple(Figure)
_OPERATORS = tuple(Operator)
_SEGMENTS = tuple(segment.value for segment in Segment)


class _Written(NamedTuple):
    """One condition in whole numbers; see :class:`MachineNumbers`."""

    kind: int
    which: int = 0
    operator: int = 0
    low: int = 0
    high: int = 0
    anchors: tuple[int, ...] = ()


def fits_the_loop(machines: Iterable[StatusMachine]) -> bool:
    """Whether the loops can keep the machines: few enough states, and shares of few enough digits."""
    for machine in machines:
        if len(machine.states) > _MOST_STATES:
            return False
        for condition in machine.conditions():
            share = None
            if isinstance(condition, ReportedIs):
                share = condition.value
            elif isinstance(condition, Restructured):
                share = condition.gave_up_over
            if share is not None and max(abs(share.numerator), share.denominator) >= _MOST:
                return False
    return True


def reads_security(machines: Iterable[StatusMachine]) -> bool:
    """Whether a rule asks what collateral and guarantees answer, which the loops do not know."""
    for machine in machines:
        for condition in machine.conditions():
            asked: tuple[object, ...] = (condition,)
            if isinstance(condition, Elapsed | PeriodsPaid):
                asked = condition.since
            for each in asked:
                if isinstance(each, ReportedIs) and each.name in OF_SECURITY:
                    return True
                if isinstance(each, Found) and each.kind in OF_SECURITY:
                    return True
    return False


def machine_numbers(machines: Sequence[StatusMachine], scale: int) -> MachineNumbers:
    """The machines of a version; ``scale`` is minor units in a currency unit."""
    triggers: list[tuple[int, int, int, int]] = []
    exits: list[tuple[int, int, int, int]] = []
    written: list[_Written] = []
    trigger_ends, exit_ends = [0], [0]
    for machine in machines:
        triggers += [_rule(machine, rule, written, machines, scale) for rule in machine.triggers]
        exits += [_rule(machine, rule, written, machines, scale) for rule in machine.exits]
        trigger_ends.append(len(triggers))
        exit_ends.append(len(exits))
    trigger_columns, exit_columns = _columns(triggers), _columns(exits)
    return MachineNumbers(
        machines=len(machines),
        widest=max((len(machine.states) for machine in machines), default=0),
        triggers=_numbers(trigger_ends),
        trigger_to=trigger_columns[0],
        trigger_from=trigger_columns[1],
        trigger_when=trigger_columns[2],
        trigger_until=trigger_columns[3],
        exits=_numbers(exit_ends),
        exit_to=exit_columns[0],
        exit_from=exit_columns[1],
        exit_when=exit_columns[2],
        exit_until=exit_columns[3],
        kind=_numbers(each.kind for each in written),
        which=_numbers(each.which for each in written),
        operator=_numbers(each.operator for each in written),
        low=_numbers(each.low for each in written),
        high=_numbers(each.high for each in written),
        anchors=_numbers(np.cumsum([0, *(len(each.anchors) for each in written)])),
        anchor=_numbers(anchor for each in written for anchor in each.anchors),
        figures=_numbers(sorted({each.which for each in written if each.kind == FIGURE})),
    )


def _numbers(values: Iterable[int]) -> Any:
    return np.array(list(values), dtype=np.int64)


def _columns(rules: list[tuple[int, int, int, int]]) -> list[Any]:
    return [_numbers(column) for column in zip(*rules, strict=True)] or [_numbers(())] * 4


def _rule(
    machine: StatusMachine,
    rule: StatusTrigger | StatusExit,
    written: list[_Written],
    machines: Sequence[StatusMachine],
    scale: int,
) -> tuple[int, int, int, int]:
    """Where it leads, from which states by bits, and its conditions, which are added to those written."""
    codes = rule.leaving or tuple(state.code for state in machine.states)
    first = len(written)
    written += [_condition(condition, machines, scale) for condition in rule.when]
    return machine.position(rule.to), _bits(machine, codes), first, len(written)


def _bits(machine: StatusMachine, codes: Iterable[str]) -> int:
    return sum(1 << machine.position(code) for code in dict.fromkeys(codes))


def _condition(condition: Condition, machines: Sequence[StatusMachine], scale: int) -> _Written:
    match condition:
        case FigureIs():
            value, times = condition.value, scale if condition.figure.is_amount else 1
            limit = Fraction(value.numerator * times, value.denominator)
            low, high = whole_bounds(condition.operator, limit)
            written = _Written(FIGURE, _FIGURES.index(condition.figure), 0, low, high)
        case ReportedIs():
            written = _Written(
                REPORTED,
                REPORTED_FIGURES.index(condition.name),
                _OPERATORS.index(condition.operator),
                condition.value.numerator,
                condition.value.denominator,
            )
        case Found():
            written = _Written(
                FOUND,
                FINDINGS.index(condition.kind),
                low=int(condition.is_found),
                anchors=_anchors(condition),
            )
        case Restructured():
            share = condition.gave_up_over
            low, high = (0, 0) if share is None else (share.numerator, share.denominator)
            written = _Written(RESTRUCTURED, low=low, high=high)
        case SegmentIs():
            known = condition.segment in _SEGMENTS
            written = _Written(SEGMENT, _SEGMENTS.index(condition.segment) if known else -1)
        case StateIs():
            place = [machine.name for machine in machines].index(condition.machine)
            written = _Written(STATE, place, low=_bits(machines[place], condition.states))
        case Elapsed():
            unit = MONTHS if condition.unit is TimeUnit.MONTHS else 0
            written = _Written(ELAPSED, unit, low=condition.count, anchors=_anchors(condition))
        case PeriodsPaid():
            written = _Written(PERIODS, low=condition.count, anchors=_anchors(condition))
    return written


def _anchors(condition: Found | Elapsed | PeriodsPaid) -> tuple[int, ...]:
    return tuple(
        _ANCHORS.index(anchor)
        if isinstance(anchor, Anchor)
        else FOUND_FROM + FINDINGS.index(anchor.kind)
        for anchor in condition.since
    )


def status_run(
    policy: Policy, currency: Currency, begins: int, last: int, *, is_last: bool
) -> StatusRun:
    """One version on the days from ``begins`` to ``last``.

    Raises
    ------
    PolicyError
        Its materiality is in another currency.
    """
    material = policy.counting.materiality
    rule = None if material is None else material.in_minor_units(currency)
    asks_exposure = any(
        isinstance(condition, FigureIs) and condition.figure is Figure.EXPOSURE
        for machine in policy.status
        for condition in machine.conditions()
    )
    return StatusRun(
        begins=begins,
        last=last,
        is_last=int(is_last),
        has_materiality=int(rule is not None),
        material_amount=0 if rule is None else rule.amount,
        material_numerator=0 if rule is None else rule.numerator,
        material_denominator=1 if rule is None else rule.denominator,
        needs_exposure=int(rule is not None or asks_exposure),
        asks_exposure=int(asks_exposure),
    )
