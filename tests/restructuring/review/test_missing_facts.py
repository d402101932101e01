"""What is not assessed names the facts to state, and is assessed once they are stated."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from delinquency.account import Product
from delinquency.restructuring import (
    ArrearsSpread,
    DifficultyGround,
    PaymentHoliday,
    RateReduction,
    ReAgeing,
    TermExtension,
    load_plan_rules,
)
from delinquency.restructuring.review.kinds import KIND_READS
from tests.restructuring.review.plans import dear_loan, loan, planned, reviewed

DONE = {
    "current": planned(loan(paid=3), PaymentHoliday(1)),
    "spread": planned(loan(), ArrearsSpread()),
    "cut": planned(dear_loan(paid=3), RateReduction(dq.Rate.per_year("0.01"))),
    "extended": planned(loan(count=14), TermExtension(2)),
    "secured": planned(
        loan(events=[dq.Collateral("c", date(2024, 12, 15), 100)]), TermExtension(1)
    ),
    "card": planned(loan(count=2, product=Product.CARD), ReAgeing(6, date(2025, 4, 20))),
    "again": planned(
        loan(events=[dq.Restructuring(date(2025, 1, 20), first_due_on=date(2025, 2, 15))]),
        ArrearsSpread(),
    ),
}
STATED = {
    "grounds": [DifficultyGround.OTHER],
    "fair_rate": dq.Rate.per_year("0.05"),
    "effective_rate": 0,
    "asked_on": date(2025, 1, 2),
    "longest_term": 60,
    "recent_days_past_due": 0,
}
"""What is stated where it is asked for; of all others, that it is not so."""
OF_NO_FACT = {"us_ffiec_extension", "us_ffiec_re_age"}
"""Tests that are open for want of a policy with limits, or of an account to read."""


@pytest.mark.parametrize("name", dq.restructuring.available_plan_rules())
@pytest.mark.parametrize("case", DONE)
def test_what_is_not_assessed_is_so_once_its_facts_are_stated(name, case) -> None:
    facts: dict[str, object] = {}
    for _ in range(8):
        review = reviewed(DONE[case], name, **facts)
        missing = review.missing_facts
        if not missing:
            break
        assert set(missing) <= load_plan_rules(name).facts
        assert not set(missing) & set(facts)
        for row in review.not_assessed:
            assert set(row.missing_facts) <= set(KIND_READS[row.test.kind].facts)
        facts |= {each: STATED.get(each, False) for each in missing}
    assert {row.test_id for row in review.not_assessed} <= OF_NO_FACT


def test_a_fact_that_decides_nothing_is_not_asked_for() -> None:
    """The arrears are spread: that makes one concession, and no fact is needed for another."""
    review = reviewed(DONE["spread"], "cn-plan")
    assert review.row("cn_restructured_asset").missing_facts == ()
    assert review.missing_facts == ()


def test_the_field_is_named_in_both_languages() -> None:
    row = reviewed(DONE["extended"], "cn-plan").row("cn_extension_asked")
    assert row.missing_facts == ("asked_on",)
    assert (
        "the debtor asked on: not known; required: before 2026-02-15; fact to state: asked_on."
        in str(row)
    )
    assert "要求早于2026-02-15；待提供的事实：asked_on。" in row.explanation.to_text("zh")
