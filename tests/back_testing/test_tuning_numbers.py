"""What the model of risks sees: observations of every period, and what candidates read over windows."""

from __future__ import annotations

from datetime import date

import numpy as np

from delinquency.back_testing.tuning.numbers import numbers_of, readings_at_the_end
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.portfolio import ObservationPanel

ENDS = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
PANEL = ObservationPanel.of(
    ["A-1", "A-2", "A-3"],
    ENDS,
    {
        "part_paid_instalments": np.array([[1, 4, 3], [0, 2, 2], [5, 0, 1]]),
        "months_late": np.ma.masked_equal([[0, 1, 2], [-1, 2, 0], [2, -1, 4]], -1),
    },
)


def read(*lines: str) -> list[list[float | None]]:
    conditions = [parse_condition(line, terms=CATALOGUE, where="t") for line in lines]
    return [
        [None if np.isnan(number) else float(number) for number in column]
        for column in readings_at_the_end(PANEL, conditions)
    ]


def test_sums_and_extremes_and_changes_are_read_at_the_last_period() -> None:
    assert read(
        "total part_paid_instalments over 3 >= 2",
        "highest part_paid_instalments over 2 >= 2",
        "lowest part_paid_instalments over 3 >= 2",
        "change part_paid_instalments over 2 > 0",
        "rises part_paid_instalments over 2 >= 1",
    ) == [[8, 4, 6], [4, 2, 1], [1, 0, 0], [2, 2, -4], [0, 0, 1]]


def test_what_needs_a_period_of_which_nobody_knows_is_unknown() -> None:
    assert read("highest months_late over 3 >= 1", "change months_late over 2 > 0") == [
        [2, None, None],
        [2, None, None],
    ]


def test_growth_from_0_is_unknown_and_so_is_a_ratio_to_0() -> None:
    assert read("growth part_paid_instalments over 2 > 0") == [[2, None, -0.8]]
    assert read("part_paid_instalments >= 0.5 of months_late") == [[1.5, None, 0.25]]


def test_equal_readings_are_seen_once_and_what_is_not_there_is_left_out() -> None:
    assert read(
        "total part_paid_instalments over 2 >= 1",
        "total part_paid_instalments over 2 >= 5 in 2 of 2 periods",
        "part_paid_instalments >= 1",
        "total part_paid_instalments over 4 >= 1",
        "total broken_promises over 2 >= 1",
        "part_paid_instalments >= 0.5 of broken_promises",
    ) == [[7, 4, 1]]


def test_the_model_sees_every_period_and_then_the_readings() -> None:
    asked = parse_condition("total part_paid_instalments over 2 >= 1", terms=CATALOGUE, where="t")
    seen = numbers_of(PANEL, [asked])
    assert seen.shape == (3, 7)
    assert seen[0].tolist() == [1, 4, 3, 0, 1, 2, 7]
    assert np.isnan(seen[1]).tolist() == [False, False, False, True, False, False, False]
    assert numbers_of(PANEL, ()).shape == (3, 6)
