"""No figure of a packaged file can be another one without a case that notices it.

Each threshold is derived from the file, made a day, a month, a cent or a thousandth less and more, and asked of
the cases of the file: one of them must give another answer. A new threshold without a case fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import attrs
import pytest

import delinquency as dq
from delinquency import rulebook
from delinquency.policy_versions import policy_in_force
from delinquency.status.conditions import (
    Condition,
    Elapsed,
    FigureIs,
    PeriodsPaid,
    ReportedIs,
    Restructured,
)
from tests.rulebook.test_files import EDGES, OLDER_EDGES
from tests.rulebook.thresholds.case import Case
from tests.rulebook.thresholds.table import CASES
from tests.status.both_paths import asked_both_ways

NAMES = [entry.name for entry in rulebook.available()]
DAY = timedelta(days=1)

EFFECTIVE = {
    "basel-npe": ["2017-04-04"],
    "bh-cbb": [None],
    "br-352-c1": ["2025-01-01"],
    "br-352-c2": ["2025-01-01"],
    "br-352-c3": ["2025-01-01"],
    "br-352-c4": ["2025-01-01"],
    "br-352-c5": ["2025-01-01"],
    "br-4966": ["2025-01-01"],
    "cn-bureau-loan": ["2006-01-01"],
    "cn-card": ["2011-01-13"],
    "cn-loan": ["2023-07-01"],
    "cn-loan-floors": ["2023-07-01"],
    "cn-loan-2007": ["2007-07-03", "2026-01-01"],
    "cn-m-levels": [None],
    "eu-default-other": ["2021-01-01"],
    "eu-default-retail": ["2021-01-01"],
    "founding-report": [None],
    "ifrs9": ["2018-01-01"],
    "in-nbfc-base": ["2024-03-31", "2024-04-01", "2025-03-31", "2026-03-31"],
    "in-sma": ["2021-11-12", "2024-04-01"],
    "uk-default-other": ["2020-12-31", "2027-01-01"],
    "uk-default-retail": ["2020-12-31", "2027-01-01"],
    "us-ffiec-closed-end": ["2000-12-31"],
    "us-ffiec-open-end": ["2000-12-31"],
    "us-ffiec-residential": ["2000-12-31"],
    "us-metro2": ["1997-01-01"],
}
"""The first day of each version, written down apart from the files."""

OVERDUE_UP_TO = {
    first: {0: "standard", 1: "overdue", days: "overdue", days + 1: "NPA"}
    for first, days in {
        "2024-03-31": 150,
        "2024-04-01": 150,
        "2025-03-31": 120,
        "2026-03-31": 90,
    }.items()
}
"""The edges of base-layer lenders, which move with each version."""

UNNOTICED = {
    (
        "eu-default-{}, version 1, exposure, to performing: days_past_due <= 31",
        "With 31 days past due the trigger of re-entry holds already.",
    ),
    (
        "in-sma, version 1, asset class, to doubtful-3: 23 months since entering",
        "The version ended before anything was doubtful for two years under it.",
    ),
    (
        "in-sma, version 1, asset class, to doubtful-3: 25 months since entering",
        "The version ended before anything was doubtful for two years under it.",
    ),
    (
        "in-nbfc-base, version 1, asset class, to standard: arrears = 0.01",
        "The version is in force for a day, on which no NPA of before is known.",
    ),
}
"""Changes that no account can show, each with the reason."""


class Changed(NamedTuple):
    """What a file would say instead, in words, and the file that says it."""

    told: str
    policy: dq.PolicyTimeline


def steps(condition: Condition) -> Iterator[Condition]:
    """The condition with its number one step lower and one higher, where there is such a number."""
    match condition:
        case FigureIs(figure, _, value):
            yield from _with(condition, "value", value, "0.01" if figure.is_amount else "1")
        case ReportedIs(_, _, value):
            yield from _with(condition, "value", value, "0.001")
        case Restructured(dq.Proportion() as value):
            yield from _with(condition, "gave_up_over", value, "0.001")
        case Elapsed(count) | PeriodsPaid(count):
            for other in (count - 1, count + 1):
                if other:
                    yield attrs.evolve(condition, count=other)
        case _:
            return


def _with(condition: Condition, field: str, value: dq.Proportion, step: str) -> Iterator[Any]:
    exact = Decimal(value.numerator) / value.denominator
    for other in (exact - Decimal(step), exact + Decimal(step)):
        if other >= 0:
            yield attrs.evolve(condition, **{field: dq.Proportion.parse(other)})


def replaced(items: tuple[Any, ...], place: int, other: Any) -> tuple[Any, ...]:
    return (*items[:place], other, *items[place + 1 :])


def changed_files(name: str) -> Iterator[Changed]:
    """A file with one number of its status, or of its materiality, changed by a step."""
    timeline = rulebook.load(name)
    for number, version in enumerate(timeline.versions):
        where = f"{name}, version {number + 1}"
        for told, other in (*changed_rules(version), *changed_limbs(version)):
            versions = replaced(timeline.versions, number, other)
            yield Changed(f"{where}, {told}", attrs.evolve(timeline, versions=versions))


def changed_rules(version: dq.Policy) -> Iterator[tuple[str, dq.Policy]]:
    for place, machine in enumerate(version.status):
        for field in ("triggers", "exits"):
            rules = getattr(machine, field)
            for number, rule in enumerate(rules):
                for spot, condition in enumerate(rule.when):
                    for other in steps(condition):
                        new = attrs.evolve(rule, when=replaced(rule.when, spot, other))
                        one = attrs.evolve(machine, **{field: replaced(rules, number, new)})
                        status = replaced(version.status, place, one)
                        told = f"{machine.name}, to {rule.to}: {other}"
                        yield told, attrs.evolve(version, status=status)


def changed_limbs(version: dq.Policy) -> Iterator[tuple[str, dq.Policy]]:
    limbs = version.counting.materiality
    if limbs is None:
        return
    amount, share = Decimal(limbs.amount), limbs.share
    exact = Decimal(share.numerator) / share.denominator
    amounts = [amount - Decimal("0.01"), amount + Decimal("0.01")]
    shares = [exact - Decimal("0.0001"), exact + Decimal("0.0001")]
    for field, values in (("amount", amounts), ("share", [*map(str, shares)])):
        for value in values:
            if Decimal(value) >= 0:
                given: Any = dq.Proportion.parse(value) if field == "share" else value
                other = attrs.evolve(limbs, **{field: given})
                counting = attrs.evolve(version.counting, materiality=other)
                yield f"material {field} {value}", attrs.evolve(version, counting=counting)


def answered(
    case: Case, policy: dq.PolicyTimeline, ask: Callable[..., Any] = dq.assess_status
) -> dict[str, str]:
    last = date.fromisoformat(max(case.states))
    answer = ask(case.account, as_of=last, policy=policy)
    return {day: answer.on(date.fromisoformat(day), case.machine).code for day in case.states}


@pytest.mark.parametrize(
    ("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases]
)
def test_the_states_are_those_of_each_case(name: str, case: Case) -> None:
    """Of the account, and of a book of it."""
    policy = rulebook.load(name)
    assert answered(case, policy, asked_both_ways) == case.states
    alone = {
        day: answered(case._replace(states={day: ""}), policy, asked_both_ways)
        for day in case.states
    }
    assert {day: states[day] for day, states in alone.items()} == case.states


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_status_has_a_case_that_notices_a_step(name: str) -> None:
    known = {told.format(each) for told, _ in UNNOTICED for each in ("retail", "other")}
    cases = CASES.get(name, [])
    unnoticed = {
        told
        for told, policy in changed_files(name)
        if all(answered(case, policy) == case.states for case in cases)
    }
    assert sorted(unnoticed) == sorted(told for told in known if told.startswith(f"{name}, "))


@pytest.mark.parametrize("name", NAMES)
def test_every_edge_of_a_scheme_is_written_down_with_the_day_before(name: str) -> None:
    versions = rulebook.load(name).versions
    for version in versions:
        starts = [bucket.first_day for bucket in version.buckets if bucket.first_day]
        older = OLDER_EDGES.get(name) if version is not versions[-1] else None
        written = older or EDGES.get(name)
        edges = written or OVERDUE_UP_TO[str(version.validity.effective_from)]
        for first in starts:
            assert {first - 1, first} <= set(edges), (name, first)
            assert edges[first - 1] != edges[first]
            days = (first - 1, first, first + 1)
            found = [dq.classify(day, scheme=version.buckets).code for day in days]
            assert found == [edges[first - 1], edges[first], edges[first]]


@pytest.mark.parametrize("name", NAMES)
def test_every_version_begins_on_its_day(name: str) -> None:
    timeline = rulebook.load(name)
    begins = [version.validity.effective_from for version in timeline.versions]
    assert [day and str(day) for day in begins] == EFFECTIVE[name]
    for number, first in enumerate(begins):
        if first is None:
            continue
        for day in (first, first + DAY):
            until = timeline.versions[number].validity.effective_until
            if until is None or day < until:
                found = policy_in_force(timeline, as_of=day, originated_on=day)
                assert found is timeline.versions[number]
        if number:
            before = policy_in_force(timeline, as_of=first - DAY, originated_on=first)
            assert before is timeline.versions[number - 1]
        else:
            with pytest.raises(dq.PolicyNotInForceError):
                policy_in_force(timeline, as_of=first - DAY, originated_on=first)


def test_every_file_with_a_status_has_cases() -> None:
    with_status = {name for name in NAMES if rulebook.load(name).versions[-1].status}
    assert with_status == set(CASES)
    assert set(NAMES) == set(EFFECTIVE)


SWITCHES = {"cn-card": [91]}
"""From which age on a file has another order of payment."""


@pytest.mark.parametrize("name", NAMES)
def test_every_age_with_another_order_is_written_down(name: str) -> None:
    for version in rulebook.load(name).versions:
        ages = [switch.at_least for switch in version.allocation_by_age]
        assert ages == SWITCHES.get(name, [])


@pytest.mark.parametrize(
    ("days", "first"), [(90, "interest"), (91, "principal"), (92, "principal")]
)
def test_cards_of_china_settle_principal_first_from_day_91(days: int, first: str) -> None:
    due = date(2024, 3, 31)
    rows = [dq.Instalment(due, 1000, 300)]
    account = dq.Account(
        account_id="A",
        originated_on=date(2024, 3, 1),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        payments=[dq.Payment(due + days * DAY, 200)],
    )
    paid_on = account.payments[0].value_date
    told = dq.payment_settlement(
        account, value_date=paid_on, as_of=paid_on, policy=rulebook.load("cn-card")
    )
    assert [part.component.value for part in told.parts] == [first]
