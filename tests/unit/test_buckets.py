"""Bands of days: every day in one band, and no stress at day 0."""

from __future__ import annotations

import pytest

import delinquency as dq

CURRENT = dq.Bucket("current", 0, 0, is_stressed=False)
READS = dq.CountName.DAYS_PAST_DUE


def scheme(*buckets: dq.Bucket) -> dq.BucketScheme:
    return dq.BucketScheme("ageing", READS, buckets)


LATE = dq.Bucket("1-30", 1, 30)
AGEING = scheme(CURRENT, dq.Bucket("1-30", 1, 30), dq.Bucket("31-60", 31, 60), dq.Bucket("61+", 61))


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61+"),
     (36_500, "61+")],
)  # fmt: skip
def test_both_ends_of_a_bucket_belong_to_it(days, code):
    assert dq.classify(days, scheme=AGEING).code == code


@pytest.mark.parametrize("days", [True, 1.0, "1", None])
def test_days_are_whole_numbers(days):
    with pytest.raises(dq.InvalidTypeError, match="classify, days: expected an int"):
        dq.classify(days, scheme=AGEING)


def test_days_are_not_negative():
    with pytest.raises(dq.InvalidValueError, match="expected 0 or more, found -1"):
        dq.classify(-1, scheme=AGEING)


def test_a_scheme_is_a_sequence_of_its_buckets():
    assert len(AGEING) == 4
    assert [bucket.code for bucket in AGEING] == ["current", "1-30", "31-60", "61+"]
    assert AGEING[1].last_day == 30
    assert AGEING.position(31) == 2


def test_a_bucket_reads_as_its_code_and_may_be_called_something_else_elsewhere():
    bucket = dq.Bucket("次级", 91, 180, label="substandard", codes={"class": "3"})
    assert str(bucket) == "次级"
    assert bucket.codes["class"] == "3"
    assert hash(bucket) == hash(dq.Bucket("次级", 91, 180, label="substandard"))


@pytest.mark.parametrize(
    ("buckets", "found"),
    [
        ((), "found none"),
        ((CURRENT,), "an open-ended last bucket, found one to day 0"),
        ((dq.Bucket("1+", 1),), "'1\\+' to begin at day 0, found day 1"),
        ((CURRENT, dq.Bucket("2+", 2)), "'2\\+' to begin at day 1, found day 2"),
        (
            (CURRENT, dq.Bucket("1-30", 1, 30), dq.Bucket("30+", 30)),
            "'30\\+' to begin at day 31, found day 30",
        ),
        (
            (CURRENT, dq.Bucket("1+", 1), dq.Bucket("2+", 2)),
            "no bucket after an open-ended one, found day 2",
        ),
        ((CURRENT, dq.Bucket("current", 1)), "each code once"),
    ],
)
def test_a_scheme_covers_every_day_once(buckets, found):
    with pytest.raises(dq.PolicyError, match=found):
        scheme(*buckets)


def test_a_scheme_names_the_count_that_it_reads():
    with pytest.raises(dq.InvalidTypeError, match="reads: expected a CountName"):
        dq.BucketScheme("ageing", "days_past_due", (CURRENT, dq.Bucket("1+", 1)))


def test_day_0_is_no_stress():
    with pytest.raises(dq.PolicyError, match="one that contains day 0"):
        dq.Bucket("0-30", 0, 30)
    assert not dq.Bucket("0-30", 0, 30, is_stressed=False).is_stressed
    assert dq.Bucket("1-30", 1, 30).is_stressed


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (5, 4)])
def test_a_bucket_ends_no_earlier_than_it_begins(first, last):
    with pytest.raises(dq.PolicyError, match="0 <= first_day <= last_day"):
        dq.Bucket("odd", first, last, is_stressed=False)
    assert dq.Bucket("one day", 5, 5).first_day == 5


def test_a_bucket_has_a_label_in_each_language_and_else_its_code():
    bucket = dq.Bucket("sub", 91, label="Substandard", label_zh="次级")
    assert (bucket.text(), bucket.text("zh")) == ("Substandard", "次级")
    assert (LATE.text(), LATE.text("zh")) == ("1-30", "1-30")


def test_the_largest_bounds_are_accepted():
    far = dq.Bucket("far", 1_000_000, 1_000_000)
    assert far.last_day == 1_000_000
    bands = [dq.Bucket("0", 0, 0, is_stressed=False)]
    bands += [dq.Bucket(str(day), day, day) for day in range(1, 126)]
    scheme = dq.BucketScheme("daily", dq.CountName.DAYS_PAST_DUE, [*bands, dq.Bucket("126+", 126)])
    assert len(scheme) == 127
