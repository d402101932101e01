"""Finding tables of fees: the packaged ones by name, one's own by path.

The one idea: where a text can be read in two ways there are two tables, and none is taken by default.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from delinquency.citation import Citation, Verification
from delinquency.cited_tables import CitedFolder, Fields
from delinquency.currency import Currency
from delinquency.errors import DelinquencyError
from delinquency.late_fees.bands import AmountByBand, Band
from delinquency.late_fees.fee_tables import FeeRow, FeeTable
from delinquency.validity import Validity

__all__ = ["amount_by_band", "fee_table", "fee_table_names"]

_FILES: Final = CitedFolder("delinquency.late_fees", "tables", "fee table")


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
        No such table, or a file that contradicts itself; the message names the file and the key.

    Examples
    --------
    The last day of one row and the first of the next:

    >>> table = fee_table("us-card-safe-harbour-30-41")
    >>> [table.row_on(date(2013, 12, 31)).first, table.row_on(date(2014, 1, 1)).first]
    [Decimal('25.00'), Decimal('26.00')]
    """
    fields = _FILES.open(name)
    head, currency, known, level = _head(fields)
    window = fields.take("repeat_window", int)
    until = fields.optional("effective_until", date)
    tables = fields.tables("row")
    fields.close()
    rows = [_row(table, currency, known, level) for table in tables]
    try:
        return FeeTable(
            name=head, currency=currency, rows=rows, repeat_window=window, effective_until=until
        )
    except DelinquencyError as error:
        raise fields.told(error) from None


def amount_by_band(name: str | Path) -> AmountByBand:
    """A packaged table of amounts by band, or a file of one's own; as :func:`fee_table`.

    Examples
    --------
    >>> from decimal import Decimal
    >>> bands = amount_by_band("uk-fixed-compensation")
    >>> [bands.amount_for(size) for size in (Decimal("999.99"), 1000, 5000, 10000)]
    [Decimal('40.00'), Decimal('70.00'), Decimal('70.00'), Decimal('100.00')]
    """
    fields = _FILES.open(name)
    head, currency, known, level = _head(fields)
    start, end = fields.optional("effective_from", date), fields.optional("effective_until", date)
    cited = fields.cited(known)
    tables = fields.tables("band")
    fields.close()
    bands = [_band(table, currency) for table in tables]
    try:
        return AmountByBand(
            name=head,
            currency=currency,
            bands=bands,
            validity=Validity(start, end),
            citations=cited,
            verification=level,
        )
    except DelinquencyError as error:
        raise fields.told(error) from None


def _head(fields: Fields) -> tuple[str, Currency, dict[str, Citation], Verification | None]:
    """What both kinds of files begin with; titles, notes and the day of checking are for readers."""
    for key in ("title", "title_zh", "jurisdiction", "notes"):
        fields.optional(key, str)
    fields.optional("verified_on", date)
    name, code = fields.take("id", str), fields.take("currency", str)
    try:
        currency = Currency.of(code)
    except DelinquencyError as error:
        raise fields.told(error) from None
    return name, currency, fields.citations(), fields.verification()


def _row(
    fields: Fields,
    currency: Currency,
    known: dict[str, Citation],
    level: Verification | None,
) -> FeeRow:
    row = FeeRow(
        fields.take("effective_from", date),
        fields.amount("first", currency),
        fields.amount("repeated", currency),
        citations=fields.cited(known),
        verification=fields.verification(level),
    )
    fields.close()
    return row


def _band(fields: Fields, currency: Currency) -> Band:
    band = Band(fields.amount("from_amount", currency), fields.amount("amount", currency))
    fields.close()
    return band
