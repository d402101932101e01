"""What makes tables a book: shapes, order, ranges, references and bounds, checked in whole columns.

The one idea: a check finds all offending rows at once and says their numbers and a stable reason, so
that a reader can quarantine them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.calendar import FIRST_DAY, LAST_DAY, NONE_DAY, to_date
from delinquency.errors import PortfolioError

if TYPE_CHECKING:
    from delinquency.portfolio.book import Portfolio
    from delinquency.portfolio.columns import ChargeColumns, SuspensionColumns

__all__ = ["account_of_rows", "account_sums", "check_book", "out_of_order"]

Array = npt.NDArray[Any]


def check_book(book: Portfolio) -> None:
    """Raise a :class:`PortfolioError` for the first rule that rows of a book break."""
    size = len(book.originated_on)
    if size == 0:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one account", found="none"
        )
    _check_dtype("accounts.originated_on", book.originated_on, np.int32, size)
    _check_days("accounts.originated_on", book.originated_on)
    _check_ids(book, size)
    _check_codes("accounts.product", book.product, 2, size)
    _check_codes("accounts.segment", book.segment, 2, size)
    _check_instalments(book, size)
    _check_payments(book, size)
    _check_charges(book, book.charges, size)
    _check_suspensions(book, book.suspensions, size)


def account_of_rows(offsets: Array, rows: Array) -> Array:
    """The account of each row of a ragged table."""
    return np.searchsorted(offsets, rows, side="right") - 1


def out_of_order(offsets: Array, values: Array) -> Array:
    """Rows whose value is less than that of the row before, within one account."""
    if len(values) < 2:
        return np.empty(0, dtype=np.int64)
    falls = np.flatnonzero(values[1:] < values[:-1]) + 1
    return falls[~np.isin(falls, offsets)] if len(falls) else falls


def account_sums(offsets: Array, amounts: Array) -> Array:
    """The sum of ``amounts`` in each account, exact: no running sum can pass 2**63.

    Blocks of accounts are summed by a running sum where the largest amount times the rows of the
    block stays below 2**63, else account by account.
    """
    sums = np.zeros(len(offsets) - 1, dtype=np.int64)
    step = 65_536
    for first in range(0, len(sums), step):
        last = min(first + step, len(sums))
        bounds = offsets[first : last + 1]
        block = amounts[bounds[0] : bounds[-1]]
        if not len(block):
            continue
        if int(block.max()) * len(block) < 2**63:
            running = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(block)])
            sums[first:last] = np.diff(running[bounds - bounds[0]])
            continue
        for row in range(first, last):
            total = sum(amounts[offsets[row] : offsets[row + 1]].tolist())
            sums[row] = min(total, 2**63 - 1)
    return sums


def _fail(column: str, rows: Array, reason: str, expected: str, found: Any, hint: str = "") -> None:
    if len(rows):
        raise PortfolioError.in_rows(
            column, rows, reason=reason, expected=expected, found=found, hint=hint
        )


def _check_dtype(column: str, array: Array, dtype: Any, size: int) -> None:
    if not isinstance(array, np.ndarray) or array.dtype != dtype or array.ndim != 1:
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_type",
            expected=f"a one-dimensional {np.dtype(dtype).name} array",
            found=str(getattr(array, "dtype", type(array).__name__)),
            hint="delinquency.frames.read converts columns of data frames.",
        )
    if len(array) != size:
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_length",
            expected=f"{size:,} rows",
            found=f"{len(array):,}",
        )


def _check_days(column: str, days: Array, *, none: int | None = None) -> None:
    if not len(days):
        return
    wrong = (days < FIRST_DAY) | (days > LAST_DAY)
    if none is not None:
        wrong &= days != none
    if wrong.any():
        rows = np.flatnonzero(wrong)
        _fail(
            column,
            rows,
            "date_out_of_range",
            f"a date from {to_date(FIRST_DAY)} to {to_date(LAST_DAY)}",
            f"day number {int(days[rows[0]])}",
        )


def _check_codes(column: str, codes: Array | None, count: int, size: int) -> None:
    if codes is None:
        return
    _check_dtype(column, codes, np.int8, size)
    rows = np.flatnonzero((codes < 0) | (codes >= count))
    _fail(column, rows, "unknown_code", f"a code from 0 to {count - 1}", "another")


def _check_ids(book: Portfolio, size: int) -> None:
    if len(book.account_id) != size:
        _check_dtype("accounts.account_id", np.empty(len(book.account_id), np.int8), np.int8, size)
    lengths = np.diff(book.account_id.offsets)
    _fail(
        "accounts.account_id",
        np.flatnonzero(lengths == 0),
        "empty_id",
        "an id that is not empty",
        "''",
    )
    seen: dict[str, int] = {}
    twice = [row for row, name in enumerate(book.account_id) if seen.setdefault(name, row) != row]
    if twice:
        _fail(
            "accounts.account_id",
            np.array(twice),
            "duplicate_account",
            "each account_id once",
            repr(book.account_id[twice[0]]),
        )
    if book.obligor_id is not None and len(book.obligor_id) != size:
        _check_dtype("accounts.obligor_id", np.empty(len(book.obligor_id), np.int8), np.int8, size)


def _check_offsets(table: str, offsets: Array, rows: int, size: int) -> None:
    _check_dtype(f"{table}.offsets", offsets, np.int64, size + 1)
    falling = np.flatnonzero(np.diff(offsets) < 0)
    _fail(f"{table}.offsets", falling, "bad_offsets", "offsets that do not fall", "a fall")
    if offsets[0] != 0 or offsets[-1] != rows:
        _fail(
            f"{table}.offsets",
            np.array([size]),
            "bad_offsets",
            f"offsets from 0 to {rows:,}",
            f"{int(offsets[0])} to {int(offsets[-1])}",
        )


def _check_amounts(column: str, amounts: Array, size: int, *, least: int) -> None:
    _check_dtype(column, amounts, np.int64, size)
    if size and (int(amounts.min()) < least or int(amounts.max()) > MAX_MINOR):
        rows = np.flatnonzero(amounts < least)
        reason = "negative_amount" if least == 0 else "amount_not_positive"
        _fail(column, rows, reason, f"{least} minor units or more", "less")
        rows = np.flatnonzero(amounts > MAX_MINOR)
        _fail(column, rows, "amount_too_large", f"at most {MAX_MINOR} minor units", "more")


def _check_order(column: str, offsets: Array, values: Array) -> None:
    rows = out_of_order(offsets, values)
    _fail(
        column,
        rows,
        "unsorted",
        "rows in order of date within each account",
        "an earlier date after a later one",
    )


def _check_not_before(book: Portfolio, column: str, offsets: Array, days: Array) -> None:
    first = offsets[:-1]
    filled = np.flatnonzero(offsets[1:] > first)
    early = filled[days[first[filled]] < book.originated_on[filled]]
    _fail(
        column,
        first[early],
        "before_origination",
        "a date on or after originated_on of the account",
        "an earlier one",
    )


def _check_instalments(book: Portfolio, size: int) -> None:
    table = book.instalments
    rows = len(table.due_date)
    _check_offsets("instalments", table.offsets, rows, size)
    empty = np.flatnonzero(np.diff(table.offsets) == 0)
    _fail("accounts", empty, "no_instalments", "at least one instalment each", "none")
    _check_dtype("instalments.due_date", table.due_date, np.int32, rows)
    _check_days("instalments.due_date", table.due_date)
    for name in ("principal", "interest", "fees"):
        _check_amounts(f"instalments.{name}", getattr(table, name), rows, least=0)
    _check_order("instalments.due_date", table.offsets, table.due_date)
    _check_not_before(book, "instalments.due_date", table.offsets, table.due_date)
    _check_validity(book, rows)
    owed = account_sums(table.offsets, table.principal)
    _check_bound("instalments", owed)
    for amounts in (table.interest, table.fees):
        owed = owed + account_sums(table.offsets, amounts)
        _check_bound("instalments", owed)
    if book.charges is not None:
        owed = owed + account_sums(book.charges.offsets, book.charges.amount)
    _check_bound("instalments", owed)


def _check_bound(table: str, sums: Array) -> None:
    rows = np.flatnonzero(sums > MAX_MINOR)
    _fail(
        f"{table} (accounts)",
        rows,
        "sum_too_large",
        f"amounts of an account that sum to at most {MAX_MINOR} minor units",
        "more",
    )


def _check_validity(book: Portfolio, rows: int) -> None:
    table = book.instalments
    start, end = table.in_force_from, table.in_force_until
    if (start is None) != (end is None):
        raise PortfolioError.in_rows(
            "instalments.in_force_until",
            (),
            reason="wrong_type",
            expected="both in_force_from and in_force_until, or neither",
            found="one",
        )
    same = np.zeros(0, dtype=np.int64)
    if rows > 1:
        same = np.flatnonzero(table.due_date[1:] == table.due_date[:-1]) + 1
        same = same[~np.isin(same, table.offsets)]
    if start is None or end is None:
        _fail("instalments.due_date", same, "duplicate_due_date", "each due date once", "twice")
        return
    _check_dtype("instalments.in_force_from", start, np.int32, rows)
    _check_dtype("instalments.in_force_until", end, np.int32, rows)
    _check_days("instalments.in_force_from", start, none=-NONE_DAY)
    _check_days("instalments.in_force_until", end, none=NONE_DAY)
    empty = np.flatnonzero(end <= start)
    _fail("instalments.in_force_until", empty, "empty_validity", "an end after the start", "none")
    for row in same.tolist():
        earlier = row - 1
        latest = int(end[earlier])
        while earlier > 0 and table.due_date[earlier - 1] == table.due_date[row]:
            if earlier in table.offsets:
                break
            earlier -= 1
            latest = max(latest, int(end[earlier]))
        if start[row] < latest:
            _fail(
                "instalments.due_date",
                np.array([row]),
                "duplicate_due_date",
                "one row in force for each due date",
                "two",
            )


def _check_payments(book: Portfolio, size: int) -> None:
    table = book.payments
    rows = len(table.amount)
    _check_offsets("payments", table.offsets, rows, size)
    _check_dtype("payments.value_date", table.value_date, np.int32, rows)
    _check_days("payments.value_date", table.value_date)
    _check_amounts("payments.amount", table.amount, rows, least=1)
    _check_codes("payments.kind", table.kind, 4, rows)
    _check_order("payments.value_date", table.offsets, table.value_date)
    _check_not_before(book, "payments.value_date", table.offsets, table.value_date)
    known = table.value_date
    if table.recorded_on is not None:
        _check_dtype("payments.recorded_on", table.recorded_on, np.int32, rows)
        _check_days("payments.recorded_on", table.recorded_on, none=NONE_DAY)
        recorded = np.where(table.recorded_on == NONE_DAY, table.value_date, table.recorded_on)
        known = np.maximum(known, recorded)
    if table.reversed_on is not None:
        _check_dtype("payments.reversed_on", table.reversed_on, np.int32, rows)
        _check_days("payments.reversed_on", table.reversed_on, none=NONE_DAY)
        early = np.flatnonzero(table.reversed_on < known)
        _fail(
            "payments.reversed_on",
            early,
            "reversal_before_payment",
            "a day on or after the payment was made and recorded",
            "an earlier one",
        )
    _check_bound("payments", account_sums(table.offsets, table.amount))


def _check_charges(book: Portfolio, table: ChargeColumns | None, size: int) -> None:
    if table is None:
        return
    rows = len(table.amount)
    _check_offsets("charges", table.offsets, rows, size)
    _check_dtype("charges.due_date", table.due_date, np.int32, rows)
    _check_days("charges.due_date", table.due_date)
    _check_amounts("charges.amount", table.amount, rows, least=1)
    _check_dtype("charges.component", table.component, np.int8, rows)
    wrong = np.flatnonzero((table.component != 2) & (table.component != 3))
    _fail("charges.component", wrong, "unknown_code", "fees (2) or penalty (3)", "another")
    _check_order("charges.due_date", table.offsets, table.due_date)
    _check_not_before(book, "charges.due_date", table.offsets, table.due_date)
    _check_dtype("charges.instalment_no", table.instalment_no, np.int32, rows)
    counts = np.repeat(np.diff(book.instalments.offsets), np.diff(table.offsets))
    wrong = np.flatnonzero((table.instalment_no < 0) | (table.instalment_no > counts))
    _fail(
        "charges.instalment_no",
        wrong,
        "unknown_instalment",
        "0, or the number of an instalment of the account",
        "another",
    )
    if table.recorded_on is not None:
        _check_dtype("charges.recorded_on", table.recorded_on, np.int32, rows)
        _check_days("charges.recorded_on", table.recorded_on, none=NONE_DAY)


def _check_suspensions(book: Portfolio, table: SuspensionColumns | None, size: int) -> None:
    if table is None:
        return
    rows = len(table.start)
    _check_offsets("suspensions", table.offsets, rows, size)
    _check_dtype("suspensions.start", table.start, np.int32, rows)
    _check_dtype("suspensions.end", table.end, np.int32, rows)
    _check_days("suspensions.start", table.start)
    _check_days("suspensions.end", table.end, none=NONE_DAY)
    _check_codes("suspensions.reason", table.reason, 5, rows)
    empty = np.flatnonzero(table.end <= table.start)
    _fail("suspensions.end", empty, "empty_suspension", "a day after the start", "an earlier one")
    _check_not_before(book, "suspensions.start", table.offsets, table.start)
    if rows > 1:
        overlap = np.flatnonzero(table.start[1:] < table.end[:-1]) + 1
        overlap = overlap[~np.isin(overlap, table.offsets)]
        _fail(
            "suspensions.start",
            overlap,
            "overlapping_suspensions",
            "a start on or after the end of the one before",
            "an earlier one",
            "Suspensions may touch, not overlap.",
        )
    if table.recorded_on is not None:
        _check_dtype("suspensions.recorded_on", table.recorded_on, np.int32, rows)
        _check_days("suspensions.recorded_on", table.recorded_on, none=NONE_DAY)
