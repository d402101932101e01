"""Rules of early warning over a panel: against reading every number once, and against polars.

``python bench/early_warnings.py --accounts 200000``

polars answers a part of the question: which signals are up at the end of the last period, and of which nobody
knows. It is asked lazily and in one go, over one column a period and observation, the form in which it was
fastest; since when, and what was cleared, it does not tell.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

import numpy as np
import warning_rivals as rivals
from books import THREADS, fresh
from floor import floor_pass
from measuring import heading, medians, tell

import delinquency as dq
from delinquency.early_warning import Severity, WarningFamily, WarningRule, WarningRules
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.portfolio import ObservationPanel, TextColumn, early_warning_signals

PERIODS = 24
GAPS = 0.02
"""The share of numbers that nobody knows."""

SIGNAL_KINDS = (np.int8, np.int16, np.int8)
SCORE_KIND = (np.int64,)

OBSERVED = {
    "days_past_due": 60,
    "utilisation": 1_200_000,
    "payment_ratio": 2_000_000,
    "account_balance": 5_000_000,
    "total_debt": 50_000_000,
    "payments_reversed": 3,
}
"""The greatest number of each, in days, millionths, minor units and times."""

RULES = (
    "days_past_due >= 5",
    "highest days_past_due over 6 > 30",
    "days_past_due > 0 in 2 of 6 periods",
    "utilisation >= 0.8 for 3 periods",
    "mean utilisation over 6 > 0.9",
    "change utilisation over 3 > 0.2",
    "utilisation > 1",
    "growth account_balance over 6 < -0.95",
    "mean account_balance over 12 < 0.0005 of total_debt",
    "total payments_reversed over 3 >= 2",
    "payment_ratio < 0.1 for 2 periods",
    "lowest payment_ratio over 6 < 0.05",
    "account_balance < 100",
    "total_debt > 400000",
    "payment_ratio < 0.5 in 3 of 6 periods",
)


def make_panel(size: int) -> ObservationPanel:
    """A panel of drawn numbers: most accounts pay, some are late for a while."""
    rng = np.random.default_rng(11)
    shape = (PERIODS, size)
    numbers: dict[str, Any] = {}
    for name, most in OBSERVED.items():
        column = rng.integers(0, most + 1, shape, dtype=np.int32)
        if name in ("days_past_due", "payments_reversed"):
            column[rng.random(shape) < 0.9] = 0
        column[rng.random(shape) < GAPS] = np.iinfo(np.int32).min
        numbers[name] = column
    ends = tuple(date(2024 + place // 12, place % 12 + 1, 28) for place in range(PERIODS))
    return ObservationPanel(
        TextColumn.of(map(str, range(size))),
        ends,
        dq.Currency.of("EUR"),
        {name: CATALOGUE[name] for name in numbers},
        numbers,
    )


def make_rules() -> WarningRules:
    return WarningRules(
        name="bench",
        rules=[
            WarningRule(
                rule_id=f"rule-{place}",
                when=parse_condition(text, terms=CATALOGUE, where="bench"),
                family=WarningFamily.BEHAVIOUR,
                severity=Severity.ORANGE,
                points=place + 1,
            )
            for place, text in enumerate(RULES)
        ],
    )


def measure(size: int) -> None:
    panel, rules = make_panel(size), make_rules()
    heading(
        f"{len(RULES)} rules of early warning, {PERIODS} periods of {len(OBSERVED)} observations"
    )

    def ours(threads: int = THREADS) -> Any:
        answer = early_warning_signals(panel, rules=rules, threads=threads)
        return answer, answer.score

    answer, score = ours()
    frame = rivals.load(panel)
    query = rivals.query(panel, rules)
    told = rivals.collect(frame, query)
    for place, rule in enumerate(rules.rules):
        name = rule.rule.rule_id
        assert np.array_equal(told[f"up {name}"].to_numpy(), answer.is_up[:, place]), name
        assert np.array_equal(told[f"known {name}"].to_numpy(), answer.is_assessed[:, place]), name
    assert np.array_equal(told["score"].to_numpy(), score)
    inputs = [column.ravel() for column in panel.numbers.values()]

    def floor(threads: int) -> int:
        """Whatever answers makes room for its answer."""
        outputs = fresh(SIGNAL_KINDS, size * len(RULES)) + fresh(SCORE_KIND, size)
        return floor_pass(inputs, outputs, threads)

    times = medians(
        {
            "floor": lambda: floor(THREADS),
            "floor, 1 thread": lambda: floor(1),
            "signals": ours,
            "signals, 1 thread": lambda: ours(1),
            "polars, last state alone": lambda: rivals.collect(frame, query),
        }
    )
    tell(times, size, "floor")
    print(f"polars takes {times['polars, last state alone'] / times['signals']:.1f} times as long")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=200_000)
    measure(parser.parse_args().accounts)
