"""Orders of payment: complete, and read as phases."""

from __future__ import annotations

import pytest

import delinquency as dq

P, INT, F, N = dq.Component
PAST, DUE, AHEAD = dq.DueState
Step = dq.AllocationStep
BY_INSTALMENT, BY_COMPONENT = dq.AllocationGrain


def test_oldest_first_repeats_one_order_in_each_state():
    order = dq.AllocationOrder.oldest_first("interest", "principal", "fees", "penalty")
    assert order.steps[:4] == tuple(Step(PAST, part) for part in (INT, P, F, N))
    assert [step.state for step in order.steps] == [PAST] * 4 + [DUE] * 4 + [AHEAD] * 4
    assert order.grain is BY_INSTALMENT
    assert order == dq.AllocationOrder.oldest_first(INT, P, F, N)


def test_an_order_without_steps_in_advance_holds_the_excess():
    holding = dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.HOLD)
    assert holding.holds_excess
    assert len(holding.steps) == 8
    assert not dq.AllocationOrder.oldest_first(INT, P, F, N).holds_excess


def test_steps_of_one_state_form_a_phase_where_the_instalment_comes_first():
    order = dq.AllocationOrder.oldest_first(INT, P, F, N)
    assert order.phases == ((0, (1, 0, 2, 3)), (1, (1, 0, 2, 3)), (2, (1, 0, 2, 3)))
    by_component = dq.AllocationOrder.oldest_first(INT, P, F, N, grain=BY_COMPONENT)
    assert by_component.phases[:5] == ((0, (1,)), (0, (0,)), (0, (2,)), (0, (3,)), (1, (1,)))


@pytest.mark.parametrize("hold", [dq.Excess.NEXT_INSTALMENT, dq.Excess.HOLD])
def test_the_oldest_debt_is_emptied_first_only_by_instalment_and_in_order_of_age(hold):
    oldest = dq.AllocationOrder.oldest_first(INT, P, F, N, excess=hold)
    assert oldest.is_oldest_first
    assert oldest.is_uniform
    by_component = dq.AllocationOrder(oldest.steps, BY_COMPONENT)
    assert not by_component.is_oldest_first
    assert not by_component.is_uniform
    newest = dq.AllocationOrder(tuple(reversed(oldest.steps)))
    assert not newest.is_oldest_first


def test_an_order_of_components_that_changes_with_the_state_is_not_uniform():
    steps = [Step(PAST, part) for part in (P, INT, F, N)] + [
        Step(DUE, part) for part in (INT, P, F, N)
    ]
    order = dq.AllocationOrder(steps)
    assert order.is_oldest_first
    assert not order.is_uniform


def test_steps_of_two_states_that_interleave_are_phases_of_their_own():
    steps = [Step(state, part) for part in (INT, P, F, N) for state in (PAST, DUE)]
    order = dq.AllocationOrder(steps)
    assert len(order.phases) == 8
    assert not order.is_oldest_first


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((INT, P, F), "interest, principal, fees"),
        ((INT, P, F, F), "interest, principal, fees, fees"),
        ((), "none"),
    ],
)
def test_money_can_settle_every_debt(parts, found):
    steps = [Step(PAST, part) for part in (INT, P, F, N)] + [Step(DUE, part) for part in parts]
    with pytest.raises(dq.PolicyError, match=f"state due: .* exactly once, found {found}\\."):
        dq.AllocationOrder(steps)


def test_steps_in_advance_are_complete_or_absent():
    steps = dq.AllocationOrder.oldest_first(INT, P, F, N).steps
    with pytest.raises(dq.PolicyError, match="state in_advance"):
        dq.AllocationOrder(steps[:9])


def test_a_component_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="tax"):
        dq.AllocationOrder.oldest_first("tax", "principal", "fees", "penalty")


def test_an_order_keeps_age_order_if_each_component_is_settled_oldest_first():
    ordered = dq.AllocationOrder.oldest_first(INT, P, F, N)
    assert ordered.keeps_age_order
    mixed = [Step(state, part) for part in (INT, P, F, N) for state in (PAST, DUE, AHEAD)]
    assert dq.AllocationOrder(mixed, BY_COMPONENT).keeps_age_order
    assert not dq.AllocationOrder(tuple(reversed(ordered.steps))).keeps_age_order
    one = [Step(AHEAD, F), *(step for step in mixed if step != Step(AHEAD, F))]
    assert not dq.AllocationOrder(one).keeps_age_order
