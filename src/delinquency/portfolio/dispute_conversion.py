"""Between disputes and their columns.

The one idea: as for the other facts of an account, the table holds them in the order in which an account
keeps them, so that what was laid out comes back equal.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from delinquency.account import Account
from delinquency.calendar import to_date
from delinquency.events import Dispute
from delinquency.portfolio.columns import DisputeColumns
from delinquency.portfolio.packing import (
    codes_of,
    date_at,
    day_or,
    int32_of,
    int64_of,
    money_at,
    offsets_of,
    optional,
    rows_of,
    texts_of,
)
from delinquency.portfolio.text_column import TextColumn

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["dispute_records", "dispute_table"]


def dispute_table(accounts: Sequence[Account]) -> DisputeColumns | None:
    """The table of disputes; ``None`` where no account has one."""
    rows = [event for account in accounts for event in account.events if isinstance(event, Dispute)]
    if not rows:
        return None
    minor = [row for account in accounts for row in account.dispute_rows]
    return DisputeColumns(
        offsets=offsets_of(len(account.dispute_rows) for account in accounts),
        dispute_id=TextColumn.of(event.dispute_id for event in rows),
        start=int32_of(row.start for row in minor),
        end=int32_of(row.end for row in minor),
        amount=int64_of(row.amount for row in minor),
        instalment_no=optional((event.instalment_no or 0 for event in rows), 0),
        charge_id=texts_of([event.charge_id or "" for event in rows]),
        for_debtor=codes_of(row.for_debtor for row in minor),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
        reversed_on=optional(row.reversed_day for row in minor),
    )


def dispute_records(
    table: DisputeColumns | None, row: int, currency: Currency
) -> Iterator[Dispute]:
    """The disputes of one account as records."""
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        number = 0 if table.instalment_no is None else int(table.instalment_no[index])
        yield Dispute(
            table.dispute_id[index],
            to_date(int(table.start[index])),
            money_at(table.amount, index, currency),
            date_at(table.end, index),
            number or None,
            (table.charge_id[index] or None) if table.charge_id is not None else None,
            table.for_debtor is not None and bool(table.for_debtor[index]),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )
