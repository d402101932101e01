"""What an answer refuses, and how it reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import attrs
import pytest

import delinquency as dq
from delinquency import serialization
from tests.status.test_folding import LAST, POLICY, late_loan

PAID = late_loan(dq.Payment(date(2024, 6, 10), 3600))
TOLD = dq.assess_status(PAID, as_of=LAST, policy=POLICY)


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (
            lambda: dq.assess_status("A", as_of=LAST, policy=POLICY),
            dq.InvalidTypeError,
            "an Account",
        ),
        (
            lambda: dq.assess_status(late_loan(), as_of=datetime(2024, 6, 1), policy=POLICY),
            dq.InvalidTypeError,
            "date",
        ),
        (
            lambda: dq.assess_status(late_loan(), as_of=LAST, policy="eu"),
            dq.InvalidTypeError,
            "a Policy",
        ),
        (
            lambda: dq.assess_status(
                late_loan(), as_of=LAST, policy=dq.rulebook.load("founding-report")
            ),
            dq.PolicyError,
            "a policy with a status",
        ),
        (
            lambda: dq.assess_status(late_loan(), as_of=date(2023, 12, 27), policy=POLICY),
            dq.InvalidValueError,
            "as_of on or after originated_on 2023-12-28",
        ),
        (
            lambda: dq.assess_status(late_loan(), as_of=date(2020, 12, 31), policy=POLICY),
            dq.PolicyNotInForceError,
            "a date in force",
        ),
        (
            lambda: dq.material_days_past_due(
                late_loan(), as_of=LAST, policy=dq.rulebook.load("ifrs9")
            ),
            dq.PolicyError,
            "a policy with materiality",
        ),
        (lambda: TOLD.spans("colour"), dq.InvalidValueError, "one of default, exposure"),
        (
            lambda: TOLD.on(date(2023, 12, 27)),
            dq.InvalidValueError,
            "from 2023-12-28 to 2025-06-30",
        ),
        (lambda: TOLD.on(date(2025, 7, 1)), dq.InvalidValueError, "from 2023-12-28 to 2025-06-30"),
        (
            lambda: TOLD.daily(LAST, date(2024, 5, 1)),
            dq.InvalidValueError,
            "a day on or after 2025-06-30",
        ),
        (lambda: TOLD.daily(date(2023, 1, 1), LAST), dq.InvalidValueError, "from 2023-12-28"),
        (lambda: TOLD.monthly(LAST, "x"), dq.InvalidTypeError, "date"),
        (lambda: TOLD.on("2024-01-01"), dq.InvalidTypeError, "date"),
    ],
)
def test_bad_questions_are_refused(ask, error, message):
    with pytest.raises(error) as caught:
        ask()
    assert message in str(caught.value)


def test_material_days_before_the_account_began_are_none():
    assert dq.material_days_past_due(late_loan(), as_of=date(2023, 12, 1), policy=POLICY) == 0


def test_an_answer_has_its_states_and_since_when():
    assert TOLD.account_id == "A"
    assert TOLD.state.code == "performing"
    assert {name: state.code for name, state in TOLD.states.items()} == {
        "default": "not in default",
        "exposure": "performing",
    }
    assert TOLD.since == date(2024, 9, 10)
    assert str(TOLD) == "Status of account A on 2025-06-30: performing."


def test_days_and_months_are_renderings_of_the_spans():
    first, last = date(2024, 4, 26), date(2024, 9, 30)
    days = TOLD.daily(first, last, "default")
    assert [day for day, _ in days] == [first + timedelta(days=n) for n in range(158)]
    assert all(state == TOLD.on(day, "default") for day, state in days)
    months = TOLD.monthly(first, last, "default")
    assert [str(day) for day, _ in months] == [
        "2024-04-30", "2024-05-31", "2024-06-30", "2024-07-31", "2024-08-31", "2024-09-30",
    ]  # fmt: skip
    assert all(state == TOLD.on(day, "default") for day, state in months)
    assert TOLD.daily(LAST, LAST) == ((LAST, TOLD.state),)


def test_what_holds_a_state_is_told_beside_what_would_end_it():
    doubt = dq.Finding(dq.FindingKind.UNLIKELY_TO_PAY, date(2024, 3, 1))
    account = attrs.evolve(PAID, events=[doubt])
    told = dq.assess_status(account, as_of=date(2024, 3, 2), policy=POLICY)
    assert [str(rule) for rule in told.holding("default")] == ["to default: found unlikely_to_pay"]
    text = told.explanation.to_text()
    assert "At least default for as long as this holds: found: unlikely to pay." in text
    assert (
        "It returns to not in default when these hold as well: 3 months since the day after a trigger last held."
        in text
    )


def test_a_span_of_another_answer_is_refused():
    with pytest.raises(dq.InvalidValueError, match="a span of this answer"):
        TOLD.why(dq.assess_status(late_loan(), as_of=LAST, policy=POLICY).spans()[-1])
    with pytest.raises(dq.InvalidTypeError, match="a StatusSpan"):
        TOLD.why("default")


def test_every_change_is_explained_in_both_languages():
    for day in (date(2024, 4, 27), date(2024, 4, 28), date(2024, 9, 10)):
        told = dq.assess_status(PAID, as_of=day, policy=POLICY)
        english, chinese = told.explanation.to_text(), told.explanation.to_text("zh")
        assert english.count("\n") == chinese.count("\n")
        assert "{" not in english + chinese


def test_a_version_that_forgets_a_state_is_refused():
    version = dq.rulebook.load("ifrs9").versions[0]
    machine = version.status[0]
    shorter = attrs.evolve(machine, states=machine.states[:2], triggers=machine.triggers[:2])
    early = attrs.evolve(version, validity=dq.Validity(date(2018, 1, 1), date(2020, 1, 1)))
    late = attrs.evolve(version, validity=dq.Validity(date(2020, 1, 1)), status=[shorter])
    with pytest.raises(dq.PolicyError, match="expected the state 'stage 3' of the version before"):
        dq.PolicyTimeline(name="ifrs9", versions=[early, late])
    without = attrs.evolve(version, validity=dq.Validity(date(2020, 1, 1)), status=())
    with pytest.raises(dq.PolicyError, match="the machines of the version before"):
        dq.PolicyTimeline(name="ifrs9", versions=[early, without])


def test_a_policy_with_a_status_is_read_as_it_was_written():
    for entry in dq.rulebook.available():
        for version in dq.rulebook.load(entry.name).versions:
            assert serialization.from_json(dq.Policy, serialization.to_json(version)) == version


FILE = """
id = "own"
title = "own"
penalty_in_waterfall = "outside"
[[version]]
[version.counting]
first_day = "day_after_due_date"
[version.allocation]
order = ["fees", "penalty", "interest", "principal"]
[version.buckets]
name = "own"
reads = "days_past_due"
band = [{ code = "0", from = 0, to = 0, is_stressed = false }, { code = "1+", from = 1 }]
"""
STATUS = """
[[version.status]]
name = "watch"
state = [{ code = "off" }, { code = "on" }]
"""


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (STATUS, "the key 'trigger'"),
        (STATUS + 'trigger = [{ to = "on", when = ["late"] }]', "expected a condition such as"),
        (STATUS + 'trigger = [{ to = "up", when = ["arrears > 0"] }]', "one of the states off, on"),
        (STATUS + 'trigger = [{ to = "on", when = ["arrears > 0"], since = 1 }]', "'since'"),
        (STATUS + 'trigger = [{ to = "on", when = ["arrears > 0"], cites = ["x"] }]', "'x'"),
        (
            STATUS + 'trigger = [{ to = "on", when = ["other in a"] }]',
            "one of the machines before it: none",
        ),
        (2 * (STATUS + 'trigger = [{ to = "on", when = ["arrears > 0"] }]'), "a name used once"),
        ('[version.counting.materiality]\namount = "1"', "the key 'share'"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(more, message):
    with pytest.raises(dq.PolicyError, match="own.toml") as caught:
        dq.rulebook.loads(FILE + more, source="own.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("materiality", "message"),
    [
        ('{ amount = "100", share = "0.01", currency = "EURO" }', "EURO"),
        ('{ amount = "100.001", share = "0.01", currency = "EUR" }', "100.001"),
        ('{ amount = 100, share = "0.01", currency = "EUR" }', "a text in quotes"),
        ('{ amount = "100", currency = "EUR" }', "the key 'share'"),
        ('{ amount = "100", share = "0.01", currency = "EUR", days = 90 }', "'days'"),
    ],
)
def test_materiality_that_is_wrong_is_refused(materiality, message):
    text = FILE.replace(
        'first_day = "day_after_due_date"',
        f'first_day = "day_after_due_date"\nmateriality = {materiality}',
    )
    with pytest.raises(dq.PolicyError, match="own.toml") as caught:
        dq.rulebook.loads(text, source="own.toml")
    assert message in str(caught.value)


def asked_of_china(segment: dict[str, dq.Segment]) -> dq.StatusAssessment:
    due = dq.Instalment(date(2025, 1, 31), 100)
    account = dq.Account(
        account_id="A",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), [due]),
        **segment,
    )
    return dq.assess_status(account, as_of=date(2025, 2, 1), policy=dq.rulebook.load("cn-loan"))


def test_the_answer_says_that_it_took_the_account_as_retail_where_a_rule_asks():
    text = asked_of_china({}).explanation
    assert text.find("status_segment_assumed") is not None
    assert "  Judged as retail: that is the segment of the account, or none was given." in str(text)
    assert "  按零售客户判定：" in text.to_text("zh")


def test_a_segment_that_nobody_can_have_left_out_is_not_called_an_assumption():
    other = asked_of_china({"segment": dq.Segment.NON_RETAIL})
    assert other.explanation.find("status_segment_assumed") is None
    unasked = dq.assess_status(PAID, as_of=LAST, policy=POLICY)
    assert unasked.explanation.find("status_segment_assumed") is None
