"""The code of each month of a loan, as the Chinese register keeps it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency import rulebook
from delinquency.reporting import (
    BureauEdition,
    CreditEvent,
    ReportedState,
    StateCodes,
    bureau_codes,
)

REGISTER = rulebook.load("cn-bureau-loan")
OPENED = date(2024, 12, 20)


def loan(*payments, events=(), dues=((2025, 1), (2025, 2), (2025, 3), (2025, 4)), day=15):
    rows = [dq.Instalment(date(year, month, day), 100, 10) for year, month in dues]
    return dq.Account(
        account_id="A-1",
        originated_on=OPENED,
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
        payments=payments,
        events=events,
    )


def paid(month, day, amount=110, **more):
    return dq.Payment(date(2025, month, day), amount, **more)


def codes(account, as_of, months, **more):
    return bureau_codes(account, as_of=as_of, policy=REGISTER, months=months, **more).codes


def test_a_loan_that_never_pays_climbs_to_seven_and_stays_there():
    told = bureau_codes(loan(), as_of=date(2025, 12, 31), policy=REGISTER, months=14)
    assert told.codes == "/*123456777777"
    assert [month.days_past_due for month in told.months[2:8]] == [16, 44, 75, 105, 136, 166]


def test_there_are_24_months_unless_another_number_is_asked_for():
    told = bureau_codes(loan(), as_of=date(2025, 2, 28), policy=REGISTER)
    assert len(told) == 24
    assert told.codes == "/" * 21 + "*12"
    assert [month.reported_on for month in told][-3:] == [
        date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28),
    ]  # fmt: skip
    assert [month.month for month in told][-2:] == [date(2025, 1, 1), date(2025, 2, 1)]
    assert str(told) == told.codes
    assert told[-1] is told.months[-1]


def test_a_month_counts_from_its_last_day_on():
    assert codes(loan(), date(2025, 2, 27), 3) == "/*1"
    assert codes(loan(), date(2025, 2, 28), 3) == "*12"
    assert codes(loan(), date(2025, 3, 1), 3) == "*12"


@pytest.mark.parametrize(
    ("due_day", "as_of", "code"),
    [
        (date(2025, 1, 31), date(2025, 1, 31), "N"),
        (date(2025, 1, 30), date(2025, 1, 31), "1"),
        (date(2025, 1, 29), date(2025, 2, 28), "1"),
        (date(2025, 1, 28), date(2025, 2, 28), "2"),
        (date(2025, 1, 2), date(2025, 6, 30), "6"),
        (date(2025, 1, 1), date(2025, 6, 30), "6"),
        (date(2024, 12, 31), date(2025, 6, 30), "7"),
    ],
)
def test_the_day_before_on_and_after_each_edge(due_day, as_of, code):
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(due_day, 100)])
    account = dq.Account(account_id="A-1", originated_on=OPENED, schedule=schedule)
    assert codes(account, as_of, 1) == code


def test_paid_in_time_is_normal_and_a_month_without_a_due_is_a_star():
    account = loan(paid(1, 15), paid(4, 15), dues=((2025, 1), (2025, 4), (2025, 7)))
    assert codes(account, date(2025, 6, 30), 7) == "*N**N**"


def test_paid_in_advance_is_normal_in_the_month_in_which_it_is_due():
    assert codes(loan(paid(1, 2, 220)), date(2025, 2, 28), 3) == "*NN"


def test_money_for_an_old_debt_in_a_month_without_a_due_is_normal_and_not_a_star():
    account = loan(paid(2, 20), dues=((2025, 1), (2025, 7)))
    assert codes(account, date(2025, 3, 31), 4) == "*1N*"


@pytest.mark.parametrize("edition", BureauEdition)
def test_late_within_the_month_has_a_code_in_the_second_edition_alone(edition):
    late = "M" if edition is BureauEdition.SECOND else "N"
    for day, code in ((14, "N"), (15, "N"), (16, late), (31, late)):
        assert codes(loan(paid(1, day)), date(2025, 1, 31), 1, edition=edition) == code
    assert codes(loan(paid(2, 1)), date(2025, 1, 31), 1, edition=edition) == "1"


def test_what_was_late_before_the_month_does_not_make_it_late_within():
    second = BureauEdition.SECOND
    old_and_new = loan(paid(2, 10, 220))
    assert codes(old_and_new, date(2025, 2, 28), 2, edition=second) == "1N"
    too_late = loan(paid(2, 16, 220))
    assert codes(too_late, date(2025, 2, 28), 2, edition=second) == "1M"


def test_late_in_part_and_settled_in_two_payments_is_late_within_the_month():
    account = loan(paid(1, 10, 60), paid(1, 20, 50))
    assert codes(account, date(2025, 1, 31), 1, edition=BureauEdition.SECOND) == "M"


def test_days_of_grace_are_not_late_within_the_month():
    counting = dq.Counting(grace_days=3, grace_kind=dq.GraceKind.DEDUCTED)
    version = REGISTER.versions[0]
    scheme = attrs.evolve(version.buckets, reads=dq.CountName.DELINQUENT_DAYS)
    policy = attrs.evolve(version, counting=counting, buckets=scheme)
    for day, code in ((18, "N"), (19, "M")):
        told = bureau_codes(
            loan(paid(1, day)), as_of=date(2025, 1, 31), policy=policy, months=1,
            edition=BureauEdition.SECOND,
        )  # fmt: skip
        assert told.codes == code


def test_due_on_the_last_day_of_the_month_cannot_be_late_within_it():
    account = loan(paid(1, 31), day=28, dues=((2025, 2),))
    assert codes(account, date(2025, 2, 28), 1, edition=BureauEdition.SECOND) == "C"
    more = loan(paid(2, 28), day=28, dues=((2025, 2), (2025, 3)))
    assert codes(more, date(2025, 2, 28), 1, edition=BureauEdition.SECOND) == "N"


def test_the_month_of_the_last_payment_is_settled_and_so_are_those_after_it():
    account = loan(paid(1, 15), paid(2, 10, 330))
    assert codes(account, date(2025, 4, 30), 5) == "*NCCC"


def test_a_closure_is_settled_and_a_write_off_has_ended_otherwise():
    closed = loan(events=[dq.Closure(date(2025, 3, 31))])
    assert codes(closed, date(2025, 4, 30), 4) == "12CC"
    written = loan(events=[dq.WriteOff(date(2025, 3, 31))])
    assert codes(written, date(2025, 4, 30), 4) == "12GG"
    assert codes(written, date(2025, 3, 30), 2) == "12"


def test_what_was_written_off_and_is_recovered_is_settled():
    recovered = paid(4, 30, 440, kind=dq.PaymentKind.RECOVERY)
    account = loan(recovered, events=[dq.WriteOff(date(2025, 3, 31))])
    assert codes(account, date(2025, 4, 30), 3) == "2GC"
    in_part = attrs.evolve(account, payments=[attrs.evolve(recovered, amount=430)])
    assert codes(in_part, date(2025, 4, 30), 3) == "2GG"


def test_a_part_that_was_written_off_ends_nothing():
    interest = dq.WriteOff(date(2025, 3, 31), dq.Component.INTEREST)
    assert codes(loan(events=[interest]), date(2025, 3, 31), 1) == "3"


@pytest.mark.parametrize(
    ("state", "code"),
    [(ReportedState.GUARANTOR_PAID, "D"), (ReportedState.SETTLED_BY_ASSETS, "Z")],
)
def test_what_a_guarantor_or_assets_paid_is_of_its_month(state, code):
    account = loan(paid(3, 20, 330))
    for day, expected in ((1, f"2{code}1"), (31, f"2{code}1")):
        event = CreditEvent(state, date(2025, 3, day))
        assert codes(account, date(2025, 4, 30), 3, events=[event]) == expected
    before = CreditEvent(state, date(2025, 2, 28))
    assert codes(account, date(2025, 4, 30), 3, events=[before]) == f"{code}N1"


def test_a_balance_of_zero_is_settled_whoever_paid():
    account = loan(paid(3, 20, 440))
    event = CreditEvent(ReportedState.GUARANTOR_PAID, date(2025, 3, 20))
    assert codes(account, date(2025, 3, 31), 1, events=[event]) == "C"


def test_the_later_of_two_events_of_a_month_tells_it():
    events = [
        CreditEvent(ReportedState.SETTLED_BY_ASSETS, date(2025, 3, 9)),
        CreditEvent(ReportedState.GUARANTOR_PAID, date(2025, 3, 8)),
    ]
    assert codes(loan(), date(2025, 3, 31), 1, events=events) == "Z"


def test_months_older_than_the_records_are_unknown():
    for day, expected in ((date(2025, 2, 28), "/##23"), (date(2025, 3, 1), "/###3")):
        told = codes(loan(), date(2025, 3, 31), 5, unknown_before=day)
        assert told == expected


def test_a_month_is_told_as_it_was_known():
    account = loan(paid(1, 15, recorded_on=date(2025, 2, 3)))
    assert codes(account, date(2025, 1, 31), 1) == "N"
    assert codes(account, date(2025, 1, 31), 1, known_on=date(2025, 2, 2)) == "1"
    assert codes(account, date(2025, 1, 31), 1, known_on=date(2025, 2, 3)) == "N"
    event = CreditEvent(
        ReportedState.GUARANTOR_PAID, date(2025, 1, 20), recorded_on=date(2025, 2, 3)
    )
    for known_on, code in ((date(2025, 2, 2), "1"), (date(2025, 2, 3), "D")):
        assert codes(loan(), date(2025, 1, 31), 1, known_on=known_on, events=[event]) == code


def test_a_row_says_what_was_late_and_why():
    told = bureau_codes(loan(), as_of=date(2025, 2, 28), policy=REGISTER, months=3)
    assert [month.amount_past_due for month in told] == [0, Decimal("110.00"), Decimal("220.00")]
    text = told.explanation.to_text()
    assert text.splitlines()[:3] == [
        "Account A-1 as of 2025-02-28, month by month: *12",
        "  2024-12-31: *, nothing was due.",
        "  2025-01-31: 1, 16 days past due.",
    ]
    assert "due on 2025-01-15, counted to the close of 2025-02-28" in text
    chinese = told.explanation.to_text(lang="zh").splitlines()
    assert chinese[:3] == [
        "账户 A-1 截至 2025-02-28 的逐月还款状态：*12",
        "  2024-12-31：*，本月无应还款。",
        "  2025-01-31：1，逾期 16 天。",
    ]
    normal = bureau_codes(loan(paid(1, 15)), as_of=date(2025, 1, 31), policy=REGISTER, months=1)
    assert normal[0].explanation.to_text() == "2025-01-31: N, paid in time."


def test_what_cannot_be_asked_is_refused():
    asked = {"as_of": date(2025, 3, 31), "policy": REGISTER}
    for wrong, told in (
        ({"months": 0}, "bureau_codes, months: expected 1 or more, found 0"),
        ({"months": 61}, "account 'A-1', bureau_codes, months: expected at most 60"),
    ):
        with pytest.raises(dq.InvalidValueError, match=told):
            bureau_codes(loan(), **asked, **wrong)
    for wrong, told in (
        ({"months": "24"}, "an int"),
        ({"edition": 2}, "BureauEdition"),
        ({"unknown_before": "2025"}, "unknown_before"),
        ({"known_on": "2025"}, "known_on"),
        ({"events": [ReportedState.COLLECTION]}, "CreditEvent"),
        ({"as_of": None}, "as_of"),
        ({"policy": "cn-bureau-loan"}, "Policy"),
    ):
        with pytest.raises(dq.InvalidTypeError, match=told):
            bureau_codes(loan(), **(asked | wrong))
    with pytest.raises(dq.InvalidTypeError, match="an Account"):
        bureau_codes("A-1", **asked)


def test_an_old_loan_may_ask_for_every_month_it_had():
    old = attrs.evolve(loan(), originated_on=date(2018, 1, 31))
    assert len(bureau_codes(old, as_of=date(2025, 1, 1), policy=REGISTER, months=85)) == 85
    with pytest.raises(dq.InvalidValueError, match="at most 85, a full report or the months since"):
        bureau_codes(old, as_of=date(2025, 1, 1), policy=REGISTER, months=86)


def test_a_policy_without_the_codes_is_refused():
    asked = {"as_of": date(2025, 1, 31), "months": 2}
    with pytest.raises(dq.PolicyError, match="policy 'cn-loan': expected codes of states"):
        bureau_codes(loan(), policy=rulebook.load("cn-loan"), **asked)
    poor = REGISTER.evolve(state_codes=StateCodes([]))
    with pytest.raises(dq.PolicyError, match="a code for the state 'nothing_due'"):
        bureau_codes(loan(), policy=poor, **asked)
    event = CreditEvent(ReportedState.COLLECTION, date(2025, 1, 1))
    with pytest.raises(
        dq.InvalidValueError, match="'cn-bureau-loan' has codes for, found collection"
    ):
        bureau_codes(loan(), policy=REGISTER, events=[event], **asked)


def test_a_month_before_the_law_has_no_code():
    old = attrs.evolve(loan(), originated_on=date(2005, 12, 30))
    with pytest.raises(dq.PolicyNotInForceError):
        bureau_codes(old, as_of=date(2006, 1, 31), policy=REGISTER, months=2)


class TestEvents:
    """What an event of a credit may say."""

    @pytest.mark.parametrize(
        "state", [state for state in ReportedState if state.value in {
            "not_opened", "unknown", "nothing_due", "paid_late", "settled", "written_off"}],
    )  # fmt: skip
    def test_what_the_account_tells_by_itself_is_no_event(self, state):
        with pytest.raises(dq.InvalidValueError, match="does not tell by itself"):
            CreditEvent(state, date(2025, 1, 1))

    def test_an_event_ends_after_it_began(self):
        began = date(2025, 1, 1)
        assert CreditEvent(ReportedState.COLLECTION, began, date(2025, 1, 2)).until
        with pytest.raises(dq.InvalidValueError, match="a day after 2025-01-01"):
            CreditEvent(ReportedState.COLLECTION, began, began)
        with pytest.raises(dq.InvalidValueError, match="none: it is of its month"):
            CreditEvent(ReportedState.GUARANTOR_PAID, began, date(2025, 2, 1))

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (("collection", date(2025, 1, 1)), "ReportedState"),
            ((ReportedState.COLLECTION, "2025-01-01"), "value_date"),
            ((ReportedState.COLLECTION, date(2025, 1, 1), "2025"), "until"),
            ((ReportedState.COLLECTION, date(2025, 1, 1), None, "2025"), "recorded_on"),
        ],
    )
    def test_wrong_types_are_refused(self, given, told):
        with pytest.raises(dq.InvalidTypeError, match=told):
            CreditEvent(*given)
