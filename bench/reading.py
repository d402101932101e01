"""Reading a tape: order is checked first, and rows are sorted only where they must be."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from measuring import heading, medians
from tape import make_book

from delinquency import frames
from delinquency.portfolio import Portfolio


def measure(accounts: int) -> None:
    heading("Reading a tape")
    book = make_book(accounts)
    tables = frames.book_to_frames(book, "pyarrow", amounts="minor")
    rng = np.random.default_rng(1)
    mixed = {
        name: table.take(pa.array(rng.permutation(table.num_rows)))
        for name, table in tables.items()
    }
    rows = sum(table.num_rows for table in tables.values())

    def read(given: dict[str, pa.Table]) -> Portfolio:
        return frames.read(**given, currency="CNY", amounts="minor", ignore_extra=True)

    for given in (tables, mixed):
        back = read(given).account(accounts // 2)
        assert back == book.account(book.row_of(back.account_id))
    times = medians({"in order": lambda: read(tables), "shuffled": lambda: read(mixed)}, rounds=3)
    for name, seconds in times.items():
        print(f"{name:<38}{seconds:>10.2f} s{seconds / rows * 1e9:>11.1f} ns a row")
