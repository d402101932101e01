"""Between records of terms and columns of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs
import numpy as np

from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    Compounded,
    FirstPeriod,
    LevelPayment,
    NominalPeriods,
    RepaymentTerms,
    Residue,
)
from delinquency.amortisation.term_checks import starts_regularly
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, PortfolioError
from delinquency.frequency import Frequency
from delinquency.portfolio.term_checks import METHODS, MOST_DAY_COUNT
from delinquency.portfolio.term_columns import BY_PERIODS, TermColumns
from delinquency.portfolio.text_column import TextColumn
from delinquency.rates import Rate, RatePeriod
from delinquency.rounding import RoundingMode

__all__ = [
    "columns_from_terms",
    "given_terms",
    "has_no_columns",
    "laid_out",
    "other_currency",
    "terms_from_columns",
]

MODES = tuple(RoundingMode)
DAY_COUNTS = tuple(DayCount)


def columns_from_terms(
    terms: Iterable[RepaymentTerms], account_id: Iterable[str] | None
) -> TermColumns:
    """Lay terms out as columns; see :meth:`TermColumns.from_terms`."""
    kept = given_terms(terms)
    _check_book(kept)
    for field, expected, is_other in _NO_COLUMNS:
        rows = [row for row, each in enumerate(kept) if is_other(each)]
        if rows:
            raise PortfolioError.in_rows(
                f"terms.{field}",
                rows,
                reason="no_column",
                expected=expected,
                found=_shown(kept[rows[0]], field),
                hint="repayment_schedule(terms) makes the schedule of such a loan; "
                'on_error="quarantine" sets it aside.',
            )
    return TermColumns(**laid_out(kept, None if account_id is None else TextColumn.of(account_id)))


def given_terms(terms: Iterable[RepaymentTerms]) -> tuple[RepaymentTerms, ...]:
    """What was given, of which nobody has looked at the items yet.

    Raises
    ------
    InvalidTypeError
        Nothing that can be gone through.
    """
    if isinstance(terms, str) or not isinstance(terms, Iterable):
        raise InvalidTypeError.at("terms", expected="an iterable of RepaymentTerms", found=terms)
    try:
        return tuple(terms)
    except TypeError:  # a numpy array of no dimension says that it can be gone through
        raise InvalidTypeError.at(
            "terms", expected="an iterable of RepaymentTerms", found=terms
        ) from None


def laid_out(kept: Sequence[RepaymentTerms], account_id: TextColumn | None) -> dict[str, Any]:
    """The columns of terms that columns have, by name."""
    return {
        "currency": kept[0].currency,
        "principal": _column(np.int64, (each.principal_minor for each in kept)),
        "annual_rate": _column(np.int64, (each.annual_rate.scaled for each in kept)),
        "first_due_date": _column(np.int32, (_first_due(each) for each in kept)),
        "instalment_count": _column(np.int32, (each.instalment_count for each in kept)),
        "method": _column(np.int8, (METHODS.index(each.method) for each in kept)),
        "rounding": _column(np.int8, (each.rounding.code for each in kept)),
        "payment_rounding": _column(np.int8, map(_payment_rounding, kept)),
        "payment_multiple": _column(np.int64, (_minor(each, "multiple") for each in kept)),
        "agreed_payment": _column(np.int64, (_minor(each, "amount") for each in kept)),
        "balloon": _column(np.int64, (each.balloon_minor for each in kept)),
        "frequency_months": _column(np.int32, (each.frequency.months for each in kept)),
        "frequency_days": _column(np.int32, (each.frequency.days for each in kept)),
        "day_count": _column(np.int8, map(_day_count, kept)),
        "charges_are_fees": _column(
            np.bool_, (each.flat_component is Component.FEES for each in kept)
        ),
        "disbursed_on": _column(np.int32, map(_disbursed, kept)),
        "account_id": account_id,
        "first_period": _first_period(kept),
    }


def _first_period(kept: Sequence[RepaymentTerms]) -> FirstPeriod:
    """The one rule that suits all: a regular period is one as a regular one too."""
    lenient = any(terms.first_period is FirstPeriod.AS_REGULAR for terms in kept)
    return FirstPeriod.AS_REGULAR if lenient else FirstPeriod.REGULAR


def _check_book(kept: tuple[RepaymentTerms, ...]) -> None:
    if not kept:
        raise PortfolioError.in_rows(
            "terms", (), reason="empty_book", expected="at least one loan", found="none"
        )
    for row, each in enumerate(kept):
        if not isinstance(each, RepaymentTerms):
            raise InvalidTypeError.at(f"terms, row {row}", expected="RepaymentTerms", found=each)
    first = kept[0].currency
    rows = other_currency(kept)
    if rows:
        raise PortfolioError.in_rows(
            "terms.currency",
            rows,
            reason="mixed_currency",
            expected=f"one currency, {first.code}",
            found=kept[rows[0]].currency.code,
            hint="Make columns for each currency.",
        )


def other_currency(kept: Sequence[RepaymentTerms]) -> list[int]:
    """The rows of another currency than the first."""
    return [row for row, each in enumerate(kept) if each.currency != kept[0].currency]


def has_no_columns(terms: RepaymentTerms) -> bool:
    """Whether there is something in terms that no column has."""
    return any(is_other(terms) for _, _, is_other in _NO_COLUMNS)


def _solves_by_days(terms: RepaymentTerms) -> bool:
    basis = terms.level_payment.basis or terms.interest_basis
    return (
        terms.method is AmortisationMethod.ANNUITY
        and terms.level_payment.amount is None
        and not isinstance(basis, NominalPeriods)
    )


_NO_COLUMNS: tuple[tuple[str, str, Callable[[RepaymentTerms], bool]], ...] = (
    ("moratorium", "no moratorium", lambda terms: terms.moratorium is not None),
    ("rate_changes", "no change of rate", lambda terms: bool(terms.rate_changes)),
    ("level_payment", "no steps", lambda terms: bool(terms.level_payment.steps)),
    ("level_payment", "a rounded payment", lambda terms: not terms.level_payment.is_rounded),
    ("carries_fractions", "whole balances", lambda terms: terms.carries_fractions),
    ("residue", "Residue.LAST", lambda terms: terms.residue is not Residue.LAST),
    (
        "first_period",
        "FirstPeriod.REGULAR or AS_REGULAR",
        lambda terms: not terms.first_period.bears_one_period,
    ),
    ("frequency", "months or days", lambda terms: terms.frequency.is_term),
    ("convention", "dates neither adjusted nor rolled", lambda terms: not terms.is_plain),
    ("may_capitalise", "False", lambda terms: terms.may_capitalise),
    (
        "interest_basis",
        "interest by periods or by days",
        lambda terms: isinstance(terms.interest_basis, Compounded),
    ),
    (
        "interest_basis",
        "a day count of two dates",
        lambda terms: (
            isinstance(terms.interest_basis, ByDays)
            and terms.interest_basis.day_count.code > MOST_DAY_COUNT
        ),
    ),
    ("level_payment", "a payment solved by periods, basis=NominalPeriods()", _solves_by_days),
)
"""What no column has: the field, what is expected, and which terms are otherwise."""


def _shown(terms: RepaymentTerms, field: str) -> str:
    return repr(getattr(terms, field))


def _column(kind: Any, values: Iterable[int]) -> Any:
    return np.fromiter(values, dtype=kind)


def _first_due(terms: RepaymentTerms) -> int:
    return day_number(terms.first_due_date, where="terms", field="first_due_date")


def _disbursed(terms: RepaymentTerms) -> int:
    if terms.disbursed_on is None:
        return NONE_DAY
    return day_number(terms.disbursed_on, where="terms", field="disbursed_on")


def _payment_rounding(terms: RepaymentTerms) -> int:
    return (terms.level_payment.rounding or terms.rounding).code


def _minor(terms: RepaymentTerms, field: str) -> int:
    amount = getattr(terms.level_payment, field)
    if amount is None:
        return 0
    return to_minor(amount, terms.currency, where="terms, level_payment", field=field)


def _day_count(terms: RepaymentTerms) -> int:
    basis = terms.interest_basis
    return basis.day_count.code if isinstance(basis, ByDays) else BY_PERIODS


def terms_from_columns(columns: TermColumns, row: int) -> RepaymentTerms:
    """The terms of one loan as a record; see :meth:`TermColumns.terms`."""
    day_count, disbursed = int(columns.day_count[row]), int(columns.disbursed_on[row])
    terms = RepaymentTerms(
        currency=columns.currency,
        principal=from_minor(int(columns.principal[row]), columns.currency),
        annual_rate=Rate(int(columns.annual_rate[row]), RatePeriod.YEAR),
        first_due_date=to_date(int(columns.first_due_date[row])),
        instalment_count=int(columns.instalment_count[row]),
        method=METHODS[int(columns.method[row])],
        rounding=MODES[int(columns.rounding[row])],
        disbursed_on=None if disbursed == NONE_DAY else to_date(disbursed),
        first_period=FirstPeriod.REGULAR if disbursed == NONE_DAY else FirstPeriod.AS_REGULAR,
        frequency=Frequency(int(columns.frequency_months[row]), int(columns.frequency_days[row])),
        interest_basis=NominalPeriods() if day_count < 0 else ByDays(DAY_COUNTS[day_count]),
        level_payment=_level_payment(columns, row),
        balloon=from_minor(int(columns.balloon[row]), columns.currency),
        flat_component=Component.FEES if columns.charges_are_fees[row] else Component.INTEREST,
    )
    if disbursed != NONE_DAY and starts_regularly(terms):
        return attrs.evolve(terms, first_period=FirstPeriod.REGULAR)
    return terms


def _level_payment(columns: TermColumns, row: int) -> LevelPayment:
    method = METHODS[int(columns.method[row])]
    if method not in (AmortisationMethod.ANNUITY, AmortisationMethod.FLAT):
        return LevelPayment()
    amount, multiple = int(columns.agreed_payment[row]), int(columns.payment_multiple[row])
    solves = method is AmortisationMethod.ANNUITY and columns.day_count[row] >= 0
    code = int(columns.payment_rounding[row])
    return LevelPayment(
        amount=from_minor(amount, columns.currency) if amount else None,
        rounding=None if code == columns.rounding[row] else MODES[code],
        multiple=from_minor(multiple, columns.currency) if multiple else None,
        basis=NominalPeriods() if solves else None,
    )
