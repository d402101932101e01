"""Plans as whole numbers, for loops that put them to accounts.

The one idea: a measure is its kind and at most eight numbers; a plan with a measure that loops do not know,
or with a day count that needs more than two days, is put by the verb of one account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from delinquency.amortisation import AmortisationMethod, DeferredInterest
from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, day_number
from delinquency.component import COMPONENTS, Component
from delinquency.currency import Currency
from delinquency.portfolio.kernels.plan_layout import STEPS, PlanArrays
from delinquency.restructuring import (
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
    ReAgeInterest,
    ReducedPayments,
    RestructuringPlan,
    TermExtension,
)
from delinquency.rounding import Proportion

__all__ = ["is_by_loop", "most_more_dues", "most_spans", "plan_numbers"]

NUMBERS: Final = 8
KINDS: Final[Mapping[type, int]] = MappingProxyType(
    {
        kind: code
        for code, kind in enumerate(
            (
                TermExtension,
                Capitalisation,
                ArrearsSpread,
                ReAgeing,
                PaymentHoliday,
                RateReduction,
                PrincipalDeferral,
                ArrearsWaiver,
                Forgiveness,
                InterestPause,
                DueDateChange,
                ReducedPayments,
            )
        )
    }
)
"""The number of each kind in the loops."""

_RESTS: Final = MappingProxyType(
    {
        None: 1,
        DeferredInterest.ACCRUED: 2,
        DeferredInterest.CAPITALISED: 3,
        DeferredInterest.WAIVED: 4,
    }
)
_SHORT: Final = MappingProxyType(
    {
        None: 0,
        DeferredInterest.ACCRUED: 1,
        DeferredInterest.CAPITALISED: 2,
        DeferredInterest.WAIVED: 3,
    }
)
_RE_AGED: Final = MappingProxyType(
    {
        ReAgeInterest.AS_AGREED: 0,
        ReAgeInterest.ALL_IN_EQUAL_PARTS: 1,
        ReAgeInterest.EARNED_IN_EQUAL_PARTS: 2,
    }
)
_LAST_BY_TWO_DAYS: Final = 20
_BY_MORE: Final = (13, 16)
"""Codes that ask for the end of a month, or for the day of maturity."""

_FINEST: Final = 2**43
"""The greatest denominator of a share that a product in 64 bits can have."""


def _mask(components: Sequence[Component]) -> int:
    return sum(1 << COMPONENTS.index(component) for component in components)


def _amount(amount: Decimal | int | None, currency: Currency) -> int:
    return 0 if amount is None else to_minor(amount, currency, where="restructuring plan, amount")


def _part(measure: Any, currency: Currency) -> tuple[int, int, int]:
    """An amount, or -1 and a share."""
    share: Proportion | None = measure.share
    if share is not None:
        return -1, share.numerator, share.denominator
    return _amount(measure.amount, currency), 0, 1


def _day(day: Any, nothing: int) -> int:
    return nothing if day is None else day_number(day, where="restructuring plan", field="day")


def _reduced(measure: ReducedPayments, currency: Currency) -> tuple[int, ...]:
    steps = ((step.instalments, _amount(step.amount, currency)) for step in measure.payments)
    return _SHORT[measure.interest], *chain.from_iterable(steps)


_Numbers = Callable[[Any, Currency], tuple[int, ...]]

_NUMBERS: Final[MappingProxyType[type, _Numbers]] = MappingProxyType(
    {
        TermExtension: lambda each, _: (each.instalments,),
        Capitalisation: lambda each, _: (_mask(each.components),),
        ArrearsSpread: lambda each, money: (
            _mask(each.components),
            _amount(each.multiple, money),
            each.instalments or 0,
        ),
        ReAgeing: lambda each, money: (
            each.instalments,
            _day(each.first_due_on, 0),
            each.frequency.months,
            each.frequency.days,
            _RE_AGED[each.interest],
            _amount(each.multiple, money),
        ),
        PaymentHoliday: lambda each, _: (
            each.instalments,
            _RESTS[each.interest],
            int(each.lengthens),
            _day(each.from_due_on, -NONE_DAY),
        ),
        RateReduction: lambda each, _: (each.annual_rate.scaled, _day(each.until, NONE_DAY)),
        PrincipalDeferral: _part,
        ArrearsWaiver: lambda each, money: (_mask(each.components), *_part(each, money)),
        Forgiveness: lambda each, money: (
            COMPONENTS.index(each.component),
            *_part(each, money),
            int(each.on_completion),
        ),
        InterestPause: lambda each, _: (_day(each.start, 0), _day(each.end, 0)),
        DueDateChange: lambda each, _: (
            _day(each.first_due_on, 0),
            _day(each.from_due_on, -NONE_DAY),
        ),
        ReducedPayments: _reduced,
    }
)


def is_by_loop(plan: RestructuringPlan) -> bool:
    """Whether loops know every measure of a plan, and its day count."""
    code = 0 if plan.day_count is None else plan.day_count.code
    if not plan.measures or code > _LAST_BY_TWO_DAYS or code in _BY_MORE:
        return False
    return all(_is_known(measure) for measure in plan.measures)


def _is_known(measure: Measure) -> bool:
    share: Proportion | None = getattr(measure, "share", None)
    if getattr(measure, "charge_ids", None) is not None:
        return False
    if isinstance(measure, Capitalisation) and measure.amount is not None:
        return False
    if isinstance(measure, ReducedPayments) and len(measure.payments) > STEPS:
        return False
    return type(measure) in KINDS and (share is None or share.denominator < _FINEST)


def most_more_dues(plans: Sequence[RestructuringPlan]) -> int:
    """The most due dates that any of the plans adds, or has in place of the old ones."""
    return max(
        (
            sum(
                getattr(measure, "instalments", None) or 0
                for measure in plan.measures
                if not isinstance(measure, ReducedPayments)
            )
            for plan in plans
        ),
        default=0,
    )


def most_spans(plans: Sequence[RestructuringPlan]) -> int:
    """The most spans of another rate that any of the plans has."""
    return max((len(plan.measures) for plan in plans), default=0)


def plan_numbers(plans: Sequence[RestructuringPlan], currency: Currency) -> PlanArrays:
    """The numbers of plans that loops know; a plan that they do not know has no measures.

    Raises
    ------
    InvalidValueError
        An amount finer than the minor unit.
    """
    known = [plan.measures if is_by_loop(plan) else () for plan in plans]
    offsets = np.zeros(len(plans) + 1, dtype=np.int64)
    np.cumsum([len(measures) for measures in known], out=offsets[1:])
    numbers = np.zeros((int(offsets[-1]), NUMBERS), dtype=np.int64)
    kinds = np.zeros(int(offsets[-1]), dtype=np.int64)
    row = 0
    for measures in known:
        for measure in measures:
            found = _NUMBERS[type(measure)](measure, currency)
            numbers[row, : len(found)] = found
            kinds[row] = KINDS[type(measure)]
            row += 1
    return PlanArrays(
        offsets=offsets,
        kind=kinds,
        numbers=numbers,
        method=np.array(
            [int(plan.method is AmortisationMethod.EQUAL_PRINCIPAL) for plan in plans],
            dtype=np.int64,
        ),
        day_count=np.array(
            [-1 if plan.day_count is None else plan.day_count.code for plan in plans],
            dtype=np.int64,
        ),
    )
