"""The published re-ages, re-amortisations and reschedulings, row by row."""

from __future__ import annotations

from datetime import timedelta

import pytest

import delinquency as dq
from delinquency.restructuring import restructure
from tests.vectors.published import FOLDER, load, needs_folder
from tests.vectors.restructuring.fineract import UNDONE, Timeline

POLICY = dq.rulebook.load("founding-report")
NAMES = sorted(
    path.stem for kind in ("ra-*", "rm-*", "rs-*") for path in (FOLDER / "fineract").glob(f"{kind}.json")
)  # fmt: skip

pytestmark = needs_folder


def has_rows(name: str) -> bool:
    steps = load(f"fineract/{name}.json")["timeline"]
    return any(step.get("expect") == "schedule" for step in steps)


@pytest.mark.parametrize("name", [name for name in NAMES if has_rows(name)])
def test_the_rows_after_a_plan_are_those_of_the_source(name: str) -> None:
    case = Timeline(name)
    plan = case.plan
    done = restructure(case.account, plan, as_of=plan.effective_on, policy=POLICY)
    told = [
        (row.due_date, row.after.principal, row.after.interest)
        for row in done.schedule_rows
        if row.after
    ]
    wanted = [row for row in case.expected() if row[0] >= plan.effective_on]
    assert told == wanted


@pytest.mark.parametrize("name", [name for name in NAMES if has_rows(name)])
def test_what_fell_due_before_a_plan_is_settled_or_moved(name: str) -> None:
    """The source writes down of a past row what was paid of it; the rest is in the new rows."""
    case = Timeline(name)
    plan = case.plan
    done = restructure(case.account, plan, as_of=plan.effective_on, policy=POLICY)
    past = [row for row in case.expected() if row[0] < plan.effective_on]
    eve = dq.assess(case.account, as_of=plan.effective_on - timedelta(days=1), policy=POLICY)
    paid = sum(entry.amount for entry in eve.ledger.entries if entry.kind.value == "settled")
    assert sum(row[1] + row[2] for row in past) == paid + done.arrears_after.principal


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in NAMES
        if any(step.get("op") in UNDONE for step in load(f"fineract/{name}.json")["timeline"])
    ],
)
def test_a_plan_that_is_undone_leaves_the_account_that_was(name: str) -> None:
    case = Timeline(name)
    done = restructure(case.account, case.plan, as_of=case.plan.effective_on, policy=POLICY)
    rows = [(row.due_date, row.principal, row.interest) for row in done.before.schedule]
    assert [row for row in rows if row[1] + row[2]] == case.expected(undone=True)


def test_a_re_amortised_loan_is_not_late_any_more() -> None:
    """From the range of four to thirty days to none, on the day of the change."""
    case = Timeline("rm-delinquency-cured")
    plan = case.plan
    done = restructure(case.account, plan, as_of=plan.effective_on, policy=POLICY)
    eve = plan.effective_on - timedelta(days=1)
    assert dq.days_past_due(done.after, as_of=eve, policy=POLICY) == 8
    assert dq.days_past_due(done.after, as_of=plan.effective_on, policy=POLICY) == 0
