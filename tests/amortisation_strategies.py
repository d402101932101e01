"""Terms of repayment over all their choices, made by construction: every draw is a schedule.

The edges are drawn often: a rate of 0 and one below, one instalment, one minor unit, 29 February, ends
of months, days off at either end of a period.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from delinquency import Component, Currency, DayCount, Proportion, Rate, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    Compounded,
    DeferredInterest,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    PaymentStep,
    RateChange,
    RateChangeEffect,
    RepaymentTerms,
    Residue,
)
from delinquency.amortisation.new_term import with_new_term
from delinquency.business_days import AccrueTo, BusinessDayConvention
from delinquency.errors import InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import WEEKENDS_ONLY
from delinquency.rolls import EndOfMonth

ANNUITY, EQUAL_PRINCIPAL = AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL
FLAT, BULLET = AmortisationMethod.FLAT, AmortisationMethod.BULLET
CURRENCIES = tuple(Currency.of(code) for code in ("CNY", "JPY", "KWD"))
FREQUENCIES = (
    Frequency.MONTHLY,
    Frequency.MONTHLY,
    Frequency.QUARTERLY,
    Frequency.YEARLY,
    Frequency.EVERY_TWO_WEEKS,
    Frequency.EVERY_FOUR_WEEKS,
)
DAY_COUNTS = (
    DayCount.ACT_365F,
    DayCount.ACT_360,
    DayCount.ACT_ACT_ISDA,
    DayCount.THIRTY_360,
    DayCount.THIRTY_E_360_ISDA,
)
EDGE_DAYS = (
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2025, 1, 31),
    date(2025, 1, 30),
    date(2100, 2, 28),
)
APART = (FirstPeriod.ADDED, FirstPeriod.SPREAD, FirstPeriod.OWN_INSTALMENT)


def rates(*, least: str = "-0.05", most: str = "0.36") -> st.SearchStrategy[Rate]:
    """Rates per year, edges often; the smallest step of a rate among them."""
    low, high = (int(Decimal(end) * 10**8) for end in (least, most))
    edges = [scaled for scaled in (0, 1, 4_350_000, 24_000_000) if low <= scaled <= high]
    whole = st.one_of(st.sampled_from(edges), st.integers(low, high))
    return whole.map(lambda scaled: Rate.per_year(Decimal(scaled).scaleb(-8)))


ANY_RATE = rates()


def in_units(minor: int, currency: Currency) -> Decimal:
    return Decimal(minor).scaleb(-currency.minor_unit)


def bases() -> st.SearchStrategy[Any]:
    return st.one_of(
        st.just(NominalPeriods()),
        st.sampled_from(DAY_COUNTS).map(ByDays),
        st.sampled_from((1, 2, 12)).map(Compounded),
    )


@st.composite
def level_payments(draw, principal: int, currency: Currency, count: int) -> LevelPayment:
    given: dict[str, Any] = {
        "rounding": draw(st.none() | st.sampled_from(RoundingMode)),
        "basis": draw(st.none() | bases()),
        "is_rounded": draw(st.sampled_from((True, True, False))),
    }
    if draw(st.booleans()):
        given["multiple"] = draw(st.sampled_from((1, 10)))
    if draw(st.sampled_from((False, False, False, True))):
        given["amount"] = in_units(draw(st.integers(1, 2 * principal)), currency)
    starts = draw(st.lists(st.integers(1, count), max_size=2, unique=True).map(sorted))
    for start in starts if draw(st.sampled_from((False, False, True))) else ():
        step: dict[str, Any] = {"share": Proportion(draw(st.integers(1, 30)), 10)}
        if draw(st.booleans()):
            step = {"amount": in_units(draw(st.integers(0, principal)), currency)}
        given.setdefault("steps", []).append(PaymentStep(from_instalment=start, **step))
    return LevelPayment(**given)


@st.composite
def moratoria(draw, count: int, method: AmortisationMethod) -> Moratorium:
    quiet = draw(st.integers(1, count - 1))
    kinds = [kind for kind in DeferredInterest if kind is not DeferredInterest.CAPITALISED]
    return Moratorium(
        principal_instalments=quiet,
        interest_instalments=draw(st.integers(0, quiet)),
        interest=draw(st.sampled_from(kinds if method is FLAT else DeferredInterest)),
    )


@st.composite
def rate_changes(draw, first: date, rate: st.SearchStrategy[Rate]) -> list[RateChange]:
    """Changes on due dates, the days beside them, and anywhere."""
    near = st.sampled_from((-1, 0, 1, 30, 31, 59))
    offsets = draw(
        st.lists(st.one_of(near, st.integers(-40, 900)), max_size=3, unique=True).map(sorted)
    )
    return [RateChange(first + timedelta(offset), draw(rate)) for offset in offsets]


def drawn_rates(given: dict[str, Any]) -> list[Rate]:
    return [given["annual_rate"], *(each.annual_rate for each in given.get("rate_changes", ()))]


@st.composite
def repayment_terms(draw, **fixed: Any) -> RepaymentTerms:
    """Terms that a schedule follows from; ``fixed`` says what is not drawn.

    Interest that a payment does not cover becomes principal, so that no draw is refused.
    """
    method = fixed.get("method") or draw(st.sampled_from(AmortisationMethod))
    currency = draw(st.sampled_from(CURRENCIES))
    principal = draw(st.one_of(st.sampled_from((1, 2, 100, 1_000_000)), st.integers(1, 10**9)))
    count = fixed.get("instalment_count") or draw(
        st.one_of(st.sampled_from((1, 2, 12)), st.integers(1, 36))
    )
    first = draw(
        st.one_of(
            st.sampled_from(EDGE_DAYS),
            st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        )
    )
    basis = fixed.get("interest_basis") or draw(bases())
    rate = fixed.pop("rates", ANY_RATE)
    given: dict[str, Any] = {
        "currency": currency,
        "principal": in_units(principal, currency),
        "annual_rate": draw(rate),
        "first_due_date": first,
        "instalment_count": count,
        "method": method,
        "rounding": draw(st.sampled_from(RoundingMode)),
        "carries_fractions": draw(st.booleans()),
        "frequency": draw(st.sampled_from(FREQUENCIES)),
        "interest_basis": basis,
        "residue": draw(st.sampled_from(Residue)),
        "rate_change_effect": draw(st.sampled_from(RateChangeEffect)),
        "may_capitalise": True,
        "flat_component": draw(st.sampled_from((Component.INTEREST, Component.FEES))),
        "accrue_to": draw(st.sampled_from(AccrueTo)),
    }
    if method is ANNUITY and "level_payment" not in fixed:
        given["level_payment"] = draw(level_payments(principal, currency, count))
    if method is FLAT and draw(st.booleans()):
        given["level_payment"] = LevelPayment(multiple=1)
    if method in (ANNUITY, EQUAL_PRINCIPAL) and draw(st.booleans()):
        given["balloon"] = in_units(draw(st.integers(0, principal)), currency)
    if method is not BULLET and count > 1 and draw(st.booleans()):
        given["moratorium"] = draw(moratoria(count, method))
    if draw(st.booleans()):
        given["rate_changes"] = draw(rate_changes(first, rate))
    if "first_period" not in fixed and draw(st.booleans()):
        rules = [
            FirstPeriod.AS_REGULAR,
            FirstPeriod.OWN_LENGTH,
            *APART,
        ]
        given["first_period"] = draw(st.sampled_from(rules))
        if given["first_period"].is_apart and not isinstance(
            fixed.get("interest_basis", basis), ByDays
        ):
            given["broken_day_count"] = draw(st.sampled_from(DAY_COUNTS[:4]))
        given["disbursed_on"] = first - timedelta(draw(st.integers(5, 70)))
    if draw(st.booleans()):
        given["convention"] = draw(st.sampled_from(BusinessDayConvention))
        given["calendar"] = WEEKENDS_ONLY
    month_end = (first + timedelta(1)).month != first.month
    if month_end and given["frequency"].months and draw(st.booleans()):
        given["roll"] = EndOfMonth()
    level = given.get("level_payment", LevelPayment())
    if not level.is_rounded and fixed.get("rate_change_effect") is RateChangeEffect.NEW_TERM:
        given["level_payment"] = attrs.evolve(level, is_rounded=True)
    elif not fixed.get("level_payment", level).is_rounded:
        given["rate_change_effect"] = RateChangeEffect.NEW_PAYMENT
    if min(rate.scaled for rate in drawn_rates(given)) < 0:
        given["flat_component"] = Component.INTEREST
    terms = RepaymentTerms(**{**given, **fixed})
    try:
        with_new_term(terms)
    except InvalidValueError as error:  # a payment of few cents that a high rate outruns
        assume("a loan that its payment" not in str(error))
    return terms
