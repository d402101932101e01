"""Penalty interest of a book: against the memory floor, and against polars and duckdb.

``python bench/penalties.py --accounts 1000000``
"""

from __future__ import annotations

import argparse
from typing import Any

import attrs
import numpy as np
import penalty_rivals as rivals
import tape
from books import THREADS, fresh, mix
from floor import floor_pass
from measuring import heading, medians, tell
from rules import by_component, by_totals
from tape import AS_OF, make_book

import delinquency as dq
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.portfolio import Portfolio, assess, penalty_interest
from delinquency.portfolio.penalty_rows import penalty_by_version

RATE = "0.18"
NUMERATOR, DENOMINATOR = 1, 2000
"""Of a minor unit a day: 0.18 / 360."""
KINDS = (np.int64,) * 5
RIVAL_ROUNDS = 3
MOST_OF_FLOOR = {"instalment first": 15, "component first": 20}
"""A ledger with penalty in the order on demand, by its order; 35 where nearly all are late."""


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


FEE = LateFeeTerms(name="late", amount=FlatFee(15), currency=dq.Currency.of("CNY"), wait_days=3)


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
        "polars, by account": lambda: rivals.polars_simple_interest(frames, *question),
        "duckdb, by account": lambda: rivals.duckdb_simple_interest(database, *question),
        "polars, by instalment": lambda: rivals.polars_by_instalment(frames, *question),
        "duckdb, by instalment": lambda: rivals.duckdb_by_instalment(database, *question),
    }
    for name, form in forms.items():
        expected = ours(f"outside, {name.partition(', ')[2]}").accrued
        assert np.array_equal(form(), expected), name
    times |= medians(forms, rounds=RIVAL_ROUNDS)
    tell(times, accounts, "floor")
    for name in ("outside, by account", "outside, by instalment"):
        print(f"{name}: {times[name] / times['floor']:.1f} x floor, to be at most 5")
    for name in forms:
        own = f"outside, {name.partition(', ')[2]}"
        print(f"{name}: {times[name] / times[own]:.0f} x ours, to be at least 50")


def late_book(accounts: int) -> Portfolio:
    """A book of which each payment of 95 % of the accounts comes up to 44 days late."""
    usual = dict(tape.BEHAVIOURS)
    tape.BEHAVIOURS.update(
        {"on time": 0.02, "late": 0.95, "stops": 0.01, "cures": 0.01, "ahead": 0.01}
    )
    try:
        return make_book(accounts)
    finally:
        tape.BEHAVIOURS.update(usual)


def measure_on_demand(accounts: int, *, mostly_late: bool) -> None:
    """The full ledger with penalty that accrues daily and is posted before each payment."""
    book = late_book(accounts) if mostly_late else make_book(accounts)
    heading(f"Full ledger, penalty on demand{', 95 % late' if mostly_late else ''}")
    inputs = columns_read(book)
    on_demand = {
        f"{name}, {grain.value}": attrs.evolve(
            rules,
            penalty=terms(base=PenaltyBase.OVERDUE_PRINCIPAL, grain=grain),
            penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND,
        )
        for name, rules in (("instalment first", by_totals()), ("component first", by_component()))
        for grain in (RoundingGrain.DAY, RoundingGrain.INSTALMENT)
    }

    def ledger(policy: dq.Policy) -> Any:
        return penalty_by_version(
            book, (policy,), None, as_of=AS_OF, known_on=None, with_balances=True, threads=THREADS
        )

    for policy in on_demand.values():
        told, balances = ledger(policy)
        rows = range(0, accounts, accounts // 50)
        for row in rows:
            alone = dq.penalty_interest(book.account(row), as_of=AS_OF, policy=policy)
            assert alone.posted * 100 == int(told.posted[row])
            opened = alone.ledger.open_amount(dq.Component.PENALTY)
            assert opened * 100 == int(balances.penalty[row])
    times = medians(
        {
            "floor": lambda: floor_pass(inputs, fresh(KINDS * 2, accounts), THREADS),
            **{name: lambda policy=policy: ledger(policy) for name, policy in on_demand.items()},
        }
    )
    tell(times, accounts, "floor")
    for name in on_demand:
        most = 35 if mostly_late else MOST_OF_FLOOR[name.partition(", ")[0]]
        print(
            f"{name}: {times[name] / times['floor']:.1f} x floor, to be at most {most}; "
            f"{times[name] / events(book) * 1e9:.1f} ns an event"
        )


CHARGING = {
    "on demand": (dq.PenaltyPlace.ON_DEMAND, terms(grain=RoundingGrain.INSTALMENT), ()),
    "posted on due dates": (
        dq.PenaltyPlace.POSTED,
        terms(grain=RoundingGrain.INSTALMENT, posting=Posting.ON_DUE_DATES),
        (),
    ),
    "late fees": (dq.PenaltyPlace.OUTSIDE, None, (FEE,)),
    "posted, and late fees": (
        dq.PenaltyPlace.POSTED,
        terms(grain=RoundingGrain.INSTALMENT, posting=Posting.ON_DUE_DATES),
        (FEE,),
    ),
}
"""Place of penalty, its terms and late fees of ledgers that make debts."""


def measure_charging(accounts: int) -> None:
    """Counted by ledgers that charge penalty and late fees, against the same accounts one by one."""
    book = make_book(accounts)
    heading("Days past due where the ledger charges penalty and late fees")
    policies = {
        name: attrs.evolve(by_totals(), penalty=penalty, penalty_in_waterfall=place, late_fees=fees)
        for name, (place, penalty, fees) in CHARGING.items()
    }

    def counted(policy: dq.Policy) -> Any:
        return assess(book, as_of=AS_OF, policy=policy, threads=THREADS)

    rows = range(0, accounts, accounts // 100)
    alone = [book.account(row) for row in rows]

    def one_by_one(policy: dq.Policy) -> list[int]:
        return [int(dq.assess(each, as_of=AS_OF, policy=policy).arrears * 100) for each in alone]

    for policy in policies.values():
        assert counted(policy).arrears[list(rows)].tolist() == one_by_one(policy)
    times = medians(
        {
            "floor": lambda: floor_pass(columns_read(book), fresh(KINDS, accounts), THREADS),
            **{name: lambda policy=policy: counted(policy) for name, policy in policies.items()},
        }
    )
    tell(times, accounts, "floor")
    slow = medians(
        {name: lambda policy=policy: one_by_one(policy) for name, policy in policies.items()},
        rounds=2,
    )
    for name, seconds in slow.items():
        print(
            f"{name}: {times[name] / events(book) * 1e9:.1f} ns an event, "
            f"{seconds / len(alone) * accounts / times[name]:,.0f} x faster than one by one"
        )


def events(book: Portfolio) -> int:
    """Instalments and payments."""
    return len(book.instalments.due_date) + len(book.payments.amount)


def measure_all(accounts: int) -> None:
    measure(accounts)
    for mostly_late in (False, True):
        measure_on_demand(accounts, mostly_late=mostly_late)
    measure_charging(accounts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    measure_all(parser.parse_args().accounts)
