"""What else happened to an account: a closed union of dated events.

The one idea: an event says what happened, never what follows from it; what follows is the policy's.
:mod:`~delinquency.events.suspensions` are spans in which something stands still,
:mod:`~delinquency.events.decisions` what a lender decided about a debt,
:mod:`~delinquency.events.disputes` that a debtor disputes a part of it, and
:mod:`~delinquency.events.dues` what made something fall due. The others are read by rules of status alone:
:mod:`~delinquency.events.findings` what was found about an account or its debtor,
:mod:`~delinquency.events.reported` figures that were reported for a date,
:mod:`~delinquency.events.restructurings` that the lender changed what was agreed,
:mod:`~delinquency.events.re_ages` that it called an account current again, and
:mod:`~delinquency.events.security` what stands behind the debt, which provisions read too.
"""

from __future__ import annotations

from delinquency.events.decisions import Closure, Waiver, WriteOff
from delinquency.events.disputes import Dispute
from delinquency.events.dues import Acceleration, ChargeBack
from delinquency.events.findings import Finding, FindingKind
from delinquency.events.re_ages import ReAge
from delinquency.events.reported import FigureName, ReportedFigure
from delinquency.events.restructurings import Restructuring
from delinquency.events.security import Collateral, CollateralKind, Guarantee
from delinquency.events.suspensions import (
    CountingSuspension,
    FundsMisuse,
    OffBalance,
    PenaltyWaiver,
    SuspensionReason,
)

__all__ = [
    "Acceleration",
    "AccountEvent",
    "ChargeBack",
    "Closure",
    "Collateral",
    "CollateralKind",
    "CountingSuspension",
    "Dispute",
    "FigureName",
    "Finding",
    "FindingKind",
    "FundsMisuse",
    "Guarantee",
    "OffBalance",
    "PenaltyWaiver",
    "ReAge",
    "ReportedFigure",
    "Restructuring",
    "SuspensionReason",
    "Waiver",
    "WriteOff",
]

AccountEvent = (
    CountingSuspension
    | PenaltyWaiver
    | FundsMisuse
    | OffBalance
    | Waiver
    | WriteOff
    | Closure
    | ChargeBack
    | Acceleration
    | Dispute
    | Finding
    | ReportedFigure
    | Restructuring
    | ReAge
    | Collateral
    | Guarantee
)
"""Every kind of event; a union that grows with the capabilities that read them."""
