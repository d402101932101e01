"""A page of a policy says everything that the policy does."""

from __future__ import annotations

import attrs
import pytest

from delinquency import rulebook
from delinquency.rulebook.describe import to_markdown, to_text


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_a_page_names_every_band_source_and_the_verification(
    entry: rulebook.RulebookEntry,
) -> None:
    timeline = rulebook.load(entry.name)
    page = to_markdown(timeline)
    assert page.startswith(f"# {entry.title}\n")
    for version in timeline.versions:
        assert f"**{version.verification.value}**" in page
        for bucket in version.buckets:
            last = "" if bucket.last_day is None else bucket.last_day
            assert f"| {bucket.code} | {bucket.first_day} | {last} |" in page
        for citation in version.citations:
            assert str(citation) in page


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_the_text_says_what_the_page_says(entry: rulebook.RulebookEntry, lang: str) -> None:
    timeline = rulebook.load(entry.name)
    text = to_text(timeline, lang=lang)
    assert text.startswith(entry.name)
    assert (entry.title_zh if lang == "zh" else entry.title) in text.splitlines()[0]
    for version in timeline.versions:
        assert str(version.validity) in text
        for bucket in version.buckets:
            assert bucket.text(lang) in text
        for citation in version.citations:
            assert str(citation) in text


def test_a_policy_with_an_english_title_alone_shows_it_in_chinese() -> None:
    timeline = rulebook.load("founding-report")
    named = attrs.evolve(timeline, title_zh="")
    assert to_text(named, lang="zh").startswith(f"founding-report：{timeline.title}\n")


def test_an_order_written_out_in_steps_is_shown_in_steps() -> None:
    text = """
id = "x"
title = "x"
penalty_in_waterfall = "outside"
[[version]]
[version.counting]
first_day = "due_date"
grace_days = 3
grace_kind = "deducted"
tolerance = "5"
tolerance_scope = "instalment"
[version.allocation]
grain = "component_first"
order = ["interest", "principal", "fees", "penalty"]
[version.buckets]
name = "x"
reads = "mba_months"
[[version.buckets.band]]
code = "0"
from = 0
is_stressed = false
"""
    page = to_markdown(rulebook.loads(text))
    assert "past_due interest, past_due principal" in page
    assert "- Grace: 3 days, deducted" in page
    assert "- Tolerance: 5 by instalment" in page
    assert (
        "- After a change of schedule: follow_new; what was late before it is not counted" in page
    )


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_a_page_lists_every_choice_that_decides_how_late_somebody_is(
    entry: rulebook.RulebookEntry,
) -> None:
    timeline = rulebook.load(entry.name)
    page = to_markdown(timeline)
    for line in (
        "First late day",
        "Grace",
        "Tolerance",
        "After a change of schedule",
        "Order of payment",
    ):
        assert page.count(f"\n- {line}: ") == len(timeline.versions)
