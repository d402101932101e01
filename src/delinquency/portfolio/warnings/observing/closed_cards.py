"""Cards at the close of a statement day: from ledgers of that day, or cut from those of a later one.

The one idea: a replay only goes forward. Where every fact was known on its own day, the ledgers of the last
day hold those of every day before it, so that one replay tells all statements.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, day_number
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.cards.ledgers import CardStatementColumns, MinimumCreditColumns

if TYPE_CHECKING:
    from delinquency.portfolio.cards.book import CardBook
    from delinquency.portfolio.cards.ledgers import CardLedgers

__all__ = ["ClosedCards", "are_restated", "closed", "cut_at"]


@attrs.frozen(slots=True, eq=False)
class ClosedCards:
    """What is read of the ledgers of a close.

    ``requirement_open`` of statements that were cut is that of the later day; nobody reads it here.
    """

    book: CardBook
    as_of: date
    statements: CardStatementColumns
    credits_to_minimums: MinimumCreditColumns
    credit_limit: npt.NDArray[np.int64]


def closed(answer: CardLedgers) -> ClosedCards:
    """The close of the day of the ledgers."""
    return ClosedCards(
        answer.book,
        answer.as_of,
        answer.statements,
        answer.credits_to_minimums,
        answer.credit_limit,
    )


def cut_at(last: CardLedgers, on: date) -> ClosedCards:
    """The close of an earlier day, of cards that are not restated."""
    day = day_number(on, where="observe_cards", field="day")
    table, credits_met = last.statements, last.credits_to_minimums
    kept = table.statement_date <= day
    columns = {
        field.name: getattr(table, field.name)[kept]
        for field in attrs.fields(CardStatementColumns)
        if field.name != "offsets"
    }
    is_judged = columns["judged_on"] <= day
    for name in ("is_paid_in_full", "is_minimum_met"):
        columns[name] = np.where(is_judged, columns[name], -1).astype(np.int8)
    met = credits_met.value_date <= day
    return ClosedCards(
        last.book,
        on,
        CardStatementColumns(offsets=_offsets(table.offsets, kept), **columns),
        MinimumCreditColumns(
            offsets=_offsets(credits_met.offsets, met),
            value_date=credits_met.value_date[met],
            amount=credits_met.amount[met],
        ),
        _limits(last, day),
    )


def _offsets(offsets: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_]) -> Any:
    """Where the rows of each card begin when only some are kept."""
    running = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(kept, out=running[1:])
    return running[offsets]


def _limits(last: CardLedgers, day: int) -> npt.NDArray[np.int64]:
    """The credit limit of each card on a day; -1 if none."""
    table = last.book.credit_limits
    limits = np.full(len(last.book), -1, dtype=np.int64)
    if table is None:
        return limits
    if last.known_on is not None:
        day = min(day, day_number(last.known_on, where="observe_cards", field="known_on"))
    counts = np.diff(_offsets(table.offsets, table.effective_from <= day))
    has_limit = counts > 0
    limits[has_limit] = table.amount[(table.offsets[:-1] + counts - 1)[has_limit]]
    return limits


def are_restated(book: CardBook, known_on: date | None) -> npt.NDArray[np.bool_]:
    """Cards of which something was recorded after its own day, or taken back.

    Told as known on one day, only a limit that was recorded late counts: all else is the same at every close.
    """
    flags = np.zeros(len(book), dtype=np.bool_)
    limits, money, posted = book.credit_limits, book.payments, book.transactions
    tables: list[tuple[Any, Any, Any]] = []
    if limits is not None:
        tables.append((limits.offsets, limits.effective_from, limits.recorded_on))
    if known_on is None:
        tables += [
            (money.offsets, money.value_date, money.recorded_on),
            (posted.offsets, posted.posted_on, posted.recorded_on),
            (money.offsets, None, money.reversed_on),
            (posted.offsets, None, posted.reversed_on),
        ]
    for offsets, own, told in tables:
        if told is not None:
            is_late = told != NONE_DAY if own is None else (told > own) & (told != NONE_DAY)
            flags[account_of_rows(offsets, np.flatnonzero(is_late))] = True
    return flags
