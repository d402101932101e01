"""The cash flows of a loan as the lender sees them: paid out, then received.

The one idea: a rate of return is asked of the same figures that fall due, so nobody writes them down twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.amounts import check_amount
from delinquency.calendar import to_date
from delinquency.decimals import exact_sum

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms
    from delinquency.returns import CashFlow

__all__ = ["day_of_loan", "lender_flows"]


def day_of_loan(terms: RepaymentTerms) -> date:
    """The day of the loan: as agreed, or one period before the first due date."""
    return terms.disbursed_on or to_date(terms.regular_start_day())


def lender_flows(
    lent_on: date,
    principal: Decimal | int,
    received: Iterable[tuple[date, Decimal]],
    upfront_fees: Decimal | int,
) -> tuple[CashFlow, ...]:
    """The principal paid out less fees kept back, and what is received, in order of date.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Fees of a wrong type, or below 0.
    """
    from delinquency.returns import CashFlow

    check_amount(upfront_fees, where="cash flows, upfront_fees", positive=False)
    paid_out = exact_sum((upfront_fees, Decimal(principal).copy_negate()))
    later = sorted(received, key=lambda flow: flow[0])
    return CashFlow(lent_on, paid_out), *(CashFlow(day, amount) for day, amount in later)
