"""The states of an account lived day by day: every rule is asked at every close, and nothing is skipped.

It knows nothing of stretches, bends or crossings: figures are those of one day, time is counted by dateutil, and
shares are fractions.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from delinquency.status import (
    Anchor,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    Operator,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    StateIs,
    TimeUnit,
)
from tests.status.securing import LivedSecurity


class DayFigures(NamedTuple):
    """What a close says; amounts in minor units."""

    days_past_due: int
    delinquent_days: int
    material_days: int
    arrears: int
    exposure: int
    unpaid: int
    newest_late_due: date | None


class LivedChange(NamedTuple):
    """A restructuring."""

    on: date
    first_due: date
    grace_until: date | None
    gave_up: Fraction | None


class LivedFacts(NamedTuple):
    """Facts by date."""

    findings: dict[str, list[tuple[date, date | None]]]
    reported: dict[str, list[tuple[date, Fraction]]]
    changes: list[LivedChange]
    security: LivedSecurity = LivedSecurity(())


def _holds(operator: Operator, left: Any, right: Any) -> bool:
    return {
        ">": left > right,
        ">=": left >= right,
        "<": left < right,
        "<=": left <= right,
        "=": left == right,
    }[operator.value]


class Life:
    """One account under some machines."""

    def __init__(self, machines: Any, facts: LivedFacts, dues: list[date], scale: int) -> None:
        self.machines = machines
        self.facts = facts
        self.dues = dues
        self.scale = scale
        self.now: dict[str, str] = {}
        self.entered: dict[str, date] = {}
        self.held: defaultdict[str, list[tuple[str, date]]] = defaultdict(list)
        self.seen: list[tuple[date, DayFigures]] = []

    def live(
        self, day: date, figures: DayFigures, given: dict[str, str] | None = None
    ) -> dict[str, str]:
        """Go through one day; the states at its close, and those that were given."""
        self.seen.append((day, figures))
        today: dict[str, str] = dict(given or {})
        for machine in self.machines:
            name = machine.name
            order = [state.code for state in machine.states]
            if name not in self.now:
                self.now[name], self.entered[name] = order[0], day
            before = self.now[name]
            floor = order[0]
            holding = []
            for rule in machine.triggers:
                if rule.leaving and before not in rule.leaving:
                    continue
                if self._all(rule.when, machine, day, today, excusing=True):
                    holding.append(rule.to)
            for code in holding:
                if order.index(code) > order.index(floor):
                    floor = code
            if order.index(floor) > order.index(before):
                self._enter(name, floor, day)
            while order.index(floor) < order.index(self.now[name]):
                exits = [rule for rule in machine.exits if self.now[name] in rule.leaving]
                if not exits:
                    self._enter(name, floor, day)
                    break
                ways = [rule.to for rule in exits if self._all(rule.when, machine, day, today)]
                if not ways:
                    break
                best = min(max(order.index(floor), order.index(code)) for code in ways)
                self._enter(name, order[best], day)
            self.held[name] += [(code, day) for code in holding]
            today[name] = self.now[name]
        return today

    def _enter(self, name: str, code: str, day: date) -> None:
        self.now[name], self.entered[name] = code, day

    def _all(
        self,
        conditions: Any,
        machine: Any,
        day: date,
        today: dict[str, str],
        *,
        excusing: bool = False,
    ) -> bool:
        truths = [
            not self._excused(each.kind, day)
            if excusing and isinstance(each, Found) and not each.is_found
            else self._truth(each, machine, day, today)
            for each in conditions
        ]
        return all(truth is True for truth in truths)

    def _excused(self, kind: str, day: date) -> bool:
        return self._found(kind, day) is not None

    def _truth(self, asked: Any, machine: Any, day: date, today: dict[str, str]) -> bool | None:
        figures = self.seen[-1][1]
        match asked:
            case FigureIs():
                limit = Fraction(asked.value.numerator, asked.value.denominator)
                value = {
                    Figure.DAYS_PAST_DUE: Fraction(figures.days_past_due),
                    Figure.DELINQUENT_DAYS: Fraction(figures.delinquent_days),
                    Figure.MATERIAL_DAYS_PAST_DUE: Fraction(figures.material_days),
                    Figure.ARREARS: Fraction(figures.arrears, self.scale),
                    Figure.EXPOSURE: Fraction(figures.exposure, self.scale),
                }[asked.figure]
                return _holds(asked.operator, value, limit)
            case ReportedIs():
                rows = [row for row in self.facts.reported.get(asked.name, []) if row[0] <= day]
                worked_out = self.facts.security.figure(asked.name, day, figures.exposure)
                limit = Fraction(asked.value.numerator, asked.value.denominator)
                if worked_out is not None and (not rows or rows[-1][0] < worked_out[0]):
                    if worked_out[1] is None:
                        return asked.operator in (Operator.OVER, Operator.AT_LEAST)
                    return _holds(asked.operator, worked_out[1], limit)
                return _holds(asked.operator, rows[-1][1], limit) if rows else None
            case Found():
                begun = self._found(asked.kind, day)
                if asked.since and begun is not None:
                    start = self._since(asked.since, machine, day)
                    return start is not None and begun > start
                return (begun is not None) == asked.is_found
            case Restructured():
                changes = [change for change in self.facts.changes if change.on == day]
                if not changes:
                    return False
                if asked.gave_up_over is None:
                    return True
                if changes[0].gave_up is None:
                    return None
                limit = asked.gave_up_over
                return changes[0].gave_up > Fraction(limit.numerator, limit.denominator)
            case StateIs():
                return today[asked.machine] in asked.states
            case Elapsed():
                start = self._since(asked.since, machine, day)
                if start is None:
                    return False
                if asked.unit is TimeUnit.DAYS:
                    return (day - start).days >= asked.count
                return start + relativedelta(months=asked.count) <= day
            case PeriodsPaid():
                start = self._since(asked.since, machine, day)
                if start is None or figures.arrears:
                    return asked.count <= 0
                paid = [due for due in self.dues if start < due < day]
                if day in self.dues and start < day and not figures.unpaid:
                    paid.append(day)
                return len(paid) >= asked.count
        raise AssertionError(asked)

    def _found(self, kind: str, day: date) -> date | None:
        if kind == "guaranteed":
            return self.facts.security.guaranteed_since(day)
        for start, end in self.facts.findings.get(kind, []):
            if start <= day and (end is None or day < end):
                return start
        return None

    def _since(self, anchors: Any, machine: Any, day: date) -> date | None:
        days = []
        for anchor in anchors:
            found = self._anchor(anchor, machine, day)
            if found is None and (isinstance(anchor, Found) or anchor is Anchor.CLEARING):
                return None
            if found is not None:
                days.append(found)
        return max(days) if days else None

    def _anchor(self, anchor: Any, machine: Any, day: date) -> date | None:
        if isinstance(anchor, Found):
            return self._found(anchor.kind, day)
        order = [state.code for state in machine.states]
        name = machine.name
        changes = [change for change in self.facts.changes if change.on <= day]
        if anchor is Anchor.ENTERING:
            return self.entered[name]
        if anchor is Anchor.LAST_TRIGGER:
            worse = [
                on
                for code, on in self.held[name]
                if order.index(code) >= order.index(self.now[name])
            ]
            return max(worse) + timedelta(days=1) if worse else None
        if anchor is Anchor.CLEARING:
            start = None
            for on, figures in reversed(self.seen):
                if figures.arrears:
                    break
                start = on
            return start
        if anchor is Anchor.LAST_MISS:
            missed = [f.newest_late_due for _, f in self.seen if f.newest_late_due is not None]
            return max(missed, default=None)
        if not changes:
            return None
        return {
            Anchor.RESTRUCTURING: changes[-1].on,
            Anchor.FIRST_DUE_AFTER_RESTRUCTURING: changes[-1].first_due,
            Anchor.GRACE_END: changes[-1].grace_until,
        }[anchor]
