"""The nominal boundaries of periods, counted in day numbers.

The one idea: an end of the term that lies on the grid of its anchor leaves nothing over; one that does
not leaves days over, and the stub says whether they stand alone, join their neighbour or may not be.
"""

from __future__ import annotations

from typing import Final, NamedTuple, NoReturn

from delinquency.calendar import Day, to_date
from delinquency.errors import InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.period_grid import Grid, grid_from
from delinquency.periods import Stub
from delinquency.rolls import EndOfMonth, Roll, is_roll_day

__all__ = ["MOST_PERIODS", "WHERE", "Boundaries", "Ends", "boundaries"]

MOST_PERIODS: Final = 10_000
"""The most periods of one schedule; itself accepted."""

WHERE: Final = "period dates"


class Ends(NamedTuple):
    """Nominal day numbers of the term and of its regular part."""

    start: Day
    first: Day
    last: Day
    end: Day

    @property
    def has_initial(self) -> bool:
        """Whether a first regular date leaves an initial stub."""
        return self.start != self.first

    @property
    def has_final(self) -> bool:
        """Whether a last regular date leaves a final stub."""
        return self.last != self.end


class Boundaries(NamedTuple):
    """Nominal boundaries, the roll in force, and which ends are irregular."""

    days: list[Day]
    roll: Roll | None = None
    initial: bool = False
    final: bool = False


def boundaries(
    ends: Ends,
    frequency: Frequency,
    stub: Stub | None,
    roll: Roll | None,
    calendar: HolidayCalendar | None,
) -> Boundaries:
    """The boundaries of the term, of its regular part and of the stubs."""
    left_over = _left_over(stub, roll, ends)
    if frequency.is_term:
        if ends.has_initial or ends.has_final:
            raise InvalidValueError.at(
                WHERE, expected="no regular date with TERM", found="one", hint="TERM is one period."
            )
        return Boundaries([ends.start, ends.end])
    if ends.first == ends.end or ends.last == ends.start:
        return Boundaries(
            [ends.start, ends.end], initial=ends.has_initial, final=not ends.has_initial
        )
    _check_number(ends, frequency)
    backwards = left_over.is_initial
    anchor, other = (ends.last, ends.first) if backwards else (ends.first, ends.last)
    grid = grid_from(
        anchor,
        other if left_over is Stub.NONE else None,
        frequency=frequency,
        roll=roll,
        calendar=calendar,
        where=f"{WHERE}, {'end' if backwards else 'start'} of the regular periods",
    )
    days, left = (_backwards if backwards else _forwards)(ends, grid, left_over)
    initial, final = left and backwards, left and not backwards
    after = grid.nth(1 if backwards else len(days))
    if ends.has_initial:
        initial = ends.start != grid.nth(-1)
        days.insert(0, ends.start)
    if ends.has_final:
        final = ends.end != after
        days.append(ends.end)
    return Boundaries(days, grid.roll, initial=initial, final=final)


def _left_over(stub: Stub | None, roll: Roll | None, ends: Ends) -> Stub:
    """What becomes of days left over within the regular dates."""
    given = ends.has_initial or ends.has_final
    if stub is Stub.NONE and given:
        raise InvalidValueError.at(
            f"{WHERE}, stub", expected="no regular date with Stub.NONE", found="one"
        )
    if stub is Stub.BOTH and not (ends.has_initial and ends.has_final):
        raise InvalidValueError.at(
            f"{WHERE}, stub",
            expected="first_regular and last_regular within the term with Stub.BOTH",
            found="one of them or none",
        )
    if stub is None:
        if roll is None or given:
            return Stub.NONE
        if is_roll_day(ends.last, roll):
            return Stub.SMART_INITIAL
        return Stub.SMART_FINAL if is_roll_day(ends.first, roll) else Stub.NONE
    if stub is Stub.BOTH or (ends.has_initial if stub.is_initial else ends.has_final):
        return Stub.NONE
    return stub


def _check_number(ends: Ends, frequency: Frequency) -> None:
    # A month has at most 31 days; three hundred years of months are far fewer than the most.
    number = (ends.last - ends.first) // (frequency.days or 31 * frequency.months)
    if number > MOST_PERIODS:
        raise InvalidValueError.at(
            WHERE, expected=f"at most {MOST_PERIODS:,} periods", found=f"{number:,}"
        )


def _forwards(ends: Ends, grid: Grid, left_over: Stub) -> tuple[list[Day], bool]:
    days = grid.days_before(ends.last)
    if days[-1] == ends.last:
        return days, False
    number = len(days) - 1
    days.pop()
    if left_over is Stub.NONE:
        if not (isinstance(grid.roll, EndOfMonth) and grid.is_anniversary(ends.last, number)):
            _refuse_left_over(ends, grid, ends.last - days[-1])
        return [*days, ends.last], False
    if len(days) > 1 and left_over.joins(ends.last - days[-1]):
        days.pop()
    return [*days, ends.last], True


def _backwards(ends: Ends, grid: Grid, left_over: Stub) -> tuple[list[Day], bool]:
    days = grid.days_after(ends.first)
    if days[-1] == ends.first:
        return days[::-1], False
    days.pop()
    if len(days) > 1 and left_over.joins(days[-1] - ends.first):
        days.pop()
    return [ends.first, *reversed(days)], True


def _refuse_left_over(ends: Ends, grid: Grid, days: int) -> NoReturn:
    raise InvalidValueError.at(
        WHERE,
        expected=f"{to_date(ends.first)} to {to_date(ends.last)} to be a whole number of periods of "
        f"{grid.frequency}",
        found=f"{days} days left over",
        hint="Allow a stub, such as Stub.SHORT_FINAL, or give the first or last regular date.",
    )
