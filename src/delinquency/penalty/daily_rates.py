"""What a day bears: its rate and the part of it that is owed, for every day of a contract.

Rates of the contract, factors, misuse, waivers and suspensions are given each by its own days. The one idea:
they are laid over each other once for a contract, into one row of values from which every debt reads; only
a rate by age differs from debt to debt, by its due date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import lcm
from typing import NamedTuple

from delinquency.calendar import NONE_DAY, Day, day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty.rate_rules import (
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyRate,
    RateByAge,
    ReferencePlusMargin,
)
from delinquency.penalty.rate_tables import checked_penalty_rate
from delinquency.penalty.steps import (
    EVER,
    Gap,
    Span,
    Steps,
    checked_spans,
    laid_over,
)
from delinquency.rates import Rate
from delinquency.rounding import Proportion

__all__ = ["Bearing", "Bearings", "DailyRates", "Waiver", "daily_rates"]

Waiver = tuple[Day, Day, Proportion]
"""Of the days ``[start, end)`` a share of the accrual is waived."""


class Bearing(NamedTuple):
    """What a day bears: a rate, and how much of it is owed, in parts of a whole."""

    rate: Rate
    owed_parts: int


Bearings = Steps[Bearing | Gap | None]
"""By day; ``None`` where nothing accrues."""


class DailyRates(NamedTuple):
    """The bearings of a contract.

    ``parts`` is the whole of which ``Bearing.owed_parts`` are parts; ``of_debt`` gives the bearings of a
    debt by its due day.
    """

    parts: int
    of_debt: Callable[[Day], Bearings]


def daily_rates(
    rule: PenaltyRate,
    *,
    contract_rates: Sequence[tuple[Day, Rate]] = (),
    misused: Sequence[Span] = (),
    waived: Sequence[Waiver] = (),
    suspended: Sequence[Span] = (),
) -> DailyRates:
    """The bearings of every day under a rule.

    Parameters
    ----------
    rule : PenaltyRate
    contract_rates : sequence of tuple of int and Rate
        The contract rate by the day from which it holds; read by ``ContractMultiple`` alone.
    misused : sequence of spans
        While the money is not used as agreed.
    waived : sequence of tuple of int, int and Proportion
        Spans and the share of their accrual that is waived, at most one.
    suspended : sequence of spans
        While nothing accrues. Late days go on.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Spans that overlap; a share beyond one; contract rates that are missing or out of order; misuse
        under terms that have no factor for it; a product finer than 1e-8.

    Examples
    --------
    A quarter of the second ten days is waived:

    >>> found = daily_rates(FixedPenaltyRate(Rate.per_year("0.12")), waived=[(10, 20, Proportion(1, 4))])
    >>> [found.of_debt(0).on(day).owed_parts for day in (9, 10, 19, 20)], found.parts
    ([4, 3, 3, 4], 4)
    """
    _check_waivers(waived)
    parts = lcm(*(share.denominator for _, _, share in waived))
    owed = _inside(
        [(start, end) for start, end, _ in waived],
        [parts - parts * share.numerator // share.denominator for _, _, share in waived],
        parts,
        "penalty, waiver",
    )
    paused = _inside(suspended, [True] * len(suspended), outside=False, where="penalty, suspension")
    misuse = _inside(misused, [True] * len(misused), outside=False, where="penalty, misuse")
    if misused and not (isinstance(rule, ContractMultiple) and rule.misuse_factor is not None):
        raise InvalidValueError.at(
            "penalty, misuse",
            expected="terms with a misuse_factor",
            found=f"a {type(rule).__name__} without one",
            hint='Write ContractMultiple("1.5", misuse_factor="2"), or leave the misuse out.',
        )
    if isinstance(rule, RateByAge):
        return DailyRates(parts, partial(_of_age, rule, owed, paused))
    everywhere: Bearings = laid_over(_bearing, _rates(rule, contract_rates, misuse), owed, paused)
    return DailyRates(parts, partial(_of_any_age, everywhere))


def _of_age(rule: RateByAge, owed: Steps[int], paused: Steps[int], due_day: Day) -> Bearings:
    return laid_over(_bearing, _rates_by_age(rule, due_day), owed, paused)


def _of_any_age(everywhere: Bearings, due_day: Day) -> Bearings:  # noqa: ARG001 -- of any due day
    return everywhere


def _bearing(rate: Rate | Gap, owed_parts: int, is_paused: bool) -> Bearing | Gap | None:
    if is_paused:
        return None
    return rate if isinstance(rate, Gap) else Bearing(rate, owed_parts)


def _check_waivers(waived: Sequence[Waiver]) -> None:
    for _, _, share in waived:
        if not isinstance(share, Proportion):
            raise InvalidTypeError.at("penalty, waiver", expected="a Proportion", found=share)
        if share.numerator > share.denominator:
            raise InvalidValueError.at(
                "penalty, waiver", expected="a share of at most one", found=str(share)
            )


def _inside(spans: Sequence[Span], values: Sequence[int], outside: int, where: str) -> Steps[int]:
    """A value inside each span, another outside all."""
    checked_spans(spans, where)
    days, kept = [EVER], [outside]
    for (start, end), value in sorted(zip(spans, values, strict=True)):
        if days[-1] == start:
            kept[-1] = value
        else:
            days.append(start)
            kept.append(value)
        if end < NONE_DAY:
            days.append(end)
            kept.append(outside)
    return Steps(tuple(days), tuple(kept))


def _rates_by_age(rule: RateByAge, due_day: Day) -> Steps[Rate | Gap]:
    # Late day 1 is the due day itself; before it no debt bears.
    days = (EVER, *(due_day + tier.from_day - 1 for tier in rule.tiers[1:]))
    return Steps(days, tuple(tier.rate for tier in rule.tiers))


def _rates(
    rule: FixedPenaltyRate | ContractMultiple | ReferencePlusMargin,
    contract_rates: Sequence[tuple[Day, Rate]],
    misuse: Steps[int],
) -> Steps[Rate | Gap]:
    match rule:
        case FixedPenaltyRate(rates):
            return _table([(row.day, row.rate) for row in rates], "fixed penalty rate")
        case ReferencePlusMargin(reference, margin):
            where = f"reference rates {reference.name!r}"
            last = day_number(reference.covered_until, where=where, field="covered_until")
            sums = [rate.plus(margin, where=where) for _, rate in reference.rates]
            return _table(list(zip(reference.days, sums, strict=True)), where, last)
        case ContractMultiple():
            contract = _table(_checked_contract_rates(contract_rates), "contract rates")
            product = partial(_product, rule.misuse_factor)
            return laid_over(product, contract, _factors(rule), misuse)
        case _:
            raise InvalidTypeError.at("penalty, rate", expected="a penalty rate", found=rule)


def _table(
    rows: Sequence[tuple[Day, Rate]], where: str, last: Day | None = None
) -> Steps[Rate | Gap]:
    """Rates by day, with gaps before the first and after the last day that is covered."""
    gap = Gap(where, rows[0][0], last)
    days = [EVER, *(day for day, _ in rows)]
    values: list[Rate | Gap] = [gap, *(rate for _, rate in rows)]
    if last is not None:
        days.append(last + 1)
        values.append(gap)
    return Steps(tuple(days), tuple(values))


def _factors(rule: ContractMultiple) -> Steps[Proportion | Gap]:
    days = [row.day for row in rule.factors]
    gap = Gap("factors of the contract rate", days[0])
    return Steps((EVER, *days), (gap, *(row.factor for row in rule.factors)))


def _checked_contract_rates(rates: Sequence[tuple[Day, Rate]]) -> Sequence[tuple[Day, Rate]]:
    where = "contract rates"
    if not rates:
        raise InvalidValueError.at(
            where,
            expected="at least one day and Rate, of which the penalty rate is a multiple",
            found="none",
            hint="A schedule says no rate: Account(contract_rates=[DatedRate(originated_on, rate)]).",
        )
    last = EVER
    for day, rate in rates:
        if type(day) is not int:
            raise InvalidTypeError.at(where, expected="a day number", found=day)
        if day <= last:
            raise InvalidValueError.at(
                where, expected="days in order, each once", found=repr([day for day, _ in rates])
            )
        checked_penalty_rate(rate, where)
        last = day
    return rates


def _product(
    worse: Proportion | None, rate: Rate | Gap, factor: Proportion | Gap, is_misused: int
) -> Rate | Gap:
    if isinstance(rate, Gap):
        return rate
    if isinstance(factor, Gap):
        return factor
    usual = rate.times(factor, where="penalty rate")
    if worse is None or not is_misused:
        return usual
    return max(usual, rate.times(worse, where="penalty rate of misuse"), key=_scaled)


def _scaled(rate: Rate) -> int:
    return rate.scaled
