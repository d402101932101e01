"""Drawn panels and rules: few accounts, small numbers, so that thresholds are hit and streaks come about."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

import delinquency as dq
from delinquency.early_warning import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    ObservationTerm,
    Operator,
    Reading,
    Severity,
    Unit,
    WarningFamily,
    WarningRule,
    WarningRules,
)

EUR = dq.Currency.of("EUR")
OWN = ObservationTerm("visits", Unit.TIMES)
HUGE = 10**15

VALUES = {
    "days_past_due": st.sampled_from([0, 0, 1, 5, 30, 31, 90]),
    "account_balance": st.sampled_from(
        [Decimal(each).scaleb(-2) for each in (-HUGE, -100, 0, 1, 99, 100, 101, 250, HUGE)]
    ),
    "total_debt": st.sampled_from([Decimal(each) for each in ("-1", "0", "0.01", "1", "2", "2.5")]),
    "utilisation": st.sampled_from(
        [Decimal(each) for each in ("0", "0.333333", "0.5", "0.800000", "0.8", "1", "1.2")]
    ),
    "unemployed": st.booleans(),
    "visits": st.integers(0, 3),
}
"""Of each observation values that meet the thresholds below, and lie beside them."""

LIMITS = {
    "days_past_due": ("0", "5", "30", "30.5", "-1"),
    "account_balance": ("0", "1", "2.5", "0.005", "10000000000000"),
    "total_debt": ("0", "1", "2.5"),
    "utilisation": ("0.8", "0.5", "0.3333333333", "1"),
    "unemployed": ("0", "1"),
    "visits": ("0", "1", "2", "1.5"),
}
GROWTHS = ("-0.95", "-1", "0", "0.01", "1", "1.5")
MULTIPLES = ("1", "0.5", "-1", "0.0005", "0", "3.3333333333333333333")
AMOUNTS = ("account_balance", "total_debt")
COUNTED = (How.RISES, How.FALLS)


def _fitting(name: str, how: How, window: int) -> Reading:
    """A reading that rules may make: a flag is read alone, or counted."""
    if name == "unemployed" and how not in (How.LATEST, How.TOTAL):
        how = How.TOTAL
    return Reading(name, how, 1 if how is How.LATEST else window)


def readings(names=tuple(VALUES), hows=tuple(How)) -> st.SearchStrategy[Reading]:
    return st.builds(
        _fitting,
        st.sampled_from(names),
        st.sampled_from(hows),
        st.integers(1, 4),
    )


WHOLE = ("days_past_due", "visits", "unemployed")


def _limit(reading: Reading) -> st.SearchStrategy[Decimal]:
    limits = LIMITS[reading.observation]
    if reading.how is How.GROWTH:
        limits = GROWTHS
    elif reading.how in COUNTED:
        limits = tuple(map(str, range(reading.window + 1)))
    elif reading.observation in WHOLE and reading.how is not How.MEAN:
        limits = tuple(each for each in limits if "." not in each)
    return st.sampled_from(limits).map(Decimal)


def _operators(reading: Reading) -> st.SearchStrategy[Operator]:
    is_flag = reading.observation == "unemployed" and reading.how is How.LATEST
    return st.just(Operator.EQUAL) if is_flag else st.sampled_from(Operator)


def comparisons() -> st.SearchStrategy[Compared]:
    operators = st.sampled_from(Operator)
    plain = readings().flatmap(
        lambda each: st.builds(Compared, st.just(each), _operators(each), _limit(each))
    )
    money = tuple(how for how in How if how not in (*COUNTED, How.GROWTH))
    beside = st.one_of(
        *(
            st.tuples(readings(names, hows), readings(others, more))
            for names, hows, others, more in (
                (AMOUNTS, money, AMOUNTS, money),
                (("days_past_due", "visits"), (How.GROWTH,), AMOUNTS, (How.GROWTH,)),
                (("utilisation",), money, AMOUNTS, (How.GROWTH,)),
                (AMOUNTS, (How.GROWTH,), ("utilisation",), money),
                (AMOUNTS, COUNTED, AMOUNTS, COUNTED),
            )
        )
    )
    multiples = st.sampled_from(MULTIPLES).map(Decimal)
    two = st.builds(
        lambda pair, operator, value: Compared(pair[0], operator, value, pair[1]),
        beside,
        operators,
        multiples,
    )
    return st.one_of(plain, plain, two)


def _nested(parts):
    # Periods may stand within periods once, and no deeper.
    flat = parts.filter(lambda each: _over_periods(each) < 2)
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        several.map(AllOf),
        several.map(AnyOf),
        several.flatmap(
            lambda each: st.builds(AtLeastOf, st.integers(1, len(each)), st.just(each))
        ),
        st.builds(ForPeriods, flat, st.integers(1, 7)),
        st.integers(1, 7).flatmap(
            lambda window: st.builds(InPeriods, flat, st.integers(1, window), st.just(window))
        ),
    )


def _over_periods(condition) -> int:
    """How many conditions over periods stand within one another."""
    if isinstance(condition, Compared):
        return 0
    if isinstance(condition, ForPeriods | InPeriods):
        return 1 + _over_periods(condition.condition)
    return max(map(_over_periods, condition.conditions))


def conditions():
    return st.recursive(comparisons(), _nested, max_leaves=4)


@st.composite
def rule_sets(draw) -> WarningRules:
    count = draw(st.integers(1, 4))
    points = [draw(st.integers(-3, 3)) for _ in range(count)]
    return WarningRules(
        name="drawn",
        own_terms=[OWN],
        rules=[
            WarningRule(
                rule_id=f"rule-{place}",
                when=draw(conditions()),
                clears=draw(st.none() | st.none() | conditions()),
                family=WarningFamily.BEHAVIOUR,
                severity=draw(
                    st.sampled_from(list(Severity)[1:] if points[place] >= 0 else [Severity.NONE])
                ),
                points=points[place],
                confirm_after=draw(st.sampled_from([1, 1, 2, 3, 1_000])),
                clear_after=draw(st.sampled_from([1, 1, 1, 2, 3, 1_000])),
                cool_down=draw(st.sampled_from([0, 0, 0, 1, 2, 1_000])),
            )
            for place in range(count)
        ],
    )


@st.composite
def observed_accounts(draw) -> list[dq.Observations]:
    """Observations of some accounts at the same dates, of some observations, with gaps."""
    periods = draw(st.integers(1, 9))
    dates = [date(2024, 1 + place, 28) for place in range(periods)]
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=len(VALUES)))
    is_gappy = draw(st.booleans())
    return [
        dq.Observations.of(
            f"A-{row}",
            dates,
            {
                name: draw(
                    st.lists(
                        st.none() | VALUES[name] if is_gappy else VALUES[name],
                        min_size=periods,
                        max_size=periods,
                    )
                )
                for name in names
            },
            currency=EUR,
            own_terms=[OWN],
        )
        for row in range(draw(st.integers(1, 5)))
    ]
