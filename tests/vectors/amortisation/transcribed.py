"""A few published tables, transcribed with their sources, so that they are run everywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from delinquency import Currency, DayCount, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    Compounded,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    RateChange,
    Residue,
)
from delinquency.frequency import Frequency
from tests.vectors.amortisation.cases import TWELFTHS, Case, Figure, percent, terms_of

HALF_EVEN = RoundingMode.HALF_EVEN
EUR, INR = Currency.of("EUR"), Currency.of("INR")
WHOLE_RUPEES = LevelPayment(rounding=RoundingMode.CEILING, multiple=1, basis=TWELFTHS)
FIELDS = ("payment", "principal", "interest", "closing_balance")


def rows(text: str) -> tuple[Figure, ...]:
    """A line a row: its number, payment, principal, interest, balance; a dash where none is printed."""
    return tuple(
        Figure(int(number), field, Decimal(value))
        for number, *values in map(str.split, text.strip().splitlines())
        for field, value in zip(FIELDS, values, strict=False)
        if value != "-"
    )


def case(name: str, source: str, loan: tuple[Any, ...], text: str, **choices: Any) -> Case:
    return Case(name, source, terms_of(*loan, **choices), rows(text))


TRANSCRIBED: tuple[Case, ...] = (
    case(
        "a textbook's yearly loan",
        "Arcones, Manual for SOA Exam FM, section 4.1, example 4 (2009)",
        (20000, 8, 12),
        """
        1 2653.90 1053.90 1600.00 18946.10
        2 2653.90 1138.21 1515.69 17807.89
        7 2653.90 1672.41 981.49 10596.26
        11 2653.90 2275.29 378.61 2457.32
        12 2653.91 2457.32 196.59 0.00
        """,
        frequency=Frequency.YEARLY,
    ),
    case(
        "a Canadian renewal",
        "Olivier, Business Mathematics, renewal of 316,593.49 at 5.85 %, 204 months",
        ("316593.49", "5.85", 204),
        "1 2440.73",
        interest_basis=Compounded(2),
    ),
    case(
        "a Canadian quarterly renewal",
        "eCampusOntario, Financial Math, section 4.4, example 1: 265,830.61 at 2.5 %, 204 months",
        ("265830.61", "2.5", 68),
        "1 4807.70",
        frequency=Frequency.QUARTERLY,
        interest_basis=Compounded(2),
    ),
    case(
        "a payment rounded up",
        "OpenStax, Contemporary Mathematics, 6.8: 136,700 at 5.75 %, 180 months",
        (136700, "5.75", 180),
        "1 1135.18",
        level_payment=LevelPayment(rounding=RoundingMode.UP),
    ),
    case(
        "an exact balance beside rounded rows",
        "Goldstein et al., Finite Mathematics, section 10.3, example 1: 563 at 12 %, 5 months",
        (563, 12, 5),
        "1 116.00\n2 116.00",
        carries_fractions=True,
    ),
    case(
        "a calculator's mortgage",
        "HP 12c Platinum User's Guide, p. 70: 250,000 at 5.25 %, 25 years",
        (250000, "5.25", 300),
        "1 - 404.37 1093.75\n2 - 406.14 1091.98",
    ),
    case(
        "a payment that is not rounded",
        "De Hypotheker, Rekenvoorbeeld annuïteitenhypotheek: 216,000 at 4 %, 30 years",
        (216000, 4, 360),
        """
        1 - 311.22 720.00 215688.78
        2 - 312.25 718.96 215376.53
        3 - 313.30 717.92 215063.23
        356 - 1014.20 17.02 4090.72
        359 - 1024.38 6.84 1027.79
        """,
        carries_fractions=True,
        level_payment=LevelPayment(is_rounded=False),
    ),
    case(
        "two weeks over 364 days",
        "Apache Fineract, ProgressiveEMICalculatorTest, 364 days, every 2 weeks",
        (100, "9.4822", 3),
        "1 33.57 33.21 0.36 66.79\n2 33.57 33.33 0.24 33.46\n3 33.58 33.46 0.12 0.00",
        currency=EUR,
        first_due_date=date(2024, 1, 15),
        rounding=HALF_EVEN,
        frequency=Frequency.EVERY_TWO_WEEKS,
        interest_basis=ByDays(DayCount.ACT_364),
        residue=Residue.SMOOTHED,
    ),
    case(
        "another rate from the second due date",
        "Apache Fineract, ProgressiveEMICalculatorTest, 7 % to 4 % on 2 February 2024",
        (100, 7, 6),
        "1 17.01 16.43 0.58 83.57",
        currency=EUR,
        first_due_date=date(2024, 2, 1),
        rounding=HALF_EVEN,
        residue=Residue.SMOOTHED,
        rate_changes=[RateChange(date(2024, 2, 1), percent(4))],
    ),
    case(
        "three instalments without principal",
        "Apache Fineract, schedule with grace on principal payment: 5,000 at 12 %, 18 months",
        (5000, 12, 18),
        """
        1 50 0 50 5000
        3 50 0 50 5000
        4 361 311 50 4689
        17 361 353.95 7.05 351.36
        18 354.87 351.36 3.51 0
        """,
        currency=EUR,
        rounding=HALF_EVEN,
        level_payment=LevelPayment(multiple=1),
        moratorium=Moratorium(principal_instalments=3),
    ),
    case(
        "three of six without interest",
        "Apache Fineract, schedule with an interest-free period: 5,000 at 12 %, 18 months",
        (5000, 12, 18),
        "3 0 0 0 5000\n4 200 0 200 5000\n5 50 0 50 5000\n7 444 394 50 4606\n18 447.09 442.66 4.43 0",
        currency=EUR,
        rounding=HALF_EVEN,
        level_payment=LevelPayment(multiple=1),
        moratorium=Moratorium(principal_instalments=6, interest_instalments=3),
    ),
    case(
        "a flat charge",
        "Frappe Lending, test_flat_rate_interest_method: 12,000 at 10 %, 4 months",
        (12000, 10, 4),
        "1 3100.00 3000.00 100.00\n4 3100.00 3000.00 100.00",
        currency=INR,
        method=AmortisationMethod.FLAT,
    ),
    *(
        case(
            f"broken interest, {rule.value}",
            "Frappe Lending, broken period interest: 100,000 at 14.5 %, 12 months",
            (100000, "14.5", 12),
            text,
            currency=INR,
            first_due_date=date(2023, 12, 5),
            disbursed_on=date(2023, 11, 3),
            rounding=HALF_EVEN,
            interest_basis=ByDays(DayCount.ACT_365F),
            level_payment=WHOLE_RUPEES,
            first_period=rule,
        )
        for rule, text in (
            (FirstPeriod.SPREAD, "1 - - 1198.40\n2 - - 1141.93"),
            (FirstPeriod.ADDED, "1 - - 1271.23"),
        )
    ),
)
