"""How a reason names a debt: the number of an instalment, or what stands beside the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from delinquency.ledger.record import Ledger

__all__ = ["debt_figures", "debt_names"]


def debt_names(ledger: Ledger, place: int) -> tuple[int | None, str | None]:
    """The place of a debt in the schedule, from 1, or the id of what stands beside it."""
    obligation = ledger.obligations[place]
    return obligation.instalment_no or None, ledger.name_of(obligation)


def debt_figures(ledger: Ledger, place: int) -> dict[str, Any]:
    """The figures that name a debt: the number of an instalment, or what stands beside the schedule."""
    number, name = debt_names(ledger, place)
    return {"instalment": number} if name is None else {"beside": name}
