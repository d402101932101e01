"""All accounts of one debtor: the worst of each figure, the sums, the shares, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import Proportion
from delinquency.testing import strategies

CNY, USD, JPY = map(dq.Currency.of, ("CNY", "USD", "JPY"))
START, DUE = date(2024, 12, 31), date(2025, 1, 31)
DAY_90, DAY_91 = date(2025, 5, 1), date(2025, 5, 2)
FAR = date(2027, 12, 31)
CHINA = dq.rulebook.load("cn-loan")
LEVELS = dq.rulebook.load("founding-report")
CLASS = "风险分类"
FEW = settings(max_examples=30)


def loan(account_id: str, amount: object, due: date = DUE, currency=CNY, **facts) -> dq.Account:
    facts = {"obligor_id": "D", "originated_on": START} | facts
    schedule = dq.Schedule(currency, [dq.Instalment(due, amount)])
    return dq.Account(account_id=account_id, schedule=schedule, **facts)


def ask(accounts, as_of=DAY_91, policy=CHINA, **asked) -> dq.ObligorAssessment:
    return dq.assess_obligor(accounts, as_of=as_of, policy=policy, **asked)


COMPANY = [
    loan("C", 1000, segment=dq.Segment.NON_RETAIL),
    loan("A", 3000, FAR, segment=dq.Segment.NON_RETAIL),
    loan("B", 5000, FAR, segment=dq.Segment.NON_RETAIL),
]


def test_the_debtor_is_as_late_as_the_latest_account():
    answer = ask(COMPANY)
    assert [each.account_id for each in answer.assessments] == ["A", "B", "C"]
    assert (answer.obligor_id, answer.as_of, answer.known_on) == ("D", DAY_91, None)
    assert (answer.days_past_due, answer.oldest.account_id) == (91, "C")
    assert (answer.bucket.code, answer.worst.account_id) == ("次级", "C")
    assert answer.worst_states[CLASS].state.code == "次级"
    assert answer.worst_states[CLASS].account_id == "C"
    assert answer.worst_states[CLASS].since == DAY_91
    assert (answer.arrears, answer.exposure) == (Decimal("1000.00"), Decimal("9000.00"))
    assert str(answer) == "Obligor D on 2025-05-02: 次级."


def test_of_accounts_that_are_equally_bad_the_first_by_id_speaks():
    answer = ask([loan("B", 1), loan("A", 2)])
    assert {answer.oldest.account_id, answer.worst.account_id} == {"A"}
    assert {state.account_id for state in answer.worst_states.values()} == {"A"}


def test_the_worst_bucket_and_the_worst_state_may_be_of_different_accounts():
    broke = dq.Finding(dq.FindingKind.BANKRUPTCY, date(2025, 2, 1))
    paid = [dq.Payment(date(2025, 2, 20), 1)]
    found = loan("Z", 1, events=[broke], payments=paid)
    answer = ask([loan("L", 1), found], as_of=date(2025, 2, 25))
    assert answer.worst.account_id == "L"
    worst = answer.worst_states[CLASS]
    assert (worst.account_id, worst.state.code) == ("Z", found_state(found))


def found_state(account: dq.Account) -> str:
    return dq.assess_status(account, as_of=date(2025, 2, 25), policy=CHINA).state.code


@pytest.mark.parametrize(
    ("day", "over", "share"),
    [
        (DAY_90, 90, Proportion(0, 1)),
        (DAY_91, 90, Proportion(1, 9)),
        (DAY_91, 91, Proportion(0, 1)),
        (DUE, 0, Proportion(0, 1)),
        (date(2025, 2, 1), 0, Proportion(1, 9)),
    ],
)
def test_the_overdue_share_is_of_accounts_beyond_so_many_days(day, over, share):
    assert ask(COMPANY, as_of=day).overdue_share(over=over) == share


def test_the_whole_exposure_of_an_overdue_account_counts():
    rows = [dq.Instalment(DUE, 100), dq.Instalment(FAR, 300)]
    partly = attrs.evolve(loan("A", 1), schedule=dq.Schedule(CNY, rows))
    answer = ask([partly, loan("B", 400, FAR)])
    assert answer.arrears == 100
    assert answer.overdue_share(over=90) == Proportion(1, 2)


def test_of_nothing_owed_the_share_is_none():
    paid = loan("A", 1, payments=[dq.Payment(DUE, 1)])
    answer = ask([paid])
    assert answer.overdue_share(over=0) == answer.non_performing_share() == Proportion(0, 1)


def test_the_non_performing_share_counts_findings_too():
    broke = dq.Finding(dq.FindingKind.BANKRUPTCY, date(2025, 2, 1))
    answer = ask([loan("A", 100, FAR, events=[broke]), loan("B", 300, FAR)])
    assert answer.overdue_share(over=0) == Proportion(0, 1)
    assert answer.non_performing_share() == Proportion(1, 4)
    assert answer.non_performing_share("重组资产") == Proportion(0, 1)
    with pytest.raises(dq.InvalidValueError, match="one of 重组资产, 风险分类"):
        answer.non_performing_share("colour")


def pulled(rest: object) -> list[str]:
    """The states of a company's loans once the share of the one that is late is reported to all."""
    loans = [COMPANY[0], loan("A", rest, FAR, segment=dq.Segment.NON_RETAIL)]
    share = ask(loans).non_performing_share()
    told = Proportion(share.of(10**9, dq.RoundingMode.CEILING), 10**9)
    figure = dq.ReportedFigure(dq.FigureName.NON_PERFORMING_SHARE_AT_BANK, DAY_91, told)
    answer = ask([attrs.evolve(each, events=[figure]) for each in loans])
    return [each.state.code for each in answer.statuses]


def test_more_than_a_tenth_pulls_and_a_tenth_does_not():
    """Order 2023 No. 1, Article 7."""
    assert pulled(Decimal("8999.99")) == ["次级", "次级"]
    assert pulled(9000) == ["关注", "次级"]
    assert pulled(Decimal("9000.01")) == ["关注", "次级"]


@given(st.integers(0, 10**15), st.integers(1, 10**15), st.integers(0, 10**9))
def test_a_share_rounded_up_is_above_a_threshold_if_and_only_if_the_exact_one_is(part, more, limit):
    """For thresholds in billionths, which is what makes the report of a share safe."""
    share = Proportion(part, part + more)
    told = share.of(10**9, dq.RoundingMode.CEILING)
    assert (told > limit) == (share.numerator * 10**9 > limit * share.denominator)


def test_it_is_cleared_when_every_account_is():
    one, other = loan("A", 100), loan("B", 100)
    pay = dq.Payment(date(2025, 3, 1), 100)
    assert not ask([one, other]).is_cleared
    assert not ask([attrs.evolve(one, payments=[pay]), other]).is_cleared
    short = attrs.evolve(other, payments=[dq.Payment(date(2025, 3, 1), Decimal("99.99"))])
    assert not ask([attrs.evolve(one, payments=[pay]), short]).is_cleared
    assert ask([attrs.evolve(each, payments=[pay]) for each in (one, other)]).is_cleared


def test_arrears_that_round_to_nothing_are_not_cleared():
    answer = ask(
        [loan("A", 1, currency=JPY)], policy=LEVELS, currency=USD, fx={"JPY": Decimal("0.001")}
    )
    assert answer.arrears == 0
    assert not answer.is_cleared


def test_what_was_known_then_is_asked_of_every_account():
    late = dq.Payment(DUE, 1000, recorded_on=date(2025, 6, 1))
    loans = [attrs.evolve(COMPANY[0], payments=[late]), *COMPANY[1:]]
    assert ask(loans).is_cleared
    then = ask(loans, known_on=DAY_91)
    assert not then.is_cleared
    assert then.days_past_due == 91
    assert str(then) == "Obligor D on 2025-05-02, as known on 2025-05-02: 次级."


def test_an_account_that_begins_later_changes_no_figure():
    later = loan("Z", 7000, FAR, originated_on=date(2025, 5, 3))
    answer = ask([*COMPANY, later])
    assert (answer.exposure, len(answer.assessments), len(answer.statuses)) == (9000, 4, 3)
    assert answer.overdue_share(over=90) == Proportion(1, 9)
    assert "{" not in answer.explanation.to_text()
    alone = ask([later])
    assert alone.worst_states == {}
    assert alone.non_performing_share() == Proportion(0, 1)


def test_amounts_are_converted_once_half_up_by_account():
    """0.05 dollars at 0.5 are 2.5 cents each: 3 and 3, and not 5 together."""
    both = [loan("A", Decimal("0.05"), currency=USD), loan("B", Decimal("0.05"), currency=USD)]
    answer = ask(both, policy=LEVELS, currency=CNY, fx={"USD": Proportion(1, 2)})
    assert (answer.currency, answer.arrears) == (CNY, Decimal("0.06"))
    below = ask(both, policy=LEVELS, currency=CNY, fx={"USD": Decimal("0.49999")})
    assert below.arrears == Decimal("0.04")


def test_minor_units_of_both_currencies_are_heeded():
    loans = [loan("A", 10), loan("B", 100, currency=JPY)]
    into_cny = ask(loans, policy=LEVELS, fx={"JPY": Decimal("0.0485")})
    assert (into_cny.currency, into_cny.exposure) == (CNY, Decimal("14.85"))
    into_jpy = ask(loans, policy=LEVELS, currency=JPY, fx={"CNY": Decimal("20.65")})
    assert (into_jpy.currency, into_jpy.exposure) == (JPY, Decimal(307))
    assert [each.exposure for each in into_jpy.assessments] == [10, 100]


def test_the_first_account_by_id_gives_the_currency():
    loans = [loan("B", 10), loan("A", 1, currency=USD)]
    assert ask(loans, policy=LEVELS, fx={"CNY": Proportion(1, 7)}).currency == USD


def test_with_one_currency_rates_change_nothing():
    plain, rated = ask(COMPANY), ask(COMPANY, fx={"USD": Decimal(7), "CNY": Decimal(1)})
    assert plain.amounts == rated.amounts


def test_every_step_names_its_account_in_both_languages():
    loans = [*COMPANY, loan("U", 5, currency=USD)]
    answer = ask(loans, fx={"USD": Decimal("7.1")}, known_on=DAY_91)
    english, chinese = answer.explanation.to_text(), answer.explanation.to_text("zh")
    assert english.count("\n") == chinese.count("\n")
    assert "{" not in english + chinese
    told = {
        step.inputs["account_id"]
        for step in answer.explanation.because
        if "account_id" in step.inputs
    }
    assert told == {"A", "B", "C", "U"}
    assert "at 71/10 CNY for one USD" in english
    assert "按 1 USD 折 71/10 CNY" in chinese
    assert "accounts C, U." in english
    assert "no account has any" in ask(COMPANY[1:]).explanation.to_text()
    assert ask(COMPANY[1:], policy=LEVELS).explanation.sentence("zh").endswith("未逾期。")


def test_a_policy_without_status_has_no_states():
    answer = ask(COMPANY, policy=LEVELS)
    assert (answer.statuses, answer.worst_states, answer.bucket.code) == ((), {}, "91+")
    with pytest.raises(dq.PolicyError, match="a policy with a status"):
        answer.non_performing_share()


def by_origination(*schemes: tuple[str, ...]) -> dq.PolicyTimeline:
    """Versions by the day on which an account began, a year each, with bands of these names."""
    base = LEVELS.versions[-1]
    versions = []
    for year, codes in enumerate(schemes, start=2023):
        validity = dq.Validity(
            date(year, 1, 1), date(year + 1, 1, 1), selected_by=dq.SelectedBy.ORIGINATED_ON
        )
        bands = [dq.Bucket(codes[0], 0, 0, is_stressed=False), dq.Bucket(codes[1], 1)]
        scheme = dq.BucketScheme("house", base.buckets.reads, bands)
        versions.append(attrs.evolve(base, name="house", validity=validity, buckets=scheme))
    return dq.PolicyTimeline(name="house", versions=versions)


def test_versions_by_origination_are_compared_by_one_scale_or_refused():
    loans = [loan("A", 1, originated_on=date(2023, 5, 1)), loan("B", 1, FAR)]
    assert ask(loans, policy=by_origination(("ok", "late"), ("ok", "late"))).bucket.code == "late"
    with pytest.raises(dq.PolicyError, match="the same buckets and states for all accounts"):
        ask(loans, policy=by_origination(("ok", "late"), ("fine", "late")))


HALF = {"USD": Decimal("0.5")}
BOTH = [loan("A", 1), loan("B", 1, currency=USD)]


@pytest.mark.parametrize(
    ("accounts", "asked", "error", "message"),
    [
        ([], {}, dq.InvalidValueError, "expected at least one account, found none"),
        (COMPANY[0], {}, dq.InvalidTypeError, "an iterable of Account"),
        ("A", {}, dq.InvalidTypeError, "an iterable of Account"),
        ([COMPANY[0], "B"], {}, dq.InvalidTypeError, "assess_obligor, account 2: expected an instance of Account"),
        ([COMPANY[0], COMPANY[0]], {}, dq.InvalidValueError, "account 'C': expected an account_id used once"),
        ([loan("A", 1, obligor_id="")], {}, dq.InvalidValueError, r"attrs.evolve\(account, obligor_id"),
        (
            [loan("A", 1), loan("B", 1, obligor_id="E")],
            {},
            dq.InvalidValueError,
            "account 'B': expected obligor_id 'D' as of account 'A', found 'E'",
        ),
        (COMPANY, {"as_of": datetime(2025, 5, 2)}, dq.InvalidTypeError, "date"),
        (COMPANY, {"known_on": "2025-05-02"}, dq.InvalidTypeError, "date"),
        (COMPANY, {"policy": "cn-loan"}, dq.InvalidTypeError, "a Policy"),
        (COMPANY, {"as_of": date(1990, 1, 1)}, dq.PolicyNotInForceError, "a date in force"),
        (COMPANY, {"currency": "CNY"}, dq.InvalidTypeError, "expected a Currency, found 'CNY'"),
        (COMPANY, {"fx": [("USD", 7)]}, dq.InvalidTypeError, "a mapping of currency codes to rates"),
        (BOTH, {}, dq.CurrencyError, "account 'B': expected a rate of USD into CNY, found none"),
        (BOTH, {"fx": {"EUR": Decimal(8)}}, dq.CurrencyError, "a rate of USD into CNY"),
        (BOTH, {"fx": HALF, "currency": JPY}, dq.CurrencyError, "a rate of CNY into JPY"),
        (BOTH, {"fx": {"USX": Decimal(7)}}, dq.CurrencyError, "assess_obligor, fx, currency: .*'USX'"),
        (BOTH, {"fx": {USD: Decimal(7)}}, dq.CurrencyError, "a code of ISO 4217"),
        (BOTH, {"fx": {"USD": 7.1}}, dq.InvalidTypeError, "fx, USD: .* found 7.1"),
        (BOTH, {"fx": {"USD": "7.1"}}, dq.InvalidTypeError, "fx, USD: .* found '7.1'"),
        (BOTH, {"fx": {"USD": True}}, dq.InvalidTypeError, "fx, USD"),
        (BOTH, {"fx": {"USD": Decimal(0)}}, dq.InvalidValueError, "fx, USD: expected a rate above 0"),
        (BOTH, {"fx": {"USD": Proportion(0, 1)}}, dq.InvalidValueError, "a rate above 0, found 0/1"),
        (BOTH, {"fx": {"USD": Decimal(-7)}}, dq.InvalidValueError, "a rate above 0, found -7"),
        (BOTH, {"fx": {"USD": Decimal("NaN")}}, dq.InvalidValueError, "a finite rate"),
        (BOTH, {"fx": HALF | {"CNY": Decimal(2)}}, dq.InvalidValueError, "CNY: expected a rate of 1"),
        (BOTH, {"fx": {"USD": Decimal("1e13") + 1}}, dq.InvalidValueError, "account 'B': expected at most"),
    ],
)  # fmt: skip
def test_bad_questions_are_refused(accounts, asked, error, message):
    with pytest.raises(error, match=message):
        ask(accounts, **asked)


def test_an_amount_of_the_largest_size_is_converted():
    answer = ask(BOTH, policy=LEVELS, fx={"USD": Decimal("1e13")})
    assert answer.exposure == Decimal("10000000000001.00")


@pytest.mark.parametrize("over", [-1, 90.0, "90", True, None])
def test_a_number_of_days_that_is_none_is_refused(over):
    with pytest.raises(dq.DelinquencyError, match="overdue_share, over"):
        ask(COMPANY).overdue_share(over=over)


books = st.lists(
    strategies.accounts(currency=CNY), min_size=1, max_size=4, unique_by=lambda one: one.account_id
).map(lambda drawn: [attrs.evolve(one, obligor_id="D") for one in drawn])
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def figures(answer: dq.ObligorAssessment) -> tuple[object, ...]:
    return (
        [each.account_id for each in answer.assessments],
        (answer.arrears, answer.exposure, answer.days_past_due, answer.bucket, answer.is_cleared),
        answer.worst_states,
        (answer.overdue_share(over=30), answer.non_performing_share()),
        answer.explanation.to_text(),
    )


@given(st.data(), books, days)
@FEW
def test_the_order_of_the_accounts_changes_nothing(data, accounts, day):
    """For every permutation, one answer, to the last word of its reasons."""
    shuffled = data.draw(st.permutations(accounts))
    assert figures(ask(shuffled, as_of=day)) == figures(ask(accounts, as_of=day))


def badness(answer: dq.ObligorAssessment) -> tuple[object, ...]:
    scheme, machines = answer.worst.policy.buckets, answer.worst.policy.status
    places = [
        next(m for m in machines if m.name == name).position(worst.state.code)
        for name, worst in answer.worst_states.items()
    ] or [-1] * len(machines)
    place = [bucket.code for bucket in scheme.buckets].index(answer.bucket.code)
    return (answer.days_past_due, place, answer.arrears, answer.exposure, *places)


@given(books, days)
@FEW
def test_one_account_more_makes_nothing_better(accounts, day):
    """Every worst figure and every sum is monotone in the set of accounts; what is not cleared stays so."""
    every = ask(accounts, as_of=day)
    fewer = ask(accounts[:-1] or accounts, as_of=day)
    assert all(less <= more for less, more in zip(badness(fewer), badness(every), strict=True))
    assert fewer.is_cleared >= every.is_cleared


@given(books, days)
@FEW
def test_the_whole_is_made_of_the_answers_for_each(accounts, day):
    """Nothing is said of a debtor but what ``assess`` says of an account."""
    answer = ask(accounts, as_of=day)
    each = [dq.assess(account, as_of=day, policy=CHINA) for account in accounts]
    assert answer.arrears == sum(one.arrears for one in each)
    assert answer.exposure == sum(one.exposure for one in each)
    assert answer.days_past_due == max(one.days_past_due for one in each)
    assert answer.is_cleared == all(not one.arrears for one in each)
    late = sum(one.exposure for one in each if one.days_past_due > 30)
    share = answer.overdue_share(over=30)
    assert share.numerator * answer.exposure == late * share.denominator
