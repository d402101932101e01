"""How the amount of a late fee follows: a sum, a share of a base, a safe harbour, a sum by the size of debt.

The one idea: a fee is a closed union of four small kinds; what it is worked out of is a named base, so that
"5 % of the overdue amount" cannot mean two things.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import check_days
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.late_fees.bands import AmountByBand
from delinquency.late_fees.fee_tables import FeeTable
from delinquency.rounding import Proportion
from delinquency.whole_numbers import check_least

__all__ = [
    "FEE_KINDS",
    "RECURRENCES",
    "BandFee",
    "EveryDays",
    "EveryMonths",
    "FeeAmount",
    "FeeBase",
    "FlatFee",
    "Once",
    "Recurrence",
    "SafeHarbourFee",
    "ShareFee",
]


class FeeBase(Enum):
    """The amount at the close of the day of assessment of which a fee is a share."""

    OVERDUE_PRINCIPAL = "overdue_principal"
    """Open principal of the instalment."""
    OVERDUE_INTEREST = "overdue_interest"
    """Open interest of the instalment."""
    OVERDUE_INSTALMENT = "overdue_instalment"
    """Open principal and interest of the instalment."""
    OVERDUE_AMOUNT = "overdue_amount"
    """All that is open of the instalment: with fees and penalty."""
    INSTALMENT = "instalment"
    """The contractual amount of the instalment, paid or not."""
    UNPAID_MINIMUM = "unpaid_minimum"
    """The unpaid part of a card's minimum payment (最低还款额未还部分)."""
    OUTSTANDING_PRINCIPAL = "outstanding_principal"
    """Open principal of the account, due or not."""


@attrs.frozen(slots=True)
class FlatFee:
    """The same amount each time.

    Parameters
    ----------
    amount : Decimal or int
        [currency units], more than 0.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No amount, or none of more than 0.
    """

    amount: Decimal | int

    def __attrs_post_init__(self) -> None:
        check_amount(self.amount, where="flat fee, amount", positive=True)


@attrs.frozen(slots=True)
class ShareFee:
    """A share of a base: 5 % of the unpaid part of the minimum payment.

    Parameters
    ----------
    share : Proportion
        More than 0.
    of : FeeBase

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A share of 0.

    Examples
    --------
    >>> ShareFee(Proportion.parse("0.05"), FeeBase.UNPAID_MINIMUM).share
    Proportion(numerator=1, denominator=20)
    """

    share: Proportion
    of: FeeBase

    def __attrs_post_init__(self) -> None:
        share: object = self.share
        if not isinstance(share, Proportion):
            raise InvalidTypeError.at(
                "share fee, share",
                expected="a Proportion",
                found=share,
                hint='Write Proportion.parse("0.05") for 5 %.',
            )
        if not share.numerator:
            raise InvalidValueError.at("share fee, share", expected="more than 0", found=str(share))
        checked_member(self.of, FeeBase, "share fee, of")


@attrs.frozen(slots=True)
class SafeHarbourFee:
    """The amount of a table by the day of assessment, the higher one where a violation comes again.

    Parameters
    ----------
    table : FeeTable

    References
    ----------
    12 CFR 1026.52(b)(1)(ii).
    """

    table: FeeTable

    def __attrs_post_init__(self) -> None:
        table: object = self.table
        if not isinstance(table, FeeTable):
            raise InvalidTypeError.at(
                "safe harbour fee, table",
                expected="a FeeTable",
                found=table,
                hint='fee_table("us-card-safe-harbour-30-41")',
            )


@attrs.frozen(slots=True)
class BandFee:
    """The amount of the band in which a base lies: 70 pounds for a debt of 5,000.

    Parameters
    ----------
    table : AmountByBand
    of : FeeBase
    """

    table: AmountByBand
    of: FeeBase

    def __attrs_post_init__(self) -> None:
        table: object = self.table
        if not isinstance(table, AmountByBand):
            raise InvalidTypeError.at(
                "band fee, table",
                expected="an AmountByBand",
                found=table,
                hint='amount_by_band("uk-fixed-compensation")',
            )
        checked_member(self.of, FeeBase, "band fee, of")


FeeAmount: TypeAlias = FlatFee | ShareFee | SafeHarbourFee | BandFee
"""How the amount of a fee follows."""

FEE_KINDS: Final = (FlatFee, ShareFee, SafeHarbourFee, BandFee)


@attrs.frozen(slots=True)
class Once:
    """One fee, on the first day of assessment."""


@attrs.frozen(slots=True)
class EveryDays:
    """A fee on the first day of assessment and every so many days after it, while the debt is unpaid.

    Parameters
    ----------
    days : int
        From 1 [days]. 1 is a fee at the close of every day.
    """

    days: int

    def __attrs_post_init__(self) -> None:
        check_days(self.days, "every days, days", least=1)


@attrs.frozen(slots=True)
class EveryMonths:
    """A fee on the first day of assessment and every so many months after it, while the debt is unpaid.

    Months are counted from the first day of assessment: from 31 January to 28 February, then 31 March.

    Parameters
    ----------
    months : int, default 1
        From 1 [months].

    Examples
    --------
    >>> EveryMonths(), EveryMonths(3)
    (EveryMonths(months=1), EveryMonths(months=3))
    """

    months: int = 1

    def __attrs_post_init__(self) -> None:
        check_least(self.months, "every months, months", least=1)


Recurrence: TypeAlias = Once | EveryDays | EveryMonths
"""How often a fee is charged for one missed due date."""

RECURRENCES: Final = (Once, EveryDays, EveryMonths)
