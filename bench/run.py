"""Speed as ratios within one run: medians of five rounds, the jobs taking turns, loading left out.

``make bench`` measures everything at one million accounts and takes about a quarter of an hour;
``make bench-quick`` measures everything once on a small book, where the answers are compared as well but
the ratios say little.
"""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import version

import accounts
import books
import cards
import measuring
import observing
import penalties
import plans
import reading
import schedules
import starting
import status

PACKAGES = ("numpy", "numba", "polars", "duckdb", "pyarrow")
SECTIONS = (
    "as-of",
    "history",
    "observing",
    "sizes",
    "memory",
    "accounts",
    "starting",
    "reading",
    "returns",
    "schedules",
    "cards",
    "penalties",
    "status",
    "plans",
    "warnings",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; default all")
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="a small book")
    given = parser.parse_args()
    size = 20_000 if given.quick else given.accounts
    if given.quick:
        measuring.most_rounds = 1
    wanted = given.sections or SECTIONS
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"Python {platform.python_version()}, {versions}; {books.THREADS} threads")
    if "as-of" in wanted:
        books.measure_as_of(size)
    if "history" in wanted:
        books.measure_history(size)
    if "observing" in wanted:
        observing.measure(size)
    if "sizes" in wanted:
        books.measure_sizes([size // 10, size // 2, size, size * (1 if given.quick else 4)])
    if "memory" in wanted:
        books.measure_memory(size)
    if "accounts" in wanted:
        accounts.measure(calls=200 if given.quick else 2_000)
    if "starting" in wanted:
        starting.measure(rounds=3 if given.quick else 9)
    if "reading" in wanted:
        reading.measure(size)
    if "returns" in wanted:
        import returns

        returns.measure(loans=1_000 if given.quick else 10_000)
    if "schedules" in wanted:
        schedules.measure(size)
    if "cards" in wanted:
        cards.measure(size // 10)
    if "penalties" in wanted:
        penalties.measure_all(size // 4)
    if "status" in wanted:
        status.measure(size // 10)
    if "plans" in wanted:
        plans.measure(size // 10)
    if "warnings" in wanted:
        import early_warnings

        early_warnings.measure(size)


if __name__ == "__main__":
    main()
