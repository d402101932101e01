"""Simple interest on what is overdue, put to polars and duckdb, each in the best form found.

What an account bore is the area under ``max(due by the day - paid by the day, 0)``: whoever counts every
component and rounds once an account needs no matching of money to instalments. The tables are long, sorted
by account and day; loading, and packing account and day into one key, is not timed. polars merges the two
sorted tables (``merge_sorted``), takes one running sum over all and subtracts what it was where an account
begins; a sort, and a window for each account, took longer. duckdb has windows over accounts.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import duckdb
import numpy as np
import polars as pl

from delinquency.portfolio import Portfolio

__all__ = ["duckdb_simple_interest", "load_duckdb", "load_polars", "polars_simple_interest"]

EPOCH = date(1970, 1, 1)
BITS = 32


def _rows(offsets: Any) -> Any:
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int64), np.diff(offsets))


def _keys(offsets: Any, days: Any) -> Any:
    return (_rows(offsets) << BITS) + days


def load_polars(book: Portfolio) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    inst, pay = book.instalments, book.payments
    owed = pl.DataFrame(
        {
            "key": pl.Series(_keys(inst.offsets, inst.due_date)).set_sorted(),
            "principal": inst.principal,
            "interest": inst.interest,
            "fees": inst.fees,
        }
    )
    paid = pl.DataFrame(
        {
            "key": pl.Series(_keys(pay.offsets, pay.value_date)).set_sorted(),
            "amount": pay.amount,
            "reversed": pay.reversed_on,
        }
    )
    return owed, paid, len(book)


def polars_simple_interest(
    loaded: tuple[pl.DataFrame, pl.DataFrame, int], as_of: date, numerator: int, denominator: int
) -> Any:
    """Half up, by account: the area times ``numerator / denominator``."""
    owed, paid, size = loaded
    day = (as_of - EPOCH).days
    is_before = (pl.col("key") & (2**BITS - 1)) <= day
    due = owed.lazy().filter(is_before)
    money = paid.lazy().filter(is_before & (pl.col("reversed") > day))
    moves = due.select(
        "key", move=pl.col("principal") + pl.col("interest") + pl.col("fees")
    ).merge_sorted(money.select("key", move=-pl.col("amount")), key="key")
    account = pl.col("key") >> BITS if hasattr(pl.Expr, "__rshift__") else pl.col("key") // 2**BITS
    until = pl.col("key").shift(-1, fill_value=(size << BITS) + day)
    same = (until // 2**BITS) == (pl.col("key") // 2**BITS)
    running = (
        moves.with_columns(total=pl.col("move").cum_sum(), account=account)
        .with_columns(
            before=pl.when(pl.col("account") != pl.col("account").shift(1, fill_value=-1))
            .then(pl.col("total") - pl.col("move"))
            .otherwise(None)
            .forward_fill(),
            days=pl.when(same)
            .then(until - pl.col("key"))
            .otherwise(day - (pl.col("key") & (2**BITS - 1))),
        )
        .group_by("account")
        .agg(area=((pl.col("total") - pl.col("before")).clip(lower_bound=0) * pl.col("days")).sum())
        .collect()
    )
    told = np.zeros(size, dtype=np.int64)
    area = running["area"].to_numpy()
    told[running["account"].to_numpy()] = (2 * area * numerator + denominator) // (2 * denominator)
    return told


def load_duckdb(book: Portfolio) -> Any:
    inst, pay = book.instalments, book.payments
    database = duckdb.connect()
    database.execute("SET threads = 2; SET preserve_insertion_order = false")
    owed = pl.DataFrame(
        {
            "account": _rows(inst.offsets).astype(np.int32),
            "day": inst.due_date,
            "principal": inst.principal,
            "interest": inst.interest,
            "fees": inst.fees,
        }
    ).to_arrow()
    paid = pl.DataFrame(
        {
            "account": _rows(pay.offsets).astype(np.int32),
            "day": pay.value_date,
            "amount": pay.amount,
            "reversed": pay.reversed_on,
        }
    ).to_arrow()
    database.register("owed_arrow", owed)
    database.register("paid_arrow", paid)
    database.execute("CREATE TABLE owed AS SELECT * FROM owed_arrow")
    database.execute("CREATE TABLE paid AS SELECT * FROM paid_arrow")
    return database, len(book)


def duckdb_simple_interest(loaded: Any, as_of: date, numerator: int, denominator: int) -> Any:
    database, size = loaded
    day = (as_of - EPOCH).days
    rows = database.execute(
        f"""
        WITH moves AS (
            SELECT account, day, principal + interest + fees AS move FROM owed WHERE day <= {day}
            UNION ALL
            SELECT account, day, -amount FROM paid WHERE day <= {day} AND reversed > {day}
        ), balances AS (
            SELECT account,
                   sum(move) OVER w AS balance,
                   lead(day, 1, {day}) OVER w - day AS days
            FROM moves
            WINDOW w AS (
                PARTITION BY account ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        )
        SELECT account,
               CAST((2 * sum(greatest(balance, 0) * days) * {numerator} + {denominator})
                    // {2 * denominator} AS BIGINT) AS told
        FROM balances GROUP BY account
        """
    ).fetchnumpy()
    told = np.zeros(size, dtype=np.int64)
    told[rows["account"]] = rows["told"]
    return told
