"""One drawn debtor with several accounts, answered by the fold and by living every day.

The one idea: every day is looked at by itself. The figures of each account are asked for alone and added up, facts
are gone through one by one, and the machines step once a day; nothing is known of stretches or of crossings.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import attrs

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number
from delinquency.counting.disputes import without_lost
from delinquency.status import Anchor, Restructured, StatusMachine
from delinquency.status.stretches import without_reversed
from tests.status.books import START, draw_events
from tests.status.comparing import draw_counting, figures_of
from tests.status.drawing import FOUND, draw_account, draw_machine
from tests.status.living import DayFigures, Life, LivedChange, LivedFacts

__all__ = ["differences", "draw_accounts", "draw_debtor", "draw_policy"]

Span = tuple[date, date]
FOREVER = date.max


def draw_accounts(rnd: random.Random, most: int = 4) -> list[dq.Account]:
    """Accounts of one debtor, some of which begin later; of one day no two say another value of a figure."""
    accounts, told = [], set()
    for number in range(rnd.randint(1, most)):
        start = START + timedelta(days=rnd.choice([0, 0, 0, 20, 45, 130]))
        account, _ = draw_account(rnd, start)
        events = []
        for event in draw_events(rnd, start):
            if isinstance(event, dq.ReportedFigure):
                said = (event.name, event.value_date, event.recorded_on or event.value_date)
                if said in told:
                    continue
                told.add(said)
            events.append(event)
        facts = {"events": [*account.events, *events], "segment": dq.Segment.NON_RETAIL}
        accounts.append(attrs.evolve(account, account_id=f"A{number}", obligor_id="D", **facts))
    return accounts


def draw_machines(rnd: random.Random) -> list[StatusMachine]:
    """Machines that judge obligors, then perhaps one of accounts that may read them."""
    machines: list[StatusMachine] = []
    for name in ("first", "second")[: rnd.randint(1, 2)]:
        drawn = draw_machine(rnd, name, machines)
        machines.append(attrs.evolve(drawn, level=dq.Level.OBLIGOR))
    if rnd.random() < 0.5:
        machines.append(draw_machine(rnd, "own", machines))
    return machines


def draw_policy(rnd: random.Random) -> dq.Policy:
    plain = dq.rulebook.load("founding-report").versions[-1]
    return attrs.evolve(plain, counting=draw_counting(rnd), status=draw_machines(rnd))


def draw_debtor(seed: str) -> tuple[list[dq.Account], dq.Policy, date]:
    rnd = random.Random(seed)
    accounts, policy = draw_accounts(rnd), draw_policy(rnd)
    first = min(account.originated_on for account in accounts)
    return accounts, policy, first + timedelta(days=rnd.randint(0, 420))


class Debtor(Life):
    """All accounts of one debtor under the machines that judge obligors."""

    def __init__(self, machines: Any, accounts: list[dq.Account]) -> None:
        self.own = {each.account_id: lived_facts(each) for each in accounts}
        self.today: dict[str, DayFigures] = {}
        dues = sorted({due for each in accounts for due in due_dates(each)})
        super().__init__(machines, united(accounts, self.own), dues, 100)

    def live_all(self, day: date, figures: dict[str, DayFigures], run: int) -> dict[str, str]:
        self.today = figures
        late = [each.newest_late_due for each in figures.values() if each.newest_late_due]
        whole = DayFigures(
            max(each.days_past_due for each in figures.values()),
            max(each.delinquent_days for each in figures.values()),
            run,
            sum(each.arrears for each in figures.values()),
            sum(each.exposure for each in figures.values()),
            sum(each.unpaid for each in figures.values()),
            max(late, default=None),
        )
        return self.live(day, whole)

    def _excused(self, kind: str, day: date) -> bool:
        late = [each for each, figures in self.today.items() if figures.arrears]
        return all(covers(self.own[each], kind, day) for each in late or self.today)

    def _truth(self, asked: Any, machine: Any, day: date, today: dict[str, str]) -> bool | None:
        if not isinstance(asked, Restructured):
            return super()._truth(asked, machine, day, today)
        changes = [change for change in self.facts.changes if change.on == day]
        if not changes or asked.gave_up_over is None:
            return bool(changes)
        limit = Fraction(asked.gave_up_over.numerator, asked.gave_up_over.denominator)
        truths = [None if each.gave_up is None else each.gave_up > limit for each in changes]
        return True if True in truths else None if None in truths else False

    def _anchor(self, anchor: Any, machine: Any, day: date) -> date | None:
        if anchor not in (Anchor.FIRST_DUE_AFTER_RESTRUCTURING, Anchor.GRACE_END):
            return super()._anchor(anchor, machine, day)
        last = [
            [change for change in own.changes if change.on <= day][-1:] for own in self.own.values()
        ]
        days = [
            change.first_due if anchor is not Anchor.GRACE_END else change.grace_until
            for (change,) in filter(None, last)
        ]
        return max((each for each in days if each is not None), default=None)


def covers(facts: LivedFacts, kind: str, day: date) -> bool:
    return any(start <= day < (end or FOREVER) for start, end in facts.findings.get(kind, []))


def lived_facts(account: dq.Account) -> LivedFacts:
    """The facts of one account, read event by event."""
    findings: dict[str, list[tuple[date, date | None]]] = {}
    reported: dict[str, dict[date, Fraction]] = {}
    changes: dict[date, LivedChange] = {}
    for event in account.events:
        match event:
            case dq.Finding():
                findings.setdefault(event.kind.value, []).append((event.start, event.end))
            case dq.ReportedFigure():
                value = Fraction(event.value.numerator, event.value.denominator)
                reported.setdefault(event.name.value, {})[event.value_date] = value
            case dq.Restructuring() if event.in_difficulty:
                share = event.diminished_share
                gave_up = None if share is None else Fraction(share.numerator, share.denominator)
                changes[event.value_date] = LivedChange(
                    event.value_date, event.first_due_on, event.grace_until, gave_up
                )
    return LivedFacts(
        findings,
        {name: sorted(rows.items()) for name, rows in reported.items()},
        sorted(changes.values(), key=lambda change: change.on),
    )


def united(accounts: list[dq.Account], own: dict[str, LivedFacts]) -> LivedFacts:
    findings = {
        kind: [(start, None if end == FOREVER else end) for start, end in overlaid(spans)]
        for kind in FOUND
        if (
            spans := [
                (start, end or FOREVER)
                for facts in own.values()
                for start, end in facts.findings.get(kind, [])
            ]
        )
    }
    recorded: dict[tuple[str, date], tuple[date, Fraction]] = {}
    for account in accounts:
        for event in account.events:
            if isinstance(event, dq.ReportedFigure):
                key = (event.name.value, event.value_date)
                told = (
                    event.recorded_on or event.value_date,
                    Fraction(event.value.numerator, event.value.denominator),
                )
                if key not in recorded or recorded[key][0] <= told[0]:
                    recorded[key] = told
    reported: dict[str, list[tuple[date, Fraction]]] = {}
    for (name, day), (_, value) in sorted(recorded.items()):
        reported.setdefault(name, []).append((day, value))
    changes = sorted(
        (change for facts in own.values() for change in facts.changes), key=lambda each: each.on
    )
    return LivedFacts(findings, reported, changes)


def overlaid(spans: list[Span]) -> list[Span]:
    """Spans of which two that share a day are one, until no two do."""
    for one in spans:
        for other in spans:
            if one is not other and one[0] < other[1] and other[0] < one[1]:
                rest = [each for each in spans if each is not one and each is not other]
                return overlaid([*rest, (min(one[0], other[0]), max(one[1], other[1]))])
    return sorted(spans)


def due_dates(account: dq.Account) -> list[date]:
    return [row.due_date for row in account.schedule if row.principal + row.interest]


def suspended(account: dq.Account, day: date) -> bool:
    return any(
        isinstance(event, dq.CountingSuspension) and event.start <= day < (event.end or FOREVER)
        for event in account.events
    )


def run_on(
    accounts: list[dq.Account],
    figures: dict[str, DayFigures],
    policy: dq.Policy,
    day: date,
    run: int,
) -> int:
    """Consecutive material closes of the sums: held where only what is suspended makes them so."""
    limits = policy.counting.materiality
    exposure = sum(each.exposure for each in figures.values())

    def is_material(ids: list[str]) -> bool:
        arrears = sum(figures[each].arrears for each in ids)
        share = Fraction(limits.share.numerator, limits.share.denominator)
        return arrears > limits.amount * 100 and Fraction(arrears) > exposure * share

    if not is_material(list(figures)):
        return 0
    going = [
        each.account_id
        for each in accounts
        if each.account_id in figures and not suspended(each, day)
    ]
    return run + is_material(going)


def lived(
    accounts: list[dq.Account], policy: dq.Policy, as_of: date
) -> Iterator[tuple[date, dict[str, str], dict[str, dict[str, str]]]]:
    """Each day with the states of the debtor and of each account."""
    last = day_number(as_of, where="", field="")
    known = [
        without_lost(without_reversed(each, last, NONE_DAY), policy.counting, last)
        for each in accounts
        if each.originated_on <= as_of
    ]
    whole = Debtor([each for each in policy.status if each.level is dq.Level.OBLIGOR], known)
    own = {
        each.account_id: Life(
            [machine for machine in policy.status if machine.level is dq.Level.ACCOUNT],
            lived_facts(each),
            due_dates(each),
            100,
        )
        for each in known
    }
    day, run = min(each.originated_on for each in known), 0
    runs: dict[str, int] = {}
    while day <= as_of:
        begun = [each for each in known if each.originated_on <= day]
        figures = {
            each.account_id: figures_of(each, policy, day, runs.get(each.account_id, 0))
            for each in begun
        }
        runs = {account_id: each.material_days for account_id, each in figures.items()}
        run = run_on(begun, figures, policy, day, run)
        states = whole.live_all(day, figures, run)
        yield (
            day,
            states,
            {
                account_id: own[account_id].live(day, each, states)
                for account_id, each in figures.items()
            },
        )
        day += timedelta(days=1)


def differences(seed: str) -> list[str]:
    """The days on which the two disagree, told; none where they agree."""
    accounts, policy, as_of = draw_debtor(seed)
    answer = dq.assess_obligor(accounts, as_of=as_of, policy=policy)
    assert answer.status is not None
    statuses = {each.account_id: each for each in answer.statuses}
    found = []
    for day, states, of_accounts in lived(accounts, policy, as_of):
        for machine, code in states.items():
            said = answer.status.on(day, machine).code
            if said != code:
                found.append(f"{day} debtor {machine}: {said} / lived {code}")
        for account_id, own in of_accounts.items():
            for machine, code in own.items():
                said = statuses[account_id].on(day, machine).code
                if said != code:
                    found.append(f"{day} {account_id} {machine}: {said} / lived {code}")
    return found
