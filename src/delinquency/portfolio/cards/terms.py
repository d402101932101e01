"""Terms of cards as whole numbers in one column, as the kernel of cards reads them.

The one idea: terms are few and cards are many, so terms are laid out once, with every enumeration as a
number and every dated part as rows that begin with their first day. What may grow too large for 64 bits
bounds the balance up to which the kernel answers; beyond it a card is answered alone, in whole numbers of
any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from delinquency.calendar import NONE_DAY, day_number
from delinquency.daycount.formulas import ratio_by_code
from delinquency.late_fees import FlatFee, ShareFee
from delinquency.portfolio.kernels.cards.layout import (
    BY_KIND,
    GRACE,
    HIGHEST_RATE,
    LATE_FEES,
    MINIMUM_THEN_RATE,
    MINIMUMS,
    RANKS,
    RATES,
    TOLERANCES,
)
from delinquency.rates import RATE_SCALE, RatePeriod
from delinquency.revolving.cycles import DueAfterDays
from delinquency.revolving.interest import InterestGrain, InterestMethod
from delinquency.revolving.kinds import BALANCE_KINDS
from delinquency.revolving.late_fee import LateFeePosting
from delinquency.revolving.minimum import MinimumBase
from delinquency.revolving.orders import ByKind, HighestRateFirst, MinimumThenHighestRate
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from delinquency.late_fees import LateFeeTerms
    from delinquency.rates import Rate
    from delinquency.revolving.dated import Dated
    from delinquency.revolving.interest import CardInterest
    from delinquency.revolving.orders import BalanceOrder
    from delinquency.revolving.terms import CardTerms, MinimumRow

__all__ = ["term_numbers"]

_JANUARY: Final = (1900, 1)
"""The first month of all: it has every day, and no card is older."""
_MOST_BALANCE: Final = 2**50
_MOST_PRODUCT: Final = 2**59
_LARGEST: Final = 2**62
_GRAINS: Final = tuple(InterestGrain)
_ALIKE_DAYS: Final = (0, 1, 2, 3)
"""Codes of day counts in which every day is as long as another."""

T = TypeVar("T")


def term_numbers(terms: Iterable[CardTerms]) -> tuple[list[int], list[int]]:
    """All terms one after the other, and where each begins."""
    numbers: list[int] = []
    starts: list[int] = []
    for each in terms:
        starts.append(len(numbers))
        _lay_out(each, numbers)
    # A larger one belongs to terms whose cards are answered alone; nobody reads it.
    return [min(number, _LARGEST) for number in numbers], starts


def _lay_out(terms: CardTerms, numbers: list[int]) -> None:
    at = len(numbers)
    numbers += (_most_balance(terms), *_cycle(terms), *_bearing(terms.interest))
    numbers += (int(terms.refunds_settle_minimum), *_order(terms.order))
    numbers += [0] * (at + RANKS - len(numbers))
    numbers += _ranks(terms.order)
    _put_rows(numbers, at + GRACE, _rows(terms.grace_days, lambda days: (days,)))
    _put_rows(numbers, at + TOLERANCES, _rows(terms.tolerance_minor, lambda minor: (minor,)))
    _put_rows(numbers, at + MINIMUMS, _rows(terms.minimum_rows, _minimum))
    posting = terms.late_fee_posting
    _put_rows(numbers, at + LATE_FEES, _rows(terms.late_fee, lambda fee: _late_fee(fee, posting)))
    for place, kind in enumerate(BALANCE_KINDS):
        rates = terms.interest.rate_of(kind)
        rows = [] if rates is None else _rows(rates, _rate)
        _put_rows(numbers, at + RATES + 2 * place, rows)


def _rows(value: Dated[T], numbers_of: Callable[[T], tuple[int, ...]]) -> list[tuple[int, ...]]:
    """A row a step of a dated value, its first day first."""
    steps = zip(value.days, value.values, strict=True)
    return [(day, *numbers_of(step)) for day, step in steps]


def _put_rows(numbers: list[int], place: int, rows: list[tuple[int, ...]]) -> None:
    """Write rows at the end, and at ``place`` where they are and how many."""
    numbers[place : place + 2] = (len(numbers), len(rows))
    for row in rows:
        numbers += row


def _cycle(terms: CardTerms) -> tuple[int, ...]:
    """Anchors of statement and due days: every month of them is counted from one January."""
    anchor = _anchor(terms.cycle_day)
    if isinstance(terms.due, DueAfterDays):
        return anchor, terms.due.days, 0, 0
    return anchor, 0, _anchor(terms.due.day), terms.due.months_after


def _anchor(day: int) -> int:
    return day_number(date(*_JANUARY, day), where="card terms", field="cycle_day")


def _bearing(interest: CardInterest) -> tuple[int, ...]:
    code = interest.day_count.code
    one_day, of_year = ratio_by_code(0, 1, code)
    return (
        int(interest.method is InterestMethod.FULL_STATEMENT),
        code,
        RATE_SCALE * of_year,
        of_year,
        one_day if code in _ALIKE_DAYS else 0,
        interest.rounding.code,
        _GRAINS.index(interest.grain),
        int(interest.payment_day_bears),
    )


def _order(order: BalanceOrder) -> tuple[int, ...]:
    """The order, billed first, plan parts first, cycles of deferred interest, age of the switch."""
    match order:
        case ByKind():
            at_least = NONE_DAY if order.switch is None else order.switch.at_least
            return BY_KIND, int(order.is_billed_first), 0, 0, at_least
        case HighestRateFirst():
            return HIGHEST_RATE, 0, int(order.are_plan_parts_first), 0, NONE_DAY
        case MinimumThenHighestRate():
            return MINIMUM_THEN_RATE, 1, 0, order.deferred_first_cycles, NONE_DAY


def _ranks(order: BalanceOrder) -> list[int]:
    kinds = order.kinds
    later = kinds
    if isinstance(order, ByKind) and order.switch is not None:
        later = order.switch.kinds
    return [each.index(kind) for each in (kinds, later) for kind in BALANCE_KINDS]


def _rate(rate: Rate) -> tuple[int, ...]:
    return rate.scaled, int(rate.period is RatePeriod.DAY)


def _minimum(row: MinimumRow) -> tuple[int, ...]:
    rule, floor, multiple = row
    weights = [0] * (2 * len(BALANCE_KINDS))
    for share in rule.shares:
        place = BALANCE_KINDS.index(share.kind)
        if share.of is MinimumBase.NEWLY_BILLED:
            place += len(BALANCE_KINDS)
        weights[place] = _weight(share.share, rule.denominator)
    beyond = _weight(rule.over_limit, rule.denominator)
    floor *= rule.denominator
    return rule.denominator, floor, multiple, rule.rounding.code, beyond, *weights


def _weight(share: Proportion, denominator: int) -> int:
    return share.numerator * (denominator // share.denominator)


def _late_fee(fee: LateFeeTerms | None, posting: LateFeePosting) -> tuple[int, ...]:
    if fee is None:
        return (0,) * 9
    share = fee.amount.share if isinstance(fee.amount, ShareFee) else Proportion(0, 1)
    return (
        1,
        share.numerator,
        share.denominator,
        fee.flat_minor,
        fee.minimum_minor,
        fee.maximum_minor,
        int(fee.cap_by_minimum),
        fee.rounding.code,
        int(posting is LateFeePosting.AFTER_GRACE),
    )


def _is_known(fee: LateFeeTerms) -> bool:
    """Whether the kernel can tell the fee: of one amount or share, between fixed limits."""
    return isinstance(fee.amount, FlatFee | ShareFee) and not isinstance(fee.maximum, ShareFee)


def _most_balance(terms: CardTerms) -> int:
    """The balance up to which no product leaves 64 bits; 0 where the terms alone are too large."""
    most = _MOST_BALANCE
    for rule, floor, multiple in terms.minimum_rows.values:
        if rule.denominator * max(floor, multiple, 1) > _MOST_PRODUCT:
            return 0
        most = min(most, _MOST_PRODUCT // rule.denominator)
    for fee in terms.late_fee.values:
        if fee is not None and not _is_known(fee):
            return 0
        if fee is not None and isinstance(fee.amount, ShareFee):
            share = fee.amount.share
            if share.denominator > _MOST_PRODUCT:
                return 0
            most = min(most, _MOST_PRODUCT // max(1, share.numerator))
    return most
