"""Answers on a status, a debtor, a provision and a register: written, read back, asked again, refused."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.bureau_months import BureauHistory
from delinquency.reported_account import ReportedAccount
from delinquency.reporting import (
    CreditEvent,
    Metro2Status,
    ReportedState,
    bureau_codes,
    metro2_status,
)
from delinquency.serialization import ObligorRecord, ProvisionRecord, StatusRecord
from tests.serialization.test_bad_documents import put, refused
from tests.serialization.test_round_trip import read_back
from tests.serialization.test_schema import WRONG, places, validator
from tests.serialization.test_schema import put as put_at
from tests.status.drawing import draw_account, draw_machine
from tests.status.test_debtors import A_PAID, B_LATE
from tests.status.test_folding import LAST, POLICY, late_loan
from tests.status.test_obligor import COMPANY, DAY_91, USD, ask, loan
from tests.status.test_reported_closes import told

CHINA = dq.rulebook.load("cn-loan")
PAID = late_loan(
    dq.Payment(date(2024, 6, 10), 3600),
    events=(dq.Finding(dq.FindingKind.FRAUD, date(2024, 11, 1), date(2024, 12, 1)),),
)
MONEY = [loan("A", 1000), loan("B", 50, currency=USD)]
SET_ASIDE = attrs.evolve(
    dq.rulebook.load("ifrs9").versions[0],
    provisions=dq.ProvisionTable(
        by="stage",
        rates=[dq.ProvisionRate(f"stage {n}", dq.Proportion(n, 7)) for n in (1, 2, 3)],
    ),
)


def a_status() -> dq.StatusAssessment:
    return dq.assess_status(PAID, as_of=LAST, policy=POLICY)


def by_month() -> dq.StatusAssessment:
    return told([0, 30, 61, 91, 0, 0, 0, 0])


def an_obligor() -> dq.ObligorAssessment:
    return ask(MONEY, fx={"USD": dq.Proportion(36, 5)})


def a_debtor() -> dq.ObligorAssessment:
    """A borrower that is judged with all facilities, under two versions of law."""
    return dq.assess_obligor(
        [A_PAID, attrs.evolve(B_LATE, originated_on=date(2024, 6, 1))],
        as_of=date(2024, 7, 12),
        policy=dq.rulebook.load("in-sma"),
        known_on=date(2024, 7, 12),
    )


def a_provision() -> dq.ProvisionAnswer:
    return dq.provision(loan("A", 1000), as_of=DAY_91, policy=SET_ASIDE)


def by_bucket() -> dq.ProvisionAnswer:
    china = CHINA.versions[-1]
    rates = [dq.ProvisionRate(bucket.code, dq.Proportion(1, 3)) for bucket in china.buckets]
    policy = attrs.evolve(china, provisions=dq.ProvisionTable(by="bucket", rates=rates))
    return dq.provision(loan("A", 1000), as_of=DAY_91, policy=policy)


ANSWERS: list[tuple[type[Any], Callable[[], Any]]] = [
    (StatusRecord, a_status),
    (StatusRecord, by_month),
    (ObligorRecord, an_obligor),
    (ObligorRecord, a_debtor),
    (ProvisionRecord, a_provision),
    (ProvisionRecord, by_bucket),
]
each_answer = pytest.mark.parametrize(("kind", "make"), ANSWERS)


@each_answer
def test_a_record_tells_the_same_story_and_can_be_asked_again(kind: Any, make: Any) -> None:
    answer = make()
    text = serialization.to_json(answer)
    record = serialization.from_json(kind, text)
    assert record == kind.of(answer)
    assert record.differences() == ()
    assert record.library_version == dq.__version__
    assert (record.as_of, record.known_on) == (answer.as_of, answer.known_on)
    validator(kind).validate(json.loads(text))
    assert serialization.json_schema(type(answer)) == serialization.json_schema(kind)
    for lang in ("en", "zh"):
        assert record.explanation.to_text(lang=lang) == answer.explanation.to_text(lang=lang)


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_a_status_by_any_machine_is_read_as_it_was_written(seed: int) -> None:
    """Law: what is read is what was written, and says of every day what the answer said."""
    rnd = random.Random(seed)
    machines = [draw_machine(rnd, "first", [])]
    machines.append(draw_machine(rnd, "second", machines))
    account, as_of = draw_account(rnd)
    limits = dq.Materiality(Decimal(1), dq.Proportion(0, 1), account.currency)
    house = dq.rulebook.load("founding-report").versions[0]
    counting = attrs.evolve(house.counting, materiality=limits)
    policy = attrs.evolve(house, counting=counting, status=machines)
    answer = dq.assess_status(account, as_of=as_of, policy=policy)
    record = StatusRecord.of(answer)
    assert read_back(record) == record
    assert record.differences() == ()
    for machine in record.figures.machines:
        spans = answer.spans(machine.machine)
        assert [(each.state, each.start, each.end) for each in machine.spans] == [
            (span.state.code, span.start, span.end) for span in spans
        ]


def test_the_record_of_a_status_says_each_span_with_its_rule_and_its_reason() -> None:
    figures = StatusRecord.of(a_status()).figures
    default = next(each for each in figures.machines if each.machine == "default")
    begun, fell, *_ = default.spans
    assert (begun.state, begun.conditions, begun.citations) == ("not in default", (), ())
    assert fell.state == "default"
    assert str(fell.conditions[0]) == "material_days_past_due > 90"
    assert fell.citations
    assert fell.why.rule == "status_entered"
    assert fell.start == default.spans[2].start or fell.end == default.spans[2].start
    assert fell.policy_version == POLICY.versions[-1].version


def test_the_record_of_a_status_says_what_holds_it_what_would_end_it_and_what_nobody_knows() -> (
    None
):
    answer = dq.assess_status(late_loan(), as_of=date(2024, 6, 1), policy=POLICY)
    default = next(
        each for each in StatusRecord.of(answer).figures.machines if each.machine == "default"
    )
    assert (default.state, default.is_performing) == ("default", False)
    assert [trigger.to for trigger in default.holding] == [
        trigger.to for trigger in answer.holding("default")
    ]
    assert default.holding
    waits = default.exits[0]
    assert waits.to == "not in default"
    assert not all(condition.holds for condition in waits.conditions)
    impaired = dq.Finding(dq.FindingKind.CREDIT_IMPAIRED, date(2025, 2, 1))
    silent = dq.assess_status(loan("A", 1, events=[impaired]), as_of=DAY_91, policy=CHINA)
    unknown = StatusRecord.of(silent).figures.machines[-1].not_assessed
    assert [(each.to, each.conditions) for each in unknown] == [
        (each.to, each.when) for each in silent.not_assessed()
    ]
    assert [each.to for each in unknown] == ["可疑", "损失"]


def test_the_last_machine_speaks_for_the_account() -> None:
    answer = a_status()
    figures = StatusRecord.of(answer).figures
    assert (figures.state, figures.since) == (answer.state.code, answer.since)
    assert figures.is_performing is answer.state.is_performing
    assert [each.machine for each in figures.machines] == list(answer.states)


def test_a_status_through_a_change_of_law_keeps_every_version() -> None:
    house = dq.rulebook.load("ifrs9").versions[0]
    halves = [
        attrs.evolve(house, validity=dq.Validity(date(2020, 1, 1), date(2024, 5, 1))),
        attrs.evolve(house, validity=dq.Validity(date(2024, 5, 1))),
    ]
    both = dq.PolicyTimeline(name=house.name, versions=halves)
    record = read_back(StatusRecord.of(dq.assess_status(PAID, as_of=LAST, policy=both)))
    assert isinstance(record, StatusRecord)
    assert list(record.policies) == halves
    assert record.differences() == ()
    told_by = {span.policy_version for span in record.figures.machines[0].spans}
    assert told_by == {half.version for half in halves}


def test_what_was_known_then_is_recorded_as_it_was_known() -> None:
    late_word = dq.Payment(date(2024, 3, 1), 3600, recorded_on=date(2024, 7, 1))
    answer = dq.assess_status(
        late_loan(late_word), as_of=date(2024, 6, 30), policy=POLICY, known_on=date(2024, 6, 30)
    )
    record = read_back(StatusRecord.of(answer))
    assert isinstance(record, StatusRecord)
    assert record.known_on == date(2024, 6, 30)
    assert record.differences() == ()
    assert attrs.evolve(record, known_on=None).differences() != ()


def test_a_state_that_is_now_another_is_named_with_both_values() -> None:
    record = StatusRecord.of(a_status())
    forged = attrs.evolve(record, figures=attrs.evolve(record.figures, state="quiet"))
    assert [str(each) for each in forged.differences()] == [
        f"state: recorded quiet, recomputed {record.figures.state}"
    ]


def test_the_figures_of_a_debtor_are_those_of_the_answer() -> None:
    answer = ask(COMPANY)
    record = ObligorRecord.of(answer)
    figures = record.figures
    assert (figures.days_past_due, figures.oldest_account) == (91, "C")
    assert (figures.bucket, figures.worst_account) == ("次级", "C")
    assert (figures.arrears, figures.exposure) == (answer.arrears, answer.exposure)
    assert figures.is_cleared is False
    assert [each.account_id for each in figures.accounts] == ["A", "B", "C"]
    assert [each.machine for each in figures.worst_states] == list(answer.worst_states)
    assert figures.accounts[2].status == serialization.status_record.status_figures(
        answer.statuses[2]
    )


def test_the_rates_of_a_debtor_are_recorded_and_used_again() -> None:
    record = read_back(ObligorRecord.of(an_obligor()))
    assert isinstance(record, ObligorRecord)
    assert [each.rate for each in record.figures.accounts] == [
        dq.Proportion(1, 1),
        dq.Proportion(36, 5),
    ]
    assert record.figures.arrears == 1360
    dearer = attrs.evolve(record.figures.accounts[1], rate=dq.Proportion(8, 1))
    accounts = (record.figures.accounts[0], dearer)
    forged = attrs.evolve(record, figures=attrs.evolve(record.figures, accounts=accounts))
    assert "arrears: recorded 1360.00, recomputed 1400.00" in map(str, forged.differences())


def test_the_record_of_a_debtor_has_its_own_status_beside_those_of_the_accounts() -> None:
    answer = a_debtor()
    record = read_back(ObligorRecord.of(answer))
    assert isinstance(record, ObligorRecord)
    figures = record.figures
    assert figures.status is not None
    assert (figures.status.state, figures.status.since) == ("substandard", date(2024, 6, 29))
    gate, machine = figures.status.machines
    assert (gate.machine, gate.spans[-1].state) == ("NPA", "NPA")
    assert [(span.state, span.start) for span in machine.spans][-1] == (
        "substandard",
        date(2024, 6, 29),
    )
    assert figures.worst_states[0].account_id is None
    assert [each.status.state for each in figures.accounts if each.status] == ["substandard"] * 2
    assert len(record.policies) == 2
    assert ObligorRecord.of(an_obligor()).figures.status is None
    forged = attrs.evolve(figures.status, state="standard")
    told = attrs.evolve(record, figures=attrs.evolve(figures, status=forged)).differences()
    assert "status" in str(told[0])


def test_the_status_of_a_debtor_is_kept_in_the_record_of_the_debtor() -> None:
    answer = a_debtor()
    for each in (answer.status, *answer.statuses):
        with pytest.raises(dq.InvalidTypeError, match="asked about alone.* ObligorRecord.of"):
            StatusRecord.of(each)


def test_an_account_that_had_not_begun_has_no_status_in_the_record_of_its_debtor() -> None:
    answer = ask([loan("A", 1), loan("B", 1, date(2026, 1, 31), originated_on=date(2025, 12, 1))])
    record = read_back(ObligorRecord.of(answer))
    assert isinstance(record, ObligorRecord)
    assert [each.status is None for each in record.figures.accounts] == [False, True]
    assert record.differences() == ()


def test_the_figures_of_a_provision_are_those_of_the_answer() -> None:
    answer = a_provision()
    figures = ProvisionRecord.of(answer).figures
    assert (figures.by, figures.of, figures.share) == ("stage", "stage 3", dq.Proportion(3, 7))
    assert (figures.base, figures.amount) == (answer.base, answer.amount)
    assert figures.amount == Decimal("428.57")
    assert (figures.days_past_due, figures.bucket) == (91, answer.assessment.bucket.code)
    assert figures.status is not None
    assert (figures.unsecured_share, figures.secured) == (None, None)
    assert ProvisionRecord.of(by_bucket()).figures.status is None


def test_the_record_of_a_provision_keeps_the_part_that_collateral_covers() -> None:
    half = dq.Proportion(1, 2)
    rates = [
        dq.ProvisionRate(f"stage {number}", half, unsecured_share=dq.Proportion(1, 1))
        for number in (1, 2, 3)
    ]
    policy = attrs.evolve(SET_ASIDE, provisions=dq.ProvisionTable(by="stage", rates=rates))
    house = dq.Collateral("house", DAY_91, 400)
    account = attrs.evolve(loan("A", 1000), events=[house])
    record = ProvisionRecord.of(dq.provision(account, as_of=DAY_91, policy=policy))
    figures = record.figures
    assert (figures.secured, figures.base, figures.amount) == (400, 1000, 800)
    assert (figures.share, figures.unsecured_share) == (half, dq.Proportion(1, 1))
    assert serialization.from_json(ProvisionRecord, serialization.to_json(record)) == record
    assert record.differences() == ()


@pytest.mark.parametrize(
    ("make", "path", "value", "where", "expected"),
    [
        (a_status, ("currency",), "USD", "$, record of a status, currency", "'EUR'"),
        (a_status, ("policy_version",), "x", "$, record of a status, policy_version", "eu-default"),
        (a_status, ("resolution",), "month", "$, record of a status, resolution", "'day'"),
        (a_status, ("resolution",), "year", "$.resolution", "day, month"),
        (a_status, ("policies",), [], "$, record of a status, policies", "at least one version"),
        (by_month, ("as_of",), "2024-09-30", "$, record of a status, as_of", "'2024-08-31'"),
        (by_month, ("account", "closes", 1, "as_of"), "2024-03-31", "$.account, reported", "02-29"),
        (by_month, ("account", "closes", 0, "arrears"), 0.5, "$.account.closes[0].arrears", "text"),
        (
            a_status,
            ("figures", "machines", 0, "spans", 1, "conditions", 0),
            "days_past_du > 90",
            "$.figures.machines[0].spans[1].conditions[0]",
            "one of days_past_due",
        ),
        (an_obligor, ("obligor_id",), "E", "$, record of an obligor, obligor_id", "'D'"),
        (
            an_obligor,
            ("figures", "accounts"),
            [],
            "$, record of an obligor, figures, accounts",
            "'A, B'",
        ),
        (an_obligor, ("accounts",), [], "$, record of an obligor, accounts", "at least one"),
        (an_obligor, ("policies",), [], "$, record of an obligor, policies", "at least one"),
        (a_provision, ("currency",), "USD", "$, record of a provision, currency", "'CNY'"),
        (a_provision, ("policy_version",), "x", "$, record of a provision, policy_v", "ifrs9"),
        (a_provision, ("policies",), [], "$, record of a provision, policies", "at least one"),
        (a_provision, ("figures", "amount"), 428.57, "$.figures.amount", "text"),
    ],
)
def test_a_wrong_record_is_told_by_its_path(make, path, value, where, expected) -> None:
    answer = make()
    kind = next(kind for kind, each in ANSWERS if each is make)
    document = copy.deepcopy(serialization.to_dict(answer))
    put(*path, value=value)(document)
    error = refused(kind, document)
    assert error.where.startswith(where), error
    assert expected in error.expected, error


@pytest.mark.parametrize("kind", [StatusRecord, ObligorRecord, ProvisionRecord])
def test_what_is_no_answer_has_no_record(kind: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match=f"{kind.__name__}: expected an? "):
        kind.of(PAID)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (dq.StatusAssessment, "A StatusAssessment is read as its StatusRecord"),
        (dq.ObligorAssessment, "An ObligorAssessment is read as its ObligorRecord"),
        (dq.ProvisionAnswer, "A ProvisionAnswer is read as its ProvisionRecord"),
    ],
)
def test_an_answer_is_read_as_its_record(kind: Any, told: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=told):
        serialization.from_dict(kind, {})


@settings(max_examples=100)
@given(st.data())
def test_what_the_schema_refuses_the_reader_refuses(data: st.DataObject) -> None:
    written = serialization.to_dict(by_month())
    paths = [path for path in places(written) if path[0] in ("figures", "account", "as_of")]
    put_at(written, data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(WRONG)))
    if validator(StatusRecord).is_valid(written):
        return
    assert refused(StatusRecord, written).where.startswith("$")


CLOSES = {
    "account_id": "A-1",
    "currency": "EUR",
    "closes": [
        {"as_of": "2024-01-31", "days_past_due": 0, "arrears": "0", "exposure": "900.00"},
        {"as_of": "2024-02-29", "days_past_due": 29, "arrears": "100.00", "exposure": "900.00"},
    ],
}


def test_month_ends_come_in_as_json_and_are_judged() -> None:
    account = serialization.from_dict(ReportedAccount, CLOSES)
    answer = dq.assess_reported_status(
        account.closes,
        account_id=account.account_id,
        currency=account.currency,
        policy=dq.rulebook.load("ifrs9"),
    )
    assert answer.account == account
    assert answer.state.code == "stage 1"
    validator(ReportedAccount).validate(CLOSES)
    assert read_back(account) == account


def test_a_month_end_that_is_missing_is_refused_in_json() -> None:
    document = copy.deepcopy(CLOSES)
    put("closes", 1, "as_of", value="2024-03-31")(document)
    assert "that of 2024-02-29" in refused(ReportedAccount, document).expected


def test_what_a_register_is_told_is_read_as_it_was_written() -> None:
    account = loan("A", 100)
    event = CreditEvent(ReportedState.REPOSSESSED, date(2025, 3, 3))
    assert read_back(event) == event
    codes = bureau_codes(
        account, as_of=date(2025, 4, 30), policy=dq.rulebook.load("cn-bureau-loan"), months=4
    )
    segment = metro2_status(
        account, as_of=date(2025, 4, 30), policy=dq.rulebook.load("us-metro2"), events=[event]
    )
    for kind, answer in ((BureauHistory, codes), (Metro2Status, segment)):
        assert read_back(answer) == answer
        validator(kind).validate(serialization.to_dict(answer))
    assert [month["code"] for month in serialization.to_dict(codes)["months"]] == list("N123")
    assert serialization.to_dict(segment)["date_of_first_delinquency"] == "2025-02-01"
