"""Regimes that somebody writes for himself, by the how-to alone: forty lines of a file, and the answer of each day."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from tests.status.test_folding import late_loan
from tests.status.test_mistakes_of_files import HOUSE

HEAD = HOUSE[: HOUSE.index("[[version.status]]")]

IN_A_ROW = f"""{HEAD}
[[version.status]]
name = "cure"
state = [{{ code = "good" }}, {{ code = "watched" }}, {{ code = "default", is_performing = false }}]
[[version.status.trigger]]
to = "default"
when = ["days_past_due > 60"]
[[version.status.exit]]
leaving = ["default"]
to = "watched"
when = ["arrears = 0", "3 periods paid since last miss"]
[[version.status.exit]]
leaving = ["watched"]
to = "good"
when = ["1 months since entering"]
"""

PROBATION = f"""{HEAD}
[[version.status]]
name = "forbearance"
state = [{{ code = "plain" }}, {{ code = "probation" }}, {{ code = "failed", is_performing = false }}]
[[version.status.trigger]]
to = "probation"
when = ["restructured"]
[[version.status.trigger]]
to = "failed"
leaving = ["probation"]
when = ["days_past_due > 30"]
[[version.status.exit]]
leaving = ["probation"]
to = "plain"
when = ["12 months since restructuring, last miss", "not found financial_difficulty"]
[[version.status.exit]]
leaving = ["failed"]
to = "probation"
when = ["6 months since clearing"]
"""

TWO_QUESTIONS = f"""{HEAD}
[version.counting.materiality]
amount = "50.00"
share = "0.01"
currency = "EUR"
[[version.status]]
name = "late"
state = [{{ code = "in time" }}, {{ code = "late" }}]
[[version.status.trigger]]
to = "late"
when = ["material_days_past_due > 30"]
[[version.status]]
name = "grade"
state = [{{ code = "A" }}, {{ code = "B" }}, {{ code = "C", is_performing = false }}]
[[version.status.trigger]]
to = "B"
when = ["late in late"]
[[version.status.trigger]]
to = "C"
when = ["late in late", "found fraud"]
[[version.status.exit]]
leaving = ["C"]
to = "A"
when = ["3 months since last trigger"]
"""

ALL = date(2024, 4, 10)
"""On this day everything that is late is paid."""


def states(text: str, *payments: dq.Payment, events: tuple[object, ...] = ()) -> list[str]:
    policy = dq.rulebook.loads(text, source="house.toml")
    account = late_loan(*payments, events=events)
    told = dq.assess_status(account, as_of=date(2025, 6, 30), policy=policy)
    return [f"{span.start} {span.state.code}" for span in told.spans()]


def in_time(*months: int) -> list[dq.Payment]:
    return [dq.Payment(date(2024, month, 28), 300) for month in months]


@pytest.mark.parametrize("text", [IN_A_ROW, PROBATION, TWO_QUESTIONS])
def test_a_regime_of_ones_own_has_at_most_forty_lines(text: str) -> None:
    assert len([line for line in text.splitlines() if line]) <= 40


@pytest.mark.parametrize(
    ("june_is_paid_on", "cured_on"),
    [(date(2024, 6, 28), "2024-06-28"), (date(2024, 6, 29), "2024-06-29"), (date(2024, 6, 30), "2024-09-28")],
)  # fmt: skip
def test_three_payments_in_a_row_cure_and_a_late_one_begins_the_count_again(
    june_is_paid_on: date, cured_on: str
) -> None:
    june = dq.Payment(june_is_paid_on, 300)
    told = states(IN_A_ROW, dq.Payment(ALL, 900), june, *in_time(4, 5, 7, 8, 9, 10, 11, 12))
    assert told[:3] == ["2023-12-28 good", "2024-03-29 default", f"{cured_on} watched"]
    assert told[3].endswith(" good")


def test_exits_follow_one_another_on_one_day_unless_one_waits() -> None:
    at_once = IN_A_ROW.replace('when = ["1 months since entering"]', 'when = ["arrears = 0"]')
    paid = (dq.Payment(ALL, 900), *in_time(*range(4, 13)))
    assert states(at_once, *paid)[-1] == "2024-06-28 good"
    assert states(IN_A_ROW, *paid)[-2:] == ["2024-06-28 watched", "2024-07-28 good"]


@pytest.mark.parametrize(
    ("autumn", "told"),
    [
        (in_time(10, 11), ["2024-05-01 probation", "2025-05-01 plain"]),
        ([dq.Payment(date(2024, 11, 10), 300), *in_time(11)], ["2024-05-01 probation"]),
        (
            [dq.Payment(date(2024, 12, 10), 600)],
            ["2024-05-01 probation", "2024-11-28 failed", "2025-06-10 probation"],
        ),
    ],
)
def test_a_probation_is_passed_begun_again_or_failed(
    autumn: list[dq.Payment], told: list[str]
) -> None:
    change = dq.Restructuring(date(2024, 5, 1), date(2024, 5, 28))
    paid = (*in_time(*range(1, 10)), *autumn, *in_time(12))
    assert states(PROBATION, *paid, events=(change,))[1:] == told


def test_a_second_question_reads_the_answer_to_the_first() -> None:
    fraud = dq.Finding(dq.FindingKind.FRAUD, date(2024, 3, 15))
    paid = (dq.Payment(ALL, 900), *in_time(*range(4, 13)))
    assert states(TWO_QUESTIONS, *paid) == ["2023-12-28 A", "2024-02-28 B", "2024-04-10 A"]
    assert states(TWO_QUESTIONS, *paid, events=(fraud,)) == [
        "2023-12-28 A",
        "2024-02-28 B",
        "2024-03-15 C",
        "2024-07-10 A",
    ]
