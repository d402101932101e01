"""What one payment settled, and why.

The one idea: money of one day and kind is one payment to the ledger, whose replay remembers which rows it
made; the order that it followed is a value of the policy.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain_policy
from delinquency.calendar import day_number, to_date
from delinquency.choices import checked_member
from delinquency.component import COMPONENTS, Component
from delinquency.decimals import exact_difference
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.ledger import Ledger
from delinquency.ledger.naming import debt_figures
from delinquency.payments import PaymentKind
from delinquency.policy import Policy
from delinquency.replaying import replay_version, version_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from delinquency.account import Account
    from delinquency.allocation import AllocationStep
    from delinquency.ledger.state import MovementRow, Receipt
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["PaymentSettlement", "SettledPart", "payment_settlement"]

_KINDS = tuple(PaymentKind)


@attrs.frozen(slots=True)
class SettledPart:
    """A part of a payment: one component of one debt.

    ``instalment_no`` is 1 for the first row of the schedule, ``None`` for what stands beside it, which then
    has a ``charge_id``. ``was_written_off`` says that the money recovered a debt off the books.
    """

    component: Component
    amount: Decimal
    due_date: date
    instalment_no: int | None
    charge_id: str | None
    was_written_off: bool


@attrs.frozen(slots=True, eq=False)
class PaymentSettlement:
    """What the money of one day and kind settled.

    Attributes
    ----------
    account : Account
    policy : Policy
        The version used.
    ledger : Ledger
    receipt : Receipt
        The money in whole numbers, and which rows of the ledger it made.
    """

    account: Account
    policy: Policy
    ledger: Ledger
    receipt: Receipt

    @property
    def value_date(self) -> date:
        """The day from which the money counts."""
        return to_date(self.receipt.day)

    @property
    def amount(self) -> Decimal:
        """The money of the day and kind [currency units]."""
        return from_minor(self.receipt.amount, self.account.currency)

    @property
    def parts(self) -> tuple[SettledPart, ...]:
        """What it settled, in the order in which it did."""
        return tuple(self._parts())

    @property
    def unallocated(self) -> Decimal:
        """What of it settled nothing on its day [currency units]."""
        return exact_difference(self.amount, *(part.amount for part in self.parts))

    @property
    def explanation(self) -> Explanation:
        """The order that applied, and each part of the money."""
        return Explanation("settled_by", self.amount, self._head(), (), tuple(self._steps()))

    def __str__(self) -> str:
        return self.explanation.to_text()

    def _rows(self) -> Iterator[tuple[MovementRow, bool]]:
        moves, receipt = self.ledger.moves, self.receipt
        for row in moves.recovered[receipt.recovered_from : receipt.recovered_until]:
            yield row, True
        for row in moves.settled[receipt.settled_from : receipt.settled_until]:
            yield row, False

    def _parts(self) -> Iterator[SettledPart]:
        for (_, place, column, amount), was_written_off in self._rows():
            obligation = self.ledger.obligations[place]
            yield SettledPart(
                COMPONENTS[column],
                from_minor(amount, self.account.currency),
                to_date(obligation.due_day),
                obligation.instalment_no or None,
                self.ledger.name_of(obligation),
                was_written_off,
            )

    def _head(self) -> dict[str, object]:
        receipt = self.receipt
        count = sum(
            row.value_day == receipt.day and row.kind == receipt.kind
            for row in self.account.payment_rows
        )
        return {
            "value_date": self.value_date,
            "kind": _KINDS[receipt.kind].value,
            "currency": self.account.currency.code,
            "payments": count if count > 1 else None,
        }

    def _steps(self) -> Iterator[Explanation]:
        currency = self.account.currency.code
        yield self._order()
        for ((_, place, _, _), was_written_off), part in zip(
            self._rows(), self._parts(), strict=True
        ):
            figures = {
                "component": part.component.value,
                "due_date": part.due_date,
                "currency": currency,
                **debt_figures(self.ledger, place),
            }
            rule = "payment_recovered" if was_written_off else "payment_settled"
            yield Explanation(rule, part.amount, figures)
        if self.unallocated:
            yield Explanation("payment_unallocated", self.unallocated, {"currency": currency})
        yield explain_policy(self.policy)

    def _order(self) -> Explanation:
        receipt, rule = self.receipt, self.ledger.rule
        order = rule.order_of(receipt.kind, receipt.age)
        figures: dict[str, object] = {
            "order": _told(order.steps),
            "grain": order.grain.value,
            "excess": order.excess.value,
        }
        if any(own.kind is _KINDS[receipt.kind] for own in rule.by_kind):
            return Explanation("payment_order_by_kind", order.excess.value, figures)
        reached = [switch.at_least for switch in rule.by_age if receipt.age >= switch.at_least]
        if reached:
            figures["at_least"] = reached[-1]
            return Explanation("payment_order_by_age", receipt.age, figures)
        return Explanation("payment_order", order.excess.value, figures)


def _told(steps: Sequence[AllocationStep]) -> str:
    """Components in their order; with their states, where each state has an order of its own."""
    by_state: dict[str, list[str]] = {}
    for step in steps:
        by_state.setdefault(step.state.value, []).append(step.component.value)
    orders = list(by_state.values())
    if all(order == orders[0] for order in orders):
        return ", ".join(orders[0])
    return ", ".join(f"{step.state.value} {step.component.value}" for step in steps)


def payment_settlement(
    account: Account,
    *,
    value_date: date,
    as_of: date,
    policy: Policy | PolicyTimeline,
    kind: PaymentKind = PaymentKind.REPAYMENT,
    known_on: date | None = None,
) -> PaymentSettlement:
    """What the money of a day settled on that day, and why.

    Payments of one value date and kind are one to the ledger: neither their order nor a split matters, so
    they settle together.

    Parameters
    ----------
    account : Account
    value_date : date
    as_of : date
        On or after the value date: a payment reversed by then was never made.
    policy : Policy or PolicyTimeline
        The version in force on ``as_of``.
    kind : PaymentKind, default REPAYMENT
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Not an account, a date, a kind or a policy.
    InvalidValueError
        No money of the kind counts on the day.
    PolicyNotInForceError
        No version is in force.

    Examples
    --------
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100, 10)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule,
    ...     payments=[dq.Payment(date(2025, 2, 3), 60)])
    >>> told = payment_settlement(account, value_date=date(2025, 2, 3), as_of=date(2025, 2, 3),
    ...     policy=dq.rulebook.load("cn-loan"))
    >>> [(part.component.value, part.amount) for part in told.parts]
    [('interest', Decimal('10.00')), ('principal', Decimal('50.00'))]
    """
    version = version_in_force(account, as_of, policy, "payment_settlement")
    day = day_number(value_date, where="payment_settlement", field="value_date")
    checked_member(kind, PaymentKind, "payment_settlement, kind")
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    found = [
        receipt
        for receipt in ledger.moves.receipts
        if receipt.day == day and receipt.kind == _KINDS.index(kind) and not receipt.was_held
    ]
    if not found:
        raise InvalidValueError.at(
            f"account {account.account_id!r}, payment_settlement",
            expected=f"money of the kind {kind.value} that counts on {value_date}",
            found="none",
            hint="A payment after as_of, one reversed by then, or one not yet known does not count.",
        )
    return PaymentSettlement(account, version, ledger, found[0])
