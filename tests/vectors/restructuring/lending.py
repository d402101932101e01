"""A published case of charges: an account, and a plan that says what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import delinquency as dq
from delinquency.restructuring import (
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    Measure,
    RestructuringPlan,
    restructure,
)
from delinquency.restructuring.answer import Restructured
from tests.vectors.what_is_owed.test_lending import account, day

POLICY = dq.rulebook.load("founding-report")
_, INTEREST, FEES, PENALTY = dq.Component


def charged(given: Mapping[str, Any]) -> list[tuple[str, dq.Charge]]:
    """The code of each charge, and the charge."""
    return [
        (row["code"], dq.Charge(f"C-{number}", FEES, Decimal(row["amount"]), day(row["date"])))
        for number, row in enumerate(given["charges"], start=1)
    ]


def measures(given: Mapping[str, Any]) -> list[Measure]:
    """What is capitalised of the charges of each code; the rest of them is waived, and some interest."""
    wanted, charges = given["restructure"], charged(given)
    found: list[Measure] = [
        Forgiveness(INTEREST, amount=Decimal(wanted["interest_waiver"])),
    ]
    for row in wanted["charges"]:
        ids = [charge.charge_id for code, charge in charges if code == row["code"]]
        amount = Decimal(row["capitalize"])
        found.append(Capitalisation([FEES], amount=amount, charge_ids=ids))
    return [*found, ArrearsWaiver([FEES])]


def restructured(given: Mapping[str, Any], *more: Measure) -> Restructured:
    """The loan of the case with the plan put to it, and more measures after those of the case."""
    loan = account(dict(given), charges=[charge for _, charge in charged(given)])
    rate = dq.Rate.percent(given["annual_rate_percent"])
    loan = dq.Account(
        account_id=loan.account_id,
        originated_on=loan.originated_on,
        schedule=loan.schedule,
        charges=loan.charges,
        contract_rates=[dq.DatedRate(loan.originated_on, rate)],
    )
    on = day(given["restructure"]["date"])
    plan = RestructuringPlan(
        measures=[*measures(given), *more], effective_on=on, day_count=dq.DayCount.ACT_365F
    )
    return restructure(loan, plan, as_of=on, policy=POLICY)
