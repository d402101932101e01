"""Draws the chart of a worked plan: payments by due date, and principal to come, before it and after it.

The pages are made with it when the docs are built. The one idea: what is past due stands on the day of the
plan in both pictures, because that is when it is owed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import pairwise

import matplotlib as mpl
from matplotlib import dates as mdates
from matplotlib.figure import Figure

from delinquency.calendar import add_months
from delinquency.restructuring.answer import DebtParts, PlanOutcome

__all__ = ["to_svg"]

BEFORE, PAST_DUE = "#8a8f98", "#c9543a"
AFTER = ("#2a5d8f", "#e3a13b", "#4f8f5b")
SIZE = (9.6, 3.5)
FEW = 4
"""As many times the greatest payment as what is past due may be, to be shown whole."""
LONG, SHOWN = 72, 30
"""With more due dates than the one, payments are shown for as many months as the other [months]."""
STYLE = {
    "font.size": 8.5,
    "svg.hashsalt": "worked plans",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def to_svg(runs: Mapping[str, PlanOutcome]) -> str:
    """The picture of one plan or of several, as the text of an SVG file."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=SIZE, layout="constrained")
        payments, balance = figure.subplots(1, 2)
        first = next(iter(runs.values()))
        _payments(payments, runs)
        _balance(balance, runs)
        is_long = len(_sides(first, "after")) > LONG
        of_them = f"payments, the first {SHOWN} months" if is_long else "payments"
        for axis, title in ((payments, of_them), (balance, "principal that is not paid yet")):
            axis.set_title(f"{title} [{first.currency.code}]", loc="left", fontsize=9)
            axis.set_ylim(bottom=0)
            axis.yaxis.set_major_formatter("{x:,.0f}")
            locator = mdates.AutoDateLocator(minticks=3, maxticks=7)
            axis.xaxis.set_major_locator(locator)
            axis.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
            axis.grid(axis="y", color="#e6e6e6", linewidth=0.6)
            axis.set_axisbelow(True)
            axis.legend(frameon=False, fontsize=8)
        if is_long:
            on = first.plan.effective_on
            payments.set_xlim(add_months(on, -1), add_months(on, SHOWN))
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def _sides(done: PlanOutcome, side: str) -> list[tuple[date, DebtParts]]:
    return [
        (row.due_date, parts)
        for row in done.schedule_rows
        if (parts := getattr(row, side)) is not None
    ]


def _width(done: PlanOutcome) -> float:
    """Of a bar [days]: less than the shortest time between two due dates."""
    days = [day for day, _ in _sides(done, "after")]
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return 0.8 * min([*gaps, 31])


def _payments(axis, runs: Mapping[str, PlanOutcome]) -> None:
    """Dots for the old payments, bars for the new ones; lines where there are several plans."""
    done = next(iter(runs.values()))
    if len(runs) == 1:
        _bars(axis, done)
    else:
        for colour, (name, each) in zip(AFTER, runs.items(), strict=False):
            asked = _sides(each, "after")
            axis.plot(
                [day for day, _ in asked],
                [float(parts.total) for _, parts in asked],
                drawstyle="steps-mid",
                color=colour,
                linewidth=1.4,
                label=name,
            )
    before = _sides(done, "before")
    if before:
        axis.plot(
            [day for day, _ in before],
            [float(parts.total) for _, parts in before],
            linestyle="none",
            marker="o",
            markersize=3.6,
            markeredgecolor="white",
            markeredgewidth=0.5,
            color=BEFORE,
            zorder=3,
            label="without the plan",
        )
    past = done.arrears_before.total
    if past:
        _past_due(axis, done, max(parts.total for each in runs.values() for parts in _asked(each)))


def _asked(done: PlanOutcome) -> list[DebtParts]:
    return [parts for side in ("before", "after") for _, parts in _sides(done, side)]


def _past_due(axis, done: PlanOutcome, greatest: Decimal) -> None:
    """A line on the day of the plan; cut off, and told in figures, where it would dwarf the payments."""
    on, past = done.plan.effective_on, done.arrears_before.total
    is_cut = past > FEW * greatest
    top = greatest * FEW / 2 if is_cut else past
    line = {"color": PAST_DUE, "linewidth": 2.2, "label": "past due before it"}
    axis.plot([on, on], [0, float(top)], **line)
    if is_cut:
        axis.set_ylim(top=float(top))
        axis.annotate(
            f" up to {past:,.2f}",
            xy=(mdates.date2num(on), float(top)),
            va="top",
            fontsize=8,
            color=PAST_DUE,
        )


def _bars(axis, done: PlanOutcome) -> None:
    asked = _sides(done, "after")
    days = [day for day, _ in asked]
    bottom = [0.0] * len(days)
    columns = {
        "principal": [float(parts.principal) for _, parts in asked],
        "interest": [float(parts.interest) for _, parts in asked],
        "fees and penalty": [float(parts.fees + parts.penalty) for _, parts in asked],
    }
    for colour, (name, heights) in zip(AFTER, columns.items(), strict=True):
        if any(heights):
            axis.bar(
                days,
                heights,
                bottom=bottom,
                width=_width(done),
                color=colour,
                linewidth=0,
                label=f"with it, {name}",
            )
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]


def _balance(axis, runs: Mapping[str, PlanOutcome]) -> None:
    """Principal past due is in the old line until the day of the plan; then it is taken to be paid."""
    done = next(iter(runs.values()))
    if _sides(done, "before"):
        days, amounts = _left(done, "before")
        axis.step(
            days,
            amounts,
            where="post",
            color=BEFORE,
            linestyle=(0, (3, 2)),
            linewidth=1.2,
            label="without the plan, arrears paid on its day",
        )
    for colour, (name, each) in zip(AFTER, runs.items(), strict=False):
        days, amounts = _left(each, "after")
        label = "with it" if len(runs) == 1 else name
        axis.step(days, amounts, where="post", color=colour, linewidth=1.5, label=label)


def _left(done: PlanOutcome, side: str) -> tuple[list[date], list[float]]:
    rows = _sides(done, side)
    days, amounts = [done.plan.effective_on], [sum(parts.principal for _, parts in rows)]
    for day, parts in rows:
        days.append(day)
        amounts.append(amounts[-1] - parts.principal)
    return days, [float(amount) for amount in amounts]
