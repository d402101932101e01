"""Cards drawn at random, of every kind that terms allow, and what the verb for one card says of them.

Terms and short cards are those of :mod:`tests.card_strategies`; long cards live for two years under the
same terms, so that balances, minimums and promotions pile up.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.component import Component
from delinquency.late_fees import FlatFee, ShareFee
from delinquency.portfolio import CardBook, CardLedgers, Engine, Portfolio, card_ledgers
from delinquency.portfolio import requirements as requirements_of_book
from delinquency.revolving import (
    BALANCE_KINDS,
    CardAccount,
    CardLedger,
    CardStatement,
    CardTerms,
    CardTransaction,
    CreditLimit,
    InstalmentPlan,
    PlanResidue,
    Promotion,
    TransactionKind,
    card_ledger,
    requirements,
)
from tests.card_strategies import OPENED, card_questions, card_terms, money

YEARS_LIVED = 740
Question = tuple[date, date | None]

AMOUNTS = (
    "opening_balance",
    "purchases",
    "cash_advances",
    "plan_parts",
    "fees",
    "late_fees",
    "interest",
    "payments",
    "refunds",
    "converted",
    "interest_and_charges_paid",
    "principal_paid",
    "closing_balance",
    "full_payment",
    "minimum_due",
    "newly_required",
    "past_due_part",
    "over_limit",
    "plan_principal_unbilled",
)
OF_CARD = (
    "plan_principal_unbilled",
    "accrued_interest",
    "credit_balance",
    "credit_limit",
    "available_credit",
    "charged",
    "settled",
    "paid",
    "converted",
)


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """So many values of a strategy, the same for the same number."""
    values: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(value: Any) -> None:
        values.append(value)

    keep()
    return values


def draw_short(count: int, number: int) -> list[tuple[CardAccount, date, date | None]]:
    return drawn(card_questions(), count, number)


def draw_terms(count: int, number: int) -> list[CardTerms]:
    return drawn(card_terms(), count, number)


def draw_long(rng: random.Random, terms: CardTerms) -> CardAccount:
    """A card of two years: who pays in full, the minimum, something, or nothing any more."""
    days = sorted(rng.randrange(YEARS_LIVED) for _ in range(rng.choice((20, 60, 150))))
    transactions: list[CardTransaction] = []
    for number, day in enumerate(days):
        transactions.append(draw_transaction(rng, number, day, transactions))
    limits = [CreditLimit(OPENED, rng.randrange(500, 60_000))]
    for _ in range(rng.choice((0, 0, 1, 2))):
        day = rng.randrange(1, YEARS_LIVED)
        limits.append(
            CreditLimit(
                OPENED + timedelta(day),
                rng.randrange(0, 60_000),
                rng.choice((None, OPENED + timedelta(day + rng.randrange(60)))),
            )
        )
    limits = list({limit.effective_from: limit for limit in limits}.values())
    return CardAccount(
        account_id="L",
        obligor_id=rng.choice(("", "O-1")),
        originated_on=OPENED,
        segment=rng.choice(tuple(dq.Segment)),
        terms=terms,
        credit_limits=limits if rng.random() < 0.6 else (),
        transactions=transactions,
        payments=draw_payments(rng),
    )


def draw_amount(rng: random.Random) -> Decimal:
    return money(rng.choice((1, rng.randrange(1, 5_000), rng.randrange(1, 200_000), 10_000)))


def later(rng: random.Random, day: date) -> dict[str, date | None]:
    if rng.random() > 0.1:
        return {}
    recorded = rng.choice((None, day + timedelta(rng.randrange(40))))
    taken_back = max(day, recorded or day) + timedelta(rng.randrange(60))
    return {"recorded_on": recorded, "reversed_on": rng.choice((None, taken_back))}


def draw_transaction(
    rng: random.Random, number: int, day: int, before: list[CardTransaction]
) -> CardTransaction:
    kind = rng.choices(tuple(TransactionKind), (12, 3, 2, 1, 2))[0]
    posted_on, amount = OPENED + timedelta(day), draw_amount(rng)
    given: dict[str, Any] = later(rng, posted_on)
    of = {
        TransactionKind.REFUND: ("purchase", "cash_advance", "fee"),
        TransactionKind.INSTALMENT_PLAN: ("purchase", "cash_advance"),
    }.get(kind, ())
    named = [row for row in before[-8:] if row.kind.value in of]
    if named and rng.random() < 0.7:
        other = rng.choice(named)
        given["refers_to"] = other.transaction_id
        if kind is TransactionKind.INSTALMENT_PLAN:
            amount = min(amount, other.amount)
    if kind is TransactionKind.INSTALMENT_PLAN:
        given["plan"] = InstalmentPlan(
            instalments=rng.choice((1, 3, 12)),
            cost=rng.choice((0, Decimal("0.77"))),
            cost_component=rng.choice((Component.INTEREST, Component.FEES)),
            residue=rng.choice(tuple(PlanResidue)),
        )
    if kind in (TransactionKind.PURCHASE, TransactionKind.CASH_ADVANCE) and rng.random() < 0.15:
        until = posted_on + timedelta(rng.randrange(1, 300))
        rate = rng.choice((None, dq.Rate.per_year("0.05"), dq.Rate.per_day("0.0001")))
        given["promotion"] = Promotion(
            promotion_id="P", until=until, rate=rate, is_deferred=rate is None
        )
    return CardTransaction(
        kind=kind, posted_on=posted_on, amount=amount, transaction_id=f"T{number:03}", **given
    )


def draw_payments(rng: random.Random) -> list[dq.Payment]:
    habit = rng.choice(("much", "little", "little", "stops", "nothing"))
    last = YEARS_LIVED if habit != "stops" else rng.randrange(30, YEARS_LIVED)
    rows: list[dq.Payment] = []
    day = rng.randrange(60)
    while day < last and habit != "nothing":
        value_date = OPENED + timedelta(day)
        amount = draw_amount(rng) * (rng.choice((1, 3, 20)) if habit == "much" else 1)
        rows.append(
            dq.Payment(
                value_date,
                amount,
                rng.choice(tuple(dq.PaymentKind)),
                rng.choice((None, f"P{len(rows)}")),
                **later(rng, value_date),
            )
        )
        day += rng.choice((0, 1, 15, 28, 30, 45))
    return rows


def has_plain_late_fee(card: CardAccount) -> bool:
    """Whether the late fee is an amount or a share between fixed amounts; others are answered alone."""
    return all(
        fee is None
        or (isinstance(fee.amount, FlatFee | ShareFee) and not isinstance(fee.maximum, ShareFee))
        for fee in card.terms.late_fee.values
    )


def named_apart(cards: list[CardAccount]) -> list[CardAccount]:
    return [attrs.evolve(card, account_id=f"C-{row}") for row, card in enumerate(cards)]


def cents(amount: Decimal | None) -> int:
    return -1 if amount is None else int(amount * 100)


def days_of(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def figures_of_statement(statement: CardStatement, ledger: CardLedger) -> dict[str, object]:
    """What the verb for one card says of a statement, by the names of the columns."""
    told: dict[str, object] = {name: cents(getattr(statement, name)) for name in AMOUNTS}
    for name in ("statement_date", "due_date", "judged_on"):
        told[name] = days_of(getattr(statement, name))
    for name in ("is_paid_in_full", "is_minimum_met"):
        known = getattr(statement, name)
        told[name] = -1 if known is None else int(known)
    rows = [row for row in ledger.requirements if row.statement_no == statement.number]
    for part in ("principal", "interest", "fees"):
        told[f"required_{part}"] = sum(cents(getattr(row, part)) for row in rows)
    told["requirement_open"] = sum(cents(row.open_amount) for row in rows)
    told["missed_cycles"] = statement.missed_cycles
    told["number"] = statement.number
    return told


def figures_of_card(ledger: CardLedger) -> dict[str, object]:
    told: dict[str, object] = {name: cents(getattr(ledger, name)) for name in OF_CARD}
    told["balances"] = [cents(amount) for _, amount in ledger.balances]
    told["missed_consecutive"] = ledger.missed_consecutive
    told["missed_still_open"] = ledger.missed_still_open
    told["credits"] = [(days_of(day), cents(amount)) for day, amount in ledger.credits_to_minimums]
    return told


def figures_of_row(
    answer: CardLedgers, row: int
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """What the columns say of one card."""
    table = answer.statements
    names = [*AMOUNTS, "statement_date", "due_date", "judged_on", "is_paid_in_full"]
    names += ["is_minimum_met", "required_principal", "required_interest", "required_fees"]
    names += ["requirement_open", "missed_cycles", "number"]
    columns = {name: getattr(table, name) for name in names}
    statements = [
        {name: int(column[place]) for name, column in columns.items()}
        for place in range(int(table.offsets[row]), int(table.offsets[row + 1]))
    ]
    told: dict[str, object] = {name: int(getattr(answer, name)[row]) for name in OF_CARD}
    told["balances"] = answer.balances[row].tolist()
    told["missed_consecutive"] = int(answer.missed_consecutive[row])
    told["missed_still_open"] = int(answer.missed_still_open[row])
    met = answer.credits_to_minimums
    span = slice(int(met.offsets[row]), int(met.offsets[row + 1]))
    told["credits"] = list(
        zip(met.value_date[span].tolist(), met.amount[span].tolist(), strict=True)
    )
    return told, statements


def mismatches(
    cards: list[CardAccount], question: Question, engines: tuple[Engine, ...], seen: Counter[str]
) -> list[str]:
    """Every difference between a book and its cards, in words; empty if there is none."""
    as_of, known_on = question
    book = CardBook.from_cards(cards)
    found = [
        f"row {row}: the record taken back differs"
        for row, card in enumerate(cards)
        if book.card(row) != card
    ]
    ledgers = [card_ledger(card, as_of=as_of, known_on=known_on) for card in cards]
    for ledger in ledgers:
        note_what_is_hard(ledger, seen)
    accounts = [requirements(card, as_of=as_of, known_on=known_on) for card in cards]
    expected = Portfolio.from_accounts(accounts)
    alone = [row for row, card in enumerate(cards) if not has_plain_late_fee(card)]
    seen["answered alone"] += len(alone)
    for engine in engines:
        answer = card_ledgers(book, as_of=as_of, known_on=known_on, engine=engine, threads=2)
        if answer.answered_alone.tolist() != alone:
            found.append(f"{engine.value}: alone {answer.answered_alone.tolist()}, not {alone}")
        for row, ledger in enumerate(ledgers):
            told, statements = figures_of_row(answer, row)
            if told != figures_of_card(ledger):
                found.append(f"{engine.value}, row {row}: {told} {figures_of_card(ledger)}")
            scalar = [figures_of_statement(each, ledger) for each in ledger.statements]
            if statements != scalar:
                pairs = zip(statements, scalar, strict=False)
                first = next((pair for pair in pairs if pair[0] != pair[1]), ({}, {}))
                apart = {
                    name: (value, first[1].get(name))
                    for name, value in first[0].items()
                    if value != first[1].get(name)
                }
                found.append(f"{engine.value}, row {row}: {len(statements)} {apart}")
        minimums = requirements_of_book(book, as_of=as_of, known_on=known_on, engine=engine)
        found += [f"{engine.value}, requirements: {name}" for name in unlike(minimums, expected)]
        found += [
            f"{engine.value}, row {row}: requirements"
            for row, account in enumerate(accounts)
            if minimums.account(row) != account
        ]
    return found


def unlike(one: Any, other: Any, place: str = "") -> list[str]:
    """The columns in which two books differ."""
    if one is None or other is None or not attrs.has(type(one)) or hasattr(one, "take_from"):
        alike = one is other or (
            one is not None
            and other is not None
            and (one.tolist() == other.tolist() if hasattr(one, "tolist") else one == other)
        )
        return [] if alike else [place]
    if type(one).__eq__ is not object.__eq__:
        return [] if one == other else [place]
    return [
        name
        for field in attrs.fields(type(one))
        for name in unlike(
            getattr(one, field.name), getattr(other, field.name), f"{place}.{field.name}"
        )
    ]


HARD = (
    "revolves",
    "deferred",
    "plan",
    "refund",
    "reversed",
    "late fee",
    "over limit",
    "credit balance",
    "missed",
    "age switch",
    "interest of interest",
)


def note_what_is_hard(ledger: CardLedger, seen: Counter[str]) -> None:
    card, statements = ledger.card, ledger.statements
    seen["cards"] += 1
    seen["statements"] += len(statements)
    rows = [row for row in card.transactions if row.posted_on <= ledger.as_of]
    seen["revolves"] += any(row.segments for row in statements)
    seen["deferred"] += any(row.promotion is not None and row.promotion.is_deferred for row in rows)
    seen["plan"] += any(row.plan_parts for row in statements)
    seen["refund"] += any(row.refunds for row in statements)
    seen["reversed"] += any(row.reversed_on is not None for row in (*rows, *card.payments))
    seen["late fee"] += any(row.late_fees for row in statements)
    seen["over limit"] += any(row.over_limit for row in statements)
    seen["credit balance"] += any(row.closing_balance < 0 for row in statements)
    seen["missed"] += any(row.missed_cycles > 1 for row in statements)
    switch = getattr(card.terms.order, "switch", None)
    seen["age switch"] += switch is not None and any(
        row.days_past_due >= switch.at_least for row in ledger.allocations
    )
    seen["interest of interest"] += any(
        each.kind is BALANCE_KINDS[3] for row in statements for each in row.segments
    )


def main() -> int:
    """The long run: ``python -m tests.equivalence.cards --cards 2000``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cards", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, seen, wrong, cards, number = random.Random(options.seed), Counter[str](), 0, 0, 0
    while cards < options.cards:
        number += 1
        drawn_by = options.seed * 1_000 + number
        short = [card for card, _, _ in draw_short(60, drawn_by)]
        terms = draw_terms(20, drawn_by)
        book = named_apart([*short, *(draw_long(rng, each) for each in (*terms, *terms))])
        cards += len(book)
        for lived in (300, YEARS_LIVED + 60):
            as_of = OPENED + timedelta(rng.randrange(30, lived))
            known_on = rng.choice((None, as_of, as_of + timedelta(rng.randrange(-60, 60))))
            engines: tuple[Engine, ...] = (Engine.COMPILED,)
            if number % 5 == 0 and lived == 300:
                engines = (Engine.COMPILED, Engine.INTERPRETED)
            found = mismatches(book, (as_of, known_on), engines, seen)
            wrong += len(found)
            for line in found[:3]:
                print(line)
        print(f"... {cards:,} cards, {seen['cards']:,} questions, {wrong} mismatches", flush=True)
    print(f"{cards:,} cards, {seen['cards']:,} questions, {seen['statements']:,} statements")
    for name in (*HARD, "answered alone"):
        print(f"  {name:<22}{seen[name]:>8,}  {seen[name] / seen['cards']:6.1%}")
    print(f"mismatches: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
