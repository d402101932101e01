"""Points of rules by a logistic model whose points are 0 or more, and the whole points nearest to them."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, Final

import numpy as np

__all__ = ["fitted_points", "sigmoid", "whole_points"]

RIDGE: Final = 5.0
SCALES: Final = (8, 10, 12, 15)
NEAR_THE_BEST: Final = 0.3
SURE_STEP: Final = 1.75
"""A Newton step that moves no log-odds by more lowers the loss; a longer one may lead away without end."""


def sigmoid(x: Any) -> Any:
    """Risk from log-odds."""
    return 1 / (1 + np.exp(-x))


def fitted_points(
    flags: Any, target: Any, *, ridge: float = RIDGE, begin: Any = None, steps: int = 8
) -> tuple[Any, float]:
    """Intercept and points of 0 or more of a logistic model with a ridge, and its loss.

    Parameters
    ----------
    flags : float array, accounts by rules
    target : float array
        Risks, or outcomes of 0 and 1.
    ridge : float
    begin : float array, optional
        Where to begin.
    steps : int
        Newton steps, at most.
    """
    count, rules = flags.shape
    table = np.column_stack([np.ones(count), flags])
    if begin is None:
        begin = np.zeros(rules + 1)
        begin[0] = np.log(target.mean() / (1 - target.mean()))
    points, penalty = begin.copy(), np.full(rules + 1, ridge)
    penalty[0] = 0
    for _ in range(steps):
        risk = sigmoid(table @ points)
        slope = table.T @ (target - risk) - penalty * points
        curve = (table * (risk * (1 - risk))[:, None]).T @ table + np.diag(penalty + 1e-9)
        move = _lowering(_move(points, slope, curve), table, target, penalty, points)
        points = points + move
        if np.abs(move).max() < 1e-4:
            break
    return points, _loss(table, target, penalty, points)


def _lowering(move: Any, table: Any, target: Any, penalty: Any, points: Any) -> Any:
    """A step, halved until it lowers the loss."""
    while np.abs(table @ move).max() > SURE_STEP and _loss(
        table, target, penalty, points + move
    ) > _loss(table, target, penalty, points):
        move = move / 2
    return move


def _loss(table: Any, target: Any, penalty: Any, points: Any) -> float:
    odds = table @ points
    loss = (np.logaddexp(0, odds) - target * odds).sum() + (penalty * points * points).sum() / 2
    return float(loss)


def _move(points: Any, slope: Any, curve: Any) -> Any:
    """The Newton step that leaves no points below 0; those that would be are set to 0."""
    free = np.ones(len(points), dtype=np.bool_)
    while True:
        move = -points
        move[free] = 0
        left = slope[free] - curve[np.ix_(free, ~free)] @ move[~free]
        move[free] = np.linalg.solve(curve[np.ix_(free, free)], left)
        below = (points + move < -1e-9) & free
        below[0] = False
        if not below.any():
            return move
        free &= ~below


def whole_points(flags: Any, points: Any, target: Any) -> Any:
    """Whole points of 1 or more near the fitted ones: of the smallest scale that is about as good as any.

    Parameters
    ----------
    flags : float array, accounts by rules
    points : float array
        Without the intercept.
    target : float array
    """
    tried: list[tuple[float, Any]] = []
    for scale in SCALES:
        whole = np.maximum(np.rint(points * scale).astype(np.int64), 1)
        tried.append(_bettered(flags, whole, target))
    floor = min(loss for loss, _ in tried)
    return next(whole for loss, whole in tried if loss <= floor + NEAR_THE_BEST)


def _bettered(flags: Any, whole: Any, target: Any) -> tuple[float, Any]:
    """Whole points, one moved by one step after another while that helps."""
    loss, is_better = _loss_of_score(flags @ whole, target), True
    while is_better:
        is_better = False
        for place in range(len(whole)):
            for step in (1, -1):
                other = whole.copy()
                other[place] += step
                if other[place] < 1:
                    continue
                now = _loss_of_score(flags @ other, target)
                if now < loss - 1e-3:
                    whole, loss, is_better = other, now, True
    return loss, whole


def _loss_of_score(score: Any, target: Any) -> float:
    """The loss of the best straight line from score to log-odds."""
    return fitted_points((score / 10)[:, None], target, ridge=0, steps=6)[1]
