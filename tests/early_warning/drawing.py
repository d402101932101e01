"""Rules and histories that are drawn, with thresholds that are hit exactly."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import strategies as st

from delinquency.early_warning import Observations, WarningRule
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningCondition,
)
from delinquency.early_warning.rule import Severity, WarningFamily
from tests.early_warning.rows import rule_of, seen

__all__ = ["DrawnColumns", "columns", "conditions", "drawn", "rules"]

VALUES: dict[str, tuple[object, ...]] = {
    "days_past_due": (0, 1, 30, 31),
    "behavioural_score": (-1, 0, 600, 601),
    "arrears": tuple(map(Decimal, ("-0.01", "0", "100.00", "100.01", "300"))),
    "exposure": tuple(map(Decimal, ("0", "0.01", "100.00", "200.00", "333.33"))),
    "utilisation": tuple(map(Decimal, ("0", "0.8", "0.800001", "1.2"))),
    "unemployed": (True, False),
}

DrawnColumns = dict[str, list[object]]


@st.composite
def columns(draw: st.DrawFn, *, most: int = 7) -> DrawnColumns:
    """One to seven periods of each observation, some of them unknown, and not all observations."""
    count = draw(st.integers(1, most))
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=3, unique=True))
    return {
        name: draw(
            st.lists(
                st.sampled_from((*VALUES[name], *VALUES[name], None)),
                min_size=count,
                max_size=count,
            )
        )
        for name in names
    }


def drawn(content: DrawnColumns) -> Observations:
    return seen(content)


@st.composite
def _readings(draw: st.DrawFn, name: str) -> Reading:
    if name == "unemployed":
        return draw(st.sampled_from([Reading(name), Reading(name, How.TOTAL, 2)]))
    how = draw(st.sampled_from(How))
    return Reading(name, how, 1 if how is How.LATEST else draw(st.integers(1, 3)))


@st.composite
def _comparisons(draw: st.DrawFn) -> Compared:
    name = draw(st.sampled_from(sorted(VALUES)))
    observed = draw(_readings(name))
    operator = draw(st.sampled_from(Operator))
    if name == "unemployed" and observed.how is How.LATEST:
        return Compared(observed, Operator.EQUAL, Decimal(draw(st.integers(0, 1))))
    if observed.how in (How.RISES, How.FALLS):
        return Compared(observed, operator, Decimal(draw(st.integers(0, observed.window))))
    if observed.how is How.GROWTH:
        return Compared(
            observed, operator, draw(st.sampled_from(list(map(Decimal, ("-1", "-0.5", "0", "1")))))
        )
    if name in ("arrears", "exposure") and draw(st.booleans()):
        other = Reading("exposure" if name == "arrears" else "arrears")
        return Compared(
            observed,
            operator,
            draw(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(-1)])),
            other,
        )
    numbers = [Decimal(each) for each in VALUES[name]]  # type: ignore[arg-type]
    value = draw(st.sampled_from([*numbers, Decimal(0)]))
    return Compared(observed, operator, value)


def conditions() -> st.SearchStrategy[WarningCondition]:
    """Comparisons, and all that is made of them."""
    return st.recursive(
        _comparisons(),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(AllOf),
            st.lists(inner, min_size=1, max_size=3).map(AnyOf),
            st.lists(inner, min_size=1, max_size=3).flatmap(
                lambda each: st.integers(1, len(each)).map(lambda count: AtLeastOf(count, each))
            ),
            # Periods within periods only once: of comparisons alone.
            st.builds(ForPeriods, _comparisons(), st.integers(1, 3)),
            st.builds(
                lambda each, window: InPeriods(each, 1 + window // 2, window),
                _comparisons(),
                st.integers(1, 3),
            ),
        ),
        max_leaves=4,
    )


@st.composite
def rules(draw: st.DrawFn, rule_id: str = "rule") -> WarningRule:
    """A rule with or without hysteresis, confirmation and cool-down."""
    points = draw(st.integers(-3, 5))
    severity = Severity.NONE if points < 0 else draw(st.sampled_from(list(Severity)[1:]))
    plain = rule_of(draw(conditions()), rule_id, severity=severity, points=points)
    return attrs.evolve(
        plain,
        family=draw(st.sampled_from(WarningFamily)),
        clears=draw(st.none() | conditions()),
        confirm_after=draw(st.integers(1, 3)),
        clear_after=draw(st.integers(1, 2)),
        cool_down=draw(st.integers(0, 2)),
    )
