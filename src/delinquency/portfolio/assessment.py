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
from delinquency.calendar import NONE_DAY
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Days, Minor, Places
from delinquency.portfolio.disputed import are_disputed, disputed_amounts
from delinquency.portfolio.kernels.layout import LedgerOutputs, Outputs
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.readings import DAY_COUNTS, readings
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, chosen_engine
from delinquency.portfolio.sweeps import run_as_of
from delinquency.portfolio.versions import ledgers_by_version, one_scheme, versions_in_force

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["PortfolioAssessment", "assess", "assess_as", "days_past_due", "delinquent_days"]


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
    version : int16 array or None
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
    version: Places | None
    days_past_due: Days
    delinquent_days: Days
    arrears: Minor
    oldest_due_date: Days
    bucket: Codes

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.book)

    def __repr__(self) -> str:
        known = "" if self.known_on is None else f" as known on {self.known_on}"
        names = ", ".join(policy.version for policy in self.policies)
        head = f"{self.as_of}{known}, {names}, {len(self):,} accounts"
        if len({policy.buckets.buckets for policy in self.policies}) > 1:
            return f"PortfolioAssessment({head})"
        counts = np.bincount(self.bucket, minlength=len(self.buckets)).tolist()
        told = ", ".join(
            f"{bucket.code} {count:,}" for bucket, count in zip(self.buckets, counts, strict=True)
        )
        return f"PortfolioAssessment({head}: {told})"

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The buckets that ``bucket`` counts through.

        Raises
        ------
        PolicyError
            Accounts fall under versions with different schemes; see ``policies`` and ``version``.
        """
        return one_scheme(self.policies, "portfolio assessment, buckets")

    def bucket_of(self, row: int) -> Bucket:
        """The bucket of one account.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
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
        return self._ledgers(engine, threads).exposure  # type: ignore[no-any-return]

    def unallocated(self, *, engine: Engine | None = None, threads: int | None = None) -> Minor:
        """Money that settled nothing yet [minor units]; computed when asked for, as exposure is."""
        return self._ledgers(engine, threads).unallocated  # type: ignore[no-any-return]

    def disputed(self) -> Minor:
        """Late, open and still owed, but not counted because it is disputed [minor units]."""
        return disputed_amounts(self)

    def _ledgers(self, engine: Engine | None, threads: int | None) -> LedgerOutputs:
        return ledgers_by_version(
            self.book,
            self.policies,
            self.version,
            as_of=self.as_of,
            known_on=self.known_on,
            engine=engine,
            threads=threads,
        )

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units, dates as datetime64[D]."""
        dates = self.oldest_due_date.astype("datetime64[D]")
        dates[self.oldest_due_date == NONE_DAY] = np.datetime64("NaT", "D")
        return {
            "account_id": self.book.account_id.to_numpy(),
            "days_past_due": self.days_past_due,
            "delinquent_days": self.delinquent_days,
            "arrears": self.arrears,
            "oldest_due_date": dates,
            "bucket": self.bucket_codes(),
        }

    def to_frame(self, backend: str = "pandas", *, with_exposure: bool = False) -> Any:
        """The answer as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns, and what ``with_exposure`` adds, are those of
        :func:`~delinquency.frames.answers.assessment_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.assessment_to_frame(self, backend, with_exposure=with_exposure)


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
    return assess_as(book, as_of, policy, known_on, engine, threads, "assess")


def days_past_due(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Days:
    """Late days of the oldest unsettled instalment of every account [days], as int32.

    Parameters and errors as for :func:`assess`.
    """
    return assess_as(book, as_of, policy, known_on, engine, threads, "days_past_due").days_past_due


def delinquent_days(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Days:
    """Days past due less suspended days less grace of every account [days], as int32.

    Parameters and errors as for :func:`assess`.
    """
    verb = "delinquent_days"
    return assess_as(book, as_of, policy, known_on, engine, threads, verb).delinquent_days


def assess_as(
    book: Portfolio,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
    verb: str,
) -> PortfolioAssessment:
    """The answer of :func:`assess`, errors told in the name of ``verb``."""
    policies, version = versions_in_force(book, as_of, policy, verb)
    return assess_by_version(book, as_of, policies, version, known_on, engine, threads)


def assess_by_version(
    book: Portfolio,
    as_of: date,
    policies: tuple[Policy, ...],
    version: Places | None,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> PortfolioAssessment:
    """The answer of :func:`assess`, each account by the version at its position."""
    answers: list[Outputs] = []
    for used in policies:
        rule = rule_numbers(used, as_of=as_of, known_on=known_on, currency=book.currency)
        answer = run_as_of(book, used, rule, engine=engine, threads=threads)
        if used.buckets.reads not in DAY_COUNTS and not used.makes_debts:
            reading = readings(book, used, rule, answer, chosen_engine(engine))
            first_days = rule.bucket_first_days
            positions = first_days.searchsorted(reading, side="right") - 1
            answer.bucket[:] = np.where(are_disputed(book), answer.bucket, positions)
        answers.append(answer)
    out = answers[0]
    for number in range(1, len(answers)):
        chosen = version == number
        for name in Outputs._fields:
            getattr(out, name)[chosen] = getattr(answers[number], name)[chosen]
    told = PortfolioAssessment(book, as_of, known_on, policies, version, *_columns(out))
    freeze(told)
    return told


def _columns(out: Outputs) -> tuple[Any, Any, Any, Any, Any]:
    return out.days_past_due, out.delinquent_days, out.arrears, out.oldest_due, out.bucket
