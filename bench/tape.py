"""A deterministic book to measure with: realistic shares, any size, made in whole columns.

One million accounts of 30 monthly instalments and 24 payments: most pay on time, some late, some stop,
some stop and cure, some pay ahead; 1 % of payments are reversed and 5 % of accounts are suspended.
"""

from __future__ import annotations

from datetime import date

import numpy as np

import delinquency as dq
from delinquency.portfolio import (
    InstalmentColumns,
    PaymentColumns,
    Portfolio,
    SuspensionColumns,
    TextColumn,
)

INSTALMENTS = 30
PAYMENTS = 24
AS_OF = date(2025, 6, 30)
NONE = 2**31 - 1
BEHAVIOURS = {"on time": 0.86, "late": 0.06, "stops": 0.04, "cures": 0.02, "ahead": 0.02}


def month_starts(first: np.ndarray, count: int) -> np.ndarray:
    """Day numbers of the 1st of ``count`` months from each month in ``first``."""
    months = first[:, None] + np.arange(count)
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)


def make_book(accounts: int, *, seed: int = 20250630, reversed_share: float = 0.01) -> Portfolio:
    """A book of ``accounts``; the same arguments give the same book."""
    rng = np.random.default_rng(seed)
    first_month = (2025 - 1970) * 12 + 6 - rng.integers(20, 28, accounts)
    day_of_month = rng.integers(0, 28, accounts)
    due = month_starts(first_month, INSTALMENTS) + day_of_month[:, None].astype(np.int32)
    principal = np.repeat(rng.integers(50_000, 900_000, accounts), INSTALMENTS)
    interest = rng.integers(1_000, 60_000, accounts * INSTALMENTS)
    fees = np.where(rng.random(accounts * INSTALMENTS) < 0.1, 500, 0)
    total = (principal + interest + fees).reshape(accounts, INSTALMENTS)
    behaviour = rng.choice(len(BEHAVIOURS), accounts, p=list(BEHAVIOURS.values()))
    paid_on = due[:, :PAYMENTS] + 0
    paid = total[:, :PAYMENTS].copy()
    late = behaviour == 1
    paid_on[late] += rng.integers(1, 45, (int(late.sum()), PAYMENTS), dtype=np.int32)
    stops = behaviour == 2
    stop_at = rng.integers(12, PAYMENTS, accounts)
    gone = np.arange(PAYMENTS) >= stop_at[:, None]
    paid[stops[:, None] & gone] = 1
    cures = behaviour == 3
    paid_on[cures[:, None] & gone] += 70
    ahead = behaviour == 4
    paid[ahead, 0] += total[ahead, -1]
    paid_on = np.sort(np.maximum(paid_on, due[:, :1] - 30), axis=1)
    value = np.ascontiguousarray(paid_on.reshape(-1))
    amount = np.ascontiguousarray(paid.reshape(-1)).astype(np.int64)
    rev = np.full(len(value), NONE, dtype=np.int32)
    if reversed_share:
        hit = rng.random(len(value)) < reversed_share
        rev[hit] = value[hit] + rng.integers(0, 40, int(hit.sum()), dtype=np.int32)
    suspended = rng.random(accounts) < 0.05
    susp_start = (due[suspended, 18] - rng.integers(0, 20, int(suspended.sum()))).astype(np.int32)
    return Portfolio(
        currency=dq.Currency.of("CNY"),
        account_id=TextColumn.of(f"A-{row:08d}" for row in range(accounts)),
        originated_on=(due[:, 0] - 31).astype(np.int32),
        instalments=InstalmentColumns(
            offsets=np.arange(accounts + 1, dtype=np.int64) * INSTALMENTS,
            due_date=np.ascontiguousarray(due.reshape(-1)),
            principal=principal.astype(np.int64),
            interest=interest.astype(np.int64),
            fees=fees.astype(np.int64),
        ),
        payments=PaymentColumns(
            offsets=np.arange(accounts + 1, dtype=np.int64) * PAYMENTS,
            value_date=value,
            amount=amount,
            reversed_on=rev if reversed_share else None,
        ),
        suspensions=SuspensionColumns(
            offsets=np.concatenate([[0], np.cumsum(suspended)]).astype(np.int64),
            start=susp_start,
            end=(susp_start + rng.integers(5, 60, len(susp_start))).astype(np.int32),
        ),
    )
