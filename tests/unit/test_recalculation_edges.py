"""Recalculation at its edges: lowered payments, money that waits, balloons, the day of the loan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency import (
    AmortisationMethod,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    PaymentStep,
    PrepaymentEffect,
    Proportion,
    Rate,
    RateChange,
    Surplus,
    amortisation_table,
    prepay,
)

TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=12_000,
    annual_rate=Rate.per_year("0.12"),
    first_due_date=date(2025, 1, 31),
    instalment_count=12,
    method=AmortisationMethod.ANNUITY,
)
JANUARY = date(2025, 1, 31)


def recalculated(
    terms: dq.RepaymentTerms, money: dict[date, Decimal | int], as_of: date, surplus: Surplus
) -> dq.amortisation.RecalculatedTable:
    return dq.recalculate(
        terms,
        payments=[dq.Payment(day, amount) for day, amount in money.items()],
        as_of=as_of,
        recalculation=dq.Recalculation(surplus=surplus),
    )


def test_a_lowered_payment_bears_the_rest_of_the_period_in_which_money_came() -> None:
    day = date(2025, 2, 1)
    money = {JANUARY: Decimal("1066.19"), day: 3000}
    rows = recalculated(TERMS, money, day, Surplus.LOWER_PAYMENT).rows
    # By hand: one day of 28 of February on 11,053.81, the rest of it and March on what is left.
    opening = Fraction("11053.81")
    interest = (opening / 100 / 28).limit_denominator(10**9)
    paid = [rows[1].interest, rows[1].principal]
    assert abs(Fraction(paid[0]) - interest) <= Fraction(1, 200)
    left = opening - Fraction(paid[1])
    first = 1 + Fraction(27, 28) / 100 + Fraction(1, 100)
    value_of_one = sum(1 / (first * Fraction(101, 100) ** number) for number in range(10))
    expected = (left / value_of_one).limit_denominator(10**9)
    assert {row.payment for row in rows[2:-1]} == {Decimal("858.88")}
    assert abs(Fraction("858.88") - expected) <= Fraction(1, 200)
    assert abs(rows[-1].payment - Decimal("858.88")) < Decimal("0.10")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {
            "level_payment": LevelPayment(
                steps=(PaymentStep(from_instalment=7, share=Proportion(11, 10)),)
            )
        },
        {
            "level_payment": LevelPayment(basis=dq.NominalPeriods()),
            "interest_basis": dq.ByDays(dq.DayCount.ACT_365F),
        },
        {"rate_changes": [RateChange(date(2025, 6, 30), Rate.per_year("0.06"))]},
        {"method": AmortisationMethod.EQUAL_PRINCIPAL},
        {"balloon": 6000},
    ],
)
@pytest.mark.parametrize("effect", ["LOWER_PAYMENT", "SHORTER_TERM"])
def test_money_on_a_due_date_does_what_a_prepayment_of_that_day_does(
    change: dict[str, Any], effect: str
) -> None:
    """Steps, a basis of its own, rates to come and a balloon are kept, by the one as by the other."""
    terms = attrs.evolve(TERMS, **change)
    due = amortisation_table(terms)[0].payment
    counted = recalculated(terms, {JANUARY: due + 3000}, JANUARY, Surplus[effect])
    early = dq.Prepayment(paid_on=JANUARY, amount=3000, effect=PrepaymentEffect[effect])
    left = prepay(terms, [early])
    assert [row.payment for row in counted.rows[1:]] == [row.payment for row in left[1:]]


def test_spare_money_closes_no_row_that_owes_nothing_yet() -> None:
    quiet = attrs.evolve(TERMS, moratorium=Moratorium(principal_instalments=6))
    # Twenty of thirty-one days of 120.00 are paid on the 20th; 22.58 wait.
    counted = recalculated(quiet, {date(2025, 1, 20): 100}, date(2025, 1, 21), Surplus.IN_ADVANCE)
    assert counted.credit == Decimal("22.58")
    assert [str(row.interest) for row in counted.rows[:3]] == ["77.42", "162.58", "120.00"]
    assert [row.paid_on for row in counted.rows[1:]] == [None] * 11


def test_money_that_waits_settles_what_falls_due() -> None:
    only = attrs.evolve(TERMS, method=AmortisationMethod.INTEREST_ONLY)
    money: dict[date, Decimal | int] = {JANUARY: 120, date(2025, 2, 27): 150}
    before = recalculated(only, money, date(2025, 3, 30), Surplus.IN_ADVANCE)
    after = recalculated(only, money, date(2025, 3, 31), Surplus.IN_ADVANCE)
    # 27 of 28 days of 120.00 are paid on 27 February; the rest waits for March.
    assert before.credit == Decimal("34.29")
    assert after.credit == 0
    assert after.rows[2].paid == Decimal("34.29")
    assert after.rows[2].open_amount == Decimal("90.00")


def test_money_by_the_day_of_the_loan_is_refused_and_the_day_after_is_not() -> None:
    lent = attrs.evolve(TERMS, disbursed_on=date(2025, 1, 16), first_period=FirstPeriod.AS_REGULAR)
    for surplus in Surplus:
        for day in (date(2025, 1, 5), date(2025, 1, 16)):
            with pytest.raises(dq.InvalidValueError, match="that of the loan, 2025-01-16"):
                recalculated(lent, {day: 5000}, date(2025, 2, 28), surplus)
        counted = recalculated(lent, {date(2025, 1, 17): 5000}, date(2025, 2, 28), surplus)
        paid = sum(row.paid for row in counted.rows)
        assert paid + counted.credit == 5000
        assert sum(row.principal for row in counted.rows) == 12_000
    early = attrs.evolve(lent, disbursed_on=date(2024, 11, 16))
    counted = recalculated(early, {date(2024, 12, 5): 500}, date(2025, 2, 28), Surplus.IN_ADVANCE)
    assert counted.rows[0].paid == 500


def test_a_row_that_an_agreed_payment_left_short_takes_late_interest_up_to_it() -> None:
    """1,200 a month repays in eleven; a month late, the eleventh is more, and no twelfth is needed."""
    agreed = attrs.evolve(TERMS, level_payment=LevelPayment(amount=1200))
    late = recalculated(agreed, {date(2025, 2, 28): 1200}, date(2025, 2, 28), Surplus.SHORTER_TERM)
    usual = amortisation_table(agreed)
    assert [row.payment for row in late.rows[:10]] == [1200] * 10
    # 10.80 of one month on 1,080, grown by nine months at 1 %.
    more = late.rows[10].payment - usual[10].payment
    assert abs(more - Decimal("10.80") * Decimal("1.01") ** 9) < Decimal("0.05")
    assert sum(row.payment for row in late.rows[11:]) == 0


def test_below_zero_what_falls_due_is_less() -> None:
    paid = attrs.evolve(TERMS, annual_rate=Rate.per_year("-0.01"))
    counted = recalculated(paid, {}, date(2025, 1, 15), Surplus.IN_ADVANCE)
    due = counted.schedule[0]
    assert (due.total, due.interest) == (counted.rows[0].payment, 0)


def test_tables_are_values() -> None:
    """What is frozen can be kept in sets and is not changed in place."""
    table = amortisation_table(TERMS)
    counted = recalculated(TERMS, {}, JANUARY, Surplus.IN_ADVANCE)
    left = prepay(
        TERMS,
        [dq.Prepayment(paid_on=JANUARY, amount=10, effect=PrepaymentEffect.LOWER_PAYMENT)],
    )
    assert len({table, amortisation_table(TERMS)}) == 1
    assert len({counted, left}) == 2
    with pytest.raises(TypeError):
        table.rows[0] = table.rows[1]  # type: ignore[index]


def test_money_with_one_payment_id_cannot_count_twice() -> None:
    money = dq.Payment(date(2025, 2, 3), 500, payment_id="P")
    with pytest.raises(dq.InvalidValueError, match="recalculate, payment 'P': expected a payment"):
        dq.recalculate(
            TERMS,
            payments=[money, money],
            as_of=date(2025, 2, 28),
            recalculation=dq.Recalculation(surplus=Surplus.IN_ADVANCE),
        )
