"""What credit registers and bureaus are told about a loan, from its history.

The one idea: a report is the account judged at the end of each month, and put in the codes of a register that
the policy says. Nothing is counted a second time.
"""

from delinquency.bureau_months import BureauEdition, BureauHistory, BureauMonth
from delinquency.reported_states import ReportedState, StateCode, StateCodes
from delinquency.reporting.bureau import bureau_codes
from delinquency.reporting.credit_events import CreditEvent

__all__ = [
    "BureauEdition",
    "BureauHistory",
    "BureauMonth",
    "CreditEvent",
    "ReportedState",
    "StateCode",
    "StateCodes",
    "bureau_codes",
]
