"""What is charged for a minimum that was not paid in time (违约金).

The one idea: the charge is a share of what is missing between two limits, judged once a statement at the
close of its due date plus grace, and it never bears interest.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import check_amount
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion, RoundingMode

__all__ = ["LateFee", "LateFeePosting"]


class LateFeePosting(Enum):
    """When a late fee is posted: with the statement after the miss, or on the day after the last of grace."""

    NEXT_STATEMENT = "next_statement"
    AFTER_GRACE = "after_grace"


@attrs.frozen(slots=True, kw_only=True)
class LateFee:
    """A charge on the unpaid minimum, the part past due included.

    Parameters
    ----------
    share : Proportion
        Of what is open of all minimums up to the statement.
    floor : Decimal or int, default 0
        The least charged [currency units].
    cap : Decimal or int, optional
        The most charged [currency units].
    is_capped_by_minimum : bool, default False
        Never more than the whole minimum due of the statement that was missed, paid in part or not.
    rounding : RoundingMode, default HALF_UP
    posting : LateFeePosting, default NEXT_STATEMENT

    Raises
    ------
    InvalidTypeError
        A ``float``, a wrong type.
    InvalidValueError
        A cap below the floor.

    References
    ----------
    银发〔2016〕111号: 违约金 by agreement, without interest. 12 CFR 1026.52(b)(2)(i), comment 1, for the cap.

    Examples
    --------
    >>> LateFee(share=Proportion(5, 100), floor=10, cap=500).posting.value
    'next_statement'
    """

    share: Proportion
    floor: Decimal | int = Decimal(0)
    cap: Decimal | int | None = None
    is_capped_by_minimum: bool = False
    rounding: RoundingMode = RoundingMode.HALF_UP
    posting: LateFeePosting = LateFeePosting.NEXT_STATEMENT

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.share, Proportion):
            raise InvalidTypeError.at(
                "late fee, share",
                expected="a Proportion",
                found=self.share,
                hint='Proportion.parse("0.05")',
            )
        check_amount(self.floor, where="late fee, floor", positive=False)
        if self.cap is not None:
            check_amount(self.cap, where="late fee, cap", positive=False)
            if self.cap < self.floor:
                raise InvalidValueError.at(
                    "late fee, cap", expected=f"the floor {self.floor} or more", found=str(self.cap)
                )
        if not isinstance(self.is_capped_by_minimum, bool):
            raise InvalidTypeError.at(
                "late fee, is_capped_by_minimum",
                expected="True or False",
                found=self.is_capped_by_minimum,
            )
        checked_member(self.rounding, RoundingMode, "late fee, rounding")
        checked_member(self.posting, LateFeePosting, "late fee, posting")
