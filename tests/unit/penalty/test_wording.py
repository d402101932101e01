"""What a refusal of the penalty package says, word for word: a message is read by people and kept in logs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.strategies_internal import CNY

from delinquency import Citation, DayCount, DelinquencyError, Proportion, Rate
from delinquency.amortisation import ReferenceRates
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyRegime,
    PenaltyTerms,
    Posting,
    RateByAge,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
    check_terms,
)

FIRST = date(2024, 1, 22)
SIX = Rate.per_year("0.06")
LPR = ReferenceRates(
    name="LPR", rates=[(FIRST, Rate.per_year("0.0345"))], covered_until=date(2024, 3, 1)
)
LAW = PenaltyRegime(citations=[Citation("Law", "art. 3")])
TERMS = PenaltyTerms(
    rate=FixedPenaltyRate(SIX),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
FULL = (100_000, 0, 0, 0)
FIELDS = {field.name for field in attrs.fields(PenaltyTerms)}


def terms(**changes: Any) -> PenaltyTerms:
    return attrs.evolve(TERMS, **changes)


def regime(**changes: Any) -> PenaltyRegime:
    return attrs.evolve(LAW, **changes)


def accrual(given: Any = None, **more: Any) -> PenaltyAccrual:
    of_terms = {name: value for name, value in more.items() if name in FIELDS}
    facts = {name: value for name, value in more.items() if name not in FIELDS}
    return PenaltyAccrual(terms(**of_terms) if given is None else given, CNY, **facts)


def late(
    *,
    later: Any = None,
    changed: int | None = None,
    posted: int | None = None,
    principal: int | None = None,
    **more: Any,
) -> PenaltyAccrual:
    """A debt of day 20000, 4 October 2024, and what happened to it."""
    found = accrual(**more)
    found.open_debt(0, 20000, FULL)
    if later is not None:
        found.open_debt(1, 20000, later)
    if changed is not None:
        found.change(0, changed, FULL)
    if posted is not None:
        found.post(0, posted)
    if principal is not None:
        found.change_outstanding(principal, 1_000_000)
    return found


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: FixedPenaltyRate(0.06),
            "fixed penalty rate: expected rows of a date and a Rate, found 0.06.",
        ),
        (
            lambda: FixedPenaltyRate("0.06"),
            "fixed penalty rate: expected rows of a date and a Rate, found '0.06'.",
        ),
        (
            lambda: FixedPenaltyRate(()),
            "fixed penalty rate: expected at least one DatedRate, found none.",
        ),
        (
            lambda: FixedPenaltyRate((SIX,)),
            "fixed penalty rate, row 1: expected a DatedRate, or a pair of a date and a Rate, found Rate(scaled=6000000, period=<RatePeriod.YEAR: 'year'>).",
        ),
        (
            lambda: FixedPenaltyRate(((FIRST, 6),)),
            'fixed penalty rate, row 1, dated rate, rate: expected an instance of Rate, found 6. Hint: Write Rate.per_year("0.0435").',
        ),
        (
            lambda: FixedPenaltyRate(((datetime(2024, 1, 1), SIX),)),
            "fixed penalty rate, row 1, dated rate: expected effective_on to be a date, found datetime.datetime(2024, 1, 1, 0, 0). Hint: A datetime is not a date: choose the time zone, then call .date().",
        ),
        (
            lambda: FixedPenaltyRate(((FIRST, SIX), (FIRST, SIX))),
            "fixed penalty rate, row 2: expected a date after 2024-01-22, found 2024-01-22. Hint: Each once, in order.",
        ),
        (
            lambda: FixedPenaltyRate(Rate.per_year("-0.01")),
            "fixed penalty rate: expected a rate of 0 or more, found -1 % a year.",
        ),
        (
            lambda: ContractMultiple(1.5),
            'contract multiple: expected factor to be a Decimal or an int, found 1.5. Hint: Write Decimal("12.34"), from a string: a float holds few amounts exactly.',
        ),
        (
            lambda: ContractMultiple(()),
            "contract multiple: expected at least one DatedFactor, found none.",
        ),
        (
            lambda: ContractMultiple((1,)),
            "contract multiple, row 1: expected a DatedFactor, or a pair of a date and a factor, found 1.",
        ),
        (
            lambda: ContractMultiple(((FIRST, 1), (FIRST, 2))),
            "contract multiple, row 2: expected a date after 2024-01-22, found 2024-01-22. Hint: Each once, in order.",
        ),
        (
            lambda: ContractMultiple(1, misuse_factor=-1),
            "contract multiple, misuse_factor: expected factor of zero or more, with at most forty decimals, found -1.",
        ),
        (
            lambda: ReferencePlusMargin("LPR", SIX),
            "reference plus margin, reference: expected ReferenceRates, found 'LPR'.",
        ),
        (
            lambda: ReferencePlusMargin(LPR, Rate.per_month("0.01")),
            "reference plus margin, margin: expected a rate per year, found 1 % a month. Hint: A rate per month times 12 is the nominal rate per year.",
        ),
        (
            lambda: ReferencePlusMargin(LPR, Rate.per_year("-0.04")),
            "reference plus margin, 'LPR' of 2024-01-22: expected a rate of 0 or more, found -0.55 % a year.",
        ),
        (
            lambda: ReferencePlusMargin(LPR, Rate.per_year(4)),
            'reference plus margin, \'LPR\' of 2024-01-22: expected at most 400 % a year, found 403.45 % a year. Hint: Write a percentage as a fraction of one, 4.35 % is "0.0435", or use Rate.percent("4.35").',
        ),
        (
            lambda: RateByAge(()),
            "rate by age: expected at least one RateTier, found none.",
        ),
        (
            lambda: RateByAge(((2, SIX),)),
            "rate by age, tier 1: expected late day 1, found 2.",
        ),
        (
            lambda: RateByAge(((1, SIX), (1, SIX))),
            "rate by age, row 2: expected a late day after 1, found 1. Hint: Each once, in order.",
        ),
        (
            lambda: RateByAge(((0, SIX),)),
            "rate by age, row 1, rate tier, from_day: expected 1 or more, found 0.",
        ),
        (
            lambda: RateByAge(((1, 6),)),
            'rate by age, row 1, rate tier, rate: expected a Rate, found 6. Hint: Write Rate.per_year("0.0435").',
        ),
        (
            lambda: RateByAge(SIX),
            "rate by age: expected rows of a late day and a Rate, found Rate(scaled=6000000, period=<RatePeriod.YEAR: 'year'>).",
        ),
        (
            lambda: ShareOfBase(0.5),
            'share of base: expected a Proportion, found 0.5. Hint: Write Proportion.parse("0.5").',
        ),
        (
            lambda: AbsoluteCap(-1),
            "absolute cap, amount: expected an amount of 0 or more, found -1.",
        ),
        (
            lambda: ReferenceMultiple("LPR", 4),
            "reference multiple, reference: expected ReferenceRates, found 'LPR'.",
        ),
        (
            lambda: ReferenceMultiple(LPR, -4),
            "reference multiple: expected factor of zero or more, with at most forty decimals, found -4.",
        ),
        (
            lambda: ReferenceMultiple(LPR, "0.0000000123").rate_on(FIRST),
            "123/10000000000 times LPR: expected 3.45 % a year times 123/10000000000 to be a whole number of 1e-8, found 424350000/10000000000 of 1e-8. Hint: Round it yourself, by the rule of the contract, and give the rounded rate.",
        ),
        (
            lambda: AnnualCap(0.24, DayCount.ACT_360),
            "annual cap, rate: expected a Rate or a ReferenceMultiple, found 0.24.",
        ),
        (
            lambda: AnnualCap(Rate.per_year("-0.24"), DayCount.ACT_360),
            "annual cap, rate: expected a rate of 0 or more, found -24 % a year.",
        ),
        (
            lambda: AnnualCap(SIX, DayCount.ONE_ONE),
            "annual cap, day_count: expected a day count of which the parts of a delay add up, found 1/1: a delay of one day would bear as much as one of a year. Hint: Admitted are Act/360, Act/365F, Act/364, Act/365.25, NL/365, NL/360, Act/Act ISDA and months of 30 days.",
        ),
        (
            lambda: terms(rate=SIX),
            "penalty terms, rate: expected a FixedPenaltyRate, ContractMultiple, ReferencePlusMargin or RateByAge, found Rate(scaled=6000000, period=<RatePeriod.YEAR: 'year'>).",
        ),
        (
            lambda: terms(base=0),
            "penalty terms, base: expected a PenaltyBase, found 0. Hint: Write PenaltyBase.OVERDUE_PRINCIPAL, PenaltyBase.OVERDUE_INSTALMENT, PenaltyBase.OVERDUE_AMOUNT or PenaltyBase.OUTSTANDING_PRINCIPAL.",
        ),
        (
            lambda: terms(compounding=0),
            "penalty terms, compounding: expected a Compounding, found 0. Hint: Write Compounding.NONE, Compounding.UNPAID_INTEREST or Compounding.ON_POSTING.",
        ),
        (
            lambda: terms(day_count=DayCount.ACT_ACT_AFB),
            "penalty terms, day_count: expected a day count of which the parts of a delay add up, found Act/Act AFB: what a day bears would depend on how long the delay lasts. Hint: Admitted are Act/360, Act/365F, Act/364, Act/365.25, NL/365, NL/360, Act/Act ISDA and months of 30 days.",
        ),
        (
            lambda: terms(posting=0),
            "penalty terms, posting: expected a Posting, found 0. Hint: Write Posting.ON_DEMAND, Posting.ON_DUE_DATES or Posting.ON_STATEMENT.",
        ),
        (
            lambda: terms(grain=0),
            "penalty terms, grain: expected a RoundingGrain, found 0. Hint: Write RoundingGrain.DAY, RoundingGrain.SEGMENT, RoundingGrain.INSTALMENT or RoundingGrain.ACCOUNT.",
        ),
        (
            lambda: terms(rounding=0),
            "penalty terms, rounding: expected a RoundingMode, found 0. Hint: Write RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.HALF_DOWN, RoundingMode.UP, RoundingMode.DOWN, RoundingMode.CEILING or RoundingMode.FLOOR.",
        ),
        (
            lambda: terms(grace_days=-1),
            "penalty terms, grace_days: expected 0 or more, found -1.",
        ),
        (
            lambda: terms(grace_days=3),
            "penalty terms, grace_kind: expected PenaltyGrace.NEVER_CHARGED or PenaltyGrace.TRIGGER_ONLY with days of grace, found None. Hint: Once they are over, do days of grace stay free, or is the delay charged from the due date?",
        ),
        (
            lambda: terms(grace_days=3, grace_kind=0),
            "penalty terms, grace_kind: expected a PenaltyGrace, found 0. Hint: Write PenaltyGrace.NEVER_CHARGED or PenaltyGrace.TRIGGER_ONLY.",
        ),
        (
            lambda: terms(statement_day=5),
            "penalty terms, statement_day: expected None with Posting.ON_DEMAND, found 5.",
        ),
        (
            lambda: terms(posting=Posting.ON_STATEMENT),
            "penalty terms, statement_day: expected a day of the month, found None.",
        ),
        (
            lambda: terms(posting=Posting.ON_STATEMENT, statement_day=32),
            "penalty terms, statement_day: expected a day from 1 to 31, found 32.",
        ),
        (
            lambda: terms(posting=Posting.ON_STATEMENT, statement_day="5"),
            "penalty terms, statement_day: expected an int, found '5'.",
        ),
        (
            lambda: terms(base=PenaltyBase.OVERDUE_AMOUNT, compounding=Compounding.UNPAID_INTEREST),
            "penalty terms, compounding: expected Compounding.NONE or Compounding.ON_POSTING with a base that holds interest, found Compounding.UNPAID_INTEREST. Hint: The interest would bear twice.",
        ),
        (
            lambda: terms(
                base=PenaltyBase.OUTSTANDING_PRINCIPAL, caps=[ShareOfBase(Proportion(1, 2))]
            ),
            "penalty terms, caps: expected an AbsoluteCap or AnnualCap with a base that is the whole account's, found a ShareOfBase. Hint: No instalment has a base of its own of which it could be a share.",
        ),
        (
            lambda: terms(caps=[5]),
            "penalty terms, cap 1: expected an instance of ShareOfBase or AbsoluteCap or AnnualCap, found 5.",
        ),
        (
            lambda: terms(citations=[5]),
            "penalty terms, citation 1: expected an instance of Citation, found 5.",
        ),
        (
            lambda: regime(citations=()),
            "penalty regime, citations: expected at least one, found none. Hint: A limit of law leads back to an article.",
        ),
        (
            lambda: regime(citations=[5]),
            "penalty regime, citation 1: expected an instance of Citation, found 5.",
        ),
        (
            lambda: regime(forbids_interest=1),
            "penalty regime, forbids_interest: expected a bool, found 1.",
        ),
        (
            lambda: regime(multiple_band="1.5"),
            "penalty regime, band: expected a FactorBand, or two factors, found '1.5'.",
        ),
        (
            lambda: regime(multiple_band=("1.5",)),
            "penalty regime, band: expected two factors, found ('1.5',).",
        ),
        (
            lambda: regime(multiple_band=(2, 1)),
            "penalty regime, band: expected an upper end of 2/1 or more, found 1/1.",
        ),
        (
            lambda: regime(misuse_band=(1.5, 2)),
            'penalty regime, band: expected factor to be a Decimal or an int, found 1.5. Hint: Write Decimal("12.34"), from a string: a float holds few amounts exactly.',
        ),
        (
            lambda: check_terms(5, LAW),
            "check_terms, terms: expected PenaltyTerms, found 5.",
        ),
        (
            lambda: check_terms(TERMS, 5),
            "check_terms, regime: expected a PenaltyRegime, found 5.",
        ),
        (
            lambda: check_terms(TERMS, regime(forbids_interest=True)),
            "penalty terms: expected a charge for the delay, no penalty interest, found a FixedPenaltyRate. Hint: Law, art. 3.",
        ),
        (
            lambda: check_terms(
                terms(compounding=Compounding.ON_POSTING), regime(forbids_compounding=True)
            ),
            "penalty terms, compounding: expected Compounding.NONE, found Compounding.ON_POSTING. Hint: Law, art. 3.",
        ),
        (
            lambda: check_terms(terms(rate=FixedPenaltyRate(SIX)), regime(multiple_band=(1, 2))),
            "penalty terms, rate: expected a ContractMultiple, found a FixedPenaltyRate. Hint: Law, art. 3.",
        ),
        (
            lambda: check_terms(terms(rate=ContractMultiple(3)), regime(multiple_band=(1, 2))),
            "penalty terms, rate: expected a factor from 1/1 to 2/1, found 3/1. Hint: Law, art. 3.",
        ),
        (
            lambda: check_terms(
                terms(rate=ContractMultiple(1, misuse_factor=3)), regime(misuse_band=(1, 2))
            ),
            "penalty terms, rate, misuse_factor: expected a factor from 1/1 to 2/1, found 3/1. Hint: Law, art. 3.",
        ),
        (
            lambda: accrual(5),
            "penalty, terms: expected PenaltyTerms, found 5.",
        ),
        (
            lambda: accrual(rate=ContractMultiple(1)),
            (
                "contract rates: expected at least one day and Rate, of which the penalty rate is a multiple, "
                "found none. Hint: A schedule says no rate: "
                "Account(contract_rates=[DatedRate(originated_on, rate)])."
            ),
        ),
        (
            lambda: accrual(rate=ContractMultiple(1), contract_rates=[(FIRST, SIX)]),
            "contract rates: expected a day number, found datetime.date(2024, 1, 22).",
        ),
        (
            lambda: accrual(rate=ContractMultiple(1), contract_rates=[(5, SIX), (5, SIX)]),
            "contract rates: expected days in order, each once, found [5, 5].",
        ),
        (
            lambda: accrual(rate=ContractMultiple(1), contract_rates=[(5, 6)]),
            'contract rates: expected a Rate, found 6. Hint: Write Rate.per_year("0.0435").',
        ),
        (
            lambda: accrual(
                rate=ContractMultiple("1.5"), contract_rates=[(0, Rate.per_year("0.00000001"))]
            ),
            "penalty rate: expected 0.000001 % a year times 3/2 to be a whole number of 1e-8, found 3/2 of 1e-8. Hint: Round it yourself, by the rule of the contract, and give the rounded rate.",
        ),
        (
            lambda: accrual(
                rate=ContractMultiple(1, misuse_factor="1.5"),
                contract_rates=[(0, Rate.per_year("0.00000001"))],
                misused=[(0, 5)],
            ),
            "penalty rate of misuse: expected 0.000001 % a year times 3/2 to be a whole number of 1e-8, found 3/2 of 1e-8. Hint: Round it yourself, by the rule of the contract, and give the rounded rate.",
        ),
        (
            lambda: accrual(misused=[(0, 5)]),
            'penalty, misuse: expected terms with a misuse_factor, found a FixedPenaltyRate without one. Hint: Write ContractMultiple("1.5", misuse_factor="2"), or leave the misuse out.',
        ),
        (
            lambda: accrual(rate=ContractMultiple(1), contract_rates=[(0, SIX)], misused=[(0, 5)]),
            'penalty, misuse: expected terms with a misuse_factor, found a ContractMultiple without one. Hint: Write ContractMultiple("1.5", misuse_factor="2"), or leave the misuse out.',
        ),
        (
            lambda: accrual(suspended=[(0, 0)]),
            "penalty, suspension: expected an end after 1970-01-01, found 1970-01-01.",
        ),
        (
            lambda: accrual(suspended=[(0, 5), (4, 9)]),
            "penalty, suspension: expected a start on or after 1970-01-06, where another ends, found 1970-01-05. Hint: They may touch, not overlap.",
        ),
        (
            lambda: accrual(suspended=[(FIRST, FIRST)]),
            "penalty, suspension: expected two day numbers, found (datetime.date(2024, 1, 22), datetime.date(2024, 1, 22)).",
        ),
        (
            lambda: accrual(waived=[(0, 5, 0.5)]),
            "penalty, waiver: expected a Proportion, found 0.5.",
        ),
        (
            lambda: accrual(waived=[(0, 5, Proportion(3, 2))]),
            "penalty, waiver: expected a share of at most one, found 3/2.",
        ),
        (
            lambda: accrual(waived=[(0, 0, Proportion(1, 2))]),
            "penalty, waiver: expected an end after 1970-01-01, found 1970-01-01.",
        ),
        (
            lambda: accrual(
                rate=ContractMultiple(1, misuse_factor=2),
                contract_rates=[(0, SIX)],
                misused=[(0, 0)],
            ),
            "penalty, misuse: expected an end after 1970-01-01, found 1970-01-01.",
        ),
        (
            lambda: accrual(caps=[AbsoluteCap(Decimal("0.001"))]),
            "absolute cap: expected amount in CNY with at most 2 decimals, found 0.001. Hint: Round it yourself, by the rule of the contract: amounts are never rounded here.",
        ),
        (
            lambda: accrual(caps=[AnnualCap(ReferenceMultiple(LPR, 4), DayCount.ACT_360)]),
            "penalty, annual cap: expected the day of the contract, whose LPR counts, found none. Hint: Give contract_day.",
        ),
        (
            lambda: late().open_debt(0, 20000, FULL),
            "penalty, debt 0: expected a place of its own, found one that is taken.",
        ),
        (
            lambda: late().open_debt(1, FIRST, FULL),
            "penalty, debt 1: expected due_day as a day number, found datetime.date(2024, 1, 22).",
        ),
        (
            lambda: late().open_debt(1, 20000, (1, 2, 3)),
            "penalty, debt 1: expected principal, interest, fees and penalty in minor units, found (1, 2, 3).",
        ),
        (
            lambda: late().open_debt(1, 20000, (-1, 0, 0, 0)),
            "penalty, debt 1: expected amounts of 0 or more, 1000000000000000 together at most, found (-1, 0, 0, 0).",
        ),
        (
            lambda: late().open_debt(1, 20000, (10**15, 0, 0, 0)),
            "penalty, debt 1: expected amounts of an account of 1000000000000000 minor units together at most, found 1000000000100000.",
        ),
        (
            lambda: late().change(1, 20000, FULL),
            "penalty, place: expected the place of a debt that was opened, found 1.",
        ),
        (
            lambda: late().change(0, 20000, (1.0, 0, 0, 0)),
            "penalty, debt 0: expected principal, interest, fees and penalty in minor units, found (1.0, 0, 0, 0).",
        ),
        (
            lambda: late().change(0, 20000, (10**15, 1, 0, 0)),
            "penalty, debt 0: expected amounts of 0 or more, 1000000000000000 together at most, found (1000000000000000, 1, 0, 0).",
        ),
        (
            lambda: late(later=(10**15 - 100_000, 0, 0, 0)).change(0, 20005, (100_001, 0, 0, 0)),
            "penalty, debt 0: expected amounts of an account of 1000000000000000 minor units together at most, found 1000000000000001.",
        ),
        (
            lambda: late(changed=20010).change(0, 20009, FULL),
            "penalty, debt 0, change: expected a day on or after 2024-10-14, up to which the debt is known, found 2024-10-13. Hint: A fact that comes late restates the past: replay the account with it.",
        ),
        (
            lambda: late(posted=20010).change(0, 20009, FULL),
            "penalty, debt 0, change: expected a day on or after 2024-10-14, up to which the debt is known, found 2024-10-13. Hint: A fact that comes late restates the past: replay the account with it.",
        ),
        (
            lambda: late().change_outstanding(FIRST, 1),
            "penalty, outstanding principal: expected a day number and minor units as int, found (datetime.date(2024, 1, 22), 1).",
        ),
        (
            lambda: late().change_outstanding(20000, 1.0),
            "penalty, outstanding principal: expected a day number and minor units as int, found (20000, 1.0).",
        ),
        (
            lambda: late().change_outstanding(20000, -1),
            "penalty, outstanding principal: expected amounts of 0 or more, 1000000000000000 together at most, found (-1, 0, 0, 0).",
        ),
        (
            lambda: late(principal=20001).change_outstanding(20000, 1),
            "penalty, outstanding principal: expected a day on or after 2024-10-05, found 2024-10-04.",
        ),
        (
            lambda: late().charge_all_in(20000, 1.0),
            "penalty, charge_all_in: expected minor units as an int, found 1.0.",
        ),
        (
            lambda: late().accrued(1, 20001),
            "penalty, place: expected the place of a debt that was opened, found 1.",
        ),
        (
            lambda: late(base=PenaltyBase.OUTSTANDING_PRINCIPAL).total(20001),
            "penalty on the outstanding principal: expected the outstanding principal of 2024-10-04, found none. Hint: Name it with change_outstanding, from the first due date on.",
        ),
        (
            lambda: late(base=PenaltyBase.OUTSTANDING_PRINCIPAL, principal=20001).total(20001),
            "penalty on the outstanding principal: expected the outstanding principal of 2024-10-04, found from 2024-10-05 on. Hint: Name it with change_outstanding, from the first due date on.",
        ),
        (
            lambda: late(caps=[AnnualCap(SIX, DayCount.ACT_360)]).total(20001),
            "penalty, annual cap: expected the outstanding principal by 2024-10-05, found none. Hint: Name it with change_outstanding, from the day of the loan on.",
        ),
        (
            lambda: late(caps=[AnnualCap(SIX, DayCount.ACT_360)], principal=20005).total(20001),
            "penalty, annual cap: expected the outstanding principal by 2024-10-05, found none so early. Hint: Name it with change_outstanding, from the day of the loan on.",
        ),
        (
            lambda: late(rate=ContractMultiple(1), contract_rates=[(20001, SIX)]).total(20009),
            "contract rates: expected days from 2024-10-05 on, which the table covers, found 2024-10-04, of days that bear penalty interest from 2024-10-04 until 2024-10-13 (excluded). Hint: Add the rates of these days.",
        ),
        (
            lambda: late(
                rate=ContractMultiple(((date(2024, 10, 5), 1),)), contract_rates=[(0, SIX)]
            ).total(20009),
            "factors of the contract rate: expected days from 2024-10-05 on, which the table covers, found 2024-10-04, of days that bear penalty interest from 2024-10-04 until 2024-10-13 (excluded). Hint: Add the rates of these days.",
        ),
        (
            lambda: late(rate=FixedPenaltyRate(((date(2024, 10, 5), SIX),))).total(20009),
            "fixed penalty rate: expected days from 2024-10-05 on, which the table covers, found 2024-10-04, of days that bear penalty interest from 2024-10-04 until 2024-10-13 (excluded). Hint: Add the rates of these days.",
        ),
        (
            lambda: late(rate=ReferencePlusMargin(LPR, SIX)).total(20009),
            "reference rates 'LPR': expected days from 2024-01-22 to 2024-03-01, which the table covers, found 2024-10-04, of days that bear penalty interest from 2024-10-04 until 2024-10-13 (excluded). Hint: Add the rates of these days.",
        ),
    ],
)
def test_a_refusal_says_where_what_was_expected_and_what_to_do(
    make: Callable[[], object], says: str
) -> None:
    with pytest.raises(DelinquencyError) as told:
        make()
    assert str(told.value) == says
