"""The cash flows of many loans as the lender sees them: one amount paid out, the instalments received.

The one idea: a rate needs no more than what the terms and the instalments say. The principal leaves on the
day of the loan, or, where none is given, one period before the first due date; every instalment comes in
whole on its due date.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.columns import Days, InstalmentColumns, Minor, Offsets
from delinquency.portfolio.term_columns import TermColumns
from delinquency.portfolio.term_dates import periods_later

__all__ = ["loan_days", "loan_flows"]


def loan_days(terms: TermColumns) -> Days:
    """The day of each loan: as given, or one period before the first due date [day number]."""
    regular = periods_later(terms.first_due_date, -terms.frequency_months, -terms.frequency_days)
    return np.where(terms.disbursed_on == NONE_DAY, regular, terms.disbursed_on)


def loan_flows(terms: TermColumns, instalments: InstalmentColumns) -> tuple[Offsets, Days, Minor]:
    """The flows of each loan in order of date: offsets, days and amounts [minor units]."""
    size = len(terms)
    offsets = instalments.offsets + np.arange(size + 1)
    lent = offsets[:-1]
    received = np.ones(int(offsets[-1]), dtype=np.bool_)
    received[lent] = False
    days = np.empty(len(received), dtype=np.int32)
    amounts = np.empty(len(received), dtype=np.int64)
    days[lent], amounts[lent] = loan_days(terms), -terms.principal
    days[received] = instalments.due_date
    amounts[received] = instalments.principal + instalments.interest + instalments.fees
    return offsets, days, amounts
