"""What is held out of counting because it is disputed, and from when it counts again.

The one idea: a dispute cuts a debt in two. The part that is not disputed counts from its due date; the
disputed part does not count, or counts from the day on which the dispute was lost. An age is that of the
oldest part that keeps the debt unsettled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.calendar import NONE_DAY
from delinquency.counting.rule import Counting, LostDispute
from delinquency.events import Dispute
from delinquency.ledger.money import cut_of
from delinquency.ledger.rule import SettledRule

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.dispute_rows import DisputeRow
    from delinquency.ledger import Ledger

__all__ = ["Debt", "DisputeRule", "dispute_rule", "without_disputed", "without_lost"]

Debt = tuple[int, int, int]
"""Due day, place among the obligations, open counted amount."""

Holding = tuple[int, "DisputeRow"]
"""The day from which a disputed part counts, 2**31 - 1 where it does not, and the dispute."""


class DisputeRule(NamedTuple):
    """What a counting rule says of disputed amounts, in whole numbers of one currency."""

    counts_from_end: bool
    """Whether a lost part counts from the end of the dispute only."""
    tolerance: int
    """An open amount of a debt that counts as settled [minor units]; 0 where the account is asked."""


def dispute_rule(counting: Counting, settled: SettledRule) -> DisputeRule:
    """The rule of a counting, which says in whole numbers when a debt is settled."""
    from_end = counting.lost_dispute is LostDispute.FROM_ITS_END
    return DisputeRule(from_end, 0 if settled.by_account else settled.tolerance)


def without_disputed(
    debts: Iterable[Debt], ledger: Ledger, rule: DisputeRule, *, day: int, limit: int
) -> list[Debt]:
    """Debts with what is disputed at the close of ``day`` held out, each as old as what is left of it.

    Parts that count only from ``limit`` on are held out too. A debt of which nothing is left is left out.
    """
    debts = list(debts)
    holdings = _holdings(ledger, rule, day)
    if not holdings:
        return debts
    left = {place: amount for _, place, amount in debts}
    parts: dict[int, list[tuple[int, int]]] = {}
    for counts_from, row in holdings:
        pool = row.amount
        for due, place, _ in sorted(debts):
            if counts_from > due and _is_of(row, ledger, place):
                part = min(pool, left[place])
                pool -= part
                left[place] -= part
                parts.setdefault(place, []).append((counts_from, part))
    return [
        (aged, place, amount)
        for due, place, _ in debts
        for aged, amount in _counted([(due, left[place]), *parts.get(place, ())], rule, limit)
    ]


def _holdings(ledger: Ledger, rule: DisputeRule, day: int) -> list[Holding]:
    """The disputes that hold something at the close of ``day`` as the ledger knows them.

    Those of one debt come first; what is held out comes before what counts again, and of this the latest.
    """
    as_of, known = ledger.as_of_day, ledger.known_day
    cut = cut_of(as_of, known)
    found: list[Holding] = []
    for row in ledger.account.dispute_rows:
        if row.start > day or row.recorded_day > known or row.reversed_day <= cut:
            continue
        is_lost = row.end <= as_of and not row.for_debtor
        if is_lost and not rule.counts_from_end:
            continue  # as if it had never been held
        if day < row.end:
            found.append((NONE_DAY, row))
        elif is_lost:
            found.append((row.end, row))
    return sorted(found, key=lambda holding: (holding[1].kind < 0, -holding[0]))


def _is_of(row: DisputeRow, ledger: Ledger, place: int) -> bool:
    if row.kind < 0:
        return True
    debt = ledger.obligations[place]
    return debt.kind == row.kind and debt.number == row.number


def _counted(
    parts: Sequence[tuple[int, int]], rule: DisputeRule, limit: int
) -> list[tuple[int, int]]:
    """The day from which what counts of a debt is unsettled, and its amount; nothing where none counts."""
    counted = sorted(part for part in parts if part[1] and part[0] < limit)
    total = 0
    for day, amount in counted:
        total += amount
        if total > rule.tolerance:
            return [(day, sum(part[1] for part in counted))]
    return [(counted[0][0], total)] if counted else []


def without_lost(account: Account, counting: Counting, as_of: int) -> Account:
    """The account without disputes lost by a day, where a policy counts as if they had never been."""
    if counting.lost_dispute is not LostDispute.AS_IF_NEVER_HELD or not account.dispute_rows:
        return account

    def is_lost(event: object) -> bool:
        return isinstance(event, Dispute) and event.end_day <= as_of and not event.for_debtor

    kept = [event for event in account.events if not is_lost(event)]
    return account if len(kept) == len(account.events) else attrs.evolve(account, events=kept)
