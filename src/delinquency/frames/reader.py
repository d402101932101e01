"""Data frames in, a book out: one call, any library, every row accounted for.

The one idea: what a column cannot say for certain is never guessed. A unit, a float or an instant is
accepted only where the caller says what it means; a row that cannot be part of a book is named, or set
aside with its account and a reason.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args, overload

import numpy as np
import numpy.typing as npt

from delinquency.currency import Currency
from delinquency.errors import CurrencyError, InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.frames.amount_columns import Amounts, Floats, Units
from delinquency.frames.arrow import arrow
from delinquency.frames.assembling import read_book
from delinquency.frames.findings import Findings, Place
from delinquency.frames.matching import UNKNOWN, match_accounts, read_account_ids
from delinquency.frames.report import Quarantine, ReadReport, ReadResult, TableReport
from delinquency.frames.sources import SourceTable, open_table
from delinquency.frames.tables import TABLES
from delinquency.frames.text_columns import read_texts
from delinquency.portfolio.book import Portfolio

__all__ = ["read"]

OnError = Literal["raise", "quarantine"]
Loaded = dict[str, npt.NDArray[np.bool_]]


@overload
def read(  # type: ignore[overload-overlap]
    *,
    accounts: object,
    instalments: object,
    payments: object = None,
    charges: object = None,
    suspensions: object = None,
    currency: Literal["column"],
    on_error: Literal["raise"] = "raise",
    amounts: Amounts = "auto",
    floats: Floats = "refuse",
    ignore_extra: bool = False,
) -> dict[str, Portfolio]: ...
@overload
def read(
    *,
    accounts: object,
    instalments: object,
    payments: object = None,
    charges: object = None,
    suspensions: object = None,
    currency: Currency | str,
    on_error: Literal["raise"] = "raise",
    amounts: Amounts = "auto",
    floats: Floats = "refuse",
    ignore_extra: bool = False,
) -> Portfolio: ...
@overload
def read(
    *,
    accounts: object,
    instalments: object,
    payments: object = None,
    charges: object = None,
    suspensions: object = None,
    currency: Currency | str,
    on_error: Literal["quarantine"],
    amounts: Amounts = "auto",
    floats: Floats = "refuse",
    ignore_extra: bool = False,
) -> ReadResult: ...
def read(
    *,
    accounts: object,
    instalments: object,
    payments: object = None,
    charges: object = None,
    suspensions: object = None,
    currency: Currency | str,
    on_error: OnError = "raise",
    amounts: Amounts = "auto",
    floats: Floats = "refuse",
    ignore_extra: bool = False,
) -> Portfolio | dict[str, Portfolio] | ReadResult:
    """Read a book from data frames.

    A frame may be of pandas, polars (a lazy one is collected), pyarrow or duckdb, anything with
    ``__arrow_c_stream__``, or a mapping from name to column. Rows may be in any order.

    Parameters
    ----------
    accounts : frame
        ``account_id`` (text or whole numbers), ``originated_on``; optional ``obligor_id``,
        ``product``, ``segment``, ``currency``.
    instalments : frame
        ``account_id``, ``due_date``, ``principal``, ``interest``, ``fees`` (a component without a
        column is 0, and the report says so; one at least is there); optional
        ``in_force_from``, ``in_force_until``.
    payments : frame, optional
        ``account_id``, ``value_date``, ``amount``; optional ``kind``, ``payment_id`` (an empty text
        is none), ``recorded_on``, ``reversed_on``.
    charges : frame, optional
        ``account_id``, ``charge_id``, ``component``, ``amount``, ``due_date``; optional
        ``instalment_no``, ``recorded_on``.
    suspensions : frame, optional
        ``account_id``, ``start``, ``end`` (empty while open); optional ``reason``, ``recorded_on``.
    currency : Currency or str
        The currency of the book, against which a column ``currency`` is checked; or ``"column"``
        for one book for each currency of that column.
    on_error : ``"raise"`` or ``"quarantine"``
        Whether a bad row ends the reading, or is set aside with its whole account.
    amounts : ``"auto"``, ``"minor"`` or ``"major"``
        What a whole number counts. ``"auto"`` refuses whole numbers in a currency with decimals. A
        typed column of decimals without decimal places, such as a sum of whole numbers is, counts
        as whole numbers. Other decimals, those of Python and text always are currency units.
    floats : ``"refuse"`` or ``"exact"``
        ``"exact"`` accepts a 64-bit float that is the nearest one to an amount, and names others.
    ignore_extra : bool
        Whether columns of other names are passed over; not one whose name is nearly that of a column
        which is not there.

    Returns
    -------
    Portfolio
        Or, with ``currency="column"``, a dict of books by currency code; or, with
        ``on_error="quarantine"``, a :class:`ReadResult`.

    Raises
    ------
    PortfolioError
        A column that is missing, unknown or of an unfit type; a frame that cannot be computed, the
        error of its library being the cause; with ``on_error="raise"`` also rows
        that cannot be part of a book. It names the column, the rows and the reason.
    CurrencyError
        No currency of ISO 4217.
    InvalidTypeError
        No data frame.
    MissingExtraError
        pyarrow is not installed.

    Notes
    -----
    The book uses the memory of a source column without a copy where that is ``date32``, or int64
    minor units, in one piece, without nulls, and in the order of accounts and dates. Do not write to
    such a source afterwards. Timestamps are accepted at midnight and without a time zone, because
    pandas has no type for dates. Text of dates is ``2025-01-31``.

    Examples
    --------
    >>> book = read(
    ...     accounts={"account_id": ["A-1"], "originated_on": ["2024-12-31"]},
    ...     instalments={"account_id": ["A-1"], "due_date": ["2025-01-31"], "principal": ["100.00"]},
    ...     currency="CNY",
    ... )
    >>> book.account(0).schedule.total
    Decimal('100.00')
    """
    _check_choice("on_error", on_error, get_args(OnError))
    _check_choice("amounts", amounts, get_args(Amounts))
    _check_choice("floats", floats, get_args(Floats))
    given = {
        "accounts": accounts,
        "instalments": instalments,
        "payments": payments,
        "charges": charges,
        "suspensions": suspensions,
    }
    sources = {
        name: open_table(source, TABLES[name], ignore_extra=ignore_extra)
        for name, source in given.items()
        if source is not None or name in {"accounts", "instalments"}
    }
    findings = Findings(sources, quarantines=on_error == "quarantine")
    is_column = currency == "column"
    parts = _by_currency(sources, findings) if is_column else {_currency(currency): sources}
    books: dict[str, Portfolio] = {}
    reports: list[TableReport] = []
    loaded = {name: np.zeros(source.rows, dtype=np.bool_) for name, source in sources.items()}
    for part, tables in parts.items():
        book, drafts = read_book(tables, Units(part, amounts, floats), findings)
        reports += [draft.report(part.code) for draft in drafts.values()]
        if book is None:
            continue
        books[part.code] = book
        for name, draft in drafts.items():
            loaded[name][draft.source.numbered(draft.all_rows())] = True
    if on_error == "quarantine":
        return _result(books, reports, loaded, findings)
    if not books:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one account", found="none"
        )
    return books if is_column else next(iter(books.values()))


def _check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InvalidValueError.at(
            f"frames.read, {name}", expected=" or ".join(map(repr, choices)), found=repr(value)
        )


def _currency(currency: object) -> Currency:
    if isinstance(currency, Currency):
        return currency
    if isinstance(currency, str):
        return Currency.of(currency)
    raise InvalidTypeError.at(
        "frames.read, currency",
        expected="a Currency, its code, or 'column'",
        found=currency,
    )


def _by_currency(
    sources: Mapping[str, SourceTable], findings: Findings
) -> dict[Currency, dict[str, SourceTable]]:
    """The rows of each currency as tables of their own; rows without one are in none."""
    accounts = sources["accounts"]
    column = accounts.columns.get("currency")
    place = Place(findings, accounts, "currency")
    if column is None:
        place.refuse('a column of currency codes, as currency="column" says', "no such column")
    ids = read_account_ids(accounts.columns["account_id"], Place(findings, accounts, "account_id"))
    encoded = read_texts(column, place, may_be_empty=False).dictionary_encode()
    known = [_known(code) for code in encoded.dictionary.to_pylist()]
    codes = encoded.indices.to_numpy().astype(np.int64)
    is_known = np.array([currency is not None for currency in known], dtype=np.bool_)
    place.rows(~is_known[codes], "unknown_currency", "a code of ISO 4217 with a minor unit")
    codes = np.where(findings.is_bad(accounts), UNKNOWN, codes)
    of_rows = {"accounts": codes}
    # A last entry, to which UNKNOWN leads.
    with_unknown = np.append(codes, UNKNOWN)
    for name, source in sources.items():
        if name != "accounts":
            place = Place(findings, source, "account_id")
            runs = match_accounts(source.columns["account_id"], place, ids)
            of_rows[name] = with_unknown[runs.of_rows()]
    return {
        currency: {name: _part(source, of_rows[name] == code) for name, source in sources.items()}
        for code, currency in enumerate(known)
        if currency is not None and (codes == code).any()
    }


def _part(source: SourceTable, flags: npt.NDArray[np.bool_]) -> SourceTable:
    return source if flags.all() else source.take(np.flatnonzero(flags))


def _known(code: str) -> Currency | None:
    try:
        return Currency.of(code)
    except CurrencyError:
        return None


def _result(
    books: dict[str, Portfolio],
    reports: list[TableReport],
    loaded: Loaded,
    findings: Findings,
) -> ReadResult:
    sources = findings.originals
    read_rows = {name: source.rows for name, source in sources.items()}
    kept = {name: int(flags.sum()) for name, flags in loaded.items()}
    aside = {name: int((~flags).sum()) for name, flags in loaded.items()}
    report = ReadReport(read_rows, kept, aside, tuple(reports))
    return ReadResult(books, Quarantine(_quarantine(loaded, findings)), report)


def _quarantine(loaded: Loaded, findings: Findings) -> Any:
    """One line for each row that was not loaded: its own reason, or that of its account."""
    pa = arrow()
    lines = [
        _lines(findings, entry.table, entry.column, entry.reason, entry.rows)
        for entry in findings.found
    ]
    for name, source in findings.originals.items():
        rows = np.flatnonzero(~loaded[name] & ~findings.is_bad(source))
        if len(rows):
            lines.append(_lines(findings, name, "", "account_quarantined", rows))
    names = ("account_id", "table", "column", "reason", "found")
    schema = pa.schema([(name, pa.large_string()) for name in names])
    schema = schema.insert(2, pa.field("row", pa.int64()))
    return pa.concat_tables([schema.empty_table(), *lines]).combine_chunks()


def _lines(findings: Findings, table: str, column: str, reason: str, rows: Any) -> Any:
    pa = arrow()
    source = findings.originals[table]
    nothing = pa.nulls(len(rows), type=pa.large_string())
    found = source.columns[column].found_texts(rows) if column in source.columns else nothing

    def same(text: str) -> Any:
        return pa.repeat(pa.scalar(text, type=pa.large_string()), len(rows))

    return pa.table(
        {
            "account_id": source.columns["account_id"].found_texts(rows),
            "table": same(table),
            "row": pa.array(rows, type=pa.int64()),
            "column": same(column),
            "reason": same(reason),
            "found": found,
        }
    )
