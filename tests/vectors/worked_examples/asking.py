"""Accounts of the examples, and questions that several of them ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import attrs

import delinquency as dq
from delinquency import portfolio
from delinquency.amounts import from_minor

__all__ = [
    "agreed",
    "assessed",
    "day",
    "first_day_in_band",
    "first_day_in_state",
    "loan",
    "penalty_of",
    "state_on",
    "undated",
    "unpaid",
]


def day(text: str) -> date:
    """A date as a file writes it; words that follow it explain it."""
    return date.fromisoformat(text[:10])


def undated(name: str) -> dq.Policy:
    """The newest version of a packaged policy, for every date."""
    return attrs.evolve(dq.rulebook.load(name).versions[-1], validity=dq.Validity())


def loan(currency: str, dues: Iterable[tuple[date, Decimal | int]], **facts: object) -> dq.Account:
    """A loan that begins a month before its first due date, or when ``originated_on`` says."""
    rows = [dq.Instalment(due, amount) for due, amount in dues]
    facts.setdefault("originated_on", rows[0].due_date - timedelta(days=31))
    facts.setdefault("account_id", "A")
    return dq.Account(schedule=dq.Schedule(dq.Currency.of(currency), rows), **facts)


def unpaid(due: date, currency: str) -> dq.Account:
    """One instalment that is never paid."""
    return loan(currency, [(due, 1000)])


def assessed(account: dq.Account, as_of: date, policy: dq.Policy) -> dq.Assessment:
    """The answer for one account, which a book of it gives too."""
    answer = dq.assess(account, as_of=as_of, policy=policy)
    book = portfolio.Portfolio.from_accounts([account])
    columns = portfolio.assess(book, as_of=as_of, policy=policy)
    found = (
        int(columns.days_past_due[0]),
        int(columns.delinquent_days[0]),
        from_minor(int(columns.arrears[0]), account.currency),
        columns.bucket_of(0),
    )
    assert found == (answer.days_past_due, answer.delinquent_days, answer.arrears, answer.bucket)
    return answer


def penalty_of(account: dq.Account, as_of: date, policy: dq.Policy) -> Decimal:
    """The penalty interest of one account, which a book of it tells too."""
    found = dq.penalty_interest(account, as_of=as_of, policy=policy).accrued
    book = portfolio.Portfolio.from_accounts([account])
    columns = portfolio.penalty_interest(book, as_of=as_of, policy=policy)
    assert from_minor(int(columns.accrued[0]), account.currency) == found
    return found


def first_day_in_band(account: dq.Account, policy: dq.Policy, code: str, *, until: date) -> date:
    """The first close at which the bucket is the one of a code."""
    days = (until - account.originated_on).days
    return next(
        as_of
        for as_of in (account.originated_on + timedelta(days=number) for number in range(days + 1))
        if dq.assess(account, as_of=as_of, policy=policy).bucket.code == code
        and assessed(account, as_of, policy).bucket.code == code
    )


def first_day_in_state(
    account: dq.Account,
    policy: dq.Policy | dq.PolicyTimeline,
    code: str,
    *,
    until: date,
    after: date = date.min,
    machine: str | None = None,
) -> date:
    """The first close after a day at which the status is the one of a code, asked late and on the day."""
    spans = dq.assess_status(account, as_of=until, policy=policy).spans(machine)
    first = next(span.start for span in spans if span.state.code == code and span.start > after)
    assert state_on(account, first, policy, machine) == code
    assert state_on(account, first - timedelta(days=1), policy, machine) != code
    return first


def state_on(
    account: dq.Account,
    as_of: date,
    policy: dq.Policy | dq.PolicyTimeline,
    machine: str | None = None,
) -> str:
    """The code of the status at the close of a day."""
    return dq.assess_status(account, as_of=as_of, policy=policy).on(as_of, machine).code


def agreed(*answers: date) -> date | list[date]:
    """What several rules say, if they say the same."""
    return answers[0] if len(set(answers)) == 1 else list(answers)
