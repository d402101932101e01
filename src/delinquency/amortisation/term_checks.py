"""What terms cannot be: each refused in words, before anything is computed.

The one idea: terms are checked once, in the order in which a reader would ask: kinds, amounts, dates, and
choices that contradict each other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from delinquency.amortisation.conventions import (
    AmortisationMethod,
    ByDays,
    DeferredInterest,
    FirstPeriod,
    LevelPayment,
)
from delinquency.amortisation.rate_changes import RateChangeEffect
from delinquency.amounts import to_minor
from delinquency.calendar import add_months, day_number, to_date
from delinquency.choices import is_among
from delinquency.component import Component
from delinquency.daycount import DayCount
from delinquency.errors import DelinquencyError, InvalidValueError

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = [
    "check_choices",
    "checked_balloon",
    "checked_principal",
    "starts_regularly",
]

_WHERE: Final = "repayment terms"


def check_choices(terms: RepaymentTerms) -> None:
    """Refuse dates that do not follow, and choices that contradict each other."""
    _check_bases(terms)
    _check_first_period(terms)
    _check_dates(terms)
    if terms.first_period is FirstPeriod.REGULAR:
        _check_regular_start(terms)
    _check_choices(terms)
    _check_level_payment(terms)
    _check_rate_changes(terms)
    _check_fees(terms)


def checked_principal(terms: RepaymentTerms) -> int:
    """The principal [minor units], more than 0."""
    minor = to_minor(terms.principal, terms.currency, where=_WHERE, field="principal")
    if minor == 0:
        raise InvalidValueError.at(
            f"{_WHERE}, principal", expected="an amount of more than 0", found="0"
        )
    return minor


def checked_balloon(terms: RepaymentTerms) -> int:
    """The balloon [minor units], of methods that have one, at most the principal."""
    minor = to_minor(terms.balloon, terms.currency, where=_WHERE, field="balloon")
    if minor and terms.method not in (
        AmortisationMethod.ANNUITY,
        AmortisationMethod.EQUAL_PRINCIPAL,
    ):
        raise InvalidValueError.at(
            f"{_WHERE}, balloon",
            expected=f"0 with the method {terms.method.name}",
            found=str(terms.balloon),
        )
    if minor > terms.principal_minor:
        raise InvalidValueError.at(
            f"{_WHERE}, balloon",
            expected=f"at most the principal, {terms.principal}",
            found=str(terms.balloon),
        )
    return minor


def _check_dates(terms: RepaymentTerms) -> None:
    day_number(terms.first_due_date, where=_WHERE, field="first_due_date")
    if terms.disbursed_on is not None:
        day_number(terms.disbursed_on, where=_WHERE, field="disbursed_on")
        if terms.disbursed_on >= terms.first_due_date:
            raise InvalidValueError.at(
                f"{_WHERE}, disbursed_on",
                expected=f"a day before first_due_date {terms.first_due_date}",
                found=str(terms.disbursed_on),
            )
    if terms.is_plain:
        months, days = terms.frequency.months, terms.frequency.days
        try:
            last = add_months(terms.first_due_date, months * (terms.instalment_count - 1))
            last += timedelta(days * (terms.instalment_count - 1))
            day_number(last, where=_WHERE, field="last due date")
        except OverflowError:
            raise InvalidValueError.at(
                f"{_WHERE}, last due date", expected="a date up to 2200-12-31", found="none"
            ) from None
        except DelinquencyError as error:
            raise error.within(f"{_WHERE}, last due date") from None
        try:
            start = add_months(terms.first_due_date, -months) - timedelta(days)
            day_number(start, where=_WHERE, field="first_due_date")
        except DelinquencyError as error:
            raise error.within(f"{_WHERE}, start of the first period") from None
    else:
        first_due = terms.period_dates().due_dates[0]
        if terms.disbursed_on is not None and terms.disbursed_on >= first_due:
            raise InvalidValueError.at(
                f"{_WHERE}, disbursed_on",
                expected=f"a day before {first_due}, to which a calendar moves the first due date",
                found=str(terms.disbursed_on),
            )


def _check_bases(terms: RepaymentTerms) -> None:
    """Refuse a day count of more than two dates, and a term that no period tells the length of."""
    before = terms.broken_day_count
    if before is not None and not terms.first_period.is_apart:
        raise InvalidValueError.at(
            f"{_WHERE}, broken_day_count",
            expected=f"None with first_period {terms.first_period.name}",
            found=before.name,
            hint="It counts days that stand apart: ADDED, SPREAD or OWN_INSTALMENT.",
        )
    for field, basis in (
        ("interest_basis", terms.interest_basis),
        ("level_payment, basis", terms.level_payment.basis),
        ("broken_day_count", None if before is None else ByDays(before)),
    ):
        if not isinstance(basis, ByDays):
            continue
        if basis.day_count in (DayCount.ACT_ACT_ICMA, DayCount.ACT_365L):
            raise InvalidValueError.at(
                f"{_WHERE}, {field}",
                expected="a day count of two dates",
                found=str(basis.day_count),
                hint="A coupon of a bond has a period of its own; a loan has none.",
            )
        if basis.day_count is DayCount.BUSINESS_252 and terms.calendar is None:
            raise InvalidValueError.at(
                f"{_WHERE}, calendar", expected="a calendar with Business/252", found="none"
            )
    if not terms.frequency.is_term:
        return
    if terms.disbursed_on is None:
        raise InvalidValueError.at(
            f"{_WHERE}, disbursed_on",
            expected="the day of the loan with the frequency TERM",
            found="none",
        )
    if not isinstance(terms.interest_basis, ByDays):
        raise InvalidValueError.at(
            f"{_WHERE}, interest_basis",
            expected="ByDays with the frequency TERM",
            found=repr(terms.interest_basis),
            hint="One period for the whole term is no share of a year but by its days.",
        )


def _check_first_period(terms: RepaymentTerms) -> None:
    if terms.first_period is FirstPeriod.REGULAR:
        return
    if terms.disbursed_on is None:
        raise InvalidValueError.at(
            f"{_WHERE}, disbursed_on",
            expected=f"the day of the loan with first_period {terms.first_period.name}",
            found="none",
        )
    if terms.first_period.is_apart and terms.day_count_before is None:
        raise InvalidValueError.at(
            f"{_WHERE}, interest_basis",
            expected=f"ByDays with first_period {terms.first_period.name}",
            found=repr(terms.interest_basis),
            hint="Days before the first period bear interest by a day count: give "
            "broken_day_count=DayCount.ACT_360 where the others bear by periods.",
        )


def starts_regularly(terms: RepaymentTerms) -> bool:
    """Whether the loan is made one period before its first due date, counted from either of the two."""
    if terms.disbursed_on is None or terms.frequency.is_term:
        return True
    lent = day_number(terms.disbursed_on, where=_WHERE, field="disbursed_on")
    if isinstance(terms.interest_basis, ByDays):
        return lent == terms.accrual_days()[0]
    if lent in (terms.regular_start_day(), terms.adjusted_start_day()):
        return True
    later = add_months(terms.disbursed_on, terms.frequency.months)
    return later + timedelta(terms.frequency.days) == terms.first_due_date


def _check_regular_start(terms: RepaymentTerms) -> None:
    if not starts_regularly(terms):
        raise InvalidValueError.at(
            f"{_WHERE}, disbursed_on",
            expected=f"{to_date(terms.accrual_days()[0])}, one period before the first due date",
            found=str(terms.disbursed_on),
            hint="Say what becomes of the other days: first_period=FirstPeriod.OWN_LENGTH bears "
            "interest for them, AS_REGULAR bears one period whatever they are.",
        )


def _check_choices(terms: RepaymentTerms) -> None:
    moratorium = terms.moratorium
    if moratorium and moratorium.principal_instalments >= terms.instalment_count:
        raise InvalidValueError.at(
            f"{_WHERE}, moratorium",
            expected=f"fewer than {terms.instalment_count} instalments",
            found=moratorium.principal_instalments,
        )
    if moratorium and terms.method is AmortisationMethod.BULLET:
        raise InvalidValueError.at(
            f"{_WHERE}, moratorium",
            expected="none with the method BULLET",
            found=repr(moratorium),
            hint="Nothing falls due before the last instalment as it is.",
        )
    if (
        moratorium
        and terms.method is AmortisationMethod.FLAT
        and moratorium.interest is DeferredInterest.CAPITALISED
    ):
        raise InvalidValueError.at(
            f"{_WHERE}, moratorium, interest",
            expected="ACCRUED or WAIVED with the method FLAT",
            found="CAPITALISED",
            hint="A flat charge is borne by the original principal alone.",
        )
    if not is_among(terms.flat_component, (Component.INTEREST, Component.FEES)):
        raise InvalidValueError.at(
            f"{_WHERE}, flat_component",
            expected="Component.INTEREST or Component.FEES",
            found=str(terms.flat_component),
        )


def _check_level_payment(terms: RepaymentTerms) -> None:
    plain = LevelPayment()
    if terms.method is AmortisationMethod.FLAT:
        plain = LevelPayment(
            multiple=terms.level_payment.multiple, rounding=terms.level_payment.rounding
        )
    if terms.method is not AmortisationMethod.ANNUITY and terms.level_payment != plain:
        raise InvalidValueError.at(
            f"{_WHERE}, level_payment",
            expected=f"none with the method {terms.method.name}",
            found=repr(terms.level_payment),
            hint="It says how the payment of an annuity is found and rounded.",
        )
    level = terms.level_payment
    for field, amount in (("amount", level.amount), ("multiple", level.multiple)):
        if amount is not None:
            to_minor(amount, terms.currency, where=f"{_WHERE}, level_payment", field=field)
    for step in level.steps:
        if step.amount is not None:
            to_minor(step.amount, terms.currency, where=f"{_WHERE}, payment step", field="amount")
    steps = level.steps
    if steps and steps[-1].from_instalment > terms.instalment_count:
        raise InvalidValueError.at(
            f"{_WHERE}, level_payment, steps",
            expected=f"from_instalment of at most {terms.instalment_count}",
            found=steps[-1].from_instalment,
        )


def _check_fees(terms: RepaymentTerms) -> None:
    rates = [terms.annual_rate, *(change.annual_rate for change in terms.rate_changes)]
    lowest = min(rates, key=lambda rate: rate.scaled)
    is_fee = terms.method is AmortisationMethod.FLAT and terms.flat_component is Component.FEES
    if is_fee and lowest.scaled < 0:
        raise InvalidValueError.at(
            f"{_WHERE}, annual_rate",
            expected="0 or more where a flat charge is a fee",
            found=str(lowest),
        )


def _check_rate_changes(terms: RepaymentTerms) -> None:
    days = [change.effective_on for change in terms.rate_changes]
    stays = terms.rate_change_effect is RateChangeEffect.NEW_TERM
    if days and stays and not terms.level_payment.is_rounded:
        raise InvalidValueError.at(
            f"{_WHERE}, level_payment, is_rounded",
            expected="True where a change of rate leaves the payment as it is (NEW_TERM)",
            found="False",
            hint="The payment that stays is one of whole minor units.",
        )
    if days != sorted(set(days)):
        raise InvalidValueError.at(
            f"{_WHERE}, rate_changes",
            expected="changes in order of effective_on, each once",
            found=", ".join(map(str, days)),
        )
