"""Finding tables of fees: the packaged ones by name, one's own by path.

The one idea: where a text can be read in two ways there are two tables, and none is taken by default.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from delinquency.citation import Citation, Verification
from delinquency.cited_tables import (
    CitedFolder,
    citations_of,
    cited,
    read_past_description,
    take_money,
    verification_of,
)
from delinquency.currency import Currency
from delinquency.errors import PolicyError
from delinquency.late_fees.bands import AmountByBand, Band
from delinquency.late_fees.fee_tables import FeeRow, FeeTable
from delinquency.validity import Validity

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = ["amount_by_band", "fee_table", "fee_table_names"]

_FILES: Final = CitedFolder("delinquency.late_fees", "tables", "fee table")
_KINDS: Final = {
    "row": ("amounts by date", "fee_table"),
    "band": ("amounts by band", "amount_by_band"),
}
"""By what its rows are called: what a file holds, and what reads it."""


def fee_table_names() -> tuple[str, ...]:
    """The packaged tables, those by date and those by band, in order of name.

    Examples
    --------
    >>> fee_table_names()
    ('uk-fixed-compensation', 'us-card-safe-harbour-30-41', 'us-card-safe-harbour-32-43')
    """
    return _FILES.names()


def fee_table(name: str | Path) -> FeeTable:
    """A packaged table by name, or a file of one's own by path (``.toml``, in UTF-8).

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such table, or a file that contradicts itself; the message names the file, the line and the key.

    Examples
    --------
    The last day of one row and the first of the next:

    >>> table = fee_table("us-card-safe-harbour-30-41")
    >>> [table.row_on(date(2013, 12, 31)).first, table.row_on(date(2014, 1, 1)).first]
    [Decimal('25.00'), Decimal('26.00')]
    """
    table = _FILES.open(name)
    _check_kind(table, "row", other="band")
    head, currency, known, level = _head(table)
    window, until = table.take("repeat_window", int), table.take_date("effective_until")
    tables = table.take_tables("row")
    table.close()
    rows = [_row(each, currency, known, level) for each in tables]
    with table.telling(of=f"fee table {head!r}", renamed={"name": "id", "rows": "row"}):
        return FeeTable(
            name=head, currency=currency, rows=rows, repeat_window=window, effective_until=until
        )


def amount_by_band(name: str | Path) -> AmountByBand:
    """A packaged table of amounts by band, or a file of one's own; as :func:`fee_table`.

    Examples
    --------
    >>> from decimal import Decimal
    >>> bands = amount_by_band("uk-fixed-compensation")
    >>> [bands.amount_for(size) for size in (Decimal("999.99"), 1000, 5000, 10000)]
    [Decimal('40.00'), Decimal('70.00'), Decimal('70.00'), Decimal('100.00')]
    """
    table = _FILES.open(name)
    _check_kind(table, "band", other="row")
    head, currency, known, level = _head(table)
    start, end = table.take_date("effective_from"), table.take_date("effective_until")
    sources = cited(table, known)
    tables = table.take_tables("band")
    table.close()
    bands = [_band(each, currency) for each in tables]
    with table.telling(of=f"bands {head!r}", renamed={"name": "id"}):
        return AmountByBand(
            name=head,
            currency=currency,
            bands=bands,
            validity=Validity(start, end),
            citations=sources,
            verification=level,
        )


def _check_kind(table: Table, rows: str, *, other: str) -> None:
    """Refuse a file of the other kind, and name the function that reads it."""
    if table.has(other):
        raise PolicyError.at(
            table.at(other),
            expected=_KINDS[rows][0],
            found=_KINDS[other][0],
            hint=f"Read it with {_KINDS[other][1]}(...).",
        )


def _head(table: Table) -> tuple[str, Currency, dict[str, Citation], Verification | None]:
    """What both kinds of files begin with."""
    read_past_description(table)
    name = table.take("id", str)
    with table.telling():
        currency = Currency.of(table.take("currency", str))
    return name, currency, citations_of(table), verification_of(table)


def _row(
    table: Table,
    currency: Currency,
    known: dict[str, Citation],
    level: Verification | None,
) -> FeeRow:
    with table.telling(of="fee row"):
        row = FeeRow(
            table.take("effective_from", date),
            take_money(table, "first", currency),
            take_money(table, "repeated", currency),
            citations=cited(table, known),
            verification=verification_of(table, level),
        )
    table.close()
    return row


def _band(table: Table, currency: Currency) -> Band:
    with table.telling(of="band"):
        band = Band(
            take_money(table, "from_amount", currency), take_money(table, "amount", currency)
        )
    table.close()
    return band
