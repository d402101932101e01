"""Rules are written as a file that is read as the same rules."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.citation import Citation, Modality, Verification
from delinquency.currency import Currency
from delinquency.early_warning import (
    AllOf,
    AnyOf,
    DatedRule,
    ObservationPeriod,
    ObservationTerm,
    Unit,
    WarningRules,
    available_warning_rules,
    load_warning_rules,
    rules_to_toml,
    save_warning_rules,
)
from delinquency.validity import Validity
from tests.early_warning.drawing import rules as drawn_rules
from tests.early_warning.rows import condition, rule_of

LATE = condition("days_past_due > 30")
IDLE = condition("unemployed")
LETTERS = st.characters(exclude_categories=["Cs"])
HARD = (
    '"',
    "'",
    "\\",
    '"""',
    "\n",
    "\r\n",
    "\t",
    "\x00",
    "\x7f",
    "\u2028",
    "#",
    "逾期",
    "\\n",
    " ",
)
TEXTS = st.lists(st.sampled_from(HARD) | st.text(LETTERS, max_size=4), max_size=5).map("".join)
SAYS = TEXTS.map(lambda text: f"So {text} it is.")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
CITATIONS = st.builds(
    Citation,
    SAYS,
    TEXTS,
    address=TEXTS,
    published_on=st.none() | DAYS,
    title_zh=TEXTS,
)
WORDS = ("rationale", "rationale_zh", "says_zh", "owner", "owner_zh", "escalation", "escalation_zh")


@st.composite
def dated(draw: st.DrawFn, rule_id: str, known: list[Citation]) -> list[DatedRule]:
    """A rule, always in force or in one or two periods that meet, with sources or without."""
    cites = draw(st.lists(st.sampled_from(known), max_size=3)) if known else []
    levels = st.sampled_from([None, *(Verification if cites else (Verification.UNVERIFIED,))])
    rule = attrs.evolve(
        draw(drawn_rules(rule_id)),
        says=draw(SAYS),
        citations=cites,
        verification=draw(levels),
        modality=draw(st.none() | st.sampled_from(Modality)),
        **{name: draw(TEXTS) for name in WORDS},
    )
    between = draw(st.none() | DAYS)
    if between is None:
        return [DatedRule(rule)]
    first = Validity(None, between)
    later = Validity(between, draw(st.none() | st.just(between + timedelta(days=1))))
    return [DatedRule(rule, first), DatedRule(rule, later)][: draw(st.integers(1, 2))]


@st.composite
def rule_sets(draw: st.DrawFn) -> WarningRules:
    known = draw(st.lists(CITATIONS, max_size=2))
    ids = draw(st.lists(st.sampled_from(["a", "late rule", "逾期", 'say "so"', "x\\y"]), min_size=1, max_size=3, unique=True))  # fmt: skip
    own = [
        ObservationTerm(name, draw(st.sampled_from(Unit)), draw(TEXTS), draw(TEXTS), draw(TEXTS))
        for name in draw(st.lists(st.sampled_from(["visits", "x_1", "zeta"]), unique=True))
    ]
    return WarningRules(
        name=draw(st.sampled_from(["house", "信用卡", 'a "b"'])),
        rules=[each for name in ids for each in draw(dated(name, known))],
        period=draw(st.sampled_from(ObservationPeriod)),
        own_terms=own,
        currency=draw(st.sampled_from([None, Currency.of("TWD"), Currency.of("JPY")])),
        **{name: draw(TEXTS) for name in ("title", "title_zh", "jurisdiction", "notes")},
    )


@given(rule_sets())
def test_what_was_written_is_read_as_the_same_rules(tmp_path_factory, rules) -> None:
    path = tmp_path_factory.mktemp("rules") / "house.toml"
    save_warning_rules(rules, path)
    assert load_warning_rules(path) == rules
    assert load_warning_rules(str(path)) == rules
    assert path.read_bytes().decode() == rules_to_toml(rules)
    text = serialization.to_json(rules)
    assert serialization.from_json(WarningRules, text) == rules


def house(when: object = LATE, **more: object) -> WarningRules:
    rule = attrs.evolve(rule_of(when), says="So it is.", **more)  # type: ignore[arg-type]
    return WarningRules(name="house", rules=[rule])


@pytest.mark.parametrize("name", available_warning_rules())
def test_packaged_rules_are_written_and_read(name: str) -> None:
    rules = load_warning_rules(name)
    text = rules_to_toml(rules)
    assert max(map(len, text.partition("[[rule]]")[0].splitlines())) <= 200
    assert text.isprintable() or set(text) - {"\n"} == {c for c in text if c.isprintable()}


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (LATE, '"days_past_due > 30"'),
        (AllOf([LATE]), '{all = ["days_past_due > 30"]}'),
        (AllOf([LATE, IDLE]), '["days_past_due > 30", "unemployed = 1"]'),
        (AnyOf([LATE, AllOf([LATE, IDLE])]), '{any = ["days_past_due > 30", ["days_past_due > 30", "unemployed = 1"]]}'),
        (condition("all of (unemployed; forborne) for 2 periods"), '"all of (unemployed = 1; forborne = 1) for 2 periods"'),
    ],
)  # fmt: skip
def test_conditions_as_a_file_says_them(when: object, written: str) -> None:
    assert f"when = {written}" in rules_to_toml(house(when)).splitlines()


def test_what_is_as_by_default_has_no_line() -> None:
    lines = rules_to_toml(house()).splitlines()
    assert lines[:4] == ['id = "house"', "", "[[rule]]", 'id = "rule"']
    assert not any(line.startswith(("clears", "cool_down", "cites", "period")) for line in lines)


def test_notes_are_one_paragraph_however_their_lines_break() -> None:
    rules = WarningRules(name="house", rules=[rule_of(LATE)], notes="  Two\n lines.\t")
    assert rules.notes == "Two lines."


def test_what_a_file_cannot_say_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    twice = [ObservationTerm("visits", Unit.TIMES)] * 2
    for rules, words in (
        (
            WarningRules(name="house", rules=[rule_of(LATE)]),
            "rules that a file can say, found .*says",
        ),
        (house(rule_id=" late"), "rules that a file can say, found .*id"),
        (house(citations=[Citation("\ud800")]), "UTF-8"),
        (
            attrs.evolve(house(), own_terms=twice),
            "rules that a file can say, found .*Cannot declare",
        ),
    ):
        with pytest.raises(dq.InvalidValueError, match=words):
            save_warning_rules(rules, path)
    for wrong in (None, [rule_of(LATE)], "sama"):
        with pytest.raises(dq.InvalidTypeError, match="WarningRules"):
            save_warning_rules(wrong, path)  # type: ignore[arg-type]
    good = load_warning_rules("sama")
    with pytest.raises(dq.InvalidTypeError, match="a path"):
        save_warning_rules(good, 3)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidValueError, match=r"ends in \.toml, found"):
        save_warning_rules(good, tmp_path / "house")
    assert not list(tmp_path.iterdir())
    with pytest.raises(OSError, match="nowhere"):
        save_warning_rules(good, tmp_path / "nowhere" / "house.toml")
