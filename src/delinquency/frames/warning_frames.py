"""Out of early warning over a panel: data frames of signals, and of accounts with their scores."""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.early_warning.rule import Severity
from delinquency.early_warning.signals import TOLD_STATES, SignalState
from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.plan_rows import repeated
from delinquency.frames.writing import days_out, texts_out, to_frame
from delinquency.portfolio.warnings.answer import PortfolioSignals, told_states

__all__ = ["signal_scores_to_frame", "signals_to_frame"]


def signals_to_frame(answer: PortfolioSignals, backend: str = "pandas") -> Any:
    """One row a signal that is raised, confirmed, cleared or not assessed, or that may be up.

    Of other silent ones there is none.

    ===============  ========  =============================================================
    column           type      what
    ===============  ========  =============================================================
    ``account_id``   text
    ``as_of``        date      the end of the last period
    ``rules``        text      the name of the rule set
    ``rule_id``      text
    ``family``       text
    ``severity``     text      of the rule: ``yellow``, ``orange`` or ``red``; ``none`` of points below 0
    ``state``        text      ``silent``, ``cleared``, ``raised``, ``confirmed`` or
                               ``not_assessed``: not up, and nobody knows
    ``since``        date      when it came up or was cleared; else empty
    ``is_assessed``  flag      whether it is known if the condition holds
    ``may_be_up``    flag      whether the unknown leaves it possible that it is up
    ``points``       int64     what it adds to the score; 0 where it is not up
    ===============  ========  =============================================================

    Parameters
    ----------
    answer : PortfolioSignals
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.

    Raises
    ------
    InvalidTypeError
        No answer of :func:`~delinquency.portfolio.warnings.verb.early_warning_signals`.
    InvalidValueError
        Another backend.
    MissingExtraError
        The backend is not installed.
    """
    if not isinstance(answer, PortfolioSignals):
        raise InvalidTypeError.at("frames, signals", expected="PortfolioSignals", found=answer)
    pa = arrow()
    may_be_up, _ = answer.possibly_up
    rows, places = np.nonzero(
        (answer.state != SignalState.SILENT) | ~answer.is_assessed | may_be_up
    )
    state = answer.state[rows, places]
    stands = told_states(state, answer.is_assessed[rows, places])
    is_open = stands == len(TOLD_STATES) - 1
    rules = answer.in_force
    points = np.array([rule.points for rule in rules], dtype=np.int64)[places]

    def of_rules(words: list[str]) -> Any:
        return pa.array(words).take(pa.array(places))

    columns = {
        "account_id": texts_out(answer.panel.account_id).take(pa.array(rows)),
        "as_of": repeated(answer.as_of, len(rows)),
        "rules": repeated(answer.rules.name, len(rows)),
        "rule_id": of_rules([rule.rule_id for rule in rules]),
        "family": of_rules([rule.family.value for rule in rules]),
        "severity": of_rules([rule.severity.name.lower() for rule in rules]),
        "state": pa.array(TOLD_STATES).take(pa.array(stands)),
        "since": days_out(
            np.where(is_open, np.int32(NONE_DAY), answer.since[rows, places]), NONE_DAY
        ),
        "is_assessed": pa.array(answer.is_assessed[rows, places]),
        "may_be_up": pa.array(may_be_up[rows, places]),
        "points": pa.array(np.where(state >= SignalState.RAISED, points, 0)),
    }
    return to_frame(columns, backend)


def signal_scores_to_frame(answer: PortfolioSignals, backend: str = "pandas") -> Any:
    """One row an account, in the order of the panel.

    ====================  ========  =============================================================
    column                type      what
    ====================  ========  =============================================================
    ``account_id``        text
    ``as_of``             date      the end of the last period
    ``rules``             text      the name of the rule set
    ``score``             int64     the points of the signals that are up
    ``least_score``       int64     the least that the unknown leaves possible
    ``greatest_score``    int64     the greatest
    ``severity``          text      of the gravest warning that is up: ``none`` to ``red``
    ``severity_at_most``  text      of the gravest that the unknown leaves possible
    ``raised``            int64     warnings that are up
    ``in_favour``         int64     signals that are up and speak for the borrower
    ``not_assessed``      int64     signals of which nobody knows whether the condition holds
    ====================  ========  =============================================================

    Parameters
    ----------
    answer : PortfolioSignals
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.

    Raises
    ------
    InvalidValueError
        Another backend.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> import delinquency as dq
    >>> from delinquency.portfolio import ObservationPanel, early_warning_signals
    >>> panel = ObservationPanel.of(["A", "B"], [date(2025, 1, 31)], {"days_past_due": np.array([[31], [0]])})
    >>> found = early_warning_signals(panel, rules=dq.load_warning_rules("sama"))
    >>> rows = signal_scores_to_frame(found, "pyarrow").to_pylist()
    >>> [(row["account_id"], row["score"], row["severity"], row["raised"]) for row in rows]
    [('A', 3, 'orange', 1), ('B', 0, 'none', 0)]
    """
    pa, size = arrow(), len(answer)
    least, greatest = answer.score_range
    severities = pa.array([str(each) for each in Severity])

    def counted(flags: Any) -> Any:
        return pa.array(flags.sum(axis=1, dtype=np.int64))

    columns = {
        "account_id": texts_out(answer.panel.account_id),
        "as_of": repeated(answer.as_of, size),
        "rules": repeated(answer.rules.name, size),
        "score": pa.array(answer.score),
        "least_score": pa.array(least),
        "greatest_score": pa.array(greatest),
        "severity": severities.take(pa.array(answer.severity)),
        "severity_at_most": severities.take(pa.array(answer.severity_at_most)),
        "raised": counted(answer.is_raised),
        "in_favour": counted(answer.is_up & ~answer.is_warning),
        "not_assessed": counted(~answer.is_assessed),
    }
    return to_frame(columns, backend)
