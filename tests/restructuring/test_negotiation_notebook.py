"""The notebook of the tutorial: its cells run, and every figure of its prose is one of their answers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "negotiating-with-a-borrower.md"
TEXT = PAGE.read_text(encoding="utf-8")
CELL = re.compile(r"```\{code-cell\} ipython3\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The names that the cells leave; those that draw, whose code is folded away, are not run."""
    names: dict[str, Any] = {}
    for cell in CELL.findall(TEXT):
        if not cell.startswith(":tags: [hide-input]"):
            exec(compile(cell, PAGE.name, "exec"), names)  # noqa: S102
    return names


def test_where_the_loan_stands(found) -> None:
    answer = found["answer"]
    assert (answer.days_past_due, answer.bucket.code) == (81, "关注")
    assert "Why 81 days, and why 关注" in TEXT
    assert answer.arrears == 3 * Decimal("1958.65") + Decimal("186.30")
    eight, nine = (
        found["dq"].assess(found["loan"], as_of=found["today"] + timedelta(days=more), policy=found["policy"])
        for more in (9, 10)
    )  # fmt: skip
    assert (eight.days_past_due, eight.bucket.code) == (90, "关注")
    assert (nine.days_past_due, nine.bucket.code) == (91, "次级")
    assert "In ten days the loan would be 91 days past due, and 次级" in TEXT


def test_what_can_be_paid_and_why_no_plan_of_level_payments_fits(found) -> None:
    assert [found["can_pay"].on(date(2025, month, 20)) for month in (5, 9, 11)] == [1200, 700, 2500]
    none = found["none"]
    assert (len(none), none.priced, none.fitting) == (0, 244, 0)
    (limit,) = none.binding
    assert (limit.bound.value, limit.alone) == ("affordability", True)


def test_the_darkest_point_gives_up_more_than_eight_per_cent(found) -> None:
    wide = found["wide"]
    shares = {
        plan.number: Fraction(plan.diminished_share.numerator, plan.diminished_share.denominator)
        for plan in wide
    }
    assert round(max(shares.values()) * 1000) == 84
    assert "up to 8.4 %" in TEXT
    for payments in {plan.payments for plan in wide}:
        alike = [plan.greatest_payment for plan in wide if plan.payments == payments]
        assert min(alike) > Decimal("0.9") * max(alike)


def test_three_proposals_of_which_the_second_is_chosen(found) -> None:
    three = found["three"]
    assert [(plan.greatest_payment, str(plan.last_due_on)) for plan in three] == [
        (Decimal("2242.66"), "2027-11-20"),
        (Decimal("1855.62"), "2028-05-20"),
        (Decimal("1594.69"), "2028-11-20"),
    ]
    assert all(
        measure.instalments == 6
        for plan in three
        for measure in plan.plan.measures
        if type(measure).__name__ == "PaymentHoliday"
    )
    assert "1,855.62 from November on" in TEXT
    told = three.explanation.to_text()
    assert "2,242.66 CNY, 284.01 CNY more than without it" in told
    assert "1,855.62 CNY, 103.03 CNY less than without it" in told
    assert "2,242.66 CNY，比无方案多 284.01 CNY" in three.explanation.to_text(lang="zh")


def test_a_proposal_names_its_rate_in_both_languages(found) -> None:
    wide = found["wide"]
    lowered = [each for each in wide.plans if "RateReduction" in str(each.plan)][:1]
    for lang, words in (("en", "rate reduction 9.6 %,"), ("zh", "降低利率 9.6 %,")):
        assert words in attrs.evolve(wide, plans=lowered).to_text(lang)


def test_what_the_law_makes_of_it(found) -> None:
    review = found["review"]
    assert review.is_allowed
    assert [each.value for each in review.classification] == ["restructured"]
    assert len(found["warned"]) == 2
    figures = {each.name: each.value for each in review.row("cn_observation").figures}
    assert date(2025, 5, 20) in figures.values()


def test_the_plan_is_broken_by_september_and_july_broke_nothing(found) -> None:
    told = found["told"]
    states = [row.state.value for row in told.rows[:6]]
    assert states == ["kept", "kept", "late", "kept", "broken", "pending"]
    assert [each.state.value for each in told.promises] == ["kept", "broken"]
    assert (told.breach.on, told.breach.row.number) == (date(2025, 9, 26), 5)


def test_days_past_due_under_three_regimes_and_the_clock(found) -> None:
    counts = [
        [each.eve.days_past_due, each.on_plan.days_past_due, each.now.days_past_due]
        for each in found["counts"]
    ]
    assert counts == [[80, 0, 22], [80, 81, 234], [80, 80, 80]]
    assert found["clock"].since == date(2025, 9, 20)


def test_when_the_terms_of_before_come_back_the_class_is_worse(found) -> None:
    back, stands = found["back"], found["stands"]
    assert stands(back.account, found["now"])[1:] == (22, "关注")
    assert stands(back.account, back.on)[1:] == (235, "次级")
    assert "from 关注 to a non-performing class in one day" in TEXT
