"""Published schedules after money arrived, accruals and their dates, from the collection."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from delinquency import Currency, DayCount, Rate, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    FirstPeriod,
    LevelPayment,
    NominalPeriods,
    PostingRhythm,
    Prepayment,
    PrepaymentEffect,
    RepaymentTerms,
    accrual_postings,
    accrued_interest,
    prepay,
    settlement_quote,
)
from delinquency.frequency import Frequency
from tests.vectors.after_lending.fineract import Timeline, day, published, told
from tests.vectors.after_lending.status import STATUS
from tests.vectors.published import FOLDER, load, needs_folder

RECALCULATED = [name for name in STATUS if name.islower()]
INR = Currency.of("INR")


def lending(group: str, case_id: str) -> dict[str, Any]:
    (case,) = (each for each in load(f"lending/{group}.json")["cases"] if each["id"] == case_id)
    return dict(case)


def lent(given: dict[str, Any], **more: Any) -> RepaymentTerms:
    """The terms of a case: its amount and rate, interest by days over 365, and what it says besides."""
    return RepaymentTerms(
        currency=INR,
        principal=Decimal(given["principal"]),
        annual_rate=Rate.per_year(Decimal(given["annual_rate_percent"]) / 100),
        interest_basis=ByDays(DayCount.ACT_365F),
        **more,
    )


@needs_folder
@pytest.mark.parametrize("name", RECALCULATED)
def test_every_published_schedule_of_a_recalculated_loan(name: str) -> None:
    timeline = Timeline(load(f"fineract/{name}.json"))
    seen = 0
    for step in timeline.steps:
        timeline.act(step)
        if step.get("expect") == "schedule":
            assert told(timeline.table(step["as_of"])) == published(step), step["as_of"]
            seen += 1
    assert seen


@needs_folder
def test_every_case_of_the_families_has_a_status() -> None:
    families = ("rec-", "ip-", "np-uc")
    there = {path.stem for path in (FOLDER / "fineract").glob("*.json")}
    assert {name for name in there if name.startswith(families)} <= set(STATUS)
    assert {case["id"] for case in load("lending/accrual.json")["cases"]} <= set(STATUS)


@needs_folder
def test_the_quote_is_what_the_source_took_to_settle_the_loan() -> None:
    timeline = Timeline(load("fineract/rec-prog-payoff-till-preclose.json"))
    quote = settlement_quote(timeline.terms, as_of=date(2024, 2, 15))
    rows = next(s["rows"] for s in timeline.steps[::-1] if s.get("expect") == "transactions")
    last = rows[-1]
    assert (quote.total, quote.principal, quote.accrued_interest) == tuple(
        Decimal(last[name]) for name in ("amount", "principal", "interest")
    )


@needs_folder
def test_the_split_of_a_payment_in_advance() -> None:
    timeline = Timeline(load("fineract/np-uc7-overpay-first.json"))
    for step in timeline.steps[:10]:
        timeline.act(step)
    assert timeline.table("2024-06-25").balance == Decimal("604.67")


@needs_folder
def test_two_accruals_of_thirty_days_acc_01() -> None:
    case = lending("accrual", "ACC-01")
    given = case["input"]
    terms = lent(
        given,
        first_due_date=date(2020, 10, 1),
        disbursed_on=day(given["disbursement_date"]),
        frequency=Frequency.of("annual"),
        instalment_count=1,
        method=AmortisationMethod.BULLET,
    )
    found = [
        accrued_interest(terms, as_of=day(to), includes_as_of=True) for to in given["accrue_to"]
    ]
    derived = case["derived"]
    assert found == [Decimal(derived["accrual_30_days"]), Decimal(derived["two_periods"])]
    first, second = case["expected"]["accruals"]
    assert [round(amount) for amount in found] == [
        int(first["amount"]),
        int(second["pending_total_after"]),
    ]


@needs_folder
def test_the_dates_of_posting_acc_03() -> None:
    case = lending("accrual", "ACC-03")
    given = case["input"]
    terms = lent(
        given,
        first_due_date=date(2024, 9, 16),
        instalment_count=given["periods"],
        method=AmortisationMethod.ANNUITY,
    )
    for row in case["expected"]["accrual_dates"]:
        run = next(r for r in given["runs"] if r["frequency"] == row["frequency"])
        postings = accrual_postings(
            terms,
            start=day(row["window"][0]),
            end=day(run["to"]) + timedelta(1),
            rhythm=PostingRhythm(row["frequency"].lower()),
        )
        assert [posting.posted_on.isoformat() for posting in postings] == row["dates"]


@needs_folder
def test_a_frozen_account_accrues_to_the_day_of_the_freeze_acc_05() -> None:
    case = lending("accrual", "ACC-05")
    given = case["input"]
    terms = lent(
        given,
        disbursed_on=day(given["disbursement_date"]),
        first_due_date=day(given["first_due_date"]),
        first_period=FirstPeriod.OWN_LENGTH,
        instalment_count=given["periods"],
        method=AmortisationMethod.ANNUITY,
        level_payment=LevelPayment(basis=NominalPeriods()),
    )
    for rhythm in PostingRhythm:
        postings = accrual_postings(
            terms,
            start=day(given["disbursement_date"]),
            end=day(given["rerun_to"]) + timedelta(1),
            rhythm=rhythm,
            stops_after=day(given["freeze_date"]),
        )
        assert postings[-1].posted_on == day(case["expected"]["last_accrual_date"])


@needs_folder
def test_money_that_is_held_leaves_the_payment_sch_11() -> None:
    case = lending("schedule", "SCH-11")
    given = case["input"]
    terms = lent(
        given,
        disbursed_on=day(given["disbursement_date"]),
        first_due_date=day(given["first_due_date"]),
        first_period=FirstPeriod.AS_REGULAR,
        instalment_count=given["periods"],
        method=AmortisationMethod.ANNUITY,
        rounding=RoundingMode.HALF_EVEN,
        level_payment=LevelPayment(
            basis=NominalPeriods(), multiple=1, rounding=RoundingMode.CEILING
        ),
    )
    money = given["events"][1]
    held = Prepayment(
        paid_on=day(money["date"]),
        amount=Decimal(money["amount"]),
        effect=PrepaymentEffect.HELD,
    )
    left = prepay(terms, [held])
    expected = case["expected"]
    (row,) = expected["active_schedule_row_total"]
    assert left[row["row_index_0based"]].payment == Decimal(row["total"])
    assert left[2].payment == Decimal(expected["emi_after"])
    assert left.outcomes[0].interest == Decimal(expected["broken_period_interest"])
    assert left.outcomes[0].credit == Decimal(money["amount"])
    assert not left.schedule.is_changed


@needs_folder
def test_the_first_row_after_a_restructure_has_three_days_sch_13() -> None:
    case = lending("schedule", "SCH-13")
    given = case["input"]
    terms = lent(
        given,
        disbursed_on=day(given["restructure_date"]),
        first_due_date=day(given["new_first_due_date"]),
        first_period=FirstPeriod.OWN_LENGTH,
        instalment_count=given["periods"],
        method=AmortisationMethod.ANNUITY,
    )
    first = terms.period_dates().periods[0]
    assert (first.end - first.start).days == case["expected"]["first_row_number_of_days"]
