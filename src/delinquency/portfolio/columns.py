"""The tables of a book: ragged columns in the Arrow list layout.

The one idea: each table has one offsets array; rows ``offsets[i]`` to ``offsets[i + 1]`` belong to
account ``i``. Days are int32 day numbers, amounts int64 minor units. A day that is "none" is
2**31 - 1; the start of a row that was always in force is -(2**31 - 1).
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.text_column import TextColumn

__all__ = [
    "ALWAYS_FROM",
    "ChargeColumns",
    "Days",
    "InstalmentColumns",
    "Minor",
    "Offsets",
    "PaymentColumns",
    "SuspensionColumns",
    "plain_instalments",
]

Offsets = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Minor = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Places = npt.NDArray[np.int16]

ALWAYS_FROM = -NONE_DAY
"""The ``in_force_from`` of a row that was in force from the beginning."""


@attrs.frozen(slots=True, kw_only=True, eq=False)
class InstalmentColumns:
    """What fell due. ``in_force_from`` and ``in_force_until`` are ``None`` where no row changed."""

    offsets: Offsets
    due_date: Days
    principal: Minor
    interest: Minor
    fees: Minor
    in_force_from: Days | None = None
    in_force_until: Days | None = None


def plain_instalments(table: InstalmentColumns) -> InstalmentColumns:
    """The instalments alone, over the same memory, of an answer that keeps more beside them."""
    if type(table) is InstalmentColumns:
        return table
    names = (field.name for field in attrs.fields(InstalmentColumns))
    return InstalmentColumns(**{name: getattr(table, name) for name in names})


@attrs.frozen(slots=True, kw_only=True, eq=False)
class PaymentColumns:
    """What was paid. ``recorded_on`` and ``reversed_on`` are ``None`` where no row has one."""

    offsets: Offsets
    value_date: Days
    amount: Minor
    kind: Codes | None = None
    payment_id: TextColumn | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class ChargeColumns:
    """Charges. ``instalment_no`` is 0 for a charge that names none; ``component`` 2 fees, 3 penalty."""

    offsets: Offsets
    due_date: Days
    component: Codes
    amount: Minor
    instalment_no: Days
    charge_id: TextColumn
    recorded_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class SuspensionColumns:
    """Days that are not counted, ``[start, end)``; ``end`` is 2**31 - 1 while open."""

    offsets: Offsets
    start: Days
    end: Days
    reason: Codes | None = None
    recorded_on: Days | None = None
