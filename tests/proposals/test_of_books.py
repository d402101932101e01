"""The best plan of each account of a book is the first proposal for the account."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import AmortisationMethod
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio import restructure as restructure_book
from delinquency.proposals import Affordability, PortfolioProposals, of_books, propose_for_book
from delinquency.restructuring.present_value import SHARE_PARTS
from tests.equivalence.books import cents
from tests.proposals.every_plan import DAY, draw_bounds, draw_offer
from tests.restructuring.books import NO_LOOP, draw_account, draw_policy, engines_for, minor

BOOKS = 40
MET = (
    "plan",
    "no plan",
    "refused",
    "not asked",
    "by account",
    "by loop",
    "trimmed",
    "over",
    "same",
)


def draw_asked(rng: random.Random) -> tuple[list[dq.Account], list[int], dict[str, object]]:
    currency = dq.Currency.of(rng.choice(("CNY", "CNY", "KWD")))
    accounts = [draw_account(rng, number, currency, DAY) for number in range(rng.randint(1, 16))]
    payments = [
        rng.choice(
            (-1, *(max(1, minor(each.schedule[0].total, currency)) * k for k in (1, 1, 2, 40)))
        )
        for each in accounts
    ]
    return (
        accounts,
        payments,
        {
            "as_of": DAY + timedelta(rng.choice((0, 0, 7))),
            "effective_on": DAY,
            "policy": draw_policy(rng, currency, DAY),
            "offer": draw_offer(rng),
            "bounds": draw_bounds(rng),
            "method": rng.choice((AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL)),
            "day_count": rng.choice((*(dq.DayCount.ACT_365F,) * 7, None, NO_LOOP[0])),
            "known_on": rng.choice((None, None, None, DAY + timedelta(rng.randrange(-60, 60)))),
        },
    )


def differences(accounts, payments, asked, engine, seen: Counter[str], **more) -> list[str]:
    """Every difference between a book and its accounts, in words."""
    book = Portfolio.from_accounts(accounts)
    found = propose_for_book(book, affordable=payments, engine=engine, **asked, **more)
    wrong: list[str] = []
    for row, (account, payment) in enumerate(zip(accounts, payments, strict=True)):
        seen["accounts"] += 1
        if payment < 0:
            seen["not asked"] += 1
            wanted = (None, 0, "", False)
        else:
            wanted = answer_of(account, payment, asked, seen)
        plan = None if found.chosen[row] < 0 else found.plans[found.chosen[row]]
        best, fitting, reason, is_refused = wanted
        figures = figures_of(found, row)
        if best is None:
            told = (None, fitting, reason, is_refused, (0, 0, 0, 0, -1, 0))
        else:
            told = (best.plan, fitting, "", False, figures_of_one(best, account.currency))
        got = (
            plan,
            int(found.fitting[row]),
            found.reason(row),
            bool(found.is_refused[row]),
            figures,
        )
        if got != told:
            wrong.append(f"{engine}, row {row}: {got}, not {told}")
    if found.plans:
        check_put(found, asked)
    return wrong


def answer_of(account, payment, asked, seen):
    """The first proposal for one account, how many fit, why it has none, and whether it can have none."""
    try:
        one = dq.propose_plans(
            account, affordability=Affordability.of(cents(payment, account.currency)), **asked
        )
    except dq.InvalidValueError as error:
        seen["refused"] += 1
        return None, 0, str(error), True
    seen["over"] += not any(row.due_date >= DAY for row in account.schedule)
    seen["by account" if account.charges or account.events else "by loop"] += 1
    if not one.plans:
        seen["no plan"] += 1
        return None, one.fitting, one.explanation.to_text(), False
    seen["plan"] += 1
    seen["trimmed"] += len(one[0].plan.measures) < 2
    seen["same"] += len(one.plans) < one.fitting
    return one[0], one.fitting, "", False


def figures_of(found: PortfolioProposals, row: int) -> tuple[int, ...]:
    return tuple(
        int(column[row])
        for column in (
            found.greatest_payment,
            found.balloon,
            found.present_value_loss,
            found.payments,
            found.last_due_on,
            found.diminished_share,
        )
    )


def figures_of_one(best: dq.proposals.Proposal, currency: dq.Currency) -> tuple[int, ...]:
    share = best.diminished_share
    return (
        minor(best.greatest_payment, currency),
        minor(best.balloon, currency),
        minor(best.present_value_loss, currency),
        best.payments,
        (best.last_due_on - date(1970, 1, 1)).days,
        share.numerator * (SHARE_PARTS // share.denominator),
    )


def check_put(found: PortfolioProposals, asked: dict[str, object]) -> None:
    """The plans are put to the book as they were proposed, with the loss that was told."""
    done = restructure_book(
        found.book,
        found.plans,
        chosen=found.chosen,
        **{name: asked[name] for name in ("as_of", "policy", "known_on")},
    )
    assert (done.is_put == (found.chosen >= 0)).all()
    assert (done.present_value_loss == found.present_value_loss).all()
    assert (done.diminished_share == found.diminished_share).all()
    assert (done.deferred == found.balloon).all()
    assert not done.arrears_after.total.any()


def test_the_best_plan_of_a_book_is_the_first_proposal_for_the_account() -> None:
    """Law: plan, figures, how many fit, who is refused and why are those of the account, on both engines."""
    rng = random.Random(7)
    seen: Counter[str] = Counter()
    for number in range(BOOKS):
        accounts, payments, asked = draw_asked(rng)
        for engine in engines_for(number):
            assert differences(accounts, payments, asked, engine, seen) == []
    assert all(seen[name] for name in MET), seen


@pytest.mark.parametrize("engine", engines_for(0))
def test_several_threads_do_not_meet(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """In blocks of three accounts by three threads the answers are the same."""
    monkeypatch.setattr(of_books, "ACCOUNTS_OF_A_BLOCK", 3)
    accounts, payments, asked = draw_asked(random.Random(11))
    assert len(accounts) > 6
    assert differences(accounts, payments, asked, engine, Counter(), threads=3) == []


def test_versions_by_origination_have_each_its_accounts() -> None:
    """Law: a timeline selected by the day of origination gives each account the answer of its version."""
    rng = random.Random(13)
    while True:
        accounts, payments, asked = draw_asked(rng)
        if isinstance(asked["policy"], dq.PolicyTimeline) and asked["policy"].name == "house":
            days = {each.originated_on > DAY - timedelta(150) for each in accounts}
            if len(days) == 2 and asked["day_count"] is dq.DayCount.ACT_365F:
                break
    assert differences(accounts, payments, asked, None, Counter()) == []


def test_columns_are_read_only_and_the_book_is_named_in_short() -> None:
    accounts, payments, asked = draw_asked(random.Random(3))
    found = propose_for_book(Portfolio.from_accounts(accounts), affordable=payments, **asked)
    for field in attrs.fields(type(found)):
        column = getattr(found, field.name)
        if hasattr(column, "flags"):
            assert not column.flags.writeable, field.name
    assert f"{len(accounts)} accounts" in repr(found)
    assert len(found) == len(accounts)


@pytest.mark.parametrize("engine", engines_for(0))
def test_a_rate_without_a_day_count_is_refused_in_a_book_as_for_one_account(engine: Engine) -> None:
    """A rate of the contract on the day asks for a day count; one of 0, none, or one to come does not."""
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(3, 13)]
    begun, later = date(2025, 1, 15), DAY + timedelta(1)
    rates = (
        [dq.DatedRate(begun, dq.Rate.per_year("0.05"))],
        [dq.DatedRate(begun, dq.Rate.per_year(0))],
        [],
        [dq.DatedRate(later, dq.Rate.per_year("0.05"))],
        [dq.DatedRate(begun, dq.Rate.per_year("0.05")), dq.DatedRate(DAY, dq.Rate.per_year(0))],
        [dq.DatedRate(begun, dq.Rate.per_year(0)), dq.DatedRate(DAY, dq.Rate.per_year("0.05"))],
    )
    accounts = [
        dq.Account(
            account_id=f"A-{number}",
            originated_on=begun,
            schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
            contract_rates=each,
        )
        for number, each in enumerate(rates)
    ]
    asked = {
        "as_of": DAY,
        "policy": dq.rulebook.load("founding-report"),
        "offer": dq.LenderOffer(term_extensions=(6,)),
        "known_on": None,
    }
    payments = [20_000] * len(accounts)
    found = propose_for_book(
        Portfolio.from_accounts(accounts), affordable=payments, engine=engine, **asked
    )
    assert found.is_refused.tolist() == [True, False, False, False, False, True]
    assert "day_count" in found.reason(0)
    assert differences(accounts, payments, asked, engine, Counter()) == []
