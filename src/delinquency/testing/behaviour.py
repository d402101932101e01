"""How a debtor pays: the six stories that a drawn account can tell."""

from __future__ import annotations

from enum import Enum

__all__ = ["Behaviour"]


class Behaviour(Enum):
    """What a debtor does with the amounts that fall due.

    ``PAYS_ON_TIME``: each amount in full on the day it falls due, charges too; nothing is reversed.
    ``PAYS_LATE``: each amount in full, some days after it fell due.
    ``STOPS_PAYING``: on time up to an instalment, nothing after it.
    ``CURES``: misses some instalments, pays what was missed in one sum, then on time.
    ``PREPAYS``: on time, and once a sum that is not due yet.
    ``PAYS_PARTLY``: a part of each amount, on or about the due date.
    """

    PAYS_ON_TIME = "pays_on_time"
    PAYS_LATE = "pays_late"
    STOPS_PAYING = "stops_paying"
    CURES = "cures"
    PREPAYS = "prepays"
    PAYS_PARTLY = "pays_partly"
