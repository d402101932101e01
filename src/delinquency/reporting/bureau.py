"""The repayment status of a loan, month by month, as the Chinese credit register keeps it.

The one idea: a month's code is what the close of its last day says. How the account ended comes before what
happened in the month, that before days past due, and days before whether anything was due at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from delinquency.amounts import from_minor
from delinquency.bureau_months import (
    BureauEdition,
    BureauHistory,
    BureauMonth,
    check_report_months,
)
from delinquency.calendar import day_number, to_date
from delinquency.choices import checked_member
from delinquency.explanation import Explanation
from delinquency.period_arithmetic import end_of_month
from delinquency.reported_states import ReportedState
from delinquency.reporting.credit_events import OF_A_MONTH
from delinquency.reporting.situations import asked, state_code

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.assessment import Assessment
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.reporting.credit_events import CreditEvent
    from delinquency.reporting.situations import Question, Situation

__all__ = ["bureau_codes"]

_VERB: Final = "bureau_codes"


def bureau_codes(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    months: int = 24,
    known_on: date | None = None,
    events: Iterable[CreditEvent] = (),
    edition: BureauEdition = BureauEdition.FIRST,
    unknown_before: date | None = None,
) -> BureauHistory:
    """The status of the last months that ended on or before ``as_of``, the oldest first.

    Each month is judged at the close of its last day, by the version in force then: ``/`` before the account
    began; ``#`` before its records; ``C`` if nothing is open and ``G`` if what was written off is still
    claimed, in the month in which the account ended and from then on; ``D`` or ``Z`` in the month in which a
    guarantor paid or assets were taken; the bucket of the days past due; ``*`` if nothing fell due in the
    month and nothing was late before it; ``M`` if what fell due in the month was late and is settled; else
    ``N``. The codes are those of the policy.

    Parameters
    ----------
    account : Account
    as_of : date
        The month of it counts from its last day on.
    policy : Policy or PolicyTimeline
        With codes of states, such as ``cn-bureau-loan``.
    months : int, default 24
        How many, 1 or more; at most 60, or the months since the account began if they are more [months].
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`, for each month.
    events : iterable of CreditEvent, optional
        What the account does not tell by itself.
    edition : BureauEdition, default FIRST
        ``M`` is a code of the second.
    unknown_before : date, optional
        Months that ended before it are unknown: the account is older than its records.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Less than one month, or too many; an event that the register has no code for.
    PolicyNotInForceError
        No version is in force at the end of a month.
    PolicyError
        A policy without the codes.

    Notes
    -----
    The last day of the month is a choice: the legend counts days at a day that it does not name, and ``M``
    says that money is judged at the end of the month. A card is judged on its statement day; see
    :func:`~delinquency.revolving.bureau.card_bureau_codes`.

    References
    ----------
    People's Bank of China, personal credit report, legend of the 24-month repayment status.

    Examples
    --------
    Due on 31 January and unpaid: normal on that day, 28 days past due at the end of February, 59 in March.

    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> register = dq.rulebook.load("cn-bureau-loan")
    >>> for day in (date(2025, 3, 30), date(2025, 3, 31)):
    ...     print(bureau_codes(account, as_of=day, policy=register, months=5).codes)
    //*N1
    /*N12
    """
    checked_member(edition, BureauEdition, f"{_VERB}, edition")
    question = asked(
        account,
        as_of=as_of,
        policy=policy,
        known_on=known_on,
        events=events,
        unknown_before=unknown_before,
        verb=_VERB,
    )
    end = end_of_month(as_of)
    last = 0 if end == as_of else -1
    began = account.originated_on
    check_report_months(
        months,
        f"{_VERB}, months",
        f"account {account.account_id!r}, {_VERB}, months",
        had=12 * (as_of.year - began.year) + as_of.month - began.month + 1,
        noun="months since the account began",
    )
    ends = [end_of_month(as_of, months=last - back) for back in reversed(range(months))]
    rows = tuple(_month(question, day, edition) for day in ends)
    return BureauHistory.of(account.account_id, as_of, rows)


def _month(question: Question, day: date, edition: BureauEdition) -> BureauMonth:
    untold = question.untold(day)
    if untold is not None:
        nothing = from_minor(0, question.account.currency)
        return _told(day, state_code(question.version, untold).code, untold, 0, nothing)
    situation = question.situation(day)
    answer = situation.answer
    state = _state(question, situation, edition)
    named = "" if state is None else state_code(answer.policy, state).code
    return _told(
        day, named or answer.bucket.code, state, answer.days_past_due, answer.arrears, answer
    )


def _state(
    question: Question, situation: Situation, edition: BureauEdition
) -> ReportedState | None:
    """What tells the month; ``None`` where days past due do, or that all was paid in time."""
    answer = situation.answer
    first = answer.as_of.replace(day=1)
    overriding = _overriding(question, situation, first)
    if overriding is not None or answer.bucket.is_stressed:
        return overriding
    if not (_fell_due(answer.ledger, first) or _was_late(question, first - timedelta(days=1))):
        return ReportedState.NOTHING_DUE
    if edition is BureauEdition.SECOND and _was_late_within(question, answer.ledger, first):
        return ReportedState.PAID_LATE
    return None


def _overriding(question: Question, situation: Situation, first: date) -> ReportedState | None:
    """What comes before days past due: how the account ended, or what happened in the month."""
    if situation.is_settled:
        return ReportedState.SETTLED
    if situation.last is not None:
        return situation.last
    return next(
        (
            event.state
            for event in reversed(question.events)
            if event.state in OF_A_MONTH and first <= event.value_date <= situation.answer.as_of
        ),
        None,
    )


def _fell_due(ledger: Ledger, first: date) -> bool:
    """Whether a debt fell due from ``first`` to the close of the ledger."""
    start = day_number(first, where=_VERB, field="month")
    due = [
        place
        for place, debt in enumerate(ledger.obligations)
        if start <= debt.due_day <= ledger.as_of_day
        and debt.from_day <= debt.due_day < debt.until_day
    ]
    if any(any(ledger.obligations[place][5:9]) for place in due):
        return True
    return bool(due) and not {row[1] for row in ledger.moves.charged}.isdisjoint(due)


def _was_late(question: Question, day: date) -> bool:
    return question.untold(day) is None and question.assessed(day).bucket.is_stressed


def _was_late_within(question: Question, ledger: Ledger, first: date) -> bool:
    """Whether a debt that fell due from ``first`` on was late when money came for it.

    It was if it would have been late at the close of that day without the money of the day.
    """
    start = day_number(first, where=_VERB, field="month")
    days = {
        day
        for day, place, _, _ in ledger.moves.settled
        if start <= ledger.obligations[place].due_day < day
    }
    return any(
        debt.due_date >= first and (debt.bucket is None or debt.bucket.is_stressed)
        for day in sorted(days)
        for debt in question.unpaid(to_date(day)).late_instalments
    )


def _told(
    day: date,
    code: str,
    state: ReportedState | None,
    days: int,
    arrears: Decimal,
    answer: Assessment | None = None,
) -> BureauMonth:
    late = None if answer is None else answer.explanation.find("days_past_due")
    figures: dict[str, object] = {"reported_on": day}
    if state is not None:
        figures["reason"] = state.value
    elif not days:
        figures["reason"] = "paid_in_time"
    if days:
        figures["days"] = days
    reason = Explanation("bureau_month", code, figures, (), () if late is None else (late,))
    return BureauMonth(
        reported_on=day,
        code=code,
        days_past_due=days,
        amount_past_due=arrears,
        explanation=reason,
    )
