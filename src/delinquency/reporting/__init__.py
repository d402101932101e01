"""What credit registers and bureaus are told about a loan, from its history, and for how long it is kept.

The one idea: a report is the account judged at the end of each month, and put in the codes of a register that
the policy says. Nothing is counted a second time.
"""

from delinquency.bureau_months import BureauEdition, BureauHistory, BureauMonth
from delinquency.reported_states import ReportedState, StateCode, StateCodes
from delinquency.reporting.bureau import bureau_codes
from delinquency.reporting.credit_events import CreditEvent
from delinquency.reporting.limitation import (
    LimitationRestart,
    LimitationRule,
    RestartKind,
    limitation_ends_on,
    limitation_rule,
)
from delinquency.reporting.metro2 import Metro2Status, metro2_status
from delinquency.reporting.retention import (
    RetentionRule,
    record_hidden_by,
    record_retained_until,
    retention_rule,
)

__all__ = [
    "BureauEdition",
    "BureauHistory",
    "BureauMonth",
    "CreditEvent",
    "LimitationRestart",
    "LimitationRule",
    "Metro2Status",
    "ReportedState",
    "RestartKind",
    "RetentionRule",
    "StateCode",
    "StateCodes",
    "bureau_codes",
    "limitation_ends_on",
    "limitation_rule",
    "metro2_status",
    "record_hidden_by",
    "record_retained_until",
    "retention_rule",
]
