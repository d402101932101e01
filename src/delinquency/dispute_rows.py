"""The disputes of an account in whole numbers, checked against it.

The one idea: a dispute names a debt as people do, by the number of an instalment or the id of a charge; its
row names it as the ledger does, by kind and number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY
from delinquency.charges import Charge
from delinquency.currency import Currency
from delinquency.errors import InvalidValueError
from delinquency.event_rows import ALL, DayOf, day_or
from delinquency.events import AccountEvent, Dispute
from delinquency.obligations import DebtKind

__all__ = ["DisputeRow", "dispute_rows"]


class DisputeRow(NamedTuple):
    """A dispute in whole numbers, on ``[start, end)``."""

    start: int
    end: int
    """2**31 - 1 while open."""
    amount: int
    """Minor units."""
    kind: int
    """The :class:`~delinquency.obligations.DebtKind` of the debt; -1 for the oldest arrears."""
    number: int
    """Of the debt, from 1 within its kind; 0 for the oldest arrears."""
    for_debtor: int
    """1 where it ended for the debtor, else 0."""
    recorded_day: int
    reversed_day: int
    """2**31 - 1 where it stands."""


def dispute_rows(
    events: Iterable[AccountEvent],
    currency: Currency,
    day_of: DayOf,
    instalments: int,
    charges: Sequence[Charge],
) -> tuple[DisputeRow, ...]:
    """The disputes, in order of their starts and ids; the charges are in order of due date and id.

    Raises
    ------
    InvalidValueError
        One before the account began; two of one id; an amount finer than the minor unit; an instalment or
        a charge that does not exist.
    """
    seen: set[str] = set()
    found: list[DisputeRow] = []
    for event in events:
        if not isinstance(event, Dispute):
            continue
        where = f"dispute {event.dispute_id!r}"
        if event.dispute_id in seen:
            raise InvalidValueError.at(where, expected="a dispute_id used once", found="it twice")
        seen.add(event.dispute_id)
        start = day_of(where, "start", event.start)
        kind, number = _debt(event, where, instalments, charges)
        row = DisputeRow(
            start,
            event.end_day,
            to_minor(event.amount, currency, where=where, field="amount"),
            kind,
            number,
            int(event.for_debtor),
            day_or(event.recorded_on, start),
            day_or(event.reversed_on, NONE_DAY),
        )
        found.append(row)
    return tuple(found)


def _debt(
    event: Dispute, where: str, instalments: int, charges: Sequence[Charge]
) -> tuple[int, int]:
    """Kind and number of the debt that a dispute names."""
    if event.instalment_no is not None:
        if event.instalment_no > instalments:
            raise InvalidValueError.at(
                where,
                expected=f"instalment_no from 1 to {instalments}",
                found=str(event.instalment_no),
            )
        return DebtKind.INSTALMENT, event.instalment_no
    if event.charge_id is None:
        return ALL, 0
    ids = [charge.charge_id for charge in charges]
    if event.charge_id not in ids:
        raise InvalidValueError.at(
            where, expected="charge_id of a charge of the account", found=repr(event.charge_id)
        )
    return DebtKind.CHARGE, ids.index(event.charge_id) + 1
