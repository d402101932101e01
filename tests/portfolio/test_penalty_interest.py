"""What delays cost a book: the edges of each route, and what is refused."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.account import Product
from delinquency.dated_rates import DatedRate
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.events import FundsMisuse, PenaltyWaiver
from delinquency.penalty import (
    AbsoluteCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.portfolio import Engine, Portfolio, penalty_interest
from delinquency.rounding import Proportion

CNY = dq.Currency.of("CNY")
ORIGIN = date(2023, 12, 31)
RATE = FixedPenaltyRate(dq.Rate.per_year("0.18"))
ENGINES = list(Engine)


def loan(name: str = "A-1", rows: Any = None, **facts: Any) -> dq.Account:
    """1,000 of principal, 100 of interest and 10 of fees due on 31 January, unless said otherwise."""
    rows = rows or [dq.Instalment(date(2025, 1, 31), 1000, 100, 10)]
    return dq.Account(
        account_id=name, originated_on=ORIGIN, schedule=dq.Schedule(CNY, rows), **facts
    )


def rules(place: dq.PenaltyPlace = dq.PenaltyPlace.OUTSIDE, **changes: Any) -> dq.Policy:
    terms = PenaltyTerms(
        rate=RATE,
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        compounding=Compounding.NONE,
        day_count=dq.DayCount.ACT_360,
        posting=Posting.ON_DUE_DATES,
        grain=RoundingGrain.INSTALMENT,
    )
    policy = dq.rulebook.load("founding-report").versions[0]
    return attrs.evolve(
        policy,
        penalty=attrs.evolve(terms, **changes),
        penalty_in_waterfall=place,
        allocation=dq.AllocationOrder.oldest_first("fees", "penalty", "interest", "principal"),
    )


def told(
    account: dq.Account, as_of: date, policy: dq.Policy, engine: Engine | None = None, **more: Any
) -> tuple[int, ...]:
    """Penalty, compound, waived, capped and posted, once seen to be those of the scalar verb."""
    book = Portfolio.from_accounts([account])
    answer = penalty_interest(book, as_of=as_of, policy=policy, engine=engine, **more)
    alone = answer.row(0)
    assert int(answer.accrued[0]) == alone.accrued * 100
    assert int(answer.waived[0]) == alone.waived * 100
    assert int(answer.capped[0]) == alone.capped * 100
    assert int(answer.posted[0]) == alone.posted * 100
    columns = (answer.penalty, answer.compound, answer.waived, answer.capped, answer.posted)
    return tuple(int(column[0]) for column in columns)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_due_date_bears_and_the_day_of_payment_does_not(engine: Engine) -> None:
    account = loan(payments=[dq.Payment(date(2025, 2, 10), 1110)])
    days = [date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 10), date(2025, 2, 11)]
    owed = [told(account, day, rules(), engine)[0] for day in days]
    assert owed == [0, 50, 500, 500]


def test_a_debt_paid_on_its_due_date_bears_nothing() -> None:
    account = loan(payments=[dq.Payment(date(2025, 1, 31), 1110)])
    assert told(account, date(2025, 12, 31), rules())[0] == 0


def test_money_that_pays_fees_and_interest_lowers_no_principal() -> None:
    account = loan(payments=[dq.Payment(date(2025, 2, 10), 110)])
    assert told(account, date(2025, 3, 2), rules())[0] == 1500
    account = loan(payments=[dq.Payment(date(2025, 2, 10), 610)])
    assert told(account, date(2025, 3, 2), rules())[0] == 10 * 50 + 20 * 25


def test_a_base_that_money_settles_in_two_pieces_is_cut_in_both() -> None:
    """Fees stand between interest and principal, and bear nothing: 1,050 for 10 days, then 1,000."""
    policy = attrs.evolve(
        rules(base=PenaltyBase.OVERDUE_INSTALMENT),
        allocation=dq.AllocationOrder.oldest_first("interest", "fees", "principal", "penalty"),
    )
    account = loan(payments=[dq.Payment(date(2025, 1, 31), 50), dq.Payment(date(2025, 2, 10), 60)])
    assert told(account, date(2025, 2, 20), policy)[0] == 525 + 500


def test_one_payment_late_for_two_instalments_is_cut_between_them() -> None:
    rows = [dq.Instalment(date(2025, 1, 31), 1000), dq.Instalment(date(2025, 2, 28), 1000)]
    account = loan(rows=rows, payments=[dq.Payment(date(2025, 3, 10), 1500)])
    assert told(account, date(2025, 3, 20), rules())[0] == 38 * 50 + 10 * 50 + 10 * 25


def test_a_payment_taken_back_was_never_made() -> None:
    payment = dq.Payment(date(2025, 2, 10), 1110, reversed_on=date(2025, 2, 20))
    account = loan(payments=[payment])
    assert told(account, date(2025, 2, 19), rules())[0] == 500
    assert told(account, date(2025, 2, 20), rules())[0] == 1000
    known = told(account, date(2025, 2, 20), rules(), known_on=date(2025, 2, 19))
    assert known[0] == 500


def test_three_debts_of_four_tenths_are_one_unit_by_account_and_none_by_instalment() -> None:
    """0.08 at 18 % a year for 100 days is 0.4 of 0.01."""
    rows = [dq.Instalment(date(2025, 1, 10 + number), Decimal("0.08")) for number in range(3)]
    account = loan(rows=rows)
    as_of = date(2025, 4, 20)
    assert told(account, as_of, rules())[0] == 0
    assert told(account, as_of, rules(grain=RoundingGrain.ACCOUNT))[0] == 1


def test_a_sum_of_the_account_counts_each_debt_up_to_its_own_cap() -> None:
    """Each of 0.08 bears 0.4 of 0.01 and then 1.6; its cap of a fifth of its base is 0.01.

    Half up the sums are 0.4, 0.8 and 1.2, and later, up to the caps, 1, 2 and 3. What a cap took is told of
    each debt from where the sum stood before it: 1 of R(1.6), 1 of R(2.6) - 1 and 1 of R(3.6) - 2.
    """
    rows = [dq.Instalment(date(2025, 1, 10 + number), Decimal("0.08")) for number in range(3)]
    policy = rules(grain=RoundingGrain.ACCOUNT, caps=[ShareOfBase(Proportion(1, 5))])
    assert told(loan(rows=rows), date(2025, 4, 20), policy)[::3] == (1, 0)
    penalty, *_, capped, _ = told(loan(rows=rows), date(2026, 2, 20), policy)
    assert (penalty, capped) == (3, 3)


def test_a_unit_that_a_cap_kept_from_a_debt_goes_to_none_that_bore_nothing() -> None:
    """0.5 and a cap of 1 are 1.5, to even 2, of which the capped debt takes 1; interest alone bears nothing."""
    rows = [
        dq.Instalment(date(2024, 1, 1), Decimal("0.10")),
        dq.Instalment(date(2024, 4, 11), Decimal("0.08")),
        dq.Instalment(date(2024, 5, 1), 0, Decimal("0.05")),
        dq.Instalment(date(2025, 1, 20), Decimal("0.08")),
    ]
    account = loan(rows=rows, payments=[dq.Payment(date(2024, 4, 10), Decimal("0.10"))])
    policy = rules(
        grain=RoundingGrain.ACCOUNT,
        caps=[ShareOfBase(Proportion(1, 5))],
        rounding=dq.RoundingMode.HALF_EVEN,
    )
    assert told(account, date(2025, 1, 10), policy)[0] == 1
    assert told(account, date(2025, 1, 21), policy)[0] == 2


def test_days_of_grace_never_bear_or_bear_back_to_the_due_date() -> None:
    free = rules(grace_days=3, grace_kind=PenaltyGrace.NEVER_CHARGED)
    back = rules(grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
    days = [date(2025, 2, 3), date(2025, 2, 4)]
    assert [told(loan(), day, free)[0] for day in days] == [0, 50]
    assert [told(loan(), day, back)[0] for day in days] == [0, 200]


def test_unpaid_interest_bears_by_itself() -> None:
    policy = rules(compounding=Compounding.UNPAID_INTEREST)
    assert told(loan(), date(2025, 3, 2), policy)[:2] == (1500, 150)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_waived_share_is_told_beside_what_is_owed(engine: Engine) -> None:
    waiver = PenaltyWaiver(date(2025, 2, 10), date(2025, 2, 20), Proportion(1, 4))
    account = loan(events=[waiver])
    owed, _, waived, _, _ = told(account, date(2025, 3, 2), rules(), engine)
    assert (owed, waived) == (1500 - 125, 125)


def test_a_waiver_counts_from_the_day_on_which_it_was_recorded() -> None:
    waiver = PenaltyWaiver(date(2025, 2, 10), None, recorded_on=date(2025, 3, 1))
    account = loan(events=[waiver])
    as_of = date(2025, 3, 2)
    assert told(account, as_of, rules())[0] == 500
    assert told(account, as_of, rules(), known_on=date(2025, 2, 28))[0] == 1500
    assert told(account, as_of, rules(), known_on=date(2025, 3, 1))[0] == 500


def test_a_multiple_of_the_contract_rate_goes_with_it_and_with_misuse() -> None:
    """9 % of 1,000 for 10 days, then 15 % of a higher contract rate, and 20 % while misused."""
    account = loan(
        contract_rates=[
            DatedRate(ORIGIN, dq.Rate.per_year("0.06")),
            DatedRate(date(2025, 2, 10), dq.Rate.per_year("0.10")),
        ],
        events=[FundsMisuse(date(2025, 2, 20), date(2025, 3, 2))],
    )
    policy = rules(rate=ContractMultiple("1.5", misuse_factor="2"), grain=RoundingGrain.SEGMENT)
    assert told(account, date(2025, 3, 12), policy)[0] == 250 + 417 + 556 + 417


def test_a_rate_by_age_changes_with_each_debt() -> None:
    tiers = RateByAge(((1, dq.Rate.per_year("0.18")), (11, dq.Rate.per_year("0.36"))))
    owed = [told(loan(), date(2025, 2, day), rules(rate=tiers))[0] for day in (10, 11)]
    assert owed == [500, 600]


def test_prepaying_lowers_the_base_of_a_cap_unless_money_waits() -> None:
    account = loan(payments=[dq.Payment(date(2025, 1, 20), 610)])
    policy = rules(caps=(ShareOfBase(Proportion(1, 100)),))
    waits = attrs.evolve(
        policy,
        allocation=dq.AllocationOrder.oldest_first(
            "fees", "penalty", "interest", "principal", excess=dq.Excess.HOLD
        ),
    )
    as_of = date(2025, 12, 31)
    owed = [told(account, as_of, each) for each in (policy, waits)]
    assert [(figures[0], figures[0] + figures[3]) for figures in owed] == [
        (500, 334 * 25),
        (1000, 334 * 25),
    ]


def test_an_absolute_cap_leaves_room_to_older_debts_first() -> None:
    rows = [dq.Instalment(date(2025, 1, 31), 1000), dq.Instalment(date(2025, 2, 28), 1000)]
    policy = rules(caps=(AbsoluteCap(20),))
    assert told(loan(rows=rows), date(2025, 3, 20), policy)[0::3] == (2000, 2400 + 1000 - 2000)


@pytest.mark.parametrize("grain", list(RoundingGrain))
@pytest.mark.parametrize("code", ["ACT_360", "ACT_ACT_ISDA", "THIRTY_360", "NL_365", "ACT_365_25"])
def test_every_grain_and_day_count_equals_the_account(grain: RoundingGrain, code: str) -> None:
    account = loan(payments=[dq.Payment(date(2025, 2, 27), 333), dq.Payment(date(2025, 3, 1), 1)])
    policy = rules(grain=grain, day_count=dq.DayCount[code])
    for place in (dq.PenaltyPlace.OUTSIDE, dq.PenaltyPlace.ON_DEMAND):
        told(account, date(2025, 5, 31), attrs.evolve(policy, penalty_in_waterfall=place))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("grain", list(RoundingGrain))
def test_the_largest_account_at_the_highest_rate_for_a_lifetime_does_not_wrap(
    engine: Engine, grain: RoundingGrain
) -> None:
    """10**15 minor units at 400 % a year for 176 years, of which a sum of amounts times days has 66 bits."""
    account = loan(rows=[dq.Instalment(date(2025, 1, 31), Decimal(10) ** 13)])
    policy = rules(
        rate=FixedPenaltyRate(dq.Rate.per_year("3.99999999")),
        day_count=dq.DayCount.ACT_365F,
        grain=grain,
    )
    assert told(account, date(2200, 12, 31), policy, engine)[0] > 7 * 10**17


def test_shares_too_fine_for_the_bounds_are_answered_all_the_same() -> None:
    spans = [
        PenaltyWaiver(date(2025, 2, day), date(2025, 2, day + 1), Proportion(1, whole))
        for day, whole in enumerate((997, 991, 983, 977), start=3)
    ]
    policy = rules(day_count=dq.DayCount.ACT_ACT_ISDA)
    assert told(loan(events=spans), date(2025, 3, 2), policy)[2] == 0


def test_on_demand_penalty_is_settled_before_interest_and_stays_with_its_debt() -> None:
    account = loan(payments=[dq.Payment(date(2025, 2, 10), 15)])
    policy = rules(dq.PenaltyPlace.ON_DEMAND)
    book = Portfolio.from_accounts([account])
    answer = penalty_interest(book, as_of=date(2025, 2, 10), policy=policy)
    assert int(answer.posted[0]) == 500
    assert answer.unposted.tolist() == [0]
    balances = answer.open_balances()
    assert [int(column[0]) for column in balances] == [100_000, 10_000, 0, 0, 0]
    day_after = penalty_interest(book, as_of=date(2025, 2, 11), policy=policy)
    assert [int(column[0]) for column in day_after.open_balances()] == [100_000, 10_000, 0, 50, 0]


def test_outside_the_order_balances_are_those_of_a_ledger_without_penalty() -> None:
    """Whatever the terms."""
    account = loan(payments=[dq.Payment(date(2025, 2, 10), 1200)])
    book = Portfolio.from_accounts([account])
    for changes in (
        {},
        {"compounding": Compounding.UNPAID_INTEREST},
        {"grain": RoundingGrain.ACCOUNT, "caps": [AbsoluteCap(1)]},
        {"base": PenaltyBase.OVERDUE_AMOUNT, "rate": RateByAge(((1, dq.Rate.per_year(1)),))},
        {"grace_days": 3, "grace_kind": PenaltyGrace.TRIGGER_ONLY},
    ):
        policy = rules(**changes)
        answer = penalty_interest(book, as_of=date(2025, 2, 11), policy=policy)
        assert [int(column[0]) for column in answer.open_balances()] == [0, 0, 0, 0, 9_000]


def test_what_is_open_asks_for_no_rate_that_days_of_grace_did_not_need() -> None:
    """Contract rates begin on 5 February, when the days of grace are over."""
    rates = [DatedRate(date(2025, 2, 5), dq.Rate.per_year("0.06"))]
    book = Portfolio.from_accounts([loan(contract_rates=rates)])
    policy = rules(
        rate=ContractMultiple("1.5"), grace_days=5, grace_kind=PenaltyGrace.NEVER_CHARGED
    )
    answer = penalty_interest(book, as_of=date(2025, 3, 2), policy=policy)
    assert int(answer.accrued[0]) == 25 * 25
    assert [int(column[0]) for column in answer.open_balances()] == [
        100_000,
        10_000,
        1_000,
        0,
        0,
    ]


def test_accounts_that_no_loop_knows_are_answered_one_by_one() -> None:
    charge = dq.Charge("C-1", dq.Component.FEES, 5, date(2025, 2, 1))
    accounts = [loan("A-1", charges=[charge]), loan("A-2", product=Product.CARD), loan("A-3")]
    book = Portfolio.from_accounts(accounts)
    for place in dq.PenaltyPlace:
        answer = penalty_interest(book, as_of=date(2025, 3, 2), policy=rules(place))
        assert answer.accrued.tolist() == [1500, 1500, 1500]
        expected = [answer.row(row).posted * 100 for row in range(3)]
        assert answer.posted.tolist() == expected


def test_a_day_without_a_rate_is_refused_by_the_name_of_the_account() -> None:
    table = FixedPenaltyRate(((date(2025, 2, 10), dq.Rate.per_year("0.18")),))
    paid = dq.Payment(date(2025, 1, 31), 1110)
    good, bad = loan("A-1", payments=[paid]), loan("A-2")
    for place in (dq.PenaltyPlace.OUTSIDE, dq.PenaltyPlace.ON_DEMAND):
        policy = rules(place, rate=table)
        answer = penalty_interest(
            Portfolio.from_accounts([good]), as_of=date(2025, 3, 2), policy=policy
        )
        assert answer.accrued.tolist() == [0]
        book = Portfolio.from_accounts([good, bad])
        with pytest.raises(
            InvalidValueError, match="account 'A-2', fixed penalty rate: expected d"
        ):
            penalty_interest(book, as_of=date(2025, 3, 2), policy=policy)


@pytest.mark.parametrize(
    ("facts", "changes"),
    [
        ({}, {"rate": ContractMultiple("1.5")}),
        ({"contract_rates": [DatedRate(ORIGIN, dq.Rate.per_year("0.00000001"))]},
         {"rate": ContractMultiple("1.5")}),
        ({"events": [FundsMisuse(date(2025, 2, 1), None)]}, {}),
    ],
    ids=["no contract rate", "a product finer than a rate", "misuse without a factor"],
)  # fmt: skip
def test_what_the_account_refuses_the_book_refuses(facts: Any, changes: Any) -> None:
    account, policy = loan(**facts), rules(**changes)
    with pytest.raises(InvalidValueError) as alone:
        dq.penalty_interest(account, as_of=date(2025, 3, 2), policy=policy)
    with pytest.raises(InvalidValueError) as together:
        told(account, date(2025, 3, 2), policy)
    assert together.value.expected == alone.value.expected
    assert together.value.where == alone.value.where
    assert alone.value.where.startswith("account 'A-1', ")


def test_a_cap_finer_than_the_minor_unit_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="absolute cap"):
        told(loan(), date(2025, 3, 2), rules(caps=(AbsoluteCap(Decimal("0.001")),)))


def test_bad_arguments_are_refused() -> None:
    book = Portfolio.from_accounts([loan()])
    as_of: Any = date(2025, 3, 2)
    timeline = dq.rulebook.load("founding-report")
    for policy, hint in (
        (timeline, "policy.evolve("),
        (timeline.versions[0], "attrs.evolve(policy, "),
    ):
        with pytest.raises(PolicyError, match="penalty interest, found none") as refused:
            penalty_interest(book, as_of=as_of, policy=policy)
        assert hint in str(refused.value)
    with pytest.raises(InvalidTypeError, match="expected a Portfolio"):
        penalty_interest([loan()], as_of=as_of, policy=rules())  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="expected as_of"):
        penalty_interest(book, as_of="2025-03-02", policy=rules())  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="known_on"):
        penalty_interest(book, as_of=as_of, policy=rules(), known_on=20_000)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="expected an Engine"):
        penalty_interest(book, as_of=as_of, policy=rules(), engine="fast")  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="threads"):
        penalty_interest(book, as_of=as_of, policy=rules(), threads=0)


def test_each_account_is_judged_by_the_version_of_its_origination() -> None:
    old = attrs.evolve(
        rules(),
        validity=dq.Validity(
            effective_until=date(2025, 1, 1), selected_by=dq.SelectedBy.ORIGINATED_ON
        ),
    )
    new = attrs.evolve(
        rules(rate=FixedPenaltyRate(dq.Rate.per_year("0.36"))),
        validity=dq.Validity(
            effective_from=date(2025, 1, 1), selected_by=dq.SelectedBy.ORIGINATED_ON
        ),
    )
    later = attrs.evolve(loan("A-2"), originated_on=date(2025, 1, 1))
    book = Portfolio.from_accounts([loan("A-1"), later])
    answer = penalty_interest(
        book, as_of=date(2025, 2, 10), policy=dq.PolicyTimeline(name="house", versions=(old, new))
    )
    assert answer.accrued.tolist() == [500, 1000]
    assert [answer.row(row).accrued for row in range(2)] == [5, 10]


def test_an_answer_is_read_only_and_survives_a_pickle() -> None:
    book = Portfolio.from_accounts([loan()])
    answer = penalty_interest(book, as_of=date(2025, 3, 2), policy=rules())
    with pytest.raises(ValueError, match="read-only"):
        answer.penalty[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        answer.open_balances().principal[0] = 1
    again = pickle.loads(pickle.dumps(answer))
    assert again.accrued.tolist() == [1500]
    assert len(again) == 1
    assert repr(again) == "PortfolioPenaltyInterest(2025-03-02, 1 accounts, 1 that bore, CNY)"
    assert "15.00" in answer.explain(0).to_text()


def test_columns_and_frames_name_every_figure() -> None:
    book = Portfolio.from_accounts([loan()])
    answer = penalty_interest(book, as_of=date(2025, 3, 2), policy=rules())
    columns = answer.columns()
    assert list(columns) == [
        "account_id", "accrued", "penalty", "compound", "waived", "capped", "posted",
    ]  # fmt: skip
    assert np.array_equal(columns["accrued"], [1500])
    frame = answer.to_frame("pyarrow")
    assert str(frame["accrued"][0]) == "15.00"
    assert str(frame["as_of"][0]) == "2025-03-02"


def test_a_large_book_is_cut_into_blocks_without_a_seam() -> None:
    few = [loan(f"A-{number}") for number in range(3)]
    book = Portfolio.from_accounts(few)
    one = penalty_interest(book, as_of=date(2025, 3, 2), policy=rules(), threads=1)
    two = penalty_interest(book, as_of=date(2025, 3, 2), policy=rules(), threads=2)
    assert one.accrued.tolist() == two.accrued.tolist() == [1500] * 3
