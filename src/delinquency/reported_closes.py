"""A status from figures that somebody kept at month ends, where the facts themselves are gone.

The one idea: the same fold, of fewer closes. What happened between two of them was not seen; the answer says
so, and tells a change at the first month end that shows it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Segment
from delinquency.amounts import to_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.currency import Currency
from delinquency.errors import PolicyError
from delinquency.policy_versions import policy_in_force, versions_between
from delinquency.reported_account import ReportedAccount, ReportedClose
from delinquency.status.evaluating import UNKNOWN
from delinquency.status.facts import StatusFacts, facts_of
from delinquency.status.folding import Era, Known, fold
from delinquency.status.stretches import NOTHING_DUE, Stretch, without_reversed
from delinquency.status_answer import Resolution, StatusAssessment

if TYPE_CHECKING:
    from delinquency.events import AccountEvent
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["ReportedAccount", "ReportedClose", "assess_reported_status", "status_of_closes"]


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
        Findings, reported figures, restructurings, collateral and guarantees, from the first close on; others
        say nothing here. A restructuring counts from the month end that shows it.

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
    >>> from datetime import date
    >>> from delinquency import rulebook
    >>> euro = Currency.of("EUR")
    >>> told = assess_reported_status(
    ...     [ReportedClose(as_of=date(2024, 3, 31), days_past_due=29, arrears=100, exposure=900),
    ...      ReportedClose(as_of=date(2024, 4, 30), days_past_due=59, arrears=200, exposure=900)],
    ...     account_id="A-1", currency=euro, policy=rulebook.load("ifrs9"))
    >>> told.state.code, str(told.since), told.resolution.value
    ('stage 2', '2024-04-30', 'month')
    """
    account = ReportedAccount(
        account_id=account_id, currency=currency, closes=closes, segment=segment, events=events
    )
    return status_of_closes(account, policy=policy)


def status_of_closes(
    account: ReportedAccount, *, policy: Policy | PolicyTimeline
) -> StatusAssessment:
    """The status of what is left of an account; see :func:`assess_reported_status`."""
    rows, currency = account.closes, account.currency
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
    known_of = without_reversed(account.carrier, stretches[-1].start, NONE_DAY)
    facts = _shown(facts_of(known_of, NONE_DAY), [stretch.start for stretch in stretches])
    known = Known(facts, None, 10**currency.minor_unit, account.segment.value)
    return StatusAssessment(
        account,
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
