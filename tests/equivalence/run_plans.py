"""The long run of plans: ``python -m tests.equivalence.run_plans --books 200`` prints counts and mismatches."""

from __future__ import annotations

import random
import sys
from collections import Counter

from tests.equivalence.long_run import long_run
from tests.restructuring.books import HARD, draw_asked, engines_for, mismatches


def compared(rng: random.Random, number: int, seen: Counter[str]) -> list[str]:
    return mismatches(draw_asked(rng), engines_for(number), seen)


if __name__ == "__main__":
    sys.exit(long_run(compared, HARD, books=1_000))
