"""What a policy lets the ledger charge, in whole numbers, and how much of it the loop knows.

The one idea: what the loop does not know is left to the ledger of one account, policy by policy here and
account by account in the loop, so that no answer ever depends on which of them gave it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from delinquency.calendar import NONE_DAY, to_date
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
from delinquency.portfolio.penalty_numbers import bears_alone, penalty_numbers
from delinquency.portfolio.penalty_sweeps import penalty_arrays
from delinquency.rates import Rate

__all__ = ["accruing_terms", "is_made_by_loop", "making_numbers", "most_made"]

_NOTHING: Final = PenaltyTerms(
    rate=FixedPenaltyRate(Rate.per_year(0)),
    base=PenaltyBase.OVERDUE_AMOUNT,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
"""Stands for terms of penalty where none accrues."""


def accruing_terms(policy: Policy, *, is_asked: bool) -> PenaltyTerms | None:
    """The terms of penalty that accrue in a ledger: always in the order, outside it where ``is_asked``."""
    is_outside = policy.penalty_in_waterfall is PenaltyPlace.OUTSIDE
    return None if is_outside and not is_asked else policy.penalty


def is_made_by_loop(policy: Policy, terms: PenaltyTerms | None) -> bool:
    """Whether the loop knows what the ledger charges under a policy."""
    return not policy.late_fees and (terms is None or bears_alone(terms))


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
    known_on = None if rule.known == NONE_DAY else to_date(rule.known)
    return MakingNumbers(
        book=penalty_arrays(book),
        penalty=penalty_numbers(
            policy,
            _NOTHING if terms is None else terms,
            as_of=to_date(rule.as_of),
            known_on=known_on,
            currency=book.currency,
        ),
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


def most_made(book: Portfolio, policy: Policy, rule: RuleNumbers) -> int:
    """The most debts that the ledger may make of an account that the loop answers."""
    if policy.penalty_in_waterfall is not PenaltyPlace.POSTED or policy.penalty is None:
        return 0
    if policy.penalty.statement_day is None:
        return int(np.diff(book.instalments.offsets).max(initial=0))
    return len(_statement_days(book, policy, rule))
