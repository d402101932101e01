"""A book as kernels read it: every column with one type, absent ones without elements."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np

from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.layout import BookArrays, LedgerOutputs, Outputs
from delinquency.portfolio.read_only import read_only

__all__ = ["as_lists", "book_arrays", "empty_more", "empty_outputs"]


T = TypeVar("T", bound=tuple[Any, ...])

_NO_DAYS = read_only(np.empty(0, dtype=np.int32))
_NO_AMOUNTS = read_only(np.empty(0, dtype=np.int64))
_NO_CODES = read_only(np.empty(0, dtype=np.int8))


def _or(column: Any, empty: Any) -> Any:
    return empty if column is None else column


def book_arrays(book: Portfolio) -> BookArrays:
    """The columns of a book for a kernel; nothing is copied."""
    inst, pay, charges, susp = book.instalments, book.payments, book.charges, book.suspensions
    back, decided = book.charge_backs, book.decisions
    return BookArrays(
        originated=book.originated_on,
        product=_or(book.product, _NO_CODES),
        inst_offsets=inst.offsets,
        due=inst.due_date,
        principal=inst.principal,
        interest=inst.interest,
        fees=inst.fees,
        from_day=_or(inst.in_force_from, _NO_DAYS),
        until_day=_or(inst.in_force_until, _NO_DAYS),
        pay_offsets=pay.offsets,
        value_day=pay.value_date,
        amount=pay.amount,
        pay_kind=_or(pay.kind, _NO_CODES),
        recorded=_or(pay.recorded_on, _NO_DAYS),
        reversed_day=_or(pay.reversed_on, _NO_DAYS),
        charge_offsets=charges.offsets if charges else _NO_AMOUNTS,
        charge_due=charges.due_date if charges else _NO_DAYS,
        charge_component=charges.component if charges else _NO_CODES,
        charge_amount=charges.amount if charges else _NO_AMOUNTS,
        charge_instalment=charges.instalment_no if charges else _NO_DAYS,
        charge_recorded=_or(charges.recorded_on, _NO_DAYS) if charges else _NO_DAYS,
        charge_from=_or(charges.charged_on, _NO_DAYS) if charges else _NO_DAYS,
        back_offsets=back.offsets if back else _NO_AMOUNTS,
        back_day=back.value_date if back else _NO_DAYS,
        back_principal=back.principal if back else _NO_AMOUNTS,
        back_interest=back.interest if back else _NO_AMOUNTS,
        back_fees=back.fees if back else _NO_AMOUNTS,
        back_penalty=back.penalty if back else _NO_AMOUNTS,
        back_recorded=_or(back.recorded_on, _NO_DAYS) if back else _NO_DAYS,
        back_reversed=_or(back.reversed_on, _NO_DAYS) if back else _NO_DAYS,
        decided_offsets=decided.offsets if decided else _NO_AMOUNTS,
        decided_day=decided.value_date if decided else _NO_DAYS,
        decided_kind=decided.kind if decided else _NO_CODES,
        decided_component=_or(decided.component, _NO_CODES) if decided else _NO_CODES,
        decided_amount=_or(decided.amount, _NO_AMOUNTS) if decided else _NO_AMOUNTS,
        decided_recorded=_or(decided.recorded_on, _NO_DAYS) if decided else _NO_DAYS,
        decided_reversed=_or(decided.reversed_on, _NO_DAYS) if decided else _NO_DAYS,
        susp_offsets=susp.offsets if susp else _NO_AMOUNTS,
        susp_start=susp.start if susp else _NO_DAYS,
        susp_end=susp.end if susp else _NO_DAYS,
        susp_recorded=_or(susp.recorded_on, _NO_DAYS) if susp else _NO_DAYS,
    )


def empty_outputs(size: int) -> Outputs:
    """Columns for the answer, one row an account."""
    return Outputs(
        days_past_due=np.empty(size, dtype=np.int32),
        delinquent_days=np.empty(size, dtype=np.int32),
        arrears=np.empty(size, dtype=np.int64),
        oldest_due=np.empty(size, dtype=np.int32),
        bucket=np.empty(size, dtype=np.int8),
    )


def empty_more(size: int, *, breakdown: bool = False) -> LedgerOutputs:
    """Columns for what only a ledger knows; none are filled where ``size`` is 0."""
    return LedgerOutputs(
        exposure=np.empty(size, dtype=np.int64),
        unallocated=np.empty(size, dtype=np.int64),
        late_count=np.empty(size, dtype=np.int32),
        next_due=np.empty(size, dtype=np.int32),
        next_amount=np.empty(size, dtype=np.int64),
        written_off=np.empty(size, dtype=np.int64),
        breakdown=np.empty((size if breakdown else 0, 12), dtype=np.int64),
    )


def as_lists(record: T) -> T:
    """A record of columns and numbers, its columns as lists of plain numbers."""
    parts = map(_as_list, record)
    return cast("T", tuple(parts)) if type(record) is tuple else type(record)(*parts)


def _as_list(part: Any) -> Any:
    if isinstance(part, tuple):
        return as_lists(cast("Any", part))
    return part.tolist() if isinstance(part, np.ndarray) else part
