"""Terms of loans drawn at random, of every kind that columns have, and what the verb for one loan says."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import numpy as np

import delinquency as dq
from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.portfolio import Engine, TermColumns, amortisation_tables
from delinquency.rates import Rate, RatePeriod

CNY = dq.Currency.of("CNY")
DAY_COUNTS = [each for each in dq.DayCount if each.code <= 20]
COUNTS = (1, 2, 3, 6, 12, 24, 36, 60, 360)
BY_PERIODS = (
    dq.Frequency.WEEKLY,
    dq.Frequency.EVERY_TWO_WEEKS,
    dq.Frequency.QUARTERLY,
    dq.Frequency.HALF_YEARLY,
    dq.Frequency.YEARLY,
    dq.Frequency.every_months(5),
    dq.Frequency.DAILY,
)
METHODS = list(dq.AmortisationMethod)
PARTS = (dq.Component.INTEREST, dq.Component.FEES)


def draw_terms(rng: random.Random) -> dq.RepaymentTerms:
    """One loan: ordinary in most of its fields, at a bound in some."""
    method = rng.choices(METHODS, (6, 2, 2, 1, 2))[0]
    principal = rng.choice(
        (rng.randint(1, 200), rng.randint(1, 10**9), 10 ** rng.randint(0, 12), 10**14 - 1)
    )
    below = rng.choice((-50_0000, -(10**8), rng.randint(-4 * 10**8, -1)))
    scaled = rng.choice(
        (0, 435_0000, 1200_0000, rng.randint(1, 4000_0000), rng.randint(1, 40), below, 4 * 10**8)
    )
    frequency = dq.Frequency.MONTHLY if rng.random() < 0.6 else rng.choice(BY_PERIODS)
    by_days = rng.random() < 0.3
    basis: Any = dq.ByDays(rng.choice(DAY_COUNTS)) if by_days else dq.NominalPeriods()
    level = dq.LevelPayment()
    if method is dq.AmortisationMethod.ANNUITY:
        level = dq.LevelPayment(
            rounding=rng.choice((None, *dq.RoundingMode)),
            multiple=rng.choice((None, None, None, 1, from_minor(rng.randint(1, 500), CNY))),
            basis=dq.NominalPeriods() if by_days else None,
            amount=from_minor(1 + principal // 9, CNY) if rng.random() < 0.1 else None,
        )
    elif method is dq.AmortisationMethod.FLAT:
        level = dq.LevelPayment(
            rounding=rng.choice((None, *dq.RoundingMode)), multiple=rng.choice((None, 1))
        )
    has_balloon = method in METHODS[:2] and rng.random() < 0.3
    return dq.RepaymentTerms(
        currency=CNY,
        principal=from_minor(principal, CNY),
        annual_rate=Rate(scaled, RatePeriod.YEAR),
        first_due_date=to_date(rng.randint(10_957, 12_000)) + timedelta(rng.randint(0, 9_000)),
        instalment_count=min(rng.choice(COUNTS), 100 if frequency.months > 3 else 360),
        method=method,
        rounding=rng.choice(list(dq.RoundingMode)),
        frequency=frequency,
        interest_basis=basis,
        level_payment=level,
        balloon=from_minor(rng.randint(0, principal), CNY) if has_balloon else 0,
        flat_component=rng.choice(PARTS if scaled >= 0 else PARTS[:1]),
    )


Rows = list[tuple[int, int, int, int, int]]


def rows_of(terms: dq.RepaymentTerms) -> Rows | None:
    """Due day, principal, interest, fees and closing balance of each row; None where there is no schedule."""
    try:
        table = dq.amortisation_table(terms)
        schedule = table.schedule
    except dq.InvalidValueError:
        return None
    balances = [row.closing for row in table.minor_rows]
    return [
        (day, *minor, balance)
        for day, minor, balance in zip(schedule.due_days, schedule.minor, balances, strict=True)
    ]


def differences(
    drawn: list[dq.RepaymentTerms], engines: tuple[Engine, ...], seen: Counter[str]
) -> list[str]:
    """Loans whose rows are not those of the verb for one loan, in words."""
    expected = [rows_of(terms) for terms in drawn]
    wrong: list[str] = []
    columns = TermColumns.from_terms(drawn)
    refused = [row for row, rows in enumerate(expected) if rows is None]
    kept = [row for row, rows in enumerate(expected) if rows is not None]
    seen.update(loans=len(kept), refused=len(refused))
    for engine in engines:
        if refused:
            try:
                amortisation_tables(columns, engine=engine)
            except dq.PortfolioError as error:
                if error.rows != tuple(refused[:20]) or error.row_count != len(refused):
                    wrong.append(f"refused {error.rows}, expected {refused}")
            else:
                wrong.append(f"not refused: {refused}")
        told = amortisation_tables(
            TermColumns.from_terms(drawn[row] for row in kept), engine=engine, threads=2
        )
        table, offsets = told.instalments, told.instalments.offsets
        columns_of_rows = (table.due_date, table.principal, table.interest, table.fees)
        found = np.stack([*columns_of_rows, told.closing_balance], axis=1)
        for place, row in enumerate(kept):
            rows = found[offsets[place] : offsets[place + 1]].tolist()
            if rows != [list(each) for each in expected[row] or ()]:
                wrong.append(f"{engine.name}: {drawn[row]}")
        seen["exact"] += len(told.solved_exactly)
        seen["annuities"] += int((told.level_payment > 0).sum())
    return wrong
