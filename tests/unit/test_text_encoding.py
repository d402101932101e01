"""Bytes of a file are text in UTF-8, or they are refused with their line."""

from __future__ import annotations

import pytest

import delinquency as dq
from delinquency.text_encoding import check_utf8, decode_utf8

FILE = "账户,应还日\n" * 100_000
"""Longer than one piece, and with characters across the border of two."""


def test_text_in_utf8_is_itself_with_the_mark_and_without() -> None:
    for content in (FILE.encode(), FILE.encode("utf-8-sig")):
        assert decode_utf8(content, where="a.csv", kind=dq.InvalidValueError) == FILE
        check_utf8(content, where="a.csv", kind=dq.InvalidValueError)
    assert decode_utf8(b"", where="a.csv", kind=dq.InvalidValueError) == ""


@pytest.mark.parametrize("read", [check_utf8, decode_utf8])
def test_the_line_of_what_is_no_utf8_is_named(read) -> None:
    content = FILE.encode() + "逾期".encode("gbk")
    with pytest.raises(dq.InvalidValueError, match=r"a\.csv: .* in line 100001\."):
        read(content, where="a.csv", kind=dq.InvalidValueError)
    with pytest.raises(dq.InvalidValueError, match="in line 100000"):
        read(FILE.encode()[:-2], where="a.csv", kind=dq.InvalidValueError)
    with pytest.raises(dq.PolicyError, match="found UTF-16"):
        read(FILE.encode("utf-16"), where="a.toml", kind=dq.PolicyError)
