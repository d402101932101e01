"""A book with plans in it: rows that end, rows that begin, and the facts that go with them.

The one idea: as :mod:`delinquency.restructuring.changed_account` does it for one account. What a loop
answered is put in as columns; what the verb of one account answered is laid out anew; the rest stays.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.account import Account
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.events import PenaltyWaiver
from delinquency.policy import Policy
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.adding_facts import evolved, with_restructurings, with_spans
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown_rows import accounts_by_version
from delinquency.portfolio.columns import ALWAYS_FROM, InstalmentColumns, Minor
from delinquency.portfolio.joining import joined
from delinquency.portfolio.kernels.plan_layout import (
    CAPITALISED,
    MOVED,
    NOT_ASKED,
    TOLD,
    WAIVED,
    PlanAnswers,
    PlannedRows,
)
from delinquency.portfolio.plans.plan_numbers import most_more_dues, plan_numbers
from delinquency.portfolio.plans.plan_scratch import empty_answers, new_planned_rows
from delinquency.portfolio.plans.putting import put_plans
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.restructuring import restructure
from delinquency.restructuring.present_value import SHARE_PARTS

if TYPE_CHECKING:
    from delinquency.portfolio.plans.answer import PortfolioRestructuring

__all__ = ["book_after"]

_PENALTY = 3


def book_after(
    done: PortfolioRestructuring, *, engine: Engine | None, threads: int | None
) -> Portfolio:
    """The accounts of an answer, each with its plan."""
    run, workers = chosen_engine(engine), thread_count(threads, len(done))
    whole: Portfolio | None = None
    order: list[Any] = []
    for policy, rows, part in accounts_by_version(done.before, done.policies, done.version):
        found, places = _of_version(done, policy, rows, part, run, workers)
        order.append(rows[places])
        whole = found if whole is None else joined(whole, found)
    at = np.concatenate(order)
    if whole is None or (at == np.arange(len(at))).all():
        return done.before if whole is None else whole
    return whole.take(np.argsort(at, kind="stable"))


def _of_version(
    done: PortfolioRestructuring,
    policy: Policy,
    rows: Any,
    part: Portfolio,
    run: Engine,
    workers: int,
) -> tuple[Portfolio, Any]:
    """The book of a version with its plans, and the places of its accounts in the part."""
    chosen = np.where(done.is_put[rows], done.chosen[rows], -1)
    out = empty_answers(len(part))
    out.state[chosen < 0] = NOT_ASKED
    planned = _room(part, [most_more_dues([plan]) for plan in done.plans], chosen)
    put_plans(
        part,
        done.plans,
        plan_numbers(done.plans, part.currency),
        chosen,
        policy,
        out,
        planned,
        known_on=done.known_on,
        engine=run,
        workers=workers,
    )
    is_waived = (out.moved[:, CAPITALISED - MOVED + _PENALTY] != 0) | (
        out.moved[:, WAIVED - MOVED + _PENALTY] != 0
    )
    # What is left of penalty that was waived in part becomes a charge.
    by_loop = (out.state == TOLD) & ~(is_waived & (out.owed[:, 4 + _PENALTY] != 0))
    by_account = np.flatnonzero((chosen >= 0) & ~by_loop)
    changed = _changed(done, part, chosen, out, planned, by_loop, is_waived)
    if not len(by_account):
        return changed, np.arange(len(part))
    accounts = [
        _account_after(done, part, row, int(chosen[row]), policy) for row in by_account.tolist()
    ]
    apart = Portfolio.from_accounts(accounts)
    stays = np.setdiff1d(np.arange(len(part)), by_account)
    if not len(stays):
        return apart, by_account
    return joined(changed.take(stays), apart), np.concatenate([stays, by_account])


def _account_after(
    done: PortfolioRestructuring, part: Portfolio, row: int, place: int, policy: Policy
) -> Account:
    return restructure(
        part.account(row),
        done.plans[place],
        as_of=done.as_of,
        policy=policy,
        known_on=done.known_on,
    ).after


def _room(part: Portfolio, more: list[int], chosen: Minor) -> PlannedRows:
    """Columns with room for every row that a plan may ask for."""
    old = np.diff(part.instalments.offsets)
    counts = np.where(chosen >= 0, old + np.array([*more, 0])[chosen], 0)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    return new_planned_rows(offsets, len(part), int(part.instalments.offsets[-1]))


def _changed(
    done: PortfolioRestructuring,
    part: Portfolio,
    chosen: Minor,
    out: PlanAnswers,
    planned: PlannedRows,
    by_loop: Any,
    is_waived: Any,
) -> Portfolio:
    """The part with what loops answered in it; its other accounts as they were."""
    on = done.plans[0].effective_on
    day = day_number(on, where="restructuring plan", field="effective_on")
    book = evolved(part, instalments=_instalments(part, planned, by_loop, day))
    rows = np.flatnonzero(by_loop & is_waived)
    if len(rows):
        first = part.instalments.due_date[part.instalments.offsets[rows]]
        rows, first = rows[first < day], first[first < day]
        waiver = PenaltyWaiver(to_date(day - 1), on, recorded_on=on)
        book = with_spans(book, rows, waiver, starts=first)
    rows = np.flatnonzero(by_loop & (planned.is_changed != 0))
    common = np.gcd(out.diminished[rows], SHARE_PARTS)
    in_difficulty = np.array([plan.in_difficulty for plan in done.plans], dtype=np.int8)
    return with_restructurings(
        book,
        rows,
        day=on,
        first_due_on=planned.first_due[rows].astype(np.int32),
        grace_until=planned.grace_until[rows].astype(np.int32),
        in_difficulty=in_difficulty[chosen[rows]],
        diminished=(out.diminished[rows] // common, SHARE_PARTS // common),
    )


def _instalments(
    part: Portfolio, planned: PlannedRows, by_loop: Any, day: int
) -> InstalmentColumns:
    """The rows that were, some of them until the day, and from it on what is left and what is new."""
    old = part.instalments
    size = int(old.offsets[-1])
    account = account_of_rows(old.offsets, np.arange(size))
    counts = np.where(by_loop, planned.count, 0)
    left = np.flatnonzero((planned.left == 2) & by_loop[account])
    begins = np.repeat(planned.offsets[:-1], counts)
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    new = begins + within
    owner = np.repeat(np.arange(len(part)), counts)
    asks = (planned.principal[new] | planned.interest[new] | planned.fees[new]) != 0
    new, owner = new[asks], owner[asks]
    until = np.full(size, NONE_DAY, dtype=np.int32)
    start = np.full(size, ALWAYS_FROM, dtype=np.int32)
    if old.in_force_until is not None and old.in_force_from is not None:
        until, start = old.in_force_until.copy(), old.in_force_from.copy()
    until[(planned.left != 0) & by_loop[account]] = day
    more = len(left) + len(new)
    columns = {
        "due_date": np.concatenate([old.due_date, old.due_date[left], planned.due[new]]),
        "principal": np.concatenate(
            [old.principal, planned.left_principal[left], planned.principal[new]]
        ),
        "interest": np.concatenate(
            [old.interest, planned.left_interest[left], planned.interest[new]]
        ),
        "fees": np.concatenate([old.fees, planned.left_fees[left], planned.fees[new]]),
        "in_force_from": np.concatenate([start, np.full(more, day, dtype=np.int32)]),
        "in_force_until": np.concatenate([until, np.full(more, NONE_DAY, dtype=np.int32)]),
    }
    owners = np.concatenate([account, account[left], owner])
    order = np.lexsort(
        (np.arange(size + more), columns["in_force_from"], columns["due_date"], owners)
    )
    rows = np.diff(old.offsets) + np.bincount(owners[size:], minlength=len(part))
    kept: dict[str, Any] = {name: column[order] for name, column in columns.items()}
    if not ((kept["in_force_from"] != ALWAYS_FROM) | (kept["in_force_until"] != NONE_DAY)).any():
        kept["in_force_from"] = kept["in_force_until"] = None
    return InstalmentColumns(offsets=np.concatenate([[0], np.cumsum(rows)]), **kept)
