"""A plan where an account cannot pay: what is agreed, what it costs, and what the account is after it.

The one idea: a plan is a list of frozen measures; putting it to an account moves every amount from one place
to another or takes it away, and says so.
"""

from delinquency.restructuring.agreed_card import AgreedCard
from delinquency.restructuring.agreeing_on_card import agree_on_card
from delinquency.restructuring.answer import DebtParts, PlannedRow, Restructured
from delinquency.restructuring.card_agreement import CardAgreement
from delinquency.restructuring.consolidated import Consolidated
from delinquency.restructuring.consolidating import consolidate
from delinquency.restructuring.measures import (
    AgreedPayment,
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    InterestPause,
    Measure,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    ReducedPayments,
    Settlement,
    SettlementPayment,
    TermExtension,
)
from delinquency.restructuring.plan import RestructuringPlan
from delinquency.restructuring.review import (
    Concession,
    DifficultyGround,
    ModificationType,
    PlanClass,
    PlanFacts,
    PlanReview,
    PlanRules,
    PlanTest,
    PlanVerdict,
    available_plan_rules,
    load_plan_rules,
    plan_concessions,
    plan_modifications,
    review_plan,
)
from delinquency.restructuring.verb import restructure

__all__ = [
    "AgreedCard",
    "AgreedPayment",
    "ArrearsSpread",
    "ArrearsWaiver",
    "Capitalisation",
    "CardAgreement",
    "Concession",
    "Consolidated",
    "DebtParts",
    "DifficultyGround",
    "DueDateChange",
    "Forgiveness",
    "InterestPause",
    "Measure",
    "ModificationType",
    "PaymentHoliday",
    "PlanClass",
    "PlanFacts",
    "PlanReview",
    "PlanRules",
    "PlanTest",
    "PlanVerdict",
    "PlannedRow",
    "PrincipalDeferral",
    "RateReduction",
    "ReAgeInterest",
    "ReAgeing",
    "ReducedPayments",
    "Restructured",
    "RestructuringPlan",
    "Settlement",
    "SettlementPayment",
    "TermExtension",
    "agree_on_card",
    "available_plan_rules",
    "consolidate",
    "load_plan_rules",
    "plan_concessions",
    "plan_modifications",
    "restructure",
    "review_plan",
]
