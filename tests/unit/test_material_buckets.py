"""Buckets of material days: both limbs, at every close, of one account and of a book."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.portfolio import Portfolio
from delinquency.portfolio import assess as assess_book

FIRST = date(2025, 1, 1)
JAN, FEB = date(2025, 1, 31), date(2025, 2, 28)
DAY = timedelta(days=1)
MATERIAL = dq.CountName.MATERIAL_DAYS_PAST_DUE
BANDS = (
    dq.Bucket("none", 0, 0, is_stressed=False),
    dq.Bucket("1-90", 1, 90),
    dq.Bucket("default", 91),
)


def policy(amount: Any = 100, share: str = "0.01", **fields: Any) -> dq.Policy:
    counting = dq.Counting(materiality=dq.Materiality(amount, dq.Proportion.parse(share), CNY))
    scheme = dq.BucketScheme("material", MATERIAL, BANDS)
    return attrs.evolve(policy_of(), counting=counting, buckets=scheme, **fields)


def account_of(*payments: dq.Payment, **facts: Any) -> dq.Account:
    """101 due at the end of January, 9,899 in ten years: one cent more is above 1 % of 10,000."""
    rows = (dq.Instalment(JAN, Decimal("100.01")), dq.Instalment(date(2035, 1, 31), 9_899))
    return dq.Account(
        account_id=facts.pop("account_id", "A-1"),
        originated_on=FIRST,
        schedule=dq.Schedule(CNY, rows),
        payments=payments,
        **facts,
    )


def reading(account: dq.Account, as_of: date, used: dq.Policy | None = None) -> int:
    return dq.assess(account, as_of=as_of, policy=used or policy()).reading


def test_the_first_close_with_material_arrears_is_day_1() -> None:
    assert [reading(account_of(), JAN + days * DAY) for days in (-40, 0, 1, 2)] == [0, 0, 1, 2]


def test_the_bucket_begins_on_its_first_day() -> None:
    told = [
        dq.assess(account_of(), as_of=JAN + days * DAY, policy=policy()).bucket.code
        for days in (0, 1, 90, 91)
    ]
    assert told == ["none", "1-90", "1-90", "default"]


def test_each_limb_must_be_exceeded() -> None:
    for amount, share, expected in (
        (100, "0.01", 28),
        (Decimal("100.01"), "0.01", 0),
        (100, "0.0101", 0),
    ):
        assert reading(account_of(), FEB, policy(amount, share)) == expected


def test_one_close_within_a_limb_begins_the_count_anew() -> None:
    paid = dq.Payment(FEB, Decimal("0.01"))
    back = dq.ChargeBack(charge_back_id="b", value_date=FEB + 2 * DAY, principal=Decimal("0.01"))
    account = account_of(paid, events=[back])
    told = [reading(account, FEB + days * DAY) for days in (-1, 0, 1, 2, 3, 4)]
    assert told == [27, 0, 0, 0, 1, 2]
    assert dq.days_past_due(account, as_of=FEB, policy=policy()) == 28


def test_a_suspended_close_is_not_counted_and_ends_nothing() -> None:
    account = account_of(events=[dq.CountingSuspension(FEB, FEB + 3 * DAY)])
    assert [reading(account, FEB + days * DAY) for days in (-1, 0, 2, 3)] == [27, 27, 27, 28]


def test_a_lost_dispute_counts_as_if_it_had_never_been_or_begins_the_count_anew() -> None:
    lost = dq.Dispute("D-1", FEB, 1, FEB + 5 * DAY)
    counted = policy()
    from_end = attrs.evolve(
        counted, counting=attrs.evolve(counted.counting, lost_dispute=dq.LostDispute.FROM_ITS_END)
    )
    account = account_of(events=[lost])
    for used, expected in ((counted, [27, 0, 0, 33, 34]), (from_end, [27, 0, 0, 0, 1])):
        told = [reading(account, FEB + days * DAY, used) for days in (-1, 0, 4, 5, 6)]
        assert told == expected


def test_the_plain_verb_gives_what_the_bucket_reads() -> None:
    for account in (account_of(), account_of(dq.Payment(FEB, 1))):
        for as_of in (FIRST - DAY, JAN, FEB, FEB + DAY):
            said = dq.material_days_past_due(account, as_of=as_of, policy=policy())
            assert reading(account, as_of) == said


def test_what_was_not_known_is_cut_from_every_close() -> None:
    late = dq.Payment(JAN + DAY, 50, recorded_on=FEB)
    account = account_of(late)
    for known_on, expected in ((FEB - DAY, 28), (FEB, 0)):
        answer = dq.assess(account, as_of=FEB, policy=policy(), known_on=known_on)
        assert answer.reading == expected


def test_a_policy_without_materiality_cannot_read_material_days() -> None:
    scheme = dq.BucketScheme("material", MATERIAL, BANDS)
    with pytest.raises(dq.PolicyError, match="counting, materiality: expected both limbs"):
        attrs.evolve(policy_of(), buckets=scheme)


def test_an_account_in_another_currency_is_refused() -> None:
    euros = attrs.evolve(
        account_of(), schedule=dq.Schedule(dq.Currency.of("EUR"), [dq.Instalment(JAN, 100)])
    )
    with pytest.raises(dq.PolicyError, match="expected an account in CNY"):
        reading(euros, FEB)
    with pytest.raises(dq.PolicyError, match="expected an account in CNY"):
        assess_book(Portfolio.from_accounts([euros]), as_of=FEB, policy=policy())


def test_the_reasons_name_both_limbs_in_both_languages() -> None:
    answer = dq.assess(account_of(), as_of=FEB, policy=policy())
    step = answer.explanation.find("material_days")
    assert (step.value, step.inputs["amount"], step.inputs["exposure"]) == (
        28,
        100,
        Decimal("9999.01"),
    )
    assert "material days past due 28, within 1-90" in answer.explanation.to_text()
    assert "exceeded 100.00 CNY and 1/100 of the exposure" in answer.explanation.to_text()
    assert "重大逾期 28 天" in answer.explanation.to_text(lang="zh")


def test_a_debt_has_no_bucket_where_every_close_of_the_account_is_asked() -> None:
    assert dq.instalment_ages(account_of(), as_of=FEB, policy=policy())[0].bucket is None


@pytest.mark.parametrize("charges", [False, True])
def test_a_book_reads_material_days_as_its_accounts_do(charges: bool) -> None:
    fields: dict[str, Any] = {}
    if charges:
        fee = LateFeeTerms(name="late", amount=FlatFee(5), currency=CNY, wait_days=3)
        fields["late_fees"] = (fee,)
    used = policy(**fields)
    accounts = [
        account_of(account_id="A-1"),
        account_of(dq.Payment(FEB - DAY, Decimal("0.01")), account_id="A-2"),
        account_of(account_id="A-3", events=[dq.Dispute("D-1", FEB - 3 * DAY, 50)]),
        account_of(account_id="A-4", events=[dq.CountingSuspension(FEB - 5 * DAY, FEB)]),
    ]
    book = Portfolio.from_accounts(accounts)
    for as_of in (JAN, FEB, JAN + 91 * DAY):
        told = assess_book(book, as_of=as_of, policy=used)
        ages = dq.portfolio.instalment_ages(book, as_of=as_of, policy=used)
        for row, account in enumerate(accounts):
            answer = dq.assess(account, as_of=as_of, policy=used)
            assert told.bucket_of(row) == answer.bucket
            assert told.row(row).reading == answer.reading
            assert ages.row(row) == answer.late_instalments
    history = dq.portfolio.history(book, dates=[JAN, FEB], policy=used)
    assert history.bucket_codes()[:, 1].tolist() == [
        dq.assess(account, as_of=FEB, policy=used).bucket.code for account in accounts
    ]
