"""Two books as one: the accounts of the first, then those of the second.

The one idea: a column that one of them lacks says what its absence means, row by row.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs
import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.errors import InvalidValueError
from delinquency.event_rows import ALL
from delinquency.portfolio import columns as tables
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import ALWAYS_FROM
from delinquency.portfolio.fact_conversion import FACT_TABLES
from delinquency.portfolio.text_column import TextColumn

__all__ = ["joined"]

_ABSENT: Final[Mapping[type, Mapping[str, int]]] = MappingProxyType(
    {
        tables.InstalmentColumns: {"in_force_from": ALWAYS_FROM},
        tables.DecisionColumns: {"component": ALL, "amount": ALL},
        tables.SpanColumns: {"share_numerator": 1, "share_denominator": 1},
        tables.ReportedFigureColumns: {"value_denominator": 1},
        tables.RestructuringColumns: {
            "in_difficulty": 1,
            "diminished_numerator": -1,
            "diminished_denominator": 1,
        },
        tables.CollateralColumns: {"assessed_value": -1},
        tables.GuaranteeColumns: {"share_denominator": 1},
    }
)
"""What an absent column of a table says of a row, where that is neither "no day" nor 0."""

_DAYS: Final = frozenset(
    {"in_force_until", "recorded_on", "reversed_on", "charged_on", "grace_until", "until"}
)


def joined(first: Portfolio, second: Portfolio) -> Portfolio:
    """The accounts of both books, which have one currency; an id stands in one of them alone.

    Raises
    ------
    InvalidValueError
        Books in two currencies.
    PortfolioError
        An account that stands in both.
    """
    if first.currency != second.currency:
        raise InvalidValueError.at(
            "joined books",
            expected=f"two books in one currency, {first.currency.code}",
            found=second.currency.code,
            hint="Keep one book for each currency.",
        )
    sizes = len(first), len(second)
    parts: dict[str, Any] = {
        "originated_on": np.concatenate([first.originated_on, second.originated_on]),
        "account_id": _texts(first.account_id, second.account_id, sizes),
    }
    for name in ("product", "segment"):
        parts[name] = _column(getattr(first, name), getattr(second, name), 0, sizes)
    if first.obligor_id is not None or second.obligor_id is not None:
        parts["obligor_id"] = _texts(first.obligor_id, second.obligor_id, sizes)
    for name in ("instalments", "payments", *FACT_TABLES):
        parts[name] = _table(getattr(first, name), getattr(second, name), sizes)
    return Portfolio(currency=first.currency, **parts)


def _table(first: Any, second: Any, sizes: tuple[int, int]) -> Any:
    if first is None and second is None:
        return None
    kind = type(second if first is None else first)
    offsets = [
        np.zeros(size + 1, dtype=np.int64) if table is None else table.offsets
        for table, size in zip((first, second), sizes, strict=True)
    ]
    rows = int(offsets[0][-1]), int(offsets[1][-1])
    columns: dict[str, Any] = {}
    for field in attrs.fields(kind):
        name = field.name
        if name == "offsets":
            continue
        pair = [None if table is None else getattr(table, name) for table in (first, second)]
        if any(isinstance(each, TextColumn) for each in pair):
            columns[name] = _texts(pair[0], pair[1], rows)
        else:
            nothing = _ABSENT.get(kind, {}).get(name, NONE_DAY if name in _DAYS else 0)
            columns[name] = _column(pair[0], pair[1], nothing, rows)
    return kind(offsets=np.concatenate([offsets[0], offsets[1][1:] + rows[0]]), **columns)


def _column(first: Any, second: Any, nothing: int, sizes: tuple[int, int]) -> Any:
    if first is None and second is None:
        return None
    kind = (second if first is None else first).dtype
    return np.concatenate(
        [
            np.full(size, nothing, dtype=kind) if column is None else column
            for column, size in zip((first, second), sizes, strict=True)
        ]
    )


def _texts(first: Any, second: Any, sizes: tuple[int, int]) -> TextColumn:
    return TextColumn.of(
        text
        for column, size in zip((first, second), sizes, strict=True)
        for text in ([""] * size if column is None else column)
    )
