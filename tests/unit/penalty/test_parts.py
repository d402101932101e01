"""Day counts of a delay, caps, bands, steps and the law: rules and refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.penalty_strategies import DAY_COUNTS

from delinquency import (
    Citation,
    DayCount,
    InvalidTypeError,
    InvalidValueError,
    PolicyError,
    Proportion,
    Rate,
)
from delinquency.amortisation import ReferenceRates
from delinquency.calendar import day_number, to_date
from delinquency.penalty import (
    AbsoluteCap,
    AmountByBand,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyRegime,
    PenaltyTerms,
    Posting,
    ReferenceMultiple,
    RoundingGrain,
    ShareOfBase,
    check_terms,
)
from delinquency.penalty.late_days import (
    checked_day_count,
    day_denominator,
    days_by_numerator,
    numerator_between,
)
from delinquency.penalty.steps import Gap, refuse_gap

LPR = ReferenceRates(
    name="LPR 1Y",
    rates=[(date(2024, 1, 22), Rate.per_year("0.0345"))],
    covered_until=date(2024, 3, 1),
)


def day(text: str) -> int:
    return day_number(date.fromisoformat(text), where="test", field="day")


class TestDayCounts:
    @pytest.mark.parametrize("day_count", DayCount)
    def test_a_day_count_is_admitted_or_refused_with_a_reason(self, day_count: DayCount) -> None:
        if day_count in DAY_COUNTS:
            assert checked_day_count(day_count, "terms") is day_count
            return
        with pytest.raises(InvalidValueError) as told:
            checked_day_count(day_count, "terms, day_count")
        assert told.value.found.startswith(f"{day_count.label}: ")
        assert len(told.value.found) > len(day_count.label) + 20

    @pytest.mark.parametrize("day_count", DAY_COUNTS)
    def test_no_day_bears_less_than_nothing_whatever_the_due_date(
        self, day_count: DayCount
    ) -> None:
        for text in (
            "2023-12-30",
            "2023-12-31",
            "2024-01-29",
            "2024-02-28",
            "2024-02-29",
            "2024-03-01",
        ):
            due = day(text)
            parts = [
                numerator_between(day_count, due, each, each + 1) for each in range(due, due + 800)
            ]
            assert min(parts) >= 0
            assert sum(parts) == numerator_between(day_count, due, due, due + 800)

    @pytest.mark.parametrize("day_count", DAY_COUNTS)
    def test_days_by_their_part_of_a_year_are_all_days_and_all_parts(
        self, day_count: DayCount
    ) -> None:
        due, start, end = day("2023-10-31"), day("2023-11-15"), day("2024-04-01")
        found = days_by_numerator(day_count, due, start, end)
        assert sum(days for _, days in found) == end - start
        whole = numerator_between(day_count, due, start, end)
        assert sum(numerator * days for numerator, days in found) == whole
        singles = [numerator_between(day_count, due, each, each + 1) for each in range(start, end)]
        assert sorted(singles) == sorted(n for n, days in found for _ in range(days))

    def test_a_31st_bears_nothing_by_months_of_30_days(self) -> None:
        due = day("2024-01-30")
        parts = [
            numerator_between(DayCount.THIRTY_E_360, due, day(text), day(text) + 1)
            for text in ("2024-01-30", "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-30")
        ]
        assert parts == [0, 1, 1, 2, 0]

    def test_the_denominator_is_that_of_the_convention(self) -> None:
        found = {each: day_denominator(each) for each in DAY_COUNTS}
        assert set(found.values()) == {360, 365, 364, 1461, 133590}
        assert found[DayCount.NL_365] == found[DayCount.THIRTY_365] == 365

    def test_a_name_is_no_day_count(self) -> None:
        with pytest.raises(InvalidTypeError, match="a DayCount"):
            checked_day_count("Act/360", "terms")


class TestGaps:
    def test_a_refusal_says_what_is_covered_and_which_days_would_bear(self) -> None:
        gap = Gap("reference rates 'LPR 1Y'", day("2024-01-22"), day("2024-03-01"))
        with pytest.raises(InvalidValueError) as told:
            refuse_gap(gap, start=day("2024-03-02"), end=day("2024-03-05"))
        error = told.value
        assert error.where == "reference rates 'LPR 1Y'"
        assert error.expected == "days from 2024-01-22 to 2024-03-01, which the table covers"
        assert "2024-03-02, of days" in error.found
        assert "until 2024-03-05 (excluded)" in error.found


class TestCaps:
    def test_negative_caps_are_refused(self) -> None:
        with pytest.raises(InvalidValueError, match="absolute cap"):
            AbsoluteCap(-1)
        with pytest.raises(InvalidValueError, match="annual cap, rate"):
            AnnualCap(Rate.per_year("-0.01"), DayCount.ACT_360)
        with pytest.raises(InvalidValueError, match="reference multiple"):
            ReferenceMultiple(LPR, "-4")
        with pytest.raises(InvalidValueError):
            ShareOfBase(Proportion(-1, 2))

    def test_a_cap_of_nothing_is_a_cap(self) -> None:
        assert AbsoluteCap(0).amount == 0
        assert ShareOfBase(Proportion(0, 1)).share.numerator == 0

    @pytest.mark.parametrize(
        "make",
        [
            lambda: AbsoluteCap(1.0),  # type: ignore[arg-type]
            lambda: AbsoluteCap("1"),  # type: ignore[arg-type]
            lambda: ShareOfBase(0.5),  # type: ignore[arg-type]
            lambda: ShareOfBase(Decimal("0.5")),  # type: ignore[arg-type]
            lambda: AnnualCap("0.24", DayCount.ACT_360),  # type: ignore[arg-type]
            lambda: AnnualCap(Rate.per_year("0.24"), "Act/360"),  # type: ignore[arg-type]
            lambda: ReferenceMultiple("LPR", 4),  # type: ignore[arg-type]
            lambda: ReferenceMultiple(LPR, 4.0),  # type: ignore[arg-type]
        ],
    )
    def test_a_wrong_type_is_refused(self, make: Any) -> None:
        with pytest.raises(InvalidTypeError):
            make()

    def test_an_annual_cap_has_a_day_count_of_which_parts_add_up(self) -> None:
        with pytest.raises(InvalidValueError, match="annual cap, day_count"):
            AnnualCap(Rate.per_year("0.24"), DayCount.BUSINESS_252)

    def test_four_times_the_rate_of_the_day_of_the_contract(self) -> None:
        cap = ReferenceMultiple(LPR, 4)
        assert cap.rate_on(date(2024, 1, 22)) == Rate.per_year("0.138")
        with pytest.raises(InvalidValueError, match="LPR 1Y"):
            cap.rate_on(date(2024, 1, 21))


class TestBands:
    UK = AmountByBand(((0, 40), (1000, 70), (10_000, 100)))

    @pytest.mark.parametrize(
        ("debt", "expected"),
        [("0.01", 40), ("999.99", 40), ("1000", 70), ("9999.99", 70), ("10000", 100), ("1e9", 100)],
    )
    def test_a_debt_falls_in_the_band_that_begins_at_or_below_it(
        self, debt: str, expected: int
    ) -> None:
        assert self.UK.of(Decimal(debt)) == expected

    def test_a_sum_may_be_larger_than_the_debt_from_which_the_next_band_begins(self) -> None:
        assert AmountByBand(((0, 40), (30, 70))).of(30) == 70

    @pytest.mark.parametrize("debt", [0, -1, Decimal("-0.01")])
    def test_where_nothing_is_late_nothing_is_due(self, debt: Any) -> None:
        with pytest.raises(InvalidValueError, match="debt"):
            self.UK.of(debt)

    @pytest.mark.parametrize(
        ("bands", "kind"),
        [
            ((), InvalidValueError),
            (((1, 40),), InvalidValueError),
            (((0, 40), (0, 70)), InvalidValueError),
            (((0, 40), (5, 70), (4, 1)), InvalidValueError),
            (((0, -40),), InvalidValueError),
            (((0, 40.0),), InvalidTypeError),
            (((0,),), InvalidTypeError),
            ((0, 40), InvalidTypeError),
            ("40", InvalidTypeError),
            (None, InvalidTypeError),
        ],
    )
    def test_bands_ascend_from_0(self, bands: Any, kind: type[Exception]) -> None:
        with pytest.raises(kind, match="amount by band"):
            AmountByBand(bands)
        with pytest.raises(InvalidTypeError):
            self.UK.of(10.0)  # type: ignore[arg-type]


TERMS = PenaltyTerms(
    rate=ContractMultiple("1.5"),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.UNPAID_INTEREST,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DUE_DATES,
    grain=RoundingGrain.INSTALMENT,
)
CHINA = PenaltyRegime(
    multiple_band=("1.3", "1.5"),
    misuse_band=("1.5", "2"),
    citations=[Citation("银发〔2003〕251号", "item 3")],
)
INDIA = PenaltyRegime(
    forbids_interest=True,
    forbids_compounding=True,
    citations=[Citation("RBI DoR.MCS.REC.28/01.01.001/2023-24", "3(i)")],
)


class TestRegimes:
    @pytest.mark.parametrize("factor", ["1.3", "1.4", "1.5"])
    def test_china_allows_a_penalty_of_30_to_50_per_cent_more(self, factor: str) -> None:
        check_terms(attrs.evolve(TERMS, rate=ContractMultiple(factor)), CHINA)

    @pytest.mark.parametrize("factor", ["1.29", "1.51", "1"])
    def test_china_refuses_another_multiple_with_the_article(self, factor: str) -> None:
        with pytest.raises(PolicyError, match="13/10 to 3/2.*银发〔2003〕251号, item 3"):
            check_terms(attrs.evolve(TERMS, rate=ContractMultiple(factor)), CHINA)

    def test_each_dated_factor_is_looked_at(self) -> None:
        rule = ContractMultiple(((date(2004, 1, 1), "1.3"), (date(2005, 1, 1), "1.6")))
        with pytest.raises(PolicyError, match="8/5"):
            check_terms(attrs.evolve(TERMS, rate=rule), CHINA)

    @pytest.mark.parametrize(("factor", "is_allowed"), [("1.49", False), ("1.5", True), ("2", True), ("2.01", False)])  # fmt: skip
    def test_misuse_has_a_band_of_its_own(self, factor: str, is_allowed: bool) -> None:
        terms = attrs.evolve(TERMS, rate=ContractMultiple("1.5", misuse_factor=factor))
        if is_allowed:
            check_terms(terms, CHINA)
            return
        with pytest.raises(PolicyError, match="misuse_factor.*3/2 to 2/1"):
            check_terms(terms, CHINA)

    def test_a_rate_of_which_the_multiple_cannot_be_seen_is_refused_under_a_band(self) -> None:
        terms = attrs.evolve(TERMS, rate=FixedPenaltyRate(Rate.per_year("0.09")))
        with pytest.raises(PolicyError, match="ContractMultiple.*FixedPenaltyRate"):
            check_terms(terms, CHINA)
        free = PenaltyRegime(forbids_compounding=False, citations=CHINA.citations)
        check_terms(terms, free)

    def test_india_refuses_penal_interest_with_the_article(self) -> None:
        with pytest.raises(PolicyError, match=r"a charge.*DoR\.MCS\.REC\.28/01\.01\.001/2023-24"):
            check_terms(attrs.evolve(TERMS, compounding=Compounding.NONE), INDIA)

    @pytest.mark.parametrize("compounding", list(Compounding))
    def test_what_is_never_capitalised_is_refused_to_compound(
        self, compounding: Compounding
    ) -> None:
        regime = attrs.evolve(INDIA, forbids_interest=False)
        terms = attrs.evolve(TERMS, compounding=compounding)
        if compounding is Compounding.NONE:
            check_terms(terms, regime)
            return
        with pytest.raises(PolicyError, match=f"{compounding}.*RBI"):
            check_terms(terms, regime)

    @pytest.mark.parametrize(
        ("changes", "kind"),
        [
            ({"citations": ()}, InvalidValueError),
            ({"citations": ("a law",)}, InvalidTypeError),
            ({"multiple_band": ("1.5", "1.3")}, InvalidValueError),
            ({"misuse_band": ("1.5",)}, InvalidTypeError),
            ({"multiple_band": "1.5"}, InvalidTypeError),
            ({"multiple_band": 1.5}, InvalidTypeError),
            ({"multiple_band": (1.3, 1.5)}, InvalidTypeError),
            ({"forbids_interest": 1}, InvalidTypeError),
            ({"forbids_compounding": None}, InvalidTypeError),
        ],
    )
    def test_a_regime_is_checked_when_it_is_made(
        self, changes: dict[str, Any], kind: type[Exception]
    ) -> None:
        with pytest.raises(kind, match="penalty regime"):
            attrs.evolve(CHINA, **changes)

    def test_a_band_of_one_factor_is_a_band(self) -> None:
        only = attrs.evolve(CHINA, multiple_band=("1.5", "1.5"))
        check_terms(TERMS, only)

    def test_what_are_no_terms_or_no_regime_is_refused(self) -> None:
        with pytest.raises(InvalidTypeError, match="check_terms, terms"):
            check_terms("1.5", CHINA)  # type: ignore[arg-type]
        with pytest.raises(InvalidTypeError, match="check_terms, regime"):
            check_terms(TERMS, "China")  # type: ignore[arg-type]


def test_days_and_dates_of_the_tests_agree() -> None:
    assert to_date(day("2024-02-29")) == date(2024, 2, 29)
