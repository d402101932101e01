"""Daily status of a book under two regimes: against one account at a time, and against polars.

``python bench/status.py --accounts 100000``

polars answers the smallest part of the question alone: for how many closes arrears were material, by day.
"""

from __future__ import annotations

import argparse
import time
from datetime import timedelta
from typing import Any

import attrs
import numpy as np
import status_rivals as rivals
from account_days import EPOCH
from books import THREADS, mix
from measuring import heading, medians, tell
from tape import AS_OF, make_book

import delinquency as dq
from delinquency.calendar import NONE_DAY
from delinquency.portfolio import Portfolio, assess_status
from delinquency.portfolio.columns import FindingColumns, RestructuringColumns

DAYS = 730
FIRST = AS_OF - timedelta(days=DAYS - 1)
ALONE = 200
"""Accounts on which the fold of one account is timed."""

SHARE_WITH_FACTS = 0.02
RIVAL_ROUNDS = 3
EUR = dq.Currency.of("EUR")
REGIMES = {"EU": "eu-default-retail", "China 2023": "cn-loan"}


def with_facts(book: Portfolio) -> Portfolio:
    """The book, of which some accounts were found to be impaired, and as many restructured."""
    size, rng = len(book), np.random.default_rng(7)
    last = (AS_OF - EPOCH).days

    def rows() -> tuple[Any, Any, Any]:
        has = rng.random(size) < SHARE_WITH_FACTS
        offsets = np.concatenate([[0], np.cumsum(has)]).astype(np.int64)
        first = np.maximum(book.originated_on[has], last - 700)
        days = first + rng.integers(0, 600, int(has.sum()))
        return offsets, np.minimum(days, last - 1).astype(np.int32), int(has.sum())

    offsets, start, count = rows()
    kind = list(dq.FindingKind).index(dq.FindingKind.CREDIT_IMPAIRED)
    findings = FindingColumns(
        offsets=offsets,
        start=start,
        end=np.where(rng.random(count) < 0.5, NONE_DAY, start + 90).astype(np.int32),
        kind=np.full(count, kind, dtype=np.int8),
    )
    offsets, day, _ = rows()
    changes = RestructuringColumns(offsets=offsets, value_date=day, first_due_on=day + 30)
    return attrs.evolve(book, findings=findings, restructurings=changes)


def daily(book: Portfolio, policy: dq.PolicyTimeline, threads: int = THREADS) -> Any:
    """Accounts by days: the place of the state of each."""
    status = assess_status(book, as_of=AS_OF, policy=policy, threads=threads)
    return status.daily(FIRST, AS_OF, threads=threads)


def alone(accounts: list[dq.Account], policy: dq.PolicyTimeline) -> list[list[str]]:
    """The same, account by account: the codes of the days since each began."""
    return [
        [
            state.code
            for _, state in dq.assess_status(account, as_of=AS_OF, policy=policy).daily(
                max(FIRST, account.originated_on), AS_OF
            )
        ]
        for account in accounts
    ]


def measure(size: int) -> None:
    book = with_facts(make_book(size))
    heading(f"Status of every account on every one of {DAYS} days")
    print(mix(book))
    books = {"EU": attrs.evolve(book, currency=EUR), "China 2023": book}
    policies = {name: dq.rulebook.load(file) for name, file in REGIMES.items()}
    rows = list(range(0, size, max(1, size // ALONE)))
    slow: dict[str, float] = {}
    for name, policy in policies.items():
        chosen = [books[name].account(row) for row in rows]
        begun = time.perf_counter()
        expected = alone(chosen, policy)
        slow[name] = (time.perf_counter() - begun) / len(chosen) * size
        codes = np.array(
            [
                state.code
                for state in assess_status(books[name], as_of=AS_OF, policy=policy).states()
            ]
        )
        told = daily(books[name], policy)
        for row, own in zip(rows, expected, strict=True):
            assert codes[told[row, -len(own) :]].tolist() == own, row
    frames = rivals.load(books["EU"], AS_OF)
    version = policies["EU"].in_force(as_of=AS_OF, originated_on=AS_OF)
    limits = version.counting.materiality.in_minor_units(EUR)
    counted = rivals.material_days(frames, FIRST, AS_OF, limits)
    ours = dq.portfolio.material_days_past_due(books["EU"], as_of=AS_OF, policy=policies["EU"])
    in_step = rivals.comparable(books["EU"], AS_OF)
    assert np.array_equal(counted[in_step, -1], ours[in_step])
    times = medians(
        {
            **{
                f"{name}{', 1 thread' if threads == 1 else ''}": lambda name=name, threads=threads: (
                    daily(books[name], policies[name], threads)
                )
                for name in REGIMES
                for threads in (THREADS, 1)
            },
        }
    )
    times |= medians(
        {"polars, material days alone": lambda: rivals.material_days(frames, FIRST, AS_OF, limits)},
        rounds=RIVAL_ROUNDS,
    )
    tell(times, size, "EU")
    for name in REGIMES:
        print(
            f"{name}: one by one {slow[name] / times[name]:,.0f} x ours, to be at least 100; "
            f"polars {times['polars, material days alone'] / times[name]:.1f} x ours, to be at least 10"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=100_000)
    measure(parser.parse_args().accounts)
