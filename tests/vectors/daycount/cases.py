"""The published cases, each brought to the form of a question to the library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from delinquency import CouponPeriod, DayCount
from tests.vectors.daycount.brazil import BrazilianSettlement
from tests.vectors.daycount.transcribed import ICMA_EXAMPLES, ISDA_DAYS, MEMO_EXAMPLES
from tests.vectors.published import FOLDER, load

BACKWARDS = (
    "The period runs backwards; here it is refused. Run as the opposite of the period forwards."
)


class Case(NamedTuple):
    """A question, and what was published: a fraction, days, a decimal with its precision, or several."""

    id: str
    source: str
    start: date
    end: date
    day_count: DayCount
    coupon_period: CouponPeriod | None = None
    fraction: Fraction | None = None
    days: int | None = None
    decimal: tuple[float, Fraction] | None = None
    not_applicable: str = ""


ISDA_NAMES = {
    "30/360 (Bond Basis, ISDA 2006 4.16(f))": DayCount.THIRTY_360,
    "30E/360 (Eurobond Basis, ISDA 2006 4.16(g))": DayCount.THIRTY_E_360,
    "30E/360 (ISDA, 2006 4.16(h))": DayCount.THIRTY_E_360_ISDA,
    "30/360 US (with Feb-EOM rule)": DayCount.THIRTY_U_360_EOM,
    "30/365": DayCount.THIRTY_365,
}
COUPONS_PER_YEAR = {"P12M": 1, "P6M": 2, "P4M": 3, "P3M": 4, "P2M": 6, "P1M": 12}
A_DOUBLE = Fraction(1, 10**15)
"""What the last bit of a float of a few years is worth."""
TWELVE_PLACES = Fraction(1, 2 * 10**12)
"""Half a unit of the last decimal that is printed."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def _strata() -> Iterator[Case]:
    published = load("daycount/strata_daycount.json")
    for number, case in enumerate(published["cases"]):
        start, end = day(case["start"]), day(case["end"])
        facts: dict[str, Any] = {"end_of_month": case.get("schedule_is_end_of_month")}
        if "end_is_maturity" in case:
            facts["maturity_date"] = end if case["end_is_maturity"] else date(2200, 12, 31)
        if "coupon_period_end" in case:
            facts["end"] = day(case["coupon_period_end"])
            facts["coupons_per_year"] = COUPONS_PER_YEAR[case["frequency"]]
        yield Case(
            f"strata-{number}",
            published["source"],
            start,
            end,
            DayCount.of(case["convention"]),
            CouponPeriod(**facts),
            fraction=Fraction(case["exact"]) if "exact" in case else None,
            days=case.get("days"),
            decimal=(case["year_fraction"], A_DOUBLE) if "year_fraction" in case else None,
        )


def _isda() -> Iterator[Case]:
    published = load("daycount/isda_30_360.json")
    for number, case in enumerate(published["cases"]):
        maturity = case.get("termination_date")
        yield Case(
            f"isda-{number}",
            published["source"],
            day(case["start"]),
            day(case["end"]),
            ISDA_NAMES[case["convention"]],
            CouponPeriod(maturity_date=day(maturity)) if maturity else None,
            fraction=Fraction(case["days"], case["denominator"]),
            days=case["days"],
        )


def _memo() -> Iterator[Case]:
    published = load("daycount/isda_actact_memo.json")
    for number, case in enumerate(published["cases"]):
        yield Case(
            f"memo-{number}",
            f"{published['source']}: {case['example']}",
            day(case["start"]),
            day(case["end"]),
            DayCount.of(case["convention"]),
            _coupon_of(case),
            fraction=sum((Fraction(term) for term in case["terms"]), Fraction(0)),
            decimal=(case["year_fraction"], A_DOUBLE),
        )


def _coupon_of(case: dict[str, Any]) -> CouponPeriod | None:
    if "freq_per_year" not in case:
        return None
    if "ref_start" in case:
        start, end = case["ref_start"], case["ref_end"]
    else:
        start, end = case["notional_periods"][0]
    return CouponPeriod(
        start=day(start),
        end=day(end),
        coupons_per_year=case["freq_per_year"],
        end_of_month=case.get("end_of_month"),
    )


def _business_252() -> Iterator[Case]:
    published = load("daycount/business252.json")
    for number, case in enumerate(published["cases"]):
        start, end = day(case["start"]), day(case["end"])
        forwards = case["business_days"] >= 0
        yield Case(
            f"business-{number}",
            published["source"],
            min(start, end),
            max(start, end),
            DayCount.BUSINESS_252,
            CouponPeriod(calendar=BrazilianSettlement()),
            days=abs(case["business_days"]),
            decimal=(abs(case["year_fraction"]), TWELVE_PLACES),
            not_applicable="" if forwards else BACKWARDS,
        )


def _transcribed() -> Iterator[Case]:
    for column, text in ISDA_DAYS.items():
        for line in text.split("\n"):
            start, end, days, *maturity = line.split()
            yield Case(
                f"transcribed: {column} {start} {end}",
                "ISDA, 30/360 Day Count Conventions (2008), and the sources named above the table",
                day(start),
                day(end),
                DayCount.of(column),
                CouponPeriod(maturity_date=day(maturity[0])) if maturity else None,
                days=int(days),
            )
    memo = "ISDA, The Actual/Actual Day Count Fraction (1998), corrected 1999"
    for start, end, isda, afb in MEMO_EXAMPLES:
        for name, terms in (("Act/Act ISDA", isda), ("Act/Act AFB", afb)):
            yield Case(
                f"transcribed: {name} {start} {end}",
                memo,
                day(start),
                day(end),
                DayCount.of(name),
                fraction=sum(map(Fraction, terms.split()), Fraction(0)),
            )
    for start, end, first, last, coupons, end_of_month, terms in ICMA_EXAMPLES:
        yield Case(
            f"transcribed: Act/Act ICMA {start} {end} {first}",
            memo,
            day(start),
            day(end),
            DayCount.ACT_ACT_ICMA,
            CouponPeriod(
                start=day(first),
                end=day(last),
                coupons_per_year=coupons,
                end_of_month=end_of_month,
            ),
            fraction=sum(map(Fraction, terms.split()), Fraction(0)),
        )


TRANSCRIBED = tuple(_transcribed())
PUBLISHED = (*_strata(), *_isda(), *_memo(), *_business_252()) if FOLDER.is_dir() else ()
