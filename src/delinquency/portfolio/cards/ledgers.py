"""The ledgers of a book of cards: the same verb as for one card, over columns.

The one idea: each column equals the figure of :func:`~delinquency.revolving.ledger.card_ledger` on every row,
to the minor unit; :meth:`CardLedgers.row` is that ledger, with its segments and allocations.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError
from delinquency.portfolio.cards.alone import fill_alone
from delinquency.portfolio.cards.book import CardBook
from delinquency.portfolio.cards.run import run_cards
from delinquency.portfolio.cards.told import AMOUNTS_OF_CARDS, card_columns, statement_columns
from delinquency.portfolio.columns import Codes, Days, Minor, Offsets
from delinquency.portfolio.kernels.cards.layout import (
    CardOutputs,
    CardQuestion,
    StatementOutputs,
)
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.run import Engine, chosen_engine
from delinquency.revolving.kinds import BALANCE_KINDS, BalanceKind
from delinquency.revolving.ledger import card_ledger

if TYPE_CHECKING:
    from delinquency.revolving.record import CardLedger

__all__ = ["CardLedgers", "CardStatementColumns", "MinimumCreditColumns", "card_ledgers"]


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class CardStatementColumns:
    """Statements of many cards, ragged: those of card ``i`` stand at ``[offsets[i], offsets[i + 1])``.

    Each column is the attribute of :class:`~delinquency.revolving.record.CardStatement` of its name; days
    are int32 day numbers, amounts int64 minor units, and these besides:

    Attributes
    ----------
    required_principal, required_interest, required_fees : int64 array [minor units]
        What is newly required, by component; together ``newly_required``.
    requirement_open : int64 array [minor units]
        What is open of it at the close of ``as_of``.
    missed_cycles : int32 array [cycles]
    is_paid_in_full, is_minimum_met : int8 array
        1 yes, 0 no, -1 while the last day of grace has not closed.
    """

    offsets: Offsets
    statement_date: Days
    due_date: Days
    judged_on: Days
    opening_balance: Minor
    purchases: Minor
    cash_advances: Minor
    plan_parts: Minor
    fees: Minor
    late_fees: Minor
    interest: Minor
    payments: Minor
    refunds: Minor
    converted: Minor
    interest_and_charges_paid: Minor
    principal_paid: Minor
    closing_balance: Minor
    full_payment: Minor
    minimum_due: Minor
    past_due_part: Minor
    required_principal: Minor
    required_interest: Minor
    required_fees: Minor
    requirement_open: Minor
    over_limit: Minor
    plan_principal_unbilled: Minor
    missed_cycles: Days
    is_paid_in_full: Codes
    is_minimum_met: Codes

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.statement_date)

    def __repr__(self) -> str:
        return f"CardStatementColumns({len(self):,} statements)"

    @property
    def newly_required(self) -> Minor:
        """What each statement newly requires [minor units]."""
        return self.minimum_due - self.past_due_part

    @property
    def number(self) -> Days:
        """The number of each statement in its card, from 1."""
        counts = np.diff(self.offsets)
        return (np.arange(len(self)) - np.repeat(self.offsets[:-1], counts) + 1).astype(np.int32)

    def card_rows(self) -> npt.NDArray[np.int64]:
        """The row of the card of each statement."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))


@attrs.frozen(slots=True, kw_only=True, eq=False)
class MinimumCreditColumns:
    """Refunds and conversions, as far as they settled minimums, and what a tolerance let off of them."""

    offsets: Offsets
    value_date: Days
    amount: Minor


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class CardLedgers:
    """Every card of a book replayed to the close of a day.

    Attributes
    ----------
    book : CardBook
    as_of : date
    known_on : date or None
    statements : CardStatementColumns
    balances : int64 array, cards by balances [minor units]
        What is open, in the order of :data:`~delinquency.revolving.kinds.BALANCE_KINDS`.
    plan_principal_unbilled, accrued_interest, credit_balance : int64 array [minor units]
    credit_limit, available_credit : int64 array [minor units]
        -1 for a card without a limit.
    charged, settled, paid, converted : int64 array [minor units]
        Of all time.
    missed_consecutive, missed_still_open : int32 array [cycles]
        See :class:`~delinquency.revolving.record.CycleCount`.
    credits_to_minimums : MinimumCreditColumns
    answered_alone : int64 array
        The rows of cards whose numbers may leave 64 bits on the way, and that were answered one by one.
    """

    book: CardBook
    as_of: date
    known_on: date | None
    statements: CardStatementColumns
    balances: Minor
    plan_principal_unbilled: Minor
    accrued_interest: Minor
    credit_balance: Minor
    credit_limit: Minor
    available_credit: Minor
    charged: Minor
    settled: Minor
    paid: Minor
    converted: Minor
    missed_consecutive: Days
    missed_still_open: Days
    credits_to_minimums: MinimumCreditColumns
    answered_alone: npt.NDArray[np.int64]

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.book)

    def __repr__(self) -> str:
        known = "" if self.known_on is None else f" as known on {self.known_on}"
        return (
            f"CardLedgers({self.as_of}{known}, {len(self):,} cards, "
            f"{len(self.statements):,} statements, {self.book.currency.code})"
        )

    def balance(self, kind: BalanceKind) -> Minor:
        """What is open of one balance, one row a card [minor units].

        Raises
        ------
        InvalidTypeError
            No balance.
        """
        checked_member(kind, BalanceKind, "card ledgers, kind")
        return self.balances[:, BALANCE_KINDS.index(kind)]

    @property
    def open_amount(self) -> Minor:
        """All that is owed and billed or posted, with principal of plans to come [minor units]."""
        owed: Minor = self.balances.sum(axis=1) + self.plan_principal_unbilled
        return owed

    def row(self, row: int) -> CardLedger:
        """The ledger of one card, with its segments and allocations.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        return card_ledger(self.book.card(row), as_of=self.as_of, known_on=self.known_on)

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name, one row a card; amounts in minor units."""
        told = {"account_id": self.book.account_id.to_numpy()}
        told |= {kind.value: self.balance(kind) for kind in BALANCE_KINDS}
        names = ("plan_principal_unbilled", *AMOUNTS_OF_CARDS)
        missed = ("missed_consecutive", "missed_still_open")
        return told | {name: getattr(self, name) for name in (*names, *missed)}

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a card, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Columns as of :meth:`columns`, amounts as exact decimals, empty where a card has no limit.

        Raises
        ------
        InvalidValueError
            Another backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency.portfolio.cards.frames import ledgers_frame

        return ledgers_frame(self, backend)

    def statements_to_frame(self, backend: str = "pandas") -> Any:
        """One row a statement, as a data frame; backends and errors as for :meth:`to_frame`.

        Its columns are ``account_id``, ``statement_no``, and those of
        :class:`CardStatementColumns`; whether it was paid in full, and its minimum met, is empty while
        the last day of grace has not closed.
        """
        from delinquency.portfolio.cards.frames import statements_frame

        return statements_frame(self, backend)


def card_ledgers(
    book: CardBook,
    *,
    as_of: date,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> CardLedgers:
    """Replay every card of a book to the close of ``as_of``.

    Parameters
    ----------
    book : CardBook
    as_of : date
        Facts of that day count, and its statements are drawn.
    known_on : date, optional
        As for one card.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 cards.

    Raises
    ------
    InvalidTypeError
        Not a book of cards, a date, or an engine.
    PortfolioError
        A card whose figures are larger than a column can hold: 2**63 minor units.

    Examples
    --------
    The statement of 5 April asks for 10 % of 1,000.00; one day earlier there is none.

    >>> from delinquency.currency import Currency
    >>> from delinquency.revolving import (ByKind, CardAccount, CardInterest, CardTerms, CardTransaction,
    ...     DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare, TransactionKind)
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
    >>> [card_ledgers(book, as_of=date(2025, 4, day)).statements.minimum_due.tolist() for day in (4, 5)]
    [[], [10000]]
    """
    verb = "card ledgers"
    if not isinstance(book, CardBook):
        raise InvalidTypeError.at(verb, expected="a CardBook", found=book)
    as_of_day = day_number(as_of, where=verb, field="as_of")
    question = CardQuestion(as_of_day, NONE_DAY, as_of_day)
    if known_on is not None:
        known = day_number(known_on, where=verb, field="known_on")
        question = CardQuestion(as_of_day, known, known)
    out, more = run_cards(book, question, chosen_engine(engine), threads)
    alone = np.flatnonzero(more.refused)
    fill_alone(book, alone, as_of, known_on, out, more)
    told = CardLedgers(
        book=book, as_of=as_of, known_on=known_on, answered_alone=alone, **_columns(out, more)
    )
    freeze(told)
    return told


def _columns(out: StatementOutputs, more: CardOutputs) -> dict[str, Any]:
    for table in (out.days, out.money, out.marks, more.money):
        table.flags.writeable = False
    begins = np.repeat(more.credit_offsets[:-1], more.credit_count)
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(more.credit_count)])
    places = begins - np.repeat(offsets[:-1], more.credit_count) + np.arange(offsets[-1])
    return {
        "statements": CardStatementColumns(offsets=out.offsets, **statement_columns(out)),
        "credits_to_minimums": MinimumCreditColumns(
            offsets=offsets,
            value_date=more.credit_day[places],
            amount=more.credit_amount[places],
        ),
        **card_columns(more),
    }
