"""The long run: ``python -m tests.oracle.run --ledgers 10000`` lives that many accounts and compares.

The one idea: each question has a seed of its own, so that one that differs can be asked again by its number.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from multiprocessing import get_context
from typing import NamedTuple

import delinquency as dq
from tests.oracle.comparing import differences
from tests.oracle.drawing import draw_question


class Outcome(NamedTuple):
    """What became of one question."""

    number: int
    features: list[str]
    differs: list[str]


def question(seed: int, number: int) -> tuple[dq.Account, date, dq.Policy, date | None]:
    return draw_question(random.Random(f"{seed}-{number}"))


def ask(task: tuple[int, int]) -> Outcome:
    account, as_of, policy, known_on = question(*task)
    number, named = task[1], list(features(account, policy, known_on))
    found = differences(account, as_of, policy, known_on)
    return Outcome(number, named, [f"{name}: {a} / {b}" for name, a, b in found])


def features(account: dq.Account, policy: dq.Policy, known_on: date | None) -> Iterator[str]:
    """What of all that can happen a question has."""
    terms = policy.penalty
    assert terms is not None
    for choice in (policy.penalty_in_waterfall, terms.base, terms.compounding, terms.grain):
        yield f"{type(choice).__name__} {choice.value}"
    yield f"day count {terms.day_count.label}"
    yield f"rate {type(terms.rate).__name__}"
    if terms.grace_kind is not None:
        yield f"grace {terms.grace_kind.value}"
    yield from {f"cap {type(cap).__name__}" for cap in terms.caps}
    for fee in policy.late_fees:
        yield f"late fee {type(fee.amount).__name__} {type(fee.recurrence).__name__}"
    yield from {f"event {type(event).__name__}" for event in account.events}
    yield from {f"excess {policy.allocation.excess.value}", f"product {account.product.value}"}
    if policy.allocation_by_age:
        yield "orders by age"
    if policy.allocation_by_kind:
        yield "orders by kind"
    if account.schedule.is_changed:
        yield "changed schedule"
    if known_on is not None:
        yield "known on another day"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ledgers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    seen: Counter[str] = Counter()
    wrong, begun = 0, time.perf_counter()
    tasks = ((options.seed, number) for number in range(options.ledgers))
    with get_context("spawn").Pool(options.processes) as pool:
        for outcome in pool.imap_unordered(ask, tasks, chunksize=20):
            seen.update(set(outcome.features))
            wrong += bool(outcome.differs)
            for line in outcome.differs[:3]:
                print(f"ledger {outcome.number}: {line}", flush=True)
    print(f"{options.ledgers:,} ledgers, {time.perf_counter() - begun:.0f} s")
    for name, count in sorted(seen.items()):
        print(f"  {name:<48} {count:>7,}  {count / options.ledgers:6.1%}")
    print(f"mismatches: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
