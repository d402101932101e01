"""From an assessment to a reminder: the whole of this lender's own logic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import resources
from pathlib import Path

import delinquency as dq

__all__ = ["HOUSE_POLICY", "Reminder", "Stage", "reminder_for"]

_FILE = Path(str(resources.files("tinybank").joinpath("house.toml")))
HOUSE_POLICY = dq.rulebook.load(_FILE)


class Stage(Enum):
    """What is done, gentlest first; the codes of the buckets of ``house.toml``."""

    NONE = "none"
    MESSAGE = "message"
    CALL = "call"
    PLAN = "plan"


@dataclass(frozen=True)
class Reminder:
    """What is done today about one account, for how much, and why."""

    account_id: str
    stage: Stage
    arrears: Decimal
    reason: str


def reminder_for(account: dq.Account, *, as_of: date, lang: str = "en") -> Reminder:
    """The reminder of one account at the close of a day."""
    answer = dq.assess(account, as_of=as_of, policy=HOUSE_POLICY)
    return Reminder(
        account.account_id,
        Stage(answer.bucket.code),
        answer.arrears,
        answer.explanation.to_text(lang=lang),
    )
