"""The figures of a plan, as an audit record keeps them.

The one idea: every amount by component, every row before and after side by side, under the names by which the
answer gives them; the account that follows is one of the figures, so that no reader has to work it out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from delinquency.account import Account
from delinquency.dated_rates import DatedRate
from delinquency.restructuring.answer import DebtParts, PlannedRow
from delinquency.revolving import BalanceKind, CardAccount
from delinquency.serialization.owed_figures import named_figures

if TYPE_CHECKING:
    from delinquency.restructuring import AgreedCard, Consolidated, Restructured
    from delinquency.restructuring.answer import PlanOutcome

__all__ = [
    "AgreedFigures",
    "BalanceOwed",
    "ConsolidatedFigures",
    "PlanFigures",
    "RestructuredFigures",
    "agreed_figures",
    "consolidated_figures",
    "restructured_figures",
]


@attrs.frozen(slots=True, kw_only=True)
class PlanFigures:
    """What becomes of every amount by a plan.

    Parameters
    ----------
    debt_before : DebtParts
        What is owed at the start of the day of the plan, due or not; interest as far as it is earned.
    debt_after : DebtParts
        The same once the plan holds.
    capitalised : DebtParts
        What became principal, by what it was.
    spread : DebtParts
        What was past due and is paid with the instalments to come.
    waived : DebtParts
        Penalty and fees that are not asked for.
    forgiven : DebtParts
        Principal and interest that were given up, for good or on completion.
    settled : DebtParts
        What the payments of a settlement are for.
    arrears_after : DebtParts
        What is still past due once the plan holds.
    deferred : Decimal
        Principal that is not asked for before the last due date [currency units].
    schedule_rows : tuple of PlannedRow
        What falls due from the day of the plan on, before it and after it, in order of due date.
    next_payment_change : Decimal
        What falls due first after the plan, less what fell due first without it [currency units].
    total_cost_change : Decimal
        What is paid in all with the plan, less what would be without it [currency units].
    present_value_loss : Decimal
        What the lender gives up of the present value at the rate of the contract [currency units].
    diminished_share : Fraction
        The loss as a share of the value before, exactly.
    """

    debt_before: DebtParts
    debt_after: DebtParts
    capitalised: DebtParts
    spread: DebtParts
    waived: DebtParts
    forgiven: DebtParts
    settled: DebtParts
    arrears_after: DebtParts
    deferred: Decimal
    schedule_rows: tuple[PlannedRow, ...]
    next_payment_change: Decimal
    total_cost_change: Decimal
    present_value_loss: Decimal
    diminished_share: Fraction


@attrs.frozen(slots=True, kw_only=True)
class RestructuredFigures(PlanFigures):
    """The figures of a plan for one account.

    Parameters
    ----------
    after : Account
        The account once the plan holds.
    """

    after: Account


@attrs.frozen(slots=True, kw_only=True)
class ConsolidatedFigures(PlanFigures):
    """The figures of several accounts that one takes the place of.

    Parameters
    ----------
    debts_before : tuple of DebtParts
        What each account owed at the start of the day of the plan, in order of id.
    rates : tuple of DatedRate
        The rates of the old contracts weighted by the principal owed, at which the new account is valued.
    is_rate_given : bool
        Whether the rate of the new account was agreed, and is not the weighted one.
    after : Account
        The new account.
    closed : tuple of Account
        Each old account as it ends, in order of id.
    """

    debts_before: tuple[DebtParts, ...]
    rates: tuple[DatedRate, ...]
    is_rate_given: bool
    after: Account
    closed: tuple[Account, ...]


@attrs.frozen(slots=True)
class BalanceOwed:
    """What was owed of one balance of a card.

    Parameters
    ----------
    balance : BalanceKind
    amount : Decimal
        [currency units].
    """

    balance: BalanceKind
    amount: Decimal


@attrs.frozen(slots=True, kw_only=True)
class AgreedFigures(PlanFigures):
    """The figures of an individual instalment agreement for a card.

    Parameters
    ----------
    structure : tuple of BalanceOwed
        What was owed by balance of the card.
    days_past_due_before : int
        Of the minimums at the close of the day before [days].
    stops_collection_from : date
        The first day on which collection has stopped, unless the agreement is broken.
    no_new_credit : bool
        Whether the card is closed to new credit from the day on.
    rates : tuple of DatedRate
        The rates of the card weighted by the principal owed, at which the instalments are valued.
    after : Account
        The account that owes the instalments.
    closed : CardAccount
        The card as it is from the day on.
    """

    structure: tuple[BalanceOwed, ...]
    days_past_due_before: int
    stops_collection_from: date
    no_new_credit: bool
    rates: tuple[DatedRate, ...]
    after: Account
    closed: CardAccount


_NAMES = tuple(
    field.name for field in attrs.fields(PlanFigures) if field.name != "diminished_share"
)


def restructured_figures(done: Restructured) -> RestructuredFigures:
    """The figures of a plan for one account."""
    return RestructuredFigures(after=done.after, **_outcome(done))


def consolidated_figures(done: Consolidated) -> ConsolidatedFigures:
    """The figures of several accounts that one takes the place of."""
    names = ("debts_before", "rates", "is_rate_given", "closed")
    return ConsolidatedFigures(after=done.account, **_outcome(done, *names))


def agreed_figures(done: AgreedCard) -> AgreedFigures:
    """The figures of an agreement for a card."""
    names = ("days_past_due_before", "stops_collection_from", "no_new_credit", "rates", "closed")
    return AgreedFigures(
        structure=tuple(BalanceOwed(*pair) for pair in done.structure),
        after=done.account,
        **_outcome(done, *names),
    )


def _outcome(done: PlanOutcome, *more: str) -> dict[str, Any]:
    """What every plan says, and more; a share of large whole numbers is no number that JSON keeps."""
    share = done.diminished_share
    return {
        "diminished_share": Fraction(share.numerator, share.denominator),
        **named_figures(done, *_NAMES, *more),
    }
