"""How long a negative record is kept, and when an amnesty hides it.

The one idea: years run from an event that a law names - the end of the behaviour in China, the date of first
delinquency in the United States - and never from the missed payment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amounts import to_minor
from delinquency.calendar import check_days, day_number
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import check_verified, take_money, warn_if_unverified
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.period_arithmetic import end_of_month
from delinquency.reporting.period_rules import (
    check_in_force,
    check_rule,
    close_sources,
    open_rule,
    read_rule,
    years_after,
)
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = ["RetentionRule", "record_hidden_by", "record_retained_until", "retention_rule"]

_REPAIR: Final = "cn-credit-repair-2025"
_NOUN: Final = "retention rule"
_RETAINED: Final = "record retained until"
_HIDDEN: Final = "record hidden by"


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, f"{_NOUN}, citation")


@attrs.frozen(slots=True, kw_only=True)
class RetentionRule:
    """How long a negative record is kept.

    Parameters
    ----------
    name : str
    effective_from : date
        The first day from which a period may be counted.
    years : int
        1 or more [years].
    days : int, default 0
        After so many days the years begin [days].
    citations : tuple of Citation, optional
    verification : Verification, optional

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No year; days below 0.
    PolicyError
        Compared, without a citation.
    """

    name: str
    effective_from: date
    years: int
    days: int = 0
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    verification: Verification | None = None

    def __attrs_post_init__(self) -> None:
        check_rule(self, _NOUN)
        check_verified(self.verification, self.citations, _NOUN)
        check_days(self.days, f"{_NOUN}, days", least=0)


def retention_rule(name: str | Path) -> RetentionRule:
    """A packaged rule by name, or a file of one's own by path (``.toml``, in UTF-8).

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such rule, or a file that contradicts itself.

    Examples
    --------
    >>> retention_rule("cn-negative-records").years, retention_rule("us-fcra-charge-offs").days
    (5, 180)
    """
    return read_rule(name, RetentionRule, _NOUN, days=lambda table: table.take("days", int, 0))


def record_retained_until(counted_from: date, *, rule: RetentionRule) -> date:
    """The last day on which a negative record is kept; it is deleted after it.

    Parameters
    ----------
    counted_from : date
        The end of the behaviour under ``cn-negative-records``: the day on which the debt was settled. The
        date of first delinquency under ``us-fcra-charge-offs``. It does not belong to the period.
    rule : RetentionRule

    Raises
    ------
    InvalidTypeError
        No date; no rule.
    InvalidValueError
        A result after 2200.
    PolicyNotInForceError
        A day before the rule.

    References
    ----------
    征信业管理条例, Article 16; 15 U.S.C. 1681c(a)(4), (c)(1).

    Examples
    --------
    A missed payment of 2024, settled on 15 January 2026, is on record for five years from then:

    >>> record_retained_until(date(2026, 1, 15), rule=retention_rule("cn-negative-records"))
    datetime.date(2031, 1, 15)
    """
    day = day_number(counted_from, where=_RETAINED, field="counted_from")
    if not isinstance(rule, RetentionRule):
        raise InvalidTypeError.at(
            f"{_RETAINED}, rule",
            expected="a RetentionRule",
            found=rule,
            hint='retention_rule("cn-negative-records")',
        )
    check_in_force(rule.name, rule.effective_from, rule.verification, counted_from)
    return years_after(day + rule.days, rule.years, _RETAINED)


@attrs.frozen(slots=True)
class _Repair:
    """The figures of the amnesty: the overdue days and amount that it is for, and its dates."""

    overdue_from: date
    overdue_to: date
    currency: Currency
    most: Decimal
    dates: tuple[tuple[date, date | None, int], ...]
    """Repaid up to a day: hidden by a date, or by the end of so many months after the month of it."""
    verification: Verification | None


@cache
def _repair() -> _Repair:
    table = open_rule(_REPAIR)
    currency = Currency.of(table.take("currency", str))
    first, last = table.take("overdue_from", date), table.take("overdue_to", date)
    most = take_money(table, "most", currency)
    dates = tuple(_repaid(row) for row in table.take_tables("repaid"))
    return _Repair(first, last, currency, most, dates, close_sources(table)[2])


def _repaid(row: Table) -> tuple[date, date | None, int]:
    found = row.take("to", date), row.take_date("hidden_by"), row.take("months_after", int, 0)
    row.close()
    return found


def record_hidden_by(*, overdue_on: date, amount: Decimal | int, repaid_on: date) -> date | None:
    """By when China's one-time credit repair hides an overdue amount; ``None`` where it is not for it.

    It is for amounts of persons that were overdue from 2020 to 2025, were small, and were repaid in full in
    time; the figures stand in ``cn-credit-repair-2025``. It hides no later than the day, and needs no
    application.

    Parameters
    ----------
    overdue_on : date
        The day on which the amount became overdue.
    amount : Decimal or int
        The single overdue amount [yuan], more than 0.
    repaid_on : date
        The day on which the debt was repaid in full; not before ``overdue_on``.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; no dates.
    InvalidValueError
        An amount of 0 or less; repaid before it was overdue.

    References
    ----------
    中国人民银行关于实施一次性信用修复政策有关安排的通知, 22 December 2025.

    Examples
    --------
    >>> asked = {"overdue_on": date(2024, 5, 20), "amount": 8000}
    >>> record_hidden_by(**asked, repaid_on=date(2026, 1, 15))
    datetime.date(2026, 2, 28)
    >>> record_hidden_by(**asked, repaid_on=date(2026, 4, 1)) is None
    True
    """
    day_number(overdue_on, where=_HIDDEN, field="overdue_on")
    day_number(repaid_on, where=_HIDDEN, field="repaid_on")
    rule = _repair()
    minor = to_minor(amount, rule.currency, where=_HIDDEN, field="amount")
    if minor <= 0:
        raise InvalidValueError.at(f"{_HIDDEN}, amount", expected="more than 0", found=str(amount))
    if repaid_on < overdue_on:
        raise InvalidValueError.at(
            f"{_HIDDEN}, repaid_on", expected=f"a day from {overdue_on} on", found=str(repaid_on)
        )
    warn_if_unverified(rule.verification, f"rule {_REPAIR!r}")
    most = to_minor(rule.most, rule.currency, where=_HIDDEN, field="most")
    if minor > most or not rule.overdue_from <= overdue_on <= rule.overdue_to:
        return None
    for last, hidden_by, months in rule.dates:
        if repaid_on <= last:
            return hidden_by or end_of_month(repaid_on, months=months)
    return None
