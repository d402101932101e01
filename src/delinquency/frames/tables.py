"""The tables and columns that a book is read from.

The one idea: what a column may be called, holds and means when it is empty is said here once, as data;
the reader, the writer and the error about an unknown column all look here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from delinquency.account import Product, Segment
from delinquency.calendar import NONE_DAY
from delinquency.component import Component
from delinquency.event_rows import ALL, Decision
from delinquency.events import CollateralKind, FigureName, FindingKind, SuspensionReason
from delinquency.frames.table_columns import (
    Column,
    Holds,
    Table,
    amount,
    day,
    member,
    members_of,
    number,
)
from delinquency.payments import PaymentKind
from delinquency.portfolio.columns import ALWAYS_FROM
from delinquency.rates import RatePeriod

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHILDREN", "TABLES"]

_ID: Final = Column(name="account_id", holds=Holds.ID, is_required=True)
_RECORDED: Final = day("recorded_on", empty=NONE_DAY)
_REVERSED: Final = day("reversed_on", empty=NONE_DAY)
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
                    day("originated_on", is_required=True),
                    Column(name="obligor_id", holds=Holds.TEXT, empty=""),
                    member("product", members_of(Product)),
                    member("segment", members_of(Segment)),
                    Column(name="currency", holds=Holds.TEXT),
                ),
            ),
            Table(
                name="instalments",
                columns=(
                    _ID,
                    day("due_date", is_required=True),
                    amount("principal"),
                    amount("interest"),
                    amount("fees"),
                    day("in_force_from", empty=ALWAYS_FROM),
                    day("in_force_until", empty=NONE_DAY),
                ),
                ordered_by="due_date",
                then_by=("in_force_from",),
            ),
            Table(
                name="payments",
                columns=(
                    _ID,
                    day("value_date", is_required=True),
                    amount("amount", least=1, is_required=True),
                    member("kind", members_of(PaymentKind)),
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
                    member(
                        "component",
                        members_of(Component, Component.FEES, Component.PENALTY),
                        is_required=True,
                    ),
                    amount("amount", least=1, is_required=True),
                    day("due_date", is_required=True),
                    number("instalment_no", empty=0, wrong="unknown_instalment"),
                    _RECORDED,
                    day("charged_on", empty=NONE_DAY),
                ),
                ordered_by="due_date",
                then_by=("charge_id",),
                ids="charge_id",
            ),
            Table(
                name="suspensions",
                columns=(
                    _ID,
                    day("start", is_required=True),
                    day("end", empty=NONE_DAY, is_required=True),
                    member("reason", members_of(SuspensionReason)),
                    _RECORDED,
                ),
                ordered_by="start",
            ),
            Table(
                name="decisions",
                columns=(
                    _ID,
                    day("value_date", is_required=True),
                    member("kind", _DECISIONS, is_required=True),
                    member("component", members_of(Component), empty=ALL),
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
                    day("value_date", is_required=True),
                    amount("principal"),
                    amount("interest"),
                    amount("fees"),
                    amount("penalty"),
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
                    day("start", is_required=True),
                    day("end", empty=NONE_DAY, is_required=True),
                    member("kind", _SPANS, is_required=True),
                    number("share_numerator", empty=1, wrong="bad_share"),
                    number("share_denominator", empty=1, wrong="bad_share"),
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
                    day("start", is_required=True),
                    day("end", empty=NONE_DAY, is_required=True),
                    amount("amount", least=1, is_required=True),
                    number("instalment_no", empty=0, wrong="unknown_instalment"),
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
                    day("effective_on", is_required=True),
                    Column(name="rate", holds=Holds.RATE, is_required=True),
                    member("period", members_of(RatePeriod)),
                ),
                ordered_by="effective_on",
            ),
            Table(
                name="findings",
                columns=(
                    _ID,
                    day("start", is_required=True),
                    day("end", empty=NONE_DAY, is_required=True),
                    member("kind", members_of(FindingKind), is_required=True),
                    _RECORDED,
                ),
                ordered_by="start",
                then_by=("kind",),
            ),
            Table(
                name="reported_figures",
                columns=(
                    _ID,
                    day("value_date", is_required=True),
                    member("name", members_of(FigureName), is_required=True),
                    number("value_numerator", least=0, wrong="bad_figure", is_required=True),
                    number("value_denominator", empty=1, wrong="bad_figure"),
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
                    day("value_date", is_required=True),
                    day("first_due_on", is_required=True),
                    Column(name="in_difficulty", holds=Holds.FLAG, members=_FLAGS, empty=1),
                    number("diminished_numerator", empty=ALL, least=0, wrong="bad_share"),
                    number("diminished_denominator", empty=1, wrong="bad_share"),
                    day("grace_until", empty=NONE_DAY),
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
                    day("value_date", is_required=True),
                    Column(name="in_workout", holds=Holds.FLAG, members=_FLAGS, empty=0),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("reversed_on", "recorded_on"),
            ),
            Table(
                name="collateral",
                columns=(
                    _ID,
                    Column(name="collateral_id", holds=Holds.TEXT, is_required=True),
                    day("value_date", is_required=True),
                    amount("value", is_required=True),
                    member("kind", members_of(CollateralKind), empty=0),
                    Column(name="assessed_value", holds=Holds.AMOUNT, empty=ALL, least=1),
                    day("until", empty=NONE_DAY),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("collateral_id", "reversed_on", "recorded_on"),
            ),
            Table(
                name="guarantees",
                columns=(
                    _ID,
                    Column(name="guarantor_id", holds=Holds.TEXT, is_required=True),
                    day("value_date", is_required=True),
                    Column(name="amount", holds=Holds.AMOUNT, empty=0, least=1),
                    number("share_numerator", empty=0, wrong="bad_share"),
                    number("share_denominator", empty=1, wrong="bad_share"),
                    day("until", empty=NONE_DAY),
                    _RECORDED,
                    _REVERSED,
                ),
                ordered_by="value_date",
                then_by=("guarantor_id", "reversed_on", "recorded_on"),
            ),
        )
    }
)
"""Every table by name."""

CHILDREN: Final = tuple(name for name in TABLES if name != "accounts")
"""The tables whose rows belong to accounts."""
