"""Plans put to the accounts of a book: the same verb as for one account, over columns.

The one idea: loops answer what they can prove, the verb of one account the rest; the columns do not tell
which.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from delinquency.calendar import day_number
from delinquency.errors import InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown_rows import accounts_by_version
from delinquency.portfolio.columns import Minor, Places
from delinquency.portfolio.kernels.plan_layout import (
    BY_ACCOUNT,
    NOT_ASKED,
    NOT_POSSIBLE,
    NOTHING_OWED,
    TOLD,
    PlanAnswers,
)
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.plans.answer import PlanRefusal, PortfolioRestructuring
from delinquency.portfolio.plans.by_account import put_by_account
from delinquency.portfolio.plans.choices import checked_choices, checked_plans
from delinquency.portfolio.plans.plan_numbers import plan_numbers
from delinquency.portfolio.plans.plan_scratch import empty_answers, no_planned_rows
from delinquency.portfolio.plans.putting import put_plans
from delinquency.portfolio.read_only import freeze
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.portfolio.versions import versions_in_force
from delinquency.restructuring import RestructuringPlan
from delinquency.restructuring.plan_checks import check_penalty

__all__ = ["restructure"]

_WHERE = "portfolio.restructure"


def restructure(
    book: Portfolio,
    plans: RestructuringPlan | Sequence[RestructuringPlan],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    chosen: Sequence[int] | npt.NDArray[Any] | None = None,
    known_on: date | None = None,
    on_error: Literal["raise", "quarantine"] = "quarantine",
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioRestructuring:
    """Put to every account of a book the plan that was chosen for it.

    As :func:`~delinquency.restructuring.verb.restructure` says of one account, to the minor unit. An account
    with charges, events, a changed schedule or a rate that is not a year's is answered by that verb.

    Parameters
    ----------
    book : Portfolio
    plans : RestructuringPlan or sequence of RestructuringPlan
        All from the start of one day.
    as_of : date
    policy : Policy or PolicyTimeline
    chosen : int array, optional
        For each account the place of its plan from 0, or -1 for none; a bool array where there is one plan.
        Default: every account has the only plan.
    known_on : date, optional
        As for one account.
    on_error : {"raise", "quarantine"}
        What becomes of accounts that cannot have their plan, one without a rate of its contract among them:
        they stay as they are, and each is among the ``refusals`` with its reason, or the error of the first
        one is raised. What is wrong with the policy is always raised.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 accounts.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not a portfolio, plans, a date or a policy; no plan, or plans of several days; another number of
        choices than accounts, or a choice that is no place of a plan.
    PolicyError
        Penalty that is posted on demand.

    Examples
    --------
    Two of four instalments are past due; they are spread over the two to come:

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> accounts = [dq.Account(account_id=name, originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows)) for name in ("A-1", "A-2")]
    >>> book = Portfolio.from_accounts(accounts)
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> policy = dq.rulebook.load("founding-report")
    >>> done = restructure(book, plan, as_of=date(2025, 3, 1), policy=policy, chosen=[True, False])
    >>> done.spread.total, done.next_payment_change
    (array([20000,     0]), array([10000,     0]))
    >>> dq.portfolio.assess(done.after(), as_of=date(2025, 3, 1), policy=policy).days_past_due
    array([ 0, 45], dtype=int32)
    """
    given = checked_plans(plans)
    policies, version = versions_in_force(book, as_of, policy, "restructure")
    if known_on is not None:
        day_number(known_on, where=_WHERE, field="known_on")
    if on_error not in ("raise", "quarantine"):
        raise InvalidValueError.at(
            f"{_WHERE}, on_error", expected="'raise' or 'quarantine'", found=repr(on_error)
        )
    places = checked_choices(chosen, len(given), len(book))
    for used in policies:
        check_penalty(used)
    out = empty_answers(len(book))
    out.state[places < 0] = NOT_ASKED
    if given[0].effective_on > as_of:
        out.state[places >= 0] = BY_ACCOUNT
    run, workers = chosen_engine(engine), thread_count(threads, len(book))
    numbers = plan_numbers(given, book.currency)
    may_refuse = on_error == "quarantine"
    refusals: list[PlanRefusal] = []
    for used, rows, part in accounts_by_version(book, policies, version):
        answers = PlanAnswers(*(column[rows] for column in out))
        put_plans(
            part,
            given,
            numbers,
            places[rows],
            used,
            answers,
            no_planned_rows(),
            known_on=known_on,
            engine=run,
            workers=workers,
        )
        asked = (answers.state == BY_ACCOUNT) | (answers.state == NOTHING_OWED)
        for row in np.flatnonzero(asked).tolist():
            plan = given[int(places[rows[row]])]
            error = put_by_account(
                part,
                row,
                plan,
                answers,
                as_of=as_of,
                policy=used,
                known_on=known_on,
                may_refuse=may_refuse,
            )
            if error is not None:
                refused = int(rows[row]), part.account_id[row], str(error)
                refusals.append(PlanRefusal(*refused, error))
        for column, told in zip(out, answers, strict=True):
            column[rows] = told
    refusals.sort(key=lambda refusal: refusal.row)
    return _answer(book, given, places, as_of, known_on, policies, version, out, tuple(refusals))


def _owed(cells: Minor, begin: int) -> OwedColumns:
    return OwedColumns(*cells[:, begin : begin + 4].T.copy())


def _answer(
    book: Portfolio,
    plans: tuple[RestructuringPlan, ...],
    chosen: Minor,
    as_of: date,
    known_on: date | None,
    policies: tuple[Policy, ...],
    version: Places | None,
    out: PlanAnswers,
    refusals: tuple[PlanRefusal, ...],
) -> PortfolioRestructuring:
    is_put = out.state == TOLD
    for column in (out.owed, out.moved, out.arrears_after, out.asked, out.loss, out.diminished):
        column[~is_put] = 0
    asked = out.asked
    told = PortfolioRestructuring(
        before=book,
        plans=plans,
        chosen=chosen,
        as_of=as_of,
        known_on=known_on,
        policies=policies,
        version=version,
        is_put=is_put,
        is_refused=out.state == NOT_POSSIBLE,
        refusals=refusals,
        debt_before=_owed(out.owed, 0),
        debt_after=_owed(out.owed, 4),
        capitalised=_owed(out.moved, 0),
        spread=_owed(out.moved, 4),
        waived=_owed(out.moved, 8),
        forgiven=_owed(out.moved, 12),
        settled=_owed(out.moved, 20),
        arrears_after=_owed(out.arrears_after, 0),
        deferred=out.moved[:, 16].copy(),
        next_payment_change=asked[:, 1] - asked[:, 0],
        total_cost_change=asked[:, 3] + asked[:, 5] - asked[:, 2] - asked[:, 4],
        present_value_loss=out.loss,
        diminished_share=out.diminished,
    )
    freeze(told)
    return told
