"""The figure to quote on a day of a plan is what a plan that follows it would read."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.errors import InvalidValueError
from delinquency.restructuring import (
    AgreedPayment,
    ArrearsSpread,
    Capitalisation,
    PaymentHoliday,
    ReAgeing,
    ReAgeInterest,
    ReducedPayments,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
    restructure,
)

POLICY = dq.rulebook.load("cn-loan")
BEGUN, DAY = date(2025, 1, 15), date(2026, 3, 1)
COUNT = dq.DayCount.THIRTY_E_360
RATE = dq.Rate.per_year("0.144")
MADE_PRINCIPAL = Capitalisation([dq.Component.PRINCIPAL, dq.Component.INTEREST])


def loan(rate: dq.Rate = RATE) -> dq.Account:
    """30,000 over 24 months at 1.2 % a month, ten of which were paid; the contract may say another rate."""
    rows = dq.repayment_schedule(
        dq.RepaymentTerms(
            currency=dq.Currency.of("CNY"),
            principal=30_000,
            instalment_count=24,
            annual_rate=RATE,
            disbursed_on=BEGUN,
            first_due_date=date(2025, 2, 15),
            method=dq.AmortisationMethod.ANNUITY,
        )
    )
    return dq.Account(
        account_id="C-1",
        originated_on=BEGUN,
        schedule=rows,
        contract_rates=[dq.DatedRate(BEGUN, rate)],
        charges=[dq.Charge("F-1", dq.Component.PENALTY, Decimal("88.20"), date(2026, 2, 28))],
        payments=[dq.Payment(row.due_date, row.total) for row in rows[:10]],
    )


def put(account: dq.Account, *measures: object, on: date = DAY, previous: object = None):
    plan = RestructuringPlan(measures=measures, effective_on=on, day_count=COUNT)
    return restructure(account, plan, as_of=on, policy=POLICY, previous=previous)


STEPS = [AgreedPayment(6, 100), AgreedPayment(3, 500)]
PLANS = {
    "spread": [ArrearsSpread()],
    "made principal": [MADE_PRINCIPAL, TermExtension(12)],
    "spread over more": [ArrearsSpread(), TermExtension(12)],
    "a holiday": [ArrearsSpread(), PaymentHoliday(3)],
    **{
        f"a holiday, {kind.value}": [MADE_PRINCIPAL, PaymentHoliday(6, kind)]
        for kind in DeferredInterest
    },
    **{
        f"less, {kind.value}": [MADE_PRINCIPAL, TermExtension(18), ReducedPayments(STEPS, kind)]
        for kind in DeferredInterest
    },
}


@pytest.mark.parametrize("measures", PLANS.values(), ids=PLANS)
def test_the_figure_to_quote_is_what_the_next_plan_reads(measures: list[object]) -> None:
    """On the day of the plan all that is owed after it; on no day less than on the one before."""
    done = put(loan(), *measures)
    assert done.payoff_on(DAY) == done.debt_after
    days = [DAY + timedelta(number) for number in (0, 1, 14, 31, 120, 214, 294)]
    told = [done.payoff_on(day).total for day in days]
    assert told == sorted(told)
    read = 0
    for day in days[1:]:
        with suppress(InvalidValueError):  # a holiday must be over and paid for
            then = put(done.after, on=day, previous=done)
            assert done.payoff_on(day) == then.debt_before
            read += 1
    assert read


def test_interest_that_becomes_principal_later_is_not_owed_before_it_is_borne() -> None:
    """At 1.2 % a month 19,251.58 bear 107.81 in 14 days, which becomes principal; the 16th bears 7.74."""
    done = put(loan(), MADE_PRINCIPAL, PaymentHoliday(6, DeferredInterest.CAPITALISED))
    owed = done.debt_after
    on = done.payoff_on(date(2026, 3, 16))
    assert on.total == owed.total + Decimal("107.81") + Decimal("7.74")
    waived = put(loan(), MADE_PRINCIPAL, PaymentHoliday(6, DeferredInterest.WAIVED))
    assert waived.payoff_on(date(2026, 8, 15)) == waived.debt_after


def test_of_a_settlement_its_payments_are_to_be_quoted() -> None:
    payments = [SettlementPayment(date(2026, month, 20), amount=6000) for month in (3, 4)]
    done = put(loan(), Settlement(payments))
    assert done.payoff_on(date(2026, 4, 1)).total == 12_000


def test_what_cannot_be_quoted_is_refused() -> None:
    done = put(loan(), ArrearsSpread())
    with pytest.raises(InvalidValueError, match="on or after that of the plan, 2026-03-01"):
        done.payoff_on(date(2026, 2, 28))
    agreed = ReAgeing(12, date(2026, 4, 1), interest=ReAgeInterest.ALL_IN_EQUAL_PARTS)
    flat = put(loan(), agreed)
    assert flat.payoff_on(DAY) == flat.debt_after
    with pytest.raises(InvalidValueError, match="agreed in equal parts"):
        flat.payoff_on(date(2026, 3, 2))
    earned = ReAgeing(12, date(2026, 4, 1), interest=ReAgeInterest.EARNED_IN_EQUAL_PARTS)
    bare = put(loan(), earned)
    assert bare.payoff_on(date(2026, 5, 2)).total == bare.debt_after.total


def test_the_reasons_tell_the_figure_and_what_a_breakdown_says_in_both_languages() -> None:
    done = put(loan(), ArrearsSpread())
    read = dq.breakdown(done.after, as_of=DAY, policy=POLICY)
    told = done.payoff_reasons(DAY)
    assert told.value == done.debt_after.total
    more = done.debt_after.total - read.payoff
    assert f"{more} CNY less" in told.to_text()
    assert f"少 {more} CNY" in told.to_text(lang="zh")
    assert "The figure to quote is payoff_on" in str(read)
    assert "payoff_on" in read.explanation.to_text(lang="zh")
    assert "payoff_on" not in str(dq.breakdown(loan(), as_of=DAY, policy=POLICY))
    less = put(loan(), MADE_PRINCIPAL, PaymentHoliday(6, DeferredInterest.CAPITALISED))
    assert "CNY more" in less.payoff_reasons(DAY).to_text()


@pytest.mark.parametrize(
    ("rate", "is_another"), [("0.144", False), ("0.142", False), ("0.05", True), ("0.2", True)]
)
def test_rows_that_bear_another_rate_than_the_contract_says_are_told(
    rate: str, is_another: bool
) -> None:
    """A day count may explain a fiftieth, 0.142 for 0.144; it does not explain 0.05."""
    done = put(loan(dq.Rate.per_year(rate)), TermExtension(6))
    assert done.bears_another_rate is is_another
    for lang in ("en", "zh"):
        assert ("contract_rates" in done.explanation.to_text(lang=lang)) is is_another
    again = put(done.after, TermExtension(1), on=date(2026, 3, 20), previous=done)
    assert not again.bears_another_rate


def test_a_rate_below_0_is_refused_in_an_account_and_in_a_book() -> None:
    account = loan(dq.Rate.per_year("-0.05"))
    with pytest.raises(InvalidValueError, match="contract_rates: expected a rate of 0 or more"):
        put(account, TermExtension(6))
    plan = RestructuringPlan(measures=[TermExtension(6)], effective_on=DAY, day_count=COUNT)
    book = dq.portfolio.restructure(
        dq.portfolio.Portfolio.from_accounts([account]),
        plan,
        as_of=DAY,
        policy=POLICY,
        on_error="quarantine",
    )
    assert "a rate of 0 or more" in book.refusals[0].reason
