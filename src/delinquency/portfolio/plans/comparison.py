"""A book before and after its plans: arrears, buckets, what falls due, values and provisions.

The one idea: two books of the same accounts are asked the same questions on the same day; what plans gave up
is told by the plans themselves.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs
import numpy as np

from delinquency.amounts import from_minor
from delinquency.buckets import Bucket
from delinquency.calendar import NONE_DAY, day_number
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError
from delinquency.explanation_text import known_language
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.ageing import ageing
from delinquency.portfolio.ageing_words import named
from delinquency.portfolio.assessment import assess
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.owed_columns import exact_total
from delinquency.portfolio.plans.answer import PortfolioRestructuring
from delinquency.portfolio.run import Engine
from delinquency.provisions import provision
from delinquency.text_layout import aligned, html_cells

__all__ = ["BucketChange", "DueMonth", "PlanComparison", "compare_plans"]

_HEADS: Final = {
    "en": ("bucket", "accounts", "after", "arrears", "after"),
    "zh": ("分档", "户数", "方案后", "逾期金额", "方案后"),
}
_ALL: Final = {"en": "all", "zh": "合计"}


@attrs.frozen(slots=True)
class BucketChange:
    """One bucket before and after.

    Attributes
    ----------
    bucket : Bucket
    accounts_before, accounts_after : int
    arrears_before, arrears_after : Decimal [currency units]
    """

    bucket: Bucket
    accounts_before: int
    accounts_after: int
    arrears_before: Decimal
    arrears_after: Decimal


@attrs.frozen(slots=True)
class DueMonth:
    """What falls due in a month, of all accounts, before and after.

    Attributes
    ----------
    month : date
        Its first day.
    before, after : Decimal [currency units]
    """

    month: date
    before: Decimal
    after: Decimal


@attrs.frozen(slots=True, eq=False)
class PlanComparison:
    """A book before and after its plans, on the day on which they were made.

    Attributes
    ----------
    done : PortfolioRestructuring
    after : Portfolio
    buckets : tuple of BucketChange
    due_months : tuple of DueMonth
        From the month of the plans on; what was paid in advance is not taken off.
    arrears_before, arrears_after : Decimal [currency units]
    present_value_loss : Decimal [currency units]
        Of all plans.
    provisions_before, provisions_after : Decimal or None [currency units]
        Of the accounts with a plan; ``None`` where the policy has no provisions.
    """

    done: PortfolioRestructuring
    after: Portfolio = attrs.field(repr=False)
    buckets: tuple[BucketChange, ...]
    due_months: tuple[DueMonth, ...] = attrs.field(repr=False)
    arrears_before: Decimal
    arrears_after: Decimal
    present_value_loss: Decimal
    provisions_before: Decimal | None
    provisions_after: Decimal | None

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a bucket, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.plan_answers.plan_comparison_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.plan_comparison_to_frame(self, backend)

    def due_months_to_frame(self, backend: str = "pandas") -> Any:
        """One row a month in which anything falls due, as a data frame.

        Its columns are those of :func:`~delinquency.frames.plan_answers.due_months_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.due_months_to_frame(self, backend)

    def to_text(self, lang: str = "en") -> str:
        """The buckets side by side, as aligned lines.

        Raises
        ------
        InvalidValueError
            No words in ``lang``.
        """
        return "\n".join(aligned(self._cells(known_language(lang, "comparison"))))

    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        size = f"{len(self.done):,}"
        return [
            _HEADS[lang],
            *(
                (
                    named(row.bucket, lang),
                    f"{row.accounts_before:,}",
                    f"{row.accounts_after:,}",
                    f"{row.arrears_before:,}",
                    f"{row.arrears_after:,}",
                )
                for row in self.buckets
            ),
            (_ALL[lang], size, size, f"{self.arrears_before:,}", f"{self.arrears_after:,}"),
        ]

    def _repr_html_(self) -> str:
        heads, *rows = self._cells("en")
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows)
        return (
            f"<table><caption>{self.after.currency.code}</caption>"
            f"<thead><tr>{html_cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __str__(self) -> str:
        return self.to_text()


def compare_plans(
    done: PortfolioRestructuring,
    *,
    policy: Policy | PolicyTimeline,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PlanComparison:
    """A book before and after its plans, by a policy: buckets, arrears, what falls due, values, provisions.

    Provisions are told account by account, for those with a plan: about a millisecond each.

    Parameters
    ----------
    done : PortfolioRestructuring
    policy : Policy or PolicyTimeline
        By which both books are assessed.
    engine, threads
        As of :func:`~delinquency.portfolio.plans.restructuring.restructure`.

    Raises
    ------
    InvalidTypeError
        No answer of plans; not a policy.
    PolicyError
        Accounts fall under versions with different bucket schemes.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> book = Portfolio.from_accounts([dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))])
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> policy = dq.rulebook.load("founding-report")
    >>> done = dq.portfolio.restructure(book, plan, as_of=date(2025, 3, 1), policy=policy)
    >>> found = compare_plans(done, policy=policy)
    >>> found.arrears_before, found.arrears_after
    (Decimal('200.00'), Decimal('0.00'))
    >>> [(str(row.before), str(row.after)) for row in found.due_months]
    [('100.00', '200.00'), ('100.00', '200.00')]
    """
    if not isinstance(done, PortfolioRestructuring):
        raise InvalidTypeError.at(
            "compare_plans, done", expected="the answer of portfolio.restructure", found=done
        )
    after = done.after(engine=engine, threads=threads)
    tables = [
        ageing(
            assess(
                book,
                as_of=done.as_of,
                policy=policy,
                known_on=done.known_on,
                engine=engine,
                threads=threads,
            )
        )
        for book in (done.before, after)
    ]
    before, later = _provisions(done, after, policy)
    return PlanComparison(
        done=done,
        after=after,
        buckets=tuple(
            BucketChange(old.bucket, old.accounts, new.accounts, old.arrears, new.arrears)
            for old, new in zip(tables[0].rows, tables[1].rows, strict=True)
        ),
        due_months=tuple(_due_months(done, after)),
        arrears_before=tables[0].arrears,
        arrears_after=tables[1].arrears,
        present_value_loss=from_minor(exact_total(done.present_value_loss), done.before.currency),
        provisions_before=before,
        provisions_after=later,
    )


def _due_months(done: PortfolioRestructuring, after: Portfolio) -> Iterator[DueMonth]:
    day = day_number(done.plans[0].effective_on, where="comparison", field="effective_on")
    sides = [_by_month(book, day) for book in (done.before, after)]
    currency = after.currency
    for month in sorted({*sides[0], *sides[1]}):
        first = np.datetime64(month, "M").astype("datetime64[D]").astype(object)
        amounts = (from_minor(side.get(month, 0), currency) for side in sides)
        yield DueMonth(first, *amounts)


def _by_month(book: Portfolio, day: int) -> dict[int, int]:
    """What rows in force on a day ask for on it and later, by month [minor units]."""
    rows = book.instalments
    asked: Any = rows.due_date >= day
    if rows.in_force_from is not None and rows.in_force_until is not None:
        asked = asked & (rows.in_force_from <= day) & (day < rows.in_force_until)
    total = (rows.principal + rows.interest + rows.fees)[asked]
    month = rows.due_date[asked].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    found: dict[int, int] = {}
    for each in np.unique(month).tolist():
        found[each] = exact_total(total[month == each])
    charges = book.charges
    if charges is not None:
        enters = charges.due_date
        if charges.charged_on is not None:
            enters = np.where(charges.charged_on == NONE_DAY, enters, charges.charged_on)
        open_on: Any = (charges.due_date >= day) & (enters <= day)
        due = charges.due_date[open_on].astype("datetime64[D]").astype("datetime64[M]")
        for each, amount in zip(
            due.astype(np.int64).tolist(), charges.amount[open_on].tolist(), strict=True
        ):
            found[each] = found.get(each, 0) + amount
    return found


def _provisions(
    done: PortfolioRestructuring, after: Portfolio, policy: Policy | PolicyTimeline
) -> tuple[Decimal | None, Decimal | None]:
    versions = policy.versions if isinstance(policy, PolicyTimeline) else (policy,)
    if any(version.provisions is None for version in versions):
        return None, None
    rows = np.flatnonzero(done.is_put).tolist()
    sums = [
        exact_sum(
            provision(
                book.account(row), as_of=done.as_of, policy=policy, known_on=done.known_on
            ).amount
            for row in rows
        )
        for book in (done.before, after)
    ]
    return sums[0], sums[1]
