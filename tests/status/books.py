"""Drawn books with facts, judged as a whole and account by account."""

from __future__ import annotations

import random
from datetime import date, timedelta

import attrs

import delinquency as dq
from delinquency.errors import PolicyError, PolicyNotInForceError
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio.status import assess_status
from delinquency.status import Found, SegmentIs, StatusMachine
from delinquency.status.facts import FUNDS_MISUSED
from delinquency.status.machine_checks import check_machines
from delinquency.validity import SelectedBy, Validity
from tests.equivalence.books import draw_policy
from tests.status.both_paths import row_differences
from tests.status.comparing import draw_counting
from tests.status.drawing import CNY, FOUND, draw_account, draw_machine
from tests.status.securing import asking_of_security, draw_security

START = date(2023, 1, 31)
SEGMENTS = [segment.value for segment in dq.Segment]


def _some_day(rnd: random.Random, start: date, most: int = 300) -> date:
    return start + timedelta(days=rnd.randint(0, most))


def _known(rnd: random.Random, day: date) -> tuple[date | None, date | None]:
    """When it was recorded, and when it was taken back, if it was."""
    recorded = day + timedelta(days=rnd.randint(0, 40)) if rnd.random() < 0.2 else None
    back = (recorded or day) + timedelta(days=rnd.randint(0, 90)) if rnd.random() < 0.2 else None
    return recorded, back


def draw_events(rnd: random.Random, start: date = START) -> list[object]:
    """Findings of two kinds, reported figures, restructurings, misuse of funds."""
    events: list[object] = []
    for kind in (*FOUND, "misuse"):
        if rnd.random() > 0.4:
            continue
        first = _some_day(rnd, start)
        end = first + timedelta(days=rnd.randint(1, 90))
        spans: list[tuple[date, date | None]] = [(first, end)]
        if rnd.random() < 0.4:
            spans.append((end + timedelta(days=rnd.randint(0, 30)), None))
        for since, until in spans:
            recorded = _known(rnd, since)[0]
            if kind == "misuse":
                events.append(dq.FundsMisuse(since, until, recorded_on=recorded))
            else:
                finding = dq.Finding(dq.FindingKind(kind), since, until, recorded_on=recorded)
                events.append(finding)
    for day in sorted({_some_day(rnd, start) for _ in range(rnd.choice([0, 0, 1, 3]))}):
        recorded, back = _known(rnd, day)
        value = dq.Proportion(rnd.randint(0, 4), 4)
        name = rnd.choice([dq.FigureName.LOAN_TO_VALUE, *dq.FigureName])
        events.append(dq.ReportedFigure(name, day, value, recorded, back))
        if back is not None and rnd.random() < 0.5:
            events.append(dq.ReportedFigure(name, day, dq.Proportion(1, 3), back))
    for day in sorted({_some_day(rnd, start) for _ in range(rnd.choice([0, 0, 1, 2]))}):
        recorded, back = _known(rnd, day)
        change = dq.Restructuring(
            day,
            day + timedelta(days=rnd.randint(0, 60)),
            rnd.random() < 0.8,
            rnd.choice([None, dq.Proportion(0, 1), dq.Proportion(1, 100), dq.Proportion(1, 50)]),
            day + timedelta(days=rnd.randint(0, 90)) if rnd.random() < 0.5 else None,
            recorded,
            back,
        )
        events.append(change)
        if back is not None and rnd.random() < 0.5:
            events.append(attrs.evolve(change, recorded_on=back, reversed_on=None))
    if rnd.random() < 0.1:
        first = _some_day(rnd, start)
        end = first + timedelta(days=rnd.randint(1, 60)) if rnd.random() < 0.6 else None
        events.append(dq.Dispute(dispute_id="d", start=first, amount=rnd.choice([4, 60]), end=end))
    return events


def draw_loan(rnd: random.Random, number: int) -> dq.Account:
    account, _ = draw_account(rnd)
    payments = [
        attrs.evolve(each, recorded_on=each.value_date + timedelta(days=rnd.randint(0, 30)))
        if rnd.random() < 0.1 and each.reversed_on is None
        else each
        for each in account.payments
    ]
    payments = [
        attrs.evolve(each, kind=rnd.choice(list(dq.PaymentKind))) if rnd.random() < 0.1 else each
        for each in payments
    ]
    charges = ()
    if rnd.random() < 0.1:
        charges = (
            dq.Charge(
                charge_id="c",
                due_date=START + timedelta(days=40),
                component=dq.Component.FEES,
                amount=7,
            ),
        )
    return attrs.evolve(
        account,
        account_id=f"A{number}",
        payments=payments,
        charges=charges,
        segment=rnd.choice([*dq.Segment, dq.Segment.RETAIL, dq.Segment.RETAIL]),
        # Accounts of which nothing was found are like one another, and share their answers.
        events=[*account.events, *(draw_events(rnd) if rnd.random() < 0.6 else ())],
    )


def draw_version(rnd: random.Random, machines: list[StatusMachine]) -> dq.Policy:
    plain = dq.rulebook.load(rnd.choice(["cn-loan", "founding-report"])).versions[-1]
    allocation = draw_policy(rnd, CNY).allocation if rnd.random() < 0.3 else plain.allocation
    return attrs.evolve(
        plain,
        name="drawn",
        counting=draw_counting(rnd),
        allocation=allocation,
        status=machines,
        validity=Validity(),
    )


def by_segment(rnd: random.Random, machine: StatusMachine) -> StatusMachine:
    """The machine, some of whose triggers are for one segment alone, or for who was found to misuse funds."""
    triggers = []
    for trigger in machine.triggers:
        more = rnd.choice([None, None, None, SegmentIs(rnd.choice(SEGMENTS)), Found(FUNDS_MISUSED)])
        triggers.append(
            trigger if more is None else attrs.evolve(trigger, when=(*trigger.when, more))
        )
    return attrs.evolve(machine, triggers=triggers)


def draw_judge(rnd: random.Random) -> dq.Policy | dq.PolicyTimeline:
    """A policy, or two versions of one that follow each other by date or by origination."""
    names = ("first", "second")[: rnd.randint(1, 2)]
    versions: list[dq.Policy] = []
    for _ in range(rnd.choice([1, 1, 2])):
        machines: list[StatusMachine] = []
        for name in names:
            machines.append(by_segment(rnd, draw_machine(rnd, name, machines)))
        check_machines(tuple(machines), "drawn", has_materiality=True)
        versions.append(draw_version(rnd, machines))
    if len(versions) == 1:
        return versions[0]
    chosen = rnd.choice([SelectedBy.AS_OF, SelectedBy.AS_OF, SelectedBy.ORIGINATED_ON])
    if chosen is SelectedBy.AS_OF or rnd.random() < 0.5:
        versions[1] = attrs.evolve(
            versions[1], status=[with_states_of(*pair) for pair in _pairs(versions)]
        )
    change = START + timedelta(days=rnd.randint(-20, 200))
    begins = rnd.choice([None, START - timedelta(days=1), START + timedelta(days=20)])
    if begins is not None and begins >= change:
        begins = None
    return dq.PolicyTimeline(
        name="drawn",
        versions=[
            attrs.evolve(versions[0], validity=Validity(begins, change, chosen)),
            attrs.evolve(versions[1], validity=Validity(change, None, chosen)),
        ],
    )


def _pairs(versions: list[dq.Policy]) -> list[tuple[StatusMachine, StatusMachine]]:
    return list(zip(versions[0].status, versions[1].status, strict=True))


def with_states_of(old: StatusMachine, new: StatusMachine) -> StatusMachine:
    """The new machine with every state of the old one, and one of its own in front of the last."""
    more = [state for state in old.states if state.code not in {each.code for each in new.states}]
    return attrs.evolve(new, states=[*new.states, *more])


def book_differences(seed: str, engines: list[Engine]) -> list[str]:
    """The accounts of a drawn book of which the two paths disagree, told; none where they agree."""
    rnd = random.Random(seed)
    judge = draw_judge(rnd)
    accounts = [draw_loan(rnd, number) for number in range(rnd.randint(1, 12))]
    secured = random.Random(f"secured {seed}")
    if secured.random() < 0.5:
        judge = _asking_of_security(secured, judge)
        accounts = [
            attrs.evolve(account, events=[*account.events, *_known_security(secured)])
            for account in accounts
        ]
    if rnd.random() < 0.2:
        accounts[0] = attrs.evolve(accounts[0], originated_on=START - timedelta(days=7))
    as_of = START + timedelta(days=rnd.randint(0, 420))
    known = rnd.choice([None, None, as_of, as_of - timedelta(days=rnd.randint(0, 60))])
    book = Portfolio.from_accounts(accounts)
    found = []
    for engine in engines:
        try:
            told = assess_status(book, as_of=as_of, policy=judge, known_on=known, engine=engine)
        except (PolicyError, PolicyNotInForceError) as error:
            if not _is_refused_alone(accounts, as_of, judge, known):
                found.append(f"{engine}: {error}")
            continue
        for row in range(len(book)):
            found += row_differences(told, row, told.account(row))
    return found


def _asking_of_security(
    rnd: random.Random, judge: dq.Policy | dq.PolicyTimeline
) -> dq.Policy | dq.PolicyTimeline:
    def asked(policy: dq.Policy) -> dq.Policy:
        return attrs.evolve(policy, status=asking_of_security(rnd, policy.status))

    if isinstance(judge, dq.Policy):
        return asked(judge)
    return attrs.evolve(judge, versions=[asked(version) for version in judge.versions])


def _known_security(rnd: random.Random) -> list[object]:
    """Security of every second account, of which rows are recorded late, taken back and replaced."""
    rows: list[object] = []
    for row in draw_security(rnd, START) if rnd.random() < 0.5 else []:
        recorded, back = _known(rnd, row.value_date)
        rows.append(attrs.evolve(row, recorded_on=recorded, reversed_on=back))
        if back is not None and rnd.random() < 0.5:
            rows.append(attrs.evolve(row, recorded_on=back, reversed_on=None, until=None))
    return rows


def _is_refused_alone(accounts, as_of, judge, known) -> bool:
    try:
        for account in accounts:
            dq.assess_status(account, as_of=as_of, policy=judge, known_on=known)
    except (PolicyError, PolicyNotInForceError):
        return True
    return False
