"""Measures of due dates put to a draft of whole numbers.

The one idea: a due date rests, or has an agreed payment, by its place; the others have whole instalments.
"""

from __future__ import annotations

from typing import Any

from delinquency import civil_days, due_rhythms
from delinquency.calendar import LAST_DAY
from delinquency.portfolio.kernels.compiler import called, called_with, inlined, inlined_with
from delinquency.portfolio.kernels.plan_layout import (
    ANCHOR,
    DUES,
    FEE_ROWS,
    GIVEN,
    IS_REPLANNED,
    REDUCED,
    RHYTHM_DAYS,
    RHYTHM_MONTHS,
    START,
    STEPS,
    DraftColumns,
)

__all__ = ["after", "extend", "move_dues", "pay_less", "take_rest", "told_rhythm"]

_CALENDAR = (civil_days.add_months_day, civil_days.month_and_day)
_grid_place = inlined_with(due_rhythms.grid_place, *_CALENDAR)
_due_vote = called_with(due_rhythms.due_vote, _grid_place, *_CALENDAR)
nth_due = called_with(due_rhythms.nth_due, _grid_place, *_CALENDAR)
told_rhythm = called_with(
    due_rhythms.told_rhythm,
    called_with(due_rhythms.most_common_day, _due_vote, *_CALENDAR),
    called_with(due_rhythms.most_common_months, _grid_place),
    called_with(due_rhythms.most_common_step),
)


@inlined
def after(amounts: Any, due: int, count: int) -> int:
    """The due date so many after one of the rhythm."""
    return nth_due(amounts[ANCHOR], amounts[RHYTHM_MONTHS], amounts[RHYTHM_DAYS], due, count)


@called
def extend(draft: DraftColumns, count: int) -> int:
    """So many more due dates after the last one."""
    amounts = draft.amounts
    size = amounts[DUES]
    if size == 0 or amounts[GIVEN] == 0 or size + count > len(draft.dues):
        return 1
    last = draft.dues[size - 1]
    for number in range(1, count + 1):
        due = after(amounts, last, number)
        if due > LAST_DAY:
            return 1
        draft.dues[size + number - 1] = due
        draft.rest[size + number - 1] = 0
    amounts[DUES] = size + count
    amounts[IS_REPLANNED] = 1
    return 0


@inlined
def _first_from(draft: DraftColumns, day: int) -> int:
    """The place of the first due date on or after a day; as many as there are where none is."""
    place = 0
    while place < draft.amounts[DUES] and draft.dues[place] < day:
        place += 1
    return place


@called
def take_rest(draft: DraftColumns, numbers: Any) -> int:
    """Due dates on which no principal is asked for, from one on."""
    amounts = draft.amounts
    begin = _first_from(draft, numbers[3])
    most = amounts[DUES] - begin - (0 if numbers[2] else 1)
    if begin == amounts[DUES] or numbers[0] > most:
        return 1
    for place in range(begin, begin + numbers[0]):
        draft.rest[place] = numbers[1]
    if numbers[2] and extend(draft, numbers[0]):
        return 1
    amounts[IS_REPLANNED] = 1
    return 0


@called
def move_dues(draft: DraftColumns, numbers: Any) -> int:
    """Due dates move to the rhythm of a new first one."""
    amounts = draft.amounts
    size = amounts[DUES]
    first = numbers[0]
    begin = _first_from(draft, numbers[1])
    if begin == size or first < amounts[START]:
        return 1
    if begin and first <= draft.dues[begin - 1]:
        return 1
    if amounts[GIVEN]:
        amounts[ANCHOR] = first
    elif size - begin > 1:
        return 1
    row = amounts[FEE_ROWS] - 1
    for place in range(size - 1, begin - 1, -1):
        moved = first
        if size - begin > 1:
            moved = after(amounts, first, place - begin)
        if moved > LAST_DAY:
            return 1
        while row >= 0 and draft.fee_due[row] == draft.dues[place]:
            draft.fee_due[row] = moved
            row -= 1
        draft.dues[place] = moved
    amounts[IS_REPLANNED] = 1
    return 0


@called
def pay_less(draft: DraftColumns, numbers: Any) -> int:
    """Agreed payments on the next due dates that do not rest; at least one whole instalment is left."""
    amounts = draft.amounts
    whole = 0
    for place in range(amounts[DUES]):
        if draft.rest[place] == 0:
            whole += 1
    asked = 0
    for step in range(STEPS):
        asked += numbers[1 + 2 * step]
    if asked >= whole:
        return 1
    place = 0
    for step in range(STEPS):
        for _ in range(numbers[1 + 2 * step]):
            while draft.rest[place] != 0:
                place += 1
            draft.rest[place] = REDUCED + numbers[0]
            draft.paid[place] = numbers[2 + 2 * step]
    amounts[IS_REPLANNED] = 1
    return 0
