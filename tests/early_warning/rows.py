"""Histories of one account, written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import delinquency as dq
from delinquency.early_warning import (
    EarlyWarning,
    Observations,
    ObservationTerm,
    Signal,
    WarningRule,
    WarningRules,
)
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.early_warning.conditions import WarningCondition
from delinquency.early_warning.rule import Severity, WarningFamily

CURRENCY = dq.Currency.of("CNY")
LAST = date(2025, 6, 30)


def ends(count: int) -> list[date]:
    """So many month ends, up to the last one."""
    found = dq.month_ends(date(2010, 1, 31), LAST)
    return list(found)[-count:]


def seen(
    columns: Mapping[str, Sequence[object]], own_terms: Sequence[ObservationTerm] = ()
) -> Observations:
    """Observations of one account, the last ones at the last month end."""
    count = max(len(column) for column in columns.values())
    return Observations.of("A-1", ends(count), columns, currency=CURRENCY, own_terms=own_terms)


def condition(line: str) -> WarningCondition:
    return parse_condition(line, terms=CATALOGUE, where="test")


def rule_of(when: str | WarningCondition, rule_id: str = "rule", **fields: object) -> WarningRule:
    """A rule of one line; what a test does not speak of is orange and one point."""
    given = {
        "when": condition(when) if isinstance(when, str) else when,
        "family": WarningFamily.BEHAVIOUR,
        "severity": Severity.ORANGE,
        "points": 1,
        **fields,
    }
    if isinstance(given.get("clears"), str):
        given["clears"] = condition(str(given["clears"]))
    return WarningRule(rule_id=rule_id, **given)  # type: ignore[arg-type]


def rules_of(*rules: WarningRule) -> WarningRules:
    return WarningRules(name="house", rules=rules)


def judged(observations: Observations, *rules: WarningRule) -> EarlyWarning:
    return dq.early_warning_signals(observations, rules=rules_of(*rules))


def signal_of(observations: Observations, rule: WarningRule) -> Signal:
    return judged(observations, rule).signals[0]
