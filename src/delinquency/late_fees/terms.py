"""What was agreed about a fee for paying late (违约金; US late fee; India penal charge).

Two lenders who charge "25 dollars" differ in when, how often, up to what and for what. The one idea: each of
these is a named term, every amount becomes whole minor units when the terms are made, and terms that
contradict themselves are refused.
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from delinquency.amounts import check_amount, to_minor
from delinquency.calendar import check_days
from delinquency.choices import checked_member, is_among
from delinquency.citation import Citation
from delinquency.component import Component
from delinquency.currency import Currency
from delinquency.errors import CurrencyError, InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.late_fees.fee_tables import check_currency, checked_citations
from delinquency.late_fees.formulas import NO_LIMIT
from delinquency.late_fees.kinds import (
    FEE_KINDS,
    RECURRENCES,
    BandFee,
    FeeAmount,
    FlatFee,
    Once,
    Recurrence,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.rounding import RoundingMode

__all__ = ["LateFeeTerms"]


@attrs.frozen(slots=True, kw_only=True)
class LateFeeTerms:
    """A fee for paying late: how much, when, how often, up to what.

    Whether a fee counts in days past due is not said here: it is a charge of ``component``, and a counting
    rule counts it if it names that component.

    Parameters
    ----------
    name : str
        Also what makes a later violation one of the same type.
    amount : FlatFee, ShareFee, SafeHarbourFee or BandFee
    currency : Currency, optional
        Needed where the terms name an amount; taken from a table; ``None`` for shares alone, which suit
        every currency.
    minimum : Decimal or int, default 0
        The least of a fee that is charged at all [currency units].
    maximum : Decimal, int or ShareFee, optional
        The most [currency units], or a share of a base, cut down to a minor unit: at most 2 % of the
        instalment.
    rounding : RoundingMode, default HALF_UP
        Of a share, to the minor unit.
    recurrence : Once, EveryDays or EveryMonths, default once
    wait_days : int, default 0
        Charged at the close of the first day on which the debt has been unpaid for *more than* so many
        late days: 0 is the first late day, the day after the due date; 15 the sixteenth [days].
    due_in_days : int, default 0
        The fee falls due so many days after it is charged [days].
    due_with_instalment : bool, default False
        The fee stands with the instalment that was missed, and its age runs from the due date of that.
    component : Component, default FEES
        ``FEES`` or ``PENALTY``.
    cap_by_minimum : bool, default False
        At most the full minimum payment that was required immediately before the fee, part of it paid or
        not, and never the larger one of a later statement.
    ignores_unpaid_fees : bool, default False
        No fee where the payment is short only because an earlier late fee is unpaid, or took the money.
    once_per_instalment : bool, default False
        No second fee for one missed due date, of these terms or of others for the same event.
    citations : tuple of Citation, optional

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``float`` amount.
    InvalidValueError
        An amount without a currency or finer than its minor unit; a minimum above the maximum; days
        below 0; due with the instalment and yet in so many days; once per
        instalment and yet recurring; a component that a charge cannot have.
    CurrencyError
        A table in another currency.

    Examples
    --------
    5 % of what is unpaid of the minimum, at least 10 yuan, with three days of grace:

    >>> from delinquency.late_fees.kinds import FeeBase
    >>> from delinquency.rounding import Proportion
    >>> terms = LateFeeTerms(name="违约金", currency=Currency.of("CNY"), minimum=10, wait_days=3,
    ...     amount=ShareFee(Proportion.parse("0.05"), FeeBase.UNPAID_MINIMUM))
    >>> terms.minimum_minor, terms.component.value
    (1000, 'fees')

    References
    ----------
    12 CFR 1026.52(b)(2), 1026.36(c)(2); 16 CFR 444.4; 银发〔2016〕111号.
    """

    name: str
    amount: FeeAmount
    currency: Currency | None = None
    minimum: Decimal | int = 0
    maximum: Decimal | int | ShareFee | None = None
    rounding: RoundingMode = RoundingMode.HALF_UP
    recurrence: Recurrence = attrs.field(factory=Once)
    wait_days: int = 0
    due_in_days: int = 0
    due_with_instalment: bool = False
    component: Component = Component.FEES
    cap_by_minimum: bool = False
    ignores_unpaid_fees: bool = False
    once_per_instalment: bool = False
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=checked_citations)
    flat_minor: int = attrs.field(init=False, repr=False, eq=False)
    minimum_minor: int = attrs.field(init=False, repr=False, eq=False)
    maximum_minor: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="late fee, name")
        where = f"late fee {self.name!r}"
        _check_one_of(self.amount, FEE_KINDS, f"{where}, amount")
        _check_one_of(self.recurrence, RECURRENCES, f"{where}, recurrence")
        checked_member(self.rounding, RoundingMode, f"{where}, rounding")
        self._check_flags(where)
        check_days(self.wait_days, f"{where}, wait_days", least=0)
        check_days(self.due_in_days, f"{where}, due_in_days", least=0)
        object.__setattr__(self, "currency", self._currency(where))
        self._set_minor(where)

    def _check_flags(self, where: str) -> None:
        flags = (
            "due_with_instalment",
            "cap_by_minimum",
            "ignores_unpaid_fees",
            "once_per_instalment",
        )
        for field in flags:
            if not isinstance(getattr(self, field), bool):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected="a bool", found=getattr(self, field)
                )
        if not is_among(self.component, (Component.FEES, Component.PENALTY)):
            raise InvalidValueError.at(
                f"{where}, component",
                expected="Component.FEES or Component.PENALTY",
                found=self.component,
                hint="Principal and interest fall due by the schedule.",
            )
        if self.due_with_instalment and self.due_in_days:
            raise InvalidValueError.at(
                f"{where}, due_in_days",
                expected="0 for a fee that falls due with its instalment",
                found=self.due_in_days,
            )
        if self.once_per_instalment and not isinstance(self.recurrence, Once):
            raise InvalidValueError.at(
                f"{where}, once_per_instalment",
                expected="False for a fee that comes again",
                found="True",
                hint="Leave recurrence out, or once_per_instalment.",
            )

    def _currency(self, where: str) -> Currency | None:
        if self.currency is not None:
            check_currency(self.currency, where)
        if not isinstance(self.amount, SafeHarbourFee | BandFee):
            return self.currency
        of_table = self.amount.table.currency
        if self.currency not in (None, of_table):
            raise CurrencyError.at(
                f"{where}, currency",
                expected=f"{of_table}, that of table {self.amount.table.name!r}",
                found=str(self.currency),
            )
        return of_table

    def _set_minor(self, where: str) -> None:
        fee, most = self.amount, self.maximum
        flat = self._minor("amount", fee.amount, where) if isinstance(fee, FlatFee) else 0
        minimum = self._minor("minimum", self.minimum, where)
        maximum = NO_LIMIT
        if most is not None and not isinstance(most, ShareFee):
            maximum = self._minor("maximum", most, where)
        if minimum > maximum:
            raise InvalidValueError.at(
                f"{where}, minimum",
                expected=f"at most the maximum, {self.maximum}",
                found=str(self.minimum),
            )
        object.__setattr__(self, "flat_minor", flat)
        object.__setattr__(self, "minimum_minor", minimum)
        object.__setattr__(self, "maximum_minor", maximum)

    def _minor(self, field: str, amount: Decimal | int, where: str) -> int:
        # Zero is zero in every currency.
        check_amount(amount, where=f"{where}, {field}", positive=False)
        if self.currency is not None:
            return to_minor(amount, self.currency, where=where, field=field)
        if amount:
            raise InvalidValueError.at(
                f"{where}, currency",
                expected=f"a Currency, for {field} is an amount",
                found="None",
                hint='currency=Currency.of("USD")',
            )
        return 0


def _check_one_of(value: object, kinds: tuple[type, ...], where: str) -> None:
    if not isinstance(value, kinds):
        names = ", ".join(kind.__name__ for kind in kinds)
        raise InvalidTypeError.at(where, expected=f"one of {names}", found=value)
