"""Which of three sweeps is right for which account of a book under a policy.

The one idea: each account gets the cheapest sweep that is right for it. Totals, where totals decide; prefixes
of columns, where each component is settled oldest first; debts laid out one by one, where anything stands
beside the schedule, or where the order of payment depends on more than the debts themselves.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.account import Product
from delinquency.payments import PaymentKind
from delinquency.policy import Policy, settles_by_totals
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.book import PRODUCTS, Portfolio

__all__ = ["SweepChoice", "sweep_choice"]

Flags = npt.NDArray[np.bool_]

_KINDS = tuple(PaymentKind)
_REPAYMENT = _KINDS.index(PaymentKind.REPAYMENT)
_CARD = PRODUCTS.index(Product.CARD)


@attrs.frozen(slots=True, eq=False)
class SweepChoice:
    """How the accounts of a book are swept.

    Attributes
    ----------
    totals_decide : bool
        Whether totals decide the as-of answer of the accounts that are not in ``beside_totals``.
    beside_totals : bool array
        Accounts whose debts are laid out even where totals decide.
    beside_prefixes : bool array
        Accounts whose debts are laid out where more than the as-of answer is asked for, or where totals do
        not decide.
    """

    totals_decide: bool
    beside_totals: Flags
    beside_prefixes: Flags


def sweep_choice(book: Portfolio, policy: Policy) -> SweepChoice:
    """Choose the sweeps of a book under one version.

    Where every order empties the oldest debt first, totals decide what is late, whatever the kind of the
    money and the age of the debt. Else a closing tolerance and another order by age need every account laid
    out, and an order for a kind of payment those accounts that have money of that kind, or every account if
    it is the kind that nearly all have. The instalments of a card are due to whoever pays from the day on
    which they were billed, which changes what is settled but, where the oldest debt always comes first, not
    what is late.
    """
    decided = settles_by_totals(policy)
    differing = _differing_kinds(policy)
    switches = any(switch.order != policy.allocation for switch in policy.allocation_by_age)
    if switches or policy.closing_tolerance or _REPAYMENT in differing:
        every = np.ones(len(book), dtype=np.bool_)
        return SweepChoice(decided, book.needs_ledger if decided else every, every)
    laid_out = book.needs_ledger
    rows = _rows_of_kinds(book, differing)
    if len(rows):
        laid_out = laid_out.copy()
        laid_out[account_of_rows(book.payments.offsets, rows)] = True
    beside_prefixes = laid_out
    if not policy.allocation.keeps_age_order:
        beside_prefixes = np.ones(len(book), dtype=np.bool_)
    elif book.product is not None:
        beside_prefixes = laid_out | (book.product == _CARD)
    if decided:
        return SweepChoice(decided, book.needs_ledger, beside_prefixes)
    return SweepChoice(settles_by_totals(_with_one_order(policy)), laid_out, beside_prefixes)


def _differing_kinds(policy: Policy) -> list[int]:
    """Kinds of payment whose own order is not that of the policy."""
    return [
        _KINDS.index(own.kind)
        for own in policy.allocation_by_kind
        if own.order != policy.allocation
    ]


def _with_one_order(policy: Policy) -> Policy:
    """The policy as it stands for accounts whose money has no order of its own."""
    if not policy.allocation_by_age and not policy.allocation_by_kind:
        return policy
    return attrs.evolve(policy, allocation_by_age=(), allocation_by_kind=())


def _rows_of_kinds(book: Portfolio, kinds: list[int]) -> npt.NDArray[np.intp]:
    if book.payments.kind is None or not kinds:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(np.isin(book.payments.kind, kinds))
