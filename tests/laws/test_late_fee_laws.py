"""What late fees can and cannot be, whatever the terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import day_number, to_date
from delinquency.late_fees import (
    AmountByBand,
    Band,
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
    FeeFacts,
    FeeReason,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
    assessed_fee,
    assessment_days,
    fee_minor,
)
from delinquency.late_fees.formulas import share_of_amount
from delinquency.rounding import Proportion
from tests.oracle.exact_rounding import rounded
from tests.oracle.late_fees_by_hand import fee_days, fee_of

USD = dq.Currency.of("USD")
DUE = date(2024, 1, 31)
MANY = settings(max_examples=200)
FEW = settings(max_examples=100)

minors = st.integers(0, 10_000)
modes = st.sampled_from(list(dq.RoundingMode))
recurrences = (
    st.just(Once()) | st.integers(1, 40).map(EveryDays) | st.integers(1, 4).map(EveryMonths)
)


def money(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


@st.composite
def share_fees(draw):
    share = Proportion(draw(st.integers(1, 300)), draw(st.integers(1, 300)))
    return ShareFee(share, draw(st.sampled_from(list(FeeBase))))


@st.composite
def band_fees(draw):
    starts = sorted(draw(st.sets(minors, min_size=1, max_size=4)))
    bands = [Band(money(start), money(draw(minors))) for start in starts]
    table = AmountByBand(name="drawn", currency=USD, bands=bands)
    return BandFee(table, draw(st.sampled_from(list(FeeBase))))


@st.composite
def safe_harbours(draw):
    later = sorted(draw(st.sets(st.integers(1, 400), max_size=3)))
    rows = [
        FeeRow(date(1970, 1, 1) + timedelta(count), money(draw(minors)), money(draw(minors)))
        for count in (0, *later)
    ]
    window = draw(st.integers(0, 8))
    return SafeHarbourFee(FeeTable(name="drawn", currency=USD, rows=rows, repeat_window=window))


amounts_of_fees = (
    st.integers(1, 10_000).map(lambda minor: FlatFee(money(minor)))
    | share_fees()
    | band_fees()
    | safe_harbours()
)


@st.composite
def fee_terms(draw):
    least = draw(minors)
    most = draw(st.none() | share_fees() | st.integers(least, 20_000).map(money))
    return LateFeeTerms(
        name="drawn",
        amount=draw(amounts_of_fees),
        currency=USD,
        minimum=money(least),
        maximum=most,
        rounding=draw(modes),
        wait_days=draw(st.integers(0, 20)),
        cap_by_minimum=draw(st.booleans()),
        ignores_unpaid_fees=draw(st.booleans()),
        once_per_instalment=draw(st.booleans()),
    )


@st.composite
def fee_facts(draw):
    cycle = draw(st.integers(0, 20))
    return FeeFacts(
        day=draw(st.integers(0, 800)),
        open_amounts=[draw(st.just(0) | minors) for _ in range(4)],
        contractual_amount=draw(minors),
        required_minimum=draw(minors),
        unpaid_minimum=draw(minors),
        outstanding_principal=draw(minors),
        cycle=cycle,
        fee_cycles=draw(st.lists(st.integers(0, cycle), max_size=3)),
        fees_charged=draw(st.integers(0, 1)),
        open_late_fees=draw(st.just(0) | minors),
        taken_by_late_fees=draw(st.just(0) | minors),
    )


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
