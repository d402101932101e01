"""Interest that has accrued and is not due yet, on any day (应计利息).

A lender's books are closed on days that are no due dates. The one idea: rounding is cumulative. What was
borne by a day is rounded once, and what is posted for an interval is the difference of two such figures;
so neither asking on more days nor splitting an interval can move a minor unit.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from delinquency.amortisation.accruing import Accruals, loan_of
from delinquency.amortisation.changed_table import ChangedTable
from delinquency.amortisation.table import AmortisationTable
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["accrued_interest", "checked_interval", "interest_between"]


def accrued_interest(
    subject: RepaymentTerms | AmortisationTable | ChangedTable,
    *,
    as_of: date,
    includes_as_of: bool = False,
) -> Decimal:
    """The interest borne and not due yet at the close of ``as_of`` (应计利息).

    Interest of the current period on ``[start of the period, as_of)`` on the balance of that period,
    rounded once, and with it interest of earlier periods that has not fallen due: of a bullet, of a
    moratorium that only puts it off, of days before the first period. Every instalment counts as paid
    on its due date. The day ``as_of`` itself bears nothing, as days of interest run from the day of the
    loan to the day before the due date. So on a due date the answer is 0, but for interest that is put
    off or spread over later instalments, and for the days since a nominal date to which interest ran.
    With ``includes_as_of`` that day counts too, as where books post each day's interest at its close.

    A period under ``NominalPeriods`` or ``Compounded`` bears by its share of days, one under ``ByDays``
    by its day count. Interest that is flat is spread over the days of its period; a flat fee is not
    interest. Where terms carry fractions, the rounded interest of the row is shared out. After prepayments
    each day bears interest on the balance of that day, and what was paid with them has fallen due.

    Parameters
    ----------
    subject : RepaymentTerms, AmortisationTable or ChangedTable
    as_of : date
        From the day of the loan on; after the last due date the answer is 0.
    includes_as_of : bool, default False

    Returns
    -------
    Decimal
        [currency units]; below 0 only at a negative rate.

    Raises
    ------
    InvalidTypeError
        Neither terms nor a table; a ``datetime`` for a ``date``.
    InvalidValueError
        A day before the loan.

    Examples
    --------
    Due on the last day of the month; on 1000 at 7 % a year a month bears 5.83:

    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> [str(accrued_interest(terms, as_of=date(2025, 1, day))) for day in (1, 15, 30, 31)]
    ['0.19', '2.82', '5.65', '0.00']
    >>> accrued_interest(terms, as_of=date(2025, 1, 30), includes_as_of=True)
    Decimal('5.83')

    A bullet puts all of it off:

    >>> import attrs
    >>> bullet = attrs.evolve(terms, method=AmortisationMethod.BULLET)
    >>> [str(accrued_interest(bullet, as_of=date(2025, month, 28))) for month in (2, 3)]
    ['11.67', '16.94']
    """
    where = "accrued_interest"
    loan = loan_of(subject, where)
    if not isinstance(includes_as_of, bool):
        raise InvalidTypeError.at(
            f"{where}, includes_as_of", expected="a bool", found=includes_as_of
        )
    day = day_number(as_of, where=where, field="as_of")
    accruals = Accruals(loan)
    _refuse_before(day, accruals, f"{where}, as_of")
    return from_minor(accruals.accrued(day, day + includes_as_of), loan.terms.currency)


def interest_between(
    subject: RepaymentTerms | AmortisationTable | ChangedTable, *, start: date, end: date
) -> Decimal:
    """The interest of the days ``[start, end)``, to be posted for them.

    What is borne by ``end``, rounded, less what is borne by ``start``, rounded: intervals that follow
    each other add up to the last minor unit, however they are cut. All of them together are the interest
    of the table: what falls due, and where interest becomes principal that too.

    Parameters
    ----------
    subject : RepaymentTerms, AmortisationTable or ChangedTable
    start, end : date
        ``end`` on or after ``start``; days before the loan and after its end bear nothing.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError
        Neither terms nor a table; a ``datetime`` for a ``date``.
    InvalidValueError
        An end before the start.

    Examples
    --------
    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> days = date(2024, 12, 31), date(2025, 1, 10), date(2025, 1, 31)
    >>> [str(interest_between(terms, start=days[n], end=days[m])) for n, m in ((0, 1), (1, 2), (0, 2))]
    ['1.88', '3.95', '5.83']
    """
    where = "interest_between"
    loan = loan_of(subject, where)
    since, until = checked_interval(where, start, end)
    accruals = Accruals(loan)
    return from_minor(accruals.borne(until) - accruals.borne(since), loan.terms.currency)


def checked_interval(where: str, start: date, end: date) -> tuple[Day, Day]:
    """The days of ``[start, end)``.

    Raises
    ------
    InvalidValueError
        An end before the start.
    """
    since, until = (
        day_number(start, where=where, field="start"),
        day_number(end, where=where, field="end"),
    )
    if until < since:
        raise InvalidValueError.at(
            f"{where}, end", expected=f"a day on or after start {start}", found=str(end)
        )
    return since, until


def _refuse_before(day: Day, accruals: Accruals, where: str) -> None:
    first = accruals.elapsed.first_day
    if day < first:
        raise InvalidValueError.at(
            where,
            expected=f"a day on or after that of the loan, {to_date(first)}",
            found=to_date(day).isoformat(),
        )
