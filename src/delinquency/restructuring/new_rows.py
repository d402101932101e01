"""The instalments that a draft asks for from its day on.

The one idea: what bears interest is followed as a balance over the due dates; what is paid in equal parts is
divided over the same dates, and the last one has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from delinquency.amortisation import (
    AmortisationMethod,
    DeferredInterest,
    GivenPrincipal,
    IrregularRow,
    IrregularTerms,
    RateChange,
    SolvedPayment,
    WholeBalance,
    irregular_table,
)
from delinquency.amounts import from_minor
from delinquency.calendar import Day, to_date
from delinquency.choices import members_of
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.daycount import DayCount
from delinquency.division import div_half_even
from delinquency.errors import InvalidValueError
from delinquency.rates import Rate
from delinquency.restructuring.draft import FEES, INTEREST, PENALTY, PRINCIPAL, Draft
from delinquency.restructuring.plan_run import no_rate, too_much_in_advance

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.restructuring.plan import RestructuringPlan

__all__ = ["NewRow", "equal_parts", "new_rows", "spread_parts"]

_WHERE = "restructuring plan"


class NewRow(NamedTuple):
    """What falls due on one date of the plan [minor units]."""

    due_day: Day
    principal: int
    interest: int
    fees: int
    penalty: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.principal + self.interest + self.fees + self.penalty

    def plus(self, other: NewRow) -> NewRow:
        """This and what else falls due on the date."""
        amounts = (mine + more for mine, more in zip(self[1:], other[1:], strict=True))
        return NewRow(self.due_day, *amounts)


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


def spread_parts(draft: Draft, column: int, count: int) -> list[int]:
    """What is spread of a component, in parts over so many instalments [minor units].

    Raises
    ------
    InvalidValueError
        More instalments were agreed for it than there are.
    """
    amount, over = draft.spread[column], draft.spread_over
    if over is None or not amount:
        return equal_parts(amount, count, draft.multiple)
    if over > count:
        raise InvalidValueError.at(
            f"{_WHERE}, arrears spread, instalments",
            expected=f"at most the {count} to come",
            found=str(over),
        )
    return [*equal_parts(amount, over, draft.multiple), *[0] * (count - over)]


def new_rows(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    kept: Sequence[tuple[Day, int, int]],
) -> list[NewRow]:
    """The rows from the day of the plan on, in order of due date; of a holiday they may be empty.

    Parameters
    ----------
    draft : Draft
    plan : RestructuringPlan
    currency : Currency
    rates : sequence of DatedRate
        Those of the contract, in order of their first days.
    kept : sequence of tuple of int
        Due day, principal and interest of the rows that stand where the plan makes none anew.

    Raises
    ------
    InvalidValueError
        Interest without a rate of the contract, or without a day count.
    """
    if draft.settling:
        return [NewRow(due, *amounts) for due, amounts in draft.settling]
    paying = [due for due in draft.dues if due not in draft.rests]
    if not draft.is_replanned:
        balance = {due: (principal, interest) for due, principal, interest in kept}
    elif draft.is_flat:
        parts = equal_parts(draft.principal, len(paying), draft.multiple)
        balance = {due: (part, 0) for due, part in zip(paying, parts, strict=True)}
    else:
        balance = dict(_followed(draft, plan, currency, rates))
    spread = [spread_parts(draft, column, len(paying)) for column in range(4)]
    fees = _fees_on(draft, paying)
    found: list[NewRow] = []
    for due in draft.dues:
        principal, interest = balance.get(due, (0, 0))
        parts = [0, 0, 0, 0]
        if due in paying:
            place = paying.index(due)
            parts = [column[place] for column in spread]
        found.append(
            NewRow(
                due,
                principal + parts[PRINCIPAL],
                interest + parts[INTEREST],
                fees.get(due, 0) + parts[FEES],
                parts[PENALTY],
            )
        )
    return found


def _fees_on(draft: Draft, paying: Sequence[Day]) -> dict[Day, int]:
    """Fees of the old rows to come, each on the first new date on or after its own, or on the last."""
    found: dict[Day, int] = {}
    for due, amount in draft.fees:
        day = next((each for each in paying if each >= due), paying[-1])
        found[day] = found.get(day, 0) + amount
    return found


def _followed(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
) -> Iterator[tuple[Day, tuple[int, int]]]:
    """Principal and interest by due date, of a balance that bears interest."""
    paying = [due for due in draft.dues if due not in draft.rests]
    # Interest that a level payment could not pay falls due with the first one by itself.
    is_beside = draft.earned < 0 or draft.earned * len(paying) > draft.principal
    beside = draft.earned if is_beside else 0
    found: dict[Day, tuple[int, int]] = dict.fromkeys(draft.dues, (0, 0))
    if draft.principal:
        try:
            table = irregular_table(_terms(draft, plan, currency, rates, draft.earned - beside))
        except InvalidValueError as error:
            raise error.within(_WHERE) from None
        scale = 10**currency.minor_unit
        for due, row in zip(draft.dues, table.rows, strict=True):
            principal = max(row.principal, Fraction(0))
            found[due] = _minor(principal, scale), _minor(row.interest, scale)
        _ask_later(draft, found)
    _settle_earned(beside, found, paying)
    yield from found.items()


def _settle_earned(earned: int, found: dict[Day, tuple[int, int]], paying: Sequence[Day]) -> None:
    """Ask for interest with the first payment, or take what was paid in advance off the next ones.

    Raises
    ------
    InvalidValueError
        More interest was paid in advance than the plan asks for.
    """
    for due in paying:
        principal, interest = found[due]
        part = max(earned, -interest)
        found[due] = principal, interest + part
        earned -= part
    if earned:
        raise too_much_in_advance(
            _WHERE, "at least as much interest as was paid in advance", "less"
        )


def _ask_later(draft: Draft, found: dict[Day, tuple[int, int]]) -> None:
    """Interest of a holiday on which it accrues falls due with the first instalment after it."""
    waiting = 0
    for due in draft.dues:
        principal, interest = found[due]
        if due in draft.rests and draft.rests[due] is DeferredInterest.ACCRUED:
            waiting += interest
            found[due] = principal, 0
        elif due not in draft.rests:
            found[due] = principal, interest + waiting
            waiting = 0


def _minor(amount: Fraction, scale: int) -> int:
    return (amount * scale).numerator  # whole: the table has a currency


def _terms(
    draft: Draft,
    plan: RestructuringPlan,
    currency: Currency,
    rates: Sequence[DatedRate],
    earned: int,
) -> IrregularTerms:
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
    paying = [due for due in before if due not in draft.rests]
    balloon = min(draft.balloon, draft.principal)
    parts = equal_parts(draft.principal - balloon, len(paying) + 1, 1)
    for due in before:
        day = to_date(due)
        if due in draft.rests:
            # Interest that accrues bears none: it is reckoned here, and asked for with the next payment.
            kind = draft.rests[due]
            deferred = None if kind is DeferredInterest.ACCRUED else kind
            rows.append(IrregularRow(day, None, deferred))
        elif balloon == draft.principal:
            rows.append(IrregularRow(day, None))
        elif plan.method is AmortisationMethod.ANNUITY:
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
        balloon=from_minor(balloon, currency)
        if plan.method is AmortisationMethod.ANNUITY and balloon < draft.principal
        else 0,
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
