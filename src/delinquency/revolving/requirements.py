"""The minimum-payment requirements of a card as an account, which counting reads.

Days past due of a card are those of its minimums, not of its balance. The one idea: a requirement is an
instalment. Each statement adds one row with what it *newly* required; the unpaid part of the last minimum
stays in its own row, with its own age.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from delinquency.account import Account, Product
from delinquency.calendar import LAST_DAY, to_date
from delinquency.payments import Payment, PaymentKind
from delinquency.revolving.card import CardAccount
from delinquency.revolving.ledger import card_ledger
from delinquency.revolving.record import CardLedger, CycleCount, MinimumRequirement
from delinquency.schedule import Instalment, Schedule

__all__ = ["missed_cycles", "requirements"]

ONE_DAY: Final = timedelta(days=1)
_LAST_DATE: Final = to_date(LAST_DAY)


def requirements(card: CardAccount, *, as_of: date, known_on: date | None = None) -> Account:
    """The account of a card's minimums: one instalment a statement up to ``as_of``.

    The rows are for counting, and hold the grace (容时) and the tolerance (容差) of the card under any
    policy. A minimum that is met is never past due, and one that may still be met is not yet:

    - A row is due on the payment due date if its minimum was missed, and otherwise on the last day of its
      grace. Ask for the requirements of each day that you count on: those of a later day know, on the days
      of grace, which minimum was going to be missed.
    - What a tolerance lets off is a payment of kind REFUND, on the day on which the minimum was judged or,
      of a minimum missed before, brought within the tolerance. It stays in the balance.

    What the holder owes is not here but in :func:`~delinquency.revolving.ledger.card_ledger`. A row is in
    force from the day after its statement, so that money that came up to the statement, its day included,
    never pays it; a statement that newly requires nothing has none. Payments are those of the card. A
    refund or a conversion is among them, as a payment of kind REFUND, as far as it settled a minimum. A
    card that has required nothing yet has one row of nothing, due on the day it was opened.

    Money pays the rows of earlier statements, oldest first, and what they do not need pays no later row:
    the balance of which that row is a part is smaller by it.

    Parameters
    ----------
    card : CardAccount
    as_of : date
        The statement of that day has its row. Days after 2200-12-31 are told as that day.
    known_on : date, optional
        As in :func:`~delinquency.revolving.ledger.card_ledger`; the rows are those that were known. All
        payments stay, with their dates, so that the same cut is to be given to whoever counts.

    Raises
    ------
    InvalidTypeError
        Not a card; not a date.

    References
    ----------
    商业银行信用卡业务监督管理办法, Article 92; Regulation (EU) 575/2013, Article 178(2)(c): the count of a
    card begins with the due date of the minimum.

    Examples
    --------
    A tenth of 1,000.00 each month, the first paid within its window, the second not.

    >>> from delinquency.currency import Currency
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, ByKind, CardInterest, CardTerms,
    ...     CardTransaction, DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare,
    ...     TransactionKind)
    >>> from delinquency.rounding import Proportion
    >>> tenth = MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10))
    >>> terms = CardTerms(currency=Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[tenth]), order=ByKind(kinds=BALANCE_KINDS),
    ...     interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> card = CardAccount(account_id="C-1", originated_on=date(2025, 3, 10), terms=terms,
    ...     transactions=[spent], payments=[Payment(date(2025, 4, 6), 100)])
    >>> [str(row.due_date) for row in requirements(card, as_of=date(2025, 5, 4)).schedule]
    ['2025-04-23']
    >>> rows = requirements(card, as_of=date(2025, 5, 5)).schedule
    >>> [(str(row.in_force_from), str(row.due_date), str(row.principal)) for row in rows]
    [('2025-04-06', '2025-04-23', '100.00'), ('2025-05-06', '2025-05-23', '90.00')]
    >>> [missed_cycles(card, as_of=date(2025, 5, day)) for day in (22, 23)]
    [0, 1]
    """
    ledger = card_ledger(card, as_of=as_of, known_on=known_on)
    return Account(
        account_id=card.account_id,
        obligor_id=card.obligor_id,
        originated_on=card.originated_on,
        product=Product.CARD,
        segment=card.segment,
        schedule=Schedule(card.currency, _rows(ledger)),
        payments=(*card.payments, *_credits(ledger)),
    )


def _due_date(ledger: CardLedger, row: MinimumRequirement) -> date:
    statement = ledger.statements[row.statement_no - 1]
    is_missed = statement.is_minimum_met is False and statement.judged_on < ledger.as_of
    return row.due_date if is_missed else statement.judged_on


def _rows(ledger: CardLedger) -> tuple[Instalment, ...]:
    rows = tuple(
        Instalment(
            min(_due_date(ledger, row), _LAST_DATE),
            row.principal,
            row.interest,
            row.fees,
            in_force_from=min(row.statement_date + ONE_DAY, _LAST_DATE),
        )
        for row in ledger.requirements
    )
    return rows or (Instalment(ledger.card.originated_on),)


def _credits(ledger: CardLedger) -> tuple[Payment, ...]:
    # They follow from what was known, so that a cut of what was known leaves none of them out.
    known = ledger.card.originated_on
    return tuple(
        Payment(day, amount, PaymentKind.REFUND, recorded_on=known)
        for day, amount in ledger.credits_to_minimums
    )


def missed_cycles(
    card: CardAccount,
    *,
    as_of: date,
    known_on: date | None = None,
    count: CycleCount = CycleCount.CONSECUTIVE,
) -> int:
    """Missed cycles at the close of ``as_of`` [cycles]: statements whose minimum was not met in time.

    In time is by the close of the due date plus grace, short of no more than the tolerance. ``count`` says
    which statements; see :class:`~delinquency.revolving.record.CycleCount`.

    Raises
    ------
    InvalidTypeError
        Not a card; not a date; no ``CycleCount``.

    References
    ----------
    People's Bank of China, personal credit report: a card is reported by the minimums missed in a row.

    Examples
    --------
    See :func:`requirements`: the minimum due on 23 May is missed at the close of that day, not before.
    """
    return card_ledger(card, as_of=as_of, known_on=known_on).missed_cycles(count)
