"""Plans that a debtor can pay and a lender can agree to.

The one idea: an offer is a space of plans; every plan of it is priced, and those that no other one betters
are proposed.
"""

from delinquency.proposals.affordability import Affordability, DatedAmount
from delinquency.proposals.answer import BindingLimit, Proposal, Proposals
from delinquency.proposals.book_answer import PortfolioProposals
from delinquency.proposals.choosing import Limit
from delinquency.proposals.of_books import propose_for_book
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
    "PortfolioProposals",
    "Proposal",
    "Proposals",
    "propose_for_book",
    "propose_plans",
]
