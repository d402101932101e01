"""From the terms of a contract to the plan that the library is asked for.

Every date has the types of the events that the contract lists on it; what the row of that date does
follows from those types, by the table in the docstring of this package.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from math import ceil
from typing import NamedTuple

from delinquency import NO_HOLIDAYS, BusinessDayConvention, DayCount, year_fraction
from delinquency.amortisation import (
    DeferredInterest,
    ExactRateChange,
    GivenPayment,
    GivenPrincipal,
    IrregularRow,
    IrregularTerms,
    SolvedPayment,
    WholeBalance,
)
from delinquency.period_arithmetic import add_periods
from tests.vectors.actus.reading import Contract, Instant, cycle_of

__all__ = ["Plan", "plan_of"]


class Plan(NamedTuple):
    """The terms of the library, and what the source calls each date."""

    terms: IrregularTerms
    events: dict[Instant, set[str]]


class Dates:
    """What happens when: types of events by instant, and principal given for a date."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.events: dict[Instant, set[str]] = defaultdict(set)
        self.principal: dict[Instant, Fraction] = {}
        self.rates: list[ExactRateChange] = []
        self.solved_over: list[date] = []

    def add(self, kind: str, instant: Instant) -> None:
        self.events[instant].add(kind)

    def add_all(self, kind: str, nominal: list[date]) -> None:
        for day in nominal:
            self.add(kind, self.contract.shifted(day))


def plan_of(contract: Contract) -> Plan:
    dates = Dates(contract)
    # A rule for ends of months may be given where no cycle asks for it.
    contract.unread.discard("endOfMonthConvention")
    {"ANN": annuity, "PAM": at_maturity, "LAX": exotic, "UMP": undefined}[contract.kind](dates)
    for kind in ("purchase", "termination"):
        if contract.given(f"{kind}Date"):
            dates.add(
                {"purchase": "PRD", "termination": "TD"}[kind], contract.instant(f"{kind}Date")
            )
    start = max(contract.day("initialExchangeDate"), contract.day("statusDate"))
    # A contract that is older than its status says what had accrued by then.
    assert start == contract.day("initialExchangeDate") or contract.given("accruedInterest")
    dated = sorted(instant for instant in dates.events if instant.accrues_to >= start)
    terms = IrregularTerms(
        principal=contract.number("notionalPrincipal"),
        annual_rate=contract.number("nominalInterestRate"),
        disbursed_on=start,
        day_count=DayCount.of(contract.text("dayCountConvention")),
        accrued_interest=contract.number("accruedInterest"),
        rate_changes=sorted(dates.rates, key=lambda change: change.effective_on),
        solved_over=dates.solved_over,
        rows=[row_of(dates, instant) for instant in dated],
    )
    return Plan(terms, {instant: dates.events[instant] for instant in dated})


def row_of(dates: Dates, instant: Instant) -> IrregularRow:
    kinds = dates.events[instant]
    due, accrues_to = instant.due, instant.accrues_to
    if "MD" in kinds:
        return IrregularRow(due, WholeBalance(), accrues_to=accrues_to)
    deferred = DeferredInterest.ACCRUED
    if "IPCI" in kinds:
        deferred = DeferredInterest.CAPITALISED
    if not kinds & {"PR", "PI"}:
        return IrregularRow(due, None, None if "IP" in kinds else deferred, accrues_to)
    if instant in dates.principal:
        given = GivenPrincipal(dates.principal[instant])
        return IrregularRow(due, given, None if "IP" in kinds else deferred, accrues_to)
    if dates.contract.given("nextPrincipalRedemptionPayment"):
        amount = dates.contract.number("nextPrincipalRedemptionPayment")
        return IrregularRow(due, GivenPayment(amount), accrues_to=accrues_to)
    return IrregularRow(due, SolvedPayment(), accrues_to=accrues_to)


# Dates of the families.


def at_maturity(dates: Dates) -> None:
    contract = dates.contract
    maturity = contract.instant("maturityDate")
    end = contract.day("maturityDate")
    interest(dates, contract.day("cycleAnchorDateOfInterestPayment"), end, end)
    resets(dates, end)
    matures(dates, maturity)


def annuity(dates: Dates) -> None:
    contract = dates.contract
    anchor, cycle = (
        contract.day("cycleAnchorDateOfPrincipalRedemption"),
        contract.text("cycleOfPrincipalRedemption"),
    )
    maturity, end = annuity_maturity(contract, anchor, cycle)
    redemptions = contract.dates(anchor, cycle, end)[:-1]
    interest(dates, contract.day("cycleAnchorDateOfInterestPayment"), anchor, end)
    dates.add_all("IP", redemptions)
    dates.add_all("PR", redemptions)
    resets(dates, end)
    if not contract.given("nextPrincipalRedemptionPayment"):
        fixings(dates, anchor)
        if contract.given("amortizationDate"):
            last, until = contract.instant("amortizationDate"), contract.day("amortizationDate")
            whole = [contract.shifted(day) for day in contract.dates(anchor, cycle, until)[:-1]]
            dates.solved_over = [each.accrues_to for each in (*whole, last)]
    matures(dates, maturity)


def annuity_maturity(contract: Contract, anchor: date, cycle: str) -> tuple[Instant, date]:
    """Where it is not given: ``amortizationDate``, or so many payments as the first one needs."""
    amortised = "amortizationDate" if contract.given("amortizationDate") else ""
    name = "maturityDate" if contract.given("maturityDate") else amortised
    if name:
        return contract.instant(name), contract.day(name)
    frequency, _ = cycle_of(cycle)
    move = partial(
        add_periods,
        anchor,
        frequency=frequency,
        convention=BusinessDayConvention.NO_ADJUST,
        calendar=NO_HOLIDAYS,
        end_of_month=contract.keeps_month_ends,
    )
    day_count = DayCount.of(contract.text("dayCountConvention"))
    principal = contract.number("notionalPrincipal")
    borne = principal * contract.number("nominalInterestRate")
    borne *= year_fraction(move(-1), anchor, day_count=day_count)
    repaid = contract.number("nextPrincipalRedemptionPayment") - borne
    end = move(ceil(principal / repaid) - 1)
    return contract.shifted(end), end


def undefined(dates: Dates) -> None:
    contract = dates.contract
    if not contract.given("cycleOfInterestPayment"):
        # Nothing is listed but the loan itself: a row on its day lets the terms have one.
        dates.add("", contract.shifted(contract.day("initialExchangeDate")))
        return
    end = date.fromisoformat(contract.analysed_to[:10])
    anchor = contract.day("cycleAnchorDateOfInterestPayment")
    capitalised = contract.dates(anchor, contract.text("cycleOfInterestPayment"), end)
    dates.add_all("IPCI", capitalised[:-1])


def exotic(dates: Dates) -> None:
    contract = dates.contract
    signs = {"DEC": 1, "INC": -1}
    moves = [
        signs[way] * Fraction(amount)
        for way, amount in zip(
            contract.array("arrayIncreaseDecrease"),
            contract.array("arrayNextPrincipalRedemptionPayment"),
            strict=True,
        )
    ]
    end = exotic_maturity(contract, moves)
    for place, day in array_dates(contract, "PrincipalRedemption", end):
        if day < end:
            instant = contract.shifted(day)
            dates.add("PR" if moves[place] > 0 else "PI", instant)
            dates.principal[instant] = moves[place]
    dates.add_all("IP", [day for _, day in array_dates(contract, "InterestPayment", end)])
    kinds = contract.array("arrayFixedVariable")
    rates = [Fraction(rate) for rate in contract.array("arrayRate")]
    code = contract.text("marketObjectCodeOfRateReset")
    for place, day in array_dates(contract, "RateReset", end):
        if day < end:
            is_fixed = kinds[place] == "FIX"
            rate = rates[place] if is_fixed else rates[place] + contract.rate_observed(code, day)
            reset(dates, "RRF" if is_fixed else "RR", day, rate)
    matures(dates, contract.shifted(end))


def array_dates(contract: Contract, name: str, end: date) -> list[tuple[int, date]]:
    """Each date of an array of cycles with the place of its cycle: each runs to the next anchor."""
    anchors = [
        date.fromisoformat(text[:10]) for text in contract.array(f"arrayCycleAnchorDateOf{name}")
    ]
    cycles = contract.array(f"arrayCycleOf{name}") or [""] * len(anchors)
    found: list[tuple[int, date]] = []
    for place, (anchor, cycle) in enumerate(zip(anchors, cycles, strict=True)):
        last = place + 1 == len(anchors)
        until = end if last else anchors[place + 1]
        if not cycle:
            found.append((place, anchor))
            continue
        found += [(place, day) for day in contract.dates(anchor, cycle, until) if day < until]
    return [(place, day) for place, day in found if day < end] + [(len(anchors) - 1, end)]


def exotic_maturity(contract: Contract, moves: list[Fraction]) -> date:
    """Where it is not given: the date on which the principal is repaid."""
    if contract.given("maturityDate"):
        return contract.day("maturityDate")
    balance = contract.number("notionalPrincipal")
    for place, day in array_dates(contract, "PrincipalRedemption", date(2199, 1, 1)):
        balance -= moves[place]
        if balance <= 0:
            return day
    raise AssertionError


# Events that families share.


def interest(dates: Dates, anchor: date, until: date, end: date) -> None:
    """Interest on the dates of its cycle before ``until``, capitalised up to the day the terms say."""
    contract = dates.contract
    cycle = contract.text("cycleOfInterestPayment")
    days = [day for day in contract.dates(anchor, cycle, end) if day < until]
    if contract.given("capitalizationEndDate"):
        last = contract.day("capitalizationEndDate")
        dates.add_all("IPCI", [day for day in days if day < last] + [last])
        days = [day for day in days if day > last]
    dates.add_all("IP", days)


def resets(dates: Dates, end: date) -> None:
    contract = dates.contract
    multiplier, spread = contract.number("rateMultiplier", "1"), contract.number("rateSpread")
    code = contract.text("marketObjectCodeOfRateReset")
    if not contract.given("cycleAnchorDateOfRateReset"):
        return
    anchor = contract.day("cycleAnchorDateOfRateReset")
    is_fixed = contract.given("nextResetRate")
    for day in contract.dates(anchor, contract.text("cycleOfRateReset"), end)[:-1]:
        if is_fixed:
            reset(dates, "RRF", day, contract.number("nextResetRate"))
        else:
            observed = contract.rate_observed(code, day)
            reset(dates, "RR", day, observed * multiplier + spread)
        is_fixed = False


def reset(dates: Dates, kind: str, day: date, rate: Fraction) -> None:
    instant = dates.contract.shifted(day)
    dates.add(kind, instant)
    dates.rates.append(ExactRateChange(instant.accrues_to, rate))


def fixings(dates: Dates, anchor: date) -> None:
    """When a payment that is not given is fixed: the day before redemption begins, and at each reset."""
    for kinds in dates.events.values():
        if kinds & {"RR", "RRF"}:
            kinds.add("PRF")
    if anchor > dates.contract.day("initialExchangeDate"):
        day = anchor - timedelta(days=1)
        dates.add("PRF", Instant.of(day, day))


def matures(dates: Dates, instant: Instant) -> None:
    dates.events[instant] |= {"IP", "MD"}
