"""What was agreed: the terms from which a schedule follows.

The one idea: terms are valid because they exist. Everything that could make the schedule impossible -
a rate of the wrong period, a last due date beyond the calendar, a first period without a day of the loan
- is refused here, so that :func:`~delinquency.amortisation.table.amortisation_table` has little left to
check.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from delinquency.amortisation.conventions import (
    AmortisationMethod,
    ByDays,
    FirstPeriod,
    InterestBasis,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    Residue,
)
from delinquency.amortisation.rate_changes import RateChange, RateChangeEffect
from delinquency.amortisation.term_checks import (
    check_choices,
    checked_balloon,
    checked_principal,
)
from delinquency.amortisation.term_kinds import MOST_INSTALMENTS, check_kinds
from delinquency.business_days import AccrueTo, BusinessDayConvention
from delinquency.calendar import Day, day_number
from delinquency.component import Component
from delinquency.currency import Currency
from delinquency.daycount import DayCount
from delinquency.errors import DelinquencyError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.period_arithmetic import ends_month
from delinquency.periods import PeriodDates
from delinquency.rates import Rate, RatePeriod
from delinquency.regular_periods import period_dates_by_count
from delinquency.rolls import EndOfMonth, Roll
from delinquency.rounding import RoundingMode
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = ["MOST_INSTALMENTS", "RepaymentTerms"]

_WHERE: Final = "repayment terms"

TWELFTHS: Final = NominalPeriods()
SOLVED: Final = LevelPayment()


def _changes(items: Iterable[RateChange]) -> tuple[RateChange, ...]:
    return checked_tuple(items, RateChange, f"{_WHERE}, rate change")


@attrs.frozen(slots=True, kw_only=True)
class RepaymentTerms:
    """Repayment of one amount in instalments.

    Parameters
    ----------
    currency : Currency
        Of the principal and of every row of the schedule.
    principal : Decimal or int
        The amount lent [currency units], more than 0, exact to the minor unit.
    annual_rate : Rate
        The nominal rate per year; may be 0 or negative.
    first_due_date : date
        The anchor of every due date: row *k* is due *k* - 1 periods later, counted from the anchor each
        time, clamped to the end of a shorter month and never carried on from it.
    instalment_count : int
        How many instalments, 1 and 1200 both accepted [instalments].
    method : AmortisationMethod
    rounding : RoundingMode, default HALF_UP
        By which the interest of each period, and what else is rounded, is rounded to the minor unit.
    carries_fractions : bool, default False
        ``False``: interest is rounded each period, and the balance is whole. ``True``: the balance of an
        annuity is carried exactly, and interest, principal and balances are rounded where they are
        shown, so that a balance shown may differ from the rows by a minor unit; the last row repays what
        those before it left. Under the methods of given principals interest is cumulated, and a row
        bears what the rounded sum gains.
    frequency : Frequency, default MONTHLY
    disbursed_on : date, optional
        The day of the loan; by default one period before the first due date. Any other needs a
        ``first_period`` that says what becomes of the days.
    first_period : FirstPeriod, default REGULAR
        What becomes of days that are no regular period; all but ``REGULAR`` need ``disbursed_on``.
    interest_basis : NominalPeriods, ByDays or Compounded, default NominalPeriods()
    broken_day_count : DayCount, optional
        By which days before the first regular period bear interest under ``ADDED``, ``SPREAD`` and
        ``OWN_INSTALMENT``; by default the day count of ``ByDays``. Many mortgages take twelfths each month
        and count the first days by the annual rate over 360.
    level_payment : LevelPayment
        How the payment of an annuity is found and rounded.
    balloon : Decimal or int, default 0
        What of the principal is left for the last instalment of an annuity or of equal principals,
        besides its regular part [currency units].
    residue : Residue, default LAST
    moratorium : Moratorium, optional
    rate_changes : tuple of RateChange, optional
        In order of date.
    rate_change_effect : RateChangeEffect, default NEW_PAYMENT
    may_capitalise : bool, default False
        Whether interest that a payment does not cover becomes principal (negative amortisation);
        ``False`` refuses such terms, but for parts of a minor unit that are shown as 0 where fractions are
        carried.
    flat_component : Component, default INTEREST
        ``FEES`` where the charge of a flat plan is a fee (分期手续费).
    roll : Roll, optional
    convention : BusinessDayConvention, default NO_ADJUST
    calendar : HolidayCalendar, optional
        Needed by every convention but ``NO_ADJUST``.
    accrue_to : AccrueTo, default ADJUSTED
        Whether interest by days runs to the due date that a calendar moved, or to the nominal one.

    Raises
    ------
    InvalidTypeError
        A ``float`` principal, a ``datetime`` for a ``date``, any other wrong type.
    InvalidValueError
        A principal of 0 or less, or finer than the minor unit; a rate that is not per year; a count
        outside 1 to 1200; a last due date after 2200-12-31; choices that contradict each other.

    Examples
    --------
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=Decimal("120000.00"),
    ...     annual_rate=Rate.per_year("0.0435"), first_due_date=date(2025, 1, 31),
    ...     instalment_count=36, method=AmortisationMethod.ANNUITY)
    >>> [str(terms.due_date(number)) for number in (1, 2, 3)]
    ['2025-01-31', '2025-02-28', '2025-03-31']
    >>> attrs.evolve(terms, annual_rate=Rate.per_month("0.003625"))
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: repayment terms, annual_rate: expected a rate per year, \
found 0.3625 % a month. Hint: A rate per month times 12 is the nominal rate per year.
    """

    currency: Currency
    principal: Decimal | int
    annual_rate: Rate
    first_due_date: date
    instalment_count: int
    method: AmortisationMethod
    rounding: RoundingMode = RoundingMode.HALF_UP
    carries_fractions: bool = False
    frequency: Frequency = Frequency.MONTHLY
    disbursed_on: date | None = None
    first_period: FirstPeriod = FirstPeriod.REGULAR
    interest_basis: InterestBasis = TWELFTHS
    broken_day_count: DayCount | None = None
    level_payment: LevelPayment = SOLVED
    balloon: Decimal | int = Decimal(0)
    residue: Residue = Residue.LAST
    moratorium: Moratorium | None = None
    rate_changes: tuple[RateChange, ...] = attrs.field(default=(), converter=_changes)
    rate_change_effect: RateChangeEffect = RateChangeEffect.NEW_PAYMENT
    may_capitalise: bool = False
    flat_component: Component = Component.INTEREST
    roll: Roll | None = None
    convention: BusinessDayConvention = BusinessDayConvention.NO_ADJUST
    calendar: HolidayCalendar | None = None
    accrue_to: AccrueTo = AccrueTo.ADJUSTED
    principal_minor: int = attrs.field(init=False, repr=False, eq=False)
    balloon_minor: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_kinds(self)
        object.__setattr__(self, "principal_minor", checked_principal(self))
        object.__setattr__(self, "balloon_minor", checked_balloon(self))
        check_choices(self)

    def due_date(self, number: int) -> date:
        """The due date of instalment ``number``, counted from 1; where a calendar moved it, the moved one.

        Raises
        ------
        InvalidTypeError
            Not a whole number.
        InvalidValueError
            No instalment has that number.
        """
        check_int(number, f"{_WHERE}, number")
        if not 1 <= number <= self.instalment_count:
            raise InvalidValueError.at(
                f"{_WHERE}, number",
                expected=f"from 1 to {self.instalment_count}",
                found=number,
            )
        return self.period_dates().due_dates[number - 1]

    @property
    def needs_days(self) -> bool:
        """Whether interest depends on the days of the periods, and not on their number alone."""
        return (
            bool(self.rate_changes)
            or not self.first_period.bears_one_period
            or self.frequency.is_term
            or isinstance(self.interest_basis, ByDays)
            or isinstance(self.level_payment.basis, ByDays)
        )

    @property
    def day_count_before(self) -> DayCount | None:
        """By which days before the first regular period bear interest, where they bear any."""
        if self.broken_day_count is not None:
            return self.broken_day_count
        basis = self.interest_basis
        return basis.day_count if isinstance(basis, ByDays) else None

    @property
    def starts_on_its_own(self) -> bool:
        """Whether the first period begins on the day of the loan, and not one period before its end."""
        if self.disbursed_on is None or self.first_period.bears_one_period:
            return self.frequency.is_term
        if self.first_period is FirstPeriod.OWN_LENGTH:
            return True
        return (
            day_number(self.disbursed_on, where=_WHERE, field="disbursed_on")
            > self.regular_start_day()
        )

    @property
    def quiet_instalments(self) -> int:
        """How many first instalments repay no principal."""
        return 0 if self.moratorium is None else self.moratorium.principal_instalments

    @property
    def is_at_month_end(self) -> bool:
        """Whether due dates stand at the ends of months."""
        day = day_number(self.first_due_date, where=_WHERE, field="first_due_date")
        return isinstance(self.roll, EndOfMonth) and ends_month(day, self.calendar)

    def regular_start_day(self) -> Day:
        """One period before the first due date, before any adjustment [days since 1970-01-01]."""
        return self._dates(None).nominal_days[0]

    def adjusted_start_day(self) -> Day:
        """The same, where a calendar moved it [days since 1970-01-01]."""
        return self._dates(None).adjusted_days[0]

    def period_dates(self) -> PeriodDates:
        """The periods, nominal and adjusted."""
        return self._dates(self.disbursed_on if self.starts_on_its_own else None)

    def accrual_days(self) -> tuple[Day, ...]:
        """The boundaries between which interest is counted [days since 1970-01-01]."""
        return self.period_dates().accrual_days(self.accrue_to)

    def solved_at(self, scaled: int | None) -> RepaymentTerms:
        """The terms with which a level payment is solved: at one rate, days kept apart left out."""
        apart = self.first_period.is_apart
        return attrs.evolve(
            self,
            annual_rate=self.annual_rate if scaled is None else Rate(scaled, RatePeriod.YEAR),
            rate_changes=() if scaled is not None else self.rate_changes,
            first_period=FirstPeriod.AS_REGULAR if apart else self.first_period,
            broken_day_count=None if apart else self.broken_day_count,
        )

    @property
    def is_plain(self) -> bool:
        """Whether due dates are counted from the first alone: nothing to adjust, nothing to roll."""
        return (
            self.roll is None
            and self.convention is BusinessDayConvention.NO_ADJUST
            and self.first_period.bears_one_period
            and not self.frequency.is_term
        )

    def _dates(self, start: date | None) -> PeriodDates:
        try:
            return period_dates_by_count(
                self.first_due_date,
                self.instalment_count,
                frequency=self.frequency,
                start=start,
                roll=self.roll,
                convention=self.convention,
                calendar=self.calendar,
                # Money is lent on the day on which it is lent, holiday or not.
                start_convention=None if start is None else BusinessDayConvention.NO_ADJUST,
            )
        except DelinquencyError as error:
            raise error.within(_WHERE) from None
