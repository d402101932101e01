"""Charts of a back-test, one for each question, drawn by matplotlib."""

# matplotlib has no types that say what its axes are.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from delinquency.errors import InvalidValueError, MissingExtraError

if TYPE_CHECKING:
    from delinquency.back_testing.answer import BackTest

__all__ = ["draw"]

_BAD, _GOOD, _LINE = "#b3261e", "#5b8db8", "#333333"


def draw(test: BackTest, kind: str) -> Any:
    """A figure of one kind; see :meth:`~delinquency.back_testing.answer.BackTest.chart`."""
    if not isinstance(kind, str) or kind not in _CHARTS:
        raise InvalidValueError.at(
            "back-test, chart", expected=f"one of {', '.join(_CHARTS)}", found=repr(kind)
        )
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError.for_extra(
            "charts", module="matplotlib", purpose="charts of a back-test"
        ) from None
    figure = Figure(figsize=(7, 4), layout="constrained")
    _CHARTS[kind](test, figure.subplots())
    return figure


def _per_cent(value: float, _: int) -> str:
    return f"{value:.0%}"


def _curve(test: BackTest, axes: Any) -> None:
    hits = [0.0, *(each.recall for each in test.confusion)]
    good = test.accounts - test.bad
    alarms = [0.0, *(each.false_alarms / good for each in test.confusion)]
    axes.plot(alarms, hits, color=_BAD, marker=".", markersize=3)
    axes.plot([0, 1], [0, 1], color=_LINE, linewidth=0.8, linestyle=":")
    axes.set(
        xlabel="of those that stayed good, share alerted",
        ylabel="of those that went bad, share alerted",
        title=f"Area under the curve {test.area}",
        xlim=(0, 1),
        ylim=(0, 1),
    )


def _bands(test: BackTest, axes: Any) -> None:
    names = [
        f"{each.low}" if each.low == each.high else f"{each.low} to {each.high}"
        for each in test.bands
    ]
    axes.bar(names, [each.share_bad for each in test.bands], color=_BAD)
    axes.axhline(test.bad / test.accounts, color=_LINE, linewidth=0.8, linestyle=":")
    for place, each in enumerate(test.bands):
        axes.annotate(
            f"{each.lift:.1f} ×", (place, each.share_bad), ha="center", va="bottom", fontsize=8
        )
    axes.yaxis.set_major_formatter(_per_cent)
    axes.tick_params(axis="x", rotation=45)
    axes.margins(y=0.1)
    axes.set(xlabel="score", title="Share that went bad by score, and its multiple of the average")


def _confusion(test: BackTest, axes: Any) -> None:
    thresholds = [each.threshold for each in test.confusion]
    axes.plot(
        thresholds, [each.precision for each in test.confusion], color=_BAD, label="precision"
    )
    axes.plot(thresholds, [each.recall for each in test.confusion], color=_GOOD, label="recall")
    axes.plot(
        thresholds,
        [each.alert_share for each in test.confusion],
        color=_LINE,
        linestyle=":",
        label="alerts, of all accounts",
    )
    axes.yaxis.set_major_formatter(_per_cent)
    axes.set(xlabel="alerted from this score on", title="What a threshold finds and what it costs")
    axes.legend(frameon=False)


def _rules(test: BackTest, axes: Any) -> None:
    order = sorted(test.rules, key=lambda each: each.marginal)
    axes.barh([each.rule_id for each in order], [each.marginal for each in order], color=_GOOD)
    axes.axvline(0, color=_LINE, linewidth=0.8)
    axes.set(
        xlabel="area under the curve with the rule, less without it",
        title="What each rule adds to the others",
    )


def _overlap(test: BackTest, axes: Any) -> None:
    names = [each.rule_id for each in test.rules]
    picture = axes.imshow(np.asarray(test.overlap), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.figure.colorbar(picture, ax=axes, format=_per_cent)
    axes.set(title="Where the row's rule is up, how often the column's is")


def _halves(test: BackTest, axes: Any) -> None:
    if test.halves is None:
        raise _nothing("halves", "two accounts that went bad, and two that did not")
    areas = (*test.halves.areas, test.area)
    places = range(len(areas))
    axes.errorbar(
        [each.value for each in areas],
        places,
        xerr=[
            [each.value - each.low for each in areas],
            [each.high - each.value for each in areas],
        ],
        fmt="o",
        color=_BAD,
    )
    axes.set_yticks(places, ["one half", "other half", "all"])
    axes.set(
        xlabel="area under the curve, with its interval",
        title=f"Two halves; population stability index {test.halves.shift:.3f}",
        ylim=(-0.5, len(areas) - 0.5),
    )


def _lead(test: BackTest, axes: Any) -> None:
    if not test.lead_days:
        raise _nothing("lead", "a signal that came up before an event")
    order = sorted(test.lead_days.items(), key=lambda item: item[1])
    axes.barh([name for name, _ in order], [days for _, days in order], color=_GOOD)
    axes.set(xlabel="days", title="Median days from the signal to the event")


def _alerts(test: BackTest, axes: Any) -> None:
    if not test.alerts_by_month:
        raise _nothing("alerts", "signals with a history: early_warning_signals(..., history=True)")
    ends = [str(end) for end in test.alerts_by_month]
    axes.bar(ends, list(test.alerts_by_month.values()), color=_GOOD)
    axes.tick_params(axis="x", rotation=45)
    axes.set(ylabel="accounts", title="Accounts newly alerted at the end of each period")


def _nothing(kind: str, needs: str) -> InvalidValueError:
    return InvalidValueError.at(f"back-test, chart {kind!r}", expected=needs, found="none")


_CHARTS: Final[Mapping[str, Callable[[BackTest, Any], None]]] = MappingProxyType(
    {
        "curve": _curve,
        "bands": _bands,
        "confusion": _confusion,
        "rules": _rules,
        "overlap": _overlap,
        "halves": _halves,
        "lead": _lead,
        "alerts": _alerts,
    }
)
