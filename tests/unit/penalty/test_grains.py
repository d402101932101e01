"""What is rounded, and when: a day, a line, an instalment; and what nothing may add to an exact sum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from delinquency import Currency, DayCount, InvalidTypeError, Proportion, Rate, RoundingMode
from delinquency.calendar import day_number, to_date
from delinquency.penalty import (
    AbsoluteCap,
    BoundCap,
    Compounding,
    DatedFactor,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    RoundingGrain,
    ShareOfBase,
)

CNY = Currency.of("CNY")
DUE = day_number(date(2025, 1, 1), where="test", field="due")
FULL, NOTHING = (100_000, 0, 0, 0), (0, 0, 0, 0)
# On 1,000.00 at 36 % by Act/360 a day bears one yuan, on 4.00 four tenths of a cent.
TERMS = PenaltyTerms(
    rate=FixedPenaltyRate(Rate.per_year("0.36")),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)


def late(amounts: tuple[int, int, int, int] = FULL, /, **more: Any) -> PenaltyAccrual:
    """One debt, due on 1 January."""
    names = {field.name for field in attrs.fields(PenaltyTerms)}
    facts = {name: more.pop(name) for name in tuple(more) if name not in names}
    found = PenaltyAccrual(attrs.evolve(TERMS, **more), CNY, **facts)
    found.open_debt(0, DUE, amounts)
    return found


@pytest.mark.parametrize(
    ("grain", "totals", "lines"),
    [
        (RoundingGrain.DAY, [0, 1, 1], [0, 1, 0]),
        (RoundingGrain.SEGMENT, [2, 3, 4], [2, 1, 1]),
        (RoundingGrain.INSTALMENT, [2, 2, 3], [2, 0, 1]),
        (RoundingGrain.ACCOUNT, [2, 2, 3], [2, 0, 1]),
    ],
)
def test_each_grain_rounds_its_own_part(
    grain: RoundingGrain, totals: list[int], lines: list[int]
) -> None:
    """Four days of 0.4 cents, one of 0.6 and six of 0.1: exactly 1.6, 2.2 and 2.8 cents."""
    found = late((400, 0, 0, 0), grain=grain)
    found.change(0, DUE + 4, (600, 0, 0, 0))
    found.change(0, DUE + 5, (100, 0, 0, 0))
    assert [found.accrued(0, DUE + days) for days in (4, 5, 11)] == totals
    assert [line.amount_minor for line in found.segments(DUE + 11)] == lines
    assert found.exact(0, DUE + 11) == Fraction(28, 10)


def test_a_rate_a_day_is_rounded_day_by_day_too() -> None:
    """0.1 % a day of 1,000.00 and of 4.00: 1.00 a day, and 0.4 of a cent that is never one."""
    rate = FixedPenaltyRate(Rate.per_day("0.001"))
    for amount, expected in ((100_000, 300), (400, 0)):
        found = late((amount, 0, 0, 0), rate=rate, grain=RoundingGrain.DAY)
        assert found.accrued(0, DUE + 3) == expected


def test_the_smallest_amount_bears() -> None:
    """A cent for 1,000 days at 0.1 % a day is a cent."""
    assert late((1, 0, 0, 0)).exact(0, DUE + 1000) == 1


def test_days_that_bear_nothing_add_nothing_to_the_exact_sum() -> None:
    found = late(suspended=[(DUE + 2, DUE + 5)])
    exact = [found.exact(0, DUE + days) for days in (0, 2, 4, 5, 6)]
    assert exact == [0, 200, 200, 200, 300]


@pytest.mark.parametrize("grain", list(RoundingGrain))
def test_days_of_grace_that_never_bear_are_nothing_at_every_grain(grain: RoundingGrain) -> None:
    found = late(grain=grain, grace_days=5, grace_kind=PenaltyGrace.NEVER_CHARGED)
    assert [found.accrued(0, DUE + days) for days in (0, 3, 5, 6, 8)] == [0, 0, 0, 100, 300]


def test_a_cap_is_bound_from_the_first_day_that_exceeds_it() -> None:
    """A hundredth of 1,000.00 is what ten days bear."""
    cap = ShareOfBase(Proportion(1, 100))
    found = late(caps=[cap])
    assert found.bound_caps(DUE + 10) == ()
    for days in (11, 12, 40):
        told = BoundCap(cap, to_date(DUE + 11), 0, accrued_minor=100 * days, limit_minor=1_000)
        assert found.bound_caps(DUE + days) == (told,)


@pytest.mark.parametrize(
    ("base", "late_by"),
    [
        (PenaltyBase.OVERDUE_AMOUNT, [True, True, True]),
        (PenaltyBase.OVERDUE_INSTALMENT, [True, True, False]),
    ],
)
def test_principal_interest_and_fees_that_bear_each_make_a_debt_late(
    base: PenaltyBase, late_by: list[bool]
) -> None:
    """Three days of grace that only trigger: once past them, the days from the due date bear."""
    for column, is_late in enumerate(late_by):
        amounts = tuple(100_000 if place == column else 0 for place in range(4))
        found = late(amounts, base=base, grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
        assert [found.accrued(0, DUE + days) for days in (3, 4)] == [0, 400 if is_late else 0]


def test_only_the_close_of_a_day_decides_whether_a_debt_is_late() -> None:
    """Paid on the second day of three days of grace, in two parts."""
    found = late(grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
    found.change(0, DUE + 2, (50_000, 0, 0, 0))
    found.change(0, DUE + 2, NOTHING)
    assert found.accrued(0, DUE + 30) == 0


@pytest.mark.parametrize("span", [(DUE, "open"), ("ever", DUE), (DUE, DUE + 1.0)])
def test_both_ends_of_a_span_are_day_numbers(span: tuple[Any, Any]) -> None:
    with pytest.raises(InvalidTypeError, match="^penalty, suspension: expected two day numbers"):
        late(suspended=[span])


def test_a_dated_factor_without_a_date_is_refused_by_its_name() -> None:
    with pytest.raises(InvalidTypeError, match="^dated factor: expected effective_on to be a date"):
        DatedFactor("2025-01-01", Proportion(3, 2))


def test_a_unit_that_stays_posted_stands_in_the_lines() -> None:
    """Up to a cap of 0.02: on day 5 a bore 1.00 cent, b 0.50, c 2.1; rounded up in a running sum, a has 0.01,
    b 0.01 and c 0.02 less the cap. On day 6 a bore 1.20: rounded up 0.02, and b nothing more. What was posted
    stays, and the lines add up to it."""
    accrual = PenaltyAccrual(
        attrs.evolve(
            TERMS,
            grain=RoundingGrain.ACCOUNT,
            rounding=RoundingMode.UP,
            caps=[AbsoluteCap(Decimal("0.02"))],
        ),
        CNY,
    )
    for place, (due, principal) in enumerate([(DUE, 200), (DUE, 100), (DUE + 2, 700)]):
        accrual.open_debt(place, due, (principal, 0, 0, 0))
    told = []
    for day in (DUE + 5, DUE + 6):
        posted = [accrual.post(place, day) for place in range(3)]
        told.append((posted, [line.amount_minor for line in accrual.segments(day)]))
        assert accrual.total(day) == 2
    assert told == [([1, 1, 0], [1, 1, 0]), ([0, 0, 0], [1, 1, 0])]


def test_a_unit_that_a_cap_kept_from_one_debt_goes_to_none_that_bore_nothing() -> None:
    """Nothing bears for ten days. By day 40 a, paid on day 15, bore 0.5 and b 3, of which 1 counts: 1.5 are 2 to
    even, and b has 1. c bore nothing and takes no unit. By day 46 c bore 0.1: 1.6 are 2, and one is c's."""
    cap = ShareOfBase(Proportion(1, 100))
    accrual = PenaltyAccrual(
        attrs.evolve(
            TERMS,
            rate=RateByAge(((1, Rate.per_year(0)), (11, Rate.per_year("0.36")))),
            grain=RoundingGrain.ACCOUNT,
            rounding=RoundingMode.HALF_EVEN,
            caps=[cap],
        ),
        CNY,
    )
    for place, due in enumerate([DUE, DUE, DUE + 35, DUE + 35]):
        accrual.open_debt(place, due, (100, 0, 0, 0))
    accrual.change(0, DUE + 15, NOTHING)
    told = []
    for day in (DUE + 40, DUE + 46):
        assert [accrual.accrued(place, day) for place in range(4)] == [0, 1, day - DUE == 46, 0]
        lines = accrual.segments(day)
        told.append([(line.place, line.amount_minor, line.capped_minor) for line in lines])
        assert accrual.total(day) == sum(line.amount_minor for line in lines)
    # Of each debt the first line is that of the days that bear nothing.
    nothing = [(place, 0, 0) for place in range(4)]
    assert told[0] == [nothing[0], nothing[0], nothing[1], (1, 1, 3), nothing[2], nothing[3]]
    assert told[1][4:] == [nothing[2], (2, 1, 0), nothing[3], nothing[3]]


def test_a_line_that_rounds_to_nothing_says_so() -> None:
    accrual = late((400, 0, 0, 0), grain=RoundingGrain.INSTALMENT)
    (line,) = accrual.segments(DUE + 1)
    assert str(line).endswith("4.00 × 36 % a year × 1/360 = 0.00 CNY.")
    up_to_the_cap = late((150, 0, 0, 0), rounding=RoundingMode.DOWN)
    (line,) = up_to_the_cap.segments(DUE + 4)
    assert str(line).endswith("× 4/360 = 0.006 CNY, as the terms round 0.00 CNY.")
