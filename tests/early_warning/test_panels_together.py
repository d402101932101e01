"""Two panels in one: accounts are found by id, periods by their ends, and what is missing is unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency.early_warning import Observations
from delinquency.portfolio import ObservationPanel

ENDS = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
NAMES = ["A-1", "A-2", "A-3"]
LATE = ObservationPanel.of(NAMES, ENDS, {"days_past_due": np.arange(9).reshape(3, 3)})
CNY, EUR = dq.Currency.of("CNY"), dq.Currency.of("EUR")


def panel_of(
    names: list[str], ends: list[date], currency: dq.Currency | None = CNY
) -> ObservationPanel:
    numbers = np.arange(1, 1 + len(names) * len(ends)).reshape(len(names), len(ends))
    columns: dict[str, Any] = {"contacts_failed": numbers}
    if currency is not None:
        columns["income"] = 100 * numbers
    return ObservationPanel.of(names, ends, columns, currency=currency)


@pytest.mark.parametrize("names", [["A-1", "A-2", "A-3"], ["A-3", "A-1", "A-2"], ["A-2"]])
@pytest.mark.parametrize("ends", [ENDS, ENDS[1:], [ENDS[0], ENDS[2]]])
def test_every_account_is_what_it_is_put_together_by_itself(
    names: list[str], ends: list[date]
) -> None:
    other = panel_of(names, ends)
    both = LATE.together_with(other)
    assert list(both.account_id) == NAMES
    for row, name in enumerate(NAMES):
        seen: dict[str, Any] = {"contacts_failed": [None] * 3, "income": [None] * 3}
        if name in names:
            told = other.account(other.row_of(name))
            for key in seen:
                seen[key] = [told.value(key, end) if end in ends else None for end in ENDS]
        beside = Observations.of(name, ENDS, seen, currency=CNY)
        assert both.account(row) == LATE.account(row).together_with(beside)


def test_signals_of_both_read_both(tmp_path: Path) -> None:
    file = tmp_path / "both.toml"
    file.write_text(
        """
        id = "both"
        [[rule]]
        id = "late_and_silent"
        when = { all = ["days_past_due >= 1", "contacts_failed >= 2"] }
        family = "willingness"
        severity = "red"
        says = "It is late and cannot be reached."
        """,
        encoding="utf-8",
    )
    rules = dq.load_warning_rules(file)
    both = LATE.together_with(panel_of(["A-3", "A-2"], ENDS[2:], None))
    signals = dq.portfolio.early_warning_signals(both, rules=rules)
    assert signals.is_up[:, 0].tolist() == [False, True, False]
    assert signals.is_assessed[:, 0].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("other", "error", "words"),
    [
        ({"contacts_failed": [1]}, dq.InvalidTypeError, "expected an ObservationPanel"),
        (LATE, dq.InvalidValueError, "each observation once, found days_past_due twice. Hint"),
        (
            panel_of(["A-1"], [ENDS[0], date(2025, 2, 27)]),
            dq.InvalidValueError,
            "expected ends of periods that this panel has, 2025-01-31 to 2025-03-31, found 2025-02-27",
        ),
        (panel_of(["A-2", "B-7"], ENDS), dq.PortfolioError, "row 1: .*found 'B-7'"),
    ],
)
def test_what_cannot_stand_beside_is_told(other: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        LATE.together_with(other)


def test_two_currencies_are_told_and_one_is_kept() -> None:
    in_cny = LATE.together_with(panel_of(NAMES, ENDS))
    assert in_cny.currency == CNY
    beside = ObservationPanel.of(NAMES, ENDS, {"arrears": np.zeros((3, 3), int)}, currency=EUR)
    with pytest.raises(dq.InvalidValueError, match="currency: expected CNY, found EUR"):
        in_cny.together_with(beside)
