"""Conditions in words: all of them, in both languages, and no two of them alike."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.explanation_text import CONDITIONS, condition_in_words, conditions_in_words
from delinquency.status import (
    Anchor,
    Condition,
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
    TimeUnit,
)
from delinquency.status.facts import FINDINGS, REPORTED_FIGURES
from tests.status.drawing import draw_condition, draw_machine
from tests.strategies_internal import MANY

ONE, TWO = dq.Proportion(1, 1), dq.Proportion(2, 1)

EVERY: list[Condition] = [
    *(FigureIs(figure, operator, ONE) for figure in Figure for operator in Operator),
    *(ReportedIs(name, operator, ONE) for name in REPORTED_FIGURES for operator in Operator),
    *(Found(kind, is_found=found) for kind in FINDINGS for found in (True, False)),
    *(Found(kind, since=[anchor]) for kind in FINDINGS[:2] for anchor in Anchor),
    *(Found("fraud", since=pair) for pair in pairwise(Anchor)),
    Restructured(),
    Restructured(dq.Proportion(1, 100)),
    *(SegmentIs(segment.value) for segment in dq.Segment),
    *(Elapsed(count, unit, [anchor]) for count in (1, 2) for unit in TimeUnit for anchor in Anchor),
    *(Elapsed(1, TimeUnit.DAYS, pair) for pair in pairwise(Anchor)),
    *(Elapsed(1, TimeUnit.DAYS, [Found(kind)]) for kind in FINDINGS),
    *(PeriodsPaid(count, [anchor]) for count in (1, 2) for anchor in Anchor),
]


@pytest.mark.parametrize("condition", EVERY, ids=str)
def test_each_condition_is_said_in_chinese_without_a_word_of_english(condition: Condition) -> None:
    assert re.search("[A-Za-z_{}]", condition_in_words(str(condition), "zh")) is None


@pytest.mark.parametrize("condition", EVERY, ids=str)
def test_each_condition_is_said_in_english_without_a_sign_of_a_file(condition: Condition) -> None:
    assert re.search("[_<>={}]", condition_in_words(str(condition), "en")) is None


def test_no_two_conditions_are_said_alike() -> None:
    for lang in ("en", "zh"):
        said = [condition_in_words(str(condition), lang) for condition in EVERY]
        assert len(set(said)) == len(EVERY)


@MANY
@given(st.integers(0, 2**32))
def test_words_lose_nothing(seed: int) -> None:
    """Law: two conditions are said alike if and only if they are equal."""
    rnd = random.Random(seed)
    before = [draw_machine(rnd, "first", [])]
    one, other = (draw_condition(rnd, before, list(Anchor)) for _ in range(2))
    for lang in ("en", "zh"):
        said = [condition_in_words(str(each), lang) for each in (one, other)]
        assert (said[0] == said[1]) == (one == other)


def test_every_condition_of_the_rulebook_is_said_in_chinese() -> None:
    for entry in dq.rulebook.available():
        for version in dq.rulebook.load(entry.name).versions:
            for machine in version.status:
                for condition in machine.conditions():
                    if isinstance(condition, StateIs):
                        continue
                    said = condition_in_words(str(condition), "zh")
                    assert re.search("[A-Za-z_]", said) is None, (entry.name, str(condition))


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        ("days_past_due > 90", "more than 90 days past due", "逾期天数超过 90 天"),
        ("days_past_due >= 1", "at least 1 day past due", "逾期天数不少于 1 天"),
        ("arrears = 0", "no arrears", "没有逾期金额"),
        ("exposure = 0", "an exposure of exactly 0", "风险敞口等于 0"),
        (
            "1 months since restructuring, entering, grace end",
            (
                "1 month since the latest of the restructuring, the first day of the state and the end of the "
                "grace of the restructuring"
            ),
            "自重组日、进入该状态之日、重组宽限期止日（以最晚者为准）起满 1 个月",
        ),
        (
            "reported expected_loss_share >= 0.5",
            "reported expected loss share of at least 0.5",
            "申报的预期信用损失占账面余额比例不少于 0.5",
        ),
        ("found repaid_by_new_borrowing", "found: repaid by new borrowing", "认定借新还旧"),
        ("not found technical_overdue", "not found: technical overdue", "未认定技术性逾期"),
        (
            "found satisfactory_performance since restructuring",
            "found after the restructuring: satisfactory performance",
            "在重组日之后认定履约情况满意",
        ),
        ("segment non_retail", "the segment is non-retail", "属于非零售客户"),
        (
            "forbearance in under probation, forborne",
            "forbearance is under probation or forborne",
            "forbearance为under probation或forborne",
        ),
        (
            "12 months since restructuring, entering",
            "12 months since the latest of the restructuring and the first day of the state",
            "自重组日、进入该状态之日（以最晚者为准）起满 12 个月",
        ),
        (
            "1 periods paid since clearing",
            "1 due date came and was paid since the first close without arrears",
            "自不再有逾期金额之日起已有 1 个还款日到期并还清",
        ),
        ("colour > 3", "colour > 3", "colour > 3"),
        ("what nobody wrote", "what nobody wrote", "what nobody wrote"),
    ],
)
def test_a_line_is_said_and_what_is_no_condition_stays(line, english, chinese) -> None:
    assert condition_in_words(line, "en") == english
    assert condition_in_words(line, "zh") == chinese


def test_several_conditions_are_said_one_by_one() -> None:
    both = "days_past_due > 90; found fraud"
    assert conditions_in_words(both, "en") == "more than 90 days past due; found: fraud"
    assert conditions_in_words(both, "zh") == "逾期天数超过 90 天；认定欺诈"


def test_a_reason_holds_the_line_and_says_the_words() -> None:
    step = dq.Explanation("status_figure", 91, {"condition": "days_past_due > 90"})
    assert step.inputs["condition"] == "days_past_due > 90"
    assert step.sentence() == "more than 90 days past due: it was 91."
    assert step.sentence("zh") == "逾期天数超过 90 天：实际为 91。"


def test_the_rules_with_conditions_have_sentences_that_say_them() -> None:
    for rule, figures in CONDITIONS.items():
        said = dict.fromkeys(figures, "days_past_due > 90")
        told = dq.Explanation(rule, "x", said).sentence("zh")
        assert "逾期天数超过 90 天" in told, rule
