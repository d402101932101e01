"""A rule of points below 0 speaks for the borrower: it counts in the score, and warns of nothing."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import delinquency as dq
from delinquency import portfolio
from delinquency.early_warning import Severity
from delinquency.portfolio import ObservationPanel
from tests.early_warning.rows import condition, judged, rule_of, rules_of, seen

GOOD = rule_of("days_past_due <= 0", "good", severity=Severity.NONE, points=-2, says="All is paid.")
LATE = rule_of("days_past_due > 30", "late", severity=Severity.RED, points=5)
PAID = seen({"days_past_due": [0]})


def test_the_best_account_raises_nothing() -> None:
    warning = judged(PAID, GOOD, LATE)
    assert (warning.score, warning.severity, warning.severity_at_most) == (-2, 0, 0)
    assert (warning.raised, [each.rule_id for each in warning.in_favour]) == ((), ["good"])
    (signal,) = warning.in_favour
    assert (signal.is_up, signal.is_raised, signal.severity) == (True, False, Severity.NONE)
    assert "0 raised" in repr(warning)


def test_the_text_says_that_it_is_in_favour() -> None:
    explanation = judged(PAID, GOOD, LATE).explanation
    assert explanation.to_text().startswith(
        "Early warning for account A-1 on 2025-06-30 by house: score -2, no warning; "
        "signals raised 0, for the borrower 1, not assessed 0."
    )
    assert "All is paid. Speaks for the borrower since 2025-06-30." in explanation.to_text()
    assert "触发信号 0 项，对借款人有利 1 项，" in explanation.to_text(lang="zh")
    assert "for the borrower" not in judged(PAID, LATE).explanation.to_text()


def test_a_panel_leaves_it_out_of_what_is_raised() -> None:
    panel = ObservationPanel.from_accounts([PAID])
    found = portfolio.early_warning_signals(panel, rules=rules_of(GOOD, LATE))
    assert (found.score.tolist(), found.severity.tolist()) == ([-2], [0])
    assert (found.is_up.tolist(), found.is_raised.tolist()) == ([[True, False]], [[False, False]])
    assert found.is_warning.tolist() == [False, True]
    assert [each.rule_id for each in found.counts()] == ["late"]
    assert "0 accounts raised" in repr(found)


@pytest.mark.parametrize("points", [-1, -1_000_000])
@pytest.mark.parametrize("severity", list(Severity)[1:])
def test_it_has_no_severity(points, severity) -> None:
    with pytest.raises(dq.InvalidValueError, match="severity: expected none beside points below 0"):
        rule_of("days_past_due <= 0", severity=severity, points=points)


def test_a_warning_of_no_points_has_one() -> None:
    with pytest.raises(dq.InvalidValueError, match="severity: expected yellow, orange or red"):
        rule_of("days_past_due > 0", severity=Severity.NONE, points=0)


FILE = """
id = "house"
[[rule]]
id = "good"
when = "days_past_due <= 0"
family = "behaviour"
points = -2
says = "All is paid."
"""


def test_a_file_leaves_its_severity_out(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(FILE, encoding="utf-8")
    assert dq.load_warning_rules(path).rules[0].rule.severity is Severity.NONE
    path.write_text(FILE + 'severity = "yellow"\n', encoding="utf-8")
    with pytest.raises(dq.PolicyError, match="line 9, .*severity: expected none beside points"):
        dq.load_warning_rules(path)
    path.write_text(FILE.replace("-2", "0"), encoding="utf-8")
    with pytest.raises(dq.PolicyError, match="severity"):
        dq.load_warning_rules(path)


def test_a_packaged_card_of_the_best_account_warns_of_nothing() -> None:
    rules = dq.load_warning_rules("card-statements")
    assert {each.rule.severity for each in rules.rules if each.rule.points < 0} == {Severity.NONE}


@pytest.mark.parametrize(
    ("column", "more", "up"),
    [
        ([0], {}, True),
        ([None], {}, False),
        ([0, None], {}, False),
        ([None, 0], {}, True),
        ([0, None, 0], {}, True),
        ([0, None], {"clear_after": 2}, True),
        ([0, None, None], {"clear_after": 2}, False),
        ([0, None, 0], {"cool_down": 1}, False),
        ([0, None, None], {"clears": condition("days_past_due > 30"), "clear_after": 2}, False),
        ([0, 5, None], {"clears": condition("days_past_due > 30"), "clear_after": 2}, True),
    ],
)
@pytest.mark.parametrize("engine", [None, *portfolio.Engine])
def test_what_nobody_knows_speaks_for_no_borrower(column, more, up, engine) -> None:
    rule = attrs.evolve(GOOD, **more)
    observations = seen({"days_past_due": column})
    rules = rules_of(rule)
    for history in (False, True):
        if engine is None:
            warning = judged(observations, rule)
            told = warning.signals[0].is_up, warning.signals[0].is_assessed, warning.score
        else:
            panel = ObservationPanel.from_accounts([observations])
            found = portfolio.early_warning_signals(
                panel, rules=rules, history=history, engine=engine
            )
            told = bool(found.is_up[0, 0]), bool(found.is_assessed[0, 0]), int(found.score[0])
            low, high = found.score_range
            assert low[0] <= told[2] <= high[0]
        assert told == (up, column[-1] is not None, -2 if up else 0)
