"""The record of one card: what was agreed, what was posted, what was paid.

The one idea: a card is valid because it exists; its whole numbers are made once, here. It holds no balance
and no statement: those are replayed from its facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import attrs

from delinquency.account import Segment
from delinquency.amounts import MAX_MINOR, to_minor
from delinquency.calendar import EPOCH_ORDINAL, NONE_DAY, Day, day_number
from delinquency.choices import checked_member
from delinquency.currency import Currency
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.payments import Payment, named_payments
from delinquency.revolving.credit_limit import CreditLimit
from delinquency.revolving.kinds import TransactionKind
from delinquency.revolving.terms import CardTerms
from delinquency.revolving.transactions import CardTransaction
from delinquency.sequences import checked_tuple

__all__ = ["CardAccount", "LimitRow", "MoneyRow", "TransactionRow"]


class TransactionRow(NamedTuple):
    """A transaction in whole numbers; ``refers_to`` is the place of another, or -1."""

    posted_day: int
    amount: int
    recorded_day: int
    reversed_day: int
    refers_to: int


class MoneyRow(NamedTuple):
    """A payment in whole numbers; days without a date are 2**31 - 1."""

    value_day: int
    amount: int
    recorded_day: int
    reversed_day: int


class LimitRow(NamedTuple):
    """A credit limit in whole numbers."""

    from_day: int
    amount: int
    recorded_day: int


def _limits(items: Iterable[CreditLimit]) -> tuple[CreditLimit, ...]:
    return checked_tuple(items, CreditLimit, "credit limit")


def _transactions(items: Iterable[CardTransaction]) -> tuple[CardTransaction, ...]:
    return checked_tuple(items, CardTransaction, "transaction")


def _payments(items: Iterable[Payment]) -> tuple[Payment, ...]:
    return checked_tuple(items, Payment, "payment")


_REFERRED = {
    TransactionKind.REFUND: (
        TransactionKind.PURCHASE,
        TransactionKind.CASH_ADVANCE,
        TransactionKind.FEE,
    ),
    TransactionKind.INSTALMENT_PLAN: (TransactionKind.PURCHASE, TransactionKind.CASH_ADVANCE),
}


@attrs.frozen(slots=True, kw_only=True)
class CardAccount:
    """A frozen record of one card account.

    Parameters
    ----------
    account_id : str
        Not empty.
    originated_on : date
        The day on which the card was opened. No fact is older.
    terms : CardTerms
    obligor_id : str, default ``""``
    segment : Segment, default RETAIL
    credit_limits : iterable of CreditLimit, optional
        The first holds from the opening on at the latest. Without any, nothing is over the limit and no
        available credit is told.
    transactions : iterable of CardTransaction, optional
    payments : iterable of Payment, optional
        Of any kind: all are money, and settle minimums. A merchant's credit that should not is a
        transaction.
    agreement_on : date, optional
        From the start of this day what is owed on the card is owed by an agreement in its place
        (个性化分期还款协议): the card is closed to transactions and payments, and nothing is billed.

    All in any order; they are kept in order of date.

    Raises
    ------
    InvalidTypeError
        A wrong type anywhere.
    InvalidValueError
        A fact before ``originated_on``, or on or after ``agreement_on``; an id used twice; a reference to a
        transaction that does not exist, is later, or cannot be refunded or turned into a plan; a plan of more
        than the transaction it turns into parts; two credit limits of a day; a dated part of the terms that
        begins after the opening; amounts finer than the minor unit, or that sum to more than 10**15 minor
        units.

    Examples
    --------
    >>> from delinquency.currency import Currency
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, ByKind, CardInterest, CardTerms,
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
    >>> card.currency.code, len(card.transactions)
    ('CNY', 1)
    >>> CardAccount(account_id="C-1", originated_on=date(2025, 3, 31), terms=terms,
    ...     transactions=[spent])
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: card 'C-1', transaction 'T-1': expected posted_on on or after \
originated_on 2025-03-31, found 2025-03-30.
    """

    account_id: str
    originated_on: date
    terms: CardTerms
    obligor_id: str = ""
    segment: Segment = Segment.RETAIL
    credit_limits: tuple[CreditLimit, ...] = attrs.field(default=(), converter=_limits)
    transactions: tuple[CardTransaction, ...] = attrs.field(default=(), converter=_transactions)
    payments: tuple[Payment, ...] = attrs.field(default=(), converter=_payments)
    agreement_on: date | None = None
    limit_rows: tuple[LimitRow, ...] = attrs.field(init=False, repr=False, eq=False)
    transaction_rows: tuple[TransactionRow, ...] = attrs.field(init=False, repr=False, eq=False)
    money_rows: tuple[MoneyRow, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.account_id, where="card, account_id")
        opened = self.originated_day
        try:
            self._check_head(opened)
            self._put("credit_limits", tuple(sorted(self.credit_limits, key=_limit_key)))
            self._put("transactions", tuple(sorted(self.transactions, key=_transaction_key)))
            self._put("payments", tuple(sorted(self.payments, key=_payment_key)))
            self._put("limit_rows", tuple(self._limit_rows()))
            self._put("transaction_rows", tuple(self._transaction_rows()))
            self._put("money_rows", tuple(self._money_rows()))
            self._check_sums()
        except DelinquencyError as error:
            raise error.within(f"card {self.account_id!r}") from None

    @property
    def currency(self) -> Currency:
        """The currency of every amount of the card."""
        return self.terms.currency

    @property
    def originated_day(self) -> Day:
        """``originated_on`` as a day number."""
        return day_number(
            self.originated_on, where=f"card {self.account_id!r}", field="originated_on"
        )

    @property
    def agreement_day(self) -> Day:
        """``agreement_on`` as a day number; 2**31 - 1 where there is none."""
        if self.agreement_on is None:
            return NONE_DAY
        return day_number(self.agreement_on, where="card", field="agreement_on")

    def _put(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    def _check_head(self, opened: Day) -> None:
        for field, kind in (("terms", CardTerms), ("obligor_id", str)):
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    field, expected=f"an instance of {kind.__name__}", found=value
                )
        checked_member(self.segment, Segment, "segment")
        if self.obligor_id:
            check_id(self.obligor_id, where="obligor_id")
        self.terms.check_covers(opened)
        if self.agreement_day <= opened:
            raise InvalidValueError.at(
                "agreement_on",
                expected=f"a day after originated_on {self.originated_on}",
                found=str(self.agreement_on),
            )

    def _day(self, value: date, where: str, field: str) -> Day:
        if value < self.originated_on:
            raise InvalidValueError.at(
                where,
                expected=f"{field} on or after originated_on {self.originated_on}",
                found=str(value),
            )
        if self.agreement_on is not None and value >= self.agreement_on:
            raise InvalidValueError.at(
                where,
                expected=f"{field} before the agreement of {self.agreement_on}",
                found=str(value),
                hint="From that day on the account of the agreement has the facts.",
            )
        return value.toordinal() - EPOCH_ORDINAL

    def _limit_rows(self) -> Iterator[LimitRow]:
        before = None
        for limit in self.credit_limits:
            if before is None and limit.effective_from > self.originated_on:
                raise InvalidValueError.at(
                    "credit limit 1",
                    expected=f"effective_from on or before originated_on {self.originated_on}",
                    found=str(limit.effective_from),
                    hint="Give the limit with which the card was opened.",
                )
            if limit.effective_from == before:
                raise InvalidValueError.at(
                    "credit limits", expected="one limit a day", found=f"two of {before}"
                )
            before = limit.effective_from
            day = before.toordinal() - EPOCH_ORDINAL
            amount = to_minor(limit.amount, self.currency, where="credit limit")
            yield LimitRow(day, amount, _day_or(limit.recorded_on, day))

    def _transaction_rows(self) -> Iterator[TransactionRow]:
        places: dict[str, int] = {}
        for number, row in enumerate(self.transactions):
            if row.transaction_id in places:
                raise InvalidValueError.at(
                    f"transaction {row.transaction_id!r}",
                    expected="a transaction_id used once",
                    found="it twice",
                )
            places[row.transaction_id] = number
        for row in self.transactions:
            where = f"transaction {row.transaction_id!r}"
            day = self._day(row.posted_on, where, "posted_on")
            yield TransactionRow(
                day,
                to_minor(row.amount, self.currency, where=where),
                _day_or(row.recorded_on, day),
                _day_or(row.reversed_on, NONE_DAY),
                self._place_referred(row, places, where),
            )
            if row.plan is not None:
                to_minor(row.plan.cost, self.currency, where=f"{where}, plan", field="cost")

    def _place_referred(self, row: CardTransaction, places: dict[str, int], where: str) -> int:
        if row.refers_to is None:
            return -1
        place = places.get(row.refers_to, -1)
        other = self.transactions[place] if place >= 0 else None
        if other is None or other.kind not in _REFERRED[row.kind]:
            allowed = ", ".join(kind.value for kind in _REFERRED[row.kind])
            raise InvalidValueError.at(
                f"{where}, refers_to",
                expected=f"the id of a transaction of the card, one of {allowed}",
                found=repr(row.refers_to),
            )
        if other.posted_on > row.posted_on:
            raise InvalidValueError.at(
                f"{where}, posted_on",
                expected=f"the day {other.posted_on} of {row.refers_to!r}, or later",
                found=str(row.posted_on),
            )
        if row.kind is TransactionKind.INSTALMENT_PLAN and row.amount > other.amount:
            raise InvalidValueError.at(
                f"{where}, amount",
                expected=f"at most the {other.amount} of {row.refers_to!r}",
                found=str(row.amount),
            )
        return place

    def _money_rows(self) -> Iterator[MoneyRow]:
        for where, payment in named_payments(self.payments):
            day = self._day(payment.value_date, where, "value_date")
            yield MoneyRow(
                day,
                to_minor(payment.amount, self.currency, where=where),
                _day_or(payment.recorded_on, day),
                _day_or(payment.reversed_on, NONE_DAY),
            )

    def _check_sums(self) -> None:
        for noun, rows in (("transactions", self.transaction_rows), ("payments", self.money_rows)):
            total = sum(row.amount for row in rows)
            if total > MAX_MINOR:
                raise InvalidValueError.at(
                    noun,
                    expected=f"amounts that sum to at most {MAX_MINOR} minor units",
                    found=total,
                )


def _day_or(value: date | None, default: Day) -> Day:
    return default if value is None else value.toordinal() - EPOCH_ORDINAL


def _limit_key(limit: CreditLimit) -> date:
    return limit.effective_from


def _transaction_key(row: CardTransaction) -> tuple[date, str]:
    return row.posted_on, row.transaction_id


def _payment_key(payment: Payment) -> tuple[object, ...]:
    """By value date and id; what is left makes the order of payments without an id their own."""
    return (
        payment.value_date,
        payment.payment_id or "",
        payment.amount,
        payment.kind.value,
        payment.recorded_on or date.min,
        payment.reversed_on or date.max,
    )
