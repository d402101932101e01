"""A debtor with all accounts, as one who is judged.

The one idea: what speaks for an account speaks for a debtor in the same words; beside the sums it is kept
which account gives a count of days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from delinquency.status.conditions import Figure

if TYPE_CHECKING:
    from delinquency.account import Account, Segment
    from delinquency.currency import Currency
    from delinquency.status.stretches import Stretch

__all__ = ["Obligor"]


@attrs.frozen(slots=True, eq=False)
class Obligor:
    """Everything that one debtor owes, in one currency.

    Attributes
    ----------
    obligor_id : str
    accounts : tuple of Account
        Those that had begun, in order of id.
    currency : Currency
        Of the sums.
    segment : Segment or None
        That of every account; ``None`` where they differ.
    """

    obligor_id: str
    accounts: tuple[Account, ...] = attrs.field(repr=False)
    currency: Currency
    segment: Segment | None
    _stretches: Mapping[str, Sequence[Stretch]] = attrs.field(repr=False)

    def longest(self, figure: Figure, day: int) -> str:
        """The id of the account that is the most days past due, or delinquent, at the close of a day.

        Of several it is the first in order of id; it is empty where nothing is late.
        """
        most, found = 0, ""
        for account_id, stretches in self._stretches.items():
            for row in stretches:
                if row.start <= day < row.end:
                    is_raw = figure is Figure.DAYS_PAST_DUE
                    days = row.days_past_due(day) if is_raw else row.delinquent_days(day)
                    if days > most:
                        most, found = days, account_id
        return found

    def in_arrears(self, day: int) -> tuple[str, ...]:
        """The ids of the accounts with arrears at the close of a day, however small."""
        return tuple(
            account_id
            for account_id, stretches in self._stretches.items()
            if any(row.arrears for row in stretches if row.start <= day < row.end)
        )
