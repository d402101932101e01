"""What a refusal of a card, or of a question to it, says, word for word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.revolving.cases import (
    DAILY,
    OPENED,
    card,
    fee,
    paid,
    posted,
    purchase,
    refund,
    terms,
)

import delinquency as dq
from delinquency.revolving import (
    BalanceKind,
    BalanceRate,
    CardAccount,
    CardInterest,
    CreditLimit,
    Dated,
    InstalmentPlan,
    InterestMethod,
    TransactionKind,
    card_bureau_codes,
    card_ledger,
    explain_credits,
)

BOUGHT = date(2025, 3, 30)
PLAN = InstalmentPlan(instalments=3)
PARSE = " Hint: Parse text at the edge: date.fromisoformat('2026-03-01')."
ROUND = " Hint: Round it yourself, by the rule of the contract: amounts are never rounded here."
KINDS = (
    " Hint: Write BalanceKind.PURCHASE, BalanceKind.CASH_ADVANCE, BalanceKind.PLAN, "
    "BalanceKind.INTEREST, BalanceKind.FEES or BalanceKind.PENALTY."
)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: CardAccount(account_id="", originated_on=OPENED, terms=terms()),
            "card, account_id: expected a text that is not empty, found ''.",
        ),
        (
            lambda: CardAccount(account_id="C-1", originated_on=OPENED, terms="terms"),
            "card 'C-1', terms: expected an instance of CardTerms, found 'terms'.",
        ),
        (
            lambda: card(obligor_id=7),
            "card 'C-1', obligor_id: expected an instance of str, found 7.",
        ),
        (
            lambda: card(segment="retail"),
            "card 'C-1', segment: expected a Segment, found 'retail'. Hint: Write Segment.RETAIL or Segment.NON_RETAIL.",
        ),
        (
            lambda: card(originated_on="2025"),
            f"card 'C-1': expected originated_on to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: card(credit_limits=[1000]),
            "credit limit 1: expected an instance of CreditLimit, found 1000.",
        ),
        (
            lambda: card(credit_limits=5),
            "credit limit: expected an iterable of CreditLimit, found 5.",
        ),
        (
            lambda: CardAccount(
                account_id="C-1", originated_on=OPENED, terms=terms(), transactions=[5]
            ),
            "transaction 1: expected an instance of CardTransaction, found 5.",
        ),
        (
            lambda: CardAccount(
                account_id="C-1", originated_on=OPENED, terms=terms(), payments=[5]
            ),
            "payment 1: expected an instance of Payment, found 5.",
        ),
        (
            lambda: card(credit_limits=[CreditLimit(date(2025, 3, 11), 1)]),
            "card 'C-1', credit limit 1: expected effective_from on or before originated_on 2025-03-10, found 2025-03-11. Hint: Give the limit with which the card was opened.",
        ),
        (
            lambda: card(credit_limits=[CreditLimit(OPENED, 1), CreditLimit(OPENED, 2)]),
            "card 'C-1', credit limits: expected one limit a day, found two of 2025-03-10.",
        ),
        (
            lambda: card(credit_limits=[CreditLimit(OPENED, Decimal("0.001"))]),
            f"card 'C-1', credit limit: expected amount in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (
            lambda: card(purchase(date(2025, 3, 9), 1, "A")),
            "card 'C-1', transaction 'A': expected posted_on on or after originated_on 2025-03-10, found 2025-03-09.",
        ),
        (
            lambda: card(paid(date(2025, 3, 9), 1)),
            "card 'C-1', payment 1: expected value_date on or after originated_on 2025-03-10, found 2025-03-09.",
        ),
        (
            lambda: card(paid(date(2025, 3, 9), 1, payment_id="P")),
            "card 'C-1', payment 'P': expected value_date on or after originated_on 2025-03-10, found 2025-03-09.",
        ),
        (
            lambda: card(paid(BOUGHT, Decimal("0.001"))),
            f"card 'C-1', payment 1: expected amount in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (
            lambda: card(purchase(BOUGHT, 1, "A"), fee(BOUGHT, 1, "A")),
            "card 'C-1', transaction 'A': expected a transaction_id used once, found it twice.",
        ),
        (
            lambda: card(paid(BOUGHT, 1, payment_id="P"), paid(BOUGHT, 2, payment_id="P")),
            "card 'C-1', payment 'P': expected a payment_id used once, found it twice.",
        ),
        (
            lambda: card(purchase(BOUGHT, Decimal("0.001"), "A")),
            f"card 'C-1', transaction 'A': expected amount in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (
            lambda: card(
                posted(
                    TransactionKind.INSTALMENT_PLAN,
                    BOUGHT,
                    1,
                    "A",
                    plan=InstalmentPlan(instalments=1, cost=Decimal("0.001")),
                )
            ),
            f"card 'C-1', transaction 'A', plan: expected cost in CNY with at most 2 decimals, found 0.001.{ROUND}",
        ),
        (
            lambda: card(refund(BOUGHT, 1, "B", refers_to="A")),
            "card 'C-1', transaction 'B', refers_to: expected the id of a transaction of the card, one of purchase, cash_advance, fee, found 'A'.",
        ),
        (
            lambda: card(purchase(BOUGHT, 1, "A"), refund(OPENED, 1, "B", refers_to="A")),
            "card 'C-1', transaction 'B', posted_on: expected the day 2025-03-30 of 'A', or later, found 2025-03-10.",
        ),
        (
            lambda: card(
                fee(BOUGHT, 1, "A"),
                posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 1, "B", plan=PLAN, refers_to="A"),
            ),
            "card 'C-1', transaction 'B', refers_to: expected the id of a transaction of the card, one of purchase, cash_advance, found 'A'.",
        ),
        (
            lambda: card(
                purchase(BOUGHT, 1, "A"),
                posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 2, "B", plan=PLAN, refers_to="A"),
            ),
            "card 'C-1', transaction 'B', amount: expected at most the 1 of 'A', found 2.",
        ),
        (
            lambda: card(purchase(BOUGHT, 10**13), purchase(BOUGHT, 1, "B")),
            "card 'C-1', transactions: expected amounts that sum to at most 1000000000000000 minor units, found 1000000000000100.",
        ),
        (
            lambda: card(paid(BOUGHT, 10**13), paid(BOUGHT, 1)),
            "card 'C-1', payments: expected amounts that sum to at most 1000000000000000 minor units, found 1000000000000100.",
        ),
        (
            lambda: card(agreed=terms(grace_days=Dated([(BOUGHT, 3)]))),
            "card 'C-1', card terms, grace_days: expected a card opened on or after 2025-03-30, found 2025-03-10. Hint: Add the value that held before.",
        ),
        (
            lambda: card(
                agreed=terms(
                    interest=CardInterest(
                        rates=[BalanceRate(BalanceKind.PURCHASE, Dated([(BOUGHT, DAILY)]))],
                        method=InterestMethod.UNPAID_PART,
                    )
                )
            ),
            "card 'C-1', card terms, interest, purchase: expected a card opened on or after 2025-03-30, found 2025-03-10. Hint: Add the value that held before.",
        ),
        (
            lambda: card_ledger("C-1", as_of=BOUGHT),
            "card ledger: expected a CardAccount, found 'C-1'.",
        ),
        (
            lambda: card_ledger(card(), as_of="2025"),
            f"card ledger: expected as_of to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: card_ledger(card(), as_of=BOUGHT, known_on="2025"),
            f"card ledger: expected known_on to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: card_ledger(card(), as_of=BOUGHT).balance("fees"),
            f"card ledger, kind: expected a BalanceKind, found 'fees'.{KINDS}",
        ),
        (
            lambda: card_ledger(card(), as_of=BOUGHT).missed_cycles("consecutive"),
            "missed cycles, count: expected a CycleCount, found 'consecutive'. Hint: Write CycleCount.CONSECUTIVE or CycleCount.STILL_OPEN.",
        ),
        (
            lambda: card_bureau_codes("C-1", as_of=BOUGHT),
            "card bureau codes: expected a CardAccount, found 'C-1'.",
        ),
        (
            lambda: card_bureau_codes(card(), as_of=BOUGHT, months=0),
            "card bureau codes, months: expected 1 or more, found 0.",
        ),
        (
            lambda: card_bureau_codes(card(), as_of=BOUGHT, edition=2),
            "card bureau codes, edition: expected a BureauEdition, found 2. Hint: Write BureauEdition.FIRST or BureauEdition.SECOND.",
        ),
        (
            lambda: card_bureau_codes(card(), as_of=BOUGHT, unknown_before="2025"),
            f"card bureau codes: expected unknown_before to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: explain_credits("C-1", value_date=BOUGHT),
            "explanation of credits: expected a CardLedger, found 'C-1'.",
        ),
        (
            lambda: explain_credits(card_ledger(card(), as_of=BOUGHT), value_date="2025"),
            f"explanation of credits: expected value_date to be a date, found '2025'.{PARSE}",
        ),
        (
            lambda: explain_credits(
                card_ledger(card(), as_of=BOUGHT), value_date=date(2025, 3, 31)
            ),
            "explanation of credits: expected value_date on or before 2025-03-30, found 2025-03-31.",
        ),
        (
            lambda: explain_credits(
                card_ledger(card(), as_of=BOUGHT), value_date=BOUGHT, citations=["law"]
            ),
            "explanation of credits, citation 1: expected an instance of Citation, found 'law'.",
        ),
    ],
)
def test_a_card_is_refused_in_these_words(make, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert str(caught.value) == says
