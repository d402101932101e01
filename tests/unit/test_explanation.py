"""Why: the tree of an assessment, in words and as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from string import Formatter

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.explanation_text import TEMPLATES, WORDS

FIRST = date(2024, 12, 31)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
RULE = dq.ScheduleChangeRule


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    rows = rows or (dq.Instalment(JAN, 1100, 10), dq.Instalment(FEB, 100, 9))
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), **facts
    )


def why(account: dq.Account, as_of: date, counting: dq.Counting | None = None, **fields):
    policy = policy_of(counting, **fields)
    return dq.assess(account, as_of=as_of, policy=policy).explanation


def rules_of(explanation: dq.Explanation) -> list[str]:
    return [step.rule for step in explanation.walk()]


def test_the_tree_leads_from_the_bucket_down_to_the_facts():
    account = account_of(payments=[dq.Payment(MAR, 10)])
    tree = why(account, MAR)
    assert rules_of(tree) == [
        "assessment",
        "bucket",
        "delinquent_days",
        "days_past_due",
        "oldest_instalment",
        "arrears",
        "payments",
        "policy",
    ]
    assert tree.to_text().splitlines() == [
        "Account A-1 on 2025-03-31: 31-90.",
        "  Bucket 31-90 of scheme every-day: delinquent days 59, within 31-90.",
        "    Delinquent days 59: days past due 59, less suspended 0.",
        (
            "      Days past due 59: due on 2025-01-31, counted to the close of 2025-03-31 "
            "from the day after the due date."
        ),
        (
            "        The oldest unsettled debt is instalment 1, due on 2025-01-31: "
            "1,100.00 of 1,110.00 CNY is open."
        ),
        "  Arrears are 1,209.00 CNY; late and unsettled: 2.",
        "  10.00 CNY paid by then, of which 0.00 is not yet put to any debt.",
        "  Policy house: house.",
    ]


def test_chinese_is_a_second_table_of_the_same_tree():
    text = why(account_of(), MAR).to_text(lang="zh")
    assert "逾期 59 天：应还日 2025-01-31，计至 2025-03-31 日终，自应还日次日起算。" in text
    assert len(text.splitlines()) == 8


def test_both_languages_use_the_same_rules_and_figures():
    def figures(template: str) -> set[str]:
        names = {name for _, name, _, _ in Formatter().parse(template) if name and "|" not in name}
        return {name.removesuffix("_zh") for name in names}

    assert TEMPLATES["en"].keys() == TEMPLATES["zh"].keys()
    assert WORDS.keys() == TEMPLATES.keys()
    for rule, template in TEMPLATES["en"].items():
        assert figures(template) == figures(TEMPLATES["zh"][rule]), rule


def test_an_account_without_a_late_day_says_that_nothing_is_late():
    assert "Nothing is late and unsettled." in why(account_of(), JAN).to_text()
    tree = why(account_of(), FIRST)
    assert tree.find("nothing_late").sentence() == "Nothing is late and unsettled."
    assert tree.find("days_past_due") is None
    assert tree.value == "0"


def test_the_oldest_debt_may_be_a_charge():
    charge = dq.Charge("late", dq.Component.FEES, 5, date(2025, 1, 5))
    step = why(account_of(charges=[charge]), MAR).find("oldest_charge")
    assert step.value == "late"
    assert step.inputs["open_amount"] == step.inputs["amount"] == Decimal("5.00")


def test_a_tolerance_that_mattered_is_named():
    tree = why(
        account_of(),
        date(2025, 2, 1),
        dq.Counting(tolerance=2000, tolerance_scope=dq.ToleranceScope.INSTALMENT),
    )
    assert tree.find("tolerance").value == 2000
    assert "2,000.00 CNY (by instalment) counts as settled; it is still owed" in tree.to_text()
    assert (
        why(
            account_of(),
            date(2025, 2, 1),
            dq.Counting(tolerance=1, tolerance_scope=dq.ToleranceScope.INSTALMENT),
        ).find("tolerance")
        is None
    )


def test_a_carried_age_is_named():
    account = account_of(
        dq.Instalment(JAN, 100, in_force_until=FEB),
        dq.Instalment(date(2025, 12, 31), 100, in_force_from=FEB),
    )
    continued = why(account, MAR, dq.Counting(schedule_change=RULE.CONTINUE))
    assert "it is continued" in continued.find("carried").sentence()
    assert continued.find("oldest_instalment").inputs["open_amount"] == 100
    frozen = why(account, MAR, dq.Counting(schedule_change=RULE.FREEZE))
    step = frozen.find("frozen_days")
    assert (step.value, step.inputs["changed_on"]) == (27, FEB)
    assert step.inputs["days_past_due"] == 27
    assert step.find("delinquent_days").value == 0
    assert step.find("nothing_late") is not None
    assert frozen.find("days_past_due") is None


def test_payments_left_out_are_counted():
    account = account_of(
        payments=[
            dq.Payment(JAN, 1, reversed_on=FEB),
            dq.Payment(JAN, 2, recorded_on=date(2025, 4, 1)),
            dq.Payment(date(2025, 4, 2), 4, reversed_on=date(2025, 4, 3)),
        ]
    )

    def left_out(as_of: date, known_on: date | None = None) -> int:
        answer = dq.assess(account, as_of=as_of, policy=policy_of(), known_on=known_on)
        step = answer.explanation.find("payments_left_out")
        return 0 if step is None else step.value

    assert left_out(date(2025, 2, 27)) == 0
    assert left_out(FEB) == 1
    assert left_out(MAR) == 1
    assert left_out(MAR, known_on=date(2025, 2, 27)) == 1
    assert left_out(MAR, known_on=MAR) == 2
    standing = account_of(payments=[dq.Payment(JAN, 1)])
    assert why(standing, MAR).find("payments_left_out") is None


def test_the_sources_of_a_policy_stand_under_the_policy():
    source = dq.Citation("The loan contract", "clause 7")
    tree = why(account_of(), MAR, citations=(source,), title="House rules")
    assert tree.find("policy").citations == (source,)
    assert tree.find("bucket").citations == ()
    assert tree.to_text().splitlines()[-1] == "    [The loan contract, clause 7]"
    assert tree.find("policy").inputs["title"] == "House rules"


def test_the_range_of_an_open_ended_bucket_has_no_end():
    tree = why(account_of(), date(2025, 5, 2))
    assert tree.find("bucket").inputs["range"] == "91+"


def test_an_assessment_reads_as_its_first_sentence():
    answer = dq.assess(account_of(), as_of=MAR, policy=policy_of())
    assert str(answer) == "Account A-1 on 2025-03-31: 31-90."
    assert str(answer.explanation) == answer.explanation.to_text()


def test_a_rule_without_words_is_told_by_its_name():
    step = dq.Explanation("house_rule", Decimal("1234.50"))
    assert step.sentence() == "house_rule: 1,234.50"
    assert step.find("other") is None


def test_a_language_without_words_is_refused():
    with pytest.raises(dq.InvalidValueError, match="lang: expected one of en, zh, found fr"):
        dq.Explanation("arrears", 0).sentence(lang="fr")


def test_a_language_may_be_given_by_position():
    tree = why(account_of(), MAR)
    assert tree.to_text("zh") == tree.to_text(lang="zh") != tree.to_text()
    assert tree.sentence("zh") == tree.sentence(lang="zh") != tree.sentence()


def test_one_of_a_kind_is_told_in_the_singular():
    told = dq.Explanation("plan_extended", 1, {"number": 2, "measure": "term_extension"})
    assert told.sentence() == (
        "Measure 2, term extension: 1 instalment is added after the last one."
    )
    more = dq.Explanation("plan_extended", 2, dict(told.inputs))
    assert "2 instalments are added" in more.sentence()
    words = {
        part for template in TEMPLATES["en"].values() for part in template.split("{") if "|" in part
    }
    assert words
    assert all(part.partition("}")[0].count("|") == 2 for part in words)
