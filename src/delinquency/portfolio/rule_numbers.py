"""A policy in whole numbers, for a day, a cut and a currency: what a kernel is given."""

from __future__ import annotations

from datetime import date

import numpy as np

from delinquency.calendar import NONE_DAY, day_number
from delinquency.counting.days import tolerance_minor
from delinquency.counting.rule import (
    CountName,
    FirstDay,
    GraceKind,
    ScheduleChangeRule,
    ToleranceScope,
)
from delinquency.currency import Currency
from delinquency.policy import Policy
from delinquency.portfolio.kernels.layout import RuleNumbers

__all__ = ["rule_numbers"]

_CHANGES = (
    ScheduleChangeRule.FOLLOW_NEW,
    ScheduleChangeRule.CONTINUE,
    ScheduleChangeRule.FREEZE,
)


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
    phases = policy.allocation.phases
    lengths = [len(columns) for _, columns in phases]
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
        holds_excess=1 if policy.allocation.holds_excess else 0,
        keeps_age_order=1 if policy.allocation.keeps_age_order else 0,
        next_from=next_from,
        counted=counted,
        phase_state=np.array([state for state, _ in phases], dtype=np.int64),
        phase_offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        phase_columns=np.array(
            [column for _, columns in phases for column in columns], dtype=np.int64
        ),
        bucket_first_days=np.array(policy.buckets.first_days, dtype=np.int64),
    )
