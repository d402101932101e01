"""Facts that became known later, and what an answer says of what it has seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency import Finding, FindingKind, FirstDay, Proportion, ReportedFigure, Restructuring
from delinquency.calendar import day_number, to_date
from delinquency.events import FigureName
from delinquency.replaying import ledger_rule
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
    SegmentIs,
    StateIs,
    StatusExit,
    StatusMachine,
    StatusState,
    StatusTrigger,
    TimeUnit,
)
from delinquency.status.facts import facts_of
from delinquency.status.stretches import stretches_of

DAY = timedelta(days=1)
HAPPENED, TOLD = date(2025, 2, 10), date(2025, 3, 5)
AFTER = date(2025, 3, 31)
LAW = dq.rulebook.load("founding-report").versions[-1]
STATES = [StatusState("good"), StatusState("bad")]


def loan(*events: object, dues: int = 3, **facts: object) -> dq.Account:
    rows = [dq.Instalment(date(2025, month, 28), 1000) for month in range(2, 2 + dues)]
    return dq.Account(
        account_id="A",
        originated_on=date(2025, 1, 28),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        events=events,
        **facts,
    )


def judged(*conditions: object, exits: tuple[StatusExit, ...] = ()) -> dq.Policy:
    rule = StatusTrigger(to="bad", when=conditions)
    machine = StatusMachine(name="m", states=STATES, triggers=[rule], exits=exits)
    return attrs.evolve(LAW, status=[machine])


def state(account: dq.Account, policy: dq.Policy, **question: object) -> str:
    return dq.assess_status(account, **({"as_of": AFTER, "policy": policy} | question)).state.code


FACTS = [
    (
        lambda recorded: Finding(FindingKind.EVASION, HAPPENED, recorded_on=recorded),
        Found("evasion"),
    ),
    (
        lambda recorded: dq.FundsMisuse(HAPPENED, date(2025, 9, 1), recorded_on=recorded),
        Found("funds_misused"),
    ),
    (
        lambda recorded: ReportedFigure(
            FigureName.LOAN_TO_VALUE, HAPPENED, Proportion(3, 2), recorded_on=recorded
        ),
        ReportedIs("loan_to_value", Operator.OVER, Proportion(1, 1)),
    ),
    (
        lambda recorded: dq.Collateral("house", HAPPENED, 0, recorded_on=recorded),
        ReportedIs("loan_to_value", Operator.OVER, Proportion(1, 1)),
    ),
    (
        lambda recorded: dq.Guarantee(
            "parent", HAPPENED, share=Proportion(1, 2), recorded_on=recorded
        ),
        Found("guaranteed"),
    ),
    (
        lambda recorded: Restructuring(HAPPENED, date(2025, 2, 28), recorded_on=recorded),
        Elapsed(1, TimeUnit.DAYS, [Anchor.RESTRUCTURING]),
    ),
]


@pytest.mark.parametrize(("fact", "condition"), FACTS)
def test_a_fact_is_known_from_the_day_on_which_it_was_recorded(
    fact: Callable[[date], object], condition: object
) -> None:
    policy = judged(condition)
    account = loan(fact(TOLD))
    for known_on, code in ((TOLD - DAY, "good"), (TOLD, "bad"), (TOLD + DAY, "bad"), (None, "bad")):
        assert state(account, policy, known_on=known_on) == code
    told = dq.assess_status(account, as_of=AFTER, policy=policy)
    assert told.on(HAPPENED - DAY).code == "good"
    assert told.on(AFTER).code == "bad"


@pytest.mark.parametrize(("fact", "condition"), FACTS[2:])
def test_what_was_reversed_by_the_cut_never_was(
    fact: Callable[[date], object], condition: object
) -> None:
    policy = judged(condition)
    taken_back = date(2025, 3, 20)
    account = loan(attrs.evolve(fact(HAPPENED), reversed_on=taken_back))
    assert state(account, policy, known_on=taken_back - DAY) == "bad"
    assert state(account, policy, known_on=taken_back) == "good"


def test_a_change_for_a_debtor_without_difficulty_is_no_fact_of_status() -> None:
    change = Restructuring(HAPPENED, date(2025, 2, 28), in_difficulty=False)
    assert state(loan(change), judged(Restructured()), as_of=HAPPENED) == "good"
    assert (
        state(
            loan(attrs.evolve(change, in_difficulty=True)), judged(Restructured()), as_of=HAPPENED
        )
        == "bad"
    )
    assert facts_of(loan(change), day_number(AFTER, where="t", field="d")).changes == []


def test_an_answer_keeps_the_question_and_the_account() -> None:
    policy = judged(FigureIs(Figure.ARREARS, Operator.OVER, Proportion(0, 1)))
    told = dq.assess_status(loan(), as_of=AFTER, policy=policy, known_on=TOLD)
    assert (told.account_id, told.currency.code, told.as_of) == ("A", "CNY", AFTER)
    assert (told.known_on, told.policies, told.resolution) == (TOLD, (policy,), dq.Resolution.DAY)


def test_an_exit_tells_how_many_periods_were_paid_since_the_state_began() -> None:
    """Bad on 28 February, when it is late from 1 March on; two due dates after it are paid."""
    back = StatusExit(leaving=["bad"], to="good", when=[PeriodsPaid(2, [Anchor.ENTERING])])
    late = FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, Proportion(0, 1))
    paid = [dq.Payment(date(2025, 3, 28), 2000), dq.Payment(date(2025, 4, 28), 1000)]
    account = loan(payments=paid)
    policy = judged(late, exits=(back,))
    told = dq.assess_status(account, as_of=date(2025, 4, 28), policy=policy)
    assert told.on(date(2025, 4, 27)).code == "bad"
    span = told.spans()[-1]
    assert (span.state.code, span.start, span.end, span.rule) == (
        "good",
        date(2025, 4, 28),
        None,
        back,
    )
    assert span.change.seen == (2,)
    assert told.why(span).because[0].value == 2


def test_the_days_of_an_exit_run_from_the_last_trigger_of_the_state() -> None:
    back = StatusExit(
        leaving=["bad"], to="good", when=[Elapsed(10, TimeUnit.DAYS, [Anchor.LAST_TRIGGER])]
    )
    late = FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, Proportion(0, 1))
    account = loan(dues=1, payments=[dq.Payment(date(2025, 3, 10), 1000)])
    told = dq.assess_status(account, as_of=AFTER, policy=judged(late, exits=(back,)))
    assert [(span.start, span.state.code) for span in told.spans()] == [
        (date(2025, 1, 28), "good"),
        (date(2025, 3, 1), "bad"),
        (date(2025, 3, 20), "good"),
    ]
    assert [str(each) for each in told.spans()[-1].change.rule.when] == [
        "10 days since last trigger"
    ]


@pytest.mark.parametrize("first_day", FirstDay)
@pytest.mark.parametrize("grace_days", [0, 4])
def test_days_around_a_suspension_are_those_of_each_day_alone(
    first_day: FirstDay, grace_days: int
) -> None:
    """Suspended from 10 to 20 March, before, on and after whose ends the counts bend."""
    suspended = dq.CountingSuspension(date(2025, 3, 10), date(2025, 3, 20))
    kind = dq.GraceKind.DEDUCTED if grace_days else None
    given = {"first_day": first_day, "grace_days": grace_days}
    counting = dq.Counting(**given, **({"grace_kind": kind} if kind else {}))
    policy = attrs.evolve(LAW, counting=counting)
    account = loan(suspended, dues=1)
    start, end = (day_number(day, where="t", field="d") for day in (account.originated_on, AFTER))
    rule = ledger_rule(policy, account.currency)
    covered = []
    for stretch in stretches_of(account, rule, counting, start, end, 2**31 - 1):
        for number in range(stretch.start, stretch.end):
            answer = dq.assess(account, as_of=to_date(number), policy=policy)
            assert stretch.days_past_due(number) == answer.days_past_due, to_date(number)
            assert stretch.delinquent_days(number) == answer.delinquent_days, to_date(number)
            covered.append(number)
    assert covered == [*range(start, end + 1)]


def test_a_restructuring_is_an_event_of_its_day_alone() -> None:
    told = dq.assess_status(
        loan(Restructuring(HAPPENED, date(2025, 2, 28))),
        as_of=AFTER,
        policy=judged(Restructured()),
    )
    assert [(span.start, span.state.code) for span in told.spans()[-2:]] == [
        (HAPPENED, "bad"),
        (HAPPENED + DAY, "good"),
    ]


def test_what_a_restructuring_alone_held_is_left_on_the_day_after() -> None:
    """The finding ends on the day of the change, on which the state is another rule's and the same."""
    triggers = [
        StatusTrigger(to="bad", when=[Found("evasion")]),
        StatusTrigger(to="bad", when=[Restructured()]),
    ]
    machine = StatusMachine(name="m", states=STATES, triggers=triggers)
    change = date(2025, 2, 15)
    account = loan(
        Finding(FindingKind.EVASION, HAPPENED, change), Restructuring(change, date(2025, 2, 28))
    )
    told = dq.assess_status(account, as_of=AFTER, policy=attrs.evolve(LAW, status=[machine]))
    assert [span.start for span in told.spans()] == [account.originated_on, HAPPENED, change + DAY]


@pytest.mark.parametrize(
    ("until", "left_on"),
    [
        # In force up to its due date, and so never due; in force on it, and paid.
        (date(2025, 3, 28), date(2025, 4, 28)),
        (date(2025, 3, 29), date(2025, 3, 28)),
    ],
)
def test_a_debt_that_is_replaced_on_its_due_date_is_no_period_paid(
    until: date, left_on: date
) -> None:
    rows = [
        dq.Instalment(date(2025, 3, 28), 1000, in_force_until=until),
        dq.Instalment(date(2025, 4, 28), 1000),
    ]
    account = dq.Account(
        account_id="A",
        originated_on=date(2025, 1, 28),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        payments=[dq.Payment(date(2025, 3, 1), 1000), dq.Payment(date(2025, 4, 28), 1000)],
        events=[Finding(FindingKind.EVASION, date(2025, 2, 1), date(2025, 2, 2))],
    )
    back = StatusExit(leaving=["bad"], to="good", when=[PeriodsPaid(1, [Anchor.ENTERING])])
    policy = judged(Found("evasion"), exits=(back,))
    told = dq.assess_status(account, as_of=date(2025, 5, 1), policy=policy)
    assert told.spans()[-1].start == left_on


def test_what_holds_the_worst_state_is_told_first() -> None:
    states = [*STATES, StatusState("worse")]
    triggers = [
        StatusTrigger(to="bad", when=[Found("evasion")]),
        StatusTrigger(to="worse", when=[Found("evasion")]),
        StatusTrigger(to="bad", when=[Found("fraud")]),
    ]
    machine = StatusMachine(name="m", states=states, triggers=triggers)
    events = [Finding(kind, HAPPENED) for kind in (FindingKind.EVASION, FindingKind.FRAUD)]
    told = dq.assess_status(loan(*events), as_of=AFTER, policy=attrs.evolve(LAW, status=[machine]))
    assert [trigger.to for trigger in told.holding()] == ["worse", "bad", "bad"]


def test_a_debtor_is_judged_as_the_accounts_were_known_and_keeps_the_question() -> None:
    policy = judged(Found("evasion"))
    found = Finding(FindingKind.EVASION, HAPPENED, recorded_on=TOLD)
    account = attrs.evolve(loan(found), obligor_id="D")
    later = attrs.evolve(loan(), account_id="B", obligor_id="D", originated_on=HAPPENED + 9 * DAY)
    for known_on, code in ((TOLD - DAY, "good"), (TOLD, "bad")):
        told = dq.assess_obligor([account, later], as_of=AFTER, policy=policy, known_on=known_on)
        assert told.worst_states["m"].state.code == code
        assert (told.as_of, told.known_on, len(told.amounts)) == (AFTER, known_on, 2)
    early = dq.assess_obligor([account, later], as_of=HAPPENED, policy=policy)
    assert [each.account_id for each in early.statuses] == ["A"]
    assert dq.assess_obligor([account], as_of=AFTER, policy=LAW).statuses == ()


def test_a_change_keeps_what_each_condition_was_compared_with() -> None:
    first = StatusMachine(
        name="first", states=STATES, triggers=[StatusTrigger(to="bad", when=[Found("evasion")])]
    )
    conditions = [
        StateIs("first", ["bad"]),
        SegmentIs("retail"),
        FigureIs(Figure.ARREARS, Operator.EQUAL, Proportion(0, 1)),
        Found("evasion"),
        Found("fraud", is_found=False),
        ReportedIs("loan_to_value", Operator.OVER, Proportion(1, 1)),
        Restructured(Proportion(1, 100)),
        Elapsed(9, TimeUnit.DAYS, [Found("evasion")]),
    ]
    rules = [StatusTrigger(to="bad", when=conditions), StatusTrigger(to="bad", when=conditions[:1])]
    second = StatusMachine(name="second", states=STATES, triggers=rules[:1])
    change = HAPPENED + 10 * DAY
    account = loan(
        Finding(FindingKind.EVASION, HAPPENED),
        ReportedFigure(FigureName.LOAN_TO_VALUE, HAPPENED, Proportion(3, 2)),
        Restructuring(change, date(2025, 2, 28), diminished_share=Proportion(1, 50)),
    )
    told = dq.assess_status(account, as_of=change, policy=attrs.evolve(LAW, status=[first, second]))
    found = day_number(HAPPENED, where="t", field="d")
    assert told.since == change
    assert told.spans()[-1].change.seen == (
        "bad", "retail", 0, found, None, (3, 2), (1, 50), found + 9,
    )  # fmt: skip
    both = StatusMachine(name="second", states=STATES, triggers=rules[::-1])
    told = dq.assess_status(account, as_of=change, policy=attrs.evolve(LAW, status=[first, both]))
    assert told.spans()[-1].rule is rules[1]


def test_a_period_is_paid_when_the_last_cent_of_its_due_date_is() -> None:
    """A cent of 28 March is paid on the day after, at whose close nothing is late yet or any more."""
    payments = [
        dq.Payment(date(2025, 3, 1), Decimal("999.99")),
        dq.Payment(date(2025, 3, 29), 5000),
    ]
    rows = [dq.Instalment(date(2025, month, 28), 1000) for month in (3, 4)]
    account = attrs.evolve(
        loan(Finding(FindingKind.EVASION, date(2025, 2, 1), date(2025, 2, 2))),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        payments=payments,
    )
    back = StatusExit(leaving=["bad"], to="good", when=[PeriodsPaid(1, [Anchor.ENTERING])])
    policy = judged(Found("evasion"), exits=(back,))
    told = dq.assess_status(account, as_of=date(2025, 4, 1), policy=policy)
    assert told.spans()[-1].start == date(2025, 3, 29)


def test_a_lost_dispute_is_as_if_never_held_also_under_a_version_that_ended_before_it_did() -> None:
    """Held from day 20 to day 80, over a change of law on day 50: known on day 100, it was never held."""
    due = date(2025, 1, 31)
    dispute = dq.Dispute("d", due + timedelta(days=20), 100, end=due + timedelta(days=80))
    account = dq.Account(
        account_id="A",
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(due, 100)]),
        events=[dispute],
    )
    plain = dq.rulebook.load("cn-loan").versions[-1]
    counting = attrs.evolve(plain.counting, lost_dispute=dq.LostDispute.AS_IF_NEVER_HELD)
    change = due + timedelta(days=50)
    versions = [
        attrs.evolve(plain, counting=counting, validity=dq.Validity(None, change)),
        attrs.evolve(plain, counting=counting, validity=dq.Validity(change)),
    ]
    policy = dq.PolicyTimeline(name=plain.name, versions=versions)
    told = dq.assess_status(account, as_of=due + timedelta(days=100), policy=policy)
    assert [(str(span.start), span.state.code) for span in told.spans()] == [
        ("2025-01-01", "正常"),
        ("2025-02-01", "关注"),
        ("2025-05-02", "次级"),
    ]
