"""From ``[version.re_ageing]`` and ``[version.extensions]`` of a rulebook file to limits of concessions."""

from __future__ import annotations

from collections.abc import Mapping

from delinquency.citation import Citation
from delinquency.cited_tables import cited
from delinquency.concession_limits import ConcessionLimits, FrequencyLimit, ReAgeingRule
from delinquency.events import FindingKind
from delinquency.rule_files.tables import Table

__all__ = ["parse_limits", "parse_re_ageing"]


def parse_re_ageing(table: Table, citations: Mapping[str, Citation]) -> ReAgeingRule:
    """The limits of re-ageing of a version.

    Raises
    ------
    PolicyError
        An unknown key or word; a number below 1; a table that asks nothing.
    """
    rule = ReAgeingRule(
        ordinary=parse_limits(table.take_table("ordinary"), citations),
        workout=parse_limits(table.take_table("workout"), citations)
        if table.has("workout")
        else None,
    )
    table.close()
    return rule


def parse_limits(table: Table, citations: Mapping[str, Citation]) -> ConcessionLimits:
    """The limits that a table says.

    Raises
    ------
    PolicyError
        As :func:`parse_re_ageing`.
    """
    with table.telling(of="concession limits"):
        limits = ConcessionLimits(
            limits=[_limit(each) for each in table.take_optional_tables("limits")],
            months_on_books=table.take("months_on_books", int, 0),
            payments=table.take("payments", int, 0),
            finding=table.take_optional_enum("finding", FindingKind),
            citations=cited(table, citations),
        )
    table.close()
    return limits


def _limit(table: Table) -> FrequencyLimit:
    with table.telling(of="frequency limit"):
        limit = FrequencyLimit(table.take("count", int), table.take("months", int))
    table.close()
    return limit
