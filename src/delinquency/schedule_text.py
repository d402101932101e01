"""How a schedule is shown: lines that stand in columns, and HTML in a notebook.

The one idea: a long schedule shows how it begins and how it ends, and says how many rows are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from delinquency.explanation_text import known_language
from delinquency.text_layout import aligned, html_cells

__all__ = ["schedule_html", "schedule_text"]

FIRST, LAST = 12, 4
"""How many rows of a long schedule are shown from its beginning, and from its end."""

_HEADS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("no.", "due date", "total", "principal", "interest", "fees"),
        "zh": ("期数", "应还日", "应还合计", "本金", "利息", "费用"),
    }
)
_CHANGED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"en": ("in force from", "until"), "zh": ("生效日", "失效日")}
)
_LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {"en": "... {count} rows are left out ...", "zh": "……省略 {count} 行……"}
)


Cells = tuple[str, ...]


def schedule_text(code: str, rows: Sequence[Cells], lang: str) -> str:
    """The rows of a schedule as aligned lines, its currency first.

    Parameters
    ----------
    code : str
        Of the currency.
    rows : sequence of tuple of str
        Number, due date and amounts; with the days of validity where the schedule was changed.
    lang : str

    Raises
    ------
    InvalidValueError
        No heads in ``lang``.
    """
    lang = known_language(lang, "schedule")
    first, last, left_out = _ends(rows)
    lines = aligned([_heads(rows, lang), *first, *last], left=())
    if left_out:
        place = 1 + len(first)
        lines[place:place] = [_LEFT_OUT[lang].format(count=left_out)]
    return "\n".join([code, *lines])


def schedule_html(code: str, rows: Sequence[Cells]) -> str:
    """The same cells as a table of a notebook."""
    heads = _heads(rows, "en")
    first, last, left_out = _ends(rows)
    body = [f"<tr>{html_cells('td', row)}</tr>" for row in first]
    if left_out:
        told = _LEFT_OUT["en"].format(count=left_out)
        body.append(f'<tr><td colspan="{len(heads)}">{told}</td></tr>')
    body += [f"<tr>{html_cells('td', row)}</tr>" for row in last]
    return (
        f"<table><caption>{code}</caption><thead><tr>{html_cells('th', heads)}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _heads(rows: Sequence[Cells], lang: str) -> Cells:
    heads = _HEADS[lang]
    return heads if len(rows[0]) == len(heads) else heads + _CHANGED[lang]


def _ends(rows: Sequence[Cells]) -> tuple[Sequence[Cells], Sequence[Cells], int]:
    """The rows of the beginning and of the end, and how many are left out between them."""
    left_out = len(rows) - FIRST - LAST
    if left_out <= 1:
        return rows, (), 0
    return rows[:FIRST], rows[-LAST:], left_out
