"""What plans, offers and budgets cannot be is refused: the kind of error, and the place."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
import delinquency.portfolio as pf
from delinquency import frames, serialization
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.proposals import (
    Affordability,
    ArrearsTreatment,
    DatedAmount,
    LenderOffer,
    PlanLimits,
    propose_for_book,
    propose_plans,
)
from delinquency.restructuring import (
    ArrearsSpread,
    Forgiveness,
    RateReduction,
    ReAgeing,
    RestructuringPlan,
    TermExtension,
)
from tests.errors.test_bad_input import (
    GRAMMAR,
    NO_AMOUNTS,
    NO_DATES,
    NO_MONEY,
    POLICY,
    TOO_EARLY,
    TOO_LATE,
    TYPE,
    VALUE,
)

CNY, JPY = map(dq.Currency.of, ("CNY", "JPY"))
DAY = date(2025, 6, 15)
HOUSE = dq.rulebook.load("founding-report").versions[-1]
YEARLY = dq.Rate.per_year("0.05")


def account(name: str = "A-1", currency: dq.Currency = CNY, **more: Any) -> dq.Account:
    """Twelve instalments of 100 and interest of 5, the first five past due."""
    given: dict[str, Any] = {
        "account_id": name,
        "originated_on": date(2024, 12, 15),
        "schedule": dq.Schedule(
            currency, [dq.Instalment(date(2025, month, 15), 100, 5) for month in range(1, 13)]
        ),
        "contract_rates": [dq.DatedRate(date(2024, 12, 15), YEARLY)],
    }
    return dq.Account(**{**given, **more})


def over(name: str = "O-1") -> dq.Account:
    """One whose schedule is over."""
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 4)]
    return account(name, schedule=dq.Schedule(CNY, rows))


BOOK = pf.Portfolio.from_accounts([account(), account("A-2")])
PLAN = RestructuringPlan(measures=[ArrearsSpread()], effective_on=DAY)
LATER = attrs.evolve(PLAN, effective_on=date(2025, 6, 16))
ON_DEMAND = attrs.evolve(
    HOUSE,
    penalty=PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_year("0.18")),
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        compounding=Compounding.NONE,
        day_count=dq.DayCount.ACT_360,
        posting=Posting.ON_DEMAND,
        grain=RoundingGrain.INSTALMENT,
    ),
    penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND,
)


def proposed(**given: Any) -> Any:
    asked: dict[str, Any] = {
        "account": account(),
        "as_of": DAY,
        "policy": HOUSE,
        "affordability": Affordability.of(200),
        "offer": LenderOffer(term_extensions=(3,)),
        "day_count": dq.DayCount.ACT_365F,
    }
    asked = {**asked, **given}
    return propose_plans(asked.pop("account"), **asked)


def proposed_for_book(**given: Any) -> Any:
    asked: dict[str, Any] = {
        "book": BOOK,
        "as_of": DAY,
        "policy": HOUSE,
        "affordable": [20_000, -1],
        "offer": LenderOffer(term_extensions=(3,)),
        "day_count": dq.DayCount.ACT_365F,
    }
    asked = {**asked, **given}
    return propose_for_book(asked.pop("book"), **asked)


def put(**given: Any) -> Any:
    asked: dict[str, Any] = {
        "book": BOOK,
        "plans": PLAN,
        "as_of": DAY,
        "policy": HOUSE,
        "on_error": "raise",
    }
    asked = {**asked, **given}
    return pf.restructure(asked.pop("book"), asked.pop("plans"), **asked)


def compared(**given: Any) -> Any:
    asked: dict[str, Any] = {"done": put(), "policy": HOUSE}
    asked = {**asked, **given}
    return pf.compare_plans(asked.pop("done"), **asked)


def framed(answer: Any = None, **given: Any) -> Any:
    return frames.restructuring_to_frame(put() if answer is None else answer, **given)


def amount(**given: Any) -> Any:
    return DatedAmount(**{"effective_on": DAY, "amount": 1, **given})


def budget(earned: Any, spent: Any) -> Any:
    return Affordability.from_budget(earned, spent)


ONE = [DatedAmount(DAY, 1)]
TWICE = [DatedAmount(DAY, 1), DatedAmount(DAY, 2)]
HUGE = Decimal("1E+1000000")
HALF, WHOLE, NOTHING, MORE = (dq.Proportion(*each) for each in ((1, 2), (1, 1), (0, 1), (3, 2)))
ROWS = np.array([0, -1])

CASES: list[tuple[Any, dict[str, Any], type, str]] = [
    *[(amount, {"effective_on": day}, TYPE, "dated amount: expected effective_on") for day in NO_DATES],
    *[(amount, {"effective_on": day}, VALUE, "effective_on") for day in (TOO_EARLY, TOO_LATE)],
    *[(amount, {"amount": wrong}, TYPE, "dated amount, amount") for wrong in NO_MONEY],
    *[(amount, {"amount": wrong}, VALUE, "dated amount, amount") for wrong in (*NO_AMOUNTS, -1)],
    # what can be paid
    *[
        (Affordability, {"amounts": wrong}, TYPE, "affordability, amounts")
        for wrong in (None, 7, "amounts", [200], [None], ONE[0])
    ],
    (Affordability, {"amounts": []}, VALUE, "affordability, amounts: expected at least one"),
    (Affordability, {"amounts": TWICE}, VALUE, "affordability, amounts: expected one amount from a day"),
    *[(Affordability.of, {"payment": wrong}, TYPE, "affordability, payment") for wrong in NO_MONEY],
    (Affordability.of, {"payment": Decimal("NaN")}, VALUE, "affordability, payment"),
    *[
        (Affordability.of, {"payment": 1, "effective_on": wrong}, TYPE, "effective_on")
        for wrong in NO_DATES
    ],
    *[(Affordability(ONE).on, {"day": wrong}, TYPE, "affordability: expected day") for wrong in NO_DATES],
    (budget, {"earned": [], "spent": ONE}, VALUE, "affordability, income: expected at least one"),
    (budget, {"earned": TWICE, "spent": ONE}, VALUE, "affordability, income"),
    (budget, {"earned": ONE, "spent": TWICE}, VALUE, "affordability, outgoings"),
    (budget, {"earned": 5_000, "spent": ONE}, TYPE, "affordability, income"),
    (budget, {"earned": ONE, "spent": [5_000]}, TYPE, "affordability, outgoings 1"),
    *[
        (proposed, {"affordability": Affordability.of(wrong)}, VALUE, "affordability: expected a payment")
        for wrong in (0, Decimal("0.009"))
    ],
    (
        proposed,
        {"affordability": Affordability.of(10**13 + 1)},
        VALUE,
        "affordability, amount from 1970-01-01: expected at most 10000000000000.00",
    ),
    (proposed, {"affordability": Affordability.of(HUGE)}, VALUE, "affordability: expected amount"),
    (proposed, {"account": account(currency=JPY), "affordability": Affordability.of(Decimal("0.5"))},
     VALUE, "affordability: expected a payment of at least one minor unit of JPY"),
    # what a lender agrees to
    *[
        (LenderOffer, {name: wrong}, TYPE, f"lender offer, {name}")
        for name in (
            "arrears", "term_extensions", "rates", "payment_holidays", "deferred_shares", "waived_shares",
            "forgiven_shares",
        )
        for wrong in (None, 7, "12", [1.5], [None], ["spread"], [float("nan")], [Decimal(1)])
    ],
    *[(LenderOffer, {"term_extensions": wrong}, TYPE, "term_extensions") for wrong in ([True], 12)],
    *[(LenderOffer, {"term_extensions": [wrong]}, VALUE, "term extension") for wrong in (-1, 1201, 2**70)],
    *[(LenderOffer, {"payment_holidays": [wrong]}, VALUE, "payment holiday") for wrong in (-1, 1201)],
    (LenderOffer, {"arrears": []}, VALUE, "lender offer, arrears: expected at least one treatment"),
    *[
        (LenderOffer, {name: wrong * 2}, VALUE, f"lender offer, {name}: expected each choice once")
        for name, wrong in (
            ("arrears", [ArrearsTreatment.SPREAD]), ("term_extensions", [3]),
            ("payment_holidays", [3]), ("rates", [YEARLY]), ("deferred_shares", [HALF]),
            ("waived_shares", [HALF]), ("forgiven_shares", [HALF]),
        )
    ],
    *[
        (LenderOffer, {name: [wrong]}, VALUE, place)
        for name, place in (
            ("deferred_shares", "principal deferral, share"),
            ("waived_shares", "arrears waiver, share"),
            ("forgiven_shares", "forgiveness, share"),
        )
        for wrong in (NOTHING, MORE)
    ],
    *[(LenderOffer, {"holiday_interest": wrong}, TYPE, "holiday_interest") for wrong in ("paid", 1)],
    *[
        (LenderOffer, {"rates": [wrong]}, VALUE, "rate reduction")
        for wrong in (dq.Rate.per_month("0.01"), dq.Rate.per_year("-0.01"))
    ],
    (LenderOffer, {"term_extensions": range(1, 1001), "payment_holidays": range(1, 1001)}, VALUE,
     "lender offer: expected at most 1,000,000 plans"),
    # what a plan must keep to
    *[
        (PlanLimits, {"last_due_on": wrong}, TYPE, "plan limits: expected last_due_on")
        for wrong in NO_DATES
        if wrong is not None
    ],
    *[(PlanLimits, {"last_due_on": wrong}, VALUE, "last_due_on") for wrong in (TOO_EARLY, TOO_LATE)],
    *[(PlanLimits, {"most_instalments": wrong}, TYPE, "most_instalments") for wrong in (True, 1.0, "1")],
    *[(PlanLimits, {"most_instalments": wrong}, VALUE, "most_instalments") for wrong in (0, -1)],
    *[(PlanLimits, {"least_rate": wrong}, TYPE, "plan limits, least_rate") for wrong in (0.04, "0.04", HALF)],
    (PlanLimits, {"least_rate": dq.Rate.per_month("0.01")}, VALUE, "plan limits, least_rate"),
    *[(PlanLimits, {"most_loss": wrong}, TYPE, "plan limits, most_loss") for wrong in (0.01, Decimal(1), 1)],
    (PlanLimits, {"most_loss": MORE}, VALUE, "plan limits, most_loss: expected at most 1"),
    # a search for one account
    *[(proposed, {"account": wrong}, TYPE, "propose_plans: expected an Account") for wrong in (None, "A-1", BOOK)],
    *[
        (proposed, {name: wrong}, TYPE, f"propose_plans, {name}: expected {kind}")
        for name, kind, some in (
            ("affordability", "Affordability", (None, 200, Decimal(200), 200.0, ONE)),
            ("offer", "LenderOffer", ({}, "offer", 7)),
            ("bounds", "PlanLimits", ({}, "bounds", 7)),
        )
        for wrong in some
    ],
    *[(proposed, {"as_of": wrong}, TYPE, "as_of") for wrong in NO_DATES],
    *[
        (proposed, {name: wrong}, TYPE, name)
        for name in ("effective_on", "first_due_on", "known_on")
        for wrong in NO_DATES
        if wrong is not None
    ],
    *[
        (proposed, {name: wrong}, VALUE, name)
        for name in ("effective_on", "first_due_on")
        for wrong in (TOO_EARLY, TOO_LATE)
    ],
    *[(proposed, {"policy": wrong}, TYPE, "a Policy or a PolicyTimeline") for wrong in (None, "cn-loan")],
    (proposed, {"policy": ON_DEMAND}, POLICY, "penalty_in_waterfall"),
    *[(proposed, {"method": wrong}, TYPE, "restructuring plan, method") for wrong in ("annuity", None)],
    (proposed, {"method": dq.AmortisationMethod.INTEREST_ONLY}, VALUE, "restructuring plan, method"),
    *[(proposed, {"day_count": wrong}, TYPE, "restructuring plan, day_count") for wrong in ("act_360", 1)],
    (proposed, {"day_count": None}, VALUE, "propose_plans, day_count"),
    (proposed, {"engine": "compiled"}, TYPE, "engine"),
    *[(proposed, {"threads": wrong}, TYPE, "threads") for wrong in (0, -1, 1.0, True, "1")],
    (proposed, {"effective_on": date(2025, 6, 16)}, VALUE, "effective_on: expected at most as_of"),
    (proposed, {"effective_on": date(2024, 12, 15)}, VALUE, "account 'A-1', restructuring plan, effective_on"),
    (proposed, {"account": over(), "offer": LenderOffer(term_extensions=())}, VALUE,
     "lender offer, term_extensions"),
    (proposed, {"account": over(), "first_due_on": date(2025, 6, 1)}, VALUE, "first_due_on"),
    (proposed, {"account": account(contract_rates=[dq.DatedRate(DAY, dq.Rate.per_day("0.0001"))])},
     VALUE, "account 'A-1', restructuring plan, contract_rates: expected a rate per year"),
    # a search for a book
    *[(proposed_for_book, {"book": wrong}, TYPE, "propose_for_book") for wrong in (None, account(), [account()])],
    *[
        (proposed_for_book, {"affordable": wrong}, TYPE, "propose_for_book, affordable: expected whole")
        for wrong in (
            None, 7, "20000", [1.0, 2.0], [float("nan"), 1], [Decimal(1), Decimal(2)], [True, False],
            [[1], [2, 3]], [[1, 2]], [2**63, 1], [2**70, 1], np.array([1, 2], dtype=np.uint64),
        )
    ],
    *[
        (proposed_for_book, {"affordable": wrong}, VALUE, f"propose_for_book, affordable{place}")
        for wrong, place in (
            ([1], ": expected one for each of 2 accounts"),
            ([1, 2, 3], ": expected one for each of 2 accounts"),
            ([1, 0], ", account 2"), ([-2, 1], ", account 1"), ([1, 10**15 + 1], ", account 2"),
        )
    ],
    *[
        (proposed_for_book, {name: wrong}, TYPE, f"propose_for_book, {name}")
        for name in ("offer", "bounds")
        for wrong in ({}, 7, Affordability.of(1))
    ],
    *[(proposed_for_book, {"as_of": wrong}, TYPE, "as_of") for wrong in NO_DATES],
    *[
        (proposed_for_book, {name: wrong, "affordable": paid}, TYPE, f"propose_for_book: expected {name}")
        for name in ("effective_on", "known_on")
        for wrong in NO_DATES
        for paid in ([20_000, 1], [-1, -1])
        if wrong is not None
    ],
    *[(proposed_for_book, {"policy": wrong}, TYPE, "a Policy or a PolicyTimeline") for wrong in (None, 7)],
    (proposed_for_book, {"policy": ON_DEMAND}, POLICY, "penalty_in_waterfall"),
    (proposed_for_book, {"method": "annuity"}, TYPE, "restructuring plan, method"),
    (proposed_for_book, {"day_count": "act_360"}, TYPE, "restructuring plan, day_count"),
    (proposed_for_book, {"engine": "compiled"}, TYPE, "engine"),
    *[(proposed_for_book, {"threads": wrong}, TYPE, "threads") for wrong in (0, 1.0, True)],
    # plans of a book
    *[(put, {"book": wrong}, TYPE, "portfolio.restructure: expected a Portfolio") for wrong in (None, account())],
    *[
        (put, {"plans": wrong}, TYPE, "portfolio.restructure, plans")
        for wrong in (None, 7, "plan", [PLAN, None], [ArrearsSpread()], {PLAN})
    ],
    (put, {"plans": []}, VALUE, "portfolio.restructure, plans: expected at least one plan"),
    (put, {"plans": [PLAN, LATER], "chosen": [0, 1]}, VALUE, "portfolio.restructure, plans: expected plans from"),
    (put, {"plans": [PLAN, PLAN], "chosen": [True, False]}, TYPE, "chosen: expected for each account the place"),
    *[
        (put, {"chosen": wrong}, TYPE, "portfolio.restructure, chosen")
        for wrong in (7, "00", [0.0, 1.0], [float("nan"), 0], [None, 0], [[0], [0, 0]], [[0, 0]], [2**70, 0])
    ],
    *[
        (put, {"chosen": wrong}, VALUE, f"portfolio.restructure, chosen{place}")
        for wrong, place in (
            ([0], ": expected one for each of 2 accounts"), ([True], ": expected one for each of 2"),
            ([0, 1], ", account 2: expected from -1 to 0"), ([-2, 0], ", account 1"),
        )
    ],
    (put, {"plans": [PLAN, PLAN]}, VALUE, "portfolio.restructure, chosen: expected which of the 2 plans"),
    (put, {"plans": [PLAN, PLAN], "chosen": [True, False]}, TYPE, "portfolio.restructure, chosen"),
    *[(put, {"as_of": wrong}, TYPE, "as_of") for wrong in NO_DATES],
    *[
        (put, {"known_on": wrong, "chosen": chosen}, TYPE, "portfolio.restructure: expected known_on")
        for wrong in NO_DATES
        for chosen in (None, [-1, -1])
        if wrong is not None
    ],
    *[(put, {"policy": wrong}, TYPE, "a Policy or a PolicyTimeline") for wrong in (None, "cn-loan", 7)],
    (put, {"policy": ON_DEMAND, "on_error": "quarantine"}, POLICY, "penalty_in_waterfall"),
    *[(put, {"on_error": wrong}, VALUE, "portfolio.restructure, on_error") for wrong in (None, "skip", 7, [])],
    (put, {"engine": "compiled"}, TYPE, "engine"),
    *[(put, {"threads": wrong}, TYPE, "threads") for wrong in (0, 1.0, True)],
    (put, {"as_of": date(2025, 6, 14)}, VALUE, "account 'A-1', restructuring plan, effective_on"),
    *[
        (put, {"plans": attrs.evolve(PLAN, measures=[Forgiveness(dq.Component.PRINCIPAL, amount=wrong)])},
         VALUE, "amount")
        for wrong in (Decimal("0.001"), 10**13 + 1, HUGE, 10**10)
    ],
    # what is told of them
    *[(compared, {"done": wrong}, TYPE, "compare_plans, done") for wrong in (None, BOOK, "done")],
    *[(compared, {"policy": wrong}, TYPE, "a Policy or a PolicyTimeline") for wrong in (None, 7)],
    (compared, {"engine": "compiled"}, TYPE, "engine"),
    (compared, {"threads": 0}, TYPE, "threads"),
    *[(framed, {"answer": wrong}, TYPE, "frames, answer") for wrong in ("answer", BOOK, 7)],
    *[(framed, {"backend": wrong}, VALUE, "frames, backend") for wrong in ("spark", None, 7)],
    *[(framed, {"amounts": wrong}, VALUE, "frames, amounts") for wrong in ("float", None, 7)],
]  # fmt: skip


def title(case: Any) -> str:
    make, fields, _, says = case
    return f"{getattr(make, '__name__', make)}({', '.join(fields)}): {re.sub(r'[^ -~]', '', says)}"[
        :90
    ]


@pytest.mark.parametrize(("make", "fields", "kind", "says"), CASES, ids=map(title, CASES))
def test_bad_plans_are_refused_in_one_grammar(
    make: Any, fields: dict[str, Any], kind: type, says: str
) -> None:
    with pytest.raises(dq.DelinquencyError) as caught:
        make(**fields)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert GRAMMAR.match(str(caught.value))


def test_what_stands_beside_the_table_is_accepted() -> None:
    assert proposed().fitting > 0
    assert budget(ONE, []) == Affordability(ONE)
    assert proposed_for_book().chosen.tolist() == [0, -1]
    assert put(chosen=ROWS).is_put.tolist() == [True, False]
    assert compared().arrears_after == 0
    assert len(framed()) == 2
    assert proposed(affordability=Affordability.of(10**13)).fitting > 0
    assert proposed(bounds=PlanLimits(most_loss=WHOLE, most_instalments=1)).fitting == 0


def test_a_book_is_of_one_currency_and_so_are_its_payments() -> None:
    with pytest.raises(dq.PortfolioError, match="CNY"):
        pf.Portfolio.from_accounts([account(), account("A-2", currency=JPY)])


def test_what_is_wrong_with_the_question_sets_no_account_apart() -> None:
    """Quarantine is for accounts; a plan of a finer amount than the currency has is wrong for all."""
    half = attrs.evolve(PLAN, measures=[Forgiveness(dq.Component.PRINCIPAL, amount=Decimal("0.5"))])
    book = pf.Portfolio.from_accounts([account(currency=JPY)])
    with pytest.raises(dq.InvalidValueError, match="restructuring plan, amount"):
        put(book=book, plans=half, on_error="quarantine")


LARGE = dq.Instalment(date(2025, 7, 15), 10**13 - 10**9)


@pytest.mark.parametrize("engine", [None, pf.Engine.INTERPRETED])
@pytest.mark.parametrize("measures", [
    [TermExtension(600)], [TermExtension(5)], [ReAgeing(24, date(2025, 7, 1))],
    [Forgiveness(dq.Component.PRINCIPAL, share=dq.Proportion(999_999, 1_000_000))],
])  # fmt: skip
@pytest.mark.parametrize("rate", ["0", "0.05", "3.6"])
def test_amounts_near_the_bound_are_told_or_refused_alike(
    engine: pf.Engine | None, measures: list[Any], rate: str
) -> None:
    """Nearly 10**15 minor units: the book says what the account says, a sum beyond the bound refused."""
    rows = [dq.Instalment(date(2025, 5, 15), 10**6), LARGE, dq.Instalment(date(2025, 8, 15), 10**6)]
    great = account(
        schedule=dq.Schedule(CNY, rows),
        contract_rates=[dq.DatedRate(date(2024, 12, 15), dq.Rate.per_year(rate))],
    )
    plan = attrs.evolve(PLAN, measures=measures, day_count=dq.DayCount.ACT_365F)
    done = put(
        book=pf.Portfolio.from_accounts([great]), plans=plan, on_error="quarantine", engine=engine
    )
    if done.is_refused[0]:
        with pytest.raises(dq.InvalidValueError) as refused:
            dq.restructure(great, plan, as_of=DAY, policy=HOUSE)
        assert done.reason(0) == str(refused.value)
        return
    one = dq.restructure(great, plan, as_of=DAY, policy=HOUSE)
    assert done.debt_after.total[0] == one.debt_after.total * 100
    assert done.present_value_loss[0] == one.present_value_loss * 100
    assert done.total_cost_change[0] == one.total_cost_change * 100
    assert done.after().account(0) == one.after


@pytest.mark.parametrize("engine", [None, pf.Engine.INTERPRETED])
@pytest.mark.parametrize("half", [10**15 // 200, 10**15 // 200 + 1])
def test_rows_that_end_and_rows_that_begin_count_together(
    engine: pf.Engine | None, half: int
) -> None:
    """Half of the most that an account may ask for stands twice, once ended; one unit more is refused."""
    great = account(
        schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 7, 15), half)]), contract_rates=[]
    )
    book = pf.Portfolio.from_accounts([great])
    plan = attrs.evolve(PLAN, measures=[ReAgeing(12, date(2025, 7, 1))])
    done = put(book=book, plans=plan, on_error="quarantine", engine=engine)
    assert done.is_put[0] == (half * 200 <= 10**15)
    offer = LenderOffer(arrears=[ArrearsTreatment.CAPITALISED], term_extensions=())
    asked = {"offer": offer, "engine": engine}
    found = proposed(account=great, affordability=Affordability.of(half), **asked)
    best = proposed_for_book(book=book, affordable=[half * 100], **asked)
    assert found.not_possible == (0 if done.is_put[0] else found.priced)
    assert found.fitting == best.fitting[0] == (found.priced if done.is_put[0] else 0)


@pytest.mark.parametrize("count", [1, 5, 6, 12])
def test_due_dates_beyond_the_calendar_are_refused_alike(count: int) -> None:
    """The calendar ends with 2200: five more instalments are its last, and six are refused."""
    rows = [dq.Instalment(date(2200, month, 15), 100) for month in range(1, 8)]
    late = account(
        originated_on=date(2199, 12, 15),
        schedule=dq.Schedule(CNY, rows),
        contract_rates=[],
    )
    on = date(2200, 5, 1)
    plan = RestructuringPlan(measures=[TermExtension(count)], effective_on=on)
    book = pf.Portfolio.from_accounts([late])
    for engine in (None, pf.Engine.INTERPRETED):
        done = put(book=book, plans=plan, as_of=on, on_error="quarantine", engine=engine)
        assert done.is_put[0] == (count <= 5)
        found = proposed_for_book(
            book=book, affordable=[100_000], as_of=on, offer=LenderOffer(term_extensions=[count]),
            engine=engine,
        )  # fmt: skip
        one = proposed(
            account=late, as_of=on, offer=LenderOffer(term_extensions=[count]), engine=engine,
            affordability=Affordability.of(1000),
        )  # fmt: skip
        assert one.not_possible == (0 if count <= 5 else one.priced // 2)
        assert found.plans[found.chosen[0]] == one[0].plan
    if count > 5:
        with pytest.raises(dq.InvalidValueError, match="2201"):
            dq.restructure(late, plan, as_of=on, policy=HOUSE)


def test_days_before_the_calendar_of_a_search_are_refused_with_their_name() -> None:
    assert isinstance(DAY, date)
    with pytest.raises(TYPE, match="propose_plans: expected effective_on"):
        proposed(effective_on=datetime(2025, 6, 15, 12))


def test_the_last_day_of_the_calendar_has_no_month_after_it() -> None:
    """A schedule that is over gets its first instalment a month later, which is no day any more."""
    rows = [dq.Instalment(date(2200, 12, 1), 100)]
    late = account(
        originated_on=date(2200, 11, 1), schedule=dq.Schedule(CNY, rows), contract_rates=[]
    )
    with pytest.raises(VALUE, match="first_due_on"):
        proposed(account=late, as_of=date(2200, 12, 31))


HINTS = [
    (lambda: RateReduction("0.05"), 'Write Rate.per_year("0.0435").'),
    (lambda: LenderOffer(rates=["0.05"]), 'Write Rate.per_year("0.0435").'),
    (lambda: LenderOffer(waived_shares=["0.5"]), 'Write Proportion.parse("0.01") for 1 %.'),
    (
        lambda: PlanLimits(most_loss=Decimal("0.01")),
        'Write Proportion.parse("0.01") for 1 %.',
    ),
    (lambda: proposed(day_count=None), "Write DayCount."),
    (
        lambda: dq.restructure(
            account(),
            attrs.evolve(PLAN, measures=[TermExtension(3)]),
            as_of=DAY,
            policy=HOUSE,
        ),
        "Write DayCount.",
    ),
]


@pytest.mark.parametrize(("ask", "hint"), HINTS)
def test_a_refusal_says_what_to_write(ask: Any, hint: str) -> None:
    with pytest.raises(dq.DelinquencyError) as caught:
        ask()
    assert caught.value.hint.startswith(hint)


def test_an_answer_is_read_as_the_record_that_is_expected_by_name() -> None:
    done = dq.restructure(account(), PLAN, as_of=DAY, policy=HOUSE)
    text = serialization.to_json(done)
    with pytest.raises(dq.InvalidTypeError) as caught:
        serialization.from_json(type(done), text)
    assert caught.value.expected == "PlanRecord"
    assert caught.value.hint == "A Restructured is read as its PlanRecord."
    assert type(serialization.from_json(serialization.PlanRecord, text)).__name__ == "PlanRecord"


def test_a_message_names_what_was_written_and_what_to_write_instead() -> None:
    with pytest.raises(
        TYPE, match=r"Write term_extensions=\(6, 12\), or term_extensions=range\(1, 13\)"
    ):
        LenderOffer(term_extensions=12)  # type: ignore[arg-type]
    with pytest.raises(TYPE) as told:
        Affordability.of("900")  # type: ignore[arg-type]
    assert (told.value.found, told.value.hint) == ("'900'", 'Write Decimal("12.34").')
