"""Strategies of what a delay costs draw every choice there is, and only what the library takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.breakdown import breakdown
from delinquency.late_fees import (
    BandFee,
    EveryDays,
    EveryMonths,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.penalty_interest import penalty_interest
from delinquency.testing import strategies
from delinquency.testing._owed_terms import late_fee_terms, penalty_terms
from tests.exported.searching import found

CNY = dq.Currency.of("CNY")
POSTED = penalty_terms(currency=CNY, penalty_in_waterfall=dq.PenaltyPlace.POSTED)
OUTSIDE = penalty_terms(currency=CNY)
FEES = late_fee_terms(currency=CNY)


@pytest.mark.parametrize(
    "rule", [FixedPenaltyRate, ContractMultiple, ReferencePlusMargin, RateByAge]
)
def test_every_rule_of_a_rate_comes(rule: type) -> None:
    assert isinstance(found(OUTSIDE, lambda terms: isinstance(terms.rate, rule)).rate, rule)


@pytest.mark.parametrize("cap", [ShareOfBase, AbsoluteCap, AnnualCap])
def test_every_cap_comes(cap: type) -> None:
    found(OUTSIDE, lambda terms: any(isinstance(each, cap) for each in terms.caps))


def test_a_cap_by_a_published_rate_comes() -> None:
    found(OUTSIDE, lambda terms: any(
        isinstance(each, AnnualCap) and isinstance(each.rate, ReferenceMultiple)
        for each in terms.caps
    ))  # fmt: skip


CHOICES = [
    *(("base", base) for base in PenaltyBase),
    *(("compounding", compounding) for compounding in Compounding),
    *(("grace_kind", kind) for kind in (*PenaltyGrace, None)),
    *(("posting", posting) for posting in Posting if posting is not Posting.ON_DEMAND),
    *(("grain", grain) for grain in RoundingGrain),
]


@pytest.mark.parametrize(("field", "choice"), CHOICES)
def test_every_choice_of_posted_penalty_comes(field: str, choice: object) -> None:
    found(POSTED, lambda terms: getattr(terms, field) is choice)


def test_penalty_outside_the_order_may_be_posted_on_demand_and_never_compounds_on_posting() -> None:
    found(OUTSIDE, lambda terms: terms.posting is Posting.ON_DEMAND)

    @given(OUTSIDE)
    def never(terms: PenaltyTerms) -> None:
        assert terms.compounding is not Compounding.ON_POSTING

    never()


@given(penalty_terms(reads_contract_rates=False))
def test_terms_that_read_no_contract_rate_are_no_multiple_of_it(terms: PenaltyTerms) -> None:
    assert not isinstance(terms.rate, ContractMultiple)


@pytest.mark.parametrize("kind", [FlatFee, ShareFee, SafeHarbourFee, BandFee])
def test_every_kind_of_fee_comes(kind: type) -> None:
    found(FEES, lambda terms: isinstance(terms.amount, kind))


@pytest.mark.parametrize("recurrence", [Once, EveryDays, EveryMonths])
def test_every_recurrence_comes(recurrence: type) -> None:
    found(FEES, lambda terms: isinstance(terms.recurrence, recurrence))


@given(late_fee_terms())
def test_a_fee_without_a_currency_is_a_share(terms: LateFeeTerms) -> None:
    assert isinstance(terms.amount, ShareFee)
    assert (terms.currency, terms.minimum) == (None, 0)


@given(strategies.policies())
def test_a_policy_costs_nothing_unless_asked_to(policy: dq.Policy) -> None:
    assert (policy.penalty, policy.late_fees) == (None, ())


@given(strategies.policies(with_late_fees=True))
def test_fees_alone_bring_no_penalty(policy: dq.Policy) -> None:
    assert policy.penalty is None
    assert 1 <= len(policy.late_fees) <= 2


@pytest.mark.parametrize("place", list(dq.PenaltyPlace))
def test_penalty_comes_at_every_place(place: dq.PenaltyPlace) -> None:
    policies = strategies.policies(with_penalty=True)
    assert found(policies, lambda policy: policy.penalty_in_waterfall is place).penalty is not None


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_drawn_policy_answers_for_a_drawn_account(data: st.DataObject) -> None:
    account = data.draw(strategies.accounts())
    policy = data.draw(
        strategies.policies(currency=account.currency, with_penalty=True, with_late_fees=True)
    )
    as_of = data.draw(strategies.as_of_dates(account))
    told = penalty_interest(account, as_of=as_of, policy=policy)
    assert told.accrued >= 0
    assert told.accrued == sum(line.amount for line in told.segments if not line.is_waived)
    assert breakdown(account, as_of=as_of, policy=policy).unposted_penalty >= 0
