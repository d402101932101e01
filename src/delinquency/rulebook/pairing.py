"""Which line of one policy answers which line of another.

The one idea: rules have no numbers. A line is paired with the one that is about the same - the same state,
the same fee - and says nearly the same; what is left over was added or taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

__all__ = ["paired"]

_HEAD: Final = re.compile(r"(.*?)(?:: |：)")
_WAY: Final = re.compile(r"(?:from .* )?to |(?:由.*)?转为")

Pair = tuple[str | None, str | None]


def paired(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    """The lines that only one side has, those about the same in pairs: in our order, then what they add.

    One line on each side is a pair whatever it says. A line on both sides is left out as often as both have
    it.

    Examples
    --------
    >>> list(paired(["to A: x > 1", "to B: x > 2"], ["to A: x > 1", "to A: y > 1", "to B: x > 3"]))
    [('to B: x > 2', 'to B: x > 3'), (None, 'to A: y > 1')]
    """
    if len(ours) == len(theirs) == 1:
        if ours != theirs:
            yield ours[0], theirs[0]
        return
    left, right = _beyond(ours, theirs), _beyond(theirs, ours)
    partner = _partners(left, right)
    for place, line in enumerate(left):
        yield line, right[partner[place]] if place in partner else None
    taken = set(partner.values())
    for place, line in enumerate(right):
        if place not in taken:
            yield None, line


def _beyond(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """The lines that the other side has not, or not as often."""
    rest = list(others)
    beyond: list[str] = []
    for line in lines:
        if line in rest:
            rest.remove(line)
        else:
            beyond.append(line)
    return beyond


def _partners(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """The place of the partner of each line that has one, the most alike first."""
    alike = sorted(
        (-SequenceMatcher(None, a, b).ratio(), abs(place - other), place, other)
        for place, a in enumerate(left)
        for other, b in enumerate(right)
        if _about(a) == _about(b)
    )
    partner: dict[int, int] = {}
    for _, _, place, other in alike:
        if place not in partner and other not in partner.values():
            partner[place] = other
    return partner


def _about(line: str) -> str:
    """What a line is about: what stands before its colon, of a rule of status the state that it leads to."""
    head = _HEAD.match(line)
    return "" if head is None else _WAY.sub("", head[1], count=1)
