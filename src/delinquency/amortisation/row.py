"""One row of a table of amortisation, and interest that waits to be paid.

The one idea: what falls due and what becomes principal are told apart in every row, so that the balance
can always be followed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from delinquency.amortisation.conventions import DeferredInterest
from delinquency.amounts import from_minor
from delinquency.errors import InvalidValueError
from delinquency.schedule import Instalment

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms
    from delinquency.currency import Currency

__all__ = ["Deferred", "Row", "net_of_interest", "owed_instalment"]


class Row(NamedTuple):
    """One period in minor units: what fell due at its end, and the balance before and after.

    Loops make plain tuples of this order; ``AmortisationTable.minor_rows`` names their fields.
    """

    opening: int
    principal: int
    interest: int
    """What falls due of interest."""
    fees: int
    capitalised: int
    """Interest that became principal."""
    closing: int


def net_of_interest(amounts: tuple[int, int, int]) -> tuple[int, int, int]:
    """Principal, interest and fees as they are owed: interest below 0 lowers the principal that falls due."""
    principal, interest, fees = amounts
    return principal + min(interest, 0), max(interest, 0), fees


def owed_instalment(
    due_date: date,
    amounts: tuple[int, int, int],
    currency: Currency,
    *,
    where: str,
    in_force_from: date | None = None,
    in_force_until: date | None = None,
) -> Instalment:
    """The instalment of principal, interest and fees [minor units], interest below 0 being no debt.

    Raises
    ------
    InvalidValueError
        The lender owes the debtor.
    """
    principal, interest, fees = net_of_interest(amounts)
    if principal < 0:
        raise InvalidValueError.at(
            where,
            expected="an amount of 0 or more that falls due",
            found=str(from_minor(principal, currency)),
            hint="A schedule is what a debtor owes; the table shows what a lender pays.",
        )
    return Instalment(
        due_date,
        from_minor(principal, currency),
        from_minor(interest, currency),
        from_minor(fees, currency),
        in_force_from,
        in_force_until,
    )


class Deferred:
    """Interest of the periods in which none is paid."""

    def __init__(self, terms: RepaymentTerms) -> None:
        moratorium = terms.moratorium
        self.quiet = 0 if moratorium is None else moratorium.interest_instalments
        self.rule = None if moratorium is None else moratorium.interest
        self.is_there = self.quiet > 0
        self.waiting = 0

    def take(self, place: int, interest: int) -> tuple[int, int]:
        """What of the interest falls due now, and what becomes principal."""
        if place >= self.quiet:
            due = interest + self.waiting
            self.waiting = 0
            return due, 0
        if self.rule is DeferredInterest.CAPITALISED:
            return 0, interest
        if self.rule is DeferredInterest.ACCRUED:
            self.waiting += interest
        return 0, 0
