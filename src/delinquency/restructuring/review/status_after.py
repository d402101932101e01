"""Which policy says how an account is classified from a plan on.

The one idea: a review is of the day of the plan, a status of every day after it; rules of plans name the
packaged policy whose status reads the plan, so that nobody has to look for it.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from delinquency.account import Product, Segment
from delinquency.choices import checked_member
from delinquency.citation import Citation
from delinquency.identifiers import check_id
from delinquency.sequences import checked_tuple

__all__ = ["StatusAfter"]


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "status after a plan, left out")


@attrs.frozen(slots=True, kw_only=True)
class StatusAfter:
    """The policy by whose status accounts of a kind are classified after a plan.

    It is for :func:`~delinquency.status_assessment.assess_status`, asked of the account after the plan.

    Parameters
    ----------
    policy : str
        The name of a packaged policy.
    product : Product, optional
    segment : Segment, optional
        Of which accounts alone.
    left_out : tuple of Citation, optional
        What asks least classes of restructured assets and is not in the policy, because its text was never
        compared. A review says so beside the policy: the class may be better than the law allows.
    unverified_policy : str, optional
        The name of a packaged policy that has them as they are quoted, and warns.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        A name that is none; no product; no segment.

    Examples
    --------
    >>> cards = StatusAfter(policy="cn-card", product=Product.CARD)
    >>> cards.is_of(Product.CARD, Segment.RETAIL), cards.is_of(Product.LOAN, Segment.RETAIL)
    (True, False)
    """

    policy: str
    product: Product | None = None
    segment: Segment | None = None
    left_out: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    unverified_policy: str | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.policy, where="status after a plan, policy")
        if self.product is not None:
            checked_member(self.product, Product, "status after a plan, product")
        if self.segment is not None:
            checked_member(self.segment, Segment, "status after a plan, segment")
        if self.unverified_policy is not None:
            check_id(self.unverified_policy, where="status after a plan, unverified_policy")

    def is_of(self, product: Product, segment: Segment) -> bool:
        """Whether accounts of a product and a segment are meant."""
        return self.product in (None, product) and self.segment in (None, segment)
