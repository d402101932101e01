"""A back-test that has nothing to rank says how many accounts were left out, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

import delinquency as dq
from delinquency.back_testing import Outcomes, back_test
from tests.back_testing.test_verb import AS_OF, COUNT, UNTIL, signals


def told(outcomes: Outcomes, days: int = 90) -> str:
    with pytest.raises(dq.InvalidValueError) as raised:
        back_test(signals(), outcomes, days=days)
    return str(raised.value)


def test_events_that_had_all_come_are_counted_with_the_day() -> None:
    text = told(Outcomes.of([AS_OF, *[None] * (COUNT - 1)], watched_until=UNTIL))
    assert "bad from 2025-04-01 to 2025-06-29 and accounts that did not, found 0 and 59" in text
    assert "1 left out: their event came on or before 2025-03-31, the day of the signals." in text
    assert "watched" not in text


def test_a_watch_that_ends_a_day_too_early_is_told_with_its_end() -> None:
    flags = [1, 1, *[0] * (COUNT - 2)]
    until = AS_OF + timedelta(days=31)
    assert back_test(signals(), Outcomes.of_flags(flags, watched_until=until), days=31).bad == 2
    text = told(Outcomes.of_flags(flags, watched_until=until), days=32)
    assert "found 2 and 0" in text
    assert (
        "58 left out: without an event, and watched until 2025-05-01 at the latest, which is before "
        "2025-05-02, 32 days after the signals." in text
    )
    assert "came on or before" not in text


def test_events_beyond_the_days_are_told() -> None:
    event = AS_OF + timedelta(days=91)
    text = told(Outcomes.of([event, *[None] * (COUNT - 1)], watched_until=UNTIL))
    assert "found 0 and 60. Hint: 1 went bad later than that; more days reach them." in text
