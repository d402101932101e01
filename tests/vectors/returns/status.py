"""What became of every published case about rates, time value, intervals and rebates.

``passed``: the figure is run as published. ``range``: the source looked for a rate in a range of its
own and found one of several, so the library refuses without a range and answers with that of the
source. ``flagged``: the source contradicts itself; what it gets right is run, and the note says what not.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["FLAGGED", "SEVERAL", "WINDOW", "Status"]


class Status(NamedTuple):
    """``passed``, ``range`` or ``flagged``, and why."""

    state: str
    note: str = ""


WINDOW: Final = ("-0.999", "41")
"""The range in which the samples of dated flows were searched for rates."""

SEVERAL: Final = frozenset(
    {
        "pyxirr-case_30_5",
        "pyxirr-case_30_7",
        "pyxirr-case_30_11",
        "pyxirr-case_30_13",
        "pyxirr-case_30_15",
        "pyxirr-case_30_17",
        "pyxirr-case_30_19",
        "pyxirr-case_30_22",
        "pyxirr-case_30_24",
        "pyxirr-case_30_26",
        "pyxirr-case_30_28",
        "pyxirr-case_30_32",
        "pyxirr-case_30_36",
        "pyxirr-case_30_39",
        "pyxirr-case_30_47",
    }
)
"""Samples with more than one rate above -100 %; some rates lie far beyond the range of the source."""

FLAGGED: Final = {
    "IFRS-SME-s11": Status(
        "flagged",
        "The rate is stated as 6.9583 %; the flows give 6.95845 %, and the published carrying amounts "
        "are those of that rate. The interest of the first and of the last year, 66.10 and 74.16, does "
        "not add up with them: 66.11 and 74.17 do.",
    ),
    "IAS39-IG-B26": Status(
        "flagged",
        "The rate is stated as 10 %; the flows give 9.9953 %, and so do the published amounts.",
    ),
    "EU98-A3": Status("flagged", "0.1306623 is cut off, not rounded: the rate is 0.13066239."),
    "FormCalc-Apr": Status(
        "flagged", "Digits after the sixth are those of the vendor's tolerance: compared to 1e-6."
    ),
}
