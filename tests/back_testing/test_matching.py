"""Outcomes belong to accounts by their ids; without ids, by their position, and only that is said of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from delinquency.back_testing import Candidate, Outcomes, TuningChoices, back_test, tune_rules
from delinquency.early_warning import WarningFamily
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition
from delinquency.portfolio.text_column import TextColumn
from tests.back_testing.test_verb import AS_OF, COUNT, UNTIL, events, found, signals

IDS = [f"A-{row}" for row in range(COUNT)]


def mixed(seed: int = 1) -> list[int]:
    order = list(range(COUNT))
    Random(seed).shuffle(order)
    return order


def outcomes(order: list[int], **more: object) -> Outcomes:
    came = events()
    given = {"watched_until": UNTIL, "account_id": [IDS[row] for row in order], **more}
    return Outcomes.of([came[row] for row in order], **given)


def test_outcomes_with_ids_are_found_in_any_order() -> None:
    test = back_test(signals(), outcomes(mixed()), days=90)
    assert str(test) == str(found())
    assert test.lead_days == found().lead_days
    assert (test.is_bad == found().is_bad).all()


def test_a_tape_in_any_order_and_labels_in_order_of_id_say_the_same() -> None:
    """Accounts of a panel stand as the tape first meets them, which labels in order of id do not know."""
    late = [0, 0, 0, 5, 40, 70]
    is_bad = [0, 0, 0, 0, 1, 1]
    order = [4, 0, 5, 2, 1, 3]
    panel = frames.read_observations(
        {
            "account_id": [IDS[row] for row in order],
            "period_end": [AS_OF] * 6,
            "days_past_due": [late[row] for row in order],
        }
    )
    judged = dq.portfolio.early_warning_signals(panel, rules=dq.load_warning_rules("sama"))
    flags = Outcomes.of_flags(is_bad, watched_until=UNTIL, account_id=IDS[:6])
    assert back_test(judged, flags, days=275).area.value == 1.0
    by_position = Outcomes.of_flags(is_bad, watched_until=UNTIL)
    assert back_test(judged, by_position, days=275).area.value < 0.7


@given(st.permutations(range(12)), st.permutations(range(12)))
def test_by_id_every_order_is_the_same_outcome_of_each_account(first, second) -> None:
    days = [AS_OF + timedelta(days=row) if row % 3 else None for row in range(12)]
    ends = [UNTIL + timedelta(days=row) for row in range(12)]

    def in_order(order):
        return Outcomes.of(
            [days[row] for row in order],
            watched_until=[ends[row] for row in order],
            account_id=[IDS[row] for row in order],
        )

    wanted = TextColumn.of([IDS[row] for row in second])
    turned = in_order(first).in_order_of(wanted, where="test")
    assert turned.account_id == wanted
    assert (turned.event_day == in_order(second).event_day).all()
    assert (turned.watched_until == in_order(second).watched_until).all()


def test_ids_that_do_not_fit_are_told_with_their_rows() -> None:
    came = events()
    with pytest.raises(dq.PortfolioError) as raised:
        back_test(signals(), outcomes(mixed()[:-2]), days=90)
    assert (raised.value.reason, raised.value.row_count) == ("missing_outcome", 2)
    assert raised.value.rows == tuple(sorted(mixed()[-2:]))
    assert "observations.account_id, 2 rows" in str(raised.value)
    strange = Outcomes.of([*came, None], watched_until=UNTIL, account_id=[*IDS, "B-1"])
    with pytest.raises(dq.PortfolioError) as raised:
        back_test(signals(), strange, days=90)
    assert (raised.value.reason, raised.value.rows) == ("unknown_account", (COUNT,))
    assert "'B-1'" in str(raised.value)
    for ids, reason in (([*IDS[1:], "A-1"], "duplicate_account"), ([*IDS[1:], ""], "empty_id")):
        with pytest.raises(dq.PortfolioError) as raised:
            Outcomes.of(came, watched_until=UNTIL, account_id=ids)
        assert (raised.value.reason, raised.value.rows) == (reason, (COUNT - 1,))


def test_ids_of_other_kinds_or_numbers_are_refused() -> None:
    for ids in ("A", list(range(COUNT)), [None] * COUNT, 7):
        with pytest.raises(dq.InvalidTypeError, match="outcomes, account_id"):
            Outcomes.of(events(), watched_until=UNTIL, account_id=ids)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidValueError, match="one id for each of 60 rows, found 2"):
        Outcomes.of(events(), watched_until=UNTIL, account_id=["A", "B"])
    column = TextColumn.of(IDS)
    assert Outcomes.of(events(), watched_until=UNTIL, account_id=column).account_id is column


def test_tuning_finds_outcomes_by_id() -> None:
    rng = np.random.default_rng(2)
    ids = [f"B-{row}" for row in range(400)]
    late = rng.choice([0, 40], (400, 1))
    panel = dq.portfolio.ObservationPanel.of(ids, [AS_OF], {"days_past_due": late})
    is_bad = rng.random(400) < np.where(late[:, 0] > 30, 0.8, 0.1)
    candidate = Candidate(
        when=parse_condition("days_past_due > 30", terms=CATALOGUE, where="t"),
        topic="late",
        family=WarningFamily.BEHAVIOUR,
        says="late",
        says_zh="逾期",
        says_else="not late",
        says_else_zh="未逾期",
        rationale="so it is",
        rationale_zh="如此",
    )

    def area(order, ids):
        seen = Outcomes.of_flags(is_bad[order], watched_until=UNTIL, account_id=ids)
        choices = TuningChoices(rule_count=1, longest=1, rounds=0, moves=200)
        tuned = tune_rules(panel, seen, days=275, candidates=[candidate], choices=choices)
        assert tuned.others is not None
        return tuned.others.area

    order = rng.permutation(400)
    assert area(order, [ids[row] for row in order]) == area(np.arange(400), None)
    with pytest.raises(dq.PortfolioError, match=r"outcomes\.account_id, row 0"):
        area(order, ["C", *(ids[row] for row in order[1:])])


def test_each_account_may_be_watched_until_a_day_of_its_own() -> None:
    days = [date(2025, 4, 1), None, None, date(2025, 4, 1)]
    ends = [date(2025, 4, 1), date(2025, 6, 28), date(2025, 6, 29), date(2025, 12, 31)]
    for watched in (ends, np.array(ends, dtype="datetime64[D]"), tuple(ends)):
        after = Outcomes.of(days, watched_until=watched).after(AS_OF, days=90)
        assert after.is_known.tolist() == [True, False, True, True]
        assert after.is_bad.tolist() == [True, False, False, True]
        assert after.is_unwatched.tolist() == [False, True, False, False]
    flags = Outcomes.of_flags([1, 0], watched_until=ends[:2])
    assert flags.event_day[0] == flags.watched_until[0] != flags.watched_until[1]
    with pytest.raises(dq.InvalidValueError, match="row 1: expected a day up to watched_until, 2025-04-01"):  # fmt: skip
        Outcomes.of([None, date(2025, 4, 2)], watched_until=[UNTIL, date(2025, 4, 1)])
    for wrong, words in (
        (ends[:2], "one day for all, or for each of 4 accounts"),
        ([*ends[:3], None], "watched_until, row 3"),
        (["2025-04-01"] * 4, "watched_until"),
        (None, "watched_until"),
    ):
        with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError), match=words):
            Outcomes.of(days, watched_until=wrong)
        with pytest.raises((dq.InvalidTypeError, dq.InvalidValueError), match=words):
            Outcomes.of_flags([1, 0, 0, 1], watched_until=wrong)


def test_what_was_left_out_of_a_short_watch_had_stayed_good() -> None:
    """Of 60 accounts those that went bad stay, so that the share that went bad is told too great."""
    full = found()
    came = events()
    ends = [day or AS_OF + timedelta(days=row) for row, day in enumerate(came)]
    short = back_test(signals(), Outcomes.of(came, watched_until=ends), days=90)
    assert (short.bad, short.had_come) == (full.bad, full.had_come)
    assert short.unwatched > 0
    assert short.accounts + short.unwatched == full.accounts
    assert short.left_out == short.had_come + short.unwatched
    assert short.bad / short.accounts > full.bad / full.accounts
