"""Money beyond what was due under the terms of before a plan: it repays principal on its day.

The one idea: money settles what has fallen due, and then principal, as a prepayment does; interest is owed
for time that has passed, so a row to come asks for it in proportion to the principal that is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.allocation import Excess
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import Day, to_date
from delinquency.ledger.running_interest import contract_periods
from delinquency.obligations import DebtKind
from delinquency.payments import payment_key
from delinquency.replaying import replay_version
from delinquency.restructuring.carried import Carried
from delinquency.restructuring.draft import INTEREST, PRINCIPAL
from delinquency.restructuring.reading import EarnedBy, earned_in
from delinquency.rounding import div_half_up
from delinquency.schedule import Schedule

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.daycount import DayCount
    from delinquency.ledger import Ledger
    from delinquency.obligations import Obligation
    from delinquency.payments import Payment
    from delinquency.policy import Policy

__all__ = ["Beyond", "paid_beyond", "without_last_money"]

_WHERE = "reinstate"


class Beyond(NamedTuple):
    """An account whose rows to come are less by what was paid beyond what was due."""

    account: Account
    """Without the money that repaid principal of rows to come."""
    principal: int
    """As much money as that was [minor units]."""
    earned: Mapping[Day, EarnedBy]
    """By due day, what had been earned of a row when its interest became less."""


def paid_beyond(
    account: Account,
    *,
    first: Day,
    on: date,
    version: Policy,
    day_count: DayCount | None,
    carried: Mapping[Day, Carried] = MappingProxyType({}),
) -> Beyond:
    """Let money of ``[first, on)`` beyond what was due repay principal of rows to come.

    Which rows it repays is what the policy says of money in advance: the next ones first, the last ones, or
    all of them. Money that the policy holds settles rows when they fall due; what is still held before
    ``on`` repays principal on the day before.

    Parameters
    ----------
    account : Account
        Under the terms of before a plan, with the payments made since.
    first : int
        The day of the plan.
    on : date
        After it.
    version : Policy
    day_count : DayCount or None
        By which interest of the running period is earned; ``None``: by actual days.
    carried : mapping of int to Carried
        What rows carry of an earlier plan: it bears no interest.
    """
    found = Beyond(account, 0, {})
    eve = on - timedelta(days=1)
    done = first - 1
    while True:
        ledger = replay_version(found.account, as_of=eve, version=version)
        day, money = _first_beyond(ledger, done)
        if not money:
            break
        now = replay_version(found.account, as_of=to_date(day), version=version)
        found = _repaid(found, now, money, day_count, carried)
        done = day
    if ledger.unallocated_minor:
        found = _repaid(found, ledger, ledger.unallocated_minor, day_count, carried)
    return found


def _first_beyond(ledger: Ledger, done: Day) -> tuple[Day, int]:
    """The first day after another on which money settled rows to come, and how much of it did."""
    found: dict[Day, int] = {}
    for day, place, _, amount in ledger.moves.settled:
        debt = ledger.obligations[place]
        if day > done and debt.kind == DebtKind.INSTALMENT and debt.due_day > day:
            found[day] = found.get(day, 0) + amount
    day = min(found, default=done)
    return day, found.get(day, 0)


def _repaid(
    before: Beyond,
    now: Ledger,
    money: int,
    day_count: DayCount | None,
    carried: Mapping[Day, Carried],
) -> Beyond:
    """Principal of rows to come repaid by money of a day; ``now`` is the ledger at its close."""
    account, day = before.account, now.as_of_day
    periods = [
        (place, start)
        for place, start in contract_periods(now.obligations, account.originated_day, day)
        if now.obligations[place].due_day > day
    ]
    debts = [now.obligations[place] for place, _ in periods]
    earlier = _gone_before(now)
    room = [
        debt.principal - earlier.get((place, PRINCIPAL), 0)
        for (place, _), debt in zip(periods, debts, strict=True)
    ]
    parts = _placed(min(money, sum(room)), room, now.rule.order.excess)
    if not any(parts):
        return before
    bearing = [max(0, debt.principal - _carried(carried, debt).principal) for debt in debts]
    left = [amount - min(part, amount) for amount, part in zip(bearing, parts, strict=True)]
    earned, rows = dict(before.earned), list(account.schedule)
    for at, ((place, start), debt) in enumerate(zip(periods, debts, strict=True)):
        own = max(0, debt.interest - _carried(carried, debt).all_interest)
        passed = 0
        if not at:
            passed = earned_in(debt._replace(interest=own), start, day, day_count, earned)
            earned[debt.due_day] = EarnedBy(day, passed)
        less = _less(own - passed, sum(left[at:]), sum(bearing[at:]))
        paid = earlier.get((place, INTEREST), 0)
        row = rows[debt.number - 1]
        rows[debt.number - 1] = attrs.evolve(
            row,
            principal=from_minor(debt.principal - parts[at], account.currency),
            interest=from_minor(max(debt.interest - less, paid), account.currency),
        )
    gone = sum(parts)
    changed = attrs.evolve(
        account,
        schedule=Schedule(account.currency, rows),
        payments=without_last_money(account, account.payments, gone, until=to_date(day)),
    )
    return Beyond(changed, before.principal + gone, earned)


def _less(interest: int, left: int, whole: int) -> int:
    """By how much interest of a row is less where so much of its principal is left [minor units]."""
    return 0 if not whole else interest - div_half_up(interest * left, whole)


def _carried(carried: Mapping[Day, Carried], debt: Obligation) -> Carried:
    return carried.get(debt.due_day, Carried(0, 0))


def _gone_before(now: Ledger) -> dict[tuple[int, int], int]:
    """What is not open any more by place and column, but for what money of the day settled."""
    found: dict[tuple[int, int], int] = {}
    moves = now.moves
    earlier = [row for row in moves.settled if row[0] < now.as_of_day]
    for _, place, column, amount in (*earlier, *moves.waived, *moves.written_off):
        found[place, column] = found.get((place, column), 0) + amount
    return found


def _placed(money: int, room: Sequence[int], excess: Excess) -> list[int]:
    """How much of money each row to come is given, in the order in which the policy fills them."""
    parts = [0] * len(room)
    if excess is Excess.REAMORTISE:
        while money:
            takers = [at for at, most in enumerate(room) if parts[at] < most]
            share, rest = divmod(money, len(takers))
            money = 0
            for number, at in enumerate(takers):
                part = min(share + (number < rest), room[at] - parts[at])
                parts[at] += part
                money += share + (number < rest) - part
        return parts
    is_last_first = excess in (Excess.LAST_INSTALMENT, Excess.TO_BALANCE)
    for at in sorted(range(len(room)), reverse=is_last_first):
        parts[at] = min(money, room[at])
        money -= parts[at]
    return parts


def without_last_money(
    account: Account, payments: Iterable[Payment], money: int, until: date | None = None
) -> list[Payment]:
    """Payments less as much of the last money of before the close of a day [minor units]."""
    kept: list[Payment] = []
    for payment in sorted(payments, key=payment_key, reverse=True):
        amount = to_minor(payment.amount, account.currency, where=_WHERE)
        is_chosen = payment.reversed_on is None and (until is None or payment.value_date <= until)
        part = min(money, amount) if is_chosen else 0
        money -= part
        if part < amount:
            left = from_minor(amount - part, account.currency)
            kept.append(attrs.evolve(payment, amount=left) if part else payment)
    return kept
