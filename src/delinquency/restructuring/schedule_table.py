"""The schedule of a plan for people: what falls due before it, and after it by component, in columns.

The one idea: one table for whoever prints an answer and for the command line, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from delinquency.component import COMPONENTS
from delinquency.explanation_text import known_language
from delinquency.sentences import WORDS
from delinquency.text_layout import aligned

if TYPE_CHECKING:
    from delinquency.restructuring.answer import DebtParts, PlannedRow

__all__ = ["schedule_table"]

_HEADS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {"en": ("due date", "before", "after"), "zh": ("应还日", "方案前", "方案后")}
)


def schedule_table(rows: Sequence[PlannedRow], lang: str) -> str:
    """One line a due date under their heads; nothing where there are no rows.

    Raises
    ------
    InvalidValueError
        No texts in ``lang``.
    """
    known = known_language(lang, "schedule of a plan")
    return "\n".join(aligned(_lines(rows, known))) if rows else ""


def _lines(rows: Sequence[PlannedRow], lang: str) -> Iterator[tuple[str, ...]]:
    names = [component.value for component in COMPONENTS]
    due, before, after = _HEADS[lang]
    yield due, before, *(WORDS[lang][name] for name in names), after
    for row in rows:
        parts = [""] * len(names) if row.after is None else _parts(row.after, names)
        yield str(row.due_date), _total(row.before), *parts, _total(row.after)


def _parts(debt: DebtParts, names: Sequence[str]) -> list[str]:
    return [f"{getattr(debt, name):,f}" for name in names]


def _total(debt: DebtParts | None) -> str:
    return "" if debt is None else f"{debt.total:,f}"
