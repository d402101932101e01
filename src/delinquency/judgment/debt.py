"""What a judgment awards: the facts of a debt after judgment.

The one idea: the judgment says what is owed and until when it is to be paid; general interest is what the
judgment itself awards and never bears the doubled part, so it is given apart from the awarded amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import attrs

from delinquency.amortisation.recalculation_rules import InterestPause
from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, Day, day_number
from delinquency.choices import checked_member
from delinquency.currency import Currency
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.judgment.rules import JudgmentPart, checked_order
from delinquency.payments import Payment, named_payments
from delinquency.rates import Rate, RatePeriod
from delinquency.rounding import RoundingMode
from delinquency.sequences import checked_tuple

__all__ = ["GeneralInterest", "JudgmentDebt"]

_DENOMINATORS: Final = MappingProxyType(
    {DayCount.ACT_360: 360, DayCount.ACT_364: 364, DayCount.ACT_365F: 365}
)
"""Day counts of which the days of a period may be split anywhere: actual days over a fixed year."""

_PER_YEAR: Final = MappingProxyType({RatePeriod.YEAR: 1, RatePeriod.MONTH: 12, RatePeriod.DAY: 1})


def _rates(given: Rate | Iterable[tuple[date, Rate]]) -> tuple[tuple[date | None, Rate], ...]:
    if isinstance(given, Rate):
        return ((None, given),)
    return checked_tuple(given, tuple, "general interest, rate")


@attrs.frozen(slots=True, kw_only=True)
class GeneralInterest:
    """Interest that the judgment awards (一般债务利息), borne on ``[accrues_from, accrues_until)``.

    Parameters
    ----------
    rates : Rate, or pairs of a date and a Rate
        One rate, or rates from dates on in order, the first of them on or before ``accrues_from``; all
        per year, per month (twelve of them a year) or per day.
    accrues_from : date
        The first day that bears interest; may be before the judgment.
    accrues_until : date, optional
        The first day that bears none; default: until the debt is paid.
    base : Decimal or int, optional
        The part of the awarded debt that bears it [currency units]; default all. Money settles it last
        within the awarded debt: what is left of the base is at most what is left of the award.
    day_count : DayCount, optional
        Act/360, Act/364 or Act/365F; needed for rates per year and month, and for no other.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Rates out of order, of several periods, below 0, or none for the first day; a day count missing
        or too many; an end that is not after the start.

    Examples
    --------
    >>> interest = GeneralInterest(rates=Rate.per_year("0.0345"), accrues_from=date(2023, 5, 1),
    ...     day_count=DayCount.ACT_365F)
    >>> interest.denominator
    365
    """

    rates: tuple[tuple[date | None, Rate], ...] = attrs.field(converter=_rates)
    accrues_from: date
    accrues_until: date | None = None
    base: Decimal | int | None = None
    day_count: DayCount | None = None
    from_day: Day = attrs.field(init=False, repr=False, eq=False)
    until_day: Day = attrs.field(init=False, repr=False, eq=False)
    rate_days: tuple[Day, ...] = attrs.field(init=False, repr=False, eq=False)
    denominator: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        where = "general interest"
        start, end = day_number(self.accrues_from, where=where, field="accrues_from"), NONE_DAY
        if self.accrues_until is not None:
            end = day_number(self.accrues_until, where=where, field="accrues_until")
        if end <= start:
            raise InvalidValueError.at(
                f"{where}, accrues_until",
                expected=f"a day after accrues_from {self.accrues_from}",
                found=str(self.accrues_until),
            )
        object.__setattr__(self, "from_day", start)
        object.__setattr__(self, "until_day", end)
        object.__setattr__(self, "rate_days", self._rate_days(where))
        object.__setattr__(self, "denominator", self._denominator(where))

    def _rate_days(self, where: str) -> tuple[Day, ...]:
        days: list[Day] = []
        for pair in self.rates:
            if len(pair) != 2 or not isinstance(pair[1], Rate):
                raise InvalidTypeError.at(
                    f"{where}, rates", expected="a Rate, or pairs of a date and a Rate", found=pair
                )
            if pair[1].scaled < 0:
                raise InvalidValueError.at(
                    f"{where}, rates", expected="0 or more", found=str(pair[1])
                )
            day, _ = pair
            days.append(
                self.from_day if day is None else day_number(day, where=where, field="rates")
            )
        if not days or days != sorted(set(days)) or days[0] > self.from_day:
            raise InvalidValueError.at(
                f"{where}, rates",
                expected=f"rates in order of date, the first on or before {self.accrues_from}",
                found=", ".join(str(day) for day, _ in self.rates) or "none",
                hint="A day without a rate is an error, never interest of 0.",
            )
        return tuple(days)

    def _denominator(self, where: str) -> int:
        periods = {rate.period for _, rate in self.rates}
        if len(periods) > 1:
            raise InvalidValueError.at(
                f"{where}, rates",
                expected="rates of one period",
                found=", ".join(sorted(period.value for period in periods)),
            )
        if periods == {RatePeriod.DAY}:
            if self.day_count is not None:
                raise InvalidValueError.at(
                    f"{where}, day_count", expected="None for a rate per day", found=self.day_count
                )
            return 1
        known = None
        if self.day_count is not None:
            known = _DENOMINATORS.get(
                checked_member(self.day_count, DayCount, f"{where}, day_count")
            )
        if known is None:
            raise InvalidValueError.at(
                f"{where}, day_count",
                expected="Act/360, Act/364 or Act/365F for a rate per year or month",
                found=str(self.day_count),
                hint="Its days must add up however a payment splits the period.",
            )
        return known

    def scaled_at(self, place: int) -> int:
        """The rate of a place, per year or per day [1e-8]."""
        rate = self.rates[place][1]
        return rate.scaled * _PER_YEAR[rate.period]


def _payments(items: Iterable[Payment]) -> tuple[Payment, ...]:
    return checked_tuple(items, Payment, "judgment debt, payment")


def _pauses(items: Iterable[InterestPause]) -> tuple[InterestPause, ...]:
    return checked_tuple(items, InterestPause, "judgment debt, pause")


def _agreed(items: Iterable[JudgmentPart] | None) -> tuple[JudgmentPart, ...] | None:
    return None if items is None else checked_order(items, "judgment debt, agreed_order")


@attrs.frozen(slots=True, kw_only=True)
class JudgmentDebt:
    """A money debt that a judgment fixed, with what was paid on it.

    A judgment that is to be performed in instalments is one debt for each of them, since the doubled part
    runs from the end of each period of performance by itself.

    Parameters
    ----------
    awarded : Decimal or int
        The money debt of the judgment, general interest excluded [currency units], more than 0.
    perform_by : date
        The last day of the period of performance (履行期间届满之日); where the judgment fixes no period,
        the day on which it took effect.
    currency : Currency
    general_interest : GeneralInterest, optional
        Without it none accrues.
    interest_awarded : Decimal or int, default 0
        General interest that the judgment states as a sum: interest, penalty and compound interest reckoned
        to a day (利息、罚息、复利暂计至某日) [currency units]. It bears neither a doubled part nor
        interest; what accrues after that day is ``general_interest``.
    payments : tuple of Payment, optional
        Money received, before or after ``perform_by``.
    pauses : tuple of InterestPause, optional
        Days ``[start, end)`` without doubled part, in order and apart: enforcement stayed or suspended
        otherwise than on the debtor's own application.
    agreed_order : tuple of JudgmentPart, optional
        What the parties agreed that money settles first; default the order of the law.
    rounding : RoundingMode, default HALF_UP
        Of each kind of interest as a whole, to the minor unit.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``float`` amount.
    InvalidValueError
        An award of 0; a base above the award; pauses that overlap; a ``payment_id`` used twice.
    PolicyError
        An agreed order without a part.

    Examples
    --------
    A judgment of 100,000 with interest from 2023 on, of which 40,000 was paid:

    >>> debt = JudgmentDebt(awarded=100_000, perform_by=date(2024, 3, 1), currency=Currency.of("CNY"),
    ...     general_interest=GeneralInterest(rates=Rate.per_day("0.0001"), accrues_from=date(2023, 1, 1)),
    ...     payments=[Payment(date(2024, 4, 20), 40_000)])
    >>> debt.awarded_minor, debt.base_minor
    (10000000, 10000000)

    Interest of 14,950.19 reckoned to a day is given apart, since the doubled part runs on the 100,000 alone:

    >>> JudgmentDebt(awarded=100_000, interest_awarded=Decimal("14950.19"), perform_by=date(2024, 3, 1),
    ...     currency=Currency.of("CNY")).interest_minor
    1495019

    References
    ----------
    法释〔2014〕8号 Articles 1-4.
    """

    awarded: Decimal | int
    perform_by: date
    currency: Currency
    general_interest: GeneralInterest | None = None
    interest_awarded: Decimal | int = 0
    payments: tuple[Payment, ...] = attrs.field(default=(), converter=_payments)
    pauses: tuple[InterestPause, ...] = attrs.field(default=(), converter=_pauses)
    agreed_order: tuple[JudgmentPart, ...] | None = attrs.field(default=None, converter=_agreed)
    rounding: RoundingMode = RoundingMode.HALF_UP
    awarded_minor: int = attrs.field(init=False, repr=False, eq=False)
    base_minor: int = attrs.field(init=False, repr=False, eq=False)
    interest_minor: int = attrs.field(init=False, repr=False, eq=False)
    perform_by_day: Day = attrs.field(init=False, repr=False, eq=False)
    pause_days: tuple[tuple[Day, Day], ...] = attrs.field(init=False, repr=False, eq=False)
    payment_rows: tuple[tuple[Day, int, Day, Day], ...] = attrs.field(
        init=False, repr=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        where = "judgment debt"
        if not isinstance(self.currency, Currency):
            raise InvalidTypeError.at(
                f"{where}, currency", expected="a Currency", found=self.currency
            )
        checked_member(self.rounding, RoundingMode, f"{where}, rounding")
        awarded = to_minor(self.awarded, self.currency, where=where, field="awarded")
        if not awarded:
            raise InvalidValueError.at(f"{where}, awarded", expected="more than 0", found="0")
        object.__setattr__(self, "awarded_minor", awarded)
        object.__setattr__(self, "base_minor", self._base(awarded, where))
        stated = to_minor(
            self.interest_awarded, self.currency, where=where, field="interest_awarded"
        )
        object.__setattr__(self, "interest_minor", stated)
        day = day_number(self.perform_by, where=where, field="perform_by")
        object.__setattr__(self, "perform_by_day", day)
        object.__setattr__(self, "pause_days", self._pause_days(where))
        object.__setattr__(self, "payment_rows", tuple(self._payment_rows(where)))

    def _base(self, awarded: int, where: str) -> int:
        interest: object = self.general_interest
        if interest is None:
            return 0
        if not isinstance(interest, GeneralInterest):
            raise InvalidTypeError.at(
                f"{where}, general_interest", expected="GeneralInterest or None", found=interest
            )
        if interest.base is None:
            return awarded
        base = to_minor(interest.base, self.currency, where="general interest", field="base")
        if base > awarded:
            raise InvalidValueError.at(
                "general interest, base",
                expected=f"at most the awarded debt, {self.awarded}",
                found=str(interest.base),
            )
        return base

    def _pause_days(self, where: str) -> tuple[tuple[Day, Day], ...]:
        found: list[tuple[Day, Day]] = []
        for number, pause in enumerate(self.pauses, start=1):
            start = day_number(pause.start, where=where, field="pause start")
            if found and start < found[-1][1]:
                raise InvalidValueError.at(
                    f"{where}, pause {number}",
                    expected=f"a start on or after {self.pauses[number - 2].end}",
                    found=str(pause.start),
                    hint="Pauses stand in order and do not overlap.",
                )
            found.append((start, day_number(pause.end, where=where, field="pause end")))
        return tuple(found)

    def _payment_rows(self, where: str) -> Iterator[tuple[Day, int, Day, Day]]:
        """Value day, minor units, the day it was recorded, the day it was reversed."""
        for place, payment in named_payments(self.payments, within=where):
            yield self._row(payment, place)

    def _row(self, payment: Payment, where: str) -> tuple[Day, int, Day, Day]:
        day = day_number(payment.value_date, where=where, field="value_date")
        minor = to_minor(payment.amount, self.currency, where=where)
        recorded, reversed_day = day, NONE_DAY
        if payment.recorded_on is not None:
            recorded = day_number(payment.recorded_on, where=where, field="recorded_on")
        if payment.reversed_on is not None:
            reversed_day = day_number(payment.reversed_on, where=where, field="reversed_on")
        return day, minor, recorded, reversed_day
