"""How much may be owed on a card, by the day from which it holds.

The one idea: a limit is a dated fact, recorded like any other; it restricts nothing here, it is compared.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number

__all__ = ["CreditLimit"]


@attrs.frozen(slots=True)
class CreditLimit:
    """How much may be owed from a day on (信用额度).

    Parameters
    ----------
    effective_from : date
    amount : Decimal or int
        Amount [currency units], 0 or more.
    recorded_on : date, optional
        The day on which the lender's books knew it; default ``effective_from``.

    Raises
    ------
    InvalidTypeError
        A ``float``; a ``datetime`` for a ``date``.
    InvalidValueError
        A negative amount.

    Examples
    --------
    >>> CreditLimit(date(2025, 1, 1), 50_000).amount
    50000
    """

    effective_from: date
    amount: Decimal | int
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        day_number(self.effective_from, where="credit limit", field="effective_from")
        check_amount(self.amount, where="credit limit, amount", positive=False)
        if self.recorded_on is not None:
            day_number(self.recorded_on, where="credit limit", field="recorded_on")
