"""Frames of plans: the rows of the answers, no more and no less."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from delinquency.portfolio import Portfolio
from delinquency.proposals import (
    Affordability,
    LenderOffer,
    PlanLimits,
    propose_for_book,
    propose_plans,
)
from delinquency.restructuring import ReAgeing, agree_on_card
from delinquency.restructuring.following import follow_plan
from delinquency.restructuring.measures import NAMES
from tests.restructuring import test_card_agreement as on_cards
from tests.restructuring import test_consolidation as merged
from tests.restructuring.following.loans import POLICY, done_for, free_loan, paid, spread_plan
from tests.restructuring.following.test_laws import day_of, paid_since
from tests.restructuring.following.test_laws import plans as plans_done

PARTS = ("principal", "interest", "fees", "penalty", "total")
DAY = date(2025, 3, 1)
OFFER = LenderOffer(term_extensions=range(1, 7))
FOUND = propose_plans(
    free_loan(), as_of=DAY, policy=POLICY, affordability=Affordability.of(130), offer=OFFER
)


def rows(frame) -> list[dict[str, object]]:
    return frame.to_pylist()


def side(row: dict[str, object], head: str) -> list[object]:
    return [row[f"{head}_{name}"] for name in PARTS]


def parts_of(parts) -> list[object]:
    return [None if parts is None else getattr(parts, name) for name in PARTS]


@settings(max_examples=60)
@given(plans_done())
def test_every_due_date_is_a_row_with_both_sides(done) -> None:
    told = rows(done.to_frame("pyarrow"))
    assert [row["due_date"] for row in told] == [row.due_date for row in done.schedule_rows]
    for row, planned in zip(told, done.schedule_rows, strict=True):
        assert side(row, "before") == parts_of(planned.before)
        assert side(row, "after") == parts_of(planned.after)
        assert (row["account_id"], row["currency"]) == ("A-1", "CNY")
        assert row["effective_on"] == done.plan.effective_on


def test_a_date_on_which_nothing_falls_due_is_empty_on_that_side() -> None:
    done = done_for(free_loan(), ReAgeing(1, date(2025, 4, 1)))
    first, second, third = rows(done.to_frame("pyarrow"))
    assert [row["due_date"].month for row in (first, second, third)] == [3, 4, 4]
    assert (first["before_total"], first["after_total"]) == (Decimal("100.00"), None)
    assert (second["before_total"], second["after_total"]) == (None, Decimal("400.00"))
    assert (third["before_total"], third["after_principal"]) == (Decimal("100.00"), None)
    minor = rows(frames.planned_rows_to_frame(done, "pyarrow", amounts="minor"))
    assert [row["after_total"] for row in minor] == [None, 40_000, None]


def test_rows_of_several_accounts_and_of_a_card_are_those_of_the_new_account() -> None:
    several = rows(merged.done_by(merged.plan_of()).to_frame("pyarrow"))
    assert {row["account_id"] for row in several} == {"AB"}
    card = agree_on_card(
        on_cards.card(), on_cards.agreement(), as_of=on_cards.DAY, policy=on_cards.POLICY
    )
    told = rows(card.to_frame("pyarrow"))
    assert {row["account_id"] for row in told} == {"P-1"}
    assert [row["before_total"] for row in told] == [None] * 12
    asked = sum(row["after_total"] for row in told)
    assert asked == sum(row.after.total for row in card.schedule_rows)


@settings(max_examples=60)
@given(st.data(), plans_done(), st.integers(0, 260))
def test_every_row_that_is_followed_is_a_row(data, done, days) -> None:
    since = data.draw(paid_since(done))
    told = follow_plan(done, since, as_of=day_of(done, days), policy=POLICY)
    found = rows(told.to_frame("pyarrow"))
    names = (
        "due_date",
        "in_time",
        "shortfall",
        "settled_on",
        "days_late",
        "broken_on",
        "broken_by",
    )
    for row, followed in zip(found, told.rows, strict=True):
        assert [row[name] for name in names] == [getattr(followed, name) for name in names]
        assert side(row, "asked") == parts_of(followed.asked)
        assert side(row, "open") == parts_of(followed.open)
        assert (row["row_no"], row["state"]) == (followed.number, followed.state.value)
        assert (row["as_of"], row["policy"]) == (told.as_of, "founding-report")


def test_every_proposal_is_a_row_in_its_rank() -> None:
    found = rows(FOUND.to_frame("pyarrow"))
    names = ("greatest_payment", "payment_relief", "payments", "balloon", "last_due_on")
    assert len(found) == len(FOUND) > 1
    for row, proposal in zip(found, FOUND, strict=True):
        assert [row[name] for name in names] == [getattr(proposal, name) for name in names]
        assert row["present_value_loss"] == proposal.present_value_loss
        measures = [NAMES[type(each)] for each in proposal.plan.measures]
        assert row["measures"] == "; ".join(measures)
    assert [row["proposal_no"] for row in found] == list(range(1, len(FOUND) + 1))


def test_a_share_is_in_parts_of_a_thousand_million() -> None:
    giving = LenderOffer(term_extensions=[1], forgiven_shares=[dq.Proportion(1, 10)])
    found = propose_plans(
        free_loan(), as_of=DAY, policy=POLICY, affordability=Affordability.of(120), offer=giving
    )
    (row, *_) = [each for each in rows(found.to_frame("pyarrow")) if each["diminished_share"]]
    assert row["diminished_share"] == 100_000_000
    assert row["present_value_loss"] == Decimal("40.00")


def test_no_proposal_is_no_row_that_can_be_put_below_others() -> None:
    import pyarrow as pa

    none = propose_plans(
        free_loan(), as_of=DAY, policy=POLICY, affordability=Affordability.of(20), offer=OFFER
    )
    empty = none.to_frame("pyarrow")
    assert (empty.num_rows, len(none)) == (0, 0)
    full = FOUND.to_frame("pyarrow")
    assert pa.concat_tables([full, empty]).num_rows == len(FOUND)


def test_an_account_of_a_book_without_a_plan_has_empty_cells() -> None:
    book = Portfolio.from_accounts([free_loan(account_id=name) for name in ("A-1", "A-2", "A-3")])
    told = propose_for_book(
        book, as_of=DAY, policy=POLICY, affordable=[13_000, 2_000, -1], offer=OFFER
    )
    best, none, unasked = rows(told.to_frame("pyarrow"))
    first = FOUND[0]
    names = ("greatest_payment", "payments", "balloon", "last_due_on", "present_value_loss")
    assert [best[name] for name in names] == [getattr(first, name) for name in names]
    assert (best["account_id"], best["plan"], best["fitting"]) == ("A-1", 0, FOUND.fitting)
    assert best["measures"] == "arrears_spread; term_extension"
    for row in (none, unasked):
        assert [row[name] for name in (*names, "measures", "diminished_share")] == [None] * 7
        assert (row["plan"], row["fitting"], row["is_refused"]) == (-1, 0, False)
    minor = rows(frames.proposals_to_frame(told, "pyarrow", amounts="minor"))
    assert [row["greatest_payment"] for row in minor] == [
        None if place < 0 else int(amount)
        for place, amount in zip(told.chosen, told.greatest_payment, strict=True)
    ]


def test_a_book_of_which_no_account_has_a_plan_is_a_frame() -> None:
    book = Portfolio.from_accounts([free_loan()])
    told = propose_for_book(
        book,
        as_of=DAY,
        policy=POLICY,
        affordable=np.array([13_000]),
        offer=OFFER,
        bounds=PlanLimits(most_instalments=1),
    )
    (row,) = rows(told.to_frame("pyarrow"))
    assert (row["plan"], row["measures"], row["last_due_on"]) == (-1, None, None)


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_other_backends_have_the_same_rows(backend: str) -> None:
    done = spread_plan()
    followed = follow_plan(done, paid((3, 16, 200)), as_of=date(2025, 4, 30), policy=POLICY)
    for answer, size in ((done, 2), (followed, 2), (FOUND, len(FOUND))):
        assert len(answer.to_frame(backend)) == size


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (frames.planned_rows_to_frame, "a Restructured, a Consolidated or an AgreedCard"),
        (frames.compliance_to_frame, "a PlanCompliance"),
        (frames.account_proposals_to_frame, "Proposals"),
        (frames.proposals_to_frame, "PortfolioProposals"),
    ],
)
def test_what_is_no_answer_is_refused(make, told: str) -> None:
    with pytest.raises(dq.InvalidTypeError, match=f"expected {told}"):
        make(free_loan())


def test_another_word_for_amounts_or_a_backend_is_refused() -> None:
    with pytest.raises(dq.InvalidValueError, match="'decimal' or 'minor'"):
        frames.planned_rows_to_frame(spread_plan(), "pyarrow", amounts="cents")  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidValueError, match="frames, backend"):
        spread_plan().to_frame("excel")
