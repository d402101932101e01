"""What a lender of the United States reports of an account in the Metro 2 format.

The one idea: the status is that of the day, the history that of the ends of the months before, and both are
read off assessments by one rule; the date of first delinquency looks back behind both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from delinquency.amounts import from_minor
from delinquency.bureau_months import BureauMonth
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.period_arithmetic import end_of_month
from delinquency.reported_states import ReportedState, StateCodes
from delinquency.reporting.first_delinquency import delinquent_since
from delinquency.reporting.situations import asked, state_code

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.reporting.credit_events import CreditEvent
    from delinquency.reporting.situations import Question, Situation

__all__ = ["Metro2Status", "metro2_status"]

_HISTORY: Final = "payment_history"
_RATING: Final = "payment_rating"
_VERB: Final = "metro2_status"


@attrs.frozen(slots=True, kw_only=True)
class Metro2Status:
    """The fields of a base segment that say how an account is paid.

    Attributes
    ----------
    account_id : str
    as_of : date
    account_status : str
    payment_rating : str or None
        ``None``, a blank, with a status that is not rated.
    payment_history_profile : str
        One character a month, the month before that of ``as_of`` first.
    date_of_first_delinquency : date or None
        ``None``, zeros, where the status is no delinquent one.
    months : tuple of BureauMonth
        The months of the profile, the last first.
    explanation : Explanation
        Each field with its reason.
    """

    account_id: str
    as_of: date
    account_status: str
    payment_rating: str | None
    payment_history_profile: str
    date_of_first_delinquency: date | None
    months: tuple[BureauMonth, ...] = attrs.field(repr=False)
    explanation: Explanation = attrs.field(repr=False)


def metro2_status(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    events: Iterable[CreditEvent] = (),
    unknown_before: date | None = None,
) -> Metro2Status:
    """Account status, payment rating, payment history and date of first delinquency at the close of a day.

    **Status.** What came about last of charge-off, collection, repossession and their like overrides age;
    without them it is the bucket of the days past due. When nothing is open or claimed any more it is the
    code that the state has once settled, else that of a settled account.

    **Rating.** With the statuses that are rated alone, by the bucket of the days past due; of an account
    that has ended, at the close before the day on which it ended.

    **History.** Each month at the close of its last day, by the same rule. Months before the account or
    before its records have no history. Every month since the account was settled shows a balance of zero.

    **First delinquency.** The first of the days on every close of which something was late, up to the close
    at which the payments are judged. It does not move while the account does not become current: a part
    payment leaves it, and so does a change of schedule, whatever the policy counts after it, until later
    money has made up for what the change closed. It is reported with delinquent statuses, and with a
    transferred or settled account that was delinquent by its rating.

    Parameters
    ----------
    account : Account
    as_of : date
        On or after the day on which the account began.
    policy : Policy or PolicyTimeline
        With codes of states, such as ``us-metro2``.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`, for each month too.
    events : iterable of CreditEvent, optional
        What the account does not tell by itself.
    unknown_before : date, optional
        Months that ended before it have no history.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A day before the account began; an event that the policy has no code for.
    PolicyNotInForceError
        No version is in force at the end of a month.
    PolicyError
        A policy without the codes.

    Notes
    -----
    Three things are choices, because the code tables do not say them: months after a charge-off, a
    collection or a repossession was paid keep its character; rating and first delinquency of an account that
    has ended are those before its end; and a delinquency begins on the first late day.

    References
    ----------
    Metro 2 Format, base segment, code tables; 15 U.S.C. 1681c(c)(1) for the date.

    Examples
    --------
    Due on 1 January and unpaid: current on the 29th day past due, 30-59 days past due on the 30th.

    >>> import delinquency as dq
    >>> schedule = dq.Schedule(dq.Currency.of("USD"), [dq.Instalment(date(2025, 1, 1), 100)])
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 1), schedule=schedule)
    >>> codes = dq.rulebook.load("us-metro2")
    >>> for day in (date(2025, 1, 30), date(2025, 1, 31), date(2025, 3, 3)):
    ...     told = metro2_status(account, as_of=day, policy=codes)
    ...     print(told.account_status, told.payment_history_profile[:4], told.date_of_first_delinquency)
    11 0BBB None
    71 0BBB 2025-01-02
    78 110B 2025-01-02
    """
    question = asked(
        account,
        as_of=as_of,
        policy=policy,
        known_on=known_on,
        events=events,
        unknown_before=unknown_before,
        verb=_VERB,
    )
    if as_of < account.originated_on:
        raise InvalidValueError.at(
            f"account {account.account_id!r}, {_VERB}",
            expected=f"as_of on or after {account.originated_on}, when the credit began",
            found=str(as_of),
        )
    situation = question.situation(as_of)
    states = _states(situation)
    status = _status(situation)
    judged = question.assessed(situation.judged_on)
    rating = judged.bucket.codes.get(_RATING, "") if status in states.rated else None
    since = None
    if _is_delinquent(situation, is_late=judged.bucket.is_stressed):
        since = delinquent_since(
            account, as_of=situation.judged_on, version=situation.answer.policy, known_on=known_on
        )
    months = tuple(
        _month(question, end_of_month(as_of, months=-back))
        for back in range(1, states.history_months + 1)
    )
    profile = "".join(month.code for month in months)
    steps = (
        _status_step(situation, status),
        _rating_step(situation, status, rating, judged.days_past_due),
        Explanation(
            "payment_history_profile", profile, {}, (), tuple(month.explanation for month in months)
        ),
        _since_step(situation, since),
    )
    figures = {"account_id": account.account_id, "as_of": as_of}
    citations = situation.answer.policy.citations
    return Metro2Status(
        account_id=account.account_id,
        as_of=as_of,
        account_status=status,
        payment_rating=rating,
        payment_history_profile=profile,
        date_of_first_delinquency=since,
        months=months,
        explanation=Explanation("metro2_status", status, figures, citations, steps),
    )


def _states(situation: Situation) -> StateCodes:
    states = situation.answer.policy.state_codes
    return StateCodes(()) if states is None else states


def _status(situation: Situation) -> str:
    policy, last = situation.answer.policy, situation.last
    if situation.is_settled:
        after = "" if last is None else state_code(policy, last).codes.get("settled", "")
        return after or state_code(policy, ReportedState.SETTLED).code
    named = "" if last is None else state_code(policy, last).code
    return named or situation.answer.bucket.code


def _character(situation: Situation) -> str:
    policy, last = situation.answer.policy, situation.last
    named = "" if last is None else state_code(policy, last).codes.get(_HISTORY, "")
    if situation.is_settled:
        named = named or state_code(policy, ReportedState.SETTLED).codes.get(_HISTORY, "")
    return named or situation.answer.bucket.codes.get(_HISTORY, "")


def _is_delinquent(situation: Situation, *, is_late: bool) -> bool:
    """Whether the status is a delinquent one; a transfer, or a settlement, is one by the rating alone."""
    policy, last = situation.answer.policy, situation.last
    if is_late:
        return True
    if last in (None, ReportedState.TRANSFERRED):
        return False
    codes = state_code(policy, last)
    return bool(codes.codes.get("settled") if situation.is_settled else codes.code)


def _month(question: Question, day: date) -> BureauMonth:
    untold = question.untold(day)
    if untold is not None:
        code = state_code(question.version, untold).codes.get(_HISTORY, "")
        figures: dict[str, object] = {"reported_on": day, "reason": untold.value}
        return BureauMonth(
            reported_on=day,
            code=code,
            days_past_due=0,
            amount_past_due=from_minor(0, question.account.currency),
            explanation=Explanation("bureau_month", code, figures),
        )
    situation = question.situation(day)
    answer, code = situation.answer, _character(situation)
    return BureauMonth(
        reported_on=day,
        code=code,
        days_past_due=answer.days_past_due,
        amount_past_due=answer.arrears,
        explanation=Explanation("bureau_month", code, {"reported_on": day} | _reasons(situation)),
    )


def _reasons(situation: Situation) -> dict[str, object]:
    """What overrides age, that the account is settled, and its days past due, as far as there are any."""
    found: dict[str, object] = {}
    days = situation.answer.days_past_due
    if situation.last is not None:
        found["reason"] = situation.last.value
    elif situation.is_settled:
        found["reason"] = ReportedState.SETTLED.value
    elif not days:
        found["reason"] = "nothing_late"
    if situation.last is not None and situation.is_settled:
        found["ended"] = ReportedState.SETTLED.value
    if days:
        found["days"] = days
    return found


def _status_step(situation: Situation, status: str) -> Explanation:
    late = situation.answer.explanation.find("days_past_due")
    steps = () if late is None else (late,)
    return Explanation("account_status", status, _reasons(situation), (), steps)


def _rating_step(situation: Situation, status: str, rating: str | None, days: int) -> Explanation:
    figures = {"status": status, "judged_on": situation.judged_on, "days_past_due": days}
    if rating is None:
        return Explanation("not_rated", status, figures)
    return Explanation("payment_rating", rating, figures)


def _since_step(situation: Situation, since: date | None) -> Explanation:
    figures = {"judged_on": situation.judged_on}
    if since is None:
        return Explanation("no_first_delinquency", situation.judged_on, figures)
    return Explanation("date_of_first_delinquency", since, figures)
