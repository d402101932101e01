"""The ageing table: how many accounts and how much money stand in each bucket.

The one idea: every account stands in exactly one bucket, so counts and amounts add up to the book.
"""

from __future__ import annotations

from decimal import Decimal
from html import escape

import attrs
import numpy as np

from delinquency.amounts import from_minor
from delinquency.buckets import Bucket
from delinquency.portfolio.assessment import PortfolioAssessment
from delinquency.portfolio.columns import Minor

__all__ = ["AgeingRow", "AgeingTable", "ageing"]

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

    def to_text(self, *, lang: str = "en") -> str:
        """The table as aligned lines, heads in English or Chinese."""
        heads = _HEADS[lang]
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


def _total(amounts: Minor) -> int:
    """An exact sum, whatever its size: high and low halves are summed apart."""
    high, low = np.divmod(amounts, 1 << 31)
    return (int(high.sum()) << 31) + int(low.sum())
