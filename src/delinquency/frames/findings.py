"""What is wrong with the rows that were read: raised at once, or collected for the quarantine.

The one idea: a reader says what it finds to one object and goes on; whether that ends the reading is
decided here, so that both ways of handling bad rows find the same ones for the same reasons.
"""

from __future__ import annotations

from typing import Any, NoReturn

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.errors import PortfolioError
from delinquency.frames.sources import SourceTable
from delinquency.portfolio.problems import RowProblem

__all__ = ["Finding", "Findings", "Place"]

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@attrs.frozen(slots=True, eq=False)
class Finding:
    """Rows of one table, in the numbers of the table as given, with a reason.

    Each row is in one finding at most: the first.
    """

    table: str
    column: str
    rows: Rows
    reason: str


class Findings:
    """The findings of one reading.

    Attributes
    ----------
    quarantines : bool
        Whether findings are collected; else the first is raised.
    found : list of Finding
    """

    def __init__(self, originals: dict[str, SourceTable], *, quarantines: bool) -> None:
        self.quarantines = quarantines
        self.originals = originals
        self.found: list[Finding] = []
        self._bad = {name: np.zeros(table.rows, np.bool_) for name, table in originals.items()}

    def add(self, problem: RowProblem, source: SourceTable) -> None:
        """Take a problem of rows of a source, whose ``column`` is ``"table.column"``.

        Raises
        ------
        PortfolioError
            Findings are not collected.
        """
        rows = source.numbered(np.asarray(problem.rows, dtype=np.int64))
        if not len(rows):
            return
        name = problem.column.partition(".")[2].partition(" ")[0]
        if not self.quarantines:
            raise attrs.evolve(problem, rows=rows, found=self._shown(problem, name, rows)).error()
        bad = self._bad[problem.table]
        fresh = np.unique(rows[~bad[rows]])
        bad[fresh] = True
        if len(fresh):
            self.found.append(Finding(problem.table, name, fresh, problem.reason))

    def is_bad(self, source: SourceTable, rows: Rows | None = None) -> Flags:
        """For each row of a source, or of the given rows of it, whether it is bad."""
        bad = self._bad[source.table.name]
        if rows is None:
            return bad if source.numbers is None else bad[source.numbers]
        return bad[source.numbered(rows)]

    def has_bad(self, table: str) -> bool:
        """Whether a table has any bad row."""
        return bool(self._bad[table].any())

    def _shown(self, problem: RowProblem, name: str, rows: Rows) -> str:
        column = self.originals[problem.table].columns.get(name)
        if column is None:
            return problem.found
        cell = column.found(rows[:1])[0]
        return "an empty cell" if cell is None else cell or "an empty text"


@attrs.frozen(slots=True)
class Place:
    """One column of one source, where a converter finds things."""

    findings: Findings
    source: SourceTable
    name: str

    @property
    def column(self) -> str:
        """The place as an error says it."""
        return f"{self.source.table.name}.{self.name}"

    def rows(self, wrong: Any, reason: str, expected: str, hint: str = "") -> None:
        """Say that rows are wrong; ``wrong`` is a flag for each row, or row numbers."""
        flags = np.asarray(wrong)
        rows = np.flatnonzero(flags) if flags.dtype == np.bool_ else flags.astype(np.int64)
        if not len(rows):
            return
        self.problem(
            RowProblem(
                table=self.source.table.name,
                column=self.column,
                rows=rows,
                reason=reason,
                expected=expected,
                found="",
                hint=hint,
            )
        )

    def problem(self, problem: RowProblem) -> None:
        """Say a problem that a check found, its rows numbered as in the source."""
        self.findings.add(problem, self.source)

    def refuse(self, expected: str, found: str, hint: str = "") -> NoReturn:
        """Refuse the whole column: no row of it is to blame."""
        raise PortfolioError.in_rows(
            self.column, (), reason="wrong_type", expected=expected, found=found, hint=hint
        )
