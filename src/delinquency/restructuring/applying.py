"""Measures are put to a draft in their order: one function for each, in the words of the measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from delinquency.restructuring.measures import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    InterestPause,
    Measure,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReducedPayments,
    Settlement,
    TermExtension,
)
from delinquency.restructuring.plan_run import PlanRun
from delinquency.restructuring.putting_amounts import (
    capitalise,
    defer,
    forgive,
    re_age,
    spread,
    waive,
)
from delinquency.restructuring.putting_terms import (
    extend,
    move_dues,
    pause,
    pay_less,
    reduce_rate,
    rest,
)
from delinquency.restructuring.settling import settle

__all__ = ["apply_measures"]

_PUT: Final[Mapping[type, Callable[[PlanRun, Any], None]]] = MappingProxyType(
    {
        ArrearsSpread: spread,
        ArrearsWaiver: waive,
        Capitalisation: capitalise,
        DueDateChange: move_dues,
        Forgiveness: forgive,
        InterestPause: pause,
        PaymentHoliday: rest,
        PrincipalDeferral: defer,
        RateReduction: reduce_rate,
        ReAgeing: re_age,
        ReducedPayments: pay_less,
        Settlement: settle,
        TermExtension: extend,
    }
)


def apply_measures(run: PlanRun, measures: Sequence[Measure]) -> None:
    """Put measures to the draft of a run.

    Raises
    ------
    InvalidValueError
        A measure that the account as it is by then cannot have.
    """
    for run.number, measure in enumerate(measures):
        _PUT[type(measure)](run, measure)
    draft = run.draft
    if not draft.dues and (draft.principal or any(draft.spread)):
        run.need_dues()
