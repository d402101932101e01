"""Finding rulebook files: the packaged ones by name, one's own by path."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import resources
from pathlib import Path

import attrs

from delinquency.citation import Verification
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.policy_versions import PolicyTimeline
from delinquency.rulebook.parsing import parse_timeline
from delinquency.text_encoding import decode_utf8
from delinquency.validity import Validity

__all__ = ["RulebookEntry", "available", "load", "loads"]

_FILES = "files"


@attrs.frozen(slots=True)
class RulebookEntry:
    """A packaged policy, as the list of policies shows it."""

    name: str
    title: str
    title_zh: str
    jurisdiction: str
    verification: Verification
    versions: tuple[Validity, ...]


def loads(text: str, *, source: str = "<text>") -> PolicyTimeline:
    """A policy from the text of a rulebook file.

    Raises
    ------
    InvalidTypeError
        No text.
    PolicyError
        The text is no rulebook file; the message names ``source``, the line, the version and the key.
    """
    if not isinstance(text, str):
        raise InvalidTypeError.at(source, expected="the text of a rulebook file", found=text)
    return parse_timeline(text, source=source)


def load(name: str | Path) -> PolicyTimeline:
    """A packaged policy by name, or a file of one's own by path.

    Parameters
    ----------
    name : str or Path
        A text that ends in ``.toml`` is a path; the file is in UTF-8.

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such policy or file, or a file that contradicts itself.

    Examples
    --------
    >>> load("founding-report").versions[0].buckets[1].code
    '1-30'
    """
    if isinstance(name, Path) or (isinstance(name, str) and name.endswith(".toml")):
        path = Path(name)
        return parse_timeline(_text_of(path), source=str(path))
    if not isinstance(name, str):
        raise InvalidTypeError.at("rulebook", expected="a name or a path", found=name)
    names = _packaged_names()
    if name not in names:
        near = get_close_matches(name, names, n=1)
        raise PolicyError.at(
            "rulebook",
            expected=f"one of {', '.join(names)}, or a path ending in .toml",
            found=repr(name),
            hint=f"Did you mean {near[0]!r}?" if near else "",
        )
    return parse_timeline(_packaged_text(name), source=f"{name}.toml")


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise PolicyError.at(
            "rulebook", expected="a file that can be read", found=f"{path}: {said}"
        ) from None
    return decode_utf8(content, where=str(path), kind=PolicyError)


def available() -> tuple[RulebookEntry, ...]:
    """Every packaged policy, by name."""
    return tuple(_entry(load(name)) for name in _packaged_names())


def _entry(timeline: PolicyTimeline) -> RulebookEntry:
    levels = [version.verification for version in timeline.versions if version.verification]
    weakest = max(levels, key=list(Verification).index)
    return RulebookEntry(
        timeline.name,
        timeline.title,
        timeline.title_zh,
        timeline.jurisdiction,
        weakest,
        tuple(version.validity for version in timeline.versions),
    )


def _packaged_names() -> list[str]:
    folder = resources.files("delinquency.rulebook").joinpath(_FILES)
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


def _packaged_text(name: str) -> str:
    file = resources.files("delinquency.rulebook").joinpath(_FILES, f"{name}.toml")
    return file.read_text(encoding="utf-8")
