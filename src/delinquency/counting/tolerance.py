"""When a debt counts as settled: what a policy says in currency units, in those of an account.

The one idea: a tolerance that is finer than the minor unit of a currency is refused, never rounded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.amounts import to_minor
from delinquency.counting.rule import Counting, FirstDay, ToleranceScope
from delinquency.errors import PolicyError
from delinquency.ledger.rule import SettledRule

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["settled_rule", "tolerance_minor", "whole_amount"]


def settled_rule(counting: Counting, currency: Currency) -> SettledRule:
    """When a debt counts as settled, in minor units of a currency.

    Raises
    ------
    PolicyError
        The tolerance is finer than the minor unit of the currency.
    """
    return SettledRule(
        counting.counted_columns,
        tolerance_minor(counting, currency),
        counting.tolerance_scope is ToleranceScope.ACCOUNT,
        int(counting.first_day is FirstDay.DUE_DATE),
    )


def tolerance_minor(counting: Counting, currency: Currency) -> int:
    """The tolerance in minor units of a currency.

    Raises
    ------
    PolicyError
        The tolerance is finer than the minor unit of the currency.
    """
    return whole_amount(counting.tolerance, currency, where="counting", field="tolerance")


def whole_amount(amount: Decimal | int, currency: Currency, *, where: str, field: str) -> int:
    """An amount of a policy in minor units of a currency.

    Raises
    ------
    PolicyError
        It is finer than the minor unit of the currency.
    """
    if not amount:
        return 0
    try:
        return to_minor(amount, currency, where=where, field=field)
    except ValueError as error:
        raise PolicyError.at(
            f"{where}, {field}",
            expected=f"an amount exact to the minor unit of {currency.code}",
            found=str(Decimal(amount)),
        ) from error
