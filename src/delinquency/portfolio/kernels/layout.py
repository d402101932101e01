"""What kernels are given: the columns of a book, a rule in whole numbers, and columns to fill."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
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
    recorded: Any
    reversed_day: Any
    charge_offsets: Any
    charge_due: Any
    charge_component: Any
    charge_amount: Any
    charge_instalment: Any
    charge_recorded: Any
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
    keeps_age_order: int
    """Whether each component is settled oldest first."""
    next_from: int
    """The first day on which a payment can be the next one."""
    counted: Any
    """0 or 1 for each of the four components."""
    phase_state: Any
    phase_offsets: Any
    phase_columns: Any
    bucket_first_days: Any


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


class LateDebtOutputs(NamedTuple):
    """The late debts of each account, from the place where its instalments and charges would begin."""

    count: Any
    """One row an account: how many places are filled."""
    source: Any
    """The number of the instalment, from 1; for a charge, less than 0: its number among the charges."""
    due: Any
    open_amount: Any
    days_past_due: Any
    delinquent_days: Any


class Debts(NamedTuple):
    """Scratch columns for the debts of one account, in the order in which they rank."""

    source: Any
    """The number of the instalment, from 1; for a charge, less than 0: its number among the charges."""
    unit: Any
    unit_day: Any
    due: Any
    start: Any
    until: Any
    open: Any
    """Minor units open: four components for each debt, one debt after the other."""


class Scratch(NamedTuple):
    """Working columns of one block, reused from account to account."""

    debts: Debts
    days: Any
    shadow_due: Any
    shadow_open: Any
    state: Any
    """Held money, first debt that may be open, shadows, frozen raw and delinquent days."""
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
