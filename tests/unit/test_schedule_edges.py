"""Figures at the edges of schedules: where roundings, balloons, waits and negative rates meet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency import (
    AmortisationMethod,
    DeferredInterest,
    FirstPeriod,
    InvalidTypeError,
    InvalidValueError,
    LevelPayment,
    Moratorium,
    PaymentStep,
    Prepayment,
    PrepaymentEffect,
    Proportion,
    Rate,
    RateChange,
    Residue,
    RoundingMode,
    accrued_interest,
    amortisation_table,
    interest_between,
    prepay,
    settlement_quote,
)

FLAT = AmortisationMethod.FLAT
EQUAL_PRINCIPAL = AmortisationMethod.EQUAL_PRINCIPAL
LOWER, SHORTER = PrepaymentEffect.LOWER_PAYMENT, PrepaymentEffect.SHORTER_TERM
QUIET = Moratorium(principal_instalments=3, interest_instalments=3)
TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=12_000,
    annual_rate=Rate.per_year("0.12"),
    first_due_date=date(2025, 1, 31),
    instalment_count=12,
    method=AmortisationMethod.ANNUITY,
)


def terms(**more: Any) -> dq.RepaymentTerms:
    return attrs.evolve(TERMS, **more)


def early(day: date, amount: Decimal | int, effect: PrepaymentEffect) -> Prepayment:
    return Prepayment(paid_on=day, amount=amount, effect=effect)


def payments(table: dq.AmortisationTable | dq.ChangedTable) -> list[Decimal]:
    return [row.payment for row in table]


class TestFlatBelowZero:
    def test_every_instalment_bears_the_same(self) -> None:
        table = amortisation_table(terms(method=FLAT, annual_rate=Rate.per_year("-0.12")))
        assert [row.interest for row in table] == [-120] * 12

    def test_a_rate_that_changes_its_sign_bears_each_in_its_periods(self) -> None:
        change = RateChange(date(2025, 6, 30), Rate.per_year("-0.12"))
        table = amortisation_table(terms(method=FLAT, rate_changes=[change]))
        assert [row.interest for row in table] == [120] * 6 + [-120] * 6


class TestResidueFirst:
    def test_interest_that_waited_is_no_residue(self) -> None:
        table = amortisation_table(
            terms(instalment_count=5, residue=Residue.FIRST, moratorium=QUIET)
        )
        # 12,000 over two months at 1 %: 6,090.15 each; the first brings the 360 that waited.
        assert payments(table) == [0, 0, 0, Decimal("6450.15"), Decimal("6090.15")]

    def test_a_loan_that_rounding_repays_early_keeps_its_last_payment(self) -> None:
        level = LevelPayment(multiple=150, rounding=RoundingMode.UP)
        first, last = (
            payments(amortisation_table(terms(residue=residue, level_payment=level)))
            for residue in (Residue.FIRST, Residue.LAST)
        )
        assert first == last
        assert last[-3:] == [1200, Decimal("707.81"), 0]

    def test_no_principal_falls_below_zero_for_it(self) -> None:
        table = amortisation_table(
            terms(
                principal=Decimal("0.07"),
                frequency=dq.Frequency(6, 0),
                balloon=Decimal("0.03"),
                residue=Residue.FIRST,
            )
        )
        assert min(row.principal for row in table) >= 0


class TestBalloon:
    def test_equal_principals_rounded_up_leave_it(self) -> None:
        table = amortisation_table(
            terms(
                currency=dq.Currency.of("JPY"),
                principal=100,
                method=EQUAL_PRINCIPAL,
                balloon=50,
                instalment_count=40,
                rounding=RoundingMode.UP,
            )
        )
        assert [row.principal for row in table] == [2] * 25 + [0] * 14 + [50]

    def test_payments_rounded_up_leave_it_and_then_bear_interest_alone(self) -> None:
        level = LevelPayment(multiple=1000, rounding=RoundingMode.UP)
        table = amortisation_table(terms(balloon=6000, level_payment=level))
        assert payments(table) == [1000] * 6 + [Decimal("652.09")] + [60] * 4 + [6060]

    @pytest.mark.parametrize("method", [AmortisationMethod.ANNUITY, EQUAL_PRINCIPAL])
    def test_a_prepayment_below_it_leaves_interest_alone_until_the_end(
        self, method: AmortisationMethod
    ) -> None:
        left = prepay(terms(balloon=6000, method=method), [early(date(2025, 2, 1), 9000, LOWER)])
        balance = left.outcomes[0].balance
        assert [row.principal for row in left][1:-1] == [0] * 10
        assert left[-1].principal == balance < 6000


class TestAccrued:
    def test_interest_that_becomes_principal_is_borne(self) -> None:
        steps = (
            PaymentStep(from_instalment=1, amount=50),
            PaymentStep(from_instalment=7, amount=2500),
        )
        loan = terms(
            carries_fractions=True, may_capitalise=True, level_payment=LevelPayment(steps=steps)
        )
        assert accrued_interest(loan, as_of=date(2025, 6, 30)) == 0
        table = amortisation_table(loan)
        borne = interest_between(loan, start=date(2024, 12, 31), end=date(2025, 6, 30))
        assert borne == sum(row.interest + row.capitalised for row in table[:6])

    def test_a_flat_charge_that_waits_accrues_in_its_own_days(self) -> None:
        loan = terms(method=FLAT, moratorium=QUIET)
        days = (date(2025, 1, 15), date(2025, 1, 31), date(2025, 3, 15))
        told = [str(accrued_interest(loan, as_of=day)) for day in days]
        assert told == ["58.06", "120.00", "298.06"]

    @pytest.mark.parametrize("rule", DeferredInterest)
    @pytest.mark.parametrize(
        "method", [AmortisationMethod.INTEREST_ONLY, EQUAL_PRINCIPAL, AmortisationMethod.ANNUITY]
    )
    def test_carried_fractions_that_wait_leave_nothing_at_the_end(
        self, method: AmortisationMethod, rule: DeferredInterest
    ) -> None:
        loan = terms(
            currency=dq.Currency.of("JPY"),
            principal=1_000_003,
            annual_rate=Rate.per_year("0.0435"),
            instalment_count=360,
            method=method,
            carries_fractions=True,
            moratorium=Moratorium(principal_instalments=2, interest_instalments=1, interest=rule),
        )
        table = amortisation_table(loan)
        told = sum(row.interest + row.capitalised for row in table)
        assert interest_between(loan, start=date(2000, 1, 1), end=date(2100, 1, 1)) == told
        assert settlement_quote(loan, as_of=table[-1].due_date).total == 0

    def test_a_due_date_before_the_end_of_its_period_leaves_nothing_due(self) -> None:
        """The 28th is a holiday: due on the 27th, while interest runs to the 28th."""
        holiday = dq.HolidayCalendar.from_holidays(
            "X",
            first=date(2024, 1, 1),
            last=date(2026, 12, 31),
            holidays=[date(2025, 2, 28)],
        )
        loan = terms(
            first_due_date=date(2025, 2, 28),
            instalment_count=3,
            convention=dq.BusinessDayConvention.PRECEDING,
            calendar=holiday,
            accrue_to=dq.AccrueTo.UNADJUSTED,
        )
        days = [date(2025, 2, day) for day in (26, 27, 28)] + [date(2025, 3, 1)]
        told = [str(accrued_interest(loan, as_of=day)) for day in days]
        # 29 of 31 days of 120.00; then nothing; then 1 of 31 days of 80.40, less what is repaid.
        assert told[0] == "112.26"
        assert told[1:3] == ["0.00", "0.00"]
        assert Decimal(told[3]) > 0


class TestSettling:
    def test_what_becomes_principal_is_owed_before_a_rebate_of_it(self) -> None:
        loan = terms(moratorium=attrs.evolve(QUIET, interest=DeferredInterest.CAPITALISED))
        rule = dq.ActuarialRebate(rate=Decimal("0.01"))
        for day, settles in ((date(2024, 12, 31), 12_000), (date(2025, 1, 31), 12_120)):
            total = settlement_quote(loan, as_of=day, rebate=rule).total
            assert abs(total - settles) <= Decimal("0.05")
            assert settlement_quote(loan, as_of=day).total == settles

    @pytest.mark.parametrize(
        "loan",
        [
            terms(moratorium=QUIET),
            terms(
                disbursed_on=date(2024, 12, 20),
                first_period=FirstPeriod.SPREAD,
                interest_basis=dq.ByDays(dq.DayCount.ACT_365F),
            ),
        ],
    )
    def test_a_quote_with_interest_that_was_put_off_settles_the_loan(
        self, loan: dq.RepaymentTerms
    ) -> None:
        day = date(2025, 4, 10)
        total = settlement_quote(loan, as_of=day).total
        left = prepay(loan, [early(day, total, SHORTER)])
        assert left.outcomes[0].balance == 0
        assert sum(row.payment for row in left if row.due_date > day) == 0
        assert left.interest_saved == left.outcomes[0].interest_saved
        assert accrued_interest(left, as_of=day) == 0
        with pytest.raises(InvalidValueError, match=f"or with it {total}"):
            prepay(loan, [early(day, total + Decimal("0.01"), SHORTER)])

    def test_a_rule_that_gives_back_more_than_the_charges_to_come_is_refused(self) -> None:
        falls = terms(rate_changes=[RateChange(date(2025, 6, 30), Rate.per_year("0.01"))])
        for rule in (
            dq.RuleOf78Rebate(),
            dq.UkRebate(apr=Decimal("-0.5")),
            dq.ActuarialRebate(rate=Decimal(10)),
        ):
            with pytest.raises(InvalidValueError, match="does not suit the schedule"):
                settlement_quote(falls, as_of=date(2025, 7, 1), rebate=rule)
        for apr in ("NaN", "Infinity", "-1"):
            with pytest.raises(InvalidValueError, match="apr: expected a number above -1"):
                dq.UkRebate(apr=Decimal(apr))

    def test_below_zero_a_rebate_is_what_the_debtor_would_still_be_paid(self) -> None:
        loan = terms(annual_rate=Rate.per_year("-0.01"))
        quote = settlement_quote(loan, as_of=date(2025, 2, 28), rebate=dq.ActuarialRebate())
        plain = settlement_quote(loan, as_of=date(2025, 2, 28))
        assert abs(quote.total - plain.total) < Decimal("0.05")


def test_an_instalment_that_a_prepayment_took_to_nothing_may_come_back() -> None:
    free = terms(principal=1200, annual_rate=Rate.per_year(0))
    facts = [
        early(date(2025, 1, 10), 250, PrepaymentEffect.NEXT_INSTALMENTS),
        early(date(2025, 1, 20), 100, LOWER),
    ]
    left = prepay(free, facts)
    in_force = sum(row.total for row in left.schedule if row.in_force_until is None)
    assert in_force == sum(payments(left)) + 350 == 1200


def test_interest_that_became_principal_is_saved_as_any_other() -> None:
    steps = [PaymentStep(from_instalment=13, amount=10_000)]
    capped = terms(
        principal=120_000,
        annual_rate=Rate.per_year("0.0435"),
        instalment_count=24,
        may_capitalise=True,
        level_payment=LevelPayment(amount=400, steps=steps),
    )
    left = prepay(capped, [early(date(2025, 3, 15), 30_000, SHORTER)])
    assert left.interest_saved == left.outcomes[0].interest_saved > 0
    assert left.total_payment == 120_000 + left.total_interest


def test_below_zero_a_prepayment_repays_less_by_what_the_lender_owes() -> None:
    left = prepay(
        terms(annual_rate=Rate.per_year("-0.01")), [early(date(2025, 2, 10), 1000, LOWER)]
    )
    (row,) = [row for row in left.schedule if row.due_date == date(2025, 2, 10)]
    assert (row.principal, row.interest) == (1000, 0)


def test_the_decimal_context_of_the_caller_changes_no_figure() -> None:
    loan = terms(principal=Decimal("1234567.89"))
    facts = [early(date(2025, 2, 10), 100_000, LOWER)]

    def told() -> list[object]:
        quote = settlement_quote(loan, as_of=date(2025, 6, 15), charge=Proportion(1, 100))
        left = prepay(loan, facts)
        counted = dq.recalculate(
            loan,
            payments=[dq.Payment(date(2025, 1, 20), Decimal("50000.01"))],
            as_of=date(2025, 3, 1),
            recalculation=dq.Recalculation(surplus=dq.Surplus.IN_ADVANCE),
        )
        rows = [(row.payment, row.open_amount) for row in counted.rows]
        return [quote.total, str(quote), str(left), left.interest_saved, rows, str(counted)]

    usual = told()
    with localcontext(prec=4):
        assert told() == usual


class TestRefused:
    def test_a_first_due_date_that_a_calendar_moves_before_the_loan(self) -> None:
        with pytest.raises(InvalidValueError, match="a day before 2025-06-13, to which"):
            terms(
                first_due_date=date(2025, 6, 15),
                instalment_count=2,
                disbursed_on=date(2025, 6, 14),
                first_period=FirstPeriod.AS_REGULAR,
                convention=dq.BusinessDayConvention.PRECEDING,
                calendar=dq.WEEKENDS_ONLY,
            )

    def test_shares_of_nothing_alone(self) -> None:
        steps = (PaymentStep(from_instalment=1, share=Proportion(0, 1)),)
        with pytest.raises(InvalidValueError, match="a share of more than 0"):
            amortisation_table(terms(level_payment=LevelPayment(steps=steps)))

    @pytest.mark.parametrize("number", [0, -1, 13])
    def test_an_instalment_that_is_not_there(self, number: int) -> None:
        with pytest.raises(InvalidValueError, match="from 1 to 12"):
            TERMS.due_date(number)

    @pytest.mark.parametrize("number", ["1", 1.0, None])
    def test_a_number_that_is_none(self, number: Any) -> None:
        with pytest.raises(InvalidTypeError, match="number"):
            TERMS.due_date(number)

    @pytest.mark.parametrize(
        "level",
        [
            LevelPayment(multiple=Decimal("0.001")),
            LevelPayment(amount=Decimal("1066.185")),
            LevelPayment(steps=(PaymentStep(from_instalment=2, amount=Decimal("0.001")),)),
        ],
    )
    def test_payments_finer_than_the_minor_unit(self, level: LevelPayment) -> None:
        with pytest.raises(InvalidValueError, match="at most 2 decimals"):
            terms(level_payment=level)


class TestIrregular:
    PLAN = dq.IrregularTerms(
        principal=100_000,
        annual_rate=Rate.per_year("0.0435"),
        disbursed_on=date(2025, 1, 20),
        day_count=dq.DayCount.ACT_365F,
        currency=dq.Currency.of("CNY"),
        rows=[dq.IrregularRow(date(2025, month, 20), dq.SolvedPayment()) for month in range(2, 13)],
    )

    def test_the_last_solved_payment_takes_the_rest_that_rounding_leaves(self) -> None:
        table = dq.irregular_table(self.PLAN)
        assert table[-1].closing_balance == 0
        assert 0 < abs(table[-1].payment - table[0].payment) < 1
        assert sum(row.principal for row in table.schedule) == 100_000

    def test_a_schedule_that_leaves_a_balance_is_refused(self) -> None:
        part = attrs.evolve(
            self.PLAN, rows=[dq.IrregularRow(date(2025, 2, 20), dq.GivenPayment(500))]
        )
        assert dq.irregular_table(part)[-1].closing_balance > 99_000
        with pytest.raises(InvalidValueError, match=r"WholeBalance\(\)"):
            dq.irregular_table(part).schedule  # noqa: B018

    def test_a_payment_below_nothing_is_refused(self) -> None:
        grown = attrs.evolve(self.PLAN, principal=0, balloon=100)
        with pytest.raises(InvalidValueError, match="a payment that leaves the balloon, 100"):
            dq.irregular_table(grown)

    @pytest.mark.parametrize("changes", [None, RateChange(date(2025, 2, 1), Rate.per_year(0)), [1]])
    def test_changes_of_another_kind_are_refused(self, changes: Any) -> None:
        with pytest.raises(InvalidTypeError, match="RateChange or ExactRateChange"):
            attrs.evolve(self.PLAN, rate_changes=changes)
