"""An error of a file of one's own names the file, the line and the key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import delinquency as dq
from delinquency import rulebook

HOUSE = """\
# The rules of the house.
id = "house"
title = "House rules"
penalty_in_waterfall = "outside"
notes = \"\"\"
[[version]]
effective_from = "a line of a text is no key"
\"\"\"

[citation.manual]
instrument = "Credit manual"

[[version]]
effective_from = 2020-01-01
effective_until = 2024-01-01
cites = [
    "manual",
]

[version.counting]
first_day = "day_after_due_date"

[version.allocation]
order = ["interest", "principal", "fees", "penalty"]

[version.buckets]
name = "house"
reads = "delinquent_days"
band = [
    { code = "current", from = 0, to = 0, is_stressed = false },
    { code = "early", from = 1, to = 30 },  # inline
    { code = "late", from = 31 },
]

[[version]]
effective_from = 2024-01-01

[version.counting]
first_day = "day_after_due_date"
grace_days = 3
grace_kind = "trigger"

[version.allocation]
steps = [
    ["past_due", "interest"], ["past_due", "principal"], ["past_due", "fees"],
    ["past_due", "penalty"], ["due", "interest"], ["due", "principal"],
    ["due", "fees"], ["due", "penalty"],
]

[version.buckets]
name = "house"
reads = "delinquent_days"

[[version.buckets.band]]
code = "current"
from = 0
to = 0
is_stressed = false

[[version.buckets.band]]
code = "early"
from = 1
to = 30

[[version.buckets.band]]
code = "late"
from = 31
"""


def without_line(error: dq.DelinquencyError) -> str:
    """What an error says, after it has said a line."""
    told, count = re.subn(r"^(.*?), line [1-9][0-9]*", r"\1", str(error), count=1)
    assert count == 1, error
    return told


def refused(text: str) -> dq.DelinquencyError:
    with pytest.raises(dq.PolicyError) as caught:
        rulebook.loads(text, source="my-rules.toml")
    return caught.value


def test_the_house_loads() -> None:
    assert len(rulebook.loads(HOUSE).versions) == 2


SLIPS = [
    # old, new, the line that is told, the place, the rest
    ("effective_from = 2024-01-01\n", "effective_from = 2023-12-31\n", "effective_from = 2023-12-31",
     "version 2", "expected effective_from on or after 2024-01-01, found 2023-12-31"),
    ("effective_until = 2024-01-01\n", "", "[[version]]", "version 2", "the version before to have an effective_until"),
    ("effective_from = 2024-01-01\n", 'effective_from = 2024-01-01\nselected_by = "originated_on"\n',
     'selected_by = "originated_on"', "version 2", "expected selected_by = 'as_of'"),
    ("effective_until = 2024-01-01", "effective_until = 2020-01-01", "effective_until = 2020-01-01", "version 1",
     "expected effective_until after 2020-01-01"),
    ('"late", from = 31', '"late", from = 32', '    { code = "late", from = 32 },',
     "version 1, buckets, band 3, from", "expected bucket 'late' to begin at day 31, found day 32"),
    ('code = "late"\nfrom = 31', 'code = "late"\nfrom = 33', "from = 33",
     "version 2, buckets, band 3, from", "expected bucket 'late' to begin at day 31, found day 33"),
    ('code = "late"\nfrom = 31', 'code = "late"\nfrom = 30', "from = 30",
     "version 2, buckets, band 3, from", "no gap, no overlap"),
    ("from = 1\nto = 30", "from = 1\nto = 3_0_0_0_0_0_0", "to = 3_0_0_0_0_0_0",
     "version 2, buckets, band 2, to", "expected at most 1,000,000"),
    ("from = 1\nto = 30", "from = 40\nto = 30", "[[version.buckets.band]]",
     "version 2, buckets, band 2", "expected 0 <= first_day <= last_day"),
    ('code = "late"\n', 'code = "early"\n', 'code = "early"', "version 2, buckets, band 3, code", "each code once"),
    ('code = "late"\n', 'code = ""\n', 'code = ""', "version 2, buckets, band 3, code", "not empty"),
    ('code = "late"\n', 'code = "late"\ncodes = { rating = 1 }\n', "codes = { rating = 1 }",
     "version 2, buckets, band 3, codes", "a mapping of text to text"),
    ("grace_days", "grace_dais", "grace_dais = 3", "version 2, counting", "Did you mean 'grace_days'?"),
    ("grace_days = 3", '"grace dais" = 3', '"grace dais" = 3', "version 2, counting", "found 'grace dais'"),
    ("grace_days = 3", "grace_days.most = 3", "grace_days.most = 3", "version 2, counting, grace_days", "a whole number, found a table"),
    ('grace_kind = "trigger"\n', "", "[version.counting]", "version 2, counting, grace_kind", "deducted or trigger"),
    ("grace_days = 3", "grace_days = -3", "grace_days = -3", "version 2, counting, grace_days", "from 0 to 36,500"),
    ("grace_days = 3", 'full_payment_share = "2"', 'full_payment_share = "2"', "version 2, counting, full_payment_share", "at most 1"),
    ("grace_days = 3", 'full_payment_share = "half"', 'full_payment_share = "half"', "version 2, counting, full_payment_share", "found 'half'"),
    ("grace_days = 3", 'grace_days = "3"', 'grace_days = "3"', "version 2, counting, grace_days", "Write whole numbers without quotes"),
    ('name = "house"\nreads = "delinquent_days"\n\n', 'reads = "delinquent_days"\n\n', "[version.buckets]",
     "version 2, buckets", "the key 'name', found none"),
    ('first_day = "day_after_due_date"\ngrace', "grace", "[version.counting]", "version 2, counting", "the key 'first_day'"),
    ('    "manual",\n', '    "manaul",\n', "cites = [", "version 1, cites", "Did you mean 'manual'?"),
    ('instrument = "Credit manual"', 'instrument = ""', "[citation.manual]", "citation.manual", "the name of an instrument"),
    ('    "manual",\n', "    2021,\n", "cites = [", "version 1, cites", "expected texts, found 2021"),
    ('[citation.manual]\ninstrument = "Credit manual"', '[citation]\nmanual = "Credit manual"',
     'manual = "Credit manual"', "citation.manual", 'expected a table, found the text "Credit manual"'),
    ('["past_due", "penalty"], ["due"', '["past_due"], ["due"', '    ["past_due"], ["due", "interest"], ["due", "principal"],',
     "version 2, allocation, steps 4", "a pair like"),
    ('["due", "fees"], ', '["dew", "fees"], ', '    ["dew", "fees"], ["due", "penalty"],',
     "version 2, allocation, steps 7", "Did you mean 'due'?"),
    ('"fees", "penalty"]\n\n', '"fees"]\n\n', "[version.allocation]", "version 1, allocation, state past_due", "exactly once"),
    ('title = "House rules"', "title = 3", "title = 3", "title", "Write it in quotes"),
    ("# The rules", "[version.buckets", "[version.buckets of the house.", "", "expected valid TOML, found '[version.buckets of"),
    ("band = [", "band = {", "band = {", "", "expected valid TOML"),
    ("from = 31\n", "from = 31\nfrom = 32\n", "from = 32", "", "Hint: Cannot overwrite a value."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "place", "rest"), SLIPS)
def test_a_slip_is_told_with_its_line(old: str, new: str, line: str, place: str, rest: str) -> None:
    assert old in HOUSE
    # The last of several is meant: the versions above it must not be mistaken for its own.
    text = new.join(HOUSE.rsplit(old, 1))
    error = refused(text)
    named = re.match(r"my-rules\.toml, line ([0-9]+)(?:, (.*?))?: expected ", str(error))
    assert named is not None, error
    assert text.splitlines()[int(named[1]) - 1] == line, error
    assert (named[2] or "") == place
    assert rest in str(error)


def test_a_key_that_is_missing_at_the_top_has_no_line() -> None:
    assert str(refused(HOUSE.replace('id = "house"\n', ""))) == (
        "my-rules.toml: expected the key 'id', found none."
    )


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_is_told_as_one(text: str) -> None:
    assert str(refused(text)) == (
        "my-rules.toml: expected a rulebook file, found a file without keys."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Rules of the house", "line 1: expected valid TOML, found 'Rules of the house'"),
        ('{"id": "house"}', 'line 1: expected valid TOML, found \'{"id": "house"}\''),
        ("a = 1\nid: house\n", "line 2: expected valid TOML, found 'id: house'"),
        ("a = 1\r\nid: house\r\n", "line 2: expected valid TOML, found 'id: house'"),
        ("a = 1\nb = [1,\n", "line 2: expected valid TOML, found the end of the file"),
        ("a = 1\nb = [1,", "line 2: expected valid TOML, found the end of the file"),
        ("%PDF" + "-" * 100, "found '%PDF" + "-" * 56 + "'."),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, says: str) -> None:
    assert says in str(refused(text))


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    windows = HOUSE.replace("grace_days = 3", "grace_days = true").replace("\n", "\r\n")
    assert "line 40, version 2" in str(refused("\ufeff" + windows))


def test_a_path_is_told_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "rules, of 2024.toml"
    path.write_text(HOUSE.replace("grace_days = 3", "grace_days = -3"), encoding="utf-8")
    with pytest.raises(dq.PolicyError) as caught:
        rulebook.load(path)
    assert caught.value.where == f"{path}, line 40, version 2, counting, grace_days"


def test_a_date_outside_every_version_is_told_with_the_dates_in_force() -> None:
    day = date(2019, 12, 31)
    with pytest.raises(dq.PolicyNotInForceError) as caught:
        rulebook.loads(HOUSE).in_force(as_of=day, originated_on=day)
    assert caught.value.expected == (
        "a date in force: from 2020-01-01 until 2024-01-01 (excluded); from 2024-01-01"
    )
