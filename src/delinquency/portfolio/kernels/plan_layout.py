"""What kernels of plans are given, and the columns that they fill.

The one idea: a plan is rows of whole numbers, one a measure; an account on its way through a plan is a draft
of whole numbers beside them, the same that one account has.
"""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
    "AGREED",
    "ALLOTTED",
    "ANCHOR",
    "BALLOON",
    "BY_ACCOUNT",
    "CAPITALISED",
    "DEFERRED",
    "DRAFT",
    "DUES",
    "EARNED",
    "FEE_ROWS",
    "FORGIVEN",
    "GIVEN",
    "IS_FLAT",
    "IS_REPLANNED",
    "MOVED",
    "MULTIPLE",
    "NOTHING_ASKED",
    "NOTHING_OWED",
    "NOT_ASKED",
    "NOT_POSSIBLE",
    "PAST",
    "PRINCIPAL",
    "REDUCED",
    "RHYTHM_DAYS",
    "RHYTHM_MONTHS",
    "SCHEDULED",
    "SPANS",
    "SPREAD",
    "SPREAD_OVER",
    "START",
    "STEPS",
    "TOLD",
    "UNEARNED",
    "UNPOSTED",
    "WAIVED",
    "Affordable",
    "AskedAccounts",
    "BestPlans",
    "DraftColumns",
    "PlanAnswers",
    "PlanArrays",
    "PlanBounds",
    "PlannedRows",
    "RateArrays",
    "RowColumns",
]

(
    START,
    PRINCIPAL,
    EARNED,
    UNEARNED,
    UNPOSTED,
    AGREED,
    MULTIPLE,
    BALLOON,
    IS_FLAT,
    IS_REPLANNED,
    DUES,
    FEE_ROWS,
    PAST,
    SPANS,
    GIVEN,
    ANCHOR,
    RHYTHM_MONTHS,
    RHYTHM_DAYS,
) = range(18)
"""Places of a draft: its day; amounts as of :class:`~delinquency.restructuring.draft.Draft`; whether
principal is paid in equal parts, and rows are made anew; how many due dates, rows with fees, debts past due
and spans of a rate it has; whether the rhythm of due dates is known, and that rhythm."""

SPREAD = 18
MOVED = SPREAD + 4
CAPITALISED, ALLOTTED, WAIVED, FORGIVEN, DEFERRED = (MOVED + 4 * kind for kind in range(5))
"""From these places on, four components each: what is paid in parts; what measures moved or took, by kind."""

SCHEDULED = DEFERRED + 4
"""The place of what all rows of the schedule ask for, those that are over among them."""

SPREAD_OVER = SCHEDULED + 1
"""The place of over how many instalments parts are spread; 0: over all that pay."""

DRAFT = SPREAD_OVER + 1
TOLD, BY_ACCOUNT, NOTHING_OWED, NOT_ASKED, NOT_POSSIBLE = range(5)
"""What became of an account, or of a plan: the last is what the verb of one account refuses."""

REDUCED = 5
"""From this code of a due date on an agreed payment is made; interest that it does not cover is refused, is
asked for later, becomes principal, or is given up."""

STEPS = 3
"""As many steps of agreed payments as the numbers of a measure have."""

NOTHING_ASKED = -(2**62)
"""The excess of a plan that asks for nothing."""


class PlanArrays(NamedTuple):
    """Plans, one row a plan; measures of all plans one after the other, by offsets."""

    offsets: Any
    kind: Any
    """The place of the measure in :data:`~delinquency.restructuring.measures.MEASURES`."""
    numbers: Any
    """Eight columns a measure: what they say is known to the function of its kind."""
    method: Any
    """0 level payments, 1 equal principal."""
    day_count: Any
    """A code, and -1 where none is said."""


class RateArrays(NamedTuple):
    """The rates of contracts [1e-8 per year], each from its first day, by account."""

    offsets: Any
    day: Any
    rate: Any


class DraftColumns(NamedTuple):
    """The draft of one account, reused from one to the next."""

    amounts: Any
    """By the places above."""
    past_open: Any
    """Four components of each debt past due, one after the other."""
    past_row: Any
    scheduled: Any
    """Every due date of the account, each once, while its rhythm is found."""
    dues: Any
    rest: Any
    """Of each due date: 0 none, 1 interest is paid, 2 it accrues, 3 is capitalised, 4 waived; ``REDUCED``
    and the three codes after it."""
    paid: Any
    """The agreed payment of a due date that has one."""
    fee_due: Any
    fee_amount: Any
    span_start: Any
    span_end: Any
    span_rate: Any


class RowColumns(NamedTuple):
    """What falls due from the day of a plan on, and what that is worth; reused."""

    due: Any
    principal: Any
    interest: Any
    fees: Any
    penalty: Any
    total: Any
    step_day: Any
    """The days on which the rate changes, and the rates from them on."""
    step_rate: Any


class Affordable(NamedTuple):
    """What a debtor can pay on a due date, from each day on [minor units]; without elements: nothing said."""

    day: Any
    amount: Any


class AskedAccounts(NamedTuple):
    """What is asked of the accounts of a book, one row an account."""

    chosen: Any
    """The place of the plan, -1 for none."""
    unposted: Any
    """Penalty that accrued and is no debt of the ledger [minor units]."""
    affordable: Affordable


class PlanBounds(NamedTuple):
    """What every plan must keep to."""

    can_pay: Any
    """Of each account, on every due date [minor units]."""
    last_due: int
    most_payments: int
    most_loss: int
    """[10**-9 of the value]."""


class BestPlans(NamedTuple):
    """The best plan of each account, one row an account."""

    state: Any
    """``TOLD``, ``BY_ACCOUNT`` or ``NOTHING_OWED``."""
    place: Any
    """Of the best plan, -1 where none fits."""
    fitting: Any
    not_possible: Any
    figures: Any
    """Seven columns of the best plan: loss, balloon, greatest payment, last due date, how many payments, the
    share of the value that is lost, and the loss by which it ranks."""
    moved: Any
    """Three columns: what it waived, spread and forgave in all."""


class PlanAnswers(NamedTuple):
    """One row an account, or one row a plan of one account; amounts in minor units."""

    state: Any
    """``TOLD``, ``BY_ACCOUNT``: by the verb of one account, ``NOTHING_OWED``, ``NOT_ASKED`` or
    ``NOT_POSSIBLE``."""
    owed: Any
    """Eight columns: what is owed before and after the plan, by component."""
    moved: Any
    """Twenty-four columns: what measures moved or took, by kind and component; loops settle nothing."""
    arrears_after: Any
    """Four columns."""
    asked: Any
    """Six columns: the first payment before and after, all of them before and after, and what is past due or
    accrued as penalty before and after."""
    loss: Any
    diminished: Any
    """The share of the value that was given up, up to the next of 10**9 parts."""
    last_due: Any
    """Of what the plan asks for; the day of the plan where it asks for nothing."""
    payments: Any
    """How many payments the plan asks for."""
    greatest: Any
    """The greatest payment, a balloon aside."""
    excess: Any
    """The most by which a payment, a balloon aside, is above what is affordable; below 0, the least room."""


class PlannedRows(NamedTuple):
    """The rows that plans ask for, from the places that ``offsets`` name; without elements: not asked for."""

    offsets: Any
    count: Any
    first_due: Any
    """The first due date on which anything is asked for; the day of the plan where nothing is."""
    grace_until: Any
    """The day after the last due date of a holiday, or ``NONE_DAY``."""
    is_changed: Any
    """Whether the plan moved or took anything, or made rows anew."""
    due: Any
    principal: Any
    interest: Any
    fees: Any
    left: Any
    """Of every row of the book, whether a plan changed it: 0 no, 1 it ends, 2 what is left of it begins."""
    left_principal: Any
    left_interest: Any
    left_fees: Any
