"""The record of one credit: what fell due, what was paid and what happened.

The one idea: an account is valid because it exists. Everything is checked here once, and the whole
numbers that every rule works on are made here once, so that no verb checks or converts again.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING, get_args

import attrs

from delinquency.amounts import MAX_MINOR, to_minor
from delinquency.calendar import NONE_DAY, day_number
from delinquency.charges import Charge
from delinquency.dated_rates import DatedRate, dated_rates
from delinquency.dispute_rows import DisputeRow, dispute_rows
from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.event_rows import (
    ALL,
    Decision,
    DecisionRow,
    SpanRow,
    charge_backs_of,
    day_or,
    decision_rows,
    event_key,
    span_rows,
)
from delinquency.events import (
    AccountEvent,
    ChargeBack,
    CountingSuspension,
    FundsMisuse,
    OffBalance,
    PenaltyWaiver,
)
from delinquency.finding_rows import (
    FigureRow,
    FindingRow,
    ReAgeRow,
    RestructuringRow,
    figure_rows,
    finding_rows,
    re_age_rows,
    restructuring_rows,
)
from delinquency.identifiers import check_id
from delinquency.obligations import Obligation, PaymentRow, Ranked, in_rank, obligations_of
from delinquency.payments import Payment, PaymentKind, named_payments, payment_key
from delinquency.schedule import Schedule
from delinquency.security_rows import (
    CollateralRow,
    GuaranteeRow,
    collateral_rows,
    guarantee_rows,
)
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from delinquency.currency import Currency

__all__ = ["Account", "Product", "Segment"]


def _charges(items: Iterable[Charge]) -> tuple[Charge, ...]:
    return checked_tuple(items, Charge, "charge")


def _payments(items: Iterable[Payment]) -> tuple[Payment, ...]:
    return checked_tuple(items, Payment, "payment")


def _events(items: Iterable[AccountEvent]) -> tuple[AccountEvent, ...]:
    return checked_tuple(items, get_args(AccountEvent), "event")


def _rates(items: Iterable[DatedRate]) -> tuple[DatedRate, ...]:
    return dated_rates(items, where="contract")


_KINDS = tuple(PaymentKind)


class Product(Enum):
    """The form of credit: a loan with a schedule, or a card with statements."""

    LOAN = "loan"
    CARD = "card"


class Segment(Enum):
    """The regulator's first division of debtors."""

    RETAIL = "retail"
    NON_RETAIL = "non_retail"


@attrs.frozen(slots=True, kw_only=True)
class Account:
    """A frozen record of one credit.

    Parameters
    ----------
    account_id : str
        Not empty.
    originated_on : date
        The day on which the credit began. No fact is older.
    schedule : Schedule
        What falls due, and the currency of every amount.
    obligor_id : str, default ``""``
        The debtor, for rules that look at all of a debtor's credits.
    product : Product, default LOAN
    segment : Segment, default RETAIL
    charges, payments, events : tuple, optional
        Facts in any order; they are kept in order of date.
    contract_rates : tuple of DatedRate, optional
        The rates agreed in the contract, each from its first day, for rules that are a multiple of them.

    Raises
    ------
    InvalidTypeError
        A wrong type anywhere.
    InvalidValueError
        A fact before ``originated_on``; a row closed by then; two payments, charges, charge-backs or
        disputes of one id; a charge or dispute that names a debt that does not exist; suspensions, other
        spans or findings of one kind that overlap; two reported figures, values of collateral or guarantees
        of one name and date, or two restructurings or re-ages of one date, that both stand; two contract
        rates from one day; amounts finer than the minor unit of the currency, or that sum to more than
        10**15 minor units.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from delinquency.currency import Currency
    >>> from delinquency.schedule import Instalment
    >>> schedule = Schedule(Currency.of("CNY"), (Instalment(date(2025, 1, 31), Decimal("100")),))
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> account.currency.code
    'CNY'
    """

    account_id: str
    originated_on: date
    schedule: Schedule
    obligor_id: str = ""
    product: Product = Product.LOAN
    segment: Segment = Segment.RETAIL
    charges: tuple[Charge, ...] = attrs.field(default=(), converter=_charges)
    payments: tuple[Payment, ...] = attrs.field(default=(), converter=_payments)
    events: tuple[AccountEvent, ...] = attrs.field(default=(), converter=_events)
    contract_rates: tuple[DatedRate, ...] = attrs.field(default=(), converter=_rates)
    charge_backs: tuple[ChargeBack, ...] = attrs.field(init=False, repr=False, eq=False)
    ranked: tuple[Ranked, ...] = attrs.field(init=False, repr=False, eq=False)
    obligations: tuple[Obligation, ...] = attrs.field(init=False, repr=False, eq=False)
    amount_rows: tuple[tuple[int, ...], ...] = attrs.field(init=False, repr=False, eq=False)
    owed_running: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)
    payment_days: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)
    paid_running: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)
    payment_rows: tuple[PaymentRow, ...] = attrs.field(init=False, repr=False, eq=False)
    decision_rows: tuple[DecisionRow, ...] = attrs.field(init=False, repr=False, eq=False)
    suspension_rows: tuple[SpanRow, ...] = attrs.field(init=False, repr=False, eq=False)
    dispute_rows: tuple[DisputeRow, ...] = attrs.field(init=False, repr=False, eq=False)
    finding_rows: tuple[FindingRow, ...] = attrs.field(init=False, repr=False, eq=False)
    figure_rows: tuple[FigureRow, ...] = attrs.field(init=False, repr=False, eq=False)
    restructuring_rows: tuple[RestructuringRow, ...] = attrs.field(init=False, repr=False, eq=False)
    re_age_rows: tuple[ReAgeRow, ...] = attrs.field(init=False, repr=False, eq=False)
    collateral_rows: tuple[CollateralRow, ...] = attrs.field(init=False, repr=False, eq=False)
    guarantee_rows: tuple[GuaranteeRow, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.account_id, where="account, account_id")
        try:
            self._check_head()
            self._put("charges", tuple(sorted(self.charges, key=_charge_key)))
            self._put("payments", tuple(sorted(self.payments, key=payment_key)))
            self._put("events", tuple(sorted(self.events, key=event_key)))
            self._put("payment_rows", tuple(self._payment_rows()))
            self._put_events()
            self._check_charges()
            self._put("ranked", self._ranked())
            self._put("obligations", in_rank(self.ranked))
            self._put("amount_rows", tuple(row[5:9] for row in self.obligations))
            self._put("payment_days", tuple(row.value_day for row in self.payment_rows))
            self._put_running()
        except DelinquencyError as error:
            raise error.within(self._where) from None

    @property
    def currency(self) -> Currency:
        """The currency of every amount of the account."""
        return self.schedule.currency

    @property
    def originated_day(self) -> int:
        """``originated_on`` as a day number."""
        return day_number(self.originated_on, where=self._where, field="originated_on")

    @property
    def obligations_appear(self) -> bool:
        """Whether a debt can enter the ledger after the account began."""
        return bool(self.charges or self.charge_backs) or self.schedule.is_changed

    @property
    def _where(self) -> str:
        return f"account {self.account_id!r}"

    def _put(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    def _check_head(self) -> None:
        day_number(self.originated_on, where="account", field="originated_on")
        checks: tuple[tuple[str, type], ...] = (
            ("schedule", Schedule),
            ("obligor_id", str),
            ("product", Product),
            ("segment", Segment),
        )
        for field, kind in checks:
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    field, expected=f"an instance of {kind.__name__}", found=value
                )
        if self.obligor_id:
            check_id(self.obligor_id, where="obligor_id")
        self._check_validity()
        first = self.schedule.instalments[0].due_date
        if first < self.originated_on:
            raise InvalidValueError.at(
                "instalment 1",
                expected=f"due_date on or after originated_on {self.originated_on}",
                found=str(first),
            )

    def _check_validity(self) -> None:
        if not self.schedule.is_changed:
            return
        for number, row in enumerate(self.schedule.instalments, start=1):
            end = row.in_force_until
            if end is not None and end <= self.originated_on:
                raise InvalidValueError.at(
                    f"instalment {number}",
                    expected=f"in_force_until after originated_on {self.originated_on}",
                    found=str(end),
                    hint="A row that was closed before the credit began was never in force.",
                )

    def _not_before_origination(self, where: str, field: str, value: date) -> int:
        if value < self.originated_on:
            raise InvalidValueError.at(
                where,
                expected=f"{field} on or after originated_on {self.originated_on}",
                found=str(value),
            )
        return day_number(value, where=where, field=field)

    def _payment_rows(self) -> Iterator[PaymentRow]:
        for where, payment in named_payments(self.payments):
            value_day = self._not_before_origination(where, "value_date", payment.value_date)
            yield PaymentRow(
                value_day,
                to_minor(payment.amount, self.currency, where=where, field="amount"),
                day_or(payment.recorded_on, value_day),
                day_or(payment.reversed_on, NONE_DAY),
                _KINDS.index(payment.kind),
            )

    def _put_events(self) -> None:
        events, day_of = self.events, self._not_before_origination
        self._put("suspension_rows", tuple(span_rows(events, CountingSuspension, day_of)))
        for kind in (PenaltyWaiver, FundsMisuse, OffBalance):
            self.spans(kind)
        self._put("charge_backs", charge_backs_of(events, day_of))
        self._put("decision_rows", tuple(decision_rows(events, self.currency, day_of)))
        named = (len(self.schedule), self.charges)
        self._put("dispute_rows", dispute_rows(events, self.currency, day_of, *named))
        self._put("finding_rows", finding_rows(events, day_of))
        self._put("figure_rows", figure_rows(events, day_of))
        self._put("restructuring_rows", restructuring_rows(events, day_of))
        self._put("re_age_rows", re_age_rows(events, day_of))
        self._put("collateral_rows", collateral_rows(events, self.currency, day_of))
        self._put("guarantee_rows", guarantee_rows(events, self.currency, day_of))

    def spans(self, kind: type[PenaltyWaiver | FundsMisuse | OffBalance]) -> tuple[SpanRow, ...]:
        """The spans of one kind in whole numbers, in order of time."""
        return tuple(span_rows(self.events, kind, self._not_before_origination))

    def _ranked(self) -> tuple[Ranked, ...]:
        return obligations_of(
            self.schedule,
            self.charges,
            self.charge_backs,
            self.originated_day,
            ranks_by_billing=self.product is Product.CARD,
        )

    def _check_charges(self) -> None:
        seen: set[str] = set()
        for charge in self.charges:
            where = f"charge {charge.charge_id!r}"
            if charge.charge_id in seen:
                raise InvalidValueError.at(
                    where, expected="a charge_id used once", found="it twice"
                )
            seen.add(charge.charge_id)
            field = "due_date" if charge.charged_on is None else "charged_on"
            self._not_before_origination(where, field, charge.enters_on)

    @property
    def _accrued(self) -> int:
        """The interest that accelerations make due, where they say how much [minor units]."""
        return sum(
            row.amount
            for row in self.decision_rows
            if row.kind == Decision.ACCELERATION and row.amount != ALL
        )

    def _put_running(self) -> None:
        """Running sums of what is owed and paid, kept where they alone decide what is settled."""
        owed = tuple(accumulate(map(sum, self.amount_rows)))
        paid = tuple(accumulate(row.amount for row in self.payment_rows))
        largest = max(owed[-1] + self._accrued, paid[-1] if paid else 0)
        if largest > MAX_MINOR:
            raise InvalidValueError.at(
                "amounts",
                expected=f"dues and payments that each sum to at most {MAX_MINOR} minor units",
                found=largest,
            )
        by_totals = (
            not self.charges
            and not self.charge_backs
            and not self.decision_rows
            and not self.schedule.is_changed
            and self.product is Product.LOAN
        )
        stands = all(row.reversed_day == NONE_DAY for row in self.payment_rows)
        self._put("owed_running", owed if by_totals else ())
        self._put("paid_running", paid if stands else ())


def _charge_key(charge: Charge) -> tuple[date, str]:
    return charge.due_date, charge.charge_id
