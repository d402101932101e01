"""Gain or loss of a change, and how far the value moves: exact at the thresholds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.returns import (
    CashFlow,
    changed_share,
    diminished_share,
    modification_gain,
    xnpv,
)

FIVE = Decimal("0.05")
BULLET = [5, 5, 5, 5, 105]
DAY = date(2025, 3, 1)
TENTH = Fraction(1, 10)


def share_of(before, after, rate=FIVE, **more) -> Fraction:
    told = changed_share(before, after, rate=rate, **more)
    return Fraction(told.numerator, told.denominator)


@pytest.mark.parametrize(
    ("after", "reaches"),
    [
        (900, True),
        (Decimal("900.000000000000000000001"), False),
        (Decimal("899.99"), True),
        (1100, True),
        (Decimal("1099.999999999999999999999"), False),
        (Decimal("1100.01"), True),
        (1000, False),
    ],
)
def test_a_tenth_is_reached_by_a_tenth_exactly_and_by_nothing_less(after, reaches):
    assert (share_of([1000], [after]) >= TENTH) is reaches


def test_a_tenth_on_dates_is_reached_exactly_although_powers_are_irrational():
    before = [CashFlow(date(2025, 7, 1), 1000), CashFlow(date(2025, 12, 24), 500)]
    after = [CashFlow(flow.date, flow.amount * Decimal("0.9")) for flow in before]
    more = [*after[:-1], CashFlow(after[-1].date, Decimal(f"450.{'0' * 29}1"))]
    assert share_of(before, after, changed_on=DAY) == TENTH
    assert share_of(before, more, changed_on=DAY) < TENTH


def test_a_gain_of_several_times_the_value_is_told():
    assert share_of([100], [450]) == Fraction(7, 2)
    assert share_of([100], []) == 1
    assert share_of([100], [-100]) == 2


def test_two_years_without_interest_are_a_loss_and_with_it_none():
    grown = [amount * Decimal("1.05") ** 2 for amount in BULLET]
    assert modification_gain(BULLET, [0, 0, *BULLET], rate=FIVE, decimals=6) == Decimal("-9.297052")
    assert modification_gain(BULLET, [0, 0, *grown], rate=FIVE) == 0
    assert modification_gain([], [], rate=FIVE) == 0


def test_it_is_rounded_once_half_away_from_zero():
    assert modification_gain([0], [Decimal("0.0525")], rate=FIVE) == Decimal("0.05")
    assert modification_gain([0], [Decimal("0.05775")], rate=FIVE) == Decimal("0.06")
    assert modification_gain([Decimal("0.05775")], [0], rate=FIVE) == Decimal("-0.06")


@pytest.mark.parametrize("verb", [changed_share, modification_gain])
@pytest.mark.parametrize(
    ("before", "after", "more", "kind"),
    [
        ([100.0], [100], {}, dq.InvalidTypeError),
        ([100], [CashFlow(DAY, 1)], {}, dq.InvalidTypeError),
        ([100], [100], {"rate": 0.05}, dq.InvalidTypeError),
        ([100], [100], {"rate": -1}, dq.InvalidValueError),
        ([Decimal("NaN")], [100], {}, dq.InvalidValueError),
        ([CashFlow(date(2025, 2, 28), 1)], [], {"changed_on": DAY}, dq.InvalidValueError),
    ],
)
def test_what_cannot_be_discounted_is_refused_by_name(verb, before, after, more, kind):
    with pytest.raises(kind, match=verb.__name__):
        verb(before, after, **{"rate": FIVE, **more})


@pytest.mark.parametrize("before", [[], [0], [-1], [1, -3]])
def test_a_share_of_nothing_is_refused(before):
    with pytest.raises(dq.InvalidValueError, match="flows worth more than 0"):
        changed_share(before, [1], rate=FIVE)


flows = st.lists(
    st.builds(
        CashFlow,
        st.dates(DAY, date(2035, 1, 1)),
        st.integers(1, 10**8).map(lambda minor: Decimal(minor).scaleb(-2)),
    ),
    min_size=1,
    max_size=6,
)
rates = st.integers(-50, 400).map(lambda per_mille: Decimal(per_mille).scaleb(-3))


@given(flows, flows, rates)
def test_what_is_given_up_and_how_far_it_moves_are_one_share_rounded_both_ways(before, after, rate):
    moved = share_of(before, after, rate, changed_on=DAY)
    lost = diminished_share(before, after, rate=rate, changed_on=DAY) \
        if modification_gain(before, after, rate=rate, changed_on=DAY, decimals=9) <= 0 \
        and moved <= 1 else None  # fmt: skip
    if lost is not None:
        assert 0 <= Fraction(lost.numerator, lost.denominator) - moved <= Fraction(1, 10**9)


@given(flows, flows, rates)
def test_the_gain_is_the_difference_of_two_values_to_a_rounding(before, after, rate):
    gain = modification_gain(before, after, rate=rate, changed_on=DAY, decimals=6)
    values = [xnpv(side, rate=rate, valued_on=DAY, decimals=6) for side in (after, before)]
    assert abs(gain - (values[0] - values[1])) <= Decimal("0.000002")
    back = modification_gain(after, before, rate=rate, changed_on=DAY, decimals=6)
    assert gain == -back
