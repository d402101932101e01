"""A wrong document is refused with the path, what was expected and what was found."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.serialization import documents

POLICY = dq.rulebook.load("us-metro2").versions[0]


def account() -> dict[str, Any]:
    return serialization.to_dict(
        dq.Account(
            account_id="A-1",
            originated_on=date(2024, 12, 31),
            schedule=dq.Schedule(
                dq.Currency.of("CNY"),
                [
                    dq.Instalment(date(2025, 1, 31), Decimal("100.00")),
                    dq.Instalment(date(2025, 2, 28), Decimal("100.00")),
                ],
            ),
            charges=[dq.Charge("c", dq.Component.FEES, 3, date(2025, 2, 3), instalment_no=1)],
            payments=[dq.Payment(date(2025, 1, 31), Decimal("40.00"), payment_id="p")],
            events=[dq.CountingSuspension(date(2025, 2, 1), date(2025, 2, 3))],
        )
    )


def refused(kind: type, document: object) -> dq.DelinquencyError:
    with pytest.raises(dq.DelinquencyError) as caught:
        serialization.from_dict(kind, document)  # type: ignore[arg-type]
    return caught.value


def put(*path: Any, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        part = document
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value

    return change


ACCOUNTS = [
    (("payments", 0, "amount"), 1.5, "$.payments[0].amount", "an exact number as text", "1.5"),
    (("payments", 0, "amount"), 100, "$.payments[0].amount", "an exact number as text", "100"),
    (("payments", 0, "amount"), "1e2", "$.payments[0].amount", "plain decimal", "'1e2'"),
    (("payments", 0, "amount"), "-5", "$.payments[0], payment 'p', amount", "more than 0", "-5"),
    (("payments", 0, "amount"), "0.001", "$, account 'A-1', payment 'p'", "at most 2 decimals", "0.001"),
    (("payments", 0, "amount"), Decimal("NaN"), "$.payments[0].amount", "finite", "NaN"),
    (("payments", 0, "value_date"), "20250131", "$.payments[0].value_date", "YYYY-MM-DD", "20250131"),
    (("payments", 0, "value_date"), "2025-02-30", "$.payments[0].value_date", "calendar", "2025-02-30"),
    (("payments", 0, "value_date"), datetime(2025, 1, 31), "$.payments[0].value_date", "a date", "datetime"),
    (("payments", 0, "value_date"), "1850-01-01", "$.payments[0], payment", "1900-01-01", "1850"),
    (("payments", 0, "kind"), "repaid", "$.payments[0].kind", "repayment, refund", "'repaid'"),
    (("payments", 0), 3, "$.payments[0]", "an object", "3"),
    (("payments",), "abc", "$.payments", "a list", "'abc'"),
    (("payments",), {}, "$.payments", "a list", "{}"),
    (("charges", 0, "instalment_no"), 1.0, "$.charges[0].instalment_no", "an integer", "1.0"),
    (("charges", 0, "instalment_no"), True, "$.charges[0].instalment_no", "an integer", "True"),
    (("charges", 0, "instalment_no"), 9, "$, account 'A-1', charge 'c'", "from 1 to 2", "9"),
    (("account_id",), 17, "$.account_id", "a text", "17"),
    (("schedule", "currency"), "cny", "$.schedule.currency", "ISO 4217", "'cny'"),
    (("schedule", "currency"), 3, "$.schedule.currency", "ISO 4217", "3"),
    (("schedule", "instalments", 1, "due_date"), "2025-01-01", "$.schedule, instalment 2", "on or after", "2025-01-01"),
    (("schedule", "instalments"), [], "$.schedule, schedule", "at least one instalment", "none"),
    (("events", 0, "event"), "sale", "$.events[0]", "'event' with one of counting_suspension", "'sale'"),
    (("events", 0), [], "$.events[0]", "an object", "[]"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where", "expected", "found"), ACCOUNTS)
def test_a_wrong_value_is_told_by_its_path(path, value, where, expected, found) -> None:
    document = account()
    put(*path, value=value)(document)
    error = refused(dq.Account, document)
    assert error.where.startswith(where), error
    assert expected in error.expected, error
    assert found in error.found, error


POLICIES = [
    (("buckets", "buckets", 0, "is_stressed"), 0, "$.buckets.buckets[0].is_stressed", "true or false"),
    (("buckets", "buckets", 0, "codes"), {"a": 3}, "$.buckets.buckets[0].codes, a", "a text"),
    (("buckets", "buckets", 0, "codes"), [], "$.buckets.buckets[0].codes", "an object"),
    (("buckets", "buckets", 1, "first_day"), 31, "$.buckets, bucket scheme", "begin at day 30"),
    (("counting", "grace_days"), "3", "$.counting.grace_days", "an integer"),
    (("counting", "full_payment_share", "denominator"), 0, "$.counting.full_payment_share, proportion", "1 or more"),
    (("verification",), "checked", "$.verification", "one of official-text"),
    (("penalty_in_waterfall",), "on_demand", "$, policy 'us-metro2', penalty", "terms of penalty"),
    (("citations",), None, "$.citations", "a list"),
    (("validity", "effective_until"), "1990-01-01", "$.validity, validity", "effective_until after"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where", "expected"), POLICIES)
def test_a_wrong_rule_is_told_by_its_path(path, value, where, expected) -> None:
    document = serialization.to_dict(POLICY)
    put(*path, value=value)(document)
    error = refused(dq.Policy, document)
    assert error.where.startswith(where), error
    assert expected in error.expected, error


def record() -> dict[str, Any]:
    facts = serialization.from_dict(dq.Account, account())
    return serialization.to_dict(dq.assess(facts, as_of=date(2025, 3, 31), policy=POLICY))


RECORDS = [
    (("explanation", "types"), {"nothing": "date"}, "$.explanation, types, nothing"),
    (("explanation", "types"), {"as_of": "float"}, "$.explanation, types, as_of"),
    (("explanation", "inputs", "as_of"), "soon", "$.explanation"),
    (("currency",), "USD", "$, assessment record, currency"),
    (("policy_version",), "other@2020-01-01", "$, assessment record, policy_version"),
    (("figures", "days_past_due"), float("inf"), "$.figures.days_past_due"),
    (("figures", "oldest_due_date"), "", "$.figures.oldest_due_date"),
    (("library_version",), None, "$.library_version"),
]


@pytest.mark.parametrize(("path", "value", "where"), RECORDS)
def test_a_wrong_record_is_told_by_its_path(path, value, where) -> None:
    document = record()
    put(*path, value=value)(document)
    assert refused(serialization.AssessmentRecord, document).where == where


def plan() -> dict[str, Any]:
    return serialization.to_dict(
        dq.IrregularTerms(
            principal=Fraction(1000, 3),
            annual_rate=Fraction(1, 30),
            disbursed_on=date(2025, 1, 1),
            day_count=dq.DayCount.ACT_365F,
            rows=[
                dq.IrregularRow(date(2025, 2, 1), dq.GivenPayment(100)),
                dq.IrregularRow(date(2025, 3, 1), dq.WholeBalance()),
            ],
            rate_changes=[dq.ExactRateChange(date(2025, 2, 1), Fraction(1, 7))],
        )
    )


PLANS = [
    (("principal",), 0.5, "$.principal", 'Write "12.34" or "1/30"'),
    (("principal",), "1/0", "$.principal", "a fraction of two whole numbers"),
    (("principal",), "1/-3", "$.principal", "a fraction of two whole numbers"),
    (("principal",), "1/3.5", "$.principal", "a fraction of two whole numbers"),
    (("principal",), "1 / 3", "$.principal", "a fraction of two whole numbers"),
    (("principal",), "1e3", "$.principal", "plain decimal"),
    (("principal",), "1/" + "3" * 4001, "$.principal", "at most 4000 digits"),
    (("principal",), "-1/3", "$, irregular terms, principal", "zero or more"),
    (("currency",), "EUR", "$, irregular terms, principal", "a Decimal"),
    (("annual_rate",), 0.05, "$.annual_rate", "an exact number as text"),
    (("annual_rate",), "5", "$, irregular terms, annual_rate", "at most 400 % a year"),
    (("annual_rate",), {"value": "0.05"}, "$.annual_rate.period", "this key to be there"),
    (("annual_rate",), {"value": "0.05", "period": "month"}, "$, irregular terms", "a rate per year"),
    (("rows", 0, "repays", "kind"), "payment", "$.rows[0].repays", "given_payment, solved_payment"),
    (("rows", 0, "repays"), {"kind": "solved_payment", "amount": "3"}, "$.rows[0].repays", "only the keys"),
    (("rows", 0, "repays"), {"amount": "3"}, "$.rows[0].repays", "the key 'kind'"),
    (("rows", 0, "repays"), "all", "$.rows[0].repays", "an object"),
    (("rows", 0, "deferred"), "accrued", "$.rows[0], irregular row due 2025-02-01", "None with"),
    (("rows", 1, "due_date"), "2025-02-01", "$, irregular terms, rows", "a date after 2025-02-01"),
    (("rate_changes", 0, "kind"), "rate_change", "$.rate_changes[0]", "exact_rate_change"),
    (("rate_changes", 0), {"effective_on": "2025-02-01", "annual_rate": "1/7"}, "$.rate_changes[0].annual_rate", "an object"),
    (("solved_over",), "2025-02-01", "$.solved_over", "a list"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where", "told"), PLANS)
def test_a_wrong_plan_is_told_by_its_path(path, value, where, told) -> None:
    document = plan()
    put(*path, value=value)(document)
    error = refused(dq.IrregularTerms, document)
    assert error.where.startswith(where), error
    assert told in str(error), error


PREPAYMENT = {"paid_on": "2025-03-15", "amount": "100", "effect": "shorter_term"}
PUBLISHED = {"published_on": "2025-01-20", "annual_rate": {"value": "0.036", "period": "year"}}
PUBLISHED_TWICE = {"name": "LPR", "rates": [PUBLISHED, PUBLISHED], "covered_until": "2025-02-19"}
PAUSES = [
    {"start": "2025-01-01", "end": "2025-02-01"},
    {"start": "2025-01-31", "end": "2025-03-01"},
]
RULES = [
    (dq.Prepayment, PREPAYMENT | {"fee": 3}, "$.fee", "an exact number as text"),
    (dq.Prepayment, PREPAYMENT | {"fee": "1/3"}, "$.fee", "plain decimal"),
    (dq.Prepayment, PREPAYMENT | {"fee": {"numerator": 1}}, "$.fee.denominator", "this key"),
    (dq.Prepayment, PREPAYMENT | {"fee": "1", "effect": "held"}, "$, prepayment, fee", "0 with"),
    (dq.Prepayment, PREPAYMENT | {"effect": "shorter"}, "$.effect", "shorter_term, lower_payment"),
    (dq.Recalculation, {}, "$.surplus", "this key"),
    (dq.Recalculation, {"surplus": "in_advance", "pauses": PAUSES}, "$, recalculation", "2025-02-01"),
    (dq.ReferenceRates, PUBLISHED_TWICE, "$, reference rates 'LPR'", "in order of date"),
    (dq.ReferenceRates, PUBLISHED_TWICE | {"rates": [["2025-01-20", "0.036"]]}, "$.rates[0]", "an object"),
    (dq.ReferenceRates, PUBLISHED_TWICE | {"rates": []}, "$, reference rates 'LPR'", "at least one rate"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "document", "where", "told"), RULES)
def test_a_wrong_rule_of_a_loan_is_told_by_its_path(kind, document, where, told) -> None:
    error = refused(kind, document)
    assert error.where.startswith(where), error
    assert told in str(error), error


TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=1000,
    annual_rate=dq.Rate.per_year("0.07"),
    first_due_date=date(2025, 1, 31),
    instalment_count=3,
    method=dq.AmortisationMethod.ANNUITY,
)
SHORTER = dq.Prepayment(
    paid_on=date(2025, 2, 14), amount=100, effect=dq.PrepaymentEffect.SHORTER_TERM
)
TABLE = dq.amortisation_table(TERMS)
CHANGED = dq.prepay(TERMS, [SHORTER])
RECALCULATED = dq.recalculate(
    TERMS,
    payments=[dq.Payment(date(2025, 1, 20), 300)],
    as_of=date(2025, 2, 28),
    recalculation=dq.Recalculation(surplus=dq.Surplus.IN_ADVANCE),
)
IRREGULAR = dq.irregular_table(serialization.from_dict(dq.IrregularTerms, plan()))
QUOTE = dq.settlement_quote(TERMS, as_of=date(2025, 2, 14))
ROW_2 = "$, row 2 due 2025-02-28"

TABLES = [
    (TABLE, {("rows", 1, "principal"): "333.34", ("rows", 1, "interest"): "3.89"},
     f"{ROW_2}, principal: expected 333.33, as follows from the rest of the document, found 333.34"),
    (TABLE, {("rows", 1, "closing_balance"): "335.26"}, f"{ROW_2}, closing_balance: expected 335.27"),
    (TABLE, {("rows", 1, "due_date"): "2025-02-27"}, f"{ROW_2}, due_date: expected 2025-02-28"),
    (TABLE, {("rows", 1, "number"): 3}, f"{ROW_2}, number: expected 2"),
    (TABLE, {("rows", 1, "interest"): "3.91"}, "$.rows[1], payment: expected the sum of its parts, 337.24, found 337.23"),
    (TABLE, {("rows", 1, "payment"): "337.24"}, "$.rows[1], payment: expected the sum of its parts, 337.23, found 337.24"),
    (TABLE, {("rows", 1, "payment"): 337.23}, "$.rows[1], payment: expected an exact number as text"),
    (TABLE, {("rows", 1, "paymnt"): "337.23"}, "Did you mean 'payment'?"),
    (TABLE, {("rows",): []}, "$, rows: expected 3 rows, as follows from the rest of the document, found 0"),
    (TABLE, {("terms", "principal"): "1000.01"}, "$, row 1 due 2025-01-31, opening_balance: expected 1000.01"),
    (TABLE, {("terms", "principal"): 1000}, "$.terms.principal: expected an exact number as text"),
    (TABLE, {("interest",): "11.69"}, "'interest'"),
    (CHANGED, {("rows", 1, "opening_balance"): "668.60"}, f"{ROW_2}, opening_balance: expected 570.55"),
    (CHANGED, {("before", "rows", 1, "fees"): "1.00"}, "$.before.rows[1], payment"),
    (CHANGED, {("before", "rows", 1, "closing_balance"): "0.00"}, "$.before, row 2 due 2025-02-28, closing_balance"),
    (CHANGED, {("outcomes", 0, "interest_saved"): "1.00"}, "$, outcome 1, interest_saved: expected 0.88"),
    (CHANGED, {("outcomes", 0, "prepayment", "amount"): "101"}, ROW_2),
    (CHANGED, {("outcomes", 0, "prepayment", "amount"): "5000"}, "$, prepay, prepayment 1, amount"),
    (CHANGED, {("schedule", "instalments", 3, "interest"): "1.67"},
     "$, schedule, instalment 4 due 2025-02-28, interest: expected 1.66"),
    (CHANGED, {("schedule", "currency"): "USD"}, "$, schedule, currency: expected CNY"),
    (RECALCULATED, {("rows", 1, "closing_balance"): "0.00"}, f"{ROW_2}, closing_balance: expected 334.87"),
    (RECALCULATED, {("rows", 0, "paid_on"): "2025-01-20"}, "$, row 1 due 2025-01-31, paid_on: expected None"),
    (RECALCULATED, {("rows", 0, "open_amount"): "0.00"}, "$.rows[0], open_amount: expected the sum of its parts, 37.23"),
    (RECALCULATED, {("balance",): "703.77"}, "$, balance: expected 703.76"),
    (RECALCULATED, {("payments", 0, "amount"): "301"}, "$, row 1 due 2025-01-31"),
    (RECALCULATED, {("recalculation", "principal_first"): True}, "$, row 1 due 2025-01-31"),
    (RECALCULATED, {("as_of",): "2025-02-27"}, ROW_2),
    (IRREGULAR, {("rows", 0, "accrued"): "1/7"}, "$, row 1 due 2025-02-01, accrued: expected 0, as follows"),
    (IRREGULAR, {("rows", 0, "closing_balance"): "0"}, "$, row 1 due 2025-02-01, closing_balance: expected 153920/657"),
    (IRREGULAR, {("rows", 0, "payment"): "100.5"}, "$.rows[0], payment: expected the sum of its parts, 100, found 100.5"),
    (IRREGULAR, {("terms", "principal"): "333"}, "$, row 1 due 2025-02-01, opening_balance: expected 333"),
    (QUOTE, {("total",): "670.56"}, "$, total: expected the sum of its parts, 670.55, found 670.56"),
    (QUOTE, {("principal",): "668.605", ("total",): "670.555"}, "$, settlement quote"),
    (QUOTE, {("fees",): None}, "$.fees: expected an exact number as text"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "mistakes", "told"), TABLES)
def test_a_figure_that_does_not_follow_is_told_by_its_row(table, mistakes, told) -> None:
    document = serialization.to_dict(table)
    for path, value in mistakes.items():
        put(*path, value=value)(document)
    assert told in str(refused(type(table), document))


@pytest.mark.parametrize(("kind", "key"), [(TABLE, "payment"), (RECALCULATED, "open_amount")])
def test_a_sum_that_is_not_there_is_missed(kind, key) -> None:
    document = serialization.to_dict(kind)
    del document["rows"][0][key]
    error = refused(type(kind), document)
    assert (error.where, error.found) == (f"$.rows[0], {key}", "none")


def test_a_row_that_is_left_out_is_named() -> None:
    document = serialization.to_dict(TABLE)
    del document["rows"][1]
    error = refused(dq.AmortisationTable, document)
    assert error.where == f"{ROW_2}, number"
    assert "computed again" in error.hint


@pytest.mark.parametrize("document", [None, [], "text", 3])
def test_a_document_is_an_object(document: object) -> None:
    error = refused(dq.Account, document)
    assert (error.where, error.expected) == ("$", "an object")


def test_a_missing_key_is_told_by_its_path() -> None:
    document = account()
    del document["schedule"]["currency"]
    error = refused(dq.Account, document)
    assert (error.where, error.found) == ("$.schedule.currency", "none")


def test_an_unknown_key_suggests_the_known_one() -> None:
    document = account()
    document["payments"][0]["value_dat"] = "2025-01-31"
    error = refused(dq.Account, document)
    assert (error.where, error.found) == ("$.payments[0]", "'value_dat'")
    assert "Did you mean 'value_date'?" in error.hint


def test_every_mistake_is_named_in_one_error() -> None:
    document = account()
    document["account_id"] = 3
    document["payments"][0]["amount"] = 1.5
    document["payments"][0]["kin"] = ""
    assert (
        "Also wrong: $.payments[0].amount, $.payments[0].kin (unknown key)."
        in refused(dq.Account, document).hint
    )


def test_of_many_mistakes_the_first_six_are_named() -> None:
    document = account()
    document["payments"] = [3] * 9
    hint = refused(dq.Account, document).hint
    assert hint.endswith("$.payments[4], $.payments[5], and 3 more.")


TEXTS = [
    ("{", "a JSON document"),
    (b"\xff\xfe{", "a JSON document"),
    ('{"currency": "CNY", "currency": "USD", "instalments": []}', "each key of an object once"),
    ('{"currency": NaN}', "finite numbers"),
    ('{"currency": -Infinity}', "finite numbers"),
    ("[" * 100_000, "a document"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_text_that_is_not_json_is_refused(text: str | bytes, expected: str) -> None:
    with pytest.raises(dq.InvalidValueError) as caught:
        serialization.from_json(dq.Schedule, text)
    assert caught.value.expected == expected


def test_a_number_without_quotes_is_refused_as_money() -> None:
    text = json.dumps(account()).replace('"40.00"', "40.00")
    with pytest.raises(dq.InvalidTypeError, match="most programs read a JSON number as a float"):
        serialization.from_json(dq.Account, text)


def test_reasons_nested_without_end_are_refused() -> None:
    step: dict[str, Any] = {"rule": "r", "value": 0, "inputs": {}, "types": {}, "citations": []}
    tree = {**step, "because": []}
    for _ in range(20_000):
        tree = {**step, "because": [tree]}
    assert refused(dq.Explanation, tree).found == "one nested without end"


def test_the_schema_of_an_answer_is_that_of_its_record_and_it_is_read_as_one() -> None:
    schema = serialization.json_schema(dq.Assessment)
    assert schema == serialization.json_schema(serialization.AssessmentRecord)
    with pytest.raises(dq.InvalidTypeError, match="An Assessment is read as its AssessmentRecord"):
        serialization.from_dict(dq.Assessment, {})


@pytest.mark.parametrize("kind", [int, dict, dq.Payment, "Account"])
def test_only_documents_are_read(kind: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match="serialization: expected one of Account"):
        serialization.from_dict(kind, {})
    with pytest.raises(dq.InvalidTypeError, match="serialization: expected one of Account"):
        serialization.json_schema(kind)


def test_a_text_is_needed_for_json() -> None:
    with pytest.raises(dq.InvalidTypeError, match="JSON: expected a text or bytes"):
        serialization.from_json(dq.Account, {})  # type: ignore[arg-type]


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def blocked(name: str, *rest: Any) -> Any:
        if name.startswith("cattrs"):
            raise ImportError(name)
        return usual(name, *rest)

    documents._converter.cache_clear()
    monkeypatch.setattr(builtins, "__import__", blocked)
    with pytest.raises(dq.MissingExtraError, match=r"pip install 'delinquency\[json\]'"):
        serialization.from_dict(dq.Account, {})


def test_a_number_of_thousands_of_digits_and_another_encoding_are_refused() -> None:
    for digits in ("1" * 41, "1" * 5000, "-" + "1" * 5000):
        with pytest.raises(dq.InvalidValueError, match="whole numbers of at most 40 digits"):
            serialization.from_json(dq.Schedule, f'{{"currency": {digits}}}')
    with pytest.raises(dq.CurrencyError, match="ISO 4217"):
        serialization.from_json(dq.Schedule, f'{{"currency": {"1" * 40}, "instalments": []}}')
    gbk = '{"currency": "CNY", "memo": "逾期"}'.encode("gbk")
    with pytest.raises(dq.InvalidValueError, match="a JSON document, found the byte 0x") as told:
        serialization.from_json(dq.Schedule, gbk)
    assert "UTF-8" in told.value.hint
