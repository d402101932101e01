"""From a ``[version.provisions]`` table of a rulebook file to a table of provisions."""

from __future__ import annotations

from collections.abc import Mapping

from delinquency.citation import Citation
from delinquency.cited_tables import cited
from delinquency.provision_table import ProvisionBase, ProvisionRate, ProvisionTable
from delinquency.rounding import Proportion, RoundingMode
from delinquency.rule_files.tables import Table

__all__ = ["parse_provisions"]


def parse_provisions(table: Table, citations: Mapping[str, Citation]) -> ProvisionTable:
    """The table of provisions of a version.

    Raises
    ------
    PolicyError
        An unknown key or word; a share that is no text or above 1; a code twice.
    """
    found = ProvisionTable(
        by=table.take_name("by"),
        base=table.take_enum("base", ProvisionBase, ProvisionBase.EXPOSURE),
        rounding=table.take_enum("rounding", RoundingMode, RoundingMode.HALF_UP),
        rates=[_rate(rate, citations) for rate in table.take_tables("rate")],
    )
    table.close()
    return found


def _rate(table: Table, citations: Mapping[str, Citation]) -> ProvisionRate:
    of = table.take("of", str)
    with table.telling(of=f"provision rate of {of!r}" if of else "provision rate"):
        rate = ProvisionRate(
            of,
            Proportion.parse(table.take("share", str), where="share"),
            cited(table, citations),
            unsecured_share=_optional(table, "unsecured_share"),
            unsecured_up_to=_optional(table, "unsecured_up_to"),
            each_month=_optional(table, "each_month"),
        )
    table.close()
    return rate


def _optional(table: Table, key: str) -> Proportion | None:
    return Proportion.parse(table.take(key, str), where=key) if table.has(key) else None
