"""Examples of the Central Bank of Brazil."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

import delinquency as dq
from tests.vectors.worked_examples.asking import undated, unpaid

__all__ = ["provisions_by_months"]

DUE = date(2025, 3, 31)
DEFAULT = date(2025, 6, 30)
"""Its first day: 91 days past due."""


def provisions_by_months(given: Mapping[str, Any]) -> dict[str, Any]:
    """So many months in default: how much is set aside of a debt of 100, by portfolio?"""

    def percent(portfolio: str, months: int) -> Decimal:
        policy = undated(f"br-352-{portfolio.lower()}")
        as_of = DEFAULT + relativedelta(months=months)
        answers = [
            dq.provision(unpaid(DUE, "BRL"), as_of=day, policy=policy)
            for day in (as_of, as_of + relativedelta(months=1, days=-1))
        ]
        (amount,) = {answer.amount for answer in answers}
        return amount / 10

    return {
        "min_provision_pct": percent(given["portfolio"], given["months_since_default"]),
        "C3 at 14": percent("C3", 14),
        "C1 at 21": percent("C1", 21),
    }
