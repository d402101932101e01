"""A worked plan: the case, what is agreed, and the arithmetic by hand.

The one idea: a line says how a figure comes about, what it comes to, and where the library answers it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

import attrs

import delinquency as dq
from delinquency.calendar import add_months
from delinquency.restructuring import (
    Measure,
    PlanFacts,
    PlanReview,
    Restructured,
    RestructuringPlan,
    load_plan_rules,
    restructure,
    review_plan,
)
from delinquency.restructuring.answer import PlanOutcome

__all__ = ["HandLine", "WorkedPlan", "lent", "put", "quietly"]

Runs = Mapping[str, PlanOutcome]


@attrs.frozen
class HandLine:
    """One line of arithmetic.

    ``comes_to`` is the result as printed, rounded half up to its decimals. ``found`` is the same figure as
    the library has it, where it has one. It may differ by ``within``, where the text says what the
    arithmetic leaves out.
    """

    what: str
    by_hand: str
    comes_to: str
    found: Callable[[Runs], object] | None = None
    within: Decimal = Decimal(0)


@attrs.frozen(slots=False, eq=False)
class WorkedPlan:
    """A case, the plans that are put to it, and the arithmetic by hand."""

    name: str
    title: str
    title_zh: str
    where: str
    told: str
    agreed: Sequence[str]
    make: Callable[[], Runs]
    lines: Sequence[HandLine]
    after_lines: str = ""
    rules: str = ""
    facts: PlanFacts | None = None
    reviewed: Sequence[str] = ()
    of_review: str = ""
    more: Callable[[Runs], str] | None = None
    charted: Sequence[str] = ()

    @cached_property
    def runs(self) -> Runs:
        """What the library answers, by the name of each plan; found once."""
        with quietly():
            return self.make()

    @property
    def shown(self) -> Runs:
        """The plans of the table and of the chart; default all."""
        return {name: self.runs[name] for name in self.charted or self.runs}

    def reviews(self) -> dict[str, PlanReview]:
        """What the rules say of each plan."""
        if not self.rules:
            return {}
        rules = load_plan_rules(self.rules)
        with quietly():
            return {
                name: review_plan(done, rules=rules, facts=self.facts)
                for name, done in self.runs.items()
                if name in (self.reviewed or self.runs) and isinstance(done, Restructured)
            }


class quietly(warnings.catch_warnings):  # noqa: N801
    """The pages name what was never compared with its text."""

    def __enter__(self) -> None:
        super().__enter__()
        warnings.simplefilter("ignore", dq.DelinquencyWarning)


def lent(
    name: str,
    amount: tuple[str, int],
    *,
    rate: str,
    instalments: int,
    begun: date,
    paid: int,
    charges: Sequence[dq.Charge] = (),
    obligor: str = "O-1",
) -> dq.Account:
    """A loan of level payments of which so many were paid on their days."""
    code, principal = amount
    terms = dq.RepaymentTerms(
        currency=dq.Currency.of(code),
        principal=principal,
        instalment_count=instalments,
        annual_rate=dq.Rate.per_year(rate),
        disbursed_on=begun,
        first_due_date=add_months(begun, 1),
        method=dq.AmortisationMethod.ANNUITY,
    )
    rows = dq.repayment_schedule(terms)
    return dq.Account(
        account_id=name,
        originated_on=begun,
        obligor_id=obligor,
        schedule=rows,
        charges=charges,
        payments=[dq.Payment(row.due_date, row.total) for row in rows[:paid]],
        contract_rates=[dq.DatedRate(begun, dq.Rate.per_year(rate))],
    )


def put(account: dq.Account, on: date, policy: str, *measures: Measure) -> Restructured:
    """A plan of months of 30 days put to an account on a day."""
    plan = RestructuringPlan(effective_on=on, day_count=dq.DayCount.THIRTY_E_360, measures=measures)
    return restructure(account, plan, as_of=on, policy=dq.rulebook.load(policy))
