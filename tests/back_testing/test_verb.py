"""A back-test beside plain counting, account by account."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency.back_testing import BackTest, Outcomes, area_under_curve, back_test
from delinquency.early_warning import Severity, WarningFamily, WarningRule, WarningRules
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.portfolio import ObservationPanel, PortfolioSignals, early_warning_signals

ENDS = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
AS_OF = ENDS[-1]
UNTIL = date(2025, 12, 31)


def rule(rule_id: str, line: str, points: int) -> WarningRule:
    return WarningRule(
        rule_id=rule_id,
        when=parse_condition(line, terms=CATALOGUE, where="test"),
        family=WarningFamily.BEHAVIOUR,
        severity=Severity.ORANGE if points >= 0 else Severity.NONE,
        points=points,
        says="So it is.",
    )


RULES = WarningRules(
    name="house",
    rules=[
        rule("late", "days_past_due > 30", 3),
        rule("later", "days_past_due > 60", 2),
        rule("partly", "part_paid_instalments >= 1", 1),
        rule("in_use", "days_past_due = 0", -1),
        rule("never", "days_past_due > 9999", 5),
    ],
)
COUNT = 60


def signals(seed: int = 3, *, history: bool = False) -> PortfolioSignals:
    rng = np.random.default_rng(seed)
    partly = np.ma.masked_equal(rng.integers(-1, 3, (COUNT, 3)), -1)
    panel = ObservationPanel.of(
        [f"A-{row}" for row in range(COUNT)],
        ENDS,
        {
            "days_past_due": rng.choice([0, 0, 30, 31, 60, 61], (COUNT, 3)),
            "part_paid_instalments": partly,
        },
    )
    return early_warning_signals(panel, rules=RULES, history=history)


def events(seed: int = 4) -> list[date | None]:
    """Some come before the signals, some on their day, some in the 90 days after, some later, most never."""
    rng = np.random.default_rng(seed)
    choices = [None, None, None, -40, 0, 1, 20, 90, 91]
    drawn = [choices[place] for place in rng.integers(0, len(choices), COUNT)]
    return [None if after is None else AS_OF + timedelta(days=after) for after in drawn]


def found(**more: Any) -> BackTest:
    return back_test(signals(**more), Outcomes.of(events(), watched_until=UNTIL), days=90)


def test_every_figure_is_what_counting_gives() -> None:
    test, given = found(), signals()
    kept = [
        (row, event is not None and event <= AS_OF + timedelta(days=90))
        for row, event in enumerate(events())
        if event is None or event > AS_OF
    ]
    assert (test.accounts, test.left_out) == (len(kept), COUNT - len(kept))
    assert test.bad == sum(bad for _, bad in kept)
    scores = [given.row(row).score for row, _ in kept]
    assert test.scores.tolist() == scores
    assert test.area == area_under_curve(scores, [bad for _, bad in kept])
    assert test.gini.value == pytest.approx(2 * test.area.value - 1)
    for each in test.confusion:
        pairs = [
            (score >= each.threshold, bad) for score, (_, bad) in zip(scores, kept, strict=True)
        ]
        assert (each.hits, each.false_alarms) == (
            pairs.count((True, True)),
            pairs.count((True, False)),
        )
        assert (each.missed, each.quiet) == (
            pairs.count((False, True)),
            pairs.count((False, False)),
        )
        assert test.at(each.threshold) == each
    assert [each.threshold for each in test.confusion] == sorted(set(scores), reverse=True)
    assert sum(band.accounts for band in test.bands) == len(kept)


def test_each_rule_alone_beside_counting() -> None:
    test, given, all_events = found(), signals(), events()
    kept = [row for row, event in enumerate(all_events) if event is None or event > AS_OF]
    bad = {
        row
        for row in kept
        if all_events[row] is not None and all_events[row] != AS_OF + timedelta(days=91)
    }
    up = {name: [r for r in kept if given.row(r).signal(name).is_up] for name in given.rule_ids}
    for place, each in enumerate(test.rules):
        fired = up[each.rule_id]
        assert each.fired == len(fired)
        assert each.not_assessed == sum(
            not given.row(r).signal(each.rule_id).is_assessed for r in kept
        )
        hits = len(bad.intersection(fired))
        assert each.precision == (hits / len(fired) if fired else None)
        assert each.recall == hits / len(bad)
        others = [given.row(r).score - each.points * (r in fired) for r in kept]
        without = area_under_curve(others, [r in bad for r in kept])
        assert each.marginal == pytest.approx(test.area.value - without.value)
        for column, name in enumerate(given.rule_ids):
            both = len({*fired} & {*up[name]})
            told = test.overlap[place, column]
            assert told == pytest.approx(both / len(fired)) if fired else np.isnan(told)
    assert test.rules[-1].share_bad is None
    leads = {
        name: [(all_events[r] - given.row(r).signal(name).since).days for r in up[name] if r in bad]  # type: ignore[operator]
        for name in ("late", "later", "partly")
    }
    assert test.lead_days == {name: median(days) for name, days in leads.items() if days}


def test_alerts_are_accounts_that_come_up_and_were_not_up_before() -> None:
    given = signals(history=True)
    test = back_test(given, Outcomes.of(events(), watched_until=UNTIL), days=90)
    warns = [name for name in given.rule_ids if name != "in_use"]
    before: set[int] = set()
    for end in ENDS:
        seen = [account.up_to(end) for account in given.panel]
        now = {
            row
            for row, account in enumerate(seen)
            if any(
                dq.early_warning_signals(account, rules=RULES).signal(name).is_up for name in warns
            )
        }
        assert test.alerts_by_month[end] == len(now - before)
        before = now
    assert found().alerts_by_month == {}
    scores = [
        [dq.early_warning_signals(a.up_to(end), rules=RULES).score for a in given.panel]
        for end in ENDS
    ]
    first, second, third = ([score >= 3 for score in row] for row in scores)
    test = back_test(given, Outcomes.of(events(), watched_until=UNTIL), days=90, threshold=3)
    assert list(test.alerts_by_month.values()) == [
        sum(first),
        sum(now and not before for before, now in zip(first, second, strict=True)),
        sum(now and not before for before, now in zip(second, third, strict=True)),
    ]


def test_what_happens_later_changes_no_figure() -> None:
    """An event after the stretch is as good as none, and one before it is left out, whenever it came."""
    later = [None if event == AS_OF + timedelta(days=91) else event for event in events()]
    earlier = [AS_OF - timedelta(days=1) if event == AS_OF else event for event in later]
    for other in (later, earlier):
        again = back_test(signals(), Outcomes.of(other, watched_until=UNTIL), days=90)
        assert str(again) == str(found())


def test_halves_share_the_bad_and_are_drawn_by_the_seed() -> None:
    one, again = found().halves, found().halves
    assert one is not None
    assert one == again
    outcomes = Outcomes.of(events(), watched_until=UNTIL)
    other = back_test(signals(), outcomes, days=90, seed=1).halves
    assert other is not None
    assert other.areas != one.areas
    flags = [row == 0 for row in range(COUNT)]
    single = back_test(signals(), Outcomes.of_flags(flags, watched_until=UNTIL), days=275)
    assert single.halves is None
    with pytest.raises(dq.InvalidValueError, match="two accounts that went bad"):
        single.chart("halves")


def test_it_is_told_in_a_table() -> None:
    test = found()
    text = str(test)
    assert text.startswith(
        f"Signals of 2025-03-31, outcomes of 90 days after: {test.accounts} accounts"
    )
    assert "not assessed" in text
    assert "never" in text
    assert test._repr_html_().count("<tr>") == 1 + len(RULES.rules)
    assert repr(test).startswith("BackTest(Signals of")
    assert not test.scores.flags.writeable


KINDS = ("curve", "bands", "confusion", "rules", "overlap", "halves", "lead", "alerts")


def test_there_is_a_chart_for_each_question() -> None:
    pytest.importorskip("matplotlib")
    test = back_test(signals(history=True), Outcomes.of(events(), watched_until=UNTIL), days=90)
    for kind in KINDS:
        (axes, *_) = test.chart(kind).axes
        assert axes.has_data(), kind
        assert axes.get_title(), kind
    with pytest.raises(dq.InvalidValueError, match="history=True"):
        found().chart("alerts")


def test_bad_arguments_are_told() -> None:
    outcomes = Outcomes.of(events(), watched_until=UNTIL)
    for given, error, words in (
        ((signals().score, outcomes), dq.InvalidTypeError, "early_warning_signals"),
        ((signals(), [1] * COUNT), dq.InvalidTypeError, "Outcomes.of"),
        ((signals(), Outcomes.of([None], watched_until=UNTIL)), dq.InvalidValueError, "one row for each of 60"),
        ((signals(), Outcomes.of([None] * COUNT, watched_until=UNTIL)), dq.InvalidValueError, "went bad"),
        ((signals(), Outcomes.of(events(), watched_until=AS_OF + timedelta(days=91))), None, ""),
    ):  # fmt: skip
        if error is None:
            assert back_test(*given, days=90).left_out > 0  # type: ignore[arg-type]
            continue
        with pytest.raises(error, match=words):
            back_test(*given, days=90)  # type: ignore[arg-type]
    for change in (
        {"days": 0},
        {"bands": 0},
        {"seed": -1},
        {"days": "90"},
        {"bands": 2.5},
        {"threshold": "3"},
    ):
        with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError), match=next(iter(change))):
            back_test(signals(), outcomes, **{"days": 90, **change})  # type: ignore[arg-type]
    for kind in ("pie", ["curve"], None):
        with pytest.raises(dq.InvalidValueError, match="one of curve"):
            found().chart(kind)  # type: ignore[arg-type]
    for threshold in (2.5, float("nan"), "3", None, True):
        with pytest.raises(dq.InvalidTypeError, match="threshold"):
            found().at(threshold)  # type: ignore[arg-type]
