"""Published and worked figures, each with its arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.vectors.published import load, needs_folder

from delinquency import Currency, DayCount, Proportion, Rate
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import day_number
from delinquency.division import div_half_up
from delinquency.late_fees import amount_by_band
from delinquency.penalty import (
    AccrualKind,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

CHINA = PenaltyTerms(
    rate=ContractMultiple("1.5"),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.UNPAID_INTEREST,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DUE_DATES,
    grain=RoundingGrain.INSTALMENT,
)
INSTALMENTS = PenaltyTerms(
    rate=FixedPenaltyRate(Rate.percent(25)),
    base=PenaltyBase.OVERDUE_INSTALMENT,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_365F,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
CNY, INR, GBP = map(Currency.of, ("CNY", "INR", "GBP"))


def day(text: str) -> int:
    return day_number(date.fromisoformat(text), where="test", field="day")


def test_a_chinese_loan_30_days_late_at_one_and_a_half_times_its_rate() -> None:
    """WE-09: 100,000 × 6 % × 1.5 × 30 / 360 = 750.00; 500 × 9 % × 30 / 360 = 3.75 (银发〔2003〕251号, 3)."""
    found = PenaltyAccrual(CHINA, CNY, contract_rates=[(0, Rate.per_year("0.06"))])
    found.open_debt(0, day("2025-03-01"), (10_000_000, 50_000, 0, 0))
    lines = {line.kind: line.amount for line in found.segments(day("2025-03-31"))}
    assert lines == {AccrualKind.PENALTY: Decimal("750.00"), AccrualKind.COMPOUND: Decimal("3.75")}
    assert found.post(0, day("2025-03-31")) == 75_375


def test_misused_and_overdue_bears_at_the_higher_factor_only() -> None:
    """100,000 × 6 % × 2 × 30 / 360 = 1,000.00, not 750 + 1,000."""
    terms = attrs.evolve(CHINA, rate=ContractMultiple("1.5", misuse_factor="2"))
    start, end = day("2025-03-01"), day("2025-03-31")
    rates = [(0, Rate.per_year("0.06"))]
    found = PenaltyAccrual(terms, CNY, contract_rates=rates, misused=[(start, end)])
    found.open_debt(0, start, (10_000_000, 0, 0, 0))
    assert found.accrued(0, end) == 100_000


def test_three_unpaid_instalments_without_the_lost_days_of_the_source() -> None:
    """PEN-01: 47,523 × 25 % × (63 + 32 + 2) / 365 = 3,157.35; the source loses three days."""
    found = PenaltyAccrual(INSTALMENTS, INR)
    dues = [day(text) for text in ("2024-05-05", "2024-06-05", "2024-07-05")]
    for place, due in enumerate(dues):
        found.open_debt(place, due, (3_500_000, 1_252_300, 0, 0))
    as_of = day("2024-07-07")
    assert [line.days for line in found.segments(as_of)] == [63, 32, 2]
    assert found.total(as_of) == 315_735


@needs_folder
def test_the_published_defect_is_three_days_short() -> None:
    """PEN-01: 3,157.35 less 47,523 × 25 % × 3 / 365 is what the source asserts."""
    [case] = [case for case in load("lending/penalty.json")["cases"] if case["id"] == "PEN-01"]
    derived = case["derived"]
    assert derived["without_the_defect_exclusive_97_days"] == "3157.35"
    lost = sum(derived["calendar_days_exclusive"]) - derived["charged_instalment_days"]
    assert lost == 3
    found = PenaltyAccrual(INSTALMENTS, INR)
    found.open_debt(0, 0, (int(derived["emi"]) * 100, 0, 0, 0))
    published = to_minor(Decimal(case["expected"]["penalty"]), INR, where="case")
    assert found.accrued(0, derived["charged_instalment_days"]) == published


def test_days_of_grace_that_are_never_charged() -> None:
    """ALO-05: 10 days late less 5 of grace; 11,095.89 × 25 % × 5 / 365 = 38.00."""
    terms = attrs.evolve(INSTALMENTS, grace_days=5, grace_kind=PenaltyGrace.NEVER_CHARGED)
    found = PenaltyAccrual(terms, INR)
    found.open_debt(0, day("2019-10-30"), (0, 1_109_589, 0, 0))
    assert found.post(0, day("2019-11-09")) == 3_800
    back = PenaltyAccrual(attrs.evolve(terms, grace_kind=PenaltyGrace.TRIGGER_ONLY), INR)
    back.open_debt(0, day("2019-10-30"), (0, 1_109_589, 0, 0))
    assert back.post(0, day("2019-11-09")) == 7_600


def test_a_payment_value_dated_on_the_due_date_leaves_no_penalty() -> None:
    """PEN-03: 31 days had accrued; with the back-dated payment known from the start, none."""
    due, as_of = day("2025-05-05"), day("2025-06-05")
    found = PenaltyAccrual(INSTALMENTS, INR)
    found.open_debt(0, due, (4_000_000, 752_300, 0, 0))
    assert found.segments(as_of)[0].days == 31
    again = PenaltyAccrual(INSTALMENTS, INR)
    again.open_debt(0, due, (4_000_000, 752_300, 0, 0))
    again.change(0, due, (0, 0, 0, 0))
    assert again.total(as_of) == 0


def statutory_interest(principal: int, percent: str, days: int, grain: RoundingGrain) -> Decimal:
    terms = attrs.evolve(
        INSTALMENTS,
        rate=FixedPenaltyRate(Rate.percent(percent)),
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        grain=grain,
    )
    found = PenaltyAccrual(terms, GBP)
    found.open_debt(0, 20_000, (principal * 100, 0, 0, 0))
    return from_minor(found.accrued(0, 20_000 + days), GBP)


@pytest.mark.parametrize(
    ("principal", "percent", "days", "expected"),
    [(1000, "8.5", 1, "0.23"), (5000, "12.25", 1, "1.68"), (5000, "12.25", 101, "169.68"),
     (10_000, "11.75", 1, "3.22")],
)  # fmt: skip
def test_statutory_interest_is_a_daily_amount_in_pence_times_the_days(
    principal: int, percent: str, days: int, expected: str
) -> None:
    found = statutory_interest(principal, percent, days, RoundingGrain.DAY)
    assert found == Decimal(expected)


def test_statutory_interest_that_is_not_rounded_by_day_is_nineteen_pence_less() -> None:
    """5,000 × 12.25 % × 101 / 365 = 169.486."""
    found = statutory_interest(5000, "12.25", 101, RoundingGrain.INSTALMENT)
    assert found == Decimal("169.49")


@needs_folder
def test_every_published_figure_of_late_payment_interest() -> None:
    published = load("penalty/late_payment_interest.json")
    compensation = amount_by_band("uk-fixed-compensation")
    for case in published["cases"]:
        principal, percent = case["principal"], str(case["annual_rate_percent"])
        daily = statutory_interest(principal, percent, 1, RoundingGrain.DAY)
        assert daily == Decimal(str(case["expected_daily"])), case["id"]
        if case["expected_interest"] is not None:
            interest = statutory_interest(principal, percent, case["days"], RoundingGrain.DAY)
            assert interest == Decimal(str(case["expected_interest"]))
            assert compensation.amount_for(principal) == case["fixed_compensation"]
            assert interest + case["fixed_compensation"] == Decimal(str(case["expected_total"]))


CAPPED = attrs.evolve(
    CHINA,
    compounding=Compounding.NONE,
    caps=[AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)],
)
LOAN = day("2025-01-01")


def test_a_fee_takes_of_the_room_that_a_cap_all_in_leaves_for_penalty() -> None:
    """100,000.00 outstanding, by Act/360 and months of 30 days: the cap of 24 % bears 2,000.00 a month.

    Contract interest takes 1,000.00 of it, and penalty at 12 % on all that is outstanding just the rest,
    until a fee of 500.00 comes with each of the months 3 and 4. At the end of month 4 there is room for
    8,000 - 4,000 - 1,000 = 3,000.00 of the 4,000.00 that accrued.
    """
    terms = attrs.evolve(
        CAPPED,
        rate=FixedPenaltyRate(Rate.per_year("0.12")),
        base=PenaltyBase.OUTSTANDING_PRINCIPAL,
    )
    found = PenaltyAccrual(
        terms, CNY, interest_accrued=lambda until: 100_000 * (until - LOAN) // 30
    )
    found.change_outstanding(LOAN, 10_000_000)
    found.open_debt(0, LOAN, (1_000_000, 0, 0, 0))
    for month in (3, 4):
        found.charge_all_in(LOAN + 30 * month, 50_000)
    assert [found.total(LOAN + 30 * month) for month in (1, 2, 3, 4, 5)] == [
        100_000, 200_000, 250_000, 300_000, 400_000,
    ]  # fmt: skip
    [bound] = found.bound_caps(LOAN + 150)
    assert bound.since == date(2025, 4, 1)


def test_a_cap_of_24_per_cent_is_reached_in_month_5() -> None:
    """法发〔2017〕22号, item 2: 100,000.00 at 12 %, 1.5 × 12 % = 18 % on 20,000.00 more each month.

    By Act/360 and months of 30 days there is room for 24 % - 12 % = 1,000.00 a month beside the contract
    interest. Each instalment bears 300.00 a month: 300, 900, 1,800, 3,000 and 4,500.00 by the ends of the
    months. 800.00 of 违约金 on day 120 leaves room for 3,200.00 that day. From then on 50.00 a day accrue
    and 33.33 of room come: on day 132 both are 3,600.00, on day 133 it is 3,650.00 against 3,633.33. At the
    end of month 5 4,200.00 of the 4,500.00 are owed.
    """
    found = PenaltyAccrual(
        CAPPED,
        CNY,
        contract_rates=[(LOAN, Rate.per_year("0.12"))],
        interest_accrued=lambda until: div_half_up(10_000_000 * 12 * (until - LOAN), 36_000),
    )
    found.change_outstanding(LOAN, 10_000_000)
    for month in range(5):
        found.open_debt(month, LOAN + 30 * month, (2_000_000, 0, 0, 0))
    found.charge_all_in(LOAN + 120, 80_000)
    owed = {days: found.total(LOAN + days) for days in (30, 60, 90, 120, 132, 133, 150)}
    assert owed == {
        30: 30_000, 60: 90_000, 90: 180_000, 120: 300_000, 132: 360_000, 133: 363_333, 150: 420_000,
    }  # fmt: skip
    [bound] = found.bound_caps(LOAN + 150)
    assert bound.since == date(2025, 5, 14)
    assert sum(line.capped_minor for line in found.segments(LOAN + 150)) == 30_000


def test_a_mortgage_100_days_late_with_interest_on_its_interest() -> None:
    """An instalment of 3,000.00 principal and 4,200.00 interest at 4.2 %, Act/360, 1.5 times.

    罚息 3,000 × 6.3 % × 100 / 360 = 52.50; 复利 4,200 × 6.3 % × 100 / 360 = 73.50.
    """
    found = PenaltyAccrual(CHINA, CNY, contract_rates=[(0, Rate.per_year("0.042"))])
    due = day("2025-01-20")
    found.open_debt(0, due, (300_000, 420_000, 0, 0))
    lines = [(line.kind, line.amount) for line in found.segments(due + 100)]
    assert lines == [
        (AccrualKind.PENALTY, Decimal("52.50")),
        (AccrualKind.COMPOUND, Decimal("73.50")),
    ]


def test_half_of_the_penalty_of_a_flooded_month_is_waived() -> None:
    """100,000 × 9 % × 90 / 360 = 2,250.00, of which half of 30 days, 375.00, is not owed."""
    due = day("2025-03-01")
    found = PenaltyAccrual(
        CHINA,
        CNY,
        contract_rates=[(0, Rate.per_year("0.06"))],
        waived=[(due + 30, due + 60, Proportion(1, 2))],
    )
    found.open_debt(0, due, (10_000_000, 0, 0, 0))
    assert found.total(due + 90) == 225_000 - 37_500
    assert sum(line.amount_minor for line in found.segments(due + 90) if line.is_waived) == 37_500
