"""What an account cannot know of a plan, stated by whoever reviews it.

The one idea: every fact may be unknown, which is ``None``, and an unknown fact decides nothing: a test that
needs it is not assessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate
from delinquency.restructuring.measure_checks import check_rate
from delinquency.returns.exactness import checked_number
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = ["DifficultyGround", "PlanFacts"]

_WHERE: Final = "plan facts"
_MOST: Final = 1_200


class DifficultyGround(Enum):
    """Why a debtor is in financial difficulty (Order 2023 No. 1, Article 18).

    ``OVERDUE``: principal or interest is overdue; the account says so too. ``EXPECTED_SHORTFALL``: not
    overdue, but the capacity to pay falls and may not do. ``NON_PERFORMING``: the debt is non-performing
    already. ``NO_MARKET_REFINANCE``: no other bank would refinance it at a fair price. ``DELISTING``: a risk
    of delisting with a material effect. ``OTHER``: found by the lender.
    """

    OVERDUE = "overdue"
    EXPECTED_SHORTFALL = "expected_shortfall"
    NON_PERFORMING = "non_performing"
    NO_MARKET_REFINANCE = "no_market_refinance"
    DELISTING = "delisting"
    OTHER = "other"


def _grounds(items: Iterable[DifficultyGround] | None) -> tuple[DifficultyGround, ...] | None:
    if items is None:
        return None
    kept = checked_tuple(items, DifficultyGround, f"{_WHERE}, ground")
    if len(set(kept)) < len(kept):
        raise InvalidValueError.at(
            f"{_WHERE}, grounds",
            expected="each ground once",
            found=", ".join(each.value for each in kept),
        )
    return kept


_FLAGS: Final = (
    "has_consent",
    "is_collateral_released",
    "is_swapped",
    "is_otherwise_eased",
    "is_willing",
    "is_beyond_capacity",
    "is_affordable",
    "is_under_observation",
    "is_insignificant_delay",
)


@attrs.frozen(slots=True, kw_only=True)
class PlanFacts:
    """What a review is told beside the plan; ``None`` is unknown.

    Parameters
    ----------
    grounds : tuple of DifficultyGround, optional
        Why the debtor is in financial difficulty, each once; none of them: in no difficulty. What is overdue
        on the account is added.
    fair_rate : Rate, optional
        What a debtor of the same risk would pay a year on the day of the plan.
    effective_rate : Decimal, int or Fraction, optional
        The original effective rate [share per year, Act/365], above -1. Without it and without
        ``upfront_fees`` the rate of the contract stands for it, and the review says so.
    upfront_fees : Decimal or int, optional
        Received at the beginning, from which the original effective rate is worked out [currency units].
    change_fees : Decimal or int, default 0
        What the debtor pays for the change itself, on the day of the plan [currency units].
    asked_on : date, optional
        The day on which the debtor asked for the change.
    has_consent : bool, optional
        Whether guarantors, mortgagors and pledgors agreed in writing.
    is_collateral_released : bool, optional
        Whether collateral is released or made worse.
    is_swapped : bool, optional
        Whether the debt is swapped for another one (置换).
    is_otherwise_eased : bool, optional
        Whether anything is eased that is no measure of the plan.
    longest_term : int, optional
        The longest term of the product, from 1 on [months].
    is_willing : bool, optional
        Whether the debtor is willing to pay.
    is_beyond_capacity : bool, optional
        Whether the debt is beyond what the debtor can pay.
    is_affordable : bool, optional
        Whether the debtor was found able to pay what the plan asks, when it asks.
    is_under_observation : bool, optional
        Whether an earlier restructuring is under observation, as a status says; without it only what is
        certain is said.
    recent_days_past_due : int, optional
        The most days past due of the account before the plan, within as many months as the test asks of.
    is_insignificant_delay : bool, optional
        Whether the delay of payments is insignificant.
    in_workout : bool, default False
        Whether the plan is one of a workout programme.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``float``; a ``datetime`` for a ``date``.
    InvalidValueError
        A ground twice; a negative amount, rate or number; an effective rate of -1 or less; an effective rate
        and fees to work it out.

    Examples
    --------
    >>> PlanFacts(grounds=[DifficultyGround.DELISTING]).is_willing is None
    True
    """

    grounds: tuple[DifficultyGround, ...] | None = attrs.field(default=None, converter=_grounds)
    fair_rate: Rate | None = None
    effective_rate: Decimal | int | Fraction | None = None
    upfront_fees: Decimal | int | None = None
    change_fees: Decimal | int = 0
    asked_on: date | None = None
    has_consent: bool | None = None
    is_collateral_released: bool | None = None
    is_swapped: bool | None = None
    is_otherwise_eased: bool | None = None
    longest_term: int | None = None
    is_willing: bool | None = None
    is_beyond_capacity: bool | None = None
    is_affordable: bool | None = None
    is_under_observation: bool | None = None
    recent_days_past_due: int | None = None
    is_insignificant_delay: bool | None = None
    in_workout: bool = False

    def __attrs_post_init__(self) -> None:
        for name in _FLAGS:
            flag: object = getattr(self, name)
            if flag is not None and not isinstance(flag, bool):
                raise InvalidTypeError.at(
                    f"{_WHERE}, {name}", expected="True, False or None", found=flag
                )
        workout: object = self.in_workout
        if not isinstance(workout, bool):
            raise InvalidTypeError.at(
                f"{_WHERE}, in_workout", expected="True or False", found=workout
            )
        if self.fair_rate is not None:
            check_rate(self.fair_rate, f"{_WHERE}, fair_rate")
        if self.asked_on is not None:
            day_number(self.asked_on, where=_WHERE, field="asked_on")
        self._check_number("longest_term", least=1)
        self._check_number("recent_days_past_due", least=0)
        check_amount(self.change_fees, where=f"{_WHERE}, change_fees", positive=False)
        self._check_effective()

    def _check_number(self, name: str, *, least: int) -> None:
        value = getattr(self, name)
        if value is None:
            return
        where = f"{_WHERE}, {name}"
        check_int(value, where)
        most = _MOST if name == "longest_term" else 10**6
        if not least <= value <= most:
            raise InvalidValueError.at(
                where, expected=f"from {least} to {most:,}", found=str(value)
            )

    def _check_effective(self) -> None:
        if self.upfront_fees is not None:
            check_amount(self.upfront_fees, where=f"{_WHERE}, upfront_fees", positive=False)
        if self.effective_rate is None:
            return
        if checked_number(self.effective_rate, where=_WHERE, field="effective_rate") <= -1:
            raise InvalidValueError.at(
                f"{_WHERE}, effective_rate",
                expected="a rate above -1",
                found=str(self.effective_rate),
            )
        if self.upfront_fees is not None:
            raise InvalidValueError.at(
                _WHERE,
                expected="an effective_rate or the upfront_fees from which it follows",
                found="both",
            )
