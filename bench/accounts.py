"""One account: explained against a naive loop that only counts days, and built from a dictionary."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from measuring import heading, medians
from rules import by_totals

import delinquency as dq
from delinquency import serialization
from delinquency.calendar import add_months


def naive_days(account: dq.Account, as_of: date) -> int:
    """Days of the oldest instalment that the sum of payments does not reach: no more than that."""
    paid = Decimal(0)
    for payment in account.payments:
        if payment.value_date <= as_of:
            paid += payment.amount
    for row in account.schedule.instalments:
        if row.due_date >= as_of:
            break
        due = row.principal + row.interest + row.fees
        if paid < due:
            return (as_of - row.due_date).days
        paid -= due
    return 0


def measure(calls: int = 2_000) -> None:
    heading(f"One account, {calls:,} calls a round")
    dues = [add_months(date(2022, 1, 15), number) for number in range(36)]
    schedule = dq.Schedule(
        dq.Currency.of("CNY"),
        [dq.Instalment(due, Decimal("3000.00"), Decimal("562.44")) for due in dues],
    )
    on_time = [dq.Payment(due, Decimal("3562.44")) for due in dues[:33]]
    late = [
        dq.Payment(due + timedelta(later), amount)
        for due in dues[:30]
        for later, amount in ((10, Decimal("2000.00")), (20, Decimal("1500.00")))
    ]
    for name, payments in (("33 of 36 paid on time", on_time), ("mostly late", late)):
        account = dq.Account(
            account_id="A", originated_on=date(2021, 12, 15), schedule=schedule, payments=payments
        )
        _one(name, account, dues[-1], calls)


def _one(name: str, account: dq.Account, as_of: date, calls: int) -> None:
    policy = by_totals()
    data = serialization.to_dict(account)
    entries = len(dq.replay(account, as_of=as_of, policy=policy).entries)
    assert dq.days_past_due(account, as_of=as_of, policy=policy) == naive_days(account, as_of)
    times = medians(
        {
            "naive": lambda: [naive_days(account, as_of) for _ in range(calls)],
            "assessed with its explanation": lambda: [
                dq.assess(account, as_of=as_of, policy=policy).explanation for _ in range(calls)
            ],
            "built from a dictionary": lambda: [
                serialization.from_dict(dq.Account, data) for _ in range(calls)
            ],
        }
    )
    print(f"{name}: {len(account.payments)} payments, {entries} ledger entries")
    for job, seconds in times.items():
        ratio = seconds / times["naive"]
        print(f"  {job:<36}{seconds / calls * 1e6:>11.1f} us{ratio:>9.2f} x naive")
