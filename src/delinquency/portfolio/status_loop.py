"""The loop of status over a book: versions of law follow one another, block by block.

The one idea: what a machine remembers stands in columns between one version and the next; the changes come in
the order in which they are found, each block's together.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, to_date
from delinquency.ledger.money import cut_of
from delinquency.policy import Policy, settles_by_totals
from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.status_layout import (
    FactArrays,
    MachineNumbers,
    StatusMemory,
    StatusRun,
)
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS
from delinquency.portfolio.status_facts import standing_facts
from delinquency.portfolio.status_numbers import machine_numbers, status_run
from delinquency.portfolio.status_scratch import change_rows, status_scratch
from delinquency.replaying import known_on_of
from delinquency.status.machine import StatusMachine

__all__ = ["FoundRows", "Judged", "LoopAnswer", "fold_in_loop"]

Flags = npt.NDArray[np.bool_]


class FoundRows(NamedTuple):
    """Changes of state by one machine, in columns."""

    account: Any
    day: Any
    state: Any
    rule: Any
    """The place of the trigger, or after the triggers of the exit; -1 where none led to it."""
    version: Any
    """The place of the version that said so."""


NEVER = -NONE_DAY
BLOCK = 8_192
CHANGES_OF_AN_ACCOUNT = 8
"""Rows for changes in a block at first; a block with more of them goes on from where they ended."""


@attrs.frozen(slots=True, eq=False)
class Judged:
    """A version on the days on which it is in force, and the accounts that it judges.

    ``accounts`` is ``None`` where it judges every one that has begun.
    """

    policy: Policy
    begins: int
    last: int
    accounts: Flags | None = None


class LoopAnswer(NamedTuple):
    """What the loop found of the accounts that it folded."""

    rows: list[list[FoundRows]]
    """By machine, in order of account within each version of a block."""
    unknown: Flags
    """By account and machine: whether nobody knows of a trigger to a worse state."""
    material: Any
    """By account: for how many closes arrears have been material [days]."""


class _Era(NamedTuple):
    """A version as the loop is given it."""

    number: int
    sweep: Any
    rule: Any
    run: StatusRun
    rules: MachineNumbers
    skip: Flags
    from_before: tuple[tuple[int, ...], ...]
    """By machine: the place of each state of the version before; empty in the first."""


def _eras(
    book: Portfolio, versions: Sequence[Judged], as_of: int, known: int, skip: Flags
) -> Iterator[_Era]:
    scale = 10**book.currency.minor_unit
    known_on = known_on_of(known)
    before: Sequence[StatusMachine] = ()
    for number, version in enumerate(versions):
        policy = version.policy
        rule = rule_numbers(policy, as_of=to_date(as_of), known_on=known_on, currency=book.currency)
        run = status_run(
            policy, book.currency, version.begins, version.last, is_last=version.last == as_of
        )
        skipped = skip if version.accounts is None else skip | ~version.accounts
        if skipped.all():
            # Nobody asks; and a machine that the loop cannot keep has no numbers.
            continue
        yield _Era(
            number,
            _sweep_of(policy, run),
            rule,
            run,
            machine_numbers(policy.status, scale),
            skipped,
            _places_of(before, policy.status) if version.accounts is None else (),
        )
        before = policy.status


def _sweep_of(policy: Policy, run: StatusRun) -> Any:
    """The loop over the cheapest ledger that is right: totals, where they decide and nothing is let off."""
    if settles_by_totals(policy) and not policy.counting.tolerance and not run.asks_exposure:
        from delinquency.portfolio.kernels.status_by_totals import status_by_totals

        return status_by_totals
    from delinquency.portfolio.kernels.status_by_prefixes import status_by_prefixes

    return status_by_prefixes


def _places_of(
    before: Sequence[StatusMachine], machines: Sequence[StatusMachine]
) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(new.position(state.code) for state in old.states)
        for old, new in zip(before, machines, strict=bool(before))
    )


def fold_in_loop(
    book: Portfolio,
    versions: Sequence[Judged],
    *,
    as_of: int,
    known: int,
    skip: Flags,
    engine: Engine,
    threads: int,
) -> LoopAnswer:
    """Fold the accounts that are not skipped, under versions in order of time."""
    size, machines = len(book), len(versions[-1].policy.status)
    answer = LoopAnswer(
        [[] for _ in range(machines)],
        np.zeros((size, machines), dtype=np.bool_),
        np.zeros(size, dtype=np.int64),
    )
    eras = list(_eras(book, versions, as_of, known, skip))
    if is_interpreted(engine):
        _fold_uncompiled(book, eras, cut_of(as_of, known), known, skip, answer)
        return answer
    facts = standing_facts(book, cut_of(as_of, known), known)
    arrays = book_arrays(book)
    parts: dict[int, list[list[FoundRows]]] = {}

    def work(first: int, last: int) -> None:
        memory: StatusMemory | None = None
        found: list[list[FoundRows]] = [[] for _ in range(machines)]
        for era in eras:
            memory = _memory(last - first, era, memory)
            _fold_block(arrays, facts, era, memory, first, last, found)
        parts[first] = found
        _tell(answer, memory, slice(first, last))

    in_blocks(work, size, threads, BLOCK)
    for first in sorted(parts):
        for machine, rows in enumerate(parts[first]):
            answer.rows[machine] += rows
    return answer


def _tell(answer: LoopAnswer, memory: StatusMemory | None, accounts: Any) -> None:
    """What is remembered of a block of accounts at the last close."""
    if memory is not None:
        answer.material[accounts] = memory.material
        shape = answer.unknown[accounts].shape
        answer.unknown[accounts] = memory.unknown.reshape(shape) != 0


def _fold_uncompiled(
    book: Portfolio,
    eras: Sequence[_Era],
    cut: int,
    known: int,
    skip: Flags,
    answer: LoopAnswer,
) -> None:
    """The same loop on lists: a number of a list is at hand, one of a column is made when asked for."""
    from delinquency.portfolio.kernels.compiler import uncompiled

    plain = [
        era._replace(
            sweep=uncompiled(era.sweep), rule=as_lists(era.rule), rules=as_lists(era.rules)
        )
        for era in eras
    ]
    chosen = np.flatnonzero(~skip)
    for first in range(0, len(chosen), ACCOUNTS_AS_LISTS):
        rows = chosen[first : first + ACCOUNTS_AS_LISTS]
        part = book.take(rows)
        arrays = as_lists(book_arrays(part))
        facts = as_lists(standing_facts(part, cut, known))
        memory: StatusMemory | None = None
        for era in plain:
            memory = _memory(len(rows), era, memory)
            own = era._replace(skip=era.skip[rows])
            found: list[list[FoundRows]] = [[] for _ in answer.rows]
            _fold_block(arrays, facts, own, memory, 0, len(rows), found)
            for machine, told in enumerate(found):
                answer.rows[machine] += [
                    each._replace(account=rows[each.account].astype(np.int32)) for each in told
                ]
        _tell(answer, memory, rows)


def _memory(size: int, era: _Era, before: StatusMemory | None) -> StatusMemory:
    """What goes into a version: nothing yet, or what the one before left, by the states of this one."""
    machines, widest = era.rules.machines, era.rules.widest
    if before is None or not era.from_before:
        memory = StatusMemory(
            begun=np.zeros(size, dtype=np.int8),
            cleared=np.full(size, NONE_DAY, dtype=np.int64),
            last_miss=np.full(size, NEVER, dtype=np.int64),
            state=np.zeros(size * machines, dtype=np.int64),
            entered=np.zeros(size * machines, dtype=np.int64),
            last_trigger=np.full(size * machines * widest, NEVER, dtype=np.int64),
            unknown=np.zeros(size * machines, dtype=np.int8),
            material=np.zeros(size, dtype=np.int64),
        )
        if before is None:
            return memory
        return memory._replace(unknown=before.unknown, material=before.material)
    old_state = before.state.reshape(size, machines)
    old_trigger = before.last_trigger.reshape(size, machines, -1)
    state = np.zeros((size, machines), dtype=np.int64)
    last_trigger = np.full((size, machines, widest), NEVER, dtype=np.int64)
    for machine, places in enumerate(era.from_before):
        state[:, machine] = np.array(places)[old_state[:, machine]]
        last_trigger[:, machine, list(places)] = old_trigger[:, machine, : len(places)]
    return before._replace(state=state.ravel(), last_trigger=last_trigger.ravel())


def _fold_block(
    arrays: Any,
    facts: FactArrays,
    era: _Era,
    memory: StatusMemory,
    first: int,
    last: int,
    found: Sequence[list[FoundRows]],
) -> None:
    """Add the changes of the accounts of a block under one version, by machine."""
    scratch = status_scratch(era.rules)
    room = CHANGES_OF_AN_ACCOUNT * (last - first)
    start = first
    while start < last:
        rows = change_rows(room)
        start_after = era.sweep(
            arrays,
            era.rule,
            era.run,
            era.rules,
            facts,
            era.skip,
            memory,
            scratch,
            rows,
            first,
            start,
            last,
        )
        used = int(rows.used[0])
        for machine, told in enumerate(found):
            own = np.flatnonzero(rows.machine[:used] == machine)
            told.append(
                FoundRows(
                    rows.account.take(own),
                    rows.day.take(own),
                    rows.state.take(own),
                    rows.rule.take(own).astype(np.int16),
                    np.full(len(own), era.number, dtype=np.int16),
                )
            )
        if start_after == start:
            room *= 2
        start = start_after
