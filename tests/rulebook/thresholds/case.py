"""A case, and the accounts of which cases are made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Proportion, ReportedFigure, Restructuring
from delinquency.events import FigureName

UNPAID: Final = date(2024, 3, 31)


class Case(NamedTuple):
    """An account, and the state at the close of some days by a machine, or by the last one."""

    account: dq.Account
    states: dict[str, str]
    machine: str | None = None


def loan(currency: str, dues: Iterable[tuple[date, Any]], **facts: Any) -> dq.Account:
    """Amounts that fall due; it began a month before the first of them."""
    rows = [dq.Instalment(due, amount) for due, amount in dues]
    facts.setdefault("originated_on", rows[0].due_date - relativedelta(months=1))
    schedule = dq.Schedule(dq.Currency.of(currency), rows)
    return dq.Account(account_id="A", schedule=schedule, **facts)


def monthly(first: date, count: int) -> list[date]:
    return [first + relativedelta(months=number) for number in range(count)]


def unpaid(currency: str, states: dict[str, str], due: date = UNPAID, **facts: Any) -> Case:
    """1,000.00 due on 31 March are never paid; 1 April is day 1, in India the due date is."""
    return Case(loan(currency, [(due, 1000)], **facts), states)


def told(currency: str, state: str, *events: Any, asked: date, **facts: Any) -> Case:
    """What somebody found or reported of a loan that owes nothing before the end of the month."""
    due = [(asked + relativedelta(day=31), 1000)]
    return Case(loan(currency, due, events=events, **facts), {str(asked): state})


def reported(name: FigureName, share: str, on: date) -> ReportedFigure:
    return ReportedFigure(name, on, Proportion.parse(share))


def change(on: date, share: str = "0") -> Restructuring:
    return Restructuring(on, on + relativedelta(days=31), diminished_share=Proportion.parse(share))
