"""For how many closes arrears have been material, by account and day, put to polars in the best form found.

Amounts move on few days: they are summed and compared there, and only the counts are spread over all days.
Money is taken to fill debts in order and never to come before they are due, so that what is not due is wholly
open, and nothing to be suspended: of accounts for which that is not so the answers are not compared.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any, NamedTuple

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np
import polars as pl
from account_days import BITS, EPOCH, keys_of

from delinquency.calendar import NONE_DAY
from delinquency.counting.materiality import MaterialRule
from delinquency.portfolio import Portfolio

__all__ = ["Loaded", "comparable", "load", "material_days"]

DAY = pl.col("key") & (2**BITS - 1)
ACCOUNT = pl.col("key") // 2**BITS


class Loaded(NamedTuple):
    """Events of a book, each table sorted by account and day in one key."""

    falls_due: pl.DataFrame
    is_late: pl.DataFrame
    paid: pl.DataFrame
    principal: pl.Series
    size: int


def _event(keys: Any, late: Any, owed: Any) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "key": pl.Series(keys).set_sorted(),
            "late": pl.Series(np.broadcast_to(late, len(keys)).astype(np.int64)),
            "owed": pl.Series(np.broadcast_to(owed, len(keys)).astype(np.int64)),
        }
    )


def load(book: Portfolio, as_of: date) -> Loaded:
    """What arrears and exposure change by: late from the day after the due date on, owed from it on."""
    day = (as_of - EPOCH).days
    inst, pay = book.instalments, book.payments
    charges = inst.interest + inst.fees
    stands = (pay.reversed_on > day) & (pay.value_date <= day)
    amount = -pay.amount[stands]
    come, past = inst.due_date <= day, inst.due_date < day
    due = keys_of(inst.offsets, inst.due_date)
    running = np.concatenate([[0], np.cumsum(inst.principal)])
    return Loaded(
        _event(due[come], 0, charges[come]),
        _event(due[past] + 1, (inst.principal + charges)[past], 0),
        _event(keys_of(pay.offsets, pay.value_date)[stands], amount, amount),
        pl.Series(np.diff(running[inst.offsets])),
        len(book),
    )


def comparable(book: Portfolio, as_of: date) -> Any:
    """Accounts without suspension of which no money that stands came before the debt that it settles."""
    day = (as_of - EPOCH).days
    inst, pay = book.instalments, book.payments
    stands = pay.reversed_on > day
    owed = np.concatenate([[0], np.cumsum(inst.principal + inst.interest + inst.fees)])
    paid = np.concatenate([[0], np.cumsum(np.where(stands, pay.amount, 0))])
    keys = keys_of(pay.offsets, pay.value_date)
    account = keys >> BITS
    due = np.searchsorted(keys_of(inst.offsets, inst.due_date), keys, side="right")
    owed_by = owed[due] - owed[inst.offsets[account]]
    paid_by = paid[1:] - paid[pay.offsets[account]]
    ahead = np.bincount(account[paid_by > owed_by], minlength=len(book)) > 0
    held = np.zeros(len(book), dtype=np.bool_)
    if book.suspensions is not None:
        held = np.diff(book.suspensions.offsets) > 0
    return ~ahead & ~held


def material_days(loaded: Loaded, first: date, as_of: date, limits: MaterialRule) -> Any:
    """Accounts by days from ``first`` to ``as_of``."""
    begin, end = (first - EPOCH).days, (as_of - EPOCH).days + 1
    size = loaded.size
    begins = (np.arange(size, dtype=np.int64) << BITS) + begin
    events = (
        loaded.falls_due.lazy()
        .merge_sorted(loaded.is_late.lazy(), key="key")
        .merge_sorted(loaded.paid.lazy(), key="key")
        .merge_sorted(_event(begins, 0, 0).lazy(), key="key")
        .with_columns(account=ACCOUNT, late=pl.col("late").cum_sum(), owed=pl.col("owed").cum_sum())
        .collect()
    )
    last = events.select(
        rows=(pl.col("account") != pl.col("account").shift(-1)).fill_null(value=True)
    )["rows"]
    totals = events.filter(last).select(
        "account",
        late_before=pl.col("late").shift(1, fill_value=0),
        owed_before=pl.col("owed").shift(1, fill_value=0),
        principal=loaded.principal,
    )
    spans = (
        events.lazy()
        .filter(pl.col("key") != pl.col("key").shift(-1, fill_value=NONE_DAY << BITS))
        .join(totals.lazy(), on="account", how="left", maintain_order="left")
        .with_columns(
            day=DAY.cast(pl.Int32),
            arrears=pl.col("late") - pl.col("late_before"),
            exposure=pl.col("principal") + pl.col("owed") - pl.col("owed_before"),
        )
        .with_columns(
            material=(pl.col("arrears") > limits.amount)
            & (pl.col("arrears") * limits.denominator > pl.col("exposure") * limits.numerator),
            same=pl.col("account") == pl.col("account").shift(1),
            until=pl.when(pl.col("account") == pl.col("account").shift(-1))
            .then(pl.col("day").shift(-1))
            .otherwise(end),
        )
        .with_columns(
            since=pl.when(
                pl.col("material")
                & ~(pl.col("same") & pl.col("material").shift(1)).fill_null(value=False)
            )
            .then(pl.col("day"))
            .forward_fill()
        )
        .with_columns(day=pl.max_horizontal("day", pl.lit(begin, pl.Int32)))
        .filter(pl.col("until") > pl.col("day"))
        .select(
            count=pl.when("material")
            .then(
                pl.int_ranges(
                    pl.col("day") - pl.col("since") + 1,
                    pl.col("until") - pl.col("since") + 1,
                    dtype=pl.Int32,
                )
            )
            .otherwise(pl.lit(0, pl.Int32).repeat_by(pl.col("until") - pl.col("day")))
        )
        .explode("count")
        .collect()
    )
    return spans["count"].to_numpy().reshape(size, end - begin)
