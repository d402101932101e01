"""The United States: extensions of closed-end loans, under limits that a bank sets for itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency import ConcessionLimits, FrequencyLimit, Payment, Restructuring
from delinquency.rulebook.describe import to_text
from delinquency.serialization import from_dict, to_dict
from tests.rulebook.test_re_ageing_files import HEAD
from tests.status.regimes.asking import monthly

OWN = """
[version.extensions]
months_on_books = 6
payments = 3
limits = [{ count = 1, months = 12 }, { count = 2, months = 60 }]
cites = ["manual"]
"""
HOUSE = dq.rulebook.loads(HEAD + OWN)
DUES = monthly(date(2024, 2, 10), 80)
DAY = timedelta(days=1)
FIRST = date(2024, 9, 10)


def loan(*events: dq.AccountEvent, **facts: Any) -> dq.Account:
    schedule = dq.Schedule(dq.Currency.of("USD"), [dq.Instalment(day, 50) for day in DUES])
    facts = {
        "originated_on": date(2024, 1, 10),
        "payments": [Payment(d, 50) for d in DUES],
        **facts,
    }
    return dq.Account(account_id="L", schedule=schedule, events=events, **facts)


def unmet(account: dq.Account, on: date, **asked: Any) -> list[str]:
    told = dq.assess_extension(account, on=on, policy=HOUSE, **asked)
    assert told.is_within_limits is (not told.unmet)
    return [check.rule for check in told.unmet]


def extended(day: date, **facts: Any) -> Restructuring:
    return Restructuring(day, day, **facts)


@pytest.mark.parametrize("in_difficulty", [True, False])
def test_once_in_twelve_months_whether_in_difficulty_or_not(in_difficulty):
    account = loan(extended(FIRST, in_difficulty=in_difficulty))
    days = [date(2025, 9, 9), date(2025, 9, 10), date(2025, 9, 11)]
    assert [unmet(account, day) for day in days] == [["concession_frequency"], [], []]


def test_twice_in_five_years():
    account = loan(extended(FIRST), extended(date(2026, 3, 10)))
    days = [date(2029, 9, 9), date(2029, 9, 10)]
    assert [unmet(account, day) for day in days] == [["concession_frequency"], []]


def test_one_that_was_reversed_or_not_known_does_not_count():
    undone = loan(extended(FIRST, recorded_on=date(2024, 10, 1), reversed_on=date(2024, 11, 1)))
    on = date(2024, 10, 9)
    assert unmet(undone, on, known_on=date(2024, 9, 30)) == []
    assert unmet(undone, on, known_on=date(2024, 10, 1)) == ["concession_frequency"]
    assert unmet(undone, on, known_on=date(2024, 11, 1)) == []


def test_age_and_payments_are_asked_as_of_a_card():
    assert unmet(loan(), date(2024, 7, 9)) == ["concession_months_on_books"]
    assert unmet(loan(), date(2024, 7, 10)) == []
    missed = loan(payments=[Payment(day, 50) for day in DUES if day != date(2024, 8, 10)])
    assert unmet(missed, date(2024, 8, 9)) == []
    assert unmet(missed, date(2024, 8, 10)) == ["concession_payments"]


def test_a_card_is_not_extended():
    assert unmet(loan(product=dq.Product.CARD), FIRST) == ["extension_closed_end"]


def test_the_reasons_name_the_limits_and_their_source():
    told = dq.assess_extension(loan(extended(FIRST)), on=FIRST + DAY, policy=HOUSE)
    text = told.explanation.to_text()
    assert text.startswith("Extension of account L on 2024-09-11: not within the limits.")
    assert "[Manual of the house, 7.2]" in text
    assert "the next is allowed on 2025-09-10" in text
    assert "最早可于 2025-09-10" in told.explanation.to_text("zh")


def test_no_packaged_policy_sets_a_number():
    for entry in dq.rulebook.available():
        for version in dq.rulebook.load(entry.name).versions:
            assert version.extensions is None
    with pytest.raises(dq.PolicyError, match="Law asks each lender to set them"):
        dq.assess_extension(loan(), on=FIRST, policy=dq.rulebook.load("us-ffiec-closed-end"))


def test_limits_are_read_told_and_written():
    (policy,) = HOUSE.versions
    assert policy.extensions is not None
    assert policy.extensions.limits == (FrequencyLimit(1, 12), FrequencyLimit(2, 60))
    assert from_dict(dq.Policy, to_dict(policy)) == policy
    assert "the last 3 payments or as much; at most 1 within 12 months" in to_text(HOUSE)
    assert "展期限制" in to_text(HOUSE, "zh")
    with pytest.raises(dq.PolicyError, match="extensions.*Did you mean 'payments'"):
        dq.rulebook.loads(HEAD + OWN.replace("payments", "payment"))


def test_bad_questions_are_refused():
    policy = HOUSE.versions[0]
    with pytest.raises(dq.InvalidTypeError, match="extensions: expected ConcessionLimits or None"):
        attrs.evolve(policy, extensions=FrequencyLimit(1, 12))
    with pytest.raises(dq.InvalidValueError, match="on or after originated_on 2024-01-10"):
        dq.assess_extension(loan(), on=date(2024, 1, 9), policy=policy)
    with pytest.raises(dq.InvalidTypeError, match="assess_extension"):
        dq.assess_extension("L", on=FIRST, policy=policy)
    assert attrs.evolve(policy, extensions=ConcessionLimits(payments=1)).extensions is not None
