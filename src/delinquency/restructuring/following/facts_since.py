"""An account after a plan, with what was paid since.

The one idea: a plan was made of what was known; what follows it is the same account with more payments.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from delinquency.account import Account
from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.payments import Payment
from delinquency.restructuring.answer import Restructured
from delinquency.sequences import checked_tuple

__all__ = ["account_since", "check_later", "payments_since"]


def payments_since(
    done: Restructured, payments: Iterable[Payment], where: str
) -> tuple[Payment, ...]:
    """Payments made from the day of a plan on, as they were given.

    Raises
    ------
    InvalidTypeError
        No ``Restructured``; not payments.
    InvalidValueError
        One from before the day of the plan.
    """
    if not isinstance(done, Restructured):
        raise InvalidTypeError.at(
            f"{where}, done",
            expected="a Restructured",
            found=done,
            hint="restructure(account, plan, ...) gives one.",
        )
    kept = checked_tuple(payments, Payment, f"{where}, payment")
    first = done.plan.effective_on
    for number, payment in enumerate(kept, start=1):
        if payment.value_date < first:
            raise InvalidValueError.at(
                f"{where}, payment {number}",
                expected=f"a payment from the day of the plan on, {first}",
                found=str(payment.value_date),
                hint="What was paid before the plan is in it.",
            )
    return kept


def account_since(done: Restructured, payments: Iterable[Payment], where: str) -> Account:
    """The account after a plan with the payments made since; raises as :func:`payments_since`."""
    since = payments_since(done, payments, where)
    return (
        attrs.evolve(done.after, payments=(*done.after.payments, *since)) if since else done.after
    )


def check_later(done: Restructured, day: date, where: str, field: str = "as_of") -> None:
    """Refuse a day before that of the plan.

    Raises
    ------
    InvalidTypeError
        Not a date.
    InvalidValueError
        It is one.
    """
    day_number(day, where=where, field=field)
    if day < done.plan.effective_on:
        raise InvalidValueError.at(
            f"{where}, {field}",
            expected=f"a day on or after that of the plan, {done.plan.effective_on}",
            found=str(day),
        )
