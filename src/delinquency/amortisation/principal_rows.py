"""Rows of the methods that say what is repaid: equal principals, interest only, bullet, flat.

The one idea: the principals are given, so only the interest is computed; rounding leaves nothing behind
but what the last row, or the first, takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from delinquency.amortisation.conventions import Residue
from delinquency.amortisation.factors import Factors
from delinquency.amortisation.level_payments import round_payment
from delinquency.amortisation.row import Deferred, Row
from delinquency.component import Component
from delinquency.rounding import dividing

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["bullet_rows", "equal_principal_rows", "flat_rows", "interest_only_rows"]


def equal_principal_rows(terms: RepaymentTerms, factors: Factors) -> list[Row]:
    """Each row repays the principal divided by the count, rounded, and bears interest on what is open."""
    return _declining(terms, factors, _equal_principals)


def interest_only_rows(terms: RepaymentTerms, factors: Factors) -> list[Row]:
    """Interest each period, the principal with the last."""
    return _declining(terms, factors, _nothing)


def _nothing(terms: RepaymentTerms, _balance: int) -> list[int]:
    """No principal: the last row repays what is open."""
    return [0] * terms.instalment_count


def _equal_principals(terms: RepaymentTerms, balance: int) -> list[int]:
    """The principal of each instalment, of what is open when the first is repaid."""
    rounded, count, quiet = (
        dividing(terms.rounding),
        terms.instalment_count,
        terms.quiet_instalments,
    )
    paying = count - quiet
    spread = balance - terms.balloon_minor
    each = rounded(spread, paying)
    principals = [0] * quiet + [each] * paying
    rest = balance - each * paying
    if terms.residue is Residue.FIRST:
        principals[quiet] = max(each + rest - terms.balloon_minor, 0)
        principals[-1] += terms.balloon_minor
    elif terms.residue is Residue.SMOOTHED:
        for place in range(paying):
            even = (spread * (place + 1)) // paying - (spread * place) // paying
            principals[quiet + place] = even
        principals[-1] += terms.balloon_minor
    else:
        principals[-1] += rest
    return principals


def _declining(
    terms: RepaymentTerms, factors: Factors, spread: Callable[[RepaymentTerms, int], list[int]]
) -> list[Row]:
    """Principals that ``spread`` gives, and interest on what is open."""
    numerators, denominator = factors
    balance = terms.principal_minor
    deferred = Deferred(terms)
    rows: list[Row] = []
    count, rounded = terms.instalment_count, dividing(terms.rounding)
    # With fractions carried: what all periods bore exactly, and what of it fell due or was put off.
    borne = told = 0
    carries = terms.carries_fractions
    principals = spread(terms, balance)
    for place in range(count):
        borne = balance * numerators[place] + (borne if carries else 0)
        interest = rounded(borne, denominator) - (told if carries else 0)
        told += interest
        due, capitalised = deferred.take(place, interest) if deferred.is_there else (interest, 0)
        if capitalised:
            principals = spread(terms, balance + capitalised)
        principal = min(principals[place], balance - terms.balloon_minor)
        if place == count - 1:
            principal = balance
        closing = balance - principal + capitalised
        rows.append(Row(balance, principal, due, 0, capitalised, closing))
        balance = closing
    return rows


def bullet_rows(terms: RepaymentTerms, factors: Factors) -> list[Row]:
    """Nothing until the last row, which repays the principal with the interest of all periods."""
    numerators, denominator = factors
    principal = terms.principal_minor
    rounded, count = dividing(terms.rounding), terms.instalment_count
    interest = rounded(principal * sum(numerators), denominator)
    quiet = [Row(principal, 0, 0, 0, 0, principal)] * (count - 1)
    return [*quiet, Row(principal, principal, interest, 0, 0, 0)]


def _as_it_is(charge: int, _left: int) -> int:
    return charge


def flat_rows(terms: RepaymentTerms, factors: Factors) -> list[Row]:
    """The charge on the original principal, rounded once as a whole and spread over the periods."""
    numerators, denominator = factors
    principal = terms.principal_minor
    balance = principal
    rounded, count, quiet = (
        dividing(terms.rounding),
        terms.instalment_count,
        terms.quiet_instalments,
    )
    charges: list[int] = []
    left = rounded(principal * sum(numerators), denominator)
    # Rounded up, the charges of one sign may use up the whole before the last.
    caps = min if min(numerators) >= 0 else max if max(numerators) <= 0 else _as_it_is
    for numerator in numerators[:-1]:
        charges.append(caps(rounded(principal * numerator, denominator), left))
        left -= charges[-1]
    charges.append(left)
    parts = _equal_principals(terms, principal)
    if terms.level_payment.multiple is not None:
        paying = count - quiet
        parts[quiet:] = [
            max(round_payment(terms, principal + charge * paying, paying) - charge, 0)
            for charge in charges[quiet:]
        ]
    as_fees = terms.flat_component is Component.FEES
    deferred = Deferred(terms)
    rows: list[Row] = []
    for place, (part, borne) in enumerate(zip(parts, charges, strict=True)):
        charge, _ = deferred.take(place, borne)
        repaid = balance if place == count - 1 else min(part, balance)
        interest, fees = (0, charge) if as_fees else (charge, 0)
        rows.append(Row(balance, repaid, interest, fees, 0, balance - repaid))
        balance -= repaid
    return rows
