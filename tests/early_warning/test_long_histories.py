"""Law: where the periods of an account fill a word, spill over into a wider one or do not fit, nothing changes."""

from datetime import date

import numpy as np
import pytest

import delinquency as dq
from delinquency.early_warning import Severity, WarningFamily, WarningRule, WarningRules
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.portfolio import ObservationPanel, TextColumn, early_warning_signals
from tests.early_warning.test_panels_equal_accounts import ENGINES, assert_equal

ASKED = (
    "days_past_due >= 5",
    "days_past_due = 30",
    "highest days_past_due over 6 > 30",
    "lowest payment_ratio over 3 <= 0.25",
    "days_past_due > 0 in 2 of 6 periods",
    "days_past_due = 0 for 34 periods",
    "days_past_due > 0 in 20 of 40 periods",
    "mean utilisation over 6 > 0.9",
    "change utilisation over 3 > 0.2",
    "change utilisation over 33 <= 0",
    "rises utilisation over 4 >= 2",
    "falls utilisation over 4 = 1",
    "growth account_balance over 6 < -0.5",
    "growth account_balance over 2 = 1 of growth total_debt over 2",
    "mean account_balance over 12 < 0.3 of total_debt",
    "mean account_balance over 3 <= 0.3333 of mean total_debt over 7",
    "highest account_balance over 2 >= 0.5 of lowest total_debt over 3",
    "change account_balance over 1 > 1 of change total_debt over 2",
    "total payments_reversed over 3 >= 2",
    "growth account_balance over 1 > 0.5 of growth total_debt over 1",
)
"""Every way of reading, with windows shorter and longer than a narrow word."""

MOST = {
    "days_past_due": 60,
    "utilisation": 1_200_000,
    "payment_ratio": 1_000_000,
    "account_balance": 900,
    "total_debt": 900,
    "payments_reversed": 2,
}


def rules_of(lines, **more):
    return WarningRules(
        name="long",
        rules=[
            WarningRule(
                rule_id=f"rule-{place}",
                when=parse_condition(line, terms=CATALOGUE, where="test"),
                family=WarningFamily.BEHAVIOUR,
                severity=Severity.ORANGE if place >= 3 else Severity.NONE,
                points=place - 3,
                confirm_after=1 + place % 3,
                **more,
            )
            for place, line in enumerate(lines)
        ],
    )


def drawn_panel(periods, accounts, seed, kind):
    rng = np.random.default_rng(seed)
    numbers = {}
    for name, most in MOST.items():
        least = -200 if name == "account_balance" else 0
        column = rng.integers(least, most + 1, (periods, accounts)).astype(kind)
        column[rng.random(column.shape) < 0.4] = 0
        if name != "total_debt":
            column[rng.random(column.shape) < 0.03] = np.iinfo(kind).min
        numbers[name] = column
    ends = tuple(date(2015 + place // 12, place % 12 + 1, 28) for place in range(periods))
    return ObservationPanel(
        TextColumn.of(map(str, range(accounts))),
        ends,
        dq.Currency.of("EUR"),
        {name: CATALOGUE[name] for name in numbers},
        numbers,
    )


@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize("periods", [1, 2, 31, 32, 33, 63, 64, 65])
def test_engines_agree_whatever_the_length(periods, kind):
    panel = drawn_panel(periods, 40, periods, kind)
    rules = rules_of(ASKED)
    whole, *others = (early_warning_signals(panel, rules=rules, engine=each) for each in ENGINES)
    for other in others:
        for field in ("state", "since_place", "is_assessed", "score"):
            assert np.array_equal(getattr(whole, field), getattr(other, field)), field


@pytest.mark.parametrize("periods", [32, 64, 65])
def test_and_rows_are_those_of_accounts(periods):
    panel = drawn_panel(periods, 3, 7, np.int32)
    rules = rules_of(ASKED)
    assert_equal(early_warning_signals(panel, rules=rules), list(panel), rules)


def test_signals_that_wait_agree_as_well():
    panel = drawn_panel(40, 60, 3, np.int32)
    rules = rules_of(ASKED[:6], clear_after=2, cool_down=1)
    whole, *others = (
        early_warning_signals(panel, rules=rules, engine=each, history=True) for each in ENGINES
    )
    for other in others:
        for field in ("state", "since_place", "is_assessed", "score", "states"):
            assert np.array_equal(getattr(whole, field), getattr(other, field)), field


@pytest.mark.parametrize(("clear_after", "cool_down"), [(2, 62), (2, 63), (64, 1), (70, 10**6)])
def test_and_what_the_unknown_leaves_possible_of_signals_that_wait_longer_than_a_word(
    clear_after, cool_down
):
    panel = drawn_panel(130, 3, 11, np.int32)
    rules = rules_of(ASKED[:6], clear_after=clear_after, cool_down=cool_down)
    assert_equal(early_warning_signals(panel, rules=rules), list(panel), rules)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "line",
    [
        "change account_balance over 1 > 0",
        "rises account_balance over 2 >= 1",
        "falls account_balance over 2 = 0",
        "growth account_balance over 1 > 1",
        "change account_balance over 1 > 1 of total_debt",
        "growth account_balance over 1 > 1 of growth total_debt over 1",
        "change account_balance over 1 >= 1 of mean account_balance over 2",
    ],
)
def test_a_change_from_one_end_of_32_bits_to_the_other_keeps_its_sign(engine, line):
    """Both numbers fit the narrow column, and what lies between them does not."""
    most = 2**31 - 1
    ends = tuple(date(2025, month, 28) for month in (1, 2, 3))
    columns = {
        "account_balance": [[-most, most, -most], [most, -most, most], [1, most, -most]],
        "total_debt": [[1, most, -most], [0, 1, 2], [1, 2, 3]],
    }
    panel = ObservationPanel(
        TextColumn.of(["A", "B", "C"]),
        ends,
        dq.Currency.of("EUR"),
        {name: CATALOGUE[name] for name in columns},
        {name: np.array(rows, dtype=np.int32).T.copy() for name, rows in columns.items()},
    )
    rules = rules_of([line])
    assert_equal(early_warning_signals(panel, rules=rules, engine=engine), list(panel), rules)
