"""The table of the examples as a page shows it, for a reader of law and not of code."""

from __future__ import annotations

from collections.abc import Iterator

from tests.vectors import worked_examples
from tests.vectors.worked_examples.reading import leaves, published_examples
from tests.vectors.worked_examples.status import STATUS
from tests.vectors.worked_examples.table import TABLE

__all__ = ["lines"]


def lines() -> Iterator[str]:
    """The convention of each source, a row for each example, and what is not answered."""
    yield f"```text\n{(worked_examples.__doc__ or '').strip()}\n```\n"
    yield "| example | asked | answered by | figures published and given by the library |"
    yield "| --- | --- | --- | --- |"
    published = published_examples()
    for name, row in TABLE.items():
        left_out = STATUS[name].left_out
        figures = "; ".join(
            f"{figure}: {_told(value)}"
            for figure, value in leaves(published[name].expected)
            if figure not in left_out
        )
        yield f"| {name} | {row.question} | {row.by} | {figures} |"
    yield ""
    for name, status in STATUS.items():
        for reason in dict.fromkeys(status.left_out.values()):
            figures = ", ".join(key for key, each in status.left_out.items() if each == reason)
            yield f"- {name}, without {figures}: {reason}"
        if status.note:
            words = "not answered: " if status.state == "elsewhere" else ""
            yield f"- {name}: {words}{status.note}"


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    if isinstance(value, dict):
        return " ".join(f"{key} {_told(each)}" for key, each in value.items())
    return "none" if value is None else str(value)
