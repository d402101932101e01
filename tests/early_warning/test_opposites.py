"""The opposite of a condition holds exactly where it does not, and nobody knows of both or of neither."""

from __future__ import annotations

from itertools import product

import pytest

from delinquency.early_warning import AllOf, AnyOf, AtLeastOf, Operator
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.conditions import WarningCondition
from delinquency.early_warning.opposites import opposite
from tests.early_warning.rows import condition, judged, rule_of, seen

LATE, PAST = condition("months_late >= 2"), condition("days_past_due = 5")


def truth(asked: WarningCondition, history: tuple[object, ...]) -> bool | None:
    columns = {"months_late": history, "days_past_due": history[::-1]}
    signal = judged(seen(columns), rule_of(asked)).signals[0]
    return signal.is_up if signal.is_assessed else None


@pytest.mark.parametrize(
    "asked",
    [
        LATE,
        PAST,
        condition("total months_late over 2 <= 2"),
        condition("months_late >= 2 in 2 of 3 periods"),
        condition("months_late >= 2 in 1 of 3 periods"),
        condition("months_late < 2 for 3 periods"),
        AllOf([LATE, PAST]),
        AnyOf([LATE, PAST]),
        AtLeastOf(2, [LATE, PAST, condition("highest months_late over 3 > 2")]),
    ],
    ids=str,
)
def test_it_holds_where_the_condition_does_not(asked: WarningCondition) -> None:
    other = opposite(asked, CATALOGUE)
    again = opposite(other, CATALOGUE)
    found = set()
    for history in product((None, 0, 2, 5), repeat=3):
        holds = truth(asked, history)
        assert truth(other, history) is (None if holds is None else not holds)
        assert truth(again, history) is holds
        found.add(holds)
    assert found == {True, False, None}


def test_a_flag_is_turned() -> None:
    """And beside it a number that is compared by = becomes less or more."""
    both = AllOf([condition("unemployed"), PAST])
    beside = AnyOf([condition("days_past_due < 5"), condition("days_past_due > 5")])
    assert PAST.operator is Operator.EQUAL
    assert opposite(both, CATALOGUE) == AnyOf([condition("not unemployed"), beside])
