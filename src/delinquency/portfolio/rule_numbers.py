"""A policy in whole numbers, for a day, a cut and a currency: what a kernel is given.

The one idea: what an order does with excess is a phase like any other, of debts in advance taken from the
first, from the last, or in shares; so a kernel knows phases only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from delinquency.allocation import AllocationGrain, AllocationOrder, Excess, Phase
from delinquency.calendar import NONE_DAY, day_number
from delinquency.counting.rule import (
    CountName,
    FirstDay,
    GraceKind,
    ScheduleChangeRule,
    ToleranceScope,
)
from delinquency.counting.tolerance import tolerance_minor, whole_amount
from delinquency.currency import Currency
from delinquency.payments import PaymentKind
from delinquency.policy import Policy
from delinquency.portfolio.kernels.layout import (
    IN_SHARES,
    LAST_FIRST,
    NEXT_FIRST,
    NO_ORDER,
    RuleNumbers,
)

__all__ = ["rule_numbers"]

_CHANGES = (
    ScheduleChangeRule.FOLLOW_NEW,
    ScheduleChangeRule.CONTINUE,
    ScheduleChangeRule.FREEZE,
)
_KINDS = tuple(PaymentKind)
_PRINCIPAL = (0,)
_AHEAD = {Excess.LAST_INSTALMENT: LAST_FIRST, Excess.REAMORTISE: IN_SHARES}
"""How debts in advance are taken, where not from the first."""


def rule_numbers(
    policy: Policy,
    *,
    as_of: date,
    known_on: date | None,
    currency: Currency,
    next_from: int = -NONE_DAY,
) -> RuleNumbers:
    """The numbers of a policy; see :class:`RuleNumbers`.

    Raises
    ------
    PolicyError
        A tolerance finer than the minor unit of the currency.
    """
    as_of_day = day_number(as_of, where="portfolio", field="as_of")
    known = NONE_DAY
    if known_on is not None:
        known = day_number(known_on, where="portfolio", field="known_on")
    counting = policy.counting
    counted = np.zeros(4, dtype=np.int64)
    counted[list(counting.counted_columns)] = 1
    closing = whole_amount(
        policy.closing_tolerance, currency, where="policy", field="closing_tolerance"
    )
    return RuleNumbers(
        as_of=as_of_day,
        known=known,
        reversal_cut=as_of_day if known_on is None else known,
        due_date_counts=1 if counting.first_day is FirstDay.DUE_DATE else 0,
        grace=counting.grace_days,
        grace_is_trigger=1 if counting.grace_kind is GraceKind.TRIGGER else 0,
        tolerance=tolerance_minor(counting, currency),
        tolerance_by_account=1 if counting.tolerance_scope is ToleranceScope.ACCOUNT else 0,
        reads_raw=1 if policy.buckets.reads is CountName.DAYS_PAST_DUE else 0,
        schedule_change=_CHANGES.index(counting.schedule_change),
        closing_tolerance=closing,
        next_from=next_from,
        counted=counted,
        bucket_first_days=_numbers(policy.buckets.first_days),
        **_orders(policy),
    )


def _numbers(values: Iterable[int]) -> Any:
    return np.array(list(values), dtype=np.int64)


def _offsets(lengths: Iterable[int]) -> Any:
    return np.concatenate([[0], np.cumsum(_numbers(lengths))]).astype(np.int64)


def _orders(policy: Policy) -> dict[str, Any]:
    """The orders of a policy: its own first, then those by age and by kind."""
    orders = [
        policy.allocation,
        *(switch.order for switch in policy.allocation_by_age),
        *(own.order for own in policy.allocation_by_kind),
    ]
    laid_out = [_phases(order) for order in orders]
    phases = [phase for own in laid_out for phase in own]
    kind_order = [NO_ORDER] * len(_KINDS)
    ages = len(policy.allocation_by_age)
    for number, own in enumerate(policy.allocation_by_kind, start=ages + 1):
        kind_order[_KINDS.index(own.kind)] = number
    return {
        "holds_excess": 1 if policy.allocation.holds_excess else 0,
        "holds_any": 1 if any(order.holds_excess for order in orders) else 0,
        "keeps_age_order": 1 if policy.allocation.keeps_age_order else 0,
        "main_phases": len(laid_out[0]),
        "order_phases": _offsets(map(len, laid_out)),
        "phase_state": _numbers(debts for debts, _ in phases),
        "phase_offsets": _offsets(len(columns) for _, columns in phases),
        "phase_columns": _numbers(column for _, columns in phases for column in columns),
        "makes_credit": _numbers(order.excess is Excess.TO_BALANCE for order in orders),
        "recovers": _numbers(column for order in orders for column in _recovered(order)),
        "by_component": _numbers(
            order.grain is AllocationGrain.COMPONENT_FIRST for order in orders
        ),
        "kind_order": _numbers(kind_order),
        "age_from": _numbers(switch.at_least for switch in policy.allocation_by_age),
        "age_order": _numbers(range(1, ages + 1)),
    }


def _recovered(order: AllocationOrder) -> tuple[int, ...]:
    """The columns of an order, each where it is named first."""
    return tuple(dict.fromkeys(column for _, columns in order.phases for column in columns))


def _phases(order: AllocationOrder) -> list[Phase]:
    """The phases of an order, what it does with excess among them."""
    ahead = _AHEAD.get(order.excess, NEXT_FIRST)
    phases = [(ahead if debts == NEXT_FIRST else debts, columns) for debts, columns in order.phases]
    if order.excess is Excess.TO_BALANCE:
        phases.append((LAST_FIRST, _PRINCIPAL))
    return phases
