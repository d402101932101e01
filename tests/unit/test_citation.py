"""A rule leads back to its source."""

from __future__ import annotations

from datetime import date, datetime

import attrs
import pytest

from delinquency.citation import Citation, Modality, Verification
from delinquency.errors import InvalidTypeError, InvalidValueError


def test_a_citation_reads_as_instrument_and_provision():
    citation = Citation(
        "Measures for the Risk Classification of Financial Assets",
        "Article 10",
        published_on=date(2023, 2, 10),
        title_zh="商业银行金融资产风险分类办法",
    )
    assert str(citation) == "Measures for the Risk Classification of Financial Assets, Article 10"
    assert citation.published_on == date(2023, 2, 10)
    assert citation.title_zh == "商业银行金融资产风险分类办法"


def test_a_whole_instrument_is_cited_by_its_name_alone():
    citation = Citation("IFRS 9")
    assert str(citation) == "IFRS 9"
    assert (citation.provision, citation.address, citation.title_zh) == ("", "", "")
    assert citation.published_on is None


@pytest.mark.parametrize("instrument", ["", "  "])
def test_a_citation_names_an_instrument(instrument):
    with pytest.raises(InvalidValueError, match="the name of an instrument"):
        Citation(instrument, "Article 1")


@pytest.mark.parametrize("field", ["instrument", "provision", "address", "title_zh"])
@pytest.mark.parametrize("value", [None, 5, b"IFRS 9"])
def test_the_texts_of_a_citation_are_texts(field, value):
    with pytest.raises(InvalidTypeError, match=f"{field} as text"):
        Citation(**{"instrument": "IFRS 9", field: value})


@pytest.mark.parametrize("value", ["2023-02-10", datetime(2023, 2, 10), 2023])
def test_the_day_of_publication_is_a_date(value):
    with pytest.raises(InvalidTypeError, match="published_on to be a date"):
        Citation("IFRS 9", published_on=value)


def test_only_instrument_and_provision_are_given_by_position():
    with pytest.raises(TypeError):
        Citation("IFRS 9", "5.5.11", "an address")


def test_equal_citations_are_one_key_and_cannot_be_changed():
    assert {Citation("IFRS 9", "5.5.11"), Citation("IFRS 9", "5.5.11")} == {
        Citation("IFRS 9", provision="5.5.11")
    }
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Citation("IFRS 9").provision = "5.5.11"


def test_the_types_of_the_fields_can_be_read_at_run_time():
    hints = attrs.resolve_types(Citation).__annotations__
    assert set(hints) == {"instrument", "provision", "address", "published_on", "title_zh"}
    assert attrs.fields(Citation).published_on.type == date | None


def test_verification_and_modality_are_read_from_rulebook_words():
    assert [v.value for v in Verification] == ["official-text", "secondary", "unverified"]
    assert [m.value for m in Modality] == [
        "must",
        "must_not",
        "should",
        "should_not",
        "may",
        "presumption",
        "definition",
        "market_practice",
        "project",
        "evidence",
    ]
    assert Verification("official-text") is Verification.OFFICIAL_TEXT
    assert Modality("must_not") is Modality.MUST_NOT
