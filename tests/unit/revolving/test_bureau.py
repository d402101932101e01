"""The status of a card month by month, as the credit register keeps it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.revolving.cases import card, interest, paid, purchase, terms, yuan

import delinquency as dq
from delinquency.revolving import BureauEdition, card_bureau_codes

BOUGHT, DUE = date(2025, 3, 30), date(2025, 4, 23)
FREE = terms(interest=interest(kinds=[]))


def codes(subject, as_of, **more):
    return "".join(month.code for month in card_bureau_codes(subject, as_of=as_of, **more))


def test_a_card_that_never_pays_climbs_to_seven_and_stays_there():
    subject = card(purchase(BOUGHT, 1000), agreed=FREE)
    assert codes(subject, date(2026, 2, 5), months=12) == "/*1234567777"


def test_the_figures_are_24_and_the_last_is_that_of_the_last_statement():
    subject = card(purchase(BOUGHT, 1000), agreed=FREE)
    told = card_bureau_codes(subject, as_of=date(2025, 6, 4))
    assert len(told) == 24
    assert told[-1].reported_on == date(2025, 5, 5)
    assert (told[-1].code, told[-1].amount_past_due) == ("1", 100)
    on_day = card_bureau_codes(subject, as_of=date(2025, 6, 5))
    assert (on_day[-1].code, on_day[-1].amount_past_due) == ("2", 200)
    assert told[0].code == "/"
    assert told[0].reported_on == date(2023, 6, 5)


def test_paid_on_the_due_date_is_normal_and_nothing_to_pay_is_a_star():
    subject = card(purchase(BOUGHT, 1000), paid(DUE, 1000), agreed=FREE)
    assert codes(subject, date(2025, 6, 30), months=3) == "*N*"


@pytest.mark.parametrize(
    ("edition", "expected"), [(BureauEdition.FIRST, "*N"), (BureauEdition.SECOND, "*M")]
)
def test_paid_late_but_before_the_next_statement(edition, expected):
    for day, code in ((24, expected), (23, "*N")):
        subject = card(purchase(BOUGHT, 1000), paid(date(2025, 4, day), 100), agreed=FREE)
        assert codes(subject, date(2025, 5, 5), months=2, edition=edition) == code


def test_money_on_the_statement_day_counts_and_a_day_later_it_is_missed():
    for day, code in ((5, "*N"), (6, "*1")):
        subject = card(purchase(BOUGHT, 1000), paid(date(2025, 5, day), 100), agreed=FREE)
        assert codes(subject, date(2025, 5, 31), months=2) == code


def test_grace_and_tolerance_are_no_miss():
    agreed = terms(interest=interest(kinds=[]), grace_days=3, tolerance=10)
    for day, amount, code in ((26, "90.00", "*N"), (26, "89.99", "*1")):
        subject = card(
            purchase(BOUGHT, 1000), paid(date(2025, 4, day), yuan(amount)), agreed=agreed
        )
        assert codes(subject, date(2025, 5, 31), months=2) == code


def test_a_gap_in_missing_begins_the_count_anew():
    subject = card(purchase(BOUGHT, 1000), paid(date(2025, 5, 30), 200), agreed=FREE)
    assert codes(subject, date(2025, 7, 5), months=4) == "*1N1"


def test_months_older_than_the_records_are_unknown():
    subject = card(purchase(BOUGHT, 1000), agreed=FREE)
    told = codes(subject, date(2025, 7, 5), months=5, unknown_before=date(2025, 6, 5))
    assert told == "/##23"


def test_a_card_is_not_opened_before_its_first_statement():
    subject = card(purchase(BOUGHT, 1000), agreed=FREE)
    for as_of in (date(2025, 4, 4), date(2024, 12, 31), date(2020, 1, 1)):
        told = card_bureau_codes(subject, as_of=as_of, months=2)
        assert [month.code for month in told] == ["/", "/"]
        assert told[-1].reported_on <= as_of
        assert told[-1].amount_past_due == 0


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(dq.InvalidValueError, match="1 or more"):
        card_bureau_codes(card(), as_of=DUE, months=0)
    with pytest.raises(dq.InvalidTypeError, match="an int"):
        card_bureau_codes(card(), as_of=DUE, months="24")
    with pytest.raises(dq.InvalidTypeError, match="BureauEdition"):
        card_bureau_codes(card(), as_of=DUE, edition=2)
    with pytest.raises(dq.InvalidTypeError, match="unknown_before"):
        card_bureau_codes(card(), as_of=DUE, unknown_before="2025")
    with pytest.raises(dq.InvalidTypeError, match="CardAccount"):
        card_bureau_codes("C-1", as_of=DUE)
    with pytest.raises(dq.InvalidTypeError, match="as_of"):
        card_bureau_codes(card(), as_of=None)


def test_a_row_of_a_card_has_the_form_of_a_loan_and_says_why():
    subject = card(purchase(BOUGHT, 1000), agreed=FREE)
    history = card_bureau_codes(subject, as_of=date(2025, 6, 5), months=4)
    assert history.codes == "/*12"
    assert [month.days_past_due for month in history] == [0, 0, 12, 43]
    assert history[-1].month == date(2025, 6, 1)
    assert history.explanation.to_text().splitlines() == [
        "Account C-1 as of 2025-06-05, month by month: /*12",
        "  2025-03-05: /, not opened.",
        "  2025-04-05: *, nothing was due.",
        "  2025-05-05: 1, minimums missed in a row: 1.",
        "  2025-06-05: 2, minimums missed in a row: 2.",
    ]
    chinese = history.explanation.to_text(lang="zh").splitlines()
    assert chinese[-1] == "  2025-06-05：2，连续未还最低还款额 2 次。"


def test_the_days_of_a_card_are_those_of_the_oldest_minimum_still_open():
    subject = card(purchase(BOUGHT, 1000), paid(date(2025, 6, 4), 100), agreed=FREE)
    last = card_bureau_codes(subject, as_of=date(2025, 6, 5), months=1)[0]
    assert (last.code, last.amount_past_due) == ("2", 100)
    assert last.days_past_due == (date(2025, 6, 5) - date(2025, 5, 23)).days
