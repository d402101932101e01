"""What a delay costs, case by case, at the edges of days, bases, grace, waivers and caps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from delinquency import (
    Currency,
    DayCount,
    InvalidTypeError,
    InvalidValueError,
    Proportion,
    Rate,
    RoundingMode,
)
from delinquency.amortisation import ReferenceRates
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.penalty import (
    AbsoluteCap,
    AccrualKind,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)

CNY = Currency.of("CNY")
DUE = day_number(date(2025, 1, 1), where="test", field="due")
# On 1,000.00 at 36 % by Act/360 a day bears one yuan.
TERMS = PenaltyTerms(
    rate=FixedPenaltyRate(Rate.per_year("0.36")),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.NONE,
    day_count=DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
FULL = (100_000, 0, 0, 0)
NOTHING = (0, 0, 0, 0)


def accrual(terms: PenaltyTerms = TERMS, /, **more: Any) -> PenaltyAccrual:
    facts = {name: more.pop(name) for name in tuple(more) if name not in FIELDS}
    return PenaltyAccrual(attrs.evolve(terms, **more), CNY, **facts)


FIELDS = {field.name for field in attrs.fields(PenaltyTerms)}


def late(*amounts: tuple[int, int, int, int], **more: Any) -> PenaltyAccrual:
    """Debts due one day after the other, the first on 1 January."""
    found = accrual(**more)
    for place, each in enumerate(amounts or (FULL,)):
        found.open_debt(place, DUE + place, each)
    return found


class TestDays:
    def test_the_due_date_bears_and_the_day_of_payment_does_not(self) -> None:
        found = late()
        assert [found.accrued(0, DUE + late) for late in (-1, 0, 1, 2, 30)] == [
            0,
            0,
            100,
            200,
            3000,
        ]
        found.change(0, DUE + 3, NOTHING)
        assert [found.accrued(0, DUE + late) for late in (2, 3, 4, 400)] == [200, 300, 300, 300]

    def test_a_payment_on_the_due_date_is_not_late(self) -> None:
        found = late()
        found.change(0, DUE, NOTHING)
        assert found.accrued(0, DUE + 100) == 0
        assert found.segments(DUE + 100) == ()

    def test_money_before_the_due_date_lowers_what_falls_due(self) -> None:
        found = late()
        found.change(0, DUE - 5, (40_000, 0, 0, 0))
        assert found.accrued(0, DUE + 1) == 40

    def test_the_close_of_a_day_counts(self) -> None:
        found = late()
        for amounts in (NOTHING, FULL, (50_000, 0, 0, 0)):
            found.change(0, DUE + 1, amounts)
        assert found.accrued(0, DUE + 2) == 150
        assert [line.base_minor for line in found.segments(DUE + 2)] == [100_000, 50_000]

    def test_a_change_that_is_taken_back_on_its_day_does_not_end_a_segment(self) -> None:
        found = late()
        found.change(0, DUE + 5, NOTHING)
        assert found.accrued(0, DUE + 9) == 500
        found.change(0, DUE + 5, FULL)
        assert [line.days for line in found.segments(DUE + 9)] == [9]

    def test_a_rate_a_month_counts_twelve_times_and_a_rate_a_day_by_actual_days(self) -> None:
        monthly, daily = Rate.per_month("0.03"), Rate.per_day("0.001")
        for day_count in (DayCount.ACT_360, DayCount.THIRTY_E_360):
            bears = {
                rate: late(rate=FixedPenaltyRate(rate), day_count=day_count).accrued(0, DUE + 31)
                for rate in (Rate.per_year("0.36"), monthly, daily)
            }
            in_months = 3000 if day_count is DayCount.THIRTY_E_360 else 3100
            assert bears == {Rate.per_year("0.36"): in_months, monthly: in_months, daily: 3100}


class TestBases:
    OWED = (100_000, 10_000, 1_000, 500)

    @pytest.mark.parametrize(
        ("base", "compounding", "expected"),
        [
            (PenaltyBase.OVERDUE_PRINCIPAL, Compounding.NONE, 100_000),
            (PenaltyBase.OVERDUE_INSTALMENT, Compounding.NONE, 110_000),
            (PenaltyBase.OVERDUE_AMOUNT, Compounding.NONE, 111_000),
            (PenaltyBase.OVERDUE_PRINCIPAL, Compounding.ON_POSTING, 100_500),
            (PenaltyBase.OVERDUE_INSTALMENT, Compounding.ON_POSTING, 110_500),
            (PenaltyBase.OVERDUE_AMOUNT, Compounding.ON_POSTING, 111_500),
        ],
    )
    def test_the_base_is_what_the_terms_name(
        self, base: PenaltyBase, compounding: Compounding, expected: int
    ) -> None:
        found = late(self.OWED, base=base, compounding=compounding)
        assert [line.base_minor for line in found.segments(DUE + 10)] == [expected]
        assert found.exact(0, DUE + 10) == Fraction(expected, 100)

    def test_unpaid_interest_bears_as_a_kind_of_its_own(self) -> None:
        found = late(self.OWED, compounding=Compounding.UNPAID_INTEREST)
        lines = [
            (line.kind, line.base_minor, line.amount_minor) for line in found.segments(DUE + 10)
        ]
        assert lines == [(AccrualKind.PENALTY, 100_000, 1_000), (AccrualKind.COMPOUND, 10_000, 100)]
        found.change(0, DUE + 10, (0, 10_000, 0, 0))
        assert found.accrued(0, DUE + 20) == 1_200

    def test_posted_penalty_bears_only_from_its_posting(self) -> None:
        found = late(compounding=Compounding.ON_POSTING)
        posted = found.post(0, DUE + 30)
        found.change(0, DUE + 30, (100_000, 0, 0, posted))
        assert posted == 3_000
        assert found.post(0, DUE + 60) == 3_090


class TestOutstandingPrincipal:
    BASE = PenaltyBase.OUTSTANDING_PRINCIPAL

    def test_it_bears_while_any_instalment_is_overdue_and_stands_with_the_oldest(self) -> None:
        found = late(FULL, FULL, base=self.BASE)
        found.change_outstanding(DUE - 30, 1_000_000)
        found.change(0, DUE + 10, NOTHING)
        found.change_outstanding(DUE + 10, 900_000)
        found.change(1, DUE + 20, NOTHING)
        found.change_outstanding(DUE + 20, 800_000)
        assert found.total(DUE + 50) == 10 * 1_000 + 10 * 900
        lines = [(line.place, line.days, line.base_minor) for line in found.segments(DUE + 50)]
        assert lines == [(0, 10, 1_000_000), (1, 10, 900_000)]

    def test_nothing_bears_before_the_first_due_date(self) -> None:
        found = accrual(base=self.BASE)
        found.open_debt(0, DUE, FULL)
        assert found.total(DUE) == 0
        found.change_outstanding(DUE, 1_000_000)
        assert found.total(DUE + 1) == 1_000

    def test_principal_that_is_not_known_is_refused_when_it_would_bear(self) -> None:
        found = late(base=self.BASE)
        with pytest.raises(
            InvalidValueError, match="outstanding principal of 2025-01-01, found none"
        ):
            found.accrued(0, DUE + 1)
        found.change_outstanding(DUE + 5, 1_000_000)
        with pytest.raises(InvalidValueError, match="found from 2025-01-06 on"):
            found.accrued(0, DUE + 9)
        assert found.accrued(0, DUE) == 0

    def test_the_close_of_a_day_counts_and_a_past_day_may_be_asked_for(self) -> None:
        found = late(base=self.BASE)
        for amount in (5, 1_000_000):
            found.change_outstanding(DUE, amount)
        assert found.total(DUE + 10) == 10_000
        for amount in (7, 500_000):
            found.change_outstanding(DUE + 10, amount)
        assert [found.total(DUE + days) for days in (20, 5, 10)] == [15_000, 5_000, 10_000]

    def test_a_debt_that_becomes_known_between_others_takes_its_place(self) -> None:
        found = late(base=self.BASE)
        found.change_outstanding(DUE, 1_000_000)
        assert found.accrued(0, DUE + 10) == 10_000
        found.open_debt(-1, DUE + 5, FULL)
        assert [found.accrued(place, DUE + 10) for place in (-1, 0)] == [5_000, 5_000]

    def test_a_debt_that_is_paid_a_day_after_it_was_asked_about_stops_bearing(self) -> None:
        found = late(base=self.BASE)
        found.change_outstanding(DUE, 1_000_000)
        assert found.accrued(0, DUE + 1) == 1_000
        found.change(0, DUE + 1, NOTHING)
        assert found.total(DUE + 5) == 1_000

    def test_posted_penalty_does_not_join_the_principal_unless_the_terms_say_so(self) -> None:
        found = late((1, 0, 0, 700), base=self.BASE)
        found.change_outstanding(DUE, 1_000_000)
        assert found.segments(DUE + 1)[0].base_minor == 1_000_000

    def test_posted_penalty_alone_keeps_nobody_overdue(self) -> None:
        found = late((0, 0, 0, 700), base=self.BASE, compounding=Compounding.ON_POSTING)
        found.change_outstanding(DUE, 1_000_000)
        assert found.total(DUE + 9) == 0
        found.change(0, DUE + 9, (0, 1, 0, 700))
        assert found.segments(DUE + 10)[0].base_minor == 1_000_700

    def test_fees_keep_an_instalment_overdue_only_where_they_bear(self) -> None:
        found = late((0, 0, 5_000, 0), base=self.BASE)
        found.change_outstanding(DUE, 1_000_000)
        assert found.total(DUE + 9) == 0

    def test_grace_and_age_are_those_of_the_oldest_instalment(self) -> None:
        rule = RateByAge(((1, Rate.per_year("0.36")), (6, Rate.per_year("0.72"))))
        found = late(FULL, FULL, base=self.BASE, rate=rule,
                     grace_days=2, grace_kind=PenaltyGrace.NEVER_CHARGED)  # fmt: skip
        found.change_outstanding(DUE, 1_000_000)
        found.change(0, DUE + 6, NOTHING)
        # The first debt: days 3 to 5 at 36 %, day 6 at 72 %; then the second, of which day 6 comes next.
        lines = [(line.place, line.days, str(line.rate)) for line in found.segments(DUE + 8)]
        assert lines == [(0, 3, "36 % a year"), (0, 1, "72 % a year"), (1, 2, "72 % a year")]

    def test_interest_of_an_instalment_compounds_beside_it(self) -> None:
        found = late((0, 10_000, 0, 0), base=self.BASE, compounding=Compounding.UNPAID_INTEREST)
        found.change_outstanding(DUE, 1_000_000)
        assert found.total(DUE + 10) == 10 * 1_000 + 10 * 10

    def test_a_principal_told_late_or_wrongly_is_refused(self) -> None:
        found = late(base=self.BASE)
        found.change_outstanding(DUE, 1_000_000)
        with pytest.raises(InvalidValueError, match="on or after 2025-01-01"):
            found.change_outstanding(DUE - 1, 1)
        with pytest.raises(InvalidValueError):
            found.change_outstanding(DUE, -1)
        for wrong in ((date(2025, 1, 1), 1), (DUE, Decimal(1)), (DUE, 1.0), (DUE, True)):
            with pytest.raises(InvalidTypeError):
                found.change_outstanding(*wrong)  # type: ignore[arg-type]


class TestGrace:
    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (PenaltyGrace.NEVER_CHARGED, [0, 0, 100, 200]),
            (PenaltyGrace.TRIGGER_ONLY, [0, 0, 400, 500]),
        ],
    )
    def test_day_3_day_4_and_after_with_three_days_of_grace(
        self, kind: PenaltyGrace, expected: list[int]
    ) -> None:
        found = late(grace_days=3, grace_kind=kind)
        assert [found.accrued(0, DUE + late) for late in (2, 3, 4, 5)] == expected

    @pytest.mark.parametrize(("paid_after", "expected"), [(3, 0), (4, 400)])
    def test_a_trigger_spares_who_pays_on_the_last_day_of_grace(
        self, paid_after: int, expected: int
    ) -> None:
        found = late(grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
        found.change(0, DUE + paid_after, NOTHING)
        assert found.accrued(0, DUE + 400) == expected

    def test_a_part_paid_within_grace_bears_until_its_payment_once_triggered(self) -> None:
        found = late(grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
        found.change(0, DUE + 2, (50_000, 0, 0, 0))
        assert found.accrued(0, DUE + 3) == 0
        assert found.accrued(0, DUE + 4) == 2 * 100 + 2 * 50

    def test_what_was_paid_within_days_that_never_bear_costs_nothing(self) -> None:
        found = late(grace_days=3, grace_kind=PenaltyGrace.NEVER_CHARGED)
        found.change(0, DUE + 2, (50_000, 0, 0, 0))
        assert found.accrued(0, DUE + 5) == 2 * 50
        assert [line.start for line in found.segments(DUE + 5)] == [date(2025, 1, 4)]

    def test_open_interest_alone_triggers_for_the_principal_that_was_late(self) -> None:
        found = late((100_000, 1, 0, 0), grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
        found.change(0, DUE + 2, (0, 1, 0, 0))
        assert found.accrued(0, DUE + 4) == 200

    def test_fees_alone_trigger_only_where_they_bear(self) -> None:
        for base, expected in (
            (PenaltyBase.OVERDUE_PRINCIPAL, 0),
            (PenaltyBase.OVERDUE_AMOUNT, 202),
        ):
            found = late((100_000, 0, 500, 0), base=base,
                         grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)  # fmt: skip
            found.change(0, DUE + 2, (0, 0, 500, 0))
            assert found.accrued(0, DUE + 4) == expected

    @pytest.mark.parametrize("grain", list(RoundingGrain))
    def test_every_grain_waits_for_the_trigger(self, grain: RoundingGrain) -> None:
        found = late(grain=grain, grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY)
        assert [found.total(DUE + days) for days in (3, 4)] == [0, 400]
        assert [len(found.segments(DUE + days)) for days in (3, 4)] == [0, 1]

    def test_suspended_days_are_late_days_of_grace(self) -> None:
        found = late(grace_days=3, grace_kind=PenaltyGrace.TRIGGER_ONLY, suspended=[(DUE, DUE + 4)])
        assert [found.accrued(0, DUE + late) for late in (4, 5)] == [0, 100]


class TestGrains:
    # 0.4 of a cent a day on each of three debts.
    TENTH = (400, 0, 0, 0)

    @pytest.mark.parametrize(
        ("grain", "expected"),
        [
            (RoundingGrain.DAY, [0, 0, 0]),
            (RoundingGrain.SEGMENT, [1, 1, 1]),
            (RoundingGrain.INSTALMENT, [1, 1, 1]),
            (RoundingGrain.ACCOUNT, [1, 1, 2]),
        ],
    )
    def test_what_is_rounded_after_three_days(
        self, grain: RoundingGrain, expected: list[int]
    ) -> None:
        found = accrual(grain=grain)
        for place in range(3):
            found.open_debt(place, DUE, self.TENTH)
        assert [found.accrued(place, DUE + 3) for place in range(3)] == expected
        # After one day 0.4, 0.8 and 1.2 cents of the account.
        by_account = [0, 1, 0] if grain is RoundingGrain.ACCOUNT else [0, 0, 0]
        assert [found.accrued(place, DUE + 1) for place in range(3)] == by_account

    def test_a_change_of_base_ends_a_segment_and_not_an_instalment(self) -> None:
        for grain, expected in ((RoundingGrain.SEGMENT, 0), (RoundingGrain.INSTALMENT, 1)):
            found = accrual(grain=grain)
            found.open_debt(0, DUE, self.TENTH)
            found.change(0, DUE + 1, (300, 0, 0, 0))
            assert found.accrued(0, DUE + 2) == expected

    def test_a_day_is_rounded_and_multiplied(self) -> None:
        found = accrual(grain=RoundingGrain.DAY)
        found.open_debt(0, DUE, (600, 0, 0, 0))
        assert found.accrued(0, DUE + 10) == 10
        assert found.exact(0, DUE + 10) == 6

    @pytest.mark.parametrize(
        ("mode", "expected"),
        [(RoundingMode.HALF_UP, 1), (RoundingMode.HALF_EVEN, 0), (RoundingMode.UP, 1), (RoundingMode.DOWN, 0)],
    )  # fmt: skip
    def test_half_a_cent_goes_where_the_mode_says(self, mode: RoundingMode, expected: int) -> None:
        found = accrual(rounding=mode)
        found.open_debt(0, DUE, (500, 0, 0, 0))
        assert found.accrued(0, DUE + 1) == expected

    def test_months_of_30_days_round_each_day_by_its_own_part(self) -> None:
        found = accrual(grain=RoundingGrain.DAY, day_count=DayCount.THIRTY_E_360)
        due = day_number(date(2025, 2, 27), where="test", field="due")
        found.open_debt(0, due, (14_000, 0, 0, 0))
        # 14 cents a thirtieth; 28 February has three of them, 30 March, before a 31st, none.
        assert [found.accrued(0, due + days) for days in (1, 2, 3)] == [14, 14 * 4, 14 * 5]
        assert [found.accrued(0, due + days) for days in (31, 32, 33)] == [462, 462, 476]

    def test_three_parts_of_0_4_are_one_cent_on_their_day(self) -> None:
        found = accrual(grain=RoundingGrain.DAY, day_count=DayCount.THIRTY_E_360)
        due = day_number(date(2025, 2, 27), where="test", field="due")
        found.open_debt(0, due, self.TENTH)
        assert [found.accrued(0, due + days) for days in (1, 2, 3)] == [0, 1, 1]


class TestPosting:
    def test_only_what_is_new_is_posted(self) -> None:
        found = late((333, 0, 0, 0))
        whole = found.accrued(0, DUE + 100)
        assert sum(found.post(0, DUE + days) for days in range(101)) == whole == 33
        assert found.posted(0) == 33
        assert found.post(0, DUE + 100) == found.post(0, DUE + 50) == 0

    def test_posting_does_not_end_a_segment(self) -> None:
        found = late((333, 0, 0, 0), grain=RoundingGrain.SEGMENT)
        for days in range(100):
            found.post(0, DUE + days)
        assert [line.days for line in found.segments(DUE + 100)] == [100]
        assert found.accrued(0, DUE + 100) == 33

    def test_one_account_is_never_posted_more_than_it_accrued(self) -> None:
        found = accrual(grain=RoundingGrain.ACCOUNT)
        for place, base in enumerate((400, 200)):
            found.open_debt(place, DUE, (base, 0, 0, 0))
        # 0.4 + 0.2 = 0.6, one cent, which the second debt takes; 0.8 + 0.4 = 1.2, still one cent.
        assert [found.post(place, DUE + 1) for place in (0, 1)] == [0, 1]
        assert [found.accrued(place, DUE + 2) for place in (0, 1)] == [1, 0]
        assert [found.post(place, DUE + 2) for place in (0, 1)] == [0, 0]
        assert found.total(DUE + 2) == 1

    def test_a_fact_before_what_was_posted_is_refused(self) -> None:
        found = late()
        found.post(0, DUE + 10)
        with pytest.raises(InvalidValueError, match="on or after 2025-01-11"):
            found.change(0, DUE + 9, NOTHING)
        found.change(0, DUE + 10, NOTHING)
        assert found.accrued(0, DUE + 99) == 1_000


class TestWaiversAndSuspensions:
    def test_a_waived_share_is_listed_and_not_owed(self) -> None:
        found = late(waived=[(DUE + 10, DUE + 20, Proportion(1, 4))])
        assert found.accrued(0, DUE + 30) == 3_000 - 250
        lines = [(line.days, line.share, line.amount_minor, line.is_waived)
                 for line in found.segments(DUE + 30)]  # fmt: skip
        assert lines == [
            (10, 1, 1_000, False),
            (10, Fraction(3, 4), 750, False),
            (10, Fraction(1, 4), 250, True),
            (10, 1, 1_000, False),
        ]

    def test_a_whole_waiver_leaves_only_its_line(self) -> None:
        found = late(waived=[(DUE, NONE_DAY, Proportion(1, 1))])
        assert found.total(DUE + 30) == 0
        [line] = found.segments(DUE + 30)
        assert (line.is_waived, line.amount_minor, line.exact) == (True, 3_000, 3_000)
        assert str(line).startswith("Debt 0, waived and not owed: [2025-01-01, 2025-01-31)")
        assert str(line).endswith("× 30/360 = 30.00 CNY.")

    def test_suspended_days_bear_nothing_and_are_no_line(self) -> None:
        found = late(suspended=[(DUE + 10, DUE + 20)])
        assert found.accrued(0, DUE + 30) == 2_000
        assert [line.start_day - DUE for line in found.segments(DUE + 30)] == [0, 20]

    def test_a_suspension_needs_no_rate(self) -> None:
        rule = FixedPenaltyRate(((to_date(DUE + 5), Rate.per_year("0.36")),))
        found = late(rate=rule, suspended=[(DUE, DUE + 5)])
        assert found.accrued(0, DUE + 6) == 100

    def test_the_age_of_a_debt_grows_while_it_is_suspended(self) -> None:
        rule = RateByAge(((1, Rate.per_year("0.36")), (6, Rate.per_year("0.72"))))
        found = late(rate=rule, suspended=[(DUE, DUE + 5)])
        assert found.accrued(0, DUE + 6) == 200


class TestTables:
    def test_days_that_a_table_does_not_cover_are_refused_when_they_would_bear(self) -> None:
        lpr = ReferenceRates(name="LPR 1Y", rates=[(date(2024, 12, 20), Rate.per_year("0.031"))],
                             covered_until=date(2025, 1, 10))  # fmt: skip
        found = late(rate=ReferencePlusMargin(lpr, Rate.per_year("0.329")))
        assert found.accrued(0, DUE + 10) == 1_000
        with pytest.raises(
            InvalidValueError,
            match="LPR 1Y.*to 2025-01-10.*found 2025-01-11, .*until 2025-01-12 .excluded",
        ):
            found.accrued(0, DUE + 11)
        assert found.accrued(0, DUE + 10) == 1_000
        found.change(0, DUE + 10, NOTHING)
        assert found.accrued(0, DUE + 99) == 1_000

    def test_a_contract_rate_that_begins_too_late_is_refused(self) -> None:
        found = late(rate=ContractMultiple(1), contract_rates=[(DUE + 1, Rate.per_year("0.36"))])
        with pytest.raises(InvalidValueError, match="contract rates.*from 2025-01-02 on"):
            found.total(DUE + 1)

    def test_a_change_of_rate_cuts_a_delay(self) -> None:
        rates = [(DUE, Rate.per_year("0.36")), (DUE + 10, Rate.per_year("0.18"))]
        found = late(rate=ContractMultiple(1), contract_rates=rates)
        assert found.accrued(0, DUE + 20) == 1_500
        assert [line.amount for line in found.segments(DUE + 20)] == [
            Decimal("10.00"),
            Decimal("5.00"),
        ]

    def test_a_rate_of_zero_is_a_line_of_nothing(self) -> None:
        found = late(rate=FixedPenaltyRate(Rate.per_year(0)))
        assert [line.amount_minor for line in found.segments(DUE + 5)] == [0]


class TestCaps:
    def test_no_more_than_a_share_of_what_fell_due(self) -> None:
        found = late(caps=[ShareOfBase(Proportion.parse("0.0299"))])
        found.change(0, DUE, (100_000, 0, 0, 0))
        assert [found.accrued(0, DUE + days) for days in (29, 30, 31)] == [2_900, 2_990, 2_990]
        [bound] = found.bound_caps(DUE + 99)
        assert (bound.place, bound.since) == (0, date(2025, 1, 31))
        assert found.bound_caps(DUE + 29) == ()
        [line] = found.segments(DUE + 31)
        assert (line.amount_minor, line.capped_minor) == (2_990, 110)
        assert str(line).endswith(
            " = 31.00 CNY, of which caps took off 1.10 CNY and left 29.90 CNY."
        )

    def test_the_base_of_a_cap_is_what_was_open_before_the_payments_of_the_due_date(self) -> None:
        cap = ShareOfBase(Proportion(1, 100))
        found = late(caps=[cap])
        found.change(0, DUE - 1, (80_000, 0, 0, 0))
        found.change(0, DUE, (50_000, 0, 0, 0))
        assert found.accrued(0, DUE + 99) == 800

    def test_an_amount_for_the_account_goes_to_the_oldest_debts_first(self) -> None:
        found = late(FULL, FULL, caps=[AbsoluteCap(Decimal("15.00"))])
        assert [found.accrued(place, DUE + 9) for place in (0, 1)] == [900, 600]
        assert [found.accrued(place, DUE + 20) for place in (0, 1)] == [1_500, 0]
        assert found.total(DUE + 8) == 1_500
        [bound] = found.bound_caps(DUE + 20)
        assert (bound.place, bound.since) == (None, date(2025, 1, 10))

    def test_what_was_posted_on_a_younger_debt_stays_with_it(self) -> None:
        found = late(FULL, FULL, caps=[AbsoluteCap(15)])
        assert [found.post(place, DUE + 8) for place in (0, 1)] == [800, 700]
        assert [found.post(place, DUE + 20) for place in (0, 1)] == [0, 0]
        assert found.posted(0) + found.posted(1) == 1_500

    def test_a_cap_that_did_not_bind_is_not_named(self) -> None:
        found = late(FULL, FULL, caps=[ShareOfBase(Proportion(1, 1)), AbsoluteCap(15)])
        assert found.bound_caps(DUE + 8) == ()
        assert [bound.cap for bound in found.bound_caps(DUE + 9)] == [AbsoluteCap(15)]

    def test_two_caps_hold_both(self) -> None:
        share = ShareOfBase(Proportion(1, 100))
        found = late(FULL, FULL, caps=[share, AbsoluteCap(15)])
        assert [found.accrued(place, DUE + 99) for place in (0, 1)] == [1_000, 500]
        since = {(type(bound.cap).__name__, bound.place): bound.since for bound in found.bound_caps(DUE + 99)}  # fmt: skip
        assert since == {
            ("ShareOfBase", 0): date(2025, 1, 12),
            ("ShareOfBase", 1): date(2025, 1, 13),
            ("AbsoluteCap", None): date(2025, 1, 10),
        }

    def test_everything_together_stays_below_24_per_cent_a_year(self) -> None:
        """10,000.00 by Act/360 at 24 %: 6.6667 a day, room for 400.00 in 60 days.

        A fee of 50.00 and contract interest of 3.00 a day leave 400 - 50 - 180 = 170.00.
        """
        cap = AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)
        found = late((1_000_000, 0, 0, 0), caps=[cap],
                     interest_accrued=lambda day: 300 * (day - DUE))  # fmt: skip
        found.change_outstanding(DUE, 1_000_000)
        found.charge_all_in(DUE + 20, 5_000)
        assert found.exact(0, DUE + 60) == 60_000
        assert found.total(DUE + 60) == 40_000 - 5_000 - 18_000
        # On day 20 the fee counts already: 13333 - 6000 - 5000; on day 19: 12666 - 5700.
        assert [found.total(DUE + days) for days in (19, 20)] == [6_966, 2_333]
        [bound] = found.bound_caps(DUE + 60)
        assert (bound.cap, bound.since) == (cap, date(2025, 1, 2))

    def test_room_that_shrinks_takes_back_nothing_that_was_posted(self) -> None:
        cap = AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)
        found = late((1_000_000, 0, 0, 0), caps=[cap])
        found.change_outstanding(DUE, 1_000_000)
        assert found.post(0, DUE + 30) == 20_000
        found.charge_all_in(DUE + 31, 1_000_000)
        assert found.post(0, DUE + 40) == 0
        assert (found.posted(0), found.total(DUE + 40)) == (20_000, 20_000)
        [line] = found.segments(DUE + 40)
        assert line.amount == 200

    def test_a_charge_that_is_taken_back_gives_its_room_back(self) -> None:
        cap = AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)
        found = late((1_000_000, 0, 0, 0), caps=[cap])
        found.change_outstanding(DUE, 1_000_000)
        found.charge_all_in(DUE + 9, 1_000)
        found.charge_all_in(DUE + 9, -1_000)
        assert found.total(DUE + 30) == 20_000
        with pytest.raises(InvalidTypeError, match="charge_all_in"):
            found.charge_all_in(DUE, Decimal(1))  # type: ignore[arg-type]

    def test_four_times_the_reference_on_the_day_of_the_contract(self) -> None:
        lpr = ReferenceRates(name="LPR 1Y", rates=[(date(2024, 12, 20), Rate.per_year("0.0345"))],
                             covered_until=date(2025, 1, 19))  # fmt: skip
        caps = [AnnualCap(ReferenceMultiple(lpr, 4), DayCount.ACT_360)]
        found = late(caps=caps, contract_day=DUE)
        found.change_outstanding(DUE, 100_000)
        assert found.total(DUE + 360) == 13_800
        with pytest.raises(InvalidValueError, match="LPR 1Y.*contract_day"):
            late(caps=caps)
        with pytest.raises(InvalidValueError, match="LPR 1Y"):
            late(caps=caps, contract_day=DUE - 100)

    def test_an_annual_cap_without_the_principal_is_refused(self) -> None:
        found = late(caps=[AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)])
        with pytest.raises(InvalidValueError, match="change_outstanding"):
            found.total(DUE + 1)
        found.change_outstanding(DUE + 5, 100_000)
        with pytest.raises(InvalidValueError, match="found none so early"):
            found.total(DUE + 4)
        assert found.total(DUE + 5) == 0

    def test_a_cap_finer_than_the_currency_is_refused(self) -> None:
        with pytest.raises(InvalidValueError, match="at most 2 decimals"):
            late(caps=[AbsoluteCap(Decimal("0.001"))])


class TestBadInput:
    def test_terms_are_terms(self) -> None:
        with pytest.raises(InvalidTypeError, match="PenaltyTerms"):
            PenaltyAccrual("1.5", CNY)  # type: ignore[arg-type]

    def test_a_place_is_opened_once_and_before_it_is_asked_for(self) -> None:
        found = late()
        with pytest.raises(InvalidValueError, match="a place of its own"):
            found.open_debt(0, DUE, FULL)
        for verb, arguments in (
            ("accrued", (7, DUE)), ("exact", (7, DUE)), ("post", (7, DUE)), ("posted", (7,)),
            ("change", (7, DUE, FULL)),
        ):  # fmt: skip
            with pytest.raises(InvalidValueError, match="was opened, found 7"):
                getattr(found, verb)(*arguments)

    @pytest.mark.parametrize(
        ("amounts", "kind"),
        [
            ((1, 2, 3), InvalidTypeError),
            ((1, 2, 3, 4, 5), InvalidTypeError),
            ((1.0, 0, 0, 0), InvalidTypeError),
            ((True, 0, 0, 0), InvalidTypeError),
            ((Decimal(1), 0, 0, 0), InvalidTypeError),
            ((-1, 0, 0, 0), InvalidValueError),
            ((10**15, 1, 0, 0), InvalidValueError),
        ],
    )
    def test_amounts_are_four_whole_numbers(self, amounts: Any, kind: type[Exception]) -> None:
        found = late()
        with pytest.raises(kind, match="debt 1"):
            found.open_debt(1, DUE, amounts)
        with pytest.raises(kind, match="debt 0"):
            found.change(0, DUE, amounts)
        with pytest.raises(InvalidTypeError, match="due_day"):
            found.open_debt(1, date(2025, 1, 1), FULL)  # type: ignore[arg-type]

    def test_an_account_sums_to_10_to_the_15_at_most(self) -> None:
        found = late((10**15 - 1, 0, 0, 0))
        with pytest.raises(InvalidValueError, match="amounts of an account"):
            found.open_debt(1, DUE, (2, 0, 0, 0))
        found.open_debt(1, DUE, (1, 0, 0, 0))
        with pytest.raises(InvalidValueError, match="amounts of an account"):
            found.change(1, DUE + 1, (2, 0, 0, 0))
        found.change(0, DUE + 1, (10**15 - 2, 0, 0, 0))
        found.change(1, DUE + 1, (2, 0, 0, 0))
        assert found.total(DUE + 1) == 10**12

    def test_facts_of_a_debt_come_in_order_of_days(self) -> None:
        found = late()
        found.change(0, DUE + 5, FULL)
        with pytest.raises(InvalidValueError, match="on or after 2025-01-06.*replay"):
            found.change(0, DUE + 4, FULL)


def test_an_account_without_debts_owes_nothing() -> None:
    found = accrual()
    assert (found.total(DUE), found.segments(DUE), found.bound_caps(DUE)) == (0, (), ())


def test_a_segment_tells_itself_in_money_and_dates() -> None:
    [line] = late().segments(DUE + 30)
    assert (
        str(line)
        == "Debt 0: [2025-01-01, 2025-01-31) × 1,000.00 × 36 % a year × 30/360 = 30.00 CNY."
    )
    assert (line.base, line.amount, line.capped) == (
        Decimal("1000.00"),
        Decimal("30.00"),
        Decimal("0.00"),
    )
    assert (line.start, line.end, line.days) == (date(2025, 1, 1), date(2025, 1, 31), 30)
    assert (line.numerator, line.denominator, line.place) == (30, 360, 0)


def test_a_segment_of_a_part_tells_the_part() -> None:
    lines = late(waived=[(DUE, DUE + 10, Proportion(1, 4))]).segments(DUE + 10)
    assert [str(line).split("10/360")[1] for line in lines] == [
        " × 3/4 = 7.50 CNY.",
        " × 1/4 = 2.50 CNY.",
    ]
