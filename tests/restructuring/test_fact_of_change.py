"""The fact that a plan records: the first due date after it, and the end of a grace period."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio import restructure as restructure_book
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    PaymentHoliday,
    PrincipalDeferral,
    Restructured,
    RestructuringPlan,
    TermExtension,
    restructure,
)
from delinquency.restructuring.following import plan_clocks

DAY = date(2025, 3, 1)
POLICY = dq.rulebook.load("founding-report")
PRINCIPAL, FEES = dq.Component.PRINCIPAL, dq.Component.FEES
ENGINES = [Engine.INTERPRETED, *([Engine.COMPILED] if HAS_COMPILER else [])]


def loan(code: str = "CNY", count: int = 18, rate: str = "0.12") -> dq.Account:
    """100.00 a month from January 2025 on, nothing paid, a fee of 5.00 past due."""
    rows = [dq.Instalment(date(2025 + n // 12, n % 12 + 1, 15), 100, 1) for n in range(count)]
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 15),
        schedule=dq.Schedule(dq.Currency.of(code), rows),
        charges=[dq.Charge("F-1", FEES, 5, date(2025, 2, 1))],
        contract_rates=[dq.DatedRate(date(2024, 12, 15), dq.Rate.per_year(rate))],
    )


def plan_of(*measures) -> RestructuringPlan:
    return RestructuringPlan(
        measures=measures, effective_on=DAY, day_count=dq.DayCount.THIRTY_E_360
    )


def done_by(*measures, account=None, policy=POLICY) -> Restructured:
    return restructure(account or loan(), plan_of(*measures), as_of=DAY, policy=policy)


def change_of(account: dq.Account) -> dq.Restructuring:
    (change,) = (each for each in account.events if isinstance(each, dq.Restructuring))
    return change


CASES = [
    ((ArrearsWaiver([FEES]),), date(2025, 3, 15), None),
    ((ArrearsSpread(),), date(2025, 3, 15), None),
    ((TermExtension(2),), date(2025, 3, 15), None),
    ((PaymentHoliday(3),), date(2025, 3, 15), date(2025, 5, 16)),
    ((PaymentHoliday(3, DeferredInterest.ACCRUED),), date(2025, 6, 15), date(2025, 5, 16)),
    ((PaymentHoliday(3, DeferredInterest.CAPITALISED),), date(2025, 6, 15), date(2025, 5, 16)),
    ((PaymentHoliday(3, DeferredInterest.WAIVED),), date(2025, 6, 15), date(2025, 5, 16)),
    (
        (PaymentHoliday(2, DeferredInterest.WAIVED, from_due_on=date(2025, 4, 1)),),
        date(2025, 3, 15),
        date(2025, 5, 16),
    ),
]


@pytest.mark.parametrize(("measures", "first", "grace"), CASES)
def test_the_first_due_date_is_one_on_which_something_is_asked_for(measures, first, grace) -> None:
    change = change_of(done_by(*measures).after)
    assert (change.first_due_on, change.grace_until) == (first, grace)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_book_records_the_same(engine: Engine) -> None:
    accounts = [attrs.evolve(loan(), account_id=f"A-{place}", charges=[]) for place in range(7)]
    plans = [plan_of(*measures) for measures, *_ in CASES[1:]]
    done = restructure_book(
        Portfolio.from_accounts(accounts),
        plans,
        as_of=DAY,
        policy=POLICY,
        chosen=list(range(7)),
        engine=engine,
    )
    after = done.after(engine=engine)
    told = [change_of(after.account(row)) for row in range(7)]
    assert [(each.first_due_on, each.grace_until) for each in told] == [
        (first, grace) for _, first, grace in CASES[1:]
    ]


def test_a_balloon_without_interest_is_asked_for_once() -> None:
    """All principal waits for the last due date and bears nothing: nothing falls due before."""
    account = loan(count=4, rate="0")
    whole = PrincipalDeferral(share=dq.Proportion(1, 1))
    everything = Capitalisation([PRINCIPAL, dq.Component.INTEREST])
    change = change_of(done_by(everything, whole, account=account).after)
    assert (change.first_due_on, change.grace_until) == (date(2025, 4, 15), None)


def test_observation_in_china_starts_after_a_holiday() -> None:
    """Order 2023 No. 1, Article 20: from the first repayment date that was agreed, for a year at least."""
    policy = dq.rulebook.load("cn-loan")
    done = done_by(ArrearsSpread(), PaymentHoliday(6, DeferredInterest.CAPITALISED), policy=policy)
    clock = plan_clocks(done, (), as_of=date(2025, 9, 15), policy=policy, machine="重组资产")[0]
    assert (clock.since, clock.until) == (date(2025, 9, 15), date(2026, 9, 15))


def test_a_default_in_europe_is_cured_a_year_after_the_holiday() -> None:
    """EBA/GL/2016/07, paragraph 72: from the end of the grace period where that is the latest."""
    policy = dq.rulebook.load("eu-default-retail")
    gives_up = Forgiveness(PRINCIPAL, share=dq.Proportion(1, 4))
    done = done_by(ArrearsSpread(), gives_up, PaymentHoliday(3), account=loan("EUR"), policy=policy)
    paid = [dq.Payment(row.due_date, row.after.total) for row in done.schedule_rows if row.after]
    account = attrs.evolve(done.after, payments=paid)
    told = [
        dq.assess_status(account, as_of=each, policy=policy).states["default"].code
        for each in (date(2026, 3, 1), date(2026, 5, 15), date(2026, 5, 16))
    ]
    assert told == ["restructured default", "restructured default", "not in default"]
