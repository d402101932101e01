"""The figures of a debtor through time, from those of all accounts.

The one idea: on days on which no account leaves its line, amounts add up and the longest count of days is the
debtor's; where two lines of days cross, one stretch ends and the next begins. An account that begins later
joins on its first day, and one without debts adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from delinquency.counting.materiality import MaterialRule
from delinquency.status.stretches import Stretch

__all__ = ["Part", "combined_stretches"]


class Part(NamedTuple):
    """What one account adds.

    The stretches of all parts end on one day; those of a part follow one another without a gap.
    """

    stretches: Sequence[Stretch]
    convert: Callable[[int], int]
    """Minor units of the account into minor units of the sums, each amount rounded once."""
    is_suspended: Callable[[int], bool]
    """Whether the counting of the account stands still at the close of a day."""


def combined_stretches(parts: Sequence[Part], material: MaterialRule | None) -> tuple[Stretch, ...]:
    """The stretches of a debtor, from the day on which the first account began.

    Days past due and delinquent days are those of the account that has the most. Arrears, exposure and what
    is unpaid are sums; arrears that convert to nothing count as one minor unit, so that no rounding clears a
    debt.

    Material days are consecutive closes at which the sum of arrears exceeds both limbs. On a day on which it
    does only with accounts whose counting is suspended, the count stands still.
    """
    found: list[Stretch] = []
    run = 0
    for start, end, present in _between_changes(parts):
        rows = [row for row, _ in present]
        arrears = sum(_not_nothing(part.convert, row.arrears) for row, part in present)
        exposure = sum(part.convert(row.exposure) for row, part in present)
        growth = 0
        if material is None or not material.is_exceeded(arrears, exposure):
            run = 0
        elif material.is_exceeded(_counted(present, start), exposure):
            growth = 1
            run += 1
        whole = Stretch(
            start,
            end,
            arrears,
            exposure,
            sum(_not_nothing(part.convert, row.unpaid) for row, part in present),
            max(row.newest_late_due for row in rows),
            *_longest((row.days_past_due(start), row.raw_growth) for row in rows),
            *_longest((row.delinquent_days(start), row.delinquent_growth) for row in rows),
            run,
            growth,
        )
        found += _at_crossings(whole, rows)
        run += growth * (end - start - 1)
    return tuple(found)


def _between_changes(
    parts: Sequence[Part],
) -> Iterator[tuple[int, int, list[tuple[Stretch, Part]]]]:
    """Days ``[start, end)`` on which no account changes, each with the stretches of those that have begun."""
    ends = {part.stretches[-1].end for part in parts}
    starts = {row.start for part in parts for row in part.stretches}
    places = [0] * len(parts)
    for start, end in pairwise(sorted(starts | ends)):
        present: list[tuple[Stretch, Part]] = []
        for number, part in enumerate(parts):
            while part.stretches[places[number]].end <= start:
                places[number] += 1
            row = part.stretches[places[number]]
            if row.start <= start:
                present.append((row, part))
        yield start, end, present


def _not_nothing(convert: Callable[[int], int], amount: int) -> int:
    return max(convert(amount), 1) if amount else 0


def _counted(present: Iterable[tuple[Stretch, Part]], day: int) -> int:
    """The arrears of the accounts whose counting goes on."""
    return sum(
        _not_nothing(part.convert, row.arrears)
        for row, part in present
        if not part.is_suspended(day)
    )


def _longest(lines: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The most days, and whether they grow: of two that are equal the one that does is longer soon."""
    return max(lines)


def _at_crossings(whole: Stretch, rows: Sequence[Stretch]) -> Iterator[Stretch]:
    """The same days in stretches on which the longest counts are straight lines."""
    start, end = whole.start, whole.end
    days = {
        start,
        end,
        _crossing(((row.days_past_due(start), row.raw_growth) for row in rows), start),
        _crossing(((row.delinquent_days(start), row.delinquent_growth) for row in rows), start),
    }
    for first, until in pairwise(sorted(day for day in days if start <= day <= end)):
        raw = _longest((row.days_past_due(first), row.raw_growth) for row in rows)
        delinquent = _longest((row.delinquent_days(first), row.delinquent_growth) for row in rows)
        yield Stretch(
            first, until, *whole[2:6], *raw, *delinquent, whole.material_days(first), whole[-1]
        )


def _crossing(lines: Iterable[tuple[int, int]], start: int) -> int:
    """The day on which the longest line that grows comes up with the longest that stands still."""
    told = list(lines)
    still = max((value for value, growth in told if not growth), default=0)
    growing = max((value for value, growth in told if growth), default=still)
    return start + max(still - growing, 0)
