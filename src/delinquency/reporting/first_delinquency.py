"""The day on which the delinquency began that led to where an account stands.

A re-aged account is current by its new schedule, and its first delinquency is what it was. The one idea: the
days past due of a day name a debt that was late on every close since; from the close before it became late
one asks again, until a close is found at which nothing was late. A change of schedule makes nothing current:
what it closed late is late until later money has made up for it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import day_number, to_date
from delinquency.counting import FirstDay, ScheduleChangeRule
from delinquency.counting.days import count_days
from delinquency.replaying import replay_version

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.policy import Policy

__all__ = ["delinquent_since"]


def delinquent_since(
    account: Account, *, as_of: date, version: Policy, known_on: date | None
) -> date | None:
    """The first of the days up to ``as_of`` on every close of which something was late.

    ``None`` if nothing is late at the close of ``as_of``. A reversal by the cut of the question counts on
    earlier days too: the money was never there.
    """
    counting = attrs.evolve(version.counting, schedule_change=ScheduleChangeRule.CONTINUE)
    rule = attrs.evolve(version, counting=counting)
    seen = _as_seen(account, as_of if known_on is None else known_on)
    before_late = int(counting.first_day is FirstDay.DUE_DATE)
    day = day_number(as_of, where="first delinquency", field="as_of")
    found: date | None = None
    while True:
        ledger = replay_version(seen, as_of=to_date(day), version=rule, known_on=known_on)
        count = count_days(ledger, counting)
        if not count.days_past_due:
            return found
        # A debt that entered the ledger after it was due is late from the day on which it is there.
        entered = ledger.obligations[count.oldest_obligation].from_day
        day = max(count.oldest_due_day - before_late, entered - 1)
        found = to_date(day + 1)


def _as_seen(account: Account, cut: date) -> Account:
    """The account without what was reversed by a day."""
    payments = [payment for payment in account.payments if _stands(payment.reversed_on, cut)]
    events = [
        event for event in account.events if _stands(getattr(event, "reversed_on", None), cut)
    ]
    return attrs.evolve(account, payments=payments, events=events)


def _stands(reversed_on: date | None, cut: date) -> bool:
    return reversed_on is None or reversed_on > cut
