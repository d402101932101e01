"""The full ledger of each account in a compiled loop, and its count.

The one idea: lay the debts of an account out, replay them, and read the answer off what is left; then the
same scratch serves the next account.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.answer import fill_row
from delinquency.portfolio.kernels.at_close import oldest_due, sum_arrears, tell_more
from delinquency.portfolio.kernels.compiler import compiled
from delinquency.portfolio.kernels.layout import (
    FROZEN_DELINQUENT,
    FROZEN_RAW,
    BookArrays,
    LedgerOutputs,
    Outputs,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.sweep import replay_debts

__all__ = ["as_of_ledger"]


@compiled
def as_of_ledger(
    book: BookArrays,
    rule: RuleNumbers,
    skip: Any,
    scratch: Scratch,
    out: Outputs,
    more: LedgerOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of accounts ``[first, last)``, but for those marked in ``skip``."""
    state = scratch.state
    skips = len(skip) > 0
    for account in range(first, last):
        if skips and skip[account]:
            continue
        size = lay_out_debts(book, account, rule, scratch)
        replay_debts(book, account, rule, scratch, size)
        arrears = sum_arrears(rule, scratch.debts, size)
        fill_row(
            book,
            account,
            rule,
            out,
            arrears,
            oldest_due(rule, scratch, size, arrears),
            state[FROZEN_RAW],
            state[FROZEN_DELINQUENT],
        )
        if len(more.exposure) > 0:
            tell_more(rule, scratch, size, account, arrears, more)
