"""Accounts of the tests of regimes, and what is asked of them.

A loan owes 1,000.00 on its first due date and 1,000.00 a month later, unless a case says otherwise; a case is a list
of days, each with the state at its close.
"""

from __future__ import annotations

from datetime import date

import attrs
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Proportion, ReportedFigure
from delinquency.events import FigureName
from tests.status.both_paths import asked_both_ways

CURRENCIES = {
    "CN": "CNY",
    "EU": "EUR",
    "UK": "GBP",
    "IN": "INR",
    "US": "USD",
    "BR": "BRL",
    "BH": "BHD",
    "INT": "EUR",
}


def loan(
    regime: str, dues: list[date], *, start: date | None = None, **facts: object
) -> dq.Account:
    currency = dq.Currency.of(CURRENCIES[dq.rulebook.load(regime).jurisdiction])
    schedule = dq.Schedule(currency, [dq.Instalment(due, 1000) for due in dues])
    start = start or min(dues) - relativedelta(months=1)
    return dq.Account(account_id="A", originated_on=start, schedule=schedule, **facts)


def monthly(first: date, count: int, months: int = 1) -> list[date]:
    return [first + relativedelta(months=months * number) for number in range(count)]


def told(regime: str, account: dq.Account, as_of: date, machine: str | None = None) -> str:
    policy = dq.rulebook.load(regime)
    answer = asked_both_ways(account, as_of=as_of, policy=policy)
    return answer.on(as_of, machine).code


def check(
    regime: str, account: dq.Account, days: dict[str, str], machine: str | None = None
) -> None:
    """Asked of each day alone, and of the last day about all of them; of the account and of a book of it."""
    states = {day: told(regime, account, date.fromisoformat(day), machine) for day in days}
    assert states == days
    last = asked_both_ways(
        account, as_of=date.fromisoformat(max(days)), policy=dq.rulebook.load(regime)
    )
    assert {day: last.on(date.fromisoformat(day), machine).code for day in days} == days


def check_debtor(
    regime: str, accounts: list[dq.Account], days: dict[str, str], machine: str | None = None
) -> None:
    """Asked of all accounts together, of each day alone and of the last day about all of them; and of a book."""
    policy = dq.rulebook.load(regime)
    owed = [
        attrs.evolve(account, account_id=f"A-{number}", obligor_id="D")
        for number, account in enumerate(accounts)
    ]
    book = dq.portfolio.Portfolio.from_accounts(owed)

    def told(as_of: date) -> dq.StatusAssessment:
        status = dq.assess_obligor(owed, as_of=as_of, policy=policy).status
        assert status is not None
        rows = dq.portfolio.assess_obligors(book, as_of=as_of, policy=policy)
        name = status.machines[-1].name if machine is None else machine
        assert rows.by(name).codes().tolist() == [status.on(as_of, name).code]
        return status

    states = {day: told(date.fromisoformat(day)).states for day in days}
    name = machine or list(states[max(days)])[-1]
    assert {day: each[name].code for day, each in states.items()} == days
    last = told(date.fromisoformat(max(days)))
    assert {day: last.on(date.fromisoformat(day), name).code for day in days} == days


def reported(name: FigureName, share: str) -> ReportedFigure:
    return ReportedFigure(name, date(2025, 1, 10), Proportion.parse(share))
