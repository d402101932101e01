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
        # A new row may fall due before the change only if no older row stands beside it.
        first = change_day + days(draw(st.integers(-20 if everything else 0, 40)))
        first = max(first, originated_on)
        rows += draw(rows_from(first, 0 if len(rows) > 1 else 1, 6, change_day))
    rows.sort(key=lambda row: (row.due_date, row.in_force_from or date.min))
    return dq.Schedule(CNY, rows)


@st.composite
def payments_for(draw, schedule: dq.Schedule, originated_on: date, *, plain: bool = False):
    """Payments on time, late, early, in part, one cent off, too much; some late to the books."""
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
                value_date, max(amount, money(1)), recorded_on=recorded, reversed_on=reversed_on
            )
        )
    return tuple(made)


@st.composite
def charges_for(draw, schedule: dq.Schedule, originated_on: date):
    """Fees and penalties: on due dates and between, with an instalment and alone."""
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
def accounts(draw, *, plain: bool = False, changed: bool | None = None, charged: bool = True):
    """Accounts; ``plain`` ones have no fact that reached the books late or was taken back."""
    originated_on = START + days(draw(st.integers(0, 60)))
    schedule = draw(schedules(originated_on, changed=changed))
    charges = draw(charges_for(schedule, originated_on)) if charged else ()
    if plain:
        charges = tuple(attrs.evolve(charge, recorded_on=None) for charge in charges)
    return dq.Account(
        account_id="A-1",
        originated_on=originated_on,
        schedule=schedule,
        charges=charges,
        payments=draw(payments_for(schedule, originated_on, plain=plain)),
        events=draw(suspensions_from(originated_on, plain=plain)),
    )


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
def policies(draw, *, reads: dq.CountName | None = None, grain=None, **fixed):
    """Policies over every choice; ``fixed`` are fields of the counting."""
    counting = draw(countings(**fixed))
    counts = list(dq.CountName)
    if counting.schedule_change is dq.ScheduleChangeRule.FREEZE:
        counts = [count for count in counts if count not in MONTH_COUNTS]
    return policy_of(
        counting,
        draw(allocation_orders(grain=grain)),
        reads or draw(st.sampled_from(counts)),
    )


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
    near = draw(st.sampled_from(edges)) + days(draw(st.integers(-1, 2)))
    far = account.originated_on + days(draw(st.integers(0, 800)))
    return max(account.originated_on, near if draw(st.booleans()) else far)


@st.composite
def questions(draw, **account_fields):
    """An account and a close to ask about."""
    account = draw(accounts(**account_fields))
    return account, draw(closes(account))
