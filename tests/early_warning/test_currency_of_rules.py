"""The currency of the amounts that rules name: observations in another one are refused, on both paths."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.early_warning.describe import to_markdown, to_text
from delinquency.early_warning.rules import WarningRules
from delinquency.portfolio import ObservationPanel

CNY, JPY = dq.Currency.of("CNY"), dq.Currency.of("JPY")
TEXT = """
id = "house"
{head}

[[rule]]
id = "low"
when = "account_balance < 500"
family = "liquidity"
severity = "yellow"
says = "The balance is low."
"""


def rules_of(folder: Path, head: str = 'currency = "CNY"') -> WarningRules:
    path = folder / "house.toml"
    path.write_text(TEXT.format(head=head), encoding="utf-8")
    return dq.load_warning_rules(path)


def judged(rules: WarningRules, currency: dq.Currency | None, **column: Any) -> list[str]:
    """The state on both paths, or the words of the refusal."""
    values = column or {"account_balance": [400]}
    dates = [date(2025, 6, 30)]
    seen = dq.Observations.of("A-1", dates, values, currency=currency)
    arrays = {name: np.array([each]) for name, each in values.items()}
    panel = ObservationPanel.of(["A-1"], dates, arrays, currency=currency)
    told: list[str] = []
    for judge, given in (
        (dq.early_warning_signals, seen),
        (dq.portfolio.early_warning_signals, panel),
    ):
        try:
            answer = judge(given, rules=rules)  # type: ignore[operator]
        except dq.PolicyError as error:
            told.append(str(error))
        else:
            signals = answer if judge is dq.early_warning_signals else answer.row(0)
            told.append(signals.signal("low").state.name)
    return told


def test_amounts_of_the_currency_of_the_rules_are_judged_and_others_refused(tmp_path: Path) -> None:
    rules = rules_of(tmp_path)
    assert rules.currency == CNY
    assert judged(rules, CNY) == ["CONFIRMED"] * 2
    one, other = judged(rules, JPY)
    assert one == other
    assert "'house', currency: expected amounts in CNY, found JPY" in one


def test_without_a_currency_of_rules_or_of_observations_nothing_is_refused(tmp_path: Path) -> None:
    assert judged(rules_of(tmp_path, head=""), JPY) == ["CONFIRMED"] * 2
    assert judged(rules_of(tmp_path), None, days_past_due=[3]) == ["SILENT"] * 2


def test_the_currency_is_written_and_read_and_told(tmp_path: Path) -> None:
    rules = rules_of(tmp_path)
    written = serialization.to_json(rules)
    assert serialization.from_json(WarningRules, written) == rules
    bare = attrs.evolve(rules, currency=None)
    assert serialization.from_json(WarningRules, serialization.to_json(bare)) == bare
    assert "Amounts are in CNY." in to_markdown(rules)
    assert "金额以CNY计。" in to_text(rules, lang="zh")
    assert "Amounts are in" not in to_markdown(bare)


def test_rules_put_together_are_in_the_currency_that_one_names(tmp_path: Path) -> None:
    rules = rules_of(tmp_path)
    bare = dq.load_warning_rules("sama")
    assert rules.together_with(bare, name="both").currency == CNY
    assert bare.together_with(rules, name="both").currency == CNY
    yen = attrs.evolve(rules, currency=JPY, rules=bare.rules)
    with pytest.raises(dq.PolicyError, match="in one currency, found CNY, JPY"):
        rules.together_with(yen, name="both")


def test_what_is_no_currency_is_refused_with_its_line(tmp_path: Path) -> None:
    for head, words in (
        ('currency = "YUAN"', "house.toml.*YUAN"),
        ("currency = 3", "house.toml, line 3, currency"),
    ):
        with pytest.raises(dq.PolicyError, match=words):
            rules_of(tmp_path, head=head)
    with pytest.raises(dq.InvalidTypeError, match="currency: expected a Currency"):
        attrs.evolve(rules_of(tmp_path), currency="CNY")
