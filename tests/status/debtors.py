"""One drawn debtor with several accounts, answered by the fold and by living every day.

The one idea: every day is looked at by itself. The figures of each account are asked for alone and added up, facts
are gone through one by one, and the machines step once a day; nothing is known of stretches or of crossings.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import attrs

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number
from delinquency.counting.disputes import without_lost
from delinquency.status import Anchor, Figure, FigureIs, Restructured, StatusMachine
from delinquency.status.stretches import without_reversed
from tests.status.books import START, draw_events, with_states_of
from tests.status.comparing import draw_counting, figures_of
from tests.status.drawing import CNY, FOUND, draw_account, draw_machine
from tests.status.living import DayFigures, Life, LivedChange, LivedFacts

__all__ = ["differences", "draw_accounts", "draw_debtor", "draw_policy"]

Span = tuple[date, date]
FOREVER = date.max
USD = dq.Currency.of("USD")


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


def draw_policy(rnd: random.Random) -> dq.Policy | dq.PolicyTimeline:
    """A policy, or two versions that follow each other and count, and judge, in other ways."""
    plain = dq.rulebook.load("founding-report").versions[-1]
    first = attrs.evolve(plain, counting=draw_counting(rnd), status=draw_machines(rnd))
    if rnd.random() < 0.6:
        return first
    change = START + timedelta(days=rnd.randint(1, 200))
    begins = rnd.choice([None, None, START + timedelta(days=1)])
    if begins is not None and begins >= change:
        begins = None
    second = attrs.evolve(first, counting=draw_counting(rnd), status=redrawn(rnd, first.status))
    return dq.PolicyTimeline(
        name=plain.name,
        versions=[
            attrs.evolve(first, validity=dq.Validity(begins, change)),
            attrs.evolve(second, validity=dq.Validity(change)),
        ],
    )


def redrawn(rnd: random.Random, machines: Sequence[StatusMachine]) -> list[StatusMachine]:
    """Machines of the same names and levels with other rules, which know every state of the old ones."""
    found: list[StatusMachine] = []
    for old in machines:
        new = with_states_of(old, draw_machine(rnd, old.name, found))
        found.append(attrs.evolve(new, level=old.level))
    return found


def draw_debtor(seed: str) -> tuple[list[dq.Account], dq.Policy | dq.PolicyTimeline, date]:
    """On a day on which a version is in force."""
    rnd = random.Random(seed)
    accounts, policy = draw_accounts(rnd), draw_policy(rnd)
    first = min(account.originated_on for account in accounts)
    return accounts, policy, first + timedelta(days=rnd.randint(1, 420))


RATE = dq.Proportion(7, 300)
"""Of a dollar in yuan: some debts of a few dollars are less than half a fen."""


def abroad(rnd: random.Random, account: dq.Account) -> dq.Account:
    """The account in dollars, sometimes."""
    if rnd.random() < 0.5:
        return account
    return attrs.evolve(account, schedule=attrs.evolve(account.schedule, currency=USD))


def in_yuan(figures: DayFigures, account: dq.Account) -> DayFigures:
    """Each amount once, half up; a debt is never nothing."""
    if account.currency == CNY:
        return figures

    def converted(minor: int) -> int:
        exact = Fraction(minor * RATE.numerator, RATE.denominator)
        return math.floor(exact + Fraction(1, 2))

    return figures._replace(
        arrears=max(converted(figures.arrears), min(figures.arrears, 1)),
        exposure=converted(figures.exposure),
        unpaid=max(converted(figures.unpaid), min(figures.unpaid, 1)),
    )


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
    assert limits is not None
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


class Counted:
    """The figures of all accounts by one version, counted from the day on which each began."""

    def __init__(self, policy: dq.Policy, accounts: list[dq.Account], last: int) -> None:
        self.policy = policy
        self.accounts = [
            without_lost(without_reversed(each, last, NONE_DAY), policy.counting, last)
            for each in accounts
        ]
        self.runs: dict[str, int] = {}
        self.run = 0

    def on(self, day: date) -> tuple[dict[str, DayFigures], dict[str, DayFigures], int]:
        """As they are, and in the currency of the sums; to be asked of every day, in order of time."""
        begun = [each for each in self.accounts if each.originated_on <= day]
        figures = {
            each.account_id: figures_of(each, self.policy, day, self.runs.get(each.account_id, 0))
            for each in begun
        }
        self.runs = {account_id: each.material_days for account_id, each in figures.items()}
        told = {each.account_id: in_yuan(figures[each.account_id], each) for each in begun}
        self.run = run_on(begun, told, self.policy, day, self.run)
        return figures, told, self.run


def lived(
    accounts: list[dq.Account], policy: dq.Policy | dq.PolicyTimeline, as_of: date
) -> Iterator[tuple[date, dict[str, str], dict[str, dict[str, str]]]]:
    """Each day that is judged with the states of the debtor and of each account."""
    last = day_number(as_of, where="", field="")
    begun = [each for each in accounts if each.originated_on <= as_of]
    versions = policy.versions if isinstance(policy, dq.PolicyTimeline) else (policy,)
    counted = [
        Counted(attrs.evolve(each, validity=dq.Validity()), begun, last) for each in versions
    ]
    known = [without_reversed(each, last, NONE_DAY) for each in begun]
    whole = Debtor((), known)
    own = {each.account_id: Life((), lived_facts(each), due_dates(each), 100) for each in known}
    day = min(each.originated_on for each in begun)
    while day <= as_of:
        told = [each.on(day) for each in counted]
        for version, (figures, converted, run) in zip(versions, told, strict=True):
            if not version.validity.contains(day):
                continue
            whole.machines = [each for each in version.status if each.level is dq.Level.OBLIGOR]
            states = whole.live_all(day, converted, run)
            of_accounts: dict[str, dict[str, str]] = {}
            for account_id, each in figures.items():
                life = own[account_id]
                life.machines = [
                    machine for machine in version.status if machine.level is dq.Level.ACCOUNT
                ]
                of_accounts[account_id] = life.live(day, each, states)
            yield day, states, of_accounts
        day += timedelta(days=1)


def differences(seed: str, *, currencies: bool = False) -> list[str]:
    """The days on which the two disagree, told; none where they agree."""
    accounts, policy, as_of = draw_debtor(seed)
    if currencies:
        rnd = random.Random(f"abroad {seed}")
        accounts = [abroad(rnd, each) for each in accounts]
        versions = policy.versions if isinstance(policy, dq.PolicyTimeline) else (policy,)
        if any(reads_material(each) for each in versions):
            return []  # that of an account in dollars is refused
    answer = dq.assess_obligor(accounts, as_of=as_of, policy=policy, fx={"USD": RATE}, currency=CNY)
    assert answer.status is not None
    statuses = {each.account_id: each for each in answer.statuses}
    found = [line for each in (answer.status, *answer.statuses) for line in gaps(each)]
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


def reads_material(policy: dq.Policy) -> bool:
    """Whether a machine of accounts asks for material days."""
    return any(
        isinstance(each, FigureIs) and each.figure is Figure.MATERIAL_DAYS_PAST_DUE
        for machine in policy.status
        if machine.level is dq.Level.ACCOUNT
        for each in machine.conditions()
    )


def gaps(answer: dq.StatusAssessment) -> list[str]:
    """Spans that do not follow one another day by day to the day that was asked of."""
    found = []
    for machine in answer.machines:
        spans = answer.spans(machine.name)
        ends = [span.end for span in spans]
        starts = [span.start for span in spans]
        if ends != [*starts[1:], None] or starts != sorted(set(starts)):
            found.append(f"{answer.account_id} {machine.name}: {starts} to {ends}")
    return found
