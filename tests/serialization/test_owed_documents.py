"""What a delay costs, and what was owed: written, read back, and refused where it is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.breakdown import breakdown
from delinquency.dated_rates import DatedRate
from delinquency.events import OffBalance, PenaltyWaiver
from delinquency.late_fees import LateFeeTerms, fee_table
from delinquency.late_fees.kinds import FeeBase, FlatFee, SafeHarbourFee, ShareFee
from delinquency.payment_settlement import payment_settlement
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    PenaltyBase,
    PenaltyRegime,
    PenaltyTerms,
    Posting,
    ReferenceMultiple,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.penalty_interest import penalty_interest
from delinquency.serialization import OwedRecord
from delinquency.testing import strategies
from tests.penalty_strategies import REFERENCE, penalty_terms
from tests.serialization.test_bad_documents import put, refused
from tests.serialization.test_round_trip import read_back
from tests.serialization.test_schema import WRONG, places, validator
from tests.serialization.test_schema import put as put_at

CNY = dq.Currency.of("CNY")
TERMS = PenaltyTerms(
    rate=ContractMultiple(
        [(date(2024, 1, 1), "1.3"), (date(2025, 1, 1), "1.5")], misuse_factor="2"
    ),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.UNPAID_INTEREST,
    day_count=dq.DayCount.ACT_360,
    posting=Posting.ON_DUE_DATES,
    caps=[
        ShareOfBase(dq.Proportion(1, 2)),
        AbsoluteCap(Decimal("50.00")),
        AnnualCap(ReferenceMultiple(REFERENCE, 4), dq.DayCount.ACT_365F),
        AnnualCap(dq.Rate.percent(24), dq.DayCount.ACT_365F),
    ],
    grain=RoundingGrain.INSTALMENT,
)
FEES = (
    LateFeeTerms(name="flat", amount=FlatFee(Decimal("25.00")), currency=CNY, maximum=30),
    LateFeeTerms(
        name="share",
        amount=ShareFee(dq.Proportion(1, 20), FeeBase.OVERDUE_AMOUNT),
        maximum=ShareFee(dq.Proportion(1, 50), FeeBase.INSTALMENT),
    ),
    LateFeeTerms(name="table", amount=SafeHarbourFee(fee_table("us-card-safe-harbour-30-41"))),
)
REGIME = PenaltyRegime(
    multiple_band=("1.3", "1.5"), misuse_band=("1.5", "2"), citations=[dq.Citation("a law", "1")]
)
POLICY = attrs.evolve(
    dq.rulebook.load("founding-report").versions[0],
    penalty=TERMS,
    penalty_regime=REGIME,
    late_fees=FEES,
    off_balance_from=91,
    closing_tolerance=Decimal("0.50"),
)


def account() -> dq.Account:
    rows = [dq.Instalment(date(2025, month, 28), 1000, 50) for month in (1, 2, 3)]
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 28),
        schedule=dq.Schedule(CNY, rows),
        contract_rates=[DatedRate(date(2024, 1, 1), dq.Rate.percent(6))],
        charges=[
            dq.Charge("c", dq.Component.FEES, 30, date(2025, 3, 5), charged_on=date(2025, 3, 1))
        ],
        payments=[dq.Payment(date(2025, 2, 10), 400)],
        events=[
            PenaltyWaiver(date(2025, 3, 1), date(2025, 3, 11), share=dq.Proportion(1, 2)),
            OffBalance(date(2025, 4, 1), None),
        ],
    )


@settings(max_examples=100)
@given(penalty_terms())
def test_terms_of_every_rule_are_read_as_they_were_written(terms: PenaltyTerms) -> None:
    compounds = terms.compounding is Compounding.ON_POSTING
    terms = attrs.evolve(terms, posting=Posting.ON_DUE_DATES)
    place = dq.PenaltyPlace.POSTED if compounds else dq.PenaltyPlace.OUTSIDE
    plain = attrs.evolve(POLICY, penalty_regime=None, late_fees=())
    policy = attrs.evolve(plain, penalty=terms, penalty_in_waterfall=place)
    assert read_back(policy) == policy
    validator(dq.Policy).validate(serialization.to_dict(policy))


@given(st.data())
def test_a_policy_of_what_a_delay_costs_is_read_as_it_was_written(data: st.DataObject) -> None:
    policy = data.draw(strategies.policies(currency=CNY, with_penalty=True, with_late_fees=True))
    assert read_back(policy) == policy
    validator(dq.Policy).validate(serialization.to_dict(policy))


def test_a_policy_with_every_term_is_read_as_it_was_written() -> None:
    assert read_back(POLICY) == POLICY
    assert read_back(account()) == account()


def test_contract_rates_and_days_of_charging_are_read_as_they_were_written() -> None:
    written = serialization.to_dict(account())
    assert written["contract_rates"] == [
        {"effective_on": "2024-01-01", "rate": {"value": "0.06", "period": "year"}}
    ]
    assert written["charges"][0]["charged_on"] == "2025-03-01"


def test_a_clause_is_written_so_that_it_can_be_read() -> None:
    written = serialization.to_dict(POLICY)
    assert written["penalty"]["rate"] == {
        "kind": "contract_multiple",
        "factors": [
            {"effective_on": "2024-01-01", "factor": {"numerator": 13, "denominator": 10}},
            {"effective_on": "2025-01-01", "factor": {"numerator": 3, "denominator": 2}},
        ],
        "misuse_factor": {"numerator": 2, "denominator": 1},
    }
    assert [cap["kind"] for cap in written["penalty"]["caps"]] == [
        "share_of_base", "absolute", "annual", "annual",
    ]  # fmt: skip
    assert written["penalty"]["caps"][2]["rate"]["kind"] == "reference_multiple"
    assert written["penalty"]["caps"][3]["rate"] == {"value": "0.24", "period": "year"}
    assert written["penalty_regime"]["multiple_band"] == {
        "lowest": {"numerator": 13, "denominator": 10},
        "highest": {"numerator": 3, "denominator": 2},
    }
    assert [fee["amount"]["kind"] for fee in written["late_fees"]] == ["flat", "share", "table"]
    assert [fee["maximum"] for fee in written["late_fees"]] == [
        "30",
        {"kind": "share", "share": {"numerator": 1, "denominator": 50}, "of": "instalment"},
        None,
    ]
    assert written["late_fees"][0]["recurrence"] == {"kind": "once"}
    assert "flat_minor" not in written["late_fees"][0]


RATE = ("penalty", "rate")
WRONG_RULES = [
    ((*RATE, "kind"), "contract", "$.penalty.rate", "the key 'kind' with one of fixed, contract_multiple"),
    ((*RATE, "factors"), [], "$.penalty.rate, contract multiple", "at least one DatedFactor"),
    ((*RATE, "factors", 0, "factor"), "1.3", "$.penalty.rate.factors[0].factor", "an object"),
    ((*RATE, "factors", 1, "effective_on"), "2024-01-01", "$.penalty.rate, contract multiple, row 2", "after 2024-01-01"),
    ((*RATE, "misuse_factor", "numerator"), 1.5, "$.penalty.rate.misuse_factor.numerator", "an integer"),
    (("penalty", "base"), "principal", "$.penalty.base", "overdue_principal"),
    (("penalty", "base"), "overdue_amount", "$.penalty, penalty terms, compounding", "holds interest"),
    (("penalty", "grace_days"), -1, "$.penalty, penalty terms, grace_days", "0"),
    (("penalty", "caps", 1, "amount"), 50.0, "$.penalty.caps[1].amount", "an exact number as text"),
    (("penalty", "caps", 1, "kind"), "fixed", "$.penalty.caps[1]", "share_of_base, absolute, annual"),
    (("penalty", "caps", 2, "rate", "kind"), "fixed", "$.penalty.caps[2].rate", "reference_multiple"),
    (("penalty", "caps", 3, "rate", "value"), "-0.24", "$.penalty.caps[3], annual cap", "0 or more"),
    (("penalty_regime", "citations"), [], "$.penalty_regime, penalty regime, citations", "at least one"),
    (("penalty_regime", "multiple_band", "lowest", "numerator"), 99, "$.penalty_regime.multiple_band, penalty regime, band", "upper end"),
    (("penalty_regime", "multiple_band", "highest"), {"numerator": 14, "denominator": 10}, "$, penalty terms, rate", "13/10 to 7/5"),
    (("late_fees", 0, "amount", "kind"), "fixed", "$.late_fees[0].amount", "flat, share, table, bands"),
    (("late_fees", 0, "amount", "amount"), "0", "$.late_fees[0].amount, flat fee", "more than 0"),
    (("late_fees", 0, "maximum"), 30, "$.late_fees[0].maximum", "an exact number as text"),
    (("late_fees", 0, "minimum"), "31", "$.late_fees[0], late fee 'flat', minimum", "at most the maximum"),
    (("late_fees", 1, "maximum", "kind"), "flat", "$.late_fees[1].maximum", "'kind' with one of share"),
    (("late_fees", 1, "maximum", "of"), "all", "$.late_fees[1].maximum.of", "overdue_principal"),
    (("late_fees", 2, "amount", "table", "rows"), [], "$.late_fees[2].amount.table, fee table", "in order"),
    (("late_fees", 0, "recurrence"), {"kind": "every_days", "days": 0}, "$.late_fees[0].recurrence", "1"),
    (("late_fees",), {}, "$.late_fees", "a list"),
    (("off_balance_from",), 0, "$, policy", "1"),
    (("off_balance_from",), "91", "$.off_balance_from", "an integer"),
    (("closing_tolerance",), 0.5, "$.closing_tolerance", "an exact number as text"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where", "expected"), WRONG_RULES)
def test_a_wrong_term_is_told_by_its_path(path, value, where, expected) -> None:
    document = copy.deepcopy(serialization.to_dict(POLICY))
    put(*path, value=value)(document)
    error = refused(dq.Policy, document)
    assert error.where.startswith(where), error
    assert expected in error.expected, error


OBJECTS = [path for path in places(serialization.to_dict(POLICY)) if path[0] != "buckets"]


@pytest.mark.parametrize(
    "path",
    [
        ("penalty",),
        RATE,
        (*RATE, "factors", 0),
        ("penalty", "caps", 1),
        ("penalty", "caps", 2, "rate"),
        ("penalty_regime",),
        ("penalty_regime", "multiple_band"),
        ("late_fees", 0),
        ("late_fees", 0, "amount"),
        ("late_fees", 0, "recurrence"),
        ("late_fees", 1, "maximum"),
        ("late_fees", 2, "amount", "table", "rows", 0),
    ],
)
def test_a_key_that_nobody_knows_is_refused_in_every_term(path: tuple[Any, ...]) -> None:
    document = copy.deepcopy(serialization.to_dict(POLICY))
    put(*path, "unknown", value="1")(document)
    assert not validator(dq.Policy).is_valid(document)
    error = refused(dq.Policy, document)
    assert isinstance(error, dq.InvalidValueError)
    assert error.found == "'unknown'"


@settings(max_examples=200)
@given(st.sampled_from(OBJECTS), st.sampled_from(WRONG))
def test_what_the_schema_refuses_the_reader_refuses(path: tuple[Any, ...], value: object) -> None:
    document = copy.deepcopy(serialization.to_dict(POLICY))
    put_at(document, path, value)
    if validator(dq.Policy).is_valid(document):
        return
    assert refused(dq.Policy, document).where.startswith("$")


Ask = Callable[[dq.Account, date, dq.Policy, date | None], Any]


def asked_penalty(
    account: dq.Account, as_of: date, policy: dq.Policy, known_on: date | None
) -> Any:
    return penalty_interest(account, as_of=as_of, policy=policy, known_on=known_on)


def asked_breakdown(
    account: dq.Account, as_of: date, policy: dq.Policy, known_on: date | None
) -> Any:
    return breakdown(account, as_of=as_of, policy=policy, known_on=known_on)


def asked_payment(
    account: dq.Account, as_of: date, policy: dq.Policy, known_on: date | None
) -> Any:
    return payment_settlement(
        account, value_date=date(2025, 2, 10), as_of=as_of, policy=policy, known_on=known_on
    )


ASKED = [asked_penalty, asked_breakdown, asked_payment]
PLAIN = attrs.evolve(POLICY, late_fees=FEES[:2], penalty=attrs.evolve(TERMS, caps=TERMS.caps[:2]))


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("known_on", [None, date(2025, 4, 30)])
@pytest.mark.parametrize("place", list(dq.PenaltyPlace))
def test_a_record_of_what_was_owed_tells_the_same_story(
    ask: Ask, known_on: date | None, place: dq.PenaltyPlace
) -> None:
    policy = attrs.evolve(PLAIN, penalty_in_waterfall=place)
    answer = ask(account(), date(2025, 4, 30), policy, known_on)
    text = serialization.to_json(answer)
    record = serialization.from_json(OwedRecord, text)
    assert record == OwedRecord.of(answer)
    assert (record.as_of, record.known_on) == (date(2025, 4, 30), known_on)
    assert (record.policy_version, record.library_version) == (policy.version, dq.__version__)
    assert record.differences() == ()
    validator(OwedRecord).validate(json.loads(text))
    assert serialization.json_schema(type(answer)) == serialization.json_schema(OwedRecord)
    for lang in ("en", "zh"):
        assert record.explanation.to_text(lang=lang) == answer.explanation.to_text(lang=lang)


def test_the_figures_of_penalty_are_those_of_the_answer_line_by_line() -> None:
    answer = penalty_interest(account(), as_of=date(2025, 4, 30), policy=PLAIN)
    figures = OwedRecord.of(answer).figures
    owed = sum(line.amount for line in figures.lines if not line.is_waived)
    assert figures.accrued == answer.accrued == owed > 0
    assert figures.waived == answer.waived > 0
    assert [line.exact for line in figures.lines] == [line.exact for line in answer.segments]
    assert figures.lines[0].due_date == date(2025, 1, 28)
    assert (figures.lines[0].instalment_no, figures.lines[0].charge_id) == (1, None)


def test_a_cap_that_held_something_back_is_written_with_its_day_and_debt() -> None:
    terms = attrs.evolve(TERMS, caps=[ShareOfBase(dq.Proportion(1, 1000)), AbsoluteCap(2)])
    policy = attrs.evolve(PLAIN, penalty=terms)
    answer = penalty_interest(account(), as_of=date(2025, 4, 30), policy=policy)
    record = read_back(OwedRecord.of(answer))
    assert isinstance(record, OwedRecord)
    bound = record.figures.bound_caps
    assert {type(each.cap) for each in bound} == {ShareOfBase, AbsoluteCap}
    for each in bound:
        assert (each.instalment_no is not None) == isinstance(each.cap, ShareOfBase)
        assert each.since > date(2025, 1, 28)


def test_the_figures_of_a_breakdown_are_those_of_the_answer() -> None:
    answer = breakdown(account(), as_of=date(2025, 4, 30), policy=PLAIN)
    figures = OwedRecord.of(answer).figures
    assert figures.is_off_balance
    for name in ("payoff", "arrears", "off_balance", "on_balance", "past_due", "charged_ahead"):
        assert getattr(figures, name) == getattr(answer, name)


def test_the_figures_of_a_payment_are_its_parts_in_order() -> None:
    answer = asked_payment(account(), date(2025, 4, 30), PLAIN, None)
    figures = OwedRecord.of(answer).figures
    assert (figures.value_date, figures.payment_kind) == (
        date(2025, 2, 10),
        dq.PaymentKind.REPAYMENT,
    )
    assert figures.parts == answer.parts
    assert sum(part.amount for part in figures.parts) + figures.unallocated == figures.amount == 400


def test_a_figure_that_is_now_another_is_named_with_both_values() -> None:
    record = OwedRecord.of(breakdown(account(), as_of=date(2025, 4, 30), policy=PLAIN))
    told = attrs.evolve(record, figures=attrs.evolve(record.figures, payoff=Decimal(1)))
    assert [str(each) for each in told.differences()] == [
        f"payoff: recorded 1, recomputed {record.figures.payoff}"
    ]


@pytest.mark.parametrize(
    ("path", "value", "where", "expected"),
    [
        (
            ("figures", "kind"),
            "owed",
            "$.figures",
            "penalty_interest, breakdown, payment_settlement",
        ),
        (("figures", "payoff"), 1, "$.figures.payoff", "an exact number as text"),
        (("figures", "past_due", "fees"), None, "$.figures.past_due.fees", "an exact number"),
        (("currency",), "USD", "$, record of what was owed, currency", "'CNY'"),
        (("policy_version",), "other", "$, record of what was owed, policy_version", "founding"),
        (("as_of",), "soon", "$.as_of", "a date"),
    ],
)
def test_a_wrong_record_is_told_by_its_path(path, value, where, expected) -> None:
    answer = breakdown(account(), as_of=date(2025, 4, 30), policy=PLAIN)
    document = copy.deepcopy(serialization.to_dict(answer))
    put(*path, value=value)(document)
    error = refused(OwedRecord, document)
    assert error.where.startswith(where), error
    assert expected in error.expected, error


def test_what_is_no_answer_has_no_record() -> None:
    with pytest.raises(dq.InvalidTypeError, match="PenaltyInterest, Breakdown, PaymentSettlement"):
        OwedRecord.of(account())  # type: ignore[arg-type]


@pytest.mark.parametrize("ask", ASKED)
def test_an_answer_is_read_as_its_record(ask: Ask) -> None:
    kind = type(ask(account(), date(2025, 4, 30), PLAIN, None))
    with pytest.raises(dq.InvalidTypeError, match=f"A {kind.__name__} is read as its OwedRecord"):
        serialization.from_dict(kind, {})
