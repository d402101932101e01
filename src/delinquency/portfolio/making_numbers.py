"""What a policy lets the ledger charge, in whole numbers, and how much of it the loop knows.

The one idea: what the loop does not know is left to the ledger of one account, policy by policy here and
account by account in the loop, so that no answer ever depends on which of them gave it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from delinquency.calendar import to_date
from delinquency.daycount import DayCount
from delinquency.ledger.penalising import statement_days
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.layout import RuleNumbers
from delinquency.portfolio.kernels.making_layout import MakingNumbers
from delinquency.portfolio.making_fee_numbers import fee_numbers, is_fee_known, most_fees
from delinquency.portfolio.penalty_numbers import bears_alone, penalty_numbers
from delinquency.portfolio.penalty_sweeps import penalty_arrays
from delinquency.rates import Rate
from delinquency.replaying import known_on_of

__all__ = ["Room", "accruing_terms", "is_made_by_loop", "making_numbers", "room_for"]

_NOTHING: Final = PenaltyTerms(
    rate=FixedPenaltyRate(Rate.per_year(0)),
    base=PenaltyBase.OVERDUE_AMOUNT,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
"""Stands for terms of penalty where none accrues."""

_MOST_FEES: Final = 65_536
_MOST_CHARGED: Final = 1_024
"""Fees that may be charged to one account, and that are, beyond which no loop is of use."""


def accruing_terms(policy: Policy, *, is_asked: bool) -> PenaltyTerms | None:
    """The terms of penalty that accrue in a ledger: always in the order, outside it where ``is_asked``."""
    is_outside = policy.penalty_in_waterfall is PenaltyPlace.OUTSIDE
    return None if is_outside and not is_asked else policy.penalty


def is_made_by_loop(policy: Policy, terms: PenaltyTerms | None) -> bool:
    """Whether the loop knows what the ledger charges under a policy."""
    return all(map(is_fee_known, policy.late_fees)) and (terms is None or bears_alone(terms))


def making_numbers(
    book: Portfolio, policy: Policy, terms: PenaltyTerms | None, rule: RuleNumbers
) -> MakingNumbers:
    """The numbers of a policy that the loop knows, for the day and the cut of a rule.

    Raises
    ------
    InvalidValueError
        A cap finer than the minor unit of the currency.
    """
    place = policy.penalty_in_waterfall
    posts = place is PenaltyPlace.POSTED
    known_on = known_on_of(rule.known)
    return MakingNumbers(
        book=penalty_arrays(book),
        penalty=penalty_numbers(
            policy,
            _NOTHING if terms is None else terms,
            as_of=to_date(rule.as_of),
            known_on=known_on,
            currency=book.currency,
        ),
        fees=fee_numbers(policy.late_fees),
        accrues=int(terms is not None),
        on_demand=int(place is PenaltyPlace.ON_DEMAND),
        on_due_dates=int(posts and terms is not None and terms.statement_day is None),
        statement_days=np.array(_statement_days(book, policy, rule), dtype=np.int64),
    )


def _statement_days(book: Portfolio, policy: Policy, rule: RuleNumbers) -> tuple[int, ...]:
    """The days on which penalty of any account is posted, where it is posted by statements."""
    terms = policy.penalty
    if policy.penalty_in_waterfall is not PenaltyPlace.POSTED or terms is None:
        return ()
    if terms.statement_day is None:
        return ()
    first = int(book.instalments.due_date.min())
    return tuple(statement_days(first, rule.as_of, terms.statement_day))


class Room(NamedTuple):
    """The most that the ledger may do to one account; more is left to the ledger of one account."""

    debts: int
    """It makes so many."""
    fees: int
    """So many may be charged."""
    terms: int


def room_for(book: Portfolio, policy: Policy, rule: RuleNumbers) -> Room:
    """What accounts need under a policy, as far as that is little."""
    most = int(np.diff(book.instalments.offsets).max(initial=0))
    since = rule.as_of - int(book.instalments.due_date.min())
    fees = min(most * most_fees(policy.late_fees, since), _MOST_FEES)
    postings = 0
    if policy.penalty_in_waterfall is PenaltyPlace.POSTED and policy.penalty is not None:
        by_dues = policy.penalty.statement_day is None
        postings = most if by_dues else len(_statement_days(book, policy, rule))
    return Room(postings + min(fees, _MOST_CHARGED), fees, len(policy.late_fees))
