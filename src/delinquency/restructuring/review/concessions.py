"""What a lender concedes by a plan, found from its measures and from what they did.

The one idea: a measure is a concession only by its effect - a term extension that moves no last due date is
none, a lower rate is one only below what the rule names - and what no figure shows is a fact that somebody
must state; until then it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.restructuring.draft import INTEREST, PRINCIPAL, MoveKind
from delinquency.restructuring.measures import (
    NAMES,
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    InterestPause,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    Settlement,
    TermExtension,
)

if TYPE_CHECKING:
    from delinquency.restructuring.review.case import PlanCase

__all__ = [
    "Concession",
    "ConcessionFound",
    "ModificationFound",
    "ModificationType",
    "RateCut",
    "concessions_in",
    "modifications_in",
]


class Concession(Enum):
    """The nine kinds of change in favour of the debtor (Order 2023 No. 1, Article 19).

    ``EXTENSION``: 展期. ``RELAXED_SCHEDULE``: an easier repayment plan. ``GRACE``: a new or longer grace
    period. ``CAPITALISATION``: interest turned into principal. ``RATE_CUT``: a rate cut below the fair rate.
    ``FORGIVENESS``: less principal, interest or fees, that of days to come which bear none among it.
    ``COLLATERAL_RELEASE``: collateral released or made
    worse. ``SWAP``: 置换. ``OTHER``: any other easing.
    """

    EXTENSION = "extension"
    RELAXED_SCHEDULE = "relaxed_schedule"
    GRACE = "grace"
    CAPITALISATION = "capitalisation"
    RATE_CUT = "rate_cut"
    FORGIVENESS = "forgiveness"
    COLLATERAL_RELEASE = "collateral_release"
    SWAP = "swap"
    OTHER = "other"


class ModificationType(Enum):
    """The four kinds of modification that ASU 2022-02 asks to be disclosed.

    ``PRINCIPAL_FORGIVENESS``, ``RATE_REDUCTION``, ``TERM_EXTENSION``; ``PAYMENT_DELAY`` if it is other than
    insignificant.
    """

    PRINCIPAL_FORGIVENESS = "principal_forgiveness"
    RATE_REDUCTION = "rate_reduction"
    PAYMENT_DELAY = "payment_delay"
    TERM_EXTENSION = "term_extension"


class RateCut(Enum):
    """Which lower rate is a concession: any that is below the contract's, or one below the fair rate."""

    ANY = "any"
    BELOW_FAIR_RATE = "below_fair_rate"


@attrs.frozen(slots=True)
class ConcessionFound:
    """A concession of a plan, and where it was found.

    Attributes
    ----------
    concession : Concession
    measure : int
        The number of the measure, from 1; 0 where a fact says so.
    name : str
        What the measure is called; empty where a fact says so.
    is_known : bool
        Whether it is certain; ``False`` where the fact that decides is not known.
    """

    concession: Concession
    measure: int
    name: str
    is_known: bool


@attrs.frozen(slots=True)
class ModificationFound:
    """A modification of a plan; its fields as those of a :class:`ConcessionFound`."""

    modification: ModificationType
    measure: int
    name: str
    is_known: bool


_OF_INTEREST: Final[Mapping[DeferredInterest, Concession]] = MappingProxyType(
    {
        DeferredInterest.CAPITALISED: Concession.CAPITALISATION,
        DeferredInterest.WAIVED: Concession.FORGIVENESS,
    }
)
"""What becomes of interest of a holiday, where that is a concession of its own."""

_Told: TypeAlias = Iterator[tuple[Concession, bool]]


def concessions_in(case: PlanCase, rate_cut: RateCut) -> tuple[ConcessionFound, ...]:
    """Every concession of a plan by measure, in order; then those that only facts can say.

    A kind of measure that is not known here is ``OTHER``: it is agreed, so that it eases something.
    """
    found: list[ConcessionFound] = []
    for place, measure in enumerate(case.done.plan.measures):
        kind = type(measure)
        told = _OF_MEASURE.get(kind, _other)(case, place, measure, rate_cut)
        name = NAMES.get(kind, kind.__name__)
        found += [ConcessionFound(each, place + 1, name, known) for each, known in told]
    facts = case.facts
    stated = (
        (Concession.COLLATERAL_RELEASE, facts.is_collateral_released),
        (Concession.SWAP, facts.is_swapped),
        (Concession.OTHER, facts.is_otherwise_eased),
    )
    found += [
        ConcessionFound(each, 0, "", fact is not None) for each, fact in stated if fact is not False
    ]
    return tuple(found)


def _extended(case: PlanCase) -> _Told:
    if case.is_extended:
        yield Concession.EXTENSION, True


def _extension(case: PlanCase, _place: int, _measure: TermExtension, _cut: RateCut) -> _Told:
    yield from _extended(case)


def _capitalisation(case: PlanCase, place: int, _measure: Capitalisation, _cut: RateCut) -> _Told:
    taken = case.moved(place, MoveKind.CAPITALISED)
    if taken.get(INTEREST):
        yield Concession.CAPITALISATION, True
    if any(amount for column, amount in taken.items() if column != INTEREST):
        yield Concession.RELAXED_SCHEDULE, True


def _spread(case: PlanCase, place: int, _measure: ArrearsSpread, _cut: RateCut) -> _Told:
    if any(case.moved(place, MoveKind.SPREAD).values()):
        yield Concession.RELAXED_SCHEDULE, True


def _re_ageing(case: PlanCase, place: int, measure: ReAgeing, _cut: RateCut) -> _Told:
    yield from _extended(case)
    if any(case.moved(place, MoveKind.SPREAD).values()) or case.is_put_off:
        yield Concession.RELAXED_SCHEDULE, True
    if measure.interest is ReAgeInterest.EARNED_IN_EQUAL_PARTS and case.interest_to_come:
        yield Concession.FORGIVENESS, True


def _holiday(case: PlanCase, _place: int, measure: PaymentHoliday, _cut: RateCut) -> _Told:
    yield Concession.GRACE, True
    yield from _extended(case)
    conceded = None if measure.interest is None else _OF_INTEREST.get(measure.interest)
    if conceded is not None and case.bears_interest:
        yield conceded, True


def _rate(case: PlanCase, _place: int, measure: RateReduction, cut: RateCut) -> _Told:
    fair = case.facts.fair_rate
    if cut is RateCut.ANY:
        yield Concession.RATE_CUT, True
    elif fair is None or measure.annual_rate.scaled < fair.scaled:
        yield Concession.RATE_CUT, fair is not None


def _deferral(case: PlanCase, place: int, _measure: PrincipalDeferral, _cut: RateCut) -> _Told:
    if case.moved(place, MoveKind.DEFERRED).get(PRINCIPAL):
        yield Concession.RELAXED_SCHEDULE, True


def _waiver(case: PlanCase, place: int, _measure: ArrearsWaiver, _cut: RateCut) -> _Told:
    if any(case.moved(place, MoveKind.WAIVED).values()):
        yield Concession.FORGIVENESS, True


def _forgiveness(case: PlanCase, place: int, _measure: Forgiveness, _cut: RateCut) -> _Told:
    if any(case.moved(place, MoveKind.FORGIVEN).values()):
        yield Concession.FORGIVENESS, True


def _settlement(case: PlanCase, place: int, measure: Settlement, _cut: RateCut) -> _Told:
    """What is given up of the debt, and time to pay what is past due."""
    kinds = (MoveKind.WAIVED, MoveKind.FORGIVEN)
    if any(amount for kind in kinds for amount in case.moved(place, kind).values()):
        yield Concession.FORGIVENESS, True
    if case.is_overdue and measure.payments[-1].on > case.done.plan.effective_on:
        yield Concession.RELAXED_SCHEDULE, True


def _pause(case: PlanCase, _place: int, _measure: InterestPause, _cut: RateCut) -> _Told:
    """Interest of its days is given up, whatever rate is fair."""
    if case.bears_interest:
        yield Concession.FORGIVENESS, True


def _due_dates(case: PlanCase, _place: int, _measure: DueDateChange, _cut: RateCut) -> _Told:
    yield from _extended(case)
    if case.is_put_off:
        yield Concession.RELAXED_SCHEDULE, True


def _other(_case: PlanCase, _place: int, _measure: object, _cut: RateCut) -> _Told:
    yield Concession.OTHER, True


_OF_MEASURE: Final[Mapping[type, Callable[[PlanCase, int, Any, RateCut], _Told]]] = (
    MappingProxyType(
        {
            TermExtension: _extension,
            Capitalisation: _capitalisation,
            ArrearsSpread: _spread,
            ReAgeing: _re_ageing,
            PaymentHoliday: _holiday,
            RateReduction: _rate,
            PrincipalDeferral: _deferral,
            ArrearsWaiver: _waiver,
            Forgiveness: _forgiveness,
            InterestPause: _pause,
            DueDateChange: _due_dates,
            Settlement: _settlement,
        }
    )
)

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
        if not each.measure:
            continue
        kind, is_known = _modification(case, each)
        if kind is not None:
            found.append(ModificationFound(kind, each.measure, each.name, is_known))
    return tuple(dict.fromkeys(found))


def _modification(case: PlanCase, found: ConcessionFound) -> tuple[ModificationType | None, bool]:
    measure = case.done.plan.measures[found.measure - 1]
    match found.concession:
        case Concession.EXTENSION:
            return ModificationType.TERM_EXTENSION, True
        case Concession.RATE_CUT:
            return ModificationType.RATE_REDUCTION, True
        case Concession.FORGIVENESS if isinstance(
            measure, InterestPause | PaymentHoliday | ReAgeing
        ):
            return ModificationType.RATE_REDUCTION, True
        case Concession.FORGIVENESS:
            is_principal = bool(case.moved(found.measure - 1, MoveKind.FORGIVEN).get(PRINCIPAL))
            return (ModificationType.PRINCIPAL_FORGIVENESS if is_principal else None), True
        case each if each in _DELAYS:
            fact = case.facts.is_insignificant_delay
            kind = None if fact is True else ModificationType.PAYMENT_DELAY
            return kind, fact is not None
        case _:
            return None, True
