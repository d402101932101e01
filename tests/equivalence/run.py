"""The long run: ``python -m tests.equivalence.run --books 10000`` prints counts and mismatches."""

from __future__ import annotations

import random
import sys
from collections import Counter

from tests.equivalence.compare import HARD, RARE, SPECIAL, draw_book, mismatches
from tests.equivalence.long_run import long_run
from tests.equivalence.test_equivalence import engines_for


def compared(rng: random.Random, number: int, seen: Counter[str]) -> list[str]:
    return mismatches(*draw_book(rng), engines_for(number), seen)


if __name__ == "__main__":
    sys.exit(long_run(compared, (*HARD, *SPECIAL, *RARE), books=10_000))
