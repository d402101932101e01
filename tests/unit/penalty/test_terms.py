"""Terms of penalty interest: what a clause must say, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from delinquency import Citation, DayCount, InvalidTypeError, InvalidValueError, Proportion, Rate
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RoundingGrain,
    ShareOfBase,
)

TERMS = PenaltyTerms(
    rate=ContractMultiple("1.5"),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)


def refused(kind: type[Exception], *words: str, **changes: Any) -> None:
    with pytest.raises(kind) as told:
        attrs.evolve(TERMS, **changes)
    for word in words:
        assert word in str(told.value)


@pytest.mark.parametrize("field", ["rate", "base", "compounding", "day_count", "posting", "grain"])
def test_what_contracts_differ_in_has_no_default(field: str) -> None:
    fields = {each.name: getattr(TERMS, each.name) for each in attrs.fields(PenaltyTerms)}
    del fields[field]
    with pytest.raises(TypeError, match=field):
        PenaltyTerms(**fields)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rate", Rate.per_year("0.09")),
        ("base", "overdue_principal"),
        ("compounding", None),
        ("day_count", "Act/360"),
        ("posting", "on_demand"),
        ("grain", "day"),
        ("rounding", "half_up"),
        ("grace_kind", "trigger_only"),
        ("grace_days", 1.0),
        ("grace_days", True),
        ("caps", [Decimal(5)]),
        ("caps", AbsoluteCap(5)),
        ("citations", ["银发〔2003〕251号"]),
    ],
)
def test_a_wrong_type_is_refused_by_name(field: str, value: Any) -> None:
    singular = {"caps": "cap", "citations": "citation"}.get(field, field)
    refused(InvalidTypeError, f"penalty terms, {singular}", **{field: value})


def test_caps_and_citations_are_kept_as_tuples() -> None:
    terms = attrs.evolve(TERMS, caps=[AbsoluteCap(5)], citations=[Citation("Law", "3")])
    assert terms.caps == (AbsoluteCap(5),)
    assert terms.citations == (Citation("Law", "3"),)
    assert hash(terms)


class TestGrace:
    def test_days_of_grace_below_0_are_refused(self) -> None:
        refused(InvalidValueError, "grace_days", "0 or more", "-1", grace_days=-1)

    def test_days_of_grace_say_what_they_do(self) -> None:
        refused(InvalidValueError, "grace_kind", "NEVER_CHARGED", "TRIGGER_ONLY", grace_days=1)
        kept = attrs.evolve(TERMS, grace_days=1, grace_kind=PenaltyGrace.TRIGGER_ONLY)
        assert kept.grace_days == 1

    def test_no_days_of_grace_need_no_kind_and_may_have_one(self) -> None:
        assert TERMS.grace_kind is None
        assert attrs.evolve(TERMS, grace_kind=PenaltyGrace.NEVER_CHARGED).grace_days == 0


class TestStatementDay:
    @pytest.mark.parametrize("day", [1, 28, 31])
    def test_a_statement_falls_on_a_day_of_the_month(self, day: int) -> None:
        kept = attrs.evolve(TERMS, posting=Posting.ON_STATEMENT, statement_day=day)
        assert kept.statement_day == day

    @pytest.mark.parametrize("day", [0, 32, -1])
    def test_no_month_has_another_day(self, day: int) -> None:
        refused(
            InvalidValueError, "from 1 to 31", str(day),
            posting=Posting.ON_STATEMENT, statement_day=day,
        )  # fmt: skip

    def test_it_is_asked_for_with_statements_and_with_nothing_else(self) -> None:
        refused(InvalidValueError, "statement_day", "found None", posting=Posting.ON_STATEMENT)
        refused(InvalidValueError, "statement_day", "Posting.ON_DEMAND", "found 5", statement_day=5)
        refused(InvalidTypeError, "statement_day", posting=Posting.ON_STATEMENT, statement_day="5")


class TestBases:
    @pytest.mark.parametrize("base", [PenaltyBase.OVERDUE_INSTALMENT, PenaltyBase.OVERDUE_AMOUNT])
    def test_interest_never_bears_twice(self, base: PenaltyBase) -> None:
        refused(
            InvalidValueError, "would bear twice",
            base=base, compounding=Compounding.UNPAID_INTEREST,
        )  # fmt: skip
        assert attrs.evolve(TERMS, base=base, compounding=Compounding.ON_POSTING).base is base

    @pytest.mark.parametrize(
        "base", [PenaltyBase.OVERDUE_PRINCIPAL, PenaltyBase.OUTSTANDING_PRINCIPAL]
    )
    def test_interest_may_bear_beside_principal(self, base: PenaltyBase) -> None:
        kept = attrs.evolve(TERMS, base=base, compounding=Compounding.UNPAID_INTEREST)
        assert kept.compounding is Compounding.UNPAID_INTEREST

    def test_the_principal_of_an_account_is_no_base_of_an_instalment(self) -> None:
        base = PenaltyBase.OUTSTANDING_PRINCIPAL
        share = ShareOfBase(Proportion(1, 2))
        refused(InvalidValueError, "ShareOfBase", "AbsoluteCap", base=base, caps=[share])
        annual = AnnualCap(Rate.per_year("0.24"), DayCount.ACT_365F)
        assert attrs.evolve(TERMS, base=base, caps=[AbsoluteCap(0), annual]).caps[1] is annual


def test_terms_with_another_kind_of_rate_are_other_terms() -> None:
    fixed = attrs.evolve(TERMS, rate=FixedPenaltyRate(Rate.per_year("0.09")))
    assert fixed != TERMS
    assert attrs.evolve(fixed, rate=ContractMultiple("1.50")) == TERMS
