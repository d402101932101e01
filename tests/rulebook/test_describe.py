"""A page of a policy says everything that the policy does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import attrs
import pytest

import delinquency as dq
from delinquency import rulebook
from delinquency.rulebook.describe import to_markdown, to_text
from delinquency.rulebook.describe_status import sources_of
from delinquency.rulebook.describing_words import PHRASES, validity_in
from tests.rulebook.test_owed_terms import page_policy


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
        assert validity_in(version.validity, lang) in text
        for bucket in version.buckets:
            assert bucket.text(lang) in text
        for citation in version.citations:
            assert citation.text(lang) in text


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


def names_in(timeline: dq.PolicyTimeline) -> Iterator[str]:
    """Codes and names that a policy, a contract or a law gave: they are the same in every language."""
    yield from (timeline.name, timeline.jurisdiction, timeline.title_zh)
    for version in timeline.versions:
        yield version.buckets.name
        for bucket in version.buckets:
            yield from (bucket.code, bucket.text("zh"), *bucket.codes, *bucket.codes.values())
        for row in version.state_codes.rows if version.state_codes else ():
            yield from row.codes
        for machine in version.status:
            yield from (machine.name, *(state.code for state in machine.states))
        for source in sources_of(version):
            yield from (source.text("zh"), "" if source.title_zh else source.provision)
        regime = version.penalty_regime
        yield from (source.text("zh") for source in (regime.citations if regime else ()))
        for rate in version.provisions.rates if version.provisions else ():
            yield from (source.text("zh") for source in rate.citations)
        rule = version.re_ageing
        for limits in (rule.ordinary, rule.workout) if rule else ():
            yield from (source.text("zh") for source in (limits.citations if limits else ()))
        if version.counting.materiality is not None:
            yield version.counting.materiality.currency.code
        if version.penalty is not None:
            yield version.penalty.day_count.label
            yield from (str(source) for source in version.penalty.citations)


def foreign_words(text: str, names: set[str]) -> list[str]:
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "")
    return re.findall("[A-Za-z]{2,}", text)


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_in_chinese_nothing_is_english_but_codes_and_names(entry: rulebook.RulebookEntry) -> None:
    timeline = rulebook.load(entry.name)
    assert foreign_words(to_text(timeline, lang="zh"), set(names_in(timeline))) == []


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_a_comparison_in_chinese_is_english_in_nothing_but_codes_and_names(
    entry: rulebook.RulebookEntry,
) -> None:
    timeline, other = rulebook.load(entry.name), rulebook.load("founding-report")
    text = rulebook.compare(timeline, other).to_text(lang="zh")
    assert foreign_words(text, {*names_in(timeline), *names_in(other)}) == []


def test_every_term_of_a_delay_is_said_in_chinese() -> None:
    timeline = page_policy()
    names = set(names_in(timeline))
    for version in timeline.versions:
        for fee in version.late_fees:
            names |= {fee.name, *(str(source) for source in fee.citations)}
            names |= {getattr(getattr(fee.amount, "table", None), "name", "")}
    names |= {"CNY", "USD", "GBP", "LPR", "1Y", "Act", timeline.title}
    assert foreign_words(to_text(timeline, lang="zh"), names) == []


def test_both_languages_say_the_same_with_the_same_figures() -> None:
    def figures(phrase: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name}

    assert PHRASES["en"].keys() == PHRASES["zh"].keys()
    for name, phrase in PHRASES["en"].items():
        assert figures(phrase) == figures(PHRASES["zh"][name]), name
