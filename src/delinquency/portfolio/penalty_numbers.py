"""Terms of penalty interest in whole numbers, as compiled loops read them.

The one idea: the loops hold what fits in 64 bits by a proof; terms, shares and products beyond its bounds are
not squeezed in but left to the verb of one account, which has no bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from math import gcd
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from delinquency.allocation import Excess
from delinquency.amounts import to_minor
from delinquency.calendar import FIRST_DAY, NONE_DAY, day_number
from delinquency.currency import Currency
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    RateByAge,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.penalty.daily_rates import Bearing, daily_rates
from delinquency.penalty.debts import bearing_columns, late_columns
from delinquency.penalty.formulas import weight_of
from delinquency.penalty.late_days import day_denominator
from delinquency.penalty.rate_tables import ALWAYS_FROM
from delinquency.penalty.steps import EVER
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy
from delinquency.portfolio.kernels.penalty_bearings import NO_RATE
from delinquency.portfolio.kernels.penalty_layout import (
    Measure,
    OneRate,
    PenaltyNumbers,
    RateNumbers,
)
from delinquency.rates import RATE_SCALE, RatePeriod
from delinquency.rounding import Proportion

__all__ = [
    "PERIODS",
    "bears_alone",
    "every_factor",
    "fills_in_order",
    "penalty_numbers",
    "posts_on_demand",
]

PERIODS: Final = tuple(RatePeriod)
"""In the order of their codes."""

MOST_OF_A_SHARE: Final = 9_000
"""Of a numerator or denominator: 10**15 minor units times either has 64 bits."""

_MOST: Final = 2**63 - 1
_GRAINS: Final = tuple(RoundingGrain)
_BY_ORDER: Final = (RoundingGrain.INSTALMENT, RoundingGrain.ACCOUNT)
_BY_LEDGER: Final = (RoundingGrain.INSTALMENT, RoundingGrain.DAY)
"""Grains of which the loops of one rate keep no more than a sum of amounts times days."""
_UNIFORM: Final = {0: 1, 1: 1, 2: 1, 3: 4}
"""Day counts of which every day is the same part of a year, and its numerator."""


class _RateTable(NamedTuple):
    """Rates by the day from which each holds; the period is -1 where nothing is known."""

    days: Sequence[int]
    scaled: Sequence[int]
    periods: Sequence[int]


def fills_in_order(policy: Policy) -> bool:
    """Whether money alone decides what is open of debts of a plain loan, and the loops know the terms."""
    is_outside = policy.penalty_in_waterfall is PenaltyPlace.OUTSIDE
    return is_outside and policy.allocation.is_uniform and _has_one_order(policy)


def posts_on_demand(policy: Policy) -> bool:
    """Whether the loop of penalty on demand knows the policy; outside the order, it posts nothing.

    What is owed on one debt must not depend on others; see :func:`bears_alone`.
    """
    terms = policy.penalty
    return (
        terms is not None
        and policy.penalty_in_waterfall is not PenaltyPlace.POSTED
        and policy.allocation.excess in (Excess.HOLD, Excess.NEXT_INSTALMENT)
        and _has_one_order(policy)
        and bears_alone(terms)
    )


def bears_alone(terms: PenaltyTerms) -> bool:
    """Whether what is owed on a debt depends on no other, nor comes with interest that bears by itself."""
    return (
        _fits(terms)
        and terms.compounding is not Compounding.UNPAID_INTEREST
        and terms.grain is not RoundingGrain.ACCOUNT
        and not any(isinstance(cap, AbsoluteCap) for cap in terms.caps)
        and not _is_trigger(terms)
    )


def _has_one_order(policy: Policy) -> bool:
    has_choices = bool(policy.allocation_by_age or policy.allocation_by_kind)
    makes_debts = bool(policy.late_fees or policy.closing_tolerance)
    terms = policy.penalty
    return terms is not None and not has_choices and not makes_debts and _fits(terms)


def _is_trigger(terms: PenaltyTerms) -> bool:
    return terms.grace_days > 0 and terms.grace_kind is PenaltyGrace.TRIGGER_ONLY


def _fits(terms: PenaltyTerms) -> bool:
    if terms.base is PenaltyBase.OUTSTANDING_PRINCIPAL:
        return False
    if any(isinstance(cap, AnnualCap) for cap in terms.caps):
        return False
    shares = (*_shares(terms), *every_factor(terms))
    return all(max(share.numerator, share.denominator) <= MOST_OF_A_SHARE for share in shares)


def _shares(terms: PenaltyTerms) -> list[Proportion]:
    return [cap.share for cap in terms.caps if isinstance(cap, ShareOfBase)]


def every_factor(terms: PenaltyTerms) -> tuple[Proportion, ...]:
    """Every factor by which the contract rate may be multiplied; none under another rule."""
    rule = terms.rate
    if not isinstance(rule, ContractMultiple):
        return ()
    misuse = _misuse_factor(terms)
    factors = tuple(row.factor for row in rule.factors)
    return factors if misuse is None else (*factors, misuse)


def _misuse_factor(terms: PenaltyTerms) -> Proportion | None:
    rule = terms.rate
    factor = rule.misuse_factor if isinstance(rule, ContractMultiple) else None
    return factor if isinstance(factor, Proportion) else None


def penalty_numbers(
    policy: Policy, terms: PenaltyTerms, *, as_of: date, known_on: date | None, currency: Currency
) -> PenaltyNumbers:
    """The numbers of a policy that a loop knows, for a day and a cut.

    Raises
    ------
    InvalidValueError
        A cap finer than the minor unit of the currency.
    """
    as_of_day = day_number(as_of, where="portfolio", field="as_of")
    known = NONE_DAY
    if known_on is not None:
        known = day_number(known_on, where="portfolio", field="known_on")
    phases = policy.allocation.phases
    order = tuple(dict.fromkeys(column for _, columns in phases for column in columns))
    lengths = [len(columns) for _, columns in phases]
    return PenaltyNumbers(
        as_of=as_of_day,
        known=known,
        reversal_cut=as_of_day if known_on is None else known,
        holds_excess=1 if policy.allocation.holds_excess else 0,
        order=_column(order),
        bears=_flags(_bearing(terms)),
        late=_flags(late_columns(terms)),
        compounds=1 if terms.compounding is Compounding.UNPAID_INTEREST else 0,
        grace_days=terms.grace_days,
        grace_is_trigger=1 if terms.grace_kind is PenaltyGrace.TRIGGER_ONLY else 0,
        posts=1 if policy.penalty_in_waterfall is PenaltyPlace.ON_DEMAND else 0,
        phase_state=_column([state for state, _ in phases]),
        phase_offsets=_column([0, *accumulate(lengths)]),
        phase_columns=_column([column for _, columns in phases for column in columns]),
        rates=_rate_numbers(terms),
        measure=_measure(terms, currency),
        one=_one_rate(terms, order if fills_in_order(policy) else None),
    )


def _bearing(terms: PenaltyTerms) -> tuple[int, ...]:
    """The columns that bear in a debt of a loop.

    Penalty is posted as a debt of its own, which alone is never overdue: where days of grace have to be over,
    it bears nothing.
    """
    columns = bearing_columns(terms)
    if terms.grace_kind is not PenaltyGrace.TRIGGER_ONLY:
        return columns
    return tuple(column for column in columns if column in late_columns(terms))


def _rate_numbers(terms: PenaltyTerms) -> RateNumbers:
    table, factors, misuse = _rate_table(terms), _factor_rows(terms), _misuse_factor(terms)
    return RateNumbers(
        rule=_rule_code(terms),
        table_day=_column(table.days),
        table_scaled=_column(table.scaled),
        table_period=_column(table.periods),
        factor_day=_column([day for day, _, _ in factors]),
        factor_numerator=_column([numerator for _, numerator, _ in factors]),
        factor_denominator=_column([denominator for _, _, denominator in factors]),
        misuse_numerator=misuse.numerator if misuse else 0,
        misuse_denominator=misuse.denominator if misuse else 0,
    )


def _measure(terms: PenaltyTerms, currency: Currency) -> Measure:
    return Measure(
        grain=_GRAINS.index(terms.grain),
        rounding=terms.rounding.code,
        day_count=terms.day_count.code,
        day_denominator=day_denominator(terms.day_count),
        cap_numerator=_column([share.numerator for share in _shares(terms)]),
        cap_denominator=_column([share.denominator for share in _shares(terms)]),
        room=_room(terms, currency),
    )


def _column(values: Sequence[int]) -> npt.NDArray[np.int64]:
    column = np.array(values, dtype=np.int64)
    column.flags.writeable = False
    return column


def _flags(columns: Sequence[int]) -> npt.NDArray[np.int64]:
    return _column([int(column in columns) for column in range(4)])


def _rule_code(terms: PenaltyTerms) -> int:
    match terms.rate:
        case ContractMultiple():
            return 1
        case RateByAge():
            return 2
        case _:
            return 0


def _rate_table(terms: PenaltyTerms) -> _RateTable:
    """The rates of every day, or of every late day; none where they are the contract's."""
    if isinstance(terms.rate, ContractMultiple):
        return _RateTable((EVER,), (0,), (NO_RATE,))
    # The steps of a debt that fell due on day 0, which by age are late days and else the days themselves.
    steps = daily_rates(terms.rate).of_debt(0)
    rates = [value.rate if isinstance(value, Bearing) else None for value in steps.values]
    days = list(steps.days)
    if days[1:2] == [FIRST_DAY]:
        # A rate from the first day that the calendar knows holds on every day.
        days, rates = [EVER, *days[2:]], rates[1:]
    return _RateTable(
        days,
        [rate.scaled if rate else 0 for rate in rates],
        [PERIODS.index(rate.period) if rate else NO_RATE for rate in rates],
    )


def _factor_rows(terms: PenaltyTerms) -> list[tuple[int, int, int]]:
    """Day, numerator and denominator of the factors; over 0 before the first that is dated."""
    rule = terms.rate
    if not isinstance(rule, ContractMultiple):
        return [(EVER, 0, 0)]
    rows = [(row.day, row.factor.numerator, row.factor.denominator) for row in rule.factors]
    first, *rest = rows
    if rule.factors[0].effective_on == ALWAYS_FROM:
        return [(EVER, *first[1:]), *rest]
    return [(EVER, 0, 0), *rows]


def _room(terms: PenaltyTerms, currency: Currency) -> int:
    rooms = [
        to_minor(cap.amount, currency, where="absolute cap")
        for cap in terms.caps
        if isinstance(cap, AbsoluteCap)
    ]
    return min(rooms, default=-1)


def _ahead(order: Sequence[int], bears: Sequence[int]) -> list[int]:
    """The columns that are settled before the first that bears."""
    return list(order[: min(order.index(column) for column in bears)])


def _is_one_piece(order: Sequence[int], bears: Sequence[int]) -> bool:
    """Whether money settles the base in one piece; nothing of a debt is penalty here."""
    places = [place for place, column in enumerate(c for c in order if c != 3) if column in bears]
    return places == list(range(places[0], places[-1] + 1))


def _one_rate(terms: PenaltyTerms, order: Sequence[int] | None) -> OneRate:
    """What a minor unit bears a day, in lowest terms, if that is all that the terms say; else over 0.

    Where money fills debts in an order, the base has to be settled in one piece.
    """
    numerator, denominator = _times_a_day(terms) if _is_plain(terms, order) else (0, 0)
    # The remainder, below the denominator, times the numerator has to have 64 bits.
    if numerator * denominator > _MOST:
        numerator, denominator = 0, 0
    ahead = _flags(() if order is None else _ahead(order, bearing_columns(terms)))
    return OneRate(numerator, denominator, _MOST // max(numerator, 1), ahead)


def _is_plain(terms: PenaltyTerms, order: Sequence[int] | None) -> bool:
    return (
        isinstance(terms.rate, FixedPenaltyRate)
        and terms.rate.rates[0].effective_on == ALWAYS_FROM
        and len(terms.rate.rates) == 1
        and terms.day_count.code in _UNIFORM
        and terms.compounding is Compounding.NONE
        and terms.grain in (_BY_ORDER if order is not None else _BY_LEDGER)
        and (order is None or not terms.caps)
        and not _is_trigger(terms)
        and (order is None or _is_one_piece(order, bearing_columns(terms)))
    )


def _times_a_day(terms: PenaltyTerms) -> tuple[int, int]:
    """What one minor unit bears in one day, in lowest terms."""
    table, days = _rate_table(terms), day_denominator(terms.day_count)
    one_day = _UNIFORM[terms.day_count.code]
    numerator = weight_of(one_day, 1, table.scaled[0], table.periods[0], days)
    divisor = gcd(numerator, days * RATE_SCALE)
    return numerator // divisor, days * RATE_SCALE // divisor
