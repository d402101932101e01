"""What is of another type than a verb takes is told so: the kind of error, and the place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import numpy as np
import pytest

import delinquency as dq
import delinquency.portfolio as pf
from delinquency.judgment import GeneralInterest
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.revolving import InstalmentPlan
from delinquency.several_debts import Debt, allocate_among

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


HOUSE = dq.rulebook.load("founding-report").versions[0]
ACCOUNT = dq.Account(
    account_id="A",
    originated_on=date(2024, 12, 1),
    schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 1, 1), 1000)]),
    payments=[dq.Payment(date(2025, 1, 5), 5)],
    charges=[dq.Charge("c", dq.Component.FEES, 1, date(2025, 1, 1))],
    events=[dq.CountingSuspension(start=date(2025, 1, 2), end=date(2025, 1, 3))],
)
BOOK = pf.Portfolio.from_accounts([ACCOUNT])


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("instalments", "due_date"),
        ("payments", "amount"),
        ("charges", "amount"),
        ("suspensions", "start"),
    ],
)
@pytest.mark.parametrize("value", [None, 5, np.int64(5), np.array(5), "x", [1.5]], ids=repr)
def test_a_column_of_a_book_that_is_no_array_is_refused_by_its_name(table, column, value):
    changed = attrs.evolve(getattr(BOOK, table), **{column: value})
    with pytest.raises(dq.PortfolioError) as caught:
        attrs.evolve(BOOK, **{table: changed})
    assert caught.value.column == f"{table}.{column}"
    assert caught.value.reason == "wrong_type"


ARRAY = np.array([1, 2])


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: dq.Charge("c", ARRAY, 1, date(2025, 1, 1)), "charge 'c', component"),
        (
            lambda: LateFeeTerms(name="late", amount=FlatFee(5), currency=CNY, component=ARRAY),
            "late fee 'late', component",
        ),
        (
            lambda: InstalmentPlan(instalments=2, cost_component=ARRAY),
            "instalment plan, cost_component",
        ),
        (lambda: attrs.evolve(HOUSE, late_fees=ARRAY), "policy, late fee 1"),
        (lambda: attrs.evolve(HOUSE, late_fees=np.int64(0)), "policy, late fee"),
        (lambda: SHARED.share_of(ARRAY), "shared payment, debt_id"),
        (lambda: BOOK.row_of(ARRAY), "accounts.account_id"),
        (lambda: general_interest(["act/360"]), "general interest, day_count"),
        (lambda: general_interest(ARRAY), "general interest, day_count"),
    ],
)
def test_an_array_or_a_list_is_refused_where_one_value_is_meant(ask, where):
    with pytest.raises(dq.DelinquencyError) as caught:
        ask()
    assert caught.value.where == where


def general_interest(day_count):
    return GeneralInterest(
        rates=dq.Rate.per_year("0.03"), accrues_from=date(2025, 1, 1), day_count=day_count
    )


SHARED = allocate_among(
    [Debt(debt_id="D", amount=5, due_date=date(2025, 1, 1))],
    5,
    value_date=date(2025, 1, 2),
    currency=CNY,
)
