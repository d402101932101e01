"""Counting one ledger: days past due, delinquent days, arrears, exposure, ages by instalment.

The one idea: everything is read off the open amounts at the close of the day. The oldest unsettled
late debt gives the age; suspensions and grace turn raw days into delinquent days.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from delinquency.calendar import NONE_DAY
from delinquency.counting.disputes import Debt, dispute_rule, without_disputed
from delinquency.counting.formulas import delinquent_days, late_days, shared_days
from delinquency.counting.rule import Counting, GraceKind, ScheduleChangeRule
from delinquency.counting.tolerance import settled_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.ledger import Ledger

__all__ = [
    "ClosedDebts",
    "DayCount",
    "LateDebt",
    "closed_late",
    "count_days",
    "count_exposure",
    "held_out",
    "late_debts",
]


class DayCount(NamedTuple):
    """What a count found; days in days, amounts in minor units."""

    days_past_due: int
    delinquent_days: int
    arrears: int
    oldest_due_day: int
    """The due day from which the age runs; 2**31 - 1 if nothing is late."""
    oldest_obligation: int
    """Its place among the obligations; -1 if nothing is late."""
    oldest_open: int
    """Its open counted amount; if it was superseded, at the change."""
    late_count: int
    """How many debts in force are late and unsettled."""
    suspended_days: int
    tolerated: bool
    """Whether a tolerance kept something late from counting."""
    carried: str
    """``"continue"`` or ``"freeze"`` if the age was carried over a change of schedule."""
    own: tuple[int, int]
    """Raw and delinquent days without what was frozen."""
    frozen_on: int
    """The day of the change that froze the age; 2**31 - 1 if none did."""


_NO_DEBT = (NONE_DAY, -1, 0)
"""Due day, place and open amount where nothing is late."""


class LateDebt(NamedTuple):
    """One late and unsettled debt in force, in whole numbers."""

    obligation: int
    due_day: int
    open_amount: int
    days_past_due: int
    delinquent_days: int


class ClosedDebts(NamedTuple):
    """What a change of schedule closed while it was late, in whole numbers."""

    changed_day: int
    debts: int
    days_past_due: int
    """Of the oldest, at the close before the change."""
    open_amount: int


class _Rule:
    """A counting rule in whole numbers, for one currency."""

    __slots__ = ("disputes", "due_date_counts", "grace", "settled", "trigger")

    def __init__(self, counting: Counting, ledger: Ledger) -> None:
        self.settled = settled_rule(counting, ledger.account.currency)
        self.due_date_counts = self.settled.due_date_counts
        self.grace = counting.grace_days
        self.trigger = int(counting.grace_kind is GraceKind.TRIGGER)
        self.disputes = dispute_rule(counting, self.settled)

    def counted(self, debts: list[Debt], ledger: Ledger, day: int) -> list[Debt]:
        """Debts late at the close of a day, without what is disputed at it."""
        if not ledger.account.dispute_rows:
            return debts
        limit = day + self.due_date_counts
        return without_disputed(debts, ledger, self.disputes, day=day, limit=limit)


def count_days(ledger: Ledger, counting: Counting) -> DayCount:
    """Count a ledger at its close.

    Late are debts in force with at least one late day. Arrears are their open counted amounts.
    Unsettled are those whose open amount exceeds the tolerance; the oldest of them gives the days.

    Raises
    ------
    PolicyError
        A tolerance finer than the currency's minor unit.
    """
    rule = _Rule(counting, ledger)
    as_of = ledger.as_of_day
    late = rule.counted(_late(ledger, rule), ledger, as_of)
    arrears = sum([debt[2] for debt in late])
    unsettled = rule.settled.unsettled(late, arrears)
    tolerated = len(unsettled) < len(late)
    oldest = min(unsettled, default=_NO_DEBT)
    carried = ""
    frozen = (0, 0, NONE_DAY)
    if ledger.superseded and counting.schedule_change is not ScheduleChangeRule.FOLLOW_NEW:
        if counting.schedule_change is ScheduleChangeRule.CONTINUE:
            carried_debt = _continued(ledger, rule)
            if carried_debt[0] < oldest[0]:
                oldest, carried = carried_debt, "continue"
        else:
            frozen = _frozen(ledger, rule)
    raw = late_days(oldest[0], as_of, rule.due_date_counts)
    suspended = _suspended(ledger, oldest[0], as_of + rule.due_date_counts)
    delinquent = delinquent_days(raw, suspended, rule.grace, rule.trigger)
    own = (raw, delinquent)
    if frozen[0] > raw or frozen[1] > delinquent:
        carried = "freeze"
        raw, delinquent = max(raw, frozen[0]), max(delinquent, frozen[1])
    return DayCount(
        raw,
        delinquent,
        arrears,
        oldest[0],
        oldest[1],
        oldest[2],
        len(unsettled),
        suspended,
        tolerated,
        carried,
        own,
        frozen[2] if carried == "freeze" else NONE_DAY,
    )


def _late(ledger: Ledger, rule: _Rule) -> list[tuple[int, int, int]]:
    """Debts in force with a late day and something open: due day, place, open counted amount."""
    limit = ledger.as_of_day + rule.due_date_counts
    in_due_order = bool(ledger.account.owed_running)
    late: list[tuple[int, int, int]] = []
    for index in range(ledger.first_open, len(ledger.obligations)):
        obligation = ledger.obligations[index]
        if obligation[2] >= limit:
            if in_due_order:
                break
            continue
        amount = rule.settled.open_counted(ledger.open_rows[index])
        if amount and (in_due_order or ledger.is_in_force(obligation)):
            late.append((obligation[2], index, amount))
    return late


def _suspended(ledger: Ledger, start: int, end: int) -> int:
    rows = ledger.account.suspension_rows
    if not rows:
        return 0
    return sum(
        [shared_days(start, end, row[0], row[1]) for row in rows if row[2] <= ledger.known_day]
    )


def _late_at_change(
    ledger: Ledger, rule: _Rule, *, with_disputed: bool = False
) -> Iterator[tuple[int, int, int, int]]:
    """Superseded debts late and unsettled at the close before: change day, due, place, open."""
    by_day: dict[int, list[tuple[int, int, int]]] = {}
    for debt in ledger.superseded:
        due = ledger.obligations[debt.obligation][2]
        amount = rule.settled.open_counted(debt.open_amounts)
        if amount and late_days(due, debt.changed_day - 1, rule.due_date_counts):
            by_day.setdefault(debt.changed_day, []).append((due, debt.obligation, amount))
    for day, found in sorted(by_day.items()):
        late = found if with_disputed else rule.counted(found, ledger, day - 1)
        total = sum(debt[2] for debt in late)
        for due, index, amount in rule.settled.unsettled(late, total):
            yield day, due, index, amount


def _continued(ledger: Ledger, rule: _Rule) -> tuple[int, int, int]:
    """The oldest superseded late debt that later money has not yet made up for.

    What was waived or written off later makes up for it too: it is owed no more. Of what remains, what is
    disputed now is held out.
    """
    queue = list(_late_at_change(ledger, rule, with_disputed=True))
    remaining = [debt[3] for debt in queue]
    moves = ledger.moves
    for day, _, column, amount in sorted(
        (*moves.settled, *moves.waived, *moves.written_off), key=itemgetter(0)
    ):
        money = amount if column in rule.settled.columns else 0
        for place, debt in enumerate(queue):
            if debt[0] > day or not money:
                break
            used = min(money, remaining[place])
            remaining[place] -= used
            money -= used
    at_change = {debt[2]: debt[3] for debt in queue}
    left = [
        (debt[1], debt[2], amount) for debt, amount in zip(queue, remaining, strict=True) if amount
    ]
    oldest = min(rule.counted(left, ledger, ledger.as_of_day), default=_NO_DEBT)
    return oldest[0], oldest[1], at_change.get(oldest[1], 0)


def _frozen(ledger: Ledger, rule: _Rule) -> tuple[int, int, int]:
    """The most raw and delinquent days that a superseded debt had before its change; the last such."""
    most_raw = most_delinquent = 0
    frozen_on = NONE_DAY
    for day, due, _, _ in _late_at_change(ledger, rule):
        raw = late_days(due, day - 1, rule.due_date_counts)
        suspended = _suspended(ledger, due, day - 1 + rule.due_date_counts)
        delinquent = delinquent_days(raw, suspended, rule.grace, rule.trigger)
        if raw > most_raw or delinquent > most_delinquent:
            frozen_on = day
        most_raw, most_delinquent = max(most_raw, raw), max(most_delinquent, delinquent)
    return most_raw, most_delinquent, frozen_on


def late_debts(ledger: Ledger, counting: Counting) -> tuple[LateDebt, ...]:
    """Every late and unsettled debt in force with its own age, oldest first.

    A tolerance on the account leaves none of them if the arrears are within it.
    """
    rule = _Rule(counting, ledger)
    end = ledger.as_of_day + rule.due_date_counts
    late = rule.counted(_late(ledger, rule), ledger, ledger.as_of_day)
    unsettled = rule.settled.unsettled(late, sum(debt[2] for debt in late))
    found: list[LateDebt] = []
    for due, index, amount in sorted(unsettled):
        raw = late_days(due, ledger.as_of_day, rule.due_date_counts)
        days = delinquent_days(raw, _suspended(ledger, due, end), rule.grace, rule.trigger)
        found.append(LateDebt(index, due, amount, raw, days))
    return tuple(found)


def held_out(ledger: Ledger, counting: Counting) -> dict[int, int]:
    """What is late, open and not counted because it is disputed, by place of the debt [minor units]."""
    if not ledger.account.dispute_rows:
        return {}
    rule = _Rule(counting, ledger)
    late = _late(ledger, rule)
    counted = {index: amount for _, index, amount in rule.counted(late, ledger, ledger.as_of_day)}
    held = ((index, amount - counted.get(index, 0)) for _, index, amount in late)
    return {index: amount for index, amount in held if amount}


def closed_late(ledger: Ledger, counting: Counting) -> tuple[ClosedDebts, ...]:
    """For each change of schedule what it closed that was late and unsettled, in order of time."""
    if not ledger.superseded:
        return ()
    rule = _Rule(counting, ledger)
    by_day: dict[int, list[tuple[int, int]]] = {}
    for day, due, _, amount in _late_at_change(ledger, rule):
        by_day.setdefault(day, []).append((due, amount))
    return tuple(
        ClosedDebts(
            day,
            len(debts),
            late_days(min(due for due, _ in debts), day - 1, rule.due_date_counts),
            sum(amount for _, amount in debts),
        )
        for day, debts in by_day.items()
    )


def count_exposure(ledger: Ledger) -> int:
    """Open principal, due or not, and interest, fees and penalty due and unpaid [minor units].

    Due means due on or before the day of the ledger.
    """
    exposure = 0
    as_of = ledger.as_of_day
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        if not ledger.is_in_force(obligation):
            continue
        exposure += amounts[0]
        if obligation[2] <= as_of:
            exposure += amounts[1] + amounts[2] + amounts[3]
    return exposure
