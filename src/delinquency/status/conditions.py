"""What a rule of status asks of a day: figures, findings, other states, time that has passed.

The one idea: a condition is a small value that can be compared, shown and read aloud, never code. It holds,
or it does not, or nobody knows; a rule of several conditions holds where all of them do.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.choices import checked_member
from delinquency.decimals import shifted
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = [
    "LONGEST_TIME",
    "Anchor",
    "Condition",
    "Elapsed",
    "Figure",
    "FigureIs",
    "Found",
    "Operator",
    "PeriodsPaid",
    "ReportedIs",
    "Restructured",
    "SegmentIs",
    "StateIs",
    "TimeUnit",
]


LONGEST_TIME: Final = 36_500
"""The most days, months or periods that a rule may ask for."""


class Operator(Enum):
    """How two numbers are compared; ``> 90`` and ``>= 90`` are different rules."""

    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="
    EQUAL = "="

    def holds(self, left: int | Fraction, right: int | Fraction) -> bool:
        """Whether it holds of two numbers.

        Examples
        --------
        >>> Operator.OVER.holds(90, 90), Operator.AT_LEAST.holds(90, 90)
        (False, True)
        """
        match self:
            case Operator.OVER:
                return left > right
            case Operator.AT_LEAST:
                return left >= right
            case Operator.UNDER:
                return left < right
            case Operator.AT_MOST:
                return left <= right
            case Operator.EQUAL:
                return left == right


class Figure(Enum):
    """A figure of the account at the close of a day; days in days, amounts in currency units."""

    DAYS_PAST_DUE = "days_past_due"
    DELINQUENT_DAYS = "delinquent_days"
    MATERIAL_DAYS_PAST_DUE = "material_days_past_due"
    ARREARS = "arrears"
    EXPOSURE = "exposure"

    @property
    def is_amount(self) -> bool:
        """Whether it is money."""
        return self in (Figure.ARREARS, Figure.EXPOSURE)


class TimeUnit(Enum):
    """In what time that has passed is measured; a month ends on the same day, or the last, of a later one."""

    DAYS = "days"
    MONTHS = "months"


class Anchor(Enum):
    """A day from which time is counted.

    ``ENTERING``: the first day of the state. ``LAST_TRIGGER``: the day after the last close at which a
    trigger held that leads to the state or to a worse one. ``CLEARING``: the first close since when nothing
    is in arrears. ``LAST_MISS``: the due date of the newest debt that was late. ``RESTRUCTURING``: the day of
    the last restructuring; ``FIRST_DUE_AFTER_RESTRUCTURING`` and ``GRACE_END``: its first due date, and the
    end of its days of grace.
    """

    ENTERING = "entering"
    LAST_TRIGGER = "last trigger"
    CLEARING = "clearing"
    LAST_MISS = "last miss"
    RESTRUCTURING = "restructuring"
    FIRST_DUE_AFTER_RESTRUCTURING = "first due after restructuring"
    GRACE_END = "grace end"


def _check_text(value: object, where: str) -> None:
    if not isinstance(value, str) or not value:
        raise InvalidTypeError.at(where, expected="a text that is not empty", found=value)


def _codes(items: Iterable[str]) -> tuple[str, ...]:
    """Codes of states, at least one."""
    where = "condition on a state, states"
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise InvalidTypeError.at(where, expected="a list of texts", found=items)
    codes = tuple(items)
    for code in codes:
        _check_text(code, where)
    if not codes:
        raise InvalidValueError.at(where, expected="at least one state", found="none")
    return codes


@attrs.frozen(slots=True)
class FigureIs:
    """A figure of the account compared with a number."""

    figure: Figure
    operator: Operator
    value: Proportion

    def __attrs_post_init__(self) -> None:
        where = "condition on a figure"
        checked_member(self.figure, Figure, f"{where}, figure")
        checked_member(self.operator, Operator, f"{where}, operator")
        if _places(self.value, f"{where}, value") and not self.figure.is_amount:
            raise InvalidValueError.at(
                f"{where}, value", expected="a whole number of days", found=str(self.value)
            )

    def __str__(self) -> str:
        return f"{self.figure.value} {self.operator.value} {_number(self.value)}"


@attrs.frozen(slots=True)
class ReportedIs:
    """A reported figure compared with a number; unknown where nobody reported it."""

    name: str
    operator: Operator
    value: Proportion

    def __attrs_post_init__(self) -> None:
        where = "condition on a reported figure"
        _check_text(self.name, f"{where}, name")
        checked_member(self.operator, Operator, f"{where}, operator")
        _places(self.value, f"{where}, value")

    def __str__(self) -> str:
        return f"reported {self.name} {self.operator.value} {_number(self.value)}"


def _days(items: Iterable[Anchor]) -> tuple[Anchor, ...]:
    return checked_tuple(items, Anchor, "condition on a finding, since")


@attrs.frozen(slots=True)
class Found:
    """A finding that holds, or does not.

    With ``since``: and that began after the latest of these days; not before any of them came.
    """

    kind: str
    is_found: bool = True
    since: tuple[Anchor, ...] = attrs.field(default=(), converter=_days)

    def __attrs_post_init__(self) -> None:
        _check_text(self.kind, "condition on a finding, kind")
        if not isinstance(self.is_found, bool):
            raise InvalidTypeError.at(
                "condition on a finding, is_found", expected="True or False", found=self.is_found
            )
        if self.since and not self.is_found:
            raise InvalidValueError.at(
                "condition on a finding, since", expected="a finding that was made", found=str(self)
            )

    def __str__(self) -> str:
        since = f" since {_anchors(self.since)}" if self.since else ""
        return f"{'' if self.is_found else 'not '}found {self.kind}{since}"


@attrs.frozen(slots=True)
class Restructured:
    """On this day what was agreed is changed for a debtor in difficulty.

    With ``gave_up_over``: and the creditor gave up more than that share of the present value; unknown where
    nobody said how much.
    """

    gave_up_over: Proportion | None = None

    def __attrs_post_init__(self) -> None:
        if self.gave_up_over is not None:
            _places(self.gave_up_over, "condition on a restructuring, gave_up_over")

    def __str__(self) -> str:
        if self.gave_up_over is None:
            return "restructured"
        return f"restructured, gave up > {_number(self.gave_up_over)}"


@attrs.frozen(slots=True)
class SegmentIs:
    """The segment of the account, by its value."""

    segment: str

    def __attrs_post_init__(self) -> None:
        _check_text(self.segment, "condition on a segment")

    def __str__(self) -> str:
        return f"segment {self.segment}"


@attrs.frozen(slots=True)
class StateIs:
    """The state by another machine, which comes before this one, on the same day."""

    machine: str
    states: tuple[str, ...] = attrs.field(converter=_codes)

    def __attrs_post_init__(self) -> None:
        _check_text(self.machine, "condition on a state, machine")

    def __str__(self) -> str:
        return f"{self.machine} in {', '.join(self.states)}"


def _since(items: Iterable[Anchor | Found]) -> tuple[Anchor | Found, ...]:
    """Days from which time is counted, at least one."""
    where = "condition, since"
    if not isinstance(items, Iterable):
        raise InvalidTypeError.at(where, expected="a list of days", found=items)
    found = tuple(items)
    for item in found:
        if not isinstance(item, Anchor | Found):
            raise InvalidTypeError.at(where, expected="an Anchor or a Found", found=item)
        if isinstance(item, Found) and not item.is_found:
            raise InvalidValueError.at(where, expected="a finding that was made", found=str(item))
        if isinstance(item, Found) and item.since:
            raise InvalidValueError.at(
                where, expected="a finding that was made without a day of its own", found=str(item)
            )
    if not found:
        raise InvalidValueError.at(where, expected="at least one day", found="none")
    return found


def _check_count(count: int, where: str) -> None:
    check_int(count, where)
    if not 1 <= count <= LONGEST_TIME:
        raise InvalidValueError.at(where, expected=f"from 1 to {LONGEST_TIME:,}", found=str(count))


@attrs.frozen(slots=True)
class Elapsed:
    """So much time has passed since the latest of some days; the day on which it is complete counts."""

    count: int
    unit: TimeUnit
    since: tuple[Anchor | Found, ...] = attrs.field(converter=_since)

    def __attrs_post_init__(self) -> None:
        checked_member(self.unit, TimeUnit, "condition on time, unit")
        _check_count(self.count, "condition on time, count")

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value} since {_anchors(self.since)}"


@attrs.frozen(slots=True)
class PeriodsPaid:
    """So many due dates after the latest of some days came and were paid."""

    count: int
    since: tuple[Anchor | Found, ...] = attrs.field(converter=_since)

    def __attrs_post_init__(self) -> None:
        _check_count(self.count, "condition on periods, count")

    def __str__(self) -> str:
        return f"{self.count} periods paid since {_anchors(self.since)}"


Condition = (
    FigureIs | ReportedIs | Found | Restructured | SegmentIs | StateIs | Elapsed | PeriodsPaid
)
"""A closed union of what can be asked."""


MOST_PLACES = 9


def _places(value: object, where: str) -> int:
    """How many decimal places a number has.

    Raises
    ------
    InvalidTypeError
        No Proportion.
    InvalidValueError
        A number that no nine decimal places say.
    """
    if not isinstance(value, Proportion):
        raise InvalidTypeError.at(where, expected="a Proportion", found=value)
    for places in range(MOST_PLACES + 1):
        if 10**places % value.denominator == 0:
            return places
    raise InvalidValueError.at(
        where, expected=f"a number of at most {MOST_PLACES} decimal places", found=str(value)
    )


def _number(value: Proportion) -> str:
    """As a file writes it, exactly."""
    places = _places(value, "condition")
    return format(shifted(value.numerator * 10**places // value.denominator, places), "f")


def _anchors(since: Iterable[Anchor | Found]) -> str:
    return ", ".join(
        anchor.value if isinstance(anchor, Anchor) else str(anchor) for anchor in since
    )
