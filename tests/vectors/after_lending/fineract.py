"""Fineract timelines as terms, payments and a recalculation."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from delinquency import Currency, DayCount, Payment, Rate, RoundingMode, day_ratio
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    InterestPause,
    LevelPayment,
    NominalPeriods,
    OverdueBase,
    RecalculatedTable,
    Recalculation,
    RepaymentTerms,
    Surplus,
    recalculate,
    settlement_quote,
)

SURPLUS = {
    "REDUCE_EMI_AMOUNT": Surplus.LOWER_PAYMENT,
    "REDUCE_NUMBER_OF_INSTALLMENTS": Surplus.SHORTER_TERM,
    "RESCHEDULE_NEXT_REPAYMENTS": Surplus.NEXT_INSTALMENTS,
}


def day(text: str) -> date:
    return date.fromisoformat(text)


class Timeline:
    """One case, step by step."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.steps = case["timeline"]
        (self.product,) = case["products"].values()
        loan = next(step["loan"] for step in self.steps if step.get("op") == "create_loan")
        self.terms = self._terms(loan)
        self.recalculation = self._recalculation()
        self.payments: list[Payment] = []

    def _terms(self, loan: dict[str, Any]) -> RepaymentTerms:
        lent = day(loan["submitted_on"])
        first = next(step for step in self.steps if step.get("expect") == "schedule")["periods"][0]
        is_nominal = self.product["days_in_month"] == "30"
        given = None if is_nominal else self._level_payment(loan, day(first["due_date"]))
        return RepaymentTerms(
            currency=Currency.of(self.product["currency"]),
            principal=Decimal(loan["principal"]),
            annual_rate=Rate.per_year(Decimal(loan["annual_rate_pct"]) / 100),
            disbursed_on=lent,
            first_due_date=day(first["due_date"]),
            instalment_count=loan["n_repayments"],
            method=AmortisationMethod.ANNUITY,
            rounding=RoundingMode(self.product["rounding_mode"].lower()),
            interest_basis=NominalPeriods() if is_nominal else ByDays(DayCount.ACT_ACT_ISDA),
            level_payment=LevelPayment(amount=given) if given else LevelPayment(),
        )

    def _level_payment(self, loan: dict[str, Any], first_due: date) -> Decimal:
        """As the source solves it: with the days of the first period for all, to its multiple."""
        lent = day(loan["submitted_on"])
        years = Fraction(*day_ratio(lent, first_due, day_count=DayCount.ACT_ACT_ISDA))
        rate = Fraction(loan["annual_rate_pct"]) / 100 * years
        multiple = self.product["installment_amount_in_multiples_of"] or Decimal("0.01")
        count = loan["n_repayments"]
        factor = (1 + rate) ** count
        exact = Fraction(loan["principal"]) * rate * factor / (factor - 1)
        return Decimal(round(exact / Fraction(multiple))) * Decimal(multiple)

    def _recalculation(self) -> Recalculation:
        rule = self.product.get("recalculation", {})
        if self.product["schedule_type"] == "PROGRESSIVE":
            order = self.product["payment_allocation"]["order"]
            return Recalculation(
                surplus=Surplus.IN_ADVANCE,
                principal_first=order.index("DUE_PRINCIPAL") < order.index("DUE_INTEREST"),
            )
        compounds = rule["compounding"] != "NONE"
        return Recalculation(
            surplus=SURPLUS[rule["reschedule_strategy"]],
            overdue_base=OverdueBase.INSTALMENT if compounds else OverdueBase.PRINCIPAL,
            keeps_past_rows=True,
            rounds_stretches=True,
        )

    def act(self, step: dict[str, Any]) -> None:
        match step.get("op"):
            case "repayment":
                self.payments.append(Payment(day(step["date"]), Decimal(step["amount"])))
            case "pay_off":
                # Everything due by then is paid in these timelines.
                quote = settlement_quote(self.terms, as_of=day(step["date"]))
                self.payments.append(Payment(day(step["date"]), quote.total))
            case "interest_pause":
                pause = InterestPause(start=day(step["start"]), end=day(step["end"]) + timedelta(1))
                self.recalculation = attrs.evolve(
                    self.recalculation, pauses=(*self.recalculation.pauses, pause)
                )
            case _:
                pass

    def table(self, as_of: str) -> RecalculatedTable:
        return recalculate(
            self.terms,
            payments=self.payments,
            as_of=day(as_of),
            recalculation=self.recalculation,
        )


def told(table: RecalculatedTable) -> list[tuple[Any, ...]]:
    return [
        (
            row.number,
            row.due_date.isoformat(),
            None if row.paid_on is None else row.paid_on.isoformat(),
            row.principal,
            row.interest,
            row.payment,
            row.closing_balance,
            row.paid,
            row.open_amount,
        )
        for row in table.rows
    ]


def published(step: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = ("principal_due", "interest_due", "total_due", "balance", "paid", "outstanding")
    return [
        (
            row["nr"],
            row["due_date"],
            row["paid_date"],
            *(Decimal(row[name]) for name in names),
        )
        for row in step["periods"]
    ]
