"""Between collateral and guarantees and their columns.

The one idea: as for the other facts of an account, a table holds one kind in the order in which an account
keeps it, so that what was laid out comes back equal.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from delinquency.account import Account
from delinquency.calendar import to_date
from delinquency.event_rows import ALL
from delinquency.events import Collateral, CollateralKind, Guarantee
from delinquency.portfolio.columns import CollateralColumns, GuaranteeColumns
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
)
from delinquency.portfolio.text_column import TextColumn
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["collateral_records", "collateral_table", "guarantee_records", "guarantee_table"]

KINDS: Final = tuple(CollateralKind)


def collateral_table(accounts: Sequence[Account]) -> CollateralColumns | None:
    """The table of collateral; ``None`` where no account has any."""
    minor = [row for account in accounts for row in account.collateral_rows]
    if not minor:
        return None
    rows = [event for each in accounts for event in each.events if isinstance(event, Collateral)]
    assessed = int64_of(row.assessed for row in minor)
    return CollateralColumns(
        offsets=offsets_of(len(account.collateral_rows) for account in accounts),
        collateral_id=TextColumn.of(row.name for row in minor),
        value_date=int32_of(row.value_day for row in minor),
        value=int64_of(row.value for row in minor),
        kind=codes_of(KINDS.index(event.kind) for event in rows),
        assessed_value=assessed if (assessed != ALL).any() else None,
        until=optional(row.until for row in minor),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
        reversed_on=optional(row.reversed_day for row in minor),
    )


def collateral_records(
    table: CollateralColumns | None, row: int, currency: Currency
) -> Iterator[Collateral]:
    """The collateral of one account as records."""
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        assessed = table.assessed_value
        is_assessed = assessed is not None and assessed[index] != ALL
        yield Collateral(
            table.collateral_id[index],
            to_date(int(table.value_date[index])),
            money_at(table.value, index, currency),
            KINDS[0 if table.kind is None else int(table.kind[index])],
            money_at(assessed, index, currency) if assessed is not None and is_assessed else None,
            date_at(table.until, index),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )


def guarantee_table(accounts: Sequence[Account]) -> GuaranteeColumns | None:
    """The table of guarantees; ``None`` where no account has any."""
    minor = [row for account in accounts for row in account.guarantee_rows]
    if not minor:
        return None
    rows = [event for each in accounts for event in each.events if isinstance(event, Guarantee)]
    amount = int64_of(row.amount for row in minor)
    return GuaranteeColumns(
        offsets=offsets_of(len(account.guarantee_rows) for account in accounts),
        guarantor_id=TextColumn.of(row.name for row in minor),
        value_date=int32_of(row.value_day for row in minor),
        amount=amount if amount.any() else None,
        share_numerator=optional((row.numerator for row in minor), 0),
        share_denominator=optional((row.denominator for row in minor), 1),
        until=optional(row.until for row in minor),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
        reversed_on=optional(row.reversed_day for row in minor),
    )


def guarantee_records(
    table: GuaranteeColumns | None, row: int, currency: Currency
) -> Iterator[Guarantee]:
    """The guarantees of one account as records."""
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        amount = table.amount
        has_amount = amount is not None and amount[index] != 0
        part = 0 if table.share_numerator is None else int(table.share_numerator[index])
        whole = 1 if table.share_denominator is None else int(table.share_denominator[index])
        yield Guarantee(
            table.guarantor_id[index],
            to_date(int(table.value_date[index])),
            money_at(amount, index, currency) if amount is not None and has_amount else None,
            Proportion(part, whole) if part else None,
            date_at(table.until, index),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )
