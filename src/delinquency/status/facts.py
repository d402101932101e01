"""What is known beside the ledger, in whole numbers: findings, reported figures, restructurings, security.

The one idea: a rule asks what held at the close of a day; what nobody found is not so, and what nobody
reported is unknown, never healthy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from delinquency.account import Account
from delinquency.calendar import NONE_DAY
from delinquency.events import FigureName, FindingKind, FundsMisuse
from delinquency.status.security import WORKED_OUT, SecurityFacts, WorkedOut, security_of

__all__ = [
    "FINDINGS",
    "OF_SECURITY",
    "REPORTED_FIGURES",
    "Changed",
    "StatusFacts",
    "facts_of",
]

Span = tuple[int, int]
Reported = tuple[int, int, int]
"""From which day on, numerator and denominator."""


class Changed(NamedTuple):
    """A restructuring for a debtor in difficulty, in whole numbers."""

    day: int
    first_due: int
    grace_until: int
    """The end of its days of grace; 1 - 2**31 where there are none."""
    numerator: int
    """Of the share of the present value that was given up; -1 where nobody said."""
    denominator: int


@attrs.frozen(slots=True)
class StatusFacts:
    """The facts of an account that status rules read, each in order of time."""

    findings: Mapping[str, Sequence[Span]] = attrs.field(factory=dict[str, Sequence[Span]])
    reported: Mapping[str, Sequence[Reported]] = attrs.field(factory=dict[str, Sequence[Reported]])
    changes: Sequence[Changed] = ()
    security: SecurityFacts = attrs.field(factory=SecurityFacts)
    excused: Mapping[str, Sequence[Span]] | None = None
    """Of a debtor: when a finding holds of every account in arrears; ``None`` of one account."""

    def is_excused_on(self, kind: str, day: int) -> bool:
        """Whether a finding at the close of ``day`` keeps from holding what must be without it.

        Of a debtor it does where it covers every account in arrears: an error at one excuses no other.
        """
        if self.excused is None:
            return self.finding_on(kind, day) != NONE_DAY
        return any(start <= day < end for start, end in self.excused.get(kind, ()))

    def finding_on(self, kind: str, day: int) -> int:
        """Since which day a finding holds at the close of ``day``; 2**31 - 1 if it does not."""
        for start, end in self.findings.get(kind, ()):
            if start <= day < end:
                return start
        return NONE_DAY

    def figure_on(self, name: str, day: int, exposure: int) -> tuple[int, int] | WorkedOut | None:
        """The figure reported last by ``day``, or worked out of security that changed since.

        ``None`` where neither is; ``exposure`` is that of the close of the day [minor units].
        """
        rows = self.reported.get(name, ())
        place = bisect_right(rows, (day, NONE_DAY, NONE_DAY))
        worked_out = self.security.figure_on(name, day, exposure)
        if worked_out is not None and (not place or rows[place - 1][0] < worked_out[0]):
            return worked_out[1]
        return rows[place - 1][1:] if place else None

    def changes_on(self, day: int) -> list[Changed]:
        """The restructurings of ``day`` itself; several only where days were merged into months."""
        return [row for row in self.changes if row.day == day]

    def last_change(self, day: int) -> Changed | None:
        """The last restructuring on or before ``day``."""
        return next((row for row in reversed(self.changes) if row.day <= day), None)

    def days(self) -> Iterator[int]:
        """Days on which something begins or ends; a restructuring is over on the day after."""
        for told in (self.findings, self.excused or {}):
            for spans in told.values():
                for span in spans:
                    yield from span
        for rows in self.reported.values():
            for row in rows:
                yield row[0]
        for change in self.changes:
            yield from (change.day, change.day + 1)
        yield from self.security.days()


FUNDS_MISUSED: Final = "funds_misused"
"""A finding that an account keeps as an event of its own, because it has a price."""

GUARANTEED: Final = "guaranteed"
"""A finding that an account keeps as guarantees, because they have amounts: some guarantor answers for it."""

FINDINGS: Final = (*(kind.value for kind in FindingKind), FUNDS_MISUSED, GUARANTEED)
"""What a rule may ask whether it was found."""

REPORTED_FIGURES: Final = tuple(name.value for name in FigureName)
"""What a rule may ask of figures that somebody reported."""

OF_SECURITY: Final = frozenset({GUARANTEED, *WORKED_OUT})
"""The findings and figures that collateral and guarantees answer."""


def facts_of(account: Account, known: int) -> StatusFacts:
    """The facts of an account without reversed ones, as they were recorded by a day."""
    findings: dict[str, list[Span]] = {}
    for row in account.finding_rows:
        if row.recorded_day <= known:
            findings.setdefault(FINDINGS[row.kind], []).append((row.start, row.end))
    for span in account.spans(FundsMisuse):
        if span.recorded_day <= known:
            findings.setdefault(FUNDS_MISUSED, []).append((span.start, span.end))
    security = security_of(account, known)
    if security.guarantees:
        findings[GUARANTEED] = security.guaranteed()
    reported: dict[str, list[Reported]] = {}
    for figures in account.figure_rows:
        if figures.recorded_day <= known:
            figure = (figures.value_day, figures.numerator, figures.denominator)
            reported.setdefault(REPORTED_FIGURES[figures.name], []).append(figure)
    # Of one day the row that was recorded last holds: it corrects the others.
    changes = {
        change.value_day: Changed(
            change.value_day,
            change.first_due_day,
            -NONE_DAY if change.grace_until == NONE_DAY else change.grace_until,
            change.numerator,
            change.denominator,
        )
        for change in account.restructuring_rows
        if change.recorded_day <= known and change.in_difficulty
    }
    return StatusFacts(findings, reported, list(changes.values()), security)
