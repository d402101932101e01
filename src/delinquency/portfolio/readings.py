"""The count that a bucket scheme reads, for every account, where it is not a count of days past due.

The one idea: months are arithmetic on the oldest due day; counts in payments are one more pass, and only for
accounts of which the schedule does not say what is asked for a replay. Material days ask every close, of each
account by itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.account import Product
from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, to_date
from delinquency.counting.rule import CountName, PartialPayments
from delinquency.policy import Policy
from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.book import PRODUCTS, Portfolio
from delinquency.portfolio.kernels.layout import Outputs, RuleNumbers
from delinquency.portfolio.run import Engine, is_interpreted
from delinquency.portfolio.scratch import most_rows, new_scratch

__all__ = ["DAY_COUNTS", "readings"]

DAY_COUNTS = (CountName.DAYS_PAST_DUE, CountName.DELINQUENT_DAYS)
"""The counts that kernels classify themselves."""

Array = npt.NDArray[Any]
_CARD = PRODUCTS.index(Product.CARD)


def readings(
    book: Portfolio, policy: Policy, rule: RuleNumbers, out: Outputs, engine: Engine
) -> Array:
    """The reading of every account, as int32, by the unit of the scheme."""
    name = policy.buckets.reads
    if name is CountName.MBA_MONTHS:
        return whole_months(out.oldest_due, rule.as_of + 1)
    if name is CountName.OTS_MONTHS:
        return whole_months(out.oldest_due, rule.as_of)
    if name is CountName.PAYMENTS_IN_ARREARS:
        return _payments_in_arrears(book, policy, rule, out, engine)
    if name is CountName.DAYS_SINCE_LAST_PAYMENT:
        return _since_last_payment(book, policy, rule, engine)
    if name is CountName.MATERIAL_DAYS_PAST_DUE:
        from delinquency.portfolio.material_days import material_days

        return material_days(book, policy, as_of=rule.as_of, known=rule.known, engine=engine)
    days: Array = out.days_past_due if name is CountName.DAYS_PAST_DUE else out.delinquent_days
    return days


def whole_months(due: Array, day: int) -> Array:
    """Whole months from each due day to ``day``; 0 where the due day is none or later.

    The same calendar as :func:`delinquency.civil_days.whole_months_between`: a month has passed on the
    day of the same number, or on the last day of a month that has no such day.
    """
    months = np.zeros(len(due), dtype=np.int32)
    late = np.flatnonzero((due != NONE_DAY) & (due <= day))
    dates = due[late].astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    day_of_month = (dates - month.astype("datetime64[D]")).astype(np.int64)
    end = np.datetime64(to_date(day))
    end_month = end.astype("datetime64[M]")
    end_day_of_month = int((end - end_month.astype("datetime64[D]")).astype(np.int64))
    next_month = (end_month + np.timedelta64(1, "M")).astype("datetime64[D]")
    last_of_month = int((next_month - end_month.astype("datetime64[D]")).astype(np.int64)) - 1
    short = np.minimum(day_of_month, last_of_month) > end_day_of_month
    months[late] = (end_month - month).astype(np.int64) - short
    return months


def _payments_in_arrears(
    book: Portfolio, policy: Policy, rule: RuleNumbers, out: Outputs, engine: Engine
) -> Array:
    from delinquency.portfolio.kernels.payment_counts import (
        payments_of_ledger,
        unsatisfied_payments,
        whole_payments,
    )

    share = policy.counting.full_payment_share
    if policy.counting.partial_payments is PartialPayments.NEARLY_FULL:
        given = (share.numerator, share.denominator)
        counts = _counted(unsatisfied_payments, book, rule, given, engine)
        rows = np.flatnonzero(_let_off(book, rule))
    else:
        given = (0, 1)
        counts = _counted(whole_payments, book, rule, (out.arrears,), engine)
        # Arrears include open debts that are no contractual payments.
        rows = np.flatnonzero(
            _let_off(book, rule) | _with_rows(book, book.charges, book.charge_backs)
        )
    if len(rows):
        counts[rows] = _counted(payments_of_ledger, book.take(rows), rule, given, engine)
    return counts


def _let_off(book: Portfolio, rule: RuleNumbers) -> Array:
    """Accounts of which less may be asked for than the schedule says, or in another order."""
    if rule.closing_tolerance:
        return np.ones(len(book), dtype=np.bool_)
    flags = _with_rows(book, book.decisions)
    if book.product is not None:
        flags |= (book.product == _CARD) & book.needs_ledger
    return flags


def _with_rows(book: Portfolio, *tables: Any) -> Array:
    """Accounts that have a row in any of the tables."""
    flags = np.zeros(len(book), dtype=np.bool_)
    for table in tables:
        if table is not None:
            flags |= np.diff(table.offsets) > 0
    return flags


def _since_last_payment(
    book: Portfolio, policy: Policy, rule: RuleNumbers, engine: Engine
) -> Array:
    from delinquency.portfolio.kernels.payment_counts import since_last_payment

    least = to_minor(
        policy.counting.least_payment, book.currency, where="counting", field="least_payment"
    )
    return _counted(since_last_payment, book, rule, (least,), engine)


def _counted(
    kernel: Any, book: Portfolio, rule: RuleNumbers, given: tuple[Any, ...], engine: Engine
) -> Array:
    """The column that a kernel of one count fills, run as the engine says."""
    counts = np.zeros(len(book), dtype=np.int32)
    arrays, scratch = book_arrays(book), new_scratch(*most_rows(book))
    if is_interpreted(engine):
        from delinquency.portfolio.kernels.compiler import uncompiled

        told = [0] * len(book)
        columns = (*as_lists((arrays, rule, scratch)), *as_lists(given))
        uncompiled(kernel)(*columns, told, 0, len(book))
        counts[:] = told
    else:
        kernel(arrays, rule, scratch, *given, counts, 0, len(book))
    return counts
