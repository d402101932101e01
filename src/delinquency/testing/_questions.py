"""Strategies for the day that is asked about.

The one idea: a rule is wrong where something happens, or a day beside; so those days come often.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from delinquency.testing._hypothesis import st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from delinquency.account import Account
    from delinquency.events import AccountEvent

__all__ = ["as_of_dates"]


def as_of_dates(account: Account) -> SearchStrategy[date]:
    """Days on which to ask about an account: where something happens, a day beside, or any day.

    From the day of origination to some months after the last fact.
    """
    happens = sorted(_days_of(account))
    last = happens[-1] + timedelta(days=120)
    beside = st.tuples(st.sampled_from(happens), st.integers(-1, 1)).map(
        lambda pair: max(account.originated_on, pair[0] + timedelta(days=pair[1]))
    )
    return st.one_of(beside, st.dates(account.originated_on, last))


def _days_of(account: Account) -> set[date]:
    days = {account.originated_on}
    found: list[date | None] = []
    for row in account.schedule:
        found += [row.due_date, row.in_force_from, row.in_force_until]
    for payment in account.payments:
        found += [payment.value_date, payment.recorded_on, payment.reversed_on]
    for event in account.events:
        found += _days_of_event(event)
    for charge in account.charges:
        found += [charge.due_date, charge.charged_on]
    return days | {day for day in found if day is not None}


def _days_of_event(event: AccountEvent) -> Iterator[date | None]:
    """The days on which an event begins, ends, is known or is taken back."""
    for field in ("start", "end", "value_date", "first_due_on", "grace_until", "reversed_on"):
        day: date | None = getattr(event, field, None)
        yield day
