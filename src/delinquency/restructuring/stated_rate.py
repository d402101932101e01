"""Whether rows to come bear the rate that the contract is said to have.

The one idea: what rows ask for is set against what the stated rate gives on the principal that they repay. A
plan makes rows at the stated rate: if the old ones were at another, the difference looks like a concession.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from delinquency.ledger.running_interest import contract_periods
from delinquency.restructuring.present_value import interest_of_unit

if TYPE_CHECKING:
    from delinquency.dated_rates import DatedRate
    from delinquency.daycount import DayCount
    from delinquency.ledger import Ledger

__all__ = ["StatedInterest", "stated_interest"]

_PART_APART: Final = Fraction(1, 50)
"""Day counts differ by a sixtieth at most, 365 or 366 days in a year of 360: a fiftieth is another rate."""


class StatedInterest(NamedTuple):
    """Interest of the whole periods to come [minor units].

    Without the running period, which may be a short one, or have had another rate.
    """

    asked: int
    """By the rows."""
    at_rate: Fraction
    """By the rate that the contract is said to have, on the principal that is not due by then."""
    rows: int

    @property
    def is_another_rate(self) -> bool:
        """Whether they differ by more than the rounding of rows, and another count of days, explain."""
        most = max(Fraction(self.asked), self.at_rate)
        return abs(self.asked - self.at_rate) > self.rows + most * _PART_APART


def stated_interest(
    ledger: Ledger, rates: Sequence[DatedRate], day: int, day_count: DayCount
) -> StatedInterest | None:
    """What the rows in force ask for in whole periods after a day, and what the stated rate gives.

    Parameters
    ----------
    ledger : Ledger
    rates : sequence of DatedRate
        Per year.
    day : int
    day_count : DayCount

    Returns
    -------
    StatedInterest or None
        None where no rate is stated, or no whole period is to come.
    """
    debts = ledger.obligations
    periods = [
        (debts[place], start)
        for place, start in contract_periods(debts, ledger.account.originated_day, day)
        if start >= day
    ]
    if not rates or not periods:
        return None
    balance = sum(debt.principal for debt, _ in periods)
    asked, at_rate = 0, Fraction(0)
    for debt, start in periods:
        asked += debt.interest
        if debt.due_day > start:
            at_rate += balance * interest_of_unit(start, debt.due_day, rates, day_count)
        balance -= debt.principal
    return StatedInterest(asked, at_rate, len(periods))
