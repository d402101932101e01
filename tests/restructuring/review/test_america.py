"""The United States: repayment plans, workouts, re-ages, extensions, and modifications that are disclosed."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    DifficultyGround,
    Forgiveness,
    PaymentHoliday,
    PlanClass,
    RateReduction,
    ReAgeing,
    RestructuringPlan,
    TermExtension,
    restructure,
)
from tests.restructuring.review.plans import (
    CNY,
    dear_loan,
    loan,
    months,
    planned,
    reviewed,
    row_of,
    verdict_of,
)

REG_X, WORKOUT, FFIEC, GAAP = "us-reg-x-plan", "us-occ-workout", "us-ffiec-plan", "us-asc-326-plan"
DISCLOSED = "us_asc_326_disclosed"
PRINCIPAL = dq.Component.PRINCIPAL


@pytest.mark.parametrize(
    ("months_late", "verdict"), [(1, "passed"), (2, "passed"), (3, "passed"), (4, "failed")]
)
def test_a_repayment_plan_is_of_three_months_of_past_due_payments_at_most(
    months_late, verdict
) -> None:
    """12 CFR 1024.41(c)(2)(iii)."""
    account = loan(count=12, paid=5 - months_late)
    row = row_of(planned(account, ArrearsSpread(), on=date(2025, 6, 1)), "us_reg_x_arrears_months", REG_X)  # fmt: skip
    assert (row.verdict.value, row.checks[0].found) == (verdict, months_late)


@pytest.mark.parametrize(
    ("left", "verdict"), [(1, "passed"), (5, "passed"), (6, "passed"), (7, "failed")]
)
def test_they_are_made_up_over_six_months_at_most(left, verdict) -> None:
    account = loan(count=5 + left, paid=3)
    row = row_of(planned(account, ArrearsSpread(), on=date(2025, 6, 1)), "us_reg_x_arrears_term", REG_X)  # fmt: skip
    assert (row.verdict.value, row.checks[0].found) == (verdict, left)


def test_a_payment_two_weeks_late_to_begin_with_is_in_its_month() -> None:
    account = loan(count=8, paid=3)
    done = planned(account, ArrearsSpread(), on=date(2025, 5, 31))
    assert row_of(done, "us_reg_x_arrears_term", REG_X).checks[0].found == 3


@pytest.mark.parametrize(
    "measures", [[TermExtension(1)], [ReAgeing(7, date(2025, 6, 10))], [ArrearsWaiver()]], ids=str
)
def test_what_changes_the_terms_is_no_repayment_plan(measures) -> None:
    done = planned(loan(count=12, paid=1), *measures, on=date(2025, 6, 1))
    for row in reviewed(done, REG_X).rows:
        assert row.verdict.value == "does_not_apply"


def test_without_arrears_there_is_nothing_to_make_up() -> None:
    done = planned(loan(count=12, paid=5), ArrearsSpread(), on=date(2025, 6, 1))
    assert verdict_of(done, "us_reg_x_arrears_term", REG_X) == "does_not_apply"


def card(count: int = 2, **more) -> dq.Account:
    return loan(count=count, product=dq.Product.CARD, **more)


@pytest.mark.parametrize(("count", "verdict"), [(59, "passed"), (60, "passed"), (61, "failed")])
def test_a_workout_repays_within_sixty_months(count, verdict) -> None:
    done = planned(card(), ReAgeing(count, date(2025, 4, 20)))
    row = row_of(done, "us_occ_workout_term", WORKOUT)
    assert (row.verdict.value, row.checks[0].found) == (verdict, count)
    assert row.test.modality is dq.Modality.SHOULD


@pytest.mark.parametrize(
    ("interest", "found"),
    [
        (None, 0),
        (DeferredInterest.WAIVED, 0),
        (DeferredInterest.ACCRUED, 2),
        (DeferredInterest.CAPITALISED, 2),
    ],
)
def test_a_workout_leaves_no_interest_that_accrues_unasked(interest, found) -> None:
    done = planned(dear_loan(product=dq.Product.CARD), PaymentHoliday(2, interest))
    row = row_of(done, "us_occ_workout_interest_paid", WORKOUT)
    assert row.checks[0].found == found
    assert row.verdict.value == ("failed" if found else "passed")
    free = planned(card(count=6), PaymentHoliday(2, interest))
    assert verdict_of(free, "us_occ_workout_interest_paid", WORKOUT) == "passed"


def re_aged(
    *re_ages: date, began: date = date(2024, 1, 10), late: int = 3, able: bool = True, **more
) -> dq.Account:
    """Minimums of 50, of which some were missed and the last three paid, the money going to none of them."""
    rows = [dq.Instalment(due, 50) for due in months(date(2024, 12, 10), 12)]
    paid = months(date(2024, 12, 10), 3, 1 + late)
    events = [dq.Finding(dq.FindingKind.ABLE_TO_PERFORM, date(2025, 6, 1))] if able else []
    return dq.Account(**{
        "account_id": "C-1",
        "originated_on": began,
        "product": dq.Product.CARD,
        "schedule": dq.Schedule(CNY, rows),
        "payments": [dq.Payment(day, 50) for day in paid],
        "events": [*events, *(dq.ReAge(day) for day in re_ages)],
        **more,
    })  # fmt: skip


def re_age_row(account: dq.Account, **facts):
    done = planned(account, ReAgeing(12, date(2025, 7, 10)), on=date(2025, 6, 11))
    return row_of(done, "us_ffiec_re_age", FFIEC, **facts)


def test_a_re_age_within_the_limits_passes_with_each_figure() -> None:
    row = re_age_row(re_aged())
    assert row.verdict.value == "passed"
    assert [(each.name, each.found, each.limit, each.within) for each in row.checks] == [
        ("re_age_open_end", True, True, None),
        ("on_books_from", date(2024, 10, 10), date(2025, 6, 11), None),
        ("paid_lately", 150, 150, None),
        ("concession_finding", True, True, None),
        ("earlier_ones", 0, 1, 12),
        ("earlier_ones", 0, 2, 60),
    ]


@pytest.mark.parametrize(
    ("account", "broken"),
    [
        (re_aged(date(2024, 6, 11)), []),
        (re_aged(date(2024, 6, 12)), ["earlier_ones"]),
        (re_aged(began=date(2024, 9, 11)), []),
        (re_aged(began=date(2024, 9, 12)), ["on_books_from"]),
        (re_aged(able=False), ["concession_finding"]),
        (re_aged(payments=[]), ["paid_lately"]),
    ],
)
def test_each_limit_of_a_re_age_at_its_edge(account, broken) -> None:
    """65 FR 36903: nine months, three payments, once in twelve months."""
    row = re_age_row(account)
    assert [check.name for check in row.checks if not check.holds] == broken
    assert row.verdict.value == ("failed" if broken else "passed")


def test_fewer_payments_that_fell_due_than_are_asked_for_break_the_limit() -> None:
    rows = [dq.Instalment(due, 50) for due in months(date(2025, 4, 10), 2)]
    account = re_aged(schedule=dq.Schedule(CNY, rows), payments=[])
    row = re_age_row(account)
    broken = [check for check in row.checks if not check.holds]
    assert [(check.name, check.found, check.limit) for check in broken] == [("payments_due", 2, 3)]


def test_twice_in_five_years_and_once_more_in_a_workout() -> None:
    account = re_aged(date(2020, 6, 12), date(2023, 1, 10), began=date(2019, 1, 10))
    assert re_age_row(account).verdict.value == "failed"
    assert re_age_row(account, in_workout=True).verdict.value == "passed"
    older = re_aged(date(2020, 6, 11), date(2023, 1, 10), began=date(2019, 1, 10))
    assert re_age_row(older).verdict.value == "passed"


def test_a_card_whose_arrears_stay_is_not_re_aged_and_no_loan_is() -> None:
    stays = planned(re_aged(), TermExtension(1), on=date(2025, 6, 11))
    assert verdict_of(stays, "us_ffiec_re_age", FFIEC) == "does_not_apply"
    lent = planned(re_aged(product=dq.Product.LOAN), ReAgeing(12, date(2025, 7, 10)), on=date(2025, 6, 11))  # fmt: skip
    assert verdict_of(lent, "us_ffiec_re_age", FFIEC) == "does_not_apply"


def extended(account: dq.Account, *, limits: bool, on: date = date(2025, 4, 1)):
    policy = dq.rulebook.load("us-ffiec-closed-end").versions[-1]
    if limits:
        house = dq.ConcessionLimits(limits=[dq.FrequencyLimit(1, 12)])
        policy = attrs.evolve(policy, extensions=house)
    plan = RestructuringPlan(measures=[TermExtension(1)], effective_on=on)
    return restructure(account, plan, as_of=on, policy=policy)


def test_an_extension_is_judged_by_the_limits_of_the_house_and_by_none_not_at_all() -> None:
    account = loan(paid=2)
    assert (
        verdict_of(extended(account, limits=False), "us_ffiec_extension", FFIEC) == "not_assessed"
    )
    assert verdict_of(extended(account, limits=True), "us_ffiec_extension", FFIEC) == "passed"


@pytest.mark.parametrize(
    ("before", "verdict"), [(date(2024, 4, 1), "passed"), (date(2024, 4, 2), "failed")]
)
def test_one_extension_a_year(before, verdict) -> None:
    account = loan(count=24, paid=10, began=date(2024, 1, 15),
        events=[dq.Restructuring(before, before)])  # fmt: skip
    row = row_of(extended(account, limits=True), "us_ffiec_extension", FFIEC)
    assert row.verdict.value == verdict


def test_what_extends_nothing_is_no_extension() -> None:
    done = planned(loan(paid=2), ArrearsSpread())
    assert verdict_of(done, "us_ffiec_extension", FFIEC) == "does_not_apply"


@pytest.mark.parametrize(
    "measure",
    [
        Forgiveness(PRINCIPAL, amount=1),
        RateReduction(dq.Rate.per_year("0.05")),
        TermExtension(1),
        ArrearsSpread(),
    ],
    ids=str,
)
def test_each_of_the_four_modifications_is_disclosed(measure) -> None:
    """ASC 326-20-50: of debtors in financial difficulty."""
    review = reviewed(planned(dear_loan(), measure), GAAP, is_insignificant_delay=False)
    assert review.classification == {PlanClass.DISCLOSED: (DISCLOSED,)}


def test_a_delay_of_unknown_weight_is_not_assessed_and_an_insignificant_one_not_disclosed() -> None:
    done = planned(dear_loan(), ArrearsSpread())
    assert verdict_of(done, DISCLOSED, GAAP) == "not_assessed"
    assert verdict_of(done, DISCLOSED, GAAP, is_insignificant_delay=True) == "does_not_apply"


def test_a_modification_for_a_debtor_in_no_difficulty_is_not_disclosed() -> None:
    done = planned(dear_loan(paid=3), TermExtension(1), in_difficulty=False)
    assert verdict_of(done, DISCLOSED, GAAP) == "does_not_apply"
    named = planned(dear_loan(paid=3), TermExtension(1))
    assert verdict_of(named, DISCLOSED, GAAP) == "not_assessed"
    assert verdict_of(named, DISCLOSED, GAAP, grounds=[DifficultyGround.OTHER]) == "applies"
