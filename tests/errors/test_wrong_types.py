"""What is of another type than a verb takes is told so: the kind of error, and the place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

import delinquency as dq
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

CNY = dq.Currency.of("CNY")
DUE = 20_000
OPEN = (100_000, 0, 0, 0)


def accrual_of(base=PenaltyBase.OVERDUE_PRINCIPAL):
    terms = PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_year("0.18")),
        base=base,
        compounding=Compounding.NONE,
        day_count=dq.DayCount.ACT_360,
        posting=Posting.ON_DEMAND,
        grain=RoundingGrain.INSTALMENT,
    )
    accrual = PenaltyAccrual(terms, CNY)
    accrual.open_debt(0, DUE, OPEN)
    return accrual


NO_NUMBERS = (
    20_010.5,
    float("nan"),
    True,
    Decimal(20_010),
    np.int64(20_010),
    None,
    "x",
    [],
    date(2025, 1, 1),
)
OF_A_DAY = {
    "open_debt": (1, ..., OPEN),
    "change": (0, ..., OPEN),
    "change_outstanding": (..., 5),
    "charge_all_in": (..., 5),
    "accrued": (0, ...),
    "exact": (0, ...),
    "post": (0, ...),
    "total": (...,),
    "segments": (...,),
    "bound_caps": (...,),
}
OF_A_PLACE = {
    "open_debt": (..., DUE, OPEN),
    "change": (..., DUE, OPEN),
    "enter": (..., OPEN),
    "accrued": (..., DUE),
    "exact": (..., DUE),
    "post": (..., DUE),
    "posted": (...,),
}
OF_AMOUNTS = {"open_debt": (1, DUE, ...), "change": (0, DUE, ...), "enter": (0, ...)}


def asked(verb, arguments, value, base=PenaltyBase.OVERDUE_PRINCIPAL):
    return getattr(accrual_of(base), verb)(*(value if one is ... else one for one in arguments))


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("base", [PenaltyBase.OVERDUE_PRINCIPAL, PenaltyBase.OUTSTANDING_PRINCIPAL])
def test_an_accrual_takes_days_and_places_as_int_alone(value, base):
    for field, verbs in (("day", OF_A_DAY), ("place", OF_A_PLACE)):
        for verb, arguments in verbs.items():
            with pytest.raises(dq.InvalidTypeError, match=f"penalty.*{field}"):
                asked(verb, arguments, value, base)


@pytest.mark.parametrize("value", [5, None, 1.5, "abcd", (1, 2, 3), [1, 2, 3, 4.0]], ids=repr)
def test_an_accrual_takes_four_amounts(value):
    for verb, arguments in OF_AMOUNTS.items():
        with pytest.raises(dq.InvalidTypeError, match="principal, interest, fees and penalty"):
            asked(verb, arguments, value)


@pytest.mark.parametrize("day", [10**30, -(10**30), 2**31 - 1])
def test_an_accrual_takes_days_of_the_calendar_alone(day):
    for verb, arguments in OF_A_DAY.items():
        with pytest.raises(dq.InvalidValueError, match="from -25567 to 84371"):
            asked(verb, arguments, day)
