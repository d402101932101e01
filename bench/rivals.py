"""The same question put to polars and duckdb, each in the best form found, and in the usual one.

Tables are long, sorted by account and day, with an account row of 32 bits; loading is not timed. What
was tried for the as-of answer in polars, slowest first: a running sum over a window of each account
(what most people write), groups joined and a window over the accounts in arrears only, and one running
sum over the whole table with places looked up (``search_sorted``), which is the form of our own whole
columns. duckdb: groups, and a window over the accounts in arrears only; a window over everything took
three times as long.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import duckdb
import numpy as np
import polars as pl

from delinquency.portfolio import Portfolio

NONE = 2**31 - 1
FIRST_DAYS = (0, 1, 31, 61, 91)
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Answer:
    """The as-of answer, one row an account."""

    days_past_due: Any
    delinquent_days: Any
    arrears: Any
    oldest_due_date: Any
    bucket: Any


@dataclass(frozen=True)
class PolarsBook:
    size: int
    inst: pl.DataFrame
    pay: pl.DataFrame
    susp: pl.DataFrame
    inst_end: pl.Series
    pay_end: pl.Series


def _rows(offsets: Any) -> Any:
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))


def load_polars(book: Portfolio) -> PolarsBook:
    inst, pay, susp = book.instalments, book.payments, book.suspensions
    assert susp is not None
    assert pay.reversed_on is not None
    return PolarsBook(
        len(book),
        pl.DataFrame(
            {
                "account": pl.Series(_rows(inst.offsets)).set_sorted(),
                "due": inst.due_date,
                "principal": inst.principal,
                "interest": inst.interest,
                "fees": inst.fees,
            }
        ),
        pl.DataFrame(
            {
                "account": pl.Series(_rows(pay.offsets)).set_sorted(),
                "value": pay.value_date,
                "amount": pay.amount,
                "reversed": pay.reversed_on,
            }
        ),
        pl.DataFrame(
            {"account": _rows(susp.offsets), "start": susp.start, "end": susp.end}
        ).with_columns(pl.col("account").set_sorted()),
        pl.Series(inst.offsets[1:]),
        pl.Series(pay.offsets[1:]),
    )


def _per_account(running: pl.Series, ends: pl.Series) -> pl.Series:
    """Sums per account from a running sum over the whole table."""
    return (
        running.gather(ends - 1).diff(null_behavior="ignore").fill_null(running[int(ends[0]) - 1])
    )


def _finish(book: PolarsBook, late: pl.DataFrame, day: int) -> Answer:
    """From accounts in arrears (account, arrears, oldest) to whole columns."""
    raw = late.with_columns(raw=day - pl.col("oldest"))
    shared = (
        raw.lazy()
        .join(book.susp.lazy(), on="account")
        .select(
            "account",
            shared=(
                pl.min_horizontal("end", pl.lit(day, pl.Int32))
                - pl.max_horizontal("start", "oldest")
            ).clip(lower_bound=0),
        )
        .group_by("account")
        .agg(pl.col("shared").sum())
        .collect()
    )
    raw = raw.join(shared, on="account", how="left").with_columns(
        delinquent=(pl.col("raw") - pl.col("shared").fill_null(0)).clip(lower_bound=0)
    )
    rows = raw["account"].to_numpy()
    size = book.size
    days, delinquent, bucket = (
        np.zeros(size, np.int32),
        np.zeros(size, np.int32),
        np.zeros(size, np.int8),
    )
    arrears, oldest = np.zeros(size, np.int64), np.full(size, NONE, np.int32)
    days[rows] = raw["raw"].to_numpy()
    delinquent[rows] = raw["delinquent"].to_numpy()
    arrears[rows] = raw["arrears"].to_numpy()
    oldest[rows] = raw["oldest"].to_numpy()
    bucket[rows] = np.searchsorted(FIRST_DAYS, delinquent[rows], side="right") - 1
    return Answer(days, delinquent, arrears, oldest, bucket)


def polars_as_of(book: PolarsBook, as_of: date) -> Answer:
    """One running sum over each table, places looked up for the accounts in arrears."""
    day = (as_of - EPOCH).days
    counted = (pl.col("value") <= day) & (pl.col("reversed") > day)
    owing = pl.col("principal") + pl.col("interest") + pl.col("fees")
    money = book.pay.select(
        pl.when(counted).then(pl.col("amount")).otherwise(0).cum_sum()
    ).to_series()
    owed = book.inst.select(
        pl.when(pl.col("due") < day).then(owing).otherwise(0).cum_sum()
    ).to_series()
    paid = _per_account(money, book.pay_end)
    due = _per_account(owed, book.inst_end)
    table = pl.select(
        account=pl.int_range(book.size, dtype=pl.Int32),
        arrears=due - paid,
        until=owed.gather(book.inst_end - 1),
    ).filter(pl.col("arrears") > 0)
    place = owed.search_sorted(table["until"] - table["arrears"], side="right")
    late = table.select("account", "arrears").with_columns(oldest=book.inst["due"].gather(place))
    return _finish(book, late, day)


def polars_as_of_groups(book: PolarsBook, as_of: date) -> Answer:
    """Groups joined, then a window over the accounts in arrears only."""
    day = (as_of - EPOCH).days
    paid = (
        book.pay.lazy()
        .filter((pl.col("value") <= day) & (pl.col("reversed") > day))
        .group_by("account")
        .agg(paid=pl.col("amount").sum())
    )
    owing = (pl.col("principal") + pl.col("interest") + pl.col("fees")).alias("owing")
    rows = book.inst.lazy().filter(pl.col("due") < day).select("account", "due", owing)
    arrears = (
        rows.group_by("account")
        .agg(owed=pl.col("owing").sum())
        .join(paid, on="account", how="left")
        .with_columns(arrears=pl.col("owed") - pl.col("paid").fill_null(0))
        .filter(pl.col("arrears") > 0)
    )
    late = (
        rows.join(arrears, on="account", maintain_order="left")
        .with_columns(before=pl.col("owing").cum_sum().over("account"))
        .filter(pl.col("before") > pl.col("owed") - pl.col("arrears"))
        .group_by("account")
        .agg(pl.col("arrears").first(), oldest=pl.col("due").min())
        .collect()
    )
    return _finish(book, late, day)


def polars_as_of_windows(book: PolarsBook, as_of: date) -> Answer:
    """A running sum over each account: what most people write."""
    day = (as_of - EPOCH).days
    paid = (
        book.pay.lazy()
        .filter((pl.col("value") <= day) & (pl.col("reversed") > day))
        .group_by("account")
        .agg(paid=pl.col("amount").sum())
    )
    late = (
        book.inst.lazy()
        .filter(pl.col("due") < day)
        .with_columns(owing=pl.col("principal") + pl.col("interest") + pl.col("fees"))
        .with_columns(running=pl.col("owing").cum_sum().over("account"))
        .join(paid, on="account", how="left")
        .with_columns(pl.col("paid").fill_null(0))
        .filter(pl.col("running") > pl.col("paid"))
        .group_by("account")
        .agg(oldest=pl.col("due").min(), arrears=pl.col("running").max() - pl.col("paid").first())
        .collect()
    )
    return _finish(book, late, day)


@dataclass(frozen=True)
class HistoryAnswer:
    """Accounts by closes."""

    days_past_due: Any
    delinquent_days: Any
    arrears: Any
    bucket: Any


def polars_history(book: PolarsBook, dates: Sequence[date]) -> HistoryAnswer:
    """All closes at once: places of every account and close in the running sums, by one sorted key."""
    width = len(dates)
    closes = pl.Series([(day - EPOCH).days for day in dates], dtype=pl.Int64)
    cell = pl.select(
        account=pl.int_range(book.size, dtype=pl.Int64).repeat_by(width).explode(),
        close=pl.Series(np.tile(closes.to_numpy(), book.size)),
    )
    target = cell.select(pl.col("account") * 2**32 + pl.col("close")).to_series()
    owing = pl.col("principal") + pl.col("interest") + pl.col("fees")
    owed_running = _from_zero(book.inst.select(owing.cum_sum()).to_series())
    owed_to = owed_running.gather(_key(book.inst, "due").search_sorted(target, side="left"))
    paid_to = _sums_to(book.pay, "value", target)
    back = (
        book.pay.filter(pl.col("reversed") != NONE)
        .with_columns(gone=pl.max_horizontal("value", "reversed"))
        .sort("account", "gone")
    )
    back_to = _sums_to(back, "gone", target)
    begin = (cell["account"] * 2**32).set_sorted()
    owed_begin = owed_running.gather(_key(book.inst, "due").search_sorted(begin, side="left"))
    cell = cell.with_columns(
        owed_to=owed_to,
        arrears=(owed_to - owed_begin)
        - (paid_to - _sums_to(book.pay, "value", begin))
        + (back_to - _sums_to(back, "gone", begin)),
    ).with_columns(pl.col("arrears").clip(lower_bound=0))
    late = cell.with_row_index("cell").filter(pl.col("arrears") > 0)
    place = owed_running.search_sorted(late["owed_to"] - late["arrears"], side="right") - 1
    late = late.with_columns(oldest=book.inst["due"].gather(place)).with_columns(
        raw=(pl.col("close") - pl.col("oldest"))
    )
    susp = book.susp.with_columns(pl.col("account").cast(pl.Int64))
    shared = (
        late.join(susp, on="account")
        .with_columns(
            shared=(pl.min_horizontal("end", "close") - pl.max_horizontal("start", "oldest")).clip(
                lower_bound=0
            )
        )
        .group_by("cell")
        .agg(pl.col("shared").sum())
    )
    late = late.join(shared, on="cell", how="left", maintain_order="left").with_columns(
        delinquent=(pl.col("raw") - pl.col("shared").fill_null(0)).clip(lower_bound=0)
    )
    shape = (book.size, width)
    days, delinquent = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    bucket = np.zeros(shape, np.int8)
    cells = late["cell"].to_numpy()
    days.reshape(-1)[cells] = late["raw"].to_numpy()
    delinquent.reshape(-1)[cells] = late["delinquent"].to_numpy()
    bucket.reshape(-1)[cells] = np.searchsorted(FIRST_DAYS, late["delinquent"], side="right") - 1
    return HistoryAnswer(days, delinquent, cell["arrears"].to_numpy().reshape(shape), bucket)


def _from_zero(running: pl.Series) -> pl.Series:
    return pl.concat([pl.Series([0], dtype=running.dtype), running])


def _key(table: pl.DataFrame, day: str) -> pl.Series:
    key = pl.col("account").cast(pl.Int64) * 2**32 + pl.col(day)
    return table.select(key).to_series().set_sorted()


def _sums_to(table: pl.DataFrame, day: str, target: pl.Series) -> pl.Series:
    """The running sum of amounts up to each target, rows of the day itself counted."""
    running = _from_zero(table["amount"].cum_sum())
    return running.gather(_key(table, day).search_sorted(target, side="right"))


def polars_history_by_date(book: PolarsBook, dates: Sequence[date]) -> HistoryAnswer:
    """The as-of form, once a date."""
    return _stacked([polars_as_of(book, day) for day in dates])


def _stacked(answers: Sequence[Answer]) -> HistoryAnswer:
    names = ("days_past_due", "delinquent_days", "arrears", "bucket")
    return HistoryAnswer(*(np.stack([getattr(a, n) for a in answers], axis=1) for n in names))


def load_duckdb(book: Portfolio) -> tuple[duckdb.DuckDBPyConnection, PolarsBook]:
    tables = load_polars(book)
    con = duckdb.connect()
    con.execute("SET threads = 2")
    for name in ("inst", "pay", "susp"):
        con.register("loading", getattr(tables, name).to_arrow())
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM loading")
        con.unregister("loading")
    return con, tables


GROUPS = """
WITH paid AS (
    SELECT account, sum(amount)::BIGINT AS paid FROM pay
    WHERE value <= $day AND reversed > $day GROUP BY account),
owed AS (
    SELECT account, sum(principal + interest + fees)::BIGINT AS owed FROM inst
    WHERE due < $day GROUP BY account),
arrears AS (
    SELECT owed.account, owed, owed - coalesce(paid, 0) AS arrears
    FROM owed LEFT JOIN paid USING (account) WHERE owed > coalesce(paid, 0)),
running AS (
    SELECT account, due, owed, arrears,
        sum(principal + interest + fees) OVER (PARTITION BY account ORDER BY due) AS running
    FROM inst JOIN arrears USING (account) WHERE due < $day)
SELECT account, any_value(arrears)::BIGINT AS arrears, min(due) AS oldest
FROM running WHERE running > owed - arrears GROUP BY account
"""


def duckdb_as_of(loaded: tuple[duckdb.DuckDBPyConnection, PolarsBook], as_of: date) -> Answer:
    """Groups, and a window over the accounts in arrears only."""
    con, tables = loaded
    day = (as_of - EPOCH).days
    late = pl.DataFrame(con.execute(GROUPS, {"day": day}).fetchnumpy())
    return _finish(tables, late, day)


HISTORY = """
WITH cells AS (
    SELECT account, close FROM range({size}) t(account), unnest($closes) c(close)),
moves AS (
    SELECT account, day, sum(owed)::BIGINT AS owed, sum(paid)::BIGINT AS paid FROM (
        SELECT account, due + 1 AS day, principal + interest + fees AS owed, 0 AS paid FROM inst
        UNION ALL SELECT account, value, 0, amount FROM pay
        UNION ALL SELECT account, greatest(value, reversed), 0, -amount FROM pay
            WHERE reversed <> 2147483647)
    GROUP BY account, day),
running AS (
    SELECT account, day, sum(owed) OVER w AS owed, sum(paid) OVER w AS paid
    FROM moves WINDOW w AS (PARTITION BY account ORDER BY day)),
late AS (
    SELECT cells.account, close, owed::BIGINT AS owed, (owed - paid)::BIGINT AS arrears
    FROM cells ASOF JOIN running ON cells.account = running.account AND close >= day
    WHERE owed > paid),
settled AS (
    SELECT account, due, sum(principal + interest + fees) OVER (
        PARTITION BY account ORDER BY due)::BIGINT AS running
    FROM inst WHERE account IN (SELECT account FROM late))
SELECT late.account, close, any_value(arrears) AS arrears, min(due) AS oldest
FROM late JOIN settled ON late.account = settled.account AND running > owed - arrears
GROUP BY late.account, close
"""


def duckdb_history(
    loaded: tuple[duckdb.DuckDBPyConnection, PolarsBook], dates: Sequence[date]
) -> HistoryAnswer:
    """All closes at once: an as-of join of accounts and closes with the running sums."""
    con, tables = loaded
    days = [(day - EPOCH).days for day in dates]
    query = HISTORY.format(size=tables.size)
    late = pl.DataFrame(con.execute(query, {"closes": days}).fetchnumpy()).with_columns(
        pl.col("account").cast(pl.Int32), pl.col("oldest").cast(pl.Int32)
    )
    return _stacked(
        [_finish(tables, late.filter(pl.col("close") == day).drop("close"), day) for day in days]
    )


def duckdb_history_by_date(
    loaded: tuple[duckdb.DuckDBPyConnection, PolarsBook], dates: Sequence[date]
) -> HistoryAnswer:
    """The as-of form, once a date."""
    return _stacked([duckdb_as_of(loaded, day) for day in dates])
