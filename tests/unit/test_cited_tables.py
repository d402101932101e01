"""Small tables of legal figures: what a file cannot say without being noticed."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from delinquency.cited_tables import (
    UnverifiedTableWarning,
    check_verified,
    read_fields,
    warn_if_unverified,
)

SOURCE = '[citation.law]\ninstrument = "A law"\nprovision = "Art. 1"\npublished_on = 2020-01-31\n'


def fields_of(text: str):
    return read_fields(text, source="file.toml")


def test_sources_are_read_by_their_key():
    fields = fields_of(f'cites = ["law"]\n{SOURCE}')
    known = fields.citations()
    assert fields.cited(known) == (dq.Citation("A law", "Art. 1", published_on=date(2020, 1, 31)),)
    fields.close()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[citation.law]\nprovision = "Art. 1"', "citation.law, citation: expected the name of an"),
        ("[citation.law]\ninstrument = 7", "citation.law, instrument: expected a text in quotes"),
        ('[citation.law]\ninstrument = "A"\narticle = "1"', "only the keys"),
        ('citation = {law = "A law"}', "citation.law: expected a table"),
    ],
)
def test_a_source_that_is_none_is_refused(text, message):
    with pytest.raises(dq.PolicyError, match=message):
        fields_of(text).citations()


@pytest.mark.parametrize("cites", ['["code"]', "[7]", "[[]]"])
def test_a_key_without_a_source_is_refused(cites):
    fields = fields_of(f"cites = {cites}\n{SOURCE}")
    with pytest.raises(dq.PolicyError, match="cites: expected one of law"):
        fields.cited(fields.citations())


def test_what_nobody_read_is_refused_with_the_nearest_key():
    fields = fields_of("effective_form = 2020-01-01")
    assert fields.optional("effective_from", date) is None
    with pytest.raises(dq.PolicyError, match="Did you mean 'effective_from'"):
        fields.close()


@pytest.mark.parametrize(
    ("text", "kind"), [("x = true", int), ("x = 2020-01-01T10:00:00", date), ("x = 1.5", int)]
)
def test_a_flag_is_no_number_and_a_time_of_day_no_date(text, kind):
    with pytest.raises(dq.PolicyError, match=r"file.toml, x: expected a"):
        fields_of(text).take("x", kind)


def test_a_row_is_a_table():
    with pytest.raises(dq.PolicyError, match="row 2: expected a table, found 7"):
        fields_of("row = [{}, 7]").tables("row")


@pytest.mark.parametrize("text", ["x =", "x = 1\nx = 2", f"x = {'[' * 5000}"])
def test_what_is_not_toml_is_refused(text):
    with pytest.raises(dq.PolicyError, match=r"file.toml: expected valid TOML"):
        fields_of(text)


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
