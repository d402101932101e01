"""From a start, an end and a frequency to the dates of every period.

Two lenders who agree on "monthly from 31 January to 15 June" can still disagree on every date. The one
idea: what decides is said - which end the periods are counted from, what becomes of the days left over,
on which day they roll, where a Sunday goes - and what cannot be met is refused, never bent.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from delinquency.business_days import BusinessDayConvention, check_convention
from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import WEEKENDS_ONLY, HolidayCalendar
from delinquency.period_arithmetic import check_frequency, check_within
from delinquency.period_boundaries import MOST_PERIODS, WHERE, Boundaries, Ends, boundaries
from delinquency.period_grid import Adjustment, Grid, grid_from, nominal_day
from delinquency.periods import PeriodDates, Stub
from delinquency.rolls import EndOfMonth, Roll, check_roll
from delinquency.whole_numbers import check_int

__all__ = ["period_dates", "period_dates_by_count"]

_NO_ADJUST: Final = BusinessDayConvention.NO_ADJUST


def period_dates(
    start: date,
    end: date,
    *,
    frequency: Frequency,
    stub: Stub | None = None,
    roll: Roll | None = None,
    first_regular: date | None = None,
    last_regular: date | None = None,
    convention: BusinessDayConvention = _NO_ADJUST,
    calendar: HolidayCalendar | None = None,
    start_convention: BusinessDayConvention | None = None,
    end_convention: BusinessDayConvention | None = None,
) -> PeriodDates:
    """The dates of the periods from ``start`` to ``end``.

    The regular periods run from ``first_regular`` to ``last_regular`` (if not given, from ``start`` to
    ``end``). They are counted from the first of the two, or for an initial stub backwards from the last,
    the n-th date always from that anchor and never from the date before it. Days left over become the
    stub. Then each date is adjusted by itself.

    Parameters
    ----------
    start, end : datetime.date
        The first and the last boundary: the day of the loan, and the maturity.
    frequency : Frequency
        ``TERM`` gives one period; it has no stub, and a roll does not matter.
    stub : Stub, optional
        Where days left over go. None: there are none but those outside the regular dates given, or, if
        a roll is given and no regular date, a smart stub at the end that is no roll date. ``NONE``:
        none at all.
    roll : Roll, optional
        On which day of the month or week; by default on that of the anchor. See
        :class:`~delinquency.rolls.EndOfMonth` for when it takes hold.
    first_regular, last_regular : datetime.date, optional
        The start of the first and the end of the last regular period, both boundaries themselves.
    convention : BusinessDayConvention, default NO_ADJUST
    calendar : HolidayCalendar, optional
        Needed by every convention but ``NO_ADJUST``.
    start_convention, end_convention : BusinessDayConvention, optional
        For the start and the end as they were given; by default ``convention`` for their nominal dates.

    Returns
    -------
    PeriodDates

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; any other wrong type.
    InvalidValueError
        ``start`` not before ``end``; a regular date outside them, or in the wrong order; days left over
        that ``stub`` does not allow; an anchor that is no roll date; a roll that does not suit the
        frequency; no calendar; two dates adjusted to one day; more than 10,000 periods.

    Notes
    -----
    Where a roll is given and a regular date or the end is no roll date but the business day to which one
    is adjusted, the roll date is meant and becomes the nominal date. So it is for the start under
    ``EndOfMonth``, and under any roll if ``start_convention`` is ``NO_ADJUST``, which says that the start
    is given as adjusted.

    With ``EndOfMonth`` and no stub allowed, an end is accepted that is the plain anniversary of a start
    at the end of a month: 30 April to 30 October, by way of 31 August.

    References
    ----------
    FpML ``calculationPeriodDates``; ACTUS, schedule generation with ``endOfMonthConvention``. The rules
    for dates given as adjusted and for the plain anniversary are those of OpenGamma Strata,
    ``PeriodicSchedule``; a last *business* day that counts as the end of its month is QuantLib's.

    Examples
    --------
    >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
    >>> dates = period_dates(date(2014, 6, 4), date(2014, 9, 17), frequency=Frequency.MONTHLY,
    ...     stub=Stub.SHORT_INITIAL, convention=BusinessDayConvention.MODIFIED_FOLLOWING,
    ...     calendar=WEEKENDS_ONLY)
    >>> for period in dates:
    ...     print(period.number, period.nominal_end, period.end, period.is_stub)
    1 2014-06-17 2014-06-17 True
    2 2014-07-17 2014-07-17 False
    3 2014-08-17 2014-08-18 False
    4 2014-09-17 2014-09-17 False

    The same term without a stub:

    >>> period_dates(date(2014, 6, 4), date(2014, 9, 17), frequency=Frequency.MONTHLY)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: period dates: expected 2014-06-04 to 2014-09-17 to be a whole \
number of periods of P1M, found 13 days left over. Hint: Allow a stub, such as Stub.SHORT_FINAL, or give \
the first or last regular date.
    """
    check_frequency(frequency)
    if roll is not None:
        check_roll(roll)
    if stub is not None and not isinstance(stub, Stub):
        raise InvalidTypeError.at(f"{WHERE}, stub", expected="a Stub", found=stub)
    conventions = _conventions(calendar, convention, start_convention, end_convention)
    given = _given(start, end, first_regular, last_regular)
    wanted = None if frequency.is_term else roll
    ends = _nominal(given, wanted, conventions)
    found = boundaries(ends, frequency, stub, wanted, calendar)
    return _dated(found, (given.start, given.end), frequency, conventions)


def period_dates_by_count(
    first_due_date: date,
    period_count: int,
    *,
    frequency: Frequency,
    start: date | None = None,
    roll: Roll | None = None,
    convention: BusinessDayConvention = _NO_ADJUST,
    calendar: HolidayCalendar | None = None,
    start_convention: BusinessDayConvention | None = None,
) -> PeriodDates:
    """The dates of ``period_count`` periods, of which the first ends on ``first_due_date``.

    The *k*-th period ends *k* - 1 periods after the first due date, counted from that date each time.

    Parameters
    ----------
    first_due_date : datetime.date
        The anchor. The business day to which a roll date was adjusted stands for that roll date.
    period_count : int
        How many periods, from 1 to 10,000 [periods].
    frequency : Frequency
        ``TERM`` needs a count of 1 and a ``start``.
    start : datetime.date, optional
        The start of the first period, of any length; by default one period before it ends.
    roll : Roll, optional
        On which day of the month or week; by default on that of ``first_due_date``.
    convention, calendar, start_convention
        As in :func:`period_dates`.

    Returns
    -------
    PeriodDates
        ``has_initial_stub`` where the start makes the first period shorter or longer than the others.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; a count that is no ``int``; any other wrong type.
    InvalidValueError
        A count outside 1 to 10,000; a start not before the first due date; a first due date that is no
        roll date; a date outside 1900 to 2200 or outside the calendar.

    Examples
    --------
    >>> dates = period_dates_by_count(date(2025, 1, 31), 3, frequency=Frequency.MONTHLY,
    ...     start=date(2024, 12, 20))
    >>> [str(day) for day in dates.nominal], dates.has_initial_stub
    (['2024-12-20', '2025-01-31', '2025-02-28', '2025-03-31'], True)
    """
    check_frequency(frequency)
    if roll is not None:
        check_roll(roll)
    _check_count(period_count, frequency, start)
    conventions = _conventions(calendar, convention, start_convention, None)
    due_day = day_number(first_due_date, where=WHERE, field="first_due_date")
    if frequency.is_term:
        grid = Grid(due_day, frequency, None)
    else:
        anchor = nominal_day(due_day, roll=roll, adjustment=conventions.inner)
        grid = grid_from(
            anchor,
            None,
            frequency=frequency,
            roll=roll,
            calendar=calendar,
            where=f"{WHERE}, first_due_date",
        )
    regular_start = grid.nth(-1)
    start_day = regular_start
    if start is not None:
        start_day = day_number(start, where=WHERE, field="start")
        if start_day >= grid.anchor_day:
            raise InvalidValueError.at(
                WHERE,
                expected=f"start before {to_date(grid.anchor_day)}, the first due date",
                found=start.isoformat(),
            )
    check_within(start_day, f"{WHERE}, start")
    check_within(grid.nth(period_count - 1), f"{WHERE}, last due date")
    days = [start_day, *grid.first_days(period_count)]
    irregular = not frequency.is_term and start_day != regular_start
    found = Boundaries(days, grid.roll, initial=irregular)
    return _dated(found, (start_day, days[-1]), frequency, conventions)


class _Conventions(NamedTuple):
    """How the start, the dates between and the end are adjusted."""

    start: Adjustment | None
    inner: Adjustment
    end: Adjustment | None


def _conventions(
    calendar: HolidayCalendar | None,
    inner: BusinessDayConvention,
    start: BusinessDayConvention | None,
    end: BusinessDayConvention | None,
) -> _Conventions:
    for field, convention in (
        ("convention", inner),
        ("start_convention", start),
        ("end_convention", end),
    ):
        if convention is not None:
            check_convention(convention, WEEKENDS_ONLY if calendar is None else calendar)
            if calendar is None and convention is not _NO_ADJUST:
                raise InvalidValueError.at(
                    f"{WHERE}, {field}",
                    expected="a calendar",
                    found=f"{convention.name} without one",
                    hint="For weekends alone write calendar=WEEKENDS_ONLY.",
                )
    return _Conventions(
        None if start is None else Adjustment(start, calendar),
        Adjustment(inner, calendar),
        None if end is None else Adjustment(end, calendar),
    )


def _given(start: date, end: date, first_regular: date | None, last_regular: date | None) -> Ends:
    start_day = day_number(start, where=WHERE, field="start")
    end_day = day_number(end, where=WHERE, field="end")
    first, last = start_day, end_day
    if first_regular is not None:
        first = day_number(first_regular, where=WHERE, field="first_regular")
    if last_regular is not None:
        last = day_number(last_regular, where=WHERE, field="last_regular")
    if start_day >= end_day:
        raise InvalidValueError.at(WHERE, expected=f"end after {start}", found=end.isoformat())
    for field, day in (("first_regular", first), ("last_regular", last)):
        if not start_day <= day <= end_day:
            raise InvalidValueError.at(
                f"{WHERE}, {field}",
                expected=f"a date from {start} to {end}",
                found=to_date(day).isoformat(),
            )
    if first > last:
        raise InvalidValueError.at(
            f"{WHERE}, last_regular",
            expected=f"a date on or after {to_date(first)}, first_regular",
            found=to_date(last).isoformat(),
        )
    return Ends(start_day, first, last, end_day)


def _nominal(given: Ends, roll: Roll | None, conventions: _Conventions) -> Ends:
    """The dates given, those that are adjusted roll dates replaced by these roll dates."""
    is_start_adjusted = conventions.start is not None and conventions.start.is_none
    start = given.start
    if is_start_adjusted or isinstance(roll, EndOfMonth):
        start = nominal_day(start, roll=roll, adjustment=conventions.inner)
    first, last, end = (
        nominal_day(day, roll=roll, adjustment=conventions.inner)
        for day in (given.first, given.last, given.end)
    )
    ends = Ends(start, first if given.has_initial else start, last if given.has_final else end, end)
    if not (ends.start <= ends.first <= ends.last <= ends.end and ends.start < ends.end):
        raise InvalidValueError.at(
            WHERE,
            expected="dates in order",
            found=", ".join(str(to_date(day)) for day in ends) + " before adjustment",
            hint="A date given as adjusted stands for its roll date.",
        )
    return ends


def _dated(
    found: Boundaries, given: tuple[Day, Day], frequency: Frequency, conventions: _Conventions
) -> PeriodDates:
    adjusted = list(conventions.inner.days(found.days))
    if conventions.start is not None:
        adjusted[0] = conventions.start.days(given[:1])[0]
    if conventions.end is not None:
        adjusted[-1] = conventions.end.days(given[1:])[0]
    return PeriodDates(
        nominal_days=tuple(found.days),
        adjusted_days=tuple(adjusted),
        frequency=frequency,
        roll=found.roll,
        has_initial_stub=found.initial,
        has_final_stub=found.final,
    )


def _check_count(count: int, frequency: Frequency, start: date | None) -> None:
    where = f"{WHERE}, period_count"
    check_int(count, where)
    most = 1 if frequency.is_term else MOST_PERIODS
    if not 1 <= count <= most:
        raise InvalidValueError.at(
            where, expected=f"from 1 to {most:,} periods of {frequency}", found=count
        )
    if frequency.is_term and start is None:
        raise InvalidValueError.at(f"{WHERE}, start", expected="a start with TERM", found="none")
