"""Plans, and what is said beside them: every measure with every field, by construction."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

import delinquency as dq
from delinquency.amortisation import AmortisationMethod, DeferredInterest, InterestPause
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.proposals import (
    Affordability,
    ArrearsTreatment,
    DatedAmount,
    LenderOffer,
    PlanLimits,
)
from delinquency.restructuring import (
    AgreedPayment,
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    CardAgreement,
    DifficultyGround,
    DueDateChange,
    Forgiveness,
    PaymentHoliday,
    PlanFacts,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    ReducedPayments,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
)
from delinquency.restructuring.following import PromiseToPay
from delinquency.rounding import Proportion

FIRST = date(2025, 3, 1)
"""The day of the plans."""

COSTS = (Component.PENALTY, Component.FEES)


def amounts() -> st.SearchStrategy[Decimal]:
    return st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2))


def shares() -> st.SearchStrategy[Proportion]:
    return st.integers(1, 12).flatmap(
        lambda parts: st.integers(1, parts).map(lambda part: Proportion(part, parts))
    )


def days(first: int = 0, last: int = 900) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda days: FIRST + timedelta(days=days))


def rates() -> st.SearchStrategy[dq.Rate]:
    return st.integers(0, 4000).map(lambda parts: dq.Rate.per_year(Decimal(parts).scaleb(-4)))


def counts() -> st.SearchStrategy[int]:
    return st.integers(1, 1200)


def components(of: tuple[Component, ...] = tuple(Component)) -> st.SearchStrategy[list[Component]]:
    return st.lists(st.sampled_from(of), min_size=1, unique=True)


charge_ids = st.none() | st.lists(st.sampled_from(["C-1", "费用", "a, b"]), min_size=1, unique=True)
frequencies = st.sampled_from([dq.Frequency.MONTHLY, dq.Frequency.WEEKLY, dq.Frequency.QUARTERLY])


def _amount_or_share(kind, **more):
    return st.builds(kind, amount=amounts(), **more) | st.builds(kind, share=shares(), **more)


waivers = st.one_of(
    st.builds(ArrearsWaiver, components(COSTS), share=st.none() | shares(), charge_ids=charge_ids),
    st.builds(ArrearsWaiver, st.sampled_from(COSTS).map(lambda each: (each,)), amount=amounts()),
)
forgiveness = _amount_or_share(
    Forgiveness,
    component=st.sampled_from([Component.PRINCIPAL, Component.INTEREST]),
    on_completion=st.booleans(),
)
capitalisations = st.one_of(
    st.builds(Capitalisation, components()),
    st.builds(Capitalisation, components(COSTS), charge_ids=charge_ids),
    st.builds(
        Capitalisation, st.sampled_from(list(Component)).map(lambda each: (each,)), amounts()
    ),
)


@st.composite
def pauses(draw) -> InterestPause:
    start = draw(days())
    return InterestPause(start=start, end=start + timedelta(days=draw(st.integers(1, 400))))


@st.composite
def settlements(draw) -> Settlement:
    chosen = sorted(draw(st.lists(days(), min_size=1, max_size=3, unique=True)))
    if draw(st.booleans()):
        paid = [SettlementPayment(day, amount=draw(amounts())) for day in chosen]
    else:
        paid = [
            SettlementPayment(day, share=Proportion(1, draw(st.integers(3, 9)))) for day in chosen
        ]
    return Settlement(paid, draw(components()))


def reduced_payments() -> st.SearchStrategy[ReducedPayments]:
    steps = st.builds(AgreedPayment, st.integers(1, 300), amounts())
    return st.builds(
        ReducedPayments,
        st.lists(steps, min_size=1, max_size=4),
        st.none() | st.sampled_from(DeferredInterest),
    )


def measures() -> st.SearchStrategy[object]:
    """Every kind but a settlement, which stands alone."""
    return st.one_of(
        st.builds(TermExtension, counts()),
        reduced_payments(),
        capitalisations,
        st.builds(
            ArrearsSpread, components(), st.none() | amounts(), st.none() | st.integers(1, 12)
        ),
        st.builds(
            ReAgeing,
            counts(),
            days(),
            frequencies,
            st.sampled_from(ReAgeInterest),
            st.none() | amounts(),
        ),
        st.builds(
            PaymentHoliday,
            counts(),
            st.none() | st.sampled_from(DeferredInterest),
            st.booleans(),
            st.none() | days(),
        ),
        st.builds(RateReduction, rates(), st.none() | days()),
        _amount_or_share(PrincipalDeferral),
        waivers,
        forgiveness,
        pauses(),
        st.builds(DueDateChange, days(), st.none() | days()),
    )


@st.composite
def plans(draw) -> RestructuringPlan:
    """Measures that go together: of those drawn, each that the ones before it can bear."""
    fields = {
        "effective_on": FIRST,
        "method": draw(
            st.sampled_from([AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL])
        ),
        "day_count": draw(st.none() | st.sampled_from(DayCount)),
        "in_difficulty": draw(st.booleans()),
    }
    if draw(st.integers(0, 3)) == 0:
        before = draw(st.lists(waivers | forgiveness, max_size=2))
        return RestructuringPlan(measures=[*before, draw(settlements())], **fields)
    plan = RestructuringPlan(measures=(), **fields)
    for each in draw(st.lists(measures(), max_size=5)):
        with suppress(dq.InvalidValueError):
            plan = RestructuringPlan(measures=[*plan.measures, each], **fields)
    return plan


@st.composite
def card_agreements(draw) -> CardAgreement:
    rate = draw(st.none() | rates().filter(lambda rate: rate.scaled > 0))
    is_oral = draw(st.booleans())
    return CardAgreement(
        account_id="P-1",
        effective_on=FIRST,
        instalments=draw(st.integers(1, 58)),
        first_due_on=draw(days(0, 31)),
        annual_rate=rate,
        day_count=None if rate is None else draw(st.sampled_from(DayCount)),
        measures=draw(st.lists(waivers | forgiveness | capitalisations, max_size=3)),
        beyond_capacity=True,
        willing=True,
        promises_no_new_cards=True,
        accrues_annual_fee=draw(st.booleans()),
        accrues_interest=rate is not None,
        accrues_other_fees=draw(st.booleans()),
        rights_and_duties="双方权利义务",
        breach_terms="all falls due",
        other_terms=draw(st.sampled_from(["", "none"])),
        is_oral=is_oral,
        recording_id="R-1" if is_oral else None,
    )


def plan_facts() -> st.SearchStrategy[PlanFacts]:
    known = st.none() | st.booleans()
    exact = st.one_of(
        st.fractions(Fraction(-1, 2), 3, max_denominator=90),
        amounts().map(lambda each: each / 10**7),
    )
    effective = st.one_of(
        st.just({}),
        exact.map(lambda rate: {"effective_rate": rate}),
        amounts().map(lambda fees: {"upfront_fees": fees}),
    )
    return st.builds(
        lambda more, **facts: PlanFacts(**more, **facts),
        effective,
        grounds=st.none() | st.lists(st.sampled_from(DifficultyGround), unique=True),
        fair_rate=st.none() | rates(),
        change_fees=amounts() | st.just(0),
        asked_on=st.none() | days(),
        has_consent=known,
        is_collateral_released=known,
        is_swapped=known,
        is_otherwise_eased=known,
        longest_term=st.none() | counts(),
        is_willing=known,
        is_beyond_capacity=known,
        is_affordable=known,
        is_under_observation=known,
        recent_days_past_due=st.none() | st.integers(0, 10**6),
        is_insignificant_delay=known,
        in_workout=st.booleans(),
    )


@st.composite
def promises(draw) -> PromiseToPay:
    made = draw(days())
    return PromiseToPay(made, made + timedelta(days=draw(st.integers(1, 90))), draw(amounts()))


def affordabilities() -> st.SearchStrategy[Affordability]:
    steps = st.lists(days(), min_size=1, max_size=4, unique=True)
    return steps.flatmap(
        lambda starts: st.tuples(
            *(st.builds(DatedAmount, st.just(day), amounts()) for day in starts)
        )
    ).map(Affordability)


def lender_offers() -> st.SearchStrategy[LenderOffer]:
    def few(of):
        return st.lists(of, max_size=2, unique=True)

    return st.builds(
        LenderOffer,
        arrears=st.lists(st.sampled_from(ArrearsTreatment), min_size=1, unique=True),
        term_extensions=few(st.integers(1, 60)),
        payment_holidays=few(st.integers(1, 12)),
        holiday_interest=st.none() | st.sampled_from(DeferredInterest),
        rates=few(rates()),
        deferred_shares=few(shares()),
        waived_shares=few(shares()),
        forgiven_shares=few(shares()),
        reduced_payments=few(reduced_payments()),
    )


def plan_limits() -> st.SearchStrategy[PlanLimits]:
    return st.builds(
        PlanLimits,
        last_due_on=st.none() | days(),
        most_instalments=st.none() | counts(),
        least_rate=st.none() | rates(),
        most_loss=st.none() | shares(),
    )
