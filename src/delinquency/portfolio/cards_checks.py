"""What makes tables a book of cards, checked in whole columns.

The one idea: as :mod:`delinquency.portfolio.checks`; a check finds all offending rows at once. What a card
alone refuses, a book of cards refuses.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.errors import DelinquencyError, PortfolioError
from delinquency.portfolio.cards_row_checks import (
    later_day_problems,
    repeated_ids,
    sum_problems,
)
from delinquency.portfolio.cards_transaction_checks import transaction_problems
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    code_problems,
    day_problems,
    id_problems,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    tied_rows,
)

if TYPE_CHECKING:
    from delinquency.portfolio.cards_book import CardBook

__all__ = ["check_cards", "find_card_problems"]

Array = npt.NDArray[Any]


def check_cards(book: CardBook) -> None:
    """Raise a :class:`PortfolioError` for the first rule that rows of a book of cards break."""
    for problem in find_card_problems(book):
        raise problem.error()


def find_card_problems(book: CardBook) -> Iterator[RowProblem]:
    """Every rule that rows of a book of cards break, with all the rows that break it.

    Raises
    ------
    PortfolioError
        No card; an array of a wrong type or length; offsets that are none.
    """
    require_array("accounts.originated_on", book.originated_on, np.int32)
    size = len(book.originated_on)
    if size == 0:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one card", found="none"
        )
    yield from day_problems("accounts.originated_on", book.originated_on)
    yield from id_problems("accounts.account_id", book.account_id, size)
    if book.obligor_id is not None:
        require_texts("accounts.obligor_id", book.obligor_id, size)
    yield from code_problems("accounts.segment", book.segment, 2, size)
    yield from _terms(book, size)
    yield from transaction_problems(book, size)
    yield from _payments(book, size)
    yield from _limits(book, size)


def _terms(book: CardBook, size: int) -> Iterator[RowProblem]:
    column = "accounts.terms_no"
    numbers = np.zeros(1, dtype=np.int16)
    if book.terms_no is not None:
        require_array(column, book.terms_no, np.int16, size)
        numbers = book.terms_no
        wrong = np.flatnonzero((numbers < 0) | (numbers >= len(book.terms)))
        expected = f"a number from 0 to {len(book.terms) - 1}"
        yield from problem_in(column, wrong, "unknown_terms", expected, "another")
        if len(wrong):
            return
    for number, terms in enumerate(book.terms):
        rows = np.flatnonzero(np.broadcast_to(numbers == number, (size,)))
        if not len(rows):
            continue
        oldest = rows[int(book.originated_on[rows].argmin())]
        try:
            terms.check_covers(int(book.originated_on[oldest]))
        except DelinquencyError as error:
            yield RowProblem(
                table="accounts",
                column="accounts.originated_on",
                rows=np.array([oldest]),
                reason="older_than_terms",
                expected=f"{error.expected} ({error.where})",
                found=error.found,
                hint=error.hint,
            )


def _payments(book: CardBook, size: int) -> Iterator[RowProblem]:
    table = book.payments
    require_array("payments.amount", table.amount, np.int64)
    rows = len(table.amount)
    require_offsets("payments", table.offsets, rows, size)
    require_array("payments.value_date", table.value_date, np.int32, rows)
    yield from day_problems("payments.value_date", table.value_date)
    yield from amount_problems("payments.amount", table.amount, rows, least=1)
    yield from code_problems("payments.kind", table.kind, 4, rows)
    yield from order_problems("payments.value_date", table.offsets, table.value_date)
    yield from before_origination(
        book.originated_on, "payments.value_date", table.offsets, table.value_date
    )
    yield from later_day_problems(
        "payments", table.value_date, table.recorded_on, table.reversed_on, rows
    )
    if table.payment_id is not None:
        require_texts("payments.payment_id", table.payment_id, rows)
        yield from repeated_ids("payments.payment_id", table.offsets, table.payment_id)
    yield from sum_problems("payments", table.offsets, table.amount)


def _limits(book: CardBook, size: int) -> Iterator[RowProblem]:
    table = book.credit_limits
    if table is None:
        return
    require_array("credit_limits.amount", table.amount, np.int64)
    rows = len(table.amount)
    column = "credit_limits.effective_from"
    require_offsets("credit_limits", table.offsets, rows, size)
    require_array(column, table.effective_from, np.int32, rows)
    yield from day_problems(column, table.effective_from)
    yield from amount_problems("credit_limits.amount", table.amount, rows, least=0)
    yield from recorded_problems("credit_limits", table.recorded_on, rows)
    yield from order_problems(column, table.offsets, table.effective_from)
    tied = tied_rows(table.offsets, table.effective_from)
    yield from problem_in(column, tied, "duplicate_limit", "one limit a day", "two")
    filled = np.flatnonzero(np.diff(table.offsets) > 0)
    first = table.offsets[filled]
    late = first[table.effective_from[first] > book.originated_on[filled]]
    yield from problem_in(
        column,
        late,
        "limit_after_origination",
        "a first limit on or before originated_on of the card",
        "a later one",
        hint="Give the limit with which the card was opened.",
    )
