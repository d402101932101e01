"""How a reason names a debt: the number of an instalment, or what stands beside the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from delinquency.ledger.record import Ledger

__all__ = ["debt_figures"]


def debt_figures(ledger: Ledger, place: int) -> dict[str, Any]:
    """The figures that name a debt: the number of an instalment, or what stands beside the schedule."""
    obligation = ledger.obligations[place]
    name = ledger.name_of(obligation)
    return {"instalment": obligation.number} if name is None else {"beside": name}
