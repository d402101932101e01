"""Generated accounts and policies, by construction and fast, with what makes each of them hard."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import attrs

import delinquency as dq
from delinquency.counting.rule import MONTH_COUNTS

START = date(2023, 1, 1)
CURRENCIES = ("CNY", "JPY", "KWD")
SHARES = tuple(dq.Proportion(*share) for share in ((9, 10), (9, 10), (1, 2), (1, 1)))


def cents(value: int, currency: dq.Currency) -> Decimal:
    return Decimal(value).scaleb(-currency.minor_unit)


def draw_account(rng: random.Random, number: int, currency: dq.Currency) -> dq.Account:
    """An account with 1-20 instalments and anything that can happen to one."""
    origin = START + timedelta(rng.randrange(200))
    rows = draw_instalments(rng, origin, currency)
    payments = draw_payments(rng, origin, rows, currency)
    product = dq.Product.CARD if rng.random() < 0.3 else dq.Product.LOAN
    if product is dq.Product.CARD and rng.random() < 0.7:
        rows = [billed(rng, origin, row) for row in rows]
    account = dq.Account(
        account_id=f"A-{number}",
        originated_on=origin,
        obligor_id=rng.choice(("", f"O-{number // 2}")),
        product=product,
        segment=rng.choice(list(dq.Segment)),
        schedule=dq.Schedule(currency, rows),
        payments=payments,
        charges=draw_charges(rng, origin, len(rows), currency),
        events=[
            *draw_suspensions(rng, origin),
            *draw_events(rng, origin, currency),
            *draw_spans(rng, origin),
            *draw_status_facts(random.Random(f"{number} {origin}"), origin),
        ],
        contract_rates=draw_rates(rng, origin),
    )
    account = disputing(random.Random(f"disputed {number} {origin}"), account)
    return written_off_and_recovered(rng, account) if rng.random() < 0.06 else account


def disputing(rng: random.Random, account: dq.Account, share: float = 0.1) -> dq.Account:
    """One account of ten, or a share of all, with amounts in dispute, from numbers of its own."""
    if rng.random() >= share:
        return account
    origin, made = account.originated_on, []
    for number in range(rng.randint(1, 3)):
        start = origin + timedelta(rng.randrange(0, 300))
        end = rng.choice((None, start + timedelta(rng.randrange(1, 200))))
        charges = [charge.charge_id for charge in account.charges]
        named = rng.choice(((None, None), (rng.randint(1, len(account.schedule)), None)))
        made.append(
            dq.Dispute(
                f"D-{number}",
                start,
                cents(rng.choice((1, 1_000, 60_000, 10**9)), account.currency),
                end,
                *(named if rng.random() < 0.8 or not charges else (None, rng.choice(charges))),
                end is not None and rng.random() < 0.3,
                *draw_corrections(rng, start)[0],
            )
        )
    return attrs.evolve(account, events=(*account.events, *made))


def written_off_and_recovered(rng: random.Random, account: dq.Account) -> dq.Account:
    """The account with a charge that stands with an instalment, both written off and recovered in part."""
    currency, origin = account.currency, account.originated_on
    written = origin + timedelta(rng.randrange(30, 250))
    charge = dq.Charge(
        "C-named",
        rng.choice((dq.Component.FEES, dq.Component.PENALTY)),
        cents(rng.randrange(1, 5_000), currency),
        origin + timedelta(rng.randrange(0, 30)),
        rng.randint(1, min(3, len(account.schedule))),
    )
    recovered = dq.Payment(
        written + timedelta(rng.randrange(0, 60)),
        cents(rng.randrange(1, 60_000), currency),
        dq.PaymentKind.RECOVERY,
    )
    return attrs.evolve(
        account,
        charges=(*account.charges, charge),
        events=(*account.events, dq.WriteOff(written)),
        payments=(*account.payments, recovered),
    )


def billed(rng: random.Random, origin: date, row: dq.Instalment) -> dq.Instalment:
    """A row that enters the ledger on the day on which its statement was made."""
    day = row.due_date - timedelta(rng.choice((25, 25, 25, 20, 56)))
    if day <= origin or row.in_force_from is not None:
        return row
    if row.in_force_until is not None and row.in_force_until <= day:
        return row
    return attrs.evolve(row, in_force_from=day)


def draw_instalments(
    rng: random.Random, origin: date, currency: dq.Currency
) -> list[dq.Instalment]:
    gap = rng.choice((7, 14, 30, 31))
    due = origin + timedelta(rng.randrange(0, 40))
    level = rng.randrange(100, 60_000)
    plain: list[tuple[date, int, int, int]] = []
    for _ in range(rng.randint(1, 20)):
        principal = rng.choice((0, level, level, level, rng.randrange(level)))
        interest = rng.choice((0, level // 20, rng.randrange(2_000)))
        plain.append((due, principal, interest, rng.choice((0, 0, 0, 500))))
        due += timedelta(gap + rng.choice((0, 0, 0, 1, -1)))
    changes = sorted(
        {origin + timedelta(rng.randrange(40, 300)) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))}
    )
    begin: date | None = None
    closed: list[dq.Instalment] = []
    for change in changes:
        closed += [
            instalment(row, currency, begin, change if row[0] >= change or late else None)
            for row in plain
            for late in (rng.random() < 0.5,)
        ]
        begin = change
        due = change + timedelta(rng.randrange(0, 40))
        plain = [
            (due + timedelta(gap * step), level, level // 20, 0)
            for step in range(rng.randint(1, 10))
        ]
    closed += [instalment(row, currency, begin, None) for row in plain]
    return separate(closed)


def instalment(
    row: tuple[date, int, int, int], currency: dq.Currency, begin: date | None, end: date | None
) -> dq.Instalment:
    due, *amounts = row
    return dq.Instalment(due, *(cents(amount, currency) for amount in amounts), begin, end)


def separate(rows: list[dq.Instalment]) -> list[dq.Instalment]:
    """Rows in date order, without two of one date in force together."""
    order = sorted(rows, key=lambda row: (row.due_date, row.in_force_from or date.min))
    kept: list[dq.Instalment] = []
    for row in order:
        if kept and kept[-1].due_date == row.due_date:
            end = kept[-1].in_force_until
            if end is None or row.in_force_from is None or row.in_force_from < end:
                continue
        kept.append(row)
    return kept


def draw_payments(
    rng: random.Random, origin: date, rows: list[dq.Instalment], currency: dq.Currency
) -> list[dq.Payment]:
    habit = rng.choice(("on time", "late", "stops", "cures", "ahead", "random", "nothing"))
    stop = rng.randrange(1, 12)
    drawn: list[tuple[date, Decimal]] = []
    for number, row in enumerate(rows):
        day, amount = row.due_date, row.total
        if habit == "nothing" or (habit == "stops" and number >= stop):
            break
        if habit == "late":
            day += timedelta(rng.randrange(0, 50))
        if habit == "cures" and number >= stop:
            day += timedelta(rng.randrange(30, 120))
        if habit == "ahead":
            amount *= rng.choice((1, 2, 3))
        if habit == "random":
            amount = cents(rng.randrange(1, 80_000), currency)
            day = origin + timedelta(rng.randrange(400))
        short = cents(rng.choice((0, 0, 0, 1, 300, 900)), currency)
        amount -= short
        if amount > 0:
            drawn.append((day, amount))
            if rng.random() < 0.1:
                drawn.append((day, cents(rng.randrange(1, 2_000), currency)))
    return [draw_payment(rng, day, amount) for day, amount in drawn]


def draw_payment(rng: random.Random, day: date, amount: Decimal) -> dq.Payment:
    recorded = day + timedelta(rng.randrange(-3, 30)) if rng.random() < 0.1 else None
    known = max(day, recorded or day)
    taken_back = known + timedelta(rng.randrange(0, 200)) if rng.random() < 0.04 else None
    return dq.Payment(
        day, amount, rng.choice(list(dq.PaymentKind)), recorded_on=recorded, reversed_on=taken_back
    )


def draw_charges(
    rng: random.Random, origin: date, count: int, currency: dq.Currency
) -> list[dq.Charge]:
    if rng.random() < 0.75:
        return []
    drawn: list[dq.Charge] = []
    for number in range(rng.randint(1, 4)):
        due = origin + timedelta(rng.randrange(0, 400))
        entered = max(origin, due - timedelta(rng.randrange(0, 60)))
        drawn.append(
            dq.Charge(
                f"C-{number}",
                rng.choice((dq.Component.FEES, dq.Component.PENALTY)),
                cents(rng.randrange(1, 5_000), currency),
                due,
                rng.choice((None, None, rng.randint(1, count))),
                rng.choice((None, None, due + timedelta(rng.randrange(0, 60)))),
                rng.choice((None, entered)),
            )
        )
    return drawn


def draw_suspensions(rng: random.Random, origin: date) -> list[dq.CountingSuspension]:
    drawn: list[dq.CountingSuspension] = []
    start = origin + timedelta(rng.randrange(0, 250))
    while rng.random() < 0.35:
        end = start + timedelta(rng.randrange(1, 80))
        recorded = rng.choice((None, None, start + timedelta(rng.randrange(0, 40))))
        drawn.append(dq.CountingSuspension(start, end, recorded_on=recorded))
        start = end + timedelta(rng.choice((0, rng.randrange(0, 60))))
    if rng.random() < 0.03:
        drawn.append(dq.CountingSuspension(start, None))
    return drawn


def draw_events(rng: random.Random, origin: date, currency: dq.Currency) -> list[dq.AccountEvent]:
    """Decisions and charge-backs, some of them on one day, known late or undone."""
    drawn: list[dq.AccountEvent] = []
    days = [origin + timedelta(rng.randrange(0, 400)) for _ in range(2)]
    for number in range(rng.choice((0, 0, 1, 2, 3))):
        day = rng.choice(days)
        part = rng.choice(list(dq.Component))
        recorded = day + timedelta(rng.randrange(0, 40)) if rng.random() < 0.1 else None
        undone = None
        if rng.random() < 0.1:
            undone = max(day, recorded or day) + timedelta(rng.randrange(0, 150))
        amount = cents(rng.choice((1, 500, 3_000, 40_000)), currency)
        known = (recorded, undone)
        kind = rng.randrange(8)
        if kind < 2:
            drawn.append(dq.Waiver(day, part, rng.choice((None, amount)), *known))
        elif kind == 2:
            drawn.append(dq.WriteOff(day, rng.choice((None, part)), None, *known))
        elif kind == 3:
            drawn.append(dq.WriteOff(day, part, amount, *known))
        elif kind == 4:
            drawn.append(dq.Closure(day, *known))
        elif kind == 5:
            drawn.append(dq.Acceleration(day, rng.choice((None, None, amount)), *known))
        else:
            amounts = {each.value: cents(rng.randrange(9_000), currency) for each in dq.Component}
            drawn.append(
                dq.ChargeBack(
                    charge_back_id=f"CB-{number}",
                    value_date=day,
                    **{part.value: cents(1, currency)} if kind == 6 else amounts,
                    payment_id=rng.choice((None, "P-1")),
                    recorded_on=recorded,
                    reversed_on=undone,
                )
            )
    return drawn


def draw_spans(rng: random.Random, origin: date) -> list[dq.AccountEvent]:
    """Spans of each kind that touch or lie apart; the last may be open."""
    drawn: list[dq.AccountEvent] = []
    for kind in (dq.PenaltyWaiver, dq.FundsMisuse, dq.OffBalance):
        start = origin + timedelta(rng.randrange(0, 250))
        while rng.random() < 0.15:
            end = start + timedelta(rng.randrange(1, 80)) if rng.random() < 0.9 else None
            recorded = rng.choice((None, start + timedelta(rng.randrange(0, 40))))
            span = kind(start, end, recorded_on=recorded)
            if kind is dq.PenaltyWaiver:
                share = dq.Proportion(rng.randint(1, 7), 7)
                span = attrs.evolve(span, share=rng.choice((share, dq.Proportion(1, 1))))
            drawn.append(span)
            if end is None:
                break
            start = end + timedelta(rng.choice((0, rng.randrange(0, 60))))
    return drawn


def draw_status_facts(rng: random.Random, origin: date) -> list[dq.AccountEvent]:
    """What only rules of status read: findings that touch, figures and changes that were corrected.

    They come from numbers of their own, so that with them a seed draws the account that it drew without.
    """
    drawn: list[dq.AccountEvent] = []
    for kind in rng.sample(list(dq.FindingKind), rng.choice((0, 0, 1, 3))):
        start = origin + timedelta(rng.randrange(0, 250))
        while rng.random() < 0.6:
            end = start + timedelta(rng.randrange(1, 120)) if rng.random() < 0.8 else None
            recorded = rng.choice((None, None, start + timedelta(rng.randrange(0, 40))))
            drawn.append(dq.Finding(kind, start, end, recorded))
            if end is None:
                break
            start = end + timedelta(rng.choice((0, rng.randrange(0, 60))))
    day = origin
    for name in rng.sample(list(dq.FigureName), rng.choice((0, 0, 1, 3))):
        day = rng.choice((day, origin + timedelta(rng.randrange(0, 400))))
        for dates in draw_corrections(rng, day):
            value = dq.Proportion(rng.choice((0, 1, 7, 130, 10**9)), rng.choice((1, 100, 10**9)))
            drawn.append(dq.ReportedFigure(name, day, value, *dates))
    for day in {origin + timedelta(rng.randrange(0, 400)) for _ in range(rng.choice((0, 0, 1, 2)))}:
        for dates in draw_corrections(rng, day):
            drawn.append(
                dq.Restructuring(
                    day,
                    day + timedelta(rng.randrange(0, 60)),
                    rng.random() < 0.7,
                    rng.choice(
                        (None, dq.Proportion(0, 1), dq.Proportion(rng.randrange(1, 8), 700))
                    ),
                    rng.choice((None, day + timedelta(rng.randrange(0, 300)))),
                    *dates,
                )
            )
    for day in {origin + timedelta(rng.randrange(0, 400)) for _ in range(rng.choice((0, 0, 1, 2)))}:
        for dates in draw_corrections(rng, day):
            drawn.append(dq.ReAge(day, rng.random() < 0.3, *dates))
    return [*drawn, *draw_security(rng, origin)]


def draw_security(rng: random.Random, origin: date) -> list[dq.AccountEvent]:
    """Assets and guarantors, each valued or named on some days, some of them ended or corrected."""
    drawn: list[dq.AccountEvent] = []
    for name in rng.sample(("house", "car", "é"), rng.choice((0, 0, 1, 3))):
        for day in {origin + timedelta(rng.randrange(0, 400)) for _ in range(rng.choice((1, 2)))}:
            until = rng.choice((None, day + timedelta(rng.randrange(1, 200))))
            for dates in draw_corrections(rng, day):
                assessed = rng.choice((None, rng.randrange(1, 900)))
                kind = rng.choice([*dq.CollateralKind, *[dq.CollateralKind.OTHER] * 5])
                value = rng.randrange(0, 900)
                drawn.append(dq.Collateral(name, day, value, kind, assessed, until, *dates))
                share = rng.choice((None, dq.Proportion(rng.randrange(1, 7), 7)))
                amount = rng.randrange(1, 900) if share is None else None
                drawn.append(dq.Guarantee(name, day, amount, share, until, *dates))
    return drawn


def draw_corrections(rng: random.Random, day: date) -> list[tuple[date | None, date | None]]:
    """When a fact of a day was recorded and reversed, and the same of what was put in its place."""
    recorded = rng.choice((None, None, day + timedelta(rng.randrange(0, 40))))
    drawn = [(recorded, None)]
    while rng.random() < 0.2:
        known, _ = drawn.pop()
        undone = (known or day) + timedelta(rng.randrange(0, 60))
        drawn += [(known, undone), (undone + timedelta(rng.choice((0, 5))), None)]
    return drawn


def draw_rates(rng: random.Random, origin: date) -> list[dq.DatedRate]:
    if rng.random() < 0.7:
        return []
    rates = (dq.Rate.per_year("0.0435"), dq.Rate.per_month("0.01"), dq.Rate.per_day("0.0005"))
    days = {origin, origin + timedelta(rng.randrange(-20, 300))}
    return [dq.DatedRate(day, rng.choice(rates)) for day in sorted(days)]


def draw_policy(rng: random.Random, currency: dq.Currency) -> dq.Policy:
    components = list(dq.Component)
    scheme = draw_scheme(rng)
    changes = list(dq.ScheduleChangeRule)[: 2 if scheme.reads in MONTH_COUNTS else 3]
    counted = components if rng.random() < 0.6 else rng.sample(components, rng.randint(1, 4))
    return dq.Policy(
        name="drawn",
        counting=dq.Counting(
            first_day=rng.choice(list(dq.FirstDay)),
            grace_days=rng.choice((0, 0, 3, 10)),
            grace_kind=rng.choice(list(dq.GraceKind)),
            components=counted,
            tolerance=cents(rng.choice((0, 10, 1_000, 1_000, 20_000)), currency),
            tolerance_scope=rng.choice(list(dq.ToleranceScope)),
            schedule_change=rng.choice(changes),
            partial_payments=rng.choice(list(dq.PartialPayments)),
            full_payment_share=rng.choice(SHARES),
            least_payment=cents(rng.choice((0, 5_000)), currency),
            lost_dispute=list(dq.LostDispute)[len(counted) % 2],
        ),
        allocation=draw_order(rng, components),
        allocation_by_age=draw_switches(rng, components),
        allocation_by_kind=[
            dq.KindOrder(kind, draw_order(rng, components))
            for kind in rng.sample(list(dq.PaymentKind), rng.choice((0, 0, 0, 1, 2)))
        ],
        closing_tolerance=cents(rng.choice((0, 0, 0, 0, 1, 3_000)), currency),
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        buckets=scheme,
    )


def draw_switches(rng: random.Random, components: list[dq.Component]) -> list[dq.AgeSwitch]:
    ages = rng.sample((1, 31, 91, 180), rng.choice((0, 0, 0, 1, 2)))
    return [dq.AgeSwitch(age, draw_order(rng, components)) for age in ages]


def draw_order(rng: random.Random, components: list[dq.Component]) -> dq.AllocationOrder:
    grain = rng.choice(list(dq.AllocationGrain))
    if rng.random() < 0.6:
        order = rng.sample(components, 4)
        usual = (dq.Excess.NEXT_INSTALMENT, dq.Excess.NEXT_INSTALMENT, dq.Excess.HOLD)
        excess = rng.choice((*usual, *dq.Excess))
        return dq.AllocationOrder.oldest_first(*order, grain=grain, excess=excess)
    states = list(dq.DueState)[: rng.choice((2, 3))]
    steps = [dq.AllocationStep(state, component) for state in states for component in components]
    after = list(dq.Excess)[:3] if len(states) == 3 else list(dq.Excess)[3:]
    return dq.AllocationOrder(rng.sample(steps, len(steps)), grain, rng.choice(after))


def draw_scheme(rng: random.Random) -> dq.BucketScheme:
    counts = [name for name in dq.CountName if name is not dq.CountName.MATERIAL_DAYS_PAST_DUE]
    reads = rng.choice((*counts, dq.CountName.DAYS_PAST_DUE, dq.CountName.DELINQUENT_DAYS))
    edges = sorted(rng.sample(range(1, 200), rng.randint(1, 8)))
    if reads not in (dq.CountName.DAYS_PAST_DUE, dq.CountName.DELINQUENT_DAYS):
        edges = list(range(1, 12))
    buckets = [dq.Bucket("current", 0, edges[0] - 1, is_stressed=False)]
    for first, after in pairwise(edges):
        buckets.append(dq.Bucket(f"{first}-{after - 1}", first, after - 1))
    buckets.append(dq.Bucket(f"{edges[-1]}+", edges[-1]))
    return dq.BucketScheme("drawn", reads, buckets)
