"""Schedules of many loans at once: columns of terms in, ragged columns of instalments out.

The one idea: the rows are those of the verb for one loan, to the last minor unit. Interest is computed in
whole numbers by the same divisions; a level payment is found in floats only where a bound of the error
proves that its rounding cannot be another, and is solved in whole numbers everywhere else.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import numpy as np
import numpy.typing as npt

from delinquency.amortisation import amortisation_table, repayment_schedule
from delinquency.amortisation.factors import Factors
from delinquency.amortisation.level_payments import solve_payment
from delinquency.calendar import FIRST_DAY, LAST_DAY
from delinquency.errors import DelinquencyError, InvalidTypeError, PortfolioError
from delinquency.portfolio.arrays import as_lists
from delinquency.portfolio.columns import InstalmentColumns, Minor
from delinquency.portfolio.kernels.layout import ScheduleOutputs, TermArrays
from delinquency.portfolio.loan_tables import PortfolioAmortisation, PortfolioSchedules
from delinquency.portfolio.read_only import freeze
from delinquency.portfolio.run import (
    Engine,
    chosen_engine,
    in_blocks,
    is_interpreted,
    thread_count,
)
from delinquency.portfolio.term_columns import TermColumns
from delinquency.rounding import RoundingMode, divide

__all__ = ["amortisation_tables", "repayment_schedules"]

FIRST_MONTH = np.datetime64(int(FIRST_DAY), "D").astype("datetime64[M]")
MODES = tuple(RoundingMode)
_INSTALMENTS = ("offsets", "due_date", "principal", "interest", "fees")
LOANS_OF_A_BLOCK = 512
"""A block of long schedules is a few megabytes of rows, and many blocks keep two threads at work."""


def amortisation_tables(
    terms: TermColumns, *, engine: Engine | None = None, threads: int | None = None
) -> PortfolioAmortisation:
    """The tables that follow from the terms of many loans, with the balance after each row.

    Row by row what :func:`~delinquency.amortisation.table.amortisation_table` gives for one loan;
    interest below 0 makes the principal of its row fall due by so much less.

    Parameters
    ----------
    terms : TermColumns
    engine : Engine, optional
        Default: compiled where numba is there. ``WHOLE_COLUMNS`` has no form of its own here: it is the
        compiled loops, or the same loops uncompiled. The answers are equal.
    threads : int, optional
        By default two for many rows.

    Raises
    ------
    InvalidTypeError
        Not columns of terms.
    PortfolioError
        Loans that have no schedule, with their rows: a payment below the interest, amounts of all
        instalments beyond 10**15 minor units, a rate of -100 % or less for a period, a row in which the
        lender owes the debtor.

    Notes
    -----
    Bounds: 10**15 minor units, 400 % a year, 1200 instalments, dates to 2200. Within them no product
    leaves 64 bits (see :mod:`delinquency.portfolio.kernels.schedules`). The error of a payment in floats
    is at most ((*n* + 12) × 4 + 40) × 2 ** -53 of it for *n* instalments at a rate of 0 or more (see
    :mod:`delinquency.portfolio.kernels.level_payments`): of payments below ten million minor units one in
    some hundred thousand is left to the exact solver, of payments above some 10**12 most.

    Examples
    --------
    >>> from delinquency.currency import Currency
    >>> told = amortisation_tables(TermColumns(
    ...     currency=Currency.of("CNY"),
    ...     principal=np.array([1_000_00, 100_00]),
    ...     annual_rate=np.array([7_000_000, 0]),
    ...     first_due_date=np.array([20_119, 20_119], dtype=np.int32),
    ...     instalment_count=np.array([3, 1], dtype=np.int32),
    ...     method=np.array([0, 1], dtype=np.int8),
    ... ))
    >>> told.instalments.offsets.tolist(), told.instalments.due_date.tolist()
    ([0, 3, 4], [20119, 20147, 20178, 20119])
    >>> told.instalments.principal.tolist(), told.instalments.interest.tolist()
    ([33140, 33333, 33527, 10000], [583, 390, 196, 0])
    >>> told.closing_balance.tolist(), told.level_payment.tolist(), len(told.solved_exactly)
    ([66860, 33527, 0, 0], [33723, 0], 0)
    """
    return _tables(terms, "amortisation_tables", engine, threads, with_balances=True)


def repayment_schedules(
    terms: TermColumns, *, engine: Engine | None = None, threads: int | None = None
) -> PortfolioSchedules:
    """The schedules that follow from the terms of many loans: the instalments of a book.

    The rows of :func:`amortisation_tables`, of which parameters, rules, errors and bounds are; equal to
    :func:`~delinquency.amortisation.table.repayment_schedule` on every loan.

    Examples
    --------
    >>> from delinquency.currency import Currency
    >>> repayment_schedules(TermColumns(
    ...     currency=Currency.of("CNY"), principal=np.array([100_00]), annual_rate=np.array([0]),
    ...     first_due_date=np.array([20_119], dtype=np.int32),
    ...     instalment_count=np.array([3], dtype=np.int32), method=np.array([1], dtype=np.int8),
    ... )).principal.tolist()
    [3333, 3333, 3334]
    """
    told = _tables(terms, "repayment_schedules", engine, threads, with_balances=False)
    columns = {name: getattr(told.instalments, name) for name in _INSTALMENTS}
    schedules = PortfolioSchedules(terms=terms, **columns)
    freeze(schedules)
    return schedules


def _tables(
    terms: TermColumns,
    verb: str,
    engine: Engine | None,
    threads: int | None,
    *,
    with_balances: bool,
) -> PortfolioAmortisation:
    if not isinstance(terms, TermColumns):
        raise InvalidTypeError.at(
            f"portfolio.{verb}",
            expected="TermColumns",
            found=terms,
            hint="TermColumns.from_terms(terms) makes columns of records.",
        )
    interpreted = is_interpreted(chosen_engine(engine))
    out = _empty(terms, with_balances=with_balances)
    workers = thread_count(threads, len(out.due))
    arrays = as_lists(_arrays(terms)) if interpreted else _arrays(terms)
    payment, exact = _payments(terms, arrays, workers, interpreted=interpreted)
    _fill(arrays, payment, out, workers, interpreted=interpreted)
    _refuse(terms, np.flatnonzero(out.refused))
    told = PortfolioAmortisation(
        terms=terms,
        instalments=InstalmentColumns(
            offsets=out.offsets,
            due_date=out.due,
            principal=out.principal,
            interest=out.interest,
            fees=out.fees,
        ),
        closing_balance=out.closing,
        level_payment=payment,
        solved_exactly=exact,
    )
    freeze(told)
    return told


def _arrays(terms: TermColumns) -> TermArrays:
    months = terms.first_due_date.astype("datetime64[D]").astype("datetime64[M]")
    of_month = terms.first_due_date - months.astype("datetime64[D]").astype(np.int32)
    return TermArrays(
        principal=terms.principal,
        annual_rate=terms.annual_rate,
        first_due=terms.first_due_date,
        month=(months - FIRST_MONTH).astype(np.int32),
        of_month=of_month,
        periods=terms.instalment_count,
        method=terms.method,
        rounding=terms.rounding,
        payment_rounding=terms.payment_rounding,
        payment_multiple=terms.payment_multiple,
        agreed_payment=terms.agreed_payment,
        balloon=terms.balloon,
        months=terms.frequency_months,
        days=terms.frequency_days,
        day_count=terms.day_count,
        charges_are_fees=terms.charges_are_fees,
    )


def _month_starts() -> npt.NDArray[np.int32]:
    """The first day of every month in which a due date can be, and of one more."""
    last = np.datetime64(int(LAST_DAY), "D").astype("datetime64[M]")
    months = np.arange(FIRST_MONTH, last + np.timedelta64(2, "M"))
    return months.astype("datetime64[D]").astype(np.int32)


def _lanes() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    from delinquency.portfolio.kernels.lanes import LANES, NUMBERS_OF_A_LANE

    return np.zeros(LANES * NUMBERS_OF_A_LANE, dtype=np.int64), np.zeros(LANES)


def _empty(terms: TermColumns, *, with_balances: bool) -> ScheduleOutputs:
    offsets = np.zeros(len(terms) + 1, dtype=np.int64)
    np.cumsum(terms.instalment_count, out=offsets[1:])
    rows = int(offsets[-1])
    return ScheduleOutputs(
        offsets=offsets,
        due=np.empty(rows, dtype=np.int32),
        principal=np.empty(rows, dtype=np.int64),
        interest=np.empty(rows, dtype=np.int64),
        # Zeros that nobody writes take no memory until they are read.
        fees=np.zeros(rows, dtype=np.int64),
        closing=np.empty(rows if with_balances else 0, dtype=np.int64),
        refused=np.zeros(len(terms), dtype=np.int8),
    )


def _payments(
    terms: TermColumns, arrays: TermArrays, workers: int, *, interpreted: bool
) -> tuple[Minor, npt.NDArray[np.int64]]:
    """The level payment of every annuity, and the rows of those that were solved in whole numbers."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.level_payments import level_payments

    payment = terms.agreed_payment.copy()
    proven = np.ones(len(terms), dtype=np.int8)
    sweep = uncompiled(level_payments) if interpreted else level_payments
    in_blocks(lambda first, last: sweep(arrays, payment, proven, first, last), len(terms), workers)
    exact = np.flatnonzero(proven == 0)
    for row in exact.tolist():
        payment[row] = _solved_exactly(terms, row)
    return payment, exact


def _solved_exactly(terms: TermColumns, row: int) -> int:
    """The payment by the solver for one loan, in whole numbers, rounded once."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.level_payments import period_denominator

    months, days = int(terms.frequency_months[row]), int(terms.frequency_days[row])
    factor = int(terms.annual_rate[row]) * max(1, months)
    denominator = uncompiled(period_denominator)(months, days)
    if factor <= -denominator and _is_refused(terms, row):
        return 0
    factors = Factors([factor] * int(terms.instalment_count[row]), denominator)
    numerator, denominator = solve_payment(
        int(terms.principal[row]), int(terms.balloon[row]), factors
    )
    multiple = max(1, int(terms.payment_multiple[row]))
    mode = MODES[int(terms.payment_rounding[row])]
    return divide(numerator, denominator * multiple, mode) * multiple


def _is_refused(terms: TermColumns, row: int) -> bool:
    """Whether the verb for one loan refuses it: no payment repays where a period takes all."""
    try:
        amortisation_table(terms.terms(row))
    except DelinquencyError:
        return True
    return False


def _fill(
    arrays: TermArrays, payment: Minor, out: ScheduleOutputs, workers: int, *, interpreted: bool
) -> None:
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.schedules import fill_schedules

    starts = _month_starts()
    if interpreted:
        state, factor = as_lists(_lanes())
        sweep = uncompiled(fill_schedules)
        sweep(arrays, payment.tolist(), starts.tolist(), state, factor, out, 0, len(payment))
        return
    in_blocks(
        lambda first, last: fill_schedules(arrays, payment, starts, *_lanes(), out, first, last),
        len(payment),
        workers,
        LOANS_OF_A_BLOCK,
    )


def _refuse(terms: TermColumns, rows: npt.NDArray[np.intp]) -> None:
    """Raise for loans without a schedule what the verb for one loan says of the first."""
    if not len(rows):
        return
    try:
        repayment_schedule(terms.terms(int(rows[0])))
    except DelinquencyError as error:
        raise PortfolioError.in_rows(
            "terms",
            rows,
            reason="no_schedule",
            expected=error.expected,
            found=error.found,
            hint=error.hint,
        ) from None
    raise AssertionError(rows)
