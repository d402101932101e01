"""What a plan modifies in the words of US accounting (ASU 2022-02), found from what it concedes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from delinquency.restructuring.draft import PRINCIPAL, MoveKind
from delinquency.restructuring.measures import (
    InterestPause,
    PaymentHoliday,
    ReAgeing,
    ReducedPayments,
    Settlement,
)
from delinquency.restructuring.review.concessions import (
    Concession,
    ConcessionFound,
    ModificationFound,
    ModificationType,
    RateCut,
    concessions_in,
)

if TYPE_CHECKING:
    from delinquency.restructuring.review.case import PlanCase

__all__ = ["modifications_in"]

_DELAYS: Final = frozenset(
    {Concession.RELAXED_SCHEDULE, Concession.GRACE, Concession.CAPITALISATION}
)
"""Concessions by which a payment comes later."""


def modifications_in(case: PlanCase) -> tuple[ModificationFound, ...]:
    """Every modification that ASU 2022-02 names, by measure, in order, each once a measure.

    A delay is one unless it is known to be insignificant; where nobody said, it is not known.
    """
    found: list[ModificationFound] = []
    for each in concessions_in(case, RateCut.ANY):
        if each.name:
            found += [
                ModificationFound(kind, each.measure, each.name, is_known)
                for kind, is_known in _modifications(case, each)
            ]
    return tuple(dict.fromkeys(found))


def _modifications(
    case: PlanCase, found: ConcessionFound
) -> Iterator[tuple[ModificationType, bool]]:
    match found.concession:
        case Concession.EXTENSION:
            yield ModificationType.TERM_EXTENSION, True
        case Concession.RATE_CUT:
            yield ModificationType.RATE_REDUCTION, True
        case Concession.FORGIVENESS:
            for kind in _given_up(case, found.measure - 1):
                yield kind, True
        case each if each in _DELAYS:
            fact = case.facts.is_insignificant_delay
            if fact is not True:
                yield ModificationType.PAYMENT_DELAY, fact is not None
        case _:
            return


def _given_up(case: PlanCase, place: int) -> Iterator[ModificationType]:
    """Principal is forgiveness; interest of days to come a lower rate; what is past, neither."""
    measure = case.done.plan.measures[place]
    if case.moved(place, MoveKind.FORGIVEN).get(PRINCIPAL):
        yield ModificationType.PRINCIPAL_FORGIVENESS
    is_settled = isinstance(measure, Settlement)
    if isinstance(measure, InterestPause | PaymentHoliday | ReAgeing | ReducedPayments) or (
        is_settled and case.waits_without_interest
    ):
        yield ModificationType.RATE_REDUCTION
