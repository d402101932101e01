"""Working a book of cards through the kernel, and what the kernel leaves to the verb for one card.

The one idea: a pass over the book counts what each card will say, so that every block of cards writes to
places that are known beforehand. Cards whose numbers would leave 64 bits say so, and are answered alone.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from delinquency.portfolio.arrays import as_lists
from delinquency.portfolio.cards.book import CardBook
from delinquency.portfolio.cards.columns import TransactionColumns
from delinquency.portfolio.cards.terms import term_numbers
from delinquency.portfolio.kernels.cards.layout import (
    CARD_MONEY,
    ITEM,
    PLAN,
    ROW,
    STATE,
    STATEMENT_DAYS,
    STATEMENT_MONEY,
    STRETCH,
    WAITING_STRETCH,
    CardArrays,
    CardOutputs,
    CardQuestion,
    CardScratch,
    StatementOutputs,
)
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted, thread_count

__all__ = ["CARDS_OF_A_BLOCK", "card_arrays", "run_cards"]

CARDS_OF_A_BLOCK = 1_024
"""A card is some hundred facts: so many cards fill the time that a block of a book of loans fills."""


class _Sizes(NamedTuple):
    """One row a card: statements, other credits, debits at most."""

    statements: Any
    credits: Any
    debits: Any


def _read_only(values: Any, dtype: Any) -> Any:
    array = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


_NONE = {kind: _read_only((), kind) for kind in (np.int8, np.int16, np.int32, np.int64)}


def _or_none(column: Any, dtype: Any) -> Any:
    if column is None:
        return _NONE[dtype]
    return column.view(np.int8) if column.dtype == np.bool_ else column


def card_arrays(book: CardBook) -> CardArrays:
    """The columns of a book of cards for the kernel; nothing but what lies apart in memory is copied."""
    return CardArrays(*map(_side_by_side, _columns(book)))


def _side_by_side(column: Any) -> Any:
    """A column whose numbers lie side by side: a kernel is compiled anew for any that does not."""
    return column if column.flags.c_contiguous else _read_only(column, column.dtype)


def _columns(book: CardBook) -> CardArrays:
    table, money, limits = book.transactions, book.payments, book.credit_limits
    numbers, starts = term_numbers(book.terms)
    return CardArrays(
        originated=_read_only(book.originated_on, np.int64),
        terms_no=_or_none(book.terms_no, np.int16),
        numbers=_read_only(numbers, np.int64),
        starts=_read_only(starts, np.int64),
        tx_offsets=table.offsets,
        posted=table.posted_on,
        kind=table.kind,
        amount=table.amount,
        refers=_or_none(table.refers_to, np.int32),
        tx_recorded=_or_none(table.recorded_on, np.int32),
        tx_reversed=_or_none(table.reversed_on, np.int32),
        **_plan_arrays(table),
        promo_until=_or_none(table.promotion_until, np.int32),
        promo_rate=_or_none(table.promotion_rate, np.int64),
        promo_is_day=_beside(table.promotion_until, table.promotion_rate_is_daily, np.int8),
        pay_offsets=money.offsets,
        value_day=money.value_date,
        paid=money.amount,
        pay_recorded=_or_none(money.recorded_on, np.int32),
        pay_reversed=_or_none(money.reversed_on, np.int32),
        limit_offsets=_NONE[np.int64] if limits is None else limits.offsets,
        limit_from=_NONE[np.int32] if limits is None else limits.effective_from,
        limit_amount=_NONE[np.int64] if limits is None else limits.amount,
        limit_recorded=_or_none(None if limits is None else limits.recorded_on, np.int32),
    )


def _plan_arrays(table: TransactionColumns) -> dict[str, Any]:
    count = table.plan_instalments
    return {
        "plan_count": _or_none(count, np.int32),
        "plan_cost": _beside(count, table.plan_cost, np.int64),
        "plan_is_fee": _beside(count, table.plan_cost_is_fee, np.int8),
        "plan_is_first": _beside(count, table.plan_residue_is_first, np.int8),
    }


def _beside(other: Any, column: Any, dtype: Any) -> Any:
    """A column that the kernel reads wherever ``other`` is given: zeros if it is not."""
    if other is not None and column is None:
        return _read_only(np.zeros(len(other)), dtype)
    return _or_none(column, dtype)


def _offsets(counts: Any) -> Any:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])


def _outputs(sizes: _Sizes) -> tuple[StatementOutputs, CardOutputs]:
    """Columns for the answer."""
    size = len(sizes.statements)
    offsets, credit_offsets = _offsets(sizes.statements), _offsets(sizes.credits)
    statements = StatementOutputs(
        offsets=offsets,
        days=np.empty((STATEMENT_DAYS, offsets[-1]), dtype=np.int32),
        money=np.empty((STATEMENT_MONEY, offsets[-1]), dtype=np.int64),
        marks=np.empty((2, offsets[-1]), dtype=np.int8),
    )
    cards = CardOutputs(
        money=np.zeros((CARD_MONEY, size), dtype=np.int64),
        missed_consecutive=np.zeros(size, dtype=np.int32),
        missed_still_open=np.zeros(size, dtype=np.int32),
        refused=np.zeros(size, dtype=np.int8),
        credit_count=np.zeros(size, dtype=np.int64),
        credit_offsets=credit_offsets,
        credit_day=np.empty(credit_offsets[-1], dtype=np.int32),
        credit_amount=np.empty(credit_offsets[-1], dtype=np.int64),
    )
    return statements, cards


def _new_sizes(size: int) -> _Sizes:
    return _Sizes(*(np.zeros(size, dtype=np.int64) for _ in range(3)))


def _new_scratch(book: CardBook, sizes: _Sizes) -> CardScratch:
    """Working columns for any card of the book."""
    statements = int(sizes.statements.max(initial=0))
    debits = int(sizes.debits.max(initial=0))
    posted = int(np.diff(book.transactions.offsets).max(initial=0))
    paid = int(np.diff(book.payments.offsets).max(initial=0))
    # Every settlement of a debit leaves at most one stretch: the last one of each debit, and the one in
    # which a credit ends, of which there are at most four a fact and four a statement.
    stretches = debits + 4 * (posted + paid + 3 * statements + 4)
    # What waits is priced at the end of a day: stretches that were kept or come to an end with a payment, and
    # of each debit one that begins to bear and one up to a statement.
    waiting = stretches + 2 * debits
    has_plans = book.transactions.plan_instalments is not None
    counts = (
        STATE,
        ITEM * debits,
        STRETCH * stretches + WAITING_STRETCH * waiting,
        PLAN * posted if has_plans else 0,
        ROW * statements,
        posted if book.transactions.refers_to is not None else 0,
    )
    return CardScratch(*(np.zeros(count, dtype=np.int64) for count in counts))


def run_cards(
    book: CardBook, question: CardQuestion, engine: Engine, threads: int | None
) -> tuple[StatementOutputs, CardOutputs]:
    """The ledger of every card of a book; the rows of those that are refused are not filled."""
    workers = thread_count(threads, len(book))
    if is_interpreted(engine):
        return _run_uncompiled(book, question)
    from delinquency.portfolio.kernels.cards.sizes import fill_sizes
    from delinquency.portfolio.kernels.cards.sweep import replay_cards

    arrays = card_arrays(book)
    sizes = _new_sizes(len(book))

    def count(first: int, last: int) -> None:
        fill_sizes(arrays, question.as_of, *sizes, first, last)

    in_blocks(count, len(book), workers, CARDS_OF_A_BLOCK)
    out, more = _outputs(sizes)

    def work(first: int, last: int) -> None:
        scratch = _new_scratch(book, sizes)
        replay_cards(arrays, question, scratch, out, more, first, last)

    in_blocks(work, len(book), workers, CARDS_OF_A_BLOCK)
    return out, more


def _run_uncompiled(book: CardBook, question: CardQuestion) -> tuple[StatementOutputs, CardOutputs]:
    """The same loops on lists: a number of a list is at hand, one of a column is made when asked for."""
    from delinquency.portfolio.kernels.cards.sizes import fill_sizes
    from delinquency.portfolio.kernels.cards.sweep import replay_cards
    from delinquency.portfolio.kernels.compiler import uncompiled

    count, replay = uncompiled(fill_sizes), uncompiled(replay_cards)
    parts: list[tuple[StatementOutputs, CardOutputs]] = []
    for first in range(0, len(book), CARDS_OF_A_BLOCK):
        rows = np.arange(first, min(first + CARDS_OF_A_BLOCK, len(book)))
        part = book.take(rows)
        size = len(part)
        arrays = as_lists(card_arrays(part))
        sizes = _new_sizes(size)
        count(arrays, question.as_of, *sizes, 0, size)
        out, more = _outputs(sizes)
        scratch = as_lists(_new_scratch(part, sizes))
        replay(arrays, question, scratch, out, more, 0, size)
        parts.append((out, more))
    statements = [part[0] for part in parts]
    cards = [part[1] for part in parts]
    return (
        StatementOutputs(*map(_joined, StatementOutputs._fields, zip(*statements, strict=True))),
        CardOutputs(*map(_joined, CardOutputs._fields, zip(*cards, strict=True))),
    )


def _joined(name: str, columns: tuple[Any, ...]) -> Any:
    """The columns of several parts as one; offsets go on where those of the part before end."""
    if not name.endswith("offsets"):
        return np.concatenate(columns, axis=-1)
    return _offsets(np.concatenate([np.diff(column) for column in columns]))
