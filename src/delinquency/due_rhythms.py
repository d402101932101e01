"""How due dates follow each other, told from those that there are, as whole-number arithmetic.

A due date that is no business day moves, and a contract ends on a day of its own: few schedules are wholly
regular. The one idea: the due dates vote. A day of the month has the votes of the dates that are that day, a
month that lacks it on its last day, and of those that a weekend moved off it; a step of days has those of the
dates that lie whole steps apart. The last four dates decide if they agree, and else most of the last twelve;
where nothing has most votes, nothing is told.

One account and a kernel ask the same: the functions use builtins and each other only.
"""

from collections.abc import Sequence

from delinquency.civil_days import add_months_day, month_and_day

__all__ = [
    "due_vote",
    "grid_place",
    "most_common_day",
    "most_common_months",
    "most_common_step",
    "nth_due",
    "told_rhythm",
]

_MOST_MOVED = 10
"""A due date is moved off holidays by at most so many days."""

_LONGEST_UNLIKE_MONTHS = 24
"""Two dates this many days apart are no months apart, wherever they were moved."""


def grid_place(anchor: int, months: int, days: int, due: int) -> int:
    """The place of a due date on a grid, from that of the anchor: of the last that is not after it.

    One that lies a few days ahead is its own: the due date was moved back from it.

    Parameters
    ----------
    anchor : int
        A date of the grid [days since 1970-01-01].
    months, days : int
        Its step; days where it has no months.
    due : int
    """
    if not months:
        return (due + min(_MOST_MOVED, days // 3) - anchor) // days
    reach = due + _MOST_MOVED
    place = int((month_and_day(reach)[0] - month_and_day(anchor)[0]) // months)
    return place - (add_months_day(anchor, place * months) > reach)


def nth_due(anchor: int, months: int, days: int, due: int, count: int) -> int:
    """The due date so many steps after one that may have been moved off its own.

    Examples
    --------
    Every month on the 31st, after Monday 2 March 2026, to which 28 February was moved:

    >>> nth_due(20119, 1, 0, 20514, 1) == 20514 + 29
    True
    """
    place = grid_place(anchor, months, days, due) + count
    return add_months_day(anchor, place * months) if months else anchor + place * days


def due_vote(anchor: int, due: int) -> int:
    """A vote for the day of the month of ``anchor``: 2 it is that day, 1 a weekend moved it, 0 neither."""
    nominal = add_months_day(anchor, grid_place(anchor, 1, 0, due))
    if due == nominal:
        return 2
    past_saturday = (nominal + 3) % 7 - 5
    off = due - nominal
    return 1 if past_saturday >= 0 and (off in (2 - past_saturday, -1 - past_saturday)) else 0


def most_common_months(dues: Sequence[int], first: int, last: int, anchor: int) -> int:
    """The most common step of due dates ``[first, last)`` in months, the later one of two."""
    most, found = 0, 0
    for place in range(first + 1, last):
        before, due = dues[place - 1], dues[place]
        step = grid_place(anchor, 1, 0, due) - grid_place(anchor, 1, 0, before)
        same = 0
        for other in range(first + 1, last):
            before, due = dues[other - 1], dues[other]
            same += grid_place(anchor, 1, 0, due) - grid_place(anchor, 1, 0, before) == step
        if step > 0 and same >= most:
            most, found = same, step
    return found


def most_common_step(dues: Sequence[int], first: int, last: int) -> tuple[int, int, int]:
    """The most common step of due dates ``[first, last)`` in days: a date it led to, it, its votes.

    All 0 where two steps are as common, or none is taken twice; two dates have one if it cannot be months.
    """
    most, found, anchor, votes = 0, 0, 0, 0
    for place in range(first + 1, last):
        step = dues[place] - dues[place - 1]
        same = 0
        for other in range(first + 1, last):
            same += dues[other] - dues[other - 1] == step
        if same == most and step != found:
            found = 0
        elif same >= most:
            most, found, anchor = same, step, dues[place]
    if found <= 0 or (found > _LONGEST_UNLIKE_MONTHS if last - first == 2 else most < 2):
        return 0, 0, 0
    for place in range(first, last):
        votes += (dues[place] - anchor) % found == 0
    return anchor, found, votes


def most_common_day(
    dues: Sequence[int], first: int, last: int, needed: int
) -> tuple[int, int, int]:
    """The last of due dates ``[first, last)`` on the day of the month with most votes.

    With it its votes, and how many of them are of dates that are that day. All 0 where no day has as many
    votes as are needed, two of them of dates that are that day; or where two days have.
    """
    votes = exact = anchor = 0
    is_alone = True
    for place in range(last - 1, first - 1, -1):
        mine = mine_exact = 0
        for other in range(first, last):
            vote = due_vote(dues[place], dues[other])
            mine += vote > 0
            mine_exact += vote == 2
        if mine_exact < 2 or mine < max(needed, votes):
            continue
        if mine > votes or mine_exact > exact:
            votes, exact, anchor, is_alone = mine, mine_exact, dues[place], True
        elif mine_exact == exact and month_and_day(dues[place])[1] != month_and_day(anchor)[1]:
            is_alone = False
        if mine_exact == last - first:
            break
    return (anchor, votes, exact) if is_alone else (0, 0, 0)


def told_rhythm(dues: Sequence[int], size: int) -> tuple[int, int, int]:
    """A date of the grid of due dates, and its step in months or days; both 0 where none can be told.

    Parameters
    ----------
    dues : sequence of int
        In order, each once [days since 1970-01-01].
    size : int
        How many of them there are.

    Examples
    --------
    31 January, 28 February and Monday 31 March 2025; every week; two dates 28 days apart that are on two days
    of the month:

    >>> told_rhythm([20119, 20147, 20178], 3), told_rhythm([20119, 20126], 2), told_rhythm([20119, 20146], 2)
    ((20178, 1, 0), (20126, 0, 7), (0, 0, 0))
    """
    for most in (4, 12):
        first = max(0, size - most)
        needed = size - first if most == 4 else (size - first) // 2 + 1
        anchor, votes, exact = most_common_day(dues, first, size, needed)
        on, step, lying = most_common_step(dues, first, size)
        if step and lying >= needed and 2 * lying > votes + exact:
            return on, 0, step
        if votes:
            months = most_common_months(dues, first, size, anchor)
            if months:
                return anchor, months, 0
    return 0, 0, 0
