"""The lender changed what was agreed.

The one idea: a restructuring is the fact of the change and its circumstances. What falls due from then on
is said by new rows of the schedule, so that no amount is told twice.
"""

from __future__ import annotations

from datetime import date

import attrs

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.events.decisions import check_dates
from delinquency.events.reported import check_share
from delinquency.rounding import Proportion

__all__ = ["Restructuring"]


@attrs.frozen(slots=True)
class Restructuring:
    """The lender changed what was agreed (贷款重组) on its value date.

    It moves no amount itself: new rows of the schedule do. Only rules of status read it. Two of one value
    date are refused, unless one was reversed by the day on which the other was recorded.

    Parameters
    ----------
    value_date : date
        The day of the change.
    first_due_on : date
        The first due date after the change, on or after ``value_date``.
    in_difficulty : bool, default True
        Whether the debtor was in financial difficulty. A change for one who was not is no restructuring in
        law, and is recorded so that nobody takes it for one.
    diminished_share : Proportion, optional
        The part of the present value at the original effective rate that the creditor gave up, 0 to 1;
        ``None`` where nobody worked it out.
    grace_until : date, optional
        The first day after a grace period that was given with it, on or after ``value_date``.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on it was never made.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; ``in_difficulty`` that is no bool; a share that is no Proportion.
    InvalidValueError
        ``first_due_on`` or ``grace_until`` before the value date; a share above 1, or in parts of more than
        10**9; a reversal before it.

    References
    ----------
    商业银行金融资产风险分类办法 (CBIRC and PBoC Order 2023 No. 1), Articles 17 and 23; Regulation (EU)
    575/2013 (CRR), Article 47b, for the difficulty. EBA/GL/2016/07, paragraph 51, for the diminished share.

    Examples
    --------
    >>> from datetime import date
    >>> change = Restructuring(
    ...     date(2025, 3, 1), date(2025, 3, 31), diminished_share=Proportion.parse("0.012")
    ... )
    >>> change.in_difficulty, change.diminished_share
    (True, Proportion(numerator=3, denominator=250))
    """

    value_date: date
    first_due_on: date
    in_difficulty: bool = True
    diminished_share: Proportion | None = None
    grace_until: date | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        where = "restructuring"
        check_dates(self, where)
        in_difficulty: object = self.in_difficulty
        if not isinstance(in_difficulty, bool):
            raise InvalidTypeError.at(
                f"{where}, in_difficulty", expected="True or False", found=in_difficulty
            )
        self._check_not_before_change("first_due_on", self.first_due_on)
        if self.grace_until is not None:
            self._check_not_before_change("grace_until", self.grace_until)
        if self.diminished_share is not None:
            share = check_share(self.diminished_share, f"{where}, diminished_share")
            if share.numerator > share.denominator:
                raise InvalidValueError.at(
                    f"{where}, diminished_share", expected="a share of at most 1", found=str(share)
                )

    def _check_not_before_change(self, field: str, day: date) -> None:
        day_number(day, where="restructuring", field=field)
        if day < self.value_date:
            raise InvalidValueError.at(
                f"restructuring, {field}",
                expected=f"a day on or after value_date {self.value_date}",
                found=str(day),
            )
