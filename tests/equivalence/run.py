"""The long run: ``python -m tests.equivalence.run --books 10000`` prints counts and mismatches."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

from tests.equivalence.compare import HARD, RARE, SPECIAL, draw_book, mismatches
from tests.equivalence.test_equivalence import engines_for


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--books", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    seen: Counter[str] = Counter()
    wrong = 0
    begun = time.perf_counter()
    for number in range(options.books):
        found = mismatches(*draw_book(rng), engines_for(number), seen)
        wrong += len(found)
        for line in found[:3]:
            print(f"book {number}: {line}")
    accounts = seen["accounts"]
    print(f"{options.books:,} books, {accounts:,} accounts, {time.perf_counter() - begun:.0f} s")
    for name in (*HARD, *SPECIAL, *RARE):
        print(f"  {name:<40} {seen[name]:>8,}  {seen[name] / accounts:6.1%}")
    print(f"mismatches: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
