"""Effective annual rates of a book of loans against a loop over pyxirr."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyxirr
from measuring import heading, medians

from delinquency.portfolio import effective_rates
from delinquency.returns import CashFlow, xirr


def make_flows(loans: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Level payments of one to five years, monthly: offsets, days, minor units."""
    rng = np.random.default_rng(7)
    counts = rng.integers(12, 61, loans)
    rates = rng.uniform(0.01, 0.36, loans) / 12
    lent = rng.integers(100_000, 50_000_000, loans)
    level = np.rint(lent * rates / (1 - (1 + rates) ** -counts)).astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(counts + 1)])
    number = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts + 1)
    begun = np.repeat(rng.integers(15_000, 20_000, loans), counts + 1)
    days = (begun + np.rint(number * 30.4368)).astype(np.int32)
    amounts = np.where(number == 0, np.repeat(-lent, counts + 1), np.repeat(level, counts + 1))
    return offsets, days, amounts


def measure(loans: int = 10_000) -> None:
    heading(f"Effective annual rates of {loans:,} loans")
    offsets, days, amounts = make_flows(loans)
    cuts = [slice(*pair) for pair in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    dates, major = days.astype("datetime64[D]"), amounts / 100
    lists = [(dates[cut].tolist(), major[cut].tolist()) for cut in cuts]

    def book() -> np.ndarray:
        return effective_rates(offsets, days, amounts).rates

    def columns() -> list[float | None]:
        return [pyxirr.xirr(dates[cut], major[cut]) for cut in cuts]

    def prepared() -> list[float | None]:
        return [pyxirr.xirr(when, much) for when, much in lists]

    ours, theirs = book(), np.array(prepared(), dtype=np.float64)
    some = range(0, loans, max(1, loans // 20))
    exact = [
        xirr(
            [
                CashFlow(*flow)
                for flow in zip(lists[row][0], map(_exact, amounts[cuts[row]]), strict=True)
            ]
        )
        for row in some
    ]
    off = max(abs(Decimal(float(ours[row])) - rate) for row, rate in zip(some, exact, strict=True))
    assert off < Decimal("1e-10")
    assert np.abs(ours - theirs).max() < 1e-9
    times = medians(
        {"a book": book, "pyxirr, lists made before": prepared, "pyxirr, from columns": columns}
    )
    for name, seconds in times.items():
        print(
            f"{name:<38}{seconds * 1e3:>11.1f} ms{seconds / times['a book']:>9.2f} x a book"
            f"{seconds / offsets[-1] * 1e9:>11.1f} ns a flow"
        )
    bound = effective_rates(offsets, days, amounts).error_bounds.max()
    print(
        f"largest proven error {bound:.1e}; from pyxirr at most {np.abs(ours - theirs).max():.1e}"
    )


def _exact(minor: np.int64) -> Decimal:
    return Decimal(int(minor)).scaleb(-2)
