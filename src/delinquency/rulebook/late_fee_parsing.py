"""From the tables ``late_fees`` of a rulebook file to terms of late fees.

The one idea: amounts that a law fixes are named by their table, never copied into a policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from delinquency.citation import Citation
from delinquency.cited_tables import cited
from delinquency.component import Component
from delinquency.currency import Currency
from delinquency.errors import PolicyError
from delinquency.late_fees import (
    BandFee,
    EveryDays,
    EveryMonths,
    FeeAmount,
    FeeBase,
    FlatFee,
    LateFeeTerms,
    Once,
    Recurrence,
    SafeHarbourFee,
    ShareFee,
    amount_by_band,
    fee_table,
    fee_table_names,
)
from delinquency.rounding import Proportion, RoundingMode
from delinquency.rule_files.tables import Table

__all__ = ["parse_late_fee"]


def parse_late_fee(table: Table, citations: Mapping[str, Citation]) -> LateFeeTerms:
    """The terms of one late fee of a version.

    Raises
    ------
    PolicyError
        An unknown key, word or table.
    DelinquencyError
        Terms that contradict themselves.
    """
    read = _AMOUNTS[table.take_word("kind", tuple(_AMOUNTS))]
    terms = LateFeeTerms(
        name=table.take_name("name"),
        amount=read(table),
        currency=Currency.of(table.take("currency", str)) if table.has("currency") else None,
        minimum=table.take_amount("minimum"),
        maximum=_maximum(table),
        rounding=table.take_enum("rounding", RoundingMode, RoundingMode.HALF_UP),
        recurrence=_recurrence(table),
        wait_days=table.take("wait_days", int, 0),
        due_in_days=table.take("due_in_days", int, 0),
        component=table.take_enum("component", Component, Component.FEES),
        citations=cited(table, citations),
        **{flag: table.take(flag, bool, default=False) for flag in _FLAGS},
    )
    table.close()
    return terms


_FLAGS: Final = (
    "due_with_instalment",
    "cap_by_minimum",
    "ignores_unpaid_fees",
    "once_per_instalment",
)


def _share(table: Table, share: str, of: str) -> ShareFee:
    return ShareFee(
        Proportion.parse(table.take(share, str), where=share), table.take_enum(of, FeeBase)
    )


def _maximum(table: Table) -> Any:
    """An amount, or a share of a base; not both."""
    of_share, of_amount = table.has("maximum_share"), table.has("maximum")
    if of_share and of_amount:
        raise PolicyError.at(
            table.at("maximum_share"), expected="maximum or maximum_share", found="both"
        )
    if of_share:
        return _share(table, "maximum_share", "maximum_of")
    return table.take_amount("maximum") if of_amount else None


def _recurrence(table: Table) -> Recurrence:
    """Once, every so many days, or every so many months; not both."""
    by_days, by_months = table.has("every_days"), table.has("every_months")
    if by_days and by_months:
        raise PolicyError.at(
            table.at("every_months"), expected="every_days or every_months", found="both"
        )
    if by_days:
        return EveryDays(table.take("every_days", int))
    return EveryMonths(table.take("every_months", int)) if by_months else Once()


def _table_name(table: Table) -> str:
    return table.known_word("table", table.take("table", str), fee_table_names())


_AMOUNTS: Final[Mapping[str, Callable[[Table], FeeAmount]]] = MappingProxyType(
    {
        "flat": lambda table: FlatFee(table.take_required_amount("amount")),
        "share": lambda table: _share(table, "share", "of"),
        "table": lambda table: SafeHarbourFee(fee_table(_table_name(table))),
        "bands": lambda table: BandFee(
            amount_by_band(_table_name(table)), table.take_enum("of", FeeBase)
        ),
    }
)
"""How each kind of fee is read."""
