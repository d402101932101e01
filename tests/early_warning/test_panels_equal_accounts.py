"""Law: the signals of a panel are those of its accounts, one by one, by every engine."""

from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number
from delinquency.portfolio import Engine, ObservationPanel, early_warning_signals
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.early_warning.drawing_panels import observed_accounts, rule_sets

ENGINES = (Engine.WHOLE_COLUMNS, Engine.INTERPRETED, *([Engine.COMPILED] if HAS_COMPILER else []))


def assert_equal(answer, accounts, rules):
    low, high = answer.score_range
    severity, at_most = answer.severity, answer.severity_at_most
    for row, seen in enumerate(accounts):
        alone = dq.early_warning_signals(seen, rules=rules)
        for place, signal in enumerate(alone.signals):
            at = (row, place)
            found = (answer.state[at], answer.since[at], answer.is_assessed[at])
            since = (
                NONE_DAY if signal.since is None else day_number(signal.since, where="", field="")
            )
            assert found == (signal.state, since, signal.is_assessed), (signal.rule, seen.numbers)
        assert (answer.score[row], (low[row], high[row])) == (alone.score, alone.score_range)
        grave = (severity[row], at_most[row])
        assert grave == (alone.severity, alone.severity_at_most)


@settings(max_examples=20)
@given(
    accounts=observed_accounts(),
    rules=rule_sets(),
    engine=st.sampled_from(ENGINES),
    place=st.integers(0, 8),
)
def test_signals_of_a_panel_are_those_of_its_accounts(accounts, rules, engine, place):
    panel = ObservationPanel.from_accounts(accounts)
    last = early_warning_signals(panel, rules=rules, engine=engine)
    assert_equal(last, accounts, rules)
    answer = early_warning_signals(panel, rules=rules, history=True, engine=engine)
    for field in ("state", "since_place", "is_assessed"):
        assert (getattr(answer, field) == getattr(last, field)).all()
    end = panel.dates[place % len(panel.dates)]
    for row, seen in enumerate(accounts):
        alone = dq.early_warning_signals(seen.up_to(end), rules=rules)
        assert answer.on(end)[row].tolist() == [each.state for each in alone.signals]
