"""What kernels are given: the columns of a book, a rule in whole numbers, and columns to fill."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
    "ACCELERATED",
    "CHARGE",
    "CHARGE_BACK",
    "COUNTED",
    "CREDIT",
    "DUE",
    "FIRST",
    "FROZEN_DELINQUENT",
    "FROZEN_RAW",
    "GOODWILL",
    "HELD",
    "INSTALMENT",
    "IN_SHARES",
    "IS_FIXED",
    "LAST_FIRST",
    "MONEY",
    "NEXT_FIRST",
    "NO_ORDER",
    "PAST_DUE",
    "RECOVERY",
    "REFUND",
    "REPAYMENT",
    "SHADOWS",
    "STATE",
    "WRITTEN",
    "BookArrays",
    "Debts",
    "LateDebtOutputs",
    "LedgerOutputs",
    "Outputs",
    "RuleNumbers",
    "ScheduleOutputs",
    "Scratch",
    "Span",
    "TermArrays",
]


class BookArrays(NamedTuple):
    """Every column a kernel may read; a column that the book lacks has no elements."""

    originated: Any
    product: Any
    inst_offsets: Any
    due: Any
    principal: Any
    interest: Any
    fees: Any
    from_day: Any
    until_day: Any
    pay_offsets: Any
    value_day: Any
    amount: Any
    pay_kind: Any
    recorded: Any
    reversed_day: Any
    charge_offsets: Any
    charge_due: Any
    charge_component: Any
    charge_amount: Any
    charge_instalment: Any
    charge_recorded: Any
    charge_from: Any
    back_offsets: Any
    back_day: Any
    back_principal: Any
    back_interest: Any
    back_fees: Any
    back_penalty: Any
    back_recorded: Any
    back_reversed: Any
    decided_offsets: Any
    decided_day: Any
    decided_kind: Any
    decided_component: Any
    decided_amount: Any
    decided_recorded: Any
    decided_reversed: Any
    susp_offsets: Any
    susp_start: Any
    susp_end: Any
    susp_recorded: Any


class RuleNumbers(NamedTuple):
    """A policy, a day and a cut, in whole numbers."""

    as_of: int
    known: int
    reversal_cut: int
    due_date_counts: int
    grace: int
    grace_is_trigger: int
    tolerance: int
    tolerance_by_account: int
    reads_raw: int
    schedule_change: int
    """0 follow the new schedule, 1 continue, 2 freeze."""
    holds_excess: int
    """Whether the order of the policy itself holds money until something falls due."""
    holds_any: int
    """Whether money of some kind or age is held."""
    keeps_age_order: int
    """Whether the order of the policy itself settles each component oldest first."""
    closing_tolerance: int
    next_from: int
    """The first day on which a payment can be the next one."""
    counted: Any
    """0 or 1 for each of the four components."""
    main_phases: int
    """How many phases the order of the policy itself has: the first order."""
    order_phases: Any
    """The phases of each order, as offsets; the phases of all orders stand one after the other."""
    phase_state: Any
    """Which debts a phase settles: past due, due, or in advance in one of three ways."""
    phase_offsets: Any
    phase_columns: Any
    makes_credit: Any
    """For each order, whether what is left settles no later debt."""
    recovers: Any
    """Four columns for each order: in which sequence it settles what was written off."""
    by_component: Any
    """For each order, whether it settles what was written off component by component."""
    kind_order: Any
    """For each kind of payment the number of its own order, or -1."""
    age_from: Any
    """Rising ages from which another order holds."""
    age_order: Any
    bucket_first_days: Any


PAST_DUE, DUE, NEXT_FIRST, LAST_FIRST, IN_SHARES = range(5)
"""Which debts a phase settles: the last three are those in advance."""

NO_ORDER = -1


class Outputs(NamedTuple):
    """One row an account."""

    days_past_due: Any
    delinquent_days: Any
    arrears: Any
    oldest_due: Any
    bucket: Any


class LedgerOutputs(NamedTuple):
    """What only a ledger knows, one row an account; without elements where it is not asked for."""

    exposure: Any
    unallocated: Any
    late_count: Any
    next_due: Any
    next_amount: Any
    written_off: Any
    """Written off and not recovered."""
    breakdown: Any
    """Open amounts: rows of twelve, past due, due and not due times the four components; asked for apart."""


class LateDebtOutputs(NamedTuple):
    """The late debts of each account, from the place where its instalments and charges would begin."""

    count: Any
    """One row an account: how many places are filled."""
    kind: Any
    """Of each debt, as for :class:`Debts`."""
    number: Any
    due: Any
    open_amount: Any
    days_past_due: Any
    delinquent_days: Any


class Debts(NamedTuple):
    """Scratch columns for the debts of one account, in the order in which they rank."""

    kind: Any
    """0 an instalment, 1 a charge, 2 a charge-back, 3 what an acceleration brings forward."""
    number: Any
    """From 1, within its kind."""
    unit: Any
    unit_day: Any
    due: Any
    start: Any
    until: Any
    open: Any
    """Minor units open: four components for each debt, one debt after the other."""
    written: Any
    """Written off and not recovered, in the same order."""
    let_off: Any
    """Waived or written off, recovered or not, in the same order."""


INSTALMENT, CHARGE, CHARGE_BACK, ACCELERATED = range(4)
"""Kinds of debts."""

REPAYMENT, REFUND, GOODWILL, RECOVERY = range(4)
"""Kinds of money."""

HELD, MONEY, CREDIT, FIRST, IS_FIXED, COUNTED, WRITTEN, SHADOWS, FROZEN_RAW, FROZEN_DELINQUENT = (
    0,
    4,
    *range(8, 16),
)
"""Places of the state of a sweep: from ``HELD`` and ``MONEY`` on the money held for a debt, and the money of
the day, by its kind; money that settles no later debt; the first debt that may be open, and whether a debt
that is empty stays so; counted amounts that were settled or let off on the day, and what is written off;
carried debts, and carried days."""

STATE = FROZEN_DELINQUENT + 1


class Scratch(NamedTuple):
    """Working columns of one block, reused from account to account."""

    debts: Debts
    days: Any
    ranked: Any
    """The instalments of a card in the order in which they were billed."""
    by_due: Any
    """The debts in the order in which they fall due."""
    asked: Any
    """What is asked for of each contractual payment."""
    shadow_due: Any
    shadow_open: Any
    state: Any
    place: Any
    """The first row of each component that is not settled."""
    rest: Any
    """What is open of that row."""


class TermArrays(NamedTuple):
    """Terms of loans, one row a loan; amounts in minor units, rates in 1e-8 a year."""

    principal: Any
    annual_rate: Any
    first_due: Any
    month: Any
    """Of the first due date, its place in the table of months."""
    of_month: Any
    """Days from the first of that month to the first due date."""
    periods: Any
    method: Any
    """0 annuity, 1 equal principal, 2 interest only, 3 bullet, 4 flat."""
    rounding: Any
    payment_rounding: Any
    payment_multiple: Any
    """0 where none was agreed."""
    agreed_payment: Any
    """0 where it is solved."""
    balloon: Any
    months: Any
    days: Any
    day_count: Any
    """Less than 0 where interest is by periods."""
    charges_are_fees: Any


class ScheduleOutputs(NamedTuple):
    """Rows of schedules, ragged; what is refused, one row a loan."""

    offsets: Any
    due: Any
    principal: Any
    interest: Any
    fees: Any
    """Holds zeros; written where a flat charge is a fee."""
    closing: Any
    """Without elements where it is not asked for."""
    refused: Any


class Span(NamedTuple):
    """How the periods of one loan follow each other, and what they bear."""

    first_due: int
    month: int
    of_month: int
    months: int
    days: int
    rate: int
    """[1e-8 per year], times months where interest is by periods of months."""
    denominator: int
    """Of periods; 0 where interest is by days."""
    day_count: int
    periods: int
