"""Every example, and what became of it.

``passed``: its figures are run, but those that are left out with a reason. ``elsewhere``: nothing in the library
answers it yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["STATUS", "Status"]


class Status(NamedTuple):
    """``passed`` or ``elsewhere``; the figures that are left out, each with the reason; a note."""

    state: str
    left_out: Mapping[str, str] = MappingProxyType({})
    note: str = ""


_PASSED: Final = Status("passed")
_NOTE_OF_SOURCE: Final = "A note of the source, no figure."
_IN_WORDS: Final = "Words, no figure: what they say is how the other figures are found."
_WATCH: Final = (
    "The watch period is a setting of that system, of no length; a rule of one's own says it with "
    "'365 days since last trigger'."
)
_LEGEND: Final = "A legend in words; tests/unit/reporting compares its characters with us-metro2."

STATUS: Final = MappingProxyType(
    {
        "WE-01": _PASSED,
        "WE-02": _PASSED,
        "WE-03": _PASSED,
        "WE-04": _PASSED,
        "WE-05": _PASSED,
        "WE-06": Status(
            "passed", {"assessment": "Whether a debtor is viable is judged by the lender."}
        ),
        "WE-07": _PASSED,
        "WE-08": _PASSED,
        "WE-09": Status("passed", {"daycount_note": _NOTE_OF_SOURCE}),
        "WE-10": _PASSED,
        "WE-11": Status(
            "passed", {"restart_from": "Shown by the new end, a year after the payment missed."}
        ),
        "WE-12": _PASSED,
        "WE-13": Status(
            "passed",
            {
                "rel": "A quotient on the way; the verb says that it is not above the limb.",
                "note": _NOTE_OF_SOURCE,
            },
        ),
        "WE-14": _PASSED,
        "WE-15": Status("elsewhere", note="Limits of contact with a debtor are treatment."),
        "WE-16": _PASSED,
        "WE-17": _PASSED,
        "WE-18": _PASSED,
        "WE-19": _PASSED,
        "WE-20": Status("passed", {"note": _NOTE_OF_SOURCE}),
        "WE-21": _PASSED,
        "WE-22": _PASSED,
        "WE-23": _PASSED,
        "WE-24": Status("passed", {"note": _NOTE_OF_SOURCE}),
        "WE-25": Status("passed", note="'Slow' is a class of a rule that ended in 2011."),
        "WE-26": Status(
            "passed",
            {"default_fee_cap": "No file has the cap of 15 pounds; terms of one's own say it."},
        ),
        "WE-27": _PASSED,
        "NPA-01": Status(
            "passed",
            note="No class of one loan is told by another: the debtor's is the worst of all, and each "
            "loan's with it.",
        ),
        "RES-01": Status(
            "passed",
            {
                "after_restructure.watch_period_end": _WATCH,
                "on_2024_08_11.watch_period_end.base_date": _WATCH,
                "on_2024_08_11.watch_period_end.plus_days": _WATCH,
                "on_2024_08_11.watch_period_end.example_if_W_is_365": _WATCH,
            },
        ),
        "RES-03": Status(
            "passed",
            {
                "after_restructure.watch_period_end": _WATCH,
                "on_2024_11_05.watch_period_end.base_date": _WATCH,
                "on_2024_11_05.watch_period_end.plus_days": _WATCH,
                "on_2024_11_05.watch_period_end.example_if_W_is_365": _WATCH,
            },
        ),
        "RES-05": Status("passed", {"entries_total": "A count of postings inside that system."}),
        "MET-01": _PASSED,
        "MET-02": Status(
            "passed",
            {
                "first_position": "Asserted with the length: the month before that of the report.",
                "rules": "Asserted with the length: B only trails. D is of no case of an account.",
                **{f"codes.{code}": _LEGEND for code in "0123456BDEGHJKL"},
            },
        ),
        "suryoday-upgrade": _PASSED,
        "suryoday-borrower-level": Status(
            "passed",
            note="A class is kept by facility: a borrower of whom the NPA is paid and another facility is "
            "late is told as not cleared, and not as an NPA.",
        ),
        "ffiec-rccp-chargeoff": Status("passed", {"counting": _IN_WORDS}),
        "zeb-2y-deferral": Status(
            "passed", {"npv_loss_percent_range": "9.2971, which lies in it, is run."}
        ),
        "eu-2018-171-materiality": Status(
            "passed", {"combination": _IN_WORDS, "counter": _IN_WORDS}
        ),
    }
)
"""By published id."""
