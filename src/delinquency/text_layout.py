"""Columns of text that stand in line on a terminal, Chinese too, and the same cells in HTML.

The one idea: a character is as wide as a terminal draws it. Most are one cell wide, Chinese ones two, so
that counting characters puts every column after a Chinese word out of line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import starmap
from unicodedata import combining, east_asian_width

__all__ = ["aligned", "display_width", "html_cells"]

_GAP = "  "


def display_width(text: str) -> int:
    """How many cells of a terminal a text takes.

    Examples
    --------
    >>> display_width("bucket"), display_width("级别"), display_width("")
    (6, 4, 0)
    """
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def aligned(rows: Iterable[Sequence[str]], *, left: Iterable[int] = (0,)) -> list[str]:
    """Rows of cells as lines: numbers to the right, the columns named by ``left`` to the left.

    Parameters
    ----------
    rows : iterable of sequences of str
        All of one length.
    left : iterable of int
        The places of the columns that begin at their left edge.

    Examples
    --------
    >>> for line in aligned([("级别", "户数"), ("current", "4,618")]):
    ...     print(line)
    级别      户数
    current  4,618
    """
    cells = [list(row) for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    starts = set(left)

    def padded(place: int, cell: str) -> str:
        blank = " " * (widths[place] - display_width(cell))
        return cell + blank if place in starts else blank + cell

    return [_GAP.join(starmap(padded, enumerate(row))).rstrip() for row in cells]


def html_cells(tag: str, row: Iterable[str]) -> str:
    """The cells of a row of a table in HTML.

    Examples
    --------
    >>> html_cells("td", ["1-30", "<1,000"])
    '<td>1-30</td><td>&lt;1,000</td>'
    """
    return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
