"""Rules of plans: what a file may say, what it is told where it is wrong, and which tests a day asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import delinquency as dq
from delinquency.restructuring import (
    PlanClass,
    PlanRules,
    PlanTest,
    available_plan_rules,
    load_plan_rules,
)
from delinquency.restructuring.review import ExtensionBand, PlanTestKind
from delinquency.restructuring.review.asking import _ASKED
from delinquency.restructuring.review.facts import PlanFacts
from delinquency.restructuring.review.kinds import KIND_READS
from tests.restructuring.review.plans import loan, planned, reviewed

HEAD = """
id = "house-plan"
title = "Plans of the house"
notes = "Ours."
[citation.manual]
instrument = "Manual of the house"
provision = "7.2"
"""
TERM = """
[[test]]
id = "house_term"
kind = "plan_term"
modality = "should"
months = 36
cites = ["manual"]
"""


def loaded(tmp_path: Path, text: str = HEAD + TERM) -> PlanRules:
    path = tmp_path / "house.toml"
    path.write_text(text, encoding="utf-8")
    return load_plan_rules(path)


def test_a_file_of_ones_own_is_read_and_reviews(tmp_path) -> None:
    rules = loaded(tmp_path)
    (test,) = rules.tests
    assert (rules.name, rules.title, rules.notes) == ("house-plan", "Plans of the house", "Ours.")
    assert (test.test_id, test.kind, test.months) == ("house_term", PlanTestKind.PLAN_TERM, 36)
    assert (test.modality, test.verification) == (dq.Modality.SHOULD, None)
    assert test.citations == (dq.Citation("Manual of the house", "7.2"),)
    assert load_plan_rules(str(tmp_path / "house.toml")) == rules
    for count, verdict in ((36, "passed"), (37, "failed")):
        row = reviewed(planned(loan(count), on=date(2025, 1, 1)), rules).row("house_term")
        assert row.verdict.value == verdict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TERM.replace("months", "month"), "house.toml, line 13, test 1: expected only the keys"),
        (TERM.replace("months = 36", "months = 0"), "house.toml, line 13, test 1, months: expected from 1 to 1,200, found 0"),
        (TERM.replace("months = 36", "months = 1201"), "line 13, test 1, months: expected from 1"),
        (TERM.replace("months = 36", 'months = "36"'), "line 13, test 1, months: expected a whole number"),
        (TERM.replace("months = 36\n", ""), "expected a figure of plan_term, found none"),
        (TERM + "days = 3\n", "line 15, test 1, days: expected none: plan_term does not read it"),
        (TERM + 'classes = ["default"]\n', "line 15, test 1, classes: expected classes of a test that describes"),
        (TERM + 'colour = "red"\n', "line 15, test 1: expected only the keys"),
        (TERM.replace("plan_term", "plan_terms"), "line 11, test 1, kind: expected one of"),
        (TERM.replace("should", "shall"), "line 12, test 1, modality: expected one of"),
        (TERM.replace('modality = "should"\n', ""), "expected the key 'modality'"),
        (TERM.replace("manual", "book"), "line 14, test 1, cites: expected one of manual"),
        (TERM.replace('id = "house_term"\n', ""), "expected the key 'id'"),
        (TERM + "effective_from = 2025-01-01\neffective_until = 2025-01-01\n", "expected effective_until after 2025-01-01"),
        (TERM + 'verification = "read"\n', "line 15, test 1, verification: expected one of"),
        (TERM.replace('cites = ["manual"]', 'verification = "secondary"'), "line 14, test 1, verification: expected a citation of what was compared"),
        (TERM + TERM, "expected days apart from those before: always"),
        (TERM + TERM.replace("house_term", "other") + 'follows = "x"\n', "follows: expected none: plan_term does not read it"),
        ("", "expected the key 'test'"),
        (TERM + 'product = "house"\n', "line 15, test 1, product: expected one of"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_told_with_its_line_and_key(tmp_path, text, message) -> None:
    with pytest.raises(dq.PolicyError) as caught:
        loaded(tmp_path, HEAD + text)
    assert str(caught.value).startswith(str(tmp_path / "house.toml"))
    assert message in str(caught.value)


BANDS = """
[[test]]
id = "house_extension"
kind = "extension_term"
modality = "must"
bands = [
    { up_to_months = 12, share = "1" },
    { months = 36 },
]
"""


def test_bands_are_read_in_order(tmp_path) -> None:
    (test,) = loaded(tmp_path, HEAD + BANDS).tests
    whole = dq.Proportion(1, 1)
    assert test.bands == (ExtensionBand(up_to_months=12, share=whole), ExtensionBand(months=36))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("up_to_months = 12, ", "", "bands: expected an end of each band but the last"),
        ("{ months = 36 }", "{ up_to_months = 24, months = 36 }", "bands: expected an end of each"),
        ("{ months = 36 }", "{ up_to_months = 12, months = 1 }, { months = 36 }", "bands in order of up_to_months"),
        ("months = 36", "months = 36, to_longest_term = true", "expected one of share, months and to_longest_term, found 2"),
        ("{ months = 36 }", "{ }", "expected one of share, months and to_longest_term, found 0"),
        ('share = "1"', "share = 1", "line 14, test 1, bands 1, share"),
        ('share = "1"', 'share = "-1"', "line 14, test 1, bands 1, share"),
        ("months = 36", "months = 36, weeks = 2", "expected only the keys"),
    ],
)  # fmt: skip
def test_bands_that_contradict_each_other_are_refused(tmp_path, old, new, message) -> None:
    with pytest.raises(dq.PolicyError) as caught:
        loaded(tmp_path, HEAD + BANDS.replace(old, new))
    assert message in str(caught.value)


@pytest.mark.parametrize("name", available_plan_rules())
def test_every_packaged_test_has_a_source_and_says_how_far_it_was_checked(name) -> None:
    rules = load_plan_rules(name)
    assert rules.name == name
    assert rules.title
    assert rules.title_zh
    assert rules.jurisdiction
    assert rules.notes
    for test in rules.tests:
        assert test.citations, test.test_id
        assert test.verification is not None, test.test_id
        assert test.validity.effective_from is not None, test.test_id


def test_the_figures_that_are_packaged() -> None:
    """Each with the article; those that were never compared say so."""
    found = {
        test.test_id: (test.months or test.share or test.days, test.is_unverified)
        for name in available_plan_rules()
        for test in load_plan_rules(name).tests
        if test.months or test.share or test.days
    }
    assert found == {
        "cn_observation": (12, False),
        "cn_restructured_again": (12, True),
        "cn_card_agreement_term": (60, False),
        "cn_card_instalments_term": (60, False),
        "eu_presumed_forbearance": (3, True),
        "eu_diminished_obligation": (Decimal("0.01"), False),
        "eu_short_term_measures": (24, True),
        "ifrs_9_ten_per_cent": (Decimal("0.1"), False),
        "in_monitoring": (12, True),
        "us_occ_workout_term": (60, True),
        "us_reg_x_arrears_months": (3, False),
        "us_reg_x_arrears_term": (6, False),
    }


def test_ids_are_of_one_file_each() -> None:
    seen: dict[str, str] = {}
    for name in available_plan_rules():
        for test in load_plan_rules(name).tests:
            assert seen.setdefault(test.test_id, name) == name


def test_every_kind_can_be_asked_and_says_what_it_reads() -> None:
    assert set(_ASKED) == set(KIND_READS) == set(PlanTestKind)
    known = {field.name for field in attrs.fields(PlanFacts)}
    figures = {field.name for field in attrs.fields(PlanTest)}
    for reads in KIND_READS.values():
        assert set(reads.facts) <= known
        assert set(reads.figures) <= figures
    packaged = {
        test.kind for name in available_plan_rules() for test in load_plan_rules(name).tests
    }
    assert packaged == set(PlanTestKind)


def test_every_fact_is_read_by_some_kind() -> None:
    read = {fact for reads in KIND_READS.values() for fact in reads.facts}
    assert read == {field.name for field in attrs.fields(PlanFacts)}


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(dq.PolicyError, match="Did you mean 'cn-plan'"):
        load_plan_rules("cn-plam")
    with pytest.raises(dq.InvalidTypeError, match="rules for plans: expected a name or a path"):
        load_plan_rules(7)  # type: ignore[arg-type]
    with pytest.raises(dq.PolicyError, match="expected a file that can be read"):
        load_plan_rules("nowhere.toml")


def made(**fields) -> PlanTest:
    return PlanTest(**{"test_id": "t", "kind": PlanTestKind.PLAN_TERM, "months": 3, **fields})


@pytest.mark.parametrize(
    ("fields", "kind", "message"),
    [
        ({"test_id": ""}, dq.InvalidTypeError, "test_id: expected a text"),
        ({"kind": "plan_term"}, dq.InvalidTypeError, "kind: expected a PlanTestKind"),
        ({"months": 3.0}, dq.InvalidTypeError, "months: expected an int"),
        ({"months": True}, dq.InvalidTypeError, "months: expected an int"),
        ({"months": -1}, dq.PolicyError, "months: expected from 1 to 1,200"),
        ({"validity": date(2025, 1, 1)}, dq.InvalidTypeError, "validity: expected a Validity"),
        ({"product": "loan"}, dq.InvalidTypeError, "product: expected a Product"),
        ({"segment": "retail"}, dq.InvalidTypeError, "segment: expected a Segment"),
        ({"modality": "must"}, dq.InvalidTypeError, "modality: expected a Modality"),
        ({"only_in_difficulty": 1}, dq.InvalidTypeError, "only_in_difficulty: expected True"),
        ({"classes": ["default"]}, dq.InvalidTypeError, "class 1: expected an instance of PlanClass"),
        ({"classes": [PlanClass.DEFAULT]}, dq.PolicyError, "expected classes of a test that"),
        ({"verification": "secondary"}, dq.InvalidTypeError, "verification: expected a Verification"),
        ({"share": Decimal("0.1")}, dq.PolicyError, "share: expected none: plan_term does not read"),
    ],
)  # fmt: skip
def test_a_test_that_contradicts_itself_is_refused(fields, kind, message) -> None:
    with pytest.raises(kind) as caught:
        made(**fields)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        (0.1, dq.InvalidTypeError),
        (Decimal("NaN"), dq.PolicyError),
        (Decimal("Infinity"), dq.PolicyError),
        (Decimal("1.01"), dq.PolicyError),
        (Decimal("-0.01"), dq.PolicyError),
        (Decimal("0.0000000001"), dq.PolicyError),
    ],
)
def test_a_share_is_from_0_to_1_and_no_finer_than_one_that_is_found(share, kind) -> None:
    with pytest.raises(kind, match="share: expected"):
        made(kind=PlanTestKind.CHANGED_VALUE, months=None, share=share)
    edge = made(kind=PlanTestKind.CHANGED_VALUE, months=None, share=Decimal("0.000000001"))
    assert edge.share == Decimal("1e-9")


def test_a_test_follows_one_before_it() -> None:
    following = made(test_id="b", kind=PlanTestKind.OBSERVATION, periods=2, follows="a")
    with pytest.raises(dq.PolicyError, match="follows: expected the id of a test before it"):
        PlanRules(name="r", tests=[following, made(test_id="a")])
    with pytest.raises(dq.PolicyError, match="follows: expected the id of a test before it"):
        PlanRules(name="r", tests=[attrs.evolve(following, follows="b")])
    assert PlanRules(name="r", tests=[made(test_id="a"), following]).tests[1] is following


def between(start: date | None, end: date | None, **more) -> PlanTest:
    return made(validity=dq.Validity(start, end), **more)


def test_versions_of_a_test_close_and_open_without_overlap() -> None:
    first, change, end = date(2020, 1, 1), date(2024, 1, 1), date(2026, 1, 1)
    old, new = between(first, change), between(change, end, months=4)
    rules = PlanRules(name="r", tests=[old, new])
    days = (first, date(2023, 12, 31), change, date(2025, 12, 31))
    chosen = [rules.in_force(as_of=day, originated_on=first)[0].months for day in days]
    assert chosen == [3, 3, 4, 4]
    for day in (date(2019, 12, 31), end):
        with pytest.raises(dq.PolicyNotInForceError, match="a day on which a test is in force"):
            rules.in_force(as_of=day, originated_on=first)
    with pytest.raises(dq.PolicyError, match="expected days apart"):
        PlanRules(name="r", tests=[old, between(date(2023, 12, 31), end)])


def test_versions_are_chosen_by_one_and_the_same_date() -> None:
    change = date(2024, 1, 1)
    by_origin = dq.Validity(change, None, dq.SelectedBy.ORIGINATED_ON)
    with pytest.raises(dq.PolicyError, match="expected days apart"):
        PlanRules(name="r", tests=[between(None, change), made(validity=by_origin)])
    rules = PlanRules(
        name="r", tests=[made(validity=dq.Validity(None, change, by_origin.selected_by)), made(validity=by_origin, months=5)]
    )  # fmt: skip
    found = rules.in_force(as_of=date(2030, 1, 1), originated_on=date(2023, 12, 31))
    assert [test.months for test in found] == [3]


def test_rules_without_tests_or_a_name_are_refused() -> None:
    with pytest.raises(dq.PolicyError, match="expected at least one test"):
        PlanRules(name="r", tests=[])
    with pytest.raises(dq.InvalidTypeError, match="plan rules, name"):
        PlanRules(name="", tests=[made()])
    with pytest.raises(dq.InvalidTypeError, match="plan rules, test 1"):
        PlanRules(name="r", tests=["a"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"months": 1.5}, dq.InvalidTypeError),
        ({"months": 0}, dq.PolicyError),
        ({"share": "1"}, dq.InvalidTypeError),
        ({"months": 1, "to_longest_term": 1}, dq.InvalidTypeError),
        ({}, dq.PolicyError),
    ],
)
def test_a_band_that_says_nothing_or_too_much_is_refused(fields, kind) -> None:
    with pytest.raises(kind, match="extension band"):
        ExtensionBand(**fields)
