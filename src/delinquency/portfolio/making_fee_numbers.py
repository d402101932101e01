"""Terms of late fees in whole numbers, as the loop of ledgers that make debts reads them.

The one idea: a row of numbers a fee, whatever its kind; what its kind does not need is 0 and is never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, day_number
from delinquency.citation import Verification
from delinquency.component import component_position
from delinquency.late_fees import (
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
    FlatFee,
    LateFeeTerms,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.portfolio.kernels.making_layout import FeeNumbers
from delinquency.rounding import Proportion

__all__ = ["fee_numbers", "is_fee_known", "most_fees"]

_KINDS: Final = (FlatFee, ShareFee, BandFee, SafeHarbourFee)
_BASES: Final = tuple(FeeBase)
_MOST_DAYS: Final = 100_000
"""Of a wait or of an interval: no day number leaves what days are counted in."""
_MOST_OF_A_SHARE: Final = 2**31
_MOST_TIMES: Final = 9_000
"""A share of 10**15 minor units has 64 bits up to so many times the whole."""
_NO_SHARE: Final = Proportion(0, 1)


def is_fee_known(terms: LateFeeTerms) -> bool:
    """Whether the loop knows the terms of a fee; rows that nobody verified warn whenever they are used."""
    shares = [part.share for part in (terms.amount, terms.maximum) if isinstance(part, ShareFee)]
    days = (terms.wait_days, terms.due_in_days, *_interval(terms))
    return (
        all(
            max(share.numerator, share.denominator) < _MOST_OF_A_SHARE
            and share.numerator <= _MOST_TIMES * share.denominator
            for share in shares
        )
        and max(days) <= _MOST_DAYS
        and not any(found is Verification.UNVERIFIED for found in _verified(terms))
    )


def _verified(terms: LateFeeTerms) -> Iterable[Verification | None]:
    match terms.amount:
        case BandFee(table, _):
            return (table.verification,)
        case SafeHarbourFee(table):
            return (row.verification for row in table.rows)
        case _:
            return ()


def _interval(terms: LateFeeTerms) -> tuple[int, int]:
    """Days, or months, after which the fee comes again; 0 both if it never does."""
    match terms.recurrence:
        case EveryDays(days):
            return days, 0
        case EveryMonths(months):
            return 0, months
        case _:
            return 0, 0


def most_fees(terms: Sequence[LateFeeTerms], days: int) -> int:
    """The most fees that may be charged for one instalment in so many days after it fell due."""
    total = 0
    for each in terms:
        every_days, every_months = _interval(each)
        step = every_days or 28 * every_months
        total += 1 + (max(days, 0) // step if step else 0)
    return total


def fee_numbers(terms: Sequence[LateFeeTerms]) -> FeeNumbers:
    """The numbers of terms that the loop knows, one row a fee."""
    tables = [_table(each) for each in terms]
    maxima = [each.maximum if isinstance(each.maximum, ShareFee) else None for each in terms]
    most = [(_NO_SHARE if part is None else part.share) for part in maxima]
    own = [each.amount.share if isinstance(each.amount, ShareFee) else _NO_SHARE for each in terms]
    intervals = [_interval(each) for each in terms]
    spans = [_validity(each) for each in terms]
    rows = [row for table in tables for row in table]
    names = [each.name for each in terms]
    return FeeNumbers(
        type_of=_column(map(names.index, names)),
        wait=_column(each.wait_days for each in terms),
        every_days=_column(days for days, _ in intervals),
        every_months=_column(months for _, months in intervals),
        due_in=_column(each.due_in_days for each in terms),
        with_instalment=_column(each.due_with_instalment for each in terms),
        column=_column(component_position(each.component) for each in terms),
        kind=_column(_KINDS.index(type(each.amount)) for each in terms),
        base=_column(_base(each) for each in terms),
        flat=_column(each.flat_minor for each in terms),
        numerator=_column(share.numerator for share in own),
        denominator=_column(share.denominator for share in own),
        rounding=_column(each.rounding.code for each in terms),
        minimum=_column(each.minimum_minor for each in terms),
        maximum=_column(each.maximum_minor for each in terms),
        maximum_base=_column(0 if part is None else _BASES.index(part.of) for part in maxima),
        maximum_numerator=_column(share.numerator for share in most),
        maximum_denominator=_column(
            0 if part is None else part.share.denominator for part in maxima
        ),
        capped=_column(each.cap_by_minimum for each in terms),
        ignores=_column(each.ignores_unpaid_fees for each in terms),
        once=_column(each.once_per_instalment for each in terms),
        valid_from=_column(first for first, _ in spans),
        valid_until=_column(until for _, until in spans),
        window=_column(
            each.amount.table.repeat_window if isinstance(each.amount, SafeHarbourFee) else 0
            for each in terms
        ),
        table_offsets=_column(accumulate(map(len, tables), initial=0)),
        table_from=_column(start for start, _, _ in rows),
        table_first=_column(first for _, first, _ in rows),
        table_repeated=_column(repeated for _, _, repeated in rows),
        ignores_any=int(any(each.ignores_unpaid_fees for each in terms)),
    )


def _column(values: Iterable[int]) -> npt.NDArray[np.int64]:
    column = np.array([int(value) for value in values], dtype=np.int64)
    column.flags.writeable = False
    return column


def _base(terms: LateFeeTerms) -> int:
    match terms.amount:
        case ShareFee(_, of) | BandFee(_, of):
            return _BASES.index(of)
        case _:
            return 0


def _table(terms: LateFeeTerms) -> list[tuple[int, int, int]]:
    """Where each row of a table begins, its amount, and that of a repeated violation."""
    match terms.amount:
        case BandFee(table, _):
            amounts = zip(table.starts, table.minor_amounts, strict=True)
            return [(start, amount, amount) for start, amount in amounts]
        case SafeHarbourFee(table):
            rows = zip(table.days, table.minor_rows, strict=True)
            return [(day, first, repeated) for day, (first, repeated) in rows]
        case _:
            return []


def _validity(terms: LateFeeTerms) -> tuple[int, int]:
    """The days ``[first, until)`` on which the table of a fee is in force; always where it has none."""
    match terms.amount:
        case BandFee(table, _):
            first, until = table.validity.effective_from, table.validity.effective_until
            return (
                -NONE_DAY if first is None else day_number(first, where="bands", field="from"),
                NONE_DAY if until is None else day_number(until, where="bands", field="until"),
            )
        case SafeHarbourFee(table):
            return table.days[0], NONE_DAY if table.until_day is None else table.until_day
        case _:
            return -NONE_DAY, NONE_DAY
