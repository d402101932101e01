"""What was found of everything that limits of a concession ask of a day.

The one idea: each limit is asked by itself and answered with its figures, met or not, so that a refusal says
all that is missing and not only the first of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import day_number, to_date
from delinquency.civil_days import add_months_day
from delinquency.concession_limits import ConcessionLimits, FrequencyLimit
from delinquency.errors import InvalidValueError
from delinquency.event_rows import FINDINGS
from delinquency.ledger.money import cut_of
from delinquency.obligations import DebtKind
from delinquency.payments import PaymentKind

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.events import FindingKind

__all__ = ["ConcessionCheck", "Cut", "concession_checks", "day_of_concession"]

_REPAYMENT = tuple(PaymentKind).index(PaymentKind.REPAYMENT)


@attrs.frozen(slots=True)
class ConcessionCheck:
    """One thing that limits ask of a day.

    Attributes
    ----------
    rule : str
        The id of its step in the explanation.
    is_met : bool
    value : object
        What was found: a day, an amount [currency units], a number of times.
    inputs : mapping
        What was asked.
    """

    rule: str
    is_met: bool
    value: object
    inputs: Mapping[str, object]


@attrs.frozen(slots=True)
class Cut:
    """Up to which day facts happened, by which day they were recorded, and what was asked."""

    last: int
    known: int
    known_on: date | None

    def stands(self, recorded: int, undone: int) -> bool:
        """Whether a fact was recorded by the cut and not reversed."""
        return recorded <= self.known and undone > cut_of(self.last, self.known)


def day_of_concession(account: Account, on: date, verb: str) -> int:
    """The number of the day of which a verb is asked, on or after the one on which the account began.

    Raises
    ------
    InvalidTypeError
        Not a date.
    InvalidValueError
        A day before the account began.
    """
    day = day_number(on, where=verb, field="on")
    if day < account.originated_day:
        raise InvalidValueError.at(
            f"account {account.account_id!r}",
            expected=f"on, a day on or after originated_on {account.originated_on}",
            found=str(on),
        )
    return day


def concession_checks(
    account: Account, day: int, limits: ConcessionLimits, cut: Cut, earlier: Sequence[int]
) -> Iterator[ConcessionCheck]:
    """What limits ask of a day, each with what was found; ``earlier`` are days of concessions before it."""
    if limits.months_on_books:
        yield _age(account, day, limits.months_on_books)
    if limits.payments:
        yield _paid(account, day, limits.payments, cut)
    if limits.finding is not None:
        yield _found(account, day, limits.finding, cut)
    for limit in limits.limits:
        yield _frequency(earlier, day, limit)


def _age(account: Account, day: int, months: int) -> ConcessionCheck:
    complete = add_months_day(account.originated_day, months)
    return ConcessionCheck(
        "concession_months_on_books", complete <= day, to_date(complete), {"months": months}
    )


def _found(account: Account, day: int, kind: FindingKind, cut: Cut) -> ConcessionCheck:
    since = [
        row.start
        for row in account.finding_rows
        if FINDINGS[row.kind] is kind
        and row.start <= day < row.end
        and row.recorded_day <= cut.known
    ]
    value = to_date(since[0]) if since else kind.value
    return ConcessionCheck("concession_finding", bool(since), value, {"kind": kind.value})


def _frequency(earlier: Sequence[int], day: int, limit: FrequencyLimit) -> ConcessionCheck:
    """Whether one more is allowed; of those that still count, the oldest gives way first."""
    counting = sorted(end for each in earlier if (end := add_months_day(each, limit.months)) > day)
    is_met = len(counting) < limit.count
    inputs: dict[str, object] = {"count": limit.count, "months": limit.months}
    if not is_met:
        inputs["next_on"] = to_date(counting[-limit.count])
    return ConcessionCheck("concession_frequency", is_met, len(counting), inputs)


def _paid(account: Account, day: int, count: int, cut: Cut) -> ConcessionCheck:
    """What came for the last minimums against what they required."""
    rows = sorted(
        (
            row
            for row in account.obligations
            if row.kind == DebtKind.INSTALMENT
            and row.from_day <= row.due_day < row.until_day
            and row.due_day <= day
            and any(row[5:9])
        ),
        key=attrgetter("due_day"),
    )
    by_day = [
        (due, sum(sum(row[5:9]) for row in group))
        for due, group in groupby(rows, key=attrgetter("due_day"))
    ]
    if len(by_day) < count:
        return ConcessionCheck(
            "concession_too_few_payments",
            is_met=False,
            value=len(by_day),
            inputs={"payments": count},
        )
    required = sum(amount for _, amount in by_day[-count:])
    after = by_day[-count - 1][0] if len(by_day) > count else account.originated_day - 1
    paid = sum(
        row.amount
        for row in account.payment_rows
        if after < row.value_day <= day
        and row.kind == _REPAYMENT
        and cut.stands(row.recorded_day, row.reversed_day)
    )
    currency = account.currency
    return ConcessionCheck(
        "concession_payments",
        paid >= required,
        from_minor(paid, currency),
        {
            "payments": count,
            "required": from_minor(required, currency),
            "first": to_date(after + 1),
            "currency": currency.code,
        },
    )
