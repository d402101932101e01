"""Reviews of new debt in place of old: a consolidation, and the instalments of a card."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.events import Restructuring
from delinquency.restructuring import (
    ArrearsWaiver,
    Capitalisation,
    DifficultyGround,
    Forgiveness,
    PlanClass,
    PlanFacts,
    ReAgeing,
    ReAgeInterest,
    RestructuringPlan,
    agree_on_card,
    consolidate,
    plan_concessions,
    plan_modifications,
)
from delinquency.restructuring.review import Concession, PlanTestKind, RateCut
from tests.restructuring import test_card_agreement as on_cards
from tests.restructuring.review.plans import (
    NOTHING_ELSE,
    POLICY,
    dear_loan,
    loan,
    of_one,
    reviewed,
    row_of,
    verdict_of,
)
from tests.restructuring.test_card_agreement import agreed, agreement, bearing

DAY, FIRST = date(2025, 4, 1), date(2025, 5, 1)
PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST
SHORTFALL = [DifficultyGround.EXPECTED_SHORTFALL]
CHINA, EUROPE, AMERICA = "cn-plan", "eu-plan", "us-asc-326-plan"
NONE_OPEN = PlanFacts(fair_rate=dq.Rate.per_year("0.06"), **NOTHING_ELSE)


def rates(text: str) -> list[dq.DatedRate]:
    return [dq.DatedRate(date(2024, 12, 1), dq.Rate.per_year(text))]


def free(paid: int = 3, **more) -> dq.Account:
    return loan(6, paid, **{"account_id": "B", **more})


def consolidated(*before, accounts=None, count: int = 4, first: date = FIRST, on=DAY, **more):
    """800 at 12 %, of which 200 and 8 are past due, and 300 without interest; 14 of interest are owed."""
    kind = {"interest": more.pop("interest")} if "interest" in more else {}
    plan = RestructuringPlan(
        measures=[*before, ReAgeing(count, first, **kind)],
        effective_on=on,
        day_count=DayCount.THIRTY_E_360,
    )
    return consolidate(
        [dear_loan(paid=2), free()] if accounts is None else accounts,
        plan, as_of=on, policy=POLICY, account_id="AB", **more)  # fmt: skip


def found_in(done, **more) -> list[tuple[str, int, str]]:
    found = plan_concessions(done, facts=NONE_OPEN, **more)
    assert all(each.is_known for each in found)
    return [(each.concession.value, each.measure, each.name) for each in found]


REFINANCED = ("refinancing", 0, "consolidation")
EXTENDED = [("extension", 1, "re_ageing"), ("relaxed_schedule", 1, "re_ageing")]


def test_new_debt_for_old_is_refinancing_and_its_measures_are_what_they_are() -> None:
    assert found_in(consolidated()) == [*EXTENDED, REFINANCED]
    given_up = consolidated(Forgiveness(PRINCIPAL, amount=100), Capitalisation([INTEREST]))
    assert [each[0] for each in found_in(given_up)] == [
        "forgiveness", "capitalisation", "extension", "relaxed_schedule", "refinancing"]  # fmt: skip


def test_refinancing_alone_makes_a_restructured_asset_of_a_debtor_in_difficulty() -> None:
    """Order 2023 No. 1, Article 17, and Article 47b: nothing is past due, eased or cheaper."""
    accounts = [dear_loan(paid=4), free(paid=4, account_id="B")]
    on = date(2025, 4, 20)
    done = consolidated(accounts=accounts, count=1, first=date(2025, 5, 1), on=on)
    assert found_in(done) == [REFINANCED]
    tests = (
        (CHINA, "cn_restructured_asset"),
        (EUROPE, "eu_forbearance"),
        ("basel-plan", "basel_forbearance"),
    )
    for rules, test_id in tests:
        row = row_of(done, test_id, rules, grounds=SHORTFALL, **NOTHING_ELSE)
        told = {each.name: each.value for each in row.figures}
        assert row.verdict.value == "applies"
        assert told["concessions_found"] == "concession_refinancing"
        assert verdict_of(done, test_id, rules, grounds=[], **NOTHING_ELSE) == "does_not_apply"
    assert "借新还旧" in row_of(
        done, "cn_restructured_asset", CHINA, grounds=SHORTFALL
    ).explanation.to_text("zh")
    observed = row_of(done, "cn_observation", CHINA, grounds=SHORTFALL)
    assert observed.figures[0].value == date(2025, 5, 1)


def test_new_debt_is_no_extension_of_the_debt_that_it_replaces() -> None:
    """Its last due date is later, and no limit of extensions is asked of it."""
    done = consolidated(count=30)
    review = reviewed(done, CHINA, grounds=SHORTFALL)
    assert review.account_id == "AB"
    assert review.is_allowed
    for row in review.rows:
        if "extension" in row.test_id:
            assert row.verdict.value == "does_not_apply", row.test_id
            checks = {check.name: check.holds for check in row.conditions}
            assert checks.get("is_extended", False) is False
    asked = reviewed(done, CHINA, grounds=SHORTFALL).row("cn_extension_asked")
    assert [check.name for check in asked.conditions] == ["account_product", "is_extended"]
    limits = of_one(kind=PlanTestKind.EXTENSION_LIMITS)
    assert verdict_of(done, "house_test", limits) == "does_not_apply"


@pytest.mark.parametrize(
    ("amounts", "is_later"),
    [
        # 15 April 100, 1 May 200, 15 May 100, 1 June 200, 15 June 100, of 20 April on.
        ((2, date(2025, 5, 1)), False),
        ((2, date(2025, 5, 2)), True),
        ((1, date(2025, 5, 1)), False),
        ((3, date(2025, 5, 1)), True),
    ],
    ids=str,
)
def test_principal_falls_due_later_by_amounts_and_not_by_dates(amounts, is_later) -> None:
    """Of 600, 200 and 100 are due in May, 200 and 100 in June: in two parts 300 on the first of each."""
    count, first = amounts
    done = consolidated(
        accounts=[dear_loan(paid=4), free(paid=4)],
        count=count,
        first=first,
        on=date(2025, 4, 20),
        interest=ReAgeInterest.EARNED_IN_EQUAL_PARTS,
    )
    assert done.debt_before.principal == 600
    assert ("relaxed_schedule" in [each[0] for each in found_in(done)]) is is_later


@pytest.mark.parametrize(
    ("agreed_rate", "cut", "is_one"),
    [
        # 800 at 12 % and 300 without interest bear 8.7273 %.
        (None, RateCut.ANY, False),
        ("0.087273", RateCut.ANY, False),
        ("0.08727299", RateCut.ANY, True),
        ("0.06", RateCut.BELOW_FAIR_RATE, False),
        ("0.05999999", RateCut.BELOW_FAIR_RATE, True),
    ],
)
def test_a_new_contract_that_bears_less_is_a_rate_cut(agreed_rate, cut, is_one) -> None:
    given = {} if agreed_rate is None else {"contract_rates": rates(agreed_rate)}
    done = consolidated(**given)
    assert (("rate_cut", 0, "consolidation") in found_in(done, rate_cut=cut)) is is_one


def test_a_fair_rate_that_nobody_stated_leaves_the_cut_open() -> None:
    done = consolidated(contract_rates=rates("0.01"))
    facts = PlanFacts(**NOTHING_ELSE)
    cuts = [
        each for each in plan_concessions(done, facts=facts) if each.concession.value == "rate_cut"
    ]
    assert [each.is_known for each in cuts] == [False]


def test_the_american_modifications_are_those_of_the_terms() -> None:
    facts = PlanFacts(is_insignificant_delay=False)
    done = consolidated(contract_rates=rates("0.01"))
    found = [
        (each.modification.value, each.measure) for each in plan_modifications(done, facts=facts)
    ]
    assert found == [("term_extension", 1), ("payment_delay", 1), ("rate_reduction", 0)]
    row = row_of(done, "us_asc_326_disclosed", AMERICA, grounds=SHORTFALL)
    assert row.verdict.value == "applies"


def test_the_oldest_days_past_due_are_those_of_any_account() -> None:
    """1 March of the one, 15 February of the other: 44 days at the close of 31 March."""
    done = consolidated(accounts=[dear_loan(paid=2), free(paid=1)])
    lately = of_one(
        kind=PlanTestKind.PAST_DUE_LATELY,
        days=30,
        months=3,
        concessions=[Concession.REFINANCING],
        rate_cut=RateCut.ANY,
    )
    row = row_of(done, "house_test", lately)
    assert (row.verdict.value, row.checks[1].found) == ("applies", 44)


def test_the_loss_is_at_the_rates_of_the_old_contracts_or_at_the_stated_one() -> None:
    done = consolidated(contract_rates=rates("0"))
    test_id = "eu_diminished_obligation"
    row = row_of(done, test_id, EUROPE, grounds=SHORTFALL)
    share = done.diminished_share
    assert row.checks[0].found == Decimal(-(-share.numerator * 10**9 // share.denominator)).scaleb(
        -9
    )
    assert {each.name: each.value for each in row.figures} == {
        "effective_rate": Decimal("0.087273"),
        "rate_basis": "rate_of_contract",
    }
    stated = row_of(done, test_id, EUROPE, grounds=SHORTFALL, effective_rate=0)
    # 1,100 and 14 of interest earned stay; 8 and 6 were of it, and the 4 and 2 to come are not asked for.
    assert done.total_cost_change == -6
    assert stated.checks[0].found == Decimal("0.005357143")  # 6 of 1,120
    with pytest.raises(dq.InvalidValueError, match="'AB', plan facts, upfront_fees: expected none"):
        row_of(done, test_id, EUROPE, grounds=SHORTFALL, upfront_fees=1)


def test_any_old_account_may_be_under_observation() -> None:
    test_id = "cn_restructured_again"
    change = Restructuring(date(2025, 1, 10), date(2025, 2, 1), in_difficulty=True)
    clear, earlier = free(), free(events=[change])
    for accounts, verdict in (
        ([dear_loan(paid=3), clear], "does_not_apply"),
        ([dear_loan(paid=3), earlier], "applies"),
        ([dear_loan(paid=3, events=[change]), clear], "applies"),
    ):
        done = consolidated(accounts=accounts)
        assert verdict_of(done, test_id, CHINA, grounds=SHORTFALL) == verdict


def test_what_was_missed_on_another_account_says_nothing_of_an_observation() -> None:
    """One that ran out in February 2025 is not known to have ended; a payment of its own that was missed
    says that it runs, one of another account does not.
    """
    test_id, began = "cn_restructured_again", date(2023, 12, 15)
    change = Restructuring(date(2024, 1, 20), date(2024, 2, 15), in_difficulty=True)
    for paid, verdict in ((15, "not_assessed"), (14, "applies")):
        account = loan(24, paid, began, account_id="B", events=[change])
        done = consolidated(accounts=[dear_loan(paid=2), account])
        assert verdict_of(done, test_id, CHINA, grounds=SHORTFALL) == verdict


def test_an_agreement_on_a_card_is_a_restructured_asset_within_article_70() -> None:
    """It is late, easier, and bears nothing where the card bears 0.05 % a day."""
    done = agreed()
    assert done.days_past_due_before > 0
    review = reviewed(done, CHINA, **NOTHING_ELSE)
    assert review.account_id == "P-1"
    assert review.is_allowed
    verdicts = {row.test_id: row.verdict.value for row in review.rows}
    assert verdicts["cn_card_agreement_capacity"] == "passed"
    assert verdicts["cn_card_agreement_term"] == verdicts["cn_card_instalments_term"] == "passed"
    assert verdicts["cn_restructured_again"] == "not_assessed"
    assert verdicts["cn_extension_asked"] == "does_not_apply"
    assert PlanClass.RESTRUCTURED in review.classification
    assert [each[0] for each in found_in(done)] == ["relaxed_schedule", "rate_cut"]
    assert found_in(done)[1] == ("rate_cut", 0, "card_agreement")
    assert "refinancing" not in [each[0] for each in found_in(done)]


def test_sixty_months_of_an_agreement_are_kept_and_a_house_limit_is_broken() -> None:
    on = agreement().effective_on
    first = date(on.year + (on.month == 12), on.month % 12 + 1, on.day)
    done = agreed(by=agreement(instalments=60, first_due_on=first))
    row = row_of(done, "cn_card_agreement_term", CHINA)
    assert (row.verdict.value, row.checks[0].found, row.checks[0].limit) == ("passed", 60, 60)
    house = of_one(kind=PlanTestKind.PLAN_TERM, months=59, product=dq.Product.CARD)
    assert verdict_of(done, "house_test", house) == "failed"


@pytest.mark.parametrize("verb", ["consolidate", "agree_on_card"])
def test_what_fails_a_limit_is_refused_by_the_verb_itself(verb) -> None:
    """Four months, or twelve: allowed by as many and refused by one fewer."""
    make, months = (consolidated, 4) if verb == "consolidate" else (agreed_with, 12)
    rules = of_one(kind=PlanTestKind.PLAN_TERM, months=months)
    assert make(rules=rules, facts=NONE_OPEN).plan == make().plan
    with pytest.raises(dq.PolicyError, match=f"house_test: expected .*found {months}"):
        make(rules=of_one(kind=PlanTestKind.PLAN_TERM, months=months - 1))
    with pytest.raises(dq.InvalidTypeError, match=f"{verb}, rules: expected PlanRules"):
        make(facts=NONE_OPEN)


def agreed_with(**more):
    made = agreement()
    return agree_on_card(on_cards.card(), made, as_of=made.effective_on, policy=on_cards.POLICY, **more)  # fmt: skip


def test_facts_that_are_stated_go_before_those_of_the_agreement() -> None:
    test_id = "cn_card_agreement_capacity"
    assert verdict_of(agreed(), test_id, CHINA) == "passed"
    assert verdict_of(agreed(), test_id, CHINA, is_willing=False) == "failed"
    assert verdict_of(agreed(), test_id, CHINA, is_beyond_capacity=False) == "failed"


@pytest.mark.parametrize(("rate", "is_one"), [("0.1825", False), ("0.18249999", True)])
def test_an_agreement_at_the_rate_of_the_card_is_no_rate_cut(rate, is_one) -> None:
    """0.05 % a day are 18.25 % a year."""
    done = agreed(by=bearing(rate))
    assert ("rate_cut" in [each[0] for each in found_in(done, rate_cut=RateCut.ANY)]) is is_one


def test_a_card_of_which_no_minimum_is_late_is_in_difficulty_only_if_somebody_says_so() -> None:
    """The whole balance is taken over, and no minimum of it is past due before its due date."""
    before_due = agreement(effective_on=date(2025, 4, 10), first_due_on=date(2025, 5, 10))
    done = agreed(by=before_due)
    assert done.days_past_due_before == 0
    assert verdict_of(done, "cn_difficulty_named", CHINA) == "failed"
    assert verdict_of(done, "cn_difficulty_named", CHINA, grounds=SHORTFALL) == "passed"


def test_limits_of_re_ages_are_not_read_from_a_card() -> None:
    limits = of_one(kind=PlanTestKind.RE_AGE_LIMITS, policy="us-ffiec-open-end")
    assert verdict_of(agreed(), "house_test", limits) == "not_assessed"


@pytest.mark.parametrize("name", dq.restructuring.available_plan_rules())
@pytest.mark.parametrize("kind", ["consolidation", "card"])
def test_every_packaged_rule_can_be_asked_of_new_debt(name, kind) -> None:
    done = consolidated(ArrearsWaiver()) if kind == "consolidation" else agreed()
    for facts in ({}, {"grounds": SHORTFALL, "effective_rate": 0, **NOTHING_ELSE}):
        try:
            review = reviewed(done, name, **facts)
        except dq.PolicyNotInForceError:
            return
        for lang in ("en", "zh"):
            assert review.to_text(lang)
        assert review.effective_on == done.plan.effective_on
