"""Figures that the record of an account cannot give, as somebody reported them.

The one idea: a figure is reported for a date, and holds until the next one of its name is. Nothing between
two reports is guessed, and before the first there is none.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

import attrs

from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.events.decisions import check_dates
from delinquency.rounding import Proportion

__all__ = ["LARGEST_PART", "FigureName", "ReportedFigure", "check_share"]


LARGEST_PART: Final = 1_000_000_000
"""The largest numerator and denominator of a reported share: columns hold both in 32 bits."""


class FigureName(Enum):
    """Which figure was reported.

    ``EXPECTED_LOSS_SHARE``: expected credit loss over the carrying amount.
    ``OVERDUE_SHARE_AT_ALL_BANKS``: of the debtor's debts at all banks, the part more than 90 days overdue.
    ``NON_PERFORMING_SHARE_AT_BANK``: of the debtor's debts at this bank, the part that is non-performing.
    ``LOAN_TO_VALUE``: the debt over the value of its security; may exceed 1.
    ``SECURITY_SHARE_OF_ASSESSED``: the realisable value of the security over its value as last assessed.
    ``SECURITY_SHARE_OF_OUTSTANDING``: the realisable value of the security over the outstanding debt.
    ``OVERDUE_SHARE_OF_CARRYING_AMOUNT``: of the gross carrying amount of all on-balance exposures to the
    debtor at this bank, the part more than 90 days past due.
    ``GUARANTEED_SHARE``: what guarantors answer for over the outstanding debt; may exceed 1.
    ``SECURED_SHARE``: the realisable value of the security, and what guarantors answer for, over it.

    Those of security need not be reported where :class:`~delinquency.events.security.Collateral` and
    :class:`~delinquency.events.security.Guarantee` say what there is: a rule of status works them out, unless
    somebody reported the figure on the day of the last change of the security or later.
    """

    EXPECTED_LOSS_SHARE = "expected_loss_share"
    OVERDUE_SHARE_AT_ALL_BANKS = "overdue_share_at_all_banks"
    NON_PERFORMING_SHARE_AT_BANK = "non_performing_share_at_bank"
    LOAN_TO_VALUE = "loan_to_value"
    SECURITY_SHARE_OF_ASSESSED = "security_share_of_assessed"
    SECURITY_SHARE_OF_OUTSTANDING = "security_share_of_outstanding"
    OVERDUE_SHARE_OF_CARRYING_AMOUNT = "overdue_share_of_carrying_amount"
    GUARANTEED_SHARE = "guaranteed_share"
    SECURED_SHARE = "secured_share"


@attrs.frozen(slots=True)
class ReportedFigure:
    """A figure reported for a date (申报指标), which holds from then until the next one of its name.

    It moves no amount and stops no count: only rules of status read it. Two of one name and date are
    refused, unless one was reversed by the day on which the other was recorded.

    Parameters
    ----------
    name : FigureName
        Which figure.
    value_date : date
        The first day for which it holds.
    value : Proportion
        0 or more; its numerator and denominator in lowest terms are at most 10**9 [share of 1].
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on it was never reported; a correction is another figure recorded from then on.

    Raises
    ------
    InvalidTypeError
        No FigureName; a value that is no Proportion; a ``datetime`` for a ``date``.
    InvalidValueError
        A value in parts that are too fine or too many; a reversal before the report.

    Examples
    --------
    >>> from datetime import date
    >>> ReportedFigure(FigureName.LOAN_TO_VALUE, date(2025, 3, 31), Proportion.parse("1.05")).value
    Proportion(numerator=21, denominator=20)
    """

    name: FigureName
    value_date: date
    value: Proportion
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        checked_member(self.name, FigureName, "reported figure, name")
        where = f"reported figure {self.name.value}"
        check_share(self.value, f"{where}, value")
        check_dates(self, where)


def check_share(share: object, where: str) -> Proportion:
    """A proportion whose parts columns can hold.

    Raises
    ------
    InvalidTypeError
        No Proportion.
    InvalidValueError
        A numerator or a denominator over 10**9.
    """
    if not isinstance(share, Proportion):
        raise InvalidTypeError.at(
            where, expected="a Proportion", found=share, hint='Write Proportion.parse("0.05").'
        )
    if max(share.numerator, share.denominator) > LARGEST_PART:
        raise InvalidValueError.at(
            where,
            expected=f"a numerator and a denominator of at most {LARGEST_PART:,}",
            found=f"{share.numerator} over {share.denominator}",
        )
    return share
