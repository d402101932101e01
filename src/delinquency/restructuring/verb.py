"""Put a plan to an account, and say what it does.

The one idea: the verb reads, applies, builds and values, in this order; each step is a module of its own.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from delinquency.account import Account
from delinquency.calendar import Day, day_number, to_date
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.penalty_place import PenaltyPlace
from delinquency.replaying import named_errors, replay_version, version_in_force
from delinquency.restructuring.answer import Restructured
from delinquency.restructuring.applying import apply_measures
from delinquency.restructuring.changed_account import changed_account
from delinquency.restructuring.draft import Draft
from delinquency.restructuring.new_rows import NewRow, new_rows
from delinquency.restructuring.plan import RestructuringPlan
from delinquency.restructuring.plan_run import PlanRun
from delinquency.restructuring.present_value import present_value, share_given_up
from delinquency.restructuring.reading import draft_of
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from delinquency.ledger import Ledger
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["restructure"]

SHARE_PARTS = 10**9
"""As many parts as the share of a restructuring may have."""


def restructure(
    account: Account,
    plan: RestructuringPlan,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> Restructured:
    """Put a plan to an account: the account after it, and what became of every amount.

    What is owed is read at the start of ``plan.effective_on``: every fact before that day is in it. Debt
    after is debt before less what was waived and forgiven, by component, to the minor unit; what was
    capitalised changes its component. A plan without measures changes nothing.

    Parameters
    ----------
    account : Account
    plan : RestructuringPlan
    as_of : date
        The day on which the plan is made or looked at; on or after ``plan.effective_on``.
    policy : Policy or PolicyTimeline
        By which the ledger is kept.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Not an account, a plan, a date or a policy.
    InvalidValueError
        A plan before the account began, after ``as_of``, or on or before the day of a payment; nothing owed;
        a measure that the account cannot have; interest without a rate of the contract or a day count.
        A schedule that was changed before; a decision on or after the day of the plan; a payment that was
        recorded or reversed on it or later.
    PolicyError
        Penalty that is posted on demand.
    PolicyNotInForceError
        No version is in force.

    Examples
    --------
    Two of four instalments are past due; they are spread over the two to come:

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=dq.rulebook.load("founding-report"))
    >>> [(str(row.due_date), str(row.after.total)) for row in done.schedule_rows]
    [('2025-03-15', '200.00'), ('2025-04-15', '200.00')]
    >>> dq.days_past_due(done.after, as_of=date(2025, 3, 1), policy=dq.rulebook.load("founding-report"))
    0
    """
    if not isinstance(plan, RestructuringPlan):
        raise InvalidTypeError.at("restructure, plan", expected="a RestructuringPlan", found=plan)
    version = version_in_force(account, as_of, policy, "restructure")
    day = day_number(plan.effective_on, where="restructuring plan", field="effective_on")
    with named_errors(account):
        _check_day(account, plan, as_of)
        if plan.measures:
            _check_facts(account, plan, day)
            check_penalty(version)
        ledger = replay_version(
            account,
            as_of=plan.effective_on - timedelta(days=1),
            version=version,
            known_on=known_on,
            accrues_penalty=True,
        )
        before = draft_of(ledger, day, plan.day_count)
        draft = deepcopy(before)
        if not any(before.owed()):
            raise InvalidValueError.at(
                "restructuring plan",
                expected="an account that owes something",
                found="nothing open",
            )
        rates = account.contract_rates
        run = PlanRun(draft, account.currency, _dues(ledger), rate_on(rates, day))
        apply_measures(run, plan.measures)
        kept = _rows_to_come(ledger, day)
        rows: list[NewRow] = []
        if draft.dues:
            rows = new_rows(draft, plan, account.currency, rates, [row[:3] for row in kept])
    day_count = DayCount.ACT_365F if plan.day_count is None else plan.day_count
    values = [
        _value(each, found, rates, day_count) for each, found in ((before, kept), (draft, rows))
    ]
    is_changed = draft.is_replanned or any(draft.spread)
    with named_errors(account):
        after = changed_account(
            ledger, draft, plan, rows if is_changed else (), before.unposted, _given_up(*values)
        )
    asked = tuple(row for row in rows if row.total)
    return Restructured(
        account, after, plan, version, as_of, before, draft, tuple(kept), asked, *values
    )


def _check_day(account: Account, plan: RestructuringPlan, as_of: date) -> None:
    day = plan.effective_on
    where = "restructuring plan, effective_on"
    if day > as_of:
        raise InvalidValueError.at(where, expected=f"at most as_of, {as_of}", found=str(day))
    if day <= account.originated_on:
        raise InvalidValueError.at(
            where, expected=f"after originated_on {account.originated_on}", found=str(day)
        )
    late = [payment.value_date for payment in account.payments if payment.value_date >= day]
    if late:
        raise InvalidValueError.at(
            where,
            expected=f"a day after the last payment, {max(late)}",
            found=str(day),
            hint="A plan is made of what was paid before it; later payments are added to the account after.",
        )


def check_penalty(version: Policy) -> None:
    """Refuse penalty that stands with its instalment as soon as somebody asks.

    Raises
    ------
    PolicyError
        The policy has such.
    """
    if version.penalty is not None and version.penalty_in_waterfall is PenaltyPlace.ON_DEMAND:
        raise PolicyError.at(
            f"policy {version.name!r}, penalty_in_waterfall",
            expected="OUTSIDE or POSTED, where a plan is made",
            found="ON_DEMAND",
            hint="What accrues on demand is part of rows that a plan ends.",
        )


def _check_facts(account: Account, plan: RestructuringPlan, day: Day) -> None:
    """Refuse facts that would change what the plan was made of, or that it would undo.

    Raises
    ------
    InvalidValueError
        Rows of a schedule that was changed; decisions on or after the day of the plan; payments of before it
        that were recorded or reversed on it or later.
    """
    where = "restructuring plan"
    changed = [row.in_force_from or row.in_force_until for row in account.schedule]
    last = max((each for each in changed if each is not None), default=None)
    if last is not None:
        raise InvalidValueError.at(
            where,
            expected="a schedule as it was agreed first",
            found=f"one that was changed on {last}",
            hint="Its rows do not say what interest was carried over: put all measures into one plan.",
        )
    late = [row for row in account.decision_rows if row.value_day >= day]
    if late:
        raise InvalidValueError.at(
            f"{where}, effective_on",
            expected="a day after every waiver, write-off, closure and acceleration",
            found=f"one of {to_date(late[-1].value_day)}",
        )
    if any(row.value_day == day for row in account.restructuring_rows):
        raise InvalidValueError.at(
            where, expected="one restructuring of a day", found=f"another one of {to_date(day)}"
        )
    check_known(account.payments, plan.effective_on, where)


def check_known(payments: Iterable[Payment], day: date, where: str) -> None:
    """Refuse payments that were recorded or reversed on a day or later.

    Raises
    ------
    InvalidValueError
        There are such.
    """
    for payment in payments:
        known = max(payment.recorded_on or payment.value_date, payment.reversed_on or date.min)
        if known >= day:
            raise InvalidValueError.at(
                f"{where}, payment of {payment.value_date}",
                expected=f"what was known before {day}",
                found=f"a record of {known}",
                hint="A plan is made of what was known; with a later record it is another plan.",
            )


def _dues(ledger: Ledger) -> list[Day]:
    """Every due date of the schedule in force, once."""
    return sorted(
        {
            debt.due_day
            for debt in ledger.obligations
            if not debt.kind and ledger.is_in_force(debt) and any(debt[5:9])
        }
    )


def _rows_to_come(ledger: Ledger, day: Day) -> list[NewRow]:
    """What is open of the rows to come, by due date."""
    found: dict[Day, list[int]] = {}
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if not debt.kind and debt.due_day >= day and ledger.is_in_force(debt):
            sums = found.setdefault(debt.due_day, [0, 0, 0, 0])
            for column in range(4):
                sums[column] += row[column]
    return [NewRow(due, *amounts) for due, amounts in sorted(found.items()) if any(amounts)]


def _value(
    draft: Draft,
    rows: Sequence[NewRow],
    rates: Sequence[DatedRate],
    day_count: DayCount,
) -> Fraction:
    """What is past due at its face, and what is to come at its present value [minor units]."""
    face = sum(sum(debt.open) for debt in draft.past) + draft.unposted
    amounts = [(row.due_day, row.total) for row in rows]
    return face + present_value(amounts, day=draft.day, rates=rates, day_count=day_count)


def _given_up(before: Fraction, after: Fraction) -> Proportion:
    """The share of the value that was given up, rounded up to the parts that a fact may have."""
    share = share_given_up(before, after) * SHARE_PARTS
    return Proportion(min(SHARE_PARTS, -(-share.numerator // share.denominator)), SHARE_PARTS)
