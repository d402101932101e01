"""Penalty interest of generated books, compared with the scalar verb on every row.

``python -m tests.equivalence.penalties --books 200`` prints counts and mismatches.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date, timedelta
from typing import Any

import delinquency as dq
from delinquency.account import Product
from delinquency.amortisation import ReferenceRates
from delinquency.dated_rates import DatedRate
from delinquency.errors import DelinquencyError
from delinquency.events import FundsMisuse, PenaltyWaiver
from delinquency.penalty import (
    AbsoluteCap,
    AccrualKind,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.penalty_interest import PenaltyInterest
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio import penalty_interest as penalty_of_book
from delinquency.portfolio.making_numbers import is_made_by_loop
from delinquency.portfolio.penalty_numbers import (
    fills_in_order,
    penalty_numbers,
    posts_on_demand,
)
from delinquency.rounding import Proportion, RoundingMode
from tests.equivalence.books import (
    CURRENCIES,
    START,
    cents,
    draw_account,
    draw_order,
    draw_payment,
    draw_policy,
)
from tests.equivalence.long_run import long_run

HARD = (
    "late",
    "waived",
    "capped",
    "capped in a sum of the account",
    "compound",
    "reversal",
    "known on",
    "by one rate",
    "by lines",
    "on demand",
    "one by one",
    "refused",
)

DAY_COUNTS = (
    dq.DayCount.ACT_360,
    dq.DayCount.ACT_365F,
    dq.DayCount.ACT_365_25,
    dq.DayCount.NL_365,
    dq.DayCount.NL_360,
    dq.DayCount.ACT_ACT_ISDA,
    dq.DayCount.THIRTY_360,
    dq.DayCount.THIRTY_360_PSA,
    dq.DayCount.THIRTY_U_360_EOM,
    dq.DayCount.THIRTY_E_360,
    dq.DayCount.THIRTY_E_360_ISDA,
    dq.DayCount.THIRTY_E_PLUS_360,
    dq.DayCount.THIRTY_365,
)
RATES = (
    dq.Rate.per_year("0.18"),
    dq.Rate.per_year("0.24"),
    dq.Rate.per_year("0.24999999"),
    dq.Rate.per_year(4),
    dq.Rate.per_year(0),
    dq.Rate.per_month("0.015"),
    dq.Rate.per_day("0.0005"),
)
CONTRACT_RATES = (
    dq.Rate.per_year("0.0435"),
    dq.Rate.per_year("0.06"),
    dq.Rate.per_month("0.01"),
    dq.Rate.per_day("0.0002"),
)
SHARES = (Proportion(1, 1), Proportion(1, 2), Proportion(1, 3), Proportion(7, 100))
LPR = ReferenceRates(
    name="LPR 1Y",
    rates=[
        (date(2022, 1, 20), dq.Rate.per_year("0.0370")),
        (date(2023, 6, 20), dq.Rate.per_year("0.0355")),
        (date(2023, 8, 21), dq.Rate.per_year("0.0345")),
        (date(2024, 7, 22), dq.Rate.per_year("0.0335")),
    ],
    covered_until=date(2026, 1, 19),
)


def draw_loan(rng: random.Random, number: int, currency: dq.Currency) -> dq.Account:
    """A loan, mostly one whose debts money fills in order, with what penalty looks at."""
    if rng.random() < 0.1:
        account = draw_account(rng, number, currency)
        others = [e for e in account.events if not isinstance(e, PenaltyWaiver | FundsMisuse)]
        return dq.Account(
            account_id=account.account_id,
            originated_on=account.originated_on,
            schedule=account.schedule,
            product=account.product,
            charges=account.charges,
            payments=account.payments,
            events=(*others, *draw_spans(rng, account.originated_on)),
            contract_rates=draw_contract_rates(rng, account.originated_on),
        )
    origin = START + timedelta(rng.randrange(200))
    rows = draw_rows(rng, origin, currency)
    return dq.Account(
        account_id=f"A-{number}",
        originated_on=origin,
        schedule=dq.Schedule(currency, rows),
        product=Product.LOAN,
        payments=draw_money(rng, origin, rows, currency),
        events=draw_spans(rng, origin) if rng.random() < 0.6 else [],
        contract_rates=draw_contract_rates(rng, origin),
    )


def draw_rows(rng: random.Random, origin: date, currency: dq.Currency) -> list[dq.Instalment]:
    gap = rng.choice((14, 30, 31))
    due = origin + timedelta(rng.randrange(0, 40))
    level = rng.choice((rng.randrange(1, 90_000), rng.randrange(1, 90), 10**11))
    rows: list[dq.Instalment] = []
    for _ in range(rng.randint(1, 14)):
        amounts = (
            rng.choice((0, level, level, level, rng.randrange(level))),
            rng.choice((0, level // 10, rng.randrange(2_000))),
            rng.choice((0, 0, 500)),
        )
        rows.append(dq.Instalment(due, *(cents(amount, currency) for amount in amounts)))
        due += timedelta(gap + rng.choice((0, 0, 1, -1)))
    return rows


def draw_money(
    rng: random.Random, origin: date, rows: list[dq.Instalment], currency: dq.Currency
) -> list[dq.Payment]:
    """Payments late, short, in parts, ahead, or at random."""
    habit = rng.choice(("on time", "late", "late", "stops", "parts", "ahead", "random", "nothing"))
    stop = rng.randrange(0, 8)
    money: list[tuple[date, int]] = []
    for number, row in enumerate(rows):
        total = int(row.total.scaleb(currency.minor_unit))
        day = row.due_date
        if habit == "nothing" or (habit == "stops" and number >= stop):
            break
        if habit in ("late", "parts"):
            day += timedelta(rng.choice((0, 1, 3, rng.randrange(0, 70))))
        if habit == "ahead":
            day = max(origin, day - timedelta(rng.randrange(0, 40)))
        if habit == "random":
            day, total = origin + timedelta(rng.randrange(400)), rng.randrange(1, 2 * total + 2)
        parts = rng.randint(2, 3) if habit == "parts" else 1
        for part in range(parts):
            money.append((day + timedelta(part * rng.randrange(0, 20)), total // parts))
    return [draw_payment(rng, day, cents(amount, currency)) for day, amount in money if amount > 0]


def draw_spans(rng: random.Random, origin: date) -> list[Any]:
    drawn: list[Any] = []
    for kind, chance in ((PenaltyWaiver, 0.3), (FundsMisuse, 0.25)):
        start = origin + timedelta(rng.randrange(0, 250))
        while rng.random() < chance:
            end = start + timedelta(rng.randrange(1, 90)) if rng.random() < 0.9 else None
            recorded = rng.choice((None, start + timedelta(rng.randrange(0, 60))))
            if kind is PenaltyWaiver:
                drawn.append(PenaltyWaiver(start, end, rng.choice(SHARES), recorded_on=recorded))
            else:
                drawn.append(FundsMisuse(start, end, recorded_on=recorded))
            if end is None:
                break
            start = end + timedelta(rng.choice((0, rng.randrange(0, 60))))
    return drawn


def draw_contract_rates(rng: random.Random, origin: date) -> list[DatedRate]:
    if rng.random() < 0.03:
        return []
    days = {origin - timedelta(5)} if rng.random() < 0.97 else {origin + timedelta(60)}
    days |= {origin + timedelta(rng.randrange(300)) for _ in range(rng.choice((0, 0, 1, 2)))}
    return [DatedRate(day, rng.choice(CONTRACT_RATES)) for day in sorted(days)]


def draw_rate(rng: random.Random) -> Any:
    day = START + timedelta(rng.randrange(0, 400))
    first = START - timedelta(1) if rng.random() < 0.95 else START + timedelta(60)
    kind = rng.randrange(7)
    if kind <= 1:
        return FixedPenaltyRate(rng.choice(RATES))
    if kind == 2:
        return FixedPenaltyRate(
            ((first, rng.choice(RATES)), (day + timedelta(61), rng.choice(RATES)))
        )
    if kind == 3:
        return ContractMultiple(
            rng.choice(("1.5", "1.3", "2")), misuse_factor=rng.choice((None, "2", "1.4"))
        )
    if kind == 4:
        factors = ((first, "1.5"), (day + timedelta(61), rng.choice(("1.5", "1.3"))))
        return ContractMultiple(factors, misuse_factor="2")
    if kind == 5:
        return ReferencePlusMargin(LPR, dq.Rate.per_year(rng.choice(("0.01", "-0.01", "0"))))
    days = sorted({1, *(rng.randrange(2, 120) for _ in range(2))})
    return RateByAge(tuple((late, rng.choice(RATES)) for late in days))


def draw_terms(rng: random.Random, currency: dq.Currency, place: dq.PenaltyPlace) -> PenaltyTerms:
    bases = [each for each in PenaltyBase if each is not PenaltyBase.OUTSTANDING_PRINCIPAL]
    base = rng.choices(bases, (3, 1, 1))[0]
    if rng.random() < 0.03:
        base = PenaltyBase.OUTSTANDING_PRINCIPAL
    compounding = Compounding.NONE
    if base in (PenaltyBase.OVERDUE_PRINCIPAL, PenaltyBase.OUTSTANDING_PRINCIPAL):
        compounding = rng.choices((Compounding.NONE, Compounding.UNPAID_INTEREST), (1, 3))[0]
    caps: list[Any] = []
    if rng.random() < 0.35 and base is not PenaltyBase.OUTSTANDING_PRINCIPAL:
        share = rng.choice(
            (Proportion(1, 20), Proportion(1, 200), Proportion(7, 3), Proportion(0, 1))
        )
        caps.append(ShareOfBase(share))
    if rng.random() < 0.25:
        caps.append(AbsoluteCap(cents(rng.choice((0, 1, 700, 20_000)), currency)))
    if rng.random() < 0.02:
        caps.append(AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_365F))
    is_plain = rng.random() < 0.3
    grains = (RoundingGrain.INSTALMENT, RoundingGrain.ACCOUNT)
    kind = rng.choice(list(PenaltyGrace))
    every_grain = list(RoundingGrain)
    if place is dq.PenaltyPlace.ON_DEMAND and rng.random() < 0.8:
        # Mostly what the loop of penalty on demand knows.
        grains, every_grain, kind = grains[:1], every_grain[:3], PenaltyGrace.NEVER_CHARGED
        caps = [cap for cap in caps if isinstance(cap, ShareOfBase)]
        compounding = Compounding.NONE
    return PenaltyTerms(
        rate=FixedPenaltyRate(rng.choice(RATES)) if is_plain else draw_rate(rng),
        base=base,
        compounding=Compounding.NONE if is_plain else compounding,
        day_count=rng.choice(DAY_COUNTS[:3] if is_plain else DAY_COUNTS),
        grace_days=rng.choice((0, 0, 1, 3, 15)),
        grace_kind=kind,
        posting=Posting.ON_DUE_DATES,
        caps=() if is_plain else tuple(caps),
        grain=rng.choice(grains if is_plain else every_grain),
        rounding=rng.choice(list(RoundingMode)),
    )


def draw_penalty_policy(rng: random.Random, currency: dq.Currency) -> dq.Policy:
    drawn = draw_policy(rng, currency)
    place = rng.choices(list(dq.PenaltyPlace), (10, 1, 8))[0]
    order = draw_order(rng, list(dq.Component))
    if place is dq.PenaltyPlace.OUTSIDE and rng.random() < 0.9:
        order = dq.AllocationOrder.oldest_first(
            *rng.sample(list(dq.Component), 4),
            excess=rng.choice((dq.Excess.HOLD, dq.Excess.NEXT_INSTALMENT)),
        )
    return dq.Policy(
        name="drawn",
        counting=drawn.counting,
        allocation=order,
        penalty_in_waterfall=place,
        buckets=drawn.buckets,
        penalty=draw_terms(rng, currency, place),
    )


def figures_of(told: PenaltyInterest) -> tuple[int, ...]:
    """Penalty, compound, waived, capped and posted; what is open, and unallocated [minor units]."""

    def of_kind(kind: AccrualKind) -> int:
        lines = (line for line in told.segments if line.kind is kind and not line.is_waived)
        return sum(line.amount_minor for line in lines)

    ledger, scale = told.ledger, told.account.currency.minor_unit
    totals = (told.waived, told.capped, told.posted, *map(ledger.open_amount, dq.Component))
    return (
        of_kind(AccrualKind.PENALTY),
        of_kind(AccrualKind.COMPOUND),
        *(int(total.scaleb(scale)) for total in totals),
        ledger.unallocated_minor,
    )


def mismatches(
    rng: random.Random, number: int, engines: tuple[Engine, ...], seen: Counter[str]
) -> list[str]:
    """Draw a book and terms, and tell every difference to the scalar on three questions."""
    currency = dq.Currency.of(rng.choice(CURRENCIES))
    accounts = [draw_loan(rng, row, currency) for row in range(rng.randint(1, 30))]
    policy = draw_penalty_policy(rng, currency)
    found: list[str] = []
    for _ in range(3):
        as_of = START + timedelta(rng.randrange(30, 800))
        known = rng.choice((None, None, as_of, as_of + timedelta(rng.randrange(-90, 60))))
        question: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known}
        found += differences(accounts, question, engines, seen)
    return [f"book {number}: {line}" for line in found]


def differences(
    accounts: list[dq.Account],
    question: dict[str, Any],
    engines: tuple[Engine, ...],
    seen: Counter[str],
) -> list[str]:
    answered: list[dq.Account] = []
    expected: list[tuple[int, ...]] = []
    refused: DelinquencyError | None = None
    for account in accounts:
        try:
            told = dq.penalty_interest(account, **question)
        except DelinquencyError as error:
            refused = refused or error
            seen["refused"] += 1
            continue
        answered.append(account)
        expected.append(figures_of(told))
        _note(account, expected[-1], question, seen)
    found: list[str] = []
    for engine in engines:
        if refused is not None:
            found += _not_refused(accounts, question, engine, refused)
        if not answered:
            continue
        book = Portfolio.from_accounts(answered)
        told_book = penalty_of_book(book, engine=engine, **question)
        columns = (
            told_book.penalty,
            told_book.compound,
            told_book.waived,
            told_book.capped,
            told_book.posted,
            *told_book.open_balances(engine=engine),
        )
        for row, figures in enumerate(expected):
            told_row = tuple(int(column[row]) for column in columns)
            if told_row != figures:
                found.append(
                    f"{engine.value}, {answered[row].account_id}, {question['as_of']}, "
                    f"{question['known_on']}: {told_row}, not {figures}"
                )
    return found


def _not_refused(
    accounts: list[dq.Account],
    question: dict[str, Any],
    engine: Engine,
    refused: DelinquencyError,
) -> list[str]:
    try:
        penalty_of_book(Portfolio.from_accounts(accounts), engine=engine, **question)
    except DelinquencyError as error:
        if refused.expected != error.expected:
            return [f"refused with {error}, not {refused}"]
        return []
    return [f"{engine.value}: not refused: {refused}"]


def _note(
    account: dq.Account, figures: tuple[int, ...], question: dict[str, Any], seen: Counter[str]
) -> None:
    policy = question["policy"]
    seen["accounts"] += 1
    seen["late"] += sum(figures[:5]) > 0
    seen["compound"] += figures[1] > 0
    seen["waived"] += figures[2] > 0
    seen["capped"] += figures[3] > 0
    seen["reversal"] += any(row.reversed_on is not None for row in account.payments)
    seen["known on"] += question["known_on"] is not None
    route = _route(account, policy, question)
    seen[route] += 1
    is_of_account = policy.penalty.grain is RoundingGrain.ACCOUNT
    seen["capped in a sum of the account"] += (
        route == "by lines" and is_of_account and figures[3] > 0
    )


def _route(account: dq.Account, policy: dq.Policy, question: dict[str, Any]) -> str:
    """Which loop answers an account, if it does not hand it on."""
    by_order = fills_in_order(policy)
    if not account.owed_running:
        return "one by one"
    if not (by_order or posts_on_demand(policy)):
        return "in a ledger" if is_made_by_loop(policy, policy.penalty) else "one by one"
    if not by_order:
        return "on demand"
    terms = policy.penalty
    assert terms is not None
    as_of, known_on = question["as_of"], question["known_on"]
    rule = penalty_numbers(policy, terms, as_of=as_of, known_on=known_on, currency=account.currency)
    is_one = rule.one.denominator and known_on is None and not account.events
    return "by one rate" if is_one else "by lines"


def compared(rng: random.Random, number: int, seen: Counter[str]) -> list[str]:
    """The next book of a long run, uncompiled too for every tenth."""
    engines = (Engine.COMPILED, Engine.INTERPRETED) if number % 10 == 0 else (Engine.COMPILED,)
    return mismatches(rng, number, engines, seen)


if __name__ == "__main__":
    sys.exit(long_run(compared, HARD, books=200))
