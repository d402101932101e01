"""How a signal comes and goes over hand-made rows of periods."""

from __future__ import annotations

from itertools import product

import pytest

from delinquency.early_warning.signal_bounds import bounds_of_signal
from delinquency.early_warning.signals import SignalState, fold_signal
from tests.early_warning.rows import rule_of, seen, signal_of

ROWS = [
    # What was seen: h holds, - does not, . in between (neither holds nor clears), ? nobody knows.
    ("--", {}, "silent", None, True),
    ("-h", {}, "confirmed", 1, True),
    ("h-", {}, "cleared", 1, True),
    ("h--", {}, "silent", None, True),
    ("h-h", {}, "confirmed", 2, True),
    ("?", {}, "silent", None, False),
    ("h?", {}, "confirmed", 0, False),
    ("h-?", {}, "silent", None, False),
    # Confirmed from the second period in a row on.
    ("h", {"confirm_after": 2}, "raised", 0, True),
    ("hh", {"confirm_after": 2}, "confirmed", 0, True),
    ("h-h", {"confirm_after": 2}, "raised", 2, True),
    ("h.h", {"confirm_after": 2}, "raised", 0, True),
    ("h.hh", {"confirm_after": 2}, "confirmed", 0, True),
    ("h?h", {"confirm_after": 2}, "confirmed", 0, True),
    ("hh.", {"confirm_after": 2}, "confirmed", 0, True),
    # Hysteresis: what lies in between neither raises nor clears.
    (".", {}, "silent", None, True),
    ("h.", {}, "confirmed", 0, True),
    ("h.-", {}, "cleared", 2, True),
    ("h-.", {}, "silent", None, True),
    # Cleared by the second period in a row that would clear it; an unknown one breaks the row.
    ("h-", {"clear_after": 2}, "confirmed", 0, True),
    ("h--", {"clear_after": 2}, "cleared", 2, True),
    ("h-.-", {"clear_after": 2}, "confirmed", 0, True),
    ("h-h-", {"clear_after": 2}, "confirmed", 0, True),
    ("h-?-", {"clear_after": 2}, "confirmed", 0, True),
    ("h-?--", {"clear_after": 2}, "cleared", 4, True),
    # Cool-down: for two periods after it was cleared it is not raised again.
    ("h-h", {"cool_down": 2}, "cleared", 1, True),
    ("h-hh", {"cool_down": 2}, "cleared", 1, True),
    ("h-hhh", {"cool_down": 2}, "confirmed", 4, True),
    ("h--", {"cool_down": 2}, "cleared", 1, True),
    ("h---", {"cool_down": 2}, "cleared", 1, True),
    ("h----", {"cool_down": 2}, "silent", None, True),
    ("h-?", {"cool_down": 2}, "cleared", 1, False),
    ("h-??", {"cool_down": 2}, "cleared", 1, False),
    ("h-???", {"cool_down": 2}, "silent", None, False),
    ("h-h", {"cool_down": 1}, "cleared", 1, True),
    ("h-hh", {"cool_down": 1}, "confirmed", 3, True),
    # The periods in which it was held back confirm nothing: it is counted from when it came up.
    ("h-hhh", {"cool_down": 2, "confirm_after": 2}, "raised", 4, True),
    ("h-hhhh", {"cool_down": 2, "confirm_after": 2}, "confirmed", 4, True),
    ("h-?hh", {"cool_down": 1, "confirm_after": 2}, "confirmed", 3, True),
    ("h-h?h", {"cool_down": 2, "confirm_after": 2}, "raised", 4, True),
]  # fmt: skip

LEVELS = {"h": 90, ".": 50, "-": 0, "?": None}


@pytest.mark.parametrize(("row", "periods", "state", "since", "is_assessed"), ROWS)
def test_a_signal_comes_and_goes_as_its_rule_says(row, periods, state, since, is_assessed) -> None:
    rule = rule_of("days_past_due > 60", clears="days_past_due <= 30", **periods)
    observations = seen({"days_past_due": [LEVELS[mark] for mark in row]})
    found = signal_of(observations, rule)
    day = None if since is None else observations.dates[since]
    assert (found.state.name.lower(), found.since, found.is_assessed) == (state, day, is_assessed)
    assert found.is_up == (state in ("raised", "confirmed"))


def test_a_signal_without_a_clearing_condition_is_cleared_where_it_does_not_hold() -> None:
    plain, told = (
        rule_of("days_past_due > 60"),
        rule_of("days_past_due > 60", clears="days_past_due <= 60"),
    )
    for row in product((61, 60, None), repeat=4):
        observations = seen({"days_past_due": row})
        first, second = signal_of(observations, plain), signal_of(observations, told)
        assert (first.state, first.since, first.is_assessed) == (
            second.state,
            second.since,
            second.is_assessed,
        )


def test_a_condition_that_holds_clears_nothing() -> None:
    rule = rule_of("days_past_due > 60", clears="not unemployed")
    assert signal_of(seen({"days_past_due": [61, 61], "unemployed": [False, False]}), rule).is_up


PERIODS = [(1, 1, 0), (2, 2, 0), (1, 1, 2), (1, 2, 1)]


@pytest.mark.parametrize("periods", PERIODS)
def test_the_bounds_are_those_of_every_way_to_fill_in_the_unknown(periods) -> None:
    """No way leads beyond them, and to each of them leads one, while it cools down as well."""
    limits = dict(zip(("confirm_after", "clear_after", "cool_down"), periods, strict=True))
    asked = {each: limits[each] for each in ("clear_after", "cool_down")}
    known = [(True, False), (False, False), (False, True)]
    for row in product([*known, (None, None), (False, None)], repeat=4):
        holds, clears = zip(*row, strict=True)
        found = bounds_of_signal(holds, clears, **asked)
        up = fold_signal(holds, clears, **limits)[-1].state.is_up
        ways = product(
            *(
                [each] if None not in each else known if each[0] is None else known[1:]
                for each in row
            )
        )
        truths = {fold_signal(*zip(*way, strict=True), **limits)[-1].state.is_up for way in ways}
        assert (found.may_be_up, found.surely_up) == (max(truths), min(truths))
        assert found.surely_up <= up <= found.may_be_up


@pytest.mark.parametrize("periods", PERIODS)
def test_hiding_a_period_only_widens_the_bounds(periods) -> None:
    limits = dict(zip(("clear_after", "cool_down"), periods[1:], strict=True))
    known = [(True, False), (False, False), (False, True), (None, None)]
    for row in product(known, repeat=5):
        before = bounds_of_signal(*zip(*row, strict=True), **limits)
        for place in range(5):
            hidden = [*row[:place], (None, None), *row[place + 1 :]]
            after = bounds_of_signal(*zip(*hidden, strict=True), **limits)
            assert after.may_be_up >= before.may_be_up
            assert after.surely_up <= before.surely_up


def test_a_state_that_speaks_is_the_greater() -> None:
    assert [state.is_up for state in sorted(SignalState)] == [False, False, True, True]
