"""How much a late fee is: published cases, and each limit at its edge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.calendar import day_number
from delinquency.late_fees import (
    BandFee,
    FeeBase,
    FeeFacts,
    FeeOutcome,
    FeeReason,
    FeeRow,
    FeeTable,
    FlatFee,
    LateFeeTerms,
    SafeHarbourFee,
    ShareFee,
    amount_by_band,
    assessed_fee,
    explain_fee,
    fee_minor,
    fee_table,
)
from delinquency.rounding import Proportion

USD, BRL, GBP = (dq.Currency.of(code) for code in ("USD", "BRL", "GBP"))
TWO_PER_CENT = Proportion.parse("0.02")


def number(year: int, month: int, day: int) -> int:
    return day_number(date(year, month, day), where="test", field="day")


def facts_of(*amounts: int, **given) -> FeeFacts:
    return FeeFacts(
        **{
            "day": number(2025, 3, 2),
            "open_amounts": (*amounts, *(0,) * (4 - len(amounts))),
            **given,
        }
    )


def share_of(share: str, of: FeeBase, **given) -> LateFeeTerms:
    return LateFeeTerms(name="late", amount=ShareFee(Proportion.parse(share), of), **given)


def card_terms(**given) -> LateFeeTerms:
    """Late fees of a card under the safe harbour of 25 and 35 dollars."""
    return LateFeeTerms(
        **{
            "name": "late",
            "amount": SafeHarbourFee(fee_table("us-card-safe-harbour-30-41")),
            "cap_by_minimum": True,
            "once_per_instalment": True,
            **given,
        }
    )


def card_facts(day: int, *, required: int, unpaid: int, cycle: int = 1, **given) -> FeeFacts:
    return FeeFacts(
        day=day,
        open_amounts=(100_000, 0, 0, 0),
        required_minimum=required * 100,
        unpaid_minimum=unpaid * 100,
        cycle=cycle,
        **given,
    )


@pytest.mark.parametrize(
    ("day", "paid"),
    [
        (number(2013, 9, 26), 0),  # i: minimum 15 due 25 September, nothing paid
        (number(2013, 9, 26), 10),  # ii: 10 paid
        (number(2013, 11, 5), 0),  # iii: due 28 October; the next minimum, 50, is set on 3 November
    ],
)
def test_we_21_the_cap_is_the_full_minimum_that_was_required_before_the_fee(day, paid):
    """12 CFR 1026, comment 52(b)(2)(i)-1: min(25, 15) = 15, whatever part was paid."""
    outcome = assessed_fee(card_terms(), card_facts(day, required=15, unpaid=15 - paid))
    assert (outcome.minor, outcome.reason) == (1500, FeeReason.REQUIRED_MINIMUM)


def test_we_22_one_fee_for_one_missed_due_date_and_the_higher_one_for_the_next():
    """12 CFR 1026, comment 52(b)(2)(ii)-1.i, safe harbour 25 and 35.

    A: minimum 20 due 25 March unpaid: min(25, 20) = 20 on 26 March, and no second fee on 31 March.
    B: April's minimum 70, 20 paid: min(35, 70) = 35. C: April's minimum 20, paid: no fee.
    """
    terms = card_terms()
    march = card_facts(number(2013, 3, 26), required=20, unpaid=20, cycle=3)
    assert fee_minor(terms, march) == 2000
    again = attrs.evolve(march, day=number(2013, 3, 31), fees_charged=1)
    assert assessed_fee(terms, again) == FeeOutcome(0, 0, FeeReason.ALREADY_CHARGED)
    assert fee_minor(terms, again) == 0
    april = card_facts(number(2013, 4, 26), required=70, unpaid=50, cycle=4, fee_cycles=(3,))
    assert fee_minor(terms, april) == 3500
    assert assessed_fee(terms, april).is_repeated
    paid = card_facts(number(2013, 4, 26), required=20, unpaid=0, cycle=4, fee_cycles=(3,))
    assert assessed_fee(terms, paid).reason is FeeReason.NOTHING_UNPAID


def test_we_23_a_late_or_a_returned_payment_fee_but_not_both():
    """12 CFR 1026, comment 52(b)(1)(ii)-1: a second late payment 35, a first returned payment 25."""
    late, returned = card_terms(), card_terms(name="returned")
    july = card_facts(number(2013, 7, 26), required=50, unpaid=50, cycle=7)
    assert fee_minor(late, july) == 2500
    day = number(2013, 8, 27)
    august = card_facts(day, required=50, unpaid=50, cycle=8, fee_cycles=(7,))
    assert fee_minor(late, august) == 3500
    of_its_type = card_facts(day, required=50, unpaid=50, cycle=8)
    assert fee_minor(returned, of_its_type) == 2500
    assert fee_minor(returned, attrs.evolve(of_its_type, fees_charged=1)) == 0


@pytest.mark.parametrize(("cycle", "fee"), [(1, 3500), (6, 3500), (7, 3500), (8, 2500)])
def test_a_violation_is_repeated_in_the_same_cycle_and_in_the_next_six(cycle, fee):
    facts = card_facts(number(2013, 12, 31), required=99, unpaid=99, cycle=cycle, fee_cycles=(1,))
    outcome = assessed_fee(card_terms(), facts)
    assert (outcome.minor, outcome.is_repeated) == (fee, fee == 3500)


def test_the_latest_of_earlier_fees_decides():
    facts = card_facts(number(2013, 5, 1), required=99, unpaid=99, cycle=9, fee_cycles=(8, 1))
    assert fee_minor(card_terms(), facts) == 3500


@pytest.mark.parametrize(
    ("day", "fee"),
    [((2013, 12, 31), 2500), ((2014, 1, 1), 2600), ((2016, 6, 26), 2700), ((2022, 1, 1), 3000)],
)
def test_the_amount_is_that_of_the_day_of_assessment(day, fee):
    assert fee_minor(card_terms(), card_facts(number(*day), required=99, unpaid=99)) == fee


def test_fineract_an_overdue_charge_of_1_5_per_cent_of_principal_and_interest():
    """pen-overdue-pct-principal-interest: 1.5 % of 1000 + 30 = 15.45, whatever fees are open."""
    terms = share_of("0.015", FeeBase.OVERDUE_INSTALMENT, component=dq.Component.PENALTY)
    assert fee_minor(terms, facts_of(100_000, 3_000, 999, 999)) == 1545


def test_united_kingdom_70_pounds_for_a_debt_of_5000():
    terms = LateFeeTerms(
        name="compensation",
        amount=BandFee(amount_by_band("uk-fixed-compensation"), FeeBase.OVERDUE_AMOUNT),
    )
    assert terms.currency == GBP
    for debt, fee in [
        (1, 40),
        (99_999, 40),
        (100_000, 70),
        (500_000, 70),
        (999_999, 70),
        (1_000_000, 100),
    ]:
        assert fee_minor(terms, facts_of(debt)) == 100 * fee


def test_brazil_a_fine_is_at_most_2_per_cent_of_the_instalment():
    """CDC Art. 52 par. 1: 2 % of 333.33 is 6.6666; a fine of at most that is 6.66, not 6.67."""
    terms = LateFeeTerms(
        name="multa",
        amount=FlatFee(Decimal("10.00")),
        currency=BRL,
        maximum=ShareFee(TWO_PER_CENT, FeeBase.INSTALMENT),
    )
    outcome = assessed_fee(terms, facts_of(100, contractual_amount=33_333))
    assert (outcome.minor, outcome.reason) == (666, FeeReason.MAXIMUM)
    assert fee_minor(terms, facts_of(100, contractual_amount=60_000)) == 1000
    assert (
        fee_minor(share_of("0.02", FeeBase.INSTALMENT), facts_of(1, contractual_amount=50_000))
        == 1000
    )


@pytest.mark.parametrize(
    ("of", "base"),
    [
        (FeeBase.OVERDUE_PRINCIPAL, 1),
        (FeeBase.OVERDUE_INTEREST, 20),
        (FeeBase.OVERDUE_INSTALMENT, 21),
        (FeeBase.OVERDUE_AMOUNT, 4321),
        (FeeBase.INSTALMENT, 50_000),
        (FeeBase.UNPAID_MINIMUM, 600_000),
        (FeeBase.OUTSTANDING_PRINCIPAL, 7_000_000),
    ],
)
def test_each_base_is_the_amount_that_it_names(of, base):
    facts = facts_of(
        1,
        20,
        300,
        4000,
        contractual_amount=50_000,
        unpaid_minimum=600_000,
        outstanding_principal=7_000_000,
    )
    assert fee_minor(share_of("1", of), facts) == base


@pytest.mark.parametrize(
    ("rounding", "fee"),
    [
        (dq.RoundingMode.HALF_UP, 3),
        (dq.RoundingMode.HALF_EVEN, 2),
        (dq.RoundingMode.DOWN, 2),
        (dq.RoundingMode.UP, 3),
    ],
)
def test_a_share_is_rounded_by_the_mode_of_the_terms(rounding, fee):
    assert (
        fee_minor(share_of("0.5", FeeBase.OVERDUE_PRINCIPAL, rounding=rounding), facts_of(5)) == fee
    )


@pytest.mark.parametrize(
    ("base", "fee", "reason"),
    [
        (19_999, 1000, FeeReason.AMOUNT),
        (19_900, 1000, FeeReason.MINIMUM),
        (20_000, 1000, FeeReason.AMOUNT),
        (60_000, 3000, FeeReason.AMOUNT),
        (60_100, 3000, FeeReason.MAXIMUM),
        (10, 1000, FeeReason.MINIMUM),
    ],
)
def test_a_fee_lies_between_its_minimum_and_its_maximum(base, fee, reason):
    terms = share_of("0.05", FeeBase.OVERDUE_PRINCIPAL, currency=USD, minimum=10, maximum=30)
    outcome = assessed_fee(terms, facts_of(base))
    assert (outcome.minor, outcome.reason) == (fee, reason)


def test_a_share_that_rounds_to_nothing_is_no_fee_and_so_has_no_minimum():
    terms = share_of("0.05", FeeBase.OVERDUE_PRINCIPAL, currency=USD, minimum=10)
    assert assessed_fee(terms, facts_of(9)) == assessed_fee(terms, facts_of(0))


def test_a_cap_of_the_law_prevails_over_a_minimum_of_the_contract():
    terms = LateFeeTerms(
        name="late", amount=FlatFee(5), currency=USD, minimum=25, cap_by_minimum=True
    )
    outcome = assessed_fee(terms, facts_of(1, required_minimum=1500))
    assert (outcome.minor, outcome.agreed_minor) == (1500, 500)
    assert outcome.reason is FeeReason.REQUIRED_MINIMUM
    whole = assessed_fee(terms, facts_of(1, required_minimum=2500))
    assert (whole.minor, whole.reason) == (2500, FeeReason.MINIMUM)


def test_where_nothing_is_unpaid_there_is_no_fee():
    terms = LateFeeTerms(name="late", amount=FlatFee(5), currency=USD)
    assert fee_minor(terms, facts_of(0)) == 0
    assert assessed_fee(terms, facts_of(1)) == FeeOutcome(500, 500, FeeReason.AMOUNT)
    assert fee_minor(terms, facts_of(1, unpaid_minimum=0)) == 0


def test_no_fee_where_a_payment_is_short_only_by_an_earlier_late_fee():
    """16 CFR 444.4(a): 100 paid in time for 100, of which 15 went to an earlier fee, leave 15 open.

    One cent more would be short by itself, and bears the fee.
    """
    terms = LateFeeTerms(name="late", amount=FlatFee(15), currency=USD, ignores_unpaid_fees=True)
    outcome = assessed_fee(terms, facts_of(1500, taken_by_late_fees=1500))
    assert outcome == FeeOutcome(0, 0, FeeReason.ONLY_FEES_UNPAID)
    assert fee_minor(terms, facts_of(1501, taken_by_late_fees=1500)) == 1500
    assert fee_minor(terms, facts_of(0, 0, 1500, open_late_fees=1500)) == 0
    assert fee_minor(terms, facts_of(0, 0, 1501, open_late_fees=1500)) == 1500
    paying = attrs.evolve(terms, ignores_unpaid_fees=False)
    assert fee_minor(paying, facts_of(1500, taken_by_late_fees=1500)) == 1500


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (share_of("1", FeeBase.INSTALMENT), "contractual_amount"),
        (share_of("1", FeeBase.UNPAID_MINIMUM), "unpaid_minimum"),
        (share_of("1", FeeBase.OUTSTANDING_PRINCIPAL), "outstanding_principal"),
        (share_of("1", FeeBase.OVERDUE_PRINCIPAL, cap_by_minimum=True), "required_minimum"),
        (card_terms(cap_by_minimum=False), "cycle"),
    ],
)
def test_a_figure_that_the_terms_need_and_nobody_gave_is_an_error(terms, field):
    with pytest.raises(dq.InvalidValueError, match=f"late fee 'late', facts: expected {field}"):
        fee_minor(terms, facts_of(1, day=number(2013, 1, 1)))


def test_a_day_before_the_table_has_no_amount():
    facts = card_facts(number(2010, 8, 21), required=99, unpaid=99)
    with pytest.raises(dq.PolicyNotInForceError, match="from 2010-08-22, found 2010-08-21"):
        fee_minor(card_terms(), facts)


@pytest.mark.parametrize("wrong", [None, {}, 1])
def test_bad_terms_and_facts_are_refused(wrong):
    terms = share_of("1", FeeBase.OVERDUE_AMOUNT)
    with pytest.raises(dq.InvalidTypeError, match="expected FeeFacts"):
        fee_minor(terms, wrong)
    with pytest.raises(dq.InvalidTypeError, match="expected LateFeeTerms"):
        fee_minor(wrong, facts_of(1))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"open_amounts": (1, 2, 3)}, "four amounts"),
        ({"open_amounts": (1, 2, 3, -1)}, "0 or more"),
        ({"open_late_fees": -1}, "0 or more"),
        ({"taken_by_late_fees": -1}, "0 or more"),
        ({"fees_charged": -1}, "0 or more"),
        ({"required_minimum": -1}, "0 or more"),
        ({"cycle": -1}, "0 or more"),
        ({"fee_cycles": (-1,)}, "0 or more"),
        ({"cycle": 3, "fee_cycles": (4,)}, "cycles up to that of this violation, 3"),
    ],
)
def test_facts_that_cannot_be_are_refused(given, message):
    with pytest.raises(dq.InvalidValueError, match=message):
        facts_of(**{"day": 0, "open_amounts": (0, 0, 0, 0), **given})


@pytest.mark.parametrize("field", ["day", "required_minimum", "fees_charged", "cycle"])
@pytest.mark.parametrize("wrong", [1.0, "1", True])
def test_facts_are_whole_numbers(field, wrong):
    with pytest.raises(dq.InvalidTypeError, match="expected an int"):
        facts_of(**{field: wrong})
    for amounts in ((1.5, 0, 0, 0), 7, "1234", None, (True, 0, 0, 0)):
        with pytest.raises(dq.InvalidTypeError, match="open"):
            FeeFacts(day=0, open_amounts=amounts)
    with pytest.raises(dq.InvalidTypeError, match="fee cycle"):
        facts_of(1, fee_cycles=[1.0])


def test_a_fee_explains_itself_with_the_source_of_its_row():
    facts = card_facts(number(2013, 9, 26), required=15, unpaid=5)
    told = explain_fee(card_terms(), facts, currency=USD)
    assert (told.rule, told.value) == ("late_fee", Decimal("15.00"))
    assert told.inputs == {
        "name": "late",
        "assessed_on": date(2013, 9, 26),
        "unpaid": Decimal("5.00"),
        "agreed": Decimal("25.00"),
        "currency": "USD",
        "reason": "required_minimum",
    }
    assert [str(one) for one in told.citations] == ["12 CFR 1026 (Regulation Z), 1026.52(b)(1)(ii)"]


def test_a_fee_of_a_band_cites_the_act_and_one_of_nothing_cites_nothing():
    terms = LateFeeTerms(
        name="compensation",
        amount=BandFee(amount_by_band("uk-fixed-compensation"), FeeBase.OVERDUE_AMOUNT),
    )
    assert len(explain_fee(terms, facts_of(1), currency=GBP).citations) == 2
    assert explain_fee(terms, facts_of(0), currency=GBP).citations == ()


def test_terms_cite_their_own_source_too():
    source = dq.Citation("Contract", "clause 7")
    terms = share_of("1", FeeBase.OVERDUE_AMOUNT, citations=[source])
    assert explain_fee(terms, facts_of(1), currency=USD).citations == (source,)


def test_an_unverified_row_says_so_in_the_explanation_and_warns():
    table = FeeTable(
        name="house",
        currency=USD,
        repeat_window=6,
        rows=[FeeRow(date(2020, 1, 1), 20, 30, verification=dq.Verification.UNVERIFIED)],
    )
    terms = LateFeeTerms(name="late", amount=SafeHarbourFee(table))
    with pytest.warns(dq.DelinquencyWarning, match="table 'house', row of 2020-01-01 was never"):
        told = explain_fee(terms, facts_of(1, cycle=1), currency=USD)
    assert told.inputs["unverified"] == "unverified"


def test_terms_of_one_currency_are_not_explained_in_another():
    with pytest.raises(dq.CurrencyError, match="expected USD, found GBP"):
        explain_fee(
            card_terms(), card_facts(number(2013, 1, 1), required=1, unpaid=1), currency=GBP
        )
    with pytest.raises(dq.InvalidTypeError, match="expected a Currency"):
        explain_fee(share_of("1", FeeBase.OVERDUE_AMOUNT), facts_of(1), currency="USD")
