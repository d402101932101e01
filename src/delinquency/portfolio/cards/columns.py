"""The tables of a book of cards: ragged columns in the Arrow list layout.

The one idea: as in :mod:`delinquency.portfolio.columns`; rows ``offsets[i]`` to ``offsets[i + 1]`` belong to
card ``i``, days are int32 day numbers, amounts int64 minor units. What no row has is no column.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.portfolio.columns import Codes, Days, Minor, Offsets
from delinquency.portfolio.text_column import TextColumn

__all__ = ["CreditLimitColumns", "TransactionColumns"]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class TransactionColumns:
    """What was posted to cards, in order of card, day of posting and id.

    Attributes
    ----------
    offsets : int64 array
    posted_on : int32 array [day number]
    kind : int8 array
        The position in :class:`~delinquency.revolving.TransactionKind`: 0 purchase, 1 cash advance,
        2 instalment plan, 3 fee, 4 refund.
    amount : int64 array [minor units]
        More than 0.
    transaction_id : TextColumn, optional
        Unique within a card. Without it a transaction is called by its number in its card: ``"0000001"``.
    refers_to : int32 array, optional
        The number, from 0, of another transaction of the card; -1 for none.
    recorded_on, reversed_on : int32 array, optional [day number]
        2**31 - 1 where none is given.
    plan_instalments : int32 array, optional
        1 or more for an instalment plan, 0 for every other transaction. Needed where there is a plan, as
        are the next three only if they are not all 0.
    plan_cost : int64 array, optional [minor units]
    plan_cost_is_fee : bool array, optional
    plan_residue_is_first : bool array, optional
    promotion_until : int32 array, optional [day number]
        The first day without the promotion; 2**31 - 1 for a transaction without one.
    promotion_rate : int64 array, optional [1e-8 per period]
        -1 for deferred interest, and where there is no promotion. Needed with ``promotion_until``.
    promotion_rate_is_daily : bool array, optional
    promotion_id : TextColumn, optional
        Empty where there is no promotion. Needed with ``promotion_until``.
    """

    offsets: Offsets
    posted_on: Days
    kind: Codes
    amount: Minor
    transaction_id: TextColumn | None = None
    refers_to: Days | None = None
    recorded_on: Days | None = None
    reversed_on: Days | None = None
    plan_instalments: Days | None = None
    plan_cost: Minor | None = None
    plan_cost_is_fee: npt.NDArray[np.bool_] | None = None
    plan_residue_is_first: npt.NDArray[np.bool_] | None = None
    promotion_until: Days | None = None
    promotion_rate: Minor | None = None
    promotion_rate_is_daily: npt.NDArray[np.bool_] | None = None
    promotion_id: TextColumn | None = None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class CreditLimitColumns:
    """How much may be owed, by the day from which it holds; in order of card and day."""

    offsets: Offsets
    effective_from: Days
    amount: Minor
    recorded_on: Days | None = None
