"""The limits of re-ageing and of extensions as lines: what is asked of one, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.rulebook.describing_words import named, said

if TYPE_CHECKING:
    from delinquency.concession_limits import ConcessionLimits, ReAgeingRule

__all__ = ["limits_told", "re_ageing_lines"]


def re_ageing_lines(rule: ReAgeingRule, lang: str = "en") -> Iterator[tuple[str, str]]:
    """What a rule asks, by name.

    Examples
    --------
    >>> from delinquency.concession_limits import ConcessionLimits, FrequencyLimit, ReAgeingRule
    >>> limits = ConcessionLimits(limits=[FrequencyLimit(1, 12)], months_on_books=9)
    >>> for name, value in re_ageing_lines(ReAgeingRule(ordinary=limits)):
    ...     print(name, value, sep=": ")
    Re-ageing: at least 9 months on the books; at most 1 within 12 months
    """
    yield "Re-ageing", limits_told(rule.ordinary, lang)
    if rule.workout is not None:
        yield "Re-ageing in a workout", limits_told(rule.workout, lang)


def limits_told(limits: ConcessionLimits, lang: str = "en") -> str:
    """What limits ask, in one line."""
    asked: list[str] = []
    if limits.months_on_books:
        asked.append(said("on_books", lang, months=limits.months_on_books))
    if limits.payments:
        asked.append(said("last_payments", lang, payments=limits.payments))
    if limits.finding is not None:
        asked.append(said("found", lang, finding=named(limits.finding.value, lang)))
    for limit in limits.limits:
        times = said("times_within", lang, times=limit.count, months=limit.months)
        asked.append(said("at_most_times", lang, limit=times))
    if limits.citations:
        asked.append(
            said("by", lang, sources="; ".join(source.text(lang) for source in limits.citations))
        )
    return said("between", lang).join(asked)
