"""A discounted settlement: payments that settle all that is open, and what is given up first of the rest.

The one idea: a settlement says what is paid; what that comes to by component, and what is given up, is what
the account owes less it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs

from delinquency.calendar import day_number
from delinquency.component import Component
from delinquency.errors import InvalidValueError
from delinquency.restructuring.measure_checks import as_components, check_distinct, check_part
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple

__all__ = ["Settlement", "SettlementPayment"]

_COSTS_FIRST = (Component.PENALTY, Component.FEES, Component.INTEREST, Component.PRINCIPAL)


@attrs.frozen(slots=True)
class SettlementPayment:
    """One payment of a settlement.

    Parameters
    ----------
    on : date
        The day by whose close it is to be paid.
    amount : Decimal or int, optional
        [currency units], more than 0.
    share : Proportion, optional
        Of all that is owed when the settlement is put to the account, rounded up to the minor unit, and at
        most what the payments before it leave; more than 0 and at most 1; one of the two.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``datetime`` for a ``date``.
    InvalidValueError
        Both or neither; out of range.
    """

    on: date
    amount: Decimal | int | None = None
    share: Proportion | None = None

    def __attrs_post_init__(self) -> None:
        where = "settlement payment"
        day_number(self.on, where=where, field="on")
        check_part(self.amount, self.share, where)


def _payments(items: Iterable[SettlementPayment]) -> tuple[SettlementPayment, ...]:
    return checked_tuple(items, SettlementPayment, "settlement, payment")


@attrs.frozen(slots=True)
class Settlement:
    """All that is open, due or not, is settled by one payment or several (折扣结清).

    What the payments do not reach is given up once they are made: penalty and fees are waived, interest and
    principal forgiven. Interest that is not earned by the day of the plan is never asked for, and not among
    what is given up. Of what is left the first payments settle what would have been given up first. It is
    the last measure of its plan; a waiver of arrears or a forgiveness may go before it.

    Parameters
    ----------
    payments : sequence of SettlementPayment
        At least one, each day once and in order, on or after the day of the plan; amounts, or shares that sum
        to at most 1.
    given_up_first : tuple of Component, optional
        What may be given up, in order; default penalty, fees, interest, principal.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No payment; days out of order; amounts beside shares; shares of more than 1; no component, or one
        twice.

    Examples
    --------
    Seven tenths of the debt at once, and principal is not given up:

    >>> Settlement([SettlementPayment(date(2025, 3, 1), share=Proportion.parse("0.7"))],
    ...     [Component.PENALTY, Component.FEES, Component.INTEREST]).payments[0].on
    datetime.date(2025, 3, 1)
    """

    payments: tuple[SettlementPayment, ...] = attrs.field(converter=_payments)
    given_up_first: tuple[Component, ...] = attrs.field(
        default=_COSTS_FIRST, converter=as_components
    )

    def __attrs_post_init__(self) -> None:
        where = "settlement"
        check_distinct(self.given_up_first, f"{where}, given_up_first")
        if not self.payments:
            raise InvalidValueError.at(
                f"{where}, payments", expected="at least one payment", found="none"
            )
        for earlier, later in pairwise(self.payments):
            if later.on <= earlier.on:
                raise InvalidValueError.at(
                    f"{where}, payments",
                    expected=f"a day after the payment before it, {earlier.on}",
                    found=str(later.on),
                )
        shares = [each.share for each in self.payments if each.share is not None]
        if shares and len(shares) < len(self.payments):
            raise InvalidValueError.at(
                f"{where}, payments", expected="amounts, or shares, and not both", found="both"
            )
        total = sum((Fraction(each.numerator, each.denominator) for each in shares), Fraction(0))
        if total > 1:
            raise InvalidValueError.at(
                f"{where}, payments", expected="shares that sum to at most 1", found=str(total)
            )
