"""Accounts of a book with an amount in dispute, which no loop knows.

The one idea: they are few. They are answered one by one as records, and their answers put in the place of
those that a loop gave without the dispute.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from delinquency.counting.days import held_out
from delinquency.policy import Policy
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.layout import LedgerOutputs, Outputs, RuleNumbers
from delinquency.portfolio.one_by_one import answer_rows

if TYPE_CHECKING:
    from delinquency.portfolio.assessment import PortfolioAssessment
    from delinquency.portfolio.columns import Minor

__all__ = ["answer_disputed", "are_disputed", "disputed_amounts"]


def are_disputed(book: Portfolio) -> npt.NDArray[np.bool_]:
    """For each account whether it has a dispute, lasting or not."""
    if book.disputes is None:
        return np.zeros(len(book), dtype=np.bool_)
    return np.diff(book.disputes.offsets) > 0


def answer_disputed(
    book: Portfolio, policy: Policy, rule: RuleNumbers, out: Outputs, more: LedgerOutputs
) -> None:
    """Put the answers of the accounts with a dispute into columns that are filled for all others."""
    if book.disputes is not None:
        answer_rows(book, np.flatnonzero(are_disputed(book)), policy, rule, out, more)


def disputed_amounts(answer: PortfolioAssessment) -> Minor:
    """What is late, open and not counted because it is disputed, of every account [minor units]."""
    amounts = np.zeros(len(answer.book), dtype=np.int64)
    for row in np.flatnonzero(are_disputed(answer.book)).tolist():
        told = answer.row(row)
        amounts[row] = sum(held_out(told.ledger, told.policy.counting).values())
    return amounts
