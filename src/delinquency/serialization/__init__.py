"""JSON in and out, exactly: accounts, schedules, policies, plans, and the audit record of an answer.

What a schedule is made of - terms, prepayments, published rates - is read and written as well, and so are
the tables that follow from it.

Needs the ``json`` extra. Every document has a checked-in JSON Schema: see :func:`json_schema`.
"""

from delinquency.serialization.card_agreement_record import CardAgreementRecord
from delinquency.serialization.consolidation_record import ConsolidationRecord
from delinquency.serialization.documents import (
    from_dict,
    from_json,
    json_schema,
    to_dict,
    to_json,
)
from delinquency.serialization.followed_record import FollowedRecord
from delinquency.serialization.obligor_record import ObligorRecord
from delinquency.serialization.owed_record import OwedRecord
from delinquency.serialization.plan_inputs import EarlierPlan, PlanEnd, PlanInputs
from delinquency.serialization.plan_record import PlanRecord
from delinquency.serialization.proposals_record import ProposalsRecord
from delinquency.serialization.provision_record import ProvisionRecord
from delinquency.serialization.record import AssessmentFigures, AssessmentRecord, Difference
from delinquency.serialization.reinstatement_record import ReinstatementRecord
from delinquency.serialization.review_record import PlanReviewRecord
from delinquency.serialization.status_record import StatusRecord
from delinquency.serialization.warning_record import EarlyWarningRecord

__all__ = [
    "AssessmentFigures",
    "AssessmentRecord",
    "CardAgreementRecord",
    "ConsolidationRecord",
    "Difference",
    "EarlierPlan",
    "EarlyWarningRecord",
    "FollowedRecord",
    "ObligorRecord",
    "OwedRecord",
    "PlanEnd",
    "PlanInputs",
    "PlanRecord",
    "PlanReviewRecord",
    "ProposalsRecord",
    "ProvisionRecord",
    "ReinstatementRecord",
    "StatusRecord",
    "from_dict",
    "from_json",
    "json_schema",
    "to_dict",
    "to_json",
]
