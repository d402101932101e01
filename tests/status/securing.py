"""Collateral and guarantees drawn at random, rules that ask about them, and what holds of them on one day.

Like the rest of a lived account it skips nothing: what is in force is asked of every row on every day.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import attrs

import delinquency as dq
from delinquency.status import Condition, Elapsed, Found, PeriodsPaid, ReportedIs, StatusMachine

NAMES = (
    "loan_to_value",
    "security_share_of_assessed",
    "security_share_of_outstanding",
    "guaranteed_share",
    "secured_share",
)
SHARES = (dq.Proportion(1, 10), dq.Proportion(1, 2), dq.Proportion(1, 1), dq.Proportion(3, 2))


def draw_security(rnd: random.Random, start: date) -> list[dq.Collateral | dq.Guarantee]:
    """Assets and guarantors of an account, some of them valued again, ended, or named once more after."""
    drawn: list[dq.Collateral | dq.Guarantee] = []
    for name in ("a", "b", "c")[: rnd.randint(0, 3)]:
        is_asset = rnd.random() < 0.6
        for day in sorted({start + timedelta(days=rnd.randint(0, 250)) for _ in range(2)}):
            until = day + timedelta(days=rnd.randint(1, 120)) if rnd.random() < 0.4 else None
            if is_asset:
                value, assessed = rnd.choice([0, 1, 20, 150, 900]), rnd.choice([None, 40, 300])
                drawn.append(dq.Collateral(name, day, value, assessed_value=assessed, until=until))
            elif rnd.random() < 0.5:
                drawn.append(dq.Guarantee(name, day, amount=rnd.choice([1, 50, 400]), until=until))
            else:
                drawn.append(dq.Guarantee(name, day, share=rnd.choice(SHARES[:3]), until=until))
    return drawn


def asking_of_security(
    rnd: random.Random, machines: Sequence[StatusMachine]
) -> list[StatusMachine]:
    """The machines, with reported figures and findings of which some are of security."""

    def asked(condition: Condition) -> Condition:
        match condition:
            case ReportedIs():
                return ReportedIs(rnd.choice(NAMES), condition.operator, rnd.choice(SHARES))
            case Found() if rnd.random() < 0.4:
                return attrs.evolve(condition, kind="guaranteed")
            case Elapsed() | PeriodsPaid():
                since = [
                    Found("guaranteed") if isinstance(each, Found) and rnd.random() < 0.4 else each
                    for each in condition.since
                ]
                return attrs.evolve(condition, since=since)
        return condition

    return [
        attrs.evolve(
            machine,
            triggers=[
                attrs.evolve(rule, when=[asked(each) for each in rule.when])
                for rule in machine.triggers
            ],
            exits=[
                attrs.evolve(rule, when=[asked(each) for each in rule.when])
                for rule in machine.exits
            ],
        )
        for machine in machines
    ]


class LivedSecurity:
    """What stands behind one account, asked day by day."""

    def __init__(self, rows: Sequence[dq.Collateral | dq.Guarantee]) -> None:
        self.rows = rows

    def held(self, day: date, kinds: tuple[type, ...]) -> list[dq.Collateral | dq.Guarantee]:
        newest: dict[tuple[type, str], dq.Collateral | dq.Guarantee] = {}
        for row in sorted(self.rows, key=lambda row: row.value_date):
            name = row.collateral_id if isinstance(row, dq.Collateral) else row.guarantor_id
            if isinstance(row, kinds) and row.value_date <= day:
                newest[type(row), name] = row
        return [row for row in newest.values() if row.until is None or day < row.until]

    def guaranteed_since(self, day: date) -> date | None:
        found = None
        while self.held(day, (dq.Guarantee,)):
            found, day = day, day - timedelta(days=1)
        return found

    def figure(self, name: str, day: date, exposure: int) -> tuple[date, Fraction | None] | None:
        """Since when the security of a figure is what it is, and the figure; ``None`` is beyond any number."""
        kinds: tuple[type, ...] = (dq.Collateral,)
        if name == "guaranteed_share":
            kinds = (dq.Guarantee,)
        elif name == "secured_share":
            kinds = (dq.Collateral, dq.Guarantee)
        elif name not in NAMES:
            return None
        days = [row.value_date for row in self.rows if isinstance(row, kinds)]
        if not days or min(days) > day:
            return None
        since, held = day, self.held(day, kinds)
        while since > min(days) and self.held(since - timedelta(days=1), kinds) == held:
            since -= timedelta(days=1)
        if not held and since == min(days):
            return None
        value = sum(row.value for row in held if isinstance(row, dq.Collateral)) * 100
        if name == "security_share_of_assessed":
            assessed = [row.assessed_value for row in held if isinstance(row, dq.Collateral)]
            if not assessed or None in assessed:
                return None
            return since, Fraction(value, sum(assessed) * 100)
        if name == "loan_to_value":
            if not exposure:
                return since, Fraction(0)
            return since, Fraction(exposure, value) if value else None
        if not exposure:
            return since, None
        answered = [
            Fraction(row.amount) * 100
            if row.share is None
            else Fraction(row.share.numerator, row.share.denominator) * exposure
            for row in held
            if isinstance(row, dq.Guarantee)
        ]
        return since, Fraction(value + sum(answered), exposure)
