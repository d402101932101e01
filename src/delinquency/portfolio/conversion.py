"""Between records and columns: laying accounts out, taking one back, taking some rows."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from delinquency.account import Account
from delinquency.calendar import to_date
from delinquency.errors import PortfolioError
from delinquency.payments import Payment, PaymentKind
from delinquency.portfolio.book import PRODUCTS, SEGMENTS, Portfolio
from delinquency.portfolio.columns import ALWAYS_FROM, InstalmentColumns, PaymentColumns
from delinquency.portfolio.fact_conversion import (
    charge_records,
    event_records,
    fact_tables,
    rate_records,
)
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
from delinquency.schedule import Instalment, Schedule
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["account_from_book", "book_from_accounts", "instalment_records", "payment_records"]

KINDS = tuple(PaymentKind)


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
        originated_on=int32_of(account.originated_day for account in kept),
        instalments=_instalments(kept),
        payments=_payments(kept),
        **fact_tables(kept),
        obligor_id=texts_of([account.obligor_id for account in kept]),
        product=codes_of(PRODUCTS.index(account.product) for account in kept),
        segment=codes_of(SEGMENTS.index(account.segment) for account in kept),
    )


def _instalments(accounts: Sequence[Account]) -> InstalmentColumns:
    minor = [row for account in accounts for row in account.schedule.minor]
    validity = [row for account in accounts for row in account.schedule.validity_days]
    changed = any(account.schedule.is_changed for account in accounts)
    return InstalmentColumns(
        offsets=offsets_of(len(account.schedule) for account in accounts),
        due_date=int32_of(day for account in accounts for day in account.schedule.due_days),
        principal=int64_of(row[0] for row in minor),
        interest=int64_of(row[1] for row in minor),
        fees=int64_of(row[2] for row in minor),
        in_force_from=int32_of(row[0] for row in validity) if changed else None,
        in_force_until=int32_of(row[1] for row in validity) if changed else None,
    )


def _payments(accounts: Sequence[Account]) -> PaymentColumns:
    rows = [payment for account in accounts for payment in account.payments]
    minor = [row for account in accounts for row in account.payment_rows]
    return PaymentColumns(
        offsets=offsets_of(len(account.payments) for account in accounts),
        value_date=int32_of(row.value_day for row in minor),
        amount=int64_of(row.amount for row in minor),
        kind=codes_of(row.kind for row in minor),
        payment_id=texts_of([row.payment_id or "" for row in rows]),
        recorded_on=optional(day_or(row.recorded_on) for row in rows),
        reversed_on=optional(row.reversed_day for row in minor),
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
        charges=charge_records(book, row),
        payments=payment_records(book.payments, row, book.currency),
        events=tuple(event_records(book, row)),
        contract_rates=rate_records(book, row),
    )


def instalment_records(
    table: InstalmentColumns, row: int, currency: Currency
) -> tuple[Instalment, ...]:
    """The instalments of one account as records."""
    return tuple(
        Instalment(
            to_date(int(table.due_date[index])),
            money_at(table.principal, index, currency),
            money_at(table.interest, index, currency),
            money_at(table.fees, index, currency),
            date_at(table.in_force_from, index, ALWAYS_FROM),
            date_at(table.in_force_until, index),
        )
        for index in rows_of(table.offsets, row)
    )


def payment_records(table: PaymentColumns, row: int, currency: Currency) -> tuple[Payment, ...]:
    """The payments of one account as records."""
    names = table.payment_id
    return tuple(
        Payment(
            to_date(int(table.value_date[index])),
            money_at(table.amount, index, currency),
            KINDS[int(table.kind[index])] if table.kind is not None else KINDS[0],
            (names[index] or None) if names is not None else None,
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )
        for index in rows_of(table.offsets, row)
    )
