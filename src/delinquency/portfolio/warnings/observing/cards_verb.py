"""Observing every card of a book at the same statements: the same verb as for one card.

The one idea: every statement is read from ledgers as they were at the close of its day, so that each row
equals the card by itself. Cards of which nothing was told late are replayed once, the others once for each
statement.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import day_number, to_date
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observing.card_verb import (
    CARD_OBSERVATIONS,
    CARD_OBSERVATIONS_OF_DAYS,
)
from delinquency.early_warning.observing.month_periods import HistoryPeriod, check_periods
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, check_policy
from delinquency.portfolio.cards.book import CardBook
from delinquency.portfolio.cards.ledgers import CardLedgers, card_ledgers
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.known_numbers import KnownNumbers
from delinquency.portfolio.warnings.months_since import months_since_columns
from delinquency.portfolio.warnings.observing.card_days import CardCloses
from delinquency.portfolio.warnings.observing.card_statements import statement_numbers
from delinquency.portfolio.warnings.observing.closed_cards import are_restated, closed, cut_at
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE
from delinquency.replaying import known_day_of

__all__ = ["observe_cards"]

_VERB = "portfolio.observe_cards"


def observe_cards(
    book: CardBook,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline | None = None,
    periods: int = 12,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> ObservationPanel:
    """Observe every card of a book at each of its statements up to ``as_of``, each as known on its day.

    What is observed is told at :func:`~delinquency.early_warning.observing.card_verb.observe_card`; every
    card of the answer equals it. A panel has one row of days: all cards must have their statements on the
    same ones. Of what a younger card has no statement, nobody knows anything.

    Parameters
    ----------
    book : CardBook
    as_of, policy, periods, known_on
        As for one card.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 cards.

    Returns
    -------
    ObservationPanel

    Raises
    ------
    InvalidTypeError
        A card, a book of accounts or what else is no book of cards; wrong types.
    InvalidValueError
        Periods that are refused; no statement of any card up to ``as_of``.
    PortfolioError
        Cards with statements on different days; a figure that a panel cannot hold.
    PolicyNotInForceError
        No version is in force on the day of a statement.

    Notes
    -----
    Cards with something that was recorded late or taken back, and younger ones, are replayed once for each
    statement. ``first_payment_default`` and ``payments_reversed``, which a policy adds, are told
    card by card.

    Examples
    --------
    The minimum of 5 April is due on the 23rd. The first card pays it but for one cent, the second in full:

    >>> from decimal import Decimal
    >>> from delinquency.currency import Currency
    >>> from delinquency.payments import Payment
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, ByKind, CardAccount, CardInterest,
    ...     CardTerms, CardTransaction, DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare,
    ...     TransactionKind)
    >>> from delinquency.rounding import Proportion
    >>> tenth = MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10))
    >>> terms = CardTerms(currency=Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[tenth]), order=ByKind(kinds=BALANCE_KINDS),
    ...     interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> cards = [CardAccount(account_id=name, originated_on=date(2025, 3, 10), terms=terms,
    ...     transactions=[spent], payments=[Payment(date(2025, 4, 23), amount)])
    ...     for name, amount in (("C-1", Decimal("99.99")), ("C-2", 100))]
    >>> panel = observe_cards(CardBook.from_cards(cards), as_of=date(2025, 5, 5))
    >>> [card.value("paid_below_minimum") for card in panel], panel.account(1).numbers["minimum_due"]
    ([True, False], (None, 10000))
    """
    _check_book(book)
    check_periods(periods, _VERB)
    known_day_of(known_on, _VERB)
    if policy is not None:
        check_policy(policy)
    day_number(as_of, where=_VERB, field="as_of")

    def ledgers(of: CardBook, day: date) -> CardLedgers:
        known = day if known_on is None else known_on
        return card_ledgers(of, as_of=day, known_on=known, engine=engine, threads=threads)

    last = ledgers(book, as_of)
    days, counts = _shared_days(last, periods)
    told = max(0, len(days) - periods)
    names = CARD_OBSERVATIONS + (() if policy is None else CARD_OBSERVATIONS_OF_DAYS)
    columns = _new_columns(names, len(days) - told, len(book))
    is_cut = (counts == len(days)) & ~are_restated(book, known_on)
    for rows in (np.flatnonzero(is_cut), np.flatnonzero(~is_cut)):
        if len(rows):
            part = book if len(rows) == len(book) else book.take(rows)
            latest = None
            if is_cut[rows[0]]:
                latest = last if part is book else ledgers(part, as_of)
            closes = None if policy is None else CardCloses(part, policy, known_on, engine, threads)
            _fill(columns, part, rows, counts[rows], days, told, latest, closes, ledgers)
    return _panel(book, days[told:], names, columns)


def _fill(
    columns: Mapping[str, list[KnownNumbers]],
    part: CardBook,
    rows: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    days: Sequence[date],
    told: int,
    latest: CardLedgers | None,
    closes: CardCloses | None,
    ledgers: Callable[[CardBook, date], CardLedgers],
) -> None:
    """Fill the columns of some rows: from the latest ledgers where they are given, else from each day's.

    What is told of the first period under a policy asks how the statement before it stood.
    """
    first = told if closes is None else max(0, told - 1)
    for place in range(first, len(days)):
        few = np.flatnonzero(counts >= len(days) - place)
        if not len(few):
            continue
        if latest is not None:
            answer = cut_at(latest, days[place])
        else:
            answer = closed(ledgers(part if len(few) == len(part) else part.take(few), days[place]))
        found: dict[str, KnownNumbers] = {}
        if closes is not None:
            start = days[place - 1] if place else _day_before_all(part)
            found |= closes.told(answer, few, HistoryPeriod(start, days[place]))
        if place >= told:
            _write(columns, found | statement_numbers(answer), place - told, rows[few])


def _check_book(book: object) -> None:
    if isinstance(book, CardBook):
        return
    raise InvalidTypeError.at(
        _VERB,
        expected="a CardBook",
        found=book,
        hint="CardBook.from_cards makes one of cards; for one card use delinquency.observe_card, for a "
        "Portfolio portfolio.observe.",
    )


def _shared_days(last: CardLedgers, periods: int) -> tuple[list[date], npt.NDArray[np.int64]]:
    """The days of statements, one more than are told, and of each card how many of the last it has."""
    table = last.statements
    counts = np.diff(table.offsets)
    most = int(counts.max(initial=0))
    if not most:
        raise InvalidValueError.at(
            _VERB, expected=f"a statement of a card up to as_of {last.as_of}", found="none yet"
        )
    longest = int(counts.argmax())
    days = table.statement_date[table.offsets[longest] : table.offsets[longest + 1]]
    from_end = table.offsets[1:][table.card_rows()] - np.arange(len(table)) - 1
    is_other = table.statement_date != days[most - 1 - from_end]
    # A card that is younger by some statements has those of the last days; so has one that is not asked.
    if is_other.any():
        rows = np.unique(table.card_rows()[is_other])
        raise PortfolioError.in_rows(
            "cards.terms",
            rows,
            reason="different_statement_days",
            expected=f"statements on the days of card {last.book.account_id[longest]!r}",
            found=f"{to_date(int(table.statement_date[is_other][0]))}",
            hint="Observe the cards of each cycle day by themselves: book.take(rows).",
        )
    kept = days[-(periods + 1) :].tolist()
    return [to_date(day) for day in kept], np.minimum(counts, len(kept))


def _day_before_all(book: CardBook) -> date:
    """A day before any card was opened, after which the first period of the book begins."""
    return to_date(int(book.originated_on.min()) - 1)


def _new_columns(names: Sequence[str], periods: int, cards: int) -> dict[str, list[KnownNumbers]]:
    def nothing() -> KnownNumbers:
        return KnownNumbers(np.zeros(cards, dtype=WIDE), np.zeros(cards, dtype=np.bool_))

    return {name: [nothing() for _ in range(periods)] for name in names}


def _write(
    columns: Mapping[str, list[KnownNumbers]],
    found: Mapping[str, KnownNumbers],
    place: int,
    rows: npt.NDArray[np.int64],
) -> None:
    for name, numbers in found.items():
        column = columns[name][place]
        column.numbers[rows] = numbers.numbers
        column.is_known[rows] = numbers.is_known


def _panel(
    book: CardBook,
    days: Sequence[date],
    names: Sequence[str],
    columns: Mapping[str, list[KnownNumbers]],
) -> ObservationPanel:
    numbers: dict[str, Any] = {}
    for name, each in columns.items():
        whole = KnownNumbers(
            np.array([period.numbers for period in each]),
            np.array([period.is_known for period in each]),
        )
        numbers[name] = whole.told()
    numbers |= months_since_columns(numbers)
    terms = {name: CATALOGUE[name] for name in names}
    return ObservationPanel(
        book.account_id, tuple(days), book.currency, terms, {name: numbers[name] for name in names}
    )
