"""From a ``[[version.status]]`` table of a rulebook file to a status machine."""

from __future__ import annotations

from collections.abc import Mapping

from delinquency.citation import Citation
from delinquency.cited_tables import cited
from delinquency.level import Level
from delinquency.rule_files.tables import Table
from delinquency.status import (
    Condition,
    StatusExit,
    StatusMachine,
    StatusState,
    StatusTrigger,
)
from delinquency.status.condition_text import parse_condition
from delinquency.status.facts import FINDINGS, REPORTED_FIGURES

__all__ = ["parse_machine"]


def parse_machine(table: Table, citations: Mapping[str, Citation]) -> StatusMachine:
    """The machine that a table describes.

    Raises
    ------
    PolicyError
        A key or a condition that is not known, a state that does not exist.
    """
    states = [_state(each) for each in table.take_tables("state")]
    triggers = [_trigger(each, citations) for each in table.take_tables("trigger")]
    exits = [_exit(each, citations) for each in table.take_optional_tables("exit")]
    name = table.take_name("name")
    level = table.take_enum("level", Level, Level.ACCOUNT)
    table.close()
    with table.telling(of=f"status {name!r}"):
        return StatusMachine(name=name, states=states, triggers=triggers, exits=exits, level=level)


def _state(table: Table) -> StatusState:
    with table.telling():
        state = StatusState(
            table.take("code", str),
            table.take("label", str, ""),
            table.take("label_zh", str, ""),
            table.take("is_performing", bool, default=True),
        )
    table.close()
    return state


def _trigger(table: Table, citations: Mapping[str, Citation]) -> StatusTrigger:
    with table.telling():
        trigger = StatusTrigger(
            to=table.take("to", str),
            when=_conditions(table),
            leaving=table.take_texts("leaving", ()),
            citations=cited(table, citations),
        )
    table.close()
    return trigger


def _exit(table: Table, citations: Mapping[str, Citation]) -> StatusExit:
    with table.telling():
        found = StatusExit(
            leaving=table.take_texts("leaving"),
            to=table.take("to", str),
            when=_conditions(table),
            citations=cited(table, citations),
        )
    table.close()
    return found


def _conditions(table: Table) -> list[Condition]:
    return [
        parse_condition(
            text, findings=FINDINGS, reported=REPORTED_FIGURES, where=table.at("when", number)
        )
        for number, text in enumerate(table.take_texts("when"), start=1)
    ]
