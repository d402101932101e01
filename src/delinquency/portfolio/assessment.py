"""The answer for a book: the same verb as for one account, over columns.

The one idea: each column equals the scalar verb on every row; :meth:`PortfolioAssessment.explain` calls
the scalar verb on one row, so the reason is the reason of the very same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.assessment import Assessment
from delinquency.assessment import assess as assess_account
from delinquency.buckets import Bucket
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.policy import Level, Policy, PolicyTimeline, SelectedBy, policy_in_force
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Days, Minor
from delinquency.portfolio.kernels.layout import Outputs
from delinquency.portfolio.readings import DAY_COUNTS, readings
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine
from delinquency.portfolio.sweeps import run_as_of, run_ledger

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["PortfolioAssessment", "assess", "versions_in_force"]


@attrs.frozen(slots=True, eq=False)
class PortfolioAssessment:
    """What a policy says of every account of a book at the close of one day.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    known_on : date or None
    policies : tuple of Policy
        The versions used; more than one where the day of origination selects.
    version : int8 array or None
        For each account the position of its version; ``None`` where there is one.
    days_past_due, delinquent_days : int32 array [days]
    arrears : int64 array [minor units]
    oldest_due_date : int32 array [day number]
        2**31 - 1 where nothing is late.
    bucket : int8 array
        For each account the position of its bucket in the scheme of its version.
    """

    book: Portfolio
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    version: Codes | None
    days_past_due: Days
    delinquent_days: Days
    arrears: Minor
    oldest_due_date: Days
    bucket: Codes

    def __len__(self) -> int:
        return len(self.book)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The buckets that ``bucket`` counts through.

        Raises
        ------
        PolicyError
            Accounts fall under versions with different schemes; see ``policies`` and ``version``.
        """
        schemes = {policy.buckets.buckets: policy for policy in self.policies}
        if len(schemes) > 1:
            raise PolicyError.at(
                "portfolio assessment, buckets",
                expected="one bucket scheme",
                found=f"{len(schemes)}, because versions differ",
                hint="Use policies[version[row]].buckets.",
            )
        return self.policies[0].buckets.buckets

    def bucket_of(self, row: int) -> Bucket:
        """The bucket of one account."""
        version = 0 if self.version is None else int(self.version[row])
        return self.policies[version].buckets.buckets[int(self.bucket[row])]

    def bucket_codes(self) -> npt.NDArray[np.str_]:
        """The bucket code of each account, as text."""
        if self.version is None:
            return np.array([bucket.code for bucket in self.buckets])[self.bucket]
        return np.array([self.bucket_of(row).code for row in range(len(self))])

    def row(self, row: int) -> Assessment:
        """The scalar answer for one account: objects, ledger and reasons."""
        return assess_account(
            self.book.account(row),
            as_of=self.as_of,
            policy=self.policies[0 if self.version is None else int(self.version[row])],
            known_on=self.known_on,
        )

    def explain(self, row: int) -> Explanation:
        """Why the figures of one account are what they are."""
        return self.row(row).explanation

    def exposure(self, *, engine: Engine | None = None, threads: int | None = None) -> Minor:
        """Open principal, due or not, and other amounts due and unpaid [minor units].

        It needs the ledger of every account, so it is computed when asked for.
        """
        exposure = np.empty(len(self), dtype=np.int64)
        for number, policy in enumerate(self.policies):
            rule = rule_numbers(
                policy,
                as_of=self.as_of,
                known_on=self.known_on,
                currency=self.book.currency,
            )
            _, more = run_ledger(self.book, rule, engine=engine, threads=threads)
            if self.version is None:
                return more.exposure  # type: ignore[no-any-return]
            chosen = self.version == number
            exposure[chosen] = more.exposure[chosen]
        return exposure

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units, dates as datetime64[D]."""
        dates = self.oldest_due_date.astype("datetime64[D]")
        dates[self.oldest_due_date == NONE_DAY] = np.datetime64("NaT")
        return {
            "account_id": self.book.account_id.to_numpy(),
            "days_past_due": self.days_past_due,
            "delinquent_days": self.delinquent_days,
            "arrears": self.arrears,
            "oldest_due_date": dates,
            "bucket": self.bucket_codes(),
        }

    def to_frame(self, backend: str = "pandas") -> Any:
        """The answer as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.assessment_to_frame(self, backend)


def assess(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioAssessment:
    """Say how late every account of a book is at the close of ``as_of``.

    Parameters
    ----------
    book : Portfolio
    as_of : date
        Payments with this value date count.
    policy : Policy or PolicyTimeline
    known_on : date, optional
        As for one account.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 accounts.

    Raises
    ------
    InvalidTypeError
        Not a portfolio, a date or a policy.
    PolicyNotInForceError
        No version is in force for some account.
    PolicyError
        The policy judges obligors.

    Examples
    --------
    >>> from decimal import Decimal
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> answer = assess(book, as_of=date(2025, 3, 3), policy=dq.rulebook.load("founding-report"))
    >>> int(answer.days_past_due[0]), answer.bucket_of(0).code
    (31, '31-60')
    """
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at(
            "portfolio.assess",
            expected="a Portfolio",
            found=book,
            hint="For one Account use delinquency.assess.",
        )
    policies, version = versions_in_force(book, as_of, policy)
    answers: list[Outputs] = []
    for used in policies:
        rule = rule_numbers(used, as_of=as_of, known_on=known_on, currency=book.currency)
        answer = run_as_of(book, used, rule, engine=engine, threads=threads)
        if used.buckets.reads not in DAY_COUNTS:
            reading = readings(book, used, rule, answer)
            first_days = rule.bucket_first_days
            answer.bucket[:] = first_days.searchsorted(reading, side="right") - 1
        answers.append(answer)
    out = answers[0]
    for number in range(1, len(answers)):
        chosen = version == number
        for name in Outputs._fields:
            getattr(out, name)[chosen] = getattr(answers[number], name)[chosen]
    for name in Outputs._fields:
        getattr(out, name).flags.writeable = False
    return PortfolioAssessment(
        book, as_of, known_on, policies, version if len(policies) > 1 else None, *_columns(out)
    )


def _columns(out: Outputs) -> tuple[Any, Any, Any, Any, Any]:
    return out.days_past_due, out.delinquent_days, out.arrears, out.oldest_due, out.bucket


def versions_in_force(
    book: Portfolio, as_of: date, policy: Policy | PolicyTimeline
) -> tuple[tuple[Policy, ...], npt.NDArray[np.int8]]:
    """The versions in use on a date, and for each account the position of its own.

    Raises
    ------
    PolicyNotInForceError
        No version is in force for some account.
    PolicyError
        The policy judges obligors.
    """
    day_number(as_of, where="portfolio", field="as_of")
    codes = np.zeros(len(book), dtype=np.int8)
    used: list[Policy] = []
    if _selected_by(policy) is SelectedBy.AS_OF:
        origin = to_date(int(book.originated_on[0]))
        used.append(policy_in_force(policy, as_of=as_of, originated_on=origin))
    else:
        for day in np.unique(book.originated_on).tolist():
            found = policy_in_force(policy, as_of=as_of, originated_on=to_date(day))
            if found not in used:
                used.append(found)
            codes[book.originated_on == day] = used.index(found)
    for found in used:
        if found.level is Level.OBLIGOR:
            raise PolicyError.at(
                f"policy {found.name!r}",
                expected="a policy that judges one account",
                found="one that judges all accounts of an obligor",
                hint="Use assess_obligor(accounts, ...).",
            )
    return tuple(used), codes


def _selected_by(policy: Policy | PolicyTimeline) -> SelectedBy:
    if isinstance(policy, PolicyTimeline):
        return policy.versions[0].validity.selected_by
    if isinstance(policy, Policy):
        return policy.validity.selected_by
    return SelectedBy.AS_OF
