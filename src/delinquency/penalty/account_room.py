"""How much penalty an account may still bear under the caps that look at all of it.

The one idea: room is a figure of a day. An absolute cap gives the same every day; an annual cap gives what
the open principal would bear at its rate so far, less what interest and fees have taken of it already.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Sequence

from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, Day, to_date
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty.bearing_runs import BearingRuns, Measure
from delinquency.penalty.caps import AbsoluteCap, AnnualCap, PenaltyCap, ShareOfBase
from delinquency.penalty.daily_rates import Bearing
from delinquency.penalty.steps import always
from delinquency.rates import Rate

__all__ = ["AccountRoom"]


class AccountRoom:
    """The caps of an account, and the figures that they look at.

    Parameters
    ----------
    caps : sequence of PenaltyCap
        Shares of a base are no matter of the account and left out.
    currency : Currency
    contract_day : int, optional
        Asked for by a cap that is a multiple of a reference rate.
    interest_accrued : callable, optional
        The contract interest accrued by a day [minor units].
    """

    __slots__ = (
        "_amounts",
        "_charged",
        "_days",
        "_interest",
        "_known_from",
        "_principal",
        "_rates",
        "caps",
    )

    def __init__(
        self,
        caps: Sequence[PenaltyCap],
        currency: Currency,
        *,
        contract_day: Day | None,
        interest_accrued: Callable[[Day], int] | None,
    ) -> None:
        self.caps = tuple(cap for cap in caps if not isinstance(cap, ShareOfBase))
        self._rates = {
            cap: _rate_of(cap, contract_day) for cap in self.caps if isinstance(cap, AnnualCap)
        }
        self._principal: dict[AnnualCap, tuple[Measure, BearingRuns]] = {}
        self._known_from = NONE_DAY
        self._interest = interest_accrued
        self._days: list[Day] = []
        self._charged: dict[Day, int] = {}
        self._amounts = {
            cap: to_minor(cap.amount, currency, where="absolute cap")
            for cap in self.caps
            if isinstance(cap, AbsoluteCap)
        }

    @property
    def has_caps(self) -> bool:
        """Whether any cap looks at the whole account."""
        return bool(self.caps)

    def change_outstanding(self, day: Day, amount: int) -> None:
        """From a day on, this principal is open, due or not."""
        if not self._principal and self._rates:
            self._known_from = day
            for cap, rate in self._rates.items():
                measure = Measure(cap.day_count)
                runs = BearingRuns(measure, always(Bearing(rate, 1)), due_day=day, first_day=day)
                self._principal[cap] = measure, runs
        for _, runs in self._principal.values():
            runs.set_base(day, amount)

    def charge(self, day: Day, amount: int) -> None:
        """Interest or fees were charged on a day; amounts of one day add up.

        Raises
        ------
        InvalidTypeError
            An amount that is no ``int``.
        """
        if type(amount) is not int:
            raise InvalidTypeError.at(
                "penalty, charge_all_in", expected="minor units as an int", found=amount
            )
        if day not in self._charged:
            insort(self._days, day)
        self._charged[day] = self._charged.get(day, 0) + amount

    def at(self, day: Day) -> int | None:
        """The least room that a cap gives on a day [minor units]; ``None`` without a cap."""
        return min((self.under(cap, day) for cap in self.caps), default=None)

    def under(self, cap: PenaltyCap, day: Day) -> int:
        """The room that one cap gives on a day, 0 or more [minor units]."""
        match cap:
            case AbsoluteCap():
                return self._amounts[cap]
            case AnnualCap():
                return max(0, self._bearable(cap, day) - self._taken(day))
            case ShareOfBase():
                raise AssertionError(cap)

    def _bearable(self, cap: AnnualCap, day: Day) -> int:
        if day < self._known_from:
            raise InvalidValueError.at(
                "penalty, annual cap",
                expected=f"the outstanding principal by {to_date(day)}",
                found="none so early" if self._principal else "none",
                hint="Name it with change_outstanding, from the day of the loan on.",
            )
        measure, runs = self._principal[cap]
        return runs.exact(day) // measure.denominator

    def _taken(self, day: Day) -> int:
        accrued = 0 if self._interest is None else self._interest(day)
        charged = self._days[: bisect_right(self._days, day)]
        return accrued + sum(self._charged[each] for each in charged)


def _rate_of(cap: AnnualCap, contract_day: Day | None) -> Rate:
    if isinstance(cap.rate, Rate):
        return cap.rate
    if contract_day is None:
        raise InvalidValueError.at(
            "penalty, annual cap",
            expected=f"the day of the contract, whose {cap.rate.reference.name} counts",
            found="none",
            hint="Give contract_day.",
        )
    return cap.rate.rate_on(to_date(contract_day))
