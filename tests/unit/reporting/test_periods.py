"""For how long a record is kept, which records are hidden, and until when a debt can be claimed."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.cited_tables import UnverifiedTableWarning
from delinquency.reporting import (
    LimitationRestart,
    LimitationRule,
    RestartKind,
    RetentionRule,
    limitation_ends_on,
    limitation_rule,
    record_hidden_by,
    record_retained_until,
    retention_rule,
)

CHINA = retention_rule("cn-negative-records")
FCRA = retention_rule("us-fcra-charge-offs")
LAW = limitation_rule("cn-limitation")
DUE = date(2022, 6, 30)


class TestRetention:
    """Years from the end of the behaviour, or from the first delinquency."""

    @pytest.mark.parametrize(
        ("ended", "last"),
        [
            (date(2026, 1, 15), date(2031, 1, 15)),
            (date(2024, 2, 29), date(2029, 2, 28)),
            (date(2023, 2, 28), date(2028, 2, 28)),
            (date(2013, 3, 15), date(2018, 3, 15)),
        ],
    )
    def test_china_keeps_it_five_years_from_the_end_of_the_behaviour(self, ended, last):
        assert record_retained_until(ended, rule=CHINA) == last

    def test_the_united_states_count_seven_years_when_180_days_have_passed(self):
        assert record_retained_until(date(2025, 1, 1), rule=FCRA) == date(2032, 6, 30)

    def test_a_day_before_the_rule_is_refused(self):
        with pytest.raises(dq.PolicyNotInForceError, match="from 2013-03-15, found 2013-03-14"):
            record_retained_until(date(2013, 3, 14), rule=CHINA)

    def test_a_result_beyond_the_calendar_is_refused(self):
        with pytest.raises(dq.InvalidValueError, match="record retained until"):
            record_retained_until(date(2196, 1, 1), rule=CHINA)

    def test_wrong_types_are_refused(self):
        with pytest.raises(dq.InvalidTypeError, match="counted_from"):
            record_retained_until("2025-01-01", rule=CHINA)
        with pytest.raises(
            dq.InvalidTypeError, match="a RetentionRule, found 'cn-negative-records'"
        ):
            record_retained_until(DUE, rule="cn-negative-records")

    def test_a_rule_of_ones_own_is_read_from_a_file(self, tmp_path):
        path = tmp_path / "house.toml"
        path.write_text('id = "house"\neffective_from = 2020-01-01\nyears = 2\n', encoding="utf-8")
        rule = retention_rule(path)
        assert rule == RetentionRule(name="house", effective_from=date(2020, 1, 1), years=2)
        assert record_retained_until(DUE, rule=rule) == date(2024, 6, 30)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (
                'id = "x"\neffective_from = 2020-01-01\nyears = 0\n',
                "line 3, years: expected 1 or more",
            ),
            (
                'id = "x"\neffective_from = 2020-01-01\nyears = 2\ndays = -1\n',
                "line 4, days: expected",
            ),
            (
                'id = "x"\neffective_from = 2020-01-01\nyears = 2\nyear = 2\n',
                "line 4: expected only the keys .*'year'",
            ),
            ('id = "x"\nyears = 2\n', "effective_from"),
            (
                'id = "x"\neffective_from = 2020-01-01\nyears = 2\nverification = "secondary"\n',
                "line 4, verification: expected a citation of what was compared",
            ),
        ],
    )
    def test_a_file_that_contradicts_itself_is_refused(self, tmp_path, text, told):
        path = tmp_path / "house.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(dq.PolicyError, match=told):
            retention_rule(path)

    def test_an_unverified_rule_warns(self):
        rule = attrs.evolve(CHINA, verification=dq.Verification.UNVERIFIED)
        with pytest.warns(UnverifiedTableWarning, match="'cn-negative-records' was never compared"):
            record_retained_until(DUE, rule=rule)


class TestRepair:
    """The one-time credit repair of China."""

    def test_the_worked_example(self):
        """WE-07: 8,000 overdue in May 2024, repaid on 15 January 2026."""
        for day in (1, 31):
            hidden = record_hidden_by(
                overdue_on=date(2024, 5, day), amount=8000, repaid_on=date(2026, 1, 15)
            )
            assert hidden == date(2026, 2, 28)

    @pytest.mark.parametrize(
        ("repaid", "hidden"),
        [
            (date(2024, 7, 1), date(2026, 1, 1)),
            (date(2025, 11, 30), date(2026, 1, 1)),
            (date(2025, 12, 1), date(2026, 1, 31)),
            (date(2026, 3, 31), date(2026, 4, 30)),
            (date(2026, 4, 1), None),
        ],
    )
    def test_the_day_follows_that_of_the_repayment(self, repaid, hidden):
        asked = {"overdue_on": date(2024, 5, 20), "amount": 8000}
        assert record_hidden_by(**asked, repaid_on=repaid) == hidden

    @pytest.mark.parametrize(
        ("overdue", "is_hidden"),
        [
            (date(2019, 12, 31), False),
            (date(2020, 1, 1), True),
            (date(2025, 12, 31), True),
            (date(2026, 1, 1), False),
        ],
    )
    def test_it_is_for_what_became_overdue_in_its_window(self, overdue, is_hidden):
        hidden = record_hidden_by(overdue_on=overdue, amount=1, repaid_on=date(2026, 1, 15))
        assert (hidden is not None) == is_hidden

    def test_it_is_for_amounts_up_to_the_most(self):
        asked = {"overdue_on": date(2024, 5, 20), "repaid_on": date(2024, 7, 1)}
        assert record_hidden_by(amount=Decimal("10000.00"), **asked)
        assert record_hidden_by(amount=Decimal("10000.01"), **asked) is None

    def test_what_cannot_be_asked_is_refused(self):
        asked = {"overdue_on": date(2024, 5, 20), "amount": 100, "repaid_on": date(2024, 7, 1)}
        assert record_hidden_by(**(asked | {"repaid_on": date(2024, 5, 20)}))
        for wrong, told in (
            ({"amount": 0}, "amount: expected more than 0, found 0"),
            ({"repaid_on": date(2024, 5, 19)}, "a day from 2024-05-20 on"),
        ):
            with pytest.raises(dq.InvalidValueError, match=told):
                record_hidden_by(**(asked | wrong))
        for wrong in ({"amount": 1.5}, {"overdue_on": "2024"}, {"repaid_on": None}):
            with pytest.raises(dq.InvalidTypeError, match=next(iter(wrong))):
                record_hidden_by(**(asked | wrong))


class TestLimitation:
    """Three years from the last due date, and anew from what restarts them."""

    def test_it_ends_with_the_day_of_the_same_number(self):
        assert limitation_ends_on(DUE) == date(2025, 6, 30)
        assert limitation_ends_on(date(2024, 2, 29)) == date(2027, 2, 28)

    @pytest.mark.parametrize("kind", RestartKind)
    def test_a_restart_up_to_the_last_day_counts_and_a_day_later_is_too_late(self, kind):
        for day, last in (
            (date(2025, 6, 29), date(2028, 6, 29)),
            (date(2025, 6, 30), date(2028, 6, 30)),
            (date(2025, 7, 1), date(2025, 6, 30)),
        ):
            assert limitation_ends_on(DUE, restarts=[LimitationRestart(kind, day)]) == last

    def test_a_restart_before_the_last_due_date_moves_nothing(self):
        for day in (date(2020, 1, 1), DUE):
            early = LimitationRestart(RestartKind.DEMAND, day)
            assert limitation_ends_on(DUE, restarts=[early]) == date(2025, 6, 30)

    def test_a_chain_holds_in_any_order_and_breaks_at_its_gap(self):
        days = [date(2024, 1, 1), date(2026, 12, 31), date(2029, 12, 31), date(2033, 1, 1)]
        chain = [LimitationRestart(RestartKind.DEMAND, day) for day in days]
        random.Random(5).shuffle(chain)
        assert limitation_ends_on(DUE, restarts=chain) == date(2032, 12, 31)
        chain.append(LimitationRestart(RestartKind.ACKNOWLEDGEMENT, date(2032, 12, 31)))
        assert limitation_ends_on(DUE, restarts=chain) == date(2036, 1, 1)

    def test_a_debt_before_the_rule_is_refused(self):
        assert limitation_ends_on(date(2021, 1, 1)) == date(2024, 1, 1)
        with pytest.raises(dq.PolicyNotInForceError, match="from 2021-01-01, found 2020-12-31"):
            limitation_ends_on(date(2020, 12, 31))

    def test_a_kind_that_the_rule_does_not_know_is_refused(self):
        rule = LimitationRule(
            name="house", effective_from=date(2000, 1, 1), years=6, restarted_by=[RestartKind.SUIT]
        )
        demand = LimitationRestart(RestartKind.DEMAND, date(2024, 1, 1))
        assert limitation_ends_on(DUE, rule=rule) == date(2028, 6, 30)
        with pytest.raises(dq.InvalidValueError, match="kinds of suit, found demand"):
            limitation_ends_on(DUE, restarts=[demand], rule=rule)
        bare = attrs.evolve(rule, restarted_by=[])
        with pytest.raises(dq.InvalidValueError, match="kinds of none"):
            limitation_ends_on(DUE, restarts=[demand], rule=bare)

    @pytest.mark.parametrize(
        ("ask", "told"),
        [
            (lambda: limitation_ends_on("2022-06-30"), "last_due_date"),
            (lambda: limitation_ends_on(DUE, restarts=[DUE]), "an instance of LimitationRestart"),
            (lambda: limitation_ends_on(DUE, rule="cn-limitation"), "a LimitationRule"),
            (lambda: LimitationRestart("demand", DUE), "RestartKind"),
            (lambda: LimitationRestart(RestartKind.DEMAND, "2022"), "restarted_on"),
            (lambda: attrs.evolve(LAW, restarted_by=["demand"]), "an instance of RestartKind"),
            (lambda: attrs.evolve(LAW, years="3"), "an int"),
            (lambda: attrs.evolve(LAW, effective_from="2021"), "effective_from"),
            (lambda: limitation_rule(3), "a name or a path"),
        ],
    )
    def test_wrong_types_are_refused(self, ask, told):
        with pytest.raises(dq.InvalidTypeError, match=told):
            ask()

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (
                'restarted_by = ["demand", "letter"]',
                "line 4, restarted_by 2: expected one of demand",
            ),
            ("restarts = 3", "line 4: expected only the keys .*'restarts'"),
            (
                'verification = "official-text"',
                "line 4, verification: expected a citation of what was compared",
            ),
        ],
    )
    def test_a_file_that_contradicts_itself_is_refused(self, tmp_path, text, told):
        path = tmp_path / "house.toml"
        whole = f'id = "house"\neffective_from = 2020-01-01\nyears = 2\n{text}\n'
        path.write_text(whole, encoding="utf-8")
        with pytest.raises(dq.PolicyError, match=told):
            limitation_rule(path)

    def test_the_packaged_rules_say_where_they_come_from(self):
        for rule in (CHINA, FCRA, LAW):
            assert rule.citations
            assert rule.verification is dq.Verification.SECONDARY
        with pytest.raises(dq.PolicyError, match="Did you mean 'cn-limitation'"):
            limitation_rule("cn-limitations")
