"""What a prompt and a sentence show: short lines, names instead of numbers, percentage points."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

import delinquency as dq
from delinquency import frames, portfolio
from delinquency.early_warning import ObservationTerm, Severity, SignalState, Unit, WarningRules
from delinquency.portfolio import ObservationPanel
from tests.early_warning.rows import ends, judged, rule_of, rules_of, seen, signal_of

LATE = rule_of("days_past_due > 30", "late", points=3)
SEEN = seen({"days_past_due": [31, 31]})


def test_each_is_shown_on_one_short_line() -> None:
    warning = judged(SEEN, LATE)
    assert repr(warning.rules) == "WarningRules('house', 1 rules, one period a month)"
    assert repr(SEEN) == "Observations('A-1', 2 periods to 2025-06-30, days_past_due)"
    assert repr(warning.raised) == "(Signal('late', confirmed since 2025-05-31),)"
    unknown = signal_of(seen({"days_past_due": [None]}), LATE)
    assert repr(unknown) == "Signal('late', not_assessed)"


def test_severities_and_states_print_their_names() -> None:
    assert [str(each) for each in Severity] == ["none", "yellow", "orange", "red"]
    assert f"{SignalState.RAISED}" == "raised"


@pytest.mark.parametrize(
    ("share", "english", "chinese"),
    [
        ("0.15", "15 %; asked: more than 5 %, 10 percentage points away", "5 %，相差 10 个百分点"),
        ("0.06", "6 %; asked: more than 5 %, 1 percentage point away", "5 %，相差 1 个百分点"),
    ],
)
def test_shares_are_percentage_points_apart(share, english, chinese) -> None:
    explanation = signal_of(
        seen({"utilisation": [Decimal(share)]}), rule_of("utilisation > 0.05")
    ).explanation
    assert english in explanation.to_text()
    assert chinese in explanation.to_text(lang="zh")
    days = signal_of(SEEN, LATE).explanation
    assert "31; asked: more than 30, 1 away" in days.to_text()


def test_a_term_of_the_rules_keeps_its_meaning_beside_one_that_says_nothing() -> None:
    told = ObservationTerm("visits", Unit.TIMES, "visits to the branch", "到访次数")
    plain = ObservationTerm("visits", Unit.TIMES)
    rules = WarningRules(
        name="house",
        own_terms=[told],
        rules=[rule_of(dq.early_warning.Compared(dq.early_warning.Reading("visits"), *OVER))],
    )
    observations = seen({"visits": [3]}, own_terms=[plain])
    explanation = dq.early_warning_signals(observations, rules=rules).explanation
    assert "visits to the branch: 3" in explanation.to_text()
    assert "到访次数：3" in explanation.to_text(lang="zh")


OVER = (dq.early_warning.Operator.OVER, Decimal(2))


def panel() -> ObservationPanel:
    days = np.ma.masked_equal([[31, 31], [31, -1], [0, -1], [0, 0]], -1)
    return ObservationPanel.of(["A", "B", "C", "D"], ends(2), {"days_past_due": days})


FAVOUR = rule_of("days_past_due <= 0", "good", points=-2, severity=Severity.NONE)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_frame_has_one_row_an_account(backend) -> None:
    found = portfolio.early_warning_signals(panel(), rules=rules_of(LATE, FAVOUR))
    assert len(found.scores_to_frame(backend)) == 4
    for row, account in zip(
        frames.signal_scores_to_frame(found, "pyarrow").to_pylist(), panel(), strict=True
    ):
        alone = dq.early_warning_signals(account, rules=found.rules)
        assert row == {
            "account_id": account.account_id,
            "as_of": alone.as_of,
            "rules": "house",
            "score": alone.score,
            "least_score": alone.score_range[0],
            "greatest_score": alone.score_range[1],
            "severity": str(alone.severity),
            "severity_at_most": str(alone.severity_at_most),
            "raised": len(alone.raised),
            "in_favour": len(alone.in_favour),
            "not_assessed": len(alone.not_assessed),
        }


def test_frames_of_books_and_accounts_have_the_same_columns_and_rows() -> None:
    """And a silent signal that may still be up has a row."""
    rules = rules_of(rule_of("days_past_due > 30", "late", clear_after=2, points=3), FAVOUR)
    hidden = np.ma.masked_equal([[-1, 0], [31, -1]], -1)
    seen_ones = ObservationPanel.of(["A", "B"], ends(2), {"days_past_due": hidden})
    rows = frames.signals_to_frame(
        portfolio.early_warning_signals(seen_ones, rules=rules), "pyarrow"
    ).to_pylist()
    alone = [
        row
        for account in seen_ones
        for row in frames.early_warning_to_frame(
            dq.early_warning_signals(account, rules=rules), "pyarrow"
        ).to_pylist()
    ]
    assert [row for row in alone if row["state"] != "silent" or row["may_be_up"]] == rows
    assert [(row["account_id"], row["rule_id"]) for row in rows if row["state"] == "silent"] == [
        ("A", "late")
    ]
