"""A plan for an account of a book that owes nothing but is owed interest."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.restructuring import ArrearsWaiver, RestructuringPlan
from tests.restructuring.test_measures import POLICY, loan, prepaid

ON = date(2025, 5, 3)


@pytest.mark.parametrize("engine", dq.portfolio.Engine)
def test_interest_paid_in_advance_is_no_debt_in_a_book_either(engine) -> None:
    """200 and 0.13 of interest are owed on the second account, and 1.87 to the debtor of the first."""
    accounts = [attrs.evolve(prepaid(), account_id="P"), loan(paid=5)]
    book = dq.portfolio.Portfolio.from_accounts(accounts)
    plan = RestructuringPlan(
        measures=[ArrearsWaiver()], effective_on=ON, day_count=DayCount.THIRTY_E_360
    )
    asked = {"as_of": ON, "policy": POLICY, "engine": engine}
    done = dq.portfolio.restructure(book, plan, **asked)
    assert done.is_refused.tolist() == [True, False]
    assert done.debt_before.total.tolist() == [0, 20013]
    with pytest.raises(dq.InvalidValueError, match="'P'.*found -1.87, interest paid in advance"):
        dq.portfolio.restructure(book, plan, on_error="raise", **asked)
