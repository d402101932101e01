"""The page that puts the packaged policies side by side, on the same account.

The one idea: no cell is written by hand. Each is the bucket that the library finds for an account of one
unpaid instalment, so that the page cannot say what the code does not do.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import delinquency as dq
from delinquency import rulebook

AS_OF = date(2026, 6, 30)
"""The close at which every account of the page stands, and the date whose versions are compared."""

DAYS = (0, 1, 7, 29, 30, 31, 59, 60, 61, 89, 90, 91, 120, 121, 150, 180, 181, 270, 271, 360, 361)
"""Days since the due date at which somewhere a bucket changes."""

HEAD = """\
# The policies side by side

One account owes one instalment and pays nothing. Each row is that account with the instalment due so many
days before {as_of}. Each column is the version of a packaged policy in force on that day. Each cell is the
bucket in which the account stands at the close of that day, found by [`assess`](../verbs.md) when this page
was made. **Bold** is a bucket that differs from the row above.

"""

INDIA = """\
The Indian columns ({indian}) change a day earlier than the band says. They count the due date itself: an
instalment that is unpaid at the close of its due date has one day already, so its 31st day past due, the
first of more than 30, is 30 days after the due date. Everywhere else the day after the due date is the first
late one. That is why the row of 0 days is late in India and nowhere else, and why the rows of 30, 60 and 90
days are the ones that change there.

Other columns change in these rows for another reason: their bands begin at 30, 60 or 90 days and not after
them.
"""

DIFF = """\
The command line says where two of them differ, line by line:

```sh
python -m delinquency policies diff cn-loan in-sma --as-of {as_of}
```
"""


ABOUT = ("policy", "title", "in force", "first late day", "verification")


def account_due(days_ago: int) -> dq.Account:
    """An account whose one instalment fell due so many days before the close of the page."""
    due = AS_OF - timedelta(days=days_ago)
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(due, 100)])
    return dq.Account(account_id="A-1", originated_on=due, schedule=schedule)


def bucket_of(name: str, days_ago: int) -> str:
    """The bucket of that account under a policy."""
    with warnings.catch_warnings():
        # The page names the verification of each column.
        warnings.simplefilter("ignore", dq.DelinquencyWarning)
        answer = dq.assess(account_due(days_ago), as_of=AS_OF, policy=rulebook.load(name))
    return answer.bucket.code


def table() -> list[tuple[str, ...]]:
    """The header and one row for each number of days; the first column is the days."""
    names = [entry.name for entry in rulebook.available()]
    return [
        ("days", *names),
        *((str(days), *(bucket_of(name, days) for name in names)) for days in DAYS),
    ]


GROUPS = {
    "China": ("CN",),
    "Europe, and international standards": ("EU", "UK", "INT"),
    "Other countries": (),
}
"""The tables of the page, by jurisdiction; the last has what no other has."""


def grouped(versions: Mapping[str, dq.Policy]) -> Iterator[tuple[str, list[str]]]:
    """The policies of each table: nobody reads one of twenty columns."""
    jurisdiction = {entry.name: entry.jurisdiction for entry in rulebook.available()}
    left = list(versions)
    for title, jurisdictions in GROUPS.items():
        own = [name for name in left if not jurisdictions or jurisdiction[name] in jurisdictions]
        left = [name for name in left if name not in own]
        yield title, own


def to_markdown() -> str:
    """The whole page."""
    heads, *rows = table()
    versions = {name: in_force(name) for name in heads[1:]}
    indian = [
        f"`{name}`"
        for name, version in versions.items()
        if version.counting.first_day is dq.FirstDay.DUE_DATE
    ]
    lines = [HEAD.format(as_of=AS_OF)]
    for title, names in grouped(versions):
        places = [0, *(heads.index(name) for name in names)]
        shown = [tuple(row[place] for place in places) for row in marked(rows)]
        lines += [f"## {title}\n", *grid((heads[0], *map(linked, names)), shown)]
    lines += [INDIA.format(indian=" and ".join(indian)), DIFF.format(as_of=AS_OF)]
    lines += ["## What the columns are\n", *grid(ABOUT, about(versions), is_wrapped=True)]
    return "\n".join(lines)


def in_force(name: str) -> dq.Policy:
    """The version that the page shows."""
    return rulebook.load(name).in_force(as_of=AS_OF, originated_on=AS_OF)


def marked(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows, a bucket that differs from the row above in bold."""
    yield rows[0]
    for above, row in pairwise(rows):
        days, *cells = row
        yield (
            days,
            *(c if c == old else f"**{c}**" for c, old in zip(cells, above[1:], strict=True)),
        )


def about(versions: dict[str, dq.Policy]) -> Iterator[tuple[str, ...]]:
    """What the columns are."""
    for name, version in versions.items():
        compared = "" if version.verification is None else version.verification.value
        first_day = version.counting.first_day.value.replace("_", " ")
        yield linked(name), version.title, str(version.validity), first_day, compared


def linked(name: str) -> str:
    """The name of a policy with a link to its page."""
    return f"[{name}]({name}.md)"


def grid(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, is_wrapped: bool = False
) -> Iterator[str]:
    """A table in Markdown whose rows stay one line each, unless they may be wrapped."""
    if not is_wrapped:
        yield ":::{container} one-line-cells"
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(row)} |"
    yield "" if is_wrapped else ":::\n"
