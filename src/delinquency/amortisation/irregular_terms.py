"""What was agreed where the dates are given one by one.

A regular loan has a frequency; a restructured one, a construction loan drawn in parts, an overdraft or a
plan copied from another system has a list of dates. The one idea: the same rules - interest by days, a
payment that is solved, interest that waits or becomes principal, rates that change - over rows that are
given instead of counted; see :mod:`delinquency.amortisation.irregular_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from delinquency.amortisation.exact_numbers import ExactAmount, ExactRate, exact_amount, exact_rate
from delinquency.amortisation.irregular_rows import (
    ExactRateChange,
    GivenPayment,
    GivenPrincipal,
    IrregularRow,
    SolvedPayment,
    WholeBalance,
)
from delinquency.amortisation.rate_changes import RateChange
from delinquency.calendar import Day, day_number, to_date
from delinquency.currency import Currency
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.rounding import RoundingMode
from delinquency.sequences import checked_tuple

__all__ = ["MOST_ROWS", "IrregularTerms"]

MOST_ROWS: Final = 1200
"""The longest plan accepted [rows]; itself accepted."""

_WHERE: Final = "irregular terms"

_NEEDS_A_COUPON: Final = {
    DayCount.ACT_ACT_ICMA: "A coupon of a bond has a period of its own; a loan has none.",
    DayCount.ACT_365L: "A coupon of a bond has a period of its own; a loan has none.",
    DayCount.THIRTY_U_360: "Say THIRTY_U_360_EOM where payments keep to ends of months, else "
    "THIRTY_360: given dates do not tell.",
}


def _rows(items: Iterable[IrregularRow]) -> tuple[IrregularRow, ...]:
    return checked_tuple(items, IrregularRow, f"{_WHERE}, row")


def _changes(
    items: Iterable[RateChange | ExactRateChange],
) -> tuple[RateChange | ExactRateChange, ...]:
    return checked_tuple(items, (RateChange, ExactRateChange), f"{_WHERE}, rate change")


def _dates(items: Iterable[date]) -> tuple[date, ...]:
    return checked_tuple(items, date, f"{_WHERE}, solved_over")


@attrs.frozen(slots=True, kw_only=True)
class IrregularTerms:
    """A balance followed over given dates.

    Interest is simple between two rows: the balance times the rate times the year fraction of
    ``[row before, row)``, each stretch of one rate by itself. It is exact until it falls due or becomes
    principal; only then, and only with a currency, is it rounded, once, to the minor unit. So a row on
    which nothing happens changes nothing.

    The payment of rows that repay a :class:`SolvedPayment` is solved exactly: with it the balance after
    the last date of ``solved_over`` is the balloon. It is solved at the first such row and anew at the
    first after each change of rate, with the changes that are effective before the day to which that row
    accrues.

    Parameters
    ----------
    principal : Decimal, int or Fraction
        The balance on ``disbursed_on`` [currency units]; 0 for a line that is drawn later.
    annual_rate : Rate or Fraction
        The nominal rate per year; may be 0 or negative.
    disbursed_on : date
        From this day on interest is borne: the day of the loan, or any later one whose balance is known.
    day_count : DayCount
        One that needs no coupon period.
    rows : tuple of IrregularRow
        1 to 1200, in order of date; the first may be on ``disbursed_on`` itself.
    currency : Currency, optional
        With one, amounts are exact to its minor unit, and interest and the solved payment are rounded to
        it; without, nothing is ever rounded.
    rounding : RoundingMode, default HALF_UP
    rate_changes : tuple of RateChange or ExactRateChange, optional
        In order of date.
    accrued_interest : Decimal, int or Fraction, default 0
        Interest borne before ``disbursed_on`` and not yet due [currency units].
    solved_over : tuple of date, optional
        The dates with which a level payment is solved, where they are not those of the rows that pay it
        and of the last: the dates of thirty years for a loan that falls due after seven (balloon).
    balloon : Decimal, int or Fraction, default 0
        What the solved payment leaves after its last date [currency units].
    may_capitalise : bool, default False
        Whether interest that a payment does not cover becomes principal (negative amortisation).
    calendar : HolidayCalendar, optional
        Needed by Business/252 alone.

    Raises
    ------
    InvalidTypeError
        A ``float``, a ``datetime`` for a ``date``, any other wrong type.
    InvalidValueError
        Rows or changes out of order; a day to which interest is counted before the one of the row before;
        a ``WholeBalance`` that is not last; dates to solve over that end before the rows that pay; an
        amount finer than the minor unit; a day count that needs a coupon period.

    Examples
    --------
    Two irregular payments of a known amount, and the rest:

    >>> from delinquency.rates import Rate
    >>> terms = IrregularTerms(principal=1000, annual_rate=Rate.per_year("0.10"),
    ...     disbursed_on=date(2025, 1, 1), day_count=DayCount.ACT_365F, currency=Currency.of("EUR"),
    ...     rows=[IrregularRow(date(2025, 2, 10), GivenPayment(300)),
    ...           IrregularRow(date(2025, 7, 1), GivenPayment(300)),
    ...           IrregularRow(date(2025, 12, 31), WholeBalance())])
    >>> len(terms.rows)
    3
    """

    principal: ExactAmount
    annual_rate: ExactRate
    disbursed_on: date
    day_count: DayCount
    rows: tuple[IrregularRow, ...] = attrs.field(converter=_rows)
    currency: Currency | None = None
    rounding: RoundingMode = RoundingMode.HALF_UP
    rate_changes: tuple[RateChange | ExactRateChange, ...] = attrs.field(
        default=(), converter=_changes
    )
    accrued_interest: ExactAmount = 0
    solved_over: tuple[date, ...] = attrs.field(default=(), converter=_dates)
    balloon: ExactAmount = 0
    may_capitalise: bool = False
    calendar: HolidayCalendar | None = None

    def __attrs_post_init__(self) -> None:
        _check_kinds(self)
        _check_amounts(self)
        _check_rows(self)
        _check_solving(self)
        _check_increasing(
            [self.day_of(change.effective_on, "rate_changes") for change in self.rate_changes],
            "rate_changes",
        )

    def day_of(self, value: date, field: str) -> Day:
        """A date of the terms as its number [days since 1970-01-01]."""
        return day_number(value, where=_WHERE, field=field)

    def exact(self, amount: ExactAmount) -> Fraction:
        """An amount of the terms as a fraction [currency units]."""
        return exact_amount(amount, self.currency, where=_WHERE, may_be_negative=True)


def _check_kinds(terms: IrregularTerms) -> None:
    kinds: tuple[tuple[str, tuple[type, ...]], ...] = (
        ("day_count", (DayCount,)),
        ("currency", (Currency, type(None))),
        ("rounding", (RoundingMode,)),
        ("may_capitalise", (bool,)),
        ("calendar", (HolidayCalendar, type(None))),
    )
    for field, kind in kinds:
        value = getattr(terms, field)
        if not isinstance(value, kind):
            raise InvalidTypeError.at(
                f"{_WHERE}, {field}", expected=f"an instance of {kind[0].__name__}", found=value
            )
    if terms.day_count in _NEEDS_A_COUPON:
        raise InvalidValueError.at(
            f"{_WHERE}, day_count",
            expected="a day count of two dates",
            found=str(terms.day_count),
            hint=_NEEDS_A_COUPON[terms.day_count],
        )
    if terms.day_count is DayCount.BUSINESS_252 and terms.calendar is None:
        raise InvalidValueError.at(
            f"{_WHERE}, calendar", expected="a calendar with Business/252", found="none"
        )
    exact_rate(terms.annual_rate, where=f"{_WHERE}, annual_rate")


def _check_amounts(terms: IrregularTerms) -> None:
    currency = terms.currency
    for field in ("principal", "balloon"):
        exact_amount(getattr(terms, field), currency, where=f"{_WHERE}, {field}")
    exact_amount(
        terms.accrued_interest,
        currency,
        where=f"{_WHERE}, accrued_interest",
        may_be_negative=True,
    )
    for number, row in enumerate(terms.rows, start=1):
        if isinstance(row.repays, GivenPrincipal | GivenPayment):
            where = f"{_WHERE}, row {number}"
            exact_amount(row.repays.amount, currency, where=where, may_be_negative=True)


def _check_rows(terms: IrregularTerms) -> None:
    if not 1 <= len(terms.rows) <= MOST_ROWS:
        raise InvalidValueError.at(
            f"{_WHERE}, rows", expected=f"from 1 to {MOST_ROWS} rows", found=str(len(terms.rows))
        )
    _check_increasing([row.due_day for row in terms.rows], "rows")
    since = terms.day_of(terms.disbursed_on, "disbursed_on")
    for number, row in enumerate(terms.rows, start=1):
        if row.accrual_day < since:
            raise InvalidValueError.at(
                f"{_WHERE}, row {number}",
                expected=f"interest to be counted to {to_date(since)} or later",
                found=str(row.accrual_date),
            )
        since = row.accrual_day
        if isinstance(row.repays, WholeBalance) and number < len(terms.rows):
            raise InvalidValueError.at(
                f"{_WHERE}, row {number}",
                expected="WholeBalance in the last row alone",
                found=f"it in row {number} of {len(terms.rows)}",
            )


def _check_solving(terms: IrregularTerms) -> None:
    days = [terms.day_of(day, "solved_over") for day in terms.solved_over]
    _check_increasing(days, "solved_over")
    paid = [row.accrual_day for row in terms.rows if isinstance(row.repays, SolvedPayment)]
    if days and paid and days[-1] < paid[-1]:
        raise InvalidValueError.at(
            f"{_WHERE}, solved_over",
            expected=f"dates to {to_date(paid[-1])}, the last row that pays, or later",
            found=terms.solved_over[-1],
        )


def _check_increasing(days: Sequence[Day], field: str) -> None:
    for before, after in pairwise(days):
        if after <= before:
            raise InvalidValueError.at(
                f"{_WHERE}, {field}",
                expected=f"a date after {to_date(before)}",
                found=str(to_date(after)),
                hint="In order of date, each once.",
            )
