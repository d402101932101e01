"""The status of a debtor with all accounts, and of each account with it.

The one idea: a machine that judges obligors is folded once, over the figures and facts of all accounts
together; its states are then given to every account, whose own machines may read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import attrs

from delinquency.account import Account, Segment
from delinquency.calendar import day_number
from delinquency.counting.materiality import MaterialRule
from delinquency.currency import Currency
from delinquency.errors import InvalidValueError, PolicyError
from delinquency.exchange_rates import converted, rate_of
from delinquency.known_account import KnownAccount, known_account
from delinquency.level import Level
from delinquency.obligor import Obligor
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline, versions_between
from delinquency.replaying import named_errors
from delinquency.rounding import Proportion
from delinquency.status.combining import Part, combined_stretches
from delinquency.status.conditions import Figure, FigureIs, Found, ReportedIs, SegmentIs
from delinquency.status.facts import StatusFacts, facts_of
from delinquency.status.folding import Era, GivenState, Known, fold
from delinquency.status.machine import StatusMachine
from delinquency.status.security import united_security
from delinquency.status.stretches import Stretch, from_day
from delinquency.status.uniting import excused_spans, united_facts
from delinquency.status_answer import StatusAssessment
from delinquency.status_assessment import assess_status

__all__ = ["Sums", "check_levels", "statuses_of_obligor"]

Version = tuple[int, int, Policy]
"""Its first and last day, and what was in force."""

_WHERE: Final = "assess_obligor"


class Sums(NamedTuple):
    """How amounts of accounts become amounts of their debtor."""

    currency: Currency
    rates: Mapping[Currency, Proportion]


class _Question(NamedTuple):
    """What is asked of a debtor."""

    obligor_id: str
    as_of: date
    policy: Policy | PolicyTimeline
    known_on: date | None
    sums: Sums
    accounts: tuple[KnownAccount, ...]
    versions: tuple[Version, ...]


def statuses_of_obligor(
    accounts: Sequence[Account],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    sums: Sums,
) -> tuple[StatusAssessment | None, tuple[StatusAssessment, ...]]:
    """The status of a debtor, if a machine judges obligors, and those of the accounts.

    ``accounts`` had begun by ``as_of`` and are judged by versions with a status.

    Raises
    ------
    InvalidValueError
        Two values of one reported figure; an amount beyond 10**15 minor units once it is converted.
    CurrencyError
        A currency without a rate.
    PolicyError
        A machine judges obligors by versions that differ between the accounts, in some versions only, by the
        segment where that of the accounts differs, or by material days in another currency than that of the
        sums.
    """
    last = day_number(as_of, where=_WHERE, field="as_of")
    of_each = [
        tuple(versions_between(policy, each.originated_day, last, originated_on=each.originated_on))
        for each in accounts
    ]
    judging = (_judging(version, Level.OBLIGOR) for told in of_each for _, _, version in told)
    if not any(judging):
        alone = (
            assess_status(each, as_of=as_of, policy=policy, known_on=known_on) for each in accounts
        )
        return None, tuple(alone)
    versions = min(of_each, key=lambda told: told[0][0])
    _check_versions([told[-1][2] for told in of_each], versions)
    known: list[KnownAccount] = []
    for each in accounts:
        with named_errors(each):
            known.append(known_account(each, as_of=as_of, policy=policy, known_on=known_on))
    question = _Question(
        accounts[0].obligor_id, as_of, policy, known_on, sums, tuple(known), versions
    )
    whole = _of_obligor(question)
    return whole, tuple(_of_account(each, question, whole) for each in known)


def _judging(version: Policy, level: Level) -> tuple[StatusMachine, ...]:
    return tuple(machine for machine in version.status if machine.level is level)


def _check_versions(of_accounts: Sequence[Policy], versions: Sequence[Version]) -> None:
    """Refuse what leaves open by which rule the debtor is judged."""
    told = dict.fromkeys(each.version for each in of_accounts)
    if len(told) > 1:
        raise PolicyError.at(
            f"policy {of_accounts[0].name!r}, status",
            expected="one version for all accounts of an obligor",
            found=", ".join(told),
            hint="The version goes by the day on which an account began; a debtor is judged by one.",
        )
    check_levels([policy for _, _, policy in versions])


def check_levels(policies: Sequence[Policy]) -> None:
    """Refuse versions of which a machine judges obligors in one and accounts in another.

    Raises
    ------
    PolicyError
        There are such.
    """
    levels = [[(each.name, each.level) for each in policy.status] for policy in policies]
    if any(each != levels[-1] for each in levels):
        raise PolicyError.at(
            f"policy {policies[-1].name!r}, status",
            expected="the same machines, each of the same level, in every version",
            found="others in " + ", ".join(policy.version for policy in policies),
            hint="A status goes on over a change of law by machine, for accounts or for obligors.",
        )


def _of_obligor(question: _Question) -> StatusAssessment:
    """The answer of the machines that judge obligors."""
    segment = _segment(question)
    of_accounts: dict[str, list[Stretch]] = {
        each.known.account_id: [] for each in question.accounts
    }
    eras = [_era_of_obligor(question, version, of_accounts) for version in question.versions]
    currency = question.sums.currency
    known = Known(
        _facts(question, of_accounts),
        sorted({day for each in question.accounts for day in each.due_days}),
        10**currency.minor_unit,
        "" if segment is None else segment.value,
    )
    accounts = tuple(each.account for each in question.accounts)
    return StatusAssessment(
        Obligor(question.obligor_id, accounts, currency, segment, of_accounts),
        question.as_of,
        question.known_on,
        tuple(policy for _, _, policy in question.versions),
        fold(eras, known),
    )


def _era_of_obligor(
    question: _Question, version: Version, of_accounts: Mapping[str, list[Stretch]]
) -> Era:
    """The days of one version; the stretches of each account are added to its list."""
    start, end, policy = version
    machines = _judging(policy, Level.OBLIGOR)
    material = _material(question, policy, machines)
    parts: list[Part] = []
    for each in question.accounts:
        begun = each.known.originated_day
        if begun > end:
            continue
        since = begun if material is not None else max(begun, start)
        with named_errors(each.known):
            rows = each.stretches(policy, since, end, counts_material=False)
        parts.append(Part(rows, _convert(each.known, question.sums), each.is_suspended))
        of_accounts[each.known.account_id].extend(_cut(rows, start))
    return Era(machines, _cut(combined_stretches(parts, material), start))


def _facts(question: _Question, of_accounts: Mapping[str, Sequence[Stretch]]) -> StatusFacts:
    """The facts of all accounts as those of their debtor."""
    known_day = question.accounts[0].known_day
    accounts = [each.known for each in question.accounts]
    figures = _figures_read(question.versions)
    facts = united_facts(accounts, known_day, figures=figures)
    security = united_security(
        accounts,
        known_day,
        figures=figures,
        convert=[_convert(each, question.sums) for each in accounts],
    )
    excused = excused_spans(
        [facts_of(each, known_day).findings for each in accounts],
        list(of_accounts.values()),
        _excuses(question.versions),
    )
    return attrs.evolve(facts, excused=excused, security=security)


def _of_account(
    account: KnownAccount, question: _Question, whole: StatusAssessment
) -> StatusAssessment:
    """The answer for one account: what is said of its debtor, and what its own machines say."""
    given = {
        machine.name: [
            GivenState(span.change.day, span.state.code) for span in whole.spans(machine.name)
        ]
        for machine in whole.machines
    }
    begun = account.known.originated_day
    with named_errors(account.known):
        eras = [
            _era_of_account(account, (max(start, begun), end, version))
            for start, end, version in question.versions
            if begun <= end
        ]
        facts = facts_of(account.known, account.known_day)
        scale = 10**account.known.currency.minor_unit
        known = Known(facts, account.due_days, scale, account.known.segment.value, given)
        folded = fold(eras, known)
    before = len(question.versions) - len(eras)
    folded.changes = [
        [change._replace(era=change.era + before) for change in changes]
        for changes in folded.changes
    ]
    return StatusAssessment(
        account.account,
        question.as_of,
        question.known_on,
        whole.policies,
        folded,
        re_ages=account.re_ages,
        obligor=whole,
    )


def _era_of_account(account: KnownAccount, version: Version) -> Era:
    start, end, policy = version
    machines = _judging(policy, Level.ACCOUNT)
    counts = any(map(_reads_material_days, machines))
    return Era(machines, account.stretches(policy, start, end, counts_material=counts))


def _reads_material_days(machine: StatusMachine) -> bool:
    return any(
        isinstance(each, FigureIs) and each.figure is Figure.MATERIAL_DAYS_PAST_DUE
        for each in machine.conditions()
    )


def _material(
    question: _Question, version: Policy, machines: Sequence[StatusMachine]
) -> MaterialRule | None:
    """When the sums are material; ``None`` where no machine asks."""
    rule, currency = version.counting.materiality, question.sums.currency
    if rule is None or not any(map(_reads_material_days, machines)):
        return None
    if rule.currency != currency:
        raise PolicyError.at(
            f"policy {version.name!r}, counting, materiality",
            expected=f"sums in {rule.currency.code}",
            found=currency.code,
            hint=f'Ask with currency=Currency.of("{rule.currency.code}"), and the rates into it.',
        )
    return rule.in_minor_units(currency)


def _segment(question: _Question) -> Segment | None:
    """That of all accounts, if a rule asks or they are of one."""
    segments = {each.known.segment for each in question.accounts}
    if len(segments) == 1:
        return segments.pop()
    for _, _, version in question.versions:
        for machine in _judging(version, Level.OBLIGOR):
            if any(isinstance(each, SegmentIs) for each in machine.conditions()):
                raise InvalidValueError.at(
                    f"{_WHERE}, obligor {question.obligor_id!r}",
                    expected=f"accounts of one segment, which status {machine.name!r} reads",
                    found=", ".join(sorted(segment.value for segment in segments)),
                    hint="Say as which segment the debtor is judged: attrs.evolve(account, segment=...).",
                )
    return None


def _excuses(versions: Sequence[Version]) -> frozenset[str]:
    """The findings without which alone a trigger of obligors holds."""
    return frozenset(
        condition.kind
        for _, _, version in versions
        for machine in _judging(version, Level.OBLIGOR)
        for trigger in machine.triggers
        for condition in trigger.when
        if isinstance(condition, Found) and not condition.is_found
    )


def _figures_read(versions: Sequence[Version]) -> frozenset[str]:
    """The reported figures that the machines of obligors read."""
    return frozenset(
        condition.name
        for _, _, version in versions
        for machine in _judging(version, Level.OBLIGOR)
        for condition in machine.conditions()
        if isinstance(condition, ReportedIs)
    )


def _convert(account: Account, sums: Sums) -> Callable[[int], int]:
    """Minor units of an account in minor units of the sums."""
    where = f"{_WHERE}, account {account.account_id!r}"
    rate = rate_of(account.currency, sums.rates, sums.currency, where=where)

    def convert(minor: int) -> int:
        return converted(minor, account.currency, rate, sums.currency, where=where)

    return convert


def _cut(rows: Sequence[Stretch], first: int) -> tuple[Stretch, ...]:
    """The days of some stretches from a day on."""
    return tuple(from_day(row, first) for row in rows if row.end > first)
