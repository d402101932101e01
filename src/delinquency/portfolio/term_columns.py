"""Terms of many loans held as columns, checked once.

The one idea: what two loans of a book may differ in is a column of numbers; what only few loans have - a
moratorium, a change of rate, payments in steps - is no column, and such terms are refused by row instead
of being computed as if they had it not.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amortisation import FirstPeriod, RepaymentTerms
from delinquency.calendar import NONE_DAY
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.portfolio.columns import Codes, Days, Minor
from delinquency.portfolio.dtype_hints import dtype_hint
from delinquency.portfolio.problems import require_row
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.term_checks import check_terms
from delinquency.portfolio.text_column import TextColumn

if TYPE_CHECKING:
    from delinquency.portfolio.term_quarantine import TermsResult

__all__ = ["BY_PERIODS", "TermColumns"]

BY_PERIODS = -1
"""The ``day_count`` of a loan whose interest is by periods (按月计息), not by days."""

Numbers = npt.NDArray[np.int64]

_OPTIONAL: tuple[tuple[str, type[Any], int], ...] = (
    ("rounding", np.int8, 0),
    ("payment_multiple", np.int64, 0),
    ("agreed_payment", np.int64, 0),
    ("balloon", np.int64, 0),
    ("frequency_days", np.int32, 0),
    ("day_count", np.int8, BY_PERIODS),
    ("charges_are_fees", np.bool_, 0),
    ("disbursed_on", np.int32, NONE_DAY),
)


@attrs.frozen(slots=True, kw_only=True, eq=False, repr=False)
class TermColumns:
    """Repayment terms of one currency as columns, one row a loan.

    Columns without a default are needed; another that is not given is filled. The meaning of each is
    that of the field of :class:`~delinquency.amortisation.terms.RepaymentTerms` that is named.

    Parameters
    ----------
    currency : Currency
    principal : int64 array [minor units]
        More than 0, up to 10**15.
    annual_rate : int64 array [1e-8 per year]
        Up to 400 %, either sign; ``Rate.scaled``.
    first_due_date : int32 array [day number]
    instalment_count : int32 array
        1 to 1200.
    method : int8 array
        The position in :class:`~delinquency.amortisation.conventions.AmortisationMethod`: 0 annuity,
        1 equal principal, 2 interest only, 3 bullet, 4 flat.
    rounding : int8 array, optional
        ``RoundingMode.code``; default 0, half up.
    payment_rounding : int8 array, optional
        ``level_payment.rounding``; default that of the loan.
    payment_multiple : int64 array, optional [minor units]
        ``level_payment.multiple``; 0, the default, is none.
    agreed_payment : int64 array, optional [minor units]
        ``level_payment.amount``, of annuities only; 0, the default, is solved.
    balloon : int64 array, optional [minor units]
    frequency_months, frequency_days : int32 array, optional
        One of the two more than 0; default every month.
    day_count : int8 array, optional
        ``DayCount.code`` of interest by days, 0 to 20; -1, the default, is interest by periods. The level
        payment is solved by periods under either.
    charges_are_fees : bool array, optional
        Whether the charge of a flat loan is a fee; ``flat_component``.
    disbursed_on : int32 array, optional [day number]
        The day of the loan; 2**31 - 1, the default, is one period before the first due date.
    first_period : FirstPeriod, default REGULAR
        Of all loans. ``REGULAR`` refuses a day of the loan that is not one period before the first due
        date; ``AS_REGULAR`` bears one period of interest whatever the days, so that no row of a schedule
        follows from the day, but a rate does. First periods of other lengths have no column.
    account_id : TextColumn, optional
        Each once. Frames of what follows from the terms begin with it.

    Raises
    ------
    PortfolioError
        Columns that cannot be terms; it names the column, the rows and the reason.

    Examples
    --------
    Two loans in CNY: 12 equal principals of 1,000.00 at 6 %, and an annuity over 24 months.

    >>> two = TermColumns(
    ...     currency=Currency.of("CNY"),
    ...     principal=np.array([12_000_00, 50_000_00]),
    ...     annual_rate=np.array([6_000_000, 4_350_000]),
    ...     first_due_date=np.array([20_119, 20_119], dtype=np.int32),
    ...     instalment_count=np.array([12, 24], dtype=np.int32),
    ...     method=np.array([1, 0], dtype=np.int8),
    ... )
    >>> len(two), two
    (2, TermColumns(2 loans, 36 instalments, CNY))
    >>> two.terms(1).instalment_count, str(two.terms(1).annual_rate)
    (24, '4.35 % a year')
    """

    currency: Currency
    principal: Minor
    annual_rate: Numbers
    first_due_date: Days
    instalment_count: Days
    method: Codes
    rounding: Codes = attrs.field(default=None)
    payment_rounding: Codes = attrs.field(default=None)
    payment_multiple: Minor = attrs.field(default=None)
    agreed_payment: Minor = attrs.field(default=None)
    balloon: Minor = attrs.field(default=None)
    frequency_months: Days = attrs.field(default=None)
    frequency_days: Days = attrs.field(default=None)
    day_count: Codes = attrs.field(default=None)
    charges_are_fees: npt.NDArray[np.bool_] = attrs.field(default=None)
    disbursed_on: Days = attrs.field(default=None)
    account_id: TextColumn | None = None
    first_period: FirstPeriod = FirstPeriod.REGULAR

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.currency, Currency):
            raise InvalidTypeError.at("terms, currency", expected="a Currency", found=self.currency)
        if not isinstance(self.principal, np.ndarray) or self.principal.ndim != 1:
            raise InvalidTypeError.at(
                "terms, principal",
                expected="an int64 array of minor units",
                found=self.principal,
                hint=f"{dtype_hint('terms.principal', self.principal, np.int64)} "
                "TermColumns.from_terms(terms) takes records.",
            )
        if self.first_period not in (FirstPeriod.REGULAR, FirstPeriod.AS_REGULAR):
            raise InvalidTypeError.at(
                "terms, first_period",
                expected="FirstPeriod.REGULAR or AS_REGULAR",
                found=self.first_period,
                hint="Other first periods have no column.",
            )
        self._fill()
        check_terms(self)
        freeze(self)

    def _fill(self) -> None:
        size = len(self.principal)
        for name, kind, value in _OPTIONAL:
            if getattr(self, name) is None:
                object.__setattr__(self, name, np.full(size, value, dtype=kind))
        if self.payment_rounding is None:
            object.__setattr__(self, "payment_rounding", self.rounding)
        if self.frequency_months is None:
            months = np.asarray(self.frequency_days == 0, dtype=np.int32)
            object.__setattr__(self, "frequency_months", months)

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    @overload
    @classmethod
    def from_terms(
        cls,
        terms: Iterable[RepaymentTerms],
        *,
        account_id: Iterable[str] | None = None,
        on_error: Literal["raise"] = "raise",
    ) -> TermColumns: ...
    @overload
    @classmethod
    def from_terms(
        cls,
        terms: Iterable[RepaymentTerms],
        *,
        account_id: Iterable[str] | None = None,
        on_error: Literal["quarantine"],
    ) -> TermsResult: ...
    @classmethod
    def from_terms(
        cls,
        terms: Iterable[RepaymentTerms],
        *,
        account_id: Iterable[str] | None = None,
        on_error: Literal["raise", "quarantine"] = "raise",
    ) -> TermColumns | TermsResult:
        """Lay terms out as columns.

        Parameters
        ----------
        terms : iterable of RepaymentTerms
        account_id : iterable of str, optional
            The id of each loan.
        on_error : {"raise", "quarantine"}
            What becomes of loans that columns cannot take: an error that names their rows, or a place
            beside the columns of the others, each with its reason.

        Returns
        -------
        TermColumns or TermsResult
            A :class:`~delinquency.portfolio.term_quarantine.TermsResult` where loans may be set aside.

        Raises
        ------
        InvalidTypeError
            Not terms; ids that are no texts.
        InvalidValueError
            Another word for ``on_error``.
        PortfolioError
            No terms; two currencies; an id twice, or not one for each loan; terms that no columns have,
            with their rows: a moratorium, changes of rate, steps, a payment that is not rounded, a
            balance carried exactly, a residue that is not ``LAST``, a first period that is neither
            ``REGULAR`` nor ``AS_REGULAR``, adjusted or rolled dates, one period at maturity, interest
            that becomes principal, compounded rates, a day count of coupons or of business days, an
            annuity by days whose payment is solved by days.
        """
        from delinquency.portfolio.term_conversion import columns_from_terms
        from delinquency.portfolio.term_quarantine import terms_or_quarantine

        if on_error == "quarantine":
            return terms_or_quarantine(terms, account_id)
        if on_error != "raise":
            raise InvalidValueError.at(
                "from_terms, on_error", expected="'raise' or 'quarantine'", found=repr(on_error)
            )
        return columns_from_terms(terms, account_id)

    def terms(self, row: int) -> RepaymentTerms:
        """The terms of one loan as a record.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        from delinquency.portfolio.term_conversion import terms_from_columns

        require_row(row, len(self), where="terms", of=f"the terms of {len(self)} loans")
        return terms_from_columns(self, int(row))

    def __len__(self) -> int:
        return len(self.principal)

    def __repr__(self) -> str:
        rows = int(self.instalment_count.sum(dtype=np.int64))
        return f"TermColumns({len(self):,} loans, {rows:,} instalments, {self.currency.code})"
