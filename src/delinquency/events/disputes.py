"""A dispute of a part of what is owed: a stolen card, a fee that the debtor does not accept.

The one idea: a dispute takes nothing out of the ledger. The amount is still owed and still shown; while
the dispute lasts it is held out of counting, and how it ends is a fact of its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.events.suspensions import check_span, end_day_of
from delinquency.identifiers import check_id
from delinquency.whole_numbers import check_int

__all__ = ["Dispute"]


@attrs.frozen(slots=True)
class Dispute:
    """The debtor disputes an amount (争议, such as 盗刷), on ``[start, end)``.

    At the closes of these days so much of the debt that is named, or else of the oldest arrears of the
    account, is not counted: neither in days past due nor in arrears. Money settles what is not disputed
    first, so of a debt of 100 with 40 in dispute the first 60 that are paid leave nothing to be counted. The
    rest of the debt counts as before; allocation, exposure and penalty interest do not know of a dispute.

    A dispute that ended for the debtor holds nothing from its end on: the amount is let off by an event of
    its own on that day, such as a :class:`~delinquency.events.Waiver`. What one that ended against the
    debtor leaves behind is said by the policy: :class:`~delinquency.LostDispute`.

    Parameters
    ----------
    dispute_id : str
        Used once in an account.
    start : date
        The first day at whose close the amount is held out.
    amount : Decimal or int
        [currency units], more than 0. What exceeds the open amount holds nothing.
    end : date, optional
        The first day on which it is settled who is right; ``None`` while the dispute is open.
    instalment_no : int, optional
        The row of the schedule of which the amount is disputed, from 1.
    charge_id : str, optional
        The charge of which it is. Without either, the amount is of the oldest arrears at each close.
    for_debtor : bool, default False
        Whether the dispute ended for the debtor.
    recorded_on : date, optional
        The day on which the lender's books knew it; default ``start``.
    reversed_on : date, optional
        From this day on it was never made.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``; a number or a text of another type.
    InvalidValueError
        An amount of 0 or less; ``end`` not after ``start``; both an instalment and a charge; an open
        dispute that ended for the debtor; a reversal before the dispute was made and recorded.

    References
    ----------
    12 CFR 1026.13(d)(1) and (2), for the part of a payment that is in dispute: it need not be paid, and may
    not be reported as delinquent, while the dispute lasts; no policy of the rulebook rests on it.

    Examples
    --------
    >>> from datetime import date
    >>> dispute = Dispute("D-1", date(2025, 3, 1), Decimal("40.00"), date(2025, 4, 1), instalment_no=2)
    >>> dispute.holds_on(date(2025, 2, 28)), dispute.holds_on(date(2025, 3, 1))
    (False, True)
    >>> dispute.holds_on(date(2025, 3, 31)), dispute.holds_on(date(2025, 4, 1))
    (True, False)
    """

    dispute_id: str
    start: date
    amount: Decimal | int
    end: date | None = None
    instalment_no: int | None = None
    charge_id: str | None = None
    for_debtor: bool = False
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.dispute_id, where="dispute, dispute_id")
        where = f"dispute {self.dispute_id!r}"
        check_span(self, where)
        check_amount(self.amount, where=f"{where}, amount", positive=True)
        self._check_debt(where)
        self._check_outcome(where)
        self._check_reversal(where)

    def holds_on(self, day: date) -> bool:
        """Whether the dispute lasts at the close of a day, whenever it was recorded or reversed."""
        number = day_number(day, where="dispute", field="day")
        return day_number(self.start, where="dispute", field="start") <= number < self.end_day

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        return end_day_of(self.end)

    def _check_debt(self, where: str) -> None:
        if self.instalment_no is not None:
            check_int(self.instalment_no, f"{where}, instalment_no")
            if self.instalment_no < 1:
                raise InvalidValueError.at(
                    f"{where}, instalment_no", expected="1 or more", found=self.instalment_no
                )
        if self.charge_id is None:
            return
        check_id(self.charge_id, where=f"{where}, charge_id")
        if self.instalment_no is not None:
            raise InvalidValueError.at(
                f"{where}, charge_id",
                expected="an instalment_no or a charge_id",
                found="both",
                hint="Record one dispute for each debt.",
            )

    def _check_outcome(self, where: str) -> None:
        for_debtor: object = self.for_debtor
        if not isinstance(for_debtor, bool):
            raise InvalidTypeError.at(
                f"{where}, for_debtor", expected="True or False", found=for_debtor
            )
        if for_debtor and self.end is None:
            raise InvalidValueError.at(
                f"{where}, for_debtor",
                expected="an end beside it",
                found="none",
                hint="An open dispute has not ended for anybody.",
            )

    def _check_reversal(self, where: str) -> None:
        undone = self.reversed_on
        if undone is None:
            return
        day_number(undone, where=where, field="reversed_on")
        known = max(self.start, self.recorded_on or self.start)
        if undone < known:
            raise InvalidValueError.at(
                f"{where}, reversed_on",
                expected=f"a day on or after {known}, when it was made and recorded",
                found=str(undone),
            )
