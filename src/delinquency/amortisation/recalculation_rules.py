"""How lenders count interest anew when money arrives: the choices in which they differ.

The one idea: a rule is a value, with a name for each choice and no default where none is usual.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from itertools import pairwise

import attrs

from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.sequences import checked_tuple

__all__ = ["InterestPause", "OverdueBase", "Recalculation", "Surplus"]


class Surplus(Enum):
    """What money does that is more than what is due.

    ``IN_ADVANCE``: it pays the coming instalments in their order, each with the interest borne so far.
    ``SHORTER_TERM``: beyond the instalment of its own period, it repays principal at once, as part of the
    row that closed last, and the loan ends earlier. ``LOWER_PAYMENT``: the same, and the payment is
    solved anew. ``NEXT_INSTALMENTS``: the same, and the principal of the next instalments is so much
    less.
    """

    IN_ADVANCE = "in_advance"
    SHORTER_TERM = "shorter_term"
    LOWER_PAYMENT = "lower_payment"
    NEXT_INSTALMENTS = "next_instalments"


class OverdueBase(Enum):
    """What of an overdue instalment bears interest at the rate of the loan.

    ``PRINCIPAL``: its principal. ``INSTALMENT``: its interest too (复利, compounding).
    """

    PRINCIPAL = "principal"
    INSTALMENT = "instalment"


@attrs.frozen(slots=True, kw_only=True)
class InterestPause:
    """Days ``[start, end)`` that bear no interest.

    Parameters
    ----------
    start, end : date
    """

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        where = "interest pause"
        start = day_number(self.start, where=where, field="start")
        if day_number(self.end, where=where, field="end") <= start:
            raise InvalidValueError.at(
                f"{where}, end", expected=f"a day after start {self.start}", found=str(self.end)
            )


def _pauses(items: Iterable[InterestPause]) -> tuple[InterestPause, ...]:
    return checked_tuple(items, InterestPause, "recalculation, pause")


@attrs.frozen(slots=True, kw_only=True)
class Recalculation:
    """How a lender counts interest anew when money arrives.

    Parameters
    ----------
    surplus : Surplus
        What money does that is more than what is due.
    overdue_base : OverdueBase, default PRINCIPAL
    principal_first : bool, default False
        Whether money settles the principal of an instalment before its interest.
    keeps_past_rows : bool, default False
        ``True``: interest is counted anew only when money arrives, and rows that fell due before stay
        as they were. ``False``: every day of an overdue amount counts, in the row of its period.
    rounds_stretches : bool, default False
        ``True``: the days of a row at one balance are rounded by themselves, and the row is their sum.
        ``False``: the row is rounded once.
    pauses : tuple of InterestPause
        In order, apart from each other.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Pauses out of order or overlapping.
    """

    surplus: Surplus
    overdue_base: OverdueBase = OverdueBase.PRINCIPAL
    principal_first: bool = False
    keeps_past_rows: bool = False
    rounds_stretches: bool = False
    pauses: tuple[InterestPause, ...] = attrs.field(default=(), converter=_pauses)

    def __attrs_post_init__(self) -> None:
        checked_member(self.surplus, Surplus, "recalculation, surplus")
        checked_member(self.overdue_base, OverdueBase, "recalculation, overdue_base")
        for field in ("principal_first", "keeps_past_rows", "rounds_stretches"):
            value = getattr(self, field)
            if not isinstance(value, bool):
                raise InvalidTypeError.at(f"recalculation, {field}", expected="a bool", found=value)
        for earlier, later in pairwise(self.pauses):
            if later.start < earlier.end:
                raise InvalidValueError.at(
                    "recalculation, pauses",
                    expected=f"a pause from {earlier.end} on",
                    found=str(later.start),
                )
