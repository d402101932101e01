"""Between cards as records and cards as columns: laying out, taking one back, taking some rows.

The one idea: what was left out of a record stays left out: "none given" has a number of its own, so that a
card comes back as it went in.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import to_date
from delinquency.component import Component
from delinquency.errors import PortfolioError
from delinquency.payments import Payment, PaymentKind
from delinquency.portfolio.cards.book import SEGMENTS, CardBook
from delinquency.portfolio.cards.columns import CreditLimitColumns, TransactionColumns
from delinquency.portfolio.columns import PaymentColumns
from delinquency.portfolio.conversion import payment_records
from delinquency.portfolio.packing import (
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
from delinquency.rates import Rate, RatePeriod
from delinquency.revolving.card import CardAccount
from delinquency.revolving.credit_limit import CreditLimit
from delinquency.revolving.kinds import TransactionKind
from delinquency.revolving.transactions import (
    CardTransaction,
    InstalmentPlan,
    PlanResidue,
    Promotion,
)
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.revolving.terms import CardTerms

__all__ = [
    "book_from_cards",
    "card_from_book",
]

KINDS: Final = tuple(TransactionKind)
PAYMENT_KINDS: Final = tuple(PaymentKind)
_MOST_TERMS: Final = 2**15 - 1
_NAME_DIGITS: Final = 7
T = TypeVar("T")


def book_from_cards(cards: Iterable[CardAccount]) -> CardBook:
    """Lay cards out as columns; see :meth:`CardBook.from_cards`."""
    kept = checked_tuple(cards, CardAccount, "card")
    if not kept:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one card", found="none"
        )
    _check_currency(kept)
    _check_open(kept)
    numbers: dict[CardTerms, int] = {}
    terms_no = [numbers.setdefault(card.terms, len(numbers)) for card in kept]
    if len(numbers) > _MOST_TERMS:
        raise PortfolioError.in_rows(
            "accounts.terms_no",
            (),
            reason="too_many_terms",
            expected=f"at most {_MOST_TERMS:,} different terms",
            found=f"{len(numbers):,}",
            hint="Make several books.",
        )
    return CardBook(
        account_id=TextColumn.of(card.account_id for card in kept),
        originated_on=int32_of(card.originated_day for card in kept),
        terms=tuple(numbers),
        terms_no=np.array(terms_no, dtype=np.int16) if len(numbers) > 1 else None,
        transactions=_transactions(kept),
        payments=_payments([card.payments for card in kept], kept[0]),
        credit_limits=_limits(kept),
        obligor_id=texts_of([card.obligor_id for card in kept]),
        segment=_unless(0, np.int8, (SEGMENTS.index(card.segment) for card in kept)),
    )


def _check_currency(cards: Sequence[CardAccount]) -> None:
    first = cards[0].currency
    rows = [row for row, card in enumerate(cards) if card.currency != first]
    if rows:
        codes = sorted({card.currency.code for card in cards})
        raise PortfolioError.in_rows(
            "accounts.currency",
            rows,
            reason="mixed_currency",
            expected=f"one currency, {first.code}",
            found=", ".join(codes),
            hint="Make one book for each currency.",
        )


def _check_open(cards: Sequence[CardAccount]) -> None:
    rows = [row for row, card in enumerate(cards) if card.agreement_on is not None]
    if rows:
        raise PortfolioError.in_rows(
            "accounts.agreement_on",
            rows,
            reason="card_under_agreement",
            expected="cards on which no agreement took over what is owed",
            found="one",
            hint="Its debt is in the account of the agreement: take that into a book of accounts.",
        )


def _unless(nothing: int, dtype: Any, values: Iterable[int]) -> Any:
    """A column, or ``None`` where no row has anything."""
    column = np.fromiter(values, dtype=dtype)
    return column if (column != nothing).any() else None


def _transactions(cards: Sequence[CardAccount]) -> TransactionColumns:
    rows = [row for card in cards for row in card.transactions]
    minor = [row for card in cards for row in card.transaction_rows]
    return TransactionColumns(
        offsets=offsets_of(len(card.transactions) for card in cards),
        posted_on=int32_of(row.posted_day for row in minor),
        kind=np.fromiter((KINDS.index(row.kind) for row in rows), dtype=np.int8),
        amount=int64_of(row.amount for row in minor),
        transaction_id=TextColumn.of(row.transaction_id for row in rows),
        refers_to=_unless(-1, np.int32, (row.refers_to for row in minor)),
        recorded_on=optional(day_or(row.recorded_on) for row in rows),
        reversed_on=optional(row.reversed_day for row in minor),
        **_plans(cards, [row.plan for row in rows]),
        **_promotions([row.promotion for row in rows]),
    )


def _plans(cards: Sequence[CardAccount], plans: list[InstalmentPlan | None]) -> dict[str, Any]:
    currency = cards[0].currency
    costs = (
        to_minor(plan.cost, currency, where="plan", field="cost") if plan else 0 for plan in plans
    )
    is_fee = (plan is not None and plan.cost_component is Component.FEES for plan in plans)
    is_first = (plan is not None and plan.residue is PlanResidue.FIRST for plan in plans)
    return {
        "plan_instalments": _unless(
            0, np.int32, (plan.instalments if plan else 0 for plan in plans)
        ),
        "plan_cost": _unless(0, np.int64, costs),
        "plan_cost_is_fee": _unless(0, np.bool_, is_fee),
        "plan_residue_is_first": _unless(0, np.bool_, is_first),
    }


def _promotions(promotions: list[Promotion | None]) -> dict[str, Any]:
    if not any(promotions):
        return {}
    rates = [None if each is None else each.rate for each in promotions]
    is_daily = (rate is not None and rate.period is RatePeriod.DAY for rate in rates)
    return {
        "promotion_until": int32_of(day_or(each.until if each else None) for each in promotions),
        "promotion_rate": int64_of(-1 if rate is None else rate.scaled for rate in rates),
        "promotion_rate_is_daily": _unless(0, np.bool_, is_daily),
        "promotion_id": TextColumn.of(each.promotion_id if each else "" for each in promotions),
    }


def _payments(payments: Sequence[Sequence[Payment]], card: CardAccount) -> PaymentColumns:
    """The payments of several accounts, in the currency of a card."""
    rows = [row for each in payments for row in each]
    return PaymentColumns(
        offsets=offsets_of(map(len, payments)),
        value_date=int32_of(day_or(row.value_date) for row in rows),
        amount=int64_of(to_minor(row.amount, card.currency, where="payment") for row in rows),
        kind=_unless(0, np.int8, (PAYMENT_KINDS.index(row.kind) for row in rows)),
        payment_id=texts_of([row.payment_id or "" for row in rows]),
        recorded_on=optional(day_or(row.recorded_on) for row in rows),
        reversed_on=optional(day_or(row.reversed_on) for row in rows),
    )


def _limits(cards: Sequence[CardAccount]) -> CreditLimitColumns | None:
    rows = [row for card in cards for row in card.credit_limits]
    if not rows:
        return None
    minor = [row for card in cards for row in card.limit_rows]
    return CreditLimitColumns(
        offsets=offsets_of(len(card.credit_limits) for card in cards),
        effective_from=int32_of(row.from_day for row in minor),
        amount=int64_of(row.amount for row in minor),
        recorded_on=optional(day_or(row.recorded_on) for row in rows),
    )


def card_from_book(book: CardBook, row: int) -> CardAccount:
    """One card as a record; see :meth:`CardBook.card`."""
    return CardAccount(
        account_id=book.account_id[row],
        originated_on=to_date(int(book.originated_on[row])),
        terms=book.terms_of(row),
        obligor_id=book.obligor_id[row] if book.obligor_id is not None else "",
        segment=SEGMENTS[0 if book.segment is None else int(book.segment[row])],
        credit_limits=tuple(_limit_records(book, row)),
        transactions=tuple(_transaction_records(book, row)),
        payments=payment_records(book.payments, row, book.currency),
    )


def _at(column: Any, index: int, nothing: int = 0) -> int:
    return nothing if column is None else int(column[index])


def _limit_records(book: CardBook, row: int) -> Iterator[CreditLimit]:
    table = book.credit_limits
    if table is not None:
        for index in rows_of(table.offsets, row):
            yield CreditLimit(
                to_date(int(table.effective_from[index])),
                money_at(table.amount, index, book.currency),
                date_at(table.recorded_on, index),
            )


def _name(table: TransactionColumns, first: int, index: int) -> str:
    if table.transaction_id is not None:
        return table.transaction_id[index]
    return f"{index - first + 1:0{_NAME_DIGITS}}"


def _transaction_records(book: CardBook, row: int) -> Iterator[CardTransaction]:
    table = book.transactions
    span = rows_of(table.offsets, row)
    for index in span:
        refers = _at(table.refers_to, index, -1)
        yield CardTransaction(
            kind=KINDS[int(table.kind[index])],
            posted_on=to_date(int(table.posted_on[index])),
            amount=money_at(table.amount, index, book.currency),
            transaction_id=_name(table, span.start, index),
            plan=_plan_record(book, index),
            promotion=_promotion_record(table, index),
            refers_to=None if refers < 0 else _name(table, span.start, span.start + refers),
            recorded_on=date_at(table.recorded_on, index),
            reversed_on=date_at(table.reversed_on, index),
        )


def _plan_record(book: CardBook, index: int) -> InstalmentPlan | None:
    table = book.transactions
    count = _at(table.plan_instalments, index)
    if not count:
        return None
    is_fee, is_first = _at(table.plan_cost_is_fee, index), _at(table.plan_residue_is_first, index)
    return InstalmentPlan(
        instalments=count,
        cost=from_minor(_at(table.plan_cost, index), book.currency),
        cost_component=Component.FEES if is_fee else Component.INTEREST,
        residue=PlanResidue.FIRST if is_first else PlanResidue.LAST,
    )


def _promotion_record(table: TransactionColumns, index: int) -> Promotion | None:
    until = date_at(table.promotion_until, index)
    if until is None or table.promotion_id is None:
        return None
    scaled = _at(table.promotion_rate, index, -1)
    period = RatePeriod.DAY if _at(table.promotion_rate_is_daily, index) else RatePeriod.YEAR
    return Promotion(
        promotion_id=table.promotion_id[index],
        until=until,
        rate=None if scaled < 0 else Rate(scaled, period),
        is_deferred=scaled < 0,
    )
