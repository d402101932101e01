"""When a version of a policy is in force, and which date decides.

The one idea: a rule has dates. A version is in force on a half-open period; a date outside every period
is an error elsewhere, never a default.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Final

import attrs

from delinquency.calendar import NONE_DAY, day_number
from delinquency.choices import checked_member
from delinquency.errors import PolicyError, PolicyNotInForceError

__all__ = ["ALWAYS", "NO_DEFAULT", "SelectedBy", "Validity", "none_in_force"]

NO_DEFAULT: Final = "A rule that is missing for a date is an error, never a default."
"""What is said to who asks for a day on which nothing is in force."""


class SelectedBy(Enum):
    """The date that decides which version applies: the day asked for, or the day of origination."""

    AS_OF = "as_of"
    ORIGINATED_ON = "originated_on"


@attrs.frozen(slots=True)
class Validity:
    """The days on which a version is in force, ``[effective_from, effective_until)``.

    Examples
    --------
    >>> from datetime import date
    >>> v = Validity(date(2023, 7, 1))
    >>> v.contains(date(2023, 6, 30)), v.contains(date(2023, 7, 1))
    (False, True)
    """

    effective_from: date | None = None
    effective_until: date | None = None
    selected_by: SelectedBy = SelectedBy.AS_OF

    def __attrs_post_init__(self) -> None:
        start, end = self.effective_from, self.effective_until
        for field, value in (("effective_from", start), ("effective_until", end)):
            if value is not None:
                day_number(value, where="validity", field=field)
        if start is not None and end is not None and end <= start:
            raise PolicyError.at(
                "validity", expected=f"effective_until after {start}", found=str(end)
            )
        checked_member(self.selected_by, SelectedBy, "validity, selected_by")

    def contains(self, day: date) -> bool:
        """Whether ``day`` is within ``[effective_from, effective_until)``.

        Raises
        ------
        InvalidTypeError
            No date.
        """
        day_number(day, where="validity", field="day")
        after_start = self.effective_from is None or self.effective_from <= day
        return after_start and (self.effective_until is None or day < self.effective_until)

    @property
    def days(self) -> tuple[int, int]:
        """Both ends as day numbers; without an end, beyond every date."""
        start, end = self.effective_from, self.effective_until
        return (
            -NONE_DAY if start is None else day_number(start, where="validity", field="from"),
            NONE_DAY if end is None else day_number(end, where="validity", field="until"),
        )

    def __str__(self) -> str:
        start = "always" if self.effective_from is None else f"from {self.effective_from}"
        end = "" if self.effective_until is None else f" until {self.effective_until} (excluded)"
        return start + end


ALWAYS = Validity()
"""In force on every date: for policies of one's own."""


def none_in_force(
    where: str, noun: str, validities: Iterable[Validity], day: date
) -> PolicyNotInForceError:
    """The refusal of a day on which none of some dated things is in force; it tells when one is.

    Examples
    --------
    >>> print(none_in_force("rules 'house'", "rule", [Validity(date(2024, 1, 1))], date(2023, 12, 31)))
    rules 'house': expected a day on which a rule is in force: from 2024-01-01, found 2023-12-31. Hint: A \
rule that is missing for a date is an error, never a default.
    """
    told = "; ".join(sorted({str(each) for each in validities}))
    return PolicyNotInForceError.at(
        where,
        expected=f"a day on which a {noun} is in force: {told}",
        found=str(day),
        hint=NO_DEFAULT,
    )
