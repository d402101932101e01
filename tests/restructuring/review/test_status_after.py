"""By which policy an account is classified after a plan: what the packaged rules name, and what is told."""

from __future__ import annotations

import warnings
from datetime import date

import pytest

import delinquency as dq
from delinquency.account import Product, Segment
from delinquency.restructuring import ArrearsSpread, TermExtension, load_plan_rules
from delinquency.restructuring.review import PlanRules, StatusAfter
from tests.restructuring.review.plans import loan, planned, reviewed

NAMED = {
    "basel-plan": ("basel-npe",) * 4,
    "cn-plan": ("cn-loan", "cn-loan", "cn-card", "cn-card"),
    "eu-plan": ("eu-default-retail", "eu-default-other") * 2,
}
KINDS = [(product, segment) for product in Product for segment in Segment]


@pytest.mark.parametrize("name", dq.restructuring.available_plan_rules())
def test_each_kind_of_account_has_the_status_that_reads_its_plan(name) -> None:
    rules = load_plan_rules(name)
    found = [rules.status_policies(product=product, segment=segment) for product, segment in KINDS]
    assert found == [(each,) for each in NAMED[name]] if name in NAMED else [()] * 4


@pytest.mark.parametrize("policy", sorted({each for names in NAMED.values() for each in names}))
def test_a_status_that_is_named_reads_the_plan(policy) -> None:
    is_card = policy == "cn-card"
    done = planned(loan(product=Product.CARD if is_card else Product.LOAN), ArrearsSpread())
    after, day = done.after, date(2025, 4, 10)
    rules = dq.rulebook.load(policy)
    counting = rules.versions[-1].counting
    if counting.materiality is not None:
        limit = dq.Materiality(100, counting.materiality.share, after.currency)
        rules = rules.evolve(counting=dq.Counting(materiality=limit))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dq.DelinquencyWarning)
        told = [
            {name: state.code for name, state in dq.assess_status(each, as_of=day, policy=rules).states.items()}
            for each in (after, dq.Account(account_id="A-1", originated_on=after.originated_on,
                product=after.product, schedule=done.before.schedule, payments=[dq.Payment(date(2025, 3, 31), 300)]))
        ]  # fmt: skip
    assert told[0] != told[1]


def test_a_review_tells_the_status_in_both_languages() -> None:
    review = reviewed(planned(loan(), TermExtension(2)), "cn-plan")
    assert review.status_policies == ("cn-loan",)
    assert "\n  From the plan on the status of the account after it is that of assess_status with the policy cn-loan.\n" in review.to_text()  # fmt: skip
    assert "assess_status 按政策 cn-loan 给出。" in review.to_text("zh")


@pytest.mark.parametrize("product", Product)
def test_a_review_tells_what_a_status_of_china_leaves_out(product) -> None:
    """Order 2023 No. 1, Articles 21 and 22: at least special mention, substandard when restructured again."""
    review = reviewed(planned(loan(product=product), TermExtension(2)), "cn-plan")
    (after,) = review.statuses_after
    assert after.left_out[0].provision == "Articles 21 and 22"
    assert after.unverified_policy in {each.name for each in dq.rulebook.available()}
    told = f"    The classes of {after.policy} leave out the least classes of restructured assets"
    assert told in review.to_text()
    assert f"{after.policy} 的分类未包含对重组资产最低档次的要求" in review.to_text("zh")
    assert "leave out" not in reviewed(planned(loan(), TermExtension(2)), "eu-plan").to_text()


def test_that_none_follows_is_told_of_what_has_a_class_alone() -> None:
    done = planned(loan(), ArrearsSpread())
    assert "No packaged status follows from in-plan" in reviewed(done, "in-plan").to_text()
    assert "in-plan 之后没有内置的状态规则" in reviewed(done, "in-plan").to_text("zh")
    assert "No packaged status" not in reviewed(done, "us-reg-x-plan").to_text()


def test_a_status_in_a_file_is_read_key_by_key(tmp_path) -> None:
    text = 'id = "house"\n[[status]]\npolicy = "house-npl"\nsegment = "retail"\n[[test]]\nid = "t"\nkind = "affordable"\nmodality = "must"\n'
    path = tmp_path / "house.toml"
    path.write_text(text, encoding="utf-8")
    assert load_plan_rules(path).statuses_after == (
        StatusAfter(policy="house-npl", segment=Segment.RETAIL),
    )
    path.write_text(text.replace("segment", "segmnet"), encoding="utf-8")
    with pytest.raises(dq.PolicyError, match="segmnet"):
        load_plan_rules(path)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"policy": 1}, "status after a plan, policy"),
        ({"policy": "a", "product": "card"}, "status after a plan, product"),
        ({"policy": "a", "segment": "retail"}, "status after a plan, segment"),
        ({"policy": "a", "left_out": ["Article 21"]}, "status after a plan, left out 1"),
        ({"policy": "a", "unverified_policy": 1}, "status after a plan, unverified_policy"),
    ],
)
def test_a_wrong_status_is_refused(wrong, where) -> None:
    with pytest.raises(dq.InvalidTypeError, match=where):
        StatusAfter(**wrong)


def test_rules_take_statuses_alone() -> None:
    tests = load_plan_rules("us-reg-x-plan").tests
    with pytest.raises(dq.InvalidTypeError, match="plan rules, status after 1"):
        PlanRules(name="house", tests=tests, statuses_after=["cn-loan"])
