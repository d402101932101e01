"""What is not known is not assessed: in texts, in frames and in counts, and never filed as silent."""

from __future__ import annotations

from datetime import date

import numpy as np

import delinquency as dq
from delinquency import frames, portfolio
from delinquency.early_warning import SignalState
from delinquency.portfolio import ObservationPanel
from tests.early_warning.rows import ends, judged, rule_of, rules_of, seen, signal_of

LATE = rule_of("days_past_due > 30", "late", clear_after=2, says="It is late.")
COOLING = rule_of("days_past_due > 30", "cooling", cool_down=2, says="It is late.")
ROWS = {"A": [0, 0, 0], "B": [0, 0, None], "C": [0, 31, None], "D": [31, 0, 0], "E": [31, 0, None]}
RULES = rules_of(LATE, COOLING)


def panel() -> ObservationPanel:
    values = [[-1 if each is None else each for each in row] for row in ROWS.values()]
    days = np.ma.masked_equal(values, -1)
    return ObservationPanel.of(list(ROWS), ends(3), {"days_past_due": days})


def test_a_text_says_not_assessed_and_nothing_of_silent() -> None:
    signal = signal_of(seen({"days_past_due": [0, None]}), LATE)
    assert (signal.state, signal.told_state) == (SignalState.SILENT, "not_assessed")
    assert "It is late. Not assessed: an observation that it needs is not known." in str(signal)
    assert "It is late. 未能评估：所需观察值未知。" in signal.explanation.to_text(lang="zh")
    assert "not assessed  " in str(judged(signal.observations, LATE))
    up = signal_of(seen({"days_past_due": [31, None]}), LATE)
    assert ", not assessed now: an observation that it needs is not known." in str(up)
    assert "confirmed, not assessed now" in str(judged(up.observations, LATE))


def test_counts_add_up_to_the_accounts() -> None:
    late, cooling = portfolio.early_warning_signals(panel(), rules=RULES).counts()
    told = ("silent", "cleared", "raised", "confirmed", "not_assessed")
    assert [getattr(late, each) for each in told] == [1, 1, 0, 2, 1]
    assert [getattr(cooling, each) for each in told] == [1, 1, 0, 1, 2]


def test_frames_of_an_account_and_of_a_book_say_so_alike() -> None:
    found = portfolio.early_warning_signals(panel(), rules=RULES)
    rows = {
        (row["account_id"], row["rule_id"]): (row["state"], row["since"])
        for row in frames.signals_to_frame(found, "pyarrow").to_pylist()
    }
    assert rows["B", "late"] == ("not_assessed", None)
    assert rows["C", "late"] == ("confirmed", date(2025, 5, 31))
    # In its cool-down, and nobody knows: when it was cleared is in ``Signal.since``.
    assert rows["E", "cooling"] == ("not_assessed", None)
    for account in panel():
        warning = dq.early_warning_signals(account, rules=RULES)
        for row in frames.early_warning_to_frame(warning, "pyarrow").to_pylist():
            told = rows.get((row["account_id"], row["rule_id"]), ("silent", None))
            assert (row["state"], row["since"]) == told
