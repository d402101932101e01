"""Amounts of every account of a book by component, and their exact sums.

The one idea: four columns that stand for what one account has as four amounts; a sum over a book is a Python
int, because it may leave 64 bits where no single account does.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from delinquency.amounts import from_minor
from delinquency.breakdown import OwedParts
from delinquency.currency import Currency
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.read_only import restore, state_of

__all__ = ["OwedColumns", "exact_total"]


@attrs.frozen(slots=True, eq=False)
class OwedColumns:
    """Amounts of every account by component.

    Attributes
    ----------
    principal, interest, fees, penalty : int64 array [minor units]
    """

    principal: Minor
    interest: Minor
    fees: Minor
    penalty: Minor

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.principal)

    def __repr__(self) -> str:
        return f"OwedColumns({len(self):,} accounts)"

    @property
    def total(self) -> Minor:
        """All four of each account [minor units]."""
        return self.principal + self.interest + self.fees + self.penalty

    def of_row(self, row: int, currency: Currency) -> OwedParts:
        """The amounts of one account [currency units]."""
        columns = (self.principal, self.interest, self.fees, self.penalty)
        return OwedParts(*(from_minor(int(column[row]), currency) for column in columns))

    def of_book(self, currency: Currency) -> OwedParts:
        """The amounts of all accounts together [currency units]."""
        columns = (self.principal, self.interest, self.fees, self.penalty)
        return OwedParts(*(from_minor(exact_total(column), currency) for column in columns))


def exact_total(amounts: Minor) -> int:
    """An exact sum, whatever its size: high and low halves are summed apart.

    Examples
    --------
    >>> exact_total(np.full(4, 2**62))  # 2**64, which int64 cannot hold
    18446744073709551616
    """
    high, low = np.divmod(amounts, 1 << 31)
    return (int(high.sum()) << 31) + int(low.sum())
