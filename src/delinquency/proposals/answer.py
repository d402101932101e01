"""Plans that a debtor can pay and a lender can agree to, and why there is none.

The one idea: a proposal is the place of a plan and its figures; the account after it, with every reason, is
that of the verb of one account, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import attrs

from delinquency.amortisation.shown import cells_of
from delinquency.explanation import Explanation
from delinquency.explanation_text import known_language
from delinquency.proposals.limit import Limit
from delinquency.restructuring.measures import (
    NAMES,
    ArrearsWaiver,
    Forgiveness,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    TermExtension,
)
from delinquency.restructuring.verb import restructure
from delinquency.sentences import WORDS
from delinquency.text_layout import aligned, html_cells

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.amortisation import AmortisationMethod
    from delinquency.daycount import DayCount
    from delinquency.policy import Policy
    from delinquency.proposals.affordability import Affordability
    from delinquency.proposals.offer import LenderOffer, PlanLimits
    from delinquency.restructuring import Restructured, RestructuringPlan
    from delinquency.rounding import Proportion

__all__ = ["BindingLimit", "Proposal", "Proposals", "percent"]

_HEADS = {
    "en": (
        "no.",
        "plan",
        "greatest payment",
        "relief",
        "payments",
        "balloon",
        "last due",
        "loss",
        "loss %",
    ),
    "zh": ("序号", "方案", "最高月供", "减轻", "期数", "尾款", "末期", "现值损失", "损失率"),
}


@attrs.frozen(slots=True, eq=False)
class Proposal:
    """A plan that keeps to every limit, and that no other one of the search betters.

    Attributes
    ----------
    number : int
        Its rank, from 1.
    plan : RestructuringPlan
    greatest_payment : Decimal [currency units]
        A balloon aside.
    payment_relief : Decimal [currency units]
        By how much the greatest payment is less than without the plan; below 0, more.
    payments : int
        How many.
    balloon : Decimal [currency units]
        Principal that waits for the last due date.
    last_due_on : date
    present_value_loss : Decimal [currency units]
        As of :class:`~delinquency.restructuring.Restructured`.
    diminished_share : Proportion
        The loss as a share of the value before, up to the next of 10**9 parts.
    """

    number: int
    plan: RestructuringPlan
    greatest_payment: Decimal
    payment_relief: Decimal
    payments: int
    balloon: Decimal
    last_due_on: date
    present_value_loss: Decimal
    diminished_share: Proportion
    _asked: Proposals = attrs.field(repr=False, alias="asked")

    def restructure(self) -> Restructured:
        """The account with the plan, as :func:`~delinquency.restructuring.verb.restructure` gives it."""
        asked = self._asked
        return restructure(
            asked.account,
            self.plan,
            as_of=asked.as_of,
            policy=asked.policy,
            known_on=asked.known_on,
        )

    @property
    def explanation(self) -> Explanation:
        """What speaks for the plan: what can be paid, what it costs, and what each measure does."""
        from delinquency.proposals.reasons import explain_proposal

        return explain_proposal(self, self._asked)

    def __str__(self) -> str:
        return self.explanation.to_text()


@attrs.frozen(slots=True)
class BindingLimit:
    """A limit that stands in the way of every plan.

    Attributes
    ----------
    bound : Limit
    alone : bool
        Whether some plan would fit without this limit; else it is one that most plans break.
    plans : int
        How many break it, and where it stands alone no other one.
    over_by : Decimal, Proportion or int
        The least by which one of them is above it: [currency units] of a payment or of arrears, [days] of the
        last due date, [instalments], or the share of the value.
    """

    bound: Limit
    alone: bool
    plans: int
    over_by: Decimal | Proportion | int


@attrs.frozen(slots=True, eq=False)
class Proposals:
    """The plans of an offer that fit, ranked, or the limits that stand in the way.

    Attributes
    ----------
    account : Account
    as_of : date
    known_on : date or None
    policy : Policy
        The version in force.
    affordability : Affordability
    offer : LenderOffer
    bounds : PlanLimits
    effective_on : date
        The day from whose start the plans hold.
    first_due_on : date or None
        The day that was given for a schedule that is over.
    method : AmortisationMethod
    day_count : DayCount or None
    priced : int
        How many plans were really priced.
    not_possible : int
        How many of them the account cannot have.
    fitting : int
        How many keep to every limit.
    plans : tuple of Proposal
        Those that no other one betters: by loss, then by balloon, greatest payment and last due date.
    binding : tuple of BindingLimit
        Why none fits; empty where one does.
    """

    account: Account
    as_of: date
    known_on: date | None
    policy: Policy
    affordability: Affordability
    offer: LenderOffer
    bounds: PlanLimits
    effective_on: date
    first_due_on: date | None
    method: AmortisationMethod
    day_count: DayCount | None
    priced: int
    not_possible: int
    fitting: int
    plans: tuple[Proposal, ...] = attrs.field(init=False, repr=False, default=())
    binding: tuple[BindingLimit, ...] = attrs.field(repr=False)

    def __len__(self) -> int:
        return len(self.plans)

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.plans)

    def __getitem__(self, place: int) -> Proposal:
        return self.plans[place]

    @property
    def explanation(self) -> Explanation:
        """How many plans were priced, which fit, and which limits stand in the way."""
        from delinquency.proposals.reasons import explain_proposals

        return explain_proposals(self)

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a proposal, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.proposal_frames.account_proposals_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.account_proposals_to_frame(self, backend)

    def to_text(self, lang: str = "en") -> str:
        """The proposals as a table of aligned lines, or why there is none.

        Raises
        ------
        InvalidValueError
            No words in ``lang``.
        """
        lang = known_language(lang, "proposals")
        if not self.plans:
            return self.explanation.to_text(lang=lang)
        return "\n".join(aligned(self._cells(lang), left=(1,)))

    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        fields = (
            "greatest_payment",
            "payment_relief",
            "payments",
            "balloon",
            "last_due_on",
            "present_value_loss",
        )
        return [
            _HEADS[lang],
            *(
                (
                    str(each.number),
                    _measures(each.plan, lang),
                    *cells_of(each, fields),
                    percent(each.diminished_share),
                )
                for each in self.plans
            ),
        ]

    def _repr_html_(self) -> str:
        if not self.plans:
            return f"<pre>{escape(self.to_text())}</pre>"
        heads, *rows = self._cells("en")
        body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows)
        return (
            f"<table><caption>{self.account.currency.code}</caption>"
            f"<thead><tr>{html_cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __str__(self) -> str:
        return self.to_text()


def _measures(plan: RestructuringPlan, lang: str) -> str:
    """The measures of a plan in words, with what is chosen of each."""
    return ", ".join(
        f"{WORDS[lang][NAMES[type(measure)]]}{_chosen(measure)}" for measure in plan.measures
    )


def _chosen(measure: object) -> str:
    match measure:
        case RateReduction():
            return f" {measure.annual_rate.as_percent()} %"
        case TermExtension() | PaymentHoliday() | ReAgeing():
            return f" {measure.instalments}"
        case ArrearsWaiver() | Forgiveness() | PrincipalDeferral() if measure.share is not None:
            return f" {percent(measure.share)}"
        case _:
            return ""


def percent(share: Proportion) -> str:
    """A share in per cent, two decimals, rounded up so that no loss is shown as none."""
    parts = -(-share.numerator * 10_000 // share.denominator)
    return f"{parts // 100}.{parts % 100:02d} %"
