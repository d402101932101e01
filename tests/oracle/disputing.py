"""What counts of debts while and after amounts of them are disputed, level by level of days.

The one idea: nothing is cut into parts. On each day one asks what of a debt counted if only what counts from
that day or before were there; the first day on which that is too much is where the age begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

NOTHING = Fraction(0)
ONE_DAY = timedelta(days=1)


@dataclass
class Counted:
    """A debt as it counts at a close."""

    name: int | str
    due: date
    amount: Fraction
    stands_with: tuple[Any, ...]

    @property
    def oldest_first(self) -> tuple[Any, ...]:
        return self.due, self.stands_with

    def counted(self, names: list[str]) -> Fraction:
        return self.amount


def holds(events: list[Any], close: date, as_of: date, counts_from_end: bool) -> list[Any]:
    """Pairs of a dispute and the day from which its amount counts, none while it is held out."""
    found = []
    for event in events:
        if event.start > close:
            continue
        is_over = event.end is not None and event.end <= as_of
        if is_over and not event.for_debtor and not counts_from_end:
            continue
        if event.end is None or close < event.end:
            found.append((event, None))
        elif not event.for_debtor:
            found.append((event, event.end))
    return found


def level(debts: list[Counted], held: list[Any], day: date) -> list[Fraction]:
    """What counts of each debt, oldest first, of what counts from ``day`` or before."""
    left = [debt.amount for debt in debts]
    kept = [event for event, counts_from in held if counts_from is None or counts_from > day]
    for event in kept:
        named = event.charge_id if event.instalment_no is None else event.instalment_no
        for place, debt in enumerate(debts):
            if named is not None and debt.name == named:
                left[place] = max(NOTHING, left[place] - Fraction(event.amount))
    pool = sum(
        (
            Fraction(event.amount)
            for event in kept
            if event.instalment_no is None and event.charge_id is None
        ),
        NOTHING,
    )
    for place, amount in enumerate(left):
        taken = min(pool, amount)
        left[place] -= taken
        pool -= taken
    return left


def what_counts(
    debts: list[Counted],
    held: list[Any],
    tolerance: Fraction,
    close: date,
    is_late: Callable[[date, date], bool],
) -> list[Counted]:
    debts = sorted(debts, key=lambda debt: debt.oldest_first)
    found = []
    for place, debt in enumerate(debts):
        first = begin = None
        amount, day = NOTHING, debt.due
        while is_late(day, close):
            amount = level(debts, held, day)[place]
            if amount and first is None:
                first = day
            if amount > tolerance and begin is None:
                begin = day
            day += ONE_DAY
        if amount:
            found.append(Counted(debt.name, begin or first, amount, debt.stands_with))
    return found
