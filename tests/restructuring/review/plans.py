"""Loans that can be reckoned by hand, plans for them, and their reviews."""

from __future__ import annotations

import warnings
from datetime import date, timedelta

import delinquency as dq
from delinquency.cited_tables import UnverifiedTableWarning
from delinquency.daycount import DayCount
from delinquency.restructuring import (
    PlanFacts,
    Restructured,
    RestructuringPlan,
    load_plan_rules,
    restructure,
    review_plan,
)
from delinquency.restructuring.review import PlanReview, PlanRules, PlanTest, ReviewRow

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
TWELFTH = dq.Rate.per_year("0.12")
NOTHING_ELSE = {
    "is_collateral_released": False,
    "is_swapped": False,
    "is_otherwise_eased": False,
}
"""Facts that leave no concession open which a plan does not show."""


def loan(count: int = 12, paid: int = 0, began: date = date(2024, 12, 15), **more) -> dq.Account:
    """So many monthly instalments of 100 without interest, of which the first were paid."""
    rows = [dq.Instalment(due, 100) for due in months(began, count)]
    return dq.Account(**{
        "account_id": "A-1",
        "originated_on": began,
        "schedule": dq.Schedule(CNY, rows),
        "payments": [dq.Payment(row.due_date, row.total) for row in rows[:paid]],
        **more,
    })  # fmt: skip


def months(began: date, count: int, first: int = 1) -> list[date]:
    """The same day of the months after one, for days up to the 28th."""
    return [
        date(began.year + (began.month - 1 + n) // 12, (began.month - 1 + n) % 12 + 1, began.day)
        for n in range(first, first + count)
    ]


def dear_loan(paid: int = 2, count: int = 6, **more) -> dq.Account:
    """200 a month and a per cent of what is open (30/360)."""
    began = date(2024, 12, 1)
    rows = [dq.Instalment(due, 200, 2 * (count - n)) for n, due in enumerate(months(began, count))]
    return dq.Account(**{
        "account_id": "A-2",
        "originated_on": began,
        "schedule": dq.Schedule(CNY, rows),
        "contract_rates": [dq.DatedRate(began, TWELFTH)],
        "payments": [dq.Payment(row.due_date, row.total) for row in rows[:paid]],
        **more,
    })  # fmt: skip


def planned(account: dq.Account, *measures, on: date = date(2025, 4, 1), **more) -> Restructured:
    plan = RestructuringPlan(
        measures=measures, effective_on=on, **{"day_count": DayCount.THIRTY_E_360, **more}
    )
    return restructure(account, plan, as_of=on + timedelta(days=5), policy=POLICY)


def reviewed(done: Restructured, rules: str | PlanRules, **facts) -> PlanReview:
    """A review without its warnings."""
    named = load_plan_rules(rules) if isinstance(rules, str) else rules
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnverifiedTableWarning)
        return review_plan(done, rules=named, facts=PlanFacts(**facts))


def row_of(done: Restructured, test_id: str, rules: str, **facts) -> ReviewRow:
    return reviewed(done, rules, **facts).row(test_id)


def verdict_of(done: Restructured, test_id: str, rules: str, **facts) -> str:
    return row_of(done, test_id, rules, **facts).verdict.value


def of_one(**fields) -> PlanRules:
    """Rules of one test."""
    return PlanRules(name="house", tests=[PlanTest(test_id="house_test", **fields)])
