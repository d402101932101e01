"""What a lender, a court or the law found about an account or its debtor.

The one idea: a finding is a fact with a beginning and an end, not a conclusion. It says what was found and
from when to when it held; which class, stage or status follows is the policy's to say.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import attrs

from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.events.suspensions import check_span, end_day_of

__all__ = ["Finding", "FindingKind"]


class FindingKind(Enum):
    """What was found.

    ``UNLIKELY_TO_PAY``: the debtor will probably not pay in full unless security is realised.
    ``CREDIT_IMPAIRED``: the asset is credit-impaired (已发生信用减值).
    ``TECHNICAL_OVERDUE``: it is overdue for an operational or technical reason alone (技术性逾期).
    ``FINANCIAL_DIFFICULTY``: the debtor is in financial difficulty (财务困难).
    ``REPAID_BY_NEW_BORROWING``: it was repaid out of new borrowing (借新还旧).
    ``RATING_FALL``: an external rating fell sharply, and the capacity to pay with it.
    ``EVASION``: the debtor evades bank debt (逃废债).
    ``BANKRUPTCY``: the debtor is in bankruptcy, or in a procedure like it.
    ``FRAUD``: the credit was obtained by fraud.
    ``DECEASED``: the debtor has died.
    ``NON_ACCRUAL``: interest is no longer recognised as income.
    ``LOSS_IDENTIFIED``: the lender, its auditor or its supervisor has identified a loss.
    ``SIGNIFICANT_INCREASE_IN_RISK``: credit risk has increased significantly since the beginning.
    ``NO_SIGNIFICANT_INCREASE_IN_RISK``: it has not, although more than 30 days past due; a rebuttal of that
    presumption, with reasons on file.
    ``NO_DEFAULT``: there is no default, although 90 days past due; a rebuttal of that presumption.
    ``ABLE_TO_PERFORM``: the debtor was assessed as able to go on paying.
    ``REPOSSESSION_IN_PROCESS``: security is being taken into possession.
    ``SATISFACTORY_PERFORMANCE``: after a restructuring the debtor paid for as long, and as much, as an
    upgrade asks.

    Causes of a technical past due, where a law names them; ``TECHNICAL_OVERDUE`` is one whose cause is on
    file elsewhere. ``SYSTEM_ERROR``: an error of the lender's data or systems, or of hand in a standardised
    process, and no wrong credit decision. ``PAYMENT_NOT_EXECUTED``: the debtor ordered a payment that was
    not executed, or late or wrongly, or the payment system failed. ``CREDITED_LATE``: the payment came
    before default and was credited after. ``RECEIVABLES_WITHIN_LIMIT``: of purchased receivables, none is
    past due for longer than the limit of an invoice.
    """

    UNLIKELY_TO_PAY = "unlikely_to_pay"
    CREDIT_IMPAIRED = "credit_impaired"
    TECHNICAL_OVERDUE = "technical_overdue"
    FINANCIAL_DIFFICULTY = "financial_difficulty"
    REPAID_BY_NEW_BORROWING = "repaid_by_new_borrowing"
    RATING_FALL = "rating_fall"
    EVASION = "evasion"
    BANKRUPTCY = "bankruptcy"
    FRAUD = "fraud"
    DECEASED = "deceased"
    NON_ACCRUAL = "non_accrual"
    LOSS_IDENTIFIED = "loss_identified"
    SIGNIFICANT_INCREASE_IN_RISK = "significant_increase_in_risk"
    NO_SIGNIFICANT_INCREASE_IN_RISK = "no_significant_increase_in_risk"
    NO_DEFAULT = "no_default"
    ABLE_TO_PERFORM = "able_to_perform"
    REPOSSESSION_IN_PROCESS = "repossession_in_process"
    SYSTEM_ERROR = "system_error"
    PAYMENT_NOT_EXECUTED = "payment_not_executed"
    CREDITED_LATE = "credited_late"
    RECEIVABLES_WITHIN_LIMIT = "receivables_within_limit"
    SATISFACTORY_PERFORMANCE = "satisfactory_performance"


@attrs.frozen(slots=True)
class Finding:
    """Something was found (认定) that holds on ``[start, end)``; open while it has no end.

    A finding that is absent means that nobody found it, not that it is untrue. It moves no amount and stops
    no count: only rules of status read it. Findings of one kind may touch, not overlap; those of different
    kinds may overlap freely.

    Parameters
    ----------
    kind : FindingKind
        What was found.
    start : date
        The first day on which it holds.
    end : date, optional
        The first day on which it no longer holds; ``None`` while it is open.
    recorded_on : date, optional
        The day on which the lender's books knew it; default ``start``.

    Raises
    ------
    InvalidTypeError
        No FindingKind; a ``datetime`` for a ``date``.
    InvalidValueError
        ``end`` not after ``start``.

    References
    ----------
    商业银行金融资产风险分类办法 (CBIRC and PBoC Order 2023 No. 1), Articles 10-13, for what lowers a class.
    EBA/GL/2016/07, paragraph 23, for the causes of a technical past due.
    IFRS 9, 5.5.11 and B5.5.37, for the presumptions of 30 and 90 days that may be rebutted.

    Examples
    --------
    >>> from datetime import date
    >>> difficulty = Finding(FindingKind.FINANCIAL_DIFFICULTY, date(2025, 3, 1), date(2025, 9, 1))
    >>> [difficulty.holds_on(date(2025, *day)) for day in ((2, 28), (3, 1), (8, 31), (9, 1))]
    [False, True, True, False]
    """

    kind: FindingKind
    start: date
    end: date | None = None
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        checked_member(self.kind, FindingKind, "finding, kind")
        check_span(self, "finding")

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        return end_day_of(self.end)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day: ``start`` is such a day, ``end`` is not.

        Raises
        ------
        InvalidTypeError
            No date.
        """
        number = day_number(day, where="finding", field="day")
        return day_number(self.start, where="finding", field="start") <= number < self.end_day
