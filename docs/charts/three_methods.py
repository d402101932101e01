"""Draws three-methods.png: what each instalment is made of, under three methods.

Run it where the project and matplotlib are installed: ``python docs/charts/three_methods.py``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import matplotlib as mpl
from matplotlib import pyplot as plt

import delinquency as dq
from delinquency.amortisation import AmortisationMethod, RepaymentTerms, amortisation_table

LOAN = RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=1_000_000,
    annual_rate=dq.Rate.per_year("0.0435"),
    first_due_date=date(2025, 1, 31),
    instalment_count=240,
    method=AmortisationMethod.ANNUITY,
)
METHODS = (
    (AmortisationMethod.ANNUITY, "level payments"),
    (AmortisationMethod.EQUAL_PRINCIPAL, "equal principals"),
    (AmortisationMethod.INTEREST_ONLY, "interest only"),
)
PRINCIPAL, INTEREST = "#2a5d8f", "#e3a13b"
TOP = 9_000


def draw(path: Path) -> None:
    mpl.rcParams.update({"font.size": 9, "savefig.dpi": 150})
    figure, axes = plt.subplots(1, 3, figsize=(9.6, 3.4), sharey=True, layout="constrained")
    for axis, (method, name) in zip(axes, METHODS, strict=True):
        table = amortisation_table(attrs.evolve(LOAN, method=method))
        starts = [(row.number - 1) / 12 for row in table]
        bottom = [float(row.interest) for row in table]
        top = [min(float(row.principal), TOP) for row in table]
        width = {"width": 1 / 12, "align": "edge"}
        axis.bar(starts, top, bottom=bottom, color=PRINCIPAL, label="principal", **width)
        axis.bar(starts, bottom, color=INTEREST, label="interest", **width)
        axis.set(xlim=(0, 20), ylim=(0, TOP), xlabel="year", xticks=range(0, 21, 5))
        axis.set_title(f"{name}\ntotal interest {table.total_interest:,.0f}", fontsize=10)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("instalment [CNY]")
    axes[0].yaxis.set_major_formatter("{x:,.0f}")
    axes[0].legend(loc="upper right", frameon=False)
    axes[2].annotate(
        "principal of 1,000,000\nwith the last instalment",
        xy=(20, 8_300),
        xytext=(18.8, 7_600),
        ha="right",
        arrowprops={"arrowstyle": "->"},
    )
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    draw(Path(__file__).parents[1] / "_static" / "three-methods.png")
