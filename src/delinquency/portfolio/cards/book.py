"""A book of cards: many card accounts held as columns, checked once.

The one idea: as a :class:`~delinquency.portfolio.Portfolio`, a book of cards is valid because it exists;
its arrays are read-only. Terms are no columns: they are few, and each card says by number which are its.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.account import Segment
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.portfolio.cards.checks import check_cards
from delinquency.portfolio.cards.columns import CreditLimitColumns, TransactionColumns
from delinquency.portfolio.columns import Codes, Days, PaymentColumns, Places
from delinquency.portfolio.problems import require_row
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.text_column import TextColumn
from delinquency.revolving.card import CardAccount
from delinquency.revolving.terms import CardTerms
from delinquency.sequences import checked_tuple

__all__ = ["CardBook"]

SEGMENTS = tuple(Segment)


def _terms(items: CardTerms | Iterable[CardTerms]) -> tuple[CardTerms, ...]:
    if isinstance(items, CardTerms):
        return (items,)
    return checked_tuple(items, CardTerms, "card book, terms")


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class CardBook:
    """Card accounts of one currency as columns, one row a card.

    Parameters
    ----------
    account_id : TextColumn
        Each once.
    originated_on : int32 array [day number]
    terms : CardTerms, or iterable of CardTerms
        Of every card, or of those that name them.
    terms_no : int16 array, optional
        The number, from 0, of the terms of each card; default 0.
    transactions : TransactionColumns
        In the order of the cards, and within a card in order of posting and id.
    payments : PaymentColumns
        In order of value date.
    credit_limits : CreditLimitColumns, optional
        A card without a row has no limit.
    obligor_id : TextColumn, optional
    segment : int8 array, optional
        Position in :class:`~delinquency.account.Segment`; default retail.

    Raises
    ------
    PortfolioError
        Tables that cannot be a book of cards; it names the column, the rows and the reason.
    InvalidTypeError
        A table or terms of another type.
    InvalidValueError
        No terms, or terms in two currencies.

    Notes
    -----
    :meth:`from_cards` and :meth:`card` are exact inverses.

    Examples
    --------
    >>> from datetime import date
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, ByKind, CardInterest,
    ...     CardTransaction, DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare,
    ...     TransactionKind)
    >>> from delinquency.rounding import Proportion
    >>> tenth = MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10))
    >>> terms = CardTerms(currency=Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[tenth]), order=ByKind(kinds=BALANCE_KINDS),
    ...     interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> card = CardAccount(account_id="C-1", originated_on=date(2025, 3, 10), terms=terms,
    ...     transactions=[spent])
    >>> book = CardBook.from_cards([card])
    >>> book, book.card(0) == card
    (CardBook(1 cards, 1 transactions, 0 payments, CNY), True)
    """

    account_id: TextColumn
    originated_on: Days
    terms: tuple[CardTerms, ...] = attrs.field(converter=_terms)
    transactions: TransactionColumns
    payments: PaymentColumns
    terms_no: Places | None = None
    credit_limits: CreditLimitColumns | None = None
    obligor_id: TextColumn | None = None
    segment: Codes | None = None

    def __attrs_post_init__(self) -> None:
        self._check_terms()
        self._check_tables()
        check_cards(self)
        freeze(self)

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    @property
    def currency(self) -> Currency:
        """The currency of every amount of the book."""
        return self.terms[0].currency

    @classmethod
    def from_cards(cls, cards: Iterable[CardAccount]) -> CardBook:
        """Lay cards out as columns; terms that are equal are kept once.

        Raises
        ------
        PortfolioError
            No card; two currencies; an account id twice; more than 32,767 different terms.
        InvalidTypeError
            Not a card.
        """
        from delinquency.portfolio.cards.conversion import book_from_cards

        return book_from_cards(cards)

    def card(self, row: int) -> CardAccount:
        """One card as a record, equal to the one that was laid out.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        from delinquency.portfolio.cards.conversion import card_from_book

        self.check_row(row)
        return card_from_book(self, int(row))

    def take(self, rows: Sequence[int] | npt.NDArray[Any]) -> CardBook:
        """The book of the given rows, in their order; a mask has a place for each card.

        Raises
        ------
        InvalidTypeError
            Neither row numbers nor a mask.
        IndexError
            No such row, or a mask of another length.
        PortfolioError
            No row, or one twice.
        """
        from delinquency.portfolio.taking import take_cards

        return take_cards(self, rows)

    def terms_of(self, row: int) -> CardTerms:
        """The terms of one card.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        self.check_row(row)
        return self.terms[0 if self.terms_no is None else int(self.terms_no[row])]

    def check_row(self, row: int) -> None:
        """Refuse what is no row of the book.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        require_row(row, len(self), where="card book", of=f"a book of {len(self)} cards")

    def _check_terms(self) -> None:
        if not self.terms:
            raise InvalidValueError.at("card book, terms", expected="at least one", found="none")
        codes = sorted({terms.currency.code for terms in self.terms})
        if len(codes) > 1:
            raise InvalidValueError.at(
                "card book, terms",
                expected="terms in one currency",
                found=", ".join(codes),
                hint="Make one book for each currency.",
            )

    def _check_tables(self) -> None:
        kinds: tuple[tuple[str, type, bool], ...] = (
            ("account_id", TextColumn, False),
            ("originated_on", np.ndarray, False),
            ("transactions", TransactionColumns, False),
            ("payments", PaymentColumns, False),
            ("credit_limits", CreditLimitColumns, True),
            ("obligor_id", TextColumn, True),
        )
        for field, kind, may_be_none in kinds:
            value = getattr(self, field)
            if not isinstance(value, kind) and not (may_be_none and value is None):
                raise InvalidTypeError.at(
                    f"card book, {field}", expected=f"an instance of {kind.__name__}", found=value
                )

    def __len__(self) -> int:
        return len(self.originated_on)

    def __iter__(self) -> Iterator[CardAccount]:
        return (self.card(row) for row in range(len(self)))

    def __repr__(self) -> str:
        return (
            f"CardBook({len(self):,} cards, {len(self.transactions.amount):,} transactions, "
            f"{len(self.payments.amount):,} payments, {self.currency.code})"
        )
