"""Observing every account of a book over the same periods: the same verb as for one account.

The one idea: each column equals the scalar verb on every row. Accounts that settle oldest first go forward
from close to close; the few that need their debts laid out are observed one by one.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, day_number
from delinquency.early_warning.observing.account_verb import (
    ACCOUNT_OBSERVATIONS,
    observed_numbers,
)
from delinquency.early_warning.observing.month_periods import HistoryPeriod, history_periods
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.assessment import assess
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.disputed import are_disputed
from delinquency.portfolio.history import recorded_late
from delinquency.portfolio.readings import DAY_COUNTS
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.portfolio.versions import versions_in_force
from delinquency.portfolio.warnings.observed_closes import (
    ObservedClose,
    column_type,
    observed_closes,
    runs_of,
)
from delinquency.portfolio.warnings.observing_by_ledgers import sweep_ledgers
from delinquency.portfolio.warnings.observing_by_totals import sweep_totals, totals_tell

Column = npt.NDArray[Any]


def observed_columns(
    book: Portfolio,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    names: Sequence[str],
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> dict[str, Column]:
    """By name one number for each period and account; see :func:`observe`."""
    shape = (len(told), len(book))
    columns: dict[str, Column] = {name: np.empty(shape, dtype=column_type(name)) for name in names}
    groups = _groups(book, told, policy)
    if len(groups) == 1:
        _fill(columns, book, told, policy, known_on, engine, threads)
        return columns
    for version, rows in groups:
        few = observed_columns(book.take(rows), told, version, names, known_on, engine, threads)
        for name, column in few.items():
            columns[name][:, rows] = column
    return columns


def _groups(
    book: Portfolio, told: Sequence[HistoryPeriod], policy: Policy | PolicyTimeline
) -> list[tuple[Policy | PolicyTimeline, Any]]:
    """The accounts of each version, where the day of origination decides; else the whole book."""
    used, codes = versions_in_force(book, told[-1].end, policy, "observe")
    if codes is None:
        return [(policy, None)]
    return [(version, np.flatnonzero(codes == number)) for number, version in enumerate(used)]


def _fill(
    columns: Mapping[str, Column],
    book: Portfolio,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> None:
    closes = observed_closes(book, told, policy, known_on)
    begun = {close.place for close in closes}
    for column in columns.values():
        for place in set(range(len(told))) - begun:
            column[place] = np.iinfo(column.dtype).min
    runs = runs_of(closes)
    alone = are_disputed(book)
    for version, _ in runs:
        alone = alone | version.makes_debts | sweep_choice(book, version).beside_prefixes
    restarts = recorded_late(book) | _taken_back(book)
    buckets = np.zeros((len(closes), len(book)), dtype=np.int8)
    kind, workers = chosen_engine(engine), thread_count(threads, len(book))
    for version, run in runs:
        sweep = sweep_totals if totals_tell(version, book.currency) else sweep_ledgers
        sweep(book, version, run, columns, buckets, alone, restarts, kind, workers)
    if "rolled_forward" in columns:
        _read_buckets(book, closes, buckets, kind, workers)
        _tell_rolls(book, closes, buckets, columns["rolled_forward"])
    for row in np.flatnonzero(alone).tolist():
        numbers = observed_numbers(book.account(row), told, policy, known_on, None, "observe")
        for name, column in columns.items():
            unknown = np.iinfo(column.dtype).min
            column[:, row] = [unknown if each is None else each for each in numbers[name]]


def _taken_back(book: Portfolio) -> npt.NDArray[np.bool_]:
    """Accounts with a payment that was ever taken back."""
    flags = np.zeros(len(book), dtype=np.bool_)
    if book.payments.reversed_on is not None:
        rows = np.flatnonzero(book.payments.reversed_on != NONE_DAY)
        flags[account_of_rows(book.payments.offsets, rows)] = True
    return flags


def _read_buckets(
    book: Portfolio,
    closes: Sequence[ObservedClose],
    buckets: npt.NDArray[np.int8],
    engine: Engine,
    workers: int,
) -> None:
    """Where buckets do not read days, ask for those of each close."""
    for number, close in enumerate(closes):
        if close.version.buckets.reads not in DAY_COUNTS:
            buckets[number] = assess(
                book,
                as_of=close.day,
                policy=close.version,
                known_on=close.known_on,
                engine=engine,
                threads=workers,
            ).bucket


def _tell_rolls(
    book: Portfolio,
    closes: Sequence[ObservedClose],
    buckets: npt.NDArray[np.int8],
    column: Column,
) -> None:
    unknown = np.iinfo(column.dtype).min
    for number, close in enumerate(closes):
        if close.place < 0:
            continue
        before = closes[number - 1] if number else None
        if before is None or before.version.buckets != close.version.buckets:
            column[close.place] = unknown
            continue
        day = day_number(before.day, where="observe", field="dates")
        np.greater(buckets[number], buckets[number - 1], out=column[close.place])
        if int(book.originated_on.max()) > day:
            column[close.place, book.originated_on > day] = unknown
