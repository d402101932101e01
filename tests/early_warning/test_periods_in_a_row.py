"""Rules count periods: a month that is left out is told, and never passes for none."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency import frames, portfolio
from delinquency.early_warning import ObservationPeriod, Observations, WarningRules
from delinquency.early_warning.period_checks import LEAST_DAYS, MOST_DAYS
from delinquency.portfolio import ObservationPanel
from tests.early_warning.rows import rule_of, rules_of

MONTHLY = rules_of(rule_of("days_past_due > 0 for 2 periods"))
BY_STATEMENT = attrs.evolve(MONTHLY, period=ObservationPeriod.STATEMENT)


def judged_both_ways(dates: list[date], rules: WarningRules) -> bool:
    """Whether the signal is up, by both verbs."""
    seen = Observations.of("A", dates, {"days_past_due": [3] * len(dates)})
    found = portfolio.early_warning_signals(ObservationPanel.from_accounts([seen]), rules=rules)
    alone = dq.early_warning_signals(seen, rules=rules)
    assert bool(found.is_up[0, 0]) == alone.signals[0].is_up
    return alone.signals[0].is_up


def refused_both_ways(dates: list[date], rules: WarningRules) -> dq.InvalidValueError:
    """The error of both verbs."""
    seen = Observations.of("A", dates, {"days_past_due": [3] * len(dates)})
    with pytest.raises(dq.InvalidValueError) as alone:
        dq.early_warning_signals(seen, rules=rules)
    with pytest.raises(dq.InvalidValueError) as found:
        portfolio.early_warning_signals(ObservationPanel.from_accounts([seen]), rules=rules)
    assert found.value.found == alone.value.found
    return alone.value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 12, 1), date(2025, 1, 31)),
        (date(2025, 1, 31), date(2025, 2, 1)),
    ],
)
def test_months_in_a_row_are_judged_whatever_their_day(before, after) -> None:
    assert judged_both_ways([before, after], MONTHLY)


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        (date(2025, 1, 31), date(2025, 3, 1), "without 2025-02"),
        (date(2025, 1, 31), date(2025, 4, 30), "without 2025-02 and 2025-03"),
        (date(2024, 11, 30), date(2025, 3, 31), "without 2024-12 to 2025-02"),
        (date(2024, 1, 31), date(2025, 1, 31), "without 2024-02 to 2024-12"),
        (date(2025, 1, 1), date(2025, 1, 2), "both in one month"),
        (date(2025, 1, 1), date(2025, 1, 31), "both in one month"),
    ],
)
def test_a_missing_month_is_told_with_the_dates_around_it(before, after, between) -> None:
    error = refused_both_ways([before, after], MONTHLY)
    assert error.found == f"{after} after {before}, {between}"
    if "without" in between:
        assert error.hint == "Put every period in, with None for what nobody knows."


@pytest.mark.parametrize("days", [LEAST_DAYS, 28, 31, MOST_DAYS])
def test_statements_whose_cycle_was_moved_are_in_a_row(days) -> None:
    before = date(2025, 1, 31)
    assert judged_both_ways([before, before + timedelta(days=days)], BY_STATEMENT)


@pytest.mark.parametrize("days", [1, LEAST_DAYS - 1, MOST_DAYS + 1, 59])
def test_a_missing_statement_is_told(days) -> None:
    before = date(2025, 1, 31)
    error = refused_both_ways([before, before + timedelta(days=days)], BY_STATEMENT)
    assert error.found.endswith(f"with {days} days between")


def test_a_month_of_which_nobody_knows_anything_is_put_in() -> None:
    dates = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
    seen = Observations.of("A", dates, {"days_past_due": [3, None, 5]})
    (signal,) = dq.early_warning_signals(seen, rules=MONTHLY).signals
    assert (signal.is_up, signal.is_assessed, signal.may_be_up) == (False, False, True)


def test_accounts_at_other_dates_are_told() -> None:
    panel = ObservationPanel.of(
        ["A", "B"], [date(2025, 1, 30), date(2025, 1, 31)], {"days_past_due": np.zeros((2, 2))}
    )
    with pytest.raises(dq.InvalidValueError, match="both in one month. Hint: Where accounts have"):
        portfolio.early_warning_signals(panel, rules=MONTHLY)


ODD = {
    "account_id": ["A", "B", "A", "C", "B"],
    "period_end": ["2025-01-31", "2025-01-31", "2025-02-28", "2025-02-27", "2025-02-28"],
    "days_past_due": [1, 2, 3, 4, 5],
}


def test_a_frame_whose_accounts_have_other_dates_is_refused_with_the_odd_rows() -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read_observations(ODD)
    assert (caught.value.reason, list(caught.value.rows)) == ("other_dates", [3])
    assert "2025-02-28 in this month" in str(caught.value)


def test_two_dates_of_one_month_are_read_where_an_account_has_both() -> None:
    panel = frames.read_observations(
        {"account_id": ["A", "A"], "period_end": ["2025-01-30", "2025-01-31"], "arrears": [1, 2]},
        currency="EUR",
        amounts="minor",
    )
    assert len(panel.dates) == 2


def test_six_statements_up_to_a_day_within_a_month_are_on_that_day() -> None:
    row = {"LIMIT_BAL": [20_000], **{f"PAY_{k}": [0] for k in (0, 2, 3, 4, 5, 6)},
           **{f"BILL_AMT{k}": [700] for k in range(1, 7)},
           **{f"PAY_AMT{k}": [700] for k in range(1, 7)}}  # fmt: skip
    assert frames.score_statements(row, as_of=date(2005, 9, 5)).panel.dates == tuple(
        date(2005, month, 5) for month in range(4, 10)
    )
