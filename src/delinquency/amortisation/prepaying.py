"""From a table and prepayments to the table that is left.

The one idea: prepayments are taken in order of time, and each changes only what falls due after its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from delinquency.amortisation.accruing import table_of
from delinquency.amortisation.changed_table import ChangedTable, DatedRows, credit_left
from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.prepayment import (
    Prepayment,
    PrepaymentEffect,
    PrepaymentInterest,
    PrepaymentOutcome,
)
from delinquency.amortisation.replanning import Plan
from delinquency.amortisation.table import AmortisationTable
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidValueError
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple

__all__ = ["prepay"]

_WHERE = "prepay"


def prepay(
    subject: RepaymentTerms | AmortisationTable, prepayments: Iterable[Prepayment]
) -> ChangedTable:
    """What is left of a loan after prepayments (提前还款).

    A prepayment lowers the balance from its day on. Interest of the current period up to that day, on the
    balance before, is paid with it or with the next instalment; the sum over the period is rounded once.
    Interest of earlier days that was put off, or is spread over instalments, stays with them, unless the
    amount is what settles the loan. Money that is held settles it together with an amount that is the rest.

    Then, by its effect, rows follow: with the payment as it was until the loan is repaid; or with the
    payment solved anew, so that all instalments left are equal though the first may bear less interest;
    or with the principal of the next instalments taken off. Every instalment that falls due by then
    counts as paid; one that is not stays due as it is.

    In the schedule the rows that change are closed on the day of the prepayment, and the others added
    from that day on, with a row for what the prepayment pays. Where an instalment falls due on the same
    day, one row for both takes its place.

    Parameters
    ----------
    subject : RepaymentTerms or AmortisationTable
    prepayments : iterable of Prepayment
        In order of date, one a day.

    Returns
    -------
    ChangedTable

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Prepayments out of order; one before the first period, after the end of the loan, between a due
        date and the end of its interest where a calendar moves the one alone, of not more than the
        interest it is to pay, or of more than settles the loan; an effect that the method does not know:
        a loan at a flat rate, which a settlement ends with a rebate, and terms that carry fractions know
        ``HELD`` alone; a lower payment where the payment stays while the rate is to change; a day in a
        moratorium on interest; a payment that no longer covers the interest of the current period, where
        terms do not let it become principal; a row in which the lender would owe the debtor.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=Decimal("1000.00"),
    ...     annual_rate=Rate.per_year("0.12"), first_due_date=date(2025, 1, 31), instalment_count=6,
    ...     method=AmortisationMethod.ANNUITY)
    >>> for effect in (PrepaymentEffect.SHORTER_TERM, PrepaymentEffect.LOWER_PAYMENT):
    ...     left = prepay(terms, [Prepayment(paid_on=date(2025, 2, 28), amount=400, effect=effect)])
    ...     print([str(row.payment) for row in left], left.interest_saved)
    ['172.55', '172.55', '172.55', '104.48'] 13.15
    ['172.55', '172.55', '70.03', '70.03', '70.03', '70.04'] 10.05
    """
    table = table_of(subject, _WHERE)
    facts = checked_tuple(prepayments, Prepayment, "prepay, prepayment")
    plan, dated = Plan(table), DatedRows(table)
    outcomes: list[PrepaymentOutcome] = []
    last: date | None = None
    for number, fact in enumerate(facts, start=1):
        where = f"{_WHERE}, prepayment {number}"
        if last is not None and fact.paid_on <= last:
            raise InvalidValueError.at(
                f"{where}, paid_on",
                expected=f"a day after {last}, one prepayment a day",
                found=str(fact.paid_on),
            )
        last = fact.paid_on
        outcomes.append(_take(plan, dated, fact, where))
    rows = dated.table_rows(plan.instalments())
    return ChangedTable(table, rows, tuple(outcomes), dated.schedule())


def _take(plan: Plan, dated: DatedRows, fact: Prepayment, where: str) -> PrepaymentOutcome:
    currency = plan.terms.currency
    day, place = _place(plan, fact, where)
    amount = to_minor(fact.amount, currency, where=where, field="amount")
    if fact.effect is PrepaymentEffect.HELD:
        plan.held.append((day, amount))
        return _outcome(plan, fact, place, (0, 0, 0), amount, 0)
    _check_terms(plan.terms, f"{where}, effect")
    _check_effect(plan.terms, fact, where)
    _check_day(plan, dated, fact, day, where)
    with_payment = fact.interest is PrepaymentInterest.WITH_PAYMENT
    interest = plan.interest_to(place, day) if with_payment else 0
    put_off = plan.put_off(place)
    settles = plan.balance(place) + interest + put_off
    # Money that is held, and what is paid now, may settle the loan together.
    held = credit_left(plan.held, plan.dues(dated.due_days(), day), day)
    used = held if with_payment and 0 < held < settles and amount == settles - held else 0
    amount += used
    is_settled = with_payment and amount == settles
    principal = plan.balance(place) if is_settled else amount - interest
    _check_principal(plan, place, principal, interest, put_off, where)
    fee = _fee(plan.terms, fact, principal, where)
    before = _all_interest(plan)
    plan.reduce(place, day, principal, interest)
    if is_settled:
        interest += plan.take_put_off(place)
    plan.follow(place, day, principal, fact.effect)
    dated.change(
        plan.elapsed.schedule_place(day), day, plan.instalments(), (principal, interest, fee)
    )
    if used:
        plan.held.append((day, -used))
    saved = before - _all_interest(plan)
    return _outcome(plan, fact, place, (principal, interest, fee), -used, saved)


def _outcome(
    plan: Plan,
    fact: Prepayment,
    place: int,
    paid: tuple[int, int, int],
    credit: int,
    saved: int,
) -> PrepaymentOutcome:
    principal, interest, fee, kept, balance, less = (
        from_minor(minor, plan.terms.currency)
        for minor in (*paid, credit, plan.balance(place), saved)
    )
    return PrepaymentOutcome(
        prepayment=fact,
        principal=principal,
        interest=interest,
        fee=fee,
        credit=kept,
        balance=balance,
        instalment_count=len(plan.instalments()),
        interest_saved=less,
    )


def _all_interest(plan: Plan) -> int:
    rows = sum(row.interest + row.capitalised for row in plan.rows)
    return rows + sum(plan.taken.values()) + plan.extra_taken


def _fee(terms: RepaymentTerms, fact: Prepayment, principal: int, where: str) -> int:
    if isinstance(fact.fee, Proportion):
        return fact.fee.of(principal, terms.rounding)
    return to_minor(fact.fee, terms.currency, where=where, field="fee")


def _place(plan: Plan, fact: Prepayment, where: str) -> tuple[Day, int]:
    """The day, and the period that it is in, counted from 0."""
    day = day_number(fact.paid_on, where=where, field="paid_on")
    bounds = plan.elapsed.bounds
    first, end = bounds[0], bounds[len(plan.rows)]
    if not first < day < end or not plan.balance(plan.elapsed.place(day)):
        raise InvalidValueError.at(
            f"{where}, paid_on",
            expected=f"a day after {to_date(first)}, on which the first period begins, and before "
            f"{to_date(end)}, while the loan runs",
            found=str(fact.paid_on),
        )
    place = plan.elapsed.place(day)
    moratorium = plan.terms.moratorium
    if moratorium is not None and place < moratorium.interest_instalments:
        raise InvalidValueError.at(
            f"{where}, paid_on",
            expected=f"a day from {to_date(bounds[moratorium.interest_instalments])} on, when "
            "interest is paid",
            found=str(fact.paid_on),
        )
    return day, place


def _check_principal(
    plan: Plan, place: int, principal: int, interest: int, put_off: int, where: str
) -> None:
    currency = plan.terms.currency
    balance = plan.balance(place)
    if 0 < principal <= balance:
        return
    most = f"at most what settles the loan, {from_minor(balance + interest, currency)}"
    if put_off:
        settles = from_minor(balance + interest + put_off, currency)
        most += f" but for interest put off, or with it {settles}"
    raise InvalidValueError.at(
        f"{where}, amount",
        expected=f"more than the interest of the days so far, {from_minor(interest, currency)}, "
        f"and {most}",
        found=str(from_minor(principal + interest, currency)),
        hint=""
        if principal > 0
        else "PrepaymentEffect.HELD keeps money for the coming instalments.",
    )


def _check_effect(terms: RepaymentTerms, fact: Prepayment, where: str) -> None:
    is_at_end = terms.method in (AmortisationMethod.INTEREST_ONLY, AmortisationMethod.BULLET)
    if is_at_end and fact.effect is not PrepaymentEffect.LOWER_PAYMENT:
        raise InvalidValueError.at(
            f"{where}, effect",
            expected=f"LOWER_PAYMENT or HELD with the method {terms.method.name}",
            found=fact.effect.name,
            hint="The principal falls due with the last instalment alone.",
        )


def _check_day(plan: Plan, dated: DatedRows, fact: Prepayment, day: Day, where: str) -> None:
    """Refuse a day between a due date and the end of its period, and a payment no change could move."""
    for due, end in zip(dated.due_days(), plan.elapsed.schedule_bounds[1:], strict=False):
        if min(due, end) <= day < max(due, end):
            raise InvalidValueError.at(
                f"{where}, paid_on",
                expected=f"no day between {to_date(min(due, end))} and {to_date(max(due, end))}, of which "
                "one is a due date and the other the end of its interest",
                found=str(fact.paid_on),
            )
    terms = plan.terms
    stays = terms.level_payment.amount is not None
    ahead = [change for change in terms.rate_changes if change.effective_on > fact.paid_on]
    if fact.effect is PrepaymentEffect.LOWER_PAYMENT and stays and ahead:
        raise InvalidValueError.at(
            f"{where}, effect",
            expected="another effect where the payment stays while the rate is to change",
            found=fact.effect.name,
            hint="Leave out changes of rate that were not known on the day of the prepayment.",
        )


def _check_terms(terms: RepaymentTerms, where: str) -> None:
    """Whether a balance may change within the term."""
    if terms.method is AmortisationMethod.FLAT:
        raise InvalidValueError.at(
            where,
            expected="HELD with the method FLAT",
            found="an effect on the principal",
            hint="Its charge is on the whole principal; settlement_quote tells what settles such a loan.",
        )
    if terms.carries_fractions:
        raise InvalidValueError.at(
            where,
            expected="HELD with carries_fractions",
            found="an effect on the principal",
            hint="A balance that changes within the term is kept in whole minor units.",
        )
