"""Let the terms of before a plan come back.

The one idea: the debtor is put where he would be without the plan, with all that he paid and without what was
given up for good; who ends a plan that was not broken says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.payments import Payment
from delinquency.replaying import named_errors, replay_version, version_in_force
from delinquency.restructuring.answer import Restructured
from delinquency.restructuring.following.compliance import PlanCompliance, PlanState
from delinquency.restructuring.following.facts_since import account_since, payments_since
from delinquency.restructuring.following.old_terms import old_terms
from delinquency.restructuring.following.paid_beyond import without_last_money
from delinquency.restructuring.following.promises import PromiseToPay, checked_promises
from delinquency.restructuring.following.reinstated import Reinstated
from delinquency.restructuring.following.returned_account import returned_account
from delinquency.restructuring.following.verb import follow_plan
from delinquency.restructuring.plan_checks import check_known
from delinquency.restructuring.reading import draft_of

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["reinstate"]

_WHERE = "reinstate"


def reinstate(
    done: Restructured,
    payments: Iterable[Payment],
    *,
    on: date,
    policy: Policy | PolicyTimeline,
    tolerance_days: int = 0,
    tolerance: Decimal | int = 0,
    promises: Iterable[PromiseToPay] = (),
    ground: str | None = None,
) -> Reinstated:
    """Let the terms of before a plan come back from the start of ``on``.

    What is owed is what the account before the plan would owe with the payments made since, put to it by the
    policy, less what the plan gave up for good; what it gave up on completion is owed again. Interest of the
    time since is that of the old rows, and so is penalty, where the policy has terms of it. Rows of the plan
    end on the day; what is open of the old rows begins on it with the old due dates, from which days past due
    are counted. Days before it stay as they were. Penalty, which no row of a schedule can have, is right in
    all: what the plan put into parts stands in them, and the rest is charged or waived on the day.

    A plan that was not broken by the close of the day before is not ended without a ``ground``, which the
    reasons tell; one that was completed is not ended at all.

    Parameters
    ----------
    done : Restructured
    payments : iterable of Payment
        Those made from the day of the plan on; one of ``on`` or later settles the old terms.
    on : date
        After the day of the plan.
    policy : Policy or PolicyTimeline
        The version in force on the day before ``on``, at whose close everything is read.
    tolerance_days, tolerance, promises
        As of :func:`~delinquency.restructuring.following.verb.follow_plan`: what makes a breach. A promise
        whose day is on ``on`` or later, or that was made then, is left aside as open: it breaks nothing and
        saves nothing.
    ground : str, optional
        Why a plan ends that was not broken: an agreement, false statements, insolvency.

    Raises
    ------
    InvalidTypeError
        As :func:`~delinquency.restructuring.following.verb.follow_plan`; a ground that is no text.
    InvalidValueError
        As there; ``on`` not after the day of the plan; a plan that changed nothing, was completed, or was not
        broken where no ground is given; a payment of before ``on`` that was recorded or reversed on it or
        later; nothing owed under the old terms; penalty that no longer accrues, of days of which a part was
        waived before.
    PolicyError
        Penalty that is posted on demand.
    PolicyNotInForceError
        No version is in force.

    Examples
    --------
    Half of 400.00 is forgiven on completion; 50.00 is paid, and then nothing.

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, Forgiveness, RestructuringPlan, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> policy = dq.rulebook.load("founding-report")
    >>> plan = RestructuringPlan(effective_on=date(2025, 3, 1), measures=[
    ...     Forgiveness(dq.Component.PRINCIPAL, amount=200, on_completion=True), ArrearsSpread()])
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=policy)
    >>> back = reinstate(done, [dq.Payment(date(2025, 3, 15), 50)], on=date(2025, 4, 1), policy=policy)
    >>> [str(parts.total) for parts in (back.debt_before, back.paid, back.come_back, back.owed)]
    ['400.00', '50.00', '200.00', '350.00']
    >>> days = (date(2025, 3, 31), date(2025, 4, 1))
    >>> [dq.days_past_due(back.account, as_of=day, policy=policy) for day in days]
    [16, 76]
    """
    since = payments_since(done, payments, _WHERE)
    account = account_since(done, since, _WHERE)
    with named_errors(account):
        _check(done, since, on, ground)
        given = checked_promises(promises, account, done.plan.effective_on, date.max, _WHERE)
    eve = on - timedelta(days=1)
    version = version_in_force(account, eve, policy, _WHERE)
    compliance = follow_plan(
        done,
        since,
        as_of=eve,
        policy=policy,
        tolerance_days=tolerance_days,
        tolerance=tolerance,
        promises=[each for each in given if each.promised_on < on],
    )
    with named_errors(account):
        _check_state(compliance, ground)
    now = replay_version(account, as_of=eve, version=version, accrues_penalty=True)
    counted = [payment for payment in since if payment.value_date < on]
    # What is held settles the old rows from the day on: put to them before, it would count twice.
    money = (*done.before.payments, *counted)
    left = without_last_money(account, money, now.unallocated_minor)
    before = attrs.evolve(done.before, payments=left)
    with named_errors(account):
        old = old_terms(done, before, on=on, version=version)
        if not any(old.owed.owed()):
            raise InvalidValueError.at(
                f"{_WHERE}, on",
                expected="old terms under which something is owed",
                found="nothing open",
            )
        returned = returned_account(account, old.ledger, now, on)
        past_due = _past_due(returned.account, on, version)
    owed = draft_of(now, old.owed.day, done.plan.day_count).owed()
    return Reinstated(
        done,
        returned.account,
        on,
        version,
        compliance,
        ground,
        old,
        owed,
        past_due,
        returned.ended,
        returned.begun,
        since,
        given,
    )


def _check(done: Restructured, since: Iterable[Payment], on: date, ground: str | None) -> None:
    day_number(on, where=_WHERE, field="on")
    if on <= done.plan.effective_on:
        raise InvalidValueError.at(
            f"{_WHERE}, on",
            expected=f"a day after that of the plan, {done.plan.effective_on}",
            found=str(on),
        )
    if done.after == done.before:
        raise InvalidValueError.at(
            f"{_WHERE}, done", expected="a plan that changed something", found="none"
        )
    if ground is not None and not isinstance(ground, str):
        raise InvalidTypeError.at(f"{_WHERE}, ground", expected="a text", found=ground)
    if ground is not None and not ground.strip():
        raise InvalidValueError.at(
            f"{_WHERE}, ground", expected="a text that is not empty", found=repr(ground)
        )
    check_known((each for each in since if each.value_date < on), on, _WHERE)


def _check_state(told: PlanCompliance, ground: str | None) -> None:
    """Refuse the end of a plan that was completed, or that was not broken where nobody says why.

    Raises
    ------
    InvalidValueError
        So.
    """
    if told.state is PlanState.COMPLETED:
        raise InvalidValueError.at(
            f"{_WHERE}, on",
            expected="a plan that is not completed",
            found=f"one completed on {told.completed_on}",
        )
    if told.state is PlanState.KEPT and ground is None:
        raise InvalidValueError.at(
            f"{_WHERE}, on",
            expected="a plan that was broken by the close of the day before",
            found=f"one that is kept on {told.as_of}",
            hint="Say with ground= why it ends all the same.",
        )


def _past_due(account: Account, on: date, version: Policy) -> tuple[int, int, int, int]:
    """What is past due at the start of a day by component, before payments of it [minor units]."""
    before = [payment for payment in account.payments if payment.value_date < on]
    ledger = replay_version(attrs.evolve(account, payments=before), as_of=on, version=version)
    day = ledger.as_of_day
    past = [0, 0, 0, 0]
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if ledger.is_in_force(debt) and debt.due_day < day:
            past = [sum(pair) for pair in zip(past, row, strict=True)]
    return past[0], past[1], past[2], past[3]
