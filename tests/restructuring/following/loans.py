"""Loans that can be reckoned by hand, and plans for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

import delinquency as dq
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    Restructured,
    RestructuringPlan,
    TermExtension,
    restructure,
)

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
BASE = POLICY.versions[-1]
CHINA = dq.rulebook.load("cn-loan")


def free_loan(**more) -> dq.Account:
    """400 in four months, without interest."""
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    more = {"account_id": "A-1", **more}
    return dq.Account(originated_on=date(2024, 12, 15), schedule=dq.Schedule(CNY, rows), **more)


def done_for(account: dq.Account, *measures, policy=POLICY, on=date(2025, 3, 1)) -> Restructured:
    plan = RestructuringPlan(measures=measures, effective_on=on)
    return restructure(account, plan, as_of=on, policy=policy)


def spread_plan(**more) -> Restructured:
    """200 past due over two rows: 200.00 on 15 March and on 15 April."""
    return done_for(free_loan(**more), ArrearsSpread())


def paid(*rows: tuple[int, int, Decimal | int | str]) -> list[dq.Payment]:
    """Payments of 2025: month, day, amount."""
    return [dq.Payment(date(2025, month, day), Decimal(amount)) for month, day, amount in rows]


def consumer_plan() -> Restructured:
    """24 instalments of 500 and 1 % a month on what is open; June to August 2024 and a fee are past due.

    The fee is waived, half of the interest is forgiven on completion, the rest becomes principal over 40 rows.
    """
    rows = [
        dq.Instalment(date(2024 + n // 12, n % 12 + 1, 15), 500, Decimal(12000 - 500 * n) / 100)
        for n in range(24)
    ]
    account = dq.Account(
        account_id="C-1",
        originated_on=date(2023, 12, 15),
        schedule=dq.Schedule(CNY, rows),
        charges=[dq.Charge("F-1", dq.Component.FEES, 50, date(2024, 8, 1))],
        payments=[dq.Payment(row.due_date, row.total) for row in rows[:5]],
        contract_rates=[dq.DatedRate(date(2023, 12, 15), dq.Rate.per_year("0.12"))],
    )
    plan = RestructuringPlan(
        effective_on=date(2024, 9, 1),
        day_count=dq.DayCount.THIRTY_E_360,
        measures=[
            ArrearsWaiver([dq.Component.FEES]),
            Forgiveness(dq.Component.INTEREST, share=dq.Proportion(1, 2), on_completion=True),
            Capitalisation([dq.Component.PRINCIPAL, dq.Component.INTEREST]),
            TermExtension(24),
        ],
    )
    return restructure(account, plan, as_of=date(2024, 9, 1), policy=CHINA)


def with_orders(grain: dq.AllocationGrain, excess: dq.Excess) -> dq.Policy:
    order = dq.AllocationOrder.oldest_first(
        "fees", "penalty", "interest", "principal", grain=grain, excess=excess
    )
    return attrs.evolve(BASE, allocation=order)
