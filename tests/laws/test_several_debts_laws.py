"""What sharing a payment among debts can and cannot do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.several_debts import Debt, Priority, ShareReason, allocate_among
from tests.oracle.debts_in_turn import settle_in_turn

CNY = dq.Currency.of("CNY")
PAID = date(2025, 3, 1)
MANY = settings(max_examples=200)
FEW = settings(max_examples=100)


def money(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


@st.composite
def several_debts(draw):
    names = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=5, unique=True))
    burdens = draw(
        st.sampled_from(
            [st.none(), st.integers(0, 2), st.sampled_from([dq.Rate.per_year(n) for n in (0, 1)])]
        )
    )
    # Few values, so that every level is often left tied.
    return [
        Debt(
            debt_id=name,
            amount=money(draw(st.integers(1, 500))),
            due_date=PAID + timedelta(draw(st.integers(-1, 1))),
            secured=draw(st.integers(0, 1)),
            burden=draw(burdens),
        )
        for name in names
    ]


@st.composite
def questions(draw):
    debts = draw(several_debts())
    ids = st.lists(st.sampled_from([debt.debt_id for debt in debts]), unique=True)
    order = draw(st.none() | st.lists(st.sampled_from(list(Priority)), unique=True))
    asked = {
        "designated": draw(st.none() | ids),
        "agreed": draw(st.none() | ids),
        "agreed_order": order,
    }
    return debts, draw(st.integers(1, 2000)), asked


def answer_of(debts, paid, asked):
    return allocate_among(debts, money(paid), value_date=PAID, currency=CNY, **asked)


@MANY
@given(questions())
def test_shares_are_what_reading_the_article_debt_by_debt_gives(question):
    """Law: ranking all debts at once settles what choosing the next debt again and again settles."""
    debts, paid, asked = question
    answer = answer_of(debts, paid, asked)
    order = asked["agreed_order"]
    assert {share.debt_id: int(share.amount * 100) for share in answer.shares} == settle_in_turn(
        debts,
        paid,
        value_date=PAID,
        unit=100,
        designated=tuple(asked["designated"] or ()),
        agreed=tuple(asked["agreed"] or ()),
        order=None if order is None else tuple(level.value for level in order),
    )


@MANY
@given(questions())
def test_nothing_is_lost_and_no_debt_gets_more_than_it_is(question):
    """Law: shares + unallocated = payment; share + what stays open = debt; left over only when all is paid."""
    debts, paid, asked = question
    answer = answer_of(debts, paid, asked)
    assert sum(share.amount for share in answer.shares) + answer.unallocated == money(paid)
    owed = {debt.debt_id: debt.amount for debt in debts}
    assert {share.debt_id: share.amount + share.open_after for share in answer.shares} == owed
    assert all(share.open_after >= 0 for share in answer.shares)
    assert not answer.unallocated or not any(share.open_after for share in answer.shares)


@FEW
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_in_which_debts_are_given_changes_nothing(question, random):
    """Law: debts have no order but that of the levels."""
    debts, paid, asked = question
    shuffled = random.sample(debts, len(debts))
    assert answer_of(shuffled, paid, asked) == answer_of(debts, paid, asked)


@FEW
@given(questions())
def test_a_debt_is_settled_before_the_next_gets_anything(question):
    """Law: at most one group is left part-paid, and only a group that shares has more than one."""
    debts, paid, asked = question
    shares = answer_of(debts, paid, asked).shares
    started = [share for share in shares if share.amount and share.open_after]
    assert len(started) <= 1 or {share.reason for share in started} == {ShareReason.PRO_RATA}
    seen_open = False
    for share in shares:
        if share.reason is not ShareReason.PRO_RATA:
            assert not (seen_open and share.amount)
        seen_open = seen_open or bool(share.open_after)
