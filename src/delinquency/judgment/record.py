"""What is owed after a judgment at the close of a day, with the stretches of days that made it.

The one idea: what the judgment awards, the general interest and the doubled part are three sums that are
never mixed; each is accrued = settled + open, to the minor unit, and each kind of interest is the sum of
its segments, general interest with what the judgment states of it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from delinquency.citation import Citation, Verification
from delinquency.currency import Currency
from delinquency.decimals import exact_sum
from delinquency.explanation import Explanation
from delinquency.judgment.rules import JudgmentPart
from delinquency.rates import Rate, RatePeriod
from delinquency.rounding import RoundingMode

__all__ = ["JudgmentAccount", "JudgmentSegment", "JudgmentSettlement"]


@attrs.frozen(slots=True, kw_only=True)
class JudgmentSegment:
    """Days ``[start, end)`` at one base and one rate, and the interest of them.

    Attributes
    ----------
    part : JudgmentPart
        ``GENERAL_INTEREST`` or ``DOUBLED_PART``.
    start, end : date
        The days are ``end - start``.
    base : Decimal
        [currency units]
    rate : Rate
    days : int
        [days]
    year_days : int or None
        Days of a year by the day count; ``None`` for a rate per day.
    amount : Decimal
        What the segment adds to the rounded sum of its kind [currency units], so that segments add up;
        it may differ by a minor unit from the product rounded alone.
    """

    part: JudgmentPart
    start: date
    end: date
    base: Decimal
    rate: Rate
    days: int
    year_days: int | None
    amount: Decimal

    def __str__(self) -> str:
        year = "" if self.year_days is None else f" / {self.year_days}"
        product = f"{self.base} x {self.rate_text} x {self.days}{year}"
        return f"[{self.start}, {self.end}) {product} = {self.amount}"

    @property
    def rate_text(self) -> str:
        """The rate as it is multiplied: one per month counts twelve times a year."""
        return f"{self.rate} x 12" if self.rate.period is RatePeriod.MONTH else str(self.rate)


@attrs.frozen(slots=True)
class JudgmentSettlement:
    """What the money of a day settled of a part [currency units]."""

    value_date: date
    part: JudgmentPart
    amount: Decimal


@attrs.frozen(slots=True, kw_only=True)
class JudgmentAccount:
    """What is owed after a judgment; made by :func:`~delinquency.judgment.judgment_interest`.

    Attributes
    ----------
    as_of : date
        The close of the day.
    currency : Currency
    awarded, general_interest, doubled_part : Decimal
        What was awarded, and what accrued by then, paid or not [currency units]. General interest is
        ``interest_awarded`` and its segments.
    interest_awarded : Decimal
        General interest that the judgment states as a sum [currency units].
    awarded_open, general_interest_open, doubled_part_open : Decimal
        What of each is unpaid [currency units].
    paid, unallocated : Decimal
        Money that counts, and what of it settled nothing [currency units].
    segments : tuple of JudgmentSegment
        In order of time, general interest before the doubled part of the same day.
    settlements : tuple of JudgmentSettlement
        In order of time and of payment.
    order : tuple of JudgmentPart
        The order of payment on the day.
    rules : str
        The version of the rules in force on the day.
    rounding : RoundingMode
    """

    as_of: date
    currency: Currency
    awarded: Decimal
    awarded_open: Decimal
    general_interest: Decimal
    general_interest_open: Decimal
    interest_awarded: Decimal
    doubled_part: Decimal
    doubled_part_open: Decimal
    paid: Decimal
    unallocated: Decimal
    segments: tuple[JudgmentSegment, ...]
    settlements: tuple[JudgmentSettlement, ...]
    order: tuple[JudgmentPart, ...]
    rules: str
    rounding: RoundingMode
    citations: tuple[Citation, ...]
    verification: Verification | None

    @property
    def total_open(self) -> Decimal:
        """All that is unpaid [currency units]."""
        return exact_sum((self.awarded_open, self.general_interest_open, self.doubled_part_open))

    def segments_of(self, part: JudgmentPart) -> tuple[JudgmentSegment, ...]:
        """The segments of one kind of interest, in order of time."""
        return tuple(segment for segment in self.segments if segment.part is part)

    @property
    def explanation(self) -> Explanation:
        """The figure, its parts with their segments, and what the money settled."""
        figures = {"as_of": self.as_of, "currency": self.currency.code, "rules": self.rules}
        figures["rounding"] = self.rounding.value
        if self.verification is Verification.UNVERIFIED:
            figures["unverified"] = self.verification.value
        steps = tuple(self._step(part) for part in JudgmentPart if self._figures(part)[0])
        return Explanation(
            "judgment_debt", self.total_open, figures, self.citations, (*steps, self._paid())
        )

    def to_text(self, lang: str = "en") -> str:
        """The figure and its reasons, a line each.

        Parameters
        ----------
        lang : {"en", "zh"}
        """
        return self.explanation.to_text(lang=lang)

    def _figures(self, part: JudgmentPart) -> tuple[Decimal, Decimal]:
        """What accrued of a part, and what of it is open."""
        match part:
            case JudgmentPart.AWARDED:
                return self.awarded, self.awarded_open
            case JudgmentPart.GENERAL_INTEREST:
                return self.general_interest, self.general_interest_open
            case _:
                return self.doubled_part, self.doubled_part_open

    def _step(self, part: JudgmentPart) -> Explanation:
        accrued, unpaid = self._figures(part)
        figures = {"open": unpaid, "currency": self.currency.code}
        below = tuple(self._segment(segment) for segment in self.segments_of(part))
        if part is JudgmentPart.GENERAL_INTEREST and self.interest_awarded:
            currency = {"currency": self.currency.code}
            stated = Explanation("judgment_interest_awarded", self.interest_awarded, currency)
            below = (stated, *below)
        return Explanation(f"judgment_{part.value}", accrued, figures, (), below)

    def _segment(self, segment: JudgmentSegment) -> Explanation:
        figures = {
            "start": segment.start,
            "end": segment.end,
            "base": segment.base,
            "rate": segment.rate_text,
            "days": segment.days,
            "currency": self.currency.code,
        }
        if segment.year_days is not None:
            figures["year_days"] = segment.year_days
        return Explanation("judgment_segment", segment.amount, figures)

    def _paid(self) -> Explanation:
        currency = self.currency.code
        figures = {
            "unallocated": self.unallocated,
            "currency": currency,
            "order": ", ".join(part.value for part in self.order),
        }
        rows = tuple(
            Explanation(
                "judgment_settled",
                row.amount,
                {"value_date": row.value_date, "part": row.part.value, "currency": currency},
            )
            for row in self.settlements
        )
        return Explanation("judgment_paid", self.paid, figures, (), rows)
