"""Accounts and policies built to stand on the edges: due dates, one cent less, changes of schedule.

Everything is made by construction, nothing is filtered away, so that every draw is an example.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
from hypothesis import settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.counting.rule import MONTH_COUNTS


def percent(share: int) -> settings:
    """Settings with a share of the examples of the profile, which has 100 unless one is named."""
    return settings(max_examples=settings().max_examples * share // 100)


FEW, MANY, MOST = percent(40), percent(80), percent(150)

CNY = dq.Currency.of("CNY")
START = date(2024, 1, 1)
ADVANCING = (
    dq.Excess.NEXT_INSTALMENT,
    dq.Excess.LAST_INSTALMENT,
    dq.Excess.REAMORTISE,
)
BUCKETS = (
    dq.Bucket("0", 0, 0, is_stressed=False),
    *(dq.Bucket(str(day), day, day) for day in range(1, 4)),
    dq.Bucket("4-30", 4, 30),
    dq.Bucket("31-90", 31, 90),
    dq.Bucket("91+", 91),
)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def money(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def amounts(*, least: int = 0) -> st.SearchStrategy[Decimal]:
    """Amounts that meet each other often, and some that meet nothing."""
    usual = [cents for cents in (0, 1, 99, 100, 101, 5_000, 10_000, 10_001) if cents >= least]
    return st.one_of(st.sampled_from(usual), st.integers(least, 50_000)).map(money)


@st.composite
def rows_from(draw, first: date, least: int, most: int, in_force_from: date | None = None):
    """Rows of a schedule, monthly or nearly, one a date."""
    gaps = draw(st.lists(st.sampled_from((31, 30, 28, 14, 1)), min_size=least, max_size=most))
    rows, due = [], first
    for gap in gaps:
        principal, interest = draw(amounts()), draw(amounts())
        fees = draw(st.sampled_from((Decimal(0), Decimal("5.00"))))
        rows.append(dq.Instalment(due, principal, interest, fees, in_force_from))
        due += days(gap)
    return rows


@st.composite
def schedules(draw, originated_on: date, *, changed: bool | None = None):
    """Schedules, unchanged or changed once or twice."""
    most = draw(st.sampled_from((3, 6, 24)))
    rows = draw(rows_from(originated_on + days(draw(st.integers(0, 40))), 1, most))
    if changed is None:
        changed = draw(st.booleans())
    change_day = originated_on
    for _ in range(draw(st.integers(1, 2)) if changed else 0):
        change_day += days(draw(st.integers(1, 150)))
        everything = draw(st.booleans())
        rows = [
            attrs.evolve(row, in_force_until=change_day)
            if row.in_force_until is None and (everything or row.due_date >= change_day)
            else row
            for row in rows
        ]
        first = max(change_day + days(draw(st.integers(-20, 40))), originated_on)
        new = draw(rows_from(first, 0 if len(rows) > 1 else 1, 6, change_day))
        # Two rows of one due date cannot stand beside each other.
        standing = {row.due_date for row in rows if row.in_force_until is None}
        rows += [row for row in new if row.due_date not in standing]
    rows.sort(key=lambda row: (row.due_date, row.in_force_from or date.min))
    return dq.Schedule(CNY, rows)


@st.composite
def payments_for(
    draw, schedule: dq.Schedule, originated_on: date, *, plain: bool = False, facts: bool = False
):
    """Payments on time, late, early, in part, one cent off, too much; some late to the books."""
    kinds = (*dq.PaymentKind, *dq.PaymentKind, dq.PaymentKind.REPAYMENT, dq.PaymentKind.RECOVERY)
    made = []
    for _ in range(draw(st.integers(0, 10))):
        row = draw(st.sampled_from(schedule.instalments))
        offset = draw(st.just(0) | st.integers(-35, 45))
        value_date = max(originated_on, row.due_date + days(offset))
        amount = draw(
            st.sampled_from(
                (
                    row.total,
                    row.total - money(1),
                    row.total + money(1),
                    row.total / 2,
                    row.total * 3,
                )
            )
            if draw(st.booleans())
            else amounts(least=1)
        ).quantize(money(1))
        recorded = reversed_on = None
        if not plain and draw(st.integers(0, 3)) == 0:
            recorded = value_date + days(draw(st.integers(0, 20)))
        if not plain and draw(st.integers(0, 3)) == 0:
            reversed_on = (recorded or value_date) + days(draw(st.integers(0, 60)))
        made.append(
            dq.Payment(
                value_date,
                max(amount, money(1)),
                draw(st.sampled_from(kinds)) if facts else dq.PaymentKind.REPAYMENT,
                recorded_on=recorded,
                reversed_on=reversed_on,
            )
        )
    return tuple(made)


@st.composite
def charges_for(draw, schedule: dq.Schedule, originated_on: date, *, facts: bool = False):
    """Fees and penalties: on due dates and between, with an instalment and alone, charged before."""
    made = []
    for number in range(draw(st.sampled_from((0, 0, 1, 3)))):
        row = draw(st.sampled_from(schedule.instalments))
        due = max(originated_on, row.due_date + days(draw(st.sampled_from((0, 0, 1, 5, -20, 40)))))
        made.append(
            dq.Charge(
                f"c{number}",
                draw(st.sampled_from((dq.Component.FEES, dq.Component.PENALTY))),
                draw(amounts(least=1)),
                due,
                draw(st.none() | st.integers(1, len(schedule))),
                draw(st.none() | st.integers(0, 30).map(lambda n, due=due: due + days(n))),
                max(originated_on, due - days(draw(st.integers(0, 40))))
                if facts and draw(st.booleans())
                else None,
            )
        )
    return tuple(made)


@st.composite
def suspensions_from(draw, originated_on: date, *, plain: bool = False):
    """Suspensions that touch, lie apart, or have no end."""
    made, start = [], originated_on + days(draw(st.integers(0, 200)))
    count = draw(st.integers(0, 3))
    for number in range(count):
        length = draw(st.integers(1, 60))
        is_open = number == count - 1 and draw(st.booleans())
        recorded = None
        if not plain and draw(st.booleans()):
            recorded = start + days(draw(st.integers(0, 30)))
        made.append(
            dq.CountingSuspension(
                start, None if is_open else start + days(length), recorded_on=recorded
            )
        )
        start += days(length + draw(st.sampled_from((0, 0, 1, 20))))
    return tuple(made)


@st.composite
def dates_of_record(draw, made_on: date, *, plain: bool):
    """When the books knew a fact, and from when it was never made."""
    recorded = reversed_on = None
    if not plain and draw(st.integers(0, 3)) == 0:
        recorded = made_on + days(draw(st.integers(0, 20)))
    if not plain and draw(st.integers(0, 3)) == 0:
        reversed_on = (recorded or made_on) + days(draw(st.integers(0, 60)))
    return {"recorded_on": recorded, "reversed_on": reversed_on}


def decision(made_on: date, kind: str, part, amount, record: dict):
    """What a lender decided, by the name of its kind."""
    if kind == "waiver":
        return dq.Waiver(made_on, part or dq.Component.INTEREST, amount, **record)
    if kind == "write-off":
        return dq.WriteOff(made_on, part, amount if part else None, **record)
    if kind == "closure":
        return dq.Closure(made_on, **record)
    return dq.Acceleration(made_on, amount, **record)


@st.composite
def decisions_for(draw, schedule: dq.Schedule, originated_on: date, *, plain: bool = False):
    """Decisions of a lender and charge-backs, on due dates, beside them and anywhere."""
    kinds = ("waiver", "waiver", "waiver", "write-off", "write-off", "closure", "charge-back")
    drawn = draw(st.lists(st.sampled_from(kinds), max_size=3))
    if draw(st.booleans()):
        drawn.append("acceleration")
    made = []
    for number, kind in enumerate(drawn):
        row = draw(st.sampled_from(schedule.instalments))
        offset = draw(st.just(0) | st.integers(-40, 60))
        made_on = max(originated_on, row.due_date + days(offset))
        record = draw(dates_of_record(made_on, plain=plain))
        if kind == "charge-back":
            parts = draw(
                st.dictionaries(
                    st.sampled_from([part.value for part in dq.Component]),
                    amounts(least=1),
                    min_size=1,
                )
            )
            made.append(
                dq.ChargeBack(charge_back_id=f"cb{number}", value_date=made_on, **parts, **record)
            )
            continue
        part = draw(st.none() | st.sampled_from(dq.Component))
        amount = draw(st.none() | amounts(least=1))
        made.append(decision(made_on, kind, part, amount, record))
    return tuple(made)


@st.composite
def bills_from(draw, schedule: dq.Schedule, originated_on: date):
    """The rows of a card: each in force from the day of its statement, some from the beginning."""
    ahead = draw(st.sampled_from((25, 20, 1, 0)))
    rows = [
        attrs.evolve(row, in_force_from=max(originated_on, row.due_date - days(ahead)))
        for row in schedule
    ]
    if draw(st.booleans()):
        rows[0] = attrs.evolve(rows[0], in_force_from=None)
    return dq.Schedule(CNY, rows)


@st.composite
def disputes_for(draw, account: dq.Account, *, first_id: int = 1):
    """Disputes of instalments, of charges and of the oldest arrears, lasting, lost and won."""
    made = []
    for number in range(first_id, first_id + draw(st.integers(0, 3))):
        row = draw(st.sampled_from(account.schedule.instalments))
        start = max(account.originated_on, row.due_date + days(draw(st.integers(-20, 60))))
        end = draw(
            st.none() | st.integers(1, 60).map(lambda length, start=start: start + days(length))
        )
        named = draw(st.sampled_from(("", "", "instalment", "charge")))
        charge_id = None
        if named == "charge" and account.charges:
            charge_id = draw(st.sampled_from(account.charges)).charge_id
        made.append(
            dq.Dispute(
                f"D-{number}",
                start,
                draw(amounts(least=1)),
                end,
                draw(st.integers(1, len(account.schedule))) if named == "instalment" else None,
                charge_id,
                end is not None and draw(st.booleans()),
                **draw(dates_of_record(start, plain=False)),
            )
        )
    return tuple(made)


@st.composite
def accounts(
    draw,
    *,
    plain: bool = False,
    changed: bool | None = None,
    charged: bool = True,
    facts: bool = False,
    disputed: bool = False,
):
    """Accounts; ``plain`` ones have no fact that reached the books late or was taken back.

    With ``facts`` everything may happen that a ledger knows: decisions, charge-backs, accelerations,
    money of every kind, charges before they fall due, cards. With ``disputed`` amounts are in dispute too.
    """
    originated_on = START + days(draw(st.integers(0, 60)))
    is_card = facts and draw(st.integers(0, 3)) == 0
    schedule = draw(schedules(originated_on, changed=False if is_card else changed))
    if is_card:
        schedule = draw(bills_from(schedule, originated_on))
    charges = draw(charges_for(schedule, originated_on, facts=facts)) if charged else ()
    events = draw(suspensions_from(originated_on, plain=plain))
    if facts:
        events += draw(decisions_for(schedule, originated_on, plain=plain))
    if plain:
        charges = tuple(attrs.evolve(charge, recorded_on=None) for charge in charges)
    account = dq.Account(
        account_id="A-1",
        originated_on=originated_on,
        schedule=schedule,
        product=dq.Product.CARD if is_card else dq.Product.LOAN,
        charges=charges,
        payments=draw(payments_for(schedule, originated_on, plain=plain, facts=facts)),
        events=events,
    )
    if not disputed:
        return account
    return attrs.evolve(account, events=(*account.events, *draw(disputes_for(account))))


@st.composite
def allocation_orders(draw, *, grain: dq.AllocationGrain | None = None):
    """Oldest first in any order of components, or any permutation of steps at all."""
    if grain is None:
        grain = draw(st.sampled_from(dq.AllocationGrain))
    holds = draw(st.booleans())
    if draw(st.booleans()):
        components = draw(st.permutations(list(dq.Component)))
        return dq.AllocationOrder.oldest_first(
            *components, grain=grain, excess=dq.Excess.HOLD if holds else dq.Excess.NEXT_INSTALMENT
        )
    states = list(dq.DueState)[: 2 if holds else 3]
    steps = [dq.AllocationStep(state, part) for state in states for part in dq.Component]
    return dq.AllocationOrder(draw(st.permutations(steps)), grain)


@st.composite
def orders_with(draw, rules, *, grain: dq.AllocationGrain | None = None, tidy: bool = False):
    """Orders with one of some rules of excess; ``tidy`` ones take past due, due, in advance in turn."""
    excess = draw(st.sampled_from(rules))
    states = list(dq.DueState)[: 3 if excess in ADVANCING else 2]
    steps = [dq.AllocationStep(state, part) for state in states for part in dq.Component]
    steps = draw(st.permutations(steps))
    if tidy or draw(st.booleans()):
        steps.sort(key=lambda step: states.index(step.state))
    if grain is None:
        grain = draw(st.sampled_from(dq.AllocationGrain))
    return dq.AllocationOrder(steps, grain, excess)


@st.composite
def countings(draw, **fixed):
    """Ways of counting; ``fixed`` fields keep the value given."""
    components = tuple(dq.Component)
    if draw(st.booleans()):
        components = tuple(
            draw(st.lists(st.sampled_from(components), min_size=1, max_size=4, unique=True))
        )
    drawn = {
        "first_day": draw(st.sampled_from(dq.FirstDay)),
        "grace_days": draw(st.sampled_from((0, 0, 1, 3, 30))),
        "grace_kind": draw(st.sampled_from(dq.GraceKind)),
        "components": components,
        "tolerance": draw(st.sampled_from((Decimal(0), Decimal("0.01"), Decimal("99.99"), 100))),
        "tolerance_scope": draw(st.sampled_from(dq.ToleranceScope)),
        "schedule_change": draw(st.sampled_from(dq.ScheduleChangeRule)),
        "partial_payments": draw(st.sampled_from(dq.PartialPayments)),
        "least_payment": draw(st.sampled_from((Decimal(0), Decimal("50.00"), 100))),
    }
    return dq.Counting(**{**drawn, **fixed})


@st.composite
def policies(
    draw,
    *,
    reads: dq.CountName | None = None,
    grain=None,
    choices: bool = False,
    by_age: bool = True,
    tidy: bool = False,
    **fixed,
):
    """Policies over every choice; ``fixed`` are fields of the counting.

    With ``choices`` also orders by kind and by age, every rule of excess, a tolerance on closing.
    """
    counting = draw(countings(**fixed))
    material = dq.CountName.MATERIAL_DAYS_PAST_DUE
    if reads is material:
        amount = draw(st.sampled_from((0, Decimal("50.00"), 200)))
        limits = dq.Materiality(amount, dq.Proportion(draw(st.integers(0, 30)), 100), CNY)
        counting = attrs.evolve(counting, materiality=limits)
    counts = [count for count in dq.CountName if count is not material]
    if counting.schedule_change is dq.ScheduleChangeRule.FREEZE:
        counts = [count for count in counts if count not in MONTH_COUNTS]
    fields = {"allocation": draw(allocation_orders(grain=grain))}
    if choices:
        fields = draw(choices_of(grain=grain, by_age=by_age, tidy=tidy))
    return policy_of(counting, reads=reads or draw(st.sampled_from(counts)), **fields)


@st.composite
def choices_of(draw, *, grain=None, by_age: bool = True, tidy: bool = False):
    """Orders of every money, and a tolerance on closing, as fields of a policy.

    Every order has any rule of excess.
    """
    orders = orders_with(tuple(dq.Excess), grain=grain, tidy=tidy)
    ages = draw(st.sets(st.sampled_from((1, 2, 15, 31, 91)), max_size=2)) if by_age else ()
    kinds = draw(st.sets(st.sampled_from(dq.PaymentKind), max_size=2))
    return {
        "allocation": draw(orders),
        "allocation_by_age": [dq.AgeSwitch(age, draw(orders)) for age in sorted(ages)],
        "allocation_by_kind": [
            dq.KindOrder(kind, draw(orders)) for kind in dq.PaymentKind if kind in kinds
        ],
        "closing_tolerance": draw(st.sampled_from((0, 0, Decimal("0.01"), 1, 100))),
    }


def policy_of(
    counting: dq.Counting | None = None,
    allocation: dq.AllocationOrder | None = None,
    reads: dq.CountName = dq.CountName.DELINQUENT_DAYS,
    **fields,
) -> dq.Policy:
    """A policy of one's own; by default interest first, everything counted, no grace."""
    return dq.Policy(
        name="house",
        counting=counting or dq.Counting(),
        allocation=allocation
        or dq.AllocationOrder.oldest_first("interest", "principal", "fees", "penalty"),
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        buckets=dq.BucketScheme("every-day", reads, BUCKETS),
        **fields,
    )


@st.composite
def closes(draw, account: dq.Account):
    """Days to ask about: from origination on, due dates and days of payment more often."""
    edges = [row.due_date for row in account.schedule]
    edges += [payment.value_date for payment in account.payments]
    edges += [charge.due_date for charge in account.charges]
    edges += [row.in_force_until for row in account.schedule if row.in_force_until]
    edges += [day for event in account.events if (day := getattr(event, "value_date", None))]
    near = draw(st.sampled_from(edges)) + days(draw(st.integers(-1, 2)))
    far = account.originated_on + days(draw(st.integers(0, 800)))
    return max(account.originated_on, near if draw(st.booleans()) else far)


@st.composite
def questions(draw, **account_fields):
    """An account and a close to ask about."""
    account = draw(accounts(**account_fields))
    return account, draw(closes(account))
