"""A plan on its way through a draft: what every measure needs of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import to_date
from delinquency.due_rhythms import told_rhythm
from delinquency.errors import InvalidValueError
from delinquency.restructuring.draft import Draft, Moved, MoveKind
from delinquency.restructuring.rhythm import Rhythm, rhythm_of
from delinquency.rounding import RoundingMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from delinquency.calendar import Day
    from delinquency.currency import Currency
    from delinquency.rates import Rate
    from delinquency.restructuring.amount_measures import (
        ArrearsWaiver,
        Capitalisation,
        Forgiveness,
        PrincipalDeferral,
    )
    from delinquency.restructuring.measures import Measure

__all__ = ["PlanRun", "no_rate", "too_much_in_advance"]


@attrs.define(slots=True)
class PlanRun:
    """A draft, and what the measures ask of the account beside it.

    Attributes
    ----------
    draft : Draft
    currency : Currency
    all_dues : sequence of int
        Every due date of the schedule in force, from which its rhythm is read.
    rate : Rate or None
        Of the contract, on the day of the plan.
    given : Rhythm or None
        That of due dates which a measure set, in place of the schedule's.
    number : int
        The place of the measure that is put to it, from 0.
    """

    draft: Draft
    currency: Currency
    all_dues: Sequence[Day]
    rate: Rate | None
    given: Rhythm | None = None
    number: int = 0

    def where(self, measure: Measure) -> str:
        """The place of a measure, for an error."""
        return f"restructuring plan, measure {self.number + 1}, {type(measure).__name__}"

    def told(
        self, kind: MoveKind, column: int, amount: int, *, on_completion: bool = False
    ) -> None:
        """Write down what the measure did to an amount [minor units]."""
        if amount:
            self.draft.moved.append(Moved(self.number, kind, column, amount, on_completion))

    def part(self, measure: ArrearsWaiver | Forgiveness | PrincipalDeferral, whole: int) -> int:
        """The amount of a measure, or its share of what there is, rounded down [minor units]."""
        if measure.share is not None:
            return measure.share.of(max(0, whole), RoundingMode.DOWN)
        return self.at_most(measure, measure.amount, whole)

    def at_most(self, measure: Measure, amount: Decimal | int | None, whole: int) -> int:
        """An amount of a measure, of what there is; all of it where none is said [minor units].

        Raises
        ------
        InvalidValueError
            More than there is.
        """
        if amount is None:
            return whole
        part = to_minor(amount, self.currency, where=self.where(measure))
        if part > whole:
            raise InvalidValueError.at(
                f"{self.where(measure)}, amount",
                expected=f"at most what there is, {from_minor(max(0, whole), self.currency)}",
                found=str(amount),
            )
        return part

    def check_charges(self, measure: ArrearsWaiver | Capitalisation) -> None:
        """Refuse charges that the account has none of past due.

        Raises
        ------
        InvalidValueError
            One of another name.
        """
        known = {debt.charge_id for debt in self.draft.past if debt.charge_id}
        for charge_id in measure.charge_ids or ():
            if charge_id not in known:
                raise InvalidValueError.at(
                    f"{self.where(measure)}, charge_ids",
                    expected=f"charges that are past due: {', '.join(sorted(known)) or 'none'}",
                    found=repr(charge_id),
                )

    def multiple(self, multiple: Decimal | int | None) -> int:
        """What equal parts are rounded to; what was said before stands where nothing is [minor units]."""
        if multiple is None:
            return self.draft.multiple
        return to_minor(multiple, self.currency, where="restructuring plan, multiple")

    def need_dues(self) -> list[Day]:
        """The due dates to come.

        Raises
        ------
        InvalidValueError
            There are none.
        """
        dues = self.draft.dues
        if not dues:
            raise InvalidValueError.at(
                f"restructuring plan, measure {self.number + 1}",
                expected="instalments still to come",
                found="none on or after the day of the plan",
                hint="The schedule is over: ReAgeing gives it new instalments.",
            )
        return dues

    @property
    def has_rhythm(self) -> bool:
        """Whether it is known how due dates follow each other."""
        return self.given is not None or any(told_rhythm(self.all_dues, len(self.all_dues))[1:])

    def rhythm(self, measure: Measure) -> Rhythm:
        """How due dates follow each other."""
        return self.given or rhythm_of(self.all_dues, self.where(measure))

    def replan(self) -> None:
        """The rows to come are made anew."""
        self.draft.is_replanned = True

    def check_first(self, first: Day, where: str) -> None:
        """Refuse a first due date before the day of the plan.

        Raises
        ------
        InvalidValueError
            It is one.
        """
        if first < self.draft.day:
            raise InvalidValueError.at(
                f"{where}, first_due_on",
                expected=f"a day on or after that of the plan, {to_date(self.draft.day)}",
                found=str(to_date(first)),
            )


def no_rate(where: str) -> InvalidValueError:
    """The refusal of what needs the rate of a contract that does not say it."""
    return InvalidValueError.at(
        where,
        expected="an account that says the rate of its contract",
        found="none in force on the day of the plan",
        hint="Give the account contract_rates: [DatedRate(date, Rate.per_year(...))].",
    )


def too_much_in_advance(where: str, expected: str, found: str) -> InvalidValueError:
    """The refusal of what leaves interest that was paid in advance nothing to be taken off."""
    return InvalidValueError.at(
        where,
        expected=expected,
        found=found,
        hint="Say what becomes of money in advance: charge it back, or plan from a later day.",
    )
