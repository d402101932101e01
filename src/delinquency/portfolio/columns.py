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
from delinquency.event_rows import ALL
from delinquency.portfolio.text_column import TextColumn

__all__ = [
    "ALL",
    "ALWAYS_FROM",
    "ChargeBackColumns",
    "ChargeColumns",
    "Codes",
    "CollateralColumns",
    "ContractRateColumns",
    "Days",
    "DecisionColumns",
    "DisputeColumns",
    "FindingColumns",
    "GuaranteeColumns",
    "InstalmentColumns",
    "Minor",
    "Offsets",
    "PaymentColumns",
    "Places",
    "ReAgeColumns",
    "ReportedFigureColumns",
    "RestructuringColumns",
    "SpanColumns",
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
    """Charges. ``instalment_no`` is 0 for a charge that names none; ``component`` 2 fees, 3 penalty.

    ``charged_on`` is 2**31 - 1 for a charge that enters the ledger on its due date, and ``None`` where all
    of them do. Rows stand in order of due date and id.
    """

    offsets: Offsets
    due_date: Days
    component: Codes
    amount: Minor
    instalment_no: Days
    charge_id: TextColumn
    recorded_on: Days | None = None
    charged_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class SuspensionColumns:
    """Days that are not counted, ``[start, end)``; ``end`` is 2**31 - 1 while open."""

    offsets: Offsets
    start: Days
    end: Days
    reason: Codes | None = None
    recorded_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class DecisionColumns:
    """Waivers, write-offs, closures and accelerations.

    ``kind`` is 0 acceleration, 1 waiver, 2 write-off, 3 closure: the order in which decisions of one day
    take effect. ``component`` is a column from 0 to 3, and -1 for all; ``amount`` [minor units], and -1 for
    all; of an acceleration it is the accrued interest, and -1 where it is to be worked out. A column is
    ``None`` where every row says -1. Rows stand in order of value date, kind, component and amount.
    """

    offsets: Offsets
    value_date: Days
    kind: Codes
    component: Codes | None = None
    amount: Minor | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class ChargeBackColumns:
    """Money once credited and taken back; rows stand in order of value date and id."""

    offsets: Offsets
    charge_back_id: TextColumn
    value_date: Days
    principal: Minor
    interest: Minor
    fees: Minor
    penalty: Minor
    payment_id: TextColumn | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class SpanColumns:
    """Spans ``[start, end)`` in which a rule holds; ``end`` is 2**31 - 1 while open.

    ``kind`` is 0 waiver of penalty interest, 1 misuse of funds, 2 off balance. The share is the waived part
    of penalty interest, and 1 of 1 for the other kinds; ``None`` where every share is 1 of 1. Spans of one
    kind may touch, not overlap.
    """

    offsets: Offsets
    start: Days
    end: Days
    kind: Codes
    share_numerator: Days | None = None
    share_denominator: Days | None = None
    recorded_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class DisputeColumns:
    """Amounts in dispute [minor units], on ``[start, end)``; ``end`` is 2**31 - 1 while open.

    ``instalment_no`` is 0 where no instalment is named, and ``charge_id`` empty where no charge is; a column
    is ``None`` where none is named at all. ``for_debtor`` is 1 where the dispute ended for the debtor, else
    0; ``None`` where none did. Rows stand in order of start and id.
    """

    offsets: Offsets
    dispute_id: TextColumn
    start: Days
    end: Days
    amount: Minor
    instalment_no: Days | None = None
    charge_id: TextColumn | None = None
    for_debtor: Codes | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class FindingColumns:
    """What was found, on ``[start, end)``; ``end`` is 2**31 - 1 while open.

    ``kind`` is the place in :class:`~delinquency.FindingKind`, from 0. Findings of one kind may touch, not
    overlap; rows stand in order of start.
    """

    offsets: Offsets
    start: Days
    end: Days
    kind: Codes
    recorded_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class ReportedFigureColumns:
    """Figures reported for a date, each as a quotient of two whole numbers.

    ``name`` is the place in :class:`~delinquency.FigureName`, from 0. ``value_denominator`` is ``None`` where
    every one is 1. Rows stand in order of value date, name and ``reversed_on``: the last of one date and name
    is the one that stands.
    """

    offsets: Offsets
    value_date: Days
    name: Codes
    value_numerator: Days
    value_denominator: Days | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class RestructuringColumns:
    """Changes of what was agreed.

    ``in_difficulty`` is 1 where the debtor was in financial difficulty, else 0; ``None`` where all were. The
    diminished share is a numerator of -1 over 1 where nobody worked it out; a column of it is ``None`` where
    that holds for every row. ``grace_until`` is 2**31 - 1 where no grace period was given. Rows stand in
    order of value date and ``reversed_on``: the last of one date is the one that stands.
    """

    offsets: Offsets
    value_date: Days
    first_due_on: Days
    in_difficulty: Codes | None = None
    diminished_numerator: Days | None = None
    diminished_denominator: Days | None = None
    grace_until: Days | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class ReAgeColumns:
    """Re-ages of open-end accounts.

    ``in_workout`` is 1 where one was made in a workout programme, else 0; ``None`` where none was. Rows stand
    in order of value date and ``reversed_on``: the last of one date is the one that stands.
    """

    offsets: Offsets
    value_date: Days
    in_workout: Codes | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class CollateralColumns:
    """Values of collateral [minor units], on ``[value_date, until)`` or until the next of the same id.

    ``kind`` is the place in :class:`~delinquency.events.security.CollateralKind`, from 0; ``None`` where all
    are other. ``assessed_value`` is -1 where nobody assessed it, ``until`` 2**31 - 1 while it secures; a
    column of nothing else is ``None``. Rows stand in order of value date, id and ``reversed_on``: the last of
    one date and id is the one that stands.
    """

    offsets: Offsets
    collateral_id: TextColumn
    value_date: Days
    value: Minor
    kind: Codes | None = None
    assessed_value: Minor | None = None
    until: Days | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class GuaranteeColumns:
    """What guarantors answer for, on ``[value_date, until)`` or until the next of the same guarantor.

    ``amount`` [minor units] is 0 where a share is given, and the share 0 over 1 where an amount is; a column
    of nothing else is ``None``. ``until`` is 2**31 - 1 while the guarantor answers. Rows stand in order of
    value date, guarantor and ``reversed_on``: the last of one date and guarantor is the one that stands.
    """

    offsets: Offsets
    guarantor_id: TextColumn
    value_date: Days
    amount: Minor | None = None
    share_numerator: Days | None = None
    share_denominator: Days | None = None
    until: Days | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class ContractRateColumns:
    """The rates agreed in contracts, each from its first day [1e-8 per period].

    ``period`` is 0 year, 1 month, 2 day; ``None`` where every rate is a year's.
    """

    offsets: Offsets
    effective_on: Days
    rate: Minor
    period: Codes | None = None
