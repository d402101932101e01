"""What the status refuses, word for word: a message is read by people and kept in logs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency import Proportion
from delinquency.status import (
    Anchor,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    Operator,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
    StatusExit,
    StatusMachine,
    StatusState,
    StatusTrigger,
    TimeUnit,
)
from delinquency.status.condition_text import parse_condition
from delinquency.status.facts import FINDINGS, REPORTED_FIGURES, StatusFacts
from delinquency.status.folding import Known, fold

HALF, THIRD = Proportion(1, 2), Proportion(1, 3)
LATE = FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, Proportion(0, 1))
STATES = [StatusState("a"), StatusState("bad"), StatusState("c")]
CNY = dq.Currency.of("CNY")
LAW = dq.rulebook.load("founding-report").versions[-1]
IFRS = dq.rulebook.load("ifrs9")
DAY = date(2025, 3, 31)


def read(text: str, **words: object) -> object:
    known = {"findings": FINDINGS, "reported": REPORTED_FIGURES, "where": "rule"}
    return parse_condition(text, **(known | words))


def machine(**changes: object) -> StatusMachine:
    given = {"name": "m", "states": STATES, "triggers": [StatusTrigger(to="bad", when=[LATE])]}
    return StatusMachine(**(given | changes))


def trigger(*when: object, to: str = "bad") -> StatusTrigger:
    return StatusTrigger(to=to, when=when)


def way(*leaving: str, to: str = "a") -> StatusExit:
    return StatusExit(leaving=leaving, to=to, when=[])


def policy(*machines: StatusMachine, law: dq.Policy = LAW) -> dq.Policy:
    return attrs.evolve(law, status=machines)


def loan(name: str = "A", currency: str = "CNY", **facts: object) -> dq.Account:
    schedule = dq.Schedule(dq.Currency.of(currency), [dq.Instalment(date(2025, 1, 31), 100)])
    given = {"account_id": name, "obligor_id": "D-1", "originated_on": date(2025, 1, 1)}
    return dq.Account(schedule=schedule, **(given | facts))


def asked(account: object, **question: object) -> dq.StatusAssessment:
    return dq.assess_status(account, **({"as_of": DAY, "policy": IFRS} | question))


def together(*accounts: object, **question: object) -> dq.ObligorAssessment:
    return dq.assess_obligor(accounts, **({"as_of": DAY, "policy": IFRS} | question))


TOLD = asked(loan(currency="EUR"))


REFUSED = [
    (
        lambda: FigureIs("arrears", Operator.OVER, HALF),
        "condition on a figure, figure: expected a Figure, found 'arrears'. Hint: Write Figure.DAYS_PAST_DUE, Figure.DELINQUENT_DAYS, Figure.MATERIAL_DAYS_PAST_DUE, Figure.ARREARS or Figure.EXPOSURE.",
    ),
    (
        lambda: FigureIs(Figure.ARREARS, ">", HALF),
        "condition on a figure, operator: expected an Operator, found '>'. Hint: Write Operator.OVER, Operator.AT_LEAST, Operator.UNDER, Operator.AT_MOST or Operator.EQUAL.",
    ),
    (
        lambda: FigureIs(Figure.ARREARS, Operator.OVER, 1),
        "condition on a figure, value: expected a Proportion, found 1.",
    ),
    (
        lambda: FigureIs(Figure.ARREARS, Operator.OVER, THIRD),
        "condition on a figure, value: expected a number of at most 9 decimal places, found 1/3.",
    ),
    (
        lambda: FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, HALF),
        "condition on a figure, value: expected a whole number of days, found 1/2.",
    ),
    (
        lambda: ReportedIs("", Operator.OVER, HALF),
        "condition on a reported figure, name: expected a text that is not empty, found ''.",
    ),
    (
        lambda: ReportedIs("loan_to_value", ">", HALF),
        "condition on a reported figure, operator: expected an Operator, found '>'. Hint: Write Operator.OVER, Operator.AT_LEAST, Operator.UNDER, Operator.AT_MOST or Operator.EQUAL.",
    ),
    (
        lambda: ReportedIs("loan_to_value", Operator.OVER, Decimal("0.5")),
        "condition on a reported figure, value: expected a Proportion, found Decimal('0.5').",
    ),
    (
        lambda: ReportedIs("loan_to_value", Operator.OVER, THIRD),
        "condition on a reported figure, value: expected a number of at most 9 decimal places, found 1/3.",
    ),
    (
        lambda: Found(None),
        "condition on a finding, kind: expected a text that is not empty, found None.",
    ),
    (
        lambda: Found("fraud", "no"),
        "condition on a finding, is_found: expected True or False, found 'no'.",
    ),
    (
        lambda: Restructured(Decimal("0.01")),
        "condition on a restructuring, gave_up_over: expected a Proportion, found Decimal('0.01').",
    ),
    (
        lambda: Restructured(THIRD),
        "condition on a restructuring, gave_up_over: expected a number of at most 9 decimal places, found 1/3.",
    ),
    (lambda: SegmentIs(""), "condition on a segment: expected a text that is not empty, found ''."),
    (
        lambda: StateIs("", ("a",)),
        "condition on a state, machine: expected a text that is not empty, found ''.",
    ),
    (
        lambda: StateIs("m", "ab"),
        "condition on a state, states: expected a list of texts, found 'ab'.",
    ),
    (lambda: StateIs("m", 1), "condition on a state, states: expected a list of texts, found 1."),
    (
        lambda: StateIs("m", ()),
        "condition on a state, states: expected at least one state, found none.",
    ),
    (
        lambda: StateIs("m", ("a", "")),
        "condition on a state, states: expected a text that is not empty, found ''.",
    ),
    (
        lambda: Elapsed(3, "months", [Anchor.CLEARING]),
        "condition on time, unit: expected a TimeUnit, found 'months'. Hint: Write TimeUnit.DAYS or TimeUnit.MONTHS.",
    ),
    (
        lambda: Elapsed(3, TimeUnit.MONTHS, Anchor.CLEARING),
        "condition, since: expected a list of days, found <Anchor.CLEARING: 'clearing'>.",
    ),
    (
        lambda: Elapsed(True, TimeUnit.DAYS, [Anchor.ENTERING]),
        "condition on time, count: expected an int, found True.",
    ),
    (
        lambda: Elapsed(0, TimeUnit.DAYS, [Anchor.ENTERING]),
        "condition on time, count: expected from 1 to 36,500, found 0.",
    ),
    (
        lambda: Elapsed(36_501, TimeUnit.DAYS, [Anchor.ENTERING]),
        "condition on time, count: expected from 1 to 36,500, found 36501.",
    ),
    (
        lambda: Elapsed(1, TimeUnit.DAYS, []),
        "condition, since: expected at least one day, found none.",
    ),
    (
        lambda: Elapsed(1, TimeUnit.DAYS, ["entering"]),
        "condition, since: expected an Anchor or a Found, found 'entering'.",
    ),
    (
        lambda: Elapsed(1, TimeUnit.DAYS, [Found("fraud", is_found=False)]),
        "condition, since: expected a finding that was made, found not found fraud.",
    ),
    (
        lambda: PeriodsPaid(Decimal(2), [Anchor.CLEARING]),
        "condition on periods, count: expected an int, found Decimal('2').",
    ),
    (
        lambda: PeriodsPaid(0, [Anchor.CLEARING]),
        "condition on periods, count: expected from 1 to 36,500, found 0.",
    ),
    (lambda: PeriodsPaid(2, 1), "condition, since: expected a list of days, found 1."),
    (
        lambda: read(""),
        "rule: expected a condition such as 'days_past_due > 90', 'reported expected_loss_share >= 0.5', 'found bankruptcy', 'restructured', '12 months since entering', '2 periods paid since clearing' or '<machine> in <states>', found ''.",
    ),
    (
        lambda: read("days_past_due > 60 and arrears > 100"),
        "rule: expected one condition, found 'days_past_due > 60 and arrears > 100'. Hint: Write each condition as a text of its own: all texts of the list must hold.",
    ),
    (
        lambda: read("days_past_due > 60 or arrears > 100"),
        "rule: expected one condition, found 'days_past_due > 60 or arrears > 100'. Hint: Write each condition as a text of its own: all texts of the list must hold.",
    ),
    (
        lambda: read("loan_to_value > 1.2"),
        "rule: expected 'reported loan_to_value' for a figure that is reported, found 'loan_to_value'.",
    ),
    (lambda: read("days_past_due > 90.5"), "rule: expected a whole number of days, found 90.5."),
    (
        lambda: read("days_past_due > ninety"),
        "rule: expected a number of 0 or more, in plain decimal notation, found 'ninety'. Hint: Write the number alone: days have no unit, and 20 % is 0.2.",
    ),
    (
        lambda: read("days_past_du > 90"),
        "rule: expected one of days_past_due, delinquent_days, material_days_past_due, arrears, exposure, found 'days_past_du'. Hint: Did you mean 'days_past_due'?",
    ),
    (
        lambda: read("found bankrupcy"),
        f"rule: expected one of {', '.join(FINDINGS)}, found 'bankrupcy'. Hint: Did you mean 'bankruptcy'?",
    ),
    (lambda: read("found fraud", findings=()), "rule: expected one of none, found 'fraud'."),
    (
        lambda: read("found unlikely"),
        f"rule: expected one of {', '.join(FINDINGS)}, found 'unlikely'. Hint: Did you mean 'unlikely_to_pay'?",
    ),
    (
        lambda: read("reported expected_loss > 0.5"),
        f"rule: expected one of {', '.join(REPORTED_FIGURES)}, found 'expected_loss'. Hint: Did you mean 'expected_loss_share'?",
    ),
    (
        lambda: read("segment retial"),
        "rule: expected one of retail, non_retail, found 'retial'. Hint: Did you mean 'retail'?",
    ),
    (lambda: read("0 months since entering"), "rule: expected from 1 to 36,500, found 0."),
    (lambda: read("99999 days since entering"), "rule: expected from 1 to 36,500, found 99999."),
    (
        lambda: read("2 periods paid since clearin"),
        "rule: expected one of entering, last trigger, clearing, last miss, restructuring, first due after restructuring, grace end, found 'clearin'. Hint: Did you mean 'clearing'?",
    ),
    (
        lambda: read("6 days since found fruad"),
        f"rule: expected one of {', '.join(FINDINGS)}, found 'fruad'. Hint: Did you mean 'fraud'?",
    ),
    (
        lambda: read("12 months since the beginning"),
        "rule: expected one of entering, last trigger, clearing, last miss, restructuring, first due after restructuring, grace end, found 'the beginning'. Hint: The first day of the state that is left is 'entering'.",
    ),
    (lambda: read("default in ,"), "rule: expected states between commas, found ','."),
    (lambda: read("default in a, , b"), "rule: expected states between commas, found 'a, , b'."),
    (lambda: StatusState(1), "status state, code: expected a text, found 1."),
    (lambda: StatusState("a", label=1), "status state, label: expected a text, found 1."),
    (
        lambda: StatusState("a", label_zh=None),
        "status state, label_zh: expected a text, found None.",
    ),
    (
        lambda: StatusState("a", is_performing="no"),
        "status state, is_performing: expected True or False, found 'no'.",
    ),
    (
        lambda: StatusState("a, b"),
        "status state, code: expected a text without commas, and without spaces around it, found 'a, b'.",
    ),
    (
        lambda: StatusState(" a"),
        "status state, code: expected a text without commas, and without spaces around it, found ' a'.",
    ),
    (
        lambda: StatusState(""),
        "status state, code: expected a text without commas, and without spaces around it, found ''.",
    ),
    (
        lambda: StatusState("a\nb"),
        "status state, code: expected a text without commas, and without spaces around it, found 'a\\nb'.",
    ),
    (
        lambda: StatusTrigger(to="bad", when=LATE),
        "status, when: expected a list of conditions, found FigureIs(figure=<Figure.DAYS_PAST_DUE: 'days_past_due'>, operator=<Operator.OVER: '>'>, value=Proportion(numerator=0, de […].",
    ),
    (
        lambda: StatusTrigger(to="bad", when=["late"]),
        "status, condition: expected a Condition, found 'late'.",
    ),
    (
        lambda: StatusTrigger(to="bad", when=[LATE], leaving=[1]),
        "status, state 1: expected an instance of str, found 1.",
    ),
    (
        lambda: StatusTrigger(to="bad", when=[LATE], citations=["law"]),
        "status, citation 1: expected an instance of Citation, found 'law'.",
    ),
    (
        lambda: StatusExit(leaving=["bad"], to="a", when=None),
        "status, when: expected a list of conditions, found None.",
    ),
    (
        lambda: StatusExit(leaving=["bad"], to="a", when=[], citations=["law"]),
        "status, citation 1: expected an instance of Citation, found 'law'.",
    ),
    (lambda: machine(name=""), "status, name: expected a text without spaces around it, found ''."),
    (
        lambda: machine(name=" m"),
        "status, name: expected a text without spaces around it, found ' m'.",
    ),
    (lambda: machine(name=1), "status, name: expected a text without spaces around it, found 1."),
    (
        lambda: machine(states=STATES[:1]),
        "status 'm', state: expected at least two states, each once, found ['a'].",
    ),
    (
        lambda: machine(states=[*STATES, STATES[0]]),
        "status 'm', state: expected at least two states, each once, found ['a', 'bad', 'c', 'a'].",
    ),
    (
        lambda: machine(states=["a", "bad"]),
        "status, state 1: expected an instance of StatusState, found 'a'.",
    ),
    (
        lambda: machine(triggers=["bad"]),
        "status, trigger 1: expected an instance of StatusTrigger, found 'bad'.",
    ),
    (
        lambda: machine(exits=["bad"]),
        "status, exit 1: expected an instance of StatusExit, found 'bad'.",
    ),
    (
        lambda: machine(triggers=[trigger(LATE), trigger(LATE, to="d")]),
        "status 'm', trigger 2, to: expected one of the states a, bad, c, found 'd'.",
    ),
    (
        lambda: machine(triggers=[trigger(LATE, to="bat")]),
        "status 'm', trigger 1, to: expected one of the states a, bad, c, found 'bat'. Hint: Did you mean 'bad'?",
    ),
    (
        lambda: machine(triggers=[trigger()]),
        "status 'm', trigger 1, when: expected at least one condition, found none.",
    ),
    (
        lambda: machine(triggers=[trigger(LATE, Elapsed(1, TimeUnit.DAYS, [Anchor.LAST_TRIGGER]))]),
        "status 'm', trigger 1, when: expected 'last trigger' in exits alone, found 1 days since last trigger. Hint: A trigger that waits for its own end would hold every other day.",
    ),
    (
        lambda: machine(triggers=[trigger(PeriodsPaid(1, [Anchor.LAST_TRIGGER]))]),
        "status 'm', trigger 1, when: expected 'last trigger' in exits alone, found 1 periods paid since last trigger. Hint: A trigger that waits for its own end would hold every other day.",
    ),
    (
        lambda: machine(exits=[way("bad"), way()]),
        "status 'm', exit 2, leaving: expected at least one state, found none.",
    ),
    (
        lambda: machine(exits=[way("c", "bad", to="bad")]),
        "status 'm', exit 1, to: expected a state better than 'bad', found bad.",
    ),
    (
        lambda: machine(exits=[way("bad", to="c")]),
        "status 'm', exit 1, to: expected a state better than 'bad', found c.",
    ),
    (
        lambda: machine(exits=[way("bat")]),
        "status 'm', exit 1, leaving: expected one of the states a, bad, c, found 'bat'. Hint: Did you mean 'bad'?",
    ),
    (
        lambda: policy(machine(), machine()),
        "policy 'founding-report', status 'm': expected a name used once, found it twice.",
    ),
    (
        lambda: policy(machine(triggers=[trigger(StateIs("other", ("a",)))])),
        "policy 'founding-report', status 'm', other in a: expected one of the machines before it: none, found 'other'.",
    ),
    (
        lambda: policy(machine(), machine(name="n", triggers=[trigger(StateIs("o", ("a",)))])),
        "policy 'founding-report', status 'n', o in a: expected one of the machines before it: m, found 'o'.",
    ),
    (
        lambda: policy(machine(), machine(name="n", triggers=[trigger(StateIs("m", ("a", "z")))])),
        "policy 'founding-report', status 'n', m in a, z: expected one of the states a, bad, c of 'm', found 'z'.",
    ),
    (
        lambda: policy(
            machine(
                triggers=[
                    trigger(
                        FigureIs(Figure.MATERIAL_DAYS_PAST_DUE, Operator.OVER, Proportion(90, 1))
                    )
                ]
            )
        ),
        "policy 'founding-report', status 'm', material_days_past_due > 90: expected a counting rule with materiality, found none. Hint: Say in the table counting, materiality, above which amount and share arrears are material.",
    ),
    (
        lambda: policy(machine(triggers=[trigger(Found("bankrupcy"))])),
        f"policy 'founding-report', status 'm', found bankrupcy: expected one of {', '.join(FINDINGS)}, found 'bankrupcy'. Hint: Did you mean 'bankruptcy'?",
    ),
    (
        lambda: policy(
            machine(name="found m"),
            machine(name="o", triggers=[trigger(StateIs("found m", ("a",)))]),
        ),
        f"policy 'founding-report', status 'o', found m in a: expected one of {', '.join(FINDINGS)}, found 'm in a'.",
    ),
    (
        lambda: policy(
            machine(name="x in y"),
            machine(name="o", triggers=[trigger(StateIs("x in y", ("a",)))]),
        ),
        "policy 'founding-report', status 'o', x in y in a: expected the name of a machine that does not read like another condition, found 'x in y in a'.",
    ),
    (
        lambda: asked("A"),
        "assess_status: expected an Account, found 'A'. Hint: For a Portfolio use delinquency.portfolio.",
    ),
    (
        lambda: asked(loan(), policy="ifrs9"),
        "policy: expected a Policy or a PolicyTimeline, found 'ifrs9'. Hint: delinquency.rulebook.load(\"cn-loan\")",
    ),
    (
        lambda: asked(loan(), policy=dq.rulebook.load("founding-report")),
        "policy 'founding-report': expected a policy with a status, found none.",
    ),
    (
        lambda: asked(loan(), as_of=datetime(2025, 3, 31)),
        "assess_status: expected as_of to be a date, found datetime.datetime(2025, 3, 31, 0, 0). Hint: A datetime is not a date: choose the time zone, then call .date().",
    ),
    (
        lambda: asked(loan(), as_of="2025-03-31"),
        "assess_status: expected as_of to be a date, found '2025-03-31'. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: asked(loan(), known_on="2025-03-31"),
        "assess_status: expected known_on to be a date, found '2025-03-31'. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: asked(loan(), as_of=date(2024, 12, 31)),
        "account 'A': expected as_of on or after originated_on 2025-01-01, found 2024-12-31.",
    ),
    (
        lambda: asked(loan(), as_of=date(2017, 12, 31)),
        "policy 'ifrs9': expected a date in force: from 2018-01-01, found 2017-12-31. Hint: A rule that is missing for a date is an error, never a default.",
    ),
    (
        lambda: asked(loan(), policy=dq.rulebook.load("eu-default-retail")),
        'counting, materiality: expected an account in EUR, found CNY. Hint: State the equivalent that the authority has set, by policy.evolve(counting=...) or in a file of your own: the page on a status shows it under "In another currency".',
    ),
    (
        lambda: dq.material_days_past_due(loan(), as_of=DAY, policy=LAW),
        "policy 'founding-report', counting: expected a policy with materiality, found none.",
    ),
    (
        lambda: dq.material_days_past_due(
            loan(), as_of="today", policy=dq.rulebook.load("eu-default-retail")
        ),
        "material_days_past_due: expected as_of to be a date, found 'today'. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: dq.material_days_past_due(
            loan(), as_of=DAY, policy=dq.rulebook.load("eu-default-retail")
        ),
        'counting, materiality: expected an account in EUR, found CNY. Hint: State the equivalent that the authority has set, by policy.evolve(counting=...) or in a file of your own: the page on a status shows it under "In another currency".',
    ),
    (
        lambda: dq.material_days_past_due(
            loan(currency="EUR"),
            as_of=DAY,
            policy=dq.rulebook.load("eu-default-retail"),
            known_on=1,
        ),
        "material_days_past_due: expected known_on to be a date, found 1. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: TOLD.on(date(2024, 12, 31)),
        "status, day: expected from 2025-01-01 to 2025-03-31, found 2024-12-31.",
    ),
    (
        lambda: TOLD.on(date(2025, 4, 1)),
        "status, day: expected from 2025-01-01 to 2025-03-31, found 2025-04-01.",
    ),
    (
        lambda: TOLD.on("2025-03-31"),
        "status: expected day to be a date, found '2025-03-31'. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (lambda: TOLD.on(DAY, "colour"), "status, machine: expected one of stage, found 'colour'."),
    (lambda: TOLD.spans("colour"), "status, machine: expected one of stage, found 'colour'."),
    (
        lambda: TOLD.daily(1, DAY),
        "status: expected first to be a date, found 1. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: TOLD.daily(DAY, 1),
        "status: expected last to be a date, found 1. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: TOLD.daily(DAY, date(2025, 2, 1)),
        "status, last: expected a day on or after 2025-03-31, found 2025-02-01.",
    ),
    (
        lambda: TOLD.monthly(DAY, date(2025, 2, 1)),
        "status, last: expected a day on or after 2025-03-31, found 2025-02-01.",
    ),
    (
        lambda: TOLD.monthly(date(2024, 12, 31), DAY),
        "status, day: expected from 2025-01-01 to 2025-03-31, found 2024-12-31.",
    ),
    (
        lambda: TOLD.monthly(DAY, date(2025, 4, 30)),
        "status, day: expected from 2025-01-01 to 2025-03-31, found 2025-04-30.",
    ),
    (lambda: TOLD.why("stage"), "status, why: expected a StatusSpan, found 'stage'."),
    (
        lambda: TOLD.why(
            asked(
                loan(currency="EUR"), as_of=date(2025, 1, 2), policy=dq.rulebook.load("in-sma")
            ).spans()[-1]
        ),
        "status, machine: expected one of stage, found 'asset class'.",
    ),
    (
        lambda: TOLD.why(asked(loan(currency="EUR"), as_of=date(2025, 2, 1)).spans()[-1]),
        "status, why: expected a span of this answer, found one from 2025-01-01.",
    ),
    (
        lambda: TOLD.not_assessed("colour"),
        "status, machine: expected one of stage, found 'colour'.",
    ),
    (lambda: TOLD.holding("colour"), "status, machine: expected one of stage, found 'colour'."),
    (lambda: TOLD.exits("colour"), "status, machine: expected one of stage, found 'colour'."),
    (
        lambda: fold([], Known(StatusFacts(), [], 100, "retail")),
        "status: expected at least one day, found none.",
    ),
    (together, "assess_obligor, accounts: expected at least one account, found none."),
    (
        lambda: together("A"),
        "assess_obligor, account 1: expected an instance of Account, found 'A'.",
    ),
    (
        lambda: together(loan(), currency="CNY"),
        "assess_obligor, currency: expected a Currency, found 'CNY'. Hint: Write Currency.of(\"CNY\").",
    ),
    (
        lambda: together(loan(), loan()),
        "assess_obligor, account 'A': expected an account_id used once, found it twice.",
    ),
    (
        lambda: together(loan(), loan("B", obligor_id="")),
        "assess_obligor, account 'B': expected an obligor_id, found none. Hint: Say whose it is: attrs.evolve(account, obligor_id=...).",
    ),
    (
        lambda: together(loan(), loan("B", obligor_id="D-2")),
        "assess_obligor, account 'B': expected obligor_id 'D-1' as of account 'A', found 'D-2'. Hint: Ask of each obligor alone.",
    ),
    (
        lambda: together(loan(), loan("B", currency="EUR")),
        "assess_obligor, account 'B': expected a rate of EUR into CNY, found none. Hint: Give fx={'EUR': ...}: how much CNY one EUR is.",
    ),
    (
        lambda: together(loan(), fx=1),
        'assess_obligor, fx: expected a mapping of currency codes to rates, found 1. Hint: Write {"USD": Decimal("7.10")}.',
    ),
    (
        lambda: together(loan(), fx={"EUR": 1.1}),
        'assess_obligor, fx, EUR: expected rate to be a Decimal or an int, found 1.1. Hint: Write Decimal("12.34"), from a string: a float holds few amounts exactly.',
    ),
    (
        lambda: together(loan(), policy="ifrs9"),
        "policy: expected a Policy or a PolicyTimeline, found 'ifrs9'. Hint: delinquency.rulebook.load(\"cn-loan\")",
    ),
    (
        lambda: together(loan(), as_of="2025-03-31"),
        "assess_obligor: expected as_of to be a date, found '2025-03-31'. Hint: Parse text at the edge: date.fromisoformat('2026-03-01').",
    ),
    (
        lambda: together(loan()).overdue_share(over=-1),
        "overdue_share, over: expected 0 or more, found -1.",
    ),
    (
        lambda: together(loan()).overdue_share(over=Decimal(90)),
        "overdue_share, over: expected an int, found Decimal('90').",
    ),
    (
        lambda: together(loan(), policy=LAW).non_performing_share(),
        "policy 'founding-report': expected a policy with a status, found none.",
    ),
    (
        lambda: together(loan()).non_performing_share("colour"),
        "status, machine: expected one of stage, found 'colour'.",
    ),
]


@pytest.mark.parametrize(("make", "says"), REFUSED)
def test_a_refusal_says_where_what_was_expected_and_what_was_found(make, says):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert str(caught.value) == says
