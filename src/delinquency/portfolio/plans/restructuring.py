"""Plans put to the accounts of a book: the same verb as for one account, over columns.

The one idea: each column equals the verb of one account on every row; :meth:`PortfolioRestructuring.row`
calls that verb on one row, so the reason is the reason of the very same rules.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.errors import DelinquencyError, InvalidTypeError, InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown_rows import accounts_by_version
from delinquency.portfolio.columns import Minor, Places
from delinquency.portfolio.kernels.plan_layout import (
    BY_ACCOUNT,
    NOT_ASKED,
    NOT_POSSIBLE,
    NOTHING_OWED,
    TOLD,
    PlanAnswers,
)
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.plans.by_account import put_by_account
from delinquency.portfolio.plans.plan_numbers import plan_numbers
from delinquency.portfolio.plans.plan_scratch import empty_answers, no_planned_rows
from delinquency.portfolio.plans.putting import put_plans
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.portfolio.versions import versions_in_force
from delinquency.restructuring import Restructured, RestructuringPlan
from delinquency.restructuring import restructure as restructure_account
from delinquency.restructuring.account_reading import check_penalty

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["PortfolioRestructuring", "restructure"]

_WHERE = "portfolio.restructure"


@attrs.frozen(slots=True, eq=False)
class PortfolioRestructuring:
    """What plans do to the accounts of a book.

    Attributes
    ----------
    before : Portfolio
    plans : tuple of RestructuringPlan
    chosen : int64 array
        For each account the place of its plan, and -1 where it has none.
    as_of : date
    known_on : date or None
    policies : tuple of Policy
        The versions used; more than one where the day of origination selects.
    version : int16 array or None
        For each account the position of its version; ``None`` where there is one.
    is_put, is_refused : bool array
        Whether the account has its plan now; whether it cannot have it, and why is told by
        :meth:`reason`. Columns of an account without a plan are 0.
    debt_before, debt_after, capitalised, spread, waived, forgiven, arrears_after : OwedColumns
        As of :class:`~delinquency.restructuring.Restructured`.
    deferred, next_payment_change, total_cost_change, present_value_loss : int64 array [minor units]
    diminished_share : int64 array
        The loss as a share of the value before, up to the next of 10**9 parts.
    """

    before: Portfolio
    plans: tuple[RestructuringPlan, ...]
    chosen: Minor
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    version: Places | None
    is_put: npt.NDArray[np.bool_]
    is_refused: npt.NDArray[np.bool_]
    debt_before: OwedColumns
    debt_after: OwedColumns
    capitalised: OwedColumns
    spread: OwedColumns
    waived: OwedColumns
    forgiven: OwedColumns
    arrears_after: OwedColumns
    deferred: Minor
    next_payment_change: Minor
    total_cost_change: Minor
    present_value_loss: Minor
    diminished_share: Minor

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.before)

    def __repr__(self) -> str:
        return (
            f"PortfolioRestructuring({self.as_of}, {len(self):,} accounts, "
            f"{int(self.is_put.sum()):,} with a plan, {int(self.is_refused.sum()):,} refused, "
            f"{self.before.currency.code})"
        )

    def row(self, row: int) -> Restructured | None:
        """The answer of the verb for one account; ``None`` where it has no plan.

        Raises
        ------
        IndexError
            No such row.
        DelinquencyError
            The account cannot have its plan.
        """
        self.before.check_row(row)
        place = int(self.chosen[row])
        if place < 0:
            return None
        return restructure_account(
            self.before.account(row),
            self.plans[place],
            as_of=self.as_of,
            policy=self.policies[0 if self.version is None else int(self.version[row])],
            known_on=self.known_on,
        )

    def explain(self, row: int) -> Explanation | None:
        """Why the figures of one account are what they are; ``None`` where it has no plan."""
        done = self.row(row)
        return None if done is None else done.explanation

    def reason(self, row: int) -> str:
        """Why an account cannot have its plan; empty where it can, or has none.

        Raises
        ------
        IndexError
            No such row.
        """
        self.before.check_row(row)
        if not self.is_refused[row]:
            return ""
        try:
            self.row(row)
        except DelinquencyError as error:
            return str(error)
        return ""

    def after(self, *, engine: Engine | None = None, threads: int | None = None) -> Portfolio:
        """The book with the plans in it; accounts without one are as they were.

        Each account is what :func:`delinquency.restructure` makes of it. Ledgers are read once more, so it
        is made when it is asked for.
        """
        from delinquency.portfolio.plans.book_after import book_after

        return book_after(self, engine=engine, threads=threads)

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """The answer as numpy columns by name; amounts in minor units."""
        parts = ("debt_before", "debt_after", "capitalised", "spread", "waived", "forgiven")
        found: dict[str, npt.NDArray[Any]] = {
            "account_id": self.before.account_id.to_numpy(),
            "plan": self.chosen,
            "is_put": self.is_put,
            "is_refused": self.is_refused,
        }
        for part in (*parts, "arrears_after"):
            owed = getattr(self, part)
            for name in ("principal", "interest", "fees", "penalty"):
                found[f"{part}_{name}"] = getattr(owed, name)
        for name in (
            "deferred",
            "next_payment_change",
            "total_cost_change",
            "present_value_loss",
            "diminished_share",
        ):
            found[name] = getattr(self, name)
        return found

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.owed_answers.restructuring_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.restructuring_to_frame(self, backend)


def restructure(
    book: Portfolio,
    plans: RestructuringPlan | Sequence[RestructuringPlan],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    chosen: Sequence[int] | npt.NDArray[Any] | None = None,
    known_on: date | None = None,
    on_error: Literal["raise", "quarantine"] = "raise",
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioRestructuring:
    """Put to every account of a book the plan that was chosen for it.

    As :func:`delinquency.restructure` says of one account, to the minor unit. An account with charges,
    events, a changed schedule or a rate that is not a year's is answered by that verb.

    Parameters
    ----------
    book : Portfolio
    plans : RestructuringPlan or sequence of RestructuringPlan
        All from the start of one day.
    as_of : date
    policy : Policy or PolicyTimeline
    chosen : int array, optional
        For each account the place of its plan from 0, or -1 for none; a bool array where there is one plan.
        Default: every account has the only plan.
    known_on : date, optional
        As for one account.
    on_error : {"raise", "quarantine"}
        What becomes of an account that cannot have its plan: the error of the first one is raised, or they
        stay as they are and are marked in ``is_refused``.
    engine : Engine, optional
        Default: compiled where numba is there. The answers are equal.
    threads : int, optional
        Default: two for books of more than 32,768 accounts.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not a portfolio, plans, a date or a policy; no plan, or plans of several days; another number of
        choices than accounts, or a choice that is no place of a plan.
    PolicyError
        Penalty that is posted on demand.

    Examples
    --------
    Two of four instalments are past due; they are spread over the two to come:

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> accounts = [dq.Account(account_id=name, originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows)) for name in ("A-1", "A-2")]
    >>> book = Portfolio.from_accounts(accounts)
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> policy = dq.rulebook.load("founding-report")
    >>> done = restructure(book, plan, as_of=date(2025, 3, 1), policy=policy, chosen=[True, False])
    >>> done.spread.total, done.next_payment_change
    (array([20000,     0]), array([10000,     0]))
    >>> dq.portfolio.assess(done.after(), as_of=date(2025, 3, 1), policy=policy).days_past_due
    array([ 0, 45], dtype=int32)
    """
    given = _plans(plans)
    policies, version = versions_in_force(book, as_of, policy, "restructure")
    if on_error not in ("raise", "quarantine"):
        raise InvalidValueError.at(
            f"{_WHERE}, on_error", expected="'raise' or 'quarantine'", found=repr(on_error)
        )
    places = _chosen(chosen, len(given), len(book))
    for used in policies:
        check_penalty(used)
    out = empty_answers(len(book))
    out.state[places < 0] = NOT_ASKED
    if given[0].effective_on > as_of:
        out.state[places >= 0] = BY_ACCOUNT
    run, workers = chosen_engine(engine), thread_count(threads, len(book))
    numbers = plan_numbers(given, book.currency)
    may_refuse = on_error == "quarantine"
    for used, rows, part in accounts_by_version(book, policies, version):
        answers = PlanAnswers(*(column[rows] for column in out))
        put_plans(
            part,
            given,
            numbers,
            places[rows],
            used,
            answers,
            no_planned_rows(),
            known_on=known_on,
            engine=run,
            workers=workers,
        )
        asked = (answers.state == BY_ACCOUNT) | (answers.state == NOTHING_OWED)
        for row in np.flatnonzero(asked).tolist():
            plan = given[int(places[rows[row]])]
            put_by_account(
                part,
                row,
                plan,
                answers,
                as_of=as_of,
                policy=used,
                known_on=known_on,
                may_refuse=may_refuse,
            )
        for column, told in zip(out, answers, strict=True):
            column[rows] = told
    return _answer(book, given, places, as_of, known_on, policies, version, out)


def _plans(plans: object) -> tuple[RestructuringPlan, ...]:
    if isinstance(plans, RestructuringPlan):
        return (plans,)
    given: tuple[object, ...] = tuple(plans) if isinstance(plans, Sequence) else ()
    found = tuple(plan for plan in given if isinstance(plan, RestructuringPlan))
    if not found or len(found) < len(given):
        raise InvalidTypeError.at(
            f"{_WHERE}, plans", expected="a RestructuringPlan, or a sequence of them", found=plans
        )
    days = {plan.effective_on for plan in found}
    if len(days) > 1:
        raise InvalidValueError.at(
            f"{_WHERE}, plans",
            expected="plans from the start of one day",
            found=", ".join(str(day) for day in sorted(days)),
            hint="Ask for the accounts of each day by themselves.",
        )
    return found


def _chosen(chosen: Any, plans: int, size: int) -> Minor:
    if chosen is None:
        if plans > 1:
            raise InvalidValueError.at(
                f"{_WHERE}, chosen",
                expected=f"which of the {plans} plans each account has",
                found="nothing",
            )
        return np.zeros(size, dtype=np.int64)
    given: npt.NDArray[Any] = np.asarray(chosen)
    if given.dtype.kind not in "bi" or given.ndim != 1:
        raise InvalidTypeError.at(
            f"{_WHERE}, chosen", expected="whole numbers or True and False", found=chosen
        )
    if len(given) != size:
        raise InvalidValueError.at(
            f"{_WHERE}, chosen", expected=f"one for each of {size} accounts", found=str(len(given))
        )
    if given.dtype.kind == "b":
        if plans > 1:
            raise InvalidTypeError.at(
                f"{_WHERE}, chosen", expected="the place of a plan", found="True or False"
            )
        return np.where(given, 0, -1).astype(np.int64)
    wrong = np.flatnonzero((given < -1) | (given >= plans))
    if len(wrong):
        raise InvalidValueError.at(
            f"{_WHERE}, chosen, account {int(wrong[0]) + 1}",
            expected=f"from -1 to {plans - 1}",
            found=str(int(given[wrong[0]])),
        )
    return given.astype(np.int64)


def _owed(cells: Minor, begin: int) -> OwedColumns:
    return OwedColumns(*cells[:, begin : begin + 4].T.copy())


def _answer(
    book: Portfolio,
    plans: tuple[RestructuringPlan, ...],
    chosen: Minor,
    as_of: date,
    known_on: date | None,
    policies: tuple[Policy, ...],
    version: Places | None,
    out: PlanAnswers,
) -> PortfolioRestructuring:
    is_put = out.state == TOLD
    for column in (out.owed, out.moved, out.arrears_after, out.asked, out.loss, out.diminished):
        column[~is_put] = 0
    asked = out.asked
    told = PortfolioRestructuring(
        before=book,
        plans=plans,
        chosen=chosen,
        as_of=as_of,
        known_on=known_on,
        policies=policies,
        version=version,
        is_put=is_put,
        is_refused=out.state == NOT_POSSIBLE,
        debt_before=_owed(out.owed, 0),
        debt_after=_owed(out.owed, 4),
        capitalised=_owed(out.moved, 0),
        spread=_owed(out.moved, 4),
        waived=_owed(out.moved, 8),
        forgiven=_owed(out.moved, 12),
        arrears_after=_owed(out.arrears_after, 0),
        deferred=out.moved[:, 16].copy(),
        next_payment_change=asked[:, 1] - asked[:, 0],
        total_cost_change=asked[:, 3] + asked[:, 5] - asked[:, 2] - asked[:, 4],
        present_value_loss=out.loss,
        diminished_share=out.diminished,
    )
    freeze(told)
    return told
