"""The risk of each account as a model tells it that did not see the account.

The one idea: an outcome is a yes or no, and by chance as often as by cause. Rules that are fitted to risks do
not follow the chance. The model is boosted trees that ask one question at all nodes of a depth, and each
account is told by models of the other parts of the accounts.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, Final

import numpy as np

from delinquency.back_testing.tuning.logistic import sigmoid

__all__ = ["out_of_fold_risk", "threshold_bits"]

FOLDS: Final = 5
REPEATS: Final = 4
DEPTH: Final = 4
LEARNING_RATE: Final = 0.05
SHRINK: Final = 15.0
ROWS_OF_A_TREE: Final = 0.6
BITS_OF_A_TREE: Final = 160
MOST_CUTS: Final = 24
LEAST_SHARE_OF_A_BIT: Final = 0.004


def threshold_bits(values: Any) -> Any:
    """Questions to columns of numbers: whether one is at least a cut, and whether it is unknown (NaN).

    Parameters
    ----------
    values : float array, accounts by columns

    Returns
    -------
    bool array, questions by accounts
    """
    rows: list[Any] = []
    for column in values.T:
        is_unknown = np.isnan(column)
        known = column[~is_unknown]
        levels = np.unique(known)
        cuts = (levels[1:] + levels[:-1]) / 2
        if len(levels) > MOST_CUTS:
            cuts = np.unique(np.quantile(known, np.arange(1, MOST_CUTS) / MOST_CUTS))
        rows.append(np.nan_to_num(column, nan=-np.inf)[None, :] >= cuts[:, None])
        rows.append(is_unknown[None, :])
    return np.concatenate(rows)


def out_of_fold_risk(bits: Any, is_bad: Any, *, rounds: int, chance: np.random.Generator) -> Any:
    """The risk of each account, told by models that were fitted on other accounts.

    Parameters
    ----------
    bits : bool array, questions by accounts
    is_bad : float array of 0 and 1
    rounds : int
        Trees of a model.
    chance : numpy generator
    """
    share = bits.mean(axis=1)
    bits = bits[(share > LEAST_SHARE_OF_A_BIT) & (share < 1 - LEAST_SHARE_OF_A_BIT)]
    if not len(bits):
        # Nothing tells accounts apart: all have the risk of all.
        rounds = 0
    total = np.zeros(len(is_bad))
    for _ in range(REPEATS):
        fold = chance.permutation(len(is_bad)) % FOLDS
        for place in range(FOLDS):
            seen = fold != place
            total[~seen] += _told(bits, is_bad, seen, rounds, chance) / REPEATS
    return sigmoid(total)


def _told(bits: Any, is_bad: Any, seen: Any, rounds: int, chance: np.random.Generator) -> Any:
    """Log-odds of the accounts that were not seen."""
    order = chance.permutation(np.flatnonzero(seen))
    here, there, bad = bits[:, order], bits[:, ~seen], is_bad[order]
    start = float(np.log(bad.mean() / (1 - bad.mean())))
    total, told = np.full(len(bad), start), np.full(there.shape[1], start)
    # What goes around its end stands there once more, so that every run of accounts lies in one piece.
    around = np.arange(len(bad) + _run_of(len(bad))) % len(bad)
    floats = here[:, around].astype(np.float32)
    for _ in range(rounds):
        asked, steps = _tree(floats, bad, total, chance)
        total += steps[_leaves(here, asked)]
        told += steps[_leaves(there, asked)]
    return told


def _run_of(count: int) -> int:
    """How many accounts a tree sees."""
    return max(1, int(count * ROWS_OF_A_TREE))


def _leaves(bits: Any, asked: list[int]) -> Any:
    leaf = np.zeros(bits.shape[1], dtype=np.int64)
    for question in asked:
        leaf = leaf * 2 + bits[question]
    return leaf


def _tree(
    floats: Any, is_bad: Any, total: Any, chance: np.random.Generator
) -> tuple[list[int], Any]:
    """The questions of one tree, and the step of each leaf, by gradient and curve of the logistic loss."""
    wide, count = len(floats), len(is_bad)
    # A run of rows in random order is as random as a draw, and quicker to copy.
    first, run = int(chance.integers(0, count)), _run_of(count)
    rows = (first + np.arange(run)) % count
    chosen = chance.choice(wide, min(BITS_OF_A_TREE, wide), replace=False)
    asked_of = floats[chosen, first : first + run]
    risk = sigmoid(total[rows])
    slope, curve = (is_bad[rows] - risk).astype(np.float32), (risk * (1 - risk)).astype(np.float32)
    leaf = np.zeros(len(rows), dtype=np.int64)
    every, asked = np.arange(len(rows)), []
    for depth in range(DEPTH):
        width = 1 << depth
        parts = np.zeros((len(rows), 2 * width), np.float32)
        parts[every, leaf], parts[every, width + leaf] = slope, curve
        yes = asked_of @ parts
        no = parts.sum(axis=0) - yes
        gain: Any = sum(
            each[:, :width] ** 2 / (each[:, width:] + np.float32(SHRINK)) for each in (yes, no)
        )
        best = int(np.argmax(gain.sum(axis=1)))
        asked.append(int(chosen[best]))
        leaf = leaf * 2 + (asked_of[best] > 0)
    leaves = 1 << DEPTH
    slopes, curves = np.bincount(leaf, slope, leaves), np.bincount(leaf, curve, leaves)
    return asked, LEARNING_RATE * slopes / (curves + SHRINK)
