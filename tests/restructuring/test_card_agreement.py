"""An individual instalment agreement for a card."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.late_fees import FeeBase, LateFeeTerms, ShareFee
from delinquency.portfolio.cards.book import CardBook
from delinquency.restructuring import (
    AgreedCard,
    ArrearsWaiver,
    Capitalisation,
    CardAgreement,
    Forgiveness,
    TermExtension,
    agree_on_card,
)
from delinquency.restructuring.card_agreement import ARTICLE_70
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    ByKind,
    CardAccount,
    CardInterest,
    CardTerms,
    CardTransaction,
    CreditLimit,
    DueAfterDays,
    InstalmentPlan,
    InterestMethod,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
    card_bureau_codes,
    card_ledger,
    missed_cycles,
    requirements,
)
from delinquency.revolving.kinds import component_of
from delinquency.revolving.ledger import replayed
from tests.card_strategies import LIVED, OPENED, cards
from tests.strategies_internal import MANY

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("cn-card")
DAY = date(2025, 8, 1)
FIRST = date(2025, 9, 1)
PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component
NAMES = ("principal", "interest", "fees", "penalty")


def terms(**more) -> CardTerms:
    """A tenth a month, 0.05 % a day on the whole statement, 5 % of the unpaid minimum when it is late."""
    rate = dq.Rate.per_day("0.0005")
    facts = {
        "currency": CNY,
        "cycle_day": 5,
        "due": DueAfterDays(18),
        "minimum": MinimumPaymentRule(
            shares=[MinimumShare(BalanceKind.PURCHASE, dq.Proportion(1, 10))]
        ),
        "interest": CardInterest(
            rates=[BalanceRate(BalanceKind.PURCHASE, rate)], method=InterestMethod.FULL_STATEMENT
        ),
        "order": ByKind(kinds=BALANCE_KINDS),
        "late_fee": LateFeeTerms(
            name="违约金",
            currency=CNY,
            amount=ShareFee(dq.Proportion(5, 100), FeeBase.UNPAID_MINIMUM),
        ),
        **more,
    }
    return CardTerms(**facts)


def transaction(kind: TransactionKind, day: date, amount, name: str, **more) -> CardTransaction:
    return CardTransaction(kind=kind, posted_on=day, amount=amount, transaction_id=name, **more)


SPENT = transaction(TransactionKind.PURCHASE, date(2025, 3, 30), 1000, "T-1")
YEARLY = transaction(TransactionKind.FEE, date(2025, 4, 1), 80, "F-1")


def card(**more) -> CardAccount:
    facts = {
        "account_id": "C-1",
        "obligor_id": "O-1",
        "originated_on": date(2025, 3, 1),
        "terms": terms(),
        "transactions": [SPENT, YEARLY],
        "credit_limits": [CreditLimit(date(2025, 3, 1), 5000)],
        **more,
    }
    return CardAccount(**facts)


def agreement(**more) -> CardAgreement:
    facts = {
        "account_id": "P-1",
        "effective_on": DAY,
        "instalments": 12,
        "first_due_on": FIRST,
        "beyond_capacity": True,
        "willing": True,
        "promises_no_new_cards": True,
        "accrues_annual_fee": False,
        "accrues_interest": False,
        "accrues_other_fees": False,
        "rights_and_duties": "as in the contract of the card",
        "breach_terms": "all that is open falls due",
        **more,
    }
    return CardAgreement(**facts)


def bearing(rate: str = "0.06", **more) -> CardAgreement:
    return agreement(
        annual_rate=dq.Rate.per_year(rate),
        accrues_interest=True,
        day_count=DayCount.THIRTY_E_360,
        **more,
    )


def agreed(of: CardAccount | None = None, by: CardAgreement | None = None) -> AgreedCard:
    by = agreement() if by is None else by
    return agree_on_card(card() if of is None else of, by, as_of=by.effective_on, policy=POLICY)


def open_of(account: dq.Account, day: date) -> list[Decimal]:
    owed = dq.breakdown(account, as_of=day, policy=POLICY)
    parts = (owed.past_due, owed.due, owed.not_due)
    return [sum(getattr(part, name) for part in parts) for name in NAMES]


def owed_at_eve(of: CardAccount, day: date) -> dict[str, Decimal]:
    """What the ledger of the day before says is owed, by component, with a late fee that waits."""
    eve = day - timedelta(days=1)
    ledger = card_ledger(of, as_of=eve)
    found = dict.fromkeys(NAMES, Decimal(0))
    for kind, amount in ledger.balances:
        found[component_of(kind).value] += amount
    found["principal"] += ledger.plan_principal_unbilled
    found["interest"] += ledger.accrued_interest
    found["penalty"] += Decimal(replayed(of, eve, None, "test").fee) / 100
    return found


def test_all_that_is_owed_becomes_equal_parts_of_principal() -> None:
    done = agreed()
    told = owed_at_eve(card(), DAY)
    assert all(told.values())
    assert {name: getattr(done.debt_before, name) for name in NAMES} == told
    assert done.debt_after == done.debt_before
    principal = [row.principal for row in done.account.schedule]
    assert principal == [Decimal("83.33")] * 11 + [Decimal("83.37")]
    assert [row.due_date for row in done.account.schedule][:2] == [FIRST, date(2025, 10, 1)]
    assert open_of(done.account, DAY) == list(told.values())
    assert (done.account.account_id, done.account.obligor_id) == ("P-1", "O-1")
    assert done.account.contract_rates == ()


def test_from_the_day_on_the_card_is_closed_and_nothing_is_open() -> None:
    done = agreed()
    for day in (DAY, date(2025, 8, 5), date(2026, 3, 1)):
        ledger = card_ledger(done.closed, as_of=day)
        assert (ledger.open_amount, ledger.accrued_interest, ledger.credit_balance) == (0, 0, 0)
        assert (ledger.credit_limit, ledger.available_credit) == (0, 0)
        assert ledger.charged == ledger.settled
        assert ledger.paid + ledger.converted == ledger.settled
        assert [each.number for each in ledger.statements][-1] == 5  # of 5 July, the last one
        assert missed_cycles(done.closed, as_of=day) == 0
        minimums = requirements(done.closed, as_of=day)
        assert dq.days_past_due(minimums, as_of=day, policy=POLICY) == 0
    assert done.no_new_credit
    assert done.stops_collection_from == DAY


def test_before_the_day_the_card_is_what_it_was() -> None:
    done = agreed()
    eve = DAY - timedelta(days=1)
    before, after = (card_ledger(each, as_of=eve) for each in (done.before, done.closed))
    assert before.balances == after.balances
    assert before.statements == after.statements
    assert after.credit_limit == 5000
    assert missed_cycles(done.closed, as_of=eve) == 4
    assert (
        done.days_past_due_before == 99
    )  # from 23 April, the day after the due date counted as the first
    codes = [
        card_bureau_codes(each, as_of=eve, months=5).codes for each in (done.before, done.closed)
    ]
    assert codes[0] == codes[1]


def test_nothing_may_be_posted_or_paid_on_the_card_from_the_day_on() -> None:
    with pytest.raises(InvalidValueError, match="posted_on before the agreement of 2025-08-01"):
        card(agreement_on=DAY, transactions=[attrs.evolve(SPENT, posted_on=DAY)])
    with pytest.raises(InvalidValueError, match="value_date before the agreement of 2025-08-01"):
        card(agreement_on=DAY, payments=[dq.Payment(DAY, 1)])
    last = card(agreement_on=DAY, payments=[dq.Payment(DAY - timedelta(1), 1)])
    assert card_ledger(last, as_of=DAY).open_amount == 0
    with pytest.raises(InvalidValueError, match="a day after originated_on"):
        card(agreement_on=date(2025, 3, 1), transactions=[])
    with pytest.raises(InvalidTypeError, match="agreement_on"):
        card(agreement_on="2025-08-01")


def test_a_card_under_an_agreement_is_in_no_book_of_cards() -> None:
    with pytest.raises(PortfolioError) as caught:
        CardBook.from_cards([card(), agreed().closed])
    assert (caught.value.reason, list(caught.value.rows)) == ("card_under_agreement", [1])


def test_a_late_fee_that_waits_is_owed() -> None:
    """On 24 July the minimum of 5 July is missed; its fee would stand on the statement of 5 August."""
    for on, waits in ((date(2025, 7, 23), False), (date(2025, 7, 24), True)):
        by = agreement(effective_on=on)
        done = agreed(by=by)
        posted = card_ledger(card(), as_of=on - timedelta(1)).balance(BalanceKind.PENALTY)
        assert (done.debt_before.penalty > posted) is waits


def test_interest_is_owed_for_the_days_before_alone() -> None:
    a_day_later = agreed(by=agreement(effective_on=DAY + timedelta(1)))
    assert a_day_later.debt_before.interest - agreed().debt_before.interest == Decimal("0.50")


def test_purchases_that_no_statement_billed_are_owed_without_their_undecided_interest() -> None:
    late = transaction(TransactionKind.PURCHASE, DAY - timedelta(1), 200, "T-2")
    done = agreed(card(transactions=[SPENT, YEARLY, late]))
    assert done.debt_before.principal == 1200
    assert done.debt_before.interest == agreed().debt_before.interest


def test_parts_of_a_plan_that_no_statement_billed_are_owed_without_their_cost() -> None:
    plan = InstalmentPlan(instalments=10, cost=6)
    bought = transaction(TransactionKind.INSTALMENT_PLAN, date(2025, 6, 1), 500, "T-3", plan=plan)
    done = agreed(card(transactions=[bought]))
    told = dict(done.structure)
    assert told[BalanceKind.PLAN] == 500
    assert told[BalanceKind.INTEREST] == 12  # of the statements of 5 June and 5 July
    assert card_ledger(done.closed, as_of=date(2026, 1, 5)).open_amount == 0


def test_a_credit_balance_settles_what_it_can_of_a_plan() -> None:
    plan = InstalmentPlan(instalments=10)
    bought = transaction(TransactionKind.INSTALMENT_PLAN, date(2025, 7, 10), 500, "T-3", plan=plan)
    paid = dq.Payment(date(2025, 7, 20), 120)
    done = agreed(card(transactions=[bought], payments=[paid]))
    assert done.debt_before.principal == 380
    ledger = card_ledger(done.closed, as_of=DAY)
    assert (ledger.credit_balance, ledger.settled, ledger.paid, ledger.converted) == (
        0,
        500,
        120,
        380,
    )


def test_fees_and_penalty_are_waived_in_part_or_made_principal() -> None:
    whole = agreed().debt_before
    by = agreement(
        measures=[
            ArrearsWaiver([PENALTY], share=dq.Proportion(1, 2)),
            ArrearsWaiver([FEES], amount=30),
            Capitalisation([FEES, INTEREST]),
        ]
    )
    done = agreed(by=by)
    assert done.waived.fees == 30
    assert whole.penalty / 2 - Decimal("0.01") < done.waived.penalty <= whole.penalty / 2
    assert done.debt_after.principal == 1000 + 50 + whole.interest
    assert (done.debt_after.fees, done.debt_after.interest) == (0, 0)
    assert done.debt_after.penalty == whole.penalty - done.waived.penalty
    assert open_of(done.account, DAY)[0] == done.debt_after.principal


def test_with_interest_the_principal_bears_it_and_is_still_in_equal_parts() -> None:
    """At 6 % by months on 1,000.00: 5.00 for September, then 1/12 of it less each month."""
    by = bearing(measures=[Forgiveness(INTEREST, share=dq.Proportion(1, 1)), ArrearsWaiver()])
    done = agreed(by=by)
    rows = done.account.schedule
    assert [row.principal for row in rows] == [Decimal("83.33")] * 11 + [Decimal("83.37")]
    assert [row.interest for row in rows][:3] == [Decimal("5.00"), Decimal("4.58"), Decimal("4.17")]
    assert done.account.contract_rates == (dq.DatedRate(DAY, dq.Rate.per_year("0.06")),)


def test_the_loss_is_at_the_rates_of_the_card() -> None:
    """18.25 % a year on a balance without interest for a year of equal parts, and what was given up."""
    done = agreed(by=agreement(measures=[ArrearsWaiver()]))
    assert [str(each.rate) for each in done.rates] == ["18.25 % a year"]
    assert done.present_value_loss > 60 + done.waived.total
    event = next(each for each in done.account.events if isinstance(each, dq.Restructuring))
    assert (event.value_date, event.first_due_on, event.in_difficulty) == (DAY, FIRST, True)
    assert event.diminished_share.numerator > 0
    at_once = agreed(by=agreement(instalments=1, first_due_on=DAY))
    assert at_once.present_value_loss == 0


def test_once_it_is_paid_nothing_is_owed_and_missed_it_is_late() -> None:
    done = agreed()
    payments = [
        dq.Payment(row.due_date, row.after.total) for row in done.schedule_rows if row.after
    ]
    paid = attrs.evolve(done.account, payments=payments)
    assert open_of(paid, payments[-1].value_date) == [0, 0, 0, 0]
    assert dq.days_past_due(done.account, as_of=FIRST - timedelta(1), policy=POLICY) == 0
    assert dq.days_past_due(done.account, as_of=FIRST + timedelta(10), policy=POLICY) >= 10


def test_sixty_months_are_the_most() -> None:
    """From 1 August 2025 to 1 August 2030."""
    first = date(2025, 9, 1)
    assert agreement(instalments=60, first_due_on=first).last_due_on == date(2030, 8, 1)
    assert len(agreed(by=agreement(instalments=60)).account.schedule) == 60
    told = r"on or before 2030-08-01, found 2030-0[89]-0[12].*Article 70: at most 60 months"
    for more in ({"instalments": 61}, {"instalments": 60, "first_due_on": date(2025, 9, 2)}):
        with pytest.raises(InvalidValueError, match=told):
            agreement(**more)
    weekly = dq.Frequency.WEEKLY
    assert agreement(instalments=261, frequency=weekly, first_due_on=DAY).last_due_on <= date(
        2030, 8, 1
    )
    with pytest.raises(InvalidValueError, match="Article 70"):
        agreement(instalments=262, frequency=weekly, first_due_on=DAY)


@pytest.mark.parametrize("field", ["beyond_capacity", "willing", "promises_no_new_cards"])
def test_what_the_article_needs_is_refused_without_it(field: str) -> None:
    with pytest.raises(InvalidValueError, match=f"{field}.*Article 70"):
        agreement(**{field: False})


def test_the_recording_of_an_oral_agreement_is_kept() -> None:
    with pytest.raises(
        InvalidValueError, match="recording_id.*kept at least until the debt is settled"
    ):
        agreement(is_oral=True)
    with pytest.raises(InvalidValueError, match="recording_id"):
        agreement(recording_id="R-1")
    done = agreed(by=agreement(is_oral=True, recording_id="R-1"))
    assert "recording R-1 is kept at least until the debt is settled" in str(done)


def test_the_document_has_what_the_article_asks_for() -> None:
    done = agreed(by=bearing(other_terms="none", accrues_annual_fee=True))
    text = str(done)
    told = done.explanation
    assert told.citations == (ARTICLE_70,)
    rules = [each.rule for each in told.because]
    assert rules.count("card_agreement_row") == 12
    assert rules.count("card_agreement_balance") == len(done.structure) == 4
    assert sum(amount for _, amount in done.structure) == done.debt_before.total
    for said in (
        "for card C-1",
        "paid on account P-1 in 12 instalments",
        "The debt is beyond what the holder can pay",
        "Owed: 1,000.00 CNY of purchases",
        "Instalment 1, due on 2025-09-01",
        "The principal bears 6 % a year",
        "The annual fee of the card is charged",
        "No other fees are charged",
        "applies for no credit card of any bank",
        "Rights and duties of both parties: as in the contract of the card",
        "On a breach: all that is open falls due",
        "Other terms: none",
        "collection stops unless the agreement is broken",
    ):
        assert said in text, said
    zh = told.to_text(lang="zh")
    for said in ("个性化分期还款协议", "消费", "不向任何银行申领信用卡", "停止催收", "第70条"):
        assert said in zh, said
    assert "No interest accrues" in str(agreed())


@pytest.mark.parametrize(
    ("more", "error", "told"),
    [
        ({"account_id": ""}, InvalidTypeError, "account_id"),
        ({"effective_on": datetime(2025, 8, 1)}, InvalidTypeError, "effective_on"),
        ({"effective_on": "2025-08-01"}, InvalidTypeError, "effective_on"),
        ({"first_due_on": datetime(2025, 9, 1)}, InvalidTypeError, "first_due_on"),
        ({"first_due_on": DAY - timedelta(1)}, InvalidValueError, "on or after effective_on"),
        ({"instalments": 0}, InvalidValueError, "instalments"),
        ({"instalments": -1}, InvalidValueError, "instalments"),
        ({"instalments": 1.0}, InvalidTypeError, "instalments"),
        ({"instalments": True}, InvalidTypeError, "instalments"),
        ({"frequency": dq.Frequency.TERM}, InvalidTypeError, "frequency"),
        ({"annual_rate": "0.06"}, InvalidTypeError, "annual_rate"),
        ({"annual_rate": 0.06}, InvalidTypeError, "annual_rate"),
        ({"annual_rate": dq.Rate.per_day("0.0001")}, InvalidValueError, "year"),
        (
            {"annual_rate": dq.Rate.per_year("0.06")},
            InvalidValueError,
            "accrues_interest: expected True",
        ),
        ({"accrues_interest": True}, InvalidValueError, "accrues_interest: expected False"),
        (
            {"annual_rate": dq.Rate.per_year("0.06"), "accrues_interest": True},
            InvalidValueError,
            "day_count",
        ),
        ({"day_count": 360}, InvalidTypeError, "day_count"),
        ({"measures": [TermExtension(1)]}, InvalidTypeError, "measure"),
        ({"measures": ArrearsWaiver()}, InvalidTypeError, "One alone"),
        ({"willing": 1}, InvalidTypeError, "willing"),
        ({"accrues_other_fees": None}, InvalidTypeError, "accrues_other_fees"),
        ({"breach_terms": " "}, InvalidValueError, "breach_terms"),
        ({"rights_and_duties": ""}, InvalidValueError, "rights_and_duties"),
        ({"breach_terms": None}, InvalidTypeError, "breach_terms"),
        ({"other_terms": None}, InvalidTypeError, "other_terms"),
        ({"is_oral": True, "recording_id": ""}, InvalidTypeError, "recording_id"),
    ],
)
def test_a_bad_agreement_is_refused(more, error, told) -> None:
    with pytest.raises(error, match=told):
        agreement(**more)


def test_what_cannot_be_agreed_is_refused() -> None:
    with pytest.raises(InvalidTypeError, match="a CardAccount"):
        agree_on_card(requirements(card(), as_of=DAY), agreement(), as_of=DAY, policy=POLICY)
    with pytest.raises(InvalidTypeError, match="a CardAgreement"):
        agree_on_card(card(), None, as_of=DAY, policy=POLICY)
    with pytest.raises(InvalidTypeError, match="as_of"):
        agree_on_card(card(), agreement(), as_of=datetime(2025, 8, 1), policy=POLICY)
    with pytest.raises(InvalidTypeError, match="olicy"):
        agree_on_card(card(), agreement(), as_of=DAY, policy=None)
    with pytest.raises(InvalidValueError, match="at most as_of"):
        agree_on_card(card(), agreement(), as_of=DAY - timedelta(1), policy=POLICY)
    with pytest.raises(InvalidValueError, match="without an agreement, found one of 2025-08-01"):
        agreed(agreed().closed, agreement(effective_on=DAY + timedelta(1)))
    with pytest.raises(InvalidValueError, match="another id than that of the card"):
        agreed(by=agreement(account_id="C-1"))
    with pytest.raises(InvalidValueError, match="something is owed"):
        agreed(card(transactions=[]))
    forgiven = [Forgiveness(each, share=dq.Proportion(1, 1)) for each in (PRINCIPAL, INTEREST)]
    nothing = agreement(measures=[ArrearsWaiver(), *forgiven])
    with pytest.raises(InvalidValueError, match="nothing left"):
        agreed(by=nothing)
    with pytest.raises(InvalidValueError, match="value_date before the agreement"):
        agreed(card(payments=[dq.Payment(DAY, 1)]))
    known = dq.Payment(date(2025, 7, 1), 1, recorded_on=DAY)
    with pytest.raises(InvalidValueError, match="facts that were known before 2025-08-01"):
        agreed(card(payments=[known]))
    undone = attrs.evolve(YEARLY, reversed_on=DAY)
    with pytest.raises(InvalidValueError, match="a record of 2025-08-01"):
        agreed(card(transactions=[SPENT, undone]))
    with pytest.raises(InvalidValueError, match="charges that are past due: none"):
        agreed(by=agreement(measures=[ArrearsWaiver(charge_ids=["F-1"])]))
    first = agreement(effective_on=date(2025, 3, 1))
    with pytest.raises(InvalidValueError, match="originated_on"):
        agree_on_card(card(), first, as_of=DAY, policy=POLICY)


def known_before(of: CardAccount, on: date) -> CardAccount:
    """The card with the facts that were made and known before a day."""

    def kept(rows, day_of):
        return [
            row
            for row in rows
            if day_of(row) < on
            and max(row.recorded_on or day_of(row), row.reversed_on or day_of(row)) < on
        ]

    transactions = kept(of.transactions, lambda row: row.posted_on)
    names = {row.transaction_id for row in transactions}
    transactions = [row for row in transactions if row.refers_to is None or row.refers_to in names]
    payments = kept(of.payments, lambda row: row.value_date)
    return attrs.evolve(of, transactions=transactions, payments=payments)


@MANY
@given(cards(), st.integers(20, LIVED), st.integers(1, 24), st.booleans())
def test_what_was_owed_on_the_card_is_owed_by_the_account(drawn, after, count, waives) -> None:
    """Law: by component, the ledger of the day before says what is owed; the account owes it less what was
    given up; the card owes nothing, and its sums hold."""
    on = OPENED + timedelta(days=after)
    of = known_before(drawn, on)
    by = agreement(
        effective_on=on,
        first_due_on=on + timedelta(30),
        instalments=count,
        measures=[ArrearsWaiver(share=dq.Proportion(1, 3))] if waives else [],
    )
    told = owed_at_eve(of, on)
    held = card_ledger(of, as_of=on - timedelta(days=1)).credit_balance
    assume(sum(told.values()) > held)
    done = agreed(of, by)
    assert done.debt_before.total == sum(told.values()) - held
    if not held:
        assert {name: getattr(done.debt_before, name) for name in NAMES} == told
    for name in NAMES:
        gone = getattr(done.waived, name) + getattr(done.forgiven, name)
        assert getattr(done.debt_after, name) == getattr(done.debt_before, name) - gone
    assert open_of(done.account, on) == [getattr(done.debt_after, name) for name in NAMES]
    for day in (on, on + timedelta(days=90)):
        ledger = card_ledger(done.closed, as_of=day)
        assert ledger.open_amount == ledger.accrued_interest == ledger.available_credit == 0
        assert ledger.charged == ledger.settled
        assert ledger.paid + ledger.converted == ledger.settled + ledger.credit_balance
        assert ledger.credit_balance == 0
        minimums = requirements(done.closed, as_of=day)
        assert dq.days_past_due(minimums, as_of=day, policy=POLICY) == 0
    if not waives:
        assert done.waived.total == done.forgiven.total == 0


def test_what_does_not_fit_a_card_is_told_with_what_does() -> None:
    """A schedule is what measures change; interest needs a rate, and a rate is interest."""
    plan = dq.restructuring.RestructuringPlan(measures=[], effective_on=DAY)
    with pytest.raises(
        dq.InvalidTypeError, match=r"restructure, account.*agree_on_card\(card, agreement"
    ):
        dq.restructuring.restructure(card(), plan, as_of=DAY, policy=POLICY)
    with pytest.raises(
        dq.InvalidValueError, match="annual_rate: expected a rate above 0, because accrues"
    ):
        agreement(accrues_interest=True)
    with pytest.raises(
        dq.InvalidValueError, match="accrues_interest: expected True, because annual_rate"
    ):
        agreement(accrues_interest=False, annual_rate=dq.Rate.per_year("0.06"))
