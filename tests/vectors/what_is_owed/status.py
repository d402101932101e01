"""Every published case of what is owed, and what became of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["STATUS", "Status"]


class Status(NamedTuple):
    """``passed`` or ``elsewhere``; steps that are left out; a note."""

    state: str
    left_out: tuple[int, ...] = ()
    note: str = ""


STATUS: Final = MappingProxyType(
    {
        "al-apa-horizontal-late": Status("passed"),
        "al-apa-vertical-late": Status("passed"),
        "al-apa-last-before-due": Status("passed"),
        "al-apa-reamort-before-due": Status("passed"),
        "al-duepfip-due-pen-fee-prin": Status("passed"),
        "al-duepipf-uc6-partial": Status("passed"),
        "co-accrual-stops": Status("passed"),
        "ct-s1-on-due-date": Status("passed"),
        "pen-after-maturity-n-plus-1": Status("passed"),
        "pen-overdue-pct-principal-interest": Status("passed"),
    }
)
