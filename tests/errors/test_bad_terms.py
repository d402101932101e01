"""Terms that no schedule can follow from are refused by the one grammar; their edges are accepted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    Compounded,
    DeferredInterest,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    PaymentStep,
    RateChange,
    RateChangeEffect,
    RepaymentTerms,
    Residue,
    amortisation_table,
    repayment_schedule,
)
from delinquency.business_days import BusinessDayConvention
from delinquency.daycount import DayCount
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.rolls import DayOfMonth, EndOfMonth
from tests.errors.test_bad_input import (
    BUILTIN,
    GRAMMAR,
    JAN,
    MAR,
    TYPE,
    VALUE,
    Case,
    dates,
    moneys,
    title,
    types,
)

TERMS = RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=1000,
    annual_rate=dq.Rate.per_year("0.12"),
    first_due_date=JAN,
    instalment_count=12,
    method=AmortisationMethod.ANNUITY,
)
TEN_PERCENT = dq.Rate.per_year("0.1")
HALF_A_YEAR = HolidayCalendar.from_holidays(
    "half a year", holidays=[], first=date(2024, 12, 1), last=date(2025, 6, 30)
)
OWN_LENGTH, FLAT = FirstPeriod.OWN_LENGTH, AmortisationMethod.FLAT
BULLET = AmortisationMethod.BULLET


def terms(**fields):
    return attrs.evolve(TERMS, **fields)


def table(**fields):
    """Choices that only the rows can show to be impossible."""
    return amortisation_table(terms(**fields))


def step(**fields):
    return PaymentStep(**{"from_instalment": 2, **fields})


def moratorium(**fields):
    return Moratorium(**{"principal_instalments": 3, **fields})


def change(**fields):
    return RateChange(**{"effective_on": MAR, "annual_rate": TEN_PERCENT, **fields})


NO_FLAGS = (None, 1, "yes")
NO_COUNTS = (True, 1.0, "1", None)

CASES: list[Case] = [
    *types(terms, "currency", "CNY", None),
    *moneys(terms, "principal"),
    Case(terms, {"principal": 0}, VALUE, "more than 0"),
    Case(terms, {"principal": Decimal("0.001")}, VALUE, "at most 2 decimals"),
    Case(terms, {"principal": 10**13 + 1}, VALUE, "at most 10000000000000"),
    *types(terms, "annual_rate", None, 0.12, "0.12", Decimal("0.12")),
    Case(terms, {"annual_rate": dq.Rate.per_month("0.01")}, VALUE, "a rate per year"),
    *dates(terms, "first_due_date"),
    Case(terms, {"first_due_date": date(2200, 6, 30)}, VALUE, "last due date"),
    *types(terms, "instalment_count", *NO_COUNTS),
    *[
        Case(terms, {"instalment_count": count}, VALUE, "1 to 1200")
        for count in (-1, 0, 1201, 2**70)
    ],
    *types(terms, "method", "annuity", None),
    *types(terms, "rounding", "half_up", None),
    *types(terms, "carries_fractions", *NO_FLAGS),
    *types(terms, "frequency", "monthly", None, 12),
    Case(terms, {"frequency": Frequency.TERM}, VALUE, "the day of the loan with the frequency"),
    Case(
        terms,
        {"frequency": Frequency.TERM, "disbursed_on": date(2024, 12, 31)},
        VALUE,
        "ByDays with the frequency TERM",
    ),
    Case(
        terms,
        {
            "frequency": Frequency.TERM,
            "disbursed_on": date(2024, 12, 31),
            "interest_basis": ByDays(DayCount.ACT_360),
        },
        VALUE,
        "from 1 to 1 periods",
    ),
    Case(
        terms,
        {"interest_basis": ByDays(DayCount.BUSINESS_252)},
        VALUE,
        "a calendar with Business/252",
    ),
    *[
        Case(terms, change, VALUE, "a day count of two dates")
        for odd in (DayCount.ACT_ACT_ICMA, DayCount.ACT_365L)
        for change in (
            {"interest_basis": ByDays(odd)},
            {"level_payment": LevelPayment(basis=ByDays(odd))},
        )
    ],
    Case(table, {"frequency": Frequency.every_days(10)}, VALUE, "whole number of periods"),
    *dates(terms, "disbursed_on", optional=True),
    Case(terms, {"disbursed_on": JAN}, VALUE, "a day before first_due_date 2025-01-31"),
    Case(terms, {"disbursed_on": MAR}, VALUE, "a day before first_due_date 2025-01-31"),
    *[
        Case(terms, {"disbursed_on": day}, VALUE, "2024-12-31, one period before")
        for day in (date(2024, 12, 1), date(2024, 12, 30), date(2025, 1, 1))
    ],
    *types(terms, "first_period", "own_length", None),
    *types(terms, "broken_day_count", "act/360", 360),
    Case(
        terms,
        {"broken_day_count": DayCount.ACT_360},
        VALUE,
        "None with first_period REGULAR",
    ),
    Case(
        terms,
        {
            "broken_day_count": DayCount.ACT_365L,
            "first_period": FirstPeriod.ADDED,
            "disbursed_on": date(2024, 12, 1),
        },
        VALUE,
        "a day count of two dates",
    ),
    *[
        Case(terms, {"first_period": rule}, VALUE, "the day of the loan")
        for rule in FirstPeriod
        if rule is not FirstPeriod.REGULAR
    ],
    Case(
        terms,
        {"first_period": FirstPeriod.ADDED, "disbursed_on": date(2024, 12, 1)},
        VALUE,
        "ByDays with first_period ADDED",
    ),
    *types(terms, "interest_basis", None, DayCount.ACT_360, "by days"),
    Case(
        table, {"interest_basis": ByDays(DayCount.ACT_ACT_ICMA)}, VALUE, "a day count of two dates"
    ),
    Case(table, {"interest_basis": ByDays(DayCount.BUSINESS_252)}, VALUE, "calendar"),
    *types(terms, "level_payment", None, 88),
    Case(
        terms,
        {"level_payment": LevelPayment(steps=[step(from_instalment=13, amount=1)])},
        VALUE,
        "at most 12",
    ),
    *[
        Case(terms, {"method": method, "level_payment": LevelPayment(amount=9)}, VALUE, "none with")
        for method in AmortisationMethod
        if method is not AmortisationMethod.ANNUITY
    ],
    Case(
        table, {"level_payment": LevelPayment(amount=Decimal("0.001"))}, VALUE, "at most 2 decimals"
    ),
    Case(
        table,
        {"level_payment": LevelPayment(multiple=Decimal("0.001"))},
        VALUE,
        "at most 2 decimals",
    ),
    Case(
        table,
        {"level_payment": LevelPayment(amount=Decimal("9.99"))},
        VALUE,
        "at least the interest, 10.00, found 9.99",
    ),
    Case(
        table,
        {"level_payment": LevelPayment(steps=[step(amount=0)])},
        VALUE,
        "instalment 2: expected a payment of at least the interest",
    ),
    *moneys(terms, "balloon"),
    Case(terms, {"balloon": Decimal("1000.01")}, VALUE, "at most the principal"),
    Case(terms, {"balloon": 1, "method": BULLET}, VALUE, "0 with the method BULLET"),
    *types(terms, "residue", "last", None),
    *types(terms, "moratorium", 3, "three"),
    Case(terms, {"moratorium": moratorium(principal_instalments=12)}, VALUE, "fewer than 12"),
    Case(terms, {"moratorium": moratorium(), "method": BULLET}, VALUE, "none with"),
    Case(
        terms,
        {"moratorium": moratorium(interest=DeferredInterest.CAPITALISED), "method": FLAT},
        VALUE,
        "ACCRUED or WAIVED",
    ),
    *[
        Case(terms, {"rate_changes": value}, TYPE, "rate change")
        for value in (7, None, "many", [1], [TEN_PERCENT])
    ],
    Case(terms, {"rate_changes": [change(), change()]}, VALUE, "each once"),
    Case(
        terms,
        {"rate_changes": [change(), change(effective_on=JAN)]},
        VALUE,
        "in order of effective_on",
    ),
    *types(terms, "rate_change_effect", "new_term", None),
    *types(terms, "may_capitalise", *NO_FLAGS),
    *types(terms, "flat_component", "fees", None),
    Case(terms, {"flat_component": dq.Component.PENALTY}, VALUE, "Component.FEES"),
    Case(
        terms,
        {
            "annual_rate": dq.Rate.per_year("-0.01"),
            "method": FLAT,
            "flat_component": dq.Component.FEES,
        },
        VALUE,
        "0 or more where a flat charge is a fee",
    ),
    *types(terms, "roll", "end of month", 31),
    *types(terms, "convention", "following", None),
    Case(terms, {"convention": BusinessDayConvention.FOLLOWING}, VALUE, "expected a calendar"),
    *types(terms, "calendar", "CN", 5),
    Case(
        terms,
        {"convention": BusinessDayConvention.FOLLOWING, "calendar": HALF_A_YEAR},
        VALUE,
        "from 2024-12-01 to 2025-06-30",
    ),
    *types(terms, "accrue_to", "adjusted", None),
    Case(
        table,
        {"annual_rate": dq.Rate.per_year(-1), "frequency": Frequency.YEARLY},
        VALUE,
        "above -100 % for each period",
    ),
    Case(
        table,
        {"annual_rate": dq.Rate.per_year(-1), "interest_basis": Compounded(1)},
        VALUE,
        "above -100 % for each compounding, found -100 % a year",
    ),
    Case(table, {"principal": 10**13}, VALUE, "sum to at most"),
    *types(ByDays, "day_count", "act/360", None),
    *types(Compounded, "times", *NO_COUNTS),
    *[Case(Compounded, {"times": times}, VALUE, "from 1 to 366") for times in (0, -2, 367)],
    *types(step, "from_instalment", *NO_COUNTS),
    Case(step, {"from_instalment": 0, "amount": 1}, VALUE, "1 or more"),
    *[each for each in moneys(step, "amount") if each.fields["amount"] is not None],
    *types(step, "share", "11/10", 1.1, Decimal("1.1")),
    Case(step, {}, VALUE, "an amount or a share"),
    Case(step, {"amount": 1, "share": dq.Proportion(1, 2)}, VALUE, "an amount or a share"),
    *[each for each in moneys(LevelPayment, "amount") if each.fields["amount"] is not None],
    *[each for each in moneys(LevelPayment, "multiple") if each.fields["multiple"] is not None],
    *[Case(LevelPayment, {field: 0}, VALUE, "more than 0") for field in ("amount", "multiple")],
    *types(LevelPayment, "rounding", "up"),
    *types(LevelPayment, "is_rounded", *NO_FLAGS),
    *types(LevelPayment, "basis", "twelfths", DayCount.ACT_360),
    *[Case(LevelPayment, {"steps": value}, TYPE, "step") for value in (7, None, "up", [1])],
    Case(LevelPayment, {"steps": [step(amount=1)] * 2}, VALUE, "each once"),
    *types(moratorium, "principal_instalments", *NO_COUNTS),
    *types(moratorium, "interest_instalments", *NO_COUNTS),
    Case(moratorium, {"principal_instalments": 0}, VALUE, "1 or more"),
    Case(moratorium, {"interest_instalments": -1}, VALUE, "0 or more"),
    Case(moratorium, {"interest_instalments": 4}, VALUE, "at most principal_instalments, 3"),
    *types(moratorium, "interest", "waived", None),
    *dates(change, "effective_on"),
    *types(change, "annual_rate", None, "0.1", 0.1),
    Case(change, {"annual_rate": dq.Rate.per_day("0.0005")}, VALUE, "a rate per year"),
    *[
        Case(lambda given, verb=verb: verb(given), {"given": value}, TYPE, "RepaymentTerms")
        for verb in (amortisation_table, repayment_schedule)
        for value in (None, {}, "terms")
    ],
]


@pytest.mark.parametrize("case", CASES, ids=title)
def test_bad_terms_are_refused_in_one_grammar(case: Case):
    with pytest.raises(dq.DelinquencyError) as caught:
        case.make(**case.fields)
    error = caught.value
    assert type(error) is case.kind
    assert isinstance(error, BUILTIN[case.kind])
    assert case.says in str(error)
    told = error.to_dict()
    body = str(error).removesuffix(f" Hint: {told['hint']}")
    assert body == f"{told['where']}: expected {told['expected']}, found {told['found']}."
    assert GRAMMAR.fullmatch(body)


def test_the_table_reaches_every_field_of_every_record():
    reached = {(case.make, field) for case in CASES for field in case.fields}
    makers = (
        (RepaymentTerms, terms),
        (LevelPayment, LevelPayment),
        (PaymentStep, step),
        (Moratorium, moratorium),
        (RateChange, change),
        (ByDays, ByDays),
        (Compounded, Compounded),
    )
    for record, make in makers:
        for field in attrs.fields(record):
            assert not field.init or (make, field.name) in reached, f"{record}: {field.name}"


class TestAccepted:
    """What stands beside the refusals."""

    def test_terms_at_a_rate_of_zero_in_one_instalment(self):
        (row,) = table(annual_rate=dq.Rate.per_year(0), instalment_count=1)
        assert (row.payment, row.interest) == (1000, 0)

    def test_forty_years_of_months_at_the_highest_rate(self):
        rows = table(annual_rate=dq.Rate.per_year(4), instalment_count=480)
        assert len(rows) == 480
        assert sum(row.principal for row in rows) == 1000

    def test_one_minor_unit_over_forty_years_is_repaid_with_the_last(self):
        rows = list(table(principal=Decimal("0.01"), instalment_count=480))
        assert [row.principal for row in rows if row.principal] == [Decimal("0.01")]
        assert rows[-1].payment == Decimal("0.01")

    def test_a_currency_without_decimals_and_one_with_three(self):
        yen = table(currency=dq.Currency.of("JPY"))[0]
        dinar = table(currency=dq.Currency.of("KWD"), principal=Decimal("1000.001"))[0]
        assert (str(yen.payment), str(dinar.payment)) == ("89", "88.849")

    def test_a_negative_rate_pays_less_than_was_lent(self):
        found = table(annual_rate=dq.Rate.per_year("-0.005"))
        assert found.total_payment < 1000
        assert found.total_interest < 0

    def test_a_payment_of_just_the_interest_and_one_below_it_with_leave(self):
        kept = table(level_payment=LevelPayment(amount=10))
        assert [row.principal for row in kept][:11] == [0] * 11
        grown = table(level_payment=LevelPayment(amount=5), may_capitalise=True)
        assert (grown[0].capitalised, grown[0].closing_balance) == (5, 1005)

    def test_a_rate_of_a_due_date_is_borne_from_that_day(self):
        on_it = table(rate_changes=[change(effective_on=date(2025, 2, 28))])
        after = table(rate_changes=[change(effective_on=date(2025, 3, 1))])
        assert on_it[1].interest == after[1].interest == table()[1].interest
        assert on_it[2].interest < after[2].interest < table()[2].interest

    def test_a_loan_of_29_february_falls_due_on_28_february_and_comes_back(self):
        rows = table(
            first_due_date=date(2024, 2, 29), frequency=Frequency.YEARLY, instalment_count=5
        )
        assert [str(row.due_date)[5:] for row in rows] == [
            "02-29", "02-28", "02-28", "02-28", "02-29",
        ]  # fmt: skip

    def test_a_calendar_that_covers_the_term_moves_due_dates(self):
        found = table(
            convention=BusinessDayConvention.FOLLOWING, calendar=HALF_A_YEAR, instalment_count=5
        )
        assert [str(row.due_date) for row in found][4] == "2025-06-02"
        assert str(found[4].nominal_due_date) == "2025-05-31"

    def test_a_first_due_date_in_a_short_month_with_a_roll(self):
        rows = table(first_due_date=date(2025, 2, 28), roll=DayOfMonth(31))
        assert [str(row.due_date) for row in rows][:3] == ["2025-02-28", "2025-03-31", "2025-04-30"]

    def test_a_day_of_the_loan_on_a_holiday_is_the_day_on_which_interest_begins(self):
        saturday = date(2025, 1, 4)
        given = terms(
            disbursed_on=saturday,
            first_period=OWN_LENGTH,
            interest_basis=ByDays(DayCount.ACT_360),
            convention=BusinessDayConvention.FOLLOWING,
            calendar=dq.HolidayCalendar.weekends_only("weekends"),
        )
        first, second, *_ = given.accrual_days()
        assert second - first == (JAN - saturday).days

    def test_a_short_first_period_compounds_for_its_own_length(self):
        half = table(
            principal=10**6,
            annual_rate=dq.Rate.per_year("0.21"),
            frequency=Frequency.YEARLY,
            first_due_date=date(2025, 7, 2),
            disbursed_on=date(2024, 12, 31),
            first_period=OWN_LENGTH,
            interest_basis=Compounded(1),
        )
        # 183 of 365 days: 1.21 ** (183 / 365) - 1.
        assert str(half[0].interest) == "100287.27"

    def test_a_lender_who_owes_has_a_table_but_no_schedule(self):
        given = terms(
            annual_rate=dq.Rate.per_year("-0.01"), method=AmortisationMethod.INTEREST_ONLY
        )
        assert amortisation_table(given)[0].payment < 0
        with pytest.raises(VALUE, match="what a debtor owes"):
            repayment_schedule(given)

    @pytest.mark.parametrize("residue", Residue)
    @pytest.mark.parametrize("effect", RateChangeEffect)
    def test_every_place_of_the_residue_under_every_effect_of_a_change(self, residue, effect):
        rows = table(residue=residue, rate_change_effect=effect, rate_changes=[change()])
        assert sum(row.principal for row in rows) == 1000

    def test_bases_of_equal_meaning_agree(self):
        by_months = table(interest_basis=NominalPeriods())
        assert table(interest_basis=Compounded(12)).rows == by_months.rows
        thirty = table(interest_basis=ByDays(DayCount.THIRTY_360), roll=EndOfMonth())
        assert thirty[0].interest == by_months[0].interest
