"""Figures of security: worked out of what is in force at a close, or reported since, or unknown."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import NONE_DAY, day_number
from delinquency.portfolio import Portfolio, assess_status
from delinquency.portfolio.status_loop import Judged
from delinquency.portfolio.status_run import beside_the_loop
from delinquency.sentences.conditions import OF_SECURITY as SAID
from delinquency.status import Operator, ReportedIs, StatusMachine, StatusState, StatusTrigger
from delinquency.status.condition_text import parse_condition
from delinquency.status.facts import FINDINGS, OF_SECURITY, REPORTED_FIGURES, facts_of
from delinquency.status.security import WORKED_OUT, united_security
from delinquency.validity import Validity
from tests.status.both_paths import asked_both_ways
from tests.status.securing import LivedSecurity, draw_security
from tests.strategies_internal import MANY

CNY = dq.Currency.of("CNY")
FIRST, DUE, DAY = date(2025, 1, 1), date(2025, 3, 1), timedelta(days=1)
LATER = date(2025, 6, 1)
HALF, WHOLE = dq.Proportion(1, 2), dq.Proportion(1, 1)


def loan(*events: object, paid: int = 0) -> dq.Account:
    """1,000 owed on one day."""
    payments = [dq.Payment(DUE, paid)] if paid else []
    schedule = dq.Schedule(CNY, [dq.Instalment(DUE, 1000)])
    return dq.Account(
        account_id="A", originated_on=FIRST, schedule=schedule, payments=payments, events=events
    )


def judged(*conditions: str) -> dq.Policy:
    """A policy of one machine with one rule."""
    when = [
        parse_condition(text, findings=FINDINGS, reported=REPORTED_FIGURES, where="rule")
        for text in conditions
    ]
    machine = StatusMachine(
        name="rule",
        states=[StatusState("no"), StatusState("yes")],
        triggers=[StatusTrigger(to="yes", when=when)],
    )
    plain = dq.rulebook.load("founding-report").versions[-1]
    return attrs.evolve(plain, name="rule", status=(machine,), validity=Validity())


def asked(account: dq.Account, text: str, day: date = LATER, known_on: date | None = None) -> str:
    """Yes, no or unknown, of the account and of a book of it."""
    policy = judged(text)
    told = asked_both_ways(account, as_of=day, policy=policy, known_on=known_on)
    return "unknown" if told.not_assessed("rule") else told.state.code


def test_the_names_are_said_in_one_place_each() -> None:
    assert SAID == WORKED_OUT == OF_SECURITY - {"guaranteed"}
    assert set(REPORTED_FIGURES) >= WORKED_OUT
    assert "guaranteed" in FINDINGS


HOUSE = dq.Collateral("house", FIRST, 300, assessed_value=600)
CAR = dq.Collateral("car", FIRST, 100, assessed_value=200)
PARENT = dq.Guarantee("parent", FIRST, share=HALF)
FIRM = dq.Guarantee("firm", FIRST, amount=100)


@pytest.mark.parametrize(
    ("events", "figure", "value"),
    [
        ([HOUSE], "security_share_of_outstanding", "0.3"),
        ([HOUSE, CAR], "security_share_of_outstanding", "0.4"),
        ([HOUSE, CAR], "security_share_of_assessed", "0.5"),
        ([attrs.evolve(HOUSE, value=400)], "loan_to_value", "2.5"),
        ([PARENT], "guaranteed_share", "0.5"),
        ([PARENT, FIRM], "guaranteed_share", "0.6"),
        ([PARENT, FIRM], "secured_share", "0.6"),
        ([HOUSE, CAR, PARENT, FIRM], "secured_share", "1"),
        ([HOUSE, PARENT], "security_share_of_outstanding", "0.3"),
        ([attrs.evolve(HOUSE, value=3000)], "security_share_of_outstanding", "3"),
    ],
)
def test_a_figure_is_what_is_in_force_over_what_is_owed(events, figure, value) -> None:
    account = loan(*events)
    assert asked(account, f"reported {figure} = {value}") == "yes"
    assert asked(account, f"reported {figure} > {value}") == "no"
    assert asked(account, f"reported {figure} < {value}") == "no"


def test_half_of_the_debt_paid_doubles_the_share() -> None:
    account = loan(HOUSE, PARENT, paid=500)
    assert asked(account, "reported security_share_of_outstanding = 0.3", DUE - DAY) == "yes"
    assert asked(account, "reported security_share_of_outstanding = 0.6", DUE) == "yes"
    assert asked(account, "reported guaranteed_share = 0.5", DUE) == "yes"


@pytest.mark.parametrize("figure", sorted(WORKED_OUT))
def test_what_nobody_recorded_or_reported_is_unknown(figure) -> None:
    assert asked(loan(), f"reported {figure} < 0.1") == "unknown"
    assert asked(loan(), f"reported {figure} >= 0.1") == "unknown"


def test_a_guarantee_says_nothing_of_collateral_and_collateral_nothing_of_guarantees() -> None:
    assert asked(loan(PARENT), "reported security_share_of_outstanding < 0.1") == "unknown"
    assert asked(loan(PARENT), "reported loan_to_value > 0.1") == "unknown"
    assert asked(loan(HOUSE), "reported guaranteed_share < 0.1") == "unknown"


def test_once_the_last_collateral_has_ended_nothing_is_secured() -> None:
    end = date(2025, 4, 1)
    account = loan(attrs.evolve(HOUSE, until=end))
    for day, share in ((end - DAY, "0.3"), (end, "0")):
        assert asked(account, f"reported security_share_of_outstanding = {share}", day) == "yes"
    assert asked(account, "reported loan_to_value > 100000000", end) == "yes"
    assert asked(account, "reported loan_to_value <= 100000000", end) == "no"
    assert asked(account, "reported security_share_of_assessed < 0.5", end) == "unknown"


def test_where_nothing_is_owed_everything_is_covered() -> None:
    account = loan(HOUSE, FIRM, paid=1000)
    for figure in ("security_share_of_outstanding", "guaranteed_share", "secured_share"):
        assert asked(account, f"reported {figure} > 100000000") == "yes"
        assert asked(account, f"reported {figure} < 0.1") == "no"
    assert asked(account, "reported loan_to_value = 0") == "yes"


def test_a_part_of_the_collateral_that_nobody_assessed_leaves_its_fall_unknown() -> None:
    account = loan(HOUSE, attrs.evolve(CAR, assessed_value=None))
    assert asked(account, "reported security_share_of_assessed < 1") == "unknown"


def test_the_next_row_of_a_name_takes_the_place_of_the_last_and_may_follow_its_end() -> None:
    second, third = date(2025, 4, 1), date(2025, 5, 1)
    account = loan(
        HOUSE,
        dq.Collateral("house", second, 200, until=second + DAY),
        dq.Collateral("house", third, 700),
    )
    for day, share in (
        (second - DAY, "0.3"),
        (second, "0.2"),
        (second + DAY, "0"),
        (third - DAY, "0"),
        (third, "0.7"),
    ):
        assert asked(account, f"reported security_share_of_outstanding = {share}", day) == "yes"


def test_the_later_of_a_report_and_a_change_of_the_security_holds() -> None:
    """Of one day the report does."""
    name, figure = dq.FigureName.SECURITY_SHARE_OF_OUTSTANDING, "security_share_of_outstanding"
    changed = date(2025, 4, 1)
    valued = [HOUSE, dq.Collateral("house", changed, 200)]
    for reported_on, share in ((changed - DAY, "0.2"), (changed, "0.9"), (changed + DAY, "0.9")):
        report = dq.ReportedFigure(name, reported_on, dq.Proportion.parse("0.9"))
        account = loan(*valued, report)
        assert asked(account, f"reported {figure} = {share}") == "yes"
    ended = [attrs.evolve(HOUSE, until=changed)]
    for reported_on, share in ((changed - DAY, "0"), (changed, "0.9")):
        report = dq.ReportedFigure(name, reported_on, dq.Proportion.parse("0.9"))
        assert asked(loan(*ended, report), f"reported {figure} = {share}") == "yes"


def test_a_guarantor_is_found_from_the_first_to_the_last_guarantee_without_a_gap() -> None:
    begins, change, ends = FIRST + DAY, date(2025, 4, 1), date(2025, 5, 1)
    account = loan(
        dq.Guarantee("parent", begins, share=WHOLE, until=change),
        dq.Guarantee("firm", change, amount=1, until=ends),
    )
    told = asked_both_ways(account, as_of=LATER, policy=judged("found guaranteed"))
    spans = [(span.start, span.state.code) for span in told.spans("rule")]
    assert spans == [(FIRST, "no"), (begins, "yes"), (ends, "no")]
    since = judged("100 days since found guaranteed")
    complete = begins + timedelta(days=100)
    told = asked_both_ways(account, as_of=LATER, policy=since)
    assert [(span.start, span.state.code) for span in told.spans("rule")][1] == (complete, "yes")
    assert asked(loan(), "not found guaranteed") == "yes"


def test_security_is_known_from_the_day_of_its_record_and_never_was_once_reversed() -> None:
    text, told = "reported security_share_of_outstanding >= 0.3", date(2025, 4, 1)
    late = loan(attrs.evolve(HOUSE, recorded_on=told))
    assert asked(late, text, known_on=told - DAY) == "unknown"
    assert asked(late, text, known_on=told) == "yes"
    back = loan(attrs.evolve(HOUSE, reversed_on=told))
    assert asked(back, text, known_on=told - DAY) == "yes"
    assert asked(back, text, known_on=told) == "unknown"
    assert asked(back, text, DUE) == "yes"


def test_only_accounts_with_security_are_judged_beside_the_loop_and_only_where_a_rule_asks() -> (
    None
):
    book = Portfolio.from_accounts(
        [
            attrs.evolve(loan(*events), account_id=f"A-{number}")
            for number, events in enumerate([(), (HOUSE,), (PARENT,)])
        ]
    )

    def alone(*conditions: str) -> list[bool]:
        version = Judged(judged(*conditions), -NONE_DAY, NONE_DAY - 1)
        return beside_the_loop(book, [version]).tolist()

    assert alone("found bankruptcy", "reported expected_loss_share > 0") == [False] * 3
    for text in (
        "found guaranteed",
        "reported secured_share > 0",
        "5 days since entering, found guaranteed",
        "2 periods paid since clearing, found guaranteed",
    ):
        assert alone(text) == [False, True, True]


def test_an_explanation_says_that_a_figure_was_worked_out_or_reported() -> None:
    policy = judged("reported security_share_of_outstanding < 0.5")
    told = dq.assess_status(loan(HOUSE), as_of=LATER, policy=policy)
    said = told.explanation.find("status_worked_out")
    assert said.sentence() == (
        "value of the security as a share of the debt of less than 0.5: worked out of the security in "
        "force, it was 0.3."
    )
    assert (
        said.sentence("zh") == "押品可变现价值占未偿余额比例少于 0.5：按有效担保计算，实际为 0.3。"
    )
    report = dq.ReportedFigure(
        dq.FigureName.SECURITY_SHARE_OF_OUTSTANDING, FIRST, dq.Proportion.parse("0.2")
    )
    told = dq.assess_status(loan(report), as_of=LATER, policy=policy)
    assert told.explanation.find("status_reported").value == "0.2"
    worthless = loan(attrs.evolve(HOUSE, value=0))
    told = dq.assess_status(worthless, as_of=LATER, policy=judged("reported loan_to_value > 0.6"))
    assert told.explanation.find("status_worked_out").value == "∞"


def test_figures_are_exact() -> None:
    """One minor unit is on the other side of the threshold."""
    text = "reported security_share_of_outstanding < 0.1"
    assert asked(loan(attrs.evolve(HOUSE, value=100)), text) == "no"
    assert asked(loan(attrs.evolve(HOUSE, value=Decimal("99.99"))), text) == "yes"
    thirds = [dq.Guarantee(name, FIRST, share=dq.Proportion(1, 3)) for name in "abc"]
    assert asked(loan(*thirds), "reported guaranteed_share = 1") == "yes"


def test_closes_of_month_ends_are_judged_with_their_exposure() -> None:
    closes = [
        dq.ReportedClose(as_of=day, days_past_due=0, arrears=0, exposure=exposure)
        for day, exposure in ((date(2025, 3, 31), 600), (date(2025, 4, 30), 200))
    ]
    told = dq.assess_reported_status(
        closes,
        account_id="A",
        currency=CNY,
        policy=judged("reported security_share_of_outstanding >= 1"),
        events=[dq.Collateral("house", date(2025, 3, 31), 300)],
    )
    assert [told.on(close.as_of).code for close in closes] == ["no", "yes"]


@MANY
@given(st.integers(0, 2**32))
def test_figures_are_those_of_security_lived_day_by_day(seed: int) -> None:
    """Law: what is worked out of the rows is what every row says of every day."""
    rnd = random.Random(seed)
    rows = draw_security(rnd, FIRST)
    facts, lived = facts_of(loan(*rows), NONE_DAY), LivedSecurity(rows)
    for _ in range(20):
        day, exposure = FIRST + timedelta(days=rnd.randint(0, 400)), rnd.choice([0, 1, 7, 90_000])
        at = day_number(day, where="t", field="day")
        for name in WORKED_OUT:
            found = facts.security.figure_on(name, at, exposure)
            expected = lived.figure(name, day, exposure)
            if found is None or expected is None:
                assert found is expected
                continue
            assert found[0] == day_number(expected[0], where="t", field="day")
            value = None if found[1].denominator == 0 else Fraction(*found[1])
            assert value == expected[1]
        since = lived.guaranteed_since(day)
        number = NONE_DAY if since is None else day_number(since, where="t", field="day")
        assert facts.finding_on("guaranteed", at) == number


def test_a_condition_on_a_figure_of_security_needs_no_new_words() -> None:
    assert str(ReportedIs("secured_share", Operator.UNDER, HALF)) == "reported secured_share < 0.5"


def test_a_book_tells_unknown_figures_too() -> None:
    book = Portfolio.from_accounts([loan(PARENT)])
    policy = judged("reported security_share_of_outstanding < 0.1")
    told = assess_status(book, as_of=LATER, policy=policy)
    assert told.account(0).not_assessed("rule")


def test_what_guarantors_answer_for_is_counted_for_each_account_of_a_debtor() -> None:
    """60 and 40 of one guarantor on two loans are 100; a share of one loan is none of all that is owed."""
    promises = [dq.Guarantee("G-1", DUE, amount=amount) for amount in (60, 40)]
    accounts = [
        attrs.evolve(loan(promise), account_id=f"A-{number}")
        for number, promise in enumerate(promises)
    ]
    same = [lambda minor: minor] * 2
    whole = united_security(accounts, NONE_DAY, figures=["guaranteed_share"], convert=same)
    day = day_number(DUE, where="test", field="day")
    found = whole.figure_on("guaranteed_share", day, 20_000)
    assert found is not None
    assert Fraction(*found[1]) == Fraction(1, 2)
    share = attrs.evolve(
        loan(dq.Guarantee("G-2", DUE, share=dq.Proportion(1, 2))), account_id="A-9"
    )
    united_security([accounts[0], share], NONE_DAY, figures=["loan_to_value"], convert=same)
    with pytest.raises(dq.InvalidValueError, match="account 'A-9', guarantee 'G-2'"):
        united_security([accounts[0], share], NONE_DAY, figures=["guaranteed_share"], convert=same)
