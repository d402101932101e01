"""The levels by which debts are put in order: those of the law, from a dated file.

The one idea: an order is a list of levels, and the law's is one such list with a date; a payment before the
law was in force has no order by default.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache
from typing import Final

import attrs

from delinquency.citation import Citation, Verification
from delinquency.cited_tables import (
    CitedFolder,
    citations_of,
    cited,
    read_past_description,
    verification_of,
    warn_if_unverified,
)
from delinquency.errors import InvalidValueError, PolicyNotInForceError
from delinquency.sequences import checked_tuple

__all__ = ["Priority", "StatutoryOrder", "checked_levels", "statutory_order"]

_FILES: Final = CitedFolder("delinquency.several_debts", "rules", "order of debts")

_PACKAGED: Final = "cn-civil-code"


class Priority(Enum):
    """A level of the order: which of two debts is settled first."""

    MATURED = "matured"
    """Due on or before the value date, before what falls due later."""
    LEAST_SECURED = "least_secured"
    """The smaller security; none before any."""
    MOST_BURDENSOME = "most_burdensome"
    """The heavier burden on the debtor: the higher rate, or the higher rank."""
    EARLIEST_MATURITY = "earliest_maturity"
    """The earlier due date."""


def checked_levels(items: Iterable[Priority], where: str) -> tuple[Priority, ...]:
    """Levels in order, each at most once; without any, all debts are tied.

    Raises
    ------
    InvalidTypeError
        What is no ``Priority``.
    InvalidValueError
        A level twice.
    """
    levels = checked_tuple(items, Priority, where)
    for place, level in enumerate(levels):
        if level in levels[:place]:
            raise InvalidValueError.at(where, expected="each level once", found=repr(level.value))
    return levels


@attrs.frozen(slots=True)
class StatutoryOrder:
    """The levels of a law, and since when.

    Attributes
    ----------
    name : str
    effective_from : date
    levels : tuple of Priority
    citations : tuple of Citation
    verification : Verification or None
    """

    name: str
    effective_from: date
    levels: tuple[Priority, ...]
    citations: tuple[Citation, ...]
    verification: Verification | None

    def check_in_force(self, day: date) -> None:
        """Refuse a day before the law; warn if it was never compared with its text.

        Raises
        ------
        PolicyNotInForceError
            Before ``effective_from``.
        """
        if day < self.effective_from:
            raise PolicyNotInForceError.at(
                f"order of debts {self.name!r}",
                expected=f"a value date from {self.effective_from}",
                found=str(day),
                hint="Give the order that held then as agreed_order.",
            )
        warn_if_unverified(self.verification, f"order of debts {self.name!r}")


@cache
def statutory_order() -> StatutoryOrder:
    """The order of Article 560 of the Civil Code, read once.

    Examples
    --------
    >>> [level.value for level in statutory_order().levels]
    ['matured', 'least_secured', 'most_burdensome', 'earliest_maturity']
    """
    table = _FILES.open(_PACKAGED)
    read_past_description(table)
    name, start = table.take("id", str), table.take("effective_from", date)
    words = table.take_texts("levels")
    citations, verification = cited(table, citations_of(table)), verification_of(table)
    table.close()
    levels = checked_levels([Priority(word) for word in words], table.at("levels"))
    return StatutoryOrder(name, start, levels, citations, verification)
