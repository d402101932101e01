"""Interest after a judgment, accrued from change to change and settled by what was paid.

The one idea: between two days on which something changes every base and rate stands still, so each stretch is
one product of whole numbers. The exact sum of each kind of interest is kept as one whole number over one
denominator and rounded as a whole, so that no payment, question or pause changes a cent by splitting a
stretch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, Day, day_number, to_date
from delinquency.cited_tables import warn_if_unverified
from delinquency.errors import InvalidTypeError
from delinquency.judgment.debt import GeneralInterest, JudgmentDebt
from delinquency.judgment.record import JudgmentAccount, JudgmentSegment, JudgmentSettlement
from delinquency.judgment.rules import JudgmentPart, JudgmentRule, JudgmentRules, packaged_rules
from delinquency.rates import RATE_SCALE, Rate
from delinquency.rounding import divide

__all__ = ["judgment_interest"]

_AWARDED: Final = JudgmentPart.AWARDED
_GENERAL: Final = JudgmentPart.GENERAL_INTEREST
_DOUBLED: Final = JudgmentPart.DOUBLED_PART


def judgment_interest(
    debt: JudgmentDebt,
    *,
    as_of: date,
    known_on: date | None = None,
    rules: JudgmentRules | None = None,
) -> JudgmentAccount:
    """What is owed after a judgment at the close of ``as_of`` (迟延履行期间的债务利息).

    The doubled part is the unpaid awarded debt x 0.0175 % a day x the days of delay, by the rules in force
    on each day; general interest is counted apart, as the judgment says, and bears no doubled part.

    The days of delay at the close of a day ``t`` are ``[perform_by, t)``: none at the close of
    ``perform_by``, one at the close of the day after it. A payment ends the days of what it settles on its
    own day: a debt paid on the day after ``perform_by`` was one day late. Days within a pause do not count.
    General interest is borne on ``[accrues_from, day of payment)``, within ``accrues_until``.

    Money that is not enough settles in the order that was agreed, else in that of the law: what the
    judgment awards, its interest before the rest, and then the doubled part. Payments of one day are one.

    Parameters
    ----------
    debt : JudgmentDebt
    as_of : date
        The close of the day; a payment value-dated on it counts.
    known_on : date, optional
        Leave out what the books knew only later.
    rules : JudgmentRules, optional
        Default: ``judgment_rules("cn-delayed-performance")``.

    Returns
    -------
    JudgmentAccount

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyNotInForceError
        A period of performance that ended before the first rules in force, 2014-08-01.

    Examples
    --------
    100,000 unpaid for 200 days; and on the last day of the period of performance:

    >>> from delinquency.currency import Currency
    >>> debt = JudgmentDebt(awarded=100_000, perform_by=date(2024, 3, 1), currency=Currency.of("CNY"))
    >>> account = judgment_interest(debt, as_of=date(2024, 9, 17))
    >>> print(account.segments[0])
    [2024-03-01, 2024-09-17) 100000.00 x 0.0175 % a day x 200 = 3500.00
    >>> judgment_interest(debt, as_of=date(2024, 3, 1)).doubled_part
    Decimal('0.00')

    References
    ----------
    法释〔2014〕8号 Articles 1-4; 民法典 Article 561.
    """
    where = "judgment_interest"
    if not isinstance(debt, JudgmentDebt):
        raise InvalidTypeError.at(f"{where}, debt", expected="a JudgmentDebt", found=debt)
    chosen: object = packaged_rules() if rules is None else rules
    if not isinstance(chosen, JudgmentRules):
        raise InvalidTypeError.at(f"{where}, rules", expected="JudgmentRules", found=chosen)
    as_of_day = day_number(as_of, where=where, field="as_of")
    known = NONE_DAY if known_on is None else day_number(known_on, where=where, field="known_on")
    chosen.rule_on(debt.perform_by_day)
    sweep = _Sweep(debt, chosen, as_of_day)
    sweep.run(_counted_money(debt, as_of_day, known))
    return sweep.account()


def _counted_money(debt: JudgmentDebt, as_of: Day, known: Day) -> dict[Day, int]:
    """Minor units by value day, of the payments that count at the cut."""
    cut = as_of if known == NONE_DAY else known
    money: dict[Day, int] = {}
    for day, minor, recorded, reversed_day in debt.payment_rows:
        if day <= as_of and recorded <= known and reversed_day > cut:
            money[day] = money.get(day, 0) + minor
    return money


@attrs.define(slots=True)
class _Stretch:
    """A segment that may still grow."""

    part: JudgmentPart
    start: Day
    end: Day
    base: int
    rate: Rate
    year_days: int | None
    before: int
    after: int


class _Sweep:
    """The moving state of one debt."""

    __slots__ = (
        "as_of",
        "debt",
        "exact",
        "held",
        "opened",
        "paid",
        "rules",
        "settled",
        "stretches",
    )

    def __init__(self, debt: JudgmentDebt, rules: JudgmentRules, as_of: Day) -> None:
        self.debt, self.rules, self.as_of = debt, rules, as_of
        self.opened = {
            _AWARDED: debt.awarded_minor,
            _GENERAL: debt.interest_minor,
            _DOUBLED: 0,
        }
        self.exact = {_GENERAL: 0, _DOUBLED: 0}
        self.stretches: list[_Stretch] = []
        self.settled: list[tuple[Day, JudgmentPart, int]] = []
        self.paid = self.held = 0

    def run(self, money: dict[Day, int]) -> None:
        """Walk the days on which something changes, up to the close asked for."""
        days = sorted({*money, *self._changes(), self.as_of})
        for start, end in zip(days, [*days[1:], self.as_of], strict=True):
            if start in money:
                self._settle(start, money[start])
            if start < end:
                self._accrue(start, end)

    def _changes(self) -> Iterable[Day]:
        debt, general = self.debt, self.debt.general_interest
        days = {
            debt.perform_by_day,
            *self.rules.days,
            *(d for pair in debt.pause_days for d in pair),
        }
        if general is not None:
            days |= {general.from_day, general.until_day, *general.rate_days}
        return (day for day in days if day < self.as_of)

    def _accrue(self, start: Day, end: Day) -> None:
        """The interest of days within which nothing changes."""
        general, unpaid = self.debt.general_interest, self.opened[_AWARDED]
        if general is not None and general.from_day <= start < general.until_day:
            place = bisect_right(general.rate_days, start) - 1
            base = min(self.debt.base_minor, unpaid)
            rate, scaled = general.rates[place][1], general.scaled_at(place)
            self._add(_GENERAL, start, end, base, rate, scaled)
        if start >= self.debt.perform_by_day and not self._is_paused(start):
            rule = self._rule(start)
            self._add(_DOUBLED, start, end, unpaid, rule.daily_rate, rule.daily_rate.scaled)

    def _is_paused(self, day: Day) -> bool:
        return any(start <= day < end for start, end in self.debt.pause_days)

    def _rule(self, day: Day) -> JudgmentRule:
        rule = self.rules.rule_on(max(day, self.debt.perform_by_day))
        warn_if_unverified(rule.verification, self.rules.version_of(rule))
        return rule

    def _add(
        self, part: JudgmentPart, start: Day, end: Day, base: int, rate: Rate, scaled: int
    ) -> None:
        before = self._rounded(part)
        self.exact[part] += base * (end - start) * scaled
        after = self._rounded(part)
        self.opened[part] += after - before
        if not base:
            return
        last = next((one for one in reversed(self.stretches) if one.part is part), None)
        if last is not None and (last.end, last.base, last.rate) == (start, base, rate):
            last.end, last.after = end, after
            return
        year_days = None if self._denominator(part) == 1 else self._denominator(part)
        self.stretches.append(_Stretch(part, start, end, base, rate, year_days, before, after))

    def _denominator(self, part: JudgmentPart) -> int:
        general: GeneralInterest | None = self.debt.general_interest
        return general.denominator if part is _GENERAL and general is not None else 1

    def _rounded(self, part: JudgmentPart) -> int:
        """The whole of a kind of interest so far [minor units]."""
        denominator = self._denominator(part) * RATE_SCALE
        return divide(self.exact[part], denominator, self.debt.rounding)

    def _order(self, day: Day) -> tuple[JudgmentPart, ...]:
        return self.debt.agreed_order or self._rule(day).order

    def _settle(self, day: Day, money: int) -> None:
        self.paid += money
        self.held += money
        for part in self._order(day):
            used = min(self.held, self.opened[part])
            if used:
                self.opened[part] -= used
                self.held -= used
                self.settled.append((day, part, used))

    def account(self) -> JudgmentAccount:
        """What the sweep left behind."""
        debt, rule = self.debt, self._rule(self.as_of)
        currency = debt.currency
        amounts = {
            "awarded": debt.awarded_minor,
            "awarded_open": self.opened[_AWARDED],
            "general_interest": debt.interest_minor + self._rounded(_GENERAL),
            "interest_awarded": debt.interest_minor,
            "general_interest_open": self.opened[_GENERAL],
            "doubled_part": self._rounded(_DOUBLED),
            "doubled_part_open": self.opened[_DOUBLED],
            "paid": self.paid,
            "unallocated": self.held,
        }
        return JudgmentAccount(
            as_of=to_date(self.as_of),
            currency=currency,
            segments=tuple(self._segments()),
            settlements=tuple(
                JudgmentSettlement(to_date(day), part, from_minor(minor, currency))
                for day, part, minor in self.settled
            ),
            order=self._order(self.as_of),
            rules=self.rules.version_of(rule),
            rounding=debt.rounding,
            citations=rule.citations,
            verification=rule.verification,
            **{name: from_minor(minor, currency) for name, minor in amounts.items()},
        )

    def _segments(self) -> Iterable[JudgmentSegment]:
        for one in sorted(self.stretches, key=lambda one: (one.start, one.part is _DOUBLED)):
            yield JudgmentSegment(
                part=one.part,
                start=to_date(one.start),
                end=to_date(one.end),
                base=from_minor(one.base, self.debt.currency),
                rate=one.rate,
                days=one.end - one.start,
                year_days=one.year_days,
                amount=from_minor(one.after - one.before, self.debt.currency),
            )
