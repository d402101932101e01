"""What a period bears: interest = balance × numerator ÷ denominator, in whole numbers.

The one idea: rate and time meet once, in a pair of whole numbers for each period, over one denominator for
all of them; the row that uses the pair divides once, and so rounds once.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING, Final, NamedTuple

from delinquency.amortisation.conventions import (
    ByDays,
    Compounded,
    InterestBasis,
    NominalPeriods,
)
from delinquency.calendar import Day, day_number, to_date
from delinquency.daycount import CouponPeriod, DayCount, day_ratio
from delinquency.errors import InvalidValueError
from delinquency.rates import RATE_SCALE, Rate, RatePeriod

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms
    from delinquency.frequency import Frequency

__all__ = [
    "Factors",
    "checked_factors",
    "coupon_period_of",
    "days_factor",
    "factors_of",
    "rates_by_period",
    "segments_of",
]

_ASK_MORE: Final = (DayCount.THIRTY_U_360, DayCount.THIRTY_E_360_ISDA, DayCount.BUSINESS_252)

_ROOT: Final = Context(prec=70, rounding=ROUND_HALF_EVEN)
_ROOT_SCALE: Final = 10**40
_WHERE: Final = "repayment terms, interest_basis"


class Factors(NamedTuple):
    """A numerator for each period, and the one denominator."""

    numerators: Sequence[int]
    denominator: int

    @property
    def is_constant(self) -> bool:
        """Whether every period bears the same."""
        return len(set(self.numerators)) == 1


class Segment(NamedTuple):
    """From the period ``first`` on, counted from 0, the rate that holds at its end and after it."""

    first: int
    scaled: int


def factors_of(
    terms: RepaymentTerms, bounds: Sequence[Day], basis: InterestBasis | None = None
) -> Factors:
    """The factor of every period, its rate as it changes within and between periods.

    ``bounds`` are the days between which interest is counted, one more than periods; needed where a
    basis counts days, a first period has its own length, or a rate changes.

    Raises
    ------
    InvalidValueError
        A frequency without a whole number of periods a year under a basis that needs one; a compounded
        rate of -100 % or less.
    """
    basis = terms.interest_basis if basis is None else basis
    count = terms.instalment_count
    if not terms.rate_changes:
        return _at_one_rate(terms, basis, bounds, terms.annual_rate.scaled, count)
    rates = rates_by_period(terms, bounds)
    whole = {
        scaled: _at_one_rate(terms, basis, bounds, scaled, count)
        for scaled in {scaled for parts in rates for _, scaled in parts}
    }
    denominator = next(iter(whole.values())).denominator
    shares = [_split(parts, whole, number) for number, parts in enumerate(rates)]
    common = lcm(*(days for _, days in shares))
    numerators = [numerator * (common // days) for numerator, days in shares]
    return Factors(numerators, denominator * common)


def _split(parts: list[tuple[int, int]], whole: dict[int, Factors], number: int) -> tuple[int, int]:
    """The parts of a period under their rates, by days: a numerator over the days of the period."""
    if len(parts) == 1:
        return whole[parts[0][1]].numerators[number], 1
    total = sum(days for days, _ in parts)
    return sum(days * whole[scaled].numerators[number] for days, scaled in parts), total


def rates_by_period(terms: RepaymentTerms, bounds: Sequence[Day]) -> list[list[tuple[int, int]]]:
    """For each period its stretches of days and the rate of each."""
    changes = [
        (day_number(change.effective_on, where="rate change", field="effective_on"), change)
        for change in terms.rate_changes
    ]
    rates: list[list[tuple[int, int]]] = []
    for start, end in pairwise(bounds):
        parts: list[tuple[int, int]] = []
        since, scaled = start, terms.annual_rate.scaled
        for day, change in changes:
            if day <= start:
                scaled = change.annual_rate.scaled
            elif day < end:
                parts.append((day - since, scaled))
                since, scaled = day, change.annual_rate.scaled
        parts.append((end - since, scaled))
        rates.append(parts)
    return rates


def checked_factors(terms: RepaymentTerms, bounds: Sequence[Day]) -> Factors:
    """The factor of every period.

    Raises
    ------
    InvalidValueError
        A rate of -100 % or less for a period; as :func:`factors_of`.
    """
    factors = factors_of(terms, bounds)
    if min(factors.numerators) <= -factors.denominator:
        raise InvalidValueError.at(
            "repayment terms, annual_rate",
            expected="a rate above -100 % for each period",
            found=str(terms.annual_rate),
        )
    return factors


def segments_of(terms: RepaymentTerms, bounds: Sequence[Day]) -> list[Segment]:
    """The periods at which the level payment is solved anew, each with the rate that holds from then on."""
    segments = [Segment(0, terms.annual_rate.scaled)]
    if not terms.rate_changes:
        return segments
    for number, parts in enumerate(rates_by_period(terms, bounds)):
        latest = parts[-1][1]
        if latest != segments[-1].scaled:
            segments.append(Segment(number, latest))
    return segments


def _at_one_rate(
    terms: RepaymentTerms, basis: InterestBasis, bounds: Sequence[Day], scaled: int, count: int
) -> Factors:
    match basis:
        case NominalPeriods():
            return _nominal(terms, bounds, scaled, count)
        case ByDays(day_count):
            return _by_days(terms, bounds, scaled, day_count)
        case Compounded(times):
            return _compounded(terms, bounds, scaled, times)


def _nominal(terms: RepaymentTerms, bounds: Sequence[Day], scaled: int, count: int) -> Factors:
    months, per_year = _length(terms.frequency)
    own, whole = _first_length(terms, bounds)
    numerators = [scaled * months * whole] * count
    numerators[0] = scaled * months * own
    return Factors(numerators, RATE_SCALE * per_year * whole)


def _first_length(terms: RepaymentTerms, bounds: Sequence[Day]) -> tuple[int, int]:
    """The first period as a share of a regular one: its days over those of the regular period.

    The regular period is that which ends with it; 1 of 1 where it is the regular one itself.
    """
    if not bounds or not terms.starts_on_its_own or terms.frequency.is_term:
        return 1, 1
    return bounds[1] - bounds[0], bounds[1] - terms.regular_start_day()


def _length(frequency: Frequency) -> tuple[int, int]:
    """A period as a share of a year: 1 of 12, 6 of 12, 1 of 26."""
    if frequency.months:
        return frequency.months, 12
    return 1, frequency.periods_per_year()


def _by_days(
    terms: RepaymentTerms, bounds: Sequence[Day], scaled: int, day_count: DayCount
) -> Factors:
    numerators: list[int] = []
    denominator = 1
    period = coupon_period_of(terms, day_count)
    for start, end in pairwise(bounds):
        numerator, denominator = days_factor(start, end, day_count, period)
        numerators.append(scaled * numerator)
    return Factors(numerators, RATE_SCALE * denominator)


def days_factor(
    start: Day, end: Day, day_count: DayCount, period: CouponPeriod | None
) -> tuple[int, int]:
    """The year fraction of ``[start, end)`` as numerator and denominator."""
    return day_ratio(to_date(start), to_date(end), day_count=day_count, coupon_period=period)


def coupon_period_of(terms: RepaymentTerms, day_count: DayCount) -> CouponPeriod | None:
    """What a day count asks of a loan besides two dates: its last day, its month ends, its calendar."""
    if day_count not in _ASK_MORE:
        return None
    return CouponPeriod(
        end_of_month=terms.is_at_month_end,
        maturity_date=terms.due_date(terms.instalment_count),
        calendar=terms.calendar,
    )


def _compounded(terms: RepaymentTerms, bounds: Sequence[Day], scaled: int, times: int) -> Factors:
    months, per_year = _length(terms.frequency)
    growth = _ROOT.add(1, _ROOT.divide(Decimal(scaled), Decimal(RATE_SCALE * times)))
    if growth <= 0:
        raise InvalidValueError.at(
            _WHERE,
            expected="a rate above -100 % for each compounding",
            found=str(Rate(scaled, RatePeriod.YEAR)),
        )
    own, whole = _first_length(terms, bounds)
    numerators = [_gained(growth, times * months, per_year)] * terms.instalment_count
    if own != whole:
        numerators[0] = _gained(growth, times * months * own, per_year * whole)
    return Factors(numerators, _ROOT_SCALE)


def _gained(growth: Decimal, times: int, divisor: int) -> int:
    """What 1 gains by growing ``times`` ÷ ``divisor`` times, in units of 10⁻⁴⁰."""
    power = _ROOT.power(growth, _ROOT.divide(Decimal(times), Decimal(divisor)))
    gained = _ROOT.multiply(_ROOT.subtract(power, Decimal(1)), Decimal(_ROOT_SCALE))
    return int(gained.to_integral_value(ROUND_HALF_EVEN))
