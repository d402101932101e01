"""Strategies for what else happens to an account: decisions, dues and spans.

The one idea: an event is drawn on a day that somebody else has chosen, so that an account can be told
forwards; by itself it comes on any day.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from delinquency.component import COMPONENTS, Component
from delinquency.dated_rates import DatedRate
from delinquency.events import (
    Acceleration,
    AccountEvent,
    ChargeBack,
    Closure,
    Dispute,
    FundsMisuse,
    OffBalance,
    PenaltyWaiver,
    Waiver,
    WriteOff,
)
from delinquency.rates import Rate
from delinquency.rounding import Proportion
from delinquency.testing._facts import CNY, amounts, dates, one_in
from delinquency.testing._hypothesis import st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from delinquency.charges import Charge
    from delinquency.currency import Currency
    from delinquency.schedule import Schedule

__all__ = [
    "accelerations",
    "charge_backs",
    "closures",
    "contract_rates_from",
    "dated_rates",
    "days_within",
    "decisions",
    "disputes",
    "disputes_of",
    "funds_misuses",
    "made_on",
    "off_balances",
    "penalty_waivers",
    "span_days",
    "spans_from",
    "waivers",
    "write_offs",
]

MOST_MINOR = 100_000
"""The largest amount of a decision [minor units]."""


class Made(TypedDict):
    """When something was decided, recorded and taken back."""

    value_date: date
    recorded_on: date | None
    reversed_on: date | None


@st.composite
def made_on(draw: DrawFn, value_dates: SearchStrategy[date] | None) -> Made:
    """A value date; sometimes a later day of record, sometimes a reversal."""
    value_date = draw(dates() if value_dates is None else value_dates)
    recorded = reversed_on = None
    if draw(one_in(4)):
        recorded = value_date + timedelta(days=draw(st.integers(0, 40)))
    if draw(one_in(4)):
        reversed_on = (recorded or value_date) + timedelta(days=draw(st.integers(0, 60)))
    return {"value_date": value_date, "recorded_on": recorded, "reversed_on": reversed_on}


def _components() -> SearchStrategy[Component]:
    return st.sampled_from(COMPONENTS)


def _some(currency: Currency) -> SearchStrategy[Decimal]:
    return amounts(currency=currency, most_minor=MOST_MINOR)


@st.composite
def waivers(
    draw: DrawFn, *, currency: Currency = CNY, value_dates: SearchStrategy[date] | None = None
) -> Waiver:
    """Waivers of a component, in whole or up to an amount; some recorded later, some reversed."""
    amount = draw(st.one_of(st.none(), _some(currency)))
    return Waiver(component=draw(_components()), amount=amount, **draw(made_on(value_dates)))


@st.composite
def write_offs(
    draw: DrawFn, *, currency: Currency = CNY, value_dates: SearchStrategy[date] | None = None
) -> WriteOff:
    """Write-offs of everything, of a component, or of a component up to an amount."""
    part = draw(st.one_of(st.none(), _components()))
    amount = None if part is None else draw(st.one_of(st.none(), _some(currency)))
    return WriteOff(component=part, amount=amount, **draw(made_on(value_dates)))


@st.composite
def closures(draw: DrawFn, *, value_dates: SearchStrategy[date] | None = None) -> Closure:
    """Full and final settlements; some recorded later, some reversed."""
    return Closure(**draw(made_on(value_dates)))


@st.composite
def charge_backs(
    draw: DrawFn,
    *,
    currency: Currency = CNY,
    charge_back_id: str = "charge-back-1",
    value_dates: SearchStrategy[date] | None = None,
) -> ChargeBack:
    """Charge-backs of one to four components."""
    parts = draw(
        st.dictionaries(
            st.sampled_from([part.value for part in COMPONENTS]), _some(currency), min_size=1
        )
    )
    return ChargeBack(
        charge_back_id=charge_back_id,
        principal=parts.get("principal", 0),
        interest=parts.get("interest", 0),
        fees=parts.get("fees", 0),
        penalty=parts.get("penalty", 0),
        **draw(made_on(value_dates)),
    )


@st.composite
def accelerations(
    draw: DrawFn, *, currency: Currency = CNY, value_dates: SearchStrategy[date] | None = None
) -> Acceleration:
    """Accelerations, half of them with the accrued interest as the lender computed it."""
    accrued = draw(
        st.one_of(st.none(), amounts(currency=currency, least_minor=0, most_minor=9_999))
    )
    return Acceleration(accrued_interest=accrued, **draw(made_on(value_dates)))


@st.composite
def span_days(draw: DrawFn, starts: SearchStrategy[date] | None) -> tuple[date, date | None]:
    """A start, and an end after 1 to 90 days or none."""
    start = draw(dates() if starts is None else starts)
    length = draw(st.one_of(st.integers(1, 90), st.none()))
    return start, None if length is None else start + timedelta(days=length)


def _shares() -> SearchStrategy[Proportion]:
    return st.sampled_from((Proportion(1, 1), Proportion(1, 2), Proportion(3, 10)))


@st.composite
def penalty_waivers(draw: DrawFn, *, starts: SearchStrategy[date] | None = None) -> PenaltyWaiver:
    """Waivers of penalty interest to come, in whole or in part, of 1 to 90 days, or open."""
    return PenaltyWaiver(*draw(span_days(starts)), share=draw(_shares()))


@st.composite
def funds_misuses(draw: DrawFn, *, starts: SearchStrategy[date] | None = None) -> FundsMisuse:
    """Misuses of funds of 1 to 90 days, or open."""
    return FundsMisuse(*draw(span_days(starts)))


@st.composite
def off_balances(draw: DrawFn, *, starts: SearchStrategy[date] | None = None) -> OffBalance:
    """Spans off balance of 1 to 90 days, or open."""
    return OffBalance(*draw(span_days(starts)))


@st.composite
def disputes(
    draw: DrawFn,
    *,
    currency: Currency = CNY,
    dispute_id: str = "dispute-1",
    starts: SearchStrategy[date] | None = None,
    debts: SearchStrategy[tuple[int | None, str | None]] | None = None,
) -> Dispute:
    """Disputes of 1 to 90 days, lost or won, or open; of the oldest arrears, or of a number or charge id."""
    start, end = draw(span_days(starts))
    number, charge_id = draw(st.just((None, None)) if debts is None else debts)
    made = draw(made_on(st.just(start)))
    return Dispute(
        dispute_id,
        start,
        draw(_some(currency)),
        end,
        number,
        charge_id,
        end is not None and draw(st.booleans()),
        made["recorded_on"],
        made["reversed_on"],
    )


@st.composite
def disputes_of(
    draw: DrawFn, schedule: Schedule, charges: Sequence[Charge], originated: date
) -> list[AccountEvent]:
    """Up to two disputes in one account of three: of an instalment, of a charge, of the oldest arrears."""
    debts: list[tuple[int | None, str | None]] = [(None, None)]
    debts += [(number, None) for number in range(1, len(schedule) + 1)]
    debts += [(None, charge.charge_id) for charge in charges]
    count = draw(st.integers(1, 2)) if draw(one_in(3)) else 0
    return [
        draw(
            disputes(
                currency=schedule.currency,
                dispute_id=f"D-{number}",
                starts=days_within(schedule, originated),
                debts=st.sampled_from(debts),
            )
        )
        for number in range(1, count + 1)
    ]


@st.composite
def dated_rates(draw: DrawFn, *, effective_dates: SearchStrategy[date] | None = None) -> DatedRate:
    """Rates from 0 to 24 % a year, each from a day."""
    hundredths = draw(st.integers(0, 2_400))
    day = draw(dates() if effective_dates is None else effective_dates)
    return DatedRate(day, Rate.per_year(Decimal(hundredths).scaleb(-4)))


@st.composite
def contract_rates_from(draw: DrawFn, first: date) -> list[DatedRate]:
    """One to three rates, the first from ``first``."""
    found: list[DatedRate] = []
    day = first
    for _ in range(draw(st.integers(1, 3))):
        found.append(draw(dated_rates(effective_dates=st.just(day))))
        day += timedelta(days=draw(st.integers(1, 200)))
    return found


def days_within(schedule: Schedule, originated: date) -> SearchStrategy[date]:
    """Due dates, or any day until two months after the last."""
    last = schedule[-1].due_date + timedelta(days=60)
    return st.one_of(
        st.sampled_from([row.due_date for row in schedule]), st.dates(originated, last)
    )


@st.composite
def decisions(
    draw: DrawFn, currency: Currency, value_dates: SearchStrategy[date]
) -> list[AccountEvent]:
    """Up to three decisions and charge-backs, and an acceleration in one account of three."""
    kinds: tuple[SearchStrategy[AccountEvent], ...] = (
        waivers(currency=currency, value_dates=value_dates),
        write_offs(currency=currency, value_dates=value_dates),
        closures(value_dates=value_dates),
    )
    found: list[AccountEvent] = [*draw(st.lists(st.one_of(kinds), max_size=2))]
    for number in range(1, draw(st.integers(0, 2)) + 1):
        back = charge_backs(
            currency=currency, charge_back_id=f"CB-{number}", value_dates=value_dates
        )
        found.append(draw(back))
    if draw(one_in(3)):
        found.append(draw(accelerations(currency=currency, value_dates=value_dates)))
    return found


@st.composite
def spans_from(draw: DrawFn, first: date) -> list[AccountEvent]:
    """At most one span of each kind that only penalty interest and a breakdown look at."""
    starts = st.integers(0, 300).map(lambda days: first + timedelta(days=days))
    kinds: tuple[SearchStrategy[AccountEvent], ...] = (
        penalty_waivers(starts=starts),
        funds_misuses(starts=starts),
        off_balances(starts=starts),
    )
    return [draw(kind) for kind in kinds if draw(one_in(3))]
