"""Findings, reported figures, restructurings and re-ages of an account in whole numbers, checked against it.

The one idea: of facts that may be corrected, at most one of its place stands at a time. What was reversed
comes first, and what was recorded in its place after it, so that the last row that is known is the one that
holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from delinquency.calendar import NONE_DAY, day_number
from delinquency.errors import InvalidValueError
from delinquency.event_rows import ALL, FIGURES, FINDINGS, DayOf, day_or
from delinquency.events import (
    AccountEvent,
    Finding,
    FindingKind,
    ReAge,
    ReportedFigure,
    Restructuring,
)

__all__ = [
    "FigureRow",
    "FindingRow",
    "ReAgeRow",
    "RestructuringRow",
    "check_one_stands",
    "figure_rows",
    "finding_rows",
    "re_age_rows",
    "restructuring_rows",
]


class FindingRow(NamedTuple):
    """A finding in whole numbers, on ``[start, end)``."""

    start: int
    kind: int
    """The place in :class:`FindingKind`, from 0."""
    end: int
    """2**31 - 1 while open."""
    recorded_day: int


class FigureRow(NamedTuple):
    """A reported figure in whole numbers."""

    value_day: int
    name: int
    """The place in :class:`FigureName`, from 0."""
    numerator: int
    denominator: int
    recorded_day: int
    reversed_day: int
    """2**31 - 1 where it stands."""


class CorrectableRow(Protocol):
    """A row that may be taken back, and another recorded in its place."""

    @property
    def recorded_day(self) -> int: ...
    @property
    def reversed_day(self) -> int: ...


class RestructuringRow(NamedTuple):
    """A restructuring in whole numbers."""

    value_day: int
    first_due_day: int
    in_difficulty: int
    """1 where the debtor was in financial difficulty, else 0."""
    numerator: int
    """Of the diminished share; -1 where nobody worked it out."""
    denominator: int
    grace_until: int
    """2**31 - 1 where no grace period was given."""
    recorded_day: int
    reversed_day: int
    """2**31 - 1 where it stands."""


class ReAgeRow(NamedTuple):
    """A re-age in whole numbers."""

    value_day: int
    in_workout: int
    """1 where it was made in a workout programme, else 0."""
    recorded_day: int
    reversed_day: int
    """2**31 - 1 where it stands."""


def finding_rows(events: Iterable[AccountEvent], day_of: DayOf) -> tuple[FindingRow, ...]:
    """The findings, in order of their starts, those of one start in order of kind.

    Raises
    ------
    InvalidValueError
        A finding that begins before the account, or overlaps the one of its kind before.
    """
    last_end: dict[FindingKind, int] = {}
    found: list[FindingRow] = []
    for event in events:
        if not isinstance(event, Finding):
            continue
        where = f"finding {event.kind.value}"
        start = day_of(where, "start", event.start)
        if start < last_end.get(event.kind, start):
            raise InvalidValueError.at(
                where,
                expected="a start on or after the end of the one before",
                found=str(event.start),
                hint="Findings of one kind may touch, not overlap.",
            )
        end = last_end[event.kind] = event.end_day
        kind = FINDINGS.index(event.kind)
        found.append(FindingRow(start, kind, end, day_or(event.recorded_on, start)))
    return tuple(found)


def figure_rows(events: Iterable[AccountEvent], day_of: DayOf) -> tuple[FigureRow, ...]:
    """The reported figures, in order of value date and name, of one of these the last recorded last.

    Raises
    ------
    InvalidValueError
        A figure from before the account began, or two of one name and date that both stand.
    """
    found: list[FigureRow] = []
    for event in events:
        if not isinstance(event, ReportedFigure):
            continue
        where = f"reported figure {event.name.value}"
        day = day_of(where, "value_date", event.value_date)
        row = FigureRow(
            day,
            FIGURES.index(event.name),
            event.value.numerator,
            event.value.denominator,
            day_or(event.recorded_on, day),
            day_or(event.reversed_on, NONE_DAY),
        )
        if found and found[-1][:2] == row[:2]:
            check_one_stands(found[-1], row, where, "one figure of a name for a date")
        found.append(row)
    return tuple(found)


def restructuring_rows(
    events: Iterable[AccountEvent], day_of: DayOf
) -> tuple[RestructuringRow, ...]:
    """The restructurings, in order of value date, of one date the last recorded last.

    Raises
    ------
    InvalidValueError
        A restructuring before the account began, or two of one date that both stand.
    """
    found: list[RestructuringRow] = []
    for event in events:
        if not isinstance(event, Restructuring):
            continue
        where = "restructuring"
        day = day_of(where, "value_date", event.value_date)
        share = event.diminished_share
        row = RestructuringRow(
            day,
            day_number(event.first_due_on, where=where, field="first_due_on"),
            int(event.in_difficulty),
            ALL if share is None else share.numerator,
            1 if share is None else share.denominator,
            day_or(event.grace_until, NONE_DAY),
            day_or(event.recorded_on, day),
            day_or(event.reversed_on, NONE_DAY),
        )
        if found and found[-1].value_day == day:
            check_one_stands(found[-1], row, where, "one restructuring of a date")
        found.append(row)
    return tuple(found)


def re_age_rows(events: Iterable[AccountEvent], day_of: DayOf) -> tuple[ReAgeRow, ...]:
    """The re-ages, in order of value date, of one date the last recorded last.

    Raises
    ------
    InvalidValueError
        A re-age before the account began, or two of one date that both stand.
    """
    found: list[ReAgeRow] = []
    for event in events:
        if not isinstance(event, ReAge):
            continue
        where = "re-age"
        day = day_of(where, "value_date", event.value_date)
        row = ReAgeRow(
            day,
            int(event.in_workout),
            day_or(event.recorded_on, day),
            day_or(event.reversed_on, NONE_DAY),
        )
        if found and found[-1].value_day == day:
            check_one_stands(found[-1], row, where, "one re-age of a date")
        found.append(row)
    return tuple(found)


def check_one_stands(
    before: CorrectableRow, row: CorrectableRow, where: str, expected: str
) -> None:
    """Refuse a row that was recorded while the one in its place still stood.

    Raises
    ------
    InvalidValueError
        Both stand.
    """
    if before.reversed_day > row.recorded_day:
        raise InvalidValueError.at(
            where,
            expected=expected,
            found="two that both stand",
            hint="Reverse the one by the day on which the other is recorded: reversed_on, recorded_on.",
        )
