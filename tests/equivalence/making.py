"""Books under policies whose ledger charges penalty and late fees, compared with the scalar on every row.

``python -m tests.equivalence.making --books 200`` prints counts and mismatches.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import attrs
import numpy as np

import delinquency as dq
from delinquency.errors import DelinquencyError
from delinquency.obligations import DebtKind
from delinquency.penalty import Compounding, Posting
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio.kernels.penalty_layout import MAKING
from delinquency.portfolio.making import answer_by_loop, empty_answers
from delinquency.portfolio.rule_numbers import rule_numbers
from tests.equivalence import compare
from tests.equivalence.books import CURRENCIES, START, draw_policy
from tests.equivalence.penalties import differences, draw_loan, draw_terms

HARD = (
    "by the loop",
    "one by one",
    "penalty on demand",
    "posted penalty",
    "posted by statements",
    "posted penalty that bears",
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


def draw_making(rng: random.Random, currency: dq.Currency) -> dq.Policy:
    """A policy whose ledger charges something, mostly what the loop knows."""
    place = rng.choice((dq.PenaltyPlace.ON_DEMAND, dq.PenaltyPlace.POSTED))
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
    return attrs.evolve(policy, penalty=terms, penalty_in_waterfall=place)


def mismatches(
    rng: random.Random, number: int, engines: tuple[Engine, ...], seen: Counter[str]
) -> list[str]:
    """Draw a book and a policy, and tell every difference to the scalar on two questions."""
    currency = dq.Currency.of(rng.choice(CURRENCIES))
    accounts = [draw_loan(rng, row, currency) for row in range(rng.randint(1, 25))]
    policy = draw_making(rng, currency)
    found: list[str] = []
    for _ in range(2):
        as_of = START + timedelta(rng.randrange(30, 800))
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
    charged = {
        (ledger.obligations[place].kind, column) for _, place, column, _ in ledger.moves.charged
    }
    posted = any(kind == DebtKind.POSTED_PENALTY for kind, _ in charged)
    terms = policy.penalty
    seen["penalty on demand"] += (DebtKind.INSTALMENT, 3) in charged
    seen["posted penalty"] += posted
    seen["posted by statements"] += posted and terms.posting is Posting.ON_STATEMENT
    seen["posted penalty that bears"] += posted and terms.compounding is Compounding.ON_POSTING
    seen["penalty settled"] += any(column == 3 for _, _, column, _ in ledger.moves.settled)
    seen["payments in arrears"] += policy.buckets.reads is dq.CountName.PAYMENTS_IN_ARREARS
    seen["known on"] += question["known_on"] is not None


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--books", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    seen: Counter[str] = Counter()
    wrong = 0
    begun = time.perf_counter()
    for number in range(options.books):
        engines = (Engine.COMPILED, Engine.INTERPRETED) if number % 10 == 0 else (Engine.COMPILED,)
        found = mismatches(rng, number, engines, seen)
        wrong += len(found)
        for line in found[:3]:
            print(line)
    taken = time.perf_counter() - begun
    print(f"{options.books:,} books, {seen['accounts']:,} answers compared, {taken:.0f} s")
    for name in HARD:
        print(f"  {name:<28} {seen[name]:>8,}  {seen[name] / seen['accounts']:6.1%}")
    print(f"mismatches: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
