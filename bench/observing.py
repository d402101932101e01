"""Observations of a book, month by month, beside its history over the same closes."""

from __future__ import annotations

from books import CLOSES, THREADS, mix
from measuring import heading, medians, tell
from rules import by_component, by_totals
from tape import make_book

import delinquency as dq
from delinquency.portfolio import ObservationPanel, history

SIX = (
    "days_past_due",
    "arrears",
    "exposure",
    "amount_paid",
    "payment_ratio",
    "days_since_payment",
)


def measure(accounts: int) -> None:
    book = make_book(accounts, reversed_share=0.002)
    heading(f"Observations of a book over {len(CLOSES)} months")
    print(mix(book))
    policy = by_totals()

    def ours(names: tuple[str, ...] | None, rules: dq.Policy = policy) -> ObservationPanel:
        return dq.portfolio.observe(
            book,
            as_of=CLOSES[-1],
            policy=rules,
            periods=len(CLOSES),
            names=names,
            threads=THREADS,
        )

    told = history(book, dates=CLOSES, policy=policy, threads=THREADS, as_known=True)
    seen = ours(None)
    begun = seen.is_known("arrears")
    for name in ("days_past_due", "arrears"):
        assert (getattr(told, name)[begun] == seen.numbers[name].T[begun]).all(), name
    del told
    times = medians(
        {
            "history": lambda: history(book, dates=CLOSES, policy=policy, threads=THREADS),
            "six observations": lambda: ours(SIX),
            f"all {len(seen.numbers)} observations": lambda: ours(None),
            "six observations, component first": lambda: ours(SIX, by_component()),
        }
    )
    tell(times, accounts, "history")
