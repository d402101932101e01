"""China: what a restructured asset is, what follows, and the limits of extensions and card agreements."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.restructuring import (
    ArrearsSpread,
    Capitalisation,
    DifficultyGround,
    DueDateChange,
    Forgiveness,
    PaymentHoliday,
    PlanClass,
    RateReduction,
    ReAgeing,
    TermExtension,
)
from delinquency.restructuring.review import Concession
from tests.restructuring.review.plans import (
    CNY,
    NOTHING_ELSE,
    dear_loan,
    loan,
    months,
    planned,
    reviewed,
    row_of,
    verdict_of,
)

RULES = "cn-plan"
ASSET = "cn_restructured_asset"
PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST
DAY = date(2025, 4, 1)
AGAIN = "cn_restructured_again"
SHORTFALL = {"grounds": [DifficultyGround.EXPECTED_SHORTFALL]}

GRANTED = {
    Concession.EXTENSION: (TermExtension(1), {}),
    Concession.RELAXED_SCHEDULE: (ArrearsSpread(), {}),
    Concession.GRACE: (PaymentHoliday(1, lengthens=False), {}),
    Concession.CAPITALISATION: (Capitalisation([INTEREST]), {}),
    Concession.RATE_CUT: (
        RateReduction(dq.Rate.per_year("0.05")),
        {"fair_rate": dq.Rate.per_year("0.06")},
    ),
    Concession.FORGIVENESS: (Forgiveness(PRINCIPAL, amount=1), {}),
    Concession.COLLATERAL_RELEASE: (None, {"is_collateral_released": True}),
    Concession.SWAP: (None, {"is_swapped": True}),
    Concession.OTHER: (None, {"is_otherwise_eased": True}),
}
"""A measure, or a fact, for each of the nine concessions."""


@pytest.mark.parametrize("concession", GRANTED, ids=lambda each: each.value)
@pytest.mark.parametrize("ground", DifficultyGround, ids=lambda each: each.value)
def test_every_ground_with_every_concession_makes_a_restructured_asset(ground, concession) -> None:
    """Articles 17, 18 and 19; what is overdue on the account is a ground by itself."""
    measure, facts = GRANTED[concession]
    is_overdue = ground is DifficultyGround.OVERDUE or measure is not None
    account = dear_loan(paid=2 if is_overdue else 3)
    done = planned(account, *([] if measure is None else [measure]))
    row = row_of(done, ASSET, RULES, grounds=[ground], **{**NOTHING_ELSE, **facts})
    told = {each.name: each.value for each in row.figures}
    assert row.verdict.value == "applies"
    assert f"ground_{ground.value}" in told["grounds_found"].split(", ")
    assert told["concessions_found"] == f"concession_{concession.value}"
    assert reviewed(done, RULES, grounds=[ground], **{**NOTHING_ELSE, **facts}).classification == {
        dq.restructuring.PlanClass.RESTRUCTURED: (ASSET,)
    }


@pytest.mark.parametrize("concession", GRANTED, ids=lambda each: each.value)
def test_no_concession_makes_one_of_a_debtor_who_is_in_no_difficulty(concession) -> None:
    """Article 23: a change for such a debtor is no restructuring."""
    measure, facts = GRANTED[concession]
    if concession in (Concession.RELAXED_SCHEDULE, Concession.CAPITALISATION):
        measure = PaymentHoliday(1, DeferredInterest.CAPITALISED, lengthens=False)
    done = planned(dear_loan(paid=3), *([] if measure is None else [measure]), in_difficulty=False)
    assert verdict_of(done, ASSET, RULES, **{**NOTHING_ELSE, **facts}) == "does_not_apply"
    assert (
        verdict_of(done, ASSET, RULES, grounds=[], **{**NOTHING_ELSE, **facts}) == "does_not_apply"
    )


def test_difficulty_without_a_ground_is_not_assessed_and_without_a_concession_is_none() -> None:
    extended, plain = (planned(loan(paid=3), *each) for each in ([TermExtension(1)], []))
    assert verdict_of(extended, ASSET, RULES) == "not_assessed"
    assert verdict_of(plain, ASSET, RULES, **NOTHING_ELSE) == "does_not_apply"
    grounds = [DifficultyGround.DELISTING]
    assert verdict_of(plain, ASSET, RULES, grounds=grounds) == "not_assessed"
    assert verdict_of(plain, ASSET, RULES, grounds=grounds, **NOTHING_ELSE) == "does_not_apply"


def test_a_rate_cut_is_open_without_the_fair_rate_and_none_at_it() -> None:
    done = planned(dear_loan(), RateReduction(dq.Rate.per_year("0.05")))
    assert verdict_of(done, ASSET, RULES, **NOTHING_ELSE) == "not_assessed"
    for fair, verdict in (("0.05", "does_not_apply"), ("0.05000001", "applies")):
        facts = {"fair_rate": dq.Rate.per_year(fair), **NOTHING_ELSE}
        assert verdict_of(done, ASSET, RULES, **facts) == verdict


@pytest.mark.parametrize(
    ("paid", "in_difficulty", "grounds", "verdict"),
    [
        (2, True, None, "passed"),
        (3, True, None, "failed"),
        (3, True, [], "failed"),
        (3, True, [DifficultyGround.EXPECTED_SHORTFALL], "passed"),
        (3, False, None, "passed"),
        (3, False, [DifficultyGround.OTHER], "failed"),
        (2, False, None, "failed"),
    ],
)
def test_a_plan_names_a_ground_if_and_only_if_it_is_for_a_debtor_in_difficulty(
    paid, in_difficulty, grounds, verdict
) -> None:
    done = planned(loan(paid=paid), TermExtension(1), in_difficulty=in_difficulty)
    assert verdict_of(done, "cn_difficulty_named", RULES, grounds=grounds) == verdict


def test_fees_alone_that_are_past_due_are_no_ground() -> None:
    """Article 18: principal, interest or return."""
    charge = dq.Charge("F-1", dq.Component.FEES, 30, date(2025, 3, 20))
    done = planned(loan(paid=0, charges=[charge], began=date(2025, 3, 15)), on=DAY)
    assert verdict_of(done, "cn_difficulty_named", RULES) == "failed"


def test_the_observation_starts_on_the_first_due_date_after_the_change() -> None:
    """Published example: first due 2024-02-20, monthly: no earlier than 2025-02-20."""
    account = loan(count=24, began=date(2023, 6, 20))
    done = planned(account, ReAgeing(24, date(2024, 2, 20)), on=date(2024, 1, 10))
    row = row_of(done, "cn_observation", RULES)
    told = {each.name: each.value for each in row.figures}
    assert row.verdict.value == "applies"
    assert told["observation_starts_on"] == date(2024, 2, 20)
    assert row.checks[0].found == date(2025, 2, 20)


def test_two_periods_that_are_longer_than_a_year_are_the_observation() -> None:
    account = loan(count=24, began=date(2023, 6, 20))
    yearly = ReAgeing(4, date(2024, 2, 20), frequency=dq.Frequency.YEARLY)
    row = row_of(planned(account, yearly, on=date(2024, 1, 10)), "cn_observation", RULES)
    assert row.checks[0].found == date(2026, 2, 20)


def test_no_observation_follows_what_is_no_restructured_asset_and_an_open_one_what_is_open() -> (
    None
):
    none = planned(loan(paid=3), TermExtension(1), in_difficulty=False)
    assert verdict_of(none, "cn_observation", RULES, **NOTHING_ELSE) == "does_not_apply"
    unknown = planned(loan(paid=3), TermExtension(1))
    assert verdict_of(unknown, "cn_observation", RULES) == "not_assessed"
    gone = planned(loan(2, paid=1, began=date(2024, 12, 15)), Forgiveness(PRINCIPAL, amount=100))
    assert verdict_of(gone, "cn_observation", RULES) == "not_assessed"


def restructured_before(first_due: date, **more) -> dq.Account:
    change = dq.Restructuring(first_due - timedelta(days=5), first_due, **more)
    return loan(count=36, began=date(2023, 1, 15), paid=24, events=[change])


@pytest.mark.parametrize(
    ("first_due", "verdict"),
    [
        (date(2024, 2, 2), "applies"),
        (date(2024, 2, 1), "not_assessed"),
        (date(2023, 6, 1), "not_assessed"),
    ],
)
def test_a_second_restructuring_under_observation_has_consequences(first_due, verdict) -> None:
    """A year from the first due date on; what was missed and paid since is for a status to say.

    It is allowed, at least substandard, and observed anew from the first due date of the second plan on.
    """
    done = planned(restructured_before(first_due), TermExtension(1), on=date(2025, 2, 1))
    assert verdict_of(done, AGAIN, RULES, **SHORTFALL) == verdict
    for fact, said in ((True, "applies"), (False, "does_not_apply")):
        review = reviewed(done, RULES, is_under_observation=fact, **SHORTFALL)
        assert review.row(AGAIN).verdict.value == said
        assert review.is_allowed
        assert (PlanClass.SUBSTANDARD in review.classification) is fact
        observed = review.row("cn_observation")
        assert [each.value for each in observed.figures] == [done.schedule_rows[0].due_date]


def test_a_change_for_a_debtor_without_difficulty_is_no_second_restructuring() -> None:
    done = planned(
        restructured_before(date(2024, 2, 2)),
        TermExtension(1),
        on=date(2025, 2, 1),
        in_difficulty=False,
    )
    assert verdict_of(done, AGAIN, RULES, grounds=[]) == "does_not_apply"


def test_what_is_past_due_since_keeps_it_under_observation() -> None:
    account = attrs.evolve(restructured_before(date(2023, 6, 1)), payments=[])
    done = planned(account, TermExtension(1), on=date(2025, 2, 1))
    assert verdict_of(done, AGAIN, RULES, **SHORTFALL) == "applies"


@pytest.mark.parametrize(
    "more",
    [{"in_difficulty": False}, {"reversed_on": date(2025, 1, 20)}, {"recorded_on": DAY}],
    ids=["no difficulty", "reversed", "recorded later"],
)
def test_a_change_that_is_no_restructuring_on_the_day_leaves_nothing_to_wait_for(more) -> None:
    account = restructured_before(date(2024, 9, 1), **more)
    done = planned(account, TermExtension(1), on=date(2025, 2, 1))
    row = row_of(done, AGAIN, RULES, **SHORTFALL)
    assert (row.verdict.value, row.checks[0].found) == ("does_not_apply", 0)


def business_loan(term: int, **more) -> dq.Account:
    """A bullet of so many months to a firm, due on a day that every month has."""
    began = date(2024, 1, 10)
    due = months(began, 1, term)
    return dq.Account(**{
        "account_id": "B-1",
        "originated_on": began,
        "segment": dq.Segment.NON_RETAIL,
        "schedule": dq.Schedule(CNY, [dq.Instalment(due[0], 1000)]),
        **more,
    })  # fmt: skip


def extended_to(account: dq.Account, due: date):
    on = account.originated_on + timedelta(days=30)
    return planned(account, ReAgeing(1, due), on=on)


@pytest.mark.parametrize(
    ("term", "latest"),
    [
        (6, date(2025, 1, 10)),  # short: as long again
        (12, date(2026, 1, 10)),
        (13, date(2025, 8, 25)),  # medium: half of thirteen months, six and fifteen days
        (24, date(2027, 1, 10)),
        (60, date(2031, 7, 10)),
        (61, date(2032, 2, 10)),  # long: three years
        (120, date(2037, 1, 10)),
    ],
)
def test_all_extensions_together_are_limited_by_the_term_agreed_first(term, latest) -> None:
    """General Rules on Loans, Article 12: at, above and below."""
    for days, verdict in ((-1, "passed"), (0, "passed"), (1, "failed")):
        done = extended_to(business_loan(term), latest + timedelta(days))
        row = row_of(done, "cn_extension_term", RULES)
        assert row.verdict.value == verdict, days
        assert row.checks[0].limit == latest


def test_a_loan_of_a_day_more_than_a_year_is_of_a_medium_term() -> None:
    account = business_loan(12)
    due = account.schedule[0].due_date + timedelta(days=1)
    longer = attrs.evolve(account, schedule=dq.Schedule(CNY, [dq.Instalment(due, 1000)]))
    row = row_of(extended_to(longer, date(2025, 9, 1)), "cn_extension_term", RULES)
    assert row.checks[0].limit == date(2025, 7, 11)


def test_the_limit_of_a_retail_loan_is_that_of_its_own_measures() -> None:
    """Of 2010 for loans from 2010-02-12 on; of 2024, not compared, for those from 2024-07-01 on."""
    rules = dq.restructuring.load_plan_rules(RULES)
    began = [date(2010, 2, 11), date(2010, 2, 12), date(2024, 6, 30), date(2024, 7, 1)]
    found = [
        [
            (test.test_id, test.segment, test.is_unverified)
            for test in rules.in_force(as_of=date(2025, 1, 1), originated_on=day)
            if test.test_id.endswith("extension_term")
        ]
        for day in began
    ]
    retail, firms = dq.Segment.RETAIL, dq.Segment.NON_RETAIL
    general, personal = "cn_extension_term", "cn_personal_extension_term"
    assert found == [
        [(general, None, True)],
        [(general, firms, True), (personal, retail, False)],
        [(general, firms, True), (personal, retail, False)],
        [(general, firms, True), (personal, retail, True)],
    ]


@pytest.mark.parametrize(("more", "verdict"), [(12, "passed"), (13, "failed")])
def test_a_personal_loan_of_up_to_a_year_is_extended_by_its_own_term_at_most(more, verdict) -> None:
    began = date(2024, 1, 15)
    done = planned(loan(count=12, began=began), TermExtension(more), on=date(2024, 12, 1))
    assert verdict_of(done, "cn_personal_extension_term", RULES) == verdict


@pytest.mark.parametrize(
    ("longest", "verdict"), [(None, "not_assessed"), (18, "passed"), (17, "failed"), (19, "passed")]
)
def test_a_longer_one_to_the_longest_term_of_the_product(longest, verdict) -> None:
    """Thirteen months and an extension of five."""
    done = planned(loan(count=13, began=date(2024, 1, 15)), TermExtension(5), on=date(2024, 12, 1))
    row = row_of(done, "cn_personal_extension_term", RULES, longest_term=longest)
    assert (row.verdict.value, row.checks[0].limit) == (verdict, 18)


@pytest.mark.parametrize(
    ("asked_on", "verdict"),
    [
        (None, "not_assessed"),
        (date(2025, 12, 14), "passed"),
        (date(2025, 12, 15), "failed"),
        (date(2025, 12, 16), "failed"),
    ],
)
def test_an_extension_is_asked_for_before_maturity_not_on_it(asked_on, verdict) -> None:
    done = planned(loan(count=12), TermExtension(1))
    assert verdict_of(done, "cn_extension_asked", RULES, asked_on=asked_on) == verdict
    kept = planned(loan(count=12), ArrearsSpread())
    assert verdict_of(kept, "cn_extension_asked", RULES, asked_on=asked_on) == "does_not_apply"


def secured(**more) -> dq.Account:
    event = dq.Guarantee("G-1", date(2025, 1, 5), amount=500, **more)
    return loan(count=12, events=[event])


@pytest.mark.parametrize(
    ("account", "fact", "verdict"),
    [
        (secured(), None, "not_assessed"),
        (secured(), True, "passed"),
        (secured(), False, "failed"),
        (secured(until=DAY), None, "does_not_apply"),
        (secured(until=DAY + timedelta(days=1)), None, "not_assessed"),
        (loan(), None, "does_not_apply"),
        (loan(), False, "failed"),
        (
            loan(events=[dq.Collateral("C-1", date(2025, 1, 5), 900)]),
            None,
            "not_assessed",
        ),
    ],
)
def test_whoever_secures_the_debt_agrees_to_an_extension(account, fact, verdict) -> None:
    done = planned(account, TermExtension(1))
    assert verdict_of(done, "cn_extension_consent", RULES, has_consent=fact) == verdict


def card(**more) -> dq.Account:
    return loan(count=2, product=dq.Product.CARD, began=date(2024, 12, 15), **more)


@pytest.mark.parametrize(("count", "verdict"), [(59, "passed"), (60, "passed"), (61, "failed")])
@pytest.mark.parametrize("test_id", ["cn_card_agreement_term", "cn_card_instalments_term"])
def test_an_agreement_of_a_card_lasts_sixty_months_at_most(count, verdict, test_id) -> None:
    """Order 2011 No. 2, Article 70; notice 2022 No. 13."""
    done = planned(card(), ReAgeing(count, date(2025, 4, 20)))
    row = row_of(done, test_id, RULES)
    assert (row.verdict.value, row.checks[0].found, row.checks[0].limit) == (verdict, count, 60)


def test_months_without_a_payment_are_months_of_the_agreement() -> None:
    done = planned(card(), ReAgeing(12, date(2030, 3, 20)))
    assert row_of(done, "cn_card_agreement_term", RULES).checks[0].found == 70


def test_weeks_are_counted_as_the_months_that_they_reach() -> None:
    weekly = dq.Frequency.WEEKLY
    for count, found in ((260, 60), (261, 61)):
        done = planned(card(), ReAgeing(count, DAY + timedelta(days=7), frequency=weekly))
        assert row_of(done, "cn_card_agreement_term", RULES).checks[0].found == found


def test_one_payment_is_counted_from_the_day_of_the_plan() -> None:
    for due, found in ((date(2030, 4, 1), 60), (date(2030, 4, 2), 61)):
        done = planned(card(), ReAgeing(1, due))
        assert row_of(done, "cn_card_agreement_term", RULES).checks[0].found == found


@pytest.mark.parametrize("is_willing", [True, False, None])
@pytest.mark.parametrize("is_beyond_capacity", [True, False, None])
def test_an_agreement_needs_a_debt_beyond_capacity_and_a_willing_holder(
    is_willing, is_beyond_capacity
) -> None:
    done = planned(card(), ReAgeing(12, date(2025, 4, 20)))
    facts = {"is_willing": is_willing, "is_beyond_capacity": is_beyond_capacity}
    answers = set(facts.values())
    expected = "failed" if False in answers else "not_assessed" if None in answers else "passed"
    assert verdict_of(done, "cn_card_agreement_capacity", RULES, **facts) == expected


def test_instalments_of_a_holder_in_no_difficulty_are_no_such_agreement() -> None:
    done = planned(card(paid=1), ReAgeing(61, date(2025, 4, 20)), on=date(2025, 2, 1), in_difficulty=False)  # fmt: skip
    assert verdict_of(done, "cn_card_agreement_term", RULES) == "does_not_apply"
    assert verdict_of(done, "cn_card_agreement_capacity", RULES) == "does_not_apply"
    assert verdict_of(done, "cn_card_instalments_term", RULES) == "failed"


def test_no_rule_of_2023_is_in_force_the_day_before_it() -> None:
    account = loan(count=24, began=date(2023, 1, 15))
    for on, is_there in ((date(2023, 6, 30), False), (date(2023, 7, 1), True)):
        rows = reviewed(planned(account, TermExtension(1), on=on), RULES).rows
        assert (ASSET in {row.test_id for row in rows}) is is_there


@pytest.mark.parametrize(("more", "verdict"), [(6, "passed"), (7, "failed")])
def test_an_earlier_extension_counts_with_the_one_of_the_plan(more, verdict) -> None:
    """Twelve months were agreed first and six added since: six more are a year in all, seven are not."""
    began, change = date(2024, 1, 15), date(2024, 12, 1)
    rows = [dq.Instalment(due, 100) for due in months(began, 12)]
    added = [dq.Instalment(due, 10, in_force_from=change) for due in months(began, 6, 13)]
    before = loan(began=began, schedule=dq.Schedule(CNY, [*rows, *added]))
    later = [dq.Instalment(due, 10, in_force_from=DAY) for due in months(began, more, 19)]
    after = attrs.evolve(before, schedule=dq.Schedule(CNY, [*rows, *added, *later]))
    done = attrs.evolve(planned(before), after=after)
    row = row_of(done, "cn_personal_extension_term", RULES)
    assert (row.verdict.value, row.checks[0].limit) == (verdict, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("given_up", "verdict", "ends"),
    [
        ([], "failed", date(2025, 12, 20)),
        ([Forgiveness(PRINCIPAL, amount=199)], "failed", date(2025, 12, 20)),
        ([Forgiveness(PRINCIPAL, amount=200)], "passed", date(2025, 6, 20)),
    ],
    ids=("nothing", "all but one", "all"),
)
def test_an_extension_ends_with_the_last_amount_that_falls_due(given_up, verdict, ends) -> None:
    """Six months from 1 December may become twelve, up to 1 December; 200 are open, and a day of interest.

    Without principal the interest is paid on the first due date, and nothing falls due on the six after it.
    """
    measures = [*given_up, TermExtension(6), DueDateChange(date(2025, 6, 20))]
    account = dear_loan(paid=5, segment=dq.Segment.NON_RETAIL)
    done = planned(account, *measures, on=date(2025, 5, 2))
    row = row_of(done, "cn_extension_term", RULES)
    assert (row.verdict.value, row.checks[0].found) == (verdict, ends)
    assert row.checks[0].limit == date(2025, 12, 1)
