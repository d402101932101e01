"""The files of periods of law about records and debts, and what the rules in them have in common.

The one idea: a rule is a number of years with the first day on which it is in force, its sources, and how far
it was compared with them; what it is counted from is the question's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from delinquency.calendar import Day, add_months_day, to_date
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import CitedFolder, Fields, warn_if_unverified
from delinquency.errors import DelinquencyError, PolicyNotInForceError
from delinquency.period_arithmetic import check_within

__all__ = ["Sources", "check_in_force", "close_sources", "open_rule", "rule_of", "years_after"]

T = TypeVar("T")

_FILES: Final = CitedFolder("delinquency.reporting", "rules", "rules of records")

Sources = tuple[str, tuple[Citation, ...], Verification | None]
"""The id of a file, what it cites, and how far it was compared with that."""


def open_rule(name: str | Path) -> Fields:
    """A packaged file by name, or one's own by path, with its describing keys read.

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such file, or no TOML.
    """
    fields = _FILES.open(name)
    for key in ("title", "title_zh", "jurisdiction", "notes"):
        fields.optional(key, str)
    fields.optional("verified_on", date)
    return fields


def close_sources(fields: Fields) -> Sources:
    """The id, the sources and the verification of a file, of which nothing is left to read.

    Raises
    ------
    PolicyError
        A key that is not known.
    """
    sources = fields.take("id", str), fields.cited(fields.citations()), fields.verification()
    fields.close()
    return sources


def rule_of(fields: Fields, make: Callable[..., T], **own: object) -> T:
    """The rule that a file says: figures of its own kind, and what the file of every rule has.

    Raises
    ------
    PolicyError
        A key that is missing or not known; what the rule refuses, told as the file's.
    """
    start, years = fields.take("effective_from", date), fields.take("years", int)
    head, citations, verification = close_sources(fields)
    try:
        return make(
            name=head,
            effective_from=start,
            years=years,
            citations=citations,
            verification=verification,
            **own,
        )
    except DelinquencyError as error:
        raise fields.told(error) from None


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
            hint="A rule that is missing for a date is an error, never a default.",
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
