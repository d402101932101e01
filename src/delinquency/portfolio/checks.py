"""What makes tables a book: shapes, order, ranges, references and bounds, checked in whole columns.

The one idea: a check finds all offending rows at once and says their numbers and a stable reason, so
that a reader can quarantine them. A shape that is wrong is raised: no row is to blame for it.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.calendar import NONE_DAY
from delinquency.errors import PortfolioError
from delinquency.event_rows import ALL, Decision
from delinquency.portfolio.account_sums import account_of_rows, account_sums, sum_problems
from delinquency.portfolio.charge_checks import (
    CHARGED_BACK,
    charge_back_problems,
    charge_problems,
)
from delinquency.portfolio.columns import ALWAYS_FROM
from delinquency.portfolio.dispute_checks import dispute_problems
from delinquency.portfolio.event_checks import (
    contract_rate_problems,
    decision_problems,
    span_problems,
)
from delinquency.portfolio.finding_checks import (
    finding_problems,
    re_age_problems,
    reported_figure_problems,
    restructuring_problems,
)
from delinquency.portfolio.payment_checks import payment_problems
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    code_problems,
    day_problems,
    id_problems,
    not_first,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    tied_rows,
)
from delinquency.portfolio.security_checks import collateral_problems, guarantee_problems

if TYPE_CHECKING:
    from delinquency.portfolio.columns import (
        ChargeBackColumns,
        ChargeColumns,
        Codes,
        CollateralColumns,
        ContractRateColumns,
        Days,
        DecisionColumns,
        DisputeColumns,
        FindingColumns,
        GuaranteeColumns,
        InstalmentColumns,
        PaymentColumns,
        ReAgeColumns,
        ReportedFigureColumns,
        RestructuringColumns,
        SpanColumns,
        SuspensionColumns,
    )
    from delinquency.portfolio.text_column import TextColumn

__all__ = ["BookColumns", "check_book", "find_problems"]

Array = npt.NDArray[Any]


class BookColumns(Protocol):
    """The tables of a book, checked or not."""

    @property
    def account_id(self) -> TextColumn: ...  # noqa: D102
    @property
    def originated_on(self) -> Days: ...  # noqa: D102
    @property
    def instalments(self) -> InstalmentColumns: ...  # noqa: D102
    @property
    def payments(self) -> PaymentColumns: ...  # noqa: D102
    @property
    def charges(self) -> ChargeColumns | None: ...  # noqa: D102
    @property
    def suspensions(self) -> SuspensionColumns | None: ...  # noqa: D102
    @property
    def decisions(self) -> DecisionColumns | None: ...  # noqa: D102
    @property
    def charge_backs(self) -> ChargeBackColumns | None: ...  # noqa: D102
    @property
    def spans(self) -> SpanColumns | None: ...  # noqa: D102
    @property
    def disputes(self) -> DisputeColumns | None: ...  # noqa: D102
    @property
    def contract_rates(self) -> ContractRateColumns | None: ...  # noqa: D102
    @property
    def findings(self) -> FindingColumns | None: ...  # noqa: D102
    @property
    def reported_figures(self) -> ReportedFigureColumns | None: ...  # noqa: D102
    @property
    def restructurings(self) -> RestructuringColumns | None: ...  # noqa: D102
    @property
    def re_ages(self) -> ReAgeColumns | None: ...  # noqa: D102
    @property
    def collateral(self) -> CollateralColumns | None: ...  # noqa: D102
    @property
    def guarantees(self) -> GuaranteeColumns | None: ...  # noqa: D102
    @property
    def obligor_id(self) -> TextColumn | None: ...  # noqa: D102
    @property
    def product(self) -> Codes | None: ...  # noqa: D102
    @property
    def segment(self) -> Codes | None: ...  # noqa: D102


def check_book(book: BookColumns) -> None:
    """Raise a :class:`PortfolioError` for the first rule that rows of a book break."""
    for problem in find_problems(book):
        raise problem.error()


def find_problems(book: BookColumns) -> Iterator[RowProblem]:
    """Every rule that rows of a book break, with all the rows that break it.

    Rules between rows presuppose amounts and dates in range: where these are not, what follows in
    the same table may be found or not.

    Raises
    ------
    PortfolioError
        No account; an array of a wrong type or length; offsets that are none.
    """
    require_array("accounts.originated_on", book.originated_on, np.int32)
    size = len(book.originated_on)
    if size == 0:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one account", found="none"
        )
    yield from day_problems("accounts.originated_on", book.originated_on)
    yield from _ids(book, size)
    yield from code_problems("accounts.product", book.product, 2, size)
    yield from code_problems("accounts.segment", book.segment, 2, size)
    yield from _instalments(book, size)
    yield from payment_problems(book.payments, book.originated_on, size)
    yield from charge_problems(book, book.charges, size)
    yield from charge_back_problems(book, book.charge_backs, size)
    yield from _suspensions(book, book.suspensions, size)
    yield from decision_problems(book, book.decisions, size)
    yield from sum_problems("instalments", _owed(book))
    yield from span_problems(book, book.spans, size)
    yield from dispute_problems(book, book.disputes, size)
    yield from contract_rate_problems(book.contract_rates, size)
    yield from finding_problems(book, book.findings, size)
    yield from reported_figure_problems(book, book.reported_figures, size)
    yield from restructuring_problems(book, book.restructurings, size)
    yield from re_age_problems(book, book.re_ages, size)
    yield from collateral_problems(book, book.collateral, size)
    yield from guarantee_problems(book, book.guarantees, size)


def _ids(book: BookColumns, size: int) -> Iterator[RowProblem]:
    yield from id_problems("accounts.account_id", book.account_id, size)
    if book.obligor_id is not None:
        require_texts("accounts.obligor_id", book.obligor_id, size)


def _instalments(book: BookColumns, size: int) -> Iterator[RowProblem]:
    table = book.instalments
    require_array("instalments.due_date", table.due_date, np.int32)
    rows = len(table.due_date)
    require_offsets("instalments", table.offsets, rows, size)
    empty = np.flatnonzero(np.diff(table.offsets) == 0)
    yield from problem_in(
        "accounts", empty, "no_instalments", "at least one instalment each", "none"
    )
    require_array("instalments.due_date", table.due_date, np.int32, rows)
    yield from day_problems("instalments.due_date", table.due_date)
    for name in ("principal", "interest", "fees"):
        yield from amount_problems(f"instalments.{name}", getattr(table, name), rows, least=0)
    yield from order_problems("instalments.due_date", table.offsets, table.due_date)
    yield from before_origination(
        book.originated_on, "instalments.due_date", table.offsets, table.due_date
    )
    yield from _validity(book, rows)


def _owed(book: BookColumns) -> Array:
    """What each account owes in all; clipped above the bound, so that no sum can wrap."""
    columns = [
        (book.instalments.offsets, getattr(book.instalments, name))
        for name in ("principal", "interest", "fees")
    ]
    if book.charges is not None:
        columns.append((book.charges.offsets, book.charges.amount))
    if book.charge_backs is not None:
        back = book.charge_backs
        columns += [(back.offsets, getattr(back, name)) for name in CHARGED_BACK]
    if book.decisions is not None and book.decisions.amount is not None:
        made = (book.decisions.kind == Decision.ACCELERATION) & (book.decisions.amount != ALL)
        columns.append((book.decisions.offsets, np.where(made, book.decisions.amount, 0)))
    owed = np.zeros(len(book.originated_on), dtype=np.int64)
    for offsets, amounts in columns:
        owed = np.minimum(owed + account_sums(offsets, amounts), MAX_MINOR + 1)
    return owed


def _validity(book: BookColumns, rows: int) -> Iterator[RowProblem]:
    table = book.instalments
    start, end = table.in_force_from, table.in_force_until
    column = "instalments.in_force_until"
    if (start is None) != (end is None):
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_type",
            expected="both in_force_from and in_force_until, or neither",
            found="one",
        )
    tied = tied_rows(table.offsets, table.due_date)
    expected, found = "each due date once", "twice"
    if start is not None and end is not None:
        require_array("instalments.in_force_from", start, np.int32, rows)
        require_array(column, end, np.int32, rows)
        yield from day_problems("instalments.in_force_from", start, none=ALWAYS_FROM)
        yield from day_problems(column, end, none=NONE_DAY)
        empty = np.flatnonzero(end <= start)
        yield from problem_in(column, empty, "empty_validity", "an end after the start", "none")
        closed = np.flatnonzero(end != NONE_DAY)
        begun = book.originated_on[account_of_rows(table.offsets, closed)]
        expected = "a day after originated_on of the account"
        never = closed[end[closed] <= begun]
        yield from problem_in(
            column, never, "closed_before_origination", expected, "an earlier one"
        )
        expected, found = "one row in force for each due date", "two"
        tied = tied[start[tied] < _latest_end_before(tied, end)]
    yield from problem_in("instalments.due_date", tied, "duplicate_due_date", expected, found)


def _latest_end_before(tied: Array, end: Array) -> Array:
    """For each row, the latest end among the rows of its due date before it."""
    is_tied = np.zeros(len(end), dtype=np.bool_)
    is_tied[tied] = True
    earlier = tied - 1
    latest: Array = end[earlier]
    goes_on = is_tied[earlier]
    while goes_on.any():
        earlier = earlier - goes_on
        latest = np.maximum(latest, end[earlier])
        goes_on &= is_tied[earlier]
    return latest


def _suspensions(
    book: BookColumns, table: SuspensionColumns | None, size: int
) -> Iterator[RowProblem]:
    if table is None:
        return
    require_array("suspensions.start", table.start, np.int32)
    rows = len(table.start)
    require_offsets("suspensions", table.offsets, rows, size)
    require_array("suspensions.start", table.start, np.int32, rows)
    require_array("suspensions.end", table.end, np.int32, rows)
    yield from day_problems("suspensions.start", table.start)
    yield from day_problems("suspensions.end", table.end, none=NONE_DAY)
    yield from code_problems("suspensions.reason", table.reason, 5, rows)
    empty = np.flatnonzero(table.end <= table.start)
    column = "suspensions.end"
    yield from problem_in(
        column, empty, "empty_suspension", "a day after the start", "an earlier one"
    )
    yield from before_origination(
        book.originated_on, "suspensions.start", table.offsets, table.start
    )
    overlap = not_first(np.flatnonzero(table.start[1:] < table.end[:-1]) + 1, table.offsets)
    yield from problem_in(
        "suspensions.start",
        overlap,
        "overlapping_suspensions",
        "a start on or after the end of the one before",
        "an earlier one",
        hint="Suspensions may touch, not overlap.",
    )
    yield from recorded_problems("suspensions", table.recorded_on, rows)
