"""Strategies for the facts of an account that rules of status read.

The one idea: as other events they come on days that somebody else has chosen; what corrects a fact is drawn
with it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from delinquency.events import (
    AccountEvent,
    Collateral,
    CollateralKind,
    FigureName,
    Finding,
    FindingKind,
    Guarantee,
    ReAge,
    ReportedFigure,
    Restructuring,
)
from delinquency.rounding import Proportion
from delinquency.testing._events import MOST_MINOR, made_on, span_days
from delinquency.testing._facts import CNY, amounts, one_in
from delinquency.testing._hypothesis import st

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from delinquency.currency import Currency

__all__ = [
    "collaterals",
    "findings",
    "guarantees",
    "re_ages",
    "reported_figures",
    "restructurings",
    "status_facts_from",
]


@st.composite
def findings(draw: DrawFn, *, starts: SearchStrategy[date] | None = None) -> Finding:
    """Findings of any kind of 1 to 90 days, or open; some recorded later."""
    start, end = draw(span_days(starts))
    recorded = start + timedelta(days=draw(st.integers(0, 40))) if draw(one_in(4)) else None
    return Finding(draw(st.sampled_from(FindingKind)), start, end, recorded)


@st.composite
def reported_figures(
    draw: DrawFn, *, value_dates: SearchStrategy[date] | None = None
) -> ReportedFigure:
    """Figures from 0 to 1.5 of any name; some recorded later, some reversed."""
    value = Proportion(draw(st.integers(0, 150)), 100)
    name = draw(st.sampled_from(FigureName))
    return ReportedFigure(name=name, value=value, **draw(made_on(value_dates)))


@st.composite
def restructurings(
    draw: DrawFn, *, value_dates: SearchStrategy[date] | None = None
) -> Restructuring:
    """Changes of what was agreed, most of them in difficulty; some recorded later, some reversed."""
    made = draw(made_on(value_dates))
    share = draw(st.one_of(st.none(), st.integers(0, 100)))
    grace = draw(st.one_of(st.none(), st.integers(0, 365)))
    return Restructuring(
        first_due_on=made["value_date"] + timedelta(days=draw(st.integers(0, 60))),
        in_difficulty=not draw(one_in(4)),
        diminished_share=None if share is None else Proportion(share, 100),
        grace_until=None if grace is None else made["value_date"] + timedelta(days=grace),
        **made,
    )


@st.composite
def re_ages(draw: DrawFn, *, value_dates: SearchStrategy[date] | None = None) -> ReAge:
    """Re-ages, some of them in a workout programme; some recorded later, some reversed."""
    return ReAge(in_workout=draw(one_in(4)), **draw(made_on(value_dates)))


@st.composite
def collaterals(
    draw: DrawFn,
    *,
    currency: Currency = CNY,
    collateral_id: str = "collateral-1",
    value_dates: SearchStrategy[date] | None = None,
) -> Collateral:
    """Collateral of any kind, some of it worthless, assessed or ended; some recorded later, some reversed."""
    made = draw(made_on(value_dates))
    return Collateral(
        collateral_id=collateral_id,
        value=draw(amounts(currency=currency, least_minor=0, most_minor=MOST_MINOR)),
        kind=draw(st.sampled_from(CollateralKind)),
        assessed_value=draw(
            st.one_of(st.none(), amounts(currency=currency, most_minor=MOST_MINOR))
        ),
        until=draw(_ends(made["value_date"])),
        **made,
    )


@st.composite
def guarantees(
    draw: DrawFn,
    *,
    currency: Currency = CNY,
    guarantor_id: str = "guarantor-1",
    value_dates: SearchStrategy[date] | None = None,
) -> Guarantee:
    """Guarantees of an amount or of a share, some of them ended; some recorded later, some reversed."""
    made = draw(made_on(value_dates))
    share = draw(st.one_of(st.none(), st.integers(1, 100)))
    return Guarantee(
        guarantor_id=guarantor_id,
        amount=draw(amounts(currency=currency, most_minor=MOST_MINOR)) if share is None else None,
        share=None if share is None else Proportion(share, 100),
        until=draw(_ends(made["value_date"])),
        **made,
    )


def _ends(value_date: date) -> SearchStrategy[date | None]:
    """None, or a day 1 to 200 days after a date."""
    later = st.integers(1, 200).map(lambda days: value_date + timedelta(days=days))
    return st.one_of(st.none(), later)


@st.composite
def _security_from(
    draw: DrawFn, currency: Currency, days: SearchStrategy[date]
) -> list[AccountEvent]:
    """Up to two rows of each of two assets and two guarantors, some of which were corrected."""
    found: dict[object, AccountEvent] = {}
    for name in ("1", "2"):
        rows: list[Collateral | Guarantee] = [
            *draw(
                st.lists(
                    collaterals(currency=currency, collateral_id=name, value_dates=days),
                    max_size=2,
                )
            ),
            *draw(
                st.lists(
                    guarantees(currency=currency, guarantor_id=name, value_dates=days), max_size=2
                )
            ),
        ]
        for row in rows:
            place = (type(row), name, row.value_date)
            found[place] = row
            found.pop((*place, "again"), None)
            if row.reversed_on is not None and draw(one_in(2)):
                again = attrs.evolve(row, recorded_on=row.reversed_on, reversed_on=None)
                found[(*place, "again")] = again
    return [*found.values()]


@st.composite
def status_facts_from(draw: DrawFn, first: date, currency: Currency) -> list[AccountEvent]:
    """What no count looks at: findings that touch, figures that were corrected, changes, security."""
    days = st.integers(0, 300).map(lambda days: first + timedelta(days=days))
    found: dict[object, AccountEvent] = {}
    for finding in draw(st.lists(findings(starts=days), max_size=3)):
        found[finding.kind] = finding
        found.pop((finding.kind, "again"), None)
        if finding.end is not None and draw(one_in(3)):
            found[finding.kind, "again"] = Finding(finding.kind, finding.end)
    for figure in draw(st.lists(reported_figures(value_dates=days), max_size=3)):
        found[figure.name, figure.value_date] = figure
        found.pop((figure.name, figure.value_date, "again"), None)
        if figure.reversed_on is not None:
            value = Proportion(draw(st.integers(0, 150)), 100)
            found[figure.name, figure.value_date, "again"] = ReportedFigure(
                figure.name, figure.value_date, value, figure.reversed_on
            )
    for change in draw(st.lists(restructurings(value_dates=days), max_size=2)):
        found[change.value_date] = change
    for re_age in draw(st.lists(re_ages(value_dates=days), max_size=2)):
        found[ReAge, re_age.value_date] = re_age
    return [*found.values(), *draw(_security_from(currency, days))]
