"""One drawn question, answered by the fold and by living every day."""

from __future__ import annotations

import random
from datetime import date, timedelta

import attrs

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.counting.days import count_days, count_exposure, late_debts
from delinquency.counting.materiality import Materiality
from delinquency.replaying import ledger_rule
from delinquency.status.folding import Era, Known, fold
from delinquency.status.machine import check_machines
from delinquency.status.stretches import stretches_of, without_reversed
from tests.status.drawing import CNY, draw_account, draw_facts, draw_machine
from tests.status.living import DayFigures, Life


def draw_counting(rnd: random.Random) -> dq.Counting:
    return dq.Counting(
        first_day=rnd.choice(list(dq.FirstDay)),
        grace_days=rnd.choice([0, 0, 3]),
        grace_kind=rnd.choice(list(dq.GraceKind)),
        tolerance=rnd.choice([0, 0, 5]),
        tolerance_scope=rnd.choice(list(dq.ToleranceScope)),
        materiality=Materiality(rnd.choice([0, 10]), dq.Proportion(rnd.choice([0, 1]), 10), CNY),
    )


def figures_of(account: dq.Account, policy: dq.Policy, day: date, run: int) -> DayFigures:
    """The figures of one close, asked for by itself."""
    ledger = dq.replay(account, as_of=day, policy=policy)
    counting = policy.counting
    count, exposure = count_days(ledger, counting), count_exposure(ledger)
    assert counting.materiality is not None
    limits = counting.materiality
    is_suspended = any(
        event.start <= day and (event.end is None or day < event.end)
        for event in account.events
        if isinstance(event, dq.CountingSuspension)
    )
    is_material = (
        count.arrears > limits.amount * 100
        and count.arrears * limits.share.denominator > exposure * limits.share.numerator
    )
    late = late_debts(ledger, counting)
    return DayFigures(
        count.days_past_due,
        count.delinquent_days,
        run + (not is_suspended) if is_material else 0,
        count.arrears,
        exposure,
        sum(
            sum(amounts)
            for debt, amounts in zip(ledger.obligations, ledger.open_rows, strict=True)
            if to_date(debt.due_day) <= day
        ),
        to_date(max(debt.due_day for debt in late)) if late else None,
    )


def differences(seed: str) -> list[str]:
    """The days on which the two disagree, told; none where they agree."""
    rnd = random.Random(seed)
    account, as_of = draw_account(rnd)
    policy = attrs.evolve(
        dq.rulebook.load("founding-report").versions[-1], counting=draw_counting(rnd)
    )
    machines = []
    for name in ("first", "second")[: rnd.randint(1, 2)]:
        machines.append(draw_machine(rnd, name, machines))
    check_machines(tuple(machines), "drawn", has_materiality=True)
    whole, lived = draw_facts(rnd, account.originated_on)
    known = without_reversed(account, day_number(as_of, where="", field=""), NONE_DAY)
    stretches = stretches_of(
        known,
        ledger_rule(policy, CNY),
        policy.counting,
        account.originated_day,
        day_number(as_of, where="", field=""),
        NONE_DAY,
    )
    rows = [row for row in account.schedule if row.principal + row.interest]
    dues = [row.due_date for row in rows]
    due_days = [day_number(due, where="", field="") for due in dues]
    folded = fold([Era(machines, stretches)], Known(whole, due_days, 100, account.segment.value))
    life = Life(machines, lived, dues, 100)
    day, run, found = account.originated_on, 0, []
    while day <= as_of:
        figures = figures_of(known, policy, day, run)
        run = figures.material_days
        states = life.live(day, figures)
        for place, machine in enumerate(machines):
            changes = [change for change in folded.changes[place] if to_date(change.day) <= day]
            said = machine.states[changes[-1].state].code
            if said != states[machine.name]:
                found.append(f"{day} {machine.name}: {said} / lived {states[machine.name]}")
        day += timedelta(days=1)
    return found
