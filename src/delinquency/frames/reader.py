"""Data frames in, a book out: one call, any library, every row accounted for.

The one idea: what a column cannot say for certain is never guessed. A unit, a float or an instant is
accepted only where the caller says what it means; a row that cannot be part of a book is named, or set
aside with its account and a reason.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Literal, get_args, overload

import numpy as np

from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.frames.amount_columns import Amounts, Floats, Units
from delinquency.frames.assembling import read_book
from delinquency.frames.currency_parts import by_currency
from delinquency.frames.findings import Findings
from delinquency.frames.quarantining import quarantined
from delinquency.frames.report import ReadResult, TableReport
from delinquency.frames.sources import open_table
from delinquency.frames.tables import TABLES
from delinquency.portfolio.book import Portfolio

__all__ = ["check_reading", "currency_of", "read"]

OnError = Literal["raise", "quarantine"]


@overload
def read(  # type: ignore[overload-overlap]
    *,
    accounts: object,
    instalments: object,
    payments: object = None,
    charges: object = None,
    suspensions: object = None,
    decisions: object = None,
    charge_backs: object = None,
    spans: object = None,
    disputes: object = None,
    contract_rates: object = None,
    findings: object = None,
    reported_figures: object = None,
    restructurings: object = None,
    re_ages: object = None,
    collateral: object = None,
    guarantees: object = None,
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
    decisions: object = None,
    charge_backs: object = None,
    spans: object = None,
    disputes: object = None,
    contract_rates: object = None,
    findings: object = None,
    reported_figures: object = None,
    restructurings: object = None,
    re_ages: object = None,
    collateral: object = None,
    guarantees: object = None,
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
    decisions: object = None,
    charge_backs: object = None,
    spans: object = None,
    disputes: object = None,
    contract_rates: object = None,
    findings: object = None,
    reported_figures: object = None,
    restructurings: object = None,
    re_ages: object = None,
    collateral: object = None,
    guarantees: object = None,
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
    decisions: object = None,
    charge_backs: object = None,
    spans: object = None,
    disputes: object = None,
    contract_rates: object = None,
    findings: object = None,
    reported_figures: object = None,
    restructurings: object = None,
    re_ages: object = None,
    collateral: object = None,
    guarantees: object = None,
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
        ``instalment_no``, ``recorded_on``, ``charged_on``.
    suspensions : frame, optional
        ``account_id``, ``start``, ``end`` (empty while open); optional ``reason``, ``recorded_on``.
    decisions : frame, optional
        ``account_id``, ``value_date``, ``kind`` (``acceleration``, ``waiver``, ``write_off`` or
        ``closure``); optional ``component`` and ``amount`` (empty for all; of an acceleration the
        accrued interest), ``recorded_on``, ``reversed_on``.
    charge_backs : frame, optional
        ``account_id``, ``charge_back_id``, ``value_date``, ``principal``, ``interest``, ``fees``,
        ``penalty`` (one at least); optional ``payment_id``, ``recorded_on``, ``reversed_on``.
    spans : frame, optional
        ``account_id``, ``start``, ``end`` (empty while open), ``kind`` (``penalty_waiver``,
        ``funds_misuse`` or ``off_balance``); optional ``share_numerator`` and ``share_denominator``
        (empty for 1), ``recorded_on``.
    disputes : frame, optional
        ``account_id``, ``dispute_id``, ``start``, ``end`` (empty while open), ``amount``; optional
        ``instalment_no`` or ``charge_id`` (both empty for the oldest arrears), ``for_debtor`` (``true``,
        or ``false`` as it is where it is empty), ``recorded_on``, ``reversed_on``.
    contract_rates : frame, optional
        ``account_id``, ``effective_on``, ``rate`` (a fraction of one, as decimals or text); optional
        ``period`` (``year``, ``month`` or ``day``).
    findings : frame, optional
        ``account_id``, ``start``, ``end`` (empty while open), ``kind`` (a word of
        :class:`~delinquency.FindingKind`); optional ``recorded_on``.
    reported_figures : frame, optional
        ``account_id``, ``value_date``, ``name`` (a word of :class:`~delinquency.FigureName`),
        ``value_numerator``; optional ``value_denominator`` (empty for 1), ``recorded_on``,
        ``reversed_on``.
    restructurings : frame, optional
        ``account_id``, ``value_date``, ``first_due_on``; optional ``in_difficulty`` (``true``, as it
        is where it is empty, or ``false``), ``diminished_numerator`` (empty where nobody worked it
        out) and ``diminished_denominator`` (empty for 1), ``grace_until``, ``recorded_on``,
        ``reversed_on``.
    re_ages : frame, optional
        ``account_id``, ``value_date``; optional ``in_workout`` (``true``, or ``false``, as it is where
        it is empty), ``recorded_on``, ``reversed_on``.
    collateral : frame, optional
        ``account_id``, ``collateral_id``, ``value_date``, ``value``; optional ``kind`` (empty for
        ``other``), ``assessed_value``, ``until``, ``recorded_on``, ``reversed_on``.
    guarantees : frame, optional
        ``account_id``, ``guarantor_id``, ``value_date``, and ``amount`` or ``share_numerator``; optional
        ``share_denominator`` (empty for 1), ``until``, ``recorded_on``, ``reversed_on``.
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
    check_reading(amounts=amounts, floats=floats)
    given = {
        "accounts": accounts,
        "instalments": instalments,
        "payments": payments,
        "charges": charges,
        "suspensions": suspensions,
        "decisions": decisions,
        "charge_backs": charge_backs,
        "spans": spans,
        "disputes": disputes,
        "contract_rates": contract_rates,
        "findings": findings,
        "reported_figures": reported_figures,
        "restructurings": restructurings,
        "re_ages": re_ages,
        "collateral": collateral,
        "guarantees": guarantees,
    }
    sources = {
        name: open_table(source, TABLES[name], ignore_extra=ignore_extra)
        for name, source in given.items()
        if source is not None or name in {"accounts", "instalments"}
    }
    found = Findings(sources, quarantines=on_error == "quarantine")
    is_column = currency == "column"
    parts = by_currency(sources, found) if is_column else {currency_of(currency): sources}
    books: dict[str, Portfolio] = {}
    reports: list[TableReport] = []
    loaded = {name: np.zeros(source.rows, dtype=np.bool_) for name, source in sources.items()}
    for part, tables in parts.items():
        book, drafts = read_book(tables, Units(part, amounts, floats), found)
        reports += [draft.report(part.code) for draft in drafts.values()]
        if book is None:
            continue
        books[part.code] = book
        for name, draft in drafts.items():
            loaded[name][draft.source.numbered(draft.all_rows())] = True
    if on_error == "quarantine":
        return quarantined(books, reports, loaded, found)
    if not books:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one account", found="none"
        )
    return books if is_column else next(iter(books.values()))


def check_reading(*, amounts: object, floats: object) -> None:
    """Refuse other words for what whole numbers and floats in columns of amounts mean.

    Raises
    ------
    InvalidValueError
        Another word.
    """
    _check_choice("amounts", amounts, get_args(Amounts))
    _check_choice("floats", floats, get_args(Floats))


def _check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InvalidValueError.at(
            f"frames.read, {name}", expected=" or ".join(map(repr, choices)), found=repr(value)
        )


def currency_of(currency: object) -> Currency:
    """The currency that is meant by itself or by its code.

    Raises
    ------
    CurrencyError
        No currency of ISO 4217.
    InvalidTypeError
        Neither.
    """
    if isinstance(currency, Currency):
        return currency
    if isinstance(currency, str):
        return Currency.of(currency)
    raise InvalidTypeError.at(
        "frames.read, currency",
        expected="a Currency, its code, or 'column'",
        found=currency,
    )
