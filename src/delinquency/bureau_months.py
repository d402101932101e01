"""A history of months as a credit register keeps it: one code a month, and why.

The one idea: a loan and a card are told by different counts, and their history has the same form. A month is
known by the day on which its status stood: the end of the month for a loan, the statement day for a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

import attrs

from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.whole_numbers import check_least

__all__ = ["BureauEdition", "BureauHistory", "BureauMonth", "check_report_months"]

_LONGEST_REPORT: Final = 60
"""Months that a report of the register has at most, however young the credit."""


class BureauEdition(Enum):
    """The edition of the register: ``SECOND`` has a code for what was paid late but within the month, M."""

    FIRST = "first"
    SECOND = "second"


@attrs.frozen(slots=True, kw_only=True)
class BureauMonth:
    """The status of one month.

    Attributes
    ----------
    reported_on : date
        The day at whose close it stood.
    code : str
        The code of the register.
    days_past_due : int
        Late days of the oldest unsettled debt at that close [days].
    amount_past_due : Decimal
        What was late and open at that close [currency units].
    explanation : Explanation
        Why the code is what it is.
    """

    reported_on: date
    code: str
    days_past_due: int
    amount_past_due: Decimal
    explanation: Explanation = attrs.field(repr=False)

    @property
    def month(self) -> date:
        """The first day of the calendar month in which it stood."""
        return self.reported_on.replace(day=1)


@attrs.frozen(slots=True, kw_only=True)
class BureauHistory:
    """The months of a report, the oldest first: a sequence of :class:`BureauMonth`.

    Attributes
    ----------
    months : tuple of BureauMonth
    explanation : Explanation
        Each month with its reason.
    """

    months: tuple[BureauMonth, ...]
    explanation: Explanation = attrs.field(repr=False)

    @classmethod
    def of(cls, account_id: str, as_of: date, months: tuple[BureauMonth, ...]) -> BureauHistory:
        """The history that months of an account make."""
        reason = Explanation(
            "bureau_history",
            "".join(month.code for month in months),
            {"account_id": account_id, "as_of": as_of},
            (),
            tuple(month.explanation for month in months),
        )
        return cls(months=months, explanation=reason)

    @property
    def codes(self) -> str:
        """The codes in one text, the oldest month first."""
        return "".join(month.code for month in self.months)

    def __iter__(self) -> Iterator[BureauMonth]:
        return iter(self.months)

    def __len__(self) -> int:
        return len(self.months)

    def __getitem__(self, index: int) -> BureauMonth:
        return self.months[index]

    def __str__(self) -> str:
        return self.codes


def check_report_months(months: int, where: str, within: str, *, had: int, noun: str) -> None:
    """Refuse more months than a full report and the credit have, and less than one.

    ``within`` names the place for the message about too many, ``had`` is how many the credit has, of what
    ``noun`` says.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Less than one month, or too many.
    """
    check_least(months, where, least=1)
    most = max(_LONGEST_REPORT, had)
    if months > most:
        raise InvalidValueError.at(
            within, expected=f"at most {most}, a full report or the {noun}", found=months
        )
