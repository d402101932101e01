"""Machines, facts and accounts drawn at random, small numbers first, so that everything collides."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number
from delinquency.status import (
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
    StateIs,
    StatusExit,
    StatusMachine,
    StatusState,
    StatusTrigger,
    TimeUnit,
)
from delinquency.status.facts import Changed, StatusFacts
from tests.status.living import LivedChange, LivedFacts

FOUND, REPORTED = ("bankruptcy", "fraud"), ("loan_to_value",)
CNY = dq.Currency.of("CNY")


IN_TRIGGERS = [anchor for anchor in Anchor if anchor is not Anchor.LAST_TRIGGER]


def draw_condition(
    rnd: random.Random, before: list[StatusMachine], anchors: list[Anchor]
) -> Condition:
    kinds = ["figure"] * 5 + ["found", "reported", "restructured", "elapsed", "elapsed", "periods"]
    kind = rnd.choice([*kinds, "state"] if before else kinds)
    match kind:
        case "figure":
            figure = rnd.choice(list(Figure))
            value = dq.Proportion(rnd.choice([0, 1, 2, 5, 10, 30, 31, 90]), 1)
            if figure.is_amount:
                value = dq.Proportion(rnd.choice([0, 1, 3, 50]), rnd.choice([1, 2]))
            return FigureIs(figure, rnd.choice(list(Operator)), value)
        case "found":
            kind = rnd.choice(FOUND)
            if rnd.random() < 0.3:
                return Found(kind, since=rnd.sample(anchors, rnd.choice([1, 1, 2])))
            return Found(kind, is_found=rnd.random() < 0.6)
        case "reported":
            return ReportedIs("loan_to_value", rnd.choice(list(Operator)), dq.Proportion(1, 2))
        case "restructured":
            return Restructured(rnd.choice([None, dq.Proportion(1, 100)]))
        case "elapsed":
            unit = rnd.choice(list(TimeUnit))
            count = rnd.choice([1, 2, 3]) if unit is TimeUnit.MONTHS else rnd.choice([1, 5, 30])
            return Elapsed(count, unit, draw_anchors(rnd, anchors))
        case "periods":
            return PeriodsPaid(rnd.choice([1, 2]), draw_anchors(rnd, anchors))
        case _:
            machine = rnd.choice(before)
            codes = [state.code for state in machine.states]
            return StateIs(machine.name, tuple(rnd.sample(codes, rnd.randint(1, len(codes) - 1))))


def draw_anchors(rnd: random.Random, anchors: list[Anchor]) -> tuple[Anchor | Found, ...]:
    drawn: list[Anchor | Found] = [*rnd.sample(anchors, rnd.choice([1, 1, 2]))]
    if rnd.random() < 0.15:
        drawn.append(Found(rnd.choice(FOUND)))
    return tuple(drawn)


def draw_machine(rnd: random.Random, name: str, before: list[StatusMachine]) -> StatusMachine:
    codes = "abcd"[: rnd.randint(2, 4)]

    def when(anchors: list[Anchor]) -> list[Condition]:
        return [draw_condition(rnd, before, anchors) for _ in range(rnd.randint(1, 2))]

    triggers = [
        StatusTrigger(
            to=rnd.choice(codes[1:]),
            when=when(IN_TRIGGERS),
            leaving=rnd.sample(codes, rnd.randint(1, len(codes))) if rnd.random() < 0.3 else (),
        )
        for _ in range(rnd.randint(1, 4))
    ]
    exits = []
    for _ in range(rnd.randint(0, 3)):
        to = rnd.randrange(len(codes) - 1)
        worse = codes[to + 1 :]
        exits.append(
            StatusExit(
                leaving=rnd.sample(worse, rnd.randint(1, len(worse))),
                to=codes[to],
                when=when(list(Anchor)),
            )
        )
    return StatusMachine(
        name=name, states=[StatusState(code) for code in codes], triggers=triggers, exits=exits
    )


def draw_account(rnd: random.Random, start: date = date(2023, 1, 31)) -> tuple[dq.Account, date]:
    """A loan of few months, of which money comes early, late, in part or never."""
    dues = [
        start + timedelta(days=rnd.choice([28, 30, 31]) * n) for n in range(1, rnd.randint(3, 9))
    ]
    rows = [
        dq.Instalment(due, rnd.choice([0, 10, 100]), rnd.choice([0, 1, 5]))
        for due in sorted(set(dues))
    ]
    payments, suspensions = [], []
    for row in rows:
        if rnd.random() < 0.8:
            day = row.due_date + timedelta(days=rnd.choice([-9, 0, 0, 0, 1, 2, 31, 60, 95]))
            amount = rnd.choice([row.principal + row.interest, 5, 210])
            reversed_on = day + timedelta(days=rnd.randint(0, 60)) if rnd.random() < 0.15 else None
            if amount and day >= start:
                payments.append(dq.Payment(day, amount, reversed_on=reversed_on))
    if rnd.random() < 0.3:
        first = start + timedelta(days=rnd.randint(0, 120))
        end = first + timedelta(days=rnd.randint(1, 60)) if rnd.random() < 0.7 else None
        suspensions.append(dq.CountingSuspension(first, end))
    account = dq.Account(
        account_id="drawn",
        originated_on=start,
        schedule=dq.Schedule(CNY, rows),
        payments=payments,
        events=suspensions,
    )
    return account, start + timedelta(days=rnd.randint(0, 420))


def draw_facts(rnd: random.Random, start: date) -> tuple[StatusFacts, LivedFacts]:
    """The same facts for both."""

    def day(most: int = 300) -> date:
        return start + timedelta(days=rnd.randint(0, most))

    findings: dict[str, list[tuple[date, date | None]]] = {}
    for kind in FOUND:
        if rnd.random() < 0.5:
            first = day()
            end = first + timedelta(days=rnd.randint(1, 90))
            spans: list[tuple[date, date | None]] = [(first, end)]
            if rnd.random() < 0.4:
                spans.append((end + timedelta(days=rnd.randint(0, 30)), None))
            findings[kind] = spans
    reported = sorted(
        {day(): Fraction(rnd.randint(0, 4), 4) for _ in range(rnd.randint(0, 3))}.items()
    )
    changes = []
    for on in sorted({day() for _ in range(rnd.randint(0, 2))}):
        first_due = on + timedelta(days=rnd.randint(0, 60))
        grace = on + timedelta(days=rnd.randint(0, 90)) if rnd.random() < 0.5 else None
        gave_up = rnd.choice([None, Fraction(0), Fraction(1, 100), Fraction(1, 50)])
        changes.append(LivedChange(on, first_due, grace, gave_up))
    return _whole(findings, reported, changes), LivedFacts(
        findings, {"loan_to_value": reported}, changes
    )


def _number(day: date | None, default: int = NONE_DAY) -> int:
    return default if day is None else day_number(day, where="drawn", field="day")


def _whole(findings, reported, changes) -> StatusFacts:
    return StatusFacts(
        {
            kind: [(_number(start), _number(end)) for start, end in spans]
            for kind, spans in findings.items()
        },
        {
            "loan_to_value": [
                (_number(day), value.numerator, value.denominator) for day, value in reported
            ]
        },
        [
            Changed(
                _number(change.on),
                _number(change.first_due),
                _number(change.grace_until, -NONE_DAY),
                -1 if change.gave_up is None else change.gave_up.numerator,
                1 if change.gave_up is None else change.gave_up.denominator,
            )
            for change in changes
        ],
    )
