"""What a provision can and cannot be, whatever the account and the table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.testing import strategies
from tests.oracle.exact_rounding import rounded
from tests.strategies_internal import FEW, MANY, policy_of

DUE = date(2025, 1, 31)


@st.composite
def shares(draw: st.DrawFn) -> dq.Proportion:
    denominator = draw(st.sampled_from((1, 2, 3, 8, 100, 1000)))
    return dq.Proportion(draw(st.integers(0, denominator)), denominator)


@st.composite
def with_provisions(draw: st.DrawFn, policy: dq.Policy) -> dq.Policy:
    """The policy with any rate for each of its buckets, in any order; some have another for the unsecured rest."""
    rates = []
    for bucket in policy.buckets:
        rest = draw(st.none() | shares())
        limit = None if rest is None else draw(st.none() | shares())
        rate = dq.ProvisionRate(
            bucket.code, draw(shares()), unsecured_share=rest, unsecured_up_to=limit
        )
        rates.append(rate)
    table = dq.ProvisionTable(
        by="bucket",
        rates=draw(st.permutations(rates)),
        base=draw(st.sampled_from(dq.ProvisionBase)),
        rounding=draw(st.sampled_from(dq.RoundingMode)),
    )
    return attrs.evolve(policy, provisions=table)


def unpaid(minor: int, currency: dq.Currency) -> dq.Account:
    principal = Decimal(minor).scaleb(-currency.minor_unit)
    schedule = dq.Schedule(currency, [dq.Instalment(DUE, principal)])
    return dq.Account(account_id="A", originated_on=date(2024, 12, 31), schedule=schedule)


@MANY
@given(
    with_provisions(policy_of()),
    st.sampled_from(("CNY", "JPY", "KWD")),
    st.dates(date(2025, 1, 1), date(2025, 6, 30)),
    st.integers(1, 10**9),
    st.integers(0, 1000),
)
def test_a_larger_exposure_never_has_a_smaller_provision(policy, code, as_of, minor, more):
    """Law: at one rate the provision is monotone in the exposure."""
    currency = dq.Currency.of(code)
    small, large = (
        dq.provision(unpaid(amount, currency), as_of=as_of, policy=policy)
        for amount in (minor, minor + more)
    )
    assert small.rate == large.rate
    assert small.base_minor == minor
    assert large.base_minor == minor + more
    assert small.provision_minor <= large.provision_minor


def value_on(account: dq.Account, day: date, as_of: date) -> Fraction:
    """What collateral is worth on a day as it stands on ``as_of``, row by row [minor units]."""
    newest: dict[str, dq.Collateral] = {}
    for row in account.events:
        stands = isinstance(row, dq.Collateral) and (
            row.reversed_on is None or row.reversed_on > as_of
        )
        if stands and row.value_date <= day:
            newest[row.collateral_id] = row
    held = [row.value for row in newest.values() if row.until is None or day < row.until]
    return Fraction(sum(held)) * 10**account.currency.minor_unit


def by_hand(
    account: dq.Account, policy: dq.Policy, rate: dq.ProvisionRate, answer: dq.ProvisionAnswer
) -> Fraction:
    """The provision before it is rounded."""

    def fraction(share: dq.Proportion) -> Fraction:
        return Fraction(share.numerator, share.denominator)

    base, share = answer.base_minor, fraction(rate.share)
    if rate.unsecured_share is None:
        return base * share
    rest = fraction(rate.unsecured_share)
    if rate.unsecured_up_to is None:
        covered = min(value_on(account, answer.as_of, answer.as_of), base)
        return covered * share + (base - covered) * rest
    first = account.originated_on
    begun = dq.assess(account, as_of=first, policy=policy).exposure
    exposure = Fraction(begun) * 10**account.currency.minor_unit
    value = value_on(account, first, answer.as_of)
    return base * (share if value > fraction(rate.unsecured_up_to) * exposure else rest)


@MANY
@given(st.data())
def test_a_provision_is_the_rate_times_the_base_rounded_by_the_words_of_its_mode(data):
    """Law: against rounding by hand; never below 0, never above the base, and the base is no more than is exposed."""
    account = data.draw(strategies.accounts(all_facts=data.draw(st.booleans())))
    policy = data.draw(with_provisions(policy_of()))
    days = st.integers(0, 900).map(lambda more: account.originated_on.toordinal() + more)
    as_of = date.fromordinal(data.draw(days))
    answer = dq.provision(account, as_of=as_of, policy=policy)
    asked = dq.assess(account, as_of=as_of, policy=policy)
    rate = next(rate for rate in policy.provisions.rates if rate.of == asked.bucket.code)
    exact = by_hand(account, policy, rate, answer)
    assert answer.provision_minor == rounded(exact, policy.provisions.rounding.value)
    assert 0 <= answer.amount <= answer.base <= asked.exposure
    if policy.provisions.base is dq.ProvisionBase.EXPOSURE:
        assert answer.base == asked.exposure
    else:
        owed = dq.breakdown(account, as_of=as_of, policy=policy).owed
        assert answer.base == owed.principal


@FEW
@given(strategies.policies().flatmap(with_provisions))
def test_a_policy_with_provisions_is_read_as_it_was_written(policy):
    """Law: JSON keeps every rate, and two policies are alike where their tables are."""
    read = serialization.from_json(dq.Policy, serialization.to_json(policy))
    assert read == policy
    assert dq.rulebook.compare(read, policy).is_equal
    assert not dq.rulebook.compare(attrs.evolve(policy, provisions=None), policy).is_equal
