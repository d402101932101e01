"""A few of many proposals, what they cost in all, and how they are shown."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.portfolio import Portfolio
from delinquency.proposals import (
    Affordability,
    DatedAmount,
    LenderOffer,
    Proposal,
    Proposals,
    propose_for_book,
    propose_plans,
)
from tests.proposals.every_plan import DAY, draw_search
from tests.restructuring.books import minor

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")


def loan(**more: Any) -> dq.Account:
    """Twelve instalments of 100, of which the first three are past due."""
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n - 3), 100) for n in range(12)]
    begun = dq.calendar.add_months(DAY, -4)
    return dq.Account(
        account_id="A-1", originated_on=begun, schedule=dq.Schedule(CNY, rows), **more
    )


def fee(amount: int) -> dq.Charge:
    """One that was charged before the plans and falls due two months later."""
    return dq.Charge(
        "F-1",
        dq.Component.FEES,
        amount,
        dq.calendar.add_months(DAY, 2),
        charged_on=dq.calendar.add_months(DAY, -1),
    )


def proposed(account: dq.Account | None = None, payment: Any = 400, **more: Any) -> Proposals:
    if not isinstance(payment, Affordability):
        payment = Affordability.of(payment)
    asked: dict[str, Any] = {"as_of": DAY, "policy": POLICY, "affordability": payment, **more}
    return propose_plans(loan() if account is None else account, **asked)


MANY = proposed(
    offer=LenderOffer(
        term_extensions=range(1, 13),
        forgiven_shares=[dq.Proportion(1, 10), dq.Proportion(1, 5)],
    )
)


def key(each: Proposal) -> tuple[Fraction, ...]:
    loss = minor(each.present_value_loss, CNY)
    ranked = 0 if loss <= each.payments else loss
    return tuple(
        Fraction(value)
        for value in (
            ranked,
            each.balloon,
            each.greatest_payment,
            (each.last_due_on - DAY).days,
        )
    )


def by_rule(found: Proposals, most: int) -> list[int]:
    """The numbers by the rule of the docstring, in fractions and one distance at a time."""
    keys = {each.number: key(each) for each in found}
    spans = [max(column) - min(column) for column in zip(*keys.values(), strict=True)]

    def apart(one: int, other: int) -> Fraction:
        pairs = zip(keys[one], keys[other], spans, strict=True)
        return sum((abs(a - b) / span for a, b, span in pairs if span), Fraction(0))

    taken = [1]
    while len(taken) < min(most, len(keys)):
        left = [number for number in keys if number not in taken]
        away = {number: min(apart(number, each) for each in taken) for number in left}
        taken.append(min(left, key=lambda number: (-away[number], number)))
    return sorted(taken)


@pytest.mark.parametrize("most", [1, 2, 3, 7, 500])
def test_a_few_are_those_of_the_rule_and_keep_their_numbers(most: int) -> None:
    few = MANY.few(most)
    assert [each.number for each in few] == by_rule(MANY, most)
    assert len(few) == min(most, len(MANY))
    assert few.most == most
    assert (few.fitting, few.unbettered) == (MANY.fitting, MANY.unbettered)


def test_a_few_are_among_more_and_a_few_of_a_few_are_a_few_of_all() -> None:
    three, nine = MANY.few(3), MANY.few(9)
    assert set(three) < set(nine) < set(MANY)
    assert list(nine.few(3)) == list(three)
    assert list(three.few(9)) == list(nine)


@pytest.mark.parametrize("number", range(12))
def test_what_is_left_of_any_search_is_of_it_and_follows_the_rule(number: int) -> None:
    """Law: a few are never other plans, so none is bettered and none breaks a limit; none of none is none."""
    search = draw_search(random.Random(f"few {number}"), number)
    try:
        found = search.found()
    except dq.InvalidValueError:
        return
    few = found.few(4)
    assert set(few) <= set(found)
    assert len(few) == min(4, len(found))
    assert (few.binding, few.explanation.value) == (found.binding, len(found))


@pytest.mark.parametrize(("wrong", "kind"), [
    (0, dq.InvalidValueError), (-1, dq.InvalidValueError), (True, dq.InvalidTypeError),
    (1.0, dq.InvalidTypeError), ("3", dq.InvalidTypeError), (None, dq.InvalidTypeError),
])  # fmt: skip
def test_as_many_as_no_number_says_are_refused(wrong: Any, kind: type) -> None:
    with pytest.raises(kind, match="few, most"):
        MANY.few(wrong)


def test_the_record_of_a_few_asks_for_the_same_few() -> None:
    text = serialization.to_json(MANY.few(3))
    record = serialization.from_json(serialization.ProposalsRecord, text)
    assert (record.most, len(record.figures.plans)) == (3, 3)
    assert record.figures.unbettered == len(MANY)
    assert not record.differences()
    assert attrs.evolve(record, most=None).differences()


def test_what_is_paid_in_all_is_that_of_the_account() -> None:
    """On 900 to come and 300 past due nothing is added; a tenth of 1,200 forgiven is 120 less."""
    charges = [fee(30)]
    offer = LenderOffer(term_extensions=(3, 6), forgiven_shares=[dq.Proportion(1, 10)])
    for account, beside in ((loan(), 0), (loan(charges=charges), 30)):
        found = proposed(account, offer=offer)
        assert found.charges_to_come == beside
        assert {each.paid_in_all for each in found} == {1200 + beside, 1080 + beside}
        for each in found:
            done = each.restructure()
            assert each.total_cost_change == done.total_cost_change
            assert each.paid_in_all - each.total_cost_change == 1200 + beside
            assert each.least_room == 400 - each.greatest_payment


def test_a_plan_that_asks_for_nothing_has_no_room_to_tell() -> None:
    found = proposed(offer=LenderOffer(term_extensions=(3,), forgiven_shares=[dq.Proportion(1, 1)]))
    (nothing,) = [each for each in found if not each.payments]
    assert (nothing.least_room, nothing.paid_in_all) == (None, 0)
    assert found.to_frame("pyarrow")["least_room"].null_count == 1


def test_a_table_has_twenty_rows_and_says_what_is_left_out() -> None:
    assert len(MANY) > 20
    lines = MANY.to_text().splitlines()
    assert len(lines) == 1 + 20 + 1
    assert lines[-1].startswith(f"{len(MANY) - 20} more are not shown: few(20)")
    assert MANY.to_text("zh").splitlines()[-1].startswith(f"另有 {len(MANY) - 20} 个未列出")
    assert MANY._repr_html_().count("<tr>") == 21
    assert f"<p>{len(MANY) - 20} more are not shown" in MANY._repr_html_()
    assert len(MANY.few(20).to_text().splitlines()) == 21
    assert len(MANY.to_frame("pyarrow")) == len(MANY)


def test_a_table_tells_charges_that_fall_due_beside_the_payments() -> None:
    charges = [fee(1030)]
    found = proposed(loan(charges=charges), offer=LenderOffer(term_extensions=(3,)))
    told = "1,030.00 CNY of charges that are not due yet falls due beside these payments."
    assert found.to_text().splitlines()[-1] == told
    assert "1,030.00 CNY，不在各期还款之内" in found.to_text("zh")
    assert "1,030.00 CNY of charges that are not due yet" in found.explanation.to_text()
    assert "charges" not in MANY.to_text()


def test_a_share_is_shown_as_the_amount_beside_it_says() -> None:
    """0.00 % beside no loss or a gain, and never beside a loss."""
    lines = MANY.explanation.to_text().splitlines()[1:]
    assert len(lines) == len(MANY)
    for each, line in zip(MANY, lines, strict=True):
        assert line.endswith("a share of 0.00 %.") == (each.present_value_loss <= 0)
    tiny = proposed(
        loan(contract_rates=[dq.DatedRate(date(2025, 1, 1), dq.Rate.per_year("0.10"))]),
        offer=LenderOffer(term_extensions=(24,)),
        day_count=dq.DayCount.ACT_365F,
    )
    none = [each for each in tiny if each.present_value_loss <= 0]
    assert any(each.diminished_share.numerator for each in none) or none
    for each in none:
        assert each.explanation.to_text().splitlines()[0].endswith("a share of 0.00 %.")


def test_where_what_can_be_paid_begins_late_the_answer_says_so() -> None:
    later = dq.calendar.add_months(DAY, 1)
    late = Affordability([DatedAmount(later, 400)])
    offer = LenderOffer(term_extensions=(3,))
    none = proposed(payment=late, offer=offer)
    assert (len(none), none.first_due_to_come) == (0, DAY)
    assert f"is said from {later} on: on {DAY}, which is before" in none.to_text()
    assert f"还款能力仅自 {later} 起给出" in none.to_text("zh")
    on_the_day = Affordability([DatedAmount(DAY, 400)])
    assert len(proposed(payment=on_the_day, offer=offer)) > 0
    too_little = proposed(payment=Affordability([DatedAmount(DAY, 1)]), offer=offer)
    assert "is said from" not in too_little.to_text()


def test_a_book_explains_every_row() -> None:
    paid = loan(payments=[dq.Payment(DAY, 1200)])
    accounts = [loan(), attrs.evolve(paid, account_id="A-2"), attrs.evolve(loan(), account_id="A-3")]  # fmt: skip
    found = propose_for_book(
        Portfolio.from_accounts(accounts),
        as_of=DAY,
        effective_on=DAY,
        policy=POLICY,
        affordable=[40_000, 40_000, -1],
        offer=LenderOffer(term_extensions=(3,)),
    )
    assert found.explain(0).to_text() == found.row(0).explanation.to_text()
    assert found.explain(2).to_text() == "Nobody asked for a plan for account A-3."
    assert found.explain(2).to_text(lang="zh") == "未要求为账户 A-3 测算方案。"
    with pytest.raises(IndexError):
        found.explain(3)


def test_an_account_that_can_have_no_plan_says_why() -> None:
    rows = [dq.Instalment(date(2025, 3, 15), 100)]
    account = dq.Account(
        account_id="A-2",
        originated_on=date(2025, 2, 15),
        schedule=dq.Schedule(CNY, rows),
        payments=[dq.Payment(date(2025, 3, 15), Decimal(100))],
    )
    found = propose_for_book(
        Portfolio.from_accounts([account]), as_of=DAY, policy=POLICY, affordable=[40_000]
    )
    assert found.is_refused[0]
    assert found.explain(0).to_text() == f"Account A-2 can have no plan: {found.reason(0)}"
