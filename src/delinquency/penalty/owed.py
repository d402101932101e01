"""What has accrued on the debts of an account, rounded at the grain of the terms and cut by their caps.

Three debts of 0.4 are one cent at the grain of the account, none at that of the instalment. The one idea:
exact sums are rounded in one place, here, so that what is owed never shrinks while days pass: a sum of the
account counts a debt up to its own cap, and passes on what rounding gave or kept.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from delinquency.calendar import Day, to_date
from delinquency.penalty.account_room import AccountRoom
from delinquency.penalty.bearing_runs import Measure
from delinquency.penalty.caps import AbsoluteCap, PenaltyCap, ShareOfBase
from delinquency.penalty.conventions import PenaltyGrace, RoundingGrain
from delinquency.penalty.debts import Debt, bearing_columns, late_columns
from delinquency.penalty.segments import BoundCap
from delinquency.penalty.terms import PenaltyTerms
from delinquency.rounding import RoundingMode

__all__ = ["OwedPenalty", "Share"]


class Share(NamedTuple):
    """What is owed on one debt, and what the sums of the account had reached before it."""

    debt: Debt
    rounded: int
    """Before any cap [minor units]."""
    amount: int
    """After caps on the debt itself [minor units]."""
    exact_before: int = 0
    """Of the debts that rank before it, up to their own caps [1 / denominator of the measure]."""
    amount_before: int = 0
    """Of the same, rounded [minor units]; both are 0 at any grain but that of the account."""


class OwedPenalty:
    """The debts of an account in the order in which they rank, and what is owed on them by a day.

    Attributes
    ----------
    debts : list of Debt
    is_shared : bool
        Whether what one debt is owed depends on the others.
    """

    __slots__ = ("_bases", "_last", "_lates", "_measure", "_room", "_terms", "debts", "is_shared")

    def __init__(self, terms: PenaltyTerms, measure: Measure, room: AccountRoom) -> None:
        self._terms = terms
        self._measure = measure
        self._room = room
        self._bases = bearing_columns(terms)
        self._lates = late_columns(terms)
        self._last: tuple[Day, Sequence[int]] | None = None
        self.debts: list[Debt] = []
        self.is_shared = terms.grain is RoundingGrain.ACCOUNT or room.has_caps

    def add(self, debt: Debt) -> None:
        """A further debt, at its place."""
        insort(self.debts, debt, key=_place)

    def bears(self, debt: Debt, day: Day) -> bool:
        """Whether a debt that may still be within days of grace is past them by ``day``."""
        if self._terms.grace_kind is not PenaltyGrace.TRIGGER_ONLY:
            return True
        return debt.first_late_day(debt.due_day + self._terms.grace_days, self._lates) < day

    def bearing(self, day: Day) -> list[tuple[Share, int]]:
        """The debts that bear by ``day``, with what is owed on each after all caps [minor units]."""
        owed = zip(self._shares(self.debts, day), self.by_debt(day), strict=True)
        return [(share, amount) for share, amount in owed if self.bears(share.debt, day)]

    def exact(self, debt: Debt, day: Day) -> int:
        """What a debt bore before ``day``, exactly [1 / denominator of the measure]."""
        if day <= debt.due_day or not self.bears(debt, day):
            return 0
        return sum(runs.exact(day) for runs in debt.runs)

    def of(self, debt: Debt, day: Day) -> int:
        """What is owed on a debt by ``day``, rounded and capped [minor units]."""
        if self.is_shared:
            return self.by_debt(day)[bisect_left(self.debts, debt.place, key=_place)]
        return self._share(debt, self._rounded(debt, day)).amount

    def by_debt(self, day: Day) -> Sequence[int]:
        """The same of every debt; what room an account has goes to the debts that rank first."""
        if self._last is None or self._last[0] != day:
            self._last = day, self._by_debt(day)
        return self._last[1]

    def forget(self) -> None:
        """A fact came: what was worked out may be otherwise."""
        self._last = None

    def _by_debt(self, day: Day) -> Sequence[int]:
        amounts = [share.amount for share in self._shares(self.debts, day)]
        room = self._room.at(day)
        if room is None:
            return amounts
        posted = [debt.posted for debt in self.debts]
        is_later = all(debt.posted_until <= day for debt in self.debts if debt.posted)
        if is_later and sum(posted) >= min(room, sum(amounts)):
            # A fee can take room away on which penalty stands already; what was posted stays.
            return posted
        for number, amount in enumerate(amounts):
            amounts[number] = min(amount, room)
            room -= amounts[number]
        return amounts

    def bound_caps(self, day: Day) -> Iterator[BoundCap]:
        """The caps by which something was held back by some day up to ``day``, and since when."""
        # What bore nothing by the day bore nothing before it, and changes no sum of the others.
        debts = [debt for debt in self.debts if self.exact(debt, day)]
        first = min((debt.due_day for debt in debts), default=day)
        for cap in self._terms.caps:
            if isinstance(cap, ShareOfBase):
                for number, debt in enumerate(debts):
                    days = range(debt.due_day + 1, day + 1)
                    yield from self._bound(cap, debts, number, days, debt.place)
            else:
                yield from self._bound(cap, debts, 0, range(first + 1, day + 1), None)

    def _bound(
        self,
        cap: PenaltyCap,
        debts: Sequence[Debt],
        number: int,
        days: Sequence[Day],
        place: int | None,
    ) -> Iterator[BoundCap]:
        def is_bound(day: Day) -> bool:
            accrued, limit = self._under(cap, debts, number, day)
            return accrued > limit

        doubtful = days
        if isinstance(cap, ShareOfBase):
            doubtful = self._doubtful(cap, debts[number], days)
        if isinstance(cap, AbsoluteCap):
            # Neither what accrues nor the limit shrinks, so the days that are bound are the last.
            doubtful = days[bisect_left(days, 1, key=lambda day: int(is_bound(day))) :]
        since = next(filter(is_bound, doubtful), None)
        if since is not None:
            accrued, limit = self._under(cap, debts, number, days[-1])
            yield BoundCap(
                cap, to_date(since), place, accrued_minor=accrued, limit_minor=min(accrued, limit)
            )

    def _doubtful(self, cap: ShareOfBase, debt: Debt, days: Sequence[Day]) -> Sequence[Day]:
        """The days on which rounding decides whether a share binds a debt, and the first on which it must.

        A sum of the account is rounded before and after a debt, so what the debt is owed differs from what
        is exact by a unit at most. By itself a debt is owed no less on a later day.
        """
        limit, unit = self._share_limit(debt, cap), self._measure.denominator
        if self._terms.grain is RoundingGrain.ACCOUNT:
            first, last = (
                bisect_left(days, 1, key=lambda day: int(self.exact(debt, day) > most * unit))
                for most in (limit - 1, limit + 1)
            )
            return days[first : last + 1]
        at = bisect_left(days, 1, key=lambda day: int(self._rounded(debt, day) > limit))
        return days[at:]

    def _under(
        self, cap: PenaltyCap, debts: Sequence[Debt], number: int, day: Day
    ) -> tuple[int, int]:
        """What had accrued by a day of what a cap looks at, and what it lets be owed [minor units]."""
        shares = self._shares(debts, day)
        if isinstance(cap, ShareOfBase):
            return shares[number].rounded, self._share_limit(debts[number], cap)
        return sum(share.amount for share in shares), self._room.under(cap, day)

    def _shares(self, debts: Sequence[Debt], day: Day) -> list[Share]:
        """What is owed on each debt under its own caps; one that bore nothing is owed nothing."""
        if self._terms.grain is not RoundingGrain.ACCOUNT:
            return [self._share(debt, self._rounded(debt, day)) for debt in debts]
        shares: list[Share] = []
        exact = given = 0
        unit = self._measure.denominator
        for debt in debts:
            bore = self.exact(debt, day)
            if bore == 0:
                shares.append(Share(debt, 0, 0))
                continue
            rounded = self._measure.rounded(exact + bore) - given
            limit = self._limit(debt)
            kept = bore if limit is None else min(bore, limit * unit)
            amount = self._measure.rounded(exact + kept) - given
            if limit is not None:
                amount = min(amount, limit)
            shares.append(Share(debt, rounded, amount, exact, given))
            exact += kept
            given += amount
        return shares

    def _share(self, debt: Debt, rounded: int) -> Share:
        limit = self._limit(debt)
        return Share(debt, rounded, rounded if limit is None else min(rounded, limit))

    def _rounded(self, debt: Debt, day: Day) -> int:
        if self._terms.grain is RoundingGrain.INSTALMENT:
            return self._measure.rounded(self.exact(debt, day))
        if day <= debt.due_day or not self.bears(debt, day):
            return 0
        return sum(runs.rounded(day) for runs in debt.runs)

    def _limit(self, debt: Debt) -> int | None:
        """The least that a cap on the debt itself lets be owed; ``None`` without one [minor units]."""
        shares = (cap for cap in self._terms.caps if isinstance(cap, ShareOfBase))
        return min((self._share_limit(debt, cap) for cap in shares), default=None)

    def _share_limit(self, debt: Debt, cap: ShareOfBase) -> int:
        base = sum(debt.at_due[column] for column in self._bases)
        return cap.share.of(base, RoundingMode.DOWN)


def _place(debt: Debt) -> int:
    return debt.place
