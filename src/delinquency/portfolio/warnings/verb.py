"""Judging the accounts of a panel by rules of early warning.

The one idea: conditions are interpreted over blocks of accounts that stay near the processor, every period
of a block at once, and the flags of one condition make room for those of the next. Each row equals the
answer for one account.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from delinquency.early_warning.rules import WarningRules
from delinquency.errors import InvalidTypeError
from delinquency.portfolio.run import Engine, chosen_engine, in_blocks, thread_count
from delinquency.portfolio.warnings.answer import PortfolioSignals
from delinquency.portfolio.warnings.job import WarningJob
from delinquency.portfolio.warnings.panel import ObservationPanel

__all__ = ["early_warning_signals"]

CELLS_OF_A_BLOCK = 2**18
"""Accounts by periods of a block: its flags stay near the processor."""


def early_warning_signals(
    panel: ObservationPanel,
    *,
    rules: WarningRules,
    history: bool = False,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioSignals:
    """Say of every account which rules of early warning are raised at the end of the last period, since when.

    Each row equals :func:`~delinquency.early_warning.verb.early_warning_signals` for that account.

    Parameters
    ----------
    panel : ObservationPanel
    rules : WarningRules
    history : bool
        Whether the state of every signal at the end of every period is kept.
    engine : Engine, optional
        Default: compiled where that is possible. The answers are equal.
    threads : int, optional
        Default: two for a large panel.

    Returns
    -------
    PortfolioSignals
        Accounts by rules. A rule whose observations are not there, or unknown, is not assessed; it is never
        silent because of that.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Dates that leave out a period of the rules, or two of one period, as where accounts have other dates.
    PolicyNotInForceError
        No rule is in force on the last day.
    PolicyError
        An observation in another unit than the rules read it, or amounts in another currency than theirs.
    MissingExtraError
        Compiled kernels without numba.

    Warns
    -----
    UnverifiedTableWarning
        A rule in force was never compared with its source.

    Examples
    --------
    At the threshold, one day short of it, and where nobody knows:

    >>> from datetime import date
    >>> import numpy as np
    >>> import delinquency as dq
    >>> days = np.ma.masked_equal([[5], [4], [-1]], -1)
    >>> panel = ObservationPanel.of(["A", "B", "C"], [date(2025, 1, 31)], {"days_past_due": days})
    >>> answer = early_warning_signals(panel, rules=dq.load_warning_rules("sama"))
    >>> place = answer.place_of("early_arrears")
    >>> answer.state[:, place].tolist(), answer.is_assessed[:, place].tolist()
    ([3, 0, 0], [True, True, False])
    """
    where = "portfolio.early_warning_signals"
    if not isinstance(panel, ObservationPanel):
        raise InvalidTypeError.at(
            f"{where}, panel",
            expected="an ObservationPanel",
            found=panel,
            hint="ObservationPanel.from_accounts makes one of observations of accounts.",
        )
    if not isinstance(rules, WarningRules):
        raise InvalidTypeError.at(
            f"{where}, rules",
            expected="WarningRules",
            found=rules,
            hint='Load them: load_warning_rules("sama").',
        )
    if not isinstance(history, bool):
        raise InvalidTypeError.at(f"{where}, history", expected="a bool", found=history)
    count = thread_count(threads, len(panel))
    job = WarningJob(panel, rules, chosen_engine(engine), history=history)
    in_blocks(job.work, len(panel), count, max(1, CELLS_OF_A_BLOCK // len(panel.dates)))
    return job.answer()
