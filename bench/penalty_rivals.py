"""Simple interest on what is overdue, put to polars and duckdb, each in the best form found.

The whole job allots money to the oldest instalment, lets each instalment bear between payments, and rounds
once an instalment: the forms ``by_instalment``. What an account bore rounded once in all is the area under
``max(due by the day - paid by the day, 0)``: whoever counts every component then needs no matching of money,
and says nothing of any instalment: the forms ``simple_interest``.

The tables are long, sorted
by account and day; loading, and packing account and day into one key, is not timed. polars merges the two
sorted tables (``merge_sorted``), takes one running sum over all and subtracts what it was where an account
begins; a sort, and a window for each account, took longer. duckdb has windows over accounts.

Who rounds once an instalment has to match money to instalments: both are marks on the running sum of an
account, and the stretch before each mark belongs to the next instalment and the next payment.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import duckdb
import numpy as np
import polars as pl
from account_days import BITS, EPOCH, accounts_of, keys_of

from delinquency.portfolio import Portfolio

__all__ = [
    "duckdb_by_instalment",
    "duckdb_simple_interest",
    "load_duckdb",
    "load_polars",
    "polars_by_instalment",
    "polars_simple_interest",
]


def load_polars(book: Portfolio) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    inst, pay = book.instalments, book.payments
    owed = pl.DataFrame(
        {
            "key": pl.Series(keys_of(inst.offsets, inst.due_date)).set_sorted(),
            "principal": inst.principal,
            "interest": inst.interest,
            "fees": inst.fees,
        }
    )
    paid = pl.DataFrame(
        {
            "key": pl.Series(keys_of(pay.offsets, pay.value_date)).set_sorted(),
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
    account = pl.col("key") // 2**BITS
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


MARK = 40
"""Bits of a mark on the running sum of an account, below its row."""


def _marks(rows: pl.LazyFrame, amount: pl.Expr) -> pl.LazyFrame:
    """The running sum of an account at each row, behind the row of the account."""
    account = pl.col("key") // 2**BITS
    return (
        rows.with_columns(account=account, total=amount.cum_sum(), own=amount)
        .with_columns(
            before=pl.when(pl.col("account") != pl.col("account").shift(1, fill_value=-1))
            .then(pl.col("total") - pl.col("own"))
            .otherwise(None)
            .forward_fill()
        )
        .select(
            mark=(pl.col("account") * 2**MARK + pl.col("total") - pl.col("before")),
            day=pl.col("key") & (2**BITS - 1),
        )
    )


def polars_by_instalment(
    loaded: tuple[pl.DataFrame, pl.DataFrame, int], as_of: date, numerator: int, denominator: int
) -> Any:
    """Half up, by instalment: open amount times days, by merging the marks of debts and money."""
    owed, paid, size = loaded
    day = (as_of - EPOCH).days
    is_before = (pl.col("key") & (2**BITS - 1)) <= day
    due = _marks(
        owed.lazy().filter(is_before), pl.col("principal") + pl.col("interest") + pl.col("fees")
    ).select(
        "mark", due="day", paid=pl.lit(None, pl.Int64), debt="mark", money=pl.lit(None, pl.Int64)
    )
    come = _marks(
        paid.lazy().filter(is_before & (pl.col("reversed") > day)), pl.col("amount")
    ).select(
        "mark", due=pl.lit(None, pl.Int64), paid="day", debt=pl.lit(None, pl.Int64), money="mark"
    )
    account = pl.col("mark") // 2**MARK
    previous = pl.col("mark").shift(1, fill_value=-1)
    told = (
        due.merge_sorted(come, key="mark")
        .with_columns(pl.col("due", "paid", "debt", "money").backward_fill())
        .with_columns(
            piece=pl.col("mark")
            - pl.when(previous // 2**MARK == account).then(previous).otherwise(account * 2**MARK),
            until=pl.when(pl.col("money") // 2**MARK == account).then("paid").otherwise(day),
        )
        .filter(pl.col("debt") // 2**MARK == account)
        .group_by("debt")
        .agg(area=(pl.col("piece") * (pl.col("until") - pl.col("due")).clip(lower_bound=0)).sum())
        .group_by(pl.col("debt") // 2**MARK)
        .agg(told=((2 * pl.col("area") * numerator + denominator) // (2 * denominator)).sum())
        .collect()
    )
    column = np.zeros(size, dtype=np.int64)
    column[told["debt"].to_numpy()] = told["told"].to_numpy()
    return column


def duckdb_by_instalment(loaded: Any, as_of: date, numerator: int, denominator: int) -> Any:
    """The same marks by windows over accounts."""
    database, size = loaded
    day = (as_of - EPOCH).days
    rows = database.execute(
        f"""
        WITH marks AS (
            SELECT account, day AS due, NULL AS paid,
                   sum(principal + interest + fees) OVER (PARTITION BY account ORDER BY day) AS mark
            FROM owed WHERE day <= {day}
            UNION ALL
            SELECT account, NULL, day,
                   sum(amount) OVER (PARTITION BY account ORDER BY day ROWS UNBOUNDED PRECEDING)
            FROM paid WHERE day <= {day} AND reversed > {day}
        ), pieces AS (
            SELECT account,
                   mark - lag(mark, 1, 0) OVER w AS piece,
                   first_value(due IGNORE NULLS) OVER ahead AS due,
                   coalesce(first_value(paid IGNORE NULLS) OVER ahead, {day}) AS until
            FROM marks
            WINDOW w AS (PARTITION BY account ORDER BY mark, due),
                   ahead AS (PARTITION BY account ORDER BY mark, due
                             ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
        ), debts AS (
            SELECT account, due, sum(piece * greatest(until - due, 0)) AS area
            FROM pieces WHERE due IS NOT NULL GROUP BY account, due
        )
        SELECT account,
               CAST(sum((2 * area * {numerator} + {denominator}) // {2 * denominator}) AS BIGINT) AS told
        FROM debts GROUP BY account
        """
    ).fetchnumpy()
    column = np.zeros(size, dtype=np.int64)
    column[rows["account"]] = rows["told"]
    return column


def load_duckdb(book: Portfolio) -> Any:
    inst, pay = book.instalments, book.payments
    database = duckdb.connect()
    database.execute(
        "SET threads = 2; SET preserve_insertion_order = false; SET enable_progress_bar = false"
    )
    owed = pl.DataFrame(
        {
            "account": accounts_of(inst.offsets).astype(np.int32),
            "day": inst.due_date,
            "principal": inst.principal,
            "interest": inst.interest,
            "fees": inst.fees,
        }
    ).to_arrow()
    paid = pl.DataFrame(
        {
            "account": accounts_of(pay.offsets).astype(np.int32),
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
