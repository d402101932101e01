"""A policy as a page or as text: its bands, how it counts, in which order, by which source.

The one idea: what a version says is listed once, and a page and a terminal lay out the same list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from textwrap import wrap
from typing import Final

from delinquency.allocation import AllocationOrder, Excess
from delinquency.buckets import Bucket
from delinquency.citation import Citation
from delinquency.counting import Counting, LostDispute, PartialPayments
from delinquency.explanation_text import known_language, words_of
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.rulebook.describing_words import listed, named, said, validity_in, word_in
from delinquency.text_layout import aligned

__all__ = ["band_cells", "facts", "labelled_cells", "source_line", "to_markdown", "to_text"]

_IN_TABLES: Final = frozenset({"Status", "Trigger", "Exit"})
"""What a page lays out as tables of its own."""


def to_markdown(timeline: PolicyTimeline) -> str:
    """A page in Markdown that describes every version of a policy.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> print(to_markdown(rulebook.load("ifrs9")).splitlines()[0])
    # IFRS 9: backstops of 30 and 90 days
    """
    return "\n".join(_page(timeline)) + "\n"


def _page(timeline: PolicyTimeline) -> Iterator[str]:
    yield f"# {timeline.title or timeline.name}"
    yield ""
    if timeline.title_zh:
        yield f"{timeline.title_zh}"
        yield ""
    yield f"`rulebook.load({timeline.name!r})`" + (
        f", jurisdiction {timeline.jurisdiction}." if timeline.jurisdiction else "."
    )
    if timeline.notes:
        yield ""
        yield timeline.notes
    for version in timeline.versions:
        yield ""
        yield f"## In force: {version.validity}"
        yield ""
        yield from _version(version)


def _version(policy: Policy) -> Iterator[str]:
    for name, value in facts(policy):
        if name in _IN_TABLES:
            continue
        yield f"- {name}: **{value}**" if name == "Verification" else f"- {name}: {value}"
    yield ""
    rows = [band_cells(bucket) for bucket in policy.buckets]
    yield f"| {' | '.join(rows[0])} |"
    yield f"|{'---|' * len(rows[0])}"
    for row in rows:
        yield f"| {' | '.join(row.values())} |"
    if policy.status:
        from delinquency.rulebook.describe_status import status_page

        yield from status_page(policy)
    sources = _sources(policy)
    if sources:
        yield ""
        yield "Sources:"
        yield ""
        for number, citation in enumerate(sources, start=1):
            yield f"{number}. {source_line(citation)}"


def _sources(policy: Policy) -> tuple[Citation, ...]:
    """The sources of a version; those of the rules of its status after its own."""
    if not policy.status:
        return policy.citations
    from delinquency.rulebook.describe_status import sources_of

    return sources_of(policy)


def _grace(counting: Counting, lang: str) -> str:
    if counting.grace_kind is None or not counting.grace_days:
        return said("none", lang)
    kind = named(counting.grace_kind.value, lang)
    return said("grace", lang, days=counting.grace_days, kind=kind)


def _tolerance(counting: Counting, lang: str) -> str:
    if counting.tolerance_scope is None or not counting.tolerance:
        return said("none", lang)
    scope = named(counting.tolerance_scope.value, lang)
    return said("tolerance", lang, tolerance=counting.tolerance, scope=scope)


def facts(policy: Policy, lang: str = "en") -> Iterator[tuple[str, str]]:
    """What a version says besides its validity, bands and sources, by its English name, in a language.

    A name may come more than once; what is not said has no line. A new part of a policy is listed here
    once, and pages, the terminal and comparisons all tell it.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> dict(facts(rulebook.load("in-sma").versions[0]))["First late day"]
    'due_date'
    """
    if policy.verification is not None:
        yield "Verification", named(policy.verification.value, lang)
    yield "Selected by", named(policy.validity.selected_by.value, lang)
    yield from _counted(policy.counting, lang)
    yield from _ordered(policy, lang)
    if policy.penalty or policy.penalty_regime or policy.late_fees:
        from delinquency.rulebook.describe_owed import owed_facts

        yield from owed_facts(policy, lang)
    if policy.off_balance_from is not None:
        yield "Off balance", said("off_balance", lang, days=policy.off_balance_from)
    yield from _states(policy, lang)
    yield "Bucket scheme", policy.buckets.name
    yield "Buckets read", named(policy.buckets.reads.value, lang)
    if policy.status:
        from delinquency.rulebook.describe_status import status_lines

        for machine in policy.status:
            yield from status_lines(machine, lang)
    if policy.provisions is not None:
        from delinquency.rulebook.describe_provisions import provision_lines

        yield from provision_lines(policy.provisions, lang)
    if policy.re_ageing is not None:
        from delinquency.rulebook.describe_concessions import re_ageing_lines

        yield from re_ageing_lines(policy.re_ageing, lang)
    if policy.extensions is not None:
        from delinquency.rulebook.describe_concessions import limits_told

        yield "Extensions", limits_told(policy.extensions, lang)


def _counted(counting: Counting, lang: str) -> Iterator[tuple[str, str]]:
    yield "First late day", named(counting.first_day.value, lang)
    yield "Grace", _grace(counting, lang)
    yield "Tolerance", _tolerance(counting, lang)
    yield "After a change of schedule", said(counting.schedule_change.value, lang)
    if counting.partial_payments is PartialPayments.NEARLY_FULL:
        yield "Partial payments", said("nearly_full", lang, share=counting.full_payment_share)
    if counting.least_payment:
        yield "Least payment", str(counting.least_payment)
    if counting.lost_dispute is not LostDispute.AS_IF_NEVER_HELD:
        yield "Lost dispute", named(counting.lost_dispute.value, lang)
    components = (named(component.value, lang) for component in counting.components)
    yield "Counted", listed(components, lang)
    if counting.materiality is not None:
        limits = counting.materiality
        amount = f"{limits.amount} {limits.currency.code}"
        yield "Material", said("material", lang, amount=amount, share=limits.share)


def _ordered(policy: Policy, lang: str) -> Iterator[tuple[str, str]]:
    yield "Order of payment", _order(policy.allocation, lang)
    for switch in policy.allocation_by_age:
        order = _order(switch.order, lang)
        yield "Order by age", said("by_age", lang, days=switch.at_least, order=order)
    for own in policy.allocation_by_kind:
        kind = named(own.kind.value, lang)
        yield "Order by kind", said("by_kind", lang, kind=kind, order=_order(own.order, lang))
    if policy.closing_tolerance:
        yield "Waived on closing", said("up_to", lang, amount=policy.closing_tolerance)
    yield "Penalty in the order of payment", named(policy.penalty_in_waterfall.value, lang)


def _states(policy: Policy, lang: str) -> Iterator[tuple[str, str]]:
    if policy.state_codes is None:
        return
    for row in policy.state_codes.rows:
        code = [said("code", lang, code=row.code)] if row.code else []
        others = [f"{name} {text}" for name, text in row.codes.items()]
        both = (row.label_zh,) if lang == "zh" else (row.label, row.label_zh)
        told = listed((*code, *others, *(text for text in both if text)), lang)
        yield "State", said("state", lang, state=named(row.state.value, lang), told=told)
    if policy.state_codes.rated:
        yield "Rated with", listed(policy.state_codes.rated, lang)


def band_cells(bucket: Bucket) -> dict[str, str]:
    """What a band says, by column.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> cells = band_cells(rulebook.load("in-sma").versions[0].buckets[1])
    >>> cells["bucket"], cells["from"], cells["to"], cells["stressed"]
    ('SMA-0', '1', '30', 'yes')
    """
    return {
        "bucket": bucket.code,
        "from": str(bucket.first_day),
        "to": "" if bucket.last_day is None else str(bucket.last_day),
        "stressed": "yes" if bucket.is_stressed else "no",
        "label": bucket.label,
        "中文": bucket.label_zh,
        "other codes": ", ".join(f"{name} {code}" for name, code in bucket.codes.items()),
    }


def to_text(timeline: PolicyTimeline, lang: str = "en") -> str:
    """The versions of a policy as lines for a terminal.

    Parameters
    ----------
    timeline : PolicyTimeline
    lang : str, default "en"
        ``"en"`` or ``"zh"``. In English values are as a rulebook file writes them; in Chinese only codes,
        and names that have no Chinese one, are not Chinese.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> lines = to_text(rulebook.load("ifrs9")).splitlines()
    >>> lines[0], lines[3].split()
    ('ifrs9: IFRS 9: backstops of 30 and 90 days', ['In', 'force', 'from', '2018-01-01'])
    """
    known_language(lang, "policy")

    word = partial(word_in, lang)
    colon = "：" if lang == "zh" else ": "
    title = (timeline.title_zh if lang == "zh" else "") or timeline.title or timeline.name
    lines = [f"{timeline.name}{colon}{title}"]
    if timeline.jurisdiction:
        lines.append(f"{word('Jurisdiction')}{colon}{timeline.jurisdiction}")
    for version in timeline.versions:
        told = [("In force", validity_in(version.validity, lang)), *facts(version, lang)]
        by_name = [(word(name), value) for name, value in told]
        lines += ["", *aligned(by_name, left=(0, 1)), ""]
        bands = [labelled_cells(bucket, lang) for bucket in version.buckets]
        table = [tuple(map(word, row)) for row in (bands[0], *(band.values() for band in bands))]
        lines += [f"  {line}" for line in aligned(table, left=(0, 3, 4, 5))]
        sources = _sources(version)
        if sources:
            lines += ["", f"{word('Sources')}{colon.rstrip()}"]
            lines += [f"  - {source_line(citation, lang)}" for citation in sources]
    if timeline.notes and lang == "en":
        lines += ["", *wrap(timeline.notes, 100)]
    return "\n".join(lines) + "\n"


def source_line(citation: Citation, lang: str = "en") -> str:
    """A source as a list of sources shows it."""
    day = citation.published_on
    published = said("published", lang, day=day) if day else ""
    address = f", {citation.address}" if citation.address else ""
    if lang == "zh":
        return f"{citation.text(lang)}{published}{address}"
    return f"{citation}{f' ({citation.title_zh})' if citation.title_zh else ''}{published}{address}"


def labelled_cells(bucket: Bucket, lang: str) -> dict[str, str]:
    """The columns of a band in one language."""
    cells = band_cells(bucket) | {"label": bucket.text(lang)}
    return {name: cell for name, cell in cells.items() if name != "中文"}


def _order(order: AllocationOrder, lang: str) -> str:
    grain = order.grain.value
    told = {
        "grain": words_of(grain, lang) if lang == "zh" else grain.replace("_", " "),
        "excess": _excess(order, lang),
    }
    if order.is_uniform:
        components = [named(step.component.value, lang) for step in order.steps[:4]]
        return said("oldest_first", lang, names=listed(components, lang), **told)
    steps = [named(f"{step.state.value} {step.component.value}", lang) for step in order.steps]
    return said("steps", lang, names=listed(steps, lang), **told)


def _excess(order: AllocationOrder, lang: str) -> str:
    if order.excess is Excess.NEXT_INSTALMENT:
        return ""
    if lang == "zh":
        return said("excess", lang, kind=words_of(order.excess.value, lang))
    held = "held" if order.excess is Excess.HOLD else order.excess.value.replace("_", " ")
    return said("excess", lang, kind=held)
