"""The kinds of test that rules are made of: what each reads from the rules and from the facts.

The one idea: a file of rules says which kind with which figures; what a kind reckons is code, and what it
reads is written here, so that a figure too many or too few in a file is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

__all__ = ["KIND_READS", "KindReads", "PlanTestKind"]


class PlanTestKind(Enum):
    """What a test reckons.

    Descriptions: ``CONCESSION_IN_DIFFICULTY``, ``MODIFICATION_IN_DIFFICULTY``, ``PAST_DUE_LATELY``,
    ``DIMINISHED_OBLIGATION``, ``CHANGED_VALUE``. Consequences: ``OBSERVATION``, ``RESTRUCTURED_AGAIN``,
    ``MODIFICATION_GAIN``. All others are limits.
    """

    DIFFICULTY_NAMED = "difficulty_named"
    """A plan for a debtor in difficulty names a ground, and one for another debtor has none."""
    CONCESSION_IN_DIFFICULTY = "concession_in_difficulty"
    """A debtor in difficulty is granted a concession."""
    MODIFICATION_IN_DIFFICULTY = "modification_in_difficulty"
    """A debtor in difficulty is granted a modification of ASU 2022-02."""
    PAST_DUE_LATELY = "past_due_lately"
    """A concession for an account that was so many days past due lately."""
    OBSERVATION = "observation"
    """What another test describes is under observation from the first due date on."""
    RESTRUCTURED_AGAIN = "restructured_again"
    """What another test describes, while an earlier restructuring is under observation."""
    EXTENSION_TERM = "extension_term"
    """All extensions together, by the term that was agreed first."""
    ASKED_BEFORE_MATURITY = "asked_before_maturity"
    """The debtor asks for an extension before maturity."""
    SECURITY_CONSENT = "security_consent"
    """Those who secure the debt agree to an extension."""
    EXTENSION_LIMITS = "extension_limits"
    """What the policy of the account allows of extensions."""
    PLAN_TERM = "plan_term"
    """How long the instalments of the plan last."""
    WILLING_AND_UNABLE = "willing_and_unable"
    """The debtor is willing to pay, and the debt beyond capacity."""
    DIMINISHED_OBLIGATION = "diminished_obligation"
    """The share of the present value that is given up."""
    CHANGED_VALUE = "changed_value"
    """How far the present value moves, up or down."""
    MODIFICATION_GAIN = "modification_gain"
    """The gain or loss of the change at the original effective rate."""
    TEMPORARY_MEASURES = "temporary_measures"
    """How long measures last that end before the plan does."""
    RE_AGE_LIMITS = "re_age_limits"
    """What a policy allows of re-ages."""
    ARREARS_MONTHS = "arrears_months"
    """Of how many months arrears are spread."""
    ARREARS_TERM = "arrears_term"
    """Over how many months arrears are spread."""
    INTEREST_PAID = "interest_paid"
    """Interest that accrues is asked for on every due date."""
    ARREARS_PARTS = "arrears_parts"
    """In how many payments arrears are made up."""
    AFFORDABLE = "affordable"
    """The debtor can pay what the plan asks."""


@attrs.frozen(slots=True)
class KindReads:
    """What a kind of test reads.

    Attributes
    ----------
    figures : tuple of str
        Figures that a file must give.
    facts : tuple of str
        Facts of :class:`~delinquency.restructuring.review.facts.PlanFacts`.
    is_limit : bool
        Whether it is passed or failed.
    """

    figures: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    is_limit: bool = True


_CONCESSIONS = (
    "fair_rate",
    "is_collateral_released",
    "is_swapped",
    "is_otherwise_eased",
)
_RATE = ("effective_rate", "upfront_fees")

KIND_READS: Final[Mapping[PlanTestKind, KindReads]] = MappingProxyType(
    {
        PlanTestKind.DIFFICULTY_NAMED: KindReads(facts=("grounds",)),
        PlanTestKind.CONCESSION_IN_DIFFICULTY: KindReads(
            ("grounds", "concessions", "rate_cut"), ("grounds", *_CONCESSIONS), is_limit=False
        ),
        PlanTestKind.MODIFICATION_IN_DIFFICULTY: KindReads(
            ("modifications",), ("grounds", "is_insignificant_delay"), is_limit=False
        ),
        PlanTestKind.PAST_DUE_LATELY: KindReads(
            ("days", "months", "concessions", "rate_cut"),
            ("recent_days_past_due", *_CONCESSIONS),
            is_limit=False,
        ),
        PlanTestKind.OBSERVATION: KindReads(("months", "periods", "follows"), is_limit=False),
        PlanTestKind.RESTRUCTURED_AGAIN: KindReads(
            ("months", "periods", "follows"), ("is_under_observation",), is_limit=False
        ),
        PlanTestKind.EXTENSION_TERM: KindReads(("bands",), ("longest_term",)),
        PlanTestKind.ASKED_BEFORE_MATURITY: KindReads(facts=("asked_on",)),
        PlanTestKind.SECURITY_CONSENT: KindReads(facts=("has_consent",)),
        PlanTestKind.EXTENSION_LIMITS: KindReads(),
        PlanTestKind.PLAN_TERM: KindReads(("months",)),
        PlanTestKind.WILLING_AND_UNABLE: KindReads(facts=("is_willing", "is_beyond_capacity")),
        PlanTestKind.DIMINISHED_OBLIGATION: KindReads(("share", "follows"), _RATE, is_limit=False),
        PlanTestKind.CHANGED_VALUE: KindReads(("share",), (*_RATE, "change_fees"), is_limit=False),
        PlanTestKind.MODIFICATION_GAIN: KindReads((), _RATE, is_limit=False),
        PlanTestKind.TEMPORARY_MEASURES: KindReads(("months",)),
        PlanTestKind.RE_AGE_LIMITS: KindReads(("policy",), ("in_workout",)),
        PlanTestKind.ARREARS_MONTHS: KindReads(("months",)),
        PlanTestKind.ARREARS_TERM: KindReads(("months",)),
        PlanTestKind.INTEREST_PAID: KindReads(),
        PlanTestKind.ARREARS_PARTS: KindReads(("periods",)),
        PlanTestKind.AFFORDABLE: KindReads(facts=("is_affordable",)),
    }
)
"""What each kind reads; a kind that is not here cannot be asked."""
