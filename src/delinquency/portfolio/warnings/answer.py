"""The answer of early warning for many accounts: one signal for each account and rule.

The one idea: each row equals the answer for one account, and its reasons are those of that account; what is
added up over accounts or rules is drawn from the same columns.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY, day_number
from delinquency.early_warning.answer import EarlyWarning
from delinquency.early_warning.rule import Severity, WarningRule
from delinquency.early_warning.rules import WarningRules
from delinquency.early_warning.signals import TOLD_STATES, SignalState
from delinquency.early_warning.verb import early_warning_signals
from delinquency.errors import InvalidValueError
from delinquency.identifiers import check_id
from delinquency.portfolio.columns import Codes, Days
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.warnings.folding import is_plain
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.possible import possibly_up

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["PortfolioSignals", "SignalCounts", "told_states"]

Flags = npt.NDArray[np.bool_]
Points = npt.NDArray[np.int64]


def told_states(state: Codes, is_assessed: Flags) -> Codes:
    """The places of the words of signals: their states, and the last place where nobody knows."""
    is_open = ~is_assessed & (state < SignalState.RAISED)
    return np.where(is_open, np.int8(len(TOLD_STATES) - 1), state)


@attrs.frozen(slots=True)
class SignalCounts:
    """How many accounts stand where by one rule.

    Attributes
    ----------
    rule_id : str
    silent, cleared, raised, confirmed, not_assessed : int
        Together every account, each once. Not assessed is what is not up and of which nobody knows whether
        the condition holds; what is up and stays so while nobody knows is raised or confirmed.
    """

    rule_id: str
    silent: int
    cleared: int
    raised: int
    confirmed: int
    not_assessed: int


@attrs.frozen(slots=True, eq=False)
class PortfolioSignals:
    """What rules of early warning say of every account of a panel at the end of the last period.

    Each row equals :func:`~delinquency.early_warning.verb.early_warning_signals` for that account.

    Attributes
    ----------
    panel : ObservationPanel
    rules : WarningRules
    in_force : tuple of WarningRule
        The rules in force on the last day; columns stand in their order.
    state : int8 array, accounts by rules
        A :class:`~delinquency.early_warning.SignalState`: 0 silent, 1 cleared, 2 raised, 3 confirmed; silent
        or cleared as well where ``is_assessed`` says that nobody knows.
    since_place : int16 array, accounts by rules
        The place of the period at whose end the signal came up or was cleared; -1 while it is silent.
    is_assessed : bool array, accounts by rules
        Whether it is known if the condition holds; a signal that is up stays up where it is not.
    score : int64 array
        The points of the signals of each account that are up, those that speak for the borrower too.
    states : int8 array, accounts by rules by periods, or None
        The state at the end of every period, where it was asked for.
    """

    panel: ObservationPanel
    rules: WarningRules
    in_force: tuple[WarningRule, ...]
    state: Codes
    since_place: npt.NDArray[np.int16]
    is_assessed: Flags
    score: Points
    states: Codes | None = None

    def __attrs_post_init__(self) -> None:
        freeze(self)

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.panel)

    def __repr__(self) -> str:
        return (
            f"PortfolioSignals({self.as_of}, {self.rules.name}, {len(self):,} accounts, "
            f"{len(self.in_force)} rules, {int(self.is_raised.any(axis=1).sum()):,} accounts raised)"
        )

    @property
    def as_of(self) -> date:
        """The end of the last period."""
        return self.panel.as_of

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of the rules, in the order of the columns."""
        return tuple(each.rule_id for each in self.in_force)

    @property
    def since(self) -> Days:
        """The end of the period at which each signal came up or was cleared, as a day number (int32).

        Accounts by rules; 2**31 - 1 while it is silent.
        """
        days = [day_number(end, where="signals", field="date") for end in self.panel.dates]
        # The last one is what place -1 leads to.
        return np.array([*days, NONE_DAY], dtype=np.int32)[self.since_place]

    @property
    def is_up(self) -> Flags:
        """Whether each signal is raised or confirmed, accounts by rules."""
        return self.state >= SignalState.RAISED

    @property
    def is_warning(self) -> Flags:
        """Of each rule, whether its signals are warnings; those of points below 0 speak for the borrower."""
        return np.array([rule.is_warning for rule in self.in_force], dtype=np.bool_)

    @property
    def is_raised(self) -> Flags:
        """Whether each signal is up and a warning, accounts by rules."""
        return self.is_up & self.is_warning

    @property
    def score_range(self) -> tuple[Points, Points]:
        """The least and the greatest score of each account that the unknown leaves possible."""
        may, surely = self.possibly_up
        points = [rule.points for rule in self.in_force]
        score, open_flags = self._added(surely, points), may & ~surely
        return (
            score + self._added(open_flags, [min(each, 0) for each in points]),
            score + self._added(open_flags, [max(each, 0) for each in points]),
        )

    @property
    def severity(self) -> Codes:
        """The gravest of the warnings of each account that are up, as int8: 0 for none, 3 for red."""
        return self._gravest(self.is_up)

    @property
    def severity_at_most(self) -> Codes:
        """The gravest of each account that the unknown leaves possible."""
        return self._gravest(self.possibly_up[0])

    @property
    def possibly_up(self) -> tuple[Flags, Flags]:
        """Which signals the unknown leaves possibly up, and which are surely up, accounts by rules.

        Of rules with hysteresis or a cool-down the panel is looked at again.
        """
        may, surely = self.is_up | ~self.is_assessed, self.is_up & self.is_assessed
        for place, rule in enumerate(self.in_force):
            if not is_plain(rule):
                may[:, place], surely[:, place] = possibly_up(self.panel, self.rules, rule)
        return may, surely

    def _added(self, flags: Flags, points: list[int]) -> Points:
        total = np.zeros(len(self), dtype=np.int64)
        for place, each in enumerate(points):
            if each:
                total += flags[:, place] * np.int64(each)
        return total

    def _gravest(self, flags: Flags) -> Codes:
        found = np.full(len(self), Severity.NONE, dtype=np.int8)
        for place, rule in enumerate(self.in_force):
            np.maximum(found, flags[:, place] * np.int8(rule.severity), out=found)
        return found

    def counts(self) -> tuple[SignalCounts, ...]:
        """How many accounts stand where, rule by rule; rules that speak for the borrower are left out."""
        told: list[SignalCounts] = []
        for place, rule in enumerate(self.in_force):
            if not rule.is_warning:
                continue
            stands = told_states(self.state[:, place], self.is_assessed[:, place])
            counts: list[int] = np.bincount(stands, minlength=len(TOLD_STATES)).tolist()
            told.append(SignalCounts(rule.rule_id, *counts))
        return tuple(told)

    def place_of(self, rule_id: str) -> int:
        """The column of a rule.

        Raises
        ------
        InvalidTypeError
            No text.
        InvalidValueError
            No such rule.
        """
        check_id(rule_id, where=f"early warning by {self.rules.name!r}, rule_id")
        if rule_id not in self.rule_ids:
            raise InvalidValueError.at(
                f"early warning by {self.rules.name!r}",
                expected=f"one of {', '.join(self.rule_ids)}",
                found=repr(rule_id),
            )
        return self.rule_ids.index(rule_id)

    def on(self, day: date) -> Codes:
        """The state of each signal at the end of a period, accounts by rules.

        Raises
        ------
        InvalidValueError
            No period ends on the day; the states were not kept.
        """
        where = f"early warning by {self.rules.name!r}"
        if self.states is None:
            raise InvalidValueError.at(
                where,
                expected="the states at the end of every period",
                found="the last ones alone",
                hint="early_warning_signals(panel, rules=rules, history=True) keeps them.",
            )
        if day not in self.panel.dates:
            raise InvalidValueError.at(
                where,
                expected=f"the end of a period, from {self.panel.dates[0]} to {self.as_of}",
                found=str(day),
            )
        return self.states[:, :, self.panel.dates.index(day)]

    def row(self, row: int) -> EarlyWarning:
        """The whole answer for one account, with its reasons.

        Raises
        ------
        InvalidTypeError, IndexError
            No such row.
        """
        return early_warning_signals(self.panel.account(row), rules=self.rules)

    def explain(self, row: int) -> Explanation:
        """Why: the score of one account, its signals with their figures, and what was not assessed.

        Raises as :meth:`row`.
        """
        return self.row(row).explanation

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a signal that is up, cleared or not assessed: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.signals_to_frame(self, backend)
