"""Agreed payments in place of the next instalments: by hand, by law, in a book, and in proposals."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import delinquency as dq
from delinquency.amortisation import AmortisationMethod, DeferredInterest
from delinquency.portfolio import Portfolio
from delinquency.portfolio import restructure as restructure_book
from delinquency.proposals import Affordability, DatedAmount, LenderOffer, propose_for_book
from delinquency.restructuring import (
    AgreedPayment,
    ArrearsSpread,
    Capitalisation,
    DueDateChange,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    ReducedPayments,
    Restructured,
    RestructuringPlan,
    TermExtension,
    plan_concessions,
    restructure,
)
from delinquency.restructuring.review import Concession
from tests.equivalence.books import cents
from tests.restructuring.books import draw_account, draw_policy, engines_for, minor

CNY = dq.Currency.of("CNY")
DAY = date(2025, 6, 15)
POLICY = dq.rulebook.load("founding-report")
KINDS = (None, *DeferredInterest)
ACCRUED, CAPITALISED, WAIVED = (
    DeferredInterest.ACCRUED,
    DeferredInterest.CAPITALISED,
    DeferredInterest.WAIVED,
)


def loan(name: str = "A-1", rate: str = "0.12", late: int = 0) -> dq.Account:
    """1,000 to come in ten instalments of 100 and 10, each with a fee of 1.

    That of the day was paid on the eve, or so many before it, it among them, were not.
    """
    rows = [dq.Instalment(dq.calendar.add_months(DAY, n), 100, 10, 1) for n in range(-late, 11)]
    begun = dq.calendar.add_months(DAY, -late - 1)
    return dq.Account(
        account_id=name,
        originated_on=begun,
        schedule=dq.Schedule(CNY, rows),
        payments=[] if late else [dq.Payment(DAY - timedelta(1), 111)],
        contract_rates=[dq.DatedRate(begun, dq.Rate.per_year(rate))],
    )


def done_for(
    *measures: Any,
    account: dq.Account | None = None,
    method: AmortisationMethod = AmortisationMethod.ANNUITY,
) -> Restructured:
    plan = RestructuringPlan(
        measures=measures,
        effective_on=DAY,
        day_count=dq.DayCount.THIRTY_E_360,
        method=method,
    )
    return restructure(account or loan(), plan, as_of=DAY, policy=POLICY)


def asked(done: Restructured, count: int) -> list[tuple[str, str, str]]:
    """Principal, interest and fees of the first rows after the plan."""
    return [
        (str(row.after.principal), str(row.after.interest), str(row.after.fees))
        for row in done.schedule_rows[:count]
        if row.after is not None
    ]


def two(amount: int, interest: DeferredInterest | None) -> ReducedPayments:
    return ReducedPayments([AgreedPayment(2, amount)], interest)


def test_interest_is_paid_first_and_principal_with_the_rest() -> None:
    """30 a month on 1,000 at 1 %: 10.00 and 9.80 of it is interest; the fees wait for the first instalment."""
    assert asked(done_for(two(30, None)), 2) == [
        ("20.00", "10.00", "0.00"),
        ("20.20", "9.80", "0.00"),
    ]
    assert asked(done_for(two(30, None)), 3)[2][2] == "3.00"


@pytest.mark.parametrize(("interest", "third", "first_whole"), [
    (CAPITALISED, "1012.05", "10.12"), (ACCRUED, "1000.00", "22.00"), (WAIVED, "1000.00", "10.00"),
])  # fmt: skip
def test_interest_that_is_not_covered(
    interest: DeferredInterest, third: str, first_whole: str
) -> None:
    """4 of 10.00 twice: 6.00 and 6.06 become principal, or 12.00 falls due with the third, or is given up."""
    done = done_for(two(4, interest))
    assert asked(done, 2) == [("0.00", "4.00", "0.00")] * 2
    third = "1012.06" if interest is CAPITALISED else third
    whole = sum(row.after.principal for row in done.schedule_rows if row.after)
    assert whole == Decimal(third)
    assert asked(done, 3)[2][1] == first_whole


@pytest.mark.parametrize(("interest", "amount", "says", "says_zh"), [
    (CAPITALISED, "12.06", "12.06 CNY of interest to come is not asked for on its due dates: it becomes principal",
     "12.06 CNY 到期暂不收取，陆续转为本金"),
    (ACCRUED, "12.00", "With the instalment of 2025-09-15 12.00 CNY of interest that waited is asked for.",
     "一期另收此前延后的利息 12.00 CNY"),
    (WAIVED, "12.00", "12.00 CNY of interest to come is given up over time.", "12.00 CNY 陆续免除"),
])  # fmt: skip
def test_interest_that_is_put_off_is_told_with_its_amount(
    interest: DeferredInterest, amount: str, says: str, says_zh: str
) -> None:
    """By agreed payments and by a holiday alike; a payment that covers its interest puts none off."""
    done = done_for(two(4, interest))
    assert done.put_off == {interest: Decimal(amount)}
    assert says in done.explanation.to_text()
    assert says_zh in done.explanation.to_text("zh")
    assert done_for(two(30, interest)).put_off == {}
    rested = done_for(PaymentHoliday(2, interest))
    borne = "20.10" if interest is CAPITALISED else "20.00"
    assert rested.put_off == {interest: Decimal(borne)}


def test_a_payment_that_covers_the_interest_exactly_and_a_cent_less() -> None:
    """10.00 is enough; 9.99 is refused, and the refusal names the date, the interest and what to say."""
    assert asked(done_for(two(10, None)), 2) == [("0.00", "10.00", "0.00")] * 2
    with pytest.raises(dq.InvalidValueError) as told:
        done_for(ReducedPayments([AgreedPayment(1, Decimal("9.99"))]))
    assert "at least the interest of 2025-07-15, 10.00" in str(told.value)
    assert "interest=DeferredInterest.CAPITALISED" in told.value.hint


def test_equal_principal_is_of_what_is_left() -> None:
    """1,000 less 20.00 and 20.20 in eight parts: 119.98, and the last has the rest."""
    done = done_for(two(30, None), method=AmortisationMethod.EQUAL_PRINCIPAL)
    parts = [row.after.principal for row in done.schedule_rows[2:] if row.after]
    assert parts == [Decimal("119.98")] * 7 + [Decimal("119.94")]


def test_arrears_that_are_spread_wait_for_whole_instalments() -> None:
    done = done_for(ArrearsSpread(), two(30, None), account=loan(late=2))
    paid = [row.after.total for row in done.schedule_rows if row.after]
    assert paid[:2] == [30, 30]
    assert done.arrears_after.total == 0
    assert done.debt_after.total == done.debt_before.total


def test_a_holiday_goes_before_and_its_due_dates_are_passed_over() -> None:
    """Two of a holiday, then two of 30, and at least one whole instalment after them."""
    done = done_for(PaymentHoliday(2, lengthens=False), two(30, None))
    assert [row.after.total for row in done.schedule_rows[:4] if row.after] == [10, 10, 30, 30]
    with pytest.raises(dq.InvalidValueError, match="the PaymentHoliday before the ReducedPayments"):
        done_for(two(30, None), PaymentHoliday(2))


def test_as_many_due_dates_as_there_are_leave_nothing_for_the_rest() -> None:
    nine, ten = (ReducedPayments([AgreedPayment(count, 30)]) for count in (9, 10))
    rows = done_for(nine).schedule_rows
    assert [row.after.total for row in rows[:9] if row.after] == [30] * 9
    with pytest.raises(dq.InvalidValueError, match="at most 9 of the 10 due dates to come"):
        done_for(ten)
    assert len(done_for(TermExtension(1), ten).schedule_rows) == 11


def test_payments_of_more_than_is_owed_end_with_it() -> None:
    done = done_for(ReducedPayments([AgreedPayment(3, 600)]))
    assert [row.after.total for row in done.schedule_rows if row.after][:2] == [
        600,
        Decimal("414.10"),
    ]
    assert done.debt_after.total == done.debt_before.total


def test_due_dates_that_move_take_their_payments_along() -> None:
    moved = done_for(two(30, None), DueDateChange(date(2025, 7, 20)))
    assert [(row.due_date.day, row.after.total) for row in moved.schedule_rows if row.after][
        :2
    ] == [
        (20, 30),
        (20, 30),
    ]


@pytest.mark.parametrize(("make", "kind", "says"), [
    (lambda: ReducedPayments([]), dq.InvalidValueError, "reduced payments, payments: expected at least one"),
    (lambda: ReducedPayments(AgreedPayment(1, 1)), dq.InvalidTypeError, "One alone is given in a list too"),
    (lambda: ReducedPayments([5]), dq.InvalidTypeError, "Write AgreedPayment"),
    (lambda: ReducedPayments([AgreedPayment(1200, 1), AgreedPayment(1, 1)]), dq.InvalidValueError,
     "at most 1200 due dates in all, found 1201"),
    (lambda: two(1, "capitalised"), dq.InvalidTypeError, "reduced payments, interest"),
    (lambda: AgreedPayment(0, 1), dq.InvalidValueError, "agreed payment, instalments"),
    (lambda: AgreedPayment(1.0, 1), dq.InvalidTypeError, "agreed payment, instalments"),
    (lambda: AgreedPayment(1, 0), dq.InvalidValueError, "agreed payment, amount"),
    (lambda: AgreedPayment(1, 1.5), dq.InvalidTypeError, "agreed payment, amount"),
    (lambda: done_for(two(1, None), two(1, None)), dq.InvalidValueError, "at most one ReducedPayments"),
    (lambda: done_for(two(1, None), ReAgeing(3, DAY)), dq.InvalidValueError, "the ReAgeing before"),
    (lambda: done_for(ReAgeing(3, DAY, interest=ReAgeInterest.ALL_IN_EQUAL_PARTS), two(1, None)),
     dq.InvalidValueError, "beside equal parts"),
    (lambda: done_for(ReducedPayments([AgreedPayment(1, Decimal("0.001"))])), dq.InvalidValueError,
     "restructuring plan, measure 1, ReducedPayments, payments"),
])  # fmt: skip
def test_what_agreed_payments_cannot_be(make: Any, kind: type, says: str) -> None:
    with pytest.raises(kind, match=says):
        make()


def test_reasons_tell_every_step_in_both_languages() -> None:
    steps = [AgreedPayment(2, 4), AgreedPayment(1, Decimal("50.5"))]
    told = done_for(ReducedPayments(steps, CAPITALISED)).explanation
    assert "on 2 due dates 4.00 CNY is paid" in told.to_text()
    assert "interest that this does not cover is capitalised" in told.to_text()
    assert "1 期每期还 50.50 CNY" in told.to_text("zh")
    assert "does not cover" not in done_for(two(30, None)).explanation.to_text()


@pytest.mark.parametrize(("interest", "also"), [
    (None, set()), (ACCRUED, set()), (CAPITALISED, {Concession.CAPITALISATION}), (WAIVED, {Concession.FORGIVENESS}),
])  # fmt: skip
def test_agreed_payments_are_an_easier_schedule(interest: Any, also: set[Concession]) -> None:
    told = plan_concessions(done_for(two(30, interest)))
    found = {each.concession for each in told if each.is_known}
    assert found == {Concession.RELAXED_SCHEDULE, *also}


def test_a_second_plan_waits_until_what_may_be_left_of_interest_is_paid() -> None:
    """Without such a rest it may follow at once."""
    for interest, is_refused in ((ACCRUED, True), (None, False)):
        first = done_for(two(30, interest))
        later = date(2025, 8, 1)
        paid = [dq.Payment(date(2025, 7, 15), 30)]
        account = dq.Account(
            account_id="A-1",
            originated_on=first.after.originated_on,
            schedule=first.after.schedule,
            contract_rates=first.after.contract_rates,
            events=first.after.events,
            payments=paid,
        )
        plan = RestructuringPlan(
            measures=[TermExtension(3)], effective_on=later, day_count=dq.DayCount.THIRTY_E_360
        )
        asked_for: dict[str, Any] = {"as_of": later, "policy": POLICY, "previous": first}
        if is_refused:
            with pytest.raises(dq.InvalidValueError, match="a day after 2025-09-15"):
                restructure(account, plan, **asked_for)
        else:
            second = restructure(account, plan, **asked_for)
            assert second.debt_before.principal == 980


def draw_plan(rng: random.Random) -> RestructuringPlan:
    """Agreed payments and some of the measures that may stand beside them."""
    amounts = [cents(rng.choice((1, 50, 300, 2_000, 50_000)), CNY) for _ in range(4)]
    steps = [
        AgreedPayment(rng.randint(1, 3), each) for each in amounts[: rng.choice((1, 1, 2, 3, 4))]
    ]
    kinds = ([dq.Component.PRINCIPAL, dq.Component.INTEREST],)
    made: list[tuple[float, Any]] = [
        (0.5, lambda: Capitalisation(*kinds)),
        (0.4, ArrearsSpread),
        (0.3, lambda: RateReduction(dq.Rate.per_year("0.01"), DAY + timedelta(100))),
        (0.3, lambda: PrincipalDeferral(share=dq.Proportion(1, rng.choice((1, 2, 4))))),
        (0.7, lambda: TermExtension(rng.randint(1, 12))),
        (0.3, lambda: PaymentHoliday(rng.randint(1, 2), rng.choice(KINDS), rng.random() < 0.6)),
        (1.0, lambda: ReducedPayments(steps, rng.choice(KINDS))),
        (0.2, lambda: DueDateChange(DAY + timedelta(rng.randint(0, 20)))),
    ]
    return RestructuringPlan(
        measures=[make() for share, make in made if rng.random() < share],
        effective_on=DAY,
        day_count=rng.choice((dq.DayCount.ACT_365F, dq.DayCount.THIRTY_E_360)),
        method=rng.choice((AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL)),
    )


def check_one(one: Restructured, seen: Counter[str]) -> None:
    """Laws: nothing is lost; on a reduced date no more than was agreed is asked for, and less only at the end."""
    draft = one.draft_after
    given = sum((one.waived.total, one.forgiven.total))
    assert one.debt_before.total - given == one.debt_after.total
    rows = {row.due_day: row for row in one.rows_after}
    left = sum(row.principal for row in one.rows_after)
    for due in sorted(draft.reduced):
        row = rows.get(due)
        total = 0 if row is None else row.total
        left -= 0 if row is None else row.principal
        assert total <= draft.reduced[due]
        if total < draft.reduced[due]:
            seen["ended early"] += 1
        seen["short"] += row is not None and not row.principal and row.interest == row.total > 0
    asked_principal = sum(row.principal for row in one.rows_after)
    owed = draft.principal + draft.spread[0]
    if draft.short is CAPITALISED or CAPITALISED in draft.rests.values():
        assert asked_principal >= owed
    else:
        assert asked_principal == owed


def test_a_book_has_the_plans_of_its_accounts() -> None:
    """Law: loss, cost and the account after a plan are those of the verb of one account, on every engine."""
    rng = random.Random(5)
    seen: Counter[str] = Counter()
    for number in range(6):
        accounts = [draw_account(rng, row, CNY, DAY) for row in range(5)]
        plan, policy = draw_plan(rng), draw_policy(rng, CNY, DAY)
        book = Portfolio.from_accounts(accounts)
        for engine in engines_for(number):
            done = restructure_book(
                book, plan, as_of=DAY, policy=policy, on_error="quarantine", engine=engine
            )
            after = done.after()
            for row, account in enumerate(accounts):
                try:
                    one = restructure(account, plan, as_of=DAY, policy=policy)
                except dq.InvalidValueError:
                    assert done.is_refused[row]
                    seen["refused"] += 1
                    continue
                assert done.is_put[row]
                assert done.present_value_loss[row] == minor(one.present_value_loss, CNY)
                assert done.total_cost_change[row] == minor(one.total_cost_change, CNY)
                assert after.account(row) == one.after
                seen["put"] += 1
                check_one(one, seen)
    assert all(seen[name] for name in ("put", "refused", "short")), seen


STEPS = ReducedPayments([AgreedPayment(3, 30), AgreedPayment(3, 60)], CAPITALISED)


def test_a_proposal_follows_what_can_be_paid() -> None:
    """30 for a quarter, 60 for another, and 160 after that: only agreed payments fit, and rise with it."""
    can_pay = Affordability(
        [
            DatedAmount(date(2025, 7, 1), 30),
            DatedAmount(date(2025, 10, 1), 60),
            DatedAmount(date(2026, 1, 1), 160),
        ]
    )
    asked_for: dict[str, Any] = {
        "as_of": DAY,
        "policy": POLICY,
        "affordability": can_pay,
        "day_count": dq.DayCount.THIRTY_E_360,
    }
    without = dq.propose_plans(loan(), offer=LenderOffer(term_extensions=range(1, 13)), **asked_for)
    offer = LenderOffer(term_extensions=range(1, 13), reduced_payments=[STEPS])
    for engine in engines_for(0):
        found = dq.propose_plans(loan(), offer=offer, engine=engine, **asked_for)
        assert (len(without), found.priced) == (0, 2 * without.priced)
        assert found.fitting > 0
        for plan in found:
            assert STEPS in plan.plan.measures
            rows = plan.restructure().schedule_rows
            assert [row.after.total for row in rows[:6] if row.after] == [30] * 3 + [60] * 3
            assert plan.least_room == 0
        assert "reduced payments (3 × 30, 3 × 60)" in found.to_text()
        assert "减额还款 (3 × 30, 3 × 60)" in found.to_text("zh")


def test_the_best_of_a_book_may_have_agreed_payments() -> None:
    """Law: the best plan of a book is the first proposal for its account; of four steps by that verb."""
    four = ReducedPayments([AgreedPayment(1, amount) for amount in (20, 30, 40, 50)], CAPITALISED)
    accounts = [loan("A-1", late=2), loan("A-2", rate="0.06")]
    for reduced in (STEPS, four):
        offer = LenderOffer(
            term_extensions=(6, 12), reduced_payments=[reduced], arrears=list(LenderOffer().arrears)
        )
        asked_for: dict[str, Any] = {
            "as_of": DAY,
            "policy": POLICY,
            "offer": offer,
            "day_count": dq.DayCount.THIRTY_E_360,
        }
        for engine in engines_for(0):
            book = propose_for_book(
                Portfolio.from_accounts(accounts),
                affordable=[13_000, 13_000],
                engine=engine,
                **asked_for,
            )
            for row, account in enumerate(accounts):
                one = dq.propose_plans(account, affordability=Affordability.of(130), **asked_for)
                assert book.fitting[row] == one.fitting > 0
                assert book.plans[book.chosen[row]] == one[0].plan
                assert book.present_value_loss[row] == minor(one[0].present_value_loss, CNY)


def test_two_of_one_offer_are_refused() -> None:
    with pytest.raises(dq.InvalidValueError, match="reduced_payments: expected each choice once"):
        LenderOffer(reduced_payments=[STEPS, STEPS])
    with pytest.raises(dq.InvalidTypeError, match="lender offer, reduced_payments 1"):
        LenderOffer(reduced_payments=[5])
