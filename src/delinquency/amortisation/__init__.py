"""From terms to a schedule: what falls due each month, exactly.

The one idea: a definition and its result are different types. :class:`RepaymentTerms` says what was
agreed; :func:`repayment_schedule` makes the rows, in whole minor units, with every rounding named.
"""

from delinquency.amortisation.methods import repayment_schedule
from delinquency.amortisation.terms import AmortisationMethod, RepaymentTerms

__all__ = ["AmortisationMethod", "RepaymentTerms", "repayment_schedule"]
