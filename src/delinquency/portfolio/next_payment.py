"""What every account of a book is to pay next, as two columns."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError
from delinquency.instalment_ages import NextPayment, NextPaymentRule
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Days, Minor
from delinquency.portfolio.read_only import freeze, restore, state_of
from delinquency.portfolio.run import Engine
from delinquency.portfolio.versions import ledgers_by_version, versions_in_force

__all__ = ["PortfolioNextPayment", "next_payment_due"]


@attrs.frozen(slots=True, eq=False)
class PortfolioNextPayment:
    """The next date on which each account is to pay something, and how much.

    Attributes
    ----------
    book : Portfolio
    due_date : int32 array [day number]
        2**31 - 1 where nothing is open.
    amount : int64 array [minor units]
        0 where nothing is open.
    """

    book: Portfolio
    due_date: Days
    amount: Minor

    def __getstate__(self) -> dict[str, Any]:
        return state_of(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        restore(self, state)

    def __len__(self) -> int:
        return len(self.due_date)

    def __repr__(self) -> str:
        owing = int((self.due_date != NONE_DAY).sum())
        return (
            f"PortfolioNextPayment({len(self):,} accounts, {owing:,} with a payment to come, "
            f"{self.book.currency.code})"
        )

    def row(self, row: int) -> NextPayment | None:
        """The answer for one account, equal to that of the scalar verb.

        Raises
        ------
        IndexError
            No such row.
        """
        self.book.check_row(row)
        day = int(self.due_date[row])
        if day == NONE_DAY:
            return None
        return NextPayment(to_date(day), from_minor(int(self.amount[row]), self.book.currency))

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row an account, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.next_payment_to_frame(self, backend)


def next_payment_due(
    book: Portfolio,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    rule: NextPaymentRule = NextPaymentRule.EARLIEST_UNPAID,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioNextPayment:
    """The next date on which each account is to pay something, and how much is still open on it.

    ``rule`` as for one account: :func:`~delinquency.instalment_ages.next_payment_due`; the other
    parameters and errors as for :func:`~delinquency.portfolio.assessment.assess`.

    Examples
    --------
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([account])
    >>> found = next_payment_due(book, as_of=date(2025, 1, 15), policy=dq.rulebook.load("cn-loan"))
    >>> found.due_date.astype("datetime64[D]"), found.amount
    (array(['2025-01-31'], dtype='datetime64[D]'), array([10000]))
    """
    if not isinstance(rule, NextPaymentRule):
        raise InvalidTypeError.at("next_payment_due, rule", expected="NextPaymentRule", found=rule)
    policies, version = versions_in_force(book, as_of, policy, "next_payment_due")
    first = -NONE_DAY
    if rule is NextPaymentRule.FROM_AS_OF:
        first = day_number(as_of, where="next_payment_due", field="as_of")
    more = ledgers_by_version(
        book,
        policies,
        version,
        as_of=as_of,
        known_on=known_on,
        next_from=first,
        engine=engine,
        threads=threads,
    )
    told = PortfolioNextPayment(book, more.next_due, more.next_amount)
    freeze(told)
    return told
