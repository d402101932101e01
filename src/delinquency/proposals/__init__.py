"""Plans that a debtor can pay and a lender can agree to.

The one idea: an offer is a space of plans; every plan of it is priced, and those that no other one betters
are proposed.
"""

from delinquency.proposals.affordability import Affordability, DatedAmount
from delinquency.proposals.answer import BindingLimit, Proposal, Proposals
from delinquency.proposals.choosing import Limit
from delinquency.proposals.offer import ArrearsTreatment, LenderOffer, PlanLimits
from delinquency.proposals.verb import propose_plans

__all__ = [
    "Affordability",
    "ArrearsTreatment",
    "BindingLimit",
    "DatedAmount",
    "LenderOffer",
    "Limit",
    "PlanLimits",
    "Proposal",
    "Proposals",
    "propose_plans",
]
