"""Of what kinds terms are made: each refused in words, with the form to write.

The one idea: kinds are looked at before anything else, so that every later check may rely on them.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from delinquency.amortisation.conventions import (
    AmortisationMethod,
    ByDays,
    Compounded,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    Residue,
)
from delinquency.amortisation.rate_changes import RateChangeEffect, check_annual_rate
from delinquency.business_days import AccrueTo, BusinessDayConvention
from delinquency.choices import checked_member
from delinquency.component import Component
from delinquency.currency import Currency
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.rounding import RoundingMode
from delinquency.whole_numbers import check_int

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["MOST_INSTALMENTS", "check_kinds"]

MOST_INSTALMENTS: Final = 1200
"""The longest schedule accepted [instalments]; itself accepted: a hundred years of months."""

_WHERE: Final = "repayment terms"


def check_kinds(terms: RepaymentTerms) -> None:
    """Refuse wrong types, a rate that is not per year, and a count out of range."""
    _check_types(terms)
    check_annual_rate(terms.annual_rate, f"{_WHERE}, annual_rate")
    _check_count(terms)


def _check_types(terms: RepaymentTerms) -> None:
    choices: tuple[tuple[str, type[Enum]], ...] = (
        ("method", AmortisationMethod),
        ("rounding", RoundingMode),
        ("first_period", FirstPeriod),
        ("residue", Residue),
        ("rate_change_effect", RateChangeEffect),
        ("flat_component", Component),
        ("convention", BusinessDayConvention),
        ("accrue_to", AccrueTo),
    )
    for field, kind in choices:
        checked_member(getattr(terms, field), kind, f"{_WHERE}, {field}")
    kinds: tuple[tuple[str, str, tuple[type, ...], str], ...] = (
        ("currency", "a Currency", (Currency,), 'Write Currency.of("CNY").'),
        ("carries_fractions", "a bool", (bool,), ""),
        ("frequency", "a Frequency", (Frequency,), 'Write Frequency.of("monthly").'),
        (
            "interest_basis",
            "NominalPeriods, ByDays or Compounded",
            (NominalPeriods, ByDays, Compounded),
            "Write ByDays(DayCount.ACT_360) for interest by days.",
        ),
        (
            "level_payment",
            "a LevelPayment",
            (LevelPayment,),
            'Write LevelPayment(amount=Decimal("1066.19")) for an agreed payment.',
        ),
        (
            "moratorium",
            "a Moratorium or None",
            (Moratorium, type(None)),
            "Write Moratorium(principal_instalments=3).",
        ),
        ("may_capitalise", "a bool", (bool,), ""),
        (
            "calendar",
            "a HolidayCalendar or None",
            (HolidayCalendar, type(None)),
            "For weekends alone write WEEKENDS_ONLY.",
        ),
    )
    if terms.broken_day_count is not None:
        checked_member(terms.broken_day_count, DayCount, f"{_WHERE}, broken_day_count")
    for field, expected, types, hint in kinds:
        value = getattr(terms, field)
        if not isinstance(value, types):
            raise InvalidTypeError.at(
                f"{_WHERE}, {field}", expected=expected, found=value, hint=hint
            )


def _check_count(terms: RepaymentTerms) -> None:
    count = terms.instalment_count
    check_int(count, f"{_WHERE}, instalment_count")
    if not 1 <= count <= MOST_INSTALMENTS:
        raise InvalidValueError.at(
            f"{_WHERE}, instalment_count",
            expected=f"from 1 to {MOST_INSTALMENTS} instalments",
            found=count,
        )
