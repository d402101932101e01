"""Until when a debt can be claimed with the help of a court.

The one idea: a period of years that a demand, an acknowledgement or a suit sets going anew as long as it has
not ended; what comes after its end changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import check_verified
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.reporting.period_rules import (
    check_in_force,
    check_rule,
    read_rule,
    years_after,
)
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = [
    "LimitationRestart",
    "LimitationRule",
    "RestartKind",
    "limitation_ends_on",
    "limitation_rule",
]

_PACKAGED: Final = "cn-limitation"
_NOUN: Final = "limitation rule"
_VERB: Final = "limitation ends on"


class RestartKind(Enum):
    """What sets a limitation going anew (诉讼时效中断)."""

    DEMAND = "demand"
    """The creditor asked for performance; on a card also by a message to the number or address agreed."""
    ACKNOWLEDGEMENT = "acknowledgement"
    """The debtor agreed to perform, or paid."""
    SUIT = "suit"
    """The creditor sued, or applied for arbitration."""
    ACCOUNT_DEBIT = "account_debit"
    """The issuer of a card debited the account of the debtor."""
    POLICE_REPORT = "police_report"


@attrs.frozen(slots=True)
class LimitationRestart:
    """A day on which a limitation begins anew.

    Parameters
    ----------
    kind : RestartKind
    restarted_on : date
        The day that sets the new period off; it does not belong to it. Of a suit, the day on which it was
        brought: what the proceedings add is not counted.

    Raises
    ------
    InvalidTypeError
        No kind; a ``datetime`` for a ``date``.
    """

    kind: RestartKind
    restarted_on: date

    def __attrs_post_init__(self) -> None:
        checked_member(self.kind, RestartKind, "limitation restart, kind")
        day_number(self.restarted_on, where="limitation restart", field="restarted_on")


def _kinds(items: Iterable[RestartKind]) -> tuple[RestartKind, ...]:
    return checked_tuple(items, RestartKind, f"{_NOUN}, restarted_by")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, f"{_NOUN}, citation")


@attrs.frozen(slots=True, kw_only=True)
class LimitationRule:
    """How long a debt can be claimed.

    Parameters
    ----------
    name : str
    effective_from : date
        The first day from which a period may be counted.
    years : int
        1 or more [years].
    restarted_by : tuple of RestartKind, optional
        What sets the period going anew.
    citations : tuple of Citation, optional
    verification : Verification, optional

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No year.
    PolicyError
        Compared, without a citation.
    """

    name: str
    effective_from: date
    years: int
    restarted_by: tuple[RestartKind, ...] = attrs.field(default=(), converter=_kinds)
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    verification: Verification | None = None

    def __attrs_post_init__(self) -> None:
        check_rule(self, _NOUN)
        check_verified(self.verification, self.citations, _NOUN)


def limitation_rule(name: str | Path) -> LimitationRule:
    """A packaged rule by name, or a file of one's own by path (``.toml``, in UTF-8).

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such rule, or a file that contradicts itself.

    Examples
    --------
    >>> limitation_rule("cn-limitation").years
    3
    """
    return read_rule(name, LimitationRule, _NOUN, restarted_by=_restarts)


def _restarts(table: Table) -> list[RestartKind]:
    words = enumerate(table.take_texts("restarted_by", ()), start=1)
    return [table.choice("restarted_by", word, RestartKind, number=n) for n, word in words]


@cache
def _packaged() -> LimitationRule:
    return limitation_rule(_PACKAGED)


def limitation_ends_on(
    last_due_date: date,
    *,
    restarts: Iterable[LimitationRestart] = (),
    rule: LimitationRule | None = None,
) -> date:
    """The last day of the limitation of a debt.

    The years are counted from the due date of the last instalment, and anew from each restart on or before
    the last day reached so far. A restart after that day comes too late. One before the last due date moves
    nothing: the period ends no earlier than it does without it.

    Parameters
    ----------
    last_due_date : date
        Of all instalments of the debt.
    restarts : iterable of LimitationRestart, optional
        In any order.
    rule : LimitationRule, optional
        Default that of China's Civil Code.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A kind of restart that the rule does not know; a result after 2200.
    PolicyNotInForceError
        A last due date before the rule.

    References
    ----------
    Civil Code of the People's Republic of China, Articles 188, 189, 195; for cards 法释〔2021〕10号,
    Article 3.

    Examples
    --------
    A demand on the last day restarts the period, and one a day later comes too late:

    >>> limitation_ends_on(date(2022, 6, 30))
    datetime.date(2025, 6, 30)
    >>> for day in (date(2025, 6, 30), date(2025, 7, 1)):
    ...     demand = LimitationRestart(RestartKind.DEMAND, day)
    ...     print(limitation_ends_on(date(2022, 6, 30), restarts=[demand]))
    2028-06-30
    2025-06-30
    """
    day = day_number(last_due_date, where=_VERB, field="last_due_date")
    law: object = _packaged() if rule is None else rule
    if not isinstance(law, LimitationRule):
        raise InvalidTypeError.at(f"{_VERB}, rule", expected="a LimitationRule", found=law)
    kept = checked_tuple(restarts, LimitationRestart, f"{_VERB}, restart")
    for restart in kept:
        if restart.kind not in law.restarted_by:
            known = ", ".join(kind.value for kind in law.restarted_by) or "none"
            raise InvalidValueError.at(
                f"{_VERB}, restarts", expected=f"kinds of {known}", found=restart.kind.value
            )
    check_in_force(law.name, law.effective_from, law.verification, last_due_date)
    ends_on = years_after(day, law.years, _VERB)
    for restart in sorted(kept, key=lambda each: each.restarted_on):
        if restart.restarted_on > ends_on:
            break
        begun = day_number(restart.restarted_on, where=_VERB, field="restarted_on")
        if begun > day:
            ends_on = years_after(begun, law.years, _VERB)
    return ends_on
