"""A book: many accounts held as columns, checked once.

The one idea: a :class:`Portfolio` is valid because it exists. Order, bounds and references are checked
at construction, so that no verb sorts or checks again; arrays are read-only from then on.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.account import Account, Product, Segment
from delinquency.calendar import NONE_DAY
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, PortfolioError
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.checks import check_book
from delinquency.portfolio.columns import (
    ALWAYS_FROM,
    ChargeBackColumns,
    ChargeColumns,
    Codes,
    CollateralColumns,
    ContractRateColumns,
    Days,
    DecisionColumns,
    DisputeColumns,
    FindingColumns,
    GuaranteeColumns,
    InstalmentColumns,
    PaymentColumns,
    ReAgeColumns,
    ReportedFigureColumns,
    RestructuringColumns,
    SpanColumns,
    SuspensionColumns,
    plain_instalments,
)
from delinquency.portfolio.problems import require_row
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.text_column import TextColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Portfolio"]

PRODUCTS = tuple(Product)
SEGMENTS = tuple(Segment)


@attrs.frozen(slots=True, kw_only=True, eq=False)
class Portfolio:
    """Accounts of one currency as columns, one row an account.

    Parameters
    ----------
    currency : Currency
    account_id : TextColumn
        Each once.
    originated_on : int32 array [day number]
    instalments, payments, charges, suspensions, decisions, charge_backs, spans, disputes, \
contract_rates, findings, reported_figures, restructurings, re_ages, collateral, guarantees
        Tables in the order of the accounts, and within an account in order of date.
    obligor_id : TextColumn, optional
    product, segment : int8 array, optional
        Positions in :class:`Product` and :class:`Segment`; default loan, retail.

    Raises
    ------
    PortfolioError
        A table that cannot be a book; it names the column, the rows and the reason.

    Attributes
    ----------
    needs_ledger : bool array
        Accounts whose totals do not decide what is settled: with charges, charge-backs, decisions or a
        changed schedule.

    Notes
    -----
    :meth:`from_accounts` and :meth:`account` are exact inverses. ``delinquency.frames.read`` builds a
    book from data frames.
    """

    currency: Currency
    account_id: TextColumn
    originated_on: Days
    instalments: InstalmentColumns
    payments: PaymentColumns
    charges: ChargeColumns | None = None
    suspensions: SuspensionColumns | None = None
    decisions: DecisionColumns | None = None
    charge_backs: ChargeBackColumns | None = None
    spans: SpanColumns | None = None
    disputes: DisputeColumns | None = None
    contract_rates: ContractRateColumns | None = None
    findings: FindingColumns | None = None
    reported_figures: ReportedFigureColumns | None = None
    restructurings: RestructuringColumns | None = None
    re_ages: ReAgeColumns | None = None
    collateral: CollateralColumns | None = None
    guarantees: GuaranteeColumns | None = None
    obligor_id: TextColumn | None = None
    product: Codes | None = None
    segment: Codes | None = None
    needs_ledger: npt.NDArray[np.bool_] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.currency, Currency):
            raise InvalidTypeError.at(
                "portfolio, currency", expected="a Currency", found=self.currency
            )
        self._check_tables()
        object.__setattr__(self, "instalments", plain_instalments(self.instalments))
        check_book(self)
        object.__setattr__(self, "needs_ledger", _needs_ledger(self))
        freeze(self)

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    @classmethod
    def from_accounts(cls, accounts: Iterable[Account]) -> Portfolio:
        """Lay accounts out as columns.

        Raises
        ------
        PortfolioError
            No account; two currencies; an account id twice.
        InvalidTypeError
            Not an account.
        """
        from delinquency.portfolio.conversion import book_from_accounts

        return book_from_accounts(accounts)

    def account(self, row: int) -> Account:
        """One account as a record, equal to the one that was laid out.

        Raises
        ------
        IndexError
            No such row.
        """
        from delinquency.portfolio.conversion import account_from_book

        self.check_row(row)
        return account_from_book(self, int(row))

    def _check_tables(self) -> None:
        kinds: tuple[tuple[str, type, bool], ...] = (
            ("account_id", TextColumn, False),
            ("originated_on", np.ndarray, False),
            ("instalments", InstalmentColumns, False),
            ("payments", PaymentColumns, False),
            ("charges", ChargeColumns, True),
            ("suspensions", SuspensionColumns, True),
            ("decisions", DecisionColumns, True),
            ("charge_backs", ChargeBackColumns, True),
            ("spans", SpanColumns, True),
            ("disputes", DisputeColumns, True),
            ("contract_rates", ContractRateColumns, True),
            ("findings", FindingColumns, True),
            ("reported_figures", ReportedFigureColumns, True),
            ("restructurings", RestructuringColumns, True),
            ("re_ages", ReAgeColumns, True),
            ("collateral", CollateralColumns, True),
            ("guarantees", GuaranteeColumns, True),
            ("obligor_id", TextColumn, True),
        )
        for field, kind, may_be_none in kinds:
            value = getattr(self, field)
            if not isinstance(value, kind) and not (may_be_none and value is None):
                raise InvalidTypeError.at(
                    f"portfolio, {field}", expected=f"an instance of {kind.__name__}", found=value
                )

    def check_row(self, row: int) -> None:
        """Refuse what is no row of the book.

        Raises
        ------
        InvalidTypeError
            Not an int.
        IndexError
            No such row.
        """
        require_row(
            row,
            len(self),
            where="portfolio",
            of=f"a book of {len(self)} accounts",
            hint=f"book.row_of({row!r}) gives the row." if isinstance(row, str) else "",
        )

    def __len__(self) -> int:
        return len(self.originated_on)

    def __iter__(self) -> Iterator[Account]:
        return (self.account(row) for row in range(len(self)))

    def __repr__(self) -> str:
        return (
            f"Portfolio({len(self):,} accounts, {len(self.instalments.due_date):,} instalments, "
            f"{len(self.payments.amount):,} payments, {self.currency.code})"
        )

    def row_of(self, account_id: str) -> int:
        """The row of an account.

        Raises
        ------
        PortfolioError
            No account has this id.
        """
        row = self.account_id.row_of(account_id)
        if row >= 0:
            return row
        raise PortfolioError.in_rows(
            "accounts.account_id",
            (),
            reason="unknown_account",
            expected="an account of the book",
            found=account_id,
        )

    def take(self, rows: Sequence[int] | npt.NDArray[Any]) -> Portfolio:
        """The book of the given rows, in their order.

        Parameters
        ----------
        rows : sequence of int, or bool array
            Row numbers, or a mask with a place for each account.

        Raises
        ------
        InvalidTypeError
            Neither row numbers nor a mask.
        IndexError
            No such row, or a mask of another length.
        PortfolioError
            No row, or one twice.

        Examples
        --------
        >>> from delinquency.sample_book import sample_book
        >>> book = sample_book(3)
        >>> [len(book.take(rows)) for rows in ([0, 2], np.array([True, False, True]), range(3))]
        [2, 2, 3]
        """
        from delinquency.portfolio.taking import take_rows

        return take_rows(self, rows)


def _needs_ledger(book: Portfolio) -> npt.NDArray[np.bool_]:
    flags = np.zeros(len(book), dtype=np.bool_)
    for table in (book.charges, book.charge_backs, book.decisions):
        if table is not None:
            flags |= np.diff(table.offsets) > 0
    start, end = book.instalments.in_force_from, book.instalments.in_force_until
    if start is not None and end is not None:
        changed = np.flatnonzero((start != ALWAYS_FROM) | (end != NONE_DAY))
        flags[account_of_rows(book.instalments.offsets, changed)] = True
    return flags
