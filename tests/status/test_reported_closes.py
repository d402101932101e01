"""A status from month ends: the same rules, fewer closes, and the answer says so."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from tests.status.test_answers import PAID, POLICY

EUR = dq.Currency.of("EUR")
MONTHS = dq.month_ends(date(2024, 1, 31), date(2025, 12, 31))


def close(day: date, days: int, **figures: object) -> dq.ReportedClose:
    known = {"material_days_past_due": days, "arrears": 300 if days else 0, "exposure": 3000}
    return dq.ReportedClose(as_of=day, days_past_due=days, **(known | figures))


def told(days: list[int], policy: str = "eu-default-retail", **more: object) -> dq.StatusAssessment:
    closes = [close(day, count) for day, count in zip(MONTHS, days, strict=False)]
    return dq.assess_reported_status(
        closes, account_id="A", currency=EUR, policy=dq.rulebook.load(policy), **more
    )


def states(answer: dq.StatusAssessment, machine: str | None = None) -> list[tuple[str, str]]:
    return [(str(span.start), span.state.code) for span in answer.spans(machine)]


def test_an_exit_that_is_complete_between_two_month_ends_is_taken_at_the_second():
    answer = told([0, 30, 61, 91, 0, 0, 0, 0])
    assert answer.resolution is dq.Resolution.MONTH
    assert states(answer, "default") == [
        ("2024-01-31", "not in default"),
        ("2024-04-30", "default"),
        ("2024-08-31", "not in default"),
    ]


@given(st.lists(st.integers(0, 130), min_size=1, max_size=24))
def test_a_regime_without_memory_says_of_each_month_end_what_its_figures_say(days):
    """Law: without memory a month end is judged by itself."""
    answer = told(days, "ifrs9")
    for day, count in zip(MONTHS, days, strict=False):
        stage = "stage 3" if count >= 90 else "stage 2" if count > 30 else "stage 1"
        assert answer.on(day).code == stage


def test_month_ends_of_an_account_agree_with_its_days_where_nothing_changes_between_them():
    ends = dq.month_ends(date(2023, 12, 31), date(2025, 3, 31))
    closes = []
    for day in ends:
        answer = dq.assess(PAID, as_of=day, policy=POLICY)
        material = dq.material_days_past_due(PAID, as_of=day, policy=POLICY)
        closes.append(
            dq.ReportedClose(
                as_of=day,
                days_past_due=answer.days_past_due,
                arrears=answer.arrears,
                exposure=answer.exposure,
                delinquent_days=answer.delinquent_days,
                material_days_past_due=material,
            )
        )
    by_month = dq.assess_reported_status(closes, account_id="A", currency=EUR, policy=POLICY)
    by_day = dq.assess_status(PAID, as_of=ends[-1], policy=POLICY)
    assert by_month.on(date(2024, 4, 30), "default").code == "default"
    assert [state.code for _, state in by_day.monthly(ends[0], ends[-1], "default")] == [
        by_month.on(day, "default").code for day in ends
    ]


def test_a_figure_that_nobody_kept_is_unknown_and_so_is_its_rule():
    closes = [close(MONTHS[0], 0), close(MONTHS[1], 95, material_days_past_due=None)]
    answer = dq.assess_reported_status(closes, account_id="A", currency=EUR, policy=POLICY)
    assert answer.states["default"].code == "not in default"
    assert [trigger.to for trigger in answer.not_assessed("default")] == ["default"]
    assert "Not assessed" in answer.explanation.to_text()


def test_periods_that_were_paid_are_not_known_and_let_nobody_out():
    able = dq.Finding(dq.FindingKind.ABLE_TO_PERFORM, date(2024, 1, 31))
    answer = told([0, 30, 61, 91] + 12 * [0], "cn-loan", events=[able])
    assert answer.state.code == "\u6b21\u7ea7"
    ((_, truths), *_) = answer.exits()
    assert truths == (True, True, None, True, True)


def test_a_restructuring_counts_from_the_month_end_that_shows_it():
    change = dq.Restructuring(
        date(2024, 5, 10), date(2024, 5, 31), diminished_share=dq.Proportion(1, 50)
    )
    answer = told(20 * [0], events=[change])
    assert states(answer, "default")[1:] == [
        ("2024-05-31", "restructured default"),
        ("2025-05-31", "not in default"),
    ]
    later = attrs.evolve(change, value_date=date(2026, 1, 1), first_due_on=date(2026, 1, 1))
    assert len(states(told(20 * [0], events=[later]), "default")) == 1


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: told([]), dq.InvalidValueError, "at least one close"),
        (lambda: close(date(2024, 1, 30), 0), dq.InvalidValueError, "a month end: 2024-01-31"),
        (lambda: close(datetime(2024, 1, 31), 0), dq.InvalidTypeError, "date"),
        (lambda: close(MONTHS[0], -1), dq.InvalidValueError, "days_past_due"),
        (lambda: close(MONTHS[0], 1.5), dq.InvalidTypeError, "days_past_due"),
        (
            lambda: close(MONTHS[0], 1, arrears=0),
            dq.InvalidValueError,
            "more than 0 beside days past due",
        ),
        (lambda: close(MONTHS[0], 1, arrears=1.5), dq.InvalidTypeError, "arrears"),
        (lambda: close(MONTHS[0], 1, arrears=Decimal("NaN")), dq.InvalidValueError, "arrears"),
        (lambda: close(MONTHS[0], 1, exposure=299), dq.InvalidValueError, "at least the arrears"),
        (lambda: close(MONTHS[0], 0, exposure=-1), dq.InvalidValueError, "exposure"),
    ],
)
def test_bad_closes_are_refused(make, error, message):
    with pytest.raises(error) as caught:
        make()
    assert message in str(caught.value)


def ask(closes: object, **more: object) -> dq.StatusAssessment:
    given = {"account_id": "A", "currency": EUR, "policy": POLICY}
    return dq.assess_reported_status(closes, **(given | more))


A, B, C = (close(day, 0) for day in MONTHS[:3])


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda: ask([A, C]),
            dq.InvalidValueError,
            "expected that of 2024-02-29, the month after 2024-01-31",
        ),
        (lambda: ask([B, A]), dq.InvalidValueError, "the month after 2024-02-29"),
        (lambda: ask([A, A]), dq.InvalidValueError, "the month after 2024-01-31"),
        (lambda: ask(["A"]), dq.InvalidTypeError, "ReportedClose"),
        (lambda: ask([A], account_id=""), dq.DelinquencyError, "account_id"),
        (lambda: ask([A], currency="EUR"), dq.InvalidTypeError, "a Currency"),
        (lambda: ask([A], segment="retail"), dq.InvalidTypeError, "segment"),
        (
            lambda: ask([A], policy=dq.rulebook.load("founding-report")),
            dq.PolicyError,
            "a policy with a status",
        ),
        (lambda: ask([close(date(2019, 1, 31), 0)]), dq.PolicyNotInForceError, "in force"),
        (
            lambda: ask([close(MONTHS[0], 1, arrears=Decimal("0.001"))]),
            dq.InvalidValueError,
            "arrears",
        ),
        (
            lambda: ask([A], events=[dq.Finding(dq.FindingKind.FRAUD, date(2024, 1, 1))]),
            dq.InvalidValueError,
            "on or after originated_on 2024-01-31",
        ),
    ],
)
def test_bad_questions_are_refused(make, error, message):
    with pytest.raises(error) as caught:
        make()
    assert message in str(caught.value)


def test_what_was_taken_back_by_the_last_close_never_was():
    figure = dq.ReportedFigure(
        dq.FigureName.EXPECTED_LOSS_SHARE, MONTHS[0], dq.Proportion(9, 10), reversed_on=MONTHS[1]
    )
    impaired = dq.Finding(dq.FindingKind.CREDIT_IMPAIRED, MONTHS[0])
    assert told([0], "cn-loan", events=[figure, impaired]).state.label == "loss"
    assert told([0, 0], "cn-loan", events=[figure, impaired]).state.label == "substandard"


def test_of_two_restructurings_of_a_month_neither_is_lost():
    events = [
        dq.Restructuring(date(2024, 2, 5), date(2024, 3, 1), diminished_share=dq.Proportion(1, 20)),
        dq.Restructuring(date(2024, 2, 20), date(2024, 3, 1), diminished_share=dq.Proportion(0, 1)),
    ]
    assert told([0, 0, 0], events=events).states["default"].code == "restructured default"
