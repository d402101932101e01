"""The long run: many drawn books, what was among them, and how many answers were not equal."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

__all__ = ["Compared", "long_run"]

Compared = Callable[[random.Random, int, Counter[str]], list[str]]
"""The mismatches of the next book, of a number from 0; what it had in it is counted."""


def long_run(compared: Compared, hard: Sequence[str], *, books: int) -> int:
    """Compare ``--books`` drawn by ``--seed``; 1 where any answer differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--books", type=int, default=books)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    seen: Counter[str] = Counter()
    wrong = 0
    begun = time.perf_counter()
    for number in range(options.books):
        found = compared(rng, number, seen)
        wrong += len(found)
        for line in found[:3]:
            print(f"book {number}: {line}")
    accounts = seen["accounts"]
    print(
        f"{options.books:,} books, {accounts:,} accounts compared, {time.perf_counter() - begun:.0f} s"
    )
    for name in hard:
        print(f"  {name:<40} {seen[name]:>8,}  {seen[name] / accounts:6.1%}")
    print(f"mismatches: {wrong}")
    return 1 if wrong else 0
