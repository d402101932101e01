"""What was agreed for a card: its cycle, its minimum, its interest, its charges, its order of payment.

The one idea: terms are data, dated where law or contract changed them; what a statement computes is read
from here and from nowhere else.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, TypeAlias

import attrs

from delinquency.amounts import check_amount, to_minor
from delinquency.calendar import Day, check_days
from delinquency.choices import checked_member
from delinquency.currency import Currency
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.late_fees import LateFeeTerms
from delinquency.revolving.cycles import DueDateRule, check_cycle
from delinquency.revolving.dated import Dated, dated
from delinquency.revolving.interest import CardInterest
from delinquency.revolving.late_fee import LateFeePosting, check_card_fee
from delinquency.revolving.minimum import MinimumPaymentRule
from delinquency.revolving.orders import (
    BalanceOrder,
    ByKind,
    HighestRateFirst,
    MinimumThenHighestRate,
)

__all__ = ["CardTerms", "MinimumRow"]

Amount: TypeAlias = Decimal | int


class MinimumRow(NamedTuple):
    """A minimum payment rule with its amounts in minor units."""

    rule: MinimumPaymentRule
    floor: int
    multiple: int


def _no_grace() -> Dated[int]:
    return dated(0)


def _no_tolerance() -> Dated[Amount]:
    nothing: Amount = Decimal(0)
    return dated(nothing)


@attrs.frozen(slots=True, kw_only=True)
class CardTerms:
    """The terms of a card account.

    Parameters
    ----------
    currency : Currency
    cycle_day : int
        The day of the month on which the statement is drawn, at its close (账单日); 1 to 31. A month that
        lacks the day has its last day: with 31, 28 February, or 29 in a leap year.
    due : DueAfterDays or DueOnDay
        When the statement is to be paid (到期还款日).
    minimum : MinimumPaymentRule, or Dated
        By the day of the statement.
    interest : CardInterest
    order : ByKind, HighestRateFirst or MinimumThenHighestRate
        How money is allocated.
    grace_days : int, or Dated; default 0
        Paid by the close of so many days after the due date is paid in time (容时) [days]. A trigger: paid
        later, everything runs as if there were no grace. By the day of the statement.
    tolerance : Decimal or int, or Dated; default 0
        Short by so much is paid in full, or is the minimum met (容差) [currency units]; itself included. It
        closes no debt: what is missing stands in the balance of the next statement, and is no part past due
        of its minimum. By the due date.
    late_fee : LateFeeTerms, optional, or Dated
        What is charged at the close of the last day of grace for a minimum that is not met, the part past due
        included: flat, a share of the unpaid minimum, a safe harbour. By the due date that was missed.
        A card posts it to the balance of ``PENALTY``, where it never bears interest.
    late_fee_posting : LateFeePosting, default NEXT_STATEMENT
    refunds_settle_minimum : bool, default False
        Whether a merchant's refund counts as money towards a minimum. Either way it counts towards paying
        in full, and a minimum is never more than what is left of what was billed.

    Raises
    ------
    InvalidTypeError
        A wrong type, a ``float`` among them.
    InvalidValueError
        A cycle day of 0 or 32; a negative grace or tolerance; a due date that with its grace is after the
        next statement; amounts finer than the minor unit.

    References
    ----------
    银发〔2016〕111号: 违约金 by agreement, without interest. 12 CFR 1026.52(b)(2): at most the minimum.
    中国银行卡行业自律公约 (2013): at least three days of grace, a tolerance of 10 yuan.

    Examples
    --------
    A Chinese card: a tenth of purchases, fees and billed interest in full, 0.05 % a day on the whole
    statement, costs before principal and from day 91 after it.

    >>> from delinquency.late_fees import FeeBase, ShareFee
    >>> from delinquency.rates import Rate
    >>> from delinquency.revolving import (KindSwitch, BalanceKind, BalanceRate, DueAfterDays,
    ...     InterestMethod, MinimumBase, MinimumShare)
    >>> from delinquency.rounding import Proportion
    >>> new, whole = MinimumBase.NEWLY_BILLED, Proportion(1, 1)
    >>> principal = (BalanceKind.PLAN, BalanceKind.CASH_ADVANCE, BalanceKind.PURCHASE)
    >>> costs = (BalanceKind.INTEREST, BalanceKind.FEES, BalanceKind.PENALTY)
    >>> terms = CardTerms(currency=Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10)),
    ...         *(MinimumShare(kind, whole, new) for kind in (BalanceKind.PLAN, *costs))]),
    ...     interest=CardInterest(rates=[BalanceRate(BalanceKind.PURCHASE, Rate.per_day("0.0005"))],
    ...         method=InterestMethod.FULL_STATEMENT),
    ...     order=ByKind(kinds=costs + principal,
    ...         switch=KindSwitch(at_least=91, kinds=principal + costs)),
    ...     grace_days=3, tolerance=10,
    ...     late_fee=LateFeeTerms(name="违约金", currency=Currency.of("CNY"), minimum=10, maximum=500,
    ...         amount=ShareFee(Proportion(5, 100), FeeBase.UNPAID_MINIMUM)))
    >>> terms.grace_days.values, terms.tolerance_minor.values
    ((3,), (1000,))
    >>> CardTerms(currency=Currency.of("CNY"), cycle_day=32, due=terms.due, minimum=terms.minimum,
    ...     interest=terms.interest, order=terms.order)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: card terms, cycle_day: expected a day of the month from 1 to 31, \
found 32. Hint: 31 is the last day of a month that has no 31st.
    """

    currency: Currency
    cycle_day: int
    due: DueDateRule
    minimum: Dated[MinimumPaymentRule] = attrs.field(converter=dated)
    interest: CardInterest
    order: BalanceOrder
    grace_days: Dated[int] = attrs.field(factory=_no_grace, converter=dated)
    tolerance: Dated[Amount] = attrs.field(factory=_no_tolerance, converter=dated)
    late_fee: Dated[LateFeeTerms | None] = attrs.field(default=None, converter=dated)
    late_fee_posting: LateFeePosting = LateFeePosting.NEXT_STATEMENT
    refunds_settle_minimum: bool = False
    tolerance_minor: Dated[int] = attrs.field(init=False, repr=False, eq=False)
    minimum_rows: Dated[MinimumRow] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        self._check_types()
        for value in self.grace_days.values:
            check_days(value, "card terms, grace_days", least=0)
        check_cycle(self.cycle_day, self.due, max(self.grace_days.values))
        for amount in self.tolerance.values:
            check_amount(amount, where="card terms, tolerance", positive=False)
        put = object.__setattr__
        put(self, "tolerance_minor", self.tolerance.map(lambda v: self._minor(v, "tolerance")))
        put(self, "minimum_rows", self.minimum.map(self._minimum_row))
        checked_member(self.late_fee_posting, LateFeePosting, "card terms, late_fee_posting")
        for fee in self.late_fee.values:
            if fee is not None:
                check_card_fee(fee, self.currency)

    def _check_types(self) -> None:
        orders = (ByKind, HighestRateFirst, MinimumThenHighestRate)
        named = "ByKind, HighestRateFirst or MinimumThenHighestRate"
        checks: tuple[tuple[str, tuple[object, ...], tuple[type, ...], str], ...] = (
            ("currency", (self.currency,), (Currency,), "a Currency"),
            ("minimum", self.minimum.values, (MinimumPaymentRule,), "a MinimumPaymentRule"),
            ("interest", (self.interest,), (CardInterest,), "a CardInterest"),
            ("order", (self.order,), orders, named),
            ("refunds_settle_minimum", (self.refunds_settle_minimum,), (bool,), "True or False"),
        )
        for field, values, kinds, expected in checks:
            for value in values:
                if not isinstance(value, kinds):
                    raise InvalidTypeError.at(
                        f"card terms, {field}", expected=expected, found=value
                    )

    def _minor(self, amount: Amount, field: str) -> int:
        return to_minor(amount, self.currency, where="card terms", field=field)

    def _minimum_row(self, rule: MinimumPaymentRule) -> MinimumRow:
        multiple = 1 if rule.multiple is None else self._minor(rule.multiple, "minimum, multiple")
        return MinimumRow(rule, self._minor(rule.floor, "minimum, floor"), multiple)

    def check_covers(self, day: Day) -> None:
        """Refuse a card that is older than a dated part of its terms.

        Raises
        ------
        InvalidValueError
            A dated value that begins after ``day``, named.
        """
        parts: list[tuple[str, Dated[object]]] = [
            (field, getattr(self, field))
            for field in ("minimum", "grace_days", "tolerance", "late_fee")
        ]
        parts += [
            (f"interest, {row.kind.value}", row.rate.map(_any)) for row in self.interest.rates
        ]
        for name, value in parts:
            try:
                value.on(day)
            except DelinquencyError as error:
                raise InvalidValueError.at(
                    f"card terms, {name}",
                    expected=error.expected.replace("a day from", "a card opened on or after"),
                    found=error.found,
                    hint=error.hint,
                ) from None


def _any(value: object) -> object:
    return value
