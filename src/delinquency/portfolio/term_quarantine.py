"""Terms that columns cannot take, set aside one by one, and the columns of the others.

The one idea: a loan that is set aside is judged by itself, so that its reason is what it would be refused
for if it were alone; the loans that are kept are laid out together.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, cast

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amortisation import RepaymentTerms
from delinquency.errors import PortfolioError
from delinquency.portfolio.problems import require_texts
from delinquency.portfolio.term_checks import find_term_problems
from delinquency.portfolio.term_columns import TermColumns
from delinquency.portfolio.term_conversion import (
    columns_from_terms,
    given_terms,
    has_no_columns,
    laid_out,
    other_currency,
)
from delinquency.portfolio.text_column import TextColumn

__all__ = ["TermQuarantine", "TermsAside", "TermsResult", "terms_or_quarantine"]

_ID = "terms.account_id"


@attrs.frozen(slots=True)
class TermsAside:
    """One loan that was set aside.

    Attributes
    ----------
    row : int
        Its place in the terms as given, from 0.
    account_id : str or None
        ``None`` where no ids were given.
    column : str
        What is wrong of it, such as ``"terms.moratorium"``.
    reason : str
        Stable and machine-readable, such as ``"no_column"``.
    expected, found : str
        As in :class:`~delinquency.errors.DelinquencyError`.
    """

    row: int
    account_id: str | None
    column: str
    reason: str
    expected: str
    found: str


@attrs.frozen(slots=True)
class TermQuarantine:
    """The loans that were set aside, in order of row.

    Attributes
    ----------
    rows : tuple of TermsAside
    """

    rows: tuple[TermsAside, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"TermQuarantine({len(self):,} loans)"

    @property
    def counts_by_reason(self) -> dict[str, int]:
        """How many loans were set aside for each reason, the most frequent first."""
        counts = Counter(each.reason for each in self.rows)
        return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a loan that was set aside, with the fields of :class:`TermsAside` as columns.

        Raises
        ------
        InvalidValueError
            Another backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        names = [field.name for field in attrs.fields(TermsAside)]
        columns = {name: [getattr(each, name) for each in self.rows] for name in names}
        return frames.to_frame(columns, backend)


@attrs.frozen(slots=True, eq=False, repr=False)
class TermsResult:
    """What ``TermColumns.from_terms(..., on_error="quarantine")`` gives.

    Attributes
    ----------
    kept_rows : int64 array
        For each row of the columns its place in the terms as given.
    quarantine : TermQuarantine
    """

    _terms: TermColumns | None
    kept_rows: npt.NDArray[np.int64]
    quarantine: TermQuarantine

    def __repr__(self) -> str:
        kept = "no good loan" if self._terms is None else repr(self._terms)
        return f"TermsResult({kept}; {len(self.quarantine):,} loans quarantined)"

    @property
    def terms(self) -> TermColumns:
        """The columns of the good loans.

        Raises
        ------
        PortfolioError
            No loan is good.
        """
        if self._terms is None:
            raise PortfolioError.in_rows(
                "terms",
                (),
                reason="empty_book",
                expected="at least one good loan",
                found="none",
                hint="See .quarantine.counts_by_reason.",
            )
        return self._terms


def terms_or_quarantine(
    terms: Iterable[RepaymentTerms], account_id: Iterable[str] | None
) -> TermsResult:
    """Lay out the terms that columns can take, and set the others aside.

    Parameters and errors as for :meth:`TermColumns.from_terms
    <delinquency.portfolio.term_columns.TermColumns.from_terms>`.
    """
    given = given_terms(terms)
    ids = None if account_id is None else TextColumn.of(account_id)
    if ids is not None:
        require_texts(_ID, ids, len(given))
    found: dict[int, PortfolioError] = {}
    _judge_records(given, found)
    _judge_columns(given, ids, found)
    good = [row for row in range(len(given)) if row not in found]
    rows = np.array(good, dtype=np.int64)
    columns = None
    if good:
        kept_ids = None if ids is None else ids.take(rows)
        columns = TermColumns(**laid_out([given[row] for row in good], kept_ids))
    rows.flags.writeable = False
    aside = tuple(
        TermsAside(
            row,
            None if ids is None else ids[row],
            error.column,
            error.reason,
            error.expected,
            error.found,
        )
        for row, error in sorted(found.items())
    )
    return TermsResult(columns, rows, TermQuarantine(aside))


def _judge_records(given: tuple[RepaymentTerms, ...], found: dict[int, PortfolioError]) -> None:
    """Find what is no terms, another currency, and what no column has."""
    for row, each in enumerate(given):
        if not isinstance(each, RepaymentTerms):
            found[row] = PortfolioError.in_rows(
                "terms",
                [row],
                reason="wrong_type",
                expected="RepaymentTerms",
                found=repr(each)[:120],
            )
    left = [row for row in range(len(given)) if row not in found]
    records = [given[row] for row in left]
    for place in other_currency(records):
        found[left[place]] = PortfolioError.in_rows(
            "terms.currency",
            [left[place]],
            reason="mixed_currency",
            expected=f"one currency, {records[0].currency.code}",
            found=records[place].currency.code,
        )
    for row in left:
        if row not in found and has_no_columns(given[row]):
            found[row] = _refusal_of(given[row])


def _judge_columns(
    given: tuple[RepaymentTerms, ...], ids: TextColumn | None, found: dict[int, PortfolioError]
) -> None:
    """Find what only whole columns show: a frequency that does not suit, an id that is there twice."""
    left = np.array([row for row in range(len(given)) if row not in found], dtype=np.int64)
    if not len(left):
        return
    columns = laid_out(
        [given[row] for row in left.tolist()], None if ids is None else ids.take(left)
    )
    for problem in find_term_problems(cast("TermColumns", SimpleNamespace(**columns))):
        for row in left[problem.rows].tolist():
            if row in found:
                continue
            found[row] = (
                _id_refusal(problem.error(), row, ids)
                if problem.column == _ID
                else _refusal_of(given[row])
            )


def _id_refusal(error: PortfolioError, row: int, ids: TextColumn | None) -> PortfolioError:
    return PortfolioError.in_rows(
        _ID,
        [row],
        reason=error.reason,
        expected=error.expected,
        found="" if ids is None else repr(ids[row]),
    )


def _refusal_of(terms: RepaymentTerms) -> PortfolioError:
    """Why terms by themselves are no columns."""
    try:
        columns_from_terms([terms], None)
    except PortfolioError as error:
        return error
    raise AssertionError(terms)
