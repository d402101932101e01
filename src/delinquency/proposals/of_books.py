"""The best plan of an offer for every account of a book.

The one idea: as :func:`~delinquency.proposals.verb.propose_plans` ranks the plans of one account; only the
first of each is kept, to be put to the book by
:func:`~delinquency.portfolio.plans.restructuring.restructure`.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amortisation import AmortisationMethod
from delinquency.amounts import MAX_MINOR, to_minor
from delinquency.calendar import LAST_DAY, day_number
from delinquency.daycount import DayCount
from delinquency.errors import DelinquencyError, InvalidTypeError, PolicyError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown_rows import accounts_by_version
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.kernels.compiler import uncompiled
from delinquency.portfolio.kernels.plan_best import best_plans
from delinquency.portfolio.kernels.plan_layout import (
    BY_ACCOUNT,
    NOT_ASKED,
    NOT_POSSIBLE,
    NOTHING_OWED,
    TOLD,
    AskedAccounts,
    BestPlans,
    PlanBounds,
)
from delinquency.portfolio.plans.plan_scratch import (
    empty_answers,
    new_draft,
    new_rows_scratch,
    nothing_said,
)
from delinquency.portfolio.plans.putting import (
    account_sizes,
    needs_account,
    rate_arrays,
    unposted_penalty,
)
from delinquency.portfolio.read_only import freeze
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import (
    Engine,
    chosen_engine,
    in_blocks,
    is_interpreted,
    thread_count,
)
from delinquency.portfolio.scratch import most_rows, new_scratch
from delinquency.portfolio.versions import versions_in_force
from delinquency.proposals.book_answer import (
    PortfolioProposals,
    checked_payments,
    of_account,
)
from delinquency.proposals.offer import LenderOffer, PlanLimits
from delinquency.proposals.space import PlanSpace
from delinquency.proposals.trimming import trimmed
from delinquency.restructuring import RestructuringPlan
from delinquency.restructuring.plan_checks import check_penalty
from delinquency.restructuring.present_value import SHARE_PARTS
from delinquency.rounding import RoundingMode

__all__ = ["propose_for_book"]

_WHERE = "propose_for_book"
ACCOUNTS_OF_A_BLOCK = 256


def propose_for_book(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    affordable: Sequence[int] | npt.NDArray[Any],
    offer: LenderOffer | None = None,
    bounds: PlanLimits | None = None,
    effective_on: date | None = None,
    method: AmortisationMethod = AmortisationMethod.ANNUITY,
    day_count: DayCount | None = None,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioProposals:
    """Price every plan of an offer for every account, and keep the best one of each.

    The best is the first of :func:`~delinquency.proposals.verb.propose_plans`. An account with charges,
    events, a changed schedule, or whose schedule is over, is answered by that verb.

    Parameters
    ----------
    book : Portfolio
    as_of : date
    policy : Policy or PolicyTimeline
    affordable : int array
        What each debtor can pay on every due date [minor units], 1 or more; -1 for an account that is not
        asked about.
    offer, bounds, effective_on, method, day_count, known_on
        As for one account.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 accounts.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not a portfolio, a date, a policy, or an offer; not whole numbers, one for each account; 0.
    PolicyError
        Penalty that is posted on demand.

    Examples
    --------
    Two of four instalments of 100 are past due; the debtors can pay 130 and 20 on a due date:

    >>> import delinquency as dq
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> book = Portfolio.from_accounts([dq.Account(account_id=name, originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows)) for name in ("A-1", "A-2")])
    >>> found = propose_for_book(book, as_of=date(2025, 3, 1), affordable=[13_000, 2_000],
    ...     policy=dq.rulebook.load("founding-report"), offer=LenderOffer(term_extensions=range(1, 7)))
    >>> found.chosen, found.greatest_payment, found.fitting
    (array([ 0, -1]), array([5000,    0]), array([10,  0]))
    """
    policies, version = versions_in_force(book, as_of, policy, _WHERE)
    can_pay = checked_payments(affordable, len(book))
    for used in policies:
        check_penalty(used)
    begins = as_of if effective_on is None else effective_on
    day_number(begins, where=_WHERE, field="effective_on")
    if known_on is not None:
        day_number(known_on, where=_WHERE, field="known_on")
    asked: dict[str, Any] = {
        "as_of": as_of,
        "policy": policy,
        "affordable": can_pay,
        "offer": LenderOffer() if offer is None else offer,
        "bounds": PlanLimits() if bounds is None else bounds,
        "effective_on": begins,
        "method": method,
        "day_count": day_count,
        "known_on": known_on,
        "engine": engine,
    }
    space = _space(asked)
    out = _empty(len(book))
    out.state[can_pay < 0] = NOT_ASKED
    run, workers = chosen_engine(engine), thread_count(threads, len(book))
    for used, rows, part in accounts_by_version(book, policies, version):
        found = BestPlans(*(column[rows] for column in out))
        _by_loops(part, used, space, asked, can_pay[rows], found, run, workers)
        for column, told in zip(out, found, strict=True):
            column[rows] = told
    return _answer(book, asked, space, out)


def _space(asked: dict[str, Any]) -> PlanSpace:
    offer, limits = asked["offer"], asked["bounds"]
    for name, value, kind in (("offer", offer, LenderOffer), ("bounds", limits, PlanLimits)):
        if not isinstance(value, kind):
            raise InvalidTypeError.at(f"{_WHERE}, {name}", expected=kind.__name__, found=value)
    least = limits.least_rate
    if least is not None:
        rates = tuple(rate for rate in offer.rates if rate.scaled >= least.scaled)
        offer = attrs.evolve(offer, rates=rates)
    return PlanSpace(offer.choices, asked["effective_on"], asked["method"], asked["day_count"])


def _empty(size: int) -> BestPlans:
    return BestPlans(
        state=np.zeros(size, dtype=np.int8),
        place=np.full(size, -1, dtype=np.int64),
        fitting=np.zeros(size, dtype=np.int64),
        not_possible=np.zeros(size, dtype=np.int64),
        figures=np.zeros((size, 7), dtype=np.int64),
        moved=np.zeros((size, 3), dtype=np.int64),
    )


def _bounds(limits: PlanLimits, can_pay: Any) -> PlanBounds:
    last, most, loss = limits.last_due_on, limits.most_instalments, limits.most_loss
    return PlanBounds(
        can_pay,
        LAST_DAY if last is None else day_number(last, where=_WHERE, field="last_due_on"),
        MAX_MINOR if most is None else most,
        SHARE_PARTS if loss is None else loss.of(SHARE_PARTS, RoundingMode.DOWN),
    )


def _by_loops(
    book: Portfolio,
    policy: Policy,
    space: PlanSpace,
    asked: dict[str, Any],
    can_pay: Minor,
    out: BestPlans,
    engine: Engine,
    workers: int,
) -> None:
    """Answer the accounts that loops know; the others become ``BY_ACCOUNT``."""
    plan, on = space.plan(len(space) - 1), asked["effective_on"]
    nothing = np.zeros(len(book), dtype=np.int64)
    apart = needs_account(book, [plan], nothing, policy)
    if on > asked["as_of"] or not space.is_by_loop:
        apart[:] = True
    out.state[apart & (out.state == TOLD)] = BY_ACCOUNT
    if plan.day_count is None:
        # Nothing can be reckoned of a rate without a day count: the verb of one account says so.
        out.state[_bears(book, on) & (out.state == TOLD)] = BY_ACCOUNT
    rows = np.flatnonzero(out.state == TOLD)
    if not len(rows):
        return
    if len(rows) < len(book):
        part = BestPlans(*(column[rows] for column in out))
        _by_loops(book.take(rows), policy, space, asked, can_pay[rows], part, engine, workers)
        for column, told in zip(out, part, strict=True):
            column[rows] = told
        return
    known_on = asked["known_on"]
    rule = rule_numbers(
        policy, as_of=on - timedelta(days=1), known_on=known_on, currency=book.currency
    )
    unposted = unposted_penalty(book, policy, on, known_on, engine, workers, out.state)
    numbers = space.numbers(book.currency)
    accounts = AskedAccounts(nothing, unposted, nothing_said())
    bounds = _bounds(asked["bounds"], can_pay)
    more = space.most_more_dues
    old, _, spans, steps = account_sizes(book, [plan])
    steps += 4

    def drafts() -> Any:
        return (
            new_draft(old, old + more, spans),
            new_rows_scratch(old + more, steps),
            new_draft(old, old + more, spans),
            new_rows_scratch(old + more, steps),
        )

    def work(first: int, last: int) -> None:
        rates, scratch = rate_arrays(book), new_scratch(*most_rows(book))
        given = (book_arrays(book), rule, scratch, numbers, accounts, rates)
        rest = (drafts(), bounds, empty_answers(1), out, first, last)
        if is_interpreted(engine):
            uncompiled(best_plans)(*(as_lists(each) for each in given), *rest)
        else:
            best_plans(*given, *rest)

    in_blocks(work, len(book), workers, ACCOUNTS_OF_A_BLOCK)


def _bears(book: Portfolio, on: date) -> Any:
    """Accounts whose contract has a rate above 0 on a day."""
    rates, flags = rate_arrays(book), np.zeros(len(book), dtype=np.bool_)
    day = day_number(on, where=_WHERE, field="effective_on")
    held = np.flatnonzero(rates.day <= day)
    account = account_of_rows(rates.offsets, held)
    flags[account] = rates.rate[held] != 0  # of several the last one stands
    return flags


def _answer(
    book: Portfolio, asked: dict[str, Any], space: PlanSpace, out: BestPlans
) -> PortfolioProposals:
    plans: dict[RestructuringPlan, int] = {}
    chosen = np.full(len(book), -1, dtype=np.int64)
    refused = np.zeros(len(book), dtype=np.bool_)
    for row in np.flatnonzero((out.state == TOLD) & (out.place >= 0)).tolist():
        plan = trimmed(space.plan(int(out.place[row])), *out.moved[row].tolist())
        chosen[row] = plans.setdefault(plan, len(plans))
    refused[out.state == NOTHING_OWED] = True
    for row in np.flatnonzero(out.state == BY_ACCOUNT).tolist():
        chosen[row], refused[row] = _by_account(book, row, asked, plans, out)
    figures = np.where((chosen >= 0)[:, None], out.figures, 0)
    last = np.where(chosen >= 0, figures[:, 3], -1).astype(np.int32)
    told = PortfolioProposals(
        book=book,
        as_of=asked["as_of"],
        plans=tuple(plans),
        chosen=chosen,
        priced=len(space),
        fitting=out.fitting,
        is_refused=refused,
        greatest_payment=figures[:, 2].copy(),
        balloon=figures[:, 1].copy(),
        present_value_loss=figures[:, 0].copy(),
        payments=figures[:, 4].copy(),
        last_due_on=last,
        diminished_share=figures[:, 5].copy(),
        asked=asked,
    )
    freeze(told)
    return told


def _by_account(
    book: Portfolio,
    row: int,
    asked: dict[str, Any],
    plans: dict[RestructuringPlan, int],
    out: BestPlans,
) -> tuple[int, bool]:
    """The place of the best plan of one account by its own verb, and whether it can have none."""
    out.fitting[row] = out.not_possible[row] = 0
    try:
        found = of_account(book, row, **asked)
    except PolicyError:
        raise
    except DelinquencyError:
        out.state[row] = NOT_POSSIBLE
        return -1, True
    out.fitting[row] = found.fitting
    if not found.plans:
        return -1, False
    best, currency = found[0], book.currency

    def minor(amount: Any) -> int:
        return to_minor(amount, currency, where=_WHERE, allow_negative=True)

    share = best.diminished_share
    out.figures[row, :6] = (
        minor(best.present_value_loss),
        minor(best.balloon),
        minor(best.greatest_payment),
        day_number(best.last_due_on, where=_WHERE, field="last_due_on"),
        best.payments,
        share.numerator * (SHARE_PARTS // share.denominator),
    )
    return plans.setdefault(best.plan, len(plans)), False
