"""The rules of a set: taken one by one, exchanged while that helps, given whole points, and polished."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, Final

import numpy as np

from delinquency.back_testing.tuning.logistic import fitted_points, whole_points
from delinquency.back_testing.tuning.polishing import polished
from delinquency.back_testing.tuning.search import Choice, Pool

__all__ = ["selected"]

LEAST_LOSS: Final = 0.1
"""An exchange must lower the loss by so much."""


def selected(pool: Pool, target: Any) -> list[tuple[Choice, int]]:
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
    for _ in range(pool.choices.exchanges):
        if not _exchanged(pool, target, rules, flags):
            break
    points, _ = fitted_points(flags, target)
    whole = whole_points(flags, points[1:], target).tolist()
    told = polished(pool, target, list(zip(rules, whole, strict=True)))
    return sorted(told, key=lambda each: (-each[1], each[0].columns))


def _exchanged(pool: Pool, target: Any, rules: list[Choice], flags: Any) -> bool:
    """Take each rule out in turn, the one that is missed least first, and put the best one in its place."""
    points, loss = fitted_points(flags, target)
    without = [
        fitted_points(np.delete(flags, k, 1), target, begin=np.delete(points, k + 1), steps=3)[1]
        for k in range(len(rules))
    ]
    is_changed = False
    for place in np.argsort(without, kind="stable").tolist():
        rest = np.delete(flags, place, 1)
        others, _ = fitted_points(rest, target, begin=np.delete(points, place + 1))
        kept = rules[:place] + rules[place + 1 :]
        found = pool.best(rest, others, target, beside=kept, taken_out=rules[place])
        if found is None or found[0] == rules[place]:
            continue
        tried = flags.copy()
        tried[:, place] = found[1]
        begin = np.insert(others, place + 1, 0.3)
        now_points, now = fitted_points(tried, target, begin=begin)
        if now < loss - LEAST_LOSS:
            rules[place], points, loss, is_changed = found[0], now_points, now, True
            flags[:, place] = found[1]
    return is_changed
