"""Tables in Markdown of what the library answers.

The one idea: an amount is shown with its thousands, and everything else as it is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from delinquency.explanation import Explanation
from delinquency.restructuring.following import PlanCompliance

__all__ = ["grid", "rows_that_were_followed", "shown", "told"]


def shown(value: object) -> str:
    """An amount with its thousands; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, Decimal | int) else str(value)


def grid(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()
) -> Iterator[str]:
    """A table whose columns of numbers stand on the right."""
    places = set(right)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---:' if place in places else '---' for place in range(len(heads)))}|"
    for row in rows:
        yield f"| {' | '.join(map(shown, row))} |"
    yield ""


def rows_that_were_followed(followed: PlanCompliance, most: int) -> Iterator[str]:
    """What became of the first rows of a plan."""
    rows = [
        (
            row.number,
            row.due_date,
            row.asked.total,
            row.state.value,
            row.settled_on,
            row.shortfall,
        )
        for row in followed.rows[:most]
    ]
    yield from grid(("row", "due", "asked", "state", "settled", "open"), rows, right=(0, 2, 5))


def told(explanation: Explanation, lang_free: str = "") -> Iterator[str]:
    """The sentences of an explanation as a list, without the source of the policy."""
    for line in explanation.to_text().splitlines():
        if not line.lstrip().startswith(("[", "Policy ")):
            yield f"- {line.strip()}"
