"""The limits of re-ageing and of extensions as lines: what is asked of one, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from delinquency.concession_limits import ConcessionLimits, ReAgeingRule

__all__ = ["limits_told", "re_ageing_lines"]


def re_ageing_lines(rule: ReAgeingRule) -> Iterator[tuple[str, str]]:
    """What a rule asks, by name.

    Examples
    --------
    >>> from delinquency.concession_limits import ConcessionLimits, FrequencyLimit, ReAgeingRule
    >>> limits = ConcessionLimits(limits=[FrequencyLimit(1, 12)], months_on_books=9)
    >>> for name, value in re_ageing_lines(ReAgeingRule(ordinary=limits)):
    ...     print(name, value, sep=": ")
    Re-ageing: at least 9 months on the books; at most 1 within 12 months
    """
    yield "Re-ageing", limits_told(rule.ordinary)
    if rule.workout is not None:
        yield "Re-ageing in a workout", limits_told(rule.workout)


def limits_told(limits: ConcessionLimits) -> str:
    """What limits ask, in one line."""
    asked = [
        f"at least {limits.months_on_books} months on the books" if limits.months_on_books else "",
        f"the last {limits.payments} payments or as much" if limits.payments else "",
        f"found {limits.finding.value}" if limits.finding is not None else "",
        *(f"at most {limit}" for limit in limits.limits),
    ]
    sources = "; ".join(map(str, limits.citations))
    return "; ".join(filter(None, asked)) + (f"; by {sources}" if sources else "")
