"""One drawn question, answered by the fold and by living every day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import attrs

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.counting.days import count_days, count_exposure, late_debts
from delinquency.counting.disputes import without_lost
from delinquency.counting.materiality import Materiality
from delinquency.replaying import ledger_rule
from delinquency.status.facts import facts_of
from delinquency.status.folding import Era, Known, fold
from delinquency.status.machine_checks import check_machines
from delinquency.status.stretches import stretches_of, without_reversed
from tests.equivalence.books import disputing
from tests.oracle.disputing import Counted, holds, level
from tests.status.drawing import CNY, draw_account, draw_facts, draw_machine
from tests.status.living import DayFigures, Life
from tests.status.securing import LivedSecurity, asking_of_security, draw_security


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
    dues = [
        Counted(debt.instalment_no, to_date(debt.due_day), Fraction(sum(amounts)), (debt.unit,))
        for debt, amounts in zip(ledger.obligations, ledger.open_rows, strict=True)
        if to_date(debt.due_day) <= day
    ]
    return DayFigures(
        count.days_past_due,
        count.delinquent_days,
        run + (not is_suspended) if is_material else 0,
        count.arrears,
        exposure,
        undisputed(account, counting, dues, day),
        to_date(max(debt.due_day for debt in late)) if late else None,
    )


def undisputed(account: dq.Account, counting: dq.Counting, dues: list[Counted], day: date) -> int:
    """What is due and unpaid by a day without what is disputed on it [minor units]."""
    events = [
        attrs.evolve(event, amount=event.amount * 100)
        for event in account.events
        if isinstance(event, dq.Dispute) and (event.reversed_on is None or event.reversed_on > day)
    ]
    from_end = counting.lost_dispute is dq.LostDispute.FROM_ITS_END
    held = holds(events, day, day, from_end)
    dues = sorted(dues, key=lambda debt: debt.oldest_first)
    return int(sum(level(dues, held, day)))


def differences(seed: str) -> list[str]:
    """The days on which the two disagree, told; none where they agree."""
    rnd = random.Random(seed)
    account, as_of = draw_account(rnd)
    account = disputing(random.Random(f"disputed {seed}"), account, share=0.4)
    policy = attrs.evolve(
        dq.rulebook.load("founding-report").versions[-1], counting=draw_counting(rnd)
    )
    machines = []
    for name in ("first", "second")[: rnd.randint(1, 2)]:
        machines.append(draw_machine(rnd, name, machines))
    secured = random.Random(f"secured {seed}")
    security = draw_security(secured, account.originated_on) if secured.random() < 0.5 else []
    if security:
        machines = asking_of_security(secured, machines)
        account = attrs.evolve(account, events=[*account.events, *security])
    check_machines(tuple(machines), "drawn", has_materiality=True)
    whole, lived = draw_facts(rnd, account.originated_on)
    told = facts_of(account, NONE_DAY)
    whole = attrs.evolve(
        whole, findings={**whole.findings, **told.findings}, security=told.security
    )
    lived = lived._replace(security=LivedSecurity(security))
    last = day_number(as_of, where="", field="")
    lost = random.Random(f"lost {seed}").choice(list(dq.LostDispute))
    policy = attrs.evolve(policy, counting=attrs.evolve(policy.counting, lost_dispute=lost))
    known = without_lost(without_reversed(account, last, NONE_DAY), policy.counting, last)
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
