"""The job without arguments, and the list of policies."""

from __future__ import annotations

import numpy as np
import pytest

import delinquency as dq
from delinquency.cli.main import main
from delinquency.cli.summary import matter_most
from delinquency.portfolio import ageing
from delinquency.sample_book import SAMPLE_AS_OF, SAMPLE_SIZE, sample_book


@pytest.fixture(scope="module")
def answer() -> dq.portfolio.PortfolioAssessment:
    policy = dq.rulebook.load("founding-report")
    return dq.portfolio.assess(sample_book(), as_of=SAMPLE_AS_OF, policy=policy)


def test_the_sample_book_is_the_same_every_time() -> None:
    first, second = sample_book(300), sample_book(300)
    assert list(first) == list(second)
    assert list(sample_book(300, seed=2)) != list(first)


def test_six_to_ten_percent_of_the_sample_are_past_due(
    answer: dq.portfolio.PortfolioAssessment,
) -> None:
    share = np.count_nonzero(answer.days_past_due) / SAMPLE_SIZE
    assert 0.06 <= share <= 0.10


def test_the_sample_shows_every_behaviour(answer: dq.portfolio.PortfolioAssessment) -> None:
    book = answer.book
    accounts = [book.account(row) for row in range(0, len(book), 5)]
    assert any(payment.reversed_on for account in accounts for payment in account.payments)
    assert any(account.events for account in accounts)
    assert any(answer.delinquent_days < answer.days_past_due)
    settled_early = [
        account
        for account in accounts
        if sum(payment.amount for payment in account.payments if not payment.reversed_on)
        >= account.schedule.total
        and account.schedule[-1].due_date > SAMPLE_AS_OF
    ]
    assert settled_early
    assert set(np.unique(answer.bucket)) == set(range(5))


def test_the_ageing_table_adds_up(answer: dq.portfolio.PortfolioAssessment) -> None:
    table = ageing(answer)
    assert sum(row.accounts for row in table.rows) == table.accounts == SAMPLE_SIZE
    assert sum(row.arrears for row in table.rows) == table.arrears
    assert sum(row.exposure for row in table.rows) == table.exposure
    assert table.arrears == sum(
        (answer.row(int(row)).arrears for row in np.flatnonzero(answer.arrears)), start=0
    )
    assert "户数" in table.to_text(lang="zh")
    assert "<table>" in table._repr_html_()


def test_the_accounts_that_matter_most_lead_by_arrears_times_days(
    answer: dq.portfolio.PortfolioAssessment,
) -> None:
    top = matter_most(answer, 10)
    weights = [int(answer.arrears[row]) * int(answer.delinquent_days[row]) for row in top]
    assert weights == sorted(weights, reverse=True)
    everything = answer.arrears.astype(object) * answer.delinquent_days
    assert weights[0] == max(everything)


@pytest.mark.parametrize(("lang", "words"), [("en", "days past due"), ("zh", "逾期金额")])
def test_the_main_job_prints_table_top_accounts_reason_and_what_is_next(
    lang: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", lang]) == 0
    out = capsys.readouterr().out
    assert words in out
    assert "5,000 accounts on 2025-06-30" in out
    assert "What to type next" in out


def test_policies_lists_the_rulebook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policies"]) == 0
    out = capsys.readouterr().out
    assert all(entry.name in out for entry in dq.rulebook.available())


def test_an_unknown_command_exits_with_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["asses"])
    assert stopped.value.code == 2
