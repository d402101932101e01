"""The terms by which the balance of a plan is followed from one due date to the next.

The one idea: an agreed payment pays interest first, so what it repays is known once the dates before it are;
only then are the instalments after it solved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amortisation import (
    AmortisationMethod,
    DeferredInterest,
    GivenPrincipal,
    IrregularRow,
    IrregularTableRow,
    IrregularTerms,
    RateChange,
    SolvedPayment,
    WholeBalance,
    irregular_table,
)
from delinquency.amounts import from_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.choices import members_of
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.daycount import DayCount
from delinquency.division import div_half_even
from delinquency.errors import InvalidValueError
from delinquency.rates import Rate
from delinquency.restructuring.plan_run import no_rate

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.restructuring.draft import Draft
    from delinquency.restructuring.plan import RestructuringPlan

__all__ = ["balance_rows", "equal_parts", "in_minor", "rows_until"]

_WHERE: Final = "restructuring plan"
_NOTHING: Final[Mapping[Day, int]] = MappingProxyType({})


def equal_parts(amount: int, count: int, multiple: int) -> list[int]:
    """An amount in equal parts, each rounded to a multiple, half to even; the last has the rest.

    Examples
    --------
    >>> equal_parts(7500, 2, 100), equal_parts(4, 6, 1)
    ([3800, 3700], [1, 1, 1, 1, 0, 0])
    """
    each = div_half_even(amount, count * multiple) * multiple
    parts: list[int] = []
    left = amount
    for _ in range(count - 1):
        parts.append(min(each, left))
        left -= parts[-1]
    return [*parts, left]


def balance_rows(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    earned: int,
) -> Sequence[IrregularTableRow]:
    """The balance over the due dates of a draft; interest that an agreed payment leaves falls due in its row.

    Parameters
    ----------
    draft : Draft
    plan : RestructuringPlan
    currency : Currency
    rates : sequence of DatedRate
        Those of the contract, in order of their first days.
    earned : int
        Interest that falls due with the balance [minor units].

    Raises
    ------
    InvalidValueError
        Interest without a rate of the contract, or without a day count; an agreed payment below the interest,
        where nothing is said of the rest.
    """
    asked = draft, plan, currency, rates, earned
    try:
        repaid: dict[Day, int] = {}
        for due in draft.dues:
            if due in draft.reduced:
                # What is not known yet repays nothing here, and is behind the row that is asked for.
                rows = irregular_table(_terms(*asked, repaid, is_known=False)).rows
                repaid[due] = _repaid(draft, due, rows[draft.dues.index(due)], currency)
        return irregular_table(_terms(*asked, repaid)).rows
    except InvalidValueError as error:
        raise error.within(_WHERE) from None


def rows_until(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    earned: int,
    day: Day,
) -> Sequence[IrregularTableRow]:
    """As :func:`balance_rows` before a day, on which all of the balance is repaid with its interest."""
    known = balance_rows(draft, plan, currency, rates, earned)
    terms = _terms(draft, plan, currency, rates, earned, is_known=False)
    rows: list[IrregularRow] = []
    for row, asked in zip(known, terms.rows, strict=True):
        due = day_number(row.due_date, where=_WHERE, field="due_date")
        if due >= day:
            break
        if due in draft.rests:
            rows.append(asked)
        else:
            rows.append(IrregularRow(row.due_date, GivenPrincipal(_shown(row.principal, currency))))
    start = max((due for due in draft.dues if due < day), default=draft.day)
    changes = [each for each in terms.rate_changes if each.effective_on < to_date(day)]
    running = next(due for due in draft.dues if due >= day)
    if draft.rests.get(running) is DeferredInterest.WAIVED:
        changes = [each for each in changes if each.effective_on < to_date(start)]
        changes.append(RateChange(to_date(start), Rate.per_year(0)))
    rows.append(IrregularRow(to_date(day), WholeBalance()))
    ended = attrs.evolve(terms, rows=rows, rate_changes=changes, balloon=0)
    return irregular_table(ended).rows


def _shown(amount: Fraction, currency: Currency) -> Decimal:
    """An amount of a table that has a currency [currency units]."""
    return from_minor(in_minor(amount, currency), currency)


def in_minor(amount: Fraction, currency: Currency) -> int:
    """An amount of a table that has a currency [minor units]."""
    scale: int = 10**currency.minor_unit
    return (amount * scale).numerator  # whole: the table has a currency


def _repaid(draft: Draft, due: Day, row: IrregularTableRow, currency: Currency) -> int:
    """What an agreed payment repays; below 0, the interest that becomes principal [minor units]."""
    amount, interest = draft.reduced[due], in_minor(row.interest, currency)
    repaid = min(amount - interest, in_minor(row.opening_balance, currency))
    if repaid >= 0 or draft.short is DeferredInterest.CAPITALISED:
        return repaid
    if draft.short is None:
        raise InvalidValueError.at(
            f"{_WHERE}, reduced payments",
            expected=f"at least the interest of {to_date(due)}, {from_minor(interest, currency)}",
            found=str(from_minor(amount, currency)),
            hint="Say what becomes of the rest: interest=DeferredInterest.CAPITALISED, or another kind.",
        )
    return 0


def _terms(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    earned: int,
    repaid: Mapping[Day, int] = _NOTHING,
    *,
    is_known: bool = True,
) -> IrregularTerms:
    """``repaid`` by agreed payments; where that is not known of all, instalments repay nothing."""
    steps = list(_rate_steps(draft, rates))
    bears = any(rate.scaled for _, rate in steps)
    if plan.day_count is None and bears:
        raise InvalidValueError.at(
            f"{_WHERE}, day_count",
            expected="a day count, by which the interest of the new schedule is reckoned",
            found="none",
            hint=members_of(DayCount),
        )
    *before, last = draft.dues
    rows: list[IrregularRow] = []
    paying = draft.paying
    balloon = min(draft.balloon, draft.principal)
    to_repay = max(0, draft.principal - balloon - sum(repaid.values()))
    parts = equal_parts(to_repay, len([due for due in before if due in paying]) + 1, 1)
    is_solved = plan.method is AmortisationMethod.ANNUITY and balloon < draft.principal
    for due in before:
        day = to_date(due)
        if due in draft.rests:
            # Interest that accrues bears none: it is reckoned here, and asked for with the next payment.
            kind = draft.rests[due]
            deferred = None if kind is DeferredInterest.ACCRUED else kind
            rows.append(IrregularRow(day, None, deferred))
        elif due in repaid:
            rows.append(IrregularRow(day, GivenPrincipal(from_minor(repaid[due], currency))))
        elif balloon == draft.principal or not is_known:
            rows.append(IrregularRow(day, None))
        elif is_solved:
            rows.append(IrregularRow(day, SolvedPayment()))
        else:
            part = from_minor(parts[paying.index(due)], currency)
            rows.append(IrregularRow(day, GivenPrincipal(part)))
    rows.append(IrregularRow(to_date(last), WholeBalance()))
    return IrregularTerms(
        principal=from_minor(draft.principal, currency),
        annual_rate=steps[0][1],
        disbursed_on=to_date(draft.day),
        day_count=DayCount.ACT_365F if plan.day_count is None else plan.day_count,
        rows=rows,
        currency=currency,
        rate_changes=[RateChange(to_date(day), rate) for day, rate in steps[1:]],
        accrued_interest=from_minor(earned, currency),
        balloon=from_minor(balloon, currency) if is_solved and is_known else 0,
    )


def _rate_steps(draft: Draft, rates: Sequence[DatedRate]) -> Iterator[tuple[Day, Rate]]:
    """The rate from the day of the plan on, and every change after it."""
    edges = {draft.day, *(each.day for each in rates)}
    for span in draft.rate_spans:
        edges |= {span.start, span.end}
    before: Rate | None = None
    last = max(draft.dues[-1], draft.day + 1)
    for day in sorted(edge for edge in edges if draft.day <= edge < last):
        rate = _rate_on(draft, rates, day)
        if rate != before:
            yield day, rate
        before = rate


def _rate_on(draft: Draft, rates: Sequence[DatedRate], day: Day) -> Rate:
    agreed = rate_on(rates, day)
    for span in reversed(draft.rate_spans):
        if span.start <= day < span.end:
            # A reduction never raises what a contract asks less of by then.
            return span.rate if agreed is None or span.rate.scaled < agreed.scaled else agreed
    if agreed is not None:
        return agreed
    if draft.unearned or draft.earned:
        raise no_rate(_WHERE)
    return Rate.per_year(0)
