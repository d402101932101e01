"""Provisions in a file: what is read, told and compared, and what is refused with its line."""

from __future__ import annotations

import jsonschema
import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.rulebook.describe import to_markdown, to_text

FILE = """
id = "own"
title = "own"
penalty_in_waterfall = "outside"
[citation.manual]
instrument = "Credit manual"
provision = "4.2"
[[version]]
[version.counting]
first_day = "day_after_due_date"
[version.allocation]
order = ["fees", "penalty", "interest", "principal"]
[version.buckets]
name = "own"
reads = "days_past_due"
band = [{ code = "0", from = 0, to = 0, is_stressed = false }, { code = "1+", from = 1 }]
[[version.status]]
name = "watch"
state = [{ code = "off" }, { code = "on" }]
trigger = [{ to = "on", when = ["days_past_due > 5"] }]
[version.provisions]
"""
WHOLE = """by = "bucket"
base = "principal"
rounding = "up"
rate = [
    { of = "0", share = "0.005" },
    { of = "1+", share = "0.25", cites = ["manual"] },
]
"""


def loaded(provisions: str) -> dq.PolicyTimeline:
    return dq.rulebook.loads(FILE + provisions, source="own.toml")


def test_a_table_is_read_with_its_base_rounding_and_sources():
    (version,) = loaded(WHOLE).versions
    table = version.provisions
    assert (table.by, table.base) == ("bucket", dq.ProvisionBase.PRINCIPAL)
    assert table.rounding is dq.RoundingMode.UP
    assert [(rate.of, rate.share) for rate in table.rates] == [
        ("0", dq.Proportion(1, 200)),
        ("1+", dq.Proportion(1, 4)),
    ]
    assert table.rates[0].citations == ()
    assert table.rates[1].citations == (dq.Citation("Credit manual", "4.2"),)


def test_a_table_by_state_need_not_say_its_base_and_its_rounding():
    text = 'by = "watch"\nrate = [{ of = "on", share = "1" }, { of = "off", share = "0" }]'
    (version,) = loaded(text).versions
    assert version.provisions.base is dq.ProvisionBase.EXPOSURE
    assert version.provisions.rounding is dq.RoundingMode.HALF_UP
    assert version.provisions.rate_of("on").share == dq.Proportion(1, 1)


def test_pages_and_the_terminal_tell_every_rate():
    page, text = to_markdown(loaded(WHOLE)), to_text(loaded(WHOLE), lang="zh")
    assert "- Provisions: by bucket, of principal, up\n" in page
    assert "- Provision: 0: 0.5 %\n" in page
    assert "- Provision: 1+: 25 %; by Credit manual, 4.2\n" in page
    assert "准备计提" in text
    assert text.count("计提比例") == 2


def test_a_changed_rate_is_a_difference():
    other = WHOLE.replace('"0.25"', '"0.3"')
    rows = dq.rulebook.compare(loaded(WHOLE), loaded(other)).rows
    assert [(row.name, row.a, row.b) for row in rows] == [
        (
            "Provision",
            "1+: 25 %; by Credit manual, 4.2",
            "1+: 30 %; by Credit manual, 4.2",
        )
    ]


def test_what_is_written_as_json_fits_its_schema():
    written = serialization.to_dict(loaded(WHOLE).versions[0])
    assert written["provisions"]["rates"][1] == {
        "of": "1+",
        "share": {"numerator": 1, "denominator": 4},
        "citations": written["provisions"]["rates"][1]["citations"],
        "unsecured_share": None,
        "unsecured_up_to": None,
        "each_month": None,
    }
    jsonschema.validate(written, serialization.json_schema(dq.Policy))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"0.25"', "0.25"), "share"),
        (('"0.25"', '"1.01"'), "from 0 to 1"),
        (('"0.25"', '"-0.1"'), "share"),
        (('"0.25"', '"25%"'), "share"),
        (('"1+"', '"2+"'), "rate 2, of: expected one of the buckets 0, 1+, found '2+'"),
        (('"1+"', '"0"'), "rate 2, of: expected each code once, found '0'"),
        (('"bucket"', '"stage"'), "by: expected one of bucket, watch, found 'stage'"),
        (('"bucket"', '"watch"'), "rate 1, of: expected one of the states off, on, found '0'"),
        (('"principal"', '"balance"'), "one of exposure, principal"),
        (('"up"', '"half_upp"'), "Did you mean 'half_up'?"),
        (('"manual"', '"manuel"'), "Did you mean 'manual'?"),
        (("share = ", "rate = "), "the key 'share'"),
        (('base = "principal"', 'bases = "principal"'), "Did you mean 'base'?"),
        (('{ of = "0", share = "0.005" },', ""), "a rate of the bucket '0', found none"),
        (("by = ", "of = "), "the key 'by'"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(change, message):
    assert change[0] in WHOLE
    place = r"own\.toml, line [0-9]+, version 1, (policy 'own', )?provisions"
    with pytest.raises(dq.PolicyError, match=place) as caught:
        loaded(WHOLE.replace(*change))
    assert message in str(caught.value)


def test_a_table_without_rates_is_refused():
    with pytest.raises(dq.PolicyError, match="the key 'rate'"):
        loaded('by = "bucket"')
    with pytest.raises(dq.PolicyError, match="at least one rate"):
        loaded('by = "bucket"\nrate = []')


def test_packaged_policies_with_rates_are_those_whose_rates_were_read():
    with_rates = {
        entry.name
        for entry in dq.rulebook.available()
        for version in dq.rulebook.load(entry.name).versions
        if version.provisions is not None
    }
    portfolios = {f"br-352-c{number}" for number in range(1, 6)}
    assert with_rates == {"in-sma", *portfolios}


SPLIT = WHOLE.replace('share = "0.25"', 'share = "0.25", unsecured_share = "0.5"')
GROWING = """by = "watch"
rate = [
    { of = "off", share = "0" },
    { of = "on", share = "0.1", each_month = "0.045" },
]
"""
LIMITED = SPLIT.replace('"0.5"', '"0.5", unsecured_up_to = "0.1"')


def test_shares_of_secured_and_unsecured_parts_are_read_told_and_written():
    (split,), (limited,) = loaded(SPLIT).versions, loaded(LIMITED).versions
    half, tenth = dq.Proportion(1, 2), dq.Proportion(1, 10)
    rates = [version.provisions.rate_of("1+") for version in (split, limited)]
    assert [(rate.unsecured_share, rate.unsecured_up_to) for rate in rates] == [
        (half, None),
        (half, tenth),
    ]
    assert "1+: 25 % of what collateral covers, 50 % of the rest; by" in to_markdown(loaded(SPLIT))
    page = to_markdown(loaded(LIMITED))
    assert "1+: 25 %, or 50 % where collateral covered at most 10 % when the account began" in page
    for version in (split, limited):
        written = serialization.to_dict(version)
        jsonschema.validate(written, serialization.json_schema(dq.Policy))
        assert serialization.from_dict(dq.Policy, written) == version


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('unsecured_share = "0.5"', "unsecured_share = 0.5"), "unsecured_share: expected a text"),
        (('"0.5"', '"1.5"'), "unsecured_share: expected from 0 to 1, found"),
        (('"0.1"', '"2"'), "unsecured_up_to: expected from 0 to 1, found"),
        (('unsecured_share = "0.5", ', ""), "expected an unsecured_share beside it, found none"),
        (("unsecured_up_to", "unsecured_upto"), "Did you mean 'unsecured_up_to'?"),
    ],
)
def test_a_wrong_unsecured_share_is_refused_with_its_line(change, message):
    assert change[0] in LIMITED
    with pytest.raises(dq.PolicyError, match=r"own\.toml, line 2[0-9], version 1") as caught:
        loaded(LIMITED.replace(*change))
    assert message in str(caught.value)


def test_a_rate_that_grows_by_the_month_is_read_told_and_written():
    (version,) = loaded(GROWING).versions
    assert version.provisions.rate_of("on").each_month == dq.Proportion(9, 200)
    assert "on: 10 %, and 4.5 % more for each whole month in it" in to_markdown(loaded(GROWING))
    assert "on：10%，每满一个月增加 4.5%" in to_text(loaded(GROWING), lang="zh")
    written = serialization.to_dict(version)
    jsonschema.validate(written, serialization.json_schema(dq.Policy))
    assert serialization.from_dict(dq.Policy, written) == version


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"0.045"', "0.045"), "each_month: expected a text"),
        (('"0.045"', '"0"'), "each_month: expected more than 0, found"),
        (('"0.045"', '"1.1"'), "each_month: expected from 0 to 1, found"),
        (('"0.045"', '"0.045", unsecured_share = "1"'), "each_month: expected no unsecured_share"),
        (("each_month", "each_mont"), "Did you mean 'each_month'?"),
    ],
)
def test_a_wrong_growth_is_refused_with_its_line(change, message):
    with pytest.raises(dq.PolicyError, match=r"own\.toml, line 2[0-9], version 1") as caught:
        loaded(GROWING.replace(*change))
    assert message in str(caught.value)


def test_a_rate_of_a_bucket_cannot_grow():
    text = WHOLE.replace('share = "0.25"', 'share = "0.25", each_month = "0.1"')
    with pytest.raises(dq.PolicyError, match="rate 2, each_month: expected none: nobody knows"):
        loaded(text)
