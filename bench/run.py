"""Speed as ratios within one run: a book against the memory floor, one account against a naive loop.

``make bench`` prints medians of five interleaved rounds; ``--accounts`` sets the size of the book.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from floor import floor_pass
from tape import AS_OF, make_book

import delinquency as dq
from delinquency.calendar import add_months
from delinquency.portfolio import Engine, Portfolio, ageing, assess

ROUNDS = 5
THREADS = 2
CALLS = 2_000


def policy(grain: dq.AllocationGrain = dq.AllocationGrain.INSTALMENT_FIRST) -> dq.Policy:
    order = ("fees", "penalty", "interest", "principal")
    return dq.Policy(
        name="bench",
        counting=dq.Counting(),
        allocation=dq.AllocationOrder.oldest_first(*order, grain=grain),
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        buckets=dq.rulebook.load("founding-report").versions[0].buckets,
    )


def columns_read(book: Portfolio) -> list[np.ndarray]:
    """Every column that the as-of kernel reads."""
    inst, pay, susp = book.instalments, book.payments, book.suspensions
    columns = [inst.offsets, inst.due_date, inst.principal, inst.interest, inst.fees]
    columns += [pay.offsets, pay.value_date, pay.amount, pay.reversed_on]
    return [*columns, susp.offsets, susp.start, susp.end]


def fresh_outputs(size: int) -> list[np.ndarray]:
    kinds = (np.int32, np.int32, np.int64, np.int32, np.int8)
    return [np.empty(size, dtype=kind) for kind in kinds]


def medians(jobs: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median seconds of each job, the jobs taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            begun = time.perf_counter()
            job()
            taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in taken.items()}


def measure_book(accounts: int) -> None:
    book = make_book(accounts)
    print(book)
    totals = policy()
    by_component = policy(dq.AllocationGrain.COMPONENT_FIRST)
    inputs = columns_read(book)

    def as_of(engine: Engine, rules: dq.Policy = totals, threads: int = THREADS) -> Any:
        return assess(book, as_of=AS_OF, policy=rules, engine=engine, threads=threads)

    first = as_of(Engine.COMPILED)
    second = as_of(Engine.WHOLE_COLUMNS)
    for name in ("days_past_due", "delinquent_days", "arrears", "oldest_due_date", "bucket"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name
    print(ageing(first).to_text())
    times = medians(
        {
            "floor": lambda: floor_pass(inputs, fresh_outputs(accounts), THREADS),
            "as of, compiled": lambda: as_of(Engine.COMPILED),
            "as of, compiled, 1 thread": lambda: as_of(Engine.COMPILED, threads=1),
            "as of, whole columns": lambda: as_of(Engine.WHOLE_COLUMNS),
            "as of, ledger": lambda: as_of(Engine.COMPILED, by_component),
        }
    )
    for name, seconds in times.items():
        ratio = seconds / times["floor"]
        print(f"{name:<28}{seconds * 1e3:>10.1f} ms{ratio:>8.2f} x floor"
              f"{seconds / accounts * 1e9:>10.1f} ns an account")  # fmt: skip


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


def measure_account() -> None:
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
    rules = policy()
    for name, payments in (("33 of 36 on time", on_time), ("mostly late", late)):
        account = dq.Account(
            account_id="A", originated_on=date(2021, 12, 15), schedule=schedule, payments=payments
        )
        as_of = dues[-1]

        def explained(account: dq.Account = account, as_of: date = as_of) -> Any:
            return dq.assess(account, as_of=as_of, policy=rules).explanation

        def naive(account: dq.Account = account, as_of: date = as_of) -> int:
            return naive_days(account, as_of)

        entries = len(dq.replay(account, as_of=as_of, policy=rules).entries)
        times = medians(
            {
                "naive": lambda: [naive() for _ in range(CALLS)],
                "explained": lambda: [explained() for _ in range(CALLS)],
            }
        )
        ratio = times["explained"] / times["naive"]
        each = {key: seconds / CALLS * 1e6 for key, seconds in times.items()}
        print(
            f"{name:<28}{each['explained']:>10.1f} us{ratio:>8.2f} x naive "
            f"({each['naive']:.1f} us), {entries} ledger entries"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    accounts = parser.parse_args().accounts
    measure_book(accounts)
    measure_account()


if __name__ == "__main__":
    main()
