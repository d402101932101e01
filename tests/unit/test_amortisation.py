"""Terms to schedule: level payments, equal principals, the last cent, and what is refused."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency import (
    WEEKENDS_ONLY,
    BusinessDayConvention,
    Currency,
    DayCount,
    InvalidTypeError,
    InvalidValueError,
    Rate,
    RoundingMode,
)
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    FirstPeriod,
    LevelPayment,
    NominalPeriods,
    RateChange,
    RateChangeEffect,
    RepaymentTerms,
    Residue,
    accrued_interest,
    amortisation_table,
    repayment_schedule,
)

CNY = Currency.of("CNY")
JPY = Currency.of("JPY")

TERMS = RepaymentTerms(
    currency=CNY,
    principal=Decimal("120000.00"),
    annual_rate=Rate.per_year("0.0435"),
    first_due_date=date(2025, 1, 31),
    instalment_count=36,
    method=AmortisationMethod.ANNUITY,
)

DECLINING = (
    AmortisationMethod.ANNUITY,
    AmortisationMethod.EQUAL_PRINCIPAL,
    AmortisationMethod.INTEREST_ONLY,
)

all_terms = st.builds(
    RepaymentTerms,
    currency=st.just(CNY),
    principal=st.integers(1, 10**9).map(lambda minor: Decimal(minor).scaleb(-2)),
    annual_rate=st.integers(0, 4 * 10**8).map(lambda n: Rate.per_year(Decimal(n).scaleb(-8))),
    first_due_date=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    instalment_count=st.integers(1, 60),
    method=st.sampled_from(AmortisationMethod),
    rounding=st.sampled_from(RoundingMode),
)


def exact_level_payment(terms: RepaymentTerms) -> Fraction:
    """The sum of a geometric series, term by term, instead of the closed form."""
    growth = 1 + Fraction(terms.annual_rate.as_decimal()) / 12
    present_value_of_one = sum(
        (1 / growth**number for number in range(1, terms.instalment_count + 1)), Fraction(0)
    )
    return Fraction(terms.principal) / present_value_of_one


class TestLevelPayment:
    def test_every_instalment_but_the_last_is_the_same(self) -> None:
        totals = [row.total for row in repayment_schedule(TERMS)]
        assert set(totals[:-1]) == {Decimal("3561.59")}
        assert totals[-1] != totals[0]

    def test_the_last_instalment_differs_by_less_than_a_unit_for_each_rounding(self) -> None:
        totals = [row.total for row in repayment_schedule(TERMS)]
        assert abs(totals[-1] - totals[0]) < Decimal("0.01") * 2 * len(totals)

    def test_a_rate_of_zero_spreads_the_principal_evenly(self) -> None:
        terms = attrs.evolve(TERMS, annual_rate=Rate.per_year(0), principal=100, instalment_count=3)
        rows = repayment_schedule(terms)
        assert [str(row.principal) for row in rows] == ["33.33", "33.33", "33.34"]
        assert {row.interest for row in rows} == {0}

    def test_the_mode_decides_the_last_cent_of_the_payment(self) -> None:
        def first_total(mode: RoundingMode) -> Decimal:
            return repayment_schedule(attrs.evolve(TERMS, rounding=mode))[0].total

        assert first_total(RoundingMode.UP) - first_total(RoundingMode.DOWN) == Decimal("0.01")

    def test_the_longest_schedule_at_the_highest_rate_is_exact(self) -> None:
        terms = attrs.evolve(
            TERMS,
            annual_rate=Rate.per_year(4),
            instalment_count=1200,
            first_due_date=date(2025, 1, 31),
        )
        rows = repayment_schedule(terms)
        assert len(rows) == 1200
        assert sum(row.principal for row in rows) == terms.principal


@given(all_terms)
def test_the_level_payment_is_within_one_unit_of_the_series(terms: RepaymentTerms) -> None:
    terms = attrs.evolve(
        terms, method=AmortisationMethod.ANNUITY, instalment_count=terms.instalment_count + 1
    )
    first = repayment_schedule(terms)[0]
    exact = exact_level_payment(terms)
    if first.principal < terms.principal:
        assert abs(Fraction(first.total) - exact) < Fraction(1, 100)
    else:
        # Rounding up repaid a loan of a few cents at once.
        assert exact <= Fraction(first.total) <= exact + Fraction(2, 100)


class TestEqualPrincipal:
    def test_principal_stays_and_interest_falls(self) -> None:
        terms = attrs.evolve(
            TERMS, principal=12000, instalment_count=12, method=AmortisationMethod.EQUAL_PRINCIPAL
        )
        rows = repayment_schedule(terms)
        assert {row.principal for row in rows} == {Decimal("1000.00")}
        assert [str(row.interest) for row in rows][:2] == ["43.50", "39.88"]
        assert str(rows[11].interest) == "3.63"

    def test_rounding_up_never_repays_more_than_is_open(self) -> None:
        terms = attrs.evolve(
            TERMS,
            currency=JPY,
            principal=5,
            annual_rate=Rate.per_year(0),
            instalment_count=4,
            method=AmortisationMethod.EQUAL_PRINCIPAL,
            rounding=RoundingMode.UP,
        )
        assert [int(row.principal) for row in repayment_schedule(terms)] == [2, 2, 1, 0]


class TestEverySchedule:
    def test_a_due_day_of_31_comes_back_after_february(self) -> None:
        days = [str(row.due_date) for row in repayment_schedule(TERMS)]
        assert days[:3] == ["2025-01-31", "2025-02-28", "2025-03-31"]

    def test_one_instalment_repays_everything(self) -> None:
        (row,) = repayment_schedule(attrs.evolve(TERMS, instalment_count=1))
        assert (row.principal, row.interest) == (Decimal("120000.00"), Decimal("435.00"))


@given(all_terms)
def test_the_principal_is_repaid_to_the_last_minor_unit(terms: RepaymentTerms) -> None:
    assert sum(row.principal for row in repayment_schedule(terms)) == terms.principal


@given(all_terms, st.sampled_from(DECLINING))
def test_interest_is_a_twelfth_of_the_rate_on_what_is_open(
    terms: RepaymentTerms, method: AmortisationMethod
) -> None:
    terms = attrs.evolve(terms, method=method)
    balance = Decimal(terms.principal)
    for row in repayment_schedule(terms):
        with localcontext(prec=50):
            exact = balance * terms.annual_rate.as_decimal() / 12
            assert abs(Decimal(row.interest) - exact) < Decimal("0.01")
        balance -= row.principal


@given(all_terms)
def test_due_dates_are_counted_from_the_anchor(terms: RepaymentTerms) -> None:
    anchor = terms.first_due_date
    for number, row in enumerate(repayment_schedule(terms)):
        months = (row.due_date.year - anchor.year) * 12 + row.due_date.month - anchor.month
        assert months == number
        assert row.due_date.day == anchor.day or (
            row.due_date.day < anchor.day
            and row.due_date.month != date.fromordinal(row.due_date.toordinal() + 1).month
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"instalment_count": 0}, "from 1 to 1200 instalments, found 0"),
            ({"instalment_count": 1201}, "from 1 to 1200 instalments, found 1201"),
            ({"principal": 0}, "principal: expected an amount of more than 0"),
            ({"principal": Decimal(-1)}, "principal of zero or more"),
            ({"principal": Decimal("0.001")}, "at most 2 decimals"),
            ({"annual_rate": Rate.per_month("0.01")}, "a rate per year, found 1 % a month"),
            ({"first_due_date": date(2200, 1, 31)}, "last due date"),
        ],
    )
    def test_terms_that_no_schedule_can_follow_from(
        self, change: dict[str, object], words: str
    ) -> None:
        with pytest.raises(InvalidValueError, match="^repayment terms") as caught:
            attrs.evolve(TERMS, **change)
        assert words in str(caught.value)

    @pytest.mark.parametrize(
        "change",
        [
            {"instalment_count": True},
            {"instalment_count": 3.0},
            {"principal": 1000.0},
            {"annual_rate": "0.05"},
            {"currency": "CNY"},
            {"method": "annuity"},
            {"rounding": "half_up"},
            {"first_due_date": datetime(2025, 1, 31)},
        ],
    )
    def test_wrong_types_are_named(self, change: dict[str, object]) -> None:
        with pytest.raises(InvalidTypeError, match=f"repayment terms.*{next(iter(change))}"):
            attrs.evolve(TERMS, **change)

    def test_the_last_count_before_the_end_of_the_calendar_is_accepted(self) -> None:
        terms = attrs.evolve(TERMS, first_due_date=date(2200, 1, 31), instalment_count=12)
        assert str(repayment_schedule(terms)[11].due_date) == "2200-12-31"

    def test_only_terms_have_a_schedule(self) -> None:
        with pytest.raises(InvalidTypeError, match="expected RepaymentTerms"):
            repayment_schedule(TERMS.principal)  # type: ignore[arg-type]


def test_a_rate_that_changes_within_the_first_period_is_known_to_its_payment():
    """Law: the payment of a period knows the rates of that period, the first like every other."""
    # 15 days at 1 % and 16 at 2 % of 31 are 47/3100; 12000 (1 + 47/3100) = Σ payment ÷ 1.02^k, k from 0 to 5.
    terms = RepaymentTerms(
        currency=CNY,
        principal=12000,
        annual_rate=Rate.per_year("0.12"),
        disbursed_on=date(2024, 12, 31),
        first_due_date=date(2025, 1, 31),
        instalment_count=6,
        method=AmortisationMethod.ANNUITY,
        rate_changes=[RateChange(date(2025, 1, 15), Rate.per_year("0.24"))],
    )
    payments = [row.payment for row in amortisation_table(terms)]
    assert payments[:-1] == [Decimal("2132.15")] * 5
    assert payments[-1] == Decimal("2132.14")


@pytest.mark.parametrize(
    ("lent", "first_due"),
    [
        (date(2024, 12, 31), date(2025, 1, 31)),
        (date(2025, 1, 28), date(2025, 2, 28)),
        # Counted forwards from the ends of longer months.
        (date(2025, 1, 29), date(2025, 2, 28)),
        (date(2025, 1, 31), date(2025, 2, 28)),
    ],
)
def test_a_loan_made_one_month_before_its_first_due_date_is_regular(lent, first_due):
    terms = attrs.evolve(TERMS, disbursed_on=lent, first_due_date=first_due)
    assert amortisation_table(terms).rows == amortisation_table(TERMS).rows


def test_by_days_a_month_counted_forwards_is_not_the_one_that_bears_interest():
    """28 February less a month is 28 January: the days from the 31st would not be those that bear."""
    by_days = attrs.evolve(
        TERMS, first_due_date=date(2025, 2, 28), interest_basis=ByDays(DayCount.ACT_365F)
    )
    with pytest.raises(InvalidValueError, match="expected 2025-01-28, one period before"):
        attrs.evolve(by_days, disbursed_on=date(2025, 1, 31))
    own = attrs.evolve(by_days, disbursed_on=date(2025, 1, 31), first_period=FirstPeriod.OWN_LENGTH)
    lenient = attrs.evolve(own, first_period=FirstPeriod.AS_REGULAR)
    interest = [amortisation_table(terms)[0].interest for terms in (own, lenient)]
    assert [str(amount) for amount in interest] == ["400.44", "443.34"]  # 28 and 31 days


def test_a_loan_lent_on_the_business_day_of_its_start_is_regular():
    """1 December 2024 is a Sunday: lent on the Monday, or on the Sunday itself."""
    moved = attrs.evolve(
        TERMS,
        first_due_date=date(2025, 1, 1),
        convention=BusinessDayConvention.FOLLOWING,
        calendar=WEEKENDS_ONLY,
    )
    for lent in (date(2024, 12, 1), date(2024, 12, 2)):
        attrs.evolve(moved, disbursed_on=lent)
    with pytest.raises(InvalidValueError, match="one period before"):
        attrs.evolve(moved, disbursed_on=date(2024, 12, 3))


@pytest.mark.parametrize(
    ("rate", "count"), [("0.01", 35), ("0.035", 36), ("0.04", 36), ("0.0401", 37), ("0.08", 38)]
)
def test_a_rate_that_leaves_the_payment_changes_the_count(rate, count):
    """1,000,000 at 4 % over 36 months pays 29,523.99; from June the rate is another."""
    terms = attrs.evolve(
        TERMS,
        principal=1_000_000,
        annual_rate=Rate.per_year("0.04"),
        first_due_date=date(2025, 1, 20),
        rate_changes=[RateChange(date(2025, 6, 20), Rate.per_year(rate))],
        rate_change_effect=RateChangeEffect.NEW_TERM,
    )
    table = amortisation_table(terms)
    assert len(table) == count
    assert {row.payment for row in table[:-1]} == {Decimal("29523.99")}
    assert 0 < table[-1].payment <= Decimal("29523.99")
    # By the closed form of the number of payments, to the next whole one.
    periodic = float(Rate.per_year(rate).as_decimal()) / 12
    left = float(table[5].opening_balance)
    exact = -math.log(1 - left * periodic / 29523.99) / math.log(1 + periodic)
    assert math.ceil(exact - 1e-4) == count - 5


def test_a_payment_is_solved_with_the_rate_in_force_whatever_a_later_change_does():
    early = attrs.evolve(
        TERMS,
        rate_changes=[RateChange(date(2024, 3, 10), Rate.per_year("0.06"))],
        rate_change_effect=RateChangeEffect.NEW_TERM,
    )
    at_once = attrs.evolve(TERMS, annual_rate=Rate.per_year("0.06"))
    assert amortisation_table(early).rows == amortisation_table(at_once).rows


def test_a_payment_that_a_higher_rate_outruns_is_refused():
    outrun = attrs.evolve(
        TERMS,
        instalment_count=480,
        rate_changes=[RateChange(date(2025, 6, 30), Rate.per_year("0.0501"))],
        rate_change_effect=RateChangeEffect.NEW_TERM,
        annual_rate=Rate.per_year("0.04"),
    )
    with pytest.raises(InvalidValueError, match="repays in 1200 instalments"):
        amortisation_table(outrun)
    with pytest.raises(InvalidValueError, match="at least the interest"):
        amortisation_table(
            attrs.evolve(outrun, rate_changes=[RateChange(date(2025, 6, 30), Rate.per_year("0.2"))])
        )
    with pytest.raises(InvalidValueError, match="True where a change of rate leaves the payment"):
        attrs.evolve(outrun, level_payment=LevelPayment(is_rounded=False))


def test_whether_a_payment_covers_its_interest_is_judged_where_the_residue_stands():
    """1.00 at 24 % in two payments rounded to tens pays 0; the first takes the residue, all of the loan."""
    whole = attrs.evolve(
        TERMS,
        principal=1,
        annual_rate=Rate.per_year("0.24"),
        instalment_count=2,
        level_payment=LevelPayment(multiple=10),
        residue=Residue.FIRST,
        rate_changes=[RateChange(TERMS.first_due_date, Rate.per_year(0))],
        rate_change_effect=RateChangeEffect.NEW_TERM,
    )
    assert [row.payment for row in amortisation_table(whole)] == [Decimal("1.02"), 0]
    with pytest.raises(InvalidValueError, match="at least the interest"):
        amortisation_table(attrs.evolve(whole, residue=Residue.LAST))


def test_a_mortgage_of_twelfths_counts_its_first_days_by_a_day_count_of_its_own():
    """1,000,000 at 3.1 % lent on 10 March, due on the 20th of each month from April: ten days over 360."""
    mortgage = attrs.evolve(
        TERMS,
        principal=1_000_000,
        annual_rate=Rate.per_year("0.031"),
        disbursed_on=date(2025, 3, 10),
        first_due_date=date(2025, 4, 20),
        instalment_count=240,
        first_period=FirstPeriod.OWN_INSTALMENT,
        broken_day_count=DayCount.ACT_360,
    )
    rows = list(amortisation_table(mortgage))
    assert [str(row.due_date) for row in rows[:2]] == ["2025-03-20", "2025-04-20"]
    assert [str(row.payment) for row in rows[:2]] == ["861.11", "5596.17"]
    added = amortisation_table(attrs.evolve(mortgage, first_period=FirstPeriod.ADDED))
    assert str(added[0].payment) == "6457.28"
    assert str(added[1].payment) == "5596.17"
    spread = amortisation_table(attrs.evolve(mortgage, first_period=FirstPeriod.SPREAD))
    assert spread.total_interest == added.total_interest
    assert accrued_interest(mortgage, as_of=date(2025, 3, 15)) == Decimal("430.56")


def test_shown_parts_that_are_rounded_up_leave_the_balloon_and_no_less():
    """1.00 in 27 parts of 3.67 cents, shown as 4: the balloon of a cent is left before its row, and not -4."""
    terms = dq.RepaymentTerms(
        currency=dq.Currency.of("CNY"),
        principal=1,
        annual_rate=dq.Rate.per_year(0),
        first_due_date=date(2024, 2, 29),
        instalment_count=27,
        method=dq.AmortisationMethod.ANNUITY,
        carries_fractions=True,
        level_payment=dq.LevelPayment(is_rounded=False),
        balloon=Decimal("0.01"),
        may_capitalise=True,
    )
    rows = dq.amortisation_table(terms).minor_rows
    assert [row.principal for row in rows] == [4] * 24 + [3, 0, 1]
    assert [row.closing for row in rows[-3:]] == [1, 1, 0]


def left_to_its_balloon(**changed):
    """10,000.00 at 6 % for 31, 28 and 31 days, all of it a balloon: an exact payment lies between the interests."""
    terms = RepaymentTerms(
        currency=Currency.of("CNY"),
        principal=10_000,
        annual_rate=Rate.per_year("0.06"),
        first_due_date=date(2025, 1, 31),
        instalment_count=3,
        method=AmortisationMethod.ANNUITY,
        carries_fractions=True,
        interest_basis=ByDays(DayCount.ACT_365F),
        level_payment=LevelPayment(is_rounded=False),
        balloon=10_000,
        may_capitalise=True,
    )
    return attrs.evolve(terms, **{"balloon": changed.get("principal", 10_000), **changed})


@pytest.mark.parametrize(
    ("rounding", "borne", "lacks"),
    [
        (RoundingMode.HALF_UP, 5096, 164),
        (RoundingMode.HALF_EVEN, 5096, 164),
        (RoundingMode.HALF_DOWN, 5096, 164),
        (RoundingMode.UP, 5096, 165),
        (RoundingMode.DOWN, 5095, 164),
        (RoundingMode.CEILING, 5096, 165),
        (RoundingMode.FLOOR, 5095, 164),
    ],
)
def test_what_an_exact_payment_lacks_of_its_interest_is_rounded_by_itself(rounding, borne, lacks):
    """5095.89 cents are borne, 4931.48 paid: 164.41 become principal, of 10,000.00 then 10,001.6441."""
    first = amortisation_table(left_to_its_balloon(rounding=rounding)).minor_rows[0]
    assert first == (1_000_000, 0, borne - lacks, 0, lacks, 1_000_000 + lacks)


@pytest.mark.parametrize("rounding", RoundingMode)
def test_a_part_of_a_cent_that_a_payment_lacks_is_never_shown_as_principal_below_0(rounding):
    """A cent at the least rate there is: the first payment lacks less than a millionth of a cent."""
    terms = left_to_its_balloon(
        rounding=rounding,
        principal=Decimal("0.01"),
        annual_rate=Rate.per_year("0.00000001"),
        first_due_date=date(2024, 2, 29),
        instalment_count=2,
    )
    shown = 1 if rounding in (RoundingMode.UP, RoundingMode.CEILING) else 0
    first, last = amortisation_table(terms).minor_rows
    assert first == (1, 0, 0, 0, shown, 1 + shown)
    assert last == (1 + shown, 1 + shown, shown, 0, 0, 0)
    strict = attrs.evolve(terms, may_capitalise=False)
    if shown:
        with pytest.raises(InvalidValueError, match="at least the interest"):
            amortisation_table(strict)
    else:
        assert amortisation_table(strict).minor_rows == (first, last)


def test_a_part_of_a_cent_that_became_principal_bears_interest_though_it_is_not_shown():
    """0.38 at 120 %: 3.498 cents in 28 days, and 3.510 with the 0.125 that the first payment lacked."""
    terms = left_to_its_balloon(principal=Decimal("0.38"), annual_rate=Rate.per_year("1.2"))
    rows = amortisation_table(terms).minor_rows
    assert rows == ((38, 0, 4, 0, 0, 38), (38, 0, 4, 0, 0, 38), (38, 38, 4, 0, 0, 0))


@pytest.mark.parametrize("is_rounded", [True, False])
def test_the_last_row_repays_its_interest_too_and_capitalises_none(is_rounded):
    """100.00 at 24 % over a month with a payment of 1.00 agreed: all of it and 2.00, fractions carried or not."""
    for carries in (False, True):
        terms = left_to_its_balloon(
            principal=100,
            annual_rate=Rate.per_year("0.24"),
            instalment_count=1,
            interest_basis=NominalPeriods(),
            balloon=0,
            carries_fractions=carries,
            level_payment=LevelPayment(amount=1, is_rounded=is_rounded),
            may_capitalise=False,
        )
        assert amortisation_table(terms).minor_rows == ((10_000, 10_000, 200, 0, 0, 0),)


def test_a_last_period_that_bears_more_than_an_exact_payment_is_no_reason_to_refuse():
    """28 and 31 days: the first payment is more than its interest, and the last row repays everything."""
    terms = left_to_its_balloon(first_due_date=date(2025, 3, 15), instalment_count=2)
    rows = amortisation_table(terms).minor_rows
    assert not any(row.capitalised for row in rows)
    assert amortisation_table(attrs.evolve(terms, may_capitalise=False)).minor_rows == rows
