"""The tables and columns that a book is read from.

The one idea: what a column may be called, holds and means when it is empty is said here once, as data;
the reader, the writer and the error about an unknown column all look here.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

from delinquency.account import Product, Segment
from delinquency.calendar import NONE_DAY
from delinquency.component import Component
from delinquency.event_rows import ALL, Decision
from delinquency.events import FigureName, FindingKind, SuspensionReason
from delinquency.payments import PaymentKind
from delinquency.portfolio.columns import ALWAYS_FROM
from delinquency.rates import RatePeriod

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHILDREN", "TABLES", "Column", "Holds", "Table"]


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
    """

    name: str
    columns: tuple[Column, ...]
    ordered_by: str = ""
    then_by: tuple[str, ...] = ()
    ids: str = ""

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


def _members(kind: type[Enum], *only: Enum) -> Mapping[str, int]:
    return MappingProxyType(
        {member.value: code for code, member in enumerate(kind) if not only or member in only}
    )


def _day(name: str, *, empty: int | None = None, is_required: bool = False) -> Column:
    return Column(name=name, holds=Holds.DAY, empty=empty, is_required=is_required)


def _amount(name: str, *, least: int = 0, is_required: bool = False) -> Column:
    return Column(name=name, holds=Holds.AMOUNT, least=least, is_required=is_required)


def _member(
    name: str,
    members: Mapping[str, int],
    *,
    empty: int | None = None,
    is_required: bool = False,
) -> Column:
    return Column(
        name=name, holds=Holds.MEMBER, members=members, empty=empty, is_required=is_required
    )


def _number(
    name: str, *, wrong: str, empty: int | None = None, least: int = 1, is_required: bool = False
) -> Column:
    return Column(
        name=name,
        holds=Holds.NUMBER,
        empty=empty,
        least=least,
        wrong_number=wrong,
        is_required=is_required,
    )


_ID: Final = Column(name="account_id", holds=Holds.ID, is_required=True)
_RECORDED: Final = _day("recorded_on", empty=NONE_DAY)
_REVERSED: Final = _day("reversed_on", empty=NONE_DAY)
_FLAGS: Final = MappingProxyType({"true": 1, "false": 0, "True": 1, "False": 0})
"""What a text may say; files of Python write the words with a capital."""
_DECISIONS: Final = MappingProxyType({kind.name.lower(): kind.value for kind in Decision})
_SPANS: Final = MappingProxyType({"penalty_waiver": 0, "funds_misuse": 1, "off_balance": 2})

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table(
                name="accounts",
                columns=(
                    _ID,
                    _day("originated_on", is_required=True),
                    Column(name="obligor_id", holds=Holds.TEXT, empty=""),
                    _member("product", _members(Product)),
                    _member("segment", _members(Segment)),
                    Column(name="currency", holds=Holds.TEXT),
                ),
            ),
            Table(
                name="instalments",
                columns=(
                    _ID,
                    _day("due_date", is_required=True),
                    _amount("principal"),
                    _amount("interest"),
                    _amount("fees"),
                    _day("in_force_from", empty=ALWAYS_FROM),
                    _day("in_force_until", empty=NONE_DAY),
                ),
                ordered_by="due_date",
                then_by=("in_force_from",),
            ),
            Table(
                name="payments",
                columns=(
                    _ID,
                    _day("value_date", is_required=True),
                    _amount("amount", least=1, is_required=True),
                    _member("kind", _members(PaymentKind)),
                    Column(name="payment_id", holds=Holds.TEXT, empty=""),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("payment_id",),
                ids="payment_id",
            ),
            Table(
                name="charges",
                columns=(
                    _ID,
                    Column(name="charge_id", holds=Holds.TEXT, is_required=True),
                    _member(
                        "component",
                        _members(Component, Component.FEES, Component.PENALTY),
                        is_required=True,
                    ),
                    _amount("amount", least=1, is_required=True),
                    _day("due_date", is_required=True),
                    _number("instalment_no", empty=0, wrong="unknown_instalment"),
                    _RECORDED,
                    _day("charged_on", empty=NONE_DAY),
                ),
                ordered_by="due_date",
                then_by=("charge_id",),
                ids="charge_id",
            ),
            Table(
                name="suspensions",
                columns=(
                    _ID,
                    _day("start", is_required=True),
                    _day("end", empty=NONE_DAY, is_required=True),
                    _member("reason", _members(SuspensionReason)),
                    _RECORDED,
                ),
                ordered_by="start",
            ),
            Table(
                name="decisions",
                columns=(
                    _ID,
                    _day("value_date", is_required=True),
                    _member("kind", _DECISIONS, is_required=True),
                    _member("component", _members(Component), empty=ALL),
                    Column(name="amount", holds=Holds.AMOUNT, empty=ALL),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("kind", "component", "amount", "recorded_on", "reversed_on"),
            ),
            Table(
                name="charge_backs",
                columns=(
                    _ID,
                    Column(name="charge_back_id", holds=Holds.TEXT, is_required=True),
                    _day("value_date", is_required=True),
                    _amount("principal"),
                    _amount("interest"),
                    _amount("fees"),
                    _amount("penalty"),
                    Column(name="payment_id", holds=Holds.TEXT, empty=""),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("charge_back_id",),
                ids="charge_back_id",
            ),
            Table(
                name="spans",
                columns=(
                    _ID,
                    _day("start", is_required=True),
                    _day("end", empty=NONE_DAY, is_required=True),
                    _member("kind", _SPANS, is_required=True),
                    _number("share_numerator", empty=1, wrong="bad_share"),
                    _number("share_denominator", empty=1, wrong="bad_share"),
                    _RECORDED,
                ),
                ordered_by="start",
                then_by=("kind",),
            ),
            Table(
                name="disputes",
                columns=(
                    _ID,
                    Column(name="dispute_id", holds=Holds.TEXT, is_required=True),
                    _day("start", is_required=True),
                    _day("end", empty=NONE_DAY, is_required=True),
                    _amount("amount", least=1, is_required=True),
                    _number("instalment_no", empty=0, wrong="unknown_instalment"),
                    Column(name="charge_id", holds=Holds.TEXT, empty=""),
                    Column(name="for_debtor", holds=Holds.FLAG, members=_FLAGS, empty=0),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="start",
                then_by=("dispute_id",),
                ids="dispute_id",
            ),
            Table(
                name="contract_rates",
                columns=(
                    _ID,
                    _day("effective_on", is_required=True),
                    Column(name="rate", holds=Holds.RATE, is_required=True),
                    _member("period", _members(RatePeriod)),
                ),
                ordered_by="effective_on",
            ),
            Table(
                name="findings",
                columns=(
                    _ID,
                    _day("start", is_required=True),
                    _day("end", empty=NONE_DAY, is_required=True),
                    _member("kind", _members(FindingKind), is_required=True),
                    _RECORDED,
                ),
                ordered_by="start",
                then_by=("kind",),
            ),
            Table(
                name="reported_figures",
                columns=(
                    _ID,
                    _day("value_date", is_required=True),
                    _member("name", _members(FigureName), is_required=True),
                    _number("value_numerator", least=0, wrong="bad_figure", is_required=True),
                    _number("value_denominator", empty=1, wrong="bad_figure"),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("name", "reversed_on", "recorded_on"),
            ),
            Table(
                name="restructurings",
                columns=(
                    _ID,
                    _day("value_date", is_required=True),
                    _day("first_due_on", is_required=True),
                    Column(name="in_difficulty", holds=Holds.FLAG, members=_FLAGS, empty=1),
                    _number("diminished_numerator", empty=ALL, least=0, wrong="bad_share"),
                    _number("diminished_denominator", empty=1, wrong="bad_share"),
                    _day("grace_until", empty=NONE_DAY),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("reversed_on", "recorded_on"),
            ),
            Table(
                name="re_ages",
                columns=(
                    _ID,
                    _day("value_date", is_required=True),
                    Column(name="in_workout", holds=Holds.FLAG, members=_FLAGS, empty=0),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("reversed_on", "recorded_on"),
            ),
        )
    }
)
"""Every table by name."""

CHILDREN: Final = tuple(name for name in TABLES if name != "accounts")
"""The tables whose rows belong to accounts."""
