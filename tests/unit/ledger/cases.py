"""Loans of 1,000.00 and 50.00 of interest a month, and what may be charged on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import attrs
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

P, INT, F, N = dq.Component
JAN, FEB, MAR, APR = (date(2025, month, 20) for month in (1, 2, 3, 4))
ORIGINATED = date(2024, 12, 20)
PENALTY_FIRST = dq.AllocationOrder.oldest_first(N, F, INT, P)
PENALTY_LAST = dq.AllocationOrder.oldest_first(INT, P, F, N)
FEE = LateFeeTerms(name="late", amount=FlatFee(15), currency=CNY, wait_days=3)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def rows_of(count: int = 3, **more) -> tuple[dq.Instalment, ...]:
    return tuple(dq.Instalment(due, 1000, 50, **more) for due in (JAN, FEB, MAR, APR)[:count])


def account(*payments: dq.Payment, rows: int | Iterable[dq.Instalment] = 3, **facts) -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=ORIGINATED,
        schedule=dq.Schedule(CNY, rows_of(rows) if isinstance(rows, int) else rows),
        payments=payments,
        **facts,
    )


def terms(**more) -> PenaltyTerms:
    """36 % a year over 360 days: 0.1 % a day, 1.00 a day of 1,000.00."""
    given = {
        "rate": FixedPenaltyRate(dq.Rate.per_year("0.36")),
        "base": PenaltyBase.OVERDUE_PRINCIPAL,
        "compounding": Compounding.NONE,
        "day_count": dq.DayCount.ACT_360,
        "posting": Posting.ON_DEMAND,
        "grain": RoundingGrain.INSTALMENT,
        **more,
    }
    return PenaltyTerms(**given)


def penalising(
    place: dq.PenaltyPlace = dq.PenaltyPlace.ON_DEMAND,
    penalty: PenaltyTerms | None = None,
    *,
    allocation: dq.AllocationOrder = PENALTY_FIRST,
    **more,
) -> dq.Policy:
    given = terms() if penalty is None else penalty
    return attrs.evolve(
        policy_of(allocation=allocation), penalty=given, penalty_in_waterfall=place, **more
    )


def with_fees(
    *fees: LateFeeTerms, allocation: dq.AllocationOrder = PENALTY_FIRST, **more
) -> dq.Policy:
    return attrs.evolve(policy_of(allocation=allocation), late_fees=fees, **more)


def told(
    ledger: dq.Ledger, kind: dq.EntryKind, component: dq.Component | None = None
) -> list[tuple[date, Decimal]]:
    """The entries of a kind, and of a component if one is named: day and amount."""
    return [
        (entry.value_date, entry.amount)
        for entry in ledger.entries
        if entry.kind is kind and component in (None, entry.component)
    ]
