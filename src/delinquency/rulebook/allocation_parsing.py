"""From the table ``allocation`` of a rulebook file to orders of payment, and what chooses between them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from delinquency.allocation import (
    AllocationGrain,
    AllocationOrder,
    AllocationStep,
    DueState,
    Excess,
)
from delinquency.allocation_choices import AgeSwitch, KindOrder
from delinquency.component import Component
from delinquency.errors import PolicyError
from delinquency.payments import PaymentKind
from delinquency.rule_files.tables import Table

__all__ = ["ParsedAllocation", "parse_allocation"]


class ParsedAllocation(NamedTuple):
    """What a policy takes of the table, under the names of its fields."""

    allocation: AllocationOrder
    allocation_by_age: tuple[AgeSwitch, ...]
    allocation_by_kind: tuple[KindOrder, ...]
    closing_tolerance: Decimal


def parse_allocation(table: Table) -> ParsedAllocation:
    """The order of a version, its switches by age, its orders by kind of money, the closing tolerance.

    Raises
    ------
    PolicyError
        An unknown key or word; an order that would never settle some debt.
    """
    by_age = [
        AgeSwitch(part.take("at_least", int), _order(part))
        for part in table.take_optional_tables("by_age")
    ]
    by_kind = [
        KindOrder(part.take_enum("kind", PaymentKind), _order(part))
        for part in table.take_optional_tables("by_kind")
    ]
    tolerance = table.take_amount("closing_tolerance")
    return ParsedAllocation(_order(table), tuple(by_age), tuple(by_kind), tolerance)


def _order(table: Table) -> AllocationOrder:
    grain = table.take_enum("grain", AllocationGrain, AllocationGrain.INSTALMENT_FIRST)
    excess = {"excess": table.take_enum("excess", Excess)} if table.has("excess") else {}
    if table.has("steps"):
        pairs = table.take_list("steps")
        steps = [_step(table, number, pair) for number, pair in enumerate(pairs, start=1)]
        table.close()
        with table.telling(of="allocation order"):
            return AllocationOrder(steps, grain, **excess)
    order = [table.choice("order", text, Component) for text in table.take_texts("order")]
    table.close()
    with table.telling(of="allocation order"):
        return AllocationOrder.oldest_first(*order, grain=grain, **excess)


def _step(table: Table, number: int, pair: object) -> AllocationStep:
    shown = repr(pair)
    items: list[object] = []
    if isinstance(pair, list):
        items += pair
    if len(items) != len(("state", "component")):
        raise PolicyError.at(
            table.at("steps", number),
            expected='a pair like ["past_due", "interest"]',
            found=shown,
        )
    state, component = items
    return AllocationStep(
        table.choice("steps", state, DueState, number=number),
        table.choice("steps", component, Component, number=number),
    )
