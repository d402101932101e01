"""Putting rules of early warning together from candidates: fitted on one half, told on the other."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from delinquency.back_testing.left_out import check_both_kinds
from delinquency.back_testing.outcomes import Outcomes
from delinquency.back_testing.tuning.answer import TunedRules
from delinquency.back_testing.tuning.candidates import Candidate
from delinquency.back_testing.tuning.choices import TuningChoices
from delinquency.back_testing.tuning.numbers import numbers_of
from delinquency.back_testing.tuning.search import Pool, distinct
from delinquency.back_testing.tuning.selection import selected
from delinquency.back_testing.tuning.teacher import out_of_fold_risk, threshold_bits
from delinquency.back_testing.tuning.wording import named_rules
from delinquency.back_testing.verb import figures_of
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.conditions import comparisons_of, readings_of, unit_of
from delinquency.early_warning.rule import Severity, WarningRule
from delinquency.early_warning.rules import ObservationPeriod, WarningRules
from delinquency.early_warning.units import Unit
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.verb import early_warning_signals
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_least

__all__ = ["tune_rules"]

LEAST_OF_A_KIND = 10
"""So many accounts that went bad, and that did not, are needed to fit on."""


def tune_rules(
    panel: ObservationPanel,
    outcomes: Outcomes,
    *,
    days: int,
    candidates: Iterable[Candidate],
    name: str = "tuned",
    period: ObservationPeriod = ObservationPeriod.MONTH,
    fit_on: object = None,
    choices: TuningChoices | None = None,
    seed: int = 0,
) -> TunedRules:
    """Put rules together from candidates, with whole points, and say how good they are on other accounts.

    A rule is that at least so many of some candidates hold. Each candidate may raise risk and never lower it,
    so no rule rewards what should warn. Rules are taken one by one and then changed together, by chance; they
    are fitted to risks that a model tells of accounts which it did not see, so that single outcomes do not
    choose them. Equal input and seed give equal rules.

    Parameters
    ----------
    panel : ObservationPanel
        Up to the day from which is looked ahead.
    outcomes : Outcomes
        Of each account of the panel: found by account id where they have ids, else row by row.
    days : int
        Outcomes are events in ``(as_of, as_of + days]``; accounts of which none can be told take no part.
    candidates : iterable of Candidate
    name : str
        Of the rules.
    period : ObservationPeriod
        What one period of the panel is.
    fit_on : bool array, optional
        The accounts to fit on; default: half of them, drawn by the seed. The others take no part in anything
        but the figures that are told of them.
    choices : TuningChoices, optional
    seed : int

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        No candidate, or one that asks for an observation which is not in the panel; other numbers of accounts
        without ids; fewer than ten accounts to fit on that went bad, or that did not; others of one kind
        alone; no candidate that tells them apart.
    PortfolioError
        An outcome of another account, or an account without one; it names the rows.
    PolicyError
        A candidate that asks for an observation that nobody declared.
    """
    where = "tune_rules"
    if not isinstance(panel, ObservationPanel):
        raise InvalidTypeError.at(f"{where}, panel", expected="an ObservationPanel", found=panel)
    if not isinstance(outcomes, Outcomes):
        raise InvalidTypeError.at(f"{where}, outcomes", expected="Outcomes", found=outcomes)
    given = checked_tuple(candidates, Candidate, f"{where}, candidates")
    if not given:
        raise InvalidValueError.at(
            f"{where}, candidates", expected="at least one candidate", found="none"
        )
    _check_observed(panel, given, f"{where}, candidates")
    outcomes = outcomes.in_order_of(panel.account_id, where=where)
    asked = TuningChoices() if choices is None else choices
    if not isinstance(asked, TuningChoices):
        raise InvalidTypeError.at(f"{where}, choices", expected="TuningChoices", found=choices)
    check_least(seed, f"{where}, seed", least=0)
    chance = np.random.default_rng(seed)
    after = outcomes.after(panel.as_of, days=days)
    chosen = _chosen(fit_on, len(panel), chance)
    rows = np.flatnonzero(chosen & after.is_known)
    if len(rows) > asked.most_accounts:
        rows = np.sort(chance.choice(rows, asked.most_accounts, replace=False))
    _check_enough(after.is_bad[rows])
    of_others = after.among(~chosen)
    has_others = bool(of_others.is_known.any())
    if has_others:
        check_both_kinds(
            of_others, outcomes, panel.as_of, days, where=f"{where}, accounts not fitted on"
        )
    rules = _fitted(panel, given, rows, after.is_bad, asked, chance, period)
    tuned = WarningRules(
        name=name,
        rules=rules,
        period=period,
        own_terms=_own_terms(panel),
        currency=panel.currency if _name_amounts(rules, panel) else None,
    )
    signals = early_warning_signals(panel, rules=tuned)
    return TunedRules(
        tuned,
        figures_of(signals, outcomes, after.among(chosen), days=days, seed=seed),
        figures_of(signals, outcomes, of_others, days=days, seed=seed) if has_others else None,
        chosen,
    )


def _check_observed(panel: ObservationPanel, given: Sequence[Candidate], where: str) -> None:
    """A candidate of which nobody would know whether it holds is refused, and not passed over."""
    asked = dict.fromkeys(
        reading.observation for each in given for reading in readings_of(each.when)
    )
    missing = [name for name in asked if name in CATALOGUE and name not in panel.numbers]
    if missing:
        raise InvalidValueError.at(
            where,
            expected=f"observations that are in the panel: {', '.join(panel.numbers)}",
            found=", ".join(missing),
            hint="Add the observation to the panel, or leave the candidate out.",
        )


def _chosen(fit_on: object, count: int, chance: np.random.Generator) -> Any:
    if fit_on is None:
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[chance.permutation(count)[: (count + 1) // 2]] = True
        return chosen
    if not isinstance(fit_on, np.ndarray) or fit_on.dtype != np.bool_ or fit_on.shape != (count,):
        raise InvalidTypeError.at(
            "tune_rules, fit_on", expected=f"a bool array of {count:,} accounts", found=fit_on
        )
    return fit_on.copy()


def _name_amounts(rules: Iterable[WarningRule], panel: ObservationPanel) -> bool:
    return any(
        each.of is None and unit_of(each.observed, panel.terms) is Unit.AMOUNT
        for rule in rules
        for each in comparisons_of(rule.when)
    )


def _check_enough(is_bad: Any) -> None:
    bad = int(is_bad.sum())
    if min(bad, len(is_bad) - bad) < LEAST_OF_A_KIND:
        raise InvalidValueError.at(
            "tune_rules",
            expected=f"at least {LEAST_OF_A_KIND} accounts to fit on that went bad, and that did not",
            found=f"{bad} and {len(is_bad) - bad}",
        )


def _own_terms(panel: ObservationPanel) -> list[ObservationTerm]:
    return [term for name, term in panel.terms.items() if name not in CATALOGUE]


def _fitted(
    panel: ObservationPanel,
    given: Sequence[Candidate],
    rows: Any,
    all_bad: Any,
    asked: TuningChoices,
    chance: np.random.Generator,
    period: ObservationPeriod,
) -> list[WarningRule]:
    is_bad = all_bad[rows].astype(np.float64)
    truths = _truths(panel, given, period)[rows]
    usable = distinct(truths, asked.least_share)
    if not len(usable):
        raise _none_tells()
    target = is_bad
    if asked.rounds:
        numbers = numbers_of(panel, [each.when for each in given])[rows]
        bits = np.concatenate([threshold_bits(numbers), truths.T])
        target = out_of_fold_risk(bits, is_bad, rounds=asked.rounds, chance=chance)
    topics = list(dict.fromkeys(each.topic for each in given))
    kept = truths[:, usable]
    pool = Pool(
        kept,
        kept.astype(np.float32),
        np.array([topics.index(given[place].topic) for place in usable]),
        np.array([given[place].only_beside_others for place in usable], dtype=np.bool_),
        asked,
    )
    found = selected(pool, target, chance)
    if not found:
        raise _none_tells()
    return named_rules(
        [
            (points, choice.needed, [given[int(usable[place])] for place in choice.columns])
            for choice, points in found
        ],
        {**CATALOGUE, **panel.terms},
    )


def _none_tells() -> InvalidValueError:
    return InvalidValueError.at(
        "tune_rules, candidates", expected="one that tells accounts that went bad", found="none"
    )


def _truths(panel: ObservationPanel, given: Sequence[Candidate], period: ObservationPeriod) -> Any:
    """Where each candidate holds at the end, accounts by candidates; nowhere where nobody knows."""
    rules = [
        WarningRule(
            rule_id=f"candidate {place}",
            when=each.when,
            family=each.family,
            severity=Severity.YELLOW,
        )
        for place, each in enumerate(given)
    ]
    asked = WarningRules(name="candidates", rules=rules, period=period, own_terms=_own_terms(panel))
    signals = early_warning_signals(panel, rules=asked)
    return np.ascontiguousarray(signals.is_up & signals.is_assessed)
