"""What credit registers and bureaus are told about a loan, from its history.

The one idea: a report is the account judged at the end of each month, and put in the codes of a register that
the policy says. Nothing is counted a second time.
"""

from delinquency.bureau_months import BureauEdition, BureauHistory, BureauMonth
from delinquency.reported_states import ReportedState, StateCode, StateCodes
from delinquency.reporting.bureau import bureau_codes
from delinquency.reporting.credit_events import CreditEvent
from delinquency.reporting.metro2 import Metro2Status, metro2_status

__all__ = [
    "BureauEdition",
    "BureauHistory",
    "BureauMonth",
    "CreditEvent",
    "Metro2Status",
    "ReportedState",
    "StateCode",
    "StateCodes",
    "bureau_codes",
    "metro2_status",
]
