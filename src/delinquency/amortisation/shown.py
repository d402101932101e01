"""How the tables of a loan are shown: lines that stand in columns, and HTML in a notebook.

The one idea: a table says which cells it has, once, and every form is made of those cells.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from delinquency.explanation_text import known_language
from delinquency.text_layout import aligned, html_cells

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["EARLY", "ShownTable", "cells_of", "heads_of"]

_HEADS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "number": "no.",
            "due_date": "due date",
            "payment": "payment",
            "principal": "principal",
            "interest": "interest",
            "fees": "fees",
            "capitalised": "capitalised",
            "accrued": "accrued",
            "paid": "paid",
            "paid_on": "paid on",
            "closing_balance": "balance",
        },
        "zh": {
            "number": "期数",
            "due_date": "应还日",
            "payment": "应还合计",
            "principal": "本金",
            "interest": "利息",
            "fees": "费用",
            "capitalised": "转本金利息",
            "accrued": "未到期利息",
            "paid": "已还",
            "paid_on": "还清日",
            "closing_balance": "剩余本金",
        },
    }
)

EARLY: Final[Mapping[str, str]] = MappingProxyType({"en": "early", "zh": "提前还款"})
"""What stands in place of a number where money came before it was due."""


def heads_of(fields: Iterable[str], lang: str) -> tuple[str, ...]:
    """The head of each column."""
    return tuple(_HEADS[lang][field] for field in fields)


class ShownTable:
    """A table with cells; what it is shown as follows from them."""

    __slots__ = ()

    @abstractmethod
    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        """The heads and the rows."""

    @abstractmethod
    def _currency(self) -> Currency | None:
        """That of the amounts."""

    def to_text(self, lang: str = "en") -> str:
        """The table as aligned lines.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language of the heads.

        Raises
        ------
        InvalidValueError
            No heads in ``lang``.
        """
        return "\n".join(aligned(self._cells(known_language(lang, "table")), left=()))

    def _repr_html_(self) -> str:
        heads, *rows = self._cells("en")
        currency = self._currency()
        caption = "" if currency is None else f"<caption>{currency.code}</caption>"
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows)
        return (
            f"<table>{caption}<thead><tr>{html_cells('th', heads)}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )

    def __str__(self) -> str:
        return self.to_text()


def cells_of(row: object, fields: Sequence[str]) -> tuple[str, ...]:
    """The fields of a row as text."""
    return tuple(_cell(getattr(row, field)) for field in fields)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:,}"
        case _:
            return str(value)
