"""Whether an open-end account could be re-aged on a day, and what the account is once it was.

The one idea: a re-age within the limits ends the minimums that fell due before it, so that counting begins
anew with the next one; a re-age outside them is a fact that nothing follows. What fell due and what was paid
stand, and so does the date of first delinquency.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account, Product
from delinquency.calendar import day_number, to_date
from delinquency.concession_checks import (
    ConcessionCheck,
    Cut,
    concession_checks,
    day_of_concession,
)
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.policy_versions import policy_in_force
from delinquency.replaying import known_day_of, version_in_force

if TYPE_CHECKING:
    from delinquency.explanation import Explanation
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["ReAgeAssessment", "assess_re_age", "followed", "re_aged"]


@attrs.frozen(slots=True, eq=False)
class ReAgeAssessment:
    """What one policy says of a re-age of one account on one day.

    Attributes
    ----------
    account_id : str
    on : date
        The day of the re-age.
    in_workout : bool
        Whether it is one of a workout programme.
    known_on : date or None
    policy : Policy
        The version in force on ``on``.
    checks : tuple of ConcessionCheck
        Everything that its limits ask.
    """

    account_id: str
    on: date
    in_workout: bool
    known_on: date | None
    policy: Policy
    checks: tuple[ConcessionCheck, ...]

    @property
    def is_within_limits(self) -> bool:
        """Whether everything that is asked is met."""
        return all(check.is_met for check in self.checks)

    @property
    def unmet(self) -> tuple[ConcessionCheck, ...]:
        """What is asked and not met."""
        return tuple(check for check in self.checks if not check.is_met)

    @property
    def explanation(self) -> Explanation:
        """Each limit with what was found, and the article that sets it."""
        from delinquency.concession_reasons import explain_re_age

        return explain_re_age(self)

    def __str__(self) -> str:
        return self.explanation.sentence()


def assess_re_age(
    account: Account,
    *,
    on: date,
    policy: Policy | PolicyTimeline,
    in_workout: bool = False,
    known_on: date | None = None,
) -> ReAgeAssessment:
    """Say whether an account may be re-aged on a day, and why not.

    Asked of a day on which it was, the answer says whether it might. Minimums and payments count up to the
    close of ``on``; of payments only repayments do, since the lender may not advance the money. The
    consecutive minimums are the last that fell due, and what was paid for them is all that came after the
    due date before them. Re-ages before ``on`` that stand count, whether they were within the limits or not.

    Parameters
    ----------
    account : Account
        Of a card its minimums: :func:`~delinquency.revolving.requirements`, with the events added.
    on : date
        On or after the day on which the account began.
    policy : Policy or PolicyTimeline
        With limits of re-ageing.
    in_workout : bool, default False
        Whether it is made in a workout or debt management programme.
    known_on : date, optional
        As for :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        ``on`` before the account began.
    PolicyNotInForceError
        No version is in force on ``on``.
    PolicyError
        The policy has no limits of re-ageing.

    References
    ----------
    Uniform Retail Credit Classification and Account Management Policy (FFIEC), 65 FR 36903, re-aging of
    open-end accounts.

    Examples
    --------
    Three minimums of 50.00 were missed, three were paid; re-aged on the day of the third, not before.

    >>> from delinquency import (Currency, Finding, FindingKind, Instalment, Payment, Schedule, rulebook)
    >>> rows = [Instalment(date(2025, month, 10), 50) for month in range(1, 7)]
    >>> card = Account(account_id="C-1", originated_on=date(2024, 1, 10), product=Product.CARD,
    ...     schedule=Schedule(Currency.of("USD"), rows),
    ...     payments=[Payment(date(2025, month, 10), 50) for month in (4, 5, 6)],
    ...     events=[Finding(FindingKind.ABLE_TO_PERFORM, date(2025, 6, 1))])
    >>> policy = rulebook.load("us-ffiec-open-end")
    >>> [assess_re_age(card, on=date(2025, 6, day), policy=policy).is_within_limits for day in (9, 10)]
    [False, True]
    """
    version = version_in_force(account, on, policy, "assess_re_age")
    workout: object = in_workout
    if not isinstance(workout, bool):
        raise InvalidTypeError.at(
            "assess_re_age, in_workout", expected="True or False", found=workout
        )
    if version.re_ageing is None:
        raise PolicyError.at(
            f"policy {version.name!r}", expected="a policy with limits of re-ageing", found="none"
        )
    known = known_day_of(known_on, "assess_re_age")
    day = day_of_concession(account, on, "assess_re_age")
    return _assessed(account, day, version, Cut(day, known, known_on), in_workout=in_workout)


def re_aged(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> Account:
    """The account as its re-ages up to ``as_of`` leave it: those within the limits end older minimums.

    A minimum that fell due before the day of such a re-age is in force no longer from that day on. The same
    account where there is none, or where the policy has no limits of re-ageing. Charges beside the
    statements stay. A status does this by itself; other verbs count by the contract unless they are given
    what this returns.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    PolicyNotInForceError
        No version is in force on ``as_of``, or on the day of a re-age.

    Examples
    --------
    See :func:`assess_re_age` for the limits.

    >>> from delinquency import (Currency, Finding, FindingKind, Instalment, Payment, ReAge, Schedule,
    ...     days_past_due, rulebook)
    >>> rows = [Instalment(date(2025, month, 10), 50) for month in range(1, 7)]
    >>> day = date(2025, 6, 10)
    >>> card = Account(account_id="C-1", originated_on=date(2024, 1, 10), product=Product.CARD,
    ...     schedule=Schedule(Currency.of("USD"), rows),
    ...     payments=[Payment(date(2025, month, 10), 50) for month in (4, 5, 6)],
    ...     events=[Finding(FindingKind.ABLE_TO_PERFORM, date(2025, 6, 1)), ReAge(day)])
    >>> policy = rulebook.load("us-ffiec-open-end")
    >>> after = re_aged(card, as_of=day, policy=policy)
    >>> [days_past_due(each, as_of=day, policy=policy) for each in (card, after)]
    [61, 0]
    """
    version_in_force(account, as_of, policy, "re_aged")
    return followed(account, as_of=as_of, policy=policy, known_on=known_on)[0]


def _re_ages_of(
    account: Account, policy: Policy | PolicyTimeline, cut: Cut
) -> tuple[ReAgeAssessment, ...]:
    """Every re-age up to the cut that stands, judged by the version in force on its day."""
    found: list[ReAgeAssessment] = []
    for row in account.re_age_rows:
        if row.value_day > cut.last or not cut.stands(row.recorded_day, row.reversed_day):
            continue
        day = to_date(row.value_day)
        version = policy_in_force(policy, as_of=day, originated_on=account.originated_on)
        if version.re_ageing is not None:
            in_workout = bool(row.in_workout)
            found.append(_assessed(account, row.value_day, version, cut, in_workout=in_workout))
    return tuple(found)


def followed(
    account: Account, *, as_of: date, policy: Policy | PolicyTimeline, known_on: date | None
) -> tuple[Account, tuple[ReAgeAssessment, ...]]:
    """The account as its re-ages leave it, and what was said of each of them."""
    last = day_number(as_of, where="re_aged", field="as_of")
    told = _re_ages_of(account, policy, Cut(last, known_day_of(known_on, "re_aged"), known_on))
    return _ended(account, told), told


def _ended(account: Account, told: tuple[ReAgeAssessment, ...]) -> Account:
    """Minimums that fell due before a re-age within the limits are not in force from its day on."""
    days = [each.on for each in told if each.is_within_limits]
    if not days:
        return account
    rows = list(account.schedule)
    for place, row in enumerate(rows):
        day = next((day for day in days if row.due_date < day), None)
        if day is None or (row.in_force_from is not None and row.in_force_from >= day):
            continue
        if row.in_force_until is None or row.in_force_until > day:
            rows[place] = attrs.evolve(row, in_force_until=day)
    return attrs.evolve(account, schedule=attrs.evolve(account.schedule, instalments=rows))


def _assessed(
    account: Account, day: int, version: Policy, cut: Cut, *, in_workout: bool
) -> ReAgeAssessment:
    rule = version.re_ageing
    limits = None if rule is None else rule.workout if in_workout else rule.ordinary
    is_card = account.product is Product.CARD
    checks = [ConcessionCheck("re_age_open_end", is_card, account.product.value, {})]
    if limits is None:
        checks.append(ConcessionCheck("re_age_in_workout", is_met=False, value="none", inputs={}))
    else:
        earlier = [
            row.value_day
            for row in account.re_age_rows
            if row.value_day < day
            and row.in_workout == int(in_workout)
            and cut.stands(row.recorded_day, row.reversed_day)
        ]
        checks += concession_checks(account, day, limits, cut, earlier)
    return ReAgeAssessment(
        account.account_id, to_date(day), in_workout, cut.known_on, version, tuple(checks)
    )
