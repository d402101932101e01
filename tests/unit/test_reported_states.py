"""What a register calls the states of an account, as a policy says it."""

from __future__ import annotations

import attrs
import pytest

import delinquency as dq
from delinquency import rulebook
from delinquency.explanation_text import words_of
from delinquency.reported_states import ReportedState, StateCode, StateCodes
from delinquency.rulebook.describe import to_markdown, to_text

SETTLED = StateCode(ReportedState.SETTLED, "C")
TEXT = """
id = "house"
title = "House"
penalty_in_waterfall = "outside"
[[version]]
[version.counting]
first_day = "day_after_due_date"
[version.allocation]
order = ["interest", "fees", "penalty", "principal"]
[version.buckets]
name = "house"
reads = "days_past_due"
[[version.buckets.band]]
code = "N"
from = 0
is_stressed = false
[version.state_codes]
rated = ["13"]
[[version.state_codes.state]]
state = "settled"
code = "13"
codes = { payment_history = "E" }
"""


def test_a_state_that_the_register_has_no_code_for_is_none():
    assert StateCodes([SETTLED]).of(ReportedState.SETTLED) is SETTLED
    assert StateCodes([SETTLED]).of(ReportedState.UNKNOWN) is None


def test_a_state_has_one_row():
    with pytest.raises(dq.PolicyError, match="each state once, found settled, settled"):
        StateCodes([SETTLED, StateCode(ReportedState.SETTLED, "D")])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: StateCode("settled", "C"), "ReportedState"),
        (
            lambda: StateCode(ReportedState.SETTLED, 13),
            "'settled', code: expected a text, found 13",
        ),
        (lambda: StateCode(ReportedState.SETTLED, label_zh=None), "label_zh: expected a text"),
        (lambda: StateCode(ReportedState.SETTLED, codes=["E"]), "a mapping of text to text"),
        (
            lambda: StateCode(ReportedState.SETTLED, codes={"settled": 1}),
            "a mapping of text to text",
        ),
        (lambda: StateCodes(SETTLED), "an iterable of StateCode"),
        (lambda: StateCodes([SETTLED], "13"), "an iterable of str"),
        (lambda: StateCodes([SETTLED], history_months="24"), "an int"),
    ],
)
def test_what_is_no_code_is_refused(make, told):
    with pytest.raises(dq.InvalidTypeError, match=told):
        make()


def test_a_history_has_a_month_at_least():
    assert StateCodes([], history_months=1).history_months == 1
    with pytest.raises(dq.InvalidValueError, match="history_months: expected 1 or more, found 0"):
        StateCodes([], history_months=0)


def test_a_policy_has_state_codes_or_none():
    policy = rulebook.load("cn-loan").versions[0]
    assert policy.state_codes is None
    with pytest.raises(dq.InvalidTypeError, match="state_codes: expected a StateCodes or None"):
        attrs.evolve(policy, state_codes=[SETTLED])


def test_a_file_says_the_codes_of_the_states():
    states = rulebook.loads(TEXT).versions[0].state_codes
    assert states == StateCodes(
        [StateCode(ReportedState.SETTLED, "13", codes={"payment_history": "E"})], ["13"]
    )
    assert states.history_months == 24


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'state = "settled"',
            'state = "setled"',
            "version 1, state_codes, state 1, state: .*'settled'",
        ),
        ('code = "13"', "code = 13", "state 1, code"),
        ('rated = ["13"]', "rated = [13]", "rated: expected texts"),
        ('rated = ["13"]', "history_months = 0", "1 or more"),
        ('rated = ["13"]', 'rate = ["13"]', "state_codes: expected only the keys"),
        ('code = "13"', 'kode = "13"', "state 1: expected only the keys"),
    ],
)
def test_a_slip_in_a_file_is_named_with_its_place(old, new, told):
    text = TEXT.replace(old, new)
    with pytest.raises(dq.PolicyError, match=told):
        rulebook.loads(text, source="house.toml")


@pytest.mark.parametrize("name", ["cn-bureau-loan", "us-metro2"])
def test_a_page_and_a_text_say_every_code_of_every_state(name):
    timeline = rulebook.load(name)
    for told in (to_markdown(timeline), to_text(timeline)):
        for row in timeline.versions[0].state_codes.rows:
            line = next(line for line in told.splitlines() if f"{row.state.value}:" in line)
            assert f"code {row.code}," in line or not row.code
            assert all(f"{key} {code}" in line for key, code in row.codes.items())
            assert row.label in line
    in_chinese = to_text(timeline, lang="zh").splitlines()
    for row in timeline.versions[0].state_codes.rows:
        state = words_of(row.state.value, "zh")
        line = next(line for line in in_chinese if f"{state}：" in line)
        assert f"代码 {row.code}" in line or not row.code
        assert all(f"{key} {code}" in line for key, code in row.codes.items())
        assert row.label_zh in line
    assert "05, 13, 65, 88, 89, 94, 95" in to_text(rulebook.load("us-metro2"))
