"""The sources of a rulebook file, and which of them a table leans on."""

from __future__ import annotations

from collections.abc import Mapping

from delinquency.citation import Citation
from delinquency.rulebook.tables import Table

__all__ = ["cited", "parse_citation"]


def parse_citation(table: Table) -> Citation:
    """A source: ``[citation.x]``.

    Raises
    ------
    PolicyError
        An unknown key; no instrument.
    """
    with table.telling(of="citation"):
        citation = Citation(
            table.take("instrument", str),
            table.take("provision", str, ""),
            address=table.take("address", str, ""),
            published_on=table.take_date("published_on"),
            title_zh=table.take("title_zh", str, ""),
        )
    table.close()
    return citation


def cited(table: Table, citations: Mapping[str, Citation]) -> tuple[Citation, ...]:
    """The sources that the key ``cites`` of a table names.

    Raises
    ------
    PolicyError
        A name that the file has no source of; the nearest is suggested.
    """
    keys = table.take_texts("cites", ())
    return tuple(citations[table.known_word("cites", key, tuple(citations))] for key in keys)
