"""The ageing table: how many accounts and how much money stand in each bucket.

The one idea: every account stands in exactly one bucket, so counts and amounts add up to the book.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import from_minor
from delinquency.buckets import Bucket
from delinquency.counting.rule import CountName
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError
from delinquency.explanation_text import known_language
from delinquency.portfolio.ageing_words import (
    FOOTNOTES,
    HEADS,
    HISTORY_HEADS,
    TOTAL,
    named,
)
from delinquency.portfolio.assessment import PortfolioAssessment
from delinquency.portfolio.history import PortfolioHistory
from delinquency.portfolio.owed_columns import exact_total
from delinquency.text_layout import aligned, html_cells

__all__ = ["AgeingHistory", "AgeingRow", "AgeingTable", "ageing", "ageing_history"]


@attrs.frozen(slots=True)
class AgeingRow:
    """One bucket: accounts, their share of all, arrears and exposure [currency units].

    Attributes
    ----------
    bucket : Bucket
    accounts : int
    share : float
        Of all accounts of the book.
    arrears, exposure : Decimal
        [currency units]
    exposure_share : float
        Of the exposure of the book; 0 where there is none.
    """

    bucket: Bucket
    accounts: int
    share: float
    arrears: Decimal
    exposure: Decimal
    exposure_share: float


@attrs.frozen(slots=True)
class AgeingTable:
    """The buckets of a scheme in order, with the accounts and the money in each.

    Attributes
    ----------
    rows : tuple of AgeingRow
    currency : str
    accounts : int
        All accounts of the book.
    arrears, exposure : Decimal
        Totals of the book [currency units].
    reads : CountName
        The count that the buckets classify.
    """

    rows: tuple[AgeingRow, ...]
    currency: str
    accounts: int
    arrears: Decimal
    exposure: Decimal
    reads: CountName

    def __repr__(self) -> str:
        return (
            f"AgeingTable({len(self.rows)} buckets, {self.accounts:,} accounts, "
            f"arrears {self.arrears:,} {self.currency})"
        )

    def to_text(self, *, lang: str = "en") -> str:
        """The table as aligned lines, in English or Chinese.

        Where accounts of day 0 have arrears, a last line says how that can be.
        """
        lines = aligned(self._lines(known_language(lang, "ageing table")))
        return "\n".join([*lines, *self._footnotes(lang)])

    def _lines(self, lang: str) -> list[tuple[str, ...]]:
        """Heads, a line a bucket, and the totals."""
        heads = HEADS[lang]
        money = [f"{head} {self.currency}" for head in heads[3:5]]
        whole = 1.0 if self.exposure else 0.0
        lines = [(*heads[:3], *money, heads[5])]
        lines += [
            (
                named(row.bucket, lang),
                f"{row.accounts:,}",
                f"{row.share:.2%}",
                f"{row.arrears:,}",
                f"{row.exposure:,}",
                f"{row.exposure_share:.2%}",
            )
            for row in self.rows
        ]
        total = (f"{self.accounts:,}", f"{1:.2%}", f"{self.arrears:,}", f"{self.exposure:,}")
        return [*lines, (TOTAL[lang], *total, f"{whole:.2%}")]

    def _footnotes(self, lang: str) -> list[str]:
        """What money is in arrears where no day is counted."""
        texts = FOOTNOTES.get(self.reads)
        return [
            texts[lang].format(bucket=named(row.bucket, lang))
            for row in self.rows
            if texts is not None and row.bucket.last_day == 0 and row.arrears
        ]

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a bucket; columns as :func:`~delinquency.frames.answers.ageing_to_frame` says.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.ageing_to_frame(self, backend)

    def _repr_html_(self) -> str:
        heads, *rows, total = self._lines("en")
        notes = "".join(f"<p>{escape(note)}</p>" for note in self._footnotes("en"))
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows)
        return (
            f"<table><thead><tr>{html_cells('th', heads)}</tr></thead><tbody>{body}</tbody>"
            f"<tfoot><tr>{html_cells('th', total)}</tr></tfoot></table>{notes}"
        )

    def __str__(self) -> str:
        return self.to_text()


def ageing(answer: PortfolioAssessment) -> AgeingTable:
    """The ageing table of an assessed book.

    Empty buckets have a row too. The rows add up to the totals.

    Parameters
    ----------
    answer : PortfolioAssessment

    Raises
    ------
    PolicyError
        Accounts fall under versions with different schemes.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.sample_book import SAMPLE_AS_OF, sample_book
    >>> answer = dq.portfolio.assess(
    ...     sample_book(200), as_of=SAMPLE_AS_OF, policy=dq.rulebook.load("founding-report"))
    >>> [row.accounts for row in ageing(answer).rows]
    [186, 4, 4, 0, 6]
    """
    if not isinstance(answer, PortfolioAssessment):
        raise InvalidTypeError.at("ageing", expected="a PortfolioAssessment", found=answer)
    buckets = answer.buckets
    currency = answer.book.currency
    exposure = answer.exposure()
    size, whole = len(answer), exact_total(exposure)
    rows: list[AgeingRow] = []
    for position, bucket in enumerate(buckets):
        inside = answer.bucket == position
        count = int(np.count_nonzero(inside))
        exposed = exact_total(exposure[inside])
        rows.append(
            AgeingRow(
                bucket,
                count,
                count / size,
                from_minor(exact_total(answer.arrears[inside]), currency),
                from_minor(exposed, currency),
                exposed / whole if whole else 0.0,
            )
        )
    return AgeingTable(
        tuple(rows),
        currency.code,
        size,
        from_minor(exact_total(answer.arrears), currency),
        from_minor(whole, currency),
        answer.policies[0].buckets.reads,
    )


@attrs.frozen(slots=True, eq=False)
class AgeingHistory:
    """The buckets of a scheme at the close of many days, with the accounts and arrears in each.

    Attributes
    ----------
    dates : tuple of date
    buckets : tuple of Bucket
    currency : str
    accounts : int64 array, dates by buckets
    arrears : tuple of tuple of Decimal, dates by buckets [currency units]
    """

    dates: tuple[date, ...]
    buckets: tuple[Bucket, ...]
    currency: str
    accounts: npt.NDArray[np.int64]
    arrears: tuple[tuple[Decimal, ...], ...]

    def __len__(self) -> int:
        return len(self.dates)

    def __repr__(self) -> str:
        return (
            f"AgeingHistory({len(self)} dates from {self.dates[0]} to {self.dates[-1]}, "
            f"{self.width} buckets, {int(self.accounts[0].sum()):,} accounts, {self.currency})"
        )

    @property
    def width(self) -> int:
        """How many buckets there are."""
        return len(self.buckets)

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Accounts as shares of all accounts of the date, dates by buckets."""
        shares: npt.NDArray[np.float64] = self.accounts / self.accounts.sum(axis=1, keepdims=True)
        return shares

    def at(self, close: int) -> dict[str, int]:
        """Accounts by bucket code on one of the dates, by its place."""
        counts = self.accounts[close].tolist()
        return {bucket.code: count for bucket, count in zip(self.buckets, counts, strict=True)}

    def _lines(self, lang: str) -> list[list[str]]:
        """Heads, then a line a date: accounts in each bucket, the share of the first, all arrears."""
        heads = HISTORY_HEADS[known_language(lang, "ageing history")]
        codes = [named(bucket, lang) for bucket in self.buckets]
        first = self.shares[:, 0]
        rows = [
            [
                day.isoformat(),
                *(f"{count:,}" for count in counts),
                f"{share:.2%}",
                f"{exact_sum(arrears):,}",
            ]
            for day, counts, share, arrears in zip(
                self.dates, self.accounts.tolist(), first.tolist(), self.arrears, strict=True
            )
        ]
        return [[heads[0], *codes, f"% {codes[0]}", f"{heads[1]} {self.currency}"], *rows]

    def to_text(self, *, lang: str = "en") -> str:
        """One line a date, heads in English or Chinese."""
        return "\n".join(aligned(self._lines(lang), left=()))

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a date and bucket: :func:`~delinquency.frames.answers.ageing_history_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.ageing_history_to_frame(self, backend)

    def _repr_html_(self) -> str:
        heads, *rows = self._lines("en")
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows)
        return (
            f"<table><thead><tr>{html_cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __str__(self) -> str:
        return self.to_text()


def ageing_history(history: PortfolioHistory) -> AgeingHistory:
    """The ageing table of a book at the close of each day of a history.

    Every bucket has a column on every date, empty or not; the columns of a date add up to the book.

    Parameters
    ----------
    history : PortfolioHistory

    Raises
    ------
    PolicyError
        Dates or accounts fall under versions with different schemes.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.sample_book import sample_book
    >>> ends = [date(2025, 5, 31), date(2025, 6, 30)]
    >>> told = dq.portfolio.history(
    ...     sample_book(200), dates=ends, policy=dq.rulebook.load("founding-report"))
    >>> ageing_history(told).accounts.tolist()
    [[187, 5, 1, 2, 5], [186, 4, 4, 0, 6]]
    """
    if not isinstance(history, PortfolioHistory):
        raise InvalidTypeError.at("ageing_history", expected="a PortfolioHistory", found=history)
    buckets, currency = history.buckets, history.book.currency
    arrears = tuple(
        tuple(
            from_minor(
                exact_total(history.arrears[history.bucket[:, close] == position, close]), currency
            )
            for position in range(len(buckets))
        )
        for close in range(len(history))
    )
    return AgeingHistory(history.dates, buckets, currency.code, history.bucket_counts(), arrears)
