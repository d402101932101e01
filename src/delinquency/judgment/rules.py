"""The rate of the doubled part and the order of payment: from a dated file, never from code.

The one idea: a version holds from its first day up to the next version; a day before the first one has no
rule, and is refused instead of being counted by a rule that was not in force.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.calendar import Day, day_number, to_date
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import (
    CitedFolder,
    check_verified,
    citations_of,
    cited,
    read_past_description,
    verification_of,
    warn_if_unverified,
)
from delinquency.errors import InvalidTypeError, PolicyError, PolicyNotInForceError
from delinquency.identifiers import check_id
from delinquency.rates import Rate, RatePeriod
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = [
    "JudgmentPart",
    "JudgmentRule",
    "JudgmentRules",
    "checked_order",
    "judgment_rules",
    "packaged_rules",
]

_FILES: Final = CitedFolder("delinquency.judgment", "rules", "rules of judgment debt")

_PACKAGED: Final = "cn-delayed-performance"


class JudgmentPart(Enum):
    """A part of what is owed after a judgment."""

    AWARDED = "awarded"
    """The money debt of the judgment, general interest excluded."""
    GENERAL_INTEREST = "general_interest"
    """Interest that the judgment awards (一般债务利息)."""
    DOUBLED_PART = "doubled_part"
    """What the law adds for delayed performance (加倍部分债务利息)."""


def checked_order(items: Iterable[JudgmentPart], where: str) -> tuple[JudgmentPart, ...]:
    """An order of payment: each part once.

    Raises
    ------
    InvalidTypeError
        What is no ``JudgmentPart``.
    PolicyError
        A part twice, or a part missing: money would never settle it.
    """
    order = checked_tuple(items, JudgmentPart, where)
    if len(order) != len(JudgmentPart) or set(order) != set(JudgmentPart):
        raise PolicyError.at(
            where,
            expected="each of awarded, general_interest and doubled_part once",
            found=", ".join(part.value for part in order) or "none",
            hint="Money must be able to settle every part.",
        )
    return order


def _order(items: Iterable[JudgmentPart]) -> tuple[JudgmentPart, ...]:
    return checked_order(items, "judgment rule, order")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "judgment rule, citation")


@attrs.frozen(slots=True, kw_only=True)
class JudgmentRule:
    """The law of the doubled part from a day on.

    Parameters
    ----------
    effective_from : date
        The first day on which it is in force, up to the next rule.
    daily_rate : Rate
        Of the doubled part, per day, 0 or more.
    order : tuple of JudgmentPart
        What money settles first, each part once.
    citations : tuple of Citation, optional
    verification : Verification, optional

    Raises
    ------
    InvalidTypeError
        Wrong types; a rate that is not per day.
    PolicyError
        A rate below 0; an order without a part.
    """

    effective_from: date
    daily_rate: Rate
    order: tuple[JudgmentPart, ...] = attrs.field(converter=_order)
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    verification: Verification | None = None

    def __attrs_post_init__(self) -> None:
        where = "judgment rule"
        day_number(self.effective_from, where=where, field="effective_from")
        rate: object = self.daily_rate
        if not isinstance(rate, Rate) or rate.period is not RatePeriod.DAY:
            raise InvalidTypeError.at(
                f"{where}, daily_rate",
                expected="a Rate per day",
                found=rate,
                hint='Rate.per_day("0.000175")',
            )
        if rate.scaled < 0:
            raise PolicyError.at(f"{where}, daily_rate", expected="0 or more", found=str(rate))
        check_verified(self.verification, self.citations, where)


def _versions(items: Iterable[JudgmentRule]) -> tuple[JudgmentRule, ...]:
    return checked_tuple(items, JudgmentRule, "judgment rules, version")


@attrs.frozen(slots=True)
class JudgmentRules:
    """The versions of the law of judgment debt, in order of date.

    Parameters
    ----------
    name : str
    versions : tuple of JudgmentRule

    Raises
    ------
    PolicyError
        No version; versions out of order, or two of one day.

    Examples
    --------
    >>> rules = judgment_rules("cn-delayed-performance")
    >>> print(rules.in_force(date(2014, 8, 1)).daily_rate)
    0.0175 % a day
    >>> rules.in_force(date(2014, 7, 31))
    Traceback (most recent call last):
    ...
    delinquency.errors.PolicyNotInForceError: judgment rules 'cn-delayed-performance': expected a day in \
force: from 2014-08-01, found 2014-07-31. Hint: Days before belong to the rules before: begin on 2014-08-01, \
with the debt as it stood then.
    """

    name: str
    versions: tuple[JudgmentRule, ...] = attrs.field(converter=_versions)
    days: tuple[Day, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="judgment rules, name")
        where = f"judgment rules {self.name!r}"
        days = [
            day_number(rule.effective_from, where=where, field="from") for rule in self.versions
        ]
        if not days or days != sorted(set(days)):
            raise PolicyError.at(
                where,
                expected="versions in order of effective_from, each date once",
                found=", ".join(str(rule.effective_from) for rule in self.versions) or "none",
            )
        object.__setattr__(self, "days", tuple(days))

    def in_force(self, day: date) -> JudgmentRule:
        """The version in force on a day; warns if it was never compared with its text.

        Raises
        ------
        InvalidTypeError
            No date.
        PolicyNotInForceError
            A day before the first version.
        """
        rule = self.rule_on(day_number(day, where="judgment rules", field="day"))
        warn_if_unverified(rule.verification, self.version_of(rule))
        return rule

    def rule_on(self, day: Day) -> JudgmentRule:
        """The version in force on a day number; as :meth:`in_force`, without warning."""
        place = bisect_right(self.days, day) - 1
        if place < 0:
            first = to_date(self.days[0])
            raise PolicyNotInForceError.at(
                f"judgment rules {self.name!r}",
                expected=f"a day in force: from {first}",
                found=str(to_date(day)),
                hint=f"Days before belong to the rules before: begin on {first}, with the debt as it "
                "stood then.",
            )
        return self.versions[place]

    def version_of(self, rule: JudgmentRule) -> str:
        """What an audit record quotes of a version."""
        return f"{self.name}@{rule.effective_from}"


def judgment_rules(name: str | Path) -> JudgmentRules:
    """Packaged rules by name, or a file of one's own by path (``.toml``, in UTF-8).

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such rules, or a file that contradicts itself; the message names the file, the line and the key.
    """
    table = _FILES.open(name)
    read_past_description(table)
    head, known, level = table.take("id", str), citations_of(table), verification_of(table)
    tables = table.take_tables("version")
    table.close()
    versions = [_rule(each, known, level) for each in tables]
    with table.telling(of=f"judgment rules {head!r}", renamed={"name": "id"}):
        return JudgmentRules(head, versions)


@cache
def packaged_rules() -> JudgmentRules:
    """The rules that hold where none are given: China's, read once."""
    return judgment_rules(_PACKAGED)


def _rule(table: Table, known: dict[str, Citation], level: Verification | None) -> JudgmentRule:
    with table.telling(of="judgment rule"):
        start = table.take("effective_from", date)
        daily_rate = Rate.per_day(table.take("daily_rate", str), where="daily_rate")
        words = enumerate(table.take_list("order"), start=1)
        order = [table.choice("order", word, JudgmentPart, number=n) for n, word in words]
        citations, verification = cited(table, known), verification_of(table, level)
        table.close()
        return JudgmentRule(
            effective_from=start,
            daily_rate=daily_rate,
            order=order,
            citations=citations,
            verification=verification,
        )
