"""The record of survivors speaks of the source as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.survivors import Survivor, place, recorded

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("survivor", recorded(), ids=lambda survivor: survivor.becomes)
def test_a_line_on_record_still_stands_in_its_file(survivor: Survivor) -> None:
    source = (ROOT / survivor.file).read_text(encoding="utf-8")
    assert survivor.line in " ".join(line.strip() for line in source.splitlines())
    assert survivor.line != survivor.becomes


def test_every_survivor_has_a_reason_that_is_a_sentence() -> None:
    for reasons in recorded().values():
        assert all(reason.endswith(".") and reason[0].isupper() for reason in reasons)


@pytest.mark.parametrize(
    ("mutant", "file", "function"),
    [
        ("delinquency.buckets.xǁBucketǁtext__mutmut_1", "buckets", "Bucket.text"),
        ("delinquency.counting.days.xǁ_Ruleǁopen_counted__mutmut_2", "counting/days",
         "_Rule.open_counted"),
        ("delinquency.counting.days.x__late__mutmut_4", "counting/days", "_late"),
        ("delinquency.buckets.xǁBucketǁ__attrs_post_init____mutmut_66", "buckets",
         "Bucket.__attrs_post_init__"),
    ],
)  # fmt: skip
def test_a_mutant_is_named_after_its_function(mutant: str, file: str, function: str) -> None:
    assert place(mutant) == (f"src/delinquency/{file}.py", function)
