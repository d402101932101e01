"""How long a loan runs when its rate changes and its payment does not (月供不变，期限调整).

The one idea: a loan ends with the first instalment that repays everything and is no more than the payment,
a minor unit an instalment left to the roundings; where the payment was agreed, no more than the last one was
to be. So a higher rate adds instalments, a lower one takes some away, and none is made of cents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.level_payments import payment_unit
from delinquency.amortisation.rate_changes import RateChangeEffect
from delinquency.amortisation.rows import level_rows
from delinquency.amortisation.term_kinds import MOST_INSTALMENTS
from delinquency.amounts import from_minor
from delinquency.calendar import LAST_DAY, day_number, to_date
from delinquency.errors import InvalidValueError

if TYPE_CHECKING:
    from delinquency.amortisation.row import Row
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["with_new_term"]

_LAST: Final = to_date(LAST_DAY)
_WHERE: Final = "repayment terms, rate_changes"


def with_new_term(terms: RepaymentTerms) -> RepaymentTerms:
    """The terms with the payment agreed at first, and the count of instalments that it takes.

    Terms without a change of rate, or under which a change has another effect, are what they were.

    Raises
    ------
    InvalidValueError
        A payment that does not repay the loan in 1200 instalments, or by the end of 2200.
    """
    if (
        not terms.rate_changes
        or terms.rate_change_effect is not RateChangeEffect.NEW_TERM
        or terms.method is not AmortisationMethod.ANNUITY
    ):
        return terms
    if terms.frequency.is_term or not _has_change_within(terms):
        return attrs.evolve(terms, rate_change_effect=RateChangeEffect.NEW_PAYMENT)
    payment, rows = level_rows(_as_agreed(terms))
    if payment <= 0:  # nothing is repaid before the last instalment
        return terms
    last = payment + terms.balloon_minor + _slack(terms)
    if terms.level_payment.amount is not None:
        last = max(last, rows[-1].opening + rows[-1].interest)
    agreed_end = _end(rows, last, terms.quiet_instalments)
    if agreed_end is None:  # what the agreed payment does not repay was for the last instalment
        agreed_end = len(rows) - 1
    for rows in _longer_plans(terms, payment):
        end = _end(rows, last, terms.quiet_instalments)
        if end is not None:
            # A plan that rounding repays early keeps the rows that are left over, of 0.
            return _running(terms, payment, terms.instalment_count + end - agreed_end)
    raise InvalidValueError.at(
        _WHERE,
        expected=f"a loan that its payment, {from_minor(payment, terms.currency)}, repays in "
        f"{len(rows)} instalments",
        found=f"{from_minor(rows[-1].opening, terms.currency)} open before the last of them",
    )


def _longer_plans(terms: RepaymentTerms, payment: int) -> Iterator[list[Row]]:
    """The rows over more and more instalments, as far as 1200 and the calendars go."""
    count = step = terms.instalment_count
    most, is_bounded = _most_instalments(terms), False
    while True:
        try:
            _, rows = level_rows(_running(terms, payment, count))
        except InvalidValueError:
            # A calendar of holidays may end before: fewer instalments may do.
            if count == terms.instalment_count or step == 1:
                raise
            count, step, is_bounded = count - step + step // 2, step // 2, True
            continue
        yield rows
        if count == most:
            return
        step = min(step if is_bounded else count, most - count)
        count += step


def _slack(terms: RepaymentTerms) -> int:
    """What roundings may leave: the unit of the payment for each instalment [minor units]."""
    return terms.instalment_count * payment_unit(terms)


def _most_instalments(terms: RepaymentTerms) -> int:
    """The longest that a loan may run: all its due dates are in the calendar, moved ones too."""
    first, frequency = terms.first_due_date, terms.frequency
    if frequency.months:
        months = (_LAST.year - first.year) * 12 + _LAST.month - first.month
        fits = months // frequency.months
    else:
        fits = (_LAST - first).days // frequency.days
    return max(terms.instalment_count, min(fits, MOST_INSTALMENTS))


def _end(rows: list[Row], last: int, quiet: int) -> int | None:
    """The place of the first row in which no more than ``last`` repays everything."""
    return next(
        (
            place
            for place, row in enumerate(rows)
            if place >= quiet and row.opening + row.interest <= last
        ),
        None,
    )


def _as_agreed(terms: RepaymentTerms) -> RepaymentTerms:
    """The terms with the changes of rate alone that are known when the payment is solved.

    Whether a payment covers its interest is judged by the rows as they are in the end.
    """
    solved_by = terms.accrual_days()[terms.quiet_instalments + 1]
    known = [
        change
        for change in terms.rate_changes
        if day_number(change.effective_on, where=_WHERE, field="day") < solved_by
    ]
    return attrs.evolve(
        terms,
        rate_changes=known,
        rate_change_effect=RateChangeEffect.NEW_PAYMENT,
        may_capitalise=True,
    )


def _has_change_within(terms: RepaymentTerms) -> bool:
    """To another rate, after the payment is solved and before the end."""
    bounds = terms.accrual_days()
    solved_by, end = bounds[terms.quiet_instalments + 1], bounds[-1]
    rates = [terms.annual_rate, *(change.annual_rate for change in terms.rate_changes)]
    return any(
        solved_by <= day_number(change.effective_on, where=_WHERE, field="day") < end
        and change.annual_rate != before
        for change, before in zip(terms.rate_changes, rates, strict=False)
    )


def _running(terms: RepaymentTerms, payment: int, count: int) -> RepaymentTerms:
    """The terms at a payment that is agreed, whatever the rate, over so many instalments."""
    level = terms.level_payment
    steps = tuple(step for step in level.steps if step.from_instalment <= count)
    amount = from_minor(payment, terms.currency)
    return attrs.evolve(
        terms,
        instalment_count=count,
        level_payment=attrs.evolve(level, amount=amount, steps=steps),
        rate_change_effect=RateChangeEffect.NEW_PAYMENT,
    )
