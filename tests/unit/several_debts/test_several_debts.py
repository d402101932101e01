"""One payment among several debts: Article 560 of the Civil Code, sentence by sentence.

债务人未作指定的，应当优先履行已经到期的债务；数项债务均到期的，优先履行对债权人缺乏担保或者担保最少的债务；
均无担保或者担保相等的，优先履行债务人负担较重的债务；负担相同的，按照债务到期的先后顺序履行；
到期时间相同的，按照债务比例履行。
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.several_debts import Debt, Priority, ShareReason, allocate_among

CNY = dq.Currency.of("CNY")
PAID = date(2025, 3, 1)


def debt(debt_id: str, amount=100, *, due: int = -10, **given) -> Debt:
    """A debt due so many days after the payment."""
    return Debt(debt_id=debt_id, amount=amount, due_date=PAID + timedelta(due), **given)


def shared(debts, amount, **given):
    return allocate_among(debts, amount, **{"value_date": PAID, "currency": CNY, **given})


def told(debts, amount, **given):
    return [
        (share.debt_id, share.amount, share.reason.value)
        for share in shared(debts, amount, **given).shares
    ]


def test_the_debtor_designates_the_debt_that_he_pays():
    """由债务人在清偿时指定其履行的债务: even one that is not due, and is the best secured."""
    debts = [debt("old"), debt("new", due=30, secured=500)]
    assert told(debts, 150, designated=["new"]) == [
        ("new", 100, "designated"),
        ("old", 50, "designated"),
    ]


def test_what_the_debtor_does_not_name_follows_by_law():
    debts = [debt("late"), debt("later", due=5), debt("named", due=9)]
    assert [row[0] for row in told(debts, 250, designated=["named"])] == ["named", "late", "later"]


def test_an_agreement_prevails_over_what_the_debtor_designates():
    """除当事人另有约定外."""
    debts = [debt("A"), debt("B"), debt("C")]
    assert told(debts, 150, agreed=["C"], designated=["B"]) == [
        ("C", 100, "agreed"),
        ("B", 50, "designated"),
        ("A", 0, "designated"),
    ]


def test_an_agreed_order_stands_instead_of_that_of_the_law_and_before_a_designation():
    debts = [debt("old", secured=50, due=-20), debt("young", due=-5)]
    assert told(debts, 120)[0] == ("young", 100, "least_secured")
    order = [Priority.EARLIEST_MATURITY]
    for designated in (None, ["young"]):
        assert told(debts, 120, agreed_order=order, designated=designated) == [
            ("old", 100, "earliest_maturity"),
            ("young", 20, "earliest_maturity"),
        ]


def test_a_designation_decides_what_an_agreed_order_leaves_tied():
    debts = [debt("A"), debt("B")]
    assert told(debts, 120, agreed_order=[Priority.MATURED], designated=["B"])[0] == (
        "B",
        100,
        "designated",
    )


def test_an_agreement_may_be_that_all_debts_share():
    assert told([debt("A", 100), debt("B", 300, due=9)], 100, agreed_order=[]) == [
        ("A", 25, "pro_rata"),
        ("B", 75, "pro_rata"),
    ]


def test_a_debt_that_has_matured_comes_first():
    """优先履行已经到期的债务: whatever its security and its burden."""
    debts = [debt("soon", due=1, burden=9), debt("due", secured=1000, burden=1)]
    assert told(debts, 120) == [("due", 100, "matured"), ("soon", 20, "matured")]


@pytest.mark.parametrize(("due", "first"), [(-1, "A"), (0, "A"), (1, "B")])
def test_a_debt_due_on_the_value_date_has_matured(due, first):
    """B matured long ago and is secured; A has none, and comes first once it has matured."""
    assert told([debt("A", due=due), debt("B", secured=10)], 50)[0][0] == first


def test_of_matured_debts_the_one_without_security_comes_first():
    """优先履行对债权人缺乏担保…的债务: whatever its burden."""
    debts = [debt("bare", burden=1), debt("secured", secured=Decimal("0.01"), burden=9)]
    assert told(debts, 120) == [("bare", 100, "least_secured"), ("secured", 20, "least_secured")]


def test_of_secured_debts_the_least_secured_comes_first():
    """…或者担保最少的债务."""
    debts = [debt("A", secured=60), debt("B", secured=50)]
    assert told(debts, 50)[0] == ("B", 50, "least_secured")


@pytest.mark.parametrize("secured", [0, 50])
@pytest.mark.parametrize(
    ("heavy", "light"),
    [(dq.Rate.per_year("0.18"), dq.Rate.per_year("0.05")), (2, 1)],
)
def test_of_debts_secured_alike_the_more_burdensome_comes_first(secured, heavy, light):
    """均无担保或者担保相等的，优先履行债务人负担较重的债务: though it fell due later."""
    debts = [
        debt("light", burden=light, secured=secured, due=-90),
        debt("heavy", burden=heavy, secured=secured),
    ]
    assert told(debts, 120) == [
        ("heavy", 100, "most_burdensome"),
        ("light", 20, "most_burdensome"),
    ]


def test_of_debts_that_weigh_alike_the_one_that_matured_first_comes_first():
    """负担相同的，按照债务到期的先后顺序履行."""
    debts = [debt("B", due=-5, burden=3), debt("A", due=-6, burden=3)]
    assert told(debts, 120) == [("A", 100, "earliest_maturity"), ("B", 20, "earliest_maturity")]


def test_debts_of_one_maturity_share_in_proportion():
    """到期时间相同的，按照债务比例履行."""
    assert told([debt("A", 100), debt("B", 300)], 100) == [
        ("A", 25, "pro_rata"),
        ("B", 75, "pro_rata"),
    ]


def test_a_minor_unit_left_over_goes_to_the_largest_remainder():
    rows = told([debt("A"), debt("B"), debt("C")], Decimal("100.00"))
    assert [row[1] for row in rows] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_tied_debts_that_are_settled_in_full_stand_before_the_next():
    debts = [debt("A"), debt("B"), debt("C", due=3)]
    assert told(debts, 250) == [
        ("A", 100, "matured"),
        ("B", 100, "matured"),
        ("C", 50, "matured"),
    ]


def test_debts_that_have_not_matured_follow_in_the_same_order():
    debts = [debt("late", due=1), debt("bare", due=9), debt("due"), debt("sure", due=1, secured=1)]
    assert [row[0] for row in told(debts, 350)] == ["due", "late", "bare", "sure"]


def test_a_debt_that_gets_nothing_says_what_put_it_behind():
    debts = [debt("A"), debt("B", secured=1), debt("C", due=1)]
    assert told(debts, 50) == [
        ("A", 50, "least_secured"),
        ("B", 0, "least_secured"),
        ("C", 0, "matured"),
    ]


def test_money_for_every_debt_needs_no_order():
    for amount, left in [(200, 0), (Decimal("200.01"), Decimal("0.01"))]:
        answer = shared([debt("A"), debt("B", due=9)], amount)
        assert [share.reason for share in answer.shares] == [ShareReason.SUFFICIENT] * 2
        assert [share.open_after for share in answer.shares] == [0, 0]
        assert answer.unallocated == left
    short = shared([debt("A"), debt("B", due=9)], Decimal("199.99"))
    assert [share.open_after for share in short.shares] == [0, Decimal("0.01")]
    assert short.shares[0].reason is ShareReason.MATURED


def test_one_debt_needs_no_order():
    assert told([debt("A")], 50) == [("A", 50, "only_debt")]


def test_a_share_is_found_by_its_debt():
    answer = shared([debt("A"), debt("B", due=9)], 150)
    assert answer.share_of("B").amount == 50
    with pytest.raises(dq.InvalidValueError, match="expected one of 'A', 'B', found 'C'"):
        answer.share_of("C")


def test_the_order_of_the_law_is_that_of_the_civil_code_from_2021():
    first = date(2021, 1, 1)
    debts = [Debt(debt_id="A", amount=1, due_date=first)]
    answer = shared(debts, 1, value_date=first)
    assert [str(one) for one in answer.citations] == [
        "Civil Code of the People's Republic of China, Article 560"
    ]
    eve = date(2020, 12, 31)
    with pytest.raises(dq.PolicyNotInForceError, match="from 2021-01-01, found 2020-12-31"):
        shared(debts, 1, value_date=eve)
    assert shared(debts, 1, value_date=eve, agreed_order=[]).citations == ()


def test_a_payment_explains_what_it_settled_and_why():
    explanation = shared([debt("A"), debt("B", due=9)], 150).explanation
    assert (explanation.rule, explanation.value) == ("shared_payment", 150)
    assert [
        (step.inputs["debt_id"], step.value, step.inputs["reason"]) for step in explanation.because
    ] == [
        ("A", 100, "matured"),
        ("B", 50, "matured"),
    ]
    assert explanation.citations


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"debts": []}, dq.InvalidValueError, "at least one debt"),
        ({"debts": ["A"]}, dq.InvalidTypeError, "an instance of Debt"),
        ({"debts": [debt("A"), debt("A")]}, dq.InvalidValueError, "each once, found 'A'"),
        ({"debts": [debt("A", Decimal("0.001"))]}, dq.InvalidValueError, "debt 'A'.*2 decimals"),
        ({"debts": [debt("A", secured=Decimal("0.001"))]}, dq.InvalidValueError, "secured in CNY"),
        ({"amount": 0}, dq.InvalidValueError, "more than 0"),
        ({"amount": 1.5}, dq.InvalidTypeError, "a Decimal or an int"),
        ({"amount": Decimal("0.001")}, dq.InvalidValueError, "at most 2 decimals"),
        ({"currency": "CNY"}, dq.InvalidTypeError, "a Currency"),
        ({"value_date": "2025-03-01"}, dq.InvalidTypeError, "to be a date"),
        ({"designated": ["C"]}, dq.InvalidValueError, "designated: expected ids of the debts"),
        ({"designated": ["A", "A"]}, dq.InvalidValueError, "designated: expected each once"),
        ({"designated": "A"}, dq.InvalidTypeError, "an iterable of str"),
        ({"agreed": ["C"]}, dq.InvalidValueError, "agreed: expected ids of the debts"),
        ({"agreed": [1]}, dq.InvalidTypeError, "an instance of str"),
        ({"agreed_order": ["matured"]}, dq.InvalidTypeError, "an instance of Priority"),
        ({"agreed_order": [Priority.MATURED] * 2}, dq.InvalidValueError, "each level once"),
        (
            {"debts": [debt("A", burden=1), debt("B", burden=dq.Rate.per_year("0.1"))]},
            dq.InvalidValueError,
            "found a rank, a rate per year",
        ),
        (
            {
                "debts": [
                    debt("A", burden=dq.Rate.per_day(0)),
                    debt("B", burden=dq.Rate.per_year(0)),
                ]
            },
            dq.InvalidValueError,
            "found a rate per day, a rate per year",
        ),
        ({"debts": [debt("A"), debt("B", burden=1)]}, dq.InvalidValueError, "found a rank, none"),
    ],
)
def test_a_question_that_is_none_is_refused(given, error, message):
    asked = {"debts": [debt("A"), debt("B")], "amount": 1, **given}
    with pytest.raises(error, match=message):
        shared(asked.pop("debts"), asked.pop("amount"), **asked)


def test_burdens_that_no_level_reads_need_not_be_comparable():
    debts = [debt("A", burden=1), debt("B")]
    assert told(debts, 50, agreed_order=[]) == [("A", 25, "pro_rata"), ("B", 25, "pro_rata")]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"debt_id": ""}, dq.InvalidTypeError),
        ({"amount": 0}, dq.InvalidValueError),
        ({"amount": 1.0}, dq.InvalidTypeError),
        ({"secured": -1}, dq.InvalidValueError),
        ({"due_date": None}, dq.InvalidTypeError),
        ({"burden": 0.18}, dq.InvalidTypeError),
        ({"burden": True}, dq.InvalidTypeError),
    ],
)
def test_a_debt_that_cannot_be_is_refused(given, error):
    with pytest.raises(error):
        Debt(**{"debt_id": "A", "amount": 1, "due_date": PAID, **given})
