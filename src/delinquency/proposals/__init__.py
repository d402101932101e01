"""Plans that a debtor can pay and a lender can agree to.

The one idea: an offer is a space of plans; every plan of it is priced, and those that no other one betters
are proposed. What searches is loaded when it is first asked for: who only says what can be paid, or reads an
answer, loads no book.
"""

import importlib
from typing import TYPE_CHECKING

from delinquency.proposals.affordability import Affordability, DatedAmount
from delinquency.proposals.answer import BindingLimit, Proposal, Proposals
from delinquency.proposals.limit import Limit
from delinquency.proposals.offer import ArrearsTreatment, LenderOffer, PlanLimits

if TYPE_CHECKING:
    from delinquency.proposals.book_answer import PortfolioProposals
    from delinquency.proposals.of_books import propose_for_book
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

_ON_FIRST_USE = {
    "PortfolioProposals": "book_answer",
    "propose_for_book": "of_books",
    "propose_plans": "verb",
}
"""The module of each name that is loaded when it is first asked for."""

if not TYPE_CHECKING:  # a type checker reads the imports above

    def __getattr__(name: str) -> object:
        if name in _ON_FIRST_USE:
            module = importlib.import_module(f"delinquency.proposals.{_ON_FIRST_USE[name]}")
            globals()[name] = found = getattr(module, name)
            return found
        message = f"module 'delinquency.proposals' has no attribute {name!r}"
        raise AttributeError(message)
