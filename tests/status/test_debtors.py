"""The status of a debtor with all accounts: against living every day, and its laws."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from tests.status.debtors import differences, draw_accounts, draw_debtor
from tests.strategies_internal import FEW, MANY

seeds = st.integers(0, 2**32).map(str)


@MANY
@given(seeds)
def test_the_states_are_those_of_a_debtor_lived_day_by_day(seed):
    """Law: uniting stretches and skipping days on which nothing can change changes nothing."""
    assert differences(f"law-{seed}") == []


@FEW
@given(seeds)
def test_accounts_in_another_currency_are_converted_at_each_close(seed):
    """Law: the sums are those of each close by itself, and no rounding clears a debt."""
    assert differences(f"abroad-{seed}", currencies=True) == []


@pytest.mark.parametrize("seed", [f"fixed-{number}" for number in range(20)])
def test_drawn_debtors_that_are_always_asked(seed):
    assert differences(seed) == []


def spans_of(answer: dq.StatusAssessment) -> dict[str, list[tuple[object, ...]]]:
    return {
        machine.name: [
            (span.start, span.end, span.state.code, span.rule, span.change.seen)
            for span in answer.spans(machine.name)
        ]
        for machine in answer.machines
    }


def what_is_told(answer: dq.StatusAssessment) -> list[object]:
    names = [machine.name for machine in answer.machines]
    return [
        spans_of(answer),
        [(answer.holding(name), answer.exits(name), answer.not_assessed(name)) for name in names],
    ]


@given(seeds)
@FEW
def test_one_account_alone_is_judged_as_it_is_without_its_debtor(seed):
    """Law: what a debtor with one account is, the account is."""
    accounts, policy, as_of = draw_debtor(seed)
    alone = accounts[0]
    as_of = max(as_of, alone.originated_on + timedelta(days=1))
    answer = dq.assess_obligor([alone], as_of=as_of, policy=policy)
    one = dq.assess_status(alone, as_of=as_of, policy=policy)
    of_obligors = [each.name for each in one.machines if each.level is dq.Level.OBLIGOR]
    whole = answer.status
    assert whole is not None
    assert [each.name for each in whole.machines] == of_obligors
    assert {name: spans_of(one)[name] for name in of_obligors} == spans_of(whole)
    assert what_is_told(answer.statuses[0]) == what_is_told(one)


@given(seeds, st.data())
@FEW
def test_the_order_of_the_accounts_changes_nothing(seed, data):
    accounts, policy, as_of = draw_debtor(seed)
    shuffled = data.draw(st.permutations(accounts))
    first, second = (
        dq.assess_obligor(each, as_of=as_of, policy=policy) for each in (accounts, shuffled)
    )
    assert first.explanation.to_text() == second.explanation.to_text()
    assert first.worst_states == second.worst_states
    assert what_is_told(first.status) == what_is_told(second.status)


@given(seeds, st.integers(0, 400))
@FEW
def test_asking_on_an_earlier_day_gives_what_a_later_answer_says_of_it(seed, back):
    """Law: nothing is carried over, so asking on more dates changes nothing; no fact is reversed here."""
    accounts, policy, as_of = draw_debtor(seed)
    accounts = [without_reversals(each) for each in accounts]
    first = min(each.originated_on for each in accounts)
    day = max(as_of - timedelta(days=back), first + timedelta(days=1))
    later = dq.assess_obligor(accounts, as_of=as_of, policy=policy)
    then = dq.assess_obligor(accounts, as_of=day, policy=policy)
    for machine in then.status.machines:
        assert then.status.on(day, machine.name) == later.status.on(day, machine.name)


def without_reversals(account: dq.Account) -> dq.Account:
    """The account without facts that were taken back, and disputes, whose end restates the past."""
    return attrs.evolve(
        account,
        payments=[each for each in account.payments if each.reversed_on is None],
        events=[
            each
            for each in account.events
            if getattr(each, "reversed_on", None) is None and not isinstance(each, dq.Dispute)
        ],
    )


INDIA, OTHER = dq.rulebook.load("in-sma"), dq.rulebook.load("eu-default-other")
INR, EUR, USD = map(dq.Currency.of, ("INR", "EUR", "USD"))


def loan(
    account_id: str, dues: list[date], amount: object = 1000, currency: dq.Currency = INR, **facts
) -> dq.Account:
    schedule = dq.Schedule(currency, [dq.Instalment(due, amount) for due in dues])
    facts = {"obligor_id": "D", "originated_on": date(2024, 1, 1)} | facts
    return dq.Account(account_id=account_id, schedule=schedule, **facts)


def places(accounts: list[dq.Account], as_of: date) -> list[int]:
    status = dq.assess_obligor(accounts, as_of=as_of, policy=INDIA).status
    machine = status.machines[-1]
    first = status.spans()[0].start
    return [machine.position(state.code) for _, state in status.daily(first, as_of)]


@given(seeds)
@FEW
def test_an_account_without_arrears_changes_nothing_in_india(seed):
    """Law: what is paid as agreed neither worsens the class of a borrower nor upgrades it earlier."""
    rnd = random.Random(seed)
    accounts = [
        attrs.evolve(each, schedule=in_rupees(each), events=[], payments=later(each))
        for each in draw_accounts(rnd)
    ]
    first = min(each.originated_on for each in accounts)
    paid = loan("Z", [first + timedelta(days=40)], originated_on=first)
    paid = attrs.evolve(paid, payments=[dq.Payment(first + timedelta(days=39), 1000)])
    as_of = first + timedelta(days=rnd.randint(0, 600))
    assert places([*accounts, paid], as_of) == places(accounts, as_of)


def in_rupees(account: dq.Account) -> dq.Schedule:
    return attrs.evolve(account.schedule, currency=INR)


def later(account: dq.Account) -> list[dq.Payment]:
    return [each for each in account.payments if each.reversed_on is None]


def late_by(dues: list[date], paid: date | None, account_id: str, **facts) -> dq.Account:
    payments = [] if paid is None else [dq.Payment(paid, 1000 * len(dues))]
    return loan(account_id, dues, payments=payments, **facts)


A_PAID = late_by([date(2024, 3, 31)], date(2024, 7, 10), "A")
B_LATE = late_by([date(2024, 6, 30)], date(2024, 8, 1), "B")


@pytest.mark.parametrize(
    ("day", "debtor", "alone"),
    [
        (date(2024, 6, 28), "SMA-2", "SMA-2"),
        (date(2024, 6, 29), "substandard", "substandard"),
        (date(2024, 7, 9), "substandard", "substandard"),
        (date(2024, 7, 10), "substandard", "standard"),
        (date(2024, 7, 31), "substandard", "standard"),
        (date(2024, 8, 1), "standard", "standard"),
    ],
)
def test_a_borrower_stays_npa_until_the_arrears_of_all_facilities_are_paid(day, debtor, alone):
    """NBFC Directions 2025, paragraph 24; the class is borrower-wise, so every facility has it."""
    answer = dq.assess_obligor([A_PAID, B_LATE], as_of=day, policy=INDIA)
    assert answer.status.state.code == debtor
    assert [each.state.code for each in answer.statuses] == [debtor, debtor]
    assert dq.assess_status(A_PAID, as_of=day, policy=INDIA).state.code == alone
    assert answer.worst_states["asset class"].account_id is None


def test_the_class_of_a_borrower_ages_from_its_first_day_as_npa():
    """Substandard from 29 June 2024 whichever facility made it so; doubtful twelve months later."""
    other = late_by([date(2024, 6, 30)], None, "B")
    for day, code in ((date(2025, 6, 28), "substandard"), (date(2025, 6, 29), "doubtful-1")):
        answer = dq.assess_obligor([A_PAID, other], as_of=day, policy=INDIA)
        assert answer.status.state.code == code


def test_a_facility_that_begins_later_has_the_class_of_its_borrower_from_its_first_day():
    new = late_by([date(2025, 1, 31)], date(2025, 1, 31), "C", originated_on=date(2024, 7, 20))
    answer = dq.assess_obligor([A_PAID, B_LATE, new], as_of=date(2024, 8, 2), policy=INDIA)
    span = answer.statuses[2].spans()[0]
    assert (span.start, span.end, span.state.code) == (
        date(2024, 7, 20),
        date(2024, 8, 1),
        "substandard",
    )
    why = answer.statuses[2].why(span)
    assert why.value == date(2024, 6, 29)
    assert "of account A" in why.to_text()
    with pytest.raises(dq.InvalidValueError, match="from 2024-07-20 to 2024-08-02"):
        answer.statuses[2].on(date(2024, 7, 19))


def test_a_change_of_law_goes_on_from_the_class_of_the_borrower():
    """In-sma has two versions, of 2021 and of 2024; the one facility was NPA under the first."""
    old = late_by([date(2023, 11, 30)], date(2024, 4, 10), "A", originated_on=date(2023, 1, 1))
    new = late_by([date(2024, 4, 5)], date(2024, 4, 20), "B")
    answer = dq.assess_obligor([old, new], as_of=date(2024, 4, 20), policy=INDIA)
    spans = [(str(each.start), each.state.code) for each in answer.status.spans()]
    assert spans[-2:] == [("2024-02-28", "substandard"), ("2024-04-20", "standard")]
    assert len(answer.status.policies) == 2
    assert [each.policies for each in answer.statuses] == [answer.status.policies] * 2


def test_the_reasons_name_the_accounts_in_both_languages():
    answer = dq.assess_obligor([A_PAID, B_LATE], as_of=date(2024, 7, 12), policy=INDIA)
    english, chinese = answer.explanation.to_text(), answer.explanation.to_text("zh")
    assert str(answer) == "Obligor D on 2024-07-12: SMA-0, status substandard."
    assert "State by asset class, of all accounts together: substandard" in english
    assert "more than 90 days past due: it was 91, of account A." in english
    assert "It stays substandard for as long as one account is in arrears: B." in english
    assert "It is the state of obligor D with all accounts." in english
    assert "实际为 91，账户 A。" in chinese
    assert "只要仍有账户拖欠，即保持substandard：账户 B。" in chinese
    assert "{" not in english + chinese
    alone = dq.assess_status(B_LATE, as_of=date(2024, 7, 12), policy=INDIA).explanation
    assert "answered as if this account were the only one" in alone.to_text()
    assert "此处按其仅有本账户作答" in alone.to_text("zh")


def euros(account_id: str, due: date, amount: object, exposure: object = 0, **facts) -> dq.Account:
    rows = [dq.Instalment(due, amount)]
    if exposure:
        rows.append(dq.Instalment(date(2030, 1, 1), exposure))
    facts = {"obligor_id": "D", "originated_on": date(2024, 1, 1)} | facts
    return dq.Account(
        account_id=account_id,
        schedule=dq.Schedule(EUR, rows),
        segment=dq.Segment.NON_RETAIL,
        **facts,
    )


DUE = date(2024, 1, 31)
DAY_91 = date(2024, 5, 1)


def default(accounts: list[dq.Account], day: date = DAY_91, **asked) -> str:
    answer = dq.assess_obligor(accounts, as_of=day, policy=OTHER, **asked)
    return answer.status.state.code


def test_arrears_of_all_accounts_are_material_together():
    """CRR Article 178, Delegated Regulation (EU) 2018/171: more than 500 of the sum, and more than 1 %."""
    halves = [euros("A", DUE, 300), euros("B", DUE, Decimal("200.01"))]
    for each in halves:
        assert (
            dq.assess_status(each, as_of=DAY_91, policy=OTHER).states["default"].code != "default"
        )
    assert default(halves) == "default"
    assert default(halves, DAY_91 - timedelta(days=1)) == "not in default"
    assert default([halves[0], euros("B", DUE, 200)]) == "not in default"


def test_the_exposure_of_all_accounts_is_what_arrears_are_a_share_of():
    late = euros("A", DUE, 501)
    assert default([late]) == "default"
    assert default([late, euros("B", date(2029, 1, 1), 49_599)]) == "not in default"
    assert default([late, euros("B", date(2029, 1, 1), 49_598)]) == "default"


def test_every_exposure_to_a_debtor_in_default_is_non_performing():
    healthy = euros("B", date(2029, 1, 1), 10_000)
    answer = dq.assess_obligor([euros("A", DUE, 600), healthy], as_of=DAY_91, policy=OTHER)
    assert [each.state.code for each in answer.statuses] == ["non-performing"] * 2
    assert answer.non_performing_share() == dq.Proportion(1, 1)
    assert answer.worst_states["exposure"].account_id == "A"
    assert answer.worst_states["default"].account_id is None


def test_a_suspended_account_holds_no_day_of_the_others():
    """Days on which only the disputed account makes the sum material stand still; others go on."""
    stop = [dq.CountingSuspension(date(2024, 2, 10), date(2024, 3, 10))]
    disputed = euros("A", DUE, 600, events=stop)
    assert default([disputed, euros("B", DUE, 100)]) == "not in default"
    assert default([disputed, euros("B", DUE, 501)]) == "default"


def test_an_error_at_one_account_excuses_no_other():
    """EBA/GL/2016/07, paragraph 23: a technical past due is one of the exposure."""
    error = [dq.Finding(dq.FindingKind.SYSTEM_ERROR, date(2024, 2, 1))]
    excused = euros("A", DUE, 600, events=error)
    assert default([excused]) == "not in default"
    assert default([excused, euros("B", date(2029, 1, 1), 600)]) == "not in default"
    both = [excused, euros("B", DUE, 600)]
    assert default(both) == "default"
    told = dq.assess_obligor(both, as_of=DAY_91, policy=OTHER).status.explanation
    assert "Found, but not of every account in arrears: " in told.to_text()
    assert "已认定，但未涵盖全部拖欠账户：" in told.to_text("zh")


def test_a_finding_on_any_account_is_one_of_the_debtor():
    unlikely = [dq.Finding(dq.FindingKind.UNLIKELY_TO_PAY, date(2024, 3, 1), date(2024, 4, 1))]
    found = euros("A", date(2029, 1, 1), 600, events=unlikely)
    healthy = euros("B", date(2029, 1, 1), 600)
    assert default([found, healthy], date(2024, 2, 29)) == "not in default"
    assert default([found, healthy], date(2024, 3, 1)) == "default"
    assert default([found, healthy], date(2024, 6, 30)) == "default"
    assert default([found, healthy], date(2024, 7, 1)) == "not in default"


def test_the_probation_of_the_whole_begins_with_the_latest_measure():
    def measure(day: date, grace: date | None = None) -> list[dq.Restructuring]:
        share = dq.Proportion.parse("0.02")
        return [dq.Restructuring(day, day, diminished_share=share, grace_until=grace)]

    long_grace = euros(
        "A", date(2029, 1, 1), 600, events=measure(date(2024, 2, 1), date(2024, 9, 1))
    )
    later_on = euros("B", date(2029, 1, 1), 600, events=measure(date(2024, 5, 1)))
    both = [long_grace, later_on]
    assert default(both, date(2025, 8, 31)) == "restructured default"
    assert default(both, date(2025, 9, 1)) == "not in default"
    assert default([later_on], date(2025, 5, 1)) == "not in default"


def test_findings_that_overlap_are_one_and_those_that_touch_stay_two():
    since = dq.status.Elapsed(60, dq.status.TimeUnit.DAYS, [dq.status.Found("bankruptcy")])
    machine = dq.status.StatusMachine(
        name="m",
        states=[dq.status.StatusState("a"), dq.status.StatusState("b")],
        triggers=[dq.status.StatusTrigger(to="b", when=[since])],
        level=dq.Level.OBLIGOR,
    )
    policy = INDIA.evolve(provisions=None, status=[machine])

    def found(account_id: str, start: date, end: date) -> dq.Account:
        finding = dq.Finding(dq.FindingKind.BANKRUPTCY, start, end)
        return loan(account_id, [date(2029, 1, 1)], events=[finding])

    one = found("A", date(2024, 2, 1), date(2024, 3, 1))
    for start, code in ((date(2024, 2, 29), "b"), (date(2024, 3, 1), "a")):
        other = found("B", start, date(2024, 6, 1))
        answer = dq.assess_obligor([one, other], as_of=date(2024, 4, 1), policy=policy)
        assert answer.status.state.code == code


SECURITY = dq.FigureName.SECURITY_SHARE_OF_OUTSTANDING


def valued(
    account_id: str, share: str, recorded_on: date | None = None, name=SECURITY
) -> dq.Account:
    value = dq.Proportion.parse(share)
    figure = dq.ReportedFigure(name, date(2024, 7, 1), value, recorded_on=recorded_on)
    return loan(account_id, [date(2024, 3, 31)], events=[figure])


def test_a_figure_of_one_day_is_one_for_the_debtor():
    day = date(2024, 7, 1)

    def state(*accounts: dq.Account) -> str:
        return dq.assess_obligor(accounts, as_of=day, policy=INDIA).status.state.code

    assert state(valued("A", "0.05"), valued("B", "0.05")) == "loss"
    later_said = valued("B", "0.5", date(2024, 7, 5))
    assert state(valued("A", "0.05"), later_said) == "substandard"
    with pytest.raises(dq.InvalidValueError) as caught:
        state(valued("A", "0.05"), valued("B", "0.5"))
    assert str(caught.value) == (
        "account 'B', reported figure security_share_of_outstanding of 2024-07-01: expected 1/20 as of account "
        "'A', found 1/2. Hint: A machine that judges obligors reads it as a figure of the debtor: report one value."
    )
    unread = dq.FigureName.LOAN_TO_VALUE
    assert state(valued("A", "0.05", name=unread), valued("B", "0.5", name=unread)) == "substandard"


def test_sums_are_in_the_currency_of_the_materiality():
    dollars = attrs.evolve(
        euros("A", DUE, 600), schedule=dq.Schedule(USD, [dq.Instalment(DUE, 600)])
    )
    rates = {"USD": Decimal("0.84")}
    assert default([dollars], fx=rates, currency=EUR) == "default"
    assert default([dollars], fx={"USD": Decimal("0.83")}, currency=EUR) == "not in default"
    with pytest.raises(
        dq.PolicyError, match="expected sums in EUR, found USD. Hint: Ask with currency"
    ):
        default([dollars])


def test_no_rounding_clears_a_debt():
    """A yen is less than half a cent at the rate given; the borrower is cleared when it is paid."""
    yen = dq.Currency.of("JPY")
    cheap = {"JPY": Decimal("0.004")}
    paid = late_by([date(2024, 3, 31)], date(2024, 7, 10), "A")
    tiny = loan("B", [date(2024, 6, 30)], 1, yen, payments=[dq.Payment(date(2024, 8, 1), 1)])
    for day, code in ((date(2024, 7, 31), "substandard"), (date(2024, 8, 1), "standard")):
        answer = dq.assess_obligor([paid, tiny], as_of=day, policy=INDIA, fx=cheap)
        assert answer.arrears == 0
        assert answer.status.state.code == code


def test_a_rule_by_segment_refuses_a_debtor_of_two_segments():
    by_segment = dq.status.StatusMachine(
        name="m",
        states=[dq.status.StatusState("a"), dq.status.StatusState("b")],
        triggers=[dq.status.StatusTrigger(to="b", when=[dq.status.SegmentIs("non_retail")])],
        level=dq.Level.OBLIGOR,
    )
    policy = INDIA.evolve(provisions=None, status=[by_segment])
    other = attrs.evolve(B_LATE, segment=dq.Segment.NON_RETAIL)
    with pytest.raises(
        dq.InvalidValueError, match="accounts of one segment, which status 'm' reads"
    ):
        dq.assess_obligor([A_PAID, other], as_of=DAY_91, policy=policy)
    same = attrs.evolve(A_PAID, segment=dq.Segment.NON_RETAIL)
    told = dq.assess_obligor([same, other], as_of=DAY_91, policy=policy)
    assert told.status.state.code == "b"
    unread = dq.assess_obligor([A_PAID, other], as_of=DAY_91, policy=INDIA)
    assert unread.status.account.segment is None


def test_a_machine_of_obligors_reads_none_of_accounts():
    states = [dq.status.StatusState("a"), dq.status.StatusState("b")]
    of_account = dq.status.StatusMachine(name="one", states=states, triggers=[])
    reading = dq.status.StatusTrigger(to="b", when=[dq.status.StateIs("one", ["b"])])
    of_obligor = dq.status.StatusMachine(
        name="two", states=states, triggers=[reading], level=dq.Level.OBLIGOR
    )
    with pytest.raises(
        dq.PolicyError, match="a machine that judges obligors, found 'one', which judges"
    ):
        INDIA.evolve(provisions=None, status=[of_account, of_obligor])
    INDIA.evolve(
        provisions=None, status=[attrs.evolve(of_account, level=dq.Level.OBLIGOR), of_obligor]
    )


def test_one_version_judges_a_debtor():
    base = INDIA.versions[-1]
    years = [
        attrs.evolve(
            base,
            validity=dq.Validity(
                date(year, 1, 1), date(year + 1, 1, 1), selected_by=dq.SelectedBy.ORIGINATED_ON
            ),
        )
        for year in (2023, 2024)
    ]
    policy = dq.PolicyTimeline(name=base.name, versions=years)
    older = attrs.evolve(A_PAID, originated_on=date(2023, 5, 1))
    with pytest.raises(dq.PolicyError, match="one version for all accounts of an obligor"):
        dq.assess_obligor([older, B_LATE], as_of=DAY_91, policy=policy)
    assert dq.assess_obligor([A_PAID, B_LATE], as_of=DAY_91, policy=policy).status is not None


def test_a_machine_is_of_one_level_in_every_version():
    first, last = INDIA.versions
    of_account = [attrs.evolve(each, level=dq.Level.ACCOUNT) for each in first.status]
    policy = dq.PolicyTimeline(
        name="in-sma", versions=[attrs.evolve(first, status=of_account), last]
    )
    old = attrs.evolve(A_PAID, originated_on=date(2023, 5, 1))
    with pytest.raises(dq.PolicyError, match="each of the same level, in every version"):
        dq.assess_obligor([old], as_of=DAY_91, policy=policy)
    assert dq.assess_obligor([A_PAID], as_of=date(2024, 3, 1), policy=policy).status is None
    back = dq.PolicyTimeline(name="in-sma", versions=[first, attrs.evolve(last, status=of_account)])
    with pytest.raises(dq.PolicyError, match="each of the same level, in every version"):
        dq.assess_obligor([old], as_of=DAY_91, policy=back)


def test_before_any_account_a_debtor_has_no_status():
    answer = dq.assess_obligor([A_PAID], as_of=date(2023, 12, 31), policy=INDIA)
    assert (answer.status, answer.statuses, answer.worst_states) == (None, (), {})


def test_these_packaged_machines_judge_debtors():
    """India classifies borrowers; default is the obligor's unless the exposure is retail."""
    found = {
        (entry.name, machine.name)
        for entry in dq.rulebook.available()
        for version in dq.rulebook.load(entry.name).versions
        for machine in version.status
        if machine.level is dq.Level.OBLIGOR
    }
    assert found == {
        ("in-sma", "NPA"),
        ("in-sma", "asset class"),
        ("in-nbfc-base", "asset class"),
        ("eu-default-other", "default"),
        ("uk-default-other", "default"),
    }


@pytest.mark.parametrize("value", ["obligor", None, 1])
def test_a_level_is_a_level(value):
    states = [dq.status.StatusState("a"), dq.status.StatusState("b")]
    with pytest.raises(dq.InvalidTypeError, match="status 'm', level: expected a Level"):
        dq.status.StatusMachine(name="m", states=states, triggers=[], level=value)
