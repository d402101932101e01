"""The kernels of the extended ledger at the edges of each fact, beside the account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.amounts import from_minor
from delinquency.policy import settles_by_totals
from delinquency.portfolio import Engine, Portfolio, assess, history, instalment_ages
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.portfolio.sweeps import run_ledger
from delinquency.portfolio.versions import ledgers_by_version
from tests.equivalence.compare import breakdown_of

CNY = dq.Currency.of("CNY")
BEGUN = date(2024, 12, 31)
DUES = (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
ORDER = dq.AllocationOrder.oldest_first("penalty", "fees", "interest", "principal")
OTHER = dq.AllocationOrder.oldest_first("principal", "interest", "fees", "penalty")
ENGINES = (Engine.COMPILED, Engine.INTERPRETED) if HAS_COMPILER else (Engine.INTERPRETED,)


def policy(**changes: Any) -> dq.Policy:
    usual: dict[str, Any] = {
        "name": "house",
        "counting": dq.Counting(),
        "allocation": ORDER,
        "penalty_in_waterfall": dq.PenaltyPlace.OUTSIDE,
        "buckets": dq.rulebook.load("founding-report").versions[0].buckets,
    }
    return dq.Policy(**{**usual, **changes})


def account(**facts: Any) -> dq.Account:
    rows = [dq.Instalment(due, 100, 10) for due in DUES]
    usual = {
        "account_id": "A",
        "originated_on": BEGUN,
        "schedule": dq.Schedule(CNY, rows),
    }
    return dq.Account(**{**usual, **facts})


def assert_equal(one: dq.Account, rules: dq.Policy, as_of: date, known_on: Any = None) -> None:
    """The book equals the account in every figure, compiled and not."""
    book = Portfolio.from_accounts([one])
    answer = dq.assess(one, as_of=as_of, policy=rules, known_on=known_on)
    numbers = rule_numbers(rules, as_of=as_of, known_on=known_on, currency=CNY)
    for engine in ENGINES:
        told = assess(book, as_of=as_of, policy=rules, known_on=known_on, engine=engine)
        assert told.days_past_due.tolist() == [answer.days_past_due]
        assert told.arrears.tolist() == [answer.count.arrears]
        _, more = run_ledger(book, rules, numbers, breakdown=True, engine=engine)
        ledger = answer.ledger
        assert more.breakdown[0].tolist() == breakdown_of(ledger)
        assert more.written_off.tolist() == [int(ledger.written_off * 100)]
        assert more.unallocated.tolist() == [ledger.unallocated_minor]
        assert more.exposure.tolist() == [int(answer.exposure * 100)]


DAY = date(2025, 2, 15)
EVENTS = [
    dq.Waiver(DAY, dq.Component.INTEREST),
    dq.Waiver(DAY, dq.Component.INTEREST, 15),
    dq.WriteOff(DAY),
    dq.WriteOff(DAY, dq.Component.PRINCIPAL),
    dq.WriteOff(DAY, dq.Component.PRINCIPAL, 150),
    dq.Closure(DAY),
    dq.Acceleration(DAY),
    dq.Acceleration(DAY, 3),
    dq.ChargeBack(charge_back_id="CB", value_date=DAY, principal=20, fees=1),
]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("excess", list(dq.Excess))
@pytest.mark.parametrize("step", [-1, 0, 1, 60])
def test_a_fact_takes_effect_on_its_day_and_not_before(
    event: Any, excess: dq.Excess, step: int
) -> None:
    order = dq.AllocationOrder.oldest_first(
        "penalty", "fees", "interest", "principal", excess=excess
    )
    money = [
        dq.Payment(DAY, 60),
        dq.Payment(DAY, 30, dq.PaymentKind.RECOVERY),
        dq.Payment(date(2025, 3, 10), 250, dq.PaymentKind.REFUND),
    ]
    one = account(events=[event], payments=money)
    assert_equal(one, policy(allocation=order), DAY + timedelta(step))


@pytest.mark.parametrize("event", [EVENTS[0], EVENTS[2], EVENTS[6], EVENTS[8]])
@pytest.mark.parametrize("step", [-1, 0])
def test_a_fact_known_late_or_undone_counts_by_the_cut(event: Any, step: int) -> None:
    later = DAY + timedelta(9)
    as_of = date(2025, 4, 30)
    known_late = account(events=[attrs.evolve(event, recorded_on=later)])
    undone = account(events=[attrs.evolve(event, reversed_on=later)])
    assert_equal(known_late, policy(), as_of, later + timedelta(step))
    assert_equal(undone, policy(), later + timedelta(step))
    assert_equal(undone, policy(), as_of, later + timedelta(step))


def test_interest_of_the_running_period_stays_exact_near_the_largest_amount() -> None:
    rows = [dq.Instalment(date(2190, 1, 1), 0, from_minor(9 * 10**14 + 7, CNY))]
    one = account(schedule=dq.Schedule(CNY, rows), events=[dq.Acceleration(date(2130, 6, 30))])
    assert_equal(one, policy(), date(2130, 6, 30))
    assert_equal(one, policy(), date(2130, 6, 29))


@pytest.mark.parametrize("open_rest", [4, 5, 6])
def test_what_is_open_within_the_closing_tolerance_is_waived(open_rest: int) -> None:
    one = account(payments=[dq.Payment(DUES[2], 330 - open_rest)])
    rules = policy(closing_tolerance=5)
    assert_equal(one, rules, DUES[2] + timedelta(1))
    book = Portfolio.from_accounts([one])
    late = assess(book, as_of=DUES[2] + timedelta(1), policy=rules).days_past_due.tolist()
    assert late == [0 if open_rest <= 5 else 1]


@pytest.mark.parametrize("days", [89, 90, 91])
def test_the_order_changes_at_the_age_that_the_policy_names(days: int) -> None:
    rules = policy(allocation_by_age=[dq.AgeSwitch(90, OTHER)])
    paid = DUES[0] + timedelta(days)
    one = account(payments=[dq.Payment(paid, 15)])
    assert_equal(one, rules, paid)
    book = Portfolio.from_accounts([one])
    numbers = rule_numbers(rules, as_of=paid, known_on=None, currency=CNY)
    _, more = run_ledger(book, rules, numbers, breakdown=True)
    assert more.breakdown[0, 1] == (2_000 if days < 90 else 3_000)


def card(*billed: int, **facts: Any) -> dq.Account:
    rows = [
        dq.Instalment(due, 100, 10, in_force_from=due - timedelta(days))
        for due, days in zip(DUES, billed, strict=True)
    ]
    schedule = dq.Schedule(CNY, rows)
    return account(product=dq.Product.CARD, schedule=schedule, **facts)


@pytest.mark.parametrize("billed", [(25, 25, 25), (25, 50, 90), (0, 0, 0)])
@pytest.mark.parametrize("excess", list(dq.Excess))
def test_rows_of_a_card_rank_by_the_day_on_which_they_were_billed(
    billed: tuple[int, ...], excess: dq.Excess
) -> None:
    order = dq.AllocationOrder.oldest_first(
        "penalty", "fees", "interest", "principal", excess=excess
    )
    money = [dq.Payment(date(2025, 1, 10), 150), dq.Payment(date(2025, 3, 10), 90)]
    for as_of in (date(2025, 1, 10), DUES[1], date(2025, 3, 10), date(2025, 6, 30)):
        assert_equal(card(*billed, payments=money), policy(allocation=order), as_of)


def test_a_charge_of_a_card_stands_with_the_row_that_it_names() -> None:
    charge = dq.Charge("C", dq.Component.FEES, 5, DUES[0], instalment_no=1, charged_on=BEGUN)
    one = card(25, 25, 25, charges=[charge], payments=[dq.Payment(date(2025, 1, 10), 5)])
    assert_equal(one, policy(), date(2025, 1, 10))


def test_a_charge_back_and_an_acceleration_are_late_debts_without_a_number() -> None:
    one = account(events=[EVENTS[6], EVENTS[8]])
    book = Portfolio.from_accounts([one])
    as_of = DAY + timedelta(10)
    for engine in ENGINES:
        ages = instalment_ages(book, as_of=as_of, policy=policy(), engine=engine)
        assert ages.row(0) == dq.instalment_ages(one, as_of=as_of, policy=policy())
        assert ages.instalment_no.tolist() == [1, 0, 0]
        assert ages.charge_no.tolist() == [0, 0, 0]


def book_of_kinds() -> Portfolio:
    """A plain loan, one with a refund, one with a waiver and a card without billing days."""
    facts: list[dict[str, Any]] = [
        {"payments": [dq.Payment(DAY, 60)]},
        {"payments": [dq.Payment(DAY, 60, dq.PaymentKind.REFUND)]},
        {"events": [EVENTS[0]]},
        {"product": dq.Product.CARD, "payments": [dq.Payment(DAY, 160)]},
    ]
    return Portfolio.from_accounts(
        account(**{**some, "account_id": f"A-{number}"}) for number, some in enumerate(facts)
    )


@pytest.mark.parametrize(
    ("changes", "totals_decide", "beside_totals", "beside_prefixes"),
    [
        ({}, True, [0, 0, 1, 0], [0, 0, 1, 1]),
        (
            {"allocation_by_kind": [dq.KindOrder(dq.PaymentKind.REFUND, OTHER)]},
            True,
            [0, 0, 1, 0],
            [0, 1, 1, 1],
        ),
        (
            {"allocation_by_kind": [dq.KindOrder(dq.PaymentKind.REFUND, ORDER)]},
            True,
            [0, 0, 1, 0],
            [0, 0, 1, 1],
        ),
        (
            {"allocation_by_kind": [dq.KindOrder(dq.PaymentKind.REPAYMENT, OTHER)]},
            True,
            [0, 0, 1, 0],
            [1, 1, 1, 1],
        ),
        ({"allocation_by_age": [dq.AgeSwitch(91, OTHER)]}, True, [0, 0, 1, 0], [1] * 4),
        ({"allocation_by_age": [dq.AgeSwitch(91, ORDER)]}, True, [0, 0, 1, 0], [0, 0, 1, 1]),
        ({"closing_tolerance": 1}, False, [1] * 4, [1] * 4),
        (
            {"counting": dq.Counting(components=[dq.Component.PRINCIPAL])},
            False,
            [0, 0, 1, 0],
            [0, 0, 1, 1],
        ),
        (
            {
                "allocation": dq.AllocationOrder.oldest_first(
                    "penalty", "fees", "interest", "principal", excess=dq.Excess.TO_BALANCE
                )
            },
            False,
            [0, 0, 1, 0],
            [1, 1, 1, 1],
        ),
    ],
)
def test_each_account_has_the_cheapest_sweep_that_is_right_for_it(
    changes: dict[str, Any],
    totals_decide: bool,
    beside_totals: list[int],
    beside_prefixes: list[int],
) -> None:
    book, rules = book_of_kinds(), policy(**changes)
    choice = sweep_choice(book, rules)
    assert choice.totals_decide is totals_decide
    assert choice.totals_decide or not settles_by_totals(rules)
    if totals_decide:
        assert choice.beside_totals.tolist() == [bool(flag) for flag in beside_totals]
    assert choice.beside_prefixes.tolist() == [bool(flag) for flag in beside_prefixes]
    for row, one in enumerate(book):
        for as_of in (DAY, DUES[1], date(2025, 5, 1)):
            assert_equal(one, rules, as_of)
            answer = dq.assess(one, as_of=as_of, policy=rules)
            told = assess(book, as_of=as_of, policy=rules)
            assert int(told.arrears[row]) == answer.count.arrears


def test_a_history_replays_what_totals_do_not_decide() -> None:
    rules = policy(allocation_by_kind=[dq.KindOrder(dq.PaymentKind.REFUND, OTHER)])
    dates = [DAY - timedelta(1), DAY, DUES[1], date(2025, 6, 30)]
    book = book_of_kinds()
    told = history(book, dates=dates, policy=rules)
    for place, day in enumerate(dates):
        answer = assess(book, as_of=day, policy=rules)
        assert np.array_equal(told.arrears[:, place], answer.arrears)
        assert np.array_equal(told.days_past_due[:, place], answer.days_past_due)


def test_the_breakdown_of_versions_is_that_of_each_account_under_its_own() -> None:
    one, two = policy(), policy(name="other", allocation=OTHER)
    by_origin = dq.SelectedBy.ORIGINATED_ON
    turn = date(2024, 12, 1)
    versions = (
        attrs.evolve(two, validity=dq.Validity(None, turn, by_origin)),
        attrs.evolve(one, validity=dq.Validity(turn, None, by_origin)),
    )
    money = [dq.Payment(DUES[0], 50)]
    early = account(account_id="B", originated_on=date(2024, 11, 1), payments=money)
    book = Portfolio.from_accounts([account(payments=money), early])
    more = ledgers_by_version(
        book,
        versions,
        np.array([1, 0], dtype=np.int16),
        as_of=DUES[0],
        known_on=None,
        breakdown=True,
    )
    assert more.breakdown[:, 4:6].tolist() == [[6_000, 0], [5_000, 1_000]]
    assert more.breakdown[:, :4].sum() == 0
    assert more.breakdown[:, 8:10].tolist() == [[20_000, 2_000]] * 2
    plain = ledgers_by_version(
        book, versions, np.array([1, 0], dtype=np.int16), as_of=DUES[0], known_on=None
    )
    assert plain.breakdown.shape == (0, 12)
