"""What an account and a policy must be for a plan: nothing of its day or later that the plan would undo.

The one idea: a plan is made of what was known before its day; what it cannot know, it refuses.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delinquency.amortisation.rate_changes import check_annual_rate
from delinquency.calendar import Day, to_date
from delinquency.dated_rates import rate_on
from delinquency.errors import InvalidValueError, PolicyError
from delinquency.penalty_place import PenaltyPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from delinquency.account import Account
    from delinquency.dated_rates import DatedRate
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.restructuring.plan import RestructuringPlan

__all__ = ["check_day", "check_facts", "check_known", "check_penalty", "check_rates"]


def check_day(account: Account, plan: RestructuringPlan, as_of: date) -> None:
    """Refuse a day of a plan after the day asked for, before the account began, or not after its payments.

    Raises
    ------
    InvalidValueError
        It is one.
    """
    day = plan.effective_on
    where = "restructuring plan, effective_on"
    if day > as_of:
        raise InvalidValueError.at(where, expected=f"at most as_of, {as_of}", found=str(day))
    if day <= account.originated_on:
        raise InvalidValueError.at(
            where, expected=f"after originated_on {account.originated_on}", found=str(day)
        )
    late = [payment.value_date for payment in account.payments if payment.value_date >= day]
    if late:
        raise InvalidValueError.at(
            where,
            expected=f"a day after the last payment, {max(late)}",
            found=str(day),
            hint="A plan is made of what was paid before it; later payments are added to the account after.",
        )


def check_penalty(version: Policy) -> None:
    """Refuse penalty that stands with its instalment as soon as somebody asks.

    Raises
    ------
    PolicyError
        The policy has such.
    """
    if version.penalty is not None and version.penalty_in_waterfall is PenaltyPlace.ON_DEMAND:
        raise PolicyError.at(
            f"policy {version.name!r}, penalty_in_waterfall",
            expected="OUTSIDE or POSTED, where a plan is made",
            found="ON_DEMAND",
            hint="What accrues on demand is part of rows that a plan ends.",
        )


def check_rates(rates: Sequence[DatedRate], day: Day) -> None:
    """Refuse rates of a contract that hold on the day of a plan or later and are below 0 or not per year.

    Raises
    ------
    InvalidValueError
        There is one.
    """
    held = rate_on(rates, day)
    for rate in (held, *(each.rate for each in rates if each.day > day)):
        if rate is not None:
            check_annual_rate(rate, "restructuring plan, contract_rates")
            if rate.scaled < 0:
                raise InvalidValueError.at(
                    "restructuring plan, contract_rates",
                    expected="a rate of 0 or more",
                    found=str(rate),
                    hint="Write Rate.per_year(0) for a loan that bears no interest.",
                )


def check_facts(
    account: Account, plan: RestructuringPlan, day: Day, *, follows: bool = False
) -> None:
    """Refuse facts that would change what the plan was made of, or that it would undo.

    Raises
    ------
    InvalidValueError
        Rows of a schedule that was changed; decisions on or after the day of the plan; payments of before it
        that were recorded or reversed on it or later.
    """
    where = "restructuring plan"
    changed = [row.in_force_from or row.in_force_until for row in account.schedule]
    last = max((each for each in changed if each is not None), default=None)
    if last is not None and not follows:
        raise InvalidValueError.at(
            where,
            expected="a schedule as it was agreed first",
            found=f"one that was changed on {last}",
            hint="Its rows do not say what interest was carried over: give the answer of the earlier plan, "
            "or of reinstate where that ended it, as `previous`, or put all measures into one plan.",
        )
    late = [row for row in account.decision_rows if row.value_day >= day]
    if late:
        raise InvalidValueError.at(
            f"{where}, effective_on",
            expected="a day after every waiver, write-off, closure and acceleration",
            found=f"one of {to_date(late[-1].value_day)}",
        )
    if any(row.value_day == day for row in account.restructuring_rows):
        raise InvalidValueError.at(
            where, expected="one restructuring of a day", found=f"another one of {to_date(day)}"
        )
    check_known(account.payments, plan.effective_on, where)


def check_known(payments: Iterable[Payment], day: date, where: str) -> None:
    """Refuse payments that were recorded or reversed on a day or later.

    Raises
    ------
    InvalidValueError
        There are such.
    """
    for payment in payments:
        known = max(payment.recorded_on or payment.value_date, payment.reversed_on or date.min)
        if known >= day:
            raise InvalidValueError.at(
                f"{where}, payment of {payment.value_date}",
                expected=f"what was known before {day}",
                found=f"a record of {known}",
                hint="A plan is made of what was known; with a later record it is another plan.",
            )
