"""What comes early, at its edges: moved due dates, money that is held, rates to come, rates below 0."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency import (
    AccrueTo,
    AmortisationMethod,
    BusinessDayConvention,
    ByDays,
    DayCount,
    FirstPeriod,
    InvalidValueError,
    LevelPayment,
    Moratorium,
    Prepayment,
    PrepaymentEffect,
    Rate,
    RateChange,
    RateChangeEffect,
    Surplus,
    accrued_interest,
    amortisation_table,
    interest_between,
    prepay,
    settlement_quote,
)

LOWER, SHORTER = PrepaymentEffect.LOWER_PAYMENT, PrepaymentEffect.SHORTER_TERM
HELD = PrepaymentEffect.HELD
TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=120_000,
    annual_rate=Rate.per_year("0.06"),
    first_due_date=date(2025, 1, 11),
    instalment_count=12,
    method=AmortisationMethod.ANNUITY,
)
LONG = attrs.evolve(
    TERMS,
    annual_rate=Rate.per_year("0.05"),
    first_due_date=date(2025, 1, 31),
    instalment_count=36,
    rate_change_effect=RateChangeEffect.NEW_TERM,
)


def early(day: date, amount: Decimal | int, effect: PrepaymentEffect) -> Prepayment:
    return Prepayment(paid_on=day, amount=amount, effect=effect)


@pytest.mark.parametrize(
    ("convention", "refused", "taken"),
    [
        # 11 May 2025 is a Sunday: due on the 9th, or on the 12th, while interest runs to the 11th.
        (BusinessDayConvention.PRECEDING, (9, 10), (8, 11)),
        (BusinessDayConvention.FOLLOWING, (11,), (10, 12)),
    ],
)
def test_no_money_comes_between_a_due_date_and_the_end_of_its_interest(
    convention: BusinessDayConvention, refused: tuple[int, ...], taken: tuple[int, ...]
) -> None:
    moved = attrs.evolve(
        TERMS,
        calendar=dq.WEEKENDS_ONLY,
        convention=convention,
        accrue_to=AccrueTo.UNADJUSTED,
    )
    for number in refused:
        with pytest.raises(InvalidValueError, match="no day between 2025-05-"):
            prepay(moved, [early(date(2025, 5, number), 10_000, LOWER)])
        assert prepay(moved, [early(date(2025, 5, number), 10_000, HELD)]).outcomes[0].credit
    for number in taken:
        day = date(2025, 5, number)
        total = settlement_quote(moved, as_of=day).total
        left = prepay(moved, [early(day, total, SHORTER)])
        assert left.outcomes[0].balance == 0
        assert settlement_quote(left, as_of=day).total == 0


@pytest.mark.parametrize("carries", [False, True])
def test_interest_that_waited_falls_due_beside_a_payment_below_the_interest(carries: bool) -> None:
    terms = attrs.evolve(
        TERMS,
        instalment_count=6,
        moratorium=Moratorium(principal_instalments=3, interest_instalments=3),
        may_capitalise=True,
        carries_fractions=carries,
        level_payment=LevelPayment(amount=500),
    )
    table = amortisation_table(terms)
    # Three months of 600 waited; then 500 of 600 are paid, and 100 becomes principal.
    assert table[3].payment == 1800 + 500
    assert table[3].capitalised == 100
    whole = interest_between(table, start=date(2024, 12, 1), end=date(2026, 1, 1))
    assert whole == table.total_interest
    assert accrued_interest(table, as_of=table[-1].due_date) == 0


def test_a_payment_that_stays_is_not_lowered_before_a_rate_that_was_not_known() -> None:
    terms = attrs.evolve(LONG, rate_changes=[RateChange(date(2025, 12, 31), Rate.per_year("0.15"))])
    day = date(2025, 6, 30)
    with pytest.raises(InvalidValueError, match="Leave out changes of rate"):
        prepay(terms, [early(day, 1000, LOWER)])
    known = attrs.evolve(terms, rate_changes=())
    assert len(prepay(known, [early(day, 1000, LOWER)])) == 36
    assert len(prepay(terms, [early(day, 1000, SHORTER)])) <= len(amortisation_table(terms))
    with pytest.raises(InvalidValueError, match="surplus: expected another one"):
        dq.recalculate(
            terms,
            payments=[],
            as_of=day,
            recalculation=dq.Recalculation(surplus=Surplus.LOWER_PAYMENT),
        )


def test_money_that_is_held_and_the_quote_settle_together_for_good() -> None:
    terms = attrs.evolve(TERMS, first_due_date=date(2025, 1, 15))
    held, day = early(date(2025, 3, 20), 50_000, HELD), date(2025, 4, 20)
    quote = settlement_quote(prepay(terms, [held]), as_of=day)
    assert quote.credit == Decimal("39672.03")
    left = prepay(terms, [held, early(day, quote.total, SHORTER)])
    assert left.outcomes[-1].credit == -quote.credit
    assert left.outcomes[-1].balance == 0
    for later in (day, date(2025, 5, 15), date(2025, 6, 20)):
        assert settlement_quote(left, as_of=later).total == 0
    assert left.total_payment == 120_000 + left.total_interest


def test_a_bullet_with_spread_days_takes_money_on_a_due_date_and_later() -> None:
    terms = attrs.evolve(
        TERMS,
        first_due_date=date(2025, 1, 31),
        instalment_count=6,
        method=AmortisationMethod.BULLET,
        disbursed_on=date(2024, 12, 11),
        first_period=FirstPeriod.SPREAD,
        interest_basis=ByDays(DayCount.ACT_360),
    )
    days = (date(2025, 1, 31), date(2025, 3, 5))
    left = prepay(terms, [early(day, 5000, LOWER) for day in days])
    assert left.total_payment == 120_000 + left.total_interest
    in_force = [row for row in left.schedule if row.in_force_until is None]
    assert sum(row.principal for row in in_force) == 120_000


def test_a_rate_that_changes_within_a_first_period_of_another_length_accrues_by_days() -> None:
    """One period of 600 bears for the days that there are, six days at 6 % and three at 6.1 %."""
    for lent, days in ((date(2025, 2, 5), 10), (date(2025, 1, 1), 45)):
        terms = attrs.evolve(
            TERMS,
            first_due_date=date(2025, 2, 15),
            first_period=FirstPeriod.AS_REGULAR,
            disbursed_on=lent,
            rate_changes=[RateChange(date(2025, 2, 12), Rate.per_year("0.061"))],
        )
        first = amortisation_table(terms)[0].interest
        one = accrued_interest(terms, as_of=date(lent.year, lent.month, lent.day + 1))
        assert abs(one - first / days) < Decimal("0.30")
        two = accrued_interest(terms, as_of=date(lent.year, lent.month, lent.day + 2))
        assert abs(two - 2 * one) <= Decimal("0.01")


def test_a_repeated_rate_changes_no_term() -> None:
    def made(*days: date) -> dq.AmortisationTable:
        changes = [RateChange(day, Rate.per_year("0.26")) for day in days]
        return amortisation_table(attrs.evolve(LONG, rate_changes=changes))

    once, twice = made(date(2025, 6, 1)), made(date(2025, 6, 1), date(2025, 9, 1))
    assert once.rows == twice.rows
    assert len(once) == 52


def test_a_calendar_that_covers_the_new_term_is_enough() -> None:
    until_2028 = dq.HolidayCalendar.from_holidays(
        "CN", holidays=[], first=date(2024, 1, 1), last=date(2028, 12, 31)
    )
    terms = attrs.evolve(
        LONG,
        calendar=until_2028,
        convention=BusinessDayConvention.FOLLOWING,
        rate_changes=[RateChange(date(2025, 6, 1), Rate.per_year("0.06"))],
    )
    assert len(amortisation_table(terms)) == 37
    higher = [RateChange(date(2025, 6, 1), Rate.per_year("0.30"))]
    with pytest.raises(InvalidValueError, match="calendar 'CN'"):
        amortisation_table(attrs.evolve(terms, rate_changes=higher))


def test_a_loan_of_a_new_term_is_repriced_as_long_as_it_may_run() -> None:
    published = dq.ReferenceRates(
        name="LPR",
        rates=[
            (date(2024, 1, 1), Rate.per_year("0.05")),
            (date(2025, 3, 1), Rate.per_year("0.15")),
            (date(2028, 3, 1), Rate.per_year("0.02")),
        ],
        covered_until=date(2030, 1, 1),
    )
    changes = dq.reprice(
        published,
        terms=LONG,
        margin=Rate.per_year(0),
        repricing=dq.Repricing.EVERY_THREE_MONTHS,
        as_of=date(2029, 1, 1),
    )
    assert [change.effective_on for change in changes] == [date(2025, 3, 31), date(2028, 3, 31)]


def test_by_days_the_day_of_the_loan_is_that_from_which_interest_runs() -> None:
    """15 February 2025 is a Saturday: interest by days runs from the 17th, or from the nominal 15th."""
    terms = attrs.evolve(
        TERMS,
        first_due_date=date(2025, 3, 15),
        interest_basis=ByDays(DayCount.ACT_365F),
        calendar=dq.WEEKENDS_ONLY,
        convention=BusinessDayConvention.FOLLOWING,
    )
    for accrue_to, fits, other in ((AccrueTo.ADJUSTED, 17, 15), (AccrueTo.UNADJUSTED, 15, 17)):
        attrs.evolve(terms, accrue_to=accrue_to, disbursed_on=date(2025, 2, fits))
        with pytest.raises(InvalidValueError, match=f"expected 2025-02-{fits}"):
            attrs.evolve(terms, accrue_to=accrue_to, disbursed_on=date(2025, 2, other))


@pytest.mark.parametrize("method", [AmortisationMethod.INTEREST_ONLY])
def test_what_a_lender_would_owe_is_no_schedule(method: AmortisationMethod) -> None:
    below: dict[str, Any] = {"annual_rate": Rate.per_year("-0.01"), "method": method}
    with pytest.raises(InvalidValueError, match="A schedule is what a debtor owes"):
        prepay(attrs.evolve(TERMS, **below), [early(date(2025, 2, 20), 500, LOWER)])
    counted = dq.recalculate(
        attrs.evolve(TERMS, **below),
        payments=[],
        as_of=date(2025, 2, 1),
        recalculation=dq.Recalculation(surplus=Surplus.IN_ADVANCE),
    )
    with pytest.raises(InvalidValueError, match="instalment 1: expected an amount of 0 or more"):
        counted.schedule  # noqa: B018


def test_a_quote_in_advance_settles_a_loan_that_repays_at_its_end() -> None:
    only = attrs.evolve(
        TERMS,
        method=AmortisationMethod.INTEREST_ONLY,
        interest_basis=ByDays(DayCount.ACT_365F),
    )
    rule, day = dq.Recalculation(surplus=Surplus.IN_ADVANCE), date(2025, 1, 8)
    total = (
        dq.recalculate(only, payments=[], as_of=day, recalculation=rule).settlement_quote().total
    )
    after = dq.recalculate(
        only,
        payments=[dq.Payment(day, total)],
        as_of=date(2025, 6, 30),
        recalculation=rule,
    )
    assert after.settlement_quote().total == after.balance == after.credit == 0
