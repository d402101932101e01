"""Follow a plan: was each row paid, and is the plan kept.

The one idea: one replay of the account after the plan with what was paid since; every figure is read off it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import Day, to_date
from delinquency.errors import InvalidValueError
from delinquency.replaying import known_day_of, named_errors, replay_version, version_in_force
from delinquency.restructuring.answer import DebtParts, Restructured
from delinquency.restructuring.following.compliance import PlanCompliance
from delinquency.restructuring.following.facts_since import account_since, check_later
from delinquency.restructuring.following.plan_debts import left_places, open_through, row_places
from delinquency.restructuring.following.promises import (
    PromiseToPay,
    checked_promises,
    follow_promises,
)
from delinquency.restructuring.following.rows import FollowedRow, Tolerated, followed_row
from delinquency.restructuring.plan_checks import check_penalty
from delinquency.whole_numbers import check_int

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["follow_plan"]

_WHERE = "follow plan"
MOST_DAYS = 36_500
"""A century of days."""


def follow_plan(
    done: Restructured,
    payments: Iterable[Payment],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    tolerance_days: int = 0,
    tolerance: Decimal | int = 0,
    promises: Iterable[PromiseToPay] = (),
    known_on: date | None = None,
) -> PlanCompliance:
    """Say of each row of a plan whether it was paid, and whether the plan is kept, at the close of ``as_of``.

    The payments are put to the account after the plan by the policy, as everywhere: what the plan left past
    due is settled first where the oldest debt is. A row is broken at the first close at which it is more than
    ``tolerance_days`` past due with more than ``tolerance`` open. A payment of the day after the due date is
    late at no close, so with no tolerance at all it is late and breaks nothing.

    A payment that was reversed by ``as_of``, or by ``known_on``, was never made on any day.

    Parameters
    ----------
    done : Restructured
    payments : iterable of Payment
        Those made from the day of the plan on.
    as_of : date
        A payment with this value date counts.
    policy : Policy or PolicyTimeline
        By which the ledger is kept; the version in force on ``as_of``.
    tolerance_days : int, default 0
        How many days past due a row may be at a close [days].
    tolerance : Decimal or int, default 0
        An open amount of a row of at most this much counts as settled [currency units].
    promises : iterable of PromiseToPay, optional
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        No ``Restructured``, payments, promises, dates or policy; a ``float``.
    InvalidValueError
        A payment before the plan; ``as_of`` before it; a negative tolerance; promises as
        :class:`PromiseToPay` and its checks say.
    PolicyError
        Penalty that is posted on demand.
    PolicyNotInForceError
        No version is in force.

    Examples
    --------
    The row of 15 March is paid a day late and the row of 15 April two days: the second is one day past due at
    the close of the 16th.

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> policy = dq.rulebook.load("founding-report")
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=policy)
    >>> paid = [dq.Payment(date(2025, 3, 16), 200), dq.Payment(date(2025, 4, 17), 200)]
    >>> told = follow_plan(done, paid, as_of=date(2025, 4, 30), policy=policy)
    >>> [(row.state.value, row.days_late) for row in told.rows], str(told.breach.on)
    ([('late', 1), ('broken', 2)], '2025-04-16')
    >>> follow_plan(done, paid, as_of=date(2025, 4, 30), policy=policy, tolerance_days=1).state.value
    'completed'
    """
    account = account_since(done, payments, _WHERE)
    version = version_in_force(account, as_of, policy, _WHERE)
    with named_errors(account):
        check_later(done, as_of, _WHERE)
        check_penalty(version)
        tolerated = _tolerated(tolerance_days, tolerance, account.currency)
        served = checked_promises(promises, account, done.plan.effective_on, as_of, _WHERE)
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    first, last = done.draft_after.day, ledger.as_of_day
    rows: list[FollowedRow] = []
    places = row_places(done, ledger)
    settled: list[Day | None] = []
    for number, row in enumerate(done.rows_after, start=1):
        through = open_through(ledger, places[row.due_day], first)
        rows.append(
            followed_row(number, row, through, tolerated, as_of=last, currency=account.currency)
        )
        settled.append(through.settled_day(tolerated.amount))
    left = open_through(ledger, left_places(done, ledger), first)
    settled.append(left.settled_day(0))
    days = [day for day in settled if day is not None]
    return PlanCompliance(
        done,
        account,
        as_of,
        known_on,
        version,
        ledger,
        tolerated,
        tuple(rows),
        follow_promises(served, account, as_of=last, known=known_day_of(known_on, _WHERE)),
        DebtParts(*(from_minor(amount, account.currency) for amount in left.columns)),
        to_date(max(days)) if len(days) == len(settled) else None,
    )


def _tolerated(days: int, amount: Decimal | int, currency: Currency) -> Tolerated:
    """Tolerances in whole numbers.

    Raises
    ------
    InvalidTypeError
        No whole number of days; no amount.
    InvalidValueError
        Below 0; more than a century; finer than the minor unit.
    """
    check_int(days, f"{_WHERE}, tolerance_days")
    if not 0 <= days <= MOST_DAYS:
        raise InvalidValueError.at(
            f"{_WHERE}, tolerance_days", expected=f"from 0 to {MOST_DAYS:,} days", found=str(days)
        )
    return Tolerated(days, to_minor(amount, currency, where=_WHERE, field="tolerance"))
