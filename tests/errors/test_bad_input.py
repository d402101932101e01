"""Everything that no credit can have is refused, by one grammar: where, expected, found, hint."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest

import delinquency as dq
from tests.strategies_internal import CNY, policy_of

FIRST = date(2025, 1, 1)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
NOON = datetime(2025, 1, 31, 12)
TOO_EARLY, TOO_LATE = date(1899, 12, 31), date(2201, 1, 1)
TYPE, VALUE, POLICY = dq.InvalidTypeError, dq.InvalidValueError, dq.PolicyError
BUILTIN = {TYPE: TypeError, VALUE: ValueError, POLICY: ValueError}

GRAMMAR = re.compile(r"(?s)(?P<where>.+?): expected (?P<expected>.+?), found (?P<found>.+)\.")

INSTALMENT = dq.Instalment(JAN, 100, 10)
SCHEDULE = dq.Schedule(CNY, [INSTALMENT, dq.Instalment(FEB, 100)])
STEPS = policy_of().allocation.steps
CURRENT, LATE = dq.Bucket("0", 0, 0, is_stressed=False), dq.Bucket("1+", 1)


def instalment(**fields):
    return dq.Instalment(**{"due_date": JAN, **fields})


def schedule(*rows, currency=CNY):
    return dq.Schedule(currency, rows)


def payment(**fields):
    return dq.Payment(**{"value_date": JAN, "amount": 1, **fields})


def charge(**fields):
    given = {"charge_id": "c", "component": dq.Component.FEES, "amount": 1, "due_date": JAN}
    return dq.Charge(**{**given, **fields})


def suspension(**fields):
    return dq.CountingSuspension(**{"start": JAN, **fields})


def account(**fields):
    given = {"account_id": "A-1", "originated_on": FIRST, "schedule": SCHEDULE}
    return dq.Account(**{**given, **fields})


def policy(**fields):
    given = {
        "name": "house",
        "counting": dq.Counting(),
        "allocation": policy_of().allocation,
        "penalty_in_waterfall": dq.PenaltyPlace.OUTSIDE,
        "buckets": policy_of().buckets,
    }
    return dq.Policy(**{**given, **fields})


def timeline(**fields):
    return dq.PolicyTimeline(**{"name": "house", "versions": [policy()], **fields})


def scheme(*buckets, name="ageing", reads=dq.CountName.DAYS_PAST_DUE):
    return dq.BucketScheme(name, reads, buckets)


def asked(verb, **fields):
    given = {"account": account(), "as_of": MAR, "policy": policy_of(), **fields}
    return verb(given.pop("account"), **given)


class Case(NamedTuple):
    make: object
    fields: dict
    kind: type
    says: str


NO_DATES = [NOON, "2025-01-31", 20250131, None]
NO_MONEY = [1.5, "1.50", True, None, [1]]
NO_AMOUNTS = [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity")]


def dates(make, field: str, *, optional: bool = False) -> list[Case]:
    wrong = [value for value in NO_DATES if not (optional and value is None)]
    cases = [Case(make, {field: value}, TYPE, field) for value in wrong]
    return cases + [Case(make, {field: value}, VALUE, field) for value in (TOO_EARLY, TOO_LATE)]


def moneys(make, field: str, kind: type = VALUE) -> list[Case]:
    cases = [Case(make, {field: value}, TYPE, field) for value in NO_MONEY]
    cases += [Case(make, {field: value}, kind, field) for value in NO_AMOUNTS]
    return [*cases, Case(make, {field: Decimal("-0.01")}, kind, field)]


def types(make, field: str, *values: object) -> list[Case]:
    return [Case(make, {field: value}, TYPE, field) for value in values]


CASES: list[Case] = [
    *dates(instalment, "due_date"),
    *dates(instalment, "in_force_from", optional=True),
    *dates(instalment, "in_force_until", optional=True),
    *moneys(instalment, "principal"),
    *moneys(instalment, "interest"),
    *moneys(instalment, "fees"),
    Case(instalment, {"in_force_from": FEB, "in_force_until": FEB}, VALUE, "after in_force_from"),
    *dates(payment, "value_date"),
    *dates(payment, "recorded_on", optional=True),
    *dates(payment, "reversed_on", optional=True),
    *moneys(payment, "amount"),
    *types(payment, "kind", "repayment", None),
    Case(payment, {"amount": 0}, VALUE, "more than 0"),
    Case(payment, {"reversed_on": date(2025, 1, 30)}, VALUE, "on or after 2025-01-31"),
    *dates(charge, "due_date"),
    *dates(charge, "recorded_on", optional=True),
    *moneys(charge, "amount"),
    *types(charge, "charge_id", "", None, 7),
    *types(charge, "instalment_no", True, 1.0, "1"),
    Case(charge, {"component": dq.Component.PRINCIPAL}, VALUE, "Component.FEES"),
    *dates(suspension, "start"),
    *dates(suspension, "end", optional=True),
    *dates(suspension, "recorded_on", optional=True),
    *types(suspension, "reason", "law", None),
    Case(suspension, {"end": JAN}, VALUE, "a day after 2025-01-31"),
    *types(lambda currency: schedule(INSTALMENT, currency=currency), "currency", "CNY", None),
    Case(schedule, {}, VALUE, "at least one instalment"),
    *types(lambda instalment: dq.Schedule(CNY, instalment), "instalment", "rows", 7),
    *types(lambda instalment: schedule(INSTALMENT, instalment), "instalment", (JAN, 100), None),
    *dates(account, "originated_on"),
    *types(account, "account_id", "", None, 7),
    *types(account, "schedule", (INSTALMENT,), None),
    *types(account, "obligor_id", 7, None),
    *types(account, "product", "loan"),
    *types(account, "segment", "retail"),
    *[
        Case(account, {field: value}, TYPE, noun)
        for field, noun in (("payments", "payment"), ("charges", "charge"), ("events", "event"))
        for value in ("many", 7, None, [INSTALMENT])
    ],
    Case(account, {"originated_on": FEB}, VALUE, "instalment 1"),
    Case(account, {"payments": [payment(value_date=date(2024, 12, 31))]}, VALUE, "payment 1"),
    Case(account, {"payments": [payment(payment_id="p")] * 2}, VALUE, "payment 'p'"),
    Case(account, {"charges": [charge()] * 2}, VALUE, "charge_id used once"),
    Case(account, {"charges": [charge(instalment_no=3)]}, VALUE, "from 1 to 2"),
    Case(account, {"charges": [charge(due_date=date(2024, 12, 31))]}, VALUE, "due_date on or"),
    Case(account, {"events": [suspension(), suspension(start=FEB)]}, VALUE, "touch, not overlap"),
    Case(account, {"payments": [payment(amount=Decimal("0.001"))]}, VALUE, "at most 2 decimals"),
    Case(account, {"charges": [charge(amount=Decimal("0.001"))]}, VALUE, "at most 2 decimals"),
    Case(account, {"payments": [payment(amount=10**13 + 1)]}, VALUE, "of at most 1000000000000"),
    Case(account, {"payments": [payment(amount=10**13)] * 2}, VALUE, "each sum to at most"),
    Case(account, {"events": [dq.Acceleration(FEB, 10**13)]}, VALUE, "each sum to at most"),
    *[
        Case(dq.AllocationOrder, {"steps": value}, TYPE, "step")
        for value in ("steps", [dq.DueState.DUE], 7)
    ],
    Case(dq.AllocationOrder, {"steps": STEPS[:7]}, POLICY, "exactly once"),
    Case(dq.AllocationOrder, {"steps": (*STEPS, STEPS[0])}, POLICY, "exactly once"),
    Case(dq.AllocationOrder, {"steps": ()}, POLICY, "found none"),
    *types(lambda grain: dq.AllocationOrder(STEPS, grain), "grain", "instalment_first", None),
    *types(lambda state: dq.AllocationStep(state, dq.Component.FEES), "state", "due", None),
    *types(lambda component: dq.AllocationStep(dq.DueState.DUE, component), "component", "fees"),
    *types(dq.Counting, "grace_days", True, 3.0, "3", None),
    *types(dq.Counting, "first_day", "due_date"),
    *types(dq.Counting, "grace_kind", "trigger"),
    *types(dq.Counting, "tolerance_scope", "account"),
    *types(dq.Counting, "schedule_change", "freeze"),
    *types(dq.Counting, "partial_payments", "aggregate"),
    *types(dq.Counting, "full_payment_share", Decimal("0.9")),
    *[
        Case(dq.Counting, {"components": value}, TYPE, "component")
        for value in ("principal", ["principal"], 7)
    ],
    *moneys(dq.Counting, "tolerance", POLICY),
    *moneys(dq.Counting, "least_payment", POLICY),
    Case(dq.Counting, {"grace_days": 3}, POLICY, "deducted or trigger beside grace_days"),
    Case(dq.Counting, {"tolerance": 10}, POLICY, "instalment or account beside tolerance"),
    Case(dq.Counting, {"grace_days": -1}, POLICY, "from 0 to 36,500 days"),
    Case(dq.Counting, {"components": ()}, POLICY, "at least one component"),
    Case(dq.Counting, {"components": [dq.Component.FEES] * 2}, POLICY, "each once"),
    Case(dq.Counting, {"full_payment_share": dq.Proportion(0, 1)}, POLICY, "more than 0"),
    Case(dq.Counting, {"full_payment_share": dq.Proportion(11, 10)}, POLICY, "at most 1"),
    *types(lambda code: dq.Bucket(code, 1), "code", "", None, 7),
    *types(lambda first_day: dq.Bucket("b", first_day), "first_day", True, 1.0, "1", None),
    *types(lambda last_day: dq.Bucket("b", 1, last_day), "last_day", True, 1.0, "1"),
    Case(dq.Bucket, {"code": "b", "first_day": -1}, POLICY, "0 <= first_day"),
    Case(dq.Bucket, {"code": "b", "first_day": 2, "last_day": 1}, POLICY, "first_day <= last_day"),
    Case(dq.Bucket, {"code": "b", "first_day": 0}, POLICY, "contains day 0"),
    *types(lambda reads: scheme(CURRENT, LATE, reads=reads), "reads", "days_past_due", None),
    *types(lambda bucket: scheme(CURRENT, bucket), "bucket", "1+", None),
    Case(scheme, {}, POLICY, "from 1 to 127 buckets"),
    Case(lambda: scheme(CURRENT, dq.Bucket("2+", 2)), {}, POLICY, "no gap, no overlap"),
    Case(lambda: scheme(CURRENT), {}, POLICY, "open-ended last bucket"),
    *dates(dq.Validity, "effective_from", optional=True),
    *dates(dq.Validity, "effective_until", optional=True),
    *types(dq.Validity, "selected_by", "as_of", None),
    Case(lambda: dq.Validity(JAN, JAN), {}, POLICY, "effective_until after"),
    *types(policy, "name", 7, None),
    *types(policy, "counting", None, 7),
    *types(policy, "allocation", "oldest first"),
    *types(policy, "penalty_in_waterfall", "outside", None),
    *types(policy, "buckets", (CURRENT, LATE)),
    *types(policy, "validity", JAN),
    *[Case(policy, {"citations": value}, TYPE, "citation") for value in ("a law", ["a law"])],
    Case(policy, {"penalty_in_waterfall": dq.PenaltyPlace.ON_DEMAND}, POLICY, "terms of penalty"),
    *[Case(timeline, {"versions": value}, TYPE, "version") for value in ("all", [JAN], 7)],
    Case(timeline, {"versions": ()}, POLICY, "at least one version"),
    Case(timeline, {"versions": [policy()] * 2}, POLICY, "version 2"),
    *types(lambda days: dq.classify(days, scheme=scheme(CURRENT, LATE)), "days", True, 1.0, "1"),
    Case(lambda: dq.classify(-1, scheme=scheme(CURRENT, LATE)), {}, VALUE, "0 or more"),
]

VERBS = [dq.assess, dq.days_past_due, dq.delinquent_days, dq.replay, dq.instalment_ages,
         dq.next_payment_due]  # fmt: skip

for verb in VERBS:
    CASES += [
        Case(asked, {"verb": verb, "account": wrong}, TYPE, f"{verb.__name__}: expected an Account")
        for wrong in (None, "A-1", SCHEDULE)
    ]
    CASES += [
        Case(asked, {"verb": verb, "policy": wrong}, TYPE, "a Policy or a PolicyTimeline")
        for wrong in (None, "cn-loan", dq.Counting())
    ]
    CASES += [Case(asked, {"verb": verb, "as_of": wrong}, TYPE, "as_of") for wrong in NO_DATES]
    CASES += [
        Case(asked, {"verb": verb, "as_of": wrong}, VALUE, "as_of")
        for wrong in (TOO_EARLY, TOO_LATE)
    ]
    CASES += [
        Case(asked, {"verb": verb, "known_on": wrong}, TYPE, "known_on")
        for wrong in NO_DATES
        if wrong is not None
    ]

DATED = dq.rulebook.load("cn-loan")
for verb in (dq.assess, dq.days_past_due, dq.delinquent_days, dq.instalment_ages, dq.replay):
    CASES += [
        Case(verb, {"account": account(), "as_of": wrong, "policy": DATED}, TYPE, "as_of")
        for wrong in NO_DATES
    ]
HUGE = 2**70
CASES += [
    *[Case(dq.Validity(FIRST).contains, {"day": wrong}, TYPE, "day") for wrong in NO_DATES],
    *types(payment, "payment_id", "", 5, ["x"]),
    Case(payment, {"payment_id": "\ud800"}, VALUE, "UTF-8"),
    Case(account, {"account_id": "\ud800"}, VALUE, "UTF-8"),
    Case(account, {"obligor_id": "\ud800"}, VALUE, "UTF-8"),
    Case(
        lambda until: account(schedule=schedule(dq.Instalment(JAN, 1, in_force_until=until))),
        {"until": FIRST},
        VALUE,
        "after originated_on",
    ),
    Case(dq.Counting, {"grace_days": HUGE}, POLICY, "36,500"),
    Case(dq.Counting, {"full_payment_share": dq.Proportion(1, 1001)}, POLICY, "at most 1,000"),
    Case(dq.Bucket, {"code": "x", "first_day": HUGE}, POLICY, "1,000,000"),
    *types(lambda **field: dq.Bucket("x", 1, **field), "label", 5, None),
    *types(lambda **field: dq.Bucket("x", 1, **field), "is_stressed", "no", 1),
    *types(lambda **field: dq.Bucket("x", 1, **field), "codes", ["1"], {"a": 1}),
    *types(
        lambda name: dq.BucketScheme(name, dq.CountName.DAYS_PAST_DUE, (CURRENT, LATE)), "name", 5
    ),
    *types(lambda scheme: dq.classify(1, scheme=scheme), "scheme", None, policy()),
    *types(policy, "verification", "unverified", 1),
    *types(policy, "title", 5, None),
    Case(policy, {"name": ""}, POLICY, "not empty"),
    *[
        Case(
            lambda name: dq.PolicyTimeline(name=name, versions=[policy()]),
            {"name": name},
            TYPE,
            "name",
        )
        for name in ("", 5)
    ],
    Case(dq.settles_by_totals, {"policy": None}, TYPE, "settles_by_totals"),
    Case(
        lambda component: dq.AllocationOrder.oldest_first(component, "interest", "fees", "penalty"),
        {"component": "interst"},
        POLICY,
        "one of principal, interest",
    ),
]

CASES.append(
    Case(asked, {"verb": dq.next_payment_due, "rule": "earliest_unpaid"}, TYPE, "NextPaymentRule")
)


def title(case: Case) -> str:
    made = getattr(case.make, "__name__", "").replace("<lambda>", "")
    given = ",".join(
        f"{name}={getattr(value, '__name__', value)}" for name, value in case.fields.items()
    )
    return f"{made}({given[:60]})"


@pytest.mark.parametrize("case", CASES, ids=title)
def test_bad_input_is_refused_in_one_grammar(case: Case):
    with pytest.raises(dq.DelinquencyError) as caught:
        case.make(**case.fields)
    error = caught.value
    assert type(error) is case.kind
    assert isinstance(error, BUILTIN[case.kind])
    assert case.says in str(error)
    told = error.to_dict()
    assert told["kind"] == case.kind.__name__
    body = str(error)
    if told["hint"]:
        assert body.endswith(f" Hint: {told['hint']}")
        body = body.removesuffix(f" Hint: {told['hint']}")
    assert body == f"{told['where']}: expected {told['expected']}, found {told['found']}."
    assert GRAMMAR.fullmatch(body)
    assert told["where"]
    assert told["expected"]
    assert told["found"]


def test_the_table_reaches_every_public_record_and_verb():
    made = {getattr(case.make, "__name__", "") for case in CASES}
    assert {"instalment", "schedule", "payment", "charge", "suspension", "account", "policy",
            "timeline", "scheme", "Counting", "AllocationOrder", "Validity", "asked"} <= made  # fmt: skip


def test_what_stands_beside_the_table_is_accepted():
    assert asked(dq.days_past_due) == 59
    assert timeline().versions == (policy(),)
    assert account(payments=[payment()], charges=[charge()], events=[suspension()])
    assert scheme(CURRENT, LATE).position(1) == 1


def test_an_error_inside_an_account_names_the_account_first():
    with pytest.raises(VALUE) as caught:
        account(payments=[payment(value_date=date(2024, 12, 31), payment_id="p-7")])
    assert caught.value.to_dict() == {
        "kind": "InvalidValueError",
        "where": "account 'A-1', payment 'p-7'",
        "expected": "value_date on or after originated_on 2025-01-01",
        "found": "2024-12-31",
        "hint": "",
    }


def test_float_money_is_told_what_to_write_instead():
    with pytest.raises(TYPE, match="a float is not exact") as caught:
        payment(amount=12.34)
    assert caught.value.found == "12.34"


def test_a_policy_not_in_force_is_a_lookup_that_failed():
    late = policy(validity=dq.Validity(date(2030, 1, 1)))
    for verb in VERBS:
        with pytest.raises(dq.PolicyNotInForceError) as caught:
            asked(verb, policy=late)
        assert isinstance(caught.value, LookupError)
        assert caught.value.to_dict()["found"] == "2025-03-31"


def test_two_currencies_are_not_mixed_up_with_a_code():
    with pytest.raises(dq.CurrencyError, match="expected a code of ISO 4217, found 'XYZ'"):
        dq.Currency.of("XYZ")


@pytest.mark.parametrize("kind", [TYPE, VALUE, POLICY, dq.CurrencyError, dq.PolicyNotInForceError])
def test_an_error_told_by_its_container_keeps_its_kind_and_parts(kind):
    inner = kind.at("instalment 3", expected="a date", found=None, hint="Give one.")
    outer = inner.within("account 'A-17'")
    assert type(outer) is kind
    assert str(outer) == (
        "account 'A-17', instalment 3: expected a date, found None. Hint: Give one."
    )


def test_a_text_that_looks_like_a_number_is_shown_as_a_text():
    with pytest.raises(TYPE, match=r"found '1.50'") as caught:
        payment(amount="1.50")
    assert caught.value.found == "'1.50'"
    with pytest.raises(TYPE, match=r"account, account_id: .* found ''"):
        account(account_id="")
