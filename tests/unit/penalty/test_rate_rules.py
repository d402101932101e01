"""Rules for the rate of a delay: what they say of each day, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from delinquency import InvalidTypeError, InvalidValueError, Proportion, Rate
from delinquency.amortisation import ReferenceRates
from delinquency.calendar import FIRST_DAY, LAST_DAY, NONE_DAY, day_number
from delinquency.dated_rates import DatedRate
from delinquency.penalty import (
    ContractMultiple,
    DatedFactor,
    FixedPenaltyRate,
    RateByAge,
    RateTier,
    ReferencePlusMargin,
)
from delinquency.penalty.daily_rates import Bearing, daily_rates
from delinquency.penalty.steps import Gap

LPR = ReferenceRates(
    name="LPR 1Y",
    rates=[
        (date(2024, 1, 22), Rate.per_year("0.0345")),
        (date(2024, 2, 20), Rate.per_year("0.03")),
    ],
    covered_until=date(2024, 3, 19),
)
SIX = Rate.per_year("0.06")


def day(month: int, of_month: int) -> int:
    return day_number(date(2024, month, of_month), where="test", field="day")


def rate_on(found: Any, number: int, due: int = 0) -> Any:
    bearing = found.of_debt(due).on(number)
    return bearing.rate if isinstance(bearing, Bearing) else bearing


class TestFixed:
    def test_one_rate_holds_for_ever(self) -> None:
        found = daily_rates(FixedPenaltyRate(SIX))
        assert rate_on(found, FIRST_DAY) == rate_on(found, LAST_DAY) == SIX

    def test_one_rate_is_kept_as_from_the_first_day_that_the_calendar_knows(self) -> None:
        assert FixedPenaltyRate(SIX).rates == (DatedRate(date(1900, 1, 1), SIX),)

    def test_rows_and_pairs_say_the_same(self) -> None:
        row = DatedRate(date(2024, 1, 1), SIX)
        pair = (date(2024, 1, 1), SIX)
        assert FixedPenaltyRate([row]) == FixedPenaltyRate([pair]) == FixedPenaltyRate((row,))

    def test_dated_rates_hold_from_their_days_and_not_before_the_first(self) -> None:
        nine = Rate.per_year("0.09")
        rule = FixedPenaltyRate(((date(2024, 1, 1), SIX), (date(2024, 2, 1), nine)))
        found = daily_rates(rule)
        assert rate_on(found, day(1, 31)) == SIX
        assert rate_on(found, day(2, 1)) == nine
        assert rate_on(found, day(1, 1)) == SIX
        assert rate_on(found, day(1, 1) - 1) == Gap("fixed penalty rate", day(1, 1))

    @pytest.mark.parametrize(
        ("rates", "kind"),
        [
            (0.06, InvalidTypeError),
            ("0.06", InvalidTypeError),
            ((), InvalidValueError),
            ((SIX,), InvalidTypeError),
            (((date(2024, 1, 1), SIX, 1),), InvalidTypeError),
            (((date(2024, 1, 1), "0.06"),), InvalidTypeError),
            (((datetime(2024, 1, 1), SIX),), InvalidTypeError),
            (((date(2024, 1, 1), SIX), (date(2024, 1, 1), SIX)), InvalidValueError),
            (((date(2024, 1, 2), SIX), (date(2024, 1, 1), SIX)), InvalidValueError),
            (Rate.per_year("-0.01"), InvalidValueError),
            (((date(2024, 1, 1), Rate.per_day("-0.0001")),), InvalidValueError),
        ],
    )
    def test_what_is_no_rate_is_refused(self, rates: Any, kind: type[Exception]) -> None:
        with pytest.raises(kind, match="fixed penalty rate"):
            FixedPenaltyRate(rates)


class TestContractMultiple:
    def test_it_multiplies_the_contract_rate_of_the_day(self) -> None:
        five = Rate.per_year("0.05")
        rule = ContractMultiple(((date(2024, 1, 1), "1.3"), (date(2024, 3, 1), "1.5")))
        found = daily_rates(rule, contract_rates=[(day(1, 1), SIX), (day(2, 1), five)])
        assert rate_on(found, day(1, 31)) == Rate.per_year("0.078")
        assert rate_on(found, day(2, 1)) == Rate.per_year("0.065")
        assert rate_on(found, day(3, 1)) == Rate.per_year("0.075")

    def test_a_daily_contract_rate_stays_a_daily_rate(self) -> None:
        found = daily_rates(
            ContractMultiple(Decimal("1.5")), contract_rates=[(0, Rate.per_day("0.0005"))]
        )
        assert rate_on(found, 1) == Rate.per_day("0.00075")

    @pytest.mark.parametrize(
        ("misuse", "expected"), [("2", "0.12"), ("1.4", "0.09"), ("1.5", "0.09")]
    )
    def test_late_and_misused_bears_at_the_higher_of_the_two_only(
        self, misuse: str, expected: str
    ) -> None:
        found = daily_rates(
            ContractMultiple("1.5", misuse_factor=misuse),
            contract_rates=[(0, SIX)],
            misused=[(10, 20), (30, NONE_DAY)],
        )
        rates = [rate_on(found, number) for number in (9, 10, 19, 20, 29, 30, 10**6)]
        usual, worse = Rate.per_year("0.09"), Rate.per_year(expected)
        assert rates == [usual, worse, worse, usual, usual, worse, worse]

    def test_days_before_a_table_are_a_gap_of_that_table(self) -> None:
        rule = ContractMultiple(((date(2024, 2, 1), "1.3"),))
        found = daily_rates(rule, contract_rates=[(day(1, 1), SIX)])
        assert rate_on(found, day(1, 31)) == Gap("factors of the contract rate", day(2, 1))
        assert rate_on(found, day(1, 1) - 1) == Gap("contract rates", day(1, 1))

    def test_a_product_finer_than_a_rate_is_refused(self) -> None:
        with pytest.raises(InvalidValueError, match="whole number of 1e-8"):
            daily_rates(ContractMultiple("1.5"), contract_rates=[(0, Rate.per_year("0.00000001"))])
        with pytest.raises(InvalidValueError, match="misuse.*whole number of 1e-8"):
            daily_rates(
                ContractMultiple(1, misuse_factor="1.5"),
                contract_rates=[(0, Rate.per_year("0.00000001"))],
                misused=[(0, 1)],
            )

    @pytest.mark.parametrize(
        ("rates", "kind", "words"),
        [
            ((), InvalidValueError, "at least one day"),
            ([(date(2024, 1, 1), SIX)], InvalidTypeError, "a day number"),
            ([(0, "0.06")], InvalidTypeError, "a Rate"),
            ([(0, SIX), (0, SIX)], InvalidValueError, "in order"),
            ([(1, SIX), (0, SIX)], InvalidValueError, "in order"),
            ([(0, Rate.per_year("-0.01"))], InvalidValueError, "0 or more"),
        ],
    )
    def test_contract_rates_are_a_table(
        self, rates: Any, kind: type[Exception], words: str
    ) -> None:
        with pytest.raises(kind, match=f"contract rates.*{words}"):
            daily_rates(ContractMultiple(1), contract_rates=rates)

    @pytest.mark.parametrize(
        ("factors", "kind"),
        [
            (1.5, InvalidTypeError),
            ("-1", InvalidValueError),
            ((), InvalidValueError),
            (((date(2024, 1, 1), 1.5),), InvalidTypeError),
            (("1.5",), InvalidTypeError),
            (((date(2024, 1, 2), 1), (date(2024, 1, 2), 2)), InvalidValueError),
            ((("2024-01-01", 1),), InvalidTypeError),
        ],
    )
    def test_what_is_no_factor_is_refused(self, factors: Any, kind: type[Exception]) -> None:
        with pytest.raises(kind, match="contract multiple"):
            ContractMultiple(factors)
        with pytest.raises((InvalidTypeError, InvalidValueError), match="misuse_factor"):
            ContractMultiple(1, misuse_factor="-1")

    def test_a_factor_is_kept_exactly(self) -> None:
        assert ContractMultiple("1.50") == ContractMultiple(Proportion(3, 2))
        assert ContractMultiple([(date(2024, 1, 1), 2)]).factors[0].factor == Proportion(2, 1)

    def test_one_factor_is_kept_as_from_the_first_day_that_the_calendar_knows(self) -> None:
        assert ContractMultiple(2).factors == (DatedFactor(date(1900, 1, 1), 2),)

    def test_rows_and_pairs_say_the_same(self) -> None:
        row = DatedFactor(date(2024, 1, 1), "1.5")
        assert row.factor == Proportion(3, 2)
        assert ContractMultiple([row]) == ContractMultiple([(date(2024, 1, 1), "1.50")])

    @pytest.mark.parametrize(
        ("day_", "factor", "kind"),
        [
            (datetime(2024, 1, 1), "1.5", InvalidTypeError),
            (date(2024, 1, 1), 1.5, InvalidTypeError),
            (date(2024, 1, 1), "-1.5", InvalidValueError),
            (date(1899, 12, 31), "1.5", InvalidValueError),
        ],
    )
    def test_a_dated_factor_has_a_date_and_a_factor(
        self, day_: Any, factor: Any, kind: type[Exception]
    ) -> None:
        with pytest.raises(kind, match="dated factor"):
            DatedFactor(day_, factor)

    def test_misuse_under_terms_without_a_factor_for_it_is_refused(self) -> None:
        for rule in (ContractMultiple(1), FixedPenaltyRate(SIX)):
            with pytest.raises(InvalidValueError, match="misuse_factor"):
                daily_rates(rule, contract_rates=[(0, SIX)], misused=[(0, 1)])


class TestReference:
    def test_it_is_the_rate_known_on_each_day_plus_the_margin(self) -> None:
        found = daily_rates(ReferencePlusMargin(LPR, Rate.per_year("0.05")))
        assert rate_on(found, day(2, 19)) == Rate.per_year("0.0845")
        assert rate_on(found, day(2, 20)) == rate_on(found, day(3, 19)) == Rate.per_year("0.08")

    def test_a_day_that_the_table_does_not_cover_is_a_gap_with_its_name(self) -> None:
        found = daily_rates(ReferencePlusMargin(LPR, Rate.per_year("0")))
        gap = Gap("reference rates 'LPR 1Y'", day(1, 22), day(3, 19))
        assert rate_on(found, day(1, 21)) == rate_on(found, day(3, 20)) == gap

    @pytest.mark.parametrize(
        ("reference", "margin", "kind"),
        [
            (LPR, "0.05", InvalidTypeError),
            (LPR, Rate.per_day("0.0001"), InvalidValueError),
            ("LPR", SIX, InvalidTypeError),
            (LPR, Rate.per_year("-0.0301"), InvalidValueError),
            (LPR, Rate.per_year(4), InvalidValueError),
        ],
    )
    def test_what_cannot_be_a_rate_is_refused(
        self, reference: Any, margin: Any, kind: type[Exception]
    ) -> None:
        with pytest.raises(kind, match="reference plus margin"):
            ReferencePlusMargin(reference, margin)
        assert ReferencePlusMargin(LPR, Rate.per_year("-0.03")).margin.scaled < 0


class TestAge:
    def test_a_tier_begins_with_its_late_day_of_the_debt_itself(self) -> None:
        nine = Rate.per_year("0.09")
        found = daily_rates(RateByAge(((1, SIX), (31, nine))))
        assert [rate_on(found, 100 + late, 100) for late in (0, 29, 30, 900)] == [
            SIX,
            SIX,
            nine,
            nine,
        ]
        assert rate_on(found, 130, 101) == SIX

    def test_rows_and_pairs_say_the_same(self) -> None:
        assert RateByAge([RateTier(1, SIX)]) == RateByAge([(1, SIX)])

    def test_a_tier_out_of_order_is_named_by_its_number(self) -> None:
        tiers = (RateTier(1, SIX), RateTier(5, SIX), RateTier(4, SIX))
        with pytest.raises(InvalidValueError, match="row 3: expected a late day after 5, found 4"):
            RateByAge(tiers)

    @pytest.mark.parametrize(
        ("tiers", "kind"),
        [
            ((), InvalidValueError),
            (((2, SIX),), InvalidValueError),
            (((0, SIX),), InvalidValueError),
            (((1, SIX), (1, SIX)), InvalidValueError),
            (((1, SIX), (5, SIX), (4, SIX)), InvalidValueError),
            (((1.0, SIX),), InvalidTypeError),
            (((1, "0.06"),), InvalidTypeError),
            (((1, Rate.per_year("-0.01")),), InvalidValueError),
            (SIX, InvalidTypeError),
            ("1", InvalidTypeError),
        ],
    )
    def test_tiers_ascend_from_day_1(self, tiers: Any, kind: type[Exception]) -> None:
        with pytest.raises(kind, match="rate by age"):
            RateByAge(tiers)


class TestWaiversAndSuspensions:
    def test_a_waiver_takes_its_share_on_its_days(self) -> None:
        waived = [
            (10, 20, Proportion(1, 3)),
            (20, 30, Proportion(1, 1)),
            (40, NONE_DAY, Proportion(1, 2)),
        ]
        found = daily_rates(FixedPenaltyRate(SIX), waived=waived)
        parts = [found.of_debt(0).on(each).owed_parts for each in (9, 10, 19, 20, 30, 40, 10**6)]  # type: ignore[union-attr]
        assert found.parts == 6
        assert parts == [6, 4, 4, 0, 6, 3, 3]

    def test_nothing_accrues_while_it_is_suspended(self) -> None:
        found = daily_rates(FixedPenaltyRate(SIX), suspended=[(20, 30), (10, 20)])
        assert [rate_on(found, each) for each in (9, 10, 20, 29, 30)] == [
            SIX,
            None,
            None,
            None,
            SIX,
        ]

    @pytest.mark.parametrize(
        ("spans", "kind", "words"),
        [
            ([(10, 20), (19, 30)], InvalidValueError, "may touch, not overlap"),
            ([(10, 20), (12, 15)], InvalidValueError, "may touch, not overlap"),
            ([(10, 10)], InvalidValueError, "an end after"),
            ([(10, 9)], InvalidValueError, "an end after"),
            ([(date(2024, 1, 1), date(2024, 1, 2))], InvalidTypeError, "two day numbers"),
        ],
    )
    def test_spans_run_forward_and_share_no_day(
        self, spans: Any, kind: type[Exception], words: str
    ) -> None:
        rule = ContractMultiple(1, misuse_factor=2)
        for facts in (
            {"suspended": spans},
            {"misused": spans},
            {"waived": [(*span, Proportion(1, 2)) for span in spans]},
        ):
            with pytest.raises(kind, match=words):
                daily_rates(rule, contract_rates=[(0, SIX)], **facts)

    def test_more_than_all_cannot_be_waived(self) -> None:
        with pytest.raises(InvalidValueError, match="at most one"):
            daily_rates(FixedPenaltyRate(SIX), waived=[(0, 1, Proportion(3, 2))])
        with pytest.raises(InvalidTypeError, match="a Proportion"):
            daily_rates(FixedPenaltyRate(SIX), waived=[(0, 1, 0.5)])  # type: ignore[list-item]


def test_what_is_no_rule_is_refused() -> None:
    with pytest.raises(
        InvalidTypeError, match="^penalty, rate: expected a penalty rate, found Rate"
    ):
        daily_rates(SIX)  # type: ignore[arg-type]
