"""What columns of terms cannot be: types, ranges, and choices that contradict each other, by row.

The one idea: the checks of :class:`~delinquency.amortisation.terms.RepaymentTerms`, each over whole columns
and in the same order, so that columns are valid where every record of them would be.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.amortisation import AmortisationMethod, FirstPeriod
from delinquency.amortisation.terms import MOST_INSTALMENTS
from delinquency.amounts import MAX_MINOR
from delinquency.calendar import FIRST_DAY, LAST_DAY, NONE_DAY
from delinquency.errors import PortfolioError
from delinquency.frequency import MOST_DAYS, MOST_MONTHS
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    day_problems,
    id_problems,
    problem_in,
    require_array,
)
from delinquency.portfolio.term_dates import periods_later
from delinquency.rates import RATE_SCALE
from delinquency.rounding import RoundingMode

if TYPE_CHECKING:
    from delinquency.portfolio.term_columns import TermColumns

__all__ = ["METHODS", "MOST_DAY_COUNT", "check_terms", "find_term_problems"]

METHODS = tuple(AmortisationMethod)
MOST_DAY_COUNT = 20
"""The greatest code of a day count that needs two dates only."""

ANNUITY, EQUAL_PRINCIPAL, _, _, FLAT = range(len(METHODS))
MOST_RATE = 4 * RATE_SCALE

Array = npt.NDArray[Any]

_RANGES: tuple[tuple[str, type[Any], int, int, str], ...] = (
    ("annual_rate", np.int64, -MOST_RATE, MOST_RATE, "from -400 % to 400 % a year, in 1e-8"),
    ("instalment_count", np.int32, 1, MOST_INSTALMENTS, f"from 1 to {MOST_INSTALMENTS}"),
    ("method", np.int8, 0, len(METHODS) - 1, f"a code from 0 to {len(METHODS) - 1}"),
    ("rounding", np.int8, 0, len(RoundingMode) - 1, f"a code from 0 to {len(RoundingMode) - 1}"),
    (
        "payment_rounding",
        np.int8,
        0,
        len(RoundingMode) - 1,
        f"a code from 0 to {len(RoundingMode) - 1}",
    ),
    ("frequency_months", np.int32, 0, MOST_MONTHS, f"from 0 to {MOST_MONTHS} months"),
    ("frequency_days", np.int32, 0, MOST_DAYS, f"from 0 to {MOST_DAYS} days"),
    ("day_count", np.int8, -1, MOST_DAY_COUNT, f"-1, or a code from 0 to {MOST_DAY_COUNT}"),
)


def check_terms(terms: TermColumns) -> None:
    """Raise a :class:`PortfolioError` for the first rule that rows of terms break."""
    for problem in find_term_problems(terms):
        raise problem.error()


def find_term_problems(terms: TermColumns) -> Iterator[RowProblem]:
    """Every rule that rows of terms break, with all the rows that break it.

    Raises
    ------
    PortfolioError
        No loan; a column of another type or length.
    """
    size = len(terms.principal)
    if not size:
        raise PortfolioError.in_rows(
            "terms", (), reason="empty_book", expected="at least one loan", found="none"
        )
    yield from amount_problems("terms.principal", terms.principal, size, least=1)
    for name, kind, least, most, expected in _RANGES:
        column = getattr(terms, name)
        require_array(f"terms.{name}", column, kind, size)
        yield from _told(name, (column < least) | (column > most), "out_of_range", expected, column)
    require_array("terms.charges_are_fees", terms.charges_are_fees, np.bool_, size)
    require_array("terms.first_due_date", terms.first_due_date, np.int32, size)
    yield from day_problems("terms.first_due_date", terms.first_due_date)
    require_array("terms.disbursed_on", terms.disbursed_on, np.int32, size)
    yield from day_problems("terms.disbursed_on", terms.disbursed_on, none=NONE_DAY)
    if terms.account_id is not None:
        yield from id_problems("terms.account_id", terms.account_id, size)
    for name in ("payment_multiple", "agreed_payment", "balloon"):
        yield from amount_problems(f"terms.{name}", getattr(terms, name), size, least=0)
    yield from _frequency_problems(terms)
    yield from _date_problems(terms)
    yield from _start_problems(terms)
    yield from _choice_problems(terms)


def _told(
    name: str, wrong: Array, reason: str, expected: str, found: Array, hint: str = ""
) -> Iterator[RowProblem]:
    rows = np.flatnonzero(wrong)
    shown = str(found[rows[0]]) if len(rows) else ""
    yield from problem_in(f"terms.{name}", rows, reason, expected, shown, hint=hint)


def _frequency_problems(terms: TermColumns) -> Iterator[RowProblem]:
    months, days = terms.frequency_months, terms.frequency_days
    yield from _told(
        "frequency_months",
        (months > 0) == (days > 0),
        "bad_frequency",
        "months or days, one of them more than 0",
        months,
    )
    by_periods = terms.day_count < 0
    by_periods |= (terms.method == ANNUITY) & (terms.agreed_payment == 0)
    of_year = np.where(days % 7 == 0, 364, 365)
    yield from _told(
        "frequency_days",
        by_periods & (days > 0) & (of_year % np.maximum(days, 1) != 0),
        "bad_frequency",
        "a whole number of periods a year",
        days,
    )


def _date_problems(terms: TermColumns) -> Iterator[RowProblem]:
    due, months, days = terms.first_due_date, terms.frequency_months, terms.frequency_days
    later = terms.instalment_count - np.int64(1)
    month = due.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    latest = np.datetime64(int(LAST_DAY), "D").astype("datetime64[M]").astype(np.int64)
    yield from _told(
        "first_due_date",
        (month + later * months > latest) | (due + later * days > LAST_DAY),
        "date_out_of_range",
        "a last due date up to 2200-12-31",
        due.astype("datetime64[D]"),
    )
    earliest = np.datetime64(int(FIRST_DAY), "D").astype("datetime64[M]").astype(np.int64)
    yield from _told(
        "first_due_date",
        (month - months < earliest) | (due - days.astype(np.int64) < FIRST_DAY),
        "date_out_of_range",
        "a first period that begins on or after 1900-01-01",
        due.astype("datetime64[D]"),
    )
    yield from _told(
        "disbursed_on",
        (terms.disbursed_on >= due) & (terms.disbursed_on != NONE_DAY),
        "contradiction",
        "a day before first_due_date",
        terms.disbursed_on.astype("datetime64[D]"),
    )


def _start_problems(terms: TermColumns) -> Iterator[RowProblem]:
    """Days of loans that are not one period before the first due date, counted from either of the two."""
    if terms.first_period is not FirstPeriod.REGULAR:
        return
    months, days = terms.frequency_months, terms.frequency_days
    lent, due = terms.disbursed_on, terms.first_due_date
    is_given = lent != NONE_DAY
    lent = np.where(is_given, lent, due).astype(np.int32)
    fits = lent == periods_later(due, -months, -days)
    fits |= (terms.day_count < 0) & (periods_later(lent, months, days) == due)
    yield from _told(
        "disbursed_on",
        is_given & ~fits,
        "contradiction",
        "one period before first_due_date",
        lent.astype("datetime64[D]"),
        hint="first_period=FirstPeriod.AS_REGULAR bears one period whatever the days of the first are.",
    )


def _choice_problems(terms: TermColumns) -> Iterator[RowProblem]:
    method, balloon = terms.method, terms.balloon
    has_balloon = (method == ANNUITY) | (method == EQUAL_PRINCIPAL)
    yield from _told(
        "balloon",
        (balloon > 0) & ~has_balloon,
        "contradiction",
        "0 but for annuities and equal principals",
        balloon,
    )
    expected = "at most the principal"
    yield from _told("balloon", balloon > terms.principal, "amount_too_large", expected, balloon)
    yield from _told(
        "agreed_payment",
        (terms.agreed_payment > 0) & (method != ANNUITY),
        "contradiction",
        "0 but for annuities",
        terms.agreed_payment,
    )
    yield from _told(
        "annual_rate",
        (terms.annual_rate < 0) & (method == FLAT) & terms.charges_are_fees,
        "contradiction",
        "0 or more where a flat charge is a fee",
        terms.annual_rate,
    )
    yield from _told(
        "payment_multiple",
        (terms.payment_multiple > 0) & (method != ANNUITY) & (method != FLAT),
        "contradiction",
        f"0 but for annuities and flat loans, at most {MAX_MINOR}",
        terms.payment_multiple,
    )
