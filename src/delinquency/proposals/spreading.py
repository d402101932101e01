"""A few proposals that are unlike each other.

The one idea: two proposals are as far apart as they differ in what plans are compared by; whoever chooses
from a few wants the first of the ranking, and what is furthest from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from delinquency.amounts import to_minor
from delinquency.calendar import day_number

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.proposals.answer import Proposal

__all__ = ["well_spread"]

_Key = tuple[int, int, int, int]


def well_spread(plans: Sequence[Proposal], most: int, currency: Currency) -> tuple[Proposal, ...]:
    """At most so many of ranked proposals, in their order.

    The first is taken; then, one at a time, the one whose nearest taken one is furthest away, and of several
    alike the one that ranks first. Two are as far apart as the sum, over loss, balloon, greatest payment and
    last due date, of their difference as a share of the greatest difference of any two. As in the ranking, a
    loss of at most a minor unit a payment counts as none.
    """
    keys = [_key(each, currency) for each in plans]
    widths = [max(column) - min(column) for column in zip(*keys, strict=True)]
    whole = prod(width for width in widths if width)
    weights = [whole // width if width else 0 for width in widths]

    def apart(one: _Key, other: _Key) -> int:
        return sum(
            weight * abs(mine - its) for weight, mine, its in zip(weights, one, other, strict=True)
        )

    taken: list[int] = []
    nearest = [0] * len(keys)
    while len(taken) < min(most, len(keys)):
        place = max(
            (place for place in range(len(keys)) if place not in taken),
            key=lambda place: (nearest[place], -place),
        )
        away = [apart(key, keys[place]) for key in keys]
        nearest = [min(pair) for pair in zip(nearest, away, strict=True)] if taken else away
        taken.append(place)
    return tuple(plans[place] for place in sorted(taken))


def _key(each: Proposal, currency: Currency) -> _Key:
    loss, balloon, greatest = (
        to_minor(amount, currency, where="proposal", allow_negative=True)
        for amount in (each.present_value_loss, each.balloon, each.greatest_payment)
    )
    last = day_number(each.last_due_on, where="proposal", field="last_due_on")
    return loss if loss > each.payments else 0, balloon, greatest, last
