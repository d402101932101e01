"""Strategies for what a delay costs: terms of penalty interest, and of late fees.

The one idea: a clause is drawn in the order in which its parts decide each other - where penalty stands,
then what may be posted and compounded, then the base and what may cap it - so that every draw is a clause
that the library takes.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from delinquency.amortisation import ReferenceRates
from delinquency.calendar import FIRST_DAY, LAST_DAY, to_date
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.late_fees import (
    AmountByBand,
    Band,
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    Once,
    Recurrence,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    DatedFactor,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    RateTier,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.penalty_place import PenaltyPlace
from delinquency.rates import Rate
from delinquency.rounding import Proportion, RoundingMode
from delinquency.testing._facts import amounts, dates
from delinquency.testing._hypothesis import st

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from delinquency.currency import Currency
    from delinquency.policy import Policy

__all__ = ["late_fee_terms", "owing", "penalty_terms"]

MOST_FEE_MINOR: Final = 10_000
"""The largest amount of a fee [minor units]."""

_EVER: Final = to_date(FIRST_DAY)
_REFERENCE: Final = ReferenceRates(
    name="drawn",
    rates=[
        (_EVER, Rate.per_year("0.0355")),
        (date(2020, 2, 29), Rate.per_year("0.0345")),
        (date(2025, 1, 31), Rate.per_year("0.0310")),
    ],
    covered_until=to_date(LAST_DAY),
)
_DAY_COUNTS: Final = (
    DayCount.ACT_360,
    DayCount.ACT_365F,
    DayCount.ACT_ACT_ISDA,
    DayCount.NL_365,
    DayCount.THIRTY_360,
    DayCount.THIRTY_E_360,
)
_RECURRENCES: Final[tuple[Recurrence, ...]] = (
    Once(),
    Once(),
    EveryDays(7),
    EveryDays(30),
    EveryMonths(),
    EveryMonths(3),
)
_SHARES: Final = tuple(Proportion.parse(text) for text in ("0.015", "0.05", "0.5", "1", "1.5"))


def _points(least: int, most: int) -> SearchStrategy[Decimal]:
    """Whole hundredths of a per cent, as a number."""
    return st.integers(least, most).map(lambda points: Decimal(points).scaleb(-4))


def _rates() -> SearchStrategy[Rate]:
    """Rates of 0 or more per year, month and day."""
    return st.one_of(
        _points(0, 4000).map(Rate.per_year),
        _points(0, 300).map(Rate.per_month),
        _points(0, 10).map(Rate.per_day),
    )


@st.composite
def _fixed(draw: DrawFn) -> FixedPenaltyRate:
    later = sorted(draw(st.sets(dates(), max_size=2)))
    return FixedPenaltyRate([(day, draw(_rates())) for day in (_EVER, *later)])


@st.composite
def _multiple(draw: DrawFn) -> ContractMultiple:
    later = sorted(draw(st.sets(dates(), max_size=2)))
    factors = st.sampled_from(("1", "1.3", "1.45", "1.5"))
    rows = [DatedFactor(day, draw(factors)) for day in (_EVER, *later)]
    return ContractMultiple(rows, misuse_factor=draw(st.sampled_from((None, "1.5", "2"))))


@st.composite
def _by_age(draw: DrawFn) -> RateByAge:
    later = sorted(draw(st.sets(st.integers(2, 120), max_size=2)))
    return RateByAge([RateTier(day, draw(_rates())) for day in (1, *later)])


def _rate_rules(*, reads_contract_rates: bool) -> SearchStrategy[Any]:
    margins = _points(-310, 500).map(Rate.per_year)
    of_reference = st.builds(ReferencePlusMargin, st.just(_REFERENCE), margins)
    others = (_rates().map(FixedPenaltyRate), _fixed(), of_reference, _by_age())
    return st.one_of(*others, _multiple()) if reads_contract_rates else st.one_of(*others)


def _caps(base: PenaltyBase, currency: Currency | None) -> SearchStrategy[list[Any]]:
    """Up to two caps; a share of the base only where an instalment has one."""
    most = st.integers(0, 500) if currency is None else amounts(currency=currency, least_minor=0)
    reference = st.builds(
        ReferenceMultiple, st.just(_REFERENCE), st.sampled_from(("1", "1.5", "4"))
    )
    of_account = st.one_of(
        most.map(AbsoluteCap),
        st.builds(
            AnnualCap,
            st.one_of(_points(0, 3600).map(Rate.per_year), reference),
            st.sampled_from(_DAY_COUNTS),
        ),
    )
    if base is PenaltyBase.OUTSTANDING_PRINCIPAL:
        return st.lists(of_account, max_size=2)
    return st.lists(st.sampled_from(_SHARES).map(ShareOfBase) | of_account, max_size=2)


def penalty_terms(
    *,
    currency: Currency | None = None,
    penalty_in_waterfall: PenaltyPlace = PenaltyPlace.OUTSIDE,
    reads_contract_rates: bool = True,
) -> SearchStrategy[PenaltyTerms]:
    """Terms of penalty interest of every rate rule, base, compounding, grace, posting, grain and cap.

    They suit a policy that has penalty at the place given: posted on dates and perhaps compounding on
    posting where it is ``POSTED``, never compounding on posting elsewhere. Every day has a rate.
    ``reads_contract_rates=False`` leaves out multiples of the contract rate, which an account without
    ``contract_rates`` cannot answer. Without a currency amounts are in whole units.
    """
    return _penalty_terms(currency, penalty_in_waterfall, reads_contract_rates)


@st.composite
def _penalty_terms(
    draw: DrawFn,
    currency: Currency | None,
    place: PenaltyPlace,
    reads_contract_rates: bool,
) -> PenaltyTerms:
    posted = place is PenaltyPlace.POSTED
    base = draw(st.sampled_from(PenaltyBase))
    holds_interest = base in (PenaltyBase.OVERDUE_INSTALMENT, PenaltyBase.OVERDUE_AMOUNT)
    compoundings = [Compounding.NONE]
    compoundings += [] if holds_interest else [Compounding.UNPAID_INTEREST]
    compoundings += [Compounding.ON_POSTING] if posted else []
    postings = [Posting.ON_DUE_DATES, Posting.ON_STATEMENT]
    posting = draw(st.sampled_from(postings if posted else [Posting.ON_DEMAND, *postings]))
    statement = st.integers(1, 31) if posting is Posting.ON_STATEMENT else st.none()
    grace = st.tuples(st.sampled_from((1, 3, 15)), st.sampled_from(PenaltyGrace))
    grace_days, grace_kind = draw(st.just((0, None)) | grace)
    return PenaltyTerms(
        rate=draw(_rate_rules(reads_contract_rates=reads_contract_rates)),
        base=base,
        compounding=draw(st.sampled_from(compoundings)),
        day_count=draw(st.sampled_from(_DAY_COUNTS)),
        grace_days=grace_days,
        grace_kind=grace_kind,
        posting=posting,
        statement_day=draw(statement),
        caps=draw(_caps(base, currency)),
        grain=draw(st.sampled_from(RoundingGrain)),
        rounding=draw(st.sampled_from(RoundingMode)),
    )


@st.composite
def _fee_table(draw: DrawFn, currency: Currency) -> FeeTable:
    money = amounts(currency=currency, most_minor=MOST_FEE_MINOR)
    later = sorted(draw(st.sets(dates(), max_size=2)))
    rows = [FeeRow(day, draw(money), draw(money)) for day in (_EVER, *later)]
    return FeeTable(
        name="drawn", currency=currency, rows=rows, repeat_window=draw(st.sampled_from((0, 6)))
    )


@st.composite
def _fee_bands(draw: DrawFn, currency: Currency) -> AmountByBand:
    money = amounts(currency=currency, most_minor=MOST_FEE_MINOR)
    starts = sorted(draw(st.sets(amounts(currency=currency), min_size=1, max_size=3)))
    bands = [Band(start, draw(money)) for start in starts]
    return AmountByBand(name="drawn", currency=currency, bands=bands)


def _share_fees() -> SearchStrategy[ShareFee]:
    return st.builds(ShareFee, st.sampled_from(_SHARES), st.sampled_from(FeeBase))


def _fee_amounts(currency: Currency | None) -> SearchStrategy[Any]:
    if currency is None:
        return _share_fees()
    return st.one_of(
        _share_fees(),
        amounts(currency=currency, most_minor=MOST_FEE_MINOR).map(FlatFee),
        _fee_table(currency).map(SafeHarbourFee),
        st.builds(BandFee, _fee_bands(currency), st.sampled_from(FeeBase)),
    )


def _limits(currency: Currency | None) -> SearchStrategy[tuple[Any, Any]]:
    """The least and the most of a fee, in order."""
    most = st.none() | _share_fees()
    if currency is None:
        return st.tuples(st.just(0), most)
    money = amounts(currency=currency, least_minor=0, most_minor=MOST_FEE_MINOR)
    ordered = st.tuples(money, money).map(lambda pair: (min(pair), max(pair)))
    return st.tuples(money, most) | ordered


def late_fee_terms(*, currency: Currency | None = None) -> SearchStrategy[LateFeeTerms]:
    """Terms of late fees of every kind, recurrence and limit.

    Without a currency fees are shares without limits in money, which suit an account of any currency. What
    comes again does so at most weekly.
    """
    return _late_fee_terms(currency)


@st.composite
def _late_fee_terms(draw: DrawFn, currency: Currency | None) -> LateFeeTerms:
    minimum, maximum = draw(_limits(currency))
    recurrence = draw(st.sampled_from(_RECURRENCES))
    with_instalment = draw(st.booleans())
    return LateFeeTerms(
        name=draw(st.sampled_from(("late fee", "违约金"))),
        amount=draw(_fee_amounts(currency)),
        currency=currency,
        minimum=minimum,
        maximum=maximum,
        rounding=draw(st.sampled_from(RoundingMode)),
        recurrence=recurrence,
        wait_days=draw(st.sampled_from((0, 3, 15))),
        due_in_days=0 if with_instalment else draw(st.sampled_from((0, 10))),
        due_with_instalment=with_instalment,
        component=draw(st.sampled_from((Component.FEES, Component.PENALTY))),
        cap_by_minimum=draw(st.booleans()),
        ignores_unpaid_fees=draw(st.booleans()),
        once_per_instalment=recurrence == Once() and draw(st.booleans()),
    )


@st.composite
def owing(
    draw: DrawFn,
    policy: Policy,
    *,
    currency: Currency | None,
    with_penalty: bool,
    with_late_fees: bool,
) -> Policy:
    """A policy with terms of what a delay costs; penalty stands at any place."""
    if with_penalty:
        place = draw(st.sampled_from(PenaltyPlace))
        terms = penalty_terms(
            currency=currency, penalty_in_waterfall=place, reads_contract_rates=False
        )
        policy = attrs.evolve(policy, penalty=draw(terms), penalty_in_waterfall=place)
    if with_late_fees:
        fees = draw(st.lists(late_fee_terms(currency=currency), min_size=1, max_size=2))
        named = [attrs.evolve(fee, name=f"{fee.name} {n}") for n, fee in enumerate(fees, start=1)]
        policy = attrs.evolve(policy, late_fees=named)
    return policy
