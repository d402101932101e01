"""Strategies for the facts of an account: dates, money, schedules, payments, charges, suspensions.

The one idea: everything is built valid - a date is an anchor plus days, a schedule a chain of gaps -
so that nothing drawn is ever thrown away.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import add_months
from delinquency.charges import Charge
from delinquency.component import Component
from delinquency.currency import Currency
from delinquency.events import CountingSuspension, SuspensionReason
from delinquency.payments import Payment, PaymentKind
from delinquency.schedule import Instalment, Schedule
from delinquency.testing._hypothesis import st

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = [
    "amounts",
    "charged_before",
    "charges",
    "currencies",
    "dates",
    "due_dates_from",
    "instalment_rows",
    "instalments",
    "one_in",
    "payments",
    "schedules",
    "suspensions",
]

FIRST_DATE: Final = date(2015, 1, 1)
LAST_DATE: Final = date(2035, 12, 31)
MOST_MINOR: Final = 5_000_000

CNY: Final = Currency.of("CNY")

_REFERENCE_CODES: Final = ("CNY", "EUR", "USD", "INR", "JPY", "KWD")


def one_in(count: int) -> SearchStrategy[bool]:
    """True once in ``count`` draws; a failure shrinks to False, the plainer account."""
    return st.integers(1, count).map(lambda number: number == count)


def currencies() -> SearchStrategy[Currency]:
    """Currencies of none, two and three decimals."""
    return st.sampled_from(_REFERENCE_CODES).map(Currency.of)


def dates(*, first: date = FIRST_DATE, last: date = LAST_DATE) -> SearchStrategy[date]:
    """Days from ``first`` to ``last``, both included; month ends and leap days come often."""
    month_ends = st.dates(first, last).map(lambda day: _month_end(day, last))
    return st.one_of(st.dates(first, last), month_ends)


def _month_end(day: date, last: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return min(following - timedelta(days=1), last)


def amounts(
    *, currency: Currency = CNY, least_minor: int = 1, most_minor: int = MOST_MINOR
) -> SearchStrategy[Decimal]:
    """Amounts exact to the minor unit, from ``least_minor`` to ``most_minor`` [minor units]."""
    return st.integers(least_minor, most_minor).map(lambda minor: from_minor(minor, currency))


def instalments(
    *, currency: Currency = CNY, due_dates: SearchStrategy[date] | None = None
) -> SearchStrategy[Instalment]:
    """Single rows, in force for good; some bear no interest, some have a fee, some are of nothing."""
    parts = st.one_of(amounts(currency=currency, least_minor=0), st.just(from_minor(0, currency)))
    return st.builds(
        Instalment,
        due_date=dates() if due_dates is None else due_dates,
        principal=amounts(currency=currency, least_minor=0),
        interest=parts,
        fees=parts,
    )


@st.composite
def _due_dates(draw: DrawFn, first_due_date: date, count: int) -> list[date]:
    if draw(one_in(3)):
        gap = draw(st.sampled_from((7, 14, 15, 30)))
        return [first_due_date + timedelta(days=gap * number) for number in range(count)]
    return [add_months(first_due_date, number) for number in range(count)]


def due_dates_from(first_due_date: date, count: int) -> SearchStrategy[list[date]]:
    """Due dates from a first one: monthly from the anchor, or every so many days."""
    return _due_dates(first_due_date, count)


@st.composite
def instalment_rows(draw: DrawFn, currency: Currency, due_dates: list[date]) -> list[Instalment]:
    """Level rows, or rows that differ; the last one takes a residue."""
    if draw(one_in(3)):
        return [draw(instalments(currency=currency, due_dates=st.just(day))) for day in due_dates]
    principal = draw(amounts(currency=currency))
    interest = draw(amounts(currency=currency, least_minor=0, most_minor=MOST_MINOR // 10))
    residue = draw(amounts(currency=currency, least_minor=0, most_minor=99))
    rows = [Instalment(day, principal, interest) for day in due_dates]
    rows[-1] = Instalment(due_dates[-1], principal + residue, interest)
    return rows


@st.composite
def _schedule(
    draw: DrawFn,
    currency: Currency | None,
    instalment_count: int | None,
    first_due_date: date | None,
) -> Schedule:
    money = draw(currencies()) if currency is None else currency
    count = draw(st.integers(1, 12)) if instalment_count is None else instalment_count
    first = draw(dates()) if first_due_date is None else first_due_date
    return Schedule(money, draw(instalment_rows(money, draw(due_dates_from(first, count)))))


def schedules(
    *,
    currency: Currency | None = None,
    instalment_count: int | None = None,
    first_due_date: date | None = None,
) -> SearchStrategy[Schedule]:
    """Schedules without a change; what is not given is drawn, the count from 1 to 12."""
    return _schedule(currency, instalment_count, first_due_date)


@st.composite
def _payment(draw: DrawFn, currency: Currency, value_dates: SearchStrategy[date]) -> Payment:
    value_date = draw(value_dates)
    recorded = reversed_on = None
    if draw(one_in(4)):
        recorded = value_date + timedelta(days=draw(st.integers(0, 40)))
    if draw(one_in(4)):
        reversed_on = (recorded or value_date) + timedelta(days=draw(st.integers(0, 60)))
    return Payment(
        value_date,
        draw(amounts(currency=currency)),
        draw(st.sampled_from(PaymentKind)),
        recorded_on=recorded,
        reversed_on=reversed_on,
    )


def payments(
    *, currency: Currency = CNY, value_dates: SearchStrategy[date] | None = None
) -> SearchStrategy[Payment]:
    """Payments of every kind; some recorded later, some reversed."""
    return _payment(currency, dates() if value_dates is None else value_dates)


def charges(
    *,
    currency: Currency = CNY,
    charge_id: str = "charge-1",
    due_dates: SearchStrategy[date] | None = None,
    instalment_no: int | None = None,
) -> SearchStrategy[Charge]:
    """Fees and posted penalties: a place of their own, or the place of an instalment."""
    return st.builds(
        Charge,
        charge_id=st.just(charge_id),
        component=st.sampled_from((Component.FEES, Component.PENALTY)),
        amount=amounts(currency=currency, most_minor=MOST_MINOR // 100),
        due_date=dates() if due_dates is None else due_dates,
        instalment_no=st.just(instalment_no),
    )


@st.composite
def charged_before(draw: DrawFn, charge: Charge, originated: date) -> Charge:
    """The charge, half of the time in the ledger some days before it falls due."""
    if not draw(st.booleans()):
        return charge
    charged_on = charge.due_date - timedelta(days=draw(st.integers(0, 30)))
    return attrs.evolve(charge, charged_on=max(originated, charged_on))


@st.composite
def _suspension(draw: DrawFn, starts: SearchStrategy[date]) -> CountingSuspension:
    start = draw(starts)
    length = draw(st.one_of(st.integers(1, 90), st.none()))
    return CountingSuspension(
        start,
        None if length is None else start + timedelta(days=length),
        draw(st.sampled_from(SuspensionReason)),
    )


def suspensions(
    *, starts: SearchStrategy[date] | None = None
) -> SearchStrategy[CountingSuspension]:
    """Suspensions of 1 to 90 days, or open."""
    return _suspension(dates() if starts is None else starts)
