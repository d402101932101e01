"""Conditions as a rulebook file writes them: one line each.

The one idea: a line says one thing in the words of the nomenclature, and what it was read as prints the same
line again.

==================================================  ==========================================
``days_past_due > 90``                              a figure of the account
``reported expected_loss_share >= 0.5``             a figure that somebody reported
``found bankruptcy``, ``not found bankruptcy``      a finding that holds, or does not
``found bankruptcy since restructuring``            a finding that holds and began after some days
``restructured``, ``restructured, gave up > 0.01``  what was agreed is changed on the day
``segment non_retail``                              the segment of the account
``forbearance in under probation, forborne``        the state by another machine
``12 months since restructuring, entering``         time since the latest of some days
``2 periods paid since clearing``                   due dates that were paid since then
==================================================  ==========================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Final, NamedTuple

from delinquency.account import Segment
from delinquency.errors import InvalidValueError, PolicyError
from delinquency.rounding import Proportion
from delinquency.status.conditions import (
    LONGEST_TIME,
    Anchor,
    Condition,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    Operator,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
    TimeUnit,
)

__all__ = ["parse_condition"]

_SHAPES: Final = (
    "'days_past_due > 90', 'reported expected_loss_share >= 0.5', 'found bankruptcy', 'restructured', "
    "'12 months since entering', '2 periods paid since clearing' or '<machine> in <states>'"
)


def parse_condition(
    text: str, *, findings: Collection[str], reported: Collection[str], where: str
) -> Condition:
    """The condition that a line says.

    Parameters
    ----------
    text : str
    findings, reported : collection of str
        The kinds of finding, and the names of reported figures, that there are.
    where : str
        The place in the file, for the message.

    Raises
    ------
    PolicyError
        A line of no known shape, or a word that nobody knows; the nearest one is suggested.

    Examples
    --------
    >>> str(parse_condition("days_past_due > 90", findings=(), reported=(), where="rule"))
    'days_past_due > 90'
    >>> parse_condition("days_past_du > 90", findings=(), reported=(), where="rule")
    Traceback (most recent call last):
    ...
    delinquency.errors.PolicyError: rule: expected one of days_past_due, delinquent_days, \
material_days_past_due, arrears, exposure, found 'days_past_du'. Hint: Did you mean 'days_past_due'?
    """
    if " and " in text or " or " in text:
        raise PolicyError.at(where, expected="one condition", found=repr(text), hint=_ALL_HOLD)
    words = _Words(findings, reported, where)
    for shape, read in _SHAPES_READ:
        match = shape.fullmatch(text)
        if match:
            return read(match, words)
    raise PolicyError.at(
        where,
        expected=f"a condition such as {_SHAPES}",
        found=repr(text),
        hint=_nearest(text, words),
    )


_LOOSE: Final = re.compile(
    r"([a-z_ ]+?) *(>=|<=|==|>|<|=|more than|over|at least) *(.+?)(?: days)?"
)
_SIGNS: Final = {"==": "=", "more than": ">", "over": ">", "at least": ">="}


_PERIODS: Final = re.compile(r"(\d{1,6}) .*(?:period|instalment|payment)")


def _nearest(text: str, words: _Words) -> str:
    """How a line of other words, spaces or signs is written; nothing where nobody can guess it."""
    periods = _PERIODS.match(text)
    if periods is not None:
        return f"Due dates in a row that were paid in time: '{periods[1]} periods paid since last miss'."
    loose = _LOOSE.fullmatch(text)
    if loose is None:
        return ""
    name = loose[1].strip()
    reported = "reported " if name.startswith("reported ") else ""
    name = name.removeprefix("reported ").replace(" ", "_")
    line = f"{reported}{name} {_SIGNS.get(loose[2], loose[2])} {loose[3]}"
    try:
        parse_condition(line, findings=words.findings, reported=words.reported, where="")
    except PolicyError:
        return ""
    return f"Write {line!r}."


_ALL_HOLD: Final = "Write each condition as a text of its own: all texts of the list must hold."


class _Words(NamedTuple):
    """What a line may name, and where it stands."""

    findings: Collection[str]
    reported: Collection[str]
    where: str


def _compared(match: re.Match[str], words: _Words) -> Condition:
    operator, value = Operator(match[3]), _number(match[4], words.where)
    if match[1]:
        return ReportedIs(_known(match[2], words.reported, words.where), operator, value)
    if match[2] in words.reported:
        raise PolicyError.at(
            words.where,
            expected=f"'reported {match[2]}' for a figure that is reported",
            found=repr(match[2]),
        )
    figure = Figure(_known(match[2], [each.value for each in Figure], words.where))
    if not figure.is_amount and value.denominator != 1:
        raise PolicyError.at(words.where, expected="a whole number of days", found=match[4])
    return FigureIs(figure, operator, value)


def _restructured(match: re.Match[str], words: _Words) -> Condition:
    return Restructured(None if match[1] is None else _number(match[1], words.where))


def _segment(match: re.Match[str], words: _Words) -> Condition:
    return SegmentIs(_known(match[1], [each.value for each in Segment], words.where))


def _found(match: re.Match[str], words: _Words) -> Condition:
    kind = _known(match[2], words.findings, words.where)
    if match[3] is None:
        return Found(kind, is_found=not match[1])
    since = _anchors(match[3], words)
    if match[1] or any(isinstance(day, Found) for day in since):
        raise PolicyError.at(
            words.where, expected="'found <finding> since <days>'", found=repr(match[0])
        )
    return Found(kind, since=[day for day in since if isinstance(day, Anchor)])


def _periods(match: re.Match[str], words: _Words) -> Condition:
    return PeriodsPaid(_count(match[1], words.where), _anchors(match[2], words))


def _elapsed(match: re.Match[str], words: _Words) -> Condition:
    unit = TimeUnit(f"{match[2]}s")
    return Elapsed(_count(match[1], words.where), unit, _anchors(match[3], words))


def _state(match: re.Match[str], words: _Words) -> Condition:
    states = tuple(state.strip() for state in match[2].split(","))
    if not all(states):
        raise PolicyError.at(words.where, expected="states between commas", found=repr(match[2]))
    return StateIs(match[1], states)


_SHAPES_READ: Final[
    tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Words], Condition]], ...]
] = (
    (re.compile(r"restructured(?:, gave up > (.+))?"), _restructured),
    (re.compile(r"segment (.+)"), _segment),
    (re.compile(r"(reported )?([a-z_]+) (>=|<=|>|<|=) (.*)"), _compared),
    (re.compile(r"(not )?found (.+?)(?: since (.+))?"), _found),
    (re.compile(r"(\d{1,6}) periods? paid since (.+)"), _periods),
    (re.compile(r"(\d{1,6}) (day|month)s? since (.+)"), _elapsed),
    (re.compile(r"([^\d].*?) in (.+)"), _state),
)


def _known(word: str, words: Collection[str], where: str, hint: str = "") -> str:
    if word in words:
        return word
    near = get_close_matches(word, words, n=1)
    raise PolicyError.at(
        where,
        expected=f"one of {', '.join(words) or 'none'}",
        found=repr(word),
        hint=f"Did you mean {near[0]!r}?" if near else hint,
    )


def _number(text: str, where: str) -> Proportion:
    try:
        return Proportion.parse(text)
    except InvalidValueError as error:
        raise PolicyError.at(
            where,
            expected="a number of 0 or more, in plain decimal notation",
            found=error.found,
            hint="Write the number alone: days have no unit, and 20 % is 0.2.",
        ) from None


def _count(text: str, where: str) -> int:
    count = int(text)
    if not 1 <= count <= LONGEST_TIME:
        raise PolicyError.at(where, expected=f"from 1 to {LONGEST_TIME:,}", found=text)
    return count


_ENTERING: Final = "The first day of the state that is left is 'entering'."


def _anchors(text: str, words: _Words) -> tuple[Anchor | Found, ...]:
    found: list[Anchor | Found] = []
    for part in (item.strip() for item in text.split(",")):
        if match := re.fullmatch(r"found (.+)", part):
            found.append(Found(_known(match[1], words.findings, words.where)))
        else:
            days = [each.value for each in Anchor]
            found.append(Anchor(_known(part, days, words.where, _ENTERING)))
    return tuple(found)
