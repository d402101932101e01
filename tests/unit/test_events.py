"""Suspensions of the count, on [start, end)."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq

START = date(2023, 10, 6)


def test_a_suspension_lasts_at_least_one_day():
    one = dq.CountingSuspension(START, date(2023, 10, 7))
    assert one.days == 1
    with pytest.raises(dq.InvalidValueError, match="a day after 2023-10-06, found 2023-10-06"):
        dq.CountingSuspension(START, START)


def test_a_suspension_without_an_end_has_no_length():
    still = dq.CountingSuspension(START)
    assert still.days is None
    assert still.end_day == 2**31 - 1


def test_the_reason_of_a_suspension_can_be_asked_for():
    disputed = dq.CountingSuspension(START, reason=dq.SuspensionReason.FORMAL_DISPUTE)
    assert disputed.reason.value == "formal_dispute"
    assert dq.CountingSuspension(START).reason is dq.SuspensionReason.UNSPECIFIED
