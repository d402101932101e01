"""The repayment status of a card, month by month, as the Chinese credit register keeps it.

A loan is reported by days, a card by how many minimums in a row were missed. The one idea: a month is a
billing cycle, and its status is what stands at the close of its statement day, before the statement asks
for anything new.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import day_number, to_date
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.revolving.card import CardAccount
from delinquency.revolving.ledger import replayed
from delinquency.whole_numbers import check_least

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.revolving.state import CardState

__all__ = ["BureauEdition", "BureauMonth", "card_bureau_codes"]

_LONGEST_REPORT: Final = 60
"""Months that a report of the register has at most, however young the card."""

_MOST_MISSED: Final = 7
"""The last figure of the register's legend: seven times or more."""


class BureauEdition(Enum):
    """The edition of the register: ``SECOND`` has a code for what was paid late but within the cycle, M."""

    FIRST = "first"
    SECOND = "second"


@attrs.frozen(slots=True)
class BureauMonth:
    """The status of one billing cycle.

    Attributes
    ----------
    statement_date : date
        On which it stood.
    code : str
        ``/`` not opened, ``#`` unknown, ``*`` nothing was to be paid, ``N`` paid, ``M`` paid late but within
        the cycle, ``1`` to ``7`` minimums missed in a row, 7 for seven or more.
    amount_past_due : Decimal
        What was open of minimums [currency units].
    """

    statement_date: date
    code: str
    amount_past_due: Decimal


def card_bureau_codes(
    card: CardAccount,
    *,
    as_of: date,
    known_on: date | None = None,
    months: int = 24,
    edition: BureauEdition = BureauEdition.FIRST,
    unknown_before: date | None = None,
) -> tuple[BureauMonth, ...]:
    """The status of the last cycles that ended on or before ``as_of``, the oldest first.

    The cycle that ends with a statement is that in which the statement before it fell due. ``*`` if that one
    asked for nothing; ``N`` if nothing more than the tolerance is past due; else the minimums missed in a
    row, by ``CycleCount.CONSECUTIVE``.

    Parameters
    ----------
    card : CardAccount
    as_of : date
    known_on : date, optional
        As in :func:`~delinquency.revolving.ledger.card_ledger`.
    months : int, default 24
        How many, 1 or more; at most 60, or the statements of the card if they are more.
    edition : BureauEdition, default FIRST
    unknown_before : date, optional
        Statements before it are ``#``: the card is older than its records.

    Raises
    ------
    InvalidTypeError
        Not a card; not a date.
    InvalidValueError
        Less than one month, or more than a report and the card have.

    References
    ----------
    People's Bank of China, personal credit report, legend of the 24-month repayment status.

    Examples
    --------
    Nothing fell due before the statement of 5 April; its minimum is missed, and so are those after it.

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
    ...     transactions=[spent])
    >>> "".join(month.code for month in card_bureau_codes(card, as_of=date(2025, 7, 4), months=4))
    '/*12'
    >>> "".join(month.code for month in card_bureau_codes(card, as_of=date(2025, 7, 5), months=4))
    '*123'
    """
    check_least(months, "card bureau codes, months", least=1)
    checked_member(edition, BureauEdition, "card bureau codes, edition")
    unknown_until = None
    if unknown_before is not None:
        unknown_until = day_number(
            unknown_before, where="card bureau codes", field="unknown_before"
        )
    state = replayed(card, as_of, known_on, "card bureau codes")
    most = max(_LONGEST_REPORT, len(state.statements))
    if months > most:
        raise InvalidValueError.at(
            f"card {card.account_id!r}, bureau codes, months",
            expected=f"at most {most}, a full report or the statements of the card",
            found=months,
        )
    last = len(state.statements) - 1
    while not state.statements and state.statement_day(last) > state.as_of:
        last -= 1
    return tuple(
        _month(state, number, edition, unknown_until)
        for number in range(last - months + 1, last + 1)
    )


def _month(
    state: CardState, number: int, edition: BureauEdition, unknown_until: Day | None
) -> BureauMonth:
    day = state.statement_day(number)
    past_due = state.statements[number].past_due if number >= 0 else 0
    if number < 0:
        code = "/"
    elif unknown_until is not None and day < unknown_until:
        code = "#"
    else:
        code = _code(state, number, edition)
    return BureauMonth(to_date(day), code, from_minor(past_due, state.card.currency))


def _code(state: CardState, number: int, edition: BureauEdition) -> str:
    before = state.statements[number - 1] if number else None
    if before is None or not before.minimum_due:
        return "*"
    run = state.statements[number].missed_run
    if run:
        return str(min(run, _MOST_MISSED))
    return "M" if before.is_missed and edition is BureauEdition.SECOND else "N"
