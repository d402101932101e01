"""A cool-down holds a signal back, and says so; what holds meanwhile confirms nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from delinquency.early_warning import Signal, SignalState
from tests.early_warning.rows import judged, rule_of, seen, signal_of

RULE = rule_of("utilisation >= 0.9", cool_down=2, confirm_after=2, says="The limit is nearly used.")


def after(*shares: str) -> Signal:
    """Up, cleared, and what then comes."""
    column = [Decimal(each) for each in ("0.95", "0.5", *shares)]
    return signal_of(seen({"utilisation": column}), RULE)


@pytest.mark.parametrize(("shares", "number"), [(["0.95"], 1), (["0.95", "0.9"], 2)])
def test_a_signal_that_is_held_back_says_by_what_and_until_when(shares, number) -> None:
    signal = after(*shares)
    assert (signal.state, signal.is_held_back) == (SignalState.CLEARED, True)
    told = (
        f"the cool-down holds it back: this is period {number} of the 2 after {signal.since} in "
        "which it is not raised."
    )
    for explanation in (signal.explanation, judged(signal.observations, RULE).explanation):
        assert told in explanation.to_text()
        assert f"解除后 2 期内不再触发，本期为第 {number} 期" in explanation.to_text(lang="zh")


def test_where_its_condition_does_not_hold_nothing_is_held_back() -> None:
    for signal in (after(), after("0.5"), after("0.95", "0.89")):
        assert not signal.is_held_back
        assert "cool-down" not in signal.explanation.to_text()


def test_what_was_held_back_confirms_nothing() -> None:
    first, second = after("0.95", "0.95", "0.95"), after("0.95", "0.95", "0.95", "0.95")
    assert (first.state, first.since) == (SignalState.RAISED, first.observations.as_of)
    assert (second.state, second.since) == (SignalState.CONFIRMED, second.observations.dates[-2])
