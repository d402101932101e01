"""Taking times in turns, and telling them as ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

ROUNDS = 5
most_rounds = ROUNDS
"""Set to fewer where the answers matter and the times do not."""


def medians(jobs: Mapping[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median seconds of each job, the jobs taking turns, after one round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(min(rounds, most_rounds) + 1):
        for name, job in jobs.items():
            begun = time.perf_counter()
            job()
            if turn:
                taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in taken.items()}


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def tell(times: Mapping[str, float], accounts: int, base: str) -> None:
    """Each time, its ratio to ``base``, and nanoseconds an account."""
    for name, seconds in times.items():
        print(
            f"{name:<38}{seconds * 1e3:>11,.1f} ms{seconds / times[base]:>9.2f} x {base}"
            f"{seconds / accounts * 1e9:>11,.1f} ns an account"
        )
