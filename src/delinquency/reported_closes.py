"""A status from figures that somebody kept at month ends, where the facts themselves are gone.

The one idea: the same fold, of fewer closes. What happened between two of them was not seen; the answer says
so, and tells a change at the first month end that shows it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account, Segment
from delinquency.amounts import check_amount, to_minor
from delinquency.calendar import NONE_DAY, check_days, day_number, to_date
from delinquency.choices import checked_member
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.identifiers import check_id
from delinquency.period_arithmetic import end_of_month
from delinquency.policy_versions import policy_in_force, versions_between
from delinquency.schedule import Instalment, Schedule
from delinquency.sequences import checked_tuple
from delinquency.status.evaluating import UNKNOWN
from delinquency.status.facts import StatusFacts, facts_of
from delinquency.status.folding import Era, Known, fold
from delinquency.status.stretches import NOTHING_DUE, Stretch, without_reversed
from delinquency.status_answer import Resolution, StatusAssessment

if TYPE_CHECKING:
    from delinquency.events import AccountEvent
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["ReportedClose", "assess_reported_status"]


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


def assess_reported_status(
    closes: Iterable[ReportedClose],
    *,
    account_id: str,
    currency: Currency,
    policy: Policy | PolicyTimeline,
    segment: Segment = Segment.RETAIL,
    events: Iterable[AccountEvent] = (),
) -> StatusAssessment:
    """Say in which state an account is at the last of some month ends, from its figures at each of them.

    Parameters
    ----------
    closes : iterable of ReportedClose
        One for each month, without a gap, in order of time.
    account_id : str
    currency : Currency
    policy : Policy or PolicyTimeline
        With status machines.
    segment : Segment, default RETAIL
    events : iterable, optional
        Findings, reported figures and restructurings, from the first close on; others say nothing here. A
        restructuring counts from the month end that shows it.

    Returns
    -------
    StatusAssessment
        With ``resolution`` MONTH: a state is told from the first month end that shows it, an exit that was
        complete between two month ends is taken at the second, and periods that were paid are not known.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        No close; closes out of order, twice for a month, or with a month between them missing; an event
        before the first close.
    PolicyNotInForceError, PolicyError
        As :func:`~delinquency.status_assessment.assess_status`.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> euro = Currency.of("EUR")
    >>> told = assess_reported_status(
    ...     [ReportedClose(as_of=date(2024, 3, 31), days_past_due=29, arrears=100, exposure=900),
    ...      ReportedClose(as_of=date(2024, 4, 30), days_past_due=59, arrears=200, exposure=900)],
    ...     account_id="A-1", currency=euro, policy=rulebook.load("ifrs9"))
    >>> told.state.code, str(told.since), told.resolution.value
    ('stage 2', '2024-04-30', 'month')
    """
    check_id(account_id, where="reported status, account_id")
    if not isinstance(currency, Currency):
        raise InvalidTypeError.at(
            "reported status, currency", expected="a Currency", found=currency
        )
    checked_member(segment, Segment, "reported status, segment")
    rows = checked_tuple(closes, ReportedClose, "reported status, close")
    _check_months(rows)
    version = policy_in_force(policy, as_of=rows[-1].as_of, originated_on=rows[0].as_of)
    if not version.status:
        raise PolicyError.at(
            f"policy {version.name!r}", expected="a policy with a status", found="none"
        )
    stretches = [_stretch(row, currency) for row in rows]
    eras: list[Era] = []
    policies: list[Policy] = []
    for start, end, each in versions_between(
        policy, stretches[0].start, stretches[-1].start, originated_on=rows[0].as_of
    ):
        own = [stretch for stretch in stretches if start <= stretch.start <= end]
        if own:
            eras.append(Era(each.status, own))
            policies.append(each)
    # An account that owes one payment on the last day carries the events, which are checked with it.
    carrier = Account(
        account_id=account_id,
        originated_on=rows[0].as_of,
        schedule=Schedule(currency, [Instalment(rows[-1].as_of, 1)]),
        segment=segment,
        events=events,
    )
    known_of = without_reversed(carrier, stretches[-1].start, NONE_DAY)
    facts = _shown(facts_of(known_of, NONE_DAY), [stretch.start for stretch in stretches])
    known = Known(facts, None, 10**currency.minor_unit, segment.value)
    return StatusAssessment(
        account_id,
        currency,
        rows[-1].as_of,
        None,
        tuple(policies),
        fold(eras, known),
        Resolution.MONTH,
    )


def _shown(facts: StatusFacts, days: list[int]) -> StatusFacts:
    """The facts as month ends show them: a restructuring at the first one on or after its day."""
    changes = [
        change._replace(day=days[place])
        for change in facts.changes
        if (place := bisect_left(days, change.day)) < len(days)
    ]
    return attrs.evolve(facts, changes=changes)


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


def _stretch(row: ReportedClose, currency: Currency) -> Stretch:
    """The figures of one close."""
    day = day_number(row.as_of, where="reported close", field="as_of")
    where = f"reported close of {to_date(day)}"
    arrears = to_minor(row.arrears, currency, where=where, field="arrears")
    material, delinquent = row.material_days_past_due, row.delinquent_days
    return Stretch(
        day,
        day + 1,
        arrears,
        to_minor(row.exposure, currency, where=where, field="exposure"),
        arrears,
        day if arrears else NOTHING_DUE,
        row.days_past_due,
        0,
        UNKNOWN if delinquent is None else delinquent,
        0,
        UNKNOWN if material is None else material,
        0,
    )
