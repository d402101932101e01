"""What is true of every rule and every history."""

from __future__ import annotations

from decimal import Decimal
from operator import eq, ge, gt, le, lt

from hypothesis import given, settings
from hypothesis import strategies as st

from delinquency.early_warning import Signal
from delinquency.early_warning.judging import judge, judge_periods
from delinquency.early_warning.signals import fold_signal, folded_truths
from delinquency.explanation import Explanation
from tests.early_warning.drawing import DrawnColumns, columns, drawn, rules
from tests.early_warning.rows import condition, judged, signal_of
from tests.oracle.warning_by_period import spans_of, state_at, truth


def told(signal: Signal) -> tuple[object, ...]:
    return (
        signal.state,
        signal.since,
        signal.is_assessed,
        signal.judgement,
        signal.may_be_up,
        signal.surely_up,
    )


@given(content=columns(), rule=rules())
@settings(max_examples=60)
def test_conditions_and_signals_are_those_of_the_oracle(content: DrawnColumns, rule) -> None:
    observations = drawn(content)
    count = len(observations.dates)
    holds = [truth(rule.when, content, place) for place in range(count)]
    clears = [None if each is None else not each for each in holds]
    if rule.clears is not None:
        clears = [truth(rule.clears, content, place) for place in range(count)]
    known = holds
    if rule.points < 0:
        # The unknown speaks for nobody.
        holds, clears = [each is True for each in holds], [each is not False for each in clears]
    spans = spans_of(holds, clears, rule.clear_after, rule.cool_down)
    for place, day in enumerate(observations.dates):
        found = signal_of(observations.up_to(day), rule)
        state, since = state_at(place, holds, spans, rule.confirm_after, rule.cool_down)
        assert found.judgement.holds is known[place]
        assert found.state.name.lower() == state
        assert found.since == (None if since is None else observations.dates[since])
        assert found.is_assessed == (known[place] is not None)


@given(content=columns(), rule=rules())
@settings(max_examples=40)
def test_a_later_period_never_changes_an_earlier_signal(content: DrawnColumns, rule) -> None:
    """The signal at the end of a period is the one that was told before anything followed."""
    observations = signal_of(drawn(content), rule).observations
    judgements, ends = judge_periods(observations, rule)
    holds, clears = folded_truths(
        [each.holds for each in judgements], ends, is_warning=rule.is_warning
    )
    folded = fold_signal(
        holds,
        clears,
        confirm_after=rule.confirm_after,
        clear_after=rule.clear_after,
        cool_down=rule.cool_down,
    )
    for place, day in enumerate(observations.dates):
        then = signal_of(observations.up_to(day), rule)
        since = None if folded[place].since < 0 else observations.dates[folded[place].since]
        assert then.judgement == judgements[place]
        assert (then.state, then.since) == (folded[place].state, since)


@st.composite
def histories_with_more_hidden(draw: st.DrawFn) -> tuple[DrawnColumns, DrawnColumns]:
    content = draw(columns())
    places = [(name, place) for name, column in content.items() for place in range(len(column))]
    hidden = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3))
    less = {
        name: [None if (name, place) in hidden else each for place, each in enumerate(column)]
        for name, column in content.items()
    }
    return content, less


@given(both=histories_with_more_hidden(), some=st.tuples(rules("one"), rules("two")))
@settings(max_examples=60)
def test_hiding_an_observation_never_lowers_what_is_possible(both, some) -> None:
    """Filling in an unknown never flips a known truth; hiding never lowers ``severity_at_most``, never raises
    the lower bound of a signal or of the score, never turns a warning silent, unless what raised it is hidden,
    and never raises what speaks for the borrower, unless they cool down after another end."""
    full, less = (drawn(content) for content in both)
    for rule in some:
        for place in range(len(full.dates)):
            before, after = judge(full, rule.when, place).holds, judge(less, rule.when, place).holds
            assert after in (before, None)
    known, hidden = judged(full, *some), judged(less, *some)
    assert hidden.severity_at_most >= known.severity_at_most >= known.severity
    assert (
        hidden.score_range[0]
        <= known.score_range[0]
        <= known.score
        <= known.score_range[1]
        <= hidden.score_range[1]
    )
    for before, after in zip(known.signals, hidden.signals, strict=True):
        assert (
            after.surely_up
            <= before.surely_up
            <= before.is_up
            <= before.may_be_up
            <= after.may_be_up
        )
        if not before.rule.is_warning:
            assert before.rule.cool_down or after.is_up <= before.is_up
        elif before.is_up and before.rule.cool_down == 0:
            still = judge(less, before.rule.when, full.dates.index(before.since)).holds
            assert after.is_up or still is None


RELATIONS = {
    "relation_more_than": gt,
    "relation_at_least": ge,
    "relation_less_than": lt,
    "relation_at_most": le,
    "relation_is": eq,
}


def number(text: object) -> Decimal:
    if text in ("flag_true", "flag_false"):
        return Decimal(text == "flag_true")
    return Decimal(str(text).removesuffix(" %").replace(",", ""))


def reached(step: Explanation) -> str:
    """The verdict that a reader comes to from the figures that a step tells."""
    if step.rule == "warning_figure":
        if "not_known" in (step.inputs["figure"], step.inputs["limit"]):
            return "truth_unknown"
        holds = RELATIONS[str(step.inputs["relation"])](
            number(step.inputs["figure"]), number(step.inputs["limit"])
        )
        return "truth_holds" if holds else "truth_fails"
    held, unknown, wanted = (int(str(step.inputs[each])) for each in ("held", "unknown", "wanted"))
    if held >= wanted:
        return "truth_holds"
    return "truth_unknown" if held + unknown >= wanted else "truth_fails"


@given(content=columns(), rule=rules())
@settings(max_examples=60)
def test_the_figures_that_are_told_lead_to_the_verdict(content: DrawnColumns, rule) -> None:
    signal = signal_of(drawn(content), rule)
    (top,) = signal.explanation.because
    assert (
        top.value
        == {True: "truth_holds", False: "truth_fails", None: "truth_unknown"}[
            signal.judgement.holds
        ]
    )
    for step in top.walk():
        assert step.value == reached(step)
        if step.rule != "warning_figure":
            told_below = [each.value for each in step.because]
            assert step.inputs["held"] == told_below.count("truth_holds")
            assert step.inputs["asked"] == step.inputs["unknown"] + len(
                told_below
            ) - told_below.count("truth_unknown")
    for lang in ("en", "zh"):
        text = signal.explanation.to_text(lang=lang)
        assert "{" not in text
        assert "truth_" not in text
        assert "basis_" not in text


@given(content=columns(), some=st.tuples(rules("one"), rules("two")))
@settings(max_examples=30)
def test_the_score_and_the_severity_are_those_of_the_signals_that_are_told(content, some) -> None:
    warning = judged(drawn(content), *some)
    told_up = [
        each
        for each in warning.explanation.because
        if each.value in ("signal_raised", "signal_confirmed", "signal_in_favour")
    ]
    assert warning.score == sum(int(str(each.inputs["points"])) for each in told_up)
    speaking = (*warning.raised, *warning.in_favour)
    assert [each.inputs["rule_id"] for each in told_up] == [each.rule_id for each in speaking]
    assert all(each.rule.points < 0 for each in warning.in_favour)
    assert warning.severity == max((each.severity for each in warning.raised), default=0)
    alone = [signal_of(drawn(content), rule) for rule in some]
    assert [told(each) for each in warning.signals] == [told(each) for each in alone]


@given(rule=rules())
@settings(max_examples=60)
def test_a_condition_prints_the_line_that_it_is_read_from(rule) -> None:
    assert condition(str(rule.when)) == rule.when
