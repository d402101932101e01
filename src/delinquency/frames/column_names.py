"""Which columns a table may have, and which names are slips of the pen.

The one idea: a column that is not there means nought, or nothing, so a name that is nearly that of such a
column is never passed over; whoever misspells "principal" would else be told that nothing is due.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final, NoReturn

from delinquency.errors import PortfolioError
from delinquency.frames.table_columns import Holds, Table

__all__ = ["check_names", "refuse_column"]

LIKE_AN_AMOUNT: Final = 0.6
LIKE_A_NAME: Final = 0.8
"""How alike two names are from which one is taken for a slip of the pen. An amount that is not read is 0,
so there less is enough."""


def check_names(names: list[str], table: Table, *, ignore_extra: bool) -> None:
    """Refuse a column that is missing, unknown or there twice.

    Raises
    ------
    PortfolioError
        With ``ignore_extra`` too where a name is nearly that of a column which is not there.
    """
    known = [column.name for column in table.columns]
    twice = sorted({str(name) for name in names if names.count(name) > 1 and name in known})
    if twice:
        refuse_column(
            f"{table.name}.{twice[0]}", "duplicate_column", "each column once", "two of it"
        )
    extra = [str(name) for name in names if name not in known]
    for column in table.columns:
        if column.is_required and column.name not in names:
            near = _nearest(column.name, extra, cutoff=0.5)
            hint = f"Rename {near!r} to {column.name!r}?" if near else ""
            found = "the columns " + ", ".join(str(name) for name in names)
            refuse_column(
                f"{table.name}.{column.name}", "missing_column", "the column", found, hint
            )
    if extra and not ignore_extra:
        near = _nearest(extra[0], known, cutoff=0.6)
        hint = f"Did you mean {near!r}? " if near else ""
        refuse_column(
            f"{table.name}.{extra[0]}",
            "unknown_column",
            "only the columns " + ", ".join(known),
            ", ".join(repr(name) for name in extra),
            f"{hint}Leave other columns out, or pass ignore_extra=True. {table.own}".rstrip(),
        )
    _check_near_misses(names, extra, table)
    amounts = [
        column.name
        for column in table.columns
        if column.holds is Holds.AMOUNT and column.empty is None
    ]
    if amounts and not any(name in names for name in amounts):
        refuse_column(
            f"{table.name}.{amounts[0]}",
            "missing_column",
            f"at least one of the columns {', '.join(amounts)}",
            "the columns " + ", ".join(str(name) for name in names),
            "A component without a column is 0, so nothing would be due.",
        )


def _check_near_misses(names: list[str], extra: list[str], table: Table) -> None:
    """Refuse a name that is nearly that of a column which is not there: it would mean 0, or nothing."""
    for column in table.columns:
        likeness = LIKE_AN_AMOUNT if column.holds is Holds.AMOUNT else LIKE_A_NAME
        near = _nearest(column.name, extra, cutoff=likeness)
        if near and column.name not in names:
            refuse_column(
                f"{table.name}.{near}",
                "unknown_column",
                "no name that is nearly the one of a column that is not there",
                repr(near),
                f"Did you mean {column.name!r}? Rename the column, or leave it out.",
            )


def _nearest(name: str, others: list[str], *, cutoff: float) -> str:
    """Which of some names is most like this one, in capitals or not; empty where none is."""
    plain = {other.lower(): other for other in others}
    near = get_close_matches(name.lower(), plain, n=1, cutoff=cutoff)
    return plain[near[0]] if near else ""


def refuse_column(column: str, reason: str, expected: str, found: str, hint: str = "") -> NoReturn:
    """Refuse a whole column, or a table for want of one: no row of it is to blame."""
    raise PortfolioError.in_rows(
        column, (), reason=reason, expected=expected, found=found, hint=hint
    )
