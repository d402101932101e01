"""What late fees can and cannot be, whatever the terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from delinquency.calendar import day_number, to_date
from delinquency.late_fees import (
    FeeBase,
    FeeReason,
    FlatFee,
    LateFeeTerms,
    ShareFee,
    assessed_fee,
    assessment_days,
    fee_minor,
)
from delinquency.late_fees.formulas import share_of_amount
from delinquency.rounding import Proportion
from tests.late_fee_strategies import USD, fee_facts, fee_terms, modes, recurrences
from tests.oracle.exact_rounding import rounded
from tests.oracle.late_fees_by_hand import fee_days, fee_of

DUE = date(2024, 1, 31)
MANY = settings(max_examples=200)
FEW = settings(max_examples=100)


def number(day: date) -> int:
    return day_number(day, where="test", field="day")


@MANY
@given(recurrences, st.integers(0, 40), st.integers(0, 60), st.integers(0, 300))
def test_fees_come_on_the_days_that_counting_late_days_gives(recurrence, wait_days, shift, length):
    """Law: the days by formula are the days found by counting late days one by one."""
    terms = LateFeeTerms(
        name="drawn", amount=FlatFee(1), currency=USD, recurrence=recurrence, wait_days=wait_days
    )
    due = DUE + timedelta(shift)
    until = due + timedelta(length)
    found = assessment_days(terms, number(due), number(until))
    assert [to_date(day) for day in found] == fee_days(terms, due, until)


@FEW
@given(recurrences, st.integers(0, 40), st.integers(0, 300), st.integers(0, 300))
def test_asking_up_to_a_later_day_adds_fees_and_changes_none(recurrence, wait_days, length, more):
    """Law: the days up to an earlier day are the first of the days up to a later one."""
    terms = LateFeeTerms(
        name="drawn", amount=FlatFee(1), currency=USD, recurrence=recurrence, wait_days=wait_days
    )
    early = assessment_days(terms, 0, length)
    late = assessment_days(terms, 0, length + more)
    assert late[: len(early)] == early
    assert all(day >= length for day in late[len(early) :])


@MANY
@given(fee_terms(), fee_facts())
def test_a_fee_is_what_the_terms_read_aloud_give(terms, facts):
    """Law: the fee in whole numbers is the fee in fractions, rounded by the words of its mode."""
    assert fee_minor(terms, facts) == fee_of(terms, facts)


@MANY
@given(fee_terms(), fee_facts())
def test_a_fee_never_exceeds_its_limits(terms, facts):
    """Law: 0 <= fee <= maximum and, where it caps, the required minimum; a reason is given for none."""
    outcome = assessed_fee(terms, facts)
    assert outcome.minor >= 0
    if terms.cap_by_minimum:
        assert outcome.minor <= facts.required_minimum
    if isinstance(terms.maximum, Decimal):
        assert outcome.minor <= terms.maximum * 100
    if outcome.reason in (
        FeeReason.NOTHING_UNPAID,
        FeeReason.ALREADY_CHARGED,
        FeeReason.ONLY_FEES_UNPAID,
    ):
        assert outcome.minor == 0


@FEW
@given(fee_terms(), fee_facts(), st.integers(0, 10_000))
def test_a_debtor_who_owes_more_never_bears_a_smaller_share(terms, facts, more):
    """Law: a share grows with its base, all else alike."""
    share = attrs.evolve(
        terms,
        amount=ShareFee(Proportion(3, 200), FeeBase.OVERDUE_PRINCIPAL),
        maximum=None,
        ignores_unpaid_fees=False,
    )
    principal, *rest = facts.open_amounts
    owing = attrs.evolve(facts, open_amounts=(principal + more, *rest))
    assert fee_minor(share, owing) >= fee_minor(share, facts)


@MANY
@given(
    st.integers(0, 10**15),
    st.integers(0, 2**31 - 1),
    st.integers(1, 2**31 - 1),
    modes,
)
def test_a_share_of_the_largest_amounts_is_exact(amount, numerator, denominator, mode):
    """Law: taking the whole part out first rounds as the exact quotient is rounded."""
    exact = Fraction(amount * numerator, denominator)
    assert share_of_amount(amount, numerator, denominator, mode.code) == rounded(exact, mode.value)


@FEW
@given(st.integers(0, 10**15), st.integers(1, 2**31 - 1), st.integers(1, 2**31 - 1))
def test_a_share_of_the_largest_amounts_stays_within_64_bits(amount, numerator, denominator):
    """Law: no product on the way is 2**63 or more, where the share itself is below 10**18."""
    whole = amount // denominator * numerator
    if whole < 10**18:
        assert denominator + amount % denominator * numerator < 2**63
