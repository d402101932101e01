"""A convention as a page, made from its definition."""

from __future__ import annotations

from collections.abc import Iterator

from delinquency.daycount.convention import DayCount
from delinquency.daycount.definition import definition_of

__all__ = ["to_markdown"]


def to_markdown(day_count: DayCount) -> str:
    """A page in Markdown that says what a convention is.

    Examples
    --------
    >>> print(to_markdown(DayCount.ACT_360).splitlines()[0])
    # Act/360
    """
    return "\n".join(_page(day_count)) + "\n"


def _page(day_count: DayCount) -> Iterator[str]:
    definition = definition_of(day_count)
    needs = ", ".join(f"`{field}`" for field in definition.needs)
    yield f"# {day_count.label}"
    yield ""
    yield f"`DayCount.{day_count.name}`"
    for heading, text in (
        ("Rule", definition.rule),
        ("Computation", definition.computation),
        ("Ends", definition.ends),
        ("Needs", f"Of the coupon period: {needs}." if needs else ""),
        ("Reading", definition.reading),
        ("Use", definition.use),
        ("Other names", ", ".join(definition.aliases)),
    ):
        if text:
            yield ""
            yield f"{heading}"
            yield f": {text}"
    yield ""
    yield "Sources"
    for source in definition.sources:
        yield f": {source}"
