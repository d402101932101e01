"""Several accounts of one debtor become one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.ledger import Standing
from delinquency.penalty import (
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Consolidated,
    Forgiveness,
    PrincipalDeferral,
    ReAgeing,
    ReAgeInterest,
    RestructuringPlan,
    consolidate,
)
from tests.restructuring.test_laws import loans
from tests.strategies_internal import MANY

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
DAY = date(2025, 4, 1)
FIRST = date(2025, 5, 1)
BEGUN = date(2024, 12, 1)
PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component
NAMES = ("principal", "interest", "fees", "penalty")
PENAL = attrs.evolve(
    POLICY.versions[-1],
    penalty=PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_day("0.001")),
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        day_count=DayCount.ACT_365F,
        compounding=Compounding.NONE,
        posting=Posting.ON_DEMAND,
        grain=RoundingGrain.DAY,
    ),
)


def rate(text: str) -> list[dq.DatedRate]:
    return [dq.DatedRate(BEGUN, dq.Rate.per_year(text))]


def loan(name: str = "A", paid: int = 2, **more) -> dq.Account:
    """1,200 at a per cent a month (30/360); on 1 April 800 are owed, 8 of interest past due and 6 earned."""
    rows = [dq.Instalment(date(2025, month, 1), 200, 2 * (7 - month)) for month in range(1, 7)]
    facts = {
        "payments": [dq.Payment(row.due_date, row.total) for row in rows[:paid]],
        "contract_rates": rate("0.12"),
        "obligor_id": "O-1",
        **more,
    }
    schedule = dq.Schedule(CNY, rows)
    return dq.Account(account_id=name, originated_on=BEGUN, schedule=schedule, **facts)


def free(name: str = "B", **more) -> dq.Account:
    """600 in six parts without interest, of which three are past due, with a fee and a posted penalty."""
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 7)]
    facts = {
        "charges": [
            dq.Charge("F-1", FEES, 30, date(2025, 3, 10)),
            dq.Charge("P-1", PENALTY, 5, date(2025, 3, 20)),
        ],
        "obligor_id": "O-1",
        **more,
    }
    schedule = dq.Schedule(CNY, rows)
    return dq.Account(account_id=name, originated_on=BEGUN, schedule=schedule, **facts)


def plan_of(*before, instalments: int = 4, on: date = DAY, first: date = FIRST, **more):
    measures = [*before, ReAgeing(instalments, first, **more)]
    return RestructuringPlan(measures=measures, effective_on=on, day_count=DayCount.THIRTY_E_360)


def done_by(plan: RestructuringPlan, *accounts: dq.Account, policy=POLICY, **more) -> Consolidated:
    return consolidate(
        accounts or (loan(), free()),
        plan,
        as_of=plan.effective_on,
        policy=policy,
        **{"account_id": "AB", **more},
    )


def open_of(account: dq.Account, day: date, policy=POLICY) -> list[Decimal]:
    owed = dq.breakdown(account, as_of=day, policy=policy)
    parts = (owed.past_due, owed.due, owed.not_due)
    found = [sum(getattr(part, name) for part in parts) for name in NAMES]
    found[3] += owed.unposted_penalty or 0
    return found


def test_the_new_account_owes_the_sum_by_component() -> None:
    done = done_by(plan_of())
    assert [debt.total for debt in done.debts_before] == [814, 635]
    debt = done.debt_before
    assert (debt.principal, debt.interest, debt.fees, debt.penalty) == (1400, 14, 30, 5)
    assert done.debt_after == debt
    told = open_of(done.account, DAY)
    assert told[0] == 1400
    assert told[2:] == [30, 5]
    assert told[1] > 14  # with the interest to come of four months
    assert [row.due_date for row in done.account.schedule] == [
        date(2025, m, 1) for m in (5, 6, 7, 8)
    ]
    assert (done.account.originated_on, done.account.obligor_id) == (DAY, "O-1")


def test_each_old_account_ends_on_the_day_and_was_as_it_was_before() -> None:
    done = done_by(plan_of())
    for before, closed in zip(done.before, done.closed, strict=True):
        for day in (DAY, date(2025, 9, 1)):
            assert open_of(closed, day) == [0, 0, 0, 0]
            assert dq.days_past_due(closed, as_of=day, policy=POLICY) == 0
        eve = DAY - timedelta(1)
        assert open_of(closed, eve) == open_of(before, eve)
        assert dq.days_past_due(closed, as_of=eve, policy=POLICY) > 0
        assert dq.replay(closed, as_of=DAY, policy=POLICY).standing is Standing.SETTLED


def test_no_penalty_runs_on_and_what_accrued_is_in_the_instalments() -> None:
    done = done_by(plan_of(), policy=PENAL)
    accrued = [Decimal(draft.unposted) / 100 for draft in done.drafts_before]
    assert all(accrued)
    assert done.debt_before.penalty == done.debt_after.penalty == 5 + sum(accrued)
    assert open_of(done.account, DAY, PENAL)[3] == done.debt_after.penalty
    for closed in done.closed:
        for day in (DAY, date(2025, 9, 1)):
            assert open_of(closed, day, PENAL) == [0, 0, 0, 0]


def test_measures_of_amounts_go_before() -> None:
    plan = plan_of(
        ArrearsWaiver([PENALTY]),
        ArrearsWaiver([FEES], amount=10, charge_ids=["B, F-1"]),
        Forgiveness(PRINCIPAL, amount=100),
        Capitalisation([INTEREST]),
    )
    done = done_by(plan)
    assert (done.waived.penalty, done.waived.fees, done.forgiven.principal) == (5, 10, 100)
    assert done.capitalised.interest == 14
    debt = done.debt_after
    assert (debt.principal, debt.interest, debt.fees, debt.penalty) == (1314, 0, 20, 0)
    assert open_of(done.account, DAY)[0] == 1314
    assert done.present_value_loss > 115


def test_the_rate_is_weighted_by_the_principal_owed() -> None:
    """800 at 12 % and 600 at none: 6.857142857 % are 0.068571 to 1e-6, half up."""
    done = done_by(plan_of())
    assert [str(each.rate) for each in done.account.contract_rates] == ["6.8571 % a year"]
    assert done.account.contract_rates == done.rates
    assert not done.is_rate_given
    assert "weighted by the principal owed on each" in done.explanation.to_text()


def test_a_rate_that_changes_later_changes_the_weighted_one() -> None:
    later = dq.DatedRate(date(2025, 6, 1), dq.Rate.per_year("0.05"))
    done = done_by(plan_of(), loan(contract_rates=[*rate("0.12"), later]), free())
    told = [(str(each.effective_on), str(each.rate)) for each in done.rates]
    assert told == [("2025-04-01", "6.8571 % a year"), ("2025-06-01", "2.8571 % a year")]


@pytest.mark.parametrize("factor", ["1.5", "1.35", "2"])
def test_penalty_of_a_multiple_of_the_weighted_rate_can_be_reckoned(factor: str) -> None:
    """9.857142857 % would be 0.09857143, of which one and a half is no rate any more."""
    terms = attrs.evolve(
        PENAL.penalty,
        rate=ContractMultiple(factors=dq.Proportion.parse(factor)),
        day_count=DayCount.THIRTY_E_360,
    )
    policy = attrs.evolve(PENAL, penalty=terms)
    done = done_by(plan_of(), loan(), free(contract_rates=rate("0.07")), policy=policy)
    assert [str(each.rate) for each in done.rates] == ["9.8571 % a year"]
    owed = dq.breakdown(done.account, as_of=date(2025, 5, 2), policy=policy)
    assert owed.unposted_penalty > 0


def test_a_rate_that_was_agreed_is_that_of_the_account_and_its_loss_shows() -> None:
    """Valued at the weighted rate, so that a lower rate is a loss; at the weighted one there is none."""
    agreed = done_by(plan_of(), contract_rates=rate("0"))
    assert agreed.account.contract_rates == tuple(rate("0"))
    assert agreed.is_rate_given
    assert sum(row.interest for row in agreed.rows_after) == 1400
    whole = plan_of(Capitalisation([INTEREST]))
    weighted = done_by(whole, loan(), loan("B"), contract_rates=None)
    assert abs(weighted.present_value_loss) <= Decimal("0.10")
    lower = done_by(whole, loan(), loan("B"), contract_rates=rate("0.06"))
    assert lower.present_value_loss > 15
    assert "as was agreed" in lower.explanation.to_text()
    event = next(each for each in lower.account.events if isinstance(each, dq.Restructuring))
    assert event.diminished_share.numerator > 0


def test_accounts_without_interest_make_one_without() -> None:
    done = done_by(plan_of(), free("A"), free("B"))
    assert done.account.contract_rates == ()
    assert [row.total for row in done.rows_after] == [31750] * 4
    assert done.present_value_loss == 0


def test_a_charge_that_is_not_due_goes_on_with_its_due_date() -> None:
    later = dq.Charge("F-2", FEES, 10, date(2025, 4, 10), charged_on=date(2025, 3, 1))
    done = done_by(plan_of(), loan(charges=[later]), free())
    (carried,) = (each for each in done.account.charges if each.component is FEES)
    assert (carried.charge_id, carried.amount, carried.due_date) == ("A, F-2", 10, later.due_date)
    assert open_of(done.account, DAY)[2] == done.debt_after.fees == 40
    assert open_of(done.closed[0], DAY) == [0, 0, 0, 0]
    assert "10.00 CNY of charges not due yet go on" in done.explanation.to_text()


def test_once_it_is_paid_nothing_is_owed() -> None:
    done = done_by(plan_of())
    payments = [
        dq.Payment(row.due_date, row.after.total) for row in done.schedule_rows if row.after
    ]
    paid = attrs.evolve(done.account, payments=payments)
    assert open_of(paid, payments[-1].value_date) == [0, 0, 0, 0]


def test_all_rows_before_and_after_are_side_by_side() -> None:
    done = done_by(plan_of(instalments=1, first=date(2025, 5, 15)))
    told = [(str(row.due_date), row.before and row.before.total) for row in done.schedule_rows]
    assert told == [
        ("2025-04-01", 206),
        ("2025-04-15", 100),
        ("2025-05-01", 204),
        ("2025-05-15", 100),
        ("2025-06-01", 202),
        ("2025-06-15", 100),
    ]


def test_the_order_of_the_accounts_has_no_influence() -> None:
    one, other = done_by(plan_of(), loan(), free()), done_by(plan_of(), free(), loan())
    assert one.account == other.account
    assert one.closed == other.closed


def test_the_text_is_in_both_languages() -> None:
    done = done_by(plan_of())
    assert str(done).startswith(
        "2 accounts become account AB on 2025-04-01: 1,449.00 CNY owed on them before it and 1,449.00 CNY on it"
    )
    assert "Account A owed 814.00 CNY: 800.00 of principal, 14.00 of interest" in str(done)
    zh = done.explanation.to_text(lang="zh")
    assert "2 个账户于 2025-04-01 合并为账户 AB" in zh
    assert "按所欠本金加权" in zh


PAID = free(payments=[dq.Payment(date(2025, 3, 31), 635)])
USD = dq.Schedule(dq.Currency.of("USD"), [dq.Instalment(FIRST, 100)])


@pytest.mark.parametrize(
    ("accounts", "told"),
    [
        ([], "at least two accounts, found 0"),
        ([loan()], "at least two accounts, found 1"),
        ([loan(), loan()], "'A' twice"),
        ([loan(), free("AB")], "'AB' twice"),
        ([loan(), free(obligor_id="O-2")], "accounts of one obligor, found O-1, O-2"),
        ([loan(), free(segment=dq.Segment.NON_RETAIL)], "segment: expected retail"),
        ([loan(), free(product=dq.Product.CARD)], "expected a loan, found a card"),
        ([loan(), free(charges=[dq.Charge("X", FEES, 1, DAY)])], "charges and charge-backs of before"),
        ([loan(), free(events=[dq.ChargeBack(charge_back_id="X", value_date=DAY, principal=1)])], "charges and charge-backs"),
        ([loan(), dq.Account(account_id="B", originated_on=BEGUN, schedule=USD)], "currency: expected CNY"),
        ([loan(), PAID], "'B'.*an account that owes something"),
        ([loan(), loan("B", payments=[dq.Payment(DAY - timedelta(1), 1242)])], "owes something, found -"),
        ([loan(), loan("B", contract_rates=[])], "the rate of its contract"),
        ([loan(), free(payments=[dq.Payment(DAY, 1)])], "a day after the last payment"),
    ],
)  # fmt: skip
def test_accounts_that_cannot_be_one_are_refused(accounts, told) -> None:
    with pytest.raises(InvalidValueError, match=told):
        consolidate(accounts, plan_of(), as_of=DAY, policy=POLICY, account_id="AB")


def test_an_account_that_says_no_obligor_is_taken_with_the_others() -> None:
    done = done_by(plan_of(), loan(), free(obligor_id=""))
    assert done.account.obligor_id == "O-1"
    assert done_by(plan_of(), loan(obligor_id=""), free(obligor_id="")).account.obligor_id == ""


def test_a_charge_of_the_day_before_is_no_charge_of_the_day() -> None:
    eve = dq.Charge("X", FEES, 1, DAY - timedelta(1))
    assert done_by(plan_of(), loan(charges=[eve]), free()).debt_after.fees == 31


@pytest.mark.parametrize(
    "measures",
    [
        [],
        [ArrearsWaiver()],
        [ReAgeing(2, FIRST), ArrearsWaiver()],
        [ArrearsSpread(), ReAgeing(2, FIRST)],
        [PrincipalDeferral(amount=1), ReAgeing(2, FIRST)],
    ],
)
def test_a_plan_that_is_no_consolidation_is_refused(measures) -> None:
    plan = RestructuringPlan(measures=measures, effective_on=DAY)
    with pytest.raises(InvalidValueError, match="a ReAgeing as the last"):
        done_by(plan)


def test_a_plan_that_leaves_nothing_is_refused() -> None:
    whole = dq.Proportion(1, 1)
    plan = plan_of(
        Forgiveness(PRINCIPAL, share=whole), Forgiveness(INTEREST, share=whole), ArrearsWaiver()
    )
    with pytest.raises(InvalidValueError, match="nothing left"):
        done_by(plan)


def test_dates_are_those_of_a_plan() -> None:
    plan = plan_of()
    with pytest.raises(InvalidValueError, match="at most as_of"):
        consolidate(
            [loan(), free()], plan, as_of=DAY - timedelta(1), policy=POLICY, account_id="AB"
        )
    with pytest.raises(InvalidValueError, match="first_due_on: expected a day on or after"):
        done_by(plan_of(first=DAY - timedelta(1)))
    assert done_by(plan_of(first=DAY)).account.schedule[0].due_date == DAY


def test_penalty_on_demand_is_refused() -> None:
    inside = attrs.evolve(PENAL, penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND)
    with pytest.raises(PolicyError, match="ON_DEMAND"):
        done_by(plan_of(), policy=inside)


@pytest.mark.parametrize(
    ("more", "error", "told"),
    [
        ({"contract_rates": []}, InvalidValueError, "a rate that holds on 2025-04-01, found none"),
        (
            {"contract_rates": [dq.DatedRate(FIRST, dq.Rate.per_year(0))]},
            InvalidValueError,
            "the first from 2025-05-01",
        ),
        ({"contract_rates": [dq.DatedRate(DAY, dq.Rate.per_day(0))]}, InvalidValueError, "year"),
        ({"contract_rates": [dq.Rate.per_year(0)]}, InvalidTypeError, "rate 1"),
        ({"contract_rates": [dq.DatedRate(DAY, dq.Rate.per_year("-0.01"))]}, InvalidValueError, "0 or more"),
        ({"account_id": ""}, InvalidTypeError, "account_id"),
        ({"account_id": 1}, InvalidTypeError, "account_id"),
        ({"as_of": datetime(2025, 4, 1)}, InvalidTypeError, "as_of"),
        ({"plan": None}, InvalidTypeError, "a RestructuringPlan"),
        ({"accounts": [loan(), 1]}, InvalidTypeError, "account 2"),
        ({"accounts": loan()}, InvalidTypeError, "One alone"),
        ({"policy": None}, InvalidTypeError, "olicy"),
        ({"known_on": "2025"}, InvalidTypeError, "known_on"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(more, error, told) -> None:
    given = {
        "accounts": [loan(), free()],
        "plan": plan_of(),
        "as_of": DAY,
        "policy": POLICY,
        "account_id": "AB",
        **more,
    }
    with pytest.raises(error, match=told):
        consolidate(**given)


before_it = st.one_of(
    st.builds(ArrearsWaiver, share=st.sampled_from(["0.3", "1"]).map(dq.Proportion.parse)),
    st.builds(
        Forgiveness,
        st.sampled_from([PRINCIPAL, INTEREST]),
        share=st.sampled_from(["0.1", "0.5"]).map(dq.Proportion.parse),
    ),
    st.lists(st.sampled_from(list(dq.Component)), min_size=1, unique=True).map(Capitalisation),
)


@MANY
@given(
    st.lists(loans(), min_size=2, max_size=3),
    st.lists(before_it, max_size=2),
    st.integers(1, 24),
    st.integers(0, 60),
    st.sampled_from(ReAgeInterest),
)
def test_what_the_new_account_owes_is_what_the_old_ones_owed(
    drawn, before, count, after, interest
) -> None:
    """Law: the sum less what was given up, by component; the old ones owe nothing, and before it all they did."""
    accounts = [attrs.evolve(each, account_id=f"A-{n}") for n, each in enumerate(drawn)]
    days = [payment.value_date for each in accounts for payment in each.payments]
    on = max([*days, date(2024, 3, 3)]) + timedelta(days=1 + after)
    plan = RestructuringPlan(
        measures=[*before, ReAgeing(count, on + timedelta(20), interest=interest)],
        effective_on=on,
        day_count=DayCount.ACT_365F,
    )
    refused = ""
    try:
        done = consolidate(accounts, plan, as_of=on, policy=PENAL, account_id="NEW")
    except InvalidValueError as error:
        refused = str(error)
    if refused:
        assert "paid in advance" in refused or "nothing" in refused, refused
    assume(not refused)
    for name in NAMES:
        then = sum(getattr(debt, name) for debt in done.debts_before)
        assert getattr(done.debt_before, name) == then
        gone = getattr(done.waived, name) + getattr(done.forgiven, name)
        moved = done.capitalised.total if name == "principal" else Decimal(0)
        assert (
            getattr(done.debt_after, name) == then - gone - getattr(done.capitalised, name) + moved
        )
    told = open_of(done.account, on, PENAL)
    for column, name in enumerate(NAMES):
        if name != "interest":
            assert told[column] == getattr(done.debt_after, name), name
    assert told[1] == sum(Decimal(row.interest) for row in done.rows_after) / 100
    for was, closed in zip(done.before, done.closed, strict=True):
        assert open_of(closed, on, PENAL) == [0, 0, 0, 0]
        eve = on - timedelta(days=1)
        assert open_of(closed, eve) == open_of(was, eve)
    given_up = done.waived.total + done.forgiven.total
    if not given_up and not before and interest is ReAgeInterest.AS_AGREED:
        rounding = Decimal("0.01") * (count + sum(len(each.schedule) for each in accounts) + 4)
        assert abs(done.present_value_loss) <= rounding + spread_loss(done)


def spread_loss(done: Consolidated) -> Decimal:
    """Arrears of interest, fees and penalty that are spread bear no interest; within a period it is earned by
    days."""
    waiting = sum((done.spread.interest, done.spread.fees, done.spread.penalty), Decimal(0))
    years = Decimal((done.rows_after[-1].due_day - done.draft_after.day) + 1) / 365
    return waiting * years * Decimal("0.0975") + done.debt_before.principal * Decimal("0.00005")
