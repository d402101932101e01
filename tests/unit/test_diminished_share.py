"""What a creditor gives up by a change: the share at its threshold, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.restructuring import Forgiveness, RestructuringPlan, restructure
from delinquency.returns import CashFlow, diminished_share

PARTS = 10**9
CHANGED = date(2025, 5, 10)


def share(before, after, rate=0, **more) -> Fraction:
    told = diminished_share(before, after, rate=rate, **more)
    return Fraction(told.numerator, told.denominator)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("100", "0"),
        ("101", "0"),
        ("99.0000000001", "0.01"),
        ("99", "0.01"),
        ("98.9999999999", "0.010000001"),
        ("98.99", "0.0101"),
        ("0", "1"),
    ],
)
def test_a_share_is_rounded_up_so_that_a_threshold_is_passed_when_it_is(received, told):
    assert share([100], [Decimal(received)]) == Fraction(told)
    assert share([100], [0, Decimal(received)]) == Fraction(told)


def test_what_is_forgiven_altogether_is_a_share_of_one():
    assert share([100], []) == share([100], [0, 0]) == 1


def test_amounts_come_a_period_after_the_change():
    assert share([110], [100], Decimal("0.1")) == Fraction(90_909_091, PARTS)
    assert share([100], [0, 110], Decimal("0.1")) == 0


def test_flows_on_dates_are_discounted_to_the_day_of_the_change():
    """Act/365 Fixed: 365 days are a year, and the day of the change is worth what it says."""
    before = [CashFlow(CHANGED, 50), CashFlow(date(2026, 5, 10), 110)]
    at_ten = {"rate": Decimal("0.1"), "changed_on": CHANGED}
    assert share(before, [CashFlow(CHANGED, 150)], **at_ten) == 0
    assert share(before, [CashFlow(CHANGED, 147)], **at_ten) == Fraction(2, 100)
    later = [CashFlow(date(2026, 5, 10), 165)]
    assert share(before, later, **at_ten) == 0
    half_a_year = [CashFlow(date(2025, 11, 8), 150)]
    lost = 1 - Fraction(10, 11) ** Fraction(182, 365)
    assert abs(share(before, half_a_year, **at_ten) - Fraction(lost)) < Fraction(1, 10**8)


AMOUNTS = st.lists(st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100), max_size=8)
RATES = st.integers(-900, 3000).map(lambda basis: Fraction(basis, 10_000))


@given(AMOUNTS, st.decimals(1, 100, places=2), AMOUNTS, RATES)
def test_the_share_is_the_exact_one_rounded_up(before, last, after, rate):
    before = [*before, last]

    def worth(amounts):
        return sum(
            Fraction(amount) / (1 + rate) ** number for number, amount in enumerate(amounts, 1)
        )

    exact = max(Fraction(0), 1 - worth(after) / worth(before))
    assert share(before, after, rate) == Fraction(ceil(exact * PARTS), PARTS)
    assert share(before, before, rate) == 0


@given(AMOUNTS, st.decimals(1, 100, places=2), st.integers(0, 9), RATES)
def test_to_take_less_gives_up_more(before, last, cut, rate):
    before = [*before, last]
    after = [amount * (10 - cut) / 10 for amount in before]
    assert share(before, after, rate) == Fraction(cut, 10)


def test_a_restructuring_takes_the_share_as_it_is():
    told = diminished_share([100, 100], [98, 100], rate=Decimal("0.01"))
    change = dq.Restructuring(CHANGED, date(2025, 5, 31), diminished_share=told)
    assert change.diminished_share is told


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: diminished_share([100.0], [1], rate=0), dq.InvalidTypeError, "before, amount 1"),
        (lambda: diminished_share([100], ["1"], rate=0), dq.InvalidTypeError, "after, amount 1"),
        (lambda: diminished_share(100, [1], rate=0), dq.InvalidTypeError, "an iterable"),
        (lambda: diminished_share([100], [1], rate=0.1), dq.InvalidTypeError, "rate"),
        (lambda: diminished_share([100], [1], rate=-1), dq.InvalidValueError, "a rate above -1"),
        (lambda: diminished_share([], [1], rate=0), dq.InvalidValueError, "worth more than 0"),
        (lambda: diminished_share([-1], [1], rate=0), dq.InvalidValueError, "worth more than 0"),
        (lambda: diminished_share([100], [-1], rate=0), dq.InvalidValueError, "worth 0 or more"),
        (
            lambda: diminished_share([CashFlow(CHANGED, 1)], [1], rate=0),
            dq.InvalidTypeError,
            "with changed_on",
        ),
        (
            lambda: diminished_share([1], [1], rate=0, changed_on=CHANGED),
            dq.InvalidTypeError,
            "without changed_on",
        ),
        (
            lambda: diminished_share(
                [CashFlow(CHANGED, 1)],
                [CashFlow(date(2025, 5, 9), 1)],
                rate=0,
                changed_on=CHANGED,
            ),
            dq.InvalidValueError,
            "after, cash flow 1: expected a date on or after 2025-05-10, found 2025-05-09",
        ),
        (
            lambda: diminished_share([], [], rate=0, changed_on=datetime(2025, 5, 10)),
            dq.InvalidTypeError,
            "changed_on",
        ),
    ],
)
def test_what_cannot_be_valued_is_refused(ask, error, message):
    with pytest.raises(error) as caught:
        ask()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("forgiven", "percent"),
    [("0", "0.0000000"), ("0.01", "0.0002500"), ("40.00", "1.0000000"), ("40.01", "1.0002500")],
)
def test_a_share_of_a_plan_is_told_in_per_cent_beside_the_exact_one(forgiven, percent) -> None:
    """Of 4,000 that bear nothing; a third of a cent too much is rounded up, and never shown at the threshold."""
    rows = [dq.Instalment(date(2025, month, 15), 500) for month in range(2, 10)]
    loan = dq.Account(
        account_id="A",
        originated_on=date(2025, 1, 1),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    measures = (
        [Forgiveness(dq.Component.PRINCIPAL, amount=Decimal(forgiven))] if Decimal(forgiven) else []
    )
    plan = RestructuringPlan(measures=measures, effective_on=date(2025, 1, 20))
    done = restructure(loan, plan, as_of=date(2025, 1, 20), policy=dq.rulebook.load("cn-loan"))
    assert f"{done.diminished_percent:f}" == percent
    exact = Fraction(done.diminished_share.numerator, done.diminished_share.denominator)
    assert exact == Fraction(Decimal(forgiven)) / 4000


def test_a_share_of_many_digits_is_shown_in_one_short_line() -> None:
    assert repr(dq.Proportion(1, 10**12)) == "Proportion(numerator=1, denominator=1000000000000)"
    told = repr(dq.Proportion(10**39 // 198, 10**39 + 1))
    assert told == "Proportion(0.5050505... %, exactly numerator/denominator of 40 digits)"
