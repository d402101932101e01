"""Short accounts and policies that charge, by construction and fast, with what makes each of them hard.

The one idea: everything is small and near - three to eight instalments, amounts and days that meet - so that
ten thousand lives are lived in minutes and every rule meets every other.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import attrs

import delinquency as dq
from delinquency.counting.rule import MONTH_COUNTS
from delinquency.late_fees import (
    EveryDays,
    EveryMonths,
    FeeBase,
    FlatFee,
    LateFeeTerms,
    Once,
    ShareFee,
)
from delinquency.penalty import (
    AbsoluteCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    RoundingGrain,
    ShareOfBase,
)
from tests.equivalence.books import billed, cents, draw_order, draw_scheme, draw_switches, separate

CNY = dq.Currency.of("CNY")
START = date(2023, 10, 1)
SPAN = 180
"""Days in which facts fall."""
RATES = (
    dq.Rate.per_year("0.18"),
    dq.Rate.per_year("0.2499"),
    dq.Rate.per_year(4),
    dq.Rate.per_month("0.012"),
    dq.Rate.per_day("0.0005"),
    dq.Rate.per_year(0),
)
DAY_COUNTS = (
    dq.DayCount.ACT_360,
    dq.DayCount.ACT_365F,
    dq.DayCount.ACT_ACT_ISDA,
    dq.DayCount.THIRTY_E_360,
)
PLACES = (
    dq.PenaltyPlace.OUTSIDE,
    dq.PenaltyPlace.POSTED,
    dq.PenaltyPlace.ON_DEMAND,
    dq.PenaltyPlace.ON_DEMAND,
)


def some(rng: random.Random, currency: dq.Currency = CNY) -> Decimal:
    """Amounts that meet each other often."""
    return cents(rng.choice((1, 99, 100, 5_000, 10_000, rng.randrange(1, 30_000))), currency)


def some_day(rng: random.Random, origin: date) -> date:
    return origin + timedelta(rng.randrange(SPAN))


def draw_account(rng: random.Random) -> dq.Account:
    """An account of three to eight instalments with anything that can happen to one."""
    origin = START + timedelta(rng.randrange(60))
    is_card = rng.random() < 0.12
    rows = draw_rows(rng, origin, may_change=not is_card)
    if is_card:
        rows = [billed(rng, origin, row) for row in rows]
    return dq.Account(
        account_id="A-1",
        originated_on=origin,
        product=dq.Product.CARD if is_card else dq.Product.LOAN,
        schedule=dq.Schedule(CNY, rows),
        payments=draw_payments(rng, origin, rows),
        charges=draw_charges(rng, origin, len(rows)),
        events=[*draw_decisions(rng, origin), *draw_spans(rng, origin)],
        contract_rates=draw_contract_rates(rng, origin),
    )


def draw_rows(rng: random.Random, origin: date, *, may_change: bool) -> list[dq.Instalment]:
    rows = plain_rows(rng, origin + timedelta(rng.randrange(31)), rng.randint(3, 8), None)
    if not may_change or rng.random() < 0.75:
        return rows
    change = origin + timedelta(rng.randrange(1, 150))
    everything = rng.random() < 0.3
    closed = [
        attrs.evolve(row, in_force_until=change) if everything or row.due_date >= change else row
        for row in rows
    ]
    first = change + timedelta(rng.randrange(-10 if everything else 0, 31))
    return separate([*closed, *plain_rows(rng, max(first, origin), rng.randint(1, 4), change)])


def plain_rows(
    rng: random.Random, first: date, count: int, begin: date | None
) -> list[dq.Instalment]:
    gap, level = rng.choice((7, 14, 30, 31)), some(rng) + 100
    rows, due = [], first
    for _ in range(count):
        parts = (
            rng.choice((level, level, Decimal(0), some(rng))),
            rng.choice((Decimal(0), some(rng))),
        )
        fees = rng.choice((Decimal(0), Decimal(0), Decimal(5)))
        rows.append(dq.Instalment(due, *parts, fees, begin))
        due += timedelta(gap + rng.choice((0, 0, 1, -1)))
    return rows


def record(rng: random.Random, made_on: date) -> dict[str, date | None]:
    """When the books knew a fact, and from when it was never made."""
    recorded = made_on + timedelta(rng.randrange(30)) if rng.random() < 0.1 else None
    undone = None
    if rng.random() < 0.08:
        undone = (recorded or made_on) + timedelta(rng.randrange(90))
    return {"recorded_on": recorded, "reversed_on": undone}


def draw_payments(rng: random.Random, origin: date, rows: list[dq.Instalment]) -> list[dq.Payment]:
    kinds = (*dq.PaymentKind, *[dq.PaymentKind.REPAYMENT] * 4)
    only = rng.choice((None, dq.PaymentKind.REPAYMENT))
    drawn = []
    for _ in range(rng.choice((0, 1, 2, 4, 6))):
        row = rng.choice(rows)
        day = max(origin, row.due_date + timedelta(rng.choice((0, 0, 1, rng.randrange(-30, 60)))))
        near = row.total + rng.choice((0, 0, 1, -1, 300)) * Decimal("0.01")
        amount = max(Decimal("0.01"), rng.choice((near, near, 3 * near, some(rng))))
        kind = only or rng.choice(kinds)
        drawn.append(dq.Payment(day, amount, kind, **record(rng, day)))
    return drawn


def draw_charges(rng: random.Random, origin: date, count: int) -> list[dq.Charge]:
    drawn = []
    for number in range(rng.choice((0, 0, 0, 1, 2))):
        due = some_day(rng, origin)
        drawn.append(
            dq.Charge(
                f"C-{number}",
                rng.choice((dq.Component.FEES, dq.Component.PENALTY)),
                some(rng),
                due,
                rng.choice((None, None, rng.randint(1, count))),
                rng.choice((None, None, due + timedelta(rng.randrange(30)))),
                rng.choice((None, max(origin, due - timedelta(rng.randrange(40))))),
            )
        )
    return drawn


def draw_decisions(rng: random.Random, origin: date) -> list[dq.AccountEvent]:
    drawn: list[dq.AccountEvent] = []
    for number in range(rng.choice((0, 0, 0, 1, 1, 2))):
        day, part = some_day(rng, origin), rng.choice(list(dq.Component))
        amount, kept = rng.choice((None, some(rng))), record(rng, day)
        match rng.randrange(7):
            case 0 | 1:
                drawn.append(dq.Waiver(day, part, amount, **kept))
            case 2:
                drawn.append(dq.WriteOff(day, **kept))
            case 3:
                drawn.append(dq.WriteOff(day, part, amount, **kept))
            case 4:
                drawn.append(dq.Closure(day, **kept))
            case 5:
                drawn.append(dq.Acceleration(day, rng.choice((None, None, some(rng))), **kept))
            case _:
                parts = {each.value: some(rng) for each in rng.sample(list(dq.Component), 2)}
                name = f"CB-{number}"
                drawn.append(dq.ChargeBack(charge_back_id=name, value_date=day, **parts, **kept))
    return drawn


def draw_spans(rng: random.Random, origin: date) -> list[dq.AccountEvent]:
    drawn: list[dq.AccountEvent] = []
    for kind in (dq.CountingSuspension, dq.PenaltyWaiver, dq.FundsMisuse):
        start = some_day(rng, origin)
        while rng.random() < 0.25:
            end = start + timedelta(rng.randrange(1, 50)) if rng.random() < 0.9 else None
            recorded = rng.choice((None, None, start + timedelta(rng.randrange(30))))
            span = kind(start, end, recorded_on=recorded)
            if kind is dq.PenaltyWaiver:
                share = rng.choice(((1, 1), (1, 2), (3, 7)))
                span = attrs.evolve(span, share=dq.Proportion(*share))
            drawn.append(span)
            if end is None:
                break
            start = end + timedelta(rng.choice((0, rng.randrange(30))))
    return drawn


def draw_contract_rates(rng: random.Random, origin: date) -> list[dq.DatedRate]:
    rates = (dq.Rate.per_year("0.0435"), dq.Rate.per_year("0.12"), dq.Rate.per_month("0.01"))
    days = {origin, origin + timedelta(rng.randrange(1, 200))}
    return [dq.DatedRate(day, rng.choice(rates)) for day in sorted(days)]


# What a policy charges.


def draw_rate(rng: random.Random, *, is_misused: bool):
    """A rule of rates; where money was misused, one that knows what that costs."""
    change = START + timedelta(rng.randrange(20, 200))
    factors = rng.choice(("1.3", "1.5", ((date(2023, 1, 1), "1.5"), (change, "1.4"))))
    misuse = rng.choice(("1.4", "2"))
    if is_misused or rng.random() < 0.25:
        return ContractMultiple(factors, misuse_factor=misuse if is_misused else None)
    if rng.random() < 0.3:
        days = sorted(rng.sample(range(2, 60), rng.choice((0, 1, 2))))
        return RateByAge(tuple((day, rng.choice(RATES)) for day in (1, *days)))
    if rng.random() < 0.3:
        return FixedPenaltyRate(
            ((date(2023, 1, 1), rng.choice(RATES)), (change, rng.choice(RATES)))
        )
    return FixedPenaltyRate(rng.choice(RATES[:5]))


def draw_terms(rng: random.Random, place: dq.PenaltyPlace, *, is_misused: bool) -> PenaltyTerms:
    base = rng.choice(list(PenaltyBase))
    compoundings = [Compounding.NONE]
    if base in (PenaltyBase.OVERDUE_PRINCIPAL, PenaltyBase.OUTSTANDING_PRINCIPAL):
        compoundings.append(Compounding.UNPAID_INTEREST)
    if place is dq.PenaltyPlace.POSTED:
        compoundings.append(Compounding.ON_POSTING)
    caps = [AbsoluteCap(rng.choice((0, 1, 20)))] if rng.random() < 0.15 else []
    if base is not PenaltyBase.OUTSTANDING_PRINCIPAL and rng.random() < 0.2:
        caps.append(ShareOfBase(dq.Proportion(*rng.choice(((1, 10), (1, 2), (3, 100))))))
    grace = rng.choice((0, 0, 1, 5, 15))
    posting = rng.choice((Posting.ON_DUE_DATES, Posting.ON_STATEMENT))
    return PenaltyTerms(
        rate=draw_rate(rng, is_misused=is_misused),
        base=base,
        compounding=rng.choice(compoundings),
        day_count=rng.choice(DAY_COUNTS),
        grace_days=grace,
        grace_kind=rng.choice(list(PenaltyGrace)) if grace else None,
        posting=posting,
        statement_day=rng.choice((1, 15, 31)) if posting is Posting.ON_STATEMENT else None,
        caps=caps,
        grain=rng.choice(list(RoundingGrain)),
        rounding=rng.choice((dq.RoundingMode.HALF_UP, *dq.RoundingMode)),
    )


def draw_fee(rng: random.Random, number: int) -> LateFeeTerms:
    amount = rng.choice((FlatFee(15), ShareFee(dq.Proportion(1, 20), rng.choice(list(FeeBase)))))
    recurrence = rng.choice((Once(), Once(), EveryDays(rng.choice((7, 30))), EveryMonths()))
    due = rng.choice(({}, {}, {"due_in_days": 10}, {"due_with_instalment": True}))
    most = rng.choice((None, None, 20, ShareFee(dq.Proportion(1, 50), FeeBase.INSTALMENT)))
    is_once = isinstance(recurrence, Once) and rng.random() < 0.3
    return LateFeeTerms(
        name=f"fee-{number}",
        amount=amount,
        currency=CNY,
        minimum=rng.choice((0, 0, 2)),
        maximum=most,
        recurrence=recurrence,
        wait_days=rng.choice((0, 0, 3, 15)),
        component=rng.choice((dq.Component.FEES, dq.Component.FEES, dq.Component.PENALTY)),
        cap_by_minimum=rng.random() < 0.2,
        ignores_unpaid_fees=rng.random() < 0.3,
        once_per_instalment=is_once,
        **due,
    )


def draw_policy(rng: random.Random, account: dq.Account) -> dq.Policy:
    """A policy that charges penalty, late fees, or both."""
    components = list(dq.Component)
    scheme = draw_scheme(rng)
    changes = list(dq.ScheduleChangeRule)[: 2 if scheme.reads in MONTH_COUNTS else 3]
    counted = components if rng.random() < 0.6 else rng.sample(components, rng.randint(1, 4))
    place = rng.choice(PLACES)
    is_misused = any(isinstance(event, dq.FundsMisuse) for event in account.events)
    fees = rng.choice((0, 0, 1, 2))
    return dq.Policy(
        name="drawn",
        counting=dq.Counting(
            first_day=rng.choice(list(dq.FirstDay)),
            grace_days=rng.choice((0, 0, 3)),
            grace_kind=rng.choice(list(dq.GraceKind)),
            components=counted,
            tolerance=rng.choice((0, 0, 0, 1, 100)),
            tolerance_scope=rng.choice(list(dq.ToleranceScope)),
            schedule_change=rng.choice(changes),
            partial_payments=rng.choice(list(dq.PartialPayments)),
        ),
        allocation=draw_order(rng, components),
        allocation_by_age=draw_switches(rng, components),
        allocation_by_kind=[
            dq.KindOrder(kind, draw_order(rng, components))
            for kind in rng.sample(list(dq.PaymentKind), rng.choice((0, 0, 0, 1, 2)))
        ],
        closing_tolerance=rng.choice((0, 0, 0, 1, 100)),
        penalty_in_waterfall=place,
        penalty=draw_terms(rng, place, is_misused=is_misused),
        late_fees=[draw_fee(rng, number) for number in range(fees)],
        buckets=scheme,
    )


def draw_question(rng: random.Random) -> tuple[dq.Account, date, dq.Policy, date | None]:
    """An account, a close to ask about, a policy, and sometimes a cut of what was known."""
    account = draw_account(rng)
    last = account.originated_on + timedelta(300)
    near = [row.due_date for row in account.schedule] + [one.value_date for one in account.payments]
    day = rng.choice(near) + timedelta(rng.randrange(-1, 40))
    as_of = min(last, max(account.originated_on, rng.choice((day, last))))
    known = as_of + timedelta(rng.randrange(-40, 40)) if rng.random() < 0.2 else None
    return account, as_of, draw_policy(rng, account), known
