"""What an account owes at the close of a day, part by part, and what would settle it.

The one idea: everything owed has a state - past due, due, not due - and a component. Principal is owed in
every state; interest of the running period only as far as it is earned, and that of later periods not at all.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.breakdown_reasons import explain_breakdown
from delinquency.component import Component, component_position
from delinquency.counting.days import count_days
from delinquency.decimals import exact_difference, exact_sum
from delinquency.event_rows import SpanRow
from delinquency.events import OffBalance
from delinquency.ledger import Ledger
from delinquency.ledger.running_interest import interest_to_come
from delinquency.policy import Policy
from delinquency.replaying import named_errors, replay_version, version_in_force

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.currency import Currency
    from delinquency.explanation import Explanation
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["Breakdown", "OwedParts", "breakdown", "by_state"]

_FEES = component_position(Component.FEES)
_PENALTY = component_position(Component.PENALTY)


@attrs.frozen(slots=True)
class OwedParts:
    """Open amounts of one due state by component [currency units]."""

    principal: Decimal
    interest: Decimal
    fees: Decimal
    penalty: Decimal

    @property
    def total(self) -> Decimal:
        """All four [currency units]."""
        return exact_sum((self.principal, self.interest, self.fees, self.penalty))


@attrs.frozen(slots=True, eq=False)
class Breakdown:
    """What is owed at the close of a day.

    Attributes
    ----------
    account : Account
    as_of : date
    policy : Policy
        The version used.
    ledger : Ledger
    past_due, due, not_due : OwedParts
        Open amounts of debts due before the day, on it, and after it. Interest in ``not_due`` is what the
        schedule will charge; of it, only ``accrued_interest`` is owed.
    accrued_interest : Decimal
        Interest earned in the running period and not settled [currency units].
    unearned_interest : Decimal
        Interest of rows to come that was paid in advance and is not earned yet [currency units].
    prepaid_fees : Decimal
        Fees of rows to come that were paid in advance [currency units].
    unposted_penalty : Decimal
        Penalty interest that accrued and is no debt of the ledger yet [currency units].
    is_off_balance : bool
        Whether interest and penalty are shown off balance (表外).
    """

    account: Account
    as_of: date
    policy: Policy
    ledger: Ledger
    past_due: OwedParts
    due: OwedParts
    not_due: OwedParts
    accrued_interest: Decimal
    unearned_interest: Decimal
    prepaid_fees: Decimal
    unposted_penalty: Decimal
    is_off_balance: bool

    @property
    def arrears(self) -> Decimal:
        """What is past due, posted penalty included [currency units]."""
        return self.past_due.total

    @property
    def unallocated(self) -> Decimal:
        """Money that settled nothing yet [currency units]."""
        return self.ledger.unallocated

    @property
    def written_off(self) -> Decimal:
        """What was written off and not recovered: still claimed, and no part of ``payoff``."""
        return self.ledger.written_off

    @property
    def payoff(self) -> Decimal:
        """What settles the account if it ends on the day, by a closure [currency units].

        All open principal, due or not; interest, fees and penalty due; fees charged and not due yet;
        interest earned; penalty not posted; less interest paid and not earned, fees of rows to come that
        were paid, and money that settled nothing yet. Below 0 if these exceed everything.

        Of an account whose rows to come a plan made, quote ``payoff_on`` of the answer of the plan: rows do
        not say what of them was earned before they began, waits, or becomes principal later.
        """
        due = self.past_due.total, self.due.total
        ahead = self.not_due.principal, self.charged_ahead
        accrued = self.accrued_interest, self.unposted_penalty
        return exact_difference(
            exact_sum((*due, *ahead, *accrued)), self.paid_ahead, self.unallocated
        )

    @property
    def owed(self) -> OwedParts:
        """What is owed by component before money that settled nothing: ``payoff`` and ``unallocated`` in all.

        Principal in every state; interest due and earned, less what was paid of it and is not earned; fees
        charged, less those prepaid; penalty charged or accrued.
        """
        past, due, ahead = self.past_due, self.due, self.not_due
        interest = exact_difference(self.accrued_interest, self.unearned_interest)
        fees = exact_difference(self.charged_ahead, ahead.penalty, self.prepaid_fees)
        return OwedParts(
            exact_sum((past.principal, due.principal, ahead.principal)),
            exact_sum((past.interest, due.interest, interest)),
            exact_sum((past.fees, due.fees, fees)),
            exact_sum((past.penalty, due.penalty, ahead.penalty, self.unposted_penalty)),
        )

    @property
    def waived(self) -> OwedParts:
        """What was waived up to the day by component; of penalty also what waivers of its accrual took."""
        ledger, amounts = self.ledger, [0, 0, 0, 0]
        for _, _, column, amount in () if ledger.swept is None else ledger.moves.waived:
            amounts[column] += amount
        if ledger.accrual is not None:
            lines = ledger.accrual.segments(ledger.as_of_day)
            amounts[_PENALTY] += sum(line.amount_minor for line in lines if line.is_waived)
        return _parts(amounts, self.account.currency)

    @property
    def paid_ahead(self) -> Decimal:
        """Interest and fees of rows to come that were paid and are not owed yet [currency units]."""
        return exact_sum((self.unearned_interest, self.prepaid_fees))

    @property
    def charged_ahead(self) -> Decimal:
        """Fees and penalty that charges have put into the ledger before they fall due [currency units]."""
        ledger = self.ledger
        ahead = sum(
            row[2] + row[3]
            for obligation, row in zip(ledger.obligations, ledger.open_rows, strict=True)
            if obligation.kind and obligation.due_day > ledger.as_of_day
            if ledger.is_in_force(obligation)
        )
        return from_minor(ahead, self.account.currency)

    @property
    def off_balance(self) -> Decimal:
        """Interest and penalty shown off balance [currency units]; 0 while they are on it.

        They are owed all the same, and part of ``payoff``.
        """
        if not self.is_off_balance:
            return from_minor(0, self.account.currency)
        due = (self.past_due, self.due)
        owed = [amount for parts in due for amount in (parts.interest, parts.penalty)]
        return exact_sum((*owed, self.accrued_interest, self.unposted_penalty))

    @property
    def on_balance(self) -> Decimal:
        """What is owed less what is shown off balance [currency units]."""
        return exact_difference(self.payoff, self.off_balance)

    @property
    def explanation(self) -> Explanation:
        """The parts and their sources."""
        return explain_breakdown(self)

    def __str__(self) -> str:
        return self.explanation.to_text()


def breakdown(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> Breakdown:
    """What an account owes at the close of ``as_of``, by due state and component.

    Parameters
    ----------
    account : Account
    as_of : date
        Payments with this value date count.
    policy : Policy or PolicyTimeline
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    InvalidValueError
        A day that bears penalty and that no table of rates covers.
    PolicyNotInForceError
        No version is in force.

    Examples
    --------
    Two instalments of 100 and 10 of interest, the first unpaid; on 14 February half of the running period
    of 28 days has earned half of its interest:

    >>> import delinquency as dq
    >>> rows = [dq.Instalment(date(2025, 1, 31), 100, 10), dq.Instalment(date(2025, 2, 28), 100, 10)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> owed = breakdown(account, as_of=date(2025, 2, 14), policy=dq.rulebook.load("founding-report"))
    >>> owed.past_due.total, owed.accrued_interest, owed.payoff
    (Decimal('110.00'), Decimal('5.00'), Decimal('215.00'))
    """
    version = version_in_force(account, as_of, policy, "breakdown")
    ledger = replay_version(
        account, as_of=as_of, version=version, known_on=known_on, accrues_penalty=True
    )
    past_due, due, not_due = (_parts(amounts, account.currency) for amounts in by_state(ledger))
    interest = _interest_to_come(ledger)
    with named_errors(account):
        unposted = _unposted(ledger)
    return Breakdown(
        account,
        as_of,
        version,
        ledger,
        past_due,
        due,
        not_due,
        from_minor(max(0, interest), account.currency),
        from_minor(max(0, -interest), account.currency),
        from_minor(_prepaid_fees(ledger), account.currency),
        from_minor(unposted, account.currency),
        _is_off_balance(ledger, version),
    )


def by_state(ledger: Ledger) -> tuple[list[int], list[int], list[int]]:
    """Open amounts past due, due and not due by component [minor units]."""
    states = ([0] * 4, [0] * 4, [0] * 4)
    for obligation, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if ledger.is_in_force(obligation):
            due, day = obligation.due_day, ledger.as_of_day
            state = states[(due >= day) + (due > day)]
            for column in range(4):
                state[column] += row[column]
    return states


def _parts(amounts: list[int], currency: Currency) -> OwedParts:
    principal, interest, fees, penalty = (from_minor(amount, currency) for amount in amounts)
    return OwedParts(principal, interest, fees, penalty)


def _interest_to_come(ledger: Ledger) -> int:
    """Interest of rows to come: what is earned, less what was paid in advance [minor units]."""
    day, begun = ledger.as_of_day, ledger.account.originated_day
    if day < begun:
        return 0
    earned, paid = interest_to_come(
        ledger.obligations,
        ledger.open_rows,
        None if ledger.swept is None else ledger.moves.settled,
        originated_day=begun,
        day=day,
    )
    return earned - paid


def _prepaid_fees(ledger: Ledger) -> int:
    """Fees of rows to come that were paid in advance [minor units]."""
    ahead = {
        place: obligation.fees
        for place, obligation in enumerate(ledger.obligations)
        if not obligation.kind and obligation.due_day > ledger.as_of_day
        if ledger.is_in_force(obligation)
    }
    if ledger.swept is None:
        return sum(fees - ledger.open_rows[place][2] for place, fees in ahead.items())
    return sum(
        amount
        for _, place, column, amount in ledger.moves.settled
        if column == _FEES and place in ahead
    )


def _unposted(ledger: Ledger) -> int:
    accrual = ledger.accrual
    return 0 if accrual is None else accrual.total(ledger.as_of_day) - accrual.posted_in_all()


def _is_off_balance(ledger: Ledger, policy: Policy) -> bool:
    if any(_covers(row, ledger) for row in ledger.account.spans(OffBalance)):
        return True
    least = policy.off_balance_from
    return least is not None and count_days(ledger, policy.counting).days_past_due >= least


def _covers(row: SpanRow, ledger: Ledger) -> bool:
    return row.recorded_day <= ledger.known_day and row.start <= ledger.as_of_day < row.end
