"""Ledgers of a book of cards as data frames.

The one idea: one row for each thing that was asked about, a card or a statement; the card's id stands
first, amounts are exact decimals.
"""

# Arrow says little about its own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

if TYPE_CHECKING:
    from delinquency.portfolio.cards.ledgers import CardLedgers

__all__ = ["ledgers_frame", "statements_frame"]

_LIMITS = ("credit_limit", "available_credit")
_DAYS = ("statement_date", "due_date", "judged_on")
_JUDGED = ("is_paid_in_full", "is_minimum_met")


def ledgers_frame(answer: CardLedgers, backend: str) -> Any:
    """One row a card; see :meth:`CardLedgers.to_frame`."""
    edge = _edge()
    columns = dict(answer.columns())
    del columns["account_id"]
    size = len(answer)
    told: dict[str, Any] = {
        "account_id": edge.writing.texts_out(answer.book.account_id),
        "as_of": np.full(size, np.datetime64(answer.as_of, "D")),
        "currency": [answer.book.currency.code] * size,
    }
    for name, column in columns.items():
        told[name] = _amounts(edge, answer, column) if column.dtype == np.int64 else column
    for name in _LIMITS:
        told[name] = _or_null(told[name], columns[name] >= 0)
    return edge.to_frame(told, backend)


def statements_frame(answer: CardLedgers, backend: str) -> Any:
    """One row a statement; see :meth:`CardLedgers.statements_to_frame`."""
    edge = _edge()
    table = answer.statements
    ids = edge.writing.texts_out(answer.book.account_id)
    told: dict[str, Any] = {
        "account_id": ids.take(_arrow().array(table.card_rows())),
        "statement_no": table.number,
    }
    for name in (field.name for field in attrs.fields(type(table)) if field.name != "offsets"):
        column = getattr(table, name)
        if name in _DAYS:
            told[name] = edge.writing.days_out(column, None)
        elif name in _JUDGED:
            told[name] = _or_null(_arrow().array(column == 1), column >= 0)
        elif column.dtype == np.int64:
            told[name] = _amounts(edge, answer, column)
        else:
            told[name] = column
    return edge.to_frame(told, backend)


def _edge() -> Any:
    """The edge that writes frames, imported when a frame is first asked for."""
    from delinquency import frames

    return frames


def _arrow() -> Any:
    return _edge().writing.arrow()


def _amounts(edge: Any, answer: CardLedgers, column: Any) -> Any:
    return edge.writing.amounts_out(np.ascontiguousarray(column), answer.book.currency, "decimal")


def _or_null(values: Any, is_told: Any) -> Any:
    """The values of an Arrow array, and nothing where nothing is told."""
    return values.take(_arrow().array(np.arange(len(is_told)), mask=~is_told))
