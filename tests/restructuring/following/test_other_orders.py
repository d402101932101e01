"""Old terms come back whatever the order of payment does with money, and with penalty that accrues."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.errors import InvalidValueError
from delinquency.restructuring import restructure
from delinquency.restructuring.following import reinstate
from tests.restructuring.following.loans import BASE, with_orders
from tests.restructuring.following.test_laws import NAMES, day_of, paid_since, without_later
from tests.restructuring.test_laws import loans, measures, plan_of
from tests.restructuring.test_measures import penalty_terms
from tests.strategies_internal import MOST

POLICIES = [
    *(with_orders(grain, excess) for grain in dq.AllocationGrain for excess in dq.Excess),
    attrs.evolve(BASE, penalty=penalty_terms()),
    attrs.evolve(BASE, penalty=penalty_terms(), closing_tolerance=Decimal("0.05")),
]
REASONS = ("is not completed", "is owed", "changed something")


def reinstated(done, paid, on: date, policy: dq.Policy):
    """Old terms that came back; ``None`` where they are refused, and then for one of three reasons."""
    refused = ""
    try:
        return reinstate(done, paid, on=on, policy=policy, ground="agreed")
    except InvalidValueError as error:
        refused = str(error)
    assert any(reason in refused for reason in REASONS), refused
    return None


def planned(account: dq.Account, chosen, after: int, policy: dq.Policy):
    try:
        return restructure(
            account, plan_of(account, chosen, after), as_of=date(2027, 1, 1), policy=policy
        )
    except InvalidValueError:
        return None


@MOST
@given(
    st.data(),
    loans(),
    st.lists(measures, min_size=1, max_size=2),
    st.integers(0, 120),
    st.integers(1, 260),
    st.sampled_from(POLICIES),
)
def test_no_amount_is_lost(data, account, chosen, after, days, policy) -> None:
    """Law: what money settled and what is held is what was paid; the ledger owes by component what is told."""
    done = planned(account, chosen, after, policy)
    assume(done is not None and done.rows_after)
    paid, on = data.draw(paid_since(done)), day_of(done, days)
    back = reinstated(done, paid, on, policy)
    if back is None:
        return
    eve = dq.replay(account, as_of=done.plan.effective_on - timedelta(days=1), policy=policy)
    money = sum((each.amount for each in paid if each.value_date < on), Decimal(0))
    assert back.paid.total + back.unallocated == money + eve.unallocated
    assert back.debt_before == done.debt_before
    bare = without_later(back.account, on)
    told = dq.breakdown(bare, as_of=on, policy=policy)
    ledger = dq.replay(bare, as_of=on, policy=policy)
    for column, name in enumerate(NAMES):
        if name == "interest":
            continue
        owed = sum(getattr(each, name) for each in (told.past_due, told.due, told.not_due))
        owed += told.unposted_penalty if name == "penalty" else 0
        held = sum(
            amount
            for day, _, component, amount in ledger.settled_rows
            if day == ledger.as_of_day and component == column
        )
        assert owed + Decimal(held) / 100 == getattr(back.owed, name), name
        assert getattr(back.accrued, name) >= 0, name
