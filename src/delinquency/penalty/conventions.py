"""What a clause on penalty interest chooses: base, compounding, grace, posting and grain.

Two contracts that both say "1.5 times the contract rate" still differ by a quarter, because one means the
principal and the other the whole instalment. The one idea: each choice is a member of an enumeration, so
that a clause is complete or refused, and none is made by leaving it out.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["Compounding", "PenaltyBase", "PenaltyGrace", "Posting", "RoundingGrain"]


class PenaltyBase(Enum):
    """The amount that bears penalty interest (罚息基数).

    Each is what is open at the close of a day; that day then bears on it.
    """

    OVERDUE_PRINCIPAL = "overdue_principal"
    """The open principal of the overdue instalment (逾期本金)."""
    OVERDUE_INSTALMENT = "overdue_instalment"
    """Its open principal and interest (逾期本息)."""
    OVERDUE_AMOUNT = "overdue_amount"
    """Its open principal, interest and fees."""
    OUTSTANDING_PRINCIPAL = "outstanding_principal"
    """All open principal of the account, due or not, while an instalment is overdue (剩余本金).

    It stands with the oldest instalment that is overdue: grace and age are those of that instalment.
    """


class Compounding(Enum):
    """Whether what a late debtor owes for the delay bears itself (复利)."""

    NONE = "none"
    """Nothing does."""
    UNPAID_INTEREST = "unpaid_interest"
    """Overdue interest bears at the penalty rate, listed as a kind of its own."""
    ON_POSTING = "on_posting"
    """Penalty that was posted and is unpaid joins the base."""


class PenaltyGrace(Enum):
    """What days of grace do to penalty interest (宽限期)."""

    NEVER_CHARGED = "never_charged"
    """The first so many late days never bear."""
    TRIGGER_ONLY = "trigger_only"
    """Nothing while late days do not exceed them; from then on, back to the due date."""


class Posting(Enum):
    """When penalty that accrued becomes a debt, if the policy says ``PenaltyPlace.POSTED``.

    Outside the order of payment nothing is posted, and on demand each payment posts: there it says nothing.
    """

    ON_DEMAND = "on_demand"
    """Whenever somebody asks: before each payment."""
    ON_DUE_DATES = "on_due_dates"
    """With each due date of the schedule."""
    ON_STATEMENT = "on_statement"
    """On one day of each month."""


class RoundingGrain(Enum):
    """What is rounded to the minor unit.

    A day and a segment are rounded each by itself, and added; of an instalment and of the account the sum so
    far is rounded, so that a line is told as what that sum grew by: 9.464 and 17.384 are 9.46 and 17.39, for
    together they are 26.848, half up 26.85. What is posted is the sum so far, less what was posted before.
    """

    DAY = "day"
    """The accrual of one day on one base at one rate, then times the days."""
    SEGMENT = "segment"
    """A maximal run of days of one instalment and kind, with one base, one rate, one waived share."""
    INSTALMENT = "instalment"
    """All that one instalment bore."""
    ACCOUNT = "account"
    """All that the account bore, walked in the order in which its debts rank."""
