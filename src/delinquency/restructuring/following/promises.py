"""Promises to pay: money by a day (承诺还款).

The one idea: a promise is served by money from the day on which it was made to its own day; promises are
served in order of their days, and money serves one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.account import Account
from delinquency.amounts import check_amount, from_minor, to_minor
from delinquency.calendar import day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.ledger.money import money_by_kind
from delinquency.payments import PaymentKind
from delinquency.sequences import checked_tuple

__all__ = ["FollowedPromise", "PromiseState", "PromiseToPay", "checked_promises", "follow_promises"]

_REPAYMENT = tuple(PaymentKind).index(PaymentKind.REPAYMENT)


class PromiseState(Enum):
    """What became of a promise.

    ``KEPT``: all of it came by its day. ``PARTLY_KEPT``: its day is over, and less than all of it came.
    ``BROKEN``: its day is over, and nothing came. ``PENDING``: its day is not over, and something is missing.
    """

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    BROKEN = "broken"
    PENDING = "pending"


@attrs.frozen(slots=True)
class PromiseToPay:
    """The debtor promised an amount by a day.

    Parameters
    ----------
    promised_on : date
        Money of this day serves it: a day does not say which of two came first, and a promise that is made
        and paid on one day is kept.
    due_on : date
        On or after ``promised_on``; money of this day serves it.
    amount : Decimal or int
        [currency units], more than 0.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        An amount of 0 or less; ``due_on`` before ``promised_on``.

    Examples
    --------
    >>> PromiseToPay(date(2025, 3, 1), date(2025, 2, 28), 100)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: promise to pay, due_on: expected a day on or after \
promised_on 2025-03-01, found 2025-02-28.
    """

    promised_on: date
    due_on: date
    amount: Decimal | int

    def __attrs_post_init__(self) -> None:
        where = "promise to pay"
        for field in ("promised_on", "due_on"):
            day_number(getattr(self, field), where=where, field=field)
        check_amount(self.amount, where=f"{where}, amount", positive=True)
        if self.due_on < self.promised_on:
            raise InvalidValueError.at(
                f"{where}, due_on",
                expected=f"a day on or after promised_on {self.promised_on}",
                found=str(self.due_on),
            )


@attrs.frozen(slots=True)
class FollowedPromise:
    """A promise, and the money that served it.

    Attributes
    ----------
    promise : PromiseToPay
    state : PromiseState
    received : Decimal
        What came for it, and not more than was promised [currency units].
    shortfall : Decimal
        What is missing of it [currency units].
    kept_on : date or None
        The day whose money made it whole.
    """

    promise: PromiseToPay
    state: PromiseState
    received: Decimal
    shortfall: Decimal
    kept_on: date | None

    @property
    def broken_on(self) -> date | None:
        """The day after its day, if something is missing then."""
        if self.state in (PromiseState.PARTLY_KEPT, PromiseState.BROKEN):
            return self.promise.due_on + timedelta(days=1)
        return None


def checked_promises(
    promises: Iterable[PromiseToPay], account: Account, begun: date, as_of: date, where: str
) -> tuple[PromiseToPay, ...]:
    """Promises in the order in which they are served: by their days, then by when they were made.

    Raises
    ------
    InvalidTypeError
        Not promises.
    InvalidValueError
        One made after ``as_of`` or before the account began; for a day before ``begun``, that of the plan;
        two made on one day for one day; an amount finer than the minor unit.
    """
    if isinstance(promises, PromiseToPay):
        raise InvalidTypeError.at(
            f"{where}, promises",
            expected="a sequence of promises",
            found=promises,
            hint="Write (promise,) for one promise.",
        )
    kept = checked_tuple(promises, PromiseToPay, f"{where}, promise")
    seen: set[tuple[date, date]] = set()
    for number, promise in enumerate(kept, start=1):
        place = f"{where}, promise {number}"
        to_minor(promise.amount, account.currency, where=place)
        if not account.originated_on <= promise.promised_on <= as_of:
            raise InvalidValueError.at(
                f"{place}, promised_on",
                expected=f"a day from {account.originated_on} to {as_of}",
                found=str(promise.promised_on),
            )
        if promise.due_on < begun:
            raise InvalidValueError.at(
                f"{place}, due_on",
                expected=f"a day on or after that of the plan, {begun}",
                found=str(promise.due_on),
                hint="Leave it out: a promise that was over before the plan is no part of it.",
            )
        days = (promise.due_on, promise.promised_on)
        if days in seen:
            raise InvalidValueError.at(
                place,
                expected="one promise of a day for a day",
                found=f"two made on {promise.promised_on} for {promise.due_on}",
                hint="Put them together in one.",
            )
        seen.add(days)
    return tuple(sorted(kept, key=lambda each: (each.due_on, each.promised_on)))


def follow_promises(
    promises: Iterable[PromiseToPay], account: Account, *, as_of: int, known: int
) -> tuple[FollowedPromise, ...]:
    """What became of promises at the close of a day; only repayments serve them.

    Parameters
    ----------
    promises : iterable of PromiseToPay
        In the order in which they are served.
    account : Account
        With all payments.
    as_of, known : int
        The cuts of the ledger.
    """
    currency = account.currency
    left = {day: kinds[_REPAYMENT] for day, kinds in money_by_kind(account, as_of, known).items()}
    found: list[FollowedPromise] = []
    for promise in promises:
        first, last = (
            day_number(day, where="promise to pay", field="day")
            for day in (promise.promised_on, promise.due_on)
        )
        missing = whole = to_minor(promise.amount, currency, where="promise to pay")
        kept_on: date | None = None
        for day, money in left.items():
            if first <= day <= last and missing:
                used = min(missing, money)
                left[day] = money - used
                missing -= used
                if not missing:
                    kept_on = to_date(day)
        found.append(
            FollowedPromise(
                promise,
                _state(missing, whole, is_over=last < as_of),
                from_minor(whole - missing, currency),
                from_minor(missing, currency),
                kept_on,
            )
        )
    return tuple(found)


def _state(missing: int, whole: int, *, is_over: bool) -> PromiseState:
    if not missing:
        return PromiseState.KEPT
    if not is_over:
        return PromiseState.PENDING
    return PromiseState.BROKEN if missing == whole else PromiseState.PARTLY_KEPT
