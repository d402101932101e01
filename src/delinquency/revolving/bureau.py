"""The repayment status of a card, month by month, as the Chinese credit register keeps it.

A loan is reported by days, a card by how many minimums in a row were missed. The one idea: a month is a
billing cycle, and its status is what stands at the close of its statement day, before the statement asks
for anything new.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from delinquency.amounts import from_minor
from delinquency.bureau_months import (
    BureauEdition,
    BureauHistory,
    BureauMonth,
    check_report_months,
)
from delinquency.calendar import day_number, to_date
from delinquency.choices import checked_member
from delinquency.explanation import Explanation
from delinquency.revolving.card import CardAccount
from delinquency.revolving.ledger import replayed

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.revolving.state import CardState

__all__ = ["card_bureau_codes"]

_MOST_MISSED: Final = 7
"""The last figure of the register's legend: seven times or more."""

_REASONS: Final = {
    "/": "not_opened",
    "#": "unknown",
    "*": "nothing_due",
    "N": "paid_in_time",
    "M": "paid_late",
}


def card_bureau_codes(
    card: CardAccount,
    *,
    as_of: date,
    known_on: date | None = None,
    months: int = 24,
    edition: BureauEdition = BureauEdition.FIRST,
    unknown_before: date | None = None,
) -> BureauHistory:
    """The status of the last cycles that ended on or before ``as_of``, the oldest first.

    The cycle that ends with a statement is that in which the statement before it fell due. ``*`` if that one
    asked for nothing; ``N`` if nothing more than the tolerance is past due; ``M`` if it was paid late but
    within the cycle; else the minimums missed in a row, by ``CycleCount.CONSECUTIVE``, 7 for seven or more.
    ``/`` before the card, ``#`` where nothing is known.

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
    >>> card_bureau_codes(card, as_of=date(2025, 7, 4), months=4).codes
    '/*12'
    >>> card_bureau_codes(card, as_of=date(2025, 7, 5), months=4).codes
    '*123'
    """
    checked_member(edition, BureauEdition, "card bureau codes, edition")
    unknown_until = None
    if unknown_before is not None:
        unknown_until = day_number(
            unknown_before, where="card bureau codes", field="unknown_before"
        )
    state = replayed(card, as_of, known_on, "card bureau codes")
    check_report_months(
        months,
        "card bureau codes, months",
        f"card {card.account_id!r}, bureau codes, months",
        had=len(state.statements),
        noun="statements of the card",
    )
    last = len(state.statements) - 1
    while not state.statements and state.statement_day(last) > state.as_of:
        last -= 1
    rows = [
        _month(state, number, edition, unknown_until)
        for number in range(last - months + 1, last + 1)
    ]
    return BureauHistory.of(card.account_id, as_of, tuple(rows))


def _month(
    state: CardState, number: int, edition: BureauEdition, unknown_until: Day | None
) -> BureauMonth:
    day = state.statement_day(number)
    if number < 0:
        code = "/"
    elif unknown_until is not None and day < unknown_until:
        code = "#"
    else:
        code = _code(state, number, edition)
    draft = state.statements[number] if number >= 0 else None
    figures: dict[str, object] = {"reported_on": to_date(day)}
    if code in _REASONS:
        figures["reason"] = _REASONS[code]
    elif draft is not None:
        figures["missed"] = draft.missed_run
    return BureauMonth(
        reported_on=to_date(day),
        code=code,
        days_past_due=draft.age if draft else 0,
        amount_past_due=from_minor(draft.past_due if draft else 0, state.card.currency),
        explanation=Explanation("bureau_month", code, figures),
    )


def _code(state: CardState, number: int, edition: BureauEdition) -> str:
    before = state.statements[number - 1] if number else None
    if before is None or not before.minimum_due:
        return "*"
    run = state.statements[number].missed_run
    if run:
        return str(min(run, _MOST_MISSED))
    return "M" if before.is_missed and edition is BureauEdition.SECOND else "N"
