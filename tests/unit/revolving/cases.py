"""Cards of the unit tests: short names for what nearly every case has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import delinquency as dq
from delinquency.late_fees import FeeBase, FlatFee, LateFeeTerms, ShareFee
from delinquency.revolving import (
    BalanceKind,
    BalanceRate,
    ByKind,
    CardAccount,
    CardInterest,
    CardTerms,
    CardTransaction,
    DueAfterDays,
    InterestMethod,
    MinimumBase,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
)
from delinquency.rounding import Proportion

CNY = dq.Currency.of("CNY")
OPENED = date(2025, 3, 10)
PRINCIPAL = (BalanceKind.PLAN, BalanceKind.CASH_ADVANCE, BalanceKind.PURCHASE)
COSTS = (BalanceKind.INTEREST, BalanceKind.FEES, BalanceKind.PENALTY)
DAILY = dq.Rate.per_day("0.0005")
WHOLE, TENTH = Proportion(1, 1), Proportion(1, 10)


def interest(method=InterestMethod.FULL_STATEMENT, *, kinds=None, rate=DAILY, **more):
    kinds = (BalanceKind.PURCHASE, BalanceKind.CASH_ADVANCE) if kinds is None else kinds
    return CardInterest(rates=[BalanceRate(kind, rate) for kind in kinds], method=method, **more)


def chinese_minimum(**more):
    """A tenth of purchases and cash, and all of what is newly billed of the rest."""
    shares = [
        MinimumShare(BalanceKind.PURCHASE, TENTH),
        MinimumShare(BalanceKind.CASH_ADVANCE, TENTH),
        *(
            MinimumShare(kind, WHOLE, MinimumBase.NEWLY_BILLED)
            for kind in (BalanceKind.PLAN, *COSTS)
        ),
    ]
    return MinimumPaymentRule(shares=shares, **more)


def terms(**more):
    """Statements on the 5th, due 18 days later, interest of 0.05 % a day on purchases and cash."""
    agreed = {
        "currency": CNY,
        "cycle_day": 5,
        "due": DueAfterDays(18),
        "minimum": chinese_minimum(),
        "interest": interest(),
        "order": ByKind(kinds=COSTS + PRINCIPAL),
    }
    return CardTerms(**(agreed | more))


def posted(kind, day, amount, name=None, **more):
    return CardTransaction(
        kind=kind,
        posted_on=day,
        amount=amount,
        transaction_id=name or f"{kind.value} {day}",
        **more,
    )


def purchase(day, amount, name=None, **more):
    return posted(TransactionKind.PURCHASE, day, amount, name, **more)


def cash(day, amount, name=None, **more):
    return posted(TransactionKind.CASH_ADVANCE, day, amount, name, **more)


def fee(day, amount, name=None, **more):
    return posted(TransactionKind.FEE, day, amount, name, **more)


def refund(day, amount, name=None, **more):
    return posted(TransactionKind.REFUND, day, amount, name, **more)


def paid(day, amount, **more):
    return dq.Payment(day, amount, **more)


def card(*facts, agreed=None, **more):
    """A card opened on 10 March 2025 with these transactions and payments."""
    return CardAccount(
        account_id="C-1",
        originated_on=more.pop("originated_on", OPENED),
        terms=terms() if agreed is None else agreed,
        transactions=[fact for fact in facts if isinstance(fact, CardTransaction)],
        payments=[fact for fact in facts if isinstance(fact, dq.Payment)],
        **more,
    )


def yuan(text):
    return Decimal(text)


def late_fee(amount=TENTH, **given):
    """A share of the unpaid minimum, or an amount."""
    is_share = isinstance(amount, Proportion)
    kind = ShareFee(amount, FeeBase.UNPAID_MINIMUM) if is_share else FlatFee(amount)
    return LateFeeTerms(name="late", currency=CNY, amount=kind, **given)
