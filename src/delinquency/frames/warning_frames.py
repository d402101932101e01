"""Out of early warning over a panel: a data frame of signals."""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.early_warning.signals import TOLD_STATES, SignalState
from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.plan_rows import repeated
from delinquency.frames.writing import days_out, texts_out, to_frame
from delinquency.portfolio.warnings.answer import PortfolioSignals, told_states

__all__ = ["signals_to_frame"]


def signals_to_frame(answer: PortfolioSignals, backend: str = "pandas") -> Any:
    """One row a signal that is raised, confirmed, cleared or not assessed; of silent ones there is none.

    ===============  ========  =============================================================
    column           type      what
    ===============  ========  =============================================================
    ``account_id``   text
    ``as_of``        date      the end of the last period
    ``rules``        text      the name of the rule set
    ``rule_id``      text
    ``family``       text
    ``severity``     text      of the rule: ``yellow``, ``orange`` or ``red``; ``none`` of points below 0
    ``state``        text      ``cleared``, ``raised``, ``confirmed`` or ``not_assessed``
    ``since``        date      when it came up or was cleared; empty where it is not assessed
    ``is_assessed``  flag      whether it is known if the condition holds
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
    rows, places = np.nonzero((answer.state != SignalState.SILENT) | ~answer.is_assessed)
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
        "points": pa.array(np.where(state >= SignalState.RAISED, points, 0)),
    }
    return to_frame(columns, backend)
