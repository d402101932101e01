"""A book of cards: every statement of every card, against a loop in plain Python over the facts of one card.

The loop is what somebody writes who needs these statements and no others: one set of terms, whole numbers,
facts grouped by day, and for each debit the sum of balance times days, which is all that a constant rate
needs. It is run on a sample, and gives the same statements.
"""

from __future__ import annotations

import gc
import statistics
import time
from datetime import date
from typing import Any

import numpy as np
from measuring import heading

import delinquency as dq
from delinquency.calendar import add_months_day, day_number
from delinquency.late_fees import FeeBase, LateFeeTerms, ShareFee
from delinquency.portfolio import (
    CardBook,
    CreditLimitColumns,
    Engine,
    PaymentColumns,
    TextColumn,
    TransactionColumns,
    card_ledgers,
)
from delinquency.revolving import (
    BalanceKind,
    BalanceRate,
    ByKind,
    CardInterest,
    CardTerms,
    DueAfterDays,
    InterestMethod,
    KindSwitch,
    MinimumBase,
    MinimumPaymentRule,
    MinimumShare,
    card_ledger,
)
from delinquency.rounding import Proportion

STATEMENTS, POSTED, SAMPLE = 24, 20, 400
OPENED = date(2023, 1, 6)
AS_OF = date(2025, 1, 5)
PURCHASE, CASH, PLAN, INTEREST, FEES, PENALTY = range(6)
COSTS_FIRST = (INTEREST, FEES, PENALTY, PLAN, CASH, PURCHASE)
PRINCIPAL_FIRST = (PLAN, CASH, PURCHASE, INTEREST, FEES, PENALTY)
KINDS = tuple(BalanceKind)
RATE, PER = 5, 10_000
"""0.05 % a day."""


def make_terms() -> CardTerms:
    whole, tenth, new = Proportion(1, 1), Proportion(1, 10), MinimumBase.NEWLY_BILLED
    rates = [BalanceRate(KINDS[kind], dq.Rate.per_day("0.0005")) for kind in (0, 1, 3)]
    return CardTerms(
        currency=dq.Currency.of("CNY"),
        cycle_day=5,
        due=DueAfterDays(18),
        minimum=MinimumPaymentRule(
            shares=[
                MinimumShare(KINDS[PURCHASE], tenth),
                MinimumShare(KINDS[CASH], tenth),
                *(
                    MinimumShare(KINDS[kind], whole, new)
                    for kind in (PLAN, INTEREST, FEES, PENALTY)
                ),
            ]
        ),
        interest=CardInterest(rates=rates, method=InterestMethod.FULL_STATEMENT),
        order=ByKind(
            kinds=[KINDS[kind] for kind in COSTS_FIRST],
            switch=KindSwitch(at_least=91, kinds=[KINDS[kind] for kind in PRINCIPAL_FIRST]),
        ),
        grace_days=3,
        tolerance=10,
        late_fee=LateFeeTerms(
            name="late",
            currency=dq.Currency.of("CNY"),
            minimum=10,
            maximum=500,
            amount=ShareFee(Proportion(5, 100), FeeBase.UNPAID_MINIMUM),
        ),
    )


def make_book(cards: int, seed: int = 1) -> CardBook:
    """Half pay each statement about in full, a third a part of it, the others stop at some time.

    Of a hundred transactions 92 are purchases, 3 cash, 2 fees and 3 refunds, which name the purchase
    before them if there is one on or before that day in their cycle.
    """
    rng = np.random.default_rng(seed)
    opened = day_number(OPENED, where="book", field="opened")
    drawn = [add_months_day(opened - 1, number) for number in range(STATEMENTS + 1)]
    lengths = np.diff(drawn)
    shape = (cards, STATEMENTS, POSTED)
    of_cycle = rng.integers(0, 28, shape, dtype=np.int16)
    of_cycle.sort(axis=2)
    posted = (of_cycle + np.array(drawn[:-1])[None, :, None] + 1).astype(np.int32)
    kind = rng.choice(np.array([0, 1, 3, 4], np.int8), p=[0.92, 0.03, 0.02, 0.03], size=shape)
    kind[:, :, 0] = PURCHASE
    amount = rng.integers(100, 60_000, shape)
    amount[kind == 4] //= 10
    amount[kind == 4] += 1
    refers = np.full(shape, -1, dtype=np.int32)
    places = np.arange(STATEMENTS * POSTED, dtype=np.int32).reshape(1, STATEMENTS, POSTED)
    names = (kind[:, :, 1:] == 4) & (kind[:, :, :-1] == 0)
    refers[:, :, 1:][names] = np.broadcast_to(places - 1, shape)[:, :, 1:][names]
    spent = np.where(kind == 4, -amount, amount).sum(axis=2)
    habit = rng.random(cards)
    share = np.where(habit < 0.5, 103, np.where(habit < 0.85, rng.integers(8, 60, cards), 30))
    paid = np.maximum(spent[:, :-1] * share[:, None] // 100, 1)
    stops = np.where(habit >= 0.85, rng.integers(3, STATEMENTS, cards), STATEMENTS)
    pays = np.arange(STATEMENTS - 1)[None, :] < stops[:, None]
    late = rng.integers(5, 27, (cards, STATEMENTS - 1))
    late = np.where((habit < 0.5)[:, None], np.minimum(late, 18), np.minimum(late, lengths[1:]))
    valued = (np.array(drawn[1:-1])[None, :] + late).astype(np.int32)
    return CardBook(
        account_id=TextColumn.of(f"C-{row:07}" for row in range(cards)),
        originated_on=np.full(cards, opened, dtype=np.int32),
        terms=make_terms(),
        transactions=TransactionColumns(
            offsets=np.arange(cards + 1) * (STATEMENTS * POSTED),
            posted_on=posted.ravel(),
            kind=kind.ravel(),
            amount=amount.ravel(),
            refers_to=refers.ravel(),
        ),
        payments=PaymentColumns(
            offsets=np.concatenate([[0], np.cumsum(pays.sum(axis=1))]),
            value_date=valued[pays],
            amount=paid[pays],
        ),
        credit_limits=CreditLimitColumns(
            offsets=np.arange(cards + 1),
            effective_from=np.full(cards, opened, dtype=np.int32),
            amount=rng.integers(2, 30, cards) * 1_000_00,
        ),
    )


class Debit:
    """One debit: how much of it is open, since when, and balance times days so far."""

    __slots__ = ("balance_days", "billed", "kind", "open", "place", "since", "standing")

    def __init__(self, kind: int, amount: int, since: int, standing: str, place: int) -> None:
        self.kind, self.open, self.since = kind, amount, since
        self.standing, self.place = standing, place
        self.billed, self.balance_days = False, 0


def naive_statements(
    opened: int,
    as_of: int,
    limit: int,
    transactions: list[tuple[int, int, int, int]],
    payments: list[tuple[int, int]],
) -> list[tuple[int, ...]]:
    """Day, closing balance, interest, late fee, minimum due, over limit, in full, met and missed cycles."""
    posted: dict[int, list[tuple[int, int, int, int]]] = {}
    for place, (day, kind, amount, refers) in enumerate(transactions):
        posted.setdefault(day, []).append((place, kind, amount, refers))
    paid: dict[int, int] = {}
    for day, amount in payments:
        paid[day] = paid.get(day, 0) + amount
    debits: list[Debit] = []
    minimums: list[list[int]] = []  # due day, judged day, open
    told: list[list[int]] = []
    waiting = held = credited = missed = full = judged_on = fee = 0
    months = 0
    next_statement = add_months_day(opened - 1, 1)

    def settle(debit: Debit, amount: int, day: int) -> int:
        used = min(debit.open, amount)
        if used and debit.standing != "never":
            bear(debit, day)
        debit.open -= used
        return amount - used

    def bear(debit: Debit, until: int) -> None:
        nonlocal waiting
        if until <= debit.since:
            return
        balance_days = debit.open * (until - debit.since)
        debit.since = until
        if debit.standing == "bears":
            waiting += balance_days
        else:
            debit.balance_days += balance_days

    def allocate(amount: int, day: int) -> int:
        age = day - next(row[0] for row in minimums if row[2]) if missed else 0
        order = PRINCIPAL_FIRST if age >= 91 else COSTS_FIRST
        for billed in (True, False):
            for kind in order:
                for debit in debits:
                    if amount == 0:
                        return 0
                    if debit.kind == kind and debit.billed is billed and debit.open:
                        amount = settle(debit, amount, day)
        return amount

    def meet(amount: int, day: int) -> None:
        nonlocal missed
        for row in minimums:
            used = min(row[2], amount)
            row[2] -= used
            amount -= used
        judged = [row for row in minimums if row[1] < day]
        if missed and sum(row[2] for row in judged) <= 1_000:
            missed = 0
            for row in judged:
                row[2] = 0

    for day in range(opened, as_of + 1):
        for place, kind, amount, _ in posted.get(day, ()):
            if kind == 0:
                debits.append(Debit(PURCHASE, amount, day, "waits", place))
            elif kind == 1:
                debits.append(Debit(CASH, amount, day, "bears", place))
            elif kind == 3:
                debits.append(Debit(FEES, amount, day, "never", place))
        if held:
            held = allocate(held, day)
        refunds = [row for row in posted.get(day, ()) if row[1] == 4]
        for _, _, refunded, refers in sorted(refunds, key=lambda row: row[3] < 0):
            amount = refunded
            before = sum(debit.open for debit in debits if debit.billed)
            for debit in debits:
                if debit.place == refers >= 0:
                    amount = settle(debit, amount, day)
            for debit in debits:
                if debit.kind == PURCHASE and debit.open and amount:
                    amount = settle(debit, amount, day)
            held += allocate(amount, day)
            after = sum(debit.open for debit in debits if debit.billed)
            credited += before - after
            beyond = sum(row[2] for row in minimums) - after
            if beyond > 0:
                meet(beyond, day)
        if day in paid:
            credited += paid[day]
            held += allocate(paid[day], day)
            meet(paid[day], day)
        if day == judged_on:
            in_full = credited + 1_000 >= full
            for debit in debits:
                if debit.billed and debit.standing == "waits":
                    if in_full:
                        debit.balance_days, debit.since = 0, day - 3
                        debit.standing = "waits" if debit.open else "never"
                    else:
                        waiting += debit.balance_days
                        debit.standing = "bears"
            short = sum(row[2] for row in minimums)
            told[-1][6:8] = [int(in_full), int(short <= 1_000)]
            missed = missed + 1 if short > 1_000 else 0
            if not missed:
                for row in minimums:
                    row[2] = 0
            if short > 1_000:
                fee = min(max((short * 5 + 50) // 100, 1_000), 50_000)
        if day == next_statement:
            if fee:
                debits.append(Debit(PENALTY, fee, day + 1, "never", -1))
            for debit in debits:
                if debit.standing == "bears":
                    bear(debit, day + 1)
            interest = (2 * waiting * RATE + PER) // (2 * PER)
            waiting = 0
            if interest:
                debits.append(Debit(INTEREST, interest, day + 1, "waits", -1))
            new = [debit for debit in debits if not debit.billed]
            for debit in new:
                debit.billed = True
            if held:
                held = allocate(held, day)
            balance = sum(debit.open for debit in debits)
            past_due = sum(row[2] for row in minimums)
            over = max(0, balance - held - limit)
            wanted = sum(debit.open for debit in debits if debit.kind in (PURCHASE, CASH))
            wanted += 10 * sum(debit.open for debit in new if debit.kind >= INTEREST)
            wanted += 10 * max(0, over - past_due)
            newly = max(0, min((wanted + 5) // 10, balance - past_due))
            full = max(0, balance - held)
            judged_on = day + 21
            if newly:
                minimums.append([day + 18, judged_on, newly])
            told.append(
                [day, balance - held, interest, fee, past_due + newly, over, -1, -1, missed]
            )
            credited = fee = 0
            debits = [debit for debit in debits if debit.open or debit.standing == "waits"]
            months += 1
            next_statement = add_months_day(opened - 1, months + 1)
    return [tuple(row) for row in told]


def facts_of(book: CardBook, row: int) -> tuple[Any, ...]:
    """The facts of one card in plain numbers, as the loop reads them."""
    table, money, limits = book.transactions, book.payments, book.credit_limits
    assert table.refers_to is not None
    assert limits is not None
    span = slice(int(table.offsets[row]), int(table.offsets[row + 1]))
    columns = (table.posted_on, table.kind, table.amount, table.refers_to)
    transactions = list(zip(*(column[span].tolist() for column in columns), strict=True))
    span = slice(int(money.offsets[row]), int(money.offsets[row + 1]))
    payments = list(zip(money.value_date[span].tolist(), money.amount[span].tolist(), strict=True))
    as_of = day_number(AS_OF, where="book", field="as_of")
    return int(book.originated_on[row]), as_of, int(limits.amount[row]), transactions, payments


def _taken(job: Any) -> tuple[float, Any]:
    gc.collect()
    begun = time.perf_counter()
    told = job()
    return time.perf_counter() - begun, told


def measure(cards: int, rounds: int = 3) -> None:
    heading(f"{cards:,} cards x {STATEMENTS} statements x {POSTED} transactions each")
    few = make_book(SAMPLE, seed=2)
    compiling, _ = _taken(lambda: card_ledgers(few, as_of=AS_OF, engine=Engine.COMPILED))
    book = make_book(cards)
    facts = [facts_of(book, row) for row in range(min(SAMPLE, cards))]
    records = [book.card(row) for row in range(20)]
    naive_times, scalar_times, two, one = [], [], [], []
    for _ in range(rounds):
        seconds, naive = _taken(lambda: [naive_statements(*each) for each in facts])
        naive_times.append(seconds / len(facts))
        seconds, told = _taken(lambda: card_ledgers(book, as_of=AS_OF, threads=2))
        two.append(seconds / cards)
        _check(told, naive)
        del told
        seconds, _ = _taken(lambda: card_ledgers(book, as_of=AS_OF, threads=1))
        one.append(seconds / cards)
        seconds, _ = _taken(lambda: [card_ledger(each, as_of=AS_OF) for each in records])
        scalar_times.append(seconds / len(records))
    naive_us, scalar_us, two_us, one_us = (
        statistics.median(times) * 1e6 for times in (naive_times, scalar_times, two, one)
    )
    facts_a_card = STATEMENTS * POSTED + (len(book.payments.amount) / cards)
    print(f"first call, with compiling or from the cache {compiling:.1f} s")
    for name, taken in (
        ("loop in plain Python, on a sample", naive_us),
        ("one card, explained in full", scalar_us),
        ("compiled, 1 thread", one_us),
        ("compiled, 2 threads", two_us),
    ):
        print(
            f"{name:<38}{taken:>11,.1f} us a card{taken / facts_a_card * 1e3:>11,.1f} ns a fact"
            f"{naive_us / taken:>9.1f} x as fast as the loop"
        )


def _check(told: Any, naive: list[list[tuple[int, ...]]]) -> None:
    """Every statement of the sample is that of the loop."""
    table = told.statements
    columns = np.stack(
        [
            table.statement_date,
            table.closing_balance,
            table.interest,
            table.late_fees,
            table.minimum_due,
            table.over_limit,
            table.is_paid_in_full,
            table.is_minimum_met,
            table.missed_cycles,
        ],
        axis=1,
    )
    for row, statements in enumerate(naive):
        found = columns[table.offsets[row] : table.offsets[row + 1]].tolist()
        assert found == [list(each) for each in statements], row
