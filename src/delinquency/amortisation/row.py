"""One row of a table of amortisation, and interest that waits to be paid.

The one idea: what falls due and what becomes principal are told apart in every row, so that the balance
can always be followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from delinquency.amortisation.conventions import DeferredInterest
from delinquency.amounts import from_minor
from delinquency.errors import InvalidValueError

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms
    from delinquency.currency import Currency

__all__ = ["Deferred", "Row", "checked_principal_due"]


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


def checked_principal_due(principal: int, currency: Currency, where: str) -> int:
    """The principal of a row of a schedule, net of interest below 0 [minor units].

    Raises
    ------
    InvalidValueError
        The lender owes the debtor.
    """
    if principal < 0:
        raise InvalidValueError.at(
            where,
            expected="an amount of 0 or more that falls due",
            found=str(from_minor(principal, currency)),
            hint="A schedule is what a debtor owes; the table shows what a lender pays.",
        )
    return principal


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
