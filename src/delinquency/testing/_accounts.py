"""Strategies for whole accounts: a schedule, a way of paying it, and what goes wrong in life.

The one idea: an account is told forwards. What falls due is drawn first; the behaviour turns it into
money on dates; reversals, late records and small shortfalls are then laid over the money. So every
account is valid when it is built, and what it shows is what it was asked for.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account, Product, Segment
from delinquency.amounts import from_minor, to_minor
from delinquency.charges import Charge
from delinquency.events import AccountEvent, CountingSuspension
from delinquency.payments import Payment, PaymentKind
from delinquency.schedule import Instalment, Schedule
from delinquency.testing._events import (
    contract_rates_from,
    days_within,
    decisions,
    disputes_of,
    spans_from,
)
from delinquency.testing._facts import (
    charged_before,
    charges,
    currencies,
    dates,
    due_dates_from,
    instalment_rows,
    one_in,
)
from delinquency.testing._hypothesis import st
from delinquency.testing._status_facts import status_facts_from
from delinquency.testing.behaviour import Behaviour

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from delinquency.currency import Currency

__all__ = ["accounts", "behaviours"]

Claim = tuple[date, int]
"""A day and what falls due on it [minor units]; or a day and what is paid on it."""


def behaviours() -> SearchStrategy[Behaviour]:
    """The six ways of paying."""
    return st.sampled_from(Behaviour)


def accounts(
    *,
    behaviour: Behaviour | None = None,
    currency: Currency | None = None,
    instalment_count: int | None = None,
    first_due_date: date | None = None,
    has_schedule_change: bool | None = None,
    has_reversal: bool | None = None,
    charges_may_precede_their_instalment: bool = False,
    all_facts: bool = False,
) -> SearchStrategy[Account]:
    """Accounts of loans as they happen in life.

    At least one account in ten has each of: a reversal, a suspension, a charge, a shortfall of the
    size of a tolerance, a prepayment, a change of schedule.

    Parameters
    ----------
    behaviour : Behaviour, optional
        How the debtor pays. ``PAYS_ON_TIME`` is strict: nothing is ever late, reversed or short.
    currency : Currency, optional
    instalment_count : int, optional
        Rows of the schedule as first agreed; default 1 to 12.
    first_due_date : date, optional
    has_schedule_change : bool, optional
        Whether rows are superseded by new ones; default sometimes.
    has_reversal : bool, optional
        Whether a payment is reversed; default sometimes. Never under ``PAYS_ON_TIME``, nor where
        nothing is paid.
    charges_may_precede_their_instalment : bool, default False
        Whether a charge may stand with an instalment that falls due after it.
    all_facts : bool, default False
        Whether everything may happen that an account knows: also cards, charges in advance, contract rates
        and every kind of event. What ``behaviour`` says of paying holds all the same, but what falls due
        may be more or less than what is paid.
    """
    return _account(
        behaviour,
        currency,
        instalment_count,
        first_due_date,
        has_schedule_change,
        has_reversal,
        charges_may_precede_their_instalment,
        all_facts,
    )


@st.composite
def _account(
    draw: DrawFn,
    behaviour: Behaviour | None,
    currency: Currency | None,
    instalment_count: int | None,
    first_due_date: date | None,
    has_schedule_change: bool | None,
    has_reversal: bool | None,
    charges_may_precede: bool,
    all_facts: bool,
) -> Account:
    story = draw(behaviours()) if behaviour is None else behaviour
    money = draw(currencies()) if currency is None else currency
    count = draw(st.integers(1, 12)) if instalment_count is None else instalment_count
    first = draw(dates()) if first_due_date is None else first_due_date
    originated = first - timedelta(days=draw(st.integers(0, 45)))
    rows = draw(instalment_rows(money, draw(due_dates_from(first, count))))
    if draw(one_in(4)) if has_schedule_change is None else has_schedule_change:
        rows = draw(_changed(rows, originated, money))
    is_card = all_facts and draw(one_in(4))
    schedule = Schedule(money, draw(_billed(rows, originated)) if is_card else rows)
    charged: list[Charge] = []
    if draw(one_in(3)):
        charged = draw(_charges(schedule, originated, charges_may_precede))
    if all_facts:
        charged = [draw(charged_before(charge, originated)) for charge in charged]
    events: list[AccountEvent] = []
    if draw(one_in(3)):
        events += draw(_suspensions(originated))
    if all_facts:
        events += draw(decisions(money, days_within(schedule, originated)))
        events += draw(spans_from(originated))
        events += draw(status_facts_from(originated, money))
        events += draw(disputes_of(schedule, charged, originated))
    claims = _claims(schedule, charged)
    paid = draw(_paid(story, claims, originated)) if claims else []
    if story is not Behaviour.PAYS_ON_TIME:
        paid = draw(_with_shortfall(paid))
    return Account(
        account_id="A-1",
        originated_on=originated,
        schedule=schedule,
        obligor_id="O-1",
        product=Product.CARD if is_card else Product.LOAN,
        segment=draw(st.sampled_from(Segment)),
        charges=charged,
        payments=draw(_payments(paid, money, story, has_reversal)),
        events=events,
        contract_rates=draw(contract_rates_from(originated)) if all_facts else (),
    )


@st.composite
def _billed(draw: DrawFn, rows: list[Instalment], originated: date) -> list[Instalment]:
    """Rows that are in force from a statement some days before they fall due, if not later."""
    ahead = timedelta(days=draw(st.integers(0, 30)))
    return [
        attrs.evolve(row, in_force_from=max(originated, row.due_date - ahead))
        if row.in_force_from is None and row.in_force_until is None
        else row
        for row in rows
    ]


@st.composite
def _changed(
    draw: DrawFn, rows: list[Instalment], originated: date, currency: Currency
) -> list[Instalment]:
    """Rows from some place on closed on a day, also some already due; new rows from that day on."""
    span = (rows[-1].due_date - originated).days
    change = originated + timedelta(days=draw(st.integers(1, span + 30)))
    due_before = sum(row.due_date < change for row in rows)
    fewest = 1 if due_before == len(rows) else 0
    kept = due_before - draw(st.integers(fewest, max(fewest, min(2, due_before))))
    first = change + timedelta(days=draw(st.integers(0, 30)))
    new_due_dates = draw(due_dates_from(first, draw(st.integers(1, 6))))
    new = [
        attrs.evolve(row, in_force_from=change)
        for row in draw(instalment_rows(currency, new_due_dates))
    ]
    closed = [attrs.evolve(row, in_force_until=change) for row in rows[kept:]]
    return sorted([*rows[:kept], *closed, *new], key=_by_due_date)


def _by_due_date(row: Instalment) -> tuple[date, date]:
    return row.due_date, row.in_force_from or date.min


@st.composite
def _charges(draw: DrawFn, schedule: Schedule, originated: date, may_precede: bool) -> list[Charge]:
    span = (schedule[-1].due_date - originated).days + 60
    found: list[Charge] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        due_date = originated + timedelta(days=draw(st.integers(0, span)))
        most = sum(row.due_date <= due_date or may_precede for row in schedule)
        named = draw(st.integers(1, most)) if most and draw(st.booleans()) else None
        found.append(
            draw(
                charges(
                    currency=schedule.currency,
                    charge_id=f"C-{number}",
                    due_dates=st.just(due_date),
                    instalment_no=named,
                )
            )
        )
    return found


@st.composite
def _suspensions(draw: DrawFn, originated: date) -> list[CountingSuspension]:
    """One to three, each beginning on or after the end of the one before; the last may be open."""
    spans = draw(
        st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60)), min_size=1, max_size=3)
    )
    is_open = draw(one_in(4))
    start = originated
    found: list[CountingSuspension] = []
    for number, (gap, length) in enumerate(spans, start=1):
        start += timedelta(days=gap)
        end = start + timedelta(days=length)
        found.append(CountingSuspension(start, None if is_open and number == len(spans) else end))
        start = end
    return found


def _claims(schedule: Schedule, charged: list[Charge]) -> list[Claim]:
    """What falls due while in force, added up by day."""
    by_day: dict[date, int] = {}
    for row, parts in zip(schedule, schedule.minor, strict=True):
        is_begun = row.in_force_from is None or row.in_force_from <= row.due_date
        if is_begun and (row.in_force_until is None or row.due_date < row.in_force_until):
            by_day[row.due_date] = by_day.get(row.due_date, 0) + sum(parts)
    for charge in charged:
        minor = to_minor(charge.amount, schedule.currency, where="charge")
        by_day[charge.due_date] = by_day.get(charge.due_date, 0) + minor
    return sorted((day, minor) for day, minor in by_day.items() if minor)


@st.composite
def _paid(draw: DrawFn, story: Behaviour, claims: list[Claim], originated: date) -> list[Claim]:
    """Money on days, as the behaviour has it; there are claims."""
    place = draw(st.integers(0, len(claims) - 1))
    match story:
        case Behaviour.PAYS_ON_TIME:
            return draw(_split_in_the_day(claims))
        case Behaviour.PAYS_LATE:
            delay = st.integers(1, 45)
            return [(day + timedelta(days=draw(delay)), minor) for day, minor in claims]
        case Behaviour.STOPS_PAYING:
            return claims[:place]
        case Behaviour.CURES:
            last = draw(st.integers(place, len(claims) - 1))
            day = claims[last][0] + timedelta(days=draw(st.integers(1, 45)))
            missed = sum(minor for _, minor in claims[place : last + 1])
            return [*claims[:place], (day, missed), *claims[last + 1 :]]
        case Behaviour.PREPAYS:
            return draw(_prepaid(claims, min(place, max(0, len(claims) - 2))))
        case Behaviour.PAYS_PARTLY:
            return draw(_in_part(claims, originated))


@st.composite
def _split_in_the_day(draw: DrawFn, claims: list[Claim]) -> list[Claim]:
    """One of the payments in two parts on its day, sometimes."""
    if not draw(one_in(3)):
        return claims
    place = draw(st.integers(0, len(claims) - 1))
    day, minor = claims[place]
    part = draw(st.integers(0, minor - 1))
    parts = [(day, minor - part)] + ([(day, part)] if part else [])
    return [*claims[:place], *parts, *claims[place + 1 :]]


@st.composite
def _prepaid(draw: DrawFn, claims: list[Claim], place: int) -> list[Claim]:
    """More than is due on one of the days; what was paid in advance is not paid again."""
    day, minor = claims[place]
    later = claims[place + 1 :]
    extra = draw(st.integers(1, max(1, sum(amount for _, amount in later))))
    left = [max(0, total - extra) for total in accumulate(amount for _, amount in later)]
    rest = [
        (claim[0], after - before)
        for claim, before, after in zip(later, [0, *left], left, strict=False)
        if after > before
    ]
    return [*claims[:place], (day, minor + extra), *rest]


@st.composite
def _in_part(draw: DrawFn, claims: list[Claim], originated: date) -> list[Claim]:
    found: list[Claim] = []
    for day, minor in claims:
        paid_on = max(originated, day + timedelta(days=draw(st.integers(-3, 20))))
        found.append((paid_on, max(1, minor * draw(st.integers(1, 99)) // 100)))
    return found


@st.composite
def _with_shortfall(draw: DrawFn, paid: list[Claim]) -> list[Claim]:
    """One payment short by what a tolerance might forgive, once in three accounts."""
    if not paid or not draw(one_in(3)):
        return paid
    place = draw(st.integers(0, len(paid) - 1))
    day, minor = paid[place]
    short = draw(st.one_of(st.integers(1, 5), st.integers(1, 500)))
    return [*paid[:place], (day, max(1, minor - short)), *paid[place + 1 :]]


@st.composite
def _payments(
    draw: DrawFn,
    paid: list[Claim],
    currency: Currency,
    story: Behaviour,
    has_reversal: bool | None,
) -> list[Payment]:
    """The money as facts: recorded later, or reversed, for some of it."""
    is_strict = story is Behaviour.PAYS_ON_TIME
    found = [
        Payment(
            day,
            from_minor(minor, currency),
            PaymentKind.REPAYMENT if is_strict else draw(st.sampled_from(_KINDS)),
            payment_id=f"P-{number}",
        )
        for number, (day, minor) in enumerate(paid, start=1)
    ]
    if is_strict or not found:
        return found
    places = st.integers(0, len(found) - 1)
    if draw(one_in(4)):
        place = draw(places)
        recorded = found[place].value_date + timedelta(days=draw(st.integers(1, 40)))
        found[place] = attrs.evolve(found[place], recorded_on=recorded)
    if draw(one_in(3)) if has_reversal is None else has_reversal:
        place = draw(places)
        known = found[place].recorded_on or found[place].value_date
        reversed_on = known + timedelta(days=draw(st.integers(0, 60)))
        found[place] = attrs.evolve(found[place], reversed_on=reversed_on)
    return found


_KINDS = (PaymentKind.REPAYMENT,) * 5 + tuple(PaymentKind)
