"""How often, how early and after how many payments a lender may make a concession, as data.

The one idea: a limit is a number of times within any so many months, and every limit stands beside the
article that sets it. What is not limited is not said; what a policy has no limits of, it does not judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from delinquency.citation import Citation
from delinquency.counting.rule import ScheduleChangeRule
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.events import FindingKind
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = [
    "ConcessionLimits",
    "FrequencyLimit",
    "ReAgeingRule",
    "check_extensions",
    "check_re_ageing",
]

MOST: Final = 1_200
"""The most times, months or payments that a limit may name."""


def _check_number(value: int, where: str, *, least: int) -> None:
    check_int(value, where)
    if not least <= value <= MOST:
        raise InvalidValueError.at(where, expected=f"from {least} to {MOST:,}", found=str(value))


@attrs.frozen(slots=True)
class FrequencyLimit:
    """No more than ``count`` times within any ``months``.

    What was done on a day counts for months that begin with it: the same day, or the last, of the month so
    many months later is the first on which it no longer counts.

    Parameters
    ----------
    count : int
        From 1 on [times].
    months : int
        From 1 on [months].

    Raises
    ------
    InvalidTypeError
        Not whole numbers.
    InvalidValueError
        A number below 1 or above 1,200.

    Examples
    --------
    >>> str(FrequencyLimit(2, 60))
    '2 within 60 months'
    """

    count: int
    months: int

    def __attrs_post_init__(self) -> None:
        _check_number(self.count, "frequency limit, count", least=1)
        _check_number(self.months, "frequency limit, months", least=1)

    def __str__(self) -> str:
        return f"{self.count} within {self.months} months"


def _limits(items: Iterable[FrequencyLimit]) -> tuple[FrequencyLimit, ...]:
    return checked_tuple(items, FrequencyLimit, "concession limits, limit")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "concession limits, citation")


@attrs.frozen(slots=True, kw_only=True)
class ConcessionLimits:
    """What must hold on the day on which a lender makes a concession.

    Parameters
    ----------
    limits : tuple of FrequencyLimit, optional
        All of them; concessions that were made before and stand count, within the limits or not.
    months_on_books : int, default 0
        The account must have existed for so long [months].
    payments : int, default 0
        So many consecutive payments, or as much money, must have come since the due date before them.
    finding : FindingKind, optional
        It must hold on the day.
    citations : tuple of Citation, optional

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A negative number, or one above 1,200.
    PolicyError
        Nothing is asked.
    """

    limits: tuple[FrequencyLimit, ...] = attrs.field(default=(), converter=_limits)
    months_on_books: int = 0
    payments: int = 0
    finding: FindingKind | None = None
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)

    def __attrs_post_init__(self) -> None:
        where = "concession limits"
        _check_number(self.months_on_books, f"{where}, months_on_books", least=0)
        _check_number(self.payments, f"{where}, payments", least=0)
        finding: object = self.finding
        if finding is not None and not isinstance(finding, FindingKind):
            raise InvalidTypeError.at(
                f"{where}, finding", expected="a FindingKind or None", found=finding
            )
        if not (self.limits or self.months_on_books or self.payments or finding):
            raise PolicyError.at(where, expected="at least one condition", found="none")


@attrs.frozen(slots=True, kw_only=True)
class ReAgeingRule:
    """Within which limits an open-end account may be re-aged.

    Parameters
    ----------
    ordinary : ConcessionLimits
        Of re-ages outside a workout programme; only such re-ages count.
    workout : ConcessionLimits, optional
        Of re-ages in one, in addition to the others; ``None`` where none is allowed.

    Raises
    ------
    InvalidTypeError
        Wrong types.

    References
    ----------
    Uniform Retail Credit Classification and Account Management Policy (FFIEC), 65 FR 36903.
    """

    ordinary: ConcessionLimits
    workout: ConcessionLimits | None = None

    def __attrs_post_init__(self) -> None:
        ordinary: object = self.ordinary
        workout: object = self.workout
        if not isinstance(ordinary, ConcessionLimits):
            raise InvalidTypeError.at(
                "re-ageing, ordinary", expected="ConcessionLimits", found=ordinary
            )
        if workout is not None and not isinstance(workout, ConcessionLimits):
            raise InvalidTypeError.at(
                "re-ageing, workout", expected="ConcessionLimits or None", found=workout
            )


def check_re_ageing(rule: object, change: ScheduleChangeRule, where: str) -> None:
    """Refuse what is no rule, and a rule beside counting that carries an age over what ends.

    Raises
    ------
    InvalidTypeError
        No ReAgeingRule.
    PolicyError
        Counting that does not follow the rows in force: no re-age would ever show.
    """
    if not isinstance(rule, ReAgeingRule):
        raise InvalidTypeError.at(
            f"{where}, re_ageing", expected="a ReAgeingRule or None", found=rule
        )
    if change is not ScheduleChangeRule.FOLLOW_NEW:
        raise PolicyError.at(
            f"{where}, counting, schedule_change",
            expected="FOLLOW_NEW beside limits of re-ageing",
            found=change.name,
            hint="A re-age ends older minimums; an age that is carried on would never show it.",
        )


def check_extensions(limits: object, where: str) -> None:
    """Refuse what is no limits.

    Raises
    ------
    InvalidTypeError
        No ConcessionLimits.
    """
    if not isinstance(limits, ConcessionLimits):
        raise InvalidTypeError.at(
            f"{where}, extensions", expected="ConcessionLimits or None", found=limits
        )
