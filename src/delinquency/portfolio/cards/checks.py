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
from delinquency.portfolio.cards.transaction_checks import transaction_problems
from delinquency.portfolio.payment_checks import payment_problems
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    code_problems,
    day_problems,
    id_problems,
    order_problems,
    problem_in,
    recorded_problems,
    repeated_ids,
    require_array,
    require_offsets,
    require_texts,
    tied_rows,
)

if TYPE_CHECKING:
    from delinquency.portfolio.cards.book import CardBook

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
    yield from payment_problems(book.payments, book.originated_on, size)
    if book.payments.payment_id is not None:
        ids = book.payments.payment_id
        yield from repeated_ids("payments.payment_id", ids, book.payments.offsets)
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


def _limits(book: CardBook, size: int) -> Iterator[RowProblem]:
    table = book.credit_limits
    if table is None:
        return
    column = "credit_limits.effective_from"
    require_array(column, table.effective_from, np.int32)
    rows = len(table.effective_from)
    require_offsets("credit_limits", table.offsets, rows, size)
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
