"""Between records and columns: laying accounts out, taking one back, taking some rows."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.account import Account
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.charges import Charge
from delinquency.component import COMPONENTS, component_position
from delinquency.errors import PortfolioError
from delinquency.events import CountingSuspension, SuspensionReason
from delinquency.payments import Payment, PaymentKind
from delinquency.portfolio.book import PRODUCTS, SEGMENTS, Portfolio
from delinquency.portfolio.columns import (
    ALWAYS_FROM,
    ChargeColumns,
    InstalmentColumns,
    PaymentColumns,
    SuspensionColumns,
)
from delinquency.portfolio.text_column import TextColumn
from delinquency.schedule import Instalment, Schedule
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["account_from_book", "book_from_accounts", "instalment_records", "take_rows"]

KINDS = tuple(PaymentKind)
REASONS = tuple(SuspensionReason)
T = TypeVar("T")


def book_from_accounts(accounts: Iterable[Account]) -> Portfolio:
    """Lay accounts out as columns; see :meth:`Portfolio.from_accounts`."""
    kept = checked_tuple(accounts, Account, "account")
    currencies = {account.currency for account in kept}
    if len(currencies) > 1:
        first = kept[0].currency
        rows = [row for row, account in enumerate(kept) if account.currency != first]
        raise PortfolioError.in_rows(
            "accounts.currency",
            rows,
            reason="mixed_currency",
            expected=f"one currency, {first.code}",
            found=", ".join(sorted(currency.code for currency in currencies)),
            hint="Make one book for each currency.",
        )
    if not kept:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one account", found="none"
        )
    return Portfolio(
        currency=kept[0].currency,
        account_id=TextColumn.of(account.account_id for account in kept),
        originated_on=_int32(account.originated_day for account in kept),
        instalments=_instalments(kept),
        payments=_payments(kept),
        charges=_charges(kept),
        suspensions=_suspensions(kept),
        obligor_id=_texts([account.obligor_id for account in kept]),
        product=_codes(PRODUCTS.index(account.product) for account in kept),
        segment=_codes(SEGMENTS.index(account.segment) for account in kept),
    )


def _int32(values: Iterable[int]) -> npt.NDArray[np.int32]:
    return np.fromiter(values, dtype=np.int32)


def _int64(values: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _codes(values: Iterable[int]) -> npt.NDArray[np.int8] | None:
    codes = np.fromiter(values, dtype=np.int8)
    return codes if codes.any() else None


def _texts(texts: list[str]) -> TextColumn | None:
    return TextColumn.of(texts) if any(texts) else None


def _offsets(counts: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(_int64(counts), dtype=np.int64)])


def _optional(days: Iterable[int], none: int = NONE_DAY) -> npt.NDArray[np.int32] | None:
    column = _int32(days)
    return column if (column != none).any() else None


def _day(value: date | None, none: int = NONE_DAY) -> int:
    return none if value is None else day_number(value, where="fact", field="date")


def _instalments(accounts: Sequence[Account]) -> InstalmentColumns:
    minor = [row for account in accounts for row in account.schedule.minor]
    validity = [row for account in accounts for row in account.schedule.validity_days]
    changed = any(account.schedule.is_changed for account in accounts)
    return InstalmentColumns(
        offsets=_offsets(len(account.schedule) for account in accounts),
        due_date=_int32(day for account in accounts for day in account.schedule.due_days),
        principal=_int64(row[0] for row in minor),
        interest=_int64(row[1] for row in minor),
        fees=_int64(row[2] for row in minor),
        in_force_from=_int32(row[0] for row in validity) if changed else None,
        in_force_until=_int32(row[1] for row in validity) if changed else None,
    )


def _payments(accounts: Sequence[Account]) -> PaymentColumns:
    rows = [payment for account in accounts for payment in account.payments]
    minor = [row for account in accounts for row in account.payment_rows]
    return PaymentColumns(
        offsets=_offsets(len(account.payments) for account in accounts),
        value_date=_int32(row.value_day for row in minor),
        amount=_int64(row.amount for row in minor),
        kind=_codes(KINDS.index(row.kind) for row in rows),
        payment_id=_texts([row.payment_id or "" for row in rows]),
        recorded_on=_optional(_day(row.recorded_on) for row in rows),
        reversed_on=_optional(row.reversed_day for row in minor),
    )


def _charges(accounts: Sequence[Account]) -> ChargeColumns | None:
    rows = [(charge, account) for account in accounts for charge in account.charges]
    if not rows:
        return None
    return ChargeColumns(
        offsets=_offsets(len(account.charges) for account in accounts),
        due_date=_int32(_day(charge.due_date) for charge, _ in rows),
        component=np.fromiter(
            (component_position(charge.component) for charge, _ in rows), dtype=np.int8
        ),
        amount=_int64(
            to_minor(charge.amount, account.currency, where="charge", field="amount")
            for charge, account in rows
        ),
        instalment_no=_int32(charge.instalment_no or 0 for charge, _ in rows),
        charge_id=TextColumn.of(charge.charge_id for charge, _ in rows),
        recorded_on=_optional(_day(charge.recorded_on) for charge, _ in rows),
    )


def _suspensions(accounts: Sequence[Account]) -> SuspensionColumns | None:
    rows = [event for account in accounts for event in account.events]
    if not rows:
        return None
    return SuspensionColumns(
        offsets=_offsets(len(account.events) for account in accounts),
        start=_int32(_day(event.start) for event in rows),
        end=_int32(event.end_day for event in rows),
        reason=_codes(REASONS.index(event.reason) for event in rows),
        recorded_on=_optional(_day(event.recorded_on) for event in rows),
    )


def account_from_book(book: Portfolio, row: int) -> Account:
    """One account as a record; see :meth:`Portfolio.account`."""
    return Account(
        account_id=book.account_id[row],
        originated_on=to_date(int(book.originated_on[row])),
        schedule=Schedule(book.currency, instalment_records(book.instalments, row, book.currency)),
        obligor_id=book.obligor_id[row] if book.obligor_id is not None else "",
        product=PRODUCTS[int(book.product[row])] if book.product is not None else PRODUCTS[0],
        segment=SEGMENTS[int(book.segment[row])] if book.segment is not None else SEGMENTS[0],
        charges=_charge_records(book, row),
        payments=_payment_records(book, row),
        events=_suspension_records(book, row),
    )


def _date(column: npt.NDArray[np.int32] | None, index: int, none: int = NONE_DAY) -> date | None:
    if column is None or column[index] == none:
        return None
    return to_date(int(column[index]))


def _money(column: npt.NDArray[np.int64], index: int, currency: Currency) -> Any:
    return from_minor(int(column[index]), currency)


def _span(offsets: npt.NDArray[np.int64], row: int) -> range:
    return range(int(offsets[row]), int(offsets[row + 1]))


def instalment_records(
    table: InstalmentColumns, row: int, currency: Currency
) -> tuple[Instalment, ...]:
    """The instalments of one account as records."""
    return tuple(
        Instalment(
            to_date(int(table.due_date[index])),
            _money(table.principal, index, currency),
            _money(table.interest, index, currency),
            _money(table.fees, index, currency),
            _date(table.in_force_from, index, ALWAYS_FROM),
            _date(table.in_force_until, index),
        )
        for index in _span(table.offsets, row)
    )


def _payment_records(book: Portfolio, row: int) -> tuple[Payment, ...]:
    table = book.payments
    names = table.payment_id
    return tuple(
        Payment(
            to_date(int(table.value_date[index])),
            _money(table.amount, index, book.currency),
            KINDS[int(table.kind[index])] if table.kind is not None else KINDS[0],
            (names[index] or None) if names is not None else None,
            _date(table.recorded_on, index),
            _date(table.reversed_on, index),
        )
        for index in _span(table.offsets, row)
    )


def _charge_records(book: Portfolio, row: int) -> tuple[Charge, ...]:
    table = book.charges
    if table is None:
        return ()
    return tuple(
        Charge(
            table.charge_id[index],
            COMPONENTS[int(table.component[index])],
            _money(table.amount, index, book.currency),
            to_date(int(table.due_date[index])),
            int(table.instalment_no[index]) or None,
            _date(table.recorded_on, index),
        )
        for index in _span(table.offsets, row)
    )


def _suspension_records(book: Portfolio, row: int) -> tuple[CountingSuspension, ...]:
    table = book.suspensions
    if table is None:
        return ()
    return tuple(
        CountingSuspension(
            to_date(int(table.start[index])),
            _date(table.end, index),
            REASONS[int(table.reason[index])] if table.reason is not None else REASONS[0],
            _date(table.recorded_on, index),
        )
        for index in _span(table.offsets, row)
    )


def take_rows(book: Portfolio, rows: npt.NDArray[np.int64]) -> Portfolio:
    """The book of the given rows; see :meth:`Portfolio.take`."""
    wrong = np.flatnonzero((rows < 0) | (rows >= len(book)))
    if len(wrong):
        message = f"row {int(rows[wrong[0]])} of a book of {len(book)} accounts"
        raise IndexError(message)
    head: dict[str, Any] = {
        name: None if getattr(book, name) is None else _taken(getattr(book, name), rows)
        for name in ("account_id", "originated_on", "obligor_id", "product", "segment")
    }
    tables: dict[str, Any] = {
        name: None if getattr(book, name) is None else _take_table(getattr(book, name), rows)
        for name in ("instalments", "payments", "charges", "suspensions")
    }
    return Portfolio(currency=book.currency, **head, **tables)


def _taken(column: Any, rows: npt.NDArray[np.int64]) -> Any:
    return column.take(rows)


def _take_table(table: T, rows: npt.NDArray[np.int64]) -> T:
    offsets: Any = table.offsets  # type: ignore[attr-defined]
    counts: Any = np.diff(offsets)[rows]
    taken_offsets: Any = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    index: Any = np.repeat(offsets[:-1][rows] - taken_offsets[:-1], counts)
    index = index + np.arange(taken_offsets[-1])
    pick: Callable[[Any], Any] = lambda column: None if column is None else column.take(index)  # noqa: E731
    columns = {
        field.name: pick(getattr(table, field.name))
        for field in attrs.fields(type(table))  # type: ignore[arg-type]
        if field.name != "offsets"
    }
    kind: Any = type(table)
    return cast("T", kind(offsets=taken_offsets, **columns))
