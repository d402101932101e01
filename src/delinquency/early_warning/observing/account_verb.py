"""Observing one account, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from delinquency.account import Account
from delinquency.assessment import Assessment
from delinquency.calendar import day_number
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.observing.at_close import (
    closed_on,
    has_rolled_forward,
    standing_of,
)
from delinquency.early_warning.observing.first_payment import first_payment_default
from delinquency.early_warning.observing.in_period import flows_of
from delinquency.early_warning.observing.month_periods import HistoryPeriod, history_periods
from delinquency.early_warning.observing.months_since import MONTHS_SINCE, months_since_numbers
from delinquency.early_warning.units import as_whole
from delinquency.errors import InvalidTypeError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, check_policy
from delinquency.replaying import known_day_of
from delinquency.restructuring.following.promises import (
    PromiseToPay,
    checked_promises,
    follow_promises,
)
from delinquency.revolving.card import CardAccount

__all__ = [
    "ACCOUNT_OBSERVATIONS",
    "SWEPT_OBSERVATIONS",
    "broken_in",
    "checked_account",
    "observe",
    "observed_numbers",
]

ACCOUNT_OBSERVATIONS: Final = (
    "days_past_due",
    "delinquent_days",
    "arrears",
    "exposure",
    "rolled_forward",
    "first_payment_default",
    "months_on_book",
    "amount_due",
    "amount_paid",
    "payment_ratio",
    "part_paid_instalments",
    "payments_reversed",
    "days_since_payment",
    "months_since_past_due",
    "months_since_30_days_past_due",
)
"""What an account alone tells; with promises there are ``broken_promises`` beside them."""

SWEPT_OBSERVATIONS: Final = tuple(name for name in ACCOUNT_OBSERVATIONS if name not in MONTHS_SINCE)
"""Those that need the account itself; the others follow from them."""


def observe(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    periods: int = 12,
    dates: Iterable[date] | None = None,
    known_on: date | None = None,
    promises: Iterable[PromiseToPay] | None = None,
) -> Observations:
    """Observe an account at the ends of the periods up to ``as_of``, each as it was known then.

    A period is ``(start, end]``: what has the value date of its last day counts, what has that of the day
    before its first does not. Every period that ends before ``originated_on`` is unknown; that in which the
    account began is told from its beginning. At each end:

    - ``days_past_due``, ``delinquent_days`` [days], ``arrears`` and ``exposure`` are those of
      :func:`~delinquency.assessment.assess`. ``rolled_forward``: the bucket is worse than at the start of the
      period.
    - ``first_payment_default``: at the close of the 30th day after the due date of the first instalment the
      oldest unsettled debt was at least as old, or one as old was written off. Unknown before that close.
    - ``months_on_book``: whole months since ``originated_on``.
    - ``amount_due``: debts whose due date lies in the period and that were in force on it, with what the
      ledger charged, less what was waived. ``amount_paid``: money of any kind with a value date in the period
      that counts at the end; what is recorded later is in no period. ``payment_ratio``: the second of the
      first, unknown where nothing fell due.
    - ``part_paid_instalments``: instalments among those debts of which something is settled and something is
      not. ``payments_reversed``: payments whose reversal lies in the period.
    - ``days_since_payment``: days since the last day whose payments reach the least payment of the policy, or
      without one since ``originated_on``.
    - ``months_since_past_due``: how many ends ago, this one being 0, ``days_past_due`` was last more than 0;
      ``months_since_30_days_past_due``: 30 or more. Only the ends that are told are looked at, each as it was
      known then, so that more ``periods`` may tell what fewer cannot. Unknown where it was at none of them,
      even of an account that never was, which has no such number: unknown is not healthy.
    - ``broken_promises``: promises whose day after ``due_on`` lies in the period and of which something was
      missing at its close. Only with ``promises``.

    Parameters
    ----------
    account : Account
    as_of : date
        The end of the last period.
    policy : Policy or PolicyTimeline
        Of each end the version in force on it.
    periods : int, default 12
        How many months, from 1 to 600. They end on ``as_of`` and on the same day of the months before; where
        ``as_of`` is the last day of its month, on last days.
    dates : iterable of date, optional
        The ends of the periods in place of months, in order, the last one ``as_of``. When the first period
        began nobody says, so that what is counted in it is unknown.
    known_on : date, optional
        Tell every end as it was known on this day. Without it, each as it was known on itself: leave it out
        where rules are back-tested, for a day after an end brings hindsight into it.
    promises : iterable of PromiseToPay, optional
        The promises of the debtor; money serves them as in following a plan. None given is not none made.

    Returns
    -------
    Observations

    Raises
    ------
    InvalidTypeError
        A card, a portfolio or what else is no account; wrong types.
    InvalidValueError
        Periods or dates that are refused; a promise made after ``as_of`` or before the account began.
    PolicyNotInForceError
        No version is in force at the end of a period on which the account had begun.

    Examples
    --------
    Due on 31 January and not paid: on that day nothing is late, a month later it is.

    >>> from decimal import Decimal
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), Decimal("100"))])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule,
    ...     payments=[dq.Payment(date(2025, 2, 28), Decimal("40"))])
    >>> policy = dq.rulebook.load("founding-report")
    >>> seen = observe(account, as_of=date(2025, 2, 28), policy=policy, periods=2)
    >>> seen.numbers["days_past_due"], seen.numbers["amount_due"], seen.numbers["amount_paid"]
    ((0, 28), (10000, 0), (0, 4000))
    >>> seen.numbers["payment_ratio"], seen.numbers["rolled_forward"]
    ((0, None), (0, 1))

    References
    ----------
    EBA/GL/2020/06, section 8.5; SAMA, Rules on Management of Problem Loans, Appendix 1.
    """
    checked_account(account, "observe")
    told = history_periods(as_of, periods, dates, "observe")
    check_policy(policy)
    known_day_of(known_on, "observe")
    kept = None
    if promises is not None:
        kept = checked_promises(promises, account, account.originated_on, as_of, "observe")
    numbers = observed_numbers(account, told, policy, known_on, kept, "observe")
    return Observations(
        account.account_id,
        tuple(period.end for period in told),
        account.currency,
        {name: CATALOGUE[name] for name in numbers},
        numbers,
    )


def checked_account(account: object, verb: str) -> None:
    """Refuse what is no account, and name the verb of what it is."""
    if isinstance(account, Account):
        return
    hint = "For a Portfolio use delinquency.portfolio."
    if isinstance(account, CardAccount):
        hint = "For a card use observe_card(card, as_of=...)."
    raise InvalidTypeError.at(verb, expected="an Account", found=account, hint=hint)


def observed_numbers(
    account: Account,
    told: Sequence[HistoryPeriod],
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    promises: tuple[PromiseToPay, ...] | None,
    verb: str,
) -> Mapping[str, tuple[int | None, ...]]:
    """By name one number for each period; see :func:`observe`."""
    names = SWEPT_OBSERVATIONS if promises is None else (*SWEPT_OBSERVATIONS, "broken_promises")
    before = closed_on(account, told[0].start, policy, known_on, verb)
    rows: list[Mapping[str, int | None]] = []
    for period in told:
        close = closed_on(account, period.end, policy, known_on, verb)
        rows.append({} if close is None else _row(before, close, period, promises))
        before = close
    found = {name: tuple(as_whole(row.get(name)) for row in rows) for name in names}
    return found | months_since_numbers(found)


def _row(
    before: Assessment | None,
    close: Assessment,
    period: HistoryPeriod,
    promises: tuple[PromiseToPay, ...] | None,
) -> Mapping[str, int | None]:
    ledger = close.ledger
    row = standing_of(close)
    row["rolled_forward"] = has_rolled_forward(before, close)
    row["first_payment_default"] = first_payment_default(close)
    if period.start is not None:
        start = day_number(period.start, where="observe", field="start")
        row |= flows_of(ledger, start)
        if promises is not None:
            row["broken_promises"] = broken_in(promises, close.account, period, ledger.known_day)
    return row


def broken_in(
    promises: Iterable[PromiseToPay], account: Account, period: HistoryPeriod, known: int
) -> int:
    """Promises that were broken in a period, of those that had been made by its end."""
    start = period.start
    made = (promise for promise in promises if promise.promised_on <= period.end)
    end = day_number(period.end, where="observe", field="end")
    followed = follow_promises(made, account, as_of=end, known=known)
    return sum(
        start is not None and each.broken_on is not None and start < each.broken_on <= period.end
        for each in followed
    )
