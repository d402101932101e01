"""Books under policies whose ledger charges penalty or late fees: by the loop, and what is left one by one.

The one idea: whatever is asked, the same loop replays the accounts that it knows and fills what is asked for;
accounts that it hands on are replayed as records, and put into the same columns.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.counting.rule import CountName, PartialPayments
from delinquency.policy import Policy
from delinquency.portfolio.arrays import as_lists, book_arrays, empty_more, empty_outputs
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes
from delinquency.portfolio.kernels.layout import (
    LedgerOutputs,
    Outputs,
    RuleNumbers,
)
from delinquency.portfolio.kernels.making_layout import (
    COUNTERS,
    MakingAnswers,
    MakingNumbers,
    MakingScratch,
    PaymentCounts,
)
from delinquency.portfolio.kernels.penalty_layout import BY_LOOP, MAKING, NOT_ASKED
from delinquency.portfolio.late_debts import closed_up, empty_late
from delinquency.portfolio.making_numbers import (
    Room,
    accruing_terms,
    is_made_by_loop,
    making_numbers,
    room_for,
)
from delinquency.portfolio.one_by_one import answer_rows, late_debts_one_by_one
from delinquency.portfolio.penalty_sweeps import empty_balances, empty_penalty, making_routes
from delinquency.portfolio.readings import DAY_COUNTS, readings
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS, most_rows, new_scratch

__all__ = ["answer_by_loop", "empty_answers", "late_debts_of_making", "run_making"]


def run_making(
    book: Portfolio,
    policy: Policy,
    rule: RuleNumbers,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    """Fill the columns of an answer, and those of what only a ledger knows where they are asked for."""
    answers = empty_answers()._replace(
        out=out, more=more, payments=_payment_counts(policy, len(book))
    )
    route = answer_by_loop(book, policy, rule, answers, engine, workers)
    _read(book, policy, rule, answers, route == MAKING, engine)
    answer_rows(book, np.flatnonzero(route == BY_LOOP), policy, rule, out, more)


def _payment_counts(policy: Policy, size: int) -> PaymentCounts:
    counting = policy.counting
    is_asked = policy.buckets.reads is CountName.PAYMENTS_IN_ARREARS
    share = counting.full_payment_share
    is_nearly = counting.partial_payments is PartialPayments.NEARLY_FULL
    return PaymentCounts(
        np.empty(size if is_asked else 0, dtype=np.int32),
        share.numerator if is_nearly else 0,
        share.denominator if is_nearly else 1,
    )


def _read(
    book: Portfolio,
    policy: Policy,
    rule: RuleNumbers,
    answers: MakingAnswers,
    chosen: Any,
    engine: Engine,
) -> None:
    """Put the chosen accounts into buckets where the scheme reads no count of days past due."""
    if policy.buckets.reads in DAY_COUNTS or not chosen.any():
        return
    reading = answers.payments.count
    if policy.buckets.reads is not CountName.PAYMENTS_IN_ARREARS:
        reading = readings(book, policy, rule, answers.out, engine)
    positions = rule.bucket_first_days.searchsorted(reading[chosen], side="right") - 1
    answers.out.bucket[chosen] = positions


def late_debts_of_making(
    book: Portfolio, policy: Policy, rule: RuleNumbers, engine: Engine, workers: int
) -> dict[str, Any]:
    """The late debts of every account in columns, oldest first within each, and the rows of the accounts.

    How many there are is asked first, for a ledger may make any number of them.
    """
    more = empty_more(len(book))
    asked = empty_answers()._replace(more=more)
    route = answer_by_loop(book, policy, rule, asked, engine, workers)
    is_made = route == MAKING
    starts = np.concatenate([[0], np.cumsum(np.where(is_made, more.late_count, 0))])
    late = empty_late(int(starts[-1]), len(book))
    answers = empty_answers()._replace(late_starts=starts, late=late)
    answer_by_loop(book, policy, rule, answers, engine, workers, asked=is_made)
    told = closed_up(late, starts)
    left = np.flatnonzero(route == BY_LOOP)
    if not len(left):
        return told
    alone = late_debts_one_by_one(book.take(left), policy, rule)
    alone["account"] = left[alone["account"]]
    return {name: np.concatenate([told[name], alone[name]]) for name in told}


def empty_answers() -> MakingAnswers:
    """Answers of which nothing is asked for."""
    return MakingAnswers(
        out=empty_outputs(0),
        more=empty_more(0),
        late_starts=np.empty(0, dtype=np.int64),
        late=empty_late(0, 0),
        payments=PaymentCounts(np.empty(0, dtype=np.int32), 0, 1),
        penalty=empty_penalty(0),
        balances=empty_balances(0),
    )


def answer_by_loop(
    book: Portfolio,
    policy: Policy,
    rule: RuleNumbers,
    answers: MakingAnswers,
    engine: Engine,
    workers: int,
    *,
    asked: Any = None,
) -> Codes:
    """Fill what is asked for of the accounts that the loop knows; the route by which each was answered.

    Of accounts that are not marked in ``asked`` nothing is, where it is given.
    """
    terms = accruing_terms(policy, is_asked=len(answers.penalty.penalty) > 0)
    if not is_made_by_loop(policy, terms):
        route = np.full(len(book), BY_LOOP, dtype=np.int8)
        return route if asked is None else np.where(asked, route, NOT_ASKED).astype(np.int8)
    making, room = making_numbers(book, policy, terms, rule), room_for(book, policy, rule)
    route = making_routes(book, terms, making.penalty)
    if asked is not None:
        route[~asked] = NOT_ASKED
    if (route == MAKING).any():
        if is_interpreted(engine):
            _run_uncompiled(book, rule, making, room, route, answers)
        else:
            _run(book, rule, making, room, route, answers, workers)
    return route


def _run(
    book: Portfolio,
    rule: RuleNumbers,
    making: MakingNumbers,
    room: Room,
    route: Codes,
    answers: MakingAnswers,
    workers: int,
) -> None:
    from delinquency.portfolio.kernels.making import as_made

    arrays = book_arrays(book)

    def work(first: int, last: int) -> None:
        scratch, made = _scratch(book, room)
        as_made(arrays, rule, making, route, scratch, made, answers, first, last)

    in_blocks(work, len(book), workers)


def _run_uncompiled(
    book: Portfolio,
    rule: RuleNumbers,
    making: MakingNumbers,
    room: Room,
    route: Codes,
    answers: MakingAnswers,
) -> None:
    """The same loop on lists, which are quicker than columns where nothing is compiled."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.making import as_made
    from delinquency.portfolio.penalty_sweeps import penalty_arrays

    for first in range(0, len(book), ACCOUNTS_AS_LISTS):
        rows = slice(first, min(first + ACCOUNTS_AS_LISTS, len(book)))
        part = book.take(np.arange(rows.start, rows.stop))
        scratch, made = _scratch(part, room)
        uncompiled(as_made)(
            as_lists(book_arrays(part)),
            as_lists(rule),
            as_lists(making._replace(book=penalty_arrays(part))),
            route[rows],
            as_lists(scratch),
            as_lists(made),
            _of_rows(answers, rows),
            0,
            len(part),
        )


def _of_rows(answers: MakingAnswers, rows: slice) -> MakingAnswers:
    """The columns of some accounts, to be filled in place; late debts stand where they stood."""

    def cut(record: Any) -> Any:
        return type(record)(*(column[rows] for column in record))

    return MakingAnswers(
        out=cut(answers.out),
        more=cut(answers.more),
        late_starts=answers.late_starts[rows],
        late=answers.late._replace(count=answers.late.count[rows]),
        payments=answers.payments._replace(count=answers.payments.count[rows]),
        penalty=cut(answers.penalty),
        balances=cut(answers.balances),
    )


def _scratch(book: Portfolio, room: Room) -> tuple[Any, MakingScratch]:
    """Working columns for a block, with room for so many debts that the ledger makes."""
    from delinquency.portfolio.kernels.penalty_lines import SIZE_OF_LINE
    from delinquency.portfolio.kernels.penalty_of_debts import SIZE_OF_DEBT

    rows = most_rows(book)[0]
    debts = rows + room.debts

    def column(size: int) -> Any:
        return np.zeros(size, dtype=np.int64)

    payments = int(np.diff(book.payments.offsets).max(initial=0))
    taken = payments + debts if room.terms else 0
    made = MakingScratch(
        counters=column(COUNTERS),
        accruals=column(debts * SIZE_OF_DEBT),
        lines=column(SIZE_OF_LINE),
        place_of=column(rows if room.terms else 0),
        fee_keys=column(room.fees),
        charged=column(rows * room.terms),
        taken_day=column(taken),
        taken=column(taken),
    )
    return new_scratch(debts, 0), made
