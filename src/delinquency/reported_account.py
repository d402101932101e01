"""What somebody kept of an account at month ends, where the facts themselves are gone.

The one idea: what is not known cannot be left out. Every month has a figure or says that it has none, and no
month is missing between two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import attrs

from delinquency.account import Account, Segment
from delinquency.amounts import check_amount
from delinquency.calendar import check_days, day_number
from delinquency.choices import checked_member
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.events import AccountEvent
from delinquency.identifiers import check_id
from delinquency.period_arithmetic import end_of_month
from delinquency.schedule import Instalment, Schedule
from delinquency.sequences import checked_tuple

__all__ = ["ReportedAccount", "ReportedClose"]


@attrs.frozen(slots=True, kw_only=True)
class ReportedClose:
    """The figures of an account at the close of a month end.

    Parameters
    ----------
    as_of : date
        The last day of a month.
    days_past_due : int
        [days].
    arrears, exposure : Decimal or int
        [currency units].
    delinquent_days, material_days_past_due : int, optional
        [days]; left out, they are unknown, and so is a rule that reads them.

    Raises
    ------
    InvalidTypeError
        A wrong type; a ``float`` amount.
    InvalidValueError
        A day that ends no month; a figure below 0; days past due without arrears; arrears above the exposure.
    """

    as_of: date
    days_past_due: int
    arrears: Decimal | int
    exposure: Decimal | int
    delinquent_days: int | None = None
    material_days_past_due: int | None = None

    def __attrs_post_init__(self) -> None:
        day_number(self.as_of, where="reported close", field="as_of")
        where = f"reported close of {self.as_of}"
        if self.as_of != end_of_month(self.as_of):
            raise InvalidValueError.at(
                f"{where}, as_of",
                expected=f"a month end: {end_of_month(self.as_of)}",
                found=str(self.as_of),
            )
        check_days(self.days_past_due, f"{where}, days_past_due", least=0)
        for field in ("delinquent_days", "material_days_past_due"):
            if getattr(self, field) is not None:
                check_days(getattr(self, field), f"{where}, {field}", least=0)
        for field in ("arrears", "exposure"):
            check_amount(getattr(self, field), where=f"{where}, {field}", positive=False)
        if self.days_past_due and not self.arrears:
            raise InvalidValueError.at(
                f"{where}, arrears", expected="more than 0 beside days past due", found="0"
            )
        if self.arrears > self.exposure:
            raise InvalidValueError.at(
                f"{where}, exposure", expected="at least the arrears", found=str(self.exposure)
            )


def _closes(items: Iterable[ReportedClose]) -> tuple[ReportedClose, ...]:
    return checked_tuple(items, ReportedClose, "reported status, close")


def _events(items: Iterable[AccountEvent]) -> tuple[AccountEvent, ...]:
    return checked_tuple(items, get_args(AccountEvent), "reported status, event")


@attrs.frozen(slots=True, kw_only=True)
class ReportedAccount:
    """What is left of an account: its figures at month ends, and what was found.

    Parameters
    ----------
    account_id : str
    currency : Currency
    closes : tuple of ReportedClose
        One for each month, without a gap, in order of time.
    segment : Segment, default RETAIL
    events : tuple, optional
        Findings, reported figures, restructurings, collateral and guarantees, from the first close on; others
        say nothing here.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        No close; closes out of order, twice for a month, or with a month between them missing; an event
        before the first close.
    """

    account_id: str
    currency: Currency
    closes: tuple[ReportedClose, ...] = attrs.field(converter=_closes)
    segment: Segment = Segment.RETAIL
    events: tuple[AccountEvent, ...] = attrs.field(default=(), converter=_events)
    carrier: Account = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.account_id, where="reported status, account_id")
        if not isinstance(self.currency, Currency):
            raise InvalidTypeError.at(
                "reported status, currency", expected="a Currency", found=self.currency
            )
        checked_member(self.segment, Segment, "reported status, segment")
        _check_months(self.closes)
        # An account that owes one payment on the last day carries the events, which are checked with it.
        carrier = Account(
            account_id=self.account_id,
            originated_on=self.closes[0].as_of,
            schedule=Schedule(self.currency, [Instalment(self.closes[-1].as_of, 1)]),
            segment=self.segment,
            events=self.events,
        )
        object.__setattr__(self, "carrier", carrier)
        object.__setattr__(self, "events", carrier.events)


def _check_months(rows: tuple[ReportedClose, ...]) -> None:
    """Refuse no close, and closes that do not follow one another month by month."""
    if not rows:
        raise InvalidValueError.at("reported status", expected="at least one close", found="none")
    for before, row in pairwise(rows):
        expected = end_of_month(before.as_of, months=1)
        if row.as_of != expected:
            raise InvalidValueError.at(
                f"reported close of {row.as_of}",
                expected=f"that of {expected}, the month after {before.as_of}",
                found=str(row.as_of),
                hint="What is not known cannot be left out: a status remembers every month.",
            )
