"""Every published case that this table is about, and what became of it.

``passed``: each figure of it that the library answers is run. ``elsewhere``: it belongs to another
capability, and says why; where a part of it is run all the same, the note says which.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["DEDICATED", "STATUS", "Status"]


class Status(NamedTuple):
    """``passed`` or ``elsewhere``; the capability it waits for; a note."""

    state: str
    capability: str = ""
    note: str = ""


_PASSED: Final = Status("passed")
_WORKED: Final = Status("passed", note="Through time: a row of the table of worked examples.")
_THROUGH_TIME: Final = "status through time"
_SHARE_GIVEN_UP: Final = "the share of the present value that is given up"

DEDICATED: Final = MappingProxyType(
    {"dq-pause-overlap-errors": "test_a_pause_that_overlaps_another_is_refused"}
)
"""Cases that no row of the table can state, and the test that runs each."""

STATUS: Final = MappingProxyType(
    {
        "dq-date-multi-overdue": _PASSED,
        "dq-inst-bucket": _PASSED,
        "dq-inst-pause": _PASSED,
        "dq-inst-roll-buckets": _PASSED,
        "dq-next-due-earliest-unpaid": _PASSED,
        "dq-not-active": Status(
            "passed",
            note="A loan that is not paid out is run as an account that begins the day after the "
            "day asked for: no date of origination up to then exists.",
        ),
        "dq-pause-adjacent-periods": _PASSED,
        "dq-pause-business-date": _PASSED,
        "dq-pause-full": Status(
            "passed", note="All but step 33, which the source marks as its older pause rule."
        ),
        "dq-pause-late-cured-then-resume-legacy": Status(
            "passed",
            note="All but steps 34 and 35, which the source marks as its older pause rule.",
        ),
        "dq-pause-overlap-errors": _PASSED,
        "dq-pause-resume": _PASSED,
        "dq-range30-58days": _PASSED,
        "np-uc7-overpay-first": Status(
            "passed",
            note="Steps 7, 14 and 19, with the rows published last before each. No step needs the "
            "recalculation itself: it moves interest within rows whose totals stay, and changes "
            "the total of row 3 only, which is never the next payment. The recalculated rows "
            "belong to interest recalculation.",
        ),
        "DPD-01": _PASSED,
        "DPD-03": _PASSED,
        "DPD-05": Status(
            "passed",
            note="Days and bands; 0 days is a band of its own, as the note of the case asks. The "
            "borrower's flag belongs to the assessment of an obligor.",
        ),
        "RBI-01": _PASSED,
        "RBI-02": _PASSED,
        "MET-01": Status("passed", note="Payment rating and history code are checked on the band."),
        "rbi-2021-03-31": _PASSED,
        "nabkisan-2021-12-01": _PASSED,
        "vreedhi-2022-01-05": _PASSED,
        "homecredit-2023-03-31": _PASSED,
        "suryoday-dpd-inclusive": _PASSED,
        "suryoday-upgrade": _WORKED,
        "suryoday-borrower-level": _WORKED,
        "dbs-fifo": _PASSED,
        "cfpb-1024.31-c2": _PASSED,
        "adco-mba-ots": _PASSED,
        "ots-definition": _PASSED,
        "mba-2006": _PASSED,
        "12cfr561.47-closed": Status(
            "passed",
            note="Each first and last day, in months by the OTS method; the class 'slow' is history.",
        ),
        "12cfr561.47-open": Status(
            "elsewhere", "card statements", "Zero billing cycles: missed cycles of a card."
        ),
        "ffiec-rccp-partial": _PASSED,
        "ffiec-rccp-90pct": _PASSED,
        "ffiec-rccp-chargeoff": _WORKED,
        "ffiec-rccp-reage": Status(
            "elsewhere", _THROUGH_TIME, "Re-ageing; the source is recalled, not read."
        ),
        "ffiec-call-report-monthly": Status(
            "passed", note="Both counts of the rule; which one a bank takes is its option."
        ),
        "cubase-months-days": _PASSED,
        "eba-dod-do": Status(
            "elsewhere", _SHARE_GIVEN_UP, "A formula without figures: WE-12 and WE-24 have them."
        ),
        "zeb-2y-deferral": _WORKED,
        "eba-qa-6045": Status("elsewhere", _SHARE_GIVEN_UP, "Which loss counts; no figures."),
        "eba-sale-loss": Status("elsewhere", "sale of an obligation", "A formula, no figures."),
        "eu-2018-171-materiality": _WORKED,
        "pra-eba-schedule-change": Status(
            "elsewhere",
            "laws of a change of schedule",
            "A rule without figures: counting follows the modified schedule.",
        ),
    }
)
"""By published id."""
