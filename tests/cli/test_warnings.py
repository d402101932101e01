"""``python -m delinquency warnings``: rules of early warning listed, shown, and put to observations in JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_OK, main
from delinquency.early_warning import Observations, available_warning_rules, load_warning_rules
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.describe import to_text
from delinquency.serialization import EarlyWarningRecord

OBSERVATIONS = {
    "account_id": "A-1",
    "dates": ["2025-05-31", "2025-06-30"],
    "observed": [{"name": "days_past_due", "values": [0, 5]}],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "seen.json"
    path.write_text(json.dumps(OBSERVATIONS), encoding="utf-8")
    return path


def answer():
    seen = serialization.from_dict(Observations, OBSERVATIONS)
    return dq.early_warning_signals(seen, rules=load_warning_rules("sama"))


def judge(file: Path, *more: str, rules: str = "sama") -> int:
    return main(["warnings", "judge", str(file), "--rules", rules, *more])


def test_the_packaged_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["warnings"]) == EXIT_OK
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(available_warning_rules())
    assert main(["warnings", "--lang", "zh"]) == EXIT_OK
    assert load_warning_rules("sama").title_zh in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_file_of_rules_is_shown(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["warnings", "show", "sama", "--lang", lang]) == EXIT_OK
    assert capsys.readouterr().out == to_text(load_warning_rules("sama"), lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_observations_are_judged_and_the_reasons_printed(
    file: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(file, "--lang", lang) == EXIT_OK
    assert capsys.readouterr().out == answer().explanation.to_text(lang=lang) + "\n"


def test_the_record_is_printed_and_written(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.parent / "record.json"
    assert judge(file, "--json", "--out", str(out)) == EXIT_OK
    record = EarlyWarningRecord.of(answer())
    for text in (capsys.readouterr().out, out.read_text(encoding="utf-8")):
        assert serialization.from_json(EarlyWarningRecord, text) == record


def test_one_account_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "seen.jsonl"
    lines = [json.dumps({**OBSERVATIONS, "account_id": name}) for name in ("A-1", "A-2")]
    file.write_text("\n".join((lines[0], "", lines[1])) + "\n", encoding="utf-8")
    assert judge(file, "--json") == EXIT_OK
    told = [
        serialization.from_json(EarlyWarningRecord, line)
        for line in capsys.readouterr().out.splitlines()
    ]
    assert [record.observations.account_id for record in told] == ["A-1", "A-2"]
    out = tmp_path / "records.jsonl"
    assert judge(file, "--out", str(out)) == EXIT_OK
    assert str(out) in capsys.readouterr().out.splitlines()[-1]
    written = [
        serialization.from_json(EarlyWarningRecord, line)
        for line in out.read_text(encoding="utf-8").splitlines()
    ]
    assert written == told
    file.write_text(lines[0] + "\n", encoding="utf-8")
    assert judge(file, "--out", str(out)) == EXIT_OK
    assert out.read_text(encoding="utf-8").count("\n") == 1
    capsys.readouterr()
    file.write_text("\n".join((*lines, "{}")), encoding="utf-8")
    assert judge(file) == EXIT_BAD_INPUT
    assert "seen.jsonl, line 3" in capsys.readouterr().err
    file.write_text("\n", encoding="utf-8")
    assert judge(file) == EXIT_BAD_INPUT
    assert "expected observations of an account, found none" in capsys.readouterr().err


def test_rules_that_were_never_compared_warn(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(file, rules="eba-2020-06") == EXIT_OK
    assert "was never compared with the official text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "expected a JSON document"),
        (b"\xff", "expected a JSON document"),
        (b"[]", "expected an object"),
        (b'{"account_id": "A-1", "dates": ["2025-05-31"], "observed": [{"name": "days_past_dew", "values": [1]}]}', "Did you mean 'days_past_due'?"),
    ],
)  # fmt: skip
def test_a_bad_document_is_told_with_its_file(
    file: Path, content: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)
    assert judge(file) == EXIT_BAD_INPUT
    told = capsys.readouterr().err
    assert str(file) in told
    assert message in told


def test_what_cannot_be_carried_out_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(file, rules="samma") == EXIT_BAD_INPUT
    assert "Did you mean 'sama'?" in capsys.readouterr().err
    assert judge(file.parent / "nowhere.json") == EXIT_BAD_INPUT
    assert "nowhere.json" in capsys.readouterr().err
    assert judge(file, "--out", str(file)) == EXIT_BAD_INPUT
    assert "expected a file of its own" in capsys.readouterr().err
    assert json.loads(file.read_text(encoding="utf-8")) == OBSERVATIONS
    assert main(["warnings", "show", "samma"]) == EXIT_BAD_INPUT


def test_the_record_is_kept_though_nobody_reads_what_is_printed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    out = file.parent / "record.json"
    monkeypatch.setattr("delinquency.cli.main._silence_stdout", lambda: None)
    monkeypatch.setattr("sys.stdout", Closed())
    assert judge(file, "--out", str(out)) == EXIT_OK
    record = serialization.from_json(EarlyWarningRecord, out.read_text(encoding="utf-8"))
    assert record == EarlyWarningRecord.of(answer())


OWN_RULES = """
id = "house"
[observation.visits]
unit = "times"
meaning = "visits of a collector"
meaning_zh = "上门次数"
[[rule]]
id = "visited"
when = "visits >= 2"
family = "behaviour"
severity = "yellow"
says = "A collector came twice."
"""


@pytest.fixture
def own_rules(tmp_path: Path) -> str:
    path = tmp_path / "house.toml"
    path.write_text(OWN_RULES, encoding="utf-8")
    return str(path)


def visited(file: Path, count: object, **more: object) -> None:
    observed = [{"name": "visits", "values": [count, count]}]
    content = {**OBSERVATIONS, "observed": observed, **more}
    file.write_text(json.dumps(content), encoding="utf-8")


def test_what_the_rules_declare_need_not_be_declared_again(
    file: Path, own_rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    visited(file, 2)
    assert judge(file, "--json", rules=own_rules) == EXIT_OK
    record = serialization.from_json(EarlyWarningRecord, capsys.readouterr().out)
    (term,) = record.observations.terms.values()
    assert (term.name, term.meaning_zh) == ("visits", "上门次数")
    visited(file, 1, own_terms=[{"name": "visits", "unit": "times", "meaning": "mine"}])
    assert judge(file, "--json", rules=own_rules) == EXIT_OK
    record = serialization.from_json(EarlyWarningRecord, capsys.readouterr().out)
    assert [term.meaning for term in record.observations.terms.values()] == ["mine"]
    for wrong in ([1], 3, [{"values": [1]}]):
        file.write_text(json.dumps({**OBSERVATIONS, "observed": wrong}), encoding="utf-8")
        assert judge(file, rules=own_rules) == EXIT_BAD_INPUT
        assert "$.observed" in capsys.readouterr().err


def test_hints_speak_of_documents_and_files(
    file: Path, own_rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    visited(file, 2)
    assert judge(file) == EXIT_BAD_INPUT
    told = capsys.readouterr().err
    assert (
        'Declare it: [observation.visits] in the file of rules, or "own_terms" in the document.'
        in told
    )
    observed = [{"name": "arrears", "values": ["1.00", "2.00"]}]
    file.write_text(json.dumps({**OBSERVATIONS, "observed": observed}), encoding="utf-8")
    assert judge(file) == EXIT_BAD_INPUT
    assert 'Say "currency" in the document.' in capsys.readouterr().err
    slip = OWN_RULES.replace("visits >= 2", "xyzzy >= 2")
    Path(own_rules).write_text(slip, encoding="utf-8")
    assert main(["warnings", "show", own_rules]) == EXIT_BAD_INPUT
    told = capsys.readouterr().err
    assert "Declare it: [observation.xyzzy] in a file." in told
    assert "ObservationTerm" not in told


def test_names_of_observations_are_shown_beside_their_meaning(
    own_rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["warnings", "show", "sama"]) == EXIT_OK
    assert "\n  unemployed (flag, outside): the borrower lost the job\n" in capsys.readouterr().out
    assert main(["warnings", "show", own_rules]) == EXIT_OK
    shown = capsys.readouterr().out
    assert "\n  visits (times, declared in this file): visits of a collector\n" in shown
    assert main(["warnings", "show", own_rules, "--lang", "zh"]) == EXIT_OK
    assert "\n  visits（times，由本文件声明）：上门次数\n" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_catalogue_of_observations_is_listed(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["warnings", "observations", "--lang", lang]) == EXIT_OK
    lines = capsys.readouterr().out.splitlines()[1:]
    for line, term in zip(lines, CATALOGUE.values(), strict=True):
        assert line.startswith(f"  {term.name}")
        assert line.endswith(term.meaning_zh if lang == "zh" else term.meaning)
