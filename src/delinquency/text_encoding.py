"""Bytes of a file as text, in UTF-8 and in nothing else.

A file saved in another encoding can often be decoded to other characters, so that a name changes
without a word. The one idea: no encoding is guessed. What is not UTF-8 is refused with its line, and
with the encoding that it seems to have.
"""

from __future__ import annotations

import codecs
from typing import TypeVar

from delinquency.errors import DelinquencyError

__all__ = ["check_utf8", "decode_utf8", "not_utf8"]

E = TypeVar("E", bound=DelinquencyError)

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PIECE = 1 << 20
"""How much is decoded at a time where the text itself is not wanted [bytes]."""


def decode_utf8(content: bytes, *, where: str, kind: type[E]) -> str:
    """The text, without the mark that some programs put at the beginning of a file.

    Parameters
    ----------
    content : bytes
        The whole file.
    where : str
        Its name, for the message.
    kind : type
        The kind of the error.

    Raises
    ------
    DelinquencyError
        Of the given kind: the bytes are not UTF-8.

    Examples
    --------
    >>> from delinquency.errors import InvalidValueError
    >>> decode_utf8("逾期".encode(), where="a.csv", kind=InvalidValueError)
    '逾期'
    >>> decode_utf8("逾期".encode("gbk"), where="a.csv", kind=InvalidValueError)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: a.csv: expected text in UTF-8, found the byte 0xD3 in \
line 1. Hint: Save the file as UTF-8; it may be in GBK, or in another encoding of its country.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(error, where=where, kind=kind) from None


def check_utf8(content: bytes, *, where: str, kind: type[E]) -> None:
    """Refuse what :func:`decode_utf8` would refuse, without holding the text of a large file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        decode_utf8(content, where=where, kind=kind)


def not_utf8(error: UnicodeDecodeError, *, where: str, kind: type[E]) -> E:
    """What Python says of bytes that are not UTF-8, as an error of the library."""
    content = bytes(error.object)
    line = content.count(b"\n", 0, error.start) + 1
    found = f"the byte 0x{content[error.start]:02X} in line {line}"
    hint = "Save the file as UTF-8; it may be in GBK, or in another encoding of its country."
    if content.startswith(_UTF16_MARKS):
        found, hint = "UTF-16", "Save the file as UTF-8."
    return kind.at(where, expected="text in UTF-8", found=found, hint=hint)
