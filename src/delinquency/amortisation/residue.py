"""Where the rest goes that rounding a level payment leaves (尾差).

The one idea: the rows are made once, their rest is measured, and they are made again with the rest where
the terms put it; where that would not do, they stay as they were.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from delinquency.amortisation.conventions import AmortisationMethod, Residue
from delinquency.amortisation.factors import segments_of
from delinquency.amortisation.level_payments import round_payment

if TYPE_CHECKING:
    from delinquency.amortisation.row import Row
    from delinquency.amortisation.rows import RowBuilder

__all__ = ["settled_rows"]


def settled_rows(build: RowBuilder) -> list[Row]:
    """The rows with the residue where the terms put it.

    It stays in the last instalment where a payment would no longer cover its interest, and where rounding
    up repays the loan before that instalment.
    """
    terms = build.terms
    if terms.residue is Residue.LAST or terms.method is not AmortisationMethod.ANNUITY:
        return build.run(None)
    build.may_capitalise = True
    rows = _moved(build, build.run(None))
    quiet = 0 if terms.moratorium is None else terms.moratorium.interest_instalments
    if not terms.may_capitalise and any(row[4] for row in rows[quiet:]):
        # Where the residue stands decides whether a payment covers its interest.
        build.may_capitalise = False
        build.run(None)
    return rows


def _moved(build: RowBuilder, rows: list[Row]) -> list[Row]:
    terms = build.terms
    level = terms.level_payment
    is_given = not level.is_rounded or level.amount is not None or level.steps
    is_over = rows[-1][0] <= terms.balloon_minor
    if is_given or is_over or build.count - build.quiet == 1:
        return rows
    planned = list(build.planned)
    again = _with_residue_moved(build, rows, cast("int", planned[-1]))
    is_worse = _capitalised(again) > _capitalised(rows) or _lowest(again) < min(0, _lowest(rows))
    if is_worse or again is rows:
        build.planned = planned
        return rows
    return again


def _with_residue_moved(build: RowBuilder, rows: list[Row], payment: int) -> list[Row]:
    rest = _rest(build, rows, payment)
    if build.terms.residue is Residue.SMOOTHED:
        start = max(build.quiet, segments_of(build.terms, build.bounds)[-1].first)
        moved = payment + round_payment(build.terms, rest, build.count - start)
        again = build.run(moved)
        return again if abs(_rest(build, again, moved)) < abs(rest) else rows
    growth = Fraction(1)
    for numerator in build.factors.numerators[build.quiet + 1 :]:
        growth *= 1 + Fraction(numerator, build.factors.denominator)
    discounted = Fraction(rest) / growth
    return build.run(None, build.round(discounted.numerator, discounted.denominator))


def _rest(build: RowBuilder, rows: list[Row], payment: int) -> int:
    """By how much the last instalment, the balloon left out, is more than the others."""
    return rows[-1][1] + rows[-1][2] - build.terms.balloon_minor - payment


def _capitalised(rows: list[Row]) -> int:
    return sum(row[4] for row in rows)


def _lowest(rows: list[Row]) -> int:
    """The least principal."""
    return min(row[1] for row in rows)
