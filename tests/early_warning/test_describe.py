"""A page of rules says everything that the rules do, in both languages, and what they rest on."""

from __future__ import annotations

import decimal
import re
import warnings

import pytest

import delinquency as dq
from delinquency.early_warning import available_warning_rules, load_warning_rules
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.describe import observations_to_markdown, to_markdown, to_text
from delinquency.early_warning.reasons import basis_of
from delinquency.early_warning.wording import condition_in_words
from delinquency.sentences.warning import WORDS_EN, WORDS_ZH
from tests.early_warning.rows import condition, rule_of, rules_of, seen, signal_of

NAMES = available_warning_rules()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_every_rule_says_in_both_languages(name: str) -> None:
    rules = load_warning_rules(name)
    page = to_markdown(rules)
    assert page.startswith(f"# {rules.title}\n")
    assert {"{", "}"}.isdisjoint(page)
    for dated in rules.rules:
        rule = dated.rule
        for text in (rule.rule_id, rule.says, rule.says_zh, rule.rationale, rule.rationale_zh):
            assert text in page
        assert f"- Basis: {WORDS_EN[basis_of(rule)]}" in page
        assert f"- 依据：{WORDS_ZH[basis_of(rule)]}" in page
        for citation in rule.citations:
            assert str(citation) in page
    for observation in rules.observations:
        assert f"| `{observation}` |" in page


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_says_what_the_page_says(name: str, lang: str) -> None:
    rules = load_warning_rules(name)
    page, text = to_markdown(rules), to_text(rules, lang)
    heading = {"en": "Observations that these rules read", "zh": "以上规则所读取的观察项"}[lang]
    of_rules, _, observed = text.partition(f"\n{heading}\n")
    told = [line.strip() for line in of_rules.splitlines() if line.startswith("  ")]
    assert len(told) >= 3 * len(rules.rules)
    for line in told:
        assert f"- {line}\n" in page
    names = [re.split(r"[ （]", line.strip())[0] for line in observed.splitlines()]
    assert names == list(rules.observations)
    for line, observation in zip(observed.splitlines(), names, strict=True):
        term = rules.terms[observation]
        assert (
            f"| `{observation}` | {term.unit.value} | {term.meaning} | {term.meaning_zh} |" in page
        )
        assert line.endswith(term.meaning_zh if lang == "zh" else term.meaning)


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(dq.InvalidValueError, match="expected one of en, zh, found fr"):
        to_text(load_warning_rules("sama"), "fr")


def test_every_part_of_a_rule_is_told() -> None:
    rule = rule_of(
        "highest days_past_due over 3 > 30 in 2 of 6 periods",
        clears="days_past_due <= 5 for 2 periods",
        confirm_after=2,
        clear_after=3,
        cool_down=4,
        owner="the desk",
        escalation="a call",
    )
    text = to_text(rules_of(rule))
    for line in (
        "Raised where: highest of 3 periods: days past due at the close: more than 30, at the ends of at least 2 of 6 periods",
        "Cleared where: days past due at the close: at most 5, at the end of each of 2 periods",
        "Confirmed: from 2 periods in a row on",
        "Cleared after: 3 periods in a row",
        "Not raised again: for 4 periods after it was cleared",
        "Looked at by: the desk",
        "What follows: a call",
    ):
        meaning = CATALOGUE["days_past_due"].meaning
        assert f"  {line.replace('days past due at the close', meaning)}\n" in text


@pytest.mark.parametrize(
    ("line", "en", "zh"),
    [
        ("unemployed", "{}: yes", "{}：是"),
        ("not unemployed", "{}: no", "{}：否"),
        ("utilisation >= 0.05", "{}: at least 5 %", "{}：不少于5 %"),
        ("utilisation < 1.2", "{}: less than 120 %", "{}：小于120 %"),
        ("growth income over 3 <= -0.2", "growth over 3 periods: {}: at most -20 %", "3期内{}增幅：不超过-20 %"),
        ("arrears > 1234.5", "{}: more than 1,234.5", "{}：大于1,234.5"),
        ("falls behavioural_score over 3 >= 3", "falls in a row, of 3: {}: at least 3", "{}连续下降期数（最多3期）：不少于3"),
    ],
)  # fmt: skip
def test_a_condition_is_told_in_words(line: str, en: str, zh: str) -> None:
    found = condition(line)
    term = CATALOGUE[getattr(found, "observed").observation]  # noqa: B009
    assert condition_in_words(found, CATALOGUE, "en") == en.format(term.meaning)
    assert condition_in_words(found, CATALOGUE, "zh") == zh.format(term.meaning_zh)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        ("0.123456789012345678901234567890123456", "12.3456789012345678901234567890123456 %"),
        (
            "1" + "0" * 39 + ".80555",
            "100,000,000,000,000,000,000,000,000,000,000,000,000,080.555 %",
        ),
        ("-0.80555", "-80.555 %"),
        ("1.20", "120 %"),
        ("10", "1,000 %"),
        ("0", "0 %"),
    ],
)
def test_a_share_is_told_with_every_digit_whatever_the_decimal_context(
    share: str, told: str
) -> None:
    over = condition(f"utilisation > {share}")
    traps = [decimal.Inexact, decimal.Rounded]
    with decimal.localcontext(decimal.Context(prec=2, traps=traps)):
        assert condition_in_words(over, CATALOGUE, "en").endswith(f": more than {told}")


def test_the_page_of_observations_has_every_one() -> None:
    page = observations_to_markdown()
    for term in CATALOGUE.values():
        assert (
            f"| `{term.name}` | {term.unit.value} | {term.meaning} | {term.meaning_zh} | {term.source} |"
            in page
        )
        assert all((term.meaning, term.meaning_zh, term.source))


BASES = {
    "sama": {
        "basis_official_text": {
            *("early_arrears", "balance_drop", "payroll_drop", "unemployment", "forborne"),
            *("past_due_elsewhere", "guarantor_default", "legal_proceedings", "bankruptcy"),
        },
    },
    "cn-bank-practice": {"basis_secondary": {"overdue_31_to_90", "burden_over_half"}},
    "uk-persistent-debt": {"basis_secondary": {"persistent_18"}},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_claims_no_more_than_was_compared(name: str) -> None:
    rest = {
        "founding-report": "basis_house_practice",
        "eba-2020-06": "basis_unverified",
        "card-statements": "basis_cited",
    }
    for dated in load_warning_rules(name).rules:
        rule_id = dated.rule.rule_id
        told = [basis for basis, ids in BASES.get(name, {}).items() if rule_id in ids]
        assert [basis_of(dated.rule)] == (told or [rest.get(name, "basis_project")]), rule_id


def test_the_european_file_has_what_its_framework_asks_of_each_indicator() -> None:
    """A trigger level, an owner, an escalation, and why it matters, in both languages; and each warns."""
    rules = load_warning_rules("eba-2020-06")
    for dated in rules.rules:
        rule = dated.rule
        assert all((rule.owner, rule.owner_zh, rule.escalation, rule.escalation_zh, rule.rationale))
        assert rule.verification is dq.Verification.UNVERIFIED
    with pytest.warns(
        dq.DelinquencyWarning,
        match=r"eba-2020-06, each of past_due_30, debt_up.*, was never compared",
    ):
        warning = dq.early_warning_signals(seen({"days_past_due": [30]}), rules=rules)
    text = warning.signal("past_due_30").explanation.to_text()
    assert "Looked at by: the manager of the account. What follows: monitor more often" in text
    assert "check it before you rely on it" in text
    assert "负责人：账户经理。" in warning.signal("past_due_30").explanation.to_text(lang="zh")


def test_the_explanation_says_what_a_rule_rests_on() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warning = dq.early_warning_signals(
            seen({"days_past_due": [31]}), rules=load_warning_rules("sama")
        )
    assert "The source names the signal; its level or window is a choice" in str(
        warning.signal("past_due")
    )
    assert "compared with the official text" in str(warning.signal("early_arrears"))


def test_the_text_dates_the_raising_and_not_the_confirmation() -> None:
    """Raised in May and confirmed by June: what is dated is May."""
    rule = rule_of("days_past_due > 0", confirm_after=2, says="It is late.")
    for days, english, chinese in (
        ([0, 3], "Raised on 2025-06-30.", "已于 2025-06-30 触发。"),
        ([3, 3], "Raised on 2025-05-31, confirmed.", "已于 2025-05-31 触发，已确认。"),
        ([3, 0], "Cleared on 2025-06-30.", "已于 2025-06-30 解除。"),
        ([0, 0], "Silent.", "未触发。"),
    ):
        explanation = signal_of(seen({"days_past_due": days}), rule).explanation
        assert f"It is late. {english} House" in explanation.to_text()
        assert f"It is late. {chinese}内部" in explanation.to_text(lang="zh")


def test_nothing_that_is_unverified_passes_whoever_asks_for_that() -> None:
    """One base for policies and tables; each by its own name as well, and all of them public."""
    rules, day = load_warning_rules("eba-2020-06"), seen({"days_past_due": [30]})
    for kind in (dq.UnverifiedWarning, dq.UnverifiedTableWarning):
        with warnings.catch_warnings():
            warnings.simplefilter("error", kind)
            with pytest.raises(dq.UnverifiedTableWarning, match="eba-2020-06"):
                dq.early_warning_signals(day, rules=rules)
    assert issubclass(dq.UnverifiedPolicyWarning, dq.UnverifiedWarning)


def test_every_saudi_rule_says_how_far_it_was_compared() -> None:
    for dated in load_warning_rules("sama").rules:
        assert dated.rule.verification is dq.Verification.OFFICIAL_TEXT
        assert basis_of(dated.rule) in ("basis_official_text", "basis_project")
