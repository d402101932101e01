"""The notebook on real cards says what the library says of the accounts beside it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import delinquency as dq
from delinquency import frames

FOLDER = Path(__file__).parents[2] / "docs" / "tutorial"
PAGE = FOLDER / "early-warning-on-real-cards.md"


def test_its_cells_run_and_what_it_says_of_them_is_so(monkeypatch, capsys) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(FOLDER)
    text = PAGE.read_text(encoding="utf-8")
    cells = re.findall(r"```\{code-cell\} ipython3\n(.*?)```", text, re.DOTALL)
    names: dict[str, object] = {}
    for cell in cells:
        lines = [line for line in cell.splitlines() if not line.startswith((":", "%"))]
        exec("\n".join(lines), names)  # noqa: S102
    printed = capsys.readouterr().out
    assert "willingness_1 (willingness, orange, points 9)" in printed
    assert "+9  At least 3 of these 4 hold" in printed
    test = names["test"]
    assert isinstance(test, dq.BackTest)
    assert test.accounts == 800
    assert 1 / 6 < test.at(24).alert_share < 1 / 4


def test_its_accounts_say_nothing_of_who_somebody_is() -> None:
    cards = pd.read_csv(FOLDER / "card-sample.csv.gz")
    assert not {"SEX", "AGE", "EDUCATION", "MARRIAGE"} & set(cards.columns)
    assert (cards["ID"] % 2 == 1).all()
    assert frames.read_statements(cards).as_of == date(2005, 9, 30)
