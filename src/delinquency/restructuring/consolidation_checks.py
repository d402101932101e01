"""Which accounts may become one, by which plan and at which rates.

The one idea: one debtor, one currency, everything that is owed; what would stay behind is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from delinquency.account import Account, Product
from delinquency.calendar import Day, to_date
from delinquency.dated_rates import DatedRate, dated_rates, rate_on
from delinquency.errors import InvalidValueError
from delinquency.restructuring.measure_checks import check_rate
from delinquency.restructuring.measures import ArrearsWaiver, Capitalisation, Forgiveness, ReAgeing
from delinquency.restructuring.plan import RestructuringPlan

__all__ = ["agreed_rates", "check_accounts", "check_measures"]

_WHERE = "consolidate"


def check_accounts(accounts: Sequence[Account], account_id: str, on: date) -> None:
    """Refuse accounts that cannot be one.

    Raises
    ------
    InvalidValueError
        Fewer than two; one twice, or of the id of the new one; other currencies, segments or debtors; a card;
        a charge or a charge-back on the day of the plan or later.
    """
    if len(accounts) < 2:
        raise InvalidValueError.at(
            f"{_WHERE}, accounts", expected="at least two accounts", found=str(len(accounts))
        )
    names = [account.account_id for account in accounts]
    for name in [*names, account_id]:
        if [*names, account_id].count(name) > 1:
            raise InvalidValueError.at(
                f"{_WHERE}, accounts",
                expected="accounts and a new account_id, each id once",
                found=f"{name!r} twice",
            )
    _check_alike(accounts)
    for account in accounts:
        _check_account(account, on)


def _check_alike(accounts: Sequence[Account]) -> None:
    first = accounts[0]
    owners = sorted({account.obligor_id for account in accounts if account.obligor_id})
    if len(owners) > 1:
        raise InvalidValueError.at(
            f"{_WHERE}, accounts", expected="accounts of one obligor", found=", ".join(owners)
        )
    for account in accounts:
        for noun, mine, other in (
            ("currency", account.currency.code, first.currency.code),
            ("segment", account.segment.value, first.segment.value),
        ):
            if mine != other:
                raise InvalidValueError.at(
                    f"{_WHERE}, account {account.account_id!r}, {noun}",
                    expected=f"{other}, as of account {first.account_id!r}",
                    found=mine,
                )


def _check_account(account: Account, on: date) -> None:
    where = f"{_WHERE}, account {account.account_id!r}"
    if account.product is Product.CARD:
        raise InvalidValueError.at(
            f"{where}, product",
            expected="a loan",
            found="a card",
            hint="Its rows are minimums, and not all that is owed: agree_on_card begins a loan.",
        )
    dates = [charge.enters_on for charge in account.charges]
    dates += [event.value_date for event in account.charge_backs]
    late = [each for each in dates if each >= on]
    if late:
        raise InvalidValueError.at(
            where,
            expected=f"charges and charge-backs of before {on}",
            found=f"one of {max(late)}",
            hint="It would stay on an account that ends: charge it to the new one.",
        )


def check_measures(plan: RestructuringPlan) -> None:
    """Refuse a plan that does not say when all falls due, or says more than a consolidation is.

    Raises
    ------
    InvalidValueError
        No ReAgeing at its end; measures other than of amounts before it.
    """
    names = [type(each).__name__ for each in plan.measures]
    before = all(
        isinstance(each, ArrearsWaiver | Forgiveness | Capitalisation)
        for each in plan.measures[:-1]
    )
    if not plan.measures or not isinstance(plan.measures[-1], ReAgeing) or not before:
        raise InvalidValueError.at(
            f"{_WHERE}, plan, measures",
            expected="a ReAgeing as the last, after an ArrearsWaiver, Forgiveness or Capitalisation alone",
            found=", ".join(names) or "none",
            hint="The rate of the new account is said by contract_rates.",
        )


def agreed_rates(items: Iterable[DatedRate], day: Day) -> tuple[DatedRate, ...]:
    """The rates that were agreed for the new account.

    Raises
    ------
    InvalidTypeError
        Not dated rates.
    InvalidValueError
        Two from one day; below 0 or not per year; none that holds on the day.
    """
    rates = dated_rates(items, where=f"{_WHERE}, contract")
    for each in rates:
        check_rate(each.rate, f"{_WHERE}, contract_rates")
    if rate_on(rates, day) is None:
        raise InvalidValueError.at(
            f"{_WHERE}, contract_rates",
            expected=f"a rate that holds on {to_date(day)}",
            found=f"the first from {rates[0].effective_on}" if rates else "none",
            hint="Leave it out for the weighted rate; DatedRate(date, Rate.per_year(0)) bears no interest.",
        )
    return rates
