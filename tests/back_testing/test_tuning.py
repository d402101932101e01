"""Tuning on drawn accounts of which the truth is known."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency.back_testing import Outcomes, area_under_curve
from delinquency.back_testing.tuning import Candidate, TunedRules, TuningChoices, tune_rules
from delinquency.back_testing.tuning.logistic import fitted_points, sigmoid, whole_points
from delinquency.back_testing.tuning.teacher import out_of_fold_risk, threshold_bits
from delinquency.back_testing.tuning.wording import named_rules
from delinquency.early_warning import AllOf, AnyOf, AtLeastOf, Severity, WarningFamily
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.portfolio import ObservationPanel

ENDS = [date(2025, 1, 31), date(2025, 2, 28)]
UNTIL = date(2025, 5, 29)
COUNT = 2000
QUICK = TuningChoices(rule_count=3, longest=2, rounds=25, moves=2000)


def candidate(line: str, topic: str, **more: Any) -> Candidate:
    told = {
        "family": WarningFamily.BEHAVIOUR,
        "rationale": f"{topic} matters",
        "rationale_zh": f"{topic}重要",
        "says": f"so it is with {line}",
        "says_zh": f"{line}",
        "says_else": f"so it is not with {line}",
        "says_else_zh": f"非{line}",
        **more,
    }
    return Candidate(when=parse_condition(line, terms=CATALOGUE, where="t"), topic=topic, **told)  # type: ignore[arg-type]


LATE = candidate("months_late >= 2", "late")
LESS_LATE = candidate("months_late >= 1", "late")
UNPAID = candidate("part_paid_instalments >= 1 in 2 of 2 periods", "partial")
NOISE = [candidate(f"broken_promises >= {k}", "promises") for k in (1, 2)]
NOISE += [candidate(f"contacts_failed >= {k}", "contacts") for k in (1, 2)]
EVERY = [LATE, LESS_LATE, UNPAID, *NOISE]


@cache
def drawn() -> tuple[ObservationPanel, Any]:
    """Risk is made of lateness and of two partial payments; promises and contacts are noise."""
    rng = np.random.default_rng(11)
    late = rng.integers(0, 4, (COUNT, 2))
    partial = rng.integers(0, 2, (COUNT, 2))
    panel = ObservationPanel.of(
        [f"A-{row}" for row in range(COUNT)],
        ENDS,
        {
            "months_late": late,
            "part_paid_instalments": partial,
            "broken_promises": rng.integers(0, 4, (COUNT, 2)),
            "contacts_failed": rng.integers(0, 4, (COUNT, 2)),
        },
    )
    odds = -2 + 2.4 * (late[:, 1] >= 2) + 1.2 * partial.all(axis=1)
    return panel, rng.random(COUNT) < sigmoid(odds)


def tuned(is_bad: Any = None, **more: Any) -> TunedRules:
    panel, truth = drawn()
    outcomes = Outcomes.of_flags(truth if is_bad is None else is_bad, watched_until=UNTIL)
    return tune_rules(
        panel, outcomes, **{"days": 90, "candidates": EVERY, "choices": QUICK, **more}
    )


def asked_by(found: TunedRules) -> set[str]:
    return {name for each in found.rules.rules for name in each.rule.observations}


def test_the_truth_is_found_and_its_figures_are_those_of_the_other_half() -> None:
    found = tuned(choices=TuningChoices(rule_count=2, longest=1, rounds=0, moves=200))
    rules = [each.rule for each in found.rules.rules]
    assert [rule.when for rule in rules] == [LATE.when, UNPAID.when]
    assert rules[0].points > rules[1].points >= 1
    assert 1.5 < rules[0].points / rules[1].points < 2.7
    panel, truth = drawn()
    score = dq.portfolio.early_warning_signals(panel, rules=found.rules).score
    for half, told in ((found.fit_on, found.fitted), (~found.fit_on, found.others)):
        assert told is not None
        assert told.accounts == half.sum() == COUNT // 2
        assert told.area == area_under_curve(score[half], truth[half])


def test_what_is_left_out_of_a_half_is_counted_in_that_half_alone() -> None:
    panel, truth = drawn()
    events = [date(2025, 3, 31) if bad else None for bad in truth]
    until = [UNTIL] * COUNT
    events[:60] = [ENDS[-1]] * 60
    events[60:100], until[60:100] = [None] * 40, [date(2025, 4, 30)] * 40
    outcomes = Outcomes.of(events, watched_until=until, account_id=panel.account_id)
    choices = TuningChoices(rule_count=1, longest=1, rounds=0, moves=200)
    found = tune_rules(panel, outcomes, days=90, candidates=EVERY, choices=choices)
    for half, told in ((found.fit_on, found.fitted), (~found.fit_on, found.others)):
        assert told is not None
        assert told.had_come == half[:60].sum()
        assert told.unwatched == half[60:100].sum()
        assert told.accounts + told.left_out == half.sum()


def test_equal_seeds_give_equal_rules_and_what_happened_to_the_others_is_not_looked_at() -> None:
    first = tuned()
    assert tuned().rules == first.rules
    turned = np.where(first.fit_on, drawn()[1], ~drawn()[1])
    again = tuned(turned)
    assert again.rules == first.rules
    assert again.others is not None
    assert again.others.area.value < 0.5
    assert (tuned(seed=1).fit_on != first.fit_on).any()
    assert asked_by(first) >= {"months_late", "part_paid_instalments"}


def test_the_accounts_to_fit_on_may_be_said() -> None:
    whole = tuned(fit_on=np.ones(COUNT, dtype=np.bool_))
    assert whole.others is None
    assert whole.fitted.accounts == COUNT
    assert "rules; fitted on" in str(whole)
    few = tuned(
        choices=TuningChoices(rule_count=1, longest=1, rounds=0, moves=200, most_accounts=400)
    )
    assert few.rules.rules[0].rule.when == LATE.when


def test_what_counts_only_beside_others_lowers_the_score_and_never_stands_alone() -> None:
    idle = candidate("part_paid_instalments <= 0", "idle", only_beside_others=True)
    panel, _ = drawn()
    rng = np.random.default_rng(5)
    late = panel.numbers["months_late"][1] >= 2
    is_idle = panel.numbers["part_paid_instalments"][1] <= 0
    risk = np.where(late | is_idle, 0.6, 0.05)
    found = tuned(rng.random(COUNT) < risk, candidates=[LATE, idle, *NOISE], choices=TuningChoices(
        rule_count=1, longest=2, rounds=25, moves=2000))  # fmt: skip
    (rule,) = (each.rule for each in found.rules.rules)
    assert rule.points < 0
    assert rule.rule_id == "in_use_1"
    assert [str(each) for each in rule.when.conditions] == [
        "months_late < 2",
        "part_paid_instalments > 0",
    ]  # type: ignore[union-attr]
    with pytest.raises(dq.InvalidValueError, match="tells accounts that went bad"):
        tuned(candidates=[idle], choices=TuningChoices(rounds=0, moves=200))


def test_rules_over_amounts_are_for_the_currency_of_the_panel() -> None:
    panel, truth = drawn()
    yuan = dq.Currency.of("CNY")
    late = panel.numbers["months_late"].T
    both = panel.together_with(
        ObservationPanel.of(list(panel.account_id), ENDS, {"arrears": 100 * late}, currency=yuan)
    )
    owes = candidate("arrears >= 200", "owes")
    choices = TuningChoices(rule_count=1, longest=1, rounds=0, moves=0)
    for given, currency in ((owes, yuan), (LATE, None)):
        found = tune_rules(
            both, Outcomes.of_flags(truth, watched_until=UNTIL), days=90, candidates=[given], choices=choices
        )  # fmt: skip
        assert [each.rule.when for each in found.rules.rules] == [given.when]
        assert found.rules.currency == currency


@pytest.mark.parametrize("is_shy", [True, False])
def test_a_flag_stands_beside_what_counts_only_beside_others(is_shy: bool) -> None:
    """Told the other way round the flag is one that is not set."""
    rng = np.random.default_rng(5)
    panel = ObservationPanel.of(
        [f"A-{row}" for row in range(COUNT)],
        ENDS,
        {
            "months_late": rng.integers(0, 4, (COUNT, 2)),
            "unemployed": rng.integers(0, 2, (COUNT, 2)).astype(np.bool_),
        },
    )
    flags = panel.numbers["unemployed"][1] > 0
    risk = np.where((panel.numbers["months_late"][1] >= 2) | flags, 0.6, 0.05)
    found = tune_rules(
        panel,
        Outcomes.of_flags(rng.random(COUNT) < risk, watched_until=UNTIL),
        days=90,
        candidates=[
            candidate("months_late >= 2", "late", only_beside_others=not is_shy),
            candidate("unemployed", "job", only_beside_others=is_shy),
        ],
        choices=TuningChoices(rule_count=2, longest=2, rounds=25),
    )
    turned = next(each.rule for each in found.rules.rules if each.rule.points < 0)
    assert [str(each) for each in turned.when.conditions] == ["months_late < 2", "unemployed = 0"]  # type: ignore[union-attr]


def test_unknown_never_raises_a_score() -> None:
    panel, truth = drawn()
    hidden = ObservationPanel.of(
        list(panel.account_id),
        ENDS,
        {
            "months_late": np.ma.masked_all((COUNT, 2), dtype=np.int64),
            "part_paid_instalments": panel.numbers["part_paid_instalments"].T.copy(),
        },
    )
    found = tune_rules(
        hidden,
        Outcomes.of_flags(truth, watched_until=UNTIL),
        days=90,
        candidates=[LATE, LESS_LATE, UNPAID],
        choices=QUICK,
    )
    assert asked_by(found) == {"part_paid_instalments"}


def test_a_rule_is_told_as_it_asks() -> None:
    use = candidate("part_paid_instalments <= 0", "idle", only_beside_others=True)
    parts = [LATE, UNPAID, NOISE[0]]
    any_of, least, all_of, turned = named_rules(
        [(9, 1, parts), (5, 2, parts), (4, 3, parts), (2, 1, [LATE, use])], CATALOGUE
    )
    assert isinstance(any_of.when, AnyOf)
    assert (any_of.severity, any_of.points, any_of.rule_id) == (Severity.ORANGE, 9, "behaviour_1")
    assert any_of.says.startswith("So it is with months_late >= 2, or so it is with")
    assert isinstance(least.when, AtLeastOf)
    assert least.says.startswith("At least 2 of these 3 hold: so it is")
    assert least.says_zh.startswith("以下3项中至少2项成立：")
    assert isinstance(all_of.when, AllOf)
    assert (all_of.severity, all_of.says_zh.count("，且")) == (Severity.YELLOW, 2)
    assert isinstance(turned.when, AllOf)
    assert (turned.points, turned.severity) == (-2, Severity.NONE)
    assert (
        turned.says
        == "So it is not with months_late >= 2, and so it is not with part_paid_instalments <= 0."
    )
    assert turned.rationale.endswith("these bad signs are absent.")


def test_points_are_those_of_the_least_loss_and_never_below_0() -> None:
    rng = np.random.default_rng(2)
    flags = rng.integers(0, 2, (300, 3)).astype(float)
    target = sigmoid(-1 + flags @ np.array([2.0, 1.0, -1.0]))
    points, loss = fitted_points(flags, target, ridge=0)
    assert points[3] == 0
    assert points[1] > points[2] > 0
    for place in range(3):
        for step in (-0.01, 0.01):
            moved = points.copy()
            moved[place] += step
            odds = moved[0] + flags @ moved[1:]
            assert (np.logaddexp(0, odds) - target * odds).sum() > loss
    whole = whole_points(flags[:, :2], points[1:3], target)
    assert whole.dtype == np.int64
    assert abs(whole[0] / whole[1] - points[1] / points[2]) < 0.3


@pytest.mark.parametrize("begin", [-6.0, -3.4, 0.0, 3.4, 6.0])
@pytest.mark.parametrize("share", [0.01, 0.27, 0.9])
def test_points_are_found_from_wherever_they_begin(begin: float, share: float) -> None:
    """A whole Newton step from log-odds of -3.4 leads beyond those of 27 %, and the next one far away."""
    target = (np.arange(1000) < 1000 * share).astype(float)
    flags = np.zeros((1000, 0))
    points, loss = fitted_points(flags, target, begin=np.array([begin]), steps=60)
    assert points == pytest.approx([np.log(share / (1 - share))], abs=1e-3)
    assert loss == pytest.approx(fitted_points(flags, target)[1])


def test_risks_follow_the_truth_and_not_the_outcome_of_the_account_itself() -> None:
    rng = np.random.default_rng(3)
    value = rng.integers(0, 3, 600).astype(float)
    value[::7] = np.nan
    truth = np.where(np.isnan(value), 0.5, np.where(value >= 2, 0.8, 0.1))
    bits = threshold_bits(np.column_stack([value, rng.random(600)]))
    outcome = (rng.random(600) < truth).astype(float)
    risk = out_of_fold_risk(bits, outcome, rounds=60, chance=np.random.default_rng(0))
    assert np.abs(risk - truth).mean() < 0.1
    assert bits[:3].tolist() == [
        (value >= 0.5).tolist(),
        (value >= 1.5).tolist(),
        np.isnan(value).tolist(),
    ]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"candidates": []}, dq.InvalidValueError, "at least one candidate"),
        ({"candidates": ["late"]}, dq.InvalidTypeError, "candidates"),
        (
            {"candidates": [candidate("growth income over 3 < -0.1", "income")]},
            dq.InvalidValueError,
            "in the panel: .*, found income",
        ),
        ({"choices": 15}, dq.InvalidTypeError, "TuningChoices"),
        ({"fit_on": [True]}, dq.InvalidTypeError, "bool array of 2,000"),
        ({"fit_on": np.zeros(COUNT, dtype=np.bool_)}, dq.InvalidValueError, "at least 10 accounts"),
        ({"seed": -1}, dq.InvalidValueError, "seed"),
        ({"days": 0}, dq.InvalidValueError, "days"),
        ({"is_bad": np.zeros(COUNT, dtype=np.bool_)}, dq.InvalidValueError, "at least 10 accounts"),
    ],
)
def test_bad_arguments_are_told(change: dict[str, Any], error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        tuned(**change)


@pytest.mark.parametrize("rounds", [0, 5])
@pytest.mark.parametrize("late", [0, 3, None])
def test_where_no_account_differs_from_another_no_candidate_tells_them_apart(
    rounds: int, late: int | None
) -> None:
    column = np.full((COUNT, 2), 0 if late is None else late)
    panel = ObservationPanel.of(
        [f"A-{row}" for row in range(COUNT)],
        ENDS,
        {"months_late": np.ma.array(column, mask=late is None)},
    )
    outcomes = Outcomes.of_flags(drawn()[1], watched_until=UNTIL)
    asked = {"days": 90, "candidates": [LATE], "choices": TuningChoices(rounds=rounds)}
    with pytest.raises(dq.InvalidValueError, match="one that tells accounts that went bad"):
        tune_rules(panel, outcomes, **asked)  # type: ignore[arg-type]


def test_what_is_left_out_of_a_half_is_of_that_half() -> None:
    """The accounts of the other half were watched all the same."""
    panel, truth = drawn()
    until = np.where(np.arange(COUNT) % 10 == 0, np.datetime64("2025-03-31"), np.datetime64(UNTIL))
    came = np.where(truth, np.datetime64("2025-03-15"), np.datetime64("NaT"))
    came[:6] = np.datetime64("2025-02-01")
    fit_on = np.arange(COUNT) % 4 < 2
    outcomes = Outcomes.of(came, watched_until=until)
    found = tune_rules(panel, outcomes, days=90, candidates=EVERY, fit_on=fit_on, choices=QUICK)
    after = outcomes.after(panel.as_of, days=90)
    assert found.others is not None
    for told, half in ((found.fitted, fit_on), (found.others, ~fit_on)):
        assert told.accounts + told.left_out == half.sum()
        assert told.had_come == (after.had_come & half).sum() == (4 if half is fit_on else 2)
        assert told.unwatched == (after.is_unwatched & half).sum() > 0


def test_others_of_one_kind_are_told_before_anything_is_fitted() -> None:
    _, truth = drawn()
    fit_on = truth | (np.arange(COUNT) < 1000)
    with pytest.raises(
        dq.InvalidValueError, match="accounts not fitted on: .* found 0 and"
    ) as caught:
        tuned(fit_on=fit_on)
    assert "left out" not in str(caught.value)


def test_a_candidate_that_speaks_against_the_outcomes_is_not_taken() -> None:
    """It may raise risk and never lower it: alone it is refused, beside another one passed over."""
    panel, _ = drawn()
    not_late = panel.numbers["months_late"][1] < 2
    choices = TuningChoices(rounds=0, longest=1)
    with pytest.raises(dq.InvalidValueError, match="one that tells accounts that went bad"):
        tuned(not_late, candidates=[LATE], choices=choices)
    paid = candidate("part_paid_instalments >= 1", "partial")
    is_bad = not_late & (panel.numbers["part_paid_instalments"][1] >= 1)
    found = tuned(is_bad, candidates=[LATE, paid], choices=choices)
    assert asked_by(found) == {"part_paid_instalments"}


def test_where_nothing_is_asked_of_more_than_a_few_every_account_has_the_risk_of_all() -> None:
    bits = np.zeros((2, 500), dtype=np.bool_)
    bits[1, 0] = True
    outcome = (np.arange(500) < 100).astype(float)
    risk = out_of_fold_risk(bits, outcome, rounds=20, chance=np.random.default_rng(0))
    assert np.abs(risk - 0.2).max() < 0.02


def test_bad_candidates_and_choices_are_told() -> None:
    with pytest.raises(dq.InvalidTypeError, match="ObservationPanel"):
        tune_rules(None, None, days=1, candidates=EVERY)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="Outcomes"):
        tune_rules(drawn()[0], [1], days=1, candidates=EVERY)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidValueError, match="2,000 accounts"):
        tune_rules(drawn()[0], Outcomes.of([None], watched_until=UNTIL), days=1, candidates=EVERY)
    for change, words in (({"says": ""}, "says"), ({"family": "late"}, "family"), ({"says_zh": 1}, "says_zh"), ({"only_beside_others": 1}, "only_beside_others")):  # fmt: skip
        with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError), match=words):
            candidate("months_late >= 2", "late", **change)
    for wrong in ({"rule_count": 0}, {"longest": 0}, {"least_share": 0.5}, {"least_share": "x"}, {"rounds": -1}, {"moves": -1}, {"rule_count": 1.5}):  # fmt: skip
        with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError), match=next(iter(wrong))):
            TuningChoices(**wrong)  # type: ignore[arg-type]
