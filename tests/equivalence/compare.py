"""Comparing a book with its accounts, row by row, and counting what was hard about them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import delinquency as dq
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio import assess as assess_book
from delinquency.portfolio import instalment_ages as ages_of_book
from delinquency.portfolio import next_payment_due as next_of_book
from tests.equivalence.books import CURRENCIES, START, draw_account, draw_policy

HARD = (
    "reversal",
    "suspension",
    "charge",
    "tolerance hit",
    "age >= 91",
    "prepayment",
    "schedule change",
)


def draw_book(rng: random.Random) -> tuple[list[dq.Account], dq.Policy, date, date | None]:
    currency = dq.Currency.of(rng.choice(CURRENCIES))
    accounts = [draw_account(rng, number, currency) for number in range(rng.randint(1, 50))]
    as_of = START + timedelta(rng.randrange(100, 700))
    known = rng.choice((None, None, None, as_of, as_of + timedelta(rng.randrange(-60, 60))))
    return accounts, draw_policy(rng, currency), as_of, known


def figures_of_account(answer: dq.Assessment) -> tuple[object, ...]:
    return (
        answer.days_past_due,
        answer.delinquent_days,
        answer.count.arrears,
        answer.count.oldest_due_day,
        answer.bucket.code,
    )


def mismatches(
    accounts: list[dq.Account],
    policy: dq.Policy,
    as_of: date,
    known_on: date | None,
    engines: tuple[Engine, ...],
    seen: Counter[str],
) -> list[str]:
    """Every difference between the book and its accounts, in words; empty if there is none."""
    book = Portfolio.from_accounts(accounts)
    found = [
        f"row {row}: the record taken back differs"
        for row, account in enumerate(accounts)
        if book.account(row) != account
    ]
    scalar = [
        dq.assess(account, as_of=as_of, policy=policy, known_on=known_on) for account in accounts
    ]
    for answer in scalar:
        note_what_is_hard(answer, seen)
    question: dict[str, Any] = {"policy": policy, "as_of": as_of, "known_on": known_on}
    for engine in engines:
        answers = assess_book(book, as_of=as_of, policy=policy, known_on=known_on, engine=engine)
        exposure = answers.exposure(engine=engine)
        unallocated = answers.unallocated(engine=engine)
        ages = ages_of_book(book, **question, engine=engine)
        for row, answer in enumerate(scalar):
            columns = (
                int(answers.days_past_due[row]),
                int(answers.delinquent_days[row]),
                int(answers.arrears[row]),
                int(answers.oldest_due_date[row]),
                answers.bucket_of(row).code,
            )
            if columns != figures_of_account(answer):
                found.append(f"{engine.value}, row {row}: {columns} {figures_of_account(answer)}")
            scale = 10**answer.account.currency.minor_unit
            if int(exposure[row]) != answer.exposure * scale:
                found.append(f"{engine.value}, row {row}: exposure {exposure[row]}")
            if int(unallocated[row]) != answer.unallocated * scale:
                found.append(f"{engine.value}, row {row}: unallocated {unallocated[row]}")
            if ages.row(row) != answer.late_instalments:
                found.append(f"{engine.value}, row {row}: late debts {ages.row(row)}")
        for rule in dq.NextPaymentRule:
            told = next_of_book(book, rule=rule, **question, engine=engine)
            for row, account in enumerate(accounts):
                expected = dq.next_payment_due(account, rule=rule, **question)
                if told.row(row) != expected:
                    found.append(f"{engine.value}, row {row}: {told.row(row)}, not {expected}")
    return found


def note_what_is_hard(answer: dq.Assessment, seen: Counter[str]) -> None:
    account, ledger = answer.account, answer.ledger
    seen["accounts"] += 1
    as_of = ledger.as_of_day
    seen["reversal"] += any(row.reversed_day <= as_of for row in account.payment_rows)
    seen["suspension"] += bool(answer.count.suspended_days)
    seen["charge"] += any(row.charge_no and row.due_day <= as_of for row in ledger.obligations)
    seen["tolerance hit"] += answer.count.tolerated
    seen["age >= 91"] += answer.days_past_due >= 91
    seen["prepayment"] += ledger.unallocated_minor > 0 or any(
        ledger.obligations[row].unit_day > day for day, row, _, _ in ledger.settled_rows
    )
    seen["schedule change"] += any(row.until_day <= as_of for row in ledger.obligations)
