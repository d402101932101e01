"""Observing a book by totals, where the oldest instalment is always emptied first.

The one idea: all closes of an account are told before the next account is looked at, so that nothing is read
twice.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import to_minor
from delinquency.calendar import day_number
from delinquency.civil_days import month_and_day
from delinquency.early_warning.observing.first_payment import FIRST_PAYMENT_DAYS
from delinquency.period_arithmetic import end_of_month
from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS
from delinquency.portfolio.warnings.observing.closes import ObservedClose, column_type
from delinquency.replaying import ledger_rule

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.policy import Policy
    from delinquency.portfolio.book import Portfolio

__all__ = ["sweep_totals", "totals_tell"]

Flags = npt.NDArray[np.bool_]


def totals_tell(version: Policy, currency: Currency) -> bool:
    """Whether totals tell everything that is observed of a plain loan under a version."""
    return version.counting.counts_everything and ledger_rule(version, currency).fills_in_order


def sweep_totals(
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
    from delinquency.portfolio.kernels.observing_totals import PanelOutputs, observe_totals

    days = _days_of(book, version, closes)
    rule = rule_numbers(
        version, as_of=closes[0].day, known_on=closes[0].known_on, currency=book.currency
    )
    names = PanelOutputs._fields[:-1]
    asked = {name: columns.get(name, np.empty((0, 0), dtype=column_type(name))) for name in names}
    out = PanelOutputs(**asked, bucket=buckets)
    if is_interpreted(engine):
        _sweep_uncompiled(book, rule, days, skip, restarts, out)
        return
    arrays = book_arrays(book)
    in_blocks(
        lambda first, last: observe_totals(arrays, rule, days, skip, restarts, out, first, last),
        len(book),
        workers,
    )


def _sweep_uncompiled(
    book: Portfolio, rule: Any, days: Any, skip: Flags, restarts: Flags, out: Any
) -> None:
    """The same sweep on lists; see :mod:`delinquency.portfolio.sweeps`."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.observing_totals import observe_totals

    written = uncompiled(observe_totals)
    rows = np.flatnonzero(~skip)
    for first in range(0, len(rows), ACCOUNTS_AS_LISTS):
        chosen = rows[first : first + ACCOUNTS_AS_LISTS]
        arrays = as_lists(book_arrays(book.take(chosen)))
        few = type(out)(*(column[:, chosen] if len(column) else column for column in out))
        size = len(chosen)
        written(
            arrays, as_lists(rule), as_lists(days), [False] * size, restarts[chosen].tolist(), few,
            0, size,
        )  # fmt: skip
        for whole, part in zip(out, few, strict=True):
            if len(whole):
                whole[:, chosen] = part


def _days_of(book: Portfolio, version: Policy, closes: Sequence[ObservedClose]) -> Any:
    """The closes in whole numbers; a period that began under another version is opened anew."""
    from delinquency.portfolio.kernels.observing_totals import ObservedDays

    first = closes[0]
    rows = [(close.day, close.known_on, close.place, close.number) for close in closes]
    if first.start is not None:
        rows.insert(0, (first.start, first.known_on, -1, -1))
    ends = [_month_end(day) for day, *_ in rows]
    months = np.array([month_and_day(_number(day)) for day, *_ in rows], dtype=np.int64)
    known = np.array([_number(known) for _, known, *_ in rows], dtype=np.int64)
    return ObservedDays(
        day=np.array([_number(day) for day, *_ in rows], dtype=np.int64),
        known=known,
        cut=known,
        place=np.array([place for *_, place, _ in rows], dtype=np.int64),
        bucket_place=np.array([number for *_, number in rows], dtype=np.int64),
        month=months[:, 0].copy(),
        of_month=months[:, 1].copy(),
        last_of_month=np.array(ends, dtype=np.int64),
        least=to_minor(
            version.counting.least_payment, book.currency, where="counting", field="least_payment"
        ),
        first_payment_days=FIRST_PAYMENT_DAYS,
    )


def _number(day: date) -> int:
    return day_number(day, where="observe", field="day")


def _month_end(day: date) -> int:
    return month_and_day(_number(end_of_month(day)))[1]
