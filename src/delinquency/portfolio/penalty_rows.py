"""Penalty interest of the accounts of a book, by the loops where they know the terms, else one by one.

The one idea: whatever a loop does not know is answered by the verb of one account, which is slow and never
wrong; so a book has the answer of every policy, and a loop may take over accounts as it learns them.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from delinquency.amounts import to_minor
from delinquency.component import COMPONENTS
from delinquency.errors import DelinquencyError, InvalidValueError, PolicyError
from delinquency.penalty import AccrualKind
from delinquency.penalty_interest import PenaltyInterest, penalty_interest
from delinquency.policy import Policy
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Places
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LOOP,
    NOT_ASKED,
    OpenBalances,
    PenaltyOutputs,
)
from delinquency.portfolio.making import answer_by_loop, empty_answers
from delinquency.portfolio.penalty_numbers import fills_in_order, penalty_numbers, posts_on_demand
from delinquency.portfolio.penalty_sweeps import (
    empty_balances,
    empty_penalty,
    routes,
    run_penalty,
)
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, chosen_engine, thread_count

__all__ = ["penalty_by_version"]


def penalty_by_version(
    book: Portfolio,
    policies: tuple[Policy, ...],
    version: Places | None,
    *,
    as_of: date,
    known_on: date | None,
    with_balances: bool,
    engine: Engine | None = None,
    threads: int | None = None,
    refused: npt.NDArray[np.bool_] | None = None,
) -> tuple[PenaltyOutputs, OpenBalances]:
    """What a delay cost every account under its own version, and what is open of it.

    Balances have no elements where nobody asks for them. An account whose version is none of the given is not
    asked. What the verb of one account refuses is marked in ``refused`` where that is given, else raised.

    Raises
    ------
    InvalidValueError, PolicyError
        What the verb of one account refuses.
    """
    out = empty_penalty(len(book))
    balances = empty_balances(len(book) if with_balances else 0)
    chosen, workers = chosen_engine(engine), thread_count(threads, len(book))
    for number, policy in enumerate(policies):
        mine = np.ones(len(book), dtype=np.bool_) if version is None else version == number
        route = _by_loops(book, policy, mine, out, balances, as_of, known_on, chosen, workers)
        for row in np.flatnonzero(route == BY_LOOP).tolist():
            try:
                _one_by_one(book, row, policy, out, balances, as_of, known_on)
            except InvalidValueError:
                if refused is None:
                    raise
                refused[row] = True
    return out, balances


def _by_loops(
    book: Portfolio,
    policy: Policy,
    mine: npt.NDArray[np.bool_],
    out: PenaltyOutputs,
    balances: OpenBalances,
    as_of: date,
    known_on: date | None,
    engine: Engine,
    workers: int,
) -> Codes:
    """Answer the accounts of a version that loops know; the routes on which the accounts are left."""
    terms = policy.penalty
    by_order = fills_in_order(policy) and not len(balances.principal)
    if terms is None:
        return np.where(mine, BY_LOOP, NOT_ASKED).astype(np.int8)
    if not (by_order or posts_on_demand(policy)):
        numbers = rule_numbers(policy, as_of=as_of, known_on=known_on, currency=book.currency)
        answers = empty_answers()._replace(penalty=out, balances=balances)
        return answer_by_loop(book, policy, numbers, answers, engine, workers, asked=mine)
    rule = penalty_numbers(policy, terms, as_of=as_of, known_on=known_on, currency=book.currency)
    route = routes(book, terms, rule, by_ledger=not by_order)
    route[~mine] = NOT_ASKED
    run_penalty(book, rule, route, out, balances, engine=engine, workers=workers)
    return route


def _one_by_one(
    book: Portfolio,
    row: int,
    policy: Policy,
    out: PenaltyOutputs,
    balances: OpenBalances,
    as_of: date,
    known_on: date | None,
) -> None:
    """Answer one account by its own verb."""
    try:
        told = penalty_interest(book.account(row), as_of=as_of, policy=policy, known_on=known_on)
        _put(out, row, _figures(told))
        if len(balances.principal):
            _put(balances, row, _balances(told))
    except PolicyError:
        raise
    except DelinquencyError as error:
        raise error.within(f"account {book.account_id[row]!r}") from None


def _put(columns: PenaltyOutputs | OpenBalances, row: int, figures: tuple[int, ...]) -> None:
    for column, figure in zip(columns, figures, strict=True):
        column[row] = figure


def _figures(told: PenaltyInterest) -> tuple[int, ...]:
    """What an account bore, in the order of the columns [minor units]."""
    owed = {AccrualKind.PENALTY: 0, AccrualKind.COMPOUND: 0}
    waived = capped = 0
    for line in told.segments:
        capped += line.capped_minor
        if line.is_waived:
            waived += line.amount_minor
        else:
            owed[line.kind] += line.amount_minor
    posted = to_minor(told.posted, told.account.currency, where="penalty", field="posted")
    return owed[AccrualKind.PENALTY], owed[AccrualKind.COMPOUND], waived, capped, posted


def _balances(told: PenaltyInterest) -> tuple[int, ...]:
    """What is open by component, and unallocated money, in the order of the columns [minor units]."""
    ledger, currency = told.ledger, told.account.currency
    opened = (
        to_minor(ledger.open_amount(component), currency, where="ledger", field="open amount")
        for component in COMPONENTS
    )
    return (*opened, ledger.unallocated_minor)
