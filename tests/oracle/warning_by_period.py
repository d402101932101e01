"""Early warning, reckoned as somebody would on paper: in currency units and shares, period by period.

It reads the conditions as data, and nothing else of the library's reckoning: windows are cut anew for every
period, what is unknown is filled in every way there is, and a signal is a list of spans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

__all__ = ["Span", "spans_of", "state_at", "truth"]

Columns = Mapping[str, Sequence[object]]


def truth(condition: Any, columns: Columns, place: int) -> bool | None:
    """Whether a condition holds at the end of a period; ``None`` if it depends on what nobody knows."""
    kind = type(condition).__name__
    if kind == "Compared":
        return compared(condition, columns, place)
    if kind in ("ForPeriods", "InPeriods"):
        places = range(place - condition.window + 1, place + 1)
        parts = [None if each < 0 else truth(condition.condition, columns, each) for each in places]
        wanted = condition.window if kind == "ForPeriods" else condition.count
    else:
        parts = [truth(each, columns, place) for each in condition.conditions]
        wanted = {"AllOf": len(parts), "AnyOf": 1}.get(kind) or condition.count
    open_ones = parts.count(None)
    held = parts.count(True)
    ways = {held + sum(way) >= wanted for way in product((0, 1), repeat=min(open_ones, 12))}
    return ways.pop() if len(ways) == 1 else None


def compared(condition: Any, columns: Columns, place: int) -> bool | None:
    left = read(condition.observed, columns, place)
    right: Fraction | None = Fraction(condition.value)
    if condition.of is not None:
        beside = read(condition.of, columns, place)
        right = None if beside is None else Fraction(condition.value) * beside
    if left is None or right is None:
        return None
    return {
        ">": left > right,
        ">=": left >= right,
        "<": left < right,
        "<=": left <= right,
        "=": left == right,
    }[condition.operator.value]


def read(reading: Any, columns: Columns, place: int) -> Fraction | None:
    how, window = reading.how.value, reading.window
    back = window if how in ("change", "growth", "rises", "falls") else window - 1
    if reading.observation not in columns or place - back < 0:
        return None
    cut = list(columns[reading.observation])[place - back : place + 1]
    if any(each is None for each in cut):
        return None
    numbers = [Fraction(str(int(each) if isinstance(each, bool) else each)) for each in cut]
    first, last = numbers[0], numbers[-1]
    if how == "growth":
        return None if first <= 0 else last / first - 1
    if how in ("rises", "falls"):
        if how == "falls":
            numbers = [-each for each in numbers]
        streaks = [
            n
            for n in range(window + 1)
            if all(numbers[-k] > numbers[-k - 1] for k in range(1, n + 1))
        ]
        return Fraction(max(streaks))
    return {
        "latest": last,
        "highest": max(numbers),
        "lowest": min(numbers),
        "total": sum(numbers, Fraction(0)),
        "mean": sum(numbers, Fraction(0)) / len(numbers),
        "change": last - first,
    }[how]


Span = tuple[int, int | None]
"""From the period at whose end a signal came up to the one at whose end it was cleared, if it was."""


def spans_of(
    holds: Sequence[bool | None], clears: Sequence[bool | None], clear_after: int, cool_down: int
) -> list[Span]:
    """When a signal was up."""
    found: list[Span] = []
    start, count = 0, len(holds)
    while True:
        ups = [place for place in range(start, count) if holds[place] is True]
        if not ups:
            return found
        over = [holds[place] is False and clears[place] is True for place in range(count)]
        ends = [
            place
            for place in range(ups[0] + clear_after, count)
            if all(over[place - clear_after + 1 : place + 1])
        ]
        if not ends:
            return [*found, (ups[0], None)]
        found.append((ups[0], ends[0]))
        start = ends[0] + cool_down + 1


def state_at(
    place: int,
    holds: Sequence[bool | None],
    spans: Sequence[Span],
    confirm_after: int,
    cool_down: int,
) -> tuple[str, int | None]:
    """Where a signal stands at the end of a period, and since when."""
    for start, end in spans:
        if start <= place and (end is None or place < end):
            rows = [row_of(holds[start : each + 1]) for each in range(start, place + 1)]
            return ("confirmed" if max(rows) >= confirm_after else "raised"), start
        if end is not None and end <= place <= end + cool_down:
            return "cleared", end
    return "silent", None


def row_of(holds: Sequence[bool | None]) -> int:
    """How many of the last periods in a row held; what nobody knows is passed over."""
    count = 0
    for each in reversed(holds):
        if each is False:
            return count
        count += each is True
    return count
