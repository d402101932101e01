"""Put a plan to an account, and say what it does.

The one idea: the verb reads, applies, builds and values, in this order; each step is a module of its own.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING

from delinquency.account import Account
from delinquency.dated_rates import rate_on
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError
from delinquency.replaying import named_errors, version_in_force
from delinquency.restructuring.account_reading import read_account
from delinquency.restructuring.answer import Restructured
from delinquency.restructuring.applying import apply_measures
from delinquency.restructuring.changed_account import changed_account
from delinquency.restructuring.new_rows import new_rows
from delinquency.restructuring.plan import RestructuringPlan
from delinquency.restructuring.plan_run import PlanRun
from delinquency.restructuring.present_value import part_given_up, value_of
from delinquency.restructuring.review.verb import check_allowed
from delinquency.restructuring.stated_rate import stated_interest

if TYPE_CHECKING:
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.restructuring.answer import EarlierAnswer
    from delinquency.restructuring.review.facts import PlanFacts
    from delinquency.restructuring.review.rules import PlanRules

__all__ = ["restructure"]


def restructure(
    account: Account,
    plan: RestructuringPlan,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    previous: EarlierAnswer | None = None,
    rules: PlanRules | None = None,
    facts: PlanFacts | None = None,
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
    previous : Restructured or Reinstated, optional
        The answer of the last plan of the account, where it had one before: the account is its ``after`` with
        what was paid since. Rates that it lowered and parts that it spread go on, unless the new plan says
        otherwise; what is lost is reckoned at the rate of the contract. Where that plan was ended, the answer
        of :func:`~delinquency.restructuring.following.reinstating.reinstate`: the account is its ``account``
        with what was paid since. What the ended plan gave up for good stays given up.
    rules : PlanRules, optional
        Whose limits the plan must keep: :func:`~delinquency.restructuring.review.loading.load_plan_rules`.
    facts : PlanFacts, optional
        What the account cannot know of the plan; with rules alone.

    Raises
    ------
    InvalidTypeError
        Not an account, a plan, a date or a policy; facts without rules.
    InvalidValueError
        A plan before the account began, after ``as_of``, or on or before the day of a payment; nothing owed;
        a measure that the account cannot have; interest without a rate of the contract or a day count; a
        contract rate that is below 0 or not per year; due dates that tell no rhythm, where more are wanted. A
        schedule that was changed before, by a plan that is not given or that another one cannot follow yet; a
        decision on or after the day of the plan; a payment that was recorded or reversed on it or later.
    PolicyError
        Penalty that is posted on demand; a limit of the rules that the plan breaks.
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
    _check_no_card(account)
    version = version_in_force(account, as_of, policy, "restructure")
    read = read_account(
        account, plan, as_of=as_of, version=version, known_on=known_on, previous=previous
    )
    before, kept, rates = read.draft, read.rows, read.rates
    with named_errors(account):
        draft = deepcopy(before)
        run = PlanRun(draft, account.currency, read.dues, rate_on(rates, draft.day))
        apply_measures(run, plan.measures)
        is_changed = draft.is_replanned or draft.spread != before.spread
        rows = [] if is_changed else list(kept)
        if is_changed and draft.dues:
            rows = new_rows(draft, plan, account.currency, rates, read.own_parts)
    day_count = DayCount.ACT_365F if plan.day_count is None else plan.day_count
    values = [
        value_of(each, found, rates, day_count) for each, found in ((before, kept), (draft, rows))
    ]
    values[0] += sum(before.beside) - sum(draft.beside)
    asked = tuple(row for row in rows if row.total)
    with named_errors(account):
        after = changed_account(
            read.ledger,
            draft,
            plan,
            rows if is_changed else (),
            asked[0].due_day if asked else draft.day,
            before.unposted,
            part_given_up(*values),
        )
    done = Restructured(
        before=account,
        after=after,
        plan=plan,
        policy=version,
        as_of=as_of,
        known_on=known_on,
        previous=previous,
        stated=stated_interest(read.ledger, rates, draft.day, day_count)
        if is_changed and previous is None
        else None,
        currency=account.currency,
        draft_before=before,
        draft_after=draft,
        rows_before=tuple(kept),
        rows_after=asked,
        value_before=values[0],
        value_after=values[1],
    )
    check_allowed(done, rules, facts, "restructure")
    return done


def _check_no_card(account: object) -> None:
    """Refuse a card, which owes no schedule that measures could change.

    Raises
    ------
    InvalidTypeError
        It is one.
    """
    from delinquency.revolving import CardAccount

    if isinstance(account, CardAccount):
        raise InvalidTypeError.at(
            "restructure, account",
            expected="an Account",
            found=account,
            hint="The debt of a card is put into instalments by agree_on_card(card, agreement, ...).",
        )
