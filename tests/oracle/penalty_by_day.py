"""An independent answer to what a delay costs: every day of every debt lived through, in fractions.

The one idea: nothing is computed that can be lived. Each late day of each debt is looked at by itself: what
was open at its close, at which rate it bore, which part of a year it was, which share of it was waived. Sums
are sums of fractions, rounded where the terms say so. It is slow, reads the public fields of terms, and
imports nothing of the library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import Any

from tests.oracle.day_counts import ORACLE, Context

ONE_DAY = timedelta(days=1)
PERIODS = {"year": 1, "month": 12}
COLUMNS = {
    "overdue_principal": (0,),
    "overdue_instalment": (0, 1),
    "overdue_amount": (0, 1, 2),
    "outstanding_principal": (),
}
NO_COUPON = Context(
    date(1990, 1, 1), date(1991, 1, 1), 1, end_of_month=False, maturity=date(2100, 1, 1)
)


@dataclass(frozen=True)
class DebtFacts:
    place: int
    due: date
    amounts: tuple[int, int, int, int]
    changes: tuple[tuple[date, tuple[int, int, int, int]], ...] = ()


@dataclass(frozen=True)
class Facts:
    debts: tuple[DebtFacts, ...]
    outstanding: tuple[tuple[date, int], ...] = ()
    contract_rates: tuple[tuple[date, Any], ...] = ()
    contract_date: date | None = None
    misused: tuple[tuple[date, date], ...] = ()
    waived: tuple[tuple[date, date, Any], ...] = ()
    suspended: tuple[tuple[date, date], ...] = ()
    charges: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True)
class DayLine:
    """What one day of one debt and kind bore, before a waiver."""

    kind: str
    day: date
    base: int
    rate: Any
    borne: Fraction
    waived_share: Fraction


@dataclass
class Answer:
    accrued: dict[int, int] = field(default_factory=dict)
    exact: dict[int, Fraction] = field(default_factory=dict)
    lines: list[tuple] = field(default_factory=list)
    uncapped: dict[int, int] = field(default_factory=dict)
    limited: dict[int, int] = field(default_factory=dict)
    """After the caps on the debt itself."""


def rounded(value: Fraction, mode: str) -> int:
    low, rest = floor(value), value - floor(value)
    if not rest:
        return low
    half = Fraction(1, 2)
    goes_up = {
        "half_up": rest >= half,
        "half_down": rest > half,
        "half_even": rest > half or (rest == half and low % 2 == 1),
        "up": True,
        "ceiling": True,
        "down": False,
        "floor": False,
    }
    return low + goes_up[mode]


def holding(table, day: date):
    """The value of the latest row that is not after a day."""
    found = [value for since, value in table if since <= day]
    assert found, f"no row by {day}"
    return found[-1]


def within(spans, day: date) -> bool:
    return any(start <= day < end for start, end, *_ in spans)


class Life:
    """The debts of an account and the days that they live through."""

    def __init__(self, terms: Any, facts: Facts, until: date) -> None:
        self.terms, self.facts, self.until = terms, facts, until
        self.mode = terms.rounding.value
        self.columns = COLUMNS[terms.base.value]
        if terms.compounding.value == "on_posting":
            self.columns += (3,)
        self.late = (0, 1, 2) if terms.base.value == "overdue_amount" else (0, 1)

    def open_on(self, debt: DebtFacts, day: date):
        amounts = debt.amounts
        for since, changed in debt.changes:
            if since <= day:
                amounts = changed
        return amounts if day >= debt.due else (0, 0, 0, 0)

    def is_late(self, debt: DebtFacts, day: date) -> bool:
        return any(self.open_on(debt, day)[column] for column in self.late)

    def base_on(self, debt: DebtFacts, day: date) -> int:
        if self.terms.base.value != "outstanding_principal":
            return sum(self.open_on(debt, day)[column] for column in self.columns)
        late = [each for each in self.facts.debts if self.is_late(each, day)]
        if not late or min(late, key=lambda each: each.place) is not debt:
            return 0
        joined = sum(self.open_on(each, day)[3] for each in self.facts.debts)
        return holding(self.facts.outstanding, day) + (joined if 3 in self.columns else 0)

    def rate_on(self, debt: DebtFacts, day: date):
        """Scaled by 1e8, and its period."""
        rule = self.terms.rate
        match type(rule).__name__:
            case "FixedPenaltyRate":
                rate = holding([(row.effective_on, row.rate) for row in rule.rates], day)
                return rate.scaled, rate.period.value
            case "ReferencePlusMargin":
                return holding(rule.reference.rates, day).scaled + rule.margin.scaled, "year"
            case "RateByAge":
                age = (day - debt.due).days + 1
                rate = [tier.rate for tier in rule.tiers if tier.from_day <= age][-1]
                return rate.scaled, rate.period.value
            case "ContractMultiple":
                factor = holding([(row.effective_on, row.factor) for row in rule.factors], day)
                number = Fraction(factor.numerator, factor.denominator)
                if within(self.facts.misused, day):
                    worse = rule.misuse_factor
                    number = max(number, Fraction(worse.numerator, worse.denominator))
                rate = holding(self.facts.contract_rates, day)
                return rate.scaled * number, rate.period.value
        raise AssertionError(rule)

    def part_of_year(self, due: date, day: date, label: str) -> Fraction:
        count = ORACLE[label]
        before = count(due, day, NO_COUPON) if day > due else Fraction(0)
        return count(due, day + ONE_DAY, NO_COUPON) - before

    def borne(self, base: int, rate, due: date, day: date, label: str) -> Fraction:
        scaled, period = rate
        if period == "day":
            return Fraction(base * scaled, 10**8)
        return Fraction(base * scaled * PERIODS[period], 10**8) * self.part_of_year(due, day, label)

    def is_charged(self, debt: DebtFacts) -> bool:
        if self.terms.grace_kind is None or self.terms.grace_kind.value != "trigger_only":
            return True
        day = debt.due + self.terms.grace_days * ONE_DAY
        while day < self.until:
            if self.is_late(debt, day):
                return True
            day += ONE_DAY
        return False

    def days_of(self, debt: DebtFacts) -> Iterator[DayLine]:
        if not self.is_charged(debt):
            return
        day = debt.due
        if self.terms.grace_kind is not None and self.terms.grace_kind.value == "never_charged":
            day += self.terms.grace_days * ONE_DAY
        while day < self.until:
            if not within(self.facts.suspended, day):
                yield from self.lines_on(debt, day)
            day += ONE_DAY

    def lines_on(self, debt: DebtFacts, day: date) -> Iterator[DayLine]:
        bases = [("penalty", self.base_on(debt, day))]
        if self.terms.compounding.value == "unpaid_interest":
            bases.append(("compound", self.open_on(debt, day)[1]))
        shares = [share for start, end, share in self.facts.waived if start <= day < end]
        waived = Fraction(shares[0].numerator, shares[0].denominator) if shares else Fraction(0)
        for kind, base in bases:
            if base:
                rate = self.rate_on(debt, day)
                borne = self.borne(base, rate, debt.due, day, self.terms.day_count.label)
                yield DayLine(kind, day, base, rate, borne, waived)

    def segments_of(self, debt: DebtFacts) -> list[list[DayLine]]:
        """Maximal runs of days of one kind with one base, rate and waived share."""
        found = []
        days = list(self.days_of(debt))
        for kind in ("penalty", "compound"):
            of_kind = [line for line in days if line.kind == kind]
            numbered = enumerate(of_kind)
            runs = groupby(
                numbered,
                key=lambda each: (
                    each[1].day - each[0] * ONE_DAY,
                    each[1].base,
                    each[1].rate,
                    each[1].waived_share,
                ),
            )
            found += [[line for _, line in run] for _, run in runs]
        return sorted(found, key=lambda run: (run[0].day, run[0].kind != "penalty"))

    def answer(self) -> Answer:
        answer = Answer()
        running, given = Fraction(0), 0
        debts = sorted(self.facts.debts, key=lambda debt: debt.place)
        for debt in debts:
            segments = self.segments_of(debt)
            owed = [[line.borne * (1 - line.waived_share) for line in run] for run in segments]
            answer.exact[debt.place] = sum(map(sum, owed), Fraction(0))
            answer.lines += [self.line_of(debt, run) for run in segments]
            limits = list(self.limits(debt))
            match self.terms.grain.value:
                case "day":
                    figure = sum(rounded(day, self.mode) for run in owed for day in run)
                case "segment":
                    figure = sum(rounded(sum(run), self.mode) for run in owed)
                case "instalment":
                    figure = rounded(answer.exact[debt.place], self.mode)
                case "account":
                    figure = rounded(running + answer.exact[debt.place], self.mode) - given
                    running += min([answer.exact[debt.place], *limits])
                    answer.limited[debt.place] = min([rounded(running, self.mode) - given, *limits])
                    given += answer.limited[debt.place]
            answer.uncapped[debt.place] = figure
            answer.limited.setdefault(debt.place, min([figure, *limits]))
        self.cap(debts, answer)
        return answer

    def line_of(self, debt: DebtFacts, run: list[DayLine]) -> tuple:
        first, last = run[0], run[-1]
        borne = sum(line.borne for line in run)
        return (debt.place, first.kind, first.day, last.day + ONE_DAY, first.base, first.rate,
                first.waived_share, borne)  # fmt: skip

    def cap(self, debts: list[DebtFacts], answer: Answer) -> None:
        left = [self.room(cap) for cap in self.terms.caps if type(cap).__name__ != "ShareOfBase"]
        for debt in debts:
            figure = min([answer.limited[debt.place], *left])
            left = [room - figure for room in left]
            answer.accrued[debt.place] = figure

    def limits(self, debt: DebtFacts) -> Iterator[int]:
        for cap in self.terms.caps:
            if type(cap).__name__ == "ShareOfBase":
                at_due = debt.amounts
                for since, changed in debt.changes:
                    if since < debt.due:
                        at_due = changed
                base = sum(at_due[column] for column in self.columns)
                yield floor(base * Fraction(cap.share.numerator, cap.share.denominator))

    def room(self, cap: Any) -> int:
        if type(cap).__name__ == "AbsoluteCap":
            return int(cap.amount * 100)
        rate = cap.rate
        if hasattr(rate, "factor"):
            published = holding(rate.reference.rates, self.facts.contract_date)
            factor = Fraction(rate.factor.numerator, rate.factor.denominator)
            scaled = published.scaled * factor, published.period.value
        else:
            scaled = rate.scaled, rate.period.value
        start = day = self.facts.outstanding[0][0]
        bearable = Fraction(0)
        while day < self.until:
            principal = holding(self.facts.outstanding, day)
            bearable += self.borne(principal, scaled, start, day, cap.day_count.label)
            day += ONE_DAY
        taken = sum(amount for since, amount in self.facts.charges if since <= self.until)
        return max(0, floor(bearable) - taken)


def oracle_penalty(terms: Any, facts: Facts, until: date) -> Answer:
    """Live through every day before ``until``."""
    return Life(terms, facts, until).answer()
