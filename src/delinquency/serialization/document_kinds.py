"""Which classes stand at the top of a document, and which answer is written as which record.

The one idea: what is sent and what is kept are one list; a class that is not in it is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from delinquency.account import Account
from delinquency.amortisation import (
    AmortisationTable,
    ChangedTable,
    IrregularTable,
    IrregularTerms,
    Prepayment,
    RecalculatedTable,
    Recalculation,
    ReferenceRates,
    RepaymentTerms,
    SettlementQuote,
)
from delinquency.assessment import Assessment
from delinquency.bureau_months import BureauHistory
from delinquency.early_warning import EarlyWarning, Observations, WarningRules
from delinquency.explanation import Explanation
from delinquency.obligor_answer import ObligorAssessment
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.proposals import Affordability, LenderOffer, PlanLimits, Proposals
from delinquency.provisions import ProvisionAnswer
from delinquency.reported_account import ReportedAccount
from delinquency.reporting import CreditEvent, Metro2Status
from delinquency.restructuring import (
    AgreedCard,
    CardAgreement,
    Consolidated,
    PlanFacts,
    PlanReview,
    PlanRules,
    Restructured,
    RestructuringPlan,
)
from delinquency.restructuring.following import PromiseToPay, Reinstated
from delinquency.revolving import CardAccount, CardTerms
from delinquency.schedule import Schedule
from delinquency.serialization.card_agreement_record import CardAgreementRecord
from delinquency.serialization.consolidation_record import ConsolidationRecord
from delinquency.serialization.followed_record import FOLLOWED_ANSWERS, FollowedRecord
from delinquency.serialization.obligor_record import ObligorRecord
from delinquency.serialization.owed_record import OWED_ANSWERS, OwedRecord
from delinquency.serialization.plan_record import PlanRecord
from delinquency.serialization.proposals_record import ProposalsRecord
from delinquency.serialization.provision_record import ProvisionRecord
from delinquency.serialization.record import AssessmentRecord
from delinquency.serialization.reinstatement_record import ReinstatementRecord
from delinquency.serialization.review_record import PlanReviewRecord
from delinquency.serialization.status_record import StatusRecord
from delinquency.serialization.warning_record import EarlyWarningRecord
from delinquency.status_answer import StatusAssessment

__all__ = ["DOCUMENTS", "RECORDS"]

DOCUMENTS: Final[tuple[type, ...]] = (
    Account,
    Schedule,
    RepaymentTerms,
    IrregularTerms,
    Prepayment,
    Recalculation,
    ReferenceRates,
    AmortisationTable,
    ChangedTable,
    RecalculatedTable,
    IrregularTable,
    SettlementQuote,
    Policy,
    PolicyTimeline,
    CardAccount,
    CardTerms,
    RestructuringPlan,
    CardAgreement,
    PlanFacts,
    PlanRules,
    PromiseToPay,
    Affordability,
    LenderOffer,
    PlanLimits,
    Observations,
    WarningRules,
    ReportedAccount,
    CreditEvent,
    AssessmentRecord,
    OwedRecord,
    StatusRecord,
    ObligorRecord,
    ProvisionRecord,
    PlanRecord,
    ConsolidationRecord,
    CardAgreementRecord,
    PlanReviewRecord,
    FollowedRecord,
    ReinstatementRecord,
    ProposalsRecord,
    EarlyWarningRecord,
    BureauHistory,
    Metro2Status,
    Explanation,
)
"""The classes that stand at the top of a document."""

RECORDS: Final[Mapping[type, Any]] = {
    Assessment: AssessmentRecord,
    StatusAssessment: StatusRecord,
    ObligorAssessment: ObligorRecord,
    ProvisionAnswer: ProvisionRecord,
    Restructured: PlanRecord,
    Consolidated: ConsolidationRecord,
    AgreedCard: CardAgreementRecord,
    PlanReview: PlanReviewRecord,
    Reinstated: ReinstatementRecord,
    Proposals: ProposalsRecord,
    EarlyWarning: EarlyWarningRecord,
    **dict.fromkeys(OWED_ANSWERS, OwedRecord),
    **dict.fromkeys(FOLLOWED_ANSWERS, FollowedRecord),
}
"""Answers, and the record that each is written as."""
