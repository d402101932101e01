"""A book: against the memory floor, against polars and duckdb, over sizes, and what memory it takes."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import rivals
from floor import floor_pass
from measuring import heading, medians, tell
from rules import by_component, by_totals, without_fees
from tape import AS_OF, make_book

import delinquency as dq
from delinquency.calendar import add_months
from delinquency.portfolio import Engine, Portfolio, ageing, assess, history

THREADS = 2
CLOSES = [add_months(date(2023, 7, 31), number) for number in range(24)]
NONE = 2**31 - 1
COLUMNS = ("days_past_due", "delinquent_days", "arrears", "oldest_due_date", "bucket")
HISTORY_COLUMNS = ("days_past_due", "delinquent_days", "arrears", "bucket")


def columns_read(book: Portfolio) -> list[Any]:
    """Every column that the as-of kernel reads."""
    inst, pay, susp = book.instalments, book.payments, book.suspensions
    assert susp is not None
    columns = [inst.offsets, inst.due_date, inst.principal, inst.interest, inst.fees]
    columns += [pay.offsets, pay.value_date, pay.amount, pay.reversed_on]
    return [*columns, susp.offsets, susp.start, susp.end]


def fresh(kinds: tuple[Any, ...], size: int) -> list[Any]:
    return [np.empty(size, dtype=kind) for kind in kinds]


AS_OF_KINDS = (np.int32, np.int32, np.int64, np.int32, np.int8)
HISTORY_KINDS = (np.int32, np.int32, np.int64, np.int8)


def mix(book: Portfolio) -> str:
    """How hard the book is."""
    taken_back = book.payments.reversed_on != NONE
    accounts = np.unique(
        np.searchsorted(book.payments.offsets, np.flatnonzero(taken_back), "right")
    )
    suspended = np.count_nonzero(np.diff(book.suspensions.offsets)) / len(book)
    return (
        f"{len(book):,} accounts x 30 instalments x 24 payments; {taken_back.mean():.1%} of payments "
        f"reversed (on {len(accounts) / len(book):.1%} of accounts), {suspended:.1%} of accounts "
        "suspended"
    )


def same(first: Any, second: Any, names: tuple[str, ...]) -> None:
    for name in names:
        assert np.array_equal(getattr(first, name), getattr(second, name)), name


def measure_as_of(accounts: int) -> None:
    book = make_book(accounts)
    heading("A book, as of one day")
    print(mix(book))
    totals, inputs = by_totals(), columns_read(book)
    polars_book, duck = rivals.load_polars(book), rivals.load_duckdb(book)

    def ours(engine: Engine = Engine.COMPILED, rules: dq.Policy = totals, threads: int = 2) -> Any:
        return assess(book, as_of=AS_OF, policy=rules, engine=engine, threads=threads)

    told = ours()
    for other in (
        ours(Engine.WHOLE_COLUMNS),
        rivals.polars_as_of(polars_book, AS_OF),
        rivals.polars_as_of_groups(polars_book, AS_OF),
        rivals.polars_as_of_windows(polars_book, AS_OF),
        rivals.duckdb_as_of(duck, AS_OF),
    ):
        same(told, other, COLUMNS)
    print(ageing(told).to_text())
    times = medians(
        {
            "floor": lambda: floor_pass(inputs, fresh(AS_OF_KINDS, accounts), THREADS),
            "compiled": ours,
            "compiled, 1 thread": lambda: ours(threads=1),
            "whole columns": lambda: ours(Engine.WHOLE_COLUMNS),
            "whole columns, 1 thread": lambda: ours(Engine.WHOLE_COLUMNS, threads=1),
            "ledger, instalment first": lambda: ours(rules=without_fees()),
            "ledger, component first": lambda: ours(rules=by_component()),
            "ledger, component first, 1 thread": lambda: ours(rules=by_component(), threads=1),
            "polars, one running sum": lambda: rivals.polars_as_of(polars_book, AS_OF),
            "polars, groups": lambda: rivals.polars_as_of_groups(polars_book, AS_OF),
            "polars, windows": lambda: rivals.polars_as_of_windows(polars_book, AS_OF),
            "duckdb, groups": lambda: rivals.duckdb_as_of(duck, AS_OF),
        }
    )
    tell(times, accounts, "floor")
    best = min(seconds for name, seconds in times.items() if name.startswith("polars"))
    print(
        f"polars' best / compiled {best / times['compiled']:.1f}, duckdb / compiled "
        f"{times['duckdb, groups'] / times['compiled']:.1f}, polars' best / whole columns "
        f"{best / times['whole columns']:.1f}"
    )


def measure_history(accounts: int) -> None:
    book = make_book(accounts, reversed_share=0.002)
    heading(f"A book over {len(CLOSES)} month-ends")
    print(mix(book))
    policy, inputs = by_totals(), columns_read(book)
    cells = accounts * len(CLOSES)

    def ours(threads: int = THREADS) -> Any:
        return history(book, dates=CLOSES, policy=policy, threads=threads)

    times = medians(
        {
            "floor": lambda: floor_pass(inputs, fresh(HISTORY_KINDS, cells), THREADS),
            "compiled": ours,
            "compiled, 1 thread": lambda: ours(1),
        }
    )
    polars_book, duck = rivals.load_polars(book), rivals.load_duckdb(book)
    forms = {
        "polars, one sorted key": lambda: rivals.polars_history(polars_book, CLOSES),
        "polars, date by date": lambda: rivals.polars_history_by_date(polars_book, CLOSES),
        "duckdb, as-of join": lambda: rivals.duckdb_history(duck, CLOSES),
        "duckdb, date by date": lambda: rivals.duckdb_history_by_date(duck, CLOSES),
    }
    told = ours()
    for form in forms.values():
        same(told, form(), HISTORY_COLUMNS)
    del told
    times |= medians(forms, rounds=1)
    tell(times, accounts, "floor")
    for name in forms:
        print(f"{name} / compiled {times[name] / times['compiled']:.0f}")


def measure_sizes(sizes: list[int]) -> None:
    heading("Nanoseconds an account over sizes, compiled")
    policy = by_totals()
    for accounts in sizes:
        book = make_book(accounts)
        inputs = columns_read(book)
        times = medians(
            {
                "floor": lambda inputs=inputs, size=accounts: floor_pass(
                    inputs, fresh(AS_OF_KINDS, size), THREADS
                ),
                f"{accounts:,} accounts": lambda book=book: assess(
                    book, as_of=AS_OF, policy=policy, threads=THREADS
                ),
            },
            rounds=9,
        )
        tell(dict(times.items()), accounts, "floor")
        del book, inputs
        gc.collect()


def measure_memory(accounts: int) -> None:
    """Peak of the process above its size before the call, less the columns that are given back."""
    heading("Peak memory above the size before the call")
    book = make_book(accounts)
    few = make_book(1_000)
    for name, kind, job in (
        ("as of, compiled", AS_OF_KINDS, lambda b: assess(b, as_of=AS_OF, policy=by_totals())),
        (
            "as of, whole columns",
            AS_OF_KINDS,
            lambda b: assess(b, as_of=AS_OF, policy=by_totals(), engine=Engine.WHOLE_COLUMNS),
        ),
        ("as of, ledger", AS_OF_KINDS, lambda b: assess(b, as_of=AS_OF, policy=by_component())),
        ("24 month-ends", HISTORY_KINDS, lambda b: history(b, dates=CLOSES, policy=by_totals())),
    ):
        job(few)
        gc.collect()
        closes = len(CLOSES) if kind is HISTORY_KINDS else 1
        outputs = accounts * closes * sum(np.dtype(each).itemsize for each in kind)
        before = _reset_peak()
        kept = job(book)
        above = _status("VmHWM") - before
        del kept
        gc.collect()
        print(
            f"{name:<38}{above / 2**20:>9.0f} MiB, of which outputs {outputs / 2**20:.0f}, "
            f"rest {(above - outputs) / 2**20:.0f}"
        )


def _status(field: str) -> int:
    """A line of the process's own status [bytes]."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise RuntimeError(field)


def _reset_peak() -> int:
    """Let the peak begin anew at the present size; the present size [bytes]."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS")
