"""Observing one card, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from delinquency.account import Account
from delinquency.amounts import to_minor
from delinquency.assessment import Assessment
from delinquency.calendar import day_number
from delinquency.civil_days import whole_months_between
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.observing.at_close import (
    assessed_on,
    has_rolled_forward,
    standing_of,
)
from delinquency.early_warning.observing.first_payment import first_payment_default
from delinquency.early_warning.observing.in_period import reversals
from delinquency.early_warning.observing.month_periods import check_periods
from delinquency.early_warning.observing.months_since import months_since_numbers
from delinquency.early_warning.observing.statement_figures import (
    added_to,
    beyond_limit,
    carried_from,
    is_minimum_only,
    left_of_limit,
    part_of,
)
from delinquency.early_warning.units import as_whole
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.replaying import known_day_of
from delinquency.revolving.card import CardAccount
from delinquency.revolving.ledger import card_ledger
from delinquency.revolving.record import CardLedger, CardStatement
from delinquency.revolving.requirements import requirements

__all__ = ["CARD_OBSERVATIONS", "CARD_OBSERVATIONS_OF_DAYS", "observe_card"]

CARD_OBSERVATIONS: Final = (
    "credit_limit",
    "statement_balance",
    "utilisation",
    "over_limit",
    "headroom",
    "carried_balance",
    "amount_added",
    "minimum_due",
    "paid_below_minimum",
    "paid_minimum_only",
    "paid_in_full",
    "purchases",
    "cash_advances",
    "cash_advance_share",
    "amount_paid",
    "payment_ratio",
    "interest_and_charges_paid",
    "principal_paid",
    "months_late",
    "months_on_book",
    "months_since_late",
    "months_since_below_minimum",
)
"""What the statements of a card tell."""

CARD_OBSERVATIONS_OF_DAYS: Final = (
    "days_past_due",
    "delinquent_days",
    "arrears",
    "rolled_forward",
    "first_payment_default",
    "payments_reversed",
    "months_since_past_due",
    "months_since_30_days_past_due",
)
"""What its minimum payments tell beside them, under a policy."""

_OF_THE_ONE_BEFORE: Final = (
    *("carried_balance", "amount_added", "minimum_due", "paid_below_minimum"),
    *("paid_minimum_only", "paid_in_full", "payment_ratio"),
)
"""What nobody can tell of the first statement."""


def observe_card(
    card: CardAccount,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline | None = None,
    periods: int = 12,
    known_on: date | None = None,
) -> Observations:
    """Observe a card at each of its statements up to ``as_of``, each as it was known on its day.

    One period is one statement: it begins after the statement before and ends at the close of the statement
    day. Every figure of it, and of the statement before, is that of the ledger of that close.

    - ``credit_limit``, ``statement_balance``, ``purchases`` and ``cash_advances`` are those of the statement,
      ``amount_paid`` its payments. ``utilisation`` is the balance of the limit, ``over_limit`` the balance
      beyond it, ``headroom`` the limit less the balance, ``cash_advance_share`` the cash of purchases and
      cash; unknown where the whole is 0.
    - ``minimum_due`` is what the statement before asked for. ``paid_below_minimum``: its minimum was not met
      by its last day of grace. ``paid_in_full``: it was paid in full by then; one that asked for nothing was.
      ``paid_minimum_only``: neither. ``payment_ratio``: the payments of the period, of its balance.
      ``carried_balance`` is its balance, at least 0, and ``amount_added`` the balance, less that one, and the
      payments. At the first statement they are unknown.
    - ``interest_and_charges_paid`` is what money settled in the period of interest, fees and charges, and
      ``principal_paid`` of purchases, cash and billed plan parts, in the order of payment of the terms. Money
      that found nothing to settle counts in the period in which it settles something; refunds, and what a
      plan takes over, in none.
    - ``months_late``: the missed cycles in a row. ``months_on_book``: whole months since ``originated_on``.
    - ``months_since_late``: how many statements ago, this one being 0, ``months_late`` was last 1 or more;
      ``months_since_below_minimum``: ``paid_below_minimum`` was yes. Unknown where it was at none of those
      that are told, or where one since is unknown.

    With a policy the minimum payments of the card are counted as well: ``days_past_due``,
    ``delinquent_days``, ``arrears``, ``rolled_forward``, ``first_payment_default``, ``payments_reversed``,
    ``months_since_past_due`` and ``months_since_30_days_past_due``, as for ``observe``.

    Parameters
    ----------
    card : CardAccount
    as_of : date
        The statement of this day is the last one.
    policy : Policy or PolicyTimeline, optional
    periods : int, default 12
        The most statements, from 1 to 600; a younger card has fewer.
    known_on : date, optional
        Tell every statement as it was known on this day. Without it, each as it was known on its own: leave
        it out where rules are back-tested, for a later day is hindsight.

    Returns
    -------
    Observations

    Raises
    ------
    InvalidTypeError
        An account or what else is no card; wrong types.
    InvalidValueError
        Periods that are refused; no statement up to ``as_of``.
    PolicyNotInForceError
        No version is in force on the day of a statement.

    Examples
    --------
    Half of the limit is spent, and the statement of 5 April is paid but for one cent:

    >>> from delinquency.currency import Currency
    >>> from delinquency.payments import Payment
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, ByKind, CardInterest, CardTerms,
    ...     CardTransaction, CreditLimit, DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare,
    ...     TransactionKind)
    >>> from delinquency.rounding import Proportion
    >>> tenth = MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10))
    >>> terms = CardTerms(currency=Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[tenth]), order=ByKind(kinds=BALANCE_KINDS),
    ...     interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> card = CardAccount(account_id="C-1", originated_on=date(2025, 3, 10), terms=terms,
    ...     credit_limits=[CreditLimit(date(2025, 3, 10), 2000)], transactions=[spent],
    ...     payments=[Payment(date(2025, 4, 23), Decimal("999.99"))])
    >>> seen = observe_card(card, as_of=date(2025, 5, 5))
    >>> seen.numbers["utilisation"], seen.numbers["payment_ratio"]
    ((500000, 5), (None, 999990))
    >>> [seen.value(name) for name in ("paid_below_minimum", "paid_minimum_only", "paid_in_full")]
    [False, True, False]
    """
    _check_card(card)
    day_number(as_of, where="observe_card", field="as_of")
    check_periods(periods, "observe_card")
    known_day_of(known_on, "observe_card")
    last = card_ledger(card, as_of=as_of, known_on=as_of if known_on is None else known_on)
    days = tuple(statement.statement_date for statement in last.statements)
    if not days:
        raise InvalidValueError.at(
            f"observe_card, card {card.account_id!r}",
            expected=f"a statement up to as_of {as_of}",
            found="none yet",
        )
    first = max(0, len(days) - periods)
    rows: list[Mapping[str, int | None]] = []
    before = (
        None if policy is None or not first else _close(card, days[first - 1], policy, known_on)
    )
    for place in range(first, len(days)):
        row, close = _row(card, days[: place + 1], policy, known_on, before)
        rows.append(row)
        before = close
    numbers = {name: tuple(as_whole(row[name]) for row in rows) for name in rows[0]}
    numbers |= months_since_numbers(numbers)
    names = (
        CARD_OBSERVATIONS if policy is None else (*CARD_OBSERVATIONS, *CARD_OBSERVATIONS_OF_DAYS)
    )
    return Observations(
        card.account_id,
        days[first:],
        card.currency,
        {name: CATALOGUE[name] for name in names},
        {name: numbers[name] for name in names},
    )


def _check_card(card: object) -> None:
    if isinstance(card, CardAccount):
        return
    hint = "For a CardBook use delinquency.portfolio.observe_cards."
    if isinstance(card, Account):
        hint = "For an account use observe(account, as_of=..., policy=...)."
    raise InvalidTypeError.at("observe_card", expected="a CardAccount", found=card, hint=hint)


def _row(
    card: CardAccount,
    days: tuple[date, ...],
    policy: Policy | PolicyTimeline | None,
    known_on: date | None,
    before: Assessment | None,
) -> tuple[Mapping[str, int | None], Assessment | None]:
    day = days[-1]
    ledger = card_ledger(card, as_of=day, known_on=day if known_on is None else known_on)
    row = _of_statement(ledger)
    if policy is None:
        return row, None
    close = _close(card, day, policy, known_on)
    start = days[-2] if len(days) > 1 else None
    return row | _of_minimums(before, close, start), close


def _close(
    card: CardAccount, day: date, policy: Policy | PolicyTimeline, known_on: date | None
) -> Assessment:
    owed = requirements(card, as_of=day, known_on=day if known_on is None else known_on)
    return assessed_on(owed, day, policy, known_on, "observe_card")


def _of_statement(ledger: CardLedger) -> dict[str, int | None]:
    """What the last statement of a ledger tells."""
    now = ledger.statements[-1]
    balance = _minor(now.closing_balance, ledger)
    limit = None if ledger.credit_limit is None else _minor(ledger.credit_limit, ledger)
    bought, drawn = _minor(now.purchases, ledger), _minor(now.cash_advances, ledger)
    opened, day = ledger.card.originated_on, ledger.as_of
    return {
        "credit_limit": limit,
        "statement_balance": balance,
        "utilisation": part_of(balance, limit),
        "over_limit": beyond_limit(balance, limit),
        "headroom": left_of_limit(balance, limit),
        "purchases": bought,
        "cash_advances": drawn,
        "cash_advance_share": part_of(drawn, bought + drawn),
        "interest_and_charges_paid": _minor(now.interest_and_charges_paid, ledger),
        "principal_paid": _minor(now.principal_paid, ledger),
        "months_late": now.missed_cycles,
        "months_on_book": whole_months_between(_day(opened), _day(day)),
        **_of_payments(ledger, now),
    }


def _of_payments(ledger: CardLedger, now: CardStatement) -> dict[str, int | None]:
    """What the last statement says of the payments, and of the statement before."""
    paid = _minor(now.payments, ledger)
    if len(ledger.statements) == 1:
        return {"amount_paid": paid, **dict.fromkeys(_OF_THE_ONE_BEFORE)}
    before = ledger.statements[-2]
    carried = _minor(before.closing_balance, ledger)
    below = None if before.is_minimum_met is None else not before.is_minimum_met
    in_full = before.is_paid_in_full
    return {
        "amount_paid": paid,
        "carried_balance": carried_from(carried),
        "amount_added": added_to(_minor(now.closing_balance, ledger), carried, paid),
        "minimum_due": _minor(before.minimum_due, ledger),
        "paid_below_minimum": below,
        "paid_in_full": in_full,
        "paid_minimum_only": is_minimum_only(below=below, in_full=in_full),
        "payment_ratio": part_of(paid, carried),
    }


def _of_minimums(
    before: Assessment | None, close: Assessment, start: date | None
) -> dict[str, int | None]:
    """What counting the minimum payments tells."""
    standing = standing_of(close)
    account = close.account
    after = account.originated_day - 1 if start is None else _day(start)
    return {
        **{name: standing[name] for name in ("days_past_due", "delinquent_days", "arrears")},
        "rolled_forward": has_rolled_forward(before, close),
        "first_payment_default": first_payment_default(close),
        "payments_reversed": reversals(
            account, after, close.ledger.as_of_day, close.ledger.known_day
        ),
    }


def _minor(amount: Decimal, ledger: CardLedger) -> int:
    where = f"observe_card, card {ledger.card.account_id!r}"
    return to_minor(amount, ledger.card.currency, where=where, allow_negative=True)


def _day(day: date) -> int:
    return day_number(day, where="observe_card", field="day")
