"""What a rule of status asks of a day: figures, findings, other states, time that has passed.

The one idea: a condition is a small value that can be compared, shown and read aloud, never code. It holds,
or it does not, or nobody knows; a rule of several conditions holds where all of them do.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import attrs

from delinquency.rounding import Proportion

__all__ = [
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


class Operator(Enum):
    """How two numbers are compared; ``> 90`` and ``>= 90`` are different rules."""

    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="
    EQUAL = "="

    def holds(self, left: int, right: int) -> bool:
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


@attrs.frozen(slots=True)
class FigureIs:
    """A figure of the account compared with a number."""

    figure: Figure
    operator: Operator
    value: Proportion

    def __str__(self) -> str:
        return f"{self.figure.value} {self.operator.value} {_number(self.value)}"


@attrs.frozen(slots=True)
class ReportedIs:
    """A reported figure compared with a number; unknown where nobody reported it."""

    name: str
    operator: Operator
    value: Proportion

    def __str__(self) -> str:
        return f"reported {self.name} {self.operator.value} {_number(self.value)}"


@attrs.frozen(slots=True)
class Found:
    """A finding that holds, or does not."""

    kind: str
    is_found: bool = True

    def __str__(self) -> str:
        return f"{'' if self.is_found else 'not '}found {self.kind}"


@attrs.frozen(slots=True)
class Restructured:
    """On this day what was agreed is changed for a debtor in difficulty.

    With ``gave_up_over``: and the creditor gave up more than that share of the present value; unknown where
    nobody said how much.
    """

    gave_up_over: Proportion | None = None

    def __str__(self) -> str:
        if self.gave_up_over is None:
            return "restructured"
        return f"restructured, gave up > {_number(self.gave_up_over)}"


@attrs.frozen(slots=True)
class SegmentIs:
    """The segment of the account, by its value."""

    segment: str

    def __str__(self) -> str:
        return f"segment {self.segment}"


@attrs.frozen(slots=True)
class StateIs:
    """The state by another machine, which comes before this one, on the same day."""

    machine: str
    states: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.machine} in {', '.join(self.states)}"


@attrs.frozen(slots=True)
class Elapsed:
    """So much time has passed since the latest of some days; the day on which it is complete counts."""

    count: int
    unit: TimeUnit
    since: tuple[Anchor | Found, ...]

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value} since {_anchors(self.since)}"


@attrs.frozen(slots=True)
class PeriodsPaid:
    """So many due dates after the latest of some days came and were paid."""

    count: int
    since: tuple[Anchor | Found, ...]

    def __str__(self) -> str:
        return f"{self.count} periods paid since {_anchors(self.since)}"


Condition = (
    FigureIs | ReportedIs | Found | Restructured | SegmentIs | StateIs | Elapsed | PeriodsPaid
)
"""A closed union of what can be asked."""


def _number(value: Proportion) -> str:
    """As a file writes it: a decimal number."""
    if value.denominator == 1:
        return str(value.numerator)
    return format((Decimal(value.numerator) / value.denominator).normalize(), "f")


def _anchors(since: tuple[Anchor | Found, ...]) -> str:
    return ", ".join(
        anchor.value if isinstance(anchor, Anchor) else str(anchor) for anchor in since
    )
