"""Provisions: the day of each rate, the rounding of each currency, and tables that are refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import BUCKETS, policy_of

import delinquency as dq
from delinquency.status import StatusMachine, StatusState, StatusTrigger
from delinquency.status.condition_text import parse_condition

START, DUE = date(2024, 12, 31), date(2025, 1, 31)
MANUAL = dq.Citation("Credit manual", "4.2", title_zh="信贷手册")
CODES = [bucket.code for bucket in BUCKETS]
BASE, MODE = dq.ProvisionBase, dq.RoundingMode


def share(text: str) -> dq.Proportion:
    return dq.Proportion.parse(text)


def rates(*codes: str, at: str = "0.25") -> list[dq.ProvisionRate]:
    return [dq.ProvisionRate(code, share(at), [MANUAL]) for code in codes]


def table(at: str = "0.25", **fields) -> dq.ProvisionTable:
    return dq.ProvisionTable(**{"by": "bucket", "rates": rates(*CODES, at=at), **fields})


def steps() -> dq.ProvisionTable:
    shares = ("0", "0.01", "0.01", "0.01", "0.05", "0.25", "1")
    return table(
        rates=[dq.ProvisionRate(*pair) for pair in zip(CODES, map(share, shares), strict=True)]
    )


def loan(principal, interest=0, currency: str = "CNY", **facts) -> dq.Account:
    rows = [dq.Instalment(DUE, principal, interest)]
    schedule = dq.Schedule(dq.Currency.of(currency), rows)
    return dq.Account(account_id="A-1", originated_on=START, schedule=schedule, **facts)


def told(account: dq.Account, provisions: dq.ProvisionTable, as_of=DUE, **more):
    return dq.provision(account, as_of=as_of, policy=policy_of(provisions=provisions), **more)


@pytest.mark.parametrize(
    ("as_of", "code", "amount"),
    [
        (START, "0", "0.00"),
        (DUE, "0", "0.00"),
        (date(2025, 2, 1), "1", "10.00"),
        (date(2025, 2, 3), "3", "10.00"),
        (date(2025, 2, 4), "4-30", "50.00"),
        (date(2025, 3, 2), "4-30", "50.00"),
        (date(2025, 3, 3), "31-90", "250.00"),
        (date(2025, 5, 1), "31-90", "250.00"),
        (date(2025, 5, 2), "91+", "1000.00"),
    ],
)
def test_the_rate_is_that_of_the_bucket_on_the_day_before_a_limit_on_it_and_after(
    as_of, code, amount
):
    answer = told(loan(1000), steps(), as_of)
    assert (answer.rate.of, str(answer.amount)) == (code, amount)
    assert answer.assessment.bucket.code == code


@pytest.mark.parametrize(
    ("currency", "principal", "mode", "amount"),
    [
        ("CNY", "0.01", MODE.HALF_UP, "0.00"),
        ("CNY", "0.02", MODE.HALF_UP, "0.01"),
        ("CNY", "0.02", MODE.HALF_EVEN, "0.00"),
        ("CNY", "0.02", MODE.HALF_DOWN, "0.00"),
        ("CNY", "0.06", MODE.HALF_EVEN, "0.02"),
        ("CNY", "0.03", MODE.DOWN, "0.00"),
        ("CNY", "0.01", MODE.UP, "0.01"),
        ("JPY", "1", MODE.HALF_UP, "0"),
        ("JPY", "2", MODE.HALF_UP, "1"),
        ("JPY", "1002", MODE.HALF_EVEN, "250"),
        ("KWD", "0.001", MODE.HALF_UP, "0.000"),
        ("KWD", "0.002", MODE.HALF_UP, "0.001"),
        ("KWD", "1.002", MODE.HALF_DOWN, "0.250"),
    ],
)
def test_the_product_is_rounded_once_to_the_minor_unit_by_the_mode_of_the_table(
    currency, principal, mode, amount
):
    answer = told(loan(Decimal(principal), currency=currency), table(rounding=mode))
    assert str(answer.amount) == amount


def test_half_up_is_what_a_table_does_that_does_not_say():
    assert table().rounding is MODE.HALF_UP
    assert table().base is BASE.EXPOSURE


def test_interest_due_is_exposed_and_is_no_principal():
    account = loan(1000, 40)
    before, due = date(2025, 1, 30), DUE
    for base, amounts in ((BASE.EXPOSURE, (250, 260)), (BASE.PRINCIPAL, (250, 250))):
        answers = [told(account, table(base=base), day) for day in (before, due)]
        assert tuple(answer.amount for answer in answers) == amounts
    answer = told(account, table(), due)
    assert answer.base == answer.assessment.exposure == 1040


@pytest.mark.parametrize("base", BASE)
def test_nothing_is_set_aside_for_what_is_paid(base):
    paid = loan(1000, 40, payments=[dq.Payment(DUE, 1040)])
    assert told(paid, table("1", base=base), date(2025, 3, 31)).amount == 0


def test_rows_that_were_replaced_are_no_principal():
    change = date(2025, 1, 15)
    rows = [
        dq.Instalment(DUE, 1000, in_force_until=change),
        dq.Instalment(date(2025, 6, 30), 800, in_force_from=change),
    ]
    schedule = dq.Schedule(dq.Currency.of("CNY"), rows)
    account = dq.Account(account_id="A-1", originated_on=START, schedule=schedule)
    provisions = table("1", base=BASE.PRINCIPAL)
    days = (date(2025, 1, 14), change)
    assert [told(account, provisions, day).amount for day in days] == [1000, 800]


def test_rates_of_0_and_1_are_rates():
    assert told(loan(1000), table("0")).amount == 0
    assert told(loan(1000), table("1")).amount == 1000


def test_what_was_known_then_is_what_is_set_aside_then():
    late = dq.Payment(DUE, 1000, recorded_on=date(2025, 3, 31))
    account = loan(1000, payments=[late])
    day = date(2025, 3, 3)
    assert told(account, steps(), day).amount == 0
    then = told(account, steps(), day, known_on=day)
    assert (then.amount, then.known_on) == (250, day)
    assert "as known on 2025-03-03" in str(then)
    assert "以 2025-03-03 已知信息为准" in then.explanation.sentence("zh")


def machine(name: str = "watch") -> dq.status.StatusMachine:
    def line(text: str):
        return parse_condition(text, findings=(), reported=(), where="test")

    return dq.status.StatusMachine(
        name=name,
        states=[dq.status.StatusState("off"), dq.status.StatusState("on")],
        triggers=[dq.status.StatusTrigger(to="on", when=[line("days_past_due > 5")])],
        exits=[
            dq.status.StatusExit(leaving=["on"], to="off", when=[line("3 months since clearing")])
        ],
    )


BY_STATE = dq.ProvisionTable(
    by="watch",
    rates=[dq.ProvisionRate("on", share("0.5")), dq.ProvisionRate("off", share("0.01"))],
    base=BASE.PRINCIPAL,
)


@pytest.mark.parametrize(
    ("as_of", "code", "amount"),
    [
        (DUE, "off", 20),
        (date(2025, 2, 5), "off", 20),
        (date(2025, 2, 6), "on", 1000),
        (date(2025, 2, 10), "on", 500),
        (date(2025, 5, 9), "on", 500),
        (date(2025, 5, 10), "off", 10),
    ],
)
def test_a_state_remembers_what_a_bucket_forgets(as_of, code, amount):
    rows = [dq.Instalment(DUE, 1000), dq.Instalment(date(2025, 12, 31), 1000)]
    account = dq.Account(
        account_id="A-1",
        originated_on=START,
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        payments=[dq.Payment(date(2025, 2, 10), 1000)],
    )
    others = machine("other"), machine()
    policy = policy_of(status=others, provisions=BY_STATE)
    answer = dq.provision(account, as_of=as_of, policy=policy)
    assert (answer.rate.of, answer.amount) == (code, amount)
    assert answer.status.states["watch"].code == code
    states = [step for step in answer.explanation.because if step.rule == "status_state"]
    assert [step.inputs["machine"] for step in states] == ["watch"]


def test_a_state_too_is_that_of_what_was_known_then():
    account = loan(1000, payments=[dq.Payment(DUE, 400, recorded_on=date(2025, 3, 31))])
    policy = policy_of(status=[machine()], provisions=BY_STATE)
    day = date(2025, 2, 10)
    now = dq.provision(account, as_of=day, policy=policy)
    then = dq.provision(account, as_of=day, policy=policy, known_on=day)
    assert (now.amount, then.amount) == (300, 500)
    whole = loan(1000, payments=[dq.Payment(DUE, 1000, recorded_on=date(2025, 3, 31))])
    codes = [
        dq.provision(whole, as_of=day, policy=policy, known_on=known).rate.of
        for known in (None, date(2025, 3, 30), date(2025, 3, 31))
    ]
    assert codes == ["off", "on", "off"]


def test_the_version_in_force_has_the_table():
    change = date(2025, 3, 1)
    versions = [
        policy_of(validity=dq.Validity(None, change), provisions=table("0.1")),
        policy_of(validity=dq.Validity(change), provisions=table("0.2")),
    ]
    timeline = dq.PolicyTimeline(name="house", versions=versions)
    days = (date(2025, 2, 28), change)
    answers = [dq.provision(loan(1000), as_of=day, policy=timeline) for day in days]
    assert [answer.amount for answer in answers] == [100, 200]
    assert [answer.policy for answer in answers] == versions


def test_the_reasons_are_the_rate_its_source_the_base_the_rounding_and_the_bucket():
    answer = told(loan(Decimal("1000.02")), table(), date(2025, 2, 4))
    lines = answer.explanation.to_text().splitlines()
    assert lines[:6] == [
        "Provision for account A-1 on 2025-02-04: 250.01 CNY.",
        "  The rate of 4-30 is 25 %.",
        "    [Credit manual, 4.2]",
        "  It is a share of the exposure: 1,000.02 CNY.",
        "  250.005 CNY is rounded half up to 250.01.",
        "  Bucket 4-30 of scheme every-day: delinquent days 4, within 4-30.",
    ]
    assert lines[-1] == "  Policy house: house."
    assert answer.explanation.to_text("zh").splitlines()[:5] == [
        "账户 A-1 在 2025-02-04 应计提的准备：250.01 CNY。",
        "  4-30 的计提比例为 25%。",
        "    [信贷手册, 4.2]",
        "  计提基数为风险敞口：1,000.02 CNY。",
        "  250.005 CNY 取整（四舍五入）为 250.01。",
    ]
    assert str(answer) == lines[0]


def test_where_nothing_was_rounded_nothing_is_said_of_it():
    assert told(loan(1000), table()).explanation.find("provision_rounded") is None


def test_the_digits_of_a_rate_that_no_decimal_is_are_told_with_an_ellipsis():
    third = dq.ProvisionRate("0", dq.Proportion(1, 3))
    assert third.percent == "33.333333…"
    answer = told(loan(1000), table(rates=[third, *rates(*CODES[1:])]))
    assert answer.amount == Decimal("333.33")
    assert answer.explanation.find("provision_rounded").inputs["exact"] == "333.333333…"


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: dq.ProvisionRate("1", share("1.0001")), dq.InvalidValueError, "from 0 to 1"),
        (lambda: dq.ProvisionRate("1", 0.25), dq.InvalidTypeError, "a Proportion, found 0.25"),
        (lambda: dq.ProvisionRate("1", Decimal("0.25")), dq.InvalidTypeError, "a Proportion"),
        (lambda: dq.ProvisionRate("1", "0.25"), dq.InvalidTypeError, "Proportion.parse"),
        (
            lambda: dq.ProvisionRate("1", share("0"), unsecured_share="1"),
            dq.InvalidTypeError,
            "unsecured_share: expected a Proportion",
        ),
        (
            lambda: dq.ProvisionRate("1", share("0"), unsecured_share=share("1.01")),
            dq.InvalidValueError,
            "unsecured_share: expected from 0 to 1",
        ),
        (
            lambda: dq.ProvisionRate("1", share("0"), unsecured_up_to=share("0.1")),
            dq.InvalidValueError,
            "unsecured_up_to: expected an unsecured_share beside it",
        ),
        (lambda: dq.ProvisionRate("", share("0")), dq.InvalidTypeError, "not empty"),
        (lambda: dq.ProvisionRate(1, share("0")), dq.InvalidTypeError, "not empty, found 1"),
        (
            lambda: dq.ProvisionRate("1", share("0"), MANUAL),
            dq.InvalidTypeError,
            "an iterable of Citation",
        ),
        (lambda: table(rates=[]), dq.PolicyError, "at least one rate"),
        (lambda: table(rates=rates("1")[0]), dq.InvalidTypeError, "an iterable of ProvisionRate"),
        (lambda: table(rates=[("1", share("0"))]), dq.InvalidTypeError, "rate 1"),
        (
            lambda: table(rates=rates("1", "2", "1")),
            dq.PolicyError,
            "rate 3, of: expected each code once, found '1'",
        ),
        (lambda: table(by=""), dq.InvalidTypeError, "provision table, by"),
        (lambda: table(by=None), dq.InvalidTypeError, "provision table, by"),
        (lambda: table(base="exposure"), dq.InvalidTypeError, "a ProvisionBase"),
        (lambda: table(rounding="half_up"), dq.InvalidTypeError, "a RoundingMode"),
        (lambda: table().rate_of("5"), dq.InvalidValueError, "one of 0, 1, 2"),
    ],
)
def test_a_wrong_table_is_refused(make, error, message):
    with pytest.raises(error) as caught:
        make()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "error", "message"),
    [
        (
            {"provisions": table(rates=rates(*CODES[:-1]))},
            dq.PolicyError,
            "policy 'house', provisions: expected a rate of the bucket '91+', found none",
        ),
        (
            {"provisions": table(rates=rates(*CODES, "92+"))},
            dq.PolicyError,
            "rate 8, of: expected one of the buckets 0, 1, 2, 3, 4-30, 31-90, 91+, found '92+'",
        ),
        (
            {"provisions": table(by="watch")},
            dq.PolicyError,
            "provisions, by: expected one of bucket, found 'watch'",
        ),
        (
            {"provisions": table(by="Watch"), "status": [machine()]},
            dq.PolicyError,
            "expected one of bucket, watch, found 'Watch'",
        ),
        (
            {"provisions": table(by="watch"), "status": [machine()]},
            dq.PolicyError,
            "rate 1, of: expected one of the states off, on, found '0'",
        ),
        (
            {
                "provisions": attrs.evolve(BY_STATE, rates=BY_STATE.rates[:1]),
                "status": [machine()],
            },
            dq.PolicyError,
            "a rate of the state 'off'",
        ),
        (
            {"provisions": table(), "status": [machine("bucket")]},
            dq.PolicyError,
            "no machine of the name 'bucket'",
        ),
        ({"provisions": {"0": "0.25"}}, dq.InvalidTypeError, "a ProvisionTable or None"),
        ({"provisions": ()}, dq.InvalidTypeError, "a ProvisionTable or None"),
    ],
)
def test_a_table_that_does_not_fit_its_policy_is_refused(fields, error, message):
    with pytest.raises(error) as caught:
        policy_of(**fields)
    assert message in str(caught.value)


def test_other_buckets_need_another_table():
    policy = policy_of(provisions=table())
    other = dq.rulebook.load("ifrs9").versions[-1].buckets
    with pytest.raises(dq.PolicyError, match="provisions, rate 1"):
        attrs.evolve(policy, buckets=other)


HOUSE = policy_of(provisions=table())


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: dq.provision("A", as_of=DUE, policy=HOUSE), dq.InvalidTypeError, "an Account"),
        (
            lambda: dq.provision(loan(1), as_of=datetime(2025, 1, 31), policy=HOUSE),
            dq.InvalidTypeError,
            "date",
        ),
        (
            lambda: dq.provision(loan(1), as_of=DUE, policy=HOUSE, known_on="today"),
            dq.InvalidTypeError,
            "known_on",
        ),
        (lambda: dq.provision(loan(1), as_of=DUE, policy="x"), dq.InvalidTypeError, "a Policy"),
        (
            lambda: dq.provision(loan(1), as_of=DUE, policy=policy_of()),
            dq.PolicyError,
            "policy 'house': expected a policy with provisions, found none",
        ),
        (
            lambda: dq.provision(loan(1), as_of=date(2024, 12, 30), policy=HOUSE),
            dq.InvalidValueError,
            "account 'A-1': expected as_of on or after originated_on 2024-12-31",
        ),
    ],
)
def test_bad_questions_are_refused(ask, error, message):
    with pytest.raises(error) as caught:
        ask()
    assert message in str(caught.value)


def parted(rest: str = "1", up_to: str | None = None) -> dq.ProvisionTable:
    """A quarter of what collateral covers, and another share of the rest."""
    limit = None if up_to is None else share(up_to)
    return table(
        rates=[
            dq.ProvisionRate(
                code, share("0.25"), unsecured_share=share(rest), unsecured_up_to=limit
            )
            for code in CODES
        ]
    )


def house(value, day: date = START, **facts) -> dq.Collateral:
    return dq.Collateral("house", day, value, **facts)


@pytest.mark.parametrize(
    ("value", "secured", "amount"),
    [
        (0, "0.00", "1000.00"),
        (Decimal("0.01"), "0.01", "999.99"),
        (400, "400.00", "700.00"),
        (Decimal("999.99"), "999.99", "250.01"),
        (1000, "1000.00", "250.00"),
        (5000, "1000.00", "250.00"),
    ],
)
def test_what_collateral_covers_takes_one_share_and_the_rest_another(value, secured, amount):
    answer = told(loan(1000, events=[house(value)]), parted())
    assert (str(answer.secured), str(answer.amount)) == (secured, amount)


def test_the_sum_of_both_parts_is_rounded_once():
    """0.25 of 0.02 and 0.5 of 0.01: 0.005 each, 0.01 together and not 0.02."""
    answer = told(loan(Decimal("0.03"), events=[house(Decimal("0.02"))]), parted("0.5"))
    assert str(answer.amount) == "0.01"


def test_without_collateral_all_is_unsecured_and_guarantees_cover_nothing():
    parent = dq.Guarantee("parent", START, share=share("1"))
    for events in ((), (parent,), (house(1000, until=DUE),), (house(1000, date(2025, 2, 1)),)):
        assert told(loan(1000, events=events), parted()).amount == 1000
    assert told(loan(1000, events=[house(1000, until=date(2025, 2, 1))]), parted()).amount == 250


def test_collateral_counts_as_it_was_known():
    late = loan(1000, events=[house(1000, recorded_on=date(2025, 2, 1))])
    assert told(late, parted(), known_on=DUE).amount == 1000
    assert told(late, parted()).amount == 250
    back = loan(1000, events=[house(1000, reversed_on=DUE)])
    assert told(back, parted()).amount == 1000
    assert told(back, parted(), known_on=date(2025, 1, 30)).amount == 250


@pytest.mark.parametrize(
    ("value", "amount"), [(100, "900.00"), (Decimal("100.01"), "250.00"), (0, "900.00")]
)
def test_an_account_is_unsecured_as_a_whole_by_the_collateral_of_its_first_day(value, amount):
    """At most a tenth of 1,000 when the account began; what came or went since does not matter."""
    first = house(value, until=date(2025, 1, 15))
    later = house(5000, date(2025, 1, 20)) if value == 0 else house(0, date(2025, 1, 20))
    answer = told(loan(1000, events=[first, later]), parted("0.9", "0.1"))
    assert str(answer.amount) == amount
    assert answer.secured == (0 if amount == "900.00" else 1000)


def test_the_exposure_of_the_first_day_is_what_was_lent():
    paid = [dq.Payment(date(2025, 1, 10), 500)]
    account = loan(1000, payments=paid, events=[house(100)])
    answer = told(account, parted("0.9", "0.1"))
    assert (answer.base, str(answer.amount)) == (500, "450.00")


def test_the_reasons_tell_both_parts_in_both_languages():
    answer = told(loan(1000, events=[house(400)]), parted())
    lines = answer.explanation.to_text().splitlines()
    assert lines[:4] == [
        "Provision for account A-1 on 2025-01-31: 700.00 CNY.",
        "  The rate of 0 is 25 % of what collateral covers: 400.00 CNY.",
        "  It is 100 % of the rest: 600.00 CNY.",
        "  It is a share of the exposure: 1,000.00 CNY.",
    ]
    assert answer.explanation.to_text("zh").splitlines()[1:3] == [
        "  0 有押品覆盖部分的计提比例为 25%：400.00 CNY。",
        "  其余部分的计提比例为 100%：600.00 CNY。",
    ]


@pytest.mark.parametrize(
    ("value", "said", "in_chinese"),
    [
        (
            101,
            "The rate of 0 is 25 %: when the account began, collateral covered more than 10 % of it.",
            "0 的计提比例为 25%：账户起始时押品覆盖的比例超过 10%。",
        ),
        (
            100,
            "The rate of 0 is 90 %: when the account began, collateral covered at most 10 % of it.",
            "0 的计提比例为 90%：账户起始时押品覆盖的比例不超过 10%。",
        ),
    ],
)
def test_the_reasons_tell_whether_the_account_was_secured_when_it_began(value, said, in_chinese):
    for payments in ((), [dq.Payment(DUE, 1000)]):
        account = loan(1000, events=[house(value)], payments=payments)
        reason = told(account, parted("0.9", "0.1")).explanation.because[0]
        assert (reason.sentence(), reason.sentence("zh")) == (said, in_chinese)


def test_a_rate_grows_by_whole_months_in_the_state_and_not_above_all():
    rate = dq.ProvisionRate("on", share("0.9"), each_month=share("0.04"))
    assert [rate.after(months).percent for months in (0, 1, 2, 3, 100)] == [
        "90",
        "94",
        "98",
        "100",
        "100",
    ]
    plain = dq.ProvisionRate("on", share("0.9"))
    assert plain.after(7) is plain
    for wrong, error in ((-1, dq.InvalidValueError), (1.0, dq.InvalidTypeError)):
        with pytest.raises(error, match="months"):
            rate.after(wrong)


@pytest.mark.parametrize(
    ("as_of", "months", "amount"),
    [
        (date(2025, 2, 1), 0, "10.00"),
        (date(2025, 2, 28), 0, "10.00"),
        (date(2025, 3, 1), 1, "55.00"),
        (date(2025, 4, 1), 2, "100.00"),
    ],
)
def test_months_are_counted_from_the_day_on_which_the_state_was_entered(as_of, months, amount):
    growing = dq.ProvisionTable(
        by="watch",
        rates=[
            dq.ProvisionRate("off", share("0")),
            dq.ProvisionRate("on", share("0.1"), [MANUAL], each_month=share("0.45")),
        ],
    )
    late = parse_condition("days_past_due >= 1", findings=(), reported=(), where="t")
    watch = StatusMachine(
        name="watch",
        states=[StatusState("off"), StatusState("on")],
        triggers=[StatusTrigger(to="on", when=[late])],
    )
    policy = policy_of(provisions=growing, status=(watch,))
    answer = dq.provision(loan(100), as_of=as_of, policy=policy)
    assert (answer.months, str(answer.amount)) == (months, amount)
    reason = answer.explanation.because[0]
    assert reason.citations == (MANUAL,)
    whole = {0: "10", 1: "55", 2: "100"}[months]
    assert reason.sentence() == (
        f"The rate of on is {whole} %: 10 %, and 45 % more for each whole month in it, {months} so far; at most "
        "100 %."
    )
    assert reason.sentence("zh") == (
        f"on 的计提比例为 {whole}%：起始 10%，每满一个月增加 45%，已满 {months} 个月，最高 100%。"
    )
