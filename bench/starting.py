"""What a process pays before its first answer: importing, compiling, and going without a compiler."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import heading

IMPORTS = {
    "attrs, dateutil, numpy": "import attrs, dateutil.relativedelta, numpy",
    "delinquency": "import delinquency",
}

FIRST_CALL = """
import time
from datetime import date
import delinquency as dq
from delinquency.portfolio import assess, history
from delinquency.sample_book import sample_book
book = sample_book(2_000)
policy = dq.rulebook.load("founding-report")
day = date(2025, 6, 30)
begun = time.perf_counter()
answer = assess(book, as_of=day, policy=policy)
told = time.perf_counter()
answer.exposure()
more = time.perf_counter()
history(book, dates=[date(2025, 5, 31), day], policy=policy)
print(told - begun, more - told, time.perf_counter() - more)
"""

WITHOUT = """
import sys, time, warnings
sys.modules["numba"] = None
from datetime import date
import delinquency as dq
from delinquency.portfolio import assess, Engine
from delinquency.sample_book import sample_book
from rules import by_component
book = sample_book(3_000)
day = date(2025, 6, 30)
policy = by_component()
accounts = [book.account(row) for row in range(len(book))]
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    answer = assess(book, as_of=day, policy=policy)
    assess(book, as_of=day, policy=policy)
begun = time.perf_counter()
assess(book, as_of=day, policy=policy)
columns = time.perf_counter()
days = [dq.days_past_due(account, as_of=day, policy=policy) for account in accounts]
rows = time.perf_counter()
assert days == answer.days_past_due.tolist()
print(len(told), (columns - begun) / len(book) * 1e6, (rows - columns) / len(book) * 1e6)
"""


def _run(code: str, **more: str) -> list[float]:
    here = str(Path(__file__).parent)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([here, *sys.path]), **more}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True
    )
    return [float(word) for word in done.stdout.split()]


def measure(rounds: int = 9) -> None:
    heading("Importing, in fresh processes")
    taken: dict[str, list[float]] = {name: [] for name in IMPORTS}
    clock = "import time; begun = time.perf_counter(); {}; print(time.perf_counter() - begun)"
    for _ in range(rounds):
        for name, line in IMPORTS.items():
            taken[name] += _run(clock.format(line))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    base = middle["attrs, dateutil, numpy"]
    for name, seconds in middle.items():
        print(f"{name:<38}{seconds * 1e3:>11.1f} ms{seconds / base:>9.2f} x the three dependencies")
    heading("The first call of a process: as of, exposure by the ledger, history")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("compiling", "from the cache"):
            print(
                f"{name:<38}"
                + ", ".join(f"{each:.2f} s" for each in _run(FIRST_CALL, NUMBA_CACHE_DIR=folder))
            )
    heading("Without a compiler, a policy that needs the ledger")
    warned, columns, rows = _run(WITHOUT)
    print(
        f"interpreted {columns:.1f} us an account, one by one {rows:.1f} us: "
        f"{rows / columns:.2f} x faster; {warned:.0f} warning in two calls"
    )
