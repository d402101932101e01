"""Published reference rates by date, and the days on which a loan takes them over (LPR 重定价).

A loan at LPR plus margin changes its rate on its own repricing days, not when LPR is published. The one
idea: a table of published rates says for which days it knows the answer; a repricing day takes the rate
that is known on it, and a day that the table does not cover is refused, never guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import Final

import attrs

from delinquency.amortisation.rate_changes import RateChange, RateChangeEffect, check_annual_rate
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.calendar import Day, add_months, day_number, to_date
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate

__all__ = ["ReferenceRates", "Repricing", "reprice"]

_WHERE: Final = "reference rates"


class Repricing(Enum):
    """On which days a loan takes over the reference rate (重定价日).

    ``EACH_DUE_DATE``: with each period, for the period that begins. ``FIRST_OF_JANUARY``: every year on 1
    January, the first after the loan.

    Every so many months on the day of the loan (放款日对月对日): ``EVERY_THREE_MONTHS`` (重定价周期三个月),
    ``EVERY_SIX_MONTHS`` (六个月) and ``ANNIVERSARY``, every year (一年). A month that lacks the day has its
    last day instead; the next is counted from the day of the loan again. A loan of 30 November is repriced
    every three months on 28 February, 30 May, 30 August and 30 November.
    """

    EACH_DUE_DATE = "each_due_date"
    FIRST_OF_JANUARY = "first_of_january"
    EVERY_THREE_MONTHS = "every_three_months"
    EVERY_SIX_MONTHS = "every_six_months"
    ANNIVERSARY = "anniversary"


_MONTHS_BETWEEN: Final = {
    Repricing.EVERY_THREE_MONTHS: 3,
    Repricing.EVERY_SIX_MONTHS: 6,
    Repricing.ANNIVERSARY: 12,
}


def _pairs(items: Iterable[tuple[date, Rate]]) -> tuple[tuple[date, Rate], ...]:
    if isinstance(items, (str, bytes)) or not isinstance(items, Iterable):
        raise InvalidTypeError.at(
            f"{_WHERE}, rates", expected="pairs of a date and a Rate", found=items
        )
    return tuple(items)


@attrs.frozen(slots=True, kw_only=True)
class ReferenceRates:
    """A published rate by the day on which each value was published (参考利率).

    Parameters
    ----------
    name : str
        As in the contract: "LPR 5Y".
    rates : iterable of tuple of date and Rate
        In order of date, the day of publication and the annual rate; a rate holds from that day to the
        next publication.
    covered_until : date
        The last day for which the table is complete, itself covered. Later days are refused.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No rate; dates out of order; a covered range that ends before the last rate.

    Examples
    --------
    >>> lpr = ReferenceRates(name="LPR 5Y", rates=[(date(2024, 7, 22), Rate.per_year("0.0385")),
    ...     (date(2024, 10, 21), Rate.per_year("0.0360"))], covered_until=date(2025, 1, 19))
    >>> print(lpr.rate_on(date(2024, 10, 20)), lpr.rate_on(date(2024, 10, 21)), sep="; ")
    3.85 % a year; 3.6 % a year
    >>> lpr.rate_on(date(2025, 1, 20))
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: reference rates 'LPR 5Y': expected a day from 2024-07-22 to \
2025-01-19, which the table covers, found 2025-01-20. Hint: Add the rates that were published since.
    """

    name: str
    rates: tuple[tuple[date, Rate], ...] = attrs.field(converter=_pairs)
    covered_until: date
    days: tuple[Day, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise InvalidTypeError.at(f"{_WHERE}, name", expected="a text", found=self.name)
        where = f"{_WHERE} {self.name!r}"
        if not self.rates:
            raise InvalidValueError.at(where, expected="at least one rate", found="none")
        days: list[Day] = []
        for pair in self.rates:
            if not isinstance(pair, tuple) or len(pair) != 2:
                raise InvalidTypeError.at(where, expected="pairs of a date and a Rate", found=pair)
            days.append(day_number(pair[0], where=where, field="published on"))
            check_annual_rate(pair[1], where)
        if days != sorted(set(days)):
            raise InvalidValueError.at(
                where, expected="rates in order of date, each date once", found=repr(days)
            )
        last = day_number(self.covered_until, where=where, field="covered_until")
        if last < days[-1]:
            raise InvalidValueError.at(
                f"{where}, covered_until",
                expected=f"a day on or after the last rate, {to_date(days[-1])}",
                found=str(self.covered_until),
            )
        object.__setattr__(self, "days", tuple(days))

    def rate_on(self, day: date) -> Rate:
        """The latest rate published by a day, that day included.

        Raises
        ------
        InvalidTypeError
            A ``datetime``, or no date.
        InvalidValueError
            A day outside the covered range.
        """
        where = f"{_WHERE} {self.name!r}"
        number = day_number(day, where=where, field="day")
        if not self.days[0] <= number or day > self.covered_until:
            raise InvalidValueError.at(
                where,
                expected=f"a day from {to_date(self.days[0])} to {self.covered_until}, which the "
                "table covers",
                found=str(day),
                hint="Add the rates that were published since."
                if day > self.covered_until
                else "Add the rates that were published before.",
            )
        return self.rates[bisect_right(self.days, number) - 1][1]


def reprice(
    reference: ReferenceRates,
    *,
    terms: RepaymentTerms,
    margin: Rate,
    repricing: Repricing,
    as_of: date,
) -> tuple[RateChange, ...]:
    """The changes of rate of a loan at a reference rate plus margin, known by ``as_of`` (LPR 加点).

    On each repricing day after the loan began and before its last due date, up to ``as_of``, that day
    included, the rate becomes that of the reference known on the day, plus the margin. A day that leaves
    the rate as it was gives no change. The terms' own ``annual_rate`` holds before the first change; what
    they have of ``rate_changes`` is left out of account.

    Parameters
    ----------
    reference : ReferenceRates
    terms : RepaymentTerms
        With ``disbursed_on``, or the loan begins one period before the first due date.
    margin : Rate
        Per year; may be negative (加点、减点).
    repricing : Repricing
    as_of : date

    Returns
    -------
    tuple of RateChange
        For ``RepaymentTerms.rate_changes``.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A repricing day that the reference does not cover; a rate out of bounds.

    Examples
    --------
    A mortgage at LPR less 30 basis points, lent on 15 March 2024:

    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> lpr = ReferenceRates(name="LPR 5Y", rates=[(date(2024, 2, 20), Rate.per_year("0.0395")),
    ...     (date(2024, 7, 22), Rate.per_year("0.0385")), (date(2024, 10, 21), Rate.per_year("0.0360"))],
    ...     covered_until=date(2025, 5, 19))
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1_000_000,
    ...     annual_rate=Rate.per_year("0.0365"), disbursed_on=date(2024, 3, 15),
    ...     first_due_date=date(2024, 4, 15), instalment_count=360, method=AmortisationMethod.ANNUITY)
    >>> for repricing in (Repricing.FIRST_OF_JANUARY, Repricing.ANNIVERSARY, Repricing.EVERY_SIX_MONTHS):
    ...     for change in reprice(lpr, terms=terms, margin=Rate.per_year("-0.003"),
    ...             repricing=repricing, as_of=date(2025, 4, 30)):
    ...         print(repricing.value, change.effective_on, change.annual_rate)
    first_of_january 2025-01-01 3.3 % a year
    anniversary 2025-03-15 3.3 % a year
    every_six_months 2024-09-15 3.55 % a year
    every_six_months 2025-03-15 3.3 % a year
    """
    where = "reprice"
    for field, value, kind in (
        ("reference", reference, ReferenceRates),
        ("terms", terms, RepaymentTerms),
    ):
        if not isinstance(value, kind):
            raise InvalidTypeError.at(
                f"{where}, {field}", expected=f"an instance of {kind.__name__}", found=value
            )
    checked_member(repricing, Repricing, f"{where}, repricing")
    check_annual_rate(margin, f"{where}, margin")
    until = day_number(as_of, where=where, field="as_of")
    changes: list[RateChange] = []
    rate = terms.annual_rate
    for day in _repricing_days(terms, repricing, until):
        new = reference.rate_on(to_date(day)).plus(margin, where=where)
        if new != rate:
            changes.append(RateChange(to_date(day), new))
            rate = new
    return tuple(changes)


def _repricing_days(terms: RepaymentTerms, repricing: Repricing, until: Day) -> Iterator[Day]:
    """In order, after the first day of the loan, up to ``until``; before the last due date, if that stays."""
    bounds = terms.accrual_days()
    lent = to_date(bounds[0]) if terms.disbursed_on is None else terms.disbursed_on
    may_grow = terms.rate_change_effect is RateChangeEffect.NEW_TERM
    end = until + 1 if may_grow else min(bounds[-1], until + 1)
    match repricing:
        case Repricing.EACH_DUE_DATE:
            days = list(bounds[1:])
        case Repricing.FIRST_OF_JANUARY:
            last = to_date(end).year
            days = [_number(date(year, 1, 1)) for year in range(lent.year + 1, last + 1)]
        case _:
            step = _MONTHS_BETWEEN[repricing]
            months = range(step, _months_until(lent, to_date(end)) + 1, step)
            days = [_number(add_months(lent, count)) for count in months]
    return (day for day in days if day < end)


def _months_until(lent: date, end: date) -> int:
    """From the month of the loan to that of ``end``; below 0 where that is earlier."""
    return 12 * (end.year - lent.year) + end.month - lent.month


def _number(day: date) -> Day:
    return day_number(day, where="reprice", field="repricing day")
