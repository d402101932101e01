"""What is true of every plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.amortisation import AmortisationMethod, ByDays, DeferredInterest, RepaymentTerms
from delinquency.daycount import DayCount
from delinquency.errors import InvalidValueError
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    RestructuringPlan,
    TermExtension,
    restructure,
)
from tests.strategies_internal import MANY, MOST

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
BEGUN = date(2024, 1, 20)
RATE = dq.Rate.per_year("0.0975")
DAY_COUNT = DayCount.ACT_365F
COMPONENTS = list(dq.Component)


@st.composite
def loans(draw) -> dq.Account:
    """A loan of some instalments, of which the first were paid, the next in part."""
    terms = RepaymentTerms(
        currency=CNY,
        principal=Decimal(draw(st.integers(1_000, 10**6))),
        annual_rate=RATE,
        disbursed_on=BEGUN,
        first_due_date=date(2024, 2, 20),
        instalment_count=draw(st.integers(3, 24)),
        method=draw(
            st.sampled_from([AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL])
        ),
        interest_basis=ByDays(DAY_COUNT),
    )
    schedule = dq.repayment_schedule(terms)
    paid = draw(st.integers(0, len(schedule) - 1))
    payments = [dq.Payment(row.due_date, row.total) for row in schedule[:paid]] if paid else []
    part = draw(st.integers(0, 50))
    if part:
        payments.append(dq.Payment(schedule[paid].due_date, part))
    charges = draw(
        st.lists(st.sampled_from([("C-1", dq.Component.FEES, 12), ("C-2", dq.Component.PENALTY, 7)]),
                 unique=True)
    )  # fmt: skip
    return dq.Account(
        account_id="A-1",
        originated_on=BEGUN,
        schedule=schedule,
        payments=payments,
        charges=[dq.Charge(*each, date(2024, 3, 3), charged_on=BEGUN) for each in charges],
        contract_rates=[dq.DatedRate(BEGUN, RATE)],
    )


shares = st.sampled_from(["0.1", "0.5", "1"]).map(dq.Proportion.parse)
counts = st.integers(1, 6)
moving = st.one_of(
    counts.map(TermExtension),
    st.builds(PaymentHoliday, counts, st.just(DeferredInterest.CAPITALISED)),
    shares.map(lambda share: PrincipalDeferral(share=share)),
)
"""Measures by which time alone moves, with its interest."""

measures = st.one_of(
    moving,
    st.builds(PaymentHoliday, counts, st.sampled_from([None, *DeferredInterest]), st.booleans()),
    st.lists(st.sampled_from(COMPONENTS), min_size=1, unique=True).map(Capitalisation),
    st.just(ArrearsSpread()),
    st.builds(
        ReAgeing,
        counts,
        st.integers(1, 60).map(lambda days: date(2025, 6, 1) + timedelta(days)),
        interest=st.sampled_from(ReAgeInterest),
    ),
    st.builds(ArrearsWaiver, share=shares),
    st.builds(
        Forgiveness, st.sampled_from([dq.Component.PRINCIPAL, dq.Component.INTEREST]), share=shares
    ),
    st.just(RateReduction(dq.Rate.per_year("0.05"))),
    st.integers(1, 40).map(lambda days: DueDateChange(date(2025, 6, 1) + timedelta(days))),
)


def plan_of(account: dq.Account, chosen, after: int) -> RestructuringPlan:
    last = max((payment.value_date for payment in account.payments), default=BEGUN)
    on = last + timedelta(days=1 + after)
    return RestructuringPlan(measures=chosen, effective_on=on, day_count=DAY_COUNT)


def done_or_refused(account: dq.Account, plan: RestructuringPlan):
    """What a plan does; ``None`` where it is refused, and then with the name of the account and a reason."""
    refused = ""
    try:
        return restructure(account, plan, as_of=date(2027, 1, 1), policy=POLICY)
    except InvalidValueError as error:
        refused = str(error)
    assert refused.startswith("account 'A-1', restructuring plan"), refused
    return None


def capitalises(chosen) -> bool:
    """Whether interest of days to come becomes principal."""
    return any(
        isinstance(each, PaymentHoliday) and each.interest is DeferredInterest.CAPITALISED
        for each in chosen
    )


@MOST
@given(loans(), st.lists(measures, max_size=3), st.integers(0, 200))
def test_no_amount_is_lost(account, chosen, after) -> None:
    """Law: debt after is debt before less waived and forgiven, by component; the ledger says the same."""
    try:
        plan = plan_of(account, chosen, after)
    except InvalidValueError:
        return
    done = done_or_refused(account, plan)
    if done is None:
        return
    for name in ("principal", "interest", "fees", "penalty"):
        before, then = getattr(done.debt_before, name), getattr(done.debt_after, name)
        gone = getattr(done.waived, name) + getattr(done.forgiven, name)
        moved = done.capitalised.total if name == "principal" else Decimal(0)
        assert then == before - gone - getattr(done.capitalised, name) + moved, name
    day = plan.effective_on
    owed = dq.breakdown(done.after, as_of=day, policy=POLICY)
    for name in ("principal", "fees", "penalty"):
        parts = (owed.past_due, owed.due, owed.not_due)
        told = sum(getattr(part, name) for part in parts)
        if name == "principal" and capitalises(chosen):
            assert told >= done.debt_after.principal  # with the interest that will become principal
        else:
            assert told == getattr(done.debt_after, name), name
    assert owed.past_due.interest == done.arrears_after.interest
    asked = sum(row.after.principal + row.after.interest for row in done.schedule_rows if row.after)
    assert asked == sum(part.principal + part.interest for part in (owed.due, owed.not_due))


@MANY
@given(loans(), st.lists(moving, min_size=1, max_size=3), st.integers(0, 60))
def test_time_alone_costs_nothing_at_the_rate_of_the_contract(account, chosen, after) -> None:
    """Law: within a minor unit an instalment the value stays where time moves with its interest."""
    try:
        plan = plan_of(account, chosen, after)
    except InvalidValueError:
        return
    done = done_or_refused(account, plan)
    if done is not None:
        rows = len(done.rows_before) + len(done.rows_after)
        assert abs(done.present_value_loss) <= Decimal("0.01") * (rows + 2)


@MANY
@given(loans(), shares, st.integers(0, 60))
def test_what_is_forgiven_of_principal_is_lost(account, share, after) -> None:
    """Law: the loss is what was given up and the interest it would have borne, and never a gain."""
    plan = plan_of(account, [Forgiveness(dq.Component.PRINCIPAL, share=share)], after)
    done = done_or_refused(account, plan)
    if done is not None and done.forgiven.principal:
        assert done.present_value_loss >= done.forgiven.principal * Decimal("0.97") - 1
        assert done.diminished_share.numerator > 0


@MANY
@given(loans(), st.integers(0, 200))
def test_a_plan_without_measures_is_no_plan(account, after) -> None:
    """Law: nothing is changed, and nothing recorded."""
    done = done_or_refused(account, plan_of(account, [], after))
    if done is not None:
        assert done.after == account
        assert (done.present_value_loss, done.total_cost_change) == (0, 0)


@MANY
@given(loans(), st.lists(measures, min_size=1, max_size=3), st.integers(0, 100))
def test_days_before_the_plan_are_as_they_were(account, chosen, after) -> None:
    """Law: a plan changes no day before it."""
    try:
        plan = plan_of(account, chosen, after)
    except InvalidValueError:
        return
    done = done_or_refused(account, plan)
    if done is not None:
        eve = plan.effective_on - timedelta(days=1)
        told = [dq.assess(each, as_of=eve, policy=POLICY) for each in (account, done.after)]
        assert told[0].days_past_due == told[1].days_past_due
        assert told[0].arrears == told[1].arrears
        assert told[0].exposure == told[1].exposure
