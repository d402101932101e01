"""The answer of early warning: one signal for each rule, the score, and how grave it is.

The one idea: a rule whose observations are unknown says "not assessed"; whoever reads only what is raised can
see from ``score_range`` and ``severity_at_most`` what the unknown might still add.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import attrs

from delinquency.early_warning.judging import Judgement, judge_periods
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.rule import Severity, WarningRule
from delinquency.early_warning.rules import WarningRules
from delinquency.early_warning.signal_bounds import SignalBounds, bounds_of_signal
from delinquency.early_warning.signals import SignalState, told_state
from delinquency.errors import InvalidValueError
from delinquency.identifiers import check_id
from delinquency.text_layout import aligned, html_cells

if TYPE_CHECKING:
    from delinquency.explanation import Explanation

__all__ = ["EarlyWarning", "Signal"]


@attrs.frozen(slots=True)
class Signal:
    """What one rule says of an account at the end of the last period.

    Attributes
    ----------
    rule : WarningRule
    state : SignalState
        Silent, raised, confirmed, or cleared, which it is while it cools down as well.
    since : date or None
        The end of the period at which it came up, or was cleared.
    is_assessed : bool
        Whether it is known if the condition holds; a signal that is up stays up where it is not.
    judgement : Judgement
        The condition at the end of the last period, with its figures.
    observations : Observations
    """

    rule: WarningRule
    state: SignalState
    since: date | None
    is_assessed: bool
    judgement: Judgement
    observations: Observations

    @property
    def rule_id(self) -> str:
        """The id of the rule."""
        return self.rule.rule_id

    @property
    def told_state(self) -> str:
        """Where it stands in a word: ``silent``, ``cleared``, ``raised``, ``confirmed`` or ``not_assessed``.

        Not assessed is what is not up and of which nobody knows whether the condition holds.
        """
        return told_state(self.state, is_assessed=self.is_assessed)

    @property
    def is_up(self) -> bool:
        """Whether it is raised or confirmed."""
        return self.state.is_up

    @property
    def is_raised(self) -> bool:
        """Whether it is up and a warning; a rule of points below 0 raises none."""
        return self.is_up and self.rule.is_warning

    @property
    def is_held_back(self) -> bool:
        """Whether the condition holds, and the cool-down after it was cleared keeps it from rising."""
        return self.state is SignalState.CLEARED and self.judgement.holds is True

    @property
    def may_be_up(self) -> bool:
        """Whether the unknown, of this period or of one before, leaves it possible that it is up."""
        return self._bounds.may_be_up

    @property
    def surely_up(self) -> bool:
        """Whether it is up whatever the unknown was."""
        return self._bounds.surely_up

    @property
    def _bounds(self) -> SignalBounds:
        judged, clears = judge_periods(self.observations, self.rule)
        return bounds_of_signal(
            [each.holds for each in judged],
            clears,
            clear_after=self.rule.clear_after,
            cool_down=self.rule.cool_down,
        )

    @property
    def severity(self) -> Severity:
        """How grave it is; none while it is not up, and where it speaks for the borrower."""
        return self.rule.severity if self.is_up else Severity.NONE

    @property
    def points(self) -> int:
        """What it adds to the score; 0 while it is not up."""
        return self.rule.points if self.is_up else 0

    @property
    def explanation(self) -> Explanation:
        """The sentence, since when, every figure with what it was beside, and the source."""
        from delinquency.early_warning.reasons import explain_signal

        return explain_signal(self)

    def __str__(self) -> str:
        return self.explanation.to_text()

    def __repr__(self) -> str:
        since = "" if self.since is None else f" since {self.since}"
        return f"Signal({self.rule_id!r}, {self.told_state}{since})"


@attrs.frozen(slots=True, eq=False)
class EarlyWarning:
    """What rules of early warning say of an account at the end of the last period.

    Attributes
    ----------
    observations : Observations
    rules : WarningRules
    signals : tuple of Signal
        One for each rule in force, in order.
    """

    observations: Observations
    rules: WarningRules
    signals: tuple[Signal, ...]

    @property
    def account_id(self) -> str:
        """Of the account."""
        return self.observations.account_id

    @property
    def as_of(self) -> date:
        """The end of the last period."""
        return self.observations.as_of

    @property
    def raised(self) -> tuple[Signal, ...]:
        """The warnings that are up, the gravest first, then in order."""
        raised = (each for each in self.signals if each.is_raised)
        return tuple(sorted(raised, key=lambda each: -each.severity))

    @property
    def in_favour(self) -> tuple[Signal, ...]:
        """The signals that are up and speak for the borrower: of rules of points below 0."""
        return tuple(each for each in self.signals if each.is_up and not each.is_raised)

    @property
    def not_assessed(self) -> tuple[Signal, ...]:
        """The signals of which nobody knows whether the condition holds."""
        return tuple(each for each in self.signals if not each.is_assessed)

    @property
    def score(self) -> int:
        """The points of the signals that are up, those that speak for the borrower too."""
        return sum(each.points for each in self.signals)

    @property
    def score_range(self) -> tuple[int, int]:
        """The least and the greatest score that the unknown leaves possible.

        A signal that is up stays up while nobody knows, but may have been over; one that is not may be up.
        """
        ranges = [_points_range(each) for each in self.signals]
        return sum(least for least, _ in ranges), sum(most for _, most in ranges)

    @property
    def severity(self) -> Severity:
        """The gravest of the warnings that are up."""
        return max((each.severity for each in self.signals), default=Severity.NONE)

    @property
    def severity_at_most(self) -> Severity:
        """The gravest that the unknown leaves possible; what is hidden never lowers it."""
        possible = (each.rule.severity for each in self.signals if each.may_be_up)
        return max(possible, default=Severity.NONE)

    def signal(self, rule_id: str) -> Signal:
        """The signal of a rule.

        Raises
        ------
        InvalidTypeError
            No text.
        InvalidValueError
            No such rule.
        """
        check_id(rule_id, where=f"early warning by {self.rules.name!r}, rule_id")
        for each in self.signals:
            if each.rule_id == rule_id:
                return each
        raise InvalidValueError.at(
            f"early warning by {self.rules.name!r}",
            expected=f"one of {', '.join(each.rule_id for each in self.signals)}",
            found=repr(rule_id),
        )

    @property
    def explanation(self) -> Explanation:
        """The score, every signal that is up, and what was not assessed, with the figures."""
        from delinquency.early_warning.reasons import explain_warning

        return explain_warning(self)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a rule, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.early_warning_frames.early_warning_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.early_warning_to_frame(self, backend)

    def _rows(self) -> list[tuple[str, ...]]:
        head = ("rule", "family", "severity", "state", "since", "points")
        rows: list[tuple[str, ...]] = [head]
        rows += [
            (
                each.rule_id,
                each.rule.family.value,
                each.rule.severity.name.lower(),
                each.told_state.replace("_", " ") + _open_now(each),
                "" if each.since is None else str(each.since),
                str(each.points),
            )
            for each in self.signals
        ]
        return rows

    def _head(self) -> str:
        return (
            f"{self.account_id} on {self.as_of} by {self.rules.name}: score {self.score}, "
            f"{self.severity.name.lower()}, {len(self.raised)} raised, "
            f"{len(self.not_assessed)} not assessed"
        )

    def __str__(self) -> str:
        return "\n".join((self._head(), *aligned(self._rows(), left=(0, 1, 2, 3, 4))))

    def __repr__(self) -> str:
        return f"EarlyWarning({self._head()})"

    def _repr_html_(self) -> str:
        rows = self._rows()
        head = html_cells("th", rows[0])
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows[1:])
        return f"<p>{escape(self._head())}</p><table><tr>{head}</tr>{body}</table>"


def _open_now(signal: Signal) -> str:
    return ", not assessed now" if signal.is_up and not signal.is_assessed else ""


def _points_range(signal: Signal) -> tuple[int, int]:
    points = signal.rule.points
    if signal.surely_up:
        return points, points
    return (min(points, 0), max(points, 0)) if signal.may_be_up else (0, 0)
