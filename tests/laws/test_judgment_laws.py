"""What paying, splitting, pausing and asking can and cannot change of a debt after a judgment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.amortisation.recalculation_rules import InterestPause
from delinquency.daycount import DayCount
from delinquency.judgment import (
    GeneralInterest,
    JudgmentDebt,
    JudgmentPart,
    JudgmentRule,
    JudgmentRules,
    judgment_interest,
)
from tests.oracle.judgment_day_by_day import live_through

CNY = dq.Currency.of("CNY")
END = date(2024, 3, 1)
MANY = settings(max_examples=200)
FEW = settings(max_examples=100)

days = st.integers(-40, 160).map(lambda count: END + timedelta(count))
amounts = st.integers(1, 3_000_000).map(lambda minor: Decimal(minor).scaleb(-2))
orders = st.permutations(list(JudgmentPart))


@st.composite
def rates(draw, start):
    period = draw(st.sampled_from(list(dq.RatePeriod)))
    top = {"year": 36_000_000, "month": 3_000_000, "day": 100_000}[period.value]
    later = sorted(draw(st.sets(st.integers(1, 150), max_size=2)))
    dates = [start, *(start + timedelta(count) for count in later)]
    return [(day, dq.Rate(draw(st.integers(0, top)), period)) for day in dates]


@st.composite
def general_interests(draw, awarded):
    start = draw(days)
    given_rates = draw(rates(start))
    is_daily = given_rates[0][1].period is dq.RatePeriod.DAY
    counts = [DayCount.ACT_360, DayCount.ACT_364, DayCount.ACT_365F]
    length = draw(st.none() | st.integers(1, 150))
    part = draw(st.none() | st.integers(0, int(awarded * 100)))
    return GeneralInterest(
        rates=given_rates,
        accrues_from=start,
        accrues_until=None if length is None else start + timedelta(length),
        base=None if part is None else Decimal(part).scaleb(-2),
        day_count=None if is_daily else draw(st.sampled_from(counts)),
    )


@st.composite
def payments(draw):
    day = draw(days)
    recorded = draw(st.none() | st.integers(0, 30).map(lambda count: day + timedelta(count)))
    gone = draw(st.none() | st.integers(0, 60).map(lambda c: (recorded or day) + timedelta(c)))
    return dq.Payment(day, draw(amounts), recorded_on=recorded, reversed_on=gone)


@st.composite
def debts(draw):
    awarded = draw(amounts)
    edges = sorted(draw(st.sets(days, max_size=4)))
    return JudgmentDebt(
        awarded=awarded,
        perform_by=END,
        currency=CNY,
        general_interest=draw(st.none() | general_interests(awarded)),
        interest_awarded=draw(st.just(0) | amounts),
        payments=draw(st.lists(payments(), max_size=5)),
        pauses=[
            InterestPause(start=start, end=end)
            for start, end in zip(edges[::2], edges[1::2], strict=False)
        ],
        agreed_order=draw(st.none() | orders),
        rounding=draw(st.sampled_from(list(dq.RoundingMode))),
    )


@st.composite
def rule_books(draw):
    later = sorted(draw(st.sets(st.integers(1, 150), max_size=2)))
    return JudgmentRules(
        "drawn",
        [
            JudgmentRule(
                effective_from=END + timedelta(count),
                daily_rate=dq.Rate(draw(st.integers(0, 1_000_000)), dq.RatePeriod.DAY),
                order=draw(orders),
            )
            for count in (0, *later)
        ],
    )


def minor(amount: Decimal) -> int:
    return int(amount * 100)


def figures(account):
    return {
        part.value: (
            minor(getattr(account, part.value)),
            minor(getattr(account, f"{part.value}_open")),
        )
        for part in JudgmentPart
    }


@MANY
@given(debts(), rule_books(), days, st.none() | days)
def test_the_account_is_what_living_through_every_day_gives(debt, rules, as_of, known_on):
    """Law: stretches of days in whole numbers equal the days themselves in fractions."""
    account = judgment_interest(debt, as_of=as_of, known_on=known_on, rules=rules)
    lived = live_through(debt, as_of=as_of, known_on=known_on, rules=rules)
    assert figures(account) == {
        part: (lived.accrued[part], lived.open[part]) for part in lived.accrued
    }
    assert (minor(account.paid), minor(account.unallocated)) == (lived.paid, lived.unallocated)
    late: dict[int, int] = {}
    for row in account.segments_of(JudgmentPart.DOUBLED_PART):
        late[minor(row.base)] = late.get(minor(row.base), 0) + row.days
    assert late == lived.late_days


@MANY
@given(debts(), rule_books(), days)
def test_nothing_is_lost(debt, rules, as_of):
    """Law: paid = settled + unallocated; accrued = settled + open; segments add up to what accrued."""
    account = judgment_interest(debt, as_of=as_of, rules=rules)
    settled = {
        part: sum((row.amount for row in account.settlements if row.part is part), Decimal(0))
        for part in JudgmentPart
    }
    assert account.paid == sum(settled.values()) + account.unallocated
    for part in JudgmentPart:
        accrued, unpaid = getattr(account, part.value), getattr(account, f"{part.value}_open")
        assert accrued == settled[part] + unpaid
        assert unpaid >= 0
        if part is not JudgmentPart.AWARDED:
            stated = account.interest_awarded if part is JudgmentPart.GENERAL_INTEREST else 0
            assert accrued == stated + sum(row.amount for row in account.segments_of(part))
    assert account.unallocated == 0 or account.total_open == 0


@FEW
@given(debts(), rule_books(), days, st.data())
def test_splitting_or_permuting_payments_of_a_day_changes_nothing(debt, rules, as_of, data):
    """Law: the money of one day is one payment."""
    whole = judgment_interest(debt, as_of=as_of, rules=rules)
    pieces = []
    for payment in debt.payments:
        cut = data.draw(st.integers(0, minor(payment.amount)))
        parts = [Decimal(cut).scaleb(-2), payment.amount - Decimal(cut).scaleb(-2)]
        pieces += [attrs.evolve(payment, amount=part) for part in parts if part]
    shuffled = attrs.evolve(debt, payments=data.draw(st.permutations(pieces)))
    assert judgment_interest(shuffled, as_of=as_of, rules=rules) == whole


@FEW
@given(debts(), rule_books(), days)
def test_a_change_that_changes_nothing_splits_nothing(debt, rules, as_of):
    """Law: a new version with the old rate and order leaves every amount as it was."""
    last = rules.versions[-1]
    again = attrs.evolve(last, effective_from=last.effective_from + timedelta(3))
    more = JudgmentRules(rules.name, [*rules.versions, again])
    account = judgment_interest(debt, as_of=as_of, rules=rules)
    split = judgment_interest(debt, as_of=as_of, rules=more)
    assert attrs.evolve(split, rules=account.rules) == account


@FEW
@given(debts(), rule_books(), days, st.integers(0, 60))
def test_what_accrued_never_falls(debt, rules, as_of, more):
    """Law: without reversals interest only grows from day to day."""
    lasting = attrs.evolve(
        debt, payments=[attrs.evolve(payment, reversed_on=None) for payment in debt.payments]
    )
    early = judgment_interest(lasting, as_of=as_of, rules=rules)
    late = judgment_interest(lasting, as_of=as_of + timedelta(more), rules=rules)
    assert late.doubled_part >= early.doubled_part
    assert late.general_interest >= early.general_interest


@FEW
@given(debts(), rule_books(), days)
def test_a_stay_never_makes_the_doubled_part_larger(debt, rules, as_of):
    """Law: without money in between, taking away days of a stay can only add to the doubled part."""
    unpaid = attrs.evolve(debt, payments=())
    free = attrs.evolve(unpaid, pauses=())
    stayed = judgment_interest(unpaid, as_of=as_of, rules=rules)
    assert stayed.doubled_part <= judgment_interest(free, as_of=as_of, rules=rules).doubled_part
