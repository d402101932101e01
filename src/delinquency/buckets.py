"""Bands of days, with names: the ageing levels of a lender or a regulator.

The one idea: a scheme covers every number of days exactly once, and is checked when it is made. The
paid-up case is a band like any other, and no band of stress contains day 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

import attrs

from delinquency.choices import checked_member
from delinquency.counting.rule import CountName
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = ["Bucket", "BucketScheme", "classify"]


MOST_BUCKETS = 127
"""Columns of a book hold the place of a bucket in one byte."""

LONGEST_COUNT = 1_000_000
"""The largest day, month or payment that a bucket may begin or end at."""


@attrs.frozen(slots=True)
class Bucket:
    """A closed range of days with a name.

    Parameters
    ----------
    code : str
        Short and stable: ``"31-60"``, ``"SMA-1"``, ``"次级"``.
    first_day, last_day : int, int or None
        Both ends belong to the bucket [days]; ``None`` is open-ended.
    is_stressed : bool, default True
        Whether an account in this bucket is late in the eyes of the scheme.
    label, label_zh : str, optional
        For people to read; default the code.
    codes : mapping of str to str, optional
        What the same band is called elsewhere, such as ``{"payment_rating": "1"}``.

    Examples
    --------
    >>> str(Bucket("31-60", 31, 60))
    '31-60'
    """

    code: str
    first_day: int
    last_day: int | None = None
    is_stressed: bool = True
    label: str = ""
    label_zh: str = ""
    codes: Mapping[str, str] = attrs.field(factory=dict[str, str], hash=False)

    def __attrs_post_init__(self) -> None:
        where = f"bucket {self.code!r}"
        if not isinstance(self.code, str) or not self.code:
            raise InvalidTypeError.at(
                "bucket, code", expected="a text that is not empty", found=self.code
            )
        last_day = self.first_day if self.last_day is None else self.last_day
        for field, value in (("first_day", self.first_day), ("last_day", last_day)):
            check_int(value, f"{where}, {field}")
            if value > LONGEST_COUNT:
                raise PolicyError.at(
                    f"{where}, {field}", expected=f"at most {LONGEST_COUNT:,}", found=value
                )
        self._check_names(where)
        if not 0 <= self.first_day <= last_day:
            raise PolicyError.at(
                where,
                expected="0 <= first_day <= last_day",
                found=f"{self.first_day} to {self.last_day}",
            )
        if self.is_stressed and self.first_day == 0:
            raise PolicyError.at(
                where,
                expected="a band of stress that begins at day 1 or later",
                found="one that contains day 0",
                hint="An account that owes nothing late has 0 days; give it a band of its own.",
            )

    def _check_names(self, where: str) -> None:
        for field, kind in (("is_stressed", bool), ("label", str), ("label_zh", str)):
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected=f"a {kind.__name__}", found=value
                )
        codes: object = self.codes
        if not isinstance(codes, Mapping) or not all(
            isinstance(text, str) for pair in self.codes.items() for text in pair
        ):
            raise InvalidTypeError.at(
                f"{where}, codes", expected="a mapping of text to text", found=codes
            )

    def text(self, lang: str = "en") -> str:
        """The label in a language, or the code."""
        return (self.label_zh if lang == "zh" else self.label) or self.code

    def __str__(self) -> str:
        return self.code


def _buckets(items: Iterable[Bucket]) -> tuple[Bucket, ...]:
    return checked_tuple(items, Bucket, "bucket scheme, bucket")


@attrs.frozen(slots=True)
class BucketScheme:
    """Buckets that cover every number of days from 0, and the count that they read.

    Parameters
    ----------
    name : str
    reads : CountName
        Which count is classified.
    buckets : tuple of Bucket
        In order, from day 0, without gap or overlap, the last one open-ended.

    Raises
    ------
    PolicyError
        No bucket; a gap; an overlap; a first band that does not begin at 0; a last band that ends;
        a code twice.

    Examples
    --------
    >>> scheme = BucketScheme("demo", CountName.DELINQUENT_DAYS,
    ...     (Bucket("current", 0, 0, is_stressed=False), Bucket("1-30", 1, 30), Bucket("31+", 31)))
    >>> [str(classify(days, scheme=scheme)) for days in (0, 1, 30, 31)]
    ['current', '1-30', '1-30', '31+']
    """

    name: str
    reads: CountName
    buckets: tuple[Bucket, ...] = attrs.field(converter=_buckets)
    first_days: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        where = f"bucket scheme {self.name!r}"
        checked_member(self.reads, CountName, f"{where}, reads")
        if not isinstance(self.name, str):
            raise InvalidTypeError.at("bucket scheme, name", expected="a text", found=self.name)
        if not 1 <= len(self.buckets) <= MOST_BUCKETS:
            raise PolicyError.at(
                where,
                expected=f"from 1 to {MOST_BUCKETS} buckets",
                found=str(len(self.buckets) or "none"),
            )
        self._check_cover(where)
        codes = [bucket.code for bucket in self.buckets]
        for number, code in enumerate(codes, start=1):
            if code in codes[: number - 1]:
                place = f"{where}, bucket {number}, code"
                raise PolicyError.at(place, expected="each code once", found=str(codes))
        object.__setattr__(self, "first_days", tuple(bucket.first_day for bucket in self.buckets))

    def _check_cover(self, where: str) -> None:
        expected_day: int | None = 0
        for number, bucket in enumerate(self.buckets, start=1):
            if expected_day is None or bucket.first_day != expected_day:
                wanted = (
                    "no bucket after an open-ended one"
                    if expected_day is None
                    else f"bucket {bucket.code!r} to begin at day {expected_day}"
                )
                raise PolicyError.at(
                    f"{where}, bucket {number}, first_day",
                    expected=wanted,
                    found=f"day {bucket.first_day}",
                    hint="Buckets cover every day once: no gap, no overlap.",
                )
            expected_day = None if bucket.last_day is None else bucket.last_day + 1
        if expected_day is not None:
            raise PolicyError.at(
                f"{where}, bucket {len(self.buckets)}, last_day",
                expected="an open-ended last bucket",
                found=f"one to day {expected_day - 1}",
            )

    def position(self, days: int) -> int:
        """The index of the bucket that contains ``days``, from 0."""
        return bisect_right(self.first_days, days) - 1

    def __iter__(self) -> Iterator[Bucket]:
        return iter(self.buckets)

    def __len__(self) -> int:
        return len(self.buckets)

    def __getitem__(self, index: int) -> Bucket:
        return self.buckets[index]


def classify(days: int, *, scheme: BucketScheme) -> Bucket:
    """The bucket that contains a number of days.

    Both ends of a bucket belong to it.

    Parameters
    ----------
    days : int
        0 or more [days].
    scheme : BucketScheme

    Raises
    ------
    InvalidTypeError
        ``days`` is not an ``int``; ``scheme`` is no scheme.
    InvalidValueError
        ``days`` is negative.

    Examples
    --------
    >>> scheme = BucketScheme("demo", CountName.DAYS_PAST_DUE,
    ...     (Bucket("current", 0, 0, is_stressed=False), Bucket("1-30", 1, 30), Bucket("31+", 31)))
    >>> classify(30, scheme=scheme).code, classify(31, scheme=scheme).code
    ('1-30', '31+')
    """
    check_int(days, "classify, days")
    if not isinstance(scheme, BucketScheme):
        raise InvalidTypeError.at(
            "classify, scheme",
            expected="a BucketScheme",
            found=scheme,
            hint="A policy has one: policy.buckets.",
        )
    if days < 0:
        raise InvalidValueError.at("classify, days", expected="0 or more", found=days)
    return scheme.buckets[scheme.position(days)]
