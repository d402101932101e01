"""Accrued interest, prepayments, settlement, repricing, recalculation: the edges and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency import Component, Currency, DayCount, Payment, Proportion, Rate, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    DeferredInterest,
    FirstPeriod,
    InterestPause,
    LevelPayment,
    Moratorium,
    PostingRhythm,
    Prepayment,
    PrepaymentEffect,
    PrepaymentInterest,
    RateChange,
    RateChangeEffect,
    Recalculation,
    ReferenceRates,
    RepaymentTerms,
    Repricing,
    RuleOf78Rebate,
    Surplus,
    UkRebate,
    accrual_postings,
    accrued_interest,
    amortisation_table,
    interest_between,
    prepay,
    recalculate,
    reprice,
    settlement_quote,
)
from delinquency.amortisation.rebate_rules import ActuarialRebate

TERMS = RepaymentTerms(
    currency=Currency.of("CNY"),
    principal=Decimal("12000.00"),
    annual_rate=Rate.per_year("0.12"),
    disbursed_on=date(2024, 12, 31),
    first_due_date=date(2025, 1, 31),
    instalment_count=12,
    method=AmortisationMethod.ANNUITY,
)
FLAT = attrs.evolve(TERMS, method=AmortisationMethod.FLAT)
SHORTER, LOWER = PrepaymentEffect.SHORTER_TERM, PrepaymentEffect.LOWER_PAYMENT
NEXT, HELD = PrepaymentEffect.NEXT_INSTALMENTS, PrepaymentEffect.HELD


def early(day: date, amount: int, effect: PrepaymentEffect, **more: Any) -> Prepayment:
    return Prepayment(paid_on=day, amount=amount, effect=effect, **more)


class TestAccruedInterest:
    def test_a_bullet_accrues_from_the_day_of_the_loan(self) -> None:
        bullet = attrs.evolve(TERMS, method=AmortisationMethod.BULLET)
        assert accrued_interest(bullet, as_of=date(2025, 6, 30)) == 720
        assert accrued_interest(bullet, as_of=date(2025, 12, 30)) > 1430
        assert accrued_interest(bullet, as_of=date(2025, 12, 31)) == 0

    def test_interest_that_a_moratorium_puts_off_stays_accrued_until_it_falls_due(self) -> None:
        rule = Moratorium(principal_instalments=3, interest_instalments=2)
        terms = attrs.evolve(TERMS, moratorium=rule)
        assert accrued_interest(terms, as_of=date(2025, 2, 28)) == 240
        assert accrued_interest(terms, as_of=date(2025, 3, 31)) == 0

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [(DeferredInterest.CAPITALISED, "0.00"), (DeferredInterest.WAIVED, "0.00")],
    )
    def test_interest_that_became_principal_or_was_waived_is_not_accrued(
        self, rule: DeferredInterest, expected: str
    ) -> None:
        moratorium = Moratorium(principal_instalments=3, interest_instalments=2, interest=rule)
        terms = attrs.evolve(TERMS, moratorium=moratorium)
        assert accrued_interest(terms, as_of=date(2025, 2, 28)) == Decimal(expected)
        waived = rule is DeferredInterest.WAIVED
        assert (accrued_interest(terms, as_of=date(2025, 2, 14)) == 0) is waived

    def test_a_flat_fee_is_no_interest_and_a_flat_charge_is_spread_by_days(self) -> None:
        fee = attrs.evolve(FLAT, flat_component=Component.FEES)
        assert accrued_interest(fee, as_of=date(2025, 1, 15)) == 0
        assert accrued_interest(FLAT, as_of=date(2025, 1, 15)) == Decimal("58.06")

    @pytest.mark.parametrize(
        "rule", [FirstPeriod.ADDED, FirstPeriod.SPREAD, FirstPeriod.OWN_INSTALMENT]
    )
    def test_days_before_the_first_period_accrue_until_their_interest_falls_due(
        self, rule: FirstPeriod
    ) -> None:
        terms = attrs.evolve(
            TERMS,
            disbursed_on=date(2024, 12, 21),
            first_period=rule,
            interest_basis=ByDays(DayCount.ACT_360),
        )
        assert accrued_interest(terms, as_of=date(2024, 12, 26)) == 20
        at_start = {FirstPeriod.OWN_INSTALMENT: "0.00"}.get(rule, "40.00")
        assert accrued_interest(terms, as_of=date(2024, 12, 31)) == Decimal(at_start)
        after_first = {FirstPeriod.SPREAD: "36.67"}.get(rule, "0.00")
        assert accrued_interest(terms, as_of=date(2025, 1, 31)) == Decimal(after_first)
        all_of_it = interest_between(terms, start=date(2020, 1, 1), end=date(2027, 1, 1))
        assert all_of_it == amortisation_table(terms).total_interest

    def test_a_flat_charge_accrues_beside_the_interest_of_days_before(self) -> None:
        for rule in (FirstPeriod.ADDED, FirstPeriod.SPREAD):
            terms = attrs.evolve(
                FLAT,
                disbursed_on=date(2024, 12, 21),
                first_period=rule,
                interest_basis=ByDays(DayCount.ACT_360),
            )
            table = amortisation_table(terms)
            assert accrued_interest(table, as_of=date(2024, 12, 31)) == 40
            everything = interest_between(table, start=date(2020, 1, 1), end=date(2027, 1, 1))
            assert everything == table.total_interest

    def test_a_rate_that_changes_within_a_period_counts_from_its_day(self) -> None:
        terms = attrs.evolve(
            TERMS, rate_changes=(RateChange(date(2025, 1, 16), Rate.per_year("0.24")),)
        )
        table = amortisation_table(terms)
        assert accrued_interest(table, as_of=date(2025, 1, 16)) == Decimal("61.94")
        assert accrued_interest(table, as_of=date(2025, 1, 17)) == Decimal("69.68")
        assert (
            interest_between(table, start=date(2024, 12, 31), end=date(2025, 1, 31))
            == table[0].interest
        )

    def test_a_table_that_carries_fractions_accrues_what_its_rows_say(self) -> None:
        table = amortisation_table(
            attrs.evolve(
                TERMS, carries_fractions=True, level_payment=LevelPayment(is_rounded=False)
            )
        )
        for before, row in zip(table, list(table)[1:], strict=False):
            assert interest_between(table, start=before.due_date, end=row.due_date) == row.interest

    def test_at_a_rate_of_zero_nothing_accrues(self) -> None:
        for method in AmortisationMethod:
            terms = attrs.evolve(TERMS, annual_rate=Rate.per_year(0), method=method)
            assert accrued_interest(terms, as_of=date(2025, 1, 15)) == 0

    def test_a_day_before_the_loan_is_refused(self) -> None:
        with pytest.raises(dq.InvalidValueError, match="on or after that of the loan, 2024-12-31"):
            accrued_interest(TERMS, as_of=date(2024, 12, 30))

    @pytest.mark.parametrize(
        "question",
        [
            lambda: accrued_interest("terms", as_of=date(2025, 1, 1)),  # type: ignore[arg-type]
            lambda: accrued_interest(TERMS, as_of=datetime(2025, 1, 1)),
            lambda: accrued_interest(TERMS, as_of=date(2025, 1, 1), includes_as_of=1),  # type: ignore[arg-type]
            lambda: accrual_postings(
                TERMS,
                start=date(2025, 1, 1),
                end=date(2025, 2, 1),
                rhythm="daily",  # type: ignore[arg-type]
            ),
        ],
    )
    def test_wrong_types_are_refused(self, question: Any) -> None:
        with pytest.raises(dq.InvalidTypeError):
            question()

    def test_an_interval_that_ends_before_it_starts_is_refused(self) -> None:
        with pytest.raises(dq.InvalidValueError, match="on or after start 2025-02-01"):
            interest_between(TERMS, start=date(2025, 2, 1), end=date(2025, 1, 1))


class TestPostings:
    def test_an_account_frozen_before_the_interval_posts_nothing(self) -> None:
        assert (
            accrual_postings(
                TERMS,
                start=date(2025, 2, 1),
                end=date(2025, 3, 1),
                rhythm=PostingRhythm.DAILY,
                stops_after=date(2025, 1, 20),
            )
            == ()
        )

    def test_daily_postings_sum_to_the_interest_of_the_period(self) -> None:
        days = accrual_postings(
            TERMS, start=date(2024, 12, 31), end=date(2025, 1, 31), rhythm=PostingRhythm.DAILY
        )
        assert len(days) == 31
        assert sum(row.interest for row in days) == 120


class TestPrepayment:
    def test_money_that_is_held_changes_nothing(self) -> None:
        left = prepay(TERMS, [early(date(2025, 3, 10), 1000, HELD)])
        assert [row.payment for row in left] == [row.payment for row in left.before]
        assert left.outcomes[0].credit == 1000
        assert left.interest_saved == 0
        assert "1 prepayments" in repr(left)

    def test_the_next_instalments_pay_interest_only_until_the_money_is_used(self) -> None:
        left = prepay(TERMS, [early(date(2025, 1, 31), 1500, NEXT)])
        assert [row.principal for row in list(left)[1:3]] == [0, Decimal("441.30")]
        assert left[1].interest == Decimal("95.54")
        assert len(left) == 12

    def test_interest_of_both_balances_falls_due_with_the_next_instalment(self) -> None:
        with_it = early(date(2025, 1, 15), 6000, LOWER)
        later = early(date(2025, 1, 15), 6000, LOWER, interest=PrepaymentInterest.NEXT_INSTALMENT)
        assert prepay(TERMS, [with_it]).outcomes[0].interest == Decimal("58.06")
        left = prepay(TERMS, [later])
        assert left.outcomes[0].principal == 6000
        # 15 of 31 days on 12000, 16 on 6000, at 1 % a month.
        assert left[0].interest == Decimal("89.03")
        assert len({row.payment for row in list(left)[:-1]}) == 1

    def test_paying_what_settles_the_loan_leaves_no_row(self) -> None:
        quote = settlement_quote(TERMS, as_of=date(2025, 2, 10))
        left = prepay(
            TERMS,
            [Prepayment(paid_on=date(2025, 2, 10), amount=quote.total, effect=SHORTER)],
        )
        assert left.outcomes[0].balance == 0
        assert sum(row.principal for row in left) + left.outcomes[0].principal == 12000
        assert len(left) == 1 or left[-1].payment == 0

    def test_one_cent_more_than_settles_the_loan_is_refused(self) -> None:
        quote = settlement_quote(TERMS, as_of=date(2025, 2, 10))
        fact = Prepayment(
            paid_on=date(2025, 2, 10), amount=quote.total + Decimal("0.01"), effect=SHORTER
        )
        with pytest.raises(
            dq.InvalidValueError, match=f"at most what settles the loan, {quote.total}"
        ):
            prepay(TERMS, [fact])

    def test_a_single_instalment_is_less_by_what_came_before(self) -> None:
        terms = attrs.evolve(TERMS, instalment_count=1)
        (row,) = prepay(terms, [early(date(2025, 1, 15), 6000, SHORTER)])
        assert (
            row.principal
            + prepay(terms, [early(date(2025, 1, 15), 6000, LOWER)]).outcomes[0].principal
            == 12000
        )

    def test_an_instalment_of_the_same_day_and_the_prepayment_share_a_row(self) -> None:
        left = prepay(TERMS, [early(date(2025, 1, 31), 1000, LOWER, fee=50)])
        rows = [row for row in left.schedule if row.due_date == date(2025, 1, 31)]
        assert [row.total for row in rows] == [Decimal("1066.19"), Decimal("2116.19")]
        assert rows[0].in_force_until == rows[1].in_force_from == date(2025, 1, 31)
        assert rows[1].fees == 50

    def test_a_share_is_charged_on_the_principal_repaid_early(self) -> None:
        left = prepay(TERMS, [early(date(2025, 1, 31), 1000, SHORTER, fee=Proportion(1, 100))])
        assert left.outcomes[0].fee == 10

    def test_equal_principals_keep_their_amount_or_are_spread_anew(self) -> None:
        terms = attrs.evolve(TERMS, method=AmortisationMethod.EQUAL_PRINCIPAL)
        shorter = prepay(terms, [early(date(2025, 2, 28), 3000, SHORTER)])
        assert [row.principal for row in shorter] == [1000] * 9
        lower = prepay(terms, [early(date(2025, 2, 28), 3000, LOWER)])
        assert [row.principal for row in lower] == [1000] * 2 + [700] * 10

    def test_interest_only_repays_less_at_the_end(self) -> None:
        terms = attrs.evolve(TERMS, method=AmortisationMethod.INTEREST_ONLY)
        left = prepay(terms, [early(date(2025, 2, 28), 3000, LOWER)])
        assert [row.interest for row in left] == [120] * 2 + [90] * 10
        assert left[-1].principal == 9000
        with pytest.raises(dq.InvalidValueError, match="LOWER_PAYMENT or HELD"):
            prepay(terms, [early(date(2025, 2, 28), 3000, SHORTER)])

    def test_a_later_rate_solves_the_payment_over_the_shorter_term(self) -> None:
        terms = attrs.evolve(
            TERMS, rate_changes=(RateChange(date(2025, 6, 30), Rate.per_year("0.06")),)
        )
        left = prepay(terms, [early(date(2025, 1, 31), 4000, SHORTER)])
        payments = [row.payment for row in left]
        assert len(left) == 8
        assert payments[1:6] == [left.before[1].payment] * 5
        assert payments[6] < payments[5]
        kept = prepay(
            attrs.evolve(terms, rate_change_effect=RateChangeEffect.NEW_TERM),
            [early(date(2025, 1, 31), 4000, SHORTER)],
        )
        assert {row.payment for row in list(kept)[:-1]} == {left.before[1].payment}

    def test_a_balloon_is_left_by_a_lower_payment_and_ends_a_shorter_term(self) -> None:
        terms = attrs.evolve(TERMS, balloon=3000)
        lower = prepay(terms, [early(date(2025, 1, 31), 2000, LOWER)])
        assert lower[-1].principal > 3000
        assert abs(lower[-1].payment - 3000 - lower[-2].payment) < 1
        shorter = prepay(terms, [early(date(2025, 1, 31), 2000, SHORTER)])
        assert len(shorter) < 12
        assert shorter[-1].principal >= 3000

    def test_a_moratorium_on_principal_goes_on(self) -> None:
        terms = attrs.evolve(TERMS, moratorium=Moratorium(principal_instalments=3))
        left = prepay(terms, [early(date(2025, 1, 31), 6000, LOWER)])
        assert [row.principal for row in left][:3] == [0, 0, 0]
        assert [row.interest for row in left][1:3] == [60, 60]

    def test_payments_solved_by_another_basis_steps_and_unrounded_ones(self) -> None:
        basis = attrs.evolve(
            TERMS,
            interest_basis=ByDays(DayCount.ACT_365F),
            level_payment=LevelPayment(basis=dq.NominalPeriods(), multiple=1),
        )
        left = prepay(basis, [early(date(2025, 1, 31), 6000, LOWER)])
        assert left[1].payment == left[5].payment == int(left[5].payment)
        steps = LevelPayment(steps=(dq.PaymentStep(from_instalment=7, share=Proportion(11, 10)),))
        stepped = prepay(
            attrs.evolve(TERMS, level_payment=steps), [early(date(2025, 1, 31), 6000, LOWER)]
        )
        assert abs(stepped[6].payment - stepped[5].payment * Decimal("1.1")) < Decimal("0.01")
        unrounded = attrs.evolve(TERMS, level_payment=LevelPayment(is_rounded=False))
        rows = list(prepay(unrounded, [early(date(2025, 1, 31), 6000, LOWER)]))
        assert max(r.payment for r in rows[1:]) - min(r.payment for r in rows[1:]) <= Decimal(
            "0.02"
        )

    def test_negative_amortisation_goes_on_where_the_terms_allow_it(self) -> None:
        terms = attrs.evolve(TERMS, level_payment=LevelPayment(amount=50), may_capitalise=True)
        left = prepay(terms, [early(date(2025, 1, 31), 1000, NEXT)])
        assert left[1].capitalised > 0
        assert left[-1].closing_balance == 0

    def test_a_bullet_bears_interest_on_what_is_left_and_pays_it_at_its_end(self) -> None:
        # 100,000 at 6 % a year in quarters of 1.5 %: a quarter and 45 of 91 days bear 2,241.76.
        bullet = attrs.evolve(
            TERMS,
            principal=100_000,
            annual_rate=Rate.per_year("0.06"),
            disbursed_on=date(2025, 1, 1),
            first_due_date=date(2025, 4, 1),
            frequency=dq.Frequency.QUARTERLY,
            instalment_count=4,
            method=AmortisationMethod.BULLET,
        )
        left = prepay(bullet, [early(date(2025, 5, 16), 40_000, LOWER)])
        outcome = left.outcomes[0]
        assert (outcome.interest, outcome.principal) == (Decimal("2241.76"), Decimal("37758.24"))
        # 62,241.76 for 46 of 91 days and two quarters: 471.94 + 1,867.25.
        assert [row.interest for row in left] == [0, 0, 0, Decimal("2339.19")]
        assert [row.opening_balance for row in left][1:] == [Decimal("62241.76")] * 3
        assert [row.principal for row in left.schedule] == [
            0,
            Decimal("37758.24"),
            0,
            0,
            100_000,
            Decimal("62241.76"),
        ]
        later = prepay(
            bullet,
            [early(date(2025, 5, 16), 40_000, LOWER, interest=PrepaymentInterest.NEXT_INSTALMENT)],
        )
        # 2,241.76 and 60,000 for the rest: 454.95 + 1,800.
        assert later[-1].interest == Decimal("4496.70")
        over = prepay(bullet, [early(date(2025, 5, 16), Decimal("102241.76"), LOWER)])
        assert [row.opening_balance for row in over] == [100_000, 0]
        with pytest.raises(dq.InvalidValueError, match="LOWER_PAYMENT or HELD"):
            prepay(bullet, [early(date(2025, 5, 16), 40_000, SHORTER)])

    def test_any_loan_may_hold_money_for_coming_instalments(self) -> None:
        for terms in (FLAT, attrs.evolve(TERMS, carries_fractions=True)):
            left = prepay(terms, [early(date(2025, 2, 10), 500, HELD)])
            assert list(left) == list(amortisation_table(terms))
            assert left.outcomes[0].credit == 500

    @pytest.mark.parametrize(
        ("terms", "match"),
        [
            (FLAT, "settlement_quote tells"),
            (attrs.evolve(TERMS, carries_fractions=True), "whole minor units"),
            (
                attrs.evolve(
                    TERMS,
                    moratorium=Moratorium(principal_instalments=3, interest_instalments=3),
                ),
                "when interest is paid",
            ),
        ],
    )
    def test_loans_that_no_rule_covers_are_refused(self, terms: RepaymentTerms, match: str) -> None:
        with pytest.raises(dq.InvalidValueError, match=match):
            prepay(terms, [early(date(2025, 2, 10), 1000, LOWER)])

    @pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 12, 31), date(2026, 5, 1)])
    def test_days_on_which_the_loan_does_not_run_are_refused(self, day: date) -> None:
        with pytest.raises(dq.InvalidValueError, match="while the loan runs"):
            prepay(TERMS, [early(day, 1000, LOWER)])

    def test_two_on_one_day_and_ones_out_of_order_are_refused(self) -> None:
        fact = early(date(2025, 2, 10), 1000, LOWER)
        with pytest.raises(dq.InvalidValueError, match="a day after 2025-02-10"):
            prepay(TERMS, [fact, fact])

    def test_an_amount_that_only_pays_interest_is_refused(self) -> None:
        with pytest.raises(dq.InvalidValueError, match="more than the interest of the days so far"):
            prepay(TERMS, [early(date(2025, 1, 30), 10, LOWER)])

    def test_bad_facts_are_refused(self) -> None:
        with pytest.raises(dq.InvalidTypeError, match="effect"):
            early(date(2025, 1, 30), 10, "lower")  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidTypeError, match="interest"):
            early(date(2025, 1, 30), 10, LOWER, interest="now")
        with pytest.raises(dq.InvalidTypeError, match="Decimal"):
            early(date(2025, 1, 30), 10, LOWER, fee=0.5)
        with pytest.raises(dq.InvalidValueError, match="HELD"):
            early(date(2025, 1, 30), 10, HELD, fee=Proportion(1, 100))


class TestSettlement:
    def test_parts_sum_to_the_figure_and_tell_it_in_both_languages(self) -> None:
        quote = settlement_quote(
            TERMS, as_of=date(2025, 2, 14), unpaid_instalments=1, other_dues=30, charge=100
        )
        assert quote.principal == 12000
        assert quote.interest_due == 120
        assert quote.fees == 30
        assert quote.total == quote.principal + 120 + quote.accrued_interest + 130
        assert quote.explanation.find("settlement_charge") is not None
        assert str(quote).startswith("To settle on 2025-02-14: 12,")
        assert "未还本金：12,000.00 CNY。" in quote.explanation.to_text(lang="zh")

    def test_after_the_last_due_date_only_what_is_unpaid_is_owed(self) -> None:
        assert settlement_quote(TERMS, as_of=date(2026, 3, 1)).total == 0
        late = settlement_quote(TERMS, as_of=date(2026, 3, 1), unpaid_instalments=2)
        table = amortisation_table(TERMS)
        assert late.total == table[-1].payment + table[-2].payment

    def test_an_actuarial_rebate_leaves_principal_and_accrued_interest(self) -> None:
        plain = settlement_quote(TERMS, as_of=date(2025, 2, 14))
        rule = ActuarialRebate(rate=Fraction(1, 100))
        rebated = settlement_quote(TERMS, as_of=date(2025, 2, 14), rebate=rule)
        assert abs(rebated.total - plain.total) <= Decimal("0.05")
        assert rebated.interest_to_come > rebated.rebate > 0

    def test_an_actuarial_rebate_takes_the_rate_of_return_of_a_flat_plan(self) -> None:
        day = date(2025, 1, 15)
        quote = settlement_quote(
            FLAT, as_of=day, rebate=ActuarialRebate(), charge=Proportion(1, 100)
        )
        assert quote.principal == 12000
        assert quote.charge == 120
        # More than a flat charge by days, for a flat plan bears most interest at its beginning.
        assert quote.interest_to_come - quote.rebate > accrued_interest(FLAT, as_of=day)
        over = settlement_quote(FLAT, as_of=date(2026, 5, 1), rebate=ActuarialRebate())
        assert over.total == 0

    def test_a_flat_loan_is_settled_by_a_rule_alone(self) -> None:
        # 1,440 in all, 120 a month; half of February is borne by the 14th.
        day = date(2025, 2, 14)
        for terms in (FLAT, attrs.evolve(FLAT, flat_component=Component.FEES)):
            with pytest.raises(dq.InvalidValueError, match=r"NoRebate\(\) gives nothing back"):
                settlement_quote(terms, as_of=day)
            none = settlement_quote(terms, as_of=day, rebate=dq.NoRebate())
            assert (none.total, none.rebate) == (11_000 + 11 * 120, 0)
            by_days = settlement_quote(terms, as_of=day, rebate=dq.ProRataRebate())
            assert (by_days.total, by_days.rebate) == (11_000 + 60, 10 * 120 + 60)
            over = settlement_quote(terms, as_of=date(2026, 3, 1), rebate=dq.ProRataRebate())
            assert over.total == 0

    def test_a_rule_of_78_gives_back_the_digits_to_come(self) -> None:
        quote = settlement_quote(FLAT, as_of=date(2025, 1, 31), rebate=RuleOf78Rebate())
        assert quote.rebate == Decimal("1218.46")
        put_off = settlement_quote(
            FLAT, as_of=date(2025, 1, 31), rebate=RuleOf78Rebate(deferred_count=1)
        )
        assert put_off.rebate == Decimal("1015.38")

    def test_the_least_rebate_of_the_united_kingdom(self) -> None:
        plan = attrs.evolve(
            TERMS,
            currency=Currency.of("GBP"),
            principal=5000,
            instalment_count=48,
            level_payment=LevelPayment(amount=Decimal("134.57")),
            annual_rate=Rate.per_year("0.1317"),
        )
        rule = UkRebate(apr=Decimal("0.14"))
        quote = settlement_quote(plan, as_of=date(2025, 12, 31), rebate=rule)
        assert abs(quote.rebate - Decimal("860.52")) < Decimal("1.00")

    def test_a_quote_after_a_prepayment_is_on_what_is_left(self) -> None:
        early_money = early(date(2025, 1, 31), 6000, SHORTER)
        left = prepay(TERMS, [early_money])
        before = settlement_quote(TERMS, as_of=date(2025, 1, 31))
        quote = settlement_quote(left, as_of=date(2025, 1, 31), charge=Proportion(1, 100))
        assert quote.principal == before.principal - 6000 == left.outcomes[0].balance
        assert quote.charge == (quote.principal / 100).quantize(Decimal("0.01"))
        # Fourteen of twenty-eight days at 1 % a month.
        mid = settlement_quote(left, as_of=date(2025, 2, 14))
        assert mid.accrued_interest == (quote.principal / 200).quantize(Decimal("0.01"))
        with pytest.raises(dq.InvalidValueError, match="repaid principal"):
            settlement_quote(left, as_of=date(2025, 2, 14), rebate=RuleOf78Rebate())

    def test_money_that_is_held_is_taken_off_as_far_as_instalments_left_it(self) -> None:
        # Each instalment is 1,066.19; of 1,500 held on 10 February 433.81 are left on the 28th.
        held = prepay(TERMS, [early(date(2025, 2, 10), 1500, HELD)])
        left = {
            day: settlement_quote(held, as_of=day).credit
            for day in (date(2025, 2, 9), date(2025, 2, 10), date(2025, 2, 28), date(2025, 3, 31))
        }
        assert list(left.values()) == [0, 1500, Decimal("433.81"), 0]
        day = date(2025, 2, 28)
        paid, unpaid = (
            settlement_quote(held, as_of=day, unpaid_instalments=number) for number in (0, 1)
        )
        assert paid.total == settlement_quote(TERMS, as_of=day).total - Decimal("433.81")
        assert unpaid.credit == 1500
        assert unpaid.total == paid.total
        assert "预存款项：433.81 CNY" in paid.explanation.to_text(lang="zh")
        rebate = settlement_quote(held, as_of=day, rebate=RuleOf78Rebate())
        assert rebate.rebate == settlement_quote(TERMS, as_of=day, rebate=RuleOf78Rebate()).rebate

    def test_bad_questions_are_refused(self) -> None:
        day = date(2025, 2, 14)
        with pytest.raises(dq.InvalidValueError, match="from 0 to the 1 that fell due"):
            settlement_quote(TERMS, as_of=day, unpaid_instalments=2)
        with pytest.raises(dq.InvalidTypeError, match="unpaid_instalments"):
            settlement_quote(TERMS, as_of=day, unpaid_instalments=True)
        with pytest.raises(dq.InvalidTypeError, match="includes_as_of"):
            settlement_quote(TERMS, as_of=day, includes_as_of="no")  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidTypeError, match="ActuarialRebate"):
            settlement_quote(TERMS, as_of=day, rebate="78")  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidValueError, match="that of the loan"):
            settlement_quote(TERMS, as_of=date(2024, 1, 1))
        with pytest.raises(dq.InvalidTypeError, match="rate"):
            ActuarialRebate(rate=0.01)  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidTypeError, match="apr"):
            UkRebate(apr=0.14)  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidTypeError, match="deferred_count"):
            RuleOf78Rebate(deferred_count="1")  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidValueError, match="0 or more"):
            RuleOf78Rebate(deferred_count=-1)
        own = attrs.evolve(
            TERMS,
            disbursed_on=date(2024, 12, 21),
            first_period=FirstPeriod.OWN_INSTALMENT,
            interest_basis=ByDays(DayCount.ACT_360),
        )
        with pytest.raises(dq.InvalidValueError, match="one a period"):
            settlement_quote(own, as_of=day, rebate=RuleOf78Rebate())


LPR = ReferenceRates(
    name="LPR 1Y",
    rates=[
        (date(2024, 12, 20), Rate.per_year("0.031")),
        (date(2025, 5, 20), Rate.per_year("0.030")),
        (date(2025, 6, 30), Rate.per_year("0.029")),
    ],
    covered_until=date(2025, 12, 31),
)


class TestRepricing:
    def test_a_rate_published_on_the_repricing_day_is_known_on_it(self) -> None:
        changes = reprice(
            LPR,
            terms=attrs.evolve(TERMS, annual_rate=Rate.per_year("0.031")),
            margin=Rate.per_year(0),
            repricing=Repricing.EACH_DUE_DATE,
            as_of=date(2025, 12, 31),
        )
        assert [(str(c.effective_on), c.annual_rate) for c in changes] == [
            ("2025-05-31", Rate.per_year("0.030")),
            ("2025-06-30", Rate.per_year("0.029")),
        ]

    def test_the_anniversary_of_29_february_is_the_28th(self) -> None:
        terms = attrs.evolve(
            TERMS,
            disbursed_on=date(2024, 2, 29),
            first_due_date=date(2024, 3, 29),
            instalment_count=36,
        )
        (change,) = reprice(
            LPR,
            terms=terms,
            margin=Rate.per_year("0.01"),
            repricing=Repricing.ANNIVERSARY,
            as_of=date(2025, 12, 31),
        )
        assert change == RateChange(date(2025, 2, 28), Rate.per_year("0.041"))

    @pytest.mark.parametrize(
        ("repricing", "days"),
        [
            (
                Repricing.EVERY_THREE_MONTHS,
                [
                    "2024-02-29",
                    "2024-05-30",
                    "2024-08-30",
                    "2024-11-30",
                    "2025-02-28",
                    "2025-05-30",
                ],
            ),
            (Repricing.EVERY_SIX_MONTHS, ["2024-05-30", "2024-11-30", "2025-05-30"]),
            (Repricing.ANNIVERSARY, ["2024-11-30"]),
        ],
    )
    def test_every_so_many_months_is_counted_from_the_day_of_the_loan(
        self, repricing: Repricing, days: list[str]
    ) -> None:
        terms = attrs.evolve(
            TERMS,
            disbursed_on=date(2023, 11, 30),
            first_due_date=date(2023, 12, 30),
            instalment_count=20,
        )
        another_each_month = ReferenceRates(
            name="index",
            rates=[
                (date(2023 + month // 12, month % 12 + 1, 1), Rate.per_year(Decimal(month) / 1000))
                for month in range(36)
            ],
            covered_until=date(2025, 12, 31),
        )
        changes = reprice(
            another_each_month,
            terms=terms,
            margin=Rate.per_year("0.1"),
            repricing=repricing,
            as_of=date(2025, 5, 30),
        )
        assert [str(change.effective_on) for change in changes] == days
        assert changes[-1].annual_rate == Rate.per_year(
            {"2025-05-30": "0.128", "2024-11-30": "0.122"}[days[-1]]
        )

    def test_the_day_before_a_repricing_day_knows_nothing_of_it_yet(self) -> None:
        terms = attrs.evolve(TERMS, disbursed_on=date(2024, 12, 31))
        known = {
            day: reprice(
                LPR,
                terms=terms,
                margin=Rate.per_year("0.01"),
                repricing=Repricing.EVERY_THREE_MONTHS,
                as_of=day,
            )
            for day in (date(2025, 3, 30), date(2025, 3, 31))
        }
        assert list(known.values()) == [
            (),
            (RateChange(date(2025, 3, 31), Rate.per_year("0.041")),),
        ]

    def test_a_loan_that_ends_on_a_repricing_day_is_not_repriced_on_it(self) -> None:
        terms = attrs.evolve(
            TERMS,
            disbursed_on=date(2024, 12, 20),
            first_due_date=date(2025, 1, 20),
            instalment_count=6,
        )
        for repricing, count in (
            (Repricing.EVERY_THREE_MONTHS, 1),
            (Repricing.EVERY_SIX_MONTHS, 0),
        ):
            changes = reprice(
                LPR,
                terms=terms,
                margin=Rate.per_year("0.01"),
                repricing=repricing,
                as_of=date(2025, 12, 31),
            )
            assert len(changes) == count

    def test_a_day_that_is_not_covered_is_refused_on_both_sides(self) -> None:
        for day in (date(2024, 12, 19), date(2026, 1, 1)):
            with pytest.raises(dq.InvalidValueError, match="which the table covers"):
                LPR.rate_on(day)
        terms = attrs.evolve(TERMS, instalment_count=24)
        with pytest.raises(dq.InvalidValueError, match="2026-01-01"):
            reprice(
                LPR,
                terms=terms,
                margin=Rate.per_year(0),
                repricing=Repricing.FIRST_OF_JANUARY,
                as_of=date(2026, 1, 1),
            )

    @pytest.mark.parametrize(
        "change",
        [
            {"name": 3},
            {"rates": "LPR"},
            {"rates": []},
            {"rates": [3]},
            {"rates": [(date(2025, 1, 1), 3)]},
            {"rates": [(date(2025, 1, 1), Rate.per_month("0.01"))]},
            {"rates": [(date(2025, 1, 1), Rate.per_year(0))] * 2},
            {"covered_until": date(2025, 1, 1)},
        ],
    )
    def test_tables_that_no_publisher_prints_are_refused(self, change: dict[str, Any]) -> None:
        with pytest.raises(dq.DelinquencyError):
            attrs.evolve(LPR, **change)

    def test_wrong_kinds_are_refused(self) -> None:
        with pytest.raises(dq.InvalidTypeError, match="repricing"):
            reprice(
                LPR,
                terms=TERMS,
                margin=Rate.per_year(0),
                repricing="yearly",  # type: ignore[arg-type]
                as_of=date(2025, 1, 1),
            )


IN_ADVANCE = Recalculation(surplus=Surplus.IN_ADVANCE)


class TestRecalculation:
    def test_payments_on_their_dates_leave_the_table_as_it_is(self) -> None:
        table = amortisation_table(TERMS)
        money = [Payment(row.due_date, row.payment) for row in table]
        for surplus in Surplus:
            left = recalculate(
                table,
                payments=money,
                as_of=date(2026, 1, 31),
                recalculation=Recalculation(surplus=surplus),
            )
            assert [(r.principal, r.interest) for r in left.rows] == [
                (r.principal, r.interest) for r in table
            ]
            assert (left.balance, left.credit) == (0, 0)
            assert left.schedule == table.schedule
            assert left.total_interest == table.total_interest

    def test_a_payment_reversed_by_then_was_never_made(self) -> None:
        bounced = Payment(date(2025, 1, 20), 500, reversed_on=date(2025, 1, 25))
        as_of = date(2025, 1, 31)
        none = recalculate(TERMS, payments=[], as_of=as_of, recalculation=IN_ADVANCE)
        left = recalculate(TERMS, payments=[bounced], as_of=as_of, recalculation=IN_ADVANCE)
        assert left.payments == (bounced,)
        assert none == attrs.evolve(left, payments=())

    def test_a_day_late_costs_a_day_of_interest_on_the_principal(self) -> None:
        late = recalculate(TERMS, payments=[], as_of=date(2025, 2, 1), recalculation=IN_ADVANCE)
        table = amortisation_table(TERMS)
        more = late.rows[1].interest - table[1].interest
        assert more == round(table[0].principal / 100 / 28, 2)

    def test_overdue_interest_bears_interest_only_where_it_is_compounded(self) -> None:
        rule = attrs.evolve(IN_ADVANCE, overdue_base=dq.OverdueBase.INSTALMENT)
        as_of = date(2025, 2, 28)
        simple = recalculate(TERMS, payments=[], as_of=as_of, recalculation=IN_ADVANCE)
        compound = recalculate(TERMS, payments=[], as_of=as_of, recalculation=rule)
        assert compound.rows[1].interest - simple.rows[1].interest == Decimal("1.20")

    def test_a_lower_payment_is_solved_for_what_is_left(self) -> None:
        first = amortisation_table(TERMS)[0]
        money = [Payment(first.due_date, first.payment + 6000)]
        left = recalculate(
            TERMS,
            payments=money,
            as_of=first.due_date,
            recalculation=Recalculation(surplus=Surplus.LOWER_PAYMENT),
        )
        changed = prepay(TERMS, [early(first.due_date, 6000, LOWER)])
        assert [r.payment for r in left.rows][1:] == [r.payment for r in changed][1:]

    def test_equal_principals_are_spread_anew(self) -> None:
        terms = attrs.evolve(TERMS, method=AmortisationMethod.EQUAL_PRINCIPAL)
        left = recalculate(
            terms,
            payments=[Payment(date(2025, 1, 31), 1000 + 120 + 5500)],
            as_of=date(2025, 1, 31),
            recalculation=Recalculation(surplus=Surplus.LOWER_PAYMENT),
        )
        assert [row.principal for row in left.rows] == [6500] + [500] * 11

    def test_money_that_settles_everything_ends_the_loan_and_leaves_credit(self) -> None:
        for surplus in Surplus:
            left = recalculate(
                TERMS,
                payments=[Payment(date(2025, 1, 31), 12120 + 7)],
                as_of=date(2025, 3, 1),
                recalculation=Recalculation(surplus=surplus),
            )
            assert (left.balance, left.credit) == (0, 7)
            assert all(row.open_amount == 0 for row in left.rows)
            assert sum(row.principal for row in left.rows) == 12000

    def test_a_moratorium_on_principal_goes_on_and_its_surplus_lowers_what_follows(self) -> None:
        terms = attrs.evolve(TERMS, moratorium=Moratorium(principal_instalments=3))
        left = recalculate(
            terms,
            payments=[Payment(date(2025, 1, 31), 120 + 6000)],
            as_of=date(2025, 1, 31),
            recalculation=Recalculation(surplus=Surplus.LOWER_PAYMENT),
        )
        changed = prepay(terms, [early(date(2025, 1, 31), 6000, LOWER)])
        assert [row.payment for row in left.rows][1:] == [row.payment for row in changed][1:]
        kept = recalculate(
            terms,
            payments=[Payment(date(2025, 1, 31), 120 + 6000)],
            as_of=date(2025, 1, 31),
            recalculation=Recalculation(surplus=Surplus.SHORTER_TERM),
        )
        assert len(kept.rows) < 12

    def test_interest_only_falls_with_money_that_comes_early(self) -> None:
        terms = attrs.evolve(TERMS, method=AmortisationMethod.INTEREST_ONLY)
        left = recalculate(
            terms,
            payments=[Payment(date(2025, 1, 31), 120 + 6000)],
            as_of=date(2025, 1, 31),
            recalculation=Recalculation(surplus=Surplus.LOWER_PAYMENT),
        )
        assert [row.interest for row in left.rows] == [120] + [60] * 11

    def test_a_pause_of_a_whole_period_leaves_it_without_interest(self) -> None:
        pause = InterestPause(start=date(2025, 1, 31), end=date(2025, 2, 28))
        left = recalculate(
            TERMS,
            payments=[],
            as_of=date(2025, 1, 31),
            recalculation=attrs.evolve(IN_ADVANCE, pauses=(pause,)),
        )
        assert left.rows[1].interest == 0

    @pytest.mark.parametrize(
        "terms",
        [
            FLAT,
            attrs.evolve(TERMS, carries_fractions=True),
            attrs.evolve(TERMS, may_capitalise=True),
            attrs.evolve(
                TERMS, moratorium=Moratorium(principal_instalments=1, interest_instalments=1)
            ),
        ],
    )
    def test_loans_that_no_rule_covers_are_refused(self, terms: RepaymentTerms) -> None:
        with pytest.raises(dq.InvalidValueError, match="interest of each period"):
            recalculate(terms, payments=[], as_of=date(2025, 1, 31), recalculation=IN_ADVANCE)

    def test_a_payment_before_the_loan_is_refused(self) -> None:
        with pytest.raises(dq.InvalidValueError, match="a day after that of the loan"):
            recalculate(
                TERMS,
                payments=[Payment(date(2024, 12, 31), 5)],
                as_of=date(2025, 1, 31),
                recalculation=IN_ADVANCE,
            )

    def test_bad_rules_are_refused(self) -> None:
        with pytest.raises(dq.InvalidTypeError, match="surplus"):
            Recalculation(surplus="in_advance")  # type: ignore[arg-type]
        with pytest.raises(dq.InvalidTypeError, match="a Recalculation"):
            recalculate(
                TERMS,
                payments=[],
                as_of=date(2025, 1, 31),
                recalculation=None,  # type: ignore[arg-type]
            )
        with pytest.raises(dq.InvalidValueError, match="after start"):
            InterestPause(start=date(2025, 1, 2), end=date(2025, 1, 2))
        first = InterestPause(start=date(2025, 1, 2), end=date(2025, 1, 9))
        with pytest.raises(dq.InvalidValueError, match="from 2025-01-09 on"):
            Recalculation(surplus=Surplus.IN_ADVANCE, pauses=(first, first))


def test_a_period_bears_its_row_less_the_share_of_broken_interest_that_stands_there():
    """Law: three cents spread by rounding up stand in three rows; the others bear all they show."""
    terms = RepaymentTerms(
        currency=Currency.of("CNY"),
        principal=10,
        annual_rate=Rate.per_year("0.12"),
        disbursed_on=date(2024, 12, 22),
        first_due_date=date(2025, 1, 31),
        instalment_count=6,
        method=AmortisationMethod.FLAT,
        first_period=FirstPeriod.SPREAD,
        rounding=RoundingMode.UP,
        interest_basis=ByDays(DayCount.ACT_365F),
    )
    rows = list(amortisation_table(terms))
    starts = [date(2024, 12, 31), *(row.due_date for row in rows)]
    borne = [
        interest_between(terms, start=start, end=row.due_date)
        for start, row in zip(starts, rows, strict=False)
    ]
    shares = [row.interest - amount for row, amount in zip(rows, borne, strict=True)]
    assert shares == [Decimal("0.01")] * 3 + [Decimal(0)] * 3


def test_days_before_the_first_period_bear_the_rate_of_their_day():
    """Law: 9 days before the first period, 4 at 12 % and 5 at 24 %, over 365."""
    terms = RepaymentTerms(
        currency=Currency.of("CNY"),
        principal=36500,
        annual_rate=Rate.per_year("0.12"),
        disbursed_on=date(2024, 12, 22),
        first_due_date=date(2025, 1, 31),
        instalment_count=6,
        method=AmortisationMethod.EQUAL_PRINCIPAL,
        first_period=FirstPeriod.OWN_INSTALMENT,
        interest_basis=ByDays(DayCount.ACT_365F),
        rate_changes=[RateChange(date(2024, 12, 26), Rate.per_year("0.24"))],
    )
    assert amortisation_table(terms)[0].interest == Decimal("168.00")
    assert accrued_interest(terms, as_of=date(2024, 12, 26)) == Decimal("48.00")
    assert accrued_interest(terms, as_of=date(2024, 12, 27)) == Decimal("72.00")
