"""Names are read at the edge; a name of two meanings is decided in writing or refused."""

from __future__ import annotations

import re

import pytest

from delinquency import DayCount, InvalidTypeError, InvalidValueError
from delinquency.daycount import definition_of
from delinquency.daycount.coupon_period import CouponPeriod
from delinquency.daycount.definition import Definition
from delinquency.daycount.describe import to_markdown
from delinquency.daycount.names import AMBIGUOUS

D = DayCount
MEANINGLESS = re.compile(r"[^0-9a-z+一-鿿]")


def plain(name: str) -> str:
    return MEANINGLESS.sub("", name.casefold().replace("actual", "act"))


@pytest.mark.parametrize("day_count", D, ids=str)
def test_every_name_of_a_convention_is_read_as_it(day_count):
    for name in (
        day_count.value,
        day_count.name,
        day_count.label,
        *definition_of(day_count).aliases,
    ):
        assert D.of(name) is day_count, name
        assert D.of(f" {name.upper()} ") is day_count
        assert D.of(re.sub(r"Act\b", "Actual", name).replace("/", " / ")) is day_count


def test_no_name_belongs_to_two_conventions():
    owners: dict[str, set[DayCount]] = {}
    for day_count in D:
        for name in (day_count.value, day_count.label, *definition_of(day_count).aliases):
            owners.setdefault(plain(name), set()).add(day_count)
    assert not {name: found for name, found in owners.items() if len(found) > 1}
    assert not {plain(name) for name in AMBIGUOUS} & set(owners)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("30/360", D.THIRTY_360),
        ("bond basis", D.THIRTY_360),
        ("30/360 (ISDA)", D.THIRTY_360),
        ("ACT/ACT", D.ACT_ACT_ISDA),
        ("Actual/Actual", D.ACT_ACT_ISDA),
        ("Actual/Actual (ICMA)", D.ACT_ACT_ICMA),
        ("ACT/365", D.ACT_365F),
        ("Actual/365 (Fixed)", D.ACT_365F),
        ("ACT/365.25", D.ACT_365_25),
        ("30E/360", D.THIRTY_E_360),
        ("30E+/360", D.THIRTY_E_PLUS_360),
        ("30E/360.ISDA", D.THIRTY_E_360_ISDA),
        ("30/360 US", D.THIRTY_U_360),
        ("ACT/ACT.AFB", D.ACT_ACT_AFB),
        ("NL365", D.NL_365),
        ("BUS/252", D.BUSINESS_252),
        ("实际/360", D.ACT_360),
        ("实际/365", D.ACT_365F),
        ("实际/实际", D.ACT_ACT_ISDA),
        ("30／360", D.THIRTY_360),
    ],
)
def test_usual_names_have_the_reading_that_is_documented(name, expected):
    assert D.of(name) is expected


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_name_of_two_meanings_is_refused_with_the_candidates(name):
    with pytest.raises(InvalidValueError, match="the name of one convention") as caught:
        D.of(name)
    assert caught.value.hint == f"{AMBIGUOUS[name]}: write the one that is meant."


@pytest.mark.parametrize("name", ["", "30/361", "Act", "actual actual actual", "?"])
def test_an_unknown_name_is_told_the_known_ones(name):
    with pytest.raises(InvalidValueError, match="the name of one convention") as caught:
        D.of(name)
    assert "Act/360, Act/365F" in caught.value.hint


@pytest.mark.parametrize("wrong", [360, None, D.ACT_360, b"Act/360"])
def test_a_name_is_text(wrong):
    with pytest.raises(InvalidTypeError, match="a name as text"):
        D.of(wrong)


@pytest.mark.parametrize("day_count", D, ids=str)
def test_every_convention_is_defined_in_words(day_count):
    definition = definition_of(day_count)
    assert definition.day_count is day_count
    for text in (definition.rule, definition.computation, definition.ends):
        assert text.endswith(".")
    assert definition.sources
    assert set(definition.needs) <= set(CouponPeriod.__annotations__)


@pytest.mark.parametrize("wrong", ["Act/360", 0, None])
def test_a_definition_is_asked_for_by_the_convention(wrong):
    with pytest.raises(InvalidTypeError, match="day count: expected a DayCount"):
        definition_of(wrong)


@pytest.mark.parametrize("day_count", D, ids=str)
def test_the_page_of_a_convention_says_all_of_it(day_count):
    definition: Definition = definition_of(day_count)
    page = to_markdown(day_count)
    assert page.startswith(f"# {day_count.label}\n")
    said = (
        definition.rule,
        definition.computation,
        definition.ends,
        definition.reading,
        definition.use,
    )
    for text in (*said, *definition.aliases, *definition.needs, *definition.sources):
        assert text in page
    assert ("Needs" in page) == bool(definition.needs)


def test_what_a_convention_needs_is_what_it_asks_for():
    asked = {day_count: definition_of(day_count).needs for day_count in D}
    assert {day_count: needs for day_count, needs in asked.items() if needs} == {
        D.THIRTY_U_360: ("end_of_month",),
        D.THIRTY_E_360_ISDA: ("maturity_date",),
        D.ACT_365L: ("end", "coupons_per_year"),
        D.ACT_ACT_ICMA: ("start", "end", "coupons_per_year"),
        D.BUSINESS_252: ("calendar",),
    }
