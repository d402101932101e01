"""Books under policies whose ledger charges penalty and late fees, compared with the scalar on every row.

``python -m tests.equivalence.making --books 200`` prints counts and mismatches.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import attrs
import numpy as np

import delinquency as dq
from delinquency.errors import DelinquencyError
from delinquency.late_fees import (
    AmountByBand,
    Band,
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.ledger.charging_late import possible_fees
from delinquency.obligations import DebtKind
from delinquency.penalty import Compounding, Posting
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio.kernels.penalty_layout import MAKING
from delinquency.portfolio.making import answer_by_loop, empty_answers
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.rounding import Proportion, RoundingMode
from tests.equivalence import compare
from tests.equivalence.books import CURRENCIES, START, cents, draw_policy
from tests.equivalence.long_run import long_run
from tests.equivalence.penalties import differences, draw_loan, draw_terms

HARD = (
    "by the loop",
    "one by one",
    "penalty on demand",
    "posted penalty",
    "posted by statements",
    "posted penalty that bears",
    "late fee",
    "late fee of a share",
    "late fee of bands",
    "late fee of a safe harbour",
    "late fee that comes again",
    "late fee due with its instalment",
    "late fee in the order of penalty",
    "fees that took money are ignored",
    "both penalty and late fees",
    "penalty settled",
    "reversal",
    "tolerance hit",
    "held",
    "order by age",
    "order by kind",
    "closing tolerance",
    "payments in arrears",
    "known on",
)
"""What some account has."""


SHARES = (Proportion(1, 20), Proportion(1, 50), Proportion(3, 2), Proportion(1, 3))


def draw_share(rng: random.Random) -> ShareFee:
    return ShareFee(rng.choice(SHARES), rng.choice(list(FeeBase)))


def draw_amount(rng: random.Random, currency: dq.Currency) -> Any:
    """A sum, a share, bands or a safe harbour, whose rows may end before the days asked about."""
    match rng.randrange(5):
        case 0 | 1:
            return FlatFee(cents(rng.choice((1, 700, 1_500)), currency))
        case 2:
            return draw_share(rng)
        case 3:
            starts = sorted(rng.sample((0, 1, 500, 20_000, 60_000), rng.randint(1, 4)))
            bands = [
                Band(cents(start, currency), cents(rng.randrange(3_000), currency))
                for start in starts
            ]
            last = START + timedelta(600) if rng.random() < 0.05 else None
            table = AmountByBand(
                name="drawn",
                currency=currency,
                bands=bands,
                validity=dq.Validity(effective_until=last),
            )
            return BandFee(table, rng.choice(list(FeeBase)))
        case _:
            first = START - timedelta(1) if rng.random() < 0.9 else START + timedelta(90)
            days = [first, *(first + timedelta(days) for days in (200, 420))][: rng.randint(1, 3)]
            rows = [
                FeeRow(day, *(cents(rng.randrange(4_000), currency) for _ in range(2)))
                for day in days
            ]
            window = rng.choice((0, 1, 6))
            table = FeeTable(name="drawn", currency=currency, rows=rows, repeat_window=window)
            return SafeHarbourFee(table)


def draw_fee(rng: random.Random, currency: dq.Currency, number: int) -> LateFeeTerms:
    """Terms of a late fee of every amount, recurrence, limit and due day."""
    once = rng.random() < 0.2
    recurrence = Once() if once else rng.choice((Once(), Once(), EveryDays(61), EveryMonths(2)))
    minimum = rng.choice((0, 0, 300))
    maximum = rng.choice((None, None, draw_share(rng), cents(2_000, currency)))
    due = rng.choice(({}, {}, {"due_in_days": 10}, {"due_with_instalment": True}))
    return LateFeeTerms(
        name=f"fee-{number}",
        amount=draw_amount(rng, currency),
        currency=currency,
        minimum=cents(minimum, currency),
        maximum=maximum,
        rounding=rng.choice(list(RoundingMode)),
        recurrence=recurrence,
        wait_days=rng.choice((0, 0, 3, 15)),
        component=rng.choice((dq.Component.FEES, dq.Component.PENALTY)),
        cap_by_minimum=rng.random() < 0.2,
        ignores_unpaid_fees=rng.random() < 0.3,
        once_per_instalment=once,
        **due,
    )


def draw_making(rng: random.Random, currency: dq.Currency) -> dq.Policy:
    """A policy whose ledger charges something, mostly what the loop knows."""
    place = rng.choice(tuple(dq.PenaltyPlace))
    fees = rng.choice((0, 1, 1, 2))
    if place is dq.PenaltyPlace.OUTSIDE:
        fees = max(fees, 1)
    terms = draw_terms(rng, currency, dq.PenaltyPlace.ON_DEMAND)
    if place is dq.PenaltyPlace.POSTED:
        terms = attrs.evolve(terms, posting=Posting.ON_DUE_DATES)
        if rng.random() < 0.5:
            day = rng.choice((1, 15, 31))
            terms = attrs.evolve(terms, posting=Posting.ON_STATEMENT, statement_day=day)
        if terms.compounding is Compounding.NONE and rng.random() < 0.6:
            terms = attrs.evolve(terms, compounding=Compounding.ON_POSTING)
    policy = draw_policy(rng, currency)
    if rng.random() < 0.5:
        policy = attrs.evolve(policy, allocation_by_age=(), allocation_by_kind=())
    return attrs.evolve(
        policy,
        penalty=terms,
        penalty_in_waterfall=place,
        late_fees=[draw_fee(rng, currency, number) for number in range(fees)],
    )


def mismatches(
    rng: random.Random, number: int, engines: tuple[Engine, ...], seen: Counter[str]
) -> list[str]:
    """Draw a book and a policy, and tell every difference to the scalar on two questions."""
    currency = dq.Currency.of(rng.choice(CURRENCIES))
    accounts = [draw_loan(rng, row, currency) for row in range(rng.randint(1, 12))]
    policy = draw_making(rng, currency)
    found: list[str] = []
    for _ in range(2):
        as_of = START + timedelta(rng.randrange(30, 600))
        known = rng.choice((None, None, as_of, as_of + timedelta(rng.randrange(-90, 60))))
        question: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known}
        answered = [account for account in accounts if _is_answered(account, question)]
        if answered:
            found += compare.mismatches(answered, policy, as_of, known, engines, seen)
            if policy.penalty is not None:
                found += differences(answered, question, engines, Counter())
            _note_route(answered, question, seen)
    return [f"book {number}: {line}" for line in found]


def _is_answered(account: dq.Account, question: dict[str, Any]) -> bool:
    try:
        dq.assess(account, **question)
    except DelinquencyError:
        return False
    return True


def _note_route(accounts: list[dq.Account], question: dict[str, Any], seen: Counter[str]) -> None:
    """How many the loop answered, and what the ledger charged them."""
    policy, book = question["policy"], Portfolio.from_accounts(accounts)
    rule = rule_numbers(
        policy, as_of=question["as_of"], known_on=question["known_on"], currency=book.currency
    )
    route = answer_by_loop(book, policy, rule, empty_answers(), Engine.INTERPRETED, 1)
    seen["by the loop"] += int(np.count_nonzero(route == MAKING))
    seen["one by one"] += int(np.count_nonzero(route != MAKING))
    for row in np.flatnonzero(route == MAKING).tolist():
        _note(accounts[row], question, seen)


def _note(account: dq.Account, question: dict[str, Any], seen: Counter[str]) -> None:
    policy = question["policy"]
    ledger = dq.replay(account, **question)
    debts = [(ledger.obligations[row[1]], row[2]) for row in ledger.moves.charged]
    charged = {(debt.kind, column) for debt, column in debts}
    posted = any(kind == DebtKind.POSTED_PENALTY for kind, _ in charged)
    terms = policy.penalty
    seen["penalty on demand"] += (DebtKind.INSTALMENT, 3) in charged
    seen["posted penalty"] += posted
    seen["posted by statements"] += posted and terms.posting is Posting.ON_STATEMENT
    seen["posted penalty that bears"] += posted and terms.compounding is Compounding.ON_POSTING
    seen["penalty settled"] += any(column == 3 for _, _, column, _ in ledger.moves.settled)
    seen["payments in arrears"] += policy.buckets.reads is dq.CountName.PAYMENTS_IN_ARREARS
    seen["known on"] += question["known_on"] is not None
    numbers = {debt.number for debt, _ in debts if debt.kind == DebtKind.LATE_FEE}
    possible = possible_fees(policy.late_fees, account, ledger.as_of_day)
    fees = [policy.late_fees[fee.terms] for fee in possible if fee.number in numbers]
    kinds = {type(fee.amount) for fee in fees}
    seen["late fee"] += bool(fees)
    seen["late fee of a share"] += ShareFee in kinds
    seen["late fee of bands"] += BandFee in kinds
    seen["late fee of a safe harbour"] += SafeHarbourFee in kinds
    seen["late fee that comes again"] += any(not isinstance(fee.recurrence, Once) for fee in fees)
    seen["late fee due with its instalment"] += any(fee.due_with_instalment for fee in fees)
    seen["late fee in the order of penalty"] += (DebtKind.LATE_FEE, 3) in charged
    seen["fees that took money are ignored"] += any(fee.ignores_unpaid_fees for fee in fees)
    seen["both penalty and late fees"] += bool(fees) and len({kind for kind, _ in charged}) > 1


def compared(rng: random.Random, number: int, seen: Counter[str]) -> list[str]:
    """The next book of a long run, uncompiled too for every tenth."""
    engines = (Engine.COMPILED, Engine.INTERPRETED) if number % 10 == 0 else (Engine.COMPILED,)
    return mismatches(rng, number, engines, seen)


if __name__ == "__main__":
    sys.exit(long_run(compared, HARD, books=200))
