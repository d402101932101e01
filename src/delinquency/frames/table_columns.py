"""What a table of a tape is made of: columns, what each holds, and what an empty cell of it stands for.

The one idea: a column is data, so that the reader, the writer and an error about a column ask it alike.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Column", "Holds", "Table", "amount", "day", "member", "members_of", "number"]


class Holds(Enum):
    """What a column holds."""

    ID = "account id"
    TEXT = "text"
    DAY = "date"
    AMOUNT = "amount"
    MEMBER = "member"
    NUMBER = "number"
    FLAG = "flag"
    RATE = "rate"


@attrs.frozen(slots=True, kw_only=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
    holds : Holds
    is_required : bool
        Whether the table is refused without it.
    empty : object
        What an empty cell stands for; ``None`` where it may not be empty.
    members : mapping
        For ``MEMBER`` and ``FLAG``: the code of each text.
    least : int
        For ``AMOUNT`` and ``NUMBER``: the least accepted [minor units, or a number].
    wrong_number : str
        For ``NUMBER``: the reason why one is refused, in a word for machines.
    """

    name: str
    holds: Holds
    is_required: bool = False
    empty: Any = None
    members: Mapping[str, int] = MappingProxyType({})
    least: int = 0
    wrong_number: str = ""


@attrs.frozen(slots=True, kw_only=True)
class Table:
    """One table: its columns, the date that orders it and what orders rows of one date.

    Attributes
    ----------
    ids : str
        The column of ids that are used once in an account; empty where there is none.
    own : str
        How further columns are declared, for messages; empty where none may be.
    """

    name: str
    columns: tuple[Column, ...]
    ordered_by: str = ""
    then_by: tuple[str, ...] = ()
    ids: str = ""
    own: str = ""

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


def members_of(kind: type[Enum], *only: Enum) -> Mapping[str, int]:
    """The code of each word of an enumeration, or of some of its members."""
    return MappingProxyType(
        {member.value: code for code, member in enumerate(kind) if not only or member in only}
    )


def day(name: str, *, empty: int | None = None, is_required: bool = False) -> Column:
    """A column of dates."""
    return Column(name=name, holds=Holds.DAY, empty=empty, is_required=is_required)


def amount(name: str, *, least: int = 0, is_required: bool = False) -> Column:
    """A column of amounts, nought where it is not there."""
    return Column(name=name, holds=Holds.AMOUNT, least=least, is_required=is_required)


def member(
    name: str,
    members: Mapping[str, int],
    *,
    empty: int | None = None,
    is_required: bool = False,
) -> Column:
    """A column of words, each with its code."""
    return Column(
        name=name, holds=Holds.MEMBER, members=members, empty=empty, is_required=is_required
    )


def number(
    name: str, *, wrong: str, empty: int | None = None, least: int = 1, is_required: bool = False
) -> Column:
    """A column of whole numbers."""
    return Column(
        name=name,
        holds=Holds.NUMBER,
        empty=empty,
        least=least,
        wrong_number=wrong,
        is_required=is_required,
    )
