"""The figures of an account through time: stretches of days between which nothing jumps.

The one idea: between two days on which an amount moves, a debt falls due or a suspension begins or ends, the
amounts stand still and a count of days stands still or grows by one a day. A history is as long as its facts,
never as its days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import attrs

from delinquency.account import Account
from delinquency.calendar import LAST_DAY, NONE_DAY, to_date
from delinquency.counting.days import count_days, count_exposure, late_debts
from delinquency.counting.disputes import dispute_rule, without_disputed, without_lost
from delinquency.counting.rule import Counting, FirstDay, ScheduleChangeRule
from delinquency.ledger import Ledger, LedgerRule, replay_by_rule
from delinquency.ledger.money import cut_of
from delinquency.obligations import MADE_BY_LEDGER
from delinquency.penalty_place import PenaltyPlace

__all__ = [
    "NOTHING_DUE",
    "Stretch",
    "from_day",
    "is_suspended",
    "material_days_of",
    "stretches_of",
    "without_reversed",
]

NOTHING_DUE = -NONE_DAY
"""In place of a due day where nothing is late."""


class Stretch(NamedTuple):
    """The figures at the closes of the days of ``[start, end)``, in whole numbers.

    A count of days is its value at the close of ``start`` and what it grows by a day, 0 or 1.
    """

    start: int
    end: int
    arrears: int
    exposure: int
    unpaid: int
    """Open counted amounts of debts due on or before the day: arrears, and what is due on it."""
    newest_late_due: int
    """The due day of the newest debt that is late and unsettled."""
    raw: int
    raw_growth: int
    delinquent: int
    delinquent_growth: int
    material: int
    material_growth: int

    def days_past_due(self, day: int) -> int:
        """At the close of a day of the stretch."""
        return self.raw + self.raw_growth * (day - self.start)

    def delinquent_days(self, day: int) -> int:
        """At the close of a day of the stretch."""
        return self.delinquent + self.delinquent_growth * (day - self.start)

    def material_days(self, day: int) -> int:
        """At the close of a day of the stretch."""
        return self.material + self.material_growth * (day - self.start)


class _Close(NamedTuple):
    """What one close says."""

    arrears: int
    exposure: int
    unpaid: int
    newest_late_due: int
    raw: int
    delinquent: int


LedgerAt = Callable[[int], Ledger]


def without_reversed(account: Account, as_of: int, known: int) -> Account:
    """The account as it is known at the cut: what was reversed by then was never done."""
    limit = to_date(min(cut_of(as_of, known), LAST_DAY))

    def stands(fact: object) -> bool:
        reversed_on = getattr(fact, "reversed_on", None)
        return reversed_on is None or reversed_on > limit

    if all(map(stands, (*account.payments, *account.events))):
        return account
    return attrs.evolve(
        account,
        payments=[payment for payment in account.payments if stands(payment)],
        events=[event for event in account.events if stands(event)],
    )


def material_days_of(
    account: Account, rule: LedgerRule, counting: Counting, as_of: int, known: int
) -> int:
    """Consecutive closes up to a day at which arrears were material [days]; 0 before the account began."""
    if as_of < account.originated_day:
        return 0
    last = stretches_of(account, rule, counting, as_of, as_of, known)[-1]
    return last.material_days(as_of)


def stretches_of(
    account: Account, rule: LedgerRule, counting: Counting, first: int, as_of: int, known: int
) -> tuple[Stretch, ...]:
    """The stretches of ``[first, as_of + 1)``, as the facts are known at the cut.

    ``first`` is on or after the day on which the account began; the material days are counted from that day.
    """
    account = without_lost(without_reversed(account, as_of, known), counting, as_of)
    material = None
    if counting.materiality is not None:
        material = counting.materiality.in_minor_units(account.currency)
    begun = account.originated_day
    found: list[Stretch] = []
    run = 0
    for start, end, close, delinquent_growth, raw_growth in _pieces(
        account, rule, counting, begun, as_of, known
    ):
        growth = 0
        if material is None or not material.is_exceeded(close.arrears, close.exposure):
            run = 0
        elif not is_suspended(account, start, known):
            growth = 1
            run += 1
        if end > first:
            piece = Stretch(
                start,
                end,
                *close[:4],
                close.raw,
                raw_growth,
                close.delinquent,
                delinquent_growth,
                run,
                growth,
            )
            found.append(from_day(piece, first))
        run += growth * (end - start - 1)
    return tuple(found)


def from_day(piece: Stretch, first: int) -> Stretch:
    """The part of a stretch from a day on."""
    if piece.start >= first:
        return piece
    return piece._replace(
        start=first,
        raw=piece.days_past_due(first),
        delinquent=piece.delinquent_days(first),
        material=piece.material_days(first),
    )


def is_suspended(account: Account, day: int, known: int) -> bool:
    """Whether counting stands still at the close of a day, as it is known."""
    return any(
        row.start <= day < row.end and row.recorded_day <= known for row in account.suspension_rows
    )


def _pieces(
    account: Account, rule: LedgerRule, counting: Counting, begun: int, as_of: int, known: int
) -> Iterator[tuple[int, int, _Close, int, int]]:
    """Days of which the figures are straight lines: start, end, figures at its close, what days grow by.

    While something is due and unpaid, penalty on demand is another amount at every close.
    """
    last = replay_by_rule(account, as_of, known, rule)
    ledgers = _ledgers(last, counting)
    days = _days_of_change(last, counting, begun)
    for first, end in pairwise((*days, as_of + 1)):
        start = first
        while start < end:
            ledger = ledgers(start)
            close = _close(ledger, counting)
            bend, raw_growth, growth = start + 1, 0, 0
            if _accrues_daily(last.rule) and _owes(ledger):
                pass
            elif not close.raw:
                bend = end  # nothing is late before the next day of change
            elif bend < end:
                bend, raw_growth, growth = _line(ledger, counting, close, end)
            yield start, bend, close, growth, raw_growth
            start = bend


def _line(ledger: Ledger, counting: Counting, close: _Close, end: int) -> tuple[int, int, int]:
    """Until which day, at most ``end``, both counts are straight lines, and what they grow by a day.

    Days of grace, and an age that was frozen, bend a line once; it never comes back to where it would be.
    """
    start = ledger.as_of_day

    def counted(day: int) -> tuple[int, int]:
        count = count_days(_moved(ledger, day), counting)
        return count.days_past_due, count.delinquent_days

    second = counted(start + 1)
    raw_growth, growth = second[0] - close.raw, second[1] - close.delinquent
    if not {raw_growth, growth} <= {0, 1}:
        return start + 1, 0, 0
    freezes = counting.schedule_change is ScheduleChangeRule.FREEZE and ledger.superseded
    if not counting.grace_days and not freezes:
        return end, raw_growth, growth

    def is_off(day: int) -> bool:
        passed = day - start
        return counted(day) != (close.raw + raw_growth * passed, close.delinquent + growth * passed)

    low, high = start + 1, end
    while low < high:
        middle = (low + high) // 2
        if is_off(middle):
            high = middle
        else:
            low = middle + 1
    return low, raw_growth, growth


def _close(ledger: Ledger, counting: Counting) -> _Close:
    count = count_days(ledger, counting)
    late = late_debts(ledger, counting) if count.arrears else ()
    newest = max((debt.due_day for debt in late), default=NOTHING_DUE)
    return _Close(
        count.arrears,
        count_exposure(ledger),
        _unpaid(ledger, counting),
        newest,
        count.days_past_due,
        count.delinquent_days,
    )


def _unpaid(ledger: Ledger, counting: Counting) -> int:
    """Open counted amounts of debts in force due on or before the day, undisputed [minor units]."""
    settled, day = ledger.rule.settled, ledger.as_of_day
    debts: list[tuple[int, int, int]] = []
    for place in range(ledger.first_open, len(ledger.obligations)):
        debt = ledger.obligations[place]
        if debt[2] <= day and debt[3] <= day < debt[4]:
            debts.append((debt[2], place, settled.open_counted(ledger.open_rows[place])))
    if ledger.account.dispute_rows:
        rule = dispute_rule(counting, settled)
        debts = without_disputed(debts, ledger, rule, day=day, limit=day + 1)
    return sum([debt[2] for debt in debts])


def _moved(ledger: Ledger, day: int) -> Ledger:
    """The same open amounts at the close of another day."""
    return attrs.evolve(ledger, as_of_day=day)


def _accrues_daily(rule: LedgerRule) -> bool:
    """Whether a debt grows at every close: penalty that stands in the order as soon as somebody asks."""
    return rule.penalty is not None and rule.penalty_place is PenaltyPlace.ON_DEMAND


def _owes(ledger: Ledger) -> bool:
    """Whether anything in force is due and unpaid, in whatever component."""
    return any(
        debt.due_day <= ledger.as_of_day and any(amounts) and ledger.is_in_force(debt)
        for debt, amounts in zip(ledger.obligations, ledger.open_rows, strict=True)
    )


def _ledgers(last: Ledger, counting: Counting) -> LedgerAt:
    """The ledger of the account at the close of any day, to be asked for in order of time.

    Where no age is carried over a change of schedule and no penalty is posted because somebody asks, one
    replay says all of them: what was open is what was charged less what had moved.
    """
    carries = last.superseded and counting.schedule_change is not ScheduleChangeRule.FOLLOW_NEW
    if carries or _accrues_daily(last.rule):
        return lambda day: replay_by_rule(last.account, day, last.known_day, last.rule)
    return _Closes(last).at


class _Closes:
    """The closes of one replay, forward in time; each ledger is good until the next is asked for."""

    __slots__ = ("first_open", "last", "moved", "moves", "open_rows")

    def __init__(self, last: Ledger) -> None:
        moves = last.moves
        gone = (*moves.settled, *moves.waived, *moves.written_off)
        self.last = last
        self.open_rows = [list(row[5:9]) for row in last.obligations]
        self.moves = sorted(
            [*moves.charged, *((day, debt, column, -amount) for day, debt, column, amount in gone)]
        )
        self.moved = 0
        self.first_open = 0

    def at(self, day: int) -> Ledger:
        if day == self.last.as_of_day:
            return self.last
        moves = self.moves
        while self.moved < len(moves) and moves[self.moved][0] <= day:
            _, debt, column, amount = moves[self.moved]
            self.open_rows[debt][column] += amount
            self.moved += 1
        debts = self.last.obligations
        while self.first_open < len(debts) and not (
            any(self.open_rows[self.first_open]) or debts[self.first_open].kind in MADE_BY_LEDGER
        ):
            self.first_open += 1
        return attrs.evolve(
            self.last, as_of_day=day, open_rows=self.open_rows, first_open=self.first_open
        )


def _days_of_change(last: Ledger, counting: Counting, begun: int) -> list[int]:
    """Days from ``begun`` at whose close a figure may leave its line, in order; the first is ``begun``."""
    as_of = last.as_of_day
    late_from = 0 if counting.first_day is FirstDay.DUE_DATE else 1
    moves = last.moves
    days = {begun}
    for rows in (moves.charged, moves.settled, moves.waived, moves.written_off):
        days.update(row[0] for row in rows)
    for debt in last.obligations:
        days.update((debt.from_day, debt.until_day, debt.due_day, debt.due_day + late_from))
    days.update(debt.changed_day for debt in last.superseded)
    for row in last.account.suspension_rows:
        days.update((row.start, row.end, row.start - 1, row.end - 1))
    for dispute in last.account.dispute_rows:
        days.update((dispute.start, dispute.end, dispute.end + late_from))
    return sorted(day for day in days if begun <= day <= as_of)
