"""What settles an account on a day of its plan, by the terms of the plan.

The one idea: the plan is followed to the day as its rows were made, and ends there: the balance of the day,
the interest since the last due date, what waits, and the parts that are spread. Rows of a schedule do not say
this: one may ask for interest that was earned before it began, or that becomes principal only later.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from delinquency.breakdown import breakdown
from delinquency.calendar import Day, day_number
from delinquency.decimals import exact_difference
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.obligations import DebtKind
from delinquency.replaying import replay_version
from delinquency.restructuring.carried import carried_from
from delinquency.restructuring.draft import FEES, INTEREST, PENALTY, PRINCIPAL
from delinquency.restructuring.new_rows import balance_on, spread_parts
from delinquency.restructuring.reading import draft_of

if TYPE_CHECKING:
    from delinquency.ledger import Ledger
    from delinquency.restructuring.answer import Restructured

__all__ = ["explain_payoff", "payoff_minor"]

_WHERE = "payoff on"


def payoff_minor(done: Restructured, on: date) -> list[int]:
    """What is owed at the start of a day of a plan by component, if no money came since [minor units].

    Raises
    ------
    InvalidValueError
        A day before the plan; interest that was agreed and is not earned day by day, after its day.
    """
    draft, day = done.draft_after, day_number(on, where=_WHERE, field="day")
    if day < draft.day:
        raise InvalidValueError.at(
            f"{_WHERE}, day",
            expected=f"a day on or after that of the plan, {done.plan.effective_on}",
            found=str(on),
        )
    if day == draft.day:
        return list(draft.owed())
    if draft.agreed:
        raise InvalidValueError.at(
            f"{_WHERE}, day",
            expected=f"the day of the plan, {done.plan.effective_on}",
            found=str(on),
            hint="Its interest was agreed in equal parts: the contract says what of it is given back.",
        )
    ledger = replay_version(
        done.after, as_of=on - timedelta(days=1), version=done.policy, accrues_penalty=True
    )
    if not draft.is_replanned and not draft.settling:
        return list(
            draft_of(ledger, day, done.plan.day_count, carried_from(done, draft.day)).owed()
        )
    if draft.is_flat or draft.settling:
        return _open(ledger, None)
    return _followed(done, ledger, day)


def _followed(done: Restructured, ledger: Ledger, day: Day) -> list[int]:
    """What is open of what fell due, and of what is to come what the plan has made owed by the day."""
    draft = done.draft_after
    found = _open(ledger, day)
    for column in (PRINCIPAL, INTEREST):
        parts = spread_parts(draft, column, len(draft.paying))
        found[column] += sum(
            part for due, part in zip(draft.paying, parts, strict=True) if due >= day
        )
    found[FEES] += sum(row.fees for row in done.rows_after if row.due_day >= day)
    if draft.dues and draft.dues[-1] >= day:
        principal, interest = balance_on(
            draft, done.plan, done.currency, done.before.contract_rates, day
        )
        found[PRINCIPAL] += principal
        found[INTEREST] += interest
    return found


def _open(ledger: Ledger, day: Day | None) -> list[int]:
    """What is open by component, without the rows that fall due from a day on [minor units]."""
    found = [0, 0, 0, 0]
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        is_to_come = day is not None and debt.kind == DebtKind.INSTALMENT and debt.due_day >= day
        if ledger.is_in_force(debt) and not is_to_come:
            found = [sum(pair) for pair in zip(found, row, strict=True)]
    accrual = ledger.accrual
    if accrual is not None:
        found[PENALTY] += accrual.total(ledger.as_of_day + 1) - accrual.posted_in_all()
    return found


def explain_payoff(done: Restructured, on: date) -> Explanation:
    """The figure to quote on a day of a plan, its parts, and by how much a breakdown of the account differs.

    Raises
    ------
    InvalidValueError
        As :meth:`~delinquency.restructuring.answer.Restructured.payoff_on`.
    """
    parts, code = done.payoff_on(on), {"currency": done.currency.code}
    read = breakdown(done.after, as_of=on, policy=done.policy).payoff
    steps = [Explanation("plan_payoff_parts", parts.total, {**attrs.asdict(parts), **code})]
    more = exact_difference(parts.total, read)
    if more:
        which = "plan_payoff_more" if more > 0 else "plan_payoff_less"
        steps.append(Explanation(which, more.copy_abs(), {"breakdown": read, **code}))
    figures = {
        "account_id": done.before.account_id,
        "effective_on": done.plan.effective_on,
        "on": on,
        **code,
    }
    return Explanation("plan_payoff", parts.total, figures, (), tuple(steps))
