"""The published figures, answered for one account at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from delinquency import (
    CountingSuspension,
    InvalidValueError,
    assess,
    instalment_ages,
    months_and_days,
    next_payment_due,
)
from tests.vectors import fineract, lending, regulatory
from tests.vectors.cases import Case, all_cases, collection_cases
from tests.vectors.published import needs_folder
from tests.vectors.status import DEDICATED, STATUS
from tests.vectors.worked_examples.table import TABLE

CASES = all_cases()


def answer(case: Case) -> dict[str, Any]:
    """What the library says, for the fields that the source states."""
    assessment = assess(case.account, as_of=case.as_of, policy=case.policy)
    return {field: _answers[field](case, assessment) for field in case.expected}


def _delinquent_date(case: Case, assessment: Any) -> date | None:
    oldest = assessment.oldest_due_date
    return oldest and oldest + timedelta(days=case.policy.counting.grace_days)


def _instalment_buckets(case: Case, _: Any) -> Mapping[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for row in instalment_ages(case.account, as_of=case.as_of, policy=case.policy):
        if row.bucket.is_stressed:
            totals[row.bucket.code] = totals.get(row.bucket.code, Decimal(0)) + row.open_amount
    return totals


def _next_payment(case: Case) -> Any:
    found = next_payment_due(case.account, as_of=case.as_of, policy=case.policy)
    assert found is not None
    return found


_answers = {
    "days_past_due": lambda _, assessment: assessment.days_past_due,
    "delinquent_days": lambda _, assessment: assessment.delinquent_days,
    "arrears": lambda _, assessment: assessment.arrears,
    "bucket": lambda _, assessment: assessment.bucket.code,
    "delinquent_date": _delinquent_date,
    "instalment_buckets": _instalment_buckets,
    "next_payment_date": lambda case, _: _next_payment(case).due_date,
    "next_payment_amount": lambda case, _: _next_payment(case).amount,
    "reading": lambda _, assessment: assessment.reading,
    "months_and_days": lambda case, assessment: months_and_days(
        assessment.oldest_due_date, case.as_of
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_is_the_figure_that_was_published(case: Case) -> None:
    found = answer(case)
    explanation = assess(case.account, as_of=case.as_of, policy=case.policy).explanation
    assert found == dict(case.expected), f"{case.source}\n{explanation.to_text()}"


def test_every_case_has_an_id_of_its_own() -> None:
    ids = [case.id for case in CASES]
    assert len(set(ids)) == len(ids)


@needs_folder
def test_a_band_of_the_account_status_carries_its_other_codes() -> None:
    by_days = {case.as_of: case for case in lending.cases() if case.published_id == "MET-01"}
    found = [
        assess(case.account, as_of=day, policy=case.policy).bucket.codes["payment_rating"]
        for day, case in sorted(by_days.items())
    ]
    assert found == sorted(list("0123456") * 2)


@needs_folder
class TestTheOlderPauseRule:
    """Before October 2025 the source took away pause days outside the late days as well.

    Ours takes away the days that the suspension shares with the late days, for each debt by itself.
    """

    SUPERSEDED: ClassVar = {case.id: case for case in fineract.superseded_cases()}

    def test_exactly_the_steps_that_the_source_marks_are_superseded(self) -> None:
        assert set(self.SUPERSEDED) == {
            "dq-pause-full#33",
            "dq-pause-late-cured-then-resume-legacy#34",
            "dq-pause-late-cured-then-resume-legacy#35",
        }

    def test_a_pause_before_the_late_days_takes_nothing_away(self) -> None:
        case = self.SUPERSEDED["dq-pause-late-cured-then-resume-legacy#34"]
        assert case.expected["delinquent_days"] == 8
        # Due 16 October, paused 6 to 25 October: 30 - 9 - 3, where 30 - 19 - 3 was published.
        assert answer(case) == {**case.expected, "delinquent_days": 18}

    @pytest.mark.parametrize(
        ("step", "ours"),
        [
            ("dq-pause-full#33", {"RANGE_1": Decimal(250), "RANGE_3": Decimal(250)}),
            ("dq-pause-late-cured-then-resume-legacy#35", {"RANGE_3": Decimal(500)}),
        ],
    )
    def test_each_instalment_is_paused_for_its_own_late_days_only(
        self, step: str, ours: dict[str, Decimal]
    ) -> None:
        case = self.SUPERSEDED[step]
        assert case.expected["instalment_buckets"] == {"RANGE_3": Decimal(250)}
        assert answer(case)["instalment_buckets"] == ours


@needs_folder
def test_a_pause_that_overlaps_another_is_refused() -> None:
    published = fineract.timeline(fineract.ERRORS)
    refused = published["timeline"][-1]
    account = fineract.account_at(published, refused["seq"])
    second = CountingSuspension(
        date.fromisoformat(refused["start"]), date.fromisoformat(refused["end"])
    )
    with pytest.raises(InvalidValueError, match="Suspensions may touch, not overlap"):
        type(account)(
            account_id=account.account_id,
            originated_on=account.originated_on,
            schedule=account.schedule,
            events=(*account.events, second),
        )


@needs_folder
class TestTheStatusTable:
    def test_it_names_every_case_of_the_collection_and_no_other(self) -> None:
        published = [
            *fineract.published_ids(),
            *lending.published_ids(),
            *regulatory.published_ids(),
        ]
        assert sorted(STATUS) == sorted(published)

    def test_every_case_that_passed_is_run(self) -> None:
        run = {case.published_id for case in collection_cases()} | set(TABLE)
        passed = {name for name, status in STATUS.items() if status.state == "passed"}
        assert passed - run == set(DEDICATED)

    def test_the_dedicated_tests_exist(self) -> None:
        assert all(callable(globals()[test]) for test in DEDICATED.values())

    def test_what_is_not_passed_says_what_it_waits_for(self) -> None:
        for name, status in STATUS.items():
            assert status.state in ("passed", "elsewhere"), name
            assert (status.state == "passed") or (status.capability and status.note), name
