"""Schedules: one loan against three packages, and a book against the time of writing its columns once.

The packages do not answer quite the same question. ``amortization`` and ``QuantLib`` compute in floats; the
former rounds rows to cents, the latter does not round. ``mortgagemath`` computes in decimals and rounds as
lenders do. Dates are part of our instalments and of QuantLib's cash flows, not of the others' rows.

A book of a million loans of 360 instalments is 7.2 GB of columns, so it is worked through in blocks of
50,000 loans, whose columns are dropped before the next. The floor writes columns of the same types, of the
same length, with the same threads, and drops them likewise; the first block of each is not counted.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import amortization
import mortgagemath
import numpy as np
import QuantLib
from floor import floor_pass
from measuring import heading, medians

import delinquency as dq
from delinquency.portfolio import TermColumns, amortisation_tables, repayment_schedules

THREADS = 2
ROWS = 360
BLOCK = 50_000
KINDS = (np.int32, np.int64, np.int64)
CALLS = 10


def measure(loans: int) -> None:
    measure_one_loan()
    measure_book(loans)


def measure_one_loan() -> None:
    heading(f"One loan of {ROWS} instalments")
    terms = dq.RepaymentTerms(
        currency=dq.Currency.of("CNY"),
        principal=Decimal("200000.00"),
        annual_rate=dq.Rate.per_year("0.05"),
        first_due_date=date(2025, 1, 31),
        instalment_count=ROWS,
        method=dq.AmortisationMethod.ANNUITY,
    )
    params = mortgagemath.LoanParams(
        principal=Decimal("200000.00"),
        annual_rate=Decimal("5.00"),
        term_months=ROWS,
        payment_rounding=mortgagemath.PaymentRounding.ROUND_HALF_UP,
    )
    table = dq.amortisation_table(terms)
    theirs = mortgagemath.amortization_schedule(params)[-ROWS:]
    cents = [int(row.interest.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100) for row in theirs]
    assert cents == [row.interest for row in table.minor_rows]
    floats = amortization.amortization_schedule

    def repeated(job: Callable[[], Any]) -> Callable[[], None]:
        def run() -> None:
            for _ in range(CALLS):
                job()

        return run

    jobs = {
        "amortization, floats": lambda: list(floats(200000.0, 0.05, ROWS)),
        "our table": lambda: dq.amortisation_table(terms),
        "our instalments, each looked at": lambda: list(dq.amortisation_table(terms).schedule),
        "our rows, each looked at": lambda: list(dq.amortisation_table(terms)),
        "mortgagemath, decimals": lambda: mortgagemath.amortization_schedule(params),
        "QuantLib, floats": _quantlib_rows,
    }
    times = medians({name: repeated(job) for name, job in jobs.items()}, rounds=15)
    base = times["amortization, floats"]
    for name, seconds in times.items():
        print(f"{name:<38}{seconds / CALLS * 1e6:>11,.0f} us{seconds / base:>9.2f} x amortization")
    for name in ("mortgagemath, decimals", "QuantLib, floats"):
        print(f"{name} / our table {times[name] / times['our table']:.1f}")


def _quantlib_rows() -> list[tuple[Any, float]]:
    begin = QuantLib.Date(31, 12, 2024)
    schedule = QuantLib.MakeSchedule(
        begin, begin + QuantLib.Period(ROWS, QuantLib.Months), QuantLib.Period(QuantLib.Monthly)
    )
    notionals = QuantLib.sinkingNotionals(
        QuantLib.Period(ROWS, QuantLib.Months), QuantLib.Monthly, 0.05, 200000.0
    )
    count = QuantLib.Thirty360(QuantLib.Thirty360.BondBasis)
    bond = QuantLib.AmortizingFixedRateBond(0, notionals, schedule, [0.05], count)
    return [(flow.date(), flow.amount()) for flow in bond.cashflows()]


def make_terms(loans: int, seed: int) -> TermColumns:
    """Annuities of 10,000.00 to 1,000,000.00 at 2 % to 24 %."""
    rng = np.random.default_rng(seed)
    return TermColumns(
        currency=dq.Currency.of("CNY"),
        principal=rng.integers(10**6, 10**8, loans),
        annual_rate=rng.integers(200, 2_400, loans) * 10_000,
        first_due_date=rng.integers(20_000, 20_031, loans).astype(np.int32),
        instalment_count=np.full(loans, ROWS, dtype=np.int32),
        method=np.zeros(loans, dtype=np.int8),
    )


def _taken(job: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    kept = job()
    seconds = time.perf_counter() - begun
    del kept
    return seconds


def measure_book(loans: int) -> None:
    block = min(BLOCK, loans)
    blocks = loans // block
    heading(f"A book of {loans:,} loans x {ROWS} instalments, in blocks of {block:,}")
    exact = 0
    for threads in (THREADS, 1):
        floor: list[float] = []
        ours: list[float] = []
        for number in range(blocks + 1):
            terms = make_terms(block, number)
            floor.append(_taken(lambda n=threads: _written(block * ROWS, n)))
            ours.append(_taken(lambda t=terms, n=threads: repayment_schedules(t, threads=n)))
            gc.collect()
            if number == 0 and threads == THREADS:
                exact = len(amortisation_tables(terms).solved_exactly)
        _tell_book(floor[1:], ours[1:], block, threads)
    print(f"payments solved in whole numbers, of {block:,}: {exact}")


def _written(rows: int, threads: int) -> list[Any]:
    columns = [np.empty(rows, dtype=kind) for kind in KINDS]
    floor_pass([], columns, threads)
    return columns


def _tell_book(floor: list[float], ours: list[float], block: int, threads: int) -> None:
    rows = block * ROWS
    for name, taken in (("columns written once", floor), ("repayment_schedules", ours)):
        print(
            f"{name + f', {threads} threads':<38}{sum(taken):>11.2f} s in all, median of a block "
            f"{np.median(taken) / rows * 1e9:.2f} ns a row"
        )
    print(
        f"ratio of the sums {sum(ours) / sum(floor):.2f}, of the medians "
        f"{np.median(ours) / np.median(floor):.2f}"
    )
