"""First-payment default (首期违约): the first instalment, and where it stood 30 days after its due date.

The one idea: one close decides, once. Before it nobody knows; after it the answer stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from delinquency.calendar import NONE_DAY, to_date
from delinquency.counting.days import count_days
from delinquency.replaying import replay_version

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.assessment import Assessment
    from delinquency.ledger import Ledger

__all__ = ["FIRST_PAYMENT_DAYS", "first_due_day", "first_payment_default"]

FIRST_PAYMENT_DAYS: Final = 30
"""Days after the first due date at whose close it is decided."""


def first_due_day(account: Account) -> int:
    """The due day of the first instalment that asked for something; 2**31 - 1 if there is none.

    A row that another one took the place of before it fell due never asked.
    """
    schedule = account.schedule
    days = zip(schedule.due_days, schedule.validity_days, schedule.minor, strict=True)
    return min(
        (due for due, (start, end), amounts in days if start <= due < end and any(amounts)),
        default=NONE_DAY,
    )


def first_payment_default(close: Assessment) -> bool | None:
    """Whether the first instalment was unpaid at the close of the 30th day after its due date.

    It was if the oldest unsettled debt of that close, as the later one knew it, was at least as old, or if
    one as old was written off and not recovered: that is no payment. ``None`` before that close.
    """
    first = first_due_day(close.account)
    decided = first + FIRST_PAYMENT_DAYS
    if first == NONE_DAY or close.ledger.as_of_day < decided:
        return None
    ledger = replay_version(
        close.account, as_of=to_date(decided), version=close.policy, known_on=close.known_on
    )
    oldest = count_days(ledger, close.policy.counting).oldest_due_day
    return oldest <= first or _was_written_off(ledger, first)


def _was_written_off(ledger: Ledger, until: int) -> bool:
    """Whether a debt that fell due up to a day is off the books, and money has not recovered it."""
    if ledger.swept is None:
        return False
    return any(
        ledger.obligations[place].due_day <= until and any(amounts)
        for place, amounts in ledger.swept.written_rows.items()
    )
