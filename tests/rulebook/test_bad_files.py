"""A file that contradicts itself is told where, what was expected, what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

import delinquency as dq
from delinquency import rulebook

GOOD = """\
id = "house"
title = "House rules"
verification = "secondary"
penalty_in_waterfall = "outside"

[citation.manual]
instrument = "Credit manual"
provision = "4.2"

[[version]]
effective_from = 2020-01-01
cites = ["manual"]

[version.counting]
first_day = "day_after_due_date"
tolerance = "10"
tolerance_scope = "instalment"

[version.allocation]
order = ["interest", "principal", "fees", "penalty"]

[version.buckets]
name = "house"
reads = "delinquent_days"

[[version.buckets.band]]
code = "current"
from = 0
to = 0
is_stressed = false

[[version.buckets.band]]
code = "late"
from = 1
"""


def test_a_good_file_loads() -> None:
    policy = rulebook.loads(GOOD).versions[0]
    assert policy.version == "house@2020-01-01"
    assert str(policy.citations[0]) == "Credit manual, 4.2"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "house"\n', "", "the key 'id'"),
        (
            'title = "House rules"',
            "title = 3",
            "title: expected a text in quotes, found the number 3",
        ),
        ('"secondary"', '"secondry"', "Did you mean 'secondary'"),
        ('"outside"', '"on_demand"', "terms of penalty"),
        ('tolerance_scope = "instalment"\n', "", "instalment or account beside tolerance"),
        ("tolerance =", "tolerence =", "Did you mean 'tolerance'"),
        (
            'tolerance = "10"',
            "tolerance = 10.0",
            'a text in quotes, found the number 10.0. Hint: Amounts stand in quotes: "10.00"',
        ),
        ('tolerance = "10"', 'tolerance = "ten"', "an amount in quotes"),
        ('tolerance = "10"', 'tolerance = " 5 "', "Strip the spaces"),
        ('tolerance = "10"', 'tolerance = "1_000"', "Leave out thousands separators"),
        ('tolerance = "10"', 'tolerance = "1e3"', "Write the digits out"),
        ('tolerance = "10"', 'tolerance = "\uff11\uff10"', "in plain decimal notation"),
        ('tolerance = "10"', 'least_payment = "NaN"', "an amount in quotes"),
        ('id = "house"', 'id = ""', "id: expected a name without spaces around it, found an empty"),
        ('id = "house"', 'id = " house"', "id: expected a name without spaces around it"),
        ('tolerance = "10"', f"grace_days = {'1' * 5000}", "a number of thousands of digits"),
        ('tolerance = "10"', f"grace_days = {'[' * 100_000}", "nested without end"),
        ('tolerance = "10"', 'tolerance = "-1"', "an amount of 0 or more"),
        ('tolerance = "10"', "grace_days = true", "a whole number, found true"),
        ('tolerance = "10"', "tolerance = 10", 'Amounts stand in quotes: "10.00"'),
        (
            'tolerance = "10"',
            'grace_days = "3"',
            'found the text "3". Hint: Write whole numbers without',
        ),
        ('tolerance = "10"', "grace_days = 3.0", "a whole number, found the number 3.0"),
        ('tolerance = "10"', "components = 2024-01-01", "a list, found the date 2024-01-01"),
        ('title = "House rules"', "title = []", "a text in quotes, found a list"),
        ('cites = ["manual"]', "", "verification: expected a citation of what was compared"),
        ('tolerance = "10"', "grace_days = -3", "from 0 to 36,500 days"),
        ('cites = ["manual"]', 'cites = ["manul"]', "one of manual, found 'manul'"),
        ('"penalty"]', '"fees"]', "each of principal, interest, fees and penalty exactly once"),
        ("from = 1\n", "from = 2\n", "to begin at day 1, found day 2"),
        ("from = 1\n", "from = 0\n", "begins at day 1 or later"),
        ("from = 1\n", "from = 1\nto = 30\n", "an open-ended last bucket"),
        ("from = 1\n", "from = 1\nto = 0\n", "0 <= first_day <= last_day"),
        ('code = "late"', 'code = "current"', "each code once"),
        (
            "effective_from = 2020-01-01",
            'effective_from = "2020-01-01"',
            'found the text "2020-01-01". Hint: Write dates without quotes.',
        ),
        (
            "effective_from = 2020-01-01",
            "effective_from = 2020-01-01T00:00:00",
            "found the date and time 2020",
        ),
        (
            "effective_from = 2020-01-01",
            "effective_from = 2020-01-01\neffective_until = 2020-01-01",
            "effective_until after 2020-01-01",
        ),
        ("[version.buckets]\n", "[version.bucket]\n", "the key"),
        ("id =", "id", "valid TOML"),
    ],
)
def test_a_bad_file_is_refused_in_words(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(dq.PolicyError) as caught:
        rulebook.loads(GOOD.replace(old, new, 1), source="house.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("house.toml")


def test_rules_of_ones_own_need_no_verification() -> None:
    own = GOOD.replace('verification = "secondary"\n', "").replace('cites = ["manual"]\n', "")
    assert rulebook.loads(own).versions[0].verification is None
    compared = own.replace("[[version]]\n", '[[version]]\nverification = "official-text"\n')
    with pytest.raises(
        dq.PolicyError, match="a citation of what was compared, found 'official-text'"
    ):
        rulebook.loads(compared)


def test_versions_that_overlap_are_refused() -> None:
    twice = GOOD + GOOD[GOOD.index("[[version]]") :].replace("2020-01-01", "2021-01-01")
    with pytest.raises(dq.PolicyError, match="version 2"):
        rulebook.loads(twice)
    closed = twice.replace(
        "effective_from = 2020-01-01",
        "effective_from = 2020-01-01\neffective_until = 2021-01-01",
    )
    assert len(rulebook.loads(closed).versions) == 2


def test_steps_can_be_written_out() -> None:
    steps = ", ".join(
        f'["{state}", "{component}"]'
        for state in ("past_due", "due")
        for component in ("interest", "principal", "fees", "penalty")
    )
    text = GOOD.replace(
        'order = ["interest", "principal", "fees", "penalty"]', f"steps = [{steps}]"
    )
    assert rulebook.loads(text).versions[0].allocation.holds_excess
    with pytest.raises(dq.PolicyError, match="a pair like"):
        rulebook.loads(text.replace('["past_due", "interest"]', '["past_due"]'))


def test_a_file_of_ones_own_is_loaded_by_path(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(GOOD)
    assert rulebook.load(path) == rulebook.load(str(path)) == rulebook.loads(GOOD)
    with pytest.raises(dq.PolicyError, match="a file that can be read"):
        rulebook.load(tmp_path / "other.toml")
    with pytest.raises(dq.PolicyError, match="Did you mean 'cn-loan'"):
        rulebook.load("cn-lon")
    with pytest.raises(dq.InvalidTypeError, match="a name or a path"):
        rulebook.load(3)  # type: ignore[arg-type]


def test_a_file_in_another_encoding_is_refused_by_its_name_and_line(tmp_path: Path) -> None:
    chinese = GOOD.replace("House rules", "逾期天数")
    path = tmp_path / "house.toml"
    path.write_bytes(chinese.encode("gbk"))
    with pytest.raises(
        dq.PolicyError, match="text in UTF-8, found the byte 0x.. in line 2"
    ) as told:
        rulebook.load(path)
    assert str(told.value).startswith(str(path))
    assert "Save the file as UTF-8" in told.value.hint
    path.write_bytes(chinese.encode("utf-16"))
    with pytest.raises(dq.PolicyError, match="found UTF-16. Hint: Save the file as UTF-8"):
        rulebook.load(path)


def test_the_mark_at_the_beginning_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert rulebook.load(path) == rulebook.loads("\ufeff" + GOOD) == rulebook.loads(GOOD)


def test_what_is_no_text_and_no_path_is_refused() -> None:
    with pytest.raises(dq.InvalidTypeError, match="the text of a rulebook file"):
        rulebook.loads(GOOD.encode())  # type: ignore[arg-type]
    with pytest.raises(dq.PolicyError, match="a file that can be read"):
        rulebook.load("house\0.toml")
