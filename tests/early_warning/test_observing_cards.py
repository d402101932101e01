"""What is observed of a card by its statements, and of statements that stand alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import delinquency as dq
from delinquency.early_warning.units import MOST
from delinquency.portfolio import CardBook
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    ByKind,
    CardAccount,
    CardInterest,
    CardTerms,
    CardTransaction,
    CreditLimit,
    DueAfterDays,
    InterestMethod,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
    card_ledger,
    requirements,
)
from delinquency.rounding import Proportion
from tests.card_strategies import CNY, card_questions

POLICY = dq.rulebook.load("founding-report")
OPENED = date(2025, 3, 1)
FIRST, SECOND, THIRD = date(2025, 3, 5), date(2025, 4, 5), date(2025, 5, 5)
TERMS = CardTerms(
    currency=CNY,
    cycle_day=5,
    due=DueAfterDays(18),
    minimum=MinimumPaymentRule(
        shares=[
            MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10)),
            MinimumShare(BalanceKind.CASH_ADVANCE, Proportion(1, 10)),
        ]
    ),
    order=ByKind(kinds=BALANCE_KINDS),
    interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT),
)


def spent(day: date, amount: str, kind: TransactionKind = TransactionKind.PURCHASE) -> Any:
    return CardTransaction(
        kind=kind, posted_on=day, amount=Decimal(amount), transaction_id=f"{kind.value} {day}"
    )


def card(*payments: dq.Payment, **more: Any) -> CardAccount:
    made = {
        "transactions": [spent(date(2025, 3, 30), "1000")],
        "credit_limits": [CreditLimit(OPENED, Decimal("2000"))],
        **more,
    }
    return CardAccount(
        account_id="C-1", originated_on=OPENED, terms=TERMS, payments=payments, **made
    )


def seen_of(card: CardAccount, as_of: date = THIRD, **more: Any) -> dict[str, Any]:
    return dict(dq.observe_card(card, as_of=as_of, **more).numbers)


def test_a_period_is_a_statement_and_the_one_of_the_day_is_drawn() -> None:
    assert dq.observe_card(card(), as_of=THIRD).dates == (FIRST, SECOND, THIRD)
    assert dq.observe_card(card(), as_of=date(2025, 5, 4)).dates == (FIRST, SECOND)
    assert dq.observe_card(card(), as_of=THIRD, periods=2).dates == (SECOND, THIRD)


def test_of_the_first_statement_what_asks_for_one_before_is_unknown() -> None:
    seen = seen_of(card())
    unknown = {name for name, column in seen.items() if column[0] is None}
    asked = {"minimum_due", "paid_below_minimum", "paid_minimum_only", "paid_in_full"}
    asked |= {"payment_ratio", "carried_balance", "amount_added"}
    never = {"months_since_late", "months_since_below_minimum"}
    assert unknown == {*asked, *never, "cash_advance_share"}
    cut = seen_of(card(), periods=2)
    assert {name: column[1:] for name, column in seen.items()} == cut


@pytest.mark.parametrize(
    ("amount", "day", "below", "only", "in_full", "ratio"),
    [
        ("99.99", 23, 1, 0, 0, 99_990),
        ("100", 23, 0, 1, 0, 100_000),
        ("999.99", 23, 0, 1, 0, 999_990),
        ("1000", 23, 0, 0, 1, 1_000_000),
        ("1000", 24, 1, 0, 0, 1_000_000),  # whole, but a day late
    ],
)
def test_the_statement_before_is_judged_by_its_last_day(
    amount: str, day: int, below: int, only: int, in_full: int, ratio: int
) -> None:
    seen = seen_of(card(dq.Payment(date(2025, 4, day), Decimal(amount))))
    assert seen["minimum_due"][2] == 10_000
    told = [seen[name][2] for name in ("paid_below_minimum", "paid_minimum_only", "paid_in_full")]
    assert told == [below, only, in_full]
    assert seen["payment_ratio"][2] == ratio
    # Who is late and has paid by the next statement is no month late at it.
    assert seen["months_late"][2] == (amount == "99.99")


def test_a_statement_that_asked_for_nothing_counts_as_paid_and_its_ratio_is_unknown() -> None:
    seen = seen_of(card(), as_of=SECOND)
    assert (seen["paid_in_full"][1], seen["paid_below_minimum"][1]) == (1, 0)
    assert (seen["paid_minimum_only"][1], seen["payment_ratio"][1]) == (0, None)


def test_what_is_over_the_limit_and_what_part_is_cash() -> None:
    drawn = [
        spent(date(2025, 3, 30), "1500"),
        spent(date(2025, 4, 5), "500.01", TransactionKind.CASH_ADVANCE),
    ]
    seen = seen_of(card(transactions=drawn), as_of=SECOND)
    assert seen["statement_balance"] == (0, 200_001)
    assert seen["utilisation"] == (0, 1_000_005)
    assert seen["over_limit"] == (0, 1)
    assert (seen["purchases"][1], seen["cash_advances"][1]) == (150_000, 50_001)
    assert seen["cash_advance_share"] == (None, 250_004)


def test_without_a_limit_nobody_knows_how_much_of_it_is_used() -> None:
    seen = seen_of(card(credit_limits=()), as_of=SECOND)
    for name in ("credit_limit", "utilisation", "over_limit", "headroom"):
        assert seen[name] == (None, None)


def test_with_a_policy_the_minimums_are_counted() -> None:
    account = card(dq.Payment(date(2025, 4, 20), Decimal("40"), reversed_on=date(2025, 5, 1)))
    seen = dq.observe_card(account, as_of=date(2025, 6, 5), policy=POLICY)
    for place, day in enumerate(seen.dates):
        owed = requirements(account, as_of=day, known_on=day)
        told = dq.assess(owed, as_of=day, policy=POLICY, known_on=day)
        assert seen.numbers["days_past_due"][place] == told.days_past_due
        assert seen.value("arrears", day) == told.arrears
    assert seen.numbers["days_past_due"] == (0, 0, 12, 43)
    assert seen.numbers["rolled_forward"] == (None, 0, 1, 1)
    assert seen.numbers["payments_reversed"] == (0, 0, 1, 0)
    assert seen.numbers["first_payment_default"] == (None, None, None, 1)
    younger = dq.observe_card(account, as_of=date(2025, 6, 5), policy=POLICY, periods=2)
    assert younger.numbers == {name: column[2:] for name, column in seen.numbers.items()}


@settings(max_examples=12)
@given(card_questions())
def test_a_card_is_told_as_its_statements_are(question: Any) -> None:
    drawn, as_of, _ = question
    if as_of < drawn.originated_on or not card_ledger(drawn, as_of=as_of).statements:
        return
    seen = dq.observe_card(drawn, as_of=as_of, periods=3)
    for place, day in enumerate(seen.dates):
        ledger = card_ledger(drawn, as_of=day, known_on=day)
        assert seen.value("statement_balance", day) == ledger.statements[-1].closing_balance
        assert seen.value("amount_paid", day) == ledger.statements[-1].payments
        assert seen.numbers["months_late"][place] == ledger.missed_consecutive
    earlier = dq.observe_card(drawn, as_of=seen.dates[0], periods=1)
    assert earlier == seen.up_to(seen.dates[0])


def fee_and_purchase(count: int, fee: str) -> CardAccount:
    """Each month 10 yuan are bought and a fee is charged, and all of the statement is paid on its day."""
    months = [date(2023 + month // 12, month % 12 + 1, 1) for month in range(count)]
    facts = [
        spent(day, amount, kind)
        for day in months
        for kind, amount in ((TransactionKind.PURCHASE, "10"), (TransactionKind.FEE, fee))
    ]
    whole = Decimal(10) + Decimal(fee)
    return CardAccount(
        account_id="C-2",
        originated_on=months[0],
        terms=TERMS,
        transactions=facts,
        payments=[dq.Payment(day.replace(day=4), whole) for day in months],
    )


@pytest.mark.parametrize(
    ("count", "fee", "state"),
    [
        (18, "10", "SILENT"),  # as much of charges as of principal
        (18, "10.01", "CONFIRMED"),
        (17, "10.01", None),  # nobody knows 18 months
    ],
)
def test_a_debt_is_persistent_where_more_was_paid_of_charges_than_of_principal(
    count: int, fee: str, state: str | None
) -> None:
    debt = fee_and_purchase(count, fee)
    end = debt.payments[-1].value_date.replace(day=5)
    seen = dq.observe_card(debt, as_of=end, periods=18)
    assert seen.value("principal_paid") == 10
    assert seen.value("interest_and_charges_paid") == Decimal(fee)
    signals = dq.early_warning_signals(seen, rules=dq.load_warning_rules("uk-persistent-debt"))
    signal = signals.signal("persistent_18")
    assert (signal.state.name if signal.is_assessed else None) == state


def test_money_held_counts_when_it_settles_and_a_refund_never_does() -> None:
    """150 are paid of 100; 50 are held until 80 are bought, of which a merchant takes 30 back."""
    facts = [
        spent(date(2025, 3, 30), "100"),
        spent(date(2025, 4, 10), "80"),
        spent(date(2025, 4, 20), "30", TransactionKind.REFUND),
    ]
    seen = seen_of(card(dq.Payment(date(2025, 4, 1), Decimal("150")), transactions=facts))
    assert seen["amount_paid"] == (0, 15_000, 0)
    assert seen["principal_paid"] == (0, 10_000, 5_000)
    assert seen["interest_and_charges_paid"] == (0, 0, 0)


def test_the_order_of_payment_says_what_was_paid_of_charges() -> None:
    late = spent(date(2025, 4, 2), "20", TransactionKind.FEE)
    made = card(dq.Payment(date(2025, 4, 6), Decimal("1000.01")))
    made = attrs.evolve(made, transactions=[*made.transactions, late])
    assert seen_of(made)["principal_paid"] == (0, 0, 100_000)
    assert seen_of(made)["interest_and_charges_paid"] == (0, 0, 1)
    fees_first = ByKind(kinds=tuple(reversed(BALANCE_KINDS)))
    other = attrs.evolve(made, terms=attrs.evolve(TERMS, order=fees_first))
    assert seen_of(other)["principal_paid"] == (0, 0, 98_001)
    assert seen_of(other)["interest_and_charges_paid"] == (0, 0, 2_000)


@settings(max_examples=20)
@given(card_questions())
def test_what_was_paid_is_charges_principal_and_what_is_held(question: Any) -> None:
    """Of a card without refunds and plans, of which nothing was told late."""
    drawn, as_of, _ = question
    kinds = (TransactionKind.REFUND, TransactionKind.INSTALMENT_PLAN)
    facts = [each for each in drawn.transactions if each.kind not in kinds]
    plain = attrs.evolve(drawn, transactions=facts)
    if as_of < plain.originated_on or not card_ledger(plain, as_of=as_of).statements:
        return
    seen = dq.observe_card(plain, as_of=as_of, periods=600, known_on=as_of)
    parts = (seen.numbers["interest_and_charges_paid"], seen.numbers["principal_paid"])
    for place, day in enumerate(seen.dates):
        held = card_ledger(plain, as_of=day, known_on=as_of).credit_balance
        paid = sum(seen.numbers["amount_paid"][: place + 1])
        assert paid == sum(sum(part[: place + 1]) for part in parts) + int(held.scaleb(2))


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"as_of": datetime(2025, 5, 5)}, dq.InvalidTypeError, "as_of"),
        ({"as_of": date(2025, 3, 4)}, dq.InvalidValueError, "a statement up to as_of 2025-03-04"),
        ({"periods": 0}, dq.InvalidValueError, "periods"),
        ({"periods": "3"}, dq.InvalidTypeError, "periods"),
        ({"known_on": "2025"}, dq.InvalidTypeError, "known_on"),
        ({"policy": "founding-report"}, dq.InvalidTypeError, "olicy"),
    ],
)
def test_bad_input_is_named(change: dict[str, Any], error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        dq.observe_card(card(), **{"as_of": THIRD, **change})


def test_an_account_and_a_card_are_told_the_verb_of_the_other() -> None:
    owed = requirements(card(), as_of=THIRD)
    with pytest.raises(dq.InvalidTypeError, match="observe\\(account"):
        dq.observe_card(owed, as_of=THIRD)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="observe_card\\(card"):
        dq.observe(card(), as_of=THIRD, policy=POLICY)  # type: ignore[arg-type]
    book = CardBook.from_cards([card()])
    with pytest.raises(dq.InvalidTypeError, match="portfolio.observe_cards"):
        dq.observe_card(book, as_of=THIRD)  # type: ignore[arg-type]


COLUMNS: dict[str, Any] = {
    "credit_limit": 1000,
    "statement_balance": [Decimal("-50"), 800, None, 0, Decimal("1000.01")],
    "amount_paid": [0, 10, 800, 5, None],
    "minimum_due": [None, 0, 80, 10, 0],
    "months_late": [0, 0, 0, 1, None],
}
DATES = [date(2025, month, 28) for month in range(1, 6)]


def test_statements_alone_are_read_by_the_same_definitions() -> None:
    seen = dq.observe_statements("C-1", DATES, currency=CNY, **COLUMNS).numbers
    assert seen["utilisation"] == (-50_000, 800_000, None, 0, 1_000_010)
    assert seen["over_limit"] == (0, 0, None, 0, 1)
    assert seen["headroom"] == (105_000, 20_000, None, 100_000, -1)
    assert seen["carried_balance"] == (None, 0, 80_000, None, 0)
    assert seen["amount_added"] == (None, 86_000, None, None, None)
    assert seen["payment_ratio"] == (None, None, 1_000_000, None, None)
    assert seen["paid_in_full"] == (None, 1, 1, None, 1)
    assert seen["paid_below_minimum"] == (None, 0, 0, 1, None)
    assert seen["paid_minimum_only"] == (None, 0, 0, 0, 0)
    assert seen["months_late"] == (0, 0, 0, 1, None)


def test_statements_of_a_card_give_what_the_card_gives() -> None:
    replayed = card(
        dq.Payment(date(2025, 4, 20), Decimal("333.33")),
        transactions=[spent(date(2025, 3, 30), "1000"), spent(date(2025, 4, 30), "1500")],
    )
    told = dq.observe_card(replayed, as_of=date(2025, 7, 5))
    columns = {
        name: [told.value(name, day) for day in told.dates]
        for name in (
            "credit_limit",
            "statement_balance",
            "amount_paid",
            "minimum_due",
            "months_late",
        )
    }
    alone = dq.observe_statements("C-1", told.dates, currency=CNY, **columns)  # type: ignore[arg-type]
    for name, column in alone.numbers.items():
        assert told.numbers[name] == column, name


def test_without_limit_or_minimum_nothing_is_told_of_them() -> None:
    few = {name: COLUMNS[name] for name in ("statement_balance", "amount_paid")}
    seen = dq.observe_statements("C-1", DATES, currency=CNY, **few)
    known = {*few, "payment_ratio", "paid_in_full", "carried_balance", "amount_added"}
    assert set(seen.numbers) == known


def test_months_since_follow_from_what_was_late_or_below_the_minimum() -> None:
    """A statement of which nobody knows may have been late: what was seen before it tells nothing."""
    columns: dict[str, Any] = {
        **COLUMNS,
        "months_late": [1, 0, 2, None, 0],
        "minimum_due": [None, 80, 80, 0, 6],
    }
    seen = dq.observe_statements("C-1", DATES, currency=CNY, **columns).numbers
    assert seen["months_since_late"] == (0, 1, 0, None, None)
    assert seen["paid_below_minimum"] == (None, 1, 0, 0, None)
    assert seen["months_since_below_minimum"] == (None, 0, 1, 2, None)
    without: dict[str, Any] = {**columns, "months_late": None, "minimum_due": None}
    told = dq.observe_statements("C-1", DATES, currency=CNY, **without).numbers
    assert not {"months_since_late", "months_since_below_minimum"} & set(told)


def test_months_since_of_a_card_follow_from_its_own_columns() -> None:
    late = dq.Payment(date(2025, 5, 25), Decimal("5000"))
    seen = seen_of(card(late), as_of=date(2025, 7, 5), policy=POLICY)
    assert seen["months_late"] == (0, 0, 1, 0, 0)
    assert seen["months_since_late"] == (None, None, 0, 1, 2)
    assert seen["paid_below_minimum"] == (None, 0, 1, 1, 0)
    assert seen["months_since_below_minimum"] == (None, None, 0, 0, 1)
    assert seen["days_past_due"] == (0, 0, 12, 0, 0)
    assert seen["months_since_past_due"] == (None, None, 0, 1, 2)
    assert seen["months_since_30_days_past_due"] == (None,) * 5


def test_a_share_of_next_to_nothing_is_told_as_the_most() -> None:
    most = Decimal(MOST).scaleb(-2)
    seen = dq.observe_statements(
        "C-1", DATES[:1], currency=CNY, credit_limit=Decimal("0.01"), statement_balance=[most],
        amount_paid=[0],
    )  # fmt: skip
    assert seen.numbers["utilisation"] == (MOST,)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"credit_limit": 1.5}, dq.InvalidTypeError, "credit_limit"),
        ({"amount_paid": [0, 1]}, dq.InvalidValueError, "5 values, one for each date"),
        ({"amount_paid": 3}, dq.InvalidTypeError, "amount_paid"),
        ({"statement_balance": [1.5] * 5}, dq.InvalidTypeError, "statement_balance 1"),
        ({"statement_balance": [Decimal("NaN")] * 5}, dq.InvalidValueError, "statement_balance 1"),
        ({"statement_balance": [Decimal("0.001")] * 5}, dq.InvalidValueError, "minor units"),
        ({"months_late": [-1] * 5}, dq.InvalidValueError, "0 or more"),
        ({"statement_balance": None}, dq.InvalidTypeError, "statement_balance"),
        ({"currency": "CNY"}, dq.InvalidTypeError, "currency"),
        ({"dates": list(reversed(DATES))}, dq.InvalidValueError, "in order"),
        ({"dates": []}, dq.InvalidValueError, "at least one"),
    ],
)
def test_bad_columns_are_named(change: dict[str, Any], error: Any, words: str) -> None:
    asked = {"dates": DATES, "currency": CNY, **COLUMNS, **change}
    with pytest.raises(error, match=words):
        dq.observe_statements("C-1", asked.pop("dates"), **asked)
