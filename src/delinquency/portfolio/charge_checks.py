"""What makes tables of charges and of charge-backs part of a book.

The one idea: debts beside the schedule rank by their day and, on one day, by their ids, so ids are checked
with the order.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    day_problems,
    fact_id_problems,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    reversal_problems,
)

if TYPE_CHECKING:
    from delinquency.portfolio.checks import BookColumns
    from delinquency.portfolio.columns import ChargeBackColumns, ChargeColumns

__all__ = ["CHARGED_BACK", "charge_back_problems", "charge_problems"]

CHARGED_BACK = ("principal", "interest", "fees", "penalty")
"""The amounts of a charge-back, in the order of the components."""


def charge_problems(
    book: BookColumns, table: ChargeColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``charges`` break; the table may be absent."""
    if table is None:
        return
    require_array("charges.amount", table.amount, np.int64)
    rows = len(table.amount)
    require_offsets("charges", table.offsets, rows, size)
    require_array("charges.due_date", table.due_date, np.int32, rows)
    yield from day_problems("charges.due_date", table.due_date)
    yield from amount_problems("charges.amount", table.amount, rows, least=1)
    require_array("charges.component", table.component, np.int8, rows)
    wrong = np.flatnonzero((table.component != 2) & (table.component != 3))
    column = "charges.component"
    yield from problem_in(column, wrong, "unknown_code", "fees (2) or penalty (3)", "another")
    yield from order_problems("charges.due_date", table.offsets, table.due_date)
    yield from before_origination(
        book.originated_on, "charges.due_date", table.offsets, table.due_date
    )
    require_array("charges.instalment_no", table.instalment_no, np.int32, rows)
    counts = np.repeat(np.diff(book.instalments.offsets), np.diff(table.offsets))
    yield from problem_in(
        "charges.instalment_no",
        np.flatnonzero((table.instalment_no < 0) | (table.instalment_no > counts)),
        "unknown_instalment",
        "0, or the number of an instalment of the account",
        "another",
    )
    yield from recorded_problems("charges", table.recorded_on, rows)
    yield from _entering(book, table, rows)
    yield from fact_id_problems("charges.charge_id", table.charge_id, table.offsets, table.due_date)


def _entering(book: BookColumns, table: ChargeColumns, rows: int) -> Iterator[RowProblem]:
    """A charge enters the ledger while its account exists, and not after it falls due."""
    days, column = table.charged_on, "charges.charged_on"
    if days is None:
        return
    require_array(column, days, np.int32, rows)
    yield from day_problems(column, days, none=NONE_DAY)
    late = np.flatnonzero((days > table.due_date) & (days != NONE_DAY))
    yield from problem_in(
        column, late, "charged_after_due", "a day on or before due_date", "a later one"
    )
    begun = np.repeat(book.originated_on, np.diff(table.offsets))
    yield from problem_in(
        column,
        np.flatnonzero(days < begun),
        "before_origination",
        "a date on or after originated_on of the account",
        "an earlier one",
    )


def charge_back_problems(
    book: BookColumns, table: ChargeBackColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``charge_backs`` break; the table may be absent."""
    if table is None:
        return
    name, days = "charge_backs", table.value_date
    require_array(f"{name}.value_date", days, np.int32)
    rows = len(days)
    require_offsets(name, table.offsets, rows, size)
    yield from day_problems(f"{name}.value_date", days)
    for part in CHARGED_BACK:
        yield from amount_problems(f"{name}.{part}", getattr(table, part), rows, least=0)
    nothing = np.flatnonzero(
        (table.principal == 0) & (table.interest == 0) & (table.fees == 0) & (table.penalty == 0)
    )
    yield from problem_in(
        f"{name}.principal", nothing, "nothing_charged_back", "an amount above 0", "0"
    )
    yield from order_problems(f"{name}.value_date", table.offsets, days)
    yield from before_origination(book.originated_on, f"{name}.value_date", table.offsets, days)
    if table.payment_id is not None:
        require_texts(f"{name}.payment_id", table.payment_id, rows)
    yield from recorded_problems(name, table.recorded_on, rows)
    yield from reversal_problems(name, "charge-back", days, table.recorded_on, table.reversed_on)
    yield from fact_id_problems(f"{name}.charge_back_id", table.charge_back_id, table.offsets, days)
