"""What the end of a plan comes to: the old terms, what was paid, what stays given up.

The one idea: owed before the plan + accrued since under the old terms - paid - given up for good = owed now,
by component and to the minor unit.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import Day
from delinquency.decimals import exact_difference
from delinquency.obligations import DebtKind
from delinquency.restructuring.answer import DebtParts
from delinquency.restructuring.carried import Carried, carried_from
from delinquency.restructuring.draft import INTEREST, PRINCIPAL
from delinquency.restructuring.following.old_terms import conditional
from delinquency.restructuring.following.promises import PromiseState, PromiseToPay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from delinquency.account import Account
    from delinquency.currency import Currency
    from delinquency.explanation import Explanation
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.restructuring.answer import Restructured
    from delinquency.restructuring.following.compliance import Breach, PlanCompliance
    from delinquency.restructuring.following.old_terms import OldTerms

__all__ = ["Reinstated"]


@attrs.frozen(slots=True, eq=False)
class Reinstated:
    """An account to which the terms of before a plan have come back.

    Attributes
    ----------
    done : Restructured
    account : Account
        With the plan until the day, and the old terms from it on.
    on : date
        The old terms hold from the start of this day.
    policy : Policy
        The version used.
    compliance : PlanCompliance
        The plan at the close of the day before.
    ground : str or None
        Why the plan ends although nothing of it was broken.
    old : OldTerms
        What is owed without the plan [minor units].
    under_plan_minor : tuple of int
        What would be owed under the plan, by component [minor units].
    past_due_minor : tuple of int
        What is past due in the account at the start of the day, once held money is put to it [minor units].
    rows_ended, rows_begun : int
    payments : tuple of Payment
        Those made from the day of the plan on, as they were given.
    promises : tuple of PromiseToPay
        All that were given, in the order in which they are served.
    """

    done: Restructured = attrs.field(repr=False)
    account: Account = attrs.field(repr=False)
    on: date
    policy: Policy = attrs.field(repr=False)
    compliance: PlanCompliance = attrs.field(repr=False)
    ground: str | None
    old: OldTerms = attrs.field(repr=False)
    under_plan_minor: tuple[int, int, int, int] = attrs.field(repr=False)
    past_due_minor: tuple[int, int, int, int] = attrs.field(repr=False)
    rows_ended: int
    rows_begun: int
    payments: tuple[Payment, ...] = attrs.field(repr=False)
    promises: tuple[PromiseToPay, ...] = attrs.field(repr=False)

    @property
    def currency(self) -> Currency:
        """Of all amounts."""
        return self.account.currency

    def _parts(self, amounts: Sequence[int]) -> DebtParts:
        return DebtParts(*(from_minor(amount, self.currency) for amount in amounts))

    @property
    def breach(self) -> Breach | None:
        """The first breach; ``None`` where there is another ground."""
        return self.compliance.breach

    @property
    def debt_before(self) -> DebtParts:
        """What was owed at the start of the day of the plan; interest as far as it was earned."""
        return self._parts(self.old.begun.owed())

    @property
    def accrued(self) -> DebtParts:
        """Interest, fees and penalty that came since under the old terms."""
        return self._parts(
            [
                owed + paid + gone - before
                for owed, paid, gone, before in zip(
                    self.old.owed.owed(),
                    self.old.paid,
                    self.old.given_up,
                    self.old.begun.owed(),
                    strict=True,
                )
            ]
        )

    @property
    def paid(self) -> DebtParts:
        """What was paid since, by what it settles under the old terms."""
        return self._parts(self.old.paid)

    @property
    def given_up(self) -> DebtParts:
        """What was given up for good, by what it was before the plan; it does not come back."""
        return self._parts(self.old.given_up)

    @property
    def come_back(self) -> DebtParts:
        """What the plan gave up on condition that it is completed, and is owed again."""
        return self._parts(conditional(self.done))

    @property
    def owed(self) -> DebtParts:
        """What is owed at the start of the day, due or not; interest as far as it is earned.

        Before :attr:`unallocated`.
        """
        return self._parts(self.old.owed.owed())

    @property
    def earned_not_due(self) -> Decimal:
        """What of :attr:`owed` is interest that rows to come ask for [currency units].

        It was earned before the day, by the running period for the most part, and falls due with its row. The
        row begins with the day, and what an account knows of it was earned from then on: so of each component
        ``breakdown`` of the account owes on the day what :attr:`owed` says, less this of interest.
        """
        draft, ledger = self.old.owed, self.old.ledger
        due = sum(
            row[INTEREST]
            for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True)
            if ledger.is_in_force(debt) and debt.due_day <= draft.day
        )
        return from_minor(draft.owed()[INTEREST] - due, self.currency)

    @property
    def unallocated(self) -> Decimal:
        """Money that settled nothing under the plan, and is put to the old rows from the day on."""
        return self.compliance.ledger.unallocated

    @property
    def owed_under_plan(self) -> DebtParts:
        """What would be owed at the start of the day if the plan went on."""
        return self._parts(self.under_plan_minor)

    @property
    def past_due(self) -> DebtParts:
        """What is past due in the account at the start of the day, once held money is put to it.

        Penalty that the plan put into parts stands in these parts: no row of a schedule can have it.
        """
        return self._parts(self.past_due_minor)

    @property
    def open_promises(self) -> tuple[PromiseToPay, ...]:
        """The promises left aside: their day had not passed, or they were made on the day or later."""
        pending = [
            each.promise for each in self.compliance.promises if each.state is PromiseState.PENDING
        ]
        return (*pending, *(each for each in self.promises if each.promised_on >= self.on))

    @property
    def less_than_under_plan(self) -> Decimal:
        """By how much less is owed than under the plan; 0 where as much or more is [currency units].

        Under the old terms what is past due bears nothing unless the policy has terms of penalty, while a
        plan may have put it among what bears interest.
        """
        less = exact_difference(self.owed_under_plan.total, self.owed.total)
        return max(less, from_minor(0, self.currency))

    @property
    def carried(self) -> Mapping[Day, Carried]:
        """What rows to come carry that is owed already, by due day: a plan that follows needs it.

        The interest of the running period that was earned by the day, and what an earlier plan had put into
        the old rows.
        """
        before, draft = self.done.previous, self.old.owed
        parts: Mapping[Day, Carried] = {}
        if before is not None:
            parts = carried_from(before, draft.day)
        due_today, ahead = 0, dict[Day, list[int]]()
        ledger = self.old.ledger
        for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
            if debt.kind == DebtKind.INSTALMENT and ledger.is_in_force(debt):
                if debt.due_day == draft.day:
                    spread = parts.get(debt.due_day, Carried(0, 0)).interest
                    due_today += row[INTEREST] - min(row[INTEREST], spread)
                if debt.due_day > draft.day and any(row):
                    ahead[debt.due_day] = list(row)
        earned, found = draft.earned - due_today, dict[Day, Carried]()
        for due, row in sorted(ahead.items()):
            part = parts.get(due, Carried(0, 0))
            interest = min(row[INTEREST], part.interest)
            earlier = 0 if found else min(row[INTEREST] - interest, max(0, earned))
            found[due] = Carried(min(row[PRINCIPAL], part.principal), interest, earlier)
        return found

    @property
    def explanation(self) -> Explanation:
        """Owed before the plan, accrued, paid, given up for good, come back, owed now; and why it ended."""
        from delinquency.restructuring.following.reinstatement_reasons import (
            explain_reinstatement,
        )

        return explain_reinstatement(self)

    def __str__(self) -> str:
        return self.explanation.to_text()
