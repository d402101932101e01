"""Review a plan: tests of law and accounting, each with its figures, its limit and its source.

The one idea: rules are data with days in force; what they ask is read from the plan as it was put to the
account, or stated as a fact, and what nobody stated is not assessed.
"""

from delinquency.restructuring.review.answer import PlanReview, ReviewRow
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, PlanVerdict, Relation
from delinquency.restructuring.review.concessions import (
    Concession,
    ConcessionFound,
    ModificationFound,
    ModificationType,
    RateCut,
)
from delinquency.restructuring.review.facts import DifficultyGround, PlanFacts
from delinquency.restructuring.review.kinds import PlanTestKind
from delinquency.restructuring.review.loading import available_plan_rules, load_plan_rules
from delinquency.restructuring.review.plan_tests import ExtensionBand, PlanClass, PlanTest
from delinquency.restructuring.review.rules import PlanRules
from delinquency.restructuring.review.status_after import StatusAfter
from delinquency.restructuring.review.verb import (
    plan_concessions,
    plan_modifications,
    review_plan,
)

__all__ = [
    "Concession",
    "ConcessionFound",
    "DifficultyGround",
    "ExtensionBand",
    "ModificationFound",
    "ModificationType",
    "PlanCheck",
    "PlanClass",
    "PlanFacts",
    "PlanFigure",
    "PlanReview",
    "PlanRules",
    "PlanTest",
    "PlanTestKind",
    "PlanVerdict",
    "RateCut",
    "Relation",
    "ReviewRow",
    "StatusAfter",
    "available_plan_rules",
    "load_plan_rules",
    "plan_concessions",
    "plan_modifications",
    "review_plan",
]
