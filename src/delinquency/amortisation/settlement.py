"""What settles a loan on any day, and of what the figure is made (提前结清).

A borrower asks for one figure, and disputes each of its parts. The one idea: the figure is a sum of named
parts, and a rebate is a part of its own: either interest is owed for the days so far, or all charges of
the instalments to come are owed and a rule gives a share of them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from delinquency.amortisation.accruing import Accruals, loan_of
from delinquency.amortisation.changed_table import ChangedTable, credit_left
from delinquency.amortisation.conventions import AmortisationMethod
from delinquency.amortisation.rebate_rules import Rebate, rebate_minor
from delinquency.amortisation.row import Row
from delinquency.amortisation.table import AmortisationTable
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.currency import Currency
from delinquency.decimals import exact_sum
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.rounding import Proportion
from delinquency.whole_numbers import check_int

__all__ = ["SettlementQuote", "made_quote", "settlement_quote"]

_WHERE: Final = "settlement_quote"


@attrs.frozen(slots=True, kw_only=True)
class SettlementQuote:
    """What settles a loan at the close of a day, in parts; made by :func:`settlement_quote`.

    Attributes
    ----------
    as_of : date
    currency : Currency
    principal : Decimal [currency units]
        Open principal, due or not.
    interest_due : Decimal [currency units]
        Interest that fell due and is unpaid.
    accrued_interest : Decimal [currency units]
        Interest of the days so far that is not due yet; 0 with a rebate.
    interest_to_come : Decimal [currency units]
        All interest of the instalments to come, with what becomes principal, where there is a rule for a
        rebate; else 0.
    rebate : Decimal [currency units]
        What is given back; subtracted.
    fees : Decimal [currency units]
        Fees that fell due and are unpaid, with those of instalments to come where a rebate is given of
        them, and other amounts due.
    charge : Decimal [currency units]
        What the lender charges for the early settlement.
    credit : Decimal [currency units]
        What is left of money that was held for coming instalments; subtracted.
    """

    as_of: date
    currency: Currency
    principal: Decimal
    interest_due: Decimal
    accrued_interest: Decimal
    interest_to_come: Decimal
    rebate: Decimal
    fees: Decimal
    charge: Decimal
    credit: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """What settles the loan [currency units]."""
        return exact_sum(
            (
                self.principal,
                self.interest_due,
                self.accrued_interest,
                self.interest_to_come,
                self.fees,
                self.charge,
                self.rebate.copy_negate(),
                self.credit.copy_negate(),
            )
        )

    @property
    def explanation(self) -> Explanation:
        """The figure and its parts; parts of 0 are left out."""
        parts = tuple(
            Explanation(f"settlement_{name}", amount, {"currency": self.currency.code})
            for name in _PARTS
            if (amount := getattr(self, name))
        )
        return Explanation(
            "settlement_quote",
            self.total,
            {"as_of": self.as_of, "currency": self.currency.code},
            (),
            parts,
        )

    def to_text(self, lang: str = "en") -> str:
        """The figure and its parts, a line each.

        Parameters
        ----------
        lang : {"en", "zh"}
        """
        return self.explanation.to_text(lang=lang)

    def __str__(self) -> str:
        return self.to_text()


_PARTS: Final = (
    "principal",
    "interest_due",
    "accrued_interest",
    "interest_to_come",
    "rebate",
    "fees",
    "charge",
    "credit",
)


def settlement_quote(
    subject: RepaymentTerms | AmortisationTable | ChangedTable,
    *,
    as_of: date,
    unpaid_instalments: int = 0,
    other_dues: Decimal | int = Decimal(0),
    charge: Decimal | int | Proportion = Decimal(0),
    rebate: Rebate | None = None,
    includes_as_of: bool = False,
) -> SettlementQuote:
    """What settles a loan at the close of ``as_of``, with its parts (提前结清).

    Without a rule for a rebate: the open principal, interest and fees that fell due and are unpaid, and
    interest accrued on ``[start of the period, as_of)``. With one: all instalments to come with their
    charges, less the rebate. A flat charge was fixed in advance, so such a loan needs a rule.

    An instalment that falls due on ``as_of`` has fallen due. After prepayments, those made by then count;
    money that is held has paid the instalments that fell due since, unless they are unpaid, and what is
    left of it is taken off.

    Parameters
    ----------
    subject : RepaymentTerms, AmortisationTable or ChangedTable
    as_of : date
        From the day of the loan on.
    unpaid_instalments : int, default 0
        How many of the instalments that fell due by then, the latest of them, are unpaid in full; those
        before are paid.
    other_dues : Decimal or int, default 0
        What else is due and unpaid, late fees and penalty [currency units].
    charge : Decimal, int or Proportion, default 0
        For the early settlement: an amount [currency units], or a share of the principal that was not
        due yet (违约金).
    rebate : NoRebate, ProRataRebate, ActuarialRebate, RuleOf78Rebate or UkRebate, optional
    includes_as_of : bool, default False
        Whether the day ``as_of`` bears interest too.

    Returns
    -------
    SettlementQuote

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A day before the loan; more unpaid instalments than fell due; a loan at a flat rate without a
        rule; a rebate that the schedule does not suit, or after prepayments that repaid principal.

    Examples
    --------
    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> print(settlement_quote(terms, as_of=date(2025, 2, 14), charge=Proportion(1, 100)))
    To settle on 2025-02-14: 677.24 CNY.
      Open principal: 668.60 CNY.
      Interest accrued and not due yet: 1.95 CNY.
      Charge for early settlement: 6.69 CNY.
    >>> [str(settlement_quote(terms, as_of=date(2025, 1, 31), unpaid_instalments=unpaid).total)
    ...     for unpaid in (0, 1)]
    ['668.60', '1005.83']
    """
    loan = loan_of(subject, _WHERE)
    if not isinstance(includes_as_of, bool):
        raise InvalidTypeError.at(
            f"{_WHERE}, includes_as_of", expected="a bool", found=includes_as_of
        )
    day = day_number(as_of, where=_WHERE, field="as_of")
    if rebate is None and loan.terms.method is AmortisationMethod.FLAT:
        raise InvalidValueError.at(
            f"{_WHERE}, rebate",
            expected="a rule with the method FLAT, whose charge was fixed in advance",
            found="None",
            hint="NoRebate() gives nothing back, ProRataRebate() what is borne by days to come; "
            "ActuarialRebate(), RuleOf78Rebate() and UkRebate(apr=...) are the other rules.",
        )
    accruals = Accruals(loan)
    _check_day(day, accruals)
    fallen = sum(due <= day for due in accruals.due_days)
    unpaid = _checked_unpaid(unpaid_instalments, fallen)
    rows, terms = loan.minor_rows, loan.terms
    late, later = rows[fallen - unpaid : fallen], rows[fallen:]
    not_due = rows[fallen - 1].closing if fallen else terms.principal_minor
    if isinstance(loan, ChangedTable):
        since = accruals.due_days[fallen - 1] if fallen else accruals.elapsed.first_day
        not_due -= sum(
            principal for paid, principal, _, _ in loan.minor_prepayments() if since <= paid <= day
        )
    parts = {
        "principal_due": _sum(late, 1),
        "interest_due": _sum(late, 2),
        "fees": _sum(late, 3),
        "accrued_interest": accruals.accrued(day, day + includes_as_of),
        "credit": _credit(loan, accruals.due_days, rows[: fallen - unpaid], day),
    }
    if rebate is not None:
        table = _rebated(loan)
        part = _part_of_period(accruals, day)
        parts["accrued_interest"] = 0
        # Interest that becomes principal is in the principal of later instalments.
        parts["interest_to_come"] = _sum(later, 2) + _sum(later, 4)
        parts["fees"] += _sum(later, 3)
        parts["rebate"] = rebate_minor(table, rebate, fallen=fallen, part=part)
    return made_quote(
        terms, as_of=as_of, not_due=not_due, other_dues=other_dues, charge=charge, **parts
    )


def made_quote(
    terms: RepaymentTerms,
    *,
    as_of: date,
    not_due: int,
    principal_due: int,
    interest_due: int,
    accrued_interest: int,
    other_dues: Decimal | int,
    charge: Decimal | int | Proportion,
    fees: int = 0,
    interest_to_come: int = 0,
    rebate: int = 0,
    credit: int = 0,
) -> SettlementQuote:
    """The quote of parts in minor units; ``not_due`` is principal that falls due later."""
    currency = terms.currency
    parts = {
        "principal": not_due + principal_due,
        "interest_due": interest_due,
        "accrued_interest": accrued_interest,
        "interest_to_come": interest_to_come,
        "rebate": rebate,
        "fees": fees + to_minor(other_dues, currency, where=_WHERE, field="other_dues"),
        "charge": _charge(terms, charge, not_due),
        "credit": credit,
    }
    amounts = {name: from_minor(minor, currency) for name, minor in parts.items()}
    return SettlementQuote(as_of=as_of, currency=currency, **amounts)


def _sum(rows: Sequence[tuple[int, ...]], column: int) -> int:
    return sum(row[column] for row in rows)


def _charge(terms: RepaymentTerms, charge: Decimal | int | Proportion, not_due: int) -> int:
    if isinstance(charge, Proportion):
        return charge.of(not_due, terms.rounding)
    return to_minor(charge, terms.currency, where=_WHERE, field="charge")


def _credit(
    loan: AmortisationTable | ChangedTable, due_days: list[Day], paid: Sequence[Row], as_of: Day
) -> int:
    """What is left, at the close of a day, of money held for the instalments that were paid since."""
    if not isinstance(loan, ChangedTable):
        return 0
    dues = [(day, sum(row[1:4])) for day, row in zip(due_days, paid, strict=False)]
    return credit_left(loan.minor_credits(), dues, as_of)


def _rebated(loan: AmortisationTable | ChangedTable) -> AmortisationTable:
    """The table of which charges are given back."""
    if isinstance(loan, AmortisationTable):
        return loan
    if any(outcome.principal for outcome in loan.outcomes):
        raise InvalidValueError.at(
            f"{_WHERE}, rebate",
            expected="None after prepayments that repaid principal",
            found="a rebate",
            hint="A rebate is of the charges of the plan that was agreed.",
        )
    return loan.before


def _part_of_period(accruals: Accruals, day: Day) -> Fraction:
    """The share of days of the current period that have passed."""
    bounds = accruals.elapsed.schedule_bounds
    place = accruals.elapsed.schedule_place(day)
    if not 0 <= place < len(bounds) - 1:
        return Fraction(0)
    return Fraction(day - bounds[place], bounds[place + 1] - bounds[place])


def _check_day(day: Day, accruals: Accruals) -> None:
    first = accruals.elapsed.first_day
    if day < first:
        raise InvalidValueError.at(
            f"{_WHERE}, as_of",
            expected=f"a day on or after that of the loan, {to_date(first)}",
            found=to_date(day).isoformat(),
        )


def _checked_unpaid(unpaid: int, fallen: int) -> int:
    where = f"{_WHERE}, unpaid_instalments"
    check_int(unpaid, where)
    if not 0 <= unpaid <= fallen:
        raise InvalidValueError.at(
            where, expected=f"from 0 to the {fallen} that fell due", found=unpaid
        )
    return unpaid
