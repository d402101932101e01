"""Fineract timelines as an account, a plan and the rows that are expected of it.

The source tells amounts in multiples of 1.00 and a charge that a re-amortisation leaves where it stands.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.restructuring import (
    ArrearsSpread,
    DueDateChange,
    Measure,
    PaymentHoliday,
    ReAgeing,
    ReAgeInterest,
    RestructuringPlan,
    TermExtension,
)
from tests.vectors.published import load

Step = dict[str, Any]
UNDONE = ("undo_re_age", "undo_re_amortize")
CHANGES = ("re_amortize", "re_age", "reschedule")
INTEREST = {
    None: ReAgeInterest.AS_AGREED,
    "DEFAULT": ReAgeInterest.AS_AGREED,
    "EQUAL_AMORTIZATION_PAYABLE_INTEREST": ReAgeInterest.EARNED_IN_EQUAL_PARTS,
    "EQUAL_AMORTIZATION_OUTSTANDING_INTEREST": ReAgeInterest.ALL_IN_EQUAL_PARTS,
}


def day(text: str) -> date:
    return date.fromisoformat(text)


class Timeline:
    """One case: the steps up to the plan, the plan, and what is expected after it."""

    def __init__(self, name: str) -> None:
        case = load(f"fineract/{name}.json")
        (product,) = case["products"].values()
        self.steps: list[Step] = case["timeline"]
        self.multiple = product["installment_amount_in_multiples_of"] or None
        self.loan = next(step["loan"] for step in self.steps if step.get("op") == "create_loan")
        self.currency = dq.Currency.of(product["currency"])
        self.at = next(n for n, step in enumerate(self.steps) if step.get("op") in CHANGES)
        self.change = self.steps[self.at]

    def expected(self, *, undone: bool = False) -> list[tuple[date, Decimal, Decimal]]:
        """The rows after the change, or after it was undone, of which anything is owed."""
        later = self.steps[self.at :]
        if undone:
            place = next(n for n, step in enumerate(later) if step.get("op") in UNDONE)
            later = later[place:]
        step = next(each for each in later if each.get("expect") == "schedule")
        return [
            (
                day(row["due_date"]),
                Decimal(row["principal_due"]),
                Decimal(row["interest_due"]),
            )
            for row in step["periods"]
            if Decimal(row["principal_due"]) + Decimal(row["interest_due"])
        ]

    @property
    def account(self) -> dq.Account:
        """As it is before the change; a row that is due with the loan was paid with it."""
        begun = day(self.loan["submitted_on"])
        before = self.steps[: self.at]
        charges: list[dq.Charge] = []
        payments: list[dq.Payment] = []
        for step in before:
            if step.get("op") == "repayment":
                payments.append(dq.Payment(day(step["date"]), Decimal(step["amount"])))
            if step.get("op") == "add_charge":
                component = dq.Component.PENALTY if step["is_penalty"] else dq.Component.FEES
                name = f"C-{len(charges) + 1}"
                due = day(step["due_date"])
                charges.append(dq.Charge(name, component, Decimal(step["amount"]), due))
        rows = self._agreed()
        down = [row for row in rows if row.due_date == begun]
        payments = [*(dq.Payment(begun, row.principal) for row in down), *payments]
        rate = dq.Rate.per_year(Decimal(self.loan["annual_rate_pct"]) / 100)
        return dq.Account(
            account_id="A-1",
            originated_on=begun,
            schedule=dq.Schedule(self.currency, rows),
            charges=charges,
            payments=payments,
            contract_rates=[dq.DatedRate(begun, rate)],
        )

    def _agreed(self) -> list[dq.Instalment]:
        """The rows before the change: as the source told them first, or as it told them once it was undone."""
        told = [step for step in self.steps[: self.at] if step.get("expect") == "schedule"]
        if told:
            rows = [
                (day(row["due_date"]), Decimal(row["principal_due"]), Decimal(row["interest_due"]))
                for row in told[0]["periods"]
            ]
        elif any(step.get("op") in UNDONE for step in self.steps):
            rows = self.expected(undone=True)
        else:
            rows = self._equal()
        return [dq.Instalment(*row) for row in rows]

    def _equal(self) -> list[tuple[date, Decimal, Decimal]]:
        """A quarter with the loan, the rest in equal parts every so many days."""
        begun, whole = day(self.loan["submitted_on"]), Decimal(self.loan["principal"])
        count, step = self.loan["n_repayments"], self.loan["repay_every"]
        down = whole / 4
        each = (whole - down) / count
        dues = [date.fromordinal(begun.toordinal() + step * n) for n in range(1, count + 1)]
        return [(begun, down, Decimal(0)), *((due, each, Decimal(0)) for due in dues)]

    @property
    def plan(self) -> RestructuringPlan:
        """The change as measures."""
        step = self.change
        request = step.get("request", {})
        on = day(step.get("date") or request["submitted_on"])
        measures: list[Measure] = []
        if step["op"] == "re_amortize":
            components = (dq.Component.PRINCIPAL, dq.Component.INTEREST)
            measures.append(ArrearsSpread(components, self.multiple))
        elif step["op"] == "re_age":
            handling = request.get("interest_handling")
            interest = INTEREST[handling] if self._bears else ReAgeInterest.EARNED_IN_EQUAL_PARTS
            multiple = None if self._bears else self.multiple
            first, count = day(request["start_date"]), request["n_installments"]
            measures.append(ReAgeing(count, first, interest=interest, multiple=multiple))
        else:
            since = day(request["reschedule_from"])
            if request["adjusted_due_date"]:
                measures.append(DueDateChange(day(request["adjusted_due_date"]), since))
            if request["grace_principal_periods"]:
                count = request["grace_principal_periods"]
                measures.append(PaymentHoliday(count, from_due_on=since))
            if request["extra_terms"]:
                measures.append(TermExtension(request["extra_terms"]))
        return RestructuringPlan(
            measures=measures, effective_on=on, day_count=DayCount.ACT_ACT_ISDA
        )

    @property
    def _bears(self) -> bool:
        return Decimal(self.loan["annual_rate_pct"]) > 0
