"""Months since something was last seen at the end of a period.

The one idea: the number follows from one column of the same history, and from nothing beside it. Whoever
reads the column can check the number, and no longer past is claimed than was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["MONTHS_SINCE", "LastSeen", "months_since", "months_since_numbers"]


class LastSeen(NamedTuple):
    """What is looked for in a column."""

    name: str
    """The observation that is read."""
    least: int
    """From this number on it was seen; itself included."""


MONTHS_SINCE: Final[Mapping[str, LastSeen]] = MappingProxyType(
    {
        "months_since_past_due": LastSeen("days_past_due", 1),
        "months_since_30_days_past_due": LastSeen("days_past_due", 30),
        "months_since_late": LastSeen("months_late", 1),
        "months_since_below_minimum": LastSeen("paid_below_minimum", 1),
    }
)
"""By name of the observation, the column that it follows from."""


def months_since(numbers: Sequence[int | None], least: int) -> tuple[int | None, ...]:
    """Of each period, how many periods ago a number was last at least ``least``.

    0 where it is now. Unknown where it was in none of the periods up to this one, and where a period since it
    was is unknown: it may have been in that one.

    Examples
    --------
    Never in the first period, then 30 days, then less, then nobody knows:

    >>> months_since([0, 30, 29, 0, None, 0], least=30)
    (None, 0, 1, 2, None, None)
    """
    found: list[int | None] = []
    since: int | None = None
    for number in numbers:
        if number is None:
            since = None
        elif number >= least:
            since = 0
        elif since is not None:
            since += 1
        found.append(since)
    return tuple(found)


def months_since_numbers(
    given: Mapping[str, Sequence[int | None]],
) -> dict[str, tuple[int | None, ...]]:
    """What follows from the columns that are there, by the name of the observation."""
    return {
        name: months_since(given[seen.name], seen.least)
        for name, seen in MONTHS_SINCE.items()
        if seen.name in given
    }
