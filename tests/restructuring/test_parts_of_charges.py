"""An amount that becomes principal, and charges that are named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    RestructuringPlan,
    restructure,
)

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
DAY = date(2025, 4, 1)
BEGUN = date(2024, 12, 1)
PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component
CHARGES = [
    dq.Charge("A", FEES, 30, date(2025, 1, 10)),
    dq.Charge("B", FEES, 20, date(2025, 2, 10)),
    dq.Charge("P", PENALTY, 7, date(2025, 2, 20)),
    dq.Charge("LATER", FEES, 5, date(2025, 4, 1), charged_on=date(2025, 3, 1)),
]


def planned(*measures, charges=CHARGES):
    """600 in six months, of which three are past due, at 12 % with 1 of interest each."""
    rows = [dq.Instalment(date(2025, month, 15), 100, 1) for month in range(1, 7)]
    account = dq.Account(
        account_id="A-1",
        originated_on=BEGUN,
        schedule=dq.Schedule(CNY, rows),
        charges=charges,
        contract_rates=[dq.DatedRate(BEGUN, dq.Rate.per_year("0.12"))],
    )
    plan = RestructuringPlan(measures=measures, effective_on=DAY, day_count=DayCount.THIRTY_E_360)
    return restructure(account, plan, as_of=DAY, policy=POLICY)


def open_by_charge(done) -> dict[str, Decimal]:
    ledger = dq.replay(done.after, as_of=DAY, policy=POLICY)
    found = {}
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if debt.charge_no:
            found[done.after.charges[debt.charge_no - 1].charge_id] = sum(row)
    return found


def test_an_amount_of_interest_is_what_is_past_due_first() -> None:
    """3.00 past due and half of April, 16 of 30 days, earned: 0.53."""
    done = planned(Capitalisation([INTEREST], amount=Decimal("3.10")))
    assert (done.debt_before.interest, done.capitalised.interest) == (
        Decimal("3.53"),
        Decimal("3.10"),
    )
    assert done.arrears_after.interest == 0
    assert done.debt_after.interest == Decimal("0.43")
    less = planned(Capitalisation([INTEREST], amount=1))
    assert less.arrears_after.interest == 2
    whole = planned(Capitalisation([INTEREST], amount=Decimal("3.53")))
    assert whole.debt_after == planned(Capitalisation([INTEREST])).debt_after
    with pytest.raises(InvalidValueError, match=r"at most what there is, 3\.53"):
        planned(Capitalisation([INTEREST], amount=Decimal("3.54")))


def test_an_amount_of_fees_is_of_the_oldest() -> None:
    done = planned(Capitalisation([FEES], amount=40))
    assert open_by_charge(done) == {"A": 0, "B": 1000, "P": 700, "LATER": 500}
    assert sum(row.after.principal for row in done.schedule_rows if row.after) == 340


def test_named_charges_alone_are_waived_or_become_principal() -> None:
    done = planned(ArrearsWaiver([FEES], charge_ids=["A"]))
    assert open_by_charge(done) == {"A": 0, "B": 2000, "P": 700, "LATER": 500}
    assert (done.waived.fees, done.waived.penalty) == (30, 0)
    both = planned(ArrearsWaiver(charge_ids=["P"]), Capitalisation([FEES], charge_ids=["A", "B"]))
    assert open_by_charge(both) == {"A": 0, "B": 0, "P": 0, "LATER": 500}
    assert (both.capitalised.fees, both.waived.penalty) == (50, 7)


def test_a_share_or_an_amount_may_be_of_named_charges() -> None:
    half = planned(ArrearsWaiver([FEES], share=dq.Proportion(1, 2), charge_ids=["A"]))
    assert open_by_charge(half) == {"A": 1500, "B": 2000, "P": 700, "LATER": 500}
    with pytest.raises(InvalidValueError, match=r"at most what there is, 30\.00"):
        planned(Capitalisation([FEES], amount=Decimal("30.01"), charge_ids=["A"]))


def test_a_later_charge_cannot_go_while_an_older_one_stays() -> None:
    with pytest.raises(InvalidValueError, match="older part, due on 2025-01-10, that stays"):
        planned(ArrearsWaiver([FEES], charge_ids=["B"]))
    done = planned(
        ArrearsWaiver([FEES], charge_ids=["B"]), Capitalisation([FEES], charge_ids=["A"])
    )
    assert (done.waived.fees, done.capitalised.fees) == (20, 30)
    rest = planned(ArrearsWaiver([FEES], charge_ids=["B"]), ArrearsSpread())
    assert (rest.waived.fees, rest.spread.fees) == (20, 30)
    assert open_by_charge(rest) == {"A": 0, "B": 0, "P": 0, "LATER": 500} | {
        each: amount for each, amount in open_by_charge(rest).items() if each.startswith("plan")
    }


@pytest.mark.parametrize("name", ["LATER", "Z"])
def test_a_charge_that_is_not_past_due_is_refused(name: str) -> None:
    """One that falls due on the day of the plan is not past due at its start."""
    with pytest.raises(InvalidValueError, match=f"past due: A, B, P, found '{name}'"):
        planned(Capitalisation([FEES], charge_ids=[name]))


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (
            lambda: Capitalisation([FEES, PENALTY], amount=1),
            InvalidValueError,
            "one component beside",
        ),
        (lambda: Capitalisation([FEES], amount=0), InvalidValueError, "amount"),
        (lambda: Capitalisation([FEES], amount=-1), InvalidValueError, "amount"),
        (lambda: Capitalisation([FEES], amount=1.0), InvalidTypeError, "amount"),
        (lambda: Capitalisation([FEES], amount=Decimal("NaN")), InvalidValueError, "amount"),
        (lambda: Capitalisation([FEES], charge_ids="A"), InvalidTypeError, "an iterable of str"),
        (lambda: Capitalisation([FEES], charge_ids=[1]), InvalidTypeError, "charge_ids"),
        (lambda: Capitalisation([FEES], charge_ids=[]), InvalidValueError, "at least one charge"),
        (lambda: Capitalisation([FEES], charge_ids=["A", "A"]), InvalidValueError, "each once"),
        (lambda: Capitalisation([FEES], charge_ids=[""]), InvalidTypeError, "charge_ids"),
        (
            lambda: Capitalisation([INTEREST], charge_ids=["A"]),
            InvalidValueError,
            "all that charges have",
        ),
        (lambda: ArrearsWaiver(charge_ids=["A", "A"]), InvalidValueError, "each once"),
        (lambda: ArrearsWaiver(charge_ids="A"), InvalidTypeError, "an iterable of str"),
    ],
)
def test_bad_input_is_refused(make, error, told) -> None:
    with pytest.raises(error, match=told):
        make()
