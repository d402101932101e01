"""Interest counted from the day on which money arrives (按日计息): early and late payments change it.

Under most schedules a payment a week late costs no interest. Under daily interest it does, and one a week
early saves some. The one idea: the choices in which systems differ - what a surplus does, what overdue
amounts bear, whether rows of the past are touched - are values; the sweep through the days is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

import attrs

from delinquency.amortisation.accruing import table_of
from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.elapsed import ElapsedFactors
from delinquency.amortisation.recalculating import sweep_payments
from delinquency.amortisation.recalculation_rules import OverdueBase, Recalculation, Surplus
from delinquency.amortisation.row import owed_instalment
from delinquency.amortisation.settlement import SettlementQuote, made_quote
from delinquency.amortisation.shown import ShownTable, cells_of, heads_of
from delinquency.amortisation.swept_rows import SweptRow
from delinquency.amortisation.table import AmortisationTable
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.component import Component
from delinquency.currency import Currency
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.payments import Payment, named_payments
from delinquency.rounding import Proportion
from delinquency.schedule import Instalment, Schedule
from delinquency.sequences import checked_tuple

__all__ = [
    "RecalculatedRow",
    "RecalculatedTable",
    "recalculate",
]

_WHERE: Final = "recalculate"
_FIELDS: Final = (
    "number",
    "due_date",
    "payment",
    "principal",
    "interest",
    "closing_balance",
    "paid",
    "paid_on",
)


@attrs.frozen(slots=True, kw_only=True)
class RecalculatedRow:
    """One instalment as it stands at the close of a day.

    Attributes
    ----------
    number : int
    due_date : date
    principal, interest : Decimal [currency units]
    closing_balance : Decimal [currency units]
        Principal that falls due later.
    paid, paid_interest : Decimal [currency units]
        What money has settled of it, and of that interest.
    paid_on : date or None
        The day on which it was settled in full.
    """

    number: int
    due_date: date
    principal: Decimal
    interest: Decimal
    closing_balance: Decimal
    paid: Decimal
    paid_interest: Decimal
    paid_on: date | None

    @property
    def payment(self) -> Decimal:
        """What falls due in all [currency units]."""
        return exact_sum((self.principal, self.interest))

    @property
    def open_amount(self) -> Decimal:
        """What is not paid of it [currency units]."""
        return exact_sum((self.payment, self.paid.copy_negate()))


@attrs.frozen(slots=True, kw_only=True)
class RecalculatedTable(ShownTable):
    """The instalments of a loan at the close of a day, with what money did; made by ``recalculate``.

    Attributes
    ----------
    before : AmortisationTable
    payments : tuple of Payment
        As they were given, with those that do not count by the day.
    as_of : date
    recalculation : Recalculation
    rows : tuple of RecalculatedRow
    balance : Decimal [currency units]
        The principal that is open at the close of the day.
    accrued_interest : Decimal [currency units]
        Interest borne at the close of the day that is neither due nor paid.
    credit : Decimal [currency units]
        Money that found nothing to settle by the close of the day.
    """

    before: AmortisationTable
    payments: tuple[Payment, ...]
    as_of: date
    recalculation: Recalculation
    rows: tuple[RecalculatedRow, ...]
    balance: Decimal
    accrued_interest: Decimal
    credit: Decimal

    def settlement_quote(
        self,
        *,
        other_dues: Decimal | int = Decimal(0),
        charge: Decimal | int | Proportion = Decimal(0),
    ) -> SettlementQuote:
        """What settles the loan at the close of the day, with its parts (提前结清).

        Parameters
        ----------
        other_dues, charge
            As of :func:`~delinquency.amortisation.settlement.settlement_quote`, of which the errors are
            too.
        """
        terms = self.before.terms
        make = partial(to_minor, currency=terms.currency, where="recalculated table")
        late = [row for row in self.rows if row.due_date <= self.as_of and row.paid_on is None]
        interest_due = sum(make(row.interest) - make(row.paid_interest) for row in late)
        principal_due = sum(make(row.open_amount) for row in late) - interest_due
        return made_quote(
            terms,
            as_of=self.as_of,
            not_due=make(self.balance) - principal_due,
            principal_due=principal_due,
            interest_due=interest_due,
            accrued_interest=make(self.accrued_interest, allow_negative=True),
            credit=make(self.credit),
            other_dues=other_dues,
            charge=charge,
        )

    @property
    def total_interest(self) -> Decimal:
        """All interest [currency units]."""
        return exact_sum(row.interest for row in self.rows)

    @property
    def schedule(self) -> Schedule:
        """What falls due, as the schedule of an account."""
        return Schedule(
            self.before.terms.currency,
            [self._instalment(row) for row in self.rows],
        )

    def _instalment(self, row: RecalculatedRow) -> Instalment:
        currency, where = self.before.terms.currency, f"schedule, instalment {row.number}"
        principal, interest = (
            to_minor(amount, currency, where=where, allow_negative=True)
            for amount in (row.principal, row.interest)
        )
        return owed_instalment(row.due_date, (principal, interest, 0), currency, where=where)

    def _currency(self) -> Currency:
        return self.before.terms.currency

    def _cells(self, lang: str) -> list[tuple[str, ...]]:
        return [heads_of(_FIELDS, lang), *(cells_of(row, _FIELDS) for row in self.rows)]


def recalculate(
    subject: RepaymentTerms | AmortisationTable,
    *,
    payments: Iterable[Payment],
    as_of: date,
    recalculation: Recalculation,
) -> RecalculatedTable:
    """The instalments at the close of ``as_of``, their interest counted from the days of payments.

    Each day bears interest on the principal that is open on it; the sum over a period is rounded as
    the rule says. Overdue amounts bear it on ``[due, payment)``, up to ``as_of`` on ``[due, as_of)``:
    from then on the table takes them as paid, and every later instalment as paid on its due date. The
    payment of an annuity stays, so that more interest means less principal, and the last row takes the
    rest. Money settles what is due, oldest first. Money for the instalment of the current period closes
    that row on its day: the row bears interest up to then, and the days that are left count in the next.
    Money that finds nothing to settle is kept, and settles what falls due by ``as_of``.
    After the last due date nothing more is borne: what a matured loan costs is penalty interest (罚息).

    Parameters
    ----------
    subject : RepaymentTerms or AmortisationTable
    payments : iterable of Payment
        Those with a value date up to ``as_of`` that were not reversed by then count.
    as_of : date
    recalculation : Recalculation

    Returns
    -------
    RecalculatedTable

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A payment on or before the day of the loan, or a ``payment_id`` used twice; a flat rate, a
        bullet, a moratorium on interest, interest of days before the first period apart from it,
        fractions that are carried, interest that becomes principal, or interest that runs to other days
        than the due dates.

    Examples
    --------
    Due on the last of each month; 300 of the first instalment come on 20 January, the rest never:

    >>> from delinquency.amortisation.recalculation_rules import Surplus
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> left = recalculate(terms, payments=[Payment(date(2025, 1, 20), Decimal(300))],
    ...     as_of=date(2025, 2, 28), recalculation=Recalculation(surplus=Surplus.IN_ADVANCE))
    >>> [(str(row.interest), str(row.payment), str(row.open_amount)) for row in left.rows]
    [('5.22', '337.23', '37.23'), ('4.11', '337.23', '337.23'), ('1.95', '336.82', '336.82')]
    """
    table = table_of(subject, _WHERE)
    if not isinstance(recalculation, Recalculation):
        raise InvalidTypeError.at(
            f"{_WHERE}, recalculation", expected="a Recalculation", found=recalculation
        )
    _check_terms(table.terms)
    _check_surplus(table.terms, recalculation)
    day = day_number(as_of, where=_WHERE, field="as_of")
    facts = checked_tuple(payments, Payment, f"{_WHERE}, payment")
    money = _money(table, facts, day)
    pauses = [(_day(pause.start), _day(pause.end)) for pause in recalculation.pauses]
    swept = sweep_payments(
        table,
        money,
        day,
        surplus=recalculation.surplus,
        bears_interest=recalculation.overdue_base is OverdueBase.INSTALMENT,
        principal_first=recalculation.principal_first,
        keeps_past=recalculation.keeps_past_rows,
        rounds_stretches=recalculation.rounds_stretches,
        pauses=pauses,
    )
    currency = table.terms.currency
    return RecalculatedTable(
        before=table,
        payments=facts,
        as_of=as_of,
        recalculation=recalculation,
        rows=_rows(table, swept.rows),
        balance=from_minor(swept.balance, currency),
        accrued_interest=from_minor(swept.accrued, currency),
        credit=from_minor(swept.credit, currency),
    )


def _rows(table: AmortisationTable, swept: list[SweptRow]) -> tuple[RecalculatedRow, ...]:
    currency = table.terms.currency
    left = sum(row.principal for row in swept)
    rows: list[RecalculatedRow] = []
    for number, row in enumerate(swept, start=1):
        left -= row.principal
        rows.append(
            RecalculatedRow(
                number=number,
                due_date=to_date(row.due_day),
                principal=from_minor(row.principal, currency),
                interest=from_minor(row.interest, currency),
                closing_balance=from_minor(left, currency),
                paid=from_minor(row.paid_principal + row.paid_interest, currency),
                paid_interest=from_minor(row.paid_interest, currency),
                paid_on=None if row.paid_day is None else to_date(row.paid_day),
            )
        )
    return tuple(rows)


def _money(table: AmortisationTable, payments: tuple[Payment, ...], as_of: Day) -> dict[Day, int]:
    """What came by day [minor units]."""
    first = ElapsedFactors(table.terms).bounds[0]
    money: dict[Day, int] = {}
    for where, payment in named_payments(payments, within=_WHERE):
        day = _day(payment.value_date)
        is_reversed = payment.reversed_on is not None and _day(payment.reversed_on) <= as_of
        if day > as_of or is_reversed:
            continue
        if day <= first:
            raise InvalidValueError.at(
                f"{where}, value_date",
                expected=f"a day after that of the loan, {to_date(first)}",
                found=str(payment.value_date),
            )
        amount = to_minor(payment.amount, table.terms.currency, where=where, field="amount")
        money[day] = money.get(day, 0) + amount
    return money


def _check_surplus(terms: RepaymentTerms, recalculation: Recalculation) -> None:
    stays = terms.level_payment.amount is not None and terms.rate_changes
    if stays and recalculation.surplus is Surplus.LOWER_PAYMENT:
        raise InvalidValueError.at(
            f"{_WHERE}, recalculation, surplus",
            expected="another one where the payment stays while the rate changes",
            found=recalculation.surplus.name,
        )


def _check_terms(terms: RepaymentTerms) -> None:
    moratorium = terms.moratorium
    refused = (
        ("method", terms.method in (AmortisationMethod.FLAT, AmortisationMethod.BULLET)),
        ("carries_fractions", terms.carries_fractions),
        ("may_capitalise", terms.may_capitalise),
        ("moratorium", moratorium is not None and moratorium.interest_instalments > 0),
        ("first_period", terms.first_period.is_apart),
        ("accrue_to", terms.accrual_days() != terms.period_dates().adjusted_days),
        ("flat_component", terms.flat_component is not Component.INTEREST),
    )
    for field, is_refused in refused:
        if is_refused:
            raise InvalidValueError.at(
                f"{_WHERE}, terms, {field}",
                expected="interest of each period that falls due at its end",
                found=str(getattr(terms, field)),
            )


def _day(value: date) -> Day:
    return day_number(value, where=_WHERE, field="date")
