"""Which rule gives back charges to one who settles early (提前结清退还).

The one idea: a rule is a value with the figures that it needs besides the table - an APR, a deferral - and
the table gives the rest.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amounts import from_minor, to_minor
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import divide
from delinquency.whole_numbers import check_least

if TYPE_CHECKING:
    from delinquency.amortisation.table import AmortisationTable

__all__ = [
    "ActuarialRebate",
    "NoRebate",
    "ProRataRebate",
    "Rebate",
    "RuleOf78Rebate",
    "UkRebate",
    "rebate_minor",
]

_WHERE: Final = "settlement_quote, rebate"


@attrs.frozen(slots=True)
class NoRebate:
    """Nothing is given back: the charges of all instalments to come are owed (不退手续费)."""


@attrs.frozen(slots=True)
class ProRataRebate:
    """Charges are owed for the days so far: of the current period by its days, of later ones none.

    What is owed of the current period is rounded by the terms.
    """


@attrs.frozen(slots=True, kw_only=True)
class ActuarialRebate:
    """Instalments to come, less their value at the rate of the loan, grown to the day of settlement.

    The value right after the latest due date is that of
    ``delinquency.returns.actuarial_rebate``; from there to the day it grows by the share of days of
    the period, without compounding.

    Parameters
    ----------
    rate : Decimal or Fraction, optional
        [share per period]; by default the internal rate of return of the instalments, to 12 decimals.
    """

    rate: Decimal | Fraction | None = None

    def __attrs_post_init__(self) -> None:
        if self.rate is not None and not isinstance(self.rate, (Decimal, Fraction)):
            raise InvalidTypeError.at(
                f"{_WHERE}, rate", expected="a Decimal or a Fraction", found=self.rate
            )


@attrs.frozen(slots=True, kw_only=True)
class RuleOf78Rebate:
    """The sum of the digits over all charges; days since the latest due date count for nothing.

    Parameters
    ----------
    deferred_count : int, default 0
        By how many instalments the settlement is put off for the rebate.
    """

    deferred_count: int = 0

    def __attrs_post_init__(self) -> None:
        check_least(self.deferred_count, f"{_WHERE}, deferred_count", least=0)


@attrs.frozen(slots=True, kw_only=True)
class UkRebate:
    """The least rebate of the United Kingdom's Early Settlement Regulations 2004.

    Parameters
    ----------
    apr : Decimal
        The APR of the agreement, effective [share per year].
    deferred_periods : int, default 0
        By how many periods the lender puts the settlement date off: 1 for the month that is allowed
        where the credit runs for more than a year.

    References
    ----------
    SI 2004/1483, regulations 4 to 6.
    """

    apr: Decimal
    deferred_periods: int = 0

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.apr, Decimal):
            raise InvalidTypeError.at(f"{_WHERE}, apr", expected="a Decimal", found=self.apr)
        if not self.apr.is_finite() or self.apr <= -1:
            raise InvalidValueError.at(
                f"{_WHERE}, apr", expected="a number above -1", found=str(self.apr)
            )
        check_least(self.deferred_periods, f"{_WHERE}, deferred_periods", least=0)


Rebate = NoRebate | ProRataRebate | ActuarialRebate | RuleOf78Rebate | UkRebate
"""By which rule charges are given back."""


def rebate_minor(table: AmortisationTable, rule: Rebate, *, fallen: int, part: Fraction) -> int:
    """The rebate [minor units] after ``fallen`` instalments fell due and a part of a period passed.

    Raises
    ------
    InvalidTypeError
        No rule.
    InvalidValueError
        A table whose first instalment is interest of days before the first period; a rebate below 0, or
        of more than the charges to come, as the rule does not suit the schedule.
    """
    rebate = _rebate(table, rule, fallen, part)
    later = table.rows[fallen:]
    to_come = sum(row[2] + row[3] + row[4] for row in later)
    slack = len(later)  # each of them was rounded
    if not min(to_come - slack, 0) <= rebate <= max(to_come + slack, 0):
        currency = table.terms.currency
        raise InvalidValueError.at(
            _WHERE,
            expected=f"from 0 to the charges to come, {from_minor(to_come, currency)}",
            found=str(from_minor(rebate, currency)),
            hint="The rule does not suit the schedule.",
        )
    return min(rebate, to_come) if to_come >= 0 else rebate


def _rebate(table: AmortisationTable, rule: Rebate, fallen: int, part: Fraction) -> int:
    from delinquency.returns import actuarial_rebate, rule_of_78_rebate, uk_early_settlement_rebate

    terms = table.terms
    currency = terms.currency
    if len(table.rows) != terms.instalment_count:
        raise InvalidValueError.at(
            _WHERE,
            expected="instalments one a period",
            found="an instalment of its own before the first period",
        )
    decimals = currency.minor_unit
    plan = [from_minor(row[1] + row[2] + row[3], currency) for row in table.rows]
    match rule:
        case NoRebate():
            return 0
        case ProRataRebate():
            current, *later = [row[2] + row[3] + row[4] for row in table.rows[fallen:]] or [0]
            owed = current * part
            return sum(later) + current - divide(owed.numerator, owed.denominator, terms.rounding)
        case ActuarialRebate():
            rate = _rate(table, rule)
            found = actuarial_rebate(plan, paid_count=fallen, rate=rate, decimals=decimals)
            rebate = to_minor(found, currency, where=_WHERE, field="rebate", allow_negative=True)
            value = sum(row[1] + row[2] + row[3] for row in table.rows[fallen:]) - rebate
            grown = value * Fraction(rate) * part
            return rebate - divide(grown.numerator, grown.denominator, terms.rounding)
        case RuleOf78Rebate(deferred_count=deferred_count):
            charges = from_minor(sum(row[2] + row[3] for row in table.rows), currency)
            found = rule_of_78_rebate(
                charges,
                instalment_count=len(plan),
                paid_count=fallen,
                deferred_count=deferred_count,
                decimals=decimals,
            )
        case UkRebate(apr=apr, deferred_periods=deferred_periods):
            found = uk_early_settlement_rebate(
                terms.principal,
                plan,
                annual_rate=apr,
                elapsed_periods=fallen,
                part_period=part,
                deferred_periods=deferred_periods,
                periods_per_year=terms.frequency.periods_per_year(),
                decimals=decimals,
            )
        case _:
            raise InvalidTypeError.at(
                _WHERE,
                expected="NoRebate(), ProRataRebate(), ActuarialRebate(), RuleOf78Rebate() or "
                "a UkRebate",
                found=rule,
            )
    return to_minor(found, currency, where=_WHERE, field="rebate", allow_negative=True)


def _rate(table: AmortisationTable, rule: ActuarialRebate) -> Decimal | Fraction:
    """The rate per period: as given, else the internal rate of return."""
    from delinquency.returns import irr

    if rule.rate is not None:
        return rule.rate
    currency = table.terms.currency
    plan = [from_minor(row[1] + row[2] + row[3], currency) for row in table.rows]
    return irr([Decimal(table.terms.principal).copy_negate(), *plan], decimals=12)
