"""The late debts of every account of a book, one by one, as ragged columns.

The one idea: few accounts are late, so the as-of answer finds them first, and only their ledgers are
replayed. Debts of an account are those of the verb for one account, in the same order.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, to_date
from delinquency.counting.rule import CountName
from delinquency.instalment_ages import LateInstalment
from delinquency.obligations import DebtKind
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.assessment import PortfolioAssessment, assess_as
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Codes, Days, Minor, Offsets, Places
from delinquency.portfolio.disputed import are_disputed
from delinquency.portfolio.kernels.layout import RuleNumbers
from delinquency.portfolio.late_debts import late_debts_by_loop
from delinquency.portfolio.making import late_debts_of_making
from delinquency.portfolio.one_by_one import late_debts_one_by_one
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.readings import whole_months
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, chosen_engine, is_interpreted, thread_count
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS

__all__ = ["PortfolioInstalmentAges", "instalment_ages"]

NO_BUCKET = -1


@attrs.frozen(slots=True, eq=False, kw_only=True)
class PortfolioInstalmentAges:
    """Every late and unsettled debt of a book at the close of one day, oldest first in each account.

    Attributes
    ----------
    book : Portfolio
    as_of : date
    policies : tuple of Policy
        The versions used; more than one where the day of origination selects.
    version : int16 array or None
        For each account the position of its version; ``None`` where there is one.
    offsets : int64 array, accounts + 1
        The debts ``[offsets[row], offsets[row + 1])`` are those of account ``row``.
    kind : int8 array
        What made the debt, as a :class:`~delinquency.obligations.DebtKind`.
    number : int32 array
        From 1, within its kind: the row of the schedule, the charge or charge-back of the account in the
        book, the debt that the ledger made.
    due_date : int32 array [day number]
    open_amount : int64 array [minor units]
        What of its counted components is not settled.
    days_past_due, delinquent_days : int32 array [days]
    bucket : int8 array
        The position of its bucket in the scheme of its version; -1 where the scheme reads a count of
        the whole account.
    """

    book: Portfolio
    as_of: date
    policies: tuple[Policy, ...]
    version: Places | None
    offsets: Offsets
    kind: Codes
    number: Days
    due_date: Days
    open_amount: Minor
    days_past_due: Days
    delinquent_days: Days
    bucket: Codes

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.due_date)

    def __repr__(self) -> str:
        names = ", ".join(policy.version for policy in self.policies)
        return (
            f"PortfolioInstalmentAges({self.as_of}, {names}, {len(self):,} late debts of "
            f"{len(self.book):,} accounts)"
        )

    @property
    def instalment_no(self) -> Days:
        """For each debt 1 for the first row of the schedule; 0 for any other debt, as int32."""
        return np.where(self.kind == DebtKind.INSTALMENT, self.number, np.int32(0))

    @property
    def charge_no(self) -> Days:
        """For each debt 1 for the first charge of its account in the book; 0 for any other debt, as int32."""
        return np.where(self.kind == DebtKind.CHARGE, self.number, np.int32(0))

    def charge_ids(self) -> list[str | None]:
        """For each debt what identifies it, as in a ledger; ``None`` for an instalment."""
        names: list[str | None] = [None] * len(self)
        beside = np.flatnonzero(self.kind != DebtKind.INSTALMENT)
        for place, row in zip(beside.tolist(), self.account_rows()[beside].tolist(), strict=True):
            names[place] = self._name(row, place)
        return names

    def _name(self, row: int, place: int) -> str | None:
        """What identifies a debt of an account."""
        kind, number = DebtKind(int(self.kind[place])), int(self.number[place])
        charges, backs = self.book.charges, self.book.charge_backs
        if kind is DebtKind.INSTALMENT:
            return None
        if kind is DebtKind.CHARGE and charges is not None:
            return charges.charge_id[int(charges.offsets[row]) + number - 1]
        if kind is DebtKind.CHARGE_BACK and backs is not None:
            return backs.charge_back_id[int(backs.offsets[row]) + number - 1]
        return f"{kind.name.lower().replace('_', '-')}-{number}"

    def row(self, row: int) -> tuple[LateInstalment, ...]:
        """The debts of one account as records, equal to the answer of the scalar verb.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
        return tuple(self._records(row))

    def _records(self, row: int) -> Iterator[LateInstalment]:
        currency, buckets = self.book.currency, self._policy(row).buckets.buckets
        for place in range(int(self.offsets[row]), int(self.offsets[row + 1])):
            charge_id, code = self._name(row, place), int(self.bucket[place])
            yield LateInstalment(
                int(self.number[place]) if charge_id is None else None,
                charge_id,
                to_date(int(self.due_date[place])),
                from_minor(int(self.open_amount[place]), currency),
                int(self.days_past_due[place]),
                int(self.delinquent_days[place]),
                None if code == NO_BUCKET else buckets[code],
            )

    def _policy(self, row: int) -> Policy:
        return self.policies[0 if self.version is None else int(self.version[row])]

    def account_rows(self) -> npt.NDArray[np.int64]:
        """For each debt the row of its account."""
        return np.repeat(np.arange(len(self.book)), np.diff(self.offsets))

    def bucket_codes(self) -> list[str | None]:
        """For each debt the code of its bucket, ``None`` where it has none."""
        codes = [[*(bucket.code for bucket in p.buckets.buckets), None] for p in self.policies]
        if self.version is None:
            return [codes[0][code] for code in self.bucket.tolist()]
        versions = self.version[self.account_rows()].tolist()
        return [codes[v][c] for v, c in zip(versions, self.bucket.tolist(), strict=True)]

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a debt, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.instalment_ages_to_frame(self, backend)


def instalment_ages(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioInstalmentAges:
    """Every late and unsettled debt of every account with its own age and bucket, oldest first.

    Parameters and errors as for :func:`~delinquency.portfolio.assessment.assess`.

    Examples
    --------
    >>> import delinquency as dq
    >>> rows = [dq.Instalment(date(2025, 1, 31), 100), dq.Instalment(date(2025, 2, 28), 100)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> ages = instalment_ages(book, as_of=date(2025, 3, 3), policy=dq.rulebook.load("cn-loan"))
    >>> ages.offsets.tolist(), ages.days_past_due.tolist(), ages.bucket_codes()
    ([0, 2], [31, 3], ['关注', '关注'])
    """
    answer = assess_as(book, as_of, policy, known_on, engine, threads, "instalment_ages")
    kind, workers = chosen_engine(engine), thread_count(threads, len(book))
    is_late = answer.oldest_due_date != NONE_DAY
    parts: list[dict[str, Any]] = []
    for number, used in enumerate(answer.policies):
        chosen = is_late if answer.version is None else is_late & (answer.version == number)
        rows = np.flatnonzero(chosen)
        if len(rows):
            rule = rule_numbers(used, as_of=as_of, known_on=known_on, currency=book.currency)
            parts += _late_debts(book, rows, used, rule, kind, workers)
    return _joined(answer, parts)


def _late_debts(
    book: Portfolio,
    rows: npt.NDArray[np.int64],
    policy: Policy,
    rule: RuleNumbers,
    engine: Engine,
    workers: int,
) -> list[dict[str, Any]]:
    """The debts of the accounts ``rows``, in parts, with the row of each debt's account."""
    step = ACCOUNTS_AS_LISTS if is_interpreted(engine) else max(1, len(rows))
    parts: list[dict[str, Any]] = []
    for first in range(0, len(rows), step):
        chosen = rows[first : first + step]
        alone = are_disputed(book)[chosen]
        told: list[tuple[npt.NDArray[np.int64], dict[str, Any]]] = []
        if len(left := chosen[~alone]):
            few = book.take(left)
            if policy.makes_debts:
                part = late_debts_of_making(few, policy, rule, engine, workers)
            else:
                part = late_debts_by_loop(few, rule, engine, workers)
            told.append((left, part))
        if len(left := chosen[alone]):
            told.append((left, late_debts_one_by_one(book.take(left), policy, rule)))
        for left, part in told:
            part["bucket"] = _buckets(part, policy, rule)
            part["account"] = left[part["account"]]
            parts.append(part)
    return parts


def _buckets(told: dict[str, Any], policy: Policy, rule: RuleNumbers) -> npt.NDArray[np.int8]:
    """The position of the bucket into which each debt's own age falls."""
    name = policy.buckets.reads
    if name is CountName.DAYS_PAST_DUE:
        reading = told["days_past_due"]
    elif name is CountName.DELINQUENT_DAYS:
        reading = told["delinquent_days"]
    elif name is CountName.MBA_MONTHS:
        reading = whole_months(told["due"], rule.as_of + 1)
    elif name is CountName.OTS_MONTHS:
        reading = whole_months(told["due"], rule.as_of)
    else:
        return np.full(len(told["due"]), NO_BUCKET, dtype=np.int8)
    positions: npt.NDArray[np.intp] = rule.bucket_first_days.searchsorted(reading, side="right")
    return (positions - 1).astype(np.int8)


def _joined(answer: PortfolioAssessment, parts: list[dict[str, Any]]) -> PortfolioInstalmentAges:
    """The parts as one table, in order of account."""
    kinds = {
        "account": np.int64,
        "kind": np.int8,
        "number": np.int32,
        "due": np.int32,
        "open_amount": np.int64,
        "days_past_due": np.int32,
        "delinquent_days": np.int32,
        "bucket": np.int8,
    }
    order = np.argsort(_column(parts, "account", np.int64), kind="stable")
    columns = {name: _column(parts, name, kind)[order] for name, kind in kinds.items()}
    counts = np.bincount(columns["account"], minlength=len(answer))
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
    ages = PortfolioInstalmentAges(
        book=answer.book,
        as_of=answer.as_of,
        policies=answer.policies,
        version=answer.version,
        offsets=offsets,
        kind=columns["kind"],
        number=columns["number"],
        due_date=columns["due"],
        open_amount=columns["open_amount"],
        days_past_due=columns["days_past_due"],
        delinquent_days=columns["delinquent_days"],
        bucket=columns["bucket"],
    )
    freeze(ages)
    return ages


def _column(parts: list[dict[str, Any]], name: str, kind: Any) -> Any:
    return np.concatenate([np.empty(0, dtype=kind), *(part[name] for part in parts)]).astype(kind)
