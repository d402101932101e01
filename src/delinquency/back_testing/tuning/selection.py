"""The rules of a set: taken one by one, given whole points, and then changed together."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.back_testing.tuning.annealing import annealed
from delinquency.back_testing.tuning.logistic import fitted_points, whole_points
from delinquency.back_testing.tuning.search import Choice, Pool

__all__ = ["selected"]


def selected(pool: Pool, target: Any, chance: np.random.Generator) -> list[tuple[Choice, int]]:
    """Rules and their whole points of 1 or more, the heaviest first; fewer than asked where no more help."""
    rules: list[Choice] = []
    flags: Any = np.zeros((len(target), 0))
    points, _ = fitted_points(flags, target)
    while len(rules) < pool.choices.rule_count:
        found = pool.best(flags, points, target, beside=rules)
        if found is None:
            break
        rules.append(found[0])
        flags = np.column_stack([flags, found[1]])
        points, _ = fitted_points(flags, target, begin=np.append(points, 0.3))
    if not rules:
        return []
    whole = whole_points(flags, points[1:], target).tolist()
    told = annealed(pool, target, list(zip(rules, whole, strict=True)), chance)
    return sorted(told, key=lambda each: (-each[1], each[0].columns))
