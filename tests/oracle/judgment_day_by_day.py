"""Debt after a judgment, lived through: one calendar day after the other, in fractions.

The one idea: a day of delay is a day that somebody waits. Each day the money of that day is put where the
order says, and then one day of interest is added to each sum. It shares no arithmetic with the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.exact_rounding import rounded

ONE_DAY = timedelta(days=1)
SCALE = 10**8
YEAR_DAYS = {"act_360": 360, "act_365f": 365, "act_364": 364}


@dataclass
class JudgmentAnswer:
    """Minor units of each part: accrued, and open."""

    accrued: dict[str, int]
    open: dict[str, int]
    paid: int = 0
    unallocated: int = 0
    late_days: dict[Fraction, int] = field(default_factory=dict)


def live_through(
    debt: Any, *, as_of: date, rules: Any, known_on: date | None = None
) -> JudgmentAnswer:
    """Every day from the first fact to the close of ``as_of``."""
    unit = 10**debt.currency.minor_unit
    mode = debt.rounding.value
    exact = {"general_interest": Fraction(0), "doubled_part": Fraction(0)}
    settled = {"awarded": 0, "general_interest": 0, "doubled_part": 0}
    awarded = int(Fraction(debt.awarded) * unit)
    answer = JudgmentAnswer({}, {})

    def accrued(part: str) -> int:
        stated = {
            "awarded": awarded,
            "general_interest": int(Fraction(debt.interest_awarded) * unit),
        }
        return stated.get(part, 0) + (0 if part == "awarded" else rounded(exact[part], mode))

    today = _first_day(debt)
    while today <= as_of:
        money = _money_of(debt, today, as_of, known_on, unit)
        answer.paid += money
        answer.unallocated += money
        for part in _order(debt, rules, today):
            used = min(answer.unallocated, accrued(part) - settled[part])
            settled[part] += used
            answer.unallocated -= used
        if today < as_of:
            unpaid = Fraction(awarded - settled["awarded"])
            exact["general_interest"] += _general_of_a_day(debt, today, unpaid, unit)
            if today >= debt.perform_by and not _is_stayed(debt, today) and unpaid:
                exact["doubled_part"] += unpaid * Fraction(
                    _rule(rules, today).daily_rate.scaled, SCALE
                )
                answer.late_days[unpaid] = answer.late_days.get(unpaid, 0) + 1
        today += ONE_DAY
    answer.accrued = {part: accrued(part) for part in settled}
    answer.open = {part: accrued(part) - settled[part] for part in settled}
    return answer


def _first_day(debt: Any) -> date:
    days = [debt.perform_by, *(payment.value_date for payment in debt.payments)]
    if debt.general_interest is not None:
        days.append(debt.general_interest.accrues_from)
    return min(days)


def _money_of(debt: Any, today: date, as_of: date, known_on: date | None, unit: int) -> int:
    total = 0
    for payment in debt.payments:
        is_known = known_on is None or (payment.recorded_on or payment.value_date) <= known_on
        is_reversed = payment.reversed_on is not None and payment.reversed_on <= (known_on or as_of)
        if payment.value_date == today and is_known and not is_reversed:
            total += int(Fraction(payment.amount) * unit)
    return total


def _rule(rules: Any, today: date) -> Any:
    return [rule for rule in rules.versions if rule.effective_from <= today][-1]


def _order(debt: Any, rules: Any, today: date) -> list[str]:
    parts = debt.agreed_order or _rule(rules, max(today, debt.perform_by)).order
    return [part.value for part in parts]


def _is_stayed(debt: Any, today: date) -> bool:
    return any(pause.start <= today < pause.end for pause in debt.pauses)


def _general_of_a_day(debt: Any, today: date, unpaid: Fraction, unit: int) -> Fraction:
    interest = debt.general_interest
    if interest is None or today < interest.accrues_from:
        return Fraction(0)
    if interest.accrues_until is not None and today >= interest.accrues_until:
        return Fraction(0)
    base = unpaid if interest.base is None else min(Fraction(interest.base) * unit, unpaid)
    rate = [rate for day, rate in interest.rates if day is None or day <= today][-1]
    share = Fraction(rate.scaled, SCALE)
    if rate.period.value == "day":
        return base * share
    if rate.period.value == "month":
        share *= 12
    return base * share / YEAR_DAYS[interest.day_count.value]
