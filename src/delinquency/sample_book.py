"""A book to try things on: several thousand retail instalment loans in CNY, the same every time.

The one idea: accounts differ in behaviour, not in noise. Most pay on time; a few pay late, roll along
one or two instalments behind, stop, stop and cure, prepay, bounce, or are suspended, in shares that a
bank would recognise. Nothing in it is a real person's.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import numpy as np

from delinquency.amortisation import AmortisationMethod, RepaymentTerms, repayment_schedule
from delinquency.calendar import NONE_DAY, day_number
from delinquency.civil_days import add_months_day
from delinquency.currency import Currency
from delinquency.portfolio import (
    ContractRateColumns,
    InstalmentColumns,
    PaymentColumns,
    Portfolio,
    SuspensionColumns,
    TextColumn,
)
from delinquency.rates import Rate
from delinquency.whole_numbers import check_least

__all__ = ["SAMPLE_AS_OF", "SAMPLE_SIZE", "sample_book"]

SAMPLE_AS_OF = date(2025, 6, 30)
"""The day for which the sample book was made; its payments go up to it."""

SAMPLE_SIZE = 5_000
"""Accounts of the sample book."""

_AS_OF = day_number(SAMPLE_AS_OF, where="sample", field="as_of")
_PRINCIPALS = (5_000, 12_000, 30_000, 60_000, 120_000, 200_000, 300_000)
_RATES = ("0.0360", "0.0540", "0.0780", "0.1080", "0.1440")
_TERMS = (12, 24, 36)

Money = tuple[int, int, int]
"""Value day, minor units, and the day of reversal."""


class _Loan(NamedTuple):
    originated: int
    due: list[int]
    amounts: list[int]
    rows: tuple[tuple[int, int, int], ...]
    rate: int


def _on_time(loan: _Loan, rng: random.Random) -> list[Money]:
    return [
        (max(due - rng.choice((0, 0, 0, 1, 2, 5)), loan.originated), amount, NONE_DAY)
        for due, amount in zip(loan.due, loan.amounts, strict=True)
    ]


def _late(loan: _Loan, rng: random.Random) -> list[Money]:
    return [
        (due + rng.choice((0, 0, 2, 5, 9, 14)), amount, NONE_DAY)
        for due, amount in zip(loan.due, loan.amounts, strict=True)
    ]


def _rolling(loan: _Loan, rng: random.Random) -> list[Money]:
    behind = rng.choice((32, 33, 35, 62, 64))
    start = rng.randrange(2, 8)
    return [
        (due + (behind if number >= start else 0), amount, NONE_DAY)
        for number, (due, amount) in enumerate(zip(loan.due, loan.amounts, strict=True))
    ]


def _stopped(loan: _Loan, rng: random.Random) -> list[Money]:
    last = max(0, sum(due <= _AS_OF for due in loan.due) - rng.choice((1, 2, 2, 3, 4, 6, 9)))
    money = _on_time(loan, rng)[:last]
    if rng.random() < 0.4 and last < len(loan.due):
        money.append((loan.due[last] + 20, loan.amounts[last] // 3, NONE_DAY))
    return money


def _cured(loan: _Loan, rng: random.Random) -> list[Money]:
    first = rng.randrange(1, 5)
    missed = rng.randrange(1, 4)
    money = _on_time(loan, rng)
    caught_up = min(first + missed, len(money) - 1)
    pay_day = money[caught_up][0]
    return [
        (pay_day, amount, reversed_day)
        if first <= number < caught_up
        else (day, amount, reversed_day)
        for number, (day, amount, reversed_day) in enumerate(money)
    ]


def _prepaid(loan: _Loan, rng: random.Random) -> list[Money]:
    money = _on_time(loan, rng)
    at = rng.randrange(1, max(2, len(money) - 1))
    rest = sum(loan.amounts[at:])
    return [*money[:at], (money[at - 1][0] + rng.randrange(1, 25), rest, NONE_DAY)]


def _bounced(loan: _Loan, rng: random.Random) -> list[Money]:
    money: list[Money] = []
    for day, amount, _ in _on_time(loan, rng):
        if rng.random() < 0.15:
            money.append((day, amount, day + rng.randrange(2, 6)))
            money.append((day + rng.randrange(7, 16), amount, NONE_DAY))
        else:
            money.append((day, amount, NONE_DAY))
    return money


Behaviour = Callable[[_Loan, random.Random], list[Money]]

_BEHAVIOURS: tuple[tuple[Behaviour, float], ...] = (
    (_on_time, 0.780),
    (_late, 0.050),
    (_rolling, 0.025),
    (_stopped, 0.035),
    (_cured, 0.040),
    (_prepaid, 0.040),
    (_bounced, 0.030),
)
_SUSPENDED_SHARE = 0.02


@cache
def _instalment_rows(principal: int, rate: str, term: int) -> tuple[tuple[int, int, int], ...]:
    terms = RepaymentTerms(
        currency=Currency.of("CNY"),
        principal=Decimal(principal),
        annual_rate=Rate.per_year(rate),
        first_due_date=date(2024, 1, 15),
        instalment_count=term,
        method=AmortisationMethod.ANNUITY,
    )
    return repayment_schedule(terms).minor


def _loan(rng: random.Random) -> _Loan:
    principal, rate, term = rng.choice(_PRINCIPALS), rng.choice(_RATES), rng.choice(_TERMS)
    rows = _instalment_rows(principal, rate, term)
    first = _AS_OF - rng.randrange(20, 700)
    due = [add_months_day(first, number) for number in range(len(rows))]
    amounts = [sum(row) for row in rows]
    return _Loan(first - rng.randrange(28, 45), due, amounts, rows, Rate.per_year(rate).scaled)


def sample_book(accounts: int = SAMPLE_SIZE, *, seed: int = 1) -> Portfolio:
    """A deterministic book of retail loans in CNY, with payments up to :data:`SAMPLE_AS_OF`.

    Each loan has the rate of its contract; interest is of months of thirty days (30E/360).

    Parameters
    ----------
    accounts : int, default 5,000
        How many [accounts].
    seed : int, default 1
        Another seed gives another book.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not an int; fewer than 1 account.

    Examples
    --------
    >>> book = sample_book(100)
    >>> len(book), book.currency.code
    (100, 'CNY')
    """
    for field, value, least in (("accounts", accounts, 1), ("seed", seed, 0)):
        check_least(value, f"sample_book, {field}", least=least)
    rng = random.Random(seed)
    loans: list[_Loan] = []
    payments: list[list[Money]] = []
    pauses: list[tuple[int, int] | None] = []
    behaviours = [behaviour for behaviour, _ in _BEHAVIOURS]
    weights = [weight for _, weight in _BEHAVIOURS]
    for _ in range(accounts):
        loan = _loan(rng)
        behaviour = rng.choices(behaviours, weights)[0]
        pause = None
        if rng.random() < _SUSPENDED_SHARE:
            behaviour = _stopped
            start = _AS_OF - rng.randrange(20, 120)
            if start >= loan.originated:
                pause = (start, start + rng.randrange(30, 90))
        money = sorted(row for row in behaviour(loan, rng) if row[0] <= _AS_OF and row[1] > 0)
        loans.append(loan)
        payments.append(money)
        pauses.append(pause)
    return _as_book(loans, payments, pauses)


def _offsets(counts: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _as_book(
    loans: list[_Loan], payments: list[list[Money]], pauses: list[tuple[int, int] | None]
) -> Portfolio:
    rows = [row for loan in loans for row in loan.rows]
    money = [row for account in payments for row in account]
    suspended = [pause for pause in pauses if pause is not None]
    return Portfolio(
        currency=Currency.of("CNY"),
        account_id=TextColumn.of(f"L{number:06d}" for number in range(1, len(loans) + 1)),
        originated_on=np.array([loan.originated for loan in loans], dtype=np.int32),
        instalments=InstalmentColumns(
            offsets=_offsets([len(loan.due) for loan in loans]),
            due_date=np.array([day for loan in loans for day in loan.due], dtype=np.int32),
            principal=np.array([row[0] for row in rows], dtype=np.int64),
            interest=np.array([row[1] for row in rows], dtype=np.int64),
            fees=np.array([row[2] for row in rows], dtype=np.int64),
        ),
        payments=PaymentColumns(
            offsets=_offsets([len(account) for account in payments]),
            value_date=np.array([row[0] for row in money], dtype=np.int32),
            amount=np.array([row[1] for row in money], dtype=np.int64),
            reversed_on=np.array([row[2] for row in money], dtype=np.int32),
        ),
        contract_rates=ContractRateColumns(
            offsets=_offsets([1] * len(loans)),
            effective_on=np.array([loan.originated for loan in loans], dtype=np.int32),
            rate=np.array([loan.rate for loan in loans], dtype=np.int64),
        ),
        suspensions=SuspensionColumns(
            offsets=_offsets([pause is not None for pause in pauses]),
            start=np.array([pause[0] for pause in suspended], dtype=np.int32),
            end=np.array([pause[1] for pause in suspended], dtype=np.int32),
        ),
    )
