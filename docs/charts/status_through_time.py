"""Draws status-through-time.png: one account under each regime, every day of four years.

Run it where the project, matplotlib and a Chinese font are installed:
``python docs/charts/status_through_time.py``. The account is that of
``docs/explanation/status-through-time.md``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl
from matplotlib import dates as mdates
from matplotlib import pyplot as plt

import delinquency as dq

CHANGED_ON, LAST = date(2024, 12, 1), date(2027, 12, 31)
REGIMES = {
    "cn-loan": "China, risk class",
    "eu-default-retail": "EU, default | EU, forborne and NPE",
    "in-sma": "India, NPA | India, asset class",
    "ifrs9": "IFRS 9, stage",
    "us-ffiec-closed-end": "US, FFIEC closed-end",
}
ENGLISH = {"重组资产": "China, restructured"}
PERFORMING = ["#dfe8df", "#f6e3a8", "#f2cf74", "#edbd4f"]
NOT_PERFORMING = ["#e58e4e", "#c9543a", "#a02c2c", "#741d24", "#4d1219"]


def account() -> dq.Account:
    old = [
        dq.Instalment(day, 300, in_force_until=CHANGED_ON)
        for day in dq.month_ends(date(2024, 1, 31), LAST)
    ]
    new = [
        dq.Instalment(day, 330, in_force_from=CHANGED_ON)
        for day in dq.month_ends(date(2024, 12, 31), LAST)
    ]
    payments = [dq.Payment(row.due_date, 300) for row in old[:5]]
    payments += [dq.Payment(date(2024, 10, 10), 400)]
    payments += [dq.Payment(row.due_date, 330) for row in (*new[:16], *new[20:])]
    payments += [dq.Payment(date(2026, 8, 20), 1320)]
    return dq.Account(
        account_id="A-1",
        originated_on=date(2023, 12, 31),
        schedule=dq.Schedule(
            dq.Currency.of("EUR"), sorted([*old, *new], key=lambda row: row.due_date)
        ),
        payments=payments,
        events=[
            dq.Restructuring(CHANGED_ON, date(2024, 12, 31), diminished_share=dq.Proportion(0, 1)),
            dq.Finding(dq.FindingKind.ABLE_TO_PERFORM, date(2026, 12, 1)),
        ],
    )


def draw(path: Path) -> None:
    mpl.rcParams.update(
        {"font.size": 8, "savefig.dpi": 150, "font.family": ["DejaVu Sans", "WenQuanYi Zen Hei"]}
    )
    rows = []
    for name, title in REGIMES.items():
        told = dq.assess_status(account(), as_of=LAST, policy=dq.rulebook.load(name))
        titles = title.split(" | ") if len(told.machines) > 1 else [title]
        for place, machine in enumerate(told.machines):
            label = ENGLISH.get(machine.name) or titles[min(place, len(titles) - 1)]
            rows.append((label, machine, told.spans(machine.name)))
    figure, axis = plt.subplots(figsize=(9.6, 4.4), layout="constrained")
    for place, (_, machine, spans) in enumerate(rows):
        for span in spans:
            start, end = span.start, span.end or LAST
            alike = [
                each for each in machine.states if each.is_performing == span.state.is_performing
            ]
            shades = PERFORMING if span.state.is_performing else NOT_PERFORMING
            colour = shades[alike.index(span.state)]
            axis.barh(
                -place, (end - start).days, left=mdates.date2num(start), height=0.72, color=colour
            )
            if (end - start).days > 75:
                axis.text(
                    mdates.date2num(start) + (end - start).days / 2,
                    -place,
                    span.state.code.replace(" after NPE", "\nafter NPE").replace(
                        "forborne ", "forborne\n", 1
                    )
                    if (end - start).days < 250
                    else span.state.code,
                    ha="center",
                    va="center",
                    fontsize=6.5,
                    color="black" if span.state.is_performing else "white",
                )
    axis.set_yticks([-place for place in range(len(rows))], [label for label, _, _ in rows])
    axis.xaxis_date()
    axis.set_xlim(mdates.date2num(date(2023, 12, 31)), mdates.date2num(LAST))
    axis.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 7)))
    axis.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    for day, text in (
        (date(2024, 6, 30), "stops paying"),
        (date(2024, 10, 10), "pays a part"),
        (CHANGED_ON, "restructured"),
        (date(2026, 4, 30), "late again"),
        (date(2026, 8, 20), "pays it all"),
    ):
        axis.axvline(mdates.date2num(day), color="#555555", linewidth=0.7, linestyle=":")
        axis.text(mdates.date2num(day), 0.55, f" {text}", rotation=38, fontsize=7, va="bottom")
    axis.set_ylim(-len(rows) + 0.5, 1.5)
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.tick_params(axis="y", length=0)
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    draw(Path(__file__).parents[1] / "_static" / "status-through-time.png")
