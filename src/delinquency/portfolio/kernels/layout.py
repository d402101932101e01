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
    "Scratch",
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
