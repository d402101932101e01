"""Irregular plans: what falls due on given dates, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import prod

import attrs
import pytest

from delinquency import (
    WEEKENDS_ONLY,
    Currency,
    DayCount,
    DeferredInterest,
    ExactRateChange,
    GivenPayment,
    GivenPrincipal,
    InvalidTypeError,
    InvalidValueError,
    IrregularRow,
    IrregularTerms,
    Rate,
    RateChange,
    RoundingMode,
    SolvedPayment,
    WholeBalance,
    irregular_table,
)

EUR = Currency.of("EUR")
START = date(2025, 1, 1)
JANUARY, FEBRUARY, MARCH = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)
"""The ends of these months: 30 days each by 30E/360, 1 % at 12 % a year."""

ACCRUED = DeferredInterest.ACCRUED


def terms(*rows: IrregularRow, **changed) -> IrregularTerms:
    return IrregularTerms(
        **{
            "principal": 1000,
            "annual_rate": Rate.per_year("0.12"),
            "disbursed_on": START,
            "day_count": DayCount.THIRTY_E_360,
            "rows": rows,
            **changed,
        }
    )


def figures(*rows: IrregularRow, **changed) -> list[tuple[Fraction, ...]]:
    """Principal, interest, capitalised, accrued and closing balance of every row."""
    return [
        (row.principal, row.interest, row.capitalised, row.accrued, row.closing_balance)
        for row in irregular_table(terms(*rows, **changed))
    ]


def test_a_row_without_anything_said_pays_the_interest():
    assert figures(IrregularRow(JANUARY)) == [(0, 10, 0, 0, 1000)]


def test_given_principal_is_repaid_beside_the_interest():
    assert figures(IrregularRow(JANUARY, GivenPrincipal(300))) == [(300, 10, 0, 0, 700)]


def test_a_given_payment_pays_the_interest_first():
    assert figures(IrregularRow(JANUARY, GivenPayment(300))) == [(290, 10, 0, 0, 710)]


def test_the_whole_balance_leaves_nothing():
    assert figures(IrregularRow(JANUARY, WholeBalance())) == [(1000, 10, 0, 0, 0)]


def test_an_amount_below_zero_is_drawn_and_bears_interest_from_its_day():
    rows = IrregularRow(JANUARY, GivenPrincipal(-500), ACCRUED), IrregularRow(FEBRUARY)
    assert figures(*rows) == [(-500, 0, 0, 10, 1500), (0, 25, 0, 0, 1500)]


def test_a_line_may_be_drawn_from_nothing():
    rows = IrregularRow(JANUARY, GivenPrincipal(-500)), IrregularRow(FEBRUARY)
    assert figures(*rows, principal=0)[1] == (0, 5, 0, 0, 500)


@pytest.mark.parametrize(
    ("deferred", "then"),
    [
        (DeferredInterest.ACCRUED, (0, 20, 0, 0, 1000)),
        (DeferredInterest.CAPITALISED, (0, Fraction("10.1"), 0, 0, 1010)),
        (DeferredInterest.WAIVED, (0, 10, 0, 0, 1000)),
    ],
)
def test_interest_that_is_deferred_waits_becomes_principal_or_is_never_owed(deferred, then):
    assert figures(IrregularRow(JANUARY, None, deferred), IrregularRow(FEBRUARY))[1] == then


def test_waiving_the_interest_of_a_month_keeps_what_had_accrued_before():
    rows = IrregularRow(JANUARY, None, DeferredInterest.WAIVED), IrregularRow(FEBRUARY)
    assert figures(*rows, accrued_interest=7) == [(0, 0, 0, 7, 1000), (0, 17, 0, 0, 1000)]


@pytest.mark.parametrize("repays", [GivenPrincipal(2000), GivenPayment(2000)])
def test_a_row_never_repays_more_than_is_open(repays):
    rows = IrregularRow(JANUARY, repays), IrregularRow(FEBRUARY, repays)
    assert figures(*rows) == [(1000, 10, 0, 0, 0), (0, 0, 0, 0, 0)]


def test_two_payments_solved_at_one_percent_a_month():
    rows = IrregularRow(JANUARY, SolvedPayment()), IrregularRow(FEBRUARY, WholeBalance())
    table = irregular_table(terms(*rows, principal=201))
    assert [row.payment for row in table] == [Fraction("102.01"), Fraction("102.01")]


def test_a_payment_solved_over_later_dates_leaves_a_balloon_at_maturity():
    rows = IrregularRow(JANUARY, SolvedPayment()), IrregularRow(FEBRUARY, WholeBalance())
    table = irregular_table(
        terms(*rows, principal=Fraction("294.0985"), solved_over=[JANUARY, FEBRUARY, MARCH])
    )
    payment = Fraction("294.0985") * Fraction(1, 100) / (1 - Fraction(100, 101) ** 3)
    assert table[0].payment == payment
    assert table[1].principal == payment / Fraction("1.01") + payment / Fraction("1.01") ** 2


def test_a_balloon_in_the_terms_is_left_by_the_solved_payment():
    rows = [IrregularRow(day, SolvedPayment()) for day in (JANUARY, FEBRUARY)]
    assert irregular_table(terms(*rows, balloon=400))[-1].closing_balance == 400


def test_a_payment_on_the_day_of_the_loan_bears_no_interest():
    rows = IrregularRow(START, SolvedPayment()), IrregularRow(JANUARY, WholeBalance())
    for over in ((), (START, JANUARY)):
        first, last = irregular_table(terms(*rows, principal=201, solved_over=over))
        assert (first.interest, first.payment, last.payment) == (0, 101, 101)
        assert last.interest == 1


def test_interest_between_the_rows_that_pay_is_solved_with():
    rows = (
        IrregularRow(JANUARY),
        IrregularRow(FEBRUARY, SolvedPayment()),
        IrregularRow(date(2025, 3, 16), None, ACCRUED),
        IrregularRow(MARCH, None, DeferredInterest.CAPITALISED),
        IrregularRow(date(2025, 5, 1), GivenPrincipal(100), DeferredInterest.WAIVED),
        IrregularRow(date(2025, 6, 1), GivenPayment(50)),
        IrregularRow(date(2025, 7, 1), WholeBalance()),
    )
    table = irregular_table(terms(*rows))
    assert table[1].payment == table[6].payment


def test_a_change_of_rate_is_borne_from_its_day_and_solves_the_payment_anew():
    rows = (
        IrregularRow(JANUARY, SolvedPayment()),
        IrregularRow(FEBRUARY, SolvedPayment()),
        IrregularRow(MARCH, WholeBalance()),
    )
    halved = RateChange(date(2025, 2, 16), Rate.per_year("0.06"))
    before, after = (
        irregular_table(terms(*rows)),
        irregular_table(terms(*rows, rate_changes=[halved])),
    )
    assert after[0] == before[0]
    assert after[1].interest == before[1].interest * Fraction(3, 4)
    assert after[1].payment == after[2].payment != before[1].payment


def test_a_date_to_solve_over_before_a_change_bears_the_old_rate():
    changed = RateChange(date(2025, 2, 16), Rate.per_year("0.24"))
    first, last = irregular_table(
        terms(
            IrregularRow(FEBRUARY, SolvedPayment()),
            IrregularRow(MARCH, WholeBalance()),
            solved_over=[JANUARY, FEBRUARY, MARCH],
            rate_changes=[changed],
        )
    )
    growths = Fraction("1.01"), Fraction("1.015"), Fraction("1.02")
    worth = sum(1 / prod(growths[:count]) for count in (1, 2, 3))
    assert first.payment == 1000 / worth
    assert last.interest == first.closing_balance * Fraction("0.02")


@pytest.mark.parametrize(
    ("day", "interest"),
    [(START, 5), (date(2025, 1, 31), Fraction("9.8334")), (JANUARY, 10), (FEBRUARY, 10)],
)
def test_the_day_of_a_change_bears_the_new_rate(day, interest):
    rate = Fraction("0.06") if day == START else Fraction("0.060024")
    found = figures(IrregularRow(JANUARY), rate_changes=[ExactRateChange(day, rate)])
    assert found[0][1] == interest


def test_a_payment_below_the_interest_is_refused_unless_the_rest_may_become_principal():
    row = IrregularRow(JANUARY, GivenPayment(4))
    with pytest.raises(
        InvalidValueError, match="row 1: expected a payment of at least the interest, 10"
    ):
        figures(row)
    assert figures(row, may_capitalise=True) == [(0, 4, 6, 0, 1006)]


def test_a_negative_rate_makes_interest_negative():
    rows = IrregularRow(JANUARY, GivenPayment(100)), IrregularRow(FEBRUARY, WholeBalance())
    found = figures(*rows, annual_rate=Rate.per_year("-0.12"))
    assert found[0] == (110, -10, 0, 0, 890)


def test_with_a_currency_interest_is_rounded_once_when_it_falls_due():
    rows = (
        IrregularRow(JANUARY, None, ACCRUED),
        IrregularRow(FEBRUARY, None, ACCRUED),
        IrregularRow(MARCH),
    )
    figure = {"principal": Decimal("33.35"), "currency": EUR}
    found = figures(*rows, **figure)
    assert found[1][3] == Fraction("0.667")
    assert found[2][1] == Fraction("1.00")
    up = figures(*rows, **figure, rounding=RoundingMode.UP)
    assert up[2][1] == Fraction("1.01")


def test_a_payment_is_counted_to_the_nominal_date_and_due_on_the_shifted_one():
    saturday, monday = date(2025, 2, 1), date(2025, 2, 3)
    row = IrregularRow(monday, accrues_to=saturday)
    table = irregular_table(terms(row, day_count=DayCount.ACT_365F))
    assert table[0].due_date == monday
    assert table[0].interest == 1000 * Fraction("0.12") * Fraction(31, 365)
    assert row.accrual_date == saturday


def test_business_252_counts_the_days_of_the_calendar():
    row = IrregularRow(date(2025, 1, 8))
    found = figures(row, day_count=DayCount.BUSINESS_252, calendar=WEEKENDS_ONLY)
    assert found[0][1] == 1000 * Fraction("0.12") * Fraction(5, 252)


def test_the_schedule_has_the_rows_on_which_something_can_fall_due():
    table = irregular_table(
        terms(
            IrregularRow(JANUARY, GivenPrincipal(-500), ACCRUED),
            IrregularRow(FEBRUARY, GivenPrincipal(300), ACCRUED),
            IrregularRow(MARCH, WholeBalance()),
            currency=EUR,
        )
    )
    assert [(row.due_date, row.principal, row.interest) for row in table.schedule] == [
        (FEBRUARY, Decimal("300.00"), Decimal("0.00")),
        (MARCH, Decimal("1200.00"), Decimal("37.00")),
    ]
    assert len(table) == 3


def test_negative_interest_makes_less_principal_fall_due():
    table = irregular_table(
        terms(
            IrregularRow(JANUARY, WholeBalance()), annual_rate=Rate.per_year("-0.12"), currency=EUR
        )
    )
    assert (table.schedule[0].principal, table.schedule[0].interest) == (Decimal("990.00"), 0)


def test_a_schedule_needs_a_currency():
    with pytest.raises(InvalidValueError, match="schedule: expected terms with a currency"):
        _ = irregular_table(terms(IrregularRow(JANUARY))).schedule


def test_amounts_have_a_bound():
    huge = Decimal(10**13)
    row = IrregularRow(JANUARY, WholeBalance())
    with pytest.raises(InvalidValueError, match="amounts that sum to at most"):
        irregular_table(terms(row, principal=huge, currency=EUR))
    assert irregular_table(terms(row, principal=huge))[0].principal == huge


def test_a_table_is_made_of_terms():
    with pytest.raises(InvalidTypeError, match="expected IrregularTerms"):
        irregular_table("terms")  # type: ignore[arg-type]


def test_no_payment_solves_at_a_rate_that_eats_it():
    rows = [IrregularRow(date(2025 + year, 1, 1), SolvedPayment()) for year in (1, 2)]
    with pytest.raises(InvalidValueError, match="a payment that makes the balance fall"):
        irregular_table(terms(*rows, annual_rate=Fraction(-3)))


ROW = IrregularRow(JANUARY)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"rows": []}, "from 1 to 1200 rows, found 0"),
        ({"rows": [ROW, ROW]}, "rows: expected a date after 2025-02-01"),
        ({"rows": [IrregularRow(date(2024, 12, 31))]}, "row 1: expected interest to be counted to"),
        (
            {"rows": [ROW, IrregularRow(FEBRUARY, accrues_to=date(2025, 1, 31))]},
            "row 2: expected interest to be counted to 2025-02-01 or later, found 2025-01-31",
        ),
        (
            {"rows": [IrregularRow(JANUARY, WholeBalance()), IrregularRow(FEBRUARY)]},
            "row 1: expected WholeBalance in the last row alone",
        ),
        ({"principal": -1}, "principal: expected amount of zero or more"),
        ({"principal": Fraction(10**16)}, "principal: expected amount of at most"),
        ({"principal": Decimal("0.001"), "currency": EUR}, "principal: expected amount in EUR"),
        (
            {"rows": [IrregularRow(JANUARY, GivenPayment(Decimal("0.001")))], "currency": EUR},
            "row 1",
        ),
        ({"annual_rate": Rate.per_month("0.01")}, "annual_rate: expected a rate per year"),
        ({"annual_rate": Fraction(5)}, "annual_rate: expected at most 400 % a year"),
        ({"day_count": DayCount.ACT_ACT_ICMA}, "day_count: expected a day count of two dates"),
        ({"day_count": DayCount.THIRTY_U_360}, "Say THIRTY_U_360_EOM"),
        ({"day_count": DayCount.BUSINESS_252}, "calendar: expected a calendar with Business/252"),
        ({"solved_over": [FEBRUARY, JANUARY]}, "solved_over: expected a date after 2025-03-01"),
        (
            {"rows": [IrregularRow(FEBRUARY, SolvedPayment())], "solved_over": [JANUARY]},
            "solved_over: expected dates to 2025-03-01",
        ),
        (
            {"rate_changes": [ExactRateChange(JANUARY, Fraction(0))] * 2},
            "rate_changes: expected a date after 2025-02-01",
        ),
    ],
)
def test_terms_that_contradict_themselves_are_refused(changed, message):
    with pytest.raises(InvalidValueError, match=message):
        attrs.evolve(terms(ROW), **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"principal": 1000.0},
        {"principal": True},
        {"principal": "1000"},
        {"principal": Fraction(1000), "currency": EUR},
        {"annual_rate": 0.12},
        {"annual_rate": Decimal("0.12")},
        {"disbursed_on": datetime(2025, 1, 1)},
        {"day_count": "30E360"},
        {"currency": "EUR"},
        {"rounding": "half_up"},
        {"may_capitalise": 1},
        {"calendar": "weekends"},
        {"rows": [JANUARY]},
        {"rate_changes": [START]},
        {"solved_over": ["2025-02-01"]},
        {"solved_over": [datetime(2025, 2, 1)]},
        {"balloon": 1.5},
        {"accrued_interest": 1.5},
    ],
)
def test_wrong_types_are_refused(changed):
    with pytest.raises(InvalidTypeError):
        attrs.evolve(terms(ROW), **changed)


@pytest.mark.parametrize(
    "make",
    [
        lambda: IrregularRow(datetime(2025, 1, 1)),
        lambda: IrregularRow(START, accrues_to=datetime(2025, 1, 1)),
        lambda: IrregularRow(START, 300),
        lambda: IrregularRow(START, None, "accrued"),
        lambda: GivenPayment(1.5),
        lambda: GivenPrincipal("1"),
        lambda: ExactRateChange(START, 0.1),
        lambda: ExactRateChange(datetime(2025, 1, 1), Fraction(0)),
    ],
)
def test_wrong_types_in_a_row_are_refused(make):
    with pytest.raises(InvalidTypeError):
        make()


@pytest.mark.parametrize("repays", [GivenPayment(1), SolvedPayment(), WholeBalance()])
def test_a_payment_cannot_defer_its_interest(repays):
    with pytest.raises(InvalidValueError, match="A payment pays the interest first"):
        IrregularRow(START, repays, ACCRUED)


def test_a_payment_is_not_negative_and_not_a_number_is_no_amount():
    with pytest.raises(InvalidValueError, match="zero or more"):
        GivenPayment(-1)
    with pytest.raises(InvalidValueError):
        GivenPrincipal(Decimal("NaN"))
