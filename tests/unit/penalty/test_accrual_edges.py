"""Penalty at its edges: facts told twice, lines under caps and waivers, caps that bind and let go."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from delinquency import (
    Citation,
    Currency,
    DayCount,
    DelinquencyError,
    InvalidValueError,
    Proportion,
    Rate,
    RoundingMode,
)
from delinquency.amounts import MAX_MINOR
from delinquency.calendar import day_number
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    DatedFactor,
    FixedPenaltyRate,
    PenaltyAccrual,
    PenaltyBase,
    PenaltyGrace,
    PenaltyRegime,
    PenaltyTerms,
    Posting,
    RoundingGrain,
    ShareOfBase,
    check_terms,
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
FIELDS = {field.name for field in attrs.fields(PenaltyTerms)}
FULL = (100_000, 0, 0, 0)
QUARTER = Proportion(1, 4)


def late(*amounts: tuple[int, int, int, int], **more: Any) -> PenaltyAccrual:
    """Debts due one day after the other, the first on 1 January."""
    facts = {name: more.pop(name) for name in tuple(more) if name not in FIELDS}
    found = PenaltyAccrual(attrs.evolve(TERMS, **more), CNY, **facts)
    for place, each in enumerate(amounts or (FULL,)):
        found.open_debt(place, DUE + place, each)
    return found


def lines(found: PenaltyAccrual, day: int) -> list[tuple[int, int, int, int]]:
    """Place, base, what is owed and what a cap took, line by line."""
    return [
        (line.place, line.base_minor, line.amount_minor, line.capped_minor)
        for line in found.segments(day)
    ]


class TestFacts:
    def test_amounts_of_an_account_are_summed_over_all_changes(self) -> None:
        found = late((6 * 10**14, 0, 0, 0), (3 * 10**14, 0, 0, 0))
        found.change(0, DUE + 5, (7 * 10**14, 0, 0, 0))
        with pytest.raises(InvalidValueError, match=f"{MAX_MINOR} minor units together"):
            found.change(1, DUE + 5, (3 * 10**14 + 1, 0, 0, 0))

    def test_a_debt_that_enters_with_less_than_nothing_is_named(self) -> None:
        with pytest.raises(
            InvalidValueError, match="penalty, debt 0: expected amounts of 0 or more"
        ):
            late().enter(0, (-1, 0, 0, 0))

    def test_a_debt_that_changes_twice_on_a_day_is_as_it_closes_however_often_it_changed_before(
        self,
    ) -> None:
        """All principal bears while the instalment is late: through its second day of change."""
        found = late(base=PenaltyBase.OUTSTANDING_PRINCIPAL)
        found.change_outstanding(DUE, 100_000)
        for day, left in ((5, 90_000), (8, 80_000), (8, 0)):
            found.change(0, DUE + day, (left, 0, 0, 0))
        assert found.total(DUE + 30) == 800

    def test_an_exact_sum_knows_with_which_debt_the_principal_stands(self) -> None:
        found = late(base=PenaltyBase.OUTSTANDING_PRINCIPAL)
        found.change_outstanding(DUE, 100_000)
        assert found.exact(0, DUE + 3) == 300

    def test_a_debt_not_due_yet_adds_nothing_to_the_principal_of_the_account(self) -> None:
        found = late(
            FULL,
            (0, 0, 0, 0),
            base=PenaltyBase.OUTSTANDING_PRINCIPAL,
            compounding=Compounding.ON_POSTING,
            posting=Posting.ON_DUE_DATES,
        )
        found.change_outstanding(DUE, 100_000)
        assert lines(found, DUE + 1) == [(0, 100_000, 100, 0)]


class TestPosting:
    def test_each_debt_is_posted_by_a_day_of_its_own(self) -> None:
        found = late(FULL, FULL)
        assert [found.post(0, DUE + 30), found.post(1, DUE + 10)] == [3_000, 900]


class TestLines:
    def test_a_change_on_the_day_asked_for_adds_no_line_however_far_one_asked_before(self) -> None:
        found = late()
        found.change(0, DUE + 10, (50_000, 0, 0, 0))
        assert found.total(DUE + 30) == 1_000 + 1_000
        assert lines(found, DUE + 10) == [(0, 100_000, 1_000, 0)]

    def test_what_a_cap_takes_is_taken_of_the_latest_lines(self) -> None:
        """At most 12.00: 10.00 of the first line, 2.00 of 5.00 of the second, nothing of the third."""
        found = late(caps=[ShareOfBase(Proportion(12, 1000))])
        found.change(0, DUE + 10, (50_000, 0, 0, 0))
        found.change(0, DUE + 20, (10_000, 0, 0, 0))
        assert lines(found, DUE + 30) == [
            (0, 100_000, 1_000, 0),
            (0, 50_000, 200, 300),
            (0, 10_000, 0, 100),
        ]

    def test_lines_of_an_account_are_differences_of_one_sum_and_those_of_instalments_of_their_own(
        self,
    ) -> None:
        """By the third day 2.1, 1.4 and 0.7 cents: 4.2 together."""
        amounts = ((700, 0, 0, 0),) * 3
        apart, together = late(*amounts), late(*amounts, grain=RoundingGrain.ACCOUNT)
        assert [line[2] for line in lines(apart, DUE + 3)] == [2, 1, 1]
        assert [line[2] for line in lines(together, DUE + 3)] == [2, 2, 0]

    def test_a_whole_amount_is_rounded_up_by_nothing(self) -> None:
        assert lines(late(rounding=RoundingMode.UP), DUE + 1) == [(0, 100_000, 100, 0)]

    @pytest.mark.parametrize("grain", list(RoundingGrain))
    def test_what_a_waiver_took_is_listed_beside_what_it_left(self, grain) -> None:
        found = late(grain=grain, waived=[(DUE, DUE + 8, QUARTER)])
        told = [(line.amount_minor, line.is_waived) for line in found.segments(DUE + 8)]
        assert told == [(600, False), (200, True)]
        assert found.total(DUE + 8) == 600


class TestRounding:
    @pytest.mark.parametrize("grain", [RoundingGrain.DAY, RoundingGrain.SEGMENT])
    def test_days_that_are_suspended_round_to_nothing(self, grain) -> None:
        found = late(grain=grain, suspended=[(DUE + 2, DUE + 5)])
        assert [found.total(DUE + day) for day in (2, 4, 5, 6)] == [200, 200, 200, 300]

    def test_days_of_grace_that_never_bear_are_exactly_nothing(self) -> None:
        found = late(grace_days=3, grace_kind=PenaltyGrace.NEVER_CHARGED)
        assert [found.exact(0, DUE + day) for day in (0, 1, 3, 4)] == [0, 0, 0, 100]


class TestCaps:
    def test_a_cap_that_bound_for_some_days_is_told_after_it_let_go(self) -> None:
        """Room of 6.67 a day on 10,000.00; a fee of 50.00 from day 5 is taken back on day 10."""
        cap = AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)
        found = late(caps=[cap])
        found.change_outstanding(DUE, 1_000_000)
        found.charge_all_in(DUE + 5, 5_000)
        found.charge_all_in(DUE + 10, -5_000)
        assert found.bound_caps(DUE + 4) == ()
        for day in (5, 9, 10, 60, 61):
            [bound] = found.bound_caps(DUE + day)
            assert (bound.cap, bound.since) == (cap, date(2025, 1, 6))

    def test_a_share_may_bind_and_let_go_where_the_account_is_rounded(self) -> None:
        """0.499 and 0.002 of a cent a day: by the third day 1.497 and 0.004 are 1.501, of which a cent is the
        second's, who may owe nothing; by the fourth 1.996 and 0.006 are 2.002, of which none is.
        """
        found = late(
            (499, 0, 0, 0), (2, 0, 0, 0), grain=RoundingGrain.ACCOUNT, caps=[ShareOfBase(QUARTER)]
        )
        assert found.bound_caps(DUE + 2) == ()
        for day, accrued in ((3, 1), (4, 0)):
            [bound] = found.bound_caps(DUE + day)
            assert (bound.place, bound.since) == (1, date(2025, 1, 4))
            assert (bound.accrued_minor, bound.limit_minor) == (accrued, 0)

    def test_what_a_cap_cut_off_rounds_nothing_up(self) -> None:
        """0.3 of a cent a day that may not be owed are no part of the sum that 0.1 a day are rounded in."""
        nothing = ShareOfBase(Proportion(0, 1))
        found = late((300, 0, 0, 0), (100, 0, 0, 0), grain=RoundingGrain.ACCOUNT, caps=[nothing])
        since = [bound.since for bound in found.bound_caps(DUE + 8) if bound.place == 1]
        assert since == [date(2025, 1, 7)]

    def test_what_was_posted_never_falls_where_a_share_cuts_and_the_account_is_rounded(
        self,
    ) -> None:
        """A cent and half a cent are 1.5, so 2 are posted; half a cent more of the first is cut off, not given back."""
        found = late(
            (500, 0, 0, 0),
            (500, 0, 0, 0),
            grain=RoundingGrain.ACCOUNT,
            caps=[ShareOfBase(Proportion(1, 500))],
        )
        found.change(1, DUE + 2, (0, 0, 0, 0))
        assert (found.post(0, DUE + 2), found.post(1, DUE + 2)) == (1, 1)
        assert [found.total(DUE + day) for day in range(2, 6)] == [2, 2, 2, 2]

    def test_the_lines_of_a_debt_go_on_from_the_sum_of_those_before_it(self) -> None:
        """2.0 and 1.5 cents are 3.5, so 4, of which the second has 2; no cap took anything of them."""
        found = late((500, 0, 0, 0), (500, 0, 0, 0), grain=RoundingGrain.ACCOUNT)
        assert lines(found, DUE + 4) == [(0, 500, 2, 0), (1, 500, 2, 0)]

    def test_what_was_posted_stays_while_other_debts_are_still_to_fall_due(self) -> None:
        """6.67 a day on 10,000.00 until a fee takes the room; the second debt falls due on day 30."""
        found = late(caps=[AnnualCap(Rate.per_year("0.24"), DayCount.ACT_360)])
        found.open_debt(9, DUE + 30, FULL)
        found.change_outstanding(DUE, 1_000_000)
        posted = found.post(0, DUE + 10)
        assert posted == found.total(DUE + 10) > 0
        found.charge_all_in(DUE + 12, 1_000_000)
        assert found.total(DUE + 12) == posted

    def test_a_cap_of_an_account_without_debts_binds_nothing(self) -> None:
        found = PenaltyAccrual(attrs.evolve(TERMS, caps=[AbsoluteCap(0)]), CNY)
        assert (found.total(DUE), found.bound_caps(DUE)) == (0, ())

    def test_a_share_of_nothing_binds_from_the_first_day(self) -> None:
        found = late(caps=[ShareOfBase(Proportion(0, 1))])
        [bound] = found.bound_caps(DUE + 9)
        assert (bound.place, bound.since) == (0, date(2025, 1, 2))

    def test_the_share_of_each_debt_is_compared_with_what_accrued_on_it(self) -> None:
        for grain in RoundingGrain:
            found = late(
                (10_000_000, 0, 0, 0), (0, 0, 0, 0), grain=grain, caps=[ShareOfBase(QUARTER)]
            )
            found.change(1, DUE + 3, FULL)
            [bound] = found.bound_caps(DUE + 20)
            assert (bound.place, bound.since) == (1, date(2025, 1, 5))


class TestWording:
    def test_a_dated_factor_is_named(self) -> None:
        with pytest.raises(InvalidValueError, match="^dated factor: "):
            DatedFactor(date(2025, 1, 1), -1)

    def test_a_refusal_by_law_names_every_article(self) -> None:
        articles = [Citation("Law", "art. 3"), Citation("Rules", "art. 4")]
        law = PenaltyRegime(citations=articles, forbids_compounding=True)
        terms = attrs.evolve(TERMS, compounding=Compounding.UNPAID_INTEREST)
        with pytest.raises(DelinquencyError, match="Law, art. 3; Rules, art. 4."):
            check_terms(terms, law)
