"""What a delay costs, added up day by day while an account is lived through.

The one idea: at the close of each day every late debt is looked at once - what of it is open, at which rate it
bears, which part of a year the day is - and what the day bore is added to the sums of the debt. Rounding
looks at these sums when somebody asks, at the grain of the terms. Fractions of a currency unit throughout.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.day_counts import ORACLE, Context
from tests.oracle.debts import NOTHING, Debt, Page
from tests.oracle.exact_rounding import rounded

ONE_DAY = timedelta(days=1)
PERIODS = {"year": 1, "month": 12}
BASES = {
    "overdue_principal": ["principal"],
    "overdue_instalment": ["principal", "interest"],
    "overdue_amount": ["principal", "interest", "fees"],
    "outstanding_principal": [],
}
NO_COUPON = Context(
    date(1990, 1, 1), date(1991, 1, 1), 1, end_of_month=False, maturity=date(2100, 1, 1)
)


@dataclass
class Sum:
    """What one debt bore of one kind: exactly, by day and by run of equal days."""

    exact: Fraction = NOTHING
    by_day: Fraction = NOTHING
    by_run: Fraction = NOTHING
    """Of the runs that have ended."""
    run: Fraction = NOTHING
    alike: tuple[Any, ...] = ()
    last: date | None = None

    def add(self, day: date, alike: tuple[Any, ...], borne: Fraction, cents: Any) -> None:
        if (self.last, self.alike) != (day - ONE_DAY, alike):
            self.by_run += cents(self.run)
            self.run = NOTHING
        self.last, self.alike = day, alike
        self.run += borne
        self.exact += borne
        self.by_day += cents(borne)


@dataclass
class Toll:
    """What one debt bore so far: of each kind, what is owed of it and what was waived."""

    debt: Debt
    base_when_due: Fraction = NOTHING
    is_charged: bool = True
    posted: Fraction = NOTHING
    owed: dict[str, Sum] = field(default_factory=dict)
    waived: dict[str, Sum] = field(default_factory=dict)

    def figure(self, sums: dict[str, Sum], grain: str, cents: Any) -> Fraction:
        """Rounded at a grain of the debt itself."""
        if grain == "day":
            return sum((one.by_day for one in sums.values()), NOTHING)
        if grain == "segment":
            return sum((one.by_run + cents(one.run) for one in sums.values()), NOTHING)
        return cents(sum((one.exact for one in sums.values()), NOTHING))

    def exactly(self, sums: dict[str, Sum]) -> Fraction:
        return sum((one.exact for one in sums.values()), NOTHING)


class Delay:
    """The penalty of one account under the terms of a policy."""

    def __init__(self, account: Any, terms: Any, page: Page, knows: Any) -> None:
        self.account, self.terms, self.page = account, terms, page
        self.cent = Fraction(1, 10**account.currency.minor_unit)
        self.mode, self.grain = terms.rounding.value, terms.grain.value
        self.base = terms.base.value
        self.bearing = list(BASES[self.base])
        if terms.compounding.value == "on_posting":
            self.bearing.append("penalty")
        self.late = ["principal", "interest", "fees"][: 3 if self.base == "overdue_amount" else 2]
        self.tolls: dict[int | str, Toll] = {}
        spans = [event for event in account.events if hasattr(event, "start")]
        known = [span for span in spans if knows(span, span.start)]
        self.waivers = [span for span in known if type(span).__name__ == "PenaltyWaiver"]
        self.misuses = [span for span in known if type(span).__name__ == "FundsMisuse"]

    def cents(self, amount: Fraction) -> Fraction:
        return rounded(amount / self.cent, self.mode) * self.cent

    def tolls_in_rank(self) -> Iterator[Toll]:
        for debt in self.page.debts:
            if debt.name not in self.tolls:
                self.tolls[debt.name] = Toll(debt, is_charged=self._grace() != "trigger_only")
            yield self.tolls[debt.name]

    def _grace(self) -> str:
        kind = self.terms.grace_kind
        return "none" if kind is None else kind.value

    # One day.

    def fall_due(self, today: date) -> None:
        """Before the money of a day: what falls due or enters on it is the base of a cap by share."""
        for toll in self.tolls_in_rank():
            self._take_base(toll, today)

    def take_fees(self, today: date, names: set[str]) -> None:
        """At the close of a day: the same of the fees charged then."""
        for toll in self.tolls_in_rank():
            if toll.debt.name in names:
                self._take_base(toll, today)

    def _take_base(self, toll: Toll, today: date) -> None:
        debt = toll.debt
        if debt.in_force and max(debt.due, debt.appears_on) == today:
            toll.base_when_due = debt.counted(self.bearing)

    def close(self, today: date) -> None:
        """The day bears on what is open at its close."""
        due = [toll for toll in self.tolls_in_rank() if _bears(toll.debt, today)]
        late = [toll for toll in due if toll.debt.counted(self.late)]
        for toll in late:
            if (today - toll.debt.due).days >= self.terms.grace_days:
                toll.is_charged = True
        for toll in due:
            is_free = (today - toll.debt.due).days < self.terms.grace_days
            if is_free and self._grace() == "never_charged":
                continue
            base = toll.debt.counted(self.bearing)
            if self.base == "outstanding_principal":
                base = self._outstanding(due) if late and toll is late[0] else NOTHING
            self._bear(today, toll, "penalty", base)
            if self.terms.compounding.value == "unpaid_interest":
                self._bear(today, toll, "compound", toll.debt.counted(["interest"]))

    def _outstanding(self, due: list[Toll]) -> Fraction:
        everything = [debt.open.get("principal", NOTHING) for debt in self.page.standing()]
        posted = [toll.debt.counted(["penalty"]) for toll in due if "penalty" in self.bearing]
        return sum((*everything, *posted), NOTHING)

    def _bear(self, today: date, toll: Toll, kind: str, base: Fraction) -> None:
        if not base:
            return
        rate = self._rate(toll.debt.due, today)
        share = self._waived_on(today)
        borne = base * weight(rate, toll.debt.due, today, self.terms.day_count.label)
        alike = (base, rate, share)
        owed = toll.owed.setdefault(kind, Sum())
        owed.add(today, alike, borne * (1 - share) if share else borne, self.cents)
        if share:
            toll.waived.setdefault(kind, Sum()).add(today, alike, borne * share, self.cents)

    def _waived_on(self, today: date) -> Fraction:
        for span in self.waivers:
            if _within(span, today):
                return Fraction(span.share.numerator, span.share.denominator)
        return NOTHING

    def _rate(self, due: date, today: date) -> tuple[Fraction, str]:
        """In hundred-millionths, and its period."""
        rule = self.terms.rate
        match type(rule).__name__:
            case "FixedPenaltyRate":
                rate = _holding(rule.rates, today).rate
                return Fraction(rate.scaled), rate.period.value
            case "RateByAge":
                age = (today - due).days + 1
                rate = [tier.rate for tier in rule.tiers if tier.from_day <= age][-1]
                return Fraction(rate.scaled), rate.period.value
        factor = _holding(rule.factors, today).factor
        number = Fraction(factor.numerator, factor.denominator)
        if any(_within(span, today) for span in self.misuses):
            worse = rule.misuse_factor
            number = max(number, Fraction(worse.numerator, worse.denominator))
        rate = _holding(self.account.contract_rates, today).rate
        return rate.scaled * number, rate.period.value

    # What is asked.

    def accrued(self) -> list[tuple[Toll, Fraction]]:
        """What each debt bore by now, rounded and capped, in the order in which they rank."""
        running, given, found = NOTHING, NOTHING, []
        for toll in self.tolls_in_rank():
            figure = NOTHING
            limits = list(self._shares(toll))
            if toll.is_charged and self.grain == "account":
                bore = toll.exactly(toll.owed)
                running += min([bore, *limits])
                figure = self.cents(running) - given if bore else NOTHING
            elif toll.is_charged:
                figure = toll.figure(toll.owed, self.grain, self.cents)
            found.append((toll, min([figure, *limits])))
            given += found[-1][1]
        return self._within_room(found)

    def _shares(self, toll: Toll) -> Iterator[Fraction]:
        for cap in self.terms.caps:
            if type(cap).__name__ == "ShareOfBase":
                limit = toll.base_when_due * Fraction(cap.share.numerator, cap.share.denominator)
                yield limit // self.cent * self.cent

    def _within_room(self, found: list[tuple[Toll, Fraction]]) -> list[tuple[Toll, Fraction]]:
        caps = [cap for cap in self.terms.caps if type(cap).__name__ == "AbsoluteCap"]
        if not caps:
            return found
        room, kept = min(Fraction(cap.amount) for cap in caps), []
        for toll, figure in found:
            kept.append((toll, min(figure, room)))
            room -= kept[-1][1]
        return kept

    def accrued_in_all(self) -> Fraction:
        return sum((figure for _, figure in self.accrued()), NOTHING)

    def posted_in_all(self) -> Fraction:
        return sum((toll.posted for toll in self.tolls.values()), NOTHING)

    def waived_in_all(self) -> Fraction:
        """What waivers took, rounded by itself at the same grain."""
        tolls = [toll for toll in self.tolls_in_rank() if toll.is_charged]
        if self.grain == "account":
            return self.cents(sum((toll.exactly(toll.waived) for toll in tolls), NOTHING))
        return sum((toll.figure(toll.waived, self.grain, self.cents) for toll in tolls), NOTHING)

    @property
    def is_shared(self) -> bool:
        """Whether what one debt is owed depends on the others."""
        caps = [type(cap).__name__ for cap in self.terms.caps]
        return self.grain == "account" or "AbsoluteCap" in caps

    def post(self) -> Iterator[tuple[Debt, Fraction]]:
        """What each debt bore and was not posted yet; together never more than the account bore."""
        found = self.accrued()
        room = sum((figure for _, figure in found), NOTHING) - self.posted_in_all()
        for toll, figure in found:
            new = figure - toll.posted
            new = max(NOTHING, min(new, room) if self.is_shared else new)
            toll.posted += new
            room -= new
            if new:
                yield toll.debt, new


def _bears(debt: Debt, today: date) -> bool:
    return debt.in_force and debt.due <= today and any(debt.open.values())


def _within(span: Any, day: date) -> bool:
    return span.start <= day and (span.end is None or day < span.end)


def _holding(rows: Any, day: date) -> Any:
    return [row for row in rows if row.effective_on <= day][-1]


@lru_cache(maxsize=100_000)
def weight(rate: tuple[Fraction, str], due: date, day: date, label: str) -> Fraction:
    """What one unit bears on one day."""
    scaled, period = rate
    if period == "day":
        return scaled / 10**8
    return scaled * PERIODS[period] / 10**8 * part_of_year(due, day, label)


def part_of_year(due: date, day: date, label: str) -> Fraction:
    """The part of a year that one day is; of months of thirty days, counted from the due date."""
    if label == "Act/360":
        return Fraction(1, 360)
    if label == "Act/365F":
        return Fraction(1, 365)
    if label == "Act/Act ISDA":
        return Fraction(1, 366 if isleap(day.year) else 365)
    count = ORACLE[label]
    before = count(due, day, NO_COUPON) if day > due else NOTHING
    return count(due, day + ONE_DAY, NO_COUPON) - before
