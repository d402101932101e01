"""What the last statement of every card says, and what was paid of the one before.

The one idea: as for one card, the figures of both are those of the ledgers of one close.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from delinquency.calendar import day_number
from delinquency.civil_days import whole_months_between
from delinquency.portfolio.warnings.known_numbers import KnownNumbers, minimum_only, shares
from delinquency.portfolio.warnings.panel_checks import WIDE

if TYPE_CHECKING:
    from delinquency.portfolio.warnings.observing.closed_cards import ClosedCards

__all__ = ["statement_numbers"]


def statement_numbers(answer: ClosedCards) -> dict[str, KnownNumbers]:
    """By the name of the observation, one number a card; each must have a statement.

    The definitions are those of :func:`~delinquency.early_warning.observing.card_verb.observe_card`.
    """
    table = answer.statements
    now = table.offsets[1:] - 1
    balance = KnownNumbers.everywhere(table.closing_balance[now])
    limit = KnownNumbers(answer.credit_limit, answer.credit_limit >= 0)
    room = limit.numbers - balance.numbers
    bought, drawn = table.purchases[now], table.cash_advances[now]
    return {
        "credit_limit": limit,
        "statement_balance": balance,
        "utilisation": shares(balance, limit),
        "over_limit": KnownNumbers(np.maximum(-room, 0), limit.is_known),
        "headroom": KnownNumbers(room, limit.is_known),
        "purchases": KnownNumbers.everywhere(bought),
        "cash_advances": KnownNumbers.everywhere(drawn),
        "cash_advance_share": shares(
            KnownNumbers.everywhere(drawn), KnownNumbers.everywhere(bought + drawn)
        ),
        "interest_and_charges_paid": KnownNumbers.everywhere(table.interest_and_charges_paid[now]),
        "principal_paid": KnownNumbers.everywhere(table.principal_paid[now]),
        "months_late": KnownNumbers.everywhere(table.missed_cycles[now]),
        "months_on_book": KnownNumbers.everywhere(_months_on_book(answer)),
        **_of_payments(answer, balance),
    }


def _months_on_book(answer: ClosedCards) -> npt.NDArray[np.int64]:
    """Whole months since each card was opened; one day is asked once."""
    day = day_number(answer.as_of, where="observe_cards", field="as_of")
    opened, places = np.unique(answer.book.originated_on, return_inverse=True)
    months = [whole_months_between(each, day) for each in opened.tolist()]
    return np.array(months, dtype=WIDE)[places]


def _of_payments(answer: ClosedCards, balance: KnownNumbers) -> dict[str, KnownNumbers]:
    """What the last statement says of the payments, and of the statement before where there is one."""
    table = answer.statements
    now = table.offsets[1:] - 1
    has_before = np.diff(table.offsets) > 1
    before = now - has_before
    paid = KnownNumbers.everywhere(table.payments[now])
    carried = KnownNumbers(table.closing_balance[before], has_before)
    below = _decided(table.is_minimum_met[before] == 0, table.is_minimum_met[before], has_before)
    in_full = _decided(
        table.is_paid_in_full[before] == 1, table.is_paid_in_full[before], has_before
    )
    return {
        "amount_paid": paid,
        "carried_balance": KnownNumbers(np.maximum(carried.numbers, 0), has_before),
        "amount_added": KnownNumbers(balance.numbers - carried.numbers + paid.numbers, has_before),
        "minimum_due": KnownNumbers(table.minimum_due[before], has_before),
        "paid_below_minimum": below,
        "paid_in_full": in_full,
        "paid_minimum_only": minimum_only(below, in_full),
        "payment_ratio": shares(paid, carried),
    }


def _decided(
    answer: npt.NDArray[np.bool_], mark: npt.NDArray[np.int8], has_before: npt.NDArray[np.bool_]
) -> KnownNumbers:
    """Yes or no, known where the last day of grace of a statement before has closed."""
    return KnownNumbers(answer.astype(WIDE), has_before & (mark >= 0))
