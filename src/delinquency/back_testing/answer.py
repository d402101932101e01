"""What a back-test says of rules: how well they foresaw, what alerts they cost, and which of them matter."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.back_testing.ranking import Interval, ScoreBand
from delinquency.text_layout import aligned, html_cells
from delinquency.whole_numbers import check_int

if TYPE_CHECKING:
    from datetime import date

__all__ = ["BackTest", "Confusion", "Halves", "RuleWorth"]


@attrs.frozen(slots=True)
class Confusion:
    """Alerts beside outcomes; an account is alerted where its score is at least the threshold.

    Attributes
    ----------
    threshold : int
    hits : int
        Alerted, and went bad.
    false_alarms : int
        Alerted, and did not.
    missed : int
        Not alerted, and went bad.
    quiet : int
        Not alerted, and did not.
    """

    threshold: int
    hits: int
    false_alarms: int
    missed: int
    quiet: int

    @property
    def precision(self) -> float | None:
        """Of those alerted the share that went bad; ``None`` without an alert."""
        alerted = self.hits + self.false_alarms
        return self.hits / alerted if alerted else None

    @property
    def recall(self) -> float:
        """Of those that went bad the share that was alerted."""
        return self.hits / (self.hits + self.missed)

    @property
    def alert_share(self) -> float:
        """The share of accounts that was alerted."""
        alerted = self.hits + self.false_alarms
        return alerted / (alerted + self.missed + self.quiet)


@attrs.frozen(slots=True)
class RuleWorth:
    """One rule by itself, and what the score loses without it.

    Attributes
    ----------
    rule_id : str
    points : int
    fired : int
        Accounts on which it is up.
    not_assessed : int
        Accounts on which nobody knows.
    share_bad, share_bad_else : float or None
        The share that went bad where it is up, and where it is not; ``None`` of no account.
    precision : float or None
        Of the rule alone: ``share_bad``.
    recall : float
        Of the rule alone: of the accounts that went bad the share on which it is up.
    marginal : float
        The area under the curve with it, less that of the others alone.
    """

    rule_id: str
    points: int
    fired: int
    not_assessed: int
    share_bad: float | None
    share_bad_else: float | None
    recall: float
    marginal: float

    @property
    def precision(self) -> float | None:
        """Of the accounts on which it is up the share that went bad."""
        return self.share_bad


@attrs.frozen(slots=True)
class Halves:
    """The same figures on two halves of the accounts, drawn by a seed, each with half of those that went bad.

    Attributes
    ----------
    seed : int
    areas : tuple of Interval
        Area under the curve of each half.
    shift : float
        How far the scores of the halves are apart: the population stability index over bands.
    """

    seed: int
    areas: tuple[Interval, Interval]
    shift: float


@attrs.frozen(slots=True, eq=False)
class BackTest:
    """What happened after signals, beside them.

    Attributes
    ----------
    as_of : date
        The day of the signals.
    days : int
        Outcomes are those of so many days after it.
    accounts, bad : int
        Whose outcome is known, and how many of them went bad.
    had_come : int
        Accounts left out because their event had come by ``as_of``.
    unwatched : int
        Accounts left out because no event was seen and their watch ended before ``as_of + days``. All of them
        had stayed good so far, while those that went bad stay in however short their watch was: ``bad`` of
        ``accounts`` is then more than the share that went bad, which lies between ``bad`` and
        ``bad + unwatched`` of ``accounts + unwatched``.
    area : Interval
        Under the curve, with its confidence interval.
    confusion : tuple of Confusion
        One for each threshold that the scores have, the greatest first.
    bands : tuple of ScoreBand
    rules : tuple of RuleWorth
    overlap : float array, rules by rules
        Of the accounts on which the rule of the row is up, the share on which that of the column is too; NaN
        where it is up on none.
    halves : Halves or None
        ``None`` where fewer than two accounts went bad, or fewer than two did not.
    lead_days : mapping of str to float
        By rule, the median days from the day on which a signal came up to the event, where both are known.
        Not of rules of points below 0, which speak for the borrower; nor are they counted as alerts.
    alerts_by_month : mapping of date to int
        Accounts newly alerted at each end of a period, where the signals have a history.
    scores, is_bad : arrays
        Of the accounts whose outcome is known.
    """

    as_of: date
    days: int
    accounts: int
    bad: int
    had_come: int
    unwatched: int
    area: Interval
    confusion: tuple[Confusion, ...]
    bands: tuple[ScoreBand, ...]
    rules: tuple[RuleWorth, ...]
    overlap: npt.NDArray[np.float64]
    halves: Halves | None
    lead_days: Mapping[str, float]
    alerts_by_month: Mapping[date, int]
    scores: npt.NDArray[np.int64]
    is_bad: npt.NDArray[np.bool_]

    @property
    def left_out(self) -> int:
        """Accounts whose outcome cannot be told: both kinds together."""
        return self.had_come + self.unwatched

    @property
    def gini(self) -> Interval:
        """Twice the area under the curve, less 1."""
        low, high = 2 * self.area.low - 1, 2 * self.area.high - 1
        return Interval(2 * self.area.value - 1, low, high)

    def at(self, threshold: int) -> Confusion:
        """Alerts at a threshold beside outcomes: an account is alerted from that score on.

        Raises
        ------
        InvalidTypeError
            Not an ``int``.
        """
        check_int(threshold, "back-test, threshold")
        alerted = self.scores >= threshold
        hits = int((alerted & self.is_bad).sum())
        false_alarms = int(alerted.sum()) - hits
        return Confusion(
            threshold,
            hits,
            false_alarms,
            self.bad - hits,
            self.accounts - self.bad - false_alarms,
        )

    def chart(self, kind: str) -> Any:
        """A figure of matplotlib, one for each question.

        Parameters
        ----------
        kind : str
            ``"curve"``, ``"bands"``, ``"confusion"``, ``"rules"``, ``"overlap"``, ``"halves"``, ``"lead"`` or
            ``"alerts"``.

        Raises
        ------
        InvalidValueError
            Another kind; no figures for it.
        MissingExtraError
            matplotlib is not installed: the extra ``charts``.
        """
        from delinquency.back_testing.charts import draw

        return draw(self, kind)

    def to_frame(self, kind: str = "rules", backend: str = "pandas") -> Any:
        """A table as a data frame: its ``"rules"``, ``"bands"`` or ``"confusion"``.

        Its columns are those of :func:`~delinquency.frames.back_test_frames.back_test_to_frame`.

        Parameters
        ----------
        kind : str
        backend : str
            ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        InvalidValueError
            Another kind or backend.
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.back_test_to_frame(self, kind, backend)

    def _rows(self) -> list[tuple[str, ...]]:
        def told(share: float | None) -> str:
            return "" if share is None else f"{share:.1%}"

        rows: list[tuple[str, ...]] = [
            ("rule", "points", "up", "bad where up", "bad else", "recall", "worth", "not assessed")
        ]
        rows += [
            (
                each.rule_id,
                str(each.points),
                f"{each.fired:,}",
                told(each.share_bad),
                told(each.share_bad_else),
                told(each.recall),
                f"{each.marginal:+.4f}",
                f"{each.not_assessed:,}",
            )
            for each in self.rules
        ]
        return rows

    def _head(self) -> str:
        return (
            f"Signals of {self.as_of}, outcomes of {self.days} days after: {self.accounts:,} accounts, "
            f"{self.bad:,} bad ({self.bad / self.accounts:.1%}), {self.left_out:,} left out; "
            f"area under the curve {self.area}, Gini {self.gini.value:.4f}"
        )

    def __str__(self) -> str:
        return "\n".join((self._head(), *aligned(self._rows())))

    def __repr__(self) -> str:
        return f"BackTest({self._head()})"

    def _repr_html_(self) -> str:
        rows = self._rows()
        head = html_cells("th", rows[0])
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows[1:])
        return f"<p>{escape(self._head())}</p><table><tr>{head}</tr>{body}</table>"
