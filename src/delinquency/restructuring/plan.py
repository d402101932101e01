"""A plan that lender and borrower agreed on: measures in order, and the day from whose start they hold.

The one idea: the account says what is owed, the plan what is to become of it. How interest is reckoned is
said by the plan, because a schedule of rows does not know it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from delinquency.amortisation import AmortisationMethod
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring.measures import (
    MEASURES,
    ArrearsWaiver,
    DueDateChange,
    Forgiveness,
    InterestPause,
    Measure,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    ReducedPayments,
    Settlement,
    TermExtension,
)

__all__ = ["RestructuringPlan"]

_ONCE = (
    ReAgeing,
    TermExtension,
    PaymentHoliday,
    PrincipalDeferral,
    DueDateChange,
    Settlement,
    ReducedPayments,
)
"""Measures of which two would contradict each other, or be one."""


def _measures(items: Iterable[Measure]) -> tuple[Measure, ...]:
    if type(items) in MEASURES:
        raise InvalidTypeError.at(
            "restructuring plan, measures",
            expected="a sequence of measures",
            found=items,
            hint="Write (measure,) for one measure.",
        )
    if not isinstance(items, Iterable):
        raise InvalidTypeError.at(
            "restructuring plan, measures", expected="a sequence of measures", found=items
        )
    kept = tuple(items)
    for place, item in enumerate(kept, start=1):
        if type(item) not in MEASURES:
            raise InvalidTypeError.at(
                f"restructuring plan, measure {place}",
                expected="a measure such as TermExtension(12)",
                found=item,
            )
    return kept


@attrs.frozen(slots=True, kw_only=True)
class RestructuringPlan:
    """Measures in the order in which they are applied, from the start of a day on.

    Parameters
    ----------
    measures : sequence of Measure
        None of them changes nothing.
    effective_on : date
        The plan holds from the start of this day: what was paid before it is in it, and a payment of this
        day settles what the plan asks for. A row due on it is one to come.
    method : AmortisationMethod, default ANNUITY
        How principal is repaid where the schedule is made anew: level payments, or equal principal.
    day_count : DayCount, optional
        By which interest of a new schedule is reckoned, needed where it bears any, and what the running
        period has earned; without one that is by actual days.
    in_difficulty : bool, default True
        Whether the borrower is in financial difficulty, which makes a concession a restructuring in law.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``datetime`` for a ``date``.
    InvalidValueError
        Measures that contradict each other; a re-ageing after an extension, a holiday or a pause, or forgiven
        principal after a deferral, of which nothing would be left; another method.

    Examples
    --------
    >>> from delinquency.restructuring import TermExtension
    >>> RestructuringPlan(measures=(TermExtension(6), TermExtension(3)), effective_on=date(2025, 3, 1))
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: restructuring plan, measures: expected at most one TermExtension, \
found 2. Hint: Put them together in one.
    """

    measures: tuple[Measure, ...] = attrs.field(converter=_measures)
    effective_on: date
    method: AmortisationMethod = AmortisationMethod.ANNUITY
    day_count: DayCount | None = None
    in_difficulty: bool = True

    def __attrs_post_init__(self) -> None:
        where = "restructuring plan"
        day_number(self.effective_on, where=where, field="effective_on")
        checked_member(self.method, AmortisationMethod, f"{where}, method")
        if self.method not in (AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL):
            raise InvalidValueError.at(
                f"{where}, method",
                expected="ANNUITY or EQUAL_PRINCIPAL",
                found=self.method.name,
                hint="PrincipalDeferral(share=...) leaves principal to the last due date.",
            )
        if self.day_count is not None:
            checked_member(self.day_count, DayCount, f"{where}, day_count")
        if not isinstance(self.in_difficulty, bool):
            raise InvalidTypeError.at(
                f"{where}, in_difficulty", expected="True or False", found=self.in_difficulty
            )
        counts = Counter(type(measure) for measure in self.measures)
        for kind in _ONCE:
            if counts[kind] > 1:
                raise InvalidValueError.at(
                    f"{where}, measures",
                    expected=f"at most one {kind.__name__}",
                    found=str(counts[kind]),
                    hint="Put them together in one.",
                )
        self._check_flat(where)
        self._check_settlement(where)
        if counts[ReAgeing] and counts[DueDateChange]:
            raise InvalidValueError.at(
                f"{where}, measures",
                expected="a ReAgeing or a DueDateChange",
                found="both",
                hint="The re-ageing says when its first instalment falls due.",
            )
        self._check_order(where)

    def _check_order(self, where: str) -> None:
        """Refuse a measure that a later one would leave nothing of."""
        seen: set[type] = set()
        for measure in self.measures:
            undone: tuple[type, ...] = ()
            if isinstance(measure, ReAgeing):
                undone = (TermExtension, PaymentHoliday, InterestPause, ReducedPayments)
            elif isinstance(measure, PaymentHoliday):
                undone = (ReducedPayments,)
            elif isinstance(measure, Forgiveness) and measure.component is Component.PRINCIPAL:
                undone = (PrincipalDeferral,)
            name = type(measure).__name__
            for earlier in undone:
                if earlier in seen:
                    raise InvalidValueError.at(
                        f"{where}, measures",
                        expected=f"the {name} before the {earlier.__name__}",
                        found=f"the {earlier.__name__} first",
                        hint=f"What the {earlier.__name__} is of is what the {name} leaves.",
                    )
            seen.add(type(measure))

    def _check_settlement(self, where: str) -> None:
        """Refuse what a settlement leaves nothing for, and payments before the day of the plan."""
        found = [each for each in self.measures if isinstance(each, Settlement)]
        if not found:
            return
        others = [
            type(each).__name__
            for each in self.measures
            if not isinstance(each, ArrearsWaiver | Forgiveness | Settlement)
        ]
        if others or self.measures[-1] is not found[0]:
            raise InvalidValueError.at(
                f"{where}, measures",
                expected="a Settlement as the last of them, after an ArrearsWaiver or a Forgiveness alone",
                found=f"one and a {others[0]}" if others else "a measure after it",
                hint="A settlement leaves nothing that could be changed.",
            )
        if found[0].payments[0].on < self.effective_on:
            raise InvalidValueError.at(
                f"{where}, settlement",
                expected=f"payments on or after the day of the plan, {self.effective_on}",
                found=str(found[0].payments[0].on),
            )

    def _check_flat(self, where: str) -> None:
        """Refuse what parts that bear no interest of their own cannot have."""
        flat = [
            each
            for each in self.measures
            if isinstance(each, ReAgeing) and each.interest is not ReAgeInterest.AS_AGREED
        ]
        beside = [
            type(each).__name__
            for each in self.measures
            if isinstance(each, PrincipalDeferral | RateReduction | InterestPause | ReducedPayments)
            or (isinstance(each, PaymentHoliday) and each.interest is not None)
        ]
        if flat and beside:
            raise InvalidValueError.at(
                f"{where}, measures",
                expected="no measure of interest, of a balloon or of payments beside equal parts",
                found=f"a ReAgeing with {flat[0].interest.name} and a {beside[0]}",
            )
