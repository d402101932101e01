"""Every published case about accrual, prepayment and recalculation, and what became of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["STATUS", "Status"]


class Status(NamedTuple):
    """``passed`` or ``elsewhere``, and a note."""

    state: str
    note: str = ""


_SCHEDULES: Final = Status(
    "passed", "Every schedule: principal, interest, balance, paid, open amount, day of payment."
)

STATUS: Final = MappingProxyType(
    {
        "rec-rp01-compounding": _SCHEDULES,
        "rec-rp07-late-partial": _SCHEDULES,
        "rec-rp11-reduce-n": _SCHEDULES,
        "rec-rp13-reschedule-next": _SCHEDULES,
        "rec-prog-payoff-till-preclose": Status(
            "passed", "Every schedule, and what settles the loan, by the quote."
        ),
        "rec-prog-s2-two-overdue": _SCHEDULES,
        "ip-s1-within-period": _SCHEDULES,
        "np-uc7-overpay-first": Status(
            "passed",
            "The recalculated rows, and how the payment was split. Accounting accruals are out of "
            "scope; the next payment is run with the counting rules.",
        ),
        "ACC-01": Status(
            "passed", "Both accruals, to 0 decimals as published and to 2 as derived."
        ),
        "ACC-03": Status("passed", "All dates of posting."),
        "ACC-05": Status(
            "passed", "The last day of accrual. That later postings are reversed is books."
        ),
        "SCH-11": Status(
            "passed", "As a prepayment that is held: no row changes, no broken period comes to be."
        ),
        "SCH-13": Status(
            "passed", "The days of the first row, as a loan of its own from the restructure on."
        ),
    }
)
"""By published id."""
