"""Observing a book by its ledgers, where totals do not decide what is open.

The one idea: a block of accounts is swept over all closes before the next one is begun, so that what it reads
stays at hand, and each close is written in one piece.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import to_minor
from delinquency.calendar import day_number
from delinquency.early_warning.observing.account_verb import SWEPT_OBSERVATIONS
from delinquency.early_warning.observing.first_payment import FIRST_PAYMENT_DAYS
from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.kernels.layout import Outputs
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS
from delinquency.portfolio.warnings.observing.closes import ObservedClose, column_type

if TYPE_CHECKING:
    from delinquency.policy import Policy
    from delinquency.portfolio.book import Portfolio

__all__ = ["sweep_ledgers"]

BLOCK = 4_096
"""Accounts whose rows stay at hand from close to close."""

Flags = npt.NDArray[np.bool_]


def sweep_ledgers(
    book: Portfolio,
    version: Policy,
    closes: Sequence[ObservedClose],
    columns: Mapping[str, npt.NDArray[Any]],
    buckets: npt.NDArray[np.int8],
    skip: Flags,
    restarts: Flags,
    engine: Engine,
    workers: int,
) -> None:
    """Fill the columns of all accounts that are not skipped, and of each close the buckets, if asked for."""
    asked = [_numbers(book, version, close) for close in closes]
    targets = _targets(book, closes, columns, buckets)
    if is_interpreted(engine):
        _sweep_uncompiled(book, asked, targets, skip, restarts)
        return
    from delinquency.portfolio.kernels.observing_ledgers import observe_close

    arrays = book_arrays(book)

    def work(first: int, last: int) -> None:
        places = _new_places(last - first)
        for (rule, close), (levels, out) in zip(asked, targets, strict=True):
            observe_close(arrays, rule, close, skip, restarts, places, levels, out, first, last)

    in_blocks(work, len(book), workers, BLOCK)


def _sweep_uncompiled(
    book: Portfolio, asked: Any, targets: Any, skip: Flags, restarts: Flags
) -> None:
    """The same sweep on lists; see :mod:`delinquency.portfolio.sweeps`."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.observing_ledgers import observe_close

    written = uncompiled(observe_close)
    rows = np.flatnonzero(~skip)
    for first in range(0, len(rows), ACCOUNTS_AS_LISTS):
        chosen = rows[first : first + ACCOUNTS_AS_LISTS]
        arrays = as_lists(book_arrays(book.take(chosen)))
        size = len(chosen)
        places = _new_places(size)
        for (rule, close), target in zip(asked, targets, strict=True):
            levels, out = (
                type(part)(*(np.empty(size, dtype=whole.dtype) for whole in part))
                for part in target
            )
            written(
                arrays, as_lists(rule), close, [False] * size, restarts[chosen], places,
                levels, out, 0, size,
            )  # fmt: skip
            for part, told in zip(target, (levels, out), strict=True):
                for whole, few in zip(part, told, strict=True):
                    whole[chosen] = few


def _numbers(book: Portfolio, version: Policy, close: ObservedClose) -> tuple[Any, Any]:
    from delinquency.portfolio.kernels.observing_ledgers import CloseNumbers

    rule = rule_numbers(version, as_of=close.day, known_on=close.known_on, currency=book.currency)
    least = version.counting.least_payment
    start = 0
    if close.start is not None:
        start = day_number(close.start, where="observe", field="start")
    return rule, CloseNumbers(
        start=start,
        has_start=int(close.start is not None),
        is_told=int(close.place >= 0),
        least=to_minor(least, book.currency, where="counting", field="least_payment"),
        first_payment_days=FIRST_PAYMENT_DAYS,
    )


def _targets(
    book: Portfolio,
    closes: Sequence[ObservedClose],
    columns: Mapping[str, npt.NDArray[Any]],
    buckets: npt.NDArray[np.int8],
) -> list[tuple[Any, Any]]:
    """Where each close is written; what nobody reads goes to a column of its own."""
    from delinquency.portfolio.kernels.observing_ledgers import FlowOutputs

    size = len(book)
    oldest, unread = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int8)
    aside = {name: np.empty(size, dtype=column_type(name)) for name in SWEPT_OBSERVATIONS}
    targets: list[tuple[Any, Any]] = []
    for close in closes:
        told = aside
        if close.place >= 0:
            told = aside | {name: column[close.place] for name, column in columns.items()}
        levels = Outputs(
            days_past_due=told["days_past_due"],
            delinquent_days=told["delinquent_days"],
            arrears=told["arrears"],
            oldest_due=oldest,
            bucket=buckets[close.number] if len(buckets) else unread,
        )
        targets.append((levels, FlowOutputs(*(told[name] for name in FlowOutputs._fields))))
    return targets


def _new_places(size: int) -> Any:
    from delinquency.portfolio.kernels.observing_ledgers import LedgerPlaces

    def column() -> Any:
        return np.full(size, -1, dtype=np.int64)

    return LedgerPlaces(
        place=np.empty((size, 4), dtype=np.int64),
        rest=np.empty((size, 4), dtype=np.int64),
        payment=column(),
        due_to=column(),
        held=column(),
        due_row=column(),
        paid_row=column(),
        last_paid=column(),
        decided=column(),
    )
