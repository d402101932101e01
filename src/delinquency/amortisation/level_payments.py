"""The payment that repays: solved exactly, rounded once.

A level payment is a quotient of powers, and powers taken in floats or decimals are off by a cent sooner
or later. The one idea: numerator and denominator are whole numbers, however long; the quotient is rounded
once, by the mode and to the multiple that were agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from delinquency.amortisation.factors import Factors
from delinquency.amounts import to_minor
from delinquency.errors import InvalidValueError
from delinquency.rounding import divide

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["payment_unit", "round_payment", "solve_payment", "stepped_payments", "weights_of"]


def solve_payment(
    balance: int | Fraction,
    left: int,
    factors: Factors,
    weights: Sequence[Fraction] | None = None,
) -> tuple[int, int]:
    """The payment x, as numerator and denominator, that leaves ``left`` after the last period.

    With growth gₖ = 1 + fₖ and weights wₖ: balance × Πgₖ = left + x × Σ wₖ × Π_{j>k} gⱼ.
    Where every period bears the same and nobody steps, the sum is a geometric series; else it is summed
    from the last period back.

    Raises
    ------
    InvalidValueError
        Weights of 0 alone.
    """
    if isinstance(balance, Fraction):
        scale = balance.denominator
        numerator, denominator = solve_payment(balance.numerator, left * scale, factors, weights)
        return numerator, denominator * scale
    numerators, denominator = factors
    count = len(numerators)
    if weights is None and factors.is_constant:
        return _series(balance, left, numerators[0], denominator, count)
    # The sum so far is over denominator ** (periods after this one), as their growth is.
    growth = 1
    total: int | Fraction = 0
    for place in range(count - 1, -1, -1):
        weight = 1 if weights is None else weights[place]
        total = total * denominator + weight * growth
        growth *= denominator + numerators[place]
    if not total:
        raise InvalidValueError.at(
            "level payment, steps",
            expected="a share of more than 0 in one of the instalments that a payment is solved for",
            found="0 in all of them",
        )
    payment = Fraction(balance * growth - left * denominator**count) / (total * denominator)
    return payment.numerator, payment.denominator


def _series(
    balance: int, left: int, numerator: int, denominator: int, count: int
) -> tuple[int, int]:
    if numerator == 0:
        return balance - left, count
    # In lowest terms the powers are a fraction as long.
    divisor = gcd(numerator, denominator)
    numerator, denominator = numerator // divisor, denominator // divisor
    grown = (denominator + numerator) ** count
    scale = denominator**count
    top = (balance * grown - left * scale) * numerator
    bottom = (grown - scale) * denominator
    return (top, bottom) if bottom > 0 else (-top, -bottom)


def weights_of(terms: RepaymentTerms, first: int) -> list[Fraction] | None:
    """The share of the level payment that each instalment from place ``first`` on is; ``None``: all 1."""
    steps = [step for step in terms.level_payment.steps if step.share is not None]
    if not steps:
        return None
    shares: list[Fraction] = []
    for place in range(first, terms.instalment_count):
        share = Fraction(1)
        for step in steps:
            if step.from_instalment <= place + 1 and step.share is not None:
                share = Fraction(step.share.numerator, step.share.denominator)
        shares.append(share)
    return shares


def stepped_payments(terms: RepaymentTerms, payment: int | Fraction) -> list[int | Fraction]:
    """The payment of every instalment with its steps, not rounded where it need not be."""
    count = terms.instalment_count
    payments: list[int | Fraction] = [payment] * count
    weights = weights_of(terms, 0)
    if weights is not None:
        payments = [_share_of(terms, payment, weight) for weight in weights]
    for step in terms.level_payment.steps:
        if step.amount is not None:
            amount = to_minor(step.amount, terms.currency, where="payment step", field="amount")
            start = step.from_instalment - 1
            payments[start:] = [amount] * (count - start)
    return payments


def _share_of(terms: RepaymentTerms, payment: int | Fraction, weight: Fraction) -> int | Fraction:
    if isinstance(payment, Fraction):
        return payment * weight
    return round_payment(terms, payment * weight.numerator, weight.denominator)


def round_payment(terms: RepaymentTerms, numerator: int, denominator: int) -> int:
    """The payment rounded by its mode to its multiple [minor units]."""
    level = terms.level_payment
    mode = terms.rounding if level.rounding is None else level.rounding
    unit = payment_unit(terms)
    return divide(numerator, denominator * unit, mode) * unit


def payment_unit(terms: RepaymentTerms) -> int:
    """What the payment is a multiple of: the one that is given, or a minor unit [minor units]."""
    multiple = terms.level_payment.multiple
    if multiple is None:
        return 1
    return to_minor(multiple, terms.currency, where="level payment", field="multiple")
