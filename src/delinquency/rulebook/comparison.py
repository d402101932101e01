"""Two policies, or two versions of one, line by line: what each says, where they differ.

The one idea: what is compared is what a page of a policy lists, so that a difference reads as the rule
does. Two policies without a line between them are equal in every field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby, pairwise
from typing import Final

import attrs

from delinquency.buckets import Bucket, BucketScheme
from delinquency.calendar import NONE_DAY, to_date
from delinquency.errors import InvalidTypeError
from delinquency.explanation_text import known_language
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.rulebook.describe import band_cells, facts, labelled_cells, source_line
from delinquency.rulebook.describing_words import validity_in, word_in
from delinquency.rulebook.pairing import paired
from delinquency.text_layout import html_cells
from delinquency.validity import Validity

__all__ = ["PolicyComparison", "PolicyDifference", "compare"]

_NAMES: Final = ("name", "title", "title_zh", "validity")
"""Fields of a policy that say which one it is, and no rule."""


@attrs.frozen(slots=True)
class PolicyDifference:
    """One line that two policies do not say alike.

    Attributes
    ----------
    name : str
        What differs, as a page of a policy calls it: ``"Grace"``, ``"Source"``; of a band its column.
    a, b : str or None
        What each says; None where it says nothing, or has no such band.
    bucket : str or None
        The code of the band that the line is about.
    in_force : Validity or None
        The days on which they differ so, where policies of several versions are compared.
    """

    name: str
    a: str | None
    b: str | None
    bucket: str | None = None
    in_force: Validity | None = None


def _heading(policy: Policy | PolicyTimeline, lang: str = "en") -> str:
    if isinstance(policy, PolicyTimeline) and len(policy.versions) == 1:
        (policy,) = policy.versions
    named = policy.version if isinstance(policy, Policy) else policy.name
    title = (policy.title_zh if lang == "zh" else "") or policy.title
    return named + (f"{'：' if lang == 'zh' else ': '}{title}" if title else "")


@attrs.frozen(slots=True)
class PolicyComparison:
    """The lines on which two policies differ; what they say alike is left out.

    Attributes
    ----------
    a, b : Policy or PolicyTimeline
    rows : tuple of PolicyDifference
        In the order of a page of a policy; none where the two are equal.
    """

    a: Policy | PolicyTimeline = attrs.field(repr=_heading)
    b: Policy | PolicyTimeline = attrs.field(repr=_heading)
    rows: tuple[PolicyDifference, ...]

    @property
    def is_equal(self) -> bool:
        """Whether the two are the same rules; names and titles are no rules."""
        return not self.rows

    def to_text(self, lang: str = "en") -> str:
        r"""The differences as lines for a terminal; both sides of each stand below each other.

        Parameters
        ----------
        lang : str, default "en"
            ``"en"`` or ``"zh"``. In English values are as a rulebook file writes them; in Chinese only
            codes, and names that have no Chinese one, are not Chinese.

        Examples
        --------
        >>> from delinquency import rulebook
        >>> before, after = rulebook.load("in-sma").versions
        >>> print(compare(after, after).to_text().splitlines()[-1])
        They say the same.
        >>> print(*compare(before, after).to_text().splitlines()[3:6], sep="\n")
        In force
          A  from 2021-11-12 until 2024-04-01 (excluded)
          B  from 2024-04-01
        """
        known_language(lang, "comparison")
        lines = [f"A  {_heading(self.a, lang)}", f"B  {_heading(self.b, lang)}"]
        if self.is_equal:
            lines += ["", "两者相同。" if lang == "zh" else "They say the same."]
        told = self.rows if lang == "en" else _differences(self.a, self.b, lang)
        for in_force, rows in groupby(told, key=lambda row: row.in_force):
            if in_force is not None:
                days = validity_in(in_force, lang)
                lines += ["", f"== {word_in(lang, 'In force')} {days} =="]
            for title, a, b in _told(rows, lang):
                lines += ["", title, f"  A  {a}", f"  B  {b}"]
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        heads = ("", _heading(self.a), _heading(self.b))
        body = ""
        for in_force, rows in groupby(self.rows, key=lambda row: row.in_force):
            if in_force is not None:
                body += f'<tr><th colspan="3">In force {escape(str(in_force))}</th></tr>'
            body += "".join(f"<tr>{html_cells('td', row)}</tr>" for row in _told(rows, "en"))
        note = "<p>They say the same.</p>" if self.is_equal else ""
        head = f"<thead><tr>{html_cells('th', heads)}</tr></thead>"
        return f"<table>{head}<tbody>{body}</tbody></table>{note}"

    def __str__(self) -> str:
        return self.to_text()


def compare(a: Policy | PolicyTimeline, b: Policy | PolicyTimeline) -> PolicyComparison:
    """Where two policies differ: facts by name, bands by code, sources by instrument.

    Two versions, or two policies of one version each, are compared whatever their dates; that the dates
    differ is a line. Where one has several versions, each stretch of days on which one pair of versions is
    in force is compared by itself; a stretch on which only one of them is in force is a difference. Every
    stretch is half-open.

    Parameters
    ----------
    a, b : Policy or PolicyTimeline

    Raises
    ------
    InvalidTypeError
        No policy.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> china, india = (rulebook.load(name).versions[-1] for name in ("cn-loan", "in-sma"))
    >>> for row in compare(china, india).rows[:3]:
    ...     print(row.name, row.a, row.b, sep=" | ")
    In force | from 2023-07-01 | from 2024-04-01
    First late day | day_after_due_date | due_date
    Order of payment | oldest first; fees, penalty, interest, principal; instalment first | \
oldest first; interest, fees, penalty, principal; instalment first
    >>> compare(china, china).rows
    ()
    """
    return PolicyComparison(a, b, _differences(a, b, "en"))


def _differences(
    a: Policy | PolicyTimeline, b: Policy | PolicyTimeline, lang: str
) -> tuple[PolicyDifference, ...]:
    ours, theirs = _versions(a), _versions(b)
    if len(ours) == len(theirs) == 1:
        return tuple(_whole(ours[0], theirs[0], lang))
    return tuple(_by_stretch(ours, theirs, lang))


def _versions(policy: object) -> tuple[Policy, ...]:
    match policy:
        case Policy():
            return (policy,)
        case PolicyTimeline():
            return policy.versions
        case _:
            raise InvalidTypeError.at(
                "compare",
                expected="a Policy or a PolicyTimeline",
                found=policy,
                hint='delinquency.rulebook.load("cn-loan")',
            )


def _whole(a: Policy, b: Policy, lang: str) -> Iterator[PolicyDifference]:
    if a.validity.days != b.validity.days:
        yield PolicyDifference(
            "In force", validity_in(a.validity, lang), validity_in(b.validity, lang)
        )
    yield from _rules(a, b, lang)


def _by_stretch(
    ours: Sequence[Policy], theirs: Sequence[Policy], lang: str
) -> Iterator[PolicyDifference]:
    edges = sorted({day for version in (*ours, *theirs) for day in version.validity.days})
    for start, end in pairwise(edges):
        a, b = _on(ours, start), _on(theirs, start)
        days = Validity(
            None if start == -NONE_DAY else to_date(start),
            None if end == NONE_DAY else to_date(end),
        )
        if a is not None and b is not None:
            yield from (attrs.evolve(row, in_force=days) for row in _rules(a, b, lang))
        elif a is not None or b is not None:
            yield PolicyDifference("In force", _dates(a, lang), _dates(b, lang), in_force=days)


def _dates(version: Policy | None, lang: str) -> str | None:
    return None if version is None else validity_in(version.validity, lang)


def _on(versions: Sequence[Policy], day: int) -> Policy | None:
    """The version whose validity a day is in, whichever date of an account selects it."""
    for version in versions:
        start, end = version.validity.days
        if start <= day < end:
            return version
    return None


def _rules(a: Policy, b: Policy, lang: str) -> Iterator[PolicyDifference]:
    """What differs besides the dates; equal amounts that are written otherwise are equal."""
    fields = [
        field.name
        for field in attrs.fields(Policy)
        if field.name not in _NAMES and getattr(a, field.name) != getattr(b, field.name)
    ]
    if a.validity.selected_by is b.validity.selected_by and not fields:
        return
    rows = [
        *(PolicyDifference(*row) for row in _unlike(list(facts(a, lang)), list(facts(b, lang)))),
        *_bands(a.buckets, b.buckets, lang),
        *(
            PolicyDifference("Source", x, y)
            for _, x, y in _unlike(_sources(a, lang), _sources(b, lang))
        ),
    ]
    # What no line tells, such as a share that another choice leaves unused, is still no equality.
    yield from rows or (
        PolicyDifference(name, repr(getattr(a, name)), repr(getattr(b, name))) for name in fields
    )


def _unlike(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Lines of one name that only one side has, by what they are about; another order is one pair."""
    for name in dict.fromkeys(name for name, _ in (*ours, *theirs)):
        a, b = ([line for known, line in side if known == name] for side in (ours, theirs))
        told = [(name, *pair) for pair in paired(a, b)]
        if not told and a != b:
            told = [(name, "; ".join(a), "; ".join(b))]
        yield from told


def _bands(ours: BucketScheme, theirs: BucketScheme, lang: str) -> Iterator[PolicyDifference]:
    a, b = ({bucket.code: _cells(bucket, lang) for bucket in scheme} for scheme in (ours, theirs))
    for code in dict.fromkeys((*a, *b)):
        x, y = a.get(code, {}), b.get(code, {})
        for name in list(x or y)[1:]:
            if x.get(name, "") != y.get(name, ""):
                yield PolicyDifference(name, x.get(name), y.get(name), bucket=code)


def _cells(bucket: Bucket, lang: str) -> dict[str, str]:
    """The columns of a band; in Chinese with the one label of the language, where there is one."""
    if lang == "zh":
        return labelled_cells(bucket, lang) | {"label": bucket.label_zh}
    return band_cells(bucket)


def _sources(policy: Policy, lang: str) -> list[tuple[str, str]]:
    return [(source.instrument, source_line(source, lang)) for source in policy.citations]


def _told(rows: Iterator[PolicyDifference], lang: str) -> Iterator[tuple[str, str, str]]:
    """What differs and both sides of it, the columns of one band together."""
    none = "无" if lang == "zh" else "none"
    for code, group in groupby(rows, key=lambda row: row.bucket):
        several = list(group)
        if code is None:
            for row in several:
                yield word_in(lang, row.name), row.a or none, row.b or none
            continue
        a, b = (
            ", ".join(
                f"{word_in(lang, row.name)} {word_in(lang, cell or '-')}"
                for row, cell in zip(several, cells, strict=True)
                if cell is not None
            )
            for cells in ([row.a for row in several], [row.b for row in several])
        )
        yield f"{word_in(lang, 'bucket')} {code}", a or none, b or none
