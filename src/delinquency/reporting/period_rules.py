"""The files of periods of law about records and debts, and what the rules in them have in common.

The one idea: a rule is a number of years with the first day on which it is in force, its sources, and how far
it was compared with them; what it is counted from is the question's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from delinquency.calendar import Day, add_months_day, day_number, to_date
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import (
    CitedFolder,
    citations_of,
    cited,
    read_past_description,
    verification_of,
    warn_if_unverified,
)
from delinquency.errors import PolicyNotInForceError
from delinquency.identifiers import check_id
from delinquency.period_arithmetic import check_within
from delinquency.validity import NO_DEFAULT
from delinquency.whole_numbers import check_least

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = [
    "Sources",
    "check_in_force",
    "check_rule",
    "close_sources",
    "open_rule",
    "read_rule",
    "years_after",
]

T = TypeVar("T")

_FILES: Final = CitedFolder("delinquency.reporting", "rules", "rules of records")

Sources = tuple[str, tuple[Citation, ...], Verification | None]
"""The id of a file, what it cites, and how far it was compared with that."""


class _PeriodRule(Protocol):
    """A number of years, from a day on."""

    @property
    def name(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def years(self) -> int: ...


def check_rule(rule: _PeriodRule, where: str) -> None:
    """Refuse a rule without a name, a first day or a year.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No year.
    """
    check_id(rule.name, where=f"{where}, name")
    day_number(rule.effective_from, where=where, field="effective_from")
    check_least(rule.years, f"{where}, years", least=1)


def open_rule(name: str | Path) -> Table:
    """A packaged file by name, or one's own by path, with its describing keys read.

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such file, or no TOML.
    """
    table = _FILES.open(name)
    read_past_description(table)
    return table


def close_sources(table: Table) -> Sources:
    """The id, the sources and the verification of a file, of which nothing is left to read.

    Raises
    ------
    PolicyError
        A key that is not known.
    """
    sources = table.take("id", str), cited(table, citations_of(table)), verification_of(table)
    table.close()
    return sources


def read_rule(
    name: str | Path, make: Callable[..., T], of: str, **own: Callable[[Table], object]
) -> T:
    """The rule that a packaged file or one's own says.

    Parameters
    ----------
    name : str or Path
    make : callable
        The class of the rule.
    of : str
        What a rule of this class calls itself in messages.
    **own : callable
        What a rule of this class has beside the others, by name: how it is read.

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such file; a key that is missing or not known; what the rule refuses, with its line.
    """
    table = open_rule(name)
    with table.telling(of=of, renamed={"name": "id"}):
        more = {field: read(table) for field, read in own.items()}
        start, years = table.take("effective_from", date), table.take("years", int)
        head, citations, verification = close_sources(table)
        return make(
            name=head,
            effective_from=start,
            years=years,
            citations=citations,
            verification=verification,
            **more,
        )


def check_in_force(
    name: str, effective_from: date, verification: Verification | None, day: date
) -> None:
    """Refuse a day before a rule; warn of a rule that was never compared with its text.

    Raises
    ------
    PolicyNotInForceError
        A day before ``effective_from``.
    """
    if day < effective_from:
        raise PolicyNotInForceError.at(
            f"rule {name!r}",
            expected=f"a day in force: from {effective_from}",
            found=str(day),
            hint=NO_DEFAULT,
        )
    warn_if_unverified(verification, f"rule {name!r}")


def years_after(day: Day, years: int, where: str) -> date:
    """The last day of a period of years that ``day`` sets off and does not belong to.

    Raises
    ------
    InvalidValueError
        A day outside 1900 to 2200.

    Examples
    --------
    >>> from delinquency.calendar import day_number
    >>> leap_day = day_number(date(2024, 2, 29), where="record", field="day")
    >>> years_after(leap_day, 3, "record"), years_after(leap_day, 4, "record")
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 29))
    """
    last = add_months_day(day, 12 * years)
    check_within(last, where)
    return to_date(last)
