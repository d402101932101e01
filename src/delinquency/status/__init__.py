"""Status through time: default, risk class, forbearance, observation - what has memory.

The one idea: a day's figures decide a bucket; law decides a status, and status remembers. A regime is a
machine of states, triggers and exits, written as data, and one fold reads it over the facts of an account.
"""

from __future__ import annotations

from delinquency.status.conditions import (
    Anchor,
    Condition,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    Operator,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
    TimeUnit,
)
from delinquency.status.machine import StatusExit, StatusMachine, StatusState, StatusTrigger

__all__ = [
    "Anchor",
    "Condition",
    "Elapsed",
    "Figure",
    "FigureIs",
    "Found",
    "Operator",
    "PeriodsPaid",
    "ReportedIs",
    "Restructured",
    "SegmentIs",
    "StateIs",
    "StatusExit",
    "StatusMachine",
    "StatusState",
    "StatusTrigger",
    "TimeUnit",
]
