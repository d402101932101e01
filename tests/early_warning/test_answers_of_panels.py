"""What is drawn from the signals of a panel, and what is refused."""

import copy
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

import delinquency as dq
from delinquency.early_warning import (
    Compared,
    DatedRule,
    ObservationTerm,
    Operator,
    Reading,
    Severity,
    SignalState,
    Unit,
    WarningFamily,
    WarningRule,
    WarningRules,
)
from delinquency.portfolio import Engine, ObservationPanel, early_warning_signals
from tests.early_warning.test_panels_equal_accounts import ENGINES, assert_equal

ENDS = tuple(date(2025, month, 28) for month in range(1, 5))
LATE = Compared(Reading("days_past_due"), Operator.OVER, Decimal(30))


def rule(rule_id="late", when=LATE, severity=Severity.RED, **more):
    return WarningRule(
        rule_id=rule_id, when=when, family=WarningFamily.BEHAVIOUR, severity=severity, **more
    )


ENQUIRED = Compared(Reading("enquiries"), Operator.AT_LEAST, Decimal(2))
RULES = WarningRules(
    name="two",
    rules=[
        rule(points=5, confirm_after=2),
        rule("asked", ENQUIRED, Severity.NONE, points=-1),
    ],
)
DAYS = np.array([[0, 31, 31, 31], [31, 31, 0, 0], [31, 0, 0, 31], [31, 31, 31, 30], [0, 0, 0, 0]])
ASKED = np.ma.masked_equal(
    [[0, 0, 0, 2], [0, 0, 0, 9], [0, 0, 2, 9], [0, 0, 0, 0], [1, 1, 1, 1]], 9
)
IDS = ["A", "B", "C", "D", "E"]


@pytest.fixture
def panel():
    return ObservationPanel.of(IDS, ENDS, {"days_past_due": DAYS, "enquiries": ASKED})


def test_each_row_is_the_answer_of_its_account(panel):
    answer = early_warning_signals(panel, rules=RULES)
    assert_equal(answer, list(panel), RULES)
    assert answer.state[:, 0].tolist() == [3, 0, 2, 1, 0]
    assert answer.since_place[:, 0].tolist() == [1, -1, 3, 3, -1]
    assert answer.is_assessed[:, 1].tolist() == [True, False, False, True, True]
    assert answer.score.tolist() == [4, 0, 5, 0, 0]
    assert [each.tolist() for each in answer.score_range] == [[4, -1, 4, 0, 0], [4, 0, 5, 0, 0]]
    assert answer.severity.tolist() == [3, 0, 3, 0, 0]
    assert answer.severity_at_most.tolist() == [3, 0, 3, 0, 0]


def test_a_row_explains_itself_as_its_account_does(panel):
    answer = early_warning_signals(panel, rules=RULES)
    alone = dq.early_warning_signals(panel.account(2), rules=RULES)
    assert str(answer.row(2)) == str(alone)
    for lang in ("en", "zh"):
        assert answer.explain(2).to_text(lang=lang) == alone.explanation.to_text(lang=lang)


def test_accounts_are_counted_by_rule(panel):
    (late,) = early_warning_signals(panel, rules=RULES).counts()
    assert (late.silent, late.cleared, late.raised, late.confirmed) == (2, 1, 1, 1)
    assert (late.rule_id, late.not_assessed) == ("late", 0)


def test_states_of_every_period_are_kept_where_asked_for(panel):
    answer = early_warning_signals(panel, rules=RULES, history=True)
    assert answer.on(ENDS[1])[:, 0].tolist() == [2, 3, 1, 3, 0]
    assert answer.on(ENDS[-1]).tolist() == answer.state.tolist()
    with pytest.raises(dq.InvalidValueError, match="the end of a period, from 2025-01-28"):
        answer.on(date(2025, 1, 31))
    with pytest.raises(dq.InvalidValueError, match="history=True"):
        early_warning_signals(panel, rules=RULES).on(ENDS[0])


def test_rows_are_independent(panel):
    whole = early_warning_signals(panel, rules=RULES)
    for row, seen in enumerate(panel):
        alone = early_warning_signals(ObservationPanel.from_accounts([seen]), rules=RULES)
        assert alone.state[0].tolist() == whole.state[row].tolist()


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_frame_has_a_row_for_each_signal_that_speaks_or_is_not_assessed(panel, backend):
    frame = early_warning_signals(panel, rules=RULES).to_frame(backend)
    columns = {name: list(map(str, frame[name])) for name in ("account_id", "rule_id", "state")}
    assert columns["account_id"] == ["A", "A", "B", "C", "C", "D"]
    assert columns["rule_id"] == ["late", "asked", "asked", "late", "asked", "late"]
    assert columns["state"] == [
        "confirmed",
        "confirmed",
        "not_assessed",
        "raised",
        "not_assessed",
        "cleared",
    ]
    assert list(map(str, frame["points"])) == ["5", "-1", "0", "5", "0", "0"]
    assessed = [str(each) for each in frame["is_assessed"]]
    assert [each.lower() for each in assessed] == ["true", "true", "false", "true", "false", "true"]


def test_blocks_and_threads_change_nothing(panel, monkeypatch):
    whole = early_warning_signals(panel, rules=RULES, history=True)
    from delinquency.portfolio.warnings import verb

    monkeypatch.setattr(verb, "CELLS_OF_A_BLOCK", 8)
    for threads in (1, 2):
        parts = early_warning_signals(panel, rules=RULES, history=True, threads=threads)
        for field in ("state", "since_place", "is_assessed", "states"):
            assert (getattr(parts, field) == getattr(whole, field)).all()


def test_nobody_can_write_to_an_answer(panel):
    answer = early_warning_signals(panel, rules=RULES)
    for each in (answer, copy.deepcopy(answer)):
        with pytest.raises(ValueError, match="read-only"):
            each.state[0, 0] = 1
    assert (
        repr(answer) == "PortfolioSignals(2025-04-28, two, 5 accounts, 2 rules, 2 accounts raised)"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_signals_of_more_periods_than_a_byte_counts(engine):
    dates = [date(2000 + place // 12, place % 12 + 1, 28) for place in range(300)]
    rng = np.random.default_rng(3)
    days = np.ma.masked_less(rng.integers(-3, 34, (3, 300)), 0)
    days[0, 20:] = 31
    days[1, 10:275] = 31
    days[1, 275:] = 0
    panel = ObservationPanel.of(["A", "B", "C"], dates, {"days_past_due": days})
    rules = WarningRules(
        name="long",
        rules=[
            rule(confirm_after=270),
            rule("late_2", clear_after=20, cool_down=290),
            rule("late_3", confirm_after=281),
        ],
    )
    assert_equal(early_warning_signals(panel, rules=rules, engine=engine), list(panel), rules)


def test_rules_are_those_in_force_on_the_last_day(panel):
    later = DatedRule(rule("later"), dq.Validity(ENDS[-1] + timedelta(days=1), None))
    dated = WarningRules(name="dated", rules=[rule(), later])
    assert early_warning_signals(panel, rules=dated).rule_ids == ("late",)
    with pytest.raises(dq.PolicyNotInForceError, match="a rule is in force"):
        early_warning_signals(panel, rules=WarningRules(name="later", rules=[later]))


def test_an_observation_that_is_not_there_is_not_assessed():
    panel = ObservationPanel.of(["A"], ENDS, {})
    answer = early_warning_signals(panel, rules=RULES)
    assert not answer.is_assessed.any()
    assert answer.severity_at_most.tolist() == [Severity.RED]
    assert (answer.state == SignalState.SILENT).all()


def test_what_is_no_panel_and_what_are_no_rules_is_refused(panel):
    with pytest.raises(dq.InvalidTypeError, match=r"ObservationPanel\.from_accounts"):
        early_warning_signals(panel.account(0), rules=RULES)
    with pytest.raises(dq.InvalidTypeError, match="load_warning_rules"):
        early_warning_signals(panel, rules="sama")
    with pytest.raises(dq.InvalidTypeError, match="history"):
        early_warning_signals(panel, rules=RULES, history=1)
    with pytest.raises(dq.InvalidTypeError, match="an Engine or None"):
        early_warning_signals(panel, rules=RULES, engine="compiled")
    with pytest.raises(dq.InvalidTypeError, match="an int from 1"):
        early_warning_signals(panel, rules=RULES, threads=0)
    with pytest.raises(dq.InvalidValueError, match="one of late, asked"):
        early_warning_signals(panel, rules=RULES).place_of("early")


def test_an_observation_in_another_unit_than_the_rules_read_it_is_refused():
    own = [ObservationTerm("visits", Unit.DAYS)]
    panel = ObservationPanel.of(["A"], ENDS, {"visits": np.zeros((1, 4), int)}, own_terms=own)
    asks = rule("visited", Compared(Reading("visits"), Operator.OVER, Decimal(1)))
    rules = WarningRules(
        name="visits", rules=[asks], own_terms=[ObservationTerm("visits", Unit.TIMES)]
    )
    with pytest.raises(dq.PolicyError, match="an observation in times"):
        early_warning_signals(panel, rules=rules)


def test_the_default_engine_is_the_fastest_there_is(panel):
    default = early_warning_signals(panel, rules=RULES)
    rows = early_warning_signals(panel, rules=RULES, engine=Engine.WHOLE_COLUMNS)
    assert (default.state == rows.state).all()
