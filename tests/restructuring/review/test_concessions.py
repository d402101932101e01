"""What is a concession, measure by measure, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest, InterestPause
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    PaymentHoliday,
    PlanFacts,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    Settlement,
    SettlementPayment,
    TermExtension,
    plan_concessions,
    plan_modifications,
)
from delinquency.restructuring.measures import MEASURES
from delinquency.restructuring.review import RateCut, concessions
from delinquency.restructuring.review.concessions import _OF_MEASURE
from tests.restructuring.review.plans import NOTHING_ELSE, dear_loan, loan, planned

FIVE = dq.Rate.per_year("0.05")
NONE_OPEN = PlanFacts(fair_rate=dq.Rate.per_year("0.04"), **NOTHING_ELSE)
PRINCIPAL, INTEREST = dq.Component.PRINCIPAL, dq.Component.INTEREST
HALF = dq.Proportion.parse("0.5")


def found_in(done, facts: PlanFacts = NONE_OPEN, **more) -> list[str]:
    return [each.concession.value for each in plan_concessions(done, facts=facts, **more)]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (TermExtension(3), ["extension"]),
        (Capitalisation([INTEREST]), ["capitalisation"]),
        (Capitalisation([PRINCIPAL]), ["relaxed_schedule"]),
        (Capitalisation([PRINCIPAL, INTEREST]), ["capitalisation", "relaxed_schedule"]),
        (ArrearsSpread(), ["relaxed_schedule"]),
        (ArrearsSpread([dq.Component.FEES]), []),
        (PaymentHoliday(2), ["grace", "extension"]),
        (PaymentHoliday(2, lengthens=False), ["grace"]),
        (
            PaymentHoliday(1, DeferredInterest.CAPITALISED),
            ["grace", "extension", "capitalisation"],
        ),
        (
            PaymentHoliday(1, DeferredInterest.WAIVED, lengthens=False),
            ["grace", "forgiveness"],
        ),
        (PaymentHoliday(1, DeferredInterest.ACCRUED, lengthens=False), ["grace"]),
        (PrincipalDeferral(share=HALF), ["relaxed_schedule"]),
        (ArrearsWaiver(), []),
        (Forgiveness(INTEREST, share=HALF), ["forgiveness"]),
        (Forgiveness(PRINCIPAL, amount=1), ["forgiveness"]),
        (InterestPause(start=date(2025, 5, 1), end=date(2025, 6, 1)), ["forgiveness"]),
        (DueDateChange(date(2025, 4, 20)), ["extension", "relaxed_schedule"]),
        (ReAgeing(2, date(2025, 4, 1)), ["relaxed_schedule"]),
        (ReAgeing(9, date(2025, 4, 1)), ["extension", "relaxed_schedule"]),
        (
            ReAgeing(3, date(2025, 4, 1), interest=ReAgeInterest.EARNED_IN_EQUAL_PARTS),
            ["relaxed_schedule", "forgiveness"],
        ),
    ],
    ids=str,
)
def test_each_measure_is_the_concession_that_its_effect_is(measure, expected) -> None:
    done = planned(dear_loan(paid=2), measure)
    assert found_in(done) == expected


def of_share(share: str, on: date) -> Settlement:
    return Settlement([SettlementPayment(on, share=dq.Proportion.parse(share))])


@pytest.mark.parametrize(
    ("paid", "share", "on", "expected", "modified"),
    [
        (2, "0.7", date(2025, 4, 1), ["forgiveness"], ["principal_forgiveness"]),
        (2, "0.99", date(2025, 4, 1), ["forgiveness"], []),
        (2, "1", date(2025, 4, 1), [], []),
    ],
)  # fmt: skip
def test_a_settlement_on_the_day_gives_up_a_part_or_nothing(
    paid, share, on, expected, modified
) -> None:
    """Of 814.00, or 608.00 without arrears: 0.99 gives up 8.14 of 14.00 of interest."""
    done = planned(dear_loan(paid), of_share(share, on))
    assert found_in(done) == expected
    found = plan_modifications(done, facts=PlanFacts(is_insignificant_delay=False))
    assert [each.modification.value for each in found] == modified


def test_every_measure_has_a_concession_of_its_own() -> None:
    assert set(_OF_MEASURE) == set(MEASURES)


def test_a_measure_of_which_nothing_is_known_here_eases_something(monkeypatch) -> None:
    monkeypatch.setattr(concessions, "_OF_MEASURE", {})
    done = planned(dear_loan(paid=3), TermExtension(1))
    (found,) = plan_concessions(done, facts=NONE_OPEN)
    assert (found.concession.value, found.measure, found.name) == ("other", 1, "term_extension")
    assert plan_modifications(done) == ()


def test_new_instalments_after_the_schedule_is_over_extend_it() -> None:
    done = planned(loan(count=2), ReAgeing(2, date(2025, 4, 15)))
    assert found_in(done) == ["extension", "relaxed_schedule"]


def test_a_waiver_of_a_fee_is_one_and_of_nothing_is_none() -> None:
    charge = dq.Charge("F-1", dq.Component.FEES, 30, date(2025, 2, 1))
    assert found_in(planned(dear_loan(charges=[charge]), ArrearsWaiver())) == ["forgiveness"]
    assert found_in(planned(dear_loan(), ArrearsWaiver())) == []


def test_an_earlier_due_date_is_no_concession() -> None:
    earlier = DueDateChange(date(2025, 4, 5))
    assert found_in(planned(loan(6, 3, date(2024, 12, 15)), earlier, on=date(2025, 4, 1))) == []


def test_a_term_extension_after_which_no_date_is_later_is_none() -> None:
    """Two measures: six more instalments, and everything forgiven, so that nothing falls due."""
    done = planned(loan(6), TermExtension(6), Forgiveness(PRINCIPAL, amount=600))
    assert found_in(done) == ["forgiveness"]


@pytest.mark.parametrize(
    ("fair", "expected", "is_known"),
    [("0.05", [], None), ("0.04999999", [], None), ("0.05000001", ["rate_cut"], True), (None, ["rate_cut"], False)],
)  # fmt: skip
def test_a_lower_rate_is_a_concession_below_the_fair_rate_alone(fair, expected, is_known) -> None:
    done = planned(dear_loan(), RateReduction(FIVE))
    rate = None if fair is None else dq.Rate.per_year(fair)
    facts = PlanFacts(fair_rate=rate, **NOTHING_ELSE)
    found = plan_concessions(done, facts=facts)
    assert [each.concession.value for each in found] == expected
    assert all(each.is_known is is_known for each in found)
    assert found_in(done, facts, rate_cut=RateCut.ANY) == ["rate_cut"]


def test_what_no_measure_shows_is_a_fact_and_open_until_it_is_stated() -> None:
    done = planned(loan())
    assert found_in(done) == []
    opened = plan_concessions(done)
    assert [each.concession.value for each in opened] == ["collateral_release", "swap", "other"]
    assert [(each.measure, each.name, each.is_known) for each in opened] == [(0, "", False)] * 3
    (stated,) = plan_concessions(done, facts=PlanFacts(**{**NOTHING_ELSE, "is_swapped": True}))
    assert (stated.concession.value, stated.is_known) == ("swap", True)


def test_the_measure_is_named_by_number() -> None:
    done = planned(dear_loan(paid=3), ArrearsWaiver(), TermExtension(1))
    (found,) = plan_concessions(done, facts=NONE_OPEN)
    assert (found.measure, found.name) == (2, "term_extension")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Forgiveness(PRINCIPAL, amount=1), ["principal_forgiveness"]),
        (Forgiveness(INTEREST, share=HALF), []),
        (RateReduction(FIVE), ["rate_reduction"]),
        (InterestPause(start=date(2025, 5, 1), end=date(2025, 6, 1)), ["rate_reduction"]),
        (
            PaymentHoliday(1, DeferredInterest.WAIVED, lengthens=False),
            ["payment_delay", "rate_reduction"],
        ),
        (TermExtension(1), ["term_extension"]),
        (ArrearsSpread(), ["payment_delay"]),
        (Capitalisation([PRINCIPAL, INTEREST]), ["payment_delay"]),
        (PaymentHoliday(1), ["payment_delay", "term_extension"]),
    ],
    ids=str,
)
def test_the_four_modifications_of_the_american_standard(measure, expected) -> None:
    done = planned(dear_loan(), measure)
    found = plan_modifications(done, facts=PlanFacts(is_insignificant_delay=False))
    assert [each.modification.value for each in found] == expected
    assert all(each.is_known for each in found)


def test_an_insignificant_delay_is_none_and_one_of_unknown_weight_is_open() -> None:
    done = planned(dear_loan(), ArrearsSpread())
    assert plan_modifications(done, facts=PlanFacts(is_insignificant_delay=True)) == ()
    (opened,) = plan_modifications(done)
    assert (opened.modification.value, opened.is_known) == ("payment_delay", False)


def settled(*payments: tuple[date, int], first=(), account=None, **more):
    """814 are owed on 1 April: 200 and 8 past due, 200 and 6 due on the day, 200 on 1 May and on 1 June."""
    paid = [SettlementPayment(on, amount) for on, amount in payments]
    return planned(dear_loan() if account is None else account, *first, Settlement(paid, **more))


APRIL, MAY, JUNE = (date(2025, month, 1) for month in (4, 5, 6))
SETTLED = [
    (((APRIL, 814),), [], []),
    (((APRIL, 810),), ["forgiveness"], []),
    (((APRIL, 800),), ["forgiveness"], []),
    (((APRIL, 799),), ["forgiveness"], ["principal_forgiveness"]),
    # As it is due, and a yuan of it a month later: 400 bear nothing in May, or 401.
    (((APRIL, 414), (MAY, 200), (JUNE, 200)), ["forgiveness"], ["rate_reduction"]),
    (
        ((APRIL, 413), (MAY, 201), (JUNE, 200)),
        ["relaxed_schedule", "forgiveness"],
        ["payment_delay", "rate_reduction"],
    ),
    # 100 are given up; without them 314 of 414 are due on the day.
    (
        ((APRIL, 314), (JUNE, 400)),
        ["relaxed_schedule", "forgiveness"],
        ["payment_delay", "principal_forgiveness", "rate_reduction"],
    ),
    (
        ((APRIL, 314), (MAY, 200), (JUNE, 200)),
        ["forgiveness"],
        ["principal_forgiveness", "rate_reduction"],
    ),
    (((APRIL, 414), (date(2025, 5, 30), 400)), ["relaxed_schedule", "forgiveness"], None),
    (((APRIL, 614), (date(2025, 6, 2), 200)), ["extension", "relaxed_schedule", "forgiveness"], None),
]  # fmt: skip


@pytest.mark.parametrize(("payments", "concessions_found", "modifications"), SETTLED, ids=str)
def test_a_settlement_is_the_concession_that_its_payments_are(
    payments, concessions_found, modifications
) -> None:
    done = settled(*payments)
    assert done.debt_before.total == 814
    assert found_in(done) == concessions_found
    if modifications is not None:
        found = plan_modifications(done, facts=PlanFacts(is_insignificant_delay=False))
        assert [each.modification.value for each in found] == modifications


def test_a_settlement_of_what_is_past_due_by_later_payments_is_an_easier_schedule() -> None:
    """300 of 600 are past due, without interest; paid on the day they are, and the rest as it is due."""
    free = loan(6, 0)
    after = [date(2025, month, 15) for month in (4, 5, 6)]
    assert found_in(settled((after[0], 300), (after[1], 300), account=free)) == ["relaxed_schedule"]
    as_due = settled((APRIL, 300), *((on, 100) for on in after), account=free)
    assert found_in(as_due) == []
    # What an earlier measure gave up is taken off what was due first.
    first = [Forgiveness(PRINCIPAL, amount=300)]
    done = settled(*((on, 100) for on in after), first=first, account=free)
    assert found_in(done) == ["forgiveness"]
    assert plan_concessions(done, facts=NONE_OPEN)[0].measure == 1


def test_a_settlement_of_penalty_and_fees_alone_forgives_no_principal() -> None:
    charges = [
        dq.Charge("F-1", dq.Component.FEES, 30, date(2025, 3, 10)),
        dq.Charge("P-1", dq.Component.PENALTY, 5, date(2025, 3, 20)),
    ]
    done = settled((APRIL, 814), account=dear_loan(charges=charges))
    assert (done.waived.total, done.forgiven.total) == (35, 0)
    assert found_in(done) == ["forgiveness"]
    assert plan_modifications(done) == ()


@pytest.mark.parametrize("verb", [plan_concessions, plan_modifications])
def test_wrong_types_are_refused(verb) -> None:
    with pytest.raises(dq.InvalidTypeError, match="the answer of restructure"):
        verb(loan())
    with pytest.raises(dq.InvalidTypeError, match="facts: expected PlanFacts"):
        verb(planned(loan()), facts={})


def test_a_rate_cut_that_is_no_member_is_refused() -> None:
    with pytest.raises(dq.InvalidTypeError, match="expected a RateCut, found 'any'"):
        plan_concessions(planned(loan()), rate_cut="any")
