"""The published tables, each brought to terms and the figures that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from delinquency import Currency, DayCount, Rate, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    Compounded,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    RateChange,
    RepaymentTerms,
    Residue,
)
from delinquency.calendar import add_months
from delinquency.frequency import Frequency
from delinquency.rolls import DayOfMonth
from tests.vectors.amortisation.status import DATES_ELSEWHERE, NOT_APPLICABLE
from tests.vectors.published import FOLDER, load


class Figure(NamedTuple):
    """A figure of a row, or summed over the rows from ``number`` to ``until``, as published."""

    number: int
    field: str
    value: Decimal | date
    until: int = 0


class Case(NamedTuple):
    """Terms, and figures that a source prints, compared to ``decimals`` where it prints fewer."""

    id: str
    source: str
    terms: RepaymentTerms
    figures: tuple[Figure, ...]
    decimals: int | None = None


ANNUITY, HALF_EVEN = AmortisationMethod.ANNUITY, RoundingMode.HALF_EVEN
TWELFTHS = NominalPeriods()
ANY_DAY = date(2025, 1, 31)
"""Where a source gives no date, and none matters."""


def percent(value: object) -> Rate:
    return Rate.per_year(Decimal(str(value)) / 100)


def money(value: object) -> Decimal:
    return Decimal(str(value))


def terms_of(principal: object, annual: object, count: int, **choices: Any) -> RepaymentTerms:
    """Terms in dollars, by twelfths, unless ``choices`` say else."""
    given: dict[str, Any] = {
        "currency": Currency.of("USD"),
        "first_due_date": ANY_DAY,
        "method": ANNUITY,
        **choices,
    }
    return RepaymentTerms(
        principal=money(principal), annual_rate=percent(annual), instalment_count=count, **given
    )


# Textbooks, regulators and calculators.

MODES = {
    "ROUND_HALF_UP": RoundingMode.HALF_UP,
    "ROUND_HALF_EVEN": RoundingMode.HALF_EVEN,
    "ROUND_UP": RoundingMode.UP,
    "ROUND_DOWN": RoundingMode.DOWN,
    "ROUND_CEILING": RoundingMode.CEILING,
}
FREQUENCIES = {
    "monthly": Frequency.MONTHLY,
    "annual": Frequency.YEARLY,
    "quarterly": Frequency.QUARTERLY,
    "semi_annual": Frequency.HALF_YEARLY,
    "biweekly": Frequency.EVERY_TWO_WEEKS,
    "weekly": Frequency.WEEKLY,
}
TIMES = {"annual": 1, "semi_annual": 2, "quarterly": 4, "monthly": 12}
ROW_FIELDS = {
    "payment_amount": "payment",
    "interest": "interest",
    "principal": "principal",
    "balance": "closing_balance",
}


def _schedules() -> Iterator[Case]:
    for case in load("amortization/published_schedules_mortgagemath.json")["cases"]:
        figures = [Figure(1, "payment", money(case["expected"]["payment"]))]
        figures += [
            Figure(int(row["payment"]), field, money(row[name]))
            for row in case["published_rows"]
            if row["payment"] != "0"
            for name, field in ROW_FIELDS.items()
            if row.get(name) is not None
        ]
        yield Case(case["id"], case["source"], _schedule_terms(case["loan"]), tuple(figures))


def _schedule_terms(loan: dict[str, Any]) -> RepaymentTerms:
    frequency = FREQUENCIES[loan.get("payment_frequency", "monthly")]
    per_year = frequency.periods_per_year()
    times = TIMES[loan.get("compounding", "monthly")]
    agreed = loan.get("payment_override")
    return terms_of(
        loan["principal"],
        loan["annual_rate"],
        loan["term_months"] * per_year // 12,
        currency=Currency.of("JPY" if loan.get("currency_unit") == "1" else "USD"),
        rounding=MODES[loan["interest_rounding"]],
        frequency=frequency,
        interest_basis=TWELFTHS if times == per_year else Compounded(times),
        level_payment=LevelPayment(
            rounding=MODES[loan["payment_rounding"]], amount=money(agreed) if agreed else None
        ),
        carries_fractions=loan.get("balance_tracking") == "carry_precision",
    )


# Manuals of calculators, and a Dutch table.


def _manuals() -> Iterator[Case]:
    for case in load("amortization/calculator_manuals.json")["cases"]:
        if case["id"] == "hp12c-rule-of-78":
            continue
        loan, told = case["loan"], case["expected"]
        unrounded = "UNROUNDED" in case["recipe"]
        terms = terms_of(
            loan["principal"],
            loan["annual_rate"],
            loan["n"],
            carries_fractions=unrounded,
            level_payment=LevelPayment(is_rounded=not unrounded),
        )
        yield Case(case["id"], case["source"], terms, tuple(_manual_figures(told, unrounded)))


def _manual_figures(told: dict[str, Any], unrounded: bool) -> Iterator[Figure]:
    if "payment" in told and not unrounded:
        yield Figure(1, "payment", money(told["payment"]))
    for key, row in told.items():
        if key.startswith("row") and key != "rows":
            for field in ("interest", "principal"):
                yield Figure(int(key[3:]), field, money(row[field]))
        elif key.startswith("year"):
            last = 12 * int(key[4:])
            for field in ("interest", "principal"):
                yield Figure(last - 11, field, money(row[field]), until=last)
            yield Figure(last, "closing_balance", money(row["balance"]))
    for row in told.get("rows", ()):
        yield Figure(row["k"], "opening_balance", money(row["opening"]))
        yield Figure(row["k"], "principal", money(row["principal"]))
        yield Figure(row["k"], "interest", money(row["interest"]))


# Fineract.

YEARS = {
    "365": DayCount.ACT_365F,
    "360": DayCount.ACT_360,
    "364": DayCount.ACT_364,
    "ACTUAL": DayCount.ACT_365_ACTUAL,
}
UNITS = {
    "DAYS": Frequency.every_days,
    "WEEKS": Frequency.every_weeks,
    "MONTHS": Frequency.every_months,
}
EUR = Currency.of("EUR")
SOURCE = "Apache Fineract, ProgressiveEMICalculatorTest"


def day(text: str) -> date:
    return date.fromisoformat(text)


def _emi_cases() -> Iterator[Case]:
    for case in load("amortization/fineract_emi.json")["cases"]:
        if case["id"] in NOT_APPLICABLE:
            continue
        events = [step for step in case["timeline"] if "event" in step]
        (loan,) = [step for step in events if step["event"] == "disburse"]
        told = [step["expect"] for step in case["timeline"] if "expect" in step][-1]
        changes = [
            RateChange(day(step["date"]) - timedelta(days=1), percent(step["annual_rate_percent"]))
            for step in events
            if step["event"] == "change_rate"
        ]
        start, first = map(day, case["periods"][0])
        is_nominal = case["days_in_month"] == "DAYS_30"
        terms = terms_of(
            loan["amount"],
            case["annual_rate_percent"],
            len(case["periods"]),
            currency=EUR,
            first_due_date=first,
            rounding=HALF_EVEN,
            disbursed_on=day(loan["date"]),
            frequency=Frequency.EVERY_TWO_WEEKS
            if (first - start).days == 14
            else Frequency.MONTHLY,
            interest_basis=TWELFTHS
            if is_nominal
            else ByDays(YEARS[case["days_in_year"].removeprefix("DAYS_")]),
            residue=Residue.SMOOTHED,
            rate_changes=changes,
        )
        fields = {
            "emi": "payment",
            "principal": "principal",
            "balance": "closing_balance",
            "interest_cumulative": "interest",
        }
        figures = {
            Figure(row["period"], field, money(row[name]))
            for row in told
            for name, field in fields.items()
        }
        dates = (
            Figure(number, "due_date", day(end))
            for number, (_, end) in enumerate(case["periods"], start=1)
        )
        yield Case(case["id"], SOURCE, terms, (*sorted(figures), *dates))


def _emi_files() -> Iterator[Case]:
    for name in ("emi-360-15days", "emi-364-biweekly", "emi-365-act-monthly-no-smoothing"):
        case = load(f"fineract/{name}.json")
        given = case["inputs"]
        terms = terms_of(
            given["principal"],
            given["annual_rate_pct"],
            len(given["periods"]),
            currency=EUR,
            first_due_date=day(given["periods"][0]["due"]),
            rounding=HALF_EVEN,
            frequency=UNITS[given["repay_unit"]](given["repay_every"]),
            interest_basis=ByDays(YEARS[given["days_in_year"]]),
            residue=Residue.SMOOTHED,
        )
        fields = {"emi": "payment", "interest_due": "interest", "balance": "closing_balance"}
        figures = [
            Figure(row["nr"], field, money(row[key]))
            for row in case["expected"]["periods"]
            for key, field in fields.items()
        ]
        yield Case(name, SOURCE, terms, tuple(figures))


SCHEDULE_FIELDS = {
    "principal_due": "principal",
    "interest_due": "interest",
    "total_due": "payment",
    "balance": "closing_balance",
}
SCHEDULES = (
    "sch-month-end-clamp-30-360",
    "sch-month-end-roll-30-360",
    "sch-round-multiples-flat",
    "sch-rs01-flat",
    "sch-rs03-declining-daily",
    "sch-rs05-grace-principal",
    "sch-rs07-interest-free-period",
)


def _schedule_files() -> Iterator[Case]:
    for name in SCHEDULES:
        case = load(f"fineract/{name}.json")
        (loan,) = [step["loan"] for step in case["timeline"] if step.get("op") == "create_loan"]
        rows = [step for step in case["timeline"] if step.get("expect") == "schedule"][-1]
        figures = [
            Figure(int(row["nr"]), field, money(row[key]))
            for row in rows["periods"]
            for key, field in SCHEDULE_FIELDS.items()
        ]
        if name not in DATES_ELSEWHERE:
            figures += [
                Figure(int(row["nr"]), "due_date", day(row["due_date"])) for row in rows["periods"]
            ]
        for step in case["timeline"]:
            if step.get("expect") == "schedule_totals":
                totals = step["totals"]
                count = loan["n_repayments"]
                figures.append(Figure(1, "interest", money(totals["interest_due"]), until=count))
                figures.append(Figure(1, "payment", money(totals["total_due"]), until=count))
        terms = fineract_terms(loan, case["products"][loan["product"]])
        yield Case(name, f"Apache Fineract, {case['title']}", terms, tuple(figures))


def fineract_terms(loan: dict[str, Any], product: dict[str, Any]) -> RepaymentTerms:
    start = day(loan["submitted_on"])
    is_flat = loan["interest_type"] == "FLAT"
    by_days = loan["interest_calc_period"] == "DAILY" and product["days_in_month"] != "30"
    quiet = loan["grace_principal"]
    return terms_of(
        loan["principal"],
        loan["annual_rate_pct"],
        loan["n_repayments"],
        currency=EUR,
        first_due_date=add_months(start, 1),
        disbursed_on=start,
        roll=DayOfMonth(start.day),
        method=AmortisationMethod.FLAT if is_flat else ANNUITY,
        rounding=HALF_EVEN,
        interest_basis=ByDays(DayCount.ACT_365F) if by_days else TWELFTHS,
        level_payment=LevelPayment(
            multiple=product["installment_amount_in_multiples_of"],
            basis=None if is_flat else TWELFTHS,
        ),
        moratorium=Moratorium(
            principal_instalments=quiet, interest_instalments=loan["grace_interest_charged"]
        )
        if quiet
        else None,
    )


# Frappe Lending.

BROKEN_INTEREST = {
    "amortized_over_tenure": FirstPeriod.SPREAD,
    "add_to_first_emi": FirstPeriod.ADDED,
}


def _lending() -> Iterator[Case]:
    for case in load("lending/schedule.json")["cases"]:
        if case["id"] in ("SCH-13", "SCH-15"):
            continue
        given, told = case["input"], case["expected"]
        figures = [
            Figure(row["row_index_0based"] + 1, field, money(row[field]))
            for key in ("row_checks", "row_interest")
            for row in told.get(key, ())
            for field in ("principal", "interest", "closing_balance")
            if field in row
        ]
        if isinstance(told.get("rows"), list):
            for number, row in enumerate(told["rows"], start=1):
                figures += [
                    Figure(number, "due_date", day(row["due_date"])),
                    Figure(number, "principal", money(row["principal"])),
                    Figure(number, "interest", money(row["interest"])),
                    Figure(number, "payment", money(row["total"])),
                ]
        for key in ("emi", "emi_after"):
            if key in told:
                figures.append(Figure(1, "payment", money(told[key])))
        for key, field in (("total_interest", "interest"), ("total_payment", "payment")):
            if key in told:
                figures.append(Figure(1, field, money(told[key]), until=given["periods"]))
        yield Case(
            case["id"],
            case["source"]["repo"],
            _lending_terms(case),
            tuple(figures),
            decimals=case.get("assertion_dp"),
        )


def _lending_terms(case: dict[str, Any], **choices: Any) -> RepaymentTerms:
    given, conventions = case["input"], case["conventions"]
    is_flat = "flat" in given.get("schedule_type", "")
    by_days = "actual" in conventions.get("schedule_interest", "")
    broken = given.get("bpi_recovery")
    start = given.get("disbursement_date")
    level = LevelPayment(rounding=RoundingMode.CEILING, multiple=1, basis=TWELFTHS)
    return terms_of(
        given["principal"],
        given["annual_rate_percent"],
        given["periods"],
        **{
            "currency": Currency.of("INR"),
            "first_due_date": day(given.get("first_due_date", "2025-02-01")),
            "method": AmortisationMethod.FLAT if is_flat else ANNUITY,
            "rounding": HALF_EVEN,
            "interest_basis": ByDays(DayCount.ACT_365F) if by_days else TWELFTHS,
            "level_payment": LevelPayment() if is_flat else level,
            "disbursed_on": day(start) if start and broken else None,
            "first_period": BROKEN_INTEREST[broken] if broken else FirstPeriod.REGULAR,
            **choices,
        },
    )


def _lending_payments() -> Iterator[Case]:
    (case,) = [one for one in load("lending/schedule.json")["cases"] if one["id"] == "SCH-15"]
    for key, level in (
        ("emi_rounded_half_even_2dp", LevelPayment()),
        ("emi_ceiled_whole_unit", LevelPayment(rounding=RoundingMode.CEILING, multiple=1)),
    ):
        figure = Figure(1, "payment", money(case["expected"][key]))
        terms = _lending_terms(case, level_payment=level)
        yield Case(f"SCH-15 {key}", case["source"]["repo"], terms, (figure,))


def restructured_terms() -> tuple[RepaymentTerms, int]:
    """The terms after a restructuring of SCH-13, and the days of their first period."""
    (case,) = [one for one in load("lending/schedule.json")["cases"] if one["id"] == "SCH-13"]
    given = case["input"]
    terms = _lending_terms(
        case,
        first_due_date=day(given["new_first_due_date"]),
        disbursed_on=day(given["restructure_date"]),
        first_period=FirstPeriod.OWN_LENGTH,
        interest_basis=ByDays(DayCount.ACT_365F),
    )
    return terms, case["expected"]["first_row_number_of_days"]


PUBLISHED: tuple[Case, ...] = (
    (
        *_schedules(),
        *_manuals(),
        *_emi_cases(),
        *_emi_files(),
        *_schedule_files(),
        *_lending(),
        *_lending_payments(),
    )
    if FOLDER.is_dir()
    else ()
)
