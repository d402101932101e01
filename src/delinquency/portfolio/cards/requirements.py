"""The minimums of a book of cards as a book of accounts, which counting reads.

The one idea: as :func:`~delinquency.revolving.requirements.requirements`; a requirement is an instalment.
The statements of the answer are columns already, so a book of minimums is a selection of their rows.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.account import Product
from delinquency.calendar import LAST_DAY, NONE_DAY, day_number
from delinquency.payments import PaymentKind
from delinquency.portfolio.book import PRODUCTS, Portfolio
from delinquency.portfolio.cards.book import CardBook
from delinquency.portfolio.cards.ledgers import (
    CardStatementColumns,
    MinimumCreditColumns,
    card_ledgers,
)
from delinquency.portfolio.columns import ALWAYS_FROM, InstalmentColumns, PaymentColumns
from delinquency.portfolio.run import Engine

__all__ = ["minimums_of", "requirements"]

_REFUND: Final = tuple(PaymentKind).index(PaymentKind.REFUND)
_RANKS: Final = np.array(
    [sorted(each.value for each in PaymentKind).index(k.value) for k in PaymentKind]
)
"""The place of each kind among payments of one day and amount: in the order of their names."""

Array = npt.NDArray[Any]


def requirements(
    book: CardBook,
    *,
    as_of: date,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Portfolio:
    """The accounts of the minimums of a book of cards: one instalment a statement up to ``as_of``.

    It equals the book of the accounts that :func:`~delinquency.revolving.requirements.requirements` gives
    of each card, so that every verb of books answers for cards as it is. All payments stay, with their
    dates: the same ``known_on`` is to be given to whoever counts.

    Parameters and errors as for :func:`~delinquency.portfolio.cards.ledgers.card_ledgers`; besides

    Raises
    ------
    PortfolioError
        A card whose minimums, or whose payments and refunds, sum to more than 10**15 minor units.

    Examples
    --------
    The minimum of the statement of 5 April is due on the 23rd, and late from the 24th on.

    >>> import delinquency as dq
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, ByKind, CardAccount, CardInterest,
    ...     CardTerms, CardTransaction, DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare,
    ...     TransactionKind)
    >>> tenth = MinimumShare(BalanceKind.PURCHASE, dq.Proportion(1, 10))
    >>> terms = CardTerms(currency=dq.Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[tenth]), order=ByKind(kinds=BALANCE_KINDS),
    ...     interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> card = CardAccount(account_id="C-1", originated_on=date(2025, 3, 10), terms=terms,
    ...     transactions=[spent])
    >>> minimums = requirements(CardBook.from_cards([card]), as_of=date(2025, 4, 30))
    >>> policy = dq.rulebook.load("cn-card")
    >>> [int(dq.portfolio.days_past_due(minimums, as_of=date(2025, 4, day), policy=policy)[0])
    ...     for day in (23, 24)]
    [0, 1]
    """
    answer = card_ledgers(book, as_of=as_of, known_on=known_on, engine=engine, threads=threads)
    return minimums_of(book, as_of, answer.statements, answer.credits_to_minimums)


def minimums_of(
    book: CardBook, as_of: date, statements: CardStatementColumns, credits_met: MinimumCreditColumns
) -> Portfolio:
    """The same of statements that are there already."""
    return Portfolio(
        currency=book.currency,
        account_id=book.account_id,
        originated_on=book.originated_on,
        instalments=_instalments(book, as_of, statements),
        payments=_payments(book.payments, credits_met, book.originated_on),
        obligor_id=_told(book.obligor_id),
        product=np.full(len(book), PRODUCTS.index(Product.CARD), dtype=np.int8),
        segment=book.segment if book.segment is not None and book.segment.any() else None,
    )


def _told(texts: Any) -> Any:
    return texts if texts is not None and texts.offsets[-1] > texts.offsets[0] else None


def _instalments(book: CardBook, as_of: date, table: CardStatementColumns) -> InstalmentColumns:
    """A row a statement that newly required something, or one of nothing."""
    asked = np.flatnonzero(table.newly_required)
    running = np.zeros(len(table) + 1, dtype=np.int64)
    np.cumsum(table.newly_required > 0, out=running[1:])
    counts = np.diff(running[table.offsets])
    filled = np.maximum(counts, 1)
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(filled)])
    from_row = np.full(offsets[-1], -1, dtype=np.int64)
    from_row[np.repeat(counts > 0, filled)] = asked
    nothing = from_row < 0

    def column(values: Array, of_nothing: Any) -> Array:
        return np.where(nothing, of_nothing, values[from_row]) if len(values) else of_nothing

    opened = book.originated_on[np.repeat(np.arange(len(book)), filled)]
    zeros = np.zeros(len(nothing), dtype=np.int64)
    last = np.int32(LAST_DAY)
    always = np.full(len(nothing), ALWAYS_FROM, dtype=np.int32)
    return InstalmentColumns(
        offsets=offsets,
        due_date=column(_due_dates(as_of, table), opened),
        principal=column(table.required_principal, zeros),
        interest=column(table.required_interest, zeros),
        fees=column(table.required_fees, zeros),
        in_force_from=column(np.minimum(table.statement_date + np.int32(1), last), always)
        if len(asked)
        else None,
        in_force_until=np.full(len(nothing), NONE_DAY, np.int32) if len(asked) else None,
    )


def _due_dates(as_of: date, table: CardStatementColumns) -> Array:
    """When each minimum is past due: after its due date if it was missed, otherwise after its grace."""
    day = day_number(as_of, where="requirements", field="as_of")
    is_missed = (table.is_minimum_met == 0) & (table.judged_on < day)
    return np.minimum(np.where(is_missed, table.due_date, table.judged_on), np.int32(LAST_DAY))


def _payments(
    table: PaymentColumns, credits_met: MinimumCreditColumns, originated_on: Array
) -> PaymentColumns:
    """The payments of the cards, and what else settled minimums among them as refunds.

    Those follow from what was known: they are recorded from the beginning, so that no cut leaves them out.
    """
    if not len(credits_met.amount):
        return table
    paid, met = len(table.amount), len(credits_met.amount)
    accounts = np.concatenate([_accounts(table.offsets), _accounts(credits_met.offsets)])
    has_id = np.zeros(paid + met, dtype=np.bool_)
    if table.payment_id is not None:
        has_id[:paid] = np.diff(table.payment_id.offsets) > 0
    days = np.concatenate([table.value_date, credits_met.value_date])
    amounts = np.concatenate([table.amount, credits_met.amount])
    kinds = np.full(paid + met, _REFUND, dtype=np.int8)
    kinds[:paid] = 0 if table.kind is None else table.kind
    recorded = _beside(table.recorded_on, paid, met)
    recorded[paid:] = originated_on[accounts[paid:]]
    taken_back = _beside(table.reversed_on, paid, met)
    told = np.where(recorded == NONE_DAY, -NONE_DAY, recorded)
    ties = [np.where(has_id, 0, each) for each in (taken_back, told, _RANKS[kinds], amounts)]
    order = np.lexsort((*ties, has_id, days, accounts))
    return PaymentColumns(
        offsets=table.offsets + credits_met.offsets,
        value_date=days[order],
        amount=amounts[order],
        kind=kinds[order],
        payment_id=_names(table, order),
        recorded_on=recorded[order],
        reversed_on=None if table.reversed_on is None else taken_back[order],
    )


def _accounts(offsets: Array) -> Array:
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def _beside(column: Array | None, paid: int, met: int) -> Array:
    """The days of payments, and none for the others."""
    days = np.full(paid + met, NONE_DAY, dtype=np.int32)
    if column is not None:
        days[:paid] = column
    return days


def _names(table: PaymentColumns, order: Array) -> Any:
    """The ids of payments in an order, in which what has none stands beyond the last."""
    from delinquency.portfolio.text_column import TextColumn

    if table.payment_id is None:
        return None
    names = list(table.payment_id)
    return TextColumn.of(names[row] if row < len(names) else "" for row in order.tolist())
