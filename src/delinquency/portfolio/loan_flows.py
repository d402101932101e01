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

__all__ = ["loan_days", "loan_flows"]


def loan_days(terms: TermColumns) -> Days:
    """The day of each loan: as given, or one period before the first due date [day number]."""
    due = terms.first_due_date.astype("datetime64[D]")
    month = due.astype("datetime64[M]")
    begin = month - terms.frequency_months.astype("timedelta64[M]")
    first = begin.astype("datetime64[D]")
    last = (begin + 1).astype("datetime64[D]") - 1
    # A month that is shorter than the day of the due date ends on its last day.
    start = np.minimum(first + (due - month.astype("datetime64[D]")), last)
    regular = start.astype(np.int64) - terms.frequency_days
    days = np.where(terms.disbursed_on == NONE_DAY, regular, terms.disbursed_on)
    return days.astype(np.int32)


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
