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
from delinquency.restructuring.consolidated import Consolidated
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
    ReducedPayments,
    Settlement,
    TermExtension,
)

if TYPE_CHECKING:
    from delinquency.restructuring.review.case import PlanCase

__all__ = [
    "FACT_OF",
    "Concession",
    "ConcessionFound",
    "ModificationFound",
    "ModificationType",
    "RateCut",
    "concessions_in",
]


class Concession(Enum):
    """The nine kinds of change in favour of the debtor (Order 2023 No. 1, Article 19), and refinancing.

    ``EXTENSION``: 展期. ``RELAXED_SCHEDULE``: an easier repayment plan. ``GRACE``: a new or longer grace
    period. ``CAPITALISATION``: interest turned into principal. ``RATE_CUT``: a rate cut below the fair rate.
    ``FORGIVENESS``: less principal, interest or fees, that of days to come which bear none among it.
    ``COLLATERAL_RELEASE``: collateral released or made worse. ``SWAP``: 置换. ``OTHER``: any other easing.
    ``REFINANCING``: new debt in place of existing debt (借新还旧; Article 17).
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
    REFINANCING = "refinancing"


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
        The number of the measure, from 1; 0 where a new contract or a fact says so.
    name : str
        What the measure is called, or ``consolidation`` or ``card_agreement``; empty where a fact says so.
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

FACT_OF: Final[Mapping[Concession, str]] = MappingProxyType(
    {
        Concession.RATE_CUT: "fair_rate",
        Concession.COLLATERAL_RELEASE: "is_collateral_released",
        Concession.SWAP: "is_swapped",
        Concession.OTHER: "is_otherwise_eased",
    }
)
"""The fact that says whether there is a concession, where no measure does."""

_Told: TypeAlias = Iterator[tuple[Concession, bool]]


def concessions_in(case: PlanCase, rate_cut: RateCut) -> tuple[ConcessionFound, ...]:
    """Every concession of a plan by measure, in order; those of a new contract; those that only facts say.

    A kind of measure that is not known here is ``OTHER``: it is agreed, so that it eases something.
    """
    found: list[ConcessionFound] = []
    for place, measure in enumerate(case.done.plan.measures):
        kind = type(measure)
        told = _OF_MEASURE.get(kind, _other)(case, place, measure, rate_cut)
        name = NAMES.get(kind, kind.__name__)
        found += [ConcessionFound(each, place + 1, name, known) for each, known in told]
    contract = case.subject.new_contract
    found += [
        ConcessionFound(each, 0, contract, known) for each, known in _contract(case, rate_cut)
    ]
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


def _reduced(case: PlanCase, _place: int, measure: ReducedPayments, _cut: RateCut) -> _Told:
    yield Concession.RELAXED_SCHEDULE, True
    conceded = None if measure.interest is None else _OF_INTEREST.get(measure.interest)
    if conceded is not None and case.bears_interest:
        yield conceded, True


def _rate(case: PlanCase, _place: int, measure: RateReduction, cut: RateCut) -> _Told:
    yield from _cut_to(case, measure.annual_rate.scaled, cut)


def _cut_to(case: PlanCase, scaled: int, cut: RateCut) -> _Told:
    """A rate that is lower than before [1e-8 a year]."""
    fair = case.facts.fair_rate
    if cut is RateCut.ANY:
        yield Concession.RATE_CUT, True
    elif fair is None or scaled < fair.scaled:
        yield Concession.RATE_CUT, fair is not None


def _contract(case: PlanCase, cut: RateCut) -> _Told:
    """New debt for old is refinancing; what it bears may be less."""
    if isinstance(case.done, Consolidated):
        yield Concession.REFINANCING, True
    if case.is_rate_cut:
        yield from _cut_to(case, case.agreed_rate, cut)


def _deferral(case: PlanCase, place: int, _measure: PrincipalDeferral, _cut: RateCut) -> _Told:
    if case.moved(place, MoveKind.DEFERRED).get(PRINCIPAL):
        yield Concession.RELAXED_SCHEDULE, True


def _waiver(case: PlanCase, place: int, _measure: ArrearsWaiver, _cut: RateCut) -> _Told:
    if any(case.moved(place, MoveKind.WAIVED).values()):
        yield Concession.FORGIVENESS, True


def _forgiveness(case: PlanCase, place: int, _measure: Forgiveness, _cut: RateCut) -> _Told:
    if any(case.moved(place, MoveKind.FORGIVEN).values()):
        yield Concession.FORGIVENESS, True


def _pause(case: PlanCase, _place: int, _measure: InterestPause, _cut: RateCut) -> _Told:
    """Interest of its days is given up, whatever rate is fair."""
    if case.bears_interest:
        yield Concession.FORGIVENESS, True


def _due_dates(case: PlanCase, _place: int, _measure: DueDateChange, _cut: RateCut) -> _Told:
    yield from _extended(case)
    if case.is_put_off:
        yield Concession.RELAXED_SCHEDULE, True


def _settlement(case: PlanCase, place: int, _measure: Settlement, _cut: RateCut) -> _Told:
    """Interest of days to come is given up too, where principal is paid later and would have borne it."""
    yield from _extended(case)
    if case.is_settled_later:
        yield Concession.RELAXED_SCHEDULE, True
    kinds = (MoveKind.WAIVED, MoveKind.FORGIVEN)
    is_given_up = any(any(case.moved(place, kind).values()) for kind in kinds)
    if is_given_up or case.waits_without_interest:
        yield Concession.FORGIVENESS, True


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
            ReducedPayments: _reduced,
        }
    )
)
