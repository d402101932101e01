"""The figures of what is owed, as an audit record keeps them.

The one idea: a figure is kept under the name by which the answer gives it, and a debt under the number or
the id by which a reader finds it, never under its place in a ledger that nobody has any more.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from delinquency.breakdown import Breakdown, OwedParts
from delinquency.calendar import to_date
from delinquency.payment_settlement import PaymentSettlement, SettledPart
from delinquency.payments import PaymentKind
from delinquency.penalty import AccrualKind, PenaltyCap
from delinquency.penalty_interest import PenaltyInterest
from delinquency.rates import Rate

if TYPE_CHECKING:
    from delinquency.ledger import Ledger
    from delinquency.penalty import AccrualSegment, BoundCap

__all__ = [
    "BoundCapRecord",
    "BreakdownFigures",
    "PenaltyFigures",
    "PenaltyLineRecord",
    "SettlementFigures",
    "breakdown_figures",
    "named_figures",
    "penalty_figures",
    "settlement_figures",
]


@attrs.frozen(slots=True)
class PenaltyLineRecord:
    """The days ``[start, end)`` of one debt: base times rate times days.

    Parameters
    ----------
    instalment_no : int or None
        The place in the schedule, from 1; ``None`` for what stands beside it.
    charge_id : str or None
        What stands beside the schedule; ``None`` for an instalment.
    due_date : date
        Of the debt.
    kind : AccrualKind
        What bore.
    start : date
        The first day that bears.
    end : date
        The first day that does not bear any more.
    base : Decimal
        What bore [currency units].
    rate : Rate
        At which it bore.
    days : int
        Actual days [days].
    part_of_year : Fraction
        By the day count of the terms; of a rate per day it plays no part [years].
    share : Fraction
        How much of the accrual the line is: all of it, or what a waiver left or took.
    exact : Fraction
        What accrued, unrounded [minor units].
    amount : Decimal
        What is owed of it, or not owed if waived [currency units].
    is_waived : bool
        Whether the line is what a waiver took.
    capped : Decimal
        What caps took off [currency units].
    """

    instalment_no: int | None
    charge_id: str | None
    due_date: date
    kind: AccrualKind
    start: date
    end: date
    base: Decimal
    rate: Rate
    days: int
    part_of_year: Fraction
    share: Fraction
    exact: Fraction
    amount: Decimal
    is_waived: bool
    capped: Decimal


@attrs.frozen(slots=True)
class BoundCapRecord:
    """A cap that held something back, and since when.

    Parameters
    ----------
    cap : PenaltyCap
        The cap.
    since : date
        The first day by which more had accrued than it lets be owed.
    instalment_no : int or None
        The debt, for a cap on each; ``None`` for one on the account, and for what stands beside the schedule.
    charge_id : str or None
        The debt that stands beside the schedule, for a cap on each.
    """

    cap: PenaltyCap
    since: date
    instalment_no: int | None
    charge_id: str | None


@attrs.frozen(slots=True)
class PenaltyFigures:
    """The figures of penalty interest.

    Parameters
    ----------
    accrued : Decimal
        What accrued up to the day, rounded and capped, without what was waived [currency units].
    waived : Decimal
        What waivers of the accrual took [currency units].
    capped : Decimal
        What caps took off [currency units].
    posted : Decimal
        What of it became a debt of the ledger [currency units].
    unposted : Decimal
        What accrued and is no debt of the ledger yet [currency units].
    lines : tuple of PenaltyLineRecord
        What it is made of, by debt, first day and kind.
    bound_caps : tuple of BoundCapRecord
        The caps that held something back.
    """

    accrued: Decimal
    waived: Decimal
    capped: Decimal
    posted: Decimal
    unposted: Decimal
    lines: tuple[PenaltyLineRecord, ...]
    bound_caps: tuple[BoundCapRecord, ...]


@attrs.frozen(slots=True)
class BreakdownFigures:
    """The figures of a breakdown.

    Parameters
    ----------
    past_due, due, not_due : OwedParts
        Open amounts of debts due before the day, on it, and after it.
    accrued_interest : Decimal
        Interest earned in the running period and not settled [currency units].
    unearned_interest : Decimal
        Interest of rows to come that was paid in advance and is not earned yet [currency units].
    prepaid_fees : Decimal
        Fees of rows to come that were paid in advance [currency units].
    unposted_penalty : Decimal
        Penalty interest that accrued and is no debt of the ledger yet [currency units].
    charged_ahead : Decimal
        Fees and penalty charged and not due yet [currency units].
    unallocated : Decimal
        Money that settled nothing yet [currency units].
    written_off : Decimal
        What was written off and not recovered; no part of what settles the account [currency units].
    arrears : Decimal
        What is past due [currency units].
    payoff : Decimal
        What settles the account on the day [currency units].
    is_off_balance : bool
        Whether interest and penalty are shown off balance.
    off_balance : Decimal
        Interest and penalty shown off balance [currency units].
    on_balance : Decimal
        What is owed less what is shown off balance [currency units].
    """

    past_due: OwedParts
    due: OwedParts
    not_due: OwedParts
    accrued_interest: Decimal
    unearned_interest: Decimal
    prepaid_fees: Decimal
    unposted_penalty: Decimal
    charged_ahead: Decimal
    unallocated: Decimal
    written_off: Decimal
    arrears: Decimal
    payoff: Decimal
    is_off_balance: bool
    off_balance: Decimal
    on_balance: Decimal


@attrs.frozen(slots=True)
class SettlementFigures:
    """What the money of one day and kind settled.

    Parameters
    ----------
    value_date : date
        The day from which the money counts.
    payment_kind : PaymentKind
        Why it came.
    amount : Decimal
        The money of the day and kind [currency units].
    parts : tuple of SettledPart
        What it settled, in the order in which it did.
    unallocated : Decimal
        What of it settled nothing on its day [currency units].
    """

    value_date: date
    payment_kind: PaymentKind
    amount: Decimal
    parts: tuple[SettledPart, ...]
    unallocated: Decimal


_KINDS = tuple(PaymentKind)


def penalty_figures(answer: PenaltyInterest) -> PenaltyFigures:
    """The figures of an answer on penalty interest."""
    ledger = answer.ledger
    return PenaltyFigures(
        **named_figures(answer, "accrued", "waived", "capped", "posted", "unposted"),
        lines=tuple(_line(ledger, line) for line in answer.segments),
        bound_caps=tuple(_cap(bound) for bound in answer.bound_caps),
    )


def _line(ledger: Ledger, line: AccrualSegment) -> PenaltyLineRecord:
    told = ("instalment_no", "charge_id", "kind", "start", "end", "base", "rate", "days")
    return PenaltyLineRecord(
        due_date=to_date(ledger.obligations[line.place].due_day),
        part_of_year=Fraction(line.numerator, line.denominator),
        **named_figures(line, *told, "share", "exact", "amount", "is_waived", "capped"),
    )


def _cap(bound: BoundCap) -> BoundCapRecord:
    return BoundCapRecord(bound.cap, bound.since, bound.instalment_no, bound.charge_id)


def breakdown_figures(answer: Breakdown) -> BreakdownFigures:
    """The figures of a breakdown."""
    return BreakdownFigures(
        **named_figures(answer, *(field.name for field in attrs.fields(BreakdownFigures)))
    )


def settlement_figures(answer: PaymentSettlement) -> SettlementFigures:
    """The figures of what a payment settled."""
    return SettlementFigures(
        payment_kind=_KINDS[answer.receipt.kind],
        **named_figures(answer, "value_date", "amount", "parts", "unallocated"),
    )


def named_figures(answer: object, *names: str) -> dict[str, Any]:
    """What an answer says under each name."""
    return {name: getattr(answer, name) for name in names}
