"""What if we waive: waivers added to accounts of a book, as a new book.

The one idea: a scenario is facts. The new book has the waivers among its facts and is asked by the same
verbs; each of its accounts equals the account with the waivers among its events, and the book it was made of
is untouched.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import to_minor
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.component import Component, component_position
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.event_rows import ALL
from delinquency.events import PenaltyWaiver, Waiver
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.adding_facts import with_spans, with_waivers
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown import breakdown
from delinquency.portfolio.breakdown_rows import accounts_of
from delinquency.portfolio.chosen_rows import chosen_rows
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.run import Engine
from delinquency.rounding import Proportion, RoundingMode

__all__ = ["WaivedShare", "waive"]

Rows = npt.NDArray[np.int64]


@attrs.frozen(slots=True)
class WaivedShare:
    """A share of what has fallen due of a component and is open at the close of the value date.

    For each account it is a :class:`~delinquency.events.Waiver` up to that amount, and no waiver where the
    amount is 0. Penalty interest that is no debt of the ledger is waived by a
    :class:`~delinquency.events.PenaltyWaiver` of its days.

    Parameters
    ----------
    value_date : date
    component : Component
    share : Proportion
        More than 0 and at most 1.
    rounding : RoundingMode
        Of the amount of an account, to the minor unit.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; no component, proportion or mode.
    InvalidValueError
        A share of 0, or above 1.

    Examples
    --------
    >>> WaivedShare(date(2025, 3, 1), Component.PENALTY, Proportion(1, 2), RoundingMode.DOWN).share
    Proportion(numerator=1, denominator=2)
    """

    value_date: date
    component: Component
    share: Proportion
    rounding: RoundingMode
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        where = "waived share"
        day_number(self.value_date, where=where, field="value_date")
        checked_member(self.component, Component, f"{where}, component")
        share: object = self.share
        if not isinstance(share, Proportion):
            raise InvalidTypeError.at(
                f"{where}, share",
                expected="a Proportion",
                found=share,
                hint='Write Proportion.parse("0.5") for 50 %.',
            )
        if not 0 < share.numerator <= share.denominator:
            raise InvalidValueError.at(
                f"{where}, share", expected="more than 0 and at most 1", found=str(share)
            )
        checked_member(self.rounding, RoundingMode, f"{where}, rounding")
        if self.recorded_on is not None:
            day_number(self.recorded_on, where=where, field="recorded_on")


AnyWaiver = Waiver | PenaltyWaiver | WaivedShare


def waive(
    book: Portfolio,
    waiver: AnyWaiver,
    *,
    rows: Sequence[int] | npt.NDArray[Any] | None = None,
    policy: Policy | PolicyTimeline | None = None,
    known_on: date | None = None,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Portfolio:
    """The book with a waiver added to some of its accounts (减免); what was waived before stays so.

    A :class:`~delinquency.events.Waiver` takes effect after the dues of its day and before its payments, so
    that money of the day settles something else. Waivers are added one call after the other. Penalty that
    stands outside the order of payment is no debt, so that a share of it is a share of nothing and no account
    is touched: a :class:`~delinquency.events.PenaltyWaiver` waives what accrues on days.

    Parameters
    ----------
    book : Portfolio
        Left as it is.
    waiver : Waiver, PenaltyWaiver or WaivedShare
        A component or an amount of it; penalty interest of days; a share of what is open.
    rows : sequence of int, or bool array, optional
        Row numbers, each once, or a mask with a place for each account; default every account.
    policy : Policy or PolicyTimeline, optional
        Says what is open; needed for a :class:`WaivedShare`.
    known_on, engine, threads
        As of :func:`~delinquency.portfolio.breakdown.breakdown`, for a :class:`WaivedShare`.

    Raises
    ------
    InvalidTypeError
        Not a portfolio or a waiver; rows that are neither row numbers nor a mask.
    IndexError
        No such row, or a mask of another length.
    InvalidValueError
        A row twice; a share without a policy; an amount finer than the minor unit.
    PortfolioError
        A waiver before an account began, or of penalty interest of days that are waived already.

    Examples
    --------
    Half of the fees that are open on 1 March, of the second account alone:

    >>> import attrs
    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100, 0, 7)])
    >>> first = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> book = dq.portfolio.Portfolio.from_accounts([first, attrs.evolve(first, account_id="A-2")])
    >>> half = WaivedShare(date(2025, 3, 1), Component.FEES, Proportion(1, 2), RoundingMode.DOWN)
    >>> waived = waive(book, half, rows=[1], policy=dq.rulebook.load("founding-report"))
    >>> [[str(event.amount) for event in account.events] for account in waived]
    [[], ['3.50']]
    """
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at(
            "waive",
            expected="a Portfolio",
            found=book,
            hint="For one Account: attrs.evolve(account, events=(*account.events, waiver)).",
        )
    chosen = np.arange(len(book))
    if rows is not None:
        chosen = chosen_rows(rows, len(book), where="waive, rows")
    match waiver:
        case PenaltyWaiver():
            _check_begun(book, chosen, waiver.start)
            return with_spans(book, chosen, waiver)
        case Waiver():
            _check_begun(book, chosen, waiver.value_date)
            amount = ALL
            if waiver.amount is not None:
                amount = to_minor(waiver.amount, book.currency, where="waiver", field="amount")
            amounts = np.full(len(chosen), amount, dtype=np.int64)
            return _with(book, chosen, amounts, waiver)
        case WaivedShare():
            if policy is None:
                raise InvalidValueError.at(
                    "waive, policy",
                    expected="a policy beside a share, which says what is open",
                    found="none",
                )
            _check_begun(book, chosen, waiver.value_date)
            amounts = _amounts(book, chosen, waiver, policy, known_on, engine, threads)
            return _with(book, chosen, amounts, waiver)
        case _:
            raise InvalidTypeError.at(
                "waive, waiver", expected="a Waiver, PenaltyWaiver or WaivedShare", found=waiver
            )


def _check_begun(book: Portfolio, rows: Rows, day: date) -> None:
    first = day_number(day, where="waive", field="waiver")
    early = rows[book.originated_on[rows] > first]
    if len(early):
        raise PortfolioError.in_rows(
            "accounts.originated_on",
            early,
            reason="before_origination",
            expected=f"accounts that had begun by {day}",
            found="some that began later",
            hint="Leave them out of the rows, or waive from a later day on.",
        )


def _amounts(
    book: Portfolio,
    rows: Rows,
    waiver: WaivedShare,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> Minor:
    """The share of what each account has due and open of the component [minor units]."""
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    owed = breakdown(
        accounts_of(book, rows),
        as_of=waiver.value_date,
        policy=policy,
        known_on=known_on,
        engine=engine,
        threads=threads,
    )
    name = waiver.component.value
    opened = getattr(owed.past_due, name) + getattr(owed.due, name)
    shares = (waiver.share.of(amount, waiver.rounding) for amount in opened.tolist())
    return np.fromiter(shares, dtype=np.int64, count=len(rows))


def _with(book: Portfolio, rows: Rows, amounts: Minor, waiver: Waiver | WaivedShare) -> Portfolio:
    taken = amounts != 0
    return with_waivers(
        book,
        rows[taken],
        amounts[taken],
        day=waiver.value_date,
        component=component_position(waiver.component),
        recorded_on=waiver.recorded_on,
        reversed_on=waiver.reversed_on if isinstance(waiver, Waiver) else None,
    )
