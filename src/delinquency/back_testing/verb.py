"""Testing rules of early warning on what really happened."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from delinquency.back_testing.answer import BackTest, Confusion, Halves, RuleWorth
from delinquency.back_testing.left_out import check_both_kinds
from delinquency.back_testing.outcomes import Horizon, Outcomes
from delinquency.back_testing.ranking import area_under_curve, score_bands
from delinquency.back_testing.stability import population_stability
from delinquency.calendar import NONE_DAY
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.signals import SignalState
from delinquency.errors import InvalidTypeError
from delinquency.portfolio.warnings.answer import PortfolioSignals
from delinquency.whole_numbers import check_int, check_least

__all__ = ["back_test", "figures_of"]

BANDS: Final = 10


def back_test(
    signals: PortfolioSignals,
    outcomes: Outcomes,
    *,
    days: int,
    bands: int = BANDS,
    threshold: int | None = None,
    seed: int = 0,
) -> BackTest:
    """Say how well signals foresaw what happened in the days after them, and which rules matter.

    Accounts whose event had come by the day of the signals are left out: nothing was left to foresee. So are
    those of which no event was seen and that were not watched to the end of the days: nobody knows. An event
    that was seen is known, however early the watch ended; where watches end early, the share that went bad is
    therefore told too great (see ``BackTest.unwatched``).

    Parameters
    ----------
    signals : PortfolioSignals
        Of the day ``signals.as_of``; with their history where alerts by month are asked for.
    outcomes : Outcomes
        Of each account of the signals: found by account id where they have ids, else one row for each
        account in the order of ``signals.panel``.
    days : int
        Outcomes are events in ``(as_of, as_of + days]``.
    bands : int
        Bands of scores, of about equal numbers of accounts.
    threshold : int, optional
        For alerts by month: an account is alerted while its score is at least that; default: while a rule is
        up that does not speak for the borrower.
    seed : int
        Draws the halves.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Without ids other numbers of accounts; no account that went bad, or none that did not (it tells how
        many were left out, and why); fewer days or bands than 1; a seed below 0.
    PortfolioError
        With ids an outcome of another account, or an account without one; it names the rows.

    Examples
    --------
    Two of three accounts are over 30 days late at the end of January, and one of them defaults in April:

    >>> from delinquency.early_warning import load_warning_rules
    >>> from delinquency.portfolio import ObservationPanel, early_warning_signals
    >>> panel = ObservationPanel.of(["A", "B", "C"], [date(2025, 1, 31)],
    ...     {"days_past_due": np.array([[31], [30], [40]])})
    >>> signals = early_warning_signals(panel, rules=load_warning_rules("sama"))
    >>> seen = Outcomes.of([date(2025, 4, 15), None, None], watched_until=date(2025, 6, 30))
    >>> found = back_test(signals, seen, days=90)
    >>> found.area.value, found.at(3).precision, found.at(3).recall
    (0.75, 0.5, 1.0)

    The same outcomes in another order, found by id:

    >>> ids = ["C", "A", "B"]
    >>> mixed = Outcomes.of([None, date(2025, 4, 15), None], watched_until=date(2025, 6, 30), account_id=ids)
    >>> back_test(signals, mixed, days=90).area == found.area
    True

    An event on the day of the signals is none that they could foresee; the 90th day after it is the last:

    >>> days = [date(2025, 1, 31), date(2025, 5, 1), None]
    >>> found = back_test(signals, Outcomes.of(days, watched_until=date(2025, 5, 1)), days=90)
    >>> found.had_come, found.bad, found.unwatched, found.left_out
    (1, 1, 0, 1)
    """
    if not isinstance(signals, PortfolioSignals):
        raise InvalidTypeError.at(
            "back_test, signals",
            expected="PortfolioSignals",
            found=signals,
            hint="Judge a panel: portfolio.early_warning_signals(panel, rules=rules).",
        )
    if not isinstance(outcomes, Outcomes):
        raise InvalidTypeError.at(
            "back_test, outcomes",
            expected="Outcomes",
            found=outcomes,
            hint="Make them: Outcomes.of(days, watched_until=...).",
        )
    check_least(bands, "back_test, bands", least=1)
    check_least(seed, "back_test, seed", least=0)
    if threshold is not None:
        check_int(threshold, "back_test, threshold")
    seen = outcomes.in_order_of(signals.panel.account_id, where="back_test")
    after = seen.after(signals.as_of, days=days)
    check_both_kinds(after, seen, signals.as_of, days, where="back_test, outcomes")
    return figures_of(signals, seen, after, days=days, bands=bands, threshold=threshold, seed=seed)


def figures_of(
    signals: PortfolioSignals,
    seen: Outcomes,
    after: Horizon,
    *,
    days: int,
    seed: int,
    bands: int = BANDS,
    threshold: int | None = None,
) -> BackTest:
    """The figures of :func:`back_test` over outcomes in the order of the accounts, of both kinds.

    ``after`` says of which accounts they are, and what came of them.
    """
    known = np.flatnonzero(after.is_known)
    is_bad = after.is_bad[known]
    up, is_assessed = signals.is_up[known], signals.is_assessed[known]
    points = np.array([rule.points for rule in signals.in_force], dtype=np.int64)
    scores = signals.score[known]
    area = area_under_curve(scores, is_bad)
    found = BackTest(
        as_of=signals.as_of,
        days=days,
        accounts=len(known),
        bad=int(is_bad.sum()),
        had_come=int(after.had_come.sum()),
        unwatched=int(after.is_unwatched.sum()),
        area=area,
        confusion=_confusion(scores, is_bad),
        bands=score_bands(scores, is_bad, bands=bands),
        rules=tuple(
            _worth(
                rule, up[:, place], is_assessed[:, place], is_bad, scores=scores, area=area.value
            )
            for place, rule in enumerate(signals.in_force)
        ),
        overlap=_overlap(up),
        halves=_halves(scores, is_bad, bands, seed),
        lead_days=_lead(signals, seen, known, up & signals.is_warning, is_bad),
        alerts_by_month=_alerts(signals, points, threshold),
        scores=scores,
        is_bad=is_bad,
    )
    for column in (found.scores, found.is_bad, found.overlap):
        column.flags.writeable = False
    return found


def _confusion(scores: Any, is_bad: Any) -> tuple[Confusion, ...]:
    values, inverse, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    bad = np.bincount(inverse.ravel(), weights=is_bad, minlength=len(values)).astype(np.int64)
    hits, alerted = np.cumsum(bad), np.cumsum(counts)
    all_bad, all_rows = int(hits[-1]), len(scores)
    return tuple(
        Confusion(
            -int(value),
            int(hit),
            int(alert - hit),
            all_bad - int(hit),
            all_rows - int(alert) - (all_bad - int(hit)),
        )
        for value, hit, alert in zip(values, hits, alerted, strict=True)
    )


def _worth(
    rule: WarningRule, up: Any, is_assessed: Any, is_bad: Any, *, scores: Any, area: float
) -> RuleWorth:
    """One rule beside outcomes; ``area`` is that under the curve of the scores."""
    fired, hits, all_bad = int(up.sum()), int((up & is_bad).sum()), int(is_bad.sum())
    rest = len(up) - fired
    return RuleWorth(
        rule_id=rule.rule_id,
        points=rule.points,
        fired=fired,
        not_assessed=int((~is_assessed).sum()),
        share_bad=hits / fired if fired else None,
        share_bad_else=(all_bad - hits) / rest if rest else None,
        recall=hits / all_bad,
        marginal=area - area_under_curve(scores - up * np.int64(rule.points), is_bad).value,
    )


def _overlap(up: Any) -> Any:
    both = up.astype(np.int64).T @ up.astype(np.int64)
    fired = np.diag(both).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(fired[:, None] > 0, both / fired[:, None], np.nan)


def _halves(scores: Any, is_bad: Any, bands: int, seed: int) -> Halves | None:
    """Half of those that went bad with half of the others, and the rest; ``None`` where that is none."""
    chance = np.random.default_rng(seed)
    drawn = [chance.permutation(np.flatnonzero(side)) for side in (is_bad, ~is_bad)]
    if min(map(len, drawn)) < 2:
        return None
    first, second = (np.concatenate([side[place::2] for side in drawn]) for place in (0, 1))
    one, other = (area_under_curve(scores[half], is_bad[half]) for half in (first, second))
    return Halves(
        seed, (one, other), population_stability(scores[first], scores[second], bands=bands)
    )


def _lead(
    signals: PortfolioSignals, outcomes: Outcomes, known: Any, up: Any, is_bad: Any
) -> Mapping[str, float]:
    """By rule the median days from a signal coming up to the event; of rules that foresaw none nothing.

    Rules of points below 0 speak for the borrower, and foresee nothing.
    """
    since = signals.since[known].astype(np.int64)
    event = outcomes.event_day[known].astype(np.int64)
    found: dict[str, float] = {}
    for place, name in enumerate(signals.rule_ids):
        rows = up[:, place] & is_bad & (since[:, place] != NONE_DAY)
        if rows.any():
            found[name] = float(np.median(event[rows] - since[rows, place]))
    return MappingProxyType(found)


def _alerts(signals: PortfolioSignals, points: Any, threshold: int | None) -> Mapping[date, int]:
    """Accounts that are alerted at each period end and were not at the one before."""
    if signals.states is None:
        return MappingProxyType({})
    found: dict[date, int] = {}
    before: Any = np.zeros(len(signals), dtype=np.bool_)
    for end in signals.panel.dates:
        up = signals.on(end) >= SignalState.RAISED
        now = (
            up[:, signals.is_warning].any(axis=1) if threshold is None else up @ points >= threshold
        )
        found[end] = int((now & ~before).sum())
        before = now
    return MappingProxyType(found)
