"""Interest of a card: which days of which balance, and how much that is.

The one idea: days are kept as stretches with one balance and priced when a statement bills them. The
rounded amounts of the stretches always add up to what is billed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.daycount.formulas import ratio_by_code
from delinquency.rates import RATE_SCALE, RatePeriod
from delinquency.revolving.formulas import interest_numerator
from delinquency.revolving.interest import InterestGrain
from delinquency.revolving.rows import SegmentRow
from delinquency.revolving.state import Piece, Standing
from delinquency.rounding import dividing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from delinquency.calendar import Day
    from delinquency.rates import Rate
    from delinquency.revolving.interest import CardInterest
    from delinquency.revolving.state import CardState, Item

__all__ = ["accrue", "accrue_bearing", "bear", "priced"]


def accrue(state: CardState, item: Item, until: Day) -> None:
    """Keep the days of an item up to ``until``, itself not counted, with what is open of it."""
    if item.standing is Standing.NEVER or until <= item.accrued_to:
        return
    if item.open:
        piece = Piece(item.accrued_to, until, item.open)
        if item.standing is Standing.BEARING:
            state.bearing.append((item, piece))
        else:
            item.pieces.append(piece)
    item.accrued_to = until


def accrue_bearing(state: CardState, until: Day) -> None:
    """:func:`accrue` all that bears interest, for a statement or a close."""
    for item in state.items:
        if item.standing is Standing.BEARING:
            accrue(state, item, until)


def bear(state: CardState, item: Item) -> None:
    """From now on an item bears interest, and so do the days that were kept of it."""
    state.bearing += ((item, piece) for piece in item.pieces)
    item.pieces.clear()
    item.standing = Standing.BEARING


def priced(state: CardState) -> tuple[tuple[SegmentRow, ...], int]:
    """The segments that wait to be billed, with their amounts, and the exact sum as a numerator.

    Under the grains ``STATEMENT`` and ``ACCOUNT`` the amount of a segment is what it adds to the rounded
    sum, so that the segments add up to what is billed.
    """
    interest = state.terms.interest
    denominator = RATE_SCALE * ratio_by_code(0, 0, interest.day_count.code)[1]
    divide = dividing(interest.rounding)
    start = state.exact_interest if interest.grain is InterestGrain.ACCOUNT else 0
    exact = start
    rows: list[SegmentRow] = []
    for item, piece, rate in _in_order(state.bearing):
        weight = _weight(interest, piece, rate)
        numerator = interest_numerator(piece.base, rate.scaled, weight)
        days = piece.end - piece.start
        match interest.grain:
            case InterestGrain.DAY:
                amount = divide(numerator // days, denominator) * days
            case InterestGrain.SEGMENT:
                amount = divide(numerator, denominator)
            case _:
                amount = divide(exact + numerator, denominator) - divide(exact, denominator)
        exact += numerator
        rows.append(SegmentRow(item.kind, item.place, *piece, rate, amount))
    return tuple(rows), exact - start


def _in_order(bearing: Iterable[tuple[Item, Piece]]) -> Iterator[tuple[Item, Piece, Rate]]:
    """By item, then by day, divided where the rate changes."""
    for item, piece in sorted(bearing, key=lambda pair: (pair[0].sequence, pair[1].start)):
        for start, end, rate in item.rate_pieces(piece.start, piece.end):
            yield item, Piece(start, end, piece.base), rate


def _weight(interest: CardInterest, piece: Piece, rate: Rate) -> int:
    numerator, denominator = ratio_by_code(piece.start, piece.end, interest.day_count.code)
    if rate.period is RatePeriod.DAY:
        return (piece.end - piece.start) * denominator
    return numerator
