"""Two accounts as plain columns, to be changed one cell at a time and handed over in any library."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

BACKENDS = (
    "mapping",
    "pyarrow",
    "pandas",
    "pandas[pyarrow]",
    "polars",
    "polars lazy",
    "duckdb",
    "reader",
)


def columns() -> dict[str, dict[str, list[Any]]]:
    """Two accounts of two instalments, with payments, a charge each and a suspension."""
    return {
        "accounts": {
            "account_id": ["A", "B"],
            "originated_on": ["2024-12-31", "2025-01-15"],
            "obligor_id": ["O-1", None],
            "product": ["loan", "card"],
            "segment": ["retail", "non_retail"],
        },
        "instalments": {
            "account_id": ["A", "A", "B", "B"],
            "due_date": ["2025-01-31", "2025-02-28", "2025-02-15", "2025-03-15"],
            "principal": ["100.00", "100.00", "50", "50.5"],
            "interest": ["1.25", "1.00", "0", "0.01"],
            "fees": ["0", "0", "0", "0"],
        },
        "payments": {
            "account_id": ["A", "A", "B"],
            "value_date": ["2025-01-31", "2025-03-05", "2025-02-20"],
            "amount": ["101.25", "10.00", "50.00"],
            "kind": ["repayment", "refund", "goodwill"],
            "payment_id": ["p1", "p2", None],
            "recorded_on": [None, "2025-03-06", None],
            "reversed_on": [None, None, "2025-02-25"],
        },
        "charges": {
            "account_id": ["A", "B"],
            "charge_id": ["c", "c"],
            "component": ["fees", "penalty"],
            "amount": ["5.00", "7.50"],
            "due_date": ["2025-02-10", "2025-03-01"],
            "instalment_no": [None, 2],
        },
        "suspensions": {
            "account_id": ["B", "B"],
            "start": ["2025-02-16", "2025-03-01"],
            "end": ["2025-02-20", None],
            "reason": ["law", "unspecified"],
        },
    }


LATER = (
    "decisions",
    "charge_backs",
    "spans",
    "disputes",
    "contract_rates",
    "findings",
    "reported_figures",
    "restructurings",
    "re_ages",
    "collateral",
    "guarantees",
)


def every_column() -> dict[str, dict[str, list[Any]]]:
    """The two accounts with rows in every table, and every column of charges."""
    made = columns()
    made["charges"]["charged_on"] = ["2025-02-01", None]
    return {
        **made,
        "decisions": {
            "account_id": ["B", "A", "B", "A"],
            "value_date": ["2025-03-20", "2025-03-01", "2025-03-20", "2025-04-01"],
            "kind": ["write_off", "waiver", "waiver", "acceleration"],
            "component": ["principal", "interest", "fees", None],
            "amount": ["10.00", None, "0.50", None],
            "recorded_on": [None, "2025-03-02", None, None],
            "reversed_on": [None, "2025-03-10", None, None],
        },
        "charge_backs": {
            "account_id": ["A", "B"],
            "charge_back_id": ["b", "b"],
            "value_date": ["2025-02-03", "2025-03-01"],
            "principal": ["1.25", "0"],
            "penalty": ["0", "2"],
            "payment_id": ["p1", None],
        },
        "spans": {
            "account_id": ["A", "B", "B"],
            "start": ["2025-02-01", "2025-02-16", "2025-02-20"],
            "end": [None, "2025-02-20", "2025-03-01"],
            "kind": ["off_balance", "penalty_waiver", "penalty_waiver"],
            "share_numerator": [None, 1, None],
            "share_denominator": [None, 2, None],
        },
        "disputes": {
            "account_id": ["B", "A", "B"],
            "dispute_id": ["d2", "d1", "d1"],
            "start": ["2025-02-16", "2025-02-01", "2025-02-16"],
            "end": [None, "2025-02-20", "2025-03-01"],
            "amount": ["10.00", "0.50", "1.25"],
            "instalment_no": [1, None, None],
            "charge_id": [None, None, "c"],
            "for_debtor": [None, True, False],
            "recorded_on": [None, "2025-02-03", None],
            "reversed_on": [None, "2025-02-05", None],
        },
        "contract_rates": {
            "account_id": ["B", "A", "B"],
            "effective_on": ["2025-03-01", "2024-12-31", "2025-01-15"],
            "rate": ["0.0005", "0.0435", "-0.01"],
            "period": ["day", "year", "month"],
        },
        "findings": {
            "account_id": ["B", "A", "B"],
            "start": ["2025-03-01", "2025-02-01", "2025-02-01"],
            "end": [None, "2025-02-20", "2025-03-01"],
            "kind": ["fraud", "deceased", "fraud"],
            "recorded_on": [None, "2025-02-05", None],
        },
        "reported_figures": {
            "account_id": ["A", "B", "A"],
            "value_date": ["2025-03-01", "2025-03-31", "2025-03-01"],
            "name": ["loan_to_value", "expected_loss_share", "loan_to_value"],
            "value_numerator": [4, 0, 21],
            "value_denominator": [5, None, 20],
            "recorded_on": ["2025-03-09", None, None],
            "reversed_on": [None, None, "2025-03-09"],
        },
        "restructurings": {
            "account_id": ["B", "A"],
            "value_date": ["2025-03-01", "2025-03-02"],
            "first_due_on": ["2025-03-31", "2025-03-02"],
            "in_difficulty": [None, False],
            "diminished_numerator": [3, None],
            "diminished_denominator": [250, None],
            "grace_until": ["2025-09-01", None],
        },
        "re_ages": {
            "account_id": ["B", "A", "A"],
            "value_date": ["2025-04-02", "2025-04-03", "2025-04-03"],
            "in_workout": [True, None, False],
            "recorded_on": [None, None, "2025-04-09"],
            "reversed_on": [None, "2025-04-09", None],
        },
        "collateral": {
            "account_id": ["A", "B", "A"],
            "collateral_id": ["car", "flat", "car"],
            "value_date": ["2025-04-04", "2025-04-03", "2025-04-04"],
            "value": ["0.25", "0", "1"],
            "kind": ["movable", None, "movable"],
            "assessed_value": [None, "10.00", "2"],
            "until": [None, "2025-05-01", None],
            "recorded_on": ["2025-04-09", None, None],
            "reversed_on": [None, None, "2025-04-09"],
        },
        "guarantees": {
            "account_id": ["B", "A", "B"],
            "guarantor_id": ["son", "firm", "daughter"],
            "value_date": ["2025-04-04", "2025-04-05", "2025-04-04"],
            "amount": ["7.50", None, None],
            "share_numerator": [None, 1, 1],
            "share_denominator": [None, 3, None],
            "until": [None, "2025-05-01", None],
            "recorded_on": [None, None, "2025-04-06"],
            "reversed_on": [None, None, None],
        },
    }


def tables(**changes: Any) -> dict[str, dict[str, list[Any]]]:
    """The columns, with cells changed: ``payments__amount__2="0"`` changes one cell."""
    named = {part for place in changes for part in place.split("__")[:2]}
    made = every_column() if named & {*LATER, "charged_on"} else columns()
    for place, value in changes.items():
        table, column, *row = place.split("__")
        if row:
            made[table][column][int(row[0])] = value
        else:
            made[table][column] = value
    return made


def handed_over(table: pa.Table, backend: str) -> Any:
    """The same table in the hands of another library."""
    if backend == "mapping":
        return {name: table[name] for name in table.column_names}
    if backend == "pyarrow":
        return table
    if backend == "reader":
        return table.to_reader(max_chunksize=2)
    if backend == "pandas":
        return table.to_pandas(date_as_object=False)
    if backend == "pandas[pyarrow]":
        import pandas as pd

        return table.to_pandas(types_mapper=pd.ArrowDtype)
    if backend == "duckdb":
        import duckdb

        return duckdb.connect().from_arrow(table)
    import polars as pl

    frame = pl.from_arrow(table)
    return frame.lazy() if backend == "polars lazy" else frame
