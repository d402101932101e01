"""What is no observation, no condition and no rule is refused by name, and never by accident."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.early_warning import (
    AllOf,
    AtLeastOf,
    Compared,
    DatedRule,
    ForPeriods,
    How,
    InPeriods,
    Observations,
    ObservationTerm,
    Operator,
    Reading,
    Severity,
    Unit,
    WarningRules,
    early_warning_signals,
)
from delinquency.early_warning.units import MOST
from tests.early_warning.rows import ends, rule_of, rules_of, seen, signal_of

DAY = date(2025, 6, 30)
NOW = datetime(2025, 6, 30, tzinfo=UTC)
WRONG_DAYS = (1.0, float("nan"), Decimal(1), Decimal("NaN"), "1", b"1", True, DAY, [1], 1j)
WRONG_AMOUNTS = (1.0, float("nan"), "1", b"1", True, DAY, [1])
LATE = rule_of("days_past_due > 30")


@pytest.mark.parametrize("value", WRONG_DAYS, ids=repr)
def test_days_are_whole_numbers(value) -> None:
    with pytest.raises(
        dq.InvalidTypeError, match="days_past_due 1: expected an int of days or None"
    ):
        seen({"days_past_due": [value]})


@pytest.mark.parametrize("value", WRONG_AMOUNTS, ids=repr)
@pytest.mark.parametrize("name", ["arrears", "utilisation"])
def test_amounts_and_shares_are_exact(name, value) -> None:
    with pytest.raises(dq.InvalidTypeError, match=f"{name} 2: expected"):
        seen({name: [None, value]})


@pytest.mark.parametrize("value", [0, 1, "yes", 1.0, Decimal(1)], ids=repr)
def test_a_flag_is_yes_or_no(value) -> None:
    with pytest.raises(dq.InvalidTypeError, match="expected True, False or None"):
        seen({"unemployed": [value]})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("days_past_due", -1, "expected 0 or more, found -1"),
        ("months_late", -1, "expected 0 or more"),
        ("days_past_due", 10**15 + 1, "expected at most 1,000,000,000,000,000"),
        ("behavioural_score", -(10**15) - 1, "expected at most"),
        ("days_past_due", 10**5000, "of at most 40 digits before the point"),
        ("arrears", Decimal("0.005"), "expected an amount in whole minor units, found 0.005"),
        ("arrears", Decimal("NaN"), "expected a finite amount"),
        ("arrears", Decimal("Infinity"), "expected a finite amount"),
        ("arrears", Decimal("1E+999999"), "of at most 40 digits before the point"),
        (
            "arrears",
            Decimal("1E-999999"),
            "of at most 40 digits after the point, found a number of 999,999",
        ),
        ("arrears", 10**14, "expected at most"),
        ("utilisation", Decimal("sNaN"), "expected a finite share"),
        ("utilisation", Decimal("1E+10"), "expected at most"),
    ],
    ids=range(13),
)
def test_a_value_that_is_out_of_range_is_refused(name, value, message) -> None:
    with pytest.raises(dq.InvalidValueError, match=f"observations of 'A-1', {name} 1: "):
        seen({name: [value]})
    with pytest.raises(dq.InvalidValueError) as caught:
        seen({name: [value]})
    assert message in str(caught.value)


def test_the_greatest_values_are_kept() -> None:
    found = seen({"arrears": [Decimal("-9999999999999.99")], "behavioural_score": [MOST]})
    assert (found.value("arrears"), found.value("behavioural_score")) == (
        Decimal("-9999999999999.99"),
        MOST,
    )


@pytest.mark.parametrize(
    ("dates", "kind", "message"),
    [
        ([], dq.InvalidValueError, "dates: expected at least one, found none"),
        ("2025-06-30", dq.InvalidTypeError, "dates: expected one for each period, in order"),
        (b"2025", dq.InvalidTypeError, "expected one for each period, in order"),
        ({DAY}, dq.InvalidTypeError, "expected one for each period, in order"),
        (DAY, dq.InvalidTypeError, "expected one for each period, in order"),
        (None, dq.InvalidTypeError, "expected one for each period, in order"),
        ([NOW], dq.InvalidTypeError, "date 1"),
        (["2025-06-30"], dq.InvalidTypeError, "date 1"),
        (
            [DAY, DAY],
            dq.InvalidValueError,
            "in order, each once, found 2025-06-30 after 2025-06-30",
        ),
        ([DAY, date(2025, 5, 31)], dq.InvalidValueError, "in order, each once"),
        ([date(1899, 12, 31)], dq.InvalidValueError, "1900-01-01"),
    ],
)
def test_dates_are_in_order_each_once(dates, kind, message) -> None:
    with pytest.raises(kind) as caught:
        Observations.of("A-1", dates, {})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ([1], dq.InvalidTypeError, "values: expected a mapping of names to values"),
        (None, dq.InvalidTypeError, "values: expected a mapping"),
        (
            {"days_past_due": "1"},
            dq.InvalidTypeError,
            "days_past_due: expected one for each period",
        ),
        (
            {"days_past_due": b"1"},
            dq.InvalidTypeError,
            "days_past_due: expected one for each period",
        ),
        (
            {"days_past_due": {1}},
            dq.InvalidTypeError,
            "days_past_due: expected one for each period",
        ),
        (
            {"days_past_due": {1: 2}},
            dq.InvalidTypeError,
            "days_past_due: expected one for each period",
        ),
        ({"days_past_due": 1}, dq.InvalidTypeError, "days_past_due: expected one for each period"),
        (
            {"days_past_due": []},
            dq.InvalidValueError,
            "expected 1 values, one for each date, found 0",
        ),
        (
            {"days_past_due": [1, 2]},
            dq.InvalidValueError,
            "expected 1 values, one for each date, found 2",
        ),
        ({"days_past_dew": [1]}, dq.InvalidValueError, "Did you mean 'days_past_due'?"),
        (
            {"visits": [1]},
            dq.InvalidValueError,
            "Declare it: own_terms=[ObservationTerm('visits', Unit.TIMES)]",
        ),
        ({3: [1]}, dq.InvalidTypeError, "expected a text that is not empty, found 3"),
        ({"arrears": [1]}, dq.InvalidTypeError, "expected the currency of the amounts, found None"),
    ],
)
def test_columns_are_one_value_for_each_date(values, kind, message) -> None:
    with pytest.raises(kind) as caught:
        Observations.of("A-1", [DAY], values)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["", None, 3, b"A-1"])
def test_an_account_has_an_id(name) -> None:
    with pytest.raises(dq.InvalidTypeError, match="account_id"):
        Observations.of(name, [DAY], {})


def test_a_currency_is_no_code() -> None:
    with pytest.raises(dq.InvalidTypeError, match=r"Write Currency.of\(\"CNY\"\)"):
        Observations.of("A-1", [DAY], {}, currency="CNY")  # type: ignore[arg-type]


@pytest.mark.parametrize("own", ["visits", [("visits", Unit.TIMES)], 3, [None]])
def test_own_terms_are_terms(own) -> None:
    with pytest.raises(dq.InvalidTypeError, match="own_terms"):
        Observations.of("A-1", [DAY], {}, own_terms=own)
    with pytest.raises(dq.InvalidTypeError):
        WarningRules(name="house", rules=[LATE], own_terms=own)


def test_a_term_keeps_the_unit_of_the_catalogue() -> None:
    own = [ObservationTerm("income", Unit.SHARE)]
    for make in (
        lambda: Observations.of("A-1", [DAY], {}, own_terms=own),
        lambda: WarningRules(name="house", rules=[LATE], own_terms=own),
    ):
        with pytest.raises(
            dq.InvalidValueError, match="expected the unit amount, as everywhere, found share"
        ):
            make()


@pytest.mark.parametrize(
    "name", ["", "Visits", "1st", "a b", "_a", "visité", "visits-2", "not", "mean"]
)
def test_a_term_has_a_plain_name(name) -> None:
    with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError)):
        ObservationTerm(name, Unit.TIMES)


@pytest.mark.parametrize("field", ["meaning", "meaning_zh", "source"])
def test_what_a_term_means_is_a_text(field) -> None:
    with pytest.raises(dq.InvalidTypeError, match=f"{field}: expected a text"):
        ObservationTerm("visits", Unit.TIMES, **{field: None})
    with pytest.raises(dq.InvalidTypeError, match="expected a Unit, found 'times'"):
        ObservationTerm("visits", "times")  # type: ignore[arg-type]


def test_observations_made_of_numbers_are_checked_too() -> None:
    terms = {"days": ObservationTerm("days", Unit.DAYS)}
    made = Observations("A-1", (DAY,), None, terms, {"days": (3,)})
    assert made.value("days") == 3
    for numbers, message in (
        ({"days": (3, 4)}, "a tuple of 1 numbers"),
        ({"days": [3]}, "a tuple of 1 numbers"),
        ({"days": (-1,)}, "whole numbers from 0"),
        ({"days": (True,)}, "whole numbers from 0"),
        ({"days": (1.0,)}, "whole numbers from 0"),
        ({"other": (1,)}, "a term for each observation"),
    ):
        with pytest.raises(dq.InvalidValueError, match=message):
            Observations("A-1", (DAY,), None, terms, numbers)  # type: ignore[arg-type]
    for wrong in (None, [("days", 1)], "days"):
        with pytest.raises(dq.InvalidTypeError):
            Observations("A-1", (DAY,), None, terms, wrong)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="the ObservationTerm of 'other'"):
        Observations("A-1", (DAY,), None, {"other": terms["days"]}, {})


@pytest.mark.parametrize("on", [NOW, "2025-06-30", 3, None])
def test_a_period_is_asked_for_by_its_end(on) -> None:
    observations = seen({"days_past_due": [1, 2]})
    for verb in (observations.place_of, observations.up_to):
        with pytest.raises(dq.InvalidTypeError, match="observations of 'A-1'"):
            verb(on)
    with pytest.raises(
        dq.InvalidValueError, match="expected the end of a period, from 2025-05-31 to 2025-06-30"
    ):
        observations.up_to(date(2025, 6, 29))


@pytest.mark.parametrize("name", [None, 3, ["days_past_due"], ""])
def test_an_observation_is_asked_for_by_its_name(name) -> None:
    observations = seen({"days_past_due": [1]})
    for verb in (observations.value, observations.unit):
        with pytest.raises(dq.InvalidTypeError):
            verb(name)
    for verb in (observations.value, observations.unit):
        with pytest.raises(
            dq.InvalidValueError, match="expected one of days_past_due, found 'arrears'"
        ):
            verb("arrears")


def test_observations_of_one_account_are_put_together() -> None:
    late, money = seen({"days_past_due": [1, 2]}), seen({"arrears": [1, 2]})
    both = late.together_with(money)
    assert (both.value("days_past_due"), both.value("arrears")) == (2, Decimal("2.00"))
    for other, message in (
        (late, "expected each observation once, found days_past_due twice"),
        (
            attrs.evolve(money, account_id="A-2"),
            "account_id: expected 'A-1', found 'A-2'. Hint: Find",
        ),
        (
            seen({"arrears": [1]}),
            "found 2025-06-30 where there is 2025-05-31. Hint: Put every period in",
        ),
        (
            seen({"arrears": [1, 2, 3]}).up_to(date(2025, 5, 31)),
            "dates: expected the same ends of periods, found 2025-04-30 where there is 2025-05-31",
        ),
        (
            Observations.of("A-1", ends(2), {"arrears": [1, 2]}, currency=dq.Currency.of("EUR")),
            "currency",
        ),
    ):
        with pytest.raises(dq.InvalidValueError, match=message):
            late.together_with(other)
    with pytest.raises(dq.InvalidTypeError, match="expected Observations"):
        late.together_with({"arrears": [1, 2]})  # type: ignore[arg-type]


def test_observations_can_be_copied_hashed_and_sent() -> None:
    observations = seen({"days_past_due": [1, None], "arrears": [1, 2]})
    for other in (
        copy.deepcopy(observations),
        pickle.loads(pickle.dumps(observations)),
        copy.copy(observations),
    ):
        assert other == observations
        assert hash(other) == hash(observations)
    signal = signal_of(observations, LATE)
    assert pickle.loads(pickle.dumps(signal)) == signal


DPD = Reading("days_past_due")
OVER = Compared(DPD, Operator.OVER, Decimal(30))


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: Reading(""), dq.InvalidTypeError),
        (lambda: Reading(3), dq.InvalidTypeError),
        (lambda: Reading("a", "mean", 3), dq.InvalidTypeError),
        (lambda: Reading("a", How.MEAN, 0), dq.InvalidValueError),
        (lambda: Reading("a", How.MEAN, 121), dq.InvalidValueError),
        (lambda: Reading("a", How.MEAN, True), dq.InvalidTypeError),
        (lambda: Reading("a", How.MEAN, 3.0), dq.InvalidTypeError),
        (lambda: Reading("a", How.LATEST, 2), dq.InvalidValueError),
        (lambda: Compared("days_past_due", Operator.OVER, Decimal(30)), dq.InvalidTypeError),
        (lambda: Compared(DPD, ">", Decimal(30)), dq.InvalidTypeError),
        (lambda: Compared(DPD, Operator.OVER, 30.0), dq.InvalidTypeError),
        (lambda: Compared(DPD, Operator.OVER, True), dq.InvalidTypeError),
        (lambda: Compared(DPD, Operator.OVER, "30"), dq.InvalidTypeError),
        (lambda: Compared(DPD, Operator.OVER, Decimal("NaN")), dq.InvalidValueError),
        (lambda: Compared(DPD, Operator.OVER, Decimal("1E+40")), dq.InvalidValueError),
        (lambda: Compared(DPD, Operator.OVER, Decimal("1E-41")), dq.InvalidValueError),
        (lambda: Compared(DPD, Operator.OVER, Decimal(1), "arrears"), dq.InvalidTypeError),
        (lambda: AllOf([]), dq.InvalidValueError),
        (lambda: AllOf(OVER), dq.InvalidTypeError),
        (lambda: AllOf("days_past_due > 30"), dq.InvalidTypeError),
        (lambda: AllOf([OVER, "unemployed"]), dq.InvalidTypeError),
        (lambda: AtLeastOf(0, [OVER]), dq.InvalidValueError),
        (lambda: AtLeastOf(2, [OVER]), dq.InvalidValueError),
        (lambda: AtLeastOf(True, [OVER]), dq.InvalidTypeError),
        (lambda: InPeriods(OVER, 3, 2), dq.InvalidValueError),
        (lambda: InPeriods("unemployed", 1, 2), dq.InvalidTypeError),
        (lambda: ForPeriods(OVER, 0), dq.InvalidValueError),
        (lambda: ForPeriods(None, 2), dq.InvalidTypeError),
        (lambda: ForPeriods(ForPeriods(ForPeriods(OVER, 2), 2), 2), dq.InvalidValueError),
        (lambda: rule_of(None), dq.InvalidTypeError),
        (lambda: rule_of(OVER, rule_id=""), dq.InvalidTypeError),
        (lambda: rule_of(OVER, clears=3), dq.InvalidTypeError),
        (lambda: rule_of(OVER, family="behaviour"), dq.InvalidTypeError),
        (lambda: rule_of(OVER, severity="orange"), dq.InvalidTypeError),
        (lambda: rule_of(OVER, severity=2), dq.InvalidTypeError),
        (lambda: rule_of(OVER, severity=Severity.NONE), dq.InvalidValueError),
        (lambda: rule_of(OVER, points=1.0), dq.InvalidTypeError),
        (lambda: rule_of(OVER, points=True), dq.InvalidTypeError),
        (lambda: rule_of(OVER, points=-(10**6) - 1), dq.InvalidValueError),
        (lambda: rule_of(OVER, says=None), dq.InvalidTypeError),
        (lambda: rule_of(OVER, rationale_zh=3), dq.InvalidTypeError),
        (lambda: rule_of(OVER, owner=b"desk"), dq.InvalidTypeError),
        (lambda: rule_of(OVER, says="\ud800"), dq.InvalidValueError),
        (lambda: rule_of(OVER, confirm_after=0), dq.InvalidValueError),
        (lambda: rule_of(OVER, clear_after=True), dq.InvalidTypeError),
        (lambda: rule_of(OVER, cool_down=-1), dq.InvalidValueError),
        (lambda: rule_of(OVER, citations="manual"), dq.InvalidTypeError),
        (lambda: rule_of(OVER, verification="official-text"), dq.InvalidTypeError),
        (lambda: rule_of(OVER, verification=dq.Verification.SECONDARY), dq.PolicyError),
        (lambda: rule_of(OVER, modality="must"), dq.InvalidTypeError),
        (lambda: rule_of(ForPeriods(Compared(Reading("arrears", How.MEAN, 100), Operator.OVER, 1), 23)), dq.InvalidValueError),
        (lambda: DatedRule("rule"), dq.InvalidTypeError),
        (lambda: DatedRule(LATE, DAY), dq.InvalidTypeError),
        (lambda: WarningRules(name="", rules=[LATE]), dq.InvalidTypeError),
        (lambda: WarningRules(name="house", rules=[]), dq.PolicyError),
        (lambda: WarningRules(name="house", rules=LATE), dq.InvalidTypeError),
        (lambda: WarningRules(name="house", rules="late"), dq.InvalidTypeError),
        (lambda: WarningRules(name="house", rules=[LATE, LATE]), dq.PolicyError),
        (lambda: WarningRules(name="house", rules=[LATE], period="month"), dq.InvalidTypeError),
        (lambda: WarningRules(name="house", rules=[LATE], notes=3), dq.InvalidTypeError),
        (lambda: rules_of(rule_of(Compared(Reading("xyzzy"), Operator.OVER, 1))), dq.PolicyError),
        (lambda: rules_of(rule_of(Compared(Reading("unemployed"), Operator.OVER, 5))), dq.PolicyError),
        (lambda: rules_of(rule_of(Compared(DPD, Operator.OVER, Decimal("0.5")))), dq.PolicyError),
        (lambda: rules_of(rule_of(Compared(DPD, Operator.OVER, 1, Reading("arrears")))), dq.PolicyError),
        (lambda: rules_of(LATE).together_with(LATE, name="both"), dq.InvalidTypeError),
        (lambda: rules_of(LATE).together_with(rules_of(LATE), name="both"), dq.PolicyError),
        (lambda: rules_of(LATE).together_with(name=""), dq.InvalidTypeError),
        (lambda: rules_of(LATE).in_force(NOW), dq.InvalidTypeError),
        (lambda: early_warning_signals({"days_past_due": 3}, rules=rules_of(LATE)), dq.InvalidTypeError),
        (lambda: early_warning_signals(seen({"days_past_due": [3]}), rules="sama"), dq.InvalidTypeError),
        (lambda: early_warning_signals(seen({"days_past_due": [3]}), rules=LATE), dq.InvalidTypeError),
        (lambda: early_warning_signals(seen({"days_past_due": [3]}), rules=rules_of(LATE)).signal("x"), dq.InvalidValueError),
        (lambda: early_warning_signals(seen({"days_past_due": [3]}), rules=rules_of(LATE)).signal(3), dq.InvalidTypeError),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused(make, kind) -> None:
    with pytest.raises(kind):
        make()


def within_one_another(levels: int) -> object:
    found: Compared | AllOf = OVER
    for _ in range(levels - 1):
        found = AllOf([found])
    return found


def test_conditions_within_one_another_without_end_are_refused() -> None:
    assert within_one_another(8)
    with pytest.raises(
        dq.InvalidValueError, match="expected at most 8 conditions within one another, found 9"
    ):
        within_one_another(10_000)


def test_an_observation_in_another_unit_than_the_rules_read_is_refused() -> None:
    own = [ObservationTerm("visits", Unit.TIMES)]
    rules = WarningRules(
        name="house", rules=[rule_of(Compared(Reading("visits"), Operator.OVER, 1))], own_terms=own
    )
    seen_in_days = seen({"visits": [3]}, [ObservationTerm("visits", Unit.DAYS)])
    with pytest.raises(
        dq.PolicyError, match="visits: expected an observation in times, found days"
    ):
        early_warning_signals(seen_in_days, rules=rules)
    assert early_warning_signals(seen({"visits": [3]}, own), rules=rules).raised


def test_an_observation_that_is_not_there_is_not_assessed() -> None:
    """Never healthy: nothing is raised, and everything is possible."""
    warning = early_warning_signals(
        seen({"days_past_due": [0]}),
        rules=rules_of(LATE, rule_of("unemployed", "job", severity=Severity.RED, points=4)),
    )
    assert [each.rule_id for each in warning.not_assessed] == ["job"]
    assert (warning.score, warning.score_range) == (0, (0, 4))
    assert (warning.severity, warning.severity_at_most) == (Severity.NONE, Severity.RED)
    assert "Not assessed: an observation" in warning.explanation.to_text()
    assert "up to red" in warning.explanation.to_text()
    assert "红色" in warning.explanation.to_text(lang="zh")


def test_a_line_is_read_by_itself_and_what_is_no_text_is_told() -> None:
    assert str(dq.early_warning.parse_condition("days_past_due > 30")) == "days_past_due > 30"
    with pytest.raises(dq.InvalidTypeError, match="condition: expected a text, found 30"):
        dq.early_warning.parse_condition(30)  # type: ignore[arg-type]
    with pytest.raises(dq.PolicyError, match="condition: expected .* found 'days_overdue'"):
        dq.early_warning.parse_condition("days_overdue > 30")
