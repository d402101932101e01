"""Late fees without formulas: late days counted one by one, amounts as fractions.

The one idea: the terms are read aloud and done. It shares no arithmetic with the library.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.exact_rounding import rounded

ONE_DAY = timedelta(days=1)
EPOCH = date(1970, 1, 1)


def fee_days(terms: Any, due: date, settled_on: date) -> list[date]:
    """The closes at which a fee is charged of a debt that is settled at the close of a day."""
    found: list[date] = []
    late_days, today = 0, due
    while today < settled_on:
        if late_days > terms.wait_days and _comes_today(terms.recurrence, found, today):
            found.append(today)
        today += ONE_DAY
        late_days += 1
    return found


def _comes_today(recurrence: Any, found: list[date], today: date) -> bool:
    if not found:
        return True
    name = type(recurrence).__name__
    if name == "Once":
        return False
    if name == "EveryDays":
        return (today - found[-1]).days == recurrence.days
    return today == _months_after(found[0], len(found) * recurrence.months)


def _months_after(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def fee_of(terms: Any, facts: Any) -> int:
    """The fee in minor units."""
    unpaid = sum(facts.open_amounts) if facts.unpaid_minimum is None else facts.unpaid_minimum
    if not unpaid or (terms.once_per_instalment and facts.fees_charged):
        return 0
    if terms.ignores_unpaid_fees:
        would_be_unpaid = unpaid - facts.open_late_fees - facts.taken_by_late_fees
        if would_be_unpaid <= 0:
            return 0
    fee = _agreed(terms, facts)
    if not fee:
        return 0
    unit = 10 ** (terms.currency.minor_unit if terms.currency else 0)
    fee = max(fee, int(Fraction(terms.minimum) * unit))
    if type(terms.maximum).__name__ == "ShareFee":
        fee = min(fee, rounded(_share(terms.maximum, facts), "down"))
    elif terms.maximum is not None:
        fee = min(fee, int(Fraction(terms.maximum) * unit))
    return min(fee, facts.required_minimum) if terms.cap_by_minimum else fee


def _agreed(terms: Any, facts: Any) -> int:
    amount = terms.amount
    match type(amount).__name__:
        case "FlatFee":
            return int(Fraction(amount.amount) * 10**terms.currency.minor_unit)
        case "ShareFee":
            return rounded(_share(amount, facts), terms.rounding.value)
        case "BandFee":
            unit = 10**amount.table.currency.minor_unit
            below = [
                b for b in amount.table.bands if b.from_amount * unit <= _base(amount.of, facts)
            ]
            return int(below[-1].amount * unit) if below else 0
        case _:
            unit = 10**amount.table.currency.minor_unit
            today = EPOCH + timedelta(facts.day)
            row = [row for row in amount.table.rows if row.effective_from <= today][-1]
            same_or_next = range(facts.cycle - amount.table.repeat_window, facts.cycle + 1)
            is_repeated = any(cycle in same_or_next for cycle in facts.fee_cycles)
            return int((row.repeated if is_repeated else row.first) * unit)


def _share(fee: Any, facts: Any) -> Fraction:
    return Fraction(fee.share.numerator, fee.share.denominator) * _base(fee.of, facts)


def _base(of: Any, facts: Any) -> int:
    principal, interest, fees, penalty = facts.open_amounts
    parts = {
        "overdue_principal": principal,
        "overdue_interest": interest,
        "overdue_instalment": principal + interest,
        "overdue_amount": principal + interest + fees + penalty,
    }
    told = {
        "instalment": "contractual_amount",
        "unpaid_minimum": "unpaid_minimum",
        "outstanding_principal": "outstanding_principal",
    }
    return parts[of.value] if of.value in parts else getattr(facts, told[of.value])
