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
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError
from delinquency.explanation_text import known_language
from delinquency.portfolio.assessment import PortfolioAssessment
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.history import PortfolioHistory

__all__ = ["AgeingHistory", "AgeingRow", "AgeingTable", "ageing", "ageing_history"]

_HISTORY_HEADS = {"en": ("date", "arrears"), "zh": ("日期", "逾期金额")}
_HEADS = {
    "en": ("bucket", "accounts", "share", "arrears", "exposure", "total"),
    "zh": ("级别", "户数", "占比", "逾期金额", "风险敞口", "合计"),
}


@attrs.frozen(slots=True)
class AgeingRow:
    """One bucket: accounts, their share of all, arrears and exposure [currency units]."""

    bucket: Bucket
    accounts: int
    share: float
    arrears: Decimal
    exposure: Decimal


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
    """

    rows: tuple[AgeingRow, ...]
    currency: str
    accounts: int
    arrears: Decimal
    exposure: Decimal

    def __repr__(self) -> str:
        return (
            f"AgeingTable({len(self.rows)} buckets, {self.accounts:,} accounts, "
            f"arrears {self.arrears:,} {self.currency})"
        )

    def to_text(self, *, lang: str = "en") -> str:
        """The table as aligned lines, heads in English or Chinese."""
        heads = _HEADS[known_language(lang, "ageing table")]
        lines = [
            f"{heads[0]:<14}{heads[1]:>10}{heads[2]:>9}{heads[3]:>20}{heads[4]:>22}  {self.currency}"
        ]
        lines.extend(
            f"{row.bucket.code:<14}{row.accounts:>10,}{row.share:>9.2%}"
            f"{row.arrears:>20,}{row.exposure:>22,}"
            for row in self.rows
        )
        lines.append(
            f"{heads[5]:<14}{self.accounts:>10,}{1:>9.2%}{self.arrears:>20,}{self.exposure:>22,}"
        )
        return "\n".join(lines)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a bucket: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.ageing_to_frame(self, backend)

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{head}</th>" for head in _HEADS["en"][:5])
        body = "".join(
            f"<tr><td>{escape(row.bucket.code)}</td><td>{row.accounts:,}</td>"
            f"<td>{row.share:.2%}</td><td>{row.arrears:,}</td><td>{row.exposure:,}</td></tr>"
            for row in self.rows
        )
        total = (
            f"<tr><th>total</th><th>{self.accounts:,}</th><th>{1:.2%}</th>"
            f"<th>{self.arrears:,}</th><th>{self.exposure:,}</th></tr>"
        )
        return (
            f"<table><caption>{self.currency}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{body}</tbody><tfoot>{total}</tfoot></table>"
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
    size = len(answer)
    rows: list[AgeingRow] = []
    for position, bucket in enumerate(buckets):
        inside = answer.bucket == position
        count = int(np.count_nonzero(inside))
        rows.append(
            AgeingRow(
                bucket,
                count,
                count / size,
                from_minor(_total(answer.arrears[inside]), currency),
                from_minor(_total(exposure[inside]), currency),
            )
        )
    return AgeingTable(
        tuple(rows),
        currency.code,
        size,
        from_minor(_total(answer.arrears), currency),
        from_minor(_total(exposure), currency),
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
        heads = _HISTORY_HEADS[known_language(lang, "ageing history")]
        codes = [bucket.code for bucket in self.buckets]
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
        lines = self._lines(lang)
        widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
        return "\n".join(
            "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
            for line in lines
        )

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a date and bucket: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.ageing_history_to_frame(self, backend)

    def _repr_html_(self) -> str:
        heads, *rows = self._lines("en")
        head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

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
                _total(history.arrears[history.bucket[:, close] == position, close]), currency
            )
            for position in range(len(buckets))
        )
        for close in range(len(history))
    )
    return AgeingHistory(history.dates, buckets, currency.code, history.bucket_counts(), arrears)


def _total(amounts: Minor) -> int:
    """An exact sum, whatever its size: high and low halves are summed apart."""
    high, low = np.divmod(amounts, 1 << 31)
    return (int(high.sum()) << 31) + int(low.sum())
