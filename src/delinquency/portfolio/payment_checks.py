"""Rows of payments that no account can have, of a loan or of a card.

The one idea: a payment is the same fact in every book, so what it must fulfil is said once.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from delinquency.portfolio.account_sums import account_sums, sum_problems
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    code_problems,
    day_problems,
    order_problems,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    reversal_problems,
)

if TYPE_CHECKING:
    from delinquency.portfolio.columns import Days, PaymentColumns

__all__ = ["payment_problems"]


def payment_problems(table: PaymentColumns, originated_on: Days, size: int) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``payments`` break, of a book of ``size`` accounts."""
    require_array("payments.value_date", table.value_date, np.int32)
    rows = len(table.value_date)
    require_offsets("payments", table.offsets, rows, size)
    yield from day_problems("payments.value_date", table.value_date)
    yield from amount_problems("payments.amount", table.amount, rows, least=1)
    if table.payment_id is not None:
        require_texts("payments.payment_id", table.payment_id, rows)
    yield from code_problems("payments.kind", table.kind, 4, rows)
    yield from order_problems("payments.value_date", table.offsets, table.value_date)
    yield from before_origination(
        originated_on, "payments.value_date", table.offsets, table.value_date
    )
    yield from recorded_problems("payments", table.recorded_on, rows)
    yield from reversal_problems(
        "payments", "payment", table.value_date, table.recorded_on, table.reversed_on
    )
    yield from sum_problems("payments", account_sums(table.offsets, table.amount))
