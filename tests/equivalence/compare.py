"""Comparing a book with its accounts, row by row, and counting what was hard about them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import delinquency as dq
from delinquency.event_rows import ALL, Decision
from delinquency.ledger.money import money_by_kind
from delinquency.obligations import DebtKind
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio import assess as assess_book
from delinquency.portfolio import instalment_ages as ages_of_book
from delinquency.portfolio import next_payment_due as next_of_book
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.sweeps import run_ledger
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
"""What at least one account in twenty has."""

SPECIAL = (
    "waiver",
    "waiver up to an amount",
    "write-off",
    "recovery",
    "closure",
    "charge-back",
    "acceleration",
    "accelerated interest worked out",
    "charge before it is due",
    "fact known late",
    "fact undone",
    "card by billing days",
    "order by age",
    "order by kind",
    "closing tolerance",
    "the last instalment first",
    "in shares",
    "to the balance",
    "held",
    "spans",
    "dispute",
    "dispute lost",
    "contract rates",
    "findings",
    "reported figures",
    "restructurings",
    "re-ages",
    "charge in a card's statement",
    "held beside repayments",
    "payments in arrears, something let off",
)
"""What at least one account in a hundred has."""

RARE = (
    "interest paid and not earned",
    "accelerated twice",
    "recovery of an instalment and its charge",
    "carried, something let off later",
)
"""What few accounts have, and some must."""


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
        rule = rule_numbers(policy, as_of=as_of, known_on=known_on, currency=book.currency)
        _, more = run_ledger(book, policy, rule, breakdown=True, engine=engine)
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
            if int(more.written_off[row]) != answer.ledger.written_off * scale:
                found.append(f"{engine.value}, row {row}: written off {more.written_off[row]}")
            if more.breakdown[row].tolist() != breakdown_of(answer.ledger):
                found.append(f"{engine.value}, row {row}: breakdown {more.breakdown[row]}")
            if ages.row(row) != answer.late_instalments:
                found.append(f"{engine.value}, row {row}: late debts {ages.row(row)}")
        for rule in dq.NextPaymentRule:
            told = next_of_book(book, rule=rule, **question, engine=engine)
            for row, account in enumerate(accounts):
                expected = dq.next_payment_due(account, rule=rule, **question)
                if told.row(row) != expected:
                    found.append(f"{engine.value}, row {row}: {told.row(row)}, not {expected}")
    return found


def breakdown_of(ledger: dq.Ledger) -> list[int]:
    """Open amounts past due, due and not due, by component."""
    cells = [0] * 12
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        if ledger.is_in_force(obligation):
            state = (obligation.due_day >= ledger.as_of_day) + (
                obligation.due_day > ledger.as_of_day
            )
            for column, amount in enumerate(amounts):
                cells[4 * state + column] += amount
    return cells


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
    seen["schedule change"] += any(
        row.until_day <= as_of and row.kind == DebtKind.INSTALMENT for row in ledger.obligations
    )
    note_facts(account, ledger, seen)
    note_let_off(answer, seen)
    if ledger.swept is not None:
        note_choices(account, ledger, seen)


def note_facts(account: dq.Account, ledger: dq.Ledger, seen: Counter[str]) -> None:
    """What happened to the account by the day of the ledger."""
    as_of, moves = ledger.as_of_day, ledger.moves
    made = [row for row in account.decision_rows if row.value_day <= as_of]
    waivers = [row for row in made if row.kind == Decision.WAIVER]
    brought = [row for row in ledger.obligations if row.kind == DebtKind.ACCELERATED]
    worked_out = [row for row in made if row.kind == Decision.ACCELERATION and row.amount == ALL]
    seen["waiver"] += bool(waivers and moves.waived)
    seen["waiver up to an amount"] += any(row.amount != ALL for row in waivers)
    seen["write-off"] += bool(moves.written_off)
    seen["recovery"] += bool(moves.recovered)
    seen["closure"] += any(row.kind == Decision.CLOSURE for row in made) and bool(moves.waived)
    seen["charge-back"] += any(row.kind == DebtKind.CHARGE_BACK for row in ledger.obligations)
    seen["acceleration"] += bool(brought and ledger.superseded)
    charged = {column for _, _, column, _ in moves.charged}
    seen["accelerated interest worked out"] += bool(worked_out) and 1 in charged
    seen["charge before it is due"] += any(
        charge.charged_on not in (None, charge.due_date) for charge in account.charges
    )
    seen["fact known late"] += any(row.recorded_day > row.value_day for row in made)
    seen["fact undone"] += any(row.reversed_day <= as_of for row in made)
    seen["spans"] += any(map(account.spans, (dq.PenaltyWaiver, dq.FundsMisuse, dq.OffBalance)))
    disputed = [row for row in account.dispute_rows if row.start <= as_of]
    seen["dispute"] += any(as_of < row.end for row in disputed)
    seen["dispute lost"] += any(row.end <= as_of and not row.for_debtor for row in disputed)
    seen["contract rates"] += bool(account.contract_rates)
    seen["findings"] += bool(account.finding_rows)
    seen["reported figures"] += bool(account.figure_rows)
    seen["restructurings"] += bool(account.restructuring_rows)
    seen["re-ages"] += bool(account.re_age_rows)
    seen["collateral"] += bool(account.collateral_rows)
    seen["guarantees"] += bool(account.guarantee_rows)


def note_let_off(answer: dq.Assessment, seen: Counter[str]) -> None:
    """What nobody pays any more, and what counting makes of it."""
    policy, ledger, moves = answer.policy, answer.ledger, answer.ledger.moves
    let_off = [row[0] for row in (*moves.waived, *moves.written_off)]
    first_change = min((debt.changed_day for debt in ledger.superseded), default=None)
    seen["payments in arrears, something let off"] += (
        policy.buckets.reads is dq.CountName.PAYMENTS_IN_ARREARS and bool(let_off)
    )
    seen["carried, something let off later"] += (
        policy.counting.schedule_change is dq.ScheduleChangeRule.CONTINUE
        and first_change is not None
        and any(day > first_change for day in let_off)
    )
    recovered = {ledger.obligations[place] for _, place, _, _ in moves.recovered}
    seen["recovery of an instalment and its charge"] += any(
        row.charge_no and other.instalment_no and row.unit == other.unit
        for row in recovered
        for other in recovered
    )
    note_brought_forward(ledger, seen)


def note_brought_forward(ledger: dq.Ledger, seen: Counter[str]) -> None:
    brought = [row for row in ledger.obligations if row.kind == DebtKind.ACCELERATED]
    seen["accelerated twice"] += len(brought) > 1
    for row in brought:
        before = sum(
            debt.open_amounts[0]
            for debt in ledger.superseded
            if debt.changed_day == row.due_day
            and ledger.obligations[debt.obligation].due_day > row.due_day
        )
        after = sum(
            amount
            for day, _, column, amount in ledger.moves.charged
            if day == row.due_day and column == 0
        )
        seen["interest paid and not earned"] += 0 < after < before


def note_choices(account: dq.Account, ledger: dq.Ledger, seen: Counter[str]) -> None:
    """Which of the choices of the policy the money of the account met."""
    rule, counted = ledger.rule, money_by_kind(account, ledger.as_of_day, ledger.known_day)
    kinds = {kind for money in counted.values() for kind, amount in enumerate(money) if amount}
    orders = [rule.order_of(kind, age) for kind in kinds for age in (0, 10_000)]
    seen["card by billing days"] += any(
        row.unit_day != row.due_day and row.kind == DebtKind.INSTALMENT
        for row in ledger.obligations
    )
    seen["charge in a card's statement"] += (
        any(row.charge_no and row.unit_day < row.due_day for row in ledger.obligations)
        and account.product is dq.Product.CARD
    )
    seen["held beside repayments"] += ledger.swept is not None and any(ledger.swept.held[1:])
    seen["order by age"] += bool(rule.by_age and kinds)
    seen["order by kind"] += any(
        list(dq.PaymentKind)[kind] in {own.kind for own in rule.by_kind} for kind in kinds
    )
    seen["closing tolerance"] += bool(rule.closing_tolerance and ledger.moves.waived)
    for excess, name in (
        (dq.Excess.LAST_INSTALMENT, "the last instalment first"),
        (dq.Excess.REAMORTISE, "in shares"),
        (dq.Excess.TO_BALANCE, "to the balance"),
        (dq.Excess.HOLD, "held"),
    ):
        seen[name] += any(order.excess is excess for order in orders)
