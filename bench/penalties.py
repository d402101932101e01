"""Penalty interest of a book: against the memory floor, and against polars and duckdb.

``python bench/penalties.py --accounts 1000000``
"""

from __future__ import annotations

import argparse
from typing import Any

import attrs
import numpy as np
import penalty_rivals as rivals
from books import THREADS, fresh, mix
from floor import floor_pass
from measuring import heading, medians, tell
from rules import by_totals
from tape import AS_OF, make_book

import delinquency as dq
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.portfolio import Portfolio, penalty_interest

RATE = "0.18"
NUMERATOR, DENOMINATOR = 1, 2000
"""Of a minor unit a day: 0.18 / 360."""
KINDS = (np.int64,) * 5


def terms(**changes: Any) -> PenaltyTerms:
    plain = PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_year(RATE)),
        base=PenaltyBase.OVERDUE_AMOUNT,
        compounding=Compounding.NONE,
        day_count=dq.DayCount.ACT_360,
        posting=Posting.ON_DEMAND,
        grain=RoundingGrain.ACCOUNT,
    )
    return attrs.evolve(plain, **changes)


def policy(**changes: Any) -> dq.Policy:
    return attrs.evolve(by_totals(), penalty=terms(**changes))


POLICIES = {
    "outside, by account": policy(),
    "outside, by instalment": policy(grain=RoundingGrain.INSTALMENT),
    "outside, principal alone": policy(
        grain=RoundingGrain.INSTALMENT, base=PenaltyBase.OVERDUE_PRINCIPAL
    ),
    "outside, compounding, by line": policy(
        grain=RoundingGrain.SEGMENT,
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        compounding=Compounding.UNPAID_INTEREST,
    ),
}


def columns_read(book: Portfolio) -> list[Any]:
    """Every column that the loop reads."""
    inst, pay = book.instalments, book.payments
    columns = [inst.offsets, inst.due_date, inst.principal, inst.interest, inst.fees]
    return [*columns, pay.offsets, pay.value_date, pay.amount, pay.reversed_on]


def measure(accounts: int) -> None:
    book = make_book(accounts)
    heading("Penalty interest of a book, outside the order of payment")
    print(mix(book))
    inputs = columns_read(book)

    def ours(name: str, threads: int = THREADS) -> Any:
        return penalty_interest(book, as_of=AS_OF, policy=POLICIES[name], threads=threads)

    told = ours("outside, by account")
    print(told)
    times = medians(
        {
            "floor": lambda: floor_pass(inputs, fresh(KINDS, accounts), THREADS),
            **{name: lambda name=name: ours(name) for name in POLICIES},
            "outside, by account, 1 thread": lambda: ours("outside, by account", 1),
        }
    )
    frames, database = rivals.load_polars(book), rivals.load_duckdb(book)
    question = (AS_OF, NUMERATOR, DENOMINATOR)
    forms = {
        "polars, merged": lambda: rivals.polars_simple_interest(frames, *question),
        "duckdb, windows": lambda: rivals.duckdb_simple_interest(database, *question),
    }
    for form in forms.values():
        assert np.array_equal(form(), told.accrued)
    times |= medians(forms, rounds=2)
    tell(times, accounts, "floor")
    for name in forms:
        print(f"{name} / by account {times[name] / times['outside, by account']:.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    measure(parser.parse_args().accounts)
