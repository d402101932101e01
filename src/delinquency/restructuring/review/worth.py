"""What a plan is worth before and after, at the original effective rate.

The one idea: the rate is the one that is stated, or that fees at the beginning give, or else that of the
contract with interest paid on every due date; the answer says which, and a share is told so that comparing
it with a threshold is comparing the exact one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import to_date
from delinquency.dated_rates import rate_on
from delinquency.decimals import shifted
from delinquency.errors import InvalidValueError
from delinquency.restructuring.present_value import share_given_up
from delinquency.returns.cash_flows import CashFlow
from delinquency.returns.diminished_obligation import SMALLEST_PART, diminished_share
from delinquency.returns.effective_interest import effective_interest_rate
from delinquency.returns.modification import changed_share, modification_gain
from delinquency.rounding import RoundingMode, div_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from delinquency.restructuring.answer import PlanOutcome
    from delinquency.restructuring.draft import Draft
    from delinquency.restructuring.new_rows import NewRow
    from delinquency.restructuring.review.facts import PlanFacts
    from delinquency.restructuring.review.subject import PlanSubject
    from delinquency.returns.exactness import Exact
    from delinquency.rounding import Proportion

__all__ = ["PlanWorth", "RateBasis", "worth_of"]

_PLACES: Final = 9
"""Decimals of a share; a threshold has no more."""

_RATE_DECIMALS: Final = 20


class RateBasis(Enum):
    """Where the original effective rate comes from.

    ``STATED``: it was stated. ``UPFRONT_FEES``: it is worked out from the first schedule and the fees
    received at the beginning. ``CONTRACT``: the rate of the contract stands for it, interest being paid on
    every due date.
    """

    STATED = "stated"
    UPFRONT_FEES = "upfront_fees"
    CONTRACT = "contract"


@attrs.frozen(slots=True, eq=False)
class PlanWorth:
    """Both sides of a plan at one rate.

    Attributes
    ----------
    done : PlanOutcome
    basis : RateBasis
    rate : Decimal, int or Fraction
        [share per year]
    fees : int
        What is paid for the change on its day [minor units].
    """

    done: PlanOutcome
    basis: RateBasis
    rate: Exact
    fees: int

    @cached_property
    def share_given_up(self) -> Decimal:
        """The part of the value that the lender gives up, in parts of 10**9, rounded up."""
        if self.basis is RateBasis.CONTRACT:
            exact = share_given_up(self.done.value_before, self.done.value_after)
            return _in_parts(exact, RoundingMode.UP)
        before, after = self._flows
        if not any(flow.amount for flow in before):
            return shifted(0, _PLACES)
        return _told(diminished_share(before, after, rate=self.rate, changed_on=self._on))

    @cached_property
    def share_changed(self) -> Decimal:
        """How far the value moved, fees of the change in it, in parts of 10**9, rounded down."""
        if self.basis is RateBasis.CONTRACT:
            before, after = self.done.value_before, self.done.value_after + self.fees
            return _in_parts(
                Fraction(abs(after - before), before) if before else before, RoundingMode.DOWN
            )
        before_flows, after_flows = self._flows
        if not any(flow.amount for flow in before_flows):
            return shifted(0, _PLACES)
        fee = CashFlow(self._on, from_minor(self.fees, self.done.currency))
        return _told(
            changed_share(before_flows, [*after_flows, fee], rate=self.rate, changed_on=self._on)
        )

    @cached_property
    def gain(self) -> Decimal:
        """The value after less the value before, rounded once [currency units]."""
        currency = self.done.currency
        if self.basis is RateBasis.CONTRACT:
            change = self.done.value_after - self.done.value_before
            return from_minor(div_half_up(change.numerator, change.denominator), currency)
        before, after = self._flows
        return modification_gain(
            before, after, rate=self.rate, changed_on=self._on, decimals=currency.minor_unit
        )

    @property
    def _on(self) -> date:
        return self.done.plan.effective_on

    @cached_property
    def _flows(self) -> tuple[list[CashFlow], list[CashFlow]]:
        done = self.done
        before, after = done.draft_before, done.draft_after
        touched = sum(before.beside) - sum(after.beside)
        return (
            self._side(before, done.rows_before, touched),
            self._side(after, done.rows_after, 0),
        )

    def _side(self, draft: Draft, rows: Sequence[NewRow], touched: int) -> list[CashFlow]:
        """What is past due and what is to come; at its face what a settlement touches and is not due."""
        currency = self.done.currency
        face = sum(sum(debt.open) for debt in draft.past) + draft.unposted + touched
        flows = [CashFlow(self._on, from_minor(face, currency))]
        return flows + [
            CashFlow(to_date(row.due_day), from_minor(row.total, currency)) for row in rows
        ]


def _in_parts(share: Fraction, mode: RoundingMode) -> Decimal:
    scaled = share * SMALLEST_PART
    whole = scaled.numerator // scaled.denominator
    if mode is RoundingMode.UP and scaled.denominator > 1:
        whole += 1
    return shifted(whole, _PLACES)


def _told(share: Proportion) -> Decimal:
    return shifted(share.of(SMALLEST_PART, RoundingMode.HALF_UP), _PLACES)  # whole: no rounding


def worth_of(done: PlanOutcome, subject: PlanSubject, facts: PlanFacts) -> PlanWorth | None:
    """What a plan is worth; ``None`` where nothing says at which rate.

    Raises
    ------
    InvalidValueError
        Fees at the beginning that are as much as the loan, or finer than the minor unit; such fees where a
        new contract takes the place of old ones.
    """
    fees = to_minor(facts.change_fees, done.currency, where="plan facts, change_fees")
    if facts.effective_rate is not None:
        return PlanWorth(done, RateBasis.STATED, facts.effective_rate, fees)
    if facts.upfront_fees is not None:
        return PlanWorth(
            done, RateBasis.UPFRONT_FEES, _rate_of_fees(subject, facts.upfront_fees), fees
        )
    rate = rate_on(subject.rates, done.draft_before.day)
    if rate is not None:
        return PlanWorth(done, RateBasis.CONTRACT, rate.as_decimal(), fees)
    if any(row.interest for account in subject.accounts for row in account.schedule):
        return None
    return PlanWorth(done, RateBasis.CONTRACT, 0, fees)


def _rate_of_fees(subject: PlanSubject, fees: Decimal | int) -> Decimal:
    """The effective rate that the first schedule yields on what was paid out, net of fees."""
    if subject.new_contract:
        raise InvalidValueError.at(
            "plan facts, upfront_fees",
            expected="none, where a new contract takes the place of old ones",
            found=str(fees),
            hint="Give the effective_rate at which all of them are valued.",
        )
    (account,) = subject.accounts
    currency = account.currency
    rows = [row for row in account.schedule if row.in_force_from is None]
    lent = sum(to_minor(row.principal, currency, where="plan") for row in rows)
    received = to_minor(fees, currency, where="plan facts, upfront_fees")
    if received >= lent:
        raise InvalidValueError.at(
            "plan facts, upfront_fees",
            expected=f"less than what was lent, {from_minor(lent, currency)}",
            found=str(fees),
        )
    flows = [CashFlow(row.due_date, row.total) for row in rows]
    return effective_interest_rate(
        from_minor(lent - received, currency),
        flows,
        recognised_on=account.originated_on,
        decimals=_RATE_DECIMALS,
    )
