"""The terms of penalty interest: what a contract says about money that comes late.

The one idea: a clause is a frozen value that is whole or refused. Base, compounding, day count, posting and
grain have no default, because contracts differ in each and a silent choice is the commonest way in which
two systems come to owe different cents.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from delinquency.calendar import check_days
from delinquency.choices import checked_member
from delinquency.citation import Citation
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty.caps import CAPS, PenaltyCap, ShareOfBase
from delinquency.penalty.conventions import (
    Compounding,
    PenaltyBase,
    PenaltyGrace,
    Posting,
    RoundingGrain,
)
from delinquency.penalty.late_days import checked_day_count
from delinquency.penalty.rate_rules import RATE_RULES, PenaltyRate
from delinquency.rounding import RoundingMode
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = ["PenaltyTerms"]

_WHERE: Final = "penalty terms"

_HOLD_INTEREST: Final = (PenaltyBase.OVERDUE_INSTALMENT, PenaltyBase.OVERDUE_AMOUNT)


def _caps(items: Iterable[PenaltyCap]) -> tuple[PenaltyCap, ...]:
    return checked_tuple(items, CAPS, f"{_WHERE}, cap")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, f"{_WHERE}, citation")


@attrs.frozen(slots=True, kw_only=True)
class PenaltyTerms:
    """What a delay costs (罚息条款).

    An instalment due on a day and paid on another bears on ``[due, paid)``: the due date counts, the day
    of payment does not. Up to a day t it bears on ``[due, t)``.

    Parameters
    ----------
    rate : FixedPenaltyRate, ContractMultiple, ReferencePlusMargin or RateByAge
        A rate per year times the part of a year, per month twelve times a year, per day times actual days.
    base : PenaltyBase
        What bears.
    compounding : Compounding
    day_count : DayCount
        Act/360, Act/365F, Act/364, Act/365.25, NL/365, NL/360, Act/Act ISDA or one of months of 30 days.
        A part of a delay is the difference of two counts from the due date.
    grace_days : int, default 0
        Days of grace [days], measured in late days of the instalment itself.
    grace_kind : PenaltyGrace, optional
        What they do; required where there are any.
    posting : Posting
        When the ledger posts, under ``PenaltyPlace.POSTED``; without effect at the other places.
    statement_day : int, optional
        With ``ON_STATEMENT`` alone: the day of the month, 1 to 31; a month that lacks it has its last day.
    caps : tuple of PenaltyCap
    grain : RoundingGrain
        What is rounded.
    rounding : RoundingMode, default HALF_UP
    citations : tuple of Citation

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Interest that would bear twice: compounding of unpaid interest on a base that holds it. A day count
        of which the parts do not add up; days of grace below 0 or of no kind; a statement day that is
        missing, of no month or of no use; a share of a base that is the whole account's.

    Examples
    --------
    A Chinese loan at 1.5 times the contract rate, with compound interest:

    >>> from delinquency.penalty.rate_rules import ContractMultiple
    >>> terms = PenaltyTerms(rate=ContractMultiple("1.5"), base=PenaltyBase.OVERDUE_PRINCIPAL,
    ...     compounding=Compounding.UNPAID_INTEREST, day_count=DayCount.ACT_360,
    ...     posting=Posting.ON_DUE_DATES, grain=RoundingGrain.INSTALMENT)
    >>> terms.grace_days, terms.rounding
    (0, <RoundingMode.HALF_UP: 'half_up'>)
    >>> attrs.evolve(terms, base=PenaltyBase.OVERDUE_INSTALMENT)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: penalty terms, compounding: expected Compounding.NONE or \
Compounding.ON_POSTING with a base that holds interest, found Compounding.UNPAID_INTEREST. Hint: The \
interest would bear twice.
    """

    rate: PenaltyRate
    base: PenaltyBase
    compounding: Compounding
    day_count: DayCount
    grace_days: int = 0
    grace_kind: PenaltyGrace | None = None
    posting: Posting
    statement_day: int | None = None
    caps: tuple[PenaltyCap, ...] = attrs.field(default=(), converter=_caps)
    grain: RoundingGrain
    rounding: RoundingMode = RoundingMode.HALF_UP
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.rate, RATE_RULES):
            raise InvalidTypeError.at(
                f"{_WHERE}, rate",
                expected="a FixedPenaltyRate, ContractMultiple, ReferencePlusMargin or RateByAge",
                found=self.rate,
            )
        checked_member(self.base, PenaltyBase, f"{_WHERE}, base")
        checked_member(self.compounding, Compounding, f"{_WHERE}, compounding")
        checked_day_count(self.day_count, f"{_WHERE}, day_count")
        checked_member(self.posting, Posting, f"{_WHERE}, posting")
        checked_member(self.grain, RoundingGrain, f"{_WHERE}, grain")
        checked_member(self.rounding, RoundingMode, f"{_WHERE}, rounding")
        self._check_grace()
        self._check_statement_day()
        self._check_base()

    def _check_grace(self) -> None:
        check_days(self.grace_days, f"{_WHERE}, grace_days", least=0)
        if self.grace_kind is not None:
            checked_member(self.grace_kind, PenaltyGrace, f"{_WHERE}, grace_kind")
        elif self.grace_days:
            raise InvalidValueError.at(
                f"{_WHERE}, grace_kind",
                expected="PenaltyGrace.NEVER_CHARGED or PenaltyGrace.TRIGGER_ONLY with days of grace",
                found="None",
                hint="Once they are over, do days of grace stay free, or is the delay charged from the "
                "due date?",
            )

    def _check_statement_day(self) -> None:
        where = f"{_WHERE}, statement_day"
        day = self.statement_day
        if self.posting is not Posting.ON_STATEMENT:
            if day is not None:
                raise InvalidValueError.at(
                    where, expected=f"None with {self.posting}", found=str(day)
                )
            return
        if day is None:
            raise InvalidValueError.at(where, expected="a day of the month", found="None")
        check_int(day, where)
        if not 1 <= day <= 31:
            raise InvalidValueError.at(where, expected="a day from 1 to 31", found=str(day))

    def _check_base(self) -> None:
        if self.compounding is Compounding.UNPAID_INTEREST and self.base in _HOLD_INTEREST:
            raise InvalidValueError.at(
                f"{_WHERE}, compounding",
                expected="Compounding.NONE or Compounding.ON_POSTING with a base that holds interest",
                found=str(self.compounding),
                hint="The interest would bear twice.",
            )
        is_of_account = self.base is PenaltyBase.OUTSTANDING_PRINCIPAL
        if is_of_account and any(isinstance(cap, ShareOfBase) for cap in self.caps):
            raise InvalidValueError.at(
                f"{_WHERE}, caps",
                expected="an AbsoluteCap or AnnualCap with a base that is the whole account's",
                found="a ShareOfBase",
                hint="No instalment has a base of its own of which it could be a share.",
            )
