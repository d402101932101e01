"""What an analyst looks at first: the ageing table, the accounts that matter most, one reason."""

from __future__ import annotations

import numpy as np

from delinquency.amounts import from_minor
from delinquency.portfolio import PortfolioAssessment, ageing

__all__ = ["matter_most", "print_summary"]

TOP = 10


def matter_most(answer: PortfolioAssessment, count: int = TOP) -> list[int]:
    """The rows with the largest product of arrears and delinquent days, largest first.

    The product is taken in floating point: it ranks, and is never reported.
    """
    weight = answer.arrears.astype(np.float64) * answer.delinquent_days
    order = np.argsort(-weight, kind="stable")[:count]
    return [int(row) for row in order if weight[row] > 0]


def print_summary(answer: PortfolioAssessment, *, lang: str, explain: int | None = None) -> None:
    """Print the ageing table, the top accounts and the reasons of one."""
    code = answer.book.currency.code
    policy = answer.policies[0]
    print(f"{len(answer):,} accounts on {answer.as_of}, policy {policy.version}, {code}")
    print()
    print(ageing(answer).to_text(lang=lang))
    top = matter_most(answer)
    if top:
        print()
        print("The accounts that matter most (arrears x delinquent days):")
        print(f"  {'account':<12} {'arrears ' + code:>16} {'days':>6}  bucket")
        for row in top:
            amount = from_minor(int(answer.arrears[row]), answer.book.currency)
            days = int(answer.delinquent_days[row])
            name = answer.book.account_id[row]
            print(f"  {name:<12} {amount:>16,} {days:>6}  {answer.bucket_of(row)}")
    shown = explain if explain is not None else (top[0] if top else None)
    if shown is not None:
        print()
        print("Why:")
        for line in answer.explain(shown).to_text(lang=lang).splitlines():
            print(f"  {line}")
