"""The events of an account in whole numbers, each kind checked against the account.

The one idea: a rule never looks at an event object. It reads rows of day numbers and minor units that were
made once, with the account; days without a date are 2**31 - 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, day_number
from delinquency.component import Component, component_position
from delinquency.currency import Currency
from delinquency.errors import InvalidValueError
from delinquency.events import (
    Acceleration,
    AccountEvent,
    ChargeBack,
    Closure,
    Collateral,
    CountingSuspension,
    Dispute,
    FigureName,
    Finding,
    FindingKind,
    FundsMisuse,
    Guarantee,
    OffBalance,
    PenaltyWaiver,
    ReAge,
    ReportedFigure,
    Restructuring,
    Waiver,
    WriteOff,
)

__all__ = [
    "ALL",
    "FIGURES",
    "FINDINGS",
    "DayOf",
    "Decision",
    "DecisionRow",
    "SpanRow",
    "charge_backs_of",
    "day_or",
    "decision_rows",
    "ends_schedule",
    "event_key",
    "span_rows",
]

ALL = -1
"""Every component, or every amount."""

FINDINGS = tuple(FindingKind)
"""The kinds of findings, each at the place by which a row names it."""

FIGURES = tuple(FigureName)
"""The names of reported figures, each at the place by which a row gives it."""


class Decision(IntEnum):
    """What a row says was decided, in the order in which decisions of one day take effect."""

    ACCELERATION = 0
    WAIVER = 1
    WRITE_OFF = 2
    CLOSURE = 3


def ends_schedule(kind: int, column: int, amount: int) -> bool:
    """Whether nothing falls due later: an acceleration, a write-off of everything, a closure."""
    if kind == Decision.WRITE_OFF:
        return column == ALL and amount == ALL
    return kind != Decision.WAIVER


class DecisionRow(NamedTuple):
    """A decision in whole numbers."""

    value_day: int
    kind: int
    column: int
    """Of the component, or -1 for all."""
    amount: int
    """Minor units, or -1 for all; of an acceleration the accrued interest."""
    recorded_day: int
    reversed_day: int

    @property
    def ends_schedule(self) -> bool:
        """As :func:`ends_schedule`."""
        return ends_schedule(self.kind, self.column, self.amount)


class SpanRow(NamedTuple):
    """A span in whole numbers; the share is that of a waiver."""

    start: int
    end: int
    recorded_day: int
    numerator: int
    denominator: int


Span = CountingSuspension | PenaltyWaiver | FundsMisuse | OffBalance
DayOf = Callable[[str, str, date], int]
"""Where, the field and a date: its day number, if the account had begun."""

_SPANS: tuple[tuple[type[Span], str], ...] = (
    (CountingSuspension, "counting suspension"),
    (PenaltyWaiver, "penalty waiver"),
    (FundsMisuse, "misuse of funds"),
    (OffBalance, "off balance"),
)


def event_key(event: AccountEvent) -> tuple[object, ...]:
    """The order in which an account keeps its events: by date, then by kind and content."""
    match event:
        case CountingSuspension() | PenaltyWaiver() | FundsMisuse() | OffBalance():
            return event.start, type(event).__name__
        case ChargeBack() | Dispute():
            return _key_of_named(event)
        case Waiver() | WriteOff():
            part = "" if event.component is None else event.component.value
            amount = -1 if event.amount is None else event.amount
            return event.value_date, type(event).__name__, part, amount, *_record_of(event)
        case Acceleration():
            interest = -1 if event.accrued_interest is None else event.accrued_interest
            return event.value_date, type(event).__name__, interest, *_record_of(event)
        case Finding() | ReportedFigure() | Restructuring() | ReAge() | Collateral() | Guarantee():
            return _key_of_status(event)
        case Closure():
            return event.value_date, type(event).__name__, *_record_of(event)


def _record_of(event: Acceleration | Closure | Waiver | WriteOff) -> tuple[object, ...]:
    """When it was recorded and reversed; what says no day of record comes after what says the same."""
    recorded = event.recorded_on or event.value_date
    return recorded, event.reversed_on or date.max, event.recorded_on is None


def _reversed_first(
    event: ReportedFigure | Restructuring | ReAge | Collateral | Guarantee,
) -> tuple[object, ...]:
    recorded = event.recorded_on or event.value_date
    return event.reversed_on or date.max, recorded, event.recorded_on is None


def _key_of_named(event: ChargeBack | Dispute) -> tuple[object, ...]:
    if isinstance(event, Dispute):
        return event.start, type(event).__name__, event.dispute_id
    return event.value_date, type(event).__name__, event.charge_back_id


def _key_of_status(
    event: Finding | ReportedFigure | Restructuring | ReAge | Collateral | Guarantee,
) -> tuple[object, ...]:
    """Of one date and kind, what was reversed comes before what was recorded in its place."""
    name = type(event).__name__
    if isinstance(event, Collateral | Guarantee):
        return _key_of_security(event)
    if isinstance(event, Finding):
        return event.start, name, FINDINGS.index(event.kind)
    made = _reversed_first(event)
    if isinstance(event, ReportedFigure):
        value = (event.value.numerator, event.value.denominator)
        return event.value_date, name, FIGURES.index(event.name), *made, *value
    if isinstance(event, ReAge):
        return event.value_date, name, *made, event.in_workout
    share = event.diminished_share
    given_up = (ALL, 1) if share is None else (share.numerator, share.denominator)
    rest = (event.first_due_on, event.in_difficulty, event.grace_until or date.max)
    return event.value_date, name, *made, *given_up, *rest


def _key_of_security(event: Collateral | Guarantee) -> tuple[object, ...]:
    """By date, name and kind, and of these what was reversed before what was recorded in its place."""
    name = type(event).__name__
    made = _reversed_first(event)
    until = event.until or date.max
    if isinstance(event, Collateral):
        assessed = ALL if event.assessed_value is None else event.assessed_value
        rest = (until, event.value, assessed, event.kind.value)
        return event.value_date, name, event.collateral_id, *made, *rest
    share = event.share
    part = (0, 1) if share is None else (share.numerator, share.denominator)
    return event.value_date, name, event.guarantor_id, *made, until, event.amount or 0, *part


def span_rows(events: Iterable[AccountEvent], kind: type[Span], day_of: DayOf) -> Iterator[SpanRow]:
    """The spans of one kind, in order of time.

    Raises
    ------
    InvalidValueError
        A span that begins before the account, or overlaps the one before.
    """
    where = dict(_SPANS)[kind]
    last_end = -NONE_DAY
    for event in events:
        if not isinstance(event, kind):
            continue
        start = day_of(where, "start", event.start)
        if start < last_end:
            raise InvalidValueError.at(
                where,
                expected="a start on or after the end of the one before",
                found=str(event.start),
                hint="Suspensions may touch, not overlap."
                if kind is CountingSuspension
                else "Spans of one kind may touch, not overlap.",
            )
        last_end = event.end_day
        share = event.share if isinstance(event, PenaltyWaiver) else None
        yield SpanRow(
            start,
            last_end,
            day_or(event.recorded_on, start),
            share.numerator if share else 1,
            share.denominator if share else 1,
        )


def charge_backs_of(events: Iterable[AccountEvent], day_of: DayOf) -> tuple[ChargeBack, ...]:
    """The charge-backs, in order of date and id.

    Raises
    ------
    InvalidValueError
        One before the account began, or two of one id.
    """
    found = tuple(event for event in events if isinstance(event, ChargeBack))
    seen: set[str] = set()
    for event in found:
        where = f"charge-back {event.charge_back_id!r}"
        if event.charge_back_id in seen:
            raise InvalidValueError.at(
                where, expected="a charge_back_id used once", found="it twice"
            )
        seen.add(event.charge_back_id)
        day_of(where, "value_date", event.value_date)
    return found


def decision_rows(
    events: Iterable[AccountEvent], currency: Currency, day_of: DayOf
) -> Iterator[DecisionRow]:
    """The decisions, in order of time.

    Raises
    ------
    InvalidValueError
        One before the account began; an amount finer than the minor unit.
    """
    part: Component | None
    amount: Decimal | int | None
    for event in events:
        match event:
            case Waiver():
                where, kind, part, amount = "waiver", Decision.WAIVER, event.component, event.amount
            case WriteOff():
                where, kind = "write-off", Decision.WRITE_OFF
                part, amount = event.component, event.amount
            case Closure():
                where, kind, part, amount = "closure", Decision.CLOSURE, None, None
            case Acceleration():
                where, kind = "acceleration", Decision.ACCELERATION
                part, amount = None, event.accrued_interest
            case _:
                continue
        day = day_of(where, "value_date", event.value_date)
        yield DecisionRow(
            day,
            kind,
            _column(part),
            ALL if amount is None else to_minor(amount, currency, where=where, field="amount"),
            day_or(event.recorded_on, day),
            day_or(event.reversed_on, NONE_DAY),
        )


def _column(component: Component | None) -> int:
    return ALL if component is None else component_position(component)


def day_or(value: date | None, default: int) -> int:
    """The day number of a date, or the default where there is none."""
    return default if value is None else day_number(value, where="fact", field="date")
