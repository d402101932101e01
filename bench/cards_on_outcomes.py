"""A card of 15 rules beside boosted trees, over random halves of real card accounts.

    python bench/cards_on_outcomes.py DATA [--halves 20] [--first 0]

``DATA`` is the csv file of the data set "default of credit card clients" (UCI 350), or of rows of it. On one
half the card is tuned by ``tune_rules`` and scikit-learn's trees are fitted; both are measured on the other:
area under the curve, share bad in the top tenth, and its lift among accounts that are not late today. The trees
see the columns, the observations of every month and where each candidate holds; of two settings the better one on
the measured half counts, which favours them.
"""

# ruff: noqa: E501
from __future__ import annotations

import argparse
import time
import warnings
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from card_candidates import card_candidates

import delinquency as dq
from delinquency.back_testing import area_under_curve, share_of_bad_at_top
from delinquency.back_testing.tuning import tune_rules
from delinquency.back_testing.tuning.numbers import numbers_of
from delinquency.back_testing.tuning.verb import _truths
from delinquency.early_warning import ObservationPeriod

TREES = (
    {"learning_rate": 0.03, "max_iter": 130, "max_leaf_nodes": 12, "l2_regularization": 20.0, "max_features": 0.2},
    {"learning_rate": 0.05, "max_iter": 100, "max_leaf_nodes": 8, "l2_regularization": 5.0, "max_features": 0.3},
)  # fmt: skip
OUTCOMES_ON = date(2005, 10, 31)


def figures(scores: np.ndarray, is_bad: np.ndarray, is_late: np.ndarray) -> np.ndarray:
    """Area, share bad in the top tenth, and lift of the top tenth among those that are not late today."""
    calm = ~is_late
    top = share_of_bad_at_top(scores[calm], is_bad[calm], share=0.1)
    return np.array(
        [
            area_under_curve(scores, is_bad).value,
            share_of_bad_at_top(scores, is_bad, share=0.1),
            top / is_bad[calm].mean(),
        ]
    )


def of_trees(
    columns: np.ndarray, is_bad: np.ndarray, is_late: np.ndarray, fit_on: np.ndarray
) -> np.ndarray:
    """The figures of the better of two settings."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    found = []
    for setting in TREES:
        model = HistGradientBoostingClassifier(min_samples_leaf=40, random_state=0, **setting)
        model.fit(columns[fit_on], is_bad[fit_on])
        risk = model.predict_proba(columns[~fit_on])[:, 1]
        found.append(figures(risk, is_bad[~fit_on], is_late[~fit_on]))
    return max(found, key=lambda each: each[0])


def main() -> None:
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--halves", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first half")
    asked = parser.parse_args()
    rows = pd.read_csv(asked.data)
    panel = dq.frames.read_statements(rows)
    is_bad, is_late = rows["DEFAULT"].to_numpy() == 1, rows["PAY_0"].to_numpy() >= 1
    outcomes = dq.Outcomes.of_flags(is_bad, watched_until=OUTCOMES_ON)
    candidates = card_candidates()
    raw = rows[[name for name in rows if name.startswith(("LIMIT", "PAY", "BILL"))]].to_numpy(float)
    truths = _truths(panel, candidates, ObservationPeriod.STATEMENT)
    columns = np.nan_to_num(np.column_stack([raw, numbers_of(panel, ()), truths]), nan=-1.0)
    told = []
    print("half  card    trees   below   top, of the trees'  lift, of the trees'  seconds")
    for seed in range(asked.first, asked.first + asked.halves):
        order = np.random.default_rng(1000 + seed).permutation(len(rows))
        fit_on = np.zeros(len(rows), dtype=np.bool_)
        fit_on[order[: len(rows) // 2]] = True
        begun = time.process_time()
        tuned = tune_rules(
            panel,
            outcomes,
            days=31,
            candidates=candidates,
            period=ObservationPeriod.STATEMENT,
            fit_on=fit_on,
        )
        seconds = time.process_time() - begun
        assert tuned.others is not None
        card = figures(tuned.others.scores, is_bad[~fit_on], is_late[~fit_on])
        trees = of_trees(columns, is_bad, is_late, fit_on)
        below, (top, lift) = trees[0] - card[0], card[1:] / trees[1:]
        told.append((card[0], trees[0], below, top, lift))
        print(
            f"{seed:4d}  {card[0]:.4f}  {trees[0]:.4f}  {below:+.4f}  {top:18.3f}  {lift:19.3f}  {seconds:7.0f}",
            flush=True,
        )
    for name, each in zip(("mean", "worst"), (np.mean, None), strict=True):
        table = np.array(told)
        line = (
            each(table, axis=0)
            if each
            else [
                table[:, 0].min(),
                table[:, 1].min(),
                *(table[:, 2].max(), table[:, 3].min(), table[:, 4].min()),
            ]
        )
        print(name, *(f"{figure:.4f}" for figure in line))
    print(f"at most 0.003 below in {sum(each[2] <= 0.003 for each in told)} of {len(told)} halves")


if __name__ == "__main__":
    main()
