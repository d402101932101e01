"""The debts of a replay: what the account is known to owe, and what the ledger will make itself.

The one idea: whatever the ledger makes has a place from the beginning, at a rank that its day decides, and
is filled on that day. So debts never move while they are replayed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.calendar import NONE_DAY, to_date
from delinquency.event_rows import DecisionRow
from delinquency.ledger.money import cut_of
from delinquency.obligations import DebtKind, Obligation, Ranked, in_rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from delinquency.account import Account

__all__ = ["debts_at"]


def debts_at(
    account: Account,
    as_of: int,
    known: int,
    decisions: Mapping[int, Sequence[DecisionRow]],
    made_by_rule: Iterable[Ranked] = (),
) -> tuple[Obligation, ...]:
    """The debts at a cut, in order of rank, those that the ledger makes still empty."""
    made = [*_accelerated(decisions), *made_by_rule]
    unknown = _unknown(account, as_of, known)
    if not made and not unknown:
        return account.obligations
    known_rows = [row for row in account.ranked if (row[2].kind, row[2].number) not in unknown]
    return in_rank([*known_rows, *made])


def _unknown(account: Account, as_of: int, known: int) -> set[tuple[int, int]]:
    """Kind and number of the debts that had appeared but count for nothing at the cut."""
    last_day, last_known = to_date(as_of), to_date(known) if known != NONE_DAY else None
    unknown: set[tuple[int, int]] = set()
    if last_known is not None:
        for number, charge in enumerate(account.charges, start=1):
            if (
                charge.enters_on <= last_day
                and (charge.recorded_on or charge.enters_on) > last_known
            ):
                unknown.add((DebtKind.CHARGE, number))
    last_cut = to_date(cut_of(as_of, known))
    for number, event in enumerate(account.charge_backs, start=1):
        is_late_news = (
            last_known is not None and (event.recorded_on or event.value_date) > last_known
        )
        is_undone = event.reversed_on is not None and event.reversed_on <= last_cut
        if event.value_date <= last_day and (is_late_news or is_undone):
            unknown.add((DebtKind.CHARGE_BACK, number))
    return unknown


def _accelerated(decisions: Mapping[int, Sequence[DecisionRow]]) -> Iterator[Ranked]:
    days = [day for day, rows in decisions.items() if any(row.ends_schedule for row in rows)]
    for number, day in enumerate(sorted(days), start=1):
        row = Obligation(0, day, day, day, NONE_DAY, 0, 0, 0, 0, DebtKind.ACCELERATED, number)
        yield (day, 3, number), 0, row
