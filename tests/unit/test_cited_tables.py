"""Small tables of legal figures: what a file cannot say without being noticed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.cited_tables import (
    UnverifiedTableWarning,
    check_verified,
    citations_of,
    cited,
    read_past_description,
    take_money,
    verification_of,
    warn_if_unverified,
)
from delinquency.rule_files.toml_text import read_table

SOURCE = '[citation.law]\ninstrument = "A law"\nprovision = "Art. 1"\npublished_on = 2020-01-31\n'
USD = dq.Currency.of("USD")


def table_of(text: str):
    return read_table(text, source="file.toml", noun="a file of rules")


def test_sources_are_read_by_their_key():
    table = table_of(f'cites = ["law"]\n{SOURCE}')
    known = citations_of(table)
    assert cited(table, known) == (dq.Citation("A law", "Art. 1", published_on=date(2020, 1, 31)),)
    table.close()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[citation.law]\nprovision = "Art. 1"',
            "line 1, citation.law: expected the key 'instrument'",
        ),
        (
            '[citation.law]\ninstrument = " "',
            "line 1, citation.law: expected the name of an instrument",
        ),
        (
            "[citation.law]\ninstrument = 7",
            "line 2, citation.law, instrument: expected a text in quotes",
        ),
        (
            '[citation.law]\ninstrument = "A"\narticle = "1"',
            "line 3, citation.law: expected only the keys",
        ),
        ('citation = {law = "A law"}', "line 1, citation.law: expected a table"),
    ],
)
def test_a_source_that_is_none_is_refused_with_its_line(text, message):
    with pytest.raises(dq.PolicyError) as caught:
        citations_of(table_of(text))
    assert f"file.toml, {message}" in str(caught.value)


@pytest.mark.parametrize(
    ("cites", "expected"),
    [('["code"]', "one of law"), ("[7]", "texts"), ("[[]]", "texts"), ('"law"', "a list")],
)
def test_a_key_without_a_source_is_refused_with_its_line(cites, expected):
    table = table_of(f"x = 1\ncites = {cites}\n{SOURCE}")
    with pytest.raises(dq.PolicyError, match=f"file.toml, line 2, cites: expected {expected}"):
        cited(table, citations_of(table))


def test_what_a_file_says_for_readers_alone_is_read_past_and_must_be_text():
    table = table_of('title = "A"\nnotes = "B"\nverified_on = 2024-01-31')
    read_past_description(table)
    table.close()
    with pytest.raises(dq.PolicyError, match=r"file\.toml, line 1, title: expected a text"):
        read_past_description(table_of("title = 7"))


def test_how_far_figures_were_checked_is_a_word_or_what_the_file_says():
    secondary = dq.Verification.SECONDARY
    assert verification_of(table_of("x = 1")) is None
    assert verification_of(table_of("x = 1"), secondary) is secondary
    read = verification_of(table_of('verification = "official-text"'), secondary)
    assert read is dq.Verification.OFFICIAL_TEXT
    with pytest.raises(dq.PolicyError, match="line 1, verification: expected one of official-text"):
        verification_of(table_of('verification = "seen"'))


def test_money_is_exact_to_the_minor_unit_and_refused_with_its_line():
    assert take_money(table_of('x = "0.01"'), "x", USD) == Decimal("0.01")
    for wrong, message in (
        ('"0.001"', "at most 2 decimals"),
        ('"1e1"', "plain decimal notation"),
        ("1", "a text in quotes"),
    ):
        with pytest.raises(dq.PolicyError, match=r"file\.toml, line 2, x: .*" + message):
            take_money(table_of(f"y = 1\nx = {wrong}"), "x", USD)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = y", "file.toml, line 1: expected valid TOML, found 'x = y'"),
        ("x =", "file.toml, line 1: expected valid TOML, found the end of the file"),
        ("x = 1\nx = 2", "file.toml, line 2: expected valid TOML"),
        ("x = 1\ny = [", "file.toml, line 2: expected valid TOML"),
        (f"x = {'[' * 5000}", "file.toml: expected valid TOML"),
        ("", "file.toml: expected a file of rules, found a file without keys"),
    ],
)
def test_what_is_not_toml_is_refused(text, message):
    with pytest.raises(dq.PolicyError) as caught:
        table_of(text)
    assert message in str(caught.value)


def test_only_what_was_never_verified_warns():
    with pytest.warns(UnverifiedTableWarning, match="row 1 was never compared"):
        warn_if_unverified(dq.Verification.UNVERIFIED, "row 1")
    for level in (None, dq.Verification.SECONDARY, dq.Verification.OFFICIAL_TEXT):
        warn_if_unverified(level, "row 1")


def test_who_says_compared_says_with_what():
    check_verified(None, (), "row 1")
    check_verified(dq.Verification.UNVERIFIED, (), "row 1")
    check_verified(dq.Verification.SECONDARY, (dq.Citation("A law"),), "row 1")
    with pytest.raises(dq.PolicyError, match="a citation of what was compared"):
        check_verified(dq.Verification.SECONDARY, (), "row 1")
