"""The rows of a schedule: level payments, equal principals, and where the last cent goes.

A level payment is a power of a rate, and a power taken in floats or in decimals is off by a cent
sooner or later. The one idea: the payment is a quotient of two whole numbers, so it is rounded once,
by the mode that was agreed; interest is rounded each period by the same mode; and the last
instalment takes the residue, so that the principal is repaid to the last minor unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from delinquency.amortisation.terms import AmortisationMethod, RepaymentTerms
from delinquency.amounts import from_minor
from delinquency.errors import InvalidTypeError
from delinquency.rates import RATE_SCALE
from delinquency.rounding import divide
from delinquency.schedule import Instalment, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["repayment_schedule"]

_PERIODS_PER_YEAR: Final = 12
_RATE_UNITS: Final = _PERIODS_PER_YEAR * RATE_SCALE
"""A period's interest is balance × scaled rate ÷ this."""


def repayment_schedule(terms: RepaymentTerms) -> Schedule:
    """The schedule that follows from the terms.

    ``ANNUITY`` (等额本息): the level payment is principal × i × q ÷ (q − 1) with i a twelfth of the
    annual rate and q = (1 + i) to the power of the count; at a rate of 0, principal ÷ count. It is
    rounded once, from the exact fraction. Each row's interest is balance × i, rounded; what remains
    of the payment repays principal.

    ``EQUAL_PRINCIPAL`` (等额本金): each row repays principal ÷ count, rounded, and bears balance × i,
    rounded.

    In both, the last row repays what is still open, whatever the roundings before it left. A row
    never repays more than is open: where rounding up repays a small loan early, the rows that
    remain are of 0.

    Parameters
    ----------
    terms : RepaymentTerms

    Returns
    -------
    Schedule
        Of ``terms.instalment_count`` rows, in force since origination.

    Raises
    ------
    InvalidTypeError
        Not terms.
    InvalidValueError
        Principal and interest together beyond 10**15 minor units.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> schedule = repayment_schedule(RepaymentTerms(currency=Currency.of("CNY"),
    ...     principal=Decimal("1000.00"), annual_rate=Rate.per_year("0.07"),
    ...     first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY))
    >>> for row in schedule:
    ...     print(row.due_date, row.principal, row.interest, row.total)
    2025-01-31 331.40 5.83 337.23
    2025-02-28 333.33 3.90 337.23
    2025-03-31 335.27 1.96 337.23

    Nothing is lost in a division that does not come out whole:

    >>> [str(row.principal) for row in repayment_schedule(RepaymentTerms(
    ...     currency=Currency.of("CNY"), principal=Decimal("100.00"), annual_rate=Rate.per_year(0),
    ...     first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.EQUAL_PRINCIPAL))]
    ['33.33', '33.33', '33.34']
    """
    if not isinstance(terms, RepaymentTerms):
        raise InvalidTypeError.at("repayment_schedule", expected="RepaymentTerms", found=terms)
    currency = terms.currency
    return Schedule(
        currency,
        tuple(
            Instalment(
                terms.due_date(number),
                from_minor(principal, currency),
                from_minor(interest, currency),
            )
            for number, (principal, interest) in enumerate(_rows(terms), start=1)
        ),
    )


def _rows(terms: RepaymentTerms) -> Iterator[tuple[int, int]]:
    """Principal and interest of each row [minor units]."""
    balance = terms.principal_minor
    is_annuity = terms.method is AmortisationMethod.ANNUITY
    each = _level_payment(terms) if is_annuity else _equal_principal(terms)
    for number in range(1, terms.instalment_count + 1):
        interest = divide(balance * terms.annual_rate.scaled, _RATE_UNITS, terms.rounding)
        principal = each - interest if is_annuity else each
        if number == terms.instalment_count:
            principal = balance
        principal = min(principal, balance)
        yield principal, interest
        balance -= principal


def _level_payment(terms: RepaymentTerms) -> int:
    """The level payment, rounded once from its exact fraction [minor units].

    With i = scaled ÷ units: principal × i × (1 + i)ⁿ ÷ ((1 + i)ⁿ − 1), numerator and denominator
    multiplied by units to the power of n + 1. Never below the first row's interest, because
    rounding keeps order.
    """
    scaled = terms.annual_rate.scaled
    if scaled == 0:
        return _equal_principal(terms)
    grown = (_RATE_UNITS + scaled) ** terms.instalment_count
    ungrown = _RATE_UNITS**terms.instalment_count
    numerator = terms.principal_minor * scaled * grown
    return divide(numerator, _RATE_UNITS * (grown - ungrown), terms.rounding)


def _equal_principal(terms: RepaymentTerms) -> int:
    return divide(terms.principal_minor, terms.instalment_count, terms.rounding)
