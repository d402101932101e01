"""Accounts that cannot have their plan stay as they are, each with a reason; frames of plans and comparisons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

import delinquency as dq
from delinquency import frames
from delinquency.portfolio import Portfolio, compare_plans, restructure
from delinquency.restructuring import ArrearsSpread, RestructuringPlan, TermExtension
from delinquency.sample_book import SAMPLE_AS_OF, sample_book

DAY = date(2025, 6, 15)
POLICY = dq.rulebook.load("cn-loan")
PLAN = RestructuringPlan(
    measures=[ArrearsSpread(), TermExtension(3)],
    effective_on=DAY,
    day_count=dq.DayCount.THIRTY_E_360,
)


def loan(name: str, *, has_rate: bool = True, paid: int = 0) -> dq.Account:
    """Twelve instalments of 100 and interest of a per cent a month."""
    rows = [
        dq.Instalment(date(2025, month, 15), 100, Decimal(1300 - 100 * month) / 100)
        for month in range(1, 13)
    ]
    rate = dq.DatedRate(date(2024, 12, 15), dq.Rate.per_year("0.12"))
    return dq.Account(
        account_id=name,
        originated_on=date(2024, 12, 15),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        payments=[dq.Payment(row.due_date, row.total) for row in rows[:paid]],
        contract_rates=[rate] if has_rate else [],
    )


ACCOUNTS = [loan("A"), loan("B", has_rate=False), loan("C", paid=5), loan("D", has_rate=False)]
CHOSEN = [0, 0, -1, -1]


@pytest.mark.parametrize("engine", dq.portfolio.Engine)
def test_an_account_without_a_rate_stops_no_book(engine) -> None:
    book = Portfolio.from_accounts(ACCOUNTS)
    done = restructure(book, PLAN, chosen=CHOSEN, as_of=DAY, policy=POLICY, engine=engine)
    assert done.is_put.tolist() == [True, False, False, False]
    assert [(each.row, each.account_id) for each in done.refusals] == [(1, "B")]
    assert "the rate of its contract" in done.refusals[0].reason
    assert [done.reason(row) for row in range(4)] == ["", done.refusals[0].reason, "", ""]
    assert "4 accounts: 1 with a plan, 2 without one, 1 refused" in repr(done)
    after = done.after(engine=engine)
    assert [after.account(row) == ACCOUNTS[row] for row in range(4)] == [False, True, True, True]
    with pytest.raises(dq.InvalidValueError, match="'B'.*the rate of its contract"):
        restructure(book, PLAN, chosen=CHOSEN, as_of=DAY, policy=POLICY, on_error="raise")


def test_refusals_are_in_the_order_of_the_book_under_several_versions() -> None:
    day = date(2024, 12, 15)
    begun = [dq.Validity(None, day, dq.SelectedBy.ORIGINATED_ON), dq.Validity(day, None, dq.SelectedBy.ORIGINATED_ON)]  # fmt: skip
    versions = [dq.Policy(**{**_fields(), "validity": each}) for each in begun]
    older = dq.Account(
        account_id="0", originated_on=date(2024, 12, 14), schedule=ACCOUNTS[1].schedule
    )
    policy = dq.PolicyTimeline(name="cn-loan", versions=versions)
    book = Portfolio.from_accounts([ACCOUNTS[1], older, ACCOUNTS[0], ACCOUNTS[3]])
    done = restructure(book, PLAN, as_of=DAY, policy=policy)
    assert [each.account_id for each in done.refusals] == ["B", "0", "D"]
    assert done.assess_before().days_past_due.tolist() == [151] * 4
    assert done.to_frame("pyarrow")["bucket_before"].to_pylist() == ["次级"] * 4


def _fields() -> dict[str, object]:
    version = POLICY.versions[-1]
    return {
        name: getattr(version, name)
        for name in ("name", "counting", "allocation", "penalty_in_waterfall", "buckets")
    }


def test_a_frame_says_what_was_before_and_nothing_of_a_plan_that_is_not_there() -> None:
    done = restructure(
        Portfolio.from_accounts(ACCOUNTS), PLAN, chosen=CHOSEN, as_of=DAY, policy=POLICY
    )
    rows = done.to_frame("pyarrow").to_pylist()
    for row, account in zip(rows, ACCOUNTS, strict=True):
        one = dq.assess(account, as_of=DAY, policy=POLICY)
        told = row["days_past_due_before"], row["bucket_before"], row["arrears_before"]
        assert told == (one.days_past_due, one.bucket.code, one.arrears)
    assert [row["debt_before_principal"] for row in rows] == [Decimal(1200), None, None, None]
    names = list(rows[0])
    of_plans = names[names.index("debt_before_principal") :]
    assert all(row[name] is None for row in rows[1:] for name in of_plans)
    assert not any(rows[0][name] is None for name in of_plans)
    assert [row["reason"] is None for row in rows] == [True, False, True, True]


def test_a_comparison_is_a_frame_of_buckets_and_one_of_months() -> None:
    done = restructure(
        Portfolio.from_accounts(ACCOUNTS), PLAN, chosen=CHOSEN, as_of=DAY, policy=POLICY
    )
    found = compare_plans(done, policy=POLICY)
    rows = found.to_frame("pyarrow").to_pylist()
    assert [(row["bucket"], row["accounts_before"], row["accounts_after"]) for row in rows] == [
        (each.bucket.code, each.accounts_before, each.accounts_after) for each in found.buckets
    ]
    assert sum(row["arrears_before"] for row in rows) == found.arrears_before
    assert sum(row["arrears_after"] for row in rows) == found.arrears_after
    months = found.due_months_to_frame("pyarrow").to_pylist()
    assert [(each["month"], each["before"], each["after"]) for each in months] == [
        (each.month, each.before, each.after) for each in found.due_months
    ]
    minor = frames.due_months_to_frame(found, "pyarrow", amounts="minor").to_pylist()
    assert [each["after"] for each in minor] == [int(each.after * 100) for each in found.due_months]
    for wrong in (frames.plan_comparison_to_frame, frames.due_months_to_frame):
        with pytest.raises(dq.InvalidTypeError, match="the answer of compare_plans"):
            wrong(done, "pyarrow")


def test_the_sample_book_has_what_plans_need() -> None:
    book = sample_book(60)
    plan = RestructuringPlan(
        measures=[TermExtension(1)],
        effective_on=SAMPLE_AS_OF,
        day_count=dq.DayCount.THIRTY_E_360,
    )
    days = dq.portfolio.days_past_due(book, as_of=SAMPLE_AS_OF, policy=POLICY)
    done = restructure(book, plan, as_of=SAMPLE_AS_OF, policy=POLICY, chosen=np.where(days, 0, -1))
    assert done.is_put.any()
    assert not any("the rate of its contract" in each.reason for each in done.refusals)
    account = book.account(0)
    (rate,) = account.contract_rates
    first = account.schedule[0]
    principal = sum(row.principal for row in account.schedule)
    assert round(principal * rate.rate.scaled / (12 * 10**8), 2) == first.interest
