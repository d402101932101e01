"""The job without arguments, and the list of policies."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import delinquency as dq
from delinquency.cli.files import read_table
from delinquency.cli.interpreter import interpreter
from delinquency.cli.main import main
from delinquency.cli.summary import matter_most
from delinquency.cli.telling import WarningTeller
from delinquency.cli.words import WORDS
from delinquency.portfolio import InterpretedKernelWarning, ageing
from delinquency.sample_book import SAMPLE_AS_OF, SAMPLE_SIZE, sample_book
from delinquency.text_layout import display_width


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
    assert sum(row.exposure_share for row in table.rows) == pytest.approx(1)
    assert table.rows[1].exposure_share == float(table.rows[1].exposure / table.exposure)


def test_the_ageing_table_names_its_money_and_stands_in_line_in_both_languages(
    answer: dq.portfolio.PortfolioAssessment,
) -> None:
    table = ageing(answer)
    for lang, heads in (
        ("en", ["bucket", "accounts", "accounts %", "arrears CNY", "exposure CNY", "exposure %"]),
        ("zh", ["级别", "户数", "户数占比", "逾期金额 CNY", "风险敞口 CNY", "敞口占比"]),
    ):
        head, *rows = table.to_text(lang=lang).splitlines()
        assert re.split(r" {2,}", head) == heads
        assert len({display_width(line) for line in (head, *rows[:-1])}) == 1
    assert [line.split()[0] for line in rows[:-1]] == [
        "未逾期", "逾期1-30天", "逾期31-60天", "逾期61-90天", "逾期超过90天", "合计",
    ]  # fmt: skip
    assert all(f"<th>{head}</th>" in table._repr_html_() for head in ("accounts %", "arrears CNY"))


def test_arrears_of_accounts_of_day_0_are_explained_below_the_table(
    answer: dq.portfolio.PortfolioAssessment,
) -> None:
    told = "Arrears of current accounts: suspended, within grace, or tolerated."
    assert ageing(answer).to_text().splitlines()[-1] == told
    assert f"<p>{told}</p>" in ageing(answer)._repr_html_()
    paid_up = dq.portfolio.assess(
        answer.book.take(np.flatnonzero(answer.arrears == 0)),
        as_of=SAMPLE_AS_OF,
        policy=dq.rulebook.load("founding-report"),
    )
    assert "Arrears of" not in ageing(paid_up).to_text()
    in_months = dq.portfolio.assess(
        answer.book, as_of=SAMPLE_AS_OF, policy=dq.rulebook.load("us-metro2")
    )
    assert "Arrears of" not in ageing(in_months).to_text()


def test_the_accounts_that_matter_most_lead_by_arrears_times_days(
    answer: dq.portfolio.PortfolioAssessment,
) -> None:
    top = matter_most(answer, 10)
    weights = [int(answer.arrears[row]) * int(answer.delinquent_days[row]) for row in top]
    assert weights == sorted(weights, reverse=True)
    everything = answer.arrears.astype(object) * answer.delinquent_days
    assert weights[0] == max(everything)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["days past due", "5,000 accounts on 2025-06-30", "Why:", "What to type next"]),
        ("zh", ["逾期金额", "2025-06-30 日终，5,000 户", "理由：", "接下来可以依次输入"]),
    ],
)
def test_the_main_job_prints_table_top_accounts_reason_and_what_is_next(
    lang: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", lang]) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in words)
    if lang == "zh":
        own = [line for line in out.splitlines() if not line.startswith("  ")]
        assert not [line for line in own if re.match("[A-Za-z]", line)]


def test_every_word_of_the_command_line_is_there_in_both_languages_with_the_same_figures() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for name, text in WORDS["en"].items():
        figures = re.findall(r"{\w+}", text)
        assert sorted(figures) == sorted(re.findall(r"{\w+}", WORDS["zh"][name])), name


def test_what_to_type_next_can_be_pasted_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    printed = capsys.readouterr().out.split("What to type next, one after the other:\n")[1]
    done = subprocess.run(
        ["sh", "-e", "-c", printed], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "The sample book is in sample-book" in done.stdout
    assert "5,000 accounts written to sample-book/assessed.csv" in done.stdout
    assert "账户 L004747，2025-06-30 日终：损失。" in done.stdout
    assert (tmp_path / "sample-book" / "assessed.csv").exists()


def test_the_interpreter_is_typed_as_it_is_found_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "my env" / "bin" / "python"))
    monkeypatch.chdir(tmp_path)
    assert interpreter() == "'my env/bin/python'"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert interpreter() == f"'{tmp_path}/my env/bin/python'"


def test_the_sample_as_files_is_the_sample_book(tmp_path: Path) -> None:
    assert main(["sample", "--out", str(tmp_path / "new" / "folder")]) == 0
    paths = {path.stem: path for path in (tmp_path / "new" / "folder").iterdir()}
    assert set(paths) == {"accounts", "contract_rates", "instalments", "payments", "suspensions"}
    tables = {name: read_table(path) for name, path in paths.items()}
    assert list(dq.frames.read(**tables, currency="CNY")) == list(sample_book())
    assert main(["sample", "--out", str(tmp_path / "new" / "folder")]) == 0


def test_the_sample_overwrites_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "payments.csv").write_text("mine")
    assert main(["sample", "--out", str(tmp_path)]) == 2
    assert "a folder where nothing else is overwritten" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["payments.csv"]


def test_the_hint_how_to_be_faster_comes_last(capsys: pytest.CaptureFixture[str]) -> None:
    teller = WarningTeller()
    teller(InterpretedKernelWarning("slow"))
    teller(dq.UnverifiedPolicyWarning("nobody compared it"))
    assert capsys.readouterr().err == "warning: nobody compared it\n"
    teller.tell_hint(lang="zh", python="python")
    assert capsys.readouterr().err.startswith("提示：安装 numba")
    quick = WarningTeller()
    quick.tell_hint(lang="en", python="python")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("lang", "word"), [("en", "Order of payment"), ("zh", "冲抵顺序")])
def test_one_policy_is_shown_with_its_bands_and_sources(
    lang: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policies", "show", "cn-loan", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert word in out
    assert "次级" in out
    assert main(["policies", "show", "cn-lone"]) == 2
    assert "Did you mean 'cn-loan'?" in capsys.readouterr().err


def test_policies_lists_the_rulebook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policies"]) == 0
    out = capsys.readouterr().out
    assert all(entry.name in out for entry in dq.rulebook.available())


def test_an_unknown_command_exits_with_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["asses"])
    assert stopped.value.code == 2
